/* campaign_private - the parts of campaign.c. */
#ifndef RP_THEMES_CAMPAIGN_PRIVATE_H
#define RP_THEMES_CAMPAIGN_PRIVATE_H

#include "themes/campaign.h"

/* A word of a response: its hash, and its place. */
struct rp_cword {
	uint64_t hash;
	uint32_t field, from, to;
};

/* A response as words and shingles; lives until the next is read. */
struct rp_cdoc {
	struct RP_VEC(struct rp_cword) words;
	struct RP_VEC(uint64_t) shingles; /* the i-th begins at the i-th word */
	uint32_t width;                   /* words of a shingle */
	uint64_t low, high;               /* of the whole text */
};

struct rp_creader {
	struct rp_arena *arena;
	struct rp_folder *folder;
	const struct rp_themes_result *r;
	const uint32_t *first_field; /* of a response; one more at the end */
	struct rp_cdoc doc;
};

struct rp_creader *rp_creader_new(struct rp_arena *a, struct rp_folder *folder,
    const struct rp_themes_result *r);
const struct rp_cdoc *rp_creader_read(struct rp_creader *c, uint32_t response);

/* Texts that differ after folding, and which response has which. */
struct rp_ctexts {
	uint32_t n;
	uint32_t *of;     /* response to text; RP_NONE: short, withheld */
	uint32_t *first;  /* text to its first response */
	uint32_t *weight; /* text to the number of responses */
	uint32_t *group;  /* text to a text of its group: from the sketches */
};

void rp_ctexts_build(struct rp_arena *a, struct rp_creader *c,
    struct rp_watch *watch, struct rp_ctexts *out);

/* The core of a campaign, and where its shingles are looked up. */
struct rp_ccore {
	double typical; /* shingles of the core in a typical member */
	uint32_t n;     /* shingles */
	uint32_t leader;
};

struct rp_ccores;

struct rp_ccores *rp_ccores_new(struct rp_arena *a);
size_t rp_ccores_n(const struct rp_ccores *c);
struct rp_ccore *rp_ccores_at(const struct rp_ccores *c, size_t i);

/*
 * The share of a shingle among the members of core `core`; 0 if it is not of
 * it.
 */
float rp_ccores_share(const struct rp_ccores *c, uint64_t key, uint32_t core);

/*
 * The core that a text is a member of, or RP_NONE. Its uses of shingles are
 * counted `weight` times; whether there were any is `out_met`.
 */
uint32_t rp_ccores_judge(struct rp_ccores *c, const struct rp_cdoc *doc,
    uint32_t weight, bool *out_met);

/*
 * When all texts are judged: take out of the cores what others use as well.
 * Whether there was any; then those who use cores must be judged again.
 */
bool rp_ccores_prune(struct rp_ccores *c);

/* Propose cores for the texts of a group. */
void rp_ccores_learn(struct rp_ccores *c, struct rp_creader *reader,
    const struct rp_ctexts *texts, const uint32_t *group, uint32_t n);

/*
 * Take the proposals that are not like a larger one, or like a core there is;
 * whether there was any.
 */
bool rp_ccores_settle(struct rp_ccores *c);

/* Members' levels and own words, the template: of a campaign with members. */
void rp_campaign_describe(struct rp_arena *a, struct rp_creader *reader,
    const struct rp_ctexts *texts, const struct rp_ccores *cores, uint32_t core,
    struct rp_themes_result *r, struct rp_campaign *c);

#endif
