/*
 * answer_form - the form between octets, submission and view.
 *
 * The same form serves four pages: answering, a draft, a revision, and the
 * secretariat's entering of a response that came by another channel. It is read
 * into a submission, and shown with whatever was typed and what is wrong.
 *
 * Tested in tests/e2e/form_tests.mjs.
 */
#ifndef RP_WEB_ANSWER_FORM_H
#define RP_WEB_ANSWER_FORM_H

#include "domain/response.h"
#include "render/t_answer.h"
#include "web/web.h"

/*
 * What was typed, as text. Fields that are not text become problems, and are
 * empty in the submission. Never fails for what a person can mend.
 */
struct rp_err *rp_answer_form_read(const struct rp_request *req,
    const struct rp_urlform *form, const struct rp_consultation *c,
    struct rp_submission *out, struct rp_problems *problems) RP_MUST_USE;

/* What a stored revision says, to be revised. */
struct rp_submission rp_answer_form_of(const struct rp_request *req,
    const struct rp_revision *r, const struct rp_consultation *c);

/* The view: what was typed, and the problems beside their fields and on top. */
struct rp_err *rp_answer_form_view(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_submission *s,
    const struct rp_problems *problems, struct v_answer *out) RP_MUST_USE;

/* What is wrong, as a sentence for the one who typed it. */
rp_text rp_answer_form_sentence(const struct rp_request *req,
    const struct rp_submission *s, const struct rp_problem *p);

#endif
