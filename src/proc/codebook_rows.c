#include "proc/codebook_rows.h"

#include "codec/codebook.h"

_Static_assert(RP_CODEBOOK_ROWS_FILE_MAX == RP_CODEBOOK_MAX,
    "one limit for files of codebooks");

struct rp_err *
rp_codebook_rows(struct rp_arena *a, rp_text json, struct rp_import_codes *out)
{
	struct rp_codebook book = { 0 };

	RP_TRY(
	    rp_codebook_read(a, RP_CODEBOOK_JSON, rp_text_bytes(json), &book));
	for (size_t i = 0; i < book.codes.n; i++) {
		const struct rp_code *c = &book.codes.v[i];

		rp_vec_push(a, out,
		    ((struct rp_import_code){
			c->parent == RP_CODEBOOK_NONE ? -1 : (int64_t)c->parent,
			c->id, c->name, c->definition, c->include, c->exclude,
			c->examples }));
	}
	return NULL;
}
