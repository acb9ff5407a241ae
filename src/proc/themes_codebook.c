#include "proc/themes_codebook.h"

#include "base/buf.h"
#include "codec/codebook.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "proc/apart.h"
#include "text/input.h"

static struct rp_err *
read_apart(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const rp_bytes *in = ctx;
	struct rp_codebook book = { 0 };
	struct rp_sink *sink = rp_new(a, struct rp_sink);

	RP_TRY(rp_codebook_read(a, rp_codebook_guess(*in), *in, &book));
	rp_sink_to_buf(sink, a, answer);
	rp_codebook_write(a, RP_CODEBOOK_JSON, &book, sink);
	return rp_sink_flush(sink);
}

/* Jansson reads a seed for its tables from a file: before there is none. */
static struct rp_err *
open_json(struct rp_arena *a)
{
	const struct rp_json *v;

	return rp_json_parse(a, RP_BYTES("{\"a\":0}"), &v);
}

struct examples RP_VEC(struct rp_coded_example);

static void
take_examples(struct rp_arena *a, struct examples *all, uint32_t theme,
    rp_text lines)
{
	size_t end;

	for (size_t at = 0; at < lines.n; at = end + 1) {
		struct rp_coded_example e = { .theme = theme };

		end = rp_text_find(lines, '\n', at);
		e.text = rp_text_strip(rp_text_sub(lines, at, end));
		if (e.text.n > 0)
			rp_vec_push(a, all, e);
	}
}

static rp_text
words_of(struct rp_arena *a, const struct rp_code *c)
{
	if (c->include.n == 0)
		return c->definition;
	return rp_textf(a, "%.*s\n%.*s", RP_FMT(c->definition),
	    RP_FMT(c->include));
}

static struct rp_err *
take(struct rp_arena *a, rp_bytes json, struct rp_codes *out)
{
	struct rp_coded_theme *themes;
	struct rp_codebook book = { 0 };
	struct examples examples = { 0 };

	RP_TRY(rp_codebook_read(a, RP_CODEBOOK_JSON, json, &book));
	if (book.codes.n == 0)
		return rp_fail(RP_E_INVALID, "there are no codes");
	themes = rp_new_n(a, struct rp_coded_theme, book.codes.n);
	for (size_t i = 0; i < book.codes.n; i++) {
		const struct rp_code *c = &book.codes.v[i];

		themes[i] = (struct rp_coded_theme){
			.name = c->name,
			.words = words_of(a, c),
			.lang = RP_TEXT(""),
			.parent =
			    c->parent == RP_CODEBOOK_NONE ? RP_NONE : c->parent,
		};
		take_examples(a, &examples, (uint32_t)i, c->examples);
	}
	*out =
	    (struct rp_codes){ themes, book.codes.n, examples.v, examples.n };
	return NULL;
}

struct rp_err *
rp_themes_codebook(struct rp_arena *a, const char *path, struct rp_codes *out)
{
	rp_bytes in, json;
	struct rp_err *e;

	RP_TRY(rp_apart_read(a, path, RP_CODEBOOK_MAX, &in));
	RP_TRY(open_json(a));
	e = rp_apart_run(a, read_apart, &in, &json);
	if (e == NULL)
		e = take(a, json, out);
	return e != NULL ? rp_err_wrap(e, "%s", path) : NULL;
}
