/*
 * api_registry - instruments, versions and comparisons as JSON.
 *
 * A version's provisions are the blocks of its text, counted from 1 as the
 * anchors of its page are. The edit script of a comparison has its own
 * address, which is its page's.
 */
#include "web/api.h"
#include "web/registry.h"

/* As in api_public.c: only what names its language may be kept. */
static void
keep(const struct rp_request *req, struct rp_response *out)
{
	if (rp_form_has(&req->query, "lang"))
		out->fresh_ms = RP_REGISTRY_FRESH;
}

static void
put_instrument(struct rp_api *api, const struct rp_group *g,
    const struct rp_instrument *i)
{
	rp_api_text(api, "group", g->slug);
	rp_api_text(api, "name", i->slug);
	rp_api_text(api, "kind", i->kind);
	rp_api_text(api, "number", i->number);
	rp_api_wording(api, "title", &i->title);
	rp_api_url(api, "page", rp_web_instrument_url(api->req, g, i, ""));
}

static rp_url
version_url(struct rp_api *api, const struct rp_shelf *s, int64_t number)
{
	return rp_web_quoted_url(api->req, s->g.slug, s->i.slug, number);
}

static void
put_version(struct rp_api *api, const struct rp_shelf *s,
    const struct rp_version *v)
{
	rp_api_i64(api, "number", v->number);
	rp_api_text(api, "name", v->name);
	rp_api_text(api, "state", v->state);
	rp_api_text(api, "lang", v->lang);
	rp_api_text(api, "dated", v->dated);
	rp_api_bool(api, "separated", v->flattened_id != 0);
	rp_api_url(api, "page", version_url(api, s, v->number));
}

struct rp_err *
rp_web_api_instruments(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_instruments all;
	struct rp_group g;
	struct rp_api api;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_instrument_list(req->who, req->tx, g.id, lang, &all));
	rp_api_begin(&api, req);
	rp_api_key(&api, "instruments");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < all.n; i++) {
		rp_json_object_begin(&api.w);
		put_instrument(&api, &g, &all.v[i]);
		rp_api_i64(&api, "versions", all.v[i].versions);
		rp_json_object_end(&api.w);
	}
	rp_json_array_end(&api.w);
	keep(req, out);
	return rp_api_end(&api, out);
}

struct rp_err *
rp_web_api_instrument(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_versions all;
	struct rp_api api;

	RP_TRY(rp_shelf_find(req, &s));
	RP_TRY(rp_version_list(req->who, req->tx, s.i.id, &all));
	rp_api_begin(&api, req);
	put_instrument(&api, &s.g, &s.i);
	rp_api_key(&api, "versions");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].text_blob_id == 0 || all.v[i].withdrawn_at != 0)
			continue;
		rp_json_object_begin(&api.w);
		put_version(&api, &s, &all.v[i]);
		rp_json_object_end(&api.w);
	}
	rp_json_array_end(&api.w);
	keep(req, out);
	return rp_api_end(&api, out);
}

static void
put_steps(struct rp_api *api, const struct rp_version_steps *all)
{
	rp_api_key(api, "history");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < all->n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_text(api, "state", all->v[i].state);
		rp_api_time(api, "at", all->v[i].at);
		rp_api_text(api, "place", all->v[i].place);
		rp_api_text(api, "why", all->v[i].why);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_cited(struct rp_api *api, const struct rp_citeds *all)
{
	static const char *const states[] = {
		[RP_CITED_ELSEWHERE] = "elsewhere",
		[RP_CITED_ANY] = "any",
		[RP_CITED_CURRENT] = "current",
		[RP_CITED_OLDER] = "older",
	};

	rp_api_key(api, "references");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_cited *c = &all->v[i];

		rp_json_object_begin(&api->w);
		rp_api_i64(api, "provision", c->at + 1);
		rp_api_text(api, "quoted", c->quoted);
		rp_api_text(api, "kind", c->kind);
		rp_api_text(api, "number", c->number);
		rp_api_text(api, "version", c->name);
		rp_api_text(api, "state", rp_text_z(states[c->state]));
		rp_api_text(api, "newest", c->now_name);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static struct rp_err *
put_whole(struct rp_api *api, const struct rp_request *req,
    const struct rp_shelf *s)
{
	struct rp_version_steps steps;
	struct rp_document *d;
	struct rp_citeds cited;

	RP_TRY(rp_version_steps(req->who, req->tx, &s->now, &steps));
	RP_TRY(rp_version_cited(req->who, req->tx, &s->now, &cited));
	RP_TRY(
	    rp_shelf_text(req, s->now.text_blob_id, RP_REGISTRY_TEXT_MAX, &d));
	rp_api_key(api, "instrument");
	rp_json_object_begin(&api->w);
	put_instrument(api, &s->g, &s->i);
	rp_json_object_end(&api->w);
	put_version(api, s, &s->now);
	put_steps(api, &steps);
	put_cited(api, &cited);
	rp_shelf_put_text(req, &api->w, d);
	return NULL;
}

struct rp_err *
rp_web_api_version(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_api api;

	RP_TRY(rp_shelf_version(req, &s));
	rp_api_begin(&api, req);
	RP_TRY(put_whole(&api, req, &s));
	keep(req, out);
	return rp_api_end(&api, out);
}

/* The same beside the page, as a file to take. */
struct rp_err *
rp_web_version_json(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_api api;

	RP_TRY(rp_shelf_version(req, &s));
	rp_api_begin(&api, req);
	RP_TRY(put_whole(&api, req, &s));
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(rp_shelf_file_name(req, &s, "json"))));
	return rp_api_end(&api, out);
}

static void
put_counts(struct rp_api *api, const struct rp_comparison *c)
{
	const struct {
		const char *name;
		int64_t n;
	} counts[] = {
		{ "NOC", c->unchanged },
		{ "MOD", c->modified },
		{ "(MOD)", c->editorial },
		{ "ADD", c->added },
		{ "SUP", c->suppressed },
		{ "moved", c->moved },
		{ "renumbered", c->renumbered },
	};

	rp_api_key(api, "counts");
	rp_json_object_begin(&api->w);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		rp_api_i64(api, counts[i].name, counts[i].n);
	rp_json_object_end(&api->w);
}

static void
put_references(struct rp_api *api, const struct rp_self_references *all)
{
	rp_api_key(api, "references");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < all->n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "provision", all->v[i].at + 1);
		rp_api_text(api, "quoted", all->v[i].quoted);
		rp_api_text(api, "label", all->v[i].label);
		rp_api_text(api, "state", all->v[i].state);
		rp_api_bool(api, "doubtful", all->v[i].doubtful);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

struct rp_err *
rp_web_api_comparison(const struct rp_request *req, struct rp_response *out)
{
	struct rp_self_references refs;
	struct rp_shelf s = { 0 };
	struct rp_comparison c;
	struct rp_api api;
	rp_text page;

	RP_TRY(rp_shelf_pair(req, &s, &c));
	RP_TRY(rp_comparison_references(req->who, req->tx, &c, &refs));
	page = rp_textf(req->arena, "compare/%lld/%lld/",
	    (long long)s.old.number, (long long)s.now.number);
	rp_api_begin(&api, req);
	rp_api_text(&api, "state", c.state);
	rp_api_key(&api, "old");
	rp_json_object_begin(&api.w);
	put_version(&api, &s, &s.old);
	rp_json_object_end(&api.w);
	rp_api_key(&api, "new");
	rp_json_object_begin(&api.w);
	put_version(&api, &s, &s.now);
	rp_json_object_end(&api.w);
	put_counts(&api, &c);
	put_references(&api, &refs);
	rp_api_url(&api, "page",
	    rp_web_instrument_url(req, &s.g, &s.i, page.p));
	rp_api_url(&api, "script",
	    rp_web_instrument_url(req, &s.g, &s.i,
		rp_textf(req->arena, "%.*schanges.json", RP_FMT(page)).p));
	return rp_api_end(&api, out);
}
