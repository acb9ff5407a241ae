/*
 * map - a table from text to values of one type.
 *
 *	struct counts RP_MAP(int64_t);
 *	int64_t *n = rp_map_at(a, &counts, key);   made and zeroed if absent
 *	const int64_t *n = rp_map_find(&counts, key);	  NULL if absent
 *
 * Open addressing, in the arena, with a per-process random seed, so that the
 * order of slots cannot be chosen from outside. Keys are borrowed. A zeroed map
 * is empty. Nothing is removed: a map lives as long as its job. Walk it by
 * `for (size_t i = 0; i < m.n; i++)` over m.v[i], m.keys[i]: order of
 *insertion. Pointers to values are valid until the next rp_map_at().
 */
#ifndef RP_BASE_MAP_H
#define RP_BASE_MAP_H

#include "base/str.h"

/* The index shared by all maps: slot -> position in keys and v, plus one. */
struct rp_map_index {
	uint32_t *slots;
	size_t mask;
};

#define RP_MAP(type)                     \
	{                                \
		type *v;                 \
		rp_text *keys;           \
		size_t n, cap;           \
		struct rp_map_index idx; \
	}

/* Position of `key` in `keys`, or SIZE_MAX. */
size_t rp_map_index_find(const struct rp_map_index *idx, const rp_text *keys,
    rp_text key);

/* Enter keys[n - 1], growing the index when it is more than half full. */
void rp_map_index_add(struct rp_arena *a, struct rp_map_index *idx,
    const rp_text *keys, size_t n);

#define rp_map_find(m, key)                                                  \
	({                                                                   \
		size_t at_ = rp_map_index_find(&(m)->idx, (m)->keys, (key)); \
		at_ == SIZE_MAX ? NULL : &(m)->v[at_];                       \
	})

#define rp_map_at(a, m, key)                                                 \
	({                                                                   \
		rp_text key_ = (key);                                        \
		size_t at_ = rp_map_index_find(&(m)->idx, (m)->keys, key_);  \
		if (at_ == SIZE_MAX) {                                       \
			if ((m)->n == (m)->cap) {                            \
				size_t cap_ = (m)->cap ? (m)->cap * 2 : 8;   \
				__typeof__((m)->v) v_ =                      \
				    rp_alloc_n((a), cap_, sizeof(*v_));      \
				rp_text *keys_ =                             \
				    rp_alloc_n((a), cap_, sizeof(*keys_));   \
				if ((m)->n > 0) {                            \
					memcpy(v_, (m)->v,                   \
					    (m)->n * sizeof(*v_));           \
					memcpy(keys_, (m)->keys,             \
					    (m)->n * sizeof(*keys_));        \
				}                                            \
				(m)->v = v_;                                 \
				(m)->keys = keys_;                           \
				(m)->cap = cap_;                             \
			}                                                    \
			at_ = (m)->n++;                                      \
			(m)->keys[at_] = key_;                               \
			rp_map_index_add((a), &(m)->idx, (m)->keys, (m)->n); \
		}                                                            \
		&(m)->v[at_];                                                \
	})

#endif
