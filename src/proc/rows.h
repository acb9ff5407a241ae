/*
 * rows - a table that somebody has, read by a process of its own.
 *
 * A file of CSV (comma, semicolon or tab: what its first line has most of) or
 * of JSON Lines, of any length. It is foreign: a child that has closed itself
 * by the sandbox of documents reads it and sends the columns that are wanted
 * through a pipe; it needs the same memory whatever the length.
 *
 * rp_rows_decode() reads what comes through that pipe. Untrusted input: the
 * child may have been taken over by the file. Sizes are checked against the
 * limits of the formats, and each value becomes text by the gate of base/str.h.
 *
 * Values keep their places: control characters that text may not hold become
 * spaces, one for each octet, and nothing is normalised.
 */
#ifndef RP_PROC_ROWS_H
#define RP_PROC_ROWS_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

#define RP_ROWS_COLUMNS_MAX 64
#define RP_ROWS_VALUE_MAX ((size_t)16 << 20) /* octets */
/* Of a row as it is written: JSON may write a letter as six octets or more. */
#define RP_ROWS_ROW_MAX ((size_t)64 << 20)
/* What reading may take: processor time of the child. */
#define RP_ROWS_SECONDS 3600
#define RP_ROWS_MEMORY ((size_t)640 << 20)

struct rp_rows_in {
	const char *path; /* "-": standard input */
	bool csv;         /* JSON Lines otherwise */
	const rp_text *columns;
	size_t n; /* at most RP_ROWS_COLUMNS_MAX */
	void *ctx;
	/* Values of the columns, in `a`; absent ones are empty. */
	struct rp_err *(*row)(void *ctx, int64_t line, const rp_text *values);
	/* Octets of the file so far; 0 of all if that is not known. */
	void (*progress)(void *ctx, int64_t done, int64_t all);
};

#define RP_ROWS_DIGEST 32

/* What was read, as the child says. */
struct rp_rows_source {
	uint8_t sha256[RP_ROWS_DIGEST]; /* of the file */
	int64_t octets;
};

/*
 * Read the whole table; values live in `a`. RP_E_INVALID and RP_E_LIMIT with
 * the file, and the line if there is one, in the message; RP_E_NOTFOUND.
 */
struct rp_err *rp_rows_read(struct rp_arena *a, const struct rp_rows_in *in,
    struct rp_rows_source *out) RP_MUST_USE;

/* The reading end of the pipe: octets in pieces of any size. */
struct rp_rows_decoder;
struct rp_rows_decoder *rp_rows_decoder_new(struct rp_arena *a,
    const struct rp_rows_in *in) RP_MUST_USE RP_NONNULL_RET;
struct rp_err *rp_rows_decode(struct rp_rows_decoder *d,
    rp_bytes in) RP_MUST_USE;

/* Whether the child said that it has read everything, and what that was. */
bool rp_rows_complete(const struct rp_rows_decoder *d,
    struct rp_rows_source *out);

#endif
