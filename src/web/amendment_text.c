/*
 * amendment_text - texts with revisions, shown and sent.
 *
 * They are stored as Akoma Ntoso, made by a parse process, and read here within
 * the limits of registry.h.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/akn.h"
#include "codec/html_doc.h"
#include "codec/markdown.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "domain/registry.h"
#include "web/amendments.h"
#include "web/registry.h"
#include "web/registry_text.h"

/* What is made from a text: its tags, and what a fault would make of it. */
#define MADE_MAX (4 * RP_REGISTRY_TEXT_MAX)

static struct rp_err *
load(const struct rp_request *req, int64_t blob_id, rp_text lang, size_t max,
    struct rp_document **out)
{
	rp_bytes octets;

	RP_TRY(rp_registry_octets(req->who, req->tx, blob_id, max, &octets));
	RP_TRY(rp_akn_read(req->arena, octets, out));
	(*out)->lang = lang;
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, int64_t blob_id, rp_text lang,
    rp_url original, rp_html *out)
{
	const struct rp_html_doc_texts words = rp_registry_texts(req);
	const struct rp_html_doc_options o = { .view = RP_HTML_DOC_BARS,
		.texts = &words,
		.original = original,
		.anchors = true };
	struct rp_document *d;
	struct rp_sink sink;
	struct rp_buf b;
	rp_bytes octets;

	RP_TRY(load(req, blob_id, lang, RP_REGISTRY_PAGE_MAX, &d));
	rp_buf_init(&b, req->arena, MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_html_doc_write(&sink, d, &o);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	*out = (rp_html){ (const char *)octets.p, octets.n };
	return NULL;
}

struct rp_err *
rp_web_amendment_html(const struct rp_request *req, int64_t blob_id,
    rp_text lang, rp_url original, rp_html *out, bool *out_long)
{
	struct rp_err *e = show(req, blob_id, lang, original, out);

	*out_long = e != NULL && rp_err_code(e) == RP_E_LIMIT;
	if (!*out_long)
		return e;
	rp_err_free(e);
	*out = RP_HTML("");
	return NULL;
}

static void
write_as(const struct rp_request *req, const struct rp_web_amending *s,
    const struct rp_document *d, const char *format, struct rp_sink *sink)
{
	const struct rp_plain_doc_options bars = { .bars = true };
	const struct rp_html_doc_texts words = rp_registry_texts(req);
	const struct rp_html_doc_options page = { .view = RP_HTML_DOC_BARS,
		.texts = &words,
		.complete = true };
	const struct rp_akn_meta meta = { .date = s->a.dated,
		.version = s->a.dated,
		.country = s->g.body_slug,
		.number = s->i.number };

	switch (format[0]) {
	case 'm':
		rp_markdown_write(sink, d);
		return;
	case 't':
		rp_plain_doc_write(sink, d, &bars);
		return;
	case 'h':
		rp_html_doc_write(sink, d, &page);
		return;
	default:
		rp_akn_write(sink, d, &meta);
	}
}

rp_text
rp_web_amending_file(const struct rp_request *req,
    const struct rp_web_amending *s, const char *end)
{
	return rp_textf(req->arena, "%.*s-%.*s-amendments.%s",
	    RP_FMT(s->i.slug), RP_FMT(s->a.dated), end);
}

struct rp_err *
rp_web_amendment_download(const struct rp_request *req,
    const struct rp_web_amending *s, int64_t blob_id, const char *format,
    struct rp_response *out)
{
	static const struct {
		const char *format, *type;
	} types[] = {
		{ "md", "text/markdown; charset=utf-8" },
		{ "txt", "text/plain; charset=utf-8" },
		{ "html", "text/html; charset=utf-8" },
		{ "xml", "application/xml; charset=utf-8" },
	};
	struct rp_document *d;
	struct rp_sink sink;
	struct rp_buf b;

	if (blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "not made");
	RP_TRY(load(req, blob_id, s->a.lang, RP_REGISTRY_TEXT_MAX, &d));
	rp_buf_init(&b, req->arena, MADE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	write_as(req, s, d, format, &sink);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &out->body));
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].format, format) == 0)
			out->type = types[i].type;
	out->no_store = true;
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(rp_web_amending_file(req, s, format))));
	return NULL;
}
