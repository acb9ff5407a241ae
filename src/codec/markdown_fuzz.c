#include "codec/markdown.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/fuzz.h"
#include "codec/doc_show.h"
#include "codec/sink.h"

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
	RP_FUZZ_SAME(one, out, two);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
