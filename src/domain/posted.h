/*
 * posted - the newest documents of a group, of all its meetings.
 *
 * Of what was posted, what the reader sees (meeting_document.h): symbol, title
 * and sources, the latest first. Files are on the meeting's page.
 */
#ifndef RP_DOMAIN_POSTED_H
#define RP_DOMAIN_POSTED_H

#include "domain/meeting_document.h"

#define RP_POSTED_MAX 50

struct rp_posted {
	struct rp_meeting meeting; /* series, ordinal and zone alone */
	struct rp_meeting_document document; /* without files and posting */
};
struct rp_posted_list RP_VEC(struct rp_posted);

/* At most RP_POSTED_MAX; titles in `lang` or the next best. */
struct rp_err *rp_posted_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_posted_list *out) RP_MUST_USE;

#endif
