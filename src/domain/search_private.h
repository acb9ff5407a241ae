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

/* The letter, then the letters and digits of the value. */
rp_text rp_search_filter_token(struct rp_arena *a, const char *letter,
    rp_text value);
rp_text rp_search_number_token(struct rp_arena *a, const char *letter,
    int64_t n);

#endif
