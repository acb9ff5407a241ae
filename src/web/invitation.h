/*
 * invitation - what the letter of invitation to a meeting says, in the reader's
 * language: for its page, as a document, and as facts for a letterhead.
 *
 * Tested in tests/journey/invitation_test.py.
 */
#ifndef RP_WEB_INVITATION_H
#define RP_WEB_INVITATION_H

#include "domain/invitation.h"
#include "web/agenda.h"

struct rp_web_invitation_lines RP_VEC(rp_text);

struct rp_web_invitation {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_invitation i;
	/* Made of them. */
	rp_text title, date, text, salutation, closing;
	rp_text opens, closes, mode, chair, registering, accessibility;
	rp_url page, registration; /* whole addresses */
	struct rp_web_invitation_lines parts, deadlines;
};

/* Loads the meeting by its number in the group, or by its id. */
struct rp_err *rp_web_invitation_find(const struct rp_request *req,
    struct rp_web_invitation *out) RP_MUST_USE;
struct rp_err *rp_web_invitation_of(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    struct rp_web_invitation *out) RP_MUST_USE;

struct rp_document;
struct rp_err *rp_web_invitation_document(const struct rp_request *req,
    const struct rp_web_invitation *v, struct rp_document **out) RP_MUST_USE;

/* JSON, with the names of rp_letterhead_fields("letter"). */
struct rp_err *rp_web_invitation_facts(const struct rp_request *req,
    const struct rp_web_invitation *v, rp_text *out) RP_MUST_USE;

#endif
