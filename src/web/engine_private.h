/* engine_private - what server.c, intake.c, turn.c and answer.c share. */
#ifndef RP_WEB_ENGINE_PRIVATE_H
#define RP_WEB_ENGINE_PRIVATE_H

#include <microhttpd.h>
#include <sys/queue.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "web/server.h"
#include "web/web.h"

struct rp_multipart;
struct rp_cache;
struct rp_snapshots;
struct rp_line;
struct rp_live_all;

/*
 * The life of a request:
 *
 *	NEW -> BODY -> QUEUED -> READY -> SENT
 *	 |      ^  \      ^|
 *	 |      |   v      |v
 *	 |      CHUNK    HASHING
 *	 +-> READ -> SENT (reads, cached pages), or SENT (refusals)
 *
 * In CHUNK, QUEUED and HASHING the connection is suspended.
 */
enum rq_state {
	RQ_NEW,
	RQ_READ,
	RQ_BODY,
	RQ_CHUNK,
	RQ_QUEUED,
	RQ_HASHING,
	RQ_READY,
	RQ_SENT
};

struct rq {
	TAILQ_ENTRY(rq) link; /* in the turn's queue or among the hashing */
	struct rp_web *web;
	struct MHD_Connection *con;
	struct rp_arena *arena;
	enum rq_state state;
	char *uri; /* as it came; in the arena */
	struct rp_request req;
	struct rp_response out;
	struct rp_err *failed; /* what the handler returned */
	const char *allow;
	struct rp_actor who;
	struct rp_buf body;
	size_t body_max, body_seen;
	enum rp_ecode refuse; /* 0, or why the body was not kept */
	struct rp_multipart *multipart;
	struct rq_upload *uploading;
	uint64_t hash_id;
	int64_t began_us;
	uint64_t statements; /* that its handler took */
	struct rp_line *line;
	struct MHD_Response *answer;
	int answer_status;
	int64_t cache_until; /* 0: not for the cache */
	size_t cache_octets;
	bool writes, cacheable, gzip;
};

TAILQ_HEAD(rq_list, rq);

/* A connection, for as long as it is open. */
struct rp_line {
	TAILQ_ENTRY(rp_line) link;
	struct MHD_Connection *con;
	struct rq *rq;    /* what is being asked on it, or NULL */
	int64_t since_us; /* waits for a request since */
	int64_t mark_us;  /* when `mark` was taken */
	size_t mark;      /* octets of the body that had come */
	bool cut;
};

TAILQ_HEAD(rp_lines, rp_line);

/* Sessions noted as used in one turn; others are by their next page. */
#define RP_WEB_TOUCHED_MAX 32

/* What one turn may have to note of documents that were opened. */
#define RP_WEB_OPENED_MAX 4096

struct rp_web {
	struct rp_web_options o;
	struct MHD_Daemon *daemon;
	int epoll_fd;
	struct rq_list queue, hashing;
	size_t n_queue;
	struct rp_arena *turn_arena; /* of the turn's read transaction */
	struct rp_tx *turn_read;
	struct rp_cache *cache;
	struct rp_gzip *gzip;
	struct rp_snapshots *snapshots;
	struct rp_live_all *live;
	struct rp_arena *spare[64];
	size_t n_spare;
	int64_t now, version, public_version;
	uint64_t next_hash_id;
	int64_t touched[RP_WEB_TOUCHED_MAX]; /* sessions, by pages that read */
	size_t n_touched;
	struct rp_access opened[RP_WEB_OPENED_MAX]; /* by pages that read */
	size_t n_opened;
	unsigned n_saved_turns; /* so many turns yet with savepoints */
	size_t n_uploads;       /* large forms that are arriving right now */
	struct rp_lines lines;
	size_t n_lines;
	int64_t swept_us, deaf_until_us;
	bool stopping, last, resumed;
};

/*
 * Large forms that may be arriving at once: a few MiB of memory each. A form
 * is large from this many octets on.
 */
#define RP_WEB_UPLOADS_MAX 48
#define RP_WEB_LARGE ((size_t)256 * 1024)

/* What one write transaction takes on; the rest waits for the next turn. */
#define RP_WEB_TURN_MAX 256
#define RP_WEB_TURN_OCTETS ((size_t)8 * 1024 * 1024)

/* Turns with savepoints after one that had to be undone: turn.c. */
#define RP_WEB_SAVED_TURNS 64

/* intake.c: libmicrohttpd's callbacks. */
void *rp_web_uri_seen(void *cls, const char *uri, struct MHD_Connection *con);
enum MHD_Result rp_web_access(void *cls, struct MHD_Connection *con,
    const char *url, const char *method, const char *version, const char *data,
    size_t *data_n, void **con_cls);
void rp_web_completed(void *cls, struct MHD_Connection *con, void **con_cls,
    enum MHD_RequestTerminationCode why);

/* turn.c: run handlers inside the turn's transactions. */
void rp_web_run_read(struct rq *rq);
void rp_web_run_queue(struct rp_web *w);
void rp_web_turn_end(struct rp_web *w); /* close the read transaction */
void rp_web_hash_answers(struct rp_web *w);
/* Answer 503 to whoever waits for the hasher since before `before_us`. */
void rp_web_hash_give_up(struct rp_web *w, int64_t before_us);

/* slow.c: connections, and an end to those that only hold a place. */
void rp_web_line(void *cls, struct MHD_Connection *con, void **own,
    enum MHD_ConnectionNotificationCode code);
void rp_web_line_begins(struct rq *rq);
void rp_web_line_ends(struct rq *rq);
void rp_web_slow_sweep(struct rp_web *w);
void rp_web_make_room(struct rp_web *w);

/* answer.c: from a handler's response, or its failure, to what is sent. */
void rp_web_make_answer(struct rq *rq);
void rp_web_count(struct rq *rq);

/* form.c: the bodies of forms as they arrive. */
struct rp_err *rp_web_form_begin(struct rq *rq) RP_MUST_USE;
bool rp_web_form_data(struct rq *rq, const char *data, size_t *n);
struct rp_err *rp_web_form_end(struct rq *rq) RP_MUST_USE;
struct rp_err *rp_web_form_chunk(struct rq *rq, struct rp_tx *tx) RP_MUST_USE;
void rp_web_form_gone(struct rq *rq);
size_t rp_web_form_waiting(const struct rq *rq); /* octets to be written */

/* snapshot.c */
void rp_web_snapshots_free(struct rp_web *w);

/* public.c: the version of what the public sees. */
struct rp_err *rp_web_public_version(struct rp_web *w,
    int64_t *out) RP_MUST_USE;

static inline int64_t
rp_web_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

#endif
