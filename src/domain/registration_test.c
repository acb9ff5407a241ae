#include "domain/registration.h"

#include "base/check.h"
#include "domain/person.h"
#include "domain/testing/room.h"

struct desk {
	struct room r;
	int64_t kenya, peru;
	struct rp_actor ken, kim, per; /* of Kenya, of Kenya, of Peru */
};

static struct rp_actor
delegate(struct room *r, const char *name, int64_t party_id)
{
	struct rp_actor who =
	    world_staff(&r->w, name, RP_MAY_READ, RP_ON_GROUP, r->w.group_id);
	struct rp_person p;

	RP_CHECK_OK(rp_person_get(&r->w.system, r->w.tx, who.person_id, &p));
	p.party_id = party_id;
	RP_CHECK_OK(rp_person_change(&r->w.system, r->w.tx, &p));
	return who;
}

static void
desk_open(struct desk *d)
{
	room_open(&d->r);
	d->kenya = room_party(&d->r, "kenya");
	d->peru = room_party(&d->r, "peru");
	d->ken = delegate(&d->r, "Ken", d->kenya);
	d->kim = delegate(&d->r, "Kim", d->kenya);
	d->per = delegate(&d->r, "Per", d->peru);
}

static void
desk_close(struct desk *d)
{
	room_close(&d->r);
}

static struct rp_registration
form(const char *mode)
{
	return (struct rp_registration){ .title = RP_TEXT("Counsellor"),
		.mode = rp_text_z(mode),
		.needs = RP_TEXT("captions") };
}

static struct rp_registering
of(struct desk *d, const struct rp_actor *who)
{
	struct rp_registering out = { 0 };

	RP_CHECK_OK(rp_registering_get(who, d->r.w.tx, &d->r.m, &out));
	return out;
}

static void
confirmed_by_the_focal_point(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_registration f = form("remote");
	struct rp_registrations all;
	struct rp_registering mine;
	int64_t id;

	desk_open(&d);
	f.party_id = d.peru; /* whom he is not of */
	RP_CHECK_OK(rp_registration_ask(&d.ken, d.r.w.tx, &d.r.m, &f));
	mine = of(&d, &d.ken);
	id = mine.own.id;
	RP_CHECK(mine.own.party_id == d.kenya && !mine.is_focal);
	RP_CHECK_TEXT(mine.own.name, RP_TEXT("Ken"));
	RP_CHECK_TEXT(mine.own.state, RP_TEXT("requested"));
	RP_CHECK_FAILS(rp_registration_decide(&d.kim, d.r.w.tx, &d.r.m, id,
			   true),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_focal_point_set(&d.r.clerk, d.r.w.tx, d.r.w.group_id,
	    d.kim.person_id));
	RP_CHECK_OK(rp_focal_point_set(&d.r.clerk, d.r.w.tx, d.r.w.group_id,
	    d.per.person_id));
	RP_CHECK_FAILS(rp_registration_decide(&d.per, d.r.w.tx, &d.r.m, id,
			   true),
	    RP_E_NOTFOUND);
	RP_CHECK(of(&d, &d.per).to_confirm.n == 0);
	mine = of(&d, &d.kim);
	RP_CHECK(mine.is_focal && mine.to_confirm.n == 1 &&
		 mine.to_confirm.v[0].needs.n == 0);
	RP_CHECK_OK(rp_participant_list(&d.per, d.r.w.tx, &d.r.m, &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_OK(rp_registration_decide(&d.kim, d.r.w.tx, &d.r.m, id, true));
	RP_CHECK_OK(rp_participant_list(&d.per, d.r.w.tx, &d.r.m, &all));
	RP_CHECK(all.n == 1 && all.v[0].needs.n == 0);
	RP_CHECK_OK(rp_registration_list(&d.r.clerk, d.r.w.tx, &d.r.m, &all));
	RP_CHECK_TEXT(all.v[0].needs, RP_TEXT("captions"));
	/* A change stays confirmed; who withdrew asks anew. */
	RP_CHECK_OK(rp_registration_ask(&d.ken, d.r.w.tx, &d.r.m, &f));
	RP_CHECK_TEXT(of(&d, &d.ken).own.state, RP_TEXT("confirmed"));
	RP_CHECK_OK(rp_registration_withdraw(&d.ken, d.r.w.tx, &d.r.m));
	RP_CHECK_FAILS(rp_registration_decide(&d.kim, d.r.w.tx, &d.r.m, id,
			   true),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_registration_ask(&d.ken, d.r.w.tx, &d.r.m, &f));
	RP_CHECK(of(&d, &d.ken).own.id == id);
	RP_CHECK_TEXT(of(&d, &d.ken).own.state, RP_TEXT("requested"));
	RP_CHECK_OK(rp_focal_point_end(&d.r.clerk, d.r.w.tx, d.r.w.group_id,
	    d.kenya, d.kim.person_id));
	RP_CHECK(!of(&d, &d.kim).is_focal);
}

static void
entered_by_the_desk(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_registration f = form("in_person");
	struct rp_registrations all;
	int64_t id;

	desk_open(&d);
	f.name = RP_TEXT("Ms. Guest");
	RP_CHECK_OK(
	    rp_registration_enter(&d.r.clerk, d.r.w.tx, &d.r.m, &f, &id));
	RP_CHECK_OK(rp_participant_list(&d.ken, d.r.w.tx, &d.r.m, &all));
	RP_CHECK(all.n == 1 && all.v[0].id == id && all.v[0].party_id == 0);
	RP_CHECK_OK(
	    rp_registration_decide(&d.r.clerk, d.r.w.tx, &d.r.m, id, false));
	RP_CHECK_OK(rp_participant_list(&d.ken, d.r.w.tx, &d.r.m, &all));
	RP_CHECK(all.n == 0);
}

static void
checked(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_registration f = form("in_person");

	desk_open(&d);
	RP_CHECK(rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_BAD_NAME);
	f.name = RP_TEXT("A");
	RP_CHECK(rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_FINE);
	f.mode = RP_TEXT("by_letter");
	RP_CHECK(rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_BAD_MODE);
	f.mode = RP_TEXT("in_person");
	d.r.m.mode = RP_TEXT("remote");
	RP_CHECK(rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_BAD_MODE);
	d.r.m.mode = RP_TEXT("in_person");
	f.title.n = RP_REGISTRATION_TITLE_MAX + 1;
	RP_CHECK(
	    rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_BAD_TITLE);
	f.title.n = 0;
	f.needs.n = RP_REGISTRATION_NEEDS_MAX + 1;
	RP_CHECK(
	    rp_registration_check(&d.r.m, &f) == RP_REGISTRATION_BAD_NEEDS);
}

static void
refused(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_registration f = form("in_person");
	struct rp_registering mine;
	struct rp_registrations all;
	struct rp_focal_points points;
	struct rp_actor other;
	int64_t id;

	desk_open(&d);
	f.name = RP_TEXT("X");
	other = world_staff(&d.r.w, "O", RP_MAY_LAUNCH, RP_ON_GROUP,
	    d.r.w.group_id);
	RP_CHECK_FAILS(rp_registering_get(&d.r.w.nobody, d.r.w.tx, &d.r.m,
			   &mine),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_registration_ask(&d.r.w.nobody, d.r.w.tx, &d.r.m, &f),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_registration_ask(&other, d.r.w.tx, &d.r.m, &f),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_participant_list(&d.r.w.nobody, d.r.w.tx, &d.r.m,
			   &all),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_participant_list(&other, d.r.w.tx, &d.r.m, &all),
	    RP_E_NOTFOUND);
	for (int k = 0; k < 2; k++) {
		const struct rp_actor *who = k ? &d.ken : &d.r.w.nobody;
		enum rp_ecode code = k ? RP_E_DENIED : RP_E_UNKNOWN;
		struct rp_tx *tx = d.r.w.tx;

#define NO(call) RP_CHECK_FAILS(call, code)
		NO(rp_registration_list(who, tx, &d.r.m, &all));
		NO(rp_registration_enter(who, tx, &d.r.m, &f, &id));
		NO(rp_focal_point_list(who, tx, d.r.w.group_id, &points));
		NO(rp_focal_point_set(who, tx, d.r.w.group_id,
		    d.ken.person_id));
		NO(rp_focal_point_end(who, tx, d.r.w.group_id, d.kenya,
		    d.ken.person_id));
#undef NO
	}
	RP_CHECK_FAILS(rp_registration_decide(&d.r.w.nobody, d.r.w.tx, &d.r.m,
			   1, true),
	    RP_E_UNKNOWN);
}

RP_CHECK_MAIN({ "confirmed by the focal point", confirmed_by_the_focal_point },
    { "entered by the desk", entered_by_the_desk }, { "checked", checked },
    { "refused", refused })
