/*
 * report_private - what the modules of reports share.
 */
#ifndef RP_DOMAIN_REPORT_PRIVATE_H
#define RP_DOMAIN_REPORT_PRIVATE_H

#include "domain/report.h"

/* The row, if nothing was done with the report so far. Needs RP_MAY_MEET. */
struct rp_err *rp_report_ensure(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r) RP_MUST_USE;

struct rp_err *rp_report_version_add(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_report *r, const char *reason, bool is_public,
    const struct rp_report_files *files) RP_MUST_USE;

/* Octets that the program made, as a blob. The caller asked who may. */
struct rp_err *rp_report_keep(const struct rp_actor *who, struct rp_tx *tx,
    rp_bytes octets, int64_t *out) RP_MUST_USE;

#define RP_REPORT_FILE_MAX ((size_t)16 << 20) /* octets of a stored file */
struct rp_err *rp_report_blob(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, rp_bytes *out) RP_MUST_USE;

struct rp_err *rp_report_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, const char *action, rp_text before,
    rp_text after) RP_MUST_USE;

#endif
