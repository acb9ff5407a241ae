/*
 * attachment - have an uploaded document read in a process of its own.
 *
 * The worker's side of codec/ipc.h over spawn.h. What comes back was made by a
 * process that held a hostile document: it is decoded as foreign octets.
 * Tested in parse/attachment_test.c.
 */
#ifndef RP_PROC_ATTACHMENT_H
#define RP_PROC_ATTACHMENT_H

#include "codec/ipc.h"

/*
 * `spawn_fd` and `id` as rp_spawn_run(). RP_E_UNAVAILABLE: busy, try later.
 * A document that ended its process (time, memory, a fault) is the reply
 * RP_IPC_NOT_READ with the reason, as is one that makes no sense.
 */
struct rp_err *rp_attachment_read(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes document, struct rp_ipc_reply *out) RP_MUST_USE;

/*
 * A version of an instrument: its text comes back as Akoma Ntoso. Whether text
 * is Markdown is known by its name alone.
 */
struct rp_err *rp_attachment_model(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes document, bool markdown,
    struct rp_ipc_reply *out) RP_MUST_USE;

/* Two of them: what was done to `old` to make `now`. */
struct rp_err *rp_attachment_compare(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes old, rp_bytes now,
    struct rp_ipc_reply *out) RP_MUST_USE;

/* A text with flattened changes: two texts, and what was decided. */
struct rp_err *rp_attachment_salvage(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes document, struct rp_ipc_reply *out) RP_MUST_USE;

/* A codebook of another program, in any of its formats: codes as JSON. */
struct rp_err *rp_attachment_codebook(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes document, struct rp_ipc_reply *out) RP_MUST_USE;

/* A version and a bundle of amendments (exchange/consolidate_bundle.h): all of
 * them in one text; the text as it was decided, as a Word document alone. */
struct rp_err *rp_attachment_consolidate(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out) RP_MUST_USE;
struct rp_err *rp_attachment_clean(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes base, rp_bytes bundle,
    struct rp_ipc_reply *out) RP_MUST_USE;

/*
 * A document with its head, as JSON of codec/paper.h, in front: as a tagged PDF
 * or a Word document. For every job that has a document that is not ours; one
 * that is ours can be written anywhere by pdf/pdf.h.
 */
struct rp_err *rp_attachment_paper(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes document, rp_text head, bool markdown, bool pdf,
    struct rp_ipc_reply *out) RP_MUST_USE;

/* A body's own Word template with facts as JSON (codec/docx_fill.h): a Word
 * document, and the fields that no fact is for, one a line. */
struct rp_err *rp_attachment_fill(struct rp_arena *a, int spawn_fd, uint32_t id,
    rp_bytes template, rp_text facts, struct rp_ipc_reply *out) RP_MUST_USE;

/* A PDF as parts that can be joined with others (codec/pdf_join.h). */
struct rp_err *rp_attachment_parts(struct rp_arena *a, int spawn_fd,
    uint32_t id, rp_bytes pdf, struct rp_ipc_reply *out) RP_MUST_USE;

#endif
