#include "codec/odt_read.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/doc_show.h"
#include "codec/sample.h"
#include "codec/zip.h"

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMESPACES                                                           \
	"xmlns:o=\"" OASIS "office:1.0\" xmlns:text=\"" OASIS                \
	"text:1.0\" xmlns:style=\"" OASIS "style:1.0\" xmlns:table=\"" OASIS \
	"table:1.0\" xmlns:draw=\"" OASIS "drawing:1.0\" "                   \
	"xmlns:fo=\"fo\" xmlns:xlink=\"xlink\" "                             \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\""

static const char styles[] =
    "<o:document-styles " NAMESPACES "><o:styles>"
    "<style:style style:name=\"Heading_20_1\" style:family=\"paragraph\" "
    "style:display-name=\"Heading 1\"><style:text-properties "
    "fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"Title\" style:family=\"paragraph\"/>"
    "<style:style style:name=\"Em\" style:family=\"text\" "
    "style:display-name=\"Emphasis\"><style:text-properties "
    "fo:font-style=\"italic\"/></style:style>"
    "<text:outline-style style:name=\"Outline\">"
    "<text:outline-level-style text:level=\"1\" style:num-format=\"I\" "
    "style:num-suffix=\".\"/>"
    "<text:outline-level-style text:level=\"2\" style:num-format=\"1\" "
    "text:display-levels=\"2\"/></text:outline-style>"
    "<text:list-style style:name=\"L1\">"
    "<text:list-level-style-number text:level=\"1\" style:num-format=\"a\" "
    "style:num-suffix=\")\"/>"
    "<text:list-level-style-number text:level=\"2\" style:num-format=\"1\" "
    "style:num-prefix=\"(\" style:num-suffix=\")\" text:start-value=\"3\" "
    "text:display-levels=\"2\"/>"
    "<text:list-level-style-bullet text:level=\"3\" "
    "text:bullet-char=\"–\"/></text:list-style>"
    "</o:styles><o:automatic-styles><style:style style:name=\"P1\" "
    "style:family=\"paragraph\"/></o:automatic-styles>"
    "<o:master-styles><style:master-page style:name=\"S\"><style:header>"
    "<text:p>Head <text:span>er</text:span></text:p></style:header>"
    "</style:master-page></o:master-styles></o:document-styles>";

static const char automatic[] =
    "<style:style style:name=\"P1\" style:family=\"paragraph\" "
    "style:parent-style-name=\"Heading_20_1\"/>"
    "<style:style style:name=\"P2\" style:family=\"paragraph\" "
    "style:list-style-name=\"L1\"><style:paragraph-properties "
    "style:writing-mode=\"rl-tb\"/><style:text-properties "
    "fo:font-style=\"italic\"/></style:style>"
    "<style:style style:name=\"T1\" style:family=\"text\" "
    "style:parent-style-name=\"Em\"><style:text-properties "
    "fo:font-weight=\"700\" fo:language=\"fr\" fo:country=\"CH\"/>"
    "</style:style>"
    "<style:style style:name=\"T2\" style:family=\"text\">"
    "<style:text-properties fo:font-style=\"normal\" "
    "style:text-position=\"super 58%\"/></style:style>"
    "<style:style style:name=\"Z\" style:family=\"text\" "
    "style:parent-style-name=\"Z\"/>";

static rp_bytes
package(struct rp_arena *a, const char *body)
{
	rp_text content = rp_textf(a,
	    "<o:document-content " NAMESPACES "><o:automatic-styles>%s"
	    "</o:automatic-styles><o:body><o:text>%s</o:text></o:body>"
	    "</o:document-content>",
	    automatic, body);
	struct rp_sample_entry entries[] = {
		{ .name = "mimetype",
		    .content = "application/vnd.oasis.opendocument.text" },
		{ .name = "content.xml", .content = content.p },
		{ .name = "styles.xml", .content = styles },
		{ .name = "meta.xml",
		    .content = "<o:document-meta " NAMESPACES "><o:meta>"
			       "<dc:title>A title</dc:title><dc:language>"
			       "fr-CH</dc:language></o:meta>"
			       "</o:document-meta>" },
	};

	return rp_sample_zip(a, entries, 4);
}

static struct rp_err *
read(struct rp_arena *a, const char *body, struct rp_document **d)
{
	struct rp_zip *z;

	RP_TRY(rp_zip_open(a, package(a, body), &z));
	return rp_odt_read(a, z, d);
}

#define P(t) "<text:p>" t "</text:p>"
#define ITEM(t) "<text:list-item>" t "</text:list-item>"
#define LIST(t) "<text:list text:style-name=\"L1\">" t "</text:list>"
#define INFO                                                               \
	"<o:change-info><dc:creator>A</dc:creator><dc:date>2026-01-02T00:" \
	"00:00</dc:date></o:change-info>"
#define DELETED(id, t)                                                   \
	"<text:changed-region text:id=\"" id "\"><text:deletion>" INFO t \
	"</text:deletion></text:changed-region>"
#define INSERTED(id)                                                    \
	"<text:changed-region text:id=\"" id "\"><text:insertion>" INFO \
	"</text:insertion></text:changed-region>"
#define CHANGES(t) "<text:tracked-changes>" t "</text:tracked-changes>"
#define HERE(id) "<text:change text:change-id=\"" id "\"/>"
#define FROM(id) "<text:change-start text:change-id=\"" id "\"/>"
#define TO(id) "<text:change-end text:change-id=\"" id "\"/>"

static const struct {
	const char *body, *want;
} rows[] = {
	{ "", "" },
	{ P("  a\n b <text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/> e "),
	    "P: a b   c\\td\\ne\n" },
	{ "<text:p text:style-name=\"Title\">T</text:p>"
	  "<text:h text:style-name=\"P1\" text:outline-level=\"1\">One</text:h>"
	  "<text:h text:outline-level=\"2\">Two</text:h>"
	  "<text:h text:outline-level=\"2\" text:is-list-header=\"true\">No"
	  "</text:h><text:h text:outline-level=\"2\">Three</text:h>",
	    "H0(Title): T\nH1(Heading 1) <I.|I1@0>: One\n"
	    "H2 <I.1|D1@1>: Two\nH2: No\nH2 <I.2|D2@1>: Three\n" },
	{ P("a<text:span text:style-name=\"T1\">b<text:span "
	    "text:style-name=\"T2\">c</text:span></text:span><text:span "
	    "text:style-name=\"Z\">d</text:span><text:a "
	    "xlink:href=\"http://x/\">e</text:a>"),
	    "P: a{b:i:lang=fr-CH:style=Emphasis:b}{b:p:lang=fr-CH:c}d"
	    "{->http://x/:e}\n" },
	{ LIST(ITEM(P("a") P("more")
		  LIST(ITEM(P("b")) ITEM(P("c") LIST(ITEM(P("d"))))))
		  ITEM(P("e") LIST(ITEM(P("f"))))) P("x") LIST(ITEM(P("g"))),
	    "I <a)|a1@0#1>: a\nP1: more\nI <(a.3)|D3@1#1>: b\n"
	    "I <(a.4)|D4@1#1>: c\nI <–|B0@2#1>: d\nI <b)|a2@0#1>: e\n"
	    "I <(b.3)|D3@1#1>: f\nP: x\nI <a)|a1@0#2>: g\n" },
	{ "<text:list xml:id=\"i1\" text:style-name=\"L1\">" ITEM(P(
	      "a")) "</text:list>" P("x") "<text:list "
					  "text:continue-numbering=\"true\" "
					  "text:style-name=\"L1\">" ITEM(P("b")) "</text:list>" LIST(
					      "<text:list-item "
					      "text:start-value=\"26\">" P("z") "</text:list-item>" ITEM(
						  P("aa"))) "<text:list "
							    "text:continue-"
							    "list=\"i1\" "
							    "text:style-"
							    "name=\"L1\">" ITEM(
								P("c")) "</"
									"text"
									":"
									"list"
									">",
	    "I <a)|a1@0#1>: a\nP: x\nI <b)|a2@0#1>: b\nI <z)|a26@0#2>: z\n"
	    "I <aa)|a27@0#2>: aa\nI <c)|a3@0#1>: c\n" },
	{ "<text:list><text:list-header>" P(
	      "h") "</text:list-header><text:list-item><text:p "
		   "text:style-name=\"P2\">i</text:p></text:list-item>"
		   "</text:list>",
	    "P1: h\nI <a)|a1@0#1>: {i:i}\n" },
	{ P("a<text:note text:id=\"n\" text:note-class=\"footnote\"><text:note-"
	    "citation>1</text:note-citation><text:note-body>" P("n")
		  P("m") "</text:note-body></text:note>b<text:note "
			 "text:note-class=\"endnote\"><text:note-body>" P(
			     "e") "</text:note-body></text:note>"),
	    "P: a{note 1}b{note 2}\nnote 1\nP: n\nP: m\nendnote 2\nP: e\n" },
	{ "<table:table><table:table-row><table:table-cell "
	  "table:number-columns-spanned=\"2\">" P("a")
		P("b") "</table:table-cell><table:covered-table-cell/>"
		       "<table:table-cell><table:table><table:table-row>"
		       "<table:table-cell>" P(
			   "n") "</table:table-cell></table:table-row>"
				"</table:table></table:table-cell>"
				"</table:table-row><table:table-row>"
				"<table:table-cell>" P(
				    "c") "</table:table-cell></table:table-"
					 "row></table:table>" P("x"),
	    "T1.1.1x2 P: a\nT1.1.1x2 P: b\nT2.1.1 P: n\nT1.2.1 P: c\nP: x\n" },
	/* Tracked changes. */
	{ CHANGES(INSERTED("i") DELETED("d", P("old")))
		P("a" FROM("i") "new" TO("i") HERE("d") "b"),
	    "P: a+(A)[new]-(A)[old]b\n" },
	{ CHANGES(INSERTED("i")) P("a" FROM("i") "b") P("c") P("d" TO("i") "e"),
	    "P: a+(A)[b]¶+(A)\nP: +(A)[c]¶+(A)\nP: +(A)[d]e\n" },
	/* A whole paragraph, with what is left of the next one. */
	{ CHANGES(DELETED("d", P("gone") P(""))) P("a") P(HERE("d") "b"),
	    "P: a\nP: -(A)[gone]¶-(A)\nP: b\n" },
	{ CHANGES(DELETED("d", P("x") P("y") P("z"))) P("a" HERE("d") "b")
		P("c"),
	    "P: a-(A)[x]¶-(A)\nP: -(A)[y]¶-(A)\nP: -(A)[z]b\nP: c\n" },
	{ CHANGES(DELETED("d", P("x") P(""))) P("a") HERE("d") P("b"),
	    "P: a\nP: -(A)[x]¶-(A)\nP: b\n" },
	{ CHANGES(DELETED("d", LIST(ITEM(P("x"))) LIST(ITEM(P("")))))
		LIST(ITEM(P("a")) ITEM(P(HERE("d") "b"))),
	    "I <a)|a1@0#1>: a\nP1: -(A)[x]¶-(A)\nI <b)|a2@0#1>: b\n" },
	{ CHANGES("<text:changed-region text:id=\"f\"><text:format-change>" INFO
		  "</text:format-change></text:changed-region>")
		P(FROM("f") "a" TO("f")),
	    "P: a\n" },
	{ P("a<o:annotation><text:p>no</text:p></o:annotation>b<draw:frame "
	    "draw:name=\"Map\"><draw:text-box><text:p>no</text:p>"
	    "</draw:text-box></draw:frame>"),
	    "P: ab{gap Map}\n" },
};

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		struct rp_document *d;

		RP_CHECK_OK(read(a, rows[i].body, &d));
		RP_CHECK_TEXT(rp_doc_show(a, d),
		    rp_textf(a,
			"title: A title\nlang: fr-CH\n%smargin\nP: Head er\n",
			rows[i].want));
	}
}

static void
keeps_who_and_when(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_document *d;
	const struct rp_revision *r;

	RP_CHECK_OK(read(a,
	    CHANGES(INSERTED("i")) "<text:p text:style-name=\"P2\">" FROM(
		"i") "x</text:p>",
	    &d));
	r = &d->revisions.v[d->body.blocks.v[0].runs[0].ins];
	RP_CHECK(r->kind == RP_REVISION_INSERT);
	RP_CHECK_TEXT(r->author, RP_TEXT("A"));
	RP_CHECK_TEXT(r->date, RP_TEXT("2026-01-02T00:00:00"));
	RP_CHECK(d->body.blocks.v[0].direction == RP_DIRECTION_RTL);
	RP_CHECK(d->margins.v[0].kind == RP_STORY_HEADER);
}

static rp_text
repeated(struct rp_arena *a, const char *first, const char *t, size_t n,
    const char *end)
{
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, 64 << 20);
	rp_buf_text(&b, rp_text_z(first));
	for (size_t i = 0; i < n; i++)
		rp_buf_text(&b, rp_text_z(t));
	rp_buf_text(&b, rp_text_z(end));
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
hostile(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)2 << 30);
	struct rp_sample_entry none[] = { { .name = "x", .content = "y" } };
	struct rp_document *d;
	struct rp_zip *z;

	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, none, 1), &z));
	RP_CHECK_FAILS(rp_odt_read(a, z, &d), RP_E_INVALID);
	RP_CHECK_FAILS(read(a, "<text:p>", &d), RP_E_INVALID);
	RP_CHECK_FAILS(read(a,
			   repeated(a, "", "<text:p/>",
			       RP_DOCUMENT_BLOCKS_MAX + 1, "")
			       .p,
			   &d),
	    RP_E_LIMIT);
	RP_CHECK_FAILS(read(a,
			   repeated(a, "",
			       "<table:table><table:table-row>"
			       "<table:table-cell>",
			       20, P("x"))
			       .p,
			   &d),
	    RP_E_LIMIT);
	/* One deletion that stands in a million places. */
	RP_CHECK_FAILS(read(a,
			   repeated(a,
			       CHANGES(DELETED("d", P("x") P("y"))) "<text:p>",
			       HERE("d"), RP_DOCUMENT_BLOCKS_MAX + 1,
			       "</text:p>")
			       .p,
			   &d),
	    RP_E_LIMIT);
	/* Lists deeper than there are levels; marks of nothing. */
	RP_CHECK_OK(read(a,
	    "<text:list><text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:list><text:list-item><text:list>"
	    "<text:list-item><text:p>x</text:p></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>"
	    "</text:list-item></text:list></text:list-item></text:list>" HERE(
		"no") FROM("no") TO("no"),
	    &d));
	RP_CHECK(d->body.blocks.n == 1);
}

RP_CHECK_MAIN({ "reads the table", reads_the_table },
    { "keeps who and when", keeps_who_and_when }, { "hostile", hostile })
