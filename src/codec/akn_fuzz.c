#include "codec/akn.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fuzz.h"
#include "codec/doc_show.h"
#include "codec/sink.h"

/* What was written is read, and says the same. */
static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	const rp_bytes *in = ctx;
	struct rp_document *d, *again;
	rp_text one, two, doc;
	struct rp_sink s;
	struct rp_err *e;
	struct rp_buf b;
	rp_bytes out;

	/* What is no XML is what stands in a document. */
	doc = rp_text_trusted(a, *in);
	if (in->n > 0 && in->p[0] == '<' &&
	    memmem(in->p, in->n, "akomaNtoso", 10) == NULL)
		doc = rp_textf(a, "<akomaNtoso xmlns=\"%s\">%.*s</akomaNtoso>",
		    RP_AKN_NS, RP_FMT(doc));
	RP_TRY(rp_akn_read(a, rp_text_bytes(doc), &d));
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_akn_write(&s, d, NULL);
	RP_TRY(rp_buf_bytes(&b, &out));
	e = rp_akn_read(a, out, &again);
	if (e != NULL)
		fprintf(stderr, "%s\n%.*s\n", rp_err_message(e), RP_FMT(out));
	RP_ASSERT(e == NULL);
	one = rp_doc_show_text(a, d);
	two = rp_doc_show_text(a, again);
	RP_FUZZ_SAME(one, out, two);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
