#include "domain/theme.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/theme_private.h"
#include "domain/theme_tally.h"
#include "store/db.h"
#include "store/q_theme.h"
#include "store/q_wording.h"

const rp_text rp_theme_fields[] = { RP_TEXT_INIT("name"),
	RP_TEXT_INIT("definition"), RP_TEXT_INIT("include"),
	RP_TEXT_INIT("exclude"), RP_TEXT_INIT("example"),
	RP_TEXT_INIT("counter_example"), RP_TEXT_INIT("") };

static const rp_text readings[RP_READINGS] = {
	[RP_READING_THEMED] = RP_TEXT_INIT("themed"),
	[RP_READING_NO_THEME] = RP_TEXT_INIT("no_theme"),
	[RP_READING_UNREAD] = RP_TEXT_INIT("unread"),
	[RP_READING_EMPTY] = RP_TEXT_INIT("empty"),
	[RP_READING_WITHHELD] = RP_TEXT_INIT("withheld"),
};

rp_text
rp_reading_name(enum rp_reading state)
{
	RP_ASSERT(state < RP_READINGS);
	return readings[state];
}

bool
rp_reading_from(rp_text name, enum rp_reading *out)
{
	for (int i = 0; i < RP_READINGS; i++) {
		if (!rp_text_eq(name, readings[i]))
			continue;
		*out = (enum rp_reading)i;
		return true;
	}
	return false;
}

/* Of a question, or, where that is 0, of a theme. */
static struct rp_err *
find(const struct rp_actor *who, struct rp_tx *tx, int64_t question_id,
    int64_t theme_id, struct rp_codebook *out)
{
	struct q_codebook_find_row row;
	struct rp_place where;
	bool found = false;

	if (question_id != 0 || theme_id != 0)
		RP_TRY(q_codebook_find(tx,
		    &(struct q_codebook_find_param){ .question_id = question_id,
			.theme_id = theme_id },
		    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no question %lld or theme %lld",
		    (long long)question_id, (long long)theme_id);
	where = (struct rp_place){ .body_id = row.body_id,
		.group_id = row.group_id,
		.consultation_id = row.consultation_id };
	RP_TRY(rp_actor_needs(who, RP_MAY_THEME, where));
	*out = (struct rp_codebook){ .id = row.id,
		.question_id = row.question_id,
		.run_id = row.run_id,
		.where = where,
		.is_tallied = row.is_tallied };
	return NULL;
}

struct rp_err *
rp_codebook_of(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_codebook *out)
{
	return find(who, tx, question_id, 0, out);
}

struct rp_err *
rp_codebook_of_theme(const struct rp_actor *who, struct rp_tx *tx,
    int64_t theme_id, struct rp_codebook *out)
{
	return find(who, tx, 0, theme_id, out);
}

struct rp_err *
rp_codebook_make(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_codebook *out)
{
	struct q_codebook_insert_row row;

	RP_TRY(rp_codebook_of(who, tx, question_id, out));
	if (out->id != 0)
		return NULL;
	RP_TRY(q_codebook_insert(tx,
	    &(struct q_codebook_insert_param){ .question_id = question_id,
		.now = who->now },
	    &row));
	out->id = row.id;
	return NULL;
}

/* Lists are given a codebook that the actor was given. */
struct rp_err *
rp_codebook_needs(const struct rp_actor *who, const struct rp_codebook *b)
{
	return rp_actor_needs(who, RP_MAY_THEME, b->where);
}

static void
name_it(struct rp_theme_item *t, const struct rp_wordings *names, rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(names, t->id, RP_TEXT("name"), lang, RP_TEXT("en"));

	t->is_label = w == NULL;
	if (w != NULL) {
		t->name = w->body;
		t->lang = w->lang;
	}
}

static struct rp_theme_item *
item_of(struct rp_theme_items *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static struct rp_err *
add_figures(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_items *all)
{
	struct rp_tallies rows;
	struct rp_theme_item *t;

	RP_TRY(rp_tally_of_themes(who, tx, b, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		t = item_of(all, rows.v[i].theme_id);
		if (t != NULL)
			t->f = rows.v[i].f;
	}
	return NULL;
}

static int
by_responses(const void *x, const void *y)
{
	const struct rp_theme_item *a = x, *b = y;

	if (a->f.responses != b->f.responses)
		return a->f.responses > b->f.responses ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

bool
rp_theme_stands(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("suggested")) ||
	       rp_text_eq(state, RP_TEXT("confirmed"));
}

/* A child whose parent is not in the list stands at the top. */
static void
in_order(struct rp_arena *a, struct rp_theme_items *all, bool every,
    struct rp_theme_items *out)
{
	*out = (struct rp_theme_items){ 0 };
	if (all->n > 1)
		qsort(all->v, all->n, sizeof(*all->v), by_responses);
	for (size_t i = 0; i < all->n; i++) {
		struct rp_theme_item *t = &all->v[i];
		const struct rp_theme_item *p = item_of(all, t->parent_id);

		if (t->parent_id != 0 &&
		    (p == NULL || (!every && !rp_theme_stands(p->state))))
			t->parent_id = 0;
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_theme_item *t = &all->v[i];

		if (t->parent_id != 0 || (!every && !rp_theme_stands(t->state)))
			continue;
		rp_vec_push(a, out, *t);
		for (size_t k = 0; k < all->n; k++)
			if (all->v[k].parent_id == t->id &&
			    (every || rp_theme_stands(all->v[k].state)))
				rp_vec_push(a, out, all->v[k]);
	}
}

/* With all their texts. */
static struct rp_err *
load_names(struct rp_tx *tx, int64_t codebook_id, rp_text lang,
    struct rp_theme_items *out, struct rp_wordings *out_texts)
{
	struct q_theme_names_rows rows;

	RP_TRY(q_theme_names(tx,
	    &(struct q_theme_names_param){ .codebook_id = codebook_id },
	    &rows));
	*out = (struct rp_theme_items){ 0 };
	*out_texts = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_theme_names_row *r = &rows.v[i];
		struct rp_theme_item t = { .id = r->id,
			.parent_id = r->parent_id,
			.merged_into = r->merged_into,
			.state = r->state,
			.made_by = r->made_by,
			.name = r->label,
			.lang = r->label_lang };

		if (out->n == 0 || out->v[out->n - 1].id != r->id)
			rp_vec_push(rp_tx_arena(tx), out, t);
		if (r->wording_id != 0)
			rp_vec_push(rp_tx_arena(tx), out_texts,
			    rp_wording_row(r->wording_id, r->id, r->field,
				r->lang, r->status, r->body, r->changed_at));
	}
	for (size_t i = 0; i < out->n; i++)
		name_it(&out->v[i], out_texts, lang);
	return NULL;
}

static struct rp_err *
load_all(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, struct rp_theme_items *out)
{
	struct rp_wordings texts;

	RP_TRY(load_names(tx, b->id, lang, out, &texts));
	return add_figures(who, tx, b, out);
}

struct rp_err *
rp_theme_names_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, bool all,
    struct rp_theme_items *out)
{
	struct rp_theme_items every;
	struct rp_wordings texts;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(load_names(tx, b->id, lang, &every, &texts));
	in_order(rp_tx_arena(tx), &every, all, out);
	return NULL;
}

struct rp_err *
rp_theme_items_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, bool all,
    struct rp_theme_items *out)
{
	struct rp_theme_items every;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(load_all(who, tx, b, lang, &every));
	in_order(rp_tx_arena(tx), &every, all, out);
	return NULL;
}

static struct rp_err *
counts_of(struct rp_tx *tx, int64_t codebook_id, int64_t theme_id,
    struct q_theme_counts_of_rows *out)
{
	return q_theme_counts_of(tx,
	    &(struct q_theme_counts_of_param){ .codebook_id = codebook_id,
		.theme_id = theme_id },
	    out);
}

struct rp_err *
rp_theme_get(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text lang, struct rp_theme_item *out, struct rp_wordings *out_texts)
{
	struct q_theme_counts_of_rows counts;
	struct rp_wordings texts;
	struct rp_theme_items all;
	struct rp_theme_item *t;
	struct rp_codebook b;

	RP_TRY(rp_codebook_of_theme(who, tx, id, &b));
	RP_TRY(load_names(tx, b.id, lang, &all, &texts));
	t = item_of(&all, id);
	RP_ASSERT(t != NULL);
	RP_TRY(counts_of(tx, b.id, id, &counts));
	*out = *t;
	for (size_t i = 0; i < counts.n; i++)
		if (rp_text_eq(counts.v[i].dimension, RP_TEXT("all")))
			out->f =
			    (struct rp_theme_figures){ counts.v[i].responses,
				    counts.v[i].distinct_texts,
				    counts.v[i].campaign,
				    .heard = counts.v[i].heard };
	*out_texts = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < texts.n; i++)
		if (texts.v[i].owner_id == id)
			rp_vec_push(rp_tx_arena(tx), out_texts, texts.v[i]);
	return NULL;
}

struct rp_theme_counts
rp_theme_regions(struct rp_arena *a, const struct rp_theme_counts *countries)
{
	struct rp_theme_counts out = { 0 };

	for (size_t i = 0; i < countries->n; i++) {
		rp_text region = rp_region_of(countries->v[i].value);
		size_t k = 0;

		while (k < out.n && !rp_text_eq(out.v[k].value, region))
			k++;
		if (k == out.n)
			rp_vec_push(a, &out,
			    ((struct rp_theme_count){ .value = region }));
		out.v[k].responses += countries->v[i].responses;
		out.v[k].words += countries->v[i].words;
	}
	return out;
}

struct rp_err *
rp_theme_counts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, rp_text dimension,
    struct rp_theme_counts *out)
{
	bool by_category = rp_text_eq(dimension, RP_TEXT("category"));
	struct q_theme_counts_of_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	*out = (struct rp_theme_counts){ 0 };
	RP_TRY(counts_of(tx, b->id, theme_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].responses > 0 &&
		    rp_text_eq(rows.v[i].dimension,
			by_category ? RP_TEXT("category") : RP_TEXT("country")))
			rp_vec_push(rp_tx_arena(tx), out,
			    ((struct rp_theme_count){ rows.v[i].value,
				rows.v[i].responses }));
	if (rp_text_eq(dimension, RP_TEXT("region")))
		*out = rp_theme_regions(rp_tx_arena(tx), out);
	return NULL;
}

struct rp_err *
rp_theme_balance(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_theme_balance *out)
{
	struct rp_codebook b;

	RP_TRY(rp_codebook_of(who, tx, question_id, &b));
	return rp_tally_balance(who, tx, &b, out);
}
