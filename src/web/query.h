/*
 * query - addresses of lists: the same filters, another place.
 *
 * Built from our own names and values that came in: values are encoded, empty
 * ones left out. The address is "?" and what was added, or the base alone.
 * Tested in tests/journey/lists_test.py.
 */
#ifndef RP_WEB_QUERY_H
#define RP_WEB_QUERY_H

#include "base/buf.h"

#define RP_WEB_QUERY_MAX ((size_t)8 * 1024)

struct rp_web_query {
	struct rp_buf buf;
	bool any;
};

void rp_web_query_begin(struct rp_web_query *q, struct rp_arena *a,
    rp_url base);
void rp_web_query_add(struct rp_web_query *q, const char *name, rp_text value);
void rp_web_query_add_i64(struct rp_web_query *q, const char *name, int64_t v);
/* RP_E_LIMIT past RP_WEB_QUERY_MAX. */
struct rp_err *rp_web_query_end(struct rp_web_query *q,
    rp_url *out) RP_MUST_USE;

#endif
