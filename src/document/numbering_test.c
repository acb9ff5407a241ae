#include "document/numbering.h"

#include "base/check.h"

static const struct {
	enum rp_number_format f;
	int32_t v;
	const char *want;
} numbers[] = {
	{ RP_NUMBER_DECIMAL, 12, "12" },
	{ RP_NUMBER_DECIMAL, -3, "-3" },
	{ RP_NUMBER_DECIMAL_ZERO, 7, "07" },
	{ RP_NUMBER_LOWER_LETTER, 26, "z" },
	{ RP_NUMBER_LOWER_LETTER, 27, "aa" },
	{ RP_NUMBER_LOWER_LETTER, 28, "bb" },
	{ RP_NUMBER_UPPER_LETTER, 53, "AAA" },
	{ RP_NUMBER_LOWER_LETTER, 1000000, "1000000" },
	{ RP_NUMBER_LOWER_ROMAN, 1994, "mcmxciv" },
	{ RP_NUMBER_UPPER_ROMAN, 8, "VIII" },
	{ RP_NUMBER_UPPER_ROMAN, 0, "0" },
	{ RP_NUMBER_ORDINAL, 112, "112th" },
	{ RP_NUMBER_ORDINAL, 23, "23rd" },
	{ RP_NUMBER_CJK, 1, "一" },
	{ RP_NUMBER_CJK, 10, "十" },
	{ RP_NUMBER_CJK, 12, "十二" },
	{ RP_NUMBER_CJK, 20, "二十" },
	{ RP_NUMBER_CJK, 105, "一百〇五" },
	{ RP_NUMBER_ARABIC_INDIC, 10, "١٠" },
	{ RP_NUMBER_ARABIC_ABJAD, 3, "ج" },
	{ RP_NUMBER_ARABIC_ALPHA, 3, "ت" },
	{ RP_NUMBER_LOWER_CYRILLIC, 10, "к" },
	{ RP_NUMBER_LOWER_CYRILLIC, 29, "аа" },
	{ RP_NUMBER_BULLET, 3, "" },
};

static void
shows_numbers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		RP_CHECK_TEXT(rp_number_text(a, numbers[i].f, numbers[i].v),
		    rp_text_z(numbers[i].want));
	RP_CHECK(rp_number_format_named(RP_TEXT("lowerRoman")) ==
		 RP_NUMBER_LOWER_ROMAN);
	RP_CHECK(rp_number_format_named(RP_TEXT("?")) == RP_NUMBER_DECIMAL);
}

/* A definition of "1", "1.1", "(a)", with lists 5 and 6. */
static void
define(struct rp_arena *a, struct rp_numbering *n)
{
	struct rp_numbering_abstract *d = rp_numbering_define(a, n, 1);
	struct rp_numbering_list *l;

	d->levels[0].text = RP_TEXT("%1");
	d->levels[0].format = RP_NUMBER_UPPER_ROMAN;
	d->levels[1].text = RP_TEXT("%1.%2");
	d->levels[1].legal = true;
	d->levels[2].text = RP_TEXT("(%3)");
	d->levels[2].format = RP_NUMBER_LOWER_LETTER;
	d->levels[3].text = RP_TEXT("%4)");
	d->levels[3].restart = 0;
	d->levels[4].text = RP_TEXT("\xe2\x80\xa2");
	d->levels[4].format = RP_NUMBER_BULLET;
	RP_CHECK_OK(rp_numbering_add(a, n, 5, 1, &l));
	RP_CHECK_OK(rp_numbering_add(a, n, 6, 1, &l));
	l->overrides[0].has_start = true;
	l->overrides[0].start = 4;
}

static void
counts_levels(void)
{
	static const struct {
		uint32_t list;
		unsigned level;
		bool counts;
		const char *want;
		int32_t value;
	} rows[] = {
		{ 5, 1, true, "1.1", 1 }, /* the outer one counts as begun */
		{ 5, 0, true, "I", 1 },
		{ 5, 0, true, "II", 2 },
		{ 5, 1, true, "2.1", 1 },
		{ 5, 2, true, "(a)", 1 },
		{ 5, 3, true, "1)", 1 },
		{ 5, 1, true, "2.2", 2 },
		{ 5, 2, true, "(a)", 1 },
		{ 5, 3, true, "2)", 2 }, /* never begins anew */
		{ 5, 0, false, "III",
		    3 }, /* goes away: shows, does not count */
		{ 5, 0, true, "III", 3 },
		{ 5, 4, true, "\xe2\x80\xa2", 0 },
		{ 6, 0, true, "IV", 4 }, /* its own start */
		{ 6, 0, true, "V", 5 },
		{ 5, 0, true, "VI", 6 }, /* and the definition is one */
		{ 6, 0, true, "VII", 7 },
		{ 7, 0, true, "", 0 },
	};
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_numbering n = { 0 };
	struct rp_numbering_count *c;

	define(a, &n);
	c = rp_numbering_count_new(a, &n);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_label l;

		rp_numbering_next(a, c, rows[i].list, rows[i].level,
		    rows[i].counts, &l);
		RP_CHECK_TEXT(l.text, rp_text_z(rows[i].want));
		RP_CHECK(l.value == rows[i].value);
		RP_CHECK((l.kind == RP_LABEL_NONE) == (rows[i].list == 7));
	}
}

static void
overrides_levels(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	struct rp_numbering n = { 0 };
	struct rp_numbering_list *l;
	struct rp_numbering_count *c;
	struct rp_label got;

	define(a, &n);
	RP_CHECK_OK(rp_numbering_add(a, &n, 9, 1, &l));
	l->overrides[0].has_level = true;
	l->overrides[0].level = (struct rp_level){ .text = RP_TEXT("Art. %1"),
		.start = 3,
		.restart = -1 };
	c = rp_numbering_count_new(a, &n);
	rp_numbering_next(a, c, 9, 0, true, &got);
	RP_CHECK_TEXT(got.text, RP_TEXT("Art. 3"));
	RP_CHECK(got.style == RP_LABEL_DECIMAL && got.list == 9);
	/* A list of a definition that is nowhere shows nothing. */
	RP_CHECK_OK(rp_numbering_add(a, &n, 10, 77, &l));
	c = rp_numbering_count_new(a, &n);
	rp_numbering_next(a, c, 10, 12, true, &got);
	RP_CHECK(got.kind == RP_LABEL_NONE);
}

RP_CHECK_MAIN({ "shows numbers", shows_numbers },
    { "counts levels", counts_levels },
    { "overrides levels", overrides_levels })
