#include "themes/label.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"

static const char *const said[][2] = {
	{ "0", "There is a lack of funding for small groups." },
	{ "0", "We suffer from lack of funding every year." },
	{ "0", "Lack of funding keeps small groups away." },
	{ "0", "The lack of funding is what we wrote about last time." },
	{ "0", "Small groups have no money: the lack of funding again." },
	{ "1", "The deadline is too short for translation." },
	{ "1", "A deadline of two weeks leaves no room for translation." },
	{ "1", "Translation takes longer than the deadline allows." },
	{ "1", "Please move the deadline, translation is slow." },
	{ "2", "!!!" },
};

/* Of no theme; small words are learnt from them. */
static const char *const verbs[] = { "read", "discussed", "wrote", "found",
	"liked", "printed" };
static const char *const things[] = { "report", "minutes of the meeting",
	"agenda for the day", "annex to the rules", "figure in the table" };

#define N (sizeof(said) / sizeof(*said))

static void
add(struct rp_arena *a, struct rp_themes_result *r, rp_text t, uint32_t theme)
{
	uint32_t i = (uint32_t)r->units.n;
	struct rp_theme_response response = { .id = t,
		.lang = RP_TEXT("en"),
		.campaign = RP_NONE };
	struct rp_theme_field field = { i, 0, t };
	struct rp_theme_unit unit = { .field = i,
		.to = (uint32_t)t.n,
		.lang = RP_TEXT("en"),
		.copy_of = i,
		.theme = theme };

	rp_vec_push(a, &r->responses, response);
	rp_vec_push(a, &r->fields, field);
	rp_vec_push(a, &r->units, unit);
}

/* One response a unit; themes 0, 1 below 3; theme 2 has no words. */
static void
make(struct rp_arena *a, struct rp_themes_result *r, struct rp_terms *terms)
{
	struct rp_theme_tools tools = { .words = rp_words_new(),
		.folder = rp_folder_new(),
		.stemmer = rp_stemmer_new() };

	memset(r, 0, sizeof(*r));
	for (uint32_t i = 0; i < N; i++)
		add(a, r, rp_text_z(said[i][1]),
		    (uint32_t)(said[i][0][0] - '0'));
	for (uint32_t i = 0; i < 30; i++)
		add(a, r,
		    rp_textf(a,
			"We have %s the %s and there is no more to say.",
			verbs[i % 6], things[i % 5]),
		    RP_NONE);
	for (uint32_t k = 0; k < 4; k++) {
		struct rp_theme theme = { .parent = k < 2 ? 3 : RP_NONE };

		rp_vec_push(a, &r->themes, theme);
	}
	rp_terms_build(a, &tools, r, RP_TEXT(""), terms);
	rp_words_free(tools.words);
	rp_folder_free(tools.folder);
	rp_stemmer_free(tools.stemmer);
}

static bool
has(rp_text t, const char *part)
{
	return memmem(t.p, t.n, part, strlen(part)) != NULL;
}

static void
words_of_their_own(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result r;
	struct rp_terms terms;

	make(a, &r, &terms);
	rp_labels_write(a, &terms, NULL, &r);
	printf("# %.*s | %.*s | %.*s\n", RP_FMT(r.themes.v[0].label),
	    RP_FMT(r.themes.v[1].label), RP_FMT(r.themes.v[3].label));
	/* A pair as people write it, with the small word inside. */
	RP_CHECK(has(r.themes.v[0].label, "lack of funding"));
	RP_CHECK(!has(r.themes.v[0].label, "deadline"));
	RP_CHECK(has(r.themes.v[1].label, "deadline"));
	RP_CHECK(has(r.themes.v[1].label, "translation"));
	RP_CHECK_TEXT(r.themes.v[2].label, RP_TEXT("!!!"));
	RP_CHECK(r.themes.v[3].label.n > 0);
	for (uint32_t i = 0; i < 4; i++)
		for (uint32_t j = 0; j < i; j++)
			RP_CHECK(!rp_text_eq(r.themes.v[i].label,
			    r.themes.v[j].label));
}

RP_CHECK_MAIN({ "words of their own", words_of_their_own })
