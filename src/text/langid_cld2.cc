#include "text/langid_private.h"

/* CLD2's header uses FILE without saying so: this one goes first. */
#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

struct rp_cld2_guess
rp_cld2_guess(const char *p, int n, const char *hint)
{
	CLD2::CLDHints hints = { hint, nullptr, CLD2::UNKNOWN_ENCODING,
		CLD2::UNKNOWN_LANGUAGE };
	CLD2::Language three[3], best;
	struct rp_cld2_guess guess = { nullptr, 0, 0 };
	int percents[3], octets, valid;
	double scores[3];
	bool reliable;

	best = CLD2::ExtDetectLanguageSummaryCheckUTF8(p, n, true, &hints, 0,
	    three, percents, scores, nullptr, &octets, &reliable, &valid);
	if (valid < n || best == CLD2::UNKNOWN_LANGUAGE)
		return guess;
	guess.code = CLD2::LanguageCode(best);
	guess.percent = best == three[0] ? percents[0] : 0;
	guess.reliable = reliable;
	return guess;
}
