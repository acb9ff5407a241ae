/*
 * lower - lower case that leaves every place where it was.
 *
 * ASCII, Latin-1 and Cyrillic, whose small letters are as long as their
 * capitals in UTF-8: an octet of the result is of the same character as the
 * octet of the text. Other letters are left as they are; scripts without case
 * have nothing to change. For looking up words of ours in foreign texts, never
 * for showing.
 */
#ifndef RP_DOCUMENT_LOWER_H
#define RP_DOCUMENT_LOWER_H

#include "base/str.h"

rp_text rp_lower(struct rp_arena *a, rp_text t);

#endif
