/*
 * cmd_themes - a file of responses to a folder of themes and campaigns.
 *
 * The file is read by a process of its own (rows.h); the folder is written
 * when the analysis is there and keeps its promises (themes/verify.h).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/map.h"
#include "proc/commands.h"
#include "proc/rows.h"
#include "proc/themes_codebook.h"
#include "proc/themes_eval.h"
#include "proc/themes_files.h"
#include "proc/transfer_options.h"
#include "text/folded.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/analyse.h"
#include "themes/bridge.h"

#define ARENA_MAX ((size_t)64 << 30)
#define THEMES_MAX 200
#define QUESTION_MAX ((size_t)4000)
#define NAME_MAX_OCTETS ((size_t)1000)
#define ID_MAX ((size_t)1000)
#define SEED_DEFAULT 1
#define SEGMENTS_MAX 20000

static const char usage[] =
    "themes FILE|- --text COLUMN... -o FOLDER\n"
    "       [--id COLUMN] [--lang COLUMN] [--group COLUMN...]\n"
    "       [--question TEXT] [--codebook FILE] [--parallel FILE LANG...]\n"
    "       [--themes N] [--seed N]\n"
    "       [--jobs N] [--campaigns-only] [--format csv|jsonl] [--eval GOLD]\n"
    "       [--report-lang TAG] [--quiet]";

struct columns RP_VEC(rp_text);

struct command {
	struct rp_arena *a;
	const char *path, *folder, *format, *gold, *codebook, *parallel_path;
	enum rp_lang report_lang;
	struct columns text, group, parallel_langs;
	rp_text id, lang, question;
	uint64_t seed;
	int64_t themes, jobs;
	bool only_campaigns, quiet, csv;
	/* Reading. */
	struct columns wanted;
	struct rp_themes_result r;
	struct RP_MAP(int64_t) lines; /* of ids */
	int64_t line;
	struct rp_codes codes;
	struct rp_parallel parallel;
	struct columns segments; /* by segment, then language */
	/* Progress. */
	struct rp_themes_run run;
	enum rp_analysis_stage stage;
	int64_t began_at, stage_at;
	uint64_t octets;
};

/* Options. */

static bool
whole(const char *given, int64_t least, int64_t most, int64_t *out)
{
	return rp_text_i64(rp_text_z(given), out) && *out >= least &&
	       *out <= most;
}

/* The values of an option that may have several, up to the next option. */
static bool
several(struct command *c, int argc, char **argv, int *i, struct columns *out)
{
	int first = *i + 1;

	for (; *i + 1 < argc && argv[*i + 1][0] != '-'; ++*i)
		rp_vec_push(c->a, out, rp_text_z(argv[*i + 1]));
	return *i >= first;
}

static bool
flag(struct command *c, const char *arg)
{
	if (strcmp(arg, "--campaigns-only") == 0)
		c->only_campaigns = true;
	else if (strcmp(arg, "--quiet") == 0)
		c->quiet = true;
	else
		return false;
	return true;
}

/* An option with one value; false if it is none, or the value is wrong. */
static bool
valued(struct command *c, const char *name, const char *value)
{
	int64_t seed;

	if (strcmp(name, "-o") == 0)
		c->folder = value;
	else if (strcmp(name, "--id") == 0)
		c->id = rp_text_z(value);
	else if (strcmp(name, "--lang") == 0)
		c->lang = rp_text_z(value);
	else if (strcmp(name, "--question") == 0)
		c->question = rp_text_z(value);
	else if (strcmp(name, "--format") == 0)
		c->format = value;
	else if (strcmp(name, "--codebook") == 0)
		c->codebook = value;
	else if (strcmp(name, "--report-lang") == 0)
		return rp_lang_find(rp_text_z(value), &c->report_lang);
	else if (strcmp(name, "--eval") == 0)
		c->gold = value;
	else if (strcmp(name, "--themes") == 0)
		return whole(value, 2, THEMES_MAX, &c->themes);
	else if (strcmp(name, "--jobs") == 0)
		return whole(value, 1, RP_CREW_JOBS_MAX, &c->jobs);
	else if (strcmp(name, "--seed") == 0) {
		if (!whole(value, 0, INT64_MAX, &seed))
			return false;
		c->seed = (uint64_t)seed;
	} else
		return false;
	return true;
}

static bool
options(int argc, char **argv, struct command *c)
{
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0') {
			if (c->path != NULL)
				return false;
			c->path = argv[i];
		} else if (strcmp(argv[i], "--text") == 0) {
			if (!several(c, argc, argv, &i, &c->text))
				return false;
		} else if (strcmp(argv[i], "--group") == 0) {
			if (!several(c, argc, argv, &i, &c->group))
				return false;
		} else if (strcmp(argv[i], "--parallel") == 0) {
			if (++i == argc)
				return false;
			c->parallel_path = argv[i];
			if (!several(c, argc, argv, &i, &c->parallel_langs) ||
			    c->parallel_langs.n < 2)
				return false;
		} else if (!flag(c, argv[i])) {
			if (i + 1 == argc || !valued(c, argv[i], argv[i + 1]))
				return false;
			i++;
		}
	}
	return c->path != NULL && c->folder != NULL && c->text.n > 0 &&
	       c->text.n + c->group.n + 2 <= RP_ROWS_COLUMNS_MAX &&
	       rp_option_format(c->format, c->path, &c->csv);
}

/* Names come from the shell: octets until they are looked at. */
static struct rp_err *
names_are_text(struct command *c)
{
	for (size_t i = 0; i < c->text.n + c->group.n; i++) {
		rp_text *t =
		    i < c->text.n ? &c->text.v[i] : &c->group.v[i - c->text.n];

		RP_TRY(
		    rp_text_from(c->a, rp_text_bytes(*t), NAME_MAX_OCTETS, t));
	}
	RP_TRY(
	    rp_text_from(c->a, rp_text_bytes(c->id), NAME_MAX_OCTETS, &c->id));
	RP_TRY(rp_text_from(c->a, rp_text_bytes(c->lang), NAME_MAX_OCTETS,
	    &c->lang));
	return rp_text_from(c->a, rp_text_bytes(c->question), QUESTION_MAX,
	    &c->question);
}

/* Reading. */

static void
progress(void *ctx, int64_t done, int64_t all)
{
	struct command *c = ctx;

	/* Not for each row: a terminal is slow. */
	if (c->quiet || (uint64_t)done >> 20 == c->octets >> 20)
		return;
	c->octets = (uint64_t)done;
	rp_progress(done, all, "read");
}

/* The id, which must be another than all before; the row's number if none. */
static struct rp_err *
take_id(struct command *c, int64_t line, rp_text given, rp_text *out)
{
	int64_t *at;

	if (c->id.n == 0) {
		*out = rp_textf(c->a, "%zu", c->r.responses.n + 1);
		return NULL;
	}
	*out = rp_text_strip(given);
	if (out->n == 0)
		return rp_fail(RP_E_INVALID, "line %" PRId64 ": no \"%.*s\"",
		    line, RP_FMT(c->id));
	if (out->n > ID_MAX)
		return rp_fail(RP_E_LIMIT,
		    "line %" PRId64 ": \"%.*s\" of over %zu octets", line,
		    RP_FMT(c->id), ID_MAX);
	at = rp_map_at(c->a, &c->lines, *out);
	if (*at > 0)
		return rp_fail(RP_E_INVALID,
		    "line %" PRId64 ": the %.*s \"%.*s\" is on line %" PRId64
		    " too",
		    line, RP_FMT(c->id), RP_FMT(*out), *at);
	*at = line;
	return NULL;
}

static struct rp_err *
take_lang(struct command *c, int64_t line, rp_text given, rp_text *out)
{
	struct rp_err *e;

	given = rp_text_strip(given);
	if (given.n == 0)
		return NULL;
	e = rp_lang_tag_parse(c->a, given, out);
	return e ? rp_err_wrap(e, "line %" PRId64 ": \"%.*s\"", line,
		       RP_FMT(c->lang)) :
		   NULL;
}

static rp_text
joined(struct command *c, const rp_text *values, size_t n)
{
	rp_text all = RP_TEXT("");

	if (n == 1)
		return rp_text_strip(values[0]);
	for (size_t i = 0; i < n; i++) {
		rp_text t = rp_text_strip(values[i]);

		all = rp_textf(c->a, "%.*s%s%.*s", RP_FMT(all),
		    i > 0 ? " / " : "", RP_FMT(t));
	}
	return all;
}

static struct rp_err *
take_row(void *ctx, int64_t line, const rp_text *values)
{
	struct command *c = ctx;
	struct rp_theme_response p = { .campaign = RP_NONE };
	const rp_text *rest = values + c->text.n + c->group.n;
	uint32_t response = (uint32_t)c->r.responses.n;

	if (c->r.fields.n + c->text.n >= RP_NONE)
		return rp_fail(RP_E_LIMIT, "line %" PRId64 ": too many rows",
		    line);
	RP_TRY(take_id(c, line, rest[0], &p.id));
	if (c->lang.n > 0)
		RP_TRY(take_lang(c, line, rest[c->id.n > 0], &p.lang));
	p.group = joined(c, values + c->text.n, c->group.n);
	rp_vec_push(c->a, &c->r.responses, p);
	for (uint32_t i = 0; i < c->text.n; i++) {
		struct rp_theme_field f = { response, i, values[i] };

		rp_vec_push(c->a, &c->r.fields, f);
	}
	return NULL;
}

static struct rp_err *
take_segment(void *ctx, int64_t line, const rp_text *values)
{
	struct command *c = ctx;

	(void)line;
	for (size_t i = 0; i < c->parallel.n_langs; i++)
		rp_vec_push(c->a, &c->segments, values[i]);
	if (++c->parallel.n_segments > SEGMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "line %" PRId64 ": over %d segments",
		    line, SEGMENTS_MAX);
	return NULL;
}

/* Columns are called by the tags of their languages. */
static struct rp_err *
read_parallel(struct command *c)
{
	struct rp_rows_in in = {
		.path = c->parallel_path,
		.columns = c->parallel_langs.v,
		.n = c->parallel_langs.n,
		.ctx = c,
		.row = take_segment,
	};
	struct rp_rows_source source;
	rp_text tag;

	for (size_t i = 0; i < in.n; i++) {
		RP_TRY(rp_lang_tag_parse(c->a, c->parallel_langs.v[i], &tag));
		c->parallel_langs.v[i] = tag;
	}
	(void)rp_option_format(NULL, in.path, &in.csv);
	c->parallel.n_langs = in.n;
	RP_TRY(rp_rows_read(c->a, &in, &source));
	c->parallel.langs = c->parallel_langs.v;
	c->parallel.texts = c->segments.v;
	if (c->parallel.n_segments < RP_BRIDGE_SEGMENTS_MIN)
		return rp_fail(RP_E_INVALID, "%s: under %d segments", in.path,
		    RP_BRIDGE_SEGMENTS_MIN);
	return NULL;
}

static struct rp_err *
read_rows(struct command *c)
{
	struct rp_rows_in in = {
		.path = c->path,
		.csv = c->csv,
		.ctx = c,
		.row = take_row,
		.progress = progress,
	};
	struct rp_err *e;

	for (size_t i = 0; i < c->text.n; i++)
		rp_vec_push(c->a, &c->wanted, c->text.v[i]);
	for (size_t i = 0; i < c->group.n; i++)
		rp_vec_push(c->a, &c->wanted, c->group.v[i]);
	if (c->id.n > 0)
		rp_vec_push(c->a, &c->wanted, c->id);
	if (c->lang.n > 0)
		rp_vec_push(c->a, &c->wanted, c->lang);
	in.columns = c->wanted.v;
	in.n = c->wanted.n;
	e = rp_rows_read(c->a, &in, &c->run.input);
	if (!c->quiet)
		rp_progress_end();
	return e;
}

/* Analysing. */

static void
stage(void *ctx, enum rp_analysis_stage next)
{
	/* Hundredths of the time, as a rule, before each stage. */
	static const int before[RP_ANALYSIS_STAGES + 1] = { 5, 15, 30, 40,
		100 };
	struct command *c = ctx;
	int64_t now = rp_clock_mono(), left;
	rp_text name;

	if (next > 0)
		c->run.took[c->stage] = now - c->stage_at;
	c->stage_at = now;
	c->stage = next;
	if (c->quiet || next == RP_ANALYSIS_STAGES)
		return;
	name = rp_analysis_stage_name(next);
	left = (now - c->began_at) * (100 - before[next]) / before[next];
	rp_progress(before[next], 100,
	    rp_textf(c->a, "%.*s, about %lld s left   ", RP_FMT(name),
		(long long)(left / RP_SECOND + 1))
		.p);
}

/* The file's name as it is shown; nothing, if it is no text. */
static rp_text
name_of(const struct command *c)
{
	const char *slash = strrchr(c->path, '/');
	rp_text name = rp_text_z(slash != NULL ? slash + 1 : c->path), shown;
	struct rp_err *e =
	    rp_text_from(c->a, rp_text_bytes(name), NAME_MAX_OCTETS, &shown);

	if (e == NULL)
		return shown;
	rp_err_free(e);
	return RP_TEXT("");
}

static struct rp_err *
analyse_and_write(struct command *c)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	RP_AUTO(rp_folder_freep) struct rp_folder *folder = rp_folder_new();
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *stemmer = rp_stemmer_new();
	struct rp_theme_tools tools = { words, folder, stemmer };
	struct rp_analysis_options o = {
		.question = c->question,
		.seed = c->seed,
		.themes = (uint32_t)c->themes,
		.codes = c->codebook != NULL ? &c->codes : NULL,
		.parallel = c->parallel_path != NULL ? &c->parallel : NULL,
		.only_campaigns = c->only_campaigns,
		.crew = { (unsigned)c->jobs },
		.ctx = c,
		.stage = stage,
	};
	struct rp_err *e = rp_analyse(c->a, &tools, &o, &c->r, &c->run.places);

	if (!c->quiet)
		rp_progress_end();
	RP_TRY(e);
	c->run.columns = c->text.v;
	c->run.r = &c->r;
	c->run.only_campaigns = c->only_campaigns;
	c->run.is_coded = c->codebook != NULL;
	c->run.question = c->question;
	c->run.lang = c->report_lang;
	c->run.file = strcmp(c->path, "-") == 0 ? RP_TEXT("") : name_of(c);
	return rp_themes_files_write(c->a, c->folder, words, &c->run);
}

static struct rp_err *
run(struct command *c)
{
	RP_TRY(names_are_text(c));
	if (c->codebook != NULL)
		RP_TRY(rp_themes_codebook(c->a, c->codebook, &c->codes));
	if (c->parallel_path != NULL)
		RP_TRY(read_parallel(c));
	RP_TRY(rp_themes_files_begin(c->folder));
	c->began_at = rp_clock_mono();
	RP_TRY(read_rows(c));
	c->run.read_took = rp_clock_mono() - c->began_at;
	RP_TRY(analyse_and_write(c));
	if (!c->quiet)
		rp_themes_files_tell(&c->run);
	return c->gold != NULL ? rp_themes_eval(c->a, &c->r, c->gold) : NULL;
}

int
rp_cmd_themes(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = {
		.a = a,
		.id = RP_TEXT(""),
		.lang = RP_TEXT(""),
		.question = RP_TEXT(""),
		.report_lang = RP_LANG_EN,
		.seed = SEED_DEFAULT,
		.jobs = 1,
	};
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(&c);
	if (e != NULL)
		rp_themes_files_give_up();
	return e != NULL ? rp_command_fail_take(e) : 0;
}
