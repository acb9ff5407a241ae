#include "web/cache.h"

#include <microhttpd.h>

#include "base/check.h"

#define MAX ((size_t)64 * 1024)

static struct MHD_Response *
made(void)
{
	return MHD_create_response_from_buffer(4, (void *)(uintptr_t) "page",
	    MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *
put(struct rp_cache *c, const char *uri, bool gzip, int64_t version,
    int64_t until, size_t octets)
{
	struct MHD_Response *r = made();

	rp_cache_put_take(c, uri, gzip, version, until, r, 200, octets);
	return r;
}

static void
by_address_and_encoding(void)
{
	struct rp_cache *c = rp_cache_new(MAX);
	struct MHD_Response *plain = put(c, "/en/", false, 1, 100, 1000);
	struct MHD_Response *gzip = put(c, "/en/", true, 1, 100, 300);
	int status = 0;

	RP_CHECK(plain != gzip);
	RP_CHECK(rp_cache_find(c, "/en/", false, 1, 50, &status) == plain);
	RP_CHECK(status == 200);
	RP_CHECK(rp_cache_find(c, "/en/", true, 1, 50, &status) == gzip);
	RP_CHECK(rp_cache_find(c, "/ar/", false, 1, 50, &status) == NULL);
	RP_CHECK(rp_cache_find(c, "/en/?x", false, 1, 50, &status) == NULL);
	rp_cache_free(c);
	rp_cache_free(NULL);
}

/* Good until its time, at its version; what is not good is gone. */
static void
by_time_and_version(void)
{
	struct rp_cache *c = rp_cache_new(MAX);
	int status;

	put(c, "/a", false, 1, 100, 1000);
	RP_CHECK(rp_cache_find(c, "/a", false, 1, 99, &status) != NULL);
	RP_CHECK(rp_cache_find(c, "/a", false, 1, 100, &status) == NULL);
	RP_CHECK(rp_cache_find(c, "/a", false, 1, 99, &status) == NULL);
	put(c, "/a", false, 1, 100, 1000);
	RP_CHECK(rp_cache_find(c, "/a", false, 2, 99, &status) == NULL);
	put(c, "/a", false, 2, 100, 1000);
	RP_CHECK(rp_cache_find(c, "/a", false, 2, 99, &status) != NULL);
	rp_cache_free(c);
}

static void
one_entry_an_address(void)
{
	struct rp_cache *c = rp_cache_new(MAX);
	struct MHD_Response *r;
	int status;

	for (int i = 0; i < 1000; i++)
		r = put(c, "/same", false, 1, 100, 10000);
	RP_CHECK(rp_cache_find(c, "/same", false, 1, 50, &status) == r);
	rp_cache_free(c);
}

/* The longest unused goes first; a page that takes a quarter is not kept. */
static void
bounded(void)
{
	struct rp_cache *c = rp_cache_new(MAX);
	char uri[32];
	int kept = 0, status;

	put(c, "/first", false, 1, 100, 1000);
	put(c, "/large", false, 1, 100, MAX / 4);
	RP_CHECK(rp_cache_find(c, "/large", false, 1, 50, &status) == NULL);
	for (int i = 0; i < 200; i++) {
		snprintf(uri, sizeof(uri), "/p%d", i);
		put(c, uri, false, 1, 100, 1000);
		RP_CHECK(
		    rp_cache_find(c, "/first", false, 1, 50, &status) != NULL);
	}
	for (int i = 0; i < 200; i++) {
		snprintf(uri, sizeof(uri), "/p%d", i);
		if (rp_cache_find(c, uri, false, 1, 50, &status) != NULL)
			kept++;
	}
	RP_CHECK(kept >= 30 && (size_t)kept <= MAX / 1000);
	RP_CHECK(rp_cache_find(c, "/p199", false, 1, 50, &status) != NULL);
	RP_CHECK(rp_cache_find(c, "/p0", false, 1, 50, &status) == NULL);
	rp_cache_free(c);
}

RP_CHECK_MAIN({ "by address and encoding", by_address_and_encoding },
    { "by time and version", by_time_and_version },
    { "one entry an address", one_entry_an_address }, { "bounded", bounded })
