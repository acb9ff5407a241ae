/* cmd_pdf - pdf: a document as a tagged PDF. */
#include <string.h>

#include "base/buf.h"
#include "codec/zip.h"
#include "exchange/pair.h"
#include "pdf/pdf.h"
#include "proc/apart.h"
#include "proc/commands.h"
#include "text/lang.h"

#define ARENA_MAX ((size_t)512 << 20)

static const char usage[] =
    "pdf FILE [-o FILE.pdf] [--lang TAG] [--title TEXT] [--foot TEXT] "
    "[--head-rows N] [--fonts FOLDER]";

struct command {
	const char *in, *out; /* "-": standard input and output */
	const char *folder;   /* of fonts */
	rp_text lang;
	struct rp_pdf_options options;
	struct rp_pdf_fonts *fonts;
	rp_bytes octets;
};

/* In the sandbox: read it and write the PDF. */
static struct rp_err *
write_pdf(struct rp_arena *a, void *ctx, struct rp_buf *answer)
{
	const struct command *c = ctx;
	const struct rp_pair_file f = { rp_text_z(c->in), c->octets };
	struct rp_document *d;
	rp_bytes out;

	RP_TRY(rp_pair_read(a, &f, &d));
	if (c->lang.n > 0)
		d->lang = c->lang;
	RP_TRY(rp_pdf_write(a, c->fonts, d, &c->options, &out));
	rp_buf_bytes_add(answer, out);
	return NULL;
}

static bool
read_option(struct command *c, const char *name, const char *value)
{
	int64_t n;

	if (strcmp(name, "-o") == 0) {
		c->out = value;
	} else if (strcmp(name, "--fonts") == 0) {
		c->folder = value;
	} else if (strcmp(name, "--lang") == 0) {
		c->lang = rp_text_z(value);
	} else if (strcmp(name, "--title") == 0) {
		c->options.title = rp_text_z(value);
	} else if (strcmp(name, "--foot") == 0) {
		c->options.foot = rp_text_z(value);
	} else if (strcmp(name, "--head-rows") == 0 &&
		   rp_text_i64(rp_text_z(value), &n) && n >= 0 && n < 100) {
		c->options.head_rows = (uint32_t)n;
	} else {
		return false;
	}
	return true;
}

static bool
read_options(struct command *c, int argc, char **argv)
{
	c->out = "-";
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '-' && argv[i][1] != '\0') {
			if (i + 1 >= argc ||
			    !read_option(c, argv[i], argv[i + 1]))
				return false;
			i++;
		} else if (c->in == NULL) {
			c->in = argv[i];
		} else {
			return false;
		}
	}
	return c->in != NULL;
}

/* What a person typed may not be text. */
static struct rp_err *
check(struct rp_arena *a, struct command *c)
{
	rp_text *const texts[] = { &c->options.title, &c->options.foot };

	for (size_t i = 0; i < 2; i++)
		RP_TRY(
		    rp_text_from(a, rp_text_bytes(*texts[i]), 1000, texts[i]));
	if (c->lang.n > 0)
		RP_TRY(rp_lang_tag_parse(a, c->lang, &c->lang));
	return NULL;
}

static struct rp_err *
run(struct rp_arena *a, struct command *c)
{
	struct rp_err *e;
	rp_bytes out;

	RP_TRY(check(a, c));
	RP_TRY(rp_apart_read(a, c->in, RP_ZIP_FILE_MAX, &c->octets));
	RP_TRY(rp_pdf_fonts_open(c->folder, &c->fonts));
	e = rp_apart_run(a, write_pdf, c, &out);
	rp_pdf_fonts_free(c->fonts);
	if (e != NULL)
		return rp_err_wrap(e, "%s", c->in);
	return rp_apart_write(a, c->out, out);
}

int
rp_cmd_pdf(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct command c = { .folder = RP_PDF_FONTS };
	struct rp_err *e;

	if (!read_options(&c, argc, argv))
		return rp_command_usage(usage);
	e = run(a, &c);
	return e ? rp_command_fail_take(e) : 0;
}
