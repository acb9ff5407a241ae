#include "text/domain_name.h"

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

static enum rp_address_reason
check(const char *in, unsigned flags, struct rp_domain_name *out)
{
	return rp_domain_name_check(arena, names, rp_text_z(in), flags, out);
}

static void
both_forms(void)
{
	static const char *rows[][3] = {
		{ "example.com", "example.com", "example.com" },
		{ "WWW.Example.COM.", "www.example.com", "www.example.com" },
		{ "fußball.example", "xn--fuball-cta.example",
		    "fußball.example" },
		{ "XN--fuball-CTA.example", "xn--fuball-cta.example",
		    "fußball.example" },
		{ "普遍适用测试。我爱你",
		    "xn--tkvs6ms8gqpywye3ma.xn--6qq986b3xl",
		    "普遍适用测试.我爱你" },
		{ "ℌ.test", "h.test", "h.test" },
		{ "e\xcc\x81xample.org", "xn--xample-9ua.org", "éxample.org" },
		{ "例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト" },
	};
	struct rp_domain_name got;

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_CHECK(check(rows[i][0], 0, &got) == RP_ADDRESS_OK);
		RP_CHECK_TEXT(got.entered, rp_text_z(rows[i][0]));
		RP_CHECK_TEXT(got.a, rp_text_z(rows[i][1]));
		RP_CHECK_TEXT(got.u, rp_text_z(rows[i][2]));
		RP_CHECK(got.idn == !rp_text_eq(got.a, got.u));
		RP_CHECK_TEXT(rp_domain_name_display(arena, names, got.a),
		    got.u);
	}
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
		{ ".", RP_ADDRESS_LABEL_EMPTY },
		{ "a..b", RP_ADDRESS_LABEL_EMPTY },
		{ ".a.b", RP_ADDRESS_LABEL_EMPTY },
		{ "a.b..", RP_ADDRESS_LABEL_EMPTY },
		{ "日本。。jp", RP_ADDRESS_LABEL_EMPTY },
		{ "com", RP_ADDRESS_SINGLE_LABEL },
		{ "com.", RP_ADDRESS_SINGLE_LABEL },
		{ "-a.com", RP_ADDRESS_HYPHEN },
		{ "a-.com", RP_ADDRESS_HYPHEN },
		{ "ab--c.com", RP_ADDRESS_HYPHEN_34 },
		{ "普遍---测试.世界", RP_ADDRESS_HYPHEN_34 },
		{ "a b.com", RP_ADDRESS_DISALLOWED },
		{ "a_b.com", RP_ADDRESS_DISALLOWED },
		{ "evil.com/@good.com", RP_ADDRESS_DISALLOWED },
		{ "😎.example", RP_ADDRESS_IDNA2008 },
		{ "xn--s28h.example", RP_ADDRESS_IDNA2008 },
		{ "\xcc\x88.example", RP_ADDRESS_COMBINING_MARK },
		{ "xn--u-ccb.com", RP_ADDRESS_A_LABEL },
		{ "xn--.com", RP_ADDRESS_A_LABEL },
		{ "xn--abc-.com", RP_ADDRESS_A_LABEL },
		{ "m\xe2\x80\x8cn.example", RP_ADDRESS_CONTEXT_J },
		{ "a·b.example", RP_ADDRESS_CONTEXT_O },
		{ "aא.example", RP_ADDRESS_BIDI },
		{ "0à.א", RP_ADDRESS_BIDI },
	};
	struct rp_domain_name got;

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum rp_address_reason why = check(rows[i].in, 0, &got);

		if (why != rows[i].why)
			printf("# %s: %s\n", rows[i].in,
			    rp_address_reason_id(why).p);
		RP_CHECK(why == rows[i].why);
	}
	rp_arena_free(arena);
}

static void
policies(void)
{
	struct rp_domain_name got;

	open_names();
	RP_CHECK(check("io", RP_DOMAIN_NAME_SINGLE, &got) == RP_ADDRESS_OK);
	RP_CHECK(got.labels == 1);
	RP_CHECK(check("a.io.", RP_DOMAIN_NAME_NO_DOT, &got) ==
		 RP_ADDRESS_TRAILING_DOT);
	RP_CHECK(check("日本.jp。", RP_DOMAIN_NAME_NO_DOT, &got) ==
		 RP_ADDRESS_TRAILING_DOT);
	RP_CHECK(check("日本.jp。", 0, &got) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(got.u, RP_TEXT("日本.jp"));
	RP_CHECK(
	    check("😎.example", RP_DOMAIN_NAME_UTS46, &got) == RP_ADDRESS_OK);
	RP_CHECK_TEXT(got.a, RP_TEXT("xn--s28h.example"));
	RP_CHECK_FAILS(rp_domain_name_parse(arena, names, RP_TEXT("a..b"),
			   &got),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_domain_name_parse(arena, names, RP_TEXT("a.b"), &got));
	RP_CHECK_TEXT(rp_domain_name_display(arena, names,
			  RP_TEXT("xn--u-ccb.com")),
	    RP_TEXT("xn--u-ccb.com"));
	rp_arena_free(arena);
}

/* n labels of `len` octets, and what is left of `total`. */
static rp_text
long_name(size_t total, size_t len)
{
	char *p = rp_alloc(arena, total + 1);

	for (size_t i = 0; i < total; i++)
		p[i] = i % (len + 1) == len ? '.' : 'a';
	return (rp_text){ p, total };
}

static void
limits(void)
{
	struct rp_domain_name got;

	open_names();
	RP_CHECK(rp_domain_name_check(arena, names, long_name(100, 63), 0,
		     &got) == RP_ADDRESS_OK);
	RP_CHECK(rp_domain_name_check(arena, names, long_name(100, 64), 0,
		     &got) == RP_ADDRESS_LABEL_TOO_LONG);
	RP_CHECK(rp_domain_name_check(arena, names, long_name(253, 50), 0,
		     &got) == RP_ADDRESS_OK);
	RP_CHECK(got.a.n == RP_DOMAIN_NAME_MAX);
	RP_CHECK(rp_domain_name_check(arena, names, long_name(254, 50), 0,
		     &got) == RP_ADDRESS_NAME_TOO_LONG);
	RP_CHECK(rp_domain_name_check(arena, names, long_name(2048, 50), 0,
		     &got) == RP_ADDRESS_NAME_TOO_LONG);
	RP_CHECK(rp_domain_name_check(arena, names, long_name(2049, 50), 0,
		     &got) == RP_ADDRESS_NAME_TOO_LONG);
	/* 59 code points that encode to 63 octets, four octets each. */
	RP_CHECK(check("𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀"
		       "𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀"
		       "𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀𐌀.example",
		     0, &got) == RP_ADDRESS_OK);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "both forms", both_forms }, { "refused", refused },
    { "policies", policies }, { "limits", limits })
