#include "themes/assign.h"

#include <stdlib.h>

#include "base/err.h"
#include "themes/campaign.h"
#include "themes/quote.h"
#include "themes/verify.h"
#include "themes/watch.h"

struct assigning {
	struct rp_arena *a, *temp;
	const struct rp_theme_tools *tools;
	const struct rp_assign_options *o;
	struct rp_themes_result *r;
	struct rp_mapping *m;
	struct RP_VEC(uint32_t) candidates;
	struct rp_themes_result all; /* with what is known behind the units */
	struct RP_VEC(struct rp_mapping_decision) decisions;
};

static void
begin(const struct rp_assign_options *o, enum rp_analysis_stage stage)
{
	if (o->stage != NULL)
		o->stage(o->ctx, stage);
}

/* Unless it was cancelled. */
static struct rp_err *
go_on(struct rp_watch *watch)
{
	if (rp_watch_stops(watch))
		return rp_fail(RP_E_GONE, "the assignment was stopped");
	return NULL;
}

static struct rp_err *
check(const struct rp_assign_options *o, const struct rp_themes_result *r)
{
	for (size_t i = 0; i < o->n_themes; i++)
		if (o->themes[i].parent != RP_NONE && o->themes[i].parent >= i)
			return rp_fail(RP_E_INVALID,
			    "theme %zu stands before the one above it", i + 1);
	for (size_t i = 0; i < o->n_known; i++) {
		const struct rp_assign_known *k = &o->known[i];

		if (k->field >= r->fields.n || k->from >= k->to ||
		    k->to > r->fields.v[k->field].text.n)
			return rp_fail(RP_E_INVALID, "known place %zu", i + 1);
		if (k->theme != RP_NONE && k->theme >= o->n_themes)
			return rp_fail(RP_E_INVALID, "theme of known %zu",
			    i + 1);
	}
	return NULL;
}

/* The unit of octets, or RP_NONE; units lie by field, then place. */
static uint32_t
unit_at(const struct rp_themes_result *r, const struct rp_assign_known *k)
{
	size_t low = 0, high = r->units.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct rp_theme_unit *u = &r->units.v[mid];

		if (u->field < k->field ||
		    (u->field == k->field && u->from < k->from))
			low = mid + 1;
		else
			high = mid;
	}
	if (low < r->units.n && r->units.v[low].field == k->field &&
	    r->units.v[low].from == k->from && r->units.v[low].to == k->to)
		return (uint32_t)low;
	return RP_NONE;
}

static void
find_candidates(struct assigning *x)
{
	size_t n = x->o->n_themes;
	bool *above = rp_new_n(x->temp, bool, n + 1);
	bool *given = rp_new_n(x->temp, bool, n + 1);

	for (size_t i = 0; i < n; i++)
		if (x->o->themes[i].parent != RP_NONE)
			above[x->o->themes[i].parent] = true;
	for (size_t i = 0; i < x->o->n_known; i++)
		if (x->o->known[i].theme != RP_NONE)
			given[x->o->known[i].theme] = true;
	for (uint32_t i = 0; i < n; i++)
		if (!above[i] || given[i])
			rp_vec_push(x->temp, &x->candidates, i);
}

/* The unit itself; octets that are none are one more, behind the others. */
static uint32_t
example(struct assigning *x, const struct rp_assign_known *k)
{
	uint32_t at = unit_at(x->r, k);
	struct rp_theme_unit u = { .field = k->field,
		.from = k->from,
		.to = k->to,
		.lang = RP_TEXT("und"),
		.copy_of = (uint32_t)x->all.units.n,
		.theme = RP_NONE };

	if (at != RP_NONE)
		return at;
	rp_vec_push(x->temp, &x->all.units, u);
	return (uint32_t)x->all.units.n - 1;
}

static void
decide(struct assigning *x, const struct rp_assign_known *k)
{
	uint32_t unit = example(x, k);

	for (size_t c = 0; c < x->candidates.n; c++) {
		uint32_t theme = x->candidates.v[c];
		struct rp_mapping_decision d = { unit, theme, true };

		/* Of no theme: it says no to each. */
		d.is_yes = theme == k->theme;
		if (k->theme == RP_NONE || d.is_yes)
			rp_vec_push(x->temp, &x->decisions, d);
	}
}

/* Machine's examples: the surest of each theme. */
static int
by_theme(const void *p, const void *q)
{
	const struct rp_assign_known *const *x = p, *const *y = q;

	if ((*x)->theme != (*y)->theme)
		return (*x)->theme < (*y)->theme ? -1 : 1;
	if ((*x)->score != (*y)->score)
		return (*x)->score > (*y)->score ? -1 : 1;
	if ((*x)->field != (*y)->field)
		return (*x)->field < (*y)->field ? -1 : 1;
	return (*x)->from < (*y)->from ? -1 : (*x)->from > (*y)->from;
}

static void
decide_all(struct assigning *x)
{
	const struct rp_assign_known **machine = rp_new_n(x->temp,
	    const struct rp_assign_known *, x->o->n_known + 1);
	size_t n = 0, same = 0;

	for (size_t i = 0; i < x->o->n_known; i++) {
		const struct rp_assign_known *k = &x->o->known[i];

		if (k->is_person)
			decide(x, k);
		else if (k->theme != RP_NONE)
			machine[n++] = k;
	}
	if (n > 0)
		qsort(machine, n, sizeof(*machine), by_theme);
	for (size_t i = 0; i < n; i++) {
		same = i > 0 && machine[i]->theme == machine[i - 1]->theme ?
			   same + 1 :
			   0;
		if (same < RP_ASSIGN_EXAMPLES)
			decide(x, machine[i]);
	}
}

static struct rp_err *
learn(struct assigning *x)
{
	size_t n = x->o->n_themes;
	struct rp_mapping_theme *themes =
	    rp_new_n(x->temp, struct rp_mapping_theme, n + 1);
	struct rp_mapping_space *space;

	for (size_t i = 0; i < n; i++)
		themes[i] = (struct rp_mapping_theme){
			.words = rp_textf(x->temp, "%.*s\n%.*s",
			    RP_FMT(x->o->themes[i].name),
			    RP_FMT(x->o->themes[i].words)),
			.lang = x->o->themes[i].lang,
		};
	x->all = (struct rp_themes_result){ .responses = x->r->responses,
		.fields = x->r->fields };
	for (size_t i = 0; i < x->r->units.n; i++)
		rp_vec_push(x->temp, &x->all.units, x->r->units.v[i]);
	find_candidates(x);
	decide_all(x);
	RP_TRY(rp_mapping_space_build(x->temp, x->tools, &x->all,
	    x->o->question, themes, n, x->o->seed, &space));
	return rp_mapping_learn(x->temp, space, x->candidates.v,
	    x->candidates.n, x->decisions.v, x->decisions.n, &x->m);
}

static bool
is_kept(const struct assigning *x, uint32_t field)
{
	return x->o->is_kept != NULL && x->o->is_kept[field];
}

/* Themes are those of the options here. */
static void
fill(struct assigning *x)
{
	uint32_t *same = rp_new_n(x->temp, uint32_t, x->o->n_themes + 1);
	struct rp_themes_result *r = x->r;

	for (uint32_t i = 0; i < x->o->n_themes; i++)
		same[i] = i;
	rp_mapping_fill(x->m, same, 0, (uint32_t)r->units.n, r);
	for (size_t i = 0; i < r->units.n; i++)
		if (is_kept(x, r->units.v[i].field)) {
			r->units.v[i].theme = RP_NONE;
			r->units.v[i].score = 0;
		}
	for (size_t i = 0; i < x->o->n_known; i++) {
		const struct rp_assign_known *k = &x->o->known[i];
		uint32_t at = unit_at(r, k);

		if (at == RP_NONE || (!k->is_person && !is_kept(x, k->field)))
			continue;
		r->units.v[at].theme = k->theme;
		r->units.v[at].score = k->is_person ? 1000 : k->score;
	}
	for (size_t i = 0; i < r->units.n; i++) {
		struct rp_theme_unit *u = &r->units.v[i];

		/* Persons' words are kept elsewhere: this is the machine's
		 * layer. */
		u->by = u->theme == RP_NONE ? RP_BY_NOBODY :
			u->is_shared        ? RP_BY_CAMPAIGN :
					      RP_BY_MACHINE;
	}
}

static uint32_t
top_of(const struct assigning *x, uint32_t theme)
{
	while (x->o->themes[theme].parent != RP_NONE)
		theme = x->o->themes[theme].parent;
	return theme;
}

static uint32_t
put_theme(struct assigning *x, uint32_t theme, uint32_t parent, uint32_t *of)
{
	struct rp_theme t = { .parent = parent,
		.label = x->o->themes[theme].name,
		.lang = x->o->themes[theme].lang };

	if (t.lang.n == 0)
		t.lang = RP_TEXT("und");
	of[x->r->themes.n] = theme;
	rp_vec_push(x->a, &x->r->themes, t);
	return (uint32_t)x->r->themes.n - 1;
}

/* Those that units have, in the order of the options, each behind the one above
 * it. */
static const uint32_t *
put_themes(struct assigning *x)
{
	size_t n = x->o->n_themes;
	bool *has = rp_new_n(x->temp, bool, n + 1);
	uint32_t *now = rp_new_n(x->temp, uint32_t, n + 1);
	uint32_t *of = rp_new_n(x->a, uint32_t, n + 1);
	struct rp_theme_units *units = &x->r->units;

	for (size_t i = 0; i < units->n; i++)
		if (units->v[i].theme != RP_NONE)
			has[units->v[i].theme] = true;
	for (size_t i = 0; i < n; i++)
		now[i] = RP_NONE;
	x->r->themes.n = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t top = top_of(x, i);

		if (!has[i])
			continue;
		if (now[top] == RP_NONE)
			now[top] = put_theme(x, top, RP_NONE, of);
		if (top != i)
			now[i] = put_theme(x, i, now[top], of);
	}
	for (size_t i = 0; i < units->n; i++)
		if (units->v[i].theme != RP_NONE)
			units->v[i].theme = now[units->v[i].theme];
	return of;
}

static const uint32_t *
order_reading(struct assigning *x)
{
	size_t n = x->r->units.n, got = 0;
	uint32_t *turn = rp_new_n(x->a, uint32_t, n + 1);
	uint32_t *units = rp_new_n(x->temp, uint32_t, n + 1);
	uint32_t *queue;
	bool *decided = rp_new_n(x->temp, bool, n + 1);
	size_t m = 0;

	for (size_t i = 0; i < x->o->n_known; i++) {
		uint32_t at = unit_at(x->r, &x->o->known[i]);

		if (at != RP_NONE && x->o->known[i].is_person)
			decided[x->r->units.v[at].copy_of] = true;
	}
	for (uint32_t i = 0; i < n; i++)
		if (x->r->units.v[i].copy_of == i && !decided[i])
			units[m++] = i;
	queue =
	    rp_mapping_queue(x->temp, x->m, units, m, RP_ASSIGN_QUEUE, &got);
	for (size_t i = 0; i < got; i++)
		turn[queue[i]] = (uint32_t)i + 1;
	return turn;
}

struct rp_err *
rp_themes_assign(struct rp_arena *a, const struct rp_theme_tools *given,
    const struct rp_assign_options *o, struct rp_themes_result *r,
    struct rp_assigned *out)
{
	struct rp_watch watch = { o->is_cancelled, o->ctx, false };
	struct rp_theme_tools tools = *given;
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct assigning x = { .a = a,
		.temp = temp,
		.tools = &tools,
		.o = o,
		.r = r };
	struct rp_terms terms;

	RP_TRY(check(o, r));
	r->seed = o->seed;
	tools.watch = &watch;
	begin(o, RP_ANALYSIS_CAMPAIGNS);
	rp_campaigns_find(a, tools.folder, &watch, r);
	RP_TRY(go_on(&watch));
	begin(o, RP_ANALYSIS_UNITS);
	rp_units_build(a, &tools, r);
	rp_campaigns_mark_units(r);
	RP_TRY(go_on(&watch));
	begin(o, RP_ANALYSIS_TERMS);
	rp_terms_build(temp, &tools, r, o->question, &terms);
	RP_TRY(go_on(&watch));
	begin(o, RP_ANALYSIS_GROUPING);
	RP_TRY(learn(&x));
	fill(&x);
	RP_TRY(go_on(&watch));
	out->turn = order_reading(&x);
	RP_TRY(go_on(&watch));
	out->theme = put_themes(&x);
	rp_quotations_choose(a, &terms, &watch, r);
	RP_TRY(go_on(&watch));
	rp_themes_read(r);
	rp_themes_count(r);
	begin(o, RP_ANALYSIS_STAGES);
	return rp_themes_verify(r);
}
