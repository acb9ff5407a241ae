#include "domain/duty.h"

#include "base/check.h"
#include "domain/meeting_document.h"
#include "domain/testing/meeting_stage.h"
#include "text/input.h"

struct stage {
	struct meeting_stage m;
	struct rp_actor who;
	int64_t resolution;
	struct rp_instrument in;
};

static void
open_stage(struct stage *s)
{
	struct world *w = &s->m.w;

	*s = (struct stage){ 0 };
	meeting_stage_open(&s->m);
	s->who =
	    world_staff(w, "Reg", RP_MAY_REGISTER, RP_ON_GROUP, w->group_id);
	RP_CHECK_OK(rp_instrument_create(&s->who, w->tx, w->group_id,
	    RP_TEXT("resolution"), RP_TEXT("102"), &s->resolution));
	RP_CHECK_OK(rp_instrument_get_by_id(&s->who, w->tx, s->resolution,
	    RP_TEXT("en"), &s->in));
}

static struct rp_duty
duty(struct stage *s, const char *every, const char *due)
{
	return (struct rp_duty){ .group_id = s->m.w.group_id,
		.instrument_id = s->resolution,
		.paragraph = RP_TEXT("instructs the Director 4"),
		.lang = RP_TEXT("en"),
		.who = RP_TEXT("the Director"),
		.recipient = RP_TEXT("the Council"),
		.words = RP_TEXT("to report to the Council,"),
		.every = rp_text_z(every),
		.due = rp_text_z(due),
		.state = RP_TEXT("standing") };
}

static struct rp_duty
add(struct stage *s, const char *every, const char *due)
{
	struct rp_duty d = duty(s, every, due), out;
	int64_t number;

	RP_CHECK_OK(rp_duty_add(&s->who, s->m.w.tx, &d, &number));
	RP_CHECK_OK(
	    rp_duty_get(&s->who, s->m.w.tx, s->m.w.group_id, number, &out));
	return out;
}

static struct rp_duty
again(struct stage *s, const struct rp_duty *d)
{
	struct rp_duty out;

	RP_CHECK_OK(
	    rp_duty_get(&s->who, s->m.w.tx, s->m.w.group_id, d->number, &out));
	return out;
}

static size_t
count(struct stage *s, const struct rp_actor *who)
{
	struct rp_duties all;

	RP_CHECK_OK(rp_duty_list(who, s->m.w.tx, s->m.w.group_id, &all));
	return all.n;
}

/* It is 2026-11-21. */
static void
due_and_reported(void)
{
	struct stage s;
	struct rp_duty d, once, at_meeting;

	open_stage(&s);
	meeting_stage_add(&s.m, 21, "2027-02-10T09:30", "2027-02-11T17:30");
	d = add(&s, "yearly", "2026-11-20");
	RP_CHECK(d.is_overdue && d.number == 1);
	RP_CHECK_FAILS(rp_duty_report(&s.who, s.m.w.tx, &d, NULL, 0,
			   RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_duty_report(&s.who, s.m.w.tx, &d, NULL, 0,
	    RP_TEXT("by letter")));
	d = again(&s, &d);
	RP_CHECK_TEXT(d.due, RP_TEXT("2027-11-20"));
	RP_CHECK(!d.is_overdue && !d.is_reported);
	once = add(&s, "once", "2026-11-20");
	RP_CHECK_OK(rp_duty_report(&s.who, s.m.w.tx, &once, NULL, 0,
	    RP_TEXT("orally")));
	once = again(&s, &once);
	RP_CHECK_TEXT(once.due, RP_TEXT("2026-11-20"));
	RP_CHECK(!once.is_overdue && once.is_reported);
	at_meeting = add(&s, "meeting", "2026-11-21");
	RP_CHECK(!at_meeting.is_overdue);
	RP_CHECK_OK(rp_duty_report(&s.who, s.m.w.tx, &at_meeting, NULL, 0,
	    RP_TEXT("orally")));
	at_meeting = again(&s, &at_meeting);
	RP_CHECK_TEXT(at_meeting.due, RP_TEXT("2027-02-10"));
	d.state = RP_TEXT("ended");
	RP_CHECK_OK(rp_duty_change(&s.who, s.m.w.tx, &d, &d));
	d = again(&s, &d);
	RP_CHECK_FAILS(rp_duty_report(&s.who, s.m.w.tx, &d, NULL, 0,
			   RP_TEXT("x")),
	    RP_E_CONFLICT);
	RP_CHECK(count(&s, &s.who) == 3 && count(&s, &s.m.w.nobody) == 2);
	world_close(&s.m.w);
}

static void
who_sees_the_document(void)
{
	struct stage s;
	struct rp_duty d;
	struct rp_duty_reports all;
	struct rp_document_in in = { .kind = RP_TEXT("secretariat"),
		.access = RP_TEXT("members") };
	int64_t id, number;

	open_stage(&s);
	d = add(&s, "yearly", "2026-12-31");
	RP_CHECK_OK(rp_meeting_document_add(&s.m.who, s.m.w.tx, &s.m.m, &in,
	    &id, &number));
	RP_CHECK_FAILS(rp_duty_report(&s.who, s.m.w.tx, &d, &s.m.m, number,
			   RP_TEXT("")),
	    RP_E_NOTFOUND);
	in.access = RP_TEXT("public");
	RP_CHECK_OK(rp_meeting_document_add(&s.m.who, s.m.w.tx, &s.m.m, &in,
	    &id, &number));
	{
		struct rp_meeting_document doc;

		RP_CHECK_OK(rp_meeting_document_get(&s.m.who, s.m.w.tx, &s.m.m,
		    number, RP_TEXT("en"), &doc));
		RP_CHECK_OK(rp_meeting_document_set_state(&s.m.who, s.m.w.tx,
		    &s.m.m, &doc, RP_TEXT("posted")));
		RP_CHECK_OK(rp_duty_report(&s.who, s.m.w.tx, &d, &s.m.m, number,
		    RP_TEXT("")));
		RP_CHECK_OK(rp_duty_reports(&s.m.w.nobody, s.m.w.tx,
		    s.m.w.group_id, &all));
		RP_CHECK(all.n == 1 && all.v[0].number == number);
		RP_CHECK_TEXT(all.v[0].symbol, RP_TEXT("WG-Water-20/2"));
		RP_CHECK_OK(rp_meeting_document_set_access(&s.m.who, s.m.w.tx,
		    &s.m.m, &doc,
		    &(struct rp_document_access){
			.access = RP_TEXT("members") }));
	}
	RP_CHECK_OK(
	    rp_duty_reports(&s.m.stranger, s.m.w.tx, s.m.w.group_id, &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 0 && all.v[0].symbol.n == 0);
	RP_CHECK_OK(
	    rp_duty_reports(&s.m.member, s.m.w.tx, s.m.w.group_id, &all));
	RP_CHECK(all.v[0].number == number);
	world_close(&s.m.w);
}

static void
refused(void)
{
	struct stage s;
	struct rp_duty d;
	struct rp_duty_suggestions all;
	int64_t number;

	open_stage(&s);
	d = duty(&s, "weekly", "");
	RP_CHECK(rp_duty_check(&d) == RP_DUTY_BAD_TIME);
	d = duty(&s, "once", "soon");
	RP_CHECK(rp_duty_check(&d) == RP_DUTY_BAD_DUE);
	d.recipient = RP_TEXT(" ");
	RP_CHECK(rp_duty_check(&d) == RP_DUTY_NO_RECIPIENT);
	d.who = RP_TEXT("");
	RP_CHECK(rp_duty_check(&d) == RP_DUTY_NO_WHO);
	RP_CHECK_FAILS(rp_duty_add(&s.who, s.m.w.tx, &d, &number),
	    RP_E_INVALID);
	d = duty(&s, "once", "");
	RP_CHECK_FAILS(rp_duty_add(&s.m.who, s.m.w.tx, &d, &number),
	    RP_E_DENIED);
	d.instrument_id = 4711;
	RP_CHECK_FAILS(rp_duty_add(&s.who, s.m.w.tx, &d, &number),
	    RP_E_NOTFOUND);
	d = add(&s, "once", "");
	RP_CHECK_FAILS(rp_duty_change(&s.m.member, s.m.w.tx, &d, &d),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_duty_report(&s.m.member, s.m.w.tx, &d, NULL, 0,
			   RP_TEXT("x")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_duty_suggestions(&s.m.member, s.m.w.tx,
			   s.m.w.group_id, &all),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_duty_decide(&s.who, s.m.w.tx, s.m.w.group_id, 1, true,
			   &number),
	    RP_E_NOTFOUND);
	world_close(&s.m.w);
}

RP_CHECK_MAIN({ "due and reported", due_and_reported },
    { "who sees the document", who_sees_the_document }, { "refused", refused })
