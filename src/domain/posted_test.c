#include "domain/posted.h"

#include "base/check.h"
#include "domain/testing/world.h"

static int64_t
meet(struct world *w, const struct rp_actor *who, int64_t ordinal,
    struct rp_meeting *out)
{
	struct rp_meeting m = { .group_id = w->group_id,
		.series = RP_TEXT("WG-Water"),
		.ordinal = ordinal,
		.zone = RP_TEXT("UTC"),
		.opens_local = RP_TEXT("2026-12-04T09:30"),
		.closes_local = RP_TEXT("2026-12-05T17:30"),
		.place = RP_TEXT("Geneva"),
		.mode = RP_TEXT("hybrid") };
	int64_t id;

	RP_CHECK_OK(rp_meeting_create(who, w->tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(who, w->tx, id, out));
	return id;
}

static void
add(struct world *w, struct rp_actor *who, const struct rp_meeting *m,
    const char *access, bool title_public, bool post)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = rp_text_z(access),
		.is_title_public = title_public };
	struct rp_meeting_document d;
	int64_t id, number;

	who->now++;
	RP_CHECK_OK(rp_meeting_document_add(who, w->tx, m, &in, &id, &number));
	RP_CHECK_OK(rp_wording_set(who, w->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = id,
		.field = RP_TEXT("title"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, rp_textf(w->a, "%s %d", access, (int)number)));
	RP_CHECK_OK(
	    rp_meeting_document_get(who, w->tx, m, number, RP_TEXT("en"), &d));
	if (post)
		RP_CHECK_OK(rp_meeting_document_set_state(who, w->tx, m, &d,
		    RP_TEXT("posted")));
}

static void
newest_first_by_rights(void)
{
	struct rp_actor who, member;
	struct rp_posted_list all;
	struct rp_meeting one, two;
	struct world w;

	world_open(&w);
	who = world_staff(&w, "S", RP_MAY_MEET, RP_ON_GROUP, w.group_id);
	member = world_staff(&w, "M", RP_MAY_READ, RP_ON_GROUP, w.group_id);
	meet(&w, &who, 1, &one);
	meet(&w, &who, 2, &two);
	RP_CHECK_OK(
	    rp_posted_list(&member, w.tx, w.group_id, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 0);
	add(&w, &who, &one, "public", false, true);
	add(&w, &who, &two, "members", false, true);
	add(&w, &who, &one, "members", true, true);
	add(&w, &who, &two, "public", false, false);
	RP_CHECK_OK(
	    rp_posted_list(&member, w.tx, w.group_id, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 3 && all.v[0].meeting.ordinal == 1 &&
		 all.v[1].meeting.ordinal == 2);
	RP_CHECK_TEXT(all.v[1].document.title.body, RP_TEXT("members 1"));
	RP_CHECK(!all.v[0].document.is_title_only);
	RP_CHECK_OK(
	    rp_posted_list(&w.nobody, w.tx, w.group_id, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 2 && all.v[0].document.is_title_only &&
		 !all.v[1].document.is_title_only);
	RP_CHECK_TEXT(all.v[1].document.title.body, RP_TEXT("public 1"));
	world_close(&w);
}

RP_CHECK_MAIN({ "newest first, by rights", newest_first_by_rights })
