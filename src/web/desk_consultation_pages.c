#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "text/input.h"
#include "text/zone.h"
#include "web/desk_consultation.h"

#define SMALL_MAX 80
#define LANGUAGES_MAX 100
#define FIRST_WEEKS (28 * RP_DAY) /* a new one opens then, by default */
#define WINDOW (90 * RP_DAY)

static enum rp_lang
edited(const struct rp_request *req)
{
	enum rp_lang lang = req->reader.lang;
	rp_text tag = RP_TEXT("");
	struct rp_err *e =
	    rp_form_line(req, &req->query, "text", SMALL_MAX, &tag);

	rp_err_free(e);
	(void)rp_lang_find(tag, &lang);
	return lang;
}

/* Groups in which one may be planned. */
static struct rp_err *
load_groups(struct rp_desk_plan *p)
{
	const struct rp_request *req = p->req;
	struct rp_groups all;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &all));
	for (size_t i = 0; i < all.n; i++)
		if (rp_actor_may(req->who, RP_MAY_LAUNCH,
			rp_group_place(&all.v[i])))
			rp_vec_push(req->arena, &p->groups, all.v[i]);
	if (p->groups.n == 0)
		return rp_fail(RP_E_DENIED, "may plan in no group");
	p->group_id = p->groups.v[0].id;
	p->plan.zone = p->groups.v[0].zone;
	return NULL;
}

static rp_text
local_after(const struct rp_desk_plan *p, int64_t delay, int hour, int minute)
{
	const struct rp_zone *zone =
	    rp_zone_find(p->req->who->env->zones, p->plan.zone);
	struct rp_local l;

	if (zone == NULL)
		return RP_TEXT("");
	l = rp_zone_local(zone, p->req->now + delay);
	l.hour = hour;
	l.minute = minute;
	return rp_zone_local_write(p->req->arena, l);
}

static struct rp_err *
load_new(const struct rp_request *req, struct rp_desk_plan *p)
{
	*p = (struct rp_desk_plan){ .req = req,
		.may_launch = true,
		.lang = edited(req),
		.n_questions = 1 };
	RP_TRY(load_groups(p));
	p->plan.languages = RP_TEXT("ar zh en fr ru es");
	p->plan.opens_local = local_after(p, FIRST_WEEKS, 9, 0);
	p->plan.deadline_local = local_after(p, FIRST_WEEKS + WINDOW, 23, 59);
	p->plan.meeting_local = RP_TEXT("");
	return NULL;
}

static rp_text
body_in(const struct rp_wordings *all, int64_t id, const char *field,
    rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_find(all, id, rp_text_z(field), lang);

	return w != NULL ? w->body : RP_TEXT("");
}

static struct rp_err *
load_texts(struct rp_desk_plan *p)
{
	rp_text lang = rp_lang_tag(p->lang);
	struct rp_wordings own;
	const struct rp_wording *w;

	RP_TRY(rp_wording_load(p->req->tx, RP_TEXT("consultation"), p->c.id,
	    &own));
	for (size_t i = 0; i < own.n; i++)
		if (rp_text_eq(own.v[i].field, RP_TEXT("title")) &&
		    own.v[i].status == RP_WORDING_ORIGINAL)
			p->original_lang = own.v[i].lang;
	w = rp_wording_find(&own, p->c.id, RP_TEXT("title"), lang);
	p->status = w != NULL ? w->status : RP_WORDING_OFFICIAL;
	p->title = body_in(&own, p->c.id, "title", lang);
	p->introduction = body_in(&own, p->c.id, "introduction", lang);
	p->guidelines = body_in(&own, p->c.id, "guidelines", lang);
	p->place = body_in(&own, p->c.id, "place", lang);
	return NULL;
}

static struct rp_err *
load_questions(struct rp_desk_plan *p)
{
	rp_text lang = rp_lang_tag(p->lang);
	struct rp_wordings all;

	RP_TRY(rp_wording_load_questions(p->req->tx, p->c.id, &all));
	for (size_t i = 0; i < p->c.questions.n; i++) {
		int64_t id = p->c.questions.v[i].id;
		struct rp_desk_question *q = &p->questions[p->n_questions++];

		q->id = id;
		q->text = body_in(&all, id, "text", lang);
		if (p->original_lang.n == 0 ||
		    rp_text_eq(p->original_lang, lang))
			continue;
		q->original = body_in(&all, id, "text", p->original_lang);
		q->original_lang = p->original_lang;
	}
	/* One more may be added, in the original language. */
	if (p->c.state == RP_CONSULTATION_PLANNED && p->may_launch &&
	    p->n_questions < RP_QUESTIONS_MAX &&
	    (p->original_lang.n == 0 || rp_text_eq(p->original_lang, lang)))
		p->n_questions++;
	return NULL;
}

static struct rp_err *
load(const struct rp_request *req, struct rp_desk_plan *p)
{
	*p = (struct rp_desk_plan){ .req = req, .lang = edited(req) };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, req->params.n,
	    rp_lang_tag(req->reader.lang), &p->c));
	p->may_launch =
	    rp_actor_may(req->who, RP_MAY_LAUNCH, rp_consultation_place(&p->c));
	p->may_translate = rp_actor_may(req->who, RP_MAY_TRANSLATE,
	    rp_consultation_place(&p->c));
	if (!p->may_launch && !p->may_translate)
		return rp_fail(RP_E_DENIED, "neither launch nor translate");
	p->plan = (struct rp_consultation_plan){ .zone = p->c.zone,
		.opens_local = p->c.opens_local,
		.deadline_local = p->c.deadline_local,
		.languages = p->c.languages,
		.publication = p->c.publication,
		.meeting_local = p->c.meeting_local,
		.meeting_zone = p->c.meeting_zone,
		.decided_by = p->c.decided_by };
	RP_TRY(load_texts(p));
	return load_questions(p);
}

struct rp_err *
rp_web_desk_plan(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_plan *p = rp_new(req->arena, struct rp_desk_plan);

	RP_TRY(load_new(req, p));
	return rp_desk_plan_show(p, out);
}

struct rp_err *
rp_web_desk_consultation(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_plan *p = rp_new(req->arena, struct rp_desk_plan);

	RP_TRY(load(req, p));
	return rp_desk_plan_show(p, out);
}

/* Reading the form. */

static void
wrong(struct rp_desk_plan *p, enum rp_msg *where, enum rp_msg what)
{
	*where = what;
	p->errors.any = true;
}

static struct rp_err *
read_text(struct rp_desk_plan *p, const char *name, size_t max, rp_text *out,
    enum rp_msg *error)
{
	struct rp_err *e = rp_form_text(p->req, &p->req->form, name, max, out);

	if (e == NULL)
		return NULL;
	if (rp_err_code(e) != RP_E_LIMIT && rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	*out = RP_TEXT("");
	wrong(p, error, M_desk_consultation_error_too_long);
	return NULL;
}

static struct rp_err *
read_questions(struct rp_desk_plan *p)
{
	char name[24];
	size_t given = 0;

	for (size_t i = 0; i < p->n_questions; i++) {
		snprintf(name, sizeof(name), "q%zu", i + 1);
		RP_TRY(read_text(p, name, RP_QUESTION_MAX,
		    &p->questions[i].text, &p->errors.question[i]));
		given += !rp_text_blank(p->questions[i].text);
	}
	if (p->c.id == 0 && given == 0)
		wrong(p, &p->errors.question[0],
		    M_desk_consultation_error_question);
	return NULL;
}

static struct rp_err *
read_texts(struct rp_desk_plan *p)
{
	struct rp_desk_plan_errors *e = &p->errors;
	const struct rp_urlform *form = &p->req->form;
	rp_text word;

	RP_TRY(rp_form_line(p->req, form, "title", RP_NAME_MAX, &p->title));
	RP_TRY(read_text(p, "introduction", RP_CONSULTATION_TEXT_MAX,
	    &p->introduction, &e->introduction));
	RP_TRY(read_text(p, "guidelines", RP_CONSULTATION_TEXT_MAX,
	    &p->guidelines, &e->guidelines));
	RP_TRY(rp_form_line(p->req, form, "place", RP_NAME_MAX, &p->place));
	RP_TRY(rp_form_line(p->req, form, "status", SMALL_MAX, &word));
	if (!rp_wording_status_from(word, &p->status) ||
	    p->status == RP_WORDING_ORIGINAL)
		p->status = RP_WORDING_OFFICIAL;
	if (p->original_lang.n == 0 ||
	    rp_text_eq(p->original_lang, rp_lang_tag(p->lang))) {
		p->status = RP_WORDING_ORIGINAL;
		if (rp_text_blank(p->title))
			wrong(p, &e->title, M_desk_consultation_error_title);
	}
	return read_questions(p);
}

/* A local time that is one, and that the clocks of the zone show. */
static void
check_local(struct rp_desk_plan *p, rp_text local, enum rp_msg *error)
{
	const struct rp_zone *zone =
	    rp_zone_find(p->req->who->env->zones, p->plan.zone);
	struct rp_local l, back;
	struct rp_err *e = rp_zone_local_parse(local, &l);

	if (e != NULL || zone == NULL) {
		rp_err_free(e);
		wrong(p, error, M_desk_consultation_error_time);
		return;
	}
	back = rp_zone_local(zone, rp_zone_instant(zone, l));
	if (back.hour != l.hour || back.minute != l.minute)
		wrong(p, error, M_desk_consultation_error_gap);
}

static struct rp_err *
read_languages(struct rp_desk_plan *p)
{
	const struct rp_urlform *form = &p->req->form;
	struct rp_buf b;

	rp_buf_init(&b, p->req->arena, LANGUAGES_MAX);
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);

		for (size_t i = 0; i < form->n; i++) {
			const struct rp_urlform_field *f = &form->v[i];

			if (f->name.n != 8 ||
			    memcmp(f->name.p, "language", 8) != 0 ||
			    f->value.n != tag.n ||
			    memcmp(f->value.p, tag.p, tag.n) != 0)
				continue;
			rp_buf_text(&b, b.n > 0 ? RP_TEXT(" ") : RP_TEXT(""));
			rp_buf_text(&b, tag);
			break;
		}
	}
	/* None at all: the one that is being written in. */
	if (b.n == 0)
		rp_buf_text(&b, rp_lang_tag(p->lang));
	return rp_buf_done(&b, &p->plan.languages);
}

static struct rp_err *
read_window(struct rp_desk_plan *p)
{
	const struct rp_urlform *form = &p->req->form;
	struct rp_desk_plan_errors *e = &p->errors;
	struct rp_consultation_plan *plan = &p->plan;
	int64_t opens, deadline;

	RP_TRY(rp_form_line(p->req, form, "zone", RP_ZONE_ID_MAX, &plan->zone));
	RP_TRY(
	    rp_form_line(p->req, form, "opens", SMALL_MAX, &plan->opens_local));
	RP_TRY(rp_form_line(p->req, form, "deadline", SMALL_MAX,
	    &plan->deadline_local));
	if (rp_zone_find(p->req->who->env->zones, plan->zone) == NULL) {
		wrong(p, &e->zone, M_desk_consultation_error_zone);
		return NULL;
	}
	check_local(p, plan->opens_local, &e->opens);
	check_local(p, plan->deadline_local, &e->deadline);
	if (e->opens != M_none || e->deadline != M_none)
		return NULL;
	RP_TRY(rp_zone_resolve(p->req->who->env->zones, plan->opens_local,
	    plan->zone, &opens));
	RP_TRY(rp_zone_resolve(p->req->who->env->zones, plan->deadline_local,
	    plan->zone, &deadline));
	if (deadline <= opens)
		wrong(p, &e->deadline, M_desk_consultation_error_order);
	return NULL;
}

static struct rp_err *
read_rules(struct rp_desk_plan *p)
{
	const struct rp_urlform *form = &p->req->form;
	struct rp_consultation_plan *plan = &p->plan;
	rp_text word;

	if (p->c.id == 0 || p->c.state == RP_CONSULTATION_PLANNED)
		RP_TRY(read_window(p));
	RP_TRY(rp_form_line(p->req, form, "meeting", SMALL_MAX,
	    &plan->meeting_local));
	plan->meeting_zone =
	    plan->meeting_local.n > 0 ? plan->zone : RP_TEXT("");
	if (plan->meeting_local.n > 0 && p->errors.zone == M_none)
		check_local(p, plan->meeting_local, &p->errors.meeting);
	RP_TRY(rp_form_line(p->req, form, "decided_by", RP_NAME_MAX,
	    &plan->decided_by));
	RP_TRY(rp_form_line(p->req, form, "publication", SMALL_MAX, &word));
	plan->publication = rp_text_eq(word, RP_TEXT("after_deadline")) ?
				RP_PUBLISH_AFTER_DEADLINE :
				RP_PUBLISH_AS_CHECKED;
	return read_languages(p);
}

/* Storing it. */

static struct rp_err *
set(const struct rp_desk_plan *p, const char *kind, int64_t id,
    const char *field, rp_text body)
{
	struct rp_wording_at at = { rp_text_z(kind), id, rp_text_z(field),
		rp_lang_tag(p->lang) };

	return rp_wording_set(p->req->who, p->req->tx, &at, p->status,
	    rp_text_blank(body) ? RP_TEXT("") : body);
}

/* New ones are added; a planned one that was emptied in its original goes. */
static struct rp_err *
store_questions(struct rp_desk_plan *p)
{
	const struct rp_request *req = p->req;

	for (size_t i = 0; i < p->n_questions; i++) {
		struct rp_desk_question *q = &p->questions[i];
		bool empty = rp_text_blank(q->text);

		if (q->id == 0 && empty)
			continue;
		if (empty && p->status == RP_WORDING_ORIGINAL &&
		    p->c.state == RP_CONSULTATION_PLANNED) {
			RP_TRY(rp_consultation_remove_question(req->who,
			    req->tx, p->c.id, q->id));
			continue;
		}
		if (q->id == 0)
			RP_TRY(rp_consultation_add_question(req->who, req->tx,
			    p->c.id, 0, &q->id));
		RP_TRY(set(p, "question", q->id, "text", q->text));
	}
	return NULL;
}

static struct rp_err *
store_texts(struct rp_desk_plan *p)
{
	RP_TRY(set(p, "consultation", p->c.id, "title", p->title));
	RP_TRY(
	    set(p, "consultation", p->c.id, "introduction", p->introduction));
	RP_TRY(set(p, "consultation", p->c.id, "guidelines", p->guidelines));
	RP_TRY(set(p, "consultation", p->c.id, "place", p->place));
	return store_questions(p);
}

static struct rp_err *
again(struct rp_desk_plan *p, int status, struct rp_response *out)
{
	out->status = status;
	return rp_desk_plan_show(p, out);
}

static struct rp_err *
done(struct rp_desk_plan *p, const char *word, struct rp_response *out)
{
	return rp_desk_done(out, p->req,
	    rp_desk_url(p->req, "consultations/%lld?text=%s",
		(long long)p->c.id, rp_lang_tag(p->lang).p),
	    word);
}

struct rp_err *
rp_web_desk_plan_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_desk_plan *p = rp_new(req->arena, struct rp_desk_plan);

	RP_TRY(load_new(req, p));
	p->group_id = rp_desk_number(req, &req->form, "group");
	RP_TRY(read_texts(p));
	RP_TRY(read_rules(p));
	if (p->errors.any)
		return again(p, 400, out);
	RP_TRY(rp_consultation_plan(req->who, req->tx, p->group_id, &p->plan,
	    &p->c.id));
	p->c.state = RP_CONSULTATION_PLANNED;
	RP_TRY(store_texts(p));
	return done(p, "saved", out);
}

static struct rp_err *
save(struct rp_desk_plan *p, struct rp_response *out)
{
	const struct rp_request *req = p->req;

	RP_TRY(read_texts(p));
	if (p->may_launch)
		RP_TRY(read_rules(p));
	if (p->errors.any)
		return again(p, 400, out);
	if (p->may_launch)
		RP_TRY(rp_consultation_change(req->who, req->tx, p->c.id,
		    &p->plan));
	RP_TRY(store_texts(p));
	return done(p, "saved", out);
}

static struct rp_err *
extend(struct rp_desk_plan *p, struct rp_response *out)
{
	const struct rp_request *req = p->req;
	int64_t at;

	RP_TRY(rp_form_line(req, &req->form, "new_deadline", SMALL_MAX,
	    &p->new_deadline));
	RP_TRY(
	    rp_form_line(req, &req->form, "reason", RP_REASON_MAX, &p->reason));
	check_local(p, p->new_deadline, &p->errors.extend);
	if (!p->errors.any && rp_text_blank(p->reason))
		wrong(p, &p->errors.extend, M_desk_consultation_error_reason);
	if (p->errors.any)
		return again(p, 400, out);
	RP_TRY(rp_zone_resolve(req->who->env->zones, p->new_deadline, p->c.zone,
	    &at));
	if (at <= p->c.deadline_at) {
		wrong(p, &p->errors.extend, M_desk_consultation_error_earlier);
		return again(p, 400, out);
	}
	RP_TRY(rp_consultation_extend(req->who, req->tx, p->c.id,
	    p->new_deadline, p->reason));
	return done(p, "extended", out);
}

static struct rp_err *
launch(struct rp_desk_plan *p, struct rp_response *out)
{
	struct rp_err *e =
	    rp_consultation_launch(p->req->who, p->req->tx, p->c.id);

	if (e == NULL)
		return done(p, "launched", out);
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	p->error = p->c.questions.n == 0 ? M_desk_consultation_error_question :
					   M_desk_consultation_missing_blocks;
	return again(p, 400, out);
}

struct rp_err *
rp_web_desk_consultation_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_desk_plan *p = rp_new(req->arena, struct rp_desk_plan);

	RP_TRY(load(req, p));
	if (rp_desk_button(req, "save"))
		return save(p, out);
	if (rp_desk_button(req, "launch"))
		return launch(p, out);
	if (rp_desk_button(req, "extend"))
		return extend(p, out);
	if (rp_desk_button(req, "archive")) {
		RP_TRY(rp_consultation_archive(req->who, req->tx, p->c.id));
		return done(p, "archived", out);
	}
	return rp_fail(RP_E_INVALID, "no such button");
}
