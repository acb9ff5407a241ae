#include "domain/action.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/report.h"
#include "store/db.h"
#include "store/q_action.h"
#include "text/input.h"
#include "text/zone.h"

const rp_text rp_action_owner_kinds[] = { RP_TEXT_INIT("party"),
	RP_TEXT_INIT("office"), RP_TEXT_INIT("words"), RP_TEXT_INIT("") };

const rp_text rp_action_offices[] = { RP_TEXT_INIT("secretariat"),
	RP_TEXT_INIT("chair"), RP_TEXT_INIT("vice_chairs"),
	RP_TEXT_INIT("secretary_general"), RP_TEXT_INIT("director_r"),
	RP_TEXT_INIT("director_t"), RP_TEXT_INIT("director_d"),
	RP_TEXT_INIT("") };

const rp_text rp_action_states[] = { RP_TEXT_INIT("open"),
	RP_TEXT_INIT("progress"), RP_TEXT_INIT("done"),
	RP_TEXT_INIT("superseded"), RP_TEXT_INIT("") };

enum rp_action_problem
rp_action_check(const struct rp_action *in)
{
	bool ok = rp_text_in(rp_action_owner_kinds, in->owner_kind);

	if (rp_text_eq(in->owner_kind, RP_TEXT("party")))
		ok &= in->party_id != 0;
	else if (rp_text_eq(in->owner_kind, RP_TEXT("office")))
		ok &= rp_text_in(rp_action_offices, in->owner);
	else
		ok &= !rp_text_blank(in->owner);
	if (!ok || in->owner.n > RP_ACTION_OWNER_MAX)
		return RP_ACTION_BAD_OWNER;
	return in->due.n == 0 || (in->due.n <= 10 && rp_zone_is_day(in->due)) ?
		   RP_ACTION_FINE :
		   RP_ACTION_BAD_DUE;
}

struct view {
	struct rp_place where;
	bool all;
	rp_text today; /* "YYYY-MM-DD" in the group's zone */
};

static struct rp_err *
view_of(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct view *out)
{
	struct q_action_zone_row row;
	const struct rp_zone *zone;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &out->where));
	out->all = rp_actor_may(who, RP_MAY_MEET, out->where) ||
		   rp_actor_may(who, RP_MAY_READ, out->where);
	RP_TRY(q_action_zone(tx,
	    &(struct q_action_zone_param){ .group_id = group_id }, &row));
	RP_TRY(rp_zone_get(who->env->zones, row.zone, &zone));
	out->today = rp_text_sub(rp_zone_local_write(rp_tx_arena(tx),
				     rp_zone_local(zone, who->now)),
	    0, 10);
	return NULL;
}

static bool
is_closed(const struct rp_action *a)
{
	return rp_text_eq(a->state, RP_TEXT("done")) ||
	       rp_text_eq(a->state, RP_TEXT("superseded"));
}

static void
name(const struct rp_wordings *texts, const struct rp_wordings *names,
    rp_text lang, struct rp_action *a)
{
	const struct rp_wording *w =
	    rp_wording_pick(texts, a->id, RP_TEXT("text"), lang, RP_TEXT("en"));

	a->text = w ? *w : (struct rp_wording){ .lang = lang };
	a->party = rp_wording_text(names, a->party_id, RP_TEXT("short_name"),
	    lang, RP_TEXT("en"));
	if (a->party.n == 0)
		a->party = rp_wording_text(names, a->party_id, RP_TEXT("name"),
		    lang, RP_TEXT("en"));
}

struct rp_err *
rp_action_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text lang, struct rp_actions *out)
{
	struct q_action_list_rows rows;
	struct rp_wordings texts, names;
	struct view v;

	RP_TRY(view_of(who, tx, group_id, &v));
	RP_TRY(q_action_list(tx,
	    &(struct q_action_list_param){ .group_id = group_id }, &rows));
	RP_TRY(rp_wording_load_span(tx, RP_TEXT("action"),
	    rows.n > 0 ? rows.v[0].id : 1,
	    rows.n > 0 ? rows.v[rows.n - 1].id : 0, &texts));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &names));
	*out = (struct rp_actions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_action_list_row *r = &rows.v[i];
		struct rp_action a = { .id = r->id,
			.group_id = group_id,
			.number = r->number,
			.meeting_id = r->meeting_id,
			.ordinal = r->ordinal,
			.series = r->series,
			.meeting_opens = r->opens_local,
			.origin = r->origin,
			.owner_kind = r->owner_kind,
			.party_id = r->party_id,
			.owner = r->owner,
			.due = r->due,
			.state = r->state,
			.follower = r->follower,
			.is_public = r->is_public,
			.created_at = r->created_at,
			.closed_at = r->closed_at };

		if (!v.all && !a.is_public)
			continue;
		a.is_overdue = !is_closed(&a) && a.due.n > 0 &&
			       rp_text_cmp(a.due, v.today) < 0;
		name(&texts, &names, lang, &a);
		rp_vec_push(rp_tx_arena(tx), out, a);
	}
	return NULL;
}

struct rp_err *
rp_action_list_at(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_actions *out)
{
	struct rp_actions all;

	RP_TRY(rp_action_list(who, tx, m->group_id, lang, &all));
	*out = (struct rp_actions){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_action *a = &all.v[i];
		bool here = a->meeting_id == m->id;
		bool before = a->meeting_id == 0 ? a->created_at < m->opens_at :
						   rp_text_cmp(a->meeting_opens,
						       m->opens_local) < 0;

		if (here || (before && (a->closed_at == 0 ||
					   a->closed_at >= m->opens_at)))
			rp_vec_push(rp_tx_arena(tx), out, *a);
	}
	return NULL;
}

struct rp_err *
rp_action_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t number, rp_text lang, struct rp_action *out)
{
	struct rp_actions all;

	RP_TRY(rp_action_list(who, tx, group_id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no action %lld", (long long)number);
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_action *a,
    const char *action, rp_text before, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("action"),
		.object_id = a->id,
		.group_id = a->group_id,
		.before = before,
		.after = after });
}

/* A party of the body, a meeting of the group. */
static struct rp_err *
check_places(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *in)
{
	struct rp_place where;
	struct rp_meeting m;
	struct rp_party p;

	if (rp_action_check(in) != RP_ACTION_FINE ||
	    in->origin.n > RP_ACTION_ORIGIN_MAX)
		return rp_fail(RP_E_INVALID, "not an action");
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), in->group_id, &where));
	if (in->party_id != 0) {
		RP_TRY(rp_party_get(tx, in->party_id, RP_TEXT("en"), &p));
		if (p.body_id != where.body_id)
			return rp_fail(RP_E_NOTFOUND, "no such party");
	}
	if (in->meeting_id == 0)
		return NULL;
	RP_TRY(rp_meeting_get_by_id(who, tx, in->meeting_id, &m));
	return m.group_id == in->group_id ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no such meeting");
}

static rp_text
described(struct rp_arena *a, const struct rp_action *in)
{
	return rp_textf(a, "%.*s %.*s %lld, %.*s%s", RP_FMT(in->owner_kind),
	    RP_FMT(in->owner), (long long)in->party_id, RP_FMT(in->due),
	    in->is_public ? ", public" : "");
}

static struct rp_err *
step(const struct rp_actor *who, struct rp_tx *tx, int64_t id, rp_text state,
    rp_text note)
{
	return q_action_step_insert(tx,
	    &(struct q_action_step_insert_param){ .action_id = id,
		.state = state,
		.note = note,
		.person_id = who->person_id,
		.now = who->now });
}

struct rp_err *
rp_action_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *in, int64_t *out_id, int64_t *out_number)
{
	struct q_action_insert_row row;
	struct rp_action made = *in;

	RP_TRY(needs(who, tx, in->group_id));
	RP_TRY(check_places(who, tx, in));
	RP_TRY(q_action_insert(tx,
	    &(struct q_action_insert_param){ .group_id = in->group_id,
		.meeting_id = in->meeting_id,
		.origin = in->origin,
		.owner_kind = in->owner_kind,
		.party_id = in->party_id,
		.owner = in->owner,
		.due = in->due,
		.is_public = in->is_public,
		.now = who->now },
	    &row));
	made.id = *out_id = row.id;
	*out_number = row.number;
	RP_TRY(step(who, tx, row.id, RP_TEXT("open"), RP_TEXT("")));
	RP_TRY(rp_report_carry_actions(who, tx, in->group_id, in->meeting_id));
	return event(who, tx, &made, "action.add", RP_TEXT(""),
	    described(rp_tx_arena(tx), in));
}

struct rp_err *
rp_action_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *was, const struct rp_action *in)
{
	struct rp_action now = *in;

	now.id = was->id;
	now.group_id = was->group_id;
	now.meeting_id = was->meeting_id;
	RP_TRY(needs(who, tx, was->group_id));
	RP_TRY(check_places(who, tx, &now));
	RP_TRY(q_action_set(tx, &(struct q_action_set_param){ .id = was->id,
				    .owner_kind = in->owner_kind,
				    .party_id = in->party_id,
				    .owner = in->owner,
				    .due = in->due,
				    .is_public = in->is_public }));
	return event(who, tx, was, "action.change",
	    described(rp_tx_arena(tx), was), described(rp_tx_arena(tx), in));
}

struct rp_err *
rp_action_set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *a, rp_text state, int64_t follower, rp_text note)
{
	bool supersedes = rp_text_eq(state, RP_TEXT("superseded"));
	bool closes = supersedes || rp_text_eq(state, RP_TEXT("done"));
	struct rp_action by = { 0 };

	RP_TRY(needs(who, tx, a->group_id));
	if (!rp_text_in(rp_action_states, state) ||
	    note.n > RP_ACTION_NOTE_MAX || supersedes != (follower != 0) ||
	    follower == a->number)
		return rp_fail(RP_E_INVALID, "not a step of an action");
	if (rp_text_eq(a->state, RP_TEXT("superseded")))
		return rp_fail(RP_E_CONFLICT, "was superseded");
	if (supersedes)
		RP_TRY(rp_action_get(who, tx, a->group_id, follower,
		    RP_TEXT("en"), &by));
	if (rp_text_eq(a->state, state) && note.n == 0)
		return NULL;
	RP_TRY(q_action_set_state(tx,
	    &(struct q_action_set_state_param){ .id = a->id,
		.state = state,
		.follower_id = by.id,
		.closed_at = !closes           ? 0 :
			     a->closed_at != 0 ? a->closed_at :
						 who->now }));
	RP_TRY(step(who, tx, a->id, state, note));
	return event(who, tx, a, "action.state", a->state, state);
}

struct rp_err *
rp_action_steps(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_action *a, struct rp_action_steps *out)
{
	struct q_action_steps_rows rows;
	struct view v;

	RP_TRY(view_of(who, tx, a->group_id, &v));
	*out = (struct rp_action_steps){ 0 };
	if (!v.all && !a->is_public)
		return rp_fail(RP_E_NOTFOUND, "no such action");
	RP_TRY(q_action_steps(tx,
	    &(struct q_action_steps_param){ .action_id = a->id }, &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_action_step){ rows.v[i].state,
			v.all ? rows.v[i].note : RP_TEXT(""), rows.v[i].at }));
	return NULL;
}
