/*
 * person - people known by name: staff, officers, delegates.
 *
 * A name stands in its own script with its language, and beside it a Latin form
 * where the script is another: a delegate is "山田 太郎" (ja) and "YAMADA
 * Taro". Pages isolate the direction of each. A person has any number of e-mail
 * addresses; no two people have the same (email.h says what is the same), one
 * is the primary one. Respondents are not people in this sense: an answer needs
 * no account.
 *
 * Oneself may change one's own name, language, zone and addresses. Others need
 * rp_right_may_manage(). Reading needs the same, or RP_MAY_CONTACT on the
 * system. Every change is an event.
 */
#ifndef RP_DOMAIN_PERSON_H
#define RP_DOMAIN_PERSON_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_PERSON_NAME_MAX 400   /* octets */
#define RP_PERSON_ADDRESS_MAX 10 /* addresses of one person */
#define RP_PERSON_PAGE 200

struct rp_person_address {
	int64_t id;
	rp_text entered, key;
	bool is_primary;
	int64_t verified_at; /* 0: never */
};

struct rp_person_addresses RP_VEC(struct rp_person_address);

struct rp_person {
	int64_t id;
	rp_text name, name_lang;
	rp_text name_latin; /* may be empty */
	int64_t party_id;   /* 0: none */
	rp_text lang;       /* of the interface: one of the six */
	rp_text zone;
	rp_text state; /* active, closed; read only */
	int64_t created_at;
	struct rp_person_addresses addresses; /* rp_person_get() only */
};

struct rp_people RP_VEC(struct rp_person);

/* RP_E_INVALID (name, language, zone), RP_E_LIMIT, RP_E_NOTFOUND (the party).
 */
struct rp_err *rp_person_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_person *person, int64_t *out_id) RP_MUST_USE;

/* Everything but addresses and state, of person->id. Oneself cannot change the
 * party, to which rights may be tied. */
struct rp_err *rp_person_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_person *person) RP_MUST_USE;

/* Close: signs in no more; the record keeps the name. Or open again. */
struct rp_err *rp_person_close(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, bool closed) RP_MUST_USE;

struct rp_err *rp_person_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, struct rp_person *out) RP_MUST_USE;

/* At most RP_PERSON_PAGE after `after_id`; needs RP_MAY_MEMBERS somewhere. */
struct rp_err *rp_person_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t after_id, struct rp_people *out) RP_MUST_USE;

/*
 * The first one is the primary one. RP_E_INVALID if it is no address (the
 * message has the reason's identifier), RP_E_CONFLICT if somebody has it,
 * RP_E_LIMIT.
 */
struct rp_err *rp_person_address_add(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, rp_text entered) RP_MUST_USE;
struct rp_err *rp_person_address_primary(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, int64_t address_id) RP_MUST_USE;

/* RP_E_CONFLICT for the primary one: choose another first. */
struct rp_err *rp_person_address_remove(const struct rp_actor *who,
    struct rp_tx *tx, int64_t id, int64_t address_id) RP_MUST_USE;

#endif
