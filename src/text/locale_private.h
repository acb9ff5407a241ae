/*
 * locale_private - what a struct rp_locale holds. For locale.c, which opens it,
 * and the two halves of format.h; and ICU's name for each interface language.
 */
#ifndef RP_TEXT_LOCALE_PRIVATE_H
#define RP_TEXT_LOCALE_PRIVATE_H

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ureldatefmt.h>

#include "base/map.h"
#include "text/format.h"

#define RP_LOCALE_SIZE_UNITS 4
#define RP_LOCALE_PERCENT_DIGITS 2

/*
 * Dates that were written lately: a list shows the same few days again and
 * again, and ICU takes longer for one than the rest of its row.
 */
#define RP_LOCALE_DATES 256   /* in sets of RP_LOCALE_DATE_WAYS */
#define RP_LOCALE_DATE_WAYS 4 /* each day has its choice of so many places */
#define RP_LOCALE_DATE_MAX 96 /* octets; what is longer is not kept */

struct rp_locale_date {
	int64_t minute; /* of local time; of days at their first minute */
	uint8_t style;
	uint8_t n; /* 0: not used yet */
	char text[RP_LOCALE_DATE_MAX];
};

struct rp_locale {
	enum rp_lang lang;
	struct rp_arena *arena;
	UNumberFormat *decimal[RP_FORMAT_DIGITS_MAX + 1];
	UNumberFormat *percent[RP_LOCALE_PERCENT_DIGITS];
	UNumberFormatter *size[RP_LOCALE_SIZE_UNITS];
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
	struct rp_locale_date *lately; /* RP_LOCALE_DATES, by hash */
};

/* What every form lists is asked of ICU once, for it takes 3 us a name. */
void rp_locale_name_common(struct rp_locale *l);

const char *rp_lang_icu(enum rp_lang lang);

#endif
