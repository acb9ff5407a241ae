#include "themes/assign.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"

static const char *const texts[] = {
	"The deadline must be longer for small operators.",
	"Please give us more weeks before the deadline.",
	"The deadline came too early, more weeks are needed.",
	"Fees are too high for small networks.",
	"Lower the fees for community networks.",
	"The fees should be lower, they are too high.",
	"Thank you for the consultation.",
	"Lower fees, please, they are too high.",
	"A longer deadline, please: more weeks.",
	"Satellites burn up over the desert.",
};
#define TEXTS (sizeof(texts) / sizeof(texts[0]))

static const struct rp_coded_theme themes[] = {
	{ RP_TEXT_INIT("Procedure"), RP_TEXT_INIT(""), RP_TEXT_INIT("en"),
	    RP_NONE },
	{ RP_TEXT_INIT("More time"), RP_TEXT_INIT("deadline, weeks"),
	    RP_TEXT_INIT("en"), 0 },
	{ RP_TEXT_INIT("Lower fees"), RP_TEXT_INIT("fees are too high"),
	    RP_TEXT_INIT("en"), RP_NONE },
	{ RP_TEXT_INIT("Orbits"), RP_TEXT_INIT("slots"), RP_TEXT_INIT("en"),
	    RP_NONE },
};

struct world {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
	struct RP_VEC(struct rp_assign_known) known;
	struct rp_assigned got;
};

static void
setup(struct world *w)
{
	*w = (struct world){ .a = rp_arena_new(SIZE_MAX) };
	w->tools = (struct rp_theme_tools){ rp_words_new(), rp_folder_new(),
		rp_stemmer_new() };
	for (uint32_t i = 0; i < TEXTS; i++) {
		struct rp_theme_response p = { .campaign = RP_NONE,
			.lang = RP_TEXT("en") };
		struct rp_theme_field f = { .response = i,
			.text = rp_text_z(texts[i]) };

		rp_vec_push(w->a, &w->r.responses, p);
		rp_vec_push(w->a, &w->r.fields, f);
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
know(struct world *w, uint32_t field, uint32_t from, uint32_t to,
    uint32_t theme, bool person)
{
	struct rp_assign_known k = { field, from,
		to == 0 ? (uint32_t)strlen(texts[field]) : to, theme, 700,
		person };

	rp_vec_push(w->a, &w->known, k);
}

/* Says yes when it is asked for the `at`th time; who was asked in each stage.
 */
struct patience {
	uint32_t asked, at;
	enum rp_analysis_stage stage;
	uint32_t in[RP_ANALYSIS_STAGES + 1];
};

static bool
enough(void *ctx)
{
	struct patience *p = ctx;

	p->in[p->stage]++;
	return ++p->asked > p->at;
}

static void
begins(void *ctx, enum rp_analysis_stage stage)
{
	((struct patience *)ctx)->stage = stage;
}

static struct rp_err *
assign_until(struct world *w, const bool *kept, struct patience *p)
{
	const struct rp_assign_options o = { .seed = 1,
		.themes = themes,
		.n_themes = 4,
		.known = w->known.v,
		.n_known = w->known.n,
		.is_kept = kept,
		.ctx = p,
		.stage = begins,
		.is_cancelled = enough };

	return rp_themes_assign(w->a, &w->tools, &o, &w->r, &w->got);
}

static struct rp_err *
assign(struct world *w, const bool *kept)
{
	struct patience p = { .at = UINT32_MAX };

	return assign_until(w, kept, &p);
}

/* The theme of the options that a text has, or RP_NONE. */
static uint32_t
theme_of(const struct world *w, uint32_t field)
{
	for (size_t i = 0; i < w->r.units.n; i++)
		if (w->r.units.v[i].field == field)
			return w->r.units.v[i].theme == RP_NONE ?
				   RP_NONE :
				   w->got.theme[w->r.units.v[i].theme];
	return RP_NONE;
}

static void
learnt(void)
{
	RP_AUTO(teardown) struct world w;
	uint32_t turns[TEXTS + 1] = { 0 };
	bool decided = false;

	setup(&w);
	know(&w, 0, 0, 0, 1, true);
	know(&w, 1, 0, 0, 1, true);
	know(&w, 2, 0, 0, 1, true);
	know(&w, 3, 0, 0, 2, true);
	know(&w, 4, 0, 0, 2, true);
	know(&w, 5, 0, 0, 2, true);
	know(&w, 6, 0, 0, RP_NONE, true);
	RP_CHECK_OK(assign(&w, NULL));
	RP_CHECK(theme_of(&w, 0) == 1 && theme_of(&w, 4) == 2);
	RP_CHECK(theme_of(&w, 6) == RP_NONE);
	/* What nobody decided on; and what it knows nothing of it leaves. */
	RP_CHECK(theme_of(&w, 7) == 2 && theme_of(&w, 8) == 1);
	RP_CHECK(theme_of(&w, 9) == RP_NONE);
	/* Used themes alone, a child below its parent. */
	RP_CHECK(w.r.themes.n == 3 && w.got.theme[0] == 0 &&
		 w.r.themes.v[1].parent == 0 && w.got.theme[1] == 1 &&
		 w.got.theme[2] == 2);
	for (size_t i = 0; i < w.r.units.n; i++) {
		RP_CHECK(w.got.turn[i] <= TEXTS);
		turns[w.got.turn[i]]++;
		decided |= w.r.units.v[i].field < 7 && w.got.turn[i] != 0;
	}
	/* Only what is not decided has a turn, each another one. */
	RP_CHECK(!decided && turns[1] == 1 && turns[2] == 1 && turns[3] == 1);
}

/* New ones are assigned; of the old ones nothing moves, though a person's word
 * has changed what the machine would say. */
static void
kept(void)
{
	RP_AUTO(teardown) struct world w;
	bool is_kept[TEXTS];

	setup(&w);
	for (uint32_t i = 0; i < TEXTS; i++)
		is_kept[i] = i < 7;
	know(&w, 0, 0, 0, 2, false); /* as the machine was wrong once */
	know(&w, 1, 0, 0, 1, false);
	know(&w, 2, 0, 0, 1, true);
	know(&w, 3, 0, 0, 2, false);
	know(&w, 4, 0, 0, 2, false);
	know(&w, 5, 0, 0, RP_NONE, false);
	RP_CHECK_OK(assign(&w, is_kept));
	RP_CHECK(theme_of(&w, 0) == 2 && theme_of(&w, 1) == 1 &&
		 theme_of(&w, 2) == 1 && theme_of(&w, 3) == 2);
	RP_CHECK(theme_of(&w, 5) == RP_NONE && theme_of(&w, 6) == RP_NONE);
	RP_CHECK(theme_of(&w, 7) == 2);
	RP_CHECK(theme_of(&w, 9) == RP_NONE);
}

/* A passage that is no unit teaches too, and is none in the result. */
static void
passage(void)
{
	RP_AUTO(teardown) struct world w;
	size_t n;

	setup(&w);
	know(&w, 0, 4, 12, 1, true);
	know(&w, 3, 0, 4, 2, true);
	RP_CHECK_OK(assign(&w, NULL));
	n = w.r.units.n;
	RP_CHECK(n == TEXTS);
	w.known.n = 0;
	know(&w, 0, 0, 1000, 1, true);
	RP_CHECK_FAILS(assign(&w, NULL), RP_E_INVALID);
	w.known.n = 0;
	know(&w, 0, 0, 0, 4, true);
	RP_CHECK_FAILS(assign(&w, NULL), RP_E_INVALID);
}

/* Wherever it is, it stops, and it is asked no more than once again. */
static void
stops_anywhere(void)
{
	struct patience all = { .at = UINT32_MAX };
	RP_AUTO(teardown) struct world w;

	setup(&w);
	for (uint32_t i = 0; i < 6; i++)
		know(&w, i, 0, 0, 1 + i / 3, true);
	RP_CHECK_OK(assign_until(&w, NULL, &all));
	for (int i = RP_ANALYSIS_CAMPAIGNS; i <= RP_ANALYSIS_GROUPING; i++)
		RP_CHECK(all.in[i] > 0);
	/* Each sweep of each theme, each part left out, each turn. */
	RP_CHECK(all.in[RP_ANALYSIS_GROUPING] > 50);
	for (uint32_t at = 0; at < all.asked; at++) {
		RP_AUTO(teardown) struct world one;
		struct patience p = { .at = at };

		setup(&one);
		for (uint32_t i = 0; i < 6; i++)
			know(&one, i, 0, 0, 1 + i / 3, true);
		RP_CHECK_FAILS(assign_until(&one, NULL, &p), RP_E_GONE);
		RP_CHECK(p.asked == at + 1);
	}
}

RP_CHECK_MAIN({ "stops anywhere", stops_anywhere },
    { "learnt from what was decided", learnt }, { "what is kept stays", kept },
    { "passages that are no units", passage })
