#include "base/arena.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/vec.h"

static int order[4], calls;

static void
note(void *ptr)
{
	order[calls++] = *(int *)ptr;
}

static void
deferred_calls_run_last_first(void)
{
	static int one = 1, two = 2;
	struct rp_arena *a = rp_arena_new(1 << 20);

	calls = 0;
	rp_arena_defer(a, note, &one);
	rp_arena_defer(a, note, &two);
	rp_arena_free(a);
	RP_CHECK(calls == 2 && order[0] == 2 && order[1] == 1);
}

static struct rp_err *
greedy(struct rp_arena *a, void *ctx)
{
	static int three = 3;

	rp_arena_defer(a, note, &three);
	for (int i = 0; i < 1000000; i++)
		*(void **)ctx = rp_alloc(a, 1000);
	return NULL;
}

static void
the_ceiling_ends_the_job_only(void)
{
	void *last = NULL;

	calls = 0;
	RP_CHECK_FAILS(rp_job_run(1 << 20, greedy, &last), RP_E_LIMIT);
	RP_CHECK(last != NULL && calls == 1 && order[0] == 3);
}

static void
memory_is_zeroed_also_after_a_reset(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	unsigned char *p = rp_alloc(a, 100);

	memset(p, 0xff, 100);
	rp_arena_reset(a);
	p = rp_alloc(a, 100);
	for (size_t i = 0; i < 100; i++)
		RP_CHECK(p[i] == 0);
}

static int *
filled(struct rp_arena *a, size_t n, bool raw)
{
	int *p = raw ? rp_alloc_raw(a, n * sizeof(int)) : rp_new_n(a, int, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (int)i;
	return p;
}

/* Raw and zeroed blocks of many sizes, mixed: none overlaps another. */
static void
raw_blocks_stand_beside_others(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	int *blocks[64];

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 64; i++)
			blocks[i] = filled(a, i * i, i % 3 == 1);
		for (size_t i = 0; i < 64; i++)
			for (size_t k = 0; k < i * i; k++)
				RP_CHECK(blocks[i][k] == (int)k);
		RP_CHECK(*(int *)rp_alloc(a, 3000) == 0);
		rp_arena_reset(a);
		RP_CHECK(rp_arena_taken(a) <= 8192);
	}
}

static struct rp_err *
greedy_raw(struct rp_arena *a, void *ctx)
{
	for (int i = 0; i < 1000; i++)
		*(void **)ctx = rp_alloc_raw(a, 100000);
	return NULL;
}

static void
raw_blocks_count(void)
{
	void *last = NULL;

	RP_CHECK_FAILS(rp_job_run(1 << 20, greedy_raw, &last), RP_E_LIMIT);
	RP_CHECK(last != NULL);
}

static void
vectors_and_buffers_grow(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct RP_VEC(int) v = { 0 };
	struct rp_buf b;
	rp_bytes all;
	rp_text t;

	for (int i = 0; i < 1000; i++)
		rp_vec_push(a, &v, i);
	RP_CHECK(v.n == 1000 && v.v[999] == 999);
	rp_buf_init(&b, a, 1000);
	for (int i = 0; i < 100; i++)
		rp_buf_text(&b, RP_TEXT("0123456789"));
	RP_CHECK_OK(rp_buf_done(&b, &t));
	RP_CHECK(t.n == 1000 && t.p[1000] == '\0');
	rp_buf_init(&b, a, 3);
	rp_buf_f(&b, "%d", 1234);
	RP_CHECK_FAILS(rp_buf_bytes(&b, &all), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "deferred calls run last first",
		  deferred_calls_run_last_first },
    { "the ceiling ends the job only", the_ceiling_ends_the_job_only },
    { "memory is zeroed, also after a reset",
	memory_is_zeroed_also_after_a_reset },
    { "raw blocks stand beside others", raw_blocks_stand_beside_others },
    { "raw blocks count", raw_blocks_count },
    { "vectors and buffers grow", vectors_and_buffers_grow })
