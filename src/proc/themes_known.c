#include "proc/themes_known.h"

#include <stdlib.h>

#include "base/err.h"
#include "store/db.h"

/* The field of an answer. */
struct at {
	int64_t answer_id;
	uint32_t field;
};

struct knowing {
	struct rp_arena *a;
	struct rp_db *db;
	const struct rp_actor *who;
	const struct rp_run_work *work;
	struct rp_known *out;
	struct at *answers; /* by answer */
	size_t n_answers;
	struct RP_VEC(struct rp_assign_known) known;
	size_t n_persons; /* first in `known`, sorted by place */
	bool *is_kept;
};

static int
by_answer(const void *x, const void *y)
{
	const struct at *a = x, *b = y;

	return a->answer_id < b->answer_id ? -1 : a->answer_id > b->answer_id;
}

static int
by_place(const void *x, const void *y)
{
	const struct rp_assign_known *a = x, *b = y;

	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

static void
number_answers(struct knowing *k, const struct rp_run_inputs *in,
    const struct rp_themes_result *r)
{
	k->answers = rp_new_n(k->a, struct at, r->fields.n + 1);
	k->n_answers = r->fields.n;
	k->is_kept = rp_new_n(k->a, bool, r->fields.n + 1);
	for (uint32_t f = 0, i = 0; f < r->fields.n; f++, i++) {
		uint32_t response = r->fields.v[f].response;

		if (f > 0 && r->fields.v[f - 1].response != response)
			i = 0;
		k->answers[f].field = f;
		(void)rp_run_input_field(&in->v[response], i,
		    &k->answers[f].answer_id);
	}
	if (k->n_answers > 0)
		qsort(k->answers, k->n_answers, sizeof(*k->answers), by_answer);
}

static uint32_t
theme_of(const struct knowing *k, int64_t id)
{
	for (uint32_t i = 0; i < k->out->themes.n; i++)
		if (k->out->themes.v[i].id == id)
			return i;
	return RP_NONE;
}

static void
take(struct knowing *k, const struct rp_run_said *s, bool person)
{
	const struct at key = { .answer_id = s->answer_id };
	const struct at *at =
	    k->n_answers == 0 ?
		NULL :
		bsearch(&key, k->answers, k->n_answers, sizeof(key), by_answer);
	struct rp_assign_known one = { .from = (uint32_t)s->from,
		.to = (uint32_t)s->to,
		.score = (uint16_t)s->score,
		.is_person = person };

	if (at == NULL)
		return;
	one.field = at->field;
	one.theme = s->theme_id == 0 ? RP_NONE : theme_of(k, s->theme_id);
	if (!person)
		k->is_kept[at->field] = true;
	/* Where a person has decided the machine's word teaches nothing. */
	if (!person && k->n_persons > 0 &&
	    bsearch(&one, k->known.v, k->n_persons, sizeof(one), by_place))
		return;
	rp_vec_push(k->a, &k->known, one);
}

static struct rp_err *
read_said(struct knowing *k, bool persons)
{
	int64_t after = persons ? 0 : -1;
	struct rp_run_saids batch;

	do {
		struct rp_tx *tx;

		RP_TRY(rp_tx_begin(k->db, k->a, RP_TX_READ, &tx));
		RP_TRY(rp_theme_run_said(k->who, tx, k->work, persons, after,
		    &batch));
		RP_TRY(rp_tx_commit(tx));
		for (size_t i = 0; i < batch.n; i++)
			take(k, &batch.v[i], persons);
		if (batch.n > 0)
			after = batch.v[batch.n - 1].at;
	} while (batch.n > 0);
	return NULL;
}

static struct rp_err *
read_themes(struct knowing *k)
{
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(k->db, k->a, RP_TX_READ, &tx));
	RP_TRY(rp_theme_run_themes(k->who, tx, k->work, &k->out->themes));
	return rp_tx_commit(tx);
}

static void
give_options(struct knowing *k)
{
	const struct rp_run_known_themes *all = &k->out->themes;
	struct rp_coded_theme *themes =
	    rp_new_n(k->a, struct rp_coded_theme, all->n + 1);

	for (size_t i = 0; i < all->n; i++) {
		themes[i] = (struct rp_coded_theme){ .name = all->v[i].name,
			.words = all->v[i].words,
			.lang = all->v[i].lang,
			.parent = RP_NONE };
		if (all->v[i].parent_id != 0)
			themes[i].parent = theme_of(k, all->v[i].parent_id);
	}
	k->out->o = (struct rp_assign_options){ .question = k->work->question,
		.seed = (uint64_t)k->work->seed,
		.themes = themes,
		.n_themes = all->n,
		.known = k->known.v,
		.n_known = k->known.n,
		.is_kept = k->work->kind == RP_RUN_MORE ? k->is_kept : NULL };
}

struct rp_err *
rp_themes_known(struct rp_arena *a, struct rp_db *db,
    const struct rp_actor *who, const struct rp_run_work *work,
    const struct rp_run_inputs *in, const struct rp_themes_result *r,
    struct rp_known *out)
{
	struct knowing k = { .a = a,
		.db = db,
		.who = who,
		.work = work,
		.out = out };

	*out = (struct rp_known){ 0 };
	number_answers(&k, in, r);
	RP_TRY(read_themes(&k));
	RP_TRY(read_said(&k, true));
	k.n_persons = k.known.n;
	if (k.n_persons > 1)
		qsort(k.known.v, k.n_persons, sizeof(*k.known.v), by_place);
	if (work->kind == RP_RUN_MORE)
		RP_TRY(read_said(&k, false));
	give_options(&k);
	return NULL;
}
