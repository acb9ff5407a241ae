/*
 * report_parts - pieces of pages that the desk's report and the one for readers
 * share.
 *
 * Tested in tests/journey/report_test.py.
 */
#ifndef RP_WEB_REPORT_PARTS_H
#define RP_WEB_REPORT_PARTS_H

#include "render/t_report_standing.h"
#include "web/report.h"

struct v_chip rp_web_report_chip(const struct rp_request *req,
    const struct rp_report *r);
struct v_chip rp_web_comment_chip(const struct rp_request *req, rp_text state);

/* Who wrote a comment, and "on 5.1.2", where the version has such a line. */
rp_text rp_web_comment_who(const struct rp_request *req,
    const struct rp_report_comment *c);
rp_text rp_web_comment_place(const struct rp_request *req,
    const struct rp_report_lines *lines, const struct rp_report_comment *c);

struct rp_err *rp_web_report_standing(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_report *r,
    struct v_report_standing *out) RP_MUST_USE;

/* "DOCX", "PDF", "HTML", "Akoma Ntoso", "Markdown", "TXT" with the ends of
 * files. */
struct rp_web_report_format {
	const char *end;
	rp_text name;
};
extern const struct rp_web_report_format rp_web_report_formats[6];

#endif
