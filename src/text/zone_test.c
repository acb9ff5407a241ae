#include "text/zone.h"

#include "base/check.h"
#include "base/clock.h"

static int64_t
at(const char *utc)
{
	int64_t v = 0;

	RP_CHECK_OK(rp_clock_parse(rp_text_z(utc), &v));
	return v;
}

static void
check_instants(struct rp_zones *z)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		const char *local, *zone, *utc, *back; /* back NULL: as local */
	} rows[] = {
		{ "2026-11-21T23:59", "UTC", "2026-11-21T23:59:00Z", NULL },
		{ "2026-11-21T23:59", "Europe/Zurich", "2026-11-21T22:59:00Z",
		    NULL },
		{ "2026-07-01T12:00", "Europe/Zurich", "2026-07-01T10:00:00Z",
		    NULL },
		{ "2026-07-01T12:00", "Asia/Kathmandu", "2026-07-01T06:15:00Z",
		    NULL },
		{ "2026-07-01T12:00", "Asia/Katmandu", "2026-07-01T06:15:00Z",
		    NULL },
		{ "2026-07-01T00:00", "Pacific/Kiritimati",
		    "2026-06-30T10:00:00Z", NULL },
		{ "2026-01-01T12:00", "America/St_Johns",
		    "2026-01-01T15:30:00Z", NULL },
		{ "2028-02-29T23:59", "America/New_York",
		    "2028-03-01T04:59:00Z", NULL },
		/* does not exist: clocks go from 02:00 to 03:00 */
		{ "2026-03-29T02:30", "Europe/Zurich", "2026-03-29T01:30:00Z",
		    "2026-03-29T03:30" },
		/* exists twice: the later one */
		{ "2026-10-25T02:30", "Europe/Zurich", "2026-10-25T01:30:00Z",
		    NULL },
		/* half an hour only */
		{ "2026-04-05T01:45", "Australia/Lord_Howe",
		    "2026-04-04T15:15:00Z", NULL },
		{ "1969-12-31T23:30", "Africa/Abidjan", "1969-12-31T23:30:00Z",
		    NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text local = rp_text_z(rows[i].local);
		const struct rp_zone *zone;
		int64_t got = 0;

		RP_CHECK_OK(
		    rp_zone_resolve(z, local, rp_text_z(rows[i].zone), &got));
		RP_CHECK_TEXT(rp_clock_rfc3339(a, got), rp_text_z(rows[i].utc));
		zone = rp_zone_find(z, rp_text_z(rows[i].zone));
		RP_CHECK_TEXT(rp_zone_local_write(a, rp_zone_local(zone, got)),
		    rows[i].back ? rp_text_z(rows[i].back) : local);
		RP_CHECK_TEXT(rp_zone_id(zone), rp_text_z(rows[i].zone));
	}
}

static void
instants(void)
{
	RP_AUTO(rp_zones_freep) struct rp_zones *icu = rp_zones_new();
	RP_AUTO(rp_zones_freep)
	struct rp_zones *none = rp_zones_open("/nowhere");
	RP_AUTO(rp_zones_freep)
	struct rp_zones *system = rp_zones_open(RP_ZONEINFO);

	check_instants(icu);
	RP_CHECK(!rp_zones_are_system(none));
	check_instants(none);
	/* Where the machine has no zone files, that is once more the same. */
	check_instants(system);
}

/* Both sources agree where no government has changed its mind since 2022. */
static void
sources(void)
{
	RP_AUTO(rp_zones_freep) struct rp_zones *icu = rp_zones_new();
	RP_AUTO(rp_zones_freep)
	struct rp_zones *system = rp_zones_open(RP_ZONEINFO);
	static const char *const ids[] = { "UTC", "Europe/Zurich",
		"Europe/Dublin", "America/New_York", "America/Sao_Paulo",
		"Asia/Kolkata", "Asia/Tokyo", "Asia/Shanghai",
		"Australia/Lord_Howe", "Pacific/Auckland", "Africa/Nairobi",
		"Asia/Jerusalem", "Asia/Kathmandu" };
	const struct rp_zone *x, *y;

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		x = rp_zone_find(icu, rp_text_z(ids[i]));
		y = rp_zone_find(system, rp_text_z(ids[i]));
		RP_CHECK(x != NULL && y != NULL);
		/* 2000 to 2060, every seven hours and a bit */
		for (int64_t t = INT64_C(946684800000);
		     t < INT64_C(2840140800000); t += 25207001) {
			struct rp_local l = rp_zone_local(x, t);

			RP_CHECK(rp_zone_offset(x, t) == rp_zone_offset(y, t));
			RP_CHECK(
			    rp_zone_instant(x, l) == rp_zone_instant(y, l));
		}
	}
	if (!rp_zones_are_system(system))
		return;
	RP_CHECK(rp_zones_version(system).n >= 5);
	RP_CHECK(rp_zone_find(system, RP_TEXT("right/UTC")) == NULL);
	RP_CHECK(rp_zone_find(system, RP_TEXT("Factory")) == NULL);
	RP_CHECK(rp_zone_find(system, RP_TEXT("Nowhere")) == NULL);
}

static void
local_times(void)
{
	static const struct {
		const char *in;
		bool ok;
	} rows[] = {
		{ "2026-11-21T23:59", true },
		{ "2026-11-21T23:59:00", true },
		{ "2026-11-21T00:00", true },
		{ "2024-02-29T12:00", true },
		{ "2023-02-29T12:00", false },
		{ "2100-02-29T12:00", false },
		{ "2026-04-31T12:00", false },
		{ "2026-00-10T12:00", false },
		{ "2026-13-10T12:00", false },
		{ "2026-11-21T24:00", false },
		{ "2026-11-21T23:60", false },
		{ "2026-11-21T23:59:30", false },
		{ "2026-11-21 23:59", false },
		{ "2026-11-21T23:59Z", false },
		{ "1899-12-31T23:59", false },
		{ "3000-01-01T00:00", false },
		{ "2o26-11-21T23:59", false },
		{ "-026-11-21T23:59", false },
		{ "", false },
		{ "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-11-21T", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_local l;
		struct rp_err *e =
		    rp_zone_local_parse(rp_text_z(rows[i].in), &l);

		RP_CHECK((e == NULL) == rows[i].ok);
		rp_err_free(e);
	}
}

static void
ids(void)
{
	RP_AUTO(rp_zones_freep) struct rp_zones *z = rp_zones_new();
	static const char *const bad[] = { "", "Europe/Nowhere", "GMT+5",
		"Etc/Unknown", "../etc/passwd", "Europe/Zurich ", "UTC+1",
		"Europe/Z\xc3\xbcrich", "+01:00" };
	const struct rp_zone *zurich, *utc, *again;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		RP_CHECK(rp_zone_find(z, rp_text_z(bad[i])) == NULL);
		RP_CHECK_FAILS(rp_zone_get(z, rp_text_z(bad[i]), &utc),
		    RP_E_INVALID);
	}
	RP_CHECK_OK(rp_zone_get(z, RP_TEXT("UTC"), &utc));
	RP_CHECK_OK(rp_zone_get(z, RP_TEXT("Europe/Zurich"), &zurich));
	RP_CHECK_OK(rp_zone_get(z, RP_TEXT("Europe/Zurich"), &again));
	RP_CHECK(zurich == again && utc != zurich);
	RP_CHECK(rp_zone_offset(utc, at("2026-07-01T00:00:00Z")) == 0);
	RP_CHECK(
	    rp_zone_offset(zurich, at("2026-07-01T00:00:00Z")) == 2 * RP_HOUR);
	RP_CHECK(rp_zones_version(z).n >= 5);
}

static void
list(void)
{
	RP_AUTO(rp_zones_freep) struct rp_zones *z = rp_zones_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	size_t n, seen = 0;
	struct rp_zone_choice *c =
	    rp_zone_list(z, a, at("2026-11-21T00:00:00Z"), &n);

	RP_CHECK(n > 300 && n < 600);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			RP_CHECK(rp_text_cmp(c[i - 1].id, c[i].id) < 0);
		RP_CHECK(c[i].region.n > 0 && c[i].region.n < c[i].id.n);
		RP_CHECK(c[i].offset >= -12 * 60 && c[i].offset <= 14 * 60);
		if (rp_text_eq(c[i].id, RP_TEXT("Asia/Kolkata"))) {
			RP_CHECK(c[i].offset == 330);
			seen++;
		}
		if (rp_text_eq(c[i].id, RP_TEXT("Europe/Kyiv")))
			seen++;
		RP_CHECK(!rp_text_eq(c[i].id, RP_TEXT("Asia/Calcutta")));
	}
	RP_CHECK(seen == 2);
}

static void
civil(void)
{
	RP_CHECK(rp_civil_days(1970, 1, 1) == 0);
	RP_CHECK(rp_civil_days(2000, 3, 1) == 11017);
	for (int64_t d = -40000; d < 400000; d += 13) {
		struct rp_local l = rp_civil_from_days(d);

		RP_CHECK(rp_civil_days(l.year, l.month, l.day) == d);
	}
}

static void
days_there_are(void)
{
	RP_CHECK(rp_zone_is_day(RP_TEXT("2024-02-29")));
	RP_CHECK(!rp_zone_is_day(RP_TEXT("2023-02-29")));
	RP_CHECK(!rp_zone_is_day(RP_TEXT("soon")));
	RP_CHECK(!rp_zone_is_day(RP_TEXT("")));
	RP_CHECK(!rp_zone_is_day(RP_TEXT("2024-02-291")));
}

RP_CHECK_MAIN({ "days there are", days_there_are },
    { "instants and local times", instants }, { "both sources", sources },
    { "what is a local time", local_times }, { "what is a zone", ids },
    { "the list", list }, { "the civil calendar", civil })
