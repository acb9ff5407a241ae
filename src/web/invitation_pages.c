/* invitation_pages - the letter of invitation, for everybody and at the desk.
 */
#include "base/err.h"
#include "codec/docx_new.h"
#include "domain/letterhead.h"
#include "render/t_invitation.h"
#include "web/file.h"
#include "web/invitation.h"

#define FILE_MAX ((size_t)4 << 20)
#define FRESH ((int64_t)60 * 1000)

static const rp_text occasion = RP_TEXT_INIT("invitation");

struct rp_err *
rp_web_invitation(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_invitation i;
	struct rp_frame f = { .group = &i.g };
	struct v_invitation v = { 0 };
	rp_html content;

	RP_TRY(rp_web_invitation_find(req, &i));
	v = (struct v_invitation){ .meeting_url = RP_URL("./"),
		.meeting_name = rp_web_meeting_name(req, &i.m),
		.title = i.title,
		.number = i.i.number,
		.date = i.date,
		.salutation = i.salutation,
		.text = i.text,
		.opens = i.opens,
		.closes = i.closes,
		.place = i.m.place,
		.mode = i.mode,
		.chair = i.chair,
		.registering = i.registering,
		.registration = i.registration,
		.accessibility = i.accessibility,
		.closing = i.closing,
		.signature = i.i.signature };
	for (size_t k = 0; k < i.parts.n; k++)
		rp_vec_push(req->arena, &v.parts,
		    ((struct v_invitation_parts){ i.parts.v[k] }));
	for (size_t k = 0; k < i.deadlines.n; k++)
		rp_vec_push(req->arena, &v.deadlines,
		    ((struct v_invitation_deadlines){ i.deadlines.v[k] }));
	f.title = i.title;
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, invitation, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static rp_text
file_name(const struct rp_request *req, const struct rp_web_invitation *i,
    const char *kind)
{
	return rp_textf(req->arena, "invitation-%.*s-%lld-%s.%s",
	    RP_FMT(i->m.series), (long long)i->m.ordinal,
	    rp_lang_tag(req->reader.lang).p, kind);
}

/* The letter in this language that was made of the letterhead, if it was since
 * the invitation was issued last; 0. */
static struct rp_err *
made(const struct rp_request *req, const struct rp_web_invitation *i,
    int64_t *out)
{
	struct rp_letters all;

	*out = 0;
	RP_TRY(rp_letter_list(req->who, req->tx, i->g.id, occasion, i->m.id,
	    &all));
	for (size_t k = 0; k < all.n; k++) {
		if (rp_text_eq(all.v[k].lang, rp_lang_tag(req->reader.lang)) &&
		    all.v[k].asked_at >= i->i.issued_at)
			*out = all.v[k].blob_id;
	}
	return NULL;
}

struct rp_err *
rp_web_invitation_docx(const struct rp_request *req, struct rp_response *out)
{
	const struct rp_docx_new how = { .max = FILE_MAX };
	struct rp_web_invitation i;
	struct rp_document *d;
	int64_t blob_id;

	RP_TRY(rp_web_invitation_find(req, &i));
	RP_TRY(made(req, &i, &blob_id));
	if (blob_id != 0)
		return rp_web_file(req, blob_id, file_name(req, &i, "docx"),
		    RP_TEXT("docx"), out);
	RP_TRY(rp_web_invitation_document(req, &i, &d));
	RP_TRY(rp_docx_new(req->arena, d, &how, &out->body));
	out->type = "application/vnd.openxmlformats-officedocument."
		    "wordprocessingml.document";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(file_name(req, &i, "docx"))));
	return NULL;
}

struct rp_err *
rp_web_invitation_pdf(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_invitation i;
	struct rp_document *d;

	RP_TRY(rp_web_invitation_find(req, &i));
	RP_TRY(rp_web_invitation_document(req, &i, &d));
	return rp_web_pdf(req, d, 0, i.i.number, file_name(req, &i, "pdf"),
	    out);
}
