#include "domain/document_outcome.h"

#include "base/err.h"
#include "domain/place.h"
#include "domain/report.h"
#include "domain/report_private.h"
#include "store/db.h"
#include "store/q_minutes.h"

#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

static struct rp_err *
add_outcome(struct rp_arena *a, const struct q_document_outcomes_row *r,
    struct rp_document_item *to)
{
	struct rp_item_outcome o = { .id = r->id,
		.item_id = r->item_id,
		.document_id = r->document_id,
		.object = r->object,
		.reservation = r->reservation,
		.at = r->at };

	if (r->id == 0)
		return NULL;
	if (!rp_outcome_from(r->verb, &o.verb))
		return rp_fail(RP_E_INTERNAL, "outcome: verb");
	rp_vec_push(a, &to->outcomes, o);
	return NULL;
}

static struct rp_err *
new_item(const struct q_document_outcomes_row *r, int64_t number,
    struct rp_document_item *out)
{
	*out = (struct rp_document_item){
		.item = { .id = r->item_id,
		    .number = number,
		    .state = r->state,
		    .title = { .body = r->title, .lang = r->title_lang } }
	};
	if (!rp_report_kind_from(r->kind, &out->item.kind))
		return rp_fail(RP_E_INTERNAL, "agenda_item: kind");
	return NULL;
}

/* Rows of one item follow each other. Those that the reader does not see have
 * no number. */
static struct rp_err *
take_items(struct rp_arena *a, const struct q_document_outcomes_rows *rows,
    bool reads, struct rp_document_decided *out)
{
	int64_t number = 0, last = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct q_document_outcomes_row *r = &rows->v[i];
		struct rp_document_item one;

		if (!reads && !r->is_public)
			continue;
		if (r->item_id != last)
			number++;
		if (r->is_under && r->item_id != last) {
			RP_TRY(new_item(r, number, &one));
			rp_vec_push(a, &out->items, one);
		}
		last = r->item_id;
		if (r->is_under)
			RP_TRY(
			    add_outcome(a, r, &out->items.v[out->items.n - 1]));
	}
	return NULL;
}

static bool
is_later(const struct rp_item_outcome *a, const struct rp_item_outcome *b)
{
	return b == NULL || a->at > b->at || (a->at == b->at && a->id > b->id);
}

/* The last of the document's own; without one, the last of its items. */
static enum rp_outcome
last_of(const struct rp_document_items *items, int64_t document_id)
{
	const struct rp_item_outcome *own = NULL, *any = NULL;

	for (size_t i = 0; i < items->n; i++) {
		const struct rp_item_outcomes *all = &items->v[i].outcomes;

		for (size_t k = 0; k < all->n; k++) {
			if (all->v[k].document_id == document_id &&
			    is_later(&all->v[k], own))
				own = &all->v[k];
			if (is_later(&all->v[k], any))
				any = &all->v[k];
		}
	}
	if (own == NULL)
		own = any;
	return own != NULL ? own->verb : RP_OUTCOME_NONE;
}

static enum rp_document_standing
standing_of(const struct rp_meeting_document *d,
    const struct rp_document_decided *x)
{
	enum rp_document_standing s = RP_STANDING_POSTED;

	if (!IS(d->state, "posted"))
		return RP_STANDING_NONE;
	if (x->last != RP_OUTCOME_NONE)
		return RP_STANDING_ENDED;
	for (size_t i = 0; i < x->items.n; i++) {
		rp_text state = x->items.v[i].item.state;
		enum rp_document_standing of = RP_STANDING_ON_AGENDA;

		if (IS(state, "open"))
			of = RP_STANDING_OPEN;
		else if (IS(state, "closed"))
			of = RP_STANDING_CONSIDERED;
		if (of > s || s == RP_STANDING_CONSIDERED)
			s = s == RP_STANDING_OPEN ? s : of;
	}
	return s;
}

struct rp_err *
rp_document_decided(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    rp_text lang, struct rp_document_decided *out)
{
	const struct rp_place where = { .body_id = m->body_id,
		.group_id = m->group_id };
	int64_t id = d->parent_id != 0 ? d->parent_id : d->id;
	struct q_document_outcomes_rows rows;
	bool reads;

	*out = (struct rp_document_decided){ 0 };
	reads = rp_actor_may(who, RP_MAY_MEET, where) ||
		rp_actor_may(who, RP_MAY_READ, where);
	RP_TRY(q_document_outcomes(tx,
	    &(struct q_document_outcomes_param){ .meeting_id = m->id,
		.document_id = id,
		.lang = lang },
	    &rows));
	RP_TRY(take_items(rp_tx_arena(tx), &rows, reads, out));
	out->last = last_of(&out->items, id);
	out->standing = standing_of(d, out);
	out->has_report = rows.n > 0 &&
			  (IS(rows.v[0].report_state, "posted") ||
			      IS(rows.v[0].report_state, "sent")) &&
			  (reads || IS(rows.v[0].report_access, "public"));
	return NULL;
}

struct rp_err *
rp_document_report(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_document_decided *d,
    rp_text lang, rp_text *out_lang, rp_bytes *out)
{
	struct q_document_report_row row;
	bool found;

	if (!d->has_report)
		return rp_fail(RP_E_NOTFOUND, "no report");
	RP_TRY(q_document_report(tx,
	    &(struct q_document_report_param){ .meeting_id = m->id,
		.lang = lang },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no report");
	*out_lang = row.lang;
	return rp_report_blob(who, tx, row.blob_id, out);
}
