/*
 * hearing - the sessions of a physical open consultation.
 *
 * A consultation may have several sessions, in regions and time zones of their
 * own. Respondents who wish to present get slots, in the order of the
 * questions; the time of a slot follows from the opening of its session and the
 * slots before it, and is told in the speaker's own zone. What was said is kept
 * as texts: presentations, and interventions from the floor, with the class of
 * the speaker, the language and the time.
 *
 * A text that is published is themed like a response and counted apart
 * (theme.h): it stands there as a response of the channel "session", which is
 * in no list, count or file of responses. Hidden, it is read no more; removed,
 * its words are gone there too.
 *
 * Sessions and slots are public with their consultation, texts when they are
 * published. Changing, and texts that are not published, need RP_MAY_MEET on
 * the consultation. What somebody does not see is not there.
 */
#ifndef RP_DOMAIN_HEARING_H
#define RP_DOMAIN_HEARING_H

#include "domain/consultation.h"

#define RP_HEARINGS_MAX 50        /* of a consultation */
#define RP_SLOTS_MAX 200          /* of a session */
#define RP_SLOT_MINUTES_MAX 120   /* of a slot, at least 1 */
#define RP_HEARING_PLACE_MAX 200  /* octets */
#define RP_HEARING_NAME_MAX 400   /* octets */
#define RP_SPOKEN_MAX 5000        /* texts of a consultation */
#define RP_SPOKEN_BODY_MAX 160000 /* octets */

struct rp_slot {
	int64_t id, session_id;
	int64_t question_id;     /* 0: on all */
	int64_t response_id;     /* 0: none */
	int64_t response_number; /* of one that is public; read only */
	rp_text name;            /* of who presents */
	rp_text speaker_class;   /* one of rp_categories */
	rp_text zone;            /* the speaker's own */
	int64_t minutes;
	bool is_remote;
	int64_t begins_at; /* read only */
};
struct rp_slots RP_VEC(struct rp_slot);

struct rp_spoken {
	int64_t id, session_id;
	int64_t slot_id, question_id; /* 0: none */
	rp_text kind;                 /* presentation, intervention */
	rp_text speaker_class;        /* one of rp_categories */
	rp_text name;                 /* may be empty */
	rp_text lang;                 /* BCP 47 */
	int64_t at;                   /* 0: the opening of the session */
	rp_text body;
	bool is_published; /* read only */
};
struct rp_spoken_texts RP_VEC(struct rp_spoken);

struct rp_hearing {
	int64_t id, number;
	rp_text zone, opens_local, closes_local;
	int64_t opens_at, closes_at;  /* read only */
	rp_text place, mode;          /* as a meeting's */
	bool has_captions;            /* read only */
	struct rp_slots slots;        /* read only */
	struct rp_spoken_texts texts; /* read only */
};
struct rp_hearings RP_VEC(struct rp_hearing);

/* Of a consultation that the reader has. By number. */
struct rp_err *rp_hearing_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_hearings *out) RP_MUST_USE;

enum rp_hearing_problem {
	RP_HEARING_FINE = 0,
	RP_HEARING_BAD_ZONE,
	RP_HEARING_BAD_OPENS,
	RP_HEARING_BAD_CLOSES,
	RP_HEARING_BAD_PLACE,
	RP_HEARING_BAD_MODE,
	RP_HEARING_BAD_NAME,
	RP_HEARING_BAD_CLASS,
	RP_HEARING_BAD_MINUTES,
	RP_HEARING_BAD_KIND,
	RP_HEARING_BAD_LANG,
	RP_HEARING_BAD_BODY,
};
enum rp_hearing_problem rp_hearing_check(const struct rp_actor *who,
    const struct rp_hearing *h);
enum rp_hearing_problem rp_slot_check(const struct rp_actor *who,
    const struct rp_slot *s);
enum rp_hearing_problem rp_spoken_check(const struct rp_spoken *s);

/*
 * All of these need RP_MAY_MEET on the consultation. RP_E_INVALID if the check
 * finds something; RP_E_NOTFOUND for a session, slot, question or response of
 * another consultation; RP_E_LIMIT.
 */
struct rp_err *rp_hearing_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_hearing *h,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_slot_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_slot *s,
    int64_t *out_id) RP_MUST_USE;
/* Texts of it stay. */
struct rp_err *rp_slot_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id) RP_MUST_USE;
struct rp_err *rp_spoken_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_spoken *s,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_spoken_publish(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id, bool published) RP_MUST_USE;
struct rp_err *rp_spoken_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id) RP_MUST_USE;

/* A published response whose author wishes to present and has no slot. */
struct rp_wish {
	int64_t response_id, number;
	rp_text name; /* empty where it is not to be named */
	rp_text category;
	bool is_remote;
};
struct rp_wishes RP_VEC(struct rp_wish);
struct rp_err *rp_wish_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_wishes *out) RP_MUST_USE;

#endif
