#include <string.h>

#include "base/err.h"
#include "proc/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rp_err *
row(void *ctx, int64_t line, const rp_text *values)
{
	size_t *octets = ctx;

	(void)line;
	for (size_t i = 0; i < 2; i++) {
		RP_ASSERT(values[i].p[values[i].n] == '\0');
		RP_ASSERT(memchr(values[i].p, '\r', values[i].n) == NULL);
		*octets += values[i].n;
	}
	return NULL;
}

/* In two pieces and in one: the same rows. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const rp_text columns[] = { RP_TEXT_INIT("a"),
		RP_TEXT_INIT("b") };
	size_t octets[2] = { 0 };
	bool good[2];

	for (int i = 0; i < 2; i++) {
		struct rp_arena *a = rp_arena_new((size_t)1 << 30);
		struct rp_rows_source source;
		struct rp_rows_in in = { .columns = columns,
			.n = 2,
			.ctx = &octets[i],
			.row = row };
		struct rp_rows_decoder *d = rp_rows_decoder_new(a, &in);
		size_t first = i == 0 ? size : size / 2;
		struct rp_err *e = rp_rows_decode(d, (rp_bytes){ data, first });

		if (e == NULL && first < size)
			e = rp_rows_decode(d,
			    (rp_bytes){ data + first, size - first });
		good[i] = e == NULL && rp_rows_complete(d, &source);
		rp_err_free(e);
		rp_arena_free(a);
	}
	RP_ASSERT(good[0] == good[1] && octets[0] == octets[1]);
	return 0;
}
