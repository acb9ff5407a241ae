/*
 * import_map - which column of a file is what of a response.
 *
 * A mapping file is one JSON object:
 *
 *	{ "columns":   { "Comment": "answer_1", "Who": "name" },
 *	  "constants": { "lang": "en", "category": "individual" },
 *	  "values":    { "country": { "Peru": "PE" } },
 *	  "key":       "comment-id" }
 *
 * `columns` says what a column becomes: a field of a response (response.h),
 * answer_N, wishes_to_present or received_at. A constant stands where there is
 * no column or its value is empty. `values` turns words into ours before
 * anything is checked. `key` names the column that tells rows apart, so that a
 * file that is imported again imports nothing twice.
 *
 * Without one, columns have our own names, as an export writes them.
 *
 * RP_E_INVALID, with a message for the one who wrote the file, for unknown
 * members, fields that do not exist, and a field that is filled twice.
 * Tested in tests/api/transfer_test.py.
 */
#ifndef RP_PROC_IMPORT_MAP_H
#define RP_PROC_IMPORT_MAP_H

#include "codec/json.h"
#include "domain/response.h"

#define RP_IMPORT_MAP_MAX ((size_t)1 << 20) /* octets of a mapping file */
#define RP_IMPORT_COLUMNS_MAX 256

enum rp_import_kind {
	RP_IMPORT_TEXT, /* a text of the submission */
	RP_IMPORT_ANSWER,
	RP_IMPORT_PRESENT,
	RP_IMPORT_RECEIVED_AT,
};

struct rp_import_target {
	enum rp_import_kind kind;
	const struct rp_submission_text *text;
	int64_t position; /* of the answer */
	rp_text name;     /* "answer_1" */
	rp_text column;   /* empty: only a constant */
	rp_text constant;
	const struct rp_json *values; /* or NULL */
};

struct rp_import_targets RP_VEC(struct rp_import_target);

struct rp_import_map {
	struct rp_import_targets targets;
	rp_text key; /* the column; empty: none */
};

struct rp_err *rp_import_map_parse(struct rp_arena *a, rp_bytes json,
    int64_t questions, struct rp_import_map *out) RP_MUST_USE;

/* Our own names among `columns`; RP_E_INVALID for one that is no name. */
struct rp_err *rp_import_map_own(struct rp_arena *a, const rp_text *columns,
    size_t n, int64_t questions, struct rp_import_map *out) RP_MUST_USE;

#endif
