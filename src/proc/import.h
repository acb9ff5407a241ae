/*
 * import - the rows of a file as submissions.
 *
 * Reads CSV or JSON Lines in constant memory and hands each row on as a
 * submission, with the number of its line. What is wrong with one is told by
 * `wrong` and the reading goes on, so that everything wrong is told at once;
 * after RP_IMPORT_WRONG_MAX it stops.
 * Tested in tests/api/transfer_test.py.
 */
#ifndef RP_PROC_IMPORT_H
#define RP_PROC_IMPORT_H

#include "domain/transfer.h"
#include "proc/import_map.h"

#define RP_IMPORT_WRONG_MAX 100

struct rp_import_row {
	struct rp_arena *arena; /* of this row alone */
	int64_t line;
	struct rp_submission s;
	int64_t received_at; /* 0: the file does not say */
	rp_bytes key;
};

struct rp_import {
	const char *path;
	bool csv;
	const struct rp_import_map *map; /* NULL: our own names */
	int64_t questions;
	void *ctx;
	/* An error of RP_E_INVALID, LIMIT or CONFLICT is one of the row. */
	struct rp_err *(*row)(void *ctx, struct rp_import_row *row);
	void (*wrong)(void *ctx, int64_t line, const char *what);
	void (*progress)(void *ctx, int64_t done, int64_t all); /* octets */
};

/* The rows of the whole file. `out_wrong` rows were wrong. RP_E_INVALID and
 * RP_E_LIMIT for what is no such file, with the line in the message. */
struct rp_err *rp_import_run(const struct rp_import *in, int64_t *out_rows,
    int64_t *out_wrong) RP_MUST_USE;

#endif
