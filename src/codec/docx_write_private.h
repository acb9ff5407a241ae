/* docx_write_private - what the files of docx_write share. */
#ifndef RP_CODEC_DOCX_WRITE_PRIVATE_H
#define RP_CODEC_DOCX_WRITE_PRIVATE_H

#include "base/buf.h"
#include "base/map.h"
#include "codec/docx_write.h"

struct rp_docx_list_ids RP_VEC(struct rp_docx_same_list);
struct rp_docx_style_ids RP_VEC(rp_text);

/* An image, or an address, that a drawing of package 1 refers to. */
struct rp_docx_object {
	rp_text from, id;     /* of the relations there and here */
	rp_text type, target; /* of the relation; the part, or an address */
	rp_text media;        /* of the part */
	rp_bytes content;
	bool external;
};

struct rp_docx_objects RP_VEC(struct rp_docx_object);

/* A note of the document: its number in package 0's parts. */
struct rp_docx_writing {
	struct rp_arena *arena;
	const struct rp_document *d;
	const struct rp_docx_write *w;
	uint32_t next_id;              /* of annotations */
	struct rp_docx_list_ids lists; /* brought over: from 1, to new */
	uint32_t next_list;
	struct rp_docx_style_ids styles; /* brought over */
	struct rp_docx_objects objects;  /* brought over */
	uint32_t next_object;
	int32_t *note_ids; /* by note of the document */
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

/*
 * A drawing of package 1's body. RP_E_INVALID for what is more than images: a
 * chart, an embedded object.
 */
struct rp_err *rp_docx_put_object(struct rp_docx_writing *w, struct rp_buf *b,
    rp_bytes raw) RP_MUST_USE;
struct rp_err *rp_docx_bring_objects(struct rp_docx_writing *w,
    struct rp_docx_changes *out) RP_MUST_USE;

/* For an attribute's value. */
rp_text rp_docx_escaped(struct rp_docx_writing *w, rp_text t);

/* A <Relationship/> of the main part. */
struct rp_err *rp_docx_add_relation(struct rp_docx_writing *w,
    struct rp_docx_changes *out, rp_text relation) RP_MUST_USE;

/* An entry that package 0 lacks, and what it is. */
struct rp_err *rp_docx_add_entry(struct rp_docx_writing *w,
    struct rp_docx_changes *out, rp_text name, rp_text type,
    rp_bytes content) RP_MUST_USE;

/* A part that package 0 lacks, with its relation and its type. */
struct rp_err *rp_docx_add_part(struct rp_docx_writing *w,
    struct rp_docx_changes *out, const char *type, const char *file,
    rp_bytes content) RP_MUST_USE;

#endif
