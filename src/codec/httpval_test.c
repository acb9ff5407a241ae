#include "codec/httpval.h"

#include <string.h>

#include "base/check.h"

static rp_bytes
z(const char *s)
{
	return rp_text_bytes(rp_text_z(s));
}

static bool
is(rp_bytes got, const char *want)
{
	return got.n == strlen(want) &&
	       (got.n == 0 || memcmp(got.p, want, got.n) == 0);
}

static void
content_types(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const char *bad[] = { "", "text", "text/", "/html", "text /html",
		"text/html; charset", "text/html; charset=\"utf-8",
		"text/html charset=x", "text/html; a=1; A=2",
		"text/html\r\nX: y", "text/html; =x" };
	struct rp_httpval v;

	RP_CHECK_OK(rp_httpval_type_parse(a,
	    z("Text/HTML; Charset=\"ut\\\"f\" ; x=y;"), &v));
	RP_CHECK_TEXT(v.main, RP_TEXT("text/html"));
	RP_CHECK(v.params.n == 2);
	RP_CHECK(is(rp_urlform_value(&v.params, "charset"), "ut\"f"));
	RP_CHECK_OK(rp_httpval_type_parse(a,
	    z("multipart/form-data; boundary=----WebKitFormBoundaryAb1"), &v));
	RP_CHECK(is(rp_urlform_value(&v.params, "boundary"),
	    "----WebKitFormBoundaryAb1"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_httpval_type_parse(a, z(bad[i]), &v),
		    RP_E_INVALID);
}

static const struct {
	const char *in, *file; /* file NULL: refused */
} dispositions[] = {
	{ "form-data; name=\"f\"; filename=\"a.pdf\"", "a.pdf" },
	{ "form-data; name=f; filename=a.pdf", "a.pdf" },
	{ "form-data; name=\"f\"; filename=\"caf\xc3\xa9.pdf\"",
	    "caf\xc3\xa9.pdf" },
	{ "form-data; name=\"f\"; filename=\"a%22b%0D%0a100%25.pdf\"",
	    "a\"b\r\n100%25.pdf" },
	{ "form-data; name=\"f\"; filename=\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d" },
	{ "form-data; name=\"f\"; filename=\"a\\\"", "a\\" },
	{ "form-data; name=\"f\"; filename=\"\"", "" },
	{ "form-data; name=\"f\"; filename=\"x\"; "
	  "filename*=UTF-8''%e6%96%87.pdf",
	    "\xe6\x96\x87.pdf" },
	{ "form-data; name=\"f\"; filename*=iso-8859-1'en'%a3%20x",
	    "\xc2\xa3 x" },
	{ "form-data; name=\"f\"; filename*=UTF-8''%e6%9", NULL },
	{ "form-data; name=\"f\"; filename*=koi8-r''x", NULL },
	{ "form-data; name=\"f\"; filename*=x", NULL },
	{ "form-data; name=\"f\"; filename=\"x", NULL },
	{ "", NULL },
};

static void
form_dispositions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(dispositions) / sizeof(dispositions[0]);
	     i++) {
		struct rp_httpval v = { 0 };

		if (dispositions[i].file == NULL) {
			RP_CHECK_FAILS(rp_httpval_disposition_parse(a,
					   z(dispositions[i].in), &v),
			    RP_E_INVALID);
			continue;
		}
		RP_CHECK_OK(
		    rp_httpval_disposition_parse(a, z(dispositions[i].in), &v));
		RP_CHECK_TEXT(v.main, RP_TEXT("form-data"));
		RP_CHECK(is(rp_urlform_value(&v.params, "name"), "f"));
		RP_CHECK(is(rp_urlform_value(&v.params, "filename"),
		    dispositions[i].file));
	}
}

static void
writes_a_disposition(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char longest[400];
	struct rp_httpval v;
	rp_text got;

	RP_CHECK_TEXT(rp_httpval_disposition_write(a, "attachment",
			  RP_TEXT("a \"b\"/\xc3\xa9.csv")),
	    RP_TEXT("attachment; filename=\"a _b___.csv\"; "
		    "filename*=UTF-8''a%20%22b%22_%C3%A9.csv"));
	for (size_t i = 0; i < sizeof(longest); i++)
		longest[i] = "\xe6\x96\x87"[i % 3];
	got = rp_httpval_disposition_write(a, "inline",
	    (rp_text){ longest, 399 });
	RP_CHECK_OK(rp_httpval_disposition_parse(a, rp_text_bytes(got), &v));
	RP_CHECK(rp_urlform_value(&v.params, "filename").n == 255);
}

static void
cookies(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_urlform jar;
	char many[RP_HTTPVAL_COOKIES_MAX * 5 + 10];

	RP_CHECK_OK(rp_httpval_cookie_parse(a,
	    z("s=ab=c; broken; =x; t=\"q\" ;u="), &jar));
	RP_CHECK(jar.n == 3);
	RP_CHECK(is(rp_urlform_value(&jar, "s"), "ab=c"));
	RP_CHECK(is(rp_urlform_value(&jar, "t"), "q"));
	RP_CHECK(is(rp_urlform_value(&jar, "u"), ""));
	RP_CHECK_OK(rp_httpval_cookie_parse(a, z(""), &jar));
	RP_CHECK(jar.n == 0);
	for (size_t i = 0; i < sizeof(many); i++)
		many[i] = "aa=b;"[i % 5];
	RP_CHECK_FAILS(rp_httpval_cookie_parse(a,
			   (rp_bytes){ (uint8_t *)many, sizeof(many) }, &jar),
	    RP_E_LIMIT);
}

static void
etags(void)
{
	rp_text tag = RP_TEXT("\"v1\"");

	RP_CHECK(rp_httpval_none_match(z("*"), tag));
	RP_CHECK(rp_httpval_none_match(z("\"v1\""), tag));
	RP_CHECK(rp_httpval_none_match(z("\"x\" , W/\"v1\""), tag));
	RP_CHECK(!rp_httpval_none_match(z("\"v1"), tag));
	RP_CHECK(!rp_httpval_none_match(z("v1"), tag));
	RP_CHECK(!rp_httpval_none_match(z("\"v1\" x"), tag));
	RP_CHECK(!rp_httpval_none_match(z("\"v1\","), tag));
	RP_CHECK(!rp_httpval_none_match(z("\"v2\""), tag));
	RP_CHECK(!rp_httpval_none_match(z(""), tag));
}

static void
paths(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const char *bad[] = { "", "a", "//", "/a//b", "/../a", "/a/..",
		"/.", "/%2e%2e/x", "/a%2Fb", "/a%5cb", "/a%00b", "/a%0ab",
		"/a%", "/a%4", "/a%zz", "/%ff", "/%c0%af", "/%ed%a0%80",
		"/a\\b", "/%7f", "/%c2%85" };
	struct rp_httpval_path p;
	rp_bytes path, query;
	char deep[2 * RP_HTTPVAL_SEGMENTS_MAX + 3];

	RP_CHECK_OK(rp_httpval_path_parse(a, z("/"), &p));
	RP_CHECK(p.n == 0);
	RP_CHECK_OK(rp_httpval_path_parse(a, z("/ar/caf%C3%A9%20x/"), &p));
	RP_CHECK(p.n == 3);
	RP_CHECK_TEXT(p.v[0], RP_TEXT("ar"));
	RP_CHECK_TEXT(p.v[1], RP_TEXT("caf\xc3\xa9 x"));
	RP_CHECK_TEXT(p.v[2], RP_TEXT(""));
	RP_CHECK_OK(rp_httpval_path_parse(a, z("/...%2B+"), &p));
	RP_CHECK_TEXT(p.v[0], RP_TEXT("...++"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_httpval_path_parse(a, z(bad[i]), &p),
		    RP_E_INVALID);
	for (size_t i = 0; i < sizeof(deep); i++)
		deep[i] = "/a"[i % 2];
	RP_CHECK_FAILS(rp_httpval_path_parse(a,
			   (rp_bytes){ (uint8_t *)deep, sizeof(deep) }, &p),
	    RP_E_LIMIT);
	rp_httpval_target_split(z("/a?b=c?d"), &path, &query);
	RP_CHECK(is(path, "/a") && is(query, "b=c?d"));
	rp_httpval_target_split(z("/a"), &path, &query);
	RP_CHECK(is(path, "/a") && query.n == 0);
}

static void
bearer(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const char *bad[] = { "", "Bearer", "Bearer ", "Basic abc",
		"Bearer a b", "Bearer =", "Bearer a=b", "Bearer \xc3\xa9" };
	rp_text t;

	RP_CHECK_OK(rp_httpval_bearer_parse(a, z("bearer  aB-._~+/9=="), &t));
	RP_CHECK_TEXT(t, RP_TEXT("aB-._~+/9=="));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_httpval_bearer_parse(a, z(bad[i]), &t),
		    RP_E_INVALID);
}

RP_CHECK_MAIN({ "content types", content_types },
    { "form dispositions", form_dispositions },
    { "writes a disposition", writes_a_disposition }, { "cookies", cookies },
    { "etags", etags }, { "paths", paths }, { "bearer tokens", bearer })
