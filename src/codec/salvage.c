#include "codec/salvage.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/salvage_labels.h"
#include "codec/salvage_private.h"
#include "codec/sink.h"
#include "text/input.h"

enum {
	CALLOUT_MAX = 300, /* octets */
	LISTS_DEEP = 4,    /* open at once */
	GAP_MAX = 48,      /* from the label that is expected */
	REFERRED_MAX = 64, /* call-outs that references are looked up for */
};

enum para_kind { PARA_TEXT = 0, PARA_CALLOUT, PARA_ITEM };

struct para {
	uint32_t line;
	enum para_kind kind;
	rp_text label, tail; /* "ch", ")" with what follows: "bis" */
	bool bullet, latin;
	rp_text text;
	size_t list, place; /* in reading.lists, from 1; in that list */
	size_t callout;     /* its paragraph's index, plus one */
	bool in_base, in_now;
	rp_text base_label, now_label; /* with tail; empty: none */
	rp_text base_text, now_text;
	bool suspicious; /* edited beyond what can be told */
	rp_text other_callout;
};

struct paras RP_VEC(struct para);

struct note {
	rp_text id, text;
	bool has_body;
	uint32_t line;
};

struct list {
	enum rp_label_style style;
	int32_t last_base, last_now; /* while lists are found */
	struct rp_list_items RP_VEC(struct rp_labels_item) items;
	struct rp_list_paras RP_VEC(size_t) paras;
};

struct reading {
	struct rp_arena *arena;
	struct rp_salvage *out;
	struct rp_salvage_words words;
	struct paras paras;
	struct notes RP_VEC(struct note) notes;
	struct lists RP_VEC(struct list) lists;
	size_t open[LISTS_DEEP]; /* lists, from 1 */
	size_t n_open;
	bool gap; /* a paragraph without a label since the last item */
};

rp_text
rp_salvage_kind_name(enum rp_salvage_kind kind)
{
	static const rp_text names[RP_SALVAGE_KINDS] = { RP_TEXT_INIT("LBL"),
		RP_TEXT_INIT("SUB"), RP_TEXT_INIT("INS"), RP_TEXT_INIT("DEL"),
		RP_TEXT_INIT("PAR"), RP_TEXT_INIT("FN"), RP_TEXT_INIT("HDG"),
		RP_TEXT_INIT("REF"), RP_TEXT_INIT("SPL"), RP_TEXT_INIT("ART") };

	return names[kind];
}

rp_text
rp_salvage_confidence_name(enum rp_salvage_confidence confidence)
{
	static const rp_text names[RP_SALVAGE_CONFIDENCES] = {
		RP_TEXT_INIT("certain"), RP_TEXT_INIT("likely"),
		RP_TEXT_INIT("ambiguous"), RP_TEXT_INIT("uncertain")
	};

	return names[confidence];
}

#define REASON(name, text) { RP_TEXT_INIT(#name), RP_TEXT_INIT(text) },
static const struct {
	rp_text name, text;
} reasons[] = {
	{ RP_TEXT_INIT(""), RP_TEXT_INIT("") },
#include "codec/salvage_reasons.def"
};
#undef REASON

rp_text
rp_salvage_reason_name(enum rp_salvage_reason reason)
{
	return reasons[reason].name;
}

rp_text
rp_salvage_reason_text(enum rp_salvage_reason reason)
{
	return reasons[reason].text;
}

static void
decide(struct reading *r, uint32_t line, enum rp_salvage_kind kind,
    enum rp_salvage_confidence confidence, rp_text flat, rp_text base,
    rp_text now, enum rp_salvage_reason reason)
{
	rp_vec_push(r->arena, &r->out->decisions,
	    ((struct rp_salvage_decision){ line, kind, confidence, flat, base,
		now, reason }));
}

/* What extractors leave behind. */

/* The octets of "[word:" at `i`, or 0. */
static size_t
opens(rp_text t, size_t i, const char *word)
{
	size_t n = strlen(word);

	return i + n <= t.n && memcmp(t.p + i, word, n) == 0 ? n : 0;
}

static size_t
digits(rp_text t, size_t i)
{
	size_t n = 0;

	while (i + n < t.n && n < 6 && isdigit((unsigned char)t.p[i + n]))
		n++;
	return n;
}

/* The bracket that closes the one at `i`, or t.n. */
static size_t
closing(rp_text t, size_t i)
{
	int deep = 0;

	for (; i < t.n; i++) {
		deep += t.p[i] == '[';
		deep -= t.p[i] == ']';
		if (deep == 0)
			return i;
	}
	return t.n;
}

static struct note *
note_of(struct reading *r, rp_text id, size_t since)
{
	for (size_t i = r->notes.n; i-- > since;)
		if (rp_text_eq(r->notes.v[i].id, id))
			return &r->notes.v[i];
	return NULL;
}

/* "[footnoteRef:1]1" becomes a mark; 0: it is none. */
static size_t
note_mark(struct reading *r, rp_text t, size_t i, uint32_t line,
    struct rp_buf *b)
{
	size_t n = opens(t, i, "[footnoteRef:"), len;
	struct note note = { .text = { "", 0 }, .line = line };

	if (n == 0)
		n = opens(t, i, "[endnoteRef:");
	len = n ? digits(t, i + n) : 0;
	if (len == 0 || i + n + len >= t.n || t.p[i + n + len] != ']')
		return 0;
	note.id = rp_text_sub(t, i + n, i + n + len);
	rp_vec_push(r->arena, &r->notes, note);
	rp_buf_f(b, "%c%zu%c", RP_SALVAGE_MARK, r->notes.n, RP_SALVAGE_MARK);
	n += len + 1;
	return n + digits(t, i + n); /* the number as it was shown */
}

/* "[1: 1 \tText]": the body of a note of this line; 0: it is none. */
static size_t
note_body(struct reading *r, rp_text t, size_t i, size_t since)
{
	size_t len = t.p[i] == '[' ? digits(t, i + 1) : 0, end, from;
	struct note *note;

	if (len == 0 || i + len + 1 >= t.n || t.p[i + len + 1] != ':')
		return 0;
	note = note_of(r, rp_text_sub(t, i + 1, i + 1 + len), since);
	end = closing(t, i);
	if (note == NULL || note->has_body || end == t.n)
		return 0;
	from = i + len + 2;
	while (from < end && isspace((unsigned char)t.p[from]))
		from++;
	len = digits(t, from);
	if (len > 0 && from + len < end &&
	    isspace((unsigned char)t.p[from + len]))
		from += len;
	note->has_body = true;
	note->text = rp_text_strip(rp_text_sub(t, from, end));
	return end + 1 - i;
}

static struct rp_err *
clean_line(struct reading *r, rp_text t, uint32_t line, rp_text *out)
{
	size_t since = r->notes.n, n;
	struct rp_buf b;

	rp_buf_init(&b, r->arena, 2 * t.n + 64);
	for (size_t i = 0; i < t.n; i += n) {
		size_t end = opens(t, i, "[bookmark:") ? closing(t, i) : t.n;

		if (end < t.n) {
			n = end + 1 - i;
			decide(r, line, RP_SALVAGE_ART, RP_SALVAGE_CERTAIN,
			    rp_text_sub(t, i, end + 1), RP_TEXT(""),
			    RP_TEXT(""), RP_BECAUSE_bookmark);
			continue;
		}
		n = note_mark(r, t, i, line, &b);
		if (n == 0)
			n = note_body(r, t, i, since);
		if (n > 0)
			continue;
		n = 1;
		rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	if (r->notes.n > RP_SALVAGE_NOTES_MAX)
		return rp_fail(RP_E_LIMIT, "over %zu notes",
		    RP_SALVAGE_NOTES_MAX);
	RP_TRY(rp_buf_done(&b, out));
	*out = rp_text_strip(*out);
	return NULL;
}

/* What a line is. */

static unsigned
first_class(struct reading *r, rp_text t, size_t *out_n)
{
	size_t n = 0;

	while (n < t.n && isalpha((unsigned char)t.p[n]))
		n++;
	*out_n = n;
	return n ? rp_salvage_classes(&r->words, rp_text_sub(t, 0, n)) : 0;
}

/* "recognizingrecalling": where the second begins, or 0. */
static size_t
second_callout(struct reading *r, rp_text t)
{
	size_t n, m;
	unsigned c = first_class(r, t, &n);

	if (c & RP_CLASS_CALLOUT)
		return n + 1 < t.n && t.p[n] == ' ' &&
			       first_class(r, rp_text_sub(t, n + 1, t.n), &m) &
				   RP_CLASS_CALLOUT ?
			   n + 1 :
			   0;
	for (size_t i = 4; i + 4 <= n && n < 40; i++)
		if (rp_salvage_classes(&r->words, rp_text_sub(t, 0, i)) &
		    rp_salvage_classes(&r->words, rp_text_sub(t, i, n)) &
		    RP_CLASS_CALLOUT)
			return i;
	return 0;
}

/* "instructs the Secretary-General": a short line without a mark at its end. */
static bool
is_callout(struct reading *r, rp_text t)
{
	size_t n;

	if (t.n == 0 || t.n > CALLOUT_MAX ||
	    memchr(",;.:?!", t.p[t.n - 1], 6) != NULL)
		return false;
	if (t.n > 9 && memcmp(t.p, "bearing in", 10) == 0)
		return true;
	return first_class(r, t, &n) & RP_CLASS_CALLOUT ||
	       second_callout(r, t) > 0;
}

/* The octets of a bullet at the start of a line. */
static size_t
bullet(rp_text t)
{
	static const char *const bullets[] = { "\xe2\x80\xa2", "\xe2\x80\x93",
		"\xe2\x80\x94", "-", "*", "\xc2\xb7" };

	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
		size_t n = opens(t, 0, bullets[i]);

		if (n > 0 && n < t.n && (t.p[n] == '\t' || t.p[n] == ' '))
			return n;
	}
	return 0;
}

static bool
blank_at(rp_text t, size_t i)
{
	return i >= t.n || t.p[i] == '\t' || t.p[i] == ' ' ||
	       opens(t, i, "\xc2\xa0");
}

static size_t
latin_at(rp_text t, size_t i)
{
	static const char *const words[] = { "bis", "ter", "quater",
		"quinquies" };

	for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
		size_t n = opens(t, i, words[k]);

		if (n > 0 && blank_at(t, i + n))
			return n;
	}
	return 0;
}

/* Take "ch)" or "34" from the start of a line. A number needs its tab. */
static void
take_label(struct para *p, rp_text t)
{
	size_t n = bullet(t), close = 0, latin;

	if (n > 0) {
		p->bullet = true;
		p->label = rp_text_sub(t, 0, n);
	} else {
		n = digits(t, 0);
		while (n == 0 || !isdigit((unsigned char)t.p[0])) {
			if (n >= t.n || n >= RP_LABELS_TEXT_MAX ||
			    !isalpha((unsigned char)t.p[n]))
				break;
			n++;
		}
		close = n > 0 && n < t.n && t.p[n] == ')';
		latin = latin_at(t, n + close);
		p->latin = latin > 0;
		p->label = rp_text_sub(t, 0, n);
		p->tail = rp_text_sub(t, n, n + close + latin);
		n += close + latin;
		if (n == 0 || !blank_at(t, n) ||
		    (!close && (n >= t.n || t.p[n] != '\t' ||
				   isalpha((unsigned char)t.p[0])))) {
			p->label = p->tail = RP_TEXT("");
			p->latin = false;
			return;
		}
	}
	p->kind = PARA_ITEM;
	p->text = rp_text_strip(rp_text_sub(t, n, t.n));
}

static void
read_para(struct reading *r, rp_text t, uint32_t line)
{
	struct para p = { .line = line,
		.text = t,
		.label = { "", 0 },
		.tail = { "", 0 },
		.in_base = true,
		.in_now = true };
	size_t two;

	if (is_callout(r, t)) {
		p.kind = PARA_CALLOUT;
		two = second_callout(r, t);
		if (two > 0) {
			size_t n, end;

			(void)first_class(r, rp_text_sub(t, two, t.n), &n);
			end = two + n;
			p.other_callout = rp_textf(r->arena, "%.*s%.*s",
			    (int)rp_text_strip(rp_text_sub(t, 0, two)).n, t.p,
			    (int)(t.n - end), t.p + end);
			p.text = rp_text_sub(t, two, t.n);
		}
	} else {
		take_label(&p, t);
	}
	rp_vec_push(r->arena, &r->paras, p);
}

static struct rp_err *
read_lines(struct reading *r, rp_text all)
{
	uint32_t line = 0;

	for (size_t i = 0, end; i <= all.n; i = end + 1) {
		rp_text t;

		end = rp_text_find(all, '\n', i);
		if (++line > RP_SALVAGE_LINES_MAX ||
		    end - i > RP_SALVAGE_LINE_MAX)
			return rp_fail(RP_E_LIMIT,
			    "line %u: too many lines, or too long", line);
		RP_TRY(clean_line(r, rp_text_sub(all, i, end), line, &t));
		if (t.n > 0)
			read_para(r, t, line);
	}
	return NULL;
}

/* Lists. */

static int32_t
apart(int32_t x, int32_t y)
{
	return x > y ? x - y : y - x;
}

/*
 * How far a label is from what this list expects, and what it then is; GAP_MAX
 * and more: it is not of this list.
 */
static int32_t
distance(const struct list *l, enum rp_label_style style, rp_text t,
    int32_t *base, int32_t *now)
{
	int32_t v = rp_labels_value(style, t), best = GAP_MAX;

	if (v > 0) {
		bool newer =
		    apart(v, l->last_now + 1) <= apart(v, l->last_base + 1);

		best = newer ? apart(v, l->last_now + 1) :
			       apart(v, l->last_base + 1);
		*now = newer ? v : l->last_now;
		*base = newer && l->last_now != l->last_base ? l->last_base : v;
	}
	for (size_t i = 1; i < t.n; i++) {
		int32_t one = rp_labels_value(style, rp_text_sub(t, 0, i));
		int32_t two = rp_labels_value(style, rp_text_sub(t, i, t.n));
		int32_t d = (apart(one, l->last_base + 1) +
				apart(two, l->last_now + 1)) /
			    2;

		if (one > 0 && two > 0 && one != two && d < best) {
			best = d;
			*base = one;
			*now = two;
		}
	}
	return best;
}

static const enum rp_label_style styles[] = { RP_LABEL_DECIMAL,
	RP_LABEL_LOWER_LETTER, RP_LABEL_UPPER_LETTER, RP_LABEL_LOWER_ROMAN };

static void
put_in(struct reading *r, size_t list, size_t i, int32_t base, int32_t now)
{
	struct list *l = &r->lists.v[list - 1];
	struct para *p = &r->paras.v[i];
	struct rp_labels_item item = { .text = p->label, .free = p->latin };

	p->list = list;
	p->place = l->items.n;
	rp_vec_push(r->arena, &l->items, item);
	rp_vec_push(r->arena, &l->paras, i);
	if (p->latin)
		return;
	l->last_base = base;
	l->last_now = now;
}

/* A new list one level down, if the label can be the first of one. */
static bool
open_list(struct reading *r, size_t i, bool below)
{
	struct list fresh = { 0 };
	const struct para *p = &r->paras.v[i];
	int32_t base = 0, now = 0, best = GAP_MAX;

	for (size_t k = 0; k < sizeof(styles) / sizeof(styles[0]); k++) {
		struct list start = { 0 };
		int32_t b = 0, n = 0;
		int32_t d = distance(&start, styles[k], p->label, &b, &n);

		for (size_t o = 0; o < r->n_open; o++)
			if (r->lists.v[r->open[o] - 1].style == styles[k])
				d = GAP_MAX;
		if (d < best) {
			best = d;
			fresh.style = styles[k];
			base = b;
			now = n;
		}
	}
	if (best >= (below ? 2 : GAP_MAX) || r->n_open == LISTS_DEEP)
		return false;
	rp_vec_push(r->arena, &r->lists, fresh);
	r->open[r->n_open++] = r->lists.n;
	put_in(r, r->lists.n, i, base, now);
	return true;
}

static void
place_item(struct reading *r, size_t i)
{
	struct para *p = &r->paras.v[i];
	rp_text before = i > 0 ? r->paras.v[i - 1].text : (rp_text){ "", 0 };
	bool colon = before.n > 0 && before.p[before.n - 1] == ':';
	int32_t best = GAP_MAX, base = 0, now = 0;
	size_t where = 0;

	/* After other paragraphs a first label begins another list. */
	if (r->gap && r->n_open > 0 &&
	    rp_labels_value(r->lists.v[r->open[0] - 1].style, p->label) == 1)
		r->n_open = 0;
	r->gap = false;
	if (r->n_open == 0) {
		(void)open_list(r, i, false);
		return;
	}
	if (colon && open_list(r, i, true))
		return;
	for (size_t o = r->n_open; o-- > 0;) {
		const struct list *l = &r->lists.v[r->open[o] - 1];
		int32_t b = 0, n = 0, d;

		d = distance(l, l->style, p->label, &b, &n);
		if (d < best) {
			best = d;
			base = b;
			now = n;
			where = o + 1;
		}
	}
	if (best > 1 && open_list(r, i, true))
		return;
	if (where == 0)
		return;
	r->n_open = where;
	put_in(r, r->open[where - 1], i, base, now);
}

/* Two call-outs that differ at most by what the longer one goes on with. */
static bool
same_callout(rp_text x, rp_text y)
{
	size_t n = x.n < y.n ? x.n : y.n;
	rp_text longer = x.n < y.n ? y : x;

	return n > 0 && memcmp(x.p, y.p, n) == 0 &&
	       (x.n == y.n || longer.p[n] == ' ');
}

/*
 * A call-out that stands twice, and the numbering goes on below the second: it
 * stood there in the base, and was joined to the first.
 */
static bool
continues(struct reading *r, size_t last, size_t i)
{
	const struct para *first = &r->paras.v[last], *p = &r->paras.v[i];
	const struct para *next;
	const struct list *l;
	int32_t b = 0, n = 0;

	if (i + 1 >= r->paras.n || r->n_open == 0 ||
	    first->kind != PARA_CALLOUT || !same_callout(first->text, p->text))
		return false;
	next = &r->paras.v[i + 1];
	l = &r->lists.v[r->open[0] - 1];
	if (next->kind != PARA_ITEM || next->bullet || next->latin)
		return false;
	if (rp_labels_value(l->style, next->label) == 1)
		return false;
	return rp_labels_value(l->style, next->label) == l->last_now + 1 ||
	       (distance(l, l->style, next->label, &b, &n) < GAP_MAX &&
		   b == 1 && n == l->last_now + 1);
}

/* How many items stand directly below. */
static size_t
items_below(const struct reading *r, size_t i)
{
	size_t n = 0;

	while (
	    i + 1 + n < r->paras.n && r->paras.v[i + 1 + n].kind == PARA_ITEM)
		n++;
	return n;
}

static void
merged_callout(struct reading *r, size_t i)
{
	struct para *p = &r->paras.v[i], *only = p + 1;
	struct list *l = &r->lists.v[r->open[0] - 1];

	r->n_open = 1;
	p->in_now = false;
	decide(r, p->line, RP_SALVAGE_HDG, RP_SALVAGE_CERTAIN, p->text, p->text,
	    RP_TEXT(""), RP_BECAUSE_twice_callout);
	if (items_below(r, i) != 1 ||
	    rp_labels_value(l->style, only->label) == 0) {
		place_item(r, i + 1);
		if (only->list != 0)
			r->lists.v[only->list - 1]
			    .items.v[only->place]
			    .restarts_base = true;
		return;
	}
	/* Alone below its call-out it had no number. */
	only->list = SIZE_MAX;
	only->now_label = rp_textf(r->arena, "%.*s%.*s", RP_FMT(only->label),
	    RP_FMT(only->tail));
	only->base_label = RP_TEXT("");
}

static void
find_lists(struct reading *r)
{
	size_t callout = 0;
	bool placed = false;

	for (size_t i = 0; i < r->paras.n; i++) {
		struct para *p = &r->paras.v[i];

		if (p->kind == PARA_CALLOUT) {
			placed = callout > 0 && continues(r, callout - 1, i);
			if (placed)
				merged_callout(r, i);
			else
				r->n_open = 0;
			callout = i + 1;
			continue;
		}
		p->callout = callout;
		r->gap |= p->kind == PARA_TEXT;
		if (p->kind == PARA_ITEM && !p->bullet && !placed)
			place_item(r, i);
		placed = false;
	}
}

/* The verdicts of a list on its paragraphs. */

static rp_text
full_label(struct reading *r, const struct para *p, enum rp_label_style style,
    int32_t v)
{
	if (v == 0)
		return RP_TEXT("");
	return rp_textf(r->arena, "%.*s%.*s",
	    RP_FMT(rp_labels_text(r->arena, style, v)), RP_FMT(p->tail));
}

static enum rp_salvage_reason
why(enum rp_labels_verdict verdict, enum rp_labels_certainty certainty)
{
	static const enum rp_salvage_reason forced[] = { 0,
		RP_BECAUSE_arithmetic, RP_BECAUSE_arithmetic_left,
		RP_BECAUSE_arithmetic_only, RP_BECAUSE_arithmetic_beside, 0,
		RP_BECAUSE_fault };
	static const enum rp_salvage_reason best[] = { 0, RP_BECAUSE_simplest,
		RP_BECAUSE_simplest_left, RP_BECAUSE_simplest_inserted,
		RP_BECAUSE_simplest_deleted, 0, RP_BECAUSE_fault };

	return certainty == RP_LABELS_FORCED ? forced[verdict] : best[verdict];
}

static void
apply(struct reading *r, struct list *l, const struct rp_labels_answer *got,
    enum rp_labels_outcome outcome)
{
	for (size_t i = 0; i < l->paras.n; i++) {
		struct para *p = &r->paras.v[l->paras.v[i]];
		const struct rp_labels_answer *g = &got[i];

		if (outcome == RP_LABELS_TOO_BIG ||
		    g->verdict == RP_LABELS_FREE) {
			p->base_label = p->now_label = rp_textf(r->arena,
			    "%.*s%.*s", RP_FMT(p->label), RP_FMT(p->tail));
			continue;
		}
		p->base_label = full_label(r, p, l->style, g->base);
		p->now_label = full_label(r, p, l->style, g->now);
		p->in_base = g->verdict != RP_LABELS_INSERT && p->in_base;
		p->in_now = g->verdict != RP_LABELS_DELETE && p->in_now;
	}
}

static void
tell_list(struct reading *r, struct para *p, const struct rp_labels_answer *g,
    enum rp_labels_outcome outcome)
{
	enum rp_salvage_confidence c =
	    g->certainty == RP_LABELS_FORCED && outcome == RP_LABELS_SOLVED ?
		RP_SALVAGE_CERTAIN :
	    g->certainty == RP_LABELS_TIED ? RP_SALVAGE_AMBIGUOUS :
					     RP_SALVAGE_LIKELY;
	rp_text flat =
	    rp_textf(r->arena, "%.*s%.*s", RP_FMT(p->label), RP_FMT(p->tail));
	bool par =
	    g->verdict == RP_LABELS_INSERT || g->verdict == RP_LABELS_DELETE;

	if (outcome == RP_LABELS_TOO_BIG || g->verdict == RP_LABELS_KEEP ||
	    g->verdict == RP_LABELS_FREE)
		return;
	if (g->verdict == RP_LABELS_ODD)
		c = RP_SALVAGE_AMBIGUOUS;
	decide(r, p->line, par ? RP_SALVAGE_PAR : RP_SALVAGE_LBL, c, flat,
	    p->base_label, p->now_label, why(g->verdict, g->certainty));
}

struct answers RP_VEC(struct rp_labels_answer *);
struct outcomes RP_VEC(enum rp_labels_outcome);

static void
solve_lists(struct reading *r, struct answers *answers,
    struct outcomes *outcomes)
{
	for (size_t i = 0; i < r->lists.n; i++) {
		struct list *l = &r->lists.v[i];
		struct rp_labels_answer *got =
		    rp_new_n(r->arena, struct rp_labels_answer, l->items.n);
		enum rp_labels_outcome o = rp_labels_solve(r->arena, l->style,
		    l->items.v, l->items.n, got);

		apply(r, l, got, o);
		rp_vec_push(r->arena, answers, got);
		rp_vec_push(r->arena, outcomes, o);
	}
}

/* What stands below an item that came or went, came or went with it. */
static void
sublists(struct reading *r)
{
	const struct para *owner = NULL;

	for (size_t i = 0; i < r->paras.n; i++) {
		struct para *p = &r->paras.v[i];

		if (p->kind == PARA_CALLOUT)
			owner = NULL;
		else if (p->kind == PARA_ITEM && p->list != 0 &&
			 owner != NULL && p->list != owner->list &&
			 p->list != SIZE_MAX && p->place == 0 &&
			 owner->in_base != owner->in_now)
			for (size_t k = 0; k < r->lists.v[p->list - 1].paras.n;
			     k++) {
				struct para *q =
				    &r->paras
					 .v[r->lists.v[p->list - 1].paras.v[k]];

				q->in_base &= owner->in_base;
				q->in_now &= owner->in_now;
			}
		if (p->kind == PARA_ITEM && !p->bullet)
			owner = p;
	}
}

/* Words inside of the paragraphs. */

/* A text without the marks of notes, for people to read. */
static rp_text
readable(struct reading *r, rp_text t)
{
	struct rp_buf b;

	if (memchr(t.p, RP_SALVAGE_MARK, t.n) == NULL)
		return t;
	rp_buf_init(&b, r->arena, 2 * t.n + 2);
	for (size_t i = 0, open = 0; i < t.n; i++) {
		if (t.p[i] != RP_SALVAGE_MARK)
			rp_buf_byte(&b, (uint8_t)t.p[i]);
		else if (open++ % 2 == 0)
			rp_buf_add(&b, "[^", 2);
		else
			rp_buf_byte(&b, ']');
	}
	return rp_text_trusted(r->arena, (rp_bytes){ b.p, b.n });
}

static rp_text
rebuilt(struct reading *r, const struct para *p,
    const struct rp_salvage_edits *edits, bool now)
{
	size_t at = 0, room = p->text.n + 1;
	struct rp_buf b;

	for (size_t i = 0; i < edits->n; i++)
		room += edits->v[i].base.n + edits->v[i].now.n;
	rp_buf_init(&b, r->arena, room);
	for (size_t i = 0; i < edits->n; i++) {
		const struct rp_salvage_edit *e = &edits->v[i];

		if (e->confidence == RP_SALVAGE_UNCERTAIN)
			continue;
		rp_buf_add(&b, p->text.p + at, e->from - at);
		rp_buf_text(&b, now ? e->now : e->base);
		at = e->to;
	}
	rp_buf_add(&b, p->text.p + at, p->text.n - at);
	return rp_text_trusted(r->arena, (rp_bytes){ b.p, b.n });
}

static void
tell_edits(struct reading *r, const struct para *p,
    const struct rp_salvage_edits *edits)
{
	for (size_t i = 0; i < edits->n; i++) {
		const struct rp_salvage_edit *e = &edits->v[i];

		decide(r, p->line, e->kind, e->confidence,
		    readable(r, rp_text_sub(p->text, e->from, e->to)),
		    readable(r, e->base), readable(r, e->now), e->reason);
	}
}

static void
read_words(struct reading *r, struct para *p)
{
	struct rp_salvage_edits edits = { 0 }, doubts = { 0 };

	rp_salvage_find(&r->words, p->text, &edits);
	tell_edits(r, p, &edits);
	for (size_t i = 0; i < edits.n; i++)
		if (edits.v[i].confidence == RP_SALVAGE_UNCERTAIN)
			p->suspicious = true;
	if (p->suspicious) {
		rp_salvage_suspect(&r->words, p->text, &doubts);
		tell_edits(r, p, &doubts);
	}
	p->base_text = rebuilt(r, p, &edits, false);
	p->now_text = rebuilt(r, p, &edits, true);
}

static void
read_callout(struct reading *r, struct para *p)
{
	p->base_text = p->now_text = p->text;
	if (p->other_callout.n == 0)
		return;
	p->base_text = p->other_callout;
	decide(r, p->line, RP_SALVAGE_HDG, RP_SALVAGE_CERTAIN,
	    rp_textf(r->arena, "%.*s | %.*s", RP_FMT(p->base_text),
		RP_FMT(p->now_text)),
	    p->base_text, p->now_text, RP_BECAUSE_two_callouts);
}

/* Notes. */

static void
tell_notes(struct reading *r, struct para *p)
{
	for (size_t i = 0; i < p->text.n; i++) {
		int64_t v = 0;
		const struct note *note;
		size_t end;

		if (p->text.p[i] != RP_SALVAGE_MARK)
			continue;
		end = rp_text_find(p->text, RP_SALVAGE_MARK, i + 1);
		if (!rp_text_i64(rp_text_sub(p->text, i + 1, end), &v))
			return;
		note = &r->notes.v[v - 1];
		if (note->text.n == 0) {
			p->suspicious = true;
			decide(r, p->line, RP_SALVAGE_FN, RP_SALVAGE_UNCERTAIN,
			    rp_textf(r->arena, "[^%lld]", (long long)v),
			    RP_TEXT(""), RP_TEXT(""), RP_BECAUSE_note_lost);
		} else {
			decide(r, p->line, RP_SALVAGE_ART, RP_SALVAGE_CERTAIN,
			    rp_textf(r->arena, "[^%lld]", (long long)v),
			    note->text, note->text, RP_BECAUSE_note_out);
		}
		for (int64_t k = 1; k < v && note->text.n > 0 && v < 200; k++)
			if (rp_text_eq(r->notes.v[k - 1].text, note->text)) {
				decide(r, p->line, RP_SALVAGE_FN,
				    RP_SALVAGE_UNCERTAIN,
				    rp_textf(r->arena, "[^%lld]", (long long)v),
				    note->text, note->text,
				    RP_BECAUSE_note_same);
				break;
			}
		i = end;
	}
}

/* Marks at the end of paragraphs. */

static char
last_mark(rp_text t)
{
	char c = t.n > 0 ? t.p[t.n - 1] : 0;

	return c == ',' || c == ';' || c == '.' ? c : 0;
}

static rp_text
with_mark(struct reading *r, rp_text t, char mark)
{
	return rp_textf(r->arena, "%.*s%c", (int)t.n - 1, t.p, mark);
}

/*
 * The last paragraph below a call-out ends with a comma (or a full stop). When
 * the last one that is shown is of one version only, the last one of the other
 * version had that mark.
 */
static void
mend_marks(struct reading *r, size_t from, size_t to)
{
	const struct para *last = &r->paras.v[to - 1];
	char mark = last_mark(last->text);

	if (mark == 0 || last->in_base == last->in_now)
		return;
	for (size_t i = to - 1; i-- > from;) {
		struct para *p = &r->paras.v[i];
		bool in = last->in_now ? p->in_base : p->in_now;
		rp_text *t = last->in_now ? &p->base_text : &p->now_text;

		if (!in)
			continue;
		if (last_mark(*t) != 0 && last_mark(*t) != mark) {
			rp_text was = rp_text_sub(*t, t->n - 1, t->n);

			*t = with_mark(r, *t, mark);
			decide(r, p->line, RP_SALVAGE_SUB, RP_SALVAGE_LIKELY,
			    was,
			    rp_text_sub(p->base_text, p->base_text.n - 1,
				p->base_text.n),
			    rp_text_sub(p->now_text, p->now_text.n - 1,
				p->now_text.n),
			    RP_BECAUSE_last_mark);
		}
		return;
	}
}

static void
mend_all_marks(struct reading *r)
{
	size_t from = 0;

	for (size_t i = 0; i <= r->paras.n; i++) {
		if (i < r->paras.n && r->paras.v[i].kind == PARA_ITEM)
			continue;
		if (i > from)
			mend_marks(r, from, i);
		from = i + 1;
	}
}

/* References to paragraphs that were renumbered. */

static rp_text
plainer(struct reading *r, rp_text t)
{
	char *p = rp_alloc(r->arena, t.n + 1);

	for (size_t i = 0; i < t.n; i++)
		p[i] =
		    t.p[i] == '-' ? ' ' : (char)tolower((unsigned char)t.p[i]);
	return (rp_text){ p, t.n };
}

static void
tell_reference(struct reading *r, const struct para *p, size_t callout,
    rp_text flat, rp_text label)
{
	for (size_t i = callout + 1;
	     i < r->paras.n && r->paras.v[i].kind != PARA_CALLOUT; i++) {
		const struct para *q = &r->paras.v[i];

		if (!rp_text_eq(q->now_label, label) || q->list == 0 ||
		    rp_text_eq(q->base_label, q->now_label) || !q->in_base)
			continue;
		decide(r, p->line, RP_SALVAGE_REF,
		    p->in_base ? RP_SALVAGE_AMBIGUOUS : RP_SALVAGE_LIKELY, flat,
		    p->in_base ? flat : RP_TEXT(""), flat,
		    RP_BECAUSE_new_number);
		return;
	}
}

static void
references(struct reading *r, const struct para *p, const size_t *callouts,
    const rp_text *names, size_t n)
{
	rp_text t = plainer(r, p->text);

	for (size_t k = 0; k < n; k++) {
		const char *hit = memmem(t.p, t.n, names[k].p, names[k].n);
		size_t end, len;

		if (hit == NULL)
			continue;
		end = (size_t)(hit - t.p) + names[k].n;
		if (end >= t.n || t.p[end] != ' ')
			continue;
		len = digits(t, end + 1);
		if (len == 0 && end + 2 < t.n && t.p[end + 2] == ')')
			len = 2;
		if (len > 0)
			tell_reference(r, p, callouts[k],
			    rp_text_sub(p->text, (size_t)(hit - t.p),
				end + 1 + len),
			    rp_text_sub(p->text, end + 1, end + 1 + len));
	}
}

static void
all_references(struct reading *r)
{
	size_t callouts[REFERRED_MAX], n = 0;
	rp_text names[REFERRED_MAX];

	for (size_t i = 0; i < r->paras.n && n < REFERRED_MAX; i++) {
		if (r->paras.v[i].kind != PARA_CALLOUT)
			continue;
		callouts[n] = i;
		names[n++] = plainer(r, r->paras.v[i].text);
	}
	for (size_t i = 0; i < r->paras.n; i++)
		references(r, &r->paras.v[i], callouts, names, n);
}

/* The two documents. */

struct making {
	struct reading *r;
	struct rp_document *d;
	bool now;
};

static uint32_t
make_note(struct making *m, int64_t v)
{
	struct rp_arena *a = m->r->arena;
	const struct note *note = &m->r->notes.v[v - 1];
	struct rp_story story = { .kind = RP_STORY_FOOTNOTE, .id = note->id };
	struct rp_block b = { .kind = RP_BLOCK_PARAGRAPH, .n_runs = 1 };

	b.runs = rp_new(a, struct rp_run);
	b.runs[0].text = note->text;
	rp_vec_push(a, &story.blocks, b);
	rp_vec_push(a, &m->d->notes, story);
	return (uint32_t)(m->d->notes.n - 1);
}

struct runs RP_VEC(struct rp_run);

static void
make_runs(struct making *m, struct runs *runs, rp_text t)
{
	struct rp_arena *a = m->r->arena;
	size_t i = 0;

	while (i < t.n) {
		size_t end = rp_text_find(t, RP_SALVAGE_MARK, i);
		struct rp_run run = { .text = rp_text_sub(t, i, end) };
		int64_t v = 0;

		if (end > i)
			rp_vec_push(a, runs, run);
		if (end >= t.n)
			return;
		i = rp_text_find(t, RP_SALVAGE_MARK, end + 1);
		if (rp_text_i64(rp_text_sub(t, end + 1, i), &v))
			rp_vec_push(a, runs,
			    ((struct rp_run){ .kind = RP_RUN_NOTE,
				.text = { "", 0 },
				.note = make_note(m, v) }));
		i++;
	}
}

static void
label_block(struct making *m, const struct para *p, struct rp_block *b,
    struct runs *runs)
{
	struct rp_arena *a = m->r->arena;
	rp_text whole =
	    rp_textf(a, "%.*s%.*s", RP_FMT(p->label), RP_FMT(p->tail));
	rp_text t = m->now ? p->now_label : p->base_label;

	if (p->list == 0)
		t = whole;
	if (t.n == 0)
		return;
	b->label.kind = RP_LABEL_TYPED;
	b->label.text = t;
	b->label.style = p->list == 0 || p->list == SIZE_MAX ?
			     RP_LABEL_OTHER :
			     m->r->lists.v[p->list - 1].style;
	if (p->bullet)
		b->label.style = RP_LABEL_BULLET;
	if (b->label.style != RP_LABEL_OTHER && !p->bullet)
		b->label.value = rp_labels_value(b->label.style,
		    rp_text_sub(t, 0, t.n - p->tail.n));
	b->label.list = p->list == SIZE_MAX ? 0 : (uint32_t)p->list;
	b->label_runs = 1;
	rp_vec_push(a, runs,
	    ((struct rp_run){ .text = rp_textf(a, "%.*s\t", RP_FMT(t)) }));
}

static struct rp_document *
make_document(struct reading *r, bool now)
{
	struct making m = { r, rp_document_new(r->arena), now };
	bool before_callouts = true;

	for (size_t i = 0; i < r->paras.n; i++) {
		const struct para *p = &r->paras.v[i];
		struct rp_block b = { .kind = RP_BLOCK_PARAGRAPH };
		struct runs runs = { 0 };

		if (!(now ? p->in_now : p->in_base))
			continue;
		if (p->kind == PARA_CALLOUT) {
			b.kind = RP_BLOCK_CALLOUT;
			before_callouts = false;
		} else if (p->kind == PARA_ITEM) {
			b.kind =
			    p->callout ? RP_BLOCK_PROVISION : RP_BLOCK_ITEM;
			label_block(&m, p, &b, &runs);
		} else if (before_callouts && last_mark(p->text) == 0 &&
			   i < 3) {
			b.kind = RP_BLOCK_HEADING;
			b.level = i == 0;
		}
		make_runs(&m, &runs, now ? p->now_text : p->base_text);
		b.runs = runs.v;
		b.n_runs = (uint32_t)runs.n;
		rp_vec_push(r->arena, &m.d->body.blocks, b);
	}
	return m.d;
}

/* Stable by line: counting sort is not worth it, the order is nearly right. */
static void
sort_decisions(struct reading *r)
{
	struct rp_salvage_decisions sorted = { 0 };
	size_t *next, *first;
	size_t lines = RP_SALVAGE_LINES_MAX + 2;

	first = rp_new_n(r->arena, size_t, lines);
	for (size_t i = 0; i < r->out->decisions.n; i++)
		first[r->out->decisions.v[i].line + 1]++;
	for (size_t i = 1; i < lines; i++)
		first[i] += first[i - 1];
	next = first;
	sorted.n = sorted.cap = r->out->decisions.n;
	sorted.v = rp_new_n(r->arena, struct rp_salvage_decision, sorted.n + 1);
	for (size_t i = 0; i < r->out->decisions.n; i++) {
		const struct rp_salvage_decision *d = &r->out->decisions.v[i];

		sorted.v[next[d->line]++] = *d;
	}
	r->out->decisions = sorted;
}

static void
tell_paras(struct reading *r, const struct answers *answers,
    const struct outcomes *outcomes)
{
	for (size_t i = 0; i < r->paras.n; i++) {
		struct para *p = &r->paras.v[i];

		if (p->kind == PARA_CALLOUT) {
			read_callout(r, p);
			continue;
		}
		if (p->list == SIZE_MAX)
			decide(r, p->line, RP_SALVAGE_LBL, RP_SALVAGE_CERTAIN,
			    p->now_label, RP_TEXT(""), p->now_label,
			    RP_BECAUSE_alone);
		else if (p->list != 0)
			tell_list(r, p, &answers->v[p->list - 1][p->place],
			    outcomes->v[p->list - 1]);
		tell_notes(r, p);
		read_words(r, p);
	}
}

struct rp_err *
rp_salvage_read(struct rp_arena *a, rp_bytes in, struct rp_salvage *out)
{
	struct rp_salvage got = { 0 };
	struct reading *r = rp_new(a, struct reading);
	struct answers answers = { 0 };
	struct outcomes outcomes = { 0 };
	rp_text all;

	r->arena = r->words.arena = a;
	r->out = &got;
	RP_TRY(rp_text_input(a, in, RP_SALVAGE_MAX, &all));
	rp_salvage_lexicon(&r->words);
	RP_TRY(read_lines(r, all));
	for (size_t i = 0; i < r->paras.n; i++)
		rp_salvage_learn(&r->words, r->paras.v[i].text);
	find_lists(r);
	solve_lists(r, &answers, &outcomes);
	sublists(r);
	tell_paras(r, &answers, &outcomes);
	mend_all_marks(r);
	all_references(r);
	got.base = make_document(r, false);
	got.now = make_document(r, true);
	sort_decisions(r);
	*out = got;
	return NULL;
}

/* Writing. */

static void
put_blocks(struct rp_arena *a, struct rp_sink *sink,
    const struct rp_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct rp_block *b = &blocks->v[i];

		for (uint32_t k = 0; k < b->n_runs; k++) {
			const struct rp_run *run = &b->runs[k];

			if (run->kind == RP_RUN_TEXT)
				rp_sink_text(sink, run->text);
			else if (run->kind == RP_RUN_NOTE)
				rp_sink_text(sink,
				    rp_textf(a, "[^%u]", run->note + 1));
		}
		rp_sink_byte(sink, '\n');
	}
}

void
rp_salvage_put_text(struct rp_arena *a, struct rp_sink *sink,
    const struct rp_document *d)
{
	put_blocks(a, sink, &d->body.blocks);
	for (size_t i = 0; i < d->notes.n; i++) {
		rp_sink_text(sink, rp_textf(a, "[^%zu]: ", i + 1));
		put_blocks(a, sink, &d->notes.v[i].blocks);
	}
}

static void
put_member(struct rp_json_writer *w, rp_text key, rp_text value, bool nullable)
{
	rp_json_key(w, key);
	if (nullable && value.n == 0)
		rp_json_put_null(w);
	else
		rp_json_put_text(w, value);
}

void
rp_salvage_put_json(struct rp_sink *sink, const struct rp_salvage *s)
{
	struct rp_json_writer w;

	rp_json_init(&w, sink);
	rp_json_object_begin(&w);
	put_member(&w, RP_TEXT("format"), RP_TEXT("rapporteur-salvage-1"),
	    false);
	rp_json_key(&w, RP_TEXT("decisions"));
	rp_json_array_begin(&w);
	for (size_t i = 0; i < s->decisions.n; i++) {
		const struct rp_salvage_decision *d = &s->decisions.v[i];

		rp_json_object_begin(&w);
		rp_json_key(&w, RP_TEXT("line"));
		rp_json_put_i64(&w, d->line);
		put_member(&w, RP_TEXT("kind"), rp_salvage_kind_name(d->kind),
		    false);
		put_member(&w, RP_TEXT("confidence"),
		    rp_salvage_confidence_name(d->confidence), false);
		put_member(&w, RP_TEXT("flattened"), d->flat, false);
		put_member(&w, RP_TEXT("base"), d->base, true);
		put_member(&w, RP_TEXT("new"), d->now, true);
		put_member(&w, RP_TEXT("rule"),
		    rp_salvage_reason_name(d->reason), false);
		put_member(&w, RP_TEXT("reason"),
		    rp_salvage_reason_text(d->reason), false);
		rp_json_object_end(&w);
	}
	rp_json_array_end(&w);
	rp_json_object_end(&w);
	rp_json_line_end(&w);
}
