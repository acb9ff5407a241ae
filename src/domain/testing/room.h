/*
 * room - a meeting of two parts with an agenda: what tests of its record stand
 * on. world.h with somebody who registers, and somebody who reads.
 */
#ifndef RP_DOMAIN_TESTING_ROOM_H
#define RP_DOMAIN_TESTING_ROOM_H

#include "domain/agenda.h"
#include "domain/testing/world.h"

struct room {
	struct world w;
	struct rp_actor clerk, reader;
	struct rp_meeting m;
	int64_t first, second;   /* parts: for everybody, for members */
	int64_t opening, report; /* items of the first */
	int64_t closed;          /* an item of the second */
};

/* For `RP_AUTO(room_close) struct room r;` and room_open(&r) at once. */
void room_open(struct room *r);
void room_close(struct room *r);

int64_t room_item(struct room *r, int64_t part_id, enum rp_report_kind kind,
    const char *title);
int64_t room_document(struct room *r, const char *access);

/* Put a document under an item. */
void room_call(struct room *r, int64_t item_id, int64_t document_id);

/* A party of the body. */
int64_t room_party(struct room *r, const char *slug);

/* The agenda anew, as somebody sees it. */
struct rp_agenda room_agenda(struct room *r, const struct rp_actor *who);

#endif
