#include "codec/mail.h"

#include <string.h>

#include "base/check.h"

#define HAS(in, what) (memmem((in).p, (in).n, what, strlen(what)) != NULL)

static rp_bytes
written(struct rp_arena *a, const struct rp_mail *m)
{
	rp_bytes out = { 0 };

	RP_CHECK_OK(rp_mail_write(a, m, 1 << 20, &out));
	return out;
}

static void
writes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_mail m = { .from_name = RP_TEXT("Body"),
		.from = RP_TEXT("post@body.example"),
		.to = RP_TEXT("ana@example.org"),
		.subject = RP_TEXT("Hello"),
		.text = RP_TEXT("Dear Ana,\n\nHello.\n"),
		.lang = RP_TEXT("en"),
		.id = RP_TEXT("7@body.example"),
		.date = rp_mail_date(a, INT64_C(1795248000000)),
		.unsubscribe = RP_TEXT("https://body.example/u") };

	RP_CHECK_TEXT(((rp_text){ (const char *)written(a, &m).p,
			  written(a, &m).n }),
	    RP_TEXT("From: =?UTF-8?B?Qm9keQ==?=\r\n <post@body.example>\r\n"
		    "To: <ana@example.org>\r\nSubject: Hello\r\n"
		    "Date: Sat, 21 Nov 2026 08:00:00 +0000\r\n"
		    "Message-ID: <7@body.example>\r\n"
		    "List-Unsubscribe: <https://body.example/u>\r\n"
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
		    "Auto-Submitted: auto-generated\r\nContent-Language: en\r\n"
		    "MIME-Version: 1.0\r\n"
		    "Content-Type: text/plain; charset=UTF-8\r\n"
		    "Content-Transfer-Encoding: base64\r\n\r\n"
		    "RGVhciBBbmEsCgpIZWxsby4K\r\n"));
}

/* No field ends its header; long subjects are words of whole characters. */
static void
headers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	struct rp_mail m = { .from = RP_TEXT("a@b"),
		.to = RP_TEXT("c@d"),
		.subject = RP_TEXT("x\r\nBcc: all@example.org"),
		.text = RP_TEXT("."),
		.id = RP_TEXT("1@b\r\nX: y"),
		.date = RP_TEXT("now") };
	rp_bytes out = written(a, &m);

	RP_CHECK(!HAS(out, "\r\nBcc:") && !HAS(out, "\r\nX:"));
	RP_CHECK(HAS(out, "Subject: x  Bcc: all@example.org\r\n"));
	m.subject = RP_TEXT("\xd8\xaf\xd8\xb9\xd9\x88\xd8\xa9 "
			    "\xd8\xaf\xd8\xb9\xd9\x88\xd8\xa9 "
			    "\xd8\xaf\xd8\xb9\xd9\x88\xd8\xa9 "
			    "\xd8\xaf\xd8\xb9\xd9\x88\xd8\xa9 "
			    "\xd8\xaf\xd8\xb9\xd9\x88\xd8\xa9 a");
	out = written(a, &m);
	RP_CHECK(
	    HAS(out, "Subject: =?UTF-8?B?") && HAS(out, "?=\r\n =?UTF-8?B?"));
	for (size_t i = 0, line = 0; i < out.n; i++) {
		line = out.p[i] == '\n' ? 0 : line + 1;
		RP_CHECK(line <= 78);
		RP_CHECK(out.p[i] < 0x80);
	}
	RP_CHECK_FAILS(rp_mail_write(a, &m, 50, &out), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "writes", writes }, { "headers", headers })
