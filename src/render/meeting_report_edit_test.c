#include "render/meeting_report_edit.h"

#include "base/check.h"

static void
put(struct rp_arena *a, struct rp_report_lines *to,
    enum rp_report_line_kind kind, uint8_t level, const char *origin,
    const char *text)
{
	rp_vec_push(a, to,
	    ((struct rp_report_line){ .kind = kind,
		.level = level,
		.origin = rp_text_z(origin),
		.text = rp_text_z(text) }));
}

static struct rp_report_lines
made(struct rp_arena *a)
{
	struct rp_report_lines out = { 0 };

	put(a, &out, RP_LINE_SECTION, 1, "s1", "Opening");
	put(a, &out, RP_LINE_PARAGRAPH, 2, "p1", "One.");
	put(a, &out, RP_LINE_PARAGRAPH, 2, "p2", "Two.");
	put(a, &out, RP_LINE_SECTION, 1, "s2", "Closing");
	put(a, &out, RP_LINE_PARAGRAPH, 2, "p3", "Three.");
	put(a, &out, RP_LINE_SIGNATURE, 0, "signature", "Chair");
	rp_meeting_report_number(a, &out);
	return out;
}

static rp_text
shown(struct rp_arena *a, const struct rp_report_lines *lines)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < lines->n; i++) {
		const struct rp_report_line *l = &lines->v[i];

		out = rp_textf(a, "%.*s%.*s|%.*s%s%s%s%s\n", RP_FMT(out),
		    RP_FMT(l->is_removed ? RP_TEXT("") : l->label),
		    RP_FMT(l->text), l->is_edited ? " E" : "",
		    l->is_added ? " A" : "", l->is_removed ? " R" : "",
		    l->is_stale ? " S" : "");
	}
	return out;
}

static struct rp_report_edit
edit(enum rp_report_op op, const char *origin, const char *body,
    const char *was)
{
	return (struct rp_report_edit){ .op = op,
		.origin = rp_text_z(origin),
		.body = rp_text_z(body),
		.was = rp_text_z(was),
		.kind = RP_LINE_PARAGRAPH };
}

static struct rp_report_edit
addition(const char *origin, const char *after, const char *body)
{
	struct rp_report_edit e = edit(RP_REPORT_ADD, origin, body, "");

	e.after = rp_text_z(after);
	return e;
}

static void
over_the_lines(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_report_lines lines = made(a), out;
	struct rp_report_edits edits = { 0 }, orphans;

	rp_vec_push(a, &edits,
	    edit(RP_REPORT_REPLACE, "p2", "See [[p3]] and [[h2]].", "Two."));
	rp_vec_push(a, &edits, edit(RP_REPORT_REMOVE, "p1", "", "Uno."));
	rp_vec_push(a, &edits, addition("h1", "s1", "First by hand."));
	rp_vec_push(a, &edits, addition("h2", "s1", "Second by hand."));
	rp_vec_push(a, &edits, addition("h3", "h1", "Between."));
	rp_vec_push(a, &edits, edit(RP_REPORT_REPLACE, "gone", "X", "Y"));
	rp_meeting_report_edit(a, &lines, &edits, &out, &orphans);
	RP_CHECK_TEXT(shown(a, &out),
	    RP_TEXT("1.|Opening\n1.1|First by hand. A\n"
		    "1.2|Between. A\n1.3|Second by hand. A\n|One. R S\n"
		    "1.4|See 2.1 and 1.3. E\n2.|Closing\n2.1|Three.\n"
		    "|Chair\n"));
	RP_CHECK(orphans.n == 1);
	RP_CHECK_TEXT(orphans.v[0].origin, RP_TEXT("gone"));
}

/* What the machine writes later does not take an edit away. */
static void
made_again(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_report_lines lines = { 0 }, out;
	struct rp_report_edits edits = { 0 }, orphans;

	put(a, &lines, RP_LINE_SECTION, 1, "s0", "New");
	put(a, &lines, RP_LINE_SECTION, 1, "s2", "Closing");
	put(a, &lines, RP_LINE_PARAGRAPH, 2, "p3", "Four.");
	put(a, &lines, RP_LINE_SIGNATURE, 0, "signature", "Chair");
	rp_vec_push(a, &edits,
	    edit(RP_REPORT_REPLACE, "p3", "3! [[s2]] [[p1]] [[", "Three."));
	rp_vec_push(a, &edits, addition("h1", "p1", "Lost."));
	rp_meeting_report_edit(a, &lines, &edits, &out, &orphans);
	RP_CHECK_TEXT(shown(a, &out),
	    RP_TEXT("1.|New\n2.|Closing\n2.1|3! 2 [[p1]] [[ E S\n"
		    "2.2|Lost. A S\n|Chair\n"));
	RP_CHECK(orphans.n == 0);
}

static void
among_letters(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(4 << 20);
	struct rp_report_lines lines = { 0 }, out;
	struct rp_report_edits edits = { 0 }, orphans;

	put(a, &lines, RP_LINE_SECTION, 1, "s1", "One");
	put(a, &lines, RP_LINE_LETTER, 3, "l1", "First.");
	put(a, &lines, RP_LINE_LETTER, 3, "l2", "Last.");
	rp_vec_push(a, &edits, addition("h1", "l1", "By hand."));
	rp_meeting_report_edit(a, &lines, &edits, &out, &orphans);
	RP_CHECK_TEXT(shown(a, &out),
	    RP_TEXT("1.|One\na)|First.\nb)|By hand. A\nc)|Last.\n"));
}

RP_CHECK_MAIN({ "a line added among letters is one", among_letters },
    { "edits over the lines", over_the_lines },
    { "they survive another making", made_again })
