/*
 * address - whatever somebody gave as an address, judged.
 *
 * Guesses the kind (an e-mail address has an "@", an IPv6 address is digits and
 * colons, an IPv4 address digits and dots, all else is a domain name), judges
 * it by that kind's module, and collects what a person should be told without
 * refusing it.
 */
#ifndef RP_TEXT_ADDRESS_H
#define RP_TEXT_ADDRESS_H

#include "text/address_reason.h"

struct rp_names;

enum rp_address_kind {
	RP_ADDRESS_DOMAIN,
	RP_ADDRESS_EMAIL,
	RP_ADDRESS_IPV4,
	RP_ADDRESS_IPV6,
};

#define RP_ADDRESS_WARNINGS(X)                                                 \
	X(MAPPED, "mapped")       /* more than case was changed: width, NFC */ \
	X(NOT_NFC, "not-nfc")     /* the local part was normalised */          \
	X(SINGLE, "single-label") /* as a domain of an address */              \
	X(QUOTED, "quoted-local-part")                                         \
	X(LITERAL, "address-literal")                                          \
	X(OVER_64, "over-64-octets") /* a strict host may refuse it */         \
	X(SMTPUTF8, "needs-smtputf8")                                          \
	X(UNKNOWN_TLD, "unknown-tld") /* not in the list we have */            \
	X(PUBLIC_SUFFIX, "public-suffix")                                      \
	X(MIXED_SCRIPTS, "mixed-scripts") /* within one label */               \
	X(MIXED_NUMBERS, "mixed-numbers")                                      \
	X(INVISIBLE, "invisible-character")                                    \
	X(RARE, "rare-character")                                              \
	X(V4_MAPPED, "v4-mapped")   /* IPv6 text for an IPv4 address */        \
	X(NOT_GLOBAL, "not-global") /* private, documentation, ... */

enum {
#define RP_ADDRESS_BIT(name, id) RP_ADDRESS_BIT_##name,
	RP_ADDRESS_WARNINGS(RP_ADDRESS_BIT)
#undef RP_ADDRESS_BIT
	    RP_ADDRESS_WARNING_COUNT,
};

enum {
#define RP_ADDRESS_WARN(name, id) \
	RP_ADDRESS_WARN_##name = 1 << RP_ADDRESS_BIT_##name,
	RP_ADDRESS_WARNINGS(RP_ADDRESS_WARN)
#undef RP_ADDRESS_WARN
};

struct rp_address {
	enum rp_address_kind kind;
	enum rp_address_reason why; /* RP_ADDRESS_OK: valid */
	rp_text entered;
	/* Empty if it is not valid. */
	rp_text a;         /* A-labels; RFC 5952 for an IP address */
	rp_text u;         /* for people */
	rp_text key;       /* equal for equal addresses; IPv6: the /64 */
	unsigned warnings; /* RP_ADDRESS_WARN_* */
};

/* "domain", "email", "ipv4", "ipv6". */
rp_text rp_address_kind_id(enum rp_address_kind kind);

/* "mapped", ... for a bit number below RP_ADDRESS_WARNING_COUNT. */
rp_text rp_address_warning_id(unsigned bit);

enum rp_address_kind rp_address_guess(rp_bytes in);

void rp_address_judge(struct rp_arena *a, const struct rp_names *names,
    enum rp_address_kind kind, rp_text in, struct rp_address *out);

#endif
