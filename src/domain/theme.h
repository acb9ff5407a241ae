/*
 * theme - the codebook of a question: themes, and what was said under each.
 *
 * Each question of a consultation has at most one codebook; it comes into being
 * with the first run (theme_run.h) or the first theme made by hand. Themes form
 * a tree of two levels. Who said that some octets of an answer belong to a
 * theme is kept apart: what a run found is shown only where no person has
 * decided (decision.h).
 *
 * What is themed is the public revision of a response, else the one that
 * stands, if it was checked: what was typed, and the texts of its attachments
 * that speak to the question (attachment.h; decision.h can say that one does
 * not). Each response is in exactly one of five states (themes/result.h); one
 * that was withdrawn, or may be used in aggregate only, is withheld: counted
 * and never read. An attachment of which the public gets no copy is read and
 * never quoted.
 *
 * What was heard at a session of the physical consultation and is published
 * (hearing.h) is themed and quoted alike and counted apart: no figure of
 * responses has it. It has a response's id and no number.
 *
 * All of it needs RP_MAY_THEME on the consultation. The public sees versions
 * (theme_version.h).
 */
#ifndef RP_DOMAIN_THEME_H
#define RP_DOMAIN_THEME_H

#include "base/vec.h"
#include "domain/actor.h"
#include "domain/wording.h"
#include "themes/result.h"

#define RP_THEMES_MAX 300      /* of a codebook, with those that ended */
#define RP_THEME_NAME_MAX 300  /* octets */
#define RP_THEME_TEXT_MAX 4000 /* octets: a definition, a note */
#define RP_THEME_PAGE 50       /* passages of one list */
#define RP_THEME_QUOTATIONS 40 /* that may be chosen from */
#define RP_THEME_CAMPAIGNS 100 /* of one list */
#define RP_THEME_PASSAGES 500  /* of the library, on one page */

/* The texts of a theme, as wording has them; the last is empty. */
extern const rp_text rp_theme_fields[];

/* 0 for none. `run_id`: what the machine's layer shows. */
struct rp_codebook {
	int64_t id, question_id, run_id;
	struct rp_place where;
	bool is_tallied; /* when it was found: theme_tally.h */
};

struct rp_theme_figures {
	int64_t responses, distinct, campaign;
	int64_t spoken; /* at the physical consultation; of a version only */
	int64_t heard;  /* at its sessions: beside the responses */
};

struct rp_theme_item {
	int64_t id, parent_id, merged_into;
	rp_text state, made_by;
	rp_text name, lang;        /* a person's, else the machine's label */
	bool is_label;             /* the name is the machine's */
	struct rp_theme_figures f; /* of a parent: with its children */
};
struct rp_theme_items RP_VEC(struct rp_theme_item);

struct rp_theme_count {
	rp_text value;            /* category, region, language, state */
	int64_t responses, words; /* words: of a version only */
};
struct rp_theme_counts RP_VEC(struct rp_theme_count);

/* Some octets of an answer, word for word. */
struct rp_theme_passage {
	int64_t response_id, number, revision_n, answer_id, from, to;
	rp_text text, lang, category, country, by;
	int64_t score, theme_id, copies, campaign;
	bool is_shared, is_public, is_redacted, is_chosen;
	bool is_heard;     /* at a session: theme_source.h */
	rp_text file_name; /* of the attachment that it is of; else empty */
};
struct rp_theme_passages RP_VEC(struct rp_theme_passage);

/* Of a question, or of a theme of it; id 0 where there is none yet. */
struct rp_err *rp_codebook_of(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_codebook *out) RP_MUST_USE;
struct rp_err *rp_codebook_of_theme(const struct rp_actor *who,
    struct rp_tx *tx, int64_t theme_id, struct rp_codebook *out) RP_MUST_USE;

/* The same, made if need be. */
struct rp_err *rp_codebook_make(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_codebook *out) RP_MUST_USE;

/* Parents first, each followed by its children; those that stand (`all`: every
 * one) by responses, the most first. */
struct rp_err *rp_theme_items_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, bool all,
    struct rp_theme_items *out) RP_MUST_USE;

/* The same by age and without figures, which take long where there are many
 * answers: to choose from, so that numbers stay while passages are decided. */
struct rp_err *rp_theme_names_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, bool all,
    struct rp_theme_items *out) RP_MUST_USE;

/* One, with its texts in all languages. RP_E_NOTFOUND. */
struct rp_err *rp_theme_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text lang, struct rp_theme_item *out,
    struct rp_wordings *out_texts) RP_MUST_USE;

/* By "category", "country" or "region", the most first. */
struct rp_err *rp_theme_counts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, rp_text dimension,
    struct rp_theme_counts *out) RP_MUST_USE;

/* Counts by country become counts by region. */
struct rp_theme_counts rp_theme_regions(struct rp_arena *a,
    const struct rp_theme_counts *countries);

/*
 * How many responses are in each state, and how many there are. The states are
 * derived and the total is counted apart: that they agree is the invariant.
 */
struct rp_theme_balance {
	int64_t of[RP_READINGS], received;
	int64_t spoken; /* of these, at the physical consultation */
	int64_t heard_of[RP_READINGS], heard; /* the same at its sessions */
};
struct rp_err *rp_theme_balance(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, struct rp_theme_balance *out) RP_MUST_USE;

/* "themed", "no_theme", "unread", "empty", "withheld". */
rp_text rp_reading_name(enum rp_reading state);
bool rp_reading_from(rp_text name, enum rp_reading *out);

/* What is under a theme, by answer and place, after a passage; nothing to who
 * codes blind (recoding.h). */
struct rp_err *rp_theme_passages(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, int64_t after_answer,
    int64_t after_from, struct rp_theme_passages *out) RP_MUST_USE;

/*
 * What may be quoted of it, or of what is only suggested below it, the best
 * first: public, no octet redacted, at most `max`, of one respondent and of one
 * campaign once.
 */
struct rp_err *rp_theme_quotable(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, size_t max,
    struct rp_theme_passages *out) RP_MUST_USE;

/*
 * What no person has decided on, one for each text, the least certain first;
 * neighbours differ in their theme where they can. `out_n`: how many there are.
 */
struct rp_err *rp_theme_queue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, size_t max, struct rp_theme_passages *out,
    int64_t *out_n) RP_MUST_USE;

/* Responses in a state, by id, after one. */
struct rp_err *rp_theme_of_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, enum rp_reading state, int64_t after_id,
    struct rp_theme_passages *out) RP_MUST_USE;

/* What was heard and may be read: how it is cited. */
struct rp_theme_heard {
	int64_t response_id, spoken_id, session, at;
	rp_text kind;           /* presentation, intervention */
	rp_text category, zone; /* of the speaker; of the session */
};
struct rp_theme_heards RP_VEC(struct rp_theme_heard);

/* A question, and whether an attachment speaks to it: theme_source.h. */
struct rp_theme_file_question {
	int64_t id, question_id, position;
	bool speaks;
};

/* An attachment of an answer with its text. */
struct rp_theme_file {
	int64_t id; /* of it and the question */
	int64_t attachment_id, answer_id;
	struct RP_VEC(struct rp_theme_file_question) questions; /* all */
	rp_text name, text;
	bool speaks;    /* to the question */
	bool is_public; /* may be quoted */
};

/* One answer with everything that is said of it; `text` empty if withheld. */
struct rp_theme_answer {
	int64_t response_id, number, revision_id, revision_n, answer_id;
	rp_text text, lang, category, country, source;
	enum rp_reading state;
	bool is_withheld, is_public;
	bool is_heard;
	bool is_blind; /* the reader codes blind (recoding.h): no passages */
	struct rp_theme_passages passages;         /* without their text */
	struct RP_VEC(struct rp_theme_file) files; /* none if withheld */
};
struct rp_err *rp_theme_answer_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t response_id,
    struct rp_theme_answer *out) RP_MUST_USE;

struct rp_theme_campaign {
	int64_t n, twin, members, own;
	int64_t by_level[4]; /* enum rp_campaign_level; of a version only */
	rp_text text, lang;
};
struct rp_theme_campaigns RP_VEC(struct rp_theme_campaign);
struct rp_err *rp_theme_campaigns(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_campaigns *out) RP_MUST_USE;

struct rp_theme_member {
	int64_t response_id, number;
	rp_text source, level;
	bool is_heard;
};
struct rp_theme_members RP_VEC(struct rp_theme_member);

/* The senders of one, after a response, and what they wrote themselves. */
struct rp_err *rp_theme_campaign_members(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_codebook *b, int64_t n, int64_t after_id,
    struct rp_theme_members *out,
    struct rp_theme_passages *out_own) RP_MUST_USE;

/* The library of a group: good practices and challenges. */
struct rp_library_item {
	int64_t id, response_id, question_id, consultation_id,
	    consultation_number, number;
	rp_text kind, lang, country, category, text;
};
struct rp_library RP_VEC(struct rp_library_item);
struct rp_err *rp_theme_library(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text kind, rp_text country,
    struct rp_library *out) RP_MUST_USE;

#endif
