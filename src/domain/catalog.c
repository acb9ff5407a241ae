#include "domain/catalog.h"

#include "base/err.h"
#include "domain/catalog_private.h"
#include "domain/listing.h"
#include "domain/response.h"
#include "domain/search.h"
#include "store/db.h"
#include "store/q_catalog.h"
#include "store/q_search.h"
#include "text/country.h"

static const rp_text sort_names[RP_SORT_COUNT] = {
	[RP_SORT_NEWEST] = RP_TEXT_INIT("newest"),
	[RP_SORT_OLDEST] = RP_TEXT_INIT("oldest"),
	[RP_SORT_SOURCE] = RP_TEXT_INIT("source"),
	[RP_SORT_COUNTRY] = RP_TEXT_INIT("country"),
	[RP_SORT_CATEGORY] = RP_TEXT_INIT("category"),
};

rp_text
rp_catalog_sort_name(enum rp_catalog_sort sort)
{
	return sort_names[sort];
}

bool
rp_catalog_sort_from(rp_text name, enum rp_catalog_sort *out)
{
	for (int i = 0; i < RP_SORT_COUNT; i++)
		if (rp_text_eq(name, sort_names[i])) {
			*out = (enum rp_catalog_sort)i;
			return true;
		}
	return false;
}

static struct rp_err *
shown(const struct rp_actor *who, const struct rp_consultation *c)
{
	RP_ASSERT(who != NULL); /* what is published is everybody's */
	if (!rp_consultation_shows_responses(c))
		return rp_fail(RP_E_NOTFOUND, "responses are not shown yet");
	return NULL;
}

/*
 * Cursors: "AT.ID"; by source "KEY.ID", the key in hexadecimal; by country or
 * category "VALUE.AT.ID".
 */
static rp_text
cursor(const struct rp_catalog_walk *w, const struct rp_catalog_step *s)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	long long at = (long long)s->row.received_at;
	long long id = (long long)s->row.id;

	switch (w->f->sort) {
	case RP_SORT_SOURCE:
		return rp_textf(a, "%.*s.%lld", RP_FMT(rp_hex(a, s->key)), id);
	case RP_SORT_COUNTRY:
		return rp_textf(a, "%.*s.%lld.%lld", RP_FMT(s->row.country), at,
		    id);
	case RP_SORT_CATEGORY:
		return rp_textf(a, "%.*s.%lld.%lld", RP_FMT(s->row.category),
		    at, id);
	case RP_SORT_NEWEST:
	case RP_SORT_OLDEST:
	case RP_SORT_COUNT:
		break;
	}
	return rp_textf(a, "%lld.%lld", at, id);
}

static struct rp_err *
cursor_parse(struct rp_arena *a, const struct rp_catalog_filter *f,
    struct rp_catalog_place *out)
{
	bool grouped =
	    f->sort == RP_SORT_COUNTRY || f->sort == RP_SORT_CATEGORY;
	rp_text t = f->cursor;
	size_t dot = rp_text_find(t, '.', 0);
	rp_text first = rp_text_sub(t, 0, dot);
	bool ok = dot < t.n && t.n <= RP_CATALOG_CURSOR_MAX;

	*out = (struct rp_catalog_place){ 0 };
	if (t.n == 0)
		return NULL;
	if (ok && grouped) {
		size_t second = rp_text_find(t, '.', dot + 1);

		out->group = first;
		ok = second < t.n &&
		     rp_text_i64(rp_text_sub(t, dot + 1, second), &out->at);
		dot = second;
	} else if (ok && f->sort == RP_SORT_SOURCE) {
		RP_TRY(rp_unhex(a, first, &out->key));
	} else if (ok) {
		ok = rp_text_i64(first, &out->at);
	}
	ok = ok && rp_text_i64(rp_text_sub(t, dot + 1, t.n), &out->id);
	out->given = true;
	return ok ? NULL : rp_fail(RP_E_INVALID, "not a place in a list");
}

static void
push_value(struct rp_arena *a, struct rp_catalog_values *all,
    const struct rp_catalog_values *from, rp_text value)
{
	for (size_t i = 0; i < from->n; i++)
		if (rp_text_eq(from->v[i].value, value)) {
			rp_vec_push(a, all, from->v[i]);
			return;
		}
}

/* Countries or categories that occur, in the reader's order; then what no
 * order knows. */
static struct rp_err *
group_order(struct rp_catalog_walk *w)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	bool by_country = w->f->sort == RP_SORT_COUNTRY;
	struct rp_catalog_values found;
	size_t n = 0;

	RP_TRY(rp_catalog_values(w->who, w->tx, w->c,
	    by_country ? RP_TEXT("country") : RP_TEXT("category"), &found));
	if (by_country) {
		const struct rp_country *const *all =
		    rp_countries_sorted(w->who->env->countries, w->f->reader,
			&n);

		for (size_t i = 0; i < n; i++)
			push_value(a, &w->order, &found, all[i]->code);
	} else {
		for (const rp_text *c = rp_categories; c->p != NULL; c++)
			push_value(a, &w->order, &found, *c);
	}
	for (size_t i = 0; i < found.n; i++) {
		bool known = false;

		for (size_t k = 0; k < w->order.n && !known; k++)
			known =
			    rp_text_eq(w->order.v[k].value, found.v[i].value);
		if (!known)
			rp_vec_push(a, &w->order, found.v[i]);
	}
	return NULL;
}

/* A filter on what the list is grouped by leaves one group. */
static void
narrow(struct rp_catalog_walk *w)
{
	rp_text only = w->f->sort == RP_SORT_COUNTRY ? w->country : w->category;
	size_t n = 0;

	for (size_t i = 0; i < w->order.n; i++)
		if (only.n == 0 || rp_text_eq(w->order.v[i].value, only))
			w->order.v[n++] = w->order.v[i];
	w->order.n = n;
}

struct counts {
	int64_t category, country, lang, all;
};

/* What each filter alone leaves, and all together. */
static struct rp_err *
count(const struct rp_catalog_walk *w, struct counts *out)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	const rp_text none = RP_TEXT("");
	struct q_catalog_counts_rows rows;
	struct q_catalog_counts_param p = {
		.consultation_id = w->c->id,
		.category = rp_listing_count_key(a, w->category, none, none),
		.country = rp_listing_count_key(a, none, w->country, none),
		.lang = rp_listing_count_key(a, none, none, w->lang),
		.all_three =
		    rp_listing_count_key(a, w->category, w->country, w->lang),
	};

	RP_TRY(q_catalog_counts(w->tx, &p, &rows));
	*out = (struct counts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		rp_text value = rows.v[i].value;

		if (rp_text_eq(value, p.category))
			out->category = rows.v[i].n;
		if (rp_text_eq(value, p.country))
			out->country = rows.v[i].n;
		if (rp_text_eq(value, p.lang))
			out->lang = rows.v[i].n;
		if (rp_text_eq(value, p.all_three))
			out->all = rows.v[i].n;
	}
	return NULL;
}

/* The filter that leaves least, and how much that is. */
static enum rp_catalog_lead
lead_of(const struct rp_catalog_walk *w, const struct counts *c, int64_t *least)
{
	enum rp_catalog_lead lead = RP_LEAD_NONE;

	*least = INT64_MAX;
	if (w->category.n > 0) {
		lead = RP_LEAD_CATEGORY;
		*least = c->category;
	}
	if (w->country.n > 0 && c->country < *least) {
		lead = RP_LEAD_COUNTRY;
		*least = c->country;
	}
	if (w->lang.n > 0 && c->lang < *least) {
		lead = RP_LEAD_LANG;
		*least = c->lang;
	}
	return lead;
}

/*
 * Take all that the filters leave and sort them here, or walk the index of the
 * sort until a page is full? The first reads the entries of the best filter and
 * a row for each one left, which costs as much as some two dozen entries of an
 * index; the second reads as many entries as it takes to meet a page of them.
 */
#define ROW_COST 24

static bool
few_is_less(const struct rp_catalog_walk *w, int64_t least, int64_t all)
{
	int64_t per_hit = w->c->published / all + 1;

	return all <= RP_CATALOG_FEW &&
	       least + ROW_COST * all <= per_hit * (int64_t)w->max;
}

static struct rp_err *
read_rows(struct rp_catalog_walk *w, const struct counts *c,
    struct rp_catalog_steps *out)
{
	enum rp_catalog_sort sort = w->f->sort;
	int64_t least;
	enum rp_catalog_lead lead = lead_of(w, c, &least);

	if (c->all == 0)
		return NULL;
	if (sort == RP_SORT_NEWEST || sort == RP_SORT_OLDEST)
		return rp_catalog_walk_received(w, lead,
		    (sort == RP_SORT_OLDEST) != w->f->back, w->place, w->max,
		    out);
	if (sort != RP_SORT_SOURCE) {
		RP_TRY(group_order(w));
		narrow(w);
	}
	if (lead != RP_LEAD_NONE && few_is_less(w, least, c->all))
		return rp_catalog_few(w, lead, out);
	return sort == RP_SORT_SOURCE ? rp_catalog_walk_source(w, out) :
					rp_catalog_walk_groups(w, out);
}

/* The rows from the walk, which may have gone backwards, as a page. */
static void
finish(const struct rp_catalog_walk *w, struct rp_catalog_steps *s,
    struct rp_catalog_page *out)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	bool more = s->n == w->max, back = w->f->back;

	if (more)
		s->n--;
	for (size_t i = 0; i < s->n; i++)
		rp_vec_push(a, &out->rows, s->v[back ? s->n - 1 - i : i].row);
	if (s->n == 0)
		return;
	if (more || back)
		out->next = cursor(w, &s->v[back ? 0 : s->n - 1]);
	if (back ? more : w->place.given)
		out->previous = cursor(w, &s->v[back ? s->n - 1 : 0]);
}

/* Newest or oldest first by words: the full-text index is in that order. */
static struct rp_err *
words_in_time(const struct rp_catalog_walk *w, const struct rp_search_terms *t,
    struct rp_catalog_page *out)
{
	bool up = (w->f->sort == RP_SORT_OLDEST) != w->f->back;
	int64_t place = w->place.given ? w->place.id : up ? 0 : INT64_MAX;
	struct rp_arena *a = rp_tx_arena(w->tx);
	int64_t *ids = rp_new_n(a, int64_t, w->max);
	struct q_search_refs_up_rows ups;
	struct q_search_refs_rows downs;
	struct rp_catalog_steps steps = { 0 };
	int64_t first = 0, last = 0;
	size_t n;
	bool more;

	if (up) {
		RP_TRY(q_search_refs_up(w->tx,
		    &(struct q_search_refs_up_param){ t->fts, t->ts, place,
			(int64_t)w->max },
		    &ups));
		n = ups.n;
	} else {
		RP_TRY(q_search_refs(w->tx,
		    &(struct q_search_refs_param){ t->fts, t->ts, place,
			(int64_t)w->max },
		    &downs));
		n = downs.n;
	}
	more = n == w->max;
	n -= more;
	for (size_t i = 0; i < n; i++) {
		ids[w->f->back ? n - 1 - i : i] =
		    up ? ups.v[i].response_id : downs.v[i].response_id;
		last = up ? ups.v[i].id : downs.v[i].id;
		first = i == 0 ? last : first;
	}
	RP_TRY(rp_catalog_by_ids(w->tx, ids, n, &steps));
	for (size_t i = 0; i < steps.n; i++)
		rp_vec_push(a, &out->rows, steps.v[i].row);
	if (n == 0)
		return NULL;
	if (more || w->f->back)
		out->next = rp_textf(a, "0.%lld",
		    (long long)(w->f->back ? first : last));
	if (w->f->back ? more : w->place.given)
		out->previous = rp_textf(a, "0.%lld",
		    (long long)(w->f->back ? last : first));
	return NULL;
}

static struct rp_err *
count_words(const struct rp_catalog_walk *w, const struct rp_search_terms *t,
    struct rp_catalog_page *out)
{
	struct q_search_count_row found;

	RP_TRY(q_search_count(w->tx,
	    &(struct q_search_count_param){ t->fts, t->ts, RP_COUNT_EXACT + 1 },
	    &found));
	out->more_than = found.n > RP_COUNT_EXACT;
	out->count = out->more_than ? RP_COUNT_EXACT : found.n;
	return NULL;
}

static struct rp_err *
by_words(struct rp_catalog_walk *w, struct rp_catalog_page *out)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	struct rp_catalog_steps steps = { 0 };
	struct q_search_refs_rows rows;
	struct rp_search_terms t;
	int64_t *ids;

	RP_TRY(rp_search_terms_of(w->who, w->tx, w->f->words, w->f->reader,
	    w->c->id, w->category, w->country, w->lang, &t));
	if (t.fts.n == 0)
		return NULL;
	RP_TRY(q_search_plan(w->tx));
	if (w->f->sort == RP_SORT_NEWEST || w->f->sort == RP_SORT_OLDEST) {
		RP_TRY(count_words(w, &t, out));
		return words_in_time(w, &t, out);
	}
	RP_TRY(q_search_refs(w->tx,
	    &(struct q_search_refs_param){ t.fts, t.ts, INT64_MAX,
		RP_CATALOG_FOUND },
	    &rows));
	/* Fewer than asked for: these are all, and it need not be asked twice.
	 */
	out->count = (int64_t)rows.n;
	if (rows.n == RP_CATALOG_FOUND)
		RP_TRY(count_words(w, &t, out));
	ids = rp_new_n(a, int64_t, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].response_id;
	if (w->f->sort != RP_SORT_SOURCE)
		RP_TRY(group_order(w));
	RP_TRY(rp_catalog_few_of(w, ids, rows.n, &steps));
	finish(w, &steps, out);
	return NULL;
}

struct rp_err *
rp_catalog_page(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_catalog_filter *f,
    struct rp_catalog_page *out)
{
	struct rp_catalog_walk w = { .who = who,
		.tx = tx,
		.c = c,
		.f = f,
		.max = (f->max > 0 ? f->max : RP_CATALOG_PAGE) + 1,
		.category = f->category,
		.country = f->country,
		.lang = f->lang };
	struct rp_catalog_steps steps = { 0 };
	struct counts counts;

	*out = (struct rp_catalog_page){ 0 };
	RP_TRY(shown(who, c));
	RP_TRY(cursor_parse(rp_tx_arena(tx), f, &w.place));
	if (f->words.n > 0)
		return by_words(&w, out);
	RP_TRY(count(&w, &counts));
	out->count = counts.all;
	RP_TRY(read_rows(&w, &counts, &steps));
	finish(&w, &steps, out);
	return NULL;
}

struct rp_err *
rp_catalog_values(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text dimension,
    struct rp_catalog_values *out)
{
	struct q_catalog_values_rows rows;

	RP_TRY(shown(who, c));
	RP_TRY(q_catalog_values(tx,
	    &(struct q_catalog_values_param){ .consultation_id = c->id,
		.dimension = dimension },
	    &rows));
	*out = (struct rp_catalog_values){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_catalog_value v = { rows.v[i].value,
			rows.v[i].responses, rows.v[i].words };

		rp_vec_push(rp_tx_arena(tx), out, v);
	}
	return NULL;
}

struct rp_err *
rp_catalog_withdrawn(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t *out)
{
	struct q_catalog_withdrawn_row row;

	RP_TRY(shown(who, c));
	RP_TRY(q_catalog_withdrawn(tx,
	    &(struct q_catalog_withdrawn_param){ .consultation_id = c->id },
	    &row));
	*out = row.n;
	return NULL;
}

struct rp_err *
rp_catalog_longest(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, size_t max, struct rp_catalog_rows *out)
{
	struct q_catalog_longest_rows rows;

	RP_TRY(shown(who, c));
	RP_TRY(q_catalog_longest(tx,
	    &(struct q_catalog_longest_param){ .consultation_id = c->id,
		.max = (int64_t)max },
	    &rows));
	*out = (struct rp_catalog_rows){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_catalog_row r = { .number = rows.v[i].number,
			.source = rows.v[i].source,
			.words = rows.v[i].words };

		rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}

struct rp_err *
rp_catalog_longest_words(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t n, int64_t *out)
{
	struct q_catalog_longest_words_row row;

	RP_TRY(shown(who, c));
	RP_TRY(q_catalog_longest_words(tx,
	    &(struct q_catalog_longest_words_param){ .consultation_id = c->id,
		.max = n },
	    &row));
	*out = row.words;
	return NULL;
}

struct rp_err *
rp_catalog_recent(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, size_t max, struct rp_catalog_rows *out)
{
	struct q_catalog_recent_of_rows rows;

	RP_TRY(shown(who, c));
	RP_TRY(q_catalog_recent_of(tx,
	    &(struct q_catalog_recent_of_param){ .consultation_id = c->id,
		.max = (int64_t)max },
	    &rows));
	*out = (struct rp_catalog_rows){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_catalog_row r = { .id = rows.v[i].response_id,
			.number = rows.v[i].number,
			.source = rows.v[i].source,
			.person = rows.v[i].person,
			.lang = rows.v[i].lang,
			.received_at = rows.v[i].received_at,
			.published_at = rows.v[i].published_at,
			.excerpt = rows.v[i].excerpt };

		rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}
