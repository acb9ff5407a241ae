#include "domain/entering.h"

#include "base/check.h"
#include "base/clock.h"
#include "domain/attachment.h"
#include "domain/event.h"
#include "domain/moderation.h"
#include "domain/testing/world.h"
#include "domain/upload.h"
#include "text/collate.h"
#include "text/names.h"
#include "text/words.h"

struct office {
	struct world w;
	struct rp_collation *collation;
	struct rp_actor clerk;
	struct rp_submission s;
	struct rp_entering how;
	struct rp_problems problems;
	struct rp_receipt receipt;
};

static void
office_close(struct office *o)
{
	rp_words_free(o->w.env.words);
	rp_collation_free(o->collation);
	world_close(&o->w);
}

static void
office_open(struct office *o)
{
	struct world *w = &o->w;
	struct rp_answer_in answer = { 1, RP_TEXT("We write by hand.") };

	*o = (struct office){ 0 };
	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	w->env.words = rp_words_new();
	w->env.collation = o->collation = rp_collation_new();
	o->clerk =
	    world_staff(w, "Clerk", RP_MAY_ENTER, RP_ON_GROUP, w->group_id);
	o->s = (struct rp_submission){ .capacity = RP_TEXT("individual"),
		.name = RP_TEXT("Odile Aubert"),
		.category = RP_TEXT("individual"),
		.country = RP_TEXT("FR"),
		.lang = RP_TEXT("fr"),
		.authorisation = RP_TEXT("full") };
	rp_vec_push(w->a, &o->s.answers, answer);
	o->how = (struct rp_entering){ .channel = RP_TEXT("paper"),
		.received_by = RP_TEXT("Front desk"),
		.received_at = WORLD_NOW - RP_DAY };
}

static struct rp_err *
enter(struct office *o, const struct rp_actor *who)
{
	return rp_response_enter(who, o->w.tx, o->w.consultation_id, &o->s,
	    &o->how, &o->problems, &o->receipt);
}

static void
a_letter_counts_from_when_it_came(void)
{
	RP_AUTO(office_close) struct office o;
	struct rp_event_filter f = { .object_kind = RP_TEXT("response") };
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_events events;

	office_open(&o);
	RP_CHECK_OK(rp_consultation_get_by_id(&o.clerk, o.w.tx,
	    o.w.consultation_id, RP_TEXT("en"), &c));
	/* In time, and typed in a week after the deadline. */
	o.how.received_at = c.deadline_at - RP_MINUTE;
	o.clerk.now = o.w.system.now = c.deadline_at + 7 * RP_DAY;
	RP_CHECK_OK(enter(&o, &o.clerk));
	RP_CHECK(!o.receipt.late && !o.receipt.held);
	RP_CHECK_OK(
	    rp_response_get(&o.w.system, o.w.tx, o.receipt.response_id, &r));
	RP_CHECK(r.received_at == c.deadline_at - RP_MINUTE);
	RP_CHECK_TEXT(r.channel, RP_TEXT("paper"));
	RP_CHECK_TEXT(r.standing.email, RP_TEXT(""));
	f.object_id = r.id;
	RP_CHECK_OK(rp_event_list(&o.w.system, o.w.tx, &f, &events));
	RP_CHECK(events.n == 1);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("response.enter"));
	RP_CHECK(events.v[0].at == o.clerk.now);
	/* What came too late stays out. */
	o.how.received_at = c.deadline_at + RP_MINUTE;
	RP_CHECK_FAILS(enter(&o, &o.clerk), RP_E_INVALID);
	RP_CHECK(
	    o.problems.n == 1 && o.problems.v[0].kind == RP_PROBLEM_CLOSED);
	/* What is said at the meeting does not: it is after the deadline. */
	o.how.channel = RP_TEXT("spoken");
	o.s.token = RP_TEXT("");
	RP_CHECK_OK(enter(&o, &o.clerk));
	RP_CHECK(!o.receipt.late && !o.receipt.held);
}

static void
how_it_came_must_be_said(void)
{
	RP_AUTO(office_close) struct office o;
	struct rp_actor checker;

	office_open(&o);
	checker =
	    world_staff(&o.w, "Other", RP_MAY_CHECK, RP_ON_GROUP, o.w.group_id);
	RP_CHECK_FAILS(enter(&o, &checker), RP_E_DENIED);
	RP_CHECK_FAILS(enter(&o, &o.w.nobody), RP_E_UNKNOWN);
	o.how.received_at = WORLD_NOW + 1;
	RP_CHECK_FAILS(enter(&o, &o.clerk), RP_E_INVALID);
	o.how.received_at = WORLD_NOW;
	o.how.received_by = RP_TEXT(" ");
	RP_CHECK_FAILS(enter(&o, &o.clerk), RP_E_INVALID);
	o.how.received_by = RP_TEXT("Front desk");
	o.how.channel = RP_TEXT("web");
	RP_CHECK_FAILS(enter(&o, &o.clerk), RP_E_INVALID);
	/* By e-mail there is an address. */
	o.how.channel = RP_TEXT("email");
	RP_CHECK_FAILS(enter(&o, &o.clerk), RP_E_INVALID);
	RP_CHECK(o.problems.n == 1 && o.problems.v[0].field == RP_FIELD_EMAIL);
	o.s.email = RP_TEXT("odile@example.org");
	RP_CHECK_OK(enter(&o, &o.clerk));
}

static int64_t
upload(struct office *o)
{
	int64_t id;

	RP_CHECK_OK(
	    rp_upload_begin(&o->clerk, o->w.tx, RP_TEXT("letter.txt"), &id));
	RP_CHECK_OK(rp_upload_chunk(&o->clerk, o->w.tx, id, 0,
	    RP_BYTES("We write by hand.\nOdile Aubert, 3 rue Haute")));
	return id;
}

static void
the_original_is_read_and_not_published(void)
{
	RP_AUTO(office_close) struct office o;
	struct rp_attachment_result read = { .state = RP_TEXT("read"),
		.reason = RP_TEXT(""),
		.kind = RP_TEXT("txt"),
		.body = RP_TEXT("We write by hand."),
		.original_is_clean = true };
	struct rp_upload_in file = { .size = 43,
		.name = RP_TEXT("letter.txt"),
		.kind = RP_TEXT("txt") };
	struct rp_attachment_work work;
	struct rp_public_response p = { 0 };
	struct rp_response_record r;
	struct rp_consultation c;
	int64_t number;
	bool found;

	office_open(&o);
	file.upload_id = upload(&o);
	rp_vec_push(o.w.a, &o.s.uploads, file);
	RP_CHECK_OK(enter(&o, &o.clerk)); /* without a summary */
	RP_CHECK_OK(rp_moderation_publish(&o.w.system, o.w.tx,
	    o.receipt.response_id, o.receipt.revision_id, &number));
	RP_CHECK_OK(rp_attachment_claim(&o.w.system, o.w.tx, &found, &work));
	RP_CHECK(found);
	RP_CHECK_OK(rp_attachment_done(&o.w.system, o.w.tx, &work, &read));
	RP_CHECK_OK(
	    rp_response_get(&o.w.system, o.w.tx, o.receipt.response_id, &r));
	RP_CHECK(r.standing.attachments.n == 1);
	RP_CHECK_TEXT(r.standing.attachments.v[0].state, RP_TEXT("read"));
	RP_CHECK(r.standing.attachments.v[0].clean_blob_id == 0);
	RP_CHECK_OK(rp_consultation_get_by_id(&o.w.nobody, o.w.tx,
	    o.w.consultation_id, RP_TEXT("en"), &c));
	RP_CHECK(c.published == 1);
	RP_CHECK_OK(rp_response_public(&o.w.nobody, o.w.tx, &c, number, &p));
	RP_CHECK(p.attachments.n == 0);
}

RP_CHECK_MAIN({ "a letter counts from when it came",
		  a_letter_counts_from_when_it_came },
    { "how it came must be said", how_it_came_must_be_said },
    { "the original is read and not published",
	the_original_is_read_and_not_published })
