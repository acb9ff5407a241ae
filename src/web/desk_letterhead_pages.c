/* desk_letterhead_pages - a group's own Word templates, at the desk. */
#include "base/err.h"
#include "domain/letterhead.h"
#include "domain/response.h"
#include "render/t_desk_letterheads.h"
#include "web/desk.h"
#include "web/file.h"

#define WORD_MAX 40
#define MEGABYTE ((int64_t)1024 * 1024)

struct page {
	struct rp_group g;
	struct rp_letterheads all;
	rp_text kind;
	bool bad_file;
};

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	*p = (struct page){ .kind = rp_letterhead_kinds[0] };
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), &p->g));
	return rp_letterhead_list(req->who, req->tx, p->g.id, &p->all);
}

static enum rp_msg
kind_msg(rp_text kind)
{
	return rp_text_eq(kind, RP_TEXT("letter")) ? M_letterhead_letter :
						     M_letterhead_announcement;
}

static enum rp_msg
state_msg(const struct rp_letterhead *l)
{
	if (l->is_in_force)
		return M_letterhead_in_force;
	if (rp_text_eq(l->state, RP_TEXT("waiting")))
		return M_letterhead_waiting;
	return rp_text_eq(l->state, RP_TEXT("good")) && l->unknown.n == 0 ?
		   M_letterhead_good :
		   M_letterhead_bad;
}

static rp_text
names(const struct rp_request *req, const rp_text *v, size_t n)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < n; i++)
		out = rp_textf(req->arena, "%.*s%s«%.*s»", RP_FMT(out),
		    i > 0 ? " " : "", RP_FMT(v[i]));
	return out;
}

static void
add_rows(const struct rp_request *req, const struct page *p,
    struct v_desk_letterheads *v)
{
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rp_letterhead *l = &p->all.v[i];
		const struct rp_msg_arg args[] = { RP_MSG_TEXT(l->uploaded_by),
			RP_MSG_TEXT(
			    rp_web_time(req, p->g.zone, l->uploaded_at)) };
		struct v_desk_letterheads_rows row = { .id = l->id,
			.kind = kind_msg(l->kind),
			.version = l->version,
			.file_name = l->file_name,
			.url = rp_desk_url(req, "letterheads/%lld/files/%lld",
			    (long long)p->g.id, (long long)l->id),
			.state = state_msg(l),
			.is_in_force = l->is_in_force,
			.can_force = !l->is_in_force && l->unknown.n == 0 &&
				     rp_text_eq(l->state, RP_TEXT("good")),
			.reason = l->reason,
			.known = names(req, l->known.v, l->known.n),
			.unknown = names(req, l->unknown.v, l->unknown.n),
			.uploaded = rp_message(req->arena, &req->reader,
			    M_letterhead_uploaded, args, 2) };

		rp_vec_push(req->arena, &v->rows, row);
	}
}

static void
add_kinds(const struct rp_request *req, const struct page *p,
    struct v_desk_letterheads *v)
{
	for (const rp_text *k = rp_letterhead_kinds; k->n > 0; k++) {
		const rp_text *fields = rp_letterhead_fields(*k);
		size_t n = 0;

		while (fields[n].n > 0)
			n++;
		rp_vec_push(req->arena, &v->kinds,
		    ((struct v_desk_letterheads_kinds){ .value = *k,
			.name = kind_msg(*k),
			.selected = rp_text_eq(*k, p->kind),
			.fields = names(req, fields, n) }));
	}
}

/* Read by a parse process in a moment: then the page has more to say. */
static bool
is_waiting(const struct page *p)
{
	for (size_t i = 0; i < p->all.n; i++) {
		if (rp_text_eq(p->all.v[i].state, RP_TEXT("waiting")))
			return true;
	}
	return false;
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "added", M_letterhead_done_added },
		{ "changed", M_letterhead_done_changed },
		{ NULL, M_none },
	};
	struct v_desk_letterheads v = { .token = req->csrf,
		.meetings_url = rp_desk_url(req, "meetings"),
		.group = p->g.name.body,
		.action =
		    rp_desk_url(req, "letterheads/%lld", (long long)p->g.id),
		.done = rp_desk_word(req, done),
		.size = RP_ATTACHMENT_SIZE_MAX / MEGABYTE };
	rp_html content;

	add_rows(req, p, &v);
	add_kinds(req, p, &v);
	if (p->bad_file)
		rp_web_problem_text(req, &v.errors, "file",
		    rp_web_msg(req, M_desk_report_error_file), &v.file_error);
	else if (is_waiting(p))
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	out->no_store = true;
	RP_TRY(rp_web_render(req, desk_letterheads, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_letterhead_title), content,
	    out);
}

struct rp_err *
rp_web_desk_letterheads(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

struct rp_err *
rp_web_desk_letterhead_file(const struct rp_request *req,
    struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	for (size_t i = 0; i < p.all.n; i++) {
		if (p.all.v[i].id == req->params.k)
			return rp_web_file(req, p.all.v[i].blob_id,
			    p.all.v[i].file_name, RP_TEXT("docx"), out);
	}
	return rp_fail(RP_E_NOTFOUND, "no such letterhead");
}

static struct rp_err *
add(const struct rp_request *req, struct page *p, struct rp_response *out)
{
	const struct rp_upload *file = NULL;
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "kind", WORD_MAX, &p->kind));
	for (size_t i = 0; i < req->uploads.n && file == NULL; i++) {
		if (rp_text_eq(req->uploads.v[i].field, RP_TEXT("file")) &&
		    req->uploads.v[i].size > 0)
			file = &req->uploads.v[i];
	}
	p->bad_file = file == NULL ||
		      file->size > (size_t)RP_ATTACHMENT_SIZE_MAX ||
		      !rp_text_eq(file->kind, RP_TEXT("docx"));
	if (p->bad_file) {
		out->status = 400;
		return show(req, p, out);
	}
	RP_TRY(rp_letterhead_add(req->who, req->tx, p->g.id, p->kind,
	    file->upload_id, file->name, &id));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "letterheads/%lld", (long long)p->g.id), "added");
}

static struct rp_err *
take_out(const struct rp_request *req, const struct page *p, int64_t id)
{
	for (size_t i = 0; i < p->all.n; i++) {
		if (p->all.v[i].id == id)
			return rp_letterhead_take_out(req->who, req->tx,
			    p->g.id, p->all.v[i].kind);
	}
	return rp_fail(RP_E_NOTFOUND, "no such letterhead");
}

struct rp_err *
rp_web_desk_letterheads_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	if (rp_form_has(&req->form, "force"))
		RP_TRY(rp_letterhead_put_in_force(req->who, req->tx, p.g.id,
		    rp_desk_number(req, &req->form, "force")));
	else if (rp_form_has(&req->form, "out"))
		RP_TRY(
		    take_out(req, &p, rp_desk_number(req, &req->form, "out")));
	else
		return add(req, &p, out);
	return rp_desk_done(out, req,
	    rp_desk_url(req, "letterheads/%lld", (long long)p.g.id), "changed");
}
