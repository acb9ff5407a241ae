#include "web/live.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"
#include "store/db.h"
#include "web/engine_private.h"

#define CHANNEL_CEILING ((size_t)64 * 1024)
#define PIECE_CEILING ((size_t)16 * 1024 * 1024)
#define SWEEP_US INT64_C(1000000)

static const char beat[] = ":\n\n";

struct channel;

struct viewer {
	TAILQ_ENTRY(viewer) link;
	struct channel *channel;
	struct MHD_Connection *con;
	int64_t person_id; /* 0: anybody */
	char *buf;         /* being sent; NULL: nothing is */
	size_t n, at;
	uint64_t seen; /* number of the last piece taken */
	int64_t since_us, taken_us;
	bool suspended, ended, beats, cut;
};

TAILQ_HEAD(viewers, viewer);

/* What is sent to all readers of one address who may see the same. */
struct channel {
	TAILQ_ENTRY(channel) link;
	struct rp_live_all *all;
	struct rp_arena *arena; /* of this and of what `req` borrows */
	rp_text key;
	struct rp_request req;
	rp_live_fn *make;
	int64_t version;
	uint64_t number; /* grows with each piece */
	char *piece;
	size_t n;
	int64_t made_us;
	struct viewers viewers;
};

TAILQ_HEAD(channels, channel);

struct rp_live_all {
	struct rp_web *web;
	struct channels channels;
	size_t n_viewers;
	int64_t swept_us;
	bool ending;
};

static struct rp_live_all *
all_of(struct rp_web *w)
{
	if (w->live == NULL) {
		w->live = calloc(1, sizeof(*w->live));
		RP_ASSERT(w->live != NULL);
		w->live->web = w;
		TAILQ_INIT(&w->live->channels);
	}
	return w->live;
}

size_t
rp_live_count(const struct rp_web *w)
{
	return w->live != NULL ? w->live->n_viewers : 0;
}

static void
wake(struct viewer *v)
{
	if (!v->suspended)
		return;
	v->suspended = false;
	v->channel->all->web->resumed = true;
	MHD_resume_connection(v->con);
}

/* "id: 7\nevent: piece\ndata: <p>…\n\n", from a fragment of a page. */
static void
set_piece(struct channel *c, int64_t version, rp_html html)
{
	size_t lines = 1, n = 0;
	char *p;

	for (size_t i = 0; i < html.n; i++)
		lines += html.p[i] == '\n';
	p = malloc(html.n + lines * 6 + 64);
	RP_ASSERT(p != NULL);
	n = (size_t)snprintf(p, 64,
	    "id: %lld\nevent: piece\ndata: ", (long long)version);
	for (size_t i = 0; i < html.n; i++) {
		p[n++] = html.p[i];
		if (html.p[i] != '\n')
			continue;
		memcpy(p + n, "data: ", 6);
		n += 6;
	}
	memcpy(p + n, "\n\n", 2);
	free(c->piece);
	c->piece = p;
	c->n = n + 2;
	c->version = version;
	c->number++;
	c->made_us = rp_web_us();
}

static void
begin_sending(struct viewer *v, const char *p, size_t n)
{
	v->buf = malloc(n);
	RP_ASSERT(v->buf != NULL);
	memcpy(v->buf, p, n);
	v->n = n;
	v->at = 0;
}

/* libmicrohttpd asks for the next octets; without any the stream waits. */
static ssize_t
pull(void *cls, uint64_t pos, char *buf, size_t max)
{
	struct viewer *v = cls;
	size_t n;

	(void)pos;
	v->taken_us = rp_web_us();
	if (v->buf == NULL && v->ended)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (v->buf == NULL && v->seen != v->channel->number) {
		v->seen = v->channel->number;
		begin_sending(v, v->channel->piece, v->channel->n);
	} else if (v->buf == NULL && v->beats) {
		begin_sending(v, beat, sizeof(beat) - 1);
	}
	if (v->buf == NULL) {
		v->suspended = true;
		MHD_suspend_connection(v->con);
		return 0;
	}
	v->beats = false;
	n = v->n - v->at < max ? v->n - v->at : max;
	memcpy(buf, v->buf + v->at, n);
	v->at += n;
	if (v->at == v->n) {
		free(v->buf);
		v->buf = NULL;
	}
	return (ssize_t)n;
}

static void
channel_free(struct channel *c)
{
	TAILQ_REMOVE(&c->all->channels, c, link);
	free(c->piece);
	rp_arena_free(c->arena);
}

static void
viewer_free(void *cls)
{
	struct viewer *v = cls;
	struct channel *c = v->channel;

	TAILQ_REMOVE(&c->viewers, v, link);
	c->all->n_viewers--;
	if (TAILQ_EMPTY(&c->viewers))
		channel_free(c);
	free(v->buf);
	free(v);
}

static rp_bytes
kept(struct rp_arena *a, rp_bytes octets)
{
	return rp_text_bytes(rp_text_trusted(a, octets));
}

/* What the reader chose; whose kind differs by it says so in the kind. */
static struct rp_urlform
query_of(struct rp_arena *a, const struct rp_urlform *from)
{
	struct rp_urlform out = { 0 };

	for (size_t i = 0; i < from->n; i++) {
		const struct rp_urlform_field one = { kept(a, from->v[i].name),
			kept(a, from->v[i].value) };

		rp_vec_push(a, &out, one);
	}
	return out;
}

/* The request as it will be asked again, without what belongs to one reader. */
static struct channel *
channel_new(struct rp_live_all *all, const struct rq *rq, rp_text key)
{
	struct rp_arena *a = rp_arena_new(CHANNEL_CEILING);
	struct channel *c = rp_new(a, struct channel);
	const struct rp_request *from = &rq->req;

	c->all = all;
	c->arena = a;
	c->key = rp_text_dup(a, key);
	c->make = rq->out.live.make;
	c->req = (struct rp_request){ .web = rq->web,
		.route = from->route,
		.reader = from->reader,
		.method = RP_TEXT("GET"),
		.path = rp_text_dup(a, from->path),
		.query = query_of(a, &from->query),
		.params = { .lang = rp_text_dup(a, from->params.lang),
		    .group = rp_text_dup(a, from->params.group),
		    .secret = rp_text_dup(a, from->params.secret),
		    .name = rp_text_dup(a, from->params.name),
		    .n = from->params.n,
		    .k = from->params.k,
		    .id = from->params.id } };
	TAILQ_INIT(&c->viewers);
	TAILQ_INSERT_TAIL(&all->channels, c, link);
	set_piece(c, rq->out.live.version, rq->out.live.first);
	return c;
}

static struct channel *
channel_of(struct rp_live_all *all, const struct rq *rq)
{
	rp_text key = rp_textf(rq->arena, "%.*s %.*s", RP_FMT(rq->req.path),
	    RP_FMT(rq->out.live.kind));
	struct channel *c;

	TAILQ_FOREACH(c, &all->channels, link)
	{
		if (!rp_text_eq(c->key, key))
			continue;
		if (c->version != rq->out.live.version)
			set_piece(c, rq->out.live.version, rq->out.live.first);
		return c;
	}
	return channel_new(all, rq, key);
}

struct MHD_Response *
rp_live_open(struct rq *rq)
{
	struct rp_live_all *all = all_of(rq->web);
	struct viewer *v;

	if (all->n_viewers >= RP_LIVE_MAX || all->ending)
		return NULL;
	v = calloc(1, sizeof(*v));
	RP_ASSERT(v != NULL);
	v->channel = channel_of(all, rq);
	v->con = rq->con;
	v->person_id = rq->who.person_id;
	v->since_us = v->taken_us = rp_web_us();
	TAILQ_INSERT_TAIL(&v->channel->viewers, v, link);
	all->n_viewers++;
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, pull,
	    v, viewer_free);
}

static void
end(struct viewer *v)
{
	v->ended = true;
	wake(v);
}

struct making {
	struct channel *channel;
	struct rp_tx *tx;
	int64_t person_id, version;
	rp_html html;
};

/* The piece as one of the channel's readers gets it now. */
static struct rp_err *
make(struct rp_arena *a, void *ctx)
{
	struct making *m = ctx;
	struct channel *c = m->channel;
	struct rp_web *w = c->all->web;
	struct rp_actor who = rp_actor_public(w->o.env, w->now);

	rp_tx_use(m->tx, a);
	if (m->person_id != 0)
		RP_TRY(rp_actor_load(m->tx, m->person_id, &who));
	c->req.arena = a;
	c->req.tx = m->tx;
	c->req.who = &who;
	c->req.now = w->now;
	m->version = c->version;
	return c->make(&c->req, c->version, &m->version, &m->html);
}

static bool
is_refusal(const struct rp_err *e)
{
	return e != NULL && (rp_err_code(e) == RP_E_NOTFOUND ||
				rp_err_code(e) == RP_E_DENIED ||
				rp_err_code(e) == RP_E_UNKNOWN);
}

/* Who asked for it may not have it any more: so for all of that person. */
static void
end_person(struct channel *c, int64_t person_id)
{
	struct viewer *v;

	TAILQ_FOREACH(v, &c->viewers, link)
	if (v->person_id == person_id)
		end(v);
}

static struct viewer *
somebody(struct channel *c)
{
	struct viewer *v;

	TAILQ_FOREACH(v, &c->viewers, link)
	if (!v->ended)
		return v;
	return NULL;
}

static void
look(struct channel *c, struct rp_arena *a, struct rp_tx *tx)
{
	struct making m = { .channel = c, .tx = tx };
	struct viewer *v = somebody(c);
	struct rp_err *e;

	for (; v != NULL; v = somebody(c)) {
		m.person_id = v->person_id;
		e = rp_job_run_in(a, make, &m);
		if (e == NULL && m.version != c->version)
			set_piece(c, m.version, m.html);
		if (!is_refusal(e)) {
			rp_err_free(e); /* again with the next change */
			break;
		}
		rp_err_free(e);
		end_person(c, v->person_id);
	}
	c->req.arena = NULL;
	c->req.tx = NULL;
	c->req.who = NULL;
	TAILQ_FOREACH(v, &c->viewers, link)
	if (v->seen != c->number)
		wake(v);
}

void
rp_live_look(struct rp_web *w)
{
	struct channel *c;

	if (rp_live_count(w) == 0)
		return;
	TAILQ_FOREACH(c, &w->live->channels, link)
	{
		struct rp_arena *a = rp_arena_new(PIECE_CEILING);
		struct rp_tx *tx;
		struct rp_err *e;

		/* A statement that failed ends a transaction: each its own. */
		rp_web_turn_end(w);
		e = rp_tx_begin(w->o.db, a, RP_TX_READ, &tx);
		if (e == NULL)
			look(c, a, tx);
		rp_err_free(e);
		rp_arena_free(a);
	}
}

/* libmicrohttpd finds it at its end, and closes it in order. */
static void
cut(struct viewer *v)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(v->con, MHD_CONNECTION_INFO_CONNECTION_FD);

	(void)shutdown(info->connect_fd, SHUT_RDWR);
	v->cut = true;
}

static void
sweep(struct viewer *v, int64_t now)
{
	if (!v->ended && now - v->since_us > RP_LIVE_SPAN_MS * INT64_C(1000))
		end(v);
	if (v->suspended &&
	    now - v->taken_us > RP_LIVE_BEAT_MS * INT64_C(1000)) {
		v->beats = true;
		wake(v);
	}
	if (!v->suspended && !v->cut &&
	    now - v->taken_us > RP_LIVE_SLOW_MS * INT64_C(1000))
		cut(v);
}

void
rp_live_sweep(struct rp_web *w)
{
	int64_t now = rp_web_us();
	struct channel *c;
	struct viewer *v;

	if (rp_live_count(w) == 0 || now - w->live->swept_us < SWEEP_US)
		return;
	w->live->swept_us = now;
	TAILQ_FOREACH(c, &w->live->channels, link)
	TAILQ_FOREACH(v, &c->viewers, link)
	sweep(v, now);
}

void
rp_live_end(struct rp_web *w)
{
	struct channel *c;
	struct viewer *v;

	if (w->live == NULL)
		return;
	w->live->ending = true;
	TAILQ_FOREACH(c, &w->live->channels, link)
	TAILQ_FOREACH(v, &c->viewers, link)
	end(v);
}

void
rp_live_free(struct rp_web *w)
{
	free(w->live);
	w->live = NULL;
}
