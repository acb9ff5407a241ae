#include "domain/theme.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/theme_private.h"
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

struct rp_err *
rp_codebook_of(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_codebook *out)
{
	struct q_codebook_find_row row;
	struct rp_place where;
	bool found;

	RP_TRY(rp_place_of(tx, RP_TEXT("question"), question_id, &where));
	RP_TRY(rp_actor_needs(who, RP_MAY_THEME, where));
	RP_TRY(q_codebook_find(tx,
	    &(struct q_codebook_find_param){ .question_id = question_id }, &row,
	    &found));
	*out =
	    (struct rp_codebook){ .question_id = question_id, .where = where };
	if (found) {
		out->id = row.id;
		out->run_id = row.run_id;
	}
	return NULL;
}

struct rp_err *
rp_codebook_of_theme(const struct rp_actor *who, struct rp_tx *tx,
    int64_t theme_id, struct rp_codebook *out)
{
	struct q_theme_get_row row;
	bool found;

	RP_TRY(q_theme_get(tx, &(struct q_theme_get_param){ .id = theme_id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no theme %lld",
		    (long long)theme_id);
	return rp_codebook_of(who, tx, row.question_id, out);
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

static struct rp_err *
wordings_of(struct rp_tx *tx, int64_t codebook_id, struct rp_wordings *out)
{
	struct q_theme_wordings_rows rows;

	RP_TRY(q_theme_wordings(tx,
	    &(struct q_theme_wordings_param){ .codebook_id = codebook_id },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_wording w = { .id = rows.v[i].id,
			.owner_id = rows.v[i].owner_id,
			.field = rows.v[i].field,
			.lang = rows.v[i].lang,
			.status = RP_WORDING_OFFICIAL,
			.body = rows.v[i].body,
			.changed_at = rows.v[i].changed_at };

		rp_vec_push(rp_tx_arena(tx), out, w);
	}
	return NULL;
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
add_figures(struct rp_tx *tx, int64_t codebook_id, struct rp_theme_items *all)
{
	struct q_theme_figures_rows rows;
	struct rp_theme_item *t;

	RP_TRY(q_theme_figures(tx,
	    &(struct q_theme_figures_param){ .codebook_id = codebook_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		t = item_of(all, rows.v[i].theme_id);
		if (t != NULL)
			t->f =
			    (struct rp_theme_figures){ .responses =
							   rows.v[i].responses,
				    .distinct = rows.v[i].distinct_texts,
				    .campaign = rows.v[i].campaign,
				    .heard = rows.v[i].heard };
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

static struct rp_err *
load_names(struct rp_tx *tx, int64_t codebook_id, rp_text lang,
    struct rp_theme_items *out)
{
	struct q_theme_list_rows rows;
	struct rp_wordings names;

	RP_TRY(q_theme_list(tx,
	    &(struct q_theme_list_param){ .codebook_id = codebook_id }, &rows));
	RP_TRY(wordings_of(tx, codebook_id, &names));
	*out = (struct rp_theme_items){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_item t = { .id = rows.v[i].id,
			.parent_id = rows.v[i].parent_id,
			.merged_into = rows.v[i].merged_into,
			.state = rows.v[i].state,
			.made_by = rows.v[i].made_by,
			.name = rows.v[i].label,
			.lang = rows.v[i].label_lang };

		name_it(&t, &names, lang);
		rp_vec_push(rp_tx_arena(tx), out, t);
	}
	return NULL;
}

static struct rp_err *
load_all(struct rp_tx *tx, int64_t codebook_id, rp_text lang,
    struct rp_theme_items *out)
{
	RP_TRY(load_names(tx, codebook_id, lang, out));
	return add_figures(tx, codebook_id, out);
}

struct rp_err *
rp_theme_names_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, bool all,
    struct rp_theme_items *out)
{
	struct rp_theme_items every;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(load_names(tx, b->id, lang, &every));
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
	RP_TRY(load_all(tx, b->id, lang, &every));
	in_order(rp_tx_arena(tx), &every, all, out);
	return NULL;
}

struct rp_err *
rp_theme_get(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text lang, struct rp_theme_item *out, struct rp_wordings *out_texts)
{
	struct q_theme_figures_of_row f;
	struct rp_theme_items all;
	struct rp_theme_item *t;
	struct rp_codebook b;

	RP_TRY(rp_codebook_of_theme(who, tx, id, &b));
	RP_TRY(load_names(tx, b.id, lang, &all));
	t = item_of(&all, id);
	RP_ASSERT(t != NULL);
	RP_TRY(q_theme_figures_of(tx,
	    &(struct q_theme_figures_of_param){ .codebook_id = b.id,
		.theme_id = id },
	    &f));
	*out = *t;
	out->f = (struct rp_theme_figures){ .responses = f.responses,
		.distinct = f.distinct_texts,
		.campaign = f.campaign,
		.heard = f.heard };
	return rp_wording_load(tx, RP_TEXT("theme"), id, out_texts);
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

static struct rp_err *
by_category(struct rp_tx *tx, const struct rp_codebook *b, int64_t theme_id,
    struct rp_theme_counts *out)
{
	struct q_theme_by_category_rows rows;

	RP_TRY(q_theme_by_category(tx,
	    &(struct q_theme_by_category_param){ .codebook_id = b->id,
		.theme_id = theme_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_theme_count){ rows.v[i].value,
			rows.v[i].responses }));
	return NULL;
}

struct rp_err *
rp_theme_counts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, rp_text dimension,
    struct rp_theme_counts *out)
{
	struct q_theme_by_country_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	*out = (struct rp_theme_counts){ 0 };
	if (rp_text_eq(dimension, RP_TEXT("category")))
		return by_category(tx, b, theme_id, out);
	RP_TRY(q_theme_by_country(tx,
	    &(struct q_theme_by_country_param){ .codebook_id = b->id,
		.theme_id = theme_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
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
	struct q_theme_received_row received;
	struct q_theme_balance_rows rows;
	struct rp_codebook b;
	enum rp_reading state;

	RP_TRY(rp_codebook_of(who, tx, question_id, &b));
	RP_TRY(q_theme_received(tx,
	    &(struct q_theme_received_param){ .question_id = question_id },
	    &received));
	RP_TRY(q_theme_balance(tx,
	    &(struct q_theme_balance_param){ .codebook_id = b.id }, &rows));
	*out = (struct rp_theme_balance){ .received = received.n,
		.spoken = received.spoken,
		.heard = received.heard };
	if (b.id == 0) {
		out->of[RP_READING_UNREAD] = received.n;
		out->heard_of[RP_READING_UNREAD] = received.heard;
	}
	for (size_t i = 0; i < rows.n; i++) {
		if (!rp_reading_from(rows.v[i].state, &state))
			return rp_fail(RP_E_INTERNAL, "state %.*s",
			    RP_FMT(rows.v[i].state));
		out->of[state] = rows.v[i].responses;
		out->heard_of[state] = rows.v[i].heard;
	}
	return NULL;
}
