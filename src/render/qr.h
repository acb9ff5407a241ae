/*
 * qr - a text as a QR code (ISO/IEC 18004), as inline SVG.
 *
 * For the address that an authenticator program reads: the page carries it and
 * asks nobody for a picture. Dark modules are one path on a light ground with
 * the four modules of quiet around that readers need, in both colour schemes.
 */
#ifndef RP_RENDER_QR_H
#define RP_RENDER_QR_H

#include "base/str.h"

#define RP_QR_TEXT_MAX 1000 /* octets */

/*
 * `label` is what screen readers say. RP_E_LIMIT if the text is too long,
 * RP_E_INVALID if it is empty.
 */
struct rp_err *rp_qr(struct rp_arena *a, rp_text t, rp_text label,
    rp_html *out) RP_MUST_USE;

#endif
