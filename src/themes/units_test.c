#include "themes/units.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/words.h"

struct bench {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
};

static struct bench
begin(void)
{
	struct bench b = { .a = rp_arena_new(1 << 26) };

	b.tools.words = rp_words_new();
	b.tools.folder = rp_folder_new();
	return b;
}

static void
end(struct bench *b)
{
	rp_words_free(b->tools.words);
	rp_folder_free(b->tools.folder);
	rp_arena_free(b->a);
}

static void
add(struct bench *b, const char *text, const char *lang)
{
	struct rp_theme_response r = { .lang = rp_text_z(lang),
		.campaign = RP_NONE };
	struct rp_theme_field f = { .response = (uint32_t)b->r.responses.n,
		.text = rp_text_z(text) };

	rp_vec_push(b->a, &b->r.responses, r);
	rp_vec_push(b->a, &b->r.fields, f);
}

static rp_text
unit(const struct bench *b, size_t i)
{
	const struct rp_theme_unit *u = &b->r.units.v[i];

	return rp_text_sub(b->r.fields.v[u->field].text, u->from, u->to);
}

static void
places(void)
{
	struct bench b = begin();

	add(&b, "  Short. And whole. \n", "");
	add(&b, " ?! \n", "");
	add(&b, "", "");
	add(&b, "- =\xe2\x80\xa2 (first) point", "");
	add(&b,
	    "The networks of small islands depend on one cable that breaks "
	    "in storms. Yes. We ask for\nfunds that help to build a second "
	    "cable before the next season begins. Thank you very much for "
	    "reading this!",
	    "en");
	rp_units_build(b.a, &b.tools, &b.r);
	RP_CHECK(b.r.units.n == 5);
	RP_CHECK_TEXT(unit(&b, 0), RP_TEXT("Short. And whole."));
	RP_CHECK_TEXT(unit(&b, 1), RP_TEXT("(first) point"));
	RP_CHECK_TEXT(unit(&b, 2),
	    RP_TEXT("The networks of small islands depend on one cable that "
		    "breaks in storms. Yes."));
	RP_CHECK_TEXT(unit(&b, 3),
	    RP_TEXT("We ask for\nfunds that help to build a second cable "
		    "before the next season begins."));
	RP_CHECK_TEXT(unit(&b, 4),
	    RP_TEXT("Thank you very much for reading this!"));
	RP_CHECK(b.r.units.v[4].field == 4 && b.r.units.v[4].theme == RP_NONE);
	end(&b);
}

static void
long_ones(void)
{
	struct bench b = begin();
	enum { N = 9000 };
	char *latin = rp_alloc(b.a, N + 1), *han = rp_alloc(b.a, N + 1);
	size_t at = 0;

	for (size_t i = 0; i < N; i++)
		latin[i] = i % 7 == 6 ? ' ' : 'a';
	for (size_t i = 0; i < N; i += 3)
		memcpy(han + i, "\xe4\xb8\xad", 3);
	add(&b, latin, "");
	add(&b, han, "");
	rp_units_build(b.a, &b.tools, &b.r);
	RP_CHECK(b.r.units.n > 8);
	for (size_t i = 0; i < b.r.units.n; i++) {
		const struct rp_theme_unit *u = &b.r.units.v[i];
		rp_text t = b.r.fields.v[u->field].text;

		if (i > 0 && u->field != b.r.units.v[i - 1].field)
			at = 0;
		RP_CHECK(u->from >= at && u->to > u->from);
		RP_CHECK(u->to - u->from <= RP_UNIT_MAX);
		/* Between words, or between characters. */
		RP_CHECK(u->to == t.n || t.p[u->to] == ' ' || u->to % 3 == 0);
		at = u->to;
	}
	end(&b);
}

static void
copies(void)
{
	struct bench b = begin();

	add(&b, "We want a second cable.", "en");
	add(&b, "Fund the schools.", "en");
	add(&b, "WE WANT: a second cable!!", "en");
	add(&b, "Nous voulons un câble.", "fr");
	add(&b, "nous voulons un cable", "fr");
	b.r.responses.v[1].is_withheld = true;
	rp_units_build(b.a, &b.tools, &b.r);
	RP_CHECK(b.r.units.n == 4);
	RP_CHECK(b.r.units.v[0].copy_of == 0 && b.r.units.v[1].copy_of == 0);
	RP_CHECK(b.r.units.v[2].copy_of == 2 && b.r.units.v[3].copy_of == 2);
	RP_CHECK(b.r.units.v[1].field == 2);
	end(&b);
}

static void
languages(void)
{
	struct bench b = begin();

	add(&b,
	    "Les réseaux des petites îles dépendent d'un seul câble qui se "
	    "rompt pendant les tempêtes.",
	    "");
	add(&b,
	    "We would like to have a second submarine cable before the next "
	    "season of storms begins.",
	    "");
	add(&b,
	    "The schools of our district have no access, and the library "
	    "closes at noon every day.",
	    "en-GB");
	add(&b, "Cable.", "");
	add(&b, "Cable.", "fr");
	add(&b, "12 000 €", "");
	/* What is declared, but plainly wrong, is not believed. */
	add(&b,
	    "Сети малых островов зависят от одного кабеля, который рвётся во "
	    "время штормов.",
	    "en");
	rp_units_build(b.a, &b.tools, &b.r);
	RP_CHECK(b.r.units.n == 7);
	RP_CHECK_TEXT(b.r.units.v[0].lang, RP_TEXT("fr"));
	RP_CHECK_TEXT(b.r.units.v[1].lang, RP_TEXT("en"));
	RP_CHECK_TEXT(b.r.units.v[2].lang, RP_TEXT("en-GB"));
	RP_CHECK_TEXT(b.r.units.v[3].lang, RP_TEXT("en"));
	RP_CHECK_TEXT(b.r.units.v[4].lang, RP_TEXT("fr"));
	RP_CHECK_TEXT(b.r.units.v[6].lang, RP_TEXT("ru"));
	end(&b);
}

RP_CHECK_MAIN({ "places", places }, { "long ones", long_ones },
    { "copies", copies }, { "languages", languages })
