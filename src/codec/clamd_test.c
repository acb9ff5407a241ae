#include "codec/clamd.h"

#include <string.h>

#include "base/check.h"

static void
frames(void)
{
	uint8_t f[RP_CLAMD_FRAME];

	RP_CHECK(rp_clamd_begin().n == 10);
	RP_CHECK(!memcmp(rp_clamd_begin().p, "zINSTREAM\0", 10));
	RP_CHECK(
	    rp_clamd_end().n == 4 && !memcmp(rp_clamd_end().p, "\0\0\0", 4));
	rp_clamd_frame(f, 0x12345);
	RP_CHECK(!memcmp(f, "\x00\x01\x23\x45", 4));
}

static const struct {
	const char *in;
	enum rp_clamd_verdict verdict; /* 0: refused */
	const char *name;
} rows[] = {
	{ "stream: OK", RP_CLAMD_CLEAN, "" },
	{ "stream: OK\n", RP_CLAMD_CLEAN, "" },
	{ "stream: Eicar-Test-Signature FOUND", RP_CLAMD_FOUND,
	    "Eicar-Test-Signature" },
	{ "stream:  FOUND", 0, NULL },
	{ "INSTREAM size limit exceeded. ERROR", RP_CLAMD_ERROR,
	    "INSTREAM size limit exceeded." },
	{ "", 0, NULL },
	{ "stream: OK\nOK", 0, NULL },
	{ "stream: \xff FOUND", 0, NULL },
	{ "UNKNOWN COMMAND", 0, NULL },
};

static void
replies(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char big[RP_CLAMD_REPLY_MAX + 1];
	struct rp_clamd_reply r;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_bytes in = rp_text_bytes(rp_text_z(rows[i].in));

		if (rows[i].verdict == 0) {
			RP_CHECK_FAILS(rp_clamd_reply_parse(a, in, &r),
			    RP_E_INVALID);
			continue;
		}
		RP_CHECK_OK(rp_clamd_reply_parse(a, in, &r));
		RP_CHECK(r.verdict == rows[i].verdict);
		RP_CHECK_TEXT(r.name, rp_text_z(rows[i].name));
	}
	RP_CHECK_OK(rp_clamd_reply_parse(a, RP_BYTES("stream: OK\0"), &r));
	memset(big, 'x', sizeof(big));
	RP_CHECK_FAILS(rp_clamd_reply_parse(a,
			   (rp_bytes){ (uint8_t *)big, sizeof(big) }, &r),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "frames", frames }, { "replies", replies })
