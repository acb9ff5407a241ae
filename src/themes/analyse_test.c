#include "themes/analyse.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"
#include "themes/verify.h"

#define LETTER                                                                \
	"The islands depend on one cable that breaks in every storm. We ask " \
	"the assembly to fund a second cable before the next season."

static const char *const topics[][6] = {
	{ "prices for mobile data doubled", "the tariff is too high",
	    "operators charge too much for data", "cap the wholesale price",
	    "data prices hurt poor families", "a fair tariff for mobile data" },
	{ "schools have no computers", "teachers need training",
	    "pupils cannot use the internet at school",
	    "train the teachers in rural schools", "computers for every school",
	    "pupils and teachers need access" },
	{ "the spectrum must be shared", "allocate spectrum to satellites",
	    "satellite bands need protection",
	    "sharing spectrum between satellites and mobile",
	    "protect the satellite spectrum", "spectrum auctions for bands" },
};

static void
fill(struct rp_arena *a, struct rp_themes_result *r)
{
	for (uint32_t i = 0; i < 400; i++) {
		struct rp_theme_response p = { .lang = RP_TEXT("en"),
			.campaign = RP_NONE,
			.is_withheld = i % 97 == 5 };
		struct rp_theme_field f = { .response = i };
		uint32_t k = i * 2654435761u >> 7;

		p.id = rp_textf(a, "r%u", i);
		f.text = rp_textf(a, "%s and %s, number %u",
		    topics[i % 3][k % 6], topics[i % 3][k / 6 % 6], i);
		if (i % 10 == 0)
			f.text = RP_TEXT(LETTER);
		if (i % 41 == 3)
			f.text = RP_TEXT(" ");
		rp_vec_push(a, &r->responses, p);
		rp_vec_push(a, &r->fields, f);
	}
}

static void
analyse(struct rp_arena *a, unsigned jobs, bool only_campaigns,
    struct rp_themes_result *r)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	RP_AUTO(rp_folder_freep) struct rp_folder *folder = rp_folder_new();
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *stemmer = rp_stemmer_new();
	struct rp_theme_tools tools = { words, folder, stemmer };
	struct rp_analysis_options o = { .question = RP_TEXT(""),
		.seed = 7,
		.only_campaigns = only_campaigns,
		.crew = { jobs } };

	fill(a, r);
	RP_CHECK_OK(rp_analyse(a, &tools, &o, r));
}

static void
everything_is_counted(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result r = { 0 };
	uint32_t states[RP_READINGS], all = 0;

	analyse(a, 1, false, &r);
	RP_CHECK_OK(rp_themes_verify(&r));
	rp_themes_states(&r, states);
	for (int i = 0; i < RP_READINGS; i++)
		all += states[i];
	RP_CHECK(all == 400);
	RP_CHECK(states[RP_READING_WITHHELD] == 5);
	RP_CHECK(states[RP_READING_EMPTY] == 10);
	RP_CHECK(r.campaigns.n == 1 && r.campaigns.v[0].members.n > 30);
}

static void
only_campaigns(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result r = { 0 };

	analyse(a, 1, true, &r);
	RP_CHECK(r.themes.n == 0 && r.campaigns.n == 1);
}

RP_CHECK_MAIN({ "everything is counted", everything_is_counted },
    { "only campaigns", only_campaigns })
