/* pdf - documents of ours as PDF, while somebody waits. */
#include "pdf/pdf.h"

#include "base/err.h"
#include "web/file.h"
#include "web/server.h"

struct rp_err *
rp_web_pdf(const struct rp_request *req, struct rp_document *d,
    uint32_t head_rows, rp_text foot, rp_text name, struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	const struct rp_pdf_options options = { .head_rows = head_rows,
		.foot = foot };

	if (o->fonts == NULL)
		return rp_fail(RP_E_UNAVAILABLE, "no fonts for PDF");
	if (d->lang.n == 0)
		d->lang = rp_lang_tag(req->reader.lang);
	RP_TRY(rp_pdf_write(req->arena, o->fonts, d, &options, &out->body));
	out->type = "application/pdf";
	rp_response_header(out, "Content-Disposition",
	    rp_textf(req->arena, "attachment; filename=\"%.*s\"",
		RP_FMT(name)));
	return NULL;
}
