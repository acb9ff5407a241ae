#include "domain/account.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/right.h"
#include "domain/totp.h"
#include "store/db.h"
#include "store/q_account.h"
#include "store/q_session.h"
#include "text/email.h"
#include "text/input.h"

#define CODE_OCTETS 10 /* 80 bits: sixteen characters to type */
#define CODE_CHARS 16
#define TYPED_MAX 64
#define TICKET_MAX 120

struct rp_err *
rp_account_for_sign_in(const struct rp_actor *who, struct rp_tx *tx,
    rp_text address, struct rp_sign_in *out)
{
	struct q_account_for_sign_in_row row;
	struct rp_email email;
	bool found;

	RP_TRY(
	    rp_email_parse(rp_tx_arena(tx), who->env->names, address, &email));
	RP_TRY(q_account_for_sign_in(tx,
	    &(struct q_account_for_sign_in_param){ .address_key = email.key },
	    &row, &found));
	*out = (struct rp_sign_in){ .key = email.key,
		.hash = rp_passphrase_nobody() };
	/* To the hasher an empty hash is an order to make one. */
	if (found && row.passphrase.n > 0) {
		out->person_id = row.person_id;
		out->hash = row.passphrase;
		out->needs_second = row.totp_on;
	}
	return NULL;
}

/* The hash is in it: a new passphrase makes the tickets of the old one void. */
static rp_text
ticket_mac(const struct rp_actor *who, struct rp_arena *a, rp_text head,
    rp_text hash)
{
	const rp_bytes parts[] = { rp_text_bytes(head),
		rp_text_bytes(who->network), rp_text_bytes(hash) };
	struct rp_digest d = rp_keyed(who->env, RP_TEXT("ticket"), parts, 3);

	return rp_base32(a, rp_digest_bytes(&d));
}

rp_text
rp_account_ticket(const struct rp_actor *who, struct rp_arena *a,
    const struct rp_sign_in *in)
{
	rp_text head = rp_textf(a, "%lld.%lld", (long long)in->person_id,
	    (long long)who->now);
	rp_text mac = ticket_mac(who, a, head, in->hash);

	return rp_textf(a, "%.*s.%.*s", RP_FMT(head), RP_FMT(mac));
}

struct rp_err *
rp_account_ticket_check(const struct rp_actor *who, struct rp_tx *tx,
    rp_text ticket, int64_t *out_person_id)
{
	struct rp_arena *a = rp_tx_arena(tx);
	size_t d1 = rp_text_find(ticket, '.', 0), d2;
	struct q_account_get_row row;
	int64_t id, at;
	rp_text want;
	bool found;

	d2 = d1 < ticket.n ? rp_text_find(ticket, '.', d1 + 1) : ticket.n;
	if (ticket.n > TICKET_MAX || d2 >= ticket.n ||
	    !rp_text_i64(rp_text_sub(ticket, 0, d1), &id) ||
	    !rp_text_i64(rp_text_sub(ticket, d1 + 1, d2), &at) ||
	    at > who->now || who->now - at > RP_TICKET_MAX_AGE)
		return rp_fail(RP_E_UNKNOWN, "no ticket, or an old one");
	RP_TRY(q_account_get(tx,
	    &(struct q_account_get_param){ .person_id = id }, &row, &found));
	if (!found)
		return rp_fail(RP_E_UNKNOWN, "a ticket for nobody");
	want = ticket_mac(who, a, rp_text_sub(ticket, 0, d2), row.passphrase);
	if (!rp_equal_ct(rp_text_bytes(want),
		rp_text_bytes(rp_text_sub(ticket, d2 + 1, ticket.n))))
		return rp_fail(RP_E_UNKNOWN, "a ticket that is not ours");
	*out_person_id = id;
	return NULL;
}

/*
 * What was meant by a recovery code: case, spaces and hyphens do not count, and
 * what looks alike is alike (Crockford's o is 0, i and l are 1).
 */
static rp_text
code_typed(struct rp_arena *a, rp_text typed)
{
	char *p = rp_alloc(a, TYPED_MAX + 1);
	size_t n = 0;

	for (size_t i = 0; i < typed.n && typed.n <= TYPED_MAX; i++) {
		char c = typed.p[i];

		if (c == ' ' || c == '-')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == 'o')
			c = '0';
		if (c == 'i' || c == 'l')
			c = '1';
		p[n++] = c;
	}
	return (rp_text){ p, n };
}

static struct rp_err *
use_code(const struct rp_actor *who, struct rp_tx *tx, int64_t person_id,
    rp_text typed, bool *out_ok)
{
	rp_text code = code_typed(rp_tx_arena(tx), typed);
	struct rp_digest hash = rp_secret_hash(code);
	int64_t n;

	*out_ok = false;
	if (code.n != CODE_CHARS)
		return NULL;
	RP_TRY(q_recovery_code_use(tx,
	    &(struct q_recovery_code_use_param){ .person_id = person_id,
		.secret_hash = rp_digest_bytes(&hash),
		.now = who->now },
	    &n));
	*out_ok = n == 1;
	return NULL;
}

struct rp_err *
rp_account_second_factor(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, rp_text typed)
{
	struct q_account_get_row row;
	int64_t step, n;
	bool found, ok;

	RP_TRY(q_account_get(tx,
	    &(struct q_account_get_param){ .person_id = person_id }, &row,
	    &found));
	if (!found || !row.totp_on)
		return rp_fail(RP_E_UNKNOWN, "no second factor");
	if (rp_totp_check(row.totp_secret, typed, who->now, row.totp_step,
		&step)) {
		/* Two requests with one code: one of them gets it. */
		RP_TRY(q_account_use_step(tx,
		    &(struct q_account_use_step_param){ .person_id = person_id,
			.totp_step = step },
		    &n));
		if (n == 1)
			return NULL;
	}
	RP_TRY(use_code(who, tx, person_id, typed, &ok));
	return ok ? NULL : rp_fail(RP_E_UNKNOWN, "not a code");
}

struct rp_err *
rp_account_needs_second(struct rp_tx *tx, int64_t person_id, bool *out)
{
	struct q_account_get_row row;
	bool found;

	RP_TRY(q_account_get(tx,
	    &(struct q_account_get_param){ .person_id = person_id }, &row,
	    &found));
	*out = found && row.totp_on;
	return NULL;
}

struct rp_err *
rp_account_exists(struct rp_tx *tx, int64_t person_id, bool *out)
{
	struct q_account_get_row row;

	return q_account_get(tx,
	    &(struct q_account_get_param){ .person_id = person_id }, &row, out);
}

/* The letters alone, in lower case. */
static rp_text
letters_of(rp_text t, char out[RP_PASSPHRASE_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < t.n && n < RP_PASSPHRASE_MAX; i++) {
		char c = t.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (uint8_t)c >= 0x80)
			out[n++] = c;
	}
	return (rp_text){ out, n };
}

/* `t` is `piece` again and again; the last time may be cut short. */
static bool
repeats(rp_text t, rp_text piece)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != piece.p[i % piece.n])
			return false;
	return true;
}

/* Most steps from one octet to the next are the same small one. */
static bool
is_run(rp_text t)
{
	size_t up = 0, down = 0;

	for (size_t i = 1; i < t.n; i++) {
		up += t.p[i] == t.p[i - 1] + 1;
		down += t.p[i] == t.p[i - 1] - 1;
	}
	return up * 4 >= t.n * 3 || down * 4 >= t.n * 3;
}

static bool
is_guessed_first(rp_text passphrase)
{
	static const char *const words[] = { "password", "passphrase",
		"passwort", "secret", "letmein", "welcome", "iloveyou", "admin",
		"administrator", "changeme", "default", "rapporteur", "qwerty",
		"qwertyuiop", "qwertyuiopasdfghjklzxcvbnm", "azertyuiop",
		"qwertzuiop", "asdfghjkl", "abc", "motdepasse", "contraseña",
		"пароль", "йцукенгшщзхъ", "密码", "كلمةالسر" };
	char buf[RP_PASSPHRASE_MAX];
	rp_text letters = letters_of(passphrase, buf);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (letters.n > 0 && repeats(letters, rp_text_z(words[i])))
			return true;
	for (size_t n = 1; n <= 4; n++)
		if (repeats(passphrase, rp_text_sub(passphrase, 0, n)))
			return true;
	return is_run(passphrase);
}

struct rp_err *
rp_passphrase_judge(rp_text passphrase, rp_text name, rp_text address)
{
	if (passphrase.n > RP_PASSPHRASE_MAX)
		return rp_fail(RP_E_LIMIT, "passphrase of %zu octets",
		    passphrase.n);
	if (rp_text_code_points(passphrase) < RP_PASSPHRASE_MIN ||
	    rp_text_blank(passphrase))
		return rp_fail(RP_E_INVALID, "passphrase too short");
	if (rp_text_eq(passphrase, name) || rp_text_eq(passphrase, address))
		return rp_fail(RP_E_INVALID, "passphrase is a name");
	if (is_guessed_first(passphrase))
		return rp_fail(RP_E_INVALID, "passphrase is easily guessed");
	return NULL;
}

/* Everybody's own account; an API token is not enough to change it. */
static struct rp_err *
own(const struct rp_actor *who, struct rp_tx *tx, struct q_account_get_row *row)
{
	bool found;

	if (who->person_id == 0 || who->session_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	RP_TRY(q_account_get(tx,
	    &(struct q_account_get_param){ .person_id = who->person_id }, row,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no account");
	return NULL;
}

static struct rp_err *
write_event(const struct rp_actor *who, struct rp_tx *tx, rp_text action,
    int64_t person_id)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("person"),
		.object_id = person_id });
}

struct rp_err *
rp_account_get(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_account *out)
{
	struct q_account_get_row row;
	struct q_recovery_code_left_row left;

	RP_TRY(own(who, tx, &row));
	RP_TRY(q_recovery_code_left(tx,
	    &(struct q_recovery_code_left_param){ .person_id = who->person_id },
	    &left));
	*out = (struct rp_account){ .hash = row.passphrase,
		.totp_on = row.totp_on,
		.codes_left = left.n };
	return NULL;
}

struct rp_err *
rp_account_set_passphrase(const struct rp_actor *who, struct rp_tx *tx,
    rp_text hash)
{
	struct q_account_get_row row;

	RP_TRY(own(who, tx, &row));
	RP_ASSERT(!rp_passphrase_is_stale(hash));
	RP_TRY(q_account_set_passphrase(tx,
	    &(struct q_account_set_passphrase_param){ .person_id =
							  who->person_id,
		.passphrase = hash,
		.totp_secret = row.totp_secret,
		.now = who->now }));
	RP_TRY(
	    q_session_revoke_others(tx, &(struct q_session_revoke_others_param){
					    .person_id = who->person_id,
					    .keep_id = who->session_id,
					    .now = who->now }));
	return write_event(who, tx, RP_TEXT("account.passphrase"),
	    who->person_id);
}

/* Sixteen characters in groups of four, for paper. */
static rp_text
code_new(const struct rp_actor *who, struct rp_arena *a, rp_text *out_plain)
{
	uint8_t raw[CODE_OCTETS];
	rp_text t;

	who->env->rand(raw, sizeof(raw));
	t = rp_base32(a, (rp_bytes){ raw, sizeof(raw) });
	RP_ASSERT(t.n == CODE_CHARS);
	*out_plain = t;
	return rp_textf(a, "%.4s-%.4s-%.4s-%.4s", t.p, t.p + 4, t.p + 8,
	    t.p + 12);
}

static struct rp_err *
codes_new(const struct rp_actor *who, struct rp_tx *tx, struct rp_codes *out)
{
	struct rp_arena *a = rp_tx_arena(tx);

	RP_TRY(
	    q_recovery_code_delete(tx, &(struct q_recovery_code_delete_param){
					   .person_id = who->person_id }));
	*out = (struct rp_codes){ 0 };
	for (int i = 0; i < RP_RECOVERY_CODES; i++) {
		rp_text plain, shown = code_new(who, a, &plain);
		struct rp_digest hash = rp_secret_hash(plain);

		RP_TRY(q_recovery_code_insert(tx,
		    &(struct q_recovery_code_insert_param){ .person_id =
								who->person_id,
			.secret_hash = rp_digest_bytes(&hash) }));
		rp_vec_push(a, out, shown);
	}
	return NULL;
}

struct rp_err *
rp_account_totp_on(const struct rp_actor *who, struct rp_tx *tx,
    rp_bytes secret, rp_text typed, struct rp_codes *out)
{
	struct q_account_get_row row;
	int64_t step;

	RP_TRY(own(who, tx, &row));
	/* Who has one already takes it away first, which needs a code of it. */
	if (row.totp_on)
		return rp_fail(RP_E_CONFLICT, "there is a second factor");
	if (secret.n != RP_TOTP_SECRET_SIZE ||
	    !rp_totp_check(secret, typed, who->now, 0, &step))
		return rp_fail(RP_E_INVALID, "the code does not fit");
	RP_TRY(q_account_set_totp(tx,
	    &(struct q_account_set_totp_param){ .person_id = who->person_id,
		.totp_secret = secret,
		.totp_on = true,
		.totp_step = step }));
	RP_TRY(codes_new(who, tx, out));
	return write_event(who, tx, RP_TEXT("account.second_factor_on"),
	    who->person_id);
}

struct rp_err *
rp_account_new_codes(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_codes *out)
{
	struct q_account_get_row row;

	RP_TRY(own(who, tx, &row));
	if (!row.totp_on)
		return rp_fail(RP_E_CONFLICT, "no second factor");
	RP_TRY(codes_new(who, tx, out));
	return write_event(who, tx, RP_TEXT("account.new_codes"),
	    who->person_id);
}

static struct rp_err *
totp_clear(struct rp_tx *tx, int64_t person_id)
{
	RP_TRY(q_account_set_totp(tx,
	    &(struct q_account_set_totp_param){ .person_id = person_id,
		.totp_secret = RP_BYTES("") }));
	return q_recovery_code_delete(tx,
	    &(struct q_recovery_code_delete_param){ .person_id = person_id });
}

struct rp_err *
rp_account_totp_off(const struct rp_actor *who, struct rp_tx *tx, rp_text typed)
{
	struct q_account_get_row row;

	RP_TRY(own(who, tx, &row));
	RP_TRY(rp_account_second_factor(who, tx, who->person_id, typed));
	RP_TRY(totp_clear(tx, who->person_id));
	return write_event(who, tx, RP_TEXT("account.second_factor_off"),
	    who->person_id);
}

struct rp_err *
rp_account_reset(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id)
{
	RP_TRY(rp_right_may_manage(who, tx, person_id));
	RP_TRY(totp_clear(tx, person_id));
	RP_TRY(q_session_revoke_others(tx,
	    &(struct q_session_revoke_others_param){ .person_id = person_id,
		.now = who->now }));
	RP_TRY(q_api_token_revoke_all(tx,
	    &(struct q_api_token_revoke_all_param){ .person_id = person_id,
		.now = who->now }));
	RP_TRY(q_one_time_link_spoil(tx,
	    &(struct q_one_time_link_spoil_param){ .person_id = person_id,
		.now = who->now }));
	return write_event(who, tx, RP_TEXT("account.reset"), person_id);
}
