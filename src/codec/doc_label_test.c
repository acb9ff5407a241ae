#include "codec/doc_label.h"

#include "base/check.h"

static const struct {
	const char *shown, *before;
	enum rp_label_style style;
	int32_t value;
	uint8_t latin;
} rows[] = {
	{ "a)", NULL, RP_LABEL_LOWER_LETTER, 1, 0 },
	{ "aa)", NULL, RP_LABEL_LOWER_LETTER, 27, 0 },
	{ "(12)", NULL, RP_LABEL_DECIMAL, 12, 0 },
	{ "1.2.3", NULL, RP_LABEL_DECIMAL, 3, 0 },
	{ "§ 4", NULL, RP_LABEL_DECIMAL, 4, 0 },
	{ "b)bis", NULL, RP_LABEL_LOWER_LETTER, 2, 1 },
	{ "3 ter", NULL, RP_LABEL_DECIMAL, 3, 2 },
	{ "1A", NULL, RP_LABEL_DECIMAL, 1, 1 },
	{ "i)", NULL, RP_LABEL_LOWER_ROMAN, 1, 0 },
	{ "i)", "h)", RP_LABEL_LOWER_LETTER, 9, 0 },
	{ "v)", NULL, RP_LABEL_LOWER_LETTER, 22, 0 },
	{ "v)", "iv)", RP_LABEL_LOWER_ROMAN, 5, 0 },
	{ "ii)", "i)", RP_LABEL_LOWER_ROMAN, 2, 0 },
	{ "XIV.", NULL, RP_LABEL_UPPER_ROMAN, 14, 0 },
	{ "iiii)", NULL, RP_LABEL_LOWER_LETTER, 87, 0 },
	{ "二十三、", NULL, RP_LABEL_OTHER, 0, 0 },
	{ "二十三", NULL, RP_LABEL_CJK, 23, 0 },
	{ "١٢)", NULL, RP_LABEL_ARABIC_INDIC, 12, 0 },
	{ "в)", NULL, RP_LABEL_CYRILLIC, 3, 0 },
	{ "В)", NULL, RP_LABEL_CYRILLIC, 3, 0 },
	{ "вг)", NULL, RP_LABEL_OTHER, 0, 0 },
	{ "ج)", NULL, RP_LABEL_ARABIC_ABJAD, 3, 0 },
	{ "•", NULL, RP_LABEL_BULLET, 0, 0 },
	{ "word", NULL, RP_LABEL_OTHER, 0, 0 },
	{ "9999999999", NULL, RP_LABEL_OTHER, 0, 0 },
	{ "", NULL, RP_LABEL_OTHER, 0, 0 },
};

static void
reads(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_label l = { 0 }, before = { 0 };

		if (rows[i].before != NULL)
			rp_doc_label_of(&before, rp_text_z(rows[i].before),
			    NULL);
		if (rows[i].before != NULL && rows[i].before[1] == 'v')
			before.style = RP_LABEL_LOWER_ROMAN;
		rp_doc_label_of(&l, rp_text_z(rows[i].shown),
		    rows[i].before ? &before : NULL);
		printf("# %s\n", rows[i].shown);
		RP_CHECK(l.style == rows[i].style);
		RP_CHECK(l.value == rows[i].value);
		RP_CHECK(l.latin == rows[i].latin);
	}
}

/* What is written is read again. */
static void
counts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(16 << 20);

	for (int style = RP_LABEL_DECIMAL; style <= RP_LABEL_CYRILLIC;
	     style++) {
		struct rp_label before = { 0 };

		for (int32_t v = 1; v <= 28; v++) {
			struct rp_label l = { 0 };
			rp_text t =
			    rp_doc_number(a, (enum rp_label_style)style, v);

			rp_doc_label_of(&l, t, v > 1 ? &before : NULL);
			printf("# %.*s\n", RP_FMT(t));
			RP_CHECK(l.value == v);
			RP_CHECK((int)l.style == style);
			before = l;
		}
	}
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_LOWER_LETTER, 28),
	    RP_TEXT("bb"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_UPPER_ROMAN, 1994),
	    RP_TEXT("MCMXCIV"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_LOWER_ROMAN, 5000),
	    RP_TEXT("5000"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_CJK, 11), RP_TEXT("十一"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_CJK, 100), RP_TEXT("100"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_CYRILLIC, 29), RP_TEXT("29"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_ARABIC_INDIC, 12),
	    RP_TEXT("١٢"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_DECIMAL, 7), RP_TEXT("7"));
	RP_CHECK_TEXT(rp_doc_number(a, RP_LABEL_BULLET, 1), RP_TEXT(""));
}

RP_CHECK_MAIN({ "reads", reads }, { "counts", counts })
