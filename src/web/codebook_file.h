/*
 * codebook_file - themes as the file of a codebook (codec/codebook.h).
 *
 * Tested in tests/journey/workbench_test.py.
 */
#ifndef RP_WEB_CODEBOOK_FILE_H
#define RP_WEB_CODEBOOK_FILE_H

#include "base/err.h"
#include "domain/code.h"

/* In REFI-QDA form, or as JSON. */
struct rp_err *rp_codebook_file(struct rp_arena *a,
    const struct rp_import_codes *codes, bool json, rp_bytes *out) RP_MUST_USE;

#endif
