#include "text/ip.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is written reads back as the same address, and is written the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_ip ip, again;
	struct rp_err *e;
	rp_text in, text;

	e = rp_text_from(a, (rp_bytes){ data, size }, 4096, &in);
	if (e == NULL)
		e = rp_ip_parse(in, &ip);
	if (e != NULL) {
		rp_err_free(e);
		return 0;
	}
	text = rp_ip_text(a, ip);
	RP_ASSERT(text.n <= RP_IP_TEXT_MAX);
	e = rp_ip_parse(text, &again);
	RP_ASSERT(e == NULL && rp_ip_eq(ip, again));
	RP_ASSERT(rp_text_eq(rp_ip_text(a, again), text));
	RP_ASSERT(rp_ip_prefix_text(a, rp_ip_subscriber(ip)).n > 0);
	return 0;
}
