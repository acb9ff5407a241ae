#include "codec/ipc.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"

static void
requests(void)
{
	struct rp_ipc_request r = { .what = RP_IPC_WHAT_COMPARE,
		.document = RP_IPC_DOCUMENT_MAX,
		.other = 7 };
	uint8_t frame[RP_IPC_REQUEST_FRAME];

	rp_ipc_request_write(frame, &r);
	r = (struct rp_ipc_request){ 0 };
	RP_CHECK_OK(rp_ipc_request_parse(frame, &r));
	RP_CHECK(r.what == RP_IPC_WHAT_COMPARE &&
		 r.document == RP_IPC_DOCUMENT_MAX && r.other == 7);
	r.markdown = true;
	rp_ipc_request_write(frame, &r);
	RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_INVALID);
	r = (struct rp_ipc_request){ .what = RP_IPC_WHAT_MODEL,
		.markdown = true,
		.document = RP_IPC_DOCUMENT_MAX };
	rp_ipc_request_write(frame, &r);
	RP_CHECK_OK(rp_ipc_request_parse(frame, &r));
	RP_CHECK(r.markdown && r.what == RP_IPC_WHAT_MODEL);
	r.document++;
	rp_ipc_request_write(frame, &r);
	RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_LIMIT);
	r = (struct rp_ipc_request){ .what = RP_IPC_WHAT_COMPARE,
		.other = RP_IPC_DOCUMENT_MAX + 1 };
	rp_ipc_request_write(frame, &r);
	RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_LIMIT);
	r = (struct rp_ipc_request){ .what = RP_IPC_WHAT_CONSOLIDATE,
		.document = 1,
		.other = RP_IPC_BUNDLE_MAX };
	rp_ipc_request_write(frame, &r);
	RP_CHECK_OK(rp_ipc_request_parse(frame, &r));
	RP_CHECK(r.other == RP_IPC_BUNDLE_MAX);
	r = (struct rp_ipc_request){ .what = RP_IPC_WHAT_FILL,
		.document = 1,
		.other = RP_IPC_HEAD_MAX };
	rp_ipc_request_write(frame, &r);
	RP_CHECK_OK(rp_ipc_request_parse(frame, &r));
	r.other++;
	rp_ipc_request_write(frame, &r);
	RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_LIMIT);
	r.what = RP_IPC_WHAT_CLEAN;
	r.other = RP_IPC_BUNDLE_MAX;
	r.other++;
	rp_ipc_request_write(frame, &r);
	RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_LIMIT);
}

/* What is no request: another sign, task, or a second document too many. */
static void
hostile_requests(void)
{
	static const struct {
		size_t at;
		uint8_t octet;
	} rows[] = { { 0, 'X' }, { 3, '1' }, { 4, 0 }, { 4, RP_IPC_WHATS },
		{ 5, 2 }, { 6, 1 }, { 7, 1 }, { 12, 1 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_ipc_request r = { .what = RP_IPC_WHAT_MODEL,
			.document = 3 };
		uint8_t frame[RP_IPC_REQUEST_FRAME];

		rp_ipc_request_write(frame, &r);
		RP_CHECK_OK(rp_ipc_request_parse(frame, &r));
		frame[rows[i].at] = rows[i].octet;
		RP_CHECK_FAILS(rp_ipc_request_parse(frame, &r), RP_E_INVALID);
	}
}

static rp_bytes
sample(struct rp_arena *a)
{
	struct rp_ipc_reply r = { .status = RP_IPC_NOT_CLEANED,
		.kind = 3,
		.truncated = true,
		.pages = 7,
		.reason = RP_TEXT("why"),
		.text = RP_TEXT("caf\xc3\xa9"),
		.script = RP_TEXT("{}"),
		.copy = RP_BYTES("\x00\xff") };
	struct rp_buf b;
	rp_bytes out = { 0 };

	rp_buf_init(&b, a, 4096);
	rp_ipc_reply_write(&b, &r);
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

static void
replies(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_bytes in = sample(a);
	struct rp_ipc_reply r;

	RP_CHECK_OK(rp_ipc_reply_parse(a, in, &r));
	RP_CHECK(r.status == RP_IPC_NOT_CLEANED && r.kind == 3 && r.truncated &&
		 r.pages == 7);
	RP_CHECK_TEXT(r.reason, RP_TEXT("why"));
	RP_CHECK_TEXT(r.text, RP_TEXT("caf\xc3\xa9"));
	RP_CHECK_TEXT(r.script, RP_TEXT("{}"));
	RP_CHECK(r.copy.n == 2 && r.copy.p[1] == 0xff);
	for (size_t n = 0; n < in.n; n++)
		RP_CHECK_FAILS(rp_ipc_reply_parse(a, (rp_bytes){ in.p, n }, &r),
		    RP_E_INVALID);
}

static void
hostile_replies(void)
{
	static const struct {
		size_t at;
		uint8_t octet;
		enum rp_ecode code;
	} rows[] = { { 0, 'X', RP_E_INVALID }, { 4, 0, RP_E_INVALID },
		{ 4, 4, RP_E_INVALID }, { 6, 2, RP_E_INVALID },
		{ 7, 1, RP_E_INVALID }, { 11, 1, RP_E_LIMIT },
		{ 12, 2, RP_E_INVALID }, { 15, 255, RP_E_LIMIT },
		{ 19, 255, RP_E_LIMIT }, { 23, 255, RP_E_LIMIT },
		{ 27, 255, RP_E_LIMIT }, { 28, 0, RP_E_INVALID },
		{ 35, 'x', RP_E_INVALID }, { 36, 0, RP_E_INVALID } };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_ipc_reply r;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_bytes in = sample(a);
		uint8_t *p = rp_alloc(a, in.n);

		memcpy(p, in.p, in.n);
		p[rows[i].at] = rows[i].octet;
		RP_CHECK_FAILS(rp_ipc_reply_parse(a, (rp_bytes){ p, in.n }, &r),
		    rows[i].code);
	}
}

RP_CHECK_MAIN({ "requests", requests },
    { "hostile requests", hostile_requests }, { "replies", replies },
    { "hostile replies", hostile_replies })
