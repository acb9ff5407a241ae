#include "codec/filetype.h"

#include "base/check.h"
#include "codec/sample.h"

static void
is(struct rp_arena *a, rp_bytes in, enum rp_filetype head,
    enum rp_filetype whole)
{
	enum rp_filetype got;
	struct rp_zip *z;

	RP_CHECK(rp_filetype_sniff(in) == head);
	RP_CHECK_OK(rp_filetype_find(a, in, &got, &z));
	RP_CHECK(got == whole);
}

static void
finds(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_sample_entry other = { .name = "a", .content = "b" };

	is(a, RP_BYTES(""), RP_FILETYPE_UNKNOWN, RP_FILETYPE_UNKNOWN);
	is(a, rp_sample_pdf(a, 1, "x"), RP_FILETYPE_PDF, RP_FILETYPE_PDF);
	is(a, RP_BYTES("\n%PDF-1.7"), RP_FILETYPE_PDF, RP_FILETYPE_PDF);
	is(a, rp_sample_docx(a, "", NULL), RP_FILETYPE_ZIP, RP_FILETYPE_DOCX);
	is(a, rp_sample_odt(a, ""), RP_FILETYPE_ZIP, RP_FILETYPE_ODT);
	is(a, rp_sample_zip(a, &other, 1), RP_FILETYPE_ZIP, RP_FILETYPE_ZIP);
	is(a, RP_BYTES("caf\xc3\xa9\r\n\t\f"), RP_FILETYPE_TXT,
	    RP_FILETYPE_TXT);
	is(a, RP_BYTES("caf\xe9"), RP_FILETYPE_TXT, RP_FILETYPE_TXT_LEGACY);
	is(a,
	    RP_BYTES("\xff\xfe"
		     "a\0"),
	    RP_FILETYPE_TXT, RP_FILETYPE_TXT_LEGACY);
	is(a, RP_BYTES("a\0b"), RP_FILETYPE_UNKNOWN, RP_FILETYPE_UNKNOWN);
	is(a, RP_BYTES("\x89PNG\r\n\x1a\n"), RP_FILETYPE_UNKNOWN,
	    RP_FILETYPE_UNKNOWN);
	RP_CHECK_TEXT(rp_filetype_suffix(RP_FILETYPE_ODT), RP_TEXT("odt"));
	RP_CHECK_TEXT(rp_filetype_media(RP_FILETYPE_PDF),
	    RP_TEXT("application/pdf"));
}

static void
a_broken_package_is_an_error(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	enum rp_filetype got;
	struct rp_zip *z;

	RP_CHECK_FAILS(rp_filetype_find(a, RP_BYTES("PK\x03\x04 rest"), &got,
			   &z),
	    RP_E_INVALID);
}

RP_CHECK_MAIN({ "finds", finds },
    { "a broken package is an error", a_broken_package_is_an_error })
