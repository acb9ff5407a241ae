#include "codec/odt_read.h"

#include <string.h>

#include "base/err.h"
#include "base/fuzz.h"
#include "codec/sample.h"
#include "codec/zip.h"

/* What refers to something refers to what is there. */
static void
check(const struct rp_document *d, const struct rp_blocks *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct rp_block *b = &v->v[i];

		RP_ASSERT(b->label_runs <= b->n_runs);
		RP_ASSERT(b->mark_ins < d->revisions.n);
		RP_ASSERT(b->mark_del < d->revisions.n);
		for (uint32_t k = 0; k < b->n_runs; k++) {
			const struct rp_run *r = &b->runs[k];

			RP_ASSERT(r->format < d->formats.n);
			RP_ASSERT(r->link < d->links.n);
			RP_ASSERT(r->ins < d->revisions.n);
			RP_ASSERT(r->del < d->revisions.n);
			RP_ASSERT(
			    r->kind != RP_RUN_NOTE || r->note < d->notes.n);
		}
	}
}

static struct rp_err *
run(struct rp_arena *a, void *ctx)
{
	rp_bytes *in = ctx;
	struct rp_document *d;
	struct rp_zip *z;

	/* What is no package is the content of one: no checksum to guess. */
	if (in->n < 2 || memcmp(in->p, "PK", 2) != 0) {
		rp_text body = rp_text_trusted(a, *in);

		*in = rp_sample_odt(a, body.p);
	}
	RP_TRY(rp_zip_open(a, *in, &z));
	RP_TRY(rp_odt_read(a, z, &d));
	check(d, &d->body.blocks);
	for (size_t i = 0; i < d->notes.n; i++)
		check(d, &d->notes.v[i].blocks);
	for (size_t i = 0; i < d->margins.n; i++)
		check(d, &d->margins.v[i].blocks);
	return NULL;
}

RP_FUZZ_JOB(run, (size_t)512 << 20)
