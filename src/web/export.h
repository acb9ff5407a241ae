/*
 * export - responses with everything, as CSV or JSON Lines.
 *
 * One row per response, one column per field by the domain's name, answers as
 * answer_1, answer_2, … Instants are RFC 3339. The same responses give the same
 * octets. CSV carries the guard against formulas (codec/csv.h), which the
 * import takes away again, so what is exported can be imported as it is.
 * Tested in tests/api/transfer_test.py.
 */
#ifndef RP_WEB_EXPORT_H
#define RP_WEB_EXPORT_H

#include "codec/sink.h"
#include "domain/consultation.h"
#include "domain/transfer.h"

struct rp_export {
	bool csv;        /* else JSON Lines */
	bool is_public;  /* only the columns that the public may have */
	int64_t answers; /* columns for answers */
};

/* The line of names, for CSV. */
void rp_export_head(const struct rp_export *x, struct rp_sink *s);

void rp_export_row(const struct rp_export *x, struct rp_sink *s,
    struct rp_arena *a, const struct rp_consultation *c,
    const struct rp_transfer_row *row);

/* What the public sees of a response, as a row. */
struct rp_transfer_row rp_export_of_public(struct rp_arena *a,
    const struct rp_public_response *p);

/* Columns that the import passes over: what is ours to say, or derived. */
bool rp_export_is_ours(rp_text column);

#endif
