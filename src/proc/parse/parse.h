/*
 * parse - the role that reads one uploaded document, or compares two.
 *
 * Everything here is foreign. The process that runs it reads one document, and
 * dies: rp_parse_prepare(), the sandbox, rp_parse_main(). Between the sandbox
 * and the end it opens no file, makes no socket, and asks for no more than
 * memory and the two descriptors.
 *
 * The kind is found from the octets (filetype.h). Text: of PDF, DOCX, ODT,
 * plain text in UTF-8 or UTF-16. Copy: PDF without Info and XMP (pdf_shim.h),
 * DOCX and ODT without authors (office_clean.h), plain text as it is. Whatever
 * is wrong with a document is a reply that says so; only a limit of the process
 * (time, memory) ends it without one.
 *
 * The versions of instruments are Word documents or what else exchange/pair.h
 * reads. Their text goes out as Akoma Ntoso (codec/akn.h), with the document's
 * own revisions taken, and with it what it quotes and its words; a comparison
 * as Akoma Ntoso with revisions, as an edit script in JSON, and as a Word
 * document with tracked changes (exchange/pair.h), which for other formats is
 * made from the two texts. RP_IPC_NOT_CLEANED: all but the last. A text with
 * flattened changes becomes two texts and a list of what was decided
 * (codec/salvage.h).
 * Amendments to a version are Word documents, or edits of its provisions; what
 * comes of all of them goes out in the same three forms
 * (exchange/consolidate.h), and as a clean Word document when it is decided.
 * Where there is no amendment it is the version alone.
 */
#ifndef RP_PROC_PARSE_PARSE_H
#define RP_PROC_PARSE_PARSE_H

#include "codec/ipc.h"

/* Memory for one step (text, copy) of one document; past it: RP_E_LIMIT. */
#define RP_PARSE_STEP_MAX ((size_t)320 << 20)

/* Whose the tracked changes of a comparison are. */
#define RP_PARSE_AUTHOR "Rapporteur"

/* What must be done while files can still be opened. RP_E_INTERNAL. */
struct rp_err *rp_parse_prepare(void) RP_MUST_USE;

/* The document's reply, in `a` (at most 48 MiB of it). */
void rp_parse_document(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out);

/* The parts of a PDF, to be joined with others (codec/pdf_join.h). */
void rp_parse_parts(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out);

/* The text of a version, and what two differ in; after rp_parse_prepare(). */
void rp_parse_model(struct rp_arena *a, rp_bytes document, bool markdown,
    struct rp_ipc_reply *out);
void rp_parse_compare(struct rp_arena *a, rp_bytes old, rp_bytes now,
    struct rp_ipc_reply *out);

/* The two texts of one in which changes were flattened. */
void rp_parse_salvage(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out);

/* A codebook of another program; after rp_parse_prepare(). */
void rp_parse_codebook(struct rp_arena *a, rp_bytes document,
    struct rp_ipc_reply *out);

/* A base and a bundle of amendments to it; after rp_parse_prepare(). */
void rp_parse_consolidate(struct rp_arena *a, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out);
void rp_parse_clean(struct rp_arena *a, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out);

/* A Word template with facts in its fields. */
void rp_parse_fill(struct rp_arena *a, rp_bytes template, rp_bytes facts,
    struct rp_ipc_reply *out);

/*
 * A document of a meeting with its head (codec/paper.h) in front: its words,
 * labels and findings, and a Word document or a PDF. Fonts are mapped by
 * rp_parse_paper_prepare(), which rp_parse_prepare() calls; an installation
 * without fonts gives no PDF, and says so.
 */
void rp_parse_paper_prepare(void);
void rp_parse_paper(struct rp_arena *a, rp_bytes document, rp_bytes head,
    bool markdown, bool pdf, struct rp_ipc_reply *out);

/*
 * Read a request from `in`, write its reply to `out`. The exit status: 0 if a
 * reply was written.
 */
int rp_parse_main(int in, int out);

#endif
