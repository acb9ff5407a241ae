#include "proc/profile.h"

#include "base/err.h"
#include "proc/mailer.h"

/* What name resolution and TLS of libpq read. */
static const char *const network_paths[] = { "/etc/resolv.conf", "/etc/hosts",
	"/etc/nsswitch.conf", "/etc/services", "/etc/gai.conf",
	"/etc/host.conf", "/etc/ssl", "/usr/lib", "/lib", "/etc/ld.so.cache" };

#define POSTGRES_PORT 5432
#define DNS_PORT 53

static const char *
folder_of(struct rp_arena *a, rp_text file)
{
	size_t n = file.n;

	while (n > 0 && file.p[n - 1] != '/')
		n--;
	if (n == 0)
		return ".";
	return rp_textf(a, "%.*s", (int)n, file.p).p;
}

/* The port in "postgresql://user@[::1]:5433/name?..."; 5432 if there is none.
 */
static uint16_t
port_of(rp_text url)
{
	size_t at = rp_text_find(url, '/', 0) + 2, end, from;
	int64_t port;

	if (at > url.n)
		return POSTGRES_PORT;
	end = rp_text_find(url, '/', at);
	from = rp_text_find(url, '@', at);
	from = from < end ? from + 1 : at;
	if (from < end && url.p[from] == '[')
		from = rp_text_find(url, ']', from);
	from = rp_text_find(url, ':', from);
	if (from + 1 < end &&
	    rp_text_i64(rp_text_sub(url, from + 1, end), &port) && port > 0 &&
	    port < 65536)
		return (uint16_t)port;
	return POSTGRES_PORT;
}

/* "postgresql:///name?host=/run/postgresql" needs no network. */
static bool
is_local(rp_text url)
{
	return rp_text_starts(url, RP_TEXT("postgresql:///")) ||
	       rp_text_starts(url, RP_TEXT("postgres:///"));
}

static void
add_database(struct rp_arena *a, const struct rp_settings *s,
    struct rp_sandbox_profile *p)
{
	rp_text url = rp_settings_database(a, s), sqlite = RP_TEXT("sqlite:");
	size_t n = 0;

	while (p->paths[n].path != NULL)
		n++;
	p->calls |= RP_CALLS_WRITE_FILES;
	if (rp_text_starts(url, sqlite)) {
		p->paths[n] = (struct rp_sandbox_path){
			folder_of(a, rp_text_sub(url, sqlite.n, url.n)), true
		};
		return;
	}
	p->calls |= RP_CALLS_CONNECT_UNIX;
	if (is_local(url))
		return;
	p->calls |= RP_CALLS_CONNECT_INET | RP_CALLS_LOAD_CODE;
	p->ports[0] = port_of(url);
	p->ports[1] = DNS_PORT;
	for (size_t i = 0; i < sizeof(network_paths) / sizeof(char *); i++) {
		RP_ASSERT(n < RP_SANDBOX_PATHS_MAX);
		p->paths[n++] =
		    (struct rp_sandbox_path){ network_paths[i], false };
	}
}

/* Its name was resolved before. */
static void
add_mail_server(const struct rp_settings *s, struct rp_sandbox_profile *p)
{
	size_t n = 0;

	p->calls |= RP_CALLS_CONNECT_INET;
	while (p->ports[n] != 0)
		n++;
	RP_ASSERT(n < RP_SANDBOX_PORTS_MAX);
	p->ports[n] = rp_mailer_port(s->smarthost);
}

struct rp_sandbox_profile
rp_profile_web(struct rp_arena *a, const struct rp_settings *s)
{
	struct rp_sandbox_profile p = {
		.name = "web",
		.calls = RP_CALLS_SOCKETS | RP_CALLS_ACCEPT,
	};

	add_database(a, s, &p);
	return p;
}

struct rp_sandbox_profile
rp_profile_worker(struct rp_arena *a, const struct rp_settings *s)
{
	struct rp_sandbox_profile p = {
		.name = "worker",
		.calls = RP_CALLS_SOCKETS,
	};

	if (s->scanner_socket.n > 0)
		p.calls |= RP_CALLS_CONNECT_UNIX;
	add_database(a, s, &p);
	if (s->smarthost.n > 0)
		add_mail_server(s, &p);
	return p;
}

struct rp_sandbox_profile
rp_profile_parse(void)
{
	return (struct rp_sandbox_profile){
		.name = "parse",
		.cpu_seconds = RP_PARSE_CPU_SECONDS,
		.memory = RP_PARSE_MEMORY,
		.write_no_file = true,
	};
}

struct rp_sandbox_profile
rp_profile_hash(void)
{
	return (struct rp_sandbox_profile){
		.name = "hash",
		.calls = RP_CALLS_SOCKETS,
	};
}
