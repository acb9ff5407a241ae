/*
 * verify - the figures of a result, and the promises that it must keep.
 *
 * Figures and states are counted here and nowhere else, from the units alone.
 * rp_themes_verify() counts them again in its own way and tells what does not
 * hold; whoever prints, stores or shows a result calls it first.
 */
#ifndef RP_THEMES_VERIFY_H
#define RP_THEMES_VERIFY_H

#include "base/err.h"
#include "themes/result.h"

/*
 * The state of each response, from its units: withheld; empty, without a unit;
 * themed, with one that has a theme; else not read, for no person has decided.
 * A state "no theme" that a person gave stays.
 */
void rp_themes_read(struct rp_themes_result *r);

/*
 * Of each theme: responses with a unit of it or of a theme below it; those of
 * them that say something which none before said (a unit that is its own
 * copy_of); those of a campaign.
 */
void rp_themes_count(struct rp_themes_result *r);

/* How many responses are in each state. */
void rp_themes_states(const struct rp_themes_result *r,
    uint32_t out[RP_READINGS]);

/*
 * RP_E_INTERNAL with the first promise that is broken:
 *
 *	each response has one state, and the one that its units say;
 *	units lie in their fields, in order, between characters, not
 *overlapping; a withheld response has no unit, no campaign and no quotation; a
 *theme has a name, a respondent and a quotation, of its own or below it; the
 *figures of a theme are those of its units; a quotation is a unit that has the
 *theme or one below it; a campaign's members are the responses that say so,
 *each once; own words lie in the response whose they are.
 */
struct rp_err *rp_themes_verify(const struct rp_themes_result *r) RP_MUST_USE;

#endif
