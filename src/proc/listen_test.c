#include "proc/listen.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"

static struct rp_arena *arena;

static void
test_parse(void)
{
	static const struct {
		const char *in, *out; /* NULL: refused */
	} rows[] = {
		{ "[::1]:8080", "[::1]:8080" },
		{ "[2001:DB8:0::1]:80", "[2001:db8::1]:80" },
		{ "[::]:443", "[::]:443" },
		{ "127.0.0.1:0", "127.0.0.1:0" },
		{ "0.0.0.0:65535", "0.0.0.0:65535" },
		{ "0.0.0.0:65536", NULL },
		{ "::1:80", NULL },
		{ "[::1]", NULL },
		{ "[::1]80", NULL },
		{ "[127.0.0.1]:80", NULL },
		{ "localhost:80", NULL },
		{ "127.0.0.1", NULL },
		{ "127.0.0.1:-1", NULL },
		{ ":80", NULL },
		{ "", NULL },
		{ "[", NULL },
		{ "[]:1", NULL },
	};

	arena = rp_arena_new((size_t)1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		union rp_listen_address at;
		struct rp_err *e = rp_listen_parse(rp_text_z(rows[i].in), &at);

		RP_CHECK((e == NULL) == (rows[i].out != NULL));
		if (e == NULL)
			RP_CHECK_TEXT(rp_listen_text(arena, &at),
			    rp_text_z(rows[i].out));
		rp_err_free(e);
	}
}

static void
test_network(void)
{
	static const struct {
		const char *in;
		int bits; /* -1: refused */
	} rows[] = {
		{ "2001:db8::/32", 32 },
		{ "::/0", 0 },
		{ "::1/128", 128 },
		{ "192.0.2.0/24", 120 },
		{ "0.0.0.0/0", 96 },
		{ "192.0.2.1/24", -1 },
		{ "192.0.2.0/33", -1 },
		{ "2001:db8::/129", -1 },
		{ "2001:db8::", -1 },
		{ "x/8", -1 },
		{ "/8", -1 },
		{ "::/", -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_network net = { .bits = 999 };
		struct rp_err *e =
		    rp_network_parse(rp_text_z(rows[i].in), &net);

		RP_CHECK((e == NULL) == (rows[i].bits >= 0));
		if (e == NULL)
			RP_CHECK((int)net.bits == rows[i].bits);
		rp_err_free(e);
	}
}

/* IPv6 and IPv4 may have the same port: neither socket takes the other's. */
static void
test_both_families(void)
{
	union rp_listen_address v6, v4, got;
	int fd6, fd4;

	RP_CHECK_OK(rp_listen_parse(RP_TEXT("[::]:0"), &v6));
	if (rp_listen_open(&v6, false, &fd6) != NULL)
		RP_SKIP_ALL("no IPv6 on this machine");
	RP_CHECK_OK(rp_listen_of(fd6, &got));
	RP_CHECK(rp_listen_is_v6(&got) && !rp_listen_is_loopback(&got));
	RP_CHECK_OK(rp_listen_parse(RP_TEXT("0.0.0.0:0"), &v4));
	v4.v4.sin_port = got.v6.sin6_port;
	RP_CHECK_OK(rp_listen_open(&v4, false, &fd4));
	RP_CHECK_FAILS(rp_listen_open(&v4, false, &fd4), RP_E_UNAVAILABLE);
	close(fd4);
	close(fd6);
	RP_CHECK_OK(rp_listen_parse(RP_TEXT("192.0.2.1:0"), &v4));
	RP_CHECK_FAILS(rp_listen_open(&v4, false, &fd4), RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_listen_of(fd6, &got), RP_E_INVALID);
	rp_arena_free(arena);
}

RP_CHECK_MAIN({ "parse", test_parse }, { "network", test_network },
    { "both families", test_both_families })
