#include "domain/outbox.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"
#include "store/q_response.h"

static void
put(struct world *w, const char *kind, const char *object_kind, int64_t id)
{
	RP_CHECK_OK(q_outbox_insert(w->tx,
	    &(struct q_outbox_insert_param){ .kind = rp_text_z(kind),
		.recipient = RP_TEXT("ana@example.org"),
		.lang = RP_TEXT("es"),
		.object_kind = rp_text_z(object_kind),
		.object_id = id,
		.note = RP_TEXT(""),
		.now = WORLD_NOW }));
}

static void
seen_where_the_object_lies(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor near, far, other;
	struct rp_notifications all;
	int64_t next;

	world_open(&w);
	put(&w, "extended", "consultation", w.consultation_id);
	put(&w, "invitation", "person", 1);
	near = world_staff(&w, "Near", RP_MAY_CONTACT, RP_ON_GROUP, w.group_id);
	far =
	    world_staff(&w, "Far", RP_MAY_CONTACT, RP_ON_GROUP, w.group_id + 9);
	other = world_staff(&w, "Other", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(rp_outbox_list(&near, w.tx, RP_TEXT(""), 0, &all, &next));
	RP_CHECK(all.n == 1 && next == 0);
	RP_CHECK_TEXT(all.v[0].kind, RP_TEXT("extended"));
	RP_CHECK_OK(rp_outbox_list(&far, w.tx, RP_TEXT(""), 0, &all, &next));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_outbox_list(&other, w.tx, RP_TEXT(""), 0, &all,
			   &next),
	    RP_E_DENIED);
	RP_CHECK_OK(
	    rp_outbox_list(&w.system, w.tx, RP_TEXT(""), 0, &all, &next));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(all.v[0].kind, RP_TEXT("invitation"));
}

static void
marked_once_with_an_event(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_filter f = { .object_kind = RP_TEXT("consultation") };
	struct rp_actor clerk, other;
	struct rp_notifications all;
	struct rp_events events;
	int64_t next, id;

	world_open(&w);
	put(&w, "extended", "consultation", w.consultation_id);
	clerk =
	    world_staff(&w, "Clerk", RP_MAY_CONTACT, RP_ON_GROUP, w.group_id);
	other = world_staff(&w, "Other", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_OK(
	    rp_outbox_list(&clerk, w.tx, RP_TEXT("waiting"), 0, &all, &next));
	id = all.v[0].id;
	RP_CHECK_FAILS(rp_outbox_mark_sent(&other, w.tx, id), RP_E_DENIED);
	RP_CHECK_FAILS(rp_outbox_mark_sent(&clerk, w.tx, id + 1),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_outbox_mark_sent(&clerk, w.tx, id));
	RP_CHECK_FAILS(rp_outbox_mark_sent(&clerk, w.tx, id), RP_E_CONFLICT);
	RP_CHECK_OK(
	    rp_outbox_list(&clerk, w.tx, RP_TEXT("waiting"), 0, &all, &next));
	RP_CHECK(all.n == 0);
	f.object_id = w.consultation_id;
	RP_CHECK_OK(rp_event_list(&w.system, w.tx, &f, &events));
	RP_CHECK(events.n == 1);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("outbox.sent"));
}

static void
paged(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_notifications one, two;
	int64_t next;

	world_open(&w);
	for (int i = 0; i < RP_OUTBOX_PAGE + 2; i++)
		put(&w, "extended", "consultation", w.consultation_id);
	RP_CHECK_OK(
	    rp_outbox_list(&w.system, w.tx, RP_TEXT(""), 0, &one, &next));
	RP_CHECK(one.n == RP_OUTBOX_PAGE && next == one.v[one.n - 1].id);
	RP_CHECK_OK(
	    rp_outbox_list(&w.system, w.tx, RP_TEXT(""), next, &two, &next));
	RP_CHECK(two.n == 2 && next == 0);
}

RP_CHECK_MAIN({ "seen where the object lies", seen_where_the_object_lies },
    { "marked once, with an event", marked_once_with_an_event },
    { "paged", paged })
