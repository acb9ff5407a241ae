/*
 * activity - what the pages and files of activities share.
 *
 * Tested in tests/journey/activity_test.py.
 */
#ifndef RP_WEB_ACTIVITY_H
#define RP_WEB_ACTIVITY_H

#include "domain/activity.h"
#include "render/activities.h"
#include "web/page.h"

enum rp_msg rp_msg_activity_status(rp_text status);
enum rp_msg rp_msg_sector(size_t sector);

/* The matrix of these activities, in the order of the registry; a resolution
 * without any is a gap. Title and subject are the caller's. */
void rp_web_matrix(const struct rp_request *req,
    const struct rp_instruments *instruments, const struct rp_activities *some,
    struct rp_matrix *out);

/* /{lang}/{group}/activities/REST */
rp_url rp_web_activities_url(const struct rp_request *req,
    const struct rp_group *g, const char *rest);

#endif
