#include "domain/theme_run.h"

#include "base/check.h"
#include "domain/testing/themed.h"

static void
fill(struct themed *t)
{
	themed_answer(t, "A", "Rural access is what we lack");
	themed_answer(t, "C", "The cost of spectrum is too high");
}

static struct rp_theme_run
last(struct themed *t)
{
	struct rp_theme_run r;

	RP_CHECK_OK(rp_codebook_of(&t->who, t->f.w.tx, t->question_id, &t->b));
	RP_CHECK_OK(rp_theme_run_last(&t->who, t->f.w.tx, &t->b, &r));
	return r;
}

static int64_t
ask(struct themed *t)
{
	int64_t id;

	RP_CHECK_OK(rp_theme_run_ask(&t->who, t->f.w.tx, t->question_id,
	    RP_RUN_GROUP, 0, 1, &id));
	return id;
}

static struct rp_run_work
claim(struct themed *t, bool *found)
{
	struct rp_run_work w = { 0 };

	RP_CHECK_OK(rp_theme_run_claim(&t->f.w.system, t->f.w.tx, found, &w));
	return w;
}

/* Nothing is shown before somebody said so. */
static void
proposed(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_diff diff, other;
	int64_t id;

	themed_open(&t);
	fill(&t);
	id = themed_run(&t);
	RP_CHECK_TEXT(last(&t).state, RP_TEXT("ready"));
	RP_CHECK(last(&t).responses == 2 && last(&t).units == 2);
	RP_CHECK(themed_items(&t).n == 0);
	RP_CHECK_OK(rp_theme_run_diff(&t.who, t.f.w.tx, &t.b, id, &diff));
	RP_CHECK(diff.moved == 0 && diff.gained == 2 && diff.lost == 0);
	other = diff;
	other.moved++;
	RP_CHECK_FAILS(rp_theme_run_apply(&t.who, t.f.w.tx, &t.b, id, &other,
			   RP_TEXT("")),
	    RP_E_CONFLICT);
	world_turn(&t.f.w);
	RP_CHECK_FAILS(rp_theme_run_apply(&t.f.clerk, t.f.w.tx, &t.b, id, &diff,
			   RP_TEXT("")),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	themed_apply(&t, id);
	RP_CHECK(themed_items(&t).n == 3);
	RP_CHECK_TEXT(last(&t).state, RP_TEXT("applied"));
}

/* A new answer is unread until a run has seen it; then it moves, alone. */
static void
again(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_diff diff;
	struct rp_decisions log;
	int64_t id;

	themed_open(&t);
	fill(&t);
	themed_apply(&t, themed_run(&t));
	themed_answer(&t, "N", "Late, but about access");
	RP_CHECK(themed_balance(&t).of[RP_READING_UNREAD] == 1);
	id = themed_run(&t);
	RP_CHECK_OK(rp_theme_run_diff(&t.who, t.f.w.tx, &t.b, id, &diff));
	RP_CHECK(diff.moved == 0 && diff.gained == 1 && diff.lost == 0);
	themed_apply(&t, id);
	RP_CHECK(themed_items(&t).n == 3);
	RP_CHECK(themed_balance(&t).of[RP_READING_UNREAD] == 0);
	/* Applying is a decision like others. */
	RP_CHECK_OK(rp_decision_list(&t.who, t.f.w.tx, &t.b, 0, &log));
	RP_CHECK_TEXT(log.v[0].kind, RP_TEXT("apply"));
	RP_CHECK_OK(
	    rp_decision_undo(&t.who, t.f.w.tx, log.v[0].id, RP_TEXT("")));
	RP_CHECK(themed_balance(&t).of[RP_READING_UNREAD] == 1);
}

static void
dropped(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_diff diff;
	int64_t id;

	themed_open(&t);
	fill(&t);
	id = themed_run(&t);
	RP_CHECK_OK(rp_theme_run_drop(&t.who, t.f.w.tx, &t.b, id));
	RP_CHECK_FAILS(rp_theme_run_diff(&t.who, t.f.w.tx, &t.b, id, &diff),
	    RP_E_CONFLICT);
}

static void
one_at_a_time(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_run_work w;
	int64_t id;
	bool found;

	themed_open(&t);
	fill(&t);
	ask(&t);
	RP_CHECK_FAILS(rp_theme_run_ask(&t.who, t.f.w.tx, t.question_id,
			   RP_RUN_GROUP, 0, 1, &id),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_theme_run_claim(&t.who, t.f.w.tx, &found, &w),
	    RP_E_DENIED);
	w = claim(&t, &found);
	RP_CHECK(found && w.tries == 1);
	claim(&t, &found);
	RP_CHECK(!found);
}

static void
cancelled(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_run_work w;
	bool found;

	themed_open(&t);
	fill(&t);
	ask(&t);
	w = claim(&t, &found);
	RP_CHECK_OK(rp_theme_run_progress(&t.f.w.system, t.f.w.tx, &w,
	    RP_TEXT("group"), 300));
	RP_CHECK(last(&t).permille == 300);
	RP_CHECK_OK(rp_theme_run_cancel(&t.who, t.f.w.tx, &t.b, w.id));
	RP_CHECK_FAILS(rp_theme_run_progress(&t.f.w.system, t.f.w.tx, &w,
			   RP_TEXT("group"), 400),
	    RP_E_GONE);
	RP_CHECK_OK(
	    rp_theme_run_fail(&t.f.w.system, t.f.w.tx, &w, true, RP_TEXT("")));
	RP_CHECK_TEXT(last(&t).state, RP_TEXT("cancelled"));
	RP_CHECK_FAILS(rp_theme_run_cancel(&t.who, t.f.w.tx, &t.b, w.id),
	    RP_E_CONFLICT);
}

/* Who dies in the middle is followed by another, who begins afresh. */
static void
died(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_themes_result r;
	struct rp_run_inputs in;
	struct rp_run_work dead, w;
	bool found, done = false;
	size_t at = 0;

	themed_open(&t);
	fill(&t);
	themed_apply(&t, themed_run(&t));
	RP_CHECK_OK(rp_theme_create(&t.who, t.f.w.tx, t.question_id, 0,
	    RP_TEXT("By hand"), RP_TEXT("en"), RP_TEXT(""), &dead.id));
	ask(&t);
	dead = claim(&t, &found);
	in = themed_inputs(&t, &dead);
	r = themed_result(&t, &in);
	RP_CHECK_OK(rp_theme_run_store(&t.f.w.system, t.f.w.tx, &dead, &in, &r,
	    &at, &done));
	t.f.w.system.now += RP_RUN_CLAIM + 1;
	w = claim(&t, &found);
	RP_CHECK(found && w.id == dead.id && w.tries == 2);
	/* The first one is not dead after all: its try is over all the same. */
	RP_CHECK_FAILS(rp_theme_run_finish(&t.f.w.system, t.f.w.tx, &dead, &r),
	    RP_E_GONE);
	at = 0;
	done = false;
	while (!done)
		RP_CHECK_OK(rp_theme_run_store(&t.f.w.system, t.f.w.tx, &w, &in,
		    &r, &at, &done));
	RP_CHECK_OK(rp_theme_run_finish(&t.f.w.system, t.f.w.tx, &w, &r));
	themed_apply(&t, w.id);
	/* Nothing that a person decided is lost. */
	RP_CHECK(themed_items(&t).n == 4);
}

static void
given_up(void)
{
	RP_AUTO(themed_close) struct themed t;
	bool found;

	themed_open(&t);
	fill(&t);
	ask(&t);
	for (int i = 0; i < RP_RUN_TRIES; i++) {
		claim(&t, &found);
		RP_CHECK(found);
		t.f.w.system.now += RP_RUN_CLAIM + 1;
	}
	claim(&t, &found);
	RP_CHECK(!found);
	RP_CHECK_TEXT(last(&t).state, RP_TEXT("failed"));
	RP_CHECK_TEXT(last(&t).reason, RP_TEXT("interrupted"));
}

static void
refuses(void (*spoil)(struct rp_themes_result *r))
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_themes_result r;
	struct rp_run_inputs in;
	struct rp_run_work w;
	bool found, done;
	size_t at = 0;

	themed_open(&t);
	fill(&t);
	ask(&t);
	w = claim(&t, &found);
	in = themed_inputs(&t, &w);
	r = themed_result(&t, &in);
	spoil(&r);
	RP_CHECK_FAILS(rp_theme_run_store(&t.f.w.system, t.f.w.tx, &w, &in, &r,
			   &at, &done),
	    RP_E_INVALID);
}

static void
too_long(struct rp_themes_result *r)
{
	r->units.v[0].to++;
}

static void
no_theme(struct rp_themes_result *r)
{
	r->units.v[0].theme = 99;
}

static void
no_field(struct rp_themes_result *r)
{
	r->units.v[0].field = 99;
}

static void
no_unit(struct rp_themes_result *r)
{
	r->quotations.v[0].unit = 99;
}

static void
too_few(struct rp_themes_result *r)
{
	r->responses.n--;
}

/* What a run says is checked before it is stored. */
static void
outside(void)
{
	refuses(too_long);
	refuses(no_theme);
	refuses(no_field);
	refuses(no_unit);
	refuses(too_few);
}

/* What was rejected is not suggested again. */
static void
rejected(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_items all;

	themed_open(&t);
	fill(&t);
	themed_apply(&t, themed_run(&t));
	all = themed_items(&t);
	RP_CHECK_OK(rp_theme_reject(&t.who, t.f.w.tx,
	    themed_find(&all, "access, rural")->id, RP_TEXT("no")));
	themed_apply(&t, themed_run(&t));
	all = themed_items(&t);
	RP_CHECK(themed_find(&all, "access, rural") == NULL);
	RP_CHECK(themed_find(&all, "cost, tariffs") != NULL);
}

/* A run that gives themes that there are: the worker says which they are. */
static void
mapped(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_run_known_themes known;
	struct rp_themes_result r;
	struct rp_theme_items items;
	struct rp_run_inputs in;
	struct rp_run_saids said;
	struct rp_theme_diff diff;
	struct rp_run_work w;
	int64_t ids[THEMED_THEMES], id, n;
	uint32_t turns[3] = { 2, 1, 0 };
	bool found, done = false;
	size_t at = 0;

	themed_open(&t);
	RP_CHECK_FAILS(rp_theme_run_ask(&t.who, t.f.w.tx, t.question_id,
			   RP_RUN_MORE, 0, 1, &id),
	    RP_E_CONFLICT);
	world_turn(&t.f.w);
	RP_CHECK_FAILS(rp_theme_run_ask(&t.who, t.f.w.tx, t.question_id,
			   RP_RUN_MAP, 0, 1, &id),
	    RP_E_CONFLICT);
	world_turn(&t.f.w);
	fill(&t);
	themed_apply(&t, themed_run(&t));
	themed_answer(&t, "N", "Late, but about access");
	RP_CHECK_OK(rp_theme_run_new(&t.who, t.f.w.tx, &t.b, &n));
	RP_CHECK(n == 1);
	RP_CHECK_OK(rp_theme_run_ask(&t.who, t.f.w.tx, t.question_id,
	    RP_RUN_MAP, 0, 1, &id));
	w = claim(&t, &found);
	RP_CHECK(found && w.kind == RP_RUN_MAP);
	RP_CHECK_OK(rp_theme_run_themes(&t.f.w.system, t.f.w.tx, &w, &known));
	RP_CHECK(known.n == 3 && known.v[0].parent_id == 0 &&
		 known.v[1].parent_id == known.v[0].id);
	RP_CHECK_FAILS(rp_theme_run_themes(&t.who, t.f.w.tx, &w, &known),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	RP_CHECK_OK(
	    rp_theme_run_said(&t.f.w.system, t.f.w.tx, &w, false, -1, &said));
	RP_CHECK(said.n == 2 && said.v[0].theme_id == known.v[1].id);
	RP_CHECK_OK(
	    rp_theme_run_said(&t.f.w.system, t.f.w.tx, &w, true, 0, &said));
	RP_CHECK(said.n == 0);
	in = themed_inputs(&t, &w);
	r = themed_result(&t, &in);
	ids[THEMED_TOP] = known.v[0].id;
	ids[THEMED_ACCESS] = known.v[1].id;
	ids[THEMED_COST] = known.v[2].id;
	w.theme_ids = ids;
	w.turns = turns;
	while (!done)
		RP_CHECK_OK(rp_theme_run_store(&t.f.w.system, t.f.w.tx, &w, &in,
		    &r, &at, &done));
	RP_CHECK_OK(rp_theme_run_finish(&t.f.w.system, t.f.w.tx, &w, &r));
	RP_CHECK_OK(rp_codebook_of(&t.who, t.f.w.tx, t.question_id, &t.b));
	RP_CHECK_OK(rp_theme_run_diff(&t.who, t.f.w.tx, &t.b, id, &diff));
	RP_CHECK(diff.moved == 0 && diff.gained == 1 && diff.lost == 0);
	themed_apply(&t, id);
	items = themed_items(&t);
	RP_CHECK(items.n == 3 && items.v[0].f.responses == 3);
}

/* What the body asks, in two languages, under one key. */
static void
parallel(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_run_texts all;
	size_t asked = 0;

	themed_open(&t);
	fill(&t);
	RP_CHECK_FAILS(rp_theme_run_parallel(&t.who, t.f.w.tx, &all),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	for (int i = 0; i < 2; i++)
		RP_CHECK_OK(rp_wording_set(&t.f.w.system, t.f.w.tx,
		    &(struct rp_wording_at){ RP_TEXT("question"), t.question_id,
			RP_TEXT("text"),
			i == 0 ? RP_TEXT("eo") : RP_TEXT("la") },
		    RP_WORDING_OFFICIAL,
		    i == 0 ? RP_TEXT("Kion vi pensas?") :
			     RP_TEXT("Quid cogitas?")));
	RP_CHECK_OK(rp_theme_run_parallel(&t.f.w.system, t.f.w.tx, &all));
	for (size_t i = 0; i < all.n; i++) {
		asked += rp_text_eq(all.v[i].key,
		    rp_textf(t.f.w.a, "question %lld text",
			(long long)t.question_id));
		/* An answer without a translation is no parallel text. */
		RP_CHECK(!rp_text_starts(all.v[i].key, RP_TEXT("answer")));
	}
	RP_CHECK(asked >= 2);
}

RP_CHECK_MAIN({ "a run proposes, a person applies", proposed },
    { "new answers move, others stay", again },
    { "a proposal is dropped", dropped },
    { "one run at a time", one_at_a_time }, { "a run is cancelled", cancelled },
    { "a run that died is begun again", died },
    { "a run that dies again and again has failed", given_up },
    { "a result that points outside is refused", outside },
    { "what was rejected stays rejected", rejected },
    { "the themes that there are", mapped },
    { "the texts of the body", parallel })
