/*
 * period - reports of a period: a year's to the Council, four years' to the
 * Plenipotentiary Conference.
 *
 * A report has a number in its group, an addressee and a period in days. What
 * it tells is made from the record when it is shown: meetings and their
 * reports, consultations, topics, recommendations, actions, activities and
 * duties; the secretariat adds words to each section. Issuing freezes it: the
 * files of that moment, in each language and format, are kept and given out,
 * and nothing of it changes any more.
 *
 * Drafts are for RP_MAY_MEET on the group, which all changes need. Issued ones
 * are seen by everybody if they are public, else by RP_MAY_READ too. So that
 * one tells no reader more than he sees elsewhere, a public report is made as
 * anybody sees the record (rp_period_reader()).
 */
#ifndef RP_DOMAIN_PERIOD_H
#define RP_DOMAIN_PERIOD_H

#include "base/vec.h"
#include "domain/actor.h"

#define RP_PERIOD_WORDS_MAX 20000             /* octets, of one section */
#define RP_PERIOD_FILE_MAX ((size_t)16 << 20) /* octets */
#define RP_PERIODS_MAX 500                    /* of a group */

/* council, plenipotentiary; ended by an empty text. */
extern const rp_text rp_period_addressees[];
/* In the order of the report: introduction, meetings, consultations, topics,
 * recommendations, actions, activities, duties, conclusion; ended by an empty
 * text. */
#define RP_PERIOD_SECTIONS 9
extern const rp_text rp_period_sections[];

struct rp_period {
	int64_t id, group_id, number;
	rp_text addressee, from, until; /* "YYYY-MM-DD" */
	bool is_public;
	rp_text state; /* draft, issued; read only */
	int64_t issued_at;
};
struct rp_periods RP_VEC(struct rp_period);

enum rp_period_problem {
	RP_PERIOD_FINE = 0,
	RP_PERIOD_BAD_ADDRESSEE,
	RP_PERIOD_BAD_FROM,
	RP_PERIOD_BAD_UNTIL, /* or before it begins, or over five years */
};
enum rp_period_problem rp_period_check(const struct rp_period *p);

/* The newest first. */
struct rp_err *rp_period_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_periods *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one that is not seen. */
struct rp_err *rp_period_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, struct rp_period *out) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT; changing one that is issued is RP_E_CONFLICT. */
struct rp_err *rp_period_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, int64_t *out_number) RP_MUST_USE;
struct rp_err *rp_period_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *was, const struct rp_period *now) RP_MUST_USE;

/* Words. `body` of the pick is in `lang`, else in English, else in any. */
struct rp_period_words {
	rp_text section, lang, body;
};
struct rp_period_texts RP_VEC(struct rp_period_words);
struct rp_err *rp_period_words(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, struct rp_period_texts *out) RP_MUST_USE;
struct rp_period_words rp_period_words_pick(const struct rp_period_texts *all,
    rp_text section, rp_text lang);
/* Empty: none. RP_E_INVALID, RP_E_LIMIT, RP_E_CONFLICT once it is issued. */
struct rp_err *rp_period_words_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_words *w) RP_MUST_USE;

/* The eyes with which the record is read for it. */
struct rp_actor rp_period_reader(const struct rp_actor *who,
    const struct rp_period *p);

/* What is counted beside what other modules list. */
struct rp_period_meeting {
	int64_t meeting_id, approved_at, documents;
	rp_text report; /* its report's state; empty: none, or not seen */
};
struct rp_period_meetings RP_VEC(struct rp_period_meeting);
struct rp_period_tally {
	int64_t consultation_id, responses;
	rp_text category;
};
struct rp_period_tallies RP_VEC(struct rp_period_tally);
struct rp_period_summary {
	int64_t consultation_id, number; /* the newest that is published */
};
struct rp_period_summaries RP_VEC(struct rp_period_summary);
struct rp_period_figures {
	struct rp_period_meetings meetings;
	struct rp_period_tallies tallies; /* of all consultations */
	struct rp_period_summaries summaries;
};
/* `reader` as rp_period_reader() gave it. What is tallied is public where the
 * consultation shows its responses; the caller leaves out the others. */
struct rp_err *rp_period_figures(const struct rp_actor *reader,
    struct rp_tx *tx, const struct rp_period *p,
    struct rp_period_figures *out) RP_MUST_USE;

/* Files. */
struct rp_period_file {
	rp_text lang, format; /* docx, pdf, html; part: what a page shows */
	rp_bytes octets;      /* for issuing */
	int64_t blob_id;      /* read only */
};
struct rp_period_files RP_VEC(struct rp_period_file);

/* RP_E_INVALID without files; RP_E_CONFLICT if it is issued; RP_E_LIMIT. */
struct rp_err *rp_period_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_files *files) RP_MUST_USE;

/* Of an issued one, without octets; none of a draft. */
struct rp_err *rp_period_files(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, struct rp_period_files *out) RP_MUST_USE;
struct rp_err *rp_period_file_read(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_file *f,
    rp_bytes *out) RP_MUST_USE;

#endif
