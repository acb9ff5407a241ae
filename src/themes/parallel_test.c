#include "themes/parallel.h"

#include "base/check.h"

#define T(s) RP_TEXT_INIT(s)

static void
aligned(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	static const struct rp_parallel_text texts[] = {
		{ T("a"), T("en"), T("One.\n\nTwo.") },
		{ T("a"), T("fr"), T("Un.\nDeux.\n") },
		/* A paragraph too many: it says nothing. */
		{ T("a"), T("ru"), T("Раз.\nДва.\nТри.") },
		{ T("a"), T("es-MX"), T("Uno.\n \nDos.") },
		{ T("b"), T("en"), T("Alone.") },
		{ T("c"), T("en"), T("2026\nYes") },
		{ T("c"), T("fr"), T("2026\nOui") },
		{ T("d"), T("en"), T("One line") },
		{ T("d"), T("fr"), T("Deux\nlignes") },
		{ T("e"), T(""), T("Of no language") },
		{ T("e"), T("fr"), T("De quelque langue") },
	};
	struct rp_parallel p;

	rp_parallel_align(a, texts, sizeof(texts) / sizeof(texts[0]), &p);
	RP_CHECK(p.n_langs == 4 && p.n_segments == 3);
	RP_CHECK_TEXT(p.langs[0], RP_TEXT("en"));
	RP_CHECK_TEXT(p.langs[1], RP_TEXT("fr"));
	RP_CHECK_TEXT(p.langs[3], RP_TEXT("es"));
	RP_CHECK_TEXT(p.texts[0], RP_TEXT("One."));
	RP_CHECK_TEXT(p.texts[1], RP_TEXT("Un."));
	RP_CHECK(p.texts[2].n == 0);
	RP_CHECK_TEXT(p.texts[7], RP_TEXT("Dos."));
	/* The year is no bridge. */
	RP_CHECK_TEXT(p.texts[8], RP_TEXT("Yes"));
	RP_CHECK_TEXT(p.texts[9], RP_TEXT("Oui"));
}

static void
none(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(SIZE_MAX);
	struct rp_parallel p;

	rp_parallel_align(a, NULL, 0, &p);
	RP_CHECK(p.n_segments == 0 && p.n_langs == 0);
}

RP_CHECK_MAIN({ "paragraph by paragraph", aligned }, { "nothing", none })
