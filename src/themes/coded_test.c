#include "themes/coded.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/watch.h"

static const char *const texts[] = {
	"The deadline must be longer.",
	"Please give us more weeks before the deadline.",
	"Fees are too high for small operators.",
	"Lower the fees.",
	"Thank you.",
};
#define UNITS (sizeof(texts) / sizeof(texts[0]))

static const struct rp_coded_theme themes[] = {
	{ RP_TEXT_INIT("Procedure"), RP_TEXT_INIT(""), RP_TEXT_INIT("en"),
	    RP_NONE },
	{ RP_TEXT_INIT("Time"), RP_TEXT_INIT(""), RP_TEXT_INIT("en"), 0 },
	{ RP_TEXT_INIT("More time"),
	    RP_TEXT_INIT("the deadline should be longer, more weeks"),
	    RP_TEXT_INIT("en"), 1 },
	{ RP_TEXT_INIT("Lower fees"),
	    RP_TEXT_INIT("fees are too high for small operators"),
	    RP_TEXT_INIT(""), RP_NONE },
	{ RP_TEXT_INIT("Satellites"), RP_TEXT_INIT("orbits and launches"),
	    RP_TEXT_INIT("en"), RP_NONE },
};

struct world {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
};

static void
setup(struct world *w)
{
	*w = (struct world){ .a = rp_arena_new(SIZE_MAX) };
	w->tools = (struct rp_theme_tools){ rp_words_new(), rp_folder_new(),
		rp_stemmer_new() };
	for (uint32_t i = 0; i < UNITS; i++) {
		struct rp_theme_response p = { .campaign = RP_NONE };
		struct rp_theme_field f = { .response = i,
			.text = rp_text_z(texts[i]) };
		struct rp_theme_unit u = { .field = i,
			.to = (uint32_t)f.text.n,
			.lang = RP_TEXT("en"),
			.copy_of = i,
			.theme = RP_NONE };

		rp_vec_push(w->a, &w->r.responses, p);
		rp_vec_push(w->a, &w->r.fields, f);
		rp_vec_push(w->a, &w->r.units, u);
	}
}

static void
teardown(struct world *w)
{
	rp_words_free(w->tools.words);
	rp_folder_free(w->tools.folder);
	rp_stemmer_free(w->tools.stemmer);
	rp_arena_free(w->a);
}

static void
by_names(void)
{
	const struct rp_codes codes = { themes, 5, NULL, 0 };
	const struct rp_themes_result *r;
	struct world w;

	setup(&w);
	w.r.units.v[3].is_shared = true;
	RP_CHECK_OK(rp_themes_code(w.a, &w.tools, RP_TEXT(""), &codes, &w.r));
	r = &w.r;
	/* Two levels, nothing that nobody spoke of. */
	RP_CHECK(r->themes.n == 3);
	RP_CHECK_TEXT(r->themes.v[0].label, RP_TEXT("Procedure"));
	RP_CHECK(r->themes.v[0].parent == RP_NONE);
	RP_CHECK_TEXT(r->themes.v[1].label, RP_TEXT("More time"));
	RP_CHECK(r->themes.v[1].parent == 0);
	RP_CHECK_TEXT(r->themes.v[2].label, RP_TEXT("Lower fees"));
	RP_CHECK_TEXT(r->themes.v[2].lang, RP_TEXT("und"));
	RP_CHECK(r->units.v[0].theme == 1 && r->units.v[1].theme == 1);
	RP_CHECK(r->units.v[2].theme == 2 && r->units.v[3].theme == 2);
	RP_CHECK(r->units.v[2].by == RP_BY_MACHINE);
	RP_CHECK(r->units.v[3].by == RP_BY_CAMPAIGN);
	RP_CHECK(
	    r->units.v[4].theme == RP_NONE && r->units.v[4].by == RP_BY_NOBODY);
	RP_CHECK(r->units.n == UNITS && r->fields.n == UNITS);
	teardown(&w);
}

/* Names that say nothing, and examples that do. */
static void
by_examples(void)
{
	static const struct rp_coded_theme plain[] = {
		{ RP_TEXT_INIT("A"), RP_TEXT_INIT(""), RP_TEXT_INIT("en"),
		    RP_NONE },
		{ RP_TEXT_INIT("B"), RP_TEXT_INIT(""), RP_TEXT_INIT("en"),
		    RP_NONE },
	};
	static const struct rp_coded_example said[] = {
		{ 0, RP_TEXT_INIT("A longer deadline, please.") },
		{ 0, RP_TEXT_INIT("More weeks until the deadline.") },
		{ 0, RP_TEXT_INIT("The deadline came too early.") },
		{ 0, RP_TEXT_INIT("Give us weeks, not days.") },
		{ 0, RP_TEXT_INIT("The deadline must be moved.") },
		{ 1, RP_TEXT_INIT("High fees hurt small operators.") },
		{ 1, RP_TEXT_INIT("Fees should be lower.") },
		{ 1, RP_TEXT_INIT("Small operators cannot pay fees.") },
		{ 1, RP_TEXT_INIT("The fees are too high.") },
		{ 1, RP_TEXT_INIT("Lower fees for all operators.") },
	};
	const struct rp_codes codes = { plain, 2, said, 10 };
	struct world w;

	setup(&w);
	RP_CHECK_OK(rp_themes_code(w.a, &w.tools, RP_TEXT(""), &codes, &w.r));
	RP_CHECK(w.r.themes.n == 2);
	RP_CHECK(w.r.units.v[0].theme == 0 && w.r.units.v[3].theme == 1);
	/* Nobody has read them. */
	for (size_t i = 0; i < UNITS; i++)
		RP_CHECK(w.r.units.v[i].by != RP_BY_PERSON);
	teardown(&w);
}

static void
refused(void)
{
	static const struct rp_coded_theme late[] = { { RP_TEXT_INIT("a"),
	    RP_TEXT_INIT(""), RP_TEXT_INIT(""), 0 } };
	static const struct rp_coded_example lost[] = { { 5,
	    RP_TEXT_INIT("x") } };
	const struct rp_codes a = { late, 1, NULL, 0 };
	const struct rp_codes b = { themes, 5, lost, 1 };
	const struct rp_codes none = { NULL, 0, NULL, 0 };
	struct world w;

	setup(&w);
	RP_CHECK_FAILS(rp_themes_code(w.a, &w.tools, RP_TEXT(""), &a, &w.r),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_themes_code(w.a, &w.tools, RP_TEXT(""), &b, &w.r),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_themes_code(w.a, &w.tools, RP_TEXT(""), &none, &w.r));
	RP_CHECK(w.r.themes.n == 0);
	teardown(&w);
}

static bool
enough(void *ctx)
{
	uint32_t *left = ctx;

	return (*left)-- == 0;
}

/* Until the question is not reached any more: then it is done. */
static void
stops_anywhere(void)
{
	const struct rp_codes codes = { themes, 5, NULL, 0 };
	uint32_t at = 0;

	for (;; at++) {
		RP_AUTO(teardown) struct world w;
		uint32_t left = at;
		struct rp_watch watch = { enough, &left, false };
		struct rp_err *e;

		setup(&w);
		w.tools.watch = &watch;
		e = rp_themes_code(w.a, &w.tools, RP_TEXT(""), &codes, &w.r);
		if (!watch.is_stopped) {
			RP_CHECK_OK(e);
			break;
		}
		RP_CHECK_FAILS(e, RP_E_GONE);
	}
	RP_CHECK(at > 20);
}

RP_CHECK_MAIN({ "stops anywhere", stops_anywhere }, { "by names", by_names },
    { "by examples", by_examples }, { "what is refused", refused })
