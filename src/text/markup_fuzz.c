#include "text/markup.h"

#include <string.h>

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
find_http(void *ctx, struct rp_arena *a, rp_text t, struct rp_markup_found *out)
{
	const char *at = memmem(t.p, t.n, "http:", 5);
	size_t from = at ? (size_t)(at - t.p) : 0;

	(void)ctx;
	(void)a;
	if (at == NULL)
		return false;
	*out = (struct rp_markup_found){ from, from + 5,
		rp_text_sub(t, from, from + 5) };
	return true;
}

/* The tree is one: ends nest, ranges advance, numbers count up. */
static void
check(const struct rp_markup *m)
{
	size_t stack[RP_MARKUP_DEPTH], depth = 0, at = 0;
	uint32_t n = 0;

	for (size_t i = 0; i < m->nodes.n; i++) {
		const struct rp_markup_node *node = &m->nodes.v[i];
		bool leaf = node->kind == RP_MARKUP_TEXT ||
			    node->kind == RP_MARKUP_BREAK;

		while (depth > 0 && m->nodes.v[stack[depth - 1]].end == i)
			depth--;
		RP_ASSERT(node->from < node->to && node->to <= m->source.n);
		RP_ASSERT(leaf ? node->end == i + 1 : node->end > i + 1);
		RP_ASSERT(node->from >= at);
		at = node->from;
		RP_ASSERT(depth == 0 ||
			  node->end <= m->nodes.v[stack[depth - 1]].end);
		RP_ASSERT(depth > 0 || node->kind == RP_MARKUP_PARAGRAPH ||
			  node->kind == RP_MARKUP_LIST);
		RP_ASSERT(node->n == 0 || node->n == ++n);
		if (!leaf) {
			RP_ASSERT(depth < RP_MARKUP_DEPTH);
			stack[depth++] = i;
		}
	}
	RP_ASSERT(n == m->paragraphs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_arena *a = rp_arena_new((size_t)512 << 20);
	const struct rp_markup_linker linker = { .find = find_http };
	struct rp_err *e;
	rp_text t;

	e = rp_text_from(a, (rp_bytes){ data, size }, size, &t);
	if (e == NULL) {
		const struct rp_markup *m = rp_markup_parse(a, t, &linker);

		check(m);
		(void)rp_markup_plain(a, m, true);
		check(rp_markup_parse(a, t, NULL));
	}
	rp_err_free(e);
	rp_arena_free(a);
	return 0;
}
