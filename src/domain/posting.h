/*
 * posting - whether a document is in time for a meeting.
 *
 * The rules are rows of a group, each with the decision that it comes from:
 * "documents of this kind that arrive less than D calendar days before the
 * opening are late for translation, late for the agenda, or held over to the
 * next meeting", or "this kind is exempt". Rules of a kind stand in place of
 * those for all kinds. Days are calendar days of the meeting's zone: what
 * arrives on the D-th day before the opening is in time, at any hour.
 *
 * Source: Council Decision 556 (12 days for contributions, 7 for posting,
 * exceptions); ITU-T A.1 and the ITU-D rules have the same shape with other
 * numbers.
 */
#ifndef RP_DOMAIN_POSTING_H
#define RP_DOMAIN_POSTING_H

#include "base/vec.h"
#include "domain/actor.h"

struct rp_zone;

#define RP_POSTING_DAYS_MAX 365
#define RP_POSTING_RULES_MAX 60 /* of a group */

/* From none to the worst. */
enum rp_posting_effect {
	RP_POSTING_ON_TIME = 0,
	RP_POSTING_LATE_TRANSLATION,
	RP_POSTING_LATE_AGENDA,
	RP_POSTING_HELD_OVER,
	RP_POSTING_EXEMPT, /* in rules only */
};

struct rp_posting_rule {
	rp_text kind; /* of meeting_document.h; empty: all others */
	enum rp_posting_effect effect;
	int64_t days;       /* 0 for EXEMPT */
	rp_text instrument; /* "Council Decision 556, decides 2" */
};
struct rp_posting_rules RP_VEC(struct rp_posting_rule);

rp_text rp_posting_name(enum rp_posting_effect effect);
bool rp_posting_from(rp_text name, enum rp_posting_effect *out);

/* No effect: days from the day of `received` to the day of `opens`. */
int64_t rp_posting_days(const struct rp_zone *zone, int64_t received,
    int64_t opens);

/* No effect: the first instant that is less than `days` days before. */
int64_t rp_posting_deadline(const struct rp_zone *zone, int64_t opens,
    int64_t days);

/* No effect: the worst that any rule for the kind says. */
enum rp_posting_effect rp_posting_judge(const struct rp_posting_rules *rules,
    rp_text kind, int64_t days_before);

/*
 * No effect: the rule that says so; of those that say nothing the one that asks
 * for most days. NULL if none is about the kind.
 */
const struct rp_posting_rule *rp_posting_cited(const struct rp_posting_rules
						   *rules,
    rp_text kind, int64_t days_before);

/* Public: who submits must know them. */
struct rp_err *rp_posting_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_posting_rules *out) RP_MUST_USE;

/*
 * Set a rule, or change it; with days < 0 remove it. Needs RP_MAY_MEET on the
 * group. RP_E_INVALID for a kind or effect that is none, days out of range, or
 * no instrument; RP_E_LIMIT past RP_POSTING_RULES_MAX.
 */
struct rp_err *rp_posting_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_posting_rule *rule) RP_MUST_USE;

#endif
