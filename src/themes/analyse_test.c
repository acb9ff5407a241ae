#include "themes/analyse.h"

#include <unistd.h>

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

	struct rp_theme_place *places;

	fill(a, r);
	RP_CHECK_OK(rp_analyse(a, &tools, &o, r, &places));
	RP_CHECK((places != NULL) == !only_campaigns);
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

/*
 * Two languages of made-up words, one for one: what a parallel text teaches
 * brings responses together that have no word in common, and two letters.
 */

enum { TOPIC = 20, SEGMENTS = 200, SAID = 240 };

static rp_text
made_word(struct rp_arena *a, uint32_t word, bool second)
{
	/* Scripts that have one language each, so that none is guessed. */
	static const char *const on[2][10] = {
		{ "β", "δ", "φ", "γ", "κ", "λ", "μ", "ν", "π", "τ" },
		{ "ბ", "დ", "ფ", "გ", "კ", "ლ", "მ", "ნ", "პ", "ტ" },
	};

	return rp_textf(a, second ? "%sო%sიზ" : "%sα%sουκ",
	    on[second][word % 10], on[second][word / 10 % 10]);
}

/* `n` words of a topic, which words is decided by `k`. */
static rp_text
made_text(struct rp_arena *a, uint32_t topic, uint32_t k, uint32_t n,
    bool second)
{
	rp_text t = RP_TEXT("");

	for (uint32_t i = 0; i < n; i++) {
		uint32_t word = (k * 31 + i * i * 7 + i * (k % 13 + 1)) % TOPIC;
		rp_text w = made_word(a, topic * TOPIC + word, second);

		t = rp_textf(a, "%.*s%s%.*s", RP_FMT(t), i > 0 ? " " : "",
		    RP_FMT(w));
	}
	return t;
}

static void
languages_together(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	RP_AUTO(rp_folder_freep) struct rp_folder *folder = rp_folder_new();
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *stemmer = rp_stemmer_new();
	struct rp_theme_tools tools = { words, folder, stemmer };
	static const rp_text langs[] = { RP_TEXT_INIT("el"),
		RP_TEXT_INIT("ka") };
	rp_text *texts = rp_new_n(a, rp_text, SEGMENTS * 2);
	struct rp_parallel parallel = { langs, texts, 2, SEGMENTS };
	struct rp_analysis_options o = { .question = RP_TEXT(""),
		.seed = 3,
		.themes = 5,
		.parallel = &parallel };
	struct rp_themes_result r = { 0 };
	struct rp_theme_place *places;
	uint32_t mixed = 0;

	for (uint32_t i = 0; i < SEGMENTS; i++)
		for (uint32_t k = 0; k < 2; k++)
			texts[2 * i + k] = made_text(a, i % 5, i, 9, k == 1);
	for (uint32_t i = 0; i < SAID; i++) {
		struct rp_theme_response p = { .lang = langs[i % 2],
			.campaign = RP_NONE };
		struct rp_theme_field f = { .response = i };

		p.id = rp_textf(a, "%u", i);
		f.text = i < 10 ? made_text(a, 2, 77, 18, i % 2 == 1) :
				  made_text(a, i % 5, i + 1000, 8, i % 2 == 1);
		rp_vec_push(a, &r.responses, p);
		rp_vec_push(a, &r.fields, f);
	}
	RP_CHECK_OK(rp_analyse(a, &tools, &o, &r, &places));
	RP_CHECK(r.responses.n == SAID && r.fields.n == SAID);
	for (uint32_t k = 0; k < r.themes.n; k++) {
		uint32_t n[2] = { 0 };

		for (size_t i = 0; i < r.units.n; i++)
			if (r.units.v[i].theme == k)
				n[r.fields.v[r.units.v[i].field].response %
				    2]++;
		mixed += n[0] > 3 && n[1] > 3;
	}
	RP_CHECK(mixed >= 3);
	RP_CHECK(r.campaigns.n == 2 && r.campaigns.v[1].twin == 0);
	RP_CHECK(r.campaigns.v[1].members.v[0].level == RP_CAMPAIGN_TWIN);
}

/* Says yes when it is asked for the `at`th time. */
struct patience {
	uint32_t asked, at;
	pid_t process;
};

static bool
enough(void *ctx)
{
	struct patience *p = ctx;

	RP_CHECK(getpid() == p->process);
	return ++p->asked > p->at;
}

static struct rp_err *
analyse_until(struct rp_arena *a, unsigned jobs, struct patience *p)
{
	RP_AUTO(rp_words_freep) struct rp_words *words = rp_words_new();
	RP_AUTO(rp_folder_freep) struct rp_folder *folder = rp_folder_new();
	RP_AUTO(rp_stemmer_freep) struct rp_stemmer *stemmer = rp_stemmer_new();
	struct rp_theme_tools tools = { words, folder, stemmer };
	struct rp_analysis_options o = { .question = RP_TEXT(""),
		.seed = 7,
		.crew = { jobs },
		.ctx = p,
		.is_cancelled = enough };
	struct rp_themes_result r = { 0 };
	struct rp_theme_place *places;

	p->process = getpid();
	fill(a, &r);
	return rp_analyse(a, &tools, &o, &r, &places);
}

/* Wherever it is, it stops, and it is asked no more than once again. */
static void
stops_anywhere(void)
{
	struct patience all = { .at = UINT32_MAX };
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);

	RP_CHECK_OK(analyse_until(a, 1, &all));
	RP_CHECK(all.asked > 500);
	for (uint32_t at = 0; at < all.asked; at += 1 + at / 2)
		for (unsigned jobs = 1; jobs <= 2; jobs++) {
			RP_AUTO(rp_arena_freep)
			struct rp_arena *one = rp_arena_new(SIZE_MAX);
			struct patience p = { .at = at };

			/* With two, fewer questions: half are the other's. */
			if (jobs == 2 && at > all.asked / 4)
				continue;
			RP_CHECK_FAILS(analyse_until(one, jobs, &p), RP_E_GONE);
			RP_CHECK(p.asked == at + 1);
		}
}

RP_CHECK_MAIN({ "everything is counted", everything_is_counted },
    { "only campaigns", only_campaigns }, { "stops anywhere", stops_anywhere },
    { "languages together", languages_together })
