#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "codec/doc_build.h"
#include "codec/doc_label.h"
#include "codec/plain_doc.h"
#include "text/input.h"

struct numbers RP_MAP(uint32_t);

struct reading {
	struct rp_doc_build b;
	struct numbers notes;  /* name to index + 1 */
	struct numbers bodies; /* how many texts a name has */
	struct numbers marked; /* names that stand in the body */
	struct RP_VEC(rp_text) paragraphs;
};

static rp_text
line_at(rp_text t, size_t from)
{
	return rp_text_sub(t, from, rp_text_find(t, '\n', from));
}

static rp_text
without_blanks(rp_text t)
{
	while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t'))
		t = rp_text_sub(t, 1, t.n);
	while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t'))
		t = rp_text_sub(t, 0, t.n - 1);
	return t;
}

/* Octets of the label with the tab behind it, or 0. */
static size_t
label_of(rp_text t, struct rp_label *l)
{
	size_t tab = rp_text_find(t, '\t', 0), after = tab;

	/* A mark of a note is in no label. */
	if (tab == t.n || tab == 0 || tab > RP_DOC_LABEL_MAX ||
	    rp_text_find(t, '^', 0) < tab)
		return 0;
	rp_doc_label_of(l, without_blanks(rp_text_sub(t, 0, tab)), NULL);
	if (l->style == RP_LABEL_OTHER)
		return 0;
	l->kind = RP_LABEL_TYPED;
	while (after < t.n && t.p[after] == '\t')
		after++;
	return after;
}

/* "[^name]" at `from`: the octet behind it and the name, or 0. */
static size_t
mark_at(rp_text t, size_t from, rp_text *name)
{
	size_t end = from + 2;

	if (t.n - from < 4 || t.p[from] != '[' || t.p[from + 1] != '^')
		return 0;
	while (end < t.n && end - from - 2 <= RP_PLAIN_DOC_NOTE_MAX &&
	       strchr("[] \t\n", t.p[end]) == NULL)
		end++;
	if (end == t.n || t.p[end] != ']' || end == from + 2)
		return 0;
	*name = rp_text_sub(t, from + 2, end);
	return end + 1;
}

/* "[^name]: text" */
static bool
is_note(rp_text t, rp_text *name, rp_text *text)
{
	size_t end = mark_at(t, 0, name);

	if (end == 0 || end == t.n || t.p[end] != ':')
		return false;
	*text = without_blanks(rp_text_sub(t, end + 1, t.n));
	return true;
}

/* Whether lines were cut to a width: see the header. */
static bool
is_wrapped(rp_text t)
{
	size_t longest = 0, going_on = 0, full = 0, step;
	bool separated = false;

	for (size_t i = 0; i < t.n; i += step) {
		rp_text line = line_at(t, i);

		step = line.n + 1;
		longest = line.n > longest ? line.n : longest;
	}
	if (longest < RP_PLAIN_DOC_WIDTH_MIN ||
	    longest > RP_PLAIN_DOC_WIDTH_MAX)
		return false;
	for (size_t i = 0; i < t.n; i += step) {
		rp_text line = without_blanks(line_at(t, i)), next;

		step = line_at(t, i).n + 1;
		if (i + step >= t.n)
			break;
		next = without_blanks(line_at(t, i + step));
		separated |= line.n > 0 && next.n == 0;
		if (line.n == 0 || next.n == 0)
			continue;
		going_on++;
		full += line.n + 1 + rp_text_find(next, ' ', 0) > longest - 2;
	}
	return separated && going_on > 0 && full * 5 >= going_on * 3;
}

static rp_text
with_spaces(struct rp_arena *a, rp_text t)
{
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != '\n') {
			p[n++] = t.p[i];
			continue;
		}
		while (n > 0 && p[n - 1] == ' ')
			n--;
		p[n++] = ' ';
		while (i + 1 < t.n && (t.p[i + 1] == ' ' || t.p[i + 1] == '\t'))
			i++;
	}
	return (rp_text){ p, n };
}

static void
add_paragraph(struct reading *r, rp_text t)
{
	t = without_blanks(with_spaces(r->b.arena, t));
	if (t.n > 0)
		rp_vec_push(r->b.arena, &r->paragraphs, t);
}

static void
cut(struct reading *r, rp_text t)
{
	bool wrapped = is_wrapped(t);
	size_t from = 0, step;

	for (size_t i = 0; i < t.n; i += step) {
		rp_text line = without_blanks(line_at(t, i)), name, text;
		struct rp_label l;

		step = line_at(t, i).n + 1;
		if (!wrapped || line.n == 0 || label_of(line, &l) > 0 ||
		    is_note(line, &name, &text)) {
			if (i > from)
				add_paragraph(r, rp_text_sub(t, from, i - 1));
			from = i;
		}
	}
	if (from < t.n)
		add_paragraph(r, rp_text_sub(t, from, t.n));
}

/* A note has one text, and a mark outside of notes; else it is left alone. */
static bool
is_known(const struct reading *r, rp_text name)
{
	const uint32_t *bodies = rp_map_find(&r->bodies, name);

	return bodies != NULL && *bodies == 1 &&
	       rp_map_find(&r->marked, name) != NULL;
}

static void
find_marks(struct reading *r)
{
	rp_text name, text;

	for (size_t i = 0; i < r->paragraphs.n; i++) {
		rp_text p = r->paragraphs.v[i];

		if (is_note(p, &name, &text)) {
			*rp_map_at(r->b.arena, &r->bodies, name) += 1;
			continue;
		}
		for (size_t at = 0; at < p.n; at++)
			if (mark_at(p, at, &name) > 0)
				*rp_map_at(r->b.arena, &r->marked, name) = 1;
	}
}

static struct rp_err *
add_text(struct reading *r, struct rp_doc_runs *runs, rp_text t)
{
	struct rp_run run = { .text = t };

	return rp_doc_build_run(&r->b, runs, &run);
}

static struct rp_err *
add_mark(struct reading *r, struct rp_doc_runs *runs, rp_text name)
{
	struct rp_run run = { .kind = RP_RUN_NOTE };
	uint32_t *at = rp_map_at(r->b.arena, &r->notes, name);

	if (*at == 0) {
		RP_TRY(rp_doc_build_note(&r->b, RP_STORY_FOOTNOTE, name,
		    &run.note));
		*at = run.note + 1;
	}
	run.note = *at - 1;
	return rp_doc_build_run(&r->b, runs, &run);
}

static struct rp_err *
add_block(struct reading *r, struct rp_blocks *to, rp_text t)
{
	struct rp_block block = { 0 };
	struct rp_doc_runs runs = { 0 };
	size_t from = label_of(t, &block.label), i;

	if (from > 0) {
		block.kind = RP_BLOCK_ITEM;
		block.label_runs = 1;
		RP_TRY(add_text(r, &runs, rp_text_sub(t, 0, from)));
	}
	for (i = from; i < t.n; i++) {
		rp_text name;
		size_t end = mark_at(t, i, &name);

		if (end == 0 || !is_known(r, name))
			continue;
		RP_TRY(add_text(r, &runs, rp_text_sub(t, from, i)));
		RP_TRY(add_mark(r, &runs, name));
		from = end;
		i = end - 1;
	}
	RP_TRY(add_text(r, &runs, rp_text_sub(t, from, t.n)));
	return rp_doc_build_block(&r->b, to, &block, &runs);
}

static struct rp_err *
add_notes(struct reading *r)
{
	for (size_t i = 0; i < r->paragraphs.n; i++) {
		rp_text name, text;
		struct rp_blocks made = { 0 };
		const uint32_t *found;
		uint32_t at;

		if (!is_note(r->paragraphs.v[i], &name, &text) ||
		    !is_known(r, name))
			continue;
		found = rp_map_find(&r->notes, name);
		RP_ASSERT(found != NULL);
		at = *found - 1;
		RP_TRY(add_block(r, &made, text));
		r->b.doc->notes.v[at].blocks = made;
	}
	return NULL;
}

struct rp_err *
rp_plain_doc_read(struct rp_arena *a, rp_bytes in, struct rp_document **out)
{
	struct reading r = { 0 };
	rp_text t, name, text;

	RP_TRY(rp_text_input(a, in, RP_DOCUMENT_TEXT_MAX, &t));
	rp_doc_build_init(&r.b, a);
	cut(&r, t);
	find_marks(&r);
	for (size_t i = 0; i < r.paragraphs.n; i++) {
		rp_text p = r.paragraphs.v[i];

		if (!is_note(p, &name, &text) || !is_known(&r, name))
			RP_TRY(add_block(&r, &r.b.doc->body.blocks, p));
	}
	RP_TRY(add_notes(&r));
	*out = r.b.doc;
	return NULL;
}
