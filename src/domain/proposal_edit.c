/* proposal_edit - writing proposals, and their steps from state to state. */
#include <string.h>

#include "base/err.h"
#include "domain/event.h"
#include "domain/instrument.h"
#include "domain/proposal.h"
#include "domain/proposal_private.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_consultation.h"
#include "store/q_proposal.h"
#include "store/q_search.h"
#include "store/q_wording.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

struct rp_err *
rp_proposal_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text action, rp_text before, rp_text after)
{
	RP_TRY(q_search_topic_task(tx,
	    &(struct q_search_topic_task_param){ .ref_id = m->id,
		.now = who->now }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("proposal"),
		.object_id = m->id,
		.group_id = m->group_id,
		.before = before,
		.after = after });
}

/* What is typed. */

static bool
format_ok(rp_text t)
{
	return IS(t, "any") || IS(t, "together") || IS(t, "apart");
}

static bool
is_long(const struct rp_proposal_in *in)
{
	if (in->title.n > RP_PROPOSAL_TITLE_MAX ||
	    in->issue.n > RP_PROPOSAL_TITLE_MAX ||
	    in->rationale.n > RP_PROPOSAL_RATIONALE_MAX)
		return true;
	for (size_t i = 0; i < RP_PROPOSAL_QUESTIONS_MAX; i++)
		if (in->questions[i].n > RP_PROPOSAL_QUESTION_MAX)
			return true;
	return false;
}

enum rp_proposal_problem
rp_proposal_check(const struct rp_proposal_in *in, bool is_draft)
{
	enum rp_lang lang;
	bool asks = false;

	if (is_long(in))
		return RP_PROPOSAL_LONG;
	if (rp_text_blank(in->title))
		return RP_PROPOSAL_NO_TITLE;
	if (!rp_lang_find(in->lang, &lang))
		return RP_PROPOSAL_BAD_LANG;
	if (!format_ok(in->format))
		return RP_PROPOSAL_BAD_FORMAT;
	if (in->instruments.n > RP_PROPOSAL_INSTRUMENTS_MAX)
		return RP_PROPOSAL_MANY_INSTRUMENTS;
	if (is_draft)
		return RP_PROPOSAL_FINE;
	if (rp_text_blank(in->rationale))
		return RP_PROPOSAL_NO_RATIONALE;
	if (rp_text_blank(in->issue))
		return RP_PROPOSAL_NO_ISSUE;
	for (size_t i = 0; i < RP_PROPOSAL_QUESTIONS_MAX; i++)
		asks |= !rp_text_blank(in->questions[i]);
	return asks ? RP_PROPOSAL_FINE : RP_PROPOSAL_NO_QUESTION;
}

/* Writing. */

static struct rp_err *
is_document(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t document_id)
{
	struct rp_proposal_documents all;

	if (document_id == 0)
		return NULL;
	RP_TRY(rp_proposal_documents(who, tx, p, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == document_id)
			return NULL;
	return rp_fail(RP_E_INVALID, "document %lld is no contribution here",
	    (long long)document_id);
}

struct rp_err *
rp_proposal_links(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal_in *in)
{
	struct rp_instruments all;

	RP_TRY(is_document(who, tx, p, in->document_id));
	if (in->instruments.n == 0)
		return NULL;
	RP_TRY(rp_instrument_list(who, tx, p->group_id, in->lang, &all));
	for (size_t i = 0; i < in->instruments.n; i++) {
		bool found = false;

		for (size_t k = 0; k < all.n; k++)
			found |= all.v[k].id == in->instruments.v[i];
		for (size_t k = 0; k < i; k++)
			found &= in->instruments.v[k] != in->instruments.v[i];
		if (!found)
			return rp_fail(RP_E_INVALID,
			    "instrument %lld is not the group's, or twice",
			    (long long)in->instruments.v[i]);
	}
	return NULL;
}

static struct rp_err *
write_origins(struct rp_tx *tx, int64_t question_id,
    const struct rp_proposal_ids *origins, rp_text body,
    const struct rp_proposal_text *keep)
{
	for (size_t i = 0; i < origins->n; i++)
		RP_TRY(q_proposal_origin_insert(tx,
		    &(struct q_proposal_origin_insert_param){ .question_id =
								  question_id,
			.origin_id = origins->v[i] }));
	for (size_t i = 0;
	     origins->n == 0 && keep != NULL && i < keep->questions.n; i++) {
		const struct rp_proposal_question *q = &keep->questions.v[i];

		if (!rp_text_eq(q->body, body))
			continue;
		for (size_t k = 0; k < q->origins.n; k++)
			RP_TRY(q_proposal_origin_insert(tx,
			    &(struct q_proposal_origin_insert_param){
				.question_id = question_id,
				.origin_id = q->origins.v[k].id }));
		return NULL;
	}
	return NULL;
}

struct rp_err *
rp_proposal_write(const struct rp_actor *who, struct rp_tx *tx,
    int64_t proposal_id, const struct rp_proposal_in *in,
    const struct rp_proposal_text *keep)
{
	struct q_proposal_revision_insert_row r;
	int64_t position = 0;

	RP_TRY(q_proposal_revision_insert(tx,
	    &(struct q_proposal_revision_insert_param){ .proposal_id =
							    proposal_id,
		.person_id = who->person_id,
		.lang = in->lang,
		.title = in->title,
		.rationale = in->rationale,
		.issue = in->issue,
		.format = in->format,
		.document_id = in->document_id,
		.now = who->now },
	    &r));
	for (size_t i = 0; i < RP_PROPOSAL_QUESTIONS_MAX; i++) {
		struct q_proposal_question_insert_row q;

		if (rp_text_blank(in->questions[i]))
			continue;
		RP_TRY(q_proposal_question_insert(tx,
		    &(struct q_proposal_question_insert_param){ .revision_id =
								    r.id,
			.position = ++position,
			.body = in->questions[i] },
		    &q));
		RP_TRY(write_origins(tx, q.id, &in->origins[i],
		    in->questions[i], keep));
	}
	for (size_t i = 0; i < in->instruments.n; i++)
		RP_TRY(q_proposal_instrument_insert(tx,
		    &(struct q_proposal_instrument_insert_param){ .revision_id =
								      r.id,
			.instrument_id = in->instruments.v[i] }));
	return NULL;
}

static struct rp_err *
are_not_too_many(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p)
{
	struct rp_proposals all;

	RP_TRY(rp_proposal_list(who, tx, p, &all));
	return all.n < RP_PROPOSALS_MAX ?
		   NULL :
		   rp_fail(RP_E_LIMIT, "over %d proposals", RP_PROPOSALS_MAX);
}

/* The draft that is written anew, without its text; or a new one. */
static struct rp_err *
draft_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t draft_id, int64_t party_id,
    struct rp_proposal *out)
{
	struct q_proposal_insert_row row;

	if (draft_id == 0) {
		RP_TRY(are_not_too_many(who, tx, p));
		RP_TRY(q_proposal_insert(tx,
		    &(struct q_proposal_insert_param){ .group_id = p->group_id,
			.party_id = party_id,
			.person_id = who->person_id,
			.state = RP_TEXT("draft"),
			.now = who->now },
		    &row));
		*out = (struct rp_proposal){ .id = row.id,
			.group_id = p->group_id,
			.party_id = party_id,
			.state = RP_TEXT("draft") };
		return NULL;
	}
	RP_TRY(rp_proposal_draft(who, tx, p, draft_id, out));
	if (out->party_id != party_id)
		return rp_fail(RP_E_INVALID, "a draft of party %lld",
		    (long long)out->party_id);
	RP_TRY(q_proposal_question_clear(tx,
	    &(struct q_proposal_question_clear_param){
		.proposal_id = draft_id }));
	RP_TRY(q_proposal_instrument_clear(tx,
	    &(struct q_proposal_instrument_clear_param){
		.proposal_id = draft_id }));
	return q_proposal_revision_delete(tx,
	    &(struct q_proposal_revision_delete_param){
		.proposal_id = draft_id });
}

struct rp_err *
rp_proposal_save(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t draft_id,
    const struct rp_proposal_in *in, bool is_draft, int64_t *out_id,
    int64_t *out_number)
{
	struct q_proposal_give_number_row row = { 0 };
	struct rp_proposal m;

	RP_TRY(rp_proposal_acts_for(who, tx, p, in->party_id));
	if (rp_proposal_check(in, is_draft) != RP_PROPOSAL_FINE)
		return rp_fail(RP_E_INVALID, "not a proposal");
	RP_TRY(rp_proposal_links(who, tx, p, in));
	RP_TRY(draft_of(who, tx, p, draft_id, in->party_id, &m));
	RP_TRY(rp_proposal_write(who, tx, m.id, in, NULL));
	if (!is_draft) {
		RP_TRY(q_proposal_give_number(tx,
		    &(struct q_proposal_give_number_param){ .id = m.id,
			.group_id = p->group_id },
		    &row));
		RP_TRY(rp_proposal_move(who, tx, &m, RP_TEXT("proposed"),
		    RP_TEXT("")));
	}
	*out_id = m.id;
	*out_number = row.number;
	return NULL;
}

struct rp_err *
rp_proposal_drop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t draft_id)
{
	struct rp_proposal m;

	RP_TRY(rp_proposal_draft(who, tx, p, draft_id, &m));
	RP_TRY(rp_proposal_acts_for(who, tx, p, m.party_id));
	RP_TRY(draft_of(who, tx, p, draft_id, m.party_id, &m));
	return q_proposal_delete(tx,
	    &(struct q_proposal_delete_param){ .id = draft_id });
}

/* All authors are asked again, but for the one that revises. */
static struct rp_err *
ask_again(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m)
{
	for (size_t i = 0; i < m->parents.n; i++) {
		const struct rp_proposal_parent *x = &m->parents.v[i];

		if (x->party_id == m->party_id)
			continue;
		RP_TRY(q_proposal_parent_set(tx,
		    &(struct q_proposal_parent_set_param){ .proposal_id = m->id,
			.parent_id = x->id,
			.state = RP_TEXT("asked"),
			.reason = RP_TEXT(""),
			.now = who->now }));
	}
	return NULL;
}

static struct rp_err *
no_silence(struct rp_tx *tx, const struct rp_proposal *m)
{
	struct q_proposal_silence_last_rows rows;

	RP_TRY(q_proposal_silence_last(tx,
	    &(struct q_proposal_silence_last_param){ .proposal_id = m->id },
	    &rows));
	return rows.n > 0 && IS(rows.v[0].state, "open") ?
		   rp_fail(RP_E_GONE, "a silence procedure runs") :
		   NULL;
}

struct rp_err *
rp_proposal_revise(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    const struct rp_proposal_in *in)
{
	struct rp_proposal_history h;
	bool merging;
	struct rp_proposal now;

	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	RP_TRY(rp_proposal_acts_for(who, tx, p, now.party_id));
	merging = IS(now.state, "merging");
	if (!merging && !IS(now.state, "proposed") &&
	    !IS(now.state, "discussed") && !IS(now.state, "carried_over"))
		return rp_fail(RP_E_GONE, "proposal %lld is %.*s",
		    (long long)now.number, RP_FMT(now.state));
	RP_TRY(no_silence(tx, &now));
	if (rp_proposal_check(in, false) != RP_PROPOSAL_FINE)
		return rp_fail(RP_E_INVALID, "not a proposal");
	RP_TRY(rp_proposal_links(who, tx, p, in));
	RP_TRY(rp_proposal_history(who, tx, p, &now, &h));
	if (h.revisions.n >= RP_PROPOSAL_REVISIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d revisions",
		    RP_PROPOSAL_REVISIONS_MAX);
	RP_TRY(rp_proposal_write(who, tx, now.id, in,
	    &h.revisions.v[h.revisions.n - 1]));
	if (merging)
		RP_TRY(ask_again(who, tx, &now));
	RP_TRY(rp_public_touch(who, tx));
	return rp_proposal_event(who, tx, &now, RP_TEXT("proposal.revise"),
	    RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "revision %zu", h.revisions.n + 1));
}

/* Steps. */

struct rp_err *
rp_proposal_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text state, rp_text note)
{
	int64_t n;

	RP_TRY(q_proposal_set_state(tx,
	    &(struct q_proposal_set_state_param){ .id = m->id,
		.from_state = m->state,
		.state = state,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "proposal %lld is not %.*s",
		    (long long)m->number, RP_FMT(m->state));
	RP_TRY(q_proposal_step_insert(tx,
	    &(struct q_proposal_step_insert_param){ .proposal_id = m->id,
		.from_state = m->state,
		.to_state = state,
		.note = note,
		.person_id = who->person_id,
		.now = who->now }));
	RP_TRY(rp_public_touch(who, tx));
	return rp_proposal_event(who, tx, m,
	    rp_textf(rp_tx_arena(tx), "proposal.%.*s", RP_FMT(state)), m->state,
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s", RP_FMT(state),
		RP_FMT(note)));
}

struct rp_err *
rp_proposal_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m)
{
	struct rp_proposal now;

	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	RP_TRY(rp_proposal_acts_for(who, tx, p, now.party_id));
	if (IS(now.state, "agreed") || IS(now.state, "merged") ||
	    IS(now.state, "withdrawn"))
		return rp_fail(RP_E_GONE, "proposal %lld is %.*s",
		    (long long)now.number, RP_FMT(now.state));
	return rp_proposal_move(who, tx, &now, RP_TEXT("withdrawn"),
	    RP_TEXT(""));
}

bool
rp_proposal_may_become(const struct rp_proposal *m, rp_text state)
{
	static const struct {
		const char *from, *to;
	} steps[] = {
		{ "proposed", "discussed" },
		{ "discussed", "supported" },
		{ "discussed", "carried_over" },
		{ "discussed", "council" },
		{ "discussed", "agreed" },
		{ "supported", "carried_over" },
		{ "supported", "council" },
		{ "supported", "agreed" },
		{ "carried_over", "discussed" },
		{ "carried_over", "council" },
		{ "council", "agreed" },
		{ "council", "carried_over" },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (rp_text_eq(m->state, rp_text_z(steps[i].from)) &&
		    rp_text_eq(state, rp_text_z(steps[i].to)))
			return true;
	return false;
}

bool
rp_proposal_window_ok(rp_text opens_on, rp_text closes_on)
{
	return rp_zone_is_day(opens_on) && rp_zone_is_day(closes_on) &&
	       rp_text_cmp(opens_on, closes_on) < 0;
}

struct rp_err *
rp_proposal_agree(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, rp_text note, rp_text opens_on,
    rp_text closes_on)
{
	struct q_topic_insert_row topic;

	RP_TRY(rp_proposal_move(who, tx, m, RP_TEXT("agreed"), note));
	RP_TRY(q_topic_insert(tx,
	    &(struct q_topic_insert_param){ .group_id = m->group_id,
		.now = who->now },
	    &topic));
	/* Its title is the proposal's: written by whoever wrote that. */
	RP_TRY(q_wording_set(tx,
	    &(struct q_wording_set_param){ .owner_kind = RP_TEXT("topic"),
		.owner_id = topic.id,
		.field = RP_TEXT("title"),
		.lang = m->text.lang,
		.status = RP_TEXT("original"),
		.body = m->text.title,
		.changed_at = who->now }));
	return q_proposal_agree(tx,
	    &(struct q_proposal_agree_param){ .id = m->id,
		.topic_id = topic.id,
		.opens_on = opens_on,
		.closes_on = closes_on });
}

struct rp_err *
rp_proposal_outcome(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, rp_text state,
    rp_text note, rp_text opens_on, rp_text closes_on)
{
	bool agreed = IS(state, "agreed");
	struct rp_proposal now;

	RP_TRY(rp_proposal_leads(who, p));
	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	if (!rp_proposal_may_become(&now, state))
		return rp_fail(RP_E_CONFLICT, "from %.*s to %.*s",
		    RP_FMT(now.state), RP_FMT(state));
	if (note.n > RP_PROPOSAL_NOTE_MAX ||
	    (rp_text_blank(note) && !IS(state, "discussed") &&
		!IS(state, "supported")))
		return rp_fail(RP_E_INVALID, "no decision");
	if (agreed && !rp_proposal_window_ok(opens_on, closes_on))
		return rp_fail(RP_E_INVALID, "no window");
	RP_TRY(no_silence(tx, &now));
	return agreed ?
		   rp_proposal_agree(who, tx, &now, note, opens_on, closes_on) :
		   rp_proposal_move(who, tx, &now, state, note);
}
