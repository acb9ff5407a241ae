#include "domain/totp.h"

#include "base/check.h"

#define SECRET RP_BYTES("12345678901234567890")

/* RFC 6238, appendix B, SHA-1: the last six of the eight digits. */
static void
vectors(void)
{
	static const struct {
		int64_t seconds;
		uint32_t code;
	} rows[] = {
		{ 59, 287082 },
		{ 1111111109, 81804 },
		{ 1111111111, 50471 },
		{ 1234567890, 5924 },
		{ 2000000000, 279037 },
		{ 20000000000, 353130 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(
		    rp_totp_code(SECRET, rows[i].seconds / 30) == rows[i].code);
}

static void
one_step_either_way(void)
{
	int64_t at = 1234567890000, step = at / RP_TOTP_STEP, got = 0;
	rp_text code = RP_TEXT("005924");

	RP_CHECK(rp_totp_check(SECRET, code, at, 0, &got) && got == step);
	RP_CHECK(rp_totp_check(SECRET, code, at - 30000, 0, &got));
	RP_CHECK(rp_totp_check(SECRET, code, at + 30000, 0, &got));
	RP_CHECK(got == step);
	RP_CHECK(!rp_totp_check(SECRET, code, at - 60000, 0, &got));
	RP_CHECK(!rp_totp_check(SECRET, code, at + 60000, 0, &got));
}

static void
a_step_is_used_once(void)
{
	int64_t at = 1234567890000, step = at / RP_TOTP_STEP, got = 0;
	rp_text code = RP_TEXT("005924");

	RP_CHECK(rp_totp_check(SECRET, code, at, step - 1, &got));
	RP_CHECK(!rp_totp_check(SECRET, code, at, step, &got));
	RP_CHECK(!rp_totp_check(SECRET, code, at, step + 1, &got));
}

static void
what_people_type(void)
{
	static const struct {
		rp_text typed;
		bool ok;
	} rows[] = {
		{ RP_TEXT_INIT("005 924"), true },
		{ RP_TEXT_INIT(" 005924 "), true },
		{ RP_TEXT_INIT("٠٠٥٩٢٤"), true },
		{ RP_TEXT_INIT("۰۰۵۹۲۴"), true },
		{ RP_TEXT_INIT("००५९२४"), true },
		{ RP_TEXT_INIT("００５９２４"), true },
		{ RP_TEXT_INIT("00592"), false },
		{ RP_TEXT_INIT("0059241"), false },
		{ RP_TEXT_INIT("5924"), false },
		{ RP_TEXT_INIT("-05924"), false },
		{ RP_TEXT_INIT("00592٪"), false },
		{ RP_TEXT_INIT("00592\xd9"), false },
		{ RP_TEXT_INIT(""), false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t got;

		RP_CHECK(rp_totp_check(SECRET, rows[i].typed, 1234567890000, 0,
			     &got) == rows[i].ok);
	}
}

/* RFC 4648, section 10, and the address. */
static void
base32(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(rp_totp_secret_text(a, RP_BYTES("foobar")),
	    RP_TEXT("MZXW 6YTB OI"));
	RP_CHECK_TEXT(rp_totp_secret_text(a, RP_BYTES("f")), RP_TEXT("MY"));
	RP_CHECK_TEXT(rp_totp_uri(a, RP_TEXT("Conférence A"),
			  RP_TEXT("测@例え.テスト"), SECRET),
	    RP_TEXT("otpauth://totp/Conf%C3%A9rence%20A:"
		    "%E6%B5%8B%40%E4%BE%8B%E3%81%88.%E3%83%86%E3%82%B9%E3%83"
		    "%88?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		    "&issuer=Conf%C3%A9rence%20A"
		    "&algorithm=SHA1&digits=6&period=30"));
}

RP_CHECK_MAIN({ "the RFC's codes", vectors },
    { "one step either way", one_step_either_way },
    { "a step is used once", a_step_is_used_once },
    { "what people type", what_people_type },
    { "base 32 and the address", base32 })
