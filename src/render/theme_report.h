/*
 * theme_report - what was said, to be read: the report of themes as one HTML
 * file, and the values that it and the summary document (theme_summary.h) are
 * made from.
 *
 * The values are plain: whoever has them (the command from a file, the server
 * from its database) fills them in; nothing here counts or decides. All texts
 * are borrowed. Order is that of the lists, which are shown as they come:
 * themes with their parents before them, groups and languages by number of
 * responses.
 *
 * The file is complete: styles inside, no script, no request to anybody, light
 * and dark, for paper too. Each chart stands with its table. Text of people is
 * escaped, isolated and marked with its language, so that right-to-left
 * quotations are right in a left-to-right report and the other way round. A
 * quotation links to its response: to `url` where there is one, else to its
 * text at the end of the file. The same values give the same octets.
 */
#ifndef RP_RENDER_THEME_REPORT_H
#define RP_RENDER_THEME_REPORT_H

#include "base/str.h"
#include "base/vec.h"
#include "render/message.h"

#define RP_REPORT_NONE UINT32_MAX
#define RP_REPORT_GROUPS_MAX 7 /* more become one, "all others" */
#define RP_REPORT_THEMES_MAX ((size_t)2000)
#define RP_REPORT_BARS_MAX ((size_t)40) /* of a chart; the table has all */

/* The five states, in the order of the report. */
enum rp_report_state {
	RP_REPORT_THEMED = 0,
	RP_REPORT_NO_THEME,
	RP_REPORT_UNREAD,
	RP_REPORT_EMPTY,
	RP_REPORT_WITHHELD,
	RP_REPORT_STATES
};

/* A piece of a text; marked: a quotation, a sender's own words, a gap. */
struct rp_report_part {
	rp_text text;
	bool is_marked;
};
struct rp_report_parts RP_VEC(struct rp_report_part);

/* A response that is quoted or shown. */
struct rp_report_source {
	rp_text id;       /* its number or symbol, as shown */
	rp_text cite;     /* how it is cited if not by its id; may be empty */
	rp_text url_path; /* its address, checked by the caller; may be empty */
	rp_text group;    /* as shown; may be empty */
	rp_text lang;     /* BCP 47; may be empty or "und" */
	struct rp_report_parts text; /* shown at the end where not empty */
	bool is_cut;                 /* the text goes on */
};

struct rp_report_quotation {
	rp_text text, lang;
	uint32_t source;
};

struct rp_report_theme {
	rp_text label, lang;
	bool is_machine;    /* nobody has edited the label */
	rp_text definition; /* may be empty */
	uint32_t parent;    /* a theme before this one, or RP_REPORT_NONE */
	int64_t responses, distinct, campaign_responses;
	int64_t heard; /* texts heard at sessions: beside the responses */
	const int64_t *by_group; /* responses, for each of `groups` */
	bool is_on_map;
	int32_t x, y;                 /* 0 to 1000: place on the map */
	struct RP_VEC(uint32_t) near; /* themes with similar words */
	struct RP_VEC(struct rp_report_quotation) quotations;
};

struct rp_report_group {
	rp_text name; /* empty: none was stated */
	int64_t responses, words;
};

struct rp_report_language {
	rp_text tag;
	int64_t responses, words;
};

enum rp_report_level {
	RP_REPORT_EXACT = 0,
	RP_REPORT_NEAR,
	RP_REPORT_OWN,
	RP_REPORT_TWIN,
	RP_REPORT_LEVELS
};

struct rp_report_variation {
	uint32_t source;
	enum rp_report_level level;
	struct rp_report_parts text;
	bool is_cut;
};

struct rp_report_campaign {
	int64_t members, by_level[RP_REPORT_LEVELS];
	rp_text lang;
	uint32_t twin;                 /* campaign, or RP_REPORT_NONE */
	struct rp_report_parts letter; /* marked: gaps */
	struct RP_VEC(struct rp_report_variation) variations;
};

struct rp_theme_report {
	rp_text title, title_lang; /* the question; may be empty */
	rp_text context;           /* the consultation or file; may be empty */
	int64_t responses, words;
	int64_t states[RP_REPORT_STATES]; /* their sum is `responses` */
	/* The same of texts heard at sessions; in the document alone. */
	int64_t heard, heard_states[RP_REPORT_STATES];
	double longest_share; /* of words, of the longest tenth; < 0: unknown */
	struct RP_VEC(struct rp_report_group) groups;
	struct RP_VEC(struct rp_report_language) languages;
	struct RP_VEC(struct rp_report_theme) themes;
	struct RP_VEC(struct rp_report_campaign) campaigns;
	struct RP_VEC(struct rp_report_source) sources;
	rp_text version, seed; /* small print */
};

/*
 * The whole file. RP_E_INVALID if the states do not add up to the responses or
 * a reference leads nowhere: a report that does not account for every response
 * is not written. RP_E_LIMIT past RP_REPORT_THEMES_MAX and RP_PAGE_MAX.
 */
struct rp_err *rp_theme_report_html(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_theme_report *r,
    rp_html *out) RP_MUST_USE;

/* The same check alone; what the summary document does first, too. */
struct rp_err *rp_theme_report_check(
    const struct rp_theme_report *r) RP_MUST_USE;

/* Names of states and levels, and of a group or language as a reader reads
 * them. */
enum rp_msg rp_report_state_name(enum rp_report_state s);
enum rp_msg rp_report_level_name(enum rp_report_level l);
rp_text rp_report_group_name(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_report_group *g);

/* The number that a theme has in tables and on the map: from 1, "2.1". */
rp_text rp_report_theme_number(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_theme_report *r,
    uint32_t theme);

#endif
