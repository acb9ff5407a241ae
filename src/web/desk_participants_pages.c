/* desk_participants_pages - registrations, badges, focal points, at the desk.
 */
#include "base/err.h"
#include "domain/party.h"
#include "domain/person.h"
#include "render/assets.h"
#include "render/t_badges.h"
#include "render/t_desk_participants.h"
#include "text/collate.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/registration.h"
#include "web/staff.h"

struct page {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_registrations all;
	struct rp_parties parties;
	struct rp_registration r; /* as it was typed */
	enum rp_registration_problem problem;
};

static rp_url
page_url(const struct rp_request *req, const struct page *p)
{
	return rp_desk_url(req, "meetings/%lld/participants",
	    (long long)p->m.id);
}

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*p = (struct page){ 0 };
	RP_TRY(rp_meeting_get_by_id(req->who, req->tx, req->params.id, &p->m));
	RP_TRY(
	    rp_group_get_by_id(req->who, req->tx, p->m.group_id, lang, &p->g));
	RP_TRY(rp_registration_list(req->who, req->tx, &p->m, &p->all));
	p->r.mode = rp_text_eq(p->m.mode, RP_TEXT("remote")) ?
			RP_TEXT("remote") :
			RP_TEXT("in_person");
	return rp_party_list(req->tx, p->g.body_id, lang, &p->parties);
}

static rp_text
party_name(const struct page *p, int64_t id)
{
	for (size_t i = 0; i < p->parties.n; i++) {
		if (p->parties.v[i].id == id)
			return p->parties.v[i].name;
	}
	return RP_TEXT("");
}

static void
add_rows(const struct rp_request *req, const struct page *p,
    struct v_desk_participants *v)
{
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rp_registration *r = &p->all.v[i];
		struct v_desk_participants_rows row = { .id = r->id,
			.name = r->name,
			.title = r->title,
			.party = party_name(p, r->party_id),
			.mode = rp_msg_meeting_mode(r->mode),
			.state = rp_msg_registration(r->state),
			.is_open = rp_text_eq(r->state, RP_TEXT("requested")),
			.needs = r->needs };

		rp_vec_push(req->arena, &v->rows, row);
	}
}

static void
add_parties(const struct rp_request *req, const struct page *p,
    struct v_desk_participants *v)
{
	size_t n = p->parties.n, *order;
	rp_text *names = rp_new_n(req->arena, rp_text, n + 1);
	struct v_desk_participants_parties none = { .value = RP_TEXT("0"),
		.name = rp_web_msg(req, M_minutes_no_party) };

	for (size_t i = 0; i < n; i++)
		names[i] = p->parties.v[i].name;
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, n);
	rp_vec_push(req->arena, &v->parties, none);
	for (size_t i = 0; i < n; i++) {
		int64_t id = p->parties.v[order[i]].id;
		struct v_desk_participants_parties one = {
			.value = rp_desk_digits(req, id),
			.name = names[order[i]],
			.selected = id == p->r.party_id
		};

		rp_vec_push(req->arena, &v->parties, one);
	}
}

/* Those who are registered with an account and belong to a party. */
static struct rp_err *
add_focal(const struct rp_request *req, const struct page *p,
    struct v_desk_participants *v)
{
	struct rp_focal_points all;

	RP_TRY(rp_focal_point_list(req->who, req->tx, p->g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_desk_participants_focal row = {
			.value = rp_textf(req->arena, "%lld-%lld",
			    (long long)all.v[i].party_id,
			    (long long)all.v[i].person_id),
			.name = all.v[i].name,
			.party = party_name(p, all.v[i].party_id)
		};

		rp_vec_push(req->arena, &v->focal, row);
	}
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rp_registration *r = &p->all.v[i];
		struct v_desk_participants_people one = {
			.value = rp_desk_digits(req, r->person_id),
			.name = rp_textf(req->arena, "%.*s – %.*s",
			    RP_FMT(party_name(p, r->party_id)), RP_FMT(r->name))
		};

		if (r->person_id != 0 && r->party_id != 0)
			rp_vec_push(req->arena, &v->people, one);
	}
	return NULL;
}

static void
show_problem(const struct rp_request *req, const struct page *p,
    struct v_desk_participants *v)
{
	rp_text text = rp_web_registration_problem(req, p->problem);

	switch (p->problem) {
	case RP_REGISTRATION_FINE:
		break;
	case RP_REGISTRATION_BAD_NAME:
		rp_web_problem_text(req, &v->errors, "name", text,
		    &v->name_error);
		break;
	case RP_REGISTRATION_BAD_TITLE:
		rp_web_problem_text(req, &v->errors, "title", text,
		    &v->title_error);
		break;
	case RP_REGISTRATION_BAD_MODE:
		rp_web_problem_text(req, &v->errors, "in-person", text,
		    &v->mode_error);
		break;
	case RP_REGISTRATION_BAD_NEEDS:
		rp_web_problem_text(req, &v->errors, "needs", text,
		    &v->needs_error);
		break;
	}
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "stored", M_registration_done },
		{ NULL, M_none },
	};
	struct v_desk_participants v = { .token = req->csrf,
		.meeting_url =
		    rp_desk_url(req, "meetings/%lld", (long long)p->m.id),
		.meeting_name = rp_web_meeting_name(req, &p->m),
		.badges_url = rp_desk_url(req, "meetings/%lld/badges",
		    (long long)p->m.id),
		.action = page_url(req, p),
		.done = rp_desk_word(req, done),
		.name = p->r.name,
		.title = p->r.title,
		.needs = p->r.needs,
		.in_person = rp_text_eq(p->r.mode, RP_TEXT("in_person")),
		.is_remote = rp_text_eq(p->r.mode, RP_TEXT("remote")) };
	rp_html content;

	add_rows(req, p, &v);
	add_parties(req, p, &v);
	RP_TRY(add_focal(req, p, &v));
	show_problem(req, p, &v);
	RP_TRY(rp_web_render(req, desk_participants, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_registration_all), content,
	    out);
}

struct rp_err *
rp_web_desk_participants(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

/* "PARTY-PERSON" */
static struct rp_err *
end_focal(const struct rp_request *req, const struct page *p)
{
	int64_t party, person;
	rp_text t;
	size_t at;

	RP_TRY(rp_form_line(req, &req->form, "end_focal", 60, &t));
	at = rp_text_find(t, '-', 0);
	if (at >= t.n || !rp_text_i64(rp_text_sub(t, 0, at), &party) ||
	    !rp_text_i64(rp_text_sub(t, at + 1, t.n), &person))
		return rp_fail(RP_E_INVALID, "no focal point");
	return rp_focal_point_end(req->who, req->tx, p->g.id, party, person);
}

static struct rp_err *
enter(const struct rp_request *req, struct page *p, bool *out_bad)
{
	int64_t id;

	RP_TRY(rp_web_registration_read(req, &p->r));
	RP_TRY(
	    rp_form_line(req, &req->form, "name", RP_WORDING_MAX, &p->r.name));
	p->r.party_id = rp_desk_number(req, &req->form, "party");
	p->problem = rp_registration_check(&p->m, &p->r);
	*out_bad = p->problem != RP_REGISTRATION_FINE;
	return *out_bad ?
		   NULL :
		   rp_registration_enter(req->who, req->tx, &p->m, &p->r, &id);
}

struct rp_err *
rp_web_desk_participants_post(const struct rp_request *req,
    struct rp_response *out)
{
	bool confirms = rp_form_has(&req->form, "confirm"), bad = false;
	struct page p;

	RP_TRY(load(req, &p));
	if (confirms || rp_form_has(&req->form, "refuse"))
		RP_TRY(rp_registration_decide(req->who, req->tx, &p.m,
		    rp_desk_number(req, &req->form,
			confirms ? "confirm" : "refuse"),
		    confirms));
	else if (rp_form_has(&req->form, "end_focal"))
		RP_TRY(end_focal(req, &p));
	else if (rp_desk_button(req, "focal"))
		RP_TRY(rp_focal_point_set(req->who, req->tx, p.g.id,
		    rp_desk_number(req, &req->form, "person")));
	else
		RP_TRY(enter(req, &p, &bad));
	if (!bad)
		return rp_desk_done(out, req, page_url(req, &p), "stored");
	out->status = 400;
	return show(req, &p, out);
}

struct rp_err *
rp_web_desk_badges(const struct rp_request *req, struct rp_response *out)
{
	struct v_badges v = { 0 };
	struct page p;

	RP_TRY(load(req, &p));
	for (size_t i = 0; i < p.all.n; i++) {
		const struct rp_registration *r = &p.all.v[i];
		struct v_badges_badges one = { .name = r->name,
			.title = r->title,
			.party = party_name(&p, r->party_id) };

		if (rp_text_eq(r->state, RP_TEXT("confirmed")) &&
		    rp_text_eq(r->mode, RP_TEXT("in_person")))
			rp_vec_push(req->arena, &v.badges, one);
	}
	v.page_lang = rp_lang_tag(req->reader.lang);
	v.dir = rp_dir_name(rp_lang_dir(req->reader.lang));
	v.meeting_name = rp_web_meeting_name(req, &p.m);
	v.style_url = rp_asset_url(req->arena, RP_TEXT("badges.css"));
	out->no_store = true;
	return rp_web_render(req, badges, &v, &out->page);
}
