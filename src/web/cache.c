#include "web/cache.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/err.h"
#include "base/rand.h"

#define BUCKETS 4096
#define ENTRY_COST ((size_t)512)

struct entry {
	TAILQ_ENTRY(entry) age; /* most recently used first */
	LIST_ENTRY(entry) bucket;
	uint64_t hash;
	char *uri;
	struct MHD_Response *response;
	int64_t version, until;
	size_t octets;
	int status;
	bool gzip;
};

struct rp_cache {
	LIST_HEAD(, entry) buckets[BUCKETS];
	TAILQ_HEAD(entry_list, entry) by_age;
	size_t octets, octets_max;
};

static uint64_t
hash(const char *uri, bool gzip)
{
	uint64_t h = rp_rand_seed() ^ (gzip ? 0x9e3779b97f4a7c15u : 0);

	for (; *uri != '\0'; uri++)
		h = (h ^ (unsigned char)*uri) * 0x100000001b3u;
	return h ^ h >> 29;
}

struct rp_cache *
rp_cache_new(size_t octets_max)
{
	struct rp_cache *c = calloc(1, sizeof(*c));

	RP_ASSERT(c != NULL);
	TAILQ_INIT(&c->by_age);
	c->octets_max = octets_max;
	return c;
}

static void
drop(struct rp_cache *c, struct entry *e)
{
	TAILQ_REMOVE(&c->by_age, e, age);
	LIST_REMOVE(e, bucket);
	c->octets -= e->octets;
	MHD_destroy_response(e->response);
	free(e->uri);
	free(e);
}

void
rp_cache_free(struct rp_cache *c)
{
	if (c == NULL)
		return;
	while (!TAILQ_EMPTY(&c->by_age))
		drop(c, TAILQ_FIRST(&c->by_age));
	free(c);
}

static struct entry *
find(struct rp_cache *c, const char *uri, bool gzip, uint64_t h)
{
	struct entry *e;

	LIST_FOREACH(e, &c->buckets[h % BUCKETS], bucket)
	if (e->hash == h && e->gzip == gzip && strcmp(e->uri, uri) == 0)
		return e;
	return NULL;
}

struct MHD_Response *
rp_cache_find(struct rp_cache *c, const char *uri, bool gzip, int64_t version,
    int64_t now, int *out_status)
{
	struct entry *e = find(c, uri, gzip, hash(uri, gzip));

	if (e == NULL)
		return NULL;
	if (e->version != version || e->until <= now) {
		drop(c, e);
		return NULL;
	}
	if (e != TAILQ_FIRST(&c->by_age)) {
		TAILQ_REMOVE(&c->by_age, e, age);
		TAILQ_INSERT_HEAD(&c->by_age, e, age);
	}
	*out_status = e->status;
	return e->response;
}

void
rp_cache_put_take(struct rp_cache *c, const char *uri, bool gzip,
    int64_t version, int64_t until, struct MHD_Response *r, int status,
    size_t octets)
{
	uint64_t h = hash(uri, gzip);
	struct entry *e = find(c, uri, gzip, h);

	octets += ENTRY_COST + strlen(uri);
	if (e != NULL)
		drop(c, e);
	if (octets > c->octets_max / 4) {
		MHD_destroy_response(r);
		return;
	}
	while (c->octets + octets > c->octets_max)
		drop(c, TAILQ_LAST(&c->by_age, entry_list));
	e = calloc(1, sizeof(*e));
	RP_ASSERT(e != NULL);
	*e = (struct entry){ .hash = h,
		.uri = strdup(uri),
		.response = r,
		.version = version,
		.until = until,
		.octets = octets,
		.status = status,
		.gzip = gzip };
	RP_ASSERT(e->uri != NULL);
	TAILQ_INSERT_HEAD(&c->by_age, e, age);
	LIST_INSERT_HEAD(&c->buckets[h % BUCKETS], e, bucket);
	c->octets += octets;
}
