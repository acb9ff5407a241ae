/*
 * utf16_private - text as ICU wants it, and back. For the modules of `text`.
 *
 * ICU's C interface speaks UTF-16. Everything here works on valid text, so the
 * conversions cannot fail; sizes are bounded by RP_UTF16_MAX code units, which
 * no input limit of the product comes near.
 */
#ifndef RP_TEXT_UTF16_PRIVATE_H
#define RP_TEXT_UTF16_PRIVATE_H

#include <unicode/utypes.h>

#include "base/str.h"

#define RP_UTF16_MAX ((size_t)512 * 1024 * 1024)

struct rp_utf16 {
	UChar *p; /* NUL at p[n] */
	int32_t n;
};

struct rp_utf16 rp_utf16_from(struct rp_arena *a, rp_text t);

/* Lone surrogates become U+FFFD; no other check. */
rp_text rp_utf16_text(struct rp_arena *a, const UChar *p, int32_t n);

/* Octets that the code units p[0..n) take in UTF-8. */
size_t rp_utf16_octets(const UChar *p, int32_t n);

/* The code point at p[*at] of valid UTF-16; moves *at behind it. */
static inline UChar32
rp_utf16_next(const UChar *p, int32_t *at)
{
	UChar32 c = p[(*at)++];

	if (c >= 0xd800 && c < 0xdc00)
		c = 0x10000 + ((c - 0xd800) << 10) + (p[(*at)++] - 0xdc00);
	return c;
}

bool rp_text_is_ascii(rp_text t);

/* `tag` with a NUL, as ICU's locale functions take it; cut at the buffer. */
const char *rp_icu_tag(rp_text tag, char *buffer, size_t size);

#endif
