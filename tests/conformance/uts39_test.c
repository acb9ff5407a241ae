/*
 * UTS 39, sanity: ICU's skeletons agree with confusables.txt where source and
 * prototype are one code point each (and no composed ones: a skeleton is made
 * of NFD, so such rows never apply), and what IdentifierStatus.txt allows is
 * not called rare.
 */
#include <unicode/unorm2.h>

#include "base/check.h"
#include "conformance/reader.h"
#include "text/confusable.h"
#include "text/names.h"

static bool
is_composed(rp_text hex)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	UChar out[8];

	return unorm2_getRawDecomposition(nfc,
		   (UChar32)strtoul(hex.p, NULL, 16), out, 8, &status) >= 0;
}

static void
skeletons(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	rp_text rest = rp_reader_file(a, "uts39/confusables.txt"), line;
	struct rp_arena *job = rp_arena_new(1 << 20);
	const struct rp_names *names = NULL;
	int n = 0, wrong = 0;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	while (rp_reader_line(&rest, &line)) {
		rp_text from = rp_reader_field(line, ';', 0);
		rp_text to = rp_reader_field(line, ';', 1), s, t;

		if (from.n < 4 || from.n > 5 || to.n < 4 || to.n > 5 ||
		    is_composed(from) || is_composed(to))
			continue;
		s = rp_reader_utf8(job, (uint32_t)strtoul(from.p, NULL, 16));
		t = rp_reader_utf8(job, (uint32_t)strtoul(to.p, NULL, 16));
		n++;
		if (!rp_text_eq(rp_confusable_skeleton(job, names, s),
			rp_confusable_skeleton(job, names, t))) {
			wrong++;
			printf("# %.*s\n", RP_FMT(line));
		}
		rp_arena_reset(job);
	}
	rp_arena_free(job);
	printf("# %d pairs, %d wrong\n", n, wrong);
	RP_CHECK(n > 3000 && wrong == 0);
}

static void
allowed_is_not_rare(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(256 << 20);
	rp_text rest = rp_reader_file(a, "uts39/IdentifierStatus.txt"), line;
	struct rp_arena *job = rp_arena_new(1 << 20);
	const struct rp_names *names = NULL;
	int n = 0, rare = 0;

	RP_CHECK_OK(rp_names_open(a, NULL, &names));
	while (rp_reader_line(&rest, &line)) {
		rp_text range = rp_reader_field(line, ';', 0);
		char *end;
		unsigned long cp;

		if (range.n == 0 || range.p[0] == '#')
			continue;
		cp = strtoul(range.p, &end, 16);
		n++;
		rare += (rp_confusable_check(names,
			     rp_reader_utf8(job, (uint32_t)cp))
				.warnings &
			    RP_CONFUSABLE_RARE_CHARACTER) != 0;
		rp_arena_reset(job);
	}
	rp_arena_free(job);
	printf("# %d ranges, %d rare\n", n, rare);
	RP_CHECK(n > 300 && rare == 0);
}

RP_CHECK_MAIN({ "skeletons", skeletons },
    { "what is allowed is not rare", allowed_is_not_rare })
