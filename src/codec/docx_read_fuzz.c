#include "codec/docx_read.h"

#include <string.h>

#include "base/err.h"
#include "base/fuzz.h"
#include "codec/docx_revise.h"
#include "codec/docx_write.h"
#include "codec/sample.h"
#include "document/accept.h"

#define MAX ((size_t)64 << 20)

/*
 * Whatever is read can be settled, in the model and in the octets; what is
 * written can be read again, and says the same.
 */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	rp_bytes *in = ctx, out;
	struct rp_docx_write w = { .max = MAX };
	struct rp_docx_read r, again;
	struct rp_document *d;
	struct rp_err *e;

	/* What is no package is the body of one: no checksum to guess. */
	if (in->n < 2 || memcmp(in->p, "PK", 2) != 0)
		*in = rp_sample_docx(a, rp_text_trusted(a, *in).p,
		    "<w:footnote w:id=\"1\"><w:p/></w:footnote>");
	RP_TRY(rp_docx_read(a, *in, &r));
	d = rp_document_accept(a, r.document);
	RP_ASSERT(!rp_document_has_revisions(d));
	d = rp_document_reject(a, r.document);
	RP_ASSERT(!rp_document_has_revisions(d));
	/* Copying reads parts that nothing else does: they may be damaged. */
	RP_TRY(rp_docx_accept(a, *in, MAX, &out));
	e = rp_docx_read(a, out, &again);
	RP_ASSERT(e == NULL || rp_err_code(e) != RP_E_INVALID);
	rp_err_free(e);
	w.packages[0] = &r;
	e = rp_docx_write(a, r.document, &w, &out);
	if (e != NULL)
		return e;
	e = rp_docx_read(a, out, &again);
	RP_ASSERT(e == NULL);
	RP_ASSERT(rp_document_difference(a, r.document, again.document).n == 0);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
