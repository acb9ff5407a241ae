#include "text/address.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "text/confusable.h"
#include "text/domain_name.h"
#include "text/email.h"
#include "text/ip.h"
#include "text/names_private.h"
#include "text/suffix.h"

rp_text
rp_address_kind_id(enum rp_address_kind kind)
{
	static const rp_text ids[] = {
		[RP_ADDRESS_DOMAIN] = RP_TEXT_INIT("domain"),
		[RP_ADDRESS_EMAIL] = RP_TEXT_INIT("email"),
		[RP_ADDRESS_IPV4] = RP_TEXT_INIT("ipv4"),
		[RP_ADDRESS_IPV6] = RP_TEXT_INIT("ipv6"),
	};

	return ids[kind];
}

rp_text
rp_address_warning_id(unsigned bit)
{
	static const rp_text ids[] = {
#define ID(name, id) RP_TEXT_INIT(id),
		RP_ADDRESS_WARNINGS(ID)
#undef ID
	};

	RP_ASSERT(bit < RP_ADDRESS_WARNING_COUNT);
	return ids[bit];
}

/* All octets are of `set`, up to `end`. */
static bool
is_made_of(rp_bytes in, const char *set, uint8_t end)
{
	for (size_t i = 0; i < in.n && in.p[i] != end; i++) {
		if (in.p[i] == 0 || strchr(set, in.p[i]) == NULL)
			return false;
	}
	return in.n > 0;
}

enum rp_address_kind
rp_address_guess(rp_bytes in)
{
	if (in.n == 0 || memchr(in.p, '@', in.n) != NULL || in.p[0] == '"')
		return in.n == 0 ? RP_ADDRESS_DOMAIN : RP_ADDRESS_EMAIL;
	if (memchr(in.p, ':', in.n) != NULL &&
	    is_made_of(in, "0123456789abcdefABCDEF:.[]", '%'))
		return RP_ADDRESS_IPV6;
	if (memchr(in.p, '.', in.n) != NULL && is_made_of(in, "0123456789.", 0))
		return RP_ADDRESS_IPV4;
	return RP_ADDRESS_DOMAIN;
}

static bool
is_ascii(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if ((uint8_t)t.p[i] >= 0x80)
			return false;
	}
	return true;
}

static unsigned
look_at(const struct rp_names *names, rp_text t)
{
	struct rp_confusable c;
	unsigned w = 0;

	if (is_ascii(t))
		return 0;
	c = rp_confusable_check(names, t);
	if (c.warnings & RP_CONFUSABLE_MIXED_SCRIPTS)
		w |= RP_ADDRESS_WARN_MIXED_SCRIPTS;
	if (c.warnings & RP_CONFUSABLE_MIXED_NUMBERS)
		w |= RP_ADDRESS_WARN_MIXED_NUMBERS;
	if (c.warnings & RP_CONFUSABLE_INVISIBLE)
		w |= RP_ADDRESS_WARN_INVISIBLE;
	if (c.warnings & RP_CONFUSABLE_RARE_CHARACTER)
		w |= RP_ADDRESS_WARN_RARE;
	return w;
}

static unsigned
look_at_labels(const struct rp_names *names, rp_text u)
{
	size_t from = 0, to;
	unsigned w = 0;

	do {
		to = rp_text_find(u, '.', from);
		w |= look_at(names, rp_text_sub(u, from, to));
		from = to + 1;
	} while (from <= u.n);
	return w;
}

/* Entered and form are the same but for ASCII case and a last dot. */
static bool
is_same(rp_text entered, rp_text form)
{
	size_t n = entered.n;

	if (n == form.n + 1 && entered.p[n - 1] == '.')
		n--;
	return n == form.n && strncasecmp(entered.p, form.p, n) == 0;
}

static unsigned
domain_warnings(const struct rp_names *names, rp_text entered, rp_text a,
    rp_text u)
{
	unsigned w = look_at_labels(names, u);

	if (!is_same(entered, a) && !is_same(entered, u))
		w |= RP_ADDRESS_WARN_MAPPED;
	if (names->psl == NULL)
		return w;
	if (!rp_suffix_is_known_tld(names, a))
		w |= RP_ADDRESS_WARN_UNKNOWN_TLD;
	else if (rp_suffix_is_public(names, a))
		w |= RP_ADDRESS_WARN_PUBLIC_SUFFIX;
	return w;
}

static void
judge_domain(struct rp_arena *a, const struct rp_names *names,
    struct rp_address *out)
{
	struct rp_domain_name name;

	out->why = rp_domain_name_check(a, names, out->entered, 0, &name);
	if (out->why != RP_ADDRESS_OK)
		return;
	out->a = out->key = name.a;
	out->u = name.u;
	out->warnings = domain_warnings(names, out->entered, name.a, name.u);
}

static void
judge_email(struct rp_arena *a, const struct rp_names *names,
    struct rp_address *out)
{
	struct rp_email e;
	unsigned w = 0;

	out->why = rp_email_check(a, names, out->entered, &e);
	if (out->why != RP_ADDRESS_OK)
		return;
	out->a = out->key = e.key;
	out->u = rp_email_display(a, &e);
	w |= look_at(names, e.local);
	if (!rp_text_starts(out->entered, e.local))
		w |= RP_ADDRESS_WARN_NOT_NFC;
	if (e.literal)
		w |= RP_ADDRESS_WARN_LITERAL;
	else if (e.single_label)
		w |= RP_ADDRESS_WARN_SINGLE;
	else
		w |= domain_warnings(names, e.domain, e.domain_a, e.domain_u);
	if (e.quoted)
		w |= RP_ADDRESS_WARN_QUOTED;
	if (e.over_64)
		w |= RP_ADDRESS_WARN_OVER_64;
	if (e.smtputf8)
		w |= RP_ADDRESS_WARN_SMTPUTF8;
	out->warnings = w;
}

static void
judge_ip(struct rp_arena *a, struct rp_address *out)
{
	bool v6 = out->kind == RP_ADDRESS_IPV6;
	struct rp_ip ip;

	out->why = rp_ip_check(out->entered, &ip);
	if (out->why != RP_ADDRESS_OK)
		return;
	if (v6 && rp_ip_is_v4(ip)) {
		out->kind = RP_ADDRESS_IPV4;
		out->warnings |= RP_ADDRESS_WARN_V4_MAPPED;
	}
	out->a = out->u = rp_ip_text(a, ip);
	out->key = rp_ip_log_key(a, ip);
	if (!rp_ip_is_global(ip))
		out->warnings |= RP_ADDRESS_WARN_NOT_GLOBAL;
}

void
rp_address_judge(struct rp_arena *a, const struct rp_names *names,
    enum rp_address_kind kind, rp_text in, struct rp_address *out)
{
	*out = (struct rp_address){ .kind = kind,
		.entered = in,
		.a = RP_TEXT(""),
		.u = RP_TEXT(""),
		.key = RP_TEXT("") };
	switch (kind) {
	case RP_ADDRESS_DOMAIN:
		judge_domain(a, names, out);
		break;
	case RP_ADDRESS_EMAIL:
		judge_email(a, names, out);
		break;
	case RP_ADDRESS_IPV4:
	case RP_ADDRESS_IPV6:
		judge_ip(a, out);
		break;
	}
}
