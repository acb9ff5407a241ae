/* desk_activity_pages - activities at the desk: the list, one, and many from
 * CSV. */
#include <string.h>

#include "base/err.h"
#include "codec/csv.h"
#include "render/t_desk_activities.h"
#include "render/t_desk_activity.h"
#include "text/input.h"
#include "web/activity.h"
#include "web/desk.h"
#include "web/staff.h"

#define WORD_MAX 60
#define BASES_MAX ((size_t)8000)
#define CSV_MAX ((size_t)1 << 20)
#define PROBLEMS_MAX 100 /* shown at once */
#define COLUMNS 9

static rp_url
list_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/activities", (long long)g->id);
}

static rp_url
one_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	return number == 0 ? rp_desk_url(req, "groups/%lld/activities/new",
				 (long long)g->id) :
			     rp_desk_url(req, "groups/%lld/activities/%lld",
				 (long long)g->id, (long long)number);
}

/* Words of a form to an activity. */

/* "102", "resolution-102": 0 if there is none in the group. */
static int64_t
find_instrument(const struct rp_instruments *all, rp_text t)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].slug, t))
			return all->v[i].id;
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].number, t) &&
		    rp_text_eq(all->v[i].kind, RP_TEXT("resolution")))
			return all->v[i].id;
	return 0;
}

static bool
add_basis(struct rp_arena *a, const struct rp_instruments *all,
    rp_text resolution, rp_text paragraph, struct rp_activity_bases *out)
{
	struct rp_activity_basis b = { .instrument_id = find_instrument(all,
					   rp_text_strip(resolution)),
		.paragraph = rp_text_dup(a, rp_text_strip(paragraph)) };

	if (b.instrument_id == 0)
		return false;
	rp_vec_push(a, out, b);
	return true;
}

/* "102; resolves 3", one on a line. */
static bool
read_bases(struct rp_arena *a, const struct rp_instruments *all, rp_text t,
    struct rp_activity_bases *out)
{
	size_t from = 0;
	bool ok = true;

	while (from < t.n) {
		size_t end = rp_text_find(t, '\n', from);
		rp_text line = rp_text_strip(rp_text_sub(t, from, end));
		size_t mark = rp_text_find(line, ';', 0);

		from = end + 1;
		if (line.n == 0)
			continue;
		ok &= add_basis(a, all, rp_text_sub(line, 0, mark),
		    mark < line.n ? rp_text_sub(line, mark + 1, line.n) :
				    RP_TEXT(""),
		    out);
	}
	return ok;
}

static rp_text
write_bases(const struct rp_request *req, const struct rp_instruments *all,
    const struct rp_activity_bases *bases)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < bases->n; i++)
		for (size_t k = 0; k < all->n; k++)
			if (all->v[k].id == bases->v[i].instrument_id)
				out = rp_textf(req->arena, "%.*s%.*s; %.*s\n",
				    RP_FMT(out), RP_FMT(all->v[k].slug),
				    RP_FMT(bases->v[i].paragraph));
	return out;
}

static enum rp_msg
msg_of(enum rp_activity_problem p)
{
	switch (p) {
	case RP_ACTIVITY_NO_SECTOR:
		return M_desk_activity_error_sectors;
	case RP_ACTIVITY_BAD_FROM:
		return M_desk_activity_error_from;
	case RP_ACTIVITY_BAD_UNTIL:
		return M_desk_activity_error_until;
	case RP_ACTIVITY_BAD_STATUS:
		return M_desk_activity_error_status;
	case RP_ACTIVITY_BAD_PARTNERS:
		return M_desk_activity_error_partners;
	case RP_ACTIVITY_NO_BASIS:
		return M_desk_activity_error_bases;
	case RP_ACTIVITY_FINE:
		break;
	}
	return M_none;
}

static struct rp_err *
keep_words(const struct rp_request *req, int64_t id, rp_text lang,
    rp_text title, rp_text text)
{
	struct rp_wording_at at = { .owner_kind = RP_TEXT("activity"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = lang };

	RP_TRY(
	    rp_wording_set(req->who, req->tx, &at, RP_WORDING_ORIGINAL, title));
	at.field = RP_TEXT("text");
	return rp_wording_set(req->who, req->tx, &at, RP_WORDING_ORIGINAL,
	    text);
}

/* One. */

struct one {
	struct rp_group g;
	struct rp_instruments instruments;
	struct rp_activity was, a; /* was.id 0: a new one */
	rp_text title, text, lang, bases;
	bool bad_title, bad_bases;
	enum rp_activity_problem problem;
};

static struct rp_err *
load_one(const struct rp_request *req, struct one *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*s = (struct one){ .lang = lang };
	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &s->g));
	RP_TRY(rp_instrument_list(req->who, req->tx, s->g.id, lang,
	    &s->instruments));
	s->a = (struct rp_activity){ .group_id = s->g.id,
		.status = RP_TEXT("ongoing"),
		.is_public = true };
	if (req->params.n == 0)
		return NULL;
	RP_TRY(rp_activity_get(req->who, req->tx, s->g.id, req->params.n, lang,
	    &s->was));
	s->a = s->was;
	s->title = s->was.title.body;
	s->text = s->was.text.body;
	s->lang = s->was.title.lang;
	s->bases = write_bases(req, &s->instruments, &s->was.bases);
	return NULL;
}

static void
add_choices(const struct rp_request *req, const struct one *s,
    struct v_desk_activity *v)
{
	for (size_t i = 0; i < RP_SECTORS; i++)
		rp_vec_push(req->arena, &v->sectors,
		    ((struct v_desk_activity_sectors){ rp_sectors[i],
			rp_msg_sector(i), s->a.sectors[i] }));
	for (const rp_text *w = rp_activity_statuses; w->n > 0; w++)
		rp_vec_push(req->arena, &v->statuses,
		    ((struct v_desk_activity_statuses){ *w,
			rp_web_msg(req, rp_msg_activity_status(*w)),
			rp_text_eq(*w, s->a.status) }));
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, s->lang));
}

static struct rp_err *
show_one(const struct rp_request *req, const struct one *s,
    struct rp_response *out)
{
	struct v_desk_activity v = { .token = req->csrf,
		.list_url = list_url(req, &s->g),
		.heading = s->was.id != 0 ?
			       s->was.title.body :
			       rp_web_msg(req, M_desk_activity_new),
		.action = one_url(req, &s->g, s->was.number),
		.title = s->title,
		.text = s->text,
		.from = s->a.from,
		.until = s->a.until,
		.partners = s->a.partners,
		.bases = s->bases,
		.is_public = s->a.is_public };
	enum rp_msg msg = msg_of(s->problem);
	rp_text other;
	rp_html content;

	add_choices(req, s, &v);
	if (s->bad_title)
		rp_web_problem(req, &v.errors, "title",
		    M_desk_activity_error_title, &v.title_error);
	if (s->bad_bases || s->problem == RP_ACTIVITY_NO_BASIS)
		rp_web_problem(req, &v.errors, "bases",
		    M_desk_activity_error_bases, &v.bases_error);
	else if (s->problem == RP_ACTIVITY_NO_SECTOR)
		rp_web_problem(req, &v.errors, "sectors", msg,
		    &v.sectors_error);
	else if (s->problem == RP_ACTIVITY_BAD_FROM)
		rp_web_problem(req, &v.errors, "from", msg, &v.from_error);
	else if (s->problem == RP_ACTIVITY_BAD_UNTIL)
		rp_web_problem(req, &v.errors, "until", msg, &v.until_error);
	else
		rp_web_problem(req, &v.errors, "status", msg, &other);
	RP_TRY(rp_web_render(req, desk_activity, &v, &content));
	return rp_desk_frame(req, v.heading, content, out);
}

struct rp_err *
rp_web_desk_activity(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return show_one(req, &s, out);
}

static struct rp_err *
read_sectors(const struct rp_request *req, bool *out)
{
	static const rp_bytes name = { (const uint8_t *)"sector", 6 };

	memset(out, 0, RP_SECTORS * sizeof(*out));
	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		rp_text t;

		if (f->name.n != name.n ||
		    memcmp(f->name.p, name.p, name.n) != 0)
			continue;
		RP_TRY(rp_text_from(req->arena, f->value, WORD_MAX, &t));
		for (size_t k = 0; k < RP_SECTORS; k++)
			out[k] |= rp_text_eq(t, rp_sectors[k]);
	}
	return NULL;
}

static struct rp_err *
read_one(const struct rp_request *req, struct one *s)
{
	const struct rp_urlform *form = &req->form;
	rp_text shown;

	RP_TRY(
	    rp_form_line(req, form, "title", RP_ACTIVITY_TITLE_MAX, &s->title));
	RP_TRY(rp_form_text(req, form, "text", RP_ACTIVITY_TEXT_MAX, &s->text));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &s->lang));
	RP_TRY(rp_form_text(req, form, "bases", BASES_MAX, &s->bases));
	RP_TRY(rp_form_line(req, form, "from", WORD_MAX, &s->a.from));
	RP_TRY(rp_form_line(req, form, "until", WORD_MAX, &s->a.until));
	RP_TRY(rp_form_line(req, form, "partners", RP_ACTIVITY_PARTNERS_MAX,
	    &s->a.partners));
	RP_TRY(rp_form_line(req, form, "status", WORD_MAX, &s->a.status));
	RP_TRY(rp_form_line(req, form, "public", WORD_MAX, &shown));
	RP_TRY(read_sectors(req, s->a.sectors));
	s->text = rp_text_strip(s->text);
	s->a.is_public = shown.n > 0;
	s->a.bases = (struct rp_activity_bases){ 0 };
	s->bad_bases =
	    !read_bases(req->arena, &s->instruments, s->bases, &s->a.bases);
	s->bad_title = s->title.n == 0;
	s->problem = rp_activity_check(&s->a);
	return NULL;
}

struct rp_err *
rp_web_desk_activity_post(const struct rp_request *req, struct rp_response *out)
{
	struct one s;
	int64_t number;

	RP_TRY(load_one(req, &s));
	RP_TRY(read_one(req, &s));
	if (s.bad_title || s.bad_bases || s.problem != RP_ACTIVITY_FINE) {
		out->status = 400;
		return show_one(req, &s, out);
	}
	if (s.was.id != 0)
		RP_TRY(rp_activity_change(req->who, req->tx, &s.was, &s.a));
	else
		RP_TRY(rp_activity_add(req->who, req->tx, &s.a, &s.was.id,
		    &number));
	RP_TRY(keep_words(req, s.was.id, s.lang, s.title, s.text));
	return rp_desk_done(out, req, list_url(req, &s.g), "saved");
}

/* The list, and many at once. */

struct row {
	struct rp_activity a;
	rp_text title, text;
};
struct rows RP_VEC(struct row);

struct importing {
	const struct rp_request *req;
	struct rp_group g;
	struct rp_instruments instruments;
	rp_text csv, lang;
	bool is_public, is_checked, was_sent;
	struct rows rows;
	struct v_desk_activities v;
	int64_t last; /* line of the last activity */
};

static void
wrong(struct importing *s, int64_t line, enum rp_msg msg)
{
	struct v_desk_activities_problems p = { .line = line,
		.text = rp_web_msg(s->req, msg) };

	if (s->v.problems.n < PROBLEMS_MAX)
		rp_vec_push(s->req->arena, &s->v.problems, p);
}

/* An activity is complete when the next one begins. */
static void
finish_row(struct importing *s)
{
	enum rp_activity_problem p;

	if (s->rows.n == 0)
		return;
	p = rp_activity_check(&s->rows.v[s->rows.n - 1].a);
	if (p != RP_ACTIVITY_FINE && p != RP_ACTIVITY_NO_BASIS)
		wrong(s, s->last, msg_of(p));
}

static struct rp_err *
field(struct importing *s, const struct rp_csv_row *r, size_t i, size_t max,
    rp_text *out)
{
	struct rp_err *e = rp_text_input(s->req->arena, r->fields[i], max, out);

	if (e == NULL) {
		*out = rp_text_strip(*out);
		return NULL;
	}
	rp_err_free(e);
	*out = RP_TEXT("");
	wrong(s, r->line, M_desk_activity_error_field);
	return NULL;
}

static void
sectors_of(rp_text t, bool *out)
{
	size_t from = 0;

	while (from < t.n) {
		size_t end = from;

		while (end < t.n && t.p[end] != ' ' && t.p[end] != ';')
			end++;
		for (size_t i = 0; i < RP_SECTORS; i++)
			out[i] |= rp_text_eq(rp_text_sub(t, from, end),
			    rp_sectors[i]);
		from = end + 1;
	}
}

static struct rp_err *
new_row(struct importing *s, const struct rp_csv_row *r, rp_text title)
{
	struct row one = { .title = title,
		.a = { .group_id = s->g.id, .is_public = s->is_public } };
	rp_text sectors;

	finish_row(s);
	s->last = r->line;
	RP_TRY(field(s, r, 1, RP_ACTIVITY_TEXT_MAX, &one.text));
	RP_TRY(field(s, r, 2, WORD_MAX, &sectors));
	RP_TRY(field(s, r, 5, WORD_MAX, &one.a.from));
	RP_TRY(field(s, r, 6, WORD_MAX, &one.a.until));
	RP_TRY(field(s, r, 7, RP_ACTIVITY_PARTNERS_MAX, &one.a.partners));
	RP_TRY(field(s, r, 8, WORD_MAX, &one.a.status));
	sectors_of(sectors, one.a.sectors);
	rp_vec_push(s->req->arena, &s->rows, one);
	return NULL;
}

/* Without a title it is one more resolution of the activity before. */
static struct rp_err *
take_row(void *ctx, const struct rp_csv_row *r)
{
	struct importing *s = ctx;
	rp_text title, resolution, paragraph;

	if (r->n != COLUMNS) {
		wrong(s, r->line, M_desk_activity_error_columns);
		return NULL;
	}
	RP_TRY(field(s, r, 0, RP_ACTIVITY_TITLE_MAX, &title));
	if (r->line == 1 && rp_text_eq(title, RP_TEXT("title")))
		return NULL;
	RP_TRY(field(s, r, 3, WORD_MAX, &resolution));
	RP_TRY(field(s, r, 4, RP_ACTIVITY_PARAGRAPH_MAX, &paragraph));
	if (title.n > 0)
		RP_TRY(new_row(s, r, title));
	if (s->rows.n == 0) {
		wrong(s, r->line, M_desk_activity_error_title);
		return NULL;
	}
	if (!add_basis(s->req->arena, &s->instruments, resolution, paragraph,
		&s->rows.v[s->rows.n - 1].a.bases))
		wrong(s, r->line, M_desk_activity_error_bases);
	return NULL;
}

static struct rp_err *
read_rows(struct importing *s)
{
	const struct rp_csv_options guard = { .guard = true };
	struct rp_csv_reader *reader =
	    rp_csv_reader_new(s->req->arena, &guard, take_row, s);
	struct rp_err *e = rp_csv_read(reader, rp_text_bytes(s->csv));

	if (e == NULL)
		e = rp_csv_finish(reader);
	if (e != NULL && rp_err_code(e) != RP_E_INVALID &&
	    rp_err_code(e) != RP_E_LIMIT)
		return e;
	finish_row(s);
	if (e != NULL)
		/* Its message has the line. */
		rp_vec_push(s->req->arena, &s->v.problems,
		    ((struct v_desk_activities_problems){ s->last,
			rp_textf(s->req->arena, "%s", rp_err_message(e)) }));
	rp_err_free(e);
	return NULL;
}

static struct rp_err *
show_list(struct importing *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_desk_activity_saved },
		{ "imported", M_desk_activity_imported },
		{ NULL, M_none },
	};
	const struct rp_request *req = s->req;
	struct v_desk_activities *v = &s->v;
	struct rp_activities all;
	rp_html content;

	v->token = req->csrf;
	v->public_url = rp_web_activities_url(req, &s->g, "");
	v->group_name = s->g.name.body;
	v->new_url = one_url(req, &s->g, 0);
	v->action = list_url(req, &s->g);
	v->done = rp_desk_word(req, done);
	v->csv = s->csv;
	v->is_public = s->is_public;
	v->n = (int64_t)s->rows.n;
	v->is_checked = s->is_checked && v->problems.n == 0 && s->rows.n > 0;
	RP_TRY(rp_activity_list(req->who, req->tx, s->g.id,
	    rp_lang_tag(req->reader.lang), 0, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_activity *a = &all.v[i];
		struct v_desk_activities_rows row = { .number = a->number,
			.url = one_url(req, &s->g, a->number),
			.title = a->title.body,
			.lang = a->title.lang,
			.status = rp_msg_activity_status(a->status) };

		for (size_t k = 0; k < RP_SECTORS; k++)
			if (a->sectors[k])
				row.sectors = rp_textf(req->arena, "%.*s%s%.*s",
				    RP_FMT(row.sectors),
				    row.sectors.n > 0 ? " " : "",
				    RP_FMT(rp_sectors[k]));
		rp_vec_push(req->arena, &v->rows, row);
	}
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, s->lang));
	if (s->was_sent && s->rows.n == 0)
		rp_web_problem(req, &v->errors, "csv",
		    M_desk_activity_error_empty, &v->csv_error);
	RP_TRY(rp_web_render(req, desk_activities, v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_matrix_title), content,
	    out);
}

static struct rp_err *
load_list(const struct rp_request *req, struct importing *s)
{
	*s = (struct importing){ .req = req,
		.lang = rp_lang_tag(req->reader.lang),
		.is_public = true };
	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &s->g));
	return rp_instrument_list(req->who, req->tx, s->g.id, s->lang,
	    &s->instruments);
}

struct rp_err *
rp_web_desk_activities(const struct rp_request *req, struct rp_response *out)
{
	struct importing s;

	RP_TRY(load_list(req, &s));
	return show_list(&s, out);
}

/* All or nothing: nothing is stored while a line is wrong. */
struct rp_err *
rp_web_desk_activities_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct importing s;
	int64_t id, number;
	rp_text shown;

	RP_TRY(load_list(req, &s));
	RP_TRY(rp_form_text(req, &req->form, "csv", CSV_MAX, &s.csv));
	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &s.lang));
	RP_TRY(rp_form_line(req, &req->form, "public", WORD_MAX, &shown));
	s.is_public = shown.n > 0;
	s.was_sent = s.is_checked = true;
	RP_TRY(read_rows(&s));
	if (s.v.problems.n > 0 || s.rows.n == 0)
		out->status = 400;
	if (out->status == 400 || !rp_desk_button(req, "import"))
		return show_list(&s, out);
	for (size_t i = 0; i < s.rows.n; i++) {
		RP_TRY(rp_activity_add(req->who, req->tx, &s.rows.v[i].a, &id,
		    &number));
		RP_TRY(keep_words(req, id, s.lang, s.rows.v[i].title,
		    s.rows.v[i].text));
	}
	return rp_desk_done(out, req, list_url(req, &s.g), "imported");
}
