/*
 * country - countries and territories (ISO 3166-1 alpha-2), their regions, the
 * groups that the United Nations keep, and their names in six languages.
 *
 * Regions are those of the ITU's regional offices; a territory counts where it
 * lies. The groups are as of the end of 2025: 44 least developed countries, 32
 * landlocked developing countries, 39 small island developing states (with Cook
 * Islands and Niue). They are defaults: a party's own row says what holds for
 * it.
 *
 * Names are CLDR's, short and in use; the official names of members are in
 * their parties. struct rp_countries holds the names and each language's order;
 * it is opened once per process.
 */
#ifndef RP_TEXT_COUNTRY_H
#define RP_TEXT_COUNTRY_H

#include "base/str.h"
#include "text/lang.h"

struct rp_collation;
struct rp_countries;

enum rp_region {
	RP_REGION_AFR, /* Africa */
	RP_REGION_AMS, /* the Americas */
	RP_REGION_ARB, /* the Arab States */
	RP_REGION_ASP, /* Asia and the Pacific */
	RP_REGION_CIS, /* Commonwealth of Independent States */
	RP_REGION_EUR, /* Europe */
	RP_REGION_COUNT
};

struct rp_country {
	rp_text code; /* "CH" */
	enum rp_region region;
	bool is_ldc, is_lldc, is_sids;
};

rp_text rp_region_code(enum rp_region region); /* "AFR" */
bool rp_region_find(rp_text code, enum rp_region *out);

/* By its two capital letters; NULL if there is none. Lives for ever. */
const struct rp_country *rp_country_find(rp_text code);

/* All, by code. */
const struct rp_country *rp_country_list(size_t *n);

struct rp_countries *rp_countries_new(
    const struct rp_collation *order) RP_MUST_USE RP_NONNULL_RET;
void rp_countries_free(struct rp_countries *c); /* accepts NULL */
void rp_countries_freep(struct rp_countries **c);

/* Live as long as the context. */
rp_text rp_country_name(const struct rp_countries *c, enum rp_lang lang,
    const struct rp_country *country);
const struct rp_country *const *rp_countries_sorted(const struct rp_countries
							*c,
    enum rp_lang lang, size_t *n);

#endif
