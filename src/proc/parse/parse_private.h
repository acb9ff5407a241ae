/* parse_private - what the parts of the parse role share. */
#ifndef RP_PROC_PARSE_PRIVATE_H
#define RP_PROC_PARSE_PRIVATE_H

#include "base/str.h"

struct rp_err;

/* An error's message as text of at most RP_IPC_REASON_MAX; takes the error. */
rp_text rp_parse_reason(struct rp_arena *a, struct rp_err *e);

#endif
