#include "text/country.h"

#include "base/check.h"
#include "text/collate.h"

static void
table(void)
{
	size_t n, ldc = 0, lldc = 0, sids = 0;
	const struct rp_country *all = rp_country_list(&n);

	RP_CHECK(n == 249);
	for (size_t i = 0; i < n; i++) {
		RP_CHECK(
		    i == 0 || rp_text_cmp(all[i - 1].code, all[i].code) < 0);
		RP_CHECK(rp_country_find(all[i].code) == &all[i]);
		ldc += all[i].is_ldc;
		lldc += all[i].is_lldc;
		sids += all[i].is_sids;
	}
	RP_CHECK(ldc == 44 && lldc == 32 && sids == 39);
	RP_CHECK(rp_country_find(RP_TEXT("XX")) == NULL);
	RP_CHECK(rp_country_find(RP_TEXT("ch")) == NULL);
	RP_CHECK(rp_country_find(RP_TEXT("CHE")) == NULL);
	RP_CHECK(rp_country_find(RP_TEXT("")) == NULL);
}

static void
facts(void)
{
	static const struct {
		const char *code, *region, *groups;
	} rows[] = {
		{ "CH", "EUR", "" },
		{ "NP", "ASP", "ldc lldc" },
		{ "TV", "ASP", "ldc sids" },
		{ "PY", "AMS", "lldc" },
		{ "MU", "AFR", "sids" },
		{ "MR", "ARB", "ldc" },
		{ "KZ", "CIS", "lldc" },
		{ "MD", "EUR", "lldc" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct rp_country *c =
		    rp_country_find(rp_text_z(rows[i].code));
		enum rp_region region;
		char groups[32];

		RP_CHECK(c != NULL);
		RP_CHECK(rp_region_find(rp_text_z(rows[i].region), &region));
		RP_CHECK(region == c->region);
		snprintf(groups, sizeof(groups), "%s%s%s",
		    c->is_ldc ? "ldc " : "", c->is_lldc ? "lldc " : "",
		    c->is_sids ? "sids " : "");
		RP_CHECK_TEXT(rp_text_trim(rp_text_z(groups)),
		    rp_text_z(rows[i].groups));
	}
	for (int i = 0; i < RP_REGION_COUNT; i++) {
		enum rp_region region;

		RP_CHECK(rp_region_find(rp_region_code((enum rp_region)i),
			     &region) &&
			 region == (enum rp_region)i);
	}
}

static void
names(void)
{
	RP_AUTO(rp_collation_freep)
	struct rp_collation *order = rp_collation_new();
	RP_AUTO(rp_countries_freep)
	struct rp_countries *c = rp_countries_new(order);
	static const struct {
		enum rp_lang lang;
		const char *brazil;
	} rows[] = {
		{ RP_LANG_AR, "البرازيل" },
		{ RP_LANG_ZH, "巴西" },
		{ RP_LANG_EN, "Brazil" },
		{ RP_LANG_FR, "Brésil" },
		{ RP_LANG_RU, "Бразилия" },
		{ RP_LANG_ES, "Brasil" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct rp_country *const *list;
		size_t n;

		RP_CHECK_TEXT(rp_country_name(c, rows[i].lang,
				  rp_country_find(RP_TEXT("BR"))),
		    rp_text_z(rows[i].brazil));
		list = rp_countries_sorted(c, rows[i].lang, &n);
		RP_CHECK(n == 249);
		for (size_t k = 0; k + 1 < n; k++) {
			rp_text x = rp_country_name(c, rows[i].lang, list[k]);
			rp_text y =
			    rp_country_name(c, rows[i].lang, list[k + 1]);

			/* No name is a mere code, and they are in order. */
			RP_CHECK(!rp_text_eq(x, list[k]->code));
			RP_CHECK(rp_collate(order, rows[i].lang, x, y) < 0);
		}
	}
}

RP_CHECK_MAIN({ "the table", table }, { "facts", facts }, { "names", names })
