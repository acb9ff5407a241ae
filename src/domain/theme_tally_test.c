#include "domain/theme_tally.h"

#include "base/check.h"
#include "base/err.h"
#include "domain/privacy.h"
#include "domain/testing/themed.h"
#include "store/db.h"
#include "store/q_world.h"

#define STEPS 160
#define SENT_MAX 60

struct sent {
	rp_text secret;
	int64_t response_id, answer_id, length;
	bool is_published; /* or never will be */
};

/* One walk, the same each time for a seed. */
struct walk {
	struct themed t;
	uint64_t seed;
	struct sent all[SENT_MAX];
	size_t n;
	struct rp_receipt receipts[SENT_MAX];
	int kept, counted, done, refused;
};

static size_t
pick(struct walk *w, size_t n)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(w->seed >> 33) % n;
}

static int64_t
a_theme(struct walk *w)
{
	struct rp_theme_items all = themed_items(&w->t);

	return all.n > 0 ? all.v[pick(w, all.n)].id : 0;
}

static struct sent *
a_response(struct walk *w)
{
	return &w->all[pick(w, w->n)];
}

static struct rp_span
a_span(struct walk *w)
{
	const struct sent *s = a_response(w);

	return (struct rp_span){ s->answer_id, 0, s->length };
}

static void
send(struct walk *w)
{
	static const char *const said[] = { "access is what we lack",
		"Dear Union, access matters", "the cost is too high",
		"Nothing fits this", "access and some more words" };
	const char *body = said[pick(w, 5)];
	struct rp_theme_answer answer;
	struct rp_submission s;
	struct sent one = { .length = (int64_t)strlen(body) };

	if (w->n == SENT_MAX)
		return;
	floor_fill(&w->t.f, &s, "A", body);
	s.email = rp_textf(w->t.f.w.a, "%zu@example.org", w->n);
	w->receipts[w->n] = floor_send(&w->t.f, &s);
	one.secret = w->receipts[w->n].secret;
	one.response_id = w->receipts[w->n].response_id;
	one.is_published = pick(w, 4) != 0;
	/* Its answer cannot be coded before. */
	if (one.is_published) {
		(void)floor_publish(&w->t.f, &w->receipts[w->n]);
		RP_CHECK_OK(rp_theme_answer_get(&w->t.who, w->t.f.w.tx, &w->t.b,
		    one.response_id, &answer));
		one.answer_id = answer.answer_id;
	}
	w->all[w->n++] = one;
}

/* One that was not published is now. */
static struct rp_err *
publish(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct rp_theme_answer answer;

		if (w->all[i].is_published)
			continue;
		w->all[i].is_published = true;
		(void)floor_publish(&w->t.f, &w->receipts[i]);
		RP_TRY(rp_theme_answer_get(&w->t.who, w->t.f.w.tx, &w->t.b,
		    w->all[i].response_id, &answer));
		w->all[i].answer_id = answer.answer_id;
		break;
	}
	return NULL;
}

static struct rp_err *
undo(struct walk *w)
{
	struct rp_decisions all;

	RP_TRY(rp_decision_list(&w->t.who, w->t.f.w.tx, &w->t.b, 0, &all));
	return all.n == 0 ? NULL :
			    rp_decision_undo(&w->t.who, w->t.f.w.tx,
				all.v[pick(w, all.n)].id, RP_TEXT("wrong"));
}

static struct rp_err *
code(struct walk *w)
{
	const struct rp_coding_act act = { .span = a_span(w),
		.theme_id = pick(w, 4) == 0 ? 0 : a_theme(w),
		.add = pick(w, 3) == 0,
		.copies = pick(w, 3) == 0,
		.reason = RP_TEXT("") };

	return rp_coding_set(&w->t.who, w->t.f.w.tx, &w->t.b, &act);
}

static struct rp_err *
about_a_theme(struct walk *w, size_t which)
{
	struct rp_tx *tx = w->t.f.w.tx;
	const struct rp_actor *who = &w->t.who;
	rp_text why = RP_TEXT("because");
	int64_t id = a_theme(w), made;

	switch (which) {
	case 0:
		return rp_theme_confirm(who, tx, id, why);
	case 1:
		return rp_theme_reject(who, tx, id, why);
	case 2:
		return rp_theme_retire(who, tx, id, why);
	case 3:
		return rp_theme_merge(who, tx, id, a_theme(w), why);
	case 4:
		return rp_theme_move(who, tx, id, pick(w, 2) ? a_theme(w) : 0,
		    why);
	default:
		return rp_theme_create(who, tx, w->t.question_id, 0,
		    rp_textf(w->t.f.w.a, "theme %d", w->done), RP_TEXT("en"),
		    why, &made);
	}
}

/* Its author withdraws it, or it is erased. */
static struct rp_err *
end(struct walk *w, bool erases)
{
	struct sent *s = a_response(w);

	s->is_published = true;
	if (!erases)
		return rp_response_withdraw(&w->t.f.w.nobody, w->t.f.w.tx,
		    s->secret);
	return rp_privacy_erase_response(&w->t.f.w.system, w->t.f.w.tx,
	    s->response_id, pick(w, 2) ? RP_ERASE_NAMES : RP_ERASE_EVERYTHING);
}

static struct rp_err *
step(struct walk *w)
{
	struct rp_tx *tx = w->t.f.w.tx;
	const struct rp_actor *who = &w->t.who;

	switch (pick(w, 13)) {
	case 0:
	case 1:
		send(w);
		return NULL;
	case 2:
		themed_apply(&w->t, themed_run(&w->t));
		return NULL;
	case 3:
	case 4:
	case 5:
		return code(w);
	case 6:
		return rp_coding_clear(who, tx, &w->t.b, a_span(w),
		    RP_TEXT(""));
	case 7:
		return rp_reading_set(who, tx, &w->t.b,
		    a_response(w)->response_id,
		    pick(w, 2) ? RP_READING_EMPTY : RP_READING_NO_THEME,
		    RP_TEXT(""));
	case 8:
	case 9:
		return end(w, pick(w, 2) == 0);
	case 10:
		return publish(w);
	case 11:
		return undo(w);
	default:
		return about_a_theme(w, pick(w, 6));
	}
}

/* What the pages say is what the views say. */
static void
check_themes(struct walk *w)
{
	struct q_world_theme_figures_rows rows;
	struct rp_theme_items all = themed_items(&w->t);
	struct rp_theme_counts by;
	struct rp_theme_item one;
	struct rp_wordings texts;
	struct rp_tx *tx = w->t.f.w.tx;
	size_t with = 0, seen = 0;

	RP_CHECK_OK(q_world_theme_figures(tx,
	    &(struct q_world_theme_figures_param){ w->t.b.id }, &rows));
	for (size_t i = 0; i < all.n; i++)
		with += all.v[i].f.responses > 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_world_theme_figures_row *r = &rows.v[i];
		size_t k = 0;

		while (k < all.n && all.v[k].id != r->theme_id)
			k++;
		/* What is below a theme that does not stand is of no other. */
		if (k == all.n)
			continue;
		RP_CHECK_OK(rp_theme_get(&w->t.who, tx, r->theme_id,
		    RP_TEXT("en"), &one, &texts));
		if (r->category.n == 0) {
			seen++;
			RP_CHECK(all.v[k].f.responses == r->responses &&
				 all.v[k].f.distinct == r->distinct_texts &&
				 all.v[k].f.campaign == r->campaign);
			RP_CHECK(one.f.responses == r->responses &&
				 one.f.distinct == r->distinct_texts &&
				 one.f.campaign == r->campaign);
			continue;
		}
		RP_CHECK_OK(rp_theme_counts(&w->t.who, tx, &w->t.b, r->theme_id,
		    RP_TEXT("category"), &by));
		for (k = 0; k < by.n; k++)
			if (rp_text_eq(by.v[k].value, r->category))
				RP_CHECK(by.v[k].responses == r->responses);
	}
	RP_CHECK(seen == with);
}

static void
check_states(struct walk *w)
{
	struct q_world_theme_states_rows rows;
	struct rp_theme_balance b = themed_balance(&w->t);
	enum rp_reading state;
	int64_t n = 0;

	RP_CHECK_OK(q_world_theme_states(w->t.f.w.tx,
	    &(struct q_world_theme_states_param){ w->t.b.id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		RP_CHECK(rp_reading_from(rows.v[i].state, &state));
		RP_CHECK(b.of[state] == rows.v[i].responses);
		n += rows.v[i].responses;
	}
	RP_CHECK(n == b.received);
}

static void
check(struct walk *w)
{
	RP_CHECK_OK(
	    rp_codebook_of(&w->t.who, w->t.f.w.tx, w->t.question_id, &w->t.b));
	w->kept += w->t.b.is_tallied;
	w->counted += !w->t.b.is_tallied;
	check_themes(w);
	check_states(w);
}

/* What the worker does. */
static bool
keep(struct walk *w)
{
	struct rp_tx *tx = w->t.f.w.tx;
	struct rp_counted c;

	RP_CHECK_OK(rp_tally_count(&w->t.f.w.system, tx, &c));
	if (c.codebook_id != 0)
		RP_CHECK_OK(rp_tally_keep(&w->t.f.w.system, tx, &c));
	return c.codebook_id != 0;
}

static void
walk(uint64_t seed)
{
	struct walk w = { .seed = seed };

	themed_open(&w.t);
	RP_CHECK_OK(
	    rp_codebook_make(&w.t.who, w.t.f.w.tx, w.t.question_id, &w.t.b));
	for (int i = 0; i < 4; i++)
		send(&w);
	themed_apply(&w.t, themed_run(&w.t));
	for (int i = 0; i < STEPS; i++) {
		struct rp_err *e;

		RP_CHECK_OK(rp_tx_save(w.t.f.w.tx, w.t.f.w.a));
		e = step(&w);
		w.done += e == NULL;
		w.refused += e != NULL;
		if (e == NULL)
			RP_CHECK_OK(rp_tx_release(w.t.f.w.tx));
		else
			RP_CHECK_OK(rp_tx_undo(w.t.f.w.tx));
		rp_err_free(e);
		check(&w);
		if (pick(&w, 2) == 0)
			(void)keep(&w);
		check(&w);
	}
	RP_CHECK(w.kept > STEPS / 3 && w.counted > STEPS / 3);
	RP_CHECK(w.done > STEPS / 2);
	themed_close(&w.t);
}

static void
walks(void)
{
	for (uint64_t seed = 1; seed <= 3; seed++)
		walk(seed);
}

/* What was counted before a change is not kept after it. */
static void
overtaken(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_counted c;
	struct rp_theme_balance b;

	themed_open(&t);
	themed_answer(&t, "A", "access is what we lack");
	themed_apply(&t, themed_run(&t));
	RP_CHECK_OK(rp_tally_count(&t.f.w.system, t.f.w.tx, &c));
	RP_CHECK(c.codebook_id == t.b.id && c.rows.n > 3);
	themed_answer(&t, "B", "the cost is too high");
	RP_CHECK_OK(rp_tally_keep(&t.f.w.system, t.f.w.tx, &c));
	RP_CHECK_OK(rp_codebook_of(&t.who, t.f.w.tx, t.question_id, &t.b));
	RP_CHECK(!t.b.is_tallied);
	b = themed_balance(&t);
	RP_CHECK(b.received == 2 && b.of[RP_READING_UNREAD] == 1);
	RP_CHECK_OK(rp_tally_count(&t.f.w.system, t.f.w.tx, &c));
	RP_CHECK_OK(rp_tally_keep(&t.f.w.system, t.f.w.tx, &c));
	RP_CHECK_OK(rp_codebook_of(&t.who, t.f.w.tx, t.question_id, &t.b));
	RP_CHECK(t.b.is_tallied);
	b = themed_balance(&t);
	RP_CHECK(b.received == 2 && b.of[RP_READING_UNREAD] == 1);
	/* Nothing to do. */
	RP_CHECK_OK(rp_tally_count(&t.f.w.system, t.f.w.tx, &c));
	RP_CHECK(c.codebook_id == 0);
}

RP_CHECK_MAIN({ "kept figures are what the views say, after any change",
		  walks },
    { "what was overtaken is not kept", overtaken })
