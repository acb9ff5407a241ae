/*
 * contribution_merge - what a contribution is merged of, on its page.
 *
 * Tested in tests/journey/merge_test.py.
 */
#ifndef RP_WEB_CONTRIBUTION_MERGE_H
#define RP_WEB_CONTRIBUTION_MERGE_H

#include "domain/contribution_merge.h"
#include "render/t_contribution_merge.h"
#include "web/contributions.h"

/* `out_waits`: a source has not joined, so it gets no symbol yet. */
struct rp_err *rp_web_contribution_merge_show(const struct rp_request *req,
    const struct rp_web_contributing *s, const struct rp_contribution *c,
    struct v_contribution_merge *out, bool *out_waits) RP_MUST_USE;

/* The buttons "merge" and "unmerge". */
struct rp_err *rp_web_contribution_merge_do(const struct rp_request *req,
    const struct rp_web_contributing *s,
    const struct rp_contribution *c) RP_MUST_USE;

#endif
