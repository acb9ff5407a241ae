#include <string.h>
#include <strings.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/clock.h"
#include "base/err.h"
#include "render/gzip.h"
#include "store/db.h"
#include "web/cache.h"
#include "web/engine_private.h"
#include "web/live.h"
#include "web/status.h"

/* Compressing less than this saves no packet. */
#define GZIP_MIN ((size_t)860)
#define PRODUCER_CEILING ((size_t)64 * 1024 * 1024)

static const struct {
	const char *name, *value;
} always[] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; script-src 'self'; "
	    "img-src 'self'; connect-src 'self'; form-action 'self'; "
	    "base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy",
	    "camera=(), geolocation=(), microphone=(), interest-cohort=()" },
};

static void
set(struct MHD_Response *r, const char *name, const char *value)
{
	RP_ASSERT(MHD_add_response_header(r, name, value) == MHD_YES);
}

/* XXH3 of the body: only for pages that go into the cache. */
static rp_text
etag(struct rp_arena *a, rp_bytes body, bool gzip)
{
	uint64_t h = XXH3_64bits(body.p, body.n);

	return rp_textf(a, "\"%016llx%s\"", (unsigned long long)h,
	    gzip ? "z" : "");
}

/* Of a public page: `page_age` of the settings. */
static const char *
public_age(struct rq *rq)
{
	unsigned age = rq->web->o.page_seconds;

	if (age == 0)
		return "public, no-cache";
	return rp_textf(rq->arena,
	    "public, max-age=%u, stale-while-revalidate=%u", age, 2 * age)
	    .p;
}

static void
common_headers(struct rq *rq, struct MHD_Response *r, const char *type)
{
	unsigned flags = rq->req.route ? rq->req.route->flags : 0;
	bool hidden = rq->out.no_store || (flags & (RP_SECRET | RP_STAFF)) ||
		      rq->who.person_id != 0 || rq->writes;

	set(r, "Content-Type", type);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		set(r, always[i].name, always[i].value);
	set(r, "Referrer-Policy",
	    hidden ? "no-referrer" : "strict-origin-when-cross-origin");
	if (hidden)
		set(r, "Cache-Control", "no-store");
	else if (rq->out.forever)
		set(r, "Cache-Control", "public, max-age=31536000, immutable");
	else if (rq->out.fresh_ms == 0)
		set(r, "Cache-Control", "no-cache");
	else
		set(r, "Cache-Control", public_age(rq));
	if (rq->web->o.tls_certificate != NULL)
		set(r, "Strict-Transport-Security", "max-age=31536000");
	if (rq->out.location.n > 0)
		set(r, "Location", rq->out.location.p);
	for (size_t i = 0; i < rq->out.n_headers; i++)
		set(r, rq->out.headers[i].name, rq->out.headers[i].value.p);
	if (rq->answer_status == 405 && rq->allow != NULL)
		set(r, "Allow", rq->allow);
}

struct produced {
	struct rq *rq;
	struct rp_arena *own; /* this struct: it outlives the request */
	struct rp_arena *arena;
	rp_bytes piece;
	size_t at;
};

static struct rp_err *
produce(struct rp_arena *a, void *ctx)
{
	struct produced *p = ctx;
	struct rp_response *out = &p->rq->out;
	struct rp_tx *tx;

	RP_TRY(rp_tx_begin(p->rq->web->o.db, a, RP_TX_READ, &tx));
	RP_TRY(out->producer(out->ctx, a, tx, &p->piece));
	/* The piece outlives it; others need the connection meanwhile. */
	return rp_tx_commit(tx);
}

/* The next octets of a body made piece by piece. */
static ssize_t
pull(void *cls, uint64_t pos, char *buf, size_t max)
{
	struct produced *p = cls;
	struct rp_err *e;
	size_t n;

	(void)pos;
	if (p->at == p->piece.n) {
		/* One read transaction at a time on the connection. */
		rp_web_turn_end(p->rq->web);
		rp_arena_reset(p->arena);
		p->piece = (rp_bytes){ 0 };
		p->at = 0;
		e = rp_job_run_in(p->arena, produce, p);
		if (e != NULL) {
			rp_err_free(e);
			rp_arena_reset(p->arena); /* rolls back */
			return MHD_CONTENT_READER_END_WITH_ERROR;
		}
		if (p->piece.n == 0)
			return MHD_CONTENT_READER_END_OF_STREAM;
	}
	n = p->piece.n - p->at < max ? p->piece.n - p->at : max;
	memcpy(buf, p->piece.p + p->at, n);
	p->at += n;
	return (ssize_t)n;
}

static void
produced_free(void *cls)
{
	struct produced *p = cls;

	rp_arena_free(p->arena);
	rp_arena_free(p->own);
}

static struct MHD_Response *
streamed(struct rq *rq)
{
	struct rp_arena *own = rp_arena_new(64 * 1024);
	struct produced *p = rp_new(own, struct produced);

	p->rq = rq;
	p->own = own;
	p->arena = rp_arena_new(PRODUCER_CEILING);
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 64 * 1024,
	    pull, p, produced_free);
}

static bool
is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "json") != NULL ||
	       strstr(type, "xml") != NULL ||
	       strstr(type, "javascript") != NULL;
}

/* `copy`: the cache keeps it longer than the request's arena lives. */
static struct MHD_Response *
from_octets(rp_bytes body, bool copy)
{
	return MHD_create_response_from_buffer(body.n,
	    (void *)(uintptr_t)body.p,
	    copy ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
}

/* Only what is the same for everybody, and is told to nobody else. */
static bool
may_be_kept(const struct rq *rq)
{
	for (size_t i = 0; i < rq->out.n_headers; i++)
		if (strcasecmp(rq->out.headers[i].name, "Set-Cookie") == 0)
			return false;
	return rq->cacheable && rq->out.fresh_ms > 0 && !rq->writes &&
	       rq->req.route != NULL && (rq->req.route->flags & RP_PUBLIC) &&
	       rq->answer_status == 200 && rq->who.person_id == 0 &&
	       !rq->out.no_store;
}

struct squeezed {
	struct rq *rq;
	rp_bytes body;
	bool done;
};

static struct rp_err *
squeeze(struct rp_arena *a, void *ctx)
{
	struct squeezed *s = ctx;

	s->done = rp_gzip_write(s->rq->web->gzip, a, s->body, &s->body);
	return NULL;
}

/* A request that has used up its arena goes out as it is. */
static bool
gzipped(struct rq *rq, const char *type, rp_bytes *body)
{
	struct squeezed s = { .rq = rq, .body = *body };
	struct rp_err *e;

	if (!rq->gzip || body->n < GZIP_MIN || !is_text(type))
		return false;
	e = rp_job_run_in(rq->arena, squeeze, &s);
	rp_err_free(e);
	if (e != NULL || !s.done)
		return false;
	*body = s.body;
	return true;
}

static void
finish(struct rq *rq, rp_bytes body, const char *type)
{
	struct rp_web *w = rq->web;
	bool keep = may_be_kept(rq);
	bool gzip = gzipped(rq, type, &body);
	struct MHD_Response *r = from_octets(body, keep);

	common_headers(rq, r, type);
	if (is_text(type))
		set(r, "Vary", "Accept-Encoding, Cookie");
	if (gzip)
		set(r, "Content-Encoding", "gzip");
	rq->answer = r;
	if (!keep)
		return;
	set(r, "ETag", etag(rq->arena, body, gzip).p);
	/* The cache holds one reference, this request another until it is
	 * completed: libmicrohttpd counts them from the queueing on. */
	rq->cache_until = w->now + rq->out.fresh_ms;
	rq->cache_octets = body.n;
}

static struct rp_err *
error_page(struct rp_arena *a, void *ctx)
{
	struct rq *rq = ctx;

	(void)a;
	return rp_web_error_page(&rq->req, rp_err_code(rq->failed), rq->allow,
	    &rq->out);
}

static void
page_of_failure(struct rq *rq)
{
	enum rp_ecode code = rp_err_code(rq->failed);
	struct rp_err *e;

	if (code == RP_E_NOTFOUND && rq->allow != NULL)
		rq->answer_status = 405;
	else
		rq->answer_status = rp_status_of(code);
	rq->out.page = (rp_html){ 0 };
	rq->out.body = (rp_bytes){ 0 };
	rq->out.producer = NULL;
	rq->out.location = (rp_url){ 0 };
	rq->out.type = NULL;
	rq->out.fresh_ms = 0;
	/* As a job: what failed may be that the arena is used up. */
	e = rp_job_run_in(rq->arena, error_page, rq);
	if (e != NULL)
		rq->out.page = RP_HTML("<!doctype html><title>Error</title>");
	rp_err_free(e);
	if (rq->out.status == 303)
		rq->answer_status = 303;
}

static void
stream(struct rq *rq)
{
	rq->out.no_store = true;
	rq->answer = rp_live_open(rq);
	if (rq->answer != NULL) {
		common_headers(rq, rq->answer, "text/event-stream");
		set(rq->answer, "X-Accel-Buffering", "no");
		return;
	}
	rq->failed = rp_fail(RP_E_UNAVAILABLE, "over %d streams", RP_LIVE_MAX);
	rp_web_make_answer(rq);
}

void
rp_web_make_answer(struct rq *rq)
{
	const char *type;
	rp_bytes body;

	if (rq->answer != NULL) {
		MHD_destroy_response(rq->answer);
		rq->answer = NULL;
	}
	rq->answer_status = rq->out.status ? rq->out.status : 200;
	if (rq->failed != NULL)
		page_of_failure(rq);
	else if (rq->out.live.make != NULL) {
		stream(rq);
		return;
	}
	type = rq->out.type ? rq->out.type : "text/html; charset=utf-8";
	if (rq->out.producer != NULL) {
		rq->answer = streamed(rq);
		common_headers(rq, rq->answer, type);
		return;
	}
	body = rq->out.page.n > 0 ?
		   rp_text_bytes((rp_text){ rq->out.page.p, rq->out.page.n }) :
		   rq->out.body;
	finish(rq, body, type);
}

void
rp_web_count(struct rq *rq)
{
	const struct rp_web_options *o = &rq->web->o;

	/* The pattern of the route, never the path: paths hold secrets. */
	if (o->log != NULL)
		o->log(o->log_ctx, rq->req.method.n ? rq->req.method.p : "GET",
		    rq->req.route ? rq->req.route->path : "-",
		    rq->answer_status, rp_web_us() - rq->began_us,
		    rq->statements, rq->failed);
}
