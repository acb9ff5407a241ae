#include "exchange/pair.h"

#include "base/check.h"
#include "codec/sample.h"
#include "text/words.h"

static struct rp_words *words;

static rp_bytes
octets(const char *z)
{
	return rp_text_bytes(rp_text_z(z));
}

static const char base[] = "considering\n"
			   "a)\tthat names are written in many scripts;\n"
			   "b)\tthat addresses are scarce,\n"
			   "resolves\n"
			   "1\tto study considering b) above.\n";
static const char changed[] = "considering\n"
			      "a)\tthat all names are read aloud in schools;\n"
			      "b)\tthat names are written in many scripts;\n"
			      "c)\tthat addresses are scarce,\n"
			      "resolves\n"
			      "1\tto study considering b) above.\n";

static bool
holds(rp_bytes in, const char *what)
{
	return memmem(in.p, in.n, what, strlen(what)) != NULL;
}

static struct rp_pair
compared(struct rp_arena *a, const char *name, rp_bytes old, rp_bytes now,
    enum rp_pair_format format)
{
	struct rp_pair_file x = { rp_text_z(name), old };
	struct rp_pair_file y = { rp_text_z(name), now };
	struct rp_pair_options o = { .format = format,
		.compare = { .author = RP_TEXT("Ana Example"),
		    .date = RP_TEXT("2026-11-29T10:00:00Z") } };
	struct rp_pair p;

	RP_CHECK_OK(rp_pair_compare(a, words, &x, &y, &o, &p));
	return p;
}

static void
a_format_is_known_by_its_name(void)
{
	RP_CHECK(rp_pair_format_of(RP_TEXT("a.DOCX")) == RP_PAIR_DOCX);
	RP_CHECK(rp_pair_format_of(RP_TEXT("x/y.md")) == RP_PAIR_MARKDOWN);
	RP_CHECK(rp_pair_format_of(RP_TEXT("a.xml")) == RP_PAIR_AKN);
	RP_CHECK(rp_pair_format_of(RP_TEXT(".md")) == RP_PAIR_FORMATS);
	RP_CHECK(rp_pair_format_of(RP_TEXT("-")) == RP_PAIR_FORMATS);
}

static void
every_format_shows_what_is_new_and_no_label(void)
{
	static const struct {
		enum rp_pair_format format;
		const char *has;
	} rows[] = {
		{ RP_PAIR_HTML, "<ins" },
		{ RP_PAIR_SIDE, "doc-sides" },
		{ RP_PAIR_JSON, "\"class\":\"ADD\"" },
		{ RP_PAIR_AKN, "<ins" },
		{ RP_PAIR_AKN, "margin-ADD" },
		{ RP_PAIR_AKN, "margin-NOC" },
		{ RP_PAIR_MARKDOWN, "<ins>" },
		{ RP_PAIR_TEXT, "{+a)\tthat all names are read" },
	};
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_pair p = compared(a, "x.txt", octets(base),
		    octets(changed), rows[i].format);

		RP_CHECK(holds(p.octets, rows[i].has));
		RP_CHECK(!holds(p.octets, "[-a)"));
		RP_CHECK(p.script->n_add == 1 && p.script->n_renumbered == 2);
		RP_CHECK(rp_pair_differs(&p));
	}
	rp_arena_free(a);
}

static void
the_summary_tells_of_stale_references(void)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_pair p =
	    compared(a, "x.txt", octets(base), octets(changed), RP_PAIR_JSON);
	rp_text s = rp_pair_summary(a, &p);

	RP_CHECK(holds(rp_text_bytes(s), "ADD 1, SUP 0"));
	RP_CHECK(holds(rp_text_bytes(s), "a number that has moved on"));
	p = compared(a, "x.txt", octets(base), octets(base), RP_PAIR_JSON);
	RP_CHECK(!rp_pair_differs(&p));
	rp_arena_free(a);
}

static void
a_word_document_needs_two(void)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	rp_bytes one = rp_sample_docx(a,
	    "<w:p><w:r><w:t>Names are scarce.</w:t></w:r></w:p>", NULL);
	rp_bytes two = rp_sample_docx(a,
	    "<w:p><w:r><w:t>Names are plenty.</w:t></w:r></w:p>", NULL);
	struct rp_pair p = compared(a, "x.docx", one, two, RP_PAIR_DOCX);
	struct rp_pair_file x = { RP_TEXT("a.docx"), one };
	struct rp_pair_file y = { RP_TEXT("b.txt"), octets("Names.\n") };
	struct rp_pair_options o = { .format = RP_PAIR_DOCX };

	RP_CHECK(p.octets.n > 2 && memcmp(p.octets.p, "PK", 2) == 0);
	RP_CHECK(p.form == RP_COMPARE_WORDS);
	/* What it says of itself is taken before it is compared again. */
	p = compared(a, "x.docx", p.octets, two, RP_PAIR_JSON);
	RP_CHECK(!rp_pair_differs(&p));
	RP_CHECK_FAILS(rp_pair_compare(a, words, &x, &y, &o, &p), RP_E_INVALID);
	rp_arena_free(a);
}

/* By its octets, whatever its name. */
static void
an_opendocument_text_is_read(void)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_pair_file x = { RP_TEXT("a.docx"),
		rp_sample_odt(a, "<text:p>Names are scarce.</text:p>") };
	struct rp_pair_file y = { RP_TEXT("b.txt"),
		octets("Names are plenty.\n") };
	struct rp_pair_options o = { .format = RP_PAIR_TEXT };
	struct rp_document *d;
	struct rp_pair p;

	RP_CHECK_OK(rp_pair_compare(a, words, &x, &y, &o, &p));
	RP_CHECK(
	    holds(p.octets, "[-scarce-]") && holds(p.octets, "{+plenty+}"));
	RP_CHECK_OK(rp_pair_read(a, &x, &d));
	RP_CHECK_TEXT(rp_block_text(a, &d->body.blocks.v[0]),
	    RP_TEXT("Names are scarce."));
	rp_arena_free(a);
}

static void
what_is_no_document_is_refused(void)
{
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_pair_file x = { RP_TEXT("a.docx"), octets("PK nothing") };
	struct rp_pair_file y = { RP_TEXT("b.txt"), octets("Names.\n") };
	struct rp_pair_options o = { .format = RP_PAIR_JSON };
	struct rp_pair p;

	RP_CHECK_FAILS(rp_pair_compare(a, words, &x, &y, &o, &p), RP_E_INVALID);
	x = (struct rp_pair_file){ RP_TEXT("a.xml"), octets("<akomaNtoso>") };
	RP_CHECK_FAILS(rp_pair_compare(a, words, &x, &y, &o, &p), RP_E_INVALID);
	x = (struct rp_pair_file){ RP_TEXT("a"), RP_BYTES("\xff\xfe\x00") };
	RP_CHECK_FAILS(rp_pair_compare(a, words, &x, &y, &o, &p), RP_E_INVALID);
	rp_arena_free(a);
}

static void
begin_and(void (*run)(void))
{
	words = rp_words_new();
	run();
	rp_words_free(words);
}

#define CASE(name)                \
	static void name##_(void) \
	{                         \
		begin_and(name);  \
	}

CASE(every_format_shows_what_is_new_and_no_label)
CASE(the_summary_tells_of_stale_references)
CASE(a_word_document_needs_two)
CASE(an_opendocument_text_is_read)
CASE(what_is_no_document_is_refused)

RP_CHECK_MAIN({ "a format is known by its name",
		  a_format_is_known_by_its_name },
    { "every format shows what is new, and no label",
	every_format_shows_what_is_new_and_no_label_ },
    { "the summary tells of stale references",
	the_summary_tells_of_stale_references_ },
    { "a Word document needs two", a_word_document_needs_two_ },
    { "an OpenDocument text is read", an_opendocument_text_is_read_ },
    { "what is no document is refused", what_is_no_document_is_refused_ })
