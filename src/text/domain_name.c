#include "text/domain_name.h"

#include <string.h>
#include <unicode/utf8.h>

#include "base/err.h"
#include "text/codepoint.h"
#include "text/names_private.h"
#include "text/punycode.h"

enum {
	/* Longer than any valid name is by far. */
	MAPPED_MAX = 4 * RP_DOMAIN_NAME_INPUT_MAX,
};

/* The A-form as it grows, in the arena, never past its limit. */
struct form {
	char *p;
	size_t n, labels;
};

/* Lower-cases ASCII; what is not a letter, digit, hyphen or dot becomes 0. */
static const char ldh[128] = {
	['-'] = '-',
	['.'] = '.',
	['0'] = '0',
	['1'] = '1',
	['2'] = '2',
	['3'] = '3',
	['4'] = '4',
	['5'] = '5',
	['6'] = '6',
	['7'] = '7',
	['8'] = '8',
	['9'] = '9',
	['A'] = 'a',
	['B'] = 'b',
	['C'] = 'c',
	['D'] = 'd',
	['E'] = 'e',
	['F'] = 'f',
	['G'] = 'g',
	['H'] = 'h',
	['I'] = 'i',
	['J'] = 'j',
	['K'] = 'k',
	['L'] = 'l',
	['M'] = 'm',
	['N'] = 'n',
	['O'] = 'o',
	['P'] = 'p',
	['Q'] = 'q',
	['R'] = 'r',
	['S'] = 's',
	['T'] = 't',
	['U'] = 'u',
	['V'] = 'v',
	['W'] = 'w',
	['X'] = 'x',
	['Y'] = 'y',
	['Z'] = 'z',
	['a'] = 'a',
	['b'] = 'b',
	['c'] = 'c',
	['d'] = 'd',
	['e'] = 'e',
	['f'] = 'f',
	['g'] = 'g',
	['h'] = 'h',
	['i'] = 'i',
	['j'] = 'j',
	['k'] = 'k',
	['l'] = 'l',
	['m'] = 'm',
	['n'] = 'n',
	['o'] = 'o',
	['p'] = 'p',
	['q'] = 'q',
	['r'] = 'r',
	['s'] = 's',
	['t'] = 't',
	['u'] = 'u',
	['v'] = 'v',
	['w'] = 'w',
	['x'] = 'x',
	['y'] = 'y',
	['z'] = 'z',
};

static enum rp_address_reason
check_ascii_label(const char *p, size_t n)
{
	if (n == 0)
		return RP_ADDRESS_LABEL_EMPTY;
	if (p[0] == '-' || p[n - 1] == '-')
		return RP_ADDRESS_HYPHEN;
	if (n > 3 && p[2] == '-' && p[3] == '-')
		return RP_ADDRESS_HYPHEN_34;
	return n > RP_DOMAIN_NAME_LABEL_MAX ? RP_ADDRESS_LABEL_TOO_LONG :
					      RP_ADDRESS_OK;
}

/*
 * A name of letters, digits and hyphens needs no ICU: mapping it is making it
 * lower case, and RFC 5893 speaks only of names that hold right-to-left
 * characters.
 */
static enum rp_address_reason
check_ascii(struct form *f)
{
	enum rp_address_reason why, late = RP_ADDRESS_OK;
	size_t start = 0;

	for (size_t i = 0; i <= f->n; i++) {
		if (i < f->n && f->p[i] != '.')
			continue;
		why = check_ascii_label(f->p + start, i - start);
		if (why == RP_ADDRESS_LABEL_TOO_LONG)
			late = why;
		else if (why != RP_ADDRESS_OK)
			return why;
		f->labels++;
		start = i + 1;
	}
	return late;
}

/* Fills `f` from `in` if that is ASCII without A-labels and disallowed ones. */
static bool
lower_ascii(rp_text in, struct form *f)
{
	bool start = true;

	for (size_t i = 0; i < in.n; i++) {
		uint8_t c = (uint8_t)in.p[i];

		if (c >= 0x80 || ldh[c] == 0)
			return false;
		f->p[i] = ldh[c];
		if (start && f->p[i] == 'x' && in.n - i >= 4 &&
		    ldh[in.p[i + 1] & 0x7f] == 'n' && in.p[i + 2] == '-' &&
		    in.p[i + 3] == '-')
			return false;
		start = c == '.';
	}
	f->n = in.n;
	return true;
}

/* ICU reports every error it finds; people want the first that explains. */
static enum rp_address_reason
reason_of(uint32_t errors)
{
	static const struct {
		uint32_t bits;
		enum rp_address_reason why;
	} rows[] = {
		{ UIDNA_ERROR_EMPTY_LABEL, RP_ADDRESS_LABEL_EMPTY },
		{ UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL,
		    RP_ADDRESS_A_LABEL },
		{ UIDNA_ERROR_DISALLOWED | UIDNA_ERROR_LABEL_HAS_DOT,
		    RP_ADDRESS_DISALLOWED },
		{ UIDNA_ERROR_LEADING_COMBINING_MARK,
		    RP_ADDRESS_COMBINING_MARK },
		{ UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN,
		    RP_ADDRESS_HYPHEN },
		{ UIDNA_ERROR_HYPHEN_3_4, RP_ADDRESS_HYPHEN_34 },
		{ UIDNA_ERROR_CONTEXTJ, RP_ADDRESS_CONTEXT_J },
		{ UIDNA_ERROR_CONTEXTO_PUNCTUATION |
			UIDNA_ERROR_CONTEXTO_DIGITS,
		    RP_ADDRESS_CONTEXT_O },
		{ UIDNA_ERROR_BIDI, RP_ADDRESS_BIDI },
	};

	errors &= ~(uint32_t)(UIDNA_ERROR_LABEL_TOO_LONG |
			      UIDNA_ERROR_DOMAIN_NAME_TOO_LONG);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (errors & rows[i].bits)
			return rows[i].why;
	}
	return errors == 0 ? RP_ADDRESS_OK : RP_ADDRESS_DISALLOWED;
}

/* Append one label in its A-form. `u` is what ICU mapped and validated. */
static enum rp_address_reason
add_label(struct form *f, const uint8_t *u, size_t n, unsigned flags)
{
	uint32_t cp[RP_DOMAIN_NAME_LABEL_MAX], c;
	size_t points = 0, i = 0, len;
	bool ascii = true;

	if (n == 0)
		return RP_ADDRESS_LABEL_EMPTY;
	while (i < n) {
		U8_NEXT_UNSAFE(u, i, c);
		if (c >= 0x80) {
			ascii = false;
			if (!(flags & RP_DOMAIN_NAME_UTS46) &&
			    rp_codepoint_class(&rp_idna2008, c) ==
				RP_IDNA_DISALLOWED)
				return RP_ADDRESS_IDNA2008;
		}
		if (points < RP_DOMAIN_NAME_LABEL_MAX)
			cp[points] = c;
		points++;
	}
	if (points > RP_DOMAIN_NAME_LABEL_MAX)
		return RP_ADDRESS_LABEL_TOO_LONG;
	if (f->n + RP_DOMAIN_NAME_LABEL_MAX + 1 > RP_DOMAIN_NAME_INPUT_MAX)
		return RP_ADDRESS_NAME_TOO_LONG;
	if (f->labels++ > 0)
		f->p[f->n++] = '.';
	if (ascii) {
		memcpy(f->p + f->n, u, n);
		f->n += n;
		return RP_ADDRESS_OK;
	}
	memcpy(f->p + f->n, "xn--", 4);
	len = rp_punycode_encode(cp, points, f->p + f->n + 4,
	    RP_DOMAIN_NAME_LABEL_MAX - 4);
	if (len == SIZE_MAX)
		return RP_ADDRESS_LABEL_TOO_LONG;
	f->n += 4 + len;
	return RP_ADDRESS_OK;
}

static bool
is_length(enum rp_address_reason why)
{
	return why == RP_ADDRESS_LABEL_TOO_LONG ||
	       why == RP_ADDRESS_NAME_TOO_LONG;
}

/* What is too long is said only of a name that has nothing else wrong. */
static enum rp_address_reason
add_labels(struct form *f, rp_text u, unsigned flags)
{
	enum rp_address_reason why, late = RP_ADDRESS_OK;
	size_t start = 0, end;

	do {
		end = rp_text_find(u, '.', start);
		why = add_label(f, (const uint8_t *)u.p + start, end - start,
		    flags);
		if (is_length(why))
			late = why;
		else if (why != RP_ADDRESS_OK)
			return why;
		start = end + 1;
	} while (start <= u.n);
	return late;
}

/*
 * RFC 5890: an A-label encodes something. UTS 46 of Unicode 15 takes "xn--a-"
 * for "a", which would give a name two A-forms.
 */
static bool
has_hollow_a_label(rp_text in)
{
	size_t start = 0, end;

	do {
		end = rp_text_find(in, '.', start);
		if (end - start >= 4 && (in.p[start] | 0x20) == 'x' &&
		    (in.p[start + 1] | 0x20) == 'n' && in.p[start + 2] == '-' &&
		    in.p[end - 1] == '-')
			return true;
		start = end + 1;
	} while (start <= in.n);
	return false;
}

/* UTS 46's toUnicode into `buf`. */
static enum rp_address_reason
map(const struct rp_names *names, rp_text in, char *buf, rp_text *u)
{
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = uidna_nameToUnicodeUTF8(names->idna, in.p, (int32_t)in.n,
	    buf, MAPPED_MAX, &info, &status);
	enum rp_address_reason why;

	if (status == U_BUFFER_OVERFLOW_ERROR)
		return RP_ADDRESS_NAME_TOO_LONG;
	if (U_FAILURE(status))
		return RP_ADDRESS_DISALLOWED;
	why = reason_of(info.errors);
	if (why != RP_ADDRESS_OK)
		return why;
	*u = (rp_text){ buf, (size_t)n };
	return RP_ADDRESS_OK;
}

/* The stops that UTS 46 maps to a full stop. */
static bool
is_stop(uint32_t cp)
{
	return cp == '.' || cp == 0x3002 || cp == 0xFF0E || cp == 0xFF61;
}

enum place { START, BASE, ACCENT, HYPHEN };

/*
 * What follows `place` if `cp` may stand there in a plain name: neither mapped
 * nor reordered, and no rule about it but those kept here. *place is left alone
 * and false returned for what ICU should judge, be it good or bad.
 */
static bool
step(uint32_t cp, enum place *place)
{
	enum place was = *place;

	if (cp < 0x80) {
		bool hyphen = cp == '-';

		*place = hyphen ? HYPHEN : BASE;
		return ldh[cp] != 0 &&
		       !(hyphen && (was == START || was == HYPHEN));
	}
	switch (rp_codepoint_class(&rp_idna2008, cp)) {
	case RP_IDNA_PLAIN:
		*place = BASE;
		return true;
	case RP_IDNA_PLAIN_MARK:
		*place = BASE;
		return was != START;
	case RP_IDNA_PLAIN_ACCENT:
		*place = ACCENT;
		return was != START && was != ACCENT;
	default:
		return false;
	}
}

/*
 * Most names need nothing of UTS 46 but lower case and full stops. Writes such
 * a name's U-form to `buf` (of in.n octets).
 */
static bool
map_plain(rp_text in, char *buf, rp_text *u)
{
	const uint8_t *p = (const uint8_t *)in.p;
	enum place place = START;
	size_t i = 0, n = 0;

	while (i < in.n) {
		size_t from = i;
		uint32_t cp;

		U8_NEXT_UNSAFE(p, i, cp);
		if (is_stop(cp)) {
			if (place == START || place == HYPHEN)
				return false;
			place = START;
			buf[n++] = '.';
			continue;
		}
		if (!step(cp, &place))
			return false;
		if (cp < 0x80)
			buf[n++] = ldh[cp];
		else
			for (; from < i; from++)
				buf[n++] = in.p[from];
	}
	*u = (rp_text){ buf, n };
	return place != HYPHEN;
}

static enum rp_address_reason
drop_dot(rp_text *u, unsigned flags)
{
	if (u->n > 1 && u->p[u->n - 1] == '.') {
		if (flags & RP_DOMAIN_NAME_NO_DOT)
			return RP_ADDRESS_TRAILING_DOT;
		u->n--;
	}
	return RP_ADDRESS_OK;
}

static enum rp_address_reason
check_idn(struct rp_arena *a, const struct rp_names *names, rp_text in,
    unsigned flags, struct form *f, struct rp_domain_name *out)
{
	char buf[MAPPED_MAX];
	enum rp_address_reason why;
	rp_text u;

	if ((flags & RP_DOMAIN_NAME_UTS46) || !map_plain(in, buf, &u)) {
		if (!(flags & RP_DOMAIN_NAME_UTS46) && has_hollow_a_label(in))
			return RP_ADDRESS_A_LABEL;
		why = map(names, in, buf, &u);
		if (why != RP_ADDRESS_OK)
			return why;
	}
	why = drop_dot(&u, flags);
	if (why != RP_ADDRESS_OK)
		return why;
	why = add_labels(f, u, flags);
	if (why == RP_ADDRESS_OK || is_length(why))
		out->u = rp_text_dup(a, u);
	return why;
}

static void
finish(struct rp_arena *a, const struct form *f, unsigned flags,
    struct rp_domain_name *name)
{
	rp_text form = { f->p, f->n };

	if (name->u.p != NULL && rp_text_eq(form, name->u))
		name->u.p = NULL;
	form = rp_text_dup(a, form);
	name->idn = name->u.p != NULL;
	if (!name->idn)
		name->u = form;
	if (!(flags & RP_DOMAIN_NAME_TO_UNICODE))
		name->a = form;
	name->labels = f->labels;
}

enum rp_address_reason
rp_domain_name_check(struct rp_arena *a, const struct rp_names *names,
    rp_text in, unsigned flags, struct rp_domain_name *out)
{
	char room[RP_DOMAIN_NAME_INPUT_MAX + 1];
	struct rp_domain_name name = { .entered = in };
	struct form f = { .p = room };
	enum rp_address_reason why;

	if (in.n == 0)
		return RP_ADDRESS_EMPTY;
	if (in.n > RP_DOMAIN_NAME_INPUT_MAX)
		return RP_ADDRESS_NAME_TOO_LONG;
	if (lower_ascii(in, &f)) {
		if (f.n > 1 && f.p[f.n - 1] == '.') {
			if (flags & RP_DOMAIN_NAME_NO_DOT)
				return RP_ADDRESS_TRAILING_DOT;
			f.n--;
		}
		why = check_ascii(&f);
	} else {
		why = check_idn(a, names, in, flags, &f, &name);
	}
	if (why == RP_ADDRESS_OK && f.n > RP_DOMAIN_NAME_MAX)
		why = RP_ADDRESS_NAME_TOO_LONG;
	if (is_length(why) && (flags & RP_DOMAIN_NAME_TO_UNICODE))
		why = RP_ADDRESS_OK;
	if (why != RP_ADDRESS_OK)
		return why;
	if (f.labels < 2 && !(flags & RP_DOMAIN_NAME_SINGLE))
		return RP_ADDRESS_SINGLE_LABEL;
	finish(a, &f, flags, &name);
	*out = name;
	return RP_ADDRESS_OK;
}

struct rp_err *
rp_domain_name_parse(struct rp_arena *a, const struct rp_names *names,
    rp_text in, struct rp_domain_name *out)
{
	enum rp_address_reason why = rp_domain_name_check(a, names, in, 0, out);

	if (why == RP_ADDRESS_OK)
		return NULL;
	return rp_fail(RP_E_INVALID, "domain name: %s",
	    rp_address_reason_id(why).p);
}

rp_text
rp_domain_name_display(struct rp_arena *a, const struct rp_names *names,
    rp_text a_form)
{
	struct rp_domain_name name;

	if (rp_domain_name_check(a, names, a_form, RP_DOMAIN_NAME_SINGLE,
		&name) != RP_ADDRESS_OK)
		return a_form;
	return name.u;
}
