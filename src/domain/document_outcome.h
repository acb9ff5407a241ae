/*
 * document_outcome - what a meeting decided on a document.
 *
 * A document stands under items of the agenda; each item, and each document of
 * one, ends in outcomes of the closed list of meeting_words.h (minutes.h).
 *Where it stands follows from them: an outcome needs no other effect on its
 *document.
 *
 *	posted -> on the agenda -> under consideration -> considered, or how it
 *	ended: noted, agreed, approved, revised proposal invited, deferred, …
 *
 * Who sees what: an item and its outcomes who sees the item (agenda.h): what
 *was decided in a part for members is theirs alone, and where the document
 *stands follows from what the reader sees. The report once it is posted, as
 *report.h.
 */
#ifndef RP_DOMAIN_DOCUMENT_OUTCOME_H
#define RP_DOMAIN_DOCUMENT_OUTCOME_H

#include "domain/minutes.h"

enum rp_document_standing {
	RP_STANDING_NONE = 0, /* received, merged, withdrawn: its state */
	RP_STANDING_POSTED,
	RP_STANDING_ON_AGENDA,
	RP_STANDING_OPEN,       /* its item is */
	RP_STANDING_CONSIDERED, /* its item is closed, without an outcome */
	RP_STANDING_ENDED,      /* `last` says how */
};

struct rp_document_item {
	struct rp_agenda_item item; /* id, number, kind, state, title alone */
	struct rp_item_outcomes outcomes; /* of it and of the document */
};
struct rp_document_items RP_VEC(struct rp_document_item);

struct rp_document_decided {
	enum rp_document_standing standing;
	enum rp_outcome last; /* of the document, else of its last item */
	struct rp_document_items items;
	bool has_report; /* there is one that the reader may read */
};

/* `d` as its reader has it from meeting_document.h; titles in `lang`. */
struct rp_err *rp_document_decided(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    rp_text lang, struct rp_document_decided *out) RP_MUST_USE;

/*
 * The report's newest version in `lang`, or the next best, as it was stored;
 * only if has_report. RP_E_NOTFOUND.
 */
struct rp_err *rp_document_report(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_document_decided *d,
    rp_text lang, rp_text *out_lang, rp_bytes *out) RP_MUST_USE;

#endif
