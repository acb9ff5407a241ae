#include "text/format.h"

#include "base/check.h"
#include "base/clock.h"

#define NNBSP "\xe2\x80\xaf"
#define NBSP "\xc2\xa0"
#define MINUS "\xe2\x88\x92"

static void
numbers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		enum rp_lang lang;
		const char *i64, *decimal, *percent;
	} rows[] = {
		{ RP_LANG_AR, "١٬٢٣٤٬٥٦٧", "١٬٢٣٤٫٥٧", "١٢٫٣٪\xd8\x9c" },
		{ RP_LANG_ZH, "1,234,567", "1,234.57", "12.3%" },
		{ RP_LANG_EN, "1,234,567", "1,234.57", "12.3%" },
		{ RP_LANG_FR, "1" NNBSP "234" NNBSP "567", "1" NNBSP "234,57",
		    "12,3" NBSP "%" },
		{ RP_LANG_RU, "1" NBSP "234" NBSP "567", "1" NBSP "234,57",
		    "12,3" NBSP "%" },
		{ RP_LANG_ES, "1.234.567", "1.234,57", "12,3" NBSP "%" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_locale_freep)
		struct rp_locale *l = rp_locale_new(rows[i].lang);

		RP_CHECK(rp_locale_lang(l) == rows[i].lang);
		RP_CHECK_TEXT(rp_format_i64(l, a, 1234567),
		    rp_text_z(rows[i].i64));
		RP_CHECK_TEXT(rp_format_decimal(l, a, 1234.5678, 2),
		    rp_text_z(rows[i].decimal));
		RP_CHECK_TEXT(rp_format_percent(l, a, 0.1234, 1),
		    rp_text_z(rows[i].percent));
		/* The widest values have room. */
		RP_CHECK(rp_format_i64(l, a, INT64_MIN).n > 20);
		RP_CHECK(rp_format_decimal(l, a, -1.7e308, 3).n > 300);
	}
}

static void
sizes(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *en = rp_locale_new(RP_LANG_EN);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *fr = rp_locale_new(RP_LANG_FR);
	static const struct {
		int64_t octets;
		const char *text;
	} rows[] = {
		{ 0, "0 bytes" },
		{ 1, "1 byte" },
		{ 999, "999 bytes" },
		{ 1000, "1 kB" },
		{ 1549, "1.5 kB" },
		{ 999949, "999.9 kB" },
		{ 999950, "1 MB" },
		{ 10485760, "10.5 MB" },
		{ INT64_C(5000000000), "5 GB" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_format_size(en, a, rows[i].octets),
		    rp_text_z(rows[i].text));
	RP_CHECK_TEXT(rp_format_size(fr, a, 1500000),
	    RP_TEXT("1,5" NNBSP "Mo"));
}

static void
dates(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_zones_freep) struct rp_zones *z = rp_zones_new();
	const struct rp_zone *zone = rp_zone_find(z, RP_TEXT("Europe/Zurich"));
	static const struct {
		enum rp_lang lang;
		const char *full, *weekday, *time;
	} rows[] = {
		{ RP_LANG_AR, "٢١ نوفمبر ٢٠٢٦", "السبت، ٢١ نوفمبر ٢٠٢٦",
		    "٢١ نوفمبر ٢٠٢٦ في ٢٣:٥٩ (زيورخ، UTC+1)" },
		{ RP_LANG_ZH, "2026年11月21日", "2026年11月21日星期六",
		    "2026年11月21日 23:59（苏黎世，UTC+1）" },
		{ RP_LANG_EN, "21 November 2026", "Saturday, 21 November 2026",
		    "21 November 2026 at 23:59 (Zurich, UTC+1)" },
		{ RP_LANG_FR, "21 novembre 2026", "samedi 21 novembre 2026",
		    "21 novembre 2026 à 23:59 (Zurich, UTC+1)" },
		{ RP_LANG_RU, "21 ноября 2026" NNBSP "г.",
		    "суббота, 21 ноября 2026" NNBSP "г.",
		    "21 ноября 2026" NNBSP "г. в 23:59 (Цюрих, UTC+1)" },
		{ RP_LANG_ES, "21 de noviembre de 2026",
		    "sábado, 21 de noviembre de 2026",
		    "21 de noviembre de 2026, 23:59 (Zúrich, UTC+1)" },
	};
	int64_t at;

	RP_CHECK_OK(rp_clock_parse(RP_TEXT("2026-11-21T22:59:00Z"), &at));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_locale_freep)
		struct rp_locale *l = rp_locale_new(rows[i].lang);

		RP_CHECK_TEXT(rp_format_date(l, a, RP_DATE_FULL, zone, at),
		    rp_text_z(rows[i].full));
		RP_CHECK_TEXT(rp_format_date(l, a, RP_DATE_WEEKDAY, zone, at),
		    rp_text_z(rows[i].weekday));
		RP_CHECK_TEXT(rp_format_datetime(l, a, zone, at),
		    rp_text_z(rows[i].time));
		/* From the cache it is the same. */
		RP_CHECK_TEXT(rp_format_datetime(l, a, zone, at),
		    rp_text_z(rows[i].time));
	}
}

static void
styles_and_zones(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_zones_freep) struct rp_zones *z = rp_zones_new();
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	RP_AUTO(rp_zones_freep)
	struct rp_zones *system = rp_zones_open(RP_ZONEINFO);
	static const struct {
		enum rp_date_style style;
		const char *text;
	} styles[RP_DATE_STYLES] = {
		{ RP_DATE_FULL, "1 July 2026" },
		{ RP_DATE_WEEKDAY, "Wednesday, 1 July 2026" },
		{ RP_DATE_SHORT, "1 Jul 2026" },
		{ RP_DATE_DAY, "1 Jul" },
		{ RP_DATE_MONTH, "July 2026" },
		{ RP_DATE_TIME, "1 July 2026 at 00:00" },
		{ RP_DATE_CLOCK, "00:00" },
	};
	static const struct {
		const char *id, *text;
	} zones[] = {
		{ "UTC", "UTC" },
		{ "Etc/UTC", "UTC" },
		{ "Etc/GMT+5", "UTC" MINUS "5" },
		{ "Asia/Kolkata", "Kolkata, UTC+5:30" },
		{ "America/St_Johns",
		    "St John\xe2\x80\x99s, UTC" MINUS "2:30" },
		{ "Africa/Abidjan", "Abidjan, UTC" },
		{ "America/Argentina/Buenos_Aires",
		    "Buenos Aires, UTC" MINUS "3" },
	};
	struct rp_local first = { .year = 2026, .month = 7, .day = 1 };
	int64_t at;

	for (size_t i = 0; i < RP_DATE_STYLES; i++)
		RP_CHECK_TEXT(rp_format_local(l, a, styles[i].style, first),
		    rp_text_z(styles[i].text));
	RP_CHECK_OK(rp_clock_parse(RP_TEXT("2026-07-01T00:00:00Z"), &at));
	if (rp_zones_are_system(system))
		RP_CHECK_TEXT(rp_format_city(l, a,
				  rp_zone_find(system,
				      RP_TEXT("America/Ciudad_Juarez"))),
		    RP_TEXT("Ciudad Juarez"));
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		RP_CHECK_TEXT(rp_format_zone(l, a,
				  rp_zone_find(z, rp_text_z(zones[i].id)), at),
		    rp_text_z(zones[i].text));
}

static void
relative(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *en = rp_locale_new(RP_LANG_EN);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *ru = rp_locale_new(RP_LANG_RU);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *ar = rp_locale_new(RP_LANG_AR);
	static const struct {
		int64_t away;
		const char *text;
	} rows[] = {
		{ 0, "now" },
		{ 999, "now" },
		{ RP_SECOND, "in 1 second" },
		{ -2 * RP_MINUTE + 1, "119 seconds ago" },
		{ 2 * RP_MINUTE, "in 2 minutes" },
		{ 2 * RP_HOUR - 1, "in 119 minutes" },
		{ -5 * RP_HOUR, "5 hours ago" },
		{ 2 * RP_DAY - 1, "in 47 hours" },
		{ 4 * RP_DAY - 1, "in 3 days" },
		{ 60 * RP_DAY, "in 2 months" },
		{ -800 * RP_DAY, "2 years ago" },
	};
	int64_t now = INT64_C(1795000000000);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		RP_CHECK_TEXT(rp_format_relative(en, a, now,
				  now + rows[i].away),
		    rp_text_z(rows[i].text));
	RP_CHECK_TEXT(rp_format_relative(ru, a, now, now + 3 * RP_DAY),
	    RP_TEXT("через 3 дня"));
	RP_CHECK_TEXT(rp_format_relative(ar, a, now, now + 2 * RP_DAY),
	    RP_TEXT("خلال يومين"));
}

static void
plurals(void)
{
	static const struct {
		enum rp_lang lang;
		int64_t n;
		enum rp_plural p;
	} rows[] = {
		{ RP_LANG_AR, 0, RP_PLURAL_ZERO },
		{ RP_LANG_AR, 1, RP_PLURAL_ONE },
		{ RP_LANG_AR, 2, RP_PLURAL_TWO },
		{ RP_LANG_AR, 103, RP_PLURAL_FEW },
		{ RP_LANG_AR, 11, RP_PLURAL_MANY },
		{ RP_LANG_AR, 100, RP_PLURAL_OTHER },
		{ RP_LANG_ZH, 1, RP_PLURAL_OTHER },
		{ RP_LANG_EN, 1, RP_PLURAL_ONE },
		{ RP_LANG_EN, 0, RP_PLURAL_OTHER },
		{ RP_LANG_FR, 0, RP_PLURAL_ONE },
		{ RP_LANG_FR, 2, RP_PLURAL_OTHER },
		{ RP_LANG_FR, 1000000, RP_PLURAL_MANY },
		{ RP_LANG_RU, 21, RP_PLURAL_ONE },
		{ RP_LANG_RU, 3, RP_PLURAL_FEW },
		{ RP_LANG_RU, 11, RP_PLURAL_MANY },
		{ RP_LANG_ES, 1, RP_PLURAL_ONE },
		{ RP_LANG_ES, -1, RP_PLURAL_ONE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_locale_freep)
		struct rp_locale *l = rp_locale_new(rows[i].lang);

		RP_CHECK(rp_locale_plural(l, rows[i].n) == rows[i].p);
	}
}

static void
names(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *en = rp_locale_new(RP_LANG_EN);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *fr = rp_locale_new(RP_LANG_FR);
	rp_text items[] = { RP_TEXT("A"), RP_TEXT("B"), RP_TEXT("中") };

	RP_CHECK_TEXT(rp_locale_language(en, a, RP_TEXT("zh-Hant")),
	    RP_TEXT("Chinese (Traditional)"));
	RP_CHECK_TEXT(rp_locale_language(fr, a, RP_TEXT("ar")),
	    RP_TEXT("Arabe"));
	RP_CHECK_TEXT(rp_locale_language(fr, a, RP_TEXT("qqq")),
	    RP_TEXT("qqq"));
	RP_CHECK_TEXT(rp_format_list(en, a, items, 0), RP_TEXT(""));
	RP_CHECK_TEXT(rp_format_list(en, a, items, 1), RP_TEXT("A"));
	RP_CHECK_TEXT(rp_format_list(en, a, items, 3), RP_TEXT("A, B and 中"));
	RP_CHECK_TEXT(rp_format_list(fr, a, items, 2), RP_TEXT("A et B"));
	for (size_t i = 0; rp_lang_common[i].p != NULL; i++)
		RP_CHECK(
		    !rp_text_eq(rp_locale_language(en, a, rp_lang_common[i]),
			rp_lang_common[i]));
}

/* Dates that were kept do not depend on what was asked before them. */
static void
dates_are_the_same_again(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 26);
	RP_AUTO(rp_zones_freep) struct rp_zones *zones = rp_zones_new();
	RP_AUTO(rp_locale_freep)
	struct rp_locale *up = rp_locale_new(RP_LANG_FR);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *down = rp_locale_new(RP_LANG_FR);
	const struct rp_zone *utc = rp_zone_find(zones, RP_TEXT("UTC"));
	enum { N = 3000, STEP = 7919 };
	rp_text got[N];

	/* Two of each: one finds what the other left. */
	for (int i = 0; i < N; i++)
		got[i] = rp_format_date(up, a,
		    (enum rp_date_style)(i / 2 % RP_DATE_STYLES), utc,
		    (int64_t)(i / 2 - N / 4) * STEP * RP_MINUTE);
	for (int i = N; i-- > 0;)
		RP_CHECK_TEXT(rp_format_date(down, a,
				  (enum rp_date_style)(i / 2 % RP_DATE_STYLES),
				  utc,
				  (int64_t)(i / 2 - N / 4) * STEP * RP_MINUTE),
		    got[i]);
}

static void
ordinals(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	static const struct {
		enum rp_lang lang;
		const char *twentieth, *twenty_first;
	} rows[] = {
		{ RP_LANG_AR, "العشرون", "الحادي والعشرون" },
		{ RP_LANG_ZH, "第二十", "第二十一" },
		{ RP_LANG_EN, "twentieth", "twenty-first" },
		{ RP_LANG_FR, "vingtième", "vingt-et-unième" },
		{ RP_LANG_RU, "двадцатое", "двадцать первое" },
		{ RP_LANG_ES, "vigésima", "vigésima primera" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_locale_freep)
		struct rp_locale *l = rp_locale_new(rows[i].lang);

		RP_CHECK_TEXT(rp_format_ordinal(l, a, 20),
		    rp_text_z(rows[i].twentieth));
		RP_CHECK_TEXT(rp_format_ordinal(l, a, 21),
		    rp_text_z(rows[i].twenty_first));
	}
}

RP_CHECK_MAIN({ "numbers", numbers }, { "ordinals in words", ordinals },
    { "sizes of files", sizes }, { "dates", dates },
    { "dates are the same again", dates_are_the_same_again },
    { "styles and zones", styles_and_zones }, { "relative time", relative },
    { "plural categories", plurals }, { "names and lists", names })
