/* markup_private - between the two halves of the parser. */
#ifndef RP_TEXT_MARKUP_PRIVATE_H
#define RP_TEXT_MARKUP_PRIVATE_H

#include "text/markup.h"

/* Append the nodes of the block's content, octets from..to of the source. */
void rp_markup_inline(struct rp_arena *a, struct rp_markup *m, size_t from,
    size_t to, const struct rp_markup_linker *linker);

#endif
