/*
 * codebook_import - codebooks of other programs, into the themes of a question
 * and out of it.
 *
 * A file is kept as it came; the worker has a parse process read it
 * (codec/codebook.h), and its codes are stored beside it. Nothing has changed
 * until a person has seen what it would add, rename and define, and said so:
 * one decision, that can be undone (decision.h).
 *
 * A code is a theme that is there if it has its guid, else if it has its name
 * in any language. Themes are never taken away, moved or made wordless by it.
 * Texts are of the language that was chosen with the file. There are two
 * levels: what is deeper stands below its topmost code. Names and texts that
 * are too long are cut (RP_THEME_NAME_MAX, RP_THEME_TEXT_MAX).
 *
 * Needs RP_MAY_THEME. RP_E_NOTFOUND, RP_E_CONFLICT: it is in no state for it,
 * or not what was seen; RP_E_INVALID: no file; RP_E_LIMIT: over RP_THEMES_MAX.
 */
#ifndef RP_DOMAIN_CODEBOOK_IMPORT_H
#define RP_DOMAIN_CODEBOOK_IMPORT_H

#include "base/clock.h"
#include "domain/code.h"
#include "domain/decision.h"

#define RP_IMPORT_TRIES 3
#define RP_IMPORT_CLAIM (5 * RP_MINUTE)

struct rp_codebook_import {
	int64_t id; /* 0: none */
	rp_text file_name, lang, reason;
	rp_text state; /* received, read, failed, done */
};

struct rp_err *rp_codebook_import_add(const struct rp_actor *who,
    struct rp_tx *tx, int64_t question_id, int64_t upload_id, rp_text file_name,
    rp_text lang) RP_MUST_USE;

/* The last one. */
struct rp_err *rp_codebook_import_last(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b,
    struct rp_codebook_import *out) RP_MUST_USE;

enum rp_import_what {
	RP_IMPORT_ADDED,
	RP_IMPORT_RENAMED,
	RP_IMPORT_DEFINED, /* has other texts, the same name */
	RP_IMPORT_SAME,
	RP_IMPORT_WHATS
};

struct rp_import_line {
	enum rp_import_what what;
	rp_text name, was, parent; /* was: its name now, if renamed */
	int64_t theme_id;          /* 0: added */
};

struct rp_import_preview {
	struct RP_VEC(struct rp_import_line) lines;
	int64_t n[RP_IMPORT_WHATS];
};

/* What a file that was read would do. */
struct rp_err *rp_codebook_import_preview(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b, int64_t id,
    struct rp_import_preview *out) RP_MUST_USE;

/* Do it; `seen` is how many of each were shown. */
struct rp_err *rp_codebook_import_apply(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b, int64_t id,
    const int64_t seen[RP_IMPORT_WHATS], rp_text reason) RP_MUST_USE;

/* For the worker; RP_E_DENIED for others. */

struct rp_import_work {
	int64_t id, task_id, blob_id, tries;
};

struct rp_err *rp_codebook_import_claim(const struct rp_actor *who,
    struct rp_tx *tx, bool *out_found, struct rp_import_work *out) RP_MUST_USE;

/* What it holds; NULL: it was not read, for `reason`. */
struct rp_err *rp_codebook_import_read(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_import_work *work,
    const struct rp_import_codes *codes, rp_text reason) RP_MUST_USE;

/* The parse process was busy: later. */
struct rp_err *rp_codebook_import_later(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_import_work *work, int64_t after,
    rp_text error) RP_MUST_USE;

/* Out. */

/* The themes that stand, parents before children, in a language. */
struct rp_err *rp_codebook_codes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang,
    struct rp_import_codes *out) RP_MUST_USE;

#define RP_ASSIGNMENTS_BATCH 500

/* What stands under themes, after a place. */
struct rp_theme_assignment {
	int64_t response_id, number, revision_n, answer_id, from, to, theme_id,
	    score;
	rp_text by;
	bool is_heard;     /* at a session: no response has a number */
	rp_text file_name; /* of the attachment; else empty */
};
struct rp_theme_assignments RP_VEC(struct rp_theme_assignment);
struct rp_err *rp_theme_assignments(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b,
    const struct rp_theme_assignment *after,
    struct rp_theme_assignments *out) RP_MUST_USE;

#endif
