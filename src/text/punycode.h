/*
 * punycode - the ASCII form of one label (RFC 3492).
 *
 * Only the encoder: ICU decodes A-labels while it validates them, and encoding
 * its result here saves a second pass through UTS 46. The input is a label that
 * was mapped and validated already.
 */
#ifndef RP_TEXT_PUNYCODE_H
#define RP_TEXT_PUNYCODE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Write the encoding of `n` code points, without "xn--", to `out` (of `cap`
 * octets). Returns its length, or SIZE_MAX if it does not fit.
 */
size_t rp_punycode_encode(const uint32_t *cp, size_t n, char *out, size_t cap);

#endif
