#include "domain/consultation.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"

/* A world with somebody who may launch, and a plan. */
struct house {
	struct world w;
	struct rp_actor chair;
	struct rp_consultation_plan plan;
};

static void
house_open(struct house *h)
{
	world_open(&h->w);
	h->chair = world_staff(&h->w, "Chair", RP_MAY_LAUNCH, RP_ON_GROUP,
	    h->w.group_id);
	h->plan = (struct rp_consultation_plan){
		.zone = RP_TEXT("Europe/Zurich"),
		.opens_local = RP_TEXT("2026-12-01T09:00"),
		.deadline_local = RP_TEXT("2027-02-01T18:00"),
		.languages = RP_TEXT("en fr"),
		.publication = RP_PUBLISH_AS_CHECKED,
		.decided_by = RP_TEXT("Resolution 1344"),
	};
}

static void
house_close(struct house *h)
{
	world_close(&h->w);
}

static int64_t
planned(struct house *h)
{
	int64_t id = 0;

	RP_CHECK_OK(rp_consultation_plan(&h->chair, h->w.tx, h->w.group_id,
	    &h->plan, &id));
	return id;
}

static void
say(struct house *h, const char *kind, int64_t id, const char *field,
    const char *lang)
{
	RP_CHECK_OK(rp_wording_set(&h->chair, h->w.tx,
	    &(struct rp_wording_at){ .owner_kind = rp_text_z(kind),
		.owner_id = id,
		.field = rp_text_z(field),
		.lang = rp_text_z(lang) },
	    RP_WORDING_ORIGINAL, rp_textf(h->w.a, "%s in %s", field, lang)));
}

/* With one question and every text, in these languages. */
static int64_t
ready(struct house *h)
{
	int64_t id = planned(h), question;

	RP_CHECK_OK(
	    rp_consultation_add_question(&h->chair, h->w.tx, id, 0, &question));
	for (int i = 0; i < 2; i++) {
		const char *lang = i == 0 ? "en" : "fr";

		say(h, "consultation", id, "title", lang);
		say(h, "consultation", id, "introduction", lang);
		say(h, "question", question, "text", lang);
	}
	return id;
}

static struct rp_consultation
got(struct house *h, int64_t id)
{
	struct rp_consultation c = { 0 };

	RP_CHECK_OK(rp_consultation_get_by_id(&h->chair, h->w.tx, id,
	    RP_TEXT("fr"), &c));
	return c;
}

static size_t
events_of(struct house *h, int64_t id, const char *newest)
{
	struct rp_event_filter f = { .object_kind = RP_TEXT("consultation"),
		.object_id = id };
	struct rp_events events;

	RP_CHECK_OK(rp_event_list(&h->w.system, h->w.tx, &f, &events));
	RP_CHECK(events.n > 0);
	RP_CHECK_TEXT(events.v[0].action, rp_text_z(newest));
	return events.n;
}

static void
what_is_planned_is_for_staff(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultations list;
	struct rp_consultation c;
	int64_t id;

	house_open(&h);
	id = planned(&h);
	c = got(&h, id);
	RP_CHECK(c.number == 2 && c.state == RP_CONSULTATION_PLANNED);
	RP_CHECK_TEXT(c.decided_by, RP_TEXT("Resolution 1344"));
	RP_CHECK(events_of(&h, id, "consultation.plan") == 1);
	RP_CHECK_FAILS(rp_consultation_get_by_id(&h.w.nobody, h.w.tx, id,
			   RP_TEXT("en"), &c),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_consultation_get(&h.w.nobody, h.w.tx,
			   RP_TEXT("cwg-internet"), 2, RP_TEXT("en"), &c),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_consultation_list(&h.w.nobody, h.w.tx, 0, RP_TEXT("en"), &list));
	RP_CHECK(list.n == 1);
	RP_CHECK_OK(rp_consultation_list(&h.chair, h.w.tx, h.w.group_id,
	    RP_TEXT("en"), &list));
	RP_CHECK(list.n == 2);
	RP_CHECK(list.v[0].id == id); /* the newest first */
}

static void
planning_needs_the_right(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_actor clerk;
	int64_t id, other;

	house_open(&h);
	clerk =
	    world_staff(&h.w, "Clerk", RP_MAY_CHECK, RP_ON_GROUP, h.w.group_id);
	RP_CHECK_FAILS(rp_consultation_plan(&clerk, h.w.tx, h.w.group_id,
			   &h.plan, &id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_consultation_plan(&h.w.nobody, h.w.tx, h.w.group_id,
			   &h.plan, &id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_topic_create(&clerk, h.w.tx, h.w.group_id, &id),
	    RP_E_DENIED);
	id = h.w.consultation_id;
	RP_CHECK_FAILS(rp_consultation_extend(&clerk, h.w.tx, id,
			   RP_TEXT("2027-03-01T12:00"), RP_TEXT("Asked for")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_consultation_change(&clerk, h.w.tx, id, &h.plan),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_consultation_archive(&h.w.nobody, h.w.tx, id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_consultation_launch(&clerk, h.w.tx, id), RP_E_DENIED);
	RP_CHECK_FAILS(rp_consultation_add_question(&clerk, h.w.tx, id, 0,
			   &other),
	    RP_E_DENIED);
}

static void
plans_must_make_sense(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation_plan p;
	int64_t id;

	house_open(&h);
#define REFUSED(change)                                               \
	do {                                                          \
		p = h.plan;                                           \
		p.change;                                             \
		RP_CHECK_FAILS(rp_consultation_plan(&h.chair, h.w.tx, \
				   h.w.group_id, &p, &id),            \
		    RP_E_INVALID);                                    \
	} while (0)
	REFUSED(zone = RP_TEXT("Europe/Nowhere"));
	REFUSED(opens_local = RP_TEXT("2026-02-30T09:00"));
	REFUSED(deadline_local = RP_TEXT("2026-12-01T09:00"));
	REFUSED(languages = RP_TEXT(""));
	REFUSED(languages = RP_TEXT("en tlh"));
	REFUSED(meeting_local = RP_TEXT("tomorrow"));
#undef REFUSED
}

static void
a_deadline_is_local_time(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;

	house_open(&h);
	c = got(&h, planned(&h));
	/* 18:00 in Zurich in February is 17:00Z. */
	RP_CHECK(c.deadline_at == INT64_C(1801501200000));
	RP_CHECK_TEXT(c.deadline_local, RP_TEXT("2027-02-01T18:00"));
}

static void
launching_asks_for_every_text(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_langs missing;
	int64_t id, question;

	house_open(&h);
	id = planned(&h);
	RP_CHECK_FAILS(rp_consultation_launch(&h.chair, h.w.tx, id),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_consultation_add_question(&h.chair, h.w.tx, id, 0, &question));
	say(&h, "consultation", id, "title", "en");
	say(&h, "consultation", id, "introduction", "en");
	say(&h, "question", question, "text", "en");
	RP_CHECK_OK(rp_consultation_missing(&h.chair, h.w.tx, id, &missing));
	RP_CHECK(missing.n == 1);
	RP_CHECK_TEXT(missing.v[0], RP_TEXT("fr"));
	RP_CHECK_FAILS(rp_consultation_launch(&h.chair, h.w.tx, id),
	    RP_E_INVALID);
	id = ready(&h);
	RP_CHECK_OK(rp_consultation_launch(&h.chair, h.w.tx, id));
	(void)events_of(&h, id, "consultation.launch");
	RP_CHECK_FAILS(rp_consultation_launch(&h.chair, h.w.tx, id),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_consultation_add_question(&h.chair, h.w.tx, id, 0,
			   &question),
	    RP_E_CONFLICT);
}

static void
the_clock_opens_and_closes(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t id;

	house_open(&h);
	id = ready(&h);
	RP_CHECK_OK(rp_consultation_launch(&h.chair, h.w.tx, id));
	c = got(&h, id);
	RP_CHECK(c.state == RP_CONSULTATION_COMING);
	RP_CHECK(!rp_consultation_shows_responses(&c));
	rp_consultation_advance(&c, c.opens_at);
	RP_CHECK(c.state == RP_CONSULTATION_OPEN);
	RP_CHECK(rp_consultation_shows_responses(&c));
	c.publication = RP_PUBLISH_AFTER_DEADLINE;
	RP_CHECK(!rp_consultation_shows_responses(&c));
	rp_consultation_advance(&c, c.deadline_at - 1);
	RP_CHECK(c.state == RP_CONSULTATION_OPEN);
	rp_consultation_advance(&c, c.deadline_at);
	RP_CHECK(c.state == RP_CONSULTATION_CLOSED);
	RP_CHECK(rp_consultation_shows_responses(&c));
	c.state = RP_CONSULTATION_PLANNED;
	rp_consultation_advance(&c, c.deadline_at);
	RP_CHECK(c.state == RP_CONSULTATION_PLANNED);
}

static void
extensions_are_kept_with_their_reason(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t id;

	house_open(&h);
	id = h.w.consultation_id;
	RP_CHECK_FAILS(rp_consultation_extend(&h.chair, h.w.tx, id,
			   RP_TEXT("2027-01-13T23:59"), RP_TEXT("Why")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_consultation_extend(&h.chair, h.w.tx, id,
			   RP_TEXT("2027-01-31T12:00"), RP_TEXT("")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_consultation_extend(&h.chair, h.w.tx, id,
	    RP_TEXT("2027-01-31T12:00"), RP_TEXT("Translations were late")));
	c = got(&h, id);
	RP_CHECK_TEXT(c.deadline_local, RP_TEXT("2027-01-31T12:00"));
	RP_CHECK(c.extensions.n == 1);
	RP_CHECK_TEXT(c.extensions.v[0].old_local, RP_TEXT("2027-01-13T23:59"));
	RP_CHECK_TEXT(c.extensions.v[0].reason,
	    RP_TEXT("Translations were late"));
	RP_CHECK(events_of(&h, id, "consultation.extend") == 1);
	id = planned(&h);
	RP_CHECK_FAILS(rp_consultation_extend(&h.chair, h.w.tx, id,
			   RP_TEXT("2027-03-01T12:00"), RP_TEXT("Why")),
	    RP_E_CONFLICT);
}

static void
an_extension_opens_a_closed_one_until_it_is_archived(void)
{
	RP_AUTO(house_close) struct house h;
	int64_t id;

	house_open(&h);
	id = h.w.consultation_id;
	RP_CHECK_FAILS(rp_consultation_archive(&h.chair, h.w.tx, id),
	    RP_E_CONFLICT);
	h.chair.now = got(&h, id).deadline_at;
	RP_CHECK(got(&h, id).state == RP_CONSULTATION_CLOSED);
	RP_CHECK_OK(rp_consultation_extend(&h.chair, h.w.tx, id,
	    RP_TEXT("2027-01-31T12:00"), RP_TEXT("More time")));
	RP_CHECK(got(&h, id).state == RP_CONSULTATION_OPEN);
	h.chair.now = got(&h, id).deadline_at;
	RP_CHECK_OK(rp_consultation_archive(&h.chair, h.w.tx, id));
	RP_CHECK(got(&h, id).state == RP_CONSULTATION_ARCHIVED);
	(void)events_of(&h, id, "consultation.archive");
	RP_CHECK_FAILS(rp_consultation_extend(&h.chair, h.w.tx, id,
			   RP_TEXT("2028-01-31T12:00"), RP_TEXT("More")),
	    RP_E_CONFLICT);
}

static void
after_launch_the_dates_move_by_extension_only(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t id;

	house_open(&h);
	id = ready(&h);
	RP_CHECK_OK(rp_consultation_launch(&h.chair, h.w.tx, id));
	h.plan.languages = RP_TEXT("en fr es");
	h.plan.meeting_local = RP_TEXT("2027-03-01T10:00");
	h.plan.meeting_zone = RP_TEXT("Africa/Addis_Ababa");
	RP_CHECK_OK(rp_consultation_change(&h.chair, h.w.tx, id, &h.plan));
	c = got(&h, id);
	RP_CHECK_TEXT(c.languages, RP_TEXT("en fr es"));
	RP_CHECK(c.meeting_at == INT64_C(1803884400000));
	h.plan.deadline_local = RP_TEXT("2027-06-01T18:00");
	RP_CHECK_FAILS(rp_consultation_change(&h.chair, h.w.tx, id, &h.plan),
	    RP_E_CONFLICT);
}

static void
questions_keep_their_order_and_have_a_limit(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t id, q[RP_QUESTIONS_MAX], one_more;

	house_open(&h);
	id = planned(&h);
	for (int i = 0; i < RP_QUESTIONS_MAX; i++)
		RP_CHECK_OK(rp_consultation_add_question(&h.chair, h.w.tx, id,
		    0, &q[i]));
	RP_CHECK_FAILS(rp_consultation_add_question(&h.chair, h.w.tx, id, 0,
			   &one_more),
	    RP_E_LIMIT);
	RP_CHECK_OK(rp_consultation_remove_question(&h.chair, h.w.tx, id,
	    q[RP_QUESTIONS_MAX - 1]));
	RP_CHECK_FAILS(rp_consultation_remove_question(&h.chair, h.w.tx, id,
			   q[RP_QUESTIONS_MAX - 1]),
	    RP_E_NOTFOUND);
	c = got(&h, id);
	RP_CHECK(c.questions.n == RP_QUESTIONS_MAX - 1);
	for (size_t i = 0; i < c.questions.n; i++) {
		RP_CHECK(c.questions.v[i].id == q[i]);
		RP_CHECK(c.questions.v[i].position == (int64_t)i + 1);
	}
}

static void
positions_stay_without_gaps(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t id, q[3];

	house_open(&h);
	id = planned(&h);
	for (int i = 0; i < 3; i++)
		RP_CHECK_OK(rp_consultation_add_question(&h.chair, h.w.tx, id,
		    0, &q[i]));
	RP_CHECK_OK(
	    rp_consultation_remove_question(&h.chair, h.w.tx, id, q[0]));
	c = got(&h, id);
	RP_CHECK(c.questions.n == 2);
	RP_CHECK(c.questions.v[0].id == q[1]);
	RP_CHECK(c.questions.v[0].position == 1);
	RP_CHECK(c.questions.v[1].position == 2);
}

static void
topics_belong_to_several_consultations(void)
{
	RP_AUTO(house_close) struct house h;
	struct rp_consultation c;
	int64_t one, two, topic;

	house_open(&h);
	one = planned(&h);
	two = planned(&h);
	RP_CHECK_OK(rp_topic_create(&h.chair, h.w.tx, h.w.group_id, &topic));
	say(&h, "topic", topic, "title", "fr");
	RP_CHECK_OK(rp_consultation_add_topic(&h.chair, h.w.tx, one, topic));
	RP_CHECK_OK(rp_consultation_add_topic(&h.chair, h.w.tx, two, topic));
	c = got(&h, two);
	RP_CHECK(c.topics.n == 1 && c.topics.v[0].id == topic);
	RP_CHECK_TEXT(c.topics.v[0].title.body, RP_TEXT("title in fr"));
}

RP_CHECK_MAIN({ "what is planned is for staff", what_is_planned_is_for_staff },
    { "planning needs the right", planning_needs_the_right },
    { "plans must make sense", plans_must_make_sense },
    { "a deadline is local time", a_deadline_is_local_time },
    { "launching asks for every text", launching_asks_for_every_text },
    { "the clock opens and closes", the_clock_opens_and_closes },
    { "extensions are kept with their reason",
	extensions_are_kept_with_their_reason },
    { "an extension opens a closed one until it is archived",
	an_extension_opens_a_closed_one_until_it_is_archived },
    { "after launch the dates move by extension only",
	after_launch_the_dates_move_by_extension_only },
    { "questions keep their order and have a limit",
	questions_keep_their_order_and_have_a_limit },
    { "positions stay without gaps", positions_stay_without_gaps },
    { "topics belong to several consultations",
	topics_belong_to_several_consultations })
