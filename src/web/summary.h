/*
 * summary - what the pages about versions of a summary share.
 *
 * Tested in tests/journey/theme_test.py.
 */
#ifndef RP_WEB_SUMMARY_H
#define RP_WEB_SUMMARY_H

#include "domain/theme_version.h"
#include "web/web.h"

/* Where a version is: for the public, or at the desk. */
struct rp_summary_where {
	const struct rp_request *req;
	struct rp_actor who;
	struct rp_consultation c;
	bool desk;
};

/* What everybody is shown is the same for everybody, staff too. */
struct rp_err *rp_summary_everywhere(const struct rp_request *req,
    struct rp_summary_where *out) RP_MUST_USE;
struct rp_err *rp_summary_at_desk(const struct rp_request *req,
    struct rp_summary_where *out) RP_MUST_USE;

/* The address of a version, and what follows it. */
rp_url rp_summary_url(const struct rp_summary_where *w, int64_t number,
    const char *end);

/* Where a quotation stands: the revision that was quoted, or the session; and
 * how it is cited if not by the number of its response alone, else empty. */
rp_url rp_summary_quoted_url(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_summary_quotation *k);
rp_text rp_summary_cite(const struct rp_request *req,
    const struct rp_summary_quotation *k);

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
