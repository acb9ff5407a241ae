#include "domain/action.h"

#include "base/check.h"
#include "domain/testing/meeting_stage.h"

static struct rp_action
action(struct meeting_stage *s)
{
	return (struct rp_action){ .group_id = s->w.group_id,
		.meeting_id = s->m.id,
		.owner_kind = RP_TEXT("office"),
		.owner = RP_TEXT("secretariat"),
		.due = RP_TEXT("2026-11-21") };
}

static int64_t
add(struct meeting_stage *s, const struct rp_action *in, const char *text)
{
	int64_t id, number;

	RP_CHECK_OK(rp_action_add(&s->who, s->w.tx, in, &id, &number));
	RP_CHECK_OK(rp_wording_set(&s->who, s->w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("action"),
		.owner_id = id,
		.field = RP_TEXT("text"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, rp_text_z(text)));
	return number;
}

static struct rp_action
get(struct meeting_stage *s, const struct rp_actor *who, int64_t number)
{
	struct rp_action a;

	RP_CHECK_OK(rp_action_get(who, s->w.tx, s->w.group_id, number,
	    RP_TEXT("en"), &a));
	return a;
}

static void
states(void)
{
	struct meeting_stage s;
	struct rp_action in, a;
	struct rp_action_steps steps;
	int64_t one, two;

	meeting_stage_open(&s);
	in = action(&s);
	one = add(&s, &in, "Write it.");
	two = add(&s, &in, "Write it again.");
	RP_CHECK(one == 1 && two == 2);
	a = get(&s, &s.who, one);
	RP_CHECK_TEXT(a.state, RP_TEXT("open"));
	RP_CHECK_TEXT(a.text.body, RP_TEXT("Write it."));
	RP_CHECK(!a.is_overdue && a.ordinal == 20);
	RP_CHECK_OK(rp_action_set_state(&s.who, s.w.tx, &a, RP_TEXT("progress"),
	    0, RP_TEXT("Begun.")));
	/* The day is over in Zurich at 23:00 UTC. */
	s.who.now = INT64_C(1795248000000) + INT64_C(15) * 3600 * 1000 - 1;
	RP_CHECK(!get(&s, &s.who, one).is_overdue);
	s.who.now++;
	RP_CHECK(get(&s, &s.who, one).is_overdue);
	a = get(&s, &s.who, one);
	RP_CHECK_FAILS(rp_action_set_state(&s.who, s.w.tx, &a,
			   RP_TEXT("superseded"), 0, RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_action_set_state(&s.who, s.w.tx, &a,
			   RP_TEXT("superseded"), one, RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_action_set_state(&s.who, s.w.tx, &a,
			   RP_TEXT("superseded"), 77, RP_TEXT("")),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_action_set_state(&s.who, s.w.tx, &a,
	    RP_TEXT("superseded"), two, RP_TEXT("")));
	a = get(&s, &s.who, one);
	RP_CHECK(a.follower == two && !a.is_overdue);
	RP_CHECK_FAILS(rp_action_set_state(&s.who, s.w.tx, &a, RP_TEXT("open"),
			   0, RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_action_steps(&s.member, s.w.tx, &a, &steps));
	RP_CHECK(steps.n == 3);
	RP_CHECK_TEXT(steps.v[1].note, RP_TEXT("Begun."));
	world_close(&s.w);
}

static void
seen(void)
{
	struct meeting_stage s;
	struct rp_action in, a;
	struct rp_actions all;
	struct rp_action_steps steps;
	int64_t id, n;

	meeting_stage_open(&s);
	in = action(&s);
	add(&s, &in, "For members.");
	in.is_public = true;
	add(&s, &in, "For all.");
	RP_CHECK_OK(rp_action_list(&s.w.nobody, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 2);
	RP_CHECK_FAILS(rp_action_get(&s.stranger, s.w.tx, s.w.group_id, 1,
			   RP_TEXT("en"), &a),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_action_list(&s.member, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 2);
	a = get(&s, &s.member, 1);
	RP_CHECK_FAILS(rp_action_steps(&s.stranger, s.w.tx, &a, &steps),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_action_set_state(&s.member, s.w.tx, &a,
			   RP_TEXT("done"), 0, RP_TEXT("")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_action_add(&s.member, s.w.tx, &in, &id, &n),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_action_change(&s.member, s.w.tx, &a, &in),
	    RP_E_DENIED);
	world_close(&s.w);
}

static void
refused(void)
{
	struct meeting_stage s;
	struct rp_action in, a;
	int64_t id, n;

	meeting_stage_open(&s);
	in = action(&s);
	in.owner = RP_TEXT("cook");
	RP_CHECK(rp_action_check(&in) == RP_ACTION_BAD_OWNER);
	in.owner_kind = RP_TEXT("words");
	RP_CHECK(rp_action_check(&in) == RP_ACTION_FINE);
	in.due = RP_TEXT("2026-02-30");
	RP_CHECK(rp_action_check(&in) == RP_ACTION_BAD_DUE);
	in.due = RP_TEXT("");
	in.owner_kind = RP_TEXT("party");
	RP_CHECK(rp_action_check(&in) == RP_ACTION_BAD_OWNER);
	in.party_id = 9999;
	RP_CHECK_FAILS(rp_action_add(&s.who, s.w.tx, &in, &id, &n),
	    RP_E_NOTFOUND);
	in.party_id = s.parties[2];
	add(&s, &in, "Theirs.");
	a = get(&s, &s.who, 1);
	in.due = RP_TEXT("2027-01-01");
	RP_CHECK_OK(rp_action_change(&s.who, s.w.tx, &a, &in));
	RP_CHECK_TEXT(get(&s, &s.who, 1).due, RP_TEXT("2027-01-01"));
	world_close(&s.w);
}

/* An open one stands in the next meeting's section, a closed one does not. */
static void
carried(void)
{
	struct meeting_stage s;
	struct rp_meeting next;
	struct rp_action in, a;
	struct rp_actions all;
	struct q_world_items_rows rows;

	meeting_stage_open(&s);
	next =
	    meeting_stage_add(&s, 21, "2027-04-10T09:30", "2027-04-11T17:30");
	in = action(&s);
	add(&s, &in, "Open.");
	add(&s, &in, "Done.");
	a = get(&s, &s.who, 2);
	RP_CHECK_OK(rp_action_set_state(&s.who, s.w.tx, &a, RP_TEXT("done"), 0,
	    RP_TEXT("")));
	RP_CHECK_OK(q_world_items(s.w.tx,
	    &(struct q_world_items_param){ .meeting_id = next.id }, &rows));
	RP_CHECK(rows.n == 1);
	RP_CHECK_TEXT(rows.v[0].kind, RP_TEXT("actions"));
	RP_CHECK_OK(
	    rp_action_list_at(&s.who, s.w.tx, &next, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 1);
	RP_CHECK_OK(
	    rp_action_list_at(&s.who, s.w.tx, &s.m, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 2);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "states and days", states }, { "who sees which", seen },
    { "what is refused", refused }, { "carried over", carried })
