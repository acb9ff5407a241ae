/* docx_read_private - what docx_read.c and docx_read_runs.c share. */
#ifndef RP_CODEC_DOCX_READ_PRIVATE_H
#define RP_CODEC_DOCX_READ_PRIVATE_H

#include "base/buf.h"
#include "base/map.h"
#include "codec/docx_read.h"

#define RP_DOCX_FIELDS_OPEN_MAX 16
#define RP_DOCX_INSTRUCTION_MAX ((size_t)8192)

struct rp_docx_field {
	struct rp_buf instruction;
	bool result; /* past its "separate" */
	uint32_t field, link;
};

/* What holds for the runs being read. */
struct rp_docx_state {
	rp_revision_ref ins, del;
	uint32_t link, field;
};

struct rp_docx_row {
	uint32_t table, row, column;
	uint16_t columns;
	rp_revision_ref row_ins, row_del, cell_ins, cell_del;
};

struct rp_docx_runs RP_VEC(struct rp_run);

struct rp_docx_reading {
	struct rp_arena *arena;
	struct rp_docx_read *out;
	struct rp_document *d;
	const struct rp_xmltree *t;
	bool preserve; /* xml:space on the root */
	struct rp_docx_format_map RP_MAP(uint32_t) formats;
	struct rp_docx_link_map RP_MAP(uint32_t) links;
	struct rp_docx_note_map RP_MAP(uint32_t) notes; /* "f1" -> d->notes */
	struct rp_numbering_count *count, *count_rejected;
	rp_text move_from, move_to; /* names of the moves that are open */
	struct rp_docx_field fields[RP_DOCX_FIELDS_OPEN_MAX];
	unsigned n_fields;
	struct rp_docx_state state;
	struct rp_docx_row cell;
	uint32_t tables; /* of the story, so far */
	struct rp_docx_runs runs;
	struct rp_blocks *blocks;
	unsigned style_look;
	size_t n_text, n_runs, n_blocks;
};

/* The runs of a paragraph's content go to r->runs. */
struct rp_err *rp_docx_read_content(struct rp_docx_reading *r,
    uint32_t node) RP_MUST_USE;

/* At the end of a paragraph: an instruction does not swallow the next one. */
void rp_docx_end_fields(struct rp_docx_reading *r);

/* The revision that `node` (w:ins and the like) tells of. */
rp_revision_ref rp_docx_revision(struct rp_docx_reading *r, uint32_t node,
    enum rp_revision_kind kind);

/* Names of moves begin and end; true if the node was such a mark. */
bool rp_docx_move_mark(struct rp_docx_reading *r, uint32_t node);

#endif
