/*
 * change_key - names of changes and choices that last from one consolidation to
 * the next.
 *
 * The id of a change counts changes; when another amendment comes, it is
 * another. Its key says what it is: the place in the base, the choices there,
 * and who objects. So a decision on it holds as long as it is the same
 * question, whatever else came or went; who proposes a choice and in which
 * order is no part of it, nor is a compromise (a choice of nobody). A choice's
 * key is its text. Keys are 32 hexadecimal digits; they are XXH3, so they tell
 * texts apart and prove nothing.
 */
#ifndef RP_REDLINE_CHANGE_KEY_H
#define RP_REDLINE_CHANGE_KEY_H

#include "redline/merge.h"

#define RP_CHANGE_KEY_SIZE ((size_t)32)

rp_text rp_change_key(struct rp_arena *a, const struct rp_consolidated *c,
    uint32_t id);
rp_text rp_choice_key(struct rp_arena *a, const struct rp_merge_choice *k);

#endif
