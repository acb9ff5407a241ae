/* api_lists - responses in pages, what is found, and counts. */
#include "domain/catalog.h"
#include "domain/search.h"
#include "text/lang.h"
#include "web/api.h"
#include "web/page.h"

static void
put_row(struct rp_api *api, const struct rp_consultation *c,
    const struct rp_catalog_row *r)
{
	rp_json_object_begin(&api->w);
	rp_api_i64(api, "number", r->number);
	rp_api_text(api, "source", r->source);
	rp_api_text(api, "person", r->person);
	rp_api_text(api, "category", r->category);
	rp_api_text(api, "country", r->country);
	rp_api_text(api, "lang", r->lang);
	rp_api_time(api, "received_at", r->received_at);
	rp_api_time(api, "published_at", r->published_at);
	rp_api_i64(api, "words", r->words);
	rp_api_i64(api, "attachments", r->attachments);
	rp_api_text(api, "excerpt", r->excerpt);
	rp_api_url(api, "page",
	    rp_web_consultation_url(api->req, c,
		rp_textf(api->req->arena, "responses/%lld",
		    (long long)r->number)
		    .p));
	rp_json_object_end(&api->w);
}

static struct rp_err *
read_filter(const struct rp_request *req, struct rp_catalog_filter *f)
{
	const struct rp_urlform *q = &req->query;
	int64_t max;
	rp_text sort;

	RP_TRY(rp_form_line(req, q, "category", 64, &f->category));
	RP_TRY(rp_form_line(req, q, "country", 8, &f->country));
	RP_TRY(rp_form_line(req, q, "language", 64, &f->lang));
	RP_TRY(rp_form_line(req, q, "words", RP_CATALOG_WORDS_MAX, &f->words));
	RP_TRY(
	    rp_form_line(req, q, "cursor", RP_CATALOG_CURSOR_MAX, &f->cursor));
	RP_TRY(rp_form_line(req, q, "sort", 20, &sort));
	RP_TRY(rp_api_query_i64(req, "max", 1, RP_API_PAGE_MAX, RP_API_PAGE,
	    &max));
	f->max = (size_t)max;
	f->back = rp_form_has(q, "back");
	f->reader = req->reader.lang;
	if (sort.n > 0 && !rp_catalog_sort_from(sort, &f->sort))
		return rp_fail(RP_E_INVALID, "no such order");
	return NULL;
}

static void
put_count(struct rp_api *api, int64_t count, bool more_than)
{
	rp_api_i64(api, "count", count);
	rp_api_bool(api, "more_than", more_than);
}

static void
put_cursor(struct rp_api *api, const char *key, rp_text cursor)
{
	rp_api_key(api, key);
	if (cursor.n > 0)
		rp_json_put_text(&api->w, cursor);
	else
		rp_json_put_null(&api->w);
}

struct rp_err *
rp_web_api_responses(const struct rp_request *req, struct rp_response *out)
{
	struct rp_catalog_filter f = { .sort = RP_SORT_NEWEST };
	struct rp_catalog_page page;
	struct rp_consultation c;
	struct rp_api api;

	RP_TRY(rp_api_consultation(req, &c));
	RP_TRY(read_filter(req, &f));
	RP_TRY(rp_catalog_page(req->who, req->tx, &c, &f, &page));
	rp_api_begin(&api, req);
	rp_api_key(&api, "responses");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < page.rows.n; i++)
		put_row(&api, &c, &page.rows.v[i]);
	rp_json_array_end(&api.w);
	put_count(&api, page.count, page.more_than);
	put_cursor(&api, "next", page.next);
	put_cursor(&api, "previous", page.previous);
	return rp_api_end(&api, out);
}

static rp_url
address_of(const struct rp_request *req, const struct rp_search_hit *h)
{
	const char *lang = rp_lang_tag(req->reader.lang).p;

	if (h->kind == RP_FOUND_VERSION)
		return rp_urlf(req->arena, "/%s/%.*s/instruments/%.*s/", lang,
		    RP_FMT(h->group_slug), RP_FMT(h->place));
	if (h->kind == RP_FOUND_DOCUMENT)
		return rp_urlf(req->arena, "/%s/%.*s/meetings/%.*s/", lang,
		    RP_FMT(h->group_slug), RP_FMT(h->place));
	if (h->kind == RP_FOUND_TOPIC)
		return rp_urlf(req->arena, "/%s/%.*s/topics/%.*s/", lang,
		    RP_FMT(h->group_slug), RP_FMT(h->place));
	if (h->kind == RP_FOUND_RESPONSE)
		return rp_urlf(req->arena,
		    "/%s/%.*s/consultations/%lld/responses/%lld", lang,
		    RP_FMT(h->group_slug), (long long)h->consultation,
		    (long long)h->number);
	return rp_urlf(req->arena, "/%s/%.*s/consultations/%lld/", lang,
	    RP_FMT(h->group_slug), (long long)h->consultation);
}

static void
put_hit(struct rp_api *api, const struct rp_search_hit *h)
{
	rp_json_object_begin(&api->w);
	rp_api_text(api, "kind", rp_search_kind_name(h->kind));
	rp_api_text(api, "group", h->group_slug);
	rp_api_i64(api, "consultation", h->consultation);
	rp_api_i64(api, "number",
	    h->kind == RP_FOUND_CONSULTATION ? h->consultation : h->number);
	rp_api_text(api, "title", h->title);
	rp_api_text(api, "excerpt", h->excerpt);
	rp_api_text(api, "lang", h->lang);
	rp_api_time(api, "at", h->at);
	rp_api_url(api, "page", address_of(api->req, h));
	rp_json_object_end(&api->w);
}

static struct rp_err *
read_query(const struct rp_request *req, struct rp_search_query *q)
{
	struct rp_group g;
	rp_text slug;
	int64_t max;

	RP_TRY(rp_form_line(req, &req->query, "q", RP_CATALOG_WORDS_MAX,
	    &q->words));
	RP_TRY(rp_form_line(req, &req->query, "language", 64, &q->lang));
	RP_TRY(rp_form_line(req, &req->query, "kind", 64, &q->kind));
	RP_TRY(rp_form_line(req, &req->query, "group", RP_SLUG_MAX, &slug));
	RP_TRY(rp_api_query_i64(req, "before", 1, INT64_MAX, 0, &q->before));
	RP_TRY(rp_api_query_i64(req, "after", 1, INT64_MAX, 0, &q->after));
	RP_TRY(rp_api_query_i64(req, "max", 1, RP_API_PAGE_MAX, RP_SEARCH_PAGE,
	    &max));
	q->max = (size_t)max;
	q->reader = req->reader.lang;
	if (q->words.n == 0)
		return rp_fail(RP_E_INVALID, "nothing to look for");
	if (q->kind.n > 0 && !rp_text_in(rp_search_kinds, q->kind))
		return rp_fail(RP_E_INVALID, "no such kind");
	if (slug.n == 0)
		return NULL;
	RP_TRY(rp_group_get(req->who, req->tx, slug,
	    rp_lang_tag(req->reader.lang), &g));
	q->group_id = g.id;
	return NULL;
}

/* Places are larger than what some programs take for a number. */
static void
put_place(struct rp_api *api, const char *key, int64_t place)
{
	put_cursor(api, key,
	    place == 0 ? RP_TEXT("") :
			 rp_textf(api->req->arena, "%lld", (long long)place));
}

struct rp_err *
rp_web_api_search(const struct rp_request *req, struct rp_response *out)
{
	struct rp_search_query q = { 0 };
	struct rp_search_page page;
	struct rp_api api;

	RP_TRY(read_query(req, &q));
	RP_TRY(rp_search_find(req->who, req->tx, &q, &page));
	rp_api_begin(&api, req);
	rp_api_key(&api, "results");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < page.hits.n; i++)
		put_hit(&api, &page.hits.v[i]);
	rp_json_array_end(&api.w);
	put_count(&api, page.count, page.more_than);
	put_place(&api, "next", page.next);
	put_place(&api, "previous", page.previous);
	return rp_api_end(&api, out);
}

static struct rp_err *
put_values(struct rp_api *api, const struct rp_consultation *c,
    const char *dimension)
{
	const struct rp_request *req = api->req;
	struct rp_catalog_values values;

	RP_TRY(rp_catalog_values(req->who, req->tx, c, rp_text_z(dimension),
	    &values));
	rp_api_key(api, dimension);
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < values.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_text(api, "value", values.v[i].value);
		rp_api_i64(api, "responses", values.v[i].responses);
		rp_api_i64(api, "words", values.v[i].words);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
	return NULL;
}

static struct rp_err *
put_totals(struct rp_api *api, const struct rp_consultation *c)
{
	const struct rp_request *req = api->req;
	struct rp_catalog_values all, first;
	int64_t withdrawn;

	RP_TRY(rp_catalog_values(req->who, req->tx, c, RP_TEXT("all"), &all));
	RP_TRY(
	    rp_catalog_values(req->who, req->tx, c, RP_TEXT("first"), &first));
	RP_TRY(rp_catalog_withdrawn(req->who, req->tx, c, &withdrawn));
	rp_api_i64(api, "responses", all.n > 0 ? all.v[0].responses : 0);
	rp_api_i64(api, "words", all.n > 0 ? all.v[0].words : 0);
	rp_api_i64(api, "first_time", first.n > 0 ? first.v[0].responses : 0);
	rp_api_i64(api, "withdrawn", withdrawn);
	return NULL;
}

static struct rp_err *
put_longest(struct rp_api *api, const struct rp_consultation *c)
{
	const struct rp_request *req = api->req;
	struct rp_catalog_rows rows;

	RP_TRY(rp_catalog_longest(req->who, req->tx, c, 10, &rows));
	rp_api_key(api, "longest");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < rows.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "number", rows.v[i].number);
		rp_api_text(api, "source", rows.v[i].source);
		rp_api_i64(api, "words", rows.v[i].words);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
	return NULL;
}

struct rp_err *
rp_web_api_statistics(const struct rp_request *req, struct rp_response *out)
{
	static const char *const dimensions[] = { "category", "country",
		"region", "lang", "day" };
	struct rp_consultation c;
	struct rp_api api;

	RP_TRY(rp_api_consultation(req, &c));
	rp_api_begin(&api, req);
	RP_TRY(put_totals(&api, &c));
	for (size_t i = 0; i < sizeof(dimensions) / sizeof(dimensions[0]); i++)
		RP_TRY(put_values(&api, &c, dimensions[i]));
	RP_TRY(put_longest(&api, &c));
	return rp_api_end(&api, out);
}
