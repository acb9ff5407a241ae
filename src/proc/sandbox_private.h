/* sandbox_private - what the halves of the sandbox share. */
#ifndef RP_PROC_SANDBOX_PRIVATE_H
#define RP_PROC_SANDBOX_PRIVATE_H

#include "base/attr.h"

struct rp_err;

/* Load the filter for RP_CALLS_*; the last thing that a sandbox does. */
struct rp_err *rp_sandbox_filter(unsigned calls) RP_MUST_USE;

#endif
