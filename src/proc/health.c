#include "proc/health.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "proc/listen.h"

/* This program was written in 2026; a machine that believes less is wrong. */
#define YEAR_2026 ((int64_t)1767225600 * RP_SECOND)
#define YEAR_2100 ((int64_t)4102444800 * RP_SECOND)

#define PORTS_ABI 4 /* of Landlock */

void
rp_health_add(struct rp_health *h, const char *subject,
    enum rp_health_verdict verdict, const char *fmt, ...)
{
	struct rp_health_finding f = { .subject = subject, .verdict = verdict };
	va_list ap;
	char *s = NULL;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n < 0)
		rp_panic(__FILE__, __LINE__, "out of memory");
	f.text = rp_text_dup(h->arena, (rp_text){ s, (size_t)n });
	free(s);
	rp_vec_push(h->arena, &h->found, f);
}

/* Whether this machine has the address; the port does not matter. */
static bool
is_ours(const union rp_listen_address *at)
{
	union rp_listen_address any_port = *at;
	struct rp_err *e;
	int fd;

	if (rp_listen_is_v6(at))
		any_port.v6.sin6_port = 0;
	else
		any_port.v4.sin_port = 0;
	e = rp_listen_open(&any_port, false, &fd);
	if (e == NULL)
		close(fd);
	rp_err_free(e);
	return e == NULL;
}

static bool
somebody_answers(const union rp_listen_address *at)
{
	bool v6 = rp_listen_is_v6(at);
	int fd = socket(at->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool yes = fd >= 0 && connect(fd, &at->any,
				  v6 ? sizeof(at->v6) : sizeof(at->v4)) == 0;

	if (fd >= 0)
		close(fd);
	return yes;
}

void
rp_health_listening(struct rp_health *h)
{
	const struct rp_words_list *list = &h->settings->listen;
	bool v6 = false, v4 = false, open = false;
	size_t answer = 0;

	for (size_t i = 0; i < list->n; i++) {
		union rp_listen_address at;
		struct rp_err *e = rp_listen_parse(list->v[i], &at);

		RP_ASSERT(e == NULL);
		if (!is_ours(&at)) {
			rp_health_add(h, "listening", RP_HEALTH_WRONG,
			    "This machine does not have the address %.*s.",
			    RP_FMT(list->v[i]));
			continue;
		}
		v6 = v6 || rp_listen_is_v6(&at);
		v4 = v4 || !rp_listen_is_v6(&at);
		open = open || !rp_listen_is_loopback(&at);
		answer += somebody_answers(&at);
	}
	if (!v6)
		rp_health_add(h, "listening", RP_HEALTH_WRONG,
		    "No IPv6 address is listened on: people who have IPv6 "
		    "only cannot connect. Add one to `listen`.");
	if (!v4)
		rp_health_add(h, "listening", RP_HEALTH_NOTE,
		    "No IPv4 address is listened on.");
	if (v6 && v4)
		rp_health_add(h, "listening", RP_HEALTH_GOOD,
		    "IPv6 and IPv4 are listened on.");
	if (!open)
		rp_health_add(h, "listening", RP_HEALTH_NOTE,
		    "Only this machine can connect. That is right behind a "
		    "proxy on this machine; else set `listen`.");
	if (answer == 0)
		rp_health_add(h, "listening", RP_HEALTH_NOTE,
		    "Nothing answers at these addresses now: the server does "
		    "not run.");
}

void
rp_health_address(struct rp_health *h)
{
	rp_text url = h->settings->public_url;

	if (rp_text_starts(url, RP_TEXT("https://")))
		rp_health_add(h, "address", RP_HEALTH_GOOD, "Links say %.*s.",
		    RP_FMT(url));
	else if (rp_text_starts(url, RP_TEXT("http://[::1]")) ||
		 rp_text_starts(url, RP_TEXT("http://127.")) ||
		 rp_text_starts(url, RP_TEXT("http://localhost")))
		rp_health_add(h, "address", RP_HEALTH_NOTE,
		    "Links say %.*s, which works on this machine only. Set "
		    "`public_url` to what people type.",
		    RP_FMT(url));
	else
		rp_health_add(h, "address", RP_HEALTH_WRONG,
		    "Links say %.*s: passphrases and answers cross the "
		    "network readable for everybody. Use https.",
		    RP_FMT(url));
}

void
rp_health_clock(struct rp_health *h, int64_t now, bool synchronised)
{
	if (now < YEAR_2026 || now > YEAR_2100)
		rp_health_add(h, "clock", RP_HEALTH_WRONG,
		    "The clock says %s: deadlines cannot be right.",
		    rp_clock_rfc3339(h->arena, now).p);
	else if (!synchronised)
		rp_health_add(h, "clock", RP_HEALTH_NOTE,
		    "The kernel does not know that the clock is kept right "
		    "(NTP). Deadlines are as right as the clock.");
	else
		rp_health_add(h, "clock", RP_HEALTH_GOOD,
		    "The clock is synchronised.");
}

void
rp_health_mail(struct rp_health *h)
{
	if (h->settings->smarthost.n > 0)
		rp_health_add(h, "mail", RP_HEALTH_GOOD,
		    "Mail goes out through %.*s.",
		    RP_FMT(h->settings->smarthost));
	else
		rp_health_add(h, "mail", RP_HEALTH_NOTE,
		    "Mail is not configured (`smarthost`): pages say so and "
		    "offer the text to be copied.");
}

void
rp_health_sandbox(struct rp_health *h, const struct rp_sandbox_state *s)
{
	if (!s->seccomp)
		rp_health_add(h, "sandbox", RP_HEALTH_WRONG,
		    "This kernel has no seccomp: a role that is taken over "
		    "may call whatever it likes.");
	if (s->landlock_abi == 0)
		rp_health_add(h, "sandbox", RP_HEALTH_WRONG,
		    "This kernel has no Landlock, or it is switched off: the "
		    "roles can open every file that the server's user can.");
	else if (s->landlock_abi < PORTS_ABI)
		rp_health_add(h, "sandbox", RP_HEALTH_NOTE,
		    "This kernel's Landlock (ABI %d) cannot limit connections "
		    "by port; Linux 6.7 can.",
		    s->landlock_abi);
	if (rp_sandbox_is_full(s))
		rp_health_add(h, "sandbox", RP_HEALTH_GOOD,
		    "Roles are closed by seccomp and Landlock (ABI %d).",
		    s->landlock_abi);
}

void
rp_health_limits(struct rp_health *h)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) == 0 &&
	    l.rlim_max < (rlim_t)h->settings->connections_max + 256)
		rp_health_add(h, "limits", RP_HEALTH_WRONG,
		    "At most %llu descriptors are allowed, too few for "
		    "%lld connections. Raise LimitNOFILE of the service, or "
		    "lower `connections_max`.",
		    (unsigned long long)l.rlim_max,
		    (long long)h->settings->connections_max);
	if (geteuid() == 0)
		rp_health_add(h, "limits", RP_HEALTH_NOTE,
		    "This is run by root. The server needs no such rights; "
		    "the service has a user of its own.");
}

static bool
clock_is_synchronised(void)
{
	struct timex t = { .modes = 0 };

	return adjtimex(&t) != TIME_ERROR && (t.status & STA_UNSYNC) == 0;
}

void
rp_health_all(struct rp_health *h)
{
	struct rp_sandbox_state sandbox = rp_sandbox_probe();

	rp_health_listening(h);
	rp_health_address(h);
	rp_health_tls(h);
	rp_health_clock(h, h->now, clock_is_synchronised());
	rp_health_mail(h);
	rp_health_sandbox(h, &sandbox);
	rp_health_database(h);
	rp_health_backups(h);
	rp_health_space(h);
	rp_health_files(h);
	rp_health_limits(h);
}

bool
rp_health_is_wrong(const struct rp_health *h)
{
	for (size_t i = 0; i < h->found.n; i++)
		if (h->found.v[i].verdict == RP_HEALTH_WRONG)
			return true;
	return false;
}

rp_text
rp_health_verdict_name(enum rp_health_verdict v)
{
	static const char *const names[] = { "good", "note", "wrong" };

	return rp_text_z(names[v]);
}
