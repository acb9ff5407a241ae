/*
 * file - documents as files: their text, and their revisions taken or undone.
 *
 * What comes is foreign; the readers of codec/ judge it, and have the fuzz
 * targets. Word documents, OpenDocument text and Akoma Ntoso are known by their
 * octets. Revisions of Word documents are taken and undone in their octets
 * (codec/docx_revise.h); the text is that of the model. RP_E_INVALID for other
 * formats and malformed files, RP_E_LIMIT past the limits of the readers and
 * past RP_FILE_OUT_MAX.
 */
#ifndef RP_EXCHANGE_FILE_H
#define RP_EXCHANGE_FILE_H

#include "base/str.h"

struct rp_document;

#define RP_FILE_OUT_MAX ((size_t)64 << 20)

enum rp_file_view {
	RP_FILE_ACCEPTED = 0,
	RP_FILE_REJECTED,
	RP_FILE_ALL, /* with marks: {+inserted+}, [-deleted-] */
};

/* RP_E_INVALID for what people often have and what is never read here. */
struct rp_err *rp_file_check(rp_bytes octets) RP_MUST_USE;

/* Text that begins with "<" is XML. */
bool rp_file_is_xml(rp_bytes octets);

/* The model of a file, with its revisions. */
struct rp_err *rp_file_read(struct rp_arena *a, rp_bytes octets,
    struct rp_document **out) RP_MUST_USE;

/* A Word document with all revisions taken, or undone. */
struct rp_err *rp_file_settle(struct rp_arena *a, rp_bytes octets, bool accept,
    rp_bytes *out) RP_MUST_USE;

/*
 * One line for each paragraph: label, tab, text, "[^1]" for a note's mark;
 * line breaks are spaces. The cells of a table's row are on a line, with tabs
 * between. Notes stand at the end, "[^1]: text". Headers and footers are left
 * out.
 */
struct rp_err *rp_file_text(struct rp_arena *a, rp_bytes octets,
    enum rp_file_view view, rp_text *out) RP_MUST_USE;

#endif
