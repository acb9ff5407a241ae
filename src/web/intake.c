#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/err.h"
#include "codec/httpval.h"
#include "text/budget.h"
#include "web/cache.h"
#include "web/engine_private.h"
#include "web/status.h"

#define ARENA_CEILING ((size_t)48 * 1024 * 1024)

static struct rp_arena *
arena_take(struct rp_web *w)
{
	if (w->n_spare > 0)
		return w->spare[--w->n_spare];
	return rp_arena_new(ARENA_CEILING);
}

static void
arena_give(struct rp_web *w, struct rp_arena *a)
{
	rp_arena_reset(a);
	if (w->n_spare < sizeof(w->spare) / sizeof(w->spare[0]))
		w->spare[w->n_spare++] = a;
	else
		rp_arena_free(a);
}

void *
rp_web_uri_seen(void *cls, const char *uri, struct MHD_Connection *con)
{
	struct rp_web *w = cls;
	struct rp_arena *a = arena_take(w);
	struct rq *rq = rp_new(a, struct rq);
	size_t n = strlen(uri);

	rq->web = w;
	rq->con = con;
	rq->arena = a;
	rq->uri = rp_alloc(a, n + 1);
	memcpy(rq->uri, uri, n);
	rq->began_us = rp_web_us();
	rp_web_line_begins(rq);
	return rq;
}

void
rp_web_completed(void *cls, struct MHD_Connection *con, void **con_cls,
    enum MHD_RequestTerminationCode why)
{
	struct rp_web *w = cls;
	struct rq *rq = *con_cls;

	(void)con;
	(void)why;
	if (rq == NULL)
		return;
	/* A suspended connection is never completed: it is in no queue here. */
	RP_ASSERT(rq->state != RQ_QUEUED && rq->state != RQ_HASHING &&
		  rq->state != RQ_CHUNK);
	rp_web_form_gone(rq);
	rp_web_line_ends(rq);
	if (rq->answer != NULL)
		MHD_destroy_response(rq->answer);
	rp_err_free(rq->failed);
	arena_give(w, rq->arena);
	*con_cls = NULL;
}

static const char *
header(struct rq *rq, const char *name)
{
	return MHD_lookup_connection_value(rq->con, MHD_HEADER_KIND, name);
}

static rp_text
header_text(struct rq *rq, const char *name)
{
	const char *v = header(rq, name);
	rp_text out = RP_TEXT("");

	if (v != NULL)
		rp_err_free(rp_text_from(rq->arena, rp_text_bytes(rp_text_z(v)),
		    8192, &out));
	return out;
}

struct seen {
	unsigned lengths, hosts, codings, bad;
};

static enum MHD_Result
see_header(void *cls, enum MHD_ValueKind kind, const char *key,
    const char *value)
{
	struct seen *s = cls;

	(void)kind;
	if (strcasecmp(key, "Content-Length") == 0) {
		s->lengths++;
		for (const char *p = value; p != NULL && *p != '\0'; p++)
			s->bad += *p < '0' || *p > '9';
	} else if (strcasecmp(key, "Transfer-Encoding") == 0) {
		s->codings++;
		s->bad += value == NULL || strcasecmp(value, "chunked") != 0;
	} else if (strcasecmp(key, "Host") == 0) {
		s->hosts++;
	}
	/* A name with white space before the colon, or folded, is smuggling. */
	for (const char *p = key; *p != '\0'; p++)
		s->bad += *p <= ' ' || *p == ':' || (unsigned char)*p >= 0x7f;
	return MHD_YES;
}

/* RFC 9112, section 6.3: what is ambiguous is refused, never guessed. */
static bool
framed_strictly(struct rq *rq)
{
	struct seen s = { 0 };

	MHD_get_connection_values(rq->con, MHD_HEADER_KIND, see_header, &s);
	return s.lengths + s.codings <= 1 && s.hosts == 1 && s.bad == 0;
}

/* Segments back to one text: decoded, and none of them holds a slash. */
static struct rp_err *
one_path(struct rq *rq, rp_text raw)
{
	struct rp_httpval_path segments;
	struct rp_buf b;

	RP_TRY(rp_httpval_path_parse(rq->arena, rp_text_bytes(raw), &segments));
	rp_buf_init(&b, rq->arena, RP_WEB_URI_MAX);
	if (segments.n == 0)
		rp_buf_byte(&b, '/');
	for (size_t i = 0; i < segments.n; i++) {
		rp_buf_byte(&b, '/');
		rp_buf_text(&b, segments.v[i]);
	}
	return rp_buf_done(&b, &rq->req.path);
}

/*
 * The path in one normal form: decoded, printable, no empty, "." or ".."
 * segment but a last empty one (the trailing slash). RP_E_INVALID.
 */
static struct rp_err *
take_path(struct rq *rq)
{
	char *query = strchr(rq->uri, '?');
	rp_text raw = rp_text_z(rq->uri);

	if (raw.n > RP_WEB_URI_MAX)
		return rp_fail(RP_E_LIMIT, "address of %zu octets", raw.n);
	if (query != NULL) {
		rq->req.query_text = rp_text_z(query + 1);
		raw.n = (size_t)(query - rq->uri);
		RP_TRY(rp_urlform_parse(rq->arena,
		    rp_text_bytes(rq->req.query_text), &rq->req.query));
	}
	return one_path(rq, raw);
}

static bool
trusted_proxy(struct rp_web *w, struct rp_ip ip)
{
	for (size_t i = 0; i < w->o.n_proxies; i++)
		if (rp_ip_in(ip, w->o.proxies[i]))
			return true;
	return false;
}

static struct rp_ip
peer_address(struct rq *rq)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(rq->con,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *sa = info->client_addr;
	struct in6_addr six = IN6ADDR_ANY_INIT;
	struct in_addr four;

	if (sa->sa_family == AF_INET) {
		four = ((const struct sockaddr_in *)(const void *)sa)->sin_addr;
		return rp_ip_v4((const uint8_t *)&four.s_addr);
	}
	if (sa->sa_family == AF_INET6)
		six =
		    ((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr;
	return rp_ip_v6(six.s6_addr);
}

static struct rp_ip
client_address(struct rq *rq)
{
	struct rp_ip ip = peer_address(rq);
	struct rp_err *e;
	rp_text chain, last;
	struct rp_ip named;

	if (rq->web->o.n_proxies == 0 || !trusted_proxy(rq->web, ip))
		return ip;
	/* The last address is the one that our own proxy saw. */
	chain = header_text(rq, "X-Forwarded-For");
	last = chain;
	for (size_t at = 0; (at = rp_text_find(chain, ',', at)) < chain.n; at++)
		last = rp_text_sub(chain, at + 1, chain.n);
	last = rp_text_trim(last);
	e = rp_ip_parse(last, &named);
	if (e == NULL)
		return named;
	rp_err_free(e);
	return ip;
}

static bool
within_budget(struct rq *rq, struct rp_ip ip)
{
	unsigned flags = rq->req.route ? rq->req.route->flags : 0;
	struct rp_budget *b = (flags & RP_SUBMIT) && rq->writes ?
				  rq->web->o.submissions :
				  rq->web->o.reads;
	struct rp_budget_verdict v;

	if (b == NULL)
		return true;
	v = rp_budget_take(b, ip, 1, rq->web->now);
	if (v.allowed)
		return true;
	rp_response_header(&rq->out, "Retry-After",
	    rp_textf(rq->arena, "%u", v.retry_after));
	return false;
}

/* RFC 9110, section 12.5.3; a weight of 0 means that it is not wanted. */
static bool
accepts_gzip(struct rq *rq)
{
	const char *v = header(rq, "Accept-Encoding");
	const char *at = v != NULL ? strstr(v, "gzip") : NULL;

	if (at == NULL)
		return false;
	at += 4;
	at += strspn(at, " \t;");
	if (strncasecmp(at, "q=0", 3) != 0)
		return true;
	at += 3;
	at += strspn(at, ".0");
	return *at >= '1' && *at <= '9';
}

/*
 * libmicrohttpd counts a reference of its own while it sends; ours goes to the
 * cache, or ends with the request.
 */
static enum MHD_Result
send_response(struct rq *rq, struct MHD_Response *r, int status)
{
	enum MHD_Result sent = MHD_queue_response(rq->con, (unsigned)status, r);

	rq->state = RQ_SENT;
	if (rq->cache_until > 0 && r == rq->answer) {
		rp_cache_put_take(rq->web->cache, rq->uri, rq->gzip,
		    rq->web->public_version, rq->cache_until, r, status,
		    rq->cache_octets);
		rq->answer = NULL;
	}
	return sent;
}

static enum MHD_Result
send_answer(struct rq *rq)
{
	rp_web_make_answer(rq);
	rp_web_count(rq);
	return send_response(rq, rq->answer, rq->answer_status);
}

static enum MHD_Result
refuse(struct rq *rq, struct rp_err *e)
{
	rp_err_free(rq->failed);
	rq->failed = e;
	return send_answer(rq);
}

/* RFC 9110, section 15.4.5: what a 200 would have said of how to keep it. */
static struct MHD_Response *
not_modified(struct MHD_Response *r)
{
	static const char *const kept[] = { "ETag", "Cache-Control", "Vary" };
	struct MHD_Response *out =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		const char *v = MHD_get_response_header(r, kept[i]);

		if (v != NULL)
			MHD_add_response_header(out, kept[i], v);
	}
	return out;
}

/* A public page that is in the cache already: no route, no SQL. */
static bool
from_cache(struct rq *rq, enum MHD_Result *out)
{
	const char *etag, *known;
	struct MHD_Response *r;
	int status;

	rq->gzip = accepts_gzip(rq);
	if (header(rq, "Cookie") != NULL || header(rq, "Authorization") != NULL)
		return false;
	/* While the database is away nobody knows what is still right. */
	if (rq->web->public_version < 0)
		return false;
	rq->cacheable = true;
	r = rp_cache_find(rq->web->cache, rq->uri, rq->gzip,
	    rq->web->public_version, rq->web->now, &status);
	if (r == NULL)
		return false;
	etag = MHD_get_response_header(r, "ETag");
	known = header(rq, "If-None-Match");
	rq->answer_status = status;
	if (known != NULL && etag != NULL &&
	    rp_httpval_none_match(rp_text_bytes(rp_text_z(known)),
		rp_text_z(etag))) {
		rq->answer = not_modified(r);
		rq->answer_status = 304;
		r = rq->answer;
	}
	rp_web_count(rq);
	*out = send_response(rq, r, rq->answer_status);
	return true;
}

static rp_text
session_cookie(struct rq *rq)
{
	rp_text all = header_text(rq, "Cookie"), secret = RP_TEXT("");
	struct rp_urlform cookies;
	struct rp_err *e;

	if (all.n == 0)
		return secret;
	e = rp_httpval_cookie_parse(rq->arena, rp_text_bytes(all), &cookies);
	if (e == NULL)
		e = rp_text_from(rq->arena,
		    rp_urlform_value(&cookies, RP_WEB_COOKIE), 64, &secret);
	rp_err_free(e);
	return secret;
}

static void
fill(struct rq *rq, const char *method)
{
	struct rp_web *w = rq->web;
	struct rp_ip ip = client_address(rq);

	rq->req.arena = rq->arena;
	rq->req.web = w;
	rq->req.method = rp_text_z(method);
	rq->req.now = w->now;
	rq->req.content_type = header_text(rq, "Content-Type");
	rq->req.accept_language = header_text(rq, "Accept-Language");
	rq->req.authorization = header_text(rq, "Authorization");
	rq->req.if_none_match = header_text(rq, "If-None-Match");
	rq->req.idempotency_key = header_text(rq, "Idempotency-Key");
	rq->req.user_agent = header_text(rq, "User-Agent");
	rq->req.session_secret = session_cookie(rq);
	rq->req.wide = rp_ip_prefix_text(rq->arena,
	    rp_ip_prefix(ip, rp_ip_is_v4(ip) ? 96 + 16 : 48));
	rq->who = rp_actor_public(w->o.env, w->now);
	rq->who.network = rp_ip_log_key(rq->arena, ip);
	rq->req.who = &rq->who;
	rp_web_choose_language(&rq->req);
}

static struct rp_err *
route(struct rq *rq, const char *method)
{
	struct rp_params *params = &rq->req.params;
	struct rp_ip ip = client_address(rq);

	/* First: the page that tells of a bad path needs it too. */
	fill(rq, method);
	RP_TRY(take_path(rq));
	rq->req.route =
	    rp_route_find(rp_text_z(method), rq->req.path, params, &rq->allow);
	/* Parts of the path: handlers print them up to a NUL. */
	params->lang = rp_text_dup(rq->arena, params->lang);
	params->group = rp_text_dup(rq->arena, params->group);
	params->secret = rp_text_dup(rq->arena, params->secret);
	params->name = rp_text_dup(rq->arena, params->name);
	rp_web_choose_language(&rq->req);
	if (!within_budget(rq, ip))
		return rp_fail(RP_E_RATE, "budget spent by %.*s",
		    RP_FMT(rq->who.network));
	if (rq->req.route == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such address");
	if ((rq->req.route->flags & RP_LANG) &&
	    !rp_web_language_known(&rq->req))
		return rp_fail(RP_E_NOTFOUND, "no such language");
	return NULL;
}

/* Headers are there. What is answered here closes the connection, for the body
 * is not read; so reads wait for the end of the request, which has none. */
static enum MHD_Result
begin(struct rq *rq, const char *method)
{
	struct rp_err *e;

	rq->writes = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
	if (!framed_strictly(rq)) {
		fill(rq, method);
		return refuse(rq, rp_fail(RP_E_INVALID, "ambiguous framing"));
	}
	if (!rq->writes) {
		rq->state = RQ_READ;
		return MHD_YES;
	}
	e = route(rq, method);
	if (e != NULL)
		return refuse(rq, e);
	e = rp_web_form_begin(rq);
	if (e != NULL)
		return refuse(rq, e);
	rq->state = RQ_BODY;
	return MHD_YES;
}

static enum MHD_Result
answer_read(struct rq *rq, const char *method, size_t *n)
{
	enum MHD_Result sent;
	struct rp_err *e;

	*n = 0; /* a GET with a body: not read */
	if (from_cache(rq, &sent))
		return sent;
	e = route(rq, method);
	if (e != NULL)
		return refuse(rq, e);
	rp_web_run_read(rq);
	return send_answer(rq);
}

static enum MHD_Result
body(struct rq *rq, const char *data, size_t *n)
{
	struct rp_err *e;

	if (*n > 0) {
		if (!rp_web_form_data(rq, data, n))
			return MHD_NO;
		if (rq->state == RQ_CHUNK) {
			if (rq->web->last)
				return MHD_NO;
			MHD_suspend_connection(rq->con);
			TAILQ_INSERT_TAIL(&rq->web->queue, rq, link);
			rq->web->n_queue++;
		}
		return MHD_YES;
	}
	e = rp_web_form_end(rq);
	if (e != NULL)
		return refuse(rq, e);
	if (rq->web->last) /* nobody would wake it */
		return refuse(rq, rp_fail(RP_E_UNAVAILABLE, "stopping"));
	if (rq->state != RQ_CHUNK)
		rq->state = RQ_QUEUED;
	MHD_suspend_connection(rq->con);
	TAILQ_INSERT_TAIL(&rq->web->queue, rq, link);
	rq->web->n_queue++;
	return MHD_YES;
}

enum MHD_Result
rp_web_access(void *cls, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *data, size_t *data_n,
    void **con_cls)
{
	struct rq *rq = *con_cls;

	(void)cls;
	(void)con;
	(void)url;
	(void)version;
	if (rq == NULL)
		return MHD_NO;
	switch (rq->state) {
	case RQ_NEW:
		return begin(rq, method);
	case RQ_READ:
		return answer_read(rq, method, data_n);
	case RQ_BODY:
		return body(rq, data, data_n);
	case RQ_READY:
		rp_web_count(rq);
		return send_response(rq, rq->answer, rq->answer_status);
	case RQ_CHUNK:
	case RQ_QUEUED:
	case RQ_HASHING:
	case RQ_SENT:
		break;
	}
	return MHD_NO;
}
