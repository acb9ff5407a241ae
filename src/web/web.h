/*
 * web - what a handler is given and what it gives back.
 *
 * A handler turns a request into a response: octets to fields, fields to text,
 * text to a rule of the domain, its result to a view, the view to a page. It
 * sees no SQL and decides no right. Its transaction is open already (a write
 * transaction for POST, PUT and DELETE, else a read one) and is kept or undone
 * by the dispatcher. What it allocates in `arena` lives until the answer has
 * been sent.
 */
#ifndef RP_WEB_WEB_H
#define RP_WEB_WEB_H

#include "base/str.h"
#include "base/vec.h"
#include "codec/urlform.h"
#include "domain/access_log.h"
#include "domain/actor.h"
#include "render/page.h"

struct rp_tx;
struct rp_web;
struct rp_route;

/* The named parts of a path: {n}, {group}, … Absent ones are empty or 0. */
struct rp_params {
	rp_text lang, group, secret, name, part;
	int64_t n, k, id;
};

/* A file that came with a form: its octets are in the store already. */
struct rp_upload {
	int64_t upload_id;
	rp_text field, name, kind; /* kind from the octets, or empty */
	size_t size;
};

struct rp_uploads RP_VEC(struct rp_upload);

/*
 * What the hasher answered last, when the handler runs again: `round` is 0 the
 * first time, then counts the answers.
 */
struct rp_hash_reply {
	unsigned round;
	bool ok;
	rp_text hash;
};

#define RP_HASH_ROUNDS 2 /* check the old passphrase, then hash the new */

struct rp_request {
	struct rp_arena *arena;
	struct rp_tx *tx;
	struct rp_web *web;
	const struct rp_actor *who;
	const struct rp_route *route;
	struct rp_params params;
	struct rp_reader reader; /* the language of the page, its formats */
	rp_text method, path;    /* path as it came, without the query */
	rp_text query_text;      /* the query as it came */
	struct rp_urlform query, form;
	struct rp_uploads uploads;
	rp_bytes body; /* for application/json and other bodies */
	rp_text content_type, accept_language, authorization, if_none_match,
	    idempotency_key, user_agent;
	rp_text wide;                 /* the reader's /48 or /16 */
	rp_text session_secret, csrf; /* empty without a session */
	rp_text zone;                 /* the reader's choice, or empty */
	int64_t now;
	struct rp_hash_reply hash_reply;
};

struct rp_header {
	const char *name;
	rp_text value;
};

/*
 * A body made piece by piece, for what is large: called again and again, each
 * time with an open read transaction and an arena of its own, until it leaves
 * `out` empty. `ctx` lives in the request's arena.
 */
typedef struct rp_err *rp_producer(void *ctx, struct rp_arena *a,
    struct rp_tx *tx, rp_bytes *out);

/*
 * Passphrases are hashed by a role of their own; then the handler runs again,
 * at most RP_HASH_ROUNDS times. Until then it has written nothing.
 */
struct rp_hash_request {
	bool wanted;
	rp_text passphrase, stored; /* stored empty: make a new hash */
};

/*
 * A stream of pieces of a page (live.h). Makes the piece for the reader of
 * `req` if there is a newer one than `known`: then `version` and `out` are set.
 */
typedef struct rp_err *rp_live_fn(const struct rp_request *req, int64_t known,
    int64_t *version, rp_html *out);

struct rp_live {
	rp_live_fn *make; /* NULL: an answer like others */
	rp_text kind;     /* readers of one kind are shown the same */
	int64_t version;
	rp_html first;
};

struct rp_response {
	int status;            /* 0: 200 */
	const char *type;      /* NULL: text/html; charset=utf-8 */
	rp_html page;          /* or */
	rp_bytes body;         /* or */
	rp_producer *producer; /* with its ctx */
	void *ctx;
	rp_url location; /* for 303 */
	struct rp_header headers[6];
	size_t n_headers;
	bool no_store;    /* secret links and what only staff see */
	bool keep;        /* keep the writes although status is an error */
	bool forever;     /* may be kept by anybody for ever */
	int64_t fresh_ms; /* public pages: how long the cache may show it */
	struct rp_hash_request hash;
	struct rp_live live;       /* or */
	struct rp_accesses opened; /* to be noted, if the answer goes out */
};

typedef struct rp_err *rp_handler(const struct rp_request *req,
    struct rp_response *out);

enum rp_route_flag {
	RP_PUBLIC = 1 << 0, /* the same for everybody: may be cached */
	RP_SECRET = 1 << 1, /* a secret in the path: no-store, never logged */
	RP_STAFF = 1 << 2,  /* needs a session; CSRF token on POST */
	RP_UPLOAD = 1 << 3, /* multipart forms with files are accepted */
	RP_API = 1 << 4,    /* bearer tokens instead of cookies; JSON errors */
	RP_LANG = 1 << 5,   /* the path begins with the language */
	RP_SUBMIT = 1 << 6, /* counts against the submission budgets */
};

struct rp_route {
	const char *method, *path;
	rp_handler *handler;
	enum rp_capability needs;
	unsigned flags;
	const char *doc;
};

/* All routes, ended by a NULL method. Made from web/routes.def. */
extern const struct rp_route rp_routes[];

#define ROUTE(method, path, handler, needs, flags, doc) rp_handler handler;
#include "web/routes.def"
#undef ROUTE

/*
 * Find the route of a path (segments already decoded and checked). Returns NULL
 * and sets `out_allow` when the path exists for other methods ("GET, POST").
 */
const struct rp_route *rp_route_find(rp_text method, rp_text path,
    struct rp_params *out, const char **out_allow);

/* Fields of the form and of the query; absent is empty. Raw octets. */
rp_bytes rp_form_value(const struct rp_urlform *form, const char *name);

/*
 * The same as text through the input gate (NFC, no control characters).
 * RP_E_INVALID, RP_E_LIMIT. `line`: white space folded to single spaces.
 */
struct rp_err *rp_form_text(const struct rp_request *req,
    const struct rp_urlform *form, const char *name, size_t max,
    rp_text *out) RP_MUST_USE;
struct rp_err *rp_form_line(const struct rp_request *req,
    const struct rp_urlform *form, const char *name, size_t max,
    rp_text *out) RP_MUST_USE;
bool rp_form_has(const struct rp_urlform *form, const char *name);

void rp_response_header(struct rp_response *out, const char *name,
    rp_text value);

/* 303 to one of our own addresses. */
struct rp_err *rp_response_see_other(struct rp_response *out, rp_url to);

#endif
