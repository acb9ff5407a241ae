#include "domain/proceedings.h"

#include "base/err.h"
#include "domain/action.h"
#include "domain/officer.h"
#include "domain/place.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_report.h"

struct loading {
	struct rp_tx *tx;
	struct rp_arena *a;
	const struct rp_meeting *m;
	rp_text lang;
	struct rp_proceedings *out;
	struct rp_wordings titles, documents, names;
};

static struct rp_proceedings_item *
item_of(struct loading *s, int64_t id)
{
	for (size_t i = 0; i < s->out->items.n; i++)
		if (s->out->items.v[i].id == id)
			return &s->out->items.v[i];
	return NULL;
}

static struct rp_proceedings_paper *
paper_of(struct rp_proceedings_item *item, int64_t document_id)
{
	for (size_t i = 0; i < item->papers.n; i++)
		if (item->papers.v[i].document_id == document_id)
			return &item->papers.v[i];
	return NULL;
}

static struct rp_err *
load_items(struct loading *s)
{
	struct q_report_items_rows rows;
	int64_t from = INT64_MAX, to = 0;

	RP_TRY(q_report_items(s->tx,
	    &(struct q_report_items_param){ .meeting_id = s->m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_proceedings_item one = { .id = rows.v[i].id,
			.kind = rows.v[i].kind };

		from = one.id < from ? one.id : from;
		to = one.id > to ? one.id : to;
		rp_vec_push(s->a, &s->out->items, one);
	}
	RP_TRY(rp_wording_load_span(s->tx, RP_TEXT("agenda_item"), from, to,
	    &s->titles));
	for (size_t i = 0; i < s->out->items.n; i++)
		s->out->items.v[i].title =
		    rp_wording_text(&s->titles, s->out->items.v[i].id,
			RP_TEXT("title"), s->lang, RP_TEXT("en"));
	return NULL;
}

static rp_text
party_name(const struct loading *s, int64_t id)
{
	rp_text t = rp_wording_text(&s->names, id, RP_TEXT("short_name"),
	    s->lang, RP_TEXT("en"));

	return t.n > 0 ? t :
			 rp_wording_text(&s->names, id, RP_TEXT("name"),
			     s->lang, RP_TEXT("en"));
}

static rp_text
sources_of(const struct loading *s,
    const struct q_report_paper_sources_rows *all, int64_t document_id)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].document_id == document_id)
			out = rp_textf(s->a, "%.*s%s%.*s", RP_FMT(out),
			    out.n > 0 ? ", " : "",
			    RP_FMT(party_name(s, all->v[i].party_id)));
	return out;
}

static struct rp_err *
load_papers(struct loading *s)
{
	struct q_report_paper_sources_rows sources;
	struct q_report_papers_rows rows;
	int64_t from = INT64_MAX, to = 0;

	RP_TRY(q_report_papers(s->tx,
	    &(struct q_report_papers_param){ .meeting_id = s->m->id }, &rows));
	RP_TRY(q_report_paper_sources(s->tx,
	    &(struct q_report_paper_sources_param){ .meeting_id = s->m->id },
	    &sources));
	for (size_t i = 0; i < rows.n; i++) {
		from =
		    rows.v[i].document_id < from ? rows.v[i].document_id : from;
		to = rows.v[i].document_id > to ? rows.v[i].document_id : to;
	}
	RP_TRY(rp_wording_load_span(s->tx, RP_TEXT("document"), from, to,
	    &s->documents));
	RP_TRY(rp_wording_load_kind(s->tx, RP_TEXT("party"), &s->names));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_papers_row *r = &rows.v[i];
		struct rp_symbol symbol = { .series = r->series,
			.session = (uint32_t)r->ordinal,
			.number = (uint32_t)r->number,
			.revision = (uint32_t)r->revision };
		struct rp_proceedings_paper p = { .document_id = r->document_id,
			.symbol = rp_symbol_print(s->a, &symbol),
			.sources = sources_of(s, &sources, r->document_id) };

		p.title = rp_wording_text(&s->documents, p.document_id,
		    RP_TEXT("title"), s->lang, RP_TEXT("en"));
		p.summary = rp_wording_text(&s->documents, p.document_id,
		    RP_TEXT("summary"), s->lang, RP_TEXT("en"));
		rp_vec_push(s->a, &item_of(s, r->item_id)->papers, p);
	}
	return NULL;
}

static struct rp_err *
load_statements(struct loading *s)
{
	struct q_report_statements_rows rows;

	RP_TRY(q_report_statements(s->tx,
	    &(struct q_report_statements_param){ .meeting_id = s->m->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_statements_row *r = &rows.v[i];
		struct rp_proceedings_item *item = item_of(s, r->item_id);
		struct rp_proceedings_paper *p = paper_of(item, r->document_id);
		struct rp_proceedings_statement one = { .id = r->id,
			.speaker = r->speaker,
			.name = r->name,
			.words = r->words,
			.is_all = r->is_all,
			.voices = r->voices > 0 ? r->voices : 1,
			.logged = r->logged };

		rp_vec_push(s->a, p ? &p->statements : &item->statements, one);
	}
	return NULL;
}

static struct rp_proceedings_statement *
find_statement(struct rp_proceedings_statements *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static struct rp_proceedings_statement *
statement_of(struct rp_proceedings_item *item, int64_t id)
{
	struct rp_proceedings_statement *s =
	    find_statement(&item->statements, id);

	for (size_t i = 0; i < item->papers.n && s == NULL; i++)
		s = find_statement(&item->papers.v[i].statements, id);
	return s;
}

static struct rp_err *
load_outcomes(struct loading *s)
{
	struct q_report_outcomes_rows rows;

	RP_TRY(q_report_outcomes(s->tx,
	    &(struct q_report_outcomes_param){ .meeting_id = s->m->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_outcomes_row *r = &rows.v[i];
		struct rp_proceedings_item *item = item_of(s, r->item_id);
		struct rp_proceedings_paper *p = paper_of(item, r->document_id);
		struct rp_proceedings_statement *said =
		    r->statement_id == 0 ? NULL :
					   statement_of(item, r->statement_id);
		struct rp_proceedings_outcome one = { r->verb, r->object,
			r->reservation };

		if (said != NULL)
			said->outcome = one;
		else
			rp_vec_push(s->a, p ? &p->outcomes : &item->outcomes,
			    one);
	}
	return NULL;
}

static struct rp_err *
load_carried(const struct rp_actor *who, struct loading *s)
{
	struct q_report_of_item_rows rows;
	struct rp_actions all = { 0 };
	bool wanted = false;

	RP_TRY(q_report_of_item(s->tx,
	    &(struct q_report_of_item_param){ .meeting_id = s->m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++)
		item_of(s, rows.v[i].item_id)->report_ordinal =
		    rows.v[i].ordinal;
	for (size_t i = 0; i < s->out->items.n; i++)
		wanted |=
		    rp_text_eq(s->out->items.v[i].kind, RP_TEXT("actions"));
	if (wanted)
		RP_TRY(rp_action_list_at(who, s->tx, s->m, s->lang, &all));
	for (size_t i = 0; i < s->out->items.n; i++) {
		struct rp_proceedings_item *item = &s->out->items.v[i];

		if (!rp_text_eq(item->kind, RP_TEXT("actions")))
			continue;
		for (size_t k = 0; k < all.n; k++)
			rp_vec_push(s->a, &item->actions,
			    ((struct rp_proceedings_action){ all.v[k].id,
				all.v[k].text.body }));
	}
	return NULL;
}

/* Those of the first part; without parts the officers of that day. */
static struct rp_err *
load_chair(struct loading *s)
{
	struct q_report_presiding_rows rows;
	struct rp_officers officers;
	struct rp_proceedings *out = s->out;

	RP_TRY(q_report_presiding(s->tx,
	    &(struct q_report_presiding_param){ .meeting_id = s->m->id },
	    &rows));
	for (size_t i = 0; i < rows.n && out->acting.n == 0; i++) {
		out->acting = rows.v[i].acting;
		out->acting_country = rows.v[i].acting_country;
	}
	for (size_t i = 0; i < rows.n && out->chair.n == 0; i++) {
		out->chair = rows.v[i].chair;
		out->chair_country = rows.v[i].chair_country;
	}
	if (out->chair.n > 0)
		return NULL;
	RP_TRY(
	    rp_officer_list(s->tx, s->m->group_id, s->m->opens_at, &officers));
	for (size_t i = 0; i < officers.n; i++) {
		const struct rp_officer *o = &officers.v[i];

		if (!rp_text_eq(o->office, RP_TEXT("chair")))
			continue;
		out->chair = o->name;
		out->chair_country = o->country;
		break;
	}
	return NULL;
}

struct rp_err *
rp_proceedings_load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_proceedings *out)
{
	struct loading s = { .tx = tx,
		.a = rp_tx_arena(tx),
		.m = m,
		.lang = lang,
		.out = out };

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	*out = (struct rp_proceedings){ 0 };
	RP_TRY(load_items(&s));
	RP_TRY(load_papers(&s));
	RP_TRY(load_statements(&s));
	RP_TRY(load_outcomes(&s));
	RP_TRY(load_carried(who, &s));
	return load_chair(&s);
}
