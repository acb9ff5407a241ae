#include "text/tzif.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"

static int64_t
at(const char *utc)
{
	int64_t v = 0;

	RP_CHECK_OK(rp_clock_parse(rp_text_z(utc), &v));
	return v / 1000;
}

static void
put(struct rp_buf *b, int64_t v, size_t n)
{
	while (n-- > 0)
		rp_buf_byte(b, (uint8_t)(n < 8 ? v >> (8 * n) : 0));
}

static void
put_header(struct rp_buf *b, int64_t time, int64_t type)
{
	int64_t counts[] = { 0, 0, 0, time, type, 4 };

	rp_buf_text(b, RP_TEXT("TZif2"));
	put(b, 0, 15);
	for (size_t i = 0; i < 6; i++)
		put(b, counts[i], 4);
}

/* A zone of two changes, +1 until 1980, +2 until 1990, then by the rule. */
static rp_bytes
make(struct rp_arena *a, const char *rule)
{
	struct rp_buf b;
	rp_bytes out;

	rp_buf_init(&b, a, 1000);
	put_header(&b, 0, 1);
	put(&b, 0, 6);
	put(&b, 0, 4);
	put_header(&b, 2, 2);
	put(&b, at("1980-01-01T00:00:00Z"), 8);
	put(&b, at("1990-01-01T00:00:00Z"), 8);
	put(&b, 1, 1);
	put(&b, 0, 1);
	put(&b, 3600, 4);
	put(&b, 0, 2);
	put(&b, 7200, 4);
	put(&b, 0, 2);
	put(&b, 0, 4);
	rp_buf_f(&b, "\n%s\n", rule);
	RP_CHECK_OK(rp_buf_bytes(&b, &out));
	return out;
}

static void
rules(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *rule, *at;
		int32_t offset;
	} rows[] = {
		{ "", "1970-01-01T00:00:00Z", 3600 },
		{ "", "1979-12-31T23:59:59Z", 3600 },
		{ "", "1980-01-01T00:00:00Z", 7200 },
		{ "", "2050-01-01T00:00:00Z", 3600 },
		{ "XXX-1", "1985-01-01T00:00:00Z", 7200 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600 },
		{ "EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18000 },
		{ "EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14400 },
		/* the south, and half an hour */
		{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		    "2026-01-01T00:00:00Z", 39600 },
		{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		    "2026-07-01T00:00:00Z", 37800 },
		/* Irish winter time is negative */
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0 },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600 },
		/* hours outside of the day */
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z",
		    -7200 },
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z",
		    -3600 },
		/* days of the year, with and without 29 February */
		{ "AAA0BBB,J60/0,J100/0", "2024-03-01T00:00:00Z", 3600 },
		{ "AAA0BBB,J60/0,J100/0", "2024-02-29T23:59:59Z", 0 },
		{ "AAA0BBB,59/0,100/0", "2024-02-29T00:00:00Z", 3600 },
		/* summer all year */
		{ "AAA3BBB2,0/0,J365/25", "2026-12-31T23:00:00Z", -7200 },
		{ "AAA3BBB2,0/0,J365/25", "2026-01-01T12:00:00Z", -7200 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_tzif z;

		RP_CHECK_OK(rp_tzif_parse(a, make(a, rows[i].rule), &z));
		if (rp_tzif_offset(&z, at(rows[i].at)) != rows[i].offset)
			printf("# %s at %s: %d\n", rows[i].rule, rows[i].at,
			    rp_tzif_offset(&z, at(rows[i].at)));
		RP_CHECK(rp_tzif_offset(&z, at(rows[i].at)) == rows[i].offset);
	}
}

static void
refused(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 24);
	static const char *const bad[] = { "X1", "XXX", "XXX1 ", "XXX1YYY",
		"XXX1YYY,M3.5.0", "XXX1YYY,M13.5.0,M1.1.0", "<XXX1",
		"XXX1YYY,M3.0.0,M1.1.0", "XXX99", "XXX1YYY,J0,J5",
		"XXX1YYY,366,5", "XXX1YYY,M3.5.0/200,M1.1.0" };
	rp_bytes good = make(a, "CET-1CEST,M3.5.0,M10.5.0/3");
	struct rp_tzif z;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		RP_CHECK_FAILS(rp_tzif_parse(a, make(a, bad[i]), &z),
		    RP_E_INVALID);
	/* No part of a file is a file. */
	for (size_t n = 0; n < good.n; n++)
		RP_CHECK_FAILS(rp_tzif_parse(a, (rp_bytes){ good.p, n }, &z),
		    RP_E_INVALID);
	RP_CHECK_FAILS(rp_tzif_parse(a,
			   (rp_bytes){ rp_alloc(a, RP_TZIF_MAX + 1),
			       RP_TZIF_MAX + 1 },
			   &z),
	    RP_E_LIMIT);
}

RP_CHECK_MAIN({ "rules", rules }, { "what is refused", refused })
