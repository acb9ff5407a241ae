#include "proc/attachment.h"

#include "base/buf.h"
#include "base/err.h"
#include "proc/spawn.h"

#define REPLY_MAX                                                   \
	(RP_IPC_REPLY_FRAME + RP_IPC_REASON_MAX + RP_IPC_TEXT_MAX + \
	    RP_IPC_SCRIPT_MAX + RP_IPC_COPY_MAX)

/* Takes `e`. */
static struct rp_ipc_reply
not_read(struct rp_arena *a, struct rp_err *e)
{
	struct rp_ipc_reply r = { .status = RP_IPC_NOT_READ,
		.reason = rp_textf(a, "%s", rp_err_message(e)) };

	rp_err_free(e);
	return r;
}

static struct rp_err *
ask(struct rp_arena *a, int spawn_fd, uint32_t id,
    struct rp_ipc_request request, rp_bytes document, rp_bytes other,
    struct rp_ipc_reply *out)
{
	uint8_t frame[RP_IPC_REQUEST_FRAME];
	struct rp_err *e;
	struct rp_buf b;
	rp_bytes octets;

	size_t other_max =
	    request.what == RP_IPC_WHAT_PAPER   ? RP_IPC_HEAD_MAX :
	    request.what == RP_IPC_WHAT_FILL    ? RP_IPC_HEAD_MAX :
	    request.what == RP_IPC_WHAT_COMPARE ? RP_IPC_DOCUMENT_MAX :
						  RP_IPC_BUNDLE_MAX;

	if (document.n > RP_IPC_DOCUMENT_MAX || other.n > other_max)
		return rp_fail(RP_E_LIMIT, "document of %zu octets",
		    document.n > other.n ? document.n : other.n);
	request.document = document.n;
	request.other = other.n;
	rp_buf_init(&b, a, sizeof(frame) + document.n + other.n);
	rp_ipc_request_write(frame, &request);
	rp_buf_add(&b, frame, sizeof(frame));
	rp_buf_bytes_add(&b, document);
	rp_buf_bytes_add(&b, other);
	RP_TRY(rp_buf_bytes(&b, &octets));
	e = rp_spawn_run(a, spawn_fd, id, octets, REPLY_MAX, &octets);
	if (e == NULL)
		e = rp_ipc_reply_parse(a, octets, out);
	if (e == NULL || rp_err_code(e) == RP_E_UNAVAILABLE)
		return e;
	*out = not_read(a, e);
	return NULL;
}

struct rp_err *
rp_attachment_read(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_READ }, document,
	    (rp_bytes){ 0 }, out);
}

struct rp_err *
rp_attachment_model(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, bool markdown, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_MODEL,
		.markdown = markdown },
	    document, (rp_bytes){ 0 }, out);
}

struct rp_err *
rp_attachment_compare(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes old, rp_bytes now, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_COMPARE }, old, now,
	    out);
}

struct rp_err *
rp_attachment_salvage(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_SALVAGE }, document,
	    (rp_bytes){ 0 }, out);
}

struct rp_err *
rp_attachment_codebook(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_CODEBOOK }, document,
	    (rp_bytes){ 0 }, out);
}

struct rp_err *
rp_attachment_consolidate(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes base, rp_bytes bundle, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_CONSOLIDATE }, base,
	    bundle, out);
}

struct rp_err *
rp_attachment_clean(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes base, rp_bytes bundle, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_CLEAN }, base, bundle,
	    out);
}

struct rp_err *
rp_attachment_parts(struct rp_arena *a, int spawn_fd, uint32_t id, rp_bytes pdf,
    struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_PARTS }, pdf,
	    (rp_bytes){ 0 }, out);
}

struct rp_err *
rp_attachment_paper(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, rp_text head, bool markdown, bool pdf,
    struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_PAPER,
		.markdown = markdown,
		.pdf = pdf },
	    document, rp_text_bytes(head), out);
}

struct rp_err *
rp_attachment_fill(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes template, rp_text facts, struct rp_ipc_reply *out)
{
	return ask(a, spawn_fd, id,
	    (struct rp_ipc_request){ .what = RP_IPC_WHAT_FILL }, template,
	    rp_text_bytes(facts), out);
}
