#include "base/err.h"
#include "domain/catalog.h"
#include "domain/response.h"
#include "render/t_responses.h"
#include "text/country.h"
#include "text/format.h"
#include "text/markup.h"
#include "web/page.h"
#include "web/query.h"
#include "web/server.h"

#define FRESH ((int64_t)30 * 1000)

/* Octets: fifty of them leave the page in its first packets. */
#define EXCERPT ((size_t)140)

/* As many as fit on one page, for printing and for searching in it. */
#define ALL_MAX 500

struct asked {
	struct rp_catalog_filter filter;
	bool print, all;
	rp_url base;
};

static struct rp_err *
read_query(const struct rp_request *req, struct asked *q)
{
	struct rp_catalog_filter *f = &q->filter;
	rp_text sort, after, before;

	f->reader = req->reader.lang;
	RP_TRY(rp_form_line(req, &req->query, "category", 40, &f->category));
	RP_TRY(rp_form_line(req, &req->query, "country", 2, &f->country));
	RP_TRY(
	    rp_form_line(req, &req->query, "lang", RP_LANG_TAG_MAX, &f->lang));
	RP_TRY(rp_form_line(req, &req->query, "q", RP_CATALOG_WORDS_MAX,
	    &f->words));
	RP_TRY(rp_form_line(req, &req->query, "sort", 20, &sort));
	RP_TRY(rp_form_line(req, &req->query, "after", RP_CATALOG_CURSOR_MAX,
	    &after));
	RP_TRY(rp_form_line(req, &req->query, "before", RP_CATALOG_CURSOR_MAX,
	    &before));
	if (sort.n > 0 && !rp_catalog_sort_from(sort, &f->sort))
		return rp_fail(RP_E_INVALID, "no such order");
	f->back = before.n > 0;
	f->cursor = f->back ? before : after;
	q->print = rp_form_has(&req->query, "print");
	q->all = rp_form_has(&req->query, "all");
	if (q->print || q->all)
		f->max = ALL_MAX;
	return NULL;
}

/* The list with these filters, at another place or in another dress. */
static struct rp_err *
link_to(const struct rp_request *req, const struct asked *q, const char *name,
    rp_text value, rp_url *out)
{
	const struct rp_catalog_filter *f = &q->filter;
	struct rp_web_query to;

	rp_web_query_begin(&to, req->arena, q->base);
	rp_web_query_add(&to, "q", f->words);
	rp_web_query_add(&to, "category", f->category);
	rp_web_query_add(&to, "country", f->country);
	rp_web_query_add(&to, "lang", f->lang);
	if (f->sort != RP_SORT_NEWEST)
		rp_web_query_add(&to, "sort", rp_catalog_sort_name(f->sort));
	if (name != NULL)
		rp_web_query_add(&to, name, value);
	return rp_web_query_end(&to, out);
}

static void
add_categories(const struct rp_request *req, const struct asked *q,
    struct v_responses *v)
{
	for (const rp_text *c = rp_categories; c->p != NULL; c++) {
		struct v_responses_categories one = {
			.value = *c,
			.label = rp_msg_category(*c),
			.selected = rp_text_eq(*c, q->filter.category),
		};

		rp_vec_push(req->arena, &v->categories, one);
	}
}

static void
add_sorts(const struct rp_request *req, const struct asked *q,
    struct v_responses *v)
{
	static const enum rp_msg labels[RP_SORT_COUNT] = {
		[RP_SORT_NEWEST] = M_list_sort_received,
		[RP_SORT_OLDEST] = M_list_sort_received_first,
		[RP_SORT_SOURCE] = M_list_sort_source,
		[RP_SORT_COUNTRY] = M_list_sort_country,
		[RP_SORT_CATEGORY] = M_list_sort_category,
	};

	for (int i = 0; i < RP_SORT_COUNT; i++) {
		struct v_responses_sorts one = {
			.value = rp_catalog_sort_name((enum rp_catalog_sort)i),
			.label = labels[i],
			.selected = (int)q->filter.sort == i,
		};

		rp_vec_push(req->arena, &v->sorts, one);
	}
}

/* Countries that occur, in the reader's order. */
static void
add_countries(const struct rp_request *req, const struct rp_web_facts *facts,
    const struct asked *q, struct v_responses *v)
{
	const struct rp_countries *names = req->who->env->countries;
	const struct rp_country *const *order;
	const struct rp_catalog_values *all = &facts->countries;
	const struct rp_country *first, *found;
	bool *occurs;
	size_t n;

	first = rp_country_list(&n);
	occurs = rp_new_n(req->arena, bool, n);
	for (size_t i = 0; i < all->n; i++) {
		found = rp_country_find(all->v[i].value);
		if (found != NULL)
			occurs[found - first] = true;
	}
	order = rp_countries_sorted(names, req->reader.lang, &n);
	for (size_t i = 0; i < n; i++) {
		struct v_responses_countries one = {
			.value = order[i]->code,
			.name =
			    rp_country_name(names, req->reader.lang, order[i]),
			.selected =
			    rp_text_eq(order[i]->code, q->filter.country),
		};

		if (one.selected || occurs[order[i] - first])
			rp_vec_push(req->arena, &v->countries, one);
	}
}

static void
add_languages(const struct rp_request *req, const struct rp_web_facts *facts,
    const struct asked *q, struct v_responses *v)
{
	const struct rp_catalog_values *all = &facts->languages;

	for (size_t i = 0; i < all->n; i++) {
		struct v_responses_languages one = {
			.value = all->v[i].value,
			.name = rp_locale_language(req->reader.locale,
			    req->arena, all->v[i].value),
			.selected = rp_text_eq(all->v[i].value, q->filter.lang),
		};

		rp_vec_push(req->arena, &v->languages, one);
	}
}

static void
add_row(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_catalog_row *r, struct v_responses *v)
{
	struct v_row row = {
		.number = r->number,
		.url = rp_urlf(req->arena, "%lld", (long long)r->number),
		.source = r->source,
		.organisation = r->person,
		.category = rp_msg_category(r->category),
		.country = rp_web_country(req, r->country),
		.language =
		    rp_locale_language(req->reader.locale, req->arena, r->lang),
		.lang = r->lang,
		.time = rp_web_date(req, c->zone, r->received_at),
		.iso = rp_web_iso(req, r->received_at),
		.excerpt = rp_markup_shorten(req->arena, r->excerpt, EXCERPT),
		.attachments = r->attachments,
	};

	if (row.source.n == 0)
		row.source = rp_web_msg(req, M_response_without_name);
	rp_vec_push(req->arena, &v->rows, row);
}

static struct rp_err *
add_pager(const struct rp_request *req, const struct asked *q,
    const struct rp_catalog_page *page, struct v_pager *v)
{
	if (page->previous.n == 0 && page->next.n == 0)
		return NULL;
	RP_TRY(link_to(req, q, NULL, RP_TEXT(""), &v->first_url));
	if (page->previous.n > 0)
		RP_TRY(link_to(req, q, "before", page->previous,
		    &v->previous_url));
	if (page->next.n > 0)
		RP_TRY(link_to(req, q, "after", page->next, &v->next_url));
	return NULL;
}

static void
add_addresses(const struct rp_request *req, const struct rp_consultation *c,
    struct v_responses *v)
{
	v->csv_url = rp_web_consultation_url(req, c, "responses.csv");
	v->jsonl_url = rp_web_consultation_url(req, c, "responses.jsonl");
	v->feed_url = rp_web_consultation_url(req, c, "responses.atom");
	v->statistics_url = rp_web_consultation_url(req, c, "statistics");
}

static void
add_filters(const struct rp_request *req, const struct rp_web_facts *facts,
    const struct asked *q, struct v_responses *v)
{
	const struct rp_catalog_filter *f = &q->filter;

	v->q = f->words;
	v->is_filtered =
	    f->words.n + f->category.n + f->country.n + f->lang.n > 0;
	add_categories(req, q, v);
	add_sorts(req, q, v);
	add_countries(req, facts, q, v);
	add_languages(req, facts, q, v);
}

static struct rp_err *
fill(const struct rp_request *req, const struct rp_consultation *c,
    struct asked *q, struct v_responses *v)
{
	struct rp_catalog_page page;
	struct rp_web_facts facts;

	v->consultation_title = c->title.body;
	v->consultation_lang = c->title.lang;
	v->consultation_url = rp_web_consultation_url(req, c, "");
	v->is_open = c->state == RP_CONSULTATION_OPEN;
	v->publication = c->publication == RP_PUBLISH_AS_CHECKED ?
			     M_consultation_publication_as_checked :
			     M_consultation_publication_after_deadline;
	v->action = q->base;
	v->all_url = q->base;
	if (c->state <= RP_CONSULTATION_COMING)
		return rp_fail(RP_E_NOTFOUND, "not open yet");
	/* The empty page says what will appear, and when. */
	if (!rp_consultation_shows_responses(c))
		return NULL;
	RP_TRY(rp_catalog_page(req->who, req->tx, c, &q->filter, &page));
	v->count = page.count;
	v->more_than = page.more_than;
	for (size_t i = 0; i < page.rows.n; i++)
		add_row(req, c, &page.rows.v[i], v);
	RP_TRY(add_pager(req, q, &page, &v->pager));
	RP_TRY(rp_web_facts(req, c, &facts));
	v->withdrawn = facts.withdrawn;
	add_addresses(req, c, v);
	v->is_print = q->print;
	if (page.count > RP_CATALOG_PAGE && page.count <= ALL_MAX && !q->all)
		RP_TRY(link_to(req, q, "all", RP_TEXT("1"), &v->whole_url));
	RP_TRY(link_to(req, q, "print", RP_TEXT("1"), &v->print_url));
	add_filters(req, &facts, q, v);
	return NULL;
}

struct rp_err *
rp_web_responses(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_frame f = { .group = &c.group };
	struct v_responses v = { 0 };
	struct asked q = { 0 };
	rp_html content;

	RP_TRY(rp_web_consultation_load(req, &c));
	RP_TRY(read_query(req, &q));
	q.base = rp_web_consultation_url(req, &c, "responses/");
	RP_TRY(fill(req, &c, &q, &v));
	f.title = rp_web_msg(req, M_consultation_responses);
	f.feed = v.feed_url;
	out->fresh_ms = FRESH;
	if (c.deadline_at > req->now && c.deadline_at - req->now < FRESH)
		out->fresh_ms = c.deadline_at - req->now;
	RP_TRY(rp_web_render(req, responses, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
