/*
 * duty - the duties to report that resolutions give, and their calendar.
 *
 * What the machine found in a text (document/duty_find.h) is a suggestion and
 * stays as it was found. What a person made of it is a duty of its own:
 * confirmed with or without changes, or rejected; a duty may be entered without
 * one. A duty has a number in its group, the resolution and its paragraph, who
 * reports, to whom, how often and the day of the next report.
 *
 * A report is recorded with the document of the register that it is, or words.
 * Then the next one is due: a year or four years on, at the next meeting, or
 * never again. A duty is overdue when its day is over in the group's zone and
 * no report was recorded for it.
 *
 * Everybody sees the duties that stand, as their resolutions are public. Those
 * that were rejected or ended, and what was found, are for RP_MAY_REGISTER on
 * the group, which all changes need. Of the document that a report is, nothing
 * is told to who does not see it (meeting_document.h).
 */
#ifndef RP_DOMAIN_DUTY_H
#define RP_DOMAIN_DUTY_H

#include "domain/meeting.h"
#include "domain/registry.h"

struct rp_found_duties; /* document/duty_find.h */

#define RP_DUTY_TEXT_MAX 2000     /* octets of the paragraph's words */
#define RP_DUTY_PARAGRAPH_MAX 200 /* octets */
#define RP_DUTY_WHO_MAX 400       /* octets; the one who is told, too */
#define RP_DUTY_REPORT_MAX 1000   /* octets: words instead of a document */
#define RP_DUTIES_OF_GROUP_MAX 2000

/* none, once, yearly, four_yearly, meeting; ended by an empty text. */
extern const rp_text rp_duty_times[];

struct rp_duty {
	int64_t id, group_id, number;
	int64_t found_id; /* 0: it was entered; read only */
	int64_t instrument_id;
	rp_text paragraph, lang; /* the language of its words */
	rp_text who, recipient, words;
	rp_text every;
	rp_text due;                  /* "YYYY-MM-DD"; empty: no day is known */
	rp_text state;                /* standing, rejected, ended */
	bool is_overdue, is_reported; /* for `due`; read only */
	/* Found in a version that a newer one in force replaced: is the
	 * paragraph still there? Read only. */
	bool is_outdated;
	int64_t changed_at;
};
struct rp_duties RP_VEC(struct rp_duty);

enum rp_duty_problem {
	RP_DUTY_FINE = 0,
	RP_DUTY_NO_WHO,
	RP_DUTY_NO_RECIPIENT,
	RP_DUTY_NO_WORDS,
	RP_DUTY_BAD_TIME,
	RP_DUTY_BAD_DUE,
	RP_DUTY_BAD_PARAGRAPH,
};
enum rp_duty_problem rp_duty_check(const struct rp_duty *d);

/* By the day that is next; those without one last. */
struct rp_err *rp_duty_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_duties *out) RP_MUST_USE;

/* RP_E_NOTFOUND also for one that is not seen. */
struct rp_err *rp_duty_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, struct rp_duty *out) RP_MUST_USE;

/* What was found and nobody decided on. */
struct rp_duty_suggestion {
	int64_t id, instrument_id, version, block;
	rp_text version_name, lang;
	rp_text paragraph, who, recipient, words, every;
	int64_t year;
};
struct rp_duty_suggestions RP_VEC(struct rp_duty_suggestion);
struct rp_err *rp_duty_suggestions(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_duty_suggestions *out) RP_MUST_USE;

/* What a duty was made of, as it was found; `out_found` false: it was entered.
 */
struct rp_err *rp_duty_suggestion_of(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_duty *d, struct rp_duty_suggestion *out,
    bool *out_found) RP_MUST_USE;

/*
 * Keep what was found in the text of a version, in place of what was found in
 * other versions of its instrument and nobody decided on. What was decided on
 * in a version of the same day, in whatever language, is not suggested again.
 */
struct rp_err *rp_duty_keep_found(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_instrument *in, const struct rp_version *v,
    const struct rp_found_duties *found) RP_MUST_USE;

/*
 * Decide on a suggestion of the group: a standing duty with its words, or a
 * rejected one. The first day is the end of the year that it names, or of this
 * one. RP_E_NOTFOUND; RP_E_CONFLICT if somebody did already.
 */
struct rp_err *rp_duty_decide(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t found_id, bool confirm,
    int64_t *out_number) RP_MUST_USE;

/* RP_E_INVALID, RP_E_LIMIT; RP_E_NOTFOUND for a resolution of another group. */
struct rp_err *rp_duty_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, int64_t *out_number) RP_MUST_USE;
/* All but number and origin, the state too. */
struct rp_err *rp_duty_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *was, const struct rp_duty *now) RP_MUST_USE;

/*
 * It was reported, for the day that is due: by the document with this number
 * of a meeting of the group, or (`m` NULL) as `words` say. RP_E_INVALID for
 * neither; RP_E_NOTFOUND for a document that is not there; RP_E_CONFLICT for a
 * duty that does not stand.
 */
struct rp_err *rp_duty_report(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, const struct rp_meeting *m, int64_t number,
    rp_text words) RP_MUST_USE;

struct rp_duty_report {
	int64_t duty_id, at;
	rp_text due, words;
	/* Of the document, if the reader sees that there is one. */
	rp_text symbol;
	int64_t ordinal, number;
};
struct rp_duty_reports RP_VEC(struct rp_duty_report);

/* Of all duties of the group, by duty and day. */
struct rp_err *rp_duty_reports(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_duty_reports *out) RP_MUST_USE;

#endif
