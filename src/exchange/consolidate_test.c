#include "exchange/consolidate.h"

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "codec/docx_read.h"
#include "codec/docx_revise.h"
#include "codec/docx_write.h"
#include "codec/sample.h"
#include "document/accept.h"
#include "redline/change_key.h"
#include "text/words.h"

#define MAX ((size_t)16 << 20)
#define DATE "2026-11-29T10:00:00Z"

#define T(t) "<w:r><w:t xml:space=\"preserve\">" t "</w:t></w:r>"
#define P(t) "<w:p>" T(t) "</w:p>"
#define TYPED(l, t) "<w:p>" T(l) "<w:r><w:tab/></w:r>" T(t) "</w:p>"
#define ROW(x, y) "<w:tr><w:tc>" P(x) "</w:tc><w:tc>" P(y) "</w:tc></w:tr>"

#define ONE "that names are written in many scripts of the world"
#define TWO "that addresses are scarce in all regions this year"

struct desk {
	struct rp_arena *arena;
	struct rp_words *words;
	struct rp_pair_file base;
	struct rp_consolidate_party parties[4];
	size_t n;
	struct rp_consolidate_noc noc[2];
	size_t n_noc;
	struct rp_consolidate got;
};

static void
open_octets(struct desk *d, rp_bytes base)
{
	*d = (struct desk){ .arena = rp_arena_new((size_t)512 << 20),
		.words = rp_words_new() };
	d->base = (struct rp_pair_file){ RP_TEXT("base.docx"), base };
}

static void
open_desk(struct desk *d, const char *body)
{
	open_octets(d, (rp_bytes){ 0 });
	d->base.octets = rp_sample_docx(d->arena, body, NULL);
}

static void
close_desk(struct desk *d)
{
	rp_words_free(d->words);
	rp_arena_free(d->arena);
}

static void
submit(struct desk *d, const char *name, rp_bytes octets)
{
	struct rp_consolidate_party p = { rp_text_z(name),
		{ rp_textf(d->arena, "%s.docx", name), octets } };

	d->parties[d->n++] = p;
}

static void
submit_body(struct desk *d, const char *name, const char *body)
{
	submit(d, name, rp_sample_docx(d->arena, body, NULL));
}

static struct rp_consolidate_options
options(const struct desk *d, enum rp_pair_format format)
{
	return (struct rp_consolidate_options){ .format = format,
		.author = RP_TEXT("Rapporteur"),
		.date = RP_TEXT(DATE),
		.noc = d->noc,
		.n_noc = d->n_noc };
}

static rp_bytes
merged_as(struct desk *d, enum rp_pair_format format)
{
	struct rp_consolidate_options o = options(d, format);

	RP_CHECK_OK(rp_consolidate(d->arena, d->words, &d->base, d->parties,
	    d->n, &o, &d->got));
	return d->got.octets;
}

/* The text of one block of the document with all of its runs. */
static rp_text
all_of(struct rp_arena *a, const struct rp_document *d, size_t i)
{
	return i < d->body.blocks.n ? rp_block_text(a, &d->body.blocks.v[i]) :
				      RP_TEXT("(no such block)");
}

/* Two documents have the same texts, block by block. */
static void
same_texts(struct rp_arena *a, const struct rp_document *x,
    const struct rp_document *y)
{
	RP_CHECK(x->body.blocks.n == y->body.blocks.n);
	for (size_t i = 0; i < x->body.blocks.n; i++)
		RP_CHECK_TEXT(all_of(a, x, i), all_of(a, y, i));
}

/* The form for when words do not hold, as octets: it says the same. */
static void
whole_paragraphs_say_the_same(struct desk *d)
{
	struct rp_consolidate_options o = options(d, RP_PAIR_DOCX);
	struct rp_docx_same_list same[256];
	struct rp_docx_write how = { .lists = same, .max = MAX };
	struct rp_docx_read base, words, whole;
	rp_bytes octets;

	RP_CHECK_OK(rp_docx_accept(d->arena, d->base.octets, MAX, &octets));
	RP_CHECK_OK(rp_docx_read(d->arena, octets, &base));
	how.packages[0] = how.packages[1] = &base;
	for (; how.n_lists < base.styles.numbering.lists.n; how.n_lists++) {
		RP_CHECK(how.n_lists < 256);
		same[how.n_lists].from = same[how.n_lists].to =
		    base.styles.numbering.lists.v[how.n_lists].id;
	}
	RP_CHECK_OK(rp_docx_read(d->arena, d->got.octets, &words));
	/* The merged text borrows another reading of the same octets. */
	for (size_t i = 0; i < base.document->body.blocks.n; i++)
		d->got.merged->base->body.blocks.v[i] =
		    base.document->body.blocks.v[i];
	for (size_t i = 0; i < base.document->formats.n; i++)
		d->got.merged->base->formats.v[i] = base.document->formats.v[i];
	for (size_t i = 0; i < base.document->notes.n; i++)
		d->got.merged->base->notes.v[i] = base.document->notes.v[i];
	RP_CHECK_OK(rp_docx_write(d->arena,
	    rp_consolidate_revise(d->arena, d->got.merged, &o, true), &how,
	    &octets));
	RP_CHECK_OK(rp_docx_read(d->arena, octets, &whole));
	RP_CHECK_TEXT(rp_document_difference(d->arena,
			  rp_document_reject(d->arena, whole.document),
			  base.document),
	    RP_TEXT(""));
	same_texts(d->arena, rp_document_accept(d->arena, whole.document),
	    rp_document_accept(d->arena, words.document));
}

/*
 * Merge, and take the octets themselves back: the base, and the same octets a
 * second time. Gives the document with its revisions.
 */
static struct rp_document *
merge(struct desk *d)
{
	struct rp_docx_read base, back, with;
	rp_bytes once = merged_as(d, RP_PAIR_DOCX), again, settled;

	again = merged_as(d, RP_PAIR_DOCX);
	RP_CHECK(once.n == again.n && memcmp(once.p, again.p, once.n) == 0);
	RP_CHECK_TEXT(d->got.why, RP_TEXT(""));
	RP_CHECK_OK(rp_docx_accept(d->arena, d->base.octets, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(d->arena, settled, &base));
	RP_CHECK_OK(rp_docx_reject(d->arena, once, MAX, &settled));
	RP_CHECK_OK(rp_docx_read(d->arena, settled, &back));
	RP_CHECK_TEXT(rp_document_difference(d->arena, back.document,
			  base.document),
	    RP_TEXT(""));
	for (size_t p = 0; p < d->n; p++) {
		struct rp_document *text =
		    rp_merge_project(d->arena, d->got.merged, (int32_t)p);
		struct rp_docx_read own;

		if (d->parties[p].file.octets.n == 0)
			continue;
		RP_CHECK_OK(rp_docx_accept(d->arena, d->parties[p].file.octets,
		    MAX, &settled));
		RP_CHECK_OK(rp_docx_read(d->arena, settled, &own));
		same_texts(d->arena, text, own.document);
	}
	RP_CHECK_OK(rp_docx_read(d->arena, once, &with));
	whole_paragraphs_say_the_same(d);
	return with.document;
}

/* Octets of text by this author that are inserted, or deleted. */
static rp_text
text_by(struct rp_arena *a, const struct rp_document *d, const char *author,
    bool inserted)
{
	rp_text t = RP_TEXT("");

	for (size_t i = 0; i < d->body.blocks.n; i++)
		for (uint32_t k = 0; k < d->body.blocks.v[i].n_runs; k++) {
			const struct rp_run *r = &d->body.blocks.v[i].runs[k];
			rp_revision_ref v = inserted ? r->ins : r->del;

			if (v != 0 && rp_text_eq(d->revisions.v[v].author,
					  rp_text_z(author)))
				t = rp_textf(a, "%.*s<%.*s>", RP_FMT(t),
				    RP_FMT(r->text));
		}
	return t;
}

static void
disjoint_changes_have_their_authors(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A",
	    P("that names are spoken in many scripts of the world") P(TWO));
	submit_body(&d, "B",
	    P(ONE) P("that addresses are scarce in some regions this year"));
	m = merge(&d);
	RP_CHECK_TEXT(text_by(d.arena, m, "A", true), RP_TEXT("<spoken>"));
	RP_CHECK_TEXT(text_by(d.arena, m, "A", false), RP_TEXT("<written>"));
	RP_CHECK_TEXT(text_by(d.arena, m, "B", true), RP_TEXT("<some>"));
	RP_CHECK_TEXT(text_by(d.arena, m, "Rapporteur", true), RP_TEXT(""));
	RP_CHECK(d.got.undisputed == 2 && d.got.brackets == 0);
	RP_CHECK(d.got.parties[0].applied == 1);
	close_desk(&d);
}

static void
equal_changes_have_all_sponsors(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A",
	    P("that names are spoken in many scripts of the world") P(TWO));
	submit_body(&d, "B",
	    P("that names are spoken in many scripts of the world"));
	m = merge(&d);
	RP_CHECK_TEXT(text_by(d.arena, m, "A, B", true), RP_TEXT("<spoken>"));
	/* Only one of them strikes the second one out. */
	RP_CHECK_TEXT(text_by(d.arena, m, "B", false), RP_TEXT("<" TWO ">"));
	RP_CHECK(d.got.shared == 1 && d.got.undisputed == 2);
	RP_CHECK_TEXT(rp_consolidate_summary(d.arena, &d.got),
	    RP_TEXT("A: 1 applied, 0 in brackets\n"
		    "B: 2 applied, 0 in brackets\n"
		    "changes 2, of them shared 1; brackets 0, of them with "
		    "objections 0\n"));
	close_desk(&d);
}

static void
conflicts_are_alternatives_in_brackets(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A",
	    P("that names are spoken in many scripts of the world") P(TWO));
	submit_body(&d, "B",
	    P("that names are sung in many scripts of the world") P(TWO));
	submit_body(&d, "C",
	    P("that names are spoken in many scripts of the world") P(TWO));
	m = merge(&d);
	RP_CHECK_TEXT(all_of(d.arena, m, 0),
	    RP_TEXT("that names are [written] [Alt 1 (A, C): spoken] [Alt 2 "
		    "(B): sung] in many scripts of the world"));
	RP_CHECK_TEXT(text_by(d.arena, m, "A, C", true), RP_TEXT("<spoken>"));
	RP_CHECK_TEXT(text_by(d.arena, m, "B", true), RP_TEXT("<sung>"));
	RP_CHECK_TEXT(text_by(d.arena, m, "Rapporteur", true),
	    RP_TEXT("<[><] ><[Alt 1 (A, C): ><]>< ><[Alt 2 (B): ><]>"));
	for (size_t i = 0; i < m->revisions.n; i++)
		RP_CHECK(m->revisions.v[i].kind != RP_REVISION_DELETE);
	RP_CHECK(d.got.brackets == 1 && d.got.parties[2].bracketed == 1);
	close_desk(&d);
}

static void
insertions_in_one_slot_are_alternatives(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A", P(ONE) P("the sea is deep") P(TWO));
	submit_body(&d, "B", P(ONE) P("mountains rise") P("so do we") P(TWO));
	m = merge(&d);
	RP_CHECK(m->body.blocks.n == 5);
	RP_CHECK_TEXT(all_of(d.arena, m, 1),
	    RP_TEXT("[Alt 1 (A): the sea is deep]"));
	RP_CHECK_TEXT(all_of(d.arena, m, 2),
	    RP_TEXT("[Alt 2 (B): mountains rise"));
	RP_CHECK_TEXT(all_of(d.arena, m, 3), RP_TEXT("so do we]"));
	close_desk(&d);
}

static void
deletion_against_an_edit_and_an_objection(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A", P(TWO));
	submit_body(&d, "B",
	    P("that names are spoken in many scripts of the world")
		P("that addresses are scarce in some regions this year"));
	d.parties[d.n++].name = RP_TEXT("N");
	d.noc[d.n_noc++] = (struct rp_consolidate_noc){ 2, RP_TEXT("#2") };
	m = merge(&d);
	RP_CHECK_TEXT(all_of(d.arena, m, 0),
	    RP_TEXT("[" ONE "] [Alt 1 (A): SUP] [Alt 2 (B): that names are "
		    "spoken in many scripts of the world]"));
	RP_CHECK_TEXT(all_of(d.arena, m, 1),
	    RP_TEXT("that addresses are scarce in [NOC (N): all] [Alt 1 (B): "
		    "some] regions this year"));
	RP_CHECK(d.got.objections == 1 && d.got.parties[2].objects == 1);
	close_desk(&d);
}

#define RESOLVES P("resolves")

static void
typed_labels_are_counted_anew(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d, RESOLVES TYPED("1", ONE) TYPED("2", TWO));
	submit_body(&d, "A",
	    RESOLVES TYPED("1", ONE) TYPED("2", "that the sea is very deep")
		TYPED("3", TWO));
	submit_body(&d, "B",
	    RESOLVES TYPED("1", "that we go on") TYPED("2", ONE)
		TYPED("3", TWO));
	m = rp_document_accept(d.arena, merge(&d));
	RP_CHECK(m->body.blocks.n == 5);
	for (size_t i = 1; i < 5 && i < m->body.blocks.n; i++)
		RP_CHECK_TEXT(m->body.blocks.v[i].label.text,
		    rp_textf(d.arena, "%zu", i));
	close_desk(&d);
	/* What waits for adoption is not. */
	open_desk(&d, RESOLVES TYPED("1", ONE) TYPED("2", TWO));
	submit_body(&d, "A",
	    RESOLVES TYPED("1", ONE) TYPED("1bis", "that the sea is very deep")
		TYPED("2", TWO));
	m = merge(&d);
	RP_CHECK(m->body.blocks.n == 4);
	RP_CHECK_TEXT(m->body.blocks.v[2].label.text, RP_TEXT("1bis"));
	RP_CHECK_TEXT(m->body.blocks.v[3].label.text, RP_TEXT("2"));
	RP_CHECK_TEXT(text_by(d.arena, m, "Rapporteur", true), RP_TEXT(""));
	close_desk(&d);
}

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define ITEM(t)                                                        \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1" \
	"\"/></w:numPr></w:pPr>" T(t) "</w:p>"

/* With a list of letters. */
static rp_bytes
with_list(struct rp_arena *a, const char *body)
{
	struct rp_sample_entry e[] = {
		{ .name = "[Content_Types].xml",
		    .content = "<Types><Override PartName=\"/word/document.xml"
			       "\" ContentType=\"" TYPE
			       "document.main+xml\"/></Types>" },
		{ .name = "word/document.xml" },
		{ .name = "word/numbering.xml",
		    .content =
			"<w:numbering xmlns:w=\"" WORD "\"><w:abstractNum "
			"w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start "
			"w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/>"
			"<w:lvlText w:val=\"%1)\"/></w:lvl></w:abstractNum>"
			"<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/>"
			"</w:num></w:numbering>" },
	};

	e[1].content = rp_textf(a,
	    "<w:document xmlns:w=\"" WORD "\"><w:body>%s</w:body>"
	    "</w:document>",
	    body)
			   .p;
	return rp_sample_zip(a, e, 3);
}

static void
lists_are_those_of_the_base(void)
{
	struct rp_document *m;
	struct desk d;

	/* A new item is one of the list. */
	open_octets(&d, (rp_bytes){ 0 });
	d.base.octets = with_list(d.arena, ITEM(ONE) ITEM(TWO));
	submit(&d, "A",
	    with_list(d.arena, ITEM(ONE) ITEM("the sea is deep") ITEM(TWO)));
	m = merge(&d);
	RP_CHECK(m->body.blocks.n == 3);
	for (size_t i = 0; i < 3; i++) {
		RP_CHECK(m->body.blocks.v[i].label.kind == RP_LABEL_AUTO);
		RP_CHECK(m->body.blocks.v[i].label.value == (int32_t)i + 1);
	}
	close_desk(&d);
	/* Where the base has none, the label is typed. */
	open_desk(&d, P(ONE) P(TWO));
	submit(&d, "A",
	    with_list(d.arena, P(ONE) ITEM("the sea is deep") P(TWO)));
	m = merge(&d);
	RP_CHECK(m->body.blocks.n == 3);
	RP_CHECK(m->body.blocks.v[1].label.kind == RP_LABEL_TYPED);
	RP_CHECK_TEXT(m->body.blocks.v[1].label.text, RP_TEXT("a)"));
	close_desk(&d);
}

static void
moves_are_moves_and_one_set(void)
{
	const char *three = "nobody knows what there was before us";
	struct rp_document *m;
	size_t to = 0, from = 0;
	struct desk d;

	open_desk(&d, "");
	d.base.octets = rp_sample_docx(d.arena,
	    rp_textf(d.arena,
		P(ONE) P(TWO) "<w:p>" T("%s") "</w:p>" P("and so it ends"),
		three)
		.p,
	    NULL);
	submit_body(&d, "A",
	    rp_textf(d.arena,
		P(TWO) "<w:p>" T("%s") "</w:p>" P(ONE) P("and so it ends"),
		three)
		.p);
	m = merge(&d);
	for (size_t i = 0; i < m->body.blocks.n; i++) {
		const struct rp_block *b = &m->body.blocks.v[i];

		to += m->revisions.v[b->mark_ins].kind == RP_REVISION_MOVE_TO;
		from +=
		    m->revisions.v[b->mark_del].kind == RP_REVISION_MOVE_FROM;
	}
	RP_CHECK(to == 1 && from == 1);
	RP_CHECK(d.got.merged->changes.n == 2);
	RP_CHECK(
	    d.got.merged->changes.v[0].set != 0 &&
	    d.got.merged->changes.v[0].set == d.got.merged->changes.v[1].set);
	close_desk(&d);
}

static void
tables_and_own_revisions_hold(void)
{
	struct rp_document *m;
	struct desk d;

	open_desk(&d,
	    P("s") "<w:tbl>" ROW("one of four", "two of four")
		ROW("three of four", "four of four") "</w:tbl>" P("e"));
	submit_body(&d, "A",
	    P("s") "<w:tbl>" ROW("one of five", "two of four")
		ROW("three of four", "four of four") "</w:tbl>" P("e"));
	submit_body(&d, "B",
	    P("s") "<w:tbl>" ROW("one of four", "two of four") "</w:tbl>" P(
		"e"));
	submit_body(&d, "C",
	    P("s") "<w:tbl>" ROW("one of four", "two of four")
		ROW("fresh air", "and light")
		    ROW("three of four", "four of four") "</w:tbl>" P("e"));
	m = merge(&d);
	RP_CHECK(m->body.blocks.n == 8);
	m = rp_document_accept(d.arena, m);
	RP_CHECK(m->body.blocks.n == 6);
	RP_CHECK_TEXT(all_of(d.arena, m, 1), RP_TEXT("one of five"));
	close_desk(&d);
	/* The usual file: the base with tracked changes. */
	open_desk(&d, P(ONE) P(TWO));
	submit_body(&d, "A",
	    P(ONE) "<w:p><w:ins w:id=\"1\" w:author=\"x\">" T(
		"now ") "</w:ins>" T(TWO) "</w:p>");
	m = merge(&d);
	RP_CHECK_TEXT(text_by(d.arena, m, "A", true), RP_TEXT("<now >"));
	RP_CHECK_TEXT(text_by(d.arena, m, "x", true), RP_TEXT(""));
	close_desk(&d);
}

static bool
holds(rp_bytes in, const char *what)
{
	return memmem(in.p, in.n, what, strlen(what)) != NULL;
}

static void
every_format_shows_the_brackets(void)
{
	static const struct {
		enum rp_pair_format format;
		const char *has;
	} rows[] = {
		{ RP_PAIR_HTML, "Alt 1 (A): " },
		{ RP_PAIR_JSON, "\"sponsors\":[\"A\"]" },
		{ RP_PAIR_AKN, "Alt 1 (A): " },
		{ RP_PAIR_MARKDOWN, "Alt 1 (A): " },
		{ RP_PAIR_TEXT, "Alt 1 (A): " },
	};
	struct desk d;

	open_desk(&d, RESOLVES TYPED("1", ONE) TYPED("2", TWO));
	submit_body(&d, "A",
	    RESOLVES TYPED("1", "that the sea is very deep") TYPED("2", ONE)
		TYPED("3", "that addresses are scarce in some regions"));
	d.parties[d.n++] = (struct rp_consolidate_party){ RP_TEXT("B"),
		{ RP_TEXT("b.txt"),
		    rp_text_bytes(RP_TEXT(
			"resolves\n1\t" ONE "\n2\tthat addresses are scarce in "
			"few regions\n")) } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK(holds(merged_as(&d, rows[i].format), rows[i].has));
	close_desk(&d);
}

static void
what_is_wrong_is_said(void)
{
	struct rp_consolidate_options o;
	struct rp_consolidate got;
	struct desk d;

#define REFUSED(code)                                                       \
	RP_CHECK_FAILS(rp_consolidate(d.arena, d.words, &d.base, d.parties, \
			   d.n, &o, &got),                                  \
	    code)
	open_desk(&d, P(ONE) P(ONE));
	o = options(&d, RP_PAIR_DOCX);
	REFUSED(RP_E_LIMIT);
	submit_body(&d, "A", P(ONE));
	submit_body(&d, "A", P(TWO));
	REFUSED(RP_E_INVALID);
	d.parties[1].name = RP_TEXT("B");
	d.parties[1].file.octets = RP_BYTES("PK nothing");
	REFUSED(RP_E_INVALID);
	d.n = 1;
	d.noc[0] = (struct rp_consolidate_noc){ 0, RP_TEXT("resolves 7") };
	o.n_noc = 1;
	REFUSED(RP_E_NOTFOUND);
	d.noc[0].place = RP_TEXT("#3");
	REFUSED(RP_E_NOTFOUND);
	o.n_noc = 0;
	d.base.octets = rp_text_bytes(RP_TEXT(ONE "\n"));
	REFUSED(RP_E_INVALID);
	close_desk(&d);
}

static void
a_place_is_found_by_its_label(void)
{
	struct desk d;

	open_desk(&d,
	    P("considering") TYPED("a)", ONE) TYPED("b)", TWO) P("resolves")
		TYPED("a)", "to print names in many books")
		    TYPED("b)", "to send letters in many ways"));
	submit_body(&d, "A",
	    P("considering") TYPED("a)", ONE) TYPED("b)", TWO) P("resolves")
		TYPED("a)", "to print names in many papers")
		    TYPED("b)", "to send letters in many ways"));
	d.parties[d.n++].name = RP_TEXT("N");
	d.noc[d.n_noc++] =
	    (struct rp_consolidate_noc){ 1, RP_TEXT("resolves a") };
	merged_as(&d, RP_PAIR_TEXT);
	RP_CHECK(d.got.objections == 1);
	d.noc[0].place = RP_TEXT("considering a)");
	merged_as(&d, RP_PAIR_TEXT);
	RP_CHECK(d.got.objections == 0 && d.got.undisputed == 1);
	close_desk(&d);
}

/* Real files. */

static rp_bytes
load(struct rp_arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct rp_buf b;
	uint8_t part[4096];
	size_t n;

	if (f == NULL)
		return (rp_bytes){ 0 };
	rp_buf_init(&b, a, MAX);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		rp_buf_add(&b, part, n);
	fclose(f);
	return (rp_bytes){ b.p, b.n };
}

/*
 * Another party: every `step`-th paragraph of the base loses its last word, or
 * goes, or gets a neighbour. As plain text, which a party may send as well.
 */
static rp_bytes
derived(struct rp_arena *a, const struct rp_document *base, size_t first,
    size_t step)
{
	struct rp_buf b;

	rp_buf_init(&b, a, MAX);
	for (size_t i = 0; i < base->body.blocks.n; i++) {
		const struct rp_block *x = &base->body.blocks.v[i];
		rp_text t = rp_block_text(a, x), line = t;
		size_t turn = i % step;

		for (size_t k = 0; k < t.n; k++)
			if (turn == first && t.p[k] == ' ' && k > t.n / 2)
				line.n = k;
		if (turn == first + 1 && i % 2 == 0)
			continue;
		if (turn == first + 2)
			rp_buf_f(&b, "A new paragraph %zu of its own.\n",
			    i + first);
		if (line.n > 0)
			rp_buf_f(&b, "%.*s%s%.*s\n", RP_FMT(x->label.text),
			    x->label.kind != RP_LABEL_NONE ? "\t" : "",
			    RP_FMT(line));
	}
	return (rp_bytes){ b.p, b.n };
}

static void
holds_for_the_gold_pairs(void)
{
	const char *root = getenv("RP_TEST_DATA");
	size_t n = 0, brackets = 0, undisputed = 0, words = 0;

	for (int i = 0; root != NULL && i < 60; i++) {
		struct rp_docx_read base, back;
		struct desk d;
		const char *stem;
		rp_bytes out, settled;

		open_octets(&d, (rp_bytes){ 0 });
		stem =
		    rp_textf(d.arena, "%s/docx/redline-gold/pair%03d-", root, i)
			.p;
		d.base.octets =
		    load(d.arena, rp_textf(d.arena, "%sold.docx", stem).p);
		if (d.base.octets.n == 0) {
			close_desk(&d);
			continue;
		}
		RP_CHECK_OK(rp_docx_read(d.arena, d.base.octets, &base));
		submit(&d, "A",
		    load(d.arena, rp_textf(d.arena, "%snew.docx", stem).p));
		submit(&d, "B", derived(d.arena, base.document, 1, 7));
		submit(&d, "C", derived(d.arena, base.document, 3, 5));
		out = merged_as(&d, RP_PAIR_DOCX);
		RP_CHECK_OK(rp_docx_reject(d.arena, out, MAX, &settled));
		RP_CHECK_OK(rp_docx_read(d.arena, settled, &back));
		RP_CHECK_TEXT(rp_document_difference(d.arena, back.document,
				  base.document),
		    RP_TEXT(""));
		if (i % 4 == 0)
			whole_paragraphs_say_the_same(&d);
		if (d.got.why.n > 0)
			printf("# pair%03d: %.*s\n", i, RP_FMT(d.got.why));
		words += d.got.why.n == 0;
		brackets += d.got.brackets;
		undisputed += d.got.undisputed;
		if (getenv("RP_TEST_OUT") != NULL) {
			FILE *f = fopen(rp_textf(d.arena, "%s/merge%03d.docx",
					    getenv("RP_TEST_OUT"), i)
					    .p,
			    "wb");

			fwrite(out.p, 1, out.n, f);
			fclose(f);
		}
		n++;
		close_desk(&d);
	}
	printf("# %zu of three parties: %zu in words; %zu changes, %zu "
	       "brackets\n",
	    n, words, undisputed, brackets);
	RP_CHECK(words == n);
}

/* Every text another one, and lists that the base does not have. */
static void
unrelated_texts_hold(void)
{
	const char *root = getenv("RP_TEST_DATA");

	for (int i = 0; root != NULL && i < 60; i += 12) {
		struct rp_docx_read base, back;
		rp_bytes out, settled;
		struct desk d;

		open_octets(&d, (rp_bytes){ 0 });
		for (int k = 0; k < 4; k++) {
			rp_bytes octets = load(d.arena,
			    rp_textf(d.arena,
				"%s/docx/redline-gold/pair%03d-%s.docx", root,
				(i + k * 7) % 60, k % 2 == 0 ? "old" : "new")
				.p);

			if (k == 0)
				d.base.octets = octets;
			else if (octets.n > 0)
				submit(&d, rp_textf(d.arena, "P%d", k).p,
				    octets);
		}
		if (d.base.octets.n > 0) {
			out = merged_as(&d, RP_PAIR_DOCX);
			RP_CHECK_TEXT(d.got.why, RP_TEXT(""));
			RP_CHECK_OK(
			    rp_docx_reject(d.arena, out, MAX, &settled));
			RP_CHECK_OK(rp_docx_read(d.arena, settled, &back));
			RP_CHECK_OK(
			    rp_docx_read(d.arena, d.base.octets, &base));
			RP_CHECK_TEXT(rp_document_difference(d.arena,
					  back.document, base.document),
			    RP_TEXT(""));
		}
		close_desk(&d);
	}
}

static rp_text
key_of(struct desk *d, uint32_t id)
{
	return rp_change_key(d->arena, d->got.merged, id);
}

/* Two brackets and an addition, the second amendment made from edits. */
static void
open_decisions(struct desk *d)
{
	static const struct rp_provision_edit edits[] = {
		{ RP_PROVISION_REPLACE, 1,
		    RP_TEXT("that names are sung in many scripts of the "
			    "world") },
		{ RP_PROVISION_REPLACE, 2,
		    RP_TEXT("that addresses are plenty in all regions this "
			    "year") },
		{ RP_PROVISION_ADD, 1, RP_TEXT("that we go on") },
	};

	open_desk(d, RESOLVES TYPED("1", ONE) TYPED("2", TWO));
	submit_body(d, "A",
	    RESOLVES TYPED("1",
		"that names are spoken in many scripts of the world")
		TYPED("2", "that addresses are few in all regions this year"));
	d->parties[d->n].name = RP_TEXT("B");
	d->parties[d->n].edits = edits;
	d->parties[d->n++].n_edits = 3;
}

static void
edits_are_a_partys_text(void)
{
	struct rp_document *m;
	struct desk d;

	open_decisions(&d);
	m = merge(&d);
	RP_CHECK(d.got.brackets == 2 && d.got.open == 2);
	RP_CHECK_TEXT(all_of(d.arena, m, 1),
	    RP_TEXT("that names are [written] [Alt 1 (A): spoken] [Alt 2 (B): "
		    "sung] in many scripts of the world"));
	RP_CHECK_TEXT(m->body.blocks.v[2].label.text, RP_TEXT("1bis"));
	RP_CHECK_TEXT(text_by(d.arena, m, "B", true),
	    RP_TEXT("<sung><1bis\t><that we go on><plenty>"));
	/* In the other formats, too. */
	merged_as(&d, RP_PAIR_TEXT);
	RP_CHECK(memmem(d.got.octets.p, d.got.octets.n, "1bis", 4) != NULL);
	close_desk(&d);
}

static void
decisions_are_carried_out(void)
{
	struct rp_consolidate_decision decisions[4] = { 0 };
	struct rp_consolidate_options o;
	struct rp_docx_read r;
	struct desk d;

	open_decisions(&d);
	merged_as(&d, RP_PAIR_DOCX);
	RP_CHECK(d.got.merged->changes.n == 3);
	decisions[0].change = key_of(&d, 0);
	decisions[0].choice =
	    rp_choice_key(d.arena, &d.got.merged->changes.v[0].choices.v[1]);
	decisions[1].change = RP_TEXT("0123");
	decisions[1].base = true;
	o = options(&d, RP_PAIR_DOCX);
	o.decisions = decisions;
	o.n_decisions = 2;
	RP_CHECK_OK(rp_consolidate(d.arena, d.words, &d.base, d.parties, d.n,
	    &o, &d.got));
	RP_CHECK(d.got.open == 1 && d.got.brackets == 2);
	RP_CHECK_OK(rp_docx_read(d.arena, d.got.octets, &r));
	RP_CHECK_TEXT(text_by(d.arena, r.document, "B", true),
	    RP_TEXT("<sung><1bis\t><that we go on><plenty>"));
	RP_CHECK_TEXT(text_by(d.arena, r.document, "A", true),
	    RP_TEXT("<few>"));
	o.clean = true;
	RP_CHECK_FAILS(rp_consolidate(d.arena, d.words, &d.base, d.parties, d.n,
			   &o, &d.got),
	    RP_E_INVALID);
	close_desk(&d);
}

static void
a_clean_text_when_all_is_decided(void)
{
	static const char *const labels[] = { "", "1", "2", "3" };
	struct rp_consolidate_decision decisions[2] = { 0 };
	struct rp_consolidate_options o;
	struct rp_docx_read r;
	struct desk d;

	open_decisions(&d);
	merged_as(&d, RP_PAIR_DOCX);
	decisions[0].change = key_of(&d, 0);
	decisions[0].base = true;
	decisions[1].change = key_of(&d, 2);
	decisions[1].text = RP_TEXT("scanty");
	o = options(&d, RP_PAIR_DOCX);
	o.decisions = decisions;
	o.n_decisions = 2;
	RP_CHECK_OK(rp_consolidate(d.arena, d.words, &d.base, d.parties, d.n,
	    &o, &d.got));
	RP_CHECK_OK(rp_docx_read(d.arena, d.got.octets, &r));
	/* A compromise is by whoever made it. */
	RP_CHECK_TEXT(text_by(d.arena, r.document, "Rapporteur", true),
	    RP_TEXT("<scanty>"));
	o.clean = true;
	RP_CHECK_OK(rp_consolidate(d.arena, d.words, &d.base, d.parties, d.n,
	    &o, &d.got));
	RP_CHECK_OK(rp_docx_read(d.arena, d.got.octets, &r));
	RP_CHECK(!rp_document_has_revisions(r.document));
	RP_CHECK(r.document->body.blocks.n == 4);
	for (size_t i = 0; i < 4; i++)
		RP_CHECK_TEXT(r.document->body.blocks.v[i].label.text,
		    rp_text_z(labels[i]));
	RP_CHECK_TEXT(all_of(d.arena, r.document, 1), RP_TEXT(ONE));
	RP_CHECK_TEXT(all_of(d.arena, r.document, 3),
	    RP_TEXT("that addresses are scanty in all regions this year"));
	close_desk(&d);
}

RP_CHECK_MAIN({ "disjoint changes have their authors",
		  disjoint_changes_have_their_authors },
    { "equal changes have all sponsors", equal_changes_have_all_sponsors },
    { "conflicts are alternatives in brackets",
	conflicts_are_alternatives_in_brackets },
    { "insertions in one slot are alternatives",
	insertions_in_one_slot_are_alternatives },
    { "deletion against an edit, and an objection",
	deletion_against_an_edit_and_an_objection },
    { "typed labels are counted anew", typed_labels_are_counted_anew },
    { "lists are those of the base", lists_are_those_of_the_base },
    { "moves are moves, and one set", moves_are_moves_and_one_set },
    { "tables and own revisions hold", tables_and_own_revisions_hold },
    { "every format shows the brackets", every_format_shows_the_brackets },
    { "what is wrong is said", what_is_wrong_is_said },
    { "a place is found by its label", a_place_is_found_by_its_label },
    { "holds for the gold pairs", holds_for_the_gold_pairs },
    { "edits are a party's text", edits_are_a_partys_text },
    { "decisions are carried out", decisions_are_carried_out },
    { "a clean text when all is decided", a_clean_text_when_all_is_decided },
    { "unrelated texts hold", unrelated_texts_hold })
