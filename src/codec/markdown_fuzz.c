#include "codec/markdown.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/doc_show.h"
#include "codec/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was written for a document that was read is read as the same. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	struct rp_document *d, *again;
	rp_text one, two;
	struct rp_sink s;
	struct rp_err *e;
	struct rp_buf b;
	rp_bytes out;

	RP_TRY(rp_markdown_read(a, *(rp_bytes *)ctx, &d));
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_markdown_write(&s, d);
	RP_TRY(rp_buf_bytes(&b, &out));
	e = rp_markdown_read(a, out, &again);
	RP_ASSERT(e == NULL);
	one = rp_doc_show(a, d);
	two = rp_doc_show(a, again);
	if (!rp_text_eq(one, two))
		fprintf(stderr, "%.*s\n--- written\n%.*s\n--- read\n%.*s\n",
		    RP_FMT(one), RP_FMT(out), RP_FMT(two));
	RP_ASSERT(rp_text_eq(one, two));
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	rp_bytes in = { data, size };

	rp_err_free(rp_job_run((size_t)512 << 20, run, &in));
	return 0;
}
