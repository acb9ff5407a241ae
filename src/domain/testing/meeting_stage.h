/*
 * meeting_stage - a meeting with an agenda, and who may do what about it: the
 * secretariat, two members, a reader of no party, and somebody without rights.
 */
#ifndef RP_DOMAIN_TESTING_MEETING_STAGE_H
#define RP_DOMAIN_TESTING_MEETING_STAGE_H

#include "domain/meeting.h"
#include "domain/testing/world.h"

struct meeting_stage {
	struct world w;
	struct rp_meeting m;
	struct rp_actor who, member, other_member, reader, stranger;
	int64_t parties[3]; /* members; the third has nobody here */
};

void meeting_stage_open(struct meeting_stage *s);

/* Another meeting of the group, by its number and first day. */
struct rp_meeting meeting_stage_add(struct meeting_stage *s, int64_t ordinal,
    const char *opens, const char *closes);

int64_t meeting_stage_item(struct meeting_stage *s, const struct rp_meeting *m,
    int64_t position, const char *kind);

#endif
