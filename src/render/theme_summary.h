/*
 * theme_summary - the report of themes as a document that a secretariat edits:
 * per question the table of themes with their figures, quotations with the
 * number of the response they come from, campaigns openly, what has no theme
 * and why, who took part by group and language.
 *
 * Made from the same values as the HTML report (theme_report.h), as a document
 * of document.h, so that every writer of documents can give it out
 * (codec/docx_new.h, codec/html_doc.h). Several questions are sections of one
 * document. The words are the catalogue's; figures and quotations those of the
 * values, which are checked in the same way.
 */
#ifndef RP_RENDER_THEME_SUMMARY_H
#define RP_RENDER_THEME_SUMMARY_H

#include "document/document.h"
#include "render/theme_report.h"

/* Quotations of a theme that go into the document; the report has all. */
#define RP_SUMMARY_QUOTATIONS 3

/* `title`: of the document; empty: the catalogue's. */
struct rp_err *rp_theme_summary(struct rp_arena *a,
    const struct rp_reader *reader, rp_text title,
    const struct rp_theme_report *const *questions, size_t n,
    struct rp_document **out) RP_MUST_USE;

/* The same as a Word document. */
struct rp_err *rp_theme_summary_docx(struct rp_arena *a,
    const struct rp_reader *reader, rp_text title,
    const struct rp_theme_report *const *questions, size_t n,
    rp_bytes *out) RP_MUST_USE;

#endif
