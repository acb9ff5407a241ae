/*
 * lint_events - ordinals, dates and approval: what a report says of meetings
 * and consultations.
 */
#include <string.h>

#include "exchange/lint_private.h"
#include "text/symbol.h"

enum kind {
	NONE = 0,
	MEETING,
	CONSULTATION,
};

/* What a series is of; by the abbreviations in use. */
static enum kind
series_kind(rp_text series)
{
	if (rp_lint_find(series, "opc", 0) == 0)
		return CONSULTATION;
	return rp_lint_find(series, "wg", 0) != SIZE_MAX ? MEETING : NONE;
}

/* The one session that all symbols of this kind have, or 0. */
static uint32_t
only_session(const struct rp_lint_run *r, enum kind kind, struct rp_symbol *out)
{
	uint32_t session = 0;

	for (size_t i = 0; i < r->lines->n; i++) {
		struct rp_symbol s;
		size_t at, end = 0;

		while (
		    rp_symbol_next(r->lines->v[i].text, end, &s, &at, &end)) {
			if (series_kind(s.series) != kind || s.is_proposal)
				continue;
			if (session != 0 && session != s.session)
				return 0;
			session = s.session;
			*out = s;
		}
	}
	return session;
}

/* "consultation", at most three words behind the ordinal. */
static bool
is_followed_by(rp_text t, size_t from, rp_text noun, size_t *end)
{
	struct rp_lint_word w;

	for (int i = 0; i < 4 && rp_lint_word_next(t, from, &w); i++) {
		if (rp_lint_same(rp_text_sub(t, w.from, w.to), noun)) {
			*end = w.to;
			return true;
		}
		from = w.to;
	}
	return false;
}

static void
check_ordinal(struct rp_lint_run *r, const struct rp_lint_line *l,
    uint32_t session, rp_text noun, const struct rp_symbol *s)
{
	struct rp_lint_word w;

	for (size_t at = 0; rp_lint_word_next(l->text, at, &w); at = w.to) {
		uint32_t n =
		    rp_lint_ordinal(rp_text_sub(l->text, w.from, w.to));
		size_t end;

		if (n == 0 || n == session ||
		    !is_followed_by(l->text, w.to, noun, &end))
			continue;
		rp_lint_add(r,
		    (struct rp_lint_finding){ RP_LINT_ORDINAL, l->number, 0,
			rp_text_sub(l->text, w.from, end),
			rp_textf(r->arena, "%.*s-%u", RP_FMT(s->series),
			    session) });
	}
}

/* "report of the eighteenth meeting": 18. */
static uint32_t
report_of(rp_text t, size_t *at, size_t *end)
{
	static const char begins[] = "report of the ";
	struct rp_lint_word w;

	*at = rp_lint_find(t, begins, 0);
	if (*at == SIZE_MAX ||
	    !rp_lint_word_next(t, *at + strlen(begins), &w) ||
	    !is_followed_by(t, w.to, RP_TEXT("meeting"), end))
		return 0;
	return rp_lint_ordinal(rp_text_sub(t, w.from, w.to));
}

static void
check_report_ordinal(struct rp_lint_run *r, const struct rp_lint_line *l,
    uint32_t of, size_t at, size_t end)
{
	struct rp_symbol s;
	uint32_t session = only_session(r, MEETING, &s);

	if (session != 0 && session != of)
		rp_lint_add(r, (struct rp_lint_finding){ RP_LINT_ORDINAL,
				   l->number, 0, rp_text_sub(l->text, at, end),
				   rp_textf(r->arena, "%.*s-%u",
				       RP_FMT(s.series), session) });
}

/* "The report ... was approved" in a report that is to be approved. */
static void
approval(struct rp_lint_run *r)
{
	const struct rp_lint_line *first = NULL;
	uint32_t own = 0;

	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		size_t at, end, verb;
		uint32_t of = report_of(l->text, &at, &end);

		if (of == 0)
			continue;
		if (first == NULL) {
			first = l;
			own = of;
			check_report_ordinal(r, l, of, at, end);
			continue;
		}
		verb = rp_lint_find(l->text, "was approved", end);
		if (of == own && verb != SIZE_MAX)
			rp_lint_add(r,
			    (struct rp_lint_finding){ RP_LINT_APPROVAL,
				l->number, first->number,
				rp_text_sub(l->text, at,
				    verb + strlen("was approved")),
				RP_TEXT("") });
	}
}

/* Dates. */

struct date {
	uint32_t day, month, year;
	size_t from, to;
};

static uint32_t
number_of(rp_text w, size_t digits_max)
{
	int64_t v;

	return w.n <= digits_max && rp_text_i64(w, &v) && v > 0 ? (uint32_t)v :
								  0;
}

static uint32_t
month_of(rp_text w)
{
	static const rp_text months[] = { RP_TEXT_INIT("january"),
		RP_TEXT_INIT("february"), RP_TEXT_INIT("march"),
		RP_TEXT_INIT("april"), RP_TEXT_INIT("may"),
		RP_TEXT_INIT("june"), RP_TEXT_INIT("july"),
		RP_TEXT_INIT("august"), RP_TEXT_INIT("september"),
		RP_TEXT_INIT("october"), RP_TEXT_INIT("november"),
		RP_TEXT_INIT("december") };

	for (uint32_t i = 0; i < 12; i++) {
		if (rp_lint_same(w, months[i]))
			return i + 1;
	}
	return 0;
}

/* "held on 4 October 2024". */
static bool
date_held(rp_text t, size_t from, struct date *out)
{
	static const char held[] = "held on ";
	size_t at = rp_lint_find(t, held, from);
	struct rp_lint_word d, m, y;

	if (at == SIZE_MAX || !rp_lint_word_next(t, at + strlen(held), &d) ||
	    !rp_lint_word_next(t, d.to, &m) || !rp_lint_word_next(t, m.to, &y))
		return false;
	*out = (struct date){ number_of(rp_text_sub(t, d.from, d.to), 2),
		month_of(rp_text_sub(t, m.from, m.to)),
		number_of(rp_text_sub(t, y.from, y.to), 4), at, y.to };
	return true;
}

struct event {
	enum kind kind;
	uint32_t ordinal; /* 0: not said */
	struct date date;
	rp_text words;
	const struct rp_lint_line *line;
};
struct events RP_VEC(struct event);

/* What was held: the last such noun before, and its ordinal. */
static void
name_event(rp_text t, struct event *e)
{
	struct rp_lint_word w;
	uint32_t ordinal = 0;

	for (size_t at = 0;
	     rp_lint_word_next(t, at, &w) && w.to <= e->date.from; at = w.to) {
		rp_text word = rp_text_sub(t, w.from, w.to);
		uint32_t n = rp_lint_ordinal(word);

		if (n > 0)
			ordinal = n;
		if (rp_lint_same(word, RP_TEXT("consultation")))
			e->kind = CONSULTATION;
		else if (rp_lint_same(word, RP_TEXT("meeting")) &&
			 (ordinal > 0 || e->kind == NONE))
			e->kind = MEETING;
		else
			continue;
		e->ordinal = ordinal;
	}
}

static void
collect(struct rp_lint_run *r, struct events *out)
{
	for (size_t i = 0; i < r->lines->n; i++) {
		const struct rp_lint_line *l = &r->lines->v[i];
		struct event e = { .line = l };

		while (date_held(l->text, e.date.to, &e.date)) {
			e.kind = NONE;
			e.ordinal = 0;
			name_event(l->text, &e);
			e.words = rp_text_sub(l->text, e.date.from, e.date.to);
			if (e.kind != NONE && e.date.day > 0 &&
			    e.date.month > 0 && e.date.year > 0)
				rp_vec_push(r->arena, out, e);
		}
	}
}

static bool
same_day(const struct date *a, const struct date *b)
{
	return a->day == b->day && a->month == b->month && a->year == b->year;
}

static void
two_dates(struct rp_lint_run *r, const struct event *e, const struct event *f)
{
	const char *of = e->kind == MEETING ? "meeting" : "consultation";

	rp_lint_add(r,
	    (struct rp_lint_finding){ RP_LINT_DATE, e->line->number,
		f->line->number,
		rp_textf(r->arena, "the %s was %.*s", of, RP_FMT(e->words)),
		rp_textf(r->arena, "elsewhere %.*s", RP_FMT(f->words)) });
}

/*
 * A meeting looks at the summary of a consultation, which was held before: both
 * on one day is to be looked at.
 */
static void
dates(struct rp_lint_run *r)
{
	struct events all = { 0 };
	bool told = false;

	collect(r, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct event *e = &all.v[i];

		for (size_t k = 0; k < i; k++) {
			const struct event *f = &all.v[k];

			if (e->kind == f->kind && e->ordinal == f->ordinal &&
			    e->ordinal > 0 && !same_day(&e->date, &f->date)) {
				two_dates(r, e, f);
				break;
			}
			if (e->kind != f->kind && !told &&
			    same_day(&e->date, &f->date)) {
				told = true;
				rp_lint_add(r,
				    (struct rp_lint_finding){ RP_LINT_DATE,
					e->line->number, f->line->number,
					rp_textf(r->arena,
					    "the meeting and the "
					    "consultation that it "
					    "looks at were both "
					    "%.*s",
					    RP_FMT(e->words)),
					RP_TEXT("one is wrong, or "
						"their order") });
				break;
			}
		}
	}
}

void
rp_lint_events(struct rp_lint_run *r)
{
	struct rp_symbol s;
	uint32_t session = only_session(r, CONSULTATION, &s);

	for (size_t i = 0; i < r->lines->n && session != 0; i++)
		check_ordinal(r, &r->lines->v[i], session,
		    RP_TEXT("consultation"), &s);
	approval(r);
	dates(r);
}
