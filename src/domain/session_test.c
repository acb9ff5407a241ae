#include "domain/session.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/crypto.h"
#include "domain/testing/world.h"
#include "store/q_account.h"
#include "store/q_person.h"

static struct rp_actor
with_account(struct world *w, const char *name, enum rp_capability what)
{
	struct rp_actor who =
	    world_staff(w, name, what, RP_ON_GROUP, w->group_id);

	RP_CHECK_OK(q_account_set_passphrase(w->tx,
	    &(struct q_account_set_passphrase_param){ .person_id =
							  who.person_id,
		.passphrase = rp_passphrase_nobody(),
		.now = WORLD_NOW }));
	return who;
}

static rp_text
begin(struct world *w, int64_t id)
{
	rp_text secret;

	w->nobody.network = RP_TEXT("2001:db8::/64");
	RP_CHECK_OK(rp_session_begin(&w->nobody, w->tx, id, true,
	    RP_TEXT("Mozilla/5.0"), &secret));
	return secret;
}

static bool
alive(struct world *w, rp_text secret, int64_t now, struct rp_actor *who)
{
	struct rp_session_state state;

	RP_CHECK_OK(rp_session_actor(w->tx, &w->env, secret, now, who, &state));
	RP_CHECK(state.found == (who->person_id != 0));
	return state.found;
}

static void
begun_used_ended(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_session_state state;
	struct rp_actor ana, who;
	struct rp_place group;
	rp_text secret;

	world_open(&w);
	group = (struct rp_place){ w.body_id, w.group_id, 0 };
	ana = with_account(&w, "Ana", RP_MAY_CHECK);
	secret = begin(&w, ana.person_id);
	RP_CHECK(alive(&w, secret, WORLD_NOW, &who));
	RP_CHECK(who.session_id != 0 && who.person_id == ana.person_id);
	RP_CHECK_TEXT(who.name, RP_TEXT("Ana"));
	RP_CHECK(rp_actor_may(&who, RP_MAY_CHECK, group));
	RP_CHECK(!alive(&w, RP_TEXT("guess"), WORLD_NOW, &who));
	RP_CHECK(!alive(&w, RP_TEXT(""), WORLD_NOW, &who));
	RP_CHECK(!rp_actor_may(&who, RP_MAY_CHECK, group));
	/* Idle, then used, then too old. */
	RP_CHECK(!alive(&w, secret, WORLD_NOW + RP_SESSION_IDLE, &who));
	for (int64_t at = WORLD_NOW; at < WORLD_NOW + 12 * RP_HOUR;
	     at += 3 * RP_HOUR) {
		RP_CHECK_OK(
		    rp_session_actor(w.tx, &w.env, secret, at, &who, &state));
		RP_CHECK(state.found && state.second_factor);
		RP_CHECK(state.touch == (at > WORLD_NOW));
		RP_CHECK_OK(rp_session_touch(&who, w.tx));
	}
	RP_CHECK(!alive(&w, secret, WORLD_NOW + 12 * RP_HOUR, &who));
	RP_CHECK(alive(&w, secret, WORLD_NOW + 11 * RP_HOUR, &who));
	RP_CHECK_OK(rp_session_end(&who, w.tx));
	RP_CHECK(!alive(&w, secret, WORLD_NOW + 11 * RP_HOUR, &who));
}

static void
listed_and_revoked(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor ana, bo, who;
	struct rp_sessions all;
	rp_text one, two;
	bool known;

	world_open(&w);
	ana = with_account(&w, "Ana", RP_MAY_CHECK);
	bo = with_account(&w, "Bo", RP_MAY_CHECK);
	one = begin(&w, ana.person_id);
	two = begin(&w, ana.person_id);
	RP_CHECK(alive(&w, one, WORLD_NOW, &who));
	RP_CHECK_OK(rp_session_list(&who, w.tx, ana.person_id, &all));
	RP_CHECK(all.n == 2 && all.v[0].is_this + all.v[1].is_this == 1);
	RP_CHECK_TEXT(all.v[0].network, RP_TEXT("2001:db8::/64"));
	RP_CHECK_FAILS(rp_session_list(&bo, w.tx, ana.person_id, &all),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_session_revoke(&bo, w.tx, ana.person_id, all.v[0].id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_session_revoke(&who, w.tx, bo.person_id, all.v[0].id),
	    RP_E_DENIED);
	for (size_t i = 0; i < 2; i++)
		if (!all.v[i].is_this)
			RP_CHECK_OK(rp_session_revoke(&who, w.tx, ana.person_id,
			    all.v[i].id));
	RP_CHECK(alive(&w, one, WORLD_NOW, &who));
	RP_CHECK(!alive(&w, two, WORLD_NOW, &bo));
	RP_CHECK_OK(
	    rp_session_network_known(&w.nobody, w.tx, ana.person_id, &known));
	RP_CHECK(known);
	w.nobody.network = RP_TEXT("192.0.2.0/24");
	RP_CHECK_OK(
	    rp_session_network_known(&w.nobody, w.tx, ana.person_id, &known));
	RP_CHECK(!known);
	RP_CHECK_OK(q_person_set_state(w.tx,
	    &(struct q_person_set_state_param){ .id = ana.person_id,
		.state = RP_TEXT("closed") }));
	RP_CHECK(!alive(&w, one, WORLD_NOW, &who));
}

static void
forms_carry_a_token(void)
{
	RP_AUTO(world_close) struct world w;
	rp_text token;

	world_open(&w);
	token = rp_session_csrf(w.a, &w.env, RP_TEXT("one"));
	RP_CHECK(token.n == 26);
	RP_CHECK(rp_session_csrf_ok(w.a, &w.env, RP_TEXT("one"), token));
	RP_CHECK(!rp_session_csrf_ok(w.a, &w.env, RP_TEXT("two"), token));
	RP_CHECK(!rp_session_csrf_ok(w.a, &w.env, RP_TEXT("one"), RP_TEXT("")));
	RP_CHECK(!rp_session_csrf_ok(w.a, &w.env, RP_TEXT(""),
	    rp_session_csrf(w.a, &w.env, RP_TEXT(""))));
}

static void
tokens_are_narrow(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_token t = { .name = RP_TEXT("export script"),
		.capabilities = RP_TEXT("export check"),
		.expires_at = WORLD_NOW + RP_DAY };
	struct rp_actor admin, who, api;
	struct rp_tokens all;
	struct rp_place group;
	rp_text secret, other;

	world_open(&w);
	group = (struct rp_place){ w.body_id, w.group_id, 0 };
	admin = with_account(&w, "Ad", RP_MAY_ADMINISTER);
	RP_CHECK_FAILS(rp_token_make(&admin, w.tx, &t, &secret), RP_E_UNKNOWN);
	RP_CHECK(alive(&w, begin(&w, admin.person_id), WORLD_NOW, &who));
	RP_CHECK_OK(rp_token_make(&who, w.tx, &t, &secret));
	RP_CHECK_OK(rp_token_actor(w.tx, &w.env, secret, WORLD_NOW, &api));
	RP_CHECK(api.person_id == admin.person_id && api.session_id == 0);
	RP_CHECK(rp_actor_may(&api, RP_MAY_EXPORT, group));
	RP_CHECK(rp_actor_may(&api, RP_MAY_CHECK, group));
	RP_CHECK(!rp_actor_may(&api, RP_MAY_GRANT, group));
	RP_CHECK(!rp_actor_may(&api, RP_MAY_ADMINISTER, group));
	RP_CHECK(!rp_actor_may(&api, RP_MAY_EXPORT, (struct rp_place){ 0 }));
	RP_CHECK_FAILS(rp_token_make(&api, w.tx, &t, &other), RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_token_actor(w.tx, &w.env, secret, WORLD_NOW + RP_DAY,
			   &api),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_token_actor(w.tx, &w.env, RP_TEXT("x"), WORLD_NOW,
			   &api),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_token_list(&who, w.tx, &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_OK(rp_token_revoke(&who, w.tx, all.v[0].id));
	RP_CHECK_FAILS(rp_token_revoke(&who, w.tx, all.v[0].id), RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_token_actor(w.tx, &w.env, secret, WORLD_NOW, &api),
	    RP_E_UNKNOWN);
	t.capabilities = RP_TEXT("check fly");
	RP_CHECK_FAILS(rp_token_make(&who, w.tx, &t, &other), RP_E_INVALID);
	t.capabilities = RP_TEXT(" ");
	RP_CHECK_FAILS(rp_token_make(&who, w.tx, &t, &other), RP_E_INVALID);
	t.capabilities = RP_TEXT("check");
	t.expires_at = WORLD_NOW + RP_TOKEN_MAX_AGE + 1;
	RP_CHECK_FAILS(rp_token_make(&who, w.tx, &t, &other), RP_E_INVALID);
}

static void
a_token_has_no_more_than_its_person(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_token t = { .name = RP_TEXT("x"),
		.capabilities = RP_TEXT("check launch administer"),
		.expires_at = WORLD_NOW + RP_DAY };
	struct rp_actor ana, who, api;
	struct rp_place group;
	rp_text secret;

	world_open(&w);
	group = (struct rp_place){ w.body_id, w.group_id, 0 };
	ana = with_account(&w, "Ana", RP_MAY_CHECK);
	RP_CHECK(alive(&w, begin(&w, ana.person_id), WORLD_NOW, &who));
	RP_CHECK_OK(rp_token_make(&who, w.tx, &t, &secret));
	RP_CHECK_OK(rp_token_actor(w.tx, &w.env, secret, WORLD_NOW, &api));
	RP_CHECK(rp_actor_may(&api, RP_MAY_CHECK, group));
	RP_CHECK(!rp_actor_may(&api, RP_MAY_LAUNCH, group));
}

RP_CHECK_MAIN({ "begun, used, ended", begun_used_ended },
    { "listed and revoked", listed_and_revoked },
    { "forms carry a token", forms_carry_a_token },
    { "tokens are narrow", tokens_are_narrow },
    { "a token has no more than its person",
	a_token_has_no_more_than_its_person })
