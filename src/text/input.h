/*
 * input - the door through which people's words come in.
 *
 * What is typed, pasted or uploaded is octets. It becomes text in this order:
 * line ends (CR LF, CR, and UAX 14's other mandatory breaks VT, FF, NEL, LS,
 * PS, as word processors put them on the clipboard) become \n; a byte order
 * mark at the start is dropped; rp_text_from() refuses what is not UTF-8 or
 * holds other control characters; then Normalization Form C (UAX 15). Nothing
 * else is changed: no case, no width, no quotation marks.
 *
 * Errors: RP_E_INVALID, RP_E_LIMIT when the octets that came in, or the octets
 * after normalisation, are more than `max`. Pure ASCII never touches ICU.
 */
#ifndef RP_TEXT_INPUT_H
#define RP_TEXT_INPUT_H

#include "base/str.h"

/* Text of several lines. Copied into `a`, with a NUL behind it. */
struct rp_err *rp_text_input(struct rp_arena *a, rp_bytes in, size_t max,
    rp_text *out) RP_MUST_USE;

/*
 * Text of one line (names, titles, addresses): line breaks and tabs become
 * spaces, and white space at both ends goes (Unicode's White_Space, and the
 * zero-width space, so that a field of blanks is empty).
 */
struct rp_err *rp_text_input_line(struct rp_arena *a, rp_bytes in, size_t max,
    rp_text *out) RP_MUST_USE;

/* Text that is stored already, but not by us: NFC only. Never fails. */
rp_text rp_text_nfc(struct rp_arena *a, rp_text t);

/* True if nothing of `t` would be visible: empty or white space only. */
bool rp_text_blank(rp_text t);

/* `t` without white space at both ends, as rp_text_input_line() does it. */
rp_text rp_text_strip(rp_text t); /* not NUL-terminated */

/* Code points: what "up to 40,000 characters" counts. */
size_t rp_text_code_points(rp_text t);

/* The first at most `max` octets, never half a code point. */
rp_text rp_text_cut(rp_text t, size_t max); /* not NUL-terminated */

#endif
