/*
 * meeting - what the public pages of meetings and the desk's share.
 *
 * Tested in tests/journey/meeting_test.py.
 */
#ifndef RP_WEB_MEETING_H
#define RP_WEB_MEETING_H

#include "domain/meeting_document.h"
#include "domain/party.h"
#include "web/page.h"

/* "CWG-Internet, meeting 20" */
rp_text rp_web_meeting_name(const struct rp_request *req,
    const struct rp_meeting *m);

/* Where everybody finds it; `rest` is what follows. */
rp_url rp_web_meeting_url(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m, const char *rest);

/* The page of a document, or of a part of one, that everybody finds; the same
 * at the desk. */
rp_url rp_web_document_page(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_meeting_document *d);
rp_url rp_web_desk_document_page(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_meeting_document *d);

/* "Addendum 1", "Corrigendum 2 to Addendum 1"; empty for what is no part. */
rp_text rp_web_part_name(const struct rp_request *req,
    const struct rp_meeting_document *d);

/* Its file, by revision and language. */
rp_url rp_web_document_url(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_document_file *f);

/* "0-1-en": the place of a comparison of two revisions, below its document. */
struct rp_document_pair;
rp_text rp_web_document_pair(const struct rp_request *req,
    const struct rp_document_pair *pair);

/* Names of a document's sources, in their order, with commas. */
rp_text rp_web_source_names(const struct rp_request *req,
    const struct rp_meeting_document *d);

/* The same of any parties: out of a list, or each asked for. */
rp_text rp_web_sources_of(const struct rp_request *req,
    const struct rp_parties *all, const struct rp_document_sources *s);
struct rp_err *rp_web_sources(const struct rp_request *req,
    const struct rp_document_sources *s, rp_text *out) RP_MUST_USE;

/* M_none for words that are none. */
enum rp_msg rp_msg_meeting_mode(rp_text mode);
enum rp_msg rp_msg_document_kind(rp_text kind);
enum rp_msg rp_msg_document_state(rp_text state);
enum rp_msg rp_msg_document_status(rp_text status);
enum rp_msg rp_msg_posting(enum rp_posting_effect effect);

/* The mark of one that was late: what the rules say, or that it was admitted;
 * M_none for one in time. */
enum rp_msg rp_msg_late(const struct rp_meeting_document *d);

#endif
