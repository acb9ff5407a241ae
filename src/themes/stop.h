/*
 * stop - words that say nothing about what a text is about, learnt.
 *
 * No list is shipped: the words that a language needs everywhere are found in
 * the responses themselves. What a word says is how the words beside it differ
 * from those of all rows: the Kullback-Leibler divergence of its neighbours
 * among the RP_STOP_CONTEXTS most frequent words, less what chance alone gives.
 * A stop word says nothing, in one of two senses: what it says is within
 * RP_STOP_ERRORS standard errors of chance, or less than RP_STOP_NOTHING nats;
 * or it is at most RP_STOP_RATIO of what the most frequent words say (their
 * median), for no word of a real language is beside all others alike. So "the"
 * goes, and "card" in a consultation about cards stays. Words of more than
 * RP_STOP_SHARE of the rows go too. What is frequent and the same in all themes
 * is left to fit.h, which sees the themes.
 *
 * Only words of RP_STOP_SHARE_MIN of the rows, with enough neighbours for the
 * measure to hold, are judged: a few hundred rows are needed. One language at a
 * time. The order of rows does not matter; no function of the C library is
 * called that rounds differently on another machine.
 */
#ifndef RP_THEMES_STOP_H
#define RP_THEMES_STOP_H

#include "base/str.h"

#define RP_STOP_CONTEXTS 150
#define RP_STOP_CANDIDATES 250
#define RP_STOP_SHARE 0.4
#define RP_STOP_SHARE_MIN 0.015
#define RP_STOP_RATIO 0.6
#define RP_STOP_ERRORS 3
#define RP_STOP_NOTHING 0.01

struct rp_stop;

/*
 * Words are numbers below `n`; rows_of[word] is how many of the `rows` rows
 * have it, 0 for words of other languages.
 */
struct rp_stop *rp_stop_new(struct rp_arena *a, const uint32_t *rows_of,
    uint32_t n, uint32_t rows) RP_MUST_USE RP_NONNULL_RET;

/* One row's words; a word that comes twice counts once. */
void rp_stop_row(struct rp_stop *s, const uint32_t *words, size_t n);

/* Set is_stop[word] for each stop word; others are left as they are. */
void rp_stop_learn(const struct rp_stop *s, bool *is_stop);

#endif
