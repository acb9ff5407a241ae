#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/search.h"
#include "render/t_search.h"
#include "text/format.h"
#include "text/markup.h"
#include "web/page.h"
#include "web/query.h"
#include "web/server.h"

#define FRESH ((int64_t)30 * 1000)
#define WORDS_MAX 1000 /* octets of a query */
#define KIND_MAX 40
#define JSON_MAX ((size_t)1024 * 1024)

struct asked {
	struct rp_search_query q;
	rp_text group; /* its slug, as it came */
	struct rp_groups groups;
};

static struct rp_err *
place(const struct rp_request *req, const char *name, int64_t *out)
{
	rp_text t;

	RP_TRY(rp_form_line(req, &req->query, name, 20, &t));
	if (t.n > 0 && (!rp_text_i64(t, out) || *out <= 0))
		return rp_fail(RP_E_INVALID, "not a place in the results");
	return NULL;
}

static struct rp_err *
read_query(const struct rp_request *req, struct asked *a)
{
	a->q.reader = req->reader.lang;
	RP_TRY(rp_form_line(req, &req->query, "q", WORDS_MAX, &a->q.words));
	RP_TRY(rp_form_line(req, &req->query, "lang", RP_LANG_TAG_MAX,
	    &a->q.lang));
	RP_TRY(rp_form_line(req, &req->query, "group", RP_SLUG_MAX, &a->group));
	RP_TRY(rp_form_line(req, &req->query, "kind", KIND_MAX, &a->q.kind));
	if (a->q.kind.n > 0 && !rp_text_in(rp_search_kinds, a->q.kind))
		return rp_fail(RP_E_NOTFOUND, "no such kind");
	RP_TRY(place(req, "before", &a->q.before));
	RP_TRY(place(req, "after", &a->q.after));
	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &a->groups));
	for (size_t i = 0; i < a->groups.n; i++)
		if (rp_text_eq(a->groups.v[i].slug, a->group))
			a->q.group_id = a->groups.v[i].id;
	if (a->group.n > 0 && a->q.group_id == 0)
		return rp_fail(RP_E_NOTFOUND, "no such group");
	return NULL;
}

static struct rp_err *
link_to(const struct rp_request *req, const struct asked *a, const char *name,
    int64_t value, rp_url *out)
{
	struct rp_web_query to;

	rp_web_query_begin(&to, req->arena,
	    rp_urlf(req->arena, "/%s/search", rp_lang_tag(a->q.reader).p));
	rp_web_query_add(&to, "q", a->q.words);
	rp_web_query_add(&to, "group", a->group);
	rp_web_query_add(&to, "lang", a->q.lang);
	rp_web_query_add(&to, "kind", a->q.kind);
	if (name != NULL)
		rp_web_query_add_i64(&to, name, value);
	return rp_web_query_end(&to, out);
}

static rp_url
address(const struct rp_request *req, const struct rp_search_hit *h)
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
	if (h->kind == RP_FOUND_CONSULTATION)
		return rp_urlf(req->arena, "/%s/%.*s/consultations/%lld/", lang,
		    RP_FMT(h->group_slug), (long long)h->consultation);
	return rp_urlf(req->arena, "/%s/%.*s/consultations/%lld/responses/%lld",
	    lang, RP_FMT(h->group_slug), (long long)h->consultation,
	    (long long)h->number);
}

static void
add_hit(const struct rp_request *req, const struct rp_search_hit *h,
    struct v_search *v)
{
	static const enum rp_msg kinds[] = {
		[RP_FOUND_RESPONSE] = M_search_response,
		[RP_FOUND_CONSULTATION] = M_search_consultation,
		[RP_FOUND_VERSION] = M_search_instrument,
		[RP_FOUND_DOCUMENT] = M_search_document,
		[RP_FOUND_TOPIC] = M_search_topic,
	};
	rp_text excerpt = rp_markup_shorten(req->arena, h->excerpt, 240);
	struct v_search_results row = {
		.url = address(req, h),
		.title = h->title.n > 0 ?
			     h->title :
			     rp_web_msg(req, M_response_without_name),
		.lang = h->lang,
		.kind = kinds[h->kind],
		.where =
		    h->consultation == 0 ?
			h->acronym :
			rp_textf(req->arena, "%.*s %lld", RP_FMT(h->acronym),
			    (long long)h->consultation),
		.time = rp_web_time(req, RP_TEXT("UTC"), h->at),
		.iso = rp_web_iso(req, h->at),
		.excerpt = rp_html_escape(req->arena, excerpt),
		.excerpt_lang = h->lang,
	};

	rp_vec_push(req->arena, &v->results, row);
}

static void
add_choices(const struct rp_request *req, const struct asked *a,
    struct v_search *v)
{
	/* In the order of rp_search_kinds. */
	static const enum rp_msg kinds[] = { M_search_response,
		M_search_consultation, M_search_instrument, M_search_document,
		M_search_report, M_search_topic };

	for (size_t i = 0; i < a->groups.n; i++) {
		struct v_search_groups g = {
			.value = a->groups.v[i].slug,
			.name = a->groups.v[i].name.body,
			.selected = a->groups.v[i].id == a->q.group_id,
		};

		rp_vec_push(req->arena, &v->groups, g);
	}
	for (size_t i = 0; rp_search_kinds[i].n > 0; i++) {
		struct v_search_kinds k = { .value = rp_search_kinds[i],
			.name = rp_web_msg(req, kinds[i]),
			.selected = rp_text_eq(rp_search_kinds[i], a->q.kind) };

		rp_vec_push(req->arena, &v->kinds, k);
	}
	for (const rp_text *t = rp_lang_common; t->p != NULL; t++) {
		struct v_search_languages l = {
			.value = *t,
			.name = rp_locale_language(req->reader.locale,
			    req->arena, *t),
			.selected = rp_text_eq(*t, a->q.lang),
		};

		rp_vec_push(req->arena, &v->languages, l);
	}
}

static struct rp_err *
add_pager(const struct rp_request *req, const struct asked *a,
    const struct rp_search_page *page, struct v_pager *v)
{
	if (page->previous == 0 && page->next == 0)
		return NULL;
	RP_TRY(link_to(req, a, NULL, 0, &v->first_url));
	if (page->previous != 0)
		RP_TRY(
		    link_to(req, a, "after", page->previous, &v->previous_url));
	if (page->next != 0)
		RP_TRY(link_to(req, a, "before", page->next, &v->next_url));
	return NULL;
}

struct rp_err *
rp_web_search(const struct rp_request *req, struct rp_response *out)
{
	struct rp_frame f = { .title = rp_web_msg(req, M_search_title) };
	struct rp_search_page page;
	struct v_search v = { 0 };
	struct asked a = { 0 };
	rp_html content;

	RP_TRY(read_query(req, &a));
	RP_TRY(rp_search_find(req->who, req->tx, &a.q, &page));
	v.action =
	    rp_urlf(req->arena, "/%s/search", rp_lang_tag(req->reader.lang).p);
	v.q = a.q.words;
	v.searched = page.asked;
	v.count = page.count;
	v.more_than = page.more_than;
	for (size_t i = 0; i < page.hits.n; i++)
		add_hit(req, &page.hits.v[i], &v);
	add_choices(req, &a, &v);
	RP_TRY(add_pager(req, &a, &page, &v.pager));
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, search, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static void
put(struct rp_json_writer *w, const char *key, rp_text value)
{
	rp_json_key(w, rp_text_z(key));
	rp_json_put_text(w, value);
}

static void
put_hit(const struct rp_request *req, struct rp_json_writer *w,
    const struct rp_search_hit *h)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	bool response = h->kind == RP_FOUND_RESPONSE;

	rp_json_object_begin(w);
	put(w, "kind", rp_search_kind_name(h->kind));
	put(w, "url",
	    rp_textf(req->arena, "%.*s%s", RP_FMT(o->public_url),
		address(req, h).p));
	put(w, "group", h->group_slug);
	rp_json_key(w, RP_TEXT("consultation"));
	rp_json_put_i64(w, h->consultation);
	if (response) {
		rp_json_key(w, RP_TEXT("number"));
		rp_json_put_i64(w, h->number);
	}
	put(w, "title", h->title);
	put(w, "language", h->lang);
	put(w, "at", rp_web_iso(req, h->at));
	put(w, "excerpt", h->excerpt);
	rp_json_object_end(w);
}

static struct rp_err *
put_next(const struct rp_request *req, struct rp_json_writer *w,
    const struct asked *a, int64_t next)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	struct rp_web_query to;
	rp_url url;

	rp_json_key(w, RP_TEXT("next"));
	if (next == 0) {
		rp_json_put_null(w);
		return NULL;
	}
	rp_web_query_begin(&to, req->arena,
	    rp_urlf(req->arena, "%s/%s/search.json", o->public_url.p,
		rp_lang_tag(a->q.reader).p));
	rp_web_query_add(&to, "q", a->q.words);
	rp_web_query_add(&to, "group", a->group);
	rp_web_query_add(&to, "lang", a->q.lang);
	rp_web_query_add(&to, "kind", a->q.kind);
	rp_web_query_add_i64(&to, "before", next);
	RP_TRY(rp_web_query_end(&to, &url));
	rp_json_put_text(w, rp_text_z(url.p));
	return NULL;
}

struct rp_err *
rp_web_search_json(const struct rp_request *req, struct rp_response *out)
{
	struct rp_search_page page;
	struct asked a = { 0 };
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;

	RP_TRY(read_query(req, &a));
	RP_TRY(rp_search_find(req->who, req->tx, &a.q, &page));
	rp_buf_init(&b, req->arena, JSON_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	rp_json_key(&w, RP_TEXT("count"));
	rp_json_put_i64(&w, page.count);
	rp_json_key(&w, RP_TEXT("more_than"));
	rp_json_put_bool(&w, page.more_than);
	RP_TRY(put_next(req, &w, &a, page.next));
	rp_json_key(&w, RP_TEXT("results"));
	rp_json_array_begin(&w);
	for (size_t i = 0; i < page.hits.n; i++)
		put_hit(req, &w, &page.hits.v[i]);
	rp_json_array_end(&w);
	rp_json_object_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	out->type = "application/json";
	out->fresh_ms = FRESH;
	return rp_buf_bytes(&b, &out->body);
}
