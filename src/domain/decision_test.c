#include "domain/decision.h"

#include "base/check.h"
#include "domain/testing/themed.h"

static void
fill(struct themed *t)
{
	themed_answer(t, "A", "Rural access is what we lack");
	themed_answer(t, "B", "Rural access is what we lack");
	themed_answer(t, "C", "The cost of spectrum is too high");
	themed_answer(t, "D", "Nothing fits this");
	themed_answer(t, "E", "Better access for women");
	themed_apply(t, themed_run(t));
}

static struct rp_decisions
log_of(struct themed *t)
{
	struct rp_decisions all;

	RP_CHECK_OK(rp_decision_list(&t->who, t->f.w.tx, &t->b, 0, &all));
	return all;
}

static void
undo_last(struct themed *t)
{
	struct rp_decisions all = log_of(t);

	RP_CHECK_OK(rp_decision_undo(&t->who, t->f.w.tx, all.v[0].id,
	    RP_TEXT("a mistake")));
}

static int64_t
id_of(struct themed *t, const char *name)
{
	struct rp_theme_items all = themed_items(t);
	const struct rp_theme_item *i = themed_find(&all, name);

	RP_CHECK(i != NULL);
	return i->id;
}

static int64_t
responses_of(struct themed *t, const char *name)
{
	struct rp_theme_items all = themed_items(t);
	const struct rp_theme_item *i = themed_find(&all, name);

	return i == NULL ? -1 : i->f.responses;
}

static struct rp_span
span_of(struct themed *t, int64_t response_id)
{
	struct rp_theme_answer a;

	RP_CHECK_OK(
	    rp_theme_answer_get(&t->who, t->f.w.tx, &t->b, response_id, &a));
	return (struct rp_span){ a.answer_id, 0, (int64_t)a.text.n };
}

static void
code(struct themed *t, struct rp_span s, int64_t theme_id, bool copies)
{
	RP_CHECK_OK(rp_coding_set(&t->who, t->f.w.tx, &t->b,
	    &(struct rp_coding_act){ .span = s,
		.theme_id = theme_id,
		.copies = copies,
		.reason = RP_TEXT("") }));
}

static void
states(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_decisions log;
	int64_t id;

	themed_open(&t);
	fill(&t);
	id = id_of(&t, "access, rural");
	RP_CHECK_OK(rp_theme_confirm(&t.who, t.f.w.tx, id, RP_TEXT("clear")));
	RP_CHECK_FAILS(rp_theme_confirm(&t.who, t.f.w.tx, id, RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_theme_reject(&t.f.clerk, t.f.w.tx, id, RP_TEXT("")),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	log = log_of(&t);
	RP_CHECK_TEXT(log.v[0].kind, RP_TEXT("confirm"));
	RP_CHECK_TEXT(log.v[0].person, RP_TEXT("Themer"));
	RP_CHECK_TEXT(log.v[0].reason, RP_TEXT("clear"));
	RP_CHECK(log.v[0].at == t.who.now);
	id = id_of(&t, "cost, tariffs");
	RP_CHECK_OK(rp_theme_reject(&t.who, t.f.w.tx, id, RP_TEXT("")));
	RP_CHECK(responses_of(&t, "cost, tariffs") == -1);
	RP_CHECK(themed_balance(&t).of[RP_READING_UNREAD] == 2);
	undo_last(&t);
	RP_CHECK(responses_of(&t, "cost, tariffs") == 1);
	/* Undoing is a decision, and can be undone. */
	undo_last(&t);
	RP_CHECK(responses_of(&t, "cost, tariffs") == -1);
}

static void
words(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_wordings texts;
	struct rp_theme_item item;
	int64_t id;

	themed_open(&t);
	fill(&t);
	id = id_of(&t, "access, rural");
	RP_CHECK_FAILS(rp_theme_reword(&t.who, t.f.w.tx, id, RP_TEXT("name"),
			   RP_TEXT("en"), RP_TEXT(" "), RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_theme_reword(&t.who, t.f.w.tx, id, RP_TEXT("colour"),
			   RP_TEXT("en"), RP_TEXT("x"), RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_theme_reword(&t.who, t.f.w.tx, id, RP_TEXT("name"),
	    RP_TEXT("en"), RP_TEXT("Rural access"), RP_TEXT("")));
	RP_CHECK_OK(rp_theme_reword(&t.who, t.f.w.tx, id, RP_TEXT("definition"),
	    RP_TEXT("fr"), RP_TEXT("Accès"), RP_TEXT("")));
	RP_CHECK_OK(
	    rp_theme_get(&t.who, t.f.w.tx, id, RP_TEXT("en"), &item, &texts));
	RP_CHECK_TEXT(item.name, RP_TEXT("Rural access"));
	RP_CHECK(!item.is_label && texts.n == 2);
	undo_last(&t);
	undo_last(&t);
	/* The second undoes the first undoing. */
	RP_CHECK_OK(
	    rp_theme_get(&t.who, t.f.w.tx, id, RP_TEXT("en"), &item, &texts));
	RP_CHECK(texts.n == 2);
}

static void
merged(void)
{
	RP_AUTO(themed_close) struct themed t;
	int64_t access, cost;

	themed_open(&t);
	fill(&t);
	access = id_of(&t, "access, rural");
	cost = id_of(&t, "cost, tariffs");
	RP_CHECK_FAILS(rp_theme_merge(&t.who, t.f.w.tx, cost, cost,
			   RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_theme_merge(&t.who, t.f.w.tx, cost, access, RP_TEXT("one")));
	RP_CHECK(responses_of(&t, "access, rural") == 4);
	RP_CHECK(responses_of(&t, "cost, tariffs") == -1);
	RP_CHECK_FAILS(rp_theme_confirm(&t.who, t.f.w.tx, cost, RP_TEXT("")),
	    RP_E_CONFLICT);
	world_turn(&t.f.w);
	undo_last(&t);
	RP_CHECK(responses_of(&t, "access, rural") == 3);
	RP_CHECK(responses_of(&t, "cost, tariffs") == 1);
	/* Into its own parent, and a parent into its child. */
	RP_CHECK_OK(rp_theme_merge(&t.who, t.f.w.tx, cost,
	    id_of(&t, "networks"), RP_TEXT("")));
	RP_CHECK(responses_of(&t, "networks") == 4);
	RP_CHECK_OK(rp_theme_merge(&t.who, t.f.w.tx, id_of(&t, "networks"),
	    access, RP_TEXT("")));
	RP_CHECK(responses_of(&t, "access, rural") == 4);
	undo_last(&t);
	RP_CHECK(responses_of(&t, "networks") == 4);
}

static void
split(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages all;
	struct rp_spans spans = { 0 };
	int64_t access, fresh;

	themed_open(&t);
	fill(&t);
	access = id_of(&t, "access, rural");
	RP_CHECK_OK(
	    rp_theme_passages(&t.who, t.f.w.tx, &t.b, access, 0, 0, &all));
	RP_CHECK(all.n == 3);
	rp_vec_push(t.f.w.a, &spans,
	    ((struct rp_span){ all.v[2].answer_id, all.v[2].from,
		all.v[2].to }));
	RP_CHECK_OK(rp_theme_split(&t.who, t.f.w.tx, access, &spans,
	    RP_TEXT("Women"), RP_TEXT("en"), RP_TEXT("apart"), &fresh));
	RP_CHECK(responses_of(&t, "Women") == 1);
	RP_CHECK(responses_of(&t, "access, rural") == 2);
	RP_CHECK(themed_balance(&t).of[RP_READING_THEMED] == 4);
	undo_last(&t);
	RP_CHECK(responses_of(&t, "Women") == -1);
	RP_CHECK(responses_of(&t, "access, rural") == 3);
}

static void
moved(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_items all;
	int64_t access, cost, top;

	themed_open(&t);
	fill(&t);
	access = id_of(&t, "access, rural");
	cost = id_of(&t, "cost, tariffs");
	top = id_of(&t, "networks");
	RP_CHECK_OK(rp_theme_move(&t.who, t.f.w.tx, access, 0, RP_TEXT("big")));
	all = themed_items(&t);
	RP_CHECK(themed_find(&all, "access, rural")->parent_id == 0);
	RP_CHECK(themed_find(&all, "networks")->f.responses == 1);
	RP_CHECK_FAILS(rp_theme_move(&t.who, t.f.w.tx, access, cost,
			   RP_TEXT("")),
	    RP_E_INVALID);
	world_turn(&t.f.w);
	RP_CHECK_FAILS(rp_theme_move(&t.who, t.f.w.tx, top, access,
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	world_turn(&t.f.w);
	RP_CHECK_OK(rp_theme_move(&t.who, t.f.w.tx, cost, access, RP_TEXT("")));
	RP_CHECK(responses_of(&t, "access, rural") == 4);
}

/* A person's word holds, whatever the machine says later. */
static void
pinned(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_answer a;
	struct rp_span s;
	int64_t id, cost, run;

	themed_open(&t);
	id = themed_answer(&t, "Z", "Not one word of rural access");
	fill(&t);
	cost = id_of(&t, "cost, tariffs");
	s = span_of(&t, id);
	code(&t, s, cost, false);
	RP_CHECK(responses_of(&t, "cost, tariffs") == 2);
	RP_CHECK(responses_of(&t, "access, rural") == 3);
	run = themed_run(&t);
	themed_apply(&t, run);
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b, id, &a));
	RP_CHECK(a.passages.n == 1 && a.passages.v[0].theme_id == cost);
	RP_CHECK_TEXT(a.passages.v[0].by, RP_TEXT("person"));
	/* The themes were found again: no new ones. */
	RP_CHECK(themed_items(&t).n == 3);
	RP_CHECK_OK(rp_coding_clear(&t.who, t.f.w.tx, &t.b, s, RP_TEXT("")));
	RP_CHECK(responses_of(&t, "access, rural") == 4);
}

static void
copies(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages all;
	struct rp_decisions log;
	int64_t cost;

	themed_open(&t);
	fill(&t);
	cost = id_of(&t, "cost, tariffs");
	RP_CHECK_OK(rp_theme_passages(&t.who, t.f.w.tx, &t.b,
	    id_of(&t, "access, rural"), 0, 0, &all));
	code(&t,
	    (struct rp_span){ all.v[0].answer_id, all.v[0].from, all.v[0].to },
	    cost, true);
	log = log_of(&t);
	RP_CHECK(log.v[0].n == 2);
	RP_CHECK(responses_of(&t, "cost, tariffs") == 3);
	undo_last(&t);
	RP_CHECK(responses_of(&t, "cost, tariffs") == 1);
}

static void
places(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_coding_act act = { .reason = RP_TEXT("") };
	struct rp_span s;
	int64_t id;

	themed_open(&t);
	id = themed_answer(&t, "Z", "accès");
	fill(&t);
	s = span_of(&t, id);
	act.span = (struct rp_span){ s.answer_id, 0, s.to + 1 };
	RP_CHECK_FAILS(rp_coding_set(&t.who, t.f.w.tx, &t.b, &act),
	    RP_E_INVALID);
	act.span = (struct rp_span){ s.answer_id, 0, 4 }; /* inside è */
	RP_CHECK_FAILS(rp_coding_set(&t.who, t.f.w.tx, &t.b, &act),
	    RP_E_INVALID);
	act.span = (struct rp_span){ s.answer_id + 1000, 0, 1 };
	RP_CHECK_FAILS(rp_coding_set(&t.who, t.f.w.tx, &t.b, &act),
	    RP_E_NOTFOUND);
	act.span = s;
	act.theme_id = 99999;
	RP_CHECK_FAILS(rp_coding_set(&t.who, t.f.w.tx, &t.b, &act),
	    RP_E_NOTFOUND);
}

static void
several(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_span s;
	int64_t id;

	themed_open(&t);
	id = themed_answer(&t, "Z", "Neither this nor that");
	fill(&t);
	s = span_of(&t, id);
	code(&t, s, id_of(&t, "cost, tariffs"), false);
	RP_CHECK_OK(rp_coding_set(&t.who, t.f.w.tx, &t.b,
	    &(struct rp_coding_act){ .span = s,
		.theme_id = id_of(&t, "access, rural"),
		.add = true,
		.reason = RP_TEXT("") }));
	RP_CHECK(responses_of(&t, "cost, tariffs") == 2);
	RP_CHECK(responses_of(&t, "access, rural") == 4);
	/* A response of two themes is one of their parent's. */
	RP_CHECK(responses_of(&t, "networks") == 5);
}

static void
read_whole(void)
{
	RP_AUTO(themed_close) struct themed t;
	int64_t id;

	themed_open(&t);
	id = themed_answer(&t, "Z", "Rural access, said the ironist");
	fill(&t);
	RP_CHECK_FAILS(rp_reading_set(&t.who, t.f.w.tx, &t.b, id,
			   RP_READING_THEMED, RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_reading_set(&t.who, t.f.w.tx, &t.b, id,
	    RP_READING_NO_THEME, RP_TEXT("irony")));
	RP_CHECK(responses_of(&t, "access, rural") == 3);
	RP_CHECK(themed_balance(&t).of[RP_READING_NO_THEME] == 1);
	RP_CHECK_OK(rp_reading_set(&t.who, t.f.w.tx, &t.b, id, RP_READING_EMPTY,
	    RP_TEXT("")));
	RP_CHECK(themed_balance(&t).of[RP_READING_NO_THEME] == 0);
	RP_CHECK(themed_balance(&t).of[RP_READING_EMPTY] == 1);
	code(&t, span_of(&t, id), id_of(&t, "access, rural"), false);
	RP_CHECK(themed_balance(&t).of[RP_READING_EMPTY] == 0);
	RP_CHECK(responses_of(&t, "access, rural") == 4);
	undo_last(&t);
	RP_CHECK(themed_balance(&t).of[RP_READING_EMPTY] == 1);
}

static void
library(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_library all;
	struct rp_span s;
	int64_t id;

	themed_open(&t);
	id = themed_answer(&t, "Z", "We built 40 masts with the villages");
	fill(&t);
	s = span_of(&t, id);
	s.from = 9;
	s.to = 17;
	RP_CHECK_FAILS(rp_passage_mark(&t.who, t.f.w.tx, &t.b, s,
			   RP_TEXT("other"), RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_passage_mark(&t.who, t.f.w.tx, &t.b, s,
	    RP_TEXT("practice"), RP_TEXT("")));
	RP_CHECK_OK(rp_theme_library(&t.who, t.f.w.tx, t.f.w.group_id,
	    RP_TEXT("practice"), RP_TEXT("PE"), &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_TEXT(all.v[0].text, RP_TEXT("40 masts"));
	RP_CHECK_OK(rp_theme_library(&t.who, t.f.w.tx, t.f.w.group_id,
	    RP_TEXT("challenge"), RP_TEXT(""), &all));
	RP_CHECK(all.n == 0);
	undo_last(&t);
	RP_CHECK_OK(rp_theme_library(&t.who, t.f.w.tx, t.f.w.group_id,
	    RP_TEXT(""), RP_TEXT(""), &all));
	RP_CHECK(all.n == 0);
}

static void
quotes(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages all;
	struct rp_span s;
	int64_t access;

	themed_open(&t);
	fill(&t);
	access = id_of(&t, "access, rural");
	RP_CHECK_OK(
	    rp_theme_passages(&t.who, t.f.w.tx, &t.b, access, 0, 0, &all));
	s = (struct rp_span){ all.v[2].answer_id, all.v[2].from, all.v[2].to };
	RP_CHECK_OK(rp_theme_quote(&t.who, t.f.w.tx, access, s));
	RP_CHECK_OK(rp_theme_quotable(&t.who, t.f.w.tx, &t.b, access, 3, &all));
	RP_CHECK(all.v[0].is_chosen && all.v[0].answer_id == s.answer_id);
	RP_CHECK_OK(rp_theme_quote(&t.who, t.f.w.tx, access, s));
	RP_CHECK_OK(rp_theme_quotable(&t.who, t.f.w.tx, &t.b, access, 3, &all));
	RP_CHECK(!all.v[0].is_chosen);
}

/* What a later decision changed too is not put back under its feet. */
static void
undone_in_order(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_decisions log;
	int64_t access;

	themed_open(&t);
	fill(&t);
	access = id_of(&t, "access, rural");
	RP_CHECK_OK(rp_theme_confirm(&t.who, t.f.w.tx, access, RP_TEXT("")));
	RP_CHECK_OK(rp_theme_retire(&t.who, t.f.w.tx, access, RP_TEXT("")));
	world_turn(&t.f.w);
	log = log_of(&t);
	RP_CHECK_FAILS(rp_decision_undo(&t.who, t.f.w.tx, log.v[1].id,
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_tx_commit(t.f.w.tx));
	RP_CHECK_OK(rp_tx_begin(t.f.w.db, t.f.w.a, RP_TX_WRITE, &t.f.w.tx));
	RP_CHECK_FAILS(rp_decision_undo(&t.f.clerk, t.f.w.tx, log.v[0].id,
			   RP_TEXT("")),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "a suggestion is confirmed or rejected", states },
    { "themes are named and defined, in every language", words },
    { "themes are merged, and come apart again", merged },
    { "a theme is split", split }, { "themes move between two levels", moved },
    { "a person's word survives a run", pinned },
    { "one word for all who say the same", copies },
    { "octets that are no passage are refused", places },
    { "a passage has several themes", several },
    { "an answer is read as a whole", read_whole },
    { "good practices are found again", library },
    { "quotations are chosen", quotes },
    { "decisions are undone in order", undone_in_order })
