/*
 * event - the audit trail.
 *
 * Every act by staff writes an event in its own transaction: who, when, what,
 * on which object, and what it was before and after. The row of the event holds
 * the SHA-256 of nonce and text, `before` and `after` with the same nonce of 16
 * random octets; nonce and texts stand beside it. When personal data have to
 * go, nonce and texts are deleted: the trail still shows that the act took
 * place and when, the hashes stay, and without the nonce nobody can test a
 * guess against them. Where the text remains it can be checked against its
 * hash.
 *
 * Actions are "object.verb": consultation.extend, response.publish. The texts
 * are for people who audit; they are not translated.
 */
#ifndef RP_DOMAIN_EVENT_H
#define RP_DOMAIN_EVENT_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_EVENT_PAGE 100 /* events in one list at most */

/* An act. Empty `before` or `after`: there was or is nothing. */
struct rp_act {
	rp_text action;
	rp_text object_kind;
	int64_t object_id;
	int64_t group_id; /* 0: not in a group */
	rp_text before, after;
};

/* For the functions that do the act, after they asked who may. */
struct rp_err *rp_event_write(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_act *act) RP_MUST_USE;

/* The same of a group as a whole. */
struct rp_err *rp_event_of_group(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text action, rp_text after) RP_MUST_USE;

struct rp_event {
	int64_t id, at;
	int64_t person_id; /* 0: the system */
	rp_text person;
	rp_text action, object_kind;
	int64_t object_id, group_id;
	bool erased; /* nonce and texts are gone */
	rp_text before, after;
};

struct rp_events RP_VEC(struct rp_event);

/* Zero lets everything through. */
struct rp_event_filter {
	int64_t body_id;  /* events in groups of the body */
	int64_t group_id; /* then body_id is not looked at */
	int64_t person_id;
	rp_text object_kind;
	int64_t object_id;
	int64_t below_id; /* the page after: the last id of the page before */
};

/*
 * Newest first, at most RP_EVENT_PAGE. Needs RP_MAY_AUDIT on the group or body
 * asked for, or on the system.
 */
struct rp_err *rp_event_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_event_filter *filter, struct rp_events *out) RP_MUST_USE;

struct rp_event_ids RP_VEC(int64_t);

struct rp_event_check {
	int64_t checked; /* events whose texts were there */
	int64_t erased;
	struct rp_event_ids broken; /* texts that are not the hashed ones */
};

/*
 * Recompute the hashes of all events after `after_id`, in constant memory.
 * Needs RP_MAY_AUDIT on the system.
 */
struct rp_err *rp_event_verify(const struct rp_actor *who, struct rp_tx *tx,
    int64_t after_id, struct rp_event_check *out) RP_MUST_USE;

/*
 * Delete nonces and texts of the events about an object; `out_n` events had
 * some. Needs RP_MAY_ERASE there (for objects that lie nowhere, as persons: on
 * the system). The erasing is an event itself.
 */
struct rp_err *rp_event_erase(const struct rp_actor *who, struct rp_tx *tx,
    rp_text object_kind, int64_t object_id, int64_t *out_n) RP_MUST_USE;

#endif
