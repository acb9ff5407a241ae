#include "redline/sample.h"

#include "base/err.h"
#include "base/map.h"

struct note_numbers RP_MAP(uint32_t);

struct reading {
	struct rp_arena *arena;
	struct rp_document *doc;
	enum rp_label_kind kind;
	uint32_t tables, row;
	bool in_table, below_callout;
	struct note_numbers numbers; /* note + 1 by the number in the text */
};

static rp_text
next_line(rp_text t, size_t *at)
{
	size_t from = *at, to = rp_text_find(t, '\n', from);

	*at = to + 1;
	return rp_text_sub(t, from, to);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "[^12]" at the end of `t`: its number, and `t` without it. */
static bool
take_mark(rp_text *t, rp_text *number)
{
	size_t i = t->n;

	if (i < 4 || t->p[i - 1] != ']')
		return false;
	for (i--; i > 0 && is_digit(t->p[i - 1]);)
		i--;
	if (i < 2 || t->p[i - 1] != '^' || t->p[i - 2] != '[')
		return false;
	*number = rp_text_sub(*t, i, t->n - 1);
	*t = rp_text_sub(*t, 0, i - 2);
	return true;
}

static bool
is_roman(rp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != 'i' && t.p[i] != 'v' && t.p[i] != 'x' &&
		    t.p[i] != ')')
			return false;
	return t.n > 1;
}

static struct rp_label
label_of(const struct reading *r, rp_text t)
{
	struct rp_label l = { .kind = r->kind, .text = t };

	l.style = RP_LABEL_OTHER;
	if (t.n > 0 && is_digit(t.p[0])) {
		l.style = RP_LABEL_DECIMAL;
		for (size_t i = 0; i < t.n && is_digit(t.p[i]); i++)
			l.value = l.value * 10 + (t.p[i] - '0');
	} else if (t.n > 0 && t.p[0] >= 'a' && t.p[0] <= 'z') {
		l.style = RP_LABEL_LOWER_LETTER;
		l.value = t.p[0] - 'a' + 1;
	}
	return l;
}

static void
add_run(struct reading *r, struct rp_block *b, const struct rp_run *run)
{
	struct rp_run *v = rp_new_n(r->arena, struct rp_run, b->n_runs + 1);

	if (b->n_runs > 0)
		memcpy(v, b->runs, b->n_runs * sizeof(*v));
	v[b->n_runs++] = *run;
	b->runs = v;
}

static uint32_t
note_of(struct reading *r, rp_text number)
{
	uint32_t *at = rp_map_at(r->arena, &r->numbers, number);
	struct rp_story s = { .kind = RP_STORY_FOOTNOTE, .id = number };

	if (*at == 0) {
		rp_vec_push(r->arena, &r->doc->notes, s);
		*at = (uint32_t)r->doc->notes.n;
	}
	return *at - 1;
}

static void
add_text(struct reading *r, struct rp_block *b, rp_text t)
{
	rp_text number = { "", 0 };
	bool mark = take_mark(&t, &number);

	if (!rp_text_eq(t, RP_TEXT("_")))
		add_run(r, b,
		    &(struct rp_run){ .text = rp_text_dup(r->arena, t) });
	if (mark)
		add_run(r, b,
		    &(struct rp_run){ .kind = RP_RUN_NOTE,
			.note = note_of(r, rp_text_dup(r->arena, number)) });
}

static size_t
count_words(rp_text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] != ' ' && (i == 0 || t.p[i - 1] == ' ');
	return n;
}

static bool
has_tab(rp_text t)
{
	return rp_text_find(t, '\t', 0) < t.n;
}

static bool
looks_like_callout(rp_text t, rp_text following)
{
	size_t n = count_words(t);
	char last = t.n > 0 ? t.p[t.n - 1] : ' ';

	if (t.n == 0 || has_tab(t) || t.p[0] == '|' || n > 12 ||
	    (t.p[0] >= 'A' && t.p[0] <= 'Z') || is_digit(t.p[0]) ||
	    last == '.' || last == ';' || last == ',' || last == ']')
		return false;
	return has_tab(following) || count_words(following) >= 5;
}

static void
row_line(struct reading *r, rp_text t)
{
	uint32_t column = 0;

	if (!r->in_table) {
		r->tables++;
		r->row = 0;
	}
	r->in_table = true;
	r->row++;
	for (size_t at = 1, end; at < t.n; at = end + 1) {
		struct rp_block b = { .cell = { .table = r->tables,
					  .row = r->row,
					  .column = ++column } };

		end = rp_text_find(t, '|', at);
		add_text(r, &b, rp_text_trim(rp_text_sub(t, at, end)));
		rp_vec_push(r->arena, &r->doc->body.blocks, b);
	}
}

static void
block_line(struct reading *r, rp_text t, rp_text following)
{
	size_t tab = rp_text_find(t, '\t', 0);
	struct rp_block b = { 0 };

	r->in_table = false;
	if (tab < t.n) {
		rp_text label = rp_text_dup(r->arena, rp_text_sub(t, 0, tab));

		b.kind = r->below_callout ? RP_BLOCK_PROVISION : RP_BLOCK_ITEM;
		b.label = label_of(r, label);
		b.label.level = is_roman(label);
		b.level = b.label.level;
		if (r->kind == RP_LABEL_TYPED) {
			add_run(r, &b, &(struct rp_run){ .text = label });
			add_run(r, &b,
			    &(struct rp_run){ .text = RP_TEXT("\t") });
			b.label_runs = 2;
		}
		t = rp_text_sub(t, tab + 1, t.n);
	} else if (looks_like_callout(t, following)) {
		b.kind = RP_BLOCK_CALLOUT;
		r->below_callout = true;
	}
	add_text(r, &b, t);
	rp_vec_push(r->arena, &r->doc->body.blocks, b);
}

/* "[^1]: text": the story of a note whose mark was seen. */
static bool
note_line(struct reading *r, rp_text t)
{
	size_t colon = rp_text_find(t, ':', 0);
	rp_text head = rp_text_sub(t, 0, colon < t.n ? colon : 0), number;
	struct rp_block b = { 0 };

	if (!rp_text_starts(t, RP_TEXT("[^")) || !take_mark(&head, &number) ||
	    head.n > 0)
		return false;
	add_run(r, &b,
	    &(struct rp_run){
		.text = rp_text_dup(r->arena,
		    rp_text_trim(rp_text_sub(t, colon + 1, t.n))) });
	rp_vec_push(r->arena,
	    &r->doc->notes.v[note_of(r, rp_text_dup(r->arena, number))].blocks,
	    b);
	return true;
}

struct rp_document *
rp_sample_document(struct rp_arena *a, rp_text lines, enum rp_label_kind kind)
{
	struct reading r = { .arena = a, .kind = kind };

	r.doc = rp_document_new(a);
	for (size_t at = 0; at < lines.n;) {
		rp_text t = next_line(lines, &at), following = { "", 0 };
		size_t ahead = at;

		if (ahead < lines.n)
			following = next_line(lines, &ahead);
		if (t.n == 0 || note_line(&r, t))
			continue;
		if (t.p[0] == '|')
			row_line(&r, t);
		else
			block_line(&r, t, following);
	}
	return r.doc;
}
