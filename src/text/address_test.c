#include "text/address.h"

#include "base/check.h"
#include "text/names.h"

static const struct {
	const char *in;
	enum rp_address_kind kind;
	enum rp_address_reason why;
	const char *a, *u, *key;
	unsigned warnings;
} rows[] = {
	{ "Example.com.", RP_ADDRESS_DOMAIN, RP_ADDRESS_OK, "example.com",
	    "example.com", "example.com", 0 },
	{ "例え.テスト", RP_ADDRESS_DOMAIN, RP_ADDRESS_OK,
	    "xn--r8jz45g.xn--zckzah", "例え.テスト", "xn--r8jz45g.xn--zckzah",
	    RP_ADDRESS_WARN_UNKNOWN_TLD },
	{ "ｅxample.com", RP_ADDRESS_DOMAIN, RP_ADDRESS_OK, "example.com",
	    "example.com", "example.com", RP_ADDRESS_WARN_MAPPED },
	{ "co.uk", RP_ADDRESS_DOMAIN, RP_ADDRESS_OK, "co.uk", "co.uk", "co.uk",
	    RP_ADDRESS_WARN_PUBLIC_SUFFIX },
	{ "pаypal.com", RP_ADDRESS_DOMAIN, RP_ADDRESS_OK, "xn--pypal-4ve.com",
	    "pаypal.com", "xn--pypal-4ve.com", RP_ADDRESS_WARN_MIXED_SCRIPTS },
	{ "a..b", RP_ADDRESS_DOMAIN, RP_ADDRESS_LABEL_EMPTY, "", "", "", 0 },
	{ "", RP_ADDRESS_DOMAIN, RP_ADDRESS_EMPTY, "", "", "", 0 },
	{ "http://a.b/", RP_ADDRESS_DOMAIN, RP_ADDRESS_DISALLOWED, "", "", "",
	    0 },
	{ "测试@例子.中国", RP_ADDRESS_EMAIL, RP_ADDRESS_OK,
	    "测试@xn--fsqu00a.xn--fiqs8s", "测试@例子.中国",
	    "测试@xn--fsqu00a.xn--fiqs8s", RP_ADDRESS_WARN_SMTPUTF8 },
	{ "e\xcc\x81@example.com", RP_ADDRESS_EMAIL, RP_ADDRESS_OK,
	    "é@example.com", "é@example.com", "é@example.com",
	    RP_ADDRESS_WARN_SMTPUTF8 | RP_ADDRESS_WARN_NOT_NFC },
	{ "\"a b\"@io", RP_ADDRESS_EMAIL, RP_ADDRESS_OK, "\"a b\"@io",
	    "\"a b\"@io", "\"a b\"@io",
	    RP_ADDRESS_WARN_QUOTED | RP_ADDRESS_WARN_SINGLE },
	{ "a@[IPv6:2001:DB8::1]", RP_ADDRESS_EMAIL, RP_ADDRESS_OK,
	    "a@[IPv6:2001:db8::1]", "a@[IPv6:2001:db8::1]",
	    "a@[IPv6:2001:db8::1]", RP_ADDRESS_WARN_LITERAL },
	{ "\"abc", RP_ADDRESS_EMAIL, RP_ADDRESS_LOCAL_QUOTES, "", "", "", 0 },
	{ "2A00:0::1", RP_ADDRESS_IPV6, RP_ADDRESS_OK, "2a00::1", "2a00::1",
	    "2a00::/64", 0 },
	{ "2001:DB8::1", RP_ADDRESS_IPV6, RP_ADDRESS_OK, "2001:db8::1",
	    "2001:db8::1", "2001:db8::/64", RP_ADDRESS_WARN_NOT_GLOBAL },
	{ "::ffff:1.1.1.1", RP_ADDRESS_IPV4, RP_ADDRESS_OK, "1.1.1.1",
	    "1.1.1.1", "1.1.1.1", RP_ADDRESS_WARN_V4_MAPPED },
	{ "1.2.3", RP_ADDRESS_IPV4, RP_ADDRESS_IP_SYNTAX, "", "", "", 0 },
	{ "fe80::1%eth0", RP_ADDRESS_IPV6, RP_ADDRESS_IP_ZONE, "", "", "", 0 },
};

static void
judged(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	const struct rp_names *names = NULL;

	RP_CHECK_OK(rp_names_open(a,
	    RP_DATA_SOURCE "/psl/public_suffix_list.dat", &names));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text in = rp_text_z(rows[i].in);
		struct rp_address got;

		rp_address_judge(a, names, rp_address_guess(rp_text_bytes(in)),
		    in, &got);
		if (got.kind != rows[i].kind || got.why != rows[i].why ||
		    got.warnings != rows[i].warnings)
			printf("# %s: kind %d, %s, warnings %x\n", rows[i].in,
			    (int)got.kind, rp_address_reason_id(got.why).p,
			    got.warnings);
		RP_CHECK(got.kind == rows[i].kind);
		RP_CHECK(got.why == rows[i].why);
		RP_CHECK(got.warnings == rows[i].warnings);
		RP_CHECK_TEXT(got.a, rp_text_z(rows[i].a));
		RP_CHECK_TEXT(got.u, rp_text_z(rows[i].u));
		RP_CHECK_TEXT(got.key, rp_text_z(rows[i].key));
	}
}

static void
identifiers(void)
{
	RP_CHECK_TEXT(rp_address_kind_id(RP_ADDRESS_IPV6), RP_TEXT("ipv6"));
	RP_CHECK_TEXT(rp_address_warning_id(0), RP_TEXT("mapped"));
	RP_CHECK_TEXT(rp_address_warning_id(RP_ADDRESS_WARNING_COUNT - 1),
	    RP_TEXT("not-global"));
}

RP_CHECK_MAIN({ "judged", judged }, { "identifiers", identifiers })
