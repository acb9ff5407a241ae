/*
 * contribution_merge - a contribution that takes the place of several
 * documents.
 *
 * Sources that proposed the like write one text together: a contribution says
 * which documents of the meeting it is merged of. The sources of these are
 * asked to join, as joint sources are (contribution.h), and it has no symbol
 * before each of them did. Then the documents are "merged": they stay where
 * they are, can be cited and read as before, and lead to what they went into. A
 * contribution that revises a document may be merged of others into it.
 *
 * Source: "consideration should be given to merging two or more of the
 * proposals", reports of the group.
 */
#ifndef RP_DOMAIN_CONTRIBUTION_MERGE_H
#define RP_DOMAIN_CONTRIBUTION_MERGE_H

#include "domain/contribution.h"

#define RP_CONTRIBUTION_MERGES_MAX 20 /* documents */

struct rp_contribution_merged {
	struct rp_meeting_document d;
	struct rp_document_sources missing; /* have not joined, or refused */
};
struct rp_contribution_merges RP_VEC(struct rp_contribution_merged);

/* What a contribution is merged of, by number. */
struct rp_err *rp_contribution_merge_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, rp_text lang,
    struct rp_contribution_merges *out) RP_MUST_USE;

/* Documents that it might be merged of: contributions that were posted, and not
 * the one that it revises. */
struct rp_err *rp_contribution_merge_choices(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, rp_text lang,
    struct rp_meeting_documents *out) RP_MUST_USE;

/*
 * By who acts for its party, before it has a symbol. The secretariat enters the
 * consent of the sources at once, others ask for it. Twice is once.
 * RP_E_NOTFOUND for none of the choices, RP_E_CONFLICT in another state,
 * RP_E_LIMIT.
 */
struct rp_err *rp_contribution_merge_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, int64_t number) RP_MUST_USE;
/* Sources that joined for its sake stay: they said so. */
struct rp_err *rp_contribution_merge_remove(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, int64_t number) RP_MUST_USE;

/*
 * For rp_contribution_number(): the documents go into the one that `c` became.
 * RP_E_CONFLICT if a source has not joined, or a document is posted no more.
 */
struct rp_err *rp_contribution_merge_now(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, int64_t document_id) RP_MUST_USE;

#endif
