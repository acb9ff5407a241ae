#include "domain/testing/room.h"

#include "base/check.h"
#include "domain/party.h"

static int64_t
part(struct room *r, const char *access, const char *opens, const char *closes)
{
	struct rp_meeting_part p = { .access = rp_text_z(access),
		.opens_local = rp_text_z(opens),
		.closes_local = rp_text_z(closes) };
	int64_t id = 0;

	RP_CHECK_OK(rp_agenda_part_add(&r->clerk, r->w.tx, &r->m, &p, &id));
	return id;
}

int64_t
room_item(struct room *r, int64_t part_id, enum rp_report_kind kind,
    const char *title)
{
	struct rp_agenda_item i = { .part_id = part_id,
		.kind = kind,
		.minutes = 10 };
	int64_t id = 0;

	RP_CHECK_OK(rp_agenda_item_add(&r->clerk, r->w.tx, &r->m, &i, &id));
	RP_CHECK_OK(rp_agenda_title_set(&r->clerk, r->w.tx, &r->m,
	    RP_TEXT("agenda_item"), id, RP_TEXT("en"), RP_WORDING_ORIGINAL,
	    rp_text_z(title)));
	return id;
}

int64_t
room_document(struct room *r, const char *access)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = rp_text_z(access) };
	int64_t id = 0, number;

	RP_CHECK_OK(rp_meeting_document_add(&r->clerk, r->w.tx, &r->m, &in, &id,
	    &number));
	return id;
}

void
room_open(struct room *r)
{
	struct rp_meeting m = { .series = RP_TEXT("WG-Water"),
		.ordinal = 20,
		.zone = RP_TEXT("Europe/Zurich"),
		.opens_local = RP_TEXT("2026-12-04T09:30"),
		.closes_local = RP_TEXT("2026-12-05T17:30"),
		.place = RP_TEXT("Geneva"),
		.mode = RP_TEXT("hybrid") };
	int64_t id;

	*r = (struct room){ 0 };
	world_open(&r->w);
	r->clerk =
	    world_staff(&r->w, "C", RP_MAY_MEET, RP_ON_GROUP, r->w.group_id);
	r->reader =
	    world_staff(&r->w, "R", RP_MAY_READ, RP_ON_GROUP, r->w.group_id);
	m.group_id = r->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&r->clerk, r->w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&r->clerk, r->w.tx, id, &r->m));
	r->first = part(r, "public", "2026-12-04T09:30", "2026-12-04T13:00");
	r->second = part(r, "members", "2026-12-04T14:30", "2026-12-05T17:30");
	r->closed =
	    room_item(r, r->second, RP_ITEM_TOPICS, "Choice of a topic");
	r->opening = room_item(r, r->first, RP_ITEM_OPENING, "Opening");
	r->report = room_item(r, r->first, RP_ITEM_REPORT, "Report");
}

void
room_close(struct room *r)
{
	world_close(&r->w);
}

struct rp_agenda
room_agenda(struct room *r, const struct rp_actor *who)
{
	struct rp_agenda a = { 0 };

	RP_CHECK_OK(rp_agenda_get(who, r->w.tx, &r->m, RP_TEXT("en"), &a));
	return a;
}

void
room_call(struct room *r, int64_t item_id, int64_t document_id)
{
	struct rp_agenda a = room_agenda(r, &r->clerk);
	struct rp_agenda_item i = *rp_agenda_item_find(&a, item_id);

	rp_vec_push(r->w.a, &i.documents, document_id);
	RP_CHECK_OK(rp_agenda_item_set(&r->clerk, r->w.tx, &r->m, &i));
}

int64_t
room_party(struct room *r, const char *slug)
{
	struct rp_party p = { .body_id = r->w.body_id,
		.slug = rp_text_z(slug) };
	int64_t id = 0;

	RP_CHECK_OK(rp_party_add(&r->w.system, r->w.tx, &p, &id));
	return id;
}
