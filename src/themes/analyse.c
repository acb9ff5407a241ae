#include "themes/analyse.h"

#include "base/map.h"
#include "text/lang.h"
#include "themes/bridge.h"
#include "themes/campaign.h"
#include "themes/fit.h"
#include "themes/label.h"
#include "themes/quote.h"
#include "themes/verify.h"
#include "themes/watch.h"

rp_text
rp_analysis_stage_name(enum rp_analysis_stage stage)
{
	static const rp_text names[RP_ANALYSIS_STAGES] = {
		[RP_ANALYSIS_CAMPAIGNS] = RP_TEXT_INIT("campaigns"),
		[RP_ANALYSIS_UNITS] = RP_TEXT_INIT("units"),
		[RP_ANALYSIS_TERMS] = RP_TEXT_INIT("terms"),
		[RP_ANALYSIS_GROUPING] = RP_TEXT_INIT("grouping"),
	};

	return names[stage];
}

static void
begin(const struct rp_analysis_options *o, enum rp_analysis_stage stage)
{
	if (o->stage != NULL)
		o->stage(o->ctx, stage);
}

struct numbers RP_MAP(uint32_t);

/* What grouping is told about the rows. */
struct grouping {
	struct rp_arena *arena, *temp;
	const struct rp_analysis_options *o;
	struct rp_themes_result *r;
	const struct rp_terms *terms;
	uint32_t *row_of;               /* unit to row */
	uint32_t *responses, *response; /* by row */
	uint32_t *stratum;
	uint32_t *lang; /* by row */
	struct numbers langs, groups;
	struct rp_watch *watch;
	/*
	 * A parallel text stands behind the responses while words are counted,
	 * and behind it the letters of campaigns.
	 */
	size_t n_responses, n_fields;
};

static uint32_t
number_in(struct rp_arena *a, struct numbers *m, rp_text key)
{
	const uint32_t *at = rp_map_find(m, key);
	uint32_t n = (uint32_t)m->n;

	if (at != NULL)
		return *at;
	*rp_map_at(a, m, key) = n;
	return n;
}

/* How many responses say a row, in what language, and whose they are. */
static void
describe_rows(struct grouping *g)
{
	const struct rp_themes_result *r = g->r;
	uint32_t n = g->terms->n_rows;
	uint32_t *last = rp_new_n(g->temp, uint32_t, n);

	g->row_of = rp_new_n(g->temp, uint32_t, r->units.n);
	g->responses = rp_new_n(g->temp, uint32_t, n);
	g->response = rp_new_n(g->temp, uint32_t, n);
	g->stratum = rp_new_n(g->temp, uint32_t, n);
	g->lang = rp_new_n(g->temp, uint32_t, n);
	for (uint32_t row = 0; row < n; row++) {
		const struct rp_theme_unit *u =
		    &r->units.v[g->terms->unit[row]];
		uint32_t response = r->fields.v[u->field].response;
		rp_text lang =
		    rp_text_sub(u->lang, 0, rp_text_find(u->lang, '-', 0));

		g->row_of[g->terms->unit[row]] = row;
		g->response[row] = response;
		g->lang[row] = number_in(g->temp, &g->langs, lang);
		g->stratum[row] = number_in(g->temp, &g->groups,
		    r->responses.v[response].group);
	}
	for (size_t i = 0; i < r->units.n; i++) {
		const struct rp_theme_unit *u = &r->units.v[i];
		uint32_t row = g->row_of[u->copy_of];
		uint32_t response = r->fields.v[u->field].response;

		g->row_of[i] = row;
		/* Units come by response: the last that counted is enough. */
		if (last[row] == response + 1)
			continue;
		last[row] = response + 1;
		g->responses[row]++;
	}
}

struct runs {
	struct rp_fit_plan *plan;
	uint32_t **labels;
};

static void
run(void *ctx, uint32_t i)
{
	struct runs *r = ctx;

	rp_fit_run(r->plan, i, r->labels[i]);
}

/* Unless it was cancelled. */
static struct rp_err *
go_on(const struct grouping *g)
{
	if (rp_watch_stops(g->watch))
		return rp_fail(RP_E_GONE, "the analysis was stopped");
	return NULL;
}

static struct rp_err *
fit_rows(struct grouping *g, const struct rp_fit_options *how,
    struct rp_fit *out)
{
	struct rp_fit_plan *plan = rp_fit_plan(g->temp, g->terms, how);
	uint32_t n = rp_fit_runs(plan), rows = rp_fit_run_rows(plan);
	struct runs r = { plan, rp_new_n(g->temp, uint32_t *, n) };
	struct rp_crew crew = { g->o->crew.jobs, g->watch };

	for (uint32_t i = 0; i < n; i++)
		r.labels[i] =
		    rp_crew_memory(g->temp, (size_t)rows * sizeof(uint32_t));
	RP_TRY(rp_crew_run(&crew, n, run, &r));
	rp_fit_finish(g->temp, plan, (const uint32_t *const *)r.labels, out);
	return go_on(g);
}

/* The themes of one language behind those that there are. */
static void
take_fit(struct grouping *g, const struct rp_fit *fit, const uint32_t *rows,
    uint32_t n, rp_text lang)
{
	uint32_t first = (uint32_t)g->r->themes.n;

	for (uint32_t i = 0; i < fit->n_themes; i++) {
		struct rp_theme t = { .parent = RP_NONE, .lang = lang };

		if (fit->parent[i] != RP_NONE)
			t.parent = first + fit->parent[i];
		rp_vec_push(g->arena, &g->r->themes, t);
	}
	for (uint32_t i = 0; i < n; i++) {
		struct rp_theme_unit *u =
		    &g->r->units.v[g->terms->unit[rows[i]]];

		if (fit->theme[rows[i]] == RP_NONE)
			continue;
		u->theme = first + fit->theme[rows[i]];
		u->score = fit->score[rows[i]];
	}
}

/* Whether a row is of a response, not of what stands behind them. */
static bool
is_said(const struct grouping *g, uint32_t row)
{
	return g->r->units.v[g->terms->unit[row]].field < g->n_fields;
}

/* Of `all` themes as many as a language has of the rows. */
static uint32_t
themes_for(const struct grouping *g, uint32_t rows)
{
	uint64_t k = (uint64_t)g->o->themes * rows + g->terms->n_rows / 2;

	if (g->o->themes == 0)
		return 0;
	k /= g->terms->n_rows;
	return k > 0 ? (uint32_t)k : 1;
}

static struct rp_err *
group_language(struct grouping *g, uint32_t lang)
{
	uint32_t *rows = rp_new_n(g->temp, uint32_t, g->terms->n_rows);
	struct rp_fit_options how = {
		.seed = g->o->seed,
		.stratum = g->stratum,
		.responses = g->responses,
		.response = g->response,
		.rows = rows,
		.watch = g->watch,
	};
	struct rp_fit fit;

	for (uint32_t row = 0; row < g->terms->n_rows; row++)
		if (g->lang[row] == lang && is_said(g, row))
			rows[how.n_rows++] = row;
	how.k = themes_for(g, how.n_rows);
	RP_TRY(fit_rows(g, &how, &fit));
	take_fit(g, &fit, rows, how.n_rows, g->langs.keys[lang]);
	return NULL;
}

/* What one says like another has its theme. */
static void
spread_to_copies(struct rp_themes_result *r)
{
	for (size_t i = 0; i < r->units.n; i++) {
		struct rp_theme_unit *u = &r->units.v[i];
		const struct rp_theme_unit *first = &r->units.v[u->copy_of];

		u->theme = first->theme;
		u->score = first->score;
		u->by = RP_BY_NOBODY;
		if (u->theme != RP_NONE)
			u->by = u->is_shared ? RP_BY_CAMPAIGN : RP_BY_MACHINE;
	}
}

/* Order. */

struct place {
	uint32_t theme, top; /* itself, or the theme above it */
	uint32_t size, top_size;
};

/* Large ones first, each with those below it right behind. */
static int
by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->top_size != b->top_size)
		return a->top_size > b->top_size ? -1 : 1;
	if (a->top != b->top)
		return a->top < b->top ? -1 : 1;
	if ((a->theme == a->top) != (b->theme == b->top))
		return a->theme == a->top ? -1 : 1;
	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return a->theme < b->theme ? -1 : a->theme > b->theme;
}

/* Themes in the order that people read them in; those without units go. */
static void
order_themes(struct grouping *g)
{
	struct rp_theme_list *all = &g->r->themes;
	struct rp_theme *old = rp_new_n(g->temp, struct rp_theme, all->n);
	struct place *p = rp_new_n(g->temp, struct place, all->n);
	uint32_t *now = rp_new_n(g->temp, uint32_t, all->n), n = 0;

	rp_themes_count(g->r);
	for (uint32_t i = 0; i < all->n; i++) {
		uint32_t parent = all->v[i].parent;

		old[i] = all->v[i];
		now[i] = RP_NONE;
		p[i] = (struct place){ i, parent != RP_NONE ? parent : i,
			old[i].responses, 0 };
		p[i].top_size = all->v[p[i].top].responses;
	}
	if (all->n > 0)
		qsort(p, all->n, sizeof(*p), by_place);
	for (size_t i = 0; i < all->n; i++)
		if (p[i].size > 0)
			now[p[i].theme] = n++;
	for (uint32_t i = 0; i < all->n; i++) {
		if (now[i] == RP_NONE)
			continue;
		all->v[now[i]] = old[i];
		if (old[i].parent != RP_NONE)
			all->v[now[i]].parent = now[old[i].parent];
	}
	all->n = n;
	for (size_t i = 0; i < g->r->units.n; i++)
		if (g->r->units.v[i].theme != RP_NONE)
			g->r->units.v[i].theme = now[g->r->units.v[i].theme];
}

/* Languages that the parallel text has. */
static bool
has_bridge(const struct grouping *g, uint32_t lang)
{
	const struct rp_parallel *p = g->o->parallel;

	for (size_t i = 0; p != NULL && i < p->n_langs; i++)
		if (rp_lang_tag_same_primary(p->langs[i], g->langs.keys[lang]))
			return p->n_segments >= RP_BRIDGE_SEGMENTS_MIN;
	return false;
}

/* As many themes as the language with most rows has by itself. */
static struct rp_err *
number_of_themes(struct grouping *g, const struct rp_fit_options *all,
    uint32_t *out)
{
	uint32_t *n = rp_new_n(g->temp, uint32_t, g->langs.n + 1), most = 0;
	uint32_t *rows = rp_new_n(g->temp, uint32_t, all->n_rows + 1);
	struct rp_fit_options how = *all;
	struct rp_fit fit;

	*out = g->o->themes;
	if (*out > 0)
		return NULL;
	for (uint32_t i = 0; i < all->n_rows; i++)
		n[g->lang[all->rows[i]]]++;
	for (uint32_t lang = 0; lang < g->langs.n; lang++)
		if (n[lang] > n[most])
			most = lang;
	how.places = NULL;
	how.n_rows = 0;
	how.rows = rows;
	for (uint32_t i = 0; i < all->n_rows; i++)
		if (g->lang[all->rows[i]] == most)
			rows[how.n_rows++] = all->rows[i];
	RP_TRY(fit_rows(g, &how, &fit));
	*out = fit.n_leaves > 0 ? fit.n_leaves : 1;
	return NULL;
}

static struct rp_err *
group_together(struct grouping *g, const struct rp_dense *places)
{
	uint32_t *rows = rp_new_n(g->temp, uint32_t, g->terms->n_rows + 1);
	struct rp_fit_options how = {
		.seed = g->o->seed,
		.stratum = g->stratum,
		.responses = g->responses,
		.response = g->response,
		.places = places,
		.rows = rows,
		.watch = g->watch,
	};
	struct rp_fit fit;

	for (uint32_t row = 0; row < g->terms->n_rows; row++)
		if (is_said(g, row) && has_bridge(g, g->lang[row]))
			rows[how.n_rows++] = row;
	if (how.n_rows == 0)
		return NULL;
	RP_TRY(number_of_themes(g, &how, &how.k));
	RP_TRY(fit_rows(g, &how, &fit));
	take_fit(g, &fit, rows, how.n_rows, RP_TEXT("und"));
	return NULL;
}

/* How alike two letters are: their sentences' places together. */
struct letters {
	const struct rp_campaign *first;
	struct rp_dense at;
};

static uint32_t
likeness(void *ctx, const struct rp_campaign *x, const struct rp_campaign *y)
{
	const struct letters *l = ctx;
	double like = rp_num_dot(rp_dense_row(&l->at, (uint32_t)(x - l->first)),
	    rp_dense_row(&l->at, (uint32_t)(y - l->first)), l->at.d);

	return like > 0 ? (uint32_t)(like * 1000) : 0;
}

static void
find_twins(struct grouping *g, const struct rp_bridge_text *text)
{
	struct rp_dense places =
	    rp_bridge_places(g->temp, text, RP_BRIDGE_MATE_DIMS, g->o->seed);
	struct letters l = { g->r->campaigns.v,
		rp_dense_new(g->temp, (uint32_t)g->r->campaigns.n, places.d) };
	size_t first = g->r->fields.n - g->r->campaigns.n;

	for (size_t i = 0; i < g->r->units.n; i++) {
		const struct rp_theme_unit *u = &g->r->units.v[i];

		if (u->field >= first)
			rp_num_axpy(rp_dense_row(&l.at,
					(uint32_t)(u->field - first)),
			    1, rp_dense_row(&places, g->row_of[i]), places.d);
	}
	for (uint32_t i = 0; i < l.at.n; i++)
		rp_num_normalise(rp_dense_row(&l.at, i), l.at.d);
	rp_campaigns_twins(g->r, likeness, &l,
	    (uint32_t)(RP_BRIDGE_MATE_LEAST * 1000));
}

static void
push_behind(struct grouping *g, rp_text text, rp_text lang)
{
	struct rp_theme_field f = { .response = (uint32_t)g->r->responses.n,
		.text = text };
	struct rp_theme_response p = { .lang = lang, .campaign = RP_NONE };

	rp_vec_push(g->arena, &g->r->responses, p);
	rp_vec_push(g->arena, &g->r->fields, f);
}

static void
put_behind(struct grouping *g)
{
	const struct rp_parallel *p = g->o->parallel;

	g->n_responses = g->r->responses.n;
	g->n_fields = g->r->fields.n;
	if (p == NULL || p->n_segments < RP_BRIDGE_SEGMENTS_MIN ||
	    g->o->only_campaigns || g->o->codes != NULL)
		return;
	for (size_t i = 0; i < p->n_segments * p->n_langs; i++)
		push_behind(g, p->texts[i], p->langs[i % p->n_langs]);
	for (size_t i = 0; i < g->r->campaigns.n; i++)
		push_behind(g, g->r->campaigns.v[i].template_text,
		    g->r->campaigns.v[i].lang);
}

/* The result is of the responses alone. */
static void
take_away(struct grouping *g)
{
	struct rp_themes_result *r = g->r;

	r->responses.n = g->n_responses;
	r->fields.n = g->n_fields;
	while (
	    r->units.n > 0 && r->units.v[r->units.n - 1].field >= g->n_fields)
		r->units.n--;
}

static struct rp_bridge_text
bridge_of(struct grouping *g)
{
	const struct rp_parallel *p = g->o->parallel;
	size_t end = g->n_fields + p->n_segments * p->n_langs;
	uint32_t *segment = rp_new_n(g->temp, uint32_t, g->terms->n_rows + 1);

	for (uint32_t row = 0; row < g->terms->n_rows; row++) {
		size_t f = g->r->units.v[g->terms->unit[row]].field;

		segment[row] = RP_NONE;
		if (f >= g->n_fields && f < end)
			segment[row] =
			    (uint32_t)((f - g->n_fields) / p->n_langs);
	}
	return (struct rp_bridge_text){ g->terms, segment, g->lang,
		(uint32_t)p->n_segments, (uint32_t)g->langs.n, g->watch };
}

static struct rp_err *
group(struct grouping *g)
{
	bool is_bridged = g->r->fields.n > g->n_fields;

	describe_rows(g);
	if (is_bridged) {
		struct rp_bridge_text text = bridge_of(g);
		struct rp_dense places = rp_bridge_places(g->temp, &text,
		    RP_BRIDGE_DIMS, g->o->seed);

		find_twins(g, &text);
		RP_TRY(group_together(g, &places));
	}
	for (uint32_t lang = 0; lang < g->langs.n; lang++)
		if (!is_bridged || !has_bridge(g, lang))
			RP_TRY(group_language(g, lang));
	spread_to_copies(g->r);
	return NULL;
}

/* Themes that are found, or those of a codebook. */
static struct rp_err *
find_themes(struct grouping *g, const struct rp_theme_tools *tools)
{
	const struct rp_analysis_options *o = g->o;

	RP_TRY(o->codes != NULL ? rp_themes_code(g->arena, tools, o->question,
				      o->codes, g->r) :
				  group(g));
	order_themes(g);
	if (o->codes == NULL)
		rp_labels_write(g->arena, g->terms, g->watch, g->r);
	rp_quotations_choose(g->arena, g->terms, g->watch, g->r);
	return go_on(g);
}

struct rp_err *
rp_analyse(struct rp_arena *a, const struct rp_theme_tools *given,
    const struct rp_analysis_options *o, struct rp_themes_result *r,
    struct rp_theme_place **out_places)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct rp_watch watch = { o->is_cancelled, o->ctx, false };
	struct rp_theme_tools tools = *given;
	struct grouping g = { .arena = a,
		.temp = temp,
		.o = o,
		.r = r,
		.watch = &watch };
	struct rp_terms terms;

	r->seed = o->seed;
	*out_places = NULL;
	begin(o, RP_ANALYSIS_CAMPAIGNS);
	tools.watch = &watch;
	rp_campaigns_find(a, tools.folder, &watch, r);
	RP_TRY(go_on(&g));
	begin(o, RP_ANALYSIS_UNITS);
	put_behind(&g);
	rp_units_build(a, &tools, r);
	rp_campaigns_mark_units(r);
	RP_TRY(go_on(&g));
	if (!o->only_campaigns) {
		begin(o, RP_ANALYSIS_TERMS);
		rp_terms_build(a, &tools, r, o->question, &terms);
		RP_TRY(go_on(&g));
		begin(o, RP_ANALYSIS_GROUPING);
		g.terms = &terms;
		RP_TRY(find_themes(&g, &tools));
		*out_places = rp_themes_map(a, &terms, &watch, r);
		RP_TRY(go_on(&g));
	}
	take_away(&g);
	rp_themes_read(r);
	rp_themes_count(r);
	begin(o, RP_ANALYSIS_STAGES);
	return rp_themes_verify(r);
}
