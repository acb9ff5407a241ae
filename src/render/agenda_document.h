/*
 * agenda_document - the agenda of a meeting as a Word document.
 *
 * A title, a line that says which meeting, when and where, and the items with
 * their numbers under the parts that they lie in; under each item the documents
 * that are called. The caller chose what the readers of the document may see.
 * The same input gives the same octets.
 */
#ifndef RP_RENDER_AGENDA_DOCUMENT_H
#define RP_RENDER_AGENDA_DOCUMENT_H

#include "base/vec.h"
#include "render/message.h"

struct rp_err;

struct rp_agenda_paper {
	rp_text symbol, title, lang;
};
struct rp_agenda_papers RP_VEC(struct rp_agenda_paper);

struct rp_agenda_entry {
	int64_t number;
	rp_text title, lang;
	int64_t minutes; /* 0: none are said */
	struct rp_agenda_papers papers;
};
struct rp_agenda_entries RP_VEC(struct rp_agenda_entry);

struct rp_agenda_section {
	rp_text title, lang; /* empty: the items of no part */
	rp_text about;       /* when, for whom, who presides */
	struct rp_agenda_entries entries;
};
struct rp_agenda_sections RP_VEC(struct rp_agenda_section);

struct rp_agenda_facts {
	rp_text symbol, meeting, about;
	struct rp_agenda_sections sections;
};

/* RP_E_LIMIT as docx_new.h says. */
struct rp_err *rp_agenda_docx(struct rp_arena *a,
    const struct rp_reader *reader, const struct rp_agenda_facts *facts,
    rp_bytes *out) RP_MUST_USE;

#endif
