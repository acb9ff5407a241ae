#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/err.h"
#include "text/format.h"
#include "text/locale_private.h"
#include "text/utf16_private.h"

/* What separates a place from its offset and encloses both. */
static const struct {
	rp_text open, comma, close;
} ways[RP_LANG_COUNT] = {
	[RP_LANG_AR] = { RP_TEXT_INIT(" ("), RP_TEXT_INIT("، "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_ZH] = { RP_TEXT_INIT("（"), RP_TEXT_INIT("，"),
	    RP_TEXT_INIT("）") },
	[RP_LANG_EN] = { RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_FR] = { RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_RU] = { RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
	[RP_LANG_ES] = { RP_TEXT_INIT(" ("), RP_TEXT_INIT(", "),
	    RP_TEXT_INIT(")") },
};

/* Local time counts as if it were UTC: one formatter does for all zones. */
static rp_text
ask_icu(const struct rp_locale *l, struct rp_arena *a, enum rp_date_style style,
    int64_t wall)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[128];
	int32_t n;

	n = udat_format(l->dates[style], (double)wall, wide, 128, NULL,
	    &status);
	RP_ASSERT(U_SUCCESS(status));
	return rp_utf16_text(a, wide, n);
}

static int64_t
floor_to(int64_t at, int64_t unit)
{
	int64_t rest = at % unit;

	return at - rest - (rest < 0 ? unit : 0);
}

/* No style shows more than minutes, most of them not more than days. */
static rp_text
format_wall(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, int64_t wall)
{
	bool timed = style == RP_DATE_TIME || style == RP_DATE_CLOCK;
	int64_t minute = floor_to(wall, timed ? RP_MINUTE : RP_DAY) / RP_MINUTE;
	uint64_t h = ((uint64_t)minute * RP_DATE_STYLES + style) *
		     UINT64_C(0x9e3779b97f4a7c15);
	struct rp_locale_date *set;
	rp_text text;

	RP_ASSERT(style < RP_DATE_STYLES);
	set = &l->lately[(h >> 58) * RP_LOCALE_DATE_WAYS];
	for (int i = 0; i < RP_LOCALE_DATE_WAYS; i++)
		if (set[i].n > 0 && set[i].minute == minute &&
		    set[i].style == style)
			return rp_text_dup(a,
			    (rp_text){ set[i].text, set[i].n });
	text = ask_icu(l, a, style, wall);
	if (text.n == 0 || text.n > RP_LOCALE_DATE_MAX)
		return text;
	/* The newest first, the oldest goes. */
	memmove(set + 1, set, (RP_LOCALE_DATE_WAYS - 1) * sizeof(*set));
	*set = (struct rp_locale_date){ .minute = minute,
		.style = (uint8_t)style,
		.n = (uint8_t)text.n };
	memcpy(set->text, text.p, text.n);
	return text;
}

_Static_assert(RP_LOCALE_DATES == 64 * RP_LOCALE_DATE_WAYS,
    "the hash gives six bits");

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
