#include "domain/entering.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/floor.h"

static void
a_letter_counts_from_the_day_it_came(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_entering how = { .channel = RP_TEXT("paper"),
		.received_by = RP_TEXT("Registry"),
		.received_at = WORLD_NOW };
	struct rp_event_filter filter = { .object_kind = RP_TEXT("response") };
	struct rp_response_record got;
	struct rp_problems problems;
	struct rp_events events;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "By post.");
	s.token = s.email = RP_TEXT("");
	f.w.system.now = f.c.deadline_at + 1;
	RP_CHECK_FAILS(rp_response_enter(&f.w.nobody, f.w.tx, f.c.id, &s, &how,
			   &problems, &r),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_response_enter(&f.clerk, f.w.tx, f.c.id, &s, &how,
			   &problems, &r),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_response_enter(&f.w.system, f.w.tx, f.c.id, &s, &how,
	    &problems, &r));
	RP_CHECK(!r.late && !r.held && r.received_at == WORLD_NOW);
	RP_CHECK_OK(rp_response_get(&f.w.system, f.w.tx, r.response_id, &got));
	RP_CHECK_TEXT(got.channel, RP_TEXT("paper"));
	filter.object_id = r.response_id;
	RP_CHECK_OK(rp_event_list(&f.w.system, f.w.tx, &filter, &events));
	RP_CHECK(events.n == 1);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("response.enter"));
}

static void
how_it_came_must_be_said(void)
{
	RP_AUTO(floor_close) struct floor f;
	const struct rp_entering wrong[] = {
		{ RP_TEXT("web"), RP_TEXT("Registry"), WORLD_NOW },
		{ RP_TEXT("paper"), RP_TEXT(" "), WORLD_NOW },
		{ RP_TEXT("paper"), RP_TEXT("Registry"), 0 },
		{ RP_TEXT("paper"), RP_TEXT("Registry"), WORLD_NOW + 1 },
	};
	struct rp_problems problems;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "By post.");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		RP_CHECK_FAILS(rp_response_enter(&f.w.system, f.w.tx, f.c.id,
				   &s, &wrong[i], &problems, &r),
		    RP_E_INVALID);
		RP_CHECK(problems.n == 0);
	}
}

RP_CHECK_MAIN({ "a letter counts from the day it came",
		  a_letter_counts_from_the_day_it_came },
    { "how it came must be said", how_it_came_must_be_said })
