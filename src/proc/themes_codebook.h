/*
 * themes_codebook - the file of `rapporteur themes --codebook`.
 *
 * Foreign octets: a process of its own that has closed itself (apart.h) reads
 * them in whatever format (codec/codebook.h) and gives them back as JSON, which
 * is read here. A code's words are its definition and what it includes; its
 * examples are learnt from. Tested in tests/cli/themes_codebook_test.py.
 */
#ifndef RP_PROC_THEMES_CODEBOOK_H
#define RP_PROC_THEMES_CODEBOOK_H

#include "base/err.h"
#include "themes/coded.h"

/* RP_E_NOTFOUND, RP_E_INVALID and RP_E_LIMIT with the file's name. */
struct rp_err *rp_themes_codebook_read(struct rp_arena *a, const char *name,
    struct rp_codes *out) RP_MUST_USE;

#endif
