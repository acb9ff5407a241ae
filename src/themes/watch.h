/*
 * watch - whether an analysis should stop, asked inside its long loops.
 *
 * Who gives a watch wants to be asked at least once a second, whatever the
 * number of responses, and is asked far more often: stop() must be cheap. From
 * the first time that it says yes every loop ends; what it worked on is then
 * safe to free and good for nothing else. NULL: nobody asks.
 */
#ifndef RP_THEMES_WATCH_H
#define RP_THEMES_WATCH_H

#include <stdbool.h>
#include <stddef.h>

/* Rows, texts and the like between two questions. */
#define RP_WATCH_EVERY 1024

struct rp_watch {
	bool (*stop)(void *ctx);
	void *ctx;
	bool is_stopped;
};

static inline bool
rp_watch_stops(struct rp_watch *w)
{
	if (w == NULL)
		return false;
	if (!w->is_stopped && w->stop != NULL)
		w->is_stopped = w->stop(w->ctx);
	return w->is_stopped;
}

/* The same for the i-th turn of a loop: asks in few of them. */
static inline bool
rp_watch_stops_at(struct rp_watch *w, size_t i)
{
	return w != NULL && i % RP_WATCH_EVERY == 0 && rp_watch_stops(w);
}

#endif
