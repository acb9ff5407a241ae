/*
 * sample - small documents made by tests.
 *
 * Part of the tests, not of the product. Packages are stored, not deflated, so
 * that a test can damage a known octet.
 * Tested in docx_text_test.c.
 */
#ifndef RP_CODEC_SAMPLE_PRIVATE_H
#define RP_CODEC_SAMPLE_PRIVATE_H

#include "base/str.h"

#define RP_SAMPLE_FILE_MAX ((size_t)16 << 20)

struct rp_sample_entry {
	const char *name;
	const char *content;
	size_t n;     /* 0: as long as the string */
	bool deflate; /* by zlib, at its best */
};

rp_bytes rp_sample_zip(struct rp_arena *a,
    const struct rp_sample_entry *entries, size_t n);

/* A Word document around the content of w:body; `notes` may be NULL. */
rp_bytes rp_sample_docx(struct rp_arena *a, const char *body,
    const char *notes);

/* An OpenDocument text around the content of office:text. */
rp_bytes rp_sample_odt(struct rp_arena *a, const char *body);

/* A file of the test data; empty where it is not there. */
rp_bytes rp_sample_file(struct rp_arena *a, const char *path);

/* A PDF of `pages` pages, each with the same line, with author and XMP. */
rp_bytes rp_sample_pdf(struct rp_arena *a, size_t pages, const char *line);

#endif
