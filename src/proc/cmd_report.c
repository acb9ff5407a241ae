/*
 * cmd_report - the report of a meeting, from what happened in it.
 *
 * The file is foreign: it is read by a process of its own (apart.h), which
 * hands back the report.
 */
#include <string.h>

#include "base/buf.h"
#include "codec/akn.h"
#include "codec/docx_new.h"
#include "codec/html_doc.h"
#include "codec/json.h"
#include "codec/markdown.h"
#include "codec/plain_doc.h"
#include "codec/sink.h"
#include "exchange/pair.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "proc/report_facts.h"
#include "text/format.h"

#define ARENA_MAX ((size_t)256 << 20)

static const char usage[] =
    "report [--lang LANG] [-o FILE.docx|.html|.md|.txt|.xml] MEETING.json|-";

struct command {
	const char *in, *out, *lang;
};

struct work {
	rp_bytes in;
	struct rp_reader reader;
	enum rp_pair_format format;
};

/* Below: in the process that reads. */

/* "2024-10-04" as the reader writes it. */
static struct rp_err *
write_date(struct rp_arena *a, const struct rp_reader *reader, rp_text *date)
{
	struct rp_local day;
	rp_text noon = rp_textf(a, "%.*sT12:00", RP_FMT(*date));
	struct rp_err *e = rp_zone_local_parse(noon, &day);

	rp_err_free(e);
	if (e != NULL)
		return rp_fail(RP_E_INVALID,
		    "date: \"%.*s\" is no day as 2026-11-29", RP_FMT(*date));
	*date = rp_format_local(reader->locale, a, RP_DATE_FULL, day);
	return NULL;
}

static struct rp_err *
write_as(const struct work *w, const struct rp_document *d,
    const struct rp_report_facts *f, struct rp_sink *out)
{
	const struct rp_html_doc_options page = { .complete = true };
	const struct rp_akn_meta meta = {
		.uri = rp_textf(out->arena, "/akn/report/%lld",
		    (long long)f->ordinal),
	};

	rp_bytes octets;

	switch (w->format) {
	case RP_PAIR_DOCX:
		RP_TRY(rp_docx_new(out->arena, d,
		    &(struct rp_docx_new){ .max = RP_APART_ANSWER_MAX },
		    &octets));
		rp_sink_add(out, octets.p, octets.n);
		break;
	case RP_PAIR_HTML:
		rp_html_doc_write(out, d, &page);
		break;
	case RP_PAIR_AKN:
		rp_akn_write(out, d, &meta);
		break;
	case RP_PAIR_MARKDOWN:
		rp_markdown_write(out, d);
		break;
	default:
		rp_plain_doc_write(out, d, NULL);
	}
	return rp_sink_flush(out);
}

static struct rp_err *
make(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const struct work *w = ctx;
	struct rp_report_facts facts;
	struct rp_report_lines lines = { 0 };
	struct rp_document *d;
	struct rp_sink sink;

	RP_TRY(rp_report_facts_read(a, w->in, &facts));
	RP_TRY(write_date(a, &w->reader, &facts.date));
	rp_meeting_report(a, &w->reader, &facts, &lines);
	RP_TRY(rp_meeting_report_document(a, &w->reader, &lines, &d));
	rp_sink_to_buf(&sink, a, answer);
	return write_as(w, d, &facts, &sink);
}

/* Above again. */

static bool
options(int argc, char **argv, struct command *out)
{
	for (int i = 1; i < argc; i++) {
		const char *s = argv[i];

		if (strcmp(s, "-o") == 0 && i + 1 < argc)
			out->out = argv[++i];
		else if (strcmp(s, "--lang") == 0 && i + 1 < argc)
			out->lang = argv[++i];
		else if ((s[0] != '-' || s[1] == '\0') && out->in == NULL)
			out->in = s;
		else
			return false;
	}
	return out->in != NULL;
}

static struct rp_err *
prepare(struct rp_arena *a, const struct command *c, struct work *w)
{
	const char *lang = c->lang != NULL ? c->lang : "en";

	w->format = c->out == NULL || strcmp(c->out, "-") == 0 ?
			RP_PAIR_TEXT :
			rp_pair_format_of(rp_text_z(c->out));
	if (w->format == RP_PAIR_FORMATS || w->format == RP_PAIR_JSON)
		return rp_fail(RP_E_INVALID, "%s: which format?", c->out);
	if (!rp_lang_find(rp_text_z(lang), &w->reader.lang))
		return rp_fail(RP_E_INVALID,
		    "%s: not one of ar, zh, en, fr, ru, es", lang);
	return rp_apart_read(a, c->in, RP_JSON_MAX, &w->in);
}

/* What libraries open at their first use they could not in the sandbox: ICU its
 * rules, jansson the seed of its tables. */
static struct rp_err *
warm_up(struct rp_arena *a, const struct rp_locale *locale)
{
	const struct rp_json *o;

	(void)rp_format_ordinal(locale, a, 1);
	return rp_json_parse(a, RP_BYTES("{}"), &o);
}

static struct rp_err *
run(struct rp_arena *a, const struct command *c)
{
	RP_AUTO(rp_locale_freep) struct rp_locale *locale = NULL;
	struct work w = { 0 };
	struct rp_err *e;
	rp_bytes out;

	RP_TRY(prepare(a, c, &w));
	locale = rp_locale_new(w.reader.lang);
	w.reader.locale = locale;
	RP_TRY(warm_up(a, locale));
	e = rp_apart_run(a, make, &w, &out);
	if (e != NULL)
		return rp_err_wrap(e, "%s", c->in);
	return rp_apart_write(a, c->out != NULL ? c->out : "-", out);
}

int
rp_cmd_report(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { 0 };
	struct rp_err *e;

	if (!options(argc, argv, &c))
		return rp_command_usage(usage);
	e = run(a, &c);
	return e ? rp_command_fail_take(e) : 0;
}
