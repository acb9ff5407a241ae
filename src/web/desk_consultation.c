#include "web/desk_consultation.h"

#include <string.h>

#include "base/err.h"
#include "render/t_desk_consultation.h"
#include "text/format.h"
#include "text/zone.h"

static rp_text
text_of(const struct rp_desk_plan *p, enum rp_msg id)
{
	return id == M_none ? RP_TEXT("") : rp_web_msg(p->req, id);
}

static void
add_error(const struct rp_desk_plan *p, struct v_desk_consultation *v,
    enum rp_msg id, const char *href)
{
	struct v_error_summary_errors row = {
		.href = rp_urlf(p->req->arena, "#%s", href),
		.text = text_of(p, id),
	};

	if (id != M_none)
		rp_vec_push(p->req->arena, &v->summary_of_errors.errors, row);
}

static void
add_errors(const struct rp_desk_plan *p, struct v_desk_consultation *v)
{
	const struct rp_desk_plan_errors *e = &p->errors;

	add_error(p, v, p->error, "main");
	add_error(p, v, e->title, "title");
	add_error(p, v, e->introduction, "introduction");
	add_error(p, v, e->guidelines, "guidelines");
	for (size_t i = 0; i < p->n_questions; i++)
		add_error(p, v, e->question[i],
		    rp_textf(p->req->arena, "q%zu", i + 1).p);
	add_error(p, v, e->group, "group");
	add_error(p, v, e->zone, "zone");
	add_error(p, v, e->opens, "opens");
	add_error(p, v, e->deadline, "deadline");
	add_error(p, v, e->meeting, "meeting");
	add_error(p, v, e->extend, "new_deadline");
	v->group_error = text_of(p, e->group);
	v->text_title_error = text_of(p, e->title);
	v->text_introduction_error = text_of(p, e->introduction);
	v->text_guidelines_error = text_of(p, e->guidelines);
	v->zone_error = text_of(p, e->zone);
	v->opens_error = text_of(p, e->opens);
	v->deadline_error = text_of(p, e->deadline);
	v->meeting_error = text_of(p, e->meeting);
	v->extend_error = text_of(p, e->extend);
}

static rp_url
own_url(const struct rp_desk_plan *p)
{
	if (p->c.id == 0)
		return rp_desk_url(p->req, "consultations/new");
	return rp_desk_url(p->req, "consultations/%lld?text=%s",
	    (long long)p->c.id, rp_lang_tag(p->lang).p);
}

static bool
is_among(const struct rp_langs *all, rp_text tag)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i], tag))
			return true;
	return false;
}

/* Whether `tag` is one of "en fr ar". */
static bool
offers(rp_text languages, rp_text tag)
{
	for (size_t at = 0; at < languages.n;) {
		size_t end = rp_text_find(languages, ' ', at);

		if (rp_text_eq(rp_text_sub(languages, at, end), tag))
			return true;
		at = end + 1;
	}
	return false;
}

static void
add_tabs(const struct rp_desk_plan *p, const struct rp_langs *missing,
    struct v_desk_consultation *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);
		struct v_desk_consultation_tabs tab = { .lang = tag,
			.name = rp_lang_own_name((enum rp_lang)l),
			.url = rp_desk_url(p->req, "consultations/%lld?text=%s",
			    (long long)p->c.id, tag.p),
			.current = (enum rp_lang)l == p->lang,
			.is_missing = is_among(missing, tag) };
		struct v_desk_consultation_offered one = { .value = tag,
			.name = tab.name,
			.selected = offers(p->plan.languages, tag) };

		if (p->c.id != 0)
			rp_vec_push(p->req->arena, &v->tabs, tab);
		rp_vec_push(p->req->arena, &v->offered, one);
	}
}

static void
add_statuses(const struct rp_desk_plan *p, struct v_desk_consultation *v)
{
	static const struct {
		enum rp_wording_status status;
		enum rp_msg label;
	} all[] = {
		{ RP_WORDING_OFFICIAL, M_translation_official },
		{ RP_WORDING_COURTESY, M_translation_courtesy },
		{ RP_WORDING_MACHINE, M_translation_machine },
	};

	/* The first language is the original, and stays it. */
	if (p->original_lang.n == 0 ||
	    rp_text_eq(p->original_lang, rp_lang_tag(p->lang)))
		return;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct v_desk_consultation_statuses row = {
			.value = rp_wording_status_name(all[i].status),
			.label = all[i].label,
			.selected = all[i].status == p->status,
		};

		rp_vec_push(p->req->arena, &v->statuses, row);
	}
}

static void
add_texts(const struct rp_desk_plan *p, struct v_desk_consultation *v)
{
	v->editing_lang = rp_lang_tag(p->lang);
	v->editing_dir = rp_dir_name(rp_lang_dir(p->lang));
	v->editing_name = rp_lang_own_name(p->lang);
	v->text_title = p->title;
	v->text_introduction = p->introduction;
	v->text_guidelines = p->guidelines;
	v->text_place = p->place;
	add_statuses(p, v);
	for (size_t i = 0; i < p->n_questions; i++) {
		const struct rp_desk_question *q = &p->questions[i];
		struct v_desk_consultation_questions row = { .id = q->id,
			.n = (int64_t)i + 1,
			.text = q->text,
			.original = q->original,
			.original_lang = q->original_lang,
			.error = text_of(p, p->errors.question[i]),
			.is_first = i == 0,
			.is_last = i + 1 == p->n_questions };

		rp_vec_push(p->req->arena, &v->questions, row);
	}
}

static rp_text
shown_local(const struct rp_desk_plan *p, rp_text local, rp_text zone)
{
	struct rp_err *e;
	int64_t at;

	if (local.n == 0)
		return RP_TEXT("");
	e = rp_zone_resolve(p->req->who->env->zones, local, zone, &at);
	if (e == NULL)
		return rp_web_time(p->req, zone, at);
	rp_err_free(e);
	return RP_TEXT("");
}

static void
add_zones(const struct rp_desk_plan *p, struct v_desk_consultation *v)
{
	size_t n;
	bool found = false;
	struct rp_zone_choice *all = rp_zone_list(p->req->who->env->zones,
	    p->req->arena, p->req->now, &n);
	struct v_desk_consultation_zones own = { .value = p->plan.zone,
		.name = p->plan.zone,
		.selected = true };

	for (size_t i = 0; i < n; i++)
		found |= rp_text_eq(all[i].id, p->plan.zone);
	if (!found && p->plan.zone.n > 0)
		rp_vec_push(p->req->arena, &v->zones, own);
	for (size_t i = 0; i < n; i++) {
		struct v_desk_consultation_zones row = { .value = all[i].id,
			.name = all[i].id,
			.selected = rp_text_eq(all[i].id, p->plan.zone) };

		rp_vec_push(p->req->arena, &v->zones, row);
	}
}

static void
add_rules(const struct rp_desk_plan *p, struct v_desk_consultation *v)
{
	const struct rp_consultation_plan *plan = &p->plan;

	add_zones(p, v);
	v->opens = plan->opens_local;
	v->deadline = plan->deadline_local;
	v->meeting = plan->meeting_local;
	v->opens_shown = shown_local(p, plan->opens_local, plan->zone);
	v->deadline_shown = shown_local(p, plan->deadline_local, plan->zone);
	v->meeting_shown =
	    shown_local(p, plan->meeting_local, plan->meeting_zone);
	v->decided_by = plan->decided_by;
	v->as_checked = plan->publication == RP_PUBLISH_AS_CHECKED;
	v->after_deadline = !v->as_checked;
	v->extend_to = p->new_deadline;
	v->extend_reason = p->reason;
	for (size_t i = 0; i < p->c.extensions.n; i++) {
		const struct rp_extension *e = &p->c.extensions.v[i];
		struct v_desk_consultation_extensions row = {
			.old = shown_local(p, e->old_local, p->c.zone),
			.new = shown_local(p, e->new_local, p->c.zone),
			.at = rp_web_time(p->req, p->c.zone, e->at),
			.reason = e->reason,
		};

		rp_vec_push(p->req->arena, &v->extensions, row);
	}
	for (size_t i = 0; p->c.id == 0 && i < p->groups.n; i++) {
		const struct rp_group *g = &p->groups.v[i];
		struct v_desk_consultation_groups row = {
			.value =
			    rp_textf(p->req->arena, "%lld", (long long)g->id),
			.name = g->name.body,
			.selected = g->id == p->group_id,
		};

		rp_vec_push(p->req->arena, &v->groups, row);
	}
}

/* Whether it may be launched, and what is missing for that. */
static void
add_missing(const struct rp_desk_plan *p, const struct rp_langs *missing,
    struct v_desk_consultation *v)
{
	bool blocks = missing->n > 0 && !p->c.group.rule_missing_languages;
	rp_text names = RP_TEXT("");

	for (size_t i = 0; i < missing->n; i++)
		names = rp_textf(p->req->arena, "%.*s%s%.*s", RP_FMT(names),
		    i > 0 ? ", " : "",
		    RP_FMT(rp_locale_language(p->req->reader.locale,
			p->req->arena, missing->v[i])));
	v->missing_names = names;
	if (missing->n > 0)
		v->missing = blocks ? M_desk_consultation_missing_blocks :
				      M_desk_consultation_missing;
	v->can_launch = !blocks && p->c.questions.n > 0;
}

static enum rp_msg
done(const struct rp_request *req)
{
	static const struct rp_desk_word words[] = {
		{ "saved", M_desk_consultation_done_saved },
		{ "launched", M_desk_consultation_done_launched },
		{ "extended", M_desk_consultation_done_extended },
		{ "archived", M_desk_consultation_done_archived },
		{ NULL, M_none },
	};

	return rp_desk_word(req, words);
}

struct rp_err *
rp_desk_plan_show(struct rp_desk_plan *p, struct rp_response *out)
{
	const struct rp_request *req = p->req;
	struct rp_langs missing = { 0 };
	struct v_desk_consultation v = { .desk_url = rp_desk_url(req, "%s", ""),
		.token = req->csrf,
		.is_new = p->c.id == 0,
		.can_change = p->may_launch,
		.action = own_url(p),
		.done = done(req) };
	rp_html content;

	if (!v.is_new) {
		RP_TRY(rp_consultation_missing(req->who, req->tx, p->c.id,
		    &missing));
		v.number = p->c.number;
		v.title = p->c.title.body;
		v.title_lang = p->c.title.lang;
		v.public_url = rp_web_consultation_url(req, &p->c, "");
		if (rp_actor_may(req->who, RP_MAY_MEET,
			rp_consultation_place(&p->c)))
			v.sessions_url = rp_desk_url(req,
			    "consultations/%lld/sessions", (long long)p->c.id);
		if (rp_actor_may(req->who, RP_MAY_CHECK,
			rp_consultation_place(&p->c)))
			v.queue_url = rp_desk_url(req,
			    "consultations/%lld/queue", (long long)p->c.id);
		v.status = rp_web_consultation_chip(req, &p->c);
		v.is_planned = p->c.state == RP_CONSULTATION_PLANNED;
		v.is_launched = !v.is_planned;
		v.is_open = p->c.state == RP_CONSULTATION_OPEN;
		v.is_closed = p->c.state == RP_CONSULTATION_CLOSED;
		add_missing(p, &missing, &v);
	}
	add_tabs(p, &missing, &v);
	add_texts(p, &v);
	add_rules(p, &v);
	add_errors(p, &v);
	RP_TRY(rp_web_render(req, desk_consultation, &v, &content));
	return rp_desk_frame(req,
	    v.is_new ? rp_web_msg(req, M_desk_new_consultation) : v.title,
	    content, out);
}
