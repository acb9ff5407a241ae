#include "codec/xmlread.h"

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Opens and closes balance, and text is UTF-8. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	enum rp_xmlread_event event = RP_XMLREAD_OPEN;
	struct rp_xmlread *r;
	struct rp_err *e;
	unsigned depth = 0;

	rp_xmlread_prepare();
	e = rp_xmlread_open(a, (rp_bytes){ data, size }, &r);
	while (e == NULL && event != RP_XMLREAD_END) {
		rp_bytes t;

		e = rp_xmlread_next(r, &event);
		if (e != NULL)
			break;
		depth += event == RP_XMLREAD_OPEN;
		if (event != RP_XMLREAD_END)
			RP_ASSERT(depth == rp_xmlread_depth(r));
		depth -= event == RP_XMLREAD_CLOSE;
		if (event == RP_XMLREAD_OPEN)
			rp_xmlread_attr(r, "id");
		if (event != RP_XMLREAD_TEXT)
			continue;
		t = rp_xmlread_text(r);
		for (size_t i = 0, step; i < t.n; i += step) {
			step = rp_utf8_len(t.p + i, t.n - i);
			RP_ASSERT(step > 0);
		}
	}
	RP_ASSERT(e != NULL || depth == 0);
	rp_err_free(e);
	return 0;
}
