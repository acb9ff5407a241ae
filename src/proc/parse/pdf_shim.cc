#include "proc/parse/pdf_shim.h"

#include <climits>
#include <memory>
#include <string>
#include <vector>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include "proc/parse/pdf_guard.hh"

namespace
{

void
say_nothing(const std::string &, void *)
{
}

enum rp_pdf_shim_result
text(const uint8_t *p, size_t n, int pages_max,
    int (*page)(void *ctx, const uint16_t *text, size_t units), void *ctx,
    int *out_pages)
{
	if (n > INT_MAX)
		return RP_PDF_MALFORMED;
	std::unique_ptr<poppler::document> doc(
	    poppler::document::load_from_raw_data(reinterpret_cast<
						      const char *>(p),
		static_cast<int>(n)));
	if (!doc)
		return RP_PDF_MALFORMED;
	if (doc->is_locked())
		return RP_PDF_ENCRYPTED;
	*out_pages = doc->pages();
	if (*out_pages > pages_max)
		return RP_PDF_TOO_MANY_PAGES;
	for (int i = 0; i < *out_pages; i++) {
		std::unique_ptr<poppler::page> one(doc->create_page(i));
		if (!one)
			continue;
		poppler::ustring u = one->text(poppler::rectf(),
		    poppler::page::non_raw_non_physical_layout);
		std::vector<uint16_t> units(u.begin(), u.end());
		if (page(ctx, units.data(), units.size()) == 0)
			break;
	}
	return RP_PDF_OK;
}

/* What one dictionary may say about its author or do by itself. */
void
clean_dictionary(QPDFObjectHandle d)
{
	static const char *const gone[] = { "/Metadata", "/PieceInfo",
		"/LastModified", "/OpenAction", "/AA", "/JavaScript", "/JS",
		"/EmbeddedFiles" };

	for (const char *key : gone)
		d.removeKey(key);
	/* /T of an annotation is who made it, of a form field its name. */
	if (d.hasKey("/Rect") && d.hasKey("/Subtype") &&
	    !d.getKey("/Subtype").isNameAndEquals("/Widget"))
		d.removeKey("/T");
}

void
clean_object(QPDFObjectHandle o)
{
	if (o.isDictionary()) {
		clean_dictionary(o);
	} else if (o.isStream()) {
		QPDFObjectHandle d = o.getDict();

		clean_dictionary(d);
		if (d.getKey("/Type").isNameAndEquals("/Metadata"))
			o.replaceStreamData("", QPDFObjectHandle::newNull(),
			    QPDFObjectHandle::newNull());
	}
}

enum rp_pdf_shim_result
clean(const uint8_t *p, size_t n,
    void (*copy)(void *ctx, const uint8_t *p, size_t n), void *ctx)
{
	QPDF pdf;

	pdf.setSuppressWarnings(true);
	pdf.processMemoryFile("document", reinterpret_cast<const char *>(p), n);
	pdf.getTrailer().removeKey("/Info");
	for (auto &o : pdf.getAllObjects())
		clean_object(o);
	QPDFObjectHandle names = pdf.getRoot().getKey("/Names");
	if (names.isDictionary())
		clean_dictionary(names);

	QPDFWriter w(pdf);
	w.setOutputMemory();
	w.setDeterministicID(true);
	w.setPreserveEncryption(false);
	w.write();
	auto buffer = w.getBufferSharedPointer();
	copy(ctx, buffer->getBuffer(), buffer->getSize());
	return RP_PDF_OK;
}

const char small[] =
    "%PDF-1.4\n"
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R"
    "/Resources<</Font<</F 4 0 R>>>>>>\nendobj\n"
    "4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
    "5 0 obj\n<</Length 28>>\nstream\nBT /F 9 Tf 9 9 Td (a) Tj ET  \n"
    "endstream\nendobj\n"
    "trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n";

/*
 * poppler looks through its folders whenever the first of its documents is
 * opened, and forgets what it found with the last: so one is kept open.
 */
std::unique_ptr<poppler::document> always_open;

int
one_page(void *ctx, const uint16_t *, size_t units)
{
	*static_cast<size_t *>(ctx) += units;
	return 1;
}

void
one_copy(void *ctx, const uint8_t *, size_t n)
{
	*static_cast<size_t *>(ctx) = n;
}

} // namespace

enum rp_pdf_shim_result
rp_pdf_shim_text(const uint8_t *p, size_t n, int pages_max,
    int (*page)(void *ctx, const uint16_t *text, size_t units), void *ctx,
    int *out_pages)
{
	return rp_pdf_shim_guarded(
	    [=] { return text(p, n, pages_max, page, ctx, out_pages); });
}

enum rp_pdf_shim_result
rp_pdf_shim_clean(const uint8_t *p, size_t n,
    void (*copy)(void *ctx, const uint8_t *p, size_t n), void *ctx)
{
	return rp_pdf_shim_guarded([=] { return clean(p, n, copy, ctx); });
}

enum rp_pdf_shim_result
rp_pdf_shim_prepare(void)
{
	const uint8_t *p = reinterpret_cast<const uint8_t *>(small);
	enum rp_pdf_shim_result r;
	size_t seen = 0;
	int pages = 0;

	poppler::set_debug_error_function(say_nothing, nullptr);
	poppler::set_data_dir("/nonexistent");
	always_open.reset(poppler::document::load_from_raw_data(small,
	    static_cast<int>(sizeof(small) - 1)));
	r = rp_pdf_shim_text(p, sizeof(small) - 1, 1, one_page, &seen, &pages);
	if (r != RP_PDF_OK || seen == 0)
		return RP_PDF_MALFORMED;
	seen = 0;
	r = rp_pdf_shim_clean(p, sizeof(small) - 1, one_copy, &seen);
	return r != RP_PDF_OK || seen == 0 ? RP_PDF_MALFORMED : RP_PDF_OK;
}
