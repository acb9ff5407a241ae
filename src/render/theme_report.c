#include "render/theme_report.h"

#include "base/err.h"
#include "render/assets.h"
#include "render/chart.h"
#include "render/page.h"
#include "render/t_theme_report.h"
#include "render/theme_map.h"
#include "text/format.h"

#define LABEL_MAX 30 /* characters beside a bar */

struct making {
	struct rp_arena *a;
	const struct rp_reader *reader;
	const struct rp_theme_report *r;
	struct v_theme_report v;
};

static rp_text
say(const struct making *k, enum rp_msg id)
{
	return rp_message(k->a, k->reader, id, NULL, 0);
}

static rp_text
share(const struct making *k, int64_t part, int64_t all)
{
	return all == 0 ? RP_TEXT("") :
			  rp_format_percent(k->reader->locale, k->a,
			      (double)part / (double)all, 1);
}

static bool
is_known(rp_text tag)
{
	return tag.n > 0 && !rp_text_eq(tag, RP_TEXT("und"));
}

static rp_text
language(const struct making *k, rp_text tag)
{
	return is_known(tag) ?
		   rp_locale_language(k->reader->locale, k->a, tag) :
		   RP_TEXT("");
}

/* The value of a lang attribute: "" says that the language is not known. */
static rp_text
attribute(rp_text tag)
{
	return is_known(tag) ? tag : RP_TEXT("");
}

enum rp_msg
rp_report_state_name(enum rp_report_state s)
{
	static const enum rp_msg names[] = {
		[RP_REPORT_THEMED] = M_theme_report_state_themed,
		[RP_REPORT_NO_THEME] = M_theme_report_state_no_theme,
		[RP_REPORT_UNREAD] = M_theme_report_state_unread,
		[RP_REPORT_EMPTY] = M_theme_report_state_empty,
		[RP_REPORT_WITHHELD] = M_theme_report_state_withheld,
	};

	return names[s];
}

enum rp_msg
rp_report_level_name(enum rp_report_level l)
{
	static const enum rp_msg names[] = {
		[RP_REPORT_EXACT] = M_theme_report_level_exact,
		[RP_REPORT_NEAR] = M_theme_report_level_near,
		[RP_REPORT_OWN] = M_theme_report_level_own,
		[RP_REPORT_TWIN] = M_theme_report_level_twin,
	};

	return names[l];
}

rp_text
rp_report_group_name(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_group *g)
{
	return g->name.n > 0 ?
		   g->name :
		   rp_message(a, reader, M_theme_report_no_group, NULL, 0);
}

rp_text
rp_report_theme_number(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_theme_report *r, uint32_t theme)
{
	uint32_t parent = r->themes.v[theme].parent;
	int64_t at = 0;

	for (uint32_t i = 0; i <= theme; i++)
		at += r->themes.v[i].parent == parent;
	if (parent == RP_REPORT_NONE)
		return rp_format_i64(reader->locale, a, at);
	return rp_textf(a, "%.*s.%.*s",
	    RP_FMT(rp_report_theme_number(a, reader, r, parent)),
	    RP_FMT(rp_format_i64(reader->locale, a, at)));
}

static struct rp_err *
check_theme(const struct rp_theme_report *r, size_t i)
{
	const struct rp_report_theme *t = &r->themes.v[i];

	if (t->parent != RP_REPORT_NONE &&
	    (t->parent >= i || r->themes.v[t->parent].parent != RP_REPORT_NONE))
		return rp_fail(RP_E_INVALID, "theme %zu: parent %u", i,
		    t->parent);
	for (size_t j = 0; j < t->quotations.n; j++)
		if (t->quotations.v[j].source >= r->sources.n)
			return rp_fail(RP_E_INVALID,
			    "theme %zu: quotation %zu has no source", i, j);
	for (size_t j = 0; j < t->near.n; j++)
		if (t->near.v[j] >= r->themes.n)
			return rp_fail(RP_E_INVALID, "theme %zu: near %u", i,
			    t->near.v[j]);
	return NULL;
}

static struct rp_err *
check_campaign(const struct rp_theme_report *r, size_t i)
{
	const struct rp_report_campaign *c = &r->campaigns.v[i];
	int64_t sum = 0;

	for (int l = 0; l < RP_REPORT_LEVELS; l++)
		sum += c->by_level[l];
	if (sum != c->members)
		return rp_fail(RP_E_INVALID,
		    "campaign %zu: levels do not add up", i);
	if (c->twin != RP_REPORT_NONE && c->twin >= r->campaigns.n)
		return rp_fail(RP_E_INVALID, "campaign %zu: twin", i);
	for (size_t j = 0; j < c->variations.n; j++)
		if (c->variations.v[j].source >= r->sources.n)
			return rp_fail(RP_E_INVALID,
			    "campaign %zu: variation %zu has no source", i, j);
	return NULL;
}

struct rp_err *
rp_theme_report_check(const struct rp_theme_report *r)
{
	int64_t sum = 0, heard = 0;

	for (int s = 0; s < RP_REPORT_STATES; s++) {
		if (r->states[s] < 0)
			return rp_fail(RP_E_INVALID, "a negative state");
		sum += r->states[s];
		heard += r->heard_states[s];
	}
	if (heard != r->heard)
		return rp_fail(RP_E_INVALID,
		    "the states are of %lld texts heard, there are %lld",
		    (long long)heard, (long long)r->heard);
	if (sum != r->responses)
		return rp_fail(RP_E_INVALID,
		    "the states are of %lld responses, there are %lld",
		    (long long)sum, (long long)r->responses);
	if (r->themes.n > RP_REPORT_THEMES_MAX)
		return rp_fail(RP_E_LIMIT, "%zu themes, at most %zu",
		    r->themes.n, RP_REPORT_THEMES_MAX);
	for (size_t i = 0; i < r->themes.n; i++)
		RP_TRY(check_theme(r, i));
	for (size_t i = 0; i < r->campaigns.n; i++)
		RP_TRY(check_campaign(r, i));
	return NULL;
}

/* The sum over the five states. */

static struct rp_err *
states(struct making *k)
{
	static const int colours[] = { 1, 7, 2, 7, 7 };
	struct rp_chart chart = { .id = RP_TEXT("states-c"),
		.title = say(k, M_theme_report_states) };

	for (int s = 0; s < RP_REPORT_STATES; s++) {
		enum rp_msg name =
		    rp_report_state_name((enum rp_report_state)s);
		struct v_theme_report_states row = { .name = name,
			.n = k->r->states[s],
			.share = share(k, k->r->states[s], k->r->responses) };
		struct rp_chart_bar bar = { .label = say(k, name),
			.n = row.n,
			.share = row.share,
			.colour = colours[s] };

		rp_vec_push(k->a, &k->v.states, row);
		rp_vec_push(k->a, &chart.bars, bar);
	}
	return rp_chart_bars(k->a, k->reader, &chart, &k->v.states_chart);
}

/* Themes by group. */

static int
group_colour(size_t i)
{
	return (int)(i % RP_CHART_COLOURS) + 1;
}

static void
groups(struct making *k)
{
	for (size_t i = 0; i < k->r->groups.n; i++) {
		rp_text name =
		    rp_report_group_name(k->a, k->reader, &k->r->groups.v[i]);
		struct v_theme_report_legend l = { .name = name,
			.css = rp_textf(k->a, "c%d", group_colour(i)) };
		struct v_theme_report_group_names n = { .name = name };

		/* One group tells nothing. */
		if (k->r->groups.n < 2)
			return;
		rp_vec_push(k->a, &k->v.legend, l);
		rp_vec_push(k->a, &k->v.group_names, n);
	}
}

static bool
has_children(const struct rp_theme_report *r, uint32_t theme)
{
	for (size_t i = theme + 1; i < r->themes.n; i++)
		if (r->themes.v[i].parent == theme)
			return true;
	return false;
}

/* The largest first; as they come where they are equal. */
static uint32_t *
by_size(struct rp_arena *a, const struct rp_theme_report *r, bool map,
    size_t *n)
{
	uint32_t *v = rp_new_n(a, uint32_t, r->themes.n + 1);

	*n = 0;
	for (uint32_t i = 0; i < r->themes.n; i++) {
		size_t at = *n;

		if (map ? !r->themes.v[i].is_on_map : has_children(r, i))
			continue;
		while (at > 0 && r->themes.v[v[at - 1]].responses <
				     r->themes.v[i].responses) {
			v[at] = v[at - 1];
			at--;
		}
		v[at] = i;
		(*n)++;
	}
	return v;
}

/* What fits beside a figure on a telephone; the table has the whole. */
static rp_text
short_label(struct rp_arena *a, rp_text t)
{
	size_t at = 0;

	for (int i = 0; i < LABEL_MAX; i++) {
		size_t n = rp_utf8_len((const uint8_t *)t.p + at, t.n - at);

		if (at >= t.n || n == 0)
			return t;
		at += n;
	}
	return at >= t.n ? t : rp_textf(a, "%.*s…", (int)at, t.p);
}

static struct rp_err *
themes_chart(struct making *k)
{
	struct rp_chart chart = { .id = RP_TEXT("themes-c"),
		.title = say(k, M_theme_report_by_group) };
	size_t n, n_groups = k->v.legend.n;
	uint32_t *v = by_size(k->a, k->r, false, &n);
	const int64_t **parts = rp_new_n(k->a, const int64_t *, n + 1);
	int *colours = rp_new_n(k->a, int, n_groups + 1);
	struct rp_chart_parts stacks = { n_groups, colours, parts };

	for (size_t i = 0; i < n_groups; i++)
		colours[i] = group_colour(i);
	for (size_t i = 0; i < n && i < RP_REPORT_BARS_MAX; i++) {
		const struct rp_report_theme *t = &k->r->themes.v[v[i]];
		struct rp_chart_bar bar = { .label =
						short_label(k->a, t->label),
			.n = t->responses,
			.share = share(k, t->responses, k->r->responses),
			.colour = 1 };

		parts[i] = t->by_group;
		rp_vec_push(k->a, &chart.bars, bar);
	}
	k->v.shows_most = n > RP_REPORT_BARS_MAX;
	k->v.shown = (int64_t)chart.bars.n;
	k->v.all = (int64_t)n;
	return rp_chart_stacked(k->a, k->reader, &chart, &stacks,
	    &k->v.themes_chart);
}

static rp_text
theme_anchor(const struct making *k, uint32_t theme)
{
	return rp_textf(k->a, "t%u", theme + 1);
}

static void
rows(struct making *k)
{
	for (uint32_t i = 0; i < k->r->themes.n; i++) {
		const struct rp_report_theme *t = &k->r->themes.v[i];
		struct v_theme_report_rows row = {
			.number =
			    rp_report_theme_number(k->a, k->reader, k->r, i),
			.url = rp_urlf(k->a, "#t%u", i + 1),
			.label = t->label,
			.lang = attribute(t->lang),
			.is_parent = has_children(k->r, i),
			.responses = t->responses,
			.distinct = t->distinct,
			.campaign = t->campaign_responses,
		};

		for (size_t g = 0; g < k->v.legend.n; g++) {
			struct v_theme_report_rows_cells cell = {
				.n = t->by_group[g]
			};

			rp_vec_push(k->a, &row.cells, cell);
		}
		rp_vec_push(k->a, &k->v.rows, row);
	}
}

/* The map. */

static void
near(const struct making *k, const struct rp_report_theme *t,
    struct v_theme_report_map_rows *row)
{
	for (size_t i = 0; i < t->near.n; i++) {
		uint32_t other = t->near.v[i];
		const struct rp_report_theme *o = &k->r->themes.v[other];
		struct v_theme_report_map_rows_near one = {
			.number = rp_report_theme_number(k->a, k->reader, k->r,
			    other),
			.label = o->label,
			.lang = attribute(o->lang),
			.url = rp_urlf(k->a, "#t%u", other + 1),
		};

		rp_vec_push(k->a, &row->near, one);
	}
}

/* Themes of one parent have its colour. */
static int
family_colour(const struct rp_theme_report *r, uint32_t theme)
{
	uint32_t top = r->themes.v[theme].parent == RP_REPORT_NONE ?
			   theme :
			   r->themes.v[theme].parent;
	int at = 0;

	for (uint32_t i = 0; i < top; i++)
		at += r->themes.v[i].parent == RP_REPORT_NONE;
	return at % RP_CHART_COLOURS + 1;
}

static struct rp_err *
map(struct making *k)
{
	struct rp_theme_circles circles = { 0 };
	size_t n;
	uint32_t *v = by_size(k->a, k->r, true, &n);

	for (size_t i = 0; i < n && i < RP_THEME_MAP_MAX; i++) {
		const struct rp_report_theme *t = &k->r->themes.v[v[i]];
		rp_text number =
		    rp_report_theme_number(k->a, k->reader, k->r, v[i]);
		struct rp_theme_circle c = { .number = number,
			.label = t->label,
			.lang = attribute(t->lang),
			.x = t->x,
			.y = t->y,
			.n = t->responses,
			.colour = family_colour(k->r, v[i]) };
		struct v_theme_report_map_rows row = { .number = number,
			.label = t->label,
			.lang = c.lang,
			.responses = t->responses };

		near(k, t, &row);
		rp_vec_push(k->a, &circles, c);
		rp_vec_push(k->a, &k->v.map_rows, row);
	}
	return rp_theme_map(k->a, k->reader, say(k, M_theme_report_map),
	    &circles, &k->v.map);
}

/* Themes with their quotations. */

static rp_url
source_url(const struct making *k, uint32_t source)
{
	const struct rp_report_source *s = &k->r->sources.v[source];

	if (s->url_path.n > 0)
		return rp_urlf(k->a, "%.*s", RP_FMT(s->url_path));
	if (s->text.n > 0)
		return rp_urlf(k->a, "#r%u", source + 1);
	return RP_URL("");
}

static void
quotations(struct making *k, const struct rp_report_theme *t,
    struct v_theme_report_themes *out)
{
	for (size_t i = 0; i < t->quotations.n; i++) {
		const struct rp_report_quotation *q = &t->quotations.v[i];
		const struct rp_report_source *s = &k->r->sources.v[q->source];
		struct v_theme_report_themes_quotations one = {
			.text = q->text,
			.lang = attribute(q->lang),
			.url = source_url(k, q->source),
			.id = s->id,
			.group = s->group,
			.language = language(k, q->lang),
		};

		rp_vec_push(k->a, &out->quotations, one);
	}
}

static void
themes(struct making *k)
{
	for (uint32_t i = 0; i < k->r->themes.n; i++) {
		const struct rp_report_theme *t = &k->r->themes.v[i];
		struct v_theme_report_themes one = {
			.anchor = theme_anchor(k, i),
			.number = k->v.rows.v[i].number,
			.label = t->label,
			.lang = attribute(t->lang),
			.is_parent = k->v.rows.v[i].is_parent,
			.is_machine = t->is_machine,
			.definition = t->definition,
			.responses = t->responses,
			.distinct = t->distinct,
			.campaign = t->campaign_responses,
		};

		quotations(k, t, &one);
		rp_vec_push(k->a, &k->v.themes, one);
	}
}

/* Campaigns. */

#define copy_parts(k, from, to)                                       \
	do {                                                          \
		for (size_t i_ = 0; i_ < (from)->n; i_++) {           \
			__typeof__(*(to)->v) part_ = {                \
				.text = (from)->v[i_].text,           \
				.is_marked = (from)->v[i_].is_marked, \
			};                                            \
                                                                      \
			rp_vec_push((k)->a, (to), part_);             \
		}                                                     \
	} while (0)

static void
variations(struct making *k, const struct rp_report_campaign *c,
    struct v_theme_report_campaigns *out)
{
	for (size_t i = 0; i < c->variations.n; i++) {
		const struct rp_report_variation *x = &c->variations.v[i];
		const struct rp_report_source *s = &k->r->sources.v[x->source];
		struct v_theme_report_campaigns_variations one = {
			.url = source_url(k, x->source),
			.id = s->id,
			.group = s->group,
			.lang = attribute(s->lang),
			.level = rp_report_level_name(x->level),
			.is_cut = x->is_cut,
		};

		copy_parts(k, &x->text, &one.parts);
		rp_vec_push(k->a, &out->variations, one);
	}
}

static void
campaigns(struct making *k)
{
	for (uint32_t i = 0; i < k->r->campaigns.n; i++) {
		const struct rp_report_campaign *c = &k->r->campaigns.v[i];
		struct v_theme_report_campaigns one = {
			.anchor = rp_textf(k->a, "c%u", i + 1),
			.n = i + 1,
			.members = c->members,
			.lang = attribute(c->lang),
			.language = language(k, c->lang),
		};

		if (c->twin != RP_REPORT_NONE) {
			one.twin = (int64_t)c->twin + 1;
			one.twin_url = rp_urlf(k->a, "#c%u", c->twin + 1);
		}
		copy_parts(k, &c->letter, &one.letter);
		for (size_t j = 0; j < c->letter.n; j++)
			one.has_gap |= c->letter.v[j].is_marked;
		for (int l = 0; l < RP_REPORT_LEVELS; l++) {
			struct v_theme_report_campaigns_levels row = {
				.name = rp_report_level_name(
				    (enum rp_report_level)l),
				.n = c->by_level[l],
				.share = share(k, c->by_level[l], c->members),
			};

			if (row.n > 0)
				rp_vec_push(k->a, &one.levels, row);
		}
		variations(k, c, &one);
		rp_vec_push(k->a, &k->v.campaigns, one);
	}
}

/* Who spoke. */

static struct rp_err *
balance(struct making *k)
{
	struct rp_chart chart = { .id = RP_TEXT("balance-c"),
		.title = say(k, M_theme_report_balance) };

	for (size_t i = 0; i < k->r->groups.n; i++) {
		const struct rp_report_group *g = &k->r->groups.v[i];
		struct v_theme_report_balance row = {
			.name = rp_report_group_name(k->a, k->reader, g),
			.responses = g->responses,
			.words = g->words,
			.share = share(k, g->words, k->r->words),
			.each =
			    g->responses == 0 ?
				0 :
				(g->words + g->responses / 2) / g->responses,
		};
		struct rp_chart_bar bar = { .label = row.name,
			.n = g->words,
			.share = row.share,
			.colour = group_colour(i) };

		rp_vec_push(k->a, &k->v.balance, row);
		rp_vec_push(k->a, &chart.bars, bar);
	}
	if (k->r->longest_share >= 0)
		k->v.longest = rp_format_percent(k->reader->locale, k->a,
		    k->r->longest_share, 0);
	return rp_chart_bars(k->a, k->reader, &chart, &k->v.balance_chart);
}

static struct rp_err *
languages(struct making *k)
{
	struct rp_chart chart = { .id = RP_TEXT("languages-c"),
		.title = say(k, M_statistics_by_language) };

	for (size_t i = 0; i < k->r->languages.n; i++) {
		const struct rp_report_language *l = &k->r->languages.v[i];
		struct v_theme_report_languages row = {
			.name =
			    rp_locale_language(k->reader->locale, k->a, l->tag),
			.responses = l->responses,
			.share = share(k, l->responses, k->r->responses),
			.words = l->words,
		};
		struct rp_chart_bar bar = { .label = row.name,
			.n = l->responses,
			.share = row.share,
			.colour = 1 };

		rp_vec_push(k->a, &k->v.languages, row);
		if (chart.bars.n < RP_REPORT_BARS_MAX)
			rp_vec_push(k->a, &chart.bars, bar);
	}
	return rp_chart_bars(k->a, k->reader, &chart, &k->v.languages_chart);
}

static void
sources(struct making *k)
{
	for (uint32_t i = 0; i < k->r->sources.n; i++) {
		const struct rp_report_source *s = &k->r->sources.v[i];
		struct v_theme_report_sources one = {
			.anchor = rp_textf(k->a, "r%u", i + 1),
			.id = s->id,
			.group = s->group,
			.lang = attribute(s->lang),
			.language = language(k, s->lang),
			.is_cut = s->is_cut,
		};

		if (s->text.n == 0)
			continue;
		one.has_both = one.group.n > 0 && one.language.n > 0;
		copy_parts(k, &s->text, &one.parts);
		rp_vec_push(k->a, &k->v.sources, one);
	}
}

static struct rp_err *
view(struct making *k)
{
	struct v_theme_report *v = &k->v;

	v->title = k->r->title;
	v->title_lang = attribute(k->r->title_lang);
	v->has_question = k->r->title.n > 0;
	v->context = k->r->context;
	v->responses = k->r->responses;
	v->words = k->r->words;
	for (uint32_t i = 0; i < k->r->themes.n; i++)
		v->n_themes += !has_children(k->r, i);
	v->n_campaigns = (int64_t)k->r->campaigns.n;
	v->n_languages = (int64_t)k->r->languages.n;
	v->version = k->r->version;
	v->seed = k->r->seed;
	groups(k);
	RP_TRY(states(k));
	RP_TRY(themes_chart(k));
	rows(k);
	RP_TRY(map(k));
	themes(k);
	campaigns(k);
	RP_TRY(balance(k));
	RP_TRY(languages(k));
	sources(k);
	return NULL;
}

static void
style(struct rp_page *page, const char *file)
{
	for (const struct rp_asset *s = rp_assets; s->type != NULL; s++)
		if (rp_text_eq(s->file, rp_text_z(file))) {
			rp_page_html(page,
			    (rp_html){ (const char *)s->body.p, s->body.n });
			return;
		}
	RP_ASSERT(false);
}

struct rp_err *
rp_theme_report_html(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_theme_report *r, rp_html *out)
{
	struct making k = { .a = a, .reader = reader, .r = r };
	struct rp_page page;

	RP_TRY(rp_theme_report_check(r));
	RP_TRY(view(&k));
	rp_page_init(&page, a, reader);
	rp_page_html(&page, RP_HTML("<!doctype html>\n<html lang=\""));
	rp_page_text(&page, rp_lang_tag(reader->lang));
	rp_page_html(&page, RP_HTML("\" dir=\""));
	rp_page_text(&page, rp_dir_name(rp_lang_dir(reader->lang)));
	rp_page_html(&page,
	    RP_HTML("\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
		    "name=\"viewport\" content=\"width=device-width, "
		    "initial-scale=1\">\n<meta name=\"color-scheme\" "
		    "content=\"light dark\">\n<title>"));
	rp_page_text(&page,
	    r->title.n > 0 ? r->title : say(&k, M_theme_report_title));
	rp_page_html(&page, RP_HTML("</title>\n<style>\n"));
	style(&page, "style.css");
	style(&page, "report.css");
	rp_page_html(&page,
	    RP_HTML("</style>\n</head>\n<body>\n<main class=\"report\">\n"));
	t_theme_report(&page, &k.v);
	rp_page_html(&page, RP_HTML("\n</main>\n</body>\n</html>\n"));
	return rp_page_finish(&page, out);
}
