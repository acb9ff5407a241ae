/*
 * office_text_fuzz - the text of a package is text, and a cleaned copy says the
 * same: for formats with rp_FORMAT_text() and rp_FORMAT_clean().
 */
#ifndef RP_CODEC_OFFICE_TEXT_FUZZ_H
#define RP_CODEC_OFFICE_TEXT_FUZZ_H

#include <string.h>

#include "base/err.h"
#include "base/fuzz.h"
#include "codec/office_clean.h"
#include "codec/plain.h"
#include "codec/sample.h"
#include "codec/zip.h"

#define RP_FUZZ_TEXT_MAX ((size_t)1 << 20)

struct rp_fuzzed_office {
	struct rp_err *(
	    *text)(struct rp_arena *a, struct rp_zip *z, struct rp_plain *out);
	struct rp_err *(*clean)(struct rp_arena *a, struct rp_zip *z,
	    size_t max, rp_bytes *out);
	/* A package with this content. */
	rp_bytes (*sample)(struct rp_arena *a, const char *content);
};

static inline struct rp_err *
rp_fuzz_office(struct rp_arena *a, const struct rp_fuzzed_office *f,
    rp_bytes in)
{
	struct rp_plain one, two;
	struct rp_zip *z, *again;
	struct rp_err *e;
	rp_bytes copy;
	rp_text t;

	/* What is no package is the content of one: no checksum to guess. */
	if (in.n < 2 || memcmp(in.p, "PK", 2) != 0)
		in = f->sample(a, rp_text_trusted(a, in).p);
	RP_TRY(rp_zip_open(a, in, &z));
	rp_plain_init(&one, a, RP_FUZZ_TEXT_MAX);
	rp_plain_init(&two, a, RP_FUZZ_TEXT_MAX);
	RP_TRY(f->text(a, z, &one));
	e = rp_text_from(a, rp_text_bytes(rp_plain_done(&one)),
	    RP_FUZZ_TEXT_MAX, &t);
	RP_ASSERT(e == NULL);
	RP_TRY(f->clean(a, z, (size_t)64 << 20, &copy));
	e = rp_zip_open(a, copy, &again);
	if (e == NULL)
		e = f->text(a, again, &two);
	RP_ASSERT(e == NULL && rp_text_eq(t, rp_plain_done(&two)));
	return NULL;
}

#endif
