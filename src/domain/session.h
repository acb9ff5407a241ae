/*
 * session - being signed in, and the API's tokens.
 *
 * A session is a secret in a cookie whose hash is a row. It ends after
 * env->session_max_age, after RP_SESSION_IDLE without a request, by signing
 * out, when its owner or somebody who may revokes it, when the passphrase
 * changes or the person is closed. Rights are read anew with every request.
 *
 * Forms of somebody signed in carry a token made from the session's secret and
 * the installation's key: other sites know neither.
 *
 * A token for the API is a secret of its person with a list of capabilities: it
 * can do what is in the list, where its person can do it at that moment, and
 * nothing else; not change the account either (who->session_id is 0).
 */
#ifndef RP_DOMAIN_SESSION_H
#define RP_DOMAIN_SESSION_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_SESSION_IDLE ((int64_t)4 * 60 * 60 * 1000)
#define RP_SESSION_TOUCH ((int64_t)60 * 1000)
#define RP_SESSION_BROWSER_MAX 200 /* octets kept */
#define RP_TOKEN_NAME_MAX 200      /* octets */
#define RP_TOKEN_MAX_AGE ((int64_t)366 * 24 * 60 * 60 * 1000)

/*
 * After the passphrase, and the second factor if there is one: a new session of
 * the person. `who` is the public actor with its network.
 */
struct rp_err *rp_session_begin(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, bool second_factor, rp_text browser,
    rp_text *out_secret) RP_MUST_USE;

struct rp_session_state {
	bool found;
	bool second_factor;
	bool touch; /* rp_session_touch() in a transaction that writes */
};

/*
 * Who asks, by the cookie. Nobody, if the session is none any more: `out` is
 * the public actor then. `now` and `env` as in rp_actor_public(). Reads only.
 */
struct rp_err *rp_session_actor(struct rp_tx *tx, const struct rp_env *env,
    rp_text secret, int64_t now, struct rp_actor *out,
    struct rp_session_state *out_state) RP_MUST_USE;

/* The session was used: at most once a RP_SESSION_TOUCH. */
struct rp_err *rp_session_touch(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

/* The token for forms, and whether it came back. */
rp_text rp_session_csrf(struct rp_arena *a, const struct rp_env *env,
    rp_text secret);
bool rp_session_csrf_ok(struct rp_arena *a, const struct rp_env *env,
    rp_text secret, rp_text token);

/* Sign out. */
struct rp_err *rp_session_end(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

struct rp_session {
	int64_t id;
	bool second_factor, is_this;
	int64_t created_at, seen_at, expires_at;
	rp_text network, browser;
};

struct rp_sessions RP_VEC(struct rp_session);

/* One's own that are alive, or those of somebody one may manage. */
struct rp_err *rp_session_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, struct rp_sessions *out) RP_MUST_USE;

/* RP_E_NOTFOUND if it is not the person's or was revoked. */
struct rp_err *rp_session_revoke(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, int64_t id) RP_MUST_USE;

/* Whether the person had a session from who->network in the last 90 days. */
struct rp_err *rp_session_network_known(const struct rp_actor *who,
    struct rp_tx *tx, int64_t person_id, bool *out) RP_MUST_USE;

struct rp_token {
	int64_t id;
	rp_text name;
	rp_text capabilities; /* names with spaces between */
	int64_t created_at, expires_at, revoked_at;
};

struct rp_tokens RP_VEC(struct rp_token);

/*
 * A token of one's own (name, capabilities, expires_at are read). RP_E_INVALID
 * for no name, no or an unknown capability, an end in the past or after
 * RP_TOKEN_MAX_AGE. What one may not do oneself, the token may not either.
 */
struct rp_err *rp_token_make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_token *token, rp_text *out_secret) RP_MUST_USE;

struct rp_err *rp_token_list(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_tokens *out) RP_MUST_USE;
struct rp_err *rp_token_revoke(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id) RP_MUST_USE;

/* Who asks, by the token. RP_E_UNKNOWN: what is no token is told so. */
struct rp_err *rp_token_actor(struct rp_tx *tx, const struct rp_env *env,
    rp_text secret, int64_t now, struct rp_actor *out) RP_MUST_USE;

#endif
