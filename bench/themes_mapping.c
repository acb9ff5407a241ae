/*
 * The product's side of bench/themes_mapping.py: a task as JSON on standard
 * input, its proposals as JSON on standard output, times on standard error.
 *
 *	{"texts": [...], "themes": [...], "runs": [{"themes": [theme, ...],
 *	 "yes": [[unit, theme], ...], "units": [unit, ...]}, ...]}
 *	[[[is sure, theme, ...], ...], ...]
 */
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/mapping.h"

#define INPUT_MAX ((size_t)8 << 20)

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static rp_bytes
input(struct rp_arena *a)
{
	uint8_t *p = rp_alloc(a, INPUT_MAX);

	return (rp_bytes){ p, fread(p, 1, INPUT_MAX, stdin) };
}

static rp_text
text_of(struct rp_arena *a, const struct rp_json *v)
{
	rp_text t = RP_TEXT("");

	rp_err_free(rp_json_as_text(a, v, 1 << 20, &t));
	return t;
}

static uint32_t
number(const struct rp_json *v)
{
	int64_t n = 0;

	rp_err_free(rp_json_as_i64(v, &n));
	return (uint32_t)n;
}

static struct rp_err *
run(struct rp_arena *a, const struct rp_mapping_space *space,
    const struct rp_json *task, struct rp_json_writer *out)
{
	const struct rp_json *themes = rp_json_find(task, "themes");
	const struct rp_json *yes = rp_json_find(task, "yes");
	const struct rp_json *units = rp_json_find(task, "units");
	struct RP_VEC(struct rp_mapping_decision) d = { 0 };
	uint32_t *k = rp_new_n(a, uint32_t, rp_json_n(themes) + 1);
	struct rp_mapping *m;

	for (size_t i = 0; i < rp_json_n(themes); i++)
		k[i] = number(rp_json_at(themes, i));
	for (size_t i = 0; i < rp_json_n(yes); i++) {
		struct rp_mapping_decision one = {
			.unit = number(rp_json_at(rp_json_at(yes, i), 0)),
			.theme = number(rp_json_at(rp_json_at(yes, i), 1)),
			.is_yes = true,
		};

		rp_vec_push(a, &d, one);
	}
	RP_TRY(rp_mapping_learn(a, space, k, rp_json_n(themes), d.v, d.n, &m));
	rp_json_array_begin(out);
	for (size_t i = 0; i < rp_json_n(units); i++) {
		struct rp_mapping_unit u =
		    rp_mapping_unit(a, m, number(rp_json_at(units, i)));

		rp_json_array_begin(out);
		rp_json_put_i64(out, u.is_sure);
		for (size_t j = 0; j < u.themes.n; j++)
			rp_json_put_i64(out, u.themes.v[j].theme);
		rp_json_array_end(out);
	}
	rp_json_array_end(out);
	return NULL;
}

static struct rp_err *
work(struct rp_arena *a, const struct rp_theme_tools *tools,
    struct rp_sink *sink)
{
	const struct rp_json *task, *texts, *names, *runs;
	struct rp_mapping_theme *themes;
	struct rp_themes_result r = { 0 };
	struct rp_mapping_space *space;
	struct rp_json_writer w;
	double t;

	RP_TRY(rp_json_parse(a, input(a), &task));
	texts = rp_json_find(task, "texts");
	names = rp_json_find(task, "themes");
	runs = rp_json_find(task, "runs");
	for (size_t i = 0; i < rp_json_n(texts); i++) {
		struct rp_theme_field f = { .response = (uint32_t)i,
			.text = text_of(a, rp_json_at(texts, i)) };
		struct rp_theme_response one = { .campaign = RP_NONE };
		struct rp_theme_unit u = { .field = (uint32_t)i,
			.to = (uint32_t)f.text.n,
			.lang = RP_TEXT("en"),
			.copy_of = (uint32_t)i,
			.theme = RP_NONE };

		rp_vec_push(a, &r.fields, f);
		rp_vec_push(a, &r.responses, one);
		rp_vec_push(a, &r.units, u);
	}
	themes = rp_new_n(a, struct rp_mapping_theme, rp_json_n(names) + 1);
	for (size_t i = 0; i < rp_json_n(names); i++)
		themes[i] =
		    (struct rp_mapping_theme){ text_of(a, rp_json_at(names, i)),
			    RP_TEXT("en") };
	t = now();
	RP_TRY(rp_mapping_space_build(a, tools, &r, RP_TEXT(""), themes,
	    rp_json_n(names), 1, &space));
	fprintf(stderr, "space of %zu units: %.3f s\n", r.units.n, now() - t);
	rp_json_init(&w, sink);
	rp_json_array_begin(&w);
	t = now();
	for (size_t i = 0; i < rp_json_n(runs); i++)
		RP_TRY(run(a, space, rp_json_at(runs, i), &w));
	fprintf(stderr, "%zu runs: %.3f s\n", rp_json_n(runs), now() - t);
	rp_json_array_end(&w);
	return rp_sink_flush(sink);
}

static struct rp_err *
put(void *ctx, rp_bytes chunk)
{
	(void)ctx;
	fwrite(chunk.p, 1, chunk.n, stdout);
	return NULL;
}

int
main(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	RP_AUTO(rp_folder_freep) struct rp_folder *folder = rp_folder_new();
	RP_AUTO(rp_stemmer_freep)
	struct rp_stemmer *stemmer = rp_stemmer_new();
	struct rp_theme_tools tools = { words, folder, stemmer };
	struct rp_sink sink;
	struct rp_err *e;

	rp_sink_init(&sink, a, put, NULL);
	e = work(a, &tools, &sink);
	if (e != NULL)
		fprintf(stderr, "%s\n", rp_err_message(e));
	rp_err_free(e);
	return e != NULL;
}
