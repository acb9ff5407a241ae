#include "pdf/pdf.h"

#include "base/err.h"
#include "pdf/pdf_private.h"
#include "text/lang.h"

static rp_text
title_of(const struct rp_document *d, const struct rp_pdf_options *o)
{
	return o->title.n > 0 ? o->title : d->title;
}

struct rp_err *
rp_pdf_write(struct rp_arena *a, struct rp_pdf_fonts *fonts,
    const struct rp_document *d, const struct rp_pdf_options *options,
    rp_bytes *out)
{
	static const struct rp_pdf_options none = { 0 };
	struct pdf *p = rp_new(a, struct pdf);
	size_t notes = d->notes.n > 0 ? d->notes.n : 1;

	if (rp_document_has_revisions(d))
		return rp_fail(RP_E_INVALID, "a document with revisions");
	p->a = a;
	p->fonts = fonts;
	p->d = d;
	p->o = options ? options : &none;
	p->lang = d->lang.n > 0 ? d->lang : RP_TEXT("en");
	p->rtl = rp_lang_tag_dir(p->lang) == RP_DIR_RTL;
	p->title = title_of(d, p->o);
	p->notes = rp_new_n(a, struct pdf_place, notes);
	p->marks = rp_new_n(a, struct pdf_place, notes);
	RP_TRY(pdf_flow(p));
	if (p->title.n == 0)
		p->title = RP_TEXT("-");
	return pdf_objects(p, out);
}
