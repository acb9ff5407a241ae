#include "domain/proposal.h"

#include "base/check.h"
#include "domain/testing/proposed.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static size_t
seen_by(struct proposed *t, const struct rp_actor *who)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposals all = { 0 };

	RP_CHECK_OK(rp_proposal_list(who, t->w.tx, &p, &all));
	return all.n;
}

/* A draft is its delegation's; a proposal the members'; a topic everybody's. */
static void
seen_by_whom(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_in in;
	struct rp_proposing p;
	struct rp_proposal m;
	int64_t id, number;

	proposed_open(&t);
	in = proposed_in(&t, 0, "Names");
	in.questions[0] = in.questions[1] = in.rationale = RP_TEXT("");
	p = proposed_may(&t, &t.delegates[0]);
	RP_CHECK_OK(rp_proposal_save(&t.delegates[0], t.w.tx, &p, 0, &in, true,
	    &id, &number));
	RP_CHECK(number == 0 && seen_by(&t, &t.delegates[0]) == 1);
	RP_CHECK(seen_by(&t, &t.delegates[1]) == 0 &&
		 seen_by(&t, &t.desk) == 0 && seen_by(&t, &t.chair) == 0 &&
		 seen_by(&t, &t.w.nobody) == 0);
	p = proposed_may(&t, &t.delegates[1]);
	RP_CHECK_FAILS(rp_proposal_draft(&t.delegates[1], t.w.tx, &p, id, &m),
	    RP_E_NOTFOUND);
	p = proposed_may(&t, &t.delegates[0]);
	in = proposed_in(&t, 0, "Names, again");
	RP_CHECK_OK(rp_proposal_save(&t.delegates[0], t.w.tx, &p, id, &in,
	    false, &id, &number));
	RP_CHECK(number == 1);
	RP_CHECK(seen_by(&t, &t.delegates[1]) == 1 &&
		 seen_by(&t, &t.desk) == 1 && seen_by(&t, &t.reader) == 1 &&
		 seen_by(&t, &t.launcher) == 0 &&
		 seen_by(&t, &t.w.nobody) == 0);
	m = proposed_get(&t, &t.reader, 1);
	RP_CHECK(is(m.state, "proposed") && !m.mine &&
		 m.text.questions.n == 2 && is(m.text.title, "Names, again"));
	p = proposed_may(&t, &t.w.nobody);
	RP_CHECK_FAILS(rp_proposal_get(&t.w.nobody, t.w.tx, &p, 1, &m),
	    RP_E_NOTFOUND);
	p = proposed_may(&t, &t.chair);
	RP_CHECK_FAILS(rp_proposing_rule(&t.chair, t.w.tx, &p, true),
	    RP_E_DENIED);
	p = proposed_may(&t, &t.desk);
	RP_CHECK_OK(rp_proposing_rule(&t.desk, t.w.tx, &p, true));
	RP_CHECK(seen_by(&t, &t.w.nobody) == 1);
	RP_CHECK_OK(rp_proposing_rule(&t.desk, t.w.tx, &p, false));
	proposed_becomes(&t, 1, "discussed");
	RP_CHECK(seen_by(&t, &t.w.nobody) == 0);
	proposed_becomes(&t, 1, "agreed");
	RP_CHECK(seen_by(&t, &t.w.nobody) == 1);
}

static void
checked(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_in in;

	proposed_open(&t);
#define WRONG(field, value, problem)  \
	in = proposed_in(&t, 0, "X"); \
	in.field = value;             \
	RP_CHECK(rp_proposal_check(&in, false) == problem)
	WRONG(title, RP_TEXT(" "), RP_PROPOSAL_NO_TITLE);
	WRONG(lang, RP_TEXT("tlh"), RP_PROPOSAL_BAD_LANG);
	WRONG(rationale, RP_TEXT(""), RP_PROPOSAL_NO_RATIONALE);
	WRONG(issue, RP_TEXT(""), RP_PROPOSAL_NO_ISSUE);
	WRONG(format, RP_TEXT("both"), RP_PROPOSAL_BAD_FORMAT);
	WRONG(questions[0], RP_TEXT(""), RP_PROPOSAL_FINE);
#undef WRONG
	in.questions[1] = RP_TEXT("  ");
	RP_CHECK(rp_proposal_check(&in, false) == RP_PROPOSAL_NO_QUESTION);
	RP_CHECK(rp_proposal_check(&in, true) == RP_PROPOSAL_FINE);
	in.title.n = RP_PROPOSAL_TITLE_MAX + 1;
	RP_CHECK(rp_proposal_check(&in, true) == RP_PROPOSAL_LONG);
	RP_CHECK(rp_proposal_window_ok(RP_TEXT("2027-02-01"),
	    RP_TEXT("2027-02-02")));
	RP_CHECK(!rp_proposal_window_ok(RP_TEXT("2027-02-01"),
	    RP_TEXT("2027-02-01")));
	RP_CHECK(!rp_proposal_window_ok(RP_TEXT("2027-02-30"),
	    RP_TEXT("2027-04-01")));
	RP_CHECK(!rp_proposal_window_ok(RP_TEXT(""), RP_TEXT("soon")));
}

static void
revised_and_withdrawn(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_history h;
	struct rp_proposal_in in;
	struct rp_proposing p, other;
	struct rp_proposal m;
	int64_t id, number;

	proposed_open(&t);
	RP_CHECK(proposed_by(&t, 0, "One") == 1);
	p = proposed_may(&t, &t.delegates[0]);
	other = proposed_may(&t, &t.delegates[1]);
	m = proposed_get(&t, &t.delegates[0], 1);
	RP_CHECK(m.mine);
	in = proposed_in(&t, 0, "One, better");
	in.questions[1] = RP_TEXT("");
	in.questions[5] = RP_TEXT("What now?");
	RP_CHECK_FAILS(rp_proposal_revise(&t.delegates[1], t.w.tx, &other, &m,
			   &in),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_proposal_revise(&t.delegates[0], t.w.tx, &p, &m, &in));
	RP_CHECK_OK(rp_proposal_history(&t.delegates[0], t.w.tx, &p, &m, &h));
	RP_CHECK(h.revisions.n == 2 && h.steps.n == 1);
	RP_CHECK(h.revisions.v[1].questions.n == 2 &&
		 is(h.revisions.v[1].questions.v[1].body, "What now?") &&
		 is(h.revisions.v[0].title, "One") &&
		 is(h.revisions.v[1].person, "kenya"));
	RP_CHECK_FAILS(rp_proposal_withdraw(&t.delegates[1], t.w.tx, &other,
			   &m),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_proposal_withdraw(&t.delegates[0], t.w.tx, &p, &m));
	m = proposed_get(&t, &t.reader, 1);
	RP_CHECK(is(m.state, "withdrawn"));
	RP_CHECK_FAILS(rp_proposal_withdraw(&t.delegates[0], t.w.tx, &p, &m),
	    RP_E_GONE);
	RP_CHECK_FAILS(rp_proposal_revise(&t.delegates[0], t.w.tx, &p, &m, &in),
	    RP_E_GONE);
	/* Nothing that is not the group's. */
	rp_vec_push(t.w.a, &in.instruments, 4711);
	RP_CHECK_FAILS(rp_proposal_save(&t.delegates[0], t.w.tx, &p, 0, &in,
			   true, &id, &number),
	    RP_E_INVALID);
	in.instruments.n = 0;
	in.document_id = 4711;
	RP_CHECK_FAILS(rp_proposal_save(&t.delegates[0], t.w.tx, &p, 0, &in,
			   true, &id, &number),
	    RP_E_INVALID);
	in.document_id = 0;
	in.party_id = t.parties[1];
	RP_CHECK_FAILS(rp_proposal_save(&t.delegates[0], t.w.tx, &p, 0, &in,
			   false, &id, &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_proposal_save(&t.reader, t.w.tx, &p, 0, &in, false,
			   &id, &number),
	    RP_E_DENIED);
}

static void
steps(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_history h;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
	p = proposed_may(&t, &t.chair);
	m = proposed_get(&t, &t.chair, 1);
#define TO(who, pp, state, note, from, until)                       \
	rp_proposal_outcome(&t.who, t.w.tx, pp, &m, RP_TEXT(state), \
	    RP_TEXT(note), RP_TEXT(from), RP_TEXT(until))
	RP_CHECK_FAILS(TO(chair, &p, "agreed", "x", "2027-01-01", "2027-02-01"),
	    RP_E_CONFLICT);
	proposed_becomes(&t, 1, "discussed");
	RP_CHECK_FAILS(TO(chair, &p, "council", "", "", ""), RP_E_INVALID);
	RP_CHECK_FAILS(TO(chair, &p, "agreed", "x", "", ""), RP_E_INVALID);
	RP_CHECK_OK(TO(chair, &p, "council", "No agreement.", "", ""));
	m = proposed_get(&t, &t.chair, 1);
	RP_CHECK_OK(TO(chair, &p, "agreed", "Council 2027, C27/51",
	    "2027-09-01", "2027-12-01"));
	m = proposed_get(&t, &t.chair, 1);
	RP_CHECK(is(m.state, "agreed") && m.topic_id != 0 &&
		 is(m.opens_on, "2027-09-01") && is(m.shown, "agreed"));
	RP_CHECK_OK(rp_proposal_history(&t.chair, t.w.tx, &p, &m, &h));
	RP_CHECK(h.steps.n == 4 && is(h.steps.v[2].note, "No agreement."));
	(void)proposed_by(&t, 0, "Two");
	p = proposed_may(&t, &t.delegates[0]);
	m = proposed_get(&t, &t.delegates[0], 2);
	RP_CHECK_FAILS(TO(delegates[0], &p, "discussed", "", "", ""),
	    RP_E_DENIED);
	p = proposed_may(&t, &t.desk);
	RP_CHECK_OK(TO(desk, &p, "discussed", "", "", ""));
#undef TO
}

static void
positions(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	struct rp_proposal_positions log;
	struct rp_proposal_counts c;
	struct rp_proposing p;
	struct rp_proposal m;

	proposed_open(&t);
	(void)proposed_by(&t, 0, "One");
#define TAKE(who, party, stance)                                               \
	p = proposed_may(&t, &t.who);                                          \
	m = proposed_get(&t, &t.who, 1);                                       \
	RP_CHECK_OK(rp_proposal_take(&t.who, t.w.tx, &p, &m, t.parties[party], \
	    RP_TEXT(stance), RP_TEXT("So it is.")))
#define LOG(who)                      \
	p = proposed_may(&t, &t.who); \
	RP_CHECK_OK(rp_proposal_log(&t.who, t.w.tx, &p, &m, &log, &c))
	TAKE(delegates[1], 1, "against");
	TAKE(delegates[1], 1, "for");
	TAKE(chair, 2, "neutral");
	LOG(chair);
	RP_CHECK(log.n == 3 && c.for_it == 1 && c.against == 0 &&
		 c.neutral == 1 && !log.v[0].holds && log.v[1].holds);
	LOG(desk);
	RP_CHECK(log.n == 0 && c.for_it == 1 && c.neutral == 1);
	LOG(delegates[1]);
	RP_CHECK(log.n == 2 && c.for_it == 0 && c.neutral == 0);
	/* What the chair entered of it is the chair's. */
	LOG(delegates[2]);
	RP_CHECK(log.n == 0);
	LOG(reader);
	RP_CHECK(log.n == 0 && c.for_it == 0);
	LOG(w.nobody);
	RP_CHECK(log.n == 0 && c.for_it == 0);
	p = proposed_may(&t, &t.delegates[0]);
	RP_CHECK_FAILS(rp_proposal_take(&t.delegates[0], t.w.tx, &p, &m,
			   t.parties[1], RP_TEXT("for"), RP_TEXT("")),
	    RP_E_DENIED);
	p = proposed_may(&t, &t.desk);
	RP_CHECK_FAILS(rp_proposal_take(&t.desk, t.w.tx, &p, &m, t.parties[1],
			   RP_TEXT("for"), RP_TEXT("")),
	    RP_E_DENIED);
	p = proposed_may(&t, &t.chair);
	RP_CHECK_FAILS(rp_proposal_take(&t.chair, t.w.tx, &p, &m, t.parties[1],
			   RP_TEXT("perhaps"), RP_TEXT("")),
	    RP_E_INVALID);
#undef TAKE
#undef LOG
}

RP_CHECK_MAIN({ "seen by whom", seen_by_whom }, { "checked", checked },
    { "revised and withdrawn", revised_and_withdrawn }, { "steps", steps },
    { "positions", positions })
