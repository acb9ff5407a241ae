#include "codec/doc_build.h"

#include "base/check.h"

static void
cleans(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	RP_CHECK_TEXT(rp_doc_clean(a, RP_BYTES("a\x01\t\n\xff\xc2\x85"
					       "e\xcc\x81")),
	    RP_TEXT("a \t\n\xef\xbf\xbd \xc3\xa9"));
	RP_CHECK_TEXT(rp_doc_clean_line(a, RP_BYTES(" a \n\tb ")),
	    RP_TEXT("a b"));
	RP_CHECK_TEXT(rp_doc_clean_line(a, RP_BYTES("  ")), RP_TEXT(""));
}

static void
joins(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_block block = { .label_runs = 2 };
	struct rp_doc_runs runs = { 0 };
	static const uint32_t formats[] = { 0, 0, 0, 0, 1, 1 };
	struct rp_doc_build b;
	const struct rp_block *made;
	uint32_t note;

	rp_doc_build_init(&b, a);
	for (size_t i = 0; i < 6; i++)
		RP_CHECK_OK(rp_doc_build_run(&b, &runs,
		    &(struct rp_run){ .text = RP_TEXT("ab"),
			.format = formats[i] }));
	RP_CHECK_OK(rp_doc_build_block(&b, &b.doc->body.blocks, &block, &runs));
	made = &b.doc->body.blocks.v[0];
	RP_CHECK(made->n_runs == 3 && made->label_runs == 1);
	RP_CHECK_TEXT(made->runs[0].text, RP_TEXT("abab"));
	RP_CHECK_TEXT(rp_block_text(a, made), RP_TEXT("abababab"));
	RP_CHECK(runs.n == 0);
	RP_CHECK(rp_doc_build_link(&b, RP_TEXT("x")) == 1);
	RP_CHECK(rp_doc_build_link(&b, RP_TEXT("x")) == 1);
	RP_CHECK(rp_doc_build_link(&b, RP_TEXT("y")) == 2);
	for (size_t i = 0; i < RP_DOCUMENT_NOTES_MAX; i++)
		RP_CHECK_OK(rp_doc_build_note(&b, RP_STORY_FOOTNOTE,
		    RP_TEXT(""), &note));
	RP_CHECK_FAILS(rp_doc_build_note(&b, RP_STORY_FOOTNOTE, RP_TEXT(""),
			   &note),
	    RP_E_LIMIT);
}

static void
tells_the_state(void)
{
	struct rp_run runs[2] = { { .ins = 1 }, { .ins = 1, .del = 2 } };
	struct rp_block b = { .runs = runs, .n_runs = 2, .mark_ins = 1 };

	RP_CHECK(rp_doc_state_of(&b).ins == 1);
	RP_CHECK(rp_doc_state_of(&b).del == 0);
	RP_CHECK(rp_doc_state_of(&b).changed);
	b.mark_ins = 0;
	RP_CHECK(rp_doc_state_of(&b).ins == 0);
	b.n_runs = 0;
	RP_CHECK(!rp_doc_state_of(&b).changed);
}

RP_CHECK_MAIN({ "cleans", cleans }, { "joins", joins },
    { "tells the state", tells_the_state })
