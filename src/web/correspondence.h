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

#endif
