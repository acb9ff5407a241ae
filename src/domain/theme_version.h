/*
 * theme_version - frozen, numbered summaries, and what the public sees of them.
 *
 * Freezing copies what stands under the confirmed themes of all questions of a
 * consultation: names, assignments, readings, quotations (as places, with a
 * hash of their octets) and campaigns. What stands under a theme that nobody
 * has confirmed counts for a confirmed theme above it, else as not yet read. A
 * version never changes; it is published once, and stays.
 *
 * Figures and quotations are made when they are shown: a response that was
 * withdrawn since is withheld, and its words are gone; what was redacted since
 * is not quoted; octets that are not the frozen ones are not quoted. So the
 * five states of each question always add up.
 *
 * Freezing and publishing need RP_MAY_THEME on the consultation, and so does
 * reading what is not published. Tested in theme_test.c.
 */
#ifndef RP_DOMAIN_THEME_VERSION_H
#define RP_DOMAIN_THEME_VERSION_H

#include "domain/consultation.h"
#include "domain/theme.h"

#define RP_VERSION_NOTE_MAX 2000  /* octets */
#define RP_VERSION_AUTHOR_MAX 200 /* octets */
#define RP_VERSION_QUOTATIONS 3   /* of a theme */
#define RP_VERSION_EXPORT 500     /* rows at once */

struct rp_theme_version {
	int64_t id, number, frozen_at, published_at;
	rp_text state, note, person; /* frozen, published */
	rp_text author;              /* whose it is; may be empty */
};
struct rp_theme_versions RP_VEC(struct rp_theme_version);

/* Newest first; to others than staff only what is published and shown. */
struct rp_err *rp_theme_version_list(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c,
    struct rp_theme_versions *out) RP_MUST_USE;

/*
 * RP_E_INVALID if nothing is confirmed. RP_E_CONFLICT if a confirmed theme has
 * no response, or nothing that may be quoted: `out_theme_id` is the theme then.
 */
struct rp_err *rp_theme_version_freeze(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, rp_text author,
    rp_text note, int64_t *out_number, int64_t *out_theme_id) RP_MUST_USE;

/* RP_E_NOTFOUND, RP_E_CONFLICT if it is. */
struct rp_err *rp_theme_version_publish(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c,
    int64_t number) RP_MUST_USE;

struct rp_summary_quotation {
	int64_t number, revision_n, position; /* response, question */
	rp_text text, lang, source, country;  /* source empty: without name */
	rp_text file_name; /* of the attachment that it is of; else empty */
	bool is_heard;     /* at a session: no response; cited by the rest */
	struct rp_theme_heard heard;
};

struct rp_summary_theme {
	int64_t id, parent_id, theme_id;
	rp_text name, lang, definition, definition_lang;
	bool is_label; /* the name is the machine's: nobody gave one */
	struct rp_theme_figures f; /* with those below it */
	struct rp_theme_counts categories;
	struct RP_VEC(struct rp_summary_quotation) quotations;
};

struct rp_summary_question {
	int64_t id, position;
	rp_text text, lang;
	struct rp_theme_balance balance;
	struct rp_theme_counts categories, regions,
	    languages;                                 /* that answered */
	struct RP_VEC(struct rp_summary_theme) themes; /* parents first */
	struct rp_theme_campaigns campaigns;
};

struct rp_summary {
	struct rp_theme_version version;
	struct RP_VEC(struct rp_summary_question) questions;
};

/* By its number; 0: the newest published one. RP_E_NOTFOUND. */
struct rp_err *rp_theme_version_load(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t number,
    rp_text lang, struct rp_summary *out) RP_MUST_USE;

/* A theme of the top of a version, beside another version's. */
struct rp_compared_theme {
	int64_t id, question_id, responses;
	rp_text name, lang;
};
struct rp_compared_themes RP_VEC(struct rp_compared_theme);

struct rp_overlap {
	int64_t first, second, responses; /* themes; those that both have */
};

struct rp_version_sides {
	int64_t question_id, first, second, both; /* themed responses */
};

/* Two summaries of one consultation side by side. */
struct rp_version_comparison {
	struct rp_theme_version first, second;
	struct rp_compared_themes first_themes, second_themes;
	struct RP_VEC(struct rp_version_sides) questions;
	struct RP_VEC(struct rp_overlap) overlaps; /* none where nothing is */
};

/* RP_E_NOTFOUND for one that the actor does not see, RP_E_INVALID for the same
 * twice. */
struct rp_err *rp_theme_version_compare(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t first,
    int64_t second, rp_text lang,
    struct rp_version_comparison *out) RP_MUST_USE;

/* What became of a response, in the newest published version. */
struct rp_outcome {
	int64_t position; /* of the question */
	enum rp_reading state;
	int64_t theme_id; /* of the version; 0: not themed */
	rp_text name, lang;
	struct RP_VEC(rp_text) passages;
	struct RP_VEC(rp_text) files; /* beside: attachments' names, or empty */
};
struct rp_outcomes RP_VEC(struct rp_outcome);
struct rp_err *rp_theme_version_outcomes(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t response_id,
    rp_text lang, int64_t *out_number, struct rp_outcomes *out) RP_MUST_USE;

/* The assignments of public responses, after a row. */
struct rp_assignment {
	int64_t id, number, revision_n, position, from, to, theme_id, score;
	rp_text by;
	/* What the octets are of: a text heard at a session, an attachment by
	 * its place among the response's, or (both 0) what was typed. */
	int64_t spoken_id, attachment;
};
struct rp_assignments RP_VEC(struct rp_assignment);
struct rp_err *rp_theme_version_assignments(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t number,
    int64_t after_id, struct rp_assignments *out) RP_MUST_USE;

#endif
