/* demo_consultation - the consultations with their texts, and translations. */
#include "base/buf.h"
#include "base/clock.h"
#include "codec/jsonl.h"
#include "domain/consultation.h"
#include "proc/demo.h"
#include "store/db.h"

#define SMALL_MAX 100

struct topics RP_VEC(int64_t);

/* A member {"day": …, "time": …}, as local time; empty if it is absent. */
static struct rp_err *
when(struct rp_demo *d, const struct rp_json *o, const char *name,
    rp_text *out_local, int64_t *out_day)
{
	const struct rp_json *w = rp_json_find(o, name);
	rp_text time;

	*out_local = RP_TEXT("");
	*out_day = 0;
	if (w == NULL || rp_json_kind(w) != RP_JSON_OBJECT)
		return NULL;
	RP_TRY(rp_json_i64(w, "day", out_day));
	RP_TRY(rp_demo_text(d->arena, w, "time", &time));
	*out_day += d->today;
	*out_local = rp_demo_local(d->arena, *out_day, time);
	return NULL;
}

static struct rp_err *
languages(struct rp_demo *d, const struct rp_json *o, rp_text *out)
{
	const struct rp_json *all;
	struct rp_buf b;

	rp_buf_init(&b, d->arena, SMALL_MAX);
	RP_TRY(rp_json_array(o, "languages", SMALL_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		rp_text tag;

		RP_TRY(rp_json_as_text(d->arena, rp_json_at(all, i), SMALL_MAX,
		    &tag));
		rp_buf_text(&b, i > 0 ? RP_TEXT(" ") : RP_TEXT(""));
		rp_buf_text(&b, tag);
	}
	return rp_buf_done(&b, out);
}

/* As it was first planned: before its deadline was extended. */
static struct rp_err *
plan(struct rp_demo *d, const struct rp_json *o, const struct rp_json *first,
    struct rp_consultation_plan *out, int64_t *out_day)
{
	const struct rp_json *meeting = rp_json_find(o, "meeting");
	rp_text publication;
	int64_t day;

	*out = (struct rp_consultation_plan){ .meeting_local = RP_TEXT(""),
		.meeting_zone = RP_TEXT("") };
	RP_TRY(rp_demo_text(d->arena, o, "zone", &out->zone));
	RP_TRY(when(d, o, "opens", &out->opens_local, out_day));
	if (first != NULL)
		RP_TRY(when(d, first, "old", &out->deadline_local, &day));
	else
		RP_TRY(when(d, o, "deadline", &out->deadline_local, &day));
	RP_TRY(when(d, o, "meeting", &out->meeting_local, &day));
	if (out->meeting_local.n > 0)
		RP_TRY(rp_demo_text(d->arena, meeting, "zone",
		    &out->meeting_zone));
	RP_TRY(rp_demo_text(d->arena, o, "decided_by", &out->decided_by));
	RP_TRY(rp_demo_text(d->arena, o, "publication", &publication));
	out->publication = rp_text_eq(publication, RP_TEXT("as_checked")) ?
			       RP_PUBLISH_AS_CHECKED :
			       RP_PUBLISH_AFTER_DEADLINE;
	return languages(d, o, &out->languages);
}

static struct rp_err *
topics(struct rp_demo *d, const struct rp_actor *who, int64_t id,
    const struct rp_json *o, struct topics *out)
{
	const struct rp_json *all;
	int64_t topic;

	RP_TRY(rp_json_array(o, "topics", SMALL_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		RP_TRY(rp_topic_create(who, d->tx, d->group_id, &topic));
		RP_TRY(rp_demo_wording(d, *who, RP_TEXT("topic"), topic,
		    RP_TEXT("title"),
		    rp_json_find(rp_json_at(all, i), "title")));
		RP_TRY(rp_consultation_add_topic(who, d->tx, id, topic));
		rp_vec_push(d->arena, out, topic);
	}
	return NULL;
}

/* The topic that a question names by its number in the group. */
static struct rp_err *
topic_of(const struct rp_json *o, const struct rp_json *question,
    const struct topics *made, int64_t *out)
{
	const struct rp_json *all = rp_json_find(o, "topics");
	int64_t wanted, number;

	*out = 0;
	RP_TRY(rp_demo_i64(question, "topic", 0, &wanted));
	for (size_t i = 0; wanted != 0 && i < made->n; i++) {
		RP_TRY(rp_json_i64(rp_json_at(all, i), "number", &number));
		if (number == wanted)
			*out = made->v[i];
	}
	return NULL;
}

static struct rp_err *
questions(struct rp_demo *d, const struct rp_actor *who, int64_t id,
    const struct rp_json *o, const struct topics *made)
{
	const struct rp_json *all;

	RP_TRY(rp_json_array(o, "questions", RP_QUESTIONS_MAX, &all));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		const struct rp_json *q = rp_json_at(all, i);
		int64_t topic, question;

		RP_TRY(topic_of(o, q, made, &topic));
		RP_TRY(rp_consultation_add_question(who, d->tx, id, topic,
		    &question));
		RP_TRY(rp_demo_wording(d, *who, RP_TEXT("question"), question,
		    RP_TEXT("text"), rp_json_find(q, "text")));
		RP_TRY(rp_demo_wording(d, *who, RP_TEXT("question"), question,
		    RP_TEXT("help"), rp_json_find(q, "help")));
	}
	return NULL;
}

static struct rp_err *
extend(struct rp_demo *d, int64_t id, const struct rp_json *all)
{
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		const struct rp_json *e = rp_json_at(all, i);
		const struct rp_json *decided = rp_json_find(e, "decided");
		struct rp_actor who;
		rp_text local, reason, time;
		int64_t day, at;

		RP_TRY(when(d, e, "new", &local, &day));
		RP_TRY(rp_json_i64(decided, "day", &day));
		RP_TRY(rp_demo_text(d->arena, decided, "time", &time));
		RP_TRY(rp_demo_instant(d->arena, d, d->today + day, time, &at));
		RP_TRY(rp_demo_text(d->arena, rp_json_find(e, "reason"), "en",
		    &reason));
		who = rp_demo_system(d, at);
		RP_TRY(rp_consultation_extend(&who, d->tx, id, local, reason));
	}
	return NULL;
}

static struct rp_err *
texts(struct rp_demo *d, const struct rp_actor *who, int64_t id,
    const struct rp_json *o)
{
	static const char *const fields[] = { "title", "introduction",
		"guidelines", "moderation" };
	const struct rp_json *meeting = rp_json_find(o, "meeting");

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		RP_TRY(rp_demo_wording(d, *who, RP_TEXT("consultation"), id,
		    rp_text_z(fields[i]), rp_json_find(o, fields[i])));
	return rp_demo_wording(d, *who, RP_TEXT("consultation"), id,
	    RP_TEXT("place"), rp_json_find(meeting, "place"));
}

static struct rp_err *
consultation(struct rp_demo *d, const struct rp_json *o)
{
	const struct rp_json *extensions = rp_json_find(o, "extensions");
	struct rp_demo_consultation c = { 0 };
	struct rp_consultation_plan p;
	struct topics made = { 0 };
	struct rp_actor who;

	RP_TRY(rp_json_i64(o, "number", &c.number));
	RP_TRY(plan(d, o,
	    rp_json_n(extensions) > 0 ? rp_json_at(extensions, 0) : NULL, &p,
	    &c.first_day));
	who =
	    rp_demo_system(d, d->now + (c.first_day - d->today - 12) * RP_DAY);
	RP_TRY(rp_consultation_plan(&who, d->tx, d->group_id, &p, &c.id));
	RP_TRY(texts(d, &who, c.id, o));
	RP_TRY(topics(d, &who, c.id, o, &made));
	RP_TRY(questions(d, &who, c.id, o, &made));
	who.now += 5 * RP_DAY;
	RP_TRY(rp_consultation_launch(&who, d->tx, c.id));
	RP_TRY(extend(d, c.id, extensions));
	rp_vec_push(d->arena, &d->consultations, c);
	return NULL;
}

struct rp_err *
rp_demo_consultations(struct rp_demo *d)
{
	const struct rp_json *all;
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, "consultations.json", &file));
	RP_TRY(rp_json_parse(d->arena, file, &all));
	for (size_t i = 0; i < rp_json_n(all); i++)
		RP_TRY(consultation(d, rp_json_at(all, i)));
	d->progress(d, "consultations", (int64_t)rp_json_n(all));
	return NULL;
}

/* The answer of whoever has the address to a question. */
static struct rp_err *
answer_of(struct rp_demo *d, int64_t consultation_number, rp_text email,
    int64_t position, int64_t *out)
{
	struct rp_actor who = rp_demo_system(d, d->now);
	struct rp_response_record r;

	for (size_t i = 0; i < d->sent.n; i++) {
		if (d->sent.v[i].consultation_number != consultation_number ||
		    !rp_text_eq(d->sent.v[i].email, email))
			continue;
		RP_TRY(
		    rp_response_get(&who, d->tx, d->sent.v[i].response_id, &r));
		for (size_t j = 0; j < r.standing.answers.n; j++)
			if (r.standing.answers.v[j].position == position) {
				*out = r.standing.answers.v[j].id;
				return NULL;
			}
	}
	return rp_fail(RP_E_NOTFOUND, "%.*s did not answer question %lld",
	    RP_FMT(email), (long long)position);
}

static struct rp_err *
translation(void *ctx, struct rp_arena *a, int64_t line,
    const struct rp_json *o)
{
	struct rp_demo *d = ctx;
	struct rp_actor who = rp_demo_system(d, d->now);
	struct rp_wording_at at = { .owner_kind = RP_TEXT("answer"),
		.field = RP_TEXT("body") };
	enum rp_wording_status status;
	rp_text email, question, word, text;
	int64_t number, position;

	rp_tx_use(d->tx, a);
	RP_TRY(rp_json_i64(o, "consultation", &number));
	RP_TRY(rp_demo_text(a, o, "email", &email));
	RP_TRY(rp_demo_text(a, o, "question", &question));
	RP_TRY(rp_demo_text(a, o, "lang", &at.lang));
	RP_TRY(rp_demo_text(a, o, "status", &word));
	RP_TRY(rp_demo_text(a, o, "text", &text));
	if (!rp_text_i64(question, &position) ||
	    !rp_wording_status_from(word, &status))
		return rp_fail(RP_E_INVALID, "question or status");
	RP_TRY(answer_of(d, number, email, position, &at.owner_id));
	RP_TRY(rp_wording_set(&who, d->tx, &at, status, text));
	d->progress(d, "translations", line);
	return NULL;
}

struct rp_err *
rp_demo_translations(struct rp_demo *d)
{
	struct rp_jsonl *lines = rp_jsonl_new(d->arena, translation, d);
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, "translations.jsonl", &file));
	RP_TRY(rp_jsonl_read(lines, file));
	RP_TRY(rp_jsonl_finish(lines));
	rp_tx_use(d->tx, d->arena);
	return NULL;
}
