/*
 * themes_fit - how well and how fast rows of a table are grouped.
 *
 * usage: themes_fit [-k N] [-s SEEDS] [-j JOBS] [-l LANG] [-v] FILE TEXT GOLD
 * FILE: CSV, or TSV by its name, with a line of names; TEXT and GOLD: columns.
 * -k: themes asked for, "gold": as many as there are. Each seed is a line:
 * themes found, NMI, ARI, with times of the stages; then means, spread, and the
 * mean ARI between seeds. -v: labels and first quotations of the last seed.
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "codec/csv.h"
#include "text/folded.h"
#include "text/input.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/crew.h"
#include "themes/evaluate.h"
#include "themes/fit.h"
#include "themes/label.h"
#include "themes/quote.h"

#define SEEDS_MAX 32

struct bench {
	struct rp_arena *arena;
	rp_text text, gold, lang;
	size_t text_at, gold_at;
	bool has_names;
	struct rp_themes_result r;
	struct RP_MAP(uint32_t) labels;
	struct RP_VEC(uint32_t) of; /* by response */
	struct rp_terms terms;
	uint32_t k;
	struct rp_crew crew;
};

static double
now(void)
{
	return (double)rp_clock_mono() / 1e3;
}

static double
cpu(const struct rusage *u)
{
	return (double)u->ru_utime.tv_sec + (double)u->ru_stime.tv_sec +
	       (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) * 1e-6;
}

static struct rp_err *
find_columns(struct bench *b, const struct rp_csv_row *row)
{
	b->text_at = b->gold_at = SIZE_MAX;
	for (size_t i = 0; i < row->n; i++) {
		rp_text name = rp_text_trusted(b->arena, row->fields[i]);

		if (rp_text_eq(name, b->text))
			b->text_at = i;
		if (rp_text_eq(name, b->gold))
			b->gold_at = i;
	}
	if (b->text_at == SIZE_MAX || b->gold_at == SIZE_MAX)
		return rp_fail(RP_E_INVALID, "no such column");
	b->has_names = true;
	return NULL;
}

static struct rp_err *
take(void *ctx, const struct rp_csv_row *row)
{
	struct bench *b = ctx;
	struct rp_theme_response r = { .lang = b->lang, .campaign = RP_NONE };
	struct rp_theme_field f = { .response = (uint32_t)b->r.responses.n };
	uint32_t n = (uint32_t)b->labels.n, *label;

	if (!b->has_names)
		return find_columns(b, row);
	if (row->n <= b->text_at || row->n <= b->gold_at)
		return NULL;
	RP_TRY(rp_text_input(b->arena, row->fields[b->text_at], RP_CSV_ROW_MAX,
	    &f.text));
	label = rp_map_at(b->arena, &b->labels,
	    rp_text_trusted(b->arena, row->fields[b->gold_at]));
	if (b->labels.n > n)
		*label = n;
	rp_vec_push(b->arena, &b->of, *label);
	rp_vec_push(b->arena, &b->r.responses, r);
	rp_vec_push(b->arena, &b->r.fields, f);
	return NULL;
}

/* Lines and tabs, no quotes. */
static struct rp_err *
read_tsv(struct bench *b, rp_bytes in)
{
	rp_bytes fields[64];
	struct rp_csv_row row = { .fields = fields };
	size_t from = 0;

	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] != '\t' && in.p[i] != '\n')
			continue;
		if (row.n < 64)
			fields[row.n++] = (rp_bytes){ in.p + from, i - from };
		from = i + 1;
		if (in.p[i] == '\n') {
			RP_TRY(take(b, &row));
			row.n = 0;
		}
	}
	return NULL;
}

static struct rp_err *
load(struct bench *b, const char *path)
{
	struct rp_csv_options options = { 0 };
	struct rp_csv_reader *reader =
	    rp_csv_reader_new(b->arena, &options, take, b);
	size_t max = (size_t)1 << 30, n = 0;
	uint8_t *p = malloc(max);
	int fd = open(path, O_RDONLY);
	ssize_t got;

	if (fd < 0 || p == NULL)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", path);
	while ((got = read(fd, p + n, max - n)) > 0)
		n += (size_t)got;
	close(fd);
	if (strstr(path, ".tsv") != NULL) {
		RP_TRY(read_tsv(b, (rp_bytes){ p, n }));
	} else {
		RP_TRY(rp_csv_read(reader, (rp_bytes){ p, n }));
		RP_TRY(rp_csv_finish(reader));
	}
	free(p);
	return NULL;
}

struct runs {
	struct rp_fit_plan *plan;
	uint32_t **labels;
};

static void
one_run(void *ctx, uint32_t i)
{
	struct runs *r = ctx;

	rp_fit_run(r->plan, i, r->labels[i]);
}

/* The theme of a response: of its units, the one with most of the score. */
static void
themes_of_responses(const struct bench *b, const struct rp_fit *f,
    uint32_t *out)
{
	const struct rp_themes_result *r = &b->r;
	uint32_t *by_unit = malloc((r->units.n + 1) * sizeof(*by_unit));
	uint32_t *best = calloc(r->responses.n + 1, sizeof(*best));

	memset(by_unit, 0xff, (r->units.n + 1) * sizeof(*by_unit));
	memset(out, 0xff, r->responses.n * sizeof(*out));
	for (uint32_t i = 0; i < b->terms.n_rows; i++)
		by_unit[b->terms.unit[i]] = i;
	for (size_t i = 0; i < r->units.n; i++) {
		uint32_t row = by_unit[r->units.v[i].copy_of];
		uint32_t response = r->fields.v[r->units.v[i].field].response;

		if (row == RP_NONE || f->theme[row] == RP_NONE)
			continue;
		if (out[response] == RP_NONE ||
		    f->score[row] > best[response]) {
			best[response] = f->score[row];
			out[response] = f->theme[row];
		}
	}
	free(by_unit);
	free(best);
}

static struct rp_err *
one_seed(struct bench *b, uint64_t seed, uint32_t *out,
    struct rp_evaluate_groups *g, uint32_t *leaves, double *time)
{
	struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_fit_options o = { .seed = seed, .k = b->k };
	double began = now(), ran;
	struct runs runs = { .plan = rp_fit_plan(a, &b->terms, &o) };
	uint32_t n = rp_fit_runs(runs.plan);
	struct rp_fit fit;

	runs.labels = rp_new_n(a, uint32_t *, n);
	for (uint32_t i = 0; i < n; i++)
		runs.labels[i] = rp_crew_memory(a,
		    rp_fit_run_rows(runs.plan) * sizeof(uint32_t) + 1);
	RP_TRY(rp_crew_run(&b->crew, n, one_run, &runs));
	ran = now();
	rp_fit_finish(a, runs.plan, (const uint32_t *const *)runs.labels, &fit);
	*time = now() - began;
	themes_of_responses(b, &fit, out);
	*leaves = fit.n_leaves;
	*g = rp_evaluate_groups(b->of.v, out, b->of.n, RP_EVALUATE_TOGETHER);
	printf("seed %llu: %u themes (%u in all), NMI %.3f, ARI %.3f, B3 %.3f; "
	       "%.2f s (runs %.2f)\n",
	    (unsigned long long)seed, fit.n_leaves, fit.n_themes, g->nmi,
	    g->ari, g->b3_f1, *time, ran - began);
	for (uint32_t i = 0; i < b->terms.n_rows; i++)
		b->r.units.v[b->terms.unit[i]].theme = fit.theme[i];
	b->r.themes.n = 0;
	for (uint32_t k = 0; k < fit.n_themes; k++)
		rp_vec_push(b->arena, &b->r.themes,
		    ((struct rp_theme){ .parent = fit.parent[k] }));
	rp_arena_free(a);
	return NULL;
}

static void
show_themes(struct bench *b, bool all)
{
	double began = now(), labelled;
	size_t q = 0;

	rp_labels_write(b->arena, &b->terms, NULL, &b->r);
	labelled = now();
	rp_quotations_choose(b->arena, &b->terms, NULL, &b->r);
	printf("labels %.3f s, quotations %.3f s\n", labelled - began,
	    now() - labelled);
	for (uint32_t k = 0; all && k < b->r.themes.n; k++) {
		while (q < b->r.quotations.n && b->r.quotations.v[q].theme < k)
			q++;
		printf("%3u < %2d  %.*s\n", k, (int)b->r.themes.v[k].parent,
		    RP_FMT(b->r.themes.v[k].label));
		if (q < b->r.quotations.n && b->r.quotations.v[q].theme == k) {
			const struct rp_theme_unit *u =
			    &b->r.units.v[b->r.quotations.v[q].unit];

			printf("          %.*s\n",
			    RP_FMT(rp_text_sub(b->r.fields.v[u->field].text,
				u->from, u->to)));
		}
	}
}

static double
spread(const double *v, uint32_t n, double *mean)
{
	double s = 0;

	*mean = 0;
	for (uint32_t i = 0; i < n; i++)
		*mean += v[i] / n;
	for (uint32_t i = 0; i < n; i++)
		s += (v[i] - *mean) * (v[i] - *mean) / n;
	return sqrt(s);
}

static struct rp_err *
measure(struct bench *b, uint32_t seeds, bool is_verbose)
{
	double nmi[SEEDS_MAX] = { 0 }, ari[SEEDS_MAX] = { 0 };
	double k[SEEDS_MAX] = { 0 }, t[SEEDS_MAX] = { 0 };
	double between[SEEDS_MAX * SEEDS_MAX] = { 0 }, mean, sd;
	uint32_t *out[SEEDS_MAX] = { 0 }, pairs = 0;
	struct rp_evaluate_groups g;

	for (uint32_t s = 0; s < seeds; s++) {
		uint32_t leaves;

		out[s] = rp_new_n(b->arena, uint32_t, b->of.n + 1);
		RP_TRY(one_seed(b, s + 1, out[s], &g, &leaves, &t[s]));
		nmi[s] = g.nmi;
		ari[s] = g.ari;
		k[s] = leaves;
		for (uint32_t q = 0; q < s; q++) {
			g = rp_evaluate_groups(out[q], out[s], b->of.n,
			    RP_EVALUATE_TOGETHER);
			between[pairs++] = g.ari;
		}
	}
	sd = spread(nmi, seeds, &mean);
	printf("NMI %.3f +- %.3f, ", mean, sd);
	sd = spread(ari, seeds, &mean);
	printf("ARI %.3f +- %.3f, ", mean, sd);
	sd = spread(k, seeds, &mean);
	printf("themes %.1f +- %.1f, ", mean, sd);
	sd = spread(t, seeds, &mean);
	printf("time %.2f s +- %.2f", mean, sd);
	if (pairs > 0) {
		sd = spread(between, pairs, &mean);
		printf(", between seeds ARI %.3f +- %.3f", mean, sd);
	}
	printf("\n");
	show_themes(b, is_verbose);
	return NULL;
}

static struct rp_err *
prepare(struct bench *b, const char *path)
{
	struct rp_theme_tools tools = { .words = rp_words_new(),
		.folder = rp_folder_new(),
		.stemmer = rp_stemmer_new() };
	double began = now(), read, units;

	RP_TRY(load(b, path));
	read = now();
	rp_units_build(b->arena, &tools, &b->r);
	units = now();
	rp_terms_build(b->arena, &tools, &b->r, RP_TEXT(""), &b->terms);
	printf("%s: %zu responses, %zu units, %u rows, %u words, %zu labels; "
	       "read %.2f s, units %.2f s, terms %.2f s\n",
	    path, b->r.responses.n, b->r.units.n, b->terms.n_rows,
	    b->terms.n_terms, b->labels.n, read - began, units - read,
	    now() - units);
	return NULL;
}

int
main(int argc, char **argv)
{
	struct bench b = { .arena = rp_arena_new(SIZE_MAX) };
	struct rusage self, children;
	uint32_t seeds = 5;
	bool is_verbose = false, is_gold = false;
	struct rp_err *e;
	int c;

	while ((c = getopt(argc, argv, "k:s:j:l:v")) != -1) {
		if (c == 'k')
			is_gold = strcmp(optarg, "gold") == 0,
			b.k = (uint32_t)strtoul(optarg, NULL, 10);
		else if (c == 's')
			seeds = (uint32_t)strtoul(optarg, NULL, 10);
		else if (c == 'j')
			b.crew.jobs = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'l')
			b.lang = rp_text_z(optarg);
		else if (c == 'v')
			is_verbose = true;
		else
			return 2;
	}
	if (argc - optind != 3 || seeds > SEEDS_MAX) {
		fprintf(stderr, "usage: themes_fit [-k N] [-s SEEDS] [-j JOBS] "
				"[-l LANG] [-v] FILE TEXT GOLD\n");
		return 2;
	}
	b.text = rp_text_z(argv[optind + 1]);
	b.gold = rp_text_z(argv[optind + 2]);
	e = prepare(&b, argv[optind]);
	if (e == NULL) {
		if (is_gold)
			b.k = (uint32_t)b.labels.n;
		e = measure(&b, seeds, is_verbose);
	}
	if (e != NULL) {
		fprintf(stderr, "themes_fit: %s\n", rp_err_message(e));
		return 1;
	}
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	printf("memory %ld MB, of a child %ld MB; cpu %.2f s, of children "
	       "%.2f s\n",
	    self.ru_maxrss / 1024, children.ru_maxrss / 1024, cpu(&self),
	    cpu(&children));
	return 0;
}
