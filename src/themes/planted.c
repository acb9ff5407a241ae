#include "themes/planted.h"

#include "themes/random.h"

#define OWN 12
#define COMMON 40
#define LENGTH 7

/* One row's bag from its words: few, so sorted by insertion. */
static uint32_t
to_bag(const uint32_t *seq, uint32_t *term, uint16_t *count)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < LENGTH; i++) {
		uint32_t at = n;

		while (at > 0 && term[at - 1] >= seq[i])
			at--;
		if (at < n && term[at] == seq[i]) {
			count[at]++;
			continue;
		}
		for (uint32_t j = n; j > at; j--) {
			term[j] = term[j - 1];
			count[j] = count[j - 1];
		}
		term[at] = seq[i];
		count[at] = 1;
		n++;
	}
	return n;
}

struct rp_terms
rp_planted(struct rp_arena *a, uint32_t rows, uint32_t groups, uint32_t noise,
    uint64_t seed)
{
	struct rp_random r = rp_random_make(seed, 0);
	uint32_t m = groups * OWN + COMMON, nb = 0;
	uint32_t *unit = rp_new_n(a, uint32_t, rows + 1);
	uint32_t *seq = rp_new_n(a, uint32_t, (size_t)rows * LENGTH + 1);
	uint32_t *seq_start = rp_new_n(a, uint32_t, rows + 1);
	uint32_t *start = rp_new_n(a, uint32_t, rows + 1);
	uint32_t *term = rp_new_n(a, uint32_t, (size_t)rows * LENGTH + 1);
	uint16_t *count = rp_new_n(a, uint16_t, (size_t)rows * LENGTH + 1);
	struct rp_term *terms = rp_new_n(a, struct rp_term, m);

	for (uint32_t i = 0; i < rows; i++) {
		uint32_t *s = seq + (size_t)i * LENGTH;

		for (uint32_t j = 0; j < LENGTH; j++)
			s[j] = rp_random_below(&r, noise) == 0 ?
				   groups * OWN + rp_random_below(&r, COMMON) :
				   i % groups * OWN + rp_random_below(&r, OWN);
		unit[i] = i;
		seq_start[i + 1] = (i + 1) * LENGTH;
		nb += to_bag(s, term + nb, count + nb);
		start[i + 1] = nb;
	}
	for (uint32_t j = 0; j < nb; j++)
		terms[term[j]].rows++;
	for (uint32_t w = 0; w < m; w++) {
		terms[w].stem = rp_textf(a, "w%u", w);
		terms[w].surface = rp_textf(a, "Word%u", w);
		terms[w].lang = RP_TEXT("en");
		terms[w].weight = 1;
	}
	return (struct rp_terms){ rows, m, unit, seq_start, seq, start, term,
		count, terms };
}

uint32_t
rp_planted_right(const uint32_t *theme, uint32_t rows, uint32_t groups)
{
	uint64_t right = 0, all = 0;

	for (uint32_t i = 0; i < rows; i++)
		for (uint32_t j = 0; j < i; j++) {
			bool together =
			    theme[i] == theme[j] && theme[i] != RP_NONE;

			all++;
			right += together == (i % groups == j % groups);
		}
	return all > 0 ? (uint32_t)(right * 1000 / all) : 1000;
}
