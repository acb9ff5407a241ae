/* supervise_private - what the parts of the supervisor share. */
#ifndef RP_PROC_SUPERVISE_PRIVATE_H
#define RP_PROC_SUPERVISE_PRIVATE_H

#include <signal.h>
#include <sys/types.h>

#include "proc/metrics.h"
#include "proc/spawn.h"
#include "proc/supervise.h"

/* What an event of the loop is about; the index is in its lower half. */
enum event_kind {
	EVENT_SIGNAL,
	EVENT_ENDED,   /* slot */
	EVENT_CONTROL, /* slot */
	EVENT_REQUEST,
	EVENT_DOCUMENT, /* document */
	EVENT_METRICS,
	EVENT_METRICS_CLIENT, /* client */
};

/*
 * A place for one process of a role, which may be started again:
 *
 *	waiting (pidfd -1, due_at) -> running (pidfd, control_fd) -> waiting
 */
struct slot {
	const struct rp_role *role;
	enum rp_metric up;
	int index;
	pid_t pid;
	int pidfd, control_fd;
	bool ready;
	unsigned failures; /* in a row */
	int64_t started_at, due_at;
};

/* A parse process. Free while pidfd is -1. */
struct document {
	uint32_t id;
	int pidfd;
	pid_t pid;
	int64_t until;
	bool killed;
};

#define SLOTS_MAX (RP_ROLE_WEB_MAX + 32)
#define METRICS_CLIENTS_MAX 4

struct supervisor {
	const struct rp_supervise_options *o;
	int epoll_fd, signal_fd;
	struct slot slots[SLOTS_MAX];
	size_t n_slots;
	/* One set of sockets for each web process, or one for all. */
	int listen[RP_ROLE_WEB_MAX][RP_ROLE_LISTEN_MAX];
	size_t n_listen;
	int hash_pairs[RP_ROLE_WEB_MAX][2]; /* web's end, the hashers' end */
	int spawn_pair[2];                  /* ours, the worker's */
	struct document documents[RP_SPAWN_MAX];
	int metrics_fd, metrics_clients[METRICS_CLIENTS_MAX];
	bool stopping, announced;
	int64_t stop_until;
	struct rp_err *failed;
};

/* supervise.c */
struct rp_err *rp_supervise_watch(struct supervisor *sv, int fd,
    enum event_kind kind, size_t index) RP_MUST_USE;
void rp_supervise_forget(struct supervisor *sv, int fd); /* and close */
void rp_supervise_stop(struct supervisor *sv);

/* supervise_slot.c */
void rp_slot_start(struct supervisor *sv, size_t i);
void rp_slot_ended(struct supervisor *sv, size_t i);
void rp_slot_control(struct supervisor *sv, size_t i);
void rp_slot_stop(struct supervisor *sv, size_t i);
void rp_slot_kill(struct slot *s);

/* supervise_document.c */
void rp_document_request(struct supervisor *sv);
void rp_document_ended(struct supervisor *sv, size_t i);
void rp_documents_time(struct supervisor *sv, int64_t now);

/* supervise_metrics.c */
struct rp_err *rp_supervise_metrics_open(struct rp_arena *a,
    struct supervisor *sv) RP_MUST_USE;
void rp_supervise_metrics_accept(struct supervisor *sv);
void rp_supervise_metrics_answer(struct supervisor *sv, size_t i);

#endif
