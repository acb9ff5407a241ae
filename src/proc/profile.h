/*
 * profile - the sandbox of each role, made from the settings.
 *
 * The texts that a profile points to are in `a`.
 * Tested in sandbox_test.c.
 */
#ifndef RP_PROC_PROFILE_H
#define RP_PROC_PROFILE_H

#include "proc/sandbox.h"
#include "proc/settings.h"

/* What one document may cost the role that reads it. */
#define RP_PARSE_CPU_SECONDS 60
#define RP_PARSE_MEMORY ((uint64_t)1 << 30)

struct rp_sandbox_profile rp_profile_web(struct rp_arena *a,
    const struct rp_settings *s);
struct rp_sandbox_profile rp_profile_worker(struct rp_arena *a,
    const struct rp_settings *s);

/* One document in, one result out, and nothing else. */
struct rp_sandbox_profile rp_profile_parse(void);

/* Messages on sockets that are there, memory, and nothing else. */
struct rp_sandbox_profile rp_profile_hash(void);

#endif
