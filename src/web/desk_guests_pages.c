/* desk_guests_pages - the guests of one item of an agenda, at the desk. */
#include "base/err.h"
#include "domain/guest.h"
#include "domain/one_time.h"
#include "domain/person.h"
#include "render/t_desk_guests.h"
#include "text/zone.h"
#include "web/desk_agenda.h"
#include "web/staff.h"

#define LANG_MAX 35

struct page {
	struct rp_desk_agenda s;
	const struct rp_agenda_item *i;
	struct rp_guests all;
	/* What was typed. */
	struct rp_guest g;
	struct rp_person person;
	rp_text email, link;
	enum rp_guest_problem problem;
	enum rp_msg email_error, name_error;
};

static rp_url
item_url(const struct rp_request *req, const struct page *p)
{
	return rp_desk_url(req, "meetings/%lld/items/%lld",
	    (long long)p->s.m.id, (long long)p->i->id);
}

static rp_url
page_url(const struct rp_request *req, const struct page *p)
{
	return rp_desk_url(req, "meetings/%lld/items/%lld/guests",
	    (long long)p->s.m.id, (long long)p->i->id);
}

/* From now until the item's part, or the meeting, is over. */
static struct rp_err *
blank(const struct rp_request *req, struct page *p)
{
	const struct rp_meeting_part *part =
	    rp_agenda_part_find(&p->s.a, p->i->part_id);
	const struct rp_zone *zone;

	RP_TRY(rp_zone_get(req->who->env->zones, p->s.m.zone, &zone));
	p->person = (struct rp_person){ .lang = rp_lang_tag(req->reader.lang),
		.zone = p->s.m.zone };
	p->g.from_local =
	    rp_zone_local_write(req->arena, rp_zone_local(zone, req->now));
	p->g.until_local =
	    part != NULL ? part->closes_local : p->s.m.closes_local;
	return NULL;
}

static struct rp_err *
load(const struct rp_request *req, struct page *p)
{
	*p = (struct page){ 0 };
	RP_TRY(rp_desk_agenda_load(req, &p->s));
	p->i = rp_agenda_item_find(&p->s.a, req->params.k);
	if (p->i == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such item");
	RP_TRY(rp_guest_list(req->who, req->tx, &p->s.m, p->i->id, &p->all));
	return blank(req, p);
}

/* "Admitted by Ana, 3 October 2026, 12:00" */
static rp_text
record(const struct rp_request *req, const struct page *p, enum rp_msg msg,
    rp_text name, int64_t at)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(name),
		RP_MSG_TEXT(rp_web_time(req, p->s.m.zone, at)) };

	return rp_message(req->arena, &req->reader, msg, args, 2);
}

static void
add_rows(const struct rp_request *req, const struct page *p,
    struct v_desk_guests *v)
{
	for (size_t i = 0; i < p->all.n; i++) {
		const struct rp_guest *g = &p->all.v[i];
		bool over = g->until_at <= req->now;
		struct v_desk_guests_rows row = { .id = g->id,
			.name = g->name,
			.since = rp_web_time(req, p->s.m.zone, g->from_at),
			.until = rp_web_time(req, p->s.m.zone, g->until_at),
			.instrument = g->instrument,
			.admitted = record(req, p, M_guest_admitted,
			    g->admitted_by, g->admitted_at),
			.state = over                  ? M_guest_is_over :
				 g->from_at > req->now ? M_guest_is_ahead :
							 M_guest_is_now,
			.is_now = !over && g->from_at <= req->now,
			.can_end = !over };

		if (g->ended_at != 0)
			row.ended = record(req, p, M_guest_ended, g->ended_by,
			    g->ended_at);
		rp_vec_push(req->arena, &v->rows, row);
	}
}

static void
show_problems(const struct rp_request *req, const struct page *p,
    struct v_desk_guests *v)
{
	const struct rp_msg_arg days[] = { RP_MSG_NUM(RP_GUEST_SPAN_MAX_DAYS) };

	if (p->email_error != M_none)
		rp_web_problem_text(req, &v->errors, "email",
		    rp_web_msg(req, p->email_error), &v->email_error);
	if (p->name_error != M_none)
		rp_web_problem_text(req, &v->errors, "person",
		    rp_web_msg(req, p->name_error), &v->person_error);
	switch (p->problem) {
	case RP_GUEST_FINE:
		break;
	case RP_GUEST_BAD_FROM:
		rp_web_problem_text(req, &v->errors, "since",
		    rp_web_msg(req, M_guest_error_from), &v->since_error);
		break;
	case RP_GUEST_BAD_UNTIL:
		rp_web_problem_text(req, &v->errors, "until",
		    rp_message(req->arena, &req->reader, M_guest_error_until,
			days, 1),
		    &v->until_error);
		break;
	case RP_GUEST_BAD_INSTRUMENT:
		rp_web_problem_text(req, &v->errors, "instrument",
		    rp_web_msg(req, M_desk_rights_error_instrument),
		    &v->instrument_error);
		break;
	}
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "admitted", M_guest_done },
		{ "ended", M_desk_rights_done_ended },
		{ NULL, M_none },
	};
	const struct rp_msg_arg zone[] = { RP_MSG_TEXT(p->s.m.zone) };
	struct rp_web_title title = rp_web_item_title(req, p->i);
	struct v_desk_guests v = { .token = req->csrf,
		.item_url = item_url(req, p),
		.name = title.text,
		.lang = title.lang,
		.action = page_url(req, p),
		.done = p->link.n > 0 ? M_guest_done : rp_desk_word(req, done),
		.link_text = p->link,
		.link_person = p->person.name,
		.email = p->link.n > 0 ? RP_TEXT("") : p->email,
		.person = p->link.n > 0 ? RP_TEXT("") : p->person.name,
		.zone_hint =
		    rp_message(req->arena, &req->reader, M_guest_zone, zone, 1),
		.since = p->g.from_local,
		.until = p->g.until_local,
		.instrument = p->g.instrument };
	rp_html content;

	add_rows(req, p, &v);
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, p->person.lang));
	show_problems(req, p, &v);
	RP_TRY(rp_web_render(req, desk_guests, &v, &content));
	out->no_store = true;
	return rp_desk_frame(req, rp_web_msg(req, M_guest_title), content, out);
}

struct rp_err *
rp_web_desk_guests(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	return show(req, &p, out);
}

static struct rp_err *
read_form(const struct rp_request *req, struct page *p)
{
	const struct rp_urlform *form = &req->form;

	RP_TRY(rp_form_line(req, form, "email", RP_WORDING_MAX, &p->email));
	RP_TRY(
	    rp_form_line(req, form, "person", RP_WORDING_MAX, &p->person.name));
	RP_TRY(rp_form_line(req, form, "lang", LANG_MAX, &p->person.lang));
	RP_TRY(rp_form_line(req, form, "since", RP_GUEST_LOCAL_MAX,
	    &p->g.from_local));
	RP_TRY(rp_form_line(req, form, "until", RP_GUEST_LOCAL_MAX,
	    &p->g.until_local));
	RP_TRY(rp_form_line(req, form, "instrument", RP_WORDING_MAX,
	    &p->g.instrument));
	p->person.name_lang = p->person.lang;
	p->problem = rp_guest_check(req->who, &p->s.m, &p->g);
	return NULL;
}

/* What may be wrong with the person: a message, not a failure. */
static struct rp_err *
told(struct rp_err *e, enum rp_msg *out_invalid, struct page *p)
{
	enum rp_ecode code;

	if (e == NULL)
		return NULL;
	code = rp_err_code(e);
	if (code != RP_E_INVALID && code != RP_E_LIMIT && code != RP_E_GONE &&
	    code != RP_E_CONFLICT)
		return e;
	rp_err_free(e);
	if (code == RP_E_GONE)
		p->email_error = M_guest_error_closed;
	else if (code == RP_E_CONFLICT)
		p->email_error = M_guest_error_twice;
	else
		*out_invalid = out_invalid == &p->name_error ?
				   M_answer_error_name :
				   M_answer_error_email;
	return NULL;
}

static struct rp_err *
admit(const struct rp_request *req, struct page *p, struct rp_response *out)
{
	bool is_new = false;
	rp_text secret;
	int64_t id;

	/* A new person needs a name; the address is judged either way. */
	RP_TRY(told(rp_guest_person(req->who, req->tx, &p->s.m, p->email,
			&p->person, &p->g.person_id, &is_new),
	    p->email.n > 0 && p->person.name.n == 0 ? &p->name_error :
						      &p->email_error,
	    p));
	if (p->problem == RP_GUEST_FINE && p->email_error == M_none &&
	    p->name_error == M_none)
		RP_TRY(told(rp_guest_admit(req->who, req->tx, &p->s.m, p->i->id,
				&p->g, &id),
		    &p->email_error, p));
	/* The status undoes the person who was added a moment ago. */
	if (p->problem != RP_GUEST_FINE || p->email_error != M_none ||
	    p->name_error != M_none) {
		out->status = 400;
		return show(req, p, out);
	}
	if (!is_new)
		return rp_desk_done(out, req, page_url(req, p), "admitted");
	RP_TRY(rp_guest_invite(req->who, req->tx, &p->s.m, p->g.person_id,
	    &secret));
	p->link =
	    rp_one_time_url(req->arena, req->who->env, p->person.lang, secret);
	RP_TRY(rp_guest_list(req->who, req->tx, &p->s.m, p->i->id, &p->all));
	return show(req, p, out);
}

struct rp_err *
rp_web_desk_guests_post(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, &p));
	if (rp_form_has(&req->form, "end")) {
		RP_TRY(rp_guest_end(req->who, req->tx, &p.s.m, p.i->id,
		    rp_desk_number(req, &req->form, "end")));
		return rp_desk_done(out, req, page_url(req, &p), "ended");
	}
	if (!rp_desk_button(req, "admit"))
		return rp_fail(RP_E_INVALID, "no such button");
	RP_TRY(read_form(req, &p));
	return admit(req, &p, out);
}
