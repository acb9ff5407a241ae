/*
 * ip - IP addresses and prefixes as values.
 *
 * Sixteen octets, network order. An IPv4 address is kept as its v4-mapped form
 * (::ffff:0:0/96, RFC 4291, 2.5.5.2), so that a client is the same one whether
 * it came through an IPv4 socket or a dual-stack one, and one comparison does.
 *
 * Reading takes every form of RFC 4291, 2.2 and dotted decimal without leading
 * zeros; no zone identifier and no link-local address, which mean nothing on
 * another host (RFC 4007). Writing is RFC 5952: lower case, the longest run of
 * two or more zero groups as "::", the first of equals; a v4-mapped address is
 * written as the IPv4 address it is.
 */
#ifndef RP_TEXT_IP_H
#define RP_TEXT_IP_H

#include "text/address_reason.h"

enum {
	RP_IP_TEXT_MAX = 45, /* ffff:...:255.255.255.255 */
};

struct rp_ip {
	uint8_t b[16];
};

/* The first `bits` of `ip`; IPv4 prefixes count from the mapped form: 96 + n.
 */
struct rp_ip_prefix {
	struct rp_ip ip;
	uint8_t bits;
};

/* RP_ADDRESS_OK, or why not; `out` is written only then. */
enum rp_address_reason rp_ip_check(rp_text in, struct rp_ip *out) RP_MUST_USE;

/*
 * The same for what a socket, a header of a trusted proxy or the database
 * says: link-local addresses are taken. RP_E_INVALID.
 */
struct rp_err *rp_ip_parse(rp_text in, struct rp_ip *out) RP_MUST_USE;

/* From network-order octets, as in struct in_addr and in6_addr. */
struct rp_ip rp_ip_v4(const uint8_t b[4]);
struct rp_ip rp_ip_v6(const uint8_t b[16]);

bool rp_ip_is_v4(struct rp_ip ip);
bool rp_ip_eq(struct rp_ip a, struct rp_ip b);

/* RFC 5952; with brackets around IPv6 and a port for URLs and logs. */
rp_text rp_ip_text(struct rp_arena *a, struct rp_ip ip);
rp_text rp_ip_port_text(struct rp_arena *a, struct rp_ip ip, uint16_t port);

/* The address with all but the first `bits` set to zero. */
struct rp_ip_prefix rp_ip_prefix(struct rp_ip ip, uint8_t bits);

/* "2001:db8::/32", "192.0.2.0/24". */
rp_text rp_ip_prefix_text(struct rp_arena *a, struct rp_ip_prefix p);

bool rp_ip_in(struct rp_ip ip, struct rp_ip_prefix p);

/*
 * Whom a log, a limit or a block list means: the /64 of an IPv6 address, which
 * is one subscriber's link (RFC 4291, 2.5.4), or the IPv4 address.
 */
struct rp_ip_prefix rp_ip_subscriber(struct rp_ip ip);
rp_text rp_ip_log_key(struct rp_arena *a, struct rp_ip ip);

/*
 * Whether it is an address of the public Internet, by IANA's registries of
 * special-purpose addresses (RFC 6890): not private, loopback, documentation,
 * multicast, 6to4, Teredo or translated.
 */
bool rp_ip_is_global(struct rp_ip ip);

#endif
