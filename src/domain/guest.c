#include "domain/guest.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/event.h"
#include "domain/one_time.h"
#include "domain/person.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_guest.h"
#include "store/q_person.h"
#include "text/email.h"
#include "text/input.h"
#include "text/zone.h"

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id);
}

static struct rp_err *
item(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    int64_t item_id)
{
	struct q_guest_item_row row;
	bool found;

	RP_TRY(needs(who, tx, m));
	RP_TRY(q_guest_item(tx,
	    &(struct q_guest_item_param){ .meeting_id = m->id,
		.item_id = item_id },
	    &row, &found));
	return found ? NULL : rp_fail(RP_E_NOTFOUND, "no such item");
}

struct rp_err *
rp_guest_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, struct rp_guests *out)
{
	struct q_guests_rows rows;

	RP_TRY(item(who, tx, m, item_id));
	RP_TRY(q_guests(tx, &(struct q_guests_param){ .item_id = item_id },
	    &rows));
	*out = (struct rp_guests){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_guests_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_guest){ .id = r->id,
			.person_id = r->person_id,
			.name = r->name,
			.instrument = r->instrument,
			.from_at = r->from_at,
			.until_at = r->until_at,
			.admitted_at = r->admitted_at,
			.admitted_by = r->admitted_by,
			.ended_at = r->ended_at,
			.ended_by = r->ended_by }));
	}
	return NULL;
}

static bool
instant(const struct rp_actor *who, const struct rp_meeting *m, rp_text local,
    int64_t *out)
{
	struct rp_err *e =
	    rp_zone_resolve(who->env->zones, local, m->zone, out);

	rp_err_free(e);
	return e == NULL;
}

enum rp_guest_problem
rp_guest_check(const struct rp_actor *who, const struct rp_meeting *m,
    struct rp_guest *g)
{
	if (!instant(who, m, g->from_local, &g->from_at))
		return RP_GUEST_BAD_FROM;
	if (!instant(who, m, g->until_local, &g->until_at) ||
	    g->until_at <= g->from_at || g->until_at <= who->now ||
	    g->until_at - g->from_at > RP_GUEST_SPAN_MAX_DAYS * RP_DAY)
		return RP_GUEST_BAD_UNTIL;
	if (rp_text_blank(g->instrument) || g->instrument.n > RP_INSTRUMENT_MAX)
		return RP_GUEST_BAD_INSTRUMENT;
	return RP_GUEST_FINE;
}

/*
 * Somebody new has no right, so whoever admits guests may enter him; an account
 * that is there already is nobody's to hand out here.
 */
static struct rp_actor
maker(const struct rp_actor *who)
{
	struct rp_actor a = *who;

	a.system = true;
	return a;
}

struct rp_err *
rp_guest_person(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text address, const struct rp_person *person,
    int64_t *out_id, bool *out_is_new)
{
	struct rp_actor by = maker(who);
	struct q_person_by_address_row row;
	struct q_person_get_row found_person;
	struct rp_email email;
	bool found;

	RP_TRY(needs(who, tx, m));
	RP_TRY(
	    rp_email_parse(rp_tx_arena(tx), who->env->names, address, &email));
	RP_TRY(q_person_by_address(tx,
	    &(struct q_person_by_address_param){ .address_key = email.key },
	    &row, &found));
	*out_is_new = !found;
	if (!found) {
		RP_TRY(rp_person_add(&by, tx, person, out_id));
		return rp_person_address_add(&by, tx, *out_id, address);
	}
	*out_id = row.person_id;
	RP_TRY(q_person_get(tx,
	    &(struct q_person_get_param){ .id = row.person_id }, &found_person,
	    &found));
	if (!found || !rp_text_eq(found_person.state, RP_TEXT("active")))
		return rp_fail(RP_E_GONE, "person %lld is closed",
		    (long long)row.person_id);
	return NULL;
}

struct rp_err *
rp_guest_invite(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t person_id, rp_text *out_secret)
{
	struct rp_actor by = maker(who);
	struct rp_actor guest = rp_actor_public(who->env, who->now);
	struct q_person_get_row row;
	bool found;

	RP_TRY(needs(who, tx, m));
	RP_TRY(rp_actor_load(tx, person_id, &guest));
	RP_TRY(q_person_get(tx, &(struct q_person_get_param){ .id = person_id },
	    &row, &found));
	/* Made in this instant, and nothing but a guest. */
	if (!found || row.created_at != who->now || guest.grants.n > 0)
		return rp_fail(RP_E_DENIED, "person %lld is not new",
		    (long long)person_id);
	return rp_one_time_make(&by, tx, RP_ONE_TIME_INVITATION, person_id,
	    out_secret);
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    rp_text action, int64_t item_id, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("agenda_item"),
		.object_id = item_id,
		.group_id = m->group_id,
		.after = after });
}

static struct rp_err *
is_free(const struct rp_actor *who, const struct rp_guests *all,
    const struct rp_guest *in)
{
	if (all->n >= RP_GUESTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d guests", RP_GUESTS_MAX);
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].person_id == in->person_id &&
		    all->v[i].until_at > who->now)
			return rp_fail(RP_E_CONFLICT, "is a guest already");
	}
	return NULL;
}

struct rp_err *
rp_guest_admit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_guest *in,
    int64_t *out_id)
{
	struct q_guest_insert_row row;
	struct q_person_get_row person;
	struct rp_guest g = *in;
	struct rp_guests all;
	bool found;

	RP_TRY(rp_guest_list(who, tx, m, item_id, &all));
	if (rp_guest_check(who, m, &g) != RP_GUEST_FINE)
		return rp_fail(RP_E_INVALID, "not an admission");
	RP_TRY(is_free(who, &all, &g));
	RP_TRY(
	    q_person_get(tx, &(struct q_person_get_param){ .id = g.person_id },
		&person, &found));
	if (!found || !rp_text_eq(person.state, RP_TEXT("active")))
		return rp_fail(RP_E_NOTFOUND, "no such person");
	RP_TRY(q_guest_insert(tx,
	    &(struct q_guest_insert_param){ .item_id = item_id,
		.person_id = g.person_id,
		.instrument = g.instrument,
		.from_at = g.from_at,
		.until_at = g.until_at,
		.now = who->now,
		.admitted_by = who->person_id },
	    &row));
	*out_id = row.id;
	return event(who, tx, m, RP_TEXT("guest.admit"), item_id,
	    rp_textf(rp_tx_arena(tx),
		"no. %lld: person %lld by \"%.*s\" from %.*s until %.*s",
		(long long)row.id, (long long)g.person_id, RP_FMT(g.instrument),
		RP_FMT(g.from_local), RP_FMT(g.until_local)));
}

struct rp_err *
rp_guest_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	struct rp_guests all;
	bool known = false;
	int64_t n;

	RP_TRY(rp_guest_list(who, tx, m, item_id, &all));
	for (size_t i = 0; i < all.n; i++)
		known |= all.v[i].id == id;
	if (!known)
		return rp_fail(RP_E_NOTFOUND, "no such guest");
	RP_TRY(q_guest_end(tx,
	    &(struct q_guest_end_param){ .id = id,
		.item_id = item_id,
		.now = who->now,
		.ended_by = who->person_id },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_GONE, "had ended");
	return event(who, tx, m, RP_TEXT("guest.end"), item_id,
	    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)id));
}
