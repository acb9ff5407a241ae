/* activity_pages - the matrix of resolutions, activities and Sectors. */
#include "base/buf.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/docx_new.h"
#include "codec/html_doc.h"
#include "codec/markdown.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "codec/xlsx.h"
#include "document/document.h"
#include "pdf/pdf.h"
#include "render/t_activities.h"
#include "text/format.h"
#include "text/lang.h"
#include "web/action.h"
#include "web/activity.h"
#include "web/registry.h"
#include "web/registry_text.h"
#include "web/server.h"

#define FILE_MAX ((size_t)16 << 20)
#define YEAR_MIN 1900
#define YEARS_MAX 60

enum rp_msg
rp_msg_activity_status(rp_text status)
{
	static const enum rp_msg of[] = { M_activity_planned,
		M_activity_ongoing, M_activity_completed,
		M_activity_cancelled };

	for (size_t i = 0; rp_activity_statuses[i].n > 0; i++)
		if (rp_text_eq(rp_activity_statuses[i], status))
			return of[i];
	return M_none;
}

enum rp_msg
rp_msg_sector(size_t sector)
{
	static const enum rp_msg of[RP_SECTORS] = { M_matrix_r, M_matrix_t,
		M_matrix_d, M_matrix_sg };

	return of[sector];
}

rp_url
rp_web_activities_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/activities/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

struct shown {
	struct rp_group g;
	int64_t year;                   /* 0: all */
	struct rp_activities all, some; /* of the year, not cancelled */
	struct rp_instruments instruments;
	struct rp_matrix m;
};

static bool
is_cancelled(const struct rp_activity *a)
{
	return rp_text_eq(a->status, RP_TEXT("cancelled"));
}

static rp_text
time_of(const struct rp_request *req, const struct rp_activity *a)
{
	rp_text from = rp_web_day(req, a->from);

	return a->until.n == 0 ?
		   rp_textf(req->arena, "%.*s –", RP_FMT(from)) :
	       rp_text_eq(a->from, a->until) ?
		   from :
		   rp_textf(req->arena, "%.*s – %.*s", RP_FMT(from),
		       RP_FMT(rp_web_day(req, a->until)));
}

static void
add_activity(const struct rp_request *req, const struct rp_activity *a,
    rp_text paragraph, struct rp_matrix_activities *out)
{
	struct rp_matrix_activity one = { .number = a->number,
		.title = a->title.body,
		.text = a->text.body,
		.lang = a->title.lang,
		.paragraph = paragraph,
		.time = time_of(req, a),
		.partners = a->partners,
		.status = rp_web_msg(req, rp_msg_activity_status(a->status)) };

	for (size_t i = 0; i < RP_SECTORS; i++)
		one.sectors[i] = a->sectors[i];
	rp_vec_push(req->arena, out, one);
}

void
rp_web_matrix(const struct rp_request *req,
    const struct rp_instruments *instruments, const struct rp_activities *some,
    struct rp_matrix *out)
{
	for (size_t i = 0; i < instruments->n; i++) {
		const struct rp_instrument *in = &instruments->v[i];
		struct rp_matrix_resolution r = {
			.name = rp_web_instrument_name(req, in),
			.title = in->title.body,
			.lang = in->title.lang
		};

		for (size_t k = 0; k < some->n; k++) {
			const struct rp_activity *a = &some->v[k];

			for (size_t b = 0; b < a->bases.n; b++)
				if (a->bases.v[b].instrument_id == in->id)
					add_activity(req, a,
					    a->bases.v[b].paragraph,
					    &r.activities);
		}
		rp_vec_push(req->arena, &out->resolutions, r);
	}
}

static struct rp_err *
load(const struct rp_request *req, struct shown *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang), year;
	struct rp_activities of_year;

	*s = (struct shown){ 0 };
	RP_TRY(rp_form_line(req, &req->query, "year", 10, &year));
	if (!rp_text_i64(year, &s->year) || s->year < YEAR_MIN ||
	    s->year > 9999)
		s->year = 0;
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	RP_TRY(rp_activity_list(req->who, req->tx, s->g.id, lang, 0, &s->all));
	RP_TRY(rp_activity_list(req->who, req->tx, s->g.id, lang, s->year,
	    &of_year));
	for (size_t i = 0; i < of_year.n; i++)
		if (!is_cancelled(&of_year.v[i]))
			rp_vec_push(req->arena, &s->some, of_year.v[i]);
	RP_TRY(rp_instrument_list(req->who, req->tx, s->g.id, lang,
	    &s->instruments));
	s->m.title = rp_web_msg(req, M_matrix_title);
	s->m.about = s->year == 0 ?
			 s->g.name.body :
			 rp_textf(req->arena, "%.*s, %lld",
			     RP_FMT(s->g.name.body), (long long)s->year);
	rp_web_matrix(req, &s->instruments, &s->some, &s->m);
	return NULL;
}

/* The page. */

static void
add_rows(const struct rp_request *req, const struct shown *s,
    struct v_activities *v)
{
	for (size_t i = 0; i < s->m.resolutions.n; i++) {
		const struct rp_matrix_resolution *r = &s->m.resolutions.v[i];
		struct v_activities_texts text = { .resolution = r->name,
			.url = rp_urlf(req->arena, "../instruments/%s/",
			    s->instruments.v[i].slug.p),
			.name = r->title,
			.lang = r->lang };
		struct v_activities_rows gap = { .resolution = r->name,
			.url = text.url,
			.gap = true };

		for (size_t k = 0; k < r->activities.n; k++) {
			const struct rp_matrix_activity *a =
			    &r->activities.v[k];
			struct v_activities_rows row = { .resolution = r->name,
				.url = text.url,
				.paragraph = a->paragraph,
				.title = a->title,
				.lang = a->lang,
				.r = a->sectors[0],
				.t = a->sectors[1],
				.d = a->sectors[2],
				.sg = a->sectors[3],
				.time = a->time,
				.partners = a->partners };

			for (size_t n = 0; n < s->some.n; n++)
				if (s->some.v[n].number == a->number)
					row.status = rp_msg_activity_status(
					    s->some.v[n].status);
			rp_vec_push(req->arena, &v->rows, row);
			rp_vec_push(req->arena, &text.items,
			    ((struct v_activities_texts_items){ a->title,
				a->text, a->lang, a->paragraph }));
		}
		if (r->activities.n == 0) {
			v->gaps++;
			rp_vec_push(req->arena, &v->rows, gap);
		}
		rp_vec_push(req->arena, &v->texts, text);
	}
}

/* Years in which something that the reader sees begins or ends. */
static void
add_years(const struct rp_request *req, const struct shown *s,
    struct v_activities *v)
{
	struct v_activities_years every = { .url = rp_urlf(req->arena, "./"),
		.name = rp_web_msg(req, M_action_all),
		.current = s->year == 0 };
	int64_t first = 9999, last = 0;

	rp_vec_push(req->arena, &v->years, every);
	for (size_t i = 0; i < s->all.n; i++) {
		const struct rp_activity *a = &s->all.v[i];
		int64_t from = 0, until = 0;

		(void)rp_text_i64(rp_text_sub(a->from, 0, 4), &from);
		if (a->until.n >= 4)
			(void)rp_text_i64(rp_text_sub(a->until, 0, 4), &until);
		first = from < first ? from : first;
		last = from > last ? from : last;
		last = until > last ? until : last;
	}
	if (last - first > YEARS_MAX)
		first = last - YEARS_MAX;
	for (int64_t y = last; y >= first; y--)
		rp_vec_push(req->arena, &v->years,
		    ((struct v_activities_years){
			rp_urlf(req->arena, "?year=%lld", (long long)y),
			rp_textf(req->arena, "%lld", (long long)y),
			y == s->year }));
}

static rp_url
file_url(const struct rp_request *req, const struct shown *s, const char *name)
{
	return s->year == 0 ? rp_urlf(req->arena, "%s", name) :
			      rp_urlf(req->arena, "%s?year=%lld", name,
				  (long long)s->year);
}

static void
add_formats(const struct rp_request *req, const struct shown *s,
    struct v_activities *v)
{
	static const struct {
		const char *name;
		rp_text label;
	} matrix[] = { { "matrix.csv", RP_TEXT_INIT("CSV") },
		{ "matrix.xlsx", RP_TEXT_INIT("XLSX") },
		{ "matrix.docx", RP_TEXT_INIT("DOCX") },
		{ "matrix.pdf", RP_TEXT_INIT("PDF") } },
	  report[] = { { "report.docx", RP_TEXT_INIT("DOCX") },
		  { "report.pdf", RP_TEXT_INIT("PDF") },
		  { "report.html", RP_TEXT_INIT("HTML") },
		  { "report.md", RP_TEXT_INIT("Markdown") },
		  { "report.txt", RP_TEXT_INIT("TXT") } };

	for (size_t i = 0; i < sizeof(matrix) / sizeof(matrix[0]); i++)
		rp_vec_push(req->arena, &v->matrix_formats,
		    ((struct v_activities_matrix_formats){
			file_url(req, s, matrix[i].name), matrix[i].label }));
	for (size_t i = 0; i < sizeof(report) / sizeof(report[0]); i++)
		rp_vec_push(req->arena, &v->formats,
		    ((struct v_activities_formats){
			file_url(req, s, report[i].name), report[i].label }));
}

struct rp_err *
rp_web_activities(const struct rp_request *req, struct rp_response *out)
{
	struct v_activities v = { 0 };
	struct shown s;
	struct rp_frame f = { .group = &s.g, .wide = true };
	rp_html content;

	RP_TRY(load(req, &s));
	v.group_name = s.g.name.body;
	v.n = (int64_t)s.some.n;
	if (rp_actor_may(req->who, RP_MAY_REGISTER, rp_group_place(&s.g)))
		v.desk_url =
		    rp_urlf(req->arena, "/%s/desk/groups/%lld/activities",
			rp_lang_tag(req->reader.lang).p, (long long)s.g.id);
	if (rp_actor_may(req->who, RP_MAY_REGISTER, rp_group_place(&s.g)) ||
	    rp_actor_may(req->who, RP_MAY_READ, rp_group_place(&s.g)))
		v.editions_url = rp_urlf(req->arena, "../editions/");
	add_rows(req, &s, &v);
	add_years(req, &s, &v);
	add_formats(req, &s, &v);
	f.title = s.m.title;
	RP_TRY(rp_web_render(req, activities, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* Files. */

static struct rp_err *
as_csv(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	const struct rp_csv_options guard = { .guard = true };
	struct rp_matrix_cells cells;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, req->arena, FILE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_matrix_table(req->arena, &req->reader, &s->m, &cells);
	for (size_t i = 0; i < cells.n; i += RP_MATRIX_COLUMNS)
		rp_csv_write(&sink, &guard, &cells.v[i], RP_MATRIX_COLUMNS);
	RP_TRY(rp_sink_flush(&sink));
	out->type = "text/csv; charset=utf-8";
	return rp_buf_bytes(&b, &out->body);
}

static struct rp_err *
as_xlsx(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	struct rp_xlsx x = { .name = s->m.title,
		.columns = RP_MATRIX_COLUMNS,
		.rtl = rp_lang_tag_dir(rp_lang_tag(req->reader.lang)) ==
		       RP_DIR_RTL };
	struct rp_matrix_cells cells;

	rp_matrix_table(req->arena, &req->reader, &s->m, &cells);
	x.cells = cells.v;
	x.rows = cells.n / RP_MATRIX_COLUMNS;
	out->type = "application/vnd.openxmlformats-officedocument."
		    "spreadsheetml.sheet";
	return rp_xlsx_write(req->arena, &x, FILE_MAX, &out->body);
}

static struct rp_err *
as_docx(const struct rp_request *req, const struct rp_document *d,
    struct rp_response *out)
{
	const struct rp_docx_new o = { .head_rows = 1,
		.first_column = 20,
		.max = FILE_MAX };

	out->type = "application/vnd.openxmlformats-officedocument."
		    "wordprocessingml.document";
	return rp_docx_new(req->arena, d, &o, &out->body);
}

static struct rp_err *
as_pdf(const struct rp_request *req, const struct rp_document *d,
    struct rp_response *out)
{
	struct rp_pdf_fonts *fonts = rp_web_options_of(req->web)->fonts;
	const struct rp_pdf_options o = { .head_rows = 1 };

	if (fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	out->type = "application/pdf";
	return rp_pdf_write(req->arena, fonts, d, &o, &out->body);
}

static struct rp_err *
as_text(const struct rp_request *req, const struct rp_document *d,
    const char *end, struct rp_response *out)
{
	const struct rp_html_doc_texts texts = rp_registry_texts(req);
	const struct rp_html_doc_options page = { .texts = &texts,
		.complete = true };
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, req->arena, FILE_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	if (end[0] == 'h')
		rp_html_doc_write(&sink, d, &page);
	else if (end[0] == 'm')
		rp_markdown_write(&sink, d);
	else
		rp_plain_doc_write(&sink, d, NULL);
	RP_TRY(rp_sink_flush(&sink));
	out->type = end[0] == 'h' ? "text/html; charset=utf-8" :
		    end[0] == 'm' ? "text/markdown; charset=utf-8" :
				    "text/plain; charset=utf-8";
	return rp_buf_bytes(&b, &out->body);
}

static struct rp_err *
as_document(const struct rp_request *req, const struct shown *s, rp_text name,
    struct rp_response *out)
{
	bool alone = rp_text_starts(name, RP_TEXT("matrix."));
	struct rp_document *d;

	RP_TRY(rp_matrix_document(req->arena, &req->reader, &s->m, alone, &d));
	if (rp_text_eq(name, RP_TEXT("matrix.docx")) ||
	    rp_text_eq(name, RP_TEXT("report.docx")))
		return as_docx(req, d, out);
	if (rp_text_eq(name, RP_TEXT("matrix.pdf")) ||
	    rp_text_eq(name, RP_TEXT("report.pdf")))
		return as_pdf(req, d, out);
	if (rp_text_eq(name, RP_TEXT("report.html")))
		return as_text(req, d, "html", out);
	if (rp_text_eq(name, RP_TEXT("report.md")))
		return as_text(req, d, "md", out);
	if (rp_text_eq(name, RP_TEXT("report.txt")))
		return as_text(req, d, "txt", out);
	return rp_fail(RP_E_NOTFOUND, "no such file");
}

struct rp_err *
rp_web_activities_file(const struct rp_request *req, struct rp_response *out)
{
	rp_text name = req->params.name;
	struct shown s;

	RP_TRY(load(req, &s));
	if (rp_text_eq(name, RP_TEXT("matrix.csv")))
		RP_TRY(as_csv(req, &s, out));
	else if (rp_text_eq(name, RP_TEXT("matrix.xlsx")))
		RP_TRY(as_xlsx(req, &s, out));
	else
		RP_TRY(as_document(req, &s, name, out));
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"activities-%.*s\"",
		RP_FMT(name)));
	return NULL;
}
