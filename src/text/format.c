#include "text/format.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/err.h"
#include "text/locale_private.h"
#include "text/utf16_private.h"

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

rp_text
rp_format_ordinal(const struct rp_locale *l, struct rp_arena *a, int64_t n)
{
	static const UChar *const rules[RP_LANG_COUNT] = {
		[RP_LANG_AR] = u"%spellout-ordinal-masculine",
		[RP_LANG_ZH] = u"%spellout-ordinal",
		[RP_LANG_EN] = u"%spellout-ordinal",
		[RP_LANG_FR] = u"%spellout-ordinal-feminine",
		[RP_LANG_RU] = u"%spellout-ordinal-neuter",
		[RP_LANG_ES] = u"%spellout-ordinal-feminine",
	};
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormat *f = unum_open(UNUM_SPELLOUT, NULL, 0,
	    rp_lang_icu(l->lang), NULL, &status);
	UChar wide[256];
	int32_t len;

	unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, rules[l->lang], -1,
	    &status);
	len = unum_formatInt64(f, n, wide, 256, NULL, &status);
	RP_ASSERT(U_SUCCESS(status));
	unum_close(f);
	/* CLDR's Arabic has two spaces in a row. */
	for (int32_t i = 1; i < len; i++) {
		if (wide[i - 1] != u' ' || wide[i] != u' ')
			continue;
		u_memmove(wide + i, wide + i + 1, len - i - 1);
		len--;
	}
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
	RP_ASSERT(digits >= 0 && digits < RP_LOCALE_PERCENT_DIGITS);
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
	while (unit + 1 < RP_LOCALE_SIZE_UNITS &&
	       v >= (unit == 0 ? 1000 : 999.95)) {
		v /= 1000;
		unit++;
	}
	unumf_formatDouble(l->size[unit], v, l->number, &status);
	wide = ufmtval_getString(unumf_resultAsValue(l->number, &status), &n,
	    &status);
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

void
rp_locale_name_common(struct rp_locale *l)
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
