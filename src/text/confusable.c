#include "text/confusable.h"

#include <unicode/ucasemap.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/err.h"
#include "text/names_private.h"

/* Whole code points only: the rest of a text that is too long is ignored. */
static rp_text
bounded(rp_text t)
{
	size_t n = t.n;

	if (n <= RP_CONFUSABLE_MAX)
		return t;
	n = RP_CONFUSABLE_MAX;
	while ((t.p[n] & 0xc0) == 0x80)
		n--;
	return rp_text_sub(t, 0, n);
}

static enum rp_confusable_level
level_of(URestrictionLevel level)
{
	switch (level) {
	case USPOOF_ASCII:
		return RP_CONFUSABLE_ASCII;
	case USPOOF_SINGLE_SCRIPT_RESTRICTIVE:
		return RP_CONFUSABLE_SINGLE_SCRIPT;
	case USPOOF_HIGHLY_RESTRICTIVE:
		return RP_CONFUSABLE_HIGHLY;
	case USPOOF_MODERATELY_RESTRICTIVE:
		return RP_CONFUSABLE_MODERATELY;
	case USPOOF_MINIMALLY_RESTRICTIVE:
		return RP_CONFUSABLE_MINIMALLY;
	default:
		return RP_CONFUSABLE_UNRESTRICTED;
	}
}

static unsigned
warnings_of(int32_t checks)
{
	unsigned w = 0;

	if (checks & USPOOF_RESTRICTION_LEVEL)
		w |= RP_CONFUSABLE_MIXED_SCRIPTS;
	if (checks & USPOOF_MIXED_NUMBERS)
		w |= RP_CONFUSABLE_MIXED_NUMBERS;
	if (checks & USPOOF_INVISIBLE)
		w |= RP_CONFUSABLE_INVISIBLE;
	if (checks & USPOOF_CHAR_LIMIT)
		w |= RP_CONFUSABLE_RARE_CHARACTER;
	return w;
}

static bool
is_ascii(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if ((uint8_t)t.p[i] >= 0x80)
			return false;
	}
	return true;
}

/*
 * Letters of one script, with ASCII digits, and with ASCII letters if it is
 * Latin: what nearly all names are, and nothing is suspicious about. ICU judges
 * the others.
 */
static bool
is_plain(const struct rp_names *names, rp_text t)
{
	UScriptCode script = USCRIPT_UNKNOWN;
	const uint8_t *p = (const uint8_t *)t.p;
	UErrorCode status = U_ZERO_ERROR;
	bool letters = false;
	uint32_t before = 0;

	for (size_t i = 0; i < t.n;) {
		UScriptCode mine;
		uint32_t cp;

		U8_NEXT_UNSAFE(p, i, cp);
		if (cp < 0x80) {
			letters = letters || (cp | 0x20) - 'a' < 26;
			continue;
		}
		mine = uscript_getScript((UChar32)cp, &status);
		if (cp >= RP_NAMES_BITS ||
		    !(names->allowed[cp >> 3] & 1 << (cp & 7)) ||
		    mine <= USCRIPT_INHERITED || u_isdigit((UChar32)cp) ||
		    (cp == before &&
			u_charType((UChar32)cp) == U_NON_SPACING_MARK) ||
		    (script != USCRIPT_UNKNOWN && mine != script))
			return false;
		script = mine;
		before = cp;
	}
	return !letters || script == USCRIPT_LATIN;
}

struct rp_confusable
rp_confusable_check(const struct rp_names *names, rp_text t)
{
	struct rp_confusable out = { .level = RP_CONFUSABLE_ASCII };
	UErrorCode status = U_ZERO_ERROR;
	USpoofCheckResult *result;
	int32_t checks;

	t = bounded(t);
	if (is_ascii(t))
		return out;
	if (is_plain(names, t)) {
		out.level = RP_CONFUSABLE_SINGLE_SCRIPT;
		return out;
	}
	result = uspoof_openCheckResult(&status);
	RP_ASSERT(U_SUCCESS(status));
	checks =
	    uspoof_check2UTF8(names->spoof, t.p, (int32_t)t.n, result, &status);
	out.warnings = warnings_of(checks & 0xffff);
	out.level =
	    level_of(uspoof_getCheckResultRestrictionLevel(result, &status));
	uspoof_closeCheckResult(result);
	RP_ASSERT(U_SUCCESS(status));
	/* ICU calls one rare character unrestricted, whatever the scripts. */
	if (out.level == RP_CONFUSABLE_UNRESTRICTED &&
	    (out.warnings & RP_CONFUSABLE_RARE_CHARACTER))
		out.warnings &= ~(unsigned)RP_CONFUSABLE_MIXED_SCRIPTS;
	return out;
}

enum {
	/* A prototype has up to 18 code points, a typical one has one. */
	SKELETON_MAX = 8 * RP_CONFUSABLE_MAX,
};

rp_text
rp_confusable_skeleton(struct rp_arena *a, const struct rp_names *names,
    rp_text t)
{
	char out[SKELETON_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	t = bounded(t);
	n = uspoof_getSkeletonUTF8(names->spoof, 0, t.p, (int32_t)t.n, out,
	    SKELETON_MAX, &status);
	if (U_FAILURE(status))
		return rp_text_dup(a, t);
	return rp_text_dup(a, (rp_text){ out, (size_t)n });
}

rp_text
rp_confusable_key(struct rp_arena *a, const struct rp_names *names, rp_text t)
{
	char out[3 * RP_CONFUSABLE_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	t = bounded(t);
	n = ucasemap_utf8FoldCase(names->fold, out, sizeof(out), t.p,
	    (int32_t)t.n, &status);
	if (U_FAILURE(status))
		return rp_confusable_skeleton(a, names, t);
	return rp_confusable_skeleton(a, names, (rp_text){ out, (size_t)n });
}

size_t
rp_confusable_find(struct rp_arena *a, const struct rp_names *names, rp_text t,
    const rp_text *known, size_t n)
{
	rp_text skeleton = rp_confusable_key(a, names, t);

	for (size_t i = 0; i < n; i++) {
		if (!rp_text_eq(known[i], t) &&
		    rp_text_eq(rp_confusable_key(a, names, known[i]), skeleton))
			return i;
	}
	return SIZE_MAX;
}
