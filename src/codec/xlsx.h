/*
 * xlsx - a table as a workbook of one sheet (ECMA-376, SpreadsheetML).
 *
 * All cells are text, so that no program takes one for a formula or a date. The
 * first row is the head: bold, and it stays when the sheet is scrolled. Columns
 * are as wide as their longest word asks, within bounds. The same table gives
 * the same octets. RP_E_LIMIT past `max` octets, RP_XLSX_ROWS_MAX rows or
 * RP_XLSX_COLUMNS_MAX columns.
 */
#ifndef RP_CODEC_XLSX_H
#define RP_CODEC_XLSX_H

#include "base/str.h"

#define RP_XLSX_ROWS_MAX ((size_t)100000)
#define RP_XLSX_COLUMNS_MAX ((size_t)26)
#define RP_XLSX_NAME_MAX ((size_t)31) /* characters of a sheet's name */

struct rp_xlsx {
	rp_text name; /* of the sheet; what it may not hold is left out */
	const rp_text *cells; /* row by row */
	size_t columns, rows;
	bool rtl; /* the first column is at the right */
};

struct rp_err *rp_xlsx_write(struct rp_arena *a, const struct rp_xlsx *x,
    size_t max, rp_bytes *out) RP_MUST_USE;

#endif
