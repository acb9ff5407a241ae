/*
 * agenda - what the pages that show an agenda share.
 *
 * Tested in tests/journey/agenda_test.py.
 */
#ifndef RP_WEB_AGENDA_H
#define RP_WEB_AGENDA_H

#include "domain/agenda.h"
#include "web/meeting.h"

/* M_none for words that are none. */
enum rp_msg rp_msg_item_kind(enum rp_report_kind kind);
enum rp_msg rp_msg_item_state(rp_text state);
enum rp_msg rp_msg_part_access(rp_text access);

/* A title with its language; that of its kind, or its number, if it has none.
 */
struct rp_web_title {
	rp_text text, lang;
};
struct rp_web_title rp_web_item_title(const struct rp_request *req,
    const struct rp_agenda_item *i);
/* `n`: the part's place, from 1. */
struct rp_web_title rp_web_part_title(const struct rp_request *req,
    const struct rp_meeting_part *p, size_t n);

/* "4 October at 09:30 to 4 October at 13:00" */
rp_text rp_web_part_time(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_meeting_part *p);

/* "adopted", "adopted as revised", M_none. */
enum rp_msg rp_msg_adopted(const struct rp_agenda *a);

/* The document with this id, or NULL. */
const struct rp_meeting_document *rp_web_document_find(
    const struct rp_meeting_documents *all, int64_t id);

/*
 * The revision that was issued just now as files of the register: one for each
 * language in which all titles are there, and posted.
 */
struct rp_err *rp_web_agenda_files(const struct rp_request *req,
    const struct rp_meeting *m, int64_t number, int64_t revision) RP_MUST_USE;

#endif
