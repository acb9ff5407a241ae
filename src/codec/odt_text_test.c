#include "codec/odt_text.h"

#include "base/check.h"
#include "codec/sample.h"
#include "codec/zip.h"

static struct rp_err *
text(struct rp_arena *a, const char *body, size_t max, struct rp_plain *p)
{
	struct rp_zip *z;
	bool odt;

	rp_plain_init(p, a, max);
	RP_TRY(rp_zip_open(a, rp_sample_odt(a, body), &z));
	RP_TRY(rp_odt_is(a, z, &odt));
	RP_CHECK(odt);
	return rp_odt_text(a, z, p);
}

#define P(t) "<text:p>" t "</text:p>"
#define NOTE(c, t)                                                  \
	"<text:note><text:note-citation>" c "</text:note-citation>" \
	"<text:note-body>" t "</text:note-body></text:note>"

static const struct {
	const char *body, *want;
} rows[] = {
	{ "", "" },
	{ "<text:h>T</text:h>" P("a<text:s/>b <text:span> c</text:span>") P(""),
	    "T\n\na b c" },
	{ P("a<text:line-break/>b<text:tab/>c"), "a\nb\tc" },
	{ P("a") "<text:list><text:list-item>" P("b")
		P("b2") "</text:list-item><text:list-item>" P(
		    "c") "</text:list-item></text:list>" P("d"),
	    "a\n\n- b\n\nb2\n- c\n\nd" },
	{ "<table:table><table:table-row><table:table-cell>" P(
	      "1") "</table:table-cell><table:table-cell>" P("") "</"
								 "table:table-"
								 "cell>"
								 "<table:table-"
								 "cell>" P("3") P(
								     "3b") "</"
									   "tab"
									   "le:"
									   "tab"
									   "le-"
									   "cel"
									   "l><"
									   "/ta"
									   "ble"
									   ":ta"
									   "ble"
									   "-ro"
									   "w><"
									   "tab"
									   "le:"
									   "tab"
									   "le-"
									   "row"
									   ">"
									   "<ta"
									   "ble"
									   ":ta"
									   "ble"
									   "-ce"
									   "ll"
									   ">" P(
									       "4") "</table:table-cell></table:table-row>"
										    "</table:table>" P(
											"z"),
	    "1\t\t3\n3b\n4\n\nz" },
	{ P("a" NOTE("1", P("n") P("m")) "b" NOTE("*", P("o"))) P("c"),
	    "a[1]b[*]\n\nc\n\n[1] n\n\nm\n\n[*] o" },
	{ "<text:tracked-changes>" P("gone") "</text:tracked-changes>" P(
	      "a<o:annotation>" P("no") "</o:annotation>b"),
	    "ab" },
};

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(16 << 20);
		struct rp_plain p;

		RP_CHECK_OK(text(a, rows[i].body, 4096, &p));
		RP_CHECK_TEXT(rp_plain_done(&p), rp_text_z(rows[i].want));
	}
}

static void
refuses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_sample_entry encrypted[] = {
		{ .name = "mimetype",
		    .content = "application/vnd.oasis.opendocument.text" },
		{ .name = "content.xml", .content = "\x01\x02\x03\x04" },
		{ .name = "META-INF/manifest.xml",
		    .content = "<m:encryption-data/>" },
	};
	struct rp_plain p;
	struct rp_zip *z;

	RP_CHECK_FAILS(text(a, "<text:p>", 100, &p), RP_E_INVALID);
	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, encrypted, 3), &z));
	RP_CHECK_FAILS(rp_odt_text(a, z, &p), RP_E_INVALID);
	RP_CHECK_OK(text(a, P("abcdef"), 3, &p));
	RP_CHECK(p.truncated);
}

RP_CHECK_MAIN({ "reads the table", reads_the_table }, { "refuses", refuses })
