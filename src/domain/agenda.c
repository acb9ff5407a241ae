#include "domain/agenda.h"

#include "base/err.h"
#include "domain/agenda_private.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_agenda.h"
#include "text/zone.h"

static struct rp_wording
title_in(const struct rp_wordings *all, int64_t id, rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(all, id, RP_TEXT("title"), lang, RP_TEXT("en"));

	return w ? *w : (struct rp_wording){ .lang = lang };
}

static struct rp_err *
load_part(const struct rp_actor *who, struct rp_arena *arena,
    const struct rp_meeting *m, const struct q_agenda_parts_row *r,
    struct rp_wording title, struct rp_agenda *out)
{
	struct rp_meeting_part p = { .id = r->id,
		.position = r->position,
		.access = r->access,
		.opens_local = r->opens_local,
		.closes_local = r->closes_local,
		.chair_id = r->chair_id,
		.acting_id = r->acting_id,
		.chair = r->chair,
		.acting = r->acting,
		.has_captions = r->has_captions,
		.title = title };
	struct rp_zones *zones = who->env->zones;

	RP_TRY(rp_zone_resolve(zones, p.opens_local, m->zone, &p.opens_at));
	RP_TRY(rp_zone_resolve(zones, p.closes_local, m->zone, &p.closes_at));
	rp_vec_push(arena, &out->parts, p);
	return NULL;
}

/* What was issued, and the parts; `all`, or only those open to everybody. */
static struct rp_err *
load_parts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, bool all, const struct rp_wordings *titles,
    rp_text lang, struct rp_agenda *out)
{
	struct q_agenda_parts_rows rows;

	RP_TRY(q_agenda_parts(tx,
	    &(struct q_agenda_parts_param){ .meeting_id = m->id }, &rows));
	*out = (struct rp_agenda){ .adopted_revision = -1, .is_changed = true };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_agenda_parts_row *r = &rows.v[i];

		if (i == 0 && r->was_issued) {
			out->document_id = r->document_id;
			out->revision = r->revision;
			out->is_changed = r->is_changed;
			out->issued_at = r->issued_at;
			out->adopted_revision = r->adopted_revision;
			out->adopted_at = r->adopted_at;
		}
		if (r->id != 0 &&
		    (all || rp_text_eq(r->access, RP_TEXT("public"))))
			RP_TRY(load_part(who, rp_tx_arena(tx), m, r,
			    title_in(titles, r->id, lang), out));
	}
	return NULL;
}

static void
add_document(struct rp_arena *a, const struct q_agenda_items_row *r,
    struct rp_agenda_item *i)
{
	rp_vec_push(a, &i->documents, r->document_id);
	rp_vec_push(a, &i->numbers, r->number);
}

/* The rows of one item, one for each document, follow each other. A guest's
 * item comes without its part, of which he sees nothing else. */
static struct rp_err *
load_items(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, bool all, const struct rp_wordings *titles,
    rp_text lang, struct rp_agenda *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_agenda_items_rows rows;

	RP_TRY(q_agenda_items(tx,
	    &(struct q_agenda_items_param){ .meeting_id = m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_agenda_items_row *r = &rows.v[i];
		struct rp_agenda_item one = { .id = r->id,
			.part_id = r->part_id,
			.position = r->position,
			.minutes = r->minutes,
			.state = r->state,
			.number = (int64_t)out->items.n + 1,
			.title = title_in(titles, r->id, lang) };

		if (r->outcome_id != 0)
			continue;
		if (!all && rp_agenda_part_find(out, r->part_id) == NULL) {
			if (!rp_actor_is_guest(who, r->id))
				continue;
			one.part_id = 0;
		}
		if (!rp_report_kind_from(r->kind, &one.kind))
			return rp_fail(RP_E_INTERNAL, "agenda_item: kind");
		if (out->items.n == 0 ||
		    out->items.v[out->items.n - 1].id != r->id)
			rp_vec_push(a, &out->items, one);
		if (r->document_id != 0)
			add_document(a, r, &out->items.v[out->items.n - 1]);
	}
	return NULL;
}

static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    bool all, rp_text lang, struct rp_agenda *out)
{
	struct rp_wordings items, parts;

	RP_TRY(rp_wording_load_agenda(tx, m->id, &items, &parts));
	RP_TRY(load_parts(who, tx, m, all, &parts, lang, out));
	return load_items(who, tx, m, all, &items, lang, out);
}

struct rp_err *
rp_agenda_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_agenda *out)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	return load(who, tx, m,
	    rp_actor_may(who, RP_MAY_MEET, where) ||
		rp_actor_may(who, RP_MAY_READ, where),
	    lang, out);
}

struct rp_err *
rp_agenda_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_agenda *out)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	return load(who, tx, m, true, RP_TEXT("en"), out);
}

struct rp_err *
rp_agenda_items(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_agenda *out)
{
	struct rp_wordings items, parts;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	*out = (struct rp_agenda){ .adopted_revision = -1 };
	RP_TRY(rp_wording_load_agenda(tx, m->id, &items, &parts));
	return load_items(who, tx, m, true, &items, lang, out);
}

struct rp_err *
rp_agenda_titles(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_wordings *out_items,
    struct rp_wordings *out_parts)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	return rp_wording_load_agenda(tx, m->id, out_items, out_parts);
}

const struct rp_meeting_part *
rp_agenda_part_find(const struct rp_agenda *a, int64_t id)
{
	for (size_t i = 0; i < a->parts.n; i++) {
		if (a->parts.v[i].id == id)
			return &a->parts.v[i];
	}
	return NULL;
}

const struct rp_agenda_item *
rp_agenda_item_find(const struct rp_agenda *a, int64_t id)
{
	for (size_t i = 0; i < a->items.n; i++) {
		if (a->items.v[i].id == id)
			return &a->items.v[i];
	}
	return NULL;
}

struct rp_err *
rp_agenda_record(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text action, rp_text kind, int64_t id,
    rp_text before, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = kind,
		.object_id = id,
		.group_id = m->group_id,
		.before = before,
		.after = after });
}

struct rp_err *
rp_agenda_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text action, rp_text kind, int64_t id,
    rp_text before, rp_text after)
{
	RP_TRY(q_agenda_changed(tx,
	    &(struct q_agenda_changed_param){ .meeting_id = m->id }));
	return rp_agenda_record(who, tx, m, action, kind, id, before, after);
}

/* Issued and adopted. */

/* For everybody only if nothing in it is for members. */
static rp_text
access_of(const struct rp_agenda *a)
{
	for (size_t i = 0; i < a->items.n; i++) {
		const struct rp_meeting_part *p =
		    rp_agenda_part_find(a, a->items.v[i].part_id);

		if (p == NULL || !rp_text_eq(p->access, RP_TEXT("public")))
			return RP_TEXT("members");
	}
	for (size_t i = 0; i < a->parts.n; i++) {
		if (!rp_text_eq(a->parts.v[i].access, RP_TEXT("public")))
			return RP_TEXT("members");
	}
	return RP_TEXT("public");
}

static struct rp_err *
document_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda *a,
    struct rp_meeting_document *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_meeting_document_list(who, tx, m, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != a->document_id)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no agenda");
}

static struct rp_err *
first_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda *a, int64_t *out_id,
    int64_t *out_number)
{
	const struct rp_document_in in = { .kind = RP_TEXT("agenda"),
		.access = access_of(a),
		.is_for_action = true,
		.is_title_public = true };

	return rp_meeting_document_add(who, tx, m, &in, out_id, out_number);
}

struct rp_err *
rp_agenda_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t *out_number, int64_t *out_revision)
{
	struct rp_meeting_document d = { 0 };
	struct rp_agenda a;

	RP_TRY(rp_agenda_change(who, tx, m, &a));
	if (!a.is_changed || a.items.n == 0)
		return rp_fail(RP_E_CONFLICT, "nothing to issue");
	*out_revision = 0;
	if (a.document_id != 0) {
		RP_TRY(document_of(who, tx, m, &a, &d));
		*out_revision = d.revision + (d.files.n > 0);
		if (!rp_text_eq(d.access, access_of(&a)))
			RP_TRY(rp_meeting_document_set_access(who, tx, m, &d,
			    &(struct rp_document_access){ .access =
							      access_of(&a),
				.is_title_public = d.is_title_public,
				.is_summary_public = d.is_summary_public,
				.public_from_at = d.public_from_at }));
	} else {
		RP_TRY(first_issue(who, tx, m, &a, &d.id, &d.number));
	}
	*out_number = d.number;
	RP_TRY(q_agenda_issue(tx,
	    &(struct q_agenda_issue_param){ .meeting_id = m->id,
		.document_id = d.id,
		.revision = *out_revision,
		.now = who->now }));
	return rp_agenda_record(who, tx, m, RP_TEXT("agenda.issue"),
	    RP_TEXT("meeting"), m->id, RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "Rev.%lld", (long long)*out_revision));
}

struct rp_err *
rp_agenda_adopt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m)
{
	struct rp_agenda a;

	RP_TRY(rp_agenda_change(who, tx, m, &a));
	if (a.is_changed || a.adopted_revision == a.revision)
		return rp_fail(RP_E_CONFLICT, "nothing to adopt");
	RP_TRY(q_agenda_adopt(tx,
	    &(struct q_agenda_adopt_param){ .meeting_id = m->id,
		.revision = a.revision,
		.now = who->now }));
	return rp_agenda_record(who, tx, m, RP_TEXT("agenda.adopt"),
	    RP_TEXT("meeting"), m->id, RP_TEXT(""),
	    a.revision > 0 ? RP_TEXT("adopted as revised") :
			     RP_TEXT("adopted"));
}

struct rp_err *
rp_agenda_unadopt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	RP_TRY(q_agenda_not_adopted(tx,
	    &(struct q_agenda_not_adopted_param){ .meeting_id = m->id }));
	return rp_agenda_record(who, tx, m, RP_TEXT("agenda.unadopt"),
	    RP_TEXT("meeting"), m->id, RP_TEXT("adopted"), RP_TEXT(""));
}
