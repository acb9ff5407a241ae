#include "domain/room.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/proposal_private.h"
#include "store/db.h"
#include "store/q_proposal.h"
#include "store/q_room.h"
#include "text/input.h"
#include "text/zone.h"

static bool
leads(const struct rp_actor *who, const struct rp_proposing *p)
{
	return rp_actor_may(who, RP_MAY_STEER, p->where) ||
	       rp_actor_may(who, RP_MAY_MEET, p->where);
}

static struct rp_err *
note(const struct rp_actor *who, struct rp_tx *tx, const struct rp_proposing *p,
    int64_t id, rp_text action, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("room"),
		.object_id = id,
		.group_id = p->group_id,
		.after = after });
}

static struct rp_room *
by_id(struct rp_rooms *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_rooms *out)
{
	struct q_room_list_rows rows;

	*out = (struct rp_rooms){ 0 };
	RP_TRY(q_room_list(tx,
	    &(struct q_room_list_param){ .group_id = group_id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_room r = { .id = rows.v[i].id,
			.number = rows.v[i].number,
			.created_at = rows.v[i].created_at,
			.closed_at = rows.v[i].closed_at,
			.title = rows.v[i].title,
			.zone = rows.v[i].zone,
			.until_local = rows.v[i].until_local };

		RP_TRY(rp_zone_resolve(who->env->zones, r.until_local, r.zone,
		    &r.until_at));
		r.is_open = r.closed_at == 0 && who->now < r.until_at;
		rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}

static struct rp_err *
add_parties(struct rp_tx *tx, const struct rp_proposing *p,
    struct rp_rooms *all)
{
	struct q_room_party_list_rows rows;

	RP_TRY(q_room_party_list(tx,
	    &(struct q_room_party_list_param){ .group_id = p->group_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_room *r = by_id(all, rows.v[i].room_id);

		rp_vec_push(rp_tx_arena(tx), &r->parties, rows.v[i].party_id);
		r->is_invited |=
		    p->my_party_id != 0 && rows.v[i].party_id == p->my_party_id;
	}
	return NULL;
}

static struct rp_err *
add_proposals(struct rp_tx *tx, const struct rp_proposing *p,
    struct rp_rooms *all)
{
	struct q_room_proposal_list_rows rows;

	RP_TRY(q_room_proposal_list(tx,
	    &(struct q_room_proposal_list_param){ .group_id = p->group_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx),
		    &by_id(all, rows.v[i].room_id)->proposals,
		    rows.v[i].number);
	return NULL;
}

struct rp_err *
rp_room_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_rooms *out)
{
	struct rp_rooms all;

	RP_ASSERT(p->person_id == who->person_id);
	*out = (struct rp_rooms){ 0 };
	if (!leads(who, p) && p->my_party_id == 0)
		return NULL;
	RP_TRY(load(who, tx, p->group_id, &all));
	RP_TRY(add_parties(tx, p, &all));
	RP_TRY(add_proposals(tx, p, &all));
	for (size_t i = 0; i < all.n; i++)
		if (leads(who, p) || all.v[i].is_invited)
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	return NULL;
}

struct rp_err *
rp_room_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t number, struct rp_room *out)
{
	struct rp_rooms all;

	RP_TRY(rp_room_list(who, tx, p, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no room %lld", (long long)number);
}

/* Opening, and what the chair's team does after. */

static struct rp_err *
is_member(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t party_id)
{
	struct q_proposal_party_may_row row;
	bool found;

	RP_TRY(q_proposal_party_may(tx,
	    &(struct q_proposal_party_may_param){ .party_id = party_id,
		.group_id = p->group_id,
		.now = who->now },
	    &row, &found));
	return found ? NULL :
		       rp_fail(RP_E_INVALID, "party %lld is no member",
			   (long long)party_id);
}

static struct rp_err *
check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room_in *in)
{
	struct rp_proposals all;
	int64_t at;

	RP_TRY(
	    rp_zone_resolve(who->env->zones, in->until_local, in->zone, &at));
	if (rp_text_blank(in->title) || in->title.n > RP_ROOM_TITLE_MAX ||
	    at <= who->now || in->parties.n == 0 ||
	    in->parties.n > RP_ROOM_PARTIES_MAX)
		return rp_fail(RP_E_INVALID, "not a room");
	for (size_t i = 0; i < in->parties.n; i++)
		RP_TRY(is_member(who, tx, p, in->parties.v[i]));
	RP_TRY(rp_proposal_list(who, tx, p, &all));
	for (size_t i = 0; i < in->proposals.n; i++) {
		bool found = false;

		for (size_t k = 0; k < all.n; k++)
			found |= all.v[k].id == in->proposals.v[i];
		if (!found)
			return rp_fail(RP_E_INVALID, "no proposal %lld",
			    (long long)in->proposals.v[i]);
	}
	return NULL;
}

struct rp_err *
rp_room_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room_in *in,
    int64_t *out_number)
{
	struct q_room_insert_row row;
	struct rp_rooms all;

	RP_TRY(rp_proposal_leads(who, p));
	RP_TRY(check(who, tx, p, in));
	RP_TRY(load(who, tx, p->group_id, &all));
	if (all.n >= RP_ROOMS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d rooms", RP_ROOMS_MAX);
	RP_TRY(q_room_insert(tx,
	    &(struct q_room_insert_param){ .group_id = p->group_id,
		.title = in->title,
		.zone = in->zone,
		.until_local = in->until_local,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	for (size_t i = 0; i < in->parties.n; i++)
		RP_TRY(q_room_party_insert(tx,
		    &(struct q_room_party_insert_param){ .room_id = row.id,
			.party_id = in->parties.v[i],
			.now = who->now }));
	for (size_t i = 0; i < in->proposals.n; i++)
		RP_TRY(q_room_proposal_insert(tx,
		    &(struct q_room_proposal_insert_param){ .room_id = row.id,
			.proposal_id = in->proposals.v[i] }));
	*out_number = row.number;
	return note(who, tx, p, row.id, RP_TEXT("room.open"),
	    rp_textf(rp_tx_arena(tx), "%.*s until %.*s %.*s", RP_FMT(in->title),
		RP_FMT(in->until_local), RP_FMT(in->zone)));
}

/* As it is now, and still open, for who leads. */
static struct rp_err *
ours(const struct rp_actor *who, struct rp_tx *tx, const struct rp_proposing *p,
    const struct rp_room *r, struct rp_room *now)
{
	RP_TRY(rp_proposal_leads(who, p));
	RP_TRY(rp_room_get(who, tx, p, r->number, now));
	return now->is_open ? NULL :
			      rp_fail(RP_E_GONE, "room %lld is closed",
				  (long long)r->number);
}

struct rp_err *
rp_room_invite(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r, int64_t party_id)
{
	struct rp_room now;

	RP_TRY(ours(who, tx, p, r, &now));
	RP_TRY(is_member(who, tx, p, party_id));
	if (now.parties.n >= RP_ROOM_PARTIES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d delegations",
		    RP_ROOM_PARTIES_MAX);
	RP_TRY(q_room_party_insert(tx,
	    &(struct q_room_party_insert_param){ .room_id = now.id,
		.party_id = party_id,
		.now = who->now }));
	return note(who, tx, p, now.id, RP_TEXT("room.invite"),
	    rp_textf(rp_tx_arena(tx), "party %lld", (long long)party_id));
}

struct rp_err *
rp_room_until(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r, rp_text until_local)
{
	struct rp_room now;
	int64_t at;

	RP_TRY(ours(who, tx, p, r, &now));
	RP_TRY(rp_zone_resolve(who->env->zones, until_local, now.zone, &at));
	if (at <= who->now)
		return rp_fail(RP_E_INVALID, "a time that is past");
	RP_TRY(
	    q_room_set_until(tx, &(struct q_room_set_until_param){ .id = now.id,
				     .until_local = until_local }));
	return note(who, tx, p, now.id, RP_TEXT("room.until"), until_local);
}

struct rp_err *
rp_room_close(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r)
{
	struct rp_room now;

	RP_TRY(ours(who, tx, p, r, &now));
	RP_TRY(q_room_close(tx,
	    &(struct q_room_close_param){ .id = now.id, .now = who->now }));
	return note(who, tx, p, now.id, RP_TEXT("room.close"), RP_TEXT(""));
}

/* What is in it. */

static struct rp_err *
enters(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t room_id)
{
	struct q_room_party_may_row row;
	bool found;

	RP_ASSERT(p->person_id == who->person_id);
	if (leads(who, p))
		return NULL;
	RP_TRY(q_room_party_may(tx,
	    &(struct q_room_party_may_param){ .room_id = room_id,
		.party_id = p->my_party_id },
	    &row, &found));
	return found ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no room %lld", (long long)room_id);
}

struct rp_err *
rp_room_entries(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r,
    struct rp_room_entries *out)
{
	struct q_room_entry_list_rows rows;

	RP_TRY(enters(who, tx, p, r->id));
	RP_TRY(q_room_entry_list(tx,
	    &(struct q_room_entry_list_param){ .room_id = r->id }, &rows));
	*out = (struct rp_room_entries){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_room_entry e = { .draft = rows.v[i].draft,
			.on_draft = rows.v[i].on_draft,
			.party_id = rows.v[i].party_id,
			.at = rows.v[i].at,
			.body = rows.v[i].body,
			.person = rows.v[i].person };

		rp_vec_push(rp_tx_arena(tx), out, e);
	}
	return NULL;
}

struct rp_err *
rp_room_write(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_room *r, bool is_draft,
    int64_t on_draft, rp_text body)
{
	struct rp_room_entries all;
	struct rp_room now;
	int64_t drafts = 0;

	RP_TRY(rp_room_get(who, tx, p, r->number, &now));
	if (!now.is_open)
		return rp_fail(RP_E_GONE, "room %lld is closed",
		    (long long)r->number);
	RP_TRY(rp_room_entries(who, tx, p, &now, &all));
	for (size_t i = 0; i < all.n; i++)
		drafts += all.v[i].draft > 0;
	if (rp_text_blank(body) || on_draft < 0 || on_draft > drafts)
		return rp_fail(RP_E_INVALID, "no words, or no draft");
	if (body.n > RP_ROOM_ENTRY_MAX || all.n >= RP_ROOM_ENTRIES_MAX)
		return rp_fail(RP_E_LIMIT, "too long, or too many");
	RP_TRY(q_room_entry_insert(tx,
	    &(struct q_room_entry_insert_param){ .room_id = now.id,
		.draft = is_draft ? drafts + 1 : 0,
		.on_draft = is_draft ? 0 : on_draft,
		.body = body,
		.party_id = now.is_invited ? p->my_party_id : 0,
		.person_id = who->person_id,
		.now = who->now }));
	return note(who, tx, p, now.id, RP_TEXT("room.write"),
	    is_draft ? RP_TEXT("draft") : RP_TEXT("comment"));
}
