/*
 * privacy - personal data: notices, access, erasure, retention.
 *
 * Notices. Each group has a privacy notice in versions, each with its text in
 * languages (wording, owner "privacy_notice", field "text"). A respondent
 * agrees to a version, so a version's text is never changed: there is a new
 * one.
 *
 * Access. Everything that is stored about an e-mail address or about a person,
 * as rows of (kind, id, field, value).
 *
 * Erasure, on request. Of a response, either who it is from (the answers stay,
 * without name; what is public is listed anew) or everything (it is withdrawn,
 * with its public mark). The record stays whole: rows and hashes remain, and
 * the nonces go with the texts, so that nobody can test a guess. Texts of
 * events about it go too. Of a person: addresses, account, sessions, tokens;
 * rights end; the name stays only where the record needs it, with those who
 * held an office.
 *
 * Retention, by rule. Networks of respondents go after RP_NETWORK_DAYS; after a
 * group's retention_days the fields that were never public (e-mail,
 * accessibility needs); sessions and links some time after their end. Drafts
 * have their own rule in draft.h. The worker calls rp_privacy_retain() in small
 * transactions.
 */
#ifndef RP_DOMAIN_PRIVACY_H
#define RP_DOMAIN_PRIVACY_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_NETWORK_DAYS 30
#define RP_SESSION_DAYS 30 /* after its end */
#define RP_RETENTION_DAYS_MAX 36500
#define RP_RETAIN_BATCH 200 /* responses in one transaction */

struct rp_notice {
	int64_t id, group_id, version, created_at;
	rp_text text, lang; /* the best for the reader */
};

struct rp_notice_text {
	rp_text lang, text;
};

/* A new version; the first text is the original. RP_MAY_ADMINISTER on the
 * group; RP_E_INVALID without text. */
struct rp_err *rp_notice_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_notice_text *texts, size_t n,
    int64_t *out_id) RP_MUST_USE;

/* The newest; RP_E_NOTFOUND if the group has none. Public. */
struct rp_err *rp_notice_current(struct rp_tx *tx, int64_t group_id,
    rp_text lang, struct rp_notice *out) RP_MUST_USE;

struct rp_notices RP_VEC(struct rp_notice);

/* All versions without their texts, the newest first. Public. */
struct rp_err *rp_notice_list(struct rp_tx *tx, int64_t group_id,
    struct rp_notices *out) RP_MUST_USE;

/* The version that somebody agreed to. Public. */
struct rp_err *rp_notice_get(struct rp_tx *tx, int64_t id, rp_text lang,
    struct rp_notice *out) RP_MUST_USE;

struct rp_personal_datum {
	rp_text kind; /* revision, answer, attachment, message, notification,
			 person, address, office, right, session, token, act,
			 download, guest, opened, recipient */
	int64_t id;
	rp_text field, value;
};

struct rp_personal_data RP_VEC(struct rp_personal_datum);

/*
 * About an address: the responses sent with it, in consultations where `who`
 * has RP_MAY_ERASE, and the lists of groups that it is in (mailing.h).
 * RP_E_INVALID if it is no address; refused if there is no such right anywhere.
 * The export is an event.
 */
struct rp_err *rp_privacy_of_address(const struct rp_actor *who,
    struct rp_tx *tx, rp_text address,
    struct rp_personal_data *out) RP_MUST_USE;

/* About a person: one's own, or that of somebody one may manage. */
struct rp_err *rp_privacy_of_person(const struct rp_actor *who,
    struct rp_tx *tx, int64_t person_id,
    struct rp_personal_data *out) RP_MUST_USE;

enum rp_erase { RP_ERASE_NAMES, RP_ERASE_EVERYTHING };

/* RP_MAY_ERASE on the consultation. Erasing again does no harm. */
struct rp_err *rp_privacy_erase_response(const struct rp_actor *who,
    struct rp_tx *tx, int64_t response_id, enum rp_erase what) RP_MUST_USE;

/* All responses of an address, refused if one of them may not be erased; and it
 * is taken out of the lists and logs of groups that write to it. */
struct rp_err *rp_privacy_erase_address(const struct rp_actor *who,
    struct rp_tx *tx, rp_text address, enum rp_erase what,
    int64_t *out_n) RP_MUST_USE;

/* RP_MAY_ERASE on the system, and rp_right_may_manage(). */
struct rp_err *rp_privacy_erase_person(const struct rp_actor *who,
    struct rp_tx *tx, int64_t person_id) RP_MUST_USE;

/* The group's rule, 0: keep. RP_MAY_ADMINISTER on the group. */
struct rp_err *rp_privacy_set_rule(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t days) RP_MUST_USE;

/*
 * One batch of what is due; `out_more`: call again in another transaction. For
 * the system only.
 */
struct rp_err *rp_privacy_retain(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_more) RP_MUST_USE;

#endif
