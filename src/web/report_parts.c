#include "web/report_parts.h"

#include "base/err.h"

const struct rp_web_report_format rp_web_report_formats[6] = {
	{ "docx", RP_TEXT_INIT("DOCX") },
	{ "pdf", RP_TEXT_INIT("PDF") },
	{ "html", RP_TEXT_INIT("HTML") },
	{ "xml", RP_TEXT_INIT("Akoma Ntoso") },
	{ "md", RP_TEXT_INIT("Markdown") },
	{ "txt", RP_TEXT_INIT("TXT") },
};

struct v_chip
rp_web_report_chip(const struct rp_request *req, const struct rp_report *r)
{
	return (
	    struct v_chip){ .kind = r->is_locked ? RP_TEXT("published") :
				    rp_text_eq(r->state, RP_TEXT("comments")) ?
						   RP_TEXT("open") :
						   RP_TEXT("closed"),
		.label = rp_web_msg(req, rp_msg_report_state(r->state)) };
}

struct v_chip
rp_web_comment_chip(const struct rp_request *req, rp_text state)
{
	return (struct v_chip){ .kind = rp_text_eq(state, RP_TEXT("taken")) ?
					    RP_TEXT("published") :
					rp_text_eq(state, RP_TEXT("declined")) ?
					    RP_TEXT("rejected") :
					    RP_TEXT("closed"),
		.label = rp_web_msg(req, rp_msg_comment_state(state)) };
}

rp_text
rp_web_comment_who(const struct rp_request *req,
    const struct rp_report_comment *c)
{
	(void)req;
	return c->party.n > 0 ? c->party : c->source;
}

rp_text
rp_web_comment_place(const struct rp_request *req,
    const struct rp_report_lines *lines, const struct rp_report_comment *c)
{
	for (size_t i = 0; i < lines->n && c->origin.n > 0; i++) {
		const struct rp_report_line *l = &lines->v[i];
		const struct rp_msg_arg on[] = { RP_MSG_TEXT(
		    l->label.n > 0 ? l->label : l->text) };

		if (rp_text_eq(l->origin, c->origin))
			return rp_message(req->arena, &req->reader,
			    M_report_page_on, on, 1);
	}
	return RP_TEXT("");
}

static enum rp_msg
stance_msg(rp_text stance)
{
	return rp_text_eq(stance, RP_TEXT("endorsed")) ?
		   M_report_page_stance_endorsed :
	       rp_text_eq(stance, RP_TEXT("objected")) ?
		   M_report_page_stance_objected :
		   M_report_page_stance_silent;
}

struct rp_err *
rp_web_report_standing(const struct rp_request *req, const struct rp_meeting *m,
    const struct rp_report *r, struct v_report_standing *out)
{
	struct rp_report_standing s;

	*out = (struct v_report_standing){ 0 };
	RP_TRY(rp_report_standing(req->who, req->tx, r,
	    rp_lang_tag(req->reader.lang), &s));
	out->silence = rp_web_time(req, m->zone, r->silence_at);
	out->silence_iso = rp_web_iso(req, r->silence_at);
	out->is_over = s.is_over;
	out->is_endorsed = s.is_endorsed;
	out->endorsed = s.endorsed;
	out->objected = s.objected;
	out->silent = s.silent;
	for (size_t i = 0; i < s.members.n; i++) {
		const struct rp_report_stance *one = &s.members.v[i];
		struct v_report_standing_members row = { .party = one->party,
			.stance = stance_msg(one->stance),
			.kind = rp_text_eq(one->stance, RP_TEXT("objected")) ?
				    RP_TEXT("rejected") :
				rp_text_eq(one->stance, RP_TEXT("endorsed")) ?
				    RP_TEXT("published") :
				    RP_TEXT("closed"),
			.words = one->words };

		rp_vec_push(req->arena, &out->members, row);
	}
	return NULL;
}
