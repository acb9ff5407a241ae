/*
 * document_languages - in which languages a document of a meeting is there, and
 * what translators still have to do.
 *
 * The six official languages are on an equal footing: a document is complete
 * when its newest revision is there in each, as the original, an official or a
 * courtesy translation. What a program made does not count. Numbers of
 * paragraphs are the same in all languages, so that references hold: a
 * translation is aligned when its labels are those of the original.
 *
 * Tested in tests/journey/contribution_test.py.
 */
#ifndef RP_DOMAIN_DOCUMENT_LANGUAGES_H
#define RP_DOMAIN_DOCUMENT_LANGUAGES_H

#include "domain/meeting_document.h"
#include "text/lang.h"

/* Bits by enum rp_lang; 0 for a document without a file. */
unsigned rp_document_missing(const struct rp_meeting_document *d);

/* False if both were read and the labels differ. */
bool rp_document_is_aligned(const struct rp_meeting_document *d,
    const struct rp_document_file *f);

struct rp_document_to_translate {
	struct rp_meeting_document d;
	unsigned missing;
	int64_t due_at; /* the opening, less the most days that a rule asks */
};
struct rp_documents_to_translate RP_VEC(struct rp_document_to_translate);

/*
 * Those that are posted and incomplete, the earliest due first, then by number.
 * Needs RP_MAY_TRANSLATE or RP_MAY_MEET on the group; of documents for members
 * those that `who` may read.
 */
struct rp_err *rp_document_translations(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, rp_text lang,
    struct rp_documents_to_translate *out) RP_MUST_USE;

#endif
