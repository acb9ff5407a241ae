#include "text/names.h"

#include "text/names_private.h"

/* addresses.md's measurement: these flags agree with IdnaTestV2 throughout. */
static const uint32_t idna_options =
    UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE |
    UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_CHECK_CONTEXTO |
    UIDNA_USE_STD3_RULES;

static void
close_names(void *ptr)
{
	struct rp_names *n = ptr;

	uidna_close(n->idna);
	uspoof_close(n->spoof);
	ucasemap_close(n->fold);
	psl_free(n->psl);
}

/* ICU's own look-up of a code point in a set is what checking would cost. */
static void
fill_allowed(struct rp_names *n, const USet *set, UErrorCode *status)
{
	int32_t items = uset_getItemCount(set);

	for (int32_t i = 0; i < items; i++) {
		UChar32 first = 0, last = -1;

		/* Strings among the items leave the range empty. */
		if (uset_getItem(set, i, &first, &last, NULL, 0, status) != 0)
			continue;
		for (; first <= last && first < RP_NAMES_BITS; first++)
			n->allowed[first >> 3] |= (uint8_t)(1 << (first & 7));
	}
}

static void
open_spoof(struct rp_names *n, UErrorCode *status)
{
	USet *allowed;

	n->spoof = uspoof_open(status);
	if (U_FAILURE(*status))
		return;
	uspoof_setRestrictionLevel(n->spoof, USPOOF_HIGHLY_RESTRICTIVE);
	/* Spaces and stops are no letters of a name, and nothing rare. */
	allowed = uset_cloneAsThawed(uspoof_getRecommendedSet(status));
	uset_addAll(allowed, uspoof_getInclusionSet(status));
	uset_addRange(allowed, ' ', '~');
	uspoof_setAllowedChars(n->spoof, allowed, status);
	fill_allowed(n, allowed, status);
	uset_close(allowed);
	uspoof_setChecks(n->spoof,
	    USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS |
		USPOOF_CHAR_LIMIT | USPOOF_CONFUSABLE | USPOOF_AUX_INFO,
	    status);
}

struct rp_err *
rp_names_open(struct rp_arena *a, const char *psl_path,
    const struct rp_names **out)
{
	struct rp_names *n = rp_new(a, struct rp_names);
	UErrorCode status = U_ZERO_ERROR;

	n->allowed = rp_alloc(a, RP_NAMES_BITS / 8);
	rp_arena_defer(a, close_names, n);
	n->idna = uidna_openUTS46(idna_options, &status);
	n->fold = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
	n->nfc = unorm2_getNFCInstance(&status);
	if (U_SUCCESS(status))
		open_spoof(n, &status);
	if (U_FAILURE(status))
		return rp_fail(RP_E_UNAVAILABLE, "opening ICU's name data: %s",
		    u_errorName(status));
	if (psl_path != NULL) {
		n->psl = psl_load_file(psl_path);
		if (n->psl == NULL)
			return rp_fail(RP_E_UNAVAILABLE,
			    "reading the public suffix list %s", psl_path);
	}
	*out = n;
	return NULL;
}
