/*
 * document_outcome - what a meeting decided on a document, on its page.
 *
 * Tested in tests/journey/outcome_test.py.
 */
#ifndef RP_WEB_DOCUMENT_OUTCOME_H
#define RP_WEB_DOCUMENT_OUTCOME_H

#include "domain/document_outcome.h"
#include "render/t_document_outcomes.h"
#include "web/meeting.h"

/* `out_standing`: where the document stands, or M_none. */
struct rp_err *rp_web_document_outcome(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_meeting_document *d, struct v_document_outcomes *out,
    enum rp_msg *out_standing) RP_MUST_USE;

#endif
