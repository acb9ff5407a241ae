#include "text/suffix.h"

#include <string.h>

#include "text/domain_name.h"
#include "text/names_private.h"

/* libpsl reads C strings, and not every rp_text_sub() ends where it should. */
struct zname {
	char p[RP_DOMAIN_NAME_MAX + 3];
};

static bool
to_z(rp_text a_form, const char *prefix, struct zname *out)
{
	size_t n = strlen(prefix);

	if (a_form.n == 0 || a_form.n > RP_DOMAIN_NAME_MAX)
		return false;
	memcpy(out->p, prefix, n);
	memcpy(out->p + n, a_form.p, a_form.n);
	out->p[n + a_form.n] = '\0';
	return true;
}

rp_text
rp_suffix_find_organisation(const struct rp_names *names, rp_text a_form)
{
	const char *found = NULL;
	struct zname z;

	if (names->psl != NULL && to_z(a_form, "", &z))
		found = psl_registrable_domain(names->psl, z.p);
	if (found == NULL)
		return RP_TEXT("");
	return rp_text_sub(a_form, (size_t)(found - z.p), a_form.n);
}

bool
rp_suffix_is_public(const struct rp_names *names, rp_text a_form)
{
	struct zname z;

	return names->psl != NULL && to_z(a_form, "", &z) &&
	       psl_is_public_suffix2(names->psl, z.p,
		   PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
}

/* A few top-level domains are in the list only as "*.ck". */
bool
rp_suffix_is_known_tld(const struct rp_names *names, rp_text a_form)
{
	const int type = PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE;
	size_t dot = a_form.n;
	struct zname z;
	rp_text tld;

	while (dot > 0 && a_form.p[dot - 1] != '.')
		dot--;
	tld = rp_text_sub(a_form, dot, a_form.n);
	if (names->psl == NULL || !to_z(tld, "", &z))
		return false;
	if (psl_is_public_suffix2(names->psl, z.p, type))
		return true;
	return to_z(tld, "a.", &z) &&
	       psl_is_public_suffix2(names->psl, z.p, type);
}
