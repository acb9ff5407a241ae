#include "codec/salvage.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fuzz.h"
#include "codec/sink.h"

/* What is written is text: no mark of the reader's own gets out. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	const rp_bytes *in = ctx;
	struct rp_salvage s;
	struct rp_sink sink;
	struct rp_buf b;
	struct rp_err *e;
	rp_bytes octets;
	rp_text t;

	RP_TRY(rp_salvage_read(a, *in, &s));
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&sink, a, &b);
	rp_salvage_put_text(a, &sink, s.base);
	rp_salvage_put_text(a, &sink, s.now);
	rp_salvage_put_json(&sink, &s);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&b, &octets));
	e = rp_text_from(a, octets, octets.n, &t);
	RP_ASSERT(e == NULL);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
