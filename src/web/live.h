/*
 * live - streams of server-sent events: the same to many, a piece each time
 * that something changes.
 *
 * A handler that has asked who may see what sets `live` in its response: how
 * the piece is made, what kind of reader it is for, and the first one. Readers
 * of the same address and kind share a channel: its piece is made once for all
 * of them, in a read transaction, as one of them would get it. So whoever is
 * not allowed any more gets nothing new at once if nobody of his channel is,
 * and at the latest when his stream ends: a stream lasts RP_LIVE_SPAN_MS, then
 * the browser asks again.
 *
 * The database is asked for changes at least every RP_LIVE_POLL_MS while there
 * are streams, so that what another process wrote is seen. A waiting stream
 * costs a suspended connection and no thread. There are RP_LIVE_MAX at most;
 * one that does not take what is sent is cut after RP_LIVE_SLOW_MS; one that
 * has missed pieces gets the last.
 *
 * Tested in tests/journey/speakers_test.py.
 */
#ifndef RP_WEB_LIVE_H
#define RP_WEB_LIVE_H

#include "web/web.h"

struct rp_web;
struct rq;
struct MHD_Response;

#define RP_LIVE_MAX 4000
#define RP_LIVE_POLL_MS 50
#define RP_LIVE_SPAN_MS (10 * 60 * 1000)
#define RP_LIVE_SLOW_MS (10 * 1000)
#define RP_LIVE_BEAT_MS                                      \
	(15 * 1000) /* a comment, so that dead ones are seen \
		     */

/* The answer for a handler's `live`; NULL when there are too many. */
struct MHD_Response *rp_live_open(struct rq *rq);

/* Something may have changed: make pieces, wake who waits for them. */
void rp_live_look(struct rp_web *w);

/* Once a turn: beats, ends, slow ones. */
void rp_live_sweep(struct rp_web *w);

/* The server ends: so do all streams. */
void rp_live_end(struct rp_web *w);

size_t rp_live_count(const struct rp_web *w);
void rp_live_free(struct rp_web *w);

#endif
