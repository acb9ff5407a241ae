/*
 * apply - that a script gives both texts exactly; for the tests of this folder
 * and of those that make scripts.
 */
#ifndef RP_REDLINE_APPLY_PRIVATE_H
#define RP_REDLINE_APPLY_PRIVATE_H

#include "base/check.h"
#include "redline/compare.h"

/* Octets named so far of each block, and whether it was named at all. */
struct rp_applied {
	uint32_t *old_at, *now_at;
	bool *old_named, *now_named;
};

static inline rp_text
rp_applied_text(struct rp_arena *a, const struct rp_document *d, uint32_t i)
{
	RP_CHECK(i < d->body.blocks.n);
	return rp_block_text(a, &d->body.blocks.v[i]);
}

static inline void
rp_apply_run(struct rp_arena *a, const struct rp_script *s,
    const struct rp_edit *e, const struct rp_script_run *r,
    struct rp_applied *at)
{
	if (r->change != RP_CHANGE_DEL) {
		RP_CHECK(r->from == at->now_at[e->now] && r->to > r->from);
		at->now_at[e->now] = r->to;
	}
	if (r->change != RP_CHANGE_INS) {
		RP_CHECK(r->old_from == at->old_at[r->old_block]);
		RP_CHECK(r->old_to > r->old_from);
		at->old_at[r->old_block] = r->old_to;
	}
	if (r->change == RP_CHANGE_EQUAL)
		RP_CHECK_TEXT(rp_text_sub(rp_applied_text(a, s->old,
					      r->old_block),
				  r->old_from, r->old_to),
		    rp_text_sub(rp_applied_text(a, s->now, e->now), r->from,
			r->to));
}

static inline void
rp_apply_edit(struct rp_arena *a, const struct rp_script *s,
    const struct rp_edit *e, struct rp_applied *at)
{
	if (e->now != RP_NO_BLOCK) {
		RP_CHECK(!at->now_named[e->now]);
		at->now_named[e->now] = true;
	}
	if (e->old != RP_NO_BLOCK) {
		RP_CHECK(!at->old_named[e->old]);
		at->old_named[e->old] = true;
	}
	for (size_t i = 0; i < e->merged.n; i++) {
		RP_CHECK(!at->old_named[e->merged.v[i]]);
		at->old_named[e->merged.v[i]] = true;
	}
	for (size_t i = 0; i < e->runs.n; i++)
		rp_apply_run(a, s, e, &e->runs.v[i], at);
	if (e->runs.n == 0 && e->old != RP_NO_BLOCK && e->now != RP_NO_BLOCK) {
		rp_text x = rp_applied_text(a, s->old, e->old);

		RP_CHECK_TEXT(rp_applied_text(a, s->now, e->now), x);
		at->old_at[e->old] = at->now_at[e->now] = (uint32_t)x.n;
	}
}

/* Every block named once, new ones in order, and every octet in its place. */
static inline void
rp_apply_check(struct rp_arena *a, const struct rp_script *s)
{
	size_t n = s->old->body.blocks.n, m = s->now->body.blocks.n;
	struct rp_applied at = { rp_new_n(a, uint32_t, n + 1),
		rp_new_n(a, uint32_t, m + 1), rp_new_n(a, bool, n + 1),
		rp_new_n(a, bool, m + 1) };
	uint32_t next = 0;

	for (size_t i = 0; i < s->edits.n; i++) {
		const struct rp_edit *e = &s->edits.v[i];

		rp_apply_edit(a, s, e, &at);
		if (e->now != RP_NO_BLOCK)
			RP_CHECK(e->now == next++);
	}
	for (uint32_t i = 0; i < n; i++)
		RP_CHECK(at.old_named[i] &&
			 at.old_at[i] == rp_applied_text(a, s->old, i).n);
	for (uint32_t j = 0; j < m; j++)
		RP_CHECK(at.now_named[j] &&
			 at.now_at[j] == rp_applied_text(a, s->now, j).n);
}

#endif
