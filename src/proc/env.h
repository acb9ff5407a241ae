/*
 * env - what a process needs to run the rules: database, ICU's contexts, keys.
 *
 * Opened once, before the process is sandboxed, so that ICU and the database
 * have touched every file they need. Everything lives in the arena and is
 * closed with it.
 * Tested in tests/cli/serve_test.py.
 */
#ifndef RP_PROC_ENV_H
#define RP_PROC_ENV_H

#include "domain/env.h"
#include "proc/settings.h"
#include "text/lang.h"

struct rp_db;
struct rp_locale;
struct rp_pdf_fonts;

struct rp_process {
	struct rp_db *db;
	struct rp_env env;
	const struct rp_locale *locales[RP_LANG_COUNT];
	struct rp_pdf_fonts *fonts; /* NULL: the installation has none */
};

/*
 * `role` is the one whose queries may run, or NULL for all. The schema has to
 * be there: RP_E_UNAVAILABLE otherwise.
 */
struct rp_err *rp_process_open(struct rp_arena *a, const struct rp_settings *s,
    const char *role, struct rp_process **out) RP_MUST_USE;

#endif
