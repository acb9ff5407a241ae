/*
 * Write the sample of theme_sample.h as a report and a summary, to look at and
 * for tests with other programs.
 *
 * usage: theme_sample LANG FILE.html FILE.docx
 */
#include <stdio.h>

#include "base/err.h"
#include "render/theme_sample.h"
#include "render/theme_summary.h"
#include "text/format.h"

static int
write_file(const char *name, const void *p, size_t n)
{
	FILE *f = fopen(name, "wb");
	int bad;

	if (f == NULL)
		return 1;
	bad = fwrite(p, 1, n, f) != n;
	return fclose(f) != 0 || bad;
}

int
main(int argc, char **argv)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	RP_AUTO(rp_locale_freep) struct rp_locale *l = NULL;
	RP_AUTO(rp_err_freep) struct rp_err *e = NULL;
	const struct rp_theme_report *r = rp_theme_sample(a);
	struct rp_reader reader;
	rp_bytes docx;
	rp_html html;

	if (argc != 4 || !rp_lang_find(rp_text_z(argv[1]), &reader.lang))
		return 2;
	l = rp_locale_new(reader.lang);
	reader.locale = l;
	e = rp_theme_report_html(a, &reader, r, &html);
	if (e == NULL)
		e = rp_theme_summary_docx(a, &reader, RP_TEXT(""), &r, 1,
		    &docx);
	if (e != NULL) {
		fprintf(stderr, "%s\n", rp_err_message(e));
		return 1;
	}
	return write_file(argv[2], html.p, html.n) ||
	       write_file(argv[3], docx.p, docx.n);
}
