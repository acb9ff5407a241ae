/*
 * demo_file - small but valid PDF, DOCX, ODT and text files from a text.
 *
 * For the attachments of the demonstration, and for tests of what reads such
 * files. Paragraphs are divided by empty lines. The office files name an author
 * in their properties, so that there is something to clean. The PDF embeds no
 * font: its text is there to be extracted, in any script. The same text always
 * makes the same octets.
 */
#ifndef RP_PROC_DEMO_FILE_H
#define RP_PROC_DEMO_FILE_H

#include "base/str.h"

#define RP_DEMO_FILE_MAX ((size_t)4 << 20)

/* `kind`: pdf, docx, odt, txt. RP_E_INVALID for another, RP_E_LIMIT. */
struct rp_err *rp_demo_file(struct rp_arena *a, rp_text kind, rp_text text,
    rp_text author, rp_bytes *out) RP_MUST_USE;

#endif
