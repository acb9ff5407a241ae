/*
 * room - informal consultations on proposals.
 *
 * The chair's team or the secretariat opens a room on some proposals, invites
 * delegations and sets a time limit. Who was invited puts drafts and comments
 * in it until then, or until it is closed before; afterwards it can be read and
 * nothing more is written. A room is there for the delegations that were
 * invited, the chair's team and the secretariat; others are told that it is not
 * found, in the lists too.
 */
#ifndef RP_DOMAIN_ROOM_H
#define RP_DOMAIN_ROOM_H

#include "domain/proposal.h"

#define RP_ROOM_TITLE_MAX 300   /* octets */
#define RP_ROOM_ENTRY_MAX 20000 /* octets, of a draft or comment */
#define RP_ROOM_ENTRIES_MAX 500
#define RP_ROOM_PARTIES_MAX 60
#define RP_ROOMS_MAX 300 /* in a group */

struct rp_room {
	int64_t id, number, until_at, created_at, closed_at;
	rp_text title, zone, until_local;
	bool is_open;    /* now */
	bool is_invited; /* the delegation of whoever asks */
	struct rp_proposal_ids parties;
	struct rp_proposal_ids proposals; /* numbers */
};

struct rp_rooms RP_VEC(struct rp_room);

/* The newest first. */
struct rp_err *rp_room_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_rooms *out) RP_MUST_USE;

/* By its number; RP_E_NOTFOUND. */
struct rp_err *rp_room_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t number,
    struct rp_room *out) RP_MUST_USE;

struct rp_room_in {
	rp_text title, zone, until_local;
	struct rp_proposal_ids parties, proposals; /* ids */
};

/* RP_E_INVALID: no title, a time that is past or none, nobody invited. */
struct rp_err *rp_room_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room_in *in,
    int64_t *out_number) RP_MUST_USE;

/* Another delegation; a later or earlier end; the end now. RP_E_GONE where it
 * is over. */
struct rp_err *rp_room_invite(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r,
    int64_t party_id) RP_MUST_USE;
struct rp_err *rp_room_until(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r,
    rp_text until_local) RP_MUST_USE;
struct rp_err *rp_room_close(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r) RP_MUST_USE;

struct rp_room_entry {
	int64_t draft;    /* its number; 0: a comment */
	int64_t on_draft; /* what a comment is on; 0: on all */
	int64_t party_id; /* 0: the chair's team or the secretariat */
	int64_t at;
	rp_text body, person;
};

struct rp_room_entries RP_VEC(struct rp_room_entry);

struct rp_err *rp_room_entries(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r,
    struct rp_room_entries *out) RP_MUST_USE;

/*
 * A draft, which gets the next number, or a comment on draft `on_draft` (0: on
 * all). By an invited delegation, the chair's team or the secretariat.
 * RP_E_GONE when it is over, RP_E_INVALID without words or for no draft,
 * RP_E_LIMIT.
 */
struct rp_err *rp_room_write(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r, bool is_draft,
    int64_t on_draft, rp_text body) RP_MUST_USE;

#endif
