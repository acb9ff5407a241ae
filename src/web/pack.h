/*
 * pack - a meeting pack as a ZIP file, piece by piece.
 *
 * index.html in the reader's language and index-XX.html in each of the six,
 * which lead to each other and to the files beside them and need nothing else;
 * index.csv; and the files, streamed from the store. Nothing of it is held but
 * the piece that is sent.
 *
 * Tested in tests/journey/pack_test.py.
 */
#ifndef RP_WEB_PACK_H
#define RP_WEB_PACK_H

#include "domain/group.h"
#include "domain/pack.h"
#include "web/web.h"

/* Takes `pack`, which lives in the request's arena. */
void rp_web_pack_send(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, const struct rp_pack *pack,
    struct rp_response *out);

/*
 * The same as one PDF: a cover, the agenda as far as the reader sees it, an
 * index with pages and hashes, and the documents, those that came as PDF, too.
 * What has no PDF is named. RP_E_UNAVAILABLE without fonts.
 */
struct rp_err *rp_web_pack_pdf_send(const struct rp_request *req,
    const struct rp_group *g, const struct rp_meeting *m,
    const struct rp_pack *pack, struct rp_response *out) RP_MUST_USE;

#endif
