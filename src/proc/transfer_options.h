/*
 * transfer_options - what the arguments of export and import have in common.
 * Tested in tests/api/transfer_test.py.
 */
#ifndef RP_PROC_TRANSFER_OPTIONS_H
#define RP_PROC_TRANSFER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* "GROUP/N". False if it is not that. */
bool rp_option_consultation(const char *given, rp_text *out_group,
    int64_t *out_number);

/* "csv" or "jsonl"; NULL: by the end of `path`, csv if it tells nothing. */
bool rp_option_format(const char *given, const char *path, bool *out_csv);

/* A line that is written over and over, on a terminal only. */
void rp_progress(int64_t done, int64_t all, const char *what);
void rp_progress_end(void);

#endif
