/*
 * duty_find - which duties to report a resolution gives.
 *
 * "instructs the Secretary-General ... 8 to report annually to the Council"
 * says who reports to whom, and how often. Looked at are the operative
 * paragraphs: those below a call-out that resolves, decides, instructs,
 * requests or invites, and numbered paragraphs that begin so themselves, in the
 * six languages of the interface. A paragraph is a duty to report if it has a
 * verb of reporting ("report", "rendre compte", "presente ... informe") with an
 * organ that is told, or a time; reports that are only spoken of ("taking into
 * account the annual reports") are none. One paragraph is one duty at most.
 *
 * It is a suggestion: a person decides. Words that are not known here are not
 * found, and what is found is shown with the paragraph itself.
 *
 * Works on the model alone. Places are counted, not labelled, so that a text
 * has the same ones in all its languages: "3.2" is the second paragraph below
 * the third operative call-out.
 */
#ifndef RP_DOCUMENT_DUTY_FIND_H
#define RP_DOCUMENT_DUTY_FIND_H

#include "document/document.h"

#define RP_DUTIES_MAX ((size_t)200)      /* of one text; the rest is not kept */
#define RP_DUTY_WORDS_MAX ((size_t)2000) /* octets of each text below */

enum rp_duty_every {
	RP_DUTY_NO_TIME = 0, /* the text says none */
	RP_DUTY_ONCE,        /* to a conference or session that is named */
	RP_DUTY_YEARLY,
	RP_DUTY_MEETING, /* at each meeting or session */
	RP_DUTY_TIMES,
};

struct rp_found_duty {
	uint32_t at;       /* block of the body, from 0 */
	rp_text place;     /* "3.2" */
	rp_text paragraph; /* "instructs the Secretary-General 8" */
	rp_text who;       /* "the Secretary-General"; may be empty */
	rp_text recipient; /* "the Council; WTSA"; may be empty */
	rp_text words;     /* the paragraph */
	enum rp_duty_every every;
	int year; /* that is named with the recipient; 0: none */
};
struct rp_found_duties RP_VEC(struct rp_found_duty);

/* In the order of the text; all texts are in `a` or borrowed from `d`. */
struct rp_found_duties rp_duties_find(struct rp_arena *a,
    const struct rp_document *d);

#endif
