#include "proc/themes_codebook.h"

#include "base/buf.h"
#include "codec/codebook.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "proc/apart.h"

/* In the sandbox. */
static struct rp_err *
as_json(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const rp_bytes *in = ctx;
	struct rp_codebook book;
	struct rp_sink sink;

	RP_TRY(rp_codebook_read(a, rp_codebook_guess(*in), *in, &book));
	rp_sink_to_buf(&sink, a, answer);
	rp_codebook_write(a, RP_CODEBOOK_JSON, &book, &sink);
	return rp_sink_flush(&sink);
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
put_examples(struct rp_arena *a, uint32_t theme, rp_text lines,
    struct examples *out)
{
	for (size_t at = 0; at < lines.n;) {
		size_t end = rp_text_find(lines, '\n', at);
		struct rp_coded_example one = { theme,
			rp_text_trim(rp_text_sub(lines, at, end)) };

		if (one.text.n > 0)
			rp_vec_push(a, out, one);
		at = end + 1;
	}
}

static void
take(struct rp_arena *a, const struct rp_codebook *book, struct rp_codes *out)
{
	struct rp_coded_theme *themes =
	    rp_new_n(a, struct rp_coded_theme, book->codes.n + 1);
	struct examples examples = { 0 };

	for (uint32_t i = 0; i < book->codes.n; i++) {
		const struct rp_code *c = &book->codes.v[i];

		themes[i] = (struct rp_coded_theme){
			.name = c->name,
			.words = rp_textf(a, "%.*s\n%.*s",
			    RP_FMT(c->definition), RP_FMT(c->include)),
			.parent =
			    c->parent == RP_CODEBOOK_NONE ? RP_NONE : c->parent,
		};
		put_examples(a, i, c->examples, &examples);
	}
	*out =
	    (struct rp_codes){ themes, book->codes.n, examples.v, examples.n };
}

struct rp_err *
rp_themes_codebook_read(struct rp_arena *a, const char *name,
    struct rp_codes *out)
{
	struct rp_codebook book;
	rp_bytes in, json;
	struct rp_err *e;

	RP_TRY(rp_apart_read(a, name, RP_CODEBOOK_MAX, &in));
	RP_TRY(open_json(a));
	e = rp_apart_run(a, as_json, &in, &json);
	if (e == NULL)
		e = rp_codebook_read(a, RP_CODEBOOK_JSON, json, &book);
	if (e != NULL)
		return rp_err_wrap(e, "%s", name);
	take(a, &book, out);
	if (out->n_themes == 0)
		return rp_fail(RP_E_INVALID, "%s has no codes", name);
	return NULL;
}
