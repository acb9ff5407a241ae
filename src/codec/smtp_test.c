#include "codec/smtp.h"

#include <string.h>

#include "base/check.h"

static struct rp_smtp *
open_to(struct rp_arena *a, const char *to, const char *octets)
{
	const struct rp_smtp_message m = { .client = RP_TEXT("body.example"),
		.from = RP_TEXT("post@body.example"),
		.to = rp_text_z(to),
		.octets = rp_text_bytes(rp_text_z(octets)) };
	struct rp_smtp *s = NULL;

	RP_CHECK_OK(rp_smtp_new(a, &m, &s));
	return s;
}

static void
says(struct rp_smtp *s, const char *line, const char *answer)
{
	rp_bytes out;

	rp_smtp_feed(s, rp_text_bytes(rp_text_z(line)));
	out = rp_smtp_next(s);
	RP_CHECK_TEXT(((rp_text){ (const char *)out.p, out.n }),
	    rp_text_z(answer));
}

static void
sends(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_smtp *s =
	    open_to(a, "ana@example.org", "Subject: x\n\n.hidden\n..\nend");

	RP_CHECK(rp_smtp_next(s).n == 0);
	says(s, "220-hello\r\n220 ", "");
	says(s, "ready\r\n", "EHLO body.example\r\n");
	says(s, "250-mx\r\n250-SMTPUTF8\r\n250 SIZE 1000\r\n",
	    "MAIL FROM:<post@body.example>\r\n");
	says(s, "250 ok\n", "RCPT TO:<ana@example.org>\r\n");
	says(s, "250 ok\r\n", "DATA\r\n");
	says(s, "354 go on\r\n",
	    "Subject: x\r\n\r\n..hidden\r\n...\r\nend\r\n.\r\n");
	RP_CHECK(rp_smtp_outcome(s) == RP_SMTP_GOES_ON);
	says(s, "250 queued as 7\r\n", "QUIT\r\n");
	RP_CHECK(rp_smtp_outcome(s) == RP_SMTP_SENT);
	RP_CHECK_TEXT(rp_smtp_said(s), RP_TEXT("250 queued as 7"));
	says(s, "221 bye\r\n", "");
	rp_smtp_end(s, RP_TEXT("closed"));
	RP_CHECK(rp_smtp_outcome(s) == RP_SMTP_SENT);
}

static void
refused(void)
{
	static const struct {
		const char *said;
		enum rp_smtp_outcome want;
	} rows[] = {
		{ "220 a\r\n250 b\r\n250 c\r\n550 no such user\r\n",
		    RP_SMTP_NEVER },
		{ "220 a\r\n250 b\r\n250 c\r\n450 greylisted\r\n",
		    RP_SMTP_LATER },
		{ "554 go away\r\n", RP_SMTP_NEVER },
		{ "421 busy\r\n", RP_SMTP_LATER },
		{ "220 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n552 full\r\n",
		    RP_SMTP_NEVER },
		{ "220 a\r\n250 b\r\n250 c\r\n250 d\r\n250 no\r\n",
		    RP_SMTP_LATER },
		{ "HTTP/1.1 400 Bad\r\n", RP_SMTP_LATER },
		{ "220-a\r\n221 b\r\n", RP_SMTP_LATER },
		{ "22\r\n", RP_SMTP_LATER },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_smtp *s = open_to(a, "ana@example.org", "x");

		/* Octet by octet is the same. */
		for (const char *p = rows[i].said; *p != 0; p++)
			rp_smtp_feed(s, (rp_bytes){ (const uint8_t *)p, 1 });
		RP_CHECK(rp_smtp_outcome(s) == rows[i].want);
		RP_CHECK(rp_smtp_said(s).n > 0);
	}
}

static void
utf8(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_smtp *s = open_to(a, "\xe5\x8d\x97@example.org", "x");

	says(s, "220 a\r\n", "EHLO body.example\r\n");
	says(s, "250-b\r\n250 smtputf8\r\n",
	    "MAIL FROM:<post@body.example> SMTPUTF8\r\n");
	s = open_to(a, "\xe5\x8d\x97@example.org", "x");
	says(s, "220 a\r\n", "EHLO body.example\r\n");
	says(s, "250-b\r\n250 SMTPUTF8X\r\n", "QUIT\r\n");
	RP_CHECK(rp_smtp_outcome(s) == RP_SMTP_NEVER);
}

/* A refused address is shown in its own script, what would hide it is not. */
static void
words(void)
{
	static const struct {
		const char *said, *want;
	} rows[] = {
		{ "550 5.1.1 <\xe7\x94\xa8@b>: unknown",
		    "550 5.1.1 <\xe7\x94\xa8@b>: unknown" },
		{ "550 \xd8\xa3\xf0\x9f\x93\xa7",
		    "550 \xd8\xa3\xf0\x9f\x93\xa7" },
		{ "550 a\tb\x1b[31m\x7f", "550 a?b?[31m?" },
		{ "550 \xe7\x94x\xff", "550 ??x?" },
		{ "550 \xc2\x85\xc2\xa0", "550 ??\xc2\xa0" },
		{ "550 \xd8\x9cx", "550 ??x" },
		/* The joiner of Persian and Indian names stays. */
		{ "550 \xe2\x80\x8c", "550 \xe2\x80\x8c" },
		{ "550 \xe2\x80\xae\xe2\x81\xa6", "550 ??????" },
		{ "550 \xe2\x80\xa8\xe2\x80\x8f\xe2\x80\x94",
		    "550 ??????\xe2\x80\x94" },
	};
	char line[RP_SMTP_LINE_MAX] = "550 ";

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_smtp *s = open_to(a, "ana@example.org", "x");

		rp_smtp_feed(s, rp_text_bytes(rp_text_z(rows[i].said)));
		says(s, "\r\n", "QUIT\r\n");
		RP_CHECK_TEXT(rp_smtp_said(s), rp_text_z(rows[i].want));
	}
	/* Cut between characters. */
	for (size_t i = 4; i + 5 < sizeof(line); i += 3)
		memcpy(line + i, "\xe7\x94\xa8", 3);
	{
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_smtp *s = open_to(a, "ana@example.org", "x");

		rp_smtp_feed(s, rp_text_bytes(rp_text_z(line)));
		says(s, "\r\n", "QUIT\r\n");
		RP_CHECK(
		    rp_smtp_said(s).n == 4 + (RP_SMTP_SAID_MAX - 4) / 3 * 3);
		RP_CHECK(
		    memcmp(rp_smtp_said(s).p, line, rp_smtp_said(s).n) == 0);
	}
}

static void
envelopes(void)
{
	static const char *const bad[] = { "", "a b@c", "a>@c", "a\r\nDATA@c" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_smtp *s;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct rp_smtp_message m = { .client = RP_TEXT("x"),
			.from = RP_TEXT("y@x"),
			.to = rp_text_z(bad[i]) };

		RP_CHECK_FAILS(rp_smtp_new(a, &m, &s), RP_E_INVALID);
	}
	s = open_to(a, "ana@example.org", "x");
	rp_smtp_end(s, RP_TEXT("nobody answers"));
	RP_CHECK(rp_smtp_outcome(s) == RP_SMTP_LATER);
	RP_CHECK_TEXT(rp_smtp_said(s), RP_TEXT("nobody answers"));
}

RP_CHECK_MAIN({ "sends", sends }, { "refused", refused }, { "utf8", utf8 },
    { "words", words }, { "envelopes", envelopes })
