#include "redline/align.h"

#include "base/check.h"
#include "redline/sample.h"
#include "text/words.h"

/* The match of two samples, as digits: "0-12" is 0, none, 1, 2. */
static rp_text
matched(struct rp_arena *a, struct rp_words *w, rp_text x, rp_text y)
{
	struct rp_proses *p = rp_proses_new(a, w);
	struct rp_side s[2];
	struct rp_items items[2];
	uint32_t *match;
	char *out;

	rp_proses_side(p, rp_sample_document(a, x, RP_LABEL_TYPED), &s[0]);
	rp_proses_side(p, rp_sample_document(a, y, RP_LABEL_TYPED), &s[1]);
	rp_proses_weigh(p, &s[0], &s[1]);
	for (int k = 0; k < 2; k++) {
		items[k].n = s[k].n;
		items[k].v = rp_new_n(a, struct rp_item, s[k].n + 1);
		for (size_t i = 0; i < s[k].n; i++)
			items[k].v[i] = (struct rp_item){ .key = s[k].key[i],
				.bag = &s[k].prose[i]->bag,
				.prose = s[k].prose[i],
				.weight = (uint32_t)s[k].prose[i]->units.n };
	}
	match = rp_new_n(a, uint32_t, s[0].n + 1);
	rp_align(a, p, items[0], items[1], match);
	out = rp_alloc(a, s[0].n + 1);
	for (size_t i = 0; i < s[0].n; i++)
		out[i] = match[i] == RP_NO_ITEM ? '-' : (char)('0' + match[i]);
	return (rp_text){ out, s[0].n };
}

static void
edits_insertions_and_duplicates(void)
{
	static const struct {
		const char *x, *y, *want;
	} cases[] = {
		{ "one two three\nfour five six\nseven eight nine\n",
		    "one two three\nfour five six\nseven eight nine\n", "012" },
		{ "one two three\nseven eight nine\n",
		    "one two three\nfour five six\nseven eight nine\n", "02" },
		{ "one two three\nfour five six ten\nseven eight nine\n",
		    "one two three\nfour five six\nseven eight nine\n", "012" },
		/* The same line three times, the middle section gone. */
		{ "noting\nthe red house\nnoting\nthe blue sea\nnoting\nthe "
		  "green wood\n",
		    "noting\nthe red house\nnoting\nthe green wood\n",
		    "012--3" },
		{ "", "one two\n", "" },
		{ "one two\n", "", "-" },
		{ "alpha beta gamma\n", "delta epsilon zeta\n", "-" },
	};
	struct rp_arena *a = rp_arena_new(1 << 26);
	struct rp_words *w = rp_words_new();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		RP_CHECK_TEXT(matched(a, w, rp_text_z(cases[i].x),
				  rp_text_z(cases[i].y)),
		    rp_text_z(cases[i].want));
	rp_words_free(w);
	rp_arena_free(a);
}

/* 600 paragraphs that all changed and are all similar: found by passages. */
static void
a_large_range_is_cut(void)
{
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_words *w = rp_words_new();
	struct rp_proses *p = rp_proses_new(a, w);
	uint32_t n = 600, *match = rp_new_n(a, uint32_t, n);
	struct rp_document *d[2] = { rp_document_new(a), rp_document_new(a) };
	struct rp_items items[2];
	struct rp_side s[2];

	for (uint32_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			struct rp_block b = { .n_runs = 1 };

			b.runs = rp_new(a, struct rp_run);
			b.runs->text = rp_textf(a,
			    "to report on the item %u of the list %u kept by "
			    "the %s secretariat each year",
			    i, i * 7, k == 0 ? "general" : "other");
			rp_vec_push(a, &d[k]->body.blocks, b);
		}
	for (int k = 0; k < 2; k++) {
		rp_proses_side(p, d[k], &s[k]);
		items[k] =
		    (struct rp_items){ rp_new_n(a, struct rp_item, n), n };
	}
	rp_proses_weigh(p, &s[0], &s[1]);
	for (int k = 0; k < 2; k++)
		for (uint32_t i = 0; i < n; i++)
			items[k].v[i] = (struct rp_item){ .key = s[k].key[i],
				.bag = &s[k].prose[i]->bag,
				.prose = s[k].prose[i],
				.weight = (uint32_t)s[k].prose[i]->units.n };
	rp_align(a, p, items[0], items[1], match);
	for (uint32_t i = 0; i < n; i++)
		RP_CHECK(match[i] == i);
	rp_words_free(w);
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "edits, insertions and duplicates are in order",
		  edits_insertions_and_duplicates },
    { "a large range is cut by passages", a_large_range_is_cut })
