#include "codec/office_clean.h"

#include <string.h>

#include "base/check.h"
#include "codec/sample.h"
#include "codec/zip.h"

static bool
holds(rp_bytes in, const char *what)
{
	return memmem(in.p, in.n, what, strlen(what)) != NULL;
}

static rp_bytes
part(struct rp_arena *a, rp_bytes package, rp_text name)
{
	struct rp_zip *z;
	rp_bytes got = { 0 };

	RP_CHECK_OK(rp_zip_open(a, package, &z));
	RP_CHECK(rp_zip_find(z, name) != SIZE_MAX);
	RP_CHECK_OK(rp_zip_read(a, z, rp_zip_find(z, name), &got));
	return got;
}

static void
no_name_in_any_part(struct rp_arena *a, rp_bytes package)
{
	struct rp_zip *z;
	rp_bytes got;

	RP_CHECK_OK(rp_zip_open(a, package, &z));
	for (size_t i = 0; i < rp_zip_n(z); i++) {
		RP_CHECK_OK(rp_zip_read(a, z, i, &got));
		RP_CHECK(!holds(got, "Secret"));
	}
}

static void
cleans_docx(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_text image = RP_TEXT("word/media/image1.png");
	rp_bytes in, one, two, got;
	struct rp_zip *z;

	in = rp_sample_docx(a,
	    "<w:p w:rsidR=\"0012\"><w:ins w:id=\"1\" w:author=\"Secret Name\" "
	    "w:date=\"2026-01-01T00:00:00Z\"><w:r><w:t>text</w:t></w:r>"
	    "</w:ins></w:p>",
	    NULL);
	RP_CHECK_OK(rp_zip_open(a, in, &z));
	RP_CHECK_OK(rp_docx_clean(a, z, 1 << 20, &one));
	RP_CHECK_OK(rp_docx_clean(a, z, 1 << 20, &two));
	RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	no_name_in_any_part(a, one);
	got = part(a, one, RP_TEXT("word/document.xml"));
	RP_CHECK(holds(got, "<w:p><w:ins w:id=\"1\" w:author=\"Author 1\" "));
	RP_CHECK(holds(got, "<w:t>text</w:t>"));
	got = part(a, one, image);
	RP_CHECK(got.n == part(a, in, image).n &&
		 memcmp(got.p, part(a, in, image).p, got.n) == 0);
	RP_CHECK(holds(part(a, one, RP_TEXT("word/_rels/settings.xml.rels")),
	    "\"file:///Letter.dotx\""));
	RP_CHECK_FAILS(rp_docx_clean(a, z, 100, &two), RP_E_LIMIT);
}

static void
cleans_odt(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes in, one, two;
	struct rp_zip *z;

	in = rp_sample_odt(a,
	    "<text:p>text<o:annotation><dc:creator>Secret Name</dc:creator>"
	    "</o:annotation></text:p>");
	RP_CHECK_OK(rp_zip_open(a, in, &z));
	RP_CHECK_OK(rp_odt_clean(a, z, 1 << 20, &one));
	RP_CHECK_OK(rp_odt_clean(a, z, 1 << 20, &two));
	RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	no_name_in_any_part(a, one);
	RP_CHECK(holds(part(a, one, RP_TEXT("content.xml")),
	    "<dc:creator>Author</dc:creator>"));
	/* ODF 1.3, part 2, 3.3: the type stands stored at octet 38. */
	RP_CHECK(memcmp(one.p + 30, "mimetypeapplication/vnd.oasis", 29) == 0);
}

static void
refuses_a_part_that_is_not_xml(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_sample_entry e = { .name = "word/x.xml", .content = "<a" };
	struct rp_zip *z;
	rp_bytes out;

	RP_CHECK_OK(rp_zip_open(a, rp_sample_zip(a, &e, 1), &z));
	RP_CHECK_FAILS(rp_docx_clean(a, z, 1 << 20, &out), RP_E_INVALID);
}

RP_CHECK_MAIN({ "cleans DOCX", cleans_docx }, { "cleans ODT", cleans_odt },
    { "refuses a part that is not XML", refuses_a_part_that_is_not_xml })
