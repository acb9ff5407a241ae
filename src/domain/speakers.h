/*
 * speakers - who asked for the floor under an item, and in which order it is
 * given.
 *
 * The order is data of the group: each class of speakers has a rank and a time,
 * and a rule says whether somebody who has spoken waits for those who have not,
 * or does not speak again. Among equals who asked first comes first. A point of
 * order and the right of reply are classes like the others. The Chair gives the
 * floor to the next one or to anybody else.
 *
 * Who sees an item sees who waits and who speaks, while the list lasts; who has
 * spoken is for RP_MAY_MEET alone. A delegate who is signed in, may read, and
 * belongs to a party asks for it, from the room or remotely, and takes his
 * request back; RP_MAY_MEET asks for anybody, gives and ends the floor, opens
 * and closes the list. What somebody does not see is not found.
 */
#ifndef RP_DOMAIN_SPEAKERS_H
#define RP_DOMAIN_SPEAKERS_H

#include "domain/meeting.h"
#include "text/meeting_words.h"

#define RP_SPEAKER_NAME_MAX 400 /* octets */
#define RP_SPEAKERS_MAX 500     /* requests under one item */
#define RP_SPEAKER_SECONDS_MAX 7200
#define RP_SPEAKER_RANK_MAX 99

/* In the order of the default ranks. */
enum rp_speaker_class {
	RP_SPEAKS_ON_ORDER, /* point_of_order */
	RP_SPEAKS_FOR_GROUP,
	RP_SPEAKS_AS_MEMBER,
	RP_SPEAKS_AS_OBSERVER,
	RP_SPEAKS_AS_SECRETARIAT,
	RP_SPEAKS_IN_REPLY,
	RP_SPEAKER_CLASSES
};
/* point_of_order, group, member, observer, secretariat, reply. */
rp_text rp_speaker_class_name(enum rp_speaker_class class);
bool rp_speaker_class_from(rp_text name, enum rp_speaker_class *out);

enum rp_speaker_turns {
	RP_TURNS_ANY,   /* "any" */
	RP_TURNS_FIRST, /* "first": who has not spoken comes first */
	RP_TURNS_ONCE,  /* "once": nobody of these speaks twice */
	RP_SPEAKER_TURNS
};
rp_text rp_speaker_turns_name(enum rp_speaker_turns turns);
bool rp_speaker_turns_from(rp_text name, enum rp_speaker_turns *out);

struct rp_speaker_rule {
	int64_t rank;    /* 0 to RP_SPEAKER_RANK_MAX */
	int64_t seconds; /* 0: as long as it takes */
};
/*
 * The rules of a group; those that it has not set are the default: a point of
 * order before all, then groups (5 minutes), members (3), observers (2), the
 * Secretariat, and replies (2) at the end; turns "first". Points of order,
 * replies and the Secretariat are never counted as turns.
 */
struct rp_speaker_order {
	struct rp_speaker_rule of[RP_SPEAKER_CLASSES];
	enum rp_speaker_turns turns;
	rp_text instrument; /* empty: the default */
};

struct rp_err *rp_speaker_order_get(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id,
    struct rp_speaker_order *out) RP_MUST_USE;
/* Needs RP_MAY_MEET. RP_E_INVALID for numbers out of range, or without a
 * decision. */
struct rp_err *rp_speaker_order_set(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id,
    const struct rp_speaker_order *order) RP_MUST_USE;

struct rp_speaker {
	int64_t id;
	enum rp_speaker_class class;
	int64_t party_id, person_id; /* 0: none */
	rp_text name;                /* of the person; may be empty */
	rp_text party;               /* read only, in the reader's language */
	rp_text source;              /* room, remote, desk */
	rp_text state;               /* waiting, speaking, done */
	int64_t seconds, asked_at, began_at, ended_at;
	bool is_own; /* of who asks; read only */
};
struct rp_speaker_vec RP_VEC(struct rp_speaker);

struct rp_speakers {
	bool is_open;    /* requests are taken */
	int64_t version; /* another one after every change */
	bool may_lead, may_ask;
	bool reads;    /* what is for members, too */
	bool is_guest; /* of this item; asks for nothing */
	int64_t own_party_id;
	rp_text item_state;
	struct rp_speaker speaking;    /* id 0: nobody */
	struct rp_speaker_vec waiting; /* in the order of the rules */
	struct rp_speaker_vec done;    /* only with may_lead */
};

/* RP_E_NOTFOUND for an item that is not seen. */
struct rp_err *rp_speakers_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, rp_text lang,
    struct rp_speakers *out) RP_MUST_USE;

/* The version alone, 0 before there is a list: what readers poll. */
struct rp_err *rp_speakers_version(const struct rp_actor *who, struct rp_tx *tx,
    int64_t item_id, int64_t *out) RP_MUST_USE;

/* Requests are taken from now on, or not any more. Needs RP_MAY_MEET. */
struct rp_err *rp_speakers_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, bool is_open) RP_MUST_USE;

/* Why a request is not taken. */
enum rp_speaker_problem {
	RP_SPEAKER_FINE = 0,
	RP_SPEAKER_NOBODY, /* neither party nor name */
	RP_SPEAKER_SHUT,   /* the list is closed: points of order are taken */
	RP_SPEAKER_TWICE,  /* waits already, in this class */
	RP_SPEAKER_AGAIN,  /* has spoken, and everybody speaks once */
};
/* Of a request as rp_speaker_ask() would take it. */
struct rp_err *rp_speaker_check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_speaker *s,
    enum rp_speaker_problem *out) RP_MUST_USE;

/*
 * Ask for the floor: by who may lead for anybody (class, party, name, source);
 * by a delegate for his own party, as member, for a group, in reply, or on a
 * point of order. RP_E_CONFLICT if the check finds something, RP_E_INVALID,
 * RP_E_LIMIT, the refusals.
 */
struct rp_err *rp_speaker_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_speaker *s,
    int64_t *out_id) RP_MUST_USE;

/* Take a request back: one's own party's, or any that waits (RP_MAY_MEET). */
struct rp_err *rp_speaker_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id) RP_MUST_USE;

/* Give the floor: whoever has it, has ended. 0: to the next one. */
struct rp_err *rp_speaker_give(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id) RP_MUST_USE;
/* The speaker has ended; nothing if nobody speaks. */
struct rp_err *rp_speaker_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id) RP_MUST_USE;
/* More time (or less: negative) for who speaks. */
struct rp_err *rp_speaker_extend(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t seconds) RP_MUST_USE;

#endif
