#include "web/web.h"

#include <string.h>

#include "base/err.h"

/*
 * Matching walks the table: the hot paths are answered from the cache before
 * they get here, and a hundred short comparisons cost less than one query.
 */
#define ROUTE(method, path, handler, needs, flags, doc) \
	{ method, path, handler, needs, flags, doc },

const struct rp_route rp_routes[] = {
#include "web/routes.def"
	{ 0 },
};

#undef ROUTE

static size_t
segment_end(const char *p, size_t n, size_t from)
{
	while (from < n && p[from] != '/')
		from++;
	return from;
}

/* A number of a path: no sign, no leading zero, so an object has one address.
 */
static bool
number(rp_text t, int64_t *out)
{
	return t.n > 0 && t.n < 18 && t.p[0] >= '1' && t.p[0] <= '9' &&
	       rp_text_i64(t, out);
}

static bool
bind(rp_text name, rp_text value, struct rp_params *out)
{
	if (value.n == 0)
		return false;
	if (rp_text_eq(name, RP_TEXT("n")))
		return number(value, &out->n);
	if (rp_text_eq(name, RP_TEXT("k")))
		return number(value, &out->k);
	if (rp_text_eq(name, RP_TEXT("id")))
		return number(value, &out->id);
	if (rp_text_eq(name, RP_TEXT("lang")))
		out->lang = value;
	else if (rp_text_eq(name, RP_TEXT("group")))
		out->group = value;
	else if (rp_text_eq(name, RP_TEXT("secret")))
		out->secret = value;
	else if (rp_text_eq(name, RP_TEXT("name")))
		out->name = value;
	else if (rp_text_eq(name, RP_TEXT("part")))
		out->part = value;
	else
		return false;
	return true;
}

/* One segment: literal text, or {name} with a literal suffix: "{n}.csv". */
static bool
match_segment(rp_text pattern, rp_text value, struct rp_params *out)
{
	size_t end;
	rp_text suffix;

	if (pattern.n == 0 || pattern.p[0] != '{')
		return rp_text_eq(pattern, value);
	end = rp_text_find(pattern, '}', 0);
	suffix = rp_text_sub(pattern, end + 1, pattern.n);
	if (value.n <= suffix.n ||
	    !rp_text_eq(rp_text_sub(value, value.n - suffix.n, value.n),
		suffix))
		return false;
	return bind(rp_text_sub(pattern, 1, end),
	    rp_text_sub(value, 0, value.n - suffix.n), out);
}

static bool
match(const char *pattern, rp_text path, struct rp_params *out)
{
	size_t n = strlen(pattern), i = 1, j = 1;

	*out = (struct rp_params){ 0 };
	for (;;) {
		size_t ie = segment_end(pattern, n, i);
		size_t je = segment_end(path.p, path.n, j);

		if (!match_segment((rp_text){ pattern + i, ie - i },
			(rp_text){ path.p + j, je - j }, out))
			return false;
		if (ie == n || je == path.n)
			return ie == n && je == path.n;
		i = ie + 1;
		j = je + 1;
	}
}

static uint8_t
depth_of(const char *p, size_t n)
{
	uint8_t depth = 0;

	for (size_t i = 0; i < n && depth < UINT8_MAX; i++)
		depth = (uint8_t)(depth + (p[i] == '/'));
	return depth;
}

/* How many segments each route has: nine in ten need no closer look. */
static const uint8_t *
depths(void)
{
	static uint8_t known[sizeof(rp_routes) / sizeof(rp_routes[0])];

	if (known[0] == 0)
		for (size_t i = 0; rp_routes[i].method != NULL; i++)
			known[i] = depth_of(rp_routes[i].path,
			    strlen(rp_routes[i].path));
	return known;
}

enum { GET = 1, POST = 2, PUT = 4, DELETE = 8 };

static unsigned
method_bit(const char *method)
{
	if (strcmp(method, "GET") == 0)
		return GET;
	if (strcmp(method, "POST") == 0)
		return POST;
	return strcmp(method, "PUT") == 0 ? PUT : DELETE;
}

static const char *
allow(unsigned methods)
{
	static const char *const lists[16] = {
		[GET] = "GET, HEAD",
		[POST] = "POST",
		[GET | POST] = "GET, HEAD, POST",
		[PUT] = "PUT",
		[GET | PUT] = "GET, HEAD, PUT",
		[POST | PUT] = "POST, PUT",
		[GET | POST | PUT] = "GET, HEAD, POST, PUT",
		[DELETE] = "DELETE",
		[GET | DELETE] = "GET, HEAD, DELETE",
		[POST | DELETE] = "POST, DELETE",
		[GET | POST | DELETE] = "GET, HEAD, POST, DELETE",
		[PUT | DELETE] = "PUT, DELETE",
		[GET | PUT | DELETE] = "GET, HEAD, PUT, DELETE",
		[POST | PUT | DELETE] = "POST, PUT, DELETE",
		[GET | POST | PUT | DELETE] = "GET, HEAD, POST, PUT, DELETE",
	};

	return lists[methods];
}

const struct rp_route *
rp_route_find(rp_text method, rp_text path, struct rp_params *out,
    const char **out_allow)
{
	bool head = rp_text_eq(method, RP_TEXT("HEAD"));
	const uint8_t *deep = depths();
	uint8_t depth = depth_of(path.p, path.n);
	unsigned allowed = 0;

	*out_allow = NULL;
	if (path.n == 0 || path.p[0] != '/')
		return NULL;
	for (const struct rp_route *r = rp_routes; r->method != NULL; r++) {
		struct rp_params params;

		if (deep[r - rp_routes] != depth ||
		    !match(r->path, path, &params))
			continue;
		if (rp_text_eq(method, rp_text_z(r->method)) ||
		    (head && strcmp(r->method, "GET") == 0)) {
			*out = params;
			return r;
		}
		allowed |= method_bit(r->method);
	}
	*out_allow = allow(allowed);
	return NULL;
}

void
rp_response_header(struct rp_response *out, const char *name, rp_text value)
{
	RP_ASSERT(
	    out->n_headers < sizeof(out->headers) / sizeof(out->headers[0]));
	out->headers[out->n_headers++] =
	    (struct rp_header){ .name = name, .value = value };
}

struct rp_err *
rp_response_see_other(struct rp_response *out, rp_url to)
{
	out->status = 303;
	out->location = to;
	return NULL;
}
