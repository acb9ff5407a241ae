/* The API's tokens: see session.h. */
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/session.h"
#include "store/db.h"
#include "store/q_account.h"

/* The next word from `*at` on, or an empty one at the end. */
static rp_text
word(rp_text t, size_t *at)
{
	size_t from = *at, to;

	while (from < t.n && t.p[from] == ' ')
		from++;
	to = rp_text_find(t, ' ', from);
	*at = to;
	return rp_text_sub(t, from, to);
}

static bool
has_word(rp_text list, rp_text name)
{
	size_t at = 0;

	for (rp_text w = word(list, &at); w.n > 0; w = word(list, &at))
		if (rp_text_eq(w, name))
			return true;
	return false;
}

static struct rp_err *
check(const struct rp_actor *who, const struct rp_token *t)
{
	size_t at = 0, n = 0;

	if (who->person_id == 0 || who->session_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	if (t->name.n == 0)
		return rp_fail(RP_E_INVALID, "a token needs a name");
	if (t->name.n > RP_TOKEN_NAME_MAX)
		return rp_fail(RP_E_LIMIT, "name of %zu octets", t->name.n);
	if (t->expires_at <= who->now ||
	    t->expires_at - who->now > RP_TOKEN_MAX_AGE)
		return rp_fail(RP_E_INVALID, "a token needs an end");
	for (rp_text w = word(t->capabilities, &at); w.n > 0;
	     w = word(t->capabilities, &at), n++)
		if (rp_capability_from(w) == RP_MAY_NOTHING)
			return rp_fail(RP_E_INVALID, "no capability %.*s",
			    RP_FMT(w));
	if (n == 0 || n > RP_CAPABILITY_COUNT)
		return rp_fail(RP_E_INVALID, "%zu capabilities", n);
	return NULL;
}

struct rp_err *
rp_token_make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_token *t, rp_text *out_secret)
{
	rp_text secret = rp_secret_new(rp_tx_arena(tx), who->env);
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_api_token_insert_row row;

	RP_TRY(check(who, t));
	RP_TRY(q_api_token_insert(tx,
	    &(struct q_api_token_insert_param){ .person_id = who->person_id,
		.name = t->name,
		.secret_hash = rp_digest_bytes(&hash),
		.capabilities = t->capabilities,
		.created_at = who->now,
		.expires_at = t->expires_at },
	    &row));
	*out_secret = secret;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("token.make"),
		.object_kind = RP_TEXT("person"),
		.object_id = who->person_id,
		.after = rp_textf(rp_tx_arena(tx), "%.*s: %.*s",
		    RP_FMT(t->name), RP_FMT(t->capabilities)) });
}

struct rp_err *
rp_token_list(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_tokens *out)
{
	struct q_api_token_list_rows rows;

	if (who->person_id == 0 || who->session_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	RP_TRY(q_api_token_list(tx,
	    &(struct q_api_token_list_param){ .person_id = who->person_id },
	    &rows));
	*out = (struct rp_tokens){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_api_token_list_row *r = &rows.v[i];
		struct rp_token t = {
			.id = r->id,
			.name = r->name,
			.capabilities = r->capabilities,
			.created_at = r->created_at,
			.expires_at = r->expires_at,
			.revoked_at = r->revoked_at,
		};

		rp_vec_push(rp_tx_arena(tx), out, t);
	}
	return NULL;
}

struct rp_err *
rp_token_revoke(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	int64_t n;

	if (who->person_id == 0 || who->session_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	RP_TRY(q_api_token_revoke(tx,
	    &(struct q_api_token_revoke_param){ .id = id,
		.person_id = who->person_id,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no token %lld", (long long)id);
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("token.revoke"),
		.object_kind = RP_TEXT("person"),
		.object_id = who->person_id });
}

/* Administering is doing everything: of it, what is in the list. */
static void
narrow(struct rp_arena *a, rp_text list, const struct rp_grants *all,
    struct rp_grants *out)
{
	for (size_t i = 0; i < all->n; i++) {
		struct rp_grant g = all->v[i];
		bool everything = g.capability == RP_MAY_ADMINISTER;

		for (size_t c = 1; c < RP_CAPABILITY_COUNT; c++) {
			struct rp_grant some = g;

			some.capability = (enum rp_capability)c;
			if ((everything || g.capability == some.capability) &&
			    has_word(list, rp_capability_name(some.capability)))
				rp_vec_push(a, out, some);
		}
	}
}

struct rp_err *
rp_token_actor(struct rp_tx *tx, const struct rp_env *env, rp_text secret,
    int64_t now, struct rp_actor *out)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct rp_actor who = rp_actor_public(env, now);
	struct rp_grants all;
	struct q_api_token_find_row row;
	bool found;

	RP_TRY(q_api_token_find(tx,
	    &(struct q_api_token_find_param){ .secret_hash =
						  rp_digest_bytes(&hash),
		.now = now },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_UNKNOWN, "no such token");
	RP_TRY(rp_actor_load(tx, row.person_id, &who));
	all = who.grants;
	who.grants = (struct rp_grants){ 0 };
	narrow(rp_tx_arena(tx), row.capabilities, &all, &who.grants);
	if (!has_word(row.capabilities, rp_capability_name(RP_MAY_READ)))
		who.guest_of = (struct rp_guest_items){ 0 };
	who.name = row.name;
	who.lang = row.lang;
	who.zone = row.zone;
	*out = who;
	return NULL;
}
