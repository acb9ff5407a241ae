/*
 * address_reason - why a name or an address was refused.
 *
 * A verdict on what a person typed is a value, not an error: forms show a
 * message for it, `rapporteur address` prints it, and lists of a hundred
 * thousand names are judged without making error objects. The identifiers are
 * stable: they are printed, stored in logs and part of message ids
 * ("address.bidi").
 */
#ifndef RP_TEXT_ADDRESS_REASON_H
#define RP_TEXT_ADDRESS_REASON_H

#include "base/str.h"

#define RP_ADDRESS_REASONS(X)                                                \
	X(OK, "ok")                                                          \
	X(EMPTY, "empty")                                                    \
	X(NOT_TEXT, "not-text") /* not UTF-8, or control characters */       \
	X(NAME_TOO_LONG,                                                     \
	    "name-too-long") /* RFC 1035: 253 octets as A-label */           \
	X(LABEL_TOO_LONG, "label-too-long") /* 63 octets as A-label */       \
	X(LABEL_EMPTY, "label-empty")       /* two dots, a leading dot */    \
	X(SINGLE_LABEL, "single-label")     /* no dot in it */               \
	X(TRAILING_DOT, "trailing-dot")     /* where it is not allowed */    \
	X(DISALLOWED, "disallowed")         /* UTS 46 or STD 3 */            \
	X(IDNA2008, "disallowed-idna2008")  /* RFC 5892: emoji, symbols */   \
	X(HYPHEN, "hyphen")                 /* first or last in a label */   \
	X(HYPHEN_34, "hyphen-3-4")          /* third and fourth */           \
	X(COMBINING_MARK, "combining-mark-first")                            \
	X(A_LABEL, "a-label")          /* "xn--" and not Punycode */         \
	X(BIDI, "bidi")                /* RFC 5893 */                        \
	X(CONTEXT_J, "context-joiner") /* RFC 5892, A.1, A.2 */              \
	X(CONTEXT_O, "context-other")  /* RFC 5892, A.3 to A.9 */            \
	X(NO_AT, "no-at-sign")                                               \
	X(LOCAL_EMPTY, "local-part-empty")                                   \
	X(LOCAL_DOT, "local-part-dot") /* first, last or doubled */          \
	X(LOCAL_CHARACTER, "local-part-character")                           \
	X(LOCAL_QUOTES, "local-part-quotes")     /* not closed, or inside */ \
	X(LOCAL_TOO_LONG, "local-part-too-long") /* RFC 5321: 64 octets */   \
	X(DOMAIN_EMPTY, "domain-empty")                                      \
	X(EMAIL_TOO_LONG, "address-too-long") /* RFC 5321: 254 octets */     \
	X(LITERAL, "address-literal")         /* [...] is no IP address */   \
	X(IP_SYNTAX, "ip-syntax")                                            \
	X(IP_ZONE, "ip-zone")             /* fe80::1%eth0 */                 \
	X(IP_LINK_LOCAL, "ip-link-local") /* means nothing elsewhere */

enum rp_address_reason {
#define RP_ADDRESS_ENUM(name, id) RP_ADDRESS_##name,
	RP_ADDRESS_REASONS(RP_ADDRESS_ENUM)
#undef RP_ADDRESS_ENUM
};

/* "ok", "label-too-long", ... */
rp_text rp_address_reason_id(enum rp_address_reason why);

#endif
