/*
 * ics - iCalendar (RFC 5545): deadlines and meetings for people's calendars.
 *
 * Times are UTC instants ("…Z"), so no VTIMEZONE is needed and every program
 * shows them in its reader's zone. Lines are folded at 75 octets between
 * characters; text is escaped. `stamp_at` is when what is described last
 * changed, so that the same state gives the same octets. A reader knows an
 * event again by `uid`, and takes the one with the higher sequence.
 */
#ifndef RP_CODEC_ICS_H
#define RP_CODEC_ICS_H

#include "base/str.h"

struct rp_sink;

struct rp_ics_event {
	rp_text uid;
	rp_text summary;
	rp_text description; /* may be empty, as the rest */
	rp_text location;
	rp_text language; /* BCP 47, of summary and description */
	rp_url page;
	int64_t stamp_at, start_at;
	int64_t end_at; /* 0: an instant, such as a deadline */
	int64_t sequence;
	bool cancelled;
};

void rp_ics_begin(struct rp_sink *s, rp_text name);
void rp_ics_event(struct rp_sink *s, const struct rp_ics_event *event);
void rp_ics_end(struct rp_sink *s);

#endif
