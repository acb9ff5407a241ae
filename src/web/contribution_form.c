/* contribution_form - writing a contribution, and changing it. */
#include "base/err.h"
#include "domain/response.h"
#include "render/t_contribution_edit.h"
#include "text/input.h"
#include "web/contributions.h"
#include "web/desk.h"
#include "web/staff.h"

#define WORD_MAX 40

struct writing {
	struct rp_web_contributing s;
	int64_t id; /* 0: new */
	struct rp_contribution_in in;
	rp_text there; /* the name of the file that is there */
	unsigned bad;
};

static rp_text
id_text(const struct rp_request *req, int64_t id)
{
	return rp_textf(req->arena, "%lld", (long long)id);
}

static rp_text
party_of(const struct writing *w)
{
	for (size_t i = 0; i < w->s.parties.n; i++) {
		const struct rp_membership *p = &w->s.parties.v[i];

		if (p->party_id == w->in.party_id)
			return p->short_name.n > 0 ? p->short_name : p->name;
	}
	return RP_TEXT("");
}

static void
add_parties(const struct rp_request *req, const struct writing *w,
    struct v_contribution_edit *v)
{
	v->has_choice = w->s.parties.n > 1;
	v->party = id_text(req, w->in.party_id);
	v->party_name = party_of(w);
	for (size_t i = 0; i < w->s.parties.n; i++) {
		const struct rp_membership *p = &w->s.parties.v[i];
		struct v_contribution_edit_parties row = { .value = id_text(req,
							       p->party_id),
			.name = p->short_name.n > 0 ? p->short_name : p->name,
			.selected = p->party_id == w->in.party_id };

		rp_vec_push(req->arena, &v->parties, row);
	}
}

/* Documents of parties that the reader acts for, to be revised. */
static struct rp_err *
add_documents(const struct rp_request *req, const struct writing *w,
    struct v_contribution_edit *v)
{
	struct v_contribution_edit_documents none = { .value = RP_TEXT("0"),
		.name = rp_web_msg(req, M_contribution_revises_none) };
	struct rp_meeting_documents all;

	rp_vec_push(req->arena, &v->documents, none);
	RP_TRY(rp_meeting_document_list(req->who, req->tx, &w->s.m,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting_document *d = &all.v[i];
		const struct rp_msg_arg symbol[] = { RP_MSG_TEXT(
		    rp_meeting_document_symbol(req->arena, &w->s.m, d)) };
		struct v_contribution_edit_documents row = {
			.value = id_text(req, d->id),
			.name = rp_message(req->arena, &req->reader,
			    M_contribution_revises_one, symbol, 1),
			.selected = d->id == w->in.revises_id
		};

		for (size_t k = 0; k < w->s.parties.n; k++) {
			if (d->sources.n > 0 &&
			    d->sources.v[0] == w->s.parties.v[k].party_id) {
				rp_vec_push(req->arena, &v->documents, row);
				break;
			}
		}
	}
	return NULL;
}

static void
add_kinds(const struct rp_request *req, const struct writing *w,
    struct v_contribution_edit *v)
{
	for (const rp_text *k = rp_document_kinds; k->n > 0; k++) {
		struct v_contribution_edit_kinds row = { .value = *k,
			.name = rp_web_msg(req, rp_msg_document_kind(*k)),
			.selected = rp_text_eq(*k, w->in.kind) };

		rp_vec_push(req->arena, &v->kinds, row);
	}
}

static void
show_problems(const struct rp_request *req, const struct writing *w,
    struct v_contribution_edit *v)
{
	const struct rp_msg_arg large[] = { RP_MSG_TEXT(w->in.file_name),
		RP_MSG_NUM(RP_ATTACHMENT_SIZE_MAX >> 20) };

	if ((w->bad & RP_CONTRIBUTION_BAD_TITLE) != 0)
		rp_web_problem_text(req, &v->errors, "title",
		    rp_web_msg(req, M_contribution_error_title),
		    &v->title_error);
	if ((w->bad & RP_CONTRIBUTION_LARGE_FILE) != 0)
		rp_web_problem_text(req, &v->errors, "file",
		    rp_message(req->arena, &req->reader,
			M_answer_error_attachment_large, large, 2),
		    &v->file_error);
	else if ((w->bad & RP_CONTRIBUTION_BAD_FILE) != 0)
		rp_web_problem_text(req, &v->errors, "file",
		    rp_web_msg(req, M_contribution_error_file), &v->file_error);
}

static struct rp_err *
show(const struct rp_request *req, const struct writing *w,
    struct rp_response *out)
{
	const struct rp_contribution_in *in = &w->in;
	struct v_contribution_edit v = { .token = req->csrf,
		.meeting_url = w->id == 0 ? RP_URL("../") : RP_URL("../../"),
		.meeting_name = rp_web_meeting_name(req, &w->s.m),
		.list_url = w->id == 0 ? RP_URL("./") : RP_URL("../"),
		.is_new = w->id == 0,
		.action = w->id == 0 ?
			      rp_web_contributions_url(req, &w->s, "new") :
			      rp_web_contributions_url(req, &w->s, "%lld/edit",
				  (long long)w->id),
		.for_action = in->is_for_action,
		.for_information = !in->is_for_action,
		.item = in->item,
		.title = in->title,
		.purpose = in->purpose,
		.action_required = in->action,
		.summary = in->summary,
		.refs = in->refs,
		.body = in->body,
		.file_name = w->there,
		.drop_file = in->drop_file,
		.size = RP_ATTACHMENT_SIZE_MAX >> 20 };
	rp_html content;

	add_parties(req, w, &v);
	add_kinds(req, w, &v);
	if (v.is_new)
		RP_TRY(add_documents(req, w, &v));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, in->lang));
	show_problems(req, w, &v);
	RP_TRY(rp_web_render(req, contribution_edit, &v, &content));
	return rp_web_contributions_frame(req, &w->s,
	    rp_web_msg(req,
		v.is_new ? M_contributions_new : M_contribution_edit),
	    content, out);
}

static struct rp_err *
begin(const struct rp_request *req, struct writing *w)
{
	*w = (struct writing){ .in = { .is_for_action = true,
				   .kind = rp_document_kinds[0],
				   .lang = rp_lang_tag(req->reader.lang) } };
	RP_TRY(rp_web_contributing_find(req, &w->s));
	if (w->s.parties.n == 0)
		return rp_fail(RP_E_NOTFOUND, "acts for no party");
	w->in.party_id = w->s.parties.v[0].party_id;
	return NULL;
}

struct rp_err *
rp_web_contribution_new(const struct rp_request *req, struct rp_response *out)
{
	struct writing w;

	RP_TRY(begin(req, &w));
	return show(req, &w, out);
}

static struct rp_err *
load(const struct rp_request *req, struct writing *w)
{
	struct rp_contribution c;

	RP_TRY(begin(req, w));
	RP_TRY(
	    rp_contribution_get(req->who, req->tx, &w->s.m, req->params.k, &c));
	if (!c.mine)
		return rp_fail(RP_E_DENIED, "acts for another party");
	w->id = c.id;
	w->in = c.in;
	w->there = c.in.file_name;
	return NULL;
}

struct rp_err *
rp_web_contribution_edit(const struct rp_request *req, struct rp_response *out)
{
	struct writing w;

	RP_TRY(load(req, &w));
	return show(req, &w, out);
}

static bool
is_markdown(rp_text name)
{
	return name.n > 3 && rp_text_eq(rp_text_sub(name, name.n - 3, name.n),
				 RP_TEXT(".md"));
}

static void
take_file(const struct rp_request *req, struct writing *w)
{
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!rp_text_eq(u->field, RP_TEXT("file")) || u->size == 0)
			continue;
		w->in.upload_id = u->upload_id;
		w->in.size = u->size;
		w->in.file_name = u->name;
		w->in.file_kind = rp_text_eq(u->kind, RP_TEXT("txt")) &&
					  is_markdown(u->name) ?
				      RP_TEXT("md") :
				      u->kind;
		return;
	}
}

static struct rp_err *
read_form(const struct rp_request *req, struct writing *w)
{
	const struct rp_urlform *form = &req->form;
	struct rp_contribution_in *in = &w->in;
	rp_text purpose;

	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &in->kind));
	RP_TRY(rp_form_line(req, form, "for", WORD_MAX, &purpose));
	RP_TRY(rp_form_line(req, form, "item", RP_CONTRIBUTION_LINE_MAX,
	    &in->item));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &in->lang));
	RP_TRY(rp_form_line(req, form, "title", RP_DOCUMENT_TITLE_MAX,
	    &in->title));
	RP_TRY(rp_form_text(req, form, "purpose", RP_CONTRIBUTION_BOX_MAX,
	    &in->purpose));
	RP_TRY(rp_form_text(req, form, "action", RP_CONTRIBUTION_BOX_MAX,
	    &in->action));
	RP_TRY(rp_form_text(req, form, "summary", RP_CONTRIBUTION_SUMMARY_MAX,
	    &in->summary));
	RP_TRY(rp_form_text(req, form, "refs", RP_CONTRIBUTION_BOX_MAX,
	    &in->refs));
	RP_TRY(rp_form_text(req, form, "body", RP_CONTRIBUTION_BODY_MAX,
	    &in->body));
	in->is_for_action = rp_text_eq(purpose, RP_TEXT("action"));
	in->drop_file = rp_form_has(form, "drop_file");
	take_file(req, w);
	return NULL;
}

static struct rp_err *
save(const struct rp_request *req, struct writing *w, struct rp_response *out)
{
	w->bad = rp_contribution_check(&w->in, false, w->there.n > 0);
	if (w->bad != 0) {
		out->status = 400;
		return show(req, w, out);
	}
	RP_TRY(rp_contribution_save(req->who, req->tx, &w->s.m, w->id, &w->in,
	    &w->id));
	return rp_desk_done(out, req,
	    rp_web_contributions_url(req, &w->s, "%lld/", (long long)w->id),
	    "saved");
}

struct rp_err *
rp_web_contribution_new_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct writing w;

	RP_TRY(begin(req, &w));
	w.in.party_id = rp_desk_number(req, &req->form, "party");
	w.in.revises_id = rp_desk_number(req, &req->form, "revises");
	RP_TRY(read_form(req, &w));
	return save(req, &w, out);
}

struct rp_err *
rp_web_contribution_edit_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct writing w;

	RP_TRY(load(req, &w));
	RP_TRY(read_form(req, &w));
	return save(req, &w, out);
}
