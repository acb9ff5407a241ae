/*
 * prose - the blocks of two documents made ready to be compared.
 *
 * A block's prose is its text as units, and its bag: the norms of its units,
 * sorted and counted. Blocks with the same text share one. Labels are in none
 * of it.
 *
 * The key of a block is a hash of its norms in order, without the marks that
 * follow from its place in a list (; , . at the end); so blocks that differ in
 * white space, case, quotation marks or their last mark only have one key. What
 * the model does not know (opaque runs) is in the key by its octets.
 *
 * Similarity is Dice's coefficient of two bags, each unit weighted by its
 * inverse document frequency over the blocks of both documents: 0 to 1.
 */
#ifndef RP_REDLINE_PROSE_H
#define RP_REDLINE_PROSE_H

#include "document/document.h"
#include "redline/units.h"

struct rp_bag {
	uint32_t *id, *count;
	uint32_t n;
	float weight; /* of all units */
};

struct rp_prose {
	rp_text text;
	struct rp_units units;
	uint32_t *ids; /* of the units */
	uint64_t key;
	struct rp_bag bag;
	uint32_t n_words;
};

/* One document; index by block of its body. */
struct rp_side {
	const struct rp_document *doc;
	struct rp_block *blocks;
	size_t n;
	const struct rp_prose **prose;
	uint64_t *key; /* 0: nothing to see in it */
};

struct rp_proses;

struct rp_proses *rp_proses_new(struct rp_arena *a,
    struct rp_words *w) RP_MUST_USE RP_NONNULL_RET;

struct rp_vocabulary *rp_proses_vocabulary(struct rp_proses *p);

/* The prose of a text that lives as long: made at its first sight. */
const struct rp_prose *rp_proses_of(struct rp_proses *p, rp_text t);

void rp_proses_side(struct rp_proses *p, const struct rp_document *d,
    struct rp_side *out);

/* Weigh all bags, once, when both sides are made. */
void rp_proses_weigh(struct rp_proses *p, const struct rp_side *x,
    const struct rp_side *y);

float rp_proses_idf(const struct rp_proses *p, uint32_t id);

/* The bag of blocks [from, to) of a side together. */
struct rp_bag rp_proses_bag(struct rp_proses *p, const struct rp_side *s,
    size_t from, size_t to);

float rp_similarity(const struct rp_proses *p, const struct rp_bag *x,
    const struct rp_bag *y);

/* A step of the hash that keys are made with. */
uint64_t rp_key_mix(uint64_t key, uint64_t value);

#endif
