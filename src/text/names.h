/*
 * names - what judging names and addresses needs, opened once.
 *
 * Holds ICU's UTS 46 processor, normaliser and UTS 39 spoof checker, and the
 * public suffix list. A process opens one at its start and passes it down; it
 * is never changed afterwards. It lives in the arena, whose end closes it.
 */
#ifndef RP_TEXT_NAMES_H
#define RP_TEXT_NAMES_H

#include "base/err.h"
#include "base/str.h"

struct rp_names;

/*
 * `psl_path` is a public suffix list file, or NULL: then no name has an
 * organisational domain (suffix.h) and no bare name in running text is a link
 * (linkify.h). RP_E_UNAVAILABLE if the file or ICU's data cannot be read.
 */
struct rp_err *rp_names_open(struct rp_arena *a, const char *psl_path,
    const struct rp_names **out) RP_MUST_USE;

#endif
