/* instrument_private - what the modules of the registry share. */
#ifndef RP_DOMAIN_INSTRUMENT_PRIVATE_H
#define RP_DOMAIN_INSTRUMENT_PRIVATE_H

#include "domain/instrument.h"

/* Where a version's octets are. */
struct rp_version_file {
	rp_text format;
	int64_t blob_id;
	int64_t flattened_id;
};

/* Everybody sees it. */
bool rp_version_is_public(const struct rp_version *v);

/* What rp_version_check() looks at, without the file. */
enum rp_version_problem rp_version_check_words(struct rp_arena *a,
    const struct rp_version_in *v);

/* Add one that was checked; its file is read soon. RP_E_LIMIT. */
struct rp_err *rp_version_insert(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, const struct rp_version_in *v,
    const struct rp_version_file *file, int64_t *out_number) RP_MUST_USE;

/* Its place in the search is to be made anew. */
struct rp_err *rp_registry_ask_to_index(const struct rp_actor *who,
    struct rp_tx *tx, int64_t version_id) RP_MUST_USE;

#endif
