/* fold_private - the folding of tokens.h: letters as they are searched. */
#ifndef RP_TEXT_FOLD_PRIVATE_H
#define RP_TEXT_FOLD_PRIVATE_H

#include "text/utf16_private.h"

/* The folded text, in NFC. */
struct rp_utf16 rp_fold(struct rp_arena *a, struct rp_utf16 u);

/* An Arabic folded word without its article: octets to drop, 0 if none. */
size_t rp_fold_article(rp_text word);

#endif
