#include "domain/hearing.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/testing/floor.h"

struct hall {
	struct floor f;
	struct rp_actor who; /* may meet */
};

static void
hall_open(struct hall *h)
{
	floor_open(&h->f);
	h->who = world_staff(&h->f.w, "H", RP_MAY_MEET, RP_ON_GROUP,
	    h->f.w.group_id);
}

static void
hall_close(struct hall *h)
{
	floor_close(&h->f);
}

static struct rp_hearing
nairobi(void)
{
	return (struct rp_hearing){ .zone = RP_TEXT("Africa/Nairobi"),
		.opens_local = RP_TEXT("2027-02-10T10:00"),
		.closes_local = RP_TEXT("2027-02-10T13:00"),
		.place = RP_TEXT("Nairobi"),
		.mode = RP_TEXT("hybrid") };
}

static int64_t
session(struct hall *h)
{
	struct rp_hearing s = nairobi();
	int64_t id = 0;

	RP_CHECK_OK(rp_hearing_add(&h->who, h->f.w.tx, &h->f.c, &s, &id));
	return id;
}

static struct rp_slot
slot(int64_t session_id, int64_t question_id, const char *name)
{
	return (struct rp_slot){ .session_id = session_id,
		.question_id = question_id,
		.name = rp_text_z(name),
		.speaker_class = RP_TEXT("academia"),
		.zone = RP_TEXT("America/Lima"),
		.minutes = 15 };
}

static struct rp_spoken
text(int64_t session_id, const char *body)
{
	return (struct rp_spoken){ .session_id = session_id,
		.kind = RP_TEXT("intervention"),
		.speaker_class = RP_TEXT("civil_society"),
		.lang = RP_TEXT("es"),
		.body = rp_text_z(body) };
}

static struct rp_hearings
seen(struct hall *h, const struct rp_actor *who)
{
	struct rp_hearings all = { 0 };

	RP_CHECK_OK(rp_hearing_list(who, h->f.w.tx, &h->f.c, &all));
	return all;
}

static void
slots_follow_each_other_by_question(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_hearings all;
	struct rp_slot s;
	int64_t one, two, first, second;

	hall_open(&h);
	one = session(&h);
	two = session(&h);
	s = slot(one, h.f.c.questions.v[0].id, "Late");
	RP_CHECK_OK(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &s, &second));
	s = slot(one, 0, "On all");
	s.minutes = 20;
	RP_CHECK_OK(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &s, &first));
	all = seen(&h, &h.f.w.nobody);
	RP_CHECK(all.n == 2 && all.v[0].id == one && all.v[1].id == two &&
		 all.v[1].number == 2 && all.v[1].slots.n == 0);
	RP_CHECK(all.v[0].slots.n == 2 && all.v[0].slots.v[0].id == first &&
		 all.v[0].slots.v[0].begins_at == all.v[0].opens_at &&
		 all.v[0].slots.v[1].begins_at ==
		     all.v[0].opens_at + 20 * RP_MINUTE);
	RP_CHECK_OK(rp_slot_remove(&h.who, h.f.w.tx, &h.f.c, first));
	all = seen(&h, &h.f.w.nobody);
	RP_CHECK(all.v[0].slots.n == 1 &&
		 all.v[0].slots.v[0].begins_at == all.v[0].opens_at);
	RP_CHECK_FAILS(rp_slot_remove(&h.who, h.f.w.tx, &h.f.c, first),
	    RP_E_NOTFOUND);
}

static void
texts_are_public_when_they_are_published(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_hearings all;
	struct rp_spoken s;
	struct rp_slot t;
	int64_t one, id, slot_id;

	hall_open(&h);
	one = session(&h);
	t = slot(one, 0, "Red de prueba");
	RP_CHECK_OK(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &t, &slot_id));
	s = text(one, "Hace falta una red.");
	s.slot_id = slot_id;
	RP_CHECK_OK(rp_spoken_add(&h.who, h.f.w.tx, &h.f.c, &s, &id));
	RP_CHECK(seen(&h, &h.f.w.nobody).v[0].texts.n == 0);
	all = seen(&h, &h.who);
	RP_CHECK(all.v[0].texts.n == 1 && !all.v[0].texts.v[0].is_published &&
		 all.v[0].texts.v[0].at == all.v[0].opens_at);
	RP_CHECK_OK(rp_spoken_publish(&h.who, h.f.w.tx, &h.f.c, id, true));
	all = seen(&h, &h.f.w.nobody);
	RP_CHECK(all.v[0].texts.n == 1);
	RP_CHECK_TEXT(all.v[0].texts.v[0].body, RP_TEXT("Hace falta una red."));
	/* The text stays when its slot goes. */
	RP_CHECK_OK(rp_slot_remove(&h.who, h.f.w.tx, &h.f.c, slot_id));
	RP_CHECK(seen(&h, &h.f.w.nobody).v[0].texts.v[0].slot_id == 0);
	RP_CHECK_OK(rp_spoken_publish(&h.who, h.f.w.tx, &h.f.c, id, false));
	RP_CHECK(seen(&h, &h.f.w.nobody).v[0].texts.n == 0);
	RP_CHECK_OK(rp_spoken_remove(&h.who, h.f.w.tx, &h.f.c, id));
	RP_CHECK(seen(&h, &h.who).v[0].texts.n == 0);
}

static void
who_wishes_to_present(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_submission s;
	struct rp_receipt r;
	struct rp_wishes all;
	struct rp_slot t;
	int64_t one, id;

	hall_open(&h);
	one = session(&h);
	floor_answer(&h.f, "Quiet", "PE", "academia", "es", "Sin presentar.");
	floor_fill(&h.f, &s, "Red de prueba", "Con presentar.");
	s.present = RP_TEXT("remotely");
	r = floor_send(&h.f, &s);
	RP_CHECK_OK(rp_wish_list(&h.who, h.f.w.tx, &h.f.c, &all));
	RP_CHECK(all.n == 0); /* it is not public yet */
	(void)floor_publish(&h.f, &r);
	RP_CHECK_OK(rp_wish_list(&h.who, h.f.w.tx, &h.f.c, &all));
	RP_CHECK(all.n == 1 && all.v[0].is_remote);
	RP_CHECK_TEXT(all.v[0].name, RP_TEXT("Red de prueba"));
	t = slot(one, 0, "Red de prueba");
	t.response_id = all.v[0].response_id;
	RP_CHECK_OK(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &t, &id));
	RP_CHECK(seen(&h, &h.f.w.nobody).v[0].slots.v[0].response_number > 0);
	RP_CHECK_OK(rp_wish_list(&h.who, h.f.w.tx, &h.f.c, &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &t, &id),
	    RP_E_NOTFOUND);
}

static void
checked(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_hearing x;
	struct rp_slot s;
	struct rp_spoken t;

	hall_open(&h);
#define WRONG(var, make, check, field, value, problem) \
	var = make;                                    \
	var.field = value;                             \
	RP_CHECK(check == problem)
#define SESSION(field, value, problem) \
	WRONG(x, nairobi(), rp_hearing_check(&h.who, &x), field, value, problem)
#define SLOT(field, value, problem)                                        \
	WRONG(s, slot(1, 0, "N"), rp_slot_check(&h.who, &s), field, value, \
	    problem)
#define TEXT(field, value, problem) \
	WRONG(t, text(1, "B"), rp_spoken_check(&t), field, value, problem)
	SESSION(mode, RP_TEXT("remote"), RP_HEARING_FINE);
	SESSION(mode, RP_TEXT("radio"), RP_HEARING_BAD_MODE);
	SESSION(zone, RP_TEXT("Nairobi"), RP_HEARING_BAD_ZONE);
	SESSION(opens_local, RP_TEXT("soon"), RP_HEARING_BAD_OPENS);
	SESSION(closes_local, RP_TEXT("2027-02-10T10:00"),
	    RP_HEARING_BAD_CLOSES);
	SESSION(place, RP_TEXT(" "), RP_HEARING_BAD_PLACE);
	SLOT(minutes, 120, RP_HEARING_FINE);
	SLOT(minutes, 0, RP_HEARING_BAD_MINUTES);
	SLOT(minutes, 121, RP_HEARING_BAD_MINUTES);
	SLOT(speaker_class, RP_TEXT("king"), RP_HEARING_BAD_CLASS);
	SLOT(zone, RP_TEXT(""), RP_HEARING_BAD_ZONE);
	SLOT(name, RP_TEXT(""), RP_HEARING_BAD_NAME);
	TEXT(kind, RP_TEXT("presentation"), RP_HEARING_FINE);
	TEXT(kind, RP_TEXT("song"), RP_HEARING_BAD_KIND);
	TEXT(lang, RP_TEXT(""), RP_HEARING_BAD_LANG);
	TEXT(body, RP_TEXT("\n"), RP_HEARING_BAD_BODY);
	TEXT(speaker_class, RP_TEXT(""), RP_HEARING_BAD_CLASS);
#undef SESSION
#undef SLOT
#undef TEXT
#undef WRONG
}

static void
refused(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_hearing x = nairobi();
	struct rp_wishes wishes;
	struct rp_spoken t;
	struct rp_slot s;
	int64_t one, id;

	hall_open(&h);
	one = session(&h);
	s = slot(one, 0, "N");
	t = text(one, "B");
	for (int k = 0; k < 2; k++) {
		const struct rp_actor *who = k ? &h.f.clerk : &h.f.w.nobody;
		enum rp_ecode code = k ? RP_E_DENIED : RP_E_UNKNOWN;
		struct rp_tx *tx = h.f.w.tx;

#define NO(call) RP_CHECK_FAILS(call, code)
		NO(rp_hearing_add(who, tx, &h.f.c, &x, &id));
		NO(rp_slot_add(who, tx, &h.f.c, &s, &id));
		NO(rp_slot_remove(who, tx, &h.f.c, 1));
		NO(rp_spoken_add(who, tx, &h.f.c, &t, &id));
		NO(rp_spoken_publish(who, tx, &h.f.c, 1, true));
		NO(rp_spoken_remove(who, tx, &h.f.c, 1));
		NO(rp_wish_list(who, tx, &h.f.c, &wishes));
#undef NO
	}
	s.session_id = one + 99;
	RP_CHECK_FAILS(rp_slot_add(&h.who, h.f.w.tx, &h.f.c, &s, &id),
	    RP_E_NOTFOUND);
	t.question_id = h.f.c.questions.v[0].id + 99;
	RP_CHECK_FAILS(rp_spoken_add(&h.who, h.f.w.tx, &h.f.c, &t, &id),
	    RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "slots follow each other by question",
		  slots_follow_each_other_by_question },
    { "texts are public when they are published",
	texts_are_public_when_they_are_published },
    { "who wishes to present", who_wishes_to_present }, { "checked", checked },
    { "refused", refused })
