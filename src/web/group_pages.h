/*
 * group_pages - the pieces of a group's own page that are about people.
 * Tested in tests/journey/lists_test.py.
 */
#ifndef RP_WEB_GROUP_PAGES_H
#define RP_WEB_GROUP_PAGES_H

#include "domain/group.h"
#include "render/t_group.h"
#include "web/web.h"

/* Officers in office and how many members each class has. */
struct rp_err *rp_web_group_people(const struct rp_request *req,
    const struct rp_group *g, struct v_group *v) RP_MUST_USE;

#endif
