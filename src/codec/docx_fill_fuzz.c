#include "codec/docx_fill.h"

#include <string.h>

#include "base/err.h"
#include "codec/docx_read.h"
#include "codec/sample.h"

#define MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct parts {
	rp_bytes template, facts;
};

/*
 * What is filled is a package again, with the same unknown fields, and nothing
 * of it is filled a second time; a value that is read from it is as it was
 * given.
 */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	struct parts *in = ctx;
	struct rp_docx_values values, none = { 0 };
	struct rp_docx_fill all, first, again;
	struct rp_docx_read r;
	struct rp_err *e;

	/* What is no package is the body of one: no checksum to guess. */
	if (in->template.n < 2 || memcmp(in->template.p, "PK", 2) != 0)
		in->template =
		    rp_sample_docx(a, rp_text_trusted(a, in->template).p,
			"<w:footnote w:id=\"1\"><w:p/></w:footnote>");
	RP_TRY(rp_docx_values_parse(a, in->facts, &values));
	RP_TRY(rp_docx_fill(a, in->template, &none, MAX, &all));
	RP_ASSERT(all.filled == 0 && all.unused.n == 0);
	RP_TRY(rp_docx_fill(a, in->template, &values, MAX, &first));
	RP_ASSERT(first.unknown.n <= all.unknown.n);
	RP_ASSERT(first.unused.n <= values.n);
	RP_ASSERT((first.filled == 0) == (first.unused.n == values.n));
	e = rp_docx_fill(a, first.docx, &none, MAX, &again);
	RP_ASSERT(e == NULL);
	rp_err_free(rp_docx_read(a, first.docx, &r));
	return NULL;
}

/* The template, and behind the last NUL the facts, if there is one. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 0 ? memrchr(data, 0, size) : NULL;
	struct parts in = { .template = { data, size },
		.facts = RP_BYTES("{\"title\":\"A & <b>\",\"text\":\"1\\n2\","
				  "\"deadline\":\"\\u062a\",\"x\":\"\"}") };

	if (end != NULL && (size < 2 || memcmp(data, "PK", 2) != 0)) {
		in.template.n = (size_t)(end - data);
		in.facts = (rp_bytes){ end + 1, size - in.template.n - 1 };
	}
	rp_err_free(rp_job_run((size_t)512 << 20, run, &in));
	return 0;
}
