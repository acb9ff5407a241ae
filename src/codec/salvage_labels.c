#include "codec/salvage_labels.h"

#include <string.h>

#include "base/err.h"

/*
 * What a reading costs. An author who inserts before an old paragraph mostly
 * leaves its label to the new one: of two readings with as many insertions in
 * as many places the one with a label left behind is better. A fault outweighs
 * all else.
 */
enum {
	COST_INSERT = 4,
	COST_DELETE = 6,
	COST_RUN = 2,
	COST_BEHIND_AFTER_INSERT = -1,
	COST_BEHIND = 9,
	COST_ODD = 1 << 20,
	NEARLY = 2, /* as good as the best */
	VALUE_MAX = 999,
	EDGES_MAX = 8,
};

enum after { AFTER_KEPT = 0, AFTER_INSERT, AFTER_DELETE, AFTERS };

struct state {
	int32_t base, now; /* the next of each */
	enum after after;
	int64_t forward, backward; /* cheapest from the start, to the end */
};

struct layer RP_VEC(struct state);

struct edge {
	enum rp_labels_verdict verdict;
	int32_t base, now; /* of this item; 0: none */
	int64_t cost;
	struct state to;
};

struct solving {
	struct rp_arena *arena;
	enum rp_label_style style;
	const struct rp_labels_item *items;
	size_t n;
	int32_t top; /* counters go no further */
	struct layer *layers;
	uint32_t *index; /* state -> position in its layer, plus one */
	bool odd;        /* faults are allowed */
};

static size_t
letters(char *p, int32_t value, char first)
{
	size_t n = (size_t)(value - 1) / 26 + 1;

	memset(p, first + (value - 1) % 26, n);
	return n;
}

static size_t
roman(char *p, int32_t value)
{
	static const struct {
		int32_t value;
		char text[3];
	} parts[] = { { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
		{ 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" },
		{ 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		for (; value >= parts[i].value; value -= parts[i].value) {
			size_t len = strlen(parts[i].text);

			memcpy(p + n, parts[i].text, len);
			n += len;
		}
	}
	return n;
}

/* At most 40 octets: letters beyond z are repeated. */
static size_t
label(char *p, enum rp_label_style style, int32_t value)
{
	size_t n = 0;

	if (value < 1 || value > VALUE_MAX)
		return 0;
	switch (style) {
	case RP_LABEL_LOWER_LETTER:
		return letters(p, value, 'a');
	case RP_LABEL_UPPER_LETTER:
		return letters(p, value, 'A');
	case RP_LABEL_LOWER_ROMAN:
		return roman(p, value);
	default:
		for (int32_t d = value >= 100 ? 100 :
				 value >= 10  ? 10 :
						1;
		     d > 0; d /= 10)
			p[n++] = (char)('0' + value / d % 10);
		return n;
	}
}

rp_text
rp_labels_text(struct rp_arena *a, enum rp_label_style style, int32_t value)
{
	char *p = rp_alloc(a, 48);
	size_t n = label(p, style, value);

	return (rp_text){ p, n };
}

/* Any letters of Roman numbers; whether they are one shows in writing it. */
static int32_t
roman_value(rp_text t)
{
	static const char digits[] = "ivxlcdm";
	static const int32_t worth[] = { 1, 5, 10, 50, 100, 500, 1000 };
	int32_t sum = 0, before = 0;

	for (size_t i = t.n; i-- > 0;) {
		const char *d = memchr(digits, t.p[i], 7);
		int32_t v;

		if (d == NULL)
			return 0;
		v = worth[d - digits];
		sum += v < before ? -v : v;
		before = v;
	}
	return sum;
}

static int32_t
guess(enum rp_label_style style, rp_text t)
{
	char first = style == RP_LABEL_UPPER_LETTER ? 'A' : 'a';
	int32_t v = 0;

	if (style == RP_LABEL_LOWER_ROMAN)
		return roman_value(t);
	if (style == RP_LABEL_LOWER_LETTER || style == RP_LABEL_UPPER_LETTER)
		return ((int32_t)t.n - 1) * 26 + t.p[0] - first + 1;
	for (size_t i = 0; i < t.n && v <= VALUE_MAX; i++)
		v = v * 10 + t.p[i] - '0';
	return v;
}

int32_t
rp_labels_value(enum rp_label_style style, rp_text t)
{
	char p[48];
	int32_t v;

	if (t.n == 0 || t.n > RP_LABELS_TEXT_MAX)
		return 0;
	v = guess(style, t);
	return label(p, style, v) == t.n && memcmp(p, t.p, t.n) == 0 ? v : 0;
}

/* Whether the item reads as the labels of these values, one behind the other.
 */
static bool
reads_as(const struct solving *s, rp_text t, int32_t one, int32_t two)
{
	char p[96];
	size_t n = label(p, s->style, one);

	if (two != 0)
		n += label(p + n, s->style, two);
	return n > 0 && n == t.n && memcmp(p, t.p, n) == 0;
}

static struct edge
make_edge(const struct state *from, enum rp_labels_verdict verdict,
    bool in_base, bool in_now, int64_t cost)
{
	struct edge e = {
		.verdict = verdict,
		.base = in_base ? from->base : 0,
		.now = in_now ? from->now : 0,
		.cost = cost,
		.to = { .base = from->base + in_base,
		    .now = from->now + in_now },
	};

	if (in_now && !in_base)
		e.to.after = AFTER_INSERT;
	if (in_base && !in_now)
		e.to.after = AFTER_DELETE;
	return e;
}

/*
 * The numbering has a fault: whatever the label says is taken as the number of
 * the new text, so that what follows can be read again.
 */
static struct edge
odd_edge(const struct solving *s, const struct state *from, rp_text t)
{
	struct edge e = make_edge(from, RP_LABELS_ODD, true, true, COST_ODD);
	int32_t v = rp_labels_value(s->style, t);

	for (size_t i = 1; v == 0 && i < t.n; i++) {
		int32_t one = rp_labels_value(s->style, rp_text_sub(t, 0, i));
		int32_t two = rp_labels_value(s->style, rp_text_sub(t, i, t.n));

		if (one != 0 && two != 0 && one < s->top) {
			v = two;
			e.base = one;
			e.to.base = one + 1;
		}
	}
	if (v != 0 && v < s->top) {
		if (from->base == from->now && e.base == from->base) {
			e.base = v; /* both count on from there */
			e.to.base = v + 1;
		}
		e.now = v;
		e.to.now = v + 1;
	}
	return e;
}

static size_t
edges_of(const struct solving *s, size_t i, const struct state *at,
    struct edge *out)
{
	const struct rp_labels_item *item = &s->items[i];
	struct state from = *at;
	int64_t evidence = item->insert_evidence;
	int64_t run_in = at->after == AFTER_INSERT ? 0 : COST_RUN;
	int64_t run_out = at->after == AFTER_DELETE ? 0 : COST_RUN;
	bool is_base, is_now;
	size_t n = 0;

	if (item->restarts_base)
		from.base = 1;
	if (item->free) {
		out[0] = make_edge(&from, RP_LABELS_FREE, false, false, 0);
		return 1;
	}
	if (from.base >= s->top || from.now >= s->top)
		return 0;
	is_base = reads_as(s, item->text, from.base, 0);
	is_now = reads_as(s, item->text, from.now, 0);
	if (is_base && is_now)
		out[n++] =
		    make_edge(&from, RP_LABELS_KEEP, true, true, evidence);
	if (from.base != from.now &&
	    reads_as(s, item->text, from.base, from.now))
		out[n++] = make_edge(&from, RP_LABELS_RELABEL, true, true, 0);
	if (is_now && from.base != from.now)
		out[n++] = make_edge(&from, RP_LABELS_BEHIND, true, true,
		    evidence + (at->after == AFTER_INSERT ?
				       COST_BEHIND_AFTER_INSERT :
				       COST_BEHIND));
	if (is_base) /* inserted, then deleted is the rarer order */
		out[n++] = make_edge(&from, RP_LABELS_DELETE, true, false,
		    COST_DELETE + run_out + (at->after == AFTER_INSERT));
	if (is_now)
		out[n++] = make_edge(&from, RP_LABELS_INSERT, false, true,
		    COST_INSERT + run_in);
	if (s->odd)
		out[n++] = odd_edge(s, &from, item->text);
	return n;
}

static uint32_t *
place(const struct solving *s, const struct state *x)
{
	size_t width = (size_t)s->top + 1;

	return &s->index[((size_t)x->base * width + (size_t)x->now) * AFTERS +
			 x->after];
}

static void
clear_places(struct solving *s, const struct layer *layer)
{
	for (size_t i = 0; i < layer->n; i++)
		*place(s, &layer->v[i]) = 0;
}

/* False: too many states. */
static bool
forward(struct solving *s)
{
	struct edge e[EDGES_MAX];

	s->layers[0].n = 0;
	rp_vec_push(s->arena, &s->layers[0],
	    ((struct state){ .base = 1, .now = 1 }));
	for (size_t i = 0; i < s->n; i++) {
		struct layer *next = &s->layers[i + 1];

		next->n = 0;
		for (size_t j = 0; j < s->layers[i].n; j++) {
			const struct state *from = &s->layers[i].v[j];
			size_t n = edges_of(s, i, from, e);

			for (size_t k = 0; k < n; k++) {
				int64_t cost = from->forward + e[k].cost;
				uint32_t *at = place(s, &e[k].to);

				e[k].to.forward = cost;
				if (*at == 0) {
					rp_vec_push(s->arena, next, e[k].to);
					*at = (uint32_t)next->n;
				} else if (cost < next->v[*at - 1].forward) {
					next->v[*at - 1].forward = cost;
				}
			}
			if (next->n > RP_LABELS_STATES_MAX)
				return false;
		}
		clear_places(s, next);
	}
	return true;
}

/* Readings with as few faults as the best: only those are complete ones. */
static bool
as_sound(int64_t cost, int64_t best)
{
	int64_t half = COST_ODD / 2;

	return (cost + half) / COST_ODD == (best + half) / COST_ODD;
}

struct tally {
	bool some, several;
	struct edge e;
};

static void
tell(struct tally *t, const struct edge *e)
{
	if (t->some && (t->e.verdict != e->verdict || t->e.base != e->base ||
			   t->e.now != e->now))
		t->several = true;
	if (!t->some)
		t->e = *e;
	t->some = true;
}

/* From the end back; answers are of whole readings, so they come with it. */
static void
backward(struct solving *s, int64_t best, struct rp_labels_answer *out)
{
	struct edge e[EDGES_MAX];

	for (size_t i = s->n; i-- > 0;) {
		struct layer *here = &s->layers[i], *next = here + 1;
		struct tally all = { 0 }, top = { 0 };

		for (size_t j = 0; j < next->n; j++)
			*place(s, &next->v[j]) = (uint32_t)j + 1;
		for (size_t j = 0; j < here->n; j++) {
			struct state *from = &here->v[j];
			size_t n = edges_of(s, i, from, e);

			from->backward = INT64_MAX / 4;
			for (size_t k = 0; k < n; k++) {
				int64_t rest =
				    e[k].cost +
				    next->v[*place(s, &e[k].to) - 1].backward;
				int64_t whole = from->forward + rest;

				if (rest < from->backward)
					from->backward = rest;
				if (as_sound(whole, best))
					tell(&all, &e[k]);
				if (whole <= best + NEARLY)
					tell(&top, &e[k]);
			}
		}
		clear_places(s, next);
		out[i].certainty = !all.several ? RP_LABELS_FORCED :
				   !top.several ? RP_LABELS_BEST :
						  RP_LABELS_TIED;
	}
}

/* One of the best readings, from the start. */
static void
walk(struct solving *s, struct rp_labels_answer *out)
{
	struct edge e[EDGES_MAX];
	const struct state *at = &s->layers[0].v[0];

	for (size_t i = 0; i < s->n; i++) {
		const struct layer *next = &s->layers[i + 1];
		size_t n = edges_of(s, i, at, e);
		const struct state *to = NULL;

		for (size_t k = 0; k < n && to == NULL; k++) {
			for (size_t j = 0; j < next->n; j++) {
				const struct state *x = &next->v[j];

				if (x->base != e[k].to.base ||
				    x->now != e[k].to.now ||
				    x->after != e[k].to.after ||
				    e[k].cost + x->backward != at->backward)
					continue;
				out[i].verdict = e[k].verdict;
				out[i].base = e[k].base;
				out[i].now = e[k].now;
				to = x;
				break;
			}
		}
		RP_ASSERT(to != NULL);
		at = to;
	}
}

static enum rp_labels_outcome
attempt(struct solving *s, bool odd, struct rp_labels_answer *out)
{
	const struct layer *last = &s->layers[s->n];
	int64_t best = INT64_MAX;

	s->odd = odd;
	if (!forward(s))
		return RP_LABELS_TOO_BIG;
	for (size_t i = 0; i < last->n; i++)
		if (last->v[i].forward < best)
			best = last->v[i].forward;
	if (last->n == 0)
		return odd ? RP_LABELS_TOO_BIG : RP_LABELS_FAULTY;
	backward(s, best, out);
	walk(s, out);
	return odd ? RP_LABELS_FAULTY : RP_LABELS_SOLVED;
}

/* Where a fault can take a counter: to the highest number in the list. */
static int32_t
highest(const struct solving *s)
{
	int32_t top = (int32_t)s->n + 2;

	for (size_t i = 0; i < s->n; i++) {
		int32_t v = rp_labels_value(s->style, s->items[i].text);

		if (v + 2 > top && v <= RP_LABELS_ITEMS_MAX)
			top = v + 2;
	}
	return top;
}

enum rp_labels_outcome
rp_labels_solve(struct rp_arena *a, enum rp_label_style style,
    const struct rp_labels_item *items, size_t n, struct rp_labels_answer *out)
{
	struct solving s = { .arena = a,
		.style = style,
		.items = items,
		.n = n };
	enum rp_labels_outcome got;
	size_t width;

	if (n == 0)
		return RP_LABELS_SOLVED;
	if (n > RP_LABELS_ITEMS_MAX)
		return RP_LABELS_TOO_BIG;
	s.top = highest(&s);
	width = (size_t)s.top + 1;
	s.layers = rp_new_n(a, struct layer, n + 1);
	s.index = rp_new_n(a, uint32_t, width * width * AFTERS);
	got = attempt(&s, false, out);
	return got == RP_LABELS_FAULTY ? attempt(&s, true, out) : got;
}
