/*
 * api - what the handlers of the JSON API share.
 *
 * A handler begins an object, puts its members, and ends it into the response.
 * Names of members are those of the domain. Absent text is "", an absent date
 * or text with a language is null. Instants are RFC 3339 in UTC.
 *
 * Errors are problem documents (RFC 9457) with type, title, status and detail
 * in the language of Accept-Language or `lang`; nothing in them comes from the
 * inside. A refused submission also lists its fields.
 * Tested in tests/api/api_test.py.
 */
#ifndef RP_WEB_API_H
#define RP_WEB_API_H

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/consultation.h"
#include "domain/response.h"
#include "web/web.h"

#define RP_API_PAGE 50 /* rows of a list if nothing else is asked for */
#define RP_API_PAGE_MAX 200
#define RP_API_KEY_MIN 16 /* octets of an Idempotency-Key */
#define RP_API_KEY_MAX 255
#define RP_API_MAX ((size_t)16 * 1024 * 1024) /* octets of one answer */

struct rp_api {
	const struct rp_request *req;
	struct rp_buf buf;
	struct rp_sink sink;
	struct rp_json_writer w;
};

/* Begins the object of the answer, and ends it. */
void rp_api_begin(struct rp_api *api, const struct rp_request *req);
struct rp_err *rp_api_end(struct rp_api *api,
    struct rp_response *out) RP_MUST_USE;

/* A key alone: an object or array of the writer follows. */
void rp_api_key(struct rp_api *api, const char *key);

void rp_api_text(struct rp_api *api, const char *key, rp_text value);
void rp_api_i64(struct rp_api *api, const char *key, int64_t value);
void rp_api_bool(struct rp_api *api, const char *key, bool value);
void rp_api_time(struct rp_api *api, const char *key, int64_t at);
void rp_api_url(struct rp_api *api, const char *key, rp_url own);
void rp_api_wording(struct rp_api *api, const char *key,
    const struct rp_wording *w);
void rp_api_words(struct rp_api *api, const char *key, rp_text spaced);

/* The consultation of the path, in the reader's language. */
struct rp_err *rp_api_consultation(const struct rp_request *req,
    struct rp_consultation *out) RP_MUST_USE;

/* The next page's cursor, or null. */
void rp_api_next(struct rp_api *api, bool more, rp_text cursor);

/* A number of the query, within bounds; absent is `absent`. RP_E_INVALID. */
struct rp_err *rp_api_query_i64(const struct rp_request *req, const char *name,
    int64_t min, int64_t max, int64_t absent, int64_t *out) RP_MUST_USE;

/* Whether an address belongs to the API. */
bool rp_api_is(const struct rp_request *req);

/* The problem document of a failure. */
struct rp_err *rp_api_problem(const struct rp_request *req, enum rp_ecode code,
    const char *allow, struct rp_response *out) RP_MUST_USE;

/* Of a submission with wrong fields; `unknown` are members of no meaning. */
struct rp_api_names RP_VEC(rp_text);
struct rp_err *rp_api_refusal(const struct rp_request *req,
    const struct rp_submission *s, const struct rp_problems *problems,
    const struct rp_api_names *unknown, struct rp_response *out) RP_MUST_USE;

/* A response with all of the revision that stands, for its author or staff. */
void rp_api_record(struct rp_api *api, const struct rp_response_record *r,
    const struct rp_consultation *c);

#endif
