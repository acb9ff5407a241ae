/*
 * vec - a growable array that knows its element type.
 *
 *	struct names RP_VEC(rp_text);
 *	rp_vec_push(a, &names, t);
 *
 * The storage is in the arena; growing abandons the old block to it. Pushing a
 * value of another type does not compile. A zeroed vec is empty.
 */
#ifndef RP_BASE_VEC_H
#define RP_BASE_VEC_H

#include <string.h>

#include "base/arena.h"

#define RP_VEC(type)           \
	{                      \
		type *v;       \
		size_t n, cap; \
	}

#define rp_vec_push(a, vec, value)                                            \
	do {                                                                  \
		if ((vec)->n == (vec)->cap) {                                 \
			size_t cap_ = (vec)->cap ? (vec)->cap * 2 : 8;        \
			__typeof__((vec)->v) v_ =                             \
			    rp_alloc_n((a), cap_, sizeof(*v_));               \
			if ((vec)->n > 0)                                     \
				memcpy(v_, (vec)->v, (vec)->n * sizeof(*v_)); \
			(vec)->v = v_;                                        \
			(vec)->cap = cap_;                                    \
		}                                                             \
		(vec)->v[(vec)->n++] = (value);                               \
	} while (0)

#endif
