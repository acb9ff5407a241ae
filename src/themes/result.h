/*
 * result - what an analysis of responses found: the contract of this layer.
 *
 * Everything that is printed, stored or shown is made from it. Responses,
 * units, themes and campaigns are counted from 0; RP_NONE is "none". Places are
 * octets of the field as it was given, in UTF-8, `to` exclusive, and never
 * inside a character. All texts live in the arena of the analysis or are
 * borrowed from its input.
 *
 * The invariants, which rp_themes_verify() checks: every response has exactly
 * one state; a theme has a respondent and a quotation; a quotation is a unit,
 * word for word; campaigns' members are counted and none is dropped; private
 * responses are in no quotation.
 */
#ifndef RP_THEMES_RESULT_H
#define RP_THEMES_RESULT_H

#include "base/str.h"
#include "base/vec.h"

#define RP_NONE UINT32_MAX

/* The five states of a response; each has one. */
enum rp_reading {
	RP_READING_THEMED = 0,
	RP_READING_NO_THEME, /* read, and it fits none */
	RP_READING_UNREAD,   /* the machine was not sure, nobody has read it */
	RP_READING_EMPTY,    /* empty or illegible */
	RP_READING_WITHHELD, /* private, withdrawn */
	RP_READINGS
};

/* Who said that a unit has a theme. */
enum rp_said_by {
	RP_BY_NOBODY = 0, /* no theme */
	RP_BY_MACHINE,
	RP_BY_CAMPAIGN, /* machine, for the text that the campaign shares */
	RP_BY_PERSON,
};

/* One field of a response, as it was given. */
struct rp_theme_field {
	uint32_t response;
	uint32_t field; /* which column or question; from 0 */
	rp_text text;
};

struct rp_theme_response {
	rp_text id;
	rp_text lang;      /* BCP 47, declared; may be empty */
	rp_text group;     /* stakeholder category or the like; may be empty */
	bool is_withheld;  /* counted, never read or quoted */
	uint32_t campaign; /* RP_NONE */
	enum rp_reading reading;
};

/*
 * A sentence, or a short answer as a whole: what is grouped. `copy_of` is the
 * first unit that says the same (after folding), itself if none did: only those
 * have weight in fitting.
 */
struct rp_theme_unit {
	uint32_t field; /* index of rp_theme_field */
	uint32_t from, to;
	rp_text lang; /* found, or declared; "und" */
	uint32_t copy_of;
	bool is_shared; /* text that a campaign's letter has in common */
	uint32_t theme; /* RP_NONE */
	enum rp_said_by by;
	uint16_t score; /* 0 to 1000: how sure */
};

/* A theme is a leaf, or the parent of leaves; two levels. */
struct rp_theme {
	uint32_t parent; /* RP_NONE: top level */
	rp_text label;   /* words of the responses, by the machine */
	rp_text lang;    /* of the label; "und" if mixed */
	uint32_t responses;
	uint32_t distinct; /* texts that differ */
	uint32_t campaign_responses;
};

enum rp_campaign_level {
	RP_CAMPAIGN_EXACT = 0, /* the same text after folding */
	RP_CAMPAIGN_NEAR,
	RP_CAMPAIGN_WITH_OWN, /* the letter, and words of one's own */
	RP_CAMPAIGN_TWIN,     /* of a campaign in another language */
};

/* Octets of a field that are a sender's own. */
struct rp_own_words {
	uint32_t field, from, to;
};
struct rp_own_words_list RP_VEC(struct rp_own_words);

struct rp_campaign_member {
	uint32_t response;
	enum rp_campaign_level level;
	uint32_t first_own, n_own; /* in `own` of the result */
};

struct rp_campaign {
	rp_text template_text; /* what is shared, "[…]" where members differ */
	rp_text lang;
	uint32_t twin; /* a campaign in another language, or RP_NONE */
	struct RP_VEC(struct rp_campaign_member) members;
};

struct rp_quotation {
	uint32_t theme, unit;
};

struct rp_theme_fields RP_VEC(struct rp_theme_field);
struct rp_theme_responses RP_VEC(struct rp_theme_response);
struct rp_theme_units RP_VEC(struct rp_theme_unit);
struct rp_theme_list RP_VEC(struct rp_theme);
struct rp_campaigns RP_VEC(struct rp_campaign);
struct rp_quotations RP_VEC(struct rp_quotation);

struct rp_themes_result {
	struct rp_theme_responses responses;
	struct rp_theme_fields fields; /* by response, then field */
	struct rp_theme_units units;   /* by field, then place */
	struct rp_theme_list themes;
	struct rp_campaigns campaigns;
	struct rp_own_words_list own;
	struct rp_quotations quotations; /* by theme, the best first */
	uint64_t seed;
};

#endif
