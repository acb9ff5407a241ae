#include "proc/parse/parse.h"

#include "base/buf.h"
#include "base/err.h"

#define HEAD                                                               \
	RP_BYTES("{\"lang\":\"ar\",\"symbol\":\"S-1/2\",\"above\":\"\","   \
		 "\"title\":\"T\",\"letter\":[],\"head\":[[\"a\",\"b\"]]," \
		 "\"box\":[[\"c\",\"d\"]]}")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
can_be_sent(struct rp_arena *a, const struct rp_ipc_reply *reply)
{
	struct rp_ipc_reply again;
	rp_bytes octets;
	struct rp_err *e;
	struct rp_buf b;

	rp_buf_init(&b, a, (size_t)64 << 20);
	rp_ipc_reply_write(&b, reply);
	e = rp_buf_bytes(&b, &octets);
	if (e == NULL)
		e = rp_ipc_reply_parse(a, octets, &again);
	RP_ASSERT(e == NULL);
}

/* Whatever the document, its reply can be sent and read. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)256 << 20);
	struct rp_ipc_reply reply;

	rp_parse_document(a, (rp_bytes){ data, size }, &reply);
	can_be_sent(a, &reply);
	rp_parse_model(a, (rp_bytes){ data, size }, size % 2, &reply);
	can_be_sent(a, &reply);
	rp_parse_salvage(a, (rp_bytes){ data, size }, &reply);
	can_be_sent(a, &reply);
	rp_parse_parts(a, (rp_bytes){ data, size }, &reply);
	can_be_sent(a, &reply);
	rp_parse_paper_prepare();
	rp_parse_paper(a, (rp_bytes){ data, size }, HEAD, size % 2,
	    (size & 2) != 0, &reply);
	can_be_sent(a, &reply);
	rp_parse_fill(a, (rp_bytes){ data, size },
	    RP_BYTES("{\"title\":\"T\"}"), &reply);
	can_be_sent(a, &reply);
	return 0;
}
