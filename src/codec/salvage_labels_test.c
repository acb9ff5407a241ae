#include "codec/salvage_labels.h"

#include <string.h>

#include "base/check.h"

static size_t
split(const char *labels, struct rp_labels_item *items)
{
	size_t n = 0;

	for (const char *p = labels; *p != '\0';) {
		size_t len = strcspn(p, " ");

		items[n++] = (struct rp_labels_item){ .text = { p, len } };
		p += len + (p[len] == ' ');
	}
	return n;
}

/* One letter each: Keep, Relabel, Behind, Insert, Delete, Odd; forced ones in
 * capitals. */
static rp_text
solved(struct rp_arena *a, enum rp_label_style style, const char *labels)
{
	struct rp_labels_item items[64];
	struct rp_labels_answer got[64];
	size_t n = split(labels, items);
	char *p = rp_alloc(a, n + 1);

	RP_CHECK(rp_labels_solve(a, style, items, n, got) != RP_LABELS_TOO_BIG);
	for (size_t i = 0; i < n; i++) {
		p[i] = "krbidfo"[got[i].verdict];
		if (got[i].certainty == RP_LABELS_FORCED)
			p[i] = (char)(p[i] - 'a' + 'A');
	}
	return (rp_text){ p, n };
}

static void
reads_lists(void)
{
	static const struct {
		enum rp_label_style style;
		const char *labels, *want;
	} rows[] = {
		{ RP_LABEL_LOWER_LETTER, "a b c", "kkk" },
		{ RP_LABEL_LOWER_LETTER, "a b bc cd", "ibRR" },
		{ RP_LABEL_LOWER_LETTER, "a b bc cd d e f", "ibRRDkk" },
		{ RP_LABEL_LOWER_LETTER, "a ab c cd", "IRBR" },
		{ RP_LABEL_LOWER_LETTER, "a b cb", "KDR" },
		{ RP_LABEL_DECIMAL, "1 2 3 34 45 6", "kibRRi" },
		{ RP_LABEL_DECIMAL, "1 12 23 34 45 56 67 78 89 910 1011 1112",
		    "IRRRRRRRRRRR" },
		{ RP_LABEL_LOWER_ROMAN, "i iii iiiii iiiiv ivv", "IRRRR" },
		{ RP_LABEL_DECIMAL, "1 2 9 10", "kkok" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		RP_AUTO(rp_arena_freep)
		struct rp_arena *a = rp_arena_new(64 << 20);

		rp_text got = solved(a, rows[i].style, rows[i].labels);

		printf("# %s: %.*s\n", rows[i].labels, RP_FMT(got));
		RP_CHECK_TEXT(got, rp_text_z(rows[i].want));
	}
}

/* The whole of one answer, not its letter alone. */
static void
tells_both_numbers(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);
	struct rp_labels_item items[8];
	struct rp_labels_answer got[8];
	size_t n = split("e f g fh", items);

	items[0].text = RP_TEXT("a");
	items[1].text = RP_TEXT("b");
	items[2].text = RP_TEXT("c");
	items[3].text = RP_TEXT("bd");
	RP_CHECK(rp_labels_solve(a, RP_LABEL_LOWER_LETTER, items, n, got) ==
		 RP_LABELS_SOLVED);
	/* Two inserted; the label left behind makes it b) c), not a) b). */
	RP_CHECK(got[3].verdict == RP_LABELS_RELABEL && got[3].base == 2 &&
		 got[3].now == 4 && got[3].certainty == RP_LABELS_FORCED);
	RP_CHECK(got[2].certainty != RP_LABELS_FORCED);
	/* A call-out that went: its own counting starts again. */
	n = split("1 2 13 24", items);
	items[2].restarts_base = true;
	RP_CHECK(rp_labels_solve(a, RP_LABEL_DECIMAL, items, n, got) ==
		 RP_LABELS_SOLVED);
	RP_CHECK(got[1].verdict == RP_LABELS_KEEP);
	RP_CHECK(got[2].base == 1 && got[2].now == 3 && got[3].base == 2);
	/* What does not count stands aside. */
	n = split("a b bbis c", items);
	items[2].free = true;
	RP_CHECK(rp_labels_solve(a, RP_LABEL_LOWER_LETTER, items, n, got) ==
		 RP_LABELS_SOLVED);
	RP_CHECK(got[2].verdict == RP_LABELS_FREE);
	RP_CHECK(got[3].verdict == RP_LABELS_KEEP);
	/* A fault is told, and what follows is read from there. */
	n = split("1 2 4 5", items);
	RP_CHECK(rp_labels_solve(a, RP_LABEL_DECIMAL, items, n, got) ==
		 RP_LABELS_FAULTY);
	RP_CHECK(got[2].verdict == RP_LABELS_ODD && got[2].now == 4);
	RP_CHECK(got[3].verdict != RP_LABELS_ODD);
}

static void
counts(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(64 << 20);

	RP_CHECK_TEXT(rp_labels_text(a, RP_LABEL_LOWER_LETTER, 28),
	    RP_TEXT("bb"));
	RP_CHECK_TEXT(rp_labels_text(a, RP_LABEL_LOWER_ROMAN, 944),
	    RP_TEXT("cmxliv"));
	RP_CHECK_TEXT(rp_labels_text(a, RP_LABEL_DECIMAL, 900), RP_TEXT("900"));
	RP_CHECK_TEXT(rp_labels_text(a, RP_LABEL_DECIMAL, 0), RP_TEXT(""));
	for (int32_t v = 1; v <= 120; v++)
		for (int style = RP_LABEL_DECIMAL;
		     style <= RP_LABEL_LOWER_ROMAN; style++)
			RP_CHECK(rp_labels_value((enum rp_label_style)style,
				     rp_labels_text(a,
					 (enum rp_label_style)style, v)) == v);
	RP_CHECK(rp_labels_value(RP_LABEL_DECIMAL, RP_TEXT("007")) == 0);
	RP_CHECK(rp_labels_value(RP_LABEL_LOWER_ROMAN, RP_TEXT("iiii")) == 0);
}

/* The number of readings grows beyond all bounds, the work does not. */
static void
is_bounded(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	size_t n = RP_LABELS_ITEMS_MAX;
	struct rp_labels_item *items =
	    rp_new_n(a, struct rp_labels_item, n + 1);
	struct rp_labels_answer *got =
	    rp_new_n(a, struct rp_labels_answer, n + 1);

	for (size_t i = 0; i <= n; i++)
		items[i].text =
		    rp_labels_text(a, RP_LABEL_DECIMAL, (int32_t)i % 7 + 1);
	(void)rp_labels_solve(a, RP_LABEL_DECIMAL, items, n, got);
	for (size_t i = 0; i <= n; i++)
		items[i].text =
		    rp_labels_text(a, RP_LABEL_DECIMAL, (int32_t)i + 1);
	RP_CHECK(rp_labels_solve(a, RP_LABEL_DECIMAL, items, n, got) ==
		 RP_LABELS_SOLVED);
	RP_CHECK(got[n - 1].verdict == RP_LABELS_KEEP);
	RP_CHECK(rp_labels_solve(a, RP_LABEL_DECIMAL, items, n + 1, got) ==
		 RP_LABELS_TOO_BIG);
}

RP_CHECK_MAIN({ "reads lists", reads_lists },
    { "tells both numbers", tells_both_numbers }, { "counts", counts },
    { "is bounded", is_bounded })
