/*
 * registry_text - the texts of versions and comparisons, in a page.
 *
 * Tested in tests/journey/registry_test.py.
 */
#ifndef RP_WEB_REGISTRY_TEXT_H
#define RP_WEB_REGISTRY_TEXT_H

#include "codec/html_doc.h"
#include "web/registry.h"

/* What is to be shown. */
struct rp_registry_html {
	int64_t blob_id;
	rp_text lang;
	enum rp_html_doc_view view;
	rp_url original;              /* where what cannot be shown is */
	const struct rp_version *old; /* beside this; NULL: alone */
	bool margins;                 /* the symbols of proposals */
};

/*
 * `out_long`: it is over RP_REGISTRY_PAGE_MAX, and the page says so instead.
 * `out_doc` may be NULL: the text that is shown, or NULL if it is too long.
 */
struct rp_err *rp_registry_html(const struct rp_request *req,
    const struct rp_registry_html *what, struct rp_document **out_doc,
    rp_html *out, bool *out_long) RP_MUST_USE;

/* What html_doc.h says to readers, in the language of the page. */
struct rp_html_doc_texts rp_registry_texts(const struct rp_request *req);

#endif
