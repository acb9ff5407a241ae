#include "domain/amendment.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/round.h"

static struct rp_party_amendment
get(struct round *r, const struct rp_actor *who, int64_t number)
{
	struct rp_party_amendment m = { 0 };

	RP_CHECK_OK(
	    rp_amendment_get(who, r->w.tx, &r->a, number, RP_TEXT("en"), &m));
	return m;
}

static void
opened_for_whom(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_version_numbers list;
	struct rp_amending a;
	struct rp_actor reader;

	round_open(&r);
	reader =
	    world_staff(&r.w, "Reader", RP_MAY_READ, RP_ON_GROUP, r.w.group_id);
	RP_CHECK_FAILS(rp_amending_open(&r.delegates[0], r.w.tx,
			   r.instrument_id, 1, 0, true),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_amending_open(&r.staff, r.w.tx, r.instrument_id, 1,
			   WORLD_NOW, true),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_amending_open(&r.staff, r.w.tx, r.instrument_id, 2, 0,
			   true),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_amending_get(&r.w.nobody, r.w.tx, r.instrument_id, 1,
			   &a),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(
	    rp_amending_list(&r.w.nobody, r.w.tx, r.instrument_id, &list));
	RP_CHECK(list.n == 1 && list.v[0] == 1);
	a = round_of(&r, &reader);
	RP_CHECK(a.open && !a.may_register && a.my_party_id == 0);
	a = round_of(&r, &r.delegates[1]);
	RP_CHECK(a.my_party_id == r.parties[1] && !a.may_register);
	RP_CHECK_OK(
	    rp_amending_open(&r.staff, r.w.tx, r.instrument_id, 1, 0, true));
	a = round_of(&r, &r.w.nobody);
	RP_CHECK(a.open && a.until_at == 0 && a.is_public);
	RP_CHECK_FAILS(rp_amending_close(&reader, r.w.tx, &a), RP_E_DENIED);
	RP_CHECK_OK(rp_amending_close(&r.staff, r.w.tx, &a));
	RP_CHECK(!round_of(&r, &r.w.nobody).open);
}

static void
checked_before(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_amendment_in good, in;
	int64_t noc[RP_AMENDMENT_NOC_MAX + 1] = { 0 }, number;

	round_open(&r);
	good = round_file(&r, 0, "PK");
	RP_CHECK(rp_amendment_check(&good) == RP_AMENDMENT_FINE);
	in = good;
	in.upload_id = 0;
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_NO_FILE);
	in.noc = noc;
	in.n_noc = 1;
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_FINE);
	in.n_noc = RP_AMENDMENT_NOC_MAX + 1;
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_MANY_NOC);
	in = good;
	in.file_kind = RP_TEXT("pdf");
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_BAD_FILE);
	in = good;
	in.size = RP_AMENDMENT_FILE_MAX + 1;
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_LARGE_FILE);
	in = good;
	in.reasons = RP_TEXT(" \n");
	RP_CHECK(rp_amendment_check(&in) == RP_AMENDMENT_NO_REASONS);
	RP_CHECK_FAILS(rp_amendment_submit(&r.staff, r.w.tx, &r.a, &in,
			   &number),
	    RP_E_INVALID);
}

/* For its own party, while it is open; the secretariat for each of them. */
static void
submitted_by_whom(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_amendment_in in;
	struct rp_actor reader;
	int64_t number;

	round_open(&r);
	reader =
	    world_staff(&r.w, "Reader", RP_MAY_READ, RP_ON_GROUP, r.w.group_id);
	in = round_file(&r, 0, "one");
	RP_CHECK_FAILS(rp_amendment_submit(&r.delegates[1], r.w.tx, &r.a, &in,
			   &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_amendment_submit(&reader, r.w.tx, &r.a, &in, &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_amendment_submit(&r.w.nobody, r.w.tx, &r.a, &in,
			   &number),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_amendment_submit(&r.staff, r.w.tx, &r.a, &in, &number));
	RP_CHECK(number == 1);
	RP_CHECK(round_submit(&r, 1, "two") == 2);
	in = round_file(&r, 0, "x");
	in.party_id = r.parties[2] + 100;
	RP_CHECK_FAILS(rp_amendment_submit(&r.staff, r.w.tx, &r.a, &in,
			   &number),
	    RP_E_INVALID);
	r.delegates[2].now = r.a.until_at;
	in = round_file(&r, 2, "late");
	RP_CHECK_FAILS(rp_amendment_submit(&r.delegates[2], r.w.tx, &r.a, &in,
			   &number),
	    RP_E_GONE);
}

static void
revised_and_withdrawn(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_party_amendment m;

	round_open(&r);
	RP_CHECK(round_submit(&r, 0, "one") == 1);
	m = get(&r, &r.delegates[1], 1);
	RP_CHECK(!m.mine && m.current == NULL && m.revisions.n == 1);
	RP_CHECK_TEXT(m.revisions.v[0].state, RP_TEXT("received"));
	round_work(&r);
	RP_CHECK(round_submit(&r, 0, "two") == 1);
	m = get(&r, &r.delegates[0], 1);
	RP_CHECK(m.mine && m.revisions.n == 2 && m.current != NULL &&
		 m.current->number == 1);
	round_work(&r);
	m = get(&r, &r.delegates[0], 1);
	RP_CHECK(m.current->number == 2 &&
		 m.revisions.v[0].blob_id != m.revisions.v[1].blob_id);
	RP_CHECK_TEXT(m.current->person, RP_TEXT("Kenya"));
	RP_CHECK_FAILS(rp_amendment_withdraw(&r.delegates[1], r.w.tx, &r.a, &m),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_amendment_withdraw(&r.delegates[0], r.w.tx, &r.a, &m));
	m = get(&r, &r.delegates[0], 1);
	RP_CHECK_TEXT(m.state, RP_TEXT("withdrawn"));
	RP_CHECK_FAILS(rp_amendment_withdraw(&r.delegates[0], r.w.tx, &r.a, &m),
	    RP_E_GONE);
	/* And it may come again. */
	RP_CHECK(round_submit(&r, 0, "three") == 2);
}

static void
edited_by_provision(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_amendment_edit e = { .block = 3,
		.op = RP_TEXT("replace"),
		.body = RP_TEXT("new words"),
		.reason = RP_TEXT("clearer") };
	struct rp_amendment_edits edits;
	struct rp_party_amendments all;
	struct rp_party_amendment m;
	struct rp_actor *who;
	int64_t p, number;

	round_open(&r);
	who = &r.delegates[0];
	p = r.parties[0];
	RP_CHECK_FAILS(rp_amendment_submit_draft(who, r.w.tx, &r.a, p,
			   RP_TEXT("why"), &number),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_amendment_edit(who, r.w.tx, &r.a, p, &e));
	e.body = RP_TEXT("newer words");
	RP_CHECK_OK(rp_amendment_edit(who, r.w.tx, &r.a, p, &e));
	e = (struct rp_amendment_edit){ .block = 3,
		.op = RP_TEXT("add"),
		.body = RP_TEXT("a new provision") };
	RP_CHECK_OK(rp_amendment_edit(who, r.w.tx, &r.a, p, &e));
	e.op = RP_TEXT("suppress");
	RP_CHECK_FAILS(rp_amendment_edit(who, r.w.tx, &r.a, p, &e),
	    RP_E_INVALID);
	e = (struct rp_amendment_edit){ .block = 5, .op = RP_TEXT("noc") };
	RP_CHECK_OK(rp_amendment_edit(who, r.w.tx, &r.a, p, &e));
	e.block = -1;
	RP_CHECK_FAILS(rp_amendment_edit(who, r.w.tx, &r.a, p, &e),
	    RP_E_INVALID);
	e.block = 1;
	RP_CHECK_FAILS(rp_amendment_edit(&r.delegates[1], r.w.tx, &r.a, p, &e),
	    RP_E_DENIED);
	/* Nobody else sees it yet. */
	RP_CHECK_OK(rp_amendment_list(&r.delegates[1], r.w.tx, &r.a,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 0);
	m = get(&r, who, 1);
	RP_CHECK(m.draft != NULL);
	RP_CHECK_OK(rp_amendment_edit_list(who, r.w.tx, m.draft, &edits));
	RP_CHECK(edits.n == 3);
	RP_CHECK_TEXT(edits.v[0].body, RP_TEXT("newer words"));
	RP_CHECK_OK(
	    rp_amendment_edit_drop(who, r.w.tx, &r.a, p, edits.v[1].id));
	RP_CHECK_OK(rp_amendment_submit_draft(who, r.w.tx, &r.a, p,
	    RP_TEXT("why"), &number));
	RP_CHECK(number == 1 && round_work(&r) > 0);
	m = get(&r, &r.delegates[1], 1);
	RP_CHECK(m.current != NULL && m.draft == NULL);
	/* The next one begins with what was submitted. */
	RP_CHECK_OK(rp_amendment_begin_draft(who, r.w.tx, &r.a, p));
	m = get(&r, who, 1);
	RP_CHECK(m.draft != NULL && m.draft->number == 2);
	RP_CHECK_OK(rp_amendment_edit_list(who, r.w.tx, m.draft, &edits));
	RP_CHECK(edits.n == 2);
	RP_CHECK(get(&r, &r.delegates[1], 1).revisions.n == 1);
}

static void
too_much_is_refused(void)
{
	RP_AUTO(round_close) struct round r;
	char long_text[RP_AMENDMENT_TEXT_MAX + 2];
	struct rp_amendment_edit e = { .op = RP_TEXT("noc") };

	round_open(&r);
	for (e.block = 0; e.block < RP_AMENDMENT_NOC_MAX; e.block++)
		RP_CHECK_OK(rp_amendment_edit(&r.delegates[0], r.w.tx, &r.a,
		    r.parties[0], &e));
	RP_CHECK_FAILS(rp_amendment_edit(&r.delegates[0], r.w.tx, &r.a,
			   r.parties[0], &e),
	    RP_E_LIMIT);
	memset(long_text, 'x', sizeof(long_text));
	e.op = RP_TEXT("add");
	e.body = (rp_text){ long_text, RP_AMENDMENT_TEXT_MAX + 1 };
	RP_CHECK_FAILS(rp_amendment_edit(&r.delegates[1], r.w.tx, &r.a,
			   r.parties[1], &e),
	    RP_E_LIMIT);
	e.body.n--;
	for (size_t i = 0;
	     i < RP_AMENDMENT_EDITS_OCTETS_MAX / RP_AMENDMENT_TEXT_MAX; i++)
		RP_CHECK_OK(rp_amendment_edit(&r.delegates[1], r.w.tx, &r.a,
		    r.parties[1], &e));
	RP_CHECK_FAILS(rp_amendment_edit(&r.delegates[1], r.w.tx, &r.a,
			   r.parties[1], &e),
	    RP_E_LIMIT);
}

/* With their own consent, behind one amendment. */
static void
sponsors_join(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_party_amendment m;
	struct rp_actor *kenya, *peru;
	struct rp_amendment_in in;
	int64_t number;

	round_open(&r);
	kenya = &r.delegates[0];
	peru = &r.delegates[1];
	round_submit(&r, 0, "one");
	m = get(&r, kenya, 1);
	RP_CHECK_FAILS(rp_amendment_ask(peru, r.w.tx, &r.a, &m, r.parties[2]),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_amendment_join(peru, r.w.tx, &r.a, &m, r.parties[1]),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_amendment_ask(kenya, r.w.tx, &r.a, &m, r.parties[1]));
	m = get(&r, kenya, 1);
	RP_CHECK(m.sponsors.n == 2);
	RP_CHECK_TEXT(m.sponsors.v[1].state, RP_TEXT("asked"));
	RP_CHECK_TEXT(m.sponsors.v[1].name, RP_TEXT("Peru"));
	/* Nobody consents for it. */
	RP_CHECK_FAILS(rp_amendment_join(kenya, r.w.tx, &r.a, &m, r.parties[1]),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_amendment_join(peru, r.w.tx, &r.a, &m, r.parties[1]));
	m = get(&r, kenya, 1);
	RP_CHECK_TEXT(m.sponsors.v[1].state, RP_TEXT("joined"));
	in = round_file(&r, 1, "two");
	RP_CHECK_FAILS(rp_amendment_submit(peru, r.w.tx, &r.a, &in, &number),
	    RP_E_CONFLICT);
	/* The secretariat enters one at once; who submits its own cannot join.
	 */
	RP_CHECK_OK(rp_amendment_ask(&r.staff, r.w.tx, &r.a, &m, r.parties[2]));
	m = get(&r, kenya, 1);
	RP_CHECK_TEXT(m.sponsors.v[2].state, RP_TEXT("joined"));
	RP_CHECK_FAILS(rp_amendment_ask(&r.staff, r.w.tx, &r.a, &m,
			   r.parties[2]),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_amendment_leave(peru, r.w.tx, &r.a, &m, r.parties[1]));
	RP_CHECK_FAILS(rp_amendment_leave(peru, r.w.tx, &r.a, &m, r.parties[0]),
	    RP_E_DENIED);
	RP_CHECK(round_submit(&r, 1, "three") == 2);
}

static void
acts_are_events(void)
{
	RP_AUTO(round_close) struct round r;
	struct rp_event_filter filter = { .object_kind =
					      RP_TEXT("instrument") };
	struct rp_party_amendment m;
	struct rp_events events;

	round_open(&r);
	round_submit(&r, 0, "one");
	m = get(&r, &r.delegates[0], 1);
	RP_CHECK_OK(
	    rp_amendment_ask(&r.delegates[0], r.w.tx, &r.a, &m, r.parties[1]));
	RP_CHECK_OK(rp_amendment_withdraw(&r.delegates[0], r.w.tx, &r.a, &m));
	RP_CHECK_OK(rp_amending_close(&r.staff, r.w.tx, &r.a));
	RP_CHECK_OK(rp_event_list(&r.w.system, r.w.tx, &filter, &events));
	RP_CHECK(events.n == 7);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("amending.close"));
	RP_CHECK_TEXT(events.v[1].action, RP_TEXT("amendment.withdraw"));
	RP_CHECK_TEXT(events.v[2].action, RP_TEXT("amendment.sponsor"));
	RP_CHECK_TEXT(events.v[3].action, RP_TEXT("amendment.submit"));
	RP_CHECK_TEXT(events.v[3].person, RP_TEXT("Kenya"));
	RP_CHECK_TEXT(events.v[4].action, RP_TEXT("amending.open"));
	RP_CHECK(events.v[4].group_id == r.w.group_id);
}

RP_CHECK_MAIN({ "opened for whom", opened_for_whom },
    { "checked before", checked_before },
    { "submitted by whom", submitted_by_whom },
    { "revised and withdrawn", revised_and_withdrawn },
    { "edited by provision", edited_by_provision },
    { "too much is refused", too_much_is_refused },
    { "sponsors join", sponsors_join }, { "acts are events", acts_are_events })
