/*
 * themes_table - a theme analysis as tables: CSV for people, JSON for programs.
 *
 * The columns are fixed, and said in rapporteur-themes(1). Themes and campaigns
 * are numbered from 1, units from 1 within their field; places are octets of
 * the field (UTF-8). Own words of a response with several fields are counted
 * through them, in the order of the columns, with one octet between. All
 * figures are whole numbers, so that files are the same on every machine.
 * Nothing is added against formulas: units begin with a word (themes/units.h),
 * and a quotation must be what was written, octet by octet.
 */
#ifndef RP_EXCHANGE_THEMES_TABLE_H
#define RP_EXCHANGE_THEMES_TABLE_H

#include "base/str.h"

struct rp_sink;
struct rp_themes_result;

struct rp_themes_table {
	const struct rp_themes_result *r;
	const rp_text *columns; /* names of fields, by their number */
};

enum rp_themes_table_kind {
	RP_THEMES_ASSIGNMENTS,
	RP_THEMES_THEMES,
	RP_THEMES_CAMPAIGNS,
	RP_THEMES_QUOTATIONS,
	RP_THEMES_TABLES
};

/* "assignments" and so on: the file's name without its ending. */
rp_text rp_themes_table_name(enum rp_themes_table_kind kind);

void rp_themes_table_csv(const struct rp_themes_table *t,
    enum rp_themes_table_kind kind, struct rp_sink *s);

/*
 * The same as an array of objects. Campaigns are objects with `template`,
 * `lang`, `twin` and `members`.
 */
void rp_themes_table_json(const struct rp_themes_table *t,
    enum rp_themes_table_kind kind, struct rp_sink *s);

#endif
