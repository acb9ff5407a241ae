#include "text/email.h"

#include "base/check.h"
#include "text/names.h"

static struct rp_arena *arena;
static const struct rp_names *names;

static void
open_names(void)
{
	arena = rp_arena_new(64 << 20);
	RP_CHECK_OK(rp_names_open(arena, NULL, &names));
}

static struct rp_email
email(const char *in)
{
	struct rp_email got = { 0 };

	RP_CHECK_OK(rp_email_parse(arena, names, rp_text_z(in), &got));
	return got;
}

static void
accepted(void)
{
	static const char *rows[][3] = {
		{ "info@example.org", "info@example.org", "info@example.org" },
		{ "Info@EXAMPLE.org", "Info@example.org", "Info@example.org" },
		{ "测试@例え.テスト", "测试@xn--r8jz45g.xn--zckzah",
		    "测试@例え.テスト" },
		{ "测试@xn--r8jz45g.xn--zckzah", "测试@xn--r8jz45g.xn--zckzah",
		    "测试@例え.テスト" },
		{ "e\xcc\x81preuve@example.org", "épreuve@example.org",
		    "épreuve@example.org" },
		{ "\"i@fo\"@example.org", "\"i@fo\"@example.org",
		    "\"i@fo\"@example.org" },
		{ "xn--test@example.org", "xn--test@example.org",
		    "xn--test@example.org" },
		{ "a@[192.0.2.1]", "a@[192.0.2.1]", "a@[192.0.2.1]" },
		{ "a@[ipv6:2001:DB8:0::1]", "a@[IPv6:2001:db8::1]",
		    "a@[IPv6:2001:db8::1]" },
		{ "test@io", "test@io", "test@io" },
	};

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_email e = email(rows[i][0]);

		RP_CHECK_TEXT(e.entered, rp_text_z(rows[i][0]));
		RP_CHECK_TEXT(e.key, rp_text_z(rows[i][1]));
		RP_CHECK_TEXT(rp_email_wire(&e), e.key);
		RP_CHECK_TEXT(rp_email_display(arena, &e),
		    rp_text_z(rows[i][2]));
	}
	RP_CHECK(email("测试@a.b").smtputf8);
	RP_CHECK(!email("a@例え.テスト").smtputf8);
	RP_CHECK(email("a@io").single_label);
	RP_CHECK(email("a@[192.0.2.1]").literal);
	rp_arena_free(arena);
}

static void
refused(void)
{
	static const struct {
		const char *in;
		enum rp_address_reason why;
	} rows[] = {
		{ "", RP_ADDRESS_EMPTY },
		{ "abc", RP_ADDRESS_NO_AT },
		{ "\"abc\"", RP_ADDRESS_NO_AT },
		{ "@a.b", RP_ADDRESS_LOCAL_EMPTY },
		{ "a@", RP_ADDRESS_DOMAIN_EMPTY },
		{ ".a@a.b", RP_ADDRESS_LOCAL_DOT },
		{ "a.@a.b", RP_ADDRESS_LOCAL_DOT },
		{ "a..b@a.b", RP_ADDRESS_LOCAL_DOT },
		{ "a b@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ " a@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "(c)a@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "a\"b@a.b", RP_ADDRESS_LOCAL_QUOTES },
		{ "\"a@a.b", RP_ADDRESS_LOCAL_QUOTES },
		{ "\"a\\", RP_ADDRESS_LOCAL_QUOTES },
		{ "\"a\"b@a.b", RP_ADDRESS_LOCAL_QUOTES },
		{ "\"a\tb\"@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "\"\\é\"@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "\"\\e\u0301\"@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "a\u037eb@a.b", RP_ADDRESS_LOCAL_CHARACTER },
		{ "a@b@c.d", RP_ADDRESS_DISALLOWED },
		{ "a@b.c.", RP_ADDRESS_TRAILING_DOT },
		{ "a@b.c ", RP_ADDRESS_DISALLOWED },
		{ "a@[1.2.3]", RP_ADDRESS_LITERAL },
		{ "a@[", RP_ADDRESS_LITERAL },
		{ "a@[]", RP_ADDRESS_LITERAL },
		{ "a@[::1]", RP_ADDRESS_LITERAL },
		{ "a@[IPv6:1.2.3.4]", RP_ADDRESS_LITERAL },
		{ "a@[IPv6:1:2:3:4:5:6::8]", RP_ADDRESS_LITERAL },
		{ "a@[IPv6:fe80::1%eth0]", RP_ADDRESS_LITERAL },
		{ "0123456789012345678901234567890123456789"
		  "0123456789012345678901234@a.b",
		    RP_ADDRESS_LOCAL_TOO_LONG },
	};
	struct rp_email got;

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum rp_address_reason why =
		    rp_email_check(arena, names, rp_text_z(rows[i].in), &got);

		if (why != rows[i].why)
			printf("# %s: %s\n", rows[i].in,
			    rp_address_reason_id(why).p);
		RP_CHECK(why == rows[i].why);
	}
	RP_CHECK_FAILS(rp_email_parse(arena, names, RP_TEXT("a"), &got),
	    RP_E_INVALID);
	rp_arena_free(arena);
}

/* 64 characters count after NFC: 64 times e with acute fits, 65 does not. */
static void
limits(void)
{
	char in[65 * 3 + 8];
	struct rp_email got;
	size_t n = 0;

	open_names();
	for (int i = 0; i < 65; i++) {
		memcpy(in + n, "e\xcc\x81", 3);
		n += 3;
		memcpy(in + n, "@a.bc", 6);
		RP_CHECK(rp_email_check(arena, names, rp_text_z(in), &got) ==
			 (i < 64 ? RP_ADDRESS_OK : RP_ADDRESS_LOCAL_TOO_LONG));
		RP_CHECK(got.over_64 == (i >= 32));
	}
	rp_arena_free(arena);
}

static void
match_is_looser_than_key(void)
{
	static const char *rows[][2] = {
		{ "Info@Example.org", "info@example.org" },
		{ "\"in\\fo\"@example.org", "info@example.org" },
		{ "\"in fo\"@example.org", "\"in fo\"@example.org" },
		{ "\"a@b\"@example.org", "\"a@b\"@example.org" },
		{ "\"\"@example.org", "\"\"@example.org" },
		{ "Épreuve@example.org", "épreuve@example.org" },
		{ "ΣΊΣΥΦΟΣ@example.org", "σίσυφοσ@example.org" },
	};

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_email e = email(rows[i][0]);

		RP_CHECK_TEXT(rp_email_match(arena, &e), rp_text_z(rows[i][1]));
	}
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "accepted", accepted }, { "refused", refused },
    { "limits", limits },
    { "match is looser than key", match_is_looser_than_key })
