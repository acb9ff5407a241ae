#include "text/linkify.h"

#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/codepoint.h"
#include "text/domain_name.h"
#include "text/email.h"
#include "text/ip.h"
#include "text/suffix.h"

enum {
	LOCAL_LOOK = 4 * RP_EMAIL_LOCAL_MAX, /* octets of a local part */
	PORT_DIGITS = 5,
};

struct scan {
	struct rp_arena *arena;
	const struct rp_names *names;
	struct rp_links *out;
	rp_text t;
	size_t pos;   /* what is looked at next */
	size_t floor; /* what lies before it is a link, or was refused */
};

/* A stretch of the text. */
struct span {
	size_t from, to;
};

static uint32_t
next(rp_text t, size_t *i)
{
	const uint8_t *p = (const uint8_t *)t.p;
	int32_t at = (int32_t)*i;
	UChar32 cp;

	U8_NEXT_OR_FFFD(p, at, (int32_t)t.n, cp);
	*i = (size_t)at;
	return (uint32_t)cp;
}

static uint32_t
before(rp_text t, size_t *i)
{
	const uint8_t *p = (const uint8_t *)t.p;
	int32_t at = (int32_t)*i;
	UChar32 cp;

	U8_PREV_OR_FFFD(p, 0, at, cp);
	*i = (size_t)at;
	return (uint32_t)cp;
}

static bool
is_ascii_alnum(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
	       (cp >= '0' && cp <= '9');
}

/* May stand in a label, before mapping. */
static bool
is_host(uint32_t cp)
{
	if (cp < 0x80)
		return cp == '-' || is_ascii_alnum(cp);
	return rp_codepoint_class(&rp_idna2008, cp) != RP_IDNA_DISALLOWED ||
	       u_isalnum((UChar32)cp);
}

/* RFC 3490, 3.1: what separates labels. */
static bool
is_ideographic_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF0E || cp == 0xFF61;
}

static bool
is_stop(uint32_t cp)
{
	return cp == '.' || is_ideographic_stop(cp);
}

/* As far as labels and stops go from `from`. */
static size_t
host_end(rp_text t, size_t from)
{
	size_t i = from, end = from;

	while (i < t.n) {
		uint32_t cp = next(t, &i);

		if (!is_host(cp) && !is_stop(cp))
			break;
		end = i;
	}
	return end;
}

static struct span
without_last_stops(rp_text t, struct span s)
{
	size_t i = s.to;

	while (s.to > s.from && is_stop(before(t, &i)))
		s.to = i;
	return s;
}

static size_t
hard_end(rp_text t, size_t from)
{
	size_t i = from, end = from;

	while (i < t.n) {
		if (rp_codepoint_class(&rp_link_term, next(t, &i)) ==
		    RP_LINK_HARD)
			break;
		end = i;
	}
	return end;
}

/* Path, query, fragment */

enum part { HOST, PATH, QUERY, FRAGMENT, DIRECTIVE };

struct tail {
	enum part part;
	uint32_t open[RP_LINKIFY_DEPTH_MAX];
	size_t depth;
};

static bool
starts_at(rp_text t, size_t i, const char *z)
{
	return t.n - i >= strlen(z) && memcmp(t.p + i, z, strlen(z)) == 0;
}

/* Brackets match within one segment, key or value only. */
static void
enter_part(struct tail *tail, rp_text t, size_t i)
{
	char c = t.p[i];
	enum part was = tail->part;
	bool inner = (was == PATH && c == '/') ||
		     (was == QUERY && (c == '&' || c == '=')) ||
		     (was == DIRECTIVE && c == '&');

	if (c == '/' && was == HOST)
		tail->part = PATH;
	else if (c == '?' && was <= PATH)
		tail->part = QUERY;
	else if (c == '#' && was <= QUERY)
		tail->part = FRAGMENT;
	else if (was == FRAGMENT && starts_at(t, i, ":~:"))
		tail->part = DIRECTIVE;
	if (inner || tail->part != was)
		tail->depth = 0;
}

/* Whether the link goes on after `cp`; `safe` if it may end there. */
static bool
take(struct tail *tail, uint32_t cp, bool *safe)
{
	*safe = false;
	switch (rp_codepoint_class(&rp_link_term, cp)) {
	case RP_LINK_INCLUDE:
		*safe = true;
		return true;
	case RP_LINK_SOFT:
		return true;
	case RP_LINK_OPEN:
		if (tail->depth == RP_LINKIFY_DEPTH_MAX)
			return false;
		tail->open[tail->depth++] = cp;
		return true;
	case RP_LINK_CLOSE:
		*safe = tail->depth > 0 &&
			tail->open[--tail->depth] == rp_codepoint_opening(cp);
		return *safe;
	default:
		return false;
	}
}

static bool
is_tail_start(rp_text t, size_t i)
{
	return i < t.n && (t.p[i] == '/' || t.p[i] == '?' || t.p[i] == '#');
}

static size_t
tail_end(rp_text t, size_t from)
{
	struct tail tail = { .part = HOST };
	size_t end = from, i = from;
	bool safe, more = is_tail_start(t, from);

	while (more && i < t.n) {
		enter_part(&tail, t, i);
		more = take(&tail, next(t, &i), &safe);
		if (safe)
			end = i;
	}
	return end;
}

static size_t
port_end(rp_text t, size_t from)
{
	size_t i = from + 1;

	if (from >= t.n || t.p[from] != ':')
		return from;
	while (i < t.n && t.p[i] >= '0' && t.p[i] <= '9')
		i++;
	return i > from + 1 && i <= from + 1 + PORT_DIGITS ? i : from;
}

/* Hosts */

static bool
has_inner_stop(rp_text t, struct span s)
{
	size_t i = s.from;

	while (i < s.to) {
		if (is_stop(next(t, &i)) && i < s.to)
			return true;
	}
	return false;
}

static bool
is_name(struct scan *s, struct span at, bool any_tld,
    struct rp_domain_name *out)
{
	rp_text t = rp_text_sub(s->t, at.from, at.to);

	return has_inner_stop(s->t, at) &&
	       rp_domain_name_check(s->arena, s->names, t, 0, out) ==
		   RP_ADDRESS_OK &&
	       (any_tld || rp_suffix_is_known_tld(s->names, out->a));
}

/* Up to the last ideographic stop, or nothing. */
static struct span
before_stop(rp_text t, struct span s)
{
	size_t i = s.to;

	while (i > s.from) {
		if (is_ideographic_stop(before(t, &i)))
			return without_last_stops(t,
			    (struct span){ s.from, i });
	}
	return (struct span){ s.from, s.from };
}

/* Without the letters of another script at the ends: the ASCII in between. */
static struct span
ascii_middle(rp_text t, struct span s)
{
	size_t to = s.from, from = s.from, dot;

	for (dot = s.from; dot < s.to && t.p[dot] != '.'; dot++) {
		if ((uint8_t)t.p[dot] >= 0x80)
			from = dot + 1;
	}
	if (from == dot)
		from = s.from;
	for (dot = s.to; dot > from && t.p[dot - 1] != '.'; dot--)
		;
	for (to = dot; to < s.to && (uint8_t)t.p[to] < 0x80; to++)
		;
	return (struct span){ from, to };
}

/* The name in `at`, whose ends may be pulled in; false if there is none. */
static bool
find_name(struct scan *s, struct span *at, bool any_tld,
    struct rp_domain_name *out)
{
	struct span cut = *at;

	if (is_name(s, *at, false, out))
		return true;
	for (int tries = 0; tries < 4 && cut.to > cut.from; tries++) {
		struct span middle = ascii_middle(s->t, cut);

		if (middle.to > middle.from && is_name(s, middle, false, out)) {
			*at = middle;
			return true;
		}
		cut = before_stop(s->t, cut);
	}
	return any_tld && is_name(s, *at, true, out);
}

static void
add(struct scan *s, enum rp_link_kind kind, struct span at, rp_text target)
{
	struct rp_link link = { .kind = kind,
		.from = at.from,
		.to = at.to,
		.target = target };

	rp_vec_push(s->arena, s->out, link);
	s->pos = s->floor = at.to;
}

/*
 * After a host: its port and what follows. A stop that ends the name belongs to
 * it only if something follows, since it may end the sentence.
 */
static void
add_web(struct scan *s, enum rp_link_kind kind, size_t from, struct span host,
    rp_text host_text)
{
	size_t tail = port_end(s->t, host.to), end;
	const char *scheme = "https://";
	bool dot = tail == host.to && tail < s->t.n && s->t.p[tail] == '.' &&
		   is_tail_start(s->t, tail + 1);

	end = tail_end(s->t, tail + dot);
	if (dot && end == tail + 1)
		end = tail;
	if (kind == RP_LINK_WEB && host.from - from == strlen("http://"))
		scheme = "http://";
	add(s, kind, (struct span){ from, end },
	    rp_textf(s->arena, "%s%s%.*s", scheme, host_text.p,
		(int)(end - host.to), s->t.p + host.to));
}

static bool
in_brackets(struct scan *s, struct span *host, struct rp_ip *ip)
{
	size_t close;

	if (s->t.p[host->from] != '[')
		return false;
	close = rp_text_find(s->t, ']', host->from);
	if (close == s->t.n ||
	    rp_ip_check(rp_text_sub(s->t, host->from + 1, close), ip) !=
		RP_ADDRESS_OK)
		return false;
	host->to = close + 1;
	return true;
}

static bool
has_userinfo(rp_text t, size_t from)
{
	size_t end = hard_end(t, from);

	for (size_t i = from; i < end; i++) {
		if (t.p[i] == '@')
			return true;
		if (t.p[i] == '/' || t.p[i] == '?' || t.p[i] == '#')
			return false;
	}
	return false;
}

/* `from` is at the scheme, `host.from` after "://". */
static void
scan_url(struct scan *s, size_t from, size_t host_from)
{
	struct span host = { host_from, host_end(s->t, host_from) };
	struct rp_domain_name name;
	struct rp_ip ip;
	rp_text text;

	s->pos = s->floor = hard_end(s->t, host_from);
	if (host_from == s->t.n || has_userinfo(s->t, host_from))
		return;
	host = without_last_stops(s->t, host);
	text = rp_text_sub(s->t, host.from, host.to);
	if (in_brackets(s, &host, &ip))
		add_web(s, RP_LINK_WEB, from, host,
		    rp_textf(s->arena, "[%s]", rp_ip_text(s->arena, ip).p));
	else if (rp_ip_check(text, &ip) == RP_ADDRESS_OK)
		add_web(s, RP_LINK_WEB, from, host, rp_ip_text(s->arena, ip));
	else if (find_name(s, &host, true, &name))
		add_web(s, RP_LINK_WEB, from, host, name.a);
}

/* Mail */

/* Where the local part before `at` begins; `at` if there is none. */
static size_t
local_start(struct scan *s, size_t at)
{
	size_t i = at, start = at;

	while (i > s->floor && at - start <= LOCAL_LOOK) {
		uint32_t cp = before(s->t, &i);

		if (!rp_codepoint_class(&rp_link_email, cp))
			break;
		start = i;
	}
	while (start < at && s->t.p[start] == '/')
		start++;
	return start;
}

static bool
is_mailto(struct scan *s, size_t local)
{
	static const char scheme[] = "mailto:";

	return local >= s->floor + 7 &&
	       strncasecmp(s->t.p + local - 7, scheme, 7) == 0;
}

/* At an "@": what is before and after it. The domain is consumed anyway. */
static void
scan_at(struct scan *s, size_t at)
{
	size_t local = local_start(s, at);
	struct span host = { at + 1, host_end(s->t, at + 1) };
	struct rp_domain_name name;
	struct rp_email email;
	struct span link;

	s->pos = host.to;
	host = without_last_stops(s->t, host);
	if (local < at && find_name(s, &host, false, &name) &&
	    host.from == at + 1 &&
	    rp_email_check(s->arena, s->names,
		rp_text_sub(s->t, local, host.to), &email) == RP_ADDRESS_OK) {
		link = (struct span){ is_mailto(s, local) ? local - 7 : local,
			host.to };
		add(s, RP_LINK_MAIL, link,
		    rp_textf(s->arena, "mailto:%s@%s",
			rp_percent_encode(s->arena, rp_text_bytes(email.local))
			    .p,
			email.domain_a.p));
	}
	s->floor = s->pos;
}

/* "name+tag@": what looks like a name is the start of a local part. */
static bool
leads_to_at(rp_text t, size_t from)
{
	size_t i = from;

	while (i < t.n && i - from <= LOCAL_LOOK) {
		uint32_t cp = next(t, &i);

		if (cp == '@')
			return true;
		if (!rp_codepoint_class(&rp_link_email, cp))
			return false;
	}
	return false;
}

/* The scheme at the end of a run of letters: 请看https is one, xhttp not. */
static size_t
scheme_start(rp_text t, struct span run)
{
	static const char *schemes[] = { "https", "http" };

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(schemes[i]);

		if (run.to - run.from >= n &&
		    strncasecmp(t.p + run.to - n, schemes[i], n) == 0 &&
		    (run.to - n == run.from ||
			(uint8_t)t.p[run.to - n - 1] >= 0x80))
			return run.to - n;
	}
	return SIZE_MAX;
}

/* At letters: a scheme, a local part, a bare name or just a word. */
static void
scan_run(struct scan *s)
{
	struct span run = { s->pos, host_end(s->t, s->pos) }, host;
	struct rp_domain_name name;
	rp_text t = s->t;

	s->pos = run.to;
	if (starts_at(t, run.to, "://")) {
		size_t scheme = scheme_start(t, run);

		if (scheme != SIZE_MAX)
			scan_url(s, scheme, run.to + 3);
		else
			s->pos = s->floor = hard_end(t, run.to);
		return;
	}
	if (run.to < t.n && t.p[run.to] == '@') {
		scan_at(s, run.to);
		return;
	}
	host = without_last_stops(t, run);
	if (!has_inner_stop(t, host) ||
	    (run.from > 0 && t.p[run.from - 1] == '_') ||
	    (run.to < t.n && t.p[run.to] == '_'))
		return;
	if (!is_tail_start(t, run.to) && leads_to_at(t, run.to))
		return;
	if (find_name(s, &host, false, &name))
		add_web(s, RP_LINK_DOMAIN, host.from, host, name.a);
}

void
rp_linkify_find(struct rp_arena *a, const struct rp_names *names, rp_text t,
    struct rp_links *out)
{
	struct scan s = { .arena = a, .names = names, .out = out, .t = t };

	while (s.pos < t.n) {
		size_t i = s.pos;
		uint32_t cp = next(t, &i);

		if (cp == '@')
			scan_at(&s, s.pos);
		else if (is_host(cp) || is_stop(cp))
			scan_run(&s);
		else
			s.pos = i;
	}
}
