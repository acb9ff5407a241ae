#include "document/label.h"

#include "base/check.h"

static void
add(struct rp_arena *a, struct rp_document *d, const char *text,
    uint32_t format)
{
	struct rp_block b = { 0 };

	b.runs = rp_new_n(a, struct rp_run, 1);
	b.runs[0].text = rp_text_z(text);
	b.runs[0].format = format;
	b.n_runs = 1;
	rp_vec_push(a, &d->body.blocks, b);
}

static const struct {
	const char *in, *text;
	enum rp_label_style style;
	int32_t value;
	uint8_t latin;
	size_t n;
} grammar[] = {
	{ "a)\tthat", "a)", RP_LABEL_LOWER_LETTER, 1, 0, 3 },
	{ "(b) that", "(b)", RP_LABEL_LOWER_LETTER, 2, 0, 4 },
	{ "b)bis\tthat", "b)bis", RP_LABEL_LOWER_LETTER, 2, 1, 6 },
	{ "b bis) that", "b bis)", RP_LABEL_LOWER_LETTER, 2, 1, 7 },
	{ "1.2.3 x", "1.2.3", RP_LABEL_DECIMAL, 3, 0, 6 },
	{ "1ter x", "1ter", RP_LABEL_DECIMAL, 1, 2, 5 },
	{ "1 bis. x", "1 bis.", RP_LABEL_DECIMAL, 1, 1, 7 },
	{ "iii) x", "iii)", RP_LABEL_LOWER_ROMAN, 3, 0, 5 },
	{ "aa) x", "aa)", RP_LABEL_LOWER_LETTER, 27, 0, 4 },
	{ "\xc2\xa7 3 x", "\xc2\xa7 3", RP_LABEL_DECIMAL, 3, 0, 5 },
	{ "No. 184A\tx", "No. 184A", RP_LABEL_DECIMAL, 1, 0, 9 },
	{ "أ )\tx", "أ )", RP_LABEL_ARABIC_ABJAD, 1, 0, 5 },
	{ "١- x", "١-", RP_LABEL_ARABIC_INDIC, 1, 0, 4 },
	{ "十二、x", "十二、", RP_LABEL_CJK, 12, 0, 9 },
	{ "б) x", "б)", RP_LABEL_CYRILLIC, 2, 0, 4 },
	{ "\xe2\x80\xa2\tx", "\xe2\x80\xa2", RP_LABEL_BULLET, 0, 0, 4 },
	{ "2018 was", "2018", RP_LABEL_DECIMAL, 2018, 0, 5 },
	{ "a year", NULL, 0, 0, 0, 0 },
	{ "abc) x", NULL, 0, 0, 0, 0 },
	{ "iix) x", NULL, 0, 0, 0, 0 },
	{ "(Rev. X)", NULL, 0, 0, 0, 0 },
	{ "3.5% of", NULL, 0, 0, 0, 0 },
	{ "12345 x", NULL, 0, 0, 0, 0 },
	{ "", NULL, 0, 0, 0, 0 },
};

static void
parses(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(grammar) / sizeof(grammar[0]); i++) {
		struct rp_label l = { 0 };

		RP_CHECK(rp_label_parse(a, rp_text_z(grammar[i].in), &l) ==
			 grammar[i].n);
		if (grammar[i].text == NULL)
			continue;
		RP_CHECK_TEXT(l.text, rp_text_z(grammar[i].text));
		RP_CHECK(l.style == grammar[i].style);
		RP_CHECK(l.value == grammar[i].value);
		RP_CHECK(l.latin == grammar[i].latin);
	}
}

struct row {
	const char *text;
	const char *label; /* NULL: none */
	enum rp_block_kind kind;
	uint8_t level;
};

static void
check(const struct row *rows, size_t n)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);

	for (size_t i = 0; i < n; i++)
		add(a, d, rows[i].text, 0);
	/* Twice is as once. */
	rp_label_find(a, d);
	rp_label_find(a, d);
	for (size_t i = 0; i < n; i++) {
		const struct rp_block *b = &d->body.blocks.v[i];

		RP_CHECK_TEXT(b->label.text,
		    rp_text_z(rows[i].label ? rows[i].label : ""));
		if (b->kind != rows[i].kind)
			printf("# row %zu kind %d\n", i, (int)b->kind);
		RP_CHECK(b->kind == rows[i].kind);
		if (rows[i].label != NULL)
			RP_CHECK(b->label.level == rows[i].level);
	}
}

static void
finds_a_resolution(void)
{
	static const struct row rows[] = {
		{ "The Conference (Bucharest, 2022),", NULL, 0, 0 },
		{ "considering", NULL, RP_BLOCK_CALLOUT, 0 },
		{ "a)\tthat one", "a)", RP_BLOCK_PROVISION, 0 },
		{ "b)bis\tthat two", "b)bis", RP_BLOCK_PROVISION, 0 },
		{ "resolves", NULL, RP_BLOCK_CALLOUT, 0 },
		{ "1\tto do", "1", RP_BLOCK_PROVISION, 0 },
		{ "i)\tone", "i)", RP_BLOCK_PROVISION, 1 },
		{ "ii)\ttwo", "ii)", RP_BLOCK_PROVISION, 1 },
		{ "2\tto do", "2", RP_BLOCK_PROVISION, 0 },
		{ "i)\tone", "i)", RP_BLOCK_PROVISION, 1 },
		{ "noting", NULL, RP_BLOCK_CALLOUT, 0 },
		{ "that there is one paragraph only.", NULL, 0, 0 },
	};

	check(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
asks_the_neighbours(void)
{
	static const struct row rows[] = {
		{ "2018 was a good year for all.", NULL, 0, 0 },
		{ "1 One thing is this.", "1", RP_BLOCK_ITEM, 0 },
		{ "2 Another thing is that.", "2", RP_BLOCK_ITEM, 0 },
		{ "5 apples were eaten.", NULL, 0, 0 },
		{ "Then: h) nothing.", NULL, 0, 0 },
		{ "- A dash alone is a dash.", NULL, 0, 0 },
	};

	check(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
tells_letters_from_roman(void)
{
	static const struct row rows[] = {
		{ "g) One.", "g)", RP_BLOCK_ITEM, 0 },
		{ "h) Two.", "h)", RP_BLOCK_ITEM, 0 },
		{ "i) Three.", "i)", RP_BLOCK_ITEM, 0 },
		{ "j) Four.", "j)", RP_BLOCK_ITEM, 0 },
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);

	check(rows, sizeof(rows) / sizeof(rows[0]));
	add(a, d, "h)\tlast letter", 0);
	add(a, d, "i)\tone", 0);
	add(a, d, "ii)\ttwo", 0);
	add(a, d, "i)\tnext letter", 0);
	rp_label_find(a, d);
	RP_CHECK(d->body.blocks.v[1].label.style == RP_LABEL_LOWER_ROMAN);
	RP_CHECK(d->body.blocks.v[2].label.value == 2);
	RP_CHECK(d->body.blocks.v[3].label.style == RP_LABEL_LOWER_LETTER);
	RP_CHECK(d->body.blocks.v[3].label.value == 9);
	RP_CHECK(
	    d->body.blocks.v[3].label.list == d->body.blocks.v[0].label.list);
}

/* "a)" deleted, "b)" inserted before one tab; and text around a run. */
static void
looks_through_deletions(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);
	struct rp_run runs[] = { { .text = RP_TEXT("a)"), .del = 1 },
		{ .text = RP_TEXT("b)"), .ins = 1 },
		{ .text = RP_TEXT("\tthat this") } };
	struct rp_run other[] = { { .text = RP_TEXT("Words went. "), .del = 1 },
		{ .text = RP_TEXT("b)\tthat") } };
	struct rp_block b = { .runs = runs, .n_runs = 3 };

	rp_vec_push(a, &d->body.blocks, b);
	b.runs = other;
	b.n_runs = 2;
	rp_vec_push(a, &d->body.blocks, b);
	rp_label_find(a, d);
	RP_CHECK_TEXT(d->body.blocks.v[0].label.text, RP_TEXT("b)"));
	RP_CHECK(d->body.blocks.v[0].label_runs == 3);
	RP_CHECK_TEXT(rp_block_text(a, &d->body.blocks.v[0]),
	    RP_TEXT("that this"));
	RP_CHECK(d->body.blocks.v[1].label.kind == RP_LABEL_NONE);
}

static void
knows_kinds_by_style(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_document *d = rp_document_new(a);
	struct rp_format bold = { .look = RP_LOOK_BOLD };
	struct rp_format italic = { .look = RP_LOOK_ITALIC };

	add(a, d, "RESOLUTION 1", rp_document_format(a, d, &bold));
	add(a, d, "Considering also", rp_document_format(a, d, &italic));
	add(a, d, "Scope", 0);
	add(a, d, "Agreed", 0);
	d->body.blocks.v[2].style = RP_TEXT("Heading 2");
	d->body.blocks.v[3].style = RP_TEXT("Call");
	rp_label_find(a, d);
	RP_CHECK(d->body.blocks.v[0].kind == RP_BLOCK_HEADING);
	RP_CHECK(d->body.blocks.v[1].kind == RP_BLOCK_CALLOUT);
	RP_CHECK(d->body.blocks.v[2].kind == RP_BLOCK_HEADING);
	RP_CHECK(d->body.blocks.v[2].level == 2);
	RP_CHECK(d->body.blocks.v[3].kind == RP_BLOCK_CALLOUT);
}

RP_CHECK_MAIN({ "parses", parses },
    { "finds a resolution", finds_a_resolution },
    { "asks the neighbours", asks_the_neighbours },
    { "tells letters from Roman numbers", tells_letters_from_roman },
    { "looks through deletions", looks_through_deletions },
    { "knows kinds by style", knows_kinds_by_style })
