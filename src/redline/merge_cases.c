#include "redline/merge_cases.h"

#include "base/buf.h"
#include "base/err.h"
#include "redline/compare.h"
#include "redline/merge.h"
#include "redline/sample.h"

#define CASE_MEMORY ((size_t)1 << 30)
#define PARTIES_MAX 12

struct work {
	struct rp_arena *arena;
	struct rp_words *words;
	uint32_t state, shared; /* of the generator; of edits made in common */
	struct rp_document *base, *texts[PARTIES_MAX];
	struct rp_amendment amendments[PARTIES_MAX], turned[PARTIES_MAX];
	uint32_t noc[PARTIES_MAX];
	size_t n;
};

static const char *const vocabulary[] = { "the", "sea", "of", "trade", "and",
	"report", "on", "2018", "70/125", "aid", "members", "shall", "to",
	"council", "each", "year,", "القرار", "国际电信", "fees;", "a" };
#define VOCABULARY (sizeof(vocabulary) / sizeof(vocabulary[0]))

static uint32_t
next(uint32_t *state, uint32_t n)
{
	*state = *state * 1664525U + 1013904223U;
	return (*state >> 8) % n;
}

static void
add_words(struct rp_buf *b, uint32_t *state, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		rp_buf_f(b, "%s%s", i > 0 ? " " : "",
		    vocabulary[next(state, VOCABULARY)]);
}

static rp_text
done(struct rp_buf *b)
{
	rp_text out;

	if (rp_buf_done(b, &out) != NULL)
		rp_panic(__FILE__, __LINE__, "a text is no text");
	return out;
}

static rp_text
base_lines(struct work *w)
{
	uint32_t n = next(&w->state, 25);
	struct rp_buf b;

	rp_buf_init(&b, w->arena, 1 << 20);
	for (uint32_t i = 0; i < n; i++) {
		if (next(&w->state, 3) == 0)
			rp_buf_f(&b, "%u\t", i + 1);
		add_words(&b, &w->state, 1 + next(&w->state, 20));
		rp_buf_byte(&b, '\n');
	}
	return done(&b);
}

/* A line with words put in, taken out and replaced. */
static void
edit_line(struct rp_buf *b, uint32_t *state, rp_text line)
{
	for (size_t at = 0, end; at < line.n; at = end + 1) {
		end = rp_text_find(line, ' ', at);
		switch (next(state, 9)) {
		case 0:
			continue;
		case 1:
			add_words(b, state, 1 + next(state, 3));
			rp_buf_byte(b, ' ');
			break;
		case 2:
			add_words(b, state, 1);
			rp_buf_byte(b, ' ');
			continue;
		default:
			break;
		}
		rp_buf_f(b, "%.*s%s", (int)(end - at), line.p + at,
		    end < line.n ? " " : "");
	}
}

static void
change_line(struct work *w, struct rp_buf *b, rp_text line, rp_text other)
{
	/* What several parties do alike comes from their common state. */
	uint32_t *state = next(&w->state, 3) == 0 ? &w->shared : &w->state;
	size_t half = rp_text_find(line, ' ', line.n / 2);

	switch (next(state, 14)) {
	case 0:
		return;
	case 1:
	case 2:
	case 3:
		edit_line(b, state, line);
		break;
	case 4:
		add_words(b, state, 1 + next(state, 12));
		rp_buf_f(b, "\n%.*s", RP_FMT(line));
		break;
	case 5:
		rp_buf_f(b, "%.*s\n%.*s", RP_FMT(other), RP_FMT(line));
		break;
	case 6:
		rp_buf_f(b, "%.*s\n%.*s", (int)half, line.p,
		    (int)(line.n - half), line.p + half);
		break;
	case 7:
		rp_buf_f(b, "%.*s %.*s", RP_FMT(line), RP_FMT(other));
		break;
	default:
		rp_buf_f(b, "%.*s", RP_FMT(line));
	}
	rp_buf_byte(b, '\n');
}

static rp_text
change_lines(struct work *w, rp_text base)
{
	rp_text other = { "x", 1 };
	struct rp_buf b;

	rp_buf_init(&b, w->arena, 1 << 20);
	for (size_t at = 0, end; at < base.n; at = end + 1) {
		rp_text line;

		end = rp_text_find(base, '\n', at);
		line = rp_text_sub(base, at, end);
		change_line(w, &b, line, other);
		other = line;
	}
	return done(&b);
}

static void
make(struct work *w)
{
	rp_text base = base_lines(w);
	uint32_t shared = w->state;

	w->base = rp_sample_document(w->arena, base, RP_LABEL_TYPED);
	w->n = 2 + next(&w->state, PARTIES_MAX - 1);
	for (size_t p = 0; p < w->n; p++) {
		struct rp_script *s;

		w->shared = shared;
		w->texts[p] = rp_sample_document(w->arena,
		    change_lines(w, base), RP_LABEL_TYPED);
		if (rp_redline_compare(w->arena, w->words, w->base, w->texts[p],
			&s) != NULL)
			rp_panic(__FILE__, __LINE__, "no script");
		w->noc[p] = next(&w->state, 30);
		w->amendments[p] =
		    (struct rp_amendment){ rp_textf(w->arena, "P%c",
					       'A' + (char)p),
			    s, &w->noc[p], next(&w->state, 4) == 0 };
		w->turned[w->n - 1 - p] = w->amendments[p];
	}
}

static bool
same_text(struct work *w, const struct rp_document *x,
    const struct rp_document *y)
{
	if (x->body.blocks.n != y->body.blocks.n)
		return false;
	for (size_t i = 0; i < x->body.blocks.n; i++)
		if (!rp_text_eq(rp_block_text(w->arena, &x->body.blocks.v[i]),
			rp_block_text(w->arena, &y->body.blocks.v[i])))
			return false;
	return true;
}

static bool
balanced(rp_text t)
{
	bool open = false;

	for (size_t i = 0; i < t.n; i++) {
		if ((t.p[i] == '[' && open) || (t.p[i] == ']' && !open))
			return false;
		if (t.p[i] == '[' || t.p[i] == ']')
			open = !open;
	}
	return !open;
}

/* The same parties after the order was turned round. */
static rp_parties
turn(rp_parties who, size_t n)
{
	rp_parties out = 0;

	for (size_t p = 0; p < n; p++)
		if (who >> p & 1)
			out |= (rp_parties)1 << (n - 1 - p);
	return out;
}

static bool
same_choice(const struct rp_merge_choice *x, const struct rp_merge_choice *y,
    size_t n)
{
	if (x->parties != turn(y->parties, n) || x->gone != y->gone ||
	    x->moved_to != y->moved_to || !rp_text_eq(x->text, y->text) ||
	    x->blocks.n != y->blocks.n)
		return false;
	for (size_t i = 0; i < x->blocks.n; i++)
		if (!rp_text_eq(x->blocks.v[i].text, y->blocks.v[i].text))
			return false;
	return true;
}

static bool
same_change(const struct rp_merge_change *x, const struct rp_merge_change *y,
    size_t n)
{
	if (x->place != y->place || x->at != y->at || x->from != y->from ||
	    x->to != y->to || x->bracket != y->bracket ||
	    x->objectors != turn(y->objectors, n) ||
	    x->choices.n != y->choices.n)
		return false;
	for (size_t i = 0; i < x->choices.n; i++) {
		bool found = false;

		for (size_t k = 0; k < y->choices.n; k++)
			found = found || same_choice(&x->choices.v[i],
					     &y->choices.v[k], n);
		if (!found)
			return false;
	}
	return true;
}

static bool
holds(struct work *w)
{
	struct rp_consolidated *c, *d;

	if (rp_redline_merge(w->arena, w->base, w->amendments, w->n, &c) !=
		NULL ||
	    rp_redline_merge(w->arena, w->base, w->turned, w->n, &d) != NULL)
		return false;
	for (size_t p = 0; p < w->n; p++)
		if (!same_text(w, rp_merge_project(w->arena, c, (int32_t)p),
			w->texts[p]))
			return false;
	if (!same_text(w, rp_merge_project(w->arena, c, RP_MERGE_BASE),
		w->base) ||
	    !balanced(rp_merge_text(w->arena, c)) ||
	    c->changes.n != d->changes.n)
		return false;
	for (size_t i = 0; i < c->changes.n; i++)
		if (!same_change(&c->changes.v[i], &d->changes.v[i], w->n))
			return false;
	return true;
}

uint32_t
rp_merge_cases(struct rp_words *words, uint32_t from, uint32_t n,
    uint32_t *failed)
{
	struct rp_arena *a = rp_arena_new(CASE_MEMORY);
	uint32_t exact = 0;

	*failed = UINT32_MAX;
	for (uint32_t i = from; i < from + n; i++) {
		struct work w = { .arena = a, .words = words };

		w.state = i * 2654435761U + 1;
		make(&w);
		if (holds(&w))
			exact++;
		else if (*failed == UINT32_MAX)
			*failed = i;
		rp_arena_reset(a);
	}
	rp_arena_free(a);
	return exact;
}
