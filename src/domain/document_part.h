/*
 * document_part - addenda and corrigenda of a document.
 *
 * An addendum adds to a document, a corrigendum corrects it, or corrects an
 * addendum of it: "CWG-Internet-20/3(Add.1)", "20/3(Corr.2)",
 * "20/3(Add.1)(Corr.1)". Each is a document of the register with its own title,
 * files, revisions, languages, access and states (meeting_document.h), under
 * the number of what it belongs to; addenda, and the corrigenda of each, are
 * counted from 1. A corrigendum may concern one language only. Source: the
 * suffixes of symbols that the UN and ITU use, as symbol.h reads them.
 */
#ifndef RP_DOMAIN_DOCUMENT_PART_H
#define RP_DOMAIN_DOCUMENT_PART_H

#include "domain/meeting_document.h"

#define RP_DOCUMENT_PART_NUMBER_MAX 99
#define RP_DOCUMENT_PARTS_MAX 200 /* of a document */

/* "add-1", "corr-2", "add-1-corr-1": the part's place below its document. Empty
 * for a document that is no part. */
rp_text rp_document_part_name(struct rp_arena *a,
    const struct rp_meeting_document *d);

/* Of a meeting's document and the name of a part; RP_E_NOTFOUND also for one
 * that is not seen. With an empty name the document. */
struct rp_err *rp_document_part_get(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t number, rp_text name,
    rp_text lang, struct rp_meeting_document *out) RP_MUST_USE;

/* The same of a document that is there already; no effect. */
struct rp_err *rp_document_part_of(struct rp_arena *a,
    const struct rp_meeting_document *d, rp_text name,
    struct rp_meeting_document *out) RP_MUST_USE;

struct rp_document_part_in {
	bool is_corrigendum;
	int64_t of_addendum; /* a corrigendum of this one; 0: of the document */
	int64_t number;      /* 0: the next one */
	rp_text only_lang;   /* of a corrigendum; empty: all languages */
};

/* The number that is free next; no effect. */
int64_t rp_document_part_next(const struct rp_meeting_document *d,
    bool is_corrigendum, int64_t of_addendum);

/*
 * Enter one under `d`, with the kind, access and sources of it; its title comes
 * next, by rp_wording_set(). Needs RP_MAY_MEET. RP_E_CONFLICT for a number that
 * is given, RP_E_NOTFOUND for an addendum that is not there, RP_E_INVALID for a
 * part of a part, a language that is none or one of an addendum; RP_E_LIMIT.
 */
struct rp_err *rp_document_part_add(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_meeting_document *d, const struct rp_document_part_in *in,
    struct rp_meeting_document *out) RP_MUST_USE;

#endif
