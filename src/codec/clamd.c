#include "codec/clamd.h"

#include <string.h>

#include "base/err.h"

rp_bytes
rp_clamd_begin(void)
{
	static const uint8_t begin[] = "zINSTREAM";

	return (rp_bytes){ begin, sizeof(begin) };
}

rp_bytes
rp_clamd_end(void)
{
	static const uint8_t end[RP_CLAMD_FRAME] = { 0 };

	return (rp_bytes){ end, sizeof(end) };
}

void
rp_clamd_frame(uint8_t out[RP_CLAMD_FRAME], size_t n)
{
	RP_ASSERT(n > 0 && n <= RP_CLAMD_CHUNK_MAX);
	for (size_t i = 0; i < RP_CLAMD_FRAME; i++)
		out[i] = (uint8_t)(n >> (8 * (RP_CLAMD_FRAME - 1 - i)));
}

static bool
ends(rp_text t, rp_text tail, rp_text *out_head)
{
	if (t.n < tail.n ||
	    !rp_text_eq(rp_text_sub(t, t.n - tail.n, t.n), tail))
		return false;
	*out_head = rp_text_sub(t, 0, t.n - tail.n);
	return true;
}

struct rp_err *
rp_clamd_reply_parse(struct rp_arena *a, rp_bytes in,
    struct rp_clamd_reply *out)
{
	struct rp_clamd_reply r = { 0 };
	rp_text t, name;

	if (in.n > 0 && (in.p[in.n - 1] == 0 || in.p[in.n - 1] == '\n'))
		in.n--;
	RP_TRY(rp_text_from(a, in, RP_CLAMD_REPLY_MAX, &t));
	if (rp_text_eq(t, RP_TEXT("stream: OK"))) {
		r.verdict = RP_CLAMD_CLEAN;
	} else if (rp_text_starts(t, RP_TEXT("stream: ")) &&
		   ends(t, RP_TEXT(" FOUND"), &name) && name.n > 8) {
		r.verdict = RP_CLAMD_FOUND;
		name = rp_text_sub(name, 8, name.n);
	} else if (ends(t, RP_TEXT(" ERROR"), &name)) {
		r.verdict = RP_CLAMD_ERROR;
	} else {
		return rp_fail(RP_E_INVALID, "not a scanner's reply");
	}
	if (r.verdict != RP_CLAMD_CLEAN)
		RP_TRY(rp_text_from(a, rp_text_bytes(name), RP_CLAMD_NAME_MAX,
		    &r.name));
	*out = r;
	return NULL;
}
