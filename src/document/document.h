/*
 * document - the one model of a document.
 *
 * Every reader makes it, every writer takes it; comparing, merging and the
 * pages work on nothing else. A document is a few stories (the body, notes,
 * headers, footers); a story is a row of blocks in reading order, and a block
 * is what has one paragraph mark. Tables are not nested boxes: the blocks in a
 * cell say in which cell they stand, so a row of blocks is always enough.
 *
 * What a number before a paragraph says is its label. It is computed, never
 * part of the text: rp_block_text() is the same whether an author typed "b)"
 * and a tab or let the program count. Where it was typed, the first
 * `label_runs` runs of the block hold it, so that a writer can put it back.
 *
 * Revisions (tracked changes) live in the model: a run or a paragraph mark says
 * by which revision it came and by which it goes. Accepting and rejecting is
 * done here, on the model (accept.h), for all formats alike. A comparison is
 * given out as such a document too (exchange/compare.h), so a writer that can
 * show revisions can show every redline.
 *
 * Everything lives in one arena and borrows from it. Text is valid UTF-8 in NFC
 * as the reader found it: nothing is trimmed or folded. Positions in the text
 * of a block are octets of rp_block_text().
 */
#ifndef RP_DOCUMENT_DOCUMENT_H
#define RP_DOCUMENT_DOCUMENT_H

#include "base/str.h"
#include "base/vec.h"

/* Limits of one document, kept by every reader (RP_E_LIMIT). */
#define RP_DOCUMENT_BLOCKS_MAX ((size_t)200000)
#define RP_DOCUMENT_TEXT_MAX ((size_t)32 << 20) /* octets, all stories */
#define RP_DOCUMENT_RUNS_MAX ((size_t)2000000)
#define RP_DOCUMENT_NOTES_MAX ((size_t)20000)
#define RP_DOCUMENT_REVISIONS_MAX ((size_t)500000)

/* Revisions. */

enum rp_revision_kind {
	RP_REVISION_INSERT = 1,
	RP_REVISION_DELETE,
	RP_REVISION_MOVE_FROM,
	RP_REVISION_MOVE_TO,
	RP_REVISION_FORMAT, /* formatting or numbering only: text is the same */
};

struct rp_revision {
	enum rp_revision_kind kind;
	rp_text author;
	rp_text date; /* RFC 3339 as the file had it; empty: unknown */
	/* The same in MOVE_FROM and MOVE_TO of one move; empty: no move. */
	rp_text move;
};

/* A reference to doc->revisions.v[i]; 0 is none (v[0] is never used). */
typedef uint32_t rp_revision_ref;

/* Runs. */

/* What is equal on screen; bits of rp_format.look. */
#define RP_LOOK_BOLD 0x01U
#define RP_LOOK_ITALIC 0x02U
#define RP_LOOK_UNDERLINE 0x04U
#define RP_LOOK_STRIKE 0x08U
#define RP_LOOK_SUPERSCRIPT 0x10U
#define RP_LOOK_SUBSCRIPT 0x20U
#define RP_LOOK_SMALL_CAPS 0x40U
#define RP_LOOK_CAPS 0x80U
#define RP_LOOK_CODE 0x100U
#define RP_LOOK_HIDDEN 0x200U

/*
 * Formats are interned: in one document equal formats have equal indices.
 * v[0] is the plain one. `raw` is the reader's own (for DOCX the octets of
 * w:rPr without its revision marks), for the writer of the same format.
 */
struct rp_format {
	unsigned look;
	rp_text style; /* character style; empty: none */
	rp_text lang;  /* BCP 47 tag; empty: that of the block */
	bool rtl;
	rp_bytes raw;
};

enum rp_run_kind {
	/* "\t" is a tab and "\n" a line break; U+2011 a no-break hyphen. */
	RP_RUN_TEXT = 0,
	RP_RUN_NOTE, /* the mark of note `note`; no text */
	/*
	 * What the model does not know (an image, an equation, a drawing): no
	 * text; it is compared by `same`, or without it by the octets of `raw`,
	 * and `text` may hold a word for the gap (an image's alternative text),
	 * which is not in the text.
	 */
	RP_RUN_OPAQUE,
};

struct rp_run {
	enum rp_run_kind kind;
	rp_text text;
	uint32_t format; /* in doc->formats */
	uint32_t link;   /* in doc->links; 0: none */
	uint32_t field;  /* in doc->fields; 0: none. The text is its result. */
	uint32_t note;   /* RP_RUN_NOTE: in doc->notes */
	rp_revision_ref ins, del; /* both: somebody deleted what was inserted */
	rp_bytes raw;             /* the reader's octets; may be empty */
	rp_bytes same; /* OPAQUE: equal for what is equal; may be empty */
};

/* Labels. */

enum rp_label_kind {
	RP_LABEL_NONE = 0,
	RP_LABEL_TYPED,
	RP_LABEL_AUTO,
};

enum rp_label_style {
	RP_LABEL_BULLET = 0, /* `value` is 0, `text` the bullet */
	RP_LABEL_DECIMAL,
	RP_LABEL_LOWER_LETTER, /* a ... z, aa, bb ... (Word) */
	RP_LABEL_UPPER_LETTER,
	RP_LABEL_LOWER_ROMAN,
	RP_LABEL_UPPER_ROMAN,
	RP_LABEL_CJK,          /* 一 二 三 */
	RP_LABEL_ARABIC_INDIC, /* ١ ٢ ٣ */
	RP_LABEL_ARABIC_ABJAD, /* أ ب ج */
	RP_LABEL_CYRILLIC,     /* а б в */
	RP_LABEL_OTHER,        /* what a reader could not name: `text` only */
};

struct rp_label {
	enum rp_label_kind kind;
	enum rp_label_style style;
	int32_t value; /* of the last part: c) and 1.2.3 are 3 */
	uint8_t level; /* 0 is outermost */
	/* bis is 1, ter 2, quater 3 ...; 0: none. "1A" counts as letters below.
	 */
	uint8_t latin;
	rp_text text; /* as shown: "c)", "1.2.3", "b)bis" */
	/* Which list counts it: equal in all items of one list; 0: none. */
	uint32_t list;
};

/* Blocks. */

enum rp_block_kind {
	RP_BLOCK_PARAGRAPH = 0,
	RP_BLOCK_HEADING,   /* `level` 1 to 9; 0: the title */
	RP_BLOCK_CALLOUT,   /* "considering", "resolves to instruct the ..." */
	RP_BLOCK_PROVISION, /* a labelled paragraph below a call-out */
	RP_BLOCK_ITEM,      /* another labelled or bulleted paragraph */
	RP_BLOCK_OPAQUE,    /* no text; `raw` */
	RP_BLOCK_SECTION,   /* a section break alone */
};

enum rp_direction {
	RP_DIRECTION_AUTO = 0, /* by its first strong character */
	RP_DIRECTION_LTR,
	RP_DIRECTION_RTL,
};

/* What a comparison says of a block, in the margin of proposals. */
enum rp_margin {
	RP_MARGIN_NONE = 0, /* it is of no comparison */
	RP_MARGIN_NOC,
	RP_MARGIN_MOD,
	RP_MARGIN_MOD_EDITORIAL, /* (MOD) */
	RP_MARGIN_ADD,
	RP_MARGIN_SUP,
	RP_MARGIN_ADD_MOVED, /* ADD*: it was moved here */
	RP_MARGIN_SUP_MOVED, /* SUP*: it was moved away */
	RP_MARGINS,
};

/* Where a block stands in a table. Numbers start with 1; table 0: in none. */
struct rp_cell {
	uint32_t
	    table; /* within the story; a nested table has its own number */
	uint32_t row, column;
	uint16_t columns;                   /* that it spans, 0 as 1 */
	rp_revision_ref row_ins, row_del;   /* of the whole row */
	rp_revision_ref cell_ins, cell_del; /* of the cell alone */
};

struct rp_block {
	enum rp_block_kind kind;
	uint8_t level;
	enum rp_direction direction;
	struct rp_label label;
	/* runs[0 .. label_runs) are the typed label with what follows it. */
	struct rp_run *runs;
	uint32_t n_runs, label_runs;
	rp_text id;    /* of the file (w14:paraId, wId, eId); empty: none */
	rp_text style; /* paragraph style as shown to people; empty: none */
	rp_text lang;  /* BCP 47 tag; empty: that of the document */
	struct rp_cell cell;
	/*
	 * The paragraph mark. Deleted: accepting joins this block with the
	 * next. Inserted: rejecting does. A block that goes as a whole has its
	 * mark and all its runs in the same state.
	 */
	rp_revision_ref mark_ins, mark_del;
	rp_revision_ref
	    mark_format; /* numbering or style changed: was `before` */
	/* Its label and style when all revisions are undone; NULL: the same. */
	const struct rp_label *label_rejected;
	const rp_text *style_rejected;
	enum rp_margin margin;
	rp_bytes raw;   /* the reader's octets of the whole block */
	rp_bytes props; /* the reader's octets of its properties (w:pPr) */
	/* What a run or the mark says is no longer all in `raw`. */
	bool changed;
	/* With mark_format: `props` are the new ones, from this package. */
	uint8_t props_package;
	/* Index in the package that `raw` and `props` are from: 0, 1, ... */
	uint8_t package;
};

struct rp_blocks RP_VEC(struct rp_block);

/* Stories. */

enum rp_story_kind {
	RP_STORY_BODY = 0,
	RP_STORY_FOOTNOTE,
	RP_STORY_ENDNOTE,
	RP_STORY_HEADER,
	RP_STORY_FOOTER,
};

struct rp_story {
	enum rp_story_kind kind;
	rp_text id; /* of the file: a note's number, a header's part */
	struct rp_blocks blocks;
};

struct rp_document {
	struct rp_story body;
	/* In the order of their marks in the body; the k-th is shown as k + 1.
	 */
	struct rp_stories RP_VEC(struct rp_story) notes;
	struct rp_stories margins; /* headers and footers */
	struct rp_formats RP_VEC(struct rp_format) formats;
	struct rp_links RP_VEC(rp_text) links; /* v[0] is never used */
	struct rp_fields RP_VEC(
	    rp_text) fields; /* instructions; v[0] as above */
	struct rp_revisions RP_VEC(struct rp_revision) revisions;
	rp_text lang;  /* BCP 47 tag; empty: unknown */
	rp_text title; /* of the file's own properties; empty: none */
};

/* An empty document: the plain format, and the entries that are never used. */
struct rp_document *rp_document_new(
    struct rp_arena *a) RP_MUST_USE RP_NONNULL_RET;

/* The index of a format equal to `f`, added if it is new. */
uint32_t rp_document_format(struct rp_arena *a, struct rp_document *d,
    const struct rp_format *f);

/* Add a revision. */
rp_revision_ref rp_document_revise(struct rp_arena *a, struct rp_document *d,
    const struct rp_revision *r);

/*
 * The text of a block without its label, note marks and opaque runs, with all
 * runs, whatever their revisions. Borrowed where one run holds it all.
 */
rp_text rp_block_text(struct rp_arena *a, const struct rp_block *b);

/* "NOC", "(MOD)", "ADD*"; empty for none. */
rp_text rp_margin_text(enum rp_margin margin);

/* True if the document has a revision that accepting would change. */
bool rp_document_has_revisions(const struct rp_document *d);

#endif
