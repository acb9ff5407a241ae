/*
 * flattened - texts in which tracked changes were flattened, at the desk.
 *
 * Programs that take the text out of a word processor's file often give deleted
 * and inserted words side by side. Such a text of an instrument is uploaded as
 * it is; the worker has a parse process separate it (codec/salvage.h), and what
 * was decided on the way is kept as JSON, with the confidence of each decision.
 * Staff look at it, give names and dates, and the two texts become two versions
 * of the instrument, which say where they are from.
 *
 * Everything needs RP_MAY_REGISTER on the group, but reading the decisions
 * behind versions that the public sees: who reads a text should see how sure it
 * is.
 */
#ifndef RP_DOMAIN_FLATTENED_H
#define RP_DOMAIN_FLATTENED_H

#include "domain/instrument.h"

#define RP_FLATTENED_MAX 20 /* of an instrument */

struct rp_flattened {
	int64_t id, instrument_id;
	rp_text lang, file_name;
	rp_text reading, reason; /* as struct rp_version */
	int64_t blob_id, base_blob_id, new_blob_id, decisions_blob_id;
	int64_t old_number, new_number; /* its versions; 0: not made yet */
	int64_t created_at;
};

struct rp_flatteneds RP_VEC(struct rp_flattened);

/*
 * Its file is read soon. RP_E_INVALID for no text (by the upload's kind) or no
 * language, RP_E_LIMIT past RP_FLATTENED_MAX.
 */
struct rp_err *rp_flattened_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, rp_text lang, int64_t upload_id, rp_text file_name,
    rp_text file_kind, int64_t *out_id) RP_MUST_USE;

struct rp_err *rp_flattened_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_flatteneds *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one of another instrument. */
struct rp_err *rp_flattened_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t id, struct rp_flattened *out) RP_MUST_USE;

/*
 * For everybody who sees the version that came out of it: the decisions.
 * RP_E_NOTFOUND for a version that is a file of its own.
 */
struct rp_err *rp_flattened_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_flattened *out) RP_MUST_USE;

/*
 * Make the two versions: name, dated and state of each; the language is the
 * text's. `out_problem` and `out_newer` say what is wrong and with which, and
 * then the result is RP_E_INVALID. The older one must be of an earlier day.
 * RP_E_CONFLICT if they were made already or it has not been read.
 */
struct rp_err *rp_flattened_settle(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t id, const struct rp_version_in *old,
    const struct rp_version_in *now, enum rp_version_problem *out_problem,
    bool *out_newer) RP_MUST_USE;

/*
 * The day that other texts of the body have for a version of this name, or
 * empty: a conference revises many texts on one day.
 */
struct rp_err *rp_flattened_day_of(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text name, rp_text *out) RP_MUST_USE;

#endif
