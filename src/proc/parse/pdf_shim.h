/*
 * pdf_shim - the two C++ libraries for PDF, behind a C interface.
 *
 * poppler reads text, qpdf writes the cleaned copy. Untrusted input. No C++
 * exception leaves it. Neither opens a file after rp_pdf_shim_prepare():
 * poppler is given no folder of character maps, so text in fonts that need one
 * (Chinese, Japanese and Korean without a ToUnicode table) is not found; the
 * programs that people write with today put that table in.
 * Tested in parse_test.c.
 */
#ifndef RP_PROC_PARSE_PDF_SHIM_H
#define RP_PROC_PARSE_PDF_SHIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum rp_pdf_shim_result {
	RP_PDF_OK = 0,
	RP_PDF_MALFORMED,
	RP_PDF_ENCRYPTED, /* needs a password */
	RP_PDF_TOO_MANY_PAGES,
	RP_PDF_NO_MEMORY,
};

/*
 * Read and write a document of its own making, so that both libraries have
 * opened, loaded and counted what they do once in a process. 0, or what failed.
 */
enum rp_pdf_shim_result rp_pdf_shim_prepare(void);

/*
 * Call `page` with the text of each page in UTF-16 until it returns 0.
 * `out_pages` is how many the document has.
 */
enum rp_pdf_shim_result rp_pdf_shim_text(const uint8_t *p, size_t n,
    int pages_max, int (*page)(void *ctx, const uint16_t *text, size_t units),
    void *ctx, int *out_pages);

/*
 * Call `copy` with the document without its Info and its XMP metadata, without
 * private data of the program that wrote it, names of annotators, scripts,
 * attached files and actions on opening. Not encrypted. The same input gives
 * the same octets.
 */
enum rp_pdf_shim_result rp_pdf_shim_clean(const uint8_t *p, size_t n,
    void (*copy)(void *ctx, const uint8_t *p, size_t n), void *ctx);

/*
 * Call `copy` with the pages, what they need and their tags as parts that can
 * be joined with others (codec/pdf_join.h), at most `max` octets: links stay,
 * and no form, script, attached file or other annotation.
 */
enum rp_pdf_shim_result rp_pdf_shim_parts(const uint8_t *p, size_t n,
    int pages_max, size_t max,
    void (*copy)(void *ctx, const uint8_t *p, size_t n), void *ctx,
    int *out_pages);

#ifdef __cplusplus
}
#endif

#endif
