/* document_comparison - two revisions of a document, and what changed. */
#include "domain/document_comparison.h"

#include "base/err.h"
#include "domain/document_part.h"
#include "render/t_document_comparison.h"
#include "text/format.h"
#include "web/file.h"
#include "web/meeting.h"
#include "web/registry_text.h"

#define FRESH ((int64_t)60 * 1000)

struct shown {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_meeting_document d, of; /* `of`: what it is a part of */
	struct rp_document_pair pair;
	struct rp_document_comparison c;
};

/* "0-1-en": revisions, and their language; "of-0-en": of a part. */
static struct rp_err *
find_pair(const struct rp_request *req, struct shown *s)
{
	struct rp_document_pairs all = { 0 };

	rp_document_pairs(req->arena, &s->d,
	    s->d.parent_id != 0 ? &s->of : NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		if (!rp_text_eq(req->params.name,
			rp_web_document_pair(req, &all.v[i])))
			continue;
		s->pair = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no such revisions");
}

static struct rp_err *
find(const struct rp_request *req, struct shown *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*s = (struct shown){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, s->g.id, req->params.n, &s->m));
	RP_TRY(rp_document_part_get(req->who, req->tx, &s->m, req->params.k,
	    req->params.part, lang, &s->d));
	if (s->d.parent_id != 0)
		RP_TRY(rp_meeting_document_get(req->who, req->tx, &s->m,
		    req->params.k, lang, &s->of));
	RP_TRY(find_pair(req, s));
	return rp_document_comparison_get(req->who, req->tx, &s->pair, &s->c);
}

rp_text
rp_web_document_pair(const struct rp_request *req,
    const struct rp_document_pair *pair)
{
	if (pair->is_of_whole)
		return rp_textf(req->arena, "of-%lld-%.*s",
		    (long long)pair->now->revision, RP_FMT(pair->now->lang));
	return rp_textf(req->arena, "%lld-%lld-%.*s",
	    (long long)pair->old->revision, (long long)pair->now->revision,
	    RP_FMT(pair->now->lang));
}

static rp_text
symbol_of(const struct rp_request *req, const struct shown *s, bool old)
{
	struct rp_meeting_document d =
	    old && s->pair.is_of_whole ? s->of : s->d;

	d.revision = old ? s->pair.old->revision : s->pair.now->revision;
	return rp_meeting_document_symbol(req->arena, &s->m, &d);
}

static struct rp_err *
add_text(const struct rp_request *req, const struct shown *s,
    struct v_document_comparison *v)
{
	const struct rp_registry_html what = { .blob_id = s->c.text_blob_id,
		.lang = s->pair.now->lang,
		.view = v->is_side ? RP_HTML_DOC_SIDE : RP_HTML_DOC_BARS,
		.original =
		    rp_web_document_url(req, &s->g, &s->m, &s->d, s->pair.now),
		.margins = true };

	if (s->c.tracked_blob_id != 0)
		v->docx_url = RP_URL("changes.docx");
	return rp_registry_html(req, &what, NULL, &v->text, &v->is_long);
}

struct rp_err *
rp_web_document_comparison(const struct rp_request *req,
    struct rp_response *out)
{
	struct v_document_comparison v = { 0 };
	struct shown s;
	struct rp_frame f = { .group = &s.g };
	rp_text view = RP_TEXT("");
	rp_html content;

	RP_TRY(find(req, &s));
	RP_TRY(rp_form_line(req, &req->query, "view", 20, &view));
	v.meeting_url = rp_web_meeting_url(req, &s.g, &s.m, "");
	v.meeting_name = rp_web_meeting_name(req, &s.m);
	v.document_url = rp_web_document_page(req, &s.g, &s.m, &s.d);
	v.symbol = rp_meeting_document_symbol(req->arena, &s.m, &s.d);
	v.old_symbol = symbol_of(req, &s, true);
	v.new_symbol = symbol_of(req, &s, false);
	v.language = rp_locale_language(req->reader.locale, req->arena,
	    s.pair.now->lang);
	v.is_waiting = rp_text_eq(s.c.state, RP_TEXT("waiting"));
	v.is_failed = rp_text_eq(s.c.state, RP_TEXT("failed"));
	v.is_side = rp_text_eq(view, RP_TEXT("side"));
	v.is_inline = !v.is_side;
	v.inline_url = RP_URL("./");
	v.side_url = RP_URL("?view=side");
	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	else if (!v.is_failed)
		RP_TRY(add_text(req, &s, &v));
	out->fresh_ms = v.is_waiting ? 0 : FRESH;
	f.title = rp_textf(req->arena, "%.*s → %.*s", RP_FMT(v.old_symbol),
	    RP_FMT(v.new_symbol));
	f.wide = v.is_side;
	RP_TRY(rp_web_render(req, document_comparison, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_document_changes(const struct rp_request *req, struct rp_response *out)
{
	struct shown s;

	RP_TRY(find(req, &s));
	if (!rp_text_eq(s.c.state, RP_TEXT("made")) || s.c.tracked_blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "no Word document");
	return rp_web_file(req, s.c.tracked_blob_id,
	    rp_textf(req->arena, "%.*s-%lld-%lld-%.*s%s%.*s.docx",
		RP_FMT(s.m.series), (long long)s.m.ordinal,
		(long long)s.d.number, RP_FMT(req->params.part),
		req->params.part.n > 0 ? "-" : "", RP_FMT(req->params.name)),
	    RP_TEXT("docx"), out);
}
