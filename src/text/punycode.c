#include "text/punycode.h"

#include <stdbool.h>

/* RFC 3492, section 5. */
enum {
	BASE = 36,
	T_MIN = 1,
	T_MAX = 26,
	SKEW = 38,
	DAMP = 700,
	INITIAL_BIAS = 72,
	INITIAL_N = 128,
};

struct sink {
	char *p;
	size_t n, cap;
};

static void
put(struct sink *s, char c)
{
	if (s->n < s->cap)
		s->p[s->n] = c;
	s->n++;
}

static uint32_t
adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void
put_number(struct sink *s, uint32_t q, uint32_t bias)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = k <= bias         ? T_MIN :
			     k >= bias + T_MAX ? T_MAX :
						 k - bias;

		if (q < t)
			break;
		put(s, digits[t + (q - t) % (BASE - t)]);
		q = (q - t) / (BASE - t);
	}
	put(s, digits[q]);
}

static uint32_t
smallest_from(const uint32_t *cp, size_t n, uint32_t from)
{
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i < n; i++) {
		if (cp[i] >= from && cp[i] < least)
			least = cp[i];
	}
	return least;
}

size_t
rp_punycode_encode(const uint32_t *cp, size_t n, char *out, size_t cap)
{
	struct sink s = { .p = out, .cap = cap };
	uint32_t next = INITIAL_N, delta = 0, bias = INITIAL_BIAS;
	uint32_t done = 0, basic, m;

	for (size_t i = 0; i < n; i++) {
		if (cp[i] < 0x80)
			put(&s, (char)cp[i]);
	}
	basic = done = (uint32_t)s.n;
	if (basic > 0)
		put(&s, '-');
	m = smallest_from(cp, n, next);
	while (done < n && s.n <= cap) {
		uint32_t step, after = UINT32_MAX;

		if (__builtin_mul_overflow(m - next, done + 1, &step) ||
		    __builtin_add_overflow(delta, step, &delta))
			return SIZE_MAX;
		next = m;
		for (size_t i = 0; i < n; i++) {
			if (cp[i] > next && cp[i] < after)
				after = cp[i];
			delta += cp[i] < next;
			if (cp[i] != next)
				continue;
			put_number(&s, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		next++;
		m = after;
	}
	return s.n <= cap ? s.n : SIZE_MAX;
}
