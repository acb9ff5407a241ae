#include "proc/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static bool
numeric(int family, rp_text host, void *out)
{
	char z[INET6_ADDRSTRLEN];

	if (host.n == 0 || host.n >= sizeof(z))
		return false;
	memcpy(z, host.p, host.n);
	z[host.n] = '\0';
	return inet_pton(family, z, out) == 1;
}

static struct rp_err *
not_an_address(rp_text t)
{
	return rp_fail(RP_E_INVALID,
	    "\"%.*s\" is not an address with a port, like [::1]:8080 or "
	    "127.0.0.1:8080",
	    RP_FMT(t));
}

struct rp_err *
rp_listen_parse(rp_text t, union rp_listen_address *out)
{
	union rp_listen_address at;
	size_t colon = t.n;
	int64_t port;

	memset(&at, 0, sizeof(at));
	while (colon > 0 && t.p[colon - 1] != ':')
		colon--;
	if (colon == 0 || t.n - colon > 5 ||
	    !rp_text_i64(rp_text_sub(t, colon, t.n), &port) || port < 0 ||
	    port > 65535)
		return not_an_address(t);
	colon--;
	if (t.p[0] == '[') {
		if (colon < 2 || t.p[colon - 1] != ']' ||
		    !numeric(AF_INET6, rp_text_sub(t, 1, colon - 1),
			&at.v6.sin6_addr))
			return not_an_address(t);
		at.v6.sin6_family = AF_INET6;
		at.v6.sin6_port = htons((uint16_t)port);
	} else {
		if (!numeric(AF_INET, rp_text_sub(t, 0, colon),
			&at.v4.sin_addr))
			return not_an_address(t);
		at.v4.sin_family = AF_INET;
		at.v4.sin_port = htons((uint16_t)port);
	}
	*out = at;
	return NULL;
}

struct rp_err *
rp_network_parse(rp_text t, struct rp_network *out)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct rp_network net = { .bits = 0 };
	size_t slash = rp_text_find(t, '/', 0);
	rp_text host = rp_text_sub(t, 0, slash);
	int64_t bits = -1, max = 128;

	if (slash < t.n && !rp_text_i64(rp_text_sub(t, slash + 1, t.n), &bits))
		bits = -1;
	if (numeric(AF_INET, host, net.ip + 12)) {
		memcpy(net.ip, mapped, sizeof(mapped));
		max = 32;
	} else if (!numeric(AF_INET6, host, net.ip)) {
		bits = -1;
	}
	if (slash == t.n || bits < 0 || bits > max)
		return rp_fail(RP_E_INVALID,
		    "\"%.*s\" is not a network, like 2001:db8::/32 or "
		    "192.0.2.0/24",
		    RP_FMT(t));
	net.bits = (unsigned)(bits + 128 - max);
	for (unsigned i = 0; i < 128; i++)
		if (i >= net.bits && (net.ip[i / 8] & (0x80u >> i % 8)) != 0)
			return rp_fail(RP_E_INVALID,
			    "\"%.*s\" has bits behind its prefix", RP_FMT(t));
	*out = net;
	return NULL;
}

rp_text
rp_listen_text(struct rp_arena *a, const union rp_listen_address *at)
{
	char z[INET6_ADDRSTRLEN];

	if (at->any.sa_family == AF_INET6)
		return rp_textf(a, "[%s]:%u",
		    inet_ntop(AF_INET6, &at->v6.sin6_addr, z, sizeof(z)),
		    ntohs(at->v6.sin6_port));
	return rp_textf(a, "%s:%u",
	    inet_ntop(AF_INET, &at->v4.sin_addr, z, sizeof(z)),
	    ntohs(at->v4.sin_port));
}

bool
rp_listen_is_v6(const union rp_listen_address *at)
{
	return at->any.sa_family == AF_INET6;
}

bool
rp_listen_is_loopback(const union rp_listen_address *at)
{
	if (rp_listen_is_v6(at))
		return IN6_IS_ADDR_LOOPBACK(&at->v6.sin6_addr);
	return (ntohl(at->v4.sin_addr.s_addr) >> 24) == 127;
}

/* What a machine without IPv6, or without IPv4, or without the address says. */
static struct rp_err *
cannot(void)
{
	return rp_fail_errno(errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT ?
				 RP_E_NOTFOUND :
				 RP_E_UNAVAILABLE,
	    "listening");
}

static struct rp_err *
prepare(int fd, const union rp_listen_address *at, bool shared)
{
	int yes = 1;
	bool v6 = rp_listen_is_v6(at);
	socklen_t n = v6 ? sizeof(at->v6) : sizeof(at->v4);

	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
	    (v6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes,
		       sizeof(yes)) != 0) ||
	    (shared && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes,
			   sizeof(yes)) != 0) ||
	    bind(fd, &at->any, n) != 0 || listen(fd, RP_LISTEN_BACKLOG) != 0)
		return cannot();
	return NULL;
}

struct rp_err *
rp_listen_open(const union rp_listen_address *at, bool shared, int *out)
{
	struct rp_err *e;
	int fd = socket(at->any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);

	if (fd < 0)
		return cannot();
	e = prepare(fd, at, shared);
	if (e != NULL) {
		close(fd);
		return e;
	}
	*out = fd;
	return NULL;
}

struct rp_err *
rp_listen_of(int fd, union rp_listen_address *out)
{
	union rp_listen_address at;
	socklen_t n = sizeof(at);

	if (getsockname(fd, &at.any, &n) != 0)
		return rp_fail_errno(RP_E_INVALID, "descriptor %d", fd);
	if (at.any.sa_family != AF_INET && at.any.sa_family != AF_INET6)
		return rp_fail(RP_E_INVALID, "descriptor %d is no TCP socket",
		    fd);
	*out = at;
	return NULL;
}
