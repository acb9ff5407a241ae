#include "base/buf.h"
#include "base/err.h"
#include "domain/consultation.h"
#include "domain/event.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_consultation.h"
#include "text/lang.h"
#include "text/zone.h"

#define LANGUAGES_MAX 200

static rp_text
publication_name(enum rp_publication p)
{
	return p == RP_PUBLISH_AS_CHECKED ? RP_TEXT("as_checked") :
					    RP_TEXT("after_deadline");
}

/* Call fn-like on each tag of "en fr ar". */
static bool
next_lang(rp_text all, size_t *at, rp_text *out)
{
	size_t end;

	while (*at < all.n && all.p[*at] == ' ')
		(*at)++;
	if (*at >= all.n)
		return false;
	end = rp_text_find(all, ' ', *at);
	*out = rp_text_sub(all, *at, end);
	*at = end;
	return true;
}

static struct rp_err *
check_plan(const struct rp_actor *who, const struct rp_consultation_plan *p)
{
	int64_t opens, deadline, meeting;
	enum rp_lang lang;
	size_t at = 0, n = 0;
	rp_text tag;

	if (p->languages.n > LANGUAGES_MAX || p->decided_by.n > RP_NAME_MAX)
		return rp_fail(RP_E_INVALID, "languages or decision too long");
	while (next_lang(p->languages, &at, &tag)) {
		n++;
		if (!rp_lang_find(tag, &lang))
			return rp_fail(RP_E_INVALID, "no language of ours");
	}
	if (n == 0)
		return rp_fail(RP_E_INVALID, "no language");
	RP_TRY(
	    rp_zone_resolve(who->env->zones, p->opens_local, p->zone, &opens));
	RP_TRY(rp_zone_resolve(who->env->zones, p->deadline_local, p->zone,
	    &deadline));
	if (deadline <= opens)
		return rp_fail(RP_E_INVALID, "the deadline is not after the "
					     "opening");
	if (p->meeting_local.n > 0)
		RP_TRY(rp_zone_resolve(who->env->zones, p->meeting_local,
		    p->meeting_zone, &meeting));
	return NULL;
}

static rp_text
plan_text(struct rp_arena *a, const struct rp_consultation_plan *p)
{
	return rp_textf(a,
	    "zone %.*s; opens %.*s; deadline %.*s; languages %.*s; "
	    "publication %s; meeting %.*s %.*s; decided by %.*s",
	    RP_FMT(p->zone), RP_FMT(p->opens_local), RP_FMT(p->deadline_local),
	    RP_FMT(p->languages), publication_name(p->publication).p,
	    RP_FMT(p->meeting_local), RP_FMT(p->meeting_zone),
	    RP_FMT(p->decided_by));
}

static struct rp_consultation_plan
plan_of(const struct rp_consultation *c)
{
	return (struct rp_consultation_plan){ .zone = c->zone,
		.opens_local = c->opens_local,
		.deadline_local = c->deadline_local,
		.languages = c->languages,
		.publication = c->publication,
		.meeting_local = c->meeting_local,
		.meeting_zone = c->meeting_zone,
		.decided_by = c->decided_by };
}

static struct rp_err *
note(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text action, rp_text before,
    rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("consultation"),
		.object_id = c->id,
		.group_id = c->group.id,
		.before = before,
		.after = after });
}

/* The consultation, for somebody who may launch there. */
static struct rp_err *
ours(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_consultation *c)
{
	RP_TRY(rp_consultation_get_by_id(who, tx, id, RP_TEXT("en"), c));
	return rp_actor_needs(who, RP_MAY_LAUNCH, rp_consultation_place(c));
}

static struct rp_err *
ours_planned(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_consultation *c)
{
	RP_TRY(ours(who, tx, id, c));
	if (c->state != RP_CONSULTATION_PLANNED)
		return rp_fail(RP_E_CONFLICT, "consultation %lld is launched",
		    (long long)id);
	return NULL;
}

struct rp_err *
rp_consultation_plan(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_consultation_plan *plan, int64_t *out_id)
{
	struct q_consultation_next_number_row next;
	struct q_consultation_insert_row row;
	struct rp_group g;

	RP_TRY(rp_group_get_by_id(who, tx, group_id, RP_TEXT("en"), &g));
	RP_TRY(rp_actor_needs(who, RP_MAY_LAUNCH, rp_group_place(&g)));
	RP_TRY(check_plan(who, plan));
	RP_TRY(q_consultation_next_number(tx,
	    &(struct q_consultation_next_number_param){ .group_id = group_id },
	    &next));
	RP_TRY(q_consultation_insert(tx,
	    &(struct q_consultation_insert_param){ .group_id = group_id,
		.number = next.number,
		.zone = plan->zone,
		.opens_local = plan->opens_local,
		.deadline_local = plan->deadline_local,
		.publication = publication_name(plan->publication),
		.languages = plan->languages,
		.meeting_local = plan->meeting_local,
		.meeting_zone = plan->meeting_zone,
		.decided_by = plan->decided_by,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("consultation.plan"),
		.object_kind = RP_TEXT("consultation"),
		.object_id = row.id,
		.group_id = group_id,
		.after = plan_text(rp_tx_arena(tx), plan) });
}

struct rp_err *
rp_consultation_change(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const struct rp_consultation_plan *plan)
{
	struct rp_consultation_plan old;
	struct rp_consultation c;

	RP_TRY(ours(who, tx, id, &c));
	RP_TRY(check_plan(who, plan));
	old = plan_of(&c);
	if (c.state != RP_CONSULTATION_PLANNED &&
	    (!rp_text_eq(old.zone, plan->zone) ||
		!rp_text_eq(old.opens_local, plan->opens_local) ||
		!rp_text_eq(old.deadline_local, plan->deadline_local)))
		return rp_fail(RP_E_CONFLICT, "dates after launch");
	RP_TRY(q_consultation_update(tx,
	    &(struct q_consultation_update_param){ .id = id,
		.zone = plan->zone,
		.opens_local = plan->opens_local,
		.deadline_local = plan->deadline_local,
		.publication = publication_name(plan->publication),
		.languages = plan->languages,
		.meeting_local = plan->meeting_local,
		.meeting_zone = plan->meeting_zone,
		.decided_by = plan->decided_by,
		.now = who->now }));
	return note(who, tx, &c, RP_TEXT("consultation.change"),
	    plan_text(rp_tx_arena(tx), &old), plan_text(rp_tx_arena(tx), plan));
}

struct rp_err *
rp_consultation_add_question(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t topic_id, int64_t *out_id)
{
	struct q_question_insert_row row;
	struct rp_consultation c;

	RP_TRY(ours_planned(who, tx, id, &c));
	if (c.questions.n >= RP_QUESTIONS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu questions", c.questions.n);
	RP_TRY(q_question_insert(tx,
	    &(struct q_question_insert_param){ .consultation_id = id,
		.topic_id = topic_id },
	    &row));
	*out_id = row.id;
	return note(who, tx, &c, RP_TEXT("question.add"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "question %lld", (long long)row.id));
}

/* Forms name a question by its position: those behind move up, in order, each
 * to the place that the one before it left. */
static struct rp_err *
close_gap(struct rp_tx *tx, const struct rp_consultation *c, int64_t removed_id)
{
	int64_t position = 0;

	for (size_t i = 0; i < c->questions.n; i++) {
		const struct rp_question *q = &c->questions.v[i];

		if (q->id == removed_id)
			continue;
		if (q->position != ++position)
			RP_TRY(q_question_move(tx,
			    &(struct q_question_move_param){ .id = q->id,
				.position = position }));
	}
	return NULL;
}

struct rp_err *
rp_consultation_remove_question(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t question_id)
{
	struct rp_consultation c;
	int64_t n;

	RP_TRY(ours_planned(who, tx, id, &c));
	RP_TRY(q_question_delete(tx,
	    &(struct q_question_delete_param){ .consultation_id = id,
		.id = question_id },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such question");
	RP_TRY(close_gap(tx, &c, question_id));
	return note(who, tx, &c, RP_TEXT("question.remove"),
	    rp_textf(rp_tx_arena(tx), "question %lld", (long long)question_id),
	    RP_TEXT(""));
}

struct rp_err *
rp_consultation_add_topic(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, int64_t topic_id)
{
	struct rp_consultation c;

	RP_TRY(ours_planned(who, tx, id, &c));
	RP_TRY(q_consultation_topic_insert(tx,
	    &(struct q_consultation_topic_insert_param){ .consultation_id = id,
		.topic_id = topic_id }));
	return note(who, tx, &c, RP_TEXT("consultation.topic"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "topic %lld", (long long)topic_id));
}

struct rp_err *
rp_topic_create(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t *out_id)
{
	struct q_topic_insert_row row;
	struct rp_group g;

	RP_TRY(rp_group_get_by_id(who, tx, group_id, RP_TEXT("en"), &g));
	RP_TRY(rp_actor_needs(who, RP_MAY_LAUNCH, rp_group_place(&g)));
	RP_TRY(q_topic_insert(tx,
	    &(struct q_topic_insert_param){ .group_id = group_id,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("topic.create"),
		.object_kind = RP_TEXT("topic"),
		.object_id = row.id,
		.group_id = group_id });
}

static bool
has(const struct rp_wordings *set, int64_t id, rp_text field, rp_text lang)
{
	const struct rp_wording *w = rp_wording_find(set, id, field, lang);

	return w != NULL && w->body.n > 0;
}

struct rp_err *
rp_consultation_missing(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, struct rp_langs *out)
{
	struct rp_wordings own, asked;
	struct rp_consultation c;
	size_t at = 0;
	rp_text tag;

	RP_TRY(rp_consultation_get_by_id(who, tx, id, RP_TEXT("en"), &c));
	RP_TRY(rp_wording_load(tx, RP_TEXT("consultation"), id, &own));
	RP_TRY(rp_wording_load_questions(tx, id, &asked));
	*out = (struct rp_langs){ 0 };
	while (next_lang(c.languages, &at, &tag)) {
		bool whole = has(&own, id, RP_TEXT("title"), tag) &&
			     has(&own, id, RP_TEXT("introduction"), tag);

		for (size_t i = 0; whole && i < c.questions.n; i++)
			whole = has(&asked, c.questions.v[i].id,
			    RP_TEXT("text"), tag);
		if (!whole)
			rp_vec_push(rp_tx_arena(tx), out, tag);
	}
	return NULL;
}

static struct rp_err *
move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text from, rp_text to, rp_text action)
{
	int64_t n;

	RP_TRY(q_consultation_set_state(tx,
	    &(struct q_consultation_set_state_param){ .id = c->id,
		.state = to,
		.from_state = from,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "consultation is not %s", from.p);
	return note(who, tx, c, action, from, to);
}

struct rp_err *
rp_consultation_launch(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	struct rp_consultation c;
	struct rp_langs missing;

	RP_TRY(ours_planned(who, tx, id, &c));
	if (c.questions.n == 0 || c.title.body.n == 0)
		return rp_fail(RP_E_INVALID, "no question or no title");
	RP_TRY(rp_consultation_missing(who, tx, id, &missing));
	if (missing.n > 0 && !c.group.rule_missing_languages)
		return rp_fail(RP_E_INVALID,
		    "texts are missing in %zu "
		    "languages",
		    missing.n);
	return move(who, tx, &c, RP_TEXT("planned"), RP_TEXT("launched"),
	    RP_TEXT("consultation.launch"));
}

struct rp_err *
rp_consultation_extend(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text new_local, rp_text reason)
{
	struct rp_consultation c;
	int64_t at;

	RP_TRY(ours(who, tx, id, &c));
	if (c.state != RP_CONSULTATION_COMING &&
	    c.state != RP_CONSULTATION_OPEN &&
	    c.state != RP_CONSULTATION_CLOSED)
		return rp_fail(RP_E_CONFLICT, "not launched, or archived");
	if (reason.n == 0 || reason.n > RP_REASON_MAX)
		return rp_fail(RP_E_INVALID, "a reason of %zu octets",
		    reason.n);
	RP_TRY(rp_zone_resolve(who->env->zones, new_local, c.zone, &at));
	if (at <= c.deadline_at)
		return rp_fail(RP_E_INVALID, "not later than the deadline");
	RP_TRY(q_extension_insert(tx,
	    &(struct q_extension_insert_param){ .consultation_id = id,
		.old_local = c.deadline_local,
		.new_local = new_local,
		.reason = reason,
		.person_id = who->person_id,
		.now = who->now }));
	RP_TRY(q_consultation_set_deadline(tx,
	    &(struct q_consultation_set_deadline_param){ .id = id,
		.deadline_local = new_local,
		.now = who->now }));
	return note(who, tx, &c, RP_TEXT("consultation.extend"),
	    c.deadline_local,
	    rp_textf(rp_tx_arena(tx), "%.*s: %.*s", RP_FMT(new_local),
		RP_FMT(reason)));
}

struct rp_err *
rp_consultation_archive(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id)
{
	struct rp_consultation c;

	RP_TRY(ours(who, tx, id, &c));
	if (c.state != RP_CONSULTATION_CLOSED)
		return rp_fail(RP_E_CONFLICT, "not closed");
	return move(who, tx, &c, RP_TEXT("launched"), RP_TEXT("archived"),
	    RP_TEXT("consultation.archive"));
}
