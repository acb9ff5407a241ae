#include "codec/docx_fill.h"

#include <string.h>

#include "base/check.h"
#include "codec/docx_read.h"
#include "codec/sample.h"
#include "codec/zip.h"

#define MAX ((size_t)16 << 20)
#define T(t) "<w:r><w:t>" t "</w:t></w:r>"
#define OPEN "\xc2\xab"
#define CLOSE "\xc2\xbb"
#define FIELD(n) OPEN n CLOSE
#define CONTROL(tag, in)                      \
	"<w:sdt><w:sdtPr><w:tag w:val=\"" tag \
	"\"/></w:sdtPr><w:sdtContent>" in "</w:sdtContent></w:sdt>"

static struct rp_docx_values
facts(struct rp_arena *a)
{
	static const struct rp_docx_value all[] = {
		{ RP_TEXT_INIT("title"), RP_TEXT_INIT("Wells & <ponds>") },
		{ RP_TEXT_INIT("deadline"), RP_TEXT_INIT("4 October") },
		{ RP_TEXT_INIT("text"), RP_TEXT_INIT("one\ntwo") },
	};
	struct rp_docx_values v = { 0 };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		rp_vec_push(a, &v, all[i]);
	return v;
}

static rp_text
body(struct rp_arena *a, rp_bytes docx)
{
	struct rp_docx_read r;
	uint32_t node;

	RP_CHECK_OK(rp_docx_read(a, docx, &r));
	node = rp_docx_child(&r.body, 1, RP_W_body);
	return (rp_text){ (const char *)r.body.in.p + r.body.v[node].inner_from,
		r.body.v[node].inner_to - r.body.v[node].inner_from };
}

static const struct {
	const char *in, *out;
	size_t filled;
} rows[] = {
	{ "<w:p>" T("No field.") "</w:p>", "<w:p>" T("No field.") "</w:p>", 0 },
	{ "<w:p>" T("On " FIELD("title") "!") "</w:p>",
	    "<w:p>" T("On Wells &amp; &lt;ponds&gt;!") "</w:p>", 1 },
	/* As Word spreads them. */
	{ "<w:p>" T("By " OPEN "dead") T("line")
		T(CLOSE " at noon &amp;") "</w:p>",
	    "<w:p>" T("By 4 October") T("") T(" at noon &amp;") "</w:p>", 1 },
	{ "<w:p>" T(FIELD("title") FIELD("deadline")) "</w:p>",
	    "<w:p>" T("Wells &amp; &lt;ponds&gt;4 October") "</w:p>", 2 },
	{ "<w:p>" T(FIELD("text")) "</w:p>",
	    "<w:p><w:r><w:t>one</w:t><w:br/><w:t xml:space=\"preserve\">two"
	    "</w:t></w:r></w:p>",
	    1 },
	/* Not over the end of a paragraph. */
	{ "<w:p>" T(OPEN "dead") "</w:p><w:p>" T("line" CLOSE) "</w:p>",
	    "<w:p>" T(OPEN "dead") "</w:p><w:p>" T("line" CLOSE) "</w:p>", 0 },
	{ "<w:p>" T("Il dit " OPEN " oui " CLOSE) "</w:p>",
	    "<w:p>" T("Il dit " OPEN " oui " CLOSE) "</w:p>", 0 },
	{ "<w:p>" CONTROL("deadline", T("Click") T(" here")) T(".") "</w:p>",
	    "<w:p>" CONTROL("deadline", T("4 October") T("")) T(".") "</w:p>",
	    1 },
	{ "<w:p>" CONTROL("a free note", T("Click")) "</w:p>",
	    "<w:p>" CONTROL("a free note", T("Click")) "</w:p>", 0 },
};

static void
fills(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_docx_values v = facts(a);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_bytes in = rp_sample_docx(a, rows[i].in, NULL);
		struct rp_docx_fill out;

		RP_CHECK_OK(rp_docx_fill(a, in, &v, MAX, &out));
		RP_CHECK_TEXT(body(a, out.docx), rp_text_z(rows[i].out));
		RP_CHECK(out.filled == rows[i].filled);
		RP_CHECK(out.unknown.n == 0);
	}
}

static void
reports(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_docx_values v = facts(a);
	rp_bytes in = rp_sample_docx(a,
	    "<w:p>" T(FIELD("titel") FIELD("deadline") FIELD("titel"))
		CONTROL("signature", T("x")) "</w:p>",
	    NULL);
	struct rp_docx_fill out;

	RP_CHECK_OK(rp_docx_fill(a, in, &v, MAX, &out));
	RP_CHECK(out.unknown.n == 2 && out.unused.n == 2);
	RP_CHECK_TEXT(out.unknown.v[0], RP_TEXT("titel"));
	RP_CHECK_TEXT(out.unknown.v[1], RP_TEXT("signature"));
	RP_CHECK_TEXT(out.unused.v[0], RP_TEXT("title"));
	RP_CHECK_TEXT(out.unused.v[1], RP_TEXT("text"));
	RP_CHECK_TEXT(body(a, out.docx),
	    RP_TEXT("<w:p>" T(FIELD("titel") "4 October" FIELD("titel"))
		    CONTROL("signature", T("x")) "</w:p>"));
}

/* Parts that have no field are the same octets. */
static void
leaves_alone(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_docx_values v = facts(a), bad = { 0 };
	rp_bytes in = rp_sample_docx(a, "<w:p>" T(FIELD("title")) "</w:p>",
	    "<w:p>" T("note") "</w:p>");
	struct rp_docx_value wrong = { RP_TEXT("two words"), RP_TEXT("x") };
	struct rp_docx_fill out, again;
	struct rp_zip *before, *after;
	size_t same = 0;

	RP_CHECK_OK(rp_docx_fill(a, in, &v, MAX, &out));
	RP_CHECK_OK(rp_docx_fill(a, in, &v, MAX, &again));
	RP_CHECK(out.docx.n == again.docx.n &&
		 memcmp(out.docx.p, again.docx.p, out.docx.n) == 0);
	RP_CHECK_OK(rp_zip_open(a, in, &before));
	RP_CHECK_OK(rp_zip_open(a, out.docx, &after));
	RP_CHECK(rp_zip_n(before) == rp_zip_n(after));
	for (size_t i = 0; i < rp_zip_n(before); i++)
		same += rp_zip_sum(before, i) == rp_zip_sum(after, i);
	RP_CHECK(same == rp_zip_n(before) - 1);
	rp_vec_push(a, &bad, wrong);
	RP_CHECK_FAILS(rp_docx_fill(a, in, &bad, MAX, &out), RP_E_INVALID);
	RP_CHECK_FAILS(rp_docx_fill(a, RP_BYTES("no package"), &v, MAX, &out),
	    RP_E_INVALID);
}

static void
parses(void)
{
	static const struct {
		const char *json;
		enum rp_ecode code;
	} bad[] = { { "[1]", RP_E_INVALID }, { "{", RP_E_INVALID },
		{ "{\"a\":1}", RP_E_INVALID },
		{ "{\"a b\":\"\"}", RP_E_INVALID } };
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_docx_values v;

	RP_CHECK_OK(rp_docx_values_parse(a,
	    RP_BYTES("{\"title\":\"A & B\",\"text\":\"1\\n2\"}"), &v));
	RP_CHECK(v.n == 2);
	RP_CHECK_TEXT(v.v[0].name, RP_TEXT("title"));
	RP_CHECK_TEXT(v.v[1].value, RP_TEXT("1\n2"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_docx_values_parse(a,
				   rp_text_bytes(rp_text_z(bad[i].json)), &v),
		    bad[i].code);
}

RP_CHECK_MAIN({ "fills", fills }, { "parses", parses }, { "reports", reports },
    { "leaves alone", leaves_alone })
