/*
 * themes_files - the folder that `rapporteur themes` writes.
 *
 * Each file is made beside its name and then put there, so that none is ever
 * half of one. Tested in tests/cli/themes_test.py.
 */
#ifndef RP_PROC_THEMES_FILES_H
#define RP_PROC_THEMES_FILES_H

#include "proc/rows.h"
#include "text/lang.h"
#include "themes/analyse.h"

struct rp_words;

struct rp_themes_run {
	const struct rp_themes_result *r;
	struct rp_theme_place *places;
	const rp_text *columns;
	rp_text question, file; /* its name; may be empty */
	enum rp_lang lang;      /* of the report and the summary */
	bool only_campaigns;
	bool is_coded; /* themes are a person's */
	struct rp_rows_source input;
	/* Milliseconds. */
	int64_t read_took, took[RP_ANALYSIS_STAGES];
};

/* RP_E_UNAVAILABLE with the file's name. */
struct rp_err *rp_themes_files_write(struct rp_arena *a, const char *folder,
    struct rp_words *words, const struct rp_themes_run *run) RP_MUST_USE;

/* A few lines on standard output: what was found. */
void rp_themes_files_tell(const struct rp_themes_run *run);

#endif
