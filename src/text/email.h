/*
 * email - addresses of mailboxes.
 *
 * What a form or a command takes is an SMTP address (RFC 5321, section 4.1.2,
 * as RFC 6531 extends it to UTF-8), not a header (RFC 5322): no comments, no
 * folding white space, no obsolete forms. The local part may be a dot-atom or
 * a quoted string, in any script; the domain a name in either form or an
 * address literal. A single label will do: test@io exists.
 *
 * The local part is opaque: only the receiving host may read it (RFC 5321,
 * 2.3.11). It is normalised to NFC (RFC 6532, 3.1), after that kept octet for
 * octet: case, quotes, A-labels and all. RFC 5321's 64 octets are counted in
 * characters, which is the same for ASCII: 22 Khmer letters are 66 octets, and
 * the address among UASG004's samples that has them must be taken. `over_64`
 * tells, for a warning. The whole address with the domain as A-labels has at
 * most 254 octets.
 *
 * Two addresses are the same if their keys are. `match` also ignores case and
 * needless quotes: use it for warnings, never to decide who somebody is.
 */
#ifndef RP_TEXT_EMAIL_H
#define RP_TEXT_EMAIL_H

#include "text/address_reason.h"

struct rp_names;

enum {
	RP_EMAIL_LOCAL_MAX = 64,   /* characters */
	RP_EMAIL_MAX = 254,        /* RFC 5321's path of 256 without <> */
	RP_EMAIL_INPUT_MAX = 2560, /* octets looked at at all */
};

struct rp_email {
	rp_text entered;  /* borrowed from the caller, byte for byte */
	rp_text local;    /* NFC; with its quotes if it has some */
	rp_text domain;   /* as entered */
	rp_text domain_a; /* A-labels, or [192.0.2.1], [IPv6:2001:db8::1] */
	rp_text domain_u; /* for people */
	rp_text key;      /* local@domain_a */
	bool literal;     /* the domain is an address literal */
	bool quoted;
	bool smtputf8; /* the local part is not ASCII: RFC 6531 is needed */
	bool single_label;
	bool over_64; /* octets: a strict host may refuse it */
};

/* RP_ADDRESS_OK, or why not; `out` is written only then. */
enum rp_address_reason rp_email_check(struct rp_arena *a,
    const struct rp_names *names, rp_text in, struct rp_email *out) RP_MUST_USE;

/* The same as an error: RP_E_INVALID with the reason's identifier. */
struct rp_err *rp_email_parse(struct rp_arena *a, const struct rp_names *names,
    rp_text in, struct rp_email *out) RP_MUST_USE;

/* For people: U-labels. Isolate it from the text around it (<bdi>). */
rp_text rp_email_display(struct rp_arena *a, const struct rp_email *e);

/* For SMTP: A-labels, always. It is the key. */
rp_text rp_email_wire(const struct rp_email *e);

/* Case-folded and without needless quotes: only for warnings. */
rp_text rp_email_match(struct rp_arena *a, const struct rp_email *e);

#endif
