/*
 * listen - addresses as settings write them, and the sockets on them.
 *
 * An address is `[::1]:8080` or `127.0.0.1:8080`, numbers only. An IPv6 socket
 * never takes IPv4 (IPV6_V6ONLY): what one listens on is what stands there.
 * A network is `2001:db8::/32` or `192.0.2.0/24`.
 */
#ifndef RP_PROC_LISTEN_H
#define RP_PROC_LISTEN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "base/str.h"

union rp_listen_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* A prefix as 128 bits; IPv4 is v4-mapped, `bits` counts from there. */
struct rp_network {
	uint8_t ip[16];
	unsigned bits;
};

#define RP_LISTEN_BACKLOG 4096

/* RP_E_INVALID. */
struct rp_err *rp_listen_parse(rp_text t,
    union rp_listen_address *out) RP_MUST_USE;
struct rp_err *rp_network_parse(rp_text t, struct rp_network *out) RP_MUST_USE;

rp_text rp_listen_text(struct rp_arena *a, const union rp_listen_address *at);

bool rp_listen_is_loopback(const union rp_listen_address *at);
bool rp_listen_is_v6(const union rp_listen_address *at);

/*
 * A listening socket, non-blocking and close-on-exec. `shared`: several
 * processes make one each on this address (SO_REUSEPORT). RP_E_NOTFOUND if this
 * machine has not the address or its family, RP_E_UNAVAILABLE.
 */
struct rp_err *rp_listen_open(const union rp_listen_address *at, bool shared,
    int *out) RP_MUST_USE;

/* The address that a socket is bound to. RP_E_INVALID if it is no TCP. */
struct rp_err *rp_listen_of(int fd, union rp_listen_address *out) RP_MUST_USE;

#endif
