#include "text/linkify.h"

#include "base/err.h"
#include "text/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Links are in order, within the text, whole characters, and lead somewhere. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rp_names *names;
	static struct rp_arena *kept;
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	struct rp_links links = { 0 };
	size_t end = 0;
	struct rp_err *e;
	rp_text t;

	if (kept == NULL) {
		kept = rp_arena_new(64 << 20);
		e = rp_names_open(kept,
		    RP_DATA_SOURCE "/psl/public_suffix_list.dat", &names);
		RP_ASSERT(e == NULL);
	}
	e = rp_text_from(a, (rp_bytes){ data, size }, 65536, &t);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	rp_linkify_find(a, names, t, &links);
	for (size_t i = 0; i < links.n; i++) {
		struct rp_link *l = &links.v[i];
		rp_url url;

		RP_ASSERT(l->from >= end && l->to > l->from && l->to <= t.n);
		RP_ASSERT((t.p[l->from] & 0xc0) != 0x80);
		RP_ASSERT(l->to == t.n || (t.p[l->to] & 0xc0) != 0x80);
		e = rp_url_from(a, l->target, &url);
		RP_ASSERT(e == NULL);
		end = l->to;
	}
	return 0;
}
