/*
 * csv - tables as text (RFC 4180), row by row, in constant memory.
 *
 * Reading: untrusted input, fed in pieces of any size; the same rows whatever
 * the pieces. UTF-8 with or without a byte order mark; lines end in CRLF or LF;
 * a quoted field may hold both. Empty lines are passed over. A quote inside an
 * unquoted field, octets after a closing quote, a bare CR and octets that are
 * not UTF-8 are RP_E_INVALID with the line's number, sizes past the limits are
 * RP_E_LIMIT. Fields are valid UTF-8 but not yet text (they may hold CR).
 *
 * Writing: CRLF, quotes where they are needed, "" for a row of one empty field.
 *
 * The guard (on for what people open in a spreadsheet): a field that starts
 * with = + - @ tab CR LF or their full-width forms would be taken as a formula;
 * it gets an apostrophe in front. So does one that starts with apostrophes
 * followed by such a character, and the reader's guard takes exactly one away,
 * so that writing and reading give the same field.
 */
#ifndef RP_CODEC_CSV_H
#define RP_CODEC_CSV_H

#include "base/str.h"

struct rp_sink;

#define RP_CSV_FIELDS_MAX 1024
#define RP_CSV_ROW_MAX ((size_t)4 << 20) /* octets of one row, as a rule */

struct rp_csv_options {
	char separator; /* 0: comma; ';' and tab are usual too */
	bool guard;     /* against formulas: add it, or take it away */
	size_t row_max; /* reading: octets of one row; 0: RP_CSV_ROW_MAX */
};

struct rp_csv_row {
	const rp_bytes *fields; /* borrowed until the callback returns */
	size_t n;
	int64_t line; /* where the row starts, from 1 */
};

/* Called for each row; an error ends the reading and is returned. */
typedef struct rp_err *rp_csv_row_fn(void *ctx, const struct rp_csv_row *row);

struct rp_csv_reader;

struct rp_csv_reader *rp_csv_reader_new(struct rp_arena *a,
    const struct rp_csv_options *options, rp_csv_row_fn *row,
    void *ctx) RP_MUST_USE RP_NONNULL_RET;

/* The next octets. After a failure the reader may only be forgotten. */
struct rp_err *rp_csv_read(struct rp_csv_reader *r, rp_bytes in) RP_MUST_USE;

/* The end: gives the last row if no line end followed it. */
struct rp_err *rp_csv_finish(struct rp_csv_reader *r) RP_MUST_USE;

/* One row into `s`. */
void rp_csv_write(struct rp_sink *s, const struct rp_csv_options *options,
    const rp_text *fields, size_t n);

#endif
