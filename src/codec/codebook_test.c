#include "codec/codebook.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/sink.h"

static rp_bytes
bytes(const char *z)
{
	return (rp_bytes){ (const uint8_t *)z, strlen(z) };
}

static struct rp_codebook
read_as(struct rp_arena *a, enum rp_codebook_format f, const char *z)
{
	struct rp_codebook b;

	RP_CHECK_OK(rp_codebook_read(a, f, bytes(z), &b));
	return b;
}

static rp_bytes
written(struct rp_arena *a, enum rp_codebook_format f,
    const struct rp_codebook *b)
{
	struct rp_sink s;
	struct rp_buf buf;
	rp_bytes out;

	rp_buf_init(&buf, a, RP_CODEBOOK_MAX);
	rp_sink_to_buf(&s, a, &buf);
	rp_codebook_write(a, f, b, &s);
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK_OK(rp_buf_bytes(&buf, &out));
	return out;
}

static void
same(const struct rp_codebook *x, const struct rp_codebook *y, bool ids)
{
	RP_CHECK(x->codes.n == y->codes.n);
	for (size_t i = 0; i < x->codes.n; i++) {
		const struct rp_code *p = &x->codes.v[i], *q = &y->codes.v[i];

		RP_CHECK_TEXT(p->name, q->name);
		RP_CHECK_TEXT(p->definition, q->definition);
		RP_CHECK_TEXT(p->include, q->include);
		RP_CHECK_TEXT(p->exclude, q->exclude);
		RP_CHECK_TEXT(p->examples, q->examples);
		RP_CHECK_TEXT(p->colour, q->colour);
		RP_CHECK(p->parent == q->parent);
		RP_CHECK(p->is_codable == q->is_codable);
		if (ids)
			RP_CHECK_TEXT(p->id, q->id);
	}
}

/* In the way of programs for qualitative analysis: their namespace, elements
 * that are not ours, a declaration of a schema. */
static const char of_programs[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<CodeBook xmlns=\"urn:QDA-XML:codebook:1:0\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xsi:schemaLocation=\"urn:QDA-XML:codebook:1:0 Codebook.xsd\" "
    "origin=\"A program\">\n <Codes>\n"
    "  <Code guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e01\" name=\"Time\" "
    "isCodable=\"false\" color=\"#12467b\">\n"
    "   <Description>About &lt;time&gt;\n\n[+] deadlines\nof all kinds\n\n"
    "[-] fees\n\n[=] One.\nTwo.</Description>\n"
    "   <Code guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e02\" "
    "name=\" More time \"/>\n"
    "   <NoteRef targetGUID=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e09\"/>\n"
    "   <Code guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e03\" name=\"الوقت\">"
    "<Code guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e04\" name=\"Deep\"/>"
    "</Code>\n  </Code>\n"
    "  <Code guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e05\" name=\"Fees\"/>\n"
    " </Codes>\n <Sets><Set guid=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e06\" "
    "name=\"A set\"><Description>Not of a code</Description><MemberCode "
    "targetGUID=\"4e4b24a8-9a14-4cc5-8a5e-2b6b7b6c6e05\"/></Set></Sets>\n"
    "</CodeBook>\n";

static void
refi_qda(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_codebook b = read_as(a, RP_CODEBOOK_QDC, of_programs), again;
	rp_bytes out;

	RP_CHECK(b.codes.n == 5);
	RP_CHECK_TEXT(b.codes.v[0].name, RP_TEXT("Time"));
	RP_CHECK_TEXT(b.codes.v[0].definition, RP_TEXT("About <time>"));
	RP_CHECK_TEXT(b.codes.v[0].include, RP_TEXT("deadlines\nof all kinds"));
	RP_CHECK_TEXT(b.codes.v[0].exclude, RP_TEXT("fees"));
	RP_CHECK_TEXT(b.codes.v[0].examples, RP_TEXT("One.\nTwo."));
	RP_CHECK_TEXT(b.codes.v[0].colour, RP_TEXT("#12467b"));
	RP_CHECK(!b.codes.v[0].is_codable && b.codes.v[1].is_codable);
	RP_CHECK_TEXT(b.codes.v[1].name, RP_TEXT("More time"));
	RP_CHECK(b.codes.v[0].parent == RP_CODEBOOK_NONE);
	RP_CHECK(b.codes.v[1].parent == 0 && b.codes.v[2].parent == 0);
	RP_CHECK(b.codes.v[3].parent == 2);
	RP_CHECK(b.codes.v[4].parent == RP_CODEBOOK_NONE);
	RP_CHECK(b.codes.v[4].definition.n == 0);
	out = written(a, RP_CODEBOOK_QDC, &b);
	RP_CHECK(rp_codebook_guess(out) == RP_CODEBOOK_QDC);
	RP_CHECK_OK(rp_codebook_read(a, RP_CODEBOOK_QDC, out, &again));
	same(&b, &again, true);
}

static void
written_for_others(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_codebook b = read_as(a, RP_CODEBOOK_JSON,
	    "[{\"name\":\"A & B\",\"definition\":\"d\"},"
	    "{\"name\":\"C\",\"parent\":\"A & B\"}]");
	rp_bytes x = written(a, RP_CODEBOOK_QDC, &b);
	rp_bytes y = written(a, RP_CODEBOOK_QDC, &b);
	rp_text t = rp_text_trusted(a, x);

	RP_CHECK(x.n == y.n && memcmp(x.p, y.p, x.n) == 0);
	RP_CHECK(
	    strstr(t.p, "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" "
			"origin=\"Rapporteur\"><Codes><Code guid=\"") != NULL);
	RP_CHECK(
	    strstr(t.p, "name=\"A &amp; B\" isCodable=\"true\">"
			"<Description>d</Description><Code guid=\"") != NULL);
	RP_CHECK(strstr(t.p, "</Code></Code></Codes></CodeBook>") == NULL);
	RP_CHECK(strstr(t.p, "/></Code></Codes></CodeBook>") != NULL);
}

static void
all_formats(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_codebook b = read_as(a, RP_CODEBOOK_QDC, of_programs), again;
	static const enum rp_codebook_format all[] = { RP_CODEBOOK_QDC,
		RP_CODEBOOK_JSON, RP_CODEBOOK_CSV };

	b.codes.v[4].definition = RP_TEXT("=1+1, \"quoted\"\nline");
	for (size_t i = 0; i < 3; i++) {
		rp_bytes out = written(a, all[i], &b);

		RP_CHECK(rp_codebook_guess(out) == all[i]);
		RP_CHECK_OK(rp_codebook_read(a, all[i], out, &again));
		same(&b, &again, true);
	}
}

static void
tables(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_codebook b = read_as(a, RP_CODEBOOK_CSV,
	    "\xef\xbb\xbfparent,name,else,definition\r\n"
	    "Top,Child,x,\"of\r\nthe top\"\r\n,Top,,\r\nTop,Second\r\n");

	/* Parents first, children in the order of the lines. */
	RP_CHECK(b.codes.n == 3);
	RP_CHECK_TEXT(b.codes.v[0].name, RP_TEXT("Top"));
	RP_CHECK_TEXT(b.codes.v[1].name, RP_TEXT("Child"));
	RP_CHECK_TEXT(b.codes.v[1].definition, RP_TEXT("of\nthe top"));
	RP_CHECK_TEXT(b.codes.v[2].name, RP_TEXT("Second"));
	RP_CHECK(b.codes.v[1].parent == 0 && b.codes.v[2].parent == 0);
	b = read_as(a, RP_CODEBOOK_JSON, "{\"codes\":[]}");
	RP_CHECK(b.codes.n == 0);
}

static void
hostile(void)
{
	static const struct {
		enum rp_codebook_format f;
		const char *in;
		enum rp_ecode code;
	} rows[] = {
		{ RP_CODEBOOK_QDC, "", RP_E_INVALID },
		{ RP_CODEBOOK_QDC, "<CodeBook/>", RP_E_INVALID },
		{ RP_CODEBOOK_QDC, "<CodeBook xmlns='urn:other'/>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_QDC,
		    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
		    "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>&e;</CodeBook>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_QDC,
		    "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code "
		    "guid='x'/></Codes></CodeBook>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_QDC,
		    "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code "
		    "guid='x' name='a'/><Code guid='x' name='b'/></Codes>"
		    "</CodeBook>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_QDC,
		    "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code "
		    "name='a' color='red;}'/></Codes></CodeBook>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_QDC,
		    "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code "
		    "name='a'></Codes></CodeBook>",
		    RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "{}", RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "[1]", RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "[{\"name\":1}]", RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "[{\"name\":\"\\u0007\"}]", RP_E_INVALID },
		{ RP_CODEBOOK_JSON,
		    "[{\"name\":\"a\",\"parent\":\"b\"},"
		    "{\"name\":\"b\",\"parent\":\"a\"}]",
		    RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "[{\"name\":\"a\",\"parent\":\"a\"}]",
		    RP_E_INVALID },
		{ RP_CODEBOOK_JSON, "[{\"name\":\"a\",\"parent\":\"z\"}]",
		    RP_E_INVALID },
		{ RP_CODEBOOK_CSV, "", RP_E_INVALID },
		{ RP_CODEBOOK_CSV, "label\nx\n", RP_E_INVALID },
		{ RP_CODEBOOK_CSV, "name\n\" \"\n", RP_E_INVALID },
		{ RP_CODEBOOK_CSV, "name\na\xff\n", RP_E_INVALID },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_codebook b;

		RP_CHECK_FAILS(rp_codebook_read(a, rows[i].f, bytes(rows[i].in),
				   &b),
		    rows[i].code);
	}
}

static void
limits(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	struct rp_codebook b;
	struct rp_buf x;
	rp_text t;

	/* Deep. */
	rp_buf_init(&x, a, 1 << 20);
	rp_buf_f(&x, "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'>");
	for (int i = 0; i <= RP_CODEBOOK_DEPTH_MAX; i++)
		rp_buf_f(&x, "<Code name='a'>");
	for (int i = 0; i <= RP_CODEBOOK_DEPTH_MAX; i++)
		rp_buf_f(&x, "</Code>");
	rp_buf_f(&x, "</CodeBook>");
	RP_CHECK_OK(rp_buf_done(&x, &t));
	RP_CHECK_FAILS(rp_codebook_read(a, RP_CODEBOOK_QDC, rp_text_bytes(t),
			   &b),
	    RP_E_LIMIT);
	/* Many. */
	rp_buf_init(&x, a, 1 << 20);
	rp_buf_f(&x, "name\n");
	for (size_t i = 0; i <= RP_CODEBOOK_CODES_MAX; i++)
		rp_buf_f(&x, "a\n");
	RP_CHECK_OK(rp_buf_done(&x, &t));
	RP_CHECK_FAILS(rp_codebook_read(a, RP_CODEBOOK_CSV, rp_text_bytes(t),
			   &b),
	    RP_E_LIMIT);
	/* Long. */
	rp_buf_init(&x, a, 1 << 20);
	rp_buf_f(&x, "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Code "
		     "name='a'><Description>");
	for (size_t i = 0; i <= 4 * RP_CODEBOOK_TEXT_MAX; i++)
		rp_buf_byte(&x, 'x');
	rp_buf_f(&x, "</Description></Code></CodeBook>");
	RP_CHECK_OK(rp_buf_done(&x, &t));
	RP_CHECK_FAILS(rp_codebook_read(a, RP_CODEBOOK_QDC, rp_text_bytes(t),
			   &b),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(rp_codebook_read(a, RP_CODEBOOK_CSV,
			   (rp_bytes){ (const uint8_t *)t.p,
			       RP_CODEBOOK_MAX + 1 },
			   &b),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "REFI-QDA", refi_qda },
    { "written for others", written_for_others },
    { "all formats", all_formats }, { "tables", tables },
    { "hostile codebooks", hostile }, { "limits", limits })
