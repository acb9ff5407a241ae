/*
 * server - the HTTP engine: sockets, turns, the two budgets of a request.
 *
 * libmicrohttpd with an external epoll loop, one thread. A turn of the loop
 * takes what has arrived; reads are answered on the spot inside one read
 * transaction of the turn; writes are queued with their connection suspended,
 * and at the end of the turn run in one transaction, a savepoint each, are
 * committed once, and only then answered: acknowledged means on disk
 * (group commit, design/performance.md).
 *
 * What no C library tested refuses is refused here: Content-Length together
 * with Transfer-Encoding, more than one Content-Length or Host, paths that are
 * not in one normal form, bodies over the route's limit, methods unknown.
 * Tested in tests/api/api_test.py.
 */
#ifndef RP_WEB_SERVER_H
#define RP_WEB_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "text/ip.h"

struct rp_attempts;
struct rp_db;
struct rp_env;
struct rp_locale;
struct rp_pdf_fonts;
struct rp_web;

#define RP_WEB_LISTEN_MAX 16
#define RP_WEB_PROXIES_MAX 32

/* Octets of a form without files; enough for five answers of 40,000 code
 * points of four octets each, percent-encoded. */
#define RP_WEB_FORM_MAX ((size_t)4 * 1024 * 1024)
#define RP_WEB_JSON_MAX ((size_t)4 * 1024 * 1024)
/* The session's cookie. */
#define RP_WEB_COOKIE "session"

#define RP_WEB_URI_MAX ((size_t)4096)

struct rp_pdf_fonts;

/*
 * The hasher role as the engine sees it. `send` queues one passphrase to be
 * checked against `stored` (or hashed, if that is empty) and returns false when
 * its queue is full; `receive` takes one answer while there are any.
 */
struct rp_web_hasher {
	int fd; /* readable: answers wait */
	void *ctx;
	bool (
	    *send)(void *ctx, uint64_t id, rp_text passphrase, rp_text stored);
	bool (*receive)(void *ctx, struct rp_arena *a, uint64_t *id, bool *ok,
	    rp_text *hash);
};

/* Everything the engine is told from outside. Borrowed for its life. */
struct rp_web_options {
	struct rp_db *db;
	const struct rp_env *env;
	const struct rp_locale *const *locales; /* by enum rp_lang */
	struct rp_pdf_fonts *fonts;    /* NULL: there are none, and no PDF */
	int listen[RP_WEB_LISTEN_MAX]; /* listening sockets */
	size_t n_listen;
	int stop_fd; /* readable: finish the turn and return */
	const struct rp_web_hasher *hasher;    /* NULL: nobody can sign in */
	const char *tls_certificate, *tls_key; /* PEM texts, or NULL */
	const struct rp_ip_prefix *proxies;    /* whose Forwarded is believed */
	size_t n_proxies;
	unsigned connections_max;
	unsigned idle_seconds;
	unsigned page_seconds; /* a public page may be shown without asking */
	size_t cache_bytes;
	struct rp_budget *submissions, *reads; /* NULL: no budget */
	struct rp_attempts *attempts;          /* at signing in; never NULL */
	rp_text public_url;                    /* no slash at the end */
	rp_text body_name; /* of the installation, for pages of no group */
	rp_text version;   /* of the program */
	void (*log)(void *ctx, const char *method, const char *route,
	    int status, int64_t us, uint64_t statements,
	    const struct rp_err *e);
	void *log_ctx;
};

struct rp_err *rp_web_new(const struct rp_web_options *o,
    struct rp_web **out) RP_MUST_USE;

/* Until stop_fd is readable. */
struct rp_err *rp_web_run(struct rp_web *w) RP_MUST_USE;

void rp_web_free(struct rp_web *w);

/* For handlers and tests. */
const struct rp_web_options *rp_web_options_of(const struct rp_web *w);

#endif
