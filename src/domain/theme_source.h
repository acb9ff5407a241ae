/*
 * theme_source - what is themed besides what was typed: attachments, and what
 * was heard at sessions.
 *
 * An attachment whose text was extracted (attachment.h) speaks to the questions
 * that its response answers, to every one if it answers none, until somebody
 * says otherwise here, question by question. That is a decision like others
 * (decision.h): with its author, time and reason, in the log of the question's
 * codebook, and it can be undone.
 *
 * All of it needs RP_MAY_THEME on the consultation.
 */
#ifndef RP_DOMAIN_THEME_SOURCE_H
#define RP_DOMAIN_THEME_SOURCE_H

#include "domain/theme.h"

/* Of the codebook's question, by response. */
struct rp_err *rp_theme_heard_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_heards *out) RP_MUST_USE;

/* NULL where there is none. */
const struct rp_theme_heard *rp_theme_heard_find(const struct rp_theme_heards
						     *all,
    int64_t response_id);

/*
 * Whether an attachment of a response speaks to the question: `id` of a
 * rp_theme_file_question. What is said of one that does not counts no more, and
 * the next run does not read it; a file that is kept in a later revision of the
 * response is as it was. RP_E_NOTFOUND, RP_E_CONFLICT if it is so already.
 */
struct rp_err *rp_theme_speaks(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, int64_t response_id, int64_t id, bool speaks,
    rp_text reason) RP_MUST_USE;

#endif
