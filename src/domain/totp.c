#include "domain/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/err.h"

#define TYPED_MAX 64
#define MODULUS 1000000u /* ten to the power of RP_TOTP_DIGITS */
#define NOT_A_CODE UINT32_MAX

rp_bytes
rp_totp_secret_new(struct rp_arena *a, const struct rp_env *env)
{
	uint8_t *p = rp_alloc(a, RP_TOTP_SECRET_SIZE);

	env->rand(p, RP_TOTP_SECRET_SIZE);
	return (rp_bytes){ p, RP_TOTP_SECRET_SIZE };
}

uint32_t
rp_totp_code(rp_bytes secret, int64_t step)
{
	uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	size_t at;
	uint32_t v;

	RP_ASSERT(secret.n > 0 && secret.n <= 64);
	for (size_t i = 0; i < sizeof(counter); i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	RP_ASSERT(HMAC(EVP_sha1(), secret.p, (int)secret.n, counter,
		      sizeof(counter), mac, &n) != NULL);
	RP_ASSERT(n == 20);
	/* RFC 4226 section 5.3, dynamic truncation. */
	at = mac[19] & 0x0f;
	v = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
	    (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	return v % MODULUS;
}

/* The value of the digit at p, of whichever of these scripts, or -1. */
static int
digit(const char *p, size_t n, size_t *len)
{
	static const rp_text zeros[] = {
		RP_TEXT_INIT("0"), RP_TEXT_INIT("\u0660"), /* Arabic-Indic */
		RP_TEXT_INIT("\u06f0"), /* extended Arabic-Indic */
		RP_TEXT_INIT("\u0966"), /* Devanagari */
		RP_TEXT_INIT("\uff10"), /* full width */
	};

	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++) {
		size_t last = zeros[i].n - 1;
		int v;

		if (n < zeros[i].n || memcmp(p, zeros[i].p, last) != 0)
			continue;
		v = (uint8_t)p[last] - (uint8_t)zeros[i].p[last];
		if (v < 0 || v > 9)
			continue;
		*len = zeros[i].n;
		return v;
	}
	return -1;
}

static uint32_t
typed_code(rp_text t)
{
	uint32_t v = 0;
	size_t digits = 0, len = 0;

	if (t.n > TYPED_MAX)
		return NOT_A_CODE;
	for (size_t i = 0; i < t.n; i += len) {
		int d;

		if (t.p[i] == ' ') {
			len = 1;
			continue;
		}
		d = digit(t.p + i, t.n - i, &len);
		if (d < 0 || ++digits > RP_TOTP_DIGITS)
			return NOT_A_CODE;
		v = v * 10 + (uint32_t)d;
	}
	return digits == RP_TOTP_DIGITS ? v : NOT_A_CODE;
}

bool
rp_totp_check(rp_bytes secret, rp_text typed, int64_t now, int64_t last_step,
    int64_t *out_step)
{
	uint32_t code = typed_code(typed);
	int64_t step = now / RP_TOTP_STEP;
	bool found = false;

	/* All three are made in any case: the time tells nothing. */
	for (int64_t s = step - 1; s <= step + 1; s++) {
		bool same = rp_totp_code(secret, s) == code;

		if (!same || s <= last_step || found)
			continue;
		*out_step = s;
		found = true;
	}
	return found;
}

static rp_text
base32_rfc4648(struct rp_arena *a, rp_bytes in, size_t group)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	size_t chars = (in.n * 8 + 4) / 5, n = 0;
	char *p = rp_alloc(a, 2 * chars + 1);
	unsigned hold = 0, bits = 0;

	for (size_t i = 0, c = 0; c < chars; c++) {
		if (bits < 5) {
			unsigned next = i < in.n ? in.p[i] : 0;

			hold = (hold << 8 | next) & 0xffff;
			bits += 8;
			i++;
		}
		if (group > 0 && c > 0 && c % group == 0)
			p[n++] = ' ';
		bits -= 5;
		p[n++] = digits[hold >> bits & 31];
	}
	return (rp_text){ p, n };
}

rp_text
rp_totp_secret_text(struct rp_arena *a, rp_bytes secret)
{
	return base32_rfc4648(a, secret, 4);
}

rp_text
rp_totp_uri(struct rp_arena *a, rp_text issuer, rp_text account,
    rp_bytes secret)
{
	rp_text i = rp_percent_encode(a, rp_text_bytes(issuer));
	rp_text n = rp_percent_encode(a, rp_text_bytes(account));
	rp_text s = base32_rfc4648(a, secret, 0);

	return rp_textf(a,
	    "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s"
	    "&algorithm=SHA1&digits=6&period=30",
	    RP_FMT(i), RP_FMT(n), RP_FMT(s), RP_FMT(i));
}
