#include "domain/account.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/crypto.h"
#include "domain/one_time.h"
#include "domain/session.h"
#include "domain/testing/world.h"
#include "domain/totp.h"
#include "store/q_person.h"
#include "text/names.h"

#define PHRASE RP_TEXT("ninety lamps by the lake")

/* Argon2id once for all cases: it is slow on purpose. */
static rp_text
hash_of(struct rp_arena *a, rp_text phrase)
{
	rp_text out;

	RP_CHECK_OK(rp_passphrase_hash(a, phrase, &out));
	return out;
}

/* A person with an address and an account. */
static int64_t
with_account(struct world *w, const char *name, const char *address)
{
	struct rp_actor who =
	    world_staff(w, name, RP_MAY_NOTHING, RP_ON_SYSTEM, 0);
	struct q_person_address_insert_row row;
	rp_text secret;
	int64_t id;
	bool fresh;

	RP_CHECK_OK(q_person_address_insert(w->tx,
	    &(struct q_person_address_insert_param){ .person_id = who.person_id,
		.entered = rp_text_z(address),
		.address_key = rp_text_z(address),
		.is_primary = true },
	    &row, &fresh));
	RP_CHECK_OK(rp_one_time_make(&w->system, w->tx, RP_ONE_TIME_INVITATION,
	    who.person_id, &secret));
	RP_CHECK_OK(rp_one_time_use(&w->nobody, w->tx, secret,
	    hash_of(w->a, PHRASE), &id));
	RP_CHECK(id == who.person_id);
	return id;
}

static void
open_with_names(struct world *w)
{
	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	w->nobody.network = RP_TEXT("2001:db8::/64");
}

/* Signed in with a session of their own. */
static struct rp_actor
signed_in(struct world *w, int64_t id)
{
	struct rp_session_state state;
	struct rp_actor who;
	rp_text secret;

	RP_CHECK_OK(rp_session_begin(&w->nobody, w->tx, id, false,
	    RP_TEXT("a browser"), &secret));
	RP_CHECK_OK(rp_session_actor(w->tx, &w->env, secret, w->nobody.now,
	    &who, &state));
	RP_CHECK(state.found && who.person_id == id);
	return who;
}

static rp_text
code_at(struct rp_arena *a, rp_bytes secret, int64_t now)
{
	return rp_textf(a, "%06u",
	    (unsigned)rp_totp_code(secret, now / RP_TOTP_STEP));
}

static void
the_first_step(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_sign_in in;
	int64_t id;

	open_with_names(&w);
	id = with_account(&w, "Ana", "ana@example.org");
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("ana@EXAMPLE.org"), &in));
	RP_CHECK(in.person_id == id && !in.needs_second);
	RP_CHECK(rp_passphrase_verify(in.hash, PHRASE));
	RP_CHECK(!rp_passphrase_verify(in.hash, RP_TEXT("another phrase")));
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("bo@example.org"), &in));
	RP_CHECK(in.person_id == 0);
	RP_CHECK_TEXT(in.hash, rp_passphrase_nobody());
	RP_CHECK_FAILS(rp_account_for_sign_in(&w.nobody, w.tx, RP_TEXT("bo"),
			   &in),
	    RP_E_INVALID);
	RP_CHECK_OK(q_person_set_state(w.tx,
	    &(struct q_person_set_state_param){ .id = id,
		.state = RP_TEXT("closed") }));
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("ana@example.org"), &in));
	RP_CHECK(in.person_id == 0);
}

static void
the_second_factor(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor ana;
	struct rp_codes codes, again;
	struct rp_account account;
	struct rp_sign_in in;
	rp_bytes secret;
	rp_text code;
	int64_t id;

	open_with_names(&w);
	id = with_account(&w, "Ana", "ana@example.org");
	ana = signed_in(&w, id);
	secret = rp_totp_secret_new(w.a, &w.env);
	code = code_at(w.a, secret, WORLD_NOW);
	RP_CHECK_FAILS(rp_account_totp_on(&ana, w.tx, secret,
			   code_at(w.a, secret, WORLD_NOW + RP_HOUR), &codes),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_account_totp_on(&w.nobody, w.tx, secret, code,
			   &codes),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_account_totp_on(&ana, w.tx, secret, code, &codes));
	RP_CHECK(codes.n == RP_RECOVERY_CODES && codes.v[0].n == 19);
	RP_CHECK_FAILS(rp_account_totp_on(&ana, w.tx, secret, code, &again),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("ana@example.org"), &in));
	RP_CHECK(in.needs_second);
	/* The code that set it up is spent; the next one works once. */
	RP_CHECK_FAILS(rp_account_second_factor(&w.nobody, w.tx, id, code),
	    RP_E_UNKNOWN);
	w.nobody.now = WORLD_NOW + RP_MINUTE;
	code = code_at(w.a, secret, w.nobody.now);
	RP_CHECK_OK(rp_account_second_factor(&w.nobody, w.tx, id, code));
	RP_CHECK_FAILS(rp_account_second_factor(&w.nobody, w.tx, id, code),
	    RP_E_UNKNOWN);
	/* A recovery code works once, however it is typed. */
	RP_CHECK_OK(rp_account_second_factor(&w.nobody, w.tx, id,
	    rp_textf(w.a, " %.4s%.4s %.*s", codes.v[3].p, codes.v[3].p + 5,
		(int)(codes.v[3].n - 10), codes.v[3].p + 10)));
	RP_CHECK_FAILS(rp_account_second_factor(&w.nobody, w.tx, id,
			   codes.v[3]),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_account_get(&ana, w.tx, &account));
	RP_CHECK(account.totp_on && account.codes_left == 9);
	RP_CHECK_OK(rp_account_new_codes(&ana, w.tx, &again));
	RP_CHECK_FAILS(rp_account_second_factor(&w.nobody, w.tx, id,
			   codes.v[4]),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_account_totp_off(&ana, w.tx, RP_TEXT("000000")),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_account_totp_off(&ana, w.tx, again.v[0]));
	RP_CHECK_OK(rp_account_get(&ana, w.tx, &account));
	RP_CHECK(!account.totp_on && account.codes_left == 0);
	RP_CHECK_FAILS(rp_account_second_factor(&w.nobody, w.tx, id,
			   again.v[1]),
	    RP_E_UNKNOWN);
}

static void
tickets(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor other, ana;
	struct rp_sign_in in;
	rp_text ticket;
	int64_t id, got;

	open_with_names(&w);
	id = with_account(&w, "Ana", "ana@example.org");
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("ana@example.org"), &in));
	ticket = rp_account_ticket(&w.nobody, w.a, &in);
	RP_CHECK_OK(rp_account_ticket_check(&w.nobody, w.tx, ticket, &got));
	RP_CHECK(got == id);
	other = w.nobody;
	other.network = RP_TEXT("2001:db8:f::/64");
	RP_CHECK_FAILS(rp_account_ticket_check(&other, w.tx, ticket, &got),
	    RP_E_UNKNOWN);
	other = w.nobody;
	other.now += RP_TICKET_MAX_AGE + 1;
	RP_CHECK_FAILS(rp_account_ticket_check(&other, w.tx, ticket, &got),
	    RP_E_UNKNOWN);
	for (size_t i = 0; i < ticket.n; i++) {
		char *z = rp_alloc(w.a, ticket.n + 1);

		memcpy(z, ticket.p, ticket.n);
		z[i] = z[i] == '1' ? '2' : '1';
		RP_CHECK_FAILS(rp_account_ticket_check(&w.nobody, w.tx,
				   (rp_text){ z, ticket.n }, &got),
		    RP_E_UNKNOWN);
	}
	RP_CHECK_FAILS(rp_account_ticket_check(&w.nobody, w.tx, RP_TEXT(".."),
			   &got),
	    RP_E_UNKNOWN);
	/* A new passphrase voids the tickets of the old one. */
	ana = signed_in(&w, id);
	RP_CHECK_OK(rp_account_set_passphrase(&ana, w.tx,
	    hash_of(w.a, RP_TEXT("another long phrase"))));
	RP_CHECK_FAILS(rp_account_ticket_check(&w.nobody, w.tx, ticket, &got),
	    RP_E_UNKNOWN);
}

static void
what_makes_a_passphrase(void)
{
	static const struct {
		rp_text phrase;
		bool ok;
	} rows[] = {
		{ RP_TEXT_INIT("ninety lamps by the lake"), true },
		{ RP_TEXT_INIT("一二三四五六七八九十甲乙"), true },
		{ RP_TEXT_INIT("一二三四五六七八九十甲"), false },
		{ RP_TEXT_INIT("short"), false },
		{ RP_TEXT_INIT("                "), false },
		{ RP_TEXT_INIT("ana@example.org"), false },
		{ RP_TEXT_INIT("Ana Lopez de Vega"), false },
		{ RP_TEXT_INIT("Password12345"), false },
		{ RP_TEXT_INIT("123456789012"), false },
		{ RP_TEXT_INIT("zyxwvutsrqponm"), false },
		{ RP_TEXT_INIT("abc-abc-abc-abc"), false },
		{ RP_TEXT_INIT("9999999999999"), false },
		{ RP_TEXT_INIT("qwertyuiop[]!"), false },
		{ RP_TEXT_INIT("парольпароль1"), false },
		{ RP_TEXT_INIT("918273046577"), true },
		{ RP_TEXT_INIT("the password is lakeside"), true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_err *e = rp_passphrase_judge(rows[i].phrase,
		    RP_TEXT("Ana Lopez de Vega"), RP_TEXT("ana@example.org"));

		RP_CHECK((e == NULL) == rows[i].ok);
		rp_err_free(e);
	}
}

static void
a_reset_ends_everything(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor admin, keeper, ana;
	struct rp_sessions sessions;
	struct rp_sign_in in;
	rp_text secret;
	struct rp_one_time link;
	int64_t id;

	open_with_names(&w);
	id = with_account(&w, "Ana", "ana@example.org");
	ana = signed_in(&w, id);
	admin = world_staff(&w, "Ad", RP_MAY_ADMINISTER, RP_ON_SYSTEM, 0);
	keeper = world_staff(&w, "Ke", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(rp_one_time_make(&admin, w.tx, RP_ONE_TIME_NEW_PASSPHRASE,
	    id, &secret));
	RP_CHECK_FAILS(rp_account_reset(&keeper, w.tx, id), RP_E_DENIED);
	RP_CHECK_FAILS(rp_account_reset(&ana, w.tx, admin.person_id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_account_reset(&admin, w.tx, id));
	RP_CHECK_OK(rp_session_list(&admin, w.tx, id, &sessions));
	RP_CHECK(sessions.n == 0);
	RP_CHECK_FAILS(rp_one_time_get(&w.nobody, w.tx, secret, &link),
	    RP_E_GONE);
	RP_CHECK_OK(rp_account_for_sign_in(&w.nobody, w.tx,
	    RP_TEXT("ana@example.org"), &in));
	RP_CHECK(in.person_id == id && !in.needs_second);
}

RP_CHECK_MAIN({ "the first step", the_first_step },
    { "the second factor", the_second_factor }, { "tickets", tickets },
    { "what makes a passphrase", what_makes_a_passphrase },
    { "a reset ends everything", a_reset_ends_everything })
