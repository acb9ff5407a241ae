/*
 * numbering - automatic numbers as WordprocessingML counts them.
 *
 * Definitions and counters without XML (ECMA-376 part 1, 17.9). A list (w:num)
 * names an abstract definition of nine levels, which may be overridden; lists
 * of one definition count together, but a list that overrides the start of a
 * level begins there when it is used first. A level begins anew after a
 * paragraph of an outer one (lvlRestart says of which). What a level shows is
 * its text with "%1" to "%9" as the numbers of the levels.
 *
 * Definitions are made once; counters are a value, so one reading can count
 * several views of a document side by side.
 */
#ifndef RP_DOCUMENT_NUMBERING_H
#define RP_DOCUMENT_NUMBERING_H

#include "base/map.h"
#include "document/document.h"

#define RP_NUMBERING_LEVELS 9
#define RP_NUMBERING_LISTS_MAX 20000
#define RP_NUMBERING_TEXT_MAX ((size_t)256) /* a level's text, octets */

enum rp_number_format {
	RP_NUMBER_DECIMAL = 0,
	RP_NUMBER_DECIMAL_ZERO, /* 01 02 ... 10 */
	RP_NUMBER_LOWER_LETTER,
	RP_NUMBER_UPPER_LETTER,
	RP_NUMBER_LOWER_ROMAN,
	RP_NUMBER_UPPER_ROMAN,
	RP_NUMBER_ORDINAL, /* 1st 2nd 3rd */
	RP_NUMBER_CJK,     /* 一 ... 十一 ... 二十 */
	RP_NUMBER_ARABIC_INDIC,
	RP_NUMBER_ARABIC_ABJAD,
	RP_NUMBER_ARABIC_ALPHA,
	RP_NUMBER_LOWER_CYRILLIC,
	RP_NUMBER_UPPER_CYRILLIC,
	RP_NUMBER_BULLET,
	RP_NUMBER_NONE,
};

/* By the name that w:numFmt has; what is not known counts as decimal. */
enum rp_number_format rp_number_format_named(rp_text name);

/* A number as a format shows it; values below 1 are decimal in all. */
rp_text rp_number_text(struct rp_arena *a, enum rp_number_format f,
    int32_t value);

/*
 * The letter of an alphabet that `t` begins with, counted from 1, and its
 * octets; 0 if there is none. For the formats of Arabic and Cyrillic letters.
 */
int32_t rp_number_letter(enum rp_number_format f, rp_text t, size_t *out_n);

struct rp_level {
	bool set;
	enum rp_number_format format;
	int32_t start;
	rp_text text; /* "%1.%2)" */
	bool legal;   /* isLgl: all numbers decimal */
	/* lvlRestart: -1 is as usual, 0 never, n after a paragraph of level n.
	 */
	int8_t restart;
};

struct rp_list_override {
	bool has_start, has_level;
	int32_t start;
	struct rp_level level;
};

struct rp_numbering_abstract {
	uint32_t id;
	struct rp_level levels[RP_NUMBERING_LEVELS];
};

struct rp_numbering_list {
	uint32_t id;
	uint32_t abstract; /* place in abstracts */
	struct rp_list_override overrides[RP_NUMBERING_LEVELS];
};

struct rp_numbering {
	struct rp_numbering_abstracts RP_VEC(
	    struct rp_numbering_abstract) abstracts;
	struct rp_numbering_lists RP_VEC(struct rp_numbering_list) lists;
	struct rp_numbering_ids RP_MAP(uint32_t) ids; /* list's id -> place */
};

/* A new definition; its levels are decimal from 1 without text. */
struct rp_numbering_abstract *rp_numbering_define(struct rp_arena *a,
    struct rp_numbering *n, uint32_t id);

/* The definition with this id, or NULL. Valid until the next one is made. */
struct rp_numbering_abstract *rp_numbering_abstract_find(struct rp_numbering *n,
    uint32_t id);

/* A new list of definition `abstract`; RP_E_LIMIT past the number of lists. */
struct rp_err *rp_numbering_add(struct rp_arena *a, struct rp_numbering *n,
    uint32_t id, uint32_t abstract, struct rp_numbering_list **out) RP_MUST_USE;

/* The list with this id, or NULL. */
const struct rp_numbering_list *rp_numbering_find(const struct rp_numbering *n,
    uint32_t id);

/* What a list says of a level, its overrides applied. */
struct rp_level rp_numbering_level(const struct rp_numbering *n,
    const struct rp_numbering_list *l, unsigned level);

/* The counters of one view of one document. */
struct rp_numbering_count;

struct rp_numbering_count *rp_numbering_count_new(struct rp_arena *a,
    const struct rp_numbering *n);

/*
 * The label of the next paragraph, of list `id` and `level`. One that does not
 * count (its mark is deleted or moved away) shows its number, and the next has
 * it again. A list that is not defined, or "none" without text, gives kind
 * RP_LABEL_NONE.
 */
void rp_numbering_next(struct rp_arena *a, struct rp_numbering_count *c,
    uint32_t id, unsigned level, bool counts, struct rp_label *out);

#endif
