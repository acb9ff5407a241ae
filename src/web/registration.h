/*
 * registration - what the pages of registration share.
 *
 * Tested in tests/journey/registration_test.py.
 */
#ifndef RP_WEB_REGISTRATION_H
#define RP_WEB_REGISTRATION_H

#include "domain/registration.h"
#include "web/page.h"

enum rp_msg rp_msg_registration(rp_text state);

/* What is wrong with what was typed, in words. */
rp_text rp_web_registration_problem(const struct rp_request *req,
    enum rp_registration_problem problem);

/* Function, needs and way to take part from the form. */
struct rp_err *rp_web_registration_read(const struct rp_request *req,
    struct rp_registration *r) RP_MUST_USE;

#endif
