/* cmd_merge - the amendments of several parties to one base, in one text. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "codec/zip.h"
#include "exchange/consolidate.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "text/input.h"
#include "text/words.h"

#define ARENA_MAX ((size_t)512 << 20)
#define AUTHOR_MAX ((size_t)200) /* octets */
#define PLACE_MAX ((size_t)200)

static const char usage[] =
    "merge BASE FILE=NAME... -o FILE.docx|.html|.json|.akn|.md|.txt\n"
    "       [--noc NAME:PROVISION]... [--format docx|html|json|akn|md|txt]\n"
    "       [--author NAME] [--date YYYY-MM-DDTHH:MM:SSZ]";

struct command {
	const char *base, *out, *author, *date, *format;
	const char *parties[RP_CONSOLIDATE_PARTIES_MAX];
	const char *noc[RP_CONSOLIDATE_NOC_MAX];
	size_t n, n_noc;
};

struct work {
	struct rp_pair_file base;
	struct rp_consolidate_party parties[RP_CONSOLIDATE_PARTIES_MAX];
	size_t n;
	struct rp_consolidate_noc noc[RP_CONSOLIDATE_NOC_MAX];
	struct rp_consolidate_options options;
	struct rp_words *words;
};

/* The answer begins with the octets of the summary, counted. */
static struct rp_err *
merge(struct rp_arena *a, void *ctx, struct rp_buf *out)
{
	struct work *w = ctx;
	struct rp_consolidate got;
	rp_text summary;
	uint32_t n;

	RP_TRY(rp_consolidate(a, w->words, &w->base, w->parties, w->n,
	    &w->options, &got));
	summary = rp_consolidate_summary(a, &got);
	n = (uint32_t)summary.n;
	rp_buf_add(out, &n, sizeof(n));
	rp_buf_text(out, summary);
	rp_buf_bytes_add(out, got.octets);
	return NULL;
}

static bool
take_argument(struct command *c, const char *s)
{
	if (c->base == NULL) {
		c->base = s;
		return true;
	}
	if (c->n == RP_CONSOLIDATE_PARTIES_MAX || strchr(s, '=') == NULL)
		return false;
	c->parties[c->n++] = s;
	return true;
}

static bool
read_options(struct command *c, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *s = argv[i];
		const char **value = strcmp(s, "-o") == 0       ? &c->out :
				     strcmp(s, "--author") == 0 ? &c->author :
				     strcmp(s, "--date") == 0   ? &c->date :
				     strcmp(s, "--format") == 0 ? &c->format :
								  NULL;

		if (strcmp(s, "--noc") == 0 &&
		    c->n_noc < RP_CONSOLIDATE_NOC_MAX)
			value = &c->noc[c->n_noc++];
		if (value != NULL && i + 1 < argc)
			*value = argv[++i];
		else if (value != NULL ||
			 (s[0] == '-' && s[1] != '\0' && s[1] != '='))
			return false;
		else if (!take_argument(c, s))
			return false;
	}
	return c->base != NULL && c->n > 0 && c->out != NULL;
}

/* The end of the name says the format, if --format does not. */
static struct rp_err *
choose_format(struct rp_arena *a, const struct command *c, struct work *w)
{
	const char *of =
	    c->format != NULL ? rp_textf(a, "x.%s", c->format).p : c->out;

	w->options.format = rp_pair_format_of(rp_text_z(of));
	if (w->options.format == RP_PAIR_FORMATS)
		return rp_fail(RP_E_INVALID, "%s: which format? (--format)",
		    of);
	return NULL;
}

static struct rp_err *
take_line(struct rp_arena *a, rp_text in, size_t max, rp_text *out)
{
	struct rp_err *e = rp_text_input_line(a, rp_text_bytes(in), max, out);

	return e == NULL ? NULL : rp_err_wrap(e, "%.*s", RP_FMT(in));
}

/* What is before and behind the last `c`. */
static void
cut(const char *z, char c, rp_text *before, rp_text *behind)
{
	const char *at = strrchr(z, c);

	*before = rp_text_sub(rp_text_z(z), 0, (size_t)(at - z));
	*behind = rp_text_z(at + 1);
}

static struct rp_err *
read_party(struct rp_arena *a, const char *z, struct rp_consolidate_party *out)
{
	rp_text file, name;

	cut(z, '=', &file, &name);
	RP_TRY(take_line(a, name, RP_CONSOLIDATE_NAME_MAX, &out->name));
	if (file.n == 0 || out->name.n == 0)
		return rp_fail(RP_E_INVALID, "%s: not FILE=NAME", z);
	out->file.name = rp_text_dup(a, file);
	RP_TRY(rp_apart_read(a, out->file.name.p, RP_ZIP_FILE_MAX,
	    &out->file.octets));
	if (out->file.octets.n == 0)
		return rp_fail(RP_E_INVALID, "%.*s: empty", RP_FMT(file));
	return NULL;
}

/* A party that only objects needs no file. */
static struct rp_err *
read_objection(struct rp_arena *a, const char *z, struct work *w,
    struct rp_consolidate_noc *out)
{
	rp_text name, place;

	if (strchr(z, ':') == NULL)
		return rp_fail(RP_E_INVALID, "%s: not NAME:PROVISION", z);
	cut(z, ':', &name, &place);
	RP_TRY(take_line(a, name, RP_CONSOLIDATE_NAME_MAX, &name));
	RP_TRY(take_line(a, place, PLACE_MAX, &out->place));
	for (size_t p = 0; p < w->n; p++)
		if (rp_text_eq(w->parties[p].name, name)) {
			out->party = p;
			return NULL;
		}
	if (w->n == RP_CONSOLIDATE_PARTIES_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu parties",
		    RP_CONSOLIDATE_PARTIES_MAX);
	out->party = w->n;
	w->parties[w->n++].name = name;
	return NULL;
}

static struct rp_err *
prepare(struct rp_arena *a, const struct command *c, struct work *w)
{
	struct rp_consolidate_options *o = &w->options;
	int64_t at;

	RP_TRY(choose_format(a, c, w));
	RP_TRY(take_line(a,
	    rp_text_z(c->author != NULL ? c->author : "Rapporteur"), AUTHOR_MAX,
	    &o->author));
	if (c->date != NULL) {
		struct rp_err *e = rp_clock_parse(rp_text_z(c->date), &at);

		rp_err_free(e);
		if (e != NULL)
			return rp_fail(RP_E_INVALID,
			    "%s: not a date as 2026-11-29T10:00:00Z", c->date);
		o->date = rp_text_z(c->date);
	}
	w->base.name = rp_text_z(c->base);
	RP_TRY(rp_apart_read(a, c->base, RP_ZIP_FILE_MAX, &w->base.octets));
	for (; w->n < c->n; w->n++)
		RP_TRY(read_party(a, c->parties[w->n], &w->parties[w->n]));
	for (size_t i = 0; i < c->n_noc; i++)
		RP_TRY(read_objection(a, c->noc[i], w, &w->noc[i]));
	o->noc = w->noc;
	o->n_noc = c->n_noc;
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	struct work *w = rp_new(a, struct work);
	uint32_t summary;
	rp_bytes all;

	w->words = words;
	RP_TRY(prepare(a, c, w));
	RP_TRY(rp_apart_run(a, merge, w, &all));
	if (all.n < sizeof(summary))
		return rp_fail(RP_E_INTERNAL, "no answer");
	memcpy(&summary, all.p, sizeof(summary));
	all.p += sizeof(summary);
	all.n -= sizeof(summary);
	if (summary > all.n)
		return rp_fail(RP_E_INTERNAL, "no answer");
	RP_TRY(rp_apart_write(a, c->out,
	    (rp_bytes){ all.p + summary, all.n - summary }));
	/* What is asked for on standard output stands there alone. */
	if (strcmp(c->out, "-") == 0)
		return NULL;
	return rp_apart_write(a, "-", (rp_bytes){ all.p, summary });
}

int
rp_cmd_merge(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command *c = rp_new(a, struct command);
	struct rp_err *e;

	if (!read_options(c, argc, argv))
		return rp_command_usage(usage);
	e = run(a, c);
	return e != NULL ? rp_command_fail_take(e) : 0;
}
