/*
 * scan - ask a virus scanner about a file (clamd's INSTREAM).
 *
 * The socket is a Unix one (setting scanner_socket). Everything has to happen
 * within RP_SCAN_WAIT.
 */
#ifndef RP_PROC_SCAN_H
#define RP_PROC_SCAN_H

#include "base/str.h"

#define RP_SCAN_WAIT_SECONDS 60

/*
 * `out_found` is the name of what was found, or empty. RP_E_UNAVAILABLE if the
 * scanner is not there, is too slow, or says that something went wrong.
 */
struct rp_err *rp_scan(struct rp_arena *a, const char *socket_path,
    rp_bytes file, rp_text *out_found) RP_MUST_USE;

#endif
