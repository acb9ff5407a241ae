#include "domain/guest.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/meeting_document.h"
#include "domain/person.h"
#include "domain/speakers.h"
#include "domain/testing/room.h"
#include "text/names.h"

static struct rp_guest
admission(int64_t person_id)
{
	return (struct rp_guest){ .person_id = person_id,
		.instrument = RP_TEXT("Chair's invitation of 1 November"),
		.from_local = RP_TEXT("2026-11-20T09:00"),
		.until_local = RP_TEXT("2026-12-05T17:30") };
}

static struct rp_meeting_documents
documents(struct room *r, const struct rp_actor *who)
{
	struct rp_meeting_documents all = { 0 };

	RP_CHECK_OK(
	    rp_meeting_document_list(who, r->w.tx, &r->m, RP_TEXT("en"), &all));
	return all;
}

static void
post(struct room *r, int64_t id)
{
	struct rp_meeting_documents all = documents(r, &r->clerk);

	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id == id)
			RP_CHECK_OK(rp_meeting_document_set_state(&r->clerk,
			    r->w.tx, &r->m, &all.v[i], RP_TEXT("posted")));
	}
}

static void
sees_one_item_and_nothing_else(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_actor guest, later;
	struct rp_meeting_documents d;
	struct rp_speakers s;
	struct rp_guest in;
	struct rp_agenda a;
	int64_t id, other, called, loose, received;

	room_open(&r);
	guest = world_staff(&r.w, "G", RP_MAY_NOTHING, RP_ON_GROUP, 0);
	other = room_item(&r, r.second, RP_ITEM_OTHER, "Another");
	called = room_document(&r, "members");
	loose = room_document(&r, "members");
	received = room_document(&r, "members");
	room_call(&r, r.closed, called);
	room_call(&r, r.closed, received);
	room_call(&r, other, loose);
	post(&r, called);
	post(&r, loose);
	RP_CHECK(documents(&r, &guest).n == 0);
	RP_CHECK_FAILS(rp_speakers_get(&guest, r.w.tx, &r.m, r.closed,
			   RP_TEXT("en"), &s),
	    RP_E_NOTFOUND);

	in = admission(guest.person_id);
	RP_CHECK_OK(rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in, &id));
	guest = world_again(&r.w, &guest);
	RP_CHECK(guest.grants.n == 0 && guest.guest_of.n == 1);
	RP_CHECK(!rp_actor_is_staff(&guest));
	a = room_agenda(&r, &guest);
	RP_CHECK(a.parts.n == 1 && a.parts.v[0].id == r.first);
	RP_CHECK(a.items.n == 3 && rp_agenda_item_find(&a, r.closed) != NULL);
	RP_CHECK(rp_agenda_item_find(&a, r.closed)->part_id == 0);
	RP_CHECK(rp_agenda_item_find(&a, other) == NULL);
	d = documents(&r, &guest);
	RP_CHECK(d.n == 1 && d.v[0].id == called && !d.v[0].is_title_only);
	RP_CHECK_OK(
	    rp_speakers_get(&guest, r.w.tx, &r.m, r.closed, RP_TEXT("en"), &s));
	RP_CHECK(s.is_guest && !s.reads && !s.may_ask && !s.may_lead);
	RP_CHECK_FAILS(rp_speakers_get(&guest, r.w.tx, &r.m, other,
			   RP_TEXT("en"), &s),
	    RP_E_NOTFOUND);
	/* Members see what they saw. */
	RP_CHECK(room_agenda(&r, &r.reader).items.n == 4);

	later = guest;
	later.now = INT64_C(1796500000000); /* 2026-12-05T20:26Z */
	later = world_again(&r.w, &later);
	RP_CHECK(later.guest_of.n == 0);
	RP_CHECK(room_agenda(&r, &later).items.n == 2);
	RP_CHECK(documents(&r, &later).n == 0);
}

static void
ends(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_actor guest;
	struct rp_guests all;
	struct rp_guest in;
	int64_t id, again;

	room_open(&r);
	guest = world_staff(&r.w, "G", RP_MAY_NOTHING, RP_ON_GROUP, 0);
	in = admission(guest.person_id);
	RP_CHECK_OK(rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in, &id));
	RP_CHECK_FAILS(rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in,
			   &again),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_guest_end(&r.reader, r.w.tx, &r.m, r.closed, id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_guest_end(&r.clerk, r.w.tx, &r.m, r.opening, id),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_guest_end(&r.clerk, r.w.tx, &r.m, r.closed, id));
	RP_CHECK_FAILS(rp_guest_end(&r.clerk, r.w.tx, &r.m, r.closed, id),
	    RP_E_GONE);
	RP_CHECK(world_again(&r.w, &guest).guest_of.n == 0);
	RP_CHECK_OK(
	    rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in, &again));
	RP_CHECK_OK(rp_guest_list(&r.clerk, r.w.tx, &r.m, r.closed, &all));
	RP_CHECK(all.n == 2 && all.v[1].ended_at == WORLD_NOW &&
		 all.v[0].ended_at == 0);
	RP_CHECK_TEXT(all.v[1].ended_by, RP_TEXT("C"));
	RP_CHECK_TEXT(all.v[1].admitted_by, RP_TEXT("C"));
	/* What was open to somebody is not forgotten with the item. */
	RP_CHECK_FAILS(rp_agenda_item_remove(&r.clerk, r.w.tx, &r.m, r.closed),
	    RP_E_CONFLICT);
}

static void
checked(void)
{
	const struct {
		const char *from, *until, *instrument;
		enum rp_guest_problem want;
	} rows[] = {
		{ "2026-11-20T09:00", "2026-12-05T17:30", "D", RP_GUEST_FINE },
		{ "noon", "2026-12-05T17:30", "D", RP_GUEST_BAD_FROM },
		{ "2026-12-05T09:00", "", "D", RP_GUEST_BAD_UNTIL },
		{ "2026-12-05T09:00", "2026-12-05T09:00", "D",
		    RP_GUEST_BAD_UNTIL },
		{ "2026-11-01T09:00", "2026-11-02T09:00", "D",
		    RP_GUEST_BAD_UNTIL },
		{ "2026-12-05T09:00", "2028-12-05T09:00", "D",
		    RP_GUEST_BAD_UNTIL },
		{ "2026-12-05T09:00", "2026-12-05T19:00", " ",
		    RP_GUEST_BAD_INSTRUMENT },
	};
	RP_AUTO(room_close) struct room r;
	struct rp_guest in;
	int64_t id;

	room_open(&r);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		in = (struct rp_guest){ .from_local = rp_text_z(rows[i].from),
			.until_local = rp_text_z(rows[i].until),
			.instrument = rp_text_z(rows[i].instrument) };
		RP_CHECK(rp_guest_check(&r.clerk, &r.m, &in) == rows[i].want);
	}
	in = admission(r.reader.person_id);
	in.until_local = RP_TEXT("");
	RP_CHECK_FAILS(rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in,
			   &id),
	    RP_E_INVALID);
	in = admission(9999);
	RP_CHECK_FAILS(rp_guest_admit(&r.clerk, r.w.tx, &r.m, r.closed, &in,
			   &id),
	    RP_E_NOTFOUND);
	in = admission(r.reader.person_id);
	RP_CHECK_FAILS(rp_guest_admit(&r.clerk, r.w.tx, &r.m, 9999, &in, &id),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_guest_admit(&r.reader, r.w.tx, &r.m, r.closed, &in,
			   &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_guest_admit(&r.w.nobody, r.w.tx, &r.m, r.closed, &in,
			   &id),
	    RP_E_UNKNOWN);
}

static void
invited(void)
{
	RP_AUTO(room_close) struct room r;
	const struct rp_person eve = { .name = RP_TEXT("Eve"),
		.name_lang = RP_TEXT("en"),
		.lang = RP_TEXT("fr"),
		.zone = RP_TEXT("UTC") };
	rp_text secret;
	int64_t id = 0, again = 0;
	bool is_new = false;

	room_open(&r);
	RP_CHECK_OK(rp_names_open(r.w.a, NULL, &r.w.env.names));
	RP_CHECK_FAILS(rp_guest_person(&r.reader, r.w.tx, &r.m,
			   RP_TEXT("eve@example.org"), &eve, &id, &is_new),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_guest_person(&r.clerk, r.w.tx, &r.m, RP_TEXT("eve"),
			   &eve, &id, &is_new),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_guest_person(&r.clerk, r.w.tx, &r.m,
	    RP_TEXT("eve@example.org"), &eve, &id, &is_new));
	RP_CHECK(is_new);
	RP_CHECK_OK(rp_guest_invite(&r.clerk, r.w.tx, &r.m, id, &secret));
	RP_CHECK(secret.n > 0);
	RP_CHECK_OK(rp_guest_person(&r.clerk, r.w.tx, &r.m,
	    RP_TEXT("eve@EXAMPLE.org"), &eve, &again, &is_new));
	RP_CHECK(!is_new && again == id);
	/* An account that is there already is not handed out. */
	r.clerk.now += RP_SECOND;
	RP_CHECK_FAILS(rp_guest_invite(&r.clerk, r.w.tx, &r.m, id, &secret),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "sees one item and nothing else",
		  sees_one_item_and_nothing_else },
    { "ends", ends }, { "checked", checked }, { "invited", invited })
