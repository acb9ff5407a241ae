/* desk_action_pages - actions at the desk: the list, a new one, its steps. */
#include "base/err.h"
#include "domain/party.h"
#include "render/t_desk_action.h"
#include "render/t_desk_actions.h"
#include "text/input.h"
#include "web/action.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/staff.h"

#define WORD_MAX 40

struct adding {
	struct rp_group g;
	struct rp_action a;
	rp_text text, lang, office, words;
	bool bad_text;
	enum rp_action_problem problem;
};

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static rp_url
list_url(const struct rp_request *req, int64_t group_id)
{
	return rp_desk_url(req, "groups/%lld/actions", (long long)group_id);
}

static rp_url
one_url(const struct rp_request *req, int64_t group_id, int64_t number)
{
	return rp_desk_url(req, "groups/%lld/actions/%lld", (long long)group_id,
	    (long long)number);
}

/* The list. */

static struct rp_err *
add_rows(const struct rp_request *req, const struct adding *f,
    struct v_desk_actions *v)
{
	struct rp_actions all;

	RP_TRY(rp_action_list(req->who, req->tx, f->g.id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_action *a = &all.v[all.n - 1 - i];
		struct v_desk_actions_rows row = { .number = a->number,
			.url = one_url(req, f->g.id, a->number),
			.text = a->text.body,
			.lang = a->text.lang,
			.owner = rp_web_action_owner(req, a),
			.due = rp_web_day(req, a->due),
			.due_iso = a->due,
			.state = rp_web_action_chip(req, a) };

		rp_vec_push(req->arena, &v->rows, row);
	}
	return NULL;
}

static struct rp_err *
add_meetings(const struct rp_request *req, const struct adding *f,
    struct v_desk_actions *v)
{
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(req->who, req->tx, f->g.id, &all));
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(req->arena, &v->meetings,
		    ((struct v_desk_actions_meetings){
			rp_textf(req->arena, "%lld", (long long)all.v[i].id),
			rp_web_meeting_name(req, &all.v[i]),
			all.v[i].id == f->a.meeting_id }));
	return NULL;
}

static void
add_offices(const struct rp_request *req, const struct adding *f,
    struct v_desk_actions *v)
{
	for (const rp_text *o = rp_action_offices; o->n > 0; o++)
		rp_vec_push(req->arena, &v->offices,
		    ((struct v_desk_actions_offices){ *o,
			rp_web_msg(req, rp_msg_action_office(*o)),
			rp_text_eq(*o, f->office) }));
}

static struct rp_err *
show_list(const struct rp_request *req, const struct adding *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "added", M_desk_action_added },
		{ NULL, M_none },
	};
	struct v_desk_actions v = { .token = req->csrf,
		.public_url = rp_web_actions_url(req, &f->g, ""),
		.group_name = f->g.name.body,
		.action = list_url(req, f->g.id),
		.done = rp_desk_word(req, done),
		.text = f->text,
		.kind_office = is(f->a.owner_kind, "office"),
		.kind_party = is(f->a.owner_kind, "party"),
		.kind_words = is(f->a.owner_kind, "words"),
		.words = f->words,
		.due = f->a.due,
		.is_public = f->a.is_public };
	struct rp_choices members;
	rp_html content;

	RP_TRY(add_rows(req, f, &v));
	RP_TRY(
	    rp_web_member_choices(req, f->g.id, &f->a.party_id, 1, &members));
	RP_COPY_CHOICES(req, &v.parties, members);
	RP_TRY(add_meetings(req, f, &v));
	add_offices(req, f, &v);
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->lang));
	if (f->bad_text)
		rp_web_problem(req, &v.errors, "text", M_desk_action_error_text,
		    &v.text_error);
	if (f->problem == RP_ACTION_BAD_OWNER)
		rp_web_problem(req, &v.errors, "owner",
		    M_desk_action_error_owner, &v.owner_error);
	if (f->problem == RP_ACTION_BAD_DUE)
		rp_web_problem(req, &v.errors, "due", M_desk_action_error_due,
		    &v.due_error);
	RP_TRY(rp_web_render(req, desk_actions, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_action_title), content,
	    out);
}

struct rp_err *
rp_web_desk_actions(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { .lang = rp_lang_tag(req->reader.lang),
		.a = { .owner_kind = RP_TEXT("office"), .is_public = true } };

	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &f.g));
	f.a.meeting_id = rp_desk_number(req, &req->query, "meeting");
	return show_list(req, &f, out);
}

static struct rp_err *
read_action(const struct rp_request *req, struct adding *f)
{
	const struct rp_urlform *form = &req->form;
	rp_text shown;

	RP_TRY(rp_form_text(req, form, "text", RP_ACTION_TEXT_MAX, &f->text));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &f->lang));
	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &f->a.owner_kind));
	RP_TRY(rp_form_line(req, form, "office", WORD_MAX, &f->office));
	RP_TRY(
	    rp_form_line(req, form, "words", RP_ACTION_OWNER_MAX, &f->words));
	RP_TRY(rp_form_line(req, form, "due", WORD_MAX, &f->a.due));
	RP_TRY(rp_form_line(req, form, "public", WORD_MAX, &shown));
	f->text = rp_text_strip(f->text);
	f->a.group_id = f->g.id;
	f->a.meeting_id = rp_desk_number(req, form, "meeting");
	f->a.is_public = shown.n > 0;
	if (is(f->a.owner_kind, "party"))
		f->a.party_id = rp_desk_number(req, form, "party");
	else
		f->a.owner =
		    is(f->a.owner_kind, "office") ? f->office : f->words;
	f->bad_text = f->text.n == 0;
	f->problem = rp_action_check(&f->a);
	return NULL;
}

struct rp_err *
rp_web_desk_actions_post(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { 0 };
	int64_t id, number;

	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &f.g));
	RP_TRY(read_action(req, &f));
	if (f.bad_text || f.problem != RP_ACTION_FINE) {
		out->status = 400;
		return show_list(req, &f, out);
	}
	RP_TRY(rp_action_add(req->who, req->tx, &f.a, &id, &number));
	RP_TRY(rp_wording_set(req->who, req->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("action"),
		.owner_id = id,
		.field = RP_TEXT("text"),
		.lang = f.lang },
	    RP_WORDING_ORIGINAL, f.text));
	return rp_desk_done(out, req, list_url(req, f.g.id), "added");
}

/* One. */

struct one {
	struct rp_group g;
	struct rp_action a;
	rp_text state, follower, note, due;
	bool is_public, bad_follower, bad_due;
};

static struct rp_err *
load_one(const struct rp_request *req, struct one *s)
{
	*s = (struct one){ 0 };
	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &s->g));
	RP_TRY(rp_action_get(req->who, req->tx, s->g.id, req->params.n,
	    rp_lang_tag(req->reader.lang), &s->a));
	s->state = s->a.state;
	s->due = s->a.due;
	s->is_public = s->a.is_public;
	return NULL;
}

static struct rp_err *
add_steps(const struct rp_request *req, const struct one *s,
    struct v_desk_action *v)
{
	struct rp_action_steps steps;

	RP_TRY(rp_action_steps(req->who, req->tx, &s->a, &steps));
	for (size_t i = 0; i < steps.n; i++)
		rp_vec_push(req->arena, &v->steps,
		    ((struct v_desk_action_steps){
			rp_web_time(req, s->g.zone, steps.v[i].at),
			rp_web_iso(req, steps.v[i].at),
			rp_msg_action_state(steps.v[i].state),
			steps.v[i].note }));
	for (const rp_text *w = rp_action_states; w->n > 0; w++)
		rp_vec_push(req->arena, &v->states,
		    ((struct v_desk_action_states){ *w,
			rp_web_msg(req, rp_msg_action_state(*w)),
			rp_text_eq(*w, s->state) }));
	return NULL;
}

static struct rp_err *
show_one(const struct rp_request *req, const struct one *s,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "step", M_desk_action_stepped },
		{ "change", M_desk_action_changed },
		{ NULL, M_none },
	};
	struct v_desk_action v = { .token = req->csrf,
		.list_url = list_url(req, s->g.id),
		.number = s->a.number,
		.state = rp_web_action_chip(req, &s->a),
		.text = s->a.text.body,
		.lang = s->a.text.lang,
		.owner = rp_web_action_owner(req, &s->a),
		.due = rp_web_day(req, s->a.due),
		.origin = s->a.origin,
		.action = one_url(req, s->g.id, s->a.number),
		.done = rp_desk_word(req, done),
		.is_final = is(s->a.state, "superseded"),
		.follower = s->follower,
		.note = s->note,
		.new_due = s->due,
		.is_public = s->is_public };
	rp_html content;

	if (s->a.meeting_id != 0)
		v.origin_url = rp_desk_url(req, "meetings/%lld/report#%s",
		    (long long)s->a.meeting_id, s->a.origin.p);
	RP_TRY(add_steps(req, s, &v));
	if (s->bad_follower)
		rp_web_problem(req, &v.errors, "follower",
		    M_desk_action_error_follower, &v.follower_error);
	if (s->bad_due)
		rp_web_problem(req, &v.errors, "due", M_desk_action_error_due,
		    &v.due_error);
	RP_TRY(rp_web_render(req, desk_action, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_action_title), content,
	    out);
}

struct rp_err *
rp_web_desk_action(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return show_one(req, &s, out);
}

static struct rp_err *
again(const struct rp_request *req, const struct one *s,
    struct rp_response *out)
{
	out->status = 400;
	return show_one(req, s, out);
}

/* A follower is needed for one state, and must be there. */
static struct rp_err *
check_follower(const struct rp_request *req, struct one *s, int64_t *out)
{
	struct rp_action other;
	struct rp_err *e;

	*out = 0;
	if (!is(s->state, "superseded"))
		return NULL;
	s->bad_follower = true;
	if (!rp_text_i64(s->follower, out) || *out == s->a.number)
		return NULL;
	e = rp_action_get(req->who, req->tx, s->g.id, *out, RP_TEXT("en"),
	    &other);
	if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
		rp_err_free(e);
		return NULL;
	}
	RP_TRY(e);
	s->bad_follower = false;
	return NULL;
}

static struct rp_err *
step(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	int64_t follower;

	RP_TRY(rp_form_line(req, &req->form, "state", WORD_MAX, &s->state));
	RP_TRY(
	    rp_form_line(req, &req->form, "follower", WORD_MAX, &s->follower));
	RP_TRY(rp_form_text(req, &req->form, "note", RP_ACTION_NOTE_MAX,
	    &s->note));
	RP_TRY(check_follower(req, s, &follower));
	if (s->bad_follower)
		return again(req, s, out);
	RP_TRY(rp_action_set_state(req->who, req->tx, &s->a, s->state, follower,
	    rp_text_strip(s->note)));
	return rp_desk_done(out, req, one_url(req, s->g.id, s->a.number),
	    "step");
}

static struct rp_err *
change(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	struct rp_action now = s->a;
	rp_text shown;

	RP_TRY(rp_form_line(req, &req->form, "due", WORD_MAX, &s->due));
	RP_TRY(rp_form_line(req, &req->form, "public", WORD_MAX, &shown));
	s->is_public = now.is_public = shown.n > 0;
	now.due = s->due;
	s->bad_due = rp_action_check(&now) == RP_ACTION_BAD_DUE;
	if (s->bad_due)
		return again(req, s, out);
	RP_TRY(rp_action_change(req->who, req->tx, &s->a, &now));
	return rp_desk_done(out, req, one_url(req, s->g.id, s->a.number),
	    "change");
}

struct rp_err *
rp_web_desk_action_post(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return rp_desk_button(req, "change") ? change(req, &s, out) :
					       step(req, &s, out);
}
