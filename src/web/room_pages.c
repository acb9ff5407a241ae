/*
 * room_pages - informal consultations: the rooms of a group, and one of them.
 */
#include "base/err.h"
#include "domain/room.h"
#include "render/t_room.h"
#include "render/t_rooms.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/topics.h"

#define WORD_MAX 40

static struct v_chip
chip(const struct rp_request *req, const struct rp_room *r)
{
	return (struct v_chip){ .kind = r->is_open ? RP_TEXT("open") :
						     RP_TEXT("closed"),
		.label =
		    rp_web_msg(req, r->is_open ? M_room_open : M_room_closed) };
}

static rp_text
id_text(const struct rp_request *req, int64_t id)
{
	return rp_textf(req->arena, "%lld", (long long)id);
}

static bool
leads(const struct rp_web_topics *s)
{
	return s->p.may_meet || s->p.may_steer;
}

/* The list, and a new one. */

struct opening {
	struct rp_web_topics s;
	struct rp_room_in in;
	bool bad_title, bad_until, bad_parties;
};

static struct rp_err *
find(const struct rp_request *req, struct rp_web_topics *s)
{
	RP_TRY(rp_web_topics_find(req, s));
	if (leads(s) || s->p.my_party_id != 0)
		return NULL;
	return rp_actor_needs(req->who, RP_MAY_PROPOSE, s->p.where);
}

static struct rp_err *
add_fields(const struct rp_request *req, const struct opening *f,
    struct v_rooms *v)
{
	struct rp_choices members;
	struct rp_proposals all;

	v->can_open = true;
	v->title = f->in.title;
	v->until = f->in.until_local;
	v->zone = f->s.g.zone;
	RP_TRY(rp_web_member_choices(req, f->s.g.id, NULL, 0, &members));
	for (size_t i = 0; i < members.n; i++) {
		int64_t id = 0;

		(void)rp_text_i64(members.v[i].value, &id);
		rp_vec_push(req->arena, &v->parties,
		    ((struct v_rooms_parties){ members.v[i].value,
			members.v[i].name,
			rp_web_topic_has(&f->in.parties, id) }));
	}
	RP_TRY(rp_proposal_list(req->who, req->tx, &f->s.p, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number > 0)
			rp_vec_push(req->arena, &v->proposals,
			    ((struct v_rooms_proposals){
				id_text(req, all.v[i].id), all.v[i].number,
				all.v[i].text.title, all.v[i].text.lang,
				rp_web_topic_has(&f->in.proposals,
				    all.v[i].id) }));
	if (f->bad_title)
		v->title_error = rp_web_topic_error(req, &v->errors, "title",
		    M_topic_form_error_title);
	if (f->bad_until)
		v->until_error = rp_web_topic_error(req, &v->errors, "until",
		    M_topic_error_until);
	if (f->bad_parties)
		v->parties_error = rp_web_topic_error(req, &v->errors,
		    "parties", M_rooms_error_parties);
	return NULL;
}

static struct rp_err *
show_rooms(const struct rp_request *req, const struct opening *f,
    struct rp_response *out)
{
	struct v_rooms v = { .token = req->csrf,
		.list_url = rp_web_topics_url(req, &f->s.g, "%s", ""),
		.action = rp_web_topics_url(req, &f->s.g, "rooms/") };
	struct rp_rooms all;
	rp_html content;

	RP_TRY(rp_room_list(req->who, req->tx, &f->s.p, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_room *r = &all.v[i];
		struct v_rooms_rows row = { .title = r->title,
			.url = rp_web_topics_url(req, &f->s.g, "rooms/%lld/",
			    (long long)r->number),
			.until = rp_web_time(req, r->zone, r->until_at),
			.iso = rp_web_iso(req, r->until_at),
			.state = chip(req, r) };

		rp_vec_push(req->arena, &v.rows, row);
	}
	if (leads(&f->s))
		RP_TRY(add_fields(req, f, &v));
	RP_TRY(rp_web_render(req, rooms, &v, &content));
	return rp_web_topics_frame(req, &f->s, rp_web_msg(req, M_rooms_title),
	    false, content, out);
}

struct rp_err *
rp_web_rooms(const struct rp_request *req, struct rp_response *out)
{
	struct opening f = { 0 };

	RP_TRY(find(req, &f.s));
	return show_rooms(req, &f, out);
}

struct rp_err *
rp_web_rooms_post(const struct rp_request *req, struct rp_response *out)
{
	struct opening f = { 0 };
	struct rp_err *e;
	int64_t number;

	RP_TRY(find(req, &f.s));
	if (!leads(&f.s))
		return rp_actor_needs(req->who, RP_MAY_STEER, f.s.p.where);
	RP_TRY(rp_form_line(req, &req->form, "title", RP_ROOM_TITLE_MAX,
	    &f.in.title));
	RP_TRY(rp_form_line(req, &req->form, "until", WORD_MAX,
	    &f.in.until_local));
	f.in.zone = f.s.g.zone;
	f.in.parties = rp_web_topic_ids(req, &req->form, "party");
	f.in.proposals = rp_web_topic_ids(req, &req->form, "p");
	f.bad_title = rp_text_blank(f.in.title);
	f.bad_parties = f.in.parties.n == 0;
	e = f.bad_title || f.bad_parties ?
		rp_fail(RP_E_INVALID, "not a room") :
		rp_room_open(req->who, req->tx, &f.s.p, &f.in, &number);
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_web_topics_url(req, &f.s.g, "rooms/%lld/",
			(long long)number),
		    "entered");
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	f.bad_until = !f.bad_title && !f.bad_parties;
	rp_err_free(e);
	out->status = 400;
	return show_rooms(req, &f, out);
}

/* One room. */

struct inside {
	struct rp_web_topics s;
	struct rp_room r;
	rp_text body, draft, until;
	int64_t on;
	bool bad_body, bad_draft, bad_until;
};

static struct rp_err *
find_room(const struct rp_request *req, struct inside *f)
{
	*f = (struct inside){ 0 };
	RP_TRY(find(req, &f->s));
	return rp_room_get(req->who, req->tx, &f->s.p, req->params.n, &f->r);
}

static rp_text
writer(const struct rp_request *req, const struct rp_wordings *parties,
    const struct rp_room_entry *e)
{
	return e->party_id != 0 ?
		   rp_web_topic_party(req, parties, e->party_id) :
		   rp_web_msg(req, M_room_lead);
}

/* A draft with its changes from the one before; its comments come after it. */
static struct rp_err *
add_draft(const struct rp_request *req, const struct inside *f,
    const struct rp_wordings *parties, const struct rp_room_entry *e,
    rp_text before, struct v_room *v)
{
	struct v_room_drafts row = { .n = e->draft,
		.id = id_text(req, e->draft),
		.who = writer(req, parties, e),
		.time = rp_web_time(req, f->r.zone, e->at),
		.iso = rp_web_iso(req, e->at),
		.changed = e->draft > 1 };
	struct rp_change_lines lines;

	RP_TRY(rp_overlap_words(req->who, req->arena,
	    e->draft > 1 ? before : e->body, e->body, &lines));
	for (size_t i = 0; i < lines.n; i++) {
		struct v_room_drafts_lines line = { 0 };

		for (size_t k = 0; k < lines.v[i].parts.n; k++) {
			const struct rp_change_part *p = &lines.v[i].parts.v[k];

			rp_vec_push(req->arena, &line.parts,
			    ((struct v_room_drafts_lines_parts){ p->text,
				p->is_ins, p->is_del }));
		}
		rp_vec_push(req->arena, &row.lines, line);
	}
	rp_vec_push(req->arena, &v->drafts, row);
	rp_vec_push(req->arena, &v->on,
	    ((struct v_room_on){ row.id, e->draft, f->on == e->draft }));
	return NULL;
}

static struct rp_err *
add_entries(const struct rp_request *req, const struct inside *f,
    const struct rp_wordings *parties, struct v_room *v)
{
	struct rp_room_entries all;
	rp_text before = RP_TEXT("");

	RP_TRY(rp_room_entries(req->who, req->tx, &f->s.p, &f->r, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_room_entry *e = &all.v[i];
		rp_text who = writer(req, parties, e),
			time = rp_web_time(req, f->r.zone, e->at),
			iso = rp_web_iso(req, e->at);

		if (e->draft > 0) {
			RP_TRY(add_draft(req, f, parties, e, before, v));
			before = e->body;
		} else if (e->on_draft > 0 &&
			   e->on_draft <= (int64_t)v->drafts.n) {
			rp_vec_push(req->arena,
			    &v->drafts.v[e->on_draft - 1].comments,
			    ((struct v_room_drafts_comments){ who, time, iso,
				e->body }));
		} else {
			rp_vec_push(req->arena, &v->comments,
			    ((struct v_room_comments){ who, time, iso,
				e->body }));
		}
	}
	return NULL;
}

static struct rp_err *
add_managing(const struct rp_request *req, const struct inside *f,
    struct v_room *v)
{
	struct rp_choices members;

	v->can_lead = leads(&f->s);
	if (!v->can_lead || !f->r.is_open)
		return NULL;
	v->until = f->until.n > 0 ? f->until : f->r.until_local;
	v->zone = f->r.zone;
	RP_TRY(rp_web_member_choices(req, f->s.g.id, NULL, 0, &members));
	for (size_t i = 0; i < members.n; i++) {
		int64_t id = 0;

		(void)rp_text_i64(members.v[i].value, &id);
		if (!rp_web_topic_has(&f->r.parties, id))
			rp_vec_push(req->arena, &v->invite,
			    ((struct v_room_invite){ members.v[i].value,
				members.v[i].name }));
	}
	if (f->bad_until)
		v->until_error = rp_web_topic_error(req, &v->errors, "until",
		    M_topic_error_until);
	return NULL;
}

static struct rp_err *
show_room(const struct rp_request *req, const struct inside *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "entered", M_topic_done_entered },
		{ NULL, M_none },
	};
	struct v_room v = { .token = req->csrf,
		.list_url = rp_web_topics_url(req, &f->s.g, "rooms/"),
		.action = rp_web_topics_url(req, &f->s.g, "rooms/%lld/",
		    (long long)f->r.number),
		.title = f->r.title,
		.state = chip(req, &f->r),
		.done = rp_desk_word(req, done),
		.deadline =
		    rp_web_deadline(req, f->r.zone, f->r.until_at, true),
		.is_open = f->r.is_open,
		.body = f->body,
		.draft_body = f->draft };
	struct rp_wordings parties;
	rp_html content;

	RP_TRY(rp_proposal_names(req->who, req->tx, &parties));
	for (size_t i = 0; i < f->r.parties.n; i++)
		rp_vec_push(req->arena, &v.parties,
		    ((struct v_room_parties){ rp_web_topic_party(req, &parties,
			f->r.parties.v[i]) }));
	for (size_t i = 0; i < f->r.proposals.n; i++)
		rp_vec_push(req->arena, &v.proposals,
		    ((struct v_room_proposals){ f->r.proposals.v[i],
			rp_web_topics_url(req, &f->s.g, "%lld/",
			    (long long)f->r.proposals.v[i]) }));
	RP_TRY(add_entries(req, f, &parties, &v));
	RP_TRY(add_managing(req, f, &v));
	if (f->bad_body)
		v.body_error = rp_web_topic_error(req, &v.errors, "body",
		    M_room_error_body);
	if (f->bad_draft)
		v.draft_error = rp_web_topic_error(req, &v.errors, "draft",
		    M_room_error_body);
	RP_TRY(rp_web_render(req, room, &v, &content));
	return rp_web_topics_frame(req, &f->s, f->r.title, false, content, out);
}

struct rp_err *
rp_web_room(const struct rp_request *req, struct rp_response *out)
{
	struct inside f;

	RP_TRY(find_room(req, &f));
	return show_room(req, &f, out);
}

/* Done, or the page once more: wrong, or over meanwhile. */
static struct rp_err *
ended(const struct rp_request *req, struct inside *f, struct rp_err *e,
    bool *fault, struct rp_response *out)
{
	if (e == NULL)
		return rp_desk_done(out, req,
		    rp_web_topics_url(req, &f->s.g, "rooms/%lld/",
			(long long)f->r.number),
		    "entered");
	if (rp_err_code(e) == RP_E_INVALID && fault != NULL)
		*fault = true;
	else if (rp_err_code(e) != RP_E_GONE)
		return e;
	rp_err_free(e);
	out->status = 400;
	return show_room(req, f, out);
}

static struct rp_err *
write(const struct rp_request *req, struct inside *f, bool is_draft,
    struct rp_response *out)
{
	rp_text *body = is_draft ? &f->draft : &f->body;

	RP_TRY(rp_form_text(req, &req->form, "body", RP_ROOM_ENTRY_MAX, body));
	f->on = rp_desk_number(req, &req->form, "on");
	return ended(req, f,
	    rp_room_write(req->who, req->tx, &f->s.p, &f->r, is_draft, f->on,
		*body),
	    is_draft ? &f->bad_draft : &f->bad_body, out);
}

struct rp_err *
rp_web_room_post(const struct rp_request *req, struct rp_response *out)
{
	struct inside f;

	RP_TRY(find_room(req, &f));
	if (rp_desk_button(req, "comment"))
		return write(req, &f, false, out);
	if (rp_desk_button(req, "draft"))
		return write(req, &f, true, out);
	if (rp_desk_button(req, "invite"))
		return ended(req, &f,
		    rp_room_invite(req->who, req->tx, &f.s.p, &f.r,
			rp_desk_number(req, &req->form, "party")),
		    NULL, out);
	if (rp_desk_button(req, "close"))
		return ended(req, &f,
		    rp_room_close(req->who, req->tx, &f.s.p, &f.r), NULL, out);
	RP_TRY(rp_form_line(req, &req->form, "until", WORD_MAX, &f.until));
	return ended(req, &f,
	    rp_room_until(req->who, req->tx, &f.s.p, &f.r, f.until),
	    &f.bad_until, out);
}
