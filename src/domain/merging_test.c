#include "domain/merging.h"

#include "base/check.h"
#include "domain/testing/proposed.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

/* Of proposals 1 and 2, by party 0, with a question of each and one of both. */
static int64_t
ask(struct proposed *t, size_t party)
{
	struct rp_proposing p = proposed_may(t, &t->delegates[party]);
	struct rp_proposal a = proposed_get(t, &t->delegates[party], 1);
	struct rp_proposal b = proposed_get(t, &t->delegates[party], 2);
	const struct rp_proposal *both[] = { &a, &b };
	struct rp_proposal_in in = proposed_in(t, party, "Both");
	int64_t number = 0;

	rp_vec_push(t->w.a, &in.origins[0], a.text.questions.v[0].id);
	rp_vec_push(t->w.a, &in.origins[0], b.text.questions.v[0].id);
	rp_vec_push(t->w.a, &in.origins[1], b.text.questions.v[1].id);
	RP_CHECK_OK(rp_merging_ask(&t->delegates[party], t->w.tx, &p, both, 2,
	    &in, &number));
	return number;
}

static struct rp_err *
consent(struct proposed *t, const struct rp_actor *who, int64_t number,
    size_t parent, bool agrees, const char *reason)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposal m = proposed_get(t, who, number);

	return rp_merging_consent(who, t->w.tx, &p, &m, m.parents.v[parent].id,
	    agrees, rp_text_z(reason));
}

static void
merged_by_consent(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_history h;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	(void)proposed_by(&t, 1, "Two");
	RP_CHECK(ask(&t, 0) == 3);
	m = proposed_get(&t, &t.reader, 3);
	RP_CHECK(is(m.state, "merging") && m.parents.n == 2 &&
		 is(m.parents.v[0].state, "agreed") &&
		 is(m.parents.v[1].state, "asked"));
	RP_CHECK_FAILS(consent(&t, &t.delegates[0], 3, 1, true, ""),
	    RP_E_DENIED);
	RP_CHECK_FAILS(consent(&t, &t.desk, 3, 1, true, ""), RP_E_DENIED);
	RP_CHECK_FAILS(consent(&t, &t.delegates[1], 3, 1, false, " "),
	    RP_E_INVALID);
	RP_CHECK_OK(consent(&t, &t.delegates[1], 3, 1, false, "Too broad."));
	m = proposed_get(&t, &t.reader, 3);
	RP_CHECK(is(m.state, "merging") &&
		 is(m.parents.v[1].state, "refused") &&
		 is(m.parents.v[1].reason, "Too broad."));
	RP_CHECK_OK(consent(&t, &t.delegates[1], 3, 1, true, ""));
	RP_CHECK(is(proposed_get(&t, &t.reader, 3).state, "proposed"));
	m = proposed_get(&t, &t.reader, 1);
	RP_CHECK(is(m.state, "merged") && m.merged_into == 3);
	RP_CHECK(is(proposed_get(&t, &t.reader, 2).state, "merged"));
	m = proposed_get(&t, &t.reader, 3);
	p = proposed_may(&t, &t.reader);
	RP_CHECK_OK(rp_proposal_history(&t.reader, t.w.tx, &p, &m, &h));
	RP_CHECK(h.revisions.v[0].questions.v[0].origins.n == 2 &&
		 h.revisions.v[0].questions.v[1].origins.n == 1 &&
		 h.revisions.v[0].questions.v[1].origins.v[0].number == 2 &&
		 h.revisions.v[0].questions.v[1].origins.v[0].position == 2);
	RP_CHECK_FAILS(consent(&t, &t.delegates[1], 3, 1, false, "No."),
	    RP_E_GONE);
}

/* A revision asks all again, and keeps where its questions are from. */
static void
asked_again(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_history h;
	struct rp_proposal_in in;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	(void)proposed_by(&t, 1, "Two");
	RP_CHECK(ask(&t, 0) == 3);
	RP_CHECK_OK(consent(&t, &t.delegates[1], 3, 1, false, "Too broad."));
	p = proposed_may(&t, &t.delegates[0]);
	m = proposed_get(&t, &t.delegates[0], 3);
	in = proposed_in(&t, 0, "Both, narrower");
	in.questions[1] = RP_TEXT("What else?");
	RP_CHECK_OK(rp_proposal_revise(&t.delegates[0], t.w.tx, &p, &m, &in));
	m = proposed_get(&t, &t.delegates[0], 3);
	RP_CHECK(is(m.parents.v[1].state, "asked") &&
		 is(m.parents.v[0].state, "agreed"));
	RP_CHECK_OK(rp_proposal_history(&t.delegates[0], t.w.tx, &p, &m, &h));
	RP_CHECK(h.revisions.v[1].questions.v[0].origins.n == 2 &&
		 h.revisions.v[1].questions.v[1].origins.n == 0);
}

static void
not_mergeable(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	const struct rp_proposal *both[2];
	struct rp_proposal_in in;
	struct rp_proposing p;
	struct rp_proposal a, b;
	int64_t number;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	(void)proposed_by(&t, 1, "Two");
	RP_CHECK(ask(&t, 0) == 3);
	p = proposed_may(&t, &t.delegates[1]);
	b = proposed_get(&t, &t.delegates[1], 2);
	RP_CHECK_OK(rp_proposal_withdraw(&t.delegates[1], t.w.tx, &p, &b));
	a = proposed_get(&t, &t.delegates[1], 1);
	b = proposed_get(&t, &t.delegates[1], 2);
	both[0] = &a;
	both[1] = &b;
	in = proposed_in(&t, 1, "Both");
	RP_CHECK_FAILS(rp_merging_ask(&t.delegates[1], t.w.tx, &p, both, 2, &in,
			   &number),
	    RP_E_CONFLICT);
	both[1] = &a;
	RP_CHECK_FAILS(rp_merging_ask(&t.delegates[1], t.w.tx, &p, both, 2, &in,
			   &number),
	    RP_E_INVALID);
	RP_CHECK_FAILS(consent(&t, &t.delegates[1], 3, 1, true, ""),
	    RP_E_CONFLICT);
}

RP_CHECK_MAIN({ "merged by consent", merged_by_consent },
    { "asked again", asked_again }, { "not mergeable", not_mergeable })
