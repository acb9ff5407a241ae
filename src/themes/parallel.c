#include "themes/parallel.h"

struct paragraphs RP_VEC(rp_text);

struct aligning {
	struct rp_arena *a;
	rp_text langs[RP_PARALLEL_LANGS_MAX];
	size_t n_langs;
	/* Rows of RP_PARALLEL_LANGS_MAX texts. */
	struct RP_VEC(rp_text) cells;
	size_t n_segments;
};

/* One text of a key. */
struct piece {
	size_t lang;
	struct paragraphs all;
};

static size_t
lang_of(struct aligning *x, rp_text tag)
{
	rp_text primary = rp_text_sub(tag, 0, rp_text_find(tag, '-', 0));

	for (size_t i = 0; i < x->n_langs; i++)
		if (rp_text_eq(x->langs[i], primary))
			return i;
	if (primary.n == 0 || x->n_langs == RP_PARALLEL_LANGS_MAX)
		return RP_PARALLEL_LANGS_MAX;
	x->langs[x->n_langs] = primary;
	return x->n_langs++;
}

static void
cut(struct rp_arena *a, rp_text body, struct paragraphs *out)
{
	size_t end;

	for (size_t at = 0; at < body.n; at = end + 1) {
		rp_text line;

		end = rp_text_find(body, '\n', at);
		line = rp_text_sub(body, at, end);
		while (line.n > 0 && line.p[0] == ' ')
			line = rp_text_sub(line, 1, line.n);
		if (line.n > 0)
			rp_vec_push(a, out, line);
	}
}

/* The number of paragraphs that most texts have; of two the greater. */
static size_t
usual(const struct piece *all, size_t n)
{
	size_t best = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t same = 0;

		for (size_t k = 0; k < n; k++)
			same += all[k].all.n == all[i].all.n;
		if (same > most || (same == most && all[i].all.n > best)) {
			most = same;
			best = all[i].all.n;
		}
	}
	return most < 2 ? 0 : best;
}

static void
push(struct aligning *x, const struct piece *all, size_t n, size_t paragraph,
    size_t usual_n)
{
	rp_text row[RP_PARALLEL_LANGS_MAX] = { 0 };
	size_t got = 0;

	if (x->n_segments >= RP_PARALLEL_SEGMENTS_MAX)
		return;
	for (size_t i = 0; i < n; i++) {
		bool twice = false;
		rp_text t;

		if (all[i].all.n != usual_n || row[all[i].lang].n > 0)
			continue;
		t = all[i].all.v[paragraph];
		for (size_t k = 0; k < RP_PARALLEL_LANGS_MAX; k++)
			twice |= row[k].n > 0 && rp_text_eq(row[k], t);
		if (twice)
			continue;
		row[all[i].lang] = t;
		got++;
	}
	if (got < 2)
		return;
	for (size_t k = 0; k < RP_PARALLEL_LANGS_MAX; k++)
		rp_vec_push(x->a, &x->cells, row[k]);
	x->n_segments++;
}

static void
align(struct aligning *x, const struct rp_parallel_text *texts, size_t n)
{
	struct piece *all = rp_new_n(x->a, struct piece, n + 1);
	size_t kept = 0, paragraphs;

	for (size_t i = 0; i < n; i++) {
		all[kept].lang = lang_of(x, texts[i].lang);
		all[kept].all.n = 0;
		if (all[kept].lang == RP_PARALLEL_LANGS_MAX)
			continue;
		cut(x->a, texts[i].body, &all[kept].all);
		kept += all[kept].all.n > 0 &&
			all[kept].all.n <= RP_PARALLEL_PARAGRAPHS_MAX;
	}
	paragraphs = usual(all, kept);
	for (size_t p = 0; p < paragraphs; p++)
		push(x, all, kept, p, paragraphs);
}

void
rp_parallel_align(struct rp_arena *a, const struct rp_parallel_text *texts,
    size_t n, struct rp_parallel *out)
{
	struct aligning x = { .a = a };
	rp_text *langs, *cells;
	size_t end;

	for (size_t at = 0; at < n; at = end) {
		end = at + 1;
		while (end < n && rp_text_eq(texts[end].key, texts[at].key))
			end++;
		if (end - at > 1)
			align(&x, texts + at, end - at);
	}
	langs = rp_new_n(a, rp_text, x.n_langs + 1);
	cells = rp_new_n(a, rp_text, x.n_segments * x.n_langs + 1);
	for (size_t l = 0; l < x.n_langs; l++)
		langs[l] = x.langs[l];
	for (size_t s = 0; s < x.n_segments; s++)
		for (size_t l = 0; l < x.n_langs; l++)
			cells[s * x.n_langs + l] =
			    x.cells.v[s * RP_PARALLEL_LANGS_MAX + l];
	*out = (struct rp_parallel){ .langs = langs,
		.texts = cells,
		.n_langs = x.n_langs,
		.n_segments = x.n_segments };
}
