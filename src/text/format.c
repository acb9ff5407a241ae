#include "text/format.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "text/locale_private.h"
#include "text/utf16_private.h"

#define LOCALE_MEMORY ((size_t)8 * 1024 * 1024)
#define SIZE_UNITS 4
#define PERCENT_DIGITS 2

struct rp_locale {
	enum rp_lang lang;
	struct rp_arena *arena;
	UNumberFormat *decimal[RP_FORMAT_DIGITS_MAX + 1];
	UNumberFormat *percent[PERCENT_DIGITS];
	UNumberFormatter *size[SIZE_UNITS];
	UFormattedNumber *number;
	UPluralRules *plurals;
	UDateFormat *dates[RP_DATE_STYLES]; /* in UTC */
	UDateFormat *city;
	UCalendar *city_calendar;
	URelativeDateTimeFormatter *relative;
	UListFormatter *list;
	ULocaleDisplayNames *names;
	rp_text *common; /* names of rp_lang_common, in its order */
	struct RP_MAP(rp_text) cities; /* by zone id */
};

/* What separates a place from its offset and encloses both. */
static const struct {
	const char *icu; /* ICU's locale */
	rp_text open, comma, close;
} ways[RP_LANG_COUNT] = {
	[RP_LANG_AR] = { "ar", RP_TEXT_INIT(" ("), RP_TEXT_INIT("، "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_ZH] = { "zh", RP_TEXT_INIT("（"), RP_TEXT_INIT("，"),
	    RP_TEXT_INIT("）") },
	[RP_LANG_EN] = { "en_001", RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_FR] = { "fr", RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_RU] = { "ru", RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_ES] = { "es", RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
};

static const UChar *const skeletons[RP_DATE_STYLES] = {
	[RP_DATE_FULL] = u"yMMMMd",
	[RP_DATE_WEEKDAY] = u"yMMMMEEEEd",
	[RP_DATE_SHORT] = u"yMMMd",
	[RP_DATE_DAY] = u"MMMd",
	[RP_DATE_MONTH] = u"yMMMM",
	[RP_DATE_TIME] = u"yMMMMdHm",
	[RP_DATE_CLOCK] = u"Hm",
};

static const UChar *const size_skeletons[SIZE_UNITS] = {
	u"measure-unit/digital-byte unit-width-full-name .#",
	u"measure-unit/digital-kilobyte unit-width-short .#",
	u"measure-unit/digital-megabyte unit-width-short .#",
	u"measure-unit/digital-gigabyte unit-width-short .#",
};

const char *
rp_lang_icu(enum rp_lang lang)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return ways[lang].icu;
}

/* ICU's close functions, as the arena calls them. */
#define CLOSER(name, fn)          \
	static void name(void *p) \
	{                         \
		fn(p);            \
	}
CLOSER(close_number, unum_close)
CLOSER(close_formatter, unumf_close)
CLOSER(close_result, unumf_closeResult)
CLOSER(close_plurals, uplrules_close)
CLOSER(close_date, udat_close)
CLOSER(close_calendar, ucal_close)
CLOSER(close_relative, ureldatefmt_close)
CLOSER(close_list, ulistfmt_close)
CLOSER(close_names, uldn_close)

static UNumberFormat *
open_number(struct rp_locale *l, UNumberFormatStyle style, int digits)
{
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormat *f =
	    unum_open(style, NULL, 0, ways[l->lang].icu, NULL, &status);

	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_number, f);
	unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, digits);
	return f;
}

static void
open_numbers(struct rp_locale *l)
{
	const char *icu = ways[l->lang].icu;
	UErrorCode status = U_ZERO_ERROR;

	for (int i = 0; i <= RP_FORMAT_DIGITS_MAX; i++)
		l->decimal[i] = open_number(l, UNUM_DECIMAL, i);
	for (int i = 0; i < PERCENT_DIGITS; i++)
		l->percent[i] = open_number(l, UNUM_PERCENT, i);
	for (int i = 0; i < SIZE_UNITS; i++) {
		l->size[i] = unumf_openForSkeletonAndLocale(size_skeletons[i],
		    -1, icu, &status);
		RP_ASSERT(U_SUCCESS(status));
		rp_arena_defer(l->arena, close_formatter, l->size[i]);
	}
	l->number = unumf_openResult(&status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_result, l->number);
	l->plurals = uplrules_open(icu, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_plurals, l->plurals);
}

static UDateFormat *
open_date(struct rp_locale *l, const UChar *pattern, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN,
	    ways[l->lang].icu, u"UTC", -1, pattern, n, &status);

	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_date, f);
	return f;
}

static void
open_dates(struct rp_locale *l)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateTimePatternGenerator *g;
	UChar pattern[128];
	int32_t n;

	g = udatpg_open(ways[l->lang].icu, &status);
	RP_ASSERT(U_SUCCESS(status));
	for (int i = 0; i < RP_DATE_STYLES; i++) {
		n = udatpg_getBestPattern(g, skeletons[i], -1, pattern, 128,
		    &status);
		RP_ASSERT(U_SUCCESS(status));
		l->dates[i] = open_date(l, pattern, n);
	}
	udatpg_close(g);
	l->city = open_date(l, u"VVV", 3);
	l->city_calendar =
	    ucal_open(u"UTC", -1, ways[l->lang].icu, UCAL_GREGORIAN, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_calendar, l->city_calendar);
}

static void
open_words(struct rp_locale *l)
{
	static const UDisplayContext contexts[] = {
		UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU,
		UDISPCTX_STANDARD_NAMES
	};
	const char *icu = ways[l->lang].icu;
	UErrorCode status = U_ZERO_ERROR;

	l->relative = ureldatefmt_open(icu, NULL, UDAT_STYLE_LONG,
	    UDISPCTX_CAPITALIZATION_NONE, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_relative, l->relative);
	l->list = ulistfmt_openForType(icu, ULISTFMT_TYPE_AND,
	    ULISTFMT_WIDTH_WIDE, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_list, l->list);
	l->names =
	    uldn_openForContext(icu, (UDisplayContext *)contexts, 2, &status);
	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_names, l->names);
}

static void name_common(struct rp_locale *l);

struct rp_locale *
rp_locale_new(enum rp_lang lang)
{
	struct rp_arena *a = rp_arena_new(LOCALE_MEMORY);
	struct rp_locale *l = rp_new(a, struct rp_locale);

	RP_ASSERT(lang < RP_LANG_COUNT);
	l->lang = lang;
	l->arena = a;
	open_numbers(l);
	open_dates(l);
	open_words(l);
	name_common(l);
	return l;
}

void
rp_locale_free(struct rp_locale *l)
{
	if (l != NULL)
		rp_arena_free(l->arena);
}

void
rp_locale_freep(struct rp_locale **l)
{
	rp_locale_free(*l);
}

enum rp_lang
rp_locale_lang(const struct rp_locale *l)
{
	return l->lang;
}

enum rp_plural
rp_locale_plural(const struct rp_locale *l, int64_t n)
{
	static const UChar *const names[] = { u"zero", u"one", u"two", u"few",
		u"many" };
	UErrorCode status = U_ZERO_ERROR;
	UChar name[16];

	/* Chinese has one form; the others differ for small numbers. */
	if (l->lang == RP_LANG_ZH)
		return RP_PLURAL_OTHER;
	uplrules_select(l->plurals, (double)n, name, 16, &status);
	RP_ASSERT(U_SUCCESS(status));
	for (int i = 0; i < RP_PLURAL_OTHER; i++)
		if (u_strcmp(name, names[i]) == 0)
			return (enum rp_plural)i;
	return RP_PLURAL_OTHER;
}

rp_text
rp_format_i64(const struct rp_locale *l, struct rp_arena *a, int64_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[64];
	int32_t len;

	len = unum_formatInt64(l->decimal[0], n, wide, 64, NULL, &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, len);
}

static rp_text
format_double(UNumberFormat *f, struct rp_arena *a, double v)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[512]; /* the largest double has 309 digits */
	int32_t len = unum_formatDouble(f, v, wide, 512, NULL, &status);

	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, len);
}

rp_text
rp_format_decimal(const struct rp_locale *l, struct rp_arena *a, double v,
    int digits)
{
	RP_ASSERT(digits >= 0 && digits <= RP_FORMAT_DIGITS_MAX);
	return format_double(l->decimal[digits], a, v);
}

rp_text
rp_format_percent(const struct rp_locale *l, struct rp_arena *a, double share,
    int digits)
{
	RP_ASSERT(digits >= 0 && digits < PERCENT_DIGITS);
	return format_double(l->percent[digits], a, share);
}

rp_text
rp_format_size(const struct rp_locale *l, struct rp_arena *a, int64_t octets)
{
	UErrorCode status = U_ZERO_ERROR;
	double v = (double)octets;
	int unit = 0;
	const UChar *wide;
	int32_t n;

	/* 999.95 would be rounded to 1000 of the smaller unit */
	while (unit + 1 < SIZE_UNITS && v >= (unit == 0 ? 1000 : 999.95)) {
		v /= 1000;
		unit++;
	}
	unumf_formatDouble(l->size[unit], v, l->number, &status);
	wide = ufmtval_getString(unumf_resultAsValue(l->number, &status), &n,
	    &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, n);
}

/* `local` counts as if it were UTC, so that one formatter does for all zones.
 */
static rp_text
format_wall(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, int64_t wall)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[128];
	int32_t n;

	RP_ASSERT(style < RP_DATE_STYLES);
	n = udat_format(l->dates[style], (double)wall, wide, 128, NULL,
	    &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, n);
}

rp_text
rp_format_date(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, const struct rp_zone *zone, int64_t at)
{
	return format_wall(l, a, style, at + rp_zone_offset(zone, at));
}

rp_text
rp_format_local(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, struct rp_local t)
{
	return format_wall(l, a, style,
	    rp_civil_days(t.year, t.month, t.day) * RP_DAY + t.hour * RP_HOUR +
		t.minute * RP_MINUTE + t.second * RP_SECOND);
}

static bool
names_a_place(rp_text id)
{
	return rp_text_find(id, '/', 0) < id.n &&
	       !rp_text_starts(id, RP_TEXT("Etc/")) &&
	       !rp_text_starts(id, RP_TEXT("SystemV/"));
}

static bool
known_to_icu(const UChar *id)
{
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system = false;
	UChar canonical[128];

	ucal_getCanonicalTimeZoneID(id, -1, canonical, 128, &is_system,
	    &status);
	return U_SUCCESS(status) && is_system;
}

/* A zone younger than ICU's data: "America/Ciudad_Juarez" as "Ciudad Juarez".
 */
static rp_text
last_part(struct rp_arena *a, rp_text id)
{
	size_t at = id.n;
	char *p;

	while (at > 0 && id.p[at - 1] != '/')
		at--;
	p = rp_alloc(a, id.n - at + 1);
	for (size_t i = at; i < id.n; i++)
		p[i - at] = id.p[i] == '_' ? ' ' : id.p[i];
	return (rp_text){ p, id.n - at };
}

static rp_text
ask_city(struct rp_locale *l, rp_text id)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[128];
	int32_t n;

	if (!names_a_place(id))
		return RP_TEXT("");
	u_charsToUChars(id.p, wide, (int32_t)id.n);
	wide[id.n] = 0;
	if (!known_to_icu(wide))
		return last_part(l->arena, id);
	ucal_setTimeZone(l->city_calendar, wide, (int32_t)id.n, &status);
	udat_setCalendar(l->city, l->city_calendar);
	n = udat_format(l->city, 0, wide, 128, NULL, &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(l->arena, wide, n);
}

rp_text
rp_format_city(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone)
{
	/* What was looked up once is kept: not a change that anyone sees. */
	struct rp_locale *cache = (struct rp_locale *)l;
	rp_text id = rp_zone_id(zone), *city;

	city = rp_map_find(&cache->cities, id);
	if (city == NULL) {
		id = rp_text_dup(cache->arena, id);
		city = rp_map_at(cache->arena, &cache->cities, id);
		*city = ask_city(cache, id);
	}
	return rp_text_dup(a, *city);
}

rp_text
rp_format_offset(struct rp_arena *a, int64_t offset)
{
	int64_t minutes = (offset < 0 ? -offset : offset) / RP_MINUTE;
	const char *sign = offset < 0 ? "\xe2\x88\x92" : "+";

	if (minutes == 0)
		return RP_TEXT("UTC");
	if (minutes % 60 == 0)
		return rp_textf(a, "UTC%s%d", sign, (int)(minutes / 60));
	return rp_textf(a, "UTC%s%d:%02d", sign, (int)(minutes / 60),
	    (int)(minutes % 60));
}

rp_text
rp_format_zone(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone, int64_t at)
{
	rp_text offset = rp_format_offset(a, rp_zone_offset(zone, at));
	rp_text city = rp_format_city(l, a, zone);

	if (city.n == 0)
		return offset;
	return rp_textf(a, "%s%s%s", city.p, ways[l->lang].comma.p, offset.p);
}

rp_text
rp_format_datetime(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone, int64_t at)
{
	return rp_textf(a, "%s%s%s%s",
	    rp_format_date(l, a, RP_DATE_TIME, zone, at).p,
	    ways[l->lang].open.p, rp_format_zone(l, a, zone, at).p,
	    ways[l->lang].close.p);
}

rp_text
rp_format_relative(const struct rp_locale *l, struct rp_arena *a, int64_t now,
    int64_t at)
{
	/* The unit is used up to the limit before the next line's. */
	static const struct {
		int64_t from, unit;
		URelativeDateTimeUnit name;
	} steps[] = {
		{ 730 * RP_DAY, 365 * RP_DAY, UDAT_REL_UNIT_YEAR },
		{ 60 * RP_DAY, 30 * RP_DAY, UDAT_REL_UNIT_MONTH },
		{ 2 * RP_DAY, RP_DAY, UDAT_REL_UNIT_DAY },
		{ 2 * RP_HOUR, RP_HOUR, UDAT_REL_UNIT_HOUR },
		{ 2 * RP_MINUTE, RP_MINUTE, UDAT_REL_UNIT_MINUTE },
		{ 0, RP_SECOND, UDAT_REL_UNIT_SECOND },
	};
	int64_t away = at > now ? at - now : now - at;
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[128];
	size_t i = 0;
	int32_t n;
	double v;

	while (away < steps[i].from)
		i++;
	v = (double)(away / steps[i].unit);
	/* "now", where the number would be nought */
	if (away < RP_SECOND)
		n = ureldatefmt_format(l->relative, 0, UDAT_REL_UNIT_SECOND,
		    wide, 128, &status);
	else
		n = ureldatefmt_formatNumeric(l->relative, at < now ? -v : v,
		    steps[i].name, wide, 128, &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, n);
}

rp_text
rp_format_list(const struct rp_locale *l, struct rp_arena *a,
    const rp_text *items, size_t n)
{
	const UChar **wide;
	int32_t *lens, len, cap = 64;
	UErrorCode status = U_ZERO_ERROR;
	UChar *out;

	if (n == 0)
		return RP_TEXT("");
	if (n > RP_FORMAT_LIST_MAX)
		n = RP_FORMAT_LIST_MAX;
	wide = rp_new_n(a, const UChar *, n);
	lens = rp_new_n(a, int32_t, n);
	for (size_t i = 0; i < n; i++) {
		struct rp_utf16 u = rp_utf16_from(a, items[i]);

		wide[i] = u.p;
		lens[i] = u.n;
		cap += u.n + 16;
	}
	out = rp_new_n(a, UChar, (size_t)cap);
	len =
	    ulistfmt_format(l->list, wide, lens, (int32_t)n, out, cap, &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, out, len);
}

static rp_text
name_of(const struct rp_locale *l, struct rp_arena *a, rp_text tag)
{
	char z[RP_LANG_TAG_MAX + 1], id[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[256];
	rp_text name;
	int32_t n;

	uloc_forLanguageTag(rp_icu_tag(tag, z, sizeof(z)), id, sizeof(id), NULL,
	    &status);
	n = uldn_localeDisplayName(l->names, id, wide, 256, &status);
	if (U_FAILURE(status) || n == 0)
		return rp_text_dup(a, tag);
	name = rp_utf16_text(a, wide, n);
	/* Unknown subtags come back as they are, with a capital at most. */
	if (name.n == tag.n && rp_text_eq(rp_text_sub(name, 1, name.n),
				   rp_text_sub(tag, 1, tag.n)))
		return rp_text_dup(a, tag);
	return name;
}

/* What every form lists: asked of ICU once, for it takes 3 us a name. */
static void
name_common(struct rp_locale *l)
{
	size_t n = 0;

	while (rp_lang_common[n].p != NULL)
		n++;
	l->common = rp_new_n(l->arena, rp_text, n);
	for (size_t i = 0; i < n; i++)
		l->common[i] = name_of(l, l->arena, rp_lang_common[i]);
}

rp_text
rp_locale_language(const struct rp_locale *l, struct rp_arena *a, rp_text tag)
{
	for (size_t i = 0; rp_lang_common[i].p != NULL; i++)
		if (rp_text_eq(rp_lang_common[i], tag))
			return l->common[i];
	return name_of(l, a, tag);
}
