#include "codec/docx_text.h"

#include <string.h>

#include "base/check.h"
#include "codec/sample.h"
#include "codec/zip.h"

static struct rp_err *
text(struct rp_arena *a, const char *body, const char *notes, size_t max,
    struct rp_plain *p)
{
	struct rp_zip *z;

	rp_plain_init(p, a, max);
	RP_TRY(rp_zip_open(a, rp_sample_docx(a, body, notes), &z));
	return rp_docx_text(a, z, p);
}

#define P(t) "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"
#define ITEM(t)                                                         \
	"<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>" \
	"<w:r><w:t>" t "</w:t></w:r></w:p>"
#define CELL(t) "<w:tc>" t "</w:tc>"

static const struct {
	const char *body, *notes, *want;
} rows[] = {
	{ "", NULL, "" },
	{ P("a") P("") P(" ") P("b"), NULL, "a\n\nb" },
	{ "<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r><w:r>"
	  "<w:t>b</w:t><w:br/><w:t>c</w:t><w:tab/><w:t>d</w:t>"
	  "<w:noBreakHyphen/><w:softHyphen/></w:r></w:p>",
	    NULL, "a b\nc\td-" },
	{ P("a") ITEM("b") ITEM("c") P("d"), NULL, "a\n\n- b\n- c\n\nd" },
	{ P("a") "<w:tbl><w:tr>" CELL(P("1") P("1b")) CELL(P("")) CELL(
	      P("3")) "</w:tr><w:tr>" CELL(P("4")) "</w:tr></w:tbl>" P("z"),
	    NULL, "a\n\n1\n1b\t\t3\n4\n\nz" },
	{ "<w:p><w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del>"
	  "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>m"
	  "</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>M</w:t></w:r>"
	  "</w:moveTo><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
	    NULL, "newM" },
	{ "<w:p><w:r><mc:AlternateContent><mc:Choice>" P(
	      "box") "</mc:Choice><mc:Fallback>" P("box") "</mc:Fallback></"
							  "mc:AlternateContent>"
							  "</w:r></w:p>",
	    NULL, "box" },
	{ "<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id=\"5\"/><w:t>b</w:t>"
	  "<w:footnoteReference w:id=\"2\"/></w:r></w:p>",
	    "<w:footnote w:id=\"-1\">" P(
		"sep") "</w:footnote>"
		       "<w:footnote w:id=\"2\">" P("two")
			   P("more") "</w:footnote>"
				     "<w:footnote w:id=\"5\">" P(
					 "five") "</w:footnote>",
	    "a[1]b[2]\n\n[2] two\n\nmore\n\n[1] five" },
	{ "<p>no</p><w:p><w:r><t>no</t><w:t>yes</w:t></w:r></w:p>", NULL,
	    "yes" },
};

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_plain p;

		RP_CHECK_OK(text(a, rows[i].body, rows[i].notes, 4096, &p));
		RP_CHECK_TEXT(rp_plain_done(&p), rp_text_z(rows[i].want));
	}
}

/* Some programs give the type to the suffix, and a relation says which part. */
static void
finds_the_part_by_relation(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_sample_entry e[] = {
		{ .name = "word/notes.xml", .content = "<n/>" },
		{ .name = "word/doc2.xml", .content = "<d/>" },
		{ .name = "_rels/.rels",
		    .content = "<R><Relationship Type=\"x/other\" "
			       "Target=\"word/notes.xml\"/>"
			       "<Relationship Type=\"x/officeDocument\" "
			       "Target=\"/word/doc2.xml\"/></R>" },
		{ .name = "[Content_Types].xml",
		    .content =
			"<Types><Default Extension=\"xml\" ContentType=\""
			"application/vnd.openxmlformats-officedocument."
			"wordprocessingml.document.main+xml\"/></Types>" },
	};
	struct rp_zip *z;
	size_t main = 0;

	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, e, 4), &z));
	RP_CHECK_OK(rp_docx_main(a, z, &main));
	RP_CHECK(main == 1);
	e[2].content = "<R/>";
	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, e, 4), &z));
	RP_CHECK_FAILS(rp_docx_main(a, z, &main), RP_E_INVALID);
}

static void
refuses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_sample_entry other = { .name = "[Content_Types].xml",
		.content = "<Types/>" };
	struct rp_plain p;
	struct rp_zip *z;
	size_t main;

	RP_CHECK_FAILS(text(a, "<w:p>", NULL, 100, &p), RP_E_INVALID);
	RP_CHECK_FAILS(text(a, "&x;", NULL, 100, &p), RP_E_INVALID);
	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, &other, 1), &z));
	RP_CHECK_FAILS(rp_docx_main(a, z, &main), RP_E_INVALID);
	RP_CHECK_OK(text(a, P("abcdef"), NULL, 3, &p));
	RP_CHECK(p.truncated);
	RP_CHECK_TEXT(rp_plain_done(&p), RP_TEXT("abc"));
}

RP_CHECK_MAIN({ "reads the table", reads_the_table },
    { "finds the part by relation", finds_the_part_by_relation },
    { "refuses", refuses })
