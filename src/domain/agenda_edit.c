/* agenda_edit - adding, changing, moving and removing parts and items. */
#include "base/err.h"
#include "domain/agenda_private.h"
#include "domain/officer.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_agenda.h"
#include "text/zone.h"

static const rp_text part_kind = RP_TEXT_INIT("meeting_part");
static const rp_text item_kind = RP_TEXT_INIT("agenda_item");

static bool
local_at(const struct rp_actor *who, const struct rp_meeting *m, rp_text local,
    int64_t *out)
{
	struct rp_err *e =
	    rp_zone_resolve(who->env->zones, local, m->zone, out);

	rp_err_free(e);
	return e == NULL;
}

enum rp_agenda_problem
rp_agenda_part_check(const struct rp_actor *who, const struct rp_meeting *m,
    const struct rp_meeting_part *p)
{
	int64_t opens, closes;

	if (!rp_text_eq(p->access, RP_TEXT("public")) &&
	    !rp_text_eq(p->access, RP_TEXT("members")))
		return RP_AGENDA_BAD_ACCESS;
	if (!local_at(who, m, p->opens_local, &opens) || opens < m->opens_at)
		return RP_AGENDA_BAD_OPENS;
	if (!local_at(who, m, p->closes_local, &closes) || closes <= opens ||
	    closes > m->closes_at)
		return RP_AGENDA_BAD_CLOSES;
	return RP_AGENDA_FINE;
}

enum rp_agenda_problem
rp_agenda_item_check(const struct rp_agenda_item *i)
{
	if (i->kind >= RP_ITEM_KINDS)
		return RP_AGENDA_BAD_KIND;
	if (i->minutes < 0 || i->minutes > RP_AGENDA_MINUTES_MAX)
		return RP_AGENDA_BAD_MINUTES;
	return RP_AGENDA_FINE;
}

static bool
in_office(const struct rp_officers *all, int64_t person_id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].person_id == person_id)
			return true;
	}
	return person_id == 0;
}

static struct rp_err *
check_part(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_part *p)
{
	struct rp_officers all;

	if (rp_agenda_part_check(who, m, p) != RP_AGENDA_FINE)
		return rp_fail(RP_E_INVALID, "not a part of a meeting");
	RP_TRY(rp_officer_list(tx, m->group_id, who->now, &all));
	if (!in_office(&all, p->chair_id) || !in_office(&all, p->acting_id))
		return rp_fail(RP_E_NOTFOUND, "has no office in the group");
	return NULL;
}

static rp_text
part_text(struct rp_tx *tx, const struct rp_meeting_part *p)
{
	return rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s %lld %lld",
	    RP_FMT(p->access), RP_FMT(p->opens_local), RP_FMT(p->closes_local),
	    (long long)p->chair_id, (long long)p->acting_id);
}

struct rp_err *
rp_agenda_part_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_part *p,
    int64_t *out_id)
{
	struct q_meeting_part_insert_row row;
	struct rp_agenda a;

	RP_TRY(rp_agenda_change(who, tx, m, &a));
	RP_TRY(check_part(who, tx, m, p));
	if (a.parts.n >= RP_AGENDA_PARTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d parts",
		    RP_AGENDA_PARTS_MAX);
	RP_TRY(q_meeting_part_insert(tx,
	    &(struct q_meeting_part_insert_param){ .meeting_id = m->id,
		.access = p->access,
		.opens_local = p->opens_local,
		.closes_local = p->closes_local,
		.chair_id = p->chair_id,
		.acting_id = p->acting_id },
	    &row));
	*out_id = row.id;
	return rp_agenda_event(who, tx, m, RP_TEXT("meeting_part.add"),
	    part_kind, row.id, RP_TEXT(""), part_text(tx, p));
}

static struct rp_err *
find_part(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, struct rp_agenda *a,
    const struct rp_meeting_part **out)
{
	RP_TRY(rp_agenda_change(who, tx, m, a));
	*out = rp_agenda_part_find(a, id);
	return *out != NULL ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no part %lld", (long long)id);
}

static struct rp_err *
find_item(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, struct rp_agenda *a,
    const struct rp_agenda_item **out)
{
	RP_TRY(rp_agenda_change(who, tx, m, a));
	*out = rp_agenda_item_find(a, id);
	return *out != NULL ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no item %lld", (long long)id);
}

struct rp_err *
rp_agenda_part_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_part *p)
{
	const struct rp_meeting_part *old;
	struct rp_agenda a;

	RP_TRY(find_part(who, tx, m, p->id, &a, &old));
	RP_TRY(check_part(who, tx, m, p));
	RP_TRY(q_meeting_part_set(tx,
	    &(struct q_meeting_part_set_param){ .id = p->id,
		.access = p->access,
		.opens_local = p->opens_local,
		.closes_local = p->closes_local,
		.chair_id = p->chair_id,
		.acting_id = p->acting_id }));
	return rp_agenda_event(who, tx, m, RP_TEXT("meeting_part.change"),
	    part_kind, p->id, part_text(tx, old), part_text(tx, p));
}

/* Its titles go with it. */
static struct rp_err *
forget_titles(const struct rp_actor *who, struct rp_tx *tx, rp_text kind,
    int64_t id)
{
	struct rp_wordings all;

	RP_TRY(rp_wording_load(tx, kind, id, &all));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(rp_wording_set(who, tx,
		    &(struct rp_wording_at){ .owner_kind = kind,
			.owner_id = id,
			.field = all.v[i].field,
			.lang = all.v[i].lang },
		    all.v[i].status, RP_TEXT("")));
	return NULL;
}

struct rp_err *
rp_agenda_part_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id)
{
	const struct rp_meeting_part *old;
	struct rp_agenda a;

	RP_TRY(find_part(who, tx, m, id, &a, &old));
	for (size_t i = 0; i < a.items.n; i++) {
		if (a.items.v[i].part_id == id)
			return rp_fail(RP_E_CONFLICT, "has items");
	}
	if (old->has_captions)
		return rp_fail(RP_E_CONFLICT, "has captions");
	RP_TRY(forget_titles(who, tx, part_kind, id));
	RP_TRY(q_meeting_part_delete(tx,
	    &(struct q_meeting_part_delete_param){ .id = id }));
	return rp_agenda_event(who, tx, m, RP_TEXT("meeting_part.remove"),
	    part_kind, id, part_text(tx, old), RP_TEXT(""));
}

/* The part and the documents of an item are the meeting's. */
static struct rp_err *
check_item(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda *a,
    const struct rp_agenda_item *i)
{
	struct rp_meeting_documents all;

	if (rp_agenda_item_check(i) != RP_AGENDA_FINE)
		return rp_fail(RP_E_INVALID, "not an item of an agenda");
	if (i->part_id != 0 && rp_agenda_part_find(a, i->part_id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such part");
	if (i->documents.n > RP_AGENDA_DOCUMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d documents",
		    RP_AGENDA_DOCUMENTS_MAX);
	RP_TRY(rp_meeting_document_list(who, tx, m, RP_TEXT("en"), &all));
	for (size_t k = 0; k < i->documents.n; k++) {
		bool found = false;

		for (size_t d = 0; d < all.n; d++)
			found |= all.v[d].id == i->documents.v[k];
		if (!found)
			return rp_fail(RP_E_NOTFOUND, "no such document");
		for (size_t d = 0; d < k; d++) {
			if (i->documents.v[d] == i->documents.v[k])
				return rp_fail(RP_E_INVALID, "twice");
		}
	}
	return NULL;
}

static struct rp_err *
set_documents(struct rp_tx *tx, int64_t id, const struct rp_agenda_item *i)
{
	RP_TRY(q_agenda_item_documents_delete(tx,
	    &(struct q_agenda_item_documents_delete_param){ .item_id = id }));
	for (size_t k = 0; k < i->documents.n; k++)
		RP_TRY(q_agenda_item_document_insert(tx,
		    &(struct q_agenda_item_document_insert_param){ .item_id =
								       id,
			.position = (int64_t)k,
			.document_id = i->documents.v[k] }));
	return NULL;
}

static rp_text
item_text(struct rp_tx *tx, const struct rp_agenda_item *i)
{
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text t = rp_textf(a, "%.*s part %lld, %lld min",
	    RP_FMT(rp_report_kind_name(i->kind)), (long long)i->part_id,
	    (long long)i->minutes);

	for (size_t k = 0; k < i->documents.n; k++)
		t = rp_textf(a, "%.*s%s%lld", RP_FMT(t),
		    k == 0 ? ", documents " : " ",
		    (long long)i->documents.v[k]);
	return t;
}

struct rp_err *
rp_agenda_item_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda_item *i, int64_t *out_id)
{
	struct q_agenda_item_insert_row row;
	struct rp_agenda a;

	RP_TRY(rp_agenda_change(who, tx, m, &a));
	RP_TRY(check_item(who, tx, m, &a, i));
	if (a.items.n >= RP_AGENDA_ITEMS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d items",
		    RP_AGENDA_ITEMS_MAX);
	RP_TRY(q_agenda_item_insert(tx,
	    &(struct q_agenda_item_insert_param){ .meeting_id = m->id,
		.part_id = i->part_id,
		.kind = rp_report_kind_name(i->kind),
		.minutes = i->minutes,
		.now = who->now },
	    &row));
	*out_id = row.id;
	RP_TRY(set_documents(tx, row.id, i));
	return rp_agenda_event(who, tx, m, RP_TEXT("agenda_item.add"),
	    item_kind, row.id, RP_TEXT(""), item_text(tx, i));
}

struct rp_err *
rp_agenda_item_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda_item *i)
{
	const struct rp_agenda_item *old;
	struct rp_agenda a;

	RP_TRY(find_item(who, tx, m, i->id, &a, &old));
	RP_TRY(check_item(who, tx, m, &a, i));
	RP_TRY(q_agenda_item_set(tx,
	    &(struct q_agenda_item_set_param){ .id = i->id,
		.part_id = i->part_id,
		.kind = rp_report_kind_name(i->kind),
		.minutes = i->minutes }));
	RP_TRY(set_documents(tx, i->id, i));
	return rp_agenda_event(who, tx, m, RP_TEXT("agenda_item.change"),
	    item_kind, i->id, item_text(tx, old), item_text(tx, i));
}

struct rp_err *
rp_agenda_item_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id)
{
	struct q_agenda_item_records_row records;
	const struct rp_agenda_item *old;
	struct rp_agenda a;

	RP_TRY(find_item(who, tx, m, id, &a, &old));
	RP_TRY(q_agenda_item_records(tx,
	    &(struct q_agenda_item_records_param){ .id = id }, &records));
	if (records.n > 0)
		return rp_fail(RP_E_CONFLICT, "has a record");
	RP_TRY(q_agenda_item_documents_delete(tx,
	    &(struct q_agenda_item_documents_delete_param){ .item_id = id }));
	RP_TRY(forget_titles(who, tx, item_kind, id));
	RP_TRY(q_agenda_item_delete(tx,
	    &(struct q_agenda_item_delete_param){ .id = id }));
	return rp_agenda_event(who, tx, m, RP_TEXT("agenda_item.remove"),
	    item_kind, id, item_text(tx, old), RP_TEXT(""));
}

/* Positions are unique: one waits where nothing else can be. */
static struct rp_err *
swap_parts(struct rp_tx *tx, const struct rp_meeting_part *x,
    const struct rp_meeting_part *y)
{
	RP_TRY(q_meeting_part_place(tx,
	    &(struct q_meeting_part_place_param){ x->id, -1 }));
	RP_TRY(q_meeting_part_place(tx,
	    &(struct q_meeting_part_place_param){ y->id, x->position }));
	return q_meeting_part_place(tx,
	    &(struct q_meeting_part_place_param){ x->id, y->position });
}

static struct rp_err *
swap_items(struct rp_tx *tx, const struct rp_agenda_item *x,
    const struct rp_agenda_item *y)
{
	RP_TRY(q_agenda_item_place(tx,
	    &(struct q_agenda_item_place_param){ x->id, -1 }));
	RP_TRY(q_agenda_item_place(tx,
	    &(struct q_agenda_item_place_param){ y->id, x->position }));
	return q_agenda_item_place(tx,
	    &(struct q_agenda_item_place_param){ x->id, y->position });
}

struct rp_err *
rp_agenda_part_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, int by)
{
	const struct rp_meeting_part *x;
	struct rp_agenda a;
	size_t at, to;

	RP_ASSERT(by == -1 || by == 1);
	RP_TRY(find_part(who, tx, m, id, &a, &x));
	at = (size_t)(x - a.parts.v);
	to = by < 0 ? at - 1 : at + 1;
	if ((by < 0 && at == 0) || to >= a.parts.n)
		return NULL;
	RP_TRY(swap_parts(tx, x, &a.parts.v[to]));
	return rp_agenda_event(who, tx, m, RP_TEXT("meeting_part.move"),
	    part_kind, id, RP_TEXT(""),
	    by < 0 ? RP_TEXT("up") : RP_TEXT("down"));
}

struct rp_err *
rp_agenda_item_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, int by)
{
	const struct rp_agenda_item *x;
	struct rp_agenda a;
	size_t at, to;

	RP_ASSERT(by == -1 || by == 1);
	RP_TRY(find_item(who, tx, m, id, &a, &x));
	at = (size_t)(x - a.items.v);
	to = by < 0 ? at - 1 : at + 1;
	if ((by < 0 && at == 0) || to >= a.items.n ||
	    a.items.v[to].part_id != x->part_id)
		return NULL;
	RP_TRY(swap_items(tx, x, &a.items.v[to]));
	return rp_agenda_event(who, tx, m, RP_TEXT("agenda_item.move"),
	    item_kind, id, RP_TEXT(""),
	    by < 0 ? RP_TEXT("up") : RP_TEXT("down"));
}

struct rp_err *
rp_agenda_item_set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, rp_text state)
{
	bool opens = rp_text_eq(state, RP_TEXT("open"));
	const struct rp_agenda_item *old;
	struct rp_agenda a;

	RP_TRY(find_item(who, tx, m, id, &a, &old));
	if (!opens && !rp_text_eq(state, RP_TEXT("planned")) &&
	    !rp_text_eq(state, RP_TEXT("closed")))
		return rp_fail(RP_E_INVALID, "not a state of an item");
	if (rp_text_eq(old->state, state))
		return NULL;
	if (opens)
		RP_TRY(q_agenda_item_close_others(tx,
		    &(struct q_agenda_item_close_others_param){ .meeting_id =
								    m->id,
			.id = id }));
	RP_TRY(q_agenda_item_state(tx,
	    &(struct q_agenda_item_state_param){ .id = id, .state = state }));
	return rp_agenda_record(who, tx, m, RP_TEXT("agenda_item.state"),
	    item_kind, id, old->state, state);
}

struct rp_err *
rp_agenda_title_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text owner_kind, int64_t id, rp_text lang,
    enum rp_wording_status status, rp_text body)
{
	const struct rp_wording_at at = { .owner_kind = owner_kind,
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = lang };
	struct rp_agenda a;

	RP_TRY(rp_agenda_change(who, tx, m, &a));
	if (rp_text_eq(owner_kind, part_kind) ?
		rp_agenda_part_find(&a, id) == NULL :
		rp_agenda_item_find(&a, id) == NULL)
		return rp_fail(RP_E_NOTFOUND, "not in this meeting");
	if (body.n > RP_AGENDA_TITLE_MAX)
		return rp_fail(RP_E_LIMIT, "title of %zu octets", body.n);
	RP_TRY(rp_wording_set(who, tx, &at, status, body));
	return q_agenda_changed(tx,
	    &(struct q_agenda_changed_param){ .meeting_id = m->id });
}
