#include "base/clock.h"

#include <time.h>

#include "base/check.h"

static void
there_and_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const char *const rows[] = { "1970-01-01T00:00:00Z",
		"2026-11-21T07:53:01Z", "2024-02-29T23:59:59Z",
		"1969-12-31T23:59:59Z" };
	int64_t at;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_CHECK_OK(rp_clock_parse(rp_text_z(rows[i]), &at));
		RP_CHECK_TEXT(rp_clock_rfc3339(a, at), rp_text_z(rows[i]));
	}
	RP_CHECK_OK(rp_clock_parse(RP_TEXT("1994-11-06T08:49:37Z"), &at));
	RP_CHECK_TEXT(rp_clock_http(a, at),
	    RP_TEXT("Sun, 06 Nov 1994 08:49:37 GMT"));
}

/* Every day of eight hundred years, beside the C library's calendar. */
static void
the_calendar(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	char want[64];

	for (int64_t day = -146097; day < 146097; day++) {
		time_t s = (time_t)(day * 86400 + (day & 0xffff));
		struct tm tm;

		RP_CHECK(gmtime_r(&s, &tm) != NULL);
		RP_CHECK(strftime(want, sizeof(want),
			     "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0);
		RP_CHECK_TEXT(rp_clock_http(a, (int64_t)s * RP_SECOND),
		    rp_text_z(want));
		RP_CHECK(strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ",
			     &tm) > 0);
		RP_CHECK_TEXT(rp_clock_rfc3339(a, (int64_t)s * RP_SECOND),
		    rp_text_z(want));
		rp_arena_reset(a);
	}
}

static void
refusals(void)
{
	static const char *const rows[] = { "", "2026-02-30T00:00:00Z",
		"2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z",
		"2026-01-01T00:00:00+01", "-026-01-01T00:00:00Z" };
	int64_t at;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_FAILS(rp_clock_parse(rp_text_z(rows[i]), &at),
		    RP_E_INVALID);
}

RP_CHECK_MAIN({ "there and back", there_and_back },
    { "the calendar", the_calendar }, { "refusals", refusals })
