/* registration_pages - register for a meeting, and who takes part. */
#include "base/err.h"
#include "domain/party.h"
#include "domain/registration.h"
#include "render/t_participants.h"
#include "render/t_registration.h"
#include "text/collate.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/registration.h"
#include "web/staff.h"

#define WORD_MAX 40

struct page {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_registering all;
	struct rp_registration r; /* as it was typed */
	enum rp_registration_problem problem;
};

enum rp_msg
rp_msg_registration(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("requested")) ?
		   M_registration_requested :
	       rp_text_eq(state, RP_TEXT("confirmed")) ?
		   M_registration_confirmed :
	       rp_text_eq(state, RP_TEXT("refused")) ?
		   M_registration_refused :
	       rp_text_eq(state, RP_TEXT("withdrawn")) ?
		   M_registration_withdrawn :
		   M_none;
}

rp_text
rp_web_registration_problem(const struct rp_request *req,
    enum rp_registration_problem problem)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(
	    problem == RP_REGISTRATION_BAD_NAME  ? RP_REGISTRATION_NAME_MAX :
	    problem == RP_REGISTRATION_BAD_TITLE ? RP_REGISTRATION_TITLE_MAX :
						   RP_REGISTRATION_NEEDS_MAX) };

	if (problem == RP_REGISTRATION_BAD_MODE)
		return rp_web_msg(req, M_registration_error_mode);
	return rp_message(req->arena, &req->reader,
	    problem == RP_REGISTRATION_BAD_NAME ? M_registration_error_name :
						  M_registration_error_function,
	    n, 1);
}

struct rp_err *
rp_web_registration_read(const struct rp_request *req,
    struct rp_registration *r)
{
	const struct rp_urlform *form = &req->form;

	RP_TRY(rp_form_line(req, form, "title", RP_WORDING_MAX, &r->title));
	RP_TRY(rp_form_text(req, form, "needs", RP_WORDING_MAX, &r->needs));
	return rp_form_line(req, form, "mode", WORD_MAX, &r->mode);
}

static rp_url
page_url(const struct rp_request *req, const struct page *p, const char *name)
{
	return rp_web_meeting_url(req, &p->g, &p->m, name);
}

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	*p = (struct page){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &p->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, p->g.id, req->params.n, &p->m));
	RP_TRY(rp_registering_get(req->who, req->tx, &p->m, &p->all));
	p->r = p->all.own;
	if (p->r.mode.n == 0)
		p->r.mode = rp_text_eq(p->m.mode, RP_TEXT("remote")) ?
				RP_TEXT("remote") :
				RP_TEXT("in_person");
	return NULL;
}

static void
show_problem(const struct rp_request *req, const struct page *p,
    struct v_registration *v)
{
	rp_text text = rp_web_registration_problem(req, p->problem);

	if (p->problem == RP_REGISTRATION_BAD_TITLE)
		rp_web_problem_text(req, &v->errors, "title", text,
		    &v->title_error);
	if (p->problem == RP_REGISTRATION_BAD_NEEDS)
		rp_web_problem_text(req, &v->errors, "needs", text,
		    &v->needs_error);
	if (p->problem == RP_REGISTRATION_BAD_MODE)
		rp_web_problem_text(req, &v->errors, "in-person", text,
		    &v->mode_error);
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "stored", M_registration_done },
		{ NULL, M_none },
	};
	const struct rp_msg_arg state[] = { RP_MSG_TEXT(
	    rp_web_msg(req, rp_msg_registration(p->all.own.state))) };
	struct rp_frame f = { .group = &p->g,
		.private = true,
		.title = rp_web_msg(req, M_registration_title) };
	struct v_registration v = { .token = req->csrf,
		.meeting_url = page_url(req, p, ""),
		.meeting_name = rp_web_meeting_name(req, &p->m),
		.list_url = page_url(req, p, "participants"),
		.action = page_url(req, p, "registration"),
		.done = rp_desk_word(req, done),
		.name = req->who->name,
		.title = p->r.title,
		.needs = p->r.needs,
		.in_person = rp_text_eq(p->r.mode, RP_TEXT("in_person")),
		.is_remote = rp_text_eq(p->r.mode, RP_TEXT("remote")),
		.has_choice = rp_text_eq(p->m.mode, RP_TEXT("hybrid")),
		.is_focal = p->all.is_focal };
	rp_html content;

	if (p->all.own.id != 0) {
		v.state = rp_message(req->arena, &req->reader,
		    M_registration_state, state, 1);
		v.can_withdraw =
		    !rp_text_eq(p->all.own.state, RP_TEXT("withdrawn"));
	}
	for (size_t i = 0; i < p->all.to_confirm.n; i++) {
		const struct rp_registration *r = &p->all.to_confirm.v[i];
		struct v_registration_to_confirm row = { .id = r->id,
			.name = r->name,
			.title = r->title,
			.mode = rp_msg_meeting_mode(r->mode) };

		rp_vec_push(req->arena, &v.to_confirm, row);
	}
	show_problem(req, p, &v);
	out->no_store = true;
	RP_TRY(rp_web_render(req, registration, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_registration(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

struct rp_err *
rp_web_registration_post(const struct rp_request *req, struct rp_response *out)
{
	bool confirms = rp_form_has(&req->form, "confirm");
	struct rp_registration typed;
	struct page p;

	RP_TRY(load(req, &p));
	if (confirms || rp_form_has(&req->form, "refuse")) {
		RP_TRY(rp_registration_decide(req->who, req->tx, &p.m,
		    rp_desk_number(req, &req->form,
			confirms ? "confirm" : "refuse"),
		    confirms));
	} else if (rp_desk_button(req, "withdraw")) {
		RP_TRY(rp_registration_withdraw(req->who, req->tx, &p.m));
	} else {
		RP_TRY(rp_web_registration_read(req, &p.r));
		typed = p.r;
		typed.name = req->who->name;
		p.problem = rp_registration_check(&p.m, &typed);
		if (p.problem != RP_REGISTRATION_FINE) {
			out->status = 400;
			return show(req, &p, out);
		}
		RP_TRY(rp_registration_ask(req->who, req->tx, &p.m, &p.r));
	}
	return rp_desk_done(out, req, page_url(req, &p, "registration"),
	    "stored");
}

/* The list, by delegations in the reader's alphabet; those of none last. */

static void
add_people(const struct rp_request *req, const struct rp_registrations *all,
    int64_t party_id, rp_text name, struct v_participants *v)
{
	struct v_participants_parties to = { .name = name };

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_registration *r = &all->v[i];
		struct v_participants_parties_people one = { .name = r->name,
			.title = r->title,
			.is_remote = rp_text_eq(r->mode, RP_TEXT("remote")) };

		if (r->party_id == party_id)
			rp_vec_push(req->arena, &to.people, one);
	}
	if (to.people.n > 0)
		rp_vec_push(req->arena, &v->parties, to);
}

struct rp_err *
rp_web_participants(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_registrations all;
	struct rp_parties parties;
	struct v_participants v = { 0 };
	struct page p = { 0 };
	struct rp_frame f = { .group = &p.g,
		.private = true,
		.title = rp_web_msg(req, M_registration_participants) };
	rp_html content;
	rp_text *names;
	size_t *order;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &p.g));
	RP_TRY(rp_meeting_get(req->who, req->tx, p.g.id, req->params.n, &p.m));
	RP_TRY(rp_participant_list(req->who, req->tx, &p.m, &all));
	RP_TRY(rp_party_list(req->tx, p.g.body_id, lang, &parties));
	names = rp_new_n(req->arena, rp_text, parties.n + 1);
	for (size_t i = 0; i < parties.n; i++)
		names[i] = parties.v[i].name;
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, parties.n);
	for (size_t i = 0; i < parties.n; i++)
		add_people(req, &all, parties.v[order[i]].id, names[order[i]],
		    &v);
	add_people(req, &all, 0, RP_TEXT(""), &v);
	v.meeting_url = page_url(req, &p, "");
	v.meeting_name = rp_web_meeting_name(req, &p.m);
	v.own_url = page_url(req, &p, "registration");
	v.n = (int64_t)all.n;
	out->no_store = true;
	RP_TRY(rp_web_render(req, participants, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
