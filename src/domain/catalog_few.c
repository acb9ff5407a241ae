#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "domain/catalog_private.h"
#include "store/db.h"
#include "store/q_catalog.h"

#define IDS_MAX ((size_t)256 * 1024)

struct candidate {
	int64_t id, at;
	size_t group; /* its place in the reader's order */
	rp_bytes key;
};

struct candidates RP_VEC(struct candidate);
struct ranks RP_MAP(size_t);

static int
compare_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_keys(rp_bytes a, rp_bytes b)
{
	int d = memcmp(a.p ? a.p : (const uint8_t *)"",
	    b.p ? b.p : (const uint8_t *)"", a.n < b.n ? a.n : b.n);

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

static int
in_order(const struct candidate *a, const struct candidate *b,
    enum rp_catalog_sort sort)
{
	int d = 0;

	switch (sort) {
	case RP_SORT_SOURCE:
		d = compare_keys(a->key, b->key);
		return d ? d : compare_i64(a->id, b->id);
	case RP_SORT_OLDEST:
		d = compare_i64(a->at, b->at);
		return d ? d : compare_i64(a->id, b->id);
	case RP_SORT_COUNTRY:
	case RP_SORT_CATEGORY:
		d = (a->group > b->group) - (a->group < b->group);
		break;
	case RP_SORT_NEWEST:
	case RP_SORT_COUNT:
		break;
	}
	if (d == 0)
		d = compare_i64(b->at, a->at);
	return d ? d : compare_i64(b->id, a->id);
}

static int
by_sort(const void *a, const void *b, void *ctx)
{
	return in_order(a, b, *(const enum rp_catalog_sort *)ctx);
}

static struct ranks
ranks_of(const struct rp_catalog_walk *w)
{
	struct ranks ranks = { 0 };

	for (size_t i = 0; i < w->order.n; i++)
		*rp_map_at(rp_tx_arena(w->tx), &ranks, w->order.v[i].value) = i;
	return ranks;
}

static size_t
rank(const struct rp_catalog_walk *w, const struct ranks *ranks,
    rp_text category, rp_text country)
{
	const size_t *found = rp_map_find(ranks,
	    w->f->sort == RP_SORT_COUNTRY ? country : category);

	return found != NULL ? *found : w->order.n;
}

#define TAKE(rows)                                               \
	for (size_t i_ = 0; i_ < (rows).n; i_++)                 \
	rp_vec_push(a, &all,                                     \
	    ((struct candidate){ .id = (rows).v[i_].response_id, \
		.at = (rows).v[i_].received_at,                  \
		.key = (rows).v[i_].key,                         \
		.group = rank(w, &ranks, (rows).v[i_].category,  \
		    (rows).v[i_].country) }))

/* From the place on, in the direction asked for: at most w->max. */
static struct rp_err *
cut_out(const struct rp_catalog_walk *w, const struct ranks *ranks,
    struct candidates *all, struct rp_catalog_steps *out)
{
	enum rp_catalog_sort sort = w->f->sort;
	struct candidate place = { .id = w->place.id,
		.at = w->place.at,
		.key = w->place.key,
		.group = rank(w, ranks, w->place.group, w->place.group) };
	int64_t *ids = rp_new_n(rp_tx_arena(w->tx), int64_t, w->max + 1);
	size_t n = 0;

	if (all->n > 1)
		qsort_r(all->v, all->n, sizeof(all->v[0]), by_sort, &sort);
	for (size_t i = 0; i < all->n && n < w->max; i++) {
		size_t at = w->f->back ? all->n - 1 - i : i;
		int d = in_order(&all->v[at], &place, sort);

		if (!w->place.given || (w->f->back ? d < 0 : d > 0))
			ids[n++] = all->v[at].id;
	}
	RP_TRY(rp_catalog_by_ids(w->tx, ids, n, out));
	if (sort != RP_SORT_SOURCE)
		return NULL;
	for (size_t i = 0; i < out->n; i++)
		for (size_t k = 0; k < all->n; k++)
			if (all->v[k].id == out->v[i].row.id) {
				out->v[i].key = all->v[k].key;
				break;
			}
	return NULL;
}

struct rp_err *
rp_catalog_few(const struct rp_catalog_walk *w, enum rp_catalog_lead lead,
    struct rp_catalog_steps *out)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	rp_text reader = rp_lang_tag(w->f->reader);
	struct ranks ranks = ranks_of(w);
	struct candidates all = { 0 };

	if (lead == RP_LEAD_CATEGORY) {
		struct q_catalog_few_category_rows rows;

		RP_TRY(q_catalog_few_category(w->tx,
		    &(struct q_catalog_few_category_param){ w->c->id,
			w->category, w->country, w->lang, reader },
		    &rows));
		TAKE(rows);
	} else if (lead == RP_LEAD_COUNTRY) {
		struct q_catalog_few_country_rows rows;

		RP_TRY(q_catalog_few_country(w->tx,
		    &(struct q_catalog_few_country_param){ w->c->id,
			w->category, w->country, w->lang, reader },
		    &rows));
		TAKE(rows);
	} else {
		struct q_catalog_few_lang_rows rows;

		RP_TRY(q_catalog_few_lang(w->tx,
		    &(struct q_catalog_few_lang_param){ w->c->id, w->category,
			w->country, w->lang, reader },
		    &rows));
		TAKE(rows);
	}
	return cut_out(w, &ranks, &all, out);
}

/* The numbers with commas between: one parameter on both engines. */
static struct rp_err *
ids_text(struct rp_arena *a, const int64_t *ids, size_t n, rp_text *out)
{
	struct rp_buf b;

	rp_buf_init(&b, a, IDS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			rp_buf_byte(&b, ',');
		rp_buf_i64(&b, ids[i]);
	}
	return rp_buf_done(&b, out);
}

struct rp_err *
rp_catalog_few_of(const struct rp_catalog_walk *w, const int64_t *ids, size_t n,
    struct rp_catalog_steps *out)
{
	struct rp_arena *a = rp_tx_arena(w->tx);
	struct ranks ranks = ranks_of(w);
	struct q_catalog_few_ids_rows rows;
	struct candidates all = { 0 };
	rp_text list;

	RP_TRY(ids_text(a, ids, n, &list));
	RP_TRY(q_catalog_few_ids(w->tx,
	    &(struct q_catalog_few_ids_param){ .ids = list,
		.reader = rp_lang_tag(w->f->reader) },
	    &rows));
	TAKE(rows);
	return cut_out(w, &ranks, &all, out);
}

struct rp_err *
rp_catalog_by_ids(struct rp_tx *tx, const int64_t *ids, size_t n,
    struct rp_catalog_steps *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_catalog_by_ids_rows rows;
	rp_text list;

	if (n == 0)
		return NULL;
	RP_TRY(ids_text(a, ids, n, &list));
	RP_TRY(q_catalog_by_ids(tx,
	    &(struct q_catalog_by_ids_param){ .ids = list }, &rows));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows.n; k++) {
			struct rp_catalog_step s = {
				.row = RP_CATALOG_ROW(&rows.v[k]),
			};

			if (s.row.id != ids[i])
				continue;
			rp_vec_push(a, out, s);
			break;
		}
	return NULL;
}
