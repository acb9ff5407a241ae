#include "domain/session.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_session.h"
#include "text/input.h"

#define NETWORK_KNOWN (90 * RP_DAY)

static struct rp_err *
write_event(const struct rp_actor *who, struct rp_tx *tx, rp_text action,
    int64_t person_id, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("person"),
		.object_id = person_id,
		.after = after });
}

struct rp_err *
rp_session_begin(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, bool second_factor, rp_text browser, rp_text *out_secret)
{
	rp_text secret = rp_secret_new(rp_tx_arena(tx), who->env);
	struct rp_digest hash = rp_secret_hash(secret);
	struct rp_actor owner = *who;
	struct q_session_insert_row row;

	RP_ASSERT(person_id > 0 && who->env->session_max_age > 0);
	RP_TRY(q_session_insert(tx,
	    &(struct q_session_insert_param){ .secret_hash =
						  rp_digest_bytes(&hash),
		.person_id = person_id,
		.second_factor = second_factor,
		.now = who->now,
		.expires_at = who->now + who->env->session_max_age,
		.network = who->network,
		.browser = rp_text_cut(browser, RP_SESSION_BROWSER_MAX) },
	    &row));
	owner.person_id = person_id;
	*out_secret = secret;
	return write_event(&owner, tx, RP_TEXT("session.begin"), person_id,
	    who->network);
}

struct rp_err *
rp_session_actor(struct rp_tx *tx, const struct rp_env *env, rp_text secret,
    int64_t now, struct rp_actor *out, struct rp_session_state *out_state)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct rp_actor who = rp_actor_public(env, now);
	struct q_session_find_rows rows;
	const struct q_session_find_row *r;
	bool found;

	RP_TRY(q_session_find(tx,
	    &(struct q_session_find_param){ .secret_hash =
						rp_digest_bytes(&hash),
		.now = now,
		.idle_since = now - RP_SESSION_IDLE },
	    &rows));
	found = rows.n > 0;
	r = found ? &rows.v[0] : NULL;
	if (found) {
		who.person_id = r->person_id;
		who.session_id = r->id;
		who.name = r->name;
		who.lang = r->lang;
		who.zone = r->zone;
	}
	for (size_t i = 0; i < rows.n; i++)
		rp_actor_grant(rp_tx_arena(tx), rows.v[i].capability,
		    rows.v[i].object_kind, rows.v[i].object_id, &who);
	*out = who;
	*out_state = (struct rp_session_state){ .found = found,
		.second_factor = found && r->second_factor,
		.touch = found && now - r->seen_at >= RP_SESSION_TOUCH };
	return NULL;
}

struct rp_err *
rp_session_touch(const struct rp_actor *who, struct rp_tx *tx)
{
	if (who->session_id == 0)
		return NULL;
	return q_session_touch(tx,
	    &(struct q_session_touch_param){ .id = who->session_id,
		.now = who->now });
}

rp_text
rp_session_csrf(struct rp_arena *a, const struct rp_env *env, rp_text secret)
{
	const rp_bytes parts[] = { rp_text_bytes(secret) };
	struct rp_digest d = rp_keyed(env, RP_TEXT("csrf"), parts, 1);

	return rp_base32(a, (rp_bytes){ d.b, RP_DIGEST_SIZE / 2 });
}

bool
rp_session_csrf_ok(struct rp_arena *a, const struct rp_env *env, rp_text secret,
    rp_text token)
{
	rp_text want = rp_session_csrf(a, env, secret);

	return secret.n > 0 &&
	       rp_equal_ct(rp_text_bytes(want), rp_text_bytes(token));
}

static struct rp_err *
may_manage(const struct rp_actor *who, struct rp_tx *tx, int64_t person_id)
{
	if (who->session_id != 0 && who->person_id == person_id)
		return NULL;
	return rp_right_may_manage(who, tx, person_id);
}

struct rp_err *
rp_session_end(const struct rp_actor *who, struct rp_tx *tx)
{
	if (who->session_id == 0)
		return NULL;
	return rp_session_revoke(who, tx, who->person_id, who->session_id);
}

struct rp_err *
rp_session_list(const struct rp_actor *who, struct rp_tx *tx, int64_t person_id,
    struct rp_sessions *out)
{
	struct q_session_list_rows rows;

	RP_TRY(may_manage(who, tx, person_id));
	RP_TRY(q_session_list(tx,
	    &(struct q_session_list_param){ .person_id = person_id,
		.now = who->now,
		.idle_since = who->now - RP_SESSION_IDLE },
	    &rows));
	*out = (struct rp_sessions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_session_list_row *r = &rows.v[i];
		struct rp_session s = {
			.id = r->id,
			.second_factor = r->second_factor,
			.is_this = r->id == who->session_id,
			.created_at = r->created_at,
			.seen_at = r->seen_at,
			.expires_at = r->expires_at,
			.network = r->network,
			.browser = r->browser,
		};

		rp_vec_push(rp_tx_arena(tx), out, s);
	}
	return NULL;
}

struct rp_err *
rp_session_revoke(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, int64_t id)
{
	int64_t n;

	RP_TRY(may_manage(who, tx, person_id));
	RP_TRY(q_session_revoke(tx,
	    &(struct q_session_revoke_param){ .id = id,
		.person_id = person_id,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no session %lld", (long long)id);
	return write_event(who, tx, RP_TEXT("session.end"), person_id,
	    RP_TEXT(""));
}

struct rp_err *
rp_session_network_known(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, bool *out)
{
	struct q_session_network_known_row row;

	*out = false;
	if (who->network.n == 0)
		return NULL;
	return q_session_network_known(tx,
	    &(struct q_session_network_known_param){ .person_id = person_id,
		.network = who->network,
		.since = who->now - NETWORK_KNOWN },
	    &row, out);
}
