#include "proc/themes_view.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "text/format.h"
#include "text/words.h"
#include "themes/map.h"

#define HOLE "[…]"
#define PLACED_BY 100 /* units of a theme that its place comes from */

struct viewing {
	struct rp_arena *a;
	const struct rp_theme_tools *tools;
	const struct rp_reader *reader;
	const struct rp_themes_result *r;
	struct rp_theme_report *out;
	uint32_t *first_field;         /* responses + 1: of the fields */
	uint32_t *first_unit;          /* fields + 1: of the units */
	int64_t *words;                /* by response */
	uint32_t *group;               /* by response: in out->groups */
	uint32_t *source;              /* by response, plus one */
	bool *is_quoted;               /* by unit */
	struct RP_VEC(uint32_t) shown; /* responses, as out->sources */
};

/* Where each response's fields and each field's units begin. */
static void
index_all(struct viewing *v)
{
	const struct rp_themes_result *r = v->r;
	size_t f = 0, u = 0;

	v->first_field = rp_new_n(v->a, uint32_t, r->responses.n + 1);
	v->first_unit = rp_new_n(v->a, uint32_t, r->fields.n + 1);
	v->source = rp_new_n(v->a, uint32_t, r->responses.n + 1);
	v->group = rp_new_n(v->a, uint32_t, r->responses.n + 1);
	v->words = rp_new_n(v->a, int64_t, r->responses.n + 1);
	v->is_quoted = rp_new_n(v->a, bool, r->units.n + 1);
	for (size_t i = 0; i <= r->responses.n; i++) {
		while (f < r->fields.n && r->fields.v[f].response < i)
			f++;
		v->first_field[i] = (uint32_t)f;
	}
	for (size_t i = 0; i <= r->fields.n; i++) {
		while (u < r->units.n && r->units.v[u].field < i)
			u++;
		v->first_unit[i] = (uint32_t)u;
	}
}

static void
count_words(struct viewing *v)
{
	for (size_t i = 0; i < v->r->fields.n; i++) {
		uint32_t response = v->r->fields.v[i].response;

		if (v->r->responses.v[response].is_withheld)
			continue;
		v->words[response] +=
		    rp_words_count(v->tools->words, v->r->fields.v[i].text);
	}
	for (size_t i = 0; i < v->r->responses.n; i++)
		v->out->words += v->words[i];
}

static int
by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a > b ? -1 : a < b;
}

static void
longest_tenth(struct viewing *v)
{
	size_t n = v->r->responses.n;
	int64_t *sorted = rp_new_n(v->a, int64_t, n + 1), sum = 0;

	v->out->longest_share = -1;
	if (n < 10 || v->out->words == 0)
		return;
	for (size_t i = 0; i < n; i++)
		sorted[i] = v->words[i];
	qsort(sorted, n, sizeof(*sorted), by_number);
	for (size_t i = 0; i < (n + 9) / 10; i++)
		sum += sorted[i];
	v->out->longest_share = (double)sum / (double)v->out->words;
}

/* Groups: the largest first, then by name. */

struct tally {
	rp_text name;
	int64_t responses, words;
	uint32_t was;
};

static int
by_size(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	if (a->responses != b->responses)
		return a->responses > b->responses ? -1 : 1;
	return rp_text_cmp(a->name, b->name);
}

static void
groups(struct viewing *v)
{
	struct RP_MAP(struct tally) all = { 0 };
	uint32_t *now, *of = rp_new_n(v->a, uint32_t, v->r->responses.n + 1);
	struct rp_report_group others = { .name = rp_message(v->a, v->reader,
					      M_statistics_others, NULL, 0) };

	for (size_t i = 0; i < v->r->responses.n; i++) {
		rp_text name = v->r->responses.v[i].group;
		struct tally *t = rp_map_at(v->a, &all, name);

		t->name = name;
		t->responses++;
		t->words += v->words[i];
		of[i] = (uint32_t)(t - all.v);
		t->was = of[i];
	}
	if (all.n > 0)
		qsort(all.v, all.n, sizeof(*all.v), by_size);
	now = rp_new_n(v->a, uint32_t, all.n + 1);
	for (uint32_t i = 0; i < all.n; i++) {
		bool rest = all.n > RP_REPORT_GROUPS_MAX &&
			    i >= RP_REPORT_GROUPS_MAX - 1;
		struct rp_report_group g = { all.v[i].name, all.v[i].responses,
			all.v[i].words };

		now[all.v[i].was] = rest ? RP_REPORT_GROUPS_MAX - 1 : i;
		if (!rest)
			rp_vec_push(v->a, &v->out->groups, g);
		others.responses += rest ? g.responses : 0;
		others.words += rest ? g.words : 0;
	}
	if (others.responses > 0)
		rp_vec_push(v->a, &v->out->groups, others);
	for (size_t i = 0; i < v->r->responses.n; i++)
		v->group[i] = now[of[i]];
}

/* That of its first unit, else what was declared. */
static rp_text
lang_of(const struct viewing *v, uint32_t response)
{
	const struct rp_theme_response *p = &v->r->responses.v[response];
	uint32_t unit = v->first_unit[v->first_field[response]];

	if (unit < v->first_unit[v->first_field[response + 1]] &&
	    v->r->units.v[unit].lang.n > 0)
		return v->r->units.v[unit].lang;
	return p->lang.n > 0 ? p->lang : RP_TEXT("und");
}

static void
languages(struct viewing *v)
{
	struct RP_MAP(struct tally) all = { 0 };

	for (uint32_t i = 0; i < v->r->responses.n; i++) {
		rp_text tag = lang_of(v, i);
		struct tally *t = rp_map_at(v->a, &all, tag);

		t->name = tag;
		t->responses++;
		t->words += v->words[i];
	}
	if (all.n > 0)
		qsort(all.v, all.n, sizeof(*all.v), by_size);
	for (size_t i = 0; i < all.n; i++) {
		struct rp_report_language l = { all.v[i].name,
			all.v[i].responses, all.v[i].words };

		rp_vec_push(v->a, &v->out->languages, l);
	}
}

static void
states(struct viewing *v)
{
	static const enum rp_report_state of[RP_READINGS] = {
		[RP_READING_THEMED] = RP_REPORT_THEMED,
		[RP_READING_NO_THEME] = RP_REPORT_NO_THEME,
		[RP_READING_UNREAD] = RP_REPORT_UNREAD,
		[RP_READING_EMPTY] = RP_REPORT_EMPTY,
		[RP_READING_WITHHELD] = RP_REPORT_WITHHELD,
	};

	v->out->responses = (int64_t)v->r->responses.n;
	for (size_t i = 0; i < v->r->responses.n; i++)
		v->out->states[of[v->r->responses.v[i].reading]]++;
}

/* Themes. */

static void
count_theme(struct viewing *v, int64_t **counts, uint32_t *seen,
    uint32_t response, uint32_t theme)
{
	while (theme != RP_NONE) {
		if (seen[theme] != response + 1) {
			seen[theme] = response + 1;
			counts[theme][v->group[response]]++;
		}
		theme = v->r->themes.v[theme].parent;
	}
}

static int64_t **
by_group(struct viewing *v)
{
	size_t n = v->r->themes.n;
	int64_t **counts = rp_new_n(v->a, int64_t *, n + 1);
	uint32_t *seen = rp_new_n(v->a, uint32_t, n + 1);

	for (size_t i = 0; i < n; i++)
		counts[i] = rp_new_n(v->a, int64_t, RP_REPORT_GROUPS_MAX + 1);
	for (size_t i = 0; i < v->r->units.n; i++) {
		const struct rp_theme_unit *u = &v->r->units.v[i];

		if (u->theme != RP_NONE)
			count_theme(v, counts, seen,
			    v->r->fields.v[u->field].response, u->theme);
	}
	return counts;
}

/* The number of a response's source, made when it is first asked for. */
static uint32_t
source_of(struct viewing *v, uint32_t response)
{
	const struct rp_theme_response *p = &v->r->responses.v[response];
	struct rp_report_source s = { .id = p->id,
		.group = p->group,
		.lang = lang_of(v, response) };

	if (v->source[response] == 0) {
		rp_vec_push(v->a, &v->out->sources, s);
		rp_vec_push(v->a, &v->shown, response);
		v->source[response] = (uint32_t)v->out->sources.n;
	}
	return v->source[response] - 1;
}

/* Themes in the order of the report: a parent, then its leaves. */
static uint32_t *
order(struct viewing *v, uint32_t *now)
{
	size_t n = v->r->themes.n, at = 0;
	uint32_t *out = rp_new_n(v->a, uint32_t, n + 1);

	for (uint32_t i = 0; i < n; i++) {
		if (v->r->themes.v[i].parent != RP_NONE)
			continue;
		now[i] = (uint32_t)at;
		out[at++] = i;
		for (uint32_t j = 0; j < n; j++)
			if (v->r->themes.v[j].parent == i) {
				now[j] = (uint32_t)at;
				out[at++] = j;
			}
	}
	return out;
}

static struct rp_err *
quotations(struct viewing *v, uint32_t theme, struct rp_report_theme *out)
{
	for (size_t i = 0; i < v->r->quotations.n; i++) {
		const struct rp_quotation *q = &v->r->quotations.v[i];
		const struct rp_theme_unit *u = &v->r->units.v[q->unit];
		const struct rp_theme_field *f = &v->r->fields.v[u->field];
		struct rp_report_quotation one = { .lang = u->lang };

		if (q->theme != theme)
			continue;
		if (v->r->responses.v[f->response].is_withheld)
			return rp_fail(RP_E_INTERNAL,
			    "a withheld response is quoted");
		one.text = rp_text_sub(f->text, u->from, u->to);
		one.source = source_of(v, f->response);
		v->is_quoted[q->unit] = true;
		rp_vec_push(v->a, &out->quotations, one);
	}
	return NULL;
}

/*
 * Places by the words of some units of each theme, the first ones: as many as
 * tell what it is about, so that a million responses cost no more than ten
 * thousand.
 */
static struct rp_theme_place *
places(struct viewing *v)
{
	struct rp_themes_result some = { .responses = v->r->responses,
		.fields = v->r->fields,
		.themes = v->r->themes };
	uint32_t *taken = rp_new_n(v->a, uint32_t, v->r->themes.n + 1);
	struct rp_terms terms;

	for (size_t i = 0; i < v->r->units.n; i++) {
		struct rp_theme_unit u = v->r->units.v[i];

		if (u.theme == RP_NONE || u.copy_of != i ||
		    taken[u.theme]++ >= PLACED_BY)
			continue;
		u.copy_of = (uint32_t)some.units.n;
		rp_vec_push(v->a, &some.units, u);
	}
	if (v->r->themes.n == 0)
		return NULL;
	rp_terms_build(v->a, v->tools, &some, RP_TEXT(""), &terms);
	return rp_themes_map(v->a, &terms, &some);
}

static bool
is_parent(const struct viewing *v, uint32_t theme)
{
	for (size_t i = 0; i < v->r->themes.n; i++)
		if (v->r->themes.v[i].parent == theme)
			return true;
	return false;
}

static struct rp_err *
themes(struct viewing *v)
{
	struct rp_theme_place *place = places(v);
	int64_t **counts = by_group(v);
	uint32_t *now = rp_new_n(v->a, uint32_t, v->r->themes.n + 1);
	uint32_t *themes = order(v, now);

	for (size_t i = 0; i < v->r->themes.n; i++) {
		const struct rp_theme *t = &v->r->themes.v[themes[i]];
		const struct rp_theme_place *p = &place[themes[i]];
		struct rp_report_theme one = { .label = t->label,
			.lang = t->lang,
			.is_machine = true,
			.parent = t->parent == RP_NONE ? RP_REPORT_NONE :
							 now[t->parent],
			.responses = t->responses,
			.distinct = t->distinct,
			.campaign_responses = t->campaign_responses,
			.by_group = counts[themes[i]],
			.is_on_map = !is_parent(v, themes[i]),
			.x = (int32_t)p->x,
			.y = (int32_t)p->y };

		for (uint32_t k = 0; k < RP_MAP_NEAR && p->near[k] != RP_NONE;
		     k++)
			rp_vec_push(v->a, &one.near, now[p->near[k]]);
		RP_TRY(quotations(v, themes[i], &one));
		rp_vec_push(v->a, &v->out->themes, one);
	}
	return NULL;
}

/* Campaigns. */

static void
push(struct viewing *v, struct rp_report_parts *to, rp_text t, bool is_marked)
{
	struct rp_report_part part = { t, is_marked };

	if (t.n > 0)
		rp_vec_push(v->a, to, part);
}

static void
letter(struct viewing *v, rp_text t, struct rp_report_parts *to)
{
	const rp_text hole = RP_TEXT(HOLE);
	size_t from = 0;

	for (size_t i = 0; i + hole.n <= t.n; i++) {
		if (t.p[i] != '[' ||
		    !rp_text_starts(rp_text_sub(t, i, t.n), hole))
			continue;
		push(v, to, rp_text_sub(t, from, i), false);
		push(v, to, hole, true);
		from = i + hole.n;
		i = from - 1;
	}
	push(v, to, rp_text_sub(t, from, t.n), false);
}

/* Where `t` may be cut so that at most `max` octets stay. */
static size_t
cut_at(rp_text t, size_t max)
{
	if (t.n <= max)
		return t.n;
	while (max > 0 && ((uint8_t)t.p[max] & 0xC0) == 0x80)
		max--;
	return max;
}

struct range {
	uint32_t field, from, to;
};
struct ranges RP_VEC(struct range);

/*
 * The fields of a response with ranges of them marked (in order, apart from
 * each other), up to RP_VIEW_SOURCE_MAX octets.
 */
static bool
marked(struct viewing *v, uint32_t response, const struct ranges *ranges,
    struct rp_report_parts *to)
{
	size_t left = RP_VIEW_SOURCE_MAX, k = 0;

	for (uint32_t i = v->first_field[response];
	     i < v->first_field[response + 1]; i++) {
		rp_text t = v->r->fields.v[i].text;
		size_t end = cut_at(t, left), at = 0;

		if (t.n == 0)
			continue;
		if (to->n > 0)
			push(v, to, RP_TEXT("\n"), false);
		for (; k < ranges->n && ranges->v[k].field <= i; k++) {
			size_t from = ranges->v[k].from, upto = ranges->v[k].to;

			if (ranges->v[k].field < i || from < at || from >= end)
				continue;
			upto = upto < end ? upto : end;
			push(v, to, rp_text_sub(t, at, from), false);
			push(v, to, rp_text_sub(t, from, upto), true);
			at = upto;
		}
		push(v, to, rp_text_sub(t, at, end), false);
		left -= end;
		if (end < t.n)
			return true;
	}
	return false;
}

static enum rp_report_level
level_of(enum rp_campaign_level l)
{
	static const enum rp_report_level of[] = {
		[RP_CAMPAIGN_EXACT] = RP_REPORT_EXACT,
		[RP_CAMPAIGN_NEAR] = RP_REPORT_NEAR,
		[RP_CAMPAIGN_WITH_OWN] = RP_REPORT_OWN,
		[RP_CAMPAIGN_TWIN] = RP_REPORT_TWIN,
	};

	return of[l];
}

static void
variation(struct viewing *v, const struct rp_campaign_member *m,
    struct rp_report_campaign *to)
{
	struct rp_report_variation one = { .level = level_of(m->level) };
	struct ranges own = { 0 };

	for (uint32_t k = 0; k < m->n_own; k++) {
		const struct rp_own_words *w = &v->r->own.v[m->first_own + k];
		struct range r = { w->field, w->from, w->to };

		rp_vec_push(v->a, &own, r);
	}
	one.source = source_of(v, m->response);
	one.is_cut = marked(v, m->response, &own, &one.text);
	rp_vec_push(v->a, &to->variations, one);
}

/* Some with own words, some that are near, one that is unchanged; each the
 * first of its kind, so that they stay the same from run to run. */
static void
variations(struct viewing *v, const struct rp_campaign *c,
    struct rp_report_campaign *to)
{
	static const struct {
		enum rp_campaign_level level;
		size_t most;
	} wanted[] = { { RP_CAMPAIGN_WITH_OWN, RP_VIEW_VARIATIONS - 2 },
		{ RP_CAMPAIGN_NEAR, RP_VIEW_VARIATIONS - 1 },
		{ RP_CAMPAIGN_TWIN, RP_VIEW_VARIATIONS - 1 },
		{ RP_CAMPAIGN_EXACT, RP_VIEW_VARIATIONS } };

	for (size_t w = 0; w < sizeof(wanted) / sizeof(wanted[0]); w++)
		for (size_t i = 0; i < c->members.n; i++) {
			const struct rp_campaign_member *m = &c->members.v[i];

			if (to->variations.n >= wanted[w].most)
				break;
			if (m->level == wanted[w].level &&
			    !v->r->responses.v[m->response].is_withheld)
				variation(v, m, to);
		}
}

static void
campaigns(struct viewing *v)
{
	size_t n = v->r->campaigns.n;

	n = n < RP_VIEW_CAMPAIGNS_MAX ? n : RP_VIEW_CAMPAIGNS_MAX;
	for (size_t i = 0; i < n; i++) {
		const struct rp_campaign *c = &v->r->campaigns.v[i];
		struct rp_report_campaign one = {
			.members = (int64_t)c->members.n,
			.lang = c->lang,
			.twin = c->twin != RP_NONE && c->twin < n ?
				    c->twin :
				    RP_REPORT_NONE,
		};

		for (size_t k = 0; k < c->members.n; k++)
			one.by_level[level_of(c->members.v[k].level)]++;
		letter(v, c->template_text, &one.letter);
		variations(v, c, &one);
		rp_vec_push(v->a, &v->out->campaigns, one);
	}
}

/* What is quoted of a response, once where it is quoted twice. */
static void
quoted_of(struct viewing *v, uint32_t response, struct ranges *out)
{
	uint32_t from = v->first_unit[v->first_field[response]];
	uint32_t to = v->first_unit[v->first_field[response + 1]];

	for (uint32_t i = from; i < to; i++) {
		const struct rp_theme_unit *u = &v->r->units.v[i];
		struct range r = { u->field, u->from, u->to };

		if (v->is_quoted[i])
			rp_vec_push(v->a, out, r);
	}
}

/* The texts of those that are quoted; variations show theirs themselves. */
static void
sources(struct viewing *v)
{
	for (size_t i = 0; i < v->shown.n && i < RP_VIEW_SOURCES_MAX; i++) {
		struct rp_report_source *s = &v->out->sources.v[i];
		struct ranges quoted = { 0 };

		quoted_of(v, v->shown.v[i], &quoted);
		if (quoted.n > 0)
			s->is_cut = marked(v, v->shown.v[i], &quoted, &s->text);
	}
}

struct rp_err *
rp_themes_view(struct rp_arena *a, const struct rp_theme_tools *tools,
    const struct rp_reader *reader, const struct rp_themes_view_options *o,
    const struct rp_themes_result *r, struct rp_theme_report **out)
{
	struct viewing v = { .a = a,
		.tools = tools,
		.reader = reader,
		.r = r,
		.out = rp_new(a, struct rp_theme_report) };

	v.out->title = o->question;
	v.out->title_lang = o->question_lang;
	v.out->context = o->context;
	v.out->version = o->version;
	v.out->seed = rp_textf(a, "%llu", (unsigned long long)r->seed);
	index_all(&v);
	count_words(&v);
	longest_tenth(&v);
	states(&v);
	groups(&v);
	languages(&v);
	RP_TRY(themes(&v));
	campaigns(&v);
	sources(&v);
	*out = v.out;
	return NULL;
}
