/*
 * correspondence - the words of liaison statements, recommendations and
 * referrals.
 *
 * Tested in tests/journey/correspondence_test.py.
 */
#ifndef RP_WEB_CORRESPONDENCE_H
#define RP_WEB_CORRESPONDENCE_H

#include "web/page.h"

/* M_none for words that are none. */
enum rp_msg rp_msg_correspondence_kind(rp_text kind);
enum rp_msg rp_msg_correspondence_state(rp_text state);
enum rp_msg rp_msg_correspondence_level(rp_text level);

/* Its state, or that a reply is late. */
struct rp_correspondence;
struct v_chip rp_web_correspondence_chip(const struct rp_request *req,
    const struct rp_correspondence *c);

#endif
