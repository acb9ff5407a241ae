#include "codec/codebook.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"
#include "codec/xmlread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_again(struct rp_arena *a, enum rp_codebook_format f,
    const struct rp_codebook *b)
{
	struct rp_codebook again;
	struct rp_sink s;
	struct rp_buf buf;
	rp_bytes out;

	rp_buf_init(&buf, a, RP_CODEBOOK_MAX * 8);
	rp_sink_to_buf(&s, a, &buf);
	rp_codebook_write(a, f, b, &s);
	rp_err_free(rp_sink_flush(&s));
	if (buf.over)
		return;
	rp_err_free(rp_buf_bytes(&buf, &out));
	if (out.n > RP_CODEBOOK_MAX)
		return;
	/* Ids of a file need not be UUIDs; then two codes get guids that are
	 * made, and nothing else may go wrong. */
	RP_ASSERT(rp_codebook_read(a, f, out, &again) == NULL);
	RP_ASSERT(again.codes.n == b->codes.n);
	for (size_t i = 0; i < b->codes.n; i++)
		RP_ASSERT(
		    rp_text_eq(again.codes.v[i].name, b->codes.v[i].name));
}

/* What was read is a tree, and can be written and read in every format. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum rp_codebook_format all[] = { RP_CODEBOOK_QDC,
		RP_CODEBOOK_JSON, RP_CODEBOOK_CSV };
	rp_bytes in = { data, size };

	if (size > 65536)
		return 0;
	rp_xmlread_prepare();
	for (size_t i = 0; i < 3; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)1 << 30);
		struct rp_codebook b;
		struct rp_err *e = rp_codebook_read(a, all[i], in, &b);

		for (size_t k = 0; e == NULL && k < b.codes.n; k++)
			RP_ASSERT(b.codes.v[k].parent == RP_CODEBOOK_NONE ||
				  b.codes.v[k].parent < k);
		for (size_t k = 0; e == NULL && k < 3; k++)
			write_again(a, all[k], &b);
		rp_err_free(e);
	}
	return 0;
}
