/*
 * themes_files - the folder that `rapporteur themes` writes.
 *
 * All files are made beside their names, and put there when the last of them is
 * whole: the folder has the files of one run, of this one or of that before.
 * Whoever ends the program before that (SIGINT, SIGTERM, SIGHUP) finds the
 * folder as it was, at once. Tested in tests/cli/themes_test.py.
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

/*
 * Make the folder, if it is not there, and see to it that a signal leaves
 * nothing behind. Once in a process, before anything else is done; `folder` is
 * borrowed for good.
 */
struct rp_err *rp_themes_files_begin(const char *folder) RP_MUST_USE;

/* Away with a folder that was made, if nothing was written to it. */
void rp_themes_files_give_up(void);

/* RP_E_UNAVAILABLE with the file's name. */
struct rp_err *rp_themes_files_write(struct rp_arena *a, const char *folder,
    struct rp_words *words, const struct rp_themes_run *run) RP_MUST_USE;

/* A few lines on standard output: what was found. */
void rp_themes_files_tell(const struct rp_themes_run *run);

#endif
