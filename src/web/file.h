/*
 * file - send a stored file to be saved.
 *
 * What people uploaded is never shown by the browser on our own origin: it goes
 * out as an attachment, of the type that its octets had, with its name as its
 * sender wrote it (RFC 6266, RFC 8187).
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_WEB_FILE_H
#define RP_WEB_FILE_H

#include "web/web.h"

/* `kind`: pdf, docx, odt, txt, md, json; anything else is octets. The caller
 * asked who may have it. */
struct rp_err *rp_web_file(const struct rp_request *req, int64_t blob_id,
    rp_text name, rp_text kind, struct rp_response *out) RP_MUST_USE;

/*
 * A document of ours as a tagged PDF to be saved, as pdf/pdf.h writes it; its
 * language is the document's, else the reader's. `foot` stands on each page and
 * may be empty. RP_E_UNAVAILABLE where the installation has no fonts.
 */
struct rp_document;
struct rp_err *rp_web_pdf(const struct rp_request *req, struct rp_document *d,
    uint32_t head_rows, rp_text foot, rp_text name,
    struct rp_response *out) RP_MUST_USE;

#endif
