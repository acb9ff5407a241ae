#include "text/stem.h"

#include "base/check.h"

struct row {
	const char *word, *other, *lang;
	bool same;
};

static const struct row rows[] = {
	{ "tariffs", "Tariff", "en", true },
	{ "paying", "pays", "en-GB", true },
	{ "user\xe2\x80\x99s", "user's", "en", true },
	{ "network", "networking", "und", false },
	{ "réseaux", "reseaux", "fr", true },
	{ "consultations", "consultation", "fr", true },
	{ "educación", "educacion", "es", true },
	{ "сетями", "сетях", "ru", true },
	{ "Straße", "STRASSE", "de", true },
	{ "الشبكة", "شبكة", "ar", true },
	{ "ﬁbre", "fibre", "sw", true },
	{ "price", "prize", "en", false },
	{ "5G", "5g", "en", true },
	{ "G.1010", "g.1011", "en", false },
};

static void
stems(void)
{
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *s = rp_stemmer_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rp_text lang = rp_text_z(rows[i].lang);
		rp_text one = rp_stem(s, a, rp_text_z(rows[i].word), lang);
		rp_text two = rp_stem(s, a, rp_text_z(rows[i].other), lang);

		if (rp_text_eq(one, two) != rows[i].same)
			printf("# %s: %.*s, %s: %.*s\n", rows[i].word,
			    RP_FMT(one), rows[i].other, RP_FMT(two));
		RP_CHECK(rp_text_eq(one, two) == rows[i].same);
	}
}

static void
short_words_stay(void)
{
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *s = rp_stemmer_new();
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(rp_stem(s, a, RP_TEXT("Gas"), RP_TEXT("en")),
	    RP_TEXT("gas"));
	RP_CHECK_TEXT(rp_stem(s, a, RP_TEXT("IPv6s"), RP_TEXT("en")),
	    RP_TEXT("ipv6s"));
	RP_CHECK(rp_stem(s, a, RP_TEXT(""), RP_TEXT("")).n == 0);
}

RP_CHECK_MAIN({ "stems", stems }, { "short words stay", short_words_stay })
