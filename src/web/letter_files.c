/* letter_files - the text of a liaison statement, a recommendation or a
 * referral, as a file. */
#include "base/err.h"
#include "codec/docx_new.h"
#include "document/document.h"
#include "domain/correspondence.h"
#include "pdf/pdf.h"
#include "render/sections.h"
#include "web/action.h"
#include "web/correspondence.h"
#include "web/server.h"

/* "Recommendation – Council – 1 June 2024", and how it ended. */
static rp_text
about(const struct rp_request *req, const struct rp_correspondence *c)
{
	rp_text out = rp_textf(req->arena, "%.*s – %.*s – %.*s – %.*s",
	    RP_FMT(rp_web_msg(req, rp_msg_correspondence_kind(c->kind))),
	    RP_FMT(c->other), RP_FMT(rp_web_day(req, c->dated)),
	    RP_FMT(rp_web_msg(req, rp_msg_correspondence_state(c->state))));

	return c->words.n == 0 ? out :
				 rp_textf(req->arena, "%.*s: %.*s", RP_FMT(out),
				     RP_FMT(c->words));
}

static struct rp_err *
write(const struct rp_request *req, const struct rp_document *d, rp_text name,
    struct rp_response *out)
{
	struct rp_pdf_fonts *fonts = rp_web_options_of(req->web)->fonts;
	const struct rp_docx_new word = { 0 };
	const struct rp_pdf_options pdf = { 0 };

	if (rp_text_eq(name, RP_TEXT("text.docx"))) {
		out->type = "application/vnd.openxmlformats-officedocument."
			    "wordprocessingml.document";
		return rp_docx_new(req->arena, d, &word, &out->body);
	}
	if (!rp_text_eq(name, RP_TEXT("text.pdf")))
		return rp_fail(RP_E_NOTFOUND, "no such file");
	if (fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	out->type = "application/pdf";
	return rp_pdf_write(req->arena, fonts, d, &pdf, &out->body);
}

struct rp_err *
rp_web_letter_file(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang), name = req->params.name;
	struct rp_sections s = { 0 };
	struct rp_section body = { 0 };
	struct rp_correspondence c;
	struct rp_document *d;
	struct rp_group g;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_correspondence_get(req->who, req->tx, g.id, req->params.n,
	    lang, &c));
	s.title = c.title.body;
	s.about = about(req, &c);
	body.words = c.text.body;
	body.words_lang = c.text.lang;
	rp_vec_push(req->arena, &s.all, body);
	RP_TRY(rp_sections_document(req->arena, &req->reader, &s, &d));
	d->lang = c.title.lang;
	RP_TRY(write(req, d, name, out));
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s-%lld-%.*s-%.*s\"",
		RP_FMT(c.kind), (long long)c.number, RP_FMT(c.title.lang),
		RP_FMT(name)));
	return NULL;
}
