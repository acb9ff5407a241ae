/* search_private - the tokens of filters, which search and index share. */
#ifndef RP_DOMAIN_SEARCH_PRIVATE_H
#define RP_DOMAIN_SEARCH_PRIVATE_H

#include "base/str.h"

/* Letters that folding takes apart: no word of a text can begin with them. */
#define RP_TOKEN_GROUP "\u1d33"
#define RP_TOKEN_LANG "\u1d38"
#define RP_TOKEN_CONSULTATION "\u1d37"
#define RP_TOKEN_CATEGORY "\u1d2c"
#define RP_TOKEN_COUNTRY "\u1d3a"
#define RP_TOKEN_KIND "\u1d3c"

/*
 * What some do not find: each with the number of its group, and the first two
 * with 0 beside it. A document that members alone read; a topic that members
 * alone see; the title of such a document, which stands in for it for others.
 */
#define RP_TOKEN_CLOSED "\u1d30"
#define RP_TOKEN_CLOSED_TOPIC "\u1d40"
#define RP_TOKEN_TITLE "\u1d31"

/* The letter, then the letters and digits of the value. */
rp_text rp_search_filter_token(struct rp_arena *a, const char *letter,
    rp_text value);
rp_text rp_search_number_token(struct rp_arena *a, const char *letter,
    int64_t n);

/*
 * The filters of a consultation's list in one token; empty ones are left out.
 * A response has one for each choice of filters that it passes, so that the
 * index has two lists to read for a word and any filters, the second as short
 * as it can be.
 */
rp_text rp_search_list_token(struct rp_arena *a, int64_t consultation_id,
    rp_text category, rp_text country, rp_text lang);

#endif
