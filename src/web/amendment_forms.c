/*
 * amendment_forms - submitting an amendment: a file, or provision by provision.
 */
#include <string.h>

#include "base/err.h"
#include "domain/registry.h"
#include "render/t_amendment_edit.h"
#include "render/t_amendment_new.h"
#include "text/input.h"
#include "web/amendments.h"
#include "web/desk.h"
#include "web/file.h"
#include "web/registry.h"

#define PLACE_MAX 120 /* octets of a provision where it is only named */

/* What both pages show of the version, and for whom somebody acts. */
struct acting {
	struct rp_web_amending s;
	struct rp_memberships parties;
	int64_t party_id;
	rp_text party_name;
};

/* The party of the form or the query, else one's own, else the first. */
static struct rp_err *
find_acting(const struct rp_request *req, const struct rp_urlform *form,
    struct acting *out)
{
	int64_t wanted;

	*out = (struct acting){ 0 };
	RP_TRY(rp_web_amending_find(req, &out->s));
	RP_TRY(rp_amending_parties(req->who, req->tx, &out->s.a,
	    rp_lang_tag(req->reader.lang), &out->parties));
	if (out->parties.n == 0)
		return rp_fail(RP_E_DENIED, "acts for no party");
	if (!out->s.a.open)
		return rp_fail(RP_E_GONE, "no longer open");
	wanted = rp_desk_number(req, form, "party");
	if (wanted == 0)
		wanted = out->s.a.my_party_id;
	for (size_t i = 0; i < out->parties.n; i++)
		if (i == 0 || out->parties.v[i].party_id == wanted) {
			out->party_id = out->parties.v[i].party_id;
			out->party_name = out->parties.v[i].short_name;
		}
	return NULL;
}

static rp_text
id_text(const struct rp_request *req, int64_t id)
{
	return rp_textf(req->arena, "%lld", (long long)id);
}

static void
error(const struct rp_request *req, struct v_error_summary *v, const char *at,
    rp_text text)
{
	struct v_error_summary_errors e = { .href =
						rp_urlf(req->arena, "#%s", at),
		.text = text };

	rp_vec_push(req->arena, &v->errors, e);
}

/* A file. */

struct sending {
	struct acting who;
	struct rp_amendment_in in;
	int64_t noc[RP_AMENDMENT_NOC_MAX + 1];
	enum rp_amendment_problem problem;
	enum rp_msg party_error;
	bool is_revision;
};

static void
take_file(const struct rp_request *req, struct sending *f)
{
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!rp_text_eq(u->field, RP_TEXT("file")) || u->size == 0)
			continue;
		f->in.upload_id = u->upload_id;
		f->in.file_name = u->name;
		f->in.file_kind = u->kind;
		f->in.size = u->size;
		return;
	}
}

/* Fields "noc-12": provision 12, counted from 1. */
static void
take_noc(const struct rp_request *req, struct sending *f)
{
	static const char prefix[] = "noc-";

	for (size_t i = 0; i < req->form.n; i++) {
		rp_bytes name = req->form.v[i].name;
		int64_t n;

		if (name.n <= sizeof(prefix) - 1 || name.n > 12 ||
		    memcmp(name.p, prefix, sizeof(prefix) - 1) != 0 ||
		    !rp_text_i64((rp_text){ (const char *)name.p +
						sizeof(prefix) - 1,
				     name.n - sizeof(prefix) + 1 },
			&n) ||
		    n < 1 || n > RP_AMENDMENT_BLOCK_MAX ||
		    f->in.n_noc > RP_AMENDMENT_NOC_MAX)
			continue;
		f->noc[f->in.n_noc++] = n - 1;
	}
	f->in.noc = f->noc;
}

static bool
wants_unchanged(const struct sending *f, size_t block)
{
	for (size_t i = 0; i < f->in.n_noc; i++)
		if (f->noc[i] == (int64_t)block)
			return true;
	return false;
}

static struct rp_err *
add_provisions(const struct rp_request *req, const struct sending *f,
    struct v_amendment_new *v)
{
	struct rp_web_consolidation c;

	RP_TRY(rp_web_consolidation_load(req, &f->who.s, &c));
	for (size_t b = 0; b < c.v.provisions.n; b++) {
		const struct rp_consolidated_provision *p =
		    &c.v.provisions.v[b];
		struct v_amendment_new_provisions row = { .id = id_text(req,
							      (int64_t)b + 1),
			.label = p->label,
			.text = rp_text_cut(p->text, PLACE_MAX),
			.checked = wants_unchanged(f, b) };

		if (p->text.n > 0)
			rp_vec_push(req->arena, &v->provisions, row);
	}
	return NULL;
}

static void
show_problem(const struct rp_request *req, const struct sending *f,
    struct v_amendment_new *v)
{
	const struct rp_msg_arg large[] = { RP_MSG_TEXT(f->in.file_name),
		RP_MSG_NUM(RP_AMENDMENT_FILE_MAX >> 20) };
	const struct rp_msg_arg name[] = { RP_MSG_TEXT(f->in.file_name) };

	if (f->party_error != M_none) {
		v->party_error = rp_web_msg(req, f->party_error);
		error(req, &v->errors, "party", v->party_error);
	}
	switch (f->problem) {
	case RP_AMENDMENT_FINE:
		return;
	case RP_AMENDMENT_NO_REASONS:
		v->reasons_error =
		    rp_web_msg(req, M_amendment_new_error_reasons);
		error(req, &v->errors, "reasons", v->reasons_error);
		return;
	case RP_AMENDMENT_MANY_NOC:
		v->noc_error = rp_web_msg(req, M_amendment_new_error_noc);
		error(req, &v->errors, "noc", v->noc_error);
		return;
	case RP_AMENDMENT_NO_FILE:
		v->file_error = rp_web_msg(req, M_amendment_new_error_no_file);
		break;
	case RP_AMENDMENT_LARGE_FILE:
		v->file_error = rp_message(req->arena, &req->reader,
		    M_answer_error_attachment_large, large, 2);
		break;
	case RP_AMENDMENT_BAD_FILE:
		v->file_error = rp_message(req->arena, &req->reader,
		    M_desk_instrument_error_file, name, 1);
		break;
	}
	error(req, &v->errors, "file", v->file_error);
}

static struct rp_err *
show_new(const struct rp_request *req, const struct sending *f,
    struct rp_response *out)
{
	const struct acting *w = &f->who;
	struct v_amendment_new v = { .token = req->csrf,
		.instrument_name = rp_web_instrument_name(req, &w->s.i),
		.instrument_url =
		    rp_web_instrument_url(req, &w->s.g, &w->s.i, ""),
		.version_name = w->s.a.version_name,
		.version_url = RP_URL("../"),
		.lang = w->s.a.lang,
		.list_url = RP_URL("./"),
		.edit_url = rp_urlf(req->arena, "edit?party=%lld",
		    (long long)w->party_id),
		.base_url = RP_URL("base.docx"),
		.is_revision = f->is_revision,
		.party = id_text(req, w->party_id),
		.party_name = w->party_name,
		.has_choice = w->parties.n > 1,
		.action = rp_web_amending_url(req, &w->s, "new"),
		.reasons = f->in.reasons,
		.size = RP_AMENDMENT_FILE_MAX >> 20,
		.noc_max = RP_AMENDMENT_NOC_MAX,
		.noc_open = f->in.n_noc > 0 };
	rp_html content;

	for (size_t i = 0; i < w->parties.n; i++) {
		struct v_amendment_new_parties p = {
			.value = id_text(req, w->parties.v[i].party_id),
			.name = w->parties.v[i].short_name,
			.selected = w->parties.v[i].party_id == w->party_id
		};

		rp_vec_push(req->arena, &v.parties, p);
	}
	RP_TRY(add_provisions(req, f, &v));
	show_problem(req, f, &v);
	RP_TRY(rp_web_render(req, amendment_new, &v, &content));
	return rp_web_amending_frame(req, &w->s, M_amendments_new, false,
	    content, out);
}

/* What was submitted before is what a revision begins with. */
static struct rp_err *
begin(const struct rp_request *req, struct sending *f, bool fill)
{
	struct rp_party_amendment m;
	const struct rp_amendment_revision *last = NULL;
	struct rp_amendment_edits edits;

	RP_TRY(rp_amendment_of_party(req->who, req->tx, &f->who.s.a,
	    f->who.party_id, rp_lang_tag(req->reader.lang), &m));
	for (size_t i = 0; i < m.revisions.n; i++)
		if (!rp_text_eq(m.revisions.v[i].state, RP_TEXT("draft")))
			last = &m.revisions.v[i];
	f->is_revision = last != NULL && m.party_id == f->who.party_id;
	if (!f->is_revision || !fill)
		return NULL;
	f->in.reasons = last->reasons;
	RP_TRY(rp_amendment_edit_list(req->who, req->tx, last, &edits));
	for (size_t i = 0; i < edits.n && f->in.n_noc < RP_AMENDMENT_NOC_MAX;
	     i++)
		if (rp_text_eq(edits.v[i].op, RP_TEXT("noc")))
			f->noc[f->in.n_noc++] = edits.v[i].block;
	return NULL;
}

struct rp_err *
rp_web_amendment_new(const struct rp_request *req, struct rp_response *out)
{
	struct sending *f = rp_new(req->arena, struct sending);

	RP_TRY(find_acting(req, &req->query, &f->who));
	RP_TRY(begin(req, f, true));
	return show_new(req, f, out);
}

struct rp_err *
rp_web_amendment_new_post(const struct rp_request *req, struct rp_response *out)
{
	struct sending *f = rp_new(req->arena, struct sending);
	struct rp_err *e;
	int64_t number;

	RP_TRY(find_acting(req, &req->form, &f->who));
	RP_TRY(begin(req, f, false));
	f->in.party_id = f->who.party_id;
	RP_TRY(rp_form_text(req, &req->form, "reasons",
	    RP_AMENDMENT_REASONS_MAX, &f->in.reasons));
	take_file(req, f);
	take_noc(req, f);
	f->problem = rp_amendment_check(&f->in);
	if (f->problem != RP_AMENDMENT_FINE) {
		out->status = 400;
		return show_new(req, f, out);
	}
	e = rp_amendment_submit(req->who, req->tx, &f->who.s.a, &f->in,
	    &number);
	if (e != NULL &&
	    (rp_err_code(e) == RP_E_CONFLICT || rp_err_code(e) == RP_E_LIMIT)) {
		f->party_error = rp_err_code(e) == RP_E_CONFLICT ?
				     M_amendment_error_elsewhere :
				     M_amendment_error_many;
		rp_err_free(e);
		out->status = 409;
		return show_new(req, f, out);
	}
	if (e != NULL)
		return e;
	return rp_response_see_other(out,
	    rp_web_amending_url(req, &f->who.s, "%lld/?done=submitted",
		(long long)number));
}

struct rp_err *
rp_web_amending_base(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_amending s;

	RP_TRY(rp_web_amending_find(req, &s));
	return rp_web_file(req, s.a.base_blob_id,
	    rp_textf(req->arena, "%.*s-%.*s.docx", RP_FMT(s.i.slug),
		RP_FMT(s.a.dated)),
	    RP_TEXT("docx"), out);
}

/* Provision by provision. */

struct editing {
	struct acting who;
	struct rp_web_consolidation c;
	struct rp_party_amendment m;
	struct rp_amendment_edits edits; /* of the draft, or the last ones */
	bool has_draft, was_file;
	int64_t chosen; /* block, from 1; 0: none */
	struct rp_amendment_edit edit;
	rp_text reasons;
	enum rp_msg body_error, reasons_error;
};

static struct rp_err *
load(const struct rp_request *req, const struct rp_urlform *form,
    struct editing *f)
{
	const struct rp_amendment_revision *last = NULL;

	RP_TRY(find_acting(req, form, &f->who));
	RP_TRY(rp_web_consolidation_load(req, &f->who.s, &f->c));
	RP_TRY(rp_amendment_of_party(req->who, req->tx, &f->who.s.a,
	    f->who.party_id, rp_lang_tag(req->reader.lang), &f->m));
	if (f->m.revisions.n > 0)
		last = &f->m.revisions.v[f->m.revisions.n - 1];
	f->has_draft = f->m.draft != NULL;
	f->was_file = last != NULL && rp_text_eq(last->form, RP_TEXT("file"));
	if (last == NULL)
		return NULL;
	f->reasons = last->reasons;
	return f->was_file ?
		   NULL :
		   rp_amendment_edit_list(req->who, req->tx, last, &f->edits);
}

static const char *
sign(rp_text op)
{
	return rp_text_eq(op, RP_TEXT("add"))      ? "ADD" :
	       rp_text_eq(op, RP_TEXT("suppress")) ? "SUP" :
	       rp_text_eq(op, RP_TEXT("noc"))      ? "NOC" :
						     "MOD";
}

static rp_text
place_of(const struct rp_request *req, const struct editing *f, int64_t block)
{
	const struct rp_consolidated_provision *p;

	if (block >= (int64_t)f->c.v.provisions.n)
		return rp_textf(req->arena, "#%lld", (long long)block + 1);
	p = &f->c.v.provisions.v[block];
	return rp_textf(req->arena, "%.*s%s%.*s", RP_FMT(p->label),
	    p->label.n > 0 ? " " : "", RP_FMT(rp_text_cut(p->text, PLACE_MAX)));
}

static void
add_edits(const struct rp_request *req, const struct editing *f,
    struct v_amendment_edit *v)
{
	for (size_t i = 0; i < f->edits.n; i++) {
		const struct rp_amendment_edit *e = &f->edits.v[i];
		struct v_amendment_edit_edits row = { .id = id_text(req, e->id),
			.mark = rp_text_z(sign(e->op)),
			.place = place_of(req, f, e->block),
			.url = rp_urlf(req->arena, "#p-%lld",
			    (long long)e->block + 1),
			.body = e->body,
			.reason = e->reason };

		rp_vec_push(req->arena, &v->edits, row);
	}
}

static void
add_base(const struct rp_request *req, const struct editing *f,
    struct v_amendment_edit *v)
{
	for (size_t b = 0; b < f->c.v.provisions.n; b++) {
		const struct rp_consolidated_provision *p =
		    &f->c.v.provisions.v[b];
		struct v_amendment_edit_provisions row = { .id = id_text(req,
							       (int64_t)b + 1),
			.label = p->label,
			.text = p->text,
			.url = rp_urlf(req->arena, "?party=%lld&p=%zu#edit",
			    (long long)f->who.party_id, b + 1) };

		for (size_t i = 0; i < f->edits.n; i++)
			if (f->edits.v[i].block == (int64_t)b)
				row.mark = rp_text_z(sign(f->edits.v[i].op));
		if (p->text.n > 0)
			rp_vec_push(req->arena, &v->provisions, row);
	}
}

static void
add_chosen(const struct editing *f, struct v_amendment_edit *v)
{
	const struct rp_consolidated_provision *p =
	    &f->c.v.provisions.v[f->chosen - 1];

	v->is_chosen = true;
	v->place_label = p->label;
	v->place_text = p->text;
	v->is_suppress = rp_text_eq(f->edit.op, RP_TEXT("suppress"));
	v->is_add = rp_text_eq(f->edit.op, RP_TEXT("add"));
	v->is_noc = rp_text_eq(f->edit.op, RP_TEXT("noc"));
	v->is_replace = !v->is_suppress && !v->is_add && !v->is_noc;
	v->body = f->edit.body;
	v->reason = f->edit.reason;
}

static void
show_errors(const struct rp_request *req, const struct editing *f,
    struct v_amendment_edit *v)
{
	if (f->body_error != M_none) {
		v->body_error = rp_web_msg(req, f->body_error);
		error(req, &v->errors, "body", v->body_error);
	}
	if (f->reasons_error != M_none) {
		v->reasons_error = rp_web_msg(req, f->reasons_error);
		error(req, &v->errors, "reasons", v->reasons_error);
	}
}

static struct rp_err *
show_edit(const struct rp_request *req, const struct editing *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_amendment_edit_saved },
		{ "dropped", M_amendment_edit_dropped },
		{ "begun", M_amendment_edit_begun },
		{ NULL, M_none },
	};
	const struct acting *w = &f->who;
	struct v_amendment_edit v = { .token = req->csrf,
		.instrument_name = rp_web_instrument_name(req, &w->s.i),
		.instrument_url =
		    rp_web_instrument_url(req, &w->s.g, &w->s.i, ""),
		.version_name = w->s.a.version_name,
		.version_url = RP_URL("../"),
		.lang = w->s.a.lang,
		.list_url = RP_URL("./"),
		.new_url = rp_urlf(req->arena, "new?party=%lld",
		    (long long)w->party_id),
		.choose_url = RP_URL("edit"),
		.party = id_text(req, w->party_id),
		.party_name = w->party_name,
		.has_choice = w->parties.n > 1,
		.action = rp_web_amending_url(req, &w->s, "edit"),
		.done = rp_desk_word(req, done),
		.is_long = f->c.is_long,
		.is_waiting = !f->c.there,
		.was_file = f->was_file && !f->has_draft,
		.can_begin = f->edits.n > 0 && !f->has_draft,
		.block = id_text(req, f->chosen),
		.reasons = f->reasons };
	rp_html content;

	for (size_t i = 0; i < w->parties.n; i++) {
		struct v_amendment_edit_parties p = {
			.value = id_text(req, w->parties.v[i].party_id),
			.name = w->parties.v[i].short_name,
			.selected = w->parties.v[i].party_id == w->party_id
		};

		rp_vec_push(req->arena, &v.parties, p);
	}
	if (f->chosen > 0 && f->chosen <= (int64_t)f->c.v.provisions.n)
		add_chosen(f, &v);
	add_edits(req, f, &v);
	add_base(req, f, &v);
	show_errors(req, f, &v);
	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	RP_TRY(rp_web_render(req, amendment_edit, &v, &content));
	return rp_web_amending_frame(req, &w->s, M_amendments_edit, false,
	    content, out);
}

/* The provision as the draft has it, else as the base does. */
static void
fill_in(struct editing *f)
{
	f->edit = (struct rp_amendment_edit){ .op = RP_TEXT("replace") };
	if (f->chosen < 1 || f->chosen > (int64_t)f->c.v.provisions.n)
		return;
	f->edit.body = f->c.v.provisions.v[f->chosen - 1].text;
	for (size_t i = 0; i < f->edits.n; i++)
		if (f->edits.v[i].block == f->chosen - 1 &&
		    !rp_text_eq(f->edits.v[i].op, RP_TEXT("add")))
			f->edit = f->edits.v[i];
}

struct rp_err *
rp_web_amendment_edit(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(load(req, &req->query, f));
	f->chosen = rp_desk_number(req, &req->query, "p");
	fill_in(f);
	return show_edit(req, f, out);
}

static struct rp_err *
back(const struct rp_request *req, const struct editing *f, const char *done,
    struct rp_response *out)
{
	return rp_response_see_other(out,
	    rp_web_amending_url(req, &f->who.s, "edit?party=%lld&done=%s",
		(long long)f->who.party_id, done));
}

/* Who only keeps or suppresses says no text, whatever stands in the field. */
static struct rp_err *
read_edit(const struct rp_request *req, struct editing *f)
{
	f->chosen = rp_desk_number(req, &req->form, "block");
	f->edit.block = f->chosen - 1;
	RP_TRY(rp_form_line(req, &req->form, "op", RP_AMENDMENT_WORD_MAX,
	    &f->edit.op));
	RP_TRY(rp_form_text(req, &req->form, "body", RP_AMENDMENT_TEXT_MAX,
	    &f->edit.body));
	RP_TRY(rp_form_text(req, &req->form, "reason", RP_AMENDMENT_REASON_MAX,
	    &f->edit.reason));
	if (rp_text_eq(f->edit.op, RP_TEXT("suppress")) ||
	    rp_text_eq(f->edit.op, RP_TEXT("noc")))
		f->edit.body = RP_TEXT("");
	return NULL;
}

static struct rp_err *
save(const struct rp_request *req, struct editing *f, struct rp_response *out)
{
	struct rp_err *e;

	RP_TRY(read_edit(req, f));
	if (f->chosen < 1 || f->chosen > (int64_t)f->c.v.provisions.n)
		return rp_fail(RP_E_NOTFOUND, "no such provision");
	/* The text of the base, typed again, changes nothing. */
	if (rp_text_eq(f->edit.op, RP_TEXT("replace")) &&
	    rp_text_eq(rp_text_trim(f->edit.body),
		rp_text_trim(f->c.v.provisions.v[f->chosen - 1].text)))
		f->body_error = M_amendment_edit_error_same;
	else if (rp_text_trim(f->edit.body).n == 0 &&
		 (rp_text_eq(f->edit.op, RP_TEXT("replace")) ||
		     rp_text_eq(f->edit.op, RP_TEXT("add"))))
		f->body_error = M_amendment_edit_error_empty;
	if (f->body_error == M_none) {
		e = rp_amendment_edit(req->who, req->tx, &f->who.s.a,
		    f->who.party_id, &f->edit);
		if (e == NULL)
			return back(req, f, "saved", out);
		if (rp_err_code(e) != RP_E_CONFLICT &&
		    rp_err_code(e) != RP_E_LIMIT)
			return e;
		f->body_error = rp_err_code(e) == RP_E_CONFLICT ?
				    M_amendment_error_elsewhere :
				    M_amendment_error_many;
		rp_err_free(e);
	}
	out->status = 400;
	return show_edit(req, f, out);
}

static struct rp_err *
submit(const struct rp_request *req, struct editing *f, struct rp_response *out)
{
	int64_t number;

	RP_TRY(rp_form_text(req, &req->form, "reasons",
	    RP_AMENDMENT_REASONS_MAX, &f->reasons));
	if (rp_text_trim(f->reasons).n == 0) {
		f->reasons_error = M_amendment_new_error_reasons;
		out->status = 400;
		return show_edit(req, f, out);
	}
	RP_TRY(rp_amendment_submit_draft(req->who, req->tx, &f->who.s.a,
	    f->who.party_id, f->reasons, &number));
	return rp_response_see_other(out,
	    rp_web_amending_url(req, &f->who.s, "%lld/?done=submitted",
		(long long)number));
}

struct rp_err *
rp_web_amendment_edit_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(load(req, &req->form, f));
	if (rp_desk_button(req, "save"))
		return save(req, f, out);
	if (rp_desk_button(req, "submit"))
		return submit(req, f, out);
	if (rp_desk_button(req, "begin")) {
		RP_TRY(rp_amendment_begin_draft(req->who, req->tx, &f->who.s.a,
		    f->who.party_id));
		return back(req, f, "begun", out);
	}
	RP_TRY(rp_amendment_edit_drop(req->who, req->tx, &f->who.s.a,
	    f->who.party_id, rp_desk_number(req, &req->form, "edit")));
	return back(req, f, "dropped", out);
}
