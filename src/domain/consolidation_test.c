#include "domain/consolidation.h"

#include "base/check.h"
#include "domain/instrument.h"
#include "domain/testing/round.h"

static struct rp_consolidation_work
claim(struct round *r, enum rp_consolidation_kind kind)
{
	struct rp_consolidation_work work = { 0 };
	bool found;

	RP_CHECK_OK(
	    rp_consolidation_claim(&r->w.system, r->w.tx, &found, &work));
	RP_CHECK(found && work.kind == kind);
	return work;
}

static struct rp_consolidation_result
made(void)
{
	return (struct rp_consolidation_result){ .text = RP_BYTES("<akn/>"),
		.script = RP_BYTES("{}"),
		.tracked = RP_BYTES("PK"),
		.clean = RP_BYTES("PK clean") };
}

static void
done(struct round *r, const struct rp_consolidation_work *work)
{
	struct rp_consolidation_result m = made();

	RP_CHECK_OK(rp_consolidation_done(&r->w.system, r->w.tx, work, &m));
}

/* The base first, then one amendment after another, and all of them. */
static void
made_when_something_comes(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_parts parts;
	struct rp_consolidation_work work;
	bool found;

	round_open(&r);
	RP_CHECK(r.a.is_waiting && r.a.script_blob_id == 0);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.parties.n == 0 && work.base_blob_id == r.a.base_blob_id);
	RP_CHECK_TEXT(work.author, RP_TEXT("cwg-internet"));
	done(&r, &work);
	r.a = round_of(&r, &r.staff);
	RP_CHECK(!r.a.is_waiting && r.a.script_blob_id != 0 &&
		 r.a.made_at == WORLD_NOW);
	round_submit(&r, 1, "one");
	RP_CHECK(!round_of(&r, &r.staff).is_waiting);
	work = claim(&r, RP_CONSOLIDATION_READ);
	RP_CHECK(work.parties.n == 1 && work.parties.v[0].blob_id != 0);
	RP_CHECK_TEXT(work.parties.v[0].name, RP_TEXT("Peru"));
	done(&r, &work);
	RP_CHECK(round_of(&r, &r.staff).is_waiting);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.parties.n == 1 && work.dated_at == WORLD_NOW);
	/* What comes while it is made is not forgotten. */
	round_submit(&r, 0, "two");
	done(&r, &work);
	RP_CHECK(!round_of(&r, &r.staff).is_waiting);
	RP_CHECK(round_work(&r) == 1);
	RP_CHECK_OK(
	    rp_consolidation_parts(&r.delegates[0], r.w.tx, &r.a, &parts));
	RP_CHECK(
	    parts.n == 2 && parts.v[0].number == 1 && parts.v[1].number == 2);
	RP_CHECK_TEXT(parts.v[1].name, RP_TEXT("Kenya"));
	RP_CHECK_OK(rp_consolidation_claim(&r.w.system, r.w.tx, &found, &work));
	RP_CHECK(!found);
}

/* Co-sponsors are its authors; what was withdrawn is not there. */
static void
whose_amendments(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_work work;
	struct rp_party_amendment m;

	round_open(&r);
	round_submit(&r, 0, "one");
	round_submit(&r, 2, "two");
	round_work(&r);
	RP_CHECK_OK(rp_amendment_get(&r.delegates[0], r.w.tx, &r.a, 1,
	    RP_TEXT("en"), &m));
	RP_CHECK_OK(rp_amendment_ask(&r.staff, r.w.tx, &r.a, &m, r.parties[1]));
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.parties.n == 2);
	RP_CHECK_TEXT(work.parties.v[0].name, RP_TEXT("Kenya, Peru"));
	done(&r, &work);
	RP_CHECK_OK(rp_amendment_withdraw(&r.delegates[0], r.w.tx, &r.a, &m));
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.parties.n == 1);
	RP_CHECK_TEXT(work.parties.v[0].name, RP_TEXT("Nepal"));
}

static void
what_fails_is_said(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_result bad = { .failed = true,
		.reason = RP_TEXT("no paragraph #99") };
	struct rp_consolidation_work work;
	struct rp_party_amendment m;

	round_open(&r);
	round_work(&r);
	round_submit(&r, 0, "one");
	work = claim(&r, RP_CONSOLIDATION_READ);
	RP_CHECK_OK(rp_consolidation_done(&r.w.system, r.w.tx, &work, &bad));
	RP_CHECK_OK(rp_amendment_get(&r.delegates[0], r.w.tx, &r.a, 1,
	    RP_TEXT("en"), &m));
	RP_CHECK(m.current == NULL);
	RP_CHECK_TEXT(m.revisions.v[0].state, RP_TEXT("not_read"));
	RP_CHECK_TEXT(m.revisions.v[0].reason, RP_TEXT("no paragraph #99"));
	RP_CHECK(!round_of(&r, &r.staff).is_waiting);
	round_submit(&r, 0, "two");
	work = claim(&r, RP_CONSOLIDATION_READ);
	done(&r, &work);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK_OK(rp_consolidation_done(&r.w.system, r.w.tx, &work, &bad));
	r.a = round_of(&r, &r.staff);
	/* The one before stands. */
	RP_CHECK(r.a.is_failed && !r.a.is_waiting && r.a.script_blob_id != 0);
}

static struct rp_bracket_decision
decision(const char *key, const char *kind)
{
	return (struct rp_bracket_decision){ .key = rp_text_z(key),
		.kind = rp_text_z(kind),
		.reason = RP_TEXT("agreed in plenary"),
		.before = RP_TEXT("[May] [Alt 1 (A): July]"),
		.after = RP_TEXT("May") };
}

static void
decided_and_undone(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_work work;
	struct rp_bracket_decisions all;
	struct rp_bracket_decision d;

	round_open(&r);
	round_work(&r);
	d = decision("9f", "base");
	RP_CHECK_FAILS(rp_bracket_decision_make(&r.delegates[0], r.w.tx, &r.a,
			   &d),
	    RP_E_DENIED);
	d.reason = RP_TEXT(" ");
	RP_CHECK_FAILS(rp_bracket_decision_make(&r.staff, r.w.tx, &r.a, &d),
	    RP_E_INVALID);
	d = decision("9f", "choice");
	RP_CHECK_FAILS(rp_bracket_decision_make(&r.staff, r.w.tx, &r.a, &d),
	    RP_E_INVALID);
	d = decision("9f", "undone");
	RP_CHECK_FAILS(rp_bracket_decision_make(&r.staff, r.w.tx, &r.a, &d),
	    RP_E_INVALID);
	d = decision("9f", "base");
	RP_CHECK_OK(rp_bracket_decision_make(&r.staff, r.w.tx, &r.a, &d));
	RP_CHECK(round_of(&r, &r.staff).is_waiting);
	d = decision("9f", "text");
	d.body = RP_TEXT("summer");
	RP_CHECK_OK(rp_bracket_decision_make(&r.staff, r.w.tx, &r.a, &d));
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.decisions.n == 1);
	RP_CHECK_TEXT(work.decisions.v[0].body, RP_TEXT("summer"));
	done(&r, &work);
	RP_CHECK_FAILS(rp_bracket_decision_undo(&r.delegates[0], r.w.tx, &r.a,
			   RP_TEXT("9f"), RP_TEXT("")),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_bracket_decision_undo(&r.staff, r.w.tx, &r.a,
	    RP_TEXT("9f"), RP_TEXT("too early")));
	RP_CHECK_FAILS(rp_bracket_decision_undo(&r.staff, r.w.tx, &r.a,
			   RP_TEXT("9f"), RP_TEXT("")),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_bracket_decision_list(&r.delegates[0], r.w.tx, &r.a, &all));
	RP_CHECK(all.n == 3 && !all.v[0].holds && !all.v[1].holds &&
		 !all.v[2].holds);
	RP_CHECK_TEXT(all.v[1].person, RP_TEXT("Desk"));
	RP_CHECK_TEXT(all.v[2].kind, RP_TEXT("undone"));
	RP_CHECK_FAILS(rp_bracket_decision_list(&r.w.nobody, r.w.tx, &r.a,
			   &all),
	    RP_E_UNKNOWN);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.decisions.n == 0);
}

static void
adopted_as_a_version(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_work work;
	struct rp_version v;
	int64_t number;

	round_open(&r);
	RP_CHECK_FAILS(rp_consolidation_adopt(&r.staff, r.w.tx, &r.a,
			   RP_TEXT("Draft"), RP_TEXT("2026-11-29"),
			   RP_TEXT("draft"), &number),
	    RP_E_CONFLICT);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	done(&r, &work);
	RP_CHECK_FAILS(rp_consolidation_adopt(&r.delegates[0], r.w.tx, &r.a,
			   RP_TEXT("Draft"), RP_TEXT("2026-11-29"),
			   RP_TEXT("draft"), &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_consolidation_adopt(&r.staff, r.w.tx, &r.a,
			   RP_TEXT("Draft"), RP_TEXT("2026-11-29"),
			   RP_TEXT("in_force"), &number),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_consolidation_adopt(&r.staff, r.w.tx, &r.a, RP_TEXT("Draft"),
		RP_TEXT("2026-11-29"), RP_TEXT("proposed"), &number));
	RP_CHECK(number == 2);
	RP_CHECK_OK(rp_version_get(&r.staff, r.w.tx, r.instrument_id, 2, &v));
	RP_CHECK_TEXT(v.state, RP_TEXT("proposed"));
	RP_CHECK_TEXT(v.reading, RP_TEXT("received"));
	RP_CHECK(v.blob_id == round_of(&r, &r.staff).clean_blob_id);
}

static void
nobody_but_the_worker(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_consolidation_result m = made();
	struct rp_consolidation_work work;
	bool found;

	round_open(&r);
	RP_CHECK_FAILS(rp_consolidation_claim(&r.staff, r.w.tx, &found, &work),
	    RP_E_DENIED);
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK_FAILS(rp_consolidation_done(&r.staff, r.w.tx, &work, &m),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_consolidation_later(&r.staff, r.w.tx, &work, 1,
			   RP_TEXT("x")),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_consolidation_later(&r.w.system, r.w.tx, &work,
	    RP_MINUTE, RP_TEXT("busy")));
	RP_CHECK_OK(rp_consolidation_claim(&r.w.system, r.w.tx, &found, &work));
	RP_CHECK(!found);
	r.w.system.now += RP_MINUTE + 1;
	work = claim(&r, RP_CONSOLIDATION_ALL);
	RP_CHECK(work.tries == 2);
}

RP_CHECK_MAIN({ "made when something comes", made_when_something_comes },
    { "whose amendments", whose_amendments },
    { "what fails is said", what_fails_is_said },
    { "decided and undone", decided_and_undone },
    { "adopted as a version", adopted_as_a_version },
    { "nobody but the worker", nobody_but_the_worker })
