#include "codec/doc_build.h"

#include "base/err.h"
#include "text/input.h"

void
rp_doc_build_init(struct rp_doc_build *b, struct rp_arena *a)
{
	*b = (struct rp_doc_build){ .arena = a, .doc = rp_document_new(a) };
}

static bool
is_control(const uint8_t *c, size_t n)
{
	return (c[0] < 0x20 && c[0] != '\t' && c[0] != '\n') || c[0] == 0x7f ||
	       (n == 2 && c[0] == 0xc2 && c[1] < 0xa0);
}

rp_text
rp_doc_clean(struct rp_arena *a, rp_bytes in)
{
	/* At worst each octet becomes the three of U+FFFD. */
	char *p = rp_alloc(a, in.n * 3 + 1);
	size_t n = 0, step;

	for (size_t i = 0; i < in.n; i += step) {
		step = rp_utf8_len(in.p + i, in.n - i);
		if (step == 0) {
			memcpy(p + n, "\xef\xbf\xbd", 3);
			n += 3;
			step = 1;
		} else if (is_control(in.p + i, step)) {
			p[n++] = ' ';
		} else {
			memcpy(p + n, in.p + i, step);
			n += step;
		}
	}
	return rp_text_nfc(a, (rp_text){ p, n });
}

rp_text
rp_doc_fold(struct rp_arena *a, rp_text t, char *last)
{
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		bool blank = t.p[i] == ' ' || t.p[i] == '\t' || t.p[i] == '\n';

		if (!blank)
			p[n++] = *last = t.p[i];
		else if (*last != ' ')
			p[n++] = *last = ' ';
	}
	return (rp_text){ p, n };
}

rp_text
rp_doc_clean_line(struct rp_arena *a, rp_bytes in)
{
	char last = ' ';
	rp_text t = rp_doc_fold(a, rp_doc_clean(a, in), &last);

	if (t.n > 0 && last == ' ')
		t.n--;
	return rp_text_dup(a, t);
}

struct rp_err *
rp_doc_build_run(struct rp_doc_build *b, struct rp_doc_runs *runs,
    const struct rp_run *run)
{
	if (run->kind == RP_RUN_TEXT && run->text.n == 0)
		return NULL;
	if (++b->runs > RP_DOCUMENT_RUNS_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu runs",
		    RP_DOCUMENT_RUNS_MAX);
	b->text += run->text.n;
	if (b->text > RP_DOCUMENT_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu octets of text",
		    RP_DOCUMENT_TEXT_MAX);
	rp_vec_push(b->arena, runs, *run);
	return NULL;
}

static bool
same(const struct rp_run *x, const struct rp_run *y)
{
	return x->kind == RP_RUN_TEXT && y->kind == RP_RUN_TEXT &&
	       x->format == y->format && x->link == y->link &&
	       x->field == y->field && x->ins == y->ins && x->del == y->del &&
	       x->raw.n == 0 && y->raw.n == 0;
}

/* Runs [from, to) as one. */
static struct rp_run
joined(struct rp_arena *a, const struct rp_run *v, size_t from, size_t to)
{
	struct rp_run run = v[from];
	size_t n = 0;
	char *p;

	if (to - from == 1)
		return run;
	for (size_t i = from; i < to; i++)
		n += v[i].text.n;
	p = rp_alloc(a, n + 1);
	n = 0;
	for (size_t i = from; i < to; i++) {
		memcpy(p + n, v[i].text.p, v[i].text.n);
		n += v[i].text.n;
	}
	run.text = (rp_text){ p, n };
	return run;
}

struct rp_err *
rp_doc_build_block(struct rp_doc_build *b, struct rp_blocks *to,
    const struct rp_block *block, struct rp_doc_runs *runs)
{
	struct rp_block made = *block;
	struct rp_run *out;
	uint32_t n = 0;

	if (++b->blocks > RP_DOCUMENT_BLOCKS_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu blocks",
		    RP_DOCUMENT_BLOCKS_MAX);
	made.label_runs = 0;
	out = runs->n > 0 ? rp_new_n(b->arena, struct rp_run, runs->n) : NULL;
	for (size_t i = 0, j; i < runs->n; i = j) {
		for (j = i + 1; j < runs->n && j != block->label_runs &&
				same(&runs->v[i], &runs->v[j]);
		     j++)
			;
		out[n++] = joined(b->arena, runs->v, i, j);
		if (j <= block->label_runs)
			made.label_runs = n;
	}
	made.runs = out;
	made.n_runs = n;
	rp_vec_push(b->arena, to, made);
	*runs = (struct rp_doc_runs){ 0 };
	return NULL;
}

struct rp_err *
rp_doc_build_note(struct rp_doc_build *b, enum rp_story_kind kind, rp_text id,
    uint32_t *out)
{
	struct rp_story note = { .kind = kind, .id = id };

	if (b->doc->notes.n >= RP_DOCUMENT_NOTES_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu notes",
		    RP_DOCUMENT_NOTES_MAX);
	*out = (uint32_t)b->doc->notes.n;
	rp_vec_push(b->arena, &b->doc->notes, note);
	return NULL;
}

uint32_t
rp_doc_build_link(struct rp_doc_build *b, rp_text href)
{
	size_t n = b->doc->links.n;

	if (n > 1 && rp_text_eq(b->doc->links.v[n - 1], href))
		return (uint32_t)(n - 1);
	rp_vec_push(b->arena, &b->doc->links, href);
	return (uint32_t)n;
}

struct rp_err *
rp_doc_build_revise(struct rp_doc_build *b, const struct rp_revision *r,
    rp_revision_ref *out)
{
	if (b->doc->revisions.n > RP_DOCUMENT_REVISIONS_MAX)
		return rp_fail(RP_E_LIMIT, "more than %zu revisions",
		    RP_DOCUMENT_REVISIONS_MAX);
	*out = rp_document_revise(b->arena, b->doc, r);
	return NULL;
}

struct rp_doc_state
rp_doc_state_of(const struct rp_block *b)
{
	struct rp_doc_state s = { .ins = b->mark_ins, .del = b->mark_del };

	s.changed = b->mark_ins || b->mark_del || b->mark_format ||
		    b->cell.row_ins || b->cell.row_del;
	for (uint32_t i = 0; i < b->n_runs; i++) {
		const struct rp_run *r = &b->runs[i];

		s.changed |= r->ins || r->del;
		if (r->ins == 0)
			s.ins = 0;
		if (r->del == 0)
			s.del = 0;
	}
	return s;
}
