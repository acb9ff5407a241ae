/*
 * report_return - a report that was edited in a word processor and came back.
 *
 * The file is read by a parse process; its paragraphs have the origins of the
 * lines they came from (codec/docx_new.h). What it says otherwise becomes edits
 * only when somebody takes it over: the newest file of a language waits for
 * that. Uploading, seeing and taking over need RP_MAY_MEET on the group; a
 * locked report takes none (RP_E_CONFLICT).
 *
 * Tested in report_test.c.
 */
#ifndef RP_DOMAIN_REPORT_RETURN_H
#define RP_DOMAIN_REPORT_RETURN_H

#include "domain/report.h"

struct rp_report_return {
	bool there;
	rp_text file_name, reading, reason; /* received, read, not_read */
	int64_t at;
	rp_bytes text; /* Akoma Ntoso, once it is read */
};

/* RP_E_INVALID for no file. */
struct rp_err *rp_report_return_add(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_report *r, rp_text lang, int64_t upload_id,
    rp_text file_name) RP_MUST_USE;

struct rp_err *rp_report_return_get(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r, rp_text lang,
    struct rp_report_return *out) RP_MUST_USE;

/* It was taken over, or is not wanted. */
struct rp_err *rp_report_return_forget(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report *r, rp_text lang) RP_MUST_USE;

/* For the worker. */

struct rp_report_return_work {
	int64_t id, blob_id;
	rp_bytes file;
};

/* The one that waits longest. RP_E_DENIED for others than the system. */
struct rp_err *rp_report_return_claim(const struct rp_actor *who,
    struct rp_tx *tx, bool *found,
    struct rp_report_return_work *out) RP_MUST_USE;

/* `reason` empty: it was read. */
struct rp_err *rp_report_return_done(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_report_return_work *work, rp_bytes text,
    rp_text reason) RP_MUST_USE;

#endif
