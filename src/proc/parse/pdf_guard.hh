/* pdf_guard - no exception of the PDF libraries leaves the shim. */
#ifndef RP_PROC_PARSE_PDF_GUARD_HH
#define RP_PROC_PARSE_PDF_GUARD_HH

#include <new>
#include <stdexcept>

#include <qpdf/QPDFExc.hh>

#include "proc/parse/pdf_shim.h"

/* Every exception ends here. */
template <typename F>
enum rp_pdf_shim_result
rp_pdf_shim_guarded(F f)
{
	try {
		return f();
	} catch (const QPDFExc &e) {
		return e.getErrorCode() == qpdf_e_password ? RP_PDF_ENCRYPTED :
							     RP_PDF_MALFORMED;
	} catch (const std::bad_alloc &) {
		return RP_PDF_NO_MEMORY;
	} catch (const std::length_error &) {
		return RP_PDF_NO_MEMORY;
	} catch (...) {
		return RP_PDF_MALFORMED;
	}
}

#endif
