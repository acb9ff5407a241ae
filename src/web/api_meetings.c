/* api_meetings - meetings and their documents as JSON. */
#include "domain/document_languages.h"
#include "domain/document_part.h"
#include "text/zone.h"
#include "web/api.h"
#include "web/meeting.h"

static void
put_date(struct rp_api *api, const char *key, const struct rp_meeting *m,
    rp_text local, int64_t at)
{
	rp_api_key(api, key);
	rp_json_object_begin(&api->w);
	rp_api_text(api, "local", local);
	rp_api_text(api, "zone", m->zone);
	rp_api_time(api, "instant", at);
	rp_json_object_end(&api->w);
}

static void
put_meeting(struct rp_api *api, const struct rp_group *g,
    const struct rp_meeting *m)
{
	rp_api_text(api, "group", g->slug);
	rp_api_text(api, "series", m->series);
	rp_api_i64(api, "ordinal", m->ordinal);
	put_date(api, "opens", m, m->opens_local, m->opens_at);
	put_date(api, "closes", m, m->closes_local, m->closes_at);
	rp_api_text(api, "place", m->place);
	rp_api_text(api, "mode", m->mode);
	rp_api_url(api, "page", rp_web_meeting_url(api->req, g, m, ""));
}

static void
put_sources(struct rp_api *api, const struct rp_meeting_document *d)
{
	rp_api_key(api, "sources");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < d->names.n; i++)
		rp_json_put_text(&api->w, d->names.v[i].name);
	rp_json_array_end(&api->w);
}

static rp_url
document_page(struct rp_api *api, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	return rp_web_document_page(api->req, g, m, d);
}

static void
put_document(struct rp_api *api, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	rp_api_text(api, "symbol",
	    rp_meeting_document_symbol(api->req->arena, m, d));
	rp_api_i64(api, "number", d->number);
	rp_api_i64(api, "addendum", d->addendum);
	rp_api_i64(api, "corrigendum", d->corrigendum);
	if (d->only_lang.n > 0)
		rp_api_text(api, "only_lang", d->only_lang);
	if (d->merged_into != 0)
		rp_api_i64(api, "merged_into", d->merged_into);
	rp_api_i64(api, "revision", d->revision);
	rp_api_wording(api, "title", &d->title);
	rp_api_text(api, "kind", d->kind);
	rp_api_bool(api, "for_action", d->is_for_action);
	rp_api_text(api, "state", d->state);
	rp_api_text(api, "access", d->access);
	rp_api_time(api, "received_at", d->received_at);
	rp_api_time(api, "posted_at", d->posted_at);
	rp_api_text(api, "posting", rp_posting_name(d->posting));
	rp_api_bool(api, "admitted", d->admitted_at != 0);
	put_sources(api, d);
	rp_api_url(api, "page", document_page(api, g, m, d));
}

struct rp_err *
rp_web_api_meetings(const struct rp_request *req, struct rp_response *out)
{
	struct rp_meetings all;
	struct rp_group g;
	struct rp_api api;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_meeting_list(req->who, req->tx, g.id, &all));
	rp_api_begin(&api, req);
	rp_api_key(&api, "meetings");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < all.n; i++) {
		rp_json_object_begin(&api.w);
		put_meeting(&api, &g, &all.v[i]);
		rp_json_object_end(&api.w);
	}
	rp_json_array_end(&api.w);
	return rp_api_end(&api, out);
}

static struct rp_err *
find(const struct rp_request *req, struct rp_group *g, struct rp_meeting *m)
{
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), g));
	return rp_meeting_get(req->who, req->tx, g->id, req->params.n, m);
}

struct rp_err *
rp_web_api_meeting(const struct rp_request *req, struct rp_response *out)
{
	struct rp_meeting_documents all;
	struct rp_meeting m;
	struct rp_group g;
	struct rp_api api;

	RP_TRY(find(req, &g, &m));
	RP_TRY(rp_meeting_document_list(req->who, req->tx, &m,
	    rp_lang_tag(req->reader.lang), &all));
	rp_api_begin(&api, req);
	put_meeting(&api, &g, &m);
	rp_api_key(&api, "documents");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < all.n; i++) {
		rp_json_object_begin(&api.w);
		put_document(&api, &g, &m, &all.v[i]);
		rp_json_object_end(&api.w);
		for (size_t k = 0; k < all.v[i].parts.n; k++) {
			rp_json_object_begin(&api.w);
			put_document(&api, &g, &m, &all.v[i].parts.v[k]);
			rp_json_object_end(&api.w);
		}
	}
	rp_json_array_end(&api.w);
	return rp_api_end(&api, out);
}

static void
put_files(struct rp_api *api, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	rp_api_key(api, "files");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *f = &d->files.v[i];

		rp_json_object_begin(&api->w);
		rp_api_i64(api, "revision", f->revision);
		rp_api_text(api, "lang", f->lang);
		rp_api_text(api, "status", f->status);
		rp_api_text(api, "kind", f->file_kind);
		rp_api_bool(api, "aligned", rp_document_is_aligned(d, f));
		rp_api_bool(api, "pdf", f->pdf_blob_id != 0);
		rp_api_bool(api, "docx", f->docx_blob_id != 0);
		rp_api_url(api, "url",
		    rp_web_document_url(api->req, g, m, d, f));
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_missing(struct rp_api *api, const struct rp_meeting_document *d)
{
	unsigned missing = rp_document_missing(d);

	rp_api_key(api, "missing");
	rp_json_array_begin(&api->w);
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		if ((missing & (1U << l)) != 0)
			rp_json_put_text(&api->w, rp_lang_tag((enum rp_lang)l));
	}
	rp_json_array_end(&api->w);
}

struct rp_err *
rp_web_api_document(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_meeting_document d;
	struct rp_document_words w;
	struct rp_meeting m;
	struct rp_group g;
	struct rp_api api;

	RP_TRY(find(req, &g, &m));
	RP_TRY(rp_document_part_get(req->who, req->tx, &m, req->params.k,
	    req->params.part, lang, &d));
	RP_TRY(rp_meeting_document_words(req->who, req->tx, &d, lang, &w));
	rp_api_begin(&api, req);
	put_document(&api, &g, &m, &d);
	rp_api_wording(&api, "purpose", &w.purpose);
	rp_api_wording(&api, "action", &w.action);
	rp_api_wording(&api, "summary", &w.summary);
	rp_api_wording(&api, "references", &w.refs);
	put_files(&api, &g, &m, &d);
	put_missing(&api, &d);
	rp_access_add(req->who, req->arena, &m, &d, NULL, RP_ACCESS_API,
	    &out->opened);
	return rp_api_end(&api, out);
}
