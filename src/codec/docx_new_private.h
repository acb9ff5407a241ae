/* Private to docx_new.c and docx_new_body.c. */
#ifndef RP_CODEC_DOCX_NEW_PRIVATE_H
#define RP_CODEC_DOCX_NEW_PRIVATE_H

#include "codec/docx_new.h"
#include "codec/xml.h"

#define RP_DOCX_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RP_DOCX_R \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct rp_docx_new_writing {
	struct rp_arena *a;
	const struct rp_document *d;
	const struct rp_docx_new *options;
	struct rp_xml x;
	bool rtl;       /* the document */
	uint32_t marks; /* bookmarks so far */
	bool in_note;   /* links are of the main part */
};

/* An address that may be written; others are text. */
bool rp_docx_new_link(struct rp_docx_new_writing *w, uint32_t link,
    rp_url *out);

/* The parts, each from its root element. */
void rp_docx_new_body(struct rp_docx_new_writing *w);
void rp_docx_new_notes(struct rp_docx_new_writing *w);

#endif
