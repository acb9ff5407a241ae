#include "redline/units.h"

#include "base/buf.h"
#include "base/check.h"
#include "text/words.h"

/* The units of a text with | between them. */
static rp_text
shown(struct rp_arena *a, struct rp_words *w, rp_text t)
{
	struct rp_vocabulary *voc = rp_vocabulary_new(a, w);
	struct rp_units u = rp_units_split(a, voc, t);
	struct rp_buf b;
	rp_text out;

	rp_buf_init(&b, a, 4096);
	for (size_t i = 0; i < u.n; i++) {
		rp_text sub = rp_text_sub(t, u.v[i].from, u.v[i].to);

		if (i > 0)
			rp_buf_byte(&b, '|');
		rp_buf_text(&b, sub);
		RP_CHECK_TEXT(rp_vocabulary_text(voc, u.v[i].id), sub);
	}
	RP_CHECK_OK(rp_buf_done(&b, &out));
	return out;
}

static void
symbols_numbers_and_dates_are_one(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "see WSIS-SC-3/3-E, (A/RES/70/125).",
		    "see|WSIS-SC-3/3-E|,|(|A/RES/70/125|)|." },
		{ "12,000 of 1.2.3; 2018-05-01",
		    "12,000|of|1.2.3|;|2018-05-01" },
		{ "ITU-T and/or e) 2)", "ITU|-|T|and|/|or|e|)|2|)" },
		{ "it's 'so' 5-", "it's|'|so|'|5|-" },
		{ "", "" },
		{ " \t\n ", "" },
		{ "a--1 .5", "a|-|-|1|.|5" },
		{ "l\xe2\x80\x99"
		  "e\xcc\x81t\xc3\xa9 \xc2\xa0ITU-R 5/4",
		    "l\xe2\x80\x99"
		    "e\xcc\x81t\xc3\xa9|ITU|-|R|5/4" },
	};
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		RP_CHECK_TEXT(shown(a, w, rp_text_z(cases[i].text)),
		    rp_text_z(cases[i].want));
	rp_words_free(w);
	rp_arena_free(a);
}

static void
other_scripts_have_words_too(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();

	RP_CHECK_TEXT(shown(a, w, RP_TEXT("إذ تشير إلى القرار 102")),
	    RP_TEXT("إذ|تشير|إلى|القرار|102"));
	RP_CHECK_TEXT(shown(a, w, RP_TEXT("国际　电信联盟。")),
	    RP_TEXT("国际|电信|联盟|。"));
	RP_CHECK(rp_ideograph_at(RP_TEXT("国"), 0));
	RP_CHECK(!rp_ideograph_at(RP_TEXT("。"), 0));
	RP_CHECK(!rp_ideograph_at(RP_TEXT("é"), 0));
	rp_words_free(w);
	rp_arena_free(a);
}

static void
case_and_quotes_have_one_norm(void)
{
	struct rp_arena *a = rp_arena_new(1 << 24);
	struct rp_words *w = rp_words_new();
	struct rp_vocabulary *voc = rp_vocabulary_new(a, w);
	struct rp_units x = rp_units_split(a, voc, RP_TEXT("The “Fund”"));
	struct rp_units y = rp_units_split(a, voc, RP_TEXT("the \"fund\""));

	RP_CHECK(x.n == 4 && y.n == 4);
	for (size_t i = 0; i < 4; i++) {
		RP_CHECK(x.v[i].id != y.v[i].id);
		RP_CHECK(rp_vocabulary_norm(voc, x.v[i].id) ==
			 rp_vocabulary_norm(voc, y.v[i].id));
	}
	RP_CHECK(rp_vocabulary_is_word(voc, x.v[0].id));
	RP_CHECK(!rp_vocabulary_is_word(voc, x.v[1].id));
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "symbols, numbers and dates are one unit",
		  symbols_numbers_and_dates_are_one },
    { "other scripts have words too", other_scripts_have_words_too },
    { "case and quotation marks have one norm", case_and_quotes_have_one_norm })
