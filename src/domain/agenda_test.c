#include "domain/agenda.h"

#include "base/check.h"
#include "domain/officer.h"
#include "domain/testing/world.h"

/* A meeting of two parts, and somebody who registers, who reads, anybody. */
struct room {
	struct world w;
	struct rp_actor clerk, reader;
	struct rp_meeting m;
	int64_t first, second; /* parts: for everybody, for members */
	int64_t opening, report, closed;
};

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

static int64_t
item(struct room *r, int64_t part_id, enum rp_report_kind kind,
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

static int64_t
document(struct room *r, const char *access)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = rp_text_z(access) };
	int64_t id = 0, number;

	RP_CHECK_OK(rp_meeting_document_add(&r->clerk, r->w.tx, &r->m, &in, &id,
	    &number));
	return id;
}

static void
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
	r->closed = item(r, r->second, RP_ITEM_TOPICS, "Choice of a topic");
	r->opening = item(r, r->first, RP_ITEM_OPENING, "Opening");
	r->report = item(r, r->first, RP_ITEM_REPORT, "Report");
}

static void
room_close(struct room *r)
{
	world_close(&r->w);
}

static struct rp_agenda
seen_by(struct room *r, const struct rp_actor *who)
{
	struct rp_agenda a = { 0 };

	RP_CHECK_OK(rp_agenda_get(who, r->w.tx, &r->m, RP_TEXT("en"), &a));
	return a;
}

static void
parts_are_seen_by_their_access(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda a;

	room_open(&r);
	a = seen_by(&r, &r.reader);
	RP_CHECK(a.parts.n == 2 && a.items.n == 3);
	RP_CHECK(a.items.v[0].id == r.opening && a.items.v[0].number == 1);
	RP_CHECK(a.items.v[2].id == r.closed && a.items.v[2].number == 3);
	RP_CHECK_TEXT(a.items.v[2].title.body, RP_TEXT("Choice of a topic"));
	RP_CHECK(a.parts.v[1].closes_at == r.m.closes_at);
	a = seen_by(&r, &r.w.nobody);
	RP_CHECK(a.parts.n == 1 && a.items.n == 2);
	RP_CHECK(rp_agenda_item_find(&a, r.closed) == NULL);
	RP_CHECK(rp_agenda_part_find(&a, r.second) == NULL);
	/* An item in no part is for members, and leaves no gap. */
	(void)item(&r, 0, RP_ITEM_OTHER, "Before all");
	a = seen_by(&r, &r.w.nobody);
	RP_CHECK(a.items.n == 2 && a.items.v[0].number == 1);
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.items.n == 4 && a.items.v[0].part_id == 0 &&
		 a.items.v[1].number == 2);
}

static void
moved(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda a;

	room_open(&r);
	RP_CHECK_OK(rp_agenda_item_move(&r.clerk, r.w.tx, &r.m, r.opening, 1));
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.items.v[0].id == r.report && a.items.v[1].id == r.opening);
	/* Not into another part, nor past the ends. */
	RP_CHECK_OK(rp_agenda_item_move(&r.clerk, r.w.tx, &r.m, r.opening, 1));
	RP_CHECK_OK(rp_agenda_item_move(&r.clerk, r.w.tx, &r.m, r.report, -1));
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.items.v[0].id == r.report && a.items.v[1].id == r.opening);
	RP_CHECK_OK(rp_agenda_part_move(&r.clerk, r.w.tx, &r.m, r.second, -1));
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.parts.v[0].id == r.second && a.items.v[0].id == r.closed);
	RP_CHECK_OK(rp_agenda_part_move(&r.clerk, r.w.tx, &r.m, r.second, -1));
	/* An item goes to another part, and with it who sees it. */
	{
		struct rp_agenda_item i = a.items.v[0];

		i.part_id = r.first;
		RP_CHECK_OK(rp_agenda_item_set(&r.clerk, r.w.tx, &r.m, &i));
	}
	RP_CHECK(seen_by(&r, &r.w.nobody).items.n == 3);
}

static void
documents_in_their_order(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda_item i;
	struct rp_agenda a;
	int64_t x, y;

	room_open(&r);
	x = document(&r, "public");
	y = document(&r, "members");
	a = seen_by(&r, &r.clerk);
	i = *rp_agenda_item_find(&a, r.report);
	rp_vec_push(r.w.a, &i.documents, y);
	rp_vec_push(r.w.a, &i.documents, x);
	RP_CHECK_OK(rp_agenda_item_set(&r.clerk, r.w.tx, &r.m, &i));
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.items.n == 3);
	i = *rp_agenda_item_find(&a, r.report);
	RP_CHECK(i.documents.n == 2 && i.documents.v[0] == y &&
		 i.documents.v[1] == x);
	rp_vec_push(r.w.a, &i.documents, x);
	RP_CHECK_FAILS(rp_agenda_item_set(&r.clerk, r.w.tx, &r.m, &i),
	    RP_E_INVALID);
	i.documents.v[2] = y + 1000;
	RP_CHECK_FAILS(rp_agenda_item_set(&r.clerk, r.w.tx, &r.m, &i),
	    RP_E_NOTFOUND);
}

static void
issued_and_adopted(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_meeting_document d;
	struct rp_agenda a;
	int64_t number, revision;

	room_open(&r);
	RP_CHECK_FAILS(rp_agenda_adopt(&r.clerk, r.w.tx, &r.m), RP_E_CONFLICT);
	RP_CHECK_OK(
	    rp_agenda_issue(&r.clerk, r.w.tx, &r.m, &number, &revision));
	RP_CHECK(revision == 0);
	RP_CHECK_OK(rp_meeting_document_get(&r.clerk, r.w.tx, &r.m, number,
	    RP_TEXT("en"), &d));
	RP_CHECK_TEXT(d.kind, RP_TEXT("agenda"));
	RP_CHECK_TEXT(d.access, RP_TEXT("members"));
	RP_CHECK_FAILS(rp_agenda_issue(&r.clerk, r.w.tx, &r.m, &number,
			   &revision),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_agenda_adopt(&r.clerk, r.w.tx, &r.m));
	a = seen_by(&r, &r.reader);
	RP_CHECK(
	    a.adopted_revision == 0 && !a.is_changed && a.document_id == d.id);
	/* Opening an item does not change the agenda, its time does. */
	RP_CHECK_OK(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m, r.opening,
	    RP_TEXT("open")));
	RP_CHECK(!seen_by(&r, &r.reader).is_changed);
	RP_CHECK_OK(rp_agenda_title_set(&r.clerk, r.w.tx, &r.m,
	    RP_TEXT("meeting_part"), r.first, RP_TEXT("en"),
	    RP_WORDING_ORIGINAL, RP_TEXT("Morning")));
	RP_CHECK(seen_by(&r, &r.reader).is_changed);
	RP_CHECK_FAILS(rp_agenda_adopt(&r.clerk, r.w.tx, &r.m), RP_E_CONFLICT);
}

static void
one_is_open(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda a;

	room_open(&r);
	RP_CHECK_OK(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m, r.opening,
	    RP_TEXT("open")));
	RP_CHECK_OK(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m, r.report,
	    RP_TEXT("open")));
	a = seen_by(&r, &r.reader);
	RP_CHECK_TEXT(rp_agenda_item_find(&a, r.opening)->state,
	    RP_TEXT("closed"));
	RP_CHECK_TEXT(rp_agenda_item_find(&a, r.report)->state,
	    RP_TEXT("open"));
	RP_CHECK_FAILS(rp_agenda_item_set_state(&r.clerk, r.w.tx, &r.m,
			   r.report, RP_TEXT("gone")),
	    RP_E_INVALID);
}

static void
removed(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda a;

	room_open(&r);
	RP_CHECK_FAILS(rp_agenda_part_remove(&r.clerk, r.w.tx, &r.m, r.second),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_agenda_item_remove(&r.clerk, r.w.tx, &r.m, r.closed));
	RP_CHECK_OK(rp_agenda_part_remove(&r.clerk, r.w.tx, &r.m, r.second));
	a = seen_by(&r, &r.clerk);
	RP_CHECK(a.parts.n == 1 && a.items.n == 2);
	RP_CHECK_FAILS(rp_agenda_item_remove(&r.clerk, r.w.tx, &r.m, r.closed),
	    RP_E_NOTFOUND);
}

static void
checked(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_meeting_part p;
	struct rp_agenda_item i = { .kind = RP_ITEM_KINDS };
	int64_t id;

	room_open(&r);
#define WRONG(field, value, problem)          \
	p = seen_by(&r, &r.clerk).parts.v[0]; \
	p.field = value;                      \
	RP_CHECK(rp_agenda_part_check(&r.clerk, &r.m, &p) == problem)
	WRONG(access, RP_TEXT("public"), RP_AGENDA_FINE);
	WRONG(access, RP_TEXT("friends"), RP_AGENDA_BAD_ACCESS);
	WRONG(opens_local, RP_TEXT("2026-12-04T09:29"), RP_AGENDA_BAD_OPENS);
	WRONG(opens_local, RP_TEXT("nine"), RP_AGENDA_BAD_OPENS);
	WRONG(closes_local, RP_TEXT("2026-12-04T09:30"), RP_AGENDA_BAD_CLOSES);
	WRONG(closes_local, RP_TEXT("2026-12-05T17:31"), RP_AGENDA_BAD_CLOSES);
#undef WRONG
	RP_CHECK(rp_agenda_item_check(&i) == RP_AGENDA_BAD_KIND);
	i = (struct rp_agenda_item){ .minutes = -1 };
	RP_CHECK(rp_agenda_item_check(&i) == RP_AGENDA_BAD_MINUTES);
	i.minutes = RP_AGENDA_MINUTES_MAX + 1;
	RP_CHECK(rp_agenda_item_check(&i) == RP_AGENDA_BAD_MINUTES);
	/* Who presides has an office. */
	p = seen_by(&r, &r.clerk).parts.v[0];
	p.chair_id = r.reader.person_id;
	RP_CHECK_FAILS(rp_agenda_part_set(&r.clerk, r.w.tx, &r.m, &p),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_officer_appoint(&r.w.system, r.w.tx, r.w.group_id,
	    &(struct rp_officer){ .person_id = r.reader.person_id,
		.office = RP_TEXT("vice_chair") },
	    &id));
	RP_CHECK_OK(rp_agenda_part_set(&r.clerk, r.w.tx, &r.m, &p));
	RP_CHECK_TEXT(seen_by(&r, &r.w.nobody).parts.v[0].chair, RP_TEXT("R"));
}

static void
refused(void)
{
	RP_AUTO(room_close) struct room r;
	struct rp_agenda_item i = { .kind = RP_ITEM_OTHER };
	struct rp_meeting_part p;
	struct rp_wordings x, y;
	int64_t id, n;

	room_open(&r);
	p = seen_by(&r, &r.clerk).parts.v[0];
	for (int k = 0; k < 2; k++) {
		const struct rp_actor *who = k ? &r.reader : &r.w.nobody;
		enum rp_ecode code = k ? RP_E_DENIED : RP_E_UNKNOWN;
		struct rp_tx *tx = r.w.tx;

#define NO(call) RP_CHECK_FAILS(call, code)
		NO(rp_agenda_part_add(who, tx, &r.m, &p, &id));
		NO(rp_agenda_part_set(who, tx, &r.m, &p));
		NO(rp_agenda_part_move(who, tx, &r.m, r.first, 1));
		NO(rp_agenda_part_remove(who, tx, &r.m, r.first));
		NO(rp_agenda_item_add(who, tx, &r.m, &i, &id));
		NO(rp_agenda_item_set(who, tx, &r.m, &i));
		NO(rp_agenda_item_move(who, tx, &r.m, r.opening, 1));
		NO(rp_agenda_item_remove(who, tx, &r.m, r.opening));
		NO(rp_agenda_item_set_state(who, tx, &r.m, r.opening,
		    RP_TEXT("open")));
		NO(rp_agenda_title_set(who, tx, &r.m, RP_TEXT("agenda_item"),
		    r.opening, RP_TEXT("en"), RP_WORDING_ORIGINAL,
		    RP_TEXT("X")));
		NO(rp_agenda_titles(who, tx, &r.m, &x, &y));
		NO(rp_agenda_issue(who, tx, &r.m, &id, &n));
		NO(rp_agenda_adopt(who, tx, &r.m));
#undef NO
	}
	RP_CHECK(seen_by(&r, &r.clerk).items.n == 3);
}

RP_CHECK_MAIN({ "parts are seen by their access",
		  parts_are_seen_by_their_access },
    { "moved", moved },
    { "documents in their order", documents_in_their_order },
    { "issued and adopted", issued_and_adopted },
    { "one is open", one_is_open }, { "removed", removed },
    { "checked", checked }, { "refused", refused })
