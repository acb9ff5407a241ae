#include "text/zone.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "text/tzif.h"
#include "text/utf16_private.h"

/* Some 600 ids; with the rules of each two to three megabytes. */
#define ZONES_MEMORY ((size_t)32 * 1024 * 1024)
#define DEPTH_MAX 3 /* America/Argentina/Salta */

struct rp_zone {
	rp_text id;
	const struct rp_tzif *rules; /* NULL: by the calendar */
	UCalendar *cal;
};

struct rp_zones {
	struct rp_arena *arena;
	struct RP_MAP(struct rp_zone *) zones;
	UCalendar *model; /* Gregorian, UTC: cloned for each zone of ICU */
	bool from_system;
	rp_text version;
};

static void
close_calendar(void *cal)
{
	ucal_close(cal);
}

struct rp_zones *
rp_zones_new(void)
{
	struct rp_arena *a = rp_arena_new(ZONES_MEMORY);
	struct rp_zones *z = rp_new(a, struct rp_zones);
	UErrorCode status = U_ZERO_ERROR;

	z->arena = a;
	z->model = ucal_open(u"UTC", -1, "en", UCAL_GREGORIAN, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(a, close_calendar, z->model);
	ucal_setAttribute(z->model, UCAL_REPEATED_WALL_TIME,
	    UCAL_WALLTIME_LAST);
	ucal_setAttribute(z->model, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_LAST);
	z->version = rp_text_z(ucal_getTZDataVersion(&status));
	RP_ASSERT(U_SUCCESS(status));
	return z;
}

static bool
id_like(rp_text id)
{
	if (id.n == 0 || id.n > RP_ZONE_ID_MAX)
		return false;
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			(c >= '0' && c <= '9') ||
			(c != '\0' && strchr("_+-/", c) != NULL)))
			return false;
	}
	return true;
}

static rp_bytes
read_file(struct rp_arena *a, const char *path)
{
	uint8_t *p = rp_alloc(a, RP_TZIF_MAX);
	FILE *f = fopen(path, "rbe");
	size_t n;

	if (f == NULL)
		return (rp_bytes){ p, 0 };
	n = fread(p, 1, RP_TZIF_MAX, f);
	fclose(f);
	return (rp_bytes){ p, n };
}

static void
load_file(struct rp_zones *z, struct rp_arena *scratch, const char *path,
    rp_text id)
{
	struct rp_tzif *rules = rp_new(z->arena, struct rp_tzif);
	struct rp_zone *zone;
	struct rp_err *e;

	e = rp_tzif_parse(z->arena, read_file(scratch, path), rules);
	if (e != NULL) {
		rp_err_free(e);
		return;
	}
	zone = rp_new(z->arena, struct rp_zone);
	zone->id = rp_text_dup(z->arena, id);
	zone->rules = rules;
	*rp_map_at(z->arena, &z->zones, zone->id) = zone;
}

/* Copies with leap seconds, with POSIX names, and what is no place at all. */
static bool
no_zone(rp_text id)
{
	static const rp_text names[] = { RP_TEXT_INIT("Factory"),
		RP_TEXT_INIT("localtime"), RP_TEXT_INIT("posix"),
		RP_TEXT_INIT("posixrules"), RP_TEXT_INIT("right") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rp_text_eq(id, names[i]))
			return true;
	return !id_like(id);
}

static void
load_folder(struct rp_zones *z, const char *path, rp_text prefix, int depth)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ZONES_MEMORY);
	DIR *dir = opendir(path);
	struct dirent *d;
	struct stat st;

	if (dir == NULL)
		return;
	while ((d = readdir(dir)) != NULL) {
		rp_text id, child;

		rp_arena_reset(a);
		id = rp_textf(a, "%.*s%s%s", RP_FMT(prefix),
		    prefix.n > 0 ? "/" : "", d->d_name);
		child = rp_textf(a, "%s/%s", path, d->d_name);
		if (no_zone(id) || stat(child.p, &st) != 0)
			continue;
		if (S_ISREG(st.st_mode))
			load_file(z, a, child.p, id);
		else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
			load_folder(z, child.p, id, depth + 1);
	}
	closedir(dir);
}

/* "# version 2025b" at the head of the source that the files were made of. */
static rp_text
system_version(struct rp_arena *a, const char *zoneinfo)
{
	rp_text path = rp_textf(a, "%s/tzdata.zi", zoneinfo);
	rp_bytes in = read_file(a, path.p);
	rp_text t = { (const char *)in.p, in.n };
	rp_text mark = RP_TEXT("# version ");

	if (!rp_text_starts(t, mark))
		return RP_TEXT("?");
	return rp_text_sub(t, mark.n, rp_text_find(t, '\n', 0));
}

struct rp_zones *
rp_zones_open(const char *zoneinfo)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(ZONES_MEMORY);
	struct rp_zones *z = rp_zones_new();

	load_folder(z, zoneinfo, RP_TEXT(""), 1);
	if (z->zones.n == 0)
		return z;
	z->from_system = true;
	z->version = rp_text_dup(z->arena, system_version(a, zoneinfo));
	return z;
}

bool
rp_zones_are_system(const struct rp_zones *z)
{
	return z->from_system;
}

void
rp_zones_free(struct rp_zones *z)
{
	if (z != NULL)
		rp_arena_free(z->arena);
}

void
rp_zones_freep(struct rp_zones **z)
{
	rp_zones_free(*z);
}

rp_text
rp_zones_version(const struct rp_zones *z)
{
	return z->version;
}

static bool
known(const UChar *id)
{
	UChar canonical[RP_ZONE_ID_MAX * 2];
	UErrorCode status = U_ZERO_ERROR;
	UBool system_id = false;

	ucal_getCanonicalTimeZoneID(id, -1, canonical, RP_ZONE_ID_MAX * 2,
	    &system_id, &status);
	return U_SUCCESS(status) && system_id &&
	       u_strcmp(canonical, u"Etc/Unknown") != 0;
}

const struct rp_zone *
rp_zone_find(struct rp_zones *z, rp_text id)
{
	struct rp_zone **found = rp_map_find(&z->zones, id), *zone;
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[RP_ZONE_ID_MAX + 1];

	if (found != NULL)
		return *found;
	if (z->from_system || !id_like(id))
		return NULL;
	u_charsToUChars(id.p, wide, (int32_t)id.n);
	wide[id.n] = 0;
	if (!known(wide))
		return NULL;
	zone = rp_new(z->arena, struct rp_zone);
	zone->id = rp_text_dup(z->arena, id);
	zone->cal = ucal_clone(z->model, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(z->arena, close_calendar, zone->cal);
	ucal_setTimeZone(zone->cal, wide, (int32_t)id.n, &status);
	RP_ASSERT(U_SUCCESS(status));
	*rp_map_at(z->arena, &z->zones, zone->id) = zone;
	return zone;
}

struct rp_err *
rp_zone_get(struct rp_zones *z, rp_text id, const struct rp_zone **out)
{
	const struct rp_zone *zone = rp_zone_find(z, id);

	if (zone == NULL)
		return rp_fail(RP_E_INVALID, "no time zone of this name");
	*out = zone;
	return NULL;
}

rp_text
rp_zone_id(const struct rp_zone *zone)
{
	return zone->id;
}

/* Days of the civil calendar, counted from March so that leap days come last.
 */
int64_t
rp_civil_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
	    (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

struct rp_local
rp_civil_from_days(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct rp_local){
		.year = (int)(yoe + era * 400) + (month <= 2),
		.month = month,
		.day = (int)(doy - (153 * mp + 2) / 5 + 1),
	};
}

/* Whole seconds, rounded down. */
static int64_t
seconds(int64_t at)
{
	return at / RP_SECOND - (at % RP_SECOND < 0);
}

int64_t
rp_zone_offset(const struct rp_zone *zone, int64_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	int64_t offset;

	if (zone->rules != NULL)
		return rp_tzif_offset(zone->rules, seconds(at)) * RP_SECOND;
	ucal_setMillis(zone->cal, (double)at, &status);
	offset = ucal_get(zone->cal, UCAL_ZONE_OFFSET, &status);
	offset += ucal_get(zone->cal, UCAL_DST_OFFSET, &status);
	RP_ASSERT(U_SUCCESS(status));
	return offset;
}

/*
 * The offset that holds a day before and the one that holds a day after are the
 * candidates. Each is right if it holds at the instant that it gives; where
 * both are, the time exists twice; where none is, it does not exist.
 */
static int64_t
instant_by_rules(const struct rp_tzif *rules, int64_t local)
{
	int64_t before = local - rp_tzif_offset(rules, local - 86400);
	int64_t after = local - rp_tzif_offset(rules, local + 86400);
	bool before_holds = before + rp_tzif_offset(rules, before) == local;
	bool after_holds = after + rp_tzif_offset(rules, after) == local;

	if (before_holds && after_holds)
		return before > after ? before : after;
	return after_holds ? after : before;
}

int64_t
rp_zone_instant(const struct rp_zone *zone, struct rp_local local)
{
	UErrorCode status = U_ZERO_ERROR;
	double at;

	if (zone->rules != NULL)
		return instant_by_rules(zone->rules,
			   rp_civil_days(local.year, local.month, local.day) *
				   86400 +
			       local.hour * 3600 + local.minute * 60 +
			       local.second) *
		       RP_SECOND;
	ucal_clear(zone->cal);
	ucal_setDateTime(zone->cal, local.year, local.month - 1, local.day,
	    local.hour, local.minute, local.second, &status);
	at = ucal_getMillis(zone->cal, &status);
	RP_ASSERT(U_SUCCESS(status));
	return (int64_t)at;
}

struct rp_local
rp_zone_local(const struct rp_zone *zone, int64_t at)
{
	int64_t local = at + rp_zone_offset(zone, at);
	int64_t day = local / RP_DAY - (local % RP_DAY < 0);
	int64_t in_day = local - day * RP_DAY;
	struct rp_local l = rp_civil_from_days(day);

	l.hour = (int)(in_day / RP_HOUR);
	l.minute = (int)(in_day % RP_HOUR / RP_MINUTE);
	l.second = (int)(in_day % RP_MINUTE / RP_SECOND);
	return l;
}

static bool
number(rp_text t, size_t at, size_t n, int *out)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		v = v * 10 + (t.p[i] - '0');
	}
	*out = v;
	return true;
}

static bool
exists(struct rp_local l)
{
	struct rp_local back;

	if (l.year < RP_ZONE_YEAR_MIN || l.year > RP_ZONE_YEAR_MAX ||
	    l.month < 1 || l.month > 12 || l.day < 1 || l.day > 31 ||
	    l.hour > 23 || l.minute > 59)
		return false;
	back = rp_civil_from_days(rp_civil_days(l.year, l.month, l.day));
	return back.month == l.month && back.day == l.day;
}

struct rp_err *
rp_zone_local_parse(rp_text t, struct rp_local *out)
{
	struct rp_local l = { 0 };

	if (t.n == 19 && rp_text_eq(rp_text_sub(t, 16, 19), RP_TEXT(":00")))
		t = rp_text_sub(t, 0, 16);
	if (t.n != 16 || t.p[4] != '-' || t.p[7] != '-' || t.p[10] != 'T' ||
	    t.p[13] != ':')
		return rp_fail(RP_E_INVALID, "not YYYY-MM-DDTHH:MM");
	if (!number(t, 0, 4, &l.year) || !number(t, 5, 2, &l.month) ||
	    !number(t, 8, 2, &l.day) || !number(t, 11, 2, &l.hour) ||
	    !number(t, 14, 2, &l.minute))
		return rp_fail(RP_E_INVALID, "not digits in a local time");
	if (!exists(l))
		return rp_fail(RP_E_INVALID, "no such day or time");
	*out = l;
	return NULL;
}

bool
rp_zone_is_day(rp_text t)
{
	char at[] = "0000-00-00T00:00";
	struct rp_local local;
	struct rp_err *e;

	if (t.n != sizeof("0000-00-00") - 1)
		return false;
	memcpy(at, t.p, t.n);
	e = rp_zone_local_parse(rp_text_z(at), &local);
	rp_err_free(e);
	return e == NULL;
}

rp_text
rp_zone_local_write(struct rp_arena *a, struct rp_local l)
{
	return rp_textf(a, "%04d-%02d-%02dT%02d:%02d", l.year, l.month, l.day,
	    l.hour, l.minute);
}

struct rp_err *
rp_zone_resolve(struct rp_zones *z, rp_text local, rp_text id, int64_t *out)
{
	const struct rp_zone *zone;
	struct rp_local l;

	RP_TRY(rp_zone_local_parse(local, &l));
	RP_TRY(rp_zone_get(z, id, &zone));
	*out = rp_zone_instant(zone, l);
	return NULL;
}

/*
 * CLDR never changes the id that it first gave a place. Where IANA has renamed
 * the place since, people look for today's name.
 */
static const struct {
	const char *old, *now;
} renamed[] = {
	{ "Africa/Asmera", "Africa/Asmara" },
	{ "America/Buenos_Aires", "America/Argentina/Buenos_Aires" },
	{ "America/Catamarca", "America/Argentina/Catamarca" },
	{ "America/Coral_Harbour", "America/Atikokan" },
	{ "America/Cordoba", "America/Argentina/Cordoba" },
	{ "America/Godthab", "America/Nuuk" },
	{ "America/Indianapolis", "America/Indiana/Indianapolis" },
	{ "America/Jujuy", "America/Argentina/Jujuy" },
	{ "America/Louisville", "America/Kentucky/Louisville" },
	{ "America/Mendoza", "America/Argentina/Mendoza" },
	{ "Asia/Calcutta", "Asia/Kolkata" },
	{ "Asia/Katmandu", "Asia/Kathmandu" },
	{ "Asia/Rangoon", "Asia/Yangon" },
	{ "Asia/Saigon", "Asia/Ho_Chi_Minh" },
	{ "Atlantic/Faeroe", "Atlantic/Faroe" },
	{ "Europe/Kiev", "Europe/Kyiv" },
	{ "Pacific/Enderbury", "Pacific/Kanton" },
	{ "Pacific/Ponape", "Pacific/Pohnpei" },
	{ "Pacific/Truk", "Pacific/Chuuk" },
};

static rp_text
todays_name(rp_text id)
{
	for (size_t i = 0; i < sizeof(renamed) / sizeof(renamed[0]); i++)
		if (rp_text_eq(id, rp_text_z(renamed[i].old)))
			return rp_text_z(renamed[i].now);
	return id;
}

static int
by_id(const void *x, const void *y)
{
	const struct rp_zone_choice *a = x, *b = y;

	return rp_text_cmp(a->id, b->id);
}

struct rp_zone_choice *
rp_zone_list(struct rp_zones *z, struct rp_arena *a, int64_t now, size_t *n)
{
	struct RP_VEC(struct rp_zone_choice) list = { 0 };
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *ids =
	    ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION,
		NULL, NULL, &status);
	struct rp_zone_choice c;
	const char *id;
	int32_t len;

	while ((id = uenum_next(ids, &len, &status)) != NULL) {
		const struct rp_zone *zone;

		zone = rp_zone_find(z, todays_name(rp_text_z(id)));
		if (zone == NULL)
			continue;
		c.id = zone->id;
		c.region = rp_text_sub(c.id, 0, rp_text_find(c.id, '/', 0));
		c.offset = (int)(rp_zone_offset(zone, now) / RP_MINUTE);
		rp_vec_push(a, &list, c);
	}
	RP_ASSERT(U_SUCCESS(status));
	uenum_close(ids);
	qsort(list.v, list.n, sizeof(*list.v), by_id);
	*n = list.n;
	return list.v;
}
