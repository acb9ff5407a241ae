#include "text/locale_private.h"

#include <unicode/udatpg.h>

#include "base/err.h"

#define LOCALE_MEMORY ((size_t)8 * 1024 * 1024)

static const char *const icu_names[RP_LANG_COUNT] = {
	[RP_LANG_AR] = "ar",
	[RP_LANG_ZH] = "zh",
	[RP_LANG_EN] = "en_001",
	[RP_LANG_FR] = "fr",
	[RP_LANG_RU] = "ru",
	[RP_LANG_ES] = "es",
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

static const UChar *const size_skeletons[RP_LOCALE_SIZE_UNITS] = {
	u"measure-unit/digital-byte unit-width-full-name .#",
	u"measure-unit/digital-kilobyte unit-width-short .#",
	u"measure-unit/digital-megabyte unit-width-short .#",
	u"measure-unit/digital-gigabyte unit-width-short .#",
};

const char *
rp_lang_icu(enum rp_lang lang)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return icu_names[lang];
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
	    unum_open(style, NULL, 0, icu_names[l->lang], NULL, &status);

	RP_ASSERT(U_SUCCESS(status));
	rp_arena_defer(l->arena, close_number, f);
	unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, digits);
	return f;
}

static void
open_numbers(struct rp_locale *l)
{
	const char *icu = icu_names[l->lang];
	UErrorCode status = U_ZERO_ERROR;

	for (int i = 0; i <= RP_FORMAT_DIGITS_MAX; i++)
		l->decimal[i] = open_number(l, UNUM_DECIMAL, i);
	for (int i = 0; i < RP_LOCALE_PERCENT_DIGITS; i++)
		l->percent[i] = open_number(l, UNUM_PERCENT, i);
	for (int i = 0; i < RP_LOCALE_SIZE_UNITS; i++) {
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
	    icu_names[l->lang], u"UTC", -1, pattern, n, &status);

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

	l->lately = rp_new_n(l->arena, struct rp_locale_date, RP_LOCALE_DATES);
	g = udatpg_open(icu_names[l->lang], &status);
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
	    ucal_open(u"UTC", -1, icu_names[l->lang], UCAL_GREGORIAN, &status);
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
	const char *icu = icu_names[l->lang];
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
	rp_locale_name_common(l);
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
