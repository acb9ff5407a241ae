#include "themes/coded.h"

#include "base/err.h"
#include "themes/watch.h"

struct coding {
	struct rp_arena *a, *temp;
	const struct rp_codes *codes;
	struct rp_themes_result *r;
	struct RP_VEC(uint32_t) leaves;
};

static struct rp_err *
check(const struct rp_codes *c)
{
	if (c->n_examples > RP_CODED_EXAMPLES_MAX)
		return rp_fail(RP_E_LIMIT, "%zu examples, at most %zu",
		    c->n_examples, RP_CODED_EXAMPLES_MAX);
	for (size_t i = 0; i < c->n_themes; i++)
		if (c->themes[i].parent != RP_NONE && c->themes[i].parent >= i)
			return rp_fail(RP_E_INVALID,
			    "theme %zu stands before the one above it", i + 1);
	for (size_t i = 0; i < c->n_examples; i++)
		if (c->examples[i].theme >= c->n_themes)
			return rp_fail(RP_E_INVALID, "example %zu of no theme",
			    i + 1);
	return NULL;
}

static void
find_leaves(struct coding *k)
{
	bool *above = rp_new_n(k->temp, bool, k->codes->n_themes + 1);

	for (size_t i = 0; i < k->codes->n_themes; i++)
		if (k->codes->themes[i].parent != RP_NONE)
			above[k->codes->themes[i].parent] = true;
	for (uint32_t i = 0; i < k->codes->n_themes; i++)
		if (!above[i])
			rp_vec_push(k->temp, &k->leaves, i);
}

/* The result with the examples as more units behind. */
static struct rp_themes_result
with_examples(const struct coding *k)
{
	struct rp_themes_result out = { .responses = k->r->responses };

	for (size_t i = 0; i < k->r->fields.n; i++)
		rp_vec_push(k->temp, &out.fields, k->r->fields.v[i]);
	for (size_t i = 0; i < k->r->units.n; i++)
		rp_vec_push(k->temp, &out.units, k->r->units.v[i]);
	for (size_t i = 0; i < k->codes->n_examples; i++) {
		const struct rp_coded_example *x = &k->codes->examples[i];
		rp_text lang = k->codes->themes[x->theme].lang;
		struct rp_theme_field field = { .response = RP_NONE,
			.text = x->text };
		struct rp_theme_unit unit = { .field = (uint32_t)out.fields.n,
			.to = (uint32_t)x->text.n,
			.lang = lang.n > 0 ? lang : RP_TEXT("und"),
			.copy_of = (uint32_t)out.units.n,
			.theme = RP_NONE };

		rp_vec_push(k->temp, &out.fields, field);
		rp_vec_push(k->temp, &out.units, unit);
	}
	return out;
}

static struct rp_mapping_theme *
describe(const struct coding *k)
{
	struct rp_mapping_theme *out =
	    rp_new_n(k->temp, struct rp_mapping_theme, k->codes->n_themes + 1);

	for (size_t i = 0; i < k->codes->n_themes; i++) {
		const struct rp_coded_theme *t = &k->codes->themes[i];

		out[i] = (struct rp_mapping_theme){
			.words = rp_textf(k->temp, "%.*s\n%.*s",
			    RP_FMT(t->name), RP_FMT(t->words)),
			.lang = t->lang,
		};
	}
	return out;
}

static struct rp_err *
map(struct coding *k, const struct rp_theme_tools *tools, rp_text question,
    struct rp_mapping **out)
{
	struct rp_themes_result all = with_examples(k);
	struct rp_mapping_decision *d = rp_new_n(k->temp,
	    struct rp_mapping_decision, k->codes->n_examples + 1);
	struct rp_mapping_space *space;

	for (size_t i = 0; i < k->codes->n_examples; i++)
		d[i] = (struct rp_mapping_decision){
			.unit = (uint32_t)(k->r->units.n + i),
			.theme = k->codes->examples[i].theme,
			.is_yes = true,
		};
	RP_TRY(rp_mapping_space_build(k->temp, tools, &all, question,
	    describe(k), k->codes->n_themes, k->r->seed, &space));
	return rp_mapping_learn(k->temp, space, k->leaves.v, k->leaves.n, d,
	    k->codes->n_examples, out);
}

static uint32_t
top_of(const struct coding *k, uint32_t theme)
{
	while (k->codes->themes[theme].parent != RP_NONE)
		theme = k->codes->themes[theme].parent;
	return theme;
}

static uint32_t
put_theme(struct coding *k, uint32_t theme, uint32_t parent)
{
	struct rp_theme t = { .parent = parent,
		.label = k->codes->themes[theme].name,
		.lang = k->codes->themes[theme].lang };

	if (t.lang.n == 0)
		t.lang = RP_TEXT("und");
	rp_vec_push(k->a, &k->r->themes, t);
	return (uint32_t)k->r->themes.n - 1;
}

/* Those that units have, in the order of the codebook, each behind the one
 * above it. */
static void
put_themes(struct coding *k)
{
	size_t n = k->codes->n_themes;
	bool *has = rp_new_n(k->temp, bool, n + 1);
	uint32_t *now = rp_new_n(k->temp, uint32_t, n + 1);

	for (size_t i = 0; i < k->r->units.n; i++)
		if (k->r->units.v[i].theme != RP_NONE)
			has[k->r->units.v[i].theme] = true;
	for (size_t i = 0; i < n; i++)
		now[i] = RP_NONE;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t top = top_of(k, i);

		if (!has[i])
			continue;
		if (top != i && now[top] == RP_NONE)
			now[top] = put_theme(k, top, RP_NONE);
		now[i] = put_theme(k, i, top == i ? RP_NONE : now[top]);
	}
	for (size_t i = 0; i < k->r->units.n; i++)
		if (k->r->units.v[i].theme != RP_NONE)
			k->r->units.v[i].theme = now[k->r->units.v[i].theme];
}

/* What a campaign's letter says is said by the campaign. */
static void
mark_shared(struct rp_themes_result *r)
{
	for (size_t i = 0; i < r->units.n; i++) {
		struct rp_theme_unit *u = &r->units.v[i];

		/* Examples are a person's; their copies among the units are
		 * not: nobody has read these. */
		if (u->theme != RP_NONE)
			u->by = u->is_shared ? RP_BY_CAMPAIGN : RP_BY_MACHINE;
	}
}

struct rp_err *
rp_themes_code(struct rp_arena *a, const struct rp_theme_tools *tools,
    rp_text question, const struct rp_codes *codes, struct rp_themes_result *r)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *temp = rp_arena_new(SIZE_MAX);
	struct coding k = { .a = a, .temp = temp, .codes = codes, .r = r };
	struct rp_mapping *m;
	uint32_t *same = rp_new_n(temp, uint32_t, codes->n_themes + 1);

	RP_TRY(check(codes));
	find_leaves(&k);
	RP_TRY(map(&k, tools, question, &m));
	for (uint32_t i = 0; i < codes->n_themes; i++)
		same[i] = i;
	rp_mapping_fill(m, same, 0, (uint32_t)r->units.n, r);
	if (rp_watch_stops(tools->watch))
		return rp_fail(RP_E_GONE, "coding was stopped");
	r->themes.n = 0;
	put_themes(&k);
	mark_shared(r);
	return NULL;
}
