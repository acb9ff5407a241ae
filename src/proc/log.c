#include "proc/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

static struct {
	enum rp_log_importance least;
	bool journald;
	const char *role;
} state = { .least = RP_LOG_INFO };

static const struct {
	const char *name;
	char priority; /* of syslog, as journald reads it */
} levels[] = {
	[RP_LOG_ERROR] = { "error", '3' },
	[RP_LOG_WARNING] = { "warning", '4' },
	[RP_LOG_INFO] = { "info", '6' },
	[RP_LOG_DEBUG] = { "debug", '7' },
};

/* A line being put together in a fixed buffer; the end is kept for a mark. */
struct line {
	char *p;
	size_t n;
	bool cut;
};

#define CUT_MARK " cut=yes\n"
#define LINE_ROOM (RP_LOG_LINE_MAX - sizeof(CUT_MARK))

void
rp_log_init(enum rp_log_importance least, bool journald)
{
	state.least = least;
	state.journald = journald;
}

void
rp_log_set_role(const char *role)
{
	state.role = role;
}

bool
rp_log_wants(enum rp_log_importance level)
{
	return level <= state.least;
}

struct rp_log_field
rp_log_text(const char *key, rp_text value)
{
	return (struct rp_log_field){
		.key = key,
		.kind = RP_LOG_KIND_TEXT,
		.text = value,
	};
}

struct rp_log_field
rp_log_z(const char *key, const char *value)
{
	return rp_log_text(key, rp_text_z(value));
}

struct rp_log_field
rp_log_i64(const char *key, int64_t value)
{
	return (struct rp_log_field){
		.key = key,
		.kind = RP_LOG_KIND_I64,
		.number = value,
	};
}

struct rp_log_field
rp_log_network(const char *key, const uint8_t ip[16])
{
	struct rp_log_field f = { .key = key, .kind = RP_LOG_KIND_NETWORK };

	memcpy(f.ip, ip, sizeof(f.ip));
	return f;
}

struct rp_log_field
rp_log_err(const struct rp_err *e)
{
	return rp_log_z("error", rp_err_message(e));
}

static void
put(struct line *l, const char *p, size_t n)
{
	if (l->cut || n > LINE_ROOM - l->n) {
		l->cut = true;
		return;
	}
	memcpy(l->p + l->n, p, n);
	l->n += n;
}

static void
put_z(struct line *l, const char *z)
{
	put(l, z, strlen(z));
}

static bool
plain(rp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f)
			return false;
	}
	return t.n > 0;
}

static void
put_quoted(struct line *l, rp_text t)
{
	put(l, "\"", 1);
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];
		char hex[8];

		if (c == '"' || c == '\\') {
			put(l, "\\", 1);
			put(l, t.p + i, 1);
		} else if (c == '\n') {
			put(l, "\\n", 2);
		} else if (c < ' ' || c == 0x7f) {
			snprintf(hex, sizeof(hex), "\\x%02x", c);
			put_z(l, hex);
		} else {
			put(l, t.p + i, 1);
		}
	}
	put(l, "\"", 1);
}

static void
put_network(struct line *l, const uint8_t ip[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	uint8_t net[16] = { 0 };
	char z[INET6_ADDRSTRLEN];

	if (memcmp(ip, mapped, sizeof(mapped)) == 0) {
		memcpy(net, ip + 12, 3);
		put_z(l, inet_ntop(AF_INET, net, z, sizeof(z)));
		put_z(l, "/24");
		return;
	}
	memcpy(net, ip, 8);
	put_z(l, inet_ntop(AF_INET6, net, z, sizeof(z)));
	put_z(l, "/64");
}

static void
put_field(struct line *l, const struct rp_log_field *f)
{
	char number[24];

	put(l, " ", 1);
	put_z(l, f->key);
	put(l, "=", 1);
	switch (f->kind) {
	case RP_LOG_KIND_NONE:
		break;
	case RP_LOG_KIND_TEXT:
		if (plain(f->text))
			put(l, f->text.p, f->text.n);
		else
			put_quoted(l, f->text);
		break;
	case RP_LOG_KIND_I64:
		snprintf(number, sizeof(number), "%" PRId64, f->number);
		put_z(l, number);
		break;
	case RP_LOG_KIND_NETWORK:
		put_network(l, f->ip);
		break;
	}
}

static void
put_head(struct line *l, enum rp_log_importance level, int64_t at)
{
	char head[64];
	struct tm tm;
	time_t t = (time_t)(at / RP_SECOND);

	if (state.journald) {
		snprintf(head, sizeof(head), "<%c>", levels[level].priority);
	} else {
		gmtime_r(&t, &tm);
		strftime(head, sizeof(head), "time=%Y-%m-%dT%H:%M:%SZ ", &tm);
	}
	put_z(l, head);
	put_z(l, "level=");
	put_z(l, levels[level].name);
	if (state.role != NULL) {
		put_z(l, " role=");
		put_z(l, state.role);
	}
}

size_t
rp_log_format(char line[RP_LOG_LINE_MAX], enum rp_log_importance level,
    int64_t at, const char *event, const struct rp_log_field *fields)
{
	struct line l = { .p = line };

	put_head(&l, level, at);
	put_z(&l, " event=");
	put_z(&l, event);
	for (const struct rp_log_field *f = fields; f->key != NULL; f++)
		put_field(&l, f);
	/* A value cut inside a character or an escape would not be text. */
	while (l.cut && l.n > 0 &&
	       ((l.p[l.n - 1] & 0x80) != 0 || l.p[l.n - 1] == '\\'))
		l.n--;
	if (l.cut) {
		memcpy(l.p + l.n, CUT_MARK, sizeof(CUT_MARK) - 1);
		return l.n + sizeof(CUT_MARK) - 1;
	}
	l.p[l.n] = '\n';
	return l.n + 1;
}

void
rp_log_write(enum rp_log_importance level, const char *event,
    const struct rp_log_field *fields)
{
	char line[RP_LOG_LINE_MAX];
	size_t n, sent = 0;
	ssize_t got;

	if (!rp_log_wants(level))
		return;
	n = rp_log_format(line, level, rp_clock_now(), event, fields);
	while (sent < n) {
		got = write(STDERR_FILENO, line + sent, n - sent);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return; /* nobody listens: there is nobody to tell */
		sent += (size_t)got;
	}
}
