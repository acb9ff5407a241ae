#include "redline/change_key.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/buf.h"
#include "base/err.h"

/* Of all choices of a change: nobody writes more. */
#define KEYED_MAX (SIZE_MAX / 4)

static rp_text
hex(struct rp_arena *a, const struct rp_buf *b)
{
	XXH128_hash_t h = XXH3_128bits(b->p, b->n);

	return rp_textf(a, "%016llx%016llx", (unsigned long long)h.high64,
	    (unsigned long long)h.low64);
}

/* A text with its length, so that two beside each other are not another two. */
static void
put(struct rp_buf *b, rp_text t)
{
	rp_buf_f(b, "%zu:", t.n);
	rp_buf_text(b, t);
}

rp_text
rp_choice_key(struct rp_arena *a, const struct rp_merge_choice *k)
{
	struct rp_buf b;

	rp_buf_init(&b, a, KEYED_MAX);
	rp_buf_f(&b, "%d %u ", k->gone, k->moved_to);
	put(&b, k->text);
	for (size_t i = 0; i < k->blocks.n; i++) {
		rp_buf_f(&b, " %u ", k->blocks.v[i].moved_from);
		put(&b, k->blocks.v[i].text);
	}
	return hex(a, &b);
}

static int
by_text(const void *x, const void *y)
{
	const rp_text *a = x, *b = y;
	int c = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);

	return c != 0 ? c : (a->n > b->n) - (a->n < b->n);
}

/* In an order of their own. */
static void
put_sorted(struct rp_buf *b, rp_text *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof(*v), by_text);
	for (size_t i = 0; i < n; i++)
		put(b, v[i]);
}

rp_text
rp_change_key(struct rp_arena *a, const struct rp_consolidated *c, uint32_t id)
{
	const struct rp_merge_change *k = &c->changes.v[id];
	rp_text *names = rp_new_n(a, rp_text, c->n + 1);
	rp_text *choices = rp_new_n(a, rp_text, k->choices.n + 1);
	size_t n_names = 0, n = 0;
	struct rp_buf b;

	for (size_t p = 0; p < c->n; p++)
		if ((k->objectors >> p & 1) != 0)
			names[n_names++] = c->amendments[p].party;
	for (size_t i = 0; i < k->choices.n; i++)
		if (k->choices.v[i].parties != 0)
			choices[n++] = rp_choice_key(a, &k->choices.v[i]);
	rp_buf_init(&b, a, KEYED_MAX);
	rp_buf_f(&b, "%d %u %u %u ", (int)k->place, k->at, k->from, k->to);
	if (k->place != RP_MERGE_SLOT)
		put(&b, rp_text_sub(rp_block_text(a,
					&c->base->body.blocks.v[k->at]),
			    k->from, k->to));
	put_sorted(&b, choices, n);
	rp_buf_f(&b, " ");
	put_sorted(&b, names, n_names);
	return hex(a, &b);
}
