/*
 * duty - what the calendar of duties and the desk's pages of them share.
 *
 * Tested in tests/journey/duty_test.py.
 */
#ifndef RP_WEB_DUTY_H
#define RP_WEB_DUTY_H

#include "domain/duty.h"
#include "web/page.h"

struct v_chip rp_web_duty_chip(const struct rp_request *req,
    const struct rp_duty *d);
enum rp_msg rp_msg_duty_time(rp_text every);

/* "Resolution 102" and where everybody finds it; empty for one not listed. */
rp_text rp_web_duty_resolution(const struct rp_request *req,
    const struct rp_group *g, const struct rp_instruments *all, int64_t id,
    rp_url *out_url);

/* /{lang}/{group}/duties/ */
rp_url rp_web_duties_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest);

/* Of the document that a report is; empty where the reader sees none. */
rp_url rp_web_duty_report_url(const struct rp_request *req,
    const struct rp_group *g, const struct rp_duty_report *r);

/*
 * Look for duties in the texts in force, in the reader's language or the next
 * best, and keep what is found (rp_duty_keep_found()). Texts that are too long
 * for a page, and those past a few of that length in all, are passed over.
 */
struct rp_err *rp_web_duty_look(const struct rp_request *req,
    const struct rp_group *g) RP_MUST_USE;

#endif
