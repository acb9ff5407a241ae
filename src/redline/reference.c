#include "redline/reference.h"

#include "base/err.h"
#include "base/map.h"

/* A call-out, and the blocks below it up to the next. */
struct callout {
	rp_text phrase; /* in lower case, without marks at the end */
	uint32_t block, end;
};
struct callouts RP_VEC(struct callout);

struct quotation {
	uint32_t at, from, to; /* the label: octets of block `at` */
	rp_text phrase, label;
	uint32_t target; /* RP_NO_BLOCK: none */
};
struct quotations RP_VEC(struct quotation);

struct side {
	const struct rp_side *s;
	struct callouts callouts;
	struct quotations found;
	uint32_t *first; /* quotations of block i: [first[i], first[i + 1]) */
};

struct work {
	struct rp_arena *arena;
	const struct rp_pairing *pair;
	struct rp_script *script;
	struct side old, now;
	/* Phrases of both sides, by their last octet. */
	struct phrases RP_VEC(rp_text) ending[256];
};

static bool
is_alnum(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c >= 0x80;
}

static rp_text
lower(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] = (char)(t.p[i] >= 'A' && t.p[i] <= 'Z' ? t.p[i] | 0x20 :
							       t.p[i]);
	return (rp_text){ p, t.n };
}

static rp_text
phrase_of(struct rp_arena *a, rp_text t)
{
	t = rp_text_trim(t);
	while (t.n > 0 && (t.p[t.n - 1] == ':' || t.p[t.n - 1] == ',' ||
			      t.p[t.n - 1] == ' '))
		t.n--;
	return lower(a, t);
}

static void
collect_callouts(struct work *w, struct side *d)
{
	struct phrase_seen RP_MAP(bool) seen = { 0 };

	for (uint32_t i = 0; i < d->s->n; i++) {
		struct callout c = { .block = i, .end = (uint32_t)d->s->n };
		bool *known;

		if (d->s->blocks[i].kind != RP_BLOCK_CALLOUT)
			continue;
		c.phrase = phrase_of(w->arena, d->s->prose[i]->text);
		if (c.phrase.n == 0)
			continue;
		if (d->callouts.n > 0)
			d->callouts.v[d->callouts.n - 1].end = i;
		rp_vec_push(w->arena, &d->callouts, c);
		known = rp_map_at(w->arena, &seen, c.phrase);
		if (!*known)
			rp_vec_push(w->arena,
			    &w->ending[(uint8_t)c.phrase.p[c.phrase.n - 1]],
			    c.phrase);
		*known = true;
	}
}

/* A label without what stands around it: "(b)bis" and "b) bis" are "bbis". */
static rp_text
bare(char *out, rp_text label)
{
	size_t n = 0;

	for (size_t i = 0; i < label.n && n < RP_REFERENCE_LABEL_MAX; i++) {
		uint8_t c = (uint8_t)label.p[i];

		if (is_alnum(c) || (c == '.' && i + 1 < label.n &&
				       is_alnum((uint8_t)label.p[i + 1])))
			out[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return (rp_text){ out, n };
}

static bool
has_label(const struct rp_block *b, rp_text label)
{
	char x[RP_REFERENCE_LABEL_MAX], y[RP_REFERENCE_LABEL_MAX];

	return b->label.kind != RP_LABEL_NONE && b->label.text.n > 0 &&
	       rp_text_eq(bare(x, b->label.text), bare(y, label));
}

/* The provision of that label below a call-out. */
static uint32_t
provision(const struct side *d, const struct callout *c, rp_text label)
{
	for (uint32_t i = c->block + 1; i < c->end; i++)
		if (has_label(&d->s->blocks[i], label))
			return i;
	return RP_NO_BLOCK;
}

static uint32_t
resolve(const struct side *d, uint32_t at, rp_text phrase, rp_text label)
{
	uint32_t got = RP_NO_BLOCK;

	for (size_t k = 0; k < d->callouts.n; k++) {
		const struct callout *c = &d->callouts.v[k];
		uint32_t target;

		if (c->block > at && got != RP_NO_BLOCK)
			break;
		if (!rp_text_eq(c->phrase, phrase))
			continue;
		target = provision(d, c, label);
		if (target != RP_NO_BLOCK)
			got = target;
	}
	return got;
}

/* The longest phrase that ends at octet `end`. */
static rp_text
phrase_before(const struct work *w, rp_text t, size_t end)
{
	rp_text best = { "", 0 };
	uint8_t c;

	if (end == 0)
		return best;
	c = (uint8_t)t.p[end - 1];
	c = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
	for (size_t k = 0; k < w->ending[c].n; k++) {
		rp_text p = w->ending[c].v[k];
		size_t from = end - p.n;
		bool same = p.n <= end && p.n > best.n;

		for (size_t i = 0; same && i < p.n; i++) {
			char x = t.p[from + i];

			x = (char)(x >= 'A' && x <= 'Z' ? x | 0x20 : x);
			same = x == p.p[i];
		}
		/* Ideographs have no bounds between words. */
		if (same && from > 0 && is_alnum((uint8_t)t.p[from]) &&
		    (uint8_t)t.p[from] < 0xe3 &&
		    is_alnum((uint8_t)t.p[from - 1]))
			same = false;
		if (same)
			best = p;
	}
	return best;
}

static size_t
skip_space(rp_text t, size_t at)
{
	size_t space;

	while ((space = rp_space_at(t, at)) > 0)
		at += space;
	return at;
}

/*
 * The end of a label at `at`: digits, or few letters with a bracket behind;
 * then maybe bis, ter ...; `at` if there is none.
 */
static size_t
label_end(rp_text t, size_t at)
{
	static const char *const latin[] = { "bis", "ter", "quater",
		"quinquies", "sexies" };
	size_t i = at, end, space;
	bool digits = true;

	if (i < t.n && t.p[i] == '(')
		i++;
	for (end = i;
	     end < t.n && is_alnum((uint8_t)t.p[end]) &&
	     end - i < RP_REFERENCE_LABEL_MAX / 2 && !rp_space_at(t, end);
	     end++)
		digits = digits && t.p[end] >= '0' && t.p[end] <= '9';
	if (end == i || (end < t.n && is_alnum((uint8_t)t.p[end])))
		return at;
	while (digits && end + 1 < t.n && t.p[end] == '.' &&
	       t.p[end + 1] >= '0' && t.p[end + 1] <= '9')
		for (end++; end < t.n && t.p[end] >= '0' && t.p[end] <= '9';)
			end++;
	space = skip_space(t, end);
	if (end < t.n && t.p[end] == ')')
		end++;
	else if (space < t.n && t.p[space] == ')' && !digits)
		end = space + 1;
	else if (!digits && (t.p[at] < '0' || t.p[at] > '9'))
		return at;
	space = skip_space(t, end);
	for (size_t k = 0; k < sizeof(latin) / sizeof(latin[0]); k++) {
		size_t n = strlen(latin[k]);

		if (space + n <= t.n && memcmp(t.p + space, latin[k], n) == 0 &&
		    (space + n == t.n || !is_alnum((uint8_t)t.p[space + n])))
			return space + n;
	}
	return end;
}

/* What joins labels of one call-out: "a), b) and c)", "1 to 3". */
static size_t
joint_end(rp_text t, size_t at)
{
	static const char *const joints[] = { ",", "and", "or", "to", "et",
		"ou", "à", "y", "o", "a", "и", "или", "-", "–", "和", "、",
		"至", "و", "أو", "إلى" };

	at = skip_space(t, at);
	for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]); k++) {
		size_t n = strlen(joints[k]);

		if (at + n < t.n && memcmp(t.p + at, joints[k], n) == 0)
			return skip_space(t, at + n);
	}
	return SIZE_MAX;
}

static void
add_quotation(struct work *w, struct side *d, uint32_t at, rp_text phrase,
    size_t from, size_t to)
{
	rp_text label = rp_text_sub(d->s->prose[at]->text, from, to);
	struct quotation q = { at, (uint32_t)from, (uint32_t)to, phrase, label,
		resolve(d, at, phrase, label) };

	rp_vec_push(w->arena, &d->found, q);
}

/* The labels from `at` on, which stand behind `phrase`; where they end. */
static size_t
labels(struct work *w, struct side *d, uint32_t block, rp_text phrase,
    size_t at)
{
	rp_text t = d->s->prose[block]->text;
	size_t end = label_end(t, at);

	add_quotation(w, d, block, phrase, at, end);
	for (int k = 1; k < RP_REFERENCE_LIST_MAX; k++) {
		size_t next = joint_end(t, end), to;

		if (next == SIZE_MAX)
			break;
		to = label_end(t, next);
		/* Only what is a label there, on either side, is one here. */
		if (to == next ||
		    (resolve(&w->old, block, phrase,
			 rp_text_sub(t, next, to)) == RP_NO_BLOCK &&
			resolve(&w->now, block, phrase,
			    rp_text_sub(t, next, to)) == RP_NO_BLOCK))
			break;
		add_quotation(w, d, block, phrase, next, to);
		end = to;
	}
	return end;
}

static void
collect_quotations(struct work *w, struct side *d)
{
	d->first = rp_new_n(w->arena, uint32_t, d->s->n + 1);
	for (uint32_t i = 0; i < d->s->n; i++) {
		rp_text t = d->s->prose[i]->text;
		bool callout = d->s->blocks[i].kind == RP_BLOCK_CALLOUT;

		d->first[i] = (uint32_t)d->found.n;
		for (size_t at = 1; at < t.n && !callout; at++) {
			uint8_t c = (uint8_t)t.p[at];
			size_t end = at;
			rp_text phrase;

			if ((!is_alnum(c) && c != '(') || (c & 0xc0) == 0x80 ||
			    (is_alnum((uint8_t)t.p[at - 1]) &&
				(uint8_t)t.p[at - 1] < 0x80))
				continue;
			if (label_end(t, at) == at)
				continue;
			while (end > 0 &&
			       (t.p[end - 1] == ' ' || t.p[end - 1] == '\t'))
				end--;
			if (end >= 2 &&
			    memcmp(t.p + end - 2, "\xc2\xa0", 2) == 0)
				end -= 2;
			phrase = phrase_before(w, t, end);
			if (phrase.n > 0)
				at = labels(w, d, i, phrase, at) - 1;
		}
	}
	d->first[d->s->n] = (uint32_t)d->found.n;
}

/* What an old block became: its pair, or what it was merged into. */
static uint32_t
image(const struct rp_pairing *p, uint32_t i)
{
	return p->now_of[i] != RP_NO_PAIR ? p->now_of[i] : p->merged_into[i];
}

/*
 * The quotation of the old block that became `q`: the one of the same call-out
 * with the same rank among those of that call-out.
 */
static const struct quotation *
counterpart(const struct work *w, const struct quotation *q, uint32_t i)
{
	uint32_t rank = 0;

	for (const struct quotation *r = &w->now.found.v[w->now.first[q->at]];
	     r != q; r++)
		rank += rp_text_eq(r->phrase, q->phrase);
	for (uint32_t k = w->old.first[i]; k < w->old.first[i + 1]; k++) {
		const struct quotation *r = &w->old.found.v[k];

		if (rp_text_eq(r->phrase, q->phrase) && rank-- == 0)
			return r;
	}
	return NULL;
}

static bool
same_label(rp_text x, rp_text y)
{
	char a[RP_REFERENCE_LABEL_MAX], b[RP_REFERENCE_LABEL_MAX];

	return rp_text_eq(bare(a, x), bare(b, y));
}

/* The call-out above block `i`; NULL: there is none. */
static const struct callout *
above(const struct side *d, uint32_t i)
{
	for (size_t k = 0; k < d->callouts.n; k++) {
		const struct callout *c = &d->callouts.v[k];

		if (i > c->block && i < c->end)
			return c;
	}
	return NULL;
}

/*
 * How right the new quotation is if it means what `old_target` became: the
 * label, and the call-out, which may have been reworded where it stands. A new
 * letter alone says that somebody followed the provision to another call-out.
 */
enum fit { FITS_NOT, FITS_LABEL, FITS_REWORDED, FITS };

static enum fit
fit(const struct work *w, const struct quotation *q, uint32_t old_target)
{
	const struct callout *before = above(&w->old, old_target), *now;
	uint32_t to = image(w->pair, old_target);

	if (to == RP_NO_PAIR || !has_label(&w->now.s->blocks[to], q->label))
		return FITS_NOT;
	now = above(&w->now, to);
	if (now == NULL)
		return FITS_LABEL;
	if (rp_text_eq(now->phrase, q->phrase))
		return FITS;
	return before != NULL && image(w->pair, before->block) == now->block ?
		   FITS_REWORDED :
		   FITS_LABEL;
}

/*
 * Where several call-outs read the same, the old quotation may have meant a
 * provision of any of them: the nearest of which the new text is still right,
 * else the nearest.
 */
static uint32_t
meant(const struct work *w, const struct quotation *q,
    const struct quotation *was)
{
	uint32_t got = was->target;
	enum fit best = fit(w, q, got);

	for (size_t k = 0; k < w->old.callouts.n; k++) {
		const struct callout *c = &w->old.callouts.v[k];
		uint32_t other;
		enum fit f;

		if (best == FITS && got == was->target)
			break;
		if (!rp_text_eq(c->phrase, was->phrase))
			continue;
		other = provision(&w->old, c, was->label);
		if (other == RP_NO_BLOCK)
			continue;
		f = fit(w, q, other);
		if (f > best || (f == best && f != FITS_NOT &&
				    got != was->target && c->block < was->at)) {
			best = f;
			got = other;
		}
	}
	return got;
}

/*
 * True if a quotation that was left as it is may have meant a provision that is
 * renumbered or gone: nobody can tell, so somebody should look.
 */
static bool
doubtful(const struct work *w, const struct quotation *q,
    const struct quotation *was)
{
	for (size_t k = 0; k < w->old.callouts.n; k++) {
		const struct callout *c = &w->old.callouts.v[k];
		uint32_t other;

		if (!rp_text_eq(c->phrase, was->phrase))
			continue;
		other = provision(&w->old, c, was->label);
		if (other != RP_NO_BLOCK && fit(w, q, other) != FITS)
			return true;
	}
	return false;
}

static enum rp_reference_state
judge(const struct work *w, const struct quotation *q,
    const struct quotation *was, struct rp_script_reference *out)
{
	enum fit f;
	uint32_t to;
	bool same;

	out->new_target = q->target;
	if (was == NULL || was->target == RP_NO_BLOCK)
		return q->target == RP_NO_BLOCK ? RP_REFERENCE_GONE :
						  RP_REFERENCE_OK;
	same = same_label(q->label, was->label);
	out->old_target = meant(w, q, was);
	to = image(w->pair, out->old_target);
	f = fit(w, q, out->old_target);
	if (f >= FITS_REWORDED || (f == FITS_LABEL && !same)) {
		out->new_target = to;
		out->doubtful =
		    same && (f == FITS_REWORDED || doubtful(w, q, was));
		return same ? RP_REFERENCE_OK : RP_REFERENCE_UPDATED;
	}
	/* Given another target on purpose. */
	if (!same)
		return q->target == RP_NO_BLOCK ? RP_REFERENCE_GONE :
						  RP_REFERENCE_OK;
	out->new_target = to;
	return to == RP_NO_PAIR ? RP_REFERENCE_GONE : RP_REFERENCE_STALE;
}

/* The runs that change the label of a reference that follows. */
static void
mark_runs(struct rp_edit *e, const struct rp_script_reference *r)
{
	for (size_t i = 0; i < e->runs.n; i++) {
		struct rp_script_run *run = &e->runs.v[i];

		if (run->change != RP_CHANGE_INS || run->from < r->from ||
		    run->to > r->to)
			continue;
		run->consequential = true;
		if (i > 0 && run[-1].change == RP_CHANGE_DEL)
			run[-1].consequential = true;
	}
}

static void
report(struct work *w, struct rp_edit *e, const struct quotation *q,
    const struct quotation *was)
{
	struct rp_script_reference r = { q->at, q->from, q->to, RP_NO_BLOCK,
		RP_NO_BLOCK, RP_REFERENCE_OK, false };

	r.state = judge(w, q, was, &r);
	if (r.state == RP_REFERENCE_UPDATED)
		mark_runs(e, &r);
	rp_vec_push(w->arena, &w->script->references, r);
}

/*
 * Where octet `at` of the old block went to: one place of the new text, or, if
 * it was replaced, any in what replaced it; false: it is gone.
 */
static bool
projected(const struct rp_edit *e, uint32_t at, uint32_t *from, uint32_t *to)
{
	for (size_t i = 0; i < e->runs.n; i++) {
		const struct rp_script_run *r = &e->runs.v[i];

		if (r->change == RP_CHANGE_INS || r->old_block != e->old ||
		    at < r->old_from || at >= r->old_to)
			continue;
		if (r->change == RP_CHANGE_EQUAL) {
			*from = r->from + (at - r->old_from);
			*to = *from + 1;
			return true;
		}
		if (i + 1 == e->runs.n || r[1].change != RP_CHANGE_INS)
			return false;
		*from = r[1].from;
		*to = r[1].to;
		return true;
	}
	return false;
}

/* The first label in t[from .. to) that `q` could mean. */
static bool
find_label(const struct work *w, struct quotation *q, uint32_t from,
    uint32_t to)
{
	rp_text t = w->now.s->prose[q->at]->text;

	for (q->from = from; q->from < to; q->from++) {
		size_t end;

		if (q->from > 0 && is_alnum((uint8_t)t.p[q->from - 1]))
			continue;
		end = label_end(t, q->from);
		if (end == q->from)
			continue;
		q->to = (uint32_t)end;
		q->label = rp_text_sub(t, q->from, q->to);
		q->target = resolve(&w->now, q->at, q->phrase, q->label);
		if (q->target != RP_NO_BLOCK)
			return true;
	}
	return false;
}

/*
 * A quotation whose call-out somebody wrote into ("bearing firmly in mind a)")
 * is still one, if its label stands where it stood.
 */
static void
find_edited(struct work *w, struct rp_edit *e, const struct quotation *was,
    uint32_t first, uint32_t end)
{
	struct quotation q = *was;
	uint32_t from, to;

	q.at = e->now;
	if (!projected(e, was->from, &from, &to) ||
	    !find_label(w, &q, from, to))
		return;
	for (uint32_t k = first; k < end; k++)
		if (w->now.found.v[k].from == q.from)
			return;
	report(w, e, &q, was);
}

static void
in_edit(struct work *w, struct rp_edit *e)
{
	uint32_t i = e->old != RP_NO_BLOCK ? e->old : e->split_of;
	uint32_t first = w->now.first[e->now], end = w->now.first[e->now + 1];

	for (uint32_t k = first; k < end; k++) {
		const struct quotation *q = &w->now.found.v[k];

		report(w, e, q, i == RP_NO_BLOCK ? NULL : counterpart(w, q, i));
	}
	if (e->old == RP_NO_BLOCK)
		return;
	for (uint32_t k = w->old.first[e->old]; k < w->old.first[e->old + 1];
	     k++)
		find_edited(w, e, &w->old.found.v[k], first, end);
}

void
rp_find_references(struct rp_arena *a, const struct rp_pairing *p,
    struct rp_script *script)
{
	struct work w = { .arena = a, .pair = p, .script = script };

	w.old.s = &p->old;
	w.now.s = &p->now;
	collect_callouts(&w, &w.old);
	collect_callouts(&w, &w.now);
	if (w.old.callouts.n + w.now.callouts.n == 0)
		return;
	collect_quotations(&w, &w.old);
	collect_quotations(&w, &w.now);
	for (size_t k = 0; k < script->edits.n; k++)
		if (script->edits.v[k].now != RP_NO_BLOCK)
			in_edit(&w, &script->edits.v[k]);
}
