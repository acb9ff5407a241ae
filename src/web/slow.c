#include <stdlib.h>
#include <sys/socket.h>

#include "base/err.h"
#include "web/engine_private.h"

/*
 * libmicrohttpd closes a connection on which nothing happens, but an octet now
 * and then keeps one open for ever. So here each part of a request has its
 * time: the wait for it and its first line, its headers, and for its body a
 * least speed, which the slowest lines in use still reach.
 */
#define BODY_SPAN_US INT64_C(30000000)
#define BODY_MIN ((size_t)128 * 30) /* octets in a span */
#define HASH_WAIT_US INT64_C(20000000)
#define SWEEP_US INT64_C(1000000)

/* Connections kept free, so that who comes next is heard. */
#define ROOM 8

void
rp_web_line(void *cls, struct MHD_Connection *con, void **own,
    enum MHD_ConnectionNotificationCode code)
{
	struct rp_web *w = cls;
	struct rp_line *l = *own;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		l = calloc(1, sizeof(*l));
		RP_ASSERT(l != NULL);
		l->con = con;
		l->since_us = rp_web_us();
		TAILQ_INSERT_TAIL(&w->lines, l, link);
		w->n_lines++;
		*own = l;
		return;
	}
	TAILQ_REMOVE(&w->lines, l, link);
	w->n_lines--;
	free(l);
	*own = NULL;
}

void
rp_web_line_begins(struct rq *rq)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(rq->con,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	rq->line = info->socket_context;
	rq->line->rq = rq;
	rq->line->mark_us = rq->began_us;
	rq->line->mark = 0;
}

/* The connection waits again, now as the youngest of those that wait. */
void
rp_web_line_ends(struct rq *rq)
{
	struct rp_line *l = rq->line;

	l->rq = NULL;
	l->since_us = rp_web_us();
	TAILQ_REMOVE(&rq->web->lines, l, link);
	TAILQ_INSERT_TAIL(&rq->web->lines, l, link);
}

/* libmicrohttpd finds it at its end, and closes it in order. */
static void
cut(struct rp_line *l)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(l->con, MHD_CONNECTION_INFO_CONNECTION_FD);

	(void)shutdown(info->connect_fd, SHUT_RDWR);
	l->cut = true;
}

static bool
body_is_slow(struct rp_line *l, int64_t now)
{
	bool slow;

	if (now - l->mark_us < BODY_SPAN_US)
		return false;
	slow = l->rq->body_seen - l->mark < BODY_MIN;
	l->mark_us = now;
	l->mark = l->rq->body_seen;
	return slow;
}

static bool
is_slow(struct rp_line *l, int64_t now, int64_t span)
{
	if (l->rq == NULL)
		return now - l->since_us > 2 * span;
	switch (l->rq->state) {
	case RQ_NEW:
		return now - l->rq->began_us > span;
	case RQ_BODY:
		return body_is_slow(l, now);
	default:
		l->mark_us = now;
		return false;
	}
}

void
rp_web_slow_sweep(struct rp_web *w)
{
	int64_t now = rp_web_us();
	struct rp_line *l;

	if (now - w->swept_us < SWEEP_US)
		return;
	w->swept_us = now;
	rp_web_hash_give_up(w, now - HASH_WAIT_US);
	TAILQ_FOREACH(l, &w->lines, link)
	if (!l->cut && is_slow(l, now, (int64_t)w->o.idle_seconds * 1000000))
		cut(l);
}

/* When almost all places are taken, who has waited longest goes. */
void
rp_web_make_room(struct rp_web *w)
{
	struct rp_line *l;

	if (w->n_lines + ROOM < w->o.connections_max)
		return;
	TAILQ_FOREACH(l, &w->lines, link)
	if (l->rq == NULL && !l->cut) {
		cut(l);
		return;
	}
}
