/* desk_recipient_pages - whom a group writes to, at the desk. */
#include <strings.h>

#include "base/err.h"
#include "codec/csv.h"
#include "domain/mailing.h"
#include "render/t_desk_recipients.h"
#include "text/format.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/server.h"

#define SHOWN_MAX 500
#define WRONG_MAX 50 /* told at once */
#define COLUMNS 4

struct page {
	struct rp_group g;
	struct rp_recipient_list all;
	rp_text typed;
	struct rp_recipient_import got;
	bool checked, bad_table, no_header;
};

/* The table. */

struct table {
	struct rp_arena *a;
	int column[COLUMNS]; /* where name, address, language, class stand; -1
			      */
	bool has_header, no_address;
	struct rp_recipient_rows rows;
};

static const char *const columns[COLUMNS] = { "name", "address", "language",
	"class" };

static rp_text
field(struct table *t, const struct rp_csv_row *row, int column)
{
	rp_text out = RP_TEXT("");

	if (column >= 0 && (size_t)column < row->n)
		rp_err_free(rp_text_input_line(t->a, row->fields[column],
		    RP_WORDING_MAX, &out));
	return out;
}

static struct rp_err *
take_header(struct table *t, const struct rp_csv_row *row)
{
	for (int c = 0; c < COLUMNS; c++) {
		t->column[c] = -1;
		for (size_t i = 0; i < row->n; i++) {
			if (strcasecmp(field(t, row, (int)i).p, columns[c]) ==
			    0)
				t->column[c] = (int)i;
		}
	}
	t->has_header = true;
	t->no_address = t->column[1] < 0;
	return NULL;
}

static struct rp_err *
take_row(void *ctx, const struct rp_csv_row *row)
{
	struct table *t = ctx;
	struct rp_recipient_row one = { .line = row->line };

	if (!t->has_header)
		return take_header(t, row);
	if (t->rows.n > RP_RECIPIENT_ROWS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d rows",
		    RP_RECIPIENT_ROWS_MAX);
	one.name = field(t, row, t->column[0]);
	one.address = field(t, row, t->column[1]);
	one.lang = field(t, row, t->column[2]);
	one.class = field(t, row, t->column[3]);
	if (t->column[2] < 0)
		one.lang = RP_TEXT("en");
	rp_vec_push(t->a, &t->rows, one);
	return NULL;
}

/* What is no table is told at once; rows are judged by the domain. */
static struct rp_err *
read_table(const struct rp_request *req, struct page *p,
    struct rp_recipient_rows *out)
{
	const struct rp_csv_options how = { .guard = true };
	struct table t = { .a = req->arena };
	struct rp_csv_reader *r =
	    rp_csv_reader_new(req->arena, &how, take_row, &t);
	struct rp_err *e = rp_csv_read(r, rp_text_bytes(p->typed));

	if (e == NULL)
		e = rp_csv_finish(r);
	p->no_header = !t.has_header || t.no_address;
	p->bad_table = e != NULL;
	rp_err_free(e);
	*out = t.rows;
	return NULL;
}

/* The page. */

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	*p = (struct page){ 0 };
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), &p->g));
	return rp_recipient_list(req->who, req->tx, p->g.id, &p->all);
}

static rp_url
url_of(const struct rp_request *req, const struct page *p)
{
	return rp_desk_url(req, "recipients/%lld", (long long)p->g.id);
}

static enum rp_msg
problem_msg(enum rp_recipient_row_problem problem)
{
	static const enum rp_msg of[] = {
		[RP_ROW_FINE] = M_none,
		[RP_ROW_NO_ADDRESS] = M_recipients_error_none,
		[RP_ROW_BAD_ADDRESS] = M_recipients_error_address,
		[RP_ROW_BAD_LANG] = M_recipients_error_lang,
		[RP_ROW_TOO_LONG] = M_recipients_error_long,
		[RP_ROW_TWICE] = M_recipients_error_twice,
		[RP_ROW_REFUSED] = M_recipients_error_refused,
	};

	return of[problem];
}

static void
add_wrong(const struct rp_request *req, const struct page *p,
    struct v_desk_recipients *v)
{
	for (size_t i = 0; i < p->got.wrong.n && i < WRONG_MAX; i++) {
		const struct rp_recipient_row *r = &p->got.wrong.v[i];
		const struct rp_msg_arg args[] = { RP_MSG_TEXT(r->address),
			RP_MSG_NUM(r->line),
			RP_MSG_MSG(problem_msg(r->problem)) };

		rp_vec_push(req->arena, &v->wrong,
		    ((struct v_desk_recipients_wrong){ rp_message(req->arena,
			&req->reader, M_recipients_line, args, 3) }));
	}
	if (p->bad_table || p->no_header || p->got.wrong.n > 0)
		rp_web_problem_text(req, &v->errors, "rows",
		    rp_web_msg(req, p->bad_table ? M_recipients_error_table :
				    p->no_header ? M_recipients_error_header :
						   M_recipients_error_rows),
		    &v->rows_error);
}

static void
add_rows(const struct rp_request *req, const struct page *p,
    struct v_desk_recipients *v)
{
	for (size_t i = 0; i < p->all.n && i < SHOWN_MAX; i++) {
		const struct rp_recipient *r = &p->all.v[i];

		rp_vec_push(req->arena, &v->recipients,
		    ((struct v_desk_recipients_recipients){ .id = r->id,
			.name = r->name,
			.address = r->address,
			.language = rp_locale_language(req->reader.locale,
			    req->arena, r->lang),
			.class = r->class,
			.refused = r->is_refused }));
	}
	v->n = (int64_t)p->all.n;
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "imported", M_recipients_done },
		{ "removed", M_recipients_done_removed },
		{ NULL, M_none },
	};
	const struct rp_msg_arg counts[] = { RP_MSG_NUM(p->got.added),
		RP_MSG_NUM(p->got.changed), RP_MSG_NUM(p->got.same) };
	struct v_desk_recipients v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "announcements"),
		.group = p->g.name.body,
		.action = url_of(req, p),
		.done = rp_desk_word(req, done),
		.rows = p->typed };
	rp_html content;

	add_wrong(req, p, &v);
	add_rows(req, p, &v);
	if (p->checked && v.errors.errors.n == 0)
		v.checked = rp_message(req->arena, &req->reader,
		    M_recipients_checked, counts, 3);
	out->no_store = true;
	RP_TRY(rp_web_render(req, desk_recipients, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_recipients_title), content,
	    out);
}

struct rp_err *
rp_web_desk_recipients(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

static struct rp_err *
import(const struct rp_request *req, struct page *p, bool is_dry,
    struct rp_response *out)
{
	struct rp_recipient_rows rows;

	RP_TRY(
	    rp_form_text(req, &req->form, "rows", RP_WEB_FORM_MAX, &p->typed));
	RP_TRY(read_table(req, p, &rows));
	if (!p->bad_table && !p->no_header)
		RP_TRY(rp_recipient_import(req->who, req->tx, p->g.id, &rows,
		    is_dry, &p->got));
	if (p->bad_table || p->no_header || p->got.wrong.n > 0)
		out->status = 400;
	else if (!is_dry)
		return rp_desk_done(out, req, url_of(req, p), "imported");
	p->checked = true;
	return show(req, p, out);
}

struct rp_err *
rp_web_desk_recipients_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	if (rp_form_has(&req->form, "remove")) {
		RP_TRY(rp_recipient_remove(req->who, req->tx, p.g.id,
		    rp_desk_number(req, &req->form, "remove")));
		return rp_desk_done(out, req, url_of(req, &p), "removed");
	}
	return import(req, &p, !rp_desk_button(req, "import"), out);
}
