/*
 * units - what a comparison of two texts compares: words, and what stands
 * between them that is no white space.
 *
 * A unit is a word as text/words.h finds it, or one other character. One unit
 * although it has several words or marks in it: a number ("12,000", "1.2.3"), a
 * date in digits ("2018-05-01"), a document symbol ("WSIS-SC-3/3-E", "70/125",
 * "A/RES/70/125"): letters and digits joined by - / . _ with a digit among
 * them. White space (Unicode's, with no-break and ideographic spaces) is in no
 * unit: it is the gap before one.
 *
 * Units are interned in a vocabulary, which both texts of a comparison share:
 * equal octets have equal ids, and looking at ids is enough everywhere. An id's
 * `norm` is the id of the same in lower case (ASCII) and with plain quotation
 * marks and hyphens, so that texts that differ in these only can be found.
 *
 * ICU is asked only where a text is not ASCII.
 */
#ifndef RP_REDLINE_UNITS_H
#define RP_REDLINE_UNITS_H

#include "base/str.h"

struct rp_words;
struct rp_vocabulary;

struct rp_unit {
	uint32_t id;
	uint32_t from, to; /* octets */
};

struct rp_units {
	struct rp_unit *v;
	size_t n;
};

/* Lives in `a`; `w` is used while units are made. */
struct rp_vocabulary *rp_vocabulary_new(struct rp_arena *a,
    struct rp_words *w) RP_MUST_USE RP_NONNULL_RET;

/* How many ids there are: all are less. */
uint32_t rp_vocabulary_n(const struct rp_vocabulary *voc);

/* The text of an id; borrowed from a text that was split. */
rp_text rp_vocabulary_text(const struct rp_vocabulary *voc, uint32_t id);

uint32_t rp_vocabulary_norm(const struct rp_vocabulary *voc, uint32_t id);

/* True if the id has a letter, digit or ideograph: counts as a word. */
bool rp_vocabulary_is_word(const struct rp_vocabulary *voc, uint32_t id);

/* The units of `t`, which must live as long as the vocabulary. */
struct rp_units rp_units_split(struct rp_arena *a, struct rp_vocabulary *voc,
    rp_text t);

/* Octets of the white space at `at`: 0 if there is none. One code point. */
size_t rp_space_at(rp_text t, size_t at);

/* True for Han and kana at `at`, which are compared one by one in the end. */
bool rp_ideograph_at(rp_text t, size_t at);

#endif
