#include "domain/certificate.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/certificate.h"

static void
test_read(void)
{
	static const struct {
		const char *host;
		bool covers;
	} rows[] = {
		{ "consult.example", true },
		{ "CONSULT.example", true },
		{ "www.body.example", true },
		{ "2001:db8::1", true },
		{ "2001:db8::2", false },
		{ "other.example", false },
		{ "a.b.body.example", false },
		{ "", false },
	};
	struct rp_arena *a = rp_arena_new((size_t)1 << 20);
	struct rp_certificate c;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_CHECK_OK(
		    rp_certificate_read(a, RP_BYTES(RP_TEST_CERTIFICATE),
			rp_text_z(rows[i].host), &c));
		RP_CHECK(c.covers == rows[i].covers);
		RP_CHECK_TEXT(rp_clock_rfc3339(a, c.from),
		    RP_TEXT("2026-11-21T09:18:25Z"));
		RP_CHECK_TEXT(rp_clock_rfc3339(a, c.until),
		    RP_TEXT("2126-10-28T09:18:25Z"));
	}
	rp_arena_free(a);
}

static void
test_refused(void)
{
	struct rp_arena *a = rp_arena_new((size_t)2 << 20);
	rp_bytes whole = RP_BYTES(RP_TEST_CERTIFICATE);
	uint8_t *big = rp_alloc(a, RP_CERTIFICATE_MAX + 1);
	struct rp_certificate c;

	RP_CHECK_FAILS(rp_certificate_read(a, RP_BYTES(""), RP_TEXT(""), &c),
	    RP_E_INVALID);
	for (size_t n = 0; n < whole.n - 2; n += 7)
		RP_CHECK_FAILS(rp_certificate_read(a, (rp_bytes){ whole.p, n },
				   RP_TEXT(""), &c),
		    RP_E_INVALID);
	RP_CHECK_FAILS(rp_certificate_read(a,
			   (rp_bytes){ big, RP_CERTIFICATE_MAX + 1 },
			   RP_TEXT(""), &c),
	    RP_E_LIMIT);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "read", test_read }, { "refused", test_refused })
