/*
 * actor - who is asking, when, and what they may do where.
 *
 * Every function of the domain takes an actor first and refuses by itself. The
 * actor is made once per job: by rp_session_actor() for somebody signed in, by
 * rp_token_actor() for the API, by rp_actor_public() for anybody, and by
 * rp_actor_system() for the worker and the commands of an administrator who has
 * the database file anyway.
 *
 * Rights are rows of `access_right` (who, what, on which object, granted by
 * which instrument, from when to when); the ones in force at `now` are loaded
 * with the actor. A right on a body covers its groups, on a group its
 * consultations, on the system everything.
 */
#ifndef RP_DOMAIN_ACTOR_H
#define RP_DOMAIN_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "domain/env.h"

struct rp_arena;
struct rp_tx;

/* What can be granted. The names in the table are rp_capability_name()'s. */
enum rp_capability {
	RP_MAY_NOTHING,
	RP_MAY_READ,       /* "read": see what the group's members see */
	RP_MAY_AMEND,      /* "amend": propose amendments for its party */
	RP_MAY_PROPOSE,    /* "propose": propose topics for its party */
	RP_MAY_CONTRIBUTE, /* "contribute": submit documents for its party */
	RP_MAY_ANSWER,     /* "answer": answer a consultation (everybody) */
	RP_MAY_CHECK,      /* "check": the queue, publish, return, reject */
	RP_MAY_REDACT,     /* "redact": hide personal data, with a reason */
	RP_MAY_TRANSLATE,  /* "translate": enter and publish translations */
	RP_MAY_ENTER,      /* "enter": responses that came by other channels */
	RP_MAY_LAUNCH,     /* "launch": consultations: plan, launch, extend */
	RP_MAY_CONTACT,    /* "contact": see e-mail addresses */
	RP_MAY_EXPORT,     /* "export": data that are not public; import */
	RP_MAY_MEMBERS,    /* "members": parties, people, officers */
	RP_MAY_GRANT,      /* "grant": rights */
	RP_MAY_ERASE,      /* "erase": personal data on request, retention */
	RP_MAY_AUDIT,      /* "audit": read the audit trail */
	RP_MAY_REGISTER,   /* "register": instruments and their versions */
	RP_MAY_THEME,      /* "theme": codebooks, summaries of responses */
	RP_MAY_MEET,       /* "meet": meetings and their documents */
	RP_MAY_STEER,      /* "steer": the chair's team: positions, outcomes */
	RP_MAY_ADMINISTER, /* "administer": everything on its object */
	RP_CAPABILITY_COUNT
};

enum rp_object_kind {
	RP_ON_SYSTEM,
	RP_ON_BODY,
	RP_ON_GROUP,
	RP_ON_CONSULTATION,
	RP_OBJECT_KIND_COUNT
};

struct rp_grant {
	enum rp_capability capability;
	enum rp_object_kind kind;
	int64_t object_id; /* 0 on the system */
};

struct rp_grants RP_VEC(struct rp_grant);
struct rp_guest_items RP_VEC(int64_t);

/* Where an act would happen: the object and what it lies in (0: unknown). */
struct rp_place {
	int64_t body_id, group_id, consultation_id;
};

struct rp_actor {
	const struct rp_env *env;
	int64_t now;        /* the instant of the job */
	int64_t person_id;  /* 0: nobody is signed in */
	int64_t session_id; /* 0: no session (public, API, system) */
	bool system;        /* worker or administrator's command */
	rp_text name;       /* of the person, for pages; may be empty */
	rp_text network;    /* /64 or /24 as text; may be empty */
	rp_text lang, zone; /* the person's preference; may be empty */
	struct rp_grants grants;
	struct rp_guest_items guest_of; /* items of agendas: guest.h */
};

/* Anybody. */
struct rp_actor rp_actor_public(const struct rp_env *env, int64_t now);
struct rp_actor rp_actor_system(const struct rp_env *env, int64_t now);

/* Load the grants of `person_id` in force at who->now, and what the person is a
 * guest of, into the tx's arena. */
struct rp_err *rp_actor_load(struct rp_tx *tx, int64_t person_id,
    struct rp_actor *who) RP_MUST_USE;

/* For the domain: a right as its row has it; words that say none add none. */
void rp_actor_grant(struct rp_arena *a, rp_text capability, rp_text object_kind,
    int64_t object_id, struct rp_actor *who);

/* No effect: may `who` do this there? RP_MAY_ANSWER is everybody's. */
bool rp_actor_may(const struct rp_actor *who, enum rp_capability what,
    struct rp_place where);

/*
 * The same as a refusal: RP_E_UNKNOWN if nobody is signed in, RP_E_DENIED
 * otherwise.
 */
struct rp_err *rp_actor_needs(const struct rp_actor *who,
    enum rp_capability what, struct rp_place where) RP_MUST_USE;

/* Whether `who` is staff of any kind: has a grant of anything but reading,
 * amending, proposing and contributing, which is what members do. */
bool rp_actor_is_staff(const struct rp_actor *who);

/* Whether `who` is a guest of that item of an agenda now (guest.h). */
bool rp_actor_is_guest(const struct rp_actor *who, int64_t item_id);

rp_text rp_capability_name(enum rp_capability what);
enum rp_capability rp_capability_from(rp_text name); /* RP_MAY_NOTHING */
rp_text rp_object_kind_name(enum rp_object_kind kind);
bool rp_object_kind_from(rp_text name, enum rp_object_kind *out);

#endif
