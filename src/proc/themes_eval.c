#include "proc/themes_eval.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "proc/rows.h"
#include "proc/transfer_options.h"
#include "text/input.h"
#include "themes/evaluate.h"

struct labels RP_VEC(uint32_t);

struct evaluating {
	struct rp_arena *a;
	const struct rp_themes_result *r;
	struct RP_MAP(uint32_t) responses, names;
	struct labels *gold; /* by response */
	bool *is_there;
};

static struct rp_err *
take_row(void *ctx, int64_t line, const rp_text *values)
{
	struct evaluating *v = ctx;
	rp_text id = rp_text_strip(values[0]);
	rp_text theme = rp_text_strip(values[1]);
	const uint32_t *response = rp_map_find(&v->responses, id), *name;
	uint32_t n = (uint32_t)v->names.n;

	if (response == NULL)
		return rp_fail(RP_E_INVALID,
		    "line %" PRId64 ": no response is called \"%.*s\"", line,
		    RP_FMT(id));
	v->is_there[*response] = true;
	if (theme.n == 0)
		return NULL;
	name = rp_map_find(&v->names, theme);
	if (name == NULL)
		*rp_map_at(v->a, &v->names, theme) = n;
	else
		n = *name;
	rp_vec_push(v->a, &v->gold[*response], n);
	return NULL;
}

static struct rp_err *
read_gold(struct evaluating *v, const char *path)
{
	static const rp_text columns[] = { RP_TEXT_INIT("id"),
		RP_TEXT_INIT("theme") };
	struct rp_rows_in in = {
		.path = path,
		.columns = columns,
		.n = 2,
		.ctx = v,
		.row = take_row,
	};
	struct rp_rows_source source;

	for (uint32_t i = 0; i < v->r->responses.n; i++)
		*rp_map_at(v->a, &v->responses, v->r->responses.v[i].id) = i;
	(void)rp_option_format(NULL, path, &in.csv);
	return rp_rows_read(v->a, &in, &source);
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* Labels of what is compared, as evaluate.h wants them. */
static struct rp_evaluate_sets
sets_of(struct evaluating *v, struct labels *all)
{
	uint32_t *start = rp_new_n(v->a, uint32_t, v->r->responses.n + 1);
	struct labels out = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < v->r->responses.n; i++) {
		struct labels *own = &all[i];

		if (!v->is_there[i])
			continue;
		if (own->n > 0)
			qsort(own->v, own->n, sizeof(*own->v), by_number);
		for (size_t k = 0; k < own->n; k++)
			if (k == 0 || own->v[k] != own->v[k - 1])
				rp_vec_push(v->a, &out, own->v[k]);
		start[++n] = (uint32_t)out.n;
	}
	if (out.n == 0)
		rp_vec_push(v->a, &out, 0u);
	return (struct rp_evaluate_sets){ n, start, out.v };
}

/* The theme of each response that most of it has, and all of them. */
static uint32_t *
found_labels(struct evaluating *v, struct labels *all)
{
	const struct rp_themes_result *r = v->r;
	uint64_t *weight = rp_new_n(v->a, uint64_t, r->themes.n + 1);
	uint32_t *main_one = rp_new_n(v->a, uint32_t, r->responses.n + 1);
	uint32_t *last = rp_new_n(v->a, uint32_t, r->themes.n + 1);

	memset(main_one, 0xff, r->responses.n * sizeof(*main_one));
	for (size_t i = 0; i < r->units.n; i++) {
		const struct rp_theme_unit *u = &r->units.v[i];
		uint32_t response = r->fields.v[u->field].response;
		uint32_t *main_theme = &main_one[response];

		if (u->theme == RP_NONE)
			continue;
		if (last[u->theme] != response + 1) {
			last[u->theme] = response + 1;
			weight[u->theme] = 0;
			rp_vec_push(v->a, &all[response], u->theme);
		}
		weight[u->theme] += (uint64_t)(u->to - u->from) * u->score + 1;
		if (*main_theme == RP_NONE ||
		    weight[u->theme] > weight[*main_theme])
			*main_theme = u->theme;
	}
	return main_one;
}

static void
print_groups(struct evaluating *v, const uint32_t *found)
{
	uint32_t *gold = rp_new_n(v->a, uint32_t, v->r->responses.n + 1);
	uint32_t *main_one = rp_new_n(v->a, uint32_t, v->r->responses.n + 1);
	struct rp_evaluate_groups g;
	size_t n = 0;

	for (size_t i = 0; i < v->r->responses.n; i++) {
		if (!v->is_there[i])
			continue;
		gold[n] = v->gold[i].n > 0 ? v->gold[i].v[0] : RP_NONE;
		main_one[n++] = found[i];
	}
	g = rp_evaluate_groups(gold, main_one, n, RP_EVALUATE_ALONE);
	printf("NMI %.4f\nARI %.4f\nV %.4f\n", g.nmi, g.ari, g.v);
}

struct rp_err *
rp_themes_eval(struct rp_arena *a, const struct rp_themes_result *r,
    const char *path)
{
	struct evaluating v = { .a = a, .r = r };
	struct labels *found = rp_new_n(a, struct labels, r->responses.n + 1);
	struct rp_evaluate_sets gold_sets, found_sets, renamed;
	struct rp_evaluate_match match;
	struct rp_evaluate_mean f1;
	struct rp_evaluate_b3 b3;
	const uint32_t *main_one;

	v.gold = rp_new_n(a, struct labels, r->responses.n + 1);
	v.is_there = rp_new_n(a, bool, r->responses.n + 1);
	RP_TRY(read_gold(&v, path));
	main_one = found_labels(&v, found);
	print_groups(&v, main_one);
	gold_sets = sets_of(&v, v.gold);
	found_sets = sets_of(&v, found);
	RP_TRY(rp_evaluate_b3(a, &gold_sets, &found_sets, &b3));
	RP_TRY(rp_evaluate_match(a, &gold_sets, &found_sets, &match));
	renamed = rp_evaluate_rename(a, &found_sets, &match);
	f1 = rp_evaluate_samples_f1(a, &gold_sets, &renamed, r->seed);
	printf("B3 %.4f (precision %.4f, recall %.4f)\n", b3.f1, b3.precision,
	    b3.recall);
	printf("samples-F1 %.4f (%.4f to %.4f)\n", f1.mean, f1.low, f1.high);
	printf("themes found with F1 of at least one half: %.4f\n",
	    match.coverage);
	return NULL;
}
