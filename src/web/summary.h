/*
 * summary - a version of a summary as a Word document.
 *
 * Tested in tests/journey/theme_test.py.
 */
#ifndef RP_WEB_SUMMARY_H
#define RP_WEB_SUMMARY_H

#include "domain/theme_version.h"
#include "web/web.h"

/* What render/theme_summary.h makes of it, in the reader's language. */
struct rp_err *rp_summary_docx(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_summary *s,
    rp_bytes *out) RP_MUST_USE;

/* The document itself, for other forms. */
struct rp_document;
struct rp_err *rp_summary_document(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_summary *s,
    struct rp_document **out) RP_MUST_USE;

#endif
