#include "codec/ipc.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* Where the fields stand in a reply's frame. */
enum {
	AT_STATUS = 4,
	AT_KIND,
	AT_FLAGS,
	AT_ZERO,
	AT_PAGES,
	AT_REASON = 12,
	AT_TEXT = 16,
	AT_COPY = 20,
	AT_SCRIPT = 24
};

#define FLAG_TRUNCATED 1u

static uint32_t
get(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void
set(uint8_t *p, size_t v)
{
	RP_ASSERT(v <= UINT32_MAX);
	for (size_t i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

void
rp_ipc_request_write(uint8_t out[RP_IPC_REQUEST_FRAME],
    const struct rp_ipc_request *request)
{
	memset(out, 0, RP_IPC_REQUEST_FRAME);
	memcpy(out, "RPQ2", 4);
	out[4] = (uint8_t)request->what;
	out[5] = request->markdown;
	out[6] = request->pdf;
	set(out + 8, request->document);
	set(out + 12, request->other);
}

/* How much there may be beside the document. */
static size_t
other_max(enum rp_ipc_what what)
{
	switch (what) {
	case RP_IPC_WHAT_COMPARE:
		return RP_IPC_DOCUMENT_MAX;
	case RP_IPC_WHAT_CONSOLIDATE:
	case RP_IPC_WHAT_CLEAN:
		return RP_IPC_BUNDLE_MAX;
	case RP_IPC_WHAT_PAPER:
	case RP_IPC_WHAT_FILL:
		return RP_IPC_HEAD_MAX;
	case RP_IPC_WHAT_READ:
	case RP_IPC_WHAT_PARTS:
	case RP_IPC_WHAT_MODEL:
	case RP_IPC_WHAT_SALVAGE:
	case RP_IPC_WHAT_CODEBOOK:
	case RP_IPC_WHATS:
		break;
	}
	return 0;
}

struct rp_err *
rp_ipc_request_parse(const uint8_t *frame, struct rp_ipc_request *out)
{
	struct rp_ipc_request r = { .what = frame[4],
		.markdown = frame[5] == 1,
		.pdf = frame[6] == 1,
		.document = get(frame + 8),
		.other = get(frame + 12) };

	if (memcmp(frame, "RPQ2", 4) != 0 || r.what < RP_IPC_WHAT_READ ||
	    r.what >= RP_IPC_WHATS || frame[5] > 1 || frame[6] > 1 ||
	    frame[7] != 0)
		return rp_fail(RP_E_INVALID, "not a request");
	if ((r.markdown && r.what != RP_IPC_WHAT_MODEL &&
		r.what != RP_IPC_WHAT_PAPER) ||
	    (r.pdf && r.what != RP_IPC_WHAT_PAPER))
		return rp_fail(RP_E_INVALID, "not for what is asked");
	if (other_max(r.what) == 0 && r.other != 0)
		return rp_fail(RP_E_INVALID, "two documents, and not to "
					     "compare them");
	if (r.document > RP_IPC_DOCUMENT_MAX || r.other > other_max(r.what))
		return rp_fail(RP_E_LIMIT, "document of %zu octets",
		    r.document > r.other ? r.document : r.other);
	*out = r;
	return NULL;
}

void
rp_ipc_reply_write(struct rp_buf *b, const struct rp_ipc_reply *reply)
{
	uint8_t frame[RP_IPC_REPLY_FRAME] = { 'R', 'P', 'A', '2' };

	RP_ASSERT(reply->reason.n <= RP_IPC_REASON_MAX);
	RP_ASSERT(reply->text.n <= RP_IPC_TEXT_MAX);
	RP_ASSERT(reply->script.n <= RP_IPC_SCRIPT_MAX);
	RP_ASSERT(reply->copy.n <= RP_IPC_COPY_MAX);
	frame[AT_STATUS] = (uint8_t)reply->status;
	frame[AT_KIND] = reply->kind;
	frame[AT_FLAGS] = reply->truncated ? FLAG_TRUNCATED : 0;
	set(frame + AT_PAGES, reply->pages);
	set(frame + AT_REASON, reply->reason.n);
	set(frame + AT_TEXT, reply->text.n);
	set(frame + AT_COPY, reply->copy.n);
	set(frame + AT_SCRIPT, reply->script.n);
	rp_buf_add(b, frame, sizeof(frame));
	rp_buf_text(b, reply->reason);
	rp_buf_text(b, reply->text);
	rp_buf_text(b, reply->script);
	rp_buf_bytes_add(b, reply->copy);
}

struct rp_err *
rp_ipc_reply_measure(const uint8_t *frame, size_t *out)
{
	uint32_t reason = get(frame + AT_REASON), text = get(frame + AT_TEXT),
		 copy = get(frame + AT_COPY), script = get(frame + AT_SCRIPT);

	if (memcmp(frame, "RPA2", 4) != 0 || frame[AT_STATUS] < RP_IPC_READ ||
	    frame[AT_STATUS] > RP_IPC_NOT_CLEANED ||
	    (frame[AT_FLAGS] & ~FLAG_TRUNCATED) != 0 || frame[AT_ZERO] != 0)
		return rp_fail(RP_E_INVALID, "not a reply");
	if (reason > RP_IPC_REASON_MAX || text > RP_IPC_TEXT_MAX ||
	    copy > RP_IPC_COPY_MAX || script > RP_IPC_SCRIPT_MAX ||
	    get(frame + AT_PAGES) > RP_IPC_PAGES_MAX)
		return rp_fail(RP_E_LIMIT, "reply too large");
	*out = (size_t)reason + text + script + copy;
	return NULL;
}

struct rp_err *
rp_ipc_reply_parse(struct rp_arena *a, rp_bytes in, struct rp_ipc_reply *out)
{
	struct rp_ipc_reply r = { 0 };
	const uint8_t *p = in.p;
	size_t reason, text, script, rest;

	if (in.n < RP_IPC_REPLY_FRAME)
		return rp_fail(RP_E_INVALID, "reply cut short");
	RP_TRY(rp_ipc_reply_measure(p, &rest));
	if (rest != in.n - RP_IPC_REPLY_FRAME)
		return rp_fail(RP_E_INVALID, "reply of another length");
	reason = get(p + AT_REASON);
	text = get(p + AT_TEXT);
	script = get(p + AT_SCRIPT);
	r.status = p[AT_STATUS];
	r.kind = p[AT_KIND];
	r.truncated = (p[AT_FLAGS] & FLAG_TRUNCATED) != 0;
	r.pages = get(p + AT_PAGES);
	r.copy = (rp_bytes){ p + RP_IPC_REPLY_FRAME + reason + text + script,
		get(p + AT_COPY) };
	p += RP_IPC_REPLY_FRAME;
	RP_TRY(rp_text_from(a, (rp_bytes){ p, reason }, RP_IPC_REASON_MAX,
	    &r.reason));
	RP_TRY(rp_text_from(a, (rp_bytes){ p + reason, text }, RP_IPC_TEXT_MAX,
	    &r.text));
	RP_TRY(rp_text_from(a, (rp_bytes){ p + reason + text, script },
	    RP_IPC_SCRIPT_MAX, &r.script));
	*out = r;
	return NULL;
}
