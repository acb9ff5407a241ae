/*
 * tokens - the words by which texts are found.
 *
 * The index and the query pass through the same folding, here and nowhere else,
 * so that the store needs no dictionary of its own: a text becomes one string
 * of tokens separated by single spaces, of letters, digits and marks only,
 * ASCII among them only as a-z and 0-9. FTS5's `ascii` tokenizer and
 * PostgreSQL's string_to_array() see the same tokens.
 *
 * Folding: NFKC and full case folding (UAX 15, NFKC_Casefold: width, ligatures,
 * invisible characters); marks are taken from Latin, Greek, Cyrillic, Hebrew
 * and Arabic letters, except the breve of Cyrillic й and ў, which are letters
 * of their own (ё becomes е); strokes and ligatures of Latin (ø ł đ æ œ ı)
 * become the letters they are typed as elsewhere; Arabic loses tatweel and
 * vowel marks, alef with hamza or madda becomes alef, teh marbuta heh, alef
 * maksura and Persian yeh yeh, Persian kaf kaf; digits of all scripts become
 * 0-9.
 *
 * Words are runs of letters, digits and marks; Thai, Lao, Khmer and Burmese are
 * split by ICU's dictionaries; Chinese, Japanese and Korean runs become all
 * overlapping pairs of characters, so that a query of two characters finds.
 *
 * Behind this sequence stand, once each, other forms by which a text is found
 * too: every single character of a Chinese, Japanese or Korean run; Arabic
 * words without the article ال (also in وال فال بال كال لل); and stems
 * (Snowball) of words of four letters and more in English, French, Russian and
 * Spanish, each behind the letter U+02E2, which no folded word contains. They
 * come last so that they do not separate what stands together in a phrase.
 */
#ifndef RP_TEXT_TOKENS_H
#define RP_TEXT_TOKENS_H

#include "base/str.h"
#include "base/vec.h"
#include "text/lang.h"

/* Octets of an index string; what does not fit is not found. */
#define RP_TOKENS_MAX ((size_t)512 * 1024)
/* Code points of a token; what is longer is cut, in queries too. */
#define RP_TOKEN_MAX 64
/* What is read of a query, and the groups it may have. */
#define RP_QUERY_MAX ((size_t)1024) /* octets */
#define RP_QUERY_GROUPS_MAX ((size_t)16)

struct rp_tokenizer;

struct rp_tokenizer *rp_tokenizer_new(void) RP_MUST_USE RP_NONNULL_RET;
void rp_tokenizer_free(struct rp_tokenizer *k); /* accepts NULL */
void rp_tokenizer_freep(struct rp_tokenizer **k);

/* What is stored for `t`, written in the language of `tag` (may be empty). */
rp_text rp_tokens_index(struct rp_tokenizer *k, struct rp_arena *a, rp_text t,
    rp_text tag);

/*
 * A query is a list of groups; a text is found if every group is. A group is
 * found if any of its alternatives is. An alternative is a token, or several
 * separated by spaces which must stand one after the other (where an engine
 * does not know places: which must all be there). "Words in quotation marks"
 * are one group. No groups: nothing was asked for.
 */
struct rp_query_group {
	struct RP_VEC(rp_text) any;
};
struct rp_query {
	struct RP_VEC(struct rp_query_group) groups;
};

/* `lang`: the reader's, which decides whose stems a Latin word may have. */
struct rp_query rp_tokens_query(struct rp_tokenizer *k, struct rp_arena *a,
    rp_text t, enum rp_lang lang);

/*
 * The same written for FTS5's MATCH: ("a b" OR "c") AND ... Only tokens and
 * these marks are in it, so nothing a person typed is syntax. Empty for no
 * groups.
 */
rp_text rp_query_fts5(struct rp_arena *a, const struct rp_query *q);

/* The same for PostgreSQL's ::tsquery: (('a' & 'b') | 'c') & ... */
rp_text rp_query_tsquery(struct rp_arena *a, const struct rp_query *q);

#endif
