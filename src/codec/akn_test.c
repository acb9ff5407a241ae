#include "codec/akn.h"

#include <glob.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/doc_build.h"
#include "codec/doc_label.h"
#include "codec/doc_show.h"
#include "codec/markdown.h"
#include "codec/sample.h"
#include "codec/sink.h"

static rp_text
written(struct rp_arena *a, const struct rp_document *d,
    const struct rp_akn_meta *m)
{
	struct rp_sink s;
	struct rp_buf b;
	rp_text t;

	rp_buf_init(&b, a, 16 << 20);
	rp_sink_to_buf(&s, a, &b);
	rp_akn_write(&s, d, m);
	RP_CHECK_OK(rp_buf_done(&b, &t));
	return t;
}

static bool
has(rp_text t, const char *part)
{
	bool found = memmem(t.p, t.n, part, strlen(part)) != NULL;

	if (!found)
		printf("# no %s in\n%.*s\n", part, RP_FMT(t));
	return found;
}

static void
add(struct rp_doc_build *b, struct rp_doc_runs *runs, const char *t,
    rp_revision_ref ins, rp_revision_ref del)
{
	RP_CHECK_OK(rp_doc_build_run(b, runs,
	    &(struct rp_run){ .text = rp_text_z(t), .ins = ins, .del = del }));
}

static void
put(struct rp_doc_build *b, struct rp_doc_runs *runs, enum rp_block_kind kind,
    uint8_t level, const char *label, bool typed)
{
	struct rp_block block = { .kind = kind };

	block.level = kind == RP_BLOCK_HEADING ? level : 0;
	if (label != NULL) {
		rp_doc_label_of(&block.label, rp_text_z(label), NULL);
		block.label.kind = typed ? RP_LABEL_TYPED : RP_LABEL_AUTO;
		block.label.level = kind == RP_BLOCK_HEADING ? 0 : level;
		block.label_runs = typed;
	}
	block.id = rp_textf(b->arena, "w-%zu", b->doc->body.blocks.n);
	RP_CHECK_OK(rp_doc_build_block(b, &b->doc->body.blocks, &block, runs));
}

static const struct {
	enum rp_block_kind kind;
	uint8_t level;
	const char *label, *text;
} resolution[] = {
	{ RP_BLOCK_HEADING, 1, NULL, "RESOLUTION 102 (Rev. Maribel, 2018)" },
	{ RP_BLOCK_HEADING, 0, NULL, "The protection of <children> online" },
	{ RP_BLOCK_PARAGRAPH, 0, NULL, "The Conference (Maribel, 2018)," },
	{ RP_BLOCK_CALLOUT, 0, NULL, "considering" },
	{ RP_BLOCK_PROVISION, 0, "a)", "that one  is \"so\"\tand\nso" },
	{ RP_BLOCK_PROVISION, 0, "b)", "that two" },
	{ RP_BLOCK_PROVISION, 1, "i)", "in detail" },
	{ RP_BLOCK_CALLOUT, 0, NULL, "recalling" },
	{ RP_BLOCK_PARAGRAPH, 0, NULL, "its earlier decisions," },
	{ RP_BLOCK_CALLOUT, 0, NULL, "resolves" },
	{ RP_BLOCK_PROVISION, 0, "1", "to go on;" },
	{ RP_BLOCK_PROVISION, 0, "2", " to stop " },
	{ RP_BLOCK_PROVISION, 0, "2", "twice" },
	{ RP_BLOCK_PARAGRAPH, 0, NULL, "plain" },
	{ RP_BLOCK_CALLOUT, 0, NULL, "recognizing further" },
	{ RP_BLOCK_PROVISION, 0, "a)", "that" },
	{ RP_BLOCK_HEADING, 2, "II.", "Annex" },
	{ RP_BLOCK_ITEM, 0, "•", "dot" },
	{ RP_BLOCK_ITEM, 0, NULL, "" },
};

static struct rp_document *
example(struct rp_arena *a, bool revised)
{
	struct rp_doc_runs runs = { 0 };
	rp_revision_ref ins, del, gone;
	struct rp_doc_build b;
	uint32_t note;

	rp_doc_build_init(&b, a);
	b.doc->title = RP_TEXT("The protection of children online");
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT,
		.author = RP_TEXT("A & B") },
	    &ins));
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_MOVE_FROM,
		.move = RP_TEXT("m") },
	    &del));
	RP_CHECK_OK(rp_doc_build_revise(&b,
	    &(struct rp_revision){ .kind = RP_REVISION_DELETE }, &gone));
	for (size_t i = 0; i < sizeof(resolution) / sizeof(resolution[0]);
	     i++) {
		const char *label = resolution[i].label;
		bool typed = label != NULL && i % 2 == 0 &&
			     resolution[i].kind == RP_BLOCK_PROVISION;

		if (typed)
			add(&b, &runs, rp_textf(a, "%s\t", label).p, 0, 0);
		add(&b, &runs, resolution[i].text, 0, 0);
		if (revised && i % 3 == 0) {
			add(&b, &runs, " new", ins, 0);
			add(&b, &runs, " old", 0, del);
			add(&b, &runs, " both", ins, del);
		}
		if (i % 5 == 0) {
			RP_CHECK_OK(rp_doc_build_note(&b, RP_STORY_FOOTNOTE,
			    RP_TEXT(""), &note));
			RP_CHECK_OK(rp_doc_build_run(&b, &runs,
			    &(struct rp_run){ .kind = RP_RUN_NOTE,
				.note = note }));
		}
		put(&b, &runs, resolution[i].kind, resolution[i].level, label,
		    typed);
		if (revised && i == 5)
			b.doc->body.blocks.v[i].mark_ins = ins;
		if (revised && i == 8)
			b.doc->body.blocks.v[i].mark_del = gone;
	}
	for (size_t i = 0; i < b.doc->notes.n; i++) {
		add(&b, &runs, "A note", 0, 0);
		if (revised)
			add(&b, &runs, ", more", ins, 0);
		RP_CHECK_OK(rp_doc_build_block(&b, &b.doc->notes.v[i].blocks,
		    &(struct rp_block){ 0 }, &runs));
	}
	return b.doc;
}

static const struct rp_akn_meta meta = {
	.uri = RP_TEXT_INIT("/akn/un/statement/2018-11-16/102"),
	.date = RP_TEXT_INIT("2018-11-16"),
	.version = RP_TEXT_INIT("2022-10-14"),
	.language = RP_TEXT_INIT("eng"),
	.number = RP_TEXT_INIT("102"),
	.author = RP_TEXT_INIT("conference"),
	.author_name = RP_TEXT_INIT("The Conference"),
};

static void
writes_a_resolution(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_text t = written(a, example(a, false), &meta);

	RP_CHECK(has(t, "<statement name=\"resolution\" "
			"contains=\"originalVersion\">"));
	RP_CHECK(has(t, "<FRBRthis value=\"/akn/un/statement/2018-11-16/102/"
			"eng@2022-10-14/!main\"/>"));
	RP_CHECK(has(t, "<docTitle>The protection of &lt;children&gt; online"
			"</docTitle>"));
	RP_CHECK(has(t, "<formula name=\"enactingFormula\""));
	RP_CHECK(has(t, "<container name=\"considering\" eId=\"container_1\" "
			"wId=\"w-3\">"));
	RP_CHECK(has(t, "<item class=\"provision\" eId=\"container_1__item_b\" "
			"wId=\"w-5\"><num "
			"eId=\"container_1__item_b__num\">b)</num>"));
	RP_CHECK(has(t, "</preamble><mainBody><division class=\"callout\" "
			"eId=\"dvs_1\" wId=\"w-9\"><heading "
			"eId=\"dvs_1__heading\">resolves</heading>"));
	RP_CHECK(has(t, "<paragraph class=\"provision\" "
			"eId=\"dvs_1__para_2-2\""));
	RP_CHECK(has(t, "refersTo=\"#preamble\">recognizing further"));
	RP_CHECK(has(t, "<authorialNote marker=\"1\" placement=\"bottom\" "
			"eId=\"note_1\"><p class=\"p\">A note</p>"));
	RP_CHECK(memmem(t.p, t.n, "<analysis", 9) == NULL);
	t = written(a, example(a, true), &meta);
	RP_CHECK(has(t, "<textualMod type=\"substitution\" eId=\"pmod_1\">"));
	RP_CHECK(has(t, "<textualMod type=\"split\""));
	RP_CHECK(has(t, "<destination eId=\"pmod_2__destination\" "
			"href=\"#container_1\"/>"));
	RP_CHECK(has(t, "<ins title=\"A &amp; B\"> new</ins><del "
			"class=\"move move-m\"> old</del>"));
	RP_CHECK_TEXT(written(a, example(a, true), &meta), t);
}

/* Everything that was written is read again, revisions too. */
static void
reads_what_it_wrote(void)
{
	for (int revised = 0; revised < 2; revised++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		struct rp_document *d = example(a, revised), *again;
		rp_text one, two, t = written(a, d, &meta);

		RP_CHECK_OK(rp_akn_read(a, rp_text_bytes(t), &again));
		one = rp_doc_show_text(a, d);
		two = rp_doc_show_text(a, again);
		if (!rp_text_eq(one, two))
			printf("# %.*s\n", RP_FMT(t));
		RP_CHECK_TEXT(two, one);
		for (size_t i = 0; i < d->body.blocks.n; i++) {
			const struct rp_block *b = &d->body.blocks.v[i];
			const struct rp_block *c = &again->body.blocks.v[i];

			RP_CHECK_TEXT(c->id, b->id);
			RP_CHECK(c->label.kind == b->label.kind);
			RP_CHECK(c->label.level == b->label.level);
			RP_CHECK(c->label_runs == b->label_runs);
		}
	}
}

static const struct {
	const char *in, *want;
} rows[] = {
	{ "<act><body><section eId=\"s1\"><num>Sec. 1</num><heading>Short "
	  "title</heading>\n <content><p>This Act\n  may be <i>cited</i>.</p>"
	  "</content></section></body></act>",
	    "H1 <Sec. 1|D1@0>: Short title\nP: This Act may be {i:cited}.\n" },
	{ "<doc><mainBody><list><intro><p>The:</p></intro><point><num>(a)"
	  "</num><content><p>one</p></content></point><point><num>(b)</num>"
	  "<content><p>two</p><p>more</p></content></point></list></mainBody>"
	  "</doc>",
	    "P: The:\nI <(a)|a1@0>: one\nI <(b)|a2@0>: two\nP: more\n" },
	{ "<doc><mainBody><p>a<authorialNote><p>n</p><p>m</p></authorialNote>"
	  "b <ins title=\"X\">c</ins> <del>d</del><eol/>e</p></mainBody></doc>",
	    "P: a{note 1}b +(X)[c] -[d]\\ne\nnote 1\nP: n\nP: m\n" },
	{ "<doc><meta><notes><note eId=\"n1\"><p>in meta</p></note></notes>"
	  "<x>no</x></meta><mainBody><p>a<noteRef href=\"#n1\"/></p>"
	  "</mainBody></doc>",
	    "P: a{note 1}\nnote 1\nP: in meta\n" },
	{ "<doc><meta><notes><note eId=\"n1\"><p>m</p></note></notes></meta>"
	  "<mainBody><p>a<authorialNote><p>n<noteRef href=\"#n1\"/></p>"
	  "</authorialNote></p></mainBody></doc>",
	    "P: a{note 1}\nnote 1\nP: n\n" },
	/* In a number, and again in the text. */
	{ "<doc><meta><notes><note eId=\"n1\"><p>m</p></note></notes></meta>"
	  "<mainBody><paragraph><num>1<noteRef href=\"#n1\"/></num><content>"
	  "<p>a<noteRef href=\"#n1\"/></p></content></paragraph></mainBody>"
	  "</doc>",
	    "I <1|D1@0>: {note 1}a{note 2}\nnote 1\nP: m\nnote 2\nP: m\n" },
	{ "<doc><mainBody><table><tr><th><p>a</p></th><td colspan=\"2\">"
	  "<p>b</p><p>c</p></td></tr><tr class=\"mark-del\"><td><p>d</p></td>"
	  "</tr></table><p>e</p></mainBody></doc>",
	    "T1.1.1 P: a\nT1.1.2x2 P: b\nT1.1.2x2 P: c\nT1.2.1- P: d\nP: e\n" },
	{ "<doc><mainBody><paragraph><num>1</num></paragraph><p>x<mod>y"
	  "<quotedStructure><section><num>2</num><heading>z</heading></section>"
	  "</quotedStructure></mod>tail <a href=\"http://u/\">l</a></p>"
	  "</mainBody></doc>",
	    "I <1|D1@0>: \nP: xy\nH1 <2|D2@0>: z\n"
	    "P: tail {->http://u/:l}\n" },
	{ "<doc><mainBody><p xml:space=\"preserve\"> a  b </p><p> c  d </p>"
	  "<p>e<img src=\"x\" alt=\"map\"/><f:x xmlns:f=\"f\">no</f:x></p>"
	  "</mainBody></doc>",
	    "P:  a  b \nP: c d\nP: e{gap map}\n" },
};

static void
reads_the_table(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);
		rp_text t =
		    rp_textf(a, "<akomaNtoso xmlns=\"%s\">%s</akomaNtoso>",
			RP_AKN_NS, rows[i].in);
		struct rp_document *d;

		RP_CHECK_OK(rp_akn_read(a, rp_text_bytes(t), &d));
		RP_CHECK_TEXT(rp_doc_show(a, d), rp_text_z(rows[i].want));
	}
}

/* What a comparison says of a block, wherever it stands. */
static void
keeps_margins(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_doc_runs runs = { 0 };
	struct rp_document *d;
	struct rp_doc_build b;
	struct rp_sink s;
	struct rp_buf buf;
	rp_bytes octets;
	rp_text t;

	rp_doc_build_init(&b, a);
	for (int m = RP_MARGIN_NONE; m < RP_MARGINS; m++) {
		add(&b, &runs, "text", 0, 0);
		put(&b, &runs,
		    m == RP_MARGIN_MOD ? RP_BLOCK_CALLOUT : RP_BLOCK_PROVISION,
		    0, m == RP_MARGIN_MOD ? NULL : "1", m % 2);
		b.doc->body.blocks.v[m].margin = (enum rp_margin)m;
	}
	rp_buf_init(&buf, a, 1 << 20);
	rp_sink_to_buf(&s, a, &buf);
	rp_akn_write(&s, b.doc, &(struct rp_akn_meta){ 0 });
	RP_CHECK_OK(rp_sink_flush(&s));
	RP_CHECK_OK(rp_buf_bytes(&buf, &octets));
	t = rp_text_trusted(a, octets);
	RP_CHECK(has(t, "margin-(MOD)\"") && !memmem(t.p, t.n, "margin-\"", 8));
	RP_CHECK_OK(rp_akn_read(a, octets, &d));
	RP_CHECK(d->body.blocks.n == RP_MARGINS);
	for (int m = RP_MARGIN_NONE; m < RP_MARGINS; m++)
		RP_CHECK(d->body.blocks.v[m].margin == (enum rp_margin)m);
}

static bool
found_data(char *path, size_t n, const char *rest)
{
	const char *data = getenv("RP_TEST_DATA");
	glob_t found;

	snprintf(path, n, "%s/docx/%s", data ? data : "", rest);
	if (data != NULL && glob(path, 0, NULL, &found) == 0) {
		globfree(&found);
		return true;
	}
	printf("# skipped: the shared test data is not here\n");
	return false;
}

static void
quiet(void *ctx, const char *fmt, ...)
{
	(void)ctx;
	(void)fmt;
}

static void
check_valid(xmlSchemaPtr schema, rp_text t)
{
	xmlDocPtr doc =
	    xmlReadMemory(t.p, (int)t.n, NULL, NULL, XML_PARSE_NONET);
	xmlSchemaValidCtxtPtr v = xmlSchemaNewValidCtxt(schema);
	int got;

	RP_CHECK(doc != NULL && v != NULL);
	got = xmlSchemaValidateDoc(v, doc);
	if (got != 0)
		printf("# %.*s\n", RP_FMT(t));
	RP_CHECK(got == 0);
	xmlSchemaFreeValidCtxt(v);
	xmlFreeDoc(doc);
}

/* What is written is valid, whatever the document. */
static void
is_valid(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	xmlSchemaParserCtxtPtr parser;
	xmlSchemaPtr schema;
	struct rp_document *d;
	char path[4096];
	glob_t found;

	if (!found_data(path, sizeof(path), "akn/akomantoso30.xsd"))
		return;
	parser = xmlSchemaNewParserCtxt(path);
	xmlSchemaSetParserErrors(parser, quiet, quiet, NULL);
	schema = xmlSchemaParse(parser);
	RP_CHECK(schema != NULL);
	check_valid(schema, written(a, rp_document_new(a), NULL));
	check_valid(schema, written(a, example(a, false), &meta));
	check_valid(schema, written(a, example(a, true), &meta));
	RP_CHECK_OK(rp_markdown_read(a,
	    RP_BYTES(
		"# H\n\n(1) x[^1]\n\n- a\n  - b\n\n| a | b |\n|-|-|\n| c "
		"| <ins>d</ins> |\n\n> q ![x](y) `c` [l](http://x/)\n\n"
		"***\n\n```\nx\n\ty\n```\n\n[^1]: n\n\n    | a |\n    |-|\n"),
	    &d));
	check_valid(schema, written(a, d, NULL));
	RP_CHECK(found_data(path, sizeof(path), "laws/*.md"));
	RP_CHECK(glob(path, 0, NULL, &found) == 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *b = rp_arena_new((size_t)512 << 20);
		struct rp_document *again;
		rp_text t;

		RP_CHECK_OK(rp_markdown_read(b,
		    rp_sample_file(b, found.gl_pathv[i]), &d));
		t = written(b, d, &meta);
		check_valid(schema, t);
		RP_CHECK_OK(rp_akn_read(b, rp_text_bytes(t), &again));
		RP_CHECK_TEXT(rp_doc_show_text(b, again),
		    rp_doc_show_text(b, d));
	}
	globfree(&found);
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
	xmlCleanupParser();
}

/* The committee's examples, with the namespace of the standard. */
static void
reads_the_examples(void)
{
	static const struct {
		const char *name, *has;
	} files[] = {
		{ "eu_COM(2013)0619_EN-8.xml", "Member States" },
		{ "it_senato_ddl_2013.xml", "legge" },
		{ "uk_pga-2014-27-enacted-data.xml", "Act" },
		{ "us_Act_2011-11-29.xml", "H.R. 3321" },
		{ "za_Judgement_2008-11-26.xml", "appeal" },
	};
	char path[4096];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new((size_t)256 << 20);
		size_t labels = 0, n;
		const char *ns, *stop;
		struct rp_document *d, *again;
		rp_text t, shown;
		rp_bytes in;

		if (!found_data(path, sizeof(path),
			rp_textf(a, "akn/%s", files[i].name).p))
			return;
		in = rp_sample_file(a, path);
		t = (rp_text){ (const char *)in.p, in.n };
		ns = memmem(t.p, t.n, RP_AKN_NS "/", sizeof(RP_AKN_NS));
		RP_CHECK(ns != NULL);
		/* Both the declaration and the hint of the schema name it. */
		for (;;) {
			ns = memmem(t.p, t.n, RP_AKN_NS "/", sizeof(RP_AKN_NS));
			if (ns == NULL)
				break;
			stop = ns + sizeof(RP_AKN_NS);
			n = strcspn(stop, "\" ");
			t = rp_textf(a, "%.*s%s%s", (int)(ns - t.p), t.p,
			    RP_AKN_NS, stop + n);
		}
		RP_CHECK_OK(rp_akn_read(a, rp_text_bytes(t), &d));
		shown = rp_doc_show_text(a, d);
		RP_CHECK(has(shown, files[i].has));
		for (size_t j = 0; j < d->body.blocks.n; j++)
			labels +=
			    d->body.blocks.v[j].label.kind != RP_LABEL_NONE;
		printf("# %s: %zu blocks, %zu labels, %zu notes\n",
		    files[i].name, d->body.blocks.n, labels, d->notes.n);
		RP_CHECK(d->body.blocks.n > 30 && labels > 15);
		RP_CHECK_OK(
		    rp_akn_read(a, rp_text_bytes(written(a, d, NULL)), &again));
		RP_CHECK_TEXT(rp_doc_show_text(a, again), shown);
	}
}

static void
hostile(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	struct rp_document *d;
	struct rp_buf b;
	rp_bytes t;

	RP_CHECK_FAILS(rp_akn_read(a, RP_BYTES("<akomaNtoso/>"), &d),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_akn_read(a,
			   RP_BYTES("<!DOCTYPE a [<!ENTITY x \"y\">]>"
				    "<akomaNtoso xmlns=\"" RP_AKN_NS
				    "\">&x;</akomaNtoso>"),
			   &d),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_akn_read(a,
			   RP_BYTES("<akomaNtoso xmlns=\"" RP_AKN_NS "\"><p>"),
			   &d),
	    RP_E_INVALID);
	rp_buf_init(&b, a, 64 << 20);
	rp_buf_text(&b, RP_TEXT("<akomaNtoso xmlns=\"" RP_AKN_NS "\">"));
	for (size_t i = 0; i < 300; i++)
		rp_buf_text(&b, RP_TEXT("<table><tr><td>"));
	RP_CHECK_OK(rp_buf_bytes(&b, &t));
	RP_CHECK_FAILS(rp_akn_read(a, t, &d), RP_E_LIMIT);
	rp_buf_init(&b, a, 64 << 20);
	rp_buf_text(&b, RP_TEXT("<akomaNtoso xmlns=\"" RP_AKN_NS "\">"));
	for (size_t i = 0; i <= RP_DOCUMENT_BLOCKS_MAX; i++)
		rp_buf_text(&b, RP_TEXT("<p/>"));
	rp_buf_text(&b, RP_TEXT("</akomaNtoso>"));
	RP_CHECK_OK(rp_buf_bytes(&b, &t));
	RP_CHECK_FAILS(rp_akn_read(a, t, &d), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "writes a resolution", writes_a_resolution },
    { "reads what it wrote", reads_what_it_wrote },
    { "reads the table", reads_the_table }, { "keeps margins", keeps_margins },
    { "is valid", is_valid }, { "reads the examples", reads_the_examples },
    { "hostile", hostile })
