/*
 * collate - the order of names in each of the six languages (CLDR, ICU).
 *
 * Lists that everybody can see are sorted by the reader's language. A sort key
 * is octets that compare as the texts do in that language, so the store keeps
 * six columns of keys and needs no collation of its own. Keys belong to a
 * version of ICU (rp_collation_version()); when that changes they must be
 * written anew.
 *
 * Strength is tertiary: accents and case decide where letters are equal.
 * Chinese is by pinyin, Spanish by the modern order. Opened once per process.
 */
#ifndef RP_TEXT_COLLATE_H
#define RP_TEXT_COLLATE_H

#include "base/str.h"
#include "text/lang.h"

struct rp_collation;

/* No key is longer; what would be is cut, and then equal keys may come up. */
#define RP_SORT_KEY_MAX ((size_t)1024)

/* Code points of a text that make its key. */
#define RP_SORT_TEXT_MAX ((size_t)256)

struct rp_collation *rp_collation_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_collation_free(struct rp_collation *c); /* accepts NULL */
void rp_collation_freep(struct rp_collation **c);

/* Names the order: changes when stored keys no longer fit. */
rp_text rp_collation_version(const struct rp_collation *c);

rp_bytes rp_sort_key(const struct rp_collation *c, struct rp_arena *a,
    enum rp_lang lang, rp_text t);

/* All six at once. */
void rp_sort_keys(const struct rp_collation *c, struct rp_arena *a, rp_text t,
    rp_bytes out[RP_LANG_COUNT]);

/* Negative, zero, positive; octets decide between texts that sort equal. */
int rp_collate(const struct rp_collation *c, enum rp_lang lang, rp_text x,
    rp_text y);

/* The places of `items` in order: a permutation of 0..n-1, stable. */
size_t *rp_collate_order(const struct rp_collation *c, struct rp_arena *a,
    enum rp_lang lang, const rp_text *items, size_t n);

#endif
