#include "text/utf16_private.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/err.h"

struct rp_utf16
rp_utf16_from(struct rp_arena *a, rp_text t)
{
	UErrorCode status = U_ZERO_ERROR;
	struct rp_utf16 u;

	RP_ASSERT(t.n < RP_UTF16_MAX);
	/* No text has more UTF-16 units than UTF-8 octets. */
	u.p = rp_new_n(a, UChar, t.n + 1);
	u_strFromUTF8(u.p, (int32_t)t.n + 1, &u.n, t.p, (int32_t)t.n, &status);
	RP_ASSERT(U_SUCCESS(status));
	return u;
}

size_t
rp_utf16_octets(const UChar *p, int32_t n)
{
	size_t octets = 0;

	for (int32_t i = 0; i < n; i++) {
		if (p[i] < 0x80)
			octets += 1;
		else if (p[i] < 0x800)
			octets += 2;
		else if (U16_IS_LEAD(p[i]) && i + 1 < n &&
			 U16_IS_TRAIL(p[i + 1])) {
			octets += 4;
			i++;
		} else
			octets += 3;
	}
	return octets;
}

rp_text
rp_utf16_text(struct rp_arena *a, const UChar *p, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	size_t octets = rp_utf16_octets(p, n);
	char *out = rp_alloc(a, octets + 1);

	RP_ASSERT(octets < RP_UTF16_MAX);
	u_strToUTF8WithSub(out, (int32_t)octets + 1, NULL, p, n, 0xfffd, NULL,
	    &status);
	RP_ASSERT(U_SUCCESS(status));
	return (rp_text){ out, octets };
}

bool
rp_text_is_ascii(rp_text t)
{
	uint64_t word;
	size_t i = 0;

	for (; t.n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, t.p + i, sizeof(word));
		if (word & 0x8080808080808080u)
			return false;
	}
	for (; i < t.n; i++)
		if ((uint8_t)t.p[i] >= 0x80)
			return false;
	return true;
}

const char *
rp_icu_tag(rp_text tag, char *buffer, size_t size)
{
	size_t n = tag.n < size ? tag.n : size - 1;

	if (n > 0)
		memcpy(buffer, tag.p, n);
	buffer[n] = '\0';
	return buffer;
}
