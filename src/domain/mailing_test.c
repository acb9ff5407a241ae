#include "domain/mailing.h"

#include "base/check.h"
#include "domain/meeting.h"
#include "domain/outbox.h"
#include "domain/privacy.h"
#include "domain/testing/world.h"
#include "text/names.h"

struct stage {
	struct world w;
	struct rp_actor who, other;
	struct rp_occasion o;
	struct rp_mailing_texts texts;
};

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	int64_t id;

	*s = (struct stage){ 0 };
	world_open(&s->w);
	RP_CHECK_OK(rp_names_open(s->w.a, NULL, &s->w.env.names));
	s->w.env.mail_configured = true;
	s->who =
	    world_staff(&s->w, "S", RP_MAY_CONTACT, RP_ON_GROUP, s->w.group_id);
	s->other =
	    world_staff(&s->w, "M", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	m.group_id = s->w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->other, s->w.tx, &m, &id));
	RP_CHECK_OK(
	    rp_occasion_find(&s->who, s->w.tx, RP_TEXT("meeting"), id, &s->o));
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		s->texts.subject[l] = RP_TEXT("S");
		s->texts.body[l] = rp_lang_tag((enum rp_lang)l);
	}
}

static void
add(struct stage *s, struct rp_recipient_rows *rows, const char *address,
    const char *lang)
{
	int64_t line = (int64_t)rows->n + 2;

	rp_vec_push(s->w.a, rows,
	    ((struct rp_recipient_row){ .line = line,
		.name = RP_TEXT("N"),
		.address = rp_text_z(address),
		.lang = rp_text_z(lang),
		.class = RP_TEXT("press") }));
}

static struct rp_recipient_import
import(struct stage *s, const struct rp_recipient_rows *rows, bool dry)
{
	struct rp_recipient_import got = { 0 };

	RP_CHECK_OK(rp_recipient_import(&s->who, s->w.tx, s->w.group_id, rows,
	    dry, &got));
	return got;
}

static struct rp_recipient_list
all_of(struct stage *s)
{
	struct rp_recipient_list all = { 0 };

	RP_CHECK_OK(rp_recipient_list(&s->who, s->w.tx, s->w.group_id, &all));
	return all;
}

static void
imported(void)
{
	struct rp_recipient_rows rows = { 0 }, bad = { 0 };
	struct rp_recipient_import got;
	struct stage s;

	stage_open(&s);
	add(&s, &rows, "ana@example.org", "fr");
	add(&s, &rows, "Bo@Example.org", "ar");
	got = import(&s, &rows, true);
	RP_CHECK(got.added == 2 && all_of(&s).n == 0);
	got = import(&s, &rows, false);
	RP_CHECK(got.added == 2 && all_of(&s).n == 2);
	rows.v[0].lang = RP_TEXT("es");
	got = import(&s, &rows, false);
	RP_CHECK(got.added == 0 && got.changed == 1 && got.same == 1);
	add(&s, &bad, "new@example.org", "en");
	add(&s, &bad, "", "en");
	add(&s, &bad, "no address", "en");
	add(&s, &bad, "x@example.org", "xx");
	add(&s, &bad, "NEW@example.org", "en");
	got = import(&s, &bad, false);
	RP_CHECK(got.wrong.n == 4 && all_of(&s).n == 2);
	RP_CHECK(got.wrong.v[0].line == 3 &&
		 got.wrong.v[0].problem == RP_ROW_NO_ADDRESS);
	RP_CHECK(got.wrong.v[1].problem == RP_ROW_BAD_ADDRESS);
	RP_CHECK(got.wrong.v[2].problem == RP_ROW_BAD_LANG);
	RP_CHECK(got.wrong.v[3].problem == RP_ROW_TWICE);
	RP_CHECK_FAILS(rp_recipient_import(&s.other, s.w.tx, s.w.group_id,
			   &rows, true, &got),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_recipient_remove(&s.who, s.w.tx, s.w.group_id,
	    all_of(&s).v[0].id));
	RP_CHECK(all_of(&s).n == 1);
	RP_CHECK_FAILS(rp_recipient_remove(&s.who, s.w.tx, s.w.group_id, 999),
	    RP_E_NOTFOUND);
	world_close(&s.w);
}

static int64_t
unreached(struct stage *s)
{
	int64_t n = -1;

	RP_CHECK_OK(
	    rp_mailing_unreached(&s->who, s->w.tx, &s->o, RP_TEXT(""), &n));
	return n;
}

static struct rp_outbox_work
next(struct stage *s, enum rp_outbox_end end)
{
	struct rp_outbox_work w = { 0 };
	bool found = false;

	RP_CHECK_OK(rp_outbox_claim(&s->w.system, s->w.tx, &found, &w));
	RP_CHECK(found);
	RP_CHECK_OK(
	    rp_outbox_tried(&s->w.system, s->w.tx, &w, end, RP_TEXT("550 no")));
	return w;
}

static void
sent(void)
{
	struct rp_recipient_rows rows = { 0 };
	struct rp_recipient_self self;
	struct rp_outbox_work w;
	struct rp_deliveries log;
	struct stage s;
	int64_t n = 0;
	bool due;

	stage_open(&s);
	add(&s, &rows, "ana@example.org", "fr");
	add(&s, &rows, "bo@example.org", "ar");
	add(&s, &rows, "cy@example.org", "ar");
	(void)import(&s, &rows, false);
	RP_CHECK(unreached(&s) == 3);
	s.w.env.mail_configured = false;
	RP_CHECK_FAILS(rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT(""),
			   &s.texts, &n),
	    RP_E_CONFLICT);
	s.w.env.mail_configured = true;
	RP_CHECK_FAILS(rp_mailing_send(&s.other, s.w.tx, &s.o, RP_TEXT(""),
			   &s.texts, &n),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT("other"),
	    &s.texts, &n));
	RP_CHECK(n == 0);
	RP_CHECK_OK(rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT("press"),
	    &s.texts, &n));
	RP_CHECK(n == 3 && unreached(&s) == 0);
	w = next(&s, RP_OUTBOX_SENT);
	RP_CHECK_TEXT(w.recipient, RP_TEXT("ana@example.org"));
	RP_CHECK_TEXT(w.body, RP_TEXT("fr"));
	RP_CHECK(!w.is_off);
	RP_CHECK_OK(
	    rp_recipient_self_acknowledge(&s.w.nobody, s.w.tx, w.secret));
	(void)next(&s, RP_OUTBOX_FAILED);
	/* Who asks for no more while his message waits gets none. */
	w = next(&s, RP_OUTBOX_LATER);
	RP_CHECK_OK(rp_recipient_self_refuse(&s.w.nobody, s.w.tx, w.secret));
	RP_CHECK_OK(rp_recipient_self_refuse(&s.w.nobody, s.w.tx, w.secret));
	RP_CHECK_OK(rp_recipient_self(&s.w.nobody, s.w.tx, w.secret, &self));
	RP_CHECK(self.is_refused);
	RP_CHECK_FAILS(rp_recipient_self(&s.w.nobody, s.w.tx, RP_TEXT("x"),
			   &self),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_outbox_is_due(&s.w.system, s.w.tx, &due));
	RP_CHECK(!due);
	s.w.system.now += RP_OUTBOX_WAIT;
	w = next(&s, RP_OUTBOX_FAILED);
	RP_CHECK(w.is_off && w.tries == 2 && w.created_at == WORLD_NOW);
	RP_CHECK_OK(rp_delivery_list(&s.who, s.w.tx, &s.o, &log));
	RP_CHECK(log.n == 3 && log.v[2].acknowledged_at == WORLD_NOW);
	RP_CHECK_TEXT(log.v[2].state, RP_TEXT("sent"));
	RP_CHECK_TEXT(log.v[1].state, RP_TEXT("failed"));
	RP_CHECK_TEXT(log.v[1].error, RP_TEXT("550 no"));
	/* Again: whom it did not reach, but for who does not want it. */
	RP_CHECK(unreached(&s) == 1);
	RP_CHECK_OK(
	    rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT(""), &s.texts, &n));
	RP_CHECK(n == 1);
	w = next(&s, RP_OUTBOX_SENT);
	RP_CHECK_TEXT(w.recipient, RP_TEXT("bo@example.org"));
	RP_CHECK_OK(rp_delivery_list(&s.who, s.w.tx, &s.o, &log));
	RP_CHECK(log.n == 3);
	RP_CHECK_FAILS(rp_outbox_claim(&s.who, s.w.tx, &due, &w), RP_E_DENIED);
	world_close(&s.w);
}

static void
given_up(void)
{
	struct rp_recipient_rows rows = { 0 };
	struct rp_deliveries log;
	struct stage s;
	int64_t n;

	stage_open(&s);
	add(&s, &rows, "ana@example.org", "fr");
	(void)import(&s, &rows, false);
	RP_CHECK_OK(
	    rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT(""), &s.texts, &n));
	for (int i = 0; i < RP_OUTBOX_TRIES; i++) {
		(void)next(&s, RP_OUTBOX_LATER);
		s.w.system.now += RP_OUTBOX_WAIT << i;
	}
	RP_CHECK_OK(rp_delivery_list(&s.who, s.w.tx, &s.o, &log));
	RP_CHECK_TEXT(log.v[0].state, RP_TEXT("failed"));
	world_close(&s.w);
}

static void
erased(void)
{
	struct rp_recipient_rows rows = { 0 };
	struct rp_personal_data data;
	struct rp_deliveries log;
	struct rp_outbox_work w;
	struct stage s;
	int64_t n;

	stage_open(&s);
	add(&s, &rows, "ana@example.org", "fr");
	add(&s, &rows, "bo@example.org", "ar");
	(void)import(&s, &rows, false);
	RP_CHECK_OK(
	    rp_mailing_send(&s.who, s.w.tx, &s.o, RP_TEXT(""), &s.texts, &n));
	RP_CHECK_OK(rp_privacy_of_address(&s.w.system, s.w.tx,
	    RP_TEXT("Ana@example.org"), &data));
	RP_CHECK(data.n == 3);
	RP_CHECK_TEXT(data.v[0].kind, RP_TEXT("recipient"));
	RP_CHECK_OK(rp_privacy_erase_address(&s.w.system, s.w.tx,
	    RP_TEXT("ana@EXAMPLE.org"), RP_ERASE_EVERYTHING, &n));
	RP_CHECK(n == 1 && all_of(&s).n == 1);
	RP_CHECK_OK(rp_delivery_list(&s.who, s.w.tx, &s.o, &log));
	RP_CHECK(log.n == 2 && log.v[1].recipient.n == 0);
	w = next(&s, RP_OUTBOX_FAILED);
	RP_CHECK(w.is_off && w.recipient.n == 0);
	RP_CHECK_OK(rp_privacy_of_address(&s.w.system, s.w.tx,
	    RP_TEXT("ana@example.org"), &data));
	RP_CHECK(data.n == 0);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "imported", imported }, { "sent", sent },
    { "given up", given_up }, { "erased", erased })
