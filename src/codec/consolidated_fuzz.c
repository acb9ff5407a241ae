#include "codec/consolidated.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever is read can be walked as pages walk it, and decided. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_consolidated_view v;
	struct rp_err *e;

	e = rp_consolidated_parse(a, (rp_bytes){ data, size }, &v);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	for (size_t i = 0; i < v.changes.n && i < 1000; i++) {
		const struct rp_consolidated_change *c = &v.changes.v[i];

		RP_ASSERT(c->at <= v.provisions.n && c->from <= c->to &&
			  c->choices.n > 0);
		RP_ASSERT(c->place == RP_CONSOLIDATED_SLOT ||
			  c->to <= v.provisions.v[c->at].text.n);
		rp_consolidated_decide(&v, i, (int)(i % 4) - 2, c->key);
		RP_ASSERT(c->by < v.changes.n);
	}
	RP_ASSERT(rp_consolidated_open(&v) <= v.changes.n);
	return 0;
}
