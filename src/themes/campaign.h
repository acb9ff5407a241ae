/*
 * campaign - letters that many send, alike or nearly.
 *
 * A campaign is at least RP_CAMPAIGN_MEMBERS_MIN responses that share a text of
 * RP_CAMPAIGN_SHARED shingles or more, a text that outside of campaigns is
 * rare. A letter may be shorter, down to RP_CAMPAIGN_SHARED_MIN, if it is
 * RP_CAMPAIGN_PART of what its members say and they have nearly all of it. A
 * shingle is three words after folding (text/folded.h), or five characters
 * where most of a response is Chinese, Japanese, Thai or the like.
 *
 * How: the same text after folding is found by XXH3 (128 bits); near copies by
 * one-permutation MinHash (64 bins; 16 bands of 4 rows), which gives groups; a
 * group's core are the shingles that RP_CAMPAIGN_CORE of its members have;
 * then each response is judged against the cores, whatever group it came from.
 * A response is a member if it has RP_CAMPAIGN_COVER of what a typical member
 * has, or if RP_CAMPAIGN_WITHIN of it is of the core and RP_CAMPAIGN_EXCERPT of
 * the core in it. Responses that share single sentences are no members;
 * shingles that are used outside of campaigns too are not of a core, so that
 * sentences which many use in different company make no campaign.
 *
 * A member's own words are the sentences most of which is not of the core, and
 * which less than RP_CAMPAIGN_VARIANT of the members have (what more have is a
 * salutation or a choice that the letter offered).
 *
 * Near-linear in the number of responses; about 200 octets for each beside
 * their texts. The result does not depend on anything but the input. Withheld
 * responses take no part.
 */
#ifndef RP_THEMES_CAMPAIGN_H
#define RP_THEMES_CAMPAIGN_H

#include "themes/result.h"

struct rp_watch;

struct rp_folder;

#define RP_CAMPAIGN_MEMBERS_MIN 3
#define RP_CAMPAIGN_SHARED 12
#define RP_CAMPAIGN_SHARED_MIN 6
#define RP_CAMPAIGN_CORE 0.3
#define RP_CAMPAIGN_COVER 0.5
#define RP_CAMPAIGN_WITHIN 0.7
#define RP_CAMPAIGN_EXCERPT 0.25
/* Of a letter with less than RP_CAMPAIGN_SHARED shingles; of its members. */
#define RP_CAMPAIGN_SHORT 0.7
#define RP_CAMPAIGN_PART 0.15
/* Of all uses of a shingle, those by members. */
#define RP_CAMPAIGN_EXCLUSIVE 0.6
#define RP_CAMPAIGN_VARIANT 0.05
/* An own range has so many words. */
#define RP_CAMPAIGN_OWN_WORDS 3
/* Characters of a template text; what is longer ends with a hole. */
#define RP_CAMPAIGN_TEMPLATE_MAX ((size_t)20000)
#define RP_CAMPAIGN_HOLE "[\xe2\x80\xa6]"

/*
 * Fill r->campaigns (the largest first), r->own and `campaign` of each
 * response. Members are in the order of the responses.
 */
void rp_campaigns_find(struct rp_arena *a, struct rp_folder *folder,
    struct rp_watch *watch, struct rp_themes_result *r);

/* After units and campaigns: units[].is_shared, where most is not own. */
void rp_campaigns_mark_units(struct rp_themes_result *r);

/*
 * Campaigns that are translations of one another. `score` says how sure it is
 * that two templates say the same, 0 to 1000. Two are twins if each is the
 * other's best in that language, by `least` or more; the smaller gets `twin`,
 * the largest of its twins, and its members RP_CAMPAIGN_TWIN.
 */
void rp_campaigns_twins(struct rp_themes_result *r,
    uint32_t (*score)(void *ctx, const struct rp_campaign *x,
	const struct rp_campaign *y),
    void *ctx, uint32_t least);

#endif
