#include "domain/right.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/event.h"
#include "domain/officer.h"
#include "domain/party.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_access_right.h"

static struct rp_err *
holder_check(const struct rp_right *r)
{
	bool is_office = rp_text_eq(r->holder_kind, RP_TEXT("office"));
	bool is_class = rp_text_eq(r->holder_kind, RP_TEXT("class"));

	if (rp_text_eq(r->holder_kind, RP_TEXT("person")) && r->holder_id > 0 &&
	    r->holder.n == 0)
		return NULL;
	/* Offices and classes are a group's: so are rights tied to them. */
	if (r->holder_id == 0 && r->object_kind == RP_ON_GROUP &&
	    ((is_office && rp_office_ok(r->holder)) ||
		(is_class && rp_member_class_ok(r->holder))))
		return NULL;
	if (rp_text_eq(r->holder_kind, RP_TEXT("public")) &&
	    r->holder_id == 0 && r->holder.n == 0 &&
	    (r->capability == RP_MAY_READ || r->capability == RP_MAY_ANSWER))
		return NULL;
	return rp_fail(RP_E_INVALID, "no such holder: %.*s %.*s",
	    RP_FMT(r->holder_kind), RP_FMT(r->holder));
}

static struct rp_err *
check(const struct rp_actor *who, const struct rp_right *r)
{
	RP_TRY(holder_check(r));
	if (r->capability <= RP_MAY_NOTHING ||
	    r->capability >= RP_CAPABILITY_COUNT)
		return rp_fail(RP_E_INVALID, "no such capability");
	if (r->instrument.n == 0)
		return rp_fail(RP_E_INVALID, "a right needs an instrument");
	if (r->instrument.n > RP_INSTRUMENT_MAX)
		return rp_fail(RP_E_LIMIT, "instrument of %zu octets",
		    r->instrument.n);
	if (r->until_at != 0 &&
	    r->until_at <= (r->from_at != 0 ? r->from_at : who->now))
		return rp_fail(RP_E_INVALID, "a right that ends before it "
					     "begins");
	return NULL;
}

/* The event stands at the group the right is on, if it is on one. */
static struct rp_err *
write_event(const struct rp_actor *who, struct rp_tx *tx, rp_text action,
    const struct rp_right *r, struct rp_place where)
{
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text from = rp_clock_rfc3339(a, r->from_at);
	rp_text until =
	    r->until_at != 0 ? rp_clock_rfc3339(a, r->until_at) : RP_TEXT("");
	rp_text what = rp_capability_name(r->capability);

	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = rp_object_kind_name(r->object_kind),
		.object_id = r->object_id,
		.group_id = where.group_id,
		.after = rp_textf(a,
		    "right %lld: %.*s %.*s%lld may %.*s by \"%.*s\" from %.*s "
		    "until %.*s",
		    (long long)r->id, RP_FMT(r->holder_kind), RP_FMT(r->holder),
		    (long long)r->holder_id, RP_FMT(what),
		    RP_FMT(r->instrument), RP_FMT(from), RP_FMT(until)) });
}

struct rp_err *
rp_right_grant(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_right *right, int64_t *out_id)
{
	struct q_access_right_insert_row row;
	struct rp_right r = *right;
	struct rp_place where;

	RP_TRY(check(who, right));
	RP_TRY(rp_place_of(tx, rp_object_kind_name(r.object_kind), r.object_id,
	    &where));
	RP_TRY(rp_actor_needs(who, RP_MAY_GRANT, where));
	RP_TRY(rp_actor_needs(who, r.capability, where));
	if (r.from_at == 0)
		r.from_at = who->now;
	RP_TRY(q_access_right_insert(tx,
	    &(struct q_access_right_insert_param){ .holder_kind = r.holder_kind,
		.holder = r.holder,
		.holder_id = r.holder_id,
		.capability = rp_capability_name(r.capability),
		.object_kind = rp_object_kind_name(r.object_kind),
		.object_id = r.object_id,
		.instrument = r.instrument,
		.from_at = r.from_at,
		.until_at = r.until_at },
	    &row));
	*out_id = r.id = row.id;
	return write_event(who, tx, RP_TEXT("right.grant"), &r, where);
}

/* Somebody has to remain who can give rights again. */
static struct rp_err *
is_not_last(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_right *r)
{
	struct q_access_right_of_object_rows rows;

	if (r->capability != RP_MAY_ADMINISTER ||
	    r->object_kind != RP_ON_SYSTEM)
		return NULL;
	RP_TRY(q_access_right_of_object(tx,
	    &(struct q_access_right_of_object_param){
		.object_kind = rp_object_kind_name(RP_ON_SYSTEM) },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_access_right_of_object_row *o = &rows.v[i];

		if (o->id != r->id && o->from_at <= who->now &&
		    o->until_at == 0 &&
		    rp_capability_from(o->capability) == RP_MAY_ADMINISTER)
			return NULL;
	}
	return rp_fail(RP_E_CONFLICT, "right %lld is the last of its kind",
	    (long long)r->id);
}

struct rp_err *
rp_right_end(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t at)
{
	struct q_access_right_get_row row;
	struct rp_right r;
	struct rp_place where;
	int64_t n;
	bool found;

	RP_TRY(q_access_right_get(tx,
	    &(struct q_access_right_get_param){ .id = id }, &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no right %lld", (long long)id);
	RP_TRY(rp_place_of(tx, row.object_kind, row.object_id, &where));
	RP_TRY(rp_actor_needs(who, RP_MAY_GRANT, where));
	r = (struct rp_right){ .id = id,
		.holder_kind = row.holder_kind,
		.holder = row.holder,
		.holder_id = row.holder_id,
		.capability = rp_capability_from(row.capability),
		.object_id = row.object_id,
		.instrument = row.instrument,
		.from_at = row.from_at,
		.until_at = at > who->now ? at : who->now };
	/* Who may not grant it may not take it away either. */
	RP_TRY(rp_actor_needs(who, r.capability, where));
	if (!rp_object_kind_from(row.object_kind, &r.object_kind))
		return rp_fail(RP_E_INTERNAL, "right %lld on a %.*s",
		    (long long)id, RP_FMT(row.object_kind));
	RP_TRY(is_not_last(who, tx, &r));
	RP_TRY(q_access_right_end(tx,
	    &(struct q_access_right_end_param){ .id = id,
		.until_at = r.until_at },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_GONE, "right %lld had ended",
		    (long long)id);
	return write_event(who, tx, RP_TEXT("right.end"), &r, where);
}

struct rp_err *
rp_right_list(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_object_kind kind, int64_t object_id, struct rp_rights *out)
{
	struct q_access_right_of_object_rows rows;
	struct rp_place where;
	bool persons;

	RP_TRY(rp_place_of(tx, rp_object_kind_name(kind), object_id, &where));
	persons = rp_actor_may(who, RP_MAY_GRANT, where) ||
		  rp_actor_may(who, RP_MAY_AUDIT, where) ||
		  rp_actor_may(who, RP_MAY_MEMBERS, where);
	RP_TRY(q_access_right_of_object(tx,
	    &(struct q_access_right_of_object_param){
		.object_kind = rp_object_kind_name(kind),
		.object_id = object_id },
	    &rows));
	*out = (struct rp_rights){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_access_right_of_object_row *row = &rows.v[i];
		struct rp_right r = {
			.id = row->id,
			.holder_kind = row->holder_kind,
			.holder = row->holder,
			.holder_id = row->holder_id,
			.person = row->person,
			.capability = rp_capability_from(row->capability),
			.object_kind = kind,
			.object_id = object_id,
			.instrument = row->instrument,
			.from_at = row->from_at,
			.until_at = row->until_at,
		};

		if (r.holder_id == 0 || persons)
			rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}

/* Who looks after the members decides who is one, and so who reads. */
static struct rp_err *
needs_to_hand_on(const struct rp_actor *who, enum rp_capability what,
    struct rp_place where)
{
	if (what == RP_MAY_READ && rp_actor_may(who, RP_MAY_MEMBERS, where))
		return NULL;
	return rp_actor_needs(who, what, where);
}

struct rp_err *
rp_right_may_confer(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text holder_kind, rp_text holder)
{
	struct q_access_right_of_object_rows rows;
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	RP_TRY(q_access_right_of_object(tx,
	    &(struct q_access_right_of_object_param){ .object_kind =
							  RP_TEXT("group"),
		.object_id = group_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_access_right_of_object_row *r = &rows.v[i];

		if (!rp_text_eq(r->holder_kind, holder_kind) ||
		    !rp_text_eq(r->holder, holder) ||
		    (r->until_at != 0 && r->until_at <= who->now))
			continue;
		RP_TRY(needs_to_hand_on(who, rp_capability_from(r->capability),
		    where));
	}
	return NULL;
}

static bool
manages_somewhere(const struct rp_actor *who)
{
	for (size_t i = 0; i < who->grants.n; i++)
		if (who->grants.v[i].capability == RP_MAY_MEMBERS ||
		    who->grants.v[i].capability == RP_MAY_ADMINISTER)
			return true;
	return who->system;
}

struct rp_err *
rp_right_may_manage(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id)
{
	struct rp_actor other = rp_actor_public(who->env, who->now);

	if (!manages_somewhere(who))
		return rp_actor_needs(who, RP_MAY_MEMBERS,
		    (struct rp_place){ 0 });
	RP_TRY(rp_actor_load(tx, person_id, &other));
	for (size_t i = 0; i < other.grants.n; i++) {
		const struct rp_grant *g = &other.grants.v[i];
		struct rp_place where;

		RP_TRY(rp_place_of(tx, rp_object_kind_name(g->kind),
		    g->object_id, &where));
		RP_TRY(needs_to_hand_on(who, g->capability, where));
	}
	return NULL;
}
