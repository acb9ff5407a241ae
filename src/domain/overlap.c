#include "domain/overlap.h"

#include "base/err.h"
#include "document/document.h"
#include "domain/env.h"
#include "redline/compare.h"
#include "redline/prose.h"
#include "redline/runs.h"

static void
add_block(struct rp_arena *a, struct rp_document *d, rp_text text,
    enum rp_change_field field)
{
	struct rp_run *run = rp_new(a, struct rp_run);
	struct rp_block b = { .kind = field == RP_CHANGE_QUESTION ?
					  RP_BLOCK_ITEM :
					  RP_BLOCK_PARAGRAPH,
		.level = (uint8_t)field,
		.runs = run,
		.n_runs = 1 };

	run->text = text;
	rp_vec_push(a, &d->body.blocks, b);
}

/* Lines of a text that are not empty. */
static void
add_lines(struct rp_arena *a, struct rp_document *d, rp_text text,
    enum rp_change_field field)
{
	for (size_t at = 0; at < text.n;) {
		size_t end = rp_text_find(text, '\n', at);
		rp_text line = rp_text_trim(rp_text_sub(text, at, end));

		if (line.n > 0)
			add_block(a, d, rp_text_dup(a, line), field);
		at = end + 1;
	}
}

/* Overlap. */

static float
similar(const struct rp_proses *p, const struct rp_side *s, size_t x, size_t y)
{
	return rp_similarity(p, &s->prose[x]->bag, &s->prose[y]->bag);
}

/* All questions one after another; first[k] is where those of k begin. */
struct gathered {
	struct rp_proses *proses;
	struct rp_side side;
	size_t first[RP_PROPOSAL_PARENTS_MAX + 1];
};

static void
gather(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_proposal_text *const *texts, size_t n, struct gathered *g)
{
	struct rp_document *d = rp_document_new(a), *none = rp_document_new(a);
	struct rp_side empty;

	for (size_t k = 0; k < n; k++) {
		g->first[k] = d->body.blocks.n;
		for (size_t i = 0; i < texts[k]->questions.n; i++)
			add_block(a, d, texts[k]->questions.v[i].body,
			    RP_CHANGE_QUESTION);
	}
	g->first[n] = d->body.blocks.n;
	g->proses = rp_proses_new(a, who->env->words);
	rp_proses_side(g->proses, d, &g->side);
	rp_proses_side(g->proses, none, &empty);
	rp_proses_weigh(g->proses, &g->side, &empty);
}

/* The most similar of the row's questions to question x. */
static float
to_row(const struct gathered *g, const struct rp_overlap_row *row, size_t n,
    size_t x)
{
	float best = 0;

	for (size_t k = 0; k < n; k++) {
		float s;

		if (row->question[k] == RP_OVERLAP_NONE)
			continue;
		s = similar(g->proses, &g->side, g->first[k] + row->question[k],
		    x);
		best = s > best ? s : best;
	}
	return best;
}

/*
 * The row that question `i` of proposal k goes into: the most similar one that
 * has none of k, unless one of k's later questions is more similar to it.
 */
static size_t
row_for(const struct gathered *g, const struct rp_overlap *rows, size_t n,
    size_t k, size_t i, float *out)
{
	size_t best = rows->n, count = g->first[k + 1] - g->first[k];

	*out = (float)RP_OVERLAP_SIMILAR;
	for (size_t r = 0; r < rows->n; r++) {
		float s = to_row(g, &rows->v[r], n, g->first[k] + i);
		bool taken = rows->v[r].question[k] != RP_OVERLAP_NONE;

		for (size_t j = i + 1; j < count && !taken; j++)
			taken = to_row(g, &rows->v[r], n, g->first[k] + j) > s;
		if (!taken && s >= *out) {
			*out = s;
			best = r;
		}
	}
	return best;
}

void
rp_overlap_of(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_proposal_text *const *texts, size_t n,
    struct rp_overlap *out)
{
	struct gathered g;

	RP_ASSERT(n <= RP_PROPOSAL_PARENTS_MAX);
	*out = (struct rp_overlap){ 0 };
	gather(who, a, texts, n, &g);
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < texts[k]->questions.n; i++) {
			struct rp_overlap_row one = { .n = 1 };
			float s;
			size_t r = row_for(&g, out, n, k, i, &s);
			int percent = (int)(s * 100 + 0.5F);

			if (r < out->n) {
				struct rp_overlap_row *row = &out->v[r];

				row->question[k] = i;
				row->n++;
				if (row->percent == 0 || percent < row->percent)
					row->percent = percent;
				continue;
			}
			for (size_t x = 0; x < RP_PROPOSAL_PARENTS_MAX; x++)
				one.question[x] = RP_OVERLAP_NONE;
			one.question[k] = i;
			rp_vec_push(a, out, one);
		}
	}
}

/* Changes. */

static struct rp_document *
document_of(struct rp_arena *a, const struct rp_proposal_text *t)
{
	struct rp_document *d = rp_document_new(a);

	add_lines(a, d, t->rationale, RP_CHANGE_RATIONALE);
	for (size_t i = 0; i < t->questions.n; i++)
		add_block(a, d, t->questions.v[i].body, RP_CHANGE_QUESTION);
	return d;
}

static void
add_part(struct rp_arena *a, struct rp_change_line *line, rp_text text,
    enum rp_run_change change)
{
	struct rp_change_part part = { text, change == RP_CHANGE_INS,
		change == RP_CHANGE_DEL };

	line->changed |= change != RP_CHANGE_EQUAL;
	if (text.n > 0)
		rp_vec_push(a, &line->parts, part);
}

static void
add_line(struct rp_arena *a, const struct rp_script *s, const struct rp_edit *e,
    struct rp_change_lines *out)
{
	const struct rp_block *old =
	    e->old == RP_NO_BLOCK ? NULL : &s->old->body.blocks.v[e->old];
	const struct rp_block *now =
	    e->now == RP_NO_BLOCK ? NULL : &s->now->body.blocks.v[e->now];
	struct rp_change_line line = {
		.field = (enum rp_change_field)(now != NULL ? now : old)->level
	};

	if (e->runs.n == 0 && now != NULL)
		add_part(a, &line, rp_block_text(a, now), RP_CHANGE_EQUAL);
	for (size_t i = 0; i < e->runs.n; i++) {
		const struct rp_script_run *r = &e->runs.v[i];
		const struct rp_block *from = now;

		if (r->change == RP_CHANGE_DEL)
			from = &s->old->body.blocks.v[r->old_block];
		add_part(a, &line,
		    rp_text_dup(a,
			rp_text_sub(rp_block_text(a, from), r->from, r->to)),
		    r->change);
	}
	rp_vec_push(a, out, line);
}

static struct rp_err *
changes(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_document *old, const struct rp_document *now,
    struct rp_change_lines *out)
{
	struct rp_script *s;

	RP_TRY(rp_redline_compare(a, who->env->words, old, now, &s));
	for (size_t i = 0; i < s->edits.n; i++)
		add_line(a, s, &s->edits.v[i], out);
	return NULL;
}

/* A line that is the same one however much of it changed. */
static void
add_field(const struct rp_actor *who, struct rp_arena *a,
    enum rp_change_field field, rp_text old, rp_text now,
    struct rp_change_lines *out)
{
	struct rp_proses *p = rp_proses_new(a, who->env->words);
	const struct rp_prose *x = rp_proses_of(p, old),
			      *y = rp_proses_of(p, now);
	struct rp_change_line line = { .field = field };
	struct rp_script_runs runs = { 0 };
	struct rp_strand was, is;
	uint32_t first = 0;

	was = rp_strand_of(a, &x, &first, 1);
	is = rp_strand_of(a, &y, &first, 1);
	rp_runs_of(a, rp_proses_vocabulary(p), &was, &is, &runs);
	for (size_t i = 0; i < runs.n; i++) {
		const struct rp_script_run *r = &runs.v[i];

		add_part(a, &line,
		    rp_text_dup(a,
			rp_text_sub(r->change == RP_CHANGE_DEL ? old : now,
			    r->from, r->to)),
		    r->change);
	}
	if (runs.n == 0)
		add_part(a, &line, now, RP_CHANGE_EQUAL);
	rp_vec_push(a, out, line);
}

struct rp_err *
rp_overlap_changes(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_proposal_text *old, const struct rp_proposal_text *now,
    struct rp_change_lines *out)
{
	*out = (struct rp_change_lines){ 0 };
	add_field(who, a, RP_CHANGE_TITLE, old->title, now->title, out);
	add_field(who, a, RP_CHANGE_ISSUE, old->issue, now->issue, out);
	return changes(who, a, document_of(a, old), document_of(a, now), out);
}

struct rp_err *
rp_overlap_words(const struct rp_actor *who, struct rp_arena *a, rp_text old,
    rp_text now, struct rp_change_lines *out)
{
	struct rp_document *x = rp_document_new(a), *y = rp_document_new(a);

	*out = (struct rp_change_lines){ 0 };
	add_lines(a, x, old, RP_CHANGE_RATIONALE);
	add_lines(a, y, now, RP_CHANGE_RATIONALE);
	return changes(who, a, x, y, out);
}
