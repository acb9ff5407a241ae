#include "domain/minutes.h"

#include <string.h>

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/room.h"

static struct rp_intervention
said(int64_t party_id, const char *words)
{
	return (struct rp_intervention){ .party_id = party_id,
		.role = RP_TEXT("members"),
		.lang = RP_TEXT("en"),
		.stance = RP_TEXT("for"),
		.words = rp_text_z(words) };
}

static int64_t
say(struct room *r, int64_t item_id, int64_t party_id, const char *words)
{
	struct rp_intervention i = said(party_id, words);
	int64_t id = 0;

	RP_CHECK_OK(
	    rp_intervention_add(&r->clerk, r->w.tx, &r->m, item_id, &i, &id));
	return id;
}

static int64_t
state(struct room *r, int64_t item_id, const char *words)
{
	struct rp_statement s = { .speaker = RP_TEXT("members"),
		.words = rp_text_z(words) };
	int64_t id = 0;

	RP_CHECK_OK(
	    rp_statement_add(&r->clerk, r->w.tx, &r->m, item_id, &s, &id));
	return id;
}

static struct rp_minutes
minutes(struct room *r, int64_t item_id)
{
	struct rp_minutes m = { 0 };

	RP_CHECK_OK(rp_minutes_get(&r->clerk, r->w.tx, &r->m, item_id,
	    RP_TEXT("en"), &m));
	return m;
}

static int64_t
ends(struct room *r, int64_t item_id, int64_t document_id, enum rp_outcome verb)
{
	struct rp_item_outcome o = { .document_id = document_id, .verb = verb };
	int64_t id = 0;

	RP_CHECK_OK(
	    rp_outcome_add(&r->clerk, r->w.tx, &r->m, item_id, &o, &id));
	return id;
}

/* One delegation is one voice, however often it speaks. */
static void
voices(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_intervention guest = said(0, "as a guest");
	struct rp_minutes m;
	int64_t kenya, peru, s, ids[4];

	room_open(&r);
	kenya = room_party(&r, "kenya");
	peru = room_party(&r, "peru");
	ids[0] = say(&r, r.report, kenya, "supported it");
	ids[1] = say(&r, r.report, kenya, "supported it again");
	ids[2] = say(&r, r.report, peru, "supported it too");
	guest.role = RP_TEXT("named");
	guest.speaker = RP_TEXT("Ms. A");
	RP_CHECK_OK(rp_intervention_add(&r.clerk, r.w.tx, &r.m, r.report,
	    &guest, &ids[3]));
	s = state(&r, r.report, "supported the proposal.");
	RP_CHECK(minutes(&r, r.report).statements.v[0].voices == 0);
	for (int i = 0; i < 2; i++)
		RP_CHECK_OK(rp_intervention_group(&r.clerk, r.w.tx, &r.m,
		    r.report, ids[i], s));
	RP_CHECK(minutes(&r, r.report).statements.v[0].voices == 1);
	for (int i = 2; i < 4; i++)
		RP_CHECK_OK(rp_intervention_group(&r.clerk, r.w.tx, &r.m,
		    r.report, ids[i], s));
	m = minutes(&r, r.report);
	RP_CHECK(m.statements.v[0].voices == 3);
	RP_CHECK(
	    m.interventions.n == 4 && m.interventions.v[2].statement_id == s);
	RP_CHECK_OK(
	    rp_intervention_group(&r.clerk, r.w.tx, &r.m, r.report, ids[3], 0));
	RP_CHECK(minutes(&r, r.report).statements.v[0].voices == 2);
	RP_CHECK_OK(rp_statement_remove(&r.clerk, r.w.tx, &r.m, r.report, s));
	m = minutes(&r, r.report);
	RP_CHECK(m.statements.n == 0 && m.interventions.n == 4 &&
		 m.interventions.v[0].statement_id == 0);
}

static void
in_order(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_minutes m;
	int64_t x, y;

	room_open(&r);
	x = state(&r, r.report, "first");
	y = state(&r, r.report, "second");
	RP_CHECK_OK(rp_statement_move(&r.clerk, r.w.tx, &r.m, r.report, y, -1));
	m = minutes(&r, r.report);
	RP_CHECK(m.statements.v[0].id == y && m.statements.v[1].id == x);
	RP_CHECK_OK(rp_statement_move(&r.clerk, r.w.tx, &r.m, r.report, y, -1));
	RP_CHECK(minutes(&r, r.report).statements.v[0].id == y);
	m.statements.v[0].words = RP_TEXT("changed");
	m.statements.v[0].is_all = true;
	RP_CHECK_OK(rp_statement_set(&r.clerk, r.w.tx, &r.m, r.report,
	    &m.statements.v[0]));
	m = minutes(&r, r.report);
	RP_CHECK_TEXT(m.statements.v[0].words, RP_TEXT("changed"));
	RP_CHECK(m.statements.v[0].is_all);
}

static void
outcomes_are_seen_with_their_item(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_item_outcomes all;
	struct rp_agenda a;
	int64_t d;

	room_open(&r);
	d = room_document(&r, "public");
	room_call(&r, r.report, d);
	room_call(&r, r.closed, d);
	ends(&r, r.report, d, RP_OUTCOME_NOTED);
	world_turn(&r.w);
	r.clerk.now++;
	ends(&r, r.closed, d, RP_OUTCOME_REVISED_INVITED);
	a = room_agenda(&r, &r.reader);
	RP_CHECK_OK(rp_outcome_list(&r.reader, r.w.tx, &r.m, &a, &all));
	RP_CHECK(all.n == 2 &&
		 rp_outcome_of_document(&all, d) == RP_OUTCOME_REVISED_INVITED);
	a = room_agenda(&r, &r.w.nobody);
	RP_CHECK_OK(rp_outcome_list(&r.w.nobody, r.w.tx, &r.m, &a, &all));
	RP_CHECK(
	    all.n == 1 && rp_outcome_of_document(&all, d) == RP_OUTCOME_NOTED);
	RP_CHECK(rp_outcome_of_document(&all, d + 1) == RP_OUTCOME_NONE);
}

static void
adopting_the_agenda(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_item_outcome o = { .verb = RP_OUTCOME_ADOPTED };
	int64_t item, id, number, revision;

	room_open(&r);
	item = room_item(&r, r.first, RP_ITEM_AGENDA, "Agenda");
	/* Elsewhere the word decides nothing about the agenda. */
	ends(&r, r.report, 0, RP_OUTCOME_ADOPTED);
	RP_CHECK_OK(
	    rp_agenda_issue(&r.clerk, r.w.tx, &r.m, &number, &revision));
	RP_CHECK(room_agenda(&r, &r.reader).adopted_revision == -1);
	id = ends(&r, item, 0, RP_OUTCOME_ADOPTED);
	RP_CHECK(room_agenda(&r, &r.reader).adopted_revision == 0);
	RP_CHECK_OK(rp_outcome_remove(&r.clerk, r.w.tx, &r.m, item, id));
	RP_CHECK(room_agenda(&r, &r.reader).adopted_revision == -1);
	RP_CHECK_OK(rp_agenda_title_set(&r.clerk, r.w.tx, &r.m,
	    RP_TEXT("agenda_item"), item, RP_TEXT("en"), RP_WORDING_ORIGINAL,
	    RP_TEXT("Agenda and hours")));
	RP_CHECK_FAILS(rp_outcome_add(&r.clerk, r.w.tx, &r.m, item, &o, &id),
	    RP_E_CONFLICT);
}

/* What is recorded keeps the item in the agenda. */
static void
an_item_with_a_record_stays(void)
{
	RP_AUTO(room_close) struct room r;

	room_open(&r);
	ends(&r, r.opening, 0, RP_OUTCOME_NOTED);
	RP_CHECK_FAILS(rp_agenda_item_remove(&r.clerk, r.w.tx, &r.m, r.opening),
	    RP_E_CONFLICT);
}

static void
checked(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_intervention i;
	struct rp_statement s = { .speaker = RP_TEXT("members"),
		.words = RP_TEXT("agreed.") };
	struct rp_item_outcome o = { .verb = RP_OUTCOMES };
	int64_t id, other;

	room_open(&r);
#define WRONG(field, value, problem)  \
	i = said(7, "supported it."); \
	i.field = value;              \
	RP_CHECK(rp_intervention_check(&i) == problem)
	WRONG(stance, RP_TEXT(""), RP_MINUTES_FINE);
	WRONG(stance, RP_TEXT("loud"), RP_MINUTES_BAD_STANCE);
	WRONG(role, RP_TEXT("guest"), RP_MINUTES_BAD_ROLE);
	WRONG(role, RP_TEXT("named"), RP_MINUTES_BAD_SPEAKER);
	WRONG(party_id, 0, RP_MINUTES_BAD_SPEAKER);
	WRONG(words, RP_TEXT(" "), RP_MINUTES_BAD_WORDS);
	WRONG(lang, RP_TEXT("e"), RP_MINUTES_BAD_LANG);
#undef WRONG
	RP_CHECK(rp_statement_check(&s) == RP_MINUTES_FINE);
	s.name = RP_TEXT("Ms. A");
	RP_CHECK(rp_statement_check(&s) == RP_MINUTES_BAD_SPEAKER);
	RP_CHECK(rp_outcome_check(&o) == RP_MINUTES_BAD_VERB);
	/* What stands under another item. */
	other = room_document(&r, "public");
	o = (struct rp_item_outcome){ .verb = RP_OUTCOME_NOTED,
		.document_id = other };
	RP_CHECK_FAILS(rp_outcome_add(&r.clerk, r.w.tx, &r.m, r.report, &o,
			   &id),
	    RP_E_NOTFOUND);
	other = state(&r, r.opening, "thanked everybody.");
	id = say(&r, r.report, room_party(&r, "kenya"), "x");
	RP_CHECK_FAILS(rp_intervention_group(&r.clerk, r.w.tx, &r.m, r.report,
			   id, other),
	    RP_E_NOTFOUND);
}

static void
refused(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_intervention i;
	struct rp_statement s = { .speaker = RP_TEXT("chair"),
		.words = RP_TEXT("opened.") };
	struct rp_item_outcome o = { .verb = RP_OUTCOME_NOTED };
	struct rp_minutes m;
	struct rp_events trail;
	int64_t id;

	room_open(&r);
	i = said(room_party(&r, "kenya"), "never to be published");
	i.id = say(&r, r.report, i.party_id, "never to be published");
	s.id = state(&r, r.report, "x");
	for (int k = 0; k < 2; k++) {
		const struct rp_actor *who = k ? &r.reader : &r.w.nobody;
		enum rp_ecode code = k ? RP_E_DENIED : RP_E_UNKNOWN;
		struct rp_tx *tx = r.w.tx;

#define NO(call) RP_CHECK_FAILS(call, code)
		NO(rp_minutes_get(who, tx, &r.m, r.report, RP_TEXT("en"), &m));
		NO(rp_intervention_add(who, tx, &r.m, r.report, &i, &id));
		NO(rp_intervention_set(who, tx, &r.m, r.report, &i));
		NO(rp_intervention_remove(who, tx, &r.m, r.report, i.id));
		NO(rp_intervention_group(who, tx, &r.m, r.report, i.id, 0));
		NO(rp_statement_add(who, tx, &r.m, r.report, &s, &id));
		NO(rp_statement_set(who, tx, &r.m, r.report, &s));
		NO(rp_statement_move(who, tx, &r.m, r.report, s.id, 1));
		NO(rp_statement_remove(who, tx, &r.m, r.report, s.id));
		NO(rp_outcome_add(who, tx, &r.m, r.report, &o, &id));
		NO(rp_outcome_remove(who, tx, &r.m, r.report, 1));
#undef NO
	}
	RP_CHECK_OK(rp_event_list(&r.w.system, r.w.tx,
	    &(struct rp_event_filter){ .group_id = r.w.group_id }, &trail));
	for (size_t k = 0; k < trail.n; k++)
		RP_CHECK(!rp_text_starts(trail.v[k].after, RP_TEXT("never")));
}

RP_CHECK_MAIN({ "voices", voices }, { "in order", in_order },
    { "outcomes are seen with their item", outcomes_are_seen_with_their_item },
    { "adopting the agenda", adopting_the_agenda },
    { "an item with a record stays", an_item_with_a_record_stays },
    { "checked", checked }, { "refused", refused })
