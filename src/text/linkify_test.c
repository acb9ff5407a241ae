#include "text/linkify.h"

#include "base/check.h"
#include "text/names.h"

static struct rp_arena *arena;
static const struct rp_names *names;

static void
open_names(void)
{
	arena = rp_arena_new(64 << 20);
	RP_CHECK_OK(rp_names_open(arena,
	    RP_DATA_SOURCE "/psl/public_suffix_list.dat", &names));
}

/* The only link of a text, and where it leads; NULL: there is none. */
static void
only_link(const char *in, const char *link, enum rp_link_kind kind,
    const char *target)
{
	struct rp_links got = { 0 };
	rp_text t = rp_text_z(in);

	rp_linkify_find(arena, names, t, &got);
	if (link == NULL) {
		if (got.n > 0)
			printf("# %s: %s\n", in, got.v[0].target.p);
		RP_CHECK(got.n == 0);
		return;
	}
	RP_CHECK(got.n == 1);
	RP_CHECK_TEXT(rp_text_sub(t, got.v[0].from, got.v[0].to),
	    rp_text_z(link));
	RP_CHECK(got.v[0].kind == kind);
	RP_CHECK_TEXT(got.v[0].target, rp_text_z(target));
}

static void
kinds_and_targets(void)
{
	open_names();
	only_link("See example.com.", "example.com", RP_LINK_DOMAIN,
	    "https://example.com");
	only_link("See EXAMPLE.com:80/a, b", "EXAMPLE.com:80/a", RP_LINK_DOMAIN,
	    "https://example.com:80/a");
	only_link("(http://例え.テスト/パス)", "http://例え.テスト/パス",
	    RP_LINK_WEB, "http://xn--r8jz45g.xn--zckzah/パス");
	only_link("HTTPS://Example.COM./x", "HTTPS://Example.COM./x",
	    RP_LINK_WEB, "https://example.com./x");
	only_link("Write to o'neil+un@例え.中国!", "o'neil+un@例え.中国",
	    RP_LINK_MAIL, "mailto:o%27neil%2Bun@xn--r8jz45g.xn--fiqs8s");
	only_link("mailto:测试@例子.中国", "mailto:测试@例子.中国",
	    RP_LINK_MAIL, "mailto:%E6%B5%8B%E8%AF%95@xn--fsqu00a.xn--fiqs8s");
	only_link("http://[2001:DB8::1]:8080/x y",
	    "http://[2001:DB8::1]:8080/x", RP_LINK_WEB,
	    "http://[2001:db8::1]:8080/x");
	only_link("http://192.0.2.1/", "http://192.0.2.1/", RP_LINK_WEB,
	    "http://192.0.2.1/");
	only_link("first.name+tag@example.com", "first.name+tag@example.com",
	    RP_LINK_MAIL, "mailto:first.name%2Btag@example.com");
	rp_arena_free(arena);
}

static void
no_links(void)
{
	static const char *rows[] = { "", "e.g. this", "end.Nextly", "a.b.c",
		"http://", "http://[::1", "http://[fe80::1]/", "1.2.3.4",
		"http://someone@example.com/", "http://a:b@example.com",
		"ftp://example.com/x", "javascript:alert(1)", "@example.com",
		"a@", "_dmarc.example.com", "http://localhost/", "...",
		"data://example.com" };

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		only_link(rows[i], NULL, RP_LINK_WEB, NULL);
	rp_arena_free(arena);
}

static void
without_spaces(void)
{
	open_names();
	only_link("请访问example.com谢谢", "example.com", RP_LINK_DOMAIN,
	    "https://example.com");
	only_link("请访问example.com。谢谢", "example.com", RP_LINK_DOMAIN,
	    "https://example.com");
	only_link("请看https://example.com/路径。谢谢",
	    "https://example.com/路径。谢谢", RP_LINK_WEB,
	    "https://example.com/路径。谢谢");
	only_link("请看http://example.com谢谢", "http://example.com",
	    RP_LINK_WEB, "http://example.com");
	rp_arena_free(arena);
}

/* Quadratic if what was looked at is looked at again and again. */
static void
long_texts(void)
{
	static const char *pieces[] = { "a.com+", "a@b.c.", "(((", "http://",
		"a.b。", "[", "@", ".", "www.example.com/((" };
	enum { SIZE = 200000 };
	char *p;

	open_names();
	p = rp_alloc(arena, SIZE + 1);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct rp_arena *job = rp_arena_new(512 << 20);
		size_t len = strlen(pieces[i]), n = 0;
		struct rp_links got = { 0 };

		for (; n + len < SIZE; n += len)
			memcpy(p + n, pieces[i], len);
		rp_linkify_find(job, names, (rp_text){ p, n }, &got);
		rp_arena_free(job);
	}
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "kinds and targets", kinds_and_targets },
    { "no links", no_links }, { "without spaces", without_spaces },
    { "long texts", long_texts })
