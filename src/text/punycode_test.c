#include "text/punycode.h"

#include "base/check.h"

static void
encode_is(const uint32_t *cp, size_t n, const char *want)
{
	char got[128];
	size_t len = rp_punycode_encode(cp, n, got, sizeof(got));

	RP_CHECK(len == strlen(want) && memcmp(got, want, len) == 0);
}

/* RFC 3492, section 7.1, (B), (I, lower case), (L) and (S). */
static void
samples(void)
{
	static const uint32_t chinese[] = { 0x4ED6, 0x4EEC, 0x4E3A, 0x4EC0,
		0x4E48, 0x4E0D, 0x8BF4, 0x4E2D, 0x6587 };
	static const uint32_t mixed[] = { '3', 0x5E74, 'B', 0x7D44, 0x91D1,
		0x516B, 0x5148, 0x751F };
	static const uint32_t ascii[] = { '-', '>', ' ', '$', '1', '.', '0',
		'0', ' ', '<', '-' };
	static const uint32_t umlaut[] = { 'b', 0xFC, 'c', 'h', 'e', 'r' };

	encode_is(chinese, 9, "ihqwcrb4cv8a8dqg056pqjye");
	encode_is(mixed, 8, "3B-ww4c5e180e575a65lsy2b");
	encode_is(ascii, 11, "-> $1.00 <--");
	encode_is(umlaut, 6, "bcher-kva");
}

static void
bounded(void)
{
	static const uint32_t umlaut[] = { 'b', 0xFC, 'c', 'h', 'e', 'r' };
	uint32_t many[300];
	char out[64];

	RP_CHECK(rp_punycode_encode(umlaut, 6, out, 8) == SIZE_MAX);
	RP_CHECK(rp_punycode_encode(umlaut, 6, out, 9) == 9);
	for (size_t i = 0; i < 300; i++)
		many[i] = 0x10FFFF - (uint32_t)i;
	RP_CHECK(rp_punycode_encode(many, 300, out, 59) == SIZE_MAX);
}

RP_CHECK_MAIN({ "samples of RFC 3492", samples }, { "bounded", bounded })
