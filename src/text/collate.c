#include "text/collate.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "base/err.h"
#include "text/locale_private.h"
#include "text/utf16_private.h"

#define COLLATION_MEMORY ((size_t)1024 * 1024)

struct rp_collation {
	struct rp_arena *arena;
	UCollator *by[RP_LANG_COUNT];
	rp_text version;
};

static void
close_collator(void *p)
{
	ucol_close(p);
}

struct rp_collation *
rp_collation_new(void)
{
	struct rp_arena *a = rp_arena_new(COLLATION_MEMORY);
	struct rp_collation *c = rp_new(a, struct rp_collation);
	UErrorCode status = U_ZERO_ERROR;
	rp_text version = RP_TEXT("");
	UVersionInfo v;

	c->arena = a;
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		c->by[i] = ucol_open(rp_lang_icu((enum rp_lang)i), &status);
		RP_ASSERT(U_SUCCESS(status));
		rp_arena_defer(a, close_collator, c->by[i]);
		ucol_getVersion(c->by[i], v);
		version = rp_textf(a, "%.*s%s%d.%d.%d", RP_FMT(version),
		    i > 0 ? "/" : "", v[0], v[1], v[2]);
	}
	c->version = version;
	return c;
}

void
rp_collation_free(struct rp_collation *c)
{
	if (c != NULL)
		rp_arena_free(c->arena);
}

void
rp_collation_freep(struct rp_collation **c)
{
	rp_collation_free(*c);
}

rp_text
rp_collation_version(const struct rp_collation *c)
{
	return c->version;
}

static rp_text
head(rp_text t)
{
	size_t at = 0, left = RP_SORT_TEXT_MAX;

	for (; at < t.n; at++)
		if (((uint8_t)t.p[at] & 0xc0) != 0x80 && left-- == 0)
			break;
	return rp_text_sub(t, 0, at);
}

static rp_bytes
key(const struct rp_collation *c, struct rp_arena *a, enum rp_lang lang,
    struct rp_utf16 u)
{
	uint8_t octets[RP_SORT_KEY_MAX], *copy;
	int32_t n = ucol_getSortKey(c->by[lang], u.p, u.n, octets,
	    (int32_t)sizeof(octets));
	size_t len = (size_t)n < sizeof(octets) ? (size_t)n : sizeof(octets);

	/* The NUL at the end orders nothing. */
	if (len > 0 && octets[len - 1] == 0)
		len--;
	copy = rp_alloc(a, len + 1);
	memcpy(copy, octets, len);
	return (rp_bytes){ copy, len };
}

rp_bytes
rp_sort_key(const struct rp_collation *c, struct rp_arena *a, enum rp_lang lang,
    rp_text t)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return key(c, a, lang, rp_utf16_from(a, head(t)));
}

void
rp_sort_keys(const struct rp_collation *c, struct rp_arena *a, rp_text t,
    rp_bytes out[RP_LANG_COUNT])
{
	struct rp_utf16 u = rp_utf16_from(a, head(t));

	for (int i = 0; i < RP_LANG_COUNT; i++)
		out[i] = key(c, a, (enum rp_lang)i, u);
}

int
rp_collate(const struct rp_collation *c, enum rp_lang lang, rp_text x,
    rp_text y)
{
	UErrorCode status = U_ZERO_ERROR;
	UCollationResult r;

	RP_ASSERT(lang < RP_LANG_COUNT);
	RP_ASSERT(x.n < RP_UTF16_MAX && y.n < RP_UTF16_MAX);
	r = ucol_strcollUTF8(c->by[lang], x.p, (int32_t)x.n, y.p, (int32_t)y.n,
	    &status);
	RP_ASSERT(U_SUCCESS(status));
	if (r == UCOL_EQUAL)
		return rp_text_cmp(x, y);
	return r == UCOL_LESS ? -1 : 1;
}

struct place {
	rp_bytes key;
	size_t at;
};

static int
by_key(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
	int c = memcmp(a->key.p, b->key.p, n);

	if (c != 0)
		return c;
	if (a->key.n != b->key.n)
		return a->key.n < b->key.n ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

size_t *
rp_collate_order(const struct rp_collation *c, struct rp_arena *a,
    enum rp_lang lang, const rp_text *items, size_t n)
{
	struct place *places = rp_new_n(a, struct place, n + 1);
	size_t *order = rp_new_n(a, size_t, n + 1);

	for (size_t i = 0; i < n; i++)
		places[i] =
		    (struct place){ rp_sort_key(c, a, lang, items[i]), i };
	qsort(places, n, sizeof(*places), by_key);
	for (size_t i = 0; i < n; i++)
		order[i] = places[i].at;
	return order;
}
