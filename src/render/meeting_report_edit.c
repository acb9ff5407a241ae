#include "render/meeting_report_edit.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"

#define DEPTH 3 /* of letters */
#define LINE_MAX ((size_t)1 << 20)

static void
change(struct rp_report_line *l, const struct rp_report_edit *e)
{
	l->made = l->text;
	l->is_stale = !rp_text_eq(e->was, l->text);
	if (e->op == RP_REPORT_REMOVE) {
		l->is_removed = true;
		return;
	}
	l->is_edited = true;
	l->text = e->body;
}

/* Places of lines and of edits by origin, from 1. */
struct places RP_MAP(size_t);

struct edited {
	struct rp_arena *a;
	const struct rp_report_edits *edits;
	struct rp_report_lines *out;
	struct places of;     /* an edit by the origin it changes */
	struct places behind; /* the first addition by the one it follows */
	size_t *next;         /* addition of the same place */
	bool *used;
};

static void
sort_out(struct edited *s)
{
	s->next = rp_new_n(s->a, size_t, s->edits->n + 1);
	s->used = rp_new_n(s->a, bool, s->edits->n + 1);
	for (size_t i = s->edits->n; i > 0; i--) {
		const struct rp_report_edit *e = &s->edits->v[i - 1];
		size_t *at;

		if (e->op != RP_REPORT_ADD) {
			*rp_map_at(s->a, &s->of, e->origin) = i;
			continue;
		}
		at = rp_map_at(s->a, &s->behind, e->after);
		s->next[i - 1] = *at;
		*at = i;
	}
}

/* Additions behind additions too; no deeper than there are edits. */
static void
add_behind(struct edited *s, rp_text origin)
{
	const size_t *first = rp_map_find(&s->behind, origin);

	for (size_t i = first ? *first : 0; i > 0; i = s->next[i - 1]) {
		const struct rp_report_edit *e = &s->edits->v[i - 1];
		struct rp_report_line l = { .kind = e->kind,
			.level = e->kind == RP_LINE_SECTION ? e->level : 1,
			.text = e->body,
			.origin = e->origin,
			.is_added = true };

		if (s->used[i - 1])
			continue;
		/* Among letters a paragraph is one of them. */
		if (l.kind == RP_LINE_PARAGRAPH && s->out->n > 0 &&
		    s->out->v[s->out->n - 1].kind == RP_LINE_LETTER) {
			l.kind = RP_LINE_LETTER;
			l.level = DEPTH;
		}
		s->used[i - 1] = true;
		rp_vec_push(s->a, s->out, l);
		add_behind(s, e->origin);
	}
}

/* Those whose place is gone. */
static void
add_lost(struct edited *s)
{
	for (size_t i = 0; i < s->edits->n; i++) {
		const struct rp_report_edit *e = &s->edits->v[i];
		size_t n = s->out->n;

		if (s->used[i] || e->op != RP_REPORT_ADD)
			continue;
		add_behind(s, e->after);
		for (; n < s->out->n; n++)
			s->out->v[n].is_stale = true;
	}
}

static void
add_made(struct edited *s, const struct rp_report_line *made)
{
	const size_t *e = rp_map_find(&s->of, made->origin);

	rp_vec_push(s->a, s->out, *made);
	if (e != NULL) {
		change(&s->out->v[s->out->n - 1], &s->edits->v[*e - 1]);
		s->used[*e - 1] = true;
	}
	add_behind(s, made->origin);
}

/* "5.1.2" for "5.1.2", "5" for "5.", "b" for "b)". */
static rp_text
bare(rp_text label)
{
	while (label.n > 0 &&
	       (label.p[label.n - 1] == '.' || label.p[label.n - 1] == ')'))
		label.n--;
	return label;
}

static void
refer(struct rp_arena *a, const struct rp_report_lines *lines,
    const struct places *at, struct rp_report_line *l)
{
	rp_text t = l->text;
	struct rp_buf b;
	size_t from = 0;

	rp_buf_init(&b, a, LINE_MAX);
	for (size_t i = 0; i + 1 < t.n; i++) {
		size_t end = i + 2;
		const size_t *found;

		if (t.p[i] != '[' || t.p[i + 1] != '[')
			continue;
		while (
		    end + 1 < t.n && !(t.p[end] == ']' && t.p[end + 1] == ']'))
			end++;
		if (end + 1 >= t.n)
			break;
		found = rp_map_find(at, rp_text_sub(t, i + 2, end));
		if (found == NULL || lines->v[*found - 1].is_removed ||
		    lines->v[*found - 1].label.n == 0) {
			l->is_stale = true;
			continue;
		}
		rp_buf_text(&b, rp_text_sub(t, from, i));
		rp_buf_text(&b, bare(lines->v[*found - 1].label));
		from = end + 2;
		i = end + 1;
	}
	rp_buf_text(&b, rp_text_sub(t, from, t.n));
	rp_err_free(rp_buf_done(&b, &l->text));
}

static void
resolve(struct rp_arena *a, struct rp_report_lines *lines)
{
	struct places at = { 0 };

	for (size_t i = 0; i < lines->n; i++)
		*rp_map_at(a, &at, lines->v[i].origin) = i + 1;
	for (size_t i = 0; i < lines->n; i++)
		if (lines->v[i].is_edited || lines->v[i].is_added)
			refer(a, lines, &at, &lines->v[i]);
}

void
rp_meeting_report_edit(struct rp_arena *a, const struct rp_report_lines *made,
    const struct rp_report_edits *edits, struct rp_report_lines *out,
    struct rp_report_edits *out_orphans)
{
	struct edited s = { .a = a, .edits = edits, .out = out };

	*out = (struct rp_report_lines){ 0 };
	*out_orphans = (struct rp_report_edits){ 0 };
	sort_out(&s);
	for (size_t i = 0; i < made->n; i++)
		if (made->v[i].kind != RP_LINE_SIGNATURE)
			add_made(&s, &made->v[i]);
	add_lost(&s);
	for (size_t i = 0; i < made->n; i++)
		if (made->v[i].kind == RP_LINE_SIGNATURE)
			add_made(&s, &made->v[i]);
	for (size_t i = 0; i < edits->n; i++)
		if (!s.used[i])
			rp_vec_push(a, out_orphans, edits->v[i]);
	rp_meeting_report_number(a, out);
	resolve(a, out);
}
