#include "base/arena.h"

#include <limits.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define RP_ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RP_ARENA_ASAN 1
#endif
#endif

#ifdef RP_ARENA_ASAN
#define CHUNK_SIZE ((size_t)0) /* one block each: let ASan see them all */
#define RAW_MIN ((size_t)1)
#else
#define CHUNK_SIZE ((size_t)8 * 1024)
#define RAW_MIN CHUNK_SIZE /* raw blocks from this size on have their own */
#endif
#define CHUNK_SIZE_MAX ((size_t)256 * 1024)

struct chunk {
	struct chunk *next;
	size_t used, size;
	bool raw;
	alignas(max_align_t) unsigned char data[];
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *ptr;
};

struct rp_arena {
	struct chunk *chunks;
	struct deferred *deferred;
	jmp_buf *over; /* where reaching the ceiling goes; NULL: panic */
	size_t taken, ceiling, grow;
};

struct rp_arena *
rp_arena_new(size_t ceiling)
{
	struct rp_arena *a = calloc(1, sizeof(*a));

	if (a == NULL)
		rp_panic(__FILE__, __LINE__, "out of memory");
	a->ceiling = ceiling;
	a->grow = CHUNK_SIZE;
	return a;
}

static void
run_deferred(struct rp_arena *a)
{
	struct deferred *d;

	while ((d = a->deferred) != NULL) {
		a->deferred = d->next;
		d->fn(d->ptr);
	}
}

void
rp_arena_free(struct rp_arena *a)
{
	if (a == NULL)
		return;
	run_deferred(a);
	for (struct chunk *c = a->chunks, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	free(a);
}

void
rp_arena_reset(struct rp_arena *a)
{
	struct chunk *keep = NULL;

	run_deferred(a);
	for (struct chunk *c = a->chunks, *next; c != NULL; c = next) {
		next = c->next;
		if (keep == NULL && c->size == CHUNK_SIZE && !c->raw)
			keep = c;
		else
			free(c);
	}
	if (keep != NULL) {
		memset(keep->data, 0, keep->used);
		keep->used = 0;
		keep->next = NULL;
	}
	a->chunks = keep;
	a->taken = keep ? keep->size : 0;
	a->grow = CHUNK_SIZE;
}

void
rp_arena_freep(struct rp_arena **a)
{
	rp_arena_free(*a);
	*a = NULL;
}

void
rp_arena_keep_pages(void)
{
	(void)mallopt(M_TRIM_THRESHOLD, INT_MAX);
	/* Up to this size a block is not mapped alone; the most there is. */
	(void)mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024 * (int)sizeof(long));
}

size_t
rp_arena_taken(const struct rp_arena *a)
{
	return a->taken;
}

static void
over_ceiling(struct rp_arena *a)
{
	if (a->over == NULL)
		rp_panic(__FILE__, __LINE__, "arena over its ceiling");
	longjmp(*a->over, 1);
}

static struct chunk *
chunk_new(struct rp_arena *a, size_t size)
{
	size_t want = size > a->grow ? size : a->grow;
	struct chunk *c;

	if (want > a->ceiling - a->taken)
		want = size;
	if (want > a->ceiling - a->taken)
		over_ceiling(a);
	c = calloc(1, sizeof(*c) + want);
	if (c == NULL)
		rp_panic(__FILE__, __LINE__, "out of memory");
	c->size = want;
	c->next = a->chunks;
	a->chunks = c;
	a->taken += want;
	if (a->grow > 0 && a->grow < CHUNK_SIZE_MAX)
		a->grow *= 2;
	return c;
}

void *
rp_alloc(struct rp_arena *a, size_t size)
{
	size_t align = alignof(max_align_t);
	struct chunk *c = a->chunks;
	void *p;

	RP_ASSERT(size <= SIZE_MAX / 2);
	size = (size + align - 1) / align * align;
	if (c == NULL || c->size - c->used < size)
		c = chunk_new(a, size);
	p = c->data + c->used;
	c->used += size;
	return p;
}

/* Behind the chunk in use, which goes on being filled. */
static void *
alone(struct rp_arena *a, size_t size)
{
	struct chunk *c;

	if (size > a->ceiling - a->taken)
		over_ceiling(a);
	c = malloc(sizeof(*c) + size);
	if (c == NULL)
		rp_panic(__FILE__, __LINE__, "out of memory");
	*c = (struct chunk){ .used = size, .size = size, .raw = true };
	a->taken += size;
	if (a->chunks != NULL) {
		c->next = a->chunks->next;
		a->chunks->next = c;
	} else {
		a->chunks = c;
	}
	return c->data;
}

void *
rp_alloc_raw(struct rp_arena *a, size_t size)
{
	struct chunk *c = a->chunks;

	RP_ASSERT(size <= SIZE_MAX / 2);
	if (size < RAW_MIN || (c != NULL && c->size - c->used > size))
		return rp_alloc(a, size);
	return alone(a, size);
}

void *
rp_alloc_n(struct rp_arena *a, size_t n, size_t size)
{
	size_t total;

	RP_ASSERT(!__builtin_mul_overflow(n, size, &total));
	return rp_alloc(a, total);
}

void
rp_arena_defer(struct rp_arena *a, void (*fn)(void *), void *ptr)
{
	struct deferred *d = rp_new(a, struct deferred);

	*d = (struct deferred){ .next = a->deferred, .fn = fn, .ptr = ptr };
	a->deferred = d;
}

struct rp_err *
rp_job_run_in(struct rp_arena *a,
    struct rp_err *(*fn)(struct rp_arena *a, void *ctx), void *ctx)
{
	jmp_buf over, *outer = a->over;
	struct rp_err *e;

	if (setjmp(over) != 0) {
		a->over = outer;
		run_deferred(a);
		return rp_fail(RP_E_LIMIT, "job over its ceiling of %zu octets",
		    a->ceiling);
	}
	a->over = &over;
	e = fn(a, ctx);
	a->over = outer;
	return e;
}

struct rp_err *
rp_job_run(size_t ceiling, struct rp_err *(*fn)(struct rp_arena *a, void *ctx),
    void *ctx)
{
	struct rp_arena *a = rp_arena_new(ceiling);
	struct rp_err *e = rp_job_run_in(a, fn, ctx);

	rp_arena_free(a);
	return e;
}
