#include "render/sections.h"

#include "base/check.h"
#include "document/document.h"
#include "text/format.h"

static rp_text
all_text(struct rp_arena *a, const struct rp_document *d)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < d->body.blocks.n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];

		out = rp_textf(a, "%.*s%u.%u.%u %.*s\n", RP_FMT(out),
		    b->cell.table, b->cell.row, b->cell.column,
		    RP_FMT(rp_block_text(a, b)));
	}
	return out;
}

static void
words_tables_and_figures(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_sections s = { .title = RP_TEXT("Report"),
		.about = RP_TEXT("2026") };
	struct rp_section one = { .title = RP_TEXT("Meetings"),
		.words = RP_TEXT("Two.\n\nAnd more."),
		.columns = 1,
		.none = RP_TEXT("None"),
		.bars_title = RP_TEXT("By kind") };
	struct rp_section empty = { .title = RP_TEXT("Conclusion") };
	struct rp_section bare = { .title = RP_TEXT("Actions"),
		.columns = 2,
		.none = RP_TEXT("Nothing") };
	struct rp_document *d;

	rp_vec_push(a, &one.cells, RP_TEXT("Head"));
	rp_vec_push(a, &one.cells, RP_TEXT("Twentieth"));
	rp_vec_push(a, &one.bars,
	    ((struct rp_section_bar){ RP_TEXT("Remote"), 1200 }));
	rp_vec_push(a, &s.all, one);
	rp_vec_push(a, &s.all, empty);
	rp_vec_push(a, &s.all, bare);
	RP_CHECK(rp_section_has_rows(&one) && !rp_section_has_rows(&bare));
	RP_CHECK_OK(rp_sections_document(a, &reader, &s, &d));
	RP_CHECK_TEXT(all_text(a, d),
	    RP_TEXT("0.0.0 Report\n0.0.0 2026\n0.0.0 Meetings\n0.0.0 Two.\n"
		    "0.0.0 And more.\n1.1.1 Head\n1.2.1 Twentieth\n"
		    "0.0.0 By kind\n2.1.1 By kind\n2.1.2 Number\n"
		    "2.2.1 Remote\n2.2.2 1,200\n0.0.0 Actions\n"
		    "0.0.0 Nothing\n"));
}

RP_CHECK_MAIN({ "words, tables and figures", words_tables_and_figures })
