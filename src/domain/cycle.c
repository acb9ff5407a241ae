#include "domain/cycle.h"

#include "base/err.h"
#include "domain/consultation.h"
#include "domain/proposal_private.h"
#include "store/db.h"
#include "store/q_proposal.h"
#include "text/input.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))
#define TOPICS_MAX 12 /* in one consultation */

struct rp_err *
rp_cycle_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_cycles *out)
{
	struct q_proposal_consultation_list_rows rows;
	bool all = rp_actor_may(who, RP_MAY_LAUNCH, p->where);

	RP_TRY(q_proposal_consultation_list(tx,
	    &(struct q_proposal_consultation_list_param){
		.group_id = p->group_id },
	    &rows));
	*out = (struct rp_cycles){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_cycle one = { .topic_id = rows.v[i].topic_id,
			.consultation_id = rows.v[i].consultation_id,
			.number = rows.v[i].number,
			.is_planned = IS(rows.v[i].state, "planned") };

		if (all || !one.is_planned)
			rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

static struct rp_err *
set(const struct rp_actor *who, struct rp_tx *tx, rp_text kind, int64_t id,
    rp_text field, const struct rp_proposal *m, rp_text body)
{
	return rp_wording_set(who, tx,
	    &(struct rp_wording_at){ .owner_kind = kind,
		.owner_id = id,
		.field = field,
		.lang = m->text.lang },
	    RP_WORDING_ORIGINAL, body);
}

/* The decision that the topic rests on: its last step. */
static struct rp_err *
decided_by(struct rp_tx *tx, const struct rp_proposal *m, rp_text *out)
{
	struct q_proposal_step_list_rows rows;

	RP_TRY(q_proposal_step_list(tx,
	    &(struct q_proposal_step_list_param){ .proposal_id = m->id },
	    &rows));
	*out = rows.n == 0 ?
		   RP_TEXT("") :
		   rp_text_dup(rp_tx_arena(tx),
		       rp_text_cut(rows.v[rows.n - 1].note, RP_NAME_MAX));
	return NULL;
}

/* A new one: the window, and the texts of the first topic. */
static struct rp_err *
plan(const struct rp_actor *who, struct rp_tx *tx, const struct rp_proposing *p,
    const struct rp_proposal *const *topics, size_t n, rp_text zone,
    int64_t *out_id)
{
	struct rp_arena *a = rp_tx_arena(tx);
	const struct rp_proposal *first = topics[0];
	struct rp_consultation_plan plan = { .zone = zone,
		.opens_local =
		    rp_textf(a, "%.*sT09:00", RP_FMT(first->opens_on)),
		.deadline_local =
		    rp_textf(a, "%.*sT23:59", RP_FMT(first->closes_on)),
		.languages = first->text.lang,
		.publication = RP_PUBLISH_AS_CHECKED,
		.meeting_local = RP_TEXT(""),
		.meeting_zone = RP_TEXT(""),
		.decided_by = RP_TEXT("") };
	rp_text title = first->text.title, why = first->text.rationale;

	for (size_t i = 1; i < n; i++) {
		title = rp_textf(a, "%.*s; %.*s", RP_FMT(title),
		    RP_FMT(topics[i]->text.title));
		why = rp_textf(a, "%.*s\n\n%.*s", RP_FMT(why),
		    RP_FMT(topics[i]->text.rationale));
	}
	RP_TRY(decided_by(tx, first, &plan.decided_by));
	RP_TRY(rp_consultation_plan(who, tx, p->group_id, &plan, out_id));
	RP_TRY(set(who, tx, RP_TEXT("consultation"), *out_id, RP_TEXT("title"),
	    first, title));
	return set(who, tx, RP_TEXT("consultation"), *out_id,
	    RP_TEXT("introduction"), first, why);
}

static struct rp_err *
add(const struct rp_actor *who, struct rp_tx *tx, const struct rp_proposing *p,
    const struct rp_proposal *m, int64_t consultation_id)
{
	struct rp_proposal_history h;
	const struct rp_proposal_text *last;

	RP_TRY(rp_proposal_history(who, tx, p, m, &h));
	last = &h.revisions.v[h.revisions.n - 1];
	RP_TRY(
	    rp_consultation_add_topic(who, tx, consultation_id, m->topic_id));
	for (size_t i = 0; i < last->questions.n; i++) {
		int64_t id;

		RP_TRY(rp_consultation_add_question(who, tx, consultation_id,
		    m->topic_id, &id));
		RP_TRY(set(who, tx, RP_TEXT("question"), id, RP_TEXT("text"), m,
		    last->questions.v[i].body));
	}
	return NULL;
}

static struct rp_err *
check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *const *topics,
    size_t n, int64_t into)
{
	struct rp_cycles queue;

	if (n == 0 || n > TOPICS_MAX)
		return rp_fail(RP_E_INVALID, "%zu topics", n);
	RP_TRY(rp_cycle_list(who, tx, p, &queue));
	for (size_t i = 0; i < n; i++) {
		if (!IS(topics[i]->state, "agreed"))
			return rp_fail(RP_E_CONFLICT, "proposal %lld is %.*s",
			    (long long)topics[i]->number,
			    RP_FMT(topics[i]->state));
		for (size_t k = 0; k < queue.n; k++)
			if (queue.v[k].topic_id == topics[i]->topic_id &&
			    queue.v[k].consultation_id == into)
				return rp_fail(RP_E_CONFLICT,
				    "topic is in it already");
	}
	return NULL;
}

struct rp_err *
rp_cycle_consult(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *const *topics,
    size_t n, rp_text zone, int64_t into, int64_t *out_id)
{
	struct rp_consultation c;

	RP_TRY(rp_actor_needs(who, RP_MAY_LAUNCH, p->where));
	RP_TRY(check(who, tx, p, topics, n, into));
	*out_id = into;
	if (into == 0) {
		RP_TRY(plan(who, tx, p, topics, n, zone, out_id));
	} else {
		RP_TRY(rp_consultation_get_by_id(who, tx, into, RP_TEXT("en"),
		    &c));
		if (c.group.id != p->group_id)
			return rp_fail(RP_E_NOTFOUND, "of another group");
	}
	for (size_t i = 0; i < n; i++) {
		RP_TRY(add(who, tx, p, topics[i], *out_id));
		RP_TRY(rp_proposal_event(who, tx, topics[i],
		    RP_TEXT("proposal.consult"), RP_TEXT(""),
		    rp_textf(rp_tx_arena(tx), "consultation %lld",
			(long long)*out_id)));
	}
	return NULL;
}
