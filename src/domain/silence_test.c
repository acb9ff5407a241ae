#include "domain/silence.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/proposed.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static struct rp_err *
open_until(struct proposed *t, const struct rp_actor *who, int64_t number,
    const char *until)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposal m = proposed_get(t, who, number);

	return rp_silence_open(who, t->w.tx, &p, &m, RP_TEXT("Europe/Zurich"),
	    rp_text_z(until), RP_TEXT("2027-02-01"), RP_TEXT("2027-04-30"));
}

static struct rp_err *
object(struct proposed *t, size_t party, int64_t number, const char *kind,
    const char *reason)
{
	struct rp_actor *who = &t->delegates[party];
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposal m = proposed_get(t, who, number);

	return rp_silence_object(who, t->w.tx, &p, &m, t->parties[party],
	    rp_text_z(kind), rp_text_z(reason));
}

static struct rp_silence
last(struct proposed *t, const struct rp_actor *who, int64_t number)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposal m = proposed_get(t, who, number);
	struct rp_silence s = { 0 };

	RP_CHECK_OK(rp_silence_get(who, t->w.tx, &p, &m, &s));
	return s;
}

/* Everybody is a day later. */
static int64_t
next_day(struct proposed *t)
{
	struct rp_actor *all[] = { &t->chair, &t->reader, &t->delegates[0],
		&t->delegates[1], &t->delegates[2], &t->w.system };
	int64_t n = -1;
	bool due = false;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		all[i]->now += RP_DAY;
	RP_CHECK_OK(rp_silence_is_due(&t->w.system, t->w.tx, &due));
	RP_CHECK_OK(rp_silence_settle(&t->w.system, t->w.tx, &n));
	RP_CHECK(due == (n > 0));
	return n;
}

static void
agreed_in_silence(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal m;
	int64_t n;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	RP_CHECK_FAILS(open_until(&t, &t.chair, 1, "2026-11-21T18:00"),
	    RP_E_CONFLICT);
	proposed_becomes(&t, 1, "discussed");
	RP_CHECK_FAILS(open_until(&t, &t.delegates[0], 1, "2026-11-21T18:00"),
	    RP_E_DENIED);
	/* 08:59 in Zurich is 07:59 UTC, a minute ago. */
	RP_CHECK_FAILS(open_until(&t, &t.chair, 1, "2026-11-21T08:59"),
	    RP_E_INVALID);
	RP_CHECK_OK(open_until(&t, &t.chair, 1, "2026-11-21T18:00"));
	RP_CHECK_FAILS(open_until(&t, &t.chair, 1, "2026-11-21T19:00"),
	    RP_E_CONFLICT);
	{
		struct rp_proposing p = proposed_may(&t, &t.delegates[0]);
		struct rp_proposal_in in = proposed_in(&t, 0, "Other");

		m = proposed_get(&t, &t.delegates[0], 1);
		RP_CHECK_FAILS(rp_proposal_revise(&t.delegates[0], t.w.tx, &p,
				   &m, &in),
		    RP_E_GONE);
	}
	RP_CHECK_FAILS(object(&t, 1, 1, "objection", " "), RP_E_INVALID);
	RP_CHECK_OK(object(&t, 1, 1, "objection", "Too early."));
	RP_CHECK_OK(object(&t, 1, 1, "reservation", "Only just."));
	RP_CHECK_OK(rp_silence_settle(&t.w.system, t.w.tx, &n));
	RP_CHECK(n == 0 && last(&t, &t.reader, 1).is_running);
	RP_CHECK(next_day(&t) == 1);
	m = proposed_get(&t, &t.reader, 1);
	RP_CHECK(is(m.state, "agreed") && m.topic_id != 0 &&
		 is(m.closes_on, "2027-04-30"));
	RP_CHECK(is(last(&t, &t.reader, 1).state, "agreed"));
	RP_CHECK(last(&t, &t.reader, 1).objections.n == 2);
	RP_CHECK_FAILS(object(&t, 2, 1, "objection", "Too late."), RP_E_GONE);
	RP_CHECK(last(&t, &t.w.nobody, 1).id == 0);
	RP_CHECK(next_day(&t) == 0);
}

static void
broken(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	(void)proposed_by(&t, 0, "Two");
	for (int64_t n = 1; n <= 2; n++) {
		proposed_becomes(&t, n, "discussed");
		RP_CHECK_OK(open_until(&t, &t.chair, n, "2026-11-21T18:00"));
		RP_CHECK_OK(object(&t, 1, n, "objection", "No."));
	}
	p = proposed_may(&t, &t.delegates[1]);
	m = proposed_get(&t, &t.delegates[1], 2);
	RP_CHECK_OK(rp_silence_take_back(&t.delegates[1], t.w.tx, &p, &m,
	    t.parties[1]));
	RP_CHECK_FAILS(rp_silence_take_back(&t.delegates[1], t.w.tx, &p, &m,
			   t.parties[1]),
	    RP_E_NOTFOUND);
	p = proposed_may(&t, &t.chair);
	m = proposed_get(&t, &t.chair, 1);
	RP_CHECK_FAILS(rp_proposal_outcome(&t.chair, t.w.tx, &p, &m,
			   RP_TEXT("supported"), RP_TEXT(""), RP_TEXT(""),
			   RP_TEXT("")),
	    RP_E_GONE);
	RP_CHECK(next_day(&t) == 2);
	RP_CHECK(is(proposed_get(&t, &t.reader, 1).state, "carried_over"));
	RP_CHECK(is(last(&t, &t.reader, 1).state, "objected"));
	RP_CHECK(is(proposed_get(&t, &t.reader, 2).state, "agreed"));
}

static void
stopped(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	proposed_becomes(&t, 1, "discussed");
	RP_CHECK_OK(open_until(&t, &t.desk, 1, "2026-11-21T18:00"));
	p = proposed_may(&t, &t.chair);
	m = proposed_get(&t, &t.chair, 1);
	RP_CHECK_OK(rp_silence_stop(&t.chair, t.w.tx, &p, &m));
	RP_CHECK_FAILS(rp_silence_stop(&t.chair, t.w.tx, &p, &m), RP_E_GONE);
	RP_CHECK(next_day(&t) == 0);
	RP_CHECK(is(proposed_get(&t, &t.reader, 1).state, "discussed"));
}

RP_CHECK_MAIN({ "agreed in silence", agreed_in_silence }, { "broken", broken },
    { "stopped", stopped })
