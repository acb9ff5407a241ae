#include "web/export.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/csv.h"
#include "codec/json.h"

enum { COLUMNS_MAX = 64 };

struct cell {
	rp_text name, value;
	bool is_number, is_null;
	int64_t number;
};

struct line {
	struct rp_arena *a;
	struct cell cells[COLUMNS_MAX];
	size_t n;
};

static void
text(struct line *l, const char *name, rp_text value)
{
	RP_ASSERT(l->n < COLUMNS_MAX);
	l->cells[l->n++] =
	    (struct cell){ .name = rp_text_z(name), .value = value };
}

static void
number(struct line *l, const char *name, int64_t v)
{
	text(l, name, rp_textf(l->a, "%lld", (long long)v));
	l->cells[l->n - 1].is_number = true;
	l->cells[l->n - 1].number = v;
}

static void
instant(struct line *l, const char *name, int64_t at)
{
	text(l, name, at == 0 ? RP_TEXT("") : rp_clock_rfc3339(l->a, at));
	l->cells[l->n - 1].is_null = at == 0;
}

static rp_text
answer(const struct rp_transfer_row *r, int64_t position)
{
	for (size_t i = 0; i < r->answers.n; i++)
		if (r->answers.v[i].position == position)
			return r->answers.v[i].body;
	return RP_TEXT("");
}

/* File names hold no line ends. */
static rp_text
files(struct rp_arena *a, const struct rp_transfer_row *r)
{
	rp_text all = RP_TEXT("");

	for (size_t i = 0; i < r->attachments.n; i++)
		all = rp_textf(a, "%.*s%s%.*s", RP_FMT(all), i ? "\n" : "",
		    RP_FMT(r->attachments.v[i]));
	return all;
}

struct rp_transfer_row
rp_export_of_public(struct rp_arena *a, const struct rp_public_response *p)
{
	struct rp_transfer_row r = {
		.id = p->id,
		.number = p->number,
		.n = p->n,
		.words = p->words,
		.received_at = p->received_at,
		.published_at = p->published_at,
		.capacity = p->capacity,
		.name = p->name,
		.organisation = p->organisation,
		.job_title = p->job_title,
		.signatories = p->signatories,
		.category = p->category,
		.country = p->country,
		.lang = p->lang,
		.summary = p->summary,
		.digest = p->digest,
	};

	for (size_t i = 0; i < p->answers.n; i++) {
		struct rp_answer_in in = { p->answers.v[i].position,
			p->answers.v[i].body };

		rp_vec_push(a, &r.answers, in);
	}
	for (size_t i = 0; i < p->attachments.n; i++)
		rp_vec_push(a, &r.attachments, p->attachments.v[i].name);
	return r;
}

/* What only staff and authors know. */
static void
fill_hidden(struct line *l, const struct rp_transfer_row *r)
{
	text(l, "code", r->code);
	text(l, "state", r->state);
	text(l, "channel", r->channel);
	text(l, "late", r->is_late ? RP_TEXT("yes") : RP_TEXT("no"));
	text(l, "email", r->email);
	text(l, "authorisation", r->authorisation);
	text(l, "needs", r->needs);
	text(l, "wishes_to_present", r->present);
}

static void
fill(const struct rp_export *x, struct line *l, rp_text group,
    int64_t consultation, const struct rp_transfer_row *r)
{
	text(l, "group", group);
	number(l, "consultation", consultation);
	number(l, "number", r->number);
	number(l, "revision", r->n);
	instant(l, "received_at", r->received_at);
	instant(l, "published_at", r->published_at);
	text(l, "lang", r->lang);
	text(l, "capacity", r->capacity);
	text(l, "name", r->name);
	text(l, "organisation", r->organisation);
	text(l, "job_title", r->job_title);
	text(l, "signatories", r->signatories);
	text(l, "category", r->category);
	text(l, "country", r->country);
	text(l, "summary", r->summary);
	number(l, "words", r->words);
	text(l, "sha256", r->digest);
	text(l, "attachments", files(l->a, r));
	if (!x->is_public)
		fill_hidden(l, r);
	for (int64_t i = 1; i <= x->answers; i++)
		text(l, rp_textf(l->a, "answer_%lld", (long long)i).p,
		    answer(r, i));
}

static void
write_csv(const struct line *l, bool names, struct rp_sink *s)
{
	static const struct rp_csv_options guarded = { .guard = true };
	rp_text fields[COLUMNS_MAX];

	for (size_t i = 0; i < l->n; i++)
		fields[i] = names ? l->cells[i].name : l->cells[i].value;
	rp_csv_write(s, &guarded, fields, l->n);
}

static void
write_json(const struct line *l, struct rp_sink *s)
{
	struct rp_json_writer w;

	rp_json_init(&w, s);
	rp_json_object_begin(&w);
	for (size_t i = 0; i < l->n; i++) {
		const struct cell *c = &l->cells[i];

		rp_json_key(&w, c->name);
		if (c->is_null)
			rp_json_put_null(&w);
		else if (c->is_number)
			rp_json_put_i64(&w, c->number);
		else
			rp_json_put_text(&w, c->value);
	}
	rp_json_object_end(&w);
	rp_json_line_end(&w);
}

void
rp_export_head(const struct rp_export *x, struct rp_sink *s)
{
	struct line l = { .a = s->arena };

	if (!x->csv)
		return;
	fill(x, &l, RP_TEXT(""), 0, &(struct rp_transfer_row){ 0 });
	write_csv(&l, true, s);
}

void
rp_export_row(const struct rp_export *x, struct rp_sink *s, struct rp_arena *a,
    const struct rp_consultation *c, const struct rp_transfer_row *row)
{
	struct line l = { .a = a };

	fill(x, &l, c->group.slug, c->number, row);
	if (x->csv)
		write_csv(&l, false, s);
	else
		write_json(&l, s);
}

bool
rp_export_is_ours(rp_text column)
{
	static const char *const ours[] = { "group", "consultation", "number",
		"code", "revision", "state", "channel", "late", "published_at",
		"words", "sha256", "attachments" };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (rp_text_eq(column, rp_text_z(ours[i])))
			return true;
	return false;
}
