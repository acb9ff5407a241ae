#include "domain/announcement.h"

#include "base/check.h"
#include "domain/meeting.h"
#include "domain/testing/world.h"

struct stage {
	struct world w;
	struct rp_actor who, other;
	struct rp_occasion o;
};

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	int64_t id;

	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_CONTACT, RP_ON_GROUP, s->w.group_id);
	s->other =
	    world_staff(&s->w, "M", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->other, s->w.tx, &m, &id));
	RP_CHECK_OK(
	    rp_occasion_find(&s->who, s->w.tx, RP_TEXT("meeting"), id, &s->o));
	RP_CHECK(s->o.group_id == s->w.group_id);
}

static void
by_rights(void)
{
	struct rp_announcements texts;
	struct rp_deliveries log;
	struct rp_occasion o;
	struct stage s;

	stage_open(&s);
	RP_CHECK_FAILS(rp_occasion_find(&s.other, s.w.tx, RP_TEXT("meeting"),
			   s.o.object_id, &o),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_occasion_find(&s.w.nobody, s.w.tx, RP_TEXT("meeting"),
			   s.o.object_id, &o),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_occasion_find(&s.who, s.w.tx, RP_TEXT("party"),
			   s.o.object_id, &o),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_occasion_find(&s.who, s.w.tx, RP_TEXT("meeting"),
			   s.o.object_id + 9, &o),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_announcement_list(&s.other, s.w.tx, &s.o,
			   RP_TEXT("en"), &texts),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_delivery_list(&s.other, s.w.tx, &s.o, &log),
	    RP_E_DENIED);
	world_close(&s.w);
}

static void
texts_are_kept(void)
{
	struct rp_announcements all;
	struct stage s;

	stage_open(&s);
	RP_CHECK_OK(rp_announcement_set(&s.who, s.w.tx, &s.o, RP_TEXT("mail"),
	    RP_TEXT("fr"), RP_TEXT("Venez.")));
	RP_CHECK_OK(rp_announcement_set(&s.who, s.w.tx, &s.o, RP_TEXT("mail"),
	    RP_TEXT("fr"), RP_TEXT("Venez tous.")));
	RP_CHECK_OK(
	    rp_announcement_list(&s.who, s.w.tx, &s.o, RP_TEXT("fr"), &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_TEXT(all.v[0].body, RP_TEXT("Venez tous."));
	RP_CHECK_OK(rp_announcement_set(&s.who, s.w.tx, &s.o, RP_TEXT("mail"),
	    RP_TEXT("fr"), RP_TEXT(" ")));
	RP_CHECK_OK(
	    rp_announcement_list(&s.who, s.w.tx, &s.o, RP_TEXT("fr"), &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_announcement_set(&s.who, s.w.tx, &s.o,
			   RP_TEXT("pigeon"), RP_TEXT("fr"), RP_TEXT("x")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_announcement_set(&s.who, s.w.tx, &s.o,
			   RP_TEXT("mail"), RP_TEXT("de"), RP_TEXT("x")),
	    RP_E_INVALID);
	world_close(&s.w);
}

static int64_t
add(struct stage *s, const char *lang, const char *recipients,
    struct rp_recipients_wrong *wrong)
{
	int64_t n;

	RP_CHECK_OK(rp_delivery_add(&s->who, s->w.tx, &s->o, RP_TEXT("mail"),
	    rp_text_z(lang), rp_text_z(recipients), wrong, &n));
	return n;
}

static void
who_was_told(void)
{
	struct rp_recipients_wrong wrong;
	struct rp_deliveries log;
	struct rp_reaches reach;
	struct stage s;

	stage_open(&s);
	RP_CHECK(add(&s, "en", "Laputa\n\n  Utopia \n", &wrong) == 2);
	/* Once each, however it is written. */
	RP_CHECK(add(&s, "en", "LAPUTA\nLilliput", &wrong) == 1);
	RP_CHECK(add(&s, "fr", "Laputa", &wrong) == 1);
	RP_CHECK_OK(rp_delivery_list(&s.who, s.w.tx, &s.o, &log));
	RP_CHECK(log.n == 4 && log.v[0].acknowledged_at == 0);
	RP_CHECK_TEXT(log.v[0].lang, RP_TEXT("fr"));
	RP_CHECK_OK(rp_delivery_acknowledge(&s.who, s.w.tx, &s.o, log.v[0].id));
	RP_CHECK_OK(rp_delivery_refuse(&s.who, s.w.tx, &s.o, log.v[1].id));
	/* One line is wrong: nothing is entered. */
	RP_CHECK(add(&s, "ru", "Brobdingnag\nlilliput", &wrong) == 0);
	RP_CHECK(wrong.n == 1 && wrong.v[0].line == 2 &&
		 wrong.v[0].problem == RP_RECIPIENT_REFUSED);
	RP_CHECK_OK(rp_delivery_reach(&s.who, s.w.tx, &s.o, &reach));
	RP_CHECK(reach.n == 2 && reach.v[0].sent == 3 &&
		 reach.v[0].acknowledged == 0 && reach.v[1].acknowledged == 1);
	s.o.object_id++;
	RP_CHECK_FAILS(rp_delivery_acknowledge(&s.who, s.w.tx, &s.o,
			   log.v[0].id),
	    RP_E_NOTFOUND);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "by rights", by_rights }, { "texts are kept", texts_are_kept },
    { "who was told", who_was_told })
