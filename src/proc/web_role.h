/*
 * web_role - the process that answers requests.
 *
 * Joins the HTTP engine (web/server.h) with the settings, the log, the figures
 * and the hasher. prepare() opens everything that needs files; run() reads the
 * first foreign octet, inside the sandbox.
 * Tested in tests/cli/serve_test.py.
 */
#ifndef RP_PROC_WEB_ROLE_H
#define RP_PROC_WEB_ROLE_H

#include "proc/role.h"

extern const struct rp_role rp_web_role;

#endif
