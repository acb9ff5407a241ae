#include "text/country.h"

#include <string.h>
#include <unicode/uldnames.h>

#include "base/err.h"
#include "text/collate.h"
#include "text/locale_private.h"
#include "text/utf16_private.h"

#define COUNTRIES_MEMORY ((size_t)4 * 1024 * 1024)

enum { LDC = 1, LLDC = 2, SIDS = 4 };

#define ROW(code_, region_, groups)                                         \
	{                                                                   \
		.code = RP_TEXT_INIT(code_), .region = RP_REGION_##region_, \
		.is_ldc = ((groups)&LDC) != 0,                              \
		.is_lldc = ((groups)&LLDC) != 0,                            \
		.is_sids = ((groups)&SIDS) != 0                             \
	}

/* Sorted by code. */
static const struct rp_country all[] = {
	ROW("AD", EUR, 0),
	ROW("AE", ARB, 0),
	ROW("AF", ASP, LDC | LLDC),
	ROW("AG", AMS, SIDS),
	ROW("AI", AMS, 0),
	ROW("AL", EUR, 0),
	ROW("AM", CIS, LLDC),
	ROW("AO", AFR, LDC),
	ROW("AQ", ASP, 0),
	ROW("AR", AMS, 0),
	ROW("AS", ASP, 0),
	ROW("AT", EUR, 0),
	ROW("AU", ASP, 0),
	ROW("AW", AMS, 0),
	ROW("AX", EUR, 0),
	ROW("AZ", CIS, LLDC),
	ROW("BA", EUR, 0),
	ROW("BB", AMS, SIDS),
	ROW("BD", ASP, LDC),
	ROW("BE", EUR, 0),
	ROW("BF", AFR, LDC | LLDC),
	ROW("BG", EUR, 0),
	ROW("BH", ARB, 0),
	ROW("BI", AFR, LDC | LLDC),
	ROW("BJ", AFR, LDC),
	ROW("BL", AMS, 0),
	ROW("BM", AMS, 0),
	ROW("BN", ASP, 0),
	ROW("BO", AMS, LLDC),
	ROW("BQ", AMS, 0),
	ROW("BR", AMS, 0),
	ROW("BS", AMS, SIDS),
	ROW("BT", ASP, LLDC),
	ROW("BV", EUR, 0),
	ROW("BW", AFR, LLDC),
	ROW("BY", CIS, 0),
	ROW("BZ", AMS, SIDS),
	ROW("CA", AMS, 0),
	ROW("CC", ASP, 0),
	ROW("CD", AFR, LDC),
	ROW("CF", AFR, LDC | LLDC),
	ROW("CG", AFR, 0),
	ROW("CH", EUR, 0),
	ROW("CI", AFR, 0),
	ROW("CK", ASP, SIDS),
	ROW("CL", AMS, 0),
	ROW("CM", AFR, 0),
	ROW("CN", ASP, 0),
	ROW("CO", AMS, 0),
	ROW("CR", AMS, 0),
	ROW("CU", AMS, SIDS),
	ROW("CV", AFR, SIDS),
	ROW("CW", AMS, 0),
	ROW("CX", ASP, 0),
	ROW("CY", EUR, 0),
	ROW("CZ", EUR, 0),
	ROW("DE", EUR, 0),
	ROW("DJ", ARB, LDC),
	ROW("DK", EUR, 0),
	ROW("DM", AMS, SIDS),
	ROW("DO", AMS, SIDS),
	ROW("DZ", ARB, 0),
	ROW("EC", AMS, 0),
	ROW("EE", EUR, 0),
	ROW("EG", ARB, 0),
	ROW("EH", ARB, 0),
	ROW("ER", AFR, LDC),
	ROW("ES", EUR, 0),
	ROW("ET", AFR, LDC | LLDC),
	ROW("FI", EUR, 0),
	ROW("FJ", ASP, SIDS),
	ROW("FK", AMS, 0),
	ROW("FM", ASP, SIDS),
	ROW("FO", EUR, 0),
	ROW("FR", EUR, 0),
	ROW("GA", AFR, 0),
	ROW("GB", EUR, 0),
	ROW("GD", AMS, SIDS),
	ROW("GE", EUR, 0),
	ROW("GF", AMS, 0),
	ROW("GG", EUR, 0),
	ROW("GH", AFR, 0),
	ROW("GI", EUR, 0),
	ROW("GL", AMS, 0),
	ROW("GM", AFR, LDC),
	ROW("GN", AFR, LDC),
	ROW("GP", AMS, 0),
	ROW("GQ", AFR, 0),
	ROW("GR", EUR, 0),
	ROW("GS", AMS, 0),
	ROW("GT", AMS, 0),
	ROW("GU", ASP, 0),
	ROW("GW", AFR, LDC | SIDS),
	ROW("GY", AMS, SIDS),
	ROW("HK", ASP, 0),
	ROW("HM", ASP, 0),
	ROW("HN", AMS, 0),
	ROW("HR", EUR, 0),
	ROW("HT", AMS, LDC | SIDS),
	ROW("HU", EUR, 0),
	ROW("ID", ASP, 0),
	ROW("IE", EUR, 0),
	ROW("IL", EUR, 0),
	ROW("IM", EUR, 0),
	ROW("IN", ASP, 0),
	ROW("IO", AFR, 0),
	ROW("IQ", ARB, 0),
	ROW("IR", ASP, 0),
	ROW("IS", EUR, 0),
	ROW("IT", EUR, 0),
	ROW("JE", EUR, 0),
	ROW("JM", AMS, SIDS),
	ROW("JO", ARB, 0),
	ROW("JP", ASP, 0),
	ROW("KE", AFR, 0),
	ROW("KG", CIS, LLDC),
	ROW("KH", ASP, LDC),
	ROW("KI", ASP, LDC | SIDS),
	ROW("KM", ARB, LDC | SIDS),
	ROW("KN", AMS, SIDS),
	ROW("KP", ASP, 0),
	ROW("KR", ASP, 0),
	ROW("KW", ARB, 0),
	ROW("KY", AMS, 0),
	ROW("KZ", CIS, LLDC),
	ROW("LA", ASP, LDC | LLDC),
	ROW("LB", ARB, 0),
	ROW("LC", AMS, SIDS),
	ROW("LI", EUR, 0),
	ROW("LK", ASP, 0),
	ROW("LR", AFR, LDC),
	ROW("LS", AFR, LDC | LLDC),
	ROW("LT", EUR, 0),
	ROW("LU", EUR, 0),
	ROW("LV", EUR, 0),
	ROW("LY", ARB, 0),
	ROW("MA", ARB, 0),
	ROW("MC", EUR, 0),
	ROW("MD", EUR, LLDC),
	ROW("ME", EUR, 0),
	ROW("MF", AMS, 0),
	ROW("MG", AFR, LDC),
	ROW("MH", ASP, SIDS),
	ROW("MK", EUR, LLDC),
	ROW("ML", AFR, LDC | LLDC),
	ROW("MM", ASP, LDC),
	ROW("MN", ASP, LLDC),
	ROW("MO", ASP, 0),
	ROW("MP", ASP, 0),
	ROW("MQ", AMS, 0),
	ROW("MR", ARB, LDC),
	ROW("MS", AMS, 0),
	ROW("MT", EUR, 0),
	ROW("MU", AFR, SIDS),
	ROW("MV", ASP, SIDS),
	ROW("MW", AFR, LDC | LLDC),
	ROW("MX", AMS, 0),
	ROW("MY", ASP, 0),
	ROW("MZ", AFR, LDC),
	ROW("NA", AFR, 0),
	ROW("NC", ASP, 0),
	ROW("NE", AFR, LDC | LLDC),
	ROW("NF", ASP, 0),
	ROW("NG", AFR, 0),
	ROW("NI", AMS, 0),
	ROW("NL", EUR, 0),
	ROW("NO", EUR, 0),
	ROW("NP", ASP, LDC | LLDC),
	ROW("NR", ASP, SIDS),
	ROW("NU", ASP, SIDS),
	ROW("NZ", ASP, 0),
	ROW("OM", ARB, 0),
	ROW("PA", AMS, 0),
	ROW("PE", AMS, 0),
	ROW("PF", ASP, 0),
	ROW("PG", ASP, SIDS),
	ROW("PH", ASP, 0),
	ROW("PK", ASP, 0),
	ROW("PL", EUR, 0),
	ROW("PM", AMS, 0),
	ROW("PN", ASP, 0),
	ROW("PR", AMS, 0),
	ROW("PS", ARB, 0),
	ROW("PT", EUR, 0),
	ROW("PW", ASP, SIDS),
	ROW("PY", AMS, LLDC),
	ROW("QA", ARB, 0),
	ROW("RE", AFR, 0),
	ROW("RO", EUR, 0),
	ROW("RS", EUR, 0),
	ROW("RU", CIS, 0),
	ROW("RW", AFR, LDC | LLDC),
	ROW("SA", ARB, 0),
	ROW("SB", ASP, LDC | SIDS),
	ROW("SC", AFR, SIDS),
	ROW("SD", ARB, LDC),
	ROW("SE", EUR, 0),
	ROW("SG", ASP, SIDS),
	ROW("SH", AFR, 0),
	ROW("SI", EUR, 0),
	ROW("SJ", EUR, 0),
	ROW("SK", EUR, 0),
	ROW("SL", AFR, LDC),
	ROW("SM", EUR, 0),
	ROW("SN", AFR, LDC),
	ROW("SO", ARB, LDC),
	ROW("SR", AMS, SIDS),
	ROW("SS", AFR, LDC | LLDC),
	ROW("ST", AFR, SIDS),
	ROW("SV", AMS, 0),
	ROW("SX", AMS, 0),
	ROW("SY", ARB, 0),
	ROW("SZ", AFR, LLDC),
	ROW("TC", AMS, 0),
	ROW("TD", AFR, LDC | LLDC),
	ROW("TF", AFR, 0),
	ROW("TG", AFR, LDC),
	ROW("TH", ASP, 0),
	ROW("TJ", CIS, LLDC),
	ROW("TK", ASP, 0),
	ROW("TL", ASP, LDC | SIDS),
	ROW("TM", CIS, LLDC),
	ROW("TN", ARB, 0),
	ROW("TO", ASP, SIDS),
	ROW("TR", EUR, 0),
	ROW("TT", AMS, SIDS),
	ROW("TV", ASP, LDC | SIDS),
	ROW("TW", ASP, 0),
	ROW("TZ", AFR, LDC),
	ROW("UA", EUR, 0),
	ROW("UG", AFR, LDC | LLDC),
	ROW("UM", AMS, 0),
	ROW("US", AMS, 0),
	ROW("UY", AMS, 0),
	ROW("UZ", CIS, LLDC),
	ROW("VA", EUR, 0),
	ROW("VC", AMS, SIDS),
	ROW("VE", AMS, 0),
	ROW("VG", AMS, 0),
	ROW("VI", AMS, 0),
	ROW("VN", ASP, 0),
	ROW("VU", ASP, SIDS),
	ROW("WF", ASP, 0),
	ROW("WS", ASP, SIDS),
	ROW("YE", ARB, LDC),
	ROW("YT", AFR, 0),
	ROW("ZA", AFR, 0),
	ROW("ZM", AFR, LDC | LLDC),
	ROW("ZW", AFR, LLDC),
};

enum { COUNTRIES = sizeof(all) / sizeof(all[0]) };

struct rp_countries {
	struct rp_arena *arena;
	rp_text names[RP_LANG_COUNT][COUNTRIES];
	const struct rp_country *sorted[RP_LANG_COUNT][COUNTRIES];
};

static const rp_text regions[RP_REGION_COUNT] = {
	[RP_REGION_AFR] = RP_TEXT_INIT("AFR"),
	[RP_REGION_AMS] = RP_TEXT_INIT("AMS"),
	[RP_REGION_ARB] = RP_TEXT_INIT("ARB"),
	[RP_REGION_ASP] = RP_TEXT_INIT("ASP"),
	[RP_REGION_CIS] = RP_TEXT_INIT("CIS"),
	[RP_REGION_EUR] = RP_TEXT_INIT("EUR"),
};

rp_text
rp_region_code(enum rp_region region)
{
	RP_ASSERT(region < RP_REGION_COUNT);
	return regions[region];
}

bool
rp_region_find(rp_text code, enum rp_region *out)
{
	for (int i = 0; i < RP_REGION_COUNT; i++) {
		if (rp_text_eq(code, regions[i])) {
			*out = (enum rp_region)i;
			return true;
		}
	}
	return false;
}

static unsigned
letters(rp_text code)
{
	return (unsigned)(uint8_t)code.p[0] << 8 | (uint8_t)code.p[1];
}

const struct rp_country *
rp_country_find(rp_text code)
{
	size_t lo = 0, hi = COUNTRIES;
	unsigned want;

	if (code.n != 2)
		return NULL;
	want = letters(code);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		unsigned c = letters(all[mid].code);

		if (want == c)
			return &all[mid];
		if (want < c)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

const struct rp_country *
rp_country_list(size_t *n)
{
	*n = COUNTRIES;
	return all;
}

static void
name_all(struct rp_countries *c, enum rp_lang lang)
{
	static const UDisplayContext contexts[] = {
		UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU
	};
	UErrorCode status = U_ZERO_ERROR;
	ULocaleDisplayNames *names = uldn_openForContext(rp_lang_icu(lang),
	    (UDisplayContext *)contexts, 1, &status);
	UChar wide[128];
	int32_t n;

	for (size_t i = 0; i < COUNTRIES; i++) {
		n = uldn_regionDisplayName(names, all[i].code.p, wide, 128,
		    &status);
		RP_ASSERT(U_SUCCESS(status));
		c->names[lang][i] = rp_utf16_text(c->arena, wide, n);
	}
	uldn_close(names);
}

struct rp_countries *
rp_countries_new(const struct rp_collation *order)
{
	struct rp_arena *a = rp_arena_new(COUNTRIES_MEMORY);
	struct rp_countries *c = rp_new(a, struct rp_countries);

	c->arena = a;
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		size_t *place;

		name_all(c, (enum rp_lang)i);
		place = rp_collate_order(order, a, (enum rp_lang)i, c->names[i],
		    COUNTRIES);
		for (size_t k = 0; k < COUNTRIES; k++)
			c->sorted[i][k] = &all[place[k]];
	}
	return c;
}

void
rp_countries_free(struct rp_countries *c)
{
	if (c != NULL)
		rp_arena_free(c->arena);
}

void
rp_countries_freep(struct rp_countries **c)
{
	rp_countries_free(*c);
}

rp_text
rp_country_name(const struct rp_countries *c, enum rp_lang lang,
    const struct rp_country *country)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	return c->names[lang][country - all];
}

const struct rp_country *const *
rp_countries_sorted(const struct rp_countries *c, enum rp_lang lang, size_t *n)
{
	RP_ASSERT(lang < RP_LANG_COUNT);
	*n = COUNTRIES;
	return c->sorted[lang];
}
