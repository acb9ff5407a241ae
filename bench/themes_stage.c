/*
 * themes_stage - the first stages of a theme analysis, each with its time.
 *
 * usage: themes_stage campaigns|terms FILE.jsonl [print]
 *        themes_stage asked FILE.jsonl
 * Each line has "text" and perhaps "lang" and "group". With `print`, campaigns
 * are printed as JSON Lines {"i", "campaign", "level", "own"}, terms one on a
 * line. With `asked`, everything is done by one process, and the processor time
 * of each stage is told, and the longest that it went on without asking whether
 * to stop.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "codec/jsonl.h"
#include "text/folded.h"
#include "text/input.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/analyse.h"
#include "themes/campaign.h"
#include "themes/terms.h"

#define SHORTEST 100 /* octets of a line, as a rule */

static struct rp_arena *arena;
static struct rp_themes_result result;

static struct rp_err *
take(void *ctx, struct rp_arena *a, int64_t line, const struct rp_json *v)
{
	const struct rp_json *lang = rp_json_find(v, "lang");
	const struct rp_json *group = rp_json_find(v, "group");
	struct rp_theme_response r = { .campaign = RP_NONE };
	struct rp_theme_field f = { .response = (uint32_t)result.responses.n };
	rp_text t;

	(void)ctx;
	(void)line;
	if (lang != NULL)
		RP_TRY(rp_json_as_text(arena, lang, 64, &r.lang));
	if (group != NULL)
		RP_TRY(rp_json_as_text(arena, group, 64, &r.group));
	RP_TRY(rp_text_input(a, rp_json_octets(rp_json_find(v, "text")),
	    RP_JSON_MAX, &t));
	f.text = rp_text_dup(arena, t);
	rp_vec_push(arena, &result.responses, r);
	rp_vec_push(arena, &result.fields, f);
	return NULL;
}

/* As many as there will be, about: growing leaves old blocks behind. */
static void
make_room(int fd)
{
	struct stat st;
	size_t n;

	if (fstat(fd, &st) != 0)
		return;
	n = (size_t)st.st_size / SHORTEST;
	result.responses.v = rp_new_n(arena, struct rp_theme_response, n);
	result.responses.cap = n;
	result.fields.v = rp_new_n(arena, struct rp_theme_field, n);
	result.fields.cap = n;
}

static struct rp_err *
load(const char *path)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *own = rp_arena_new(SIZE_MAX);
	struct rp_jsonl *r = rp_jsonl_new(own, take, NULL);
	static uint8_t part[1 << 16];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return rp_fail_errno(RP_E_NOTFOUND, "%s", path);
	make_room(fd);
	while ((n = read(fd, part, sizeof(part))) > 0)
		RP_TRY(rp_jsonl_read(r, (rp_bytes){ part, (size_t)n }));
	close(fd);
	return rp_jsonl_finish(r);
}

/* Wall time, and the processor's: other work on the machine is not in that. */
static void
stage(const char *name, int64_t began)
{
	static double before;
	struct rusage u;
	double cpu;

	getrusage(RUSAGE_SELF, &u);
	cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	      (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	fprintf(stderr, "%-10s %7.2f s (cpu %6.2f s), %ld MB in all\n", name,
	    (double)(rp_clock_mono() - began) / 1000, cpu - before,
	    u.ru_maxrss / 1024);
	before = cpu;
}

struct asked {
	enum rp_analysis_stage stage;
	double last, began, longest[RP_ANALYSIS_STAGES + 1];
	double took[RP_ANALYSIS_STAGES + 1];
	uint64_t times;
};

static double
processor(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
ask(void *ctx)
{
	struct asked *k = ctx;
	double now = processor();

	if (now - k->last > k->longest[k->stage])
		k->longest[k->stage] = now - k->last;
	k->last = now;
	k->times++;
	return false;
}

static void
next_stage(void *ctx, enum rp_analysis_stage stage)
{
	struct asked *k = ctx;

	(void)ask(k);
	k->took[k->stage] = k->last - k->began;
	k->began = k->last;
	k->stage = stage;
}

static struct rp_err *
measure_asking(const struct rp_theme_tools *tools)
{
	struct asked k = { .last = processor() };
	struct rp_analysis_options o = { .question = RP_TEXT(""),
		.seed = 1,
		.crew = { .jobs = 1 },
		.ctx = &k,
		.stage = next_stage,
		.is_cancelled = ask };
	struct rp_theme_place *places;

	k.began = k.last;
	RP_TRY(rp_analyse(arena, tools, &o, &result, &places));
	(void)ask(&k);
	for (int i = 0; i < RP_ANALYSIS_STAGES; i++)
		printf("%-10s %7.2f s, asked at least every %.3f s\n",
		    rp_analysis_stage_name((enum rp_analysis_stage)i).p,
		    k.took[i], k.longest[i]);
	printf("%-10s after the last question %.3f s; %llu questions\n", "end",
	    k.longest[RP_ANALYSIS_STAGES], (unsigned long long)k.times);
	return NULL;
}

static void
print_campaigns(void)
{
	static const char *const levels[] = { "exact", "near", "own", "twin" };

	for (size_t i = 0; i < result.campaigns.n; i++) {
		const struct rp_campaign *c = &result.campaigns.v[i];

		fprintf(stderr, "%zu: %zu members, %.*s: %.*s\n", i,
		    c->members.n, RP_FMT(c->lang), RP_FMT(c->template_text));
		for (size_t k = 0; k < c->members.n; k++) {
			const struct rp_campaign_member *m = &c->members.v[k];

			printf("{\"i\":%u,\"campaign\":%zu,\"level\":\"%s\","
			       "\"own\":[",
			    m->response, i, levels[m->level]);
			for (uint32_t o = 0; o < m->n_own; o++) {
				const struct rp_own_words *w =
				    &result.own.v[m->first_own + o];

				printf("%s[%u,%u]", o > 0 ? "," : "", w->from,
				    w->to);
			}
			printf("]}\n");
		}
	}
}

int
main(int argc, char **argv)
{
	struct rp_theme_tools tools = { rp_words_new(), rp_folder_new(),
		rp_stemmer_new() };
	int64_t began = rp_clock_mono();
	struct rp_terms terms = { 0 };
	struct rp_err *e;
	bool print = argc == 4;

	arena = rp_arena_new(SIZE_MAX);
	e = argc < 3 ? rp_fail(RP_E_INVALID, "usage") : load(argv[2]);
	if (e != NULL) {
		fprintf(stderr, "themes_stage: %s\n", rp_err_message(e));
		return 1;
	}
	stage("read", began);
	if (argv[1][0] == 'a') {
		e = measure_asking(&tools);
		if (e != NULL)
			fprintf(stderr, "themes_stage: %s\n",
			    rp_err_message(e));
		return e != NULL;
	}
	began = rp_clock_mono();
	rp_campaigns_find(arena, tools.folder, NULL, &result);
	stage("campaigns", began);
	if (argv[1][0] == 'c' && print)
		print_campaigns();
	if (argv[1][0] == 'c')
		return 0;
	began = rp_clock_mono();
	rp_units_build(arena, &tools, &result);
	rp_campaigns_mark_units(&result);
	stage("units", began);
	began = rp_clock_mono();
	rp_terms_build(arena, &tools, &result, RP_TEXT(""), &terms);
	stage("terms", began);
	fprintf(stderr, "%zu units, %u rows, %u terms\n", result.units.n,
	    terms.n_rows, terms.n_terms);
	for (uint32_t i = 0; print && i < terms.n_terms; i++)
		printf("%u %.*s %.*s %.*s\n", terms.terms[i].rows,
		    RP_FMT(terms.terms[i].lang), RP_FMT(terms.terms[i].stem),
		    RP_FMT(terms.terms[i].surface));
	return 0;
}
