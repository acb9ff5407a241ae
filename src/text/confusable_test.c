#include "text/confusable.h"

#include "base/check.h"
#include "text/names.h"

static struct rp_arena *arena;
static const struct rp_names *names;

static void
open_names(void)
{
	arena = rp_arena_new(64 << 20);
	RP_CHECK_OK(rp_names_open(arena, NULL, &names));
}

static void
levels(void)
{
	static const struct {
		const char *in;
		enum rp_confusable_level level;
		unsigned warnings;
	} rows[] = {
		{ "example", RP_CONFUSABLE_ASCII, 0 },
		{ "пример", RP_CONFUSABLE_SINGLE_SCRIPT, 0 },
		{ "例え", RP_CONFUSABLE_SINGLE_SCRIPT, 0 },
		{ "Müller-Lüdenscheidt, Dr. & Co.", RP_CONFUSABLE_SINGLE_SCRIPT,
		    0 },
		{ "☃", RP_CONFUSABLE_UNRESTRICTED,
		    RP_CONFUSABLE_RARE_CHARACTER },
		{ "例えtest", RP_CONFUSABLE_HIGHLY, 0 },
		{ "pаypal", RP_CONFUSABLE_MINIMALLY,
		    RP_CONFUSABLE_MIXED_SCRIPTS },
		{ "8৪", RP_CONFUSABLE_SINGLE_SCRIPT,
		    RP_CONFUSABLE_MIXED_NUMBERS },
		{ "a\xcc\x88\xcc\x88", RP_CONFUSABLE_SINGLE_SCRIPT,
		    RP_CONFUSABLE_INVISIBLE },
	};

	open_names();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_confusable got =
		    rp_confusable_check(names, rp_text_z(rows[i].in));

		if (got.level != rows[i].level ||
		    got.warnings != rows[i].warnings)
			printf("# %s: level %d, warnings %u\n", rows[i].in,
			    (int)got.level, got.warnings);
		RP_CHECK(got.level == rows[i].level);
		RP_CHECK(got.warnings == rows[i].warnings);
	}
	rp_arena_free(arena);
}

static void
look_alikes(void)
{
	static const rp_text known[] = { RP_TEXT_INIT("example"),
		RP_TEXT_INIT("paypal"), RP_TEXT_INIT("München") };

	open_names();
	RP_CHECK(
	    rp_confusable_find(arena, names, RP_TEXT("раура1"), known, 3) == 1);
	RP_CHECK(
	    rp_confusable_find(arena, names, RP_TEXT("PAYPAL"), known, 3) == 1);
	RP_CHECK(rp_confusable_find(arena, names, RP_TEXT("paypal"), known,
		     3) == SIZE_MAX);
	RP_CHECK(rp_confusable_find(arena, names, RP_TEXT("пример"), known,
		     3) == SIZE_MAX);
	RP_CHECK_TEXT(rp_confusable_skeleton(arena, names, RP_TEXT("раура1")),
	    rp_confusable_skeleton(arena, names, RP_TEXT("paypal")));
	rp_arena_free(arena);
}

static void
long_texts_are_cut(void)
{
	char *p;

	open_names();
	p = rp_alloc(arena, 3 * RP_CONFUSABLE_MAX + 1);
	for (size_t i = 0; i < RP_CONFUSABLE_MAX; i++)
		memcpy(p + 3 * i, "例", 3);
	RP_CHECK(
	    rp_confusable_check(names, (rp_text){ p, 3 * RP_CONFUSABLE_MAX })
		.level == RP_CONFUSABLE_SINGLE_SCRIPT);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "levels", levels }, { "look-alikes", look_alikes },
    { "long texts are cut", long_texts_are_cut })
