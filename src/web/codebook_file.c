#include "web/codebook_file.h"

#include "base/buf.h"
#include "codec/codebook.h"
#include "codec/sink.h"

#define BOOK_MAX ((size_t)16 << 20)

struct rp_err *
rp_codebook_file(struct rp_arena *a, const struct rp_import_codes *codes,
    bool json, rp_bytes *out)
{
	struct rp_sink *sink = rp_new(a, struct rp_sink);
	struct rp_codebook all = { 0 };
	struct rp_buf b;

	for (size_t i = 0; i < codes->n; i++) {
		const struct rp_import_code *c = &codes->v[i];

		rp_vec_push(a, &all.codes,
		    ((struct rp_code){ .id = c->guid,
			.name = c->name,
			.definition = c->definition,
			.include = c->includes,
			.exclude = c->excludes,
			.examples = c->examples,
			.parent = c->parent < 0 ? RP_CODEBOOK_NONE :
						  (uint32_t)c->parent,
			.is_codable = true }));
	}
	rp_buf_init(&b, a, BOOK_MAX);
	rp_sink_to_buf(sink, a, &b);
	rp_codebook_write(a, json ? RP_CODEBOOK_JSON : RP_CODEBOOK_QDC, &all,
	    sink);
	RP_TRY(rp_sink_flush(sink));
	return rp_buf_bytes(&b, out);
}
