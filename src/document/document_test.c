#include "document/document.h"

#include "base/check.h"

static void
the_text_is_without_label_marks_and_gaps(void)
{
	struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_run runs[] = {
		{ .text = RP_TEXT_INIT("b)") },
		{ .text = RP_TEXT_INIT("\t") },
		{ .text = RP_TEXT_INIT("that the ") },
		{ .kind = RP_RUN_NOTE, .note = 3 },
		{ .kind = RP_RUN_OPAQUE, .text = RP_TEXT_INIT("a map") },
		{ .text = RP_TEXT_INIT("Internet"), .del = 1 },
	};
	struct rp_block b = { .runs = runs, .n_runs = 6, .label_runs = 2 };

	RP_CHECK(
	    rp_text_eq(rp_block_text(a, &b), RP_TEXT("that the Internet")));
	b.n_runs = 3;
	RP_CHECK(rp_block_text(a, &b).p == runs[2].text.p);
	b.n_runs = 2;
	RP_CHECK(rp_block_text(a, &b).n == 0);
	rp_arena_free(a);
}

static void
equal_formats_have_one_index(void)
{
	struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);
	struct rp_format bold = { .look = RP_LOOK_BOLD };
	struct rp_format raw = { .look = RP_LOOK_BOLD,
		.raw = RP_BYTES("<w:b/>") };
	uint32_t i = rp_document_format(a, d, &bold);

	RP_CHECK(rp_document_format(a, d, &(struct rp_format){ 0 }) == 0);
	RP_CHECK(i == 1 && rp_document_format(a, d, &bold) == 1);
	RP_CHECK(rp_document_format(a, d, &raw) == 2);
	rp_arena_free(a);
}

static void
a_revision_anywhere_is_seen(void)
{
	struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);
	struct rp_run run = { .text = RP_TEXT_INIT("x") };
	struct rp_block plain = { .runs = &run, .n_runs = 1 }, marked = plain;
	struct rp_story note = { .kind = RP_STORY_FOOTNOTE };
	rp_revision_ref r = rp_document_revise(a, d,
	    &(struct rp_revision){ .kind = RP_REVISION_INSERT });

	RP_CHECK(r == 1);
	rp_vec_push(a, &d->body.blocks, plain);
	RP_CHECK(!rp_document_has_revisions(d));
	marked.mark_ins = r;
	rp_vec_push(a, &note.blocks, marked);
	rp_vec_push(a, &d->notes, note);
	RP_CHECK(rp_document_has_revisions(d));
	rp_arena_free(a);
}

RP_CHECK_MAIN({ "the text is without label, marks and gaps",
		  the_text_is_without_label_marks_and_gaps },
    { "equal formats have one index", equal_formats_have_one_index },
    { "a revision anywhere is seen", a_revision_anywhere_is_seen })
