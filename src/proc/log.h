/*
 * log - one line per event, for people and machines.
 *
 *	time=2026-11-21T07:53:00Z level=info role=web event=request status=200
 *
 * logfmt on standard error: key=value, quoted and escaped where needed, one
 * write(2) a line. Under journald the time is left out and the level stands in
 * front as <N>. Lines longer than RP_LOG_LINE_MAX are cut and marked.
 *
 * No personal data: no names, mail addresses, texts; a network is logged as
 * the /64 or /24 it is in. Only `web`, `mail` and `proc` log, once, at the top
 * of a job. The state (level, role) is of the process.
 */
#ifndef RP_PROC_LOG_H
#define RP_PROC_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define RP_LOG_LINE_MAX 2048

/* In the order of the setting log_level. */
enum rp_log_importance {
	RP_LOG_ERROR,
	RP_LOG_WARNING,
	RP_LOG_INFO,
	RP_LOG_DEBUG,
};

enum rp_log_kind {
	RP_LOG_KIND_NONE,
	RP_LOG_KIND_TEXT,
	RP_LOG_KIND_I64,
	RP_LOG_KIND_NETWORK,
};

struct rp_log_field {
	const char *key;
	enum rp_log_kind kind;
	rp_text text;
	int64_t number;
	uint8_t ip[16];
};

void rp_log_init(enum rp_log_importance least, bool journald);
void rp_log_set_role(const char *role); /* borrowed */
bool rp_log_wants(enum rp_log_importance level);

struct rp_log_field rp_log_text(const char *key, rp_text value);
struct rp_log_field rp_log_z(const char *key, const char *value);
struct rp_log_field rp_log_i64(const char *key, int64_t value);
/* Sixteen octets, IPv4 v4-mapped. */
struct rp_log_field rp_log_network(const char *key, const uint8_t ip[16]);
/* "error" and the message. */
struct rp_log_field rp_log_err(const struct rp_err *e);

/* rp_log(RP_LOG_INFO, "started", rp_log_i64("pid", pid)) */
#define rp_log(level, event, ...)          \
	rp_log_write((level), (event),     \
	    (const struct rp_log_field[]){ \
		__VA_ARGS__ __VA_OPT__(, ){ .key = NULL } })

void rp_log_write(enum rp_log_importance level, const char *event,
    const struct rp_log_field *fields);

/* The line that would be written, for tests. Returns its length. */
size_t rp_log_format(char line[RP_LOG_LINE_MAX], enum rp_log_importance level,
    int64_t at, const char *event, const struct rp_log_field *fields);

#endif
