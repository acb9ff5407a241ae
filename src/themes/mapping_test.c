#include "themes/mapping.h"

#include "base/check.h"
#include "text/folded.h"
#include "text/stem.h"
#include "text/words.h"

static const char *const texts[] = {
	"The deadline is far too short for small organisations.",
	"Please extend the deadline by four weeks.",
	"We need more time before the deadline to translate our answer.",
	"Two weeks is not enough time to answer so many questions.",
	"A longer deadline would allow more members to answer in time.",
	"The time given was short, the deadline came before our meeting.",
	"Fees for small operators must be lower.",
	"The fee is too high for developing countries to pay.",
	"Lower fees would let small operators take part.",
	"High fees keep operators of developing countries away.",
	"We cannot pay such a high fee every year.",
	"Operators should pay fees by their size, the small ones less.",
	"Documents are only in English and must be translated.",
	"Please translate the documents into all six languages.",
	"Interpretation into Arabic was missing at the meeting.",
	"Documents in French and Arabic came late or not at all.",
	"All languages are equal, so translate every document.",
	"Without interpretation our members cannot follow in their language.",
	"Please extend the deadline by four weeks.",
	"Thank you.",
};
#define UNITS (sizeof(texts) / sizeof(texts[0]))

static const struct rp_mapping_theme themes[] = {
	{ RP_TEXT_INIT("More time: the deadline should be longer"),
	    RP_TEXT_INIT("en") },
	{ RP_TEXT_INIT("Lower fees for small operators"), RP_TEXT_INIT("en") },
	{ RP_TEXT_INIT("Documents and interpretation in all languages"),
	    RP_TEXT_INIT("en") },
};

struct world {
	struct rp_arena *a;
	struct rp_theme_tools tools;
	struct rp_themes_result r;
	struct rp_mapping_space *space;
};

static void
add(struct world *w, const char *text, uint32_t copy_of)
{
	struct rp_theme_field f = { .response = (uint32_t)w->r.responses.n,
		.text = rp_text_z(text) };
	struct rp_theme_response one = { .campaign = RP_NONE };
	struct rp_theme_unit u = { .field = (uint32_t)w->r.fields.n,
		.to = (uint32_t)f.text.n,
		.lang = RP_TEXT("en"),
		.copy_of = copy_of,
		.theme = RP_NONE };

	rp_vec_push(w->a, &w->r.fields, f);
	rp_vec_push(w->a, &w->r.responses, one);
	rp_vec_push(w->a, &w->r.units, u);
}

static void
open_tools(struct world *w)
{
	w->a = rp_arena_new(SIZE_MAX);
	w->tools = (struct rp_theme_tools){ rp_words_new(), rp_folder_new(),
		rp_stemmer_new() };
}

static void
setup(struct world *w)
{
	*w = (struct world){ 0 };
	open_tools(w);
	for (uint32_t i = 0; i < UNITS; i++)
		add(w, texts[i], i == 18 ? 1 : i);
	RP_CHECK_OK(rp_mapping_space_build(w->a, &w->tools, &w->r,
	    RP_TEXT("What do you think of the consultation?"), themes, 3, 1,
	    &w->space));
}

static void
teardown(struct world *w)
{
	rp_words_free(w->tools.words);
	rp_folder_free(w->tools.folder);
	rp_stemmer_free(w->tools.stemmer);
	rp_arena_free(w->a);
}

static const uint32_t all[] = { 0, 1, 2 };
/* Three examples of each theme. */
static const struct rp_mapping_decision nine[] = { { 0, 0, true },
	{ 1, 0, true }, { 2, 0, true }, { 6, 1, true }, { 7, 1, true },
	{ 8, 1, true }, { 12, 2, true }, { 13, 2, true }, { 14, 2, true } };

static struct rp_mapping *
learnt(struct world *w, const struct rp_mapping_decision *d, size_t n)
{
	struct rp_mapping *m;

	RP_CHECK_OK(rp_mapping_learn(w->a, w->space, all, 3, d, n, &m));
	return m;
}

static void
examples_are_followed(void)
{
	struct world w;
	struct rp_mapping *m;

	setup(&w);
	m = learnt(&w, nine, 9);
	RP_CHECK(rp_mapping_state(m).is_learnt);
	RP_CHECK(rp_mapping_state(m).examples == 9);
	for (uint32_t i = 0; i < 18; i++) {
		struct rp_mapping_unit u = rp_mapping_unit(w.a, m, i);

		RP_CHECK(u.themes.n >= 1 && u.themes.v[0].theme == i / 6);
		RP_CHECK(u.is_decided == (i % 6 < 3));
		RP_CHECK((u.themes.v[0].by == RP_BY_PERSON) == u.is_decided);
		RP_CHECK(u.themes.v[0].score <= 1000);
	}
	/* A copy of a decided unit is decided. */
	RP_CHECK(rp_mapping_unit(w.a, m, 18).is_decided);
	teardown(&w);
}

static void
names_alone(void)
{
	struct world w;
	struct rp_mapping *m;
	struct rp_mapping_unit u;
	size_t right = 0;

	setup(&w);
	m = learnt(&w, NULL, 0);
	RP_CHECK(!rp_mapping_state(m).is_learnt);
	for (uint32_t i = 0; i < 18; i++)
		right += rp_mapping_unit(w.a, m, i).themes.v[0].theme == i / 6;
	RP_CHECK(right >= 14);
	/* "Thank you." has no word of any theme. */
	u = rp_mapping_unit(w.a, m, 19);
	RP_CHECK(!u.is_sure && u.themes.n == 1);
	RP_CHECK(rp_mapping_unit(w.a, m, 6).is_sure);
	teardown(&w);
}

static void
persons_stand(void)
{
	struct world w;
	struct rp_mapping_decision d[13];
	struct rp_mapping_unit u;
	struct rp_mapping *m;

	setup(&w);
	memcpy(d, nine, sizeof(nine));
	/* Plainly about fees: a person says time, and time alone. */
	d[9] = (struct rp_mapping_decision){ 9, 0, true };
	/* Plainly about time: a person says that it is not. */
	d[10] = (struct rp_mapping_decision){ 4, 0, false };
	/* The later of two decisions counts. */
	d[11] = (struct rp_mapping_decision){ 16, 1, true };
	d[12] = (struct rp_mapping_decision){ 16, 1, false };
	m = learnt(&w, d, 13);
	u = rp_mapping_unit(w.a, m, 9);
	RP_CHECK(u.themes.n == 1 && u.themes.v[0].theme == 0);
	RP_CHECK(
	    u.themes.v[0].by == RP_BY_PERSON && u.themes.v[0].score == 1000);
	u = rp_mapping_unit(w.a, m, 4);
	RP_CHECK(!u.is_decided);
	for (size_t i = 0; i < u.themes.n; i++)
		RP_CHECK(u.themes.v[i].theme != 0);
	u = rp_mapping_unit(w.a, m, 16);
	RP_CHECK(!u.is_decided && u.themes.v[0].theme == 2);
	/* All refused: nothing is proposed. */
	for (uint32_t k = 0; k < 3; k++)
		d[k] = (struct rp_mapping_decision){ 19, k, false };
	m = learnt(&w, d, 13);
	RP_CHECK(rp_mapping_unit(w.a, m, 19).themes.n == 0);
	teardown(&w);
}

static bool
same(const struct rp_mapping_unit *x, const struct rp_mapping_unit *y)
{
	if (x->is_sure != y->is_sure || x->margin != y->margin ||
	    x->themes.n != y->themes.n)
		return false;
	for (size_t i = 0; i < x->themes.n; i++)
		if (x->themes.v[i].theme != y->themes.v[i].theme ||
		    x->themes.v[i].score != y->themes.v[i].score)
			return false;
	return true;
}

static void
order_does_not_matter(void)
{
	struct world w, again;
	struct rp_mapping_decision back[9];
	struct rp_mapping *m, *n, *o;

	setup(&w);
	setup(&again);
	for (size_t i = 0; i < 9; i++)
		back[i] = nine[8 - i];
	m = learnt(&w, nine, 9);
	n = learnt(&w, back, 9);
	o = learnt(&again, nine, 9);
	for (uint32_t i = 0; i < UNITS; i++) {
		struct rp_mapping_unit x = rp_mapping_unit(w.a, m, i);
		struct rp_mapping_unit y = rp_mapping_unit(w.a, n, i);
		struct rp_mapping_unit z = rp_mapping_unit(w.a, o, i);

		RP_CHECK(same(&x, &y) && same(&x, &z));
	}
	teardown(&again);
	teardown(&w);
}

static void
several_themes(void)
{
	struct world w;
	struct rp_mapping_unit u;
	const struct rp_mapping_decision both[] = { { 2, 0, true },
		{ 2, 2, true }, { 0, 0, true }, { 6, 1, true }, { 7, 1, true },
		{ 13, 2, true }, { 12, 2, true } };

	setup(&w);
	u = rp_mapping_unit(w.a, learnt(&w, both, 7), 2);
	RP_CHECK(u.themes.n == 2 && u.themes.v[0].theme == 0 &&
		 u.themes.v[1].theme == 2);
	teardown(&w);
}

static void
filling(void)
{
	struct world w;
	const uint32_t theme_of[] = { 7, 8, 9 };
	struct rp_mapping *m;
	uint32_t said = 0;

	setup(&w);
	m = learnt(&w, nine, 9);
	w.r.units.v[3].by = RP_BY_PERSON;
	w.r.units.v[3].theme = 4;
	rp_mapping_fill(m, theme_of, 0, UNITS, &w.r);
	RP_CHECK(w.r.units.v[3].theme == 4);
	for (uint32_t i = 0; i < UNITS; i++) {
		const struct rp_theme_unit *u = &w.r.units.v[i];
		struct rp_mapping_unit got = rp_mapping_unit(w.a, m, i);

		if (i == 3)
			continue;
		RP_CHECK((u->theme != RP_NONE) == got.is_sure);
		RP_CHECK((u->by == RP_BY_NOBODY) == !got.is_sure);
		said += got.is_sure;
		if (got.is_sure)
			RP_CHECK(u->theme == theme_of[got.themes.v[0].theme]);
	}
	RP_CHECK(said >= 9);
	teardown(&w);
}

static void
queue(void)
{
	struct world w;
	struct rp_mapping *m;
	uint32_t units[UNITS], *next;
	size_t got;

	setup(&w);
	for (uint32_t i = 0; i < UNITS; i++)
		units[i] = i;
	m = learnt(&w, nine, 9);
	next = rp_mapping_queue(w.a, m, units, UNITS, 50, &got);
	/* 20 less nine decided and a copy of one. */
	RP_CHECK(got == 10);
	/* What has no word in common with anything is asked for early. */
	RP_CHECK(next[0] == 19 || next[1] == 19);
	for (size_t i = 0; i < got; i++) {
		RP_CHECK(!rp_mapping_unit(w.a, m, next[i]).is_decided);
		for (size_t j = 0; j < i; j++)
			RP_CHECK(next[i] != next[j]);
	}
	(void)rp_mapping_queue(w.a, m, units, UNITS, 3, &got);
	RP_CHECK(got == 3);
	teardown(&w);
}

/* Forty examples of two themes that share no word: margins are found. */
static void
calibration(void)
{
	static const char *const nouns[] = { "ships", "harbours", "cranes",
		"docks", "ferries", "schools", "teachers", "pupils", "classes",
		"lessons" };
	struct world w = { 0 };
	struct RP_VEC(struct rp_mapping_decision) d = { 0 };
	static const struct rp_mapping_theme two[] = {
		{ RP_TEXT_INIT("ports"), RP_TEXT_INIT("en") },
		{ RP_TEXT_INIT("education"), RP_TEXT_INIT("en") },
	};
	struct rp_mapping_state s;
	struct rp_mapping *m;

	open_tools(&w);
	for (uint32_t i = 0; i < 50; i++) {
		struct rp_mapping_decision one = { i, i % 10 / 5, true };

		add(&w,
		    rp_textf(w.a, "Number %u wants better %s and more %s.", i,
			nouns[i % 10], nouns[i % 10 / 5 * 5 + i % 7 % 5])
			.p,
		    i);
		if (i < 40)
			rp_vec_push(w.a, &d, one);
	}
	RP_CHECK_OK(rp_mapping_space_build(w.a, &w.tools, &w.r, RP_TEXT(""),
	    two, 2, 1, &w.space));
	RP_CHECK_OK(rp_mapping_learn(w.a, w.space, all, 2, d.v, d.n, &m));
	s = rp_mapping_state(m);
	RP_CHECK(s.is_calibrated && s.agreement >= RP_MAPPING_AGREEMENT);
	RP_CHECK(s.coverage > .9 && s.margin < 1);
	for (uint32_t i = 40; i < 50; i++) {
		struct rp_mapping_unit u = rp_mapping_unit(w.a, m, i);

		RP_CHECK(u.is_sure && u.themes.v[0].theme == i % 10 / 5);
	}
	/* Examples at random teach nothing: the machine is sure of nothing. */
	for (size_t i = 0; i < d.n; i++)
		d.v[i].theme = (uint32_t)(i * 2654435761U >> 16) % 2;
	RP_CHECK_OK(rp_mapping_learn(w.a, w.space, all, 2, d.v, d.n, &m));
	s = rp_mapping_state(m);
	RP_CHECK(!s.is_calibrated || s.coverage < .6);
	teardown(&w);
}

static void
refused(void)
{
	struct world w;
	const struct rp_mapping_decision no_unit = { UNITS, 0, true };
	const struct rp_mapping_decision no_theme = { 0, 3, true };
	const uint32_t four[] = { 0, 1, 2, 3 };
	static char big[RP_MAPPING_WORDS_MAX + 1];
	const struct rp_mapping_theme long_one = { { big, sizeof(big) },
		RP_TEXT("") };
	struct rp_mapping_space *s;
	struct rp_mapping *m;
	size_t got;

	setup(&w);
	RP_CHECK_FAILS(rp_mapping_learn(w.a, w.space, all, 3, &no_unit, 1, &m),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_mapping_learn(w.a, w.space, all, 3, &no_theme, 1, &m),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_mapping_learn(w.a, w.space, four, 4, NULL, 0, &m),
	    RP_E_INVALID);
	memset(big, 'a', sizeof(big));
	RP_CHECK_FAILS(rp_mapping_space_build(w.a, &w.tools, &w.r, RP_TEXT(""),
			   &long_one, 1, 1, &s),
	    RP_E_LIMIT);
	/* No themes: nothing to say, nothing to ask. */
	RP_CHECK_OK(rp_mapping_learn(w.a, w.space, NULL, 0, nine, 9, &m));
	RP_CHECK(rp_mapping_unit(w.a, m, 0).themes.n == 0);
	(void)rp_mapping_queue(w.a, m, all, 3, 3, &got);
	RP_CHECK(got == 0);
	teardown(&w);
}

RP_CHECK_MAIN({ "examples are followed", examples_are_followed },
    { "names alone", names_alone }, { "persons stand", persons_stand },
    { "the order of decisions", order_does_not_matter },
    { "several themes", several_themes }, { "filling", filling },
    { "the queue", queue }, { "calibration", calibration },
    { "what is refused", refused })
