/*
 * format - numbers, dates and lists as a reader of a language writes them.
 *
 * struct rp_locale holds ICU's formatters for one interface language. It is
 * opened once per process and language (rp_locale_new() takes milliseconds) and
 * then formats in about a microsecond. Results are text in the arena, in the
 * language's own digits and grouping (CLDR: Arabic-Indic digits in Arabic,
 * narrow no-break spaces in French). English is en-001: "21 November 2026".
 *
 * Times are in 24 hours and always with their date, so that nobody has to guess
 * which midnight is meant; dates always name the month. Nothing here fails.
 */
#ifndef RP_TEXT_FORMAT_H
#define RP_TEXT_FORMAT_H

#include "base/str.h"
#include "text/lang.h"
#include "text/zone.h"

struct rp_locale;

struct rp_locale *rp_locale_new(enum rp_lang lang) RP_MUST_USE RP_NONNULL_RET;
void rp_locale_free(struct rp_locale *l); /* accepts NULL */
void rp_locale_freep(struct rp_locale **l);

enum rp_lang rp_locale_lang(const struct rp_locale *l);

/* CLDR's plural categories, in the order of the catalogues. */
enum rp_plural {
	RP_PLURAL_ZERO,
	RP_PLURAL_ONE,
	RP_PLURAL_TWO,
	RP_PLURAL_FEW,
	RP_PLURAL_MANY,
	RP_PLURAL_OTHER
};
enum rp_plural rp_locale_plural(const struct rp_locale *l, int64_t n);

rp_text rp_format_i64(const struct rp_locale *l, struct rp_arena *a, int64_t n);

/* With up to `digits` (0 to RP_FORMAT_DIGITS_MAX) after the separator. */
#define RP_FORMAT_DIGITS_MAX 3
rp_text rp_format_decimal(const struct rp_locale *l, struct rp_arena *a,
    double v, int digits);

/* 0.125 as "12.5 %" in the language's way. */
rp_text rp_format_percent(const struct rp_locale *l, struct rp_arena *a,
    double share, int digits);

/* A file's size in SI units, one digit after the separator: "1.5 MB". */
rp_text rp_format_size(const struct rp_locale *l, struct rp_arena *a,
    int64_t octets);

enum rp_date_style {
	RP_DATE_FULL,    /* 21 November 2026 */
	RP_DATE_WEEKDAY, /* Saturday, 21 November 2026 */
	RP_DATE_SHORT,   /* 21 Nov 2026 */
	RP_DATE_DAY,     /* 21 Nov */
	RP_DATE_MONTH,   /* November 2026 */
	RP_DATE_TIME,    /* 21 November 2026 at 23:59 */
	RP_DATE_CLOCK,   /* 23:59: only where the date stands beside it */
	RP_DATE_STYLES
};
rp_text rp_format_date(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, const struct rp_zone *zone, int64_t at);
rp_text rp_format_local(const struct rp_locale *l, struct rp_arena *a,
    enum rp_date_style style, struct rp_local local);

/* "21 November 2026 at 23:59 (Zurich, UTC+1)". */
rp_text rp_format_datetime(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone, int64_t at);

/* "Zurich, UTC+1"; "UTC" for UTC; the offset alone where no place is known. */
rp_text rp_format_zone(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone, int64_t at);

/* The place that a zone is named after, in the language; empty for UTC. */
rp_text rp_format_city(const struct rp_locale *l, struct rp_arena *a,
    const struct rp_zone *zone);

/* "UTC", "UTC+1", "UTC-3:30" (with a minus sign): the same in all languages. */
rp_text rp_format_offset(struct rp_arena *a, int64_t offset);

/*
 * "in 3 days", "5 hours ago". Rounded towards now, so that no deadline sounds
 * further away than it is: seconds below 2 minutes, minutes below 2 hours,
 * hours below 2 days, days below 60 days, months below 2 years, then years.
 */
rp_text rp_format_relative(const struct rp_locale *l, struct rp_arena *a,
    int64_t now, int64_t at);

/*
 * "twentieth", in words and in the form that goes with the language's word for
 * a meeting (vingtième, vigésima, двадцатое, العشرون, 第二十). Takes a
 * millisecond.
 */
rp_text rp_format_ordinal(const struct rp_locale *l, struct rp_arena *a,
    int64_t n);

/* "a, b and c". At most RP_FORMAT_LIST_MAX items; more are cut off. */
#define RP_FORMAT_LIST_MAX ((size_t)256)
rp_text rp_format_list(const struct rp_locale *l, struct rp_arena *a,
    const rp_text *items, size_t n);

/*
 * A language's name by its tag ("zh-Hant"), as a menu shows it; the tag itself
 * where CLDR has no name.
 */
rp_text rp_locale_language(const struct rp_locale *l, struct rp_arena *a,
    rp_text tag);

#endif
