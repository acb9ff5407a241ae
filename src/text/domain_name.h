/*
 * domain_name - internationalised domain names.
 *
 * Foreign text in, both forms of the name out. The rule is UTS 46 without
 * transitional processing (ICU 72, Unicode 15.0), which maps as RFC 5895 does
 * (case, width, ideographic full stop, NFC) and keeps sharp s, final sigma and
 * the joiners; with STD 3, the bidi rule (RFC 5893) and the context rules for
 * joiners and others (RFC 5892, appendix A); and then RFC 5892's derived
 * property: UTS 46 alone lets emoji and 12,115 other code points through that
 * IDNA2008 disallows. At least two labels.
 *
 * Compare and store names by their A-form. Never recompute a stored A-form from
 * the U-form: Unicode changes mappings between versions (capital sharp s did).
 * Hand no other form to libraries that bring an IDNA of their own.
 *
 * Names that need no mapping, most of them, do not go through ICU; with
 * RP_DOMAIN_NAME_UTS46 all do, which is how tests compare the two ways.
 *
 * No top-level domain is refused for being unknown. Reads memory only.
 */
#ifndef RP_TEXT_DOMAIN_NAME_H
#define RP_TEXT_DOMAIN_NAME_H

#include "text/address_reason.h"

struct rp_names;

enum {
	RP_DOMAIN_NAME_LABEL_MAX = 63,   /* octets of a label's A-form */
	RP_DOMAIN_NAME_MAX = 253,        /* octets of a name's A-form */
	RP_DOMAIN_NAME_INPUT_MAX = 2048, /* octets looked at at all */
};

/* How this place differs from the default. */
enum {
	RP_DOMAIN_NAME_SINGLE = 1, /* one label will do: test@io */
	RP_DOMAIN_NAME_NO_DOT = 2, /* refuse a trailing dot, else strip it */
	RP_DOMAIN_NAME_UTS46 = 4,  /* what browsers take: no RFC 5892 table */
	RP_DOMAIN_NAME_TO_UNICODE = 8, /* any length, `a` stays empty */
};

struct rp_domain_name {
	rp_text entered; /* borrowed from the caller, byte for byte */
	rp_text a;       /* lower case, without a trailing dot: the key */
	rp_text u;       /* for people; equals `a` if nothing was encoded */
	size_t labels;
	bool idn; /* `a` and `u` differ */
};

/* RP_ADDRESS_OK, or why not; `out` is written only then. */
enum rp_address_reason rp_domain_name_check(struct rp_arena *a,
    const struct rp_names *names, rp_text in, unsigned flags,
    struct rp_domain_name *out) RP_MUST_USE;

/* The same as an error: RP_E_INVALID with the reason's identifier. */
struct rp_err *rp_domain_name_parse(struct rp_arena *a,
    const struct rp_names *names, rp_text in,
    struct rp_domain_name *out) RP_MUST_USE;

/*
 * The U-form of a name whose A-form was stored, for display. What cannot be
 * shown safely (no longer valid) comes back as it is.
 */
rp_text rp_domain_name_display(struct rp_arena *a, const struct rp_names *names,
    rp_text a_form);

#endif
