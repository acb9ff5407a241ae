/* minutes_edit - the record of an item as it is written. */
#include "base/err.h"
#include "domain/event.h"
#include "domain/minutes.h"
#include "domain/outcome_effect.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_minutes.h"

/* The log is private: who reads the audit trail does not read it there. */
static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    rp_text action, int64_t item_id, int64_t id)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("agenda_item"),
		.object_id = item_id,
		.group_id = m->group_id,
		.after =
		    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)id) });
}

static bool
has_document(const struct rp_agenda_item *i, int64_t id)
{
	for (size_t k = 0; k < i->documents.n; k++) {
		if (i->documents.v[k] == id)
			return true;
	}
	return id == 0;
}

static const struct rp_statement *
statement_find(const struct rp_minutes *all, int64_t id)
{
	for (size_t i = 0; i < all->statements.n; i++) {
		if (all->statements.v[i].id == id)
			return &all->statements.v[i];
	}
	return NULL;
}

static const struct rp_intervention *
intervention_find(const struct rp_minutes *all, int64_t id)
{
	for (size_t i = 0; i < all->interventions.n; i++) {
		if (all->interventions.v[i].id == id)
			return &all->interventions.v[i];
	}
	return NULL;
}

/* What stands under the item. */
static struct rp_err *
is_under(const struct rp_minutes *s, int64_t document_id, int64_t statement_id)
{
	if (!has_document(s->item, document_id))
		return rp_fail(RP_E_NOTFOUND, "not a document of the item");
	if (statement_id != 0 && statement_find(s, statement_id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "not a statement of the item");
	return NULL;
}

static struct rp_err *
check_party(struct rp_tx *tx, const struct rp_meeting *m, int64_t party_id)
{
	struct rp_place where;
	struct rp_party p;

	if (party_id == 0)
		return NULL;
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	RP_TRY(rp_party_get(tx, party_id, RP_TEXT("en"), &p));
	return p.body_id == where.body_id ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no such party");
}

static struct rp_err *
check_intervention(struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_minutes *s, const struct rp_intervention *i)
{
	if (rp_intervention_check(i) != RP_MINUTES_FINE)
		return rp_fail(RP_E_INVALID, "not an intervention");
	RP_TRY(check_party(tx, m, i->party_id));
	return is_under(s, i->document_id, i->statement_id);
}

struct rp_err *
rp_intervention_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_intervention *i, int64_t *out_id)
{
	struct q_intervention_insert_row row;
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	RP_TRY(check_intervention(tx, m, &s, i));
	if (s.interventions.n >= RP_INTERVENTIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d interventions",
		    RP_INTERVENTIONS_MAX);
	RP_TRY(q_intervention_insert(tx,
	    &(struct q_intervention_insert_param){ .item_id = item_id,
		.document_id = i->document_id,
		.statement_id = i->statement_id,
		.party_id = i->party_id,
		.person_id = i->person_id,
		.speaker = i->speaker,
		.role = i->role,
		.lang = i->lang,
		.words = i->words,
		.stance = i->stance,
		.is_remote = i->is_remote,
		.at = i->at != 0 ? i->at : who->now },
	    &row));
	*out_id = row.id;
	return event(who, tx, m, RP_TEXT("intervention.add"), item_id, row.id);
}

struct rp_err *
rp_intervention_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_intervention *i)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (intervention_find(&s, i->id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such intervention");
	RP_TRY(check_intervention(tx, m, &s, i));
	RP_TRY(q_intervention_set(tx,
	    &(struct q_intervention_set_param){ .id = i->id,
		.document_id = i->document_id,
		.statement_id = i->statement_id,
		.party_id = i->party_id,
		.speaker = i->speaker,
		.role = i->role,
		.lang = i->lang,
		.words = i->words,
		.stance = i->stance,
		.is_remote = i->is_remote }));
	return event(who, tx, m, RP_TEXT("intervention.change"), item_id,
	    i->id);
}

struct rp_err *
rp_intervention_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (intervention_find(&s, id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such intervention");
	RP_TRY(q_intervention_delete(tx,
	    &(struct q_intervention_delete_param){ .id = id }));
	return event(who, tx, m, RP_TEXT("intervention.remove"), item_id, id);
}

struct rp_err *
rp_intervention_group(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id,
    int64_t statement_id)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (intervention_find(&s, id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such intervention");
	RP_TRY(is_under(&s, 0, statement_id));
	RP_TRY(q_intervention_group(tx,
	    &(struct q_intervention_group_param){ .id = id,
		.statement_id = statement_id }));
	return event(who, tx, m, RP_TEXT("intervention.group"), item_id, id);
}

struct rp_err *
rp_statement_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_statement *st,
    int64_t *out_id)
{
	struct q_statement_insert_row row;
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (rp_statement_check(st) != RP_MINUTES_FINE)
		return rp_fail(RP_E_INVALID, "not a statement");
	RP_TRY(is_under(&s, st->document_id, 0));
	if (s.statements.n >= RP_STATEMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d statements",
		    RP_STATEMENTS_MAX);
	RP_TRY(q_statement_insert(tx,
	    &(struct q_statement_insert_param){ .item_id = item_id,
		.document_id = st->document_id,
		.speaker = st->speaker,
		.name = st->name,
		.is_all = st->is_all,
		.words = st->words },
	    &row));
	*out_id = row.id;
	return event(who, tx, m, RP_TEXT("statement.add"), item_id, row.id);
}

struct rp_err *
rp_statement_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_statement *st)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (statement_find(&s, st->id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such statement");
	if (rp_statement_check(st) != RP_MINUTES_FINE)
		return rp_fail(RP_E_INVALID, "not a statement");
	RP_TRY(is_under(&s, st->document_id, 0));
	RP_TRY(
	    q_statement_set(tx, &(struct q_statement_set_param){ .id = st->id,
				    .document_id = st->document_id,
				    .speaker = st->speaker,
				    .name = st->name,
				    .is_all = st->is_all,
				    .words = st->words }));
	return event(who, tx, m, RP_TEXT("statement.change"), item_id, st->id);
}

struct rp_err *
rp_statement_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (statement_find(&s, id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such statement");
	for (size_t i = 0; i < s.outcomes.n; i++) {
		if (s.outcomes.v[i].statement_id == id)
			RP_TRY(rp_outcome_remove(who, tx, m, item_id,
			    s.outcomes.v[i].id));
	}
	RP_TRY(q_statement_ungroup(tx,
	    &(struct q_statement_ungroup_param){ .id = id }));
	RP_TRY(q_statement_delete(tx,
	    &(struct q_statement_delete_param){ .id = id }));
	return event(who, tx, m, RP_TEXT("statement.remove"), item_id, id);
}

struct rp_err *
rp_statement_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id, int by)
{
	const struct rp_statement *x, *y;
	struct rp_minutes s;
	size_t at;

	RP_ASSERT(by == -1 || by == 1);
	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	x = statement_find(&s, id);
	if (x == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such statement");
	at = (size_t)(x - s.statements.v);
	if ((by < 0 && at == 0) || (by > 0 && at + 1 >= s.statements.n))
		return NULL;
	y = by < 0 ? x - 1 : x + 1;
	RP_TRY(q_statement_place(tx,
	    &(struct q_statement_place_param){ x->id, y->position }));
	RP_TRY(q_statement_place(tx,
	    &(struct q_statement_place_param){ y->id, x->position }));
	return event(who, tx, m, RP_TEXT("statement.move"), item_id, id);
}

/* Outcomes are no secret: their words are in the trail. */
static struct rp_err *
outcome_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text action, const struct rp_item_outcome *o)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("agenda_item"),
		.object_id = o->item_id,
		.group_id = m->group_id,
		.after = rp_textf(rp_tx_arena(tx),
		    "%.*s, document %lld, statement %lld: %.*s",
		    RP_FMT(rp_outcome_name(o->verb)), (long long)o->document_id,
		    (long long)o->statement_id, RP_FMT(o->object)) });
}

struct rp_err *
rp_outcome_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_item_outcome *in, int64_t *out_id)
{
	struct rp_item_outcome o = *in;
	struct rp_outcome_case c = { .m = m, .o = &o };
	struct q_outcome_insert_row row;
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	if (rp_outcome_check(in) != RP_MINUTES_FINE)
		return rp_fail(RP_E_INVALID, "not an outcome");
	RP_TRY(is_under(&s, in->document_id, in->statement_id));
	if (s.outcomes.n >= RP_ITEM_OUTCOMES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d outcomes",
		    RP_ITEM_OUTCOMES_MAX);
	RP_TRY(q_outcome_insert(tx,
	    &(struct q_outcome_insert_param){ .item_id = item_id,
		.document_id = in->document_id,
		.statement_id = in->statement_id,
		.verb = rp_outcome_name(in->verb),
		.object = in->object,
		.reservation = in->reservation,
		.person_id = who->person_id,
		.at = who->now },
	    &row));
	o.id = *out_id = row.id;
	o.item_id = item_id;
	c.item = s.item;
	RP_TRY(rp_outcome_effect(who, tx, &c));
	return outcome_event(who, tx, m, RP_TEXT("outcome.add"), &o);
}

struct rp_err *
rp_outcome_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	struct rp_minutes s;

	RP_TRY(rp_minutes_get(who, tx, m, item_id, RP_TEXT("en"), &s));
	for (size_t i = 0; i < s.outcomes.n; i++) {
		const struct rp_item_outcome *o = &s.outcomes.v[i];
		struct rp_outcome_case c = { m, s.item, o };

		if (o->id != id)
			continue;
		RP_TRY(rp_outcome_undo(who, tx, &c));
		RP_TRY(q_outcome_delete(tx,
		    &(struct q_outcome_delete_param){ .id = id }));
		return outcome_event(who, tx, m, RP_TEXT("outcome.remove"), o);
	}
	return rp_fail(RP_E_NOTFOUND, "no such outcome");
}
