/*
 * status - the one table from error codes to HTTP, and the pages of errors.
 *
 * What the reader sees comes from the code and the catalogue, never from the
 * error's message. A form that could not be taken (503, 429, 413) is shown
 * again with everything that was typed, ready to be sent once more.
 * Tested in tests/api/api_test.py.
 */
#ifndef RP_WEB_STATUS_H
#define RP_WEB_STATUS_H

#include "base/err.h"
#include "web/web.h"

int rp_status_of(enum rp_ecode code);

/* The row of a code; `name` is its identifier in the API. */
struct rp_status_words {
	int status;
	const char *name;
	enum rp_msg title, what, next;
};

struct rp_status_words rp_status_words(enum rp_ecode code);

/* Fill `out` with the page (or JSON, for the API) of a failure. */
struct rp_err *rp_web_error_page(const struct rp_request *req,
    enum rp_ecode code, const char *allow, struct rp_response *out) RP_MUST_USE;

/*
 * The reader's language: from the path, else the `lang` query field, else
 * Accept-Language. Sets req->reader.
 */
void rp_web_choose_language(struct rp_request *req);

/* Whether the path's language is one of ours. */
bool rp_web_language_known(const struct rp_request *req);

#endif
