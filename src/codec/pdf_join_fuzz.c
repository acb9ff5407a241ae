#include "codec/pdf_join.h"

#include "base/buf.h"
#include "base/err.h"
#include "codec/sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever the parts say, in one piece or in many, the result is the same. */
static size_t
join(struct rp_arena *a, rp_bytes in, size_t piece, bool *out_good)
{
	static const size_t at[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	static const struct rp_pdf_first first = { .objects = 8,
		.at = at,
		.catalog = 1,
		.pages = 2,
		.info = 3,
		.tree = 5,
		.parents = 6,
		.outlines = 7,
		.elements = 4,
		.n_pages = 1,
		.keys = 1 };
	struct rp_pdf_parts head;
	struct rp_pdf_join *j;
	struct rp_sink sink;
	struct rp_buf b;
	struct rp_err *e;

	*out_good = false;
	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_sink_to_buf(&sink, a, &b);
	e = rp_pdf_parts_parse(in, &head);
	if (e == NULL) {
		j = rp_pdf_join_new(a, &sink, &first, RP_BYTES("%PDF"), 1);
		e = rp_pdf_join_begin(j, &head, RP_TEXT("T"));
		for (size_t i = RP_PDF_PARTS_HEAD; e == NULL && i < in.n;
		     i += piece)
			e = rp_pdf_join_add(j, &sink,
			    (rp_bytes){ in.p + i,
				in.n - i < piece ? in.n - i : piece });
		if (e == NULL)
			e = rp_pdf_join_end(j);
		if (e == NULL)
			e = rp_pdf_join_finish(j, &sink);
	}
	*out_good = e == NULL;
	rp_err_free(e);
	rp_err_free(rp_sink_flush(&sink));
	return b.n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	rp_bytes in = { data, size };
	bool one, many;
	size_t n = join(a, in, size + 1, &one);

	RP_ASSERT(join(a, in, 3, &many) == n && one == many);
	return 0;
}
