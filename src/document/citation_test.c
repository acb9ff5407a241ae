#include "document/citation.h"

#include "base/check.h"

struct expected {
	const char *kind, *number, *name;
	int year;
};

static const struct {
	const char *text;
	struct expected found[4];
} rows[] = {
	{ "recalling Resolution 102 (Rev. Dubai, 2018) of this conference,",
	    { { "resolution", "102", "Rev. Dubai, 2018", 2018 } } },
	{ "RESOLUTION 102 (REV. BUCHAREST, 2022)",
	    { { "resolution", "102", "REV. BUCHAREST, 2022", 2022 } } },
	{ "Resolutions 101, 133 (Rev. Dubai, 2018) and 180 (Guadalajara, "
	  "2010);",
	    { { "resolution", "101", "", 0 },
		{ "resolution", "133", "Rev. Dubai, 2018", 2018 },
		{ "resolution", "180", "Guadalajara, 2010", 2010 } } },
	{ "Resolution 64 and 12 other texts",
	    { { "resolution", "64", "", 0 } } },
	{ "Council Resolution 1305 (see above) and Decision 5",
	    { { "resolution", "1305", "", 0 }, { "decision", "5", "", 0 } } },
	{ "UN General Assembly resolution 70/125 (2015)",
	    { { "resolution", "70/125", "2015", 2015 } } },
	{ "la Résolution 102 (Rév. Dubaï, 2018)",
	    { { "resolution", "102", "Rév. Dubaï, 2018", 2018 } } },
	{ "las Resoluciones 101 y 102 (Rev. Dubái, 2018)",
	    { { "resolution", "101", "", 0 },
		{ "resolution", "102", "Rev. Dubái, 2018", 2018 } } },
	{ "в РЕЗОЛЮЦИИ 102 (Пересм. Дубай, 2018 г.)",
	    { { "resolution", "102", "Пересм. Дубай, 2018 г.", 2018 } } },
	{ "القرار 102 (المراجَع في دبي، 2018)",
	    { { "resolution", "102", "المراجَع في دبي، 2018", 2018 } } },
	{ "忆及第102号决议（2018年，迪拜，修订版）和第 5 号决定，",
	    { { "resolution", "102", "2018年，迪拜，修订版", 2018 },
		{ "decision", "5", "", 0 } } },
	{ "Resolution COM5/1 (Bucharest, 2022) and Opinion 2",
	    { { "resolution", "COM5/1", "Bucharest, 2022", 2022 },
		{ "opinion", "2", "", 0 } } },
	{ "“Resolution 102 (Rev. Dubai, 2018)”",
	    { { "resolution", "102", "Rev. Dubai, 2018", 2018 } } },
	{ "والقرار 102 (دبي، 2018)",
	    { { "resolution", "102", "دبي، 2018", 2018 } } },
	{ "Resolution\u00a0102\u00a0(Rev. Dubai, 2018)",
	    { { "resolution", "102", "Rev. Dubai, 2018", 2018 } } },
	/* None of them is one. */
	{ "a high resolution of 300 dots, in the 2nd resolution", { { 0 } } },
	{ "irresolution 5, Resolution (Rev. Dubai, 2018), resolution 3G",
	    { { 0 } } },
	{ "Resolution", { { 0 } } },
	{ "第", { { 0 } } },
	{ "第12号", { { 0 } } },
	{ "Resolution 5 (", { { "resolution", "5", "", 0 } } },
};

static void
finds(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rp_citations got = { 0 };
		size_t n = 0;

		rp_citations_add(a, rp_text_z(rows[i].text), 7, &got);
		while (n < 4 && rows[i].found[n].kind != NULL)
			n++;
		RP_CHECK((int64_t)got.n == (int64_t)n);
		for (size_t k = 0; k < n && k < got.n; k++) {
			const struct expected *e = &rows[i].found[k];
			const struct rp_citation *c = &got.v[k];

			RP_CHECK_TEXT(c->kind, rp_text_z(e->kind));
			RP_CHECK_TEXT(c->number, rp_text_z(e->number));
			RP_CHECK_TEXT(c->name, rp_text_z(e->name));
			RP_CHECK(c->year == e->year && c->at == 7 &&
				 c->from < c->to &&
				 c->to <= strlen(rows[i].text));
		}
		rp_arena_free(a);
	}
}

static void
names(void)
{
	RP_CHECK(rp_citation_same_name(RP_TEXT("Rev. Dubai, 2018"),
	    RP_TEXT("REV.DUBAI 2018")));
	RP_CHECK(rp_citation_same_name(RP_TEXT("Rev.\u00a0Dubai, 2018\u00a0"),
	    RP_TEXT("Rev. Dubai, 2018")));
	RP_CHECK(!rp_citation_same_name(RP_TEXT("Rev. Dubai, 2018"),
	    RP_TEXT("Rev. Dubai, 2014")));
	RP_CHECK(!rp_citation_same_name(RP_TEXT("Dubai, 2018"),
	    RP_TEXT("Rev. Dubai, 2018")));
	RP_CHECK(!rp_citation_same_name(RP_TEXT("Rev. Dubai, 20180"),
	    RP_TEXT("Rev. Dubai, 2018")));
}

/* No text makes more of them than the limit. */
static void
limit(void)
{
	struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_citations got = { 0 };
	size_t n = RP_CITATIONS_MAX + 50;
	char *p = rp_alloc(a, n * 4 + 20);
	size_t at = (size_t)sprintf(p, "Resolutions 1");

	for (size_t i = 0; i < n; i++, at += 3)
		memcpy(p + at, ", 2", 4);
	rp_citations_add(a, rp_text_z(p), 0, &got);
	RP_CHECK((int64_t)got.n == (int64_t)RP_CITATIONS_MAX);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "finds", finds }, { "compares names", names },
    { "keeps the limit", limit })
