/*
 * health - what is wrong with an installation, in plain words.
 *
 * What `rapporteur check` prints. Every question is a function that adds its
 * findings: good, a note (as it is, it may be meant), or wrong, with what to do
 * about it. Nothing is changed; a SQLite file that is not there is not made.
 */
#ifndef RP_PROC_HEALTH_H
#define RP_PROC_HEALTH_H

#include "proc/sandbox.h"
#include "proc/settings.h"

enum rp_health_verdict { RP_HEALTH_GOOD, RP_HEALTH_NOTE, RP_HEALTH_WRONG };

struct rp_health_finding {
	const char *subject; /* one plain word */
	enum rp_health_verdict verdict;
	rp_text text;
};

struct rp_health_findings RP_VEC(struct rp_health_finding);

struct rp_health {
	struct rp_arena *arena;
	const struct rp_settings *settings;
	int64_t now;
	struct rp_health_findings found;
};

/* Everything below, in this order. */
void rp_health_all(struct rp_health *h);

void rp_health_listening(struct rp_health *h);
void rp_health_address(struct rp_health *h); /* public_url */
void rp_health_tls(struct rp_health *h);
void rp_health_clock(struct rp_health *h, int64_t now, bool synchronised);
void rp_health_mail(struct rp_health *h);
void rp_health_sandbox(struct rp_health *h, const struct rp_sandbox_state *s);
void rp_health_database(struct rp_health *h);
void rp_health_backups(struct rp_health *h);
void rp_health_space(struct rp_health *h);
void rp_health_files(struct rp_health *h);
void rp_health_limits(struct rp_health *h);

/* One is wrong. */
bool rp_health_is_wrong(const struct rp_health *h);

/* "good", "note", "wrong". */
rp_text rp_health_verdict_name(enum rp_health_verdict v);

void rp_health_add(struct rp_health *h, const char *subject,
    enum rp_health_verdict verdict, const char *fmt, ...) RP_PRINTF(4, 5);

#endif
