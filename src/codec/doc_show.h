/*
 * doc_show - a document as lines, for tests.
 *
 * Part of the tests, not of the product. Two documents that say the same are
 * shown the same, whatever their formats, links and revisions are numbered.
 * Tested in plain_doc_test.c.
 *
 *	P	paragraph; H2 heading; C call-out; V provision; I item;
 *		O opaque; S section break
 *	<a)>	the label; <a)|L3@0#1> with style, value, level and list
 *	b:i:	the look of a run between { and }; ->address of its link
 *	+[ ]	inserted, -[ ] deleted; ¶+ and ¶- for the mark
 */
#ifndef RP_CODEC_DOC_SHOW_H
#define RP_CODEC_DOC_SHOW_H

#include "document/document.h"

rp_text rp_doc_show(struct rp_arena *a, const struct rp_document *d);

/* Text, labels as shown, kinds and notes only. */
rp_text rp_doc_show_text(struct rp_arena *a, const struct rp_document *d);

#endif
