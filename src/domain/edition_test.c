#include "domain/edition.h"

#include "base/check.h"
#include "domain/action.h"
#include "domain/testing/meeting_stage.h"

struct stage {
	struct meeting_stage m;
	struct rp_actor clerk;
	struct rp_edition e;
};

/* It is 2026-11-21. */
static void
open_stage(struct stage *s, const char *closes)
{
	struct rp_edition e = { .year = 2026, .closes = rp_text_z(closes) };
	int64_t number;

	*s = (struct stage){ 0 };
	meeting_stage_open(&s->m);
	s->clerk = world_staff(&s->m.w, "Clerk", RP_MAY_ADMINISTER, RP_ON_GROUP,
	    s->m.w.group_id);
	e.group_id = s->m.w.group_id;
	RP_CHECK_OK(rp_edition_add(&s->clerk, s->m.w.tx, &e, &number));
	RP_CHECK_OK(
	    rp_edition_get(&s->clerk, s->m.w.tx, e.group_id, number, &s->e));
}

static struct rp_edition_comments
comments(struct stage *s)
{
	struct rp_edition_comments all;

	RP_CHECK_OK(rp_edition_comments(&s->m.member, s->m.w.tx, &s->e,
	    RP_TEXT("en"), &all));
	return all;
}

static void
comment_to_action(void)
{
	struct stage s;
	struct rp_edition_comment c = { .body = RP_TEXT("More on wells.") };
	struct rp_edition_comments all;
	struct rp_action a;
	int64_t action;

	open_stage(&s, "2026-11-21");
	RP_CHECK_OK(rp_edition_comment_add(&s.m.member, s.m.w.tx, &s.e, &c));
	RP_CHECK_OK(rp_edition_comment_add(&s.m.reader, s.m.w.tx, &s.e, &c));
	all = comments(&s);
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].state, RP_TEXT("open"));
	RP_CHECK_TEXT(all.v[1].author, RP_TEXT("R"));
	RP_CHECK_FAILS(rp_edition_comment_answer(&s.m.member, s.m.w.tx, &s.e,
			   all.v[0].id, RP_TEXT("answered"), RP_TEXT("Yes.")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_edition_comment_answer(&s.clerk, s.m.w.tx, &s.e,
			   all.v[0].id, RP_TEXT("declined"), RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_edition_comment_answer(&s.clerk, s.m.w.tx, &s.e,
	    all.v[1].id, RP_TEXT("declined"), RP_TEXT("No wells.")));
	RP_CHECK_OK(rp_edition_comment_take(&s.clerk, s.m.w.tx, &s.e,
	    all.v[0].id, RP_TEXT("en"), RP_TEXT("2027-03-01"),
	    RP_TEXT("Gladly."), &action));
	RP_CHECK_FAILS(rp_edition_comment_take(&s.clerk, s.m.w.tx, &s.e,
			   all.v[0].id, RP_TEXT("en"), RP_TEXT(""), RP_TEXT(""),
			   &action),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_action_get(&s.m.member, s.m.w.tx, s.e.group_id, action,
	    RP_TEXT("en"), &a));
	RP_CHECK_TEXT(a.text.body, RP_TEXT("More on wells."));
	RP_CHECK_TEXT(a.due, RP_TEXT("2027-03-01"));
	RP_CHECK_OK(rp_action_set_state(&s.clerk, s.m.w.tx, &a, RP_TEXT("done"),
	    0, RP_TEXT("")));
	all = comments(&s);
	RP_CHECK(all.v[0].action == action);
	RP_CHECK_TEXT(all.v[0].action_state, RP_TEXT("done"));
	RP_CHECK_TEXT(all.v[1].state, RP_TEXT("declined"));
	RP_CHECK_OK(rp_edition_get(&s.clerk, s.m.w.tx, s.e.group_id, 1, &s.e));
	RP_CHECK(s.e.comments == 2 && s.e.open == 0);
	world_close(&s.m.w);
}

static void
refused(void)
{
	struct stage s;
	struct rp_edition_comment c = { .body = RP_TEXT("Late.") };
	struct rp_editions all;
	struct rp_edition e;
	int64_t number;

	open_stage(&s, "2026-11-20");
	RP_CHECK(!s.e.is_open);
	RP_CHECK_FAILS(rp_edition_comment_add(&s.m.member, s.m.w.tx, &s.e, &c),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_edition_comment_add(&s.m.stranger, s.m.w.tx, &s.e,
			   &c),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_edition_comment_add(&s.m.w.nobody, s.m.w.tx, &s.e,
			   &c),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_edition_list(&s.m.w.nobody, s.m.w.tx, s.e.group_id,
			   &all),
	    RP_E_NOTFOUND);
	e = s.e;
	e.year = 12;
	RP_CHECK(rp_edition_check(&e) == RP_EDITION_BAD_YEAR);
	e.year = 2027;
	e.closes = RP_TEXT("2027-02-30");
	RP_CHECK(rp_edition_check(&e) == RP_EDITION_BAD_CLOSES);
	RP_CHECK_FAILS(rp_edition_add(&s.clerk, s.m.w.tx, &e, &number),
	    RP_E_INVALID);
	e.closes = RP_TEXT("2027-02-28");
	RP_CHECK_FAILS(rp_edition_add(&s.m.who, s.m.w.tx, &e, &number),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_edition_add(&s.clerk, s.m.w.tx, &e, &number));
	RP_CHECK_OK(
	    rp_edition_get(&s.clerk, s.m.w.tx, s.e.group_id, number, &e));
	c.activity = 4711;
	RP_CHECK_FAILS(rp_edition_comment_add(&s.m.member, s.m.w.tx, &e, &c),
	    RP_E_NOTFOUND);
	c = (struct rp_edition_comment){ .body = RP_TEXT(" ") };
	RP_CHECK_FAILS(rp_edition_comment_add(&s.m.member, s.m.w.tx, &e, &c),
	    RP_E_INVALID);
	world_close(&s.m.w);
}

RP_CHECK_MAIN({ "from a comment to an action", comment_to_action },
    { "refused", refused })
