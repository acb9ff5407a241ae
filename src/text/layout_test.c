#include "text/layout.h"

#include "base/check.h"

#define ARENA_MAX ((size_t)16 << 20)

static void
directions(void)
{
	RP_CHECK(rp_layout_direction(RP_TEXT("1. a")) == RP_LAYOUT_LTR);
	RP_CHECK(rp_layout_direction(RP_TEXT("20/3 فريق A")) == RP_LAYOUT_RTL);
	RP_CHECK(rp_layout_direction(RP_TEXT("20/3")) == RP_LAYOUT_NEITHER);
	RP_CHECK(rp_layout_direction(RP_TEXT("")) == RP_LAYOUT_NEITHER);
}

static void
runs(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_layout *l = rp_layout_new();
	struct rp_layout_run *r;
	size_t n;

	r = rp_layout_runs(l, a, RP_TEXT("Doc 3 أب 20/3 中文"), RP_LAYOUT_LTR,
	    &n);
	RP_CHECK(n >= 4);
	RP_CHECK(r[0].level == 0 && strcmp(r[0].script, "Latn") == 0);
	RP_CHECK(r[1].level == 1 && strcmp(r[1].script, "Arab") == 0);
	RP_CHECK(r[1].from == 6 && r[1].to >= 10);
	/* Numbers in Arabic run from left to right, inside it. */
	RP_CHECK(r[2].level == 2 && strcmp(r[2].script, "Arab") == 0);
	RP_CHECK(strcmp(r[n - 1].script, "Hani") == 0 &&
		 r[n - 1].to == strlen("Doc 3 أب 20/3 中文"));
	RP_CHECK(rp_layout_runs(l, a, RP_TEXT(""), RP_LAYOUT_LTR, &n) == NULL);
	r = rp_layout_runs(l, a, RP_TEXT("（Ж"), RP_LAYOUT_RTL, &n);
	RP_CHECK(n == 3 || n == 2);
	RP_CHECK(strcmp(r[0].script, "Hani") == 0 && r[0].level == 1);
	RP_CHECK(strcmp(r[n - 1].script, "Cyrl") == 0 && r[n - 1].level == 2);
	rp_layout_free(l);
}

static void
breaks(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ARENA_MAX);
	struct rp_layout *l = rp_layout_new();
	bool *b = rp_layout_breaks(l, a, RP_TEXT("one two"));

	RP_CHECK(!b[0] && !b[3] && b[4] && b[7]);
	b = rp_layout_breaks(l, a, RP_TEXT("工作组。"));
	RP_CHECK(b[3] && b[6] && !b[9] && b[12]);
	b = rp_layout_breaks(l, a, RP_TEXT("a\xc2\xa0z"));
	RP_CHECK(!b[1] && !b[3]);
	rp_layout_free(l);
}

static void
order(void)
{
	int32_t out[3];

	rp_layout_order((const uint8_t[]){ 0, 1, 0 }, 3, out);
	RP_CHECK(out[0] == 0 && out[1] == 1 && out[2] == 2);
	rp_layout_order((const uint8_t[]){ 1, 2, 1 }, 3, out);
	RP_CHECK(out[0] == 2 && out[1] == 1 && out[2] == 0);
}

RP_CHECK_MAIN({ "directions", directions }, { "runs", runs },
    { "breaks", breaks }, { "order", order })
