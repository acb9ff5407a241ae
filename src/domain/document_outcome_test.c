#include "domain/document_outcome.h"

#include "base/check.h"
#include "domain/testing/room.h"

static struct rp_document_decided
decided(struct room *r, const struct rp_actor *who, int64_t id)
{
	struct rp_meeting_document d;
	struct rp_document_decided out;

	RP_CHECK_OK(rp_meeting_document_get_by_id(who, r->w.tx, &r->m, id,
	    RP_TEXT("fr"), &d));
	RP_CHECK_OK(
	    rp_document_decided(who, r->w.tx, &r->m, &d, RP_TEXT("fr"), &out));
	return out;
}

/* One that is posted, for everybody. */
static int64_t
document(struct room *r)
{
	int64_t id = room_document(r, "public");
	struct rp_meeting_document d;

	RP_CHECK_OK(rp_meeting_document_get_by_id(&r->clerk, r->w.tx, &r->m, id,
	    RP_TEXT("en"), &d));
	RP_CHECK_OK(rp_meeting_document_set_state(&r->clerk, r->w.tx, &r->m, &d,
	    RP_TEXT("posted")));
	return id;
}

static void
ends(struct room *r, int64_t item_id, int64_t document_id, enum rp_outcome verb)
{
	const struct rp_item_outcome o = { .document_id = document_id,
		.verb = verb,
		.object = RP_TEXT("the wells") };
	int64_t id;

	world_turn(&r->w);
	r->clerk.now++;
	RP_CHECK_OK(
	    rp_outcome_add(&r->clerk, r->w.tx, &r->m, item_id, &o, &id));
}

/* `closed` is an item of a part for members, `report` of one for all. */
static void
from_agenda_to_outcome(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_document_decided d;
	int64_t id;

	room_open(&r);
	id = document(&r);
	d = decided(&r, &r.reader, id);
	RP_CHECK(d.standing == RP_STANDING_POSTED && d.items.n == 0 &&
		 !d.has_report);
	room_call(&r, r.report, id);
	d = decided(&r, &r.reader, id);
	RP_CHECK(d.standing == RP_STANDING_ON_AGENDA && d.items.n == 1 &&
		 d.items.v[0].item.id == r.report);
	RP_CHECK_OK(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m, r.report,
	    RP_TEXT("open")));
	RP_CHECK(decided(&r, &r.reader, id).standing == RP_STANDING_OPEN);
	RP_CHECK_OK(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m, r.report,
	    RP_TEXT("closed")));
	RP_CHECK(decided(&r, &r.reader, id).standing == RP_STANDING_CONSIDERED);
	ends(&r, r.report, 0, RP_OUTCOME_INFORMAL);
	d = decided(&r, &r.reader, id);
	RP_CHECK(d.standing == RP_STANDING_ENDED &&
		 d.last == RP_OUTCOME_INFORMAL && d.items.v[0].outcomes.n == 1);
	/* What is decided on it counts for more than what was on its item. */
	ends(&r, r.report, id, RP_OUTCOME_NOTED);
	ends(&r, r.report, 0, RP_OUTCOME_MERGE);
	d = decided(&r, &r.reader, id);
	RP_CHECK(d.last == RP_OUTCOME_NOTED && d.items.v[0].outcomes.n == 3);
}

static void
parts_for_members(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_document_decided d;
	struct rp_agenda a;
	int64_t id;

	room_open(&r);
	id = document(&r);
	room_call(&r, r.report, id);
	room_call(&r, r.closed, id);
	ends(&r, r.closed, id, RP_OUTCOME_REVISED_INVITED);
	d = decided(&r, &r.reader, id);
	RP_CHECK(d.items.n == 2 && d.last == RP_OUTCOME_REVISED_INVITED);
	d = decided(&r, &r.w.nobody, id);
	RP_CHECK(d.items.n == 1 && d.items.v[0].item.id == r.report &&
		 d.standing == RP_STANDING_ON_AGENDA &&
		 d.last == RP_OUTCOME_NONE);
	a = room_agenda(&r, &r.w.nobody);
	RP_CHECK(d.items.v[0].item.number ==
		 rp_agenda_item_find(&a, r.report)->number);
}

/* A document that is gone stands nowhere; an outcome of another is not its. */
static void
states(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_meeting_document d;
	int64_t id, other;

	room_open(&r);
	id = document(&r);
	other = document(&r);
	room_call(&r, r.report, other);
	room_call(&r, r.report, id);
	ends(&r, r.report, id, RP_OUTCOME_AGREED);
	RP_CHECK(decided(&r, &r.reader, other).last == RP_OUTCOME_NONE);
	RP_CHECK_OK(rp_meeting_document_get_by_id(&r.clerk, r.w.tx, &r.m, id,
	    RP_TEXT("en"), &d));
	RP_CHECK_OK(rp_meeting_document_set_state(&r.clerk, r.w.tx, &r.m, &d,
	    RP_TEXT("withdrawn")));
	RP_CHECK(decided(&r, &r.clerk, id).standing == RP_STANDING_NONE);
}

RP_CHECK_MAIN({ "from the agenda to an outcome", from_agenda_to_outcome },
    { "parts for members", parts_for_members }, { "states", states })
