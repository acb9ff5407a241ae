/*
 * odt_read - an OpenDocument text (ODF 1.3) as a document.
 *
 * Untrusted input: an open package.
 *
 * Read are paragraphs, headings with their level and outline number, lists with
 * their labels (formats, prefixes, start values, numbering that goes on, levels
 * shown), tables, footnotes and endnotes, headers and footers, links, tracked
 * changes (insertions and deletions, of whole paragraphs too), the look of text
 * and the styles' names. Labels are AUTO. A paragraph that goes on with an item
 * has the depth of its list as `level`. Of paragraph styles only automatic ones
 * change the look of text: that a heading is bold is its style.
 *
 * A deletion stands where its mark does, before the text behind it, with the
 * mark of every deleted paragraph but its last. Changes of formatting alone,
 * annotations and moves (ODF has none) are left out. Frames and drawings are
 * opaque runs. White space is folded as ODF says.
 */
#ifndef RP_CODEC_ODT_READ_H
#define RP_CODEC_ODT_READ_H

#include "document/document.h"

struct rp_zip;

#define RP_ODT_STYLES_MAX ((size_t)20000)
#define RP_ODT_LISTS_MAX ((size_t)100000)
#define RP_ODT_LEVELS 10       /* of lists; deeper ones are as the last */
#define RP_ODT_SPACES_MAX 1000 /* of one text:s */

/* RP_E_INVALID (encrypted too), RP_E_LIMIT as zip.h, xmlread.h, document.h. */
struct rp_err *rp_odt_read(struct rp_arena *a, struct rp_zip *z,
    struct rp_document **out) RP_MUST_USE;

#endif
