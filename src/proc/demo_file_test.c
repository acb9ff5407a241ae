#include "proc/demo_file.h"

#include "base/check.h"
#include "codec/docx_text.h"
#include "codec/filetype.h"
#include "codec/odt_text.h"

/* Three scripts, markup, a character beyond the first plane. */
#define TEXT "First: مرحبا <&> 漢字 🌍.\n\nSecond."

static rp_bytes
made(struct rp_arena *a, const char *kind, rp_text text)
{
	rp_bytes out = { 0 };

	RP_CHECK_OK(rp_demo_file(a, rp_text_z(kind), text,
	    RP_TEXT("Ana <Ruiz>"), &out));
	return out;
}

static bool
holds(rp_bytes b, const char *what)
{
	return memmem(b.p, b.n, what, strlen(what)) != NULL;
}

static void
office_files_are_read_back(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	struct rp_plain docx, odt;
	enum rp_filetype type;
	struct rp_zip *z;

	RP_CHECK_OK(
	    rp_filetype_find(a, made(a, "docx", RP_TEXT(TEXT)), &type, &z));
	RP_CHECK(type == RP_FILETYPE_DOCX);
	rp_plain_init(&docx, a, 1000);
	RP_CHECK_OK(rp_docx_text(a, z, &docx));
	RP_CHECK_TEXT(rp_plain_done(&docx), RP_TEXT(TEXT));
	RP_CHECK_OK(
	    rp_filetype_find(a, made(a, "odt", RP_TEXT(TEXT)), &type, &z));
	RP_CHECK(type == RP_FILETYPE_ODT);
	rp_plain_init(&odt, a, 1000);
	RP_CHECK_OK(rp_odt_text(a, z, &odt));
	RP_CHECK_TEXT(rp_plain_done(&odt), RP_TEXT(TEXT));
}

/* Every entry of the table points at its object. */
static void
pdf_is_sound(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	rp_bytes pdf = made(a, "pdf", RP_TEXT(TEXT));
	const char *p = (const char *)pdf.p, *table;
	enum rp_filetype type;
	struct rp_zip *z;
	long start = 0;
	int n = 0;

	RP_CHECK_OK(rp_filetype_find(a, pdf, &type, &z));
	RP_CHECK(type == RP_FILETYPE_PDF);
	table = memmem(p, pdf.n, "startxref\n", 10);
	RP_CHECK(table != NULL && sscanf(table, "startxref\n%ld", &start) == 1);
	RP_CHECK(sscanf(p + start, "xref\n0 %d", &n) == 1 && n > 7);
	table = strstr(p + start, " f \n") + 4;
	for (int i = 1; i < n; i++) {
		long at = strtol(table + 20 * (i - 1), NULL, 10);
		int found = 0;

		RP_CHECK(sscanf(p + at, "%d 0 obj", &found) == 1 && found == i);
	}
	/* What each glyph means: U+0645, U+6F22, and U+1F30D in two halves. */
	RP_CHECK(holds(pdf, "<0645>\n") && holds(pdf, "<6F22>\n") &&
		 holds(pdf, "<D83CDF0D>\n"));
}

static void
long_texts_take_pages(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	char text[20000];

	for (size_t i = 0; i < sizeof(text) - 1; i++)
		text[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
	text[sizeof(text) - 1] = '\0';
	RP_CHECK(holds(made(a, "pdf", rp_text_z(text)), "/Count 7"));
	RP_CHECK(holds(made(a, "pdf", RP_TEXT("")), "/Count 0"));
}

static void
the_same_text_makes_the_same_octets(void)
{
	static const char *const kinds[] = { "pdf", "docx", "odt", "txt" };
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)64 << 20);
	rp_bytes out;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		rp_bytes one = made(a, kinds[i], RP_TEXT(TEXT));
		rp_bytes two = made(a, kinds[i], RP_TEXT(TEXT));

		RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	}
	RP_CHECK_FAILS(rp_demo_file(a, RP_TEXT("exe"), RP_TEXT(TEXT),
			   RP_TEXT(""), &out),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "office files are read back", office_files_are_read_back },
    { "the PDF's table points at its objects", pdf_is_sound },
    { "long texts take pages", long_texts_take_pages },
    { "the same octets each time", the_same_text_makes_the_same_octets })
