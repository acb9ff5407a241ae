#include "domain/recoding.h"

#include "base/check.h"
#include "domain/testing/themed.h"

struct two {
	struct themed t;
	struct rp_actor second;
	int64_t access, cost, id;
	struct rp_recoding r;
	struct rp_span spans[4];
	int64_t responses[4];
};

static int64_t
id_of(struct themed *t, const char *name)
{
	struct rp_theme_items all = themed_items(t);
	const struct rp_theme_item *i = themed_find(&all, name);

	RP_CHECK(i != NULL);
	return i->id;
}

static void
code(struct two *x, size_t i, int64_t theme_id)
{
	RP_CHECK_OK(rp_coding_set(&x->t.who, x->t.f.w.tx, &x->t.b,
	    &(struct rp_coding_act){ .span = x->spans[i],
		.theme_id = theme_id,
		.copies = true,
		.reason = RP_TEXT("") }));
}

/* Four texts that the first coder decided on, the first said by two. */
static void
open_two(struct two *x)
{
	static const char *const texts[] = { "Rural access is what we lack",
		"The cost of spectrum is too high", "Nothing fits this",
		"Better access for women" };
	struct rp_theme_answer a;

	themed_open(&x->t);
	x->second = world_staff(&x->t.f.w, "Second", RP_MAY_THEME, RP_ON_GROUP,
	    x->t.f.w.group_id);
	for (size_t i = 0; i < 4; i++)
		x->responses[i] = themed_answer(&x->t, "A", texts[i]);
	themed_answer(&x->t, "B", texts[0]);
	themed_apply(&x->t, themed_run(&x->t));
	x->access = id_of(&x->t, "access, rural");
	x->cost = id_of(&x->t, "cost, tariffs");
	for (size_t i = 0; i < 4; i++) {
		RP_CHECK_OK(rp_theme_answer_get(&x->t.who, x->t.f.w.tx, &x->t.b,
		    x->responses[i], &a));
		x->spans[i] =
		    (struct rp_span){ a.answer_id, 0, (int64_t)a.text.n };
	}
	code(x, 0, x->access);
	code(x, 1, x->cost);
	code(x, 2, 0);
	code(x, 3, x->access);
}

static void
close_two(struct two *x)
{
	themed_close(&x->t);
}

static void
again(struct two *x)
{
	RP_CHECK_OK(rp_recoding_get(&x->second, x->t.f.w.tx, x->id, &x->r));
}

static void
ask(struct two *x, const char *basis, int64_t size)
{
	RP_CHECK_OK(rp_recoding_ask(&x->t.who, x->t.f.w.tx, x->t.question_id,
	    rp_text_z(basis), size, 3, &x->id));
	RP_CHECK_OK(rp_recoding_begin(&x->second, x->t.f.w.tx, x->id));
	again(x);
}

static void
say(struct two *x, size_t i, int64_t theme_id, bool add)
{
	RP_CHECK_OK(rp_recoding_code(&x->second, x->t.f.w.tx, &x->r,
	    x->spans[i], theme_id, add));
	again(x);
}

/* The second coder agrees but on the fourth, and adds to the first. */
static void
code_all(struct two *x)
{
	ask(x, "sample", 10);
	say(x, 0, x->access, false);
	say(x, 0, x->cost, true);
	say(x, 1, x->cost, false);
	say(x, 2, 0, false);
	say(x, 3, 0, false);
}

static void
blind(void)
{
	RP_AUTO(close_two) struct two x = { 0 };
	struct rp_tx *tx;
	struct rp_theme_passages p;
	struct rp_agreement got;
	struct rp_theme_answer a;
	struct rp_decisions all;
	bool is_blind;

	open_two(&x);
	tx = x.t.f.w.tx;
	ask(&x, "sample", 10);
	RP_CHECK(x.r.units == 4 && x.r.coded == 0);
	RP_CHECK(!rp_recoding_done(&x.r));
	RP_CHECK_OK(rp_recoding_blind(&x.second, tx, &x.t.b, &is_blind));
	RP_CHECK(is_blind);
	RP_CHECK_OK(
	    rp_theme_answer_get(&x.second, tx, &x.t.b, x.responses[0], &a));
	RP_CHECK(a.is_blind && a.passages.n == 0 && a.text.n > 0);
	RP_CHECK_OK(
	    rp_theme_passages(&x.second, tx, &x.t.b, x.access, 0, 0, &p));
	RP_CHECK(p.n == 0);
	RP_CHECK_OK(rp_decision_list(&x.second, tx, &x.t.b, 0, &all));
	RP_CHECK(all.n >= 4 && all.v[0].is_hidden && all.v[0].theme_id == 0);
	RP_CHECK_FAILS(rp_recoding_agreement(&x.second, tx, &x.r, &got),
	    RP_E_CONFLICT);
	/* Others are not. */
	RP_CHECK_OK(
	    rp_theme_answer_get(&x.t.who, tx, &x.t.b, x.responses[0], &a));
	RP_CHECK(!a.is_blind && a.passages.n == 1);
	RP_CHECK_FAILS(rp_recoding_next(&x.t.who, tx, &x.r, 5, &p),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_recoding_next(&x.second, tx, &x.r, 3, &p));
	RP_CHECK(p.n == 3);
	say(&x, 0, x.access, false);
	RP_CHECK(x.r.coded == 1);
	say(&x, 1, x.access, false);
	say(&x, 2, x.access, false);
	say(&x, 3, x.access, false);
	RP_CHECK(rp_recoding_done(&x.r));
	RP_CHECK_OK(rp_recoding_blind(&x.second, tx, &x.t.b, &is_blind));
	RP_CHECK(!is_blind);
	/* Nothing of it counts. */
	RP_CHECK(themed_balance(&x.t).of[RP_READING_THEMED] == 4);
}

static void
agreement(void)
{
	RP_AUTO(close_two) struct two x = { 0 };
	struct rp_agreement got;

	open_two(&x);
	code_all(&x);
	RP_CHECK_OK(rp_recoding_agreement(&x.second, x.t.f.w.tx, &x.r, &got));
	RP_CHECK(got.units.n == 4 && got.same == 2 && got.differ == 2 &&
		 got.open == 2);
	RP_CHECK(got.themes.n == 2);
	for (size_t i = 0; i < got.themes.n; i++) {
		const struct rp_theme_agreement *t = &got.themes.v[i];
		bool access = t->theme_id == x.access;

		RP_CHECK(t->n.both == 1 && t->n.neither == 2);
		RP_CHECK(t->n.first == (access ? 1u : 0u));
		RP_CHECK(t->n.second == (access ? 0u : 1u));
		/* 4 units, one differs; 3 yes and 5 no: 1 - 7 / 15. */
		RP_CHECK(t->is.is_defined && t->is.alpha > 0.5332 &&
			 t->is.alpha < 0.5334);
	}
	/* What the first decides later changes nothing of it. */
	code(&x, 1, x.access);
	RP_CHECK_OK(rp_recoding_agreement(&x.second, x.t.f.w.tx, &x.r, &got));
	RP_CHECK(got.same == 2);
}

static int64_t
responses_of(struct two *x, const char *name)
{
	struct rp_theme_items all = themed_items(&x->t);

	return themed_find(&all, name)->f.responses;
}

static void
settled(void)
{
	RP_AUTO(close_two) struct two x = { 0 };
	struct rp_agreement got;
	struct rp_decisions all;
	struct rp_tx *tx;
	int64_t unit = 0, agreed = 0;

	open_two(&x);
	tx = x.t.f.w.tx;
	code_all(&x);
	RP_CHECK_OK(rp_recoding_agreement(&x.t.who, tx, &x.r, &got));
	for (size_t i = 0; i < got.units.n; i++) {
		if (got.units.v[i].second.n == 2)
			unit = got.units.v[i].id;
		if (!got.units.v[i].differ)
			agreed = got.units.v[i].id;
	}
	RP_CHECK_FAILS(rp_recoding_settle(&x.t.who, tx, &x.r, unit,
			   RP_SETTLE_SECOND, 0, RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_recoding_settle(&x.t.who, tx, &x.r, agreed,
			   RP_SETTLE_SECOND, 0, RP_TEXT("why")),
	    RP_E_CONFLICT);
	RP_CHECK(responses_of(&x, "cost, tariffs") == 1);
	RP_CHECK_OK(rp_recoding_settle(&x.t.who, tx, &x.r, unit,
	    RP_SETTLE_SECOND, 0, RP_TEXT("it says both")));
	/* The same text of another response has both too. */
	RP_CHECK(responses_of(&x, "cost, tariffs") == 3);
	RP_CHECK(responses_of(&x, "access, rural") == 3);
	RP_CHECK_OK(rp_recoding_agreement(&x.t.who, tx, &x.r, &got));
	RP_CHECK(got.differ == 2 && got.open == 1);
	RP_CHECK_FAILS(rp_recoding_settle(&x.t.who, tx, &x.r, unit,
			   RP_SETTLE_FIRST, 0, RP_TEXT("no")),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_decision_list(&x.t.who, tx, &x.t.b, 0, &all));
	RP_CHECK_TEXT(all.v[0].kind, RP_TEXT("settle"));
	RP_CHECK_TEXT(all.v[0].reason, RP_TEXT("it says both"));
	RP_CHECK_OK(
	    rp_decision_undo(&x.t.who, tx, all.v[0].id, RP_TEXT("a mistake")));
	RP_CHECK(responses_of(&x, "cost, tariffs") == 1);
	RP_CHECK_OK(rp_recoding_agreement(&x.t.who, tx, &x.r, &got));
	RP_CHECK(got.open == 2);
}

static void
refused(void)
{
	RP_AUTO(close_two) struct two x = { 0 };
	struct rp_recodings all;
	struct rp_tx *tx;
	int64_t id;

	open_two(&x);
	tx = x.t.f.w.tx;
	RP_CHECK_FAILS(rp_recoding_ask(&x.t.f.clerk, tx, x.t.question_id,
			   RP_TEXT("sample"), 5, 1, &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_recoding_ask(&x.t.who, tx, x.t.question_id,
			   RP_TEXT("other"), 5, 1, &id),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_recoding_ask(&x.t.who, tx, x.t.question_id,
			   RP_TEXT("sample"), RP_RECODING_MAX + 1, 1, &id),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_recoding_ask(&x.t.who, tx, x.t.question_id,
	    RP_TEXT("uncertain"), 1, 1, &x.id));
	/* Who decided on it is no second coder. */
	RP_CHECK_FAILS(rp_recoding_begin(&x.t.who, tx, x.id), RP_E_CONFLICT);
	RP_CHECK_OK(rp_recoding_begin(&x.second, tx, x.id));
	RP_CHECK_FAILS(rp_recoding_begin(&x.second, tx, x.id), RP_E_CONFLICT);
	again(&x);
	RP_CHECK(x.r.units == 1);
	/* The least certain is the one that has no theme. */
	RP_CHECK_FAILS(rp_recoding_code(&x.second, tx, &x.r, x.spans[0],
			   x.access, false),
	    RP_E_NOTFOUND);
	say(&x, 2, 0, false);
	RP_CHECK(rp_recoding_done(&x.r));
	RP_CHECK_OK(rp_recoding_list(&x.t.who, tx, &x.t.b, &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_FAILS(rp_recoding_list(&x.t.f.clerk, tx, &x.t.b, &all),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "the second coder is blind", blind },
    { "how they agree", agreement }, { "differences are settled", settled },
    { "who may not, and what is wrong", refused })
