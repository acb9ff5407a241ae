/*
 * period - reports of a period: what their pages, files and packs share.
 *
 * Tested in tests/journey/period_test.py.
 */
#ifndef RP_WEB_PERIOD_H
#define RP_WEB_PERIOD_H

#include "domain/period.h"
#include "render/sections.h"
#include "web/page.h"

/* "Report 3 to the Council, 2026". */
rp_text rp_web_period_name(const struct rp_request *req,
    const struct rp_period *p);
enum rp_msg rp_msg_period_addressee(rp_text addressee);
enum rp_msg rp_msg_period_section(rp_text section);

/* /{lang}/{group}/reports/REST */
rp_url rp_web_periods_url(const struct rp_request *req,
    const struct rp_group *g, const char *rest);

/* Made from the record as it is now, in the language of the request and as
 * rp_period_reader() sees it. */
struct rp_err *rp_web_period_sections(const struct rp_request *req,
    const struct rp_group *g, const struct rp_period *p,
    struct rp_sections *out) RP_MUST_USE;

/* One file of it: docx, pdf, html, or part, which is what a page shows. */
struct rp_err *rp_web_period_file_make(const struct rp_request *req,
    const struct rp_sections *s, const struct rp_period *p, rp_text format,
    rp_bytes *out) RP_MUST_USE;

struct v_chip rp_web_period_chip(const struct rp_request *req,
    const struct rp_period *p);

/* What a page shows of it: sections with tables and charts. */
struct rp_err *rp_web_period_body(const struct rp_request *req,
    const struct rp_sections *s, rp_html *out) RP_MUST_USE;

/* All files of it in six languages, to be issued. */
struct rp_err *rp_web_period_files(const struct rp_request *req,
    const struct rp_group *g, const struct rp_period *p,
    struct rp_period_files *out) RP_MUST_USE;

#endif
