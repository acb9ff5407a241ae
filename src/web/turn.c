#include <string.h>

#include "base/err.h"
#include "codec/httpval.h"
#include "domain/access_log.h"
#include "domain/session.h"
#include "store/db.h"
#include "text/lang.h"
#include "web/engine_private.h"

#define TURN_CEILING ((size_t)64 * 1024 * 1024)

/* A page that only reads was opened: the next turn that writes notes it. */
static void
touch_later(struct rp_web *w, int64_t session_id)
{
	for (size_t i = 0; i < w->n_touched; i++)
		if (w->touched[i] == session_id)
			return;
	if (w->n_touched < RP_WEB_TOUCHED_MAX)
		w->touched[w->n_touched++] = session_id;
}

/* The same of documents: one that cannot be noted is not given out. */
static struct rp_err *
note_later(struct rp_web *w, const struct rp_accesses *opened)
{
	if (opened->n > RP_WEB_OPENED_MAX - w->n_opened)
		return rp_fail(RP_E_UNAVAILABLE, "too much to note");
	for (size_t i = 0; i < opened->n; i++)
		w->opened[w->n_opened++] = opened->v[i];
	return NULL;
}

/* Where the address names no language or zone, the person's own. */
static void
prefer(struct rp_request *req)
{
	const struct rp_actor *who = req->who;
	enum rp_lang lang;

	if (req->params.lang.n == 0 && !rp_form_has(&req->query, "lang") &&
	    rp_lang_find(who->lang, &lang)) {
		req->reader.lang = lang;
		req->reader.locale = req->web->o.locales[lang];
	}
	if (req->zone.n == 0)
		req->zone = who->zone;
}

static struct rp_err *
authenticate(struct rq *rq, struct rp_tx *tx)
{
	struct rp_request *req = &rq->req;
	rp_text token, network = rq->who.network;
	struct rp_session_state state;
	struct rp_err *e;

	if ((req->route->flags & RP_API) && req->authorization.n > 0) {
		RP_TRY(rp_httpval_bearer_parse(rq->arena,
		    rp_text_bytes(req->authorization), &token));
		e = rp_token_actor(tx, req->web->o.env, token, req->now,
		    &rq->who);
		rq->who.network = network;
		return e;
	}
	/* No cookie for the API: any page could make a browser send it. */
	if ((req->route->flags & RP_API) || req->session_secret.n == 0)
		return NULL;
	RP_TRY(rp_session_actor(tx, req->web->o.env, req->session_secret,
	    req->now, &rq->who, &state));
	rq->who.network = network;
	if (!state.found)
		return NULL;
	req->csrf =
	    rp_session_csrf(rq->arena, req->web->o.env, req->session_secret);
	prefer(req);
	if (state.touch && rq->writes)
		return rp_session_touch(&rq->who, tx);
	if (state.touch)
		touch_later(rq->web, rq->who.session_id);
	return NULL;
}

/* A form of staff carries the token of its session. */
static struct rp_err *
csrf(const struct rp_request *req)
{
	rp_text given;

	RP_TRY(rp_form_line(req, &req->form, "token", 200, &given));
	if (!rp_session_csrf_ok(req->arena, req->who->env, req->session_secret,
		given))
		return rp_fail(RP_E_DENIED, "form without the session's token");
	return NULL;
}

static struct rp_err *
handle(struct rp_arena *a, void *ctx)
{
	struct rq *rq = ctx;
	struct rp_request *req = &rq->req;
	const struct rp_route *r = req->route;

	(void)a;
	RP_TRY(authenticate(rq, req->tx));
	if ((r->flags & RP_STAFF) && rq->who.person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	if ((r->flags & RP_STAFF) && rq->writes)
		RP_TRY(csrf(req));
	return r->handler(req, &rq->out);
}

static struct rp_err *
run(struct rq *rq, struct rp_tx *tx)
{
	uint64_t statements = rp_tx_statements(tx);
	struct rp_err *e;

	rq->req.tx = tx;
	e = rp_job_run_in(rq->arena, handle, rq);
	rq->statements += rp_tx_statements(tx) - statements;
	/* A page of the failure is made when the transaction is over. */
	rq->req.tx = NULL;
	return e;
}

static struct rp_err *
read_turn(struct rp_web *w)
{
	if (w->turn_read != NULL)
		return NULL;
	if (w->turn_arena == NULL)
		w->turn_arena = rp_arena_new(TURN_CEILING);
	return rp_tx_begin(w->o.db, w->turn_arena, RP_TX_READ, &w->turn_read);
}

void
rp_web_run_read(struct rq *rq)
{
	struct rp_web *w = rq->web;
	struct rp_err *e = read_turn(w);

	if (e == NULL) {
		rp_tx_use(w->turn_read, rq->arena);
		e = run(rq, w->turn_read);
		if (e == NULL)
			e = note_later(w, &rq->out.opened);
		rp_tx_use(w->turn_read, w->turn_arena);
	}
	/* A statement that failed would fail all that come after it. */
	if (e != NULL)
		rp_web_turn_end(w);
	rq->failed = e;
}

void
rp_web_turn_end(struct rp_web *w)
{
	w->turn_read = NULL;
	if (w->turn_arena != NULL)
		rp_arena_reset(w->turn_arena);
}

static bool
stays(const struct rq *rq, const struct rp_err *e)
{
	return e == NULL && (rq->out.status < 400 || rq->out.keep);
}

/* One queued request, in a savepoint of its own. */
static struct rp_err *
run_saved(struct rq *rq, struct rp_tx *tx)
{
	int depth = rp_tx_depth(tx);
	struct rp_err *e;

	RP_TRY(rp_tx_save(tx, rq->arena));
	if (rq->state == RQ_CHUNK)
		e = rp_web_form_chunk(rq, tx);
	else
		e = run(rq, tx);
	if (stays(rq, e))
		e = rp_tx_release(tx);
	rp_err_free(rq->failed);
	rq->failed = e;
	/* More than one where the handler was left by a jump. */
	while (rp_tx_depth(tx) > depth)
		RP_TRY(rp_tx_undo(tx));
	return NULL;
}

/* One queued request without one. False: what it did has to be undone. */
static bool
run_plain(struct rq *rq, struct rp_tx *tx)
{
	uint64_t writes = rp_tx_writes(tx);

	rp_tx_use(tx, rq->arena);
	rp_err_free(rq->failed);
	rq->failed = run(rq, tx);
	return rp_tx_is_sound(tx) && rp_tx_depth(tx) == 0 &&
	       (stays(rq, rq->failed) || rp_tx_writes(tx) == writes);
}

static struct rp_err *
touch(struct rp_web *w, struct rp_tx *tx)
{
	struct rp_actor who = rp_actor_public(w->o.env, w->now);

	for (size_t i = 0; i < w->n_touched; i++) {
		who.session_id = w->touched[i];
		RP_TRY(rp_session_touch(&who, tx));
	}
	return rp_access_note(tx, w->opened, w->n_opened);
}

struct turn {
	struct rp_web *w;
	struct rq_list *list;
	bool undo; /* nothing was committed, and it must run with savepoints */
};

static struct rp_err *
saved_turn(struct rp_arena *a, void *ctx)
{
	struct turn *t = ctx;
	struct rp_tx *tx;
	struct rq *rq;

	RP_TRY(rp_tx_begin(t->w->o.db, a, RP_TX_WRITE, &tx));
	RP_TRY(touch(t->w, tx));
	TAILQ_FOREACH(rq, t->list, link)
	RP_TRY(run_saved(rq, tx));
	return rp_tx_commit(tx);
}

/* Writes that were only queued fail here, while they can be undone alone. */
static struct rp_err *
check_queued(struct rp_arena *a, struct rp_tx *tx)
{
	RP_TRY(rp_tx_save(tx, a));
	return rp_tx_release(tx);
}

static struct rp_err *
plain_turn(struct rp_arena *a, void *ctx)
{
	struct turn *t = ctx;
	struct rp_err *e;
	struct rp_tx *tx;
	struct rq *rq;

	RP_TRY(rp_tx_begin(t->w->o.db, a, RP_TX_WRITE, &tx));
	RP_TRY(touch(t->w, tx));
	TAILQ_FOREACH(rq, t->list, link)
	{
		t->undo = !run_plain(rq, tx);
		rp_tx_use(tx, a);
		if (t->undo)
			return NULL;
	}
	e = check_queued(a, tx);
	t->undo = e != NULL;
	if (e == NULL)
		return rp_tx_commit(tx);
	rp_err_free(e);
	return NULL;
}

/*
 * Only what the public sends, whose handlers touch nothing but the database:
 * signing in counts its attempts in memory. A piece of a file is taken from
 * the request as it is written.
 */
static bool
may_run_twice(const struct turn *t)
{
	struct rq *rq;

	TAILQ_FOREACH(rq, t->list, link)
	if (rq->state == RQ_CHUNK || !(rq->req.route->flags & RP_SUBMIT))
		return false;
	return true;
}

/*
 * For a savepoint SQLite copies each page that changes after it, which is a
 * good part of what storing a response takes; and hardly a request has to be
 * undone once it has written. So a turn runs without savepoints, and is rolled
 * back and run again with them where one turns out to be needed. After that
 * they are set for a while, or refused forms would cost everybody double.
 */
static struct rp_err *
run_turn(struct turn *t)
{
	struct rp_web *w = t->w;
	struct rq *rq;

	if (w->n_saved_turns > 0 || !may_run_twice(t)) {
		w->n_saved_turns -= w->n_saved_turns > 0;
		return rp_job_run(TURN_CEILING, saved_turn, t);
	}
	RP_TRY(rp_job_run(TURN_CEILING, plain_turn, t));
	if (!t->undo)
		return NULL;
	w->n_saved_turns = RP_WEB_SAVED_TURNS;
	TAILQ_FOREACH(rq, t->list, link)
	rq->out = (struct rp_response){ 0 };
	return rp_job_run(TURN_CEILING, saved_turn, t);
}

/* The next turn begins at once: libmicrohttpd goes on when it is run. */
static void
resume(struct rq *rq)
{
	rq->web->resumed = true;
	MHD_resume_connection(rq->con);
}

static void
to_hasher(struct rp_web *w, struct rq *rq)
{
	const struct rp_web_hasher *h = w->o.hasher;

	rq->hash_id = ++w->next_hash_id;
	if (h != NULL && h->send(h->ctx, rq->hash_id, rq->out.hash.passphrase,
			     rq->out.hash.stored)) {
		rq->state = RQ_HASHING;
		TAILQ_INSERT_TAIL(&w->hashing, rq, link);
		return;
	}
	rq->failed = rp_fail(RP_E_UNAVAILABLE, "the hasher's queue is full");
	rp_web_make_answer(rq);
	rq->state = RQ_READY;
	resume(rq);
}

void
rp_web_hash_give_up(struct rp_web *w, int64_t before_us)
{
	struct rq *rq, *next;

	for (rq = TAILQ_FIRST(&w->hashing); rq != NULL; rq = next) {
		next = TAILQ_NEXT(rq, link);
		if (rq->began_us >= before_us)
			continue;
		TAILQ_REMOVE(&w->hashing, rq, link);
		rp_err_free(rq->failed);
		rq->failed = rp_fail(RP_E_UNAVAILABLE, "no hash came back");
		rq->out = (struct rp_response){ 0 };
		rp_web_make_answer(rq);
		rq->state = RQ_READY;
		resume(rq);
	}
}

static void
answer(struct rp_web *w, struct rq *rq)
{
	if (rq->state == RQ_CHUNK) {
		/* What a chunk failed with is told when the form has ended. */
		if (rq->failed != NULL && rq->refuse == 0)
			rq->refuse = rp_err_code(rq->failed);
		rp_err_free(rq->failed);
		rq->failed = NULL;
		rq->state = RQ_BODY;
		resume(rq);
		return;
	}
	if (rq->failed == NULL && rq->out.hash.wanted &&
	    rq->req.hash_reply.round < RP_HASH_ROUNDS) {
		to_hasher(w, rq);
		return;
	}
	rp_web_make_answer(rq);
	rq->state = RQ_READY;
	resume(rq);
}

/* The lock is not to be held for long; the rest has the next turn. */
static void
take_some(struct rp_web *w, struct rq_list *list)
{
	size_t n = 0, octets = 0;
	struct rq *rq;

	while ((rq = TAILQ_FIRST(&w->queue)) != NULL && n < RP_WEB_TURN_MAX &&
	       octets < RP_WEB_TURN_OCTETS) {
		TAILQ_REMOVE(&w->queue, rq, link);
		TAILQ_INSERT_TAIL(list, rq, link);
		n++;
		octets += rp_web_form_waiting(rq);
	}
	w->n_queue -= n;
}

void
rp_web_run_queue(struct rp_web *w)
{
	struct rq_list list = TAILQ_HEAD_INITIALIZER(list);
	struct turn t = { .w = w, .list = &list };
	struct rp_err *e;
	struct rq *rq, *next;

	if (w->n_queue == 0 && w->n_touched == 0 && w->n_opened == 0)
		return;
	take_some(w, &list);
	/* The read transaction must not hold a snapshot across the commit. */
	rp_web_turn_end(w);
	e = run_turn(&t);
	w->n_touched = 0;
	/* What could not be noted now is noted with the next turn. */
	if (e == NULL)
		w->n_opened = 0;
	for (rq = TAILQ_FIRST(&list); rq != NULL; rq = next) {
		next = TAILQ_NEXT(rq, link);
		if (e != NULL) {
			rp_err_free(rq->failed);
			rq->failed = rp_fail(rp_err_code(e), "turn: %s",
			    rp_err_message(e));
			rq->out = (struct rp_response){ 0 };
		}
		answer(w, rq);
	}
	rp_err_free(e);
}

static struct rq *
hashing_find(struct rp_web *w, uint64_t id)
{
	struct rq *rq;

	TAILQ_FOREACH(rq, &w->hashing, link)
	if (rq->hash_id == id)
		return rq;
	return NULL;
}

/* The handler runs again, in the next turn, with the hasher's answer. */
void
rp_web_hash_answers(struct rp_web *w)
{
	const struct rp_web_hasher *h = w->o.hasher;

	for (;;) {
		struct rp_arena *a = rp_arena_new(1 << 20);
		struct rq *rq;
		rp_text hash;
		uint64_t id;
		bool ok;

		if (!h->receive(h->ctx, a, &id, &ok, &hash)) {
			rp_arena_free(a);
			return;
		}
		rq = hashing_find(w, id);
		if (rq != NULL) {
			rq->req.hash_reply = (struct rp_hash_reply){
				.round = rq->req.hash_reply.round + 1,
				.ok = ok,
				.hash = rp_text_dup(rq->arena, hash),
			};
			rq->out = (struct rp_response){ 0 };
			TAILQ_REMOVE(&w->hashing, rq, link);
			rq->state = RQ_QUEUED;
			TAILQ_INSERT_TAIL(&w->queue, rq, link);
			w->n_queue++;
		}
		rp_arena_free(a);
	}
}
