/*
 * words - where words, sentences and characters end (UAX 29, with ICU's
 * dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese).
 *
 * struct rp_words holds ICU's break iterators and the memory they work in; it
 * is opened once per process. Rules are CLDR's root ones: they do not depend on
 * the language, so that counts and differences are the same for every reader.
 */
#ifndef RP_TEXT_WORDS_H
#define RP_TEXT_WORDS_H

#include "base/str.h"

struct rp_words;

struct rp_words *rp_words_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_words_free(struct rp_words *w); /* accepts NULL */
void rp_words_freep(struct rp_words **w);

enum rp_break {
	RP_BREAK_CHARACTER, /* what a reader sees as one: grapheme clusters */
	RP_BREAK_WORD,
	RP_BREAK_SENTENCE,
	RP_BREAK_KINDS
};

/*
 * A piece of a text, in octets. Pieces follow each other without gaps; of the
 * pieces between word bounds only those that hold letters, digits or ideographs
 * are words, the others are spaces and punctuation.
 */
struct rp_segment {
	size_t from, to;
	bool is_word;
};

struct rp_segment *rp_words_split(struct rp_words *w, struct rp_arena *a,
    enum rp_break kind, rp_text t, size_t *n);

/*
 * The words alone, without what is between them. The same words as above; many
 * times as fast where ASCII is.
 */
struct rp_segment *rp_words_list(struct rp_words *w, struct rp_arena *a,
    rp_text t, size_t *n);

/* How many words: what statistics and limits count. Fast where ASCII is. */
int64_t rp_words_count(struct rp_words *w, rp_text t);

/*
 * The beginning of `t` on one line, at most `max` code points, cut between
 * words (or between characters where a word is longer than half of `max`), with
 * an ellipsis if something is left out, which counts too.
 */
rp_text rp_words_excerpt(struct rp_words *w, struct rp_arena *a, rp_text t,
    size_t max);

#endif
