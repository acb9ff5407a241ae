#include "domain/merging.h"

#include "base/err.h"
#include "domain/proposal_private.h"
#include "store/db.h"
#include "store/q_proposal.h"
#include "text/input.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

bool
rp_merging_may(const struct rp_proposal *m)
{
	return IS(m->state, "proposed") || IS(m->state, "discussed") ||
	       IS(m->state, "supported") || IS(m->state, "carried_over");
}

static struct rp_err *
check(const struct rp_proposal *const *parents, size_t n,
    const struct rp_proposal_in *in)
{
	if (n < 2 || n > RP_PROPOSAL_PARENTS_MAX ||
	    rp_proposal_check(in, false) != RP_PROPOSAL_FINE)
		return rp_fail(RP_E_INVALID, "not a merged proposal");
	for (size_t i = 0; i < n; i++) {
		if (!rp_merging_may(parents[i]))
			return rp_fail(RP_E_CONFLICT, "proposal %lld is %.*s",
			    (long long)parents[i]->number,
			    RP_FMT(parents[i]->state));
		for (size_t k = 0; k < i; k++)
			if (parents[k]->id == parents[i]->id)
				return rp_fail(RP_E_INVALID, "twice the same");
	}
	return NULL;
}

/* Origins are questions of the parents, as they are now. */
static bool
is_of(const struct rp_proposal *const *parents, size_t n, int64_t question_id)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < parents[i]->text.questions.n; k++)
			if (parents[i]->text.questions.v[k].id == question_id)
				return true;
	return false;
}

static struct rp_err *
check_origins(const struct rp_proposal *const *parents, size_t n,
    const struct rp_proposal_in *in)
{
	for (size_t i = 0; i < RP_PROPOSAL_QUESTIONS_MAX; i++)
		for (size_t k = 0; k < in->origins[i].n; k++)
			if (!is_of(parents, n, in->origins[i].v[k]))
				return rp_fail(RP_E_INVALID,
				    "a question of no parent");
	return NULL;
}

/* All have agreed: the merged one is proposed, the others go into it. */
static struct rp_err *
settle(const struct rp_actor *who, struct rp_tx *tx, int64_t proposal_id)
{
	struct rp_proposal m;

	RP_TRY(rp_proposal_by_id(tx, proposal_id, &m));
	for (size_t i = 0; i < m.parents.n; i++)
		if (!IS(m.parents.v[i].state, "agreed"))
			return NULL;
	for (size_t i = 0; i < m.parents.n; i++) {
		struct rp_proposal from;

		RP_TRY(rp_proposal_by_id(tx, m.parents.v[i].id, &from));
		if (!rp_merging_may(&from))
			return rp_fail(RP_E_CONFLICT, "proposal %lld is %.*s",
			    (long long)from.number, RP_FMT(from.state));
		RP_TRY(rp_proposal_move(who, tx, &from, RP_TEXT("merged"),
		    RP_TEXT("")));
	}
	return rp_proposal_move(who, tx, &m, RP_TEXT("proposed"), RP_TEXT(""));
}

static struct rp_err *
add_parent(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const struct rp_proposal *parent, int64_t party_id, int64_t my_party_id)
{
	bool own = parent->party_id == party_id && my_party_id == party_id;

	return q_proposal_parent_insert(tx,
	    &(struct q_proposal_parent_insert_param){ .proposal_id = id,
		.parent_id = parent->id,
		.revision_id = parent->text.id,
		.state = own ? RP_TEXT("agreed") : RP_TEXT("asked"),
		.person_id = who->person_id,
		.now = who->now });
}

struct rp_err *
rp_merging_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *const *parents,
    size_t n, const struct rp_proposal_in *in, int64_t *out_number)
{
	struct q_proposal_give_number_row number;
	struct q_proposal_insert_row row;
	struct rp_proposal m;

	RP_TRY(rp_proposal_acts_for(who, tx, p, in->party_id));
	RP_TRY(check(parents, n, in));
	RP_TRY(check_origins(parents, n, in));
	RP_TRY(rp_proposal_links(who, tx, p, in));
	RP_TRY(q_proposal_insert(tx,
	    &(struct q_proposal_insert_param){ .group_id = p->group_id,
		.party_id = in->party_id,
		.person_id = who->person_id,
		.state = RP_TEXT("draft"),
		.now = who->now },
	    &row));
	RP_TRY(rp_proposal_write(who, tx, row.id, in, NULL));
	RP_TRY(q_proposal_give_number(tx,
	    &(struct q_proposal_give_number_param){ .id = row.id,
		.group_id = p->group_id },
	    &number));
	for (size_t i = 0; i < n; i++)
		RP_TRY(add_parent(who, tx, row.id, parents[i], in->party_id,
		    p->my_party_id));
	m = (struct rp_proposal){ .id = row.id,
		.group_id = p->group_id,
		.number = number.number,
		.state = RP_TEXT("draft") };
	RP_TRY(rp_proposal_move(who, tx, &m, RP_TEXT("merging"), RP_TEXT("")));
	*out_number = number.number;
	return settle(who, tx, row.id);
}

/* Nobody consents in the place of an author: not the secretariat either. */
static struct rp_err *
is_author(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t party_id)
{
	struct rp_proposing now;

	RP_TRY(rp_actor_needs(who, RP_MAY_PROPOSE, p->where));
	RP_TRY(rp_proposing_get(who, tx, p->group_id, &now));
	return now.my_party_id != 0 && now.my_party_id == party_id ?
		   NULL :
		   rp_fail(RP_E_DENIED, "not of party %lld",
		       (long long)party_id);
}

struct rp_err *
rp_merging_consent(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    int64_t parent_id, bool agrees, rp_text reason)
{
	const struct rp_proposal_parent *parent = NULL;
	struct rp_proposal now;
	rp_text state = agrees ? RP_TEXT("agreed") : RP_TEXT("refused");

	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	for (size_t i = 0; i < now.parents.n; i++)
		if (now.parents.v[i].id == parent_id)
			parent = &now.parents.v[i];
	if (parent == NULL)
		return rp_fail(RP_E_NOTFOUND, "not merged from %lld",
		    (long long)parent_id);
	RP_TRY(is_author(who, tx, p, parent->party_id));
	if (!IS(now.state, "merging"))
		return rp_fail(RP_E_GONE, "proposal %lld is %.*s",
		    (long long)now.number, RP_FMT(now.state));
	if (reason.n > RP_PROPOSAL_NOTE_MAX ||
	    (!agrees && rp_text_blank(reason)))
		return rp_fail(RP_E_INVALID, "no reason");
	RP_TRY(q_proposal_parent_set(tx,
	    &(struct q_proposal_parent_set_param){ .proposal_id = now.id,
		.parent_id = parent_id,
		.state = state,
		.reason = reason,
		.person_id = who->person_id,
		.now = who->now }));
	RP_TRY(rp_proposal_event(who, tx, &now, RP_TEXT("proposal.consent"),
	    parent->state,
	    rp_textf(rp_tx_arena(tx), "proposal %lld: %.*s",
		(long long)parent->number, RP_FMT(state))));
	return settle(who, tx, now.id);
}
