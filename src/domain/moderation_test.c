#include "domain/moderation.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/form_token.h"
#include "domain/redaction.h"
#include "domain/response.h"
#include "domain/testing/world.h"
#include "store/q_listing.h"
#include "text/collate.h"
#include "text/names.h"
#include "text/words.h"
#include "text/zone.h"

#define ANSWER "Write to Ana, +41 22 730 51 11, in Ελλάδα."

struct desk {
	struct world w;
	struct rp_collation *collation;
	struct rp_actor clerk;
	struct rp_consultation c;
};

static void
desk_close(struct desk *d)
{
	rp_words_free(d->w.env.words);
	rp_collation_free(d->collation);
	world_close(&d->w);
}

static void
desk_open(struct desk *d)
{
	struct world *w = &d->w;

	world_open(w);
	RP_CHECK_OK(rp_names_open(w->a, NULL, &w->env.names));
	w->env.words = rp_words_new();
	w->env.collation = d->collation = rp_collation_new();
	d->clerk =
	    world_staff(w, "Clerk", RP_MAY_CHECK, RP_ON_GROUP, w->group_id);
	RP_CHECK_OK(rp_consultation_get_by_id(&w->nobody, w->tx,
	    w->consultation_id, RP_TEXT("en"), &d->c));
}

static void
fill(struct desk *d, struct rp_submission *s, rp_text body)
{
	struct rp_answer_in answer = { 1, body };

	*s = (struct rp_submission){
		.token = rp_form_token_make(d->w.a, &d->w.env, d->c.id,
		    rp_form_id_new(d->w.a, &d->w.env, WORLD_NOW),
		    WORLD_NOW - 60000),
		.capacity = RP_TEXT("organisation"),
		.name = RP_TEXT("Ana Ruiz"),
		.organisation = RP_TEXT("Red Abierta"),
		.category = RP_TEXT("civil_society"),
		.country = RP_TEXT("PE"),
		.email = RP_TEXT("ana@example.org"),
		.lang = RP_TEXT("es"),
		.authorisation = RP_TEXT("full"),
		.channel = RP_TEXT("web"),
	};
	rp_vec_push(d->w.a, &s->answers, answer);
}

static struct rp_receipt
send(struct desk *d, struct rp_submission *s)
{
	struct rp_problems problems;
	struct rp_receipt r = { 0 };

	RP_CHECK_OK(
	    rp_response_submit(&d->w.nobody, d->w.tx, &d->c, s, &problems, &r));
	return r;
}

static struct rp_receipt
submit(struct desk *d)
{
	struct rp_submission s;

	fill(d, &s, RP_TEXT(ANSWER));
	return send(d, &s);
}

static struct rp_receipt
revise(struct desk *d, rp_text secret, rp_text body)
{
	struct rp_problems problems;
	struct rp_receipt r = { 0 };
	struct rp_submission s;

	fill(d, &s, body);
	RP_CHECK_OK(rp_response_revise(&d->w.nobody, d->w.tx, secret, &d->c, &s,
	    &problems, &r));
	return r;
}

static int64_t
publish(struct desk *d, const struct rp_receipt *r)
{
	int64_t number = 0;

	RP_CHECK_OK(rp_moderation_publish(&d->clerk, d->w.tx, r->response_id,
	    r->revision_id, &number));
	return number;
}

static struct rp_public_response
shown(struct desk *d, int64_t number)
{
	struct rp_public_response p = { 0 };

	RP_CHECK_OK(
	    rp_response_public(&d->w.nobody, d->w.tx, &d->c, number, &p));
	return p;
}

static bool
is_listed(struct desk *d, int64_t response_id)
{
	struct q_listing_find_row row;
	bool found;

	RP_CHECK_OK(q_listing_find(d->w.tx,
	    &(struct q_listing_find_param){ .response_id = response_id }, &row,
	    &found));
	return found;
}

static struct rp_response_record
record(struct desk *d, const struct rp_receipt *r)
{
	struct rp_response_record out = { 0 };

	RP_CHECK_OK(rp_response_get(&d->clerk, d->w.tx, r->response_id, &out));
	return out;
}

static int64_t
published(struct desk *d)
{
	struct rp_consultation c = { 0 };

	RP_CHECK_OK(rp_consultation_get_by_id(&d->w.nobody, d->w.tx, d->c.id,
	    RP_TEXT("en"), &c));
	return c.published;
}

static int64_t
counted(struct desk *d, const char *dimension, rp_text value)
{
	struct q_world_tally_row row;

	RP_CHECK_OK(q_world_tally(d->w.tx,
	    &(struct q_world_tally_param){ .consultation_id = d->c.id,
		.dimension = rp_text_z(dimension),
		.value = value },
	    &row));
	return row.responses;
}

static void
published_responses_are_numbered_listed_and_counted(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_receipt first, second;
	int64_t number;

	desk_open(&d);
	first = submit(&d);
	second = submit(&d);
	RP_CHECK_OK(rp_moderation_check(&d.clerk, d.w.tx, second.response_id,
	    second.revision_id));
	RP_CHECK_TEXT(record(&d, &second).state, RP_TEXT("checked"));
	number = publish(&d, &second);
	RP_CHECK(number == 1);
	RP_CHECK(publish(&d, &first) == 2);
	RP_CHECK_TEXT(shown(&d, 1).name, RP_TEXT("Ana Ruiz"));
	RP_CHECK(is_listed(&d, first.response_id));
	RP_CHECK(published(&d) == 2);
	RP_CHECK(counted(&d, "country", RP_TEXT("PE")) == 2);
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 2);
}

static void
a_revision_waits_while_the_published_one_stays(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_receipt one, two;
	int64_t number;

	desk_open(&d);
	one = submit(&d);
	number = publish(&d, &one);
	two = revise(&d, one.secret, RP_TEXT("Another answer."));
	RP_CHECK_TEXT(record(&d, &two).state, RP_TEXT("received"));
	RP_CHECK(shown(&d, number).n == 1);
	RP_CHECK(publish(&d, &two) == number);
	RP_CHECK(shown(&d, number).n == 2);
	RP_CHECK(published(&d) == 1);
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 1);
}

static void
an_act_on_an_old_page_is_refused(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_receipt one, two;
	int64_t number;

	desk_open(&d);
	one = submit(&d);
	two = revise(&d, one.secret, RP_TEXT("Another answer."));
	RP_CHECK_FAILS(rp_moderation_publish(&d.clerk, d.w.tx, one.response_id,
			   one.revision_id, &number),
	    RP_E_CONFLICT);
	publish(&d, &two);
	RP_CHECK_FAILS(rp_moderation_publish(&d.clerk, d.w.tx, two.response_id,
			   two.revision_id, &number),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_moderation_check(&d.clerk, d.w.tx, two.response_id,
			   two.revision_id),
	    RP_E_CONFLICT);
}

static void
returning_needs_a_message_that_reaches_the_author(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_response_record got;
	struct rp_receipt r;

	desk_open(&d);
	r = submit(&d);
	RP_CHECK_FAILS(rp_moderation_return(&d.clerk, d.w.tx, r.response_id,
			   r.revision_id, RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_moderation_return(&d.clerk, d.w.tx, r.response_id,
	    r.revision_id, RP_TEXT("Which country?")));
	RP_CHECK_OK(rp_response_by_secret(&d.w.nobody, d.w.tx, r.secret, &got));
	RP_CHECK_TEXT(got.state, RP_TEXT("returned"));
	RP_CHECK(got.messages.n == 1);
	RP_CHECK_TEXT(got.messages.v[0].body, RP_TEXT("Which country?"));
	r = revise(&d, r.secret, RP_TEXT("From Peru."));
	RP_CHECK(publish(&d, &r) == 1);
}

static void
rejecting_needs_a_listed_ground(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_public_response p;
	struct rp_receipt r;

	desk_open(&d);
	r = submit(&d);
	RP_CHECK_FAILS(rp_moderation_reject(&d.clerk, d.w.tx, r.response_id,
			   r.revision_id, RP_TEXT("boring"), RP_TEXT("")),
	    RP_E_INVALID);
	publish(&d, &r);
	RP_CHECK_OK(
	    rp_moderation_reject(&d.clerk, d.w.tx, r.response_id, r.revision_id,
		RP_TEXT("impersonation"), RP_TEXT("It was not they.")));
	RP_CHECK_FAILS(rp_response_public(&d.w.nobody, d.w.tx, &d.c, 1, &p),
	    RP_E_NOTFOUND);
	RP_CHECK(!is_listed(&d, r.response_id));
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 0);
	RP_CHECK_OK(rp_moderation_check(&d.clerk, d.w.tx, r.response_id,
	    r.revision_id));
	RP_CHECK(publish(&d, &r) == 1);
}

static void
held_ones_are_released_and_late_ones_admitted(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_receipt held, late;
	struct rp_submission s;
	int64_t number;

	desk_open(&d);
	fill(&d, &s, RP_TEXT("x"));
	s.honeypot = RP_TEXT("buy");
	held = send(&d, &s);
	fill(&d, &s, RP_TEXT("y"));
	s.late = true;
	d.c.state = RP_CONSULTATION_CLOSED;
	late = send(&d, &s);
	RP_CHECK_FAILS(rp_moderation_publish(&d.clerk, d.w.tx, held.response_id,
			   held.revision_id, &number),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_moderation_admit(&d.clerk, d.w.tx, held.response_id,
			   held.revision_id),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_moderation_release(&d.clerk, d.w.tx, late.response_id,
			   late.revision_id),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_moderation_release(&d.clerk, d.w.tx, held.response_id,
	    held.revision_id));
	RP_CHECK_OK(rp_moderation_admit(&d.clerk, d.w.tx, late.response_id,
	    late.revision_id));
	RP_CHECK_TEXT(record(&d, &held).state, RP_TEXT("received"));
	RP_CHECK_TEXT(record(&d, &held).hold_reason, RP_TEXT(""));
	RP_CHECK(record(&d, &late).is_late);
}

static void
aggregate_responses_are_counted_and_never_shown(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_public_response p;
	struct rp_submission s;
	struct rp_receipt r;
	rp_text secret;

	desk_open(&d);
	fill(&d, &s, RP_TEXT("Count me."));
	s.authorisation = RP_TEXT("aggregate");
	r = send(&d, &s);
	RP_CHECK(publish(&d, &r) == 1);
	RP_CHECK(!is_listed(&d, r.response_id));
	RP_CHECK_FAILS(rp_response_public(&d.w.nobody, d.w.tx, &d.c, 1, &p),
	    RP_E_NOTFOUND);
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 1);
	RP_CHECK(published(&d) == 0);

	/* Then with their name: the old count is taken back. */
	secret = r.secret;
	r = revise(&d, secret, RP_TEXT("Name me."));
	RP_CHECK(publish(&d, &r) == 1);
	RP_CHECK(is_listed(&d, r.response_id));
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 1);
	RP_CHECK_OK(rp_response_withdraw(&d.w.nobody, d.w.tx, secret));
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 0);
	RP_CHECK(published(&d) == 0);
}

static void
what_was_only_counted_leaves_no_mark(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_public_response p;
	struct rp_submission s;
	struct rp_receipt r;

	desk_open(&d);
	fill(&d, &s, RP_TEXT("Count me."));
	s.authorisation = RP_TEXT("aggregate");
	r = send(&d, &s);
	publish(&d, &r);
	d.w.nobody.now = d.c.deadline_at + 1;
	RP_CHECK_OK(rp_response_withdraw(&d.w.nobody, d.w.tx, r.secret));
	RP_CHECK(counted(&d, "all", RP_TEXT("")) == 0);
	RP_CHECK_FAILS(rp_response_public(&d.w.nobody, d.w.tx, &d.c, 1, &p),
	    RP_E_NOTFOUND);
}

static void
redactions_hide_from_page_and_list(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_redacting x = { .field = RP_TEXT("answer"),
		.reason = RP_TEXT("A telephone number") };
	struct q_world_excerpt_row row;
	struct rp_actor editor;
	struct rp_receipt r;
	int64_t id;

	desk_open(&d);
	editor = world_staff(&d.w, "Editor", RP_MAY_REDACT, RP_ON_GROUP,
	    d.w.group_id);
	r = submit(&d);
	publish(&d, &r);
	x.response_id = r.response_id;
	x.revision_id = r.revision_id;
	x.answer_id = record(&d, &r).standing.answers.v[0].id;
	RP_CHECK_OK(rp_redaction_find(RP_TEXT(ANSWER),
	    RP_TEXT("+41 22 730 51 11"), &x.from, &x.to));
	RP_CHECK_FAILS(rp_redaction_add(&d.clerk, d.w.tx, &x, &id),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_redaction_add(&editor, d.w.tx, &x, &id));
	RP_CHECK_TEXT(shown(&d, 1).answers.v[0].body,
	    RP_TEXT("Write to Ana, \u2588\u2588\u2588, in Ελλάδα."));
	RP_CHECK(shown(&d, 1).redacted == 1);
	RP_CHECK_OK(q_world_excerpt(d.w.tx,
	    &(struct q_world_excerpt_param){ .response_id = r.response_id },
	    &row));
	RP_CHECK_TEXT(row.excerpt,
	    RP_TEXT("Write to Ana, \u2588\u2588\u2588, in Ελλάδα."));
	RP_CHECK_TEXT(record(&d, &r).standing.answers.v[0].body,
	    RP_TEXT(ANSWER));
	RP_CHECK_FAILS(rp_redaction_add(&editor, d.w.tx, &x, &id),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_redaction_remove(&editor, d.w.tx, r.response_id, id));
	RP_CHECK_TEXT(shown(&d, 1).answers.v[0].body, RP_TEXT(ANSWER));
	RP_CHECK(published(&d) == 1);
}

static void
redactions_keep_to_characters_and_fields(void)
{
	static const struct {
		int64_t from, to;
	} wrong[] = { { 0, 0 }, { 5, 4 }, { -1, 2 }, { 0, 200 }, { 36, 37 } };
	RP_AUTO(desk_close) struct desk d;
	struct rp_redacting x = { .field = RP_TEXT("answer"),
		.reason = RP_TEXT("Why") };
	struct rp_receipt r;
	int64_t id;

	desk_open(&d);
	r = submit(&d);
	x.response_id = r.response_id;
	x.revision_id = r.revision_id;
	x.answer_id = record(&d, &r).standing.answers.v[0].id;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		x.from = wrong[i].from;
		x.to = wrong[i].to;
		RP_CHECK_FAILS(rp_redaction_add(&d.w.system, d.w.tx, &x, &id),
		    RP_E_INVALID);
	}
	x.from = 0, x.to = 5;
	x.field = RP_TEXT("email");
	RP_CHECK_FAILS(rp_redaction_add(&d.w.system, d.w.tx, &x, &id),
	    RP_E_INVALID);
	x.field = RP_TEXT("answer");
	x.revision_id += 1000;
	RP_CHECK_FAILS(rp_redaction_add(&d.w.system, d.w.tx, &x, &id),
	    RP_E_NOTFOUND);
}

static void
acts_need_the_right_and_leave_an_event(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_event_filter f = { .object_kind = RP_TEXT("response") };
	struct rp_queue_counts counts;
	struct rp_actor other;
	struct rp_events events;
	struct rp_queue queue;
	struct rp_receipt r;
	int64_t number;
	bool more;

	desk_open(&d);
	other = world_staff(&d.w, "Other", RP_MAY_LAUNCH, RP_ON_GROUP,
	    d.w.group_id);
	r = submit(&d);
	f.object_id = r.response_id;
	RP_CHECK_FAILS(rp_moderation_publish(&other, d.w.tx, r.response_id,
			   r.revision_id, &number),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_moderation_publish(&d.w.nobody, d.w.tx, r.response_id,
			   r.revision_id, &number),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_queue_count(&other, d.w.tx, d.c.id, &counts),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_queue_list(&other, d.w.tx,
			   &(struct rp_queue_filter){
			       .consultation_id = d.c.id },
			   &queue, &more),
	    RP_E_DENIED);
	publish(&d, &r);
	RP_CHECK_OK(rp_event_list(&d.w.system, d.w.tx, &f, &events));
	RP_CHECK(events.n == 1);
	RP_CHECK_TEXT(events.v[0].action, RP_TEXT("response.publish"));
	RP_CHECK_TEXT(events.v[0].before, RP_TEXT("received"));
	RP_CHECK_TEXT(events.v[0].person, RP_TEXT("Clerk"));
}

static void
the_queue_is_paged_and_counted(void)
{
	RP_AUTO(desk_close) struct desk d;
	struct rp_queue_filter f = { .state = RP_TEXT("received") };
	struct rp_queue_counts counts;
	struct rp_queue one, two;
	struct rp_receipt r = { 0 };
	bool more;

	desk_open(&d);
	for (int i = 0; i < RP_QUEUE_PAGE + 3; i++)
		r = submit(&d);
	publish(&d, &r);
	f.consultation_id = d.c.id;
	RP_CHECK_OK(rp_queue_list(&d.clerk, d.w.tx, &f, &one, &more));
	RP_CHECK(more);
	RP_CHECK(one.n == RP_QUEUE_PAGE);
	f.after_at = one.v[one.n - 1].received_at;
	f.after_id = one.v[one.n - 1].id;
	RP_CHECK_OK(rp_queue_list(&d.clerk, d.w.tx, &f, &two, &more));
	RP_CHECK(!more);
	RP_CHECK(two.n == 2);
	RP_CHECK(two.v[0].id > one.v[one.n - 1].id);
	RP_CHECK_OK(rp_queue_count(&d.clerk, d.w.tx, d.c.id, &counts));
	RP_CHECK(rp_queue_count_of(&counts, RP_TEXT("received")) ==
		 RP_QUEUE_PAGE + 2);
	RP_CHECK(rp_queue_count_of(&counts, RP_TEXT("published")) == 1);
	RP_CHECK(rp_queue_count_of(&counts, RP_TEXT("held")) == 0);
	f = (struct rp_queue_filter){ .consultation_id = d.c.id };
	RP_CHECK_OK(rp_queue_list(&d.clerk, d.w.tx, &f, &one, &more));
	RP_CHECK(more);
}

RP_CHECK_MAIN({ "published responses are numbered listed and counted",
		  published_responses_are_numbered_listed_and_counted },
    { "a revision waits while the published one stays",
	a_revision_waits_while_the_published_one_stays },
    { "an act on an old page is refused", an_act_on_an_old_page_is_refused },
    { "returning needs a message that reaches the author",
	returning_needs_a_message_that_reaches_the_author },
    { "rejecting needs a listed ground", rejecting_needs_a_listed_ground },
    { "held ones are released and late ones admitted",
	held_ones_are_released_and_late_ones_admitted },
    { "aggregate responses are counted and never shown",
	aggregate_responses_are_counted_and_never_shown },
    { "what was only counted leaves no mark",
	what_was_only_counted_leaves_no_mark },
    { "redactions hide from page and list",
	redactions_hide_from_page_and_list },
    { "redactions keep to characters and fields",
	redactions_keep_to_characters_and_fields },
    { "acts need the right and leave an event",
	acts_need_the_right_and_leave_an_event },
    { "the queue is paged and counted", the_queue_is_paged_and_counted })
