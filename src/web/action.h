/*
 * action - what the public list of actions and the desk's share.
 *
 * Tested in tests/journey/action_test.py.
 */
#ifndef RP_WEB_ACTION_H
#define RP_WEB_ACTION_H

#include "domain/action.h"
#include "web/page.h"

struct v_chip rp_web_action_chip(const struct rp_request *req,
    const struct rp_action *a);
rp_text rp_web_action_owner(const struct rp_request *req,
    const struct rp_action *a);

/* "21 November 2026" for "2026-11-21"; empty for none. */
rp_text rp_web_day(const struct rp_request *req, rp_text day);

enum rp_msg rp_msg_action_state(rp_text state);
enum rp_msg rp_msg_action_office(rp_text office);

/* /{lang}/{group}/actions/ */
rp_url rp_web_actions_url(const struct rp_request *req,
    const struct rp_group *g, const char *rest);

#endif
