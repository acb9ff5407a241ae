#include "domain/form_token.h"

#include "base/check.h"
#include "base/clock.h"

static struct rp_env env, other;

static void
count_up(void *p, size_t n)
{
	static uint8_t next;

	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = next++;
}

static void
start(void)
{
	env.rand = count_up;
	memset(env.key, 1, sizeof(env.key));
	memset(other.key, 2, sizeof(other.key));
}

static void
there_and_back(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text id = rp_form_id_new(a, &env, 1), token, got;
	int64_t now = 1795245780000, age = -1;

	RP_CHECK(id.n == RP_FORM_ID_LEN);
	token = rp_form_token_make(a, &env, 12, id, now);
	RP_CHECK(token.n <= RP_FORM_TOKEN_MAX);
	RP_CHECK_OK(rp_form_token_check(a, &env, 12, token, now + 90 * RP_DAY,
	    &age, &got));
	RP_CHECK(age == 90 * RP_DAY);
	RP_CHECK_TEXT(got, id);
	RP_CHECK_OK(
	    rp_form_token_check(a, &env, 12, token, now - RP_HOUR, &age, &got));
	RP_CHECK(age == 0);
}

static void
what_was_not_made_here(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text id = rp_form_id_new(a, &env, 1), got;
	rp_text token = rp_form_token_make(a, &env, 12, id, 1000);
	int64_t age;

	RP_CHECK_FAILS(rp_form_token_check(a, &env, 13, token, 2000, &age,
			   &got),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_form_token_check(a, &other, 12, token, 2000, &age,
			   &got),
	    RP_E_INVALID);
	/* Any octet changed, dropped or doubled. */
	for (size_t i = 0; i < token.n; i++) {
		char z[RP_FORM_TOKEN_MAX + 2];

		memcpy(z, token.p, token.n);
		z[i] = z[i] == '0' ? '1' : '0';
		RP_CHECK_FAILS(rp_form_token_check(a, &env, 12,
				   (rp_text){ z, token.n }, 2000, &age, &got),
		    RP_E_INVALID);
		memcpy(z + i, token.p + i + 1, token.n - i - 1);
		RP_CHECK_FAILS(rp_form_token_check(a, &env, 12,
				   (rp_text){ z, token.n - 1 }, 2000, &age,
				   &got),
		    RP_E_INVALID);
		memcpy(z, token.p, i + 1);
		memcpy(z + i + 1, token.p + i, token.n - i);
		RP_CHECK_FAILS(rp_form_token_check(a, &env, 12,
				   (rp_text){ z, token.n + 1 }, 2000, &age,
				   &got),
		    RP_E_INVALID);
	}
	RP_CHECK_FAILS(rp_form_token_check(a, &env, 12, RP_TEXT(""), 2000, &age,
			   &got),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_form_token_check(a, &env, 12, RP_TEXT("1---"), 2000,
			   &age, &got),
	    RP_E_INVALID);
}

static void
a_form_has_one_receipt(void)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 20);
	rp_text id = rp_form_id_new(a, &env, 1),
		id2 = rp_form_id_new(a, &env, 1);
	rp_text secret = rp_receipt_secret(a, &env, 12, id);

	RP_CHECK(secret.n == 32);
	RP_CHECK_TEXT(rp_receipt_secret(a, &env, 12, id), secret);
	RP_CHECK(!rp_text_eq(rp_receipt_secret(a, &env, 13, id), secret));
	RP_CHECK(!rp_text_eq(rp_receipt_secret(a, &env, 12, id2), secret));
	RP_CHECK(!rp_text_eq(rp_receipt_secret(a, &other, 12, id), secret));
}

RP_CHECK_MAIN({ "start", start }, { "there and back", there_and_back },
    { "what was not made here", what_was_not_made_here },
    { "a form has one receipt", a_form_has_one_receipt })
