#include "themes/quote.h"

#include "base/check.h"
#include "themes/planted.h"

#define N 240u

/* Rows as units of responses, 3 a response; the theme is what was planted. */
static void
make(struct rp_arena *a, struct rp_themes_result *r, struct rp_terms *terms)
{
	*terms = rp_planted(a, N, 4, 5, 1);
	memset(r, 0, sizeof(*r));
	for (uint32_t i = 0; i < N; i++) {
		struct rp_theme_response response = {
			.campaign = i / 12 == 3 ? 0 : RP_NONE,
			.group = i % 8 < 4 ? RP_TEXT("state") : RP_TEXT("user"),
		};
		struct rp_theme_field field = { i / 3, 0, RP_TEXT("words") };
		struct rp_theme_unit unit = { .field = i,
			.to = 5,
			.lang = RP_TEXT("en"),
			.copy_of = i,
			.theme = i % 4 };

		rp_vec_push(a, &r->responses, response);
		rp_vec_push(a, &r->fields, field);
		rp_vec_push(a, &r->units, unit);
	}
	for (uint32_t k = 0; k < 5; k++) {
		struct rp_theme theme = { .parent = RP_NONE };

		rp_vec_push(a, &r->themes, theme);
	}
}

static uint32_t
response_of(const struct rp_themes_result *r, size_t q)
{
	return r->fields.v[r->units.v[r->quotations.v[q].unit].field].response;
}

static void
each_voice_once(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result r;
	struct rp_terms terms;
	uint32_t count[5] = { 0 };

	make(a, &r, &terms);
	rp_quotations_choose(a, &terms, NULL, &r);
	for (size_t i = 0; i < r.quotations.n; i++) {
		const struct rp_quotation *q = &r.quotations.v[i];

		RP_CHECK(r.units.v[q->unit].theme == q->theme);
		RP_CHECK(i == 0 || r.quotations.v[i - 1].theme <= q->theme);
		count[q->theme]++;
		for (size_t j = 0; j < i; j++) {
			uint32_t x = response_of(&r, i), y = response_of(&r, j);

			if (r.quotations.v[j].theme != q->theme)
				continue;
			RP_CHECK(x != y);
			RP_CHECK(r.responses.v[x].campaign == RP_NONE ||
				 r.responses.v[y].campaign == RP_NONE);
		}
	}
	for (uint32_t k = 0; k < 4; k++)
		RP_CHECK(count[k] == RP_QUOTES_MAX);
	RP_CHECK(count[4] == 0); /* nobody has it */
}

/* Rows of noise only are far from the middle and are not quoted first. */
static void
what_is_central_comes_first(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_themes_result r;
	struct rp_terms terms;

	make(a, &r, &terms);
	rp_quotations_choose(a, &terms, NULL, &r);
	for (size_t i = 0; i < r.quotations.n; i++) {
		uint32_t row = r.quotations.v[i].unit, noise = 0;

		if (i > 0 &&
		    r.quotations.v[i - 1].theme == r.quotations.v[i].theme)
			continue;
		for (uint32_t j = terms.seq_start[row];
		     j < terms.seq_start[row + 1]; j++)
			noise += terms.seq[j] >= 48;
		RP_CHECK(noise <= 1);
	}
}

RP_CHECK_MAIN({ "each voice once", each_voice_once },
    { "what is central comes first", what_is_central_comes_first })
