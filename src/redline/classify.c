#include "redline/classify.h"

#include "base/buf.h"
#include "base/err.h"
#include "redline/compare.h"

enum weight { NOTHING, FOLLOWS, EDITORIAL, SUBSTANCE };

static enum weight
heavier(enum weight x, enum weight y)
{
	return x > y ? x : y;
}

/* One code point in lower case, for what has case on a regular grid. */
static void
add_folded(struct rp_buf *b, const uint8_t *p, size_t n)
{
	uint8_t c[2] = { p[0], n == 2 ? p[1] : 0 };

	if (n == 1 && p[0] >= 'A' && p[0] <= 'Z') {
		rp_buf_byte(b, p[0] | 0x20);
		return;
	}
	if (n != 2) {
		rp_buf_add(b, p, n);
		return;
	}
	if (c[0] == 0xc3 && c[1] >= 0x80 && c[1] <= 0x9e && c[1] != 0x97)
		c[1] += 0x20; /* Latin-1 */
	else if (c[0] == 0xce && c[1] >= 0x91 && c[1] <= 0x9f)
		c[1] += 0x20; /* Greek to omicron */
	else if (c[0] == 0xce && c[1] >= 0xa0 && c[1] <= 0xa9)
		c[0]++, c[1] -= 0x20;
	else if (c[0] == 0xd0 && c[1] >= 0x90 && c[1] <= 0x9f)
		c[1] += 0x20; /* Cyrillic to pe */
	else if (c[0] == 0xd0 && c[1] >= 0xa0 && c[1] <= 0xaf)
		c[0]++, c[1] -= 0x20;
	rp_buf_add(b, c, 2);
}

/* Quotation marks and hyphens: one octet for all of a kind, or 0. */
static uint8_t
plain(const uint8_t *p, size_t n)
{
	if (n == 2 && p[0] == 0xc2 && (p[1] == 0xab || p[1] == 0xbb))
		return '"';
	if (n != 3 || p[0] != 0xe2 || p[1] != 0x80)
		return p[0] == '\'' ? '"' : 0;
	if (p[2] >= 0x98 && p[2] <= 0x9f)
		return '"';
	return p[2] >= 0x90 && p[2] <= 0x95 ? '-' : 0;
}

static void
add_text(struct rp_buf *b, rp_text t)
{
	for (size_t i = 0, n; i < t.n; i += n) {
		const uint8_t *p = (const uint8_t *)t.p + i;
		size_t space = rp_space_at(t, i);

		n = space > 0 ? space : rp_utf8_len(p, t.n - i);
		RP_ASSERT(n > 0);
		if (space > 0)
			continue;
		if (plain(p, n) != 0)
			rp_buf_byte(b, plain(p, n));
		else
			add_folded(b, p, n);
	}
}

/* Changed runs that stand beside each other. */
struct group {
	struct rp_buf del, ins; /* folded, without white space */
	bool marked;            /* all are consequential already */
};

static bool
is_mark(const uint8_t *p, size_t n)
{
	if (n == 1)
		return *p == ';' || *p == ',' || *p == '.';
	if (n == 2)
		return p[0] == 0xd8 && (p[1] == 0x9b || p[1] == 0x8c);
	return n == 3 && (memcmp(p, "\xef\xbc\x9b", 3) == 0 ||    /* ； */
			     memcmp(p, "\xef\xbc\x8c", 3) == 0 || /* ， */
			     memcmp(p, "\xe3\x80\x82", 3) == 0);  /* 。 */
}

/* Only marks, and behind them maybe one word that joins the last item. */
static bool
only_marks(const struct rp_buf *b)
{
	static const char *const joins[] = { "and", "or", "et", "ou", "y", "e",
		"o", "u", "и", "или", "و", "أو", "和", "或", "以及", "und",
		"oder" };
	size_t i = 0, n;

	while (i < b->n && (n = rp_utf8_len(b->p + i, b->n - i)) > 0 &&
	       is_mark(b->p + i, n))
		i += n;
	if (i == b->n)
		return true;
	for (size_t k = 0; k < sizeof(joins) / sizeof(joins[0]); k++)
		if (strlen(joins[k]) == b->n - i &&
		    memcmp(b->p + i, joins[k], b->n - i) == 0)
			return true;
	return false;
}

static bool
is_item(const struct rp_block *b)
{
	return b->label.kind != RP_LABEL_NONE;
}

/* True if no item of the same list and level follows. */
static bool
is_last(const struct rp_side *s, uint32_t i)
{
	const struct rp_label *l = &s->blocks[i].label;

	for (uint32_t k = i + 1; k < s->n; k++) {
		const struct rp_block *b = &s->blocks[k];

		if (!is_item(b) || b->label.level < l->level)
			return true;
		if (b->label.level == l->level)
			return b->label.style != l->style;
	}
	return true;
}

struct place {
	const struct rp_side *old, *now;
	const struct rp_edit *edit; /* NULL in a note */
	bool at_end;                /* nothing EQUAL comes behind */
};

static enum weight
weigh(const struct place *p, const struct group *g)
{
	bool item;

	if (g->marked)
		return EDITORIAL;
	if (g->del.n == g->ins.n &&
	    (g->del.n == 0 || memcmp(g->del.p, g->ins.p, g->del.n) == 0))
		return EDITORIAL;
	if (!p->at_end || p->edit == NULL || !only_marks(&g->del) ||
	    !only_marks(&g->ins))
		return SUBSTANCE;
	item = is_item(&p->old->blocks[p->edit->old]) &&
	       is_item(&p->now->blocks[p->edit->now]);
	if (!item)
		return EDITORIAL;
	return is_last(p->old, p->edit->old) != is_last(p->now, p->edit->now) ?
		   FOLLOWS :
		   EDITORIAL;
}

/* Runs are of a note, whose texts these are, or else of blocks. */
struct texts {
	rp_text old, now;
	bool note;
};

static rp_text
run_text(const struct place *p, const struct texts *t,
    const struct rp_script_run *r, uint32_t now)
{
	rp_text whole;

	if (t->note)
		whole = r->change == RP_CHANGE_DEL ? t->old : t->now;
	else if (r->change == RP_CHANGE_DEL)
		whole = p->old->prose[r->old_block]->text;
	else
		whole = p->now->prose[now]->text;
	return rp_text_sub(whole, r->from, r->to);
}

static enum weight
weigh_runs(struct rp_arena *a, struct place *p, const struct texts *t,
    struct rp_script_runs *runs, uint32_t now)
{
	enum weight all = NOTHING;

	for (size_t i = 0, end; i < runs->n; i = end) {
		struct group g = { .marked = true };
		enum weight got;

		end = i + 1;
		if (runs->v[i].change == RP_CHANGE_EQUAL)
			continue;
		while (end < runs->n && runs->v[end].change != RP_CHANGE_EQUAL)
			end++;
		rp_buf_init(&g.del, a, SIZE_MAX / 4);
		rp_buf_init(&g.ins, a, SIZE_MAX / 4);
		for (size_t k = i; k < end; k++) {
			g.marked = g.marked && runs->v[k].consequential;
			add_text(runs->v[k].change == RP_CHANGE_DEL ? &g.del :
								      &g.ins,
			    run_text(p, t, &runs->v[k], now));
		}
		p->at_end = end == runs->n;
		got = weigh(p, &g);
		if (got == FOLLOWS)
			for (size_t k = i; k < end; k++)
				runs->v[k].consequential = true;
		all = heavier(all, got);
	}
	return all;
}

/* A note that came or went, mark and all, is of substance. */
static enum weight
weigh_note(struct rp_arena *a, struct place *p, struct rp_script_note *n)
{
	struct place q = { p->old, p->now, NULL, false };
	struct texts t = { .note = true };

	if (n->old == RP_NO_BLOCK || n->now == RP_NO_BLOCK)
		return SUBSTANCE;
	t.old = rp_note_text(a, p->old->doc, n->old);
	t.now = rp_note_text(a, p->now->doc, n->now);
	return weigh_runs(a, &q, &t, &n->runs, 0);
}

static bool
same_look(const struct rp_block *x, const struct rp_block *y)
{
	return x->kind == y->kind && x->level == y->level &&
	       rp_text_eq(x->style, y->style) &&
	       (x->label.kind == RP_LABEL_NONE) ==
		   (y->label.kind == RP_LABEL_NONE) &&
	       x->label.level == y->label.level &&
	       x->label.style == y->label.style;
}

void
rp_classify(struct rp_arena *a, const struct rp_side *old,
    const struct rp_side *now, struct rp_edit *e)
{
	struct place p = { old, now, e, false };
	const struct rp_block *x, *y;
	enum weight all;

	if (e->old == RP_NO_BLOCK || e->now == RP_NO_BLOCK) {
		e->class = e->old == RP_NO_BLOCK ? RP_CLASS_ADD : RP_CLASS_SUP;
		return;
	}
	x = &old->blocks[e->old];
	y = &now->blocks[e->now];
	e->renumbered = x->label.kind != RP_LABEL_NONE &&
			y->label.kind != RP_LABEL_NONE &&
			!rp_text_eq(x->label.text, y->label.text);
	all = weigh_runs(a, &p, &(struct texts){ 0 }, &e->runs, e->now);
	e->reformatted = e->runs.n == 0 && !same_look(x, y);
	for (size_t i = 0; i < e->notes.n; i++)
		all = heavier(all, weigh_note(a, &p, &e->notes.v[i]));
	/* The same text with another opaque run in it. */
	if (e->merged.n > 0 ||
	    (e->runs.n == 0 && old->key[e->old] != now->key[e->now]))
		all = SUBSTANCE;
	e->class = all == SUBSTANCE ? RP_CLASS_MOD :
		   all == EDITORIAL ? RP_CLASS_MOD_EDITORIAL :
				      RP_CLASS_NOC;
}
