#include "render/gzip.h"

#include <libdeflate.h>

#include "base/err.h"

#define LEVEL 6

struct rp_gzip *
rp_gzip_new(void)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);

	RP_ASSERT(c != NULL);
	return (struct rp_gzip *)c;
}

void
rp_gzip_free(struct rp_gzip *z)
{
	if (z != NULL)
		libdeflate_free_compressor((struct libdeflate_compressor *)z);
}

bool
rp_gzip_write(struct rp_gzip *z, struct rp_arena *a, rp_bytes in, rp_bytes *out)
{
	uint8_t *p;
	size_t n;

	if (in.n < 64)
		return false;
	p = rp_alloc(a, in.n);
	n = libdeflate_gzip_compress((struct libdeflate_compressor *)z, in.p,
	    in.n, p, in.n);
	if (n == 0)
		return false;
	*out = (rp_bytes){ p, n };
	return true;
}
