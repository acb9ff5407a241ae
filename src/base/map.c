#include "base/map.h"

#include <string.h>

#include "base/err.h"
#include "base/rand.h"

/*
 * Eight octets at a time over a per-process seed, each folded in by a multiply
 * and a shift; the length is part of the last ones.
 */
static uint64_t
hash(rp_text key)
{
	uint64_t h = 0xcbf29ce484222325u ^ rp_rand_seed(), v;
	const char *p = key.p;
	size_t n = key.n;

	for (; n >= sizeof(v); n -= sizeof(v), p += sizeof(v)) {
		memcpy(&v, p, sizeof(v));
		h = (h ^ v) * 0x9e3779b97f4a7c15u;
		h ^= h >> 29;
	}
	v = 0;
	if (n > 0)
		memcpy(&v, p, n);
	h = (h ^ v ^ key.n) * 0x9e3779b97f4a7c15u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

size_t
rp_map_index_find(const struct rp_map_index *idx, const rp_text *keys,
    rp_text key)
{
	if (idx->slots == NULL)
		return SIZE_MAX;
	for (size_t s = hash(key) & idx->mask;; s = (s + 1) & idx->mask) {
		if (idx->slots[s] == 0)
			return SIZE_MAX;
		if (rp_text_eq(keys[idx->slots[s] - 1], key))
			return idx->slots[s] - 1;
	}
}

static void
enter(struct rp_map_index *idx, const rp_text *keys, size_t at)
{
	size_t s = hash(keys[at]) & idx->mask;

	while (idx->slots[s] != 0)
		s = (s + 1) & idx->mask;
	idx->slots[s] = (uint32_t)at + 1;
}

void
rp_map_index_add(struct rp_arena *a, struct rp_map_index *idx,
    const rp_text *keys, size_t n)
{
	size_t size;

	RP_ASSERT(n < UINT32_MAX / 4);
	if (idx->slots != NULL && n * 2 <= idx->mask) {
		enter(idx, keys, n - 1);
		return;
	}
	size = idx->slots ? (idx->mask + 1) * 2 : 16;
	idx->slots = rp_alloc_n(a, size, sizeof(*idx->slots));
	idx->mask = size - 1;
	for (size_t i = 0; i < n; i++)
		enter(idx, keys, i);
}
