#include "codec/zip.h"

#include <string.h>

#include "base/check.h"
#include "codec/sample.h"

static rp_bytes
pair(struct rp_arena *a, const char *one, const char *two)
{
	struct rp_sample_entry e[] = { { .name = one, .content = "first" },
		{ .name = two, .content = "second", .deflate = true } };

	return rp_sample_zip(a, e, 2);
}

static void
reads(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);
	struct rp_zip *z;
	rp_bytes got;

	RP_CHECK_OK(rp_zip_open(a, pair(a, "a/b.xml", "c"), &z));
	RP_CHECK(rp_zip_n(z) == 2);
	RP_CHECK_TEXT(rp_zip_name(z, 0), RP_TEXT("a/b.xml"));
	RP_CHECK(rp_zip_find(z, RP_TEXT("c")) == 1);
	RP_CHECK(rp_zip_find(z, RP_TEXT("C")) == SIZE_MAX);
	RP_CHECK_OK(rp_zip_read(a, z, 1, &got));
	RP_CHECK(got.n == 6 && memcmp(got.p, "second", 6) == 0);
}

static void
refuses_names(void)
{
	static const char *bad[] = { "/a", "../a", "a/../b", "a/..", "a\\b",
		"C:a", "a//b", "a\nb", "./a", "\xff", "A" };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_zip *z;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_zip_open(a, pair(a, bad[i], "a"), &z),
		    RP_E_INVALID);
	RP_CHECK_FAILS(rp_zip_open(a, pair(a, "same", "same"), &z),
	    RP_E_INVALID);
}

static void
refuses_damage(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	rp_bytes in = pair(a, "a", "b"), got;
	struct rp_zip *z;
	uint8_t *p = rp_alloc(a, in.n);

	for (size_t n = 0; n < in.n; n++)
		RP_CHECK_FAILS(rp_zip_open(a, (rp_bytes){ in.p, n }, &z),
		    RP_E_INVALID);
	/* The content of "a" stands behind a header of 30 octets and a name. */
	memcpy(p, in.p, in.n);
	p[31] ^= 1;
	RP_CHECK_OK(rp_zip_open(a, (rp_bytes){ p, in.n }, &z));
	RP_CHECK_FAILS(rp_zip_read(a, z, 0, &got), RP_E_INVALID);
	RP_CHECK_FAILS(rp_zip_copy(a, z, NULL, 0, 1 << 20, &got), RP_E_INVALID);
	/* The encryption flag in the directory entry of "a". */
	memcpy(p, in.p, in.n);
	for (size_t i = 0; i + 9 < in.n; i++)
		if (memcmp(p + i, "PK\x01\x02", 4) == 0)
			p[i + 8] |= 1;
	RP_CHECK_FAILS(rp_zip_open(a, (rp_bytes){ p, in.n }, &z), RP_E_INVALID);
}

/* Any one octet changed: an error or not, but never more than the limits. */
static void
survives_any_octet(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *first = rp_arena_new(1 << 20);
	rp_bytes in = pair(first, "a", "b");

	for (size_t i = 0; i < in.n; i++) {
		for (unsigned change = 1; change < 256; change *= 2) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *a = rp_arena_new(RP_ZIP_ENTRY_MAX * 2);
			uint8_t *p = rp_alloc(a, in.n);
			struct rp_zip *z = NULL;
			struct rp_err *e;
			rp_bytes got;

			memcpy(p, in.p, in.n);
			p[i] ^= (uint8_t)change;
			e = rp_zip_open(a, (rp_bytes){ p, in.n }, &z);
			for (size_t k = 0; e == NULL && k < rp_zip_n(z); k++)
				e = rp_zip_read(a, z, k, &got);
			rp_err_free(e);
		}
	}
}

static void
refuses_bombs(void)
{
	RP_AUTO(rp_arena_freep)
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	size_t big = RP_ZIP_ENTRY_MAX + 1;
	char *zeros = rp_alloc(a, big);
	struct rp_sample_entry e = { .name = "a",
		.content = zeros,
		.n = big,
		.deflate = true };
	struct rp_sample_entry *many =
	    rp_new_n(a, struct rp_sample_entry, RP_ZIP_ENTRIES_MAX + 1);
	rp_bytes in, got;
	struct rp_zip *z;
	uint8_t *p;

	RP_CHECK_FAILS(rp_zip_open(a, rp_sample_zip(a, &e, 1), &z), RP_E_LIMIT);
	e.n = RP_ZIP_RATIO_FROM + 1;
	in = rp_sample_zip(a, &e, 1);
	RP_CHECK_FAILS(rp_zip_open(a, in, &z), RP_E_LIMIT);
	/* A directory that says less than what comes out. */
	p = rp_alloc(a, in.n);
	memcpy(p, in.p, in.n);
	for (size_t i = 0; i + 28 < in.n; i++)
		if (memcmp(p + i, "PK\x01\x02", 4) == 0)
			memcpy(p + i + 24, "\x10\0\0\0", 4);
	RP_CHECK_OK(rp_zip_open(a, (rp_bytes){ p, in.n }, &z));
	RP_CHECK_FAILS(rp_zip_read(a, z, 0, &got), RP_E_INVALID);
	for (size_t i = 0; i <= RP_ZIP_ENTRIES_MAX; i++)
		many[i] =
		    (struct rp_sample_entry){ .name = rp_textf(a, "%zu", i).p,
			    .content = "x" };
	RP_CHECK_FAILS(rp_zip_open(a,
			   rp_sample_zip(a, many, RP_ZIP_ENTRIES_MAX + 1), &z),
	    RP_E_LIMIT);
	RP_CHECK_OK(
	    rp_zip_open(a, rp_sample_zip(a, many, RP_ZIP_ENTRIES_MAX), &z));
}

static void
copies(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_sample_entry e[] = { { .name = "m", .content = "stored" },
		{ .name = "x", .content = "old" },
		{ .name = "y", .content = "kept kept kept", .deflate = true },
		{ .name = "z", .content = "gone" } };
	struct rp_zip_change changes[] = {
		{ .i = 1, .content = RP_BYTES("new") }, { .i = 3, .drop = true }
	};
	rp_bytes in = rp_sample_zip(a, e, 4), one, two, got;
	struct rp_zip *z;

	RP_CHECK_OK(rp_zip_open(a, in, &z));
	RP_CHECK_OK(rp_zip_copy(a, z, changes, 2, 4096, &one));
	RP_CHECK_OK(rp_zip_copy(a, z, changes, 2, 4096, &two));
	RP_CHECK(one.n == two.n && memcmp(one.p, two.p, one.n) == 0);
	RP_CHECK_FAILS(rp_zip_copy(a, z, changes, 2, 100, &two), RP_E_LIMIT);
	/* ODF: a stored first entry, its content at octet 30 + name. */
	RP_CHECK(memcmp(one.p + 31, "stored", 6) == 0);
	RP_CHECK_OK(rp_zip_open(a, one, &z));
	RP_CHECK(rp_zip_n(z) == 3);
	RP_CHECK_OK(rp_zip_read(a, z, 1, &got));
	RP_CHECK(got.n == 3 && memcmp(got.p, "new", 3) == 0);
	RP_CHECK_OK(rp_zip_read(a, z, 2, &got));
	RP_CHECK(got.n == 14 && memcmp(got.p, "kept kept kept", 14) == 0);
}

static void
from_nothing(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 22);
	const struct rp_zip_change entries[] = {
		{ .i = RP_ZIP_ADD,
		    .name = RP_TEXT("b/first.txt"),
		    .content = RP_BYTES("one") },
		{ .i = RP_ZIP_ADD, .name = RP_TEXT("a.txt") },
	};
	struct rp_zip *zip;
	rp_bytes x, y, got;

	RP_CHECK_OK(rp_zip_new(a, entries, 2, 4096, &x));
	RP_CHECK_OK(rp_zip_new(a, entries, 2, 4096, &y));
	RP_CHECK(x.n == y.n && memcmp(x.p, y.p, x.n) == 0);
	RP_CHECK_OK(rp_zip_open(a, x, &zip));
	RP_CHECK(rp_zip_n(zip) == 2);
	RP_CHECK_TEXT(rp_zip_name(zip, 0), RP_TEXT("b/first.txt"));
	RP_CHECK_OK(rp_zip_read(a, zip, 0, &got));
	RP_CHECK(got.n == 3 && memcmp(got.p, "one", 3) == 0);
	RP_CHECK_FAILS(rp_zip_new(a, entries, 2, 20, &x), RP_E_LIMIT);
}

RP_CHECK_MAIN({ "a package from nothing", from_nothing }, { "reads", reads },
    { "refuses names", refuses_names }, { "refuses damage", refuses_damage },
    { "survives any octet", survives_any_octet },
    { "refuses bombs", refuses_bombs }, { "copies", copies })
