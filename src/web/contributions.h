/*
 * contributions - what the pages of contributions share.
 *
 * Tested in tests/journey/contribution_test.py.
 */
#ifndef RP_WEB_CONTRIBUTIONS_H
#define RP_WEB_CONTRIBUTIONS_H

#include "domain/contribution.h"
#include "web/meeting.h"

struct rp_web_contributing {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_memberships parties; /* that the reader acts for */
};

/*
 * The meeting of the path. RP_E_NOTFOUND for who neither acts for a party of
 * the group nor registers its documents.
 */
struct rp_err *rp_web_contributing_find(const struct rp_request *req,
    struct rp_web_contributing *out) RP_MUST_USE;

rp_url rp_web_contributions_url(const struct rp_request *req,
    const struct rp_web_contributing *s, const char *fmt, ...) RP_PRINTF(3, 4);

struct rp_err *rp_web_contributions_frame(const struct rp_request *req,
    const struct rp_web_contributing *s, rp_text title, rp_html content,
    struct rp_response *out) RP_MUST_USE;

/* The source that submits, and those that joined. */
struct rp_err *rp_web_contribution_sources(const struct rp_request *req,
    const struct rp_contribution *c, rp_text *out) RP_MUST_USE;

#endif
