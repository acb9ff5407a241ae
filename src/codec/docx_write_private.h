/* docx_write_private - what the files of docx_write share. */
#ifndef RP_CODEC_DOCX_WRITE_PRIVATE_H
#define RP_CODEC_DOCX_WRITE_PRIVATE_H

#include "base/buf.h"
#include "base/map.h"
#include "codec/docx_write.h"

struct rp_docx_list_ids RP_VEC(struct rp_docx_same_list);
struct rp_docx_style_ids RP_VEC(rp_text);

/* A note of the document: its number in package 0's parts. */
struct rp_docx_writing {
	struct rp_arena *arena;
	const struct rp_document *d;
	const struct rp_docx_write *w;
	uint32_t next_id;              /* of annotations */
	struct rp_docx_list_ids lists; /* brought over: from 1, to new */
	uint32_t next_list;
	struct rp_docx_style_ids styles; /* brought over */
	int32_t *note_ids;               /* by note of the document */
};

/* A paragraph, whole: `group` blocks that share their octets, or one. */
struct rp_err *rp_docx_put_blocks(struct rp_docx_writing *w, struct rp_buf *b,
    const struct rp_xmltree *t, const struct rp_block *blocks,
    size_t n) RP_MUST_USE;

/* A w:numId of package 1 in package 0. */
uint32_t rp_docx_list_of(struct rp_docx_writing *w, uint32_t list);

/* A style of package 1 is needed. */
void rp_docx_need_style(struct rp_docx_writing *w, rp_text id);

/* <w:ins w:id="" w:author="" w:date=""> without its end; `end` is ">" or "/>".
 */
void rp_docx_put_revision(struct rp_docx_writing *w, struct rp_buf *b,
    const char *name, rp_revision_ref v, const char *end);

/* Changed and added parts but the main one and notes: lists and styles. */
struct rp_docx_changes RP_VEC(struct rp_zip_change);

struct rp_err *rp_docx_bring_lists(struct rp_docx_writing *w,
    struct rp_docx_changes *out) RP_MUST_USE;
struct rp_err *rp_docx_bring_styles(struct rp_docx_writing *w,
    struct rp_docx_changes *out) RP_MUST_USE;

/* A part that package 0 lacks, with its relation and its type. */
struct rp_err *rp_docx_add_part(struct rp_docx_writing *w,
    struct rp_docx_changes *out, const char *type, const char *file,
    rp_bytes content) RP_MUST_USE;

#endif
