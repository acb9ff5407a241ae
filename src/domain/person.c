#include "domain/person.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_party.h"
#include "store/q_person.h"
#include "text/email.h"
#include "text/lang.h"
#include "text/zone.h"

static struct rp_err *
may_change(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	if (id != 0 && id == who->person_id)
		return NULL;
	return rp_right_may_manage(who, tx, id);
}

/* A party brings the rights of its classes. */
static struct rp_err *
party_check(const struct rp_actor *who, struct rp_tx *tx, int64_t party_id)
{
	struct q_membership_of_party_rows rows;
	struct q_party_get_row party;
	bool found;

	if (party_id == 0)
		return NULL;
	RP_TRY(q_party_get(tx, &(struct q_party_get_param){ .id = party_id },
	    &party, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no party %lld",
		    (long long)party_id);
	RP_TRY(q_membership_of_party(tx,
	    &(struct q_membership_of_party_param){ .party_id = party_id,
		.now = who->now },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		RP_TRY(rp_right_may_confer(who, tx, rows.v[i].group_id,
		    RP_TEXT("class"), rows.v[i].class));
	return NULL;
}

/* Also brings the language of the name to its usual case. */
static struct rp_err *
check(const struct rp_actor *who, struct rp_tx *tx, struct rp_person *p)
{
	enum rp_lang lang;

	if (p->name.n == 0)
		return rp_fail(RP_E_INVALID, "a person needs a name");
	if (p->name.n > RP_PERSON_NAME_MAX ||
	    p->name_latin.n > RP_PERSON_NAME_MAX)
		return rp_fail(RP_E_LIMIT, "name of %zu octets", p->name.n);
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), p->name_lang, &p->name_lang));
	if (!rp_lang_find(p->lang, &lang))
		return rp_fail(RP_E_INVALID, "not a language of the pages");
	if (rp_zone_find(who->env->zones, p->zone) == NULL)
		return rp_fail(RP_E_INVALID, "no zone %.*s", RP_FMT(p->zone));
	return NULL;
}

static rp_text
described(struct rp_arena *a, const struct rp_person *p)
{
	return rp_textf(a, "%.*s [%.*s] %.*s, party %lld, %.*s, %.*s",
	    RP_FMT(p->name), RP_FMT(p->name_lang), RP_FMT(p->name_latin),
	    (long long)p->party_id, RP_FMT(p->lang), RP_FMT(p->zone));
}

static struct rp_err *
write_event(const struct rp_actor *who, struct rp_tx *tx, rp_text action,
    int64_t id, rp_text before, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("person"),
		.object_id = id,
		.before = before,
		.after = after });
}

struct rp_err *
rp_person_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_person *person, int64_t *out_id)
{
	struct rp_person p = *person;
	struct q_person_insert_row row;

	RP_TRY(rp_right_may_manage(who, tx, 0));
	RP_TRY(check(who, tx, &p));
	RP_TRY(party_check(who, tx, p.party_id));
	RP_TRY(q_person_insert(tx,
	    &(struct q_person_insert_param){ .name = p.name,
		.name_lang = p.name_lang,
		.name_latin = p.name_latin,
		.party_id = p.party_id,
		.lang = p.lang,
		.zone = p.zone,
		.created_at = who->now },
	    &row));
	*out_id = row.id;
	return write_event(who, tx, RP_TEXT("person.add"), row.id, RP_TEXT(""),
	    described(rp_tx_arena(tx), &p));
}

/* The rows of get and list have one shape by two types. */
#define PERSON(r)                           \
	((struct rp_person){ .id = (r)->id, \
	    .name = (r)->name,              \
	    .name_lang = (r)->name_lang,    \
	    .name_latin = (r)->name_latin,  \
	    .party_id = (r)->party_id,      \
	    .lang = (r)->lang,              \
	    .zone = (r)->zone,              \
	    .state = (r)->state,            \
	    .created_at = (r)->created_at })

static struct rp_err *
load(struct rp_tx *tx, int64_t id, struct rp_person *out)
{
	struct q_person_get_row row;
	bool found;

	RP_TRY(q_person_get(tx, &(struct q_person_get_param){ .id = id }, &row,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no person %lld", (long long)id);
	*out = PERSON(&row);
	return NULL;
}

struct rp_err *
rp_person_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_person *person)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_person p = *person, old;

	RP_TRY(may_change(who, tx, p.id));
	RP_TRY(load(tx, p.id, &old));
	if (p.party_id != old.party_id) {
		RP_TRY(rp_right_may_manage(who, tx, p.id));
		RP_TRY(party_check(who, tx, p.party_id));
	}
	RP_TRY(check(who, tx, &p));
	RP_TRY(q_person_update(tx, &(struct q_person_update_param){ .id = p.id,
				       .name = p.name,
				       .name_lang = p.name_lang,
				       .name_latin = p.name_latin,
				       .party_id = p.party_id,
				       .lang = p.lang,
				       .zone = p.zone }));
	return write_event(who, tx, RP_TEXT("person.change"), p.id,
	    described(a, &old), described(a, &p));
}

struct rp_err *
rp_person_close(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    bool closed)
{
	rp_text state = closed ? RP_TEXT("closed") : RP_TEXT("active");
	struct rp_person old;

	RP_TRY(rp_right_may_manage(who, tx, id));
	RP_TRY(load(tx, id, &old));
	if (rp_text_eq(old.state, state))
		return NULL;
	RP_TRY(q_person_set_state(tx,
	    &(struct q_person_set_state_param){ .id = id, .state = state }));
	return write_event(who, tx, RP_TEXT("person.close"), id, old.state,
	    state);
}

static struct rp_err *
addresses(struct rp_tx *tx, int64_t id, struct rp_person_addresses *out)
{
	struct q_person_address_list_rows rows;

	RP_TRY(q_person_address_list(tx,
	    &(struct q_person_address_list_param){ .person_id = id }, &rows));
	*out = (struct rp_person_addresses){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_person_address at = {
			.id = rows.v[i].id,
			.entered = rows.v[i].entered,
			.key = rows.v[i].address_key,
			.is_primary = rows.v[i].is_primary,
			.verified_at = rows.v[i].verified_at,
		};

		rp_vec_push(rp_tx_arena(tx), out, at);
	}
	return NULL;
}

struct rp_err *
rp_person_get(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_person *out)
{
	struct rp_person p;

	if (!rp_actor_may(who, RP_MAY_CONTACT, (struct rp_place){ 0 }))
		RP_TRY(may_change(who, tx, id));
	RP_TRY(load(tx, id, &p));
	RP_TRY(addresses(tx, id, &p.addresses));
	*out = p;
	return NULL;
}

struct rp_err *
rp_person_list(const struct rp_actor *who, struct rp_tx *tx, int64_t after_id,
    struct rp_people *out)
{
	struct q_person_list_rows rows;

	RP_TRY(rp_right_may_manage(who, tx, 0));
	RP_TRY(q_person_list(tx,
	    &(struct q_person_list_param){ .after_id = after_id,
		.max = RP_PERSON_PAGE },
	    &rows));
	*out = (struct rp_people){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, PERSON(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_person_address_add(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text entered)
{
	struct q_person_address_insert_row row;
	struct rp_person_addresses have;
	struct rp_person p;
	struct rp_email email;
	bool fresh;

	RP_TRY(may_change(who, tx, id));
	RP_TRY(load(tx, id, &p));
	RP_TRY(
	    rp_email_parse(rp_tx_arena(tx), who->env->names, entered, &email));
	RP_TRY(addresses(tx, id, &have));
	if (have.n >= RP_PERSON_ADDRESS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu addresses", have.n);
	RP_TRY(q_person_address_insert(tx,
	    &(struct q_person_address_insert_param){ .person_id = id,
		.entered = entered,
		.address_key = email.key,
		.is_primary = have.n == 0 },
	    &row, &fresh));
	if (!fresh)
		return rp_fail(RP_E_CONFLICT, "somebody has this address");
	return write_event(who, tx, RP_TEXT("person.address_add"), id,
	    RP_TEXT(""), entered);
}

static struct rp_err *
address_find(struct rp_tx *tx, int64_t id, int64_t address_id,
    struct rp_person_address *out)
{
	struct rp_person_addresses have;

	RP_TRY(addresses(tx, id, &have));
	for (size_t i = 0; i < have.n; i++) {
		if (have.v[i].id != address_id)
			continue;
		*out = have.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "person %lld has no address %lld",
	    (long long)id, (long long)address_id);
}

struct rp_err *
rp_person_address_primary(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t address_id)
{
	struct rp_person_address at;

	RP_TRY(may_change(who, tx, id));
	RP_TRY(address_find(tx, id, address_id, &at));
	RP_TRY(q_person_address_primary(tx,
	    &(struct q_person_address_primary_param){ .person_id = id,
		.id = address_id }));
	return write_event(who, tx, RP_TEXT("person.address_primary"), id,
	    RP_TEXT(""), at.entered);
}

struct rp_err *
rp_person_address_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t address_id)
{
	struct rp_person_address at;

	RP_TRY(may_change(who, tx, id));
	RP_TRY(address_find(tx, id, address_id, &at));
	if (at.is_primary)
		return rp_fail(RP_E_CONFLICT, "the primary address");
	RP_TRY(q_person_address_delete(tx,
	    &(struct q_person_address_delete_param){ .person_id = id,
		.id = address_id }));
	return write_event(who, tx, RP_TEXT("person.address_remove"), id,
	    at.entered, RP_TEXT(""));
}
