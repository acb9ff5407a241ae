/*
 * themes_codebook - a codebook that somebody has, for `rapporteur themes`.
 *
 * The file is foreign: it is read in a process of its own (apart.h), whatever
 * its format, and what comes back is JSON. Tested in tests/cli/themes_test.py.
 */
#ifndef RP_PROC_THEMES_CODEBOOK_H
#define RP_PROC_THEMES_CODEBOOK_H

#include "base/err.h"
#include "themes/coded.h"

/* RP_E_INVALID and RP_E_LIMIT with the file in the message; RP_E_NOTFOUND. */
struct rp_err *rp_themes_codebook(struct rp_arena *a, const char *path,
    struct rp_codes *out) RP_MUST_USE;

#endif
