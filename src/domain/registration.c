#include "domain/registration.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/outbox.h"
#include "domain/party.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_person.h"
#include "store/q_registration.h"
#include "text/input.h"

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    rp_text action, int64_t id, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("meeting"),
		.object_id = m->id,
		.group_id = m->group_id,
		.after = rp_textf(rp_tx_arena(tx), "no. %lld %.*s",
		    (long long)id, RP_FMT(after)) });
}

static struct rp_err *
load(struct rp_tx *tx, const struct rp_meeting *m, struct rp_registrations *out)
{
	struct q_registrations_rows rows;

	RP_TRY(q_registrations(tx,
	    &(struct q_registrations_param){ .meeting_id = m->id }, &rows));
	*out = (struct rp_registrations){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_registrations_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_registration){ .id = r->id,
			.person_id = r->person_id,
			.party_id = r->party_id,
			.name = r->name,
			.title = r->title,
			.mode = r->mode,
			.needs = r->needs,
			.state = r->state,
			.asked_at = r->asked_at,
			.decided_at = r->decided_at }));
	}
	return NULL;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

struct rp_err *
rp_registration_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_registrations *out)
{
	RP_TRY(needs(who, tx, m->group_id));
	return load(tx, m, out);
}

/* Members and the secretariat; for others there is no list. */
static struct rp_err *
is_member(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	if (rp_actor_may(who, RP_MAY_READ, where) ||
	    rp_actor_may(who, RP_MAY_MEET, where))
		return NULL;
	return rp_fail(RP_E_NOTFOUND, "not for others");
}

static bool
is(const struct rp_registration *r, const char *state)
{
	return rp_text_eq(r->state, rp_text_z(state));
}

struct rp_err *
rp_participant_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_registrations *out)
{
	struct rp_registrations all;

	RP_TRY(is_member(who, tx, m));
	RP_TRY(load(tx, m, &all));
	*out = (struct rp_registrations){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		all.v[i].needs = RP_TEXT("");
		if (is(&all.v[i], "confirmed"))
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	}
	return NULL;
}

static struct rp_err *
account(const struct rp_actor *who, struct rp_tx *tx,
    struct q_person_get_row *out)
{
	bool found = false;

	if (who->person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	RP_TRY(q_person_get(tx,
	    &(struct q_person_get_param){ .id = who->person_id }, out, &found));
	return found ? NULL : rp_fail(RP_E_NOTFOUND, "no such person");
}

static struct rp_err *
focal(struct rp_tx *tx, int64_t group_id, int64_t party_id, int64_t person_id,
    bool *out)
{
	struct q_focal_points_rows rows;

	RP_TRY(q_focal_points(tx,
	    &(struct q_focal_points_param){ .group_id = group_id }, &rows));
	*out = false;
	for (size_t i = 0; i < rows.n; i++)
		*out |= rows.v[i].party_id == party_id &&
			rows.v[i].person_id == person_id;
	return NULL;
}

struct rp_err *
rp_registering_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_registering *out)
{
	struct q_person_get_row person;
	struct rp_registrations all;

	RP_TRY(account(who, tx, &person));
	RP_TRY(is_member(who, tx, m));
	*out = (struct rp_registering){ .party_id = person.party_id };
	RP_TRY(focal(tx, m->group_id, person.party_id, who->person_id,
	    &out->is_focal));
	RP_TRY(load(tx, m, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct rp_registration *r = &all.v[i];

		if (r->person_id == who->person_id)
			out->own = *r;
		r->needs = RP_TEXT("");
		if (out->is_focal && r->party_id == person.party_id &&
		    is(r, "requested"))
			rp_vec_push(rp_tx_arena(tx), &out->to_confirm, *r);
	}
	return NULL;
}

static bool
mode_offered(const struct rp_meeting *m, rp_text mode)
{
	bool hybrid = rp_text_eq(m->mode, RP_TEXT("hybrid"));

	if (!rp_text_eq(mode, RP_TEXT("in_person")) &&
	    !rp_text_eq(mode, RP_TEXT("remote")))
		return false;
	return hybrid || rp_text_eq(m->mode, mode);
}

enum rp_registration_problem
rp_registration_check(const struct rp_meeting *m,
    const struct rp_registration *r)
{
	if (rp_text_blank(r->name) || r->name.n > RP_REGISTRATION_NAME_MAX)
		return RP_REGISTRATION_BAD_NAME;
	if (r->title.n > RP_REGISTRATION_TITLE_MAX)
		return RP_REGISTRATION_BAD_TITLE;
	if (!mode_offered(m, r->mode))
		return RP_REGISTRATION_BAD_MODE;
	return r->needs.n <= RP_REGISTRATION_NEEDS_MAX ?
		   RP_REGISTRATION_FINE :
		   RP_REGISTRATION_BAD_NEEDS;
}

/* The registration as it stands, by mail to whom it is of. */
static struct rp_err *
tell(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    int64_t person_id, const char *kind, rp_text mode)
{
	return rp_outbox_tell(who, tx, person_id, rp_text_z(kind),
	    RP_TEXT("meeting"), m->id,
	    rp_textf(rp_tx_arena(tx), "%.*s-%lld\n%.*s – %.*s (%.*s)\n%.*s%s",
		RP_FMT(m->series), (long long)m->ordinal,
		RP_FMT(m->opens_local), RP_FMT(m->closes_local),
		RP_FMT(m->zone), RP_FMT(m->place),
		rp_text_eq(mode, RP_TEXT("remote")) ? " (online)" : ""));
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_registration *r, bool confirmed, int64_t *out_id)
{
	struct q_registration_count_row count;
	struct q_registration_insert_row row;

	RP_TRY(q_registration_count(tx,
	    &(struct q_registration_count_param){ .meeting_id = m->id },
	    &count));
	if (count.n >= RP_REGISTRATIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d registrations",
		    RP_REGISTRATIONS_MAX);
	RP_TRY(q_registration_insert(tx,
	    &(struct q_registration_insert_param){ .meeting_id = m->id,
		.person_id = r->person_id,
		.party_id = r->party_id,
		.name = r->name,
		.title = r->title,
		.mode = r->mode,
		.needs = r->needs,
		.state =
		    confirmed ? RP_TEXT("confirmed") : RP_TEXT("requested"),
		.now = who->now,
		.decided_at = confirmed ? who->now : 0,
		.decided_by = confirmed ? who->person_id : 0 },
	    &row));
	*out_id = row.id;
	return NULL;
}

struct rp_err *
rp_registration_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_registration *in)
{
	struct rp_registration r = *in;
	struct q_person_get_row person;
	struct rp_registering all;
	int64_t id;

	RP_TRY(account(who, tx, &person));
	RP_TRY(rp_registering_get(who, tx, m, &all));
	r.person_id = who->person_id;
	r.party_id = person.party_id;
	r.name = person.name;
	if (rp_registration_check(m, &r) != RP_REGISTRATION_FINE)
		return rp_fail(RP_E_INVALID, "not a registration");
	if (all.own.id == 0) {
		RP_TRY(insert(who, tx, m, &r, false, &id));
		RP_TRY(tell(who, tx, m, r.person_id, "registration", r.mode));
		return event(who, tx, m, RP_TEXT("registration.ask"), id,
		    r.mode);
	}
	RP_TRY(q_registration_set(tx,
	    &(struct q_registration_set_param){ .id = all.own.id,
		.party_id = r.party_id,
		.name = r.name,
		.title = r.title,
		.mode = r.mode,
		.needs = r.needs,
		.state = is(&all.own, "confirmed") ? RP_TEXT("confirmed") :
						     RP_TEXT("requested") }));
	return event(who, tx, m, RP_TEXT("registration.change"), all.own.id,
	    r.mode);
}

static struct rp_err *
set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, rp_text state)
{
	RP_TRY(q_registration_state(tx,
	    &(struct q_registration_state_param){ .id = id,
		.state = state,
		.now = who->now,
		.decided_by = who->person_id }));
	return event(who, tx, m, RP_TEXT("registration.state"), id, state);
}

struct rp_err *
rp_registration_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m)
{
	struct rp_registering all;

	RP_TRY(rp_registering_get(who, tx, m, &all));
	if (all.own.id == 0)
		return rp_fail(RP_E_NOTFOUND, "is not registered");
	return set_state(who, tx, m, all.own.id, RP_TEXT("withdrawn"));
}

struct rp_err *
rp_registration_enter(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_registration *in,
    int64_t *out_id)
{
	struct rp_registration r = *in;
	struct rp_party p;

	RP_TRY(needs(who, tx, m->group_id));
	if (rp_registration_check(m, in) != RP_REGISTRATION_FINE)
		return rp_fail(RP_E_INVALID, "not a registration");
	if (in->party_id != 0)
		RP_TRY(rp_party_get(tx, in->party_id, RP_TEXT("en"), &p));
	r.person_id = 0;
	RP_TRY(insert(who, tx, m, &r, true, out_id));
	return event(who, tx, m, RP_TEXT("registration.enter"), *out_id,
	    r.mode);
}

struct rp_err *
rp_registration_decide(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, bool confirmed)
{
	const struct rp_registration *r = NULL;
	struct rp_registrations all;
	struct rp_place where;
	bool may = false;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	RP_TRY(load(tx, m, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id == id)
			r = &all.v[i];
	}
	if (who->person_id == 0 && !who->system)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	may = rp_actor_may(who, RP_MAY_MEET, where);
	if (!may && r != NULL && r->party_id != 0)
		RP_TRY(
		    focal(tx, m->group_id, r->party_id, who->person_id, &may));
	if (r == NULL || !may)
		return rp_fail(RP_E_NOTFOUND, "no such registration");
	if (is(r, "withdrawn"))
		return rp_fail(RP_E_CONFLICT, "it is withdrawn");
	RP_TRY(tell(who, tx, m, r->person_id,
	    confirmed ? "registration_confirmed" : "registration_refused",
	    r->mode));
	return set_state(who, tx, m, id,
	    confirmed ? RP_TEXT("confirmed") : RP_TEXT("refused"));
}

/* Focal points. */

struct rp_err *
rp_focal_point_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_focal_points *out)
{
	struct q_focal_points_rows rows;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_focal_points(tx,
	    &(struct q_focal_points_param){ .group_id = group_id }, &rows));
	*out = (struct rp_focal_points){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_focal_point){ rows.v[i].party_id,
			rows.v[i].person_id, rows.v[i].name }));
	return NULL;
}

static struct rp_err *
focal_event(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text action, int64_t person_id)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "person %lld",
		    (long long)person_id) });
}

struct rp_err *
rp_focal_point_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t person_id)
{
	struct q_person_get_row person;
	bool found;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_person_get(tx, &(struct q_person_get_param){ .id = person_id },
	    &person, &found));
	if (!found || person.party_id == 0)
		return rp_fail(RP_E_NOTFOUND, "nobody of a party");
	RP_TRY(q_focal_point_set(tx,
	    &(struct q_focal_point_set_param){ .group_id = group_id,
		.party_id = person.party_id,
		.person_id = person_id,
		.now = who->now }));
	return focal_event(who, tx, group_id, RP_TEXT("focal_point.set"),
	    person_id);
}

struct rp_err *
rp_focal_point_end(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t party_id, int64_t person_id)
{
	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_focal_point_end(tx,
	    &(struct q_focal_point_end_param){ .group_id = group_id,
		.party_id = party_id,
		.person_id = person_id }));
	return focal_event(who, tx, group_id, RP_TEXT("focal_point.end"),
	    person_id);
}
