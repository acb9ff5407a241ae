#include "domain/officer.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_officer.h"
#include "store/q_person.h"

const rp_text rp_offices[RP_OFFICE_COUNT] = {
	RP_TEXT_INIT("chair"),
	RP_TEXT_INIT("vice_chair"),
	RP_TEXT_INIT("acting_chair"),
	RP_TEXT_INIT("secretary"),
};

bool
rp_office_ok(rp_text office)
{
	for (size_t i = 0; i < RP_OFFICE_COUNT; i++)
		if (rp_text_eq(office, rp_offices[i]))
			return true;
	return false;
}

static struct rp_err *
check(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    const struct rp_officer *o)
{
	struct q_person_get_row person;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEMBERS, RP_TEXT("group"),
	    group_id));
	if (!rp_office_ok(o->office) || !rp_region_ok(o->region))
		return rp_fail(RP_E_INVALID, "no such office: %.*s %.*s",
		    RP_FMT(o->office), RP_FMT(o->region));
	if (o->until_at != 0 && o->until_at <= o->from_at)
		return rp_fail(RP_E_INVALID, "a term that ends before it "
					     "begins");
	RP_TRY(
	    q_person_get(tx, &(struct q_person_get_param){ .id = o->person_id },
		&person, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no person %lld",
		    (long long)o->person_id);
	return rp_right_may_confer(who, tx, group_id, RP_TEXT("office"),
	    o->office);
}

struct rp_err *
rp_officer_appoint(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_officer *o, int64_t *out_id)
{
	struct q_officer_insert_row row;

	RP_TRY(check(who, tx, group_id, o));
	RP_TRY(q_officer_insert(tx,
	    &(struct q_officer_insert_param){ .group_id = group_id,
		.person_id = o->person_id,
		.office = o->office,
		.region = o->region,
		.from_at = o->from_at != 0 ? o->from_at : who->now,
		.until_at = o->until_at },
	    &row));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("officer.appoint"),
		.object_kind = RP_TEXT("person"),
		.object_id = o->person_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "%.*s %.*s",
		    RP_FMT(o->office), RP_FMT(o->region)) });
}

struct rp_err *
rp_officer_end(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	struct q_officer_get_row o;
	bool found;

	RP_TRY(q_officer_get(tx, &(struct q_officer_get_param){ .id = id }, &o,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no officer %lld", (long long)id);
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEMBERS, RP_TEXT("group"),
	    o.group_id));
	RP_TRY(rp_right_may_confer(who, tx, o.group_id, RP_TEXT("office"),
	    o.office));
	if (o.until_at != 0 && o.until_at <= who->now)
		return rp_fail(RP_E_GONE, "the term was over");
	RP_TRY(q_officer_end(tx,
	    &(struct q_officer_end_param){ .id = id, .until_at = who->now }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("officer.end"),
		.object_kind = RP_TEXT("person"),
		.object_id = o.person_id,
		.group_id = o.group_id,
		.before = rp_textf(rp_tx_arena(tx), "%.*s %.*s",
		    RP_FMT(o.office), RP_FMT(o.region)) });
}

struct rp_err *
rp_officer_list(struct rp_tx *tx, int64_t group_id, int64_t at,
    struct rp_officers *out)
{
	struct q_officer_list_rows rows;

	RP_TRY(q_officer_list(tx,
	    &(struct q_officer_list_param){ .group_id = group_id, .at = at },
	    &rows));
	*out = (struct rp_officers){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_officer_list_row *r = &rows.v[i];
		struct rp_officer o = {
			.id = r->id,
			.person_id = r->person_id,
			.office = r->office,
			.region = r->region,
			.from_at = r->from_at,
			.until_at = r->until_at,
			.name = r->name,
			.name_lang = r->name_lang,
			.name_latin = r->name_latin,
			.country = r->country,
		};

		rp_vec_push(rp_tx_arena(tx), out, o);
	}
	return NULL;
}
