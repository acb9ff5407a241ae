/*
 * worker_role - the process that does what need not be done at once.
 *
 * A table of periodic jobs over the database: indexing, reading attachments,
 * sweeping what was left behind. It serves nobody and reads no foreign octets:
 * documents go to a parse process each.
 * Tested in tests/cli/serve_test.py.
 */
#ifndef RP_PROC_WORKER_ROLE_H
#define RP_PROC_WORKER_ROLE_H

#include "proc/role.h"

extern const struct rp_role rp_worker_role;

#endif
