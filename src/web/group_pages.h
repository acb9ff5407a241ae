/*
 * group_pages - the pieces of a group's own page that are about people.
 * Tested in tests/journey/lists_test.py.
 */
#ifndef RP_WEB_GROUP_PAGES_H
#define RP_WEB_GROUP_PAGES_H

#include "domain/consultation.h"
#include "domain/group.h"
#include "domain/meeting.h"
#include "render/t_group.h"
#include "web/web.h"

/* Officers in office and how many members each class has. */
struct rp_err *rp_web_group_people(const struct rp_request *req,
    const struct rp_group *g, struct v_group *v) RP_MUST_USE;

/* The last days for documents of the meetings to come, by the posting rules. */
struct rp_web_deadline {
	int64_t meeting_id;
	rp_text key;  /* "late_agenda-contribution": the rule */
	rp_text what; /* in the reader's language */
	rp_text zone;
	int64_t at; /* the first instant that is late */
};
struct rp_web_deadlines RP_VEC(struct rp_web_deadline);

struct rp_err *rp_web_deadlines_of(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meetings *all,
    struct rp_web_deadlines *out) RP_MUST_USE;

/*
 * What is in force, what comes (meetings, last days for documents, dates of
 * consultations, the next first), and the last meetings that are over.
 */
struct rp_err *rp_web_group_dates(const struct rp_request *req,
    const struct rp_group *g, const struct rp_consultations *consultations,
    struct v_group *v) RP_MUST_USE;

#endif
