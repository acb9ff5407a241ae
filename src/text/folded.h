/*
 * folded - a text as folded words, with their places in the original.
 *
 * For comparing texts by what they say: case, width, accents, punctuation, line
 * ends and spaces do not count (the folding is that of tokens.h, one code point
 * at a time). A word is a run of letters, digits and marks; each character of
 * Chinese, Japanese kana, Thai, Lao, Khmer and Burmese is a word by itself. It
 * is fast, and it is not meant for readers: words.h knows where words end.
 *
 * Accents as combining characters of their own (U+0300 to U+036F, Arabic and
 * Hebrew points) are passed over, so that text in NFC and in NFD is folded
 * alike, but for Cyrillic letters such as й.
 */
#ifndef RP_TEXT_FOLDED_H
#define RP_TEXT_FOLDED_H

#include "base/str.h"

struct rp_folded_word {
	uint32_t from, to; /* octets of the original */
	uint32_t at, n;    /* octets of `p` */
};

struct rp_folded {
	const char *p; /* the words, a space behind each */
	size_t n;
	const struct rp_folded_word *words;
	size_t n_words;
	size_t n_single; /* of them: single characters of such scripts */
};

struct rp_folder;

struct rp_folder *rp_folder_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_folder_free(struct rp_folder *f); /* accepts NULL */
void rp_folder_freep(struct rp_folder **f);

/* Octets of a text: places are 32 bits. */
#define RP_FOLDED_MAX ((size_t)256 * 1024 * 1024)

/* `t` folded; lives in `f` until the next call. */
struct rp_folded rp_fold_words(struct rp_folder *f, rp_text t);

#endif
