/* salvage_private - what the parts of the salvage reader share. */
#ifndef RP_CODEC_SALVAGE_PRIVATE_H
#define RP_CODEC_SALVAGE_PRIVATE_H

#include "base/map.h"
#include "codec/salvage.h"

/* In cleaned text a note's mark is its number between two of these. */
#define RP_SALVAGE_MARK '\x1f'

/* What a word can be; several at once. */
enum rp_salvage_class {
	RP_CLASS_ARTICLE = 1 << 0,
	RP_CLASS_DETERMINER = 1 << 1, /* its, their, this */
	RP_CLASS_PREPOSITION = 1 << 2,
	RP_CLASS_CONJUNCTION = 1 << 3,
	RP_CLASS_FINITE = 1 << 4, /* is, has */
	RP_CLASS_MODAL = 1 << 5,
	RP_CLASS_VERB = 1 << 6,  /* promote */
	RP_CLASS_THIRD = 1 << 7, /* promotes */
	RP_CLASS_PAST = 1 << 8,
	RP_CLASS_ING = 1 << 9,
	RP_CLASS_VERB_ONLY = 1 << 10,           /* never a noun */
	RP_CLASS_AFTER_ADJECTIVE_NOT = 1 << 11, /* further, other */
	RP_CLASS_ADJECTIVE = 1 << 12,
	RP_CLASS_NUMBER_WORD = 1 << 13,
	RP_CLASS_YEAR = 1 << 14,
	RP_CLASS_NUMBER = 1 << 15,
	RP_CLASS_WORD = 1 << 16,
	RP_CLASS_MARK = 1 << 17,
	RP_CLASS_PUNCTUATION = 1 << 18,
	RP_CLASS_RELATIVE = 1 << 19,
	RP_CLASS_COMPOUND = 1 << 20, /* one word, though it looks like two */
	RP_CLASS_GLUE = 1 << 21,     /* short words that run together */
	RP_CLASS_CALLOUT = 1 << 22,
};

struct rp_salvage_word {
	uint32_t n; /* times in the text */
	unsigned classes;
	rp_text shown; /* with its capitals, if it mostly has them */
	bool after_noun_article, infinitive;
};

/* What is known of the words: lists, and what the text itself shows. */
struct rp_salvage_words {
	struct rp_arena *arena;
	struct rp_salvage_word_map RP_MAP(struct rp_salvage_word) words;
	struct rp_salvage_pair_map RP_MAP(uint32_t) rows; /* of 2 and 3 */
	size_t seams; /* run-together tokens so far */
};

void rp_salvage_lexicon(struct rp_salvage_words *w);

/* Count the words of one paragraph. */
void rp_salvage_learn(struct rp_salvage_words *w, rp_text t);

struct rp_salvage_edit {
	size_t from, to; /* octets of the paragraph */
	enum rp_salvage_kind kind;
	enum rp_salvage_confidence confidence;
	rp_text base, now;
	enum rp_salvage_reason reason;
};

struct rp_salvage_edits RP_VEC(struct rp_salvage_edit);

/* The changes inside a paragraph, in order, none in another. */
void rp_salvage_find(struct rp_salvage_words *w, rp_text t,
    struct rp_salvage_edits *out);

/* Phrases that may have come in where a paragraph was edited: uncertain. */
void rp_salvage_suspect(struct rp_salvage_words *w, rp_text t,
    struct rp_salvage_edits *out);

unsigned rp_salvage_classes(struct rp_salvage_words *w, rp_text word);

#endif
