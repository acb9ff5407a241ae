/*
 * attachment_private - how the text of an attachment gets among the themes.
 * Tested in attachment_test.c.
 */
#ifndef RP_DOMAIN_ATTACHMENT_PRIVATE_H
#define RP_DOMAIN_ATTACHMENT_PRIVATE_H

#include "domain/attachment.h"

/*
 * The text of an attachment, where there is one, becomes one that themes point
 * at (theme.h): it speaks to the questions that its revision answers, to all if
 * it answers none. For what stores attachments, once for each; `id` of the
 * attachment. Its words are not counted: counts of words are of answers.
 */
struct rp_err *rp_attachment_text(struct rp_tx *tx, int64_t revision_id,
    int64_t id, rp_text body) RP_MUST_USE;

#endif
