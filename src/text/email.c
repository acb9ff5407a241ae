#include "text/email.h"

#include <string.h>
#include <strings.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/domain_name.h"
#include "text/ip.h"
#include "text/names_private.h"

/* RFC 5322 atext, and every octet of a longer UTF-8 sequence (RFC 6531). */
static bool
is_atext(uint8_t c)
{
	static const char special[] = "!#$%&'*+-/=?^_`{|}~";

	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       (c > ' ' && strchr(special, c) != NULL);
}

/* Dot-string: how far it goes. */
static enum rp_address_reason
scan_dot_string(rp_text in, size_t *end)
{
	size_t i = 0;
	bool dot = true; /* at the start, an atom must follow as after a dot */

	for (; i < in.n && in.p[i] != '@'; i++) {
		if (in.p[i] == '.') {
			if (dot)
				return RP_ADDRESS_LOCAL_DOT;
			dot = true;
			continue;
		}
		if (in.p[i] == '"')
			return RP_ADDRESS_LOCAL_QUOTES;
		if (!is_atext((uint8_t)in.p[i]))
			return RP_ADDRESS_LOCAL_CHARACTER;
		dot = false;
	}
	*end = i;
	if (i == in.n)
		return RP_ADDRESS_NO_AT;
	if (i == 0)
		return RP_ADDRESS_LOCAL_EMPTY;
	return dot ? RP_ADDRESS_LOCAL_DOT : RP_ADDRESS_OK;
}

/* Quoted-string: RFC 6531 extends qtextSMTP, not quoted-pairSMTP. */
static enum rp_address_reason
scan_quoted(rp_text in, size_t *end)
{
	size_t i = 1;

	for (; i < in.n && in.p[i] != '"'; i++) {
		uint8_t c = (uint8_t)in.p[i];

		if (c < ' ' || c == 0x7f)
			return RP_ADDRESS_LOCAL_CHARACTER;
		if (c != '\\')
			continue;
		if (++i == in.n)
			return RP_ADDRESS_LOCAL_QUOTES;
		c = (uint8_t)in.p[i];
		if (c < ' ' || c >= 0x7f)
			return RP_ADDRESS_LOCAL_CHARACTER;
	}
	if (i >= in.n)
		return RP_ADDRESS_LOCAL_QUOTES;
	*end = i + 1;
	if (*end == in.n)
		return RP_ADDRESS_NO_AT;
	return in.p[*end] == '@' ? RP_ADDRESS_OK : RP_ADDRESS_LOCAL_QUOTES;
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

enum {
	UNITS_MAX = RP_EMAIL_INPUT_MAX,
	LOCAL_OCTETS_MAX = 4 * RP_EMAIL_LOCAL_MAX,
};

/* NFC by ICU, which needs UTF-16; `t` has at most UNITS_MAX octets. */
static enum rp_address_reason
to_nfc(struct rp_arena *a, const struct rp_names *names, rp_text t,
    rp_text *out)
{
	UChar in[UNITS_MAX], nfc[UNITS_MAX];
	char utf8[LOCAL_OCTETS_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;

	u_strFromUTF8(in, UNITS_MAX, &n, t.p, (int32_t)t.n, &status);
	if (U_FAILURE(status))
		return RP_ADDRESS_NOT_TEXT;
	n = unorm2_normalize(names->nfc, in, n, nfc, UNITS_MAX, &status);
	if (U_FAILURE(status) || u_countChar32(nfc, n) > RP_EMAIL_LOCAL_MAX)
		return RP_ADDRESS_LOCAL_TOO_LONG;
	u_strToUTF8(utf8, sizeof(utf8), &n, nfc, n, &status);
	RP_ASSERT(U_SUCCESS(status));
	*out = rp_text_dup(a, (rp_text){ utf8, (size_t)n });
	return RP_ADDRESS_OK;
}

static enum rp_address_reason
check_local(struct rp_arena *a, const struct rp_names *names,
    struct rp_email *e)
{
	enum rp_address_reason why;
	size_t end;

	e->smtputf8 = !is_ascii(e->local);
	if (e->smtputf8) {
		why = to_nfc(a, names, e->local, &e->local);
		if (why != RP_ADDRESS_OK)
			return why;
		/*
		 * What was composed is looked at again: U+037E becomes a
		 * semicolon, and an escaped letter with a mark after it another
		 * letter, which may not be escaped.
		 */
		why = e->quoted ? scan_quoted(e->local, &end) :
				  scan_dot_string(e->local, &end);
		return why == RP_ADDRESS_NO_AT ? RP_ADDRESS_OK : why;
	}
	return e->local.n <= RP_EMAIL_LOCAL_MAX ? RP_ADDRESS_OK :
						  RP_ADDRESS_LOCAL_TOO_LONG;
}

static size_t
count_groups(rp_text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] != ':' && (i == 0 || t.p[i - 1] == ':'))
			n++;
	}
	return n;
}

/*
 * RFC 5321, 4.1.3: in a literal "::" stands for at least two groups, which
 * inet_pton() does not ask for.
 */
static bool
is_short_elision(rp_text t)
{
	bool v4 = rp_text_find(t, '.', 0) < t.n;

	for (size_t i = 1; i < t.n; i++) {
		if (t.p[i] == ':' && t.p[i - 1] == ':')
			return count_groups(t) > (v4 ? 5 : 6);
	}
	return false;
}

static enum rp_address_reason
check_literal(struct rp_arena *a, struct rp_email *e)
{
	static const char tag[] = "IPv6:";
	rp_text t = e->domain;
	struct rp_ip ip;
	bool v6;

	if (t.p[t.n - 1] != ']')
		return RP_ADDRESS_LITERAL;
	t = rp_text_sub(t, 1, t.n - 1);
	v6 = t.n >= 5 && strncasecmp(t.p, tag, 5) == 0;
	if (v6)
		t = rp_text_sub(t, 5, t.n);
	if (rp_ip_check(t, &ip) != RP_ADDRESS_OK ||
	    v6 != (rp_text_find(t, ':', 0) < t.n) ||
	    (v6 && is_short_elision(t)))
		return RP_ADDRESS_LITERAL;
	e->literal = true;
	e->domain_a = rp_textf(a, rp_ip_is_v4(ip) ? "[%s]" : "[IPv6:%s]",
	    rp_ip_text(a, ip).p);
	e->domain_u = e->domain_a;
	return RP_ADDRESS_OK;
}

static enum rp_address_reason
check_domain(struct rp_arena *a, const struct rp_names *names,
    struct rp_email *e)
{
	enum rp_address_reason why;
	struct rp_domain_name name;

	if (e->domain.n == 0)
		return RP_ADDRESS_DOMAIN_EMPTY;
	if (e->domain.p[0] == '[')
		return check_literal(a, e);
	why = rp_domain_name_check(a, names, e->domain,
	    RP_DOMAIN_NAME_SINGLE | RP_DOMAIN_NAME_NO_DOT, &name);
	if (why != RP_ADDRESS_OK)
		return why;
	e->domain_a = name.a;
	e->domain_u = name.u;
	e->single_label = name.labels == 1;
	return RP_ADDRESS_OK;
}

static rp_text
join(struct rp_arena *a, rp_text local, rp_text domain)
{
	char *p = rp_alloc(a, local.n + domain.n + 2);

	memcpy(p, local.p, local.n);
	p[local.n] = '@';
	memcpy(p + local.n + 1, domain.p, domain.n);
	return (rp_text){ p, local.n + 1 + domain.n };
}

enum rp_address_reason
rp_email_check(struct rp_arena *a, const struct rp_names *names, rp_text in,
    struct rp_email *out)
{
	struct rp_email e = { .entered = in };
	enum rp_address_reason why;
	size_t at = 0;

	if (in.n == 0)
		return RP_ADDRESS_EMPTY;
	if (in.n > RP_EMAIL_INPUT_MAX)
		return RP_ADDRESS_EMAIL_TOO_LONG;
	e.quoted = in.p[0] == '"';
	why = e.quoted ? scan_quoted(in, &at) : scan_dot_string(in, &at);
	if (why != RP_ADDRESS_OK)
		return why;
	e.local = rp_text_sub(in, 0, at);
	e.domain = rp_text_sub(in, at + 1, in.n);
	why = check_local(a, names, &e);
	if (why == RP_ADDRESS_OK)
		why = check_domain(a, names, &e);
	if (why != RP_ADDRESS_OK)
		return why;
	e.key = join(a, e.local, e.domain_a);
	if (e.key.n > RP_EMAIL_MAX)
		return RP_ADDRESS_EMAIL_TOO_LONG;
	e.local = rp_text_dup(a, e.local);
	e.over_64 = e.local.n > RP_EMAIL_LOCAL_MAX;
	e.domain = rp_text_dup(a, e.domain);
	*out = e;
	return RP_ADDRESS_OK;
}

struct rp_err *
rp_email_parse(struct rp_arena *a, const struct rp_names *names, rp_text in,
    struct rp_email *out)
{
	enum rp_address_reason why = rp_email_check(a, names, in, out);

	if (why == RP_ADDRESS_OK)
		return NULL;
	return rp_fail(RP_E_INVALID, "e-mail address: %s",
	    rp_address_reason_id(why).p);
}

rp_text
rp_email_display(struct rp_arena *a, const struct rp_email *e)
{
	return join(a, e->local, e->domain_u);
}

rp_text
rp_email_wire(const struct rp_email *e)
{
	return e->key;
}

/* "a\b" to ab, where what is left needs no quotes; else as it is. */
static rp_text
unquote(struct rp_arena *a, rp_text t)
{
	struct rp_buf b;
	size_t end;
	rp_text inner;

	rp_buf_init(&b, a, LOCAL_OCTETS_MAX);
	for (size_t i = 1; i + 1 < t.n; i++) {
		if (t.p[i] == '\\')
			i++;
		rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	inner = (rp_text){ (const char *)b.p, b.n };
	if (memchr(b.p ? (const char *)b.p : "", '@', b.n) != NULL)
		return t;
	rp_buf_byte(&b, '@');
	inner.p = (const char *)b.p;
	if (scan_dot_string((rp_text){ inner.p, b.n }, &end) != RP_ADDRESS_OK)
		return t;
	return inner;
}

rp_text
rp_email_match(struct rp_arena *a, const struct rp_email *e)
{
	rp_text local = e->quoted ? unquote(a, e->local) : e->local;
	UChar in[LOCAL_OCTETS_MAX], folded[3 * LOCAL_OCTETS_MAX];
	char utf8[9 * LOCAL_OCTETS_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;

	u_strFromUTF8(in, LOCAL_OCTETS_MAX, &n, local.p, (int32_t)local.n,
	    &status);
	n = u_strFoldCase(folded, 3 * LOCAL_OCTETS_MAX, in, n,
	    U_FOLD_CASE_DEFAULT, &status);
	u_strToUTF8(utf8, sizeof(utf8), &n, folded, n, &status);
	RP_ASSERT(U_SUCCESS(status));
	return join(a, (rp_text){ utf8, (size_t)n }, e->domain_a);
}
