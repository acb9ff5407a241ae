#include "domain/room.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/proposed.h"

static size_t
rooms_of(struct proposed *t, const struct rp_actor *who)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_rooms all = { 0 };

	RP_CHECK_OK(rp_room_list(who, t->w.tx, &p, &all));
	return all.n;
}

static struct rp_err *
open_for(struct proposed *t, const struct rp_actor *who, int64_t proposal_id,
    const char *until)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_room_in in = { .title = RP_TEXT("On names"),
		.zone = RP_TEXT("Europe/Zurich"),
		.until_local = rp_text_z(until) };
	int64_t number = 0;

	rp_vec_push(t->w.a, &in.parties, t->parties[0]);
	rp_vec_push(t->w.a, &in.proposals, proposal_id);
	return rp_room_open(who, t->w.tx, &p, &in, &number);
}

static struct rp_room
room(struct proposed *t, const struct rp_actor *who)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_room r = { 0 };

	RP_CHECK_OK(rp_room_get(who, t->w.tx, &p, 1, &r));
	return r;
}

static struct rp_err *
write(struct proposed *t, const struct rp_actor *who, bool draft, int64_t on,
    const char *body)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_room r = { .number = 1 };

	return rp_room_write(who, t->w.tx, &p, &r, draft, on, rp_text_z(body));
}

static void
by_invitation(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_room_entries all;
	struct rp_proposing p;
	struct rp_room r;
	int64_t id;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	id = proposed_get(&t, &t.chair, 1).id;
	RP_CHECK_FAILS(open_for(&t, &t.delegates[0], id, "2026-11-21T18:00"),
	    RP_E_DENIED);
	RP_CHECK_FAILS(open_for(&t, &t.chair, id, "2026-11-20T18:00"),
	    RP_E_INVALID);
	RP_CHECK_FAILS(open_for(&t, &t.chair, id + 100, "2026-11-21T18:00"),
	    RP_E_INVALID);
	RP_CHECK_OK(open_for(&t, &t.chair, id, "2026-11-21T18:00"));
	RP_CHECK(rooms_of(&t, &t.delegates[0]) == 1 &&
		 rooms_of(&t, &t.delegates[1]) == 0 &&
		 rooms_of(&t, &t.reader) == 0 && rooms_of(&t, &t.desk) == 1 &&
		 rooms_of(&t, &t.w.nobody) == 0);
	RP_CHECK_FAILS(write(&t, &t.delegates[1], true, 0, "x"), RP_E_NOTFOUND);
	RP_CHECK_OK(write(&t, &t.delegates[0], true, 0, "A draft."));
	RP_CHECK_OK(write(&t, &t.chair, false, 1, "Good."));
	RP_CHECK_FAILS(write(&t, &t.chair, false, 2, "On what?"), RP_E_INVALID);
	RP_CHECK_FAILS(write(&t, &t.chair, false, 1, " "), RP_E_INVALID);
	r = room(&t, &t.chair);
	p = proposed_may(&t, &t.chair);
	RP_CHECK_OK(rp_room_invite(&t.chair, t.w.tx, &p, &r, t.parties[1]));
	RP_CHECK_OK(rp_room_invite(&t.chair, t.w.tx, &p, &r, t.parties[1]));
	RP_CHECK_OK(write(&t, &t.delegates[1], true, 0, "Another."));
	r = room(&t, &t.delegates[1]);
	RP_CHECK(r.is_open && r.is_invited && r.parties.n == 2 &&
		 r.proposals.n == 1 && r.proposals.v[0] == 1);
	p = proposed_may(&t, &t.delegates[1]);
	RP_CHECK_OK(rp_room_entries(&t.delegates[1], t.w.tx, &p, &r, &all));
	p = proposed_may(&t, &t.delegates[2]);
	RP_CHECK_FAILS(rp_room_entries(&t.delegates[2], t.w.tx, &p, &r, &all),
	    RP_E_NOTFOUND);
	p = proposed_may(&t, &t.w.nobody);
	RP_CHECK_FAILS(rp_room_entries(&t.w.nobody, t.w.tx, &p, &r, &all),
	    RP_E_NOTFOUND);
	RP_CHECK(all.n == 3 && all.v[0].draft == 1 && all.v[1].on_draft == 1 &&
		 all.v[1].party_id == 0 && all.v[2].draft == 2 &&
		 all.v[2].party_id == t.parties[1]);
}

/* Past the time it is read, and not written in. */
static void
over(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_room_entries all;
	struct rp_proposing p;
	struct rp_room r;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	RP_CHECK_OK(open_for(&t, &t.desk, proposed_get(&t, &t.desk, 1).id,
	    "2026-11-21T18:00"));
	r = room(&t, &t.desk);
	p = proposed_may(&t, &t.desk);
	RP_CHECK_FAILS(rp_room_until(&t.desk, t.w.tx, &p, &r,
			   RP_TEXT("2026-11-01T18:00")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_room_until(&t.desk, t.w.tx, &p, &r,
	    RP_TEXT("2026-11-25T18:00")));
	RP_CHECK_OK(write(&t, &t.delegates[0], true, 0, "A draft."));
	t.delegates[0].now += 2 * RP_DAY;
	RP_CHECK_OK(write(&t, &t.delegates[0], false, 0, "In time."));
	RP_CHECK_OK(rp_room_close(&t.desk, t.w.tx, &p, &r));
	RP_CHECK_FAILS(write(&t, &t.delegates[0], false, 0, "Closed."),
	    RP_E_GONE);
	RP_CHECK_FAILS(rp_room_close(&t.desk, t.w.tx, &p, &r), RP_E_GONE);
	r = room(&t, &t.delegates[0]);
	p = proposed_may(&t, &t.delegates[0]);
	RP_CHECK_OK(rp_room_entries(&t.delegates[0], t.w.tx, &p, &r, &all));
	RP_CHECK(all.n == 2 && !r.is_open);
	RP_CHECK_OK(open_for(&t, &t.desk, proposed_get(&t, &t.desk, 1).id,
	    "2026-11-21T18:00"));
	t.desk.now += RP_DAY;
	p = proposed_may(&t, &t.desk);
	r.number = 2;
	RP_CHECK_FAILS(rp_room_invite(&t.desk, t.w.tx, &p, &r, t.parties[1]),
	    RP_E_GONE);
}

RP_CHECK_MAIN({ "by invitation", by_invitation }, { "over", over })
