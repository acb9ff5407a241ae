/*
 * registry_files - versions and comparisons as files, in all formats.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/akn.h"
#include "codec/docx_new.h"
#include "codec/markdown.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "document/document.h"
#include "text/lang.h"
#include "web/file.h"
#include "web/registry.h"
#include "web/registry_text.h"

enum format { AS_AKN, AS_MARKDOWN, AS_TEXT, AS_HTML };

static const struct {
	const char *end, *type;
} formats[] = {
	[AS_AKN] = { "xml", "application/xml; charset=utf-8" },
	[AS_MARKDOWN] = { "md", "text/markdown; charset=utf-8" },
	[AS_TEXT] = { "txt", "text/plain; charset=utf-8" },
	[AS_HTML] = { "html", "text/html; charset=utf-8" },
};

/* ISO 639-2, as FRBRlanguage has it. */
static rp_text
three_letters(rp_text tag)
{
	static const struct {
		rp_text two, three;
	} of[] = {
		{ RP_TEXT_INIT("ar"), RP_TEXT_INIT("ara") },
		{ RP_TEXT_INIT("zh"), RP_TEXT_INIT("zho") },
		{ RP_TEXT_INIT("en"), RP_TEXT_INIT("eng") },
		{ RP_TEXT_INIT("fr"), RP_TEXT_INIT("fra") },
		{ RP_TEXT_INIT("ru"), RP_TEXT_INIT("rus") },
		{ RP_TEXT_INIT("es"), RP_TEXT_INIT("spa") },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (rp_lang_tag_same_primary(tag, of[i].two))
			return of[i].three;
	return RP_TEXT("");
}

static void
write_akn(const struct rp_request *req, const struct rp_shelf *s,
    const struct rp_document *d, struct rp_sink *sink)
{
	const struct rp_akn_meta meta = {
		.uri = rp_textf(req->arena, "/akn/%.*s/statement/%.*s/%.*s",
		    RP_FMT(s->g.body_slug), RP_FMT(s->now.dated),
		    RP_FMT(s->i.slug)),
		.date = s->now.dated,
		.version = s->now.dated,
		.language = three_letters(s->now.lang),
		.country = s->g.body_slug,
		.number = s->i.number
	};

	rp_akn_write(sink, d, &meta);
}

static void
write_html(const struct rp_request *req, const struct rp_document *d,
    bool compared, struct rp_sink *sink)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options o = { .texts = &texts,
		.view = compared ? RP_HTML_DOC_BARS : RP_HTML_DOC_INLINE,
		.margins = compared,
		.anchors = true,
		.complete = true };

	rp_html_doc_write(sink, d, &o);
}

static void
attach(const struct rp_request *req, const struct rp_shelf *s, const char *end,
    struct rp_response *out)
{
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(rp_shelf_file_name(req, s, end))));
}

static rp_text
title_of(const struct rp_request *req, const struct rp_shelf *s)
{
	rp_text name = rp_web_instrument_name(req, &s->i);

	if (s->old.id == 0)
		return rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(name),
		    RP_FMT(s->now.name));
	return rp_textf(req->arena, "%.*s: %.*s → %.*s", RP_FMT(name),
	    RP_FMT(s->old.name), RP_FMT(s->now.name));
}

static struct rp_err *
load(const struct rp_request *req, const struct rp_shelf *s, int64_t blob_id,
    struct rp_document **out)
{
	if (blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	RP_TRY(rp_shelf_text(req, blob_id, RP_REGISTRY_TEXT_MAX, out));
	(*out)->lang = s->now.lang;
	(*out)->title = title_of(req, s);
	return NULL;
}

static struct rp_err *
download(const struct rp_request *req, const struct rp_shelf *s,
    int64_t blob_id, enum format as, struct rp_response *out)
{
	const struct rp_plain_doc_options marks = { .bars = s->old.id != 0 };
	struct rp_document *d;
	struct rp_sink sink;
	struct rp_buf b;

	RP_TRY(load(req, s, blob_id, &d));
	rp_buf_init(&b, req->arena, RP_REGISTRY_MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	switch (as) {
	case AS_AKN:
		write_akn(req, s, d, &sink);
		break;
	case AS_MARKDOWN:
		rp_markdown_write(&sink, d);
		break;
	case AS_TEXT:
		rp_plain_doc_write(&sink, d, &marks);
		break;
	case AS_HTML:
		write_html(req, d, s->old.id != 0, &sink);
		break;
	}
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &out->body));
	out->type = formats[as].type;
	attach(req, s, formats[as].end, out);
	return NULL;
}

static struct rp_err *
version_as(const struct rp_request *req, enum format as,
    struct rp_response *out)
{
	struct rp_shelf s = { 0 };

	RP_TRY(rp_shelf_version(req, &s));
	return download(req, &s, s.now.text_blob_id, as, out);
}

static struct rp_err *
comparison_as(const struct rp_request *req, enum format as,
    struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_comparison c;

	RP_TRY(rp_shelf_pair(req, &s, &c));
	return download(req, &s, c.text_blob_id, as, out);
}

#define FILES(name, as)                                                       \
	struct rp_err *rp_web_version_##name(const struct rp_request *req,    \
	    struct rp_response *out)                                          \
	{                                                                     \
		return version_as(req, as, out);                              \
	}                                                                     \
	struct rp_err *rp_web_comparison_##name(const struct rp_request *req, \
	    struct rp_response *out)                                          \
	{                                                                     \
		return comparison_as(req, as, out);                           \
	}

FILES(akn, AS_AKN)
FILES(markdown, AS_MARKDOWN)
FILES(text, AS_TEXT)
FILES(html, AS_HTML)

/* As it was uploaded, or where that was no Word document one that is made. */
struct rp_err *
rp_web_version_docx(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_document *d;

	RP_TRY(rp_shelf_version(req, &s));
	if (rp_text_eq(s.now.format, RP_TEXT("docx")))
		return rp_web_file(req, s.now.blob_id,
		    rp_shelf_file_name(req, &s, "docx"), RP_TEXT("docx"), out);
	RP_TRY(load(req, &s, s.now.text_blob_id, &d));
	RP_TRY(rp_docx_new(req->arena, d,
	    &(struct rp_docx_new){ .max = RP_REGISTRY_MADE_MAX }, &out->body));
	out->type = "application/vnd.openxmlformats-officedocument."
		    "wordprocessingml.document";
	attach(req, &s, "docx", out);
	return NULL;
}

struct rp_err *
rp_web_version_original(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	rp_text format;

	RP_TRY(rp_shelf_version(req, &s));
	if (s.now.flattened_id != 0)
		return rp_fail(RP_E_NOTFOUND, "made from another text");
	format = rp_text_eq(s.now.format, RP_TEXT("akn")) ? RP_TEXT("xml") :
							    s.now.format;
	return rp_web_file(req, s.now.blob_id,
	    rp_shelf_file_name(req, &s, format.p), format, out);
}

static struct rp_err *
stored(const struct rp_request *req, const struct rp_shelf *s, int64_t blob_id,
    const char *kind, struct rp_response *out)
{
	if (blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	return rp_web_file(req, blob_id, rp_shelf_file_name(req, s, kind),
	    rp_text_z(kind), out);
}

struct rp_err *
rp_web_comparison_docx(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_comparison c;

	RP_TRY(rp_shelf_pair(req, &s, &c));
	return stored(req, &s, c.tracked_blob_id, "docx", out);
}

struct rp_err *
rp_web_comparison_json(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_comparison c;

	RP_TRY(rp_shelf_pair(req, &s, &c));
	return stored(req, &s, c.script_blob_id, "json", out);
}
