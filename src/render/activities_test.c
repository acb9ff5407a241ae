#include "render/activities.h"

#include "base/check.h"
#include "document/document.h"
#include "text/format.h"

static struct rp_matrix
matrix(struct rp_arena *a)
{
	struct rp_matrix m = { .title = RP_TEXT("Activities") };
	struct rp_matrix_resolution r = { .name = RP_TEXT("Resolution 102") };
	struct rp_matrix_resolution gap = { .name = RP_TEXT("Resolution 12") };

	rp_vec_push(a, &r.activities,
	    ((struct rp_matrix_activity){ .title = RP_TEXT("Wells"),
		.paragraph = RP_TEXT("resolves 3"),
		.status = RP_TEXT("ongoing"),
		.time = RP_TEXT("2025"),
		.sectors = { false, true, false, true } }));
	rp_vec_push(a, &m.resolutions, r);
	rp_vec_push(a, &m.resolutions, gap);
	return m;
}

static void
boxes_and_gaps(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_EN);
	struct rp_reader reader = { RP_LANG_EN, l };
	struct rp_matrix m = matrix(a);
	struct rp_matrix_cells cells;
	rp_text out = RP_TEXT("");

	rp_matrix_table(a, &reader, &m, &cells);
	RP_CHECK(cells.n == 3 * RP_MATRIX_COLUMNS);
	for (size_t i = RP_MATRIX_COLUMNS; i < cells.n; i++)
		out = rp_textf(a, "%.*s%.*s|", RP_FMT(out), RP_FMT(cells.v[i]));
	RP_CHECK_TEXT(out,
	    RP_TEXT("Resolution 102, resolves 3|Wells|☐|☑|☐|☑|2025||ongoing|"
		    "Resolution 12|No activity|☐|☐|☐|☐||||"));
}

static void
documents(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	RP_AUTO(rp_locale_freep)
	struct rp_locale *l = rp_locale_new(RP_LANG_AR);
	struct rp_reader reader = { RP_LANG_AR, l };
	struct rp_matrix m = matrix(a);
	struct rp_document *alone, *report;

	RP_CHECK_OK(rp_matrix_document(a, &reader, &m, true, &alone));
	RP_CHECK_OK(rp_matrix_document(a, &reader, &m, false, &report));
	RP_CHECK(alone->body.blocks.n == 1 + 3 * RP_MATRIX_COLUMNS);
	/* Two resolutions, an activity of two blocks, a gap, the annex. */
	RP_CHECK(report->body.blocks.n == alone->body.blocks.n + 6);
	RP_CHECK_TEXT(report->lang, RP_TEXT("ar"));
}

RP_CHECK_MAIN({ "boxes and gaps", boxes_and_gaps }, { "documents", documents })
