/*
 * docx_write - a document with revisions as a Word document with tracked
 * changes, by patching a package.
 *
 * The document's blocks are from packages that docx_read.h has read: `package`
 * 0 is the one that is patched, 1 the one that something is brought over from.
 * All blocks of package 0's body are there, in its order, as far as they have
 * `raw`. A block of package 0 keeps its octets; where it is `changed`, its runs
 * say what becomes of them: runs without `ins` are, one after another, what its
 * octets hold, `del` says that they go, and a run with `ins` comes in between.
 * So bookmarks, fields, content controls and comments stay. A block that was
 * split is there several times with the same `raw`, all but the last with
 * mark_ins; those behind the first may be of inserted runs alone. A block of
 * package 1 is new as a whole: its mark and runs are inserted or moved here.
 * With mark_format, or where `props_package` is not `package`, the properties
 * are those of `props` in `props_package`; with mark_format the old ones are
 * kept as w:pPrChange.
 *
 * New blocks with cell.row_ins make new rows, which are brought over with their
 * properties: in the table of the neighbour with the same cell.table, or as a
 * new table. Rows of package 0 with cell.row_del are marked as well.
 *
 * Notes work in the same way in their own parts; a note of package 1 is added,
 * and then all notes of its kind are numbered and stand in the order of their
 * marks. Lists and styles that package 0 does not have are brought over;
 * `lists` says which lists of package 1 are lists of package 0. A paragraph of
 * package 1 says its list itself where its style does not say it in package 0.
 * Links and fields of new runs become complex fields. Images, and drawings of
 * nothing but images and addresses, are brought over with their parts; charts
 * and embedded objects are not: RP_E_INVALID. Equations are.
 *
 * What is written obeys ECMA-376: w:ins, w:del, w:moveFrom and w:moveTo are
 * around runs and in paragraph marks, deleted text is w:delText, identifiers
 * are unique, properties stand in the order of the schema. Everything else is
 * copied. The same input gives the same octets. RP_E_INVALID if package 0 does
 * not use the prefix "w", RP_E_LIMIT past `max` octets.
 * Tested in src/exchange/compare_test.c.
 */
#ifndef RP_CODEC_DOCX_WRITE_H
#define RP_CODEC_DOCX_WRITE_H

#include "codec/docx_read.h"

struct rp_docx_same_list {
	uint32_t from, to; /* w:numId in package 1 and in package 0 */
};

struct rp_docx_write {
	const struct rp_docx_read *packages[2]; /* [1] may be NULL */
	const struct rp_docx_same_list *lists;
	size_t n_lists;
	size_t max;
};

/*
 * Do two paragraphs look the same: properties but style, list, revisions and
 * section? Octets of w:pPr as the readers gave them; either may be empty.
 */
bool rp_docx_same_layout(const struct rp_docx_read *x, rp_bytes props_x,
    const struct rp_docx_read *y, rp_bytes props_y);

struct rp_err *rp_docx_write(struct rp_arena *a, const struct rp_document *d,
    const struct rp_docx_write *w, rp_bytes *out) RP_MUST_USE;

#endif
