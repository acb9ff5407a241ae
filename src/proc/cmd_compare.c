/* cmd_compare - two versions of a document, and what changed between them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "codec/zip.h"
#include "exchange/pair.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "text/input.h"
#include "text/words.h"

#define ARENA_MAX ((size_t)512 << 20)
#define AUTHOR_MAX ((size_t)200) /* octets */

static const char usage[] =
    "compare OLD NEW [-o FILE.docx|.html|.json|.akn|.md|.txt] "
    "[--side-by-side]\n"
    "       [--format docx|html|json|akn|md|txt] [--author NAME]\n"
    "       [--date YYYY-MM-DDTHH:MM:SSZ] [--exit-code]";

struct command {
	const char *old, *now, *out;
	const char *author, *date, *format;
	bool side, exit_code;
};

struct work {
	struct rp_pair_file old, now;
	struct rp_pair_options options;
	struct rp_words *words;
};

/* How the answer begins. */
struct answer {
	uint32_t summary; /* octets of it, before those of the file */
	bool differs;
};

static struct rp_err *
compare(struct rp_arena *a, void *ctx, struct rp_buf *out)
{
	struct work *w = ctx;
	struct answer head = { 0 };
	struct rp_pair pair;
	rp_text summary;

	RP_TRY(
	    rp_pair_compare(a, w->words, &w->old, &w->now, &w->options, &pair));
	summary = rp_pair_summary(a, &pair);
	head.summary = (uint32_t)summary.n;
	head.differs = rp_pair_differs(&pair);
	rp_buf_add(out, &head, sizeof(head));
	rp_buf_text(out, summary);
	rp_buf_bytes_add(out, pair.octets);
	return NULL;
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

		if (value != NULL && i + 1 < argc)
			*value = argv[++i];
		else if (strcmp(s, "--side-by-side") == 0)
			c->side = true;
		else if (strcmp(s, "--exit-code") == 0)
			c->exit_code = true;
		else if (s[0] == '-' && s[1] != '\0')
			return false;
		else if (c->old == NULL)
			c->old = s;
		else if (c->now == NULL)
			c->now = s;
		else
			return false;
	}
	return c->now != NULL &&
	       !(strcmp(c->old, "-") == 0 && strcmp(c->now, "-") == 0);
}

/* The end of the name says the format, if --format does not. */
static struct rp_err *
choose_format(struct rp_arena *a, const struct command *c, struct work *w)
{
	const char *of = c->format != NULL ? rp_textf(a, "x.%s", c->format).p :
			 c->out == NULL    ? "x.json" :
					     c->out;
	enum rp_pair_format format = rp_pair_format_of(rp_text_z(of));

	if (format == RP_PAIR_FORMATS)
		return rp_fail(RP_E_INVALID, "%s: which format? (--format)",
		    of);
	if (c->side && format != RP_PAIR_HTML)
		return rp_fail(RP_E_INVALID, "--side-by-side is for HTML");
	w->options.format = c->side ? RP_PAIR_SIDE : format;
	return NULL;
}

static struct rp_err *
prepare(struct rp_arena *a, const struct command *c, struct work *w)
{
	const char *author = c->author != NULL ? c->author : "Rapporteur";
	int64_t at;

	RP_TRY(choose_format(a, c, w));
	RP_TRY(rp_text_input_line(a, rp_text_bytes(rp_text_z(author)),
	    AUTHOR_MAX, &w->options.compare.author));
	if (c->date != NULL) {
		struct rp_err *e = rp_clock_parse(rp_text_z(c->date), &at);

		rp_err_free(e);
		if (e != NULL)
			return rp_fail(RP_E_INVALID,
			    "%s: not a date as 2026-11-29T10:00:00Z", c->date);
		w->options.compare.date = rp_text_z(c->date);
	}
	w->old.name = rp_text_z(c->old);
	w->now.name = rp_text_z(c->now);
	RP_TRY(rp_apart_read(a, c->old, RP_ZIP_FILE_MAX, &w->old.octets));
	return rp_apart_read(a, c->now, RP_ZIP_FILE_MAX, &w->now.octets);
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c, bool *out_differs)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	struct work w = { .words = words };
	struct answer head;
	rp_bytes all;

	RP_TRY(prepare(a, c, &w));
	RP_TRY(rp_apart_run(a, compare, &w, &all));
	if (all.n < sizeof(head))
		return rp_fail(RP_E_INTERNAL, "no answer");
	memcpy(&head, all.p, sizeof(head));
	all.p += sizeof(head);
	all.n -= sizeof(head);
	if (head.summary > all.n)
		return rp_fail(RP_E_INTERNAL, "no answer");
	*out_differs = head.differs;
	if (c->out != NULL)
		RP_TRY(rp_apart_write(a, c->out,
		    (rp_bytes){ all.p + head.summary, all.n - head.summary }));
	/* What is asked for on standard output stands there alone. */
	if (c->out != NULL && strcmp(c->out, "-") == 0)
		return NULL;
	return rp_apart_write(a, "-", (rp_bytes){ all.p, head.summary });
}

int
rp_cmd_compare(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	bool differs = false;
	struct rp_err *e;

	if (!read_options(&c, argc, argv))
		return rp_command_usage(usage);
	e = run(a, &c, &differs);
	if (e != NULL)
		return rp_command_fail_take(e);
	return differs && c.exit_code ? 1 : 0;
}
