#include "proc/themes_report.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "text/input.h"
#include "text/langid.h"
#include "text/words.h"
#include "themes/campaign.h"
#include "themes/verify.h"

#define NONE_YET UINT32_MAX

struct tally {
	rp_text name;
	int64_t responses, words;
};

struct tallies RP_MAP(struct tally);

struct making {
	struct rp_arena *a, *temp;
	struct rp_words *words;
	const struct rp_themes_result *r;
	const struct rp_theme_place *places;
	struct rp_theme_report *out;
	bool is_coded;
	uint32_t *first_field, *first_unit; /* by response; one more */
	int64_t *n_words;                   /* by response */
	uint32_t *group;                    /* by response: of out->groups */
	uint32_t *source;                   /* by response, or NONE_YET */
	/* Quotations of a response: units, to be marked in its text. */
	bool *is_quoted; /* by unit */
};

static void
index_responses(struct making *m)
{
	const struct rp_themes_result *r = m->r;
	size_t n = r->responses.n;

	m->first_field = rp_new_n(m->temp, uint32_t, n + 1);
	m->first_unit = rp_new_n(m->temp, uint32_t, n + 1);
	m->n_words = rp_new_n(m->temp, int64_t, n + 1);
	for (size_t i = 0; i < r->fields.n; i++)
		m->first_field[r->fields.v[i].response + 1]++;
	for (size_t i = 0; i < r->units.n; i++)
		m->first_unit[r->fields.v[r->units.v[i].field].response + 1]++;
	for (size_t i = 0; i < n; i++) {
		m->first_field[i + 1] += m->first_field[i];
		m->first_unit[i + 1] += m->first_unit[i];
		for (uint32_t f = m->first_field[i]; f < m->first_field[i + 1];
		     f++)
			m->n_words[i] +=
			    rp_words_count(m->words, r->fields.v[f].text);
		m->out->words += m->n_words[i];
	}
}

static void
count(struct rp_arena *a, struct tallies *t, rp_text name, int64_t words)
{
	struct tally *at = rp_map_at(a, t, name);

	at->name = name;
	at->responses++;
	at->words += words;
}

static int
by_responses(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	if (a->responses != b->responses)
		return a->responses > b->responses ? -1 : 1;
	return rp_text_cmp(a->name, b->name);
}

/* A copy that is sorted: the map itself must keep its order. */
static struct tally *
sorted(struct rp_arena *a, const struct tallies *t)
{
	struct tally *v = rp_new_n(a, struct tally, t->n + 1);

	if (t->n > 0) {
		memcpy(v, t->v, t->n * sizeof(*v));
		qsort(v, t->n, sizeof(*v), by_responses);
	}
	return v;
}

static void
make_groups(struct making *m)
{
	struct tallies all = { 0 };
	struct RP_MAP(uint32_t) number = { 0 };
	const struct tally *v;
	size_t n = m->r->responses.n;

	for (size_t i = 0; i < n; i++)
		count(m->temp, &all, m->r->responses.v[i].group, m->n_words[i]);
	v = sorted(m->temp, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct rp_report_group g = { v[i].name, v[i].responses,
			v[i].words };
		uint32_t at = (uint32_t)m->out->groups.n;

		if (at == RP_REPORT_KEPT_GROUPS) {
			struct rp_report_group *rest = &m->out->groups.v[--at];

			rest->name = RP_TEXT("\xe2\x80\xa6");
			rest->responses += g.responses;
			rest->words += g.words;
		} else {
			rp_vec_push(m->a, &m->out->groups, g);
		}
		*rp_map_at(m->temp, &number, v[i].name) = at;
	}
	m->group = rp_new_n(m->temp, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++)
		m->group[i] = *rp_map_find(&number, m->r->responses.v[i].group);
}

/* The language of the first thing that is said; declared, if nothing is. */
static rp_text
lang_of(const struct making *m, uint32_t response)
{
	rp_text tag = m->r->responses.v[response].lang;

	if (m->first_unit[response] < m->first_unit[response + 1])
		tag = m->r->units.v[m->first_unit[response]].lang;
	tag = rp_text_sub(tag, 0, rp_text_find(tag, '-', 0));
	return tag.n > 0 ? tag : RP_TEXT("und");
}

static void
make_languages(struct making *m)
{
	struct tallies all = { 0 };
	const struct tally *v;

	for (uint32_t i = 0; i < m->r->responses.n; i++)
		count(m->temp, &all, lang_of(m, i), m->n_words[i]);
	v = sorted(m->temp, &all);
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(m->a, &m->out->languages,
		    ((struct rp_report_language){ rp_text_dup(m->a, v[i].name),
			v[i].responses, v[i].words }));
}

static int
by_length(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return *a > *b ? -1 : *a < *b;
}

static double
longest_share(struct making *m)
{
	size_t n = m->r->responses.n, tenth = (n + 9) / 10;
	int64_t *v = rp_new_n(m->temp, int64_t, n + 1), sum = 0;

	if (m->out->words == 0)
		return -1;
	memcpy(v, m->n_words, n * sizeof(*v));
	qsort(v, n, sizeof(*v), by_length);
	for (size_t i = 0; i < tenth; i++)
		sum += v[i];
	return (double)sum / (double)m->out->words;
}

/* Texts with marks. */

static void
push_part(struct making *m, struct rp_report_parts *parts, rp_text t,
    bool is_marked)
{
	if (t.n > 0)
		rp_vec_push(m->a, parts,
		    ((struct rp_report_part){ t, is_marked }));
}

/* A text of several fields, with some places of it marked, up to a length. */
struct marking {
	struct rp_report_parts *parts;
	size_t left;
	bool is_cut;
};

static void
put_text(struct making *m, struct marking *k, rp_text t, bool is_marked)
{
	rp_text head = rp_text_cut(t, k->left);

	if (k->is_cut)
		return;
	push_part(m, k->parts, head, is_marked);
	k->left -= head.n;
	k->is_cut = head.n < t.n;
}

static void
put_quoted(struct making *m, struct marking *k, uint32_t response, uint32_t f)
{
	rp_text t = m->r->fields.v[f].text;
	size_t at = 0;

	for (uint32_t u = m->first_unit[response];
	     u < m->first_unit[response + 1]; u++) {
		const struct rp_theme_unit *unit = &m->r->units.v[u];

		if (unit->field != f || !m->is_quoted[u])
			continue;
		put_text(m, k, rp_text_sub(t, at, unit->from), false);
		put_text(m, k, rp_text_sub(t, unit->from, unit->to), true);
		at = unit->to;
	}
	put_text(m, k, rp_text_sub(t, at, t.n), false);
}

static void
put_own(struct making *m, struct marking *k,
    const struct rp_campaign_member *member, uint32_t f)
{
	rp_text t = m->r->fields.v[f].text;
	size_t at = 0;

	for (uint32_t i = 0; i < member->n_own; i++) {
		const struct rp_own_words *w =
		    &m->r->own.v[member->first_own + i];

		if (w->field != f)
			continue;
		put_text(m, k, rp_text_sub(t, at, w->from), false);
		put_text(m, k, rp_text_sub(t, w->from, w->to), true);
		at = w->to;
	}
	put_text(m, k, rp_text_sub(t, at, t.n), false);
}

/* All fields, each by `member` or by quotations; whether it was cut. */
static bool
put_response(struct making *m, struct rp_report_parts *parts, uint32_t response,
    const struct rp_campaign_member *member)
{
	struct marking k = { parts, RP_REPORT_KEPT_TEXT, false };
	uint32_t first = m->first_field[response];

	for (uint32_t f = first; f < m->first_field[response + 1]; f++) {
		if (f > first && m->r->fields.v[f].text.n > 0)
			put_text(m, &k, RP_TEXT("\n\n"), false);
		if (member != NULL)
			put_own(m, &k, member, f);
		else
			put_quoted(m, &k, response, f);
	}
	return k.is_cut;
}

static uint32_t
source_of(struct making *m, uint32_t response)
{
	const struct rp_theme_response *p = &m->r->responses.v[response];
	struct rp_report_source s = { .id = p->id,
		.group = p->group,
		.lang = lang_of(m, response) };

	if (m->source[response] != NONE_YET)
		return m->source[response];
	s.is_cut = put_response(m, &s.text, response, NULL);
	m->source[response] = (uint32_t)m->out->sources.n;
	rp_vec_push(m->a, &m->out->sources, s);
	return m->source[response];
}

/* Themes. */

static int64_t *
by_group(struct making *m)
{
	size_t groups = m->out->groups.n, themes = m->r->themes.n;
	int64_t *v = rp_new_n(m->a, int64_t, groups * themes + 1);
	uint32_t *last = rp_new_n(m->temp, uint32_t, themes + 1);

	for (size_t i = 0; i < m->r->units.n; i++) {
		const struct rp_theme_unit *u = &m->r->units.v[i];
		uint32_t response = m->r->fields.v[u->field].response;

		for (uint32_t t = u->theme; t != RP_NONE;
		     t = m->r->themes.v[t].parent) {
			if (last[t] == response + 1)
				continue;
			last[t] = response + 1;
			v[t * groups + m->group[response]]++;
		}
	}
	return v;
}

static void
make_theme(struct making *m, uint32_t i, const int64_t *groups)
{
	const struct rp_theme *t = &m->r->themes.v[i];
	struct rp_report_theme out = {
		.label = t->label,
		.lang = t->lang,
		.is_machine = !m->is_coded,
		.definition = RP_TEXT(""),
		.parent = t->parent == RP_NONE ? RP_REPORT_NONE : t->parent,
		.responses = t->responses,
		.distinct = t->distinct,
		.campaign_responses = t->campaign_responses,
		.by_group = groups,
	};

	/* A map of all leaves is a cloud; that of the level above is read. */
	if (m->places != NULL && t->parent == RP_NONE) {
		out.is_on_map = true;
		out.x = (int32_t)m->places[i].x;
		out.y = (int32_t)m->places[i].y;
	}
	for (int k = 0; m->places != NULL && k < RP_MAP_NEAR; k++)
		if (m->places[i].near[k] != RP_NONE)
			rp_vec_push(m->a, &out.near, m->places[i].near[k]);
	rp_vec_push(m->a, &m->out->themes, out);
}

static void
make_quotations(struct making *m)
{
	const struct rp_quotations *all = &m->r->quotations;
	size_t shown = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_quotation *q = &all->v[i];
		const struct rp_theme_unit *u = &m->r->units.v[q->unit];
		const struct rp_theme_field *f = &m->r->fields.v[u->field];
		struct rp_report_quotation out;

		shown = i > 0 && q[-1].theme == q->theme ? shown + 1 : 0;
		if (shown >= RP_REPORT_KEPT_QUOTATIONS)
			continue;
		out = (struct rp_report_quotation){
			.text = rp_text_sub(f->text, u->from, u->to),
			.lang = u->lang,
			.source = source_of(m, f->response),
		};
		rp_vec_push(m->a, &m->out->themes.v[q->theme].quotations, out);
	}
}

/* Campaigns. */

static void
put_letter(struct making *m, struct rp_report_parts *parts, rp_text t)
{
	static const rp_text hole = RP_TEXT_INIT(RP_CAMPAIGN_HOLE);
	size_t at = 0;

	for (size_t i = 0; i + hole.n <= t.n; i++) {
		if (memcmp(t.p + i, hole.p, hole.n) != 0)
			continue;
		push_part(m, parts, rp_text_sub(t, at, i), false);
		push_part(m, parts, hole, true);
		at = i + hole.n;
		i = at - 1;
	}
	push_part(m, parts, rp_text_sub(t, at, t.n), false);
}

/* Those with words of their own are what a reader has not read yet. */
static void
put_variations(struct making *m, const struct rp_campaign *c,
    struct rp_report_campaign *out)
{
	static const enum rp_campaign_level order[] = { RP_CAMPAIGN_WITH_OWN,
		RP_CAMPAIGN_TWIN, RP_CAMPAIGN_NEAR };

	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (size_t i = 0;
		     i < c->members.n &&
		     out->variations.n < RP_REPORT_KEPT_VARIATIONS;
		     i++) {
			const struct rp_campaign_member *b = &c->members.v[i];
			struct rp_report_variation v = { 0 };

			if (b->level != order[k])
				continue;
			v.source = source_of(m, b->response);
			v.level = (enum rp_report_level)b->level;
			v.is_cut = put_response(m, &v.text, b->response, b);
			rp_vec_push(m->a, &out->variations, v);
		}
}

static void
make_campaigns(struct making *m)
{
	const struct rp_campaigns *all = &m->r->campaigns;

	for (size_t i = 0; i < all->n && i < RP_REPORT_KEPT_CAMPAIGNS; i++) {
		const struct rp_campaign *c = &all->v[i];
		struct rp_report_campaign out = {
			.members = (int64_t)c->members.n,
			.lang = c->lang,
			.twin = c->twin == RP_NONE ? RP_REPORT_NONE : c->twin,
		};

		for (size_t k = 0; k < c->members.n; k++)
			out.by_level[c->members.v[k].level]++;
		put_letter(m, &out.letter, c->template_text);
		put_variations(m, c, &out);
		rp_vec_push(m->a, &m->out->campaigns, out);
	}
}

static void
make_states(struct making *m)
{
	static const enum rp_report_state as[RP_READINGS] = {
		[RP_READING_THEMED] = RP_REPORT_THEMED,
		[RP_READING_NO_THEME] = RP_REPORT_NO_THEME,
		[RP_READING_UNREAD] = RP_REPORT_UNREAD,
		[RP_READING_EMPTY] = RP_REPORT_EMPTY,
		[RP_READING_WITHHELD] = RP_REPORT_WITHHELD,
	};
	uint32_t states[RP_READINGS];

	rp_themes_states(m->r, states);
	for (int i = 0; i < RP_READINGS; i++)
		m->out->states[as[i]] = states[i];
}

static void
make_themes(struct making *m)
{
	const int64_t *groups = by_group(m);

	m->is_quoted = rp_new_n(m->temp, bool, m->r->units.n + 1);
	for (size_t i = 0; i < m->r->quotations.n; i++)
		m->is_quoted[m->r->quotations.v[i].unit] = true;
	m->source = rp_new_n(m->temp, uint32_t, m->r->responses.n + 1);
	memset(m->source, 0xff, m->r->responses.n * sizeof(*m->source));
	for (uint32_t i = 0; i < m->r->themes.n; i++)
		make_theme(m, i, groups + i * m->out->groups.n);
	make_quotations(m);
}

struct rp_theme_report *
rp_themes_report(struct rp_arena *a, struct rp_words *words,
    const struct rp_themes_result *r, const struct rp_theme_place *places,
    rp_text question, rp_text file, bool is_coded)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct rp_theme_report *out = rp_new(a, struct rp_theme_report);
	struct making m = {
		.a = a,
		.temp = temp,
		.words = words,
		.r = r,
		.places = places,
		.out = out,
		.is_coded = is_coded,
	};
	struct rp_langid g = rp_langid_guess(question, RP_TEXT(""));

	out->title = question;
	out->title_lang = g.reliable ? g.tag : RP_TEXT("und");
	out->context = file;
	out->responses = (int64_t)r->responses.n;
	out->version = RP_TEXT(RP_VERSION);
	out->seed = rp_textf(a, "%llu", (unsigned long long)r->seed);
	make_states(&m);
	index_responses(&m);
	make_groups(&m);
	make_languages(&m);
	out->longest_share = longest_share(&m);
	make_themes(&m);
	make_campaigns(&m);
	return out;
}
