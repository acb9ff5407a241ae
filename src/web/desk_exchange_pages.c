/*
 * desk_exchange_pages - themes to and from other programs: codebooks out and
 * in, assignments out.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/codebook_import.h"
#include "domain/response.h"
#include "render/t_desk_exchange.h"
#include "web/codebook_file.h"
#include "web/theme.h"

#define LANG_MAX 20
#define PIECE_MAX ((size_t)4 << 20)
#define REFRESH RP_TEXT("1")

struct exchange {
	struct rp_theme_page p;
	rp_text lang; /* chosen for a file */
	enum rp_msg file_error;
};

static enum rp_msg
what_msg(enum rp_import_what what)
{
	static const enum rp_msg of[RP_IMPORT_WHATS] = {
		[RP_IMPORT_ADDED] = M_theme_exchange_added,
		[RP_IMPORT_RENAMED] = M_theme_exchange_renamed,
		[RP_IMPORT_DEFINED] = M_theme_exchange_defined,
		[RP_IMPORT_SAME] = M_theme_exchange_same,
	};

	return of[what];
}

static struct rp_err *
add_preview(const struct rp_request *req, const struct exchange *x, int64_t id,
    struct v_desk_exchange *v)
{
	struct rp_import_preview all;

	RP_TRY(
	    rp_codebook_import_preview(req->who, req->tx, &x->p.b, id, &all));
	v->is_ready = true;
	v->id = rp_textf(req->arena, "%lld", (long long)id);
	v->added = all.n[RP_IMPORT_ADDED];
	v->renamed = all.n[RP_IMPORT_RENAMED];
	v->defined = all.n[RP_IMPORT_DEFINED];
	v->same = all.n[RP_IMPORT_SAME];
	for (size_t i = 0; i < all.lines.n; i++) {
		const struct rp_import_line *l = &all.lines.v[i];
		struct v_desk_exchange_lines row = { .what = what_msg(l->what),
			.name = l->name,
			.was = l->was,
			.parent = l->parent,
			.url = rp_desk_url(req, "themes/%lld",
			    (long long)l->theme_id) };

		rp_vec_push(req->arena, &v->lines, row);
	}
	return NULL;
}

static struct rp_err *
add_import(const struct rp_request *req, const struct exchange *x,
    struct v_desk_exchange *v, struct rp_response *out)
{
	struct rp_codebook_import last;

	RP_TRY(rp_codebook_import_last(req->who, req->tx, &x->p.b, &last));
	v->file_name = last.file_name;
	v->why = last.reason;
	v->lang = last.lang;
	v->is_reading = rp_text_eq(last.state, RP_TEXT("received"));
	v->has_failed = rp_text_eq(last.state, RP_TEXT("failed"));
	if (v->is_reading)
		rp_response_header(out, "Refresh", REFRESH);
	if (rp_text_eq(last.state, RP_TEXT("read")))
		return add_preview(req, x, last.id, v);
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct exchange *x,
    struct rp_response *out)
{
	int64_t q = x->p.q->id;
	struct v_desk_exchange v = { .book_url = x->p.url,
		.book = x->p.name,
		.action = rp_theme_url(req, q, "exchange"),
		.token = req->csrf,
		.done = rp_theme_done(req),
		.problem = x->p.problem,
		.qdc_url = rp_theme_url(req, q, "codebook.qdc"),
		.json_url = rp_theme_url(req, q, "codebook.json"),
		.csv_rows_url = rp_theme_url(req, q, "assignments.csv"),
		.json_rows_url = rp_theme_url(req, q, "assignments.json"),
		.file_error = x->file_error };
	rp_html content;

	RP_TRY(add_import(req, x, &v, out));
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);

		rp_vec_push(req->arena, &v.langs,
		    ((struct v_desk_exchange_langs){ tag,
			rp_lang_own_name((enum rp_lang)l),
			rp_text_eq(tag, x->lang) }));
	}
	RP_TRY(rp_web_render(req, desk_exchange, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_theme_exchange), content,
	    out);
}

static struct rp_err *
load(const struct rp_request *req, struct exchange *x)
{
	*x = (struct exchange){ .lang = rp_lang_tag(req->reader.lang),
		.file_error = M_none };
	return rp_theme_page(req, req->params.id, &x->p);
}

struct rp_err *
rp_web_desk_exchange(const struct rp_request *req, struct rp_response *out)
{
	struct exchange x;

	RP_TRY(load(req, &x));
	return show(req, &x, out);
}

static struct rp_err *
send_file(const struct rp_request *req, struct exchange *x)
{
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!rp_text_eq(u->field, RP_TEXT("file")) || u->size == 0)
			continue;
		return rp_codebook_import_add(req->who, req->tx, x->p.q->id,
		    u->upload_id, u->name, x->lang);
	}
	x->file_error = M_theme_exchange_no_file;
	return rp_fail(RP_E_INVALID, "no file");
}

static struct rp_err *
apply(const struct rp_request *req, const struct exchange *x)
{
	const int64_t seen[RP_IMPORT_WHATS] = {
		[RP_IMPORT_ADDED] = rp_desk_number(req, &req->form, "added"),
		[RP_IMPORT_RENAMED] =
		    rp_desk_number(req, &req->form, "renamed"),
		[RP_IMPORT_DEFINED] =
		    rp_desk_number(req, &req->form, "defined"),
		[RP_IMPORT_SAME] = rp_desk_number(req, &req->form, "same"),
	};
	rp_text reason;

	RP_TRY(rp_form_line(req, &req->form, "reason", RP_DECISION_REASON_MAX,
	    &reason));
	return rp_codebook_import_apply(req->who, req->tx, &x->p.b,
	    rp_desk_number(req, &req->form, "import"), seen, reason);
}

struct rp_err *
rp_web_desk_exchange_post(const struct rp_request *req, struct rp_response *out)
{
	enum rp_msg problem = M_none;
	struct exchange x;
	struct rp_err *e;

	RP_TRY(load(req, &x));
	if (rp_desk_button(req, "apply")) {
		e = apply(req, &x);
	} else {
		RP_TRY(
		    rp_form_line(req, &req->form, "lang", LANG_MAX, &x.lang));
		e = send_file(req, &x);
	}
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_theme_url(req, x.p.q->id, "exchange"),
		    rp_desk_button(req, "apply") ? "act" : "");
	RP_TRY(rp_theme_refused(e, &problem, out));
	if (x.file_error == M_none)
		x.p.problem = problem;
	return show(req, &x, out);
}

/* The codebook as a file. */

static void
attach(const struct rp_request *req, const struct exchange *x, const char *what,
    const char *ending, struct rp_response *out)
{
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena,
		"attachment; filename=\"%.*s-%lld-%lld-%s.%s\"",
		RP_FMT(x->p.c.group.slug), (long long)x->p.c.number,
		(long long)x->p.q->position, what, ending));
	out->no_store = true;
}

static struct rp_err *
book(const struct rp_request *req, bool json, struct rp_response *out)
{
	struct rp_import_codes codes;
	struct exchange x;

	RP_TRY(load(req, &x));
	RP_TRY(rp_codebook_codes(req->who, req->tx, &x.p.b,
	    rp_lang_tag(req->reader.lang), &codes));
	attach(req, &x, "codebook", json ? "json" : "qdc", out);
	out->type = json ? "application/json" : "application/xml";
	return rp_codebook_file(req->arena, &codes, json, &out->body);
}

struct rp_err *
rp_web_desk_codebook_qdc(const struct rp_request *req, struct rp_response *out)
{
	return book(req, false, out);
}

struct rp_err *
rp_web_desk_codebook_json(const struct rp_request *req, struct rp_response *out)
{
	return book(req, true, out);
}

/* Assignments, in pieces. */

struct rows {
	struct rp_actor who;
	struct exchange x;
	struct rp_theme_items items;
	struct rp_theme_assignment after;
	bool json, began, ended;
};

static rp_text
name_of(const struct rows *r, int64_t theme_id)
{
	for (size_t i = 0; i < r->items.n; i++)
		if (r->items.v[i].id == theme_id)
			return r->items.v[i].name;
	return RP_TEXT("");
}

static rp_text
decimal(struct rp_arena *a, int64_t n)
{
	return rp_textf(a, "%lld", (long long)n);
}

static const rp_text columns[] = { RP_TEXT_INIT("id"), RP_TEXT_INIT("response"),
	RP_TEXT_INIT("revision"), RP_TEXT_INIT("start"), RP_TEXT_INIT("end"),
	RP_TEXT_INIT("theme"), RP_TEXT_INIT("name"), RP_TEXT_INIT("by"),
	RP_TEXT_INIT("score"), RP_TEXT_INIT("source"), RP_TEXT_INIT("file") };

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

/* `id` is the desk's number of a response, or of what was heard at a session;
 * `response` its public one, if any. `source`: answer, attachment, session. */
static void
put_row(const struct rows *r, struct rp_arena *a, struct rp_sink *s,
    const struct rp_theme_assignment *x, bool first)
{
	static const struct rp_csv_options options = { .guard = true };
	const rp_text row[COLUMNS] = { decimal(a, x->response_id),
		x->number == 0 ? RP_TEXT("") : decimal(a, x->number),
		decimal(a, x->revision_n), decimal(a, x->from),
		decimal(a, x->to), decimal(a, x->theme_id),
		name_of(r, x->theme_id), x->by, decimal(a, x->score),
		x->is_heard        ? RP_TEXT("session") :
		x->file_name.n > 0 ? RP_TEXT("attachment") :
				     RP_TEXT("answer"),
		x->file_name };
	const int64_t numbers[COLUMNS] = { x->response_id, x->number,
		x->revision_n, x->from, x->to, x->theme_id, -1, -1, x->score,
		-1, -1 };
	struct rp_json_writer w;

	if (!r->json) {
		rp_csv_write(s, &options, row, COLUMNS);
		return;
	}
	rp_sink_text(s, first ? RP_TEXT("[\n") : RP_TEXT(",\n"));
	rp_json_init(&w, s);
	rp_json_object_begin(&w);
	for (size_t i = 0; i < COLUMNS; i++) {
		rp_json_key(&w, columns[i]);
		if (numbers[i] < 0)
			rp_json_put_text(&w, row[i]);
		else
			rp_json_put_i64(&w, numbers[i]);
	}
	rp_json_object_end(&w);
}

static struct rp_err *
produce(void *ctx, struct rp_arena *a, struct rp_tx *tx, rp_bytes *out)
{
	static const struct rp_csv_options options = { .guard = true };
	struct rp_theme_assignments all = { 0 };
	struct rows *r = ctx;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, a, PIECE_MAX);
	rp_sink_to_buf(&sink, a, &b);
	if (!r->ended)
		RP_TRY(rp_theme_assignments(&r->who, tx, &r->x.p.b, &r->after,
		    &all));
	if (!r->began && !r->json)
		rp_csv_write(&sink, &options, columns, COLUMNS);
	for (size_t i = 0; i < all.n; i++)
		put_row(r, a, &sink, &all.v[i],
		    r->after.answer_id == 0 && i == 0);
	if (r->json && !r->ended && all.n == 0)
		rp_sink_text(&sink, r->after.answer_id != 0 ? RP_TEXT("\n]\n") :
							      RP_TEXT("[]\n"));
	r->began = true;
	r->ended = all.n == 0;
	if (all.n > 0)
		r->after = all.v[all.n - 1];
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

static struct rp_err *
assignments(const struct rp_request *req, bool json, struct rp_response *out)
{
	struct rows *r = rp_new(req->arena, struct rows);

	r->who = *req->who;
	r->json = json;
	RP_TRY(load(req, &r->x));
	RP_TRY(rp_theme_names_list(req->who, req->tx, &r->x.p.b,
	    rp_lang_tag(req->reader.lang), false, &r->items));
	attach(req, &r->x, "assignments", json ? "json" : "csv", out);
	out->type = json ? "application/json" :
			   "text/csv; charset=utf-8; header=present";
	out->producer = produce;
	out->ctx = r;
	return NULL;
}

struct rp_err *
rp_web_desk_assignments_csv(const struct rp_request *req,
    struct rp_response *out)
{
	return assignments(req, false, out);
}

struct rp_err *
rp_web_desk_assignments_json(const struct rp_request *req,
    struct rp_response *out)
{
	return assignments(req, true, out);
}
