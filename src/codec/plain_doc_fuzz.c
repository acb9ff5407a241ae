#include "codec/plain_doc.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/fuzz.h"
#include "codec/sink.h"

/* What was read can be written and read again. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	struct rp_document *d;
	struct rp_sink s;
	struct rp_buf b;
	rp_bytes out;

	RP_TRY(rp_plain_doc_read(a, *(rp_bytes *)ctx, &d));
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_plain_doc_write(&s, d, NULL);
	RP_TRY(rp_buf_bytes(&b, &out));
	return rp_plain_doc_read(a, out, &d);
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
