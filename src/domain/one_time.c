#include "domain/one_time.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/person.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_account.h"
#include "store/q_person.h"
#include "store/q_session.h"
#include "text/email.h"

static const struct {
	rp_text name;
	int64_t age;
} kinds[] = {
	[RP_ONE_TIME_FIRST_ADMINISTRATOR] = { RP_TEXT_INIT(
						  "first_administrator"),
	    RP_DAY },
	[RP_ONE_TIME_INVITATION] = { RP_TEXT_INIT("invitation"), 14 * RP_DAY },
	[RP_ONE_TIME_NEW_PASSPHRASE] = { RP_TEXT_INIT("new_passphrase"),
	    RP_DAY },
};

static struct rp_err *
write_event(const struct rp_actor *who, struct rp_tx *tx, rp_text action,
    int64_t person_id, rp_text kind)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("person"),
		.object_id = person_id,
		.after = kind });
}

struct rp_err *
rp_one_time_make(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_one_time_kind kind, int64_t person_id, rp_text *out_secret)
{
	rp_text secret = rp_secret_new(rp_tx_arena(tx), who->env);
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_one_time_link_insert_row row;
	struct q_person_get_row person;
	bool found;

	if (kind == RP_ONE_TIME_FIRST_ADMINISTRATOR && !who->system)
		return rp_fail(RP_E_DENIED, "only the command makes it");
	RP_TRY(rp_right_may_manage(who, tx, person_id));
	RP_TRY(q_person_get(tx, &(struct q_person_get_param){ .id = person_id },
	    &person, &found));
	if (!found || !rp_text_eq(person.state, RP_TEXT("active")))
		return rp_fail(RP_E_NOTFOUND, "no active person %lld",
		    (long long)person_id);
	RP_TRY(q_one_time_link_spoil(tx,
	    &(struct q_one_time_link_spoil_param){ .person_id = person_id,
		.now = who->now }));
	RP_TRY(q_one_time_link_insert(tx,
	    &(struct q_one_time_link_insert_param){ .secret_hash =
							rp_digest_bytes(&hash),
		.kind = kinds[kind].name,
		.person_id = person_id,
		.expires_at = who->now + kinds[kind].age },
	    &row));
	*out_secret = secret;
	return write_event(who, tx, RP_TEXT("account.link"), person_id,
	    kinds[kind].name);
}

rp_text
rp_one_time_url(struct rp_arena *a, const struct rp_env *env, rp_text lang,
    rp_text secret)
{
	return rp_textf(a, "%.*s/%.*s/l/%.*s", RP_FMT(env->public_url),
	    RP_FMT(lang), RP_FMT(secret));
}

/* Who has the address, or somebody new. */
static struct rp_err *
find_or_add(const struct rp_actor *who, struct rp_tx *tx, rp_text address,
    const struct rp_person *person, int64_t *out_id)
{
	struct q_person_by_address_row row;
	struct rp_email email;
	bool found;

	RP_TRY(
	    rp_email_parse(rp_tx_arena(tx), who->env->names, address, &email));
	RP_TRY(q_person_by_address(tx,
	    &(struct q_person_by_address_param){ .address_key = email.key },
	    &row, &found));
	if (found) {
		*out_id = row.person_id;
		return NULL;
	}
	RP_TRY(rp_person_add(who, tx, person, out_id));
	return rp_person_address_add(who, tx, *out_id, address);
}

struct rp_err *
rp_one_time_administrator(const struct rp_actor *who, struct rp_tx *tx,
    rp_text address, rp_text name, rp_text lang, rp_text *out_secret)
{
	struct rp_person person = { .name = name,
		.name_lang = lang,
		.lang = lang,
		.zone = RP_TEXT("UTC") };
	struct rp_right right = { .holder_kind = RP_TEXT("person"),
		.capability = RP_MAY_ADMINISTER,
		.object_kind = RP_ON_SYSTEM,
		.instrument = RP_TEXT("rapporteur init") };
	struct rp_actor now = rp_actor_public(who->env, who->now);
	int64_t id;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the command does it");
	RP_TRY(find_or_add(who, tx, address, &person, &right.holder_id));
	RP_TRY(rp_actor_load(tx, right.holder_id, &now));
	if (!rp_actor_may(&now, RP_MAY_ADMINISTER, (struct rp_place){ 0 }))
		RP_TRY(rp_right_grant(who, tx, &right, &id));
	return rp_one_time_make(who, tx, RP_ONE_TIME_FIRST_ADMINISTRATOR,
	    right.holder_id, out_secret);
}

struct rp_err *
rp_one_time_get(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    struct rp_one_time *out)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_one_time_link_find_row row;
	bool found;

	RP_TRY(q_one_time_link_find(tx,
	    &(struct q_one_time_link_find_param){
		.secret_hash = rp_digest_bytes(&hash) },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such link");
	if (row.used_at != 0 || row.expires_at <= who->now)
		return rp_fail(RP_E_GONE, "link %lld was used or is too old",
		    (long long)row.id);
	*out = (struct rp_one_time){ .id = row.id,
		.person_id = row.person_id,
		.kind = row.kind,
		.name = row.name };
	return NULL;
}

struct rp_err *
rp_one_time_use(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    rp_text hash, int64_t *out_person_id)
{
	struct rp_actor owner = *who;
	struct rp_one_time link;
	int64_t n;

	RP_TRY(rp_one_time_get(who, tx, secret, &link));
	RP_ASSERT(!rp_passphrase_is_stale(hash));
	RP_TRY(q_one_time_link_use(tx,
	    &(struct q_one_time_link_use_param){ .id = link.id,
		.now = who->now },
	    &n));
	if (n != 1)
		return rp_fail(RP_E_GONE, "link %lld was just used",
		    (long long)link.id);
	RP_TRY(q_account_set_passphrase(tx,
	    &(struct q_account_set_passphrase_param){ .person_id =
							  link.person_id,
		.passphrase = hash,
		.totp_secret = RP_BYTES(""),
		.now = who->now }));
	RP_TRY(
	    q_person_address_verify(tx, &(struct q_person_address_verify_param){
					    .person_id = link.person_id,
					    .now = who->now }));
	RP_TRY(
	    q_session_revoke_others(tx, &(struct q_session_revoke_others_param){
					    .person_id = link.person_id,
					    .now = who->now }));
	owner.person_id = link.person_id;
	*out_person_id = link.person_id;
	return write_event(&owner, tx, RP_TEXT("account.passphrase"),
	    link.person_id, link.kind);
}
