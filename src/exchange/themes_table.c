#include "exchange/themes_table.h"

#include <stdio.h>

#include "codec/csv.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "themes/result.h"

#define CELLS 8
#define DIGITS 24

/* A value of a row: text, a number, or nothing. */
struct cell {
	rp_text text;
	int64_t number;
	enum { NOTHING, TEXT, NUMBER } kind;
};

struct row {
	struct cell cells[CELLS];
	size_t n;
};

typedef void put_fn(void *ctx, const struct row *row);

static struct cell
text(rp_text t)
{
	return (struct cell){ .text = t, .kind = TEXT };
}

static struct cell
number(int64_t v)
{
	return (struct cell){ .number = v, .kind = NUMBER };
}

/* Counted from 0 inside, from 1 outside. */
static struct cell
ordinal(uint32_t v)
{
	return v == RP_NONE ? (struct cell){ .kind = NOTHING } :
			      number((int64_t)v + 1);
}

static struct cell
nothing(void)
{
	return (struct cell){ .kind = NOTHING };
}

static const struct table {
	rp_text name;
	rp_text columns[CELLS];
	size_t n;
} tables[RP_THEMES_TABLES] = {
	{ RP_TEXT_INIT("assignments"),
	    { RP_TEXT_INIT("id"), RP_TEXT_INIT("field"), RP_TEXT_INIT("unit"),
		RP_TEXT_INIT("start"), RP_TEXT_INIT("end"),
		RP_TEXT_INIT("theme"), RP_TEXT_INIT("by"),
		RP_TEXT_INIT("score") },
	    8 },
	{ RP_TEXT_INIT("themes"),
	    { RP_TEXT_INIT("theme"), RP_TEXT_INIT("parent"),
		RP_TEXT_INIT("label"), RP_TEXT_INIT("responses"),
		RP_TEXT_INIT("distinct"), RP_TEXT_INIT("campaign_responses") },
	    6 },
	{ RP_TEXT_INIT("campaigns"),
	    { RP_TEXT_INIT("id"), RP_TEXT_INIT("campaign"),
		RP_TEXT_INIT("level"), RP_TEXT_INIT("own_start"),
		RP_TEXT_INIT("own_end") },
	    5 },
	{ RP_TEXT_INIT("quotations"),
	    { RP_TEXT_INIT("theme"), RP_TEXT_INIT("id"), RP_TEXT_INIT("field"),
		RP_TEXT_INIT("start"), RP_TEXT_INIT("end"),
		RP_TEXT_INIT("text") },
	    6 },
};

rp_text
rp_themes_table_name(enum rp_themes_table_kind kind)
{
	return tables[kind].name;
}

static rp_text
by_name(enum rp_said_by by)
{
	static const rp_text names[] = { [RP_BY_NOBODY] = RP_TEXT_INIT(""),
		[RP_BY_MACHINE] = RP_TEXT_INIT("machine"),
		[RP_BY_CAMPAIGN] = RP_TEXT_INIT("campaign"),
		[RP_BY_PERSON] = RP_TEXT_INIT("person") };

	return names[by];
}

static rp_text
level_name(enum rp_campaign_level level)
{
	static const rp_text names[] = {
		[RP_CAMPAIGN_EXACT] = RP_TEXT_INIT("exact"),
		[RP_CAMPAIGN_NEAR] = RP_TEXT_INIT("near"),
		[RP_CAMPAIGN_WITH_OWN] = RP_TEXT_INIT("own"),
		[RP_CAMPAIGN_TWIN] = RP_TEXT_INIT("twin"),
	};

	return names[level];
}

static struct row
unit_row(const struct rp_themes_table *t, const struct rp_theme_unit *u,
    uint32_t nth)
{
	const struct rp_theme_field *f = &t->r->fields.v[u->field];
	bool has = u->theme != RP_NONE;

	return (
	    struct row){ { text(t->r->responses.v[f->response].id),
			     text(t->columns[f->field]), ordinal(nth),
			     number(u->from), number(u->to), ordinal(u->theme),
			     has ? text(by_name(u->by)) : nothing(),
			     has ? number(u->score) : nothing() },
		8 };
}

/* Units by response, and one row for a response without any. */
static void
assignments(const struct rp_themes_table *t, put_fn *put, void *ctx)
{
	const struct rp_themes_result *r = t->r;
	size_t at = 0, field = 0;

	for (uint32_t i = 0; i < r->responses.n; i++) {
		size_t first = at;

		for (; field < r->fields.n && r->fields.v[field].response == i;
		     field++)
			for (uint32_t nth = 0;
			     at < r->units.n && r->units.v[at].field == field;
			     nth++, at++) {
				struct row row =
				    unit_row(t, &r->units.v[at], nth);

				put(ctx, &row);
			}
		if (at == first) {
			struct row row = { { text(r->responses.v[i].id) }, 8 };

			put(ctx, &row);
		}
	}
}

static void
themes(const struct rp_themes_table *t, put_fn *put, void *ctx)
{
	for (uint32_t i = 0; i < t->r->themes.n; i++) {
		const struct rp_theme *p = &t->r->themes.v[i];
		struct row row = { { ordinal(i), ordinal(p->parent),
				       text(p->label), number(p->responses),
				       number(p->distinct),
				       number(p->campaign_responses) },
			6 };

		put(ctx, &row);
	}
}

/* Where a field begins if all of its response are counted through. */
static int64_t
field_start(const struct rp_themes_result *r, uint32_t field)
{
	int64_t at = 0;

	for (uint32_t i = field; i > 0 && r->fields.v[i - 1].response ==
					      r->fields.v[field].response;
	     i--)
		at += (int64_t)r->fields.v[i - 1].text.n + 1;
	return at;
}

/* A translation is told under the campaign that it is one of. */
static uint32_t
shown_as(const struct rp_themes_result *r, uint32_t campaign)
{
	uint32_t twin = r->campaigns.v[campaign].twin;

	return twin != RP_NONE ? twin : campaign;
}

static void
member(const struct rp_themes_table *t, uint32_t campaign,
    const struct rp_campaign_member *m, put_fn *put, void *ctx)
{
	struct row row = { { text(t->r->responses.v[m->response].id),
			       ordinal(shown_as(t->r, campaign)),
			       text(level_name(m->level)) },
		5 };

	for (uint32_t k = 0; k < m->n_own; k++) {
		const struct rp_own_words *w = &t->r->own.v[m->first_own + k];
		int64_t start = field_start(t->r, w->field);

		row.cells[3] = number(start + w->from);
		row.cells[4] = number(start + w->to);
		put(ctx, &row);
	}
	if (m->n_own == 0)
		put(ctx, &row);
}

static void
campaigns(const struct rp_themes_table *t, put_fn *put, void *ctx)
{
	for (uint32_t i = 0; i < t->r->campaigns.n; i++) {
		const struct rp_campaign *c = &t->r->campaigns.v[i];

		for (size_t k = 0; k < c->members.n; k++)
			member(t, i, &c->members.v[k], put, ctx);
	}
}

static void
quotations(const struct rp_themes_table *t, put_fn *put, void *ctx)
{
	for (size_t i = 0; i < t->r->quotations.n; i++) {
		const struct rp_quotation *q = &t->r->quotations.v[i];
		const struct rp_theme_unit *u = &t->r->units.v[q->unit];
		const struct rp_theme_field *f = &t->r->fields.v[u->field];
		struct row row = {
			{ ordinal(q->theme),
			    text(t->r->responses.v[f->response].id),
			    text(t->columns[f->field]), number(u->from),
			    number(u->to),
			    text(rp_text_sub(f->text, u->from, u->to)) },
			6
		};

		put(ctx, &row);
	}
}

static void
walk(const struct rp_themes_table *t, enum rp_themes_table_kind kind,
    put_fn *put, void *ctx)
{
	static void (*const walks[])(const struct rp_themes_table *t,
	    put_fn *put, void *ctx) = {
		[RP_THEMES_ASSIGNMENTS] = assignments,
		[RP_THEMES_THEMES] = themes,
		[RP_THEMES_CAMPAIGNS] = campaigns,
		[RP_THEMES_QUOTATIONS] = quotations,
	};

	walks[kind](t, put, ctx);
}

/* CSV. */

static void
put_csv(void *ctx, const struct row *row)
{
	static const struct rp_csv_options plain = { 0 };
	rp_text fields[CELLS];
	char digits[CELLS][DIGITS];

	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		fields[i] = c->kind == TEXT ? c->text : RP_TEXT("");
		if (c->kind == NUMBER) {
			snprintf(digits[i], DIGITS, "%lld",
			    (long long)c->number);
			fields[i] = rp_text_z(digits[i]);
		}
	}
	rp_csv_write(ctx, &plain, fields, row->n);
}

void
rp_themes_table_csv(const struct rp_themes_table *t,
    enum rp_themes_table_kind kind, struct rp_sink *s)
{
	static const struct rp_csv_options plain = { 0 };

	rp_csv_write(s, &plain, tables[kind].columns, tables[kind].n);
	walk(t, kind, put_csv, s);
}

/* JSON. */

struct json {
	struct rp_json_writer w;
	const struct table *table;
};

static void
put_json(void *ctx, const struct row *row)
{
	struct json *j = ctx;

	rp_json_object_begin(&j->w);
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		rp_json_key(&j->w, j->table->columns[i]);
		if (c->kind == TEXT)
			rp_json_put_text(&j->w, c->text);
		else if (c->kind == NUMBER)
			rp_json_put_i64(&j->w, c->number);
		else
			rp_json_put_null(&j->w);
	}
	rp_json_object_end(&j->w);
	/* One to a line: a large table can be looked into. */
	rp_sink_byte(j->w.sink, '\n');
}

static void
json_campaigns(const struct rp_themes_table *t, struct json *j)
{
	const struct rp_campaigns *all = &t->r->campaigns;

	for (uint32_t i = 0; i < all->n; i++) {
		const struct rp_campaign *c = &all->v[i];

		rp_json_object_begin(&j->w);
		rp_json_key(&j->w, RP_TEXT("campaign"));
		rp_json_put_i64(&j->w, (int64_t)i + 1);
		rp_json_key(&j->w, RP_TEXT("lang"));
		rp_json_put_text(&j->w, c->lang);
		rp_json_key(&j->w, RP_TEXT("twin"));
		if (c->twin != RP_NONE)
			rp_json_put_i64(&j->w, (int64_t)c->twin + 1);
		else
			rp_json_put_null(&j->w);
		rp_json_key(&j->w, RP_TEXT("template"));
		rp_json_put_text(&j->w, c->template_text);
		rp_json_key(&j->w, RP_TEXT("members"));
		rp_json_array_begin(&j->w);
		for (size_t k = 0; k < c->members.n; k++)
			member(t, i, &c->members.v[k], put_json, j);
		rp_json_array_end(&j->w);
		rp_json_object_end(&j->w);
		rp_sink_byte(j->w.sink, '\n');
	}
}

void
rp_themes_table_json(const struct rp_themes_table *t,
    enum rp_themes_table_kind kind, struct rp_sink *s)
{
	struct json j = { .table = &tables[kind] };

	rp_json_init(&j.w, s);
	rp_json_array_begin(&j.w);
	if (kind == RP_THEMES_CAMPAIGNS)
		json_campaigns(t, &j);
	else
		walk(t, kind, put_json, &j);
	rp_json_array_end(&j.w);
	rp_json_line_end(&j.w);
}
