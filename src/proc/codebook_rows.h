/*
 * codebook_rows - a codebook that a parse process has read, as rows to store.
 *
 * `json` is of a process that held a hostile file: it is read within the limits
 * of codec/codebook.h. Tested in tests/journey/workbench_test.py.
 */
#ifndef RP_PROC_CODEBOOK_ROWS_H
#define RP_PROC_CODEBOOK_ROWS_H

#include "base/err.h"
#include "domain/code.h"

#define RP_CODEBOOK_ROWS_FILE_MAX ((size_t)8 << 20) /* octets of a file */

struct rp_err *rp_codebook_rows(struct rp_arena *a, rp_text json,
    struct rp_import_codes *out) RP_MUST_USE;

#endif
