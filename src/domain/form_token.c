#include "domain/form_token.h"

#include "base/err.h"
#include "domain/crypto.h"

#define HALF (RP_DIGEST_SIZE / 2)
#define TIME_OCTETS 6
#define RECEIPT_OCTETS 20
#define ISSUED_MAX 15 /* hexadecimal digits of a positive int64_t, less one */

static rp_text
mac(struct rp_arena *a, const struct rp_env *env, int64_t consultation_id,
    rp_text form_id, rp_text issued)
{
	rp_text id = rp_textf(a, "%lld", (long long)consultation_id);
	const rp_bytes parts[] = { rp_text_bytes(id), rp_text_bytes(form_id),
		rp_text_bytes(issued) };
	struct rp_digest d = rp_keyed(env, RP_TEXT("form"), parts, 3);

	return rp_base32(a, (rp_bytes){ d.b, HALF });
}

rp_text
rp_form_id_new(struct rp_arena *a, const struct rp_env *env, int64_t now)
{
	uint8_t raw[HALF];

	/* What is stored about the same time stands close in the index. */
	for (size_t i = 0; i < TIME_OCTETS; i++)
		raw[i] = (uint8_t)(now >> (8 * (TIME_OCTETS - 1 - i)));
	env->rand(raw + TIME_OCTETS, sizeof(raw) - TIME_OCTETS);
	return rp_base32(a, (rp_bytes){ raw, sizeof(raw) });
}

rp_text
rp_form_id_of_key(struct rp_arena *a, const struct rp_env *env, rp_text purpose,
    int64_t consultation_id, rp_bytes key)
{
	rp_text id = rp_textf(a, "%lld", (long long)consultation_id);
	const rp_bytes parts[] = { rp_text_bytes(purpose), rp_text_bytes(id),
		key };
	struct rp_digest d = rp_keyed(env, RP_TEXT("form id"), parts, 3);

	return rp_base32(a, (rp_bytes){ d.b, HALF });
}

rp_text
rp_form_token_make(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text form_id, int64_t now)
{
	rp_text issued = rp_textf(a, "%lld", (long long)now);
	rp_text m = mac(a, env, consultation_id, form_id, issued);

	RP_ASSERT(form_id.n == RP_FORM_ID_LEN && now >= 0);
	return rp_textf(a, "1-%llx-%.*s-%.*s", (unsigned long long)now,
	    RP_FMT(form_id), RP_FMT(m));
}

/* One spelling only: no sign, no upper case, no leading zero. */
static bool
issued_parse(rp_text t, int64_t *out)
{
	int64_t v = 0;

	if (t.n == 0 || t.n > ISSUED_MAX || (t.p[0] == '0' && t.n > 1))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c >= '0' && c <= '9')
			v = v * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (c - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return true;
}

struct rp_err *
rp_form_token_check(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text token, int64_t now, int64_t *out_age,
    rp_text *out_form_id)
{
	size_t d1, d2, d3;
	rp_text form_id, want;
	int64_t at;

	if (token.n > RP_FORM_TOKEN_MAX ||
	    !rp_text_starts(token, RP_TEXT("1-")))
		return rp_fail(RP_E_INVALID, "not a form token");
	d1 = 1;
	d2 = rp_text_find(token, '-', d1 + 1);
	d3 = d2 < token.n ? rp_text_find(token, '-', d2 + 1) : token.n;
	if (d3 == token.n || !issued_parse(rp_text_sub(token, d1 + 1, d2), &at))
		return rp_fail(RP_E_INVALID, "not a form token");
	form_id = rp_text_dup(a, rp_text_sub(token, d2 + 1, d3));
	want = mac(a, env, consultation_id, form_id,
	    rp_textf(a, "%lld", (long long)at));
	if (form_id.n != RP_FORM_ID_LEN ||
	    !rp_equal_ct(rp_text_bytes(want),
		rp_text_bytes(rp_text_sub(token, d3 + 1, token.n))))
		return rp_fail(RP_E_INVALID, "form token not made here");
	*out_age = now > at ? now - at : 0;
	*out_form_id = form_id;
	return NULL;
}

rp_text
rp_receipt_secret(struct rp_arena *a, const struct rp_env *env,
    int64_t consultation_id, rp_text form_id)
{
	rp_text id = rp_textf(a, "%lld", (long long)consultation_id);
	const rp_bytes parts[] = { rp_text_bytes(id), rp_text_bytes(form_id) };
	struct rp_digest d = rp_keyed(env, RP_TEXT("receipt"), parts, 2);

	return rp_base32(a, (rp_bytes){ d.b, RECEIPT_OCTETS });
}
