/*
 * desk_reading_pages - one answer at the desk with its attachments, or what was
 * heard at a session: what is said of it, and what a person says.
 */
#include "base/err.h"
#include "domain/redaction.h"
#include "render/t_desk_theme_answer.h"
#include "text/format.h"
#include "text/input.h"
#include "web/theme.h"

#define SPAN_MAX 70
#define PASSAGE_MAX 20000
#define FILE_MAX 200000 /* octets of an attachment that the page shows */

/* What was typed, or the text of an attachment, whose name is told. */
static rp_text
text_of(const struct rp_theme_answer *a, int64_t answer_id, rp_text *out_file)
{
	for (size_t i = 0; i < a->files.n; i++)
		if (a->files.v[i].answer_id == answer_id) {
			*out_file = a->files.v[i].name;
			return a->files.v[i].text;
		}
	return a->text;
}

static void
add_said(const struct rp_request *req, const struct rp_theme_answer *a,
    const struct rp_theme_items *items, struct v_desk_theme_answer *v)
{
	for (size_t i = 0; i < a->passages.n; i++) {
		const struct rp_theme_passage *q = &a->passages.v[i];
		const struct rp_theme_item *t =
		    rp_theme_item_of(items, q->theme_id);
		rp_text file = RP_TEXT("");
		struct v_desk_theme_answer_said row = {
			.url = rp_desk_url(req, "themes/%lld",
			    (long long)q->theme_id),
			.by = rp_msg_said_by(q->by),
			.text = rp_text_sub(text_of(a, q->answer_id, &file),
			    (size_t)q->from, (size_t)q->to),
			.span =
			    rp_theme_span(req, q->answer_id, q->from, q->to),
			.by_person = rp_text_eq(q->by, RP_TEXT("person"))
		};

		if (t == NULL)
			continue;
		row.theme = t->name;
		row.lang = t->lang;
		row.file = file;
		rp_vec_push(req->arena, &v->said, row);
	}
}

/* A text with its passages marked; they may overlap. */
static rp_html
marked(const struct rp_request *req, const struct rp_theme_answer *a,
    int64_t answer_id, rp_text text)
{
	struct rp_page page;
	rp_html out = RP_HTML("");
	size_t at = 0;

	rp_page_init(&page, req->arena, &req->reader);
	for (size_t i = 0; i < a->passages.n; i++) {
		size_t from = (size_t)a->passages.v[i].from;
		size_t to = (size_t)a->passages.v[i].to;

		from = from < at ? at : from;
		if (a->passages.v[i].answer_id != answer_id || to <= from ||
		    to > text.n)
			continue;
		rp_page_text(&page, rp_text_sub(text, at, from));
		rp_page_html(&page, RP_HTML("<mark>"));
		rp_page_text(&page, rp_text_sub(text, from, to));
		rp_page_html(&page, RP_HTML("</mark>"));
		at = to;
	}
	rp_page_text(&page, rp_text_sub(text, at, text.n));
	rp_err_free(rp_page_finish(&page, &out));
	return out;
}

static void
add_files(const struct rp_request *req, const struct rp_theme_answer *a,
    struct v_desk_theme_answer *v)
{
	for (size_t i = 0; i < a->files.n; i++) {
		const struct rp_theme_file *f = &a->files.v[i];
		struct v_desk_theme_answer_files row = {
			.id = rp_desk_digits(req, f->id),
			.name = f->name,
			.url =
			    rp_desk_url(req, "responses/%lld/files/%lld/text",
				(long long)a->response_id,
				(long long)f->attachment_id),
			.is_private = !f->is_public,
			.speaks = f->speaks,
			.is_cut = f->text.n > FILE_MAX,
			.body = marked(req, a, f->answer_id,
			    rp_text_cut(f->text, FILE_MAX))
		};

		for (size_t k = 0; k < f->questions.n; k++)
			rp_vec_push(req->arena, &row.questions,
			    ((struct v_desk_theme_answer_files_questions){
				f->questions.v[k].position,
				rp_desk_digits(req, f->questions.v[k].id),
				f->questions.v[k].speaks }));
		rp_vec_push(req->arena, &v->files, row);
	}
}

struct reading {
	struct rp_theme_page p;
	int64_t response_id;
	rp_text passage; /* as it was typed */
};

static struct rp_err *
show_answer(const struct rp_request *req, const struct reading *r,
    struct rp_response *out)
{
	struct v_desk_theme_answer v = { .book_url = r->p.url,
		.book = r->p.name,
		.action = rp_theme_url(req, r->p.q->id, "responses/%lld",
		    (long long)r->response_id),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = r->p.problem,
		.passage = r->passage };
	struct rp_theme_labels labels = { 0 };
	struct rp_theme_answer a;
	struct rp_theme_items items;
	rp_html content;

	RP_TRY(rp_theme_answer_get(req->who, req->tx, &r->p.b, r->response_id,
	    &a));
	RP_TRY(rp_theme_names_list(req->who, req->tx, &r->p.b,
	    rp_lang_tag(req->reader.lang), false, &items));
	RP_TRY(rp_theme_label(req, &r->p.b,
	    &(struct rp_theme_passage){ .response_id = a.response_id,
		.number = a.number,
		.is_heard = a.is_heard },
	    &labels, &v.label));
	v.source = a.is_withheld ? RP_TEXT("") : a.source;
	v.category = rp_msg_category(a.category);
	v.country = rp_web_country(req, a.country);
	v.language = rp_locale_language(req->reader.locale, req->arena, a.lang);
	v.lang = a.lang;
	v.state = rp_msg_reading(a.state);
	v.is_withheld = a.is_withheld;
	v.is_blind = a.is_blind;
	v.body = marked(req, &a, a.answer_id, a.text);
	add_files(req, &a, &v);
	add_said(req, &a, &items, &v);
	for (size_t i = 0; i < items.n; i++)
		rp_vec_push(req->arena, &v.themes,
		    ((struct v_desk_theme_answer_themes){
			rp_desk_digits(req, items.v[i].id), items.v[i].name,
			items.v[i].lang }));
	RP_TRY(rp_web_render(req, desk_theme_answer, &v, &content));
	return rp_desk_frame(req, r->p.name, content, out);
}

struct rp_err *
rp_web_desk_theme_answer(const struct rp_request *req, struct rp_response *out)
{
	struct reading r = { .response_id = req->params.k,
		.passage = RP_TEXT("") };

	RP_TRY(rp_theme_page(req, req->params.id, &r.p));
	return show_answer(req, &r, out);
}

/* A passage is copied from the text, else from an attachment that speaks to the
 * question: it must be there, and once. */
static struct rp_err *
find_passage(const struct rp_theme_answer *a, rp_text passage,
    struct rp_span *out)
{
	struct rp_err *e =
	    rp_redaction_find(a->text, passage, &out->from, &out->to);

	out->answer_id = a->answer_id;
	for (size_t i = 0; i < a->files.n && e != NULL; i++) {
		if (!a->files.v[i].speaks)
			continue;
		rp_err_free(e);
		e = rp_redaction_find(a->files.v[i].text, passage, &out->from,
		    &out->to);
		out->answer_id = a->files.v[i].answer_id;
	}
	return e;
}

static struct rp_err *
mark(const struct rp_request *req, struct reading *r, rp_text reason)
{
	struct rp_coding_act act = { .add = true, .reason = reason };
	struct rp_theme_answer a;
	struct rp_err *e;

	RP_TRY(rp_theme_answer_get(req->who, req->tx, &r->p.b, r->response_id,
	    &a));
	e = find_passage(&a, r->passage, &act.span);
	if (e != NULL) {
		rp_err_free(e);
		r->p.problem = M_theme_error_passage;
		return rp_fail(RP_E_INVALID, "passage");
	}
	if (rp_desk_button(req, "practice"))
		return rp_passage_mark(req->who, req->tx, &r->p.b, act.span,
		    RP_TEXT("practice"), reason);
	if (rp_desk_button(req, "challenge"))
		return rp_passage_mark(req->who, req->tx, &r->p.b, act.span,
		    RP_TEXT("challenge"), reason);
	act.theme_id = rp_desk_number(req, &req->form, "theme");
	if (act.theme_id == 0)
		return rp_fail(RP_E_INVALID, "no theme");
	return rp_coding_set(req->who, req->tx, &r->p.b, &act);
}

static bool
is_ticked(const struct rp_request *req, int64_t id)
{
	rp_text want = rp_textf(req->arena, "%lld", (long long)id);

	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];

		if (f->name.n == 9 && memcmp(f->name.p, "questions", 9) == 0 &&
		    f->value.n == want.n &&
		    memcmp(f->value.p, want.p, want.n) == 0)
			return true;
	}
	return false;
}

/* The questions of an attachment as they were ticked: a decision for each that
 * changed. */
static struct rp_err *
speaks(const struct rp_request *req, const struct reading *r, rp_text reason)
{
	int64_t id = rp_desk_number(req, &req->form, "file");
	const struct rp_theme_file *f = NULL;
	struct rp_theme_answer a;

	RP_TRY(rp_theme_answer_get(req->who, req->tx, &r->p.b, r->response_id,
	    &a));
	for (size_t i = 0; i < a.files.n; i++)
		if (a.files.v[i].id == id)
			f = &a.files.v[i];
	if (f == NULL)
		return rp_fail(RP_E_NOTFOUND, "no attachment %lld",
		    (long long)id);
	for (size_t i = 0; i < f->questions.n; i++) {
		const struct rp_theme_file_question *q = &f->questions.v[i];

		if (is_ticked(req, q->id) != q->speaks)
			RP_TRY(
			    rp_theme_speaks(req->who, req->tx, q->question_id,
				r->response_id, q->id, !q->speaks, reason));
	}
	return NULL;
}

static struct rp_err *
act_on_answer(const struct rp_request *req, struct reading *r, rp_text reason)
{
	struct rp_span span;
	rp_text t;

	if (rp_desk_button(req, "speaks"))
		return speaks(req, r, reason);
	if (rp_desk_button(req, "no_theme"))
		return rp_reading_set(req->who, req->tx, &r->p.b,
		    r->response_id, RP_READING_NO_THEME, reason);
	if (rp_desk_button(req, "empty"))
		return rp_reading_set(req->who, req->tx, &r->p.b,
		    r->response_id, RP_READING_EMPTY, reason);
	if (!rp_desk_button(req, "clear"))
		return mark(req, r, reason);
	RP_TRY(rp_form_line(req, &req->form, "span", SPAN_MAX, &t));
	if (!rp_theme_span_read(t, &span))
		return rp_fail(RP_E_INVALID, "no span");
	return rp_coding_clear(req->who, req->tx, &r->p.b, span, reason);
}

struct rp_err *
rp_web_desk_theme_answer_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct reading r = { .response_id = req->params.k };
	enum rp_msg problem;
	struct rp_err *e;
	rp_text reason;

	RP_TRY(rp_theme_page(req, req->params.id, &r.p));
	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &reason));
	RP_TRY(
	    rp_form_text(req, &req->form, "passage", PASSAGE_MAX, &r.passage));
	e = act_on_answer(req, &r, reason);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_theme_url(req, r.p.q->id, "responses/%lld",
			(long long)r.response_id),
		    "act");
	RP_TRY(rp_theme_refused(e, &problem, out));
	if (r.p.problem == M_none)
		r.p.problem = problem;
	return show_answer(req, &r, out);
}
