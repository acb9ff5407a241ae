/*
 * desk_response - one response on the desk, as a view.
 *
 * What was typed into its forms, and what is wrong with it, comes back in
 * `typed`.
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_WEB_DESK_RESPONSE_H
#define RP_WEB_DESK_RESPONSE_H

#include "web/desk.h"

struct rp_desk_typed {
	rp_text message, ground, passage, reason, part;
	enum rp_msg error;        /* over the page */
	enum rp_msg return_error; /* beside a field */
	enum rp_msg reject_error, redact_error, erase_error;
};

/* The page of a response; `n` is the revision to show, 0 the standing one. */
struct rp_err *rp_desk_response_page(const struct rp_request *req,
    int64_t response_id, int64_t n, const struct rp_desk_typed *typed,
    struct rp_response *out) RP_MUST_USE;

#endif
