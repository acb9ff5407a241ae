/*
 * speakers_pages - the list of speakers under an item: for everybody who sees
 * it, for delegates who ask, for who leads, for the wall.
 */
#include "base/err.h"
#include "domain/party.h"
#include "render/assets.h"
#include "render/t_speakers.h"
#include "render/t_speakers_list.h"
#include "render/t_speakers_screen.h"
#include "text/collate.h"
#include "text/format.h"
#include "web/agenda.h"
#include "web/desk.h"
#include "web/speakers.h"
#include "web/staff.h"

#define WORD_MAX 40
#define REFRESH 10 /* seconds, without script */
#define TYPED_MAX 4000

struct floor {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_speakers all;
	/* What was typed. */
	struct rp_speaker s;
	enum rp_speaker_problem problem;
	bool bad_next;
};

enum rp_msg rp_msg_speaker_class(enum rp_speaker_class class)
{
	static const enum rp_msg of[RP_SPEAKER_CLASSES] = {
		[RP_SPEAKS_ON_ORDER] = M_speakers_class_order,
		[RP_SPEAKS_FOR_GROUP] = M_speakers_class_group,
		[RP_SPEAKS_AS_MEMBER] = M_speakers_class_member,
		[RP_SPEAKS_AS_OBSERVER] = M_speakers_class_observer,
		[RP_SPEAKS_AS_SECRETARIAT] = M_speakers_class_secretariat,
		[RP_SPEAKS_IN_REPLY] = M_speakers_class_reply,
	};

	return of[class];
}

enum rp_msg
rp_msg_speaker_turns(enum rp_speaker_turns turns)
{
	return turns == RP_TURNS_ANY   ? M_speakers_turns_any :
	       turns == RP_TURNS_FIRST ? M_speakers_turns_first :
					 M_speakers_turns_once;
}

static struct rp_err *
load(const struct rp_request *req, struct floor *f)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*f = (struct floor){ .s = { .class = RP_SPEAKS_AS_MEMBER,
				 .source = RP_TEXT("room") } };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &f->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, f->g.id, req->params.n, &f->m));
	return rp_speakers_get(req->who, req->tx, &f->m, req->params.k, lang,
	    &f->all);
}

/* The list. */

/* Delegations by their name; who leads sees who speaks for them. */
static rp_text
who(const struct rp_request *req, const struct rp_speakers *all,
    const struct rp_speaker *s)
{
	if (s->party.n == 0)
		return s->name;
	if (!all->may_lead || s->name.n == 0)
		return s->party;
	return rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(s->party),
	    RP_FMT(s->name));
}

static bool
is_remote(const struct rp_speaker *s)
{
	return rp_text_eq(s->source, RP_TEXT("remote"));
}

/* "2:05", "−0:10", in the reader's digits. */
static rp_text
countdown(const struct rp_request *req, int64_t ms)
{
	const struct rp_locale *l = req->reader.locale;
	int64_t s = (ms < 0 ? -ms : ms) / 1000;
	rp_text zero =
	    s % 60 < 10 ? rp_format_i64(l, req->arena, 0) : RP_TEXT("");

	return rp_textf(req->arena, "%s%.*s:%.*s%.*s", ms < 0 ? "−" : "",
	    RP_FMT(rp_format_i64(l, req->arena, s / 60)), RP_FMT(zero),
	    RP_FMT(rp_format_i64(l, req->arena, s % 60)));
}

static struct v_speakers_list
list_of(const struct rp_request *req, const struct rp_speakers *all)
{
	const struct rp_speaker *now = &all->speaking;
	struct v_speakers_list v = { .is_open = all->is_open,
		.now_ms = req->now,
		.n = (int64_t)all->waiting.n,
		.may_lead = all->may_lead,
		.has_waiting = all->waiting.n > 0 };

	if (now->id != 0) {
		v.who = who(req, all, now);
		v.class = rp_msg_speaker_class(now->class);
		v.is_remote = is_remote(now);
		v.until_ms = now->began_at + now->seconds * 1000;
		if (now->seconds > 0)
			v.until = countdown(req, v.until_ms - req->now);
	}
	for (size_t i = 0; i < all->waiting.n; i++) {
		const struct rp_speaker *s = &all->waiting.v[i];
		struct v_speakers_list_waiting row = { .id = s->id,
			.number = (int64_t)i + 1,
			.who = who(req, all, s),
			.class = rp_msg_speaker_class(s->class),
			.is_remote = is_remote(s) };

		rp_vec_push(req->arena, &v.waiting, row);
	}
	for (size_t i = 0; i < all->done.n; i++) {
		const struct rp_speaker *s = &all->done.v[i];
		struct v_speakers_list_done row = { .who = who(req, all, s),
			.class = rp_msg_speaker_class(s->class),
			.seconds = (s->ended_at - s->began_at) / 1000 };

		rp_vec_push(req->arena, &v.done, row);
	}
	return v;
}

/* On the wall is what everybody in the room may see. */
static void
for_the_wall(struct floor *f)
{
	f->all.may_lead = false;
	f->all.done = (struct rp_speaker_vec){ 0 };
}

/* What readers of one kind are shown is the same; a guest's time is his own. */
static rp_text
kind_of(const struct rp_request *req, const struct rp_speakers *all)
{
	if (all->is_guest)
		return rp_textf(req->arena, "guest %lld",
		    (long long)req->who->person_id);
	return all->may_lead ? RP_TEXT("lead") :
	       all->reads    ? RP_TEXT("read") :
			       RP_TEXT("all");
}

static struct rp_err *
make(const struct rp_request *req, bool wall, int64_t known, int64_t *version,
    rp_html *out)
{
	struct v_speakers_list v;
	struct floor f;
	int64_t now;

	RP_TRY(rp_speakers_version(req->who, req->tx, req->params.k, &now));
	if (now == known)
		return NULL;
	RP_TRY(load(req, &f));
	if (wall)
		for_the_wall(&f);
	v = list_of(req, &f.all);
	RP_TRY(rp_web_render(req, speakers_list, &v, out));
	*version = f.all.version;
	return NULL;
}

static struct rp_err *
piece(const struct rp_request *req, int64_t known, int64_t *version,
    rp_html *out)
{
	return make(req, false, known, version, out);
}

static struct rp_err *
wall_piece(const struct rp_request *req, int64_t known, int64_t *version,
    rp_html *out)
{
	return make(req, true, known, version, out);
}

struct rp_err *
rp_web_speakers_events(const struct rp_request *req, struct rp_response *out)
{
	bool wall = rp_form_has(&req->query, "wall");
	struct floor f;

	RP_TRY(load(req, &f));
	out->live.make = wall ? wall_piece : piece;
	/* A channel of its own: who leads is shown less there. */
	out->live.kind =
	    wall && f.all.reads ? RP_TEXT("wall") : kind_of(req, &f.all);
	return out->live.make(req, -1, &out->live.version, &out->live.first);
}

/* Pages. */

static rp_url
floor_url(const struct rp_request *req, const struct floor *f, const char *rest)
{
	return rp_web_meeting_url(req, &f->g, &f->m,
	    rp_textf(req->arena, "items/%lld/floor%s", (long long)req->params.k,
		rest)
		.p);
}

/* For an attribute that the script reads. */
static rp_text
text_of(rp_url url)
{
	return (rp_text){ url.p, url.n };
}

static struct rp_err *
title_of(const struct rp_request *req, const struct floor *f,
    struct rp_web_title *out, int64_t *out_number)
{
	const struct rp_agenda_item *i;
	struct rp_agenda a;

	RP_TRY(rp_agenda_get(req->who, req->tx, &f->m,
	    rp_lang_tag(req->reader.lang), &a));
	i = rp_agenda_item_find(&a, req->params.k);
	if (i == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such item");
	*out = rp_web_item_title(req, i);
	*out_number = i->number;
	return NULL;
}

static void
push(const struct rp_request *req, struct rp_choices *to, rp_text value,
    rp_text name, rp_text chosen)
{
	struct rp_choice one = { value, name, rp_text_eq(value, chosen) };

	rp_vec_push(req->arena, to, one);
}

/* What a delegate is not, only who leads enters. */
static struct rp_choices
classes(const struct rp_request *req, const struct floor *f, bool own)
{
	struct rp_choices out = { 0 };

	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		enum rp_speaker_class c = (enum rp_speaker_class)i;

		if (own && (c == RP_SPEAKS_AS_OBSERVER ||
			       c == RP_SPEAKS_AS_SECRETARIAT))
			continue;
		push(req, &out, rp_speaker_class_name(c),
		    rp_web_msg(req, rp_msg_speaker_class(c)),
		    rp_speaker_class_name(f->s.class));
	}
	return out;
}

static struct rp_err *
parties(const struct rp_request *req, const struct floor *f,
    struct rp_choices *out)
{
	rp_text chosen = rp_desk_digits(req, f->s.party_id);
	struct rp_memberships all;
	rp_text *names;
	size_t *order;

	RP_TRY(rp_membership_list(req->tx, f->g.id, req->now,
	    rp_lang_tag(req->reader.lang), &all));
	push(req, out, RP_TEXT("0"), rp_web_msg(req, M_minutes_no_party),
	    chosen);
	names = rp_new_n(req->arena, rp_text, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		names[i] = all.v[i].short_name.n > 0 ? all.v[i].short_name :
						       all.v[i].name;
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, all.n);
	for (size_t i = 0; i < all.n; i++)
		push(req, out, rp_desk_digits(req, all.v[order[i]].party_id),
		    names[order[i]], chosen);
	return NULL;
}

static void
show_problem(const struct rp_request *req, const struct floor *f,
    struct v_speakers *v)
{
	static const enum rp_msg of[] = {
		[RP_SPEAKER_NOBODY] = M_speakers_error_nobody,
		[RP_SPEAKER_SHUT] = M_speakers_error_shut,
		[RP_SPEAKER_TWICE] = M_speakers_error_twice,
		[RP_SPEAKER_AGAIN] = M_speakers_error_again,
	};
	const char *field = f->all.may_lead ? "party" : "own-class";

	if (f->bad_next)
		rp_web_problem_text(req, &v->errors, "live",
		    rp_web_msg(req, M_speakers_error_next), &v->name_error);
	else if (f->problem != RP_SPEAKER_FINE)
		rp_web_problem_text(req, &v->errors, field,
		    rp_web_msg(req, of[f->problem]), &v->name_error);
}

static bool
waits(const struct rp_speakers *all)
{
	for (size_t i = 0; i < all->waiting.n; i++) {
		if (all->waiting.v[i].is_own)
			return true;
	}
	return false;
}

static struct rp_err *
show(const struct rp_request *req, const struct floor *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "ask", M_speakers_done_ask },
		{ "changed", M_speakers_done_changed },
		{ NULL, M_none },
	};
	struct rp_frame frame = { .group = &f->g,
		.title = rp_web_msg(req, M_speakers_title),
		.script = RP_TEXT("live.js"),
		/* What is being typed is not taken away. */
		.refresh = f->problem == 0 && !f->all.may_lead ? REFRESH : 0 };
	struct v_speakers v = { .token = req->csrf,
		.meeting_url = rp_web_meeting_url(req, &f->g, &f->m, ""),
		.meeting_name = rp_web_meeting_name(req, &f->m),
		.events_url = text_of(floor_url(req, f, "/events")),
		.screen_url = floor_url(req, f, "/screen"),
		.action = floor_url(req, f, ""),
		.record_url =
		    rp_desk_url(req, "meetings/%lld/items/%lld/record",
			(long long)f->m.id, (long long)req->params.k),
		.done = rp_desk_word(req, done),
		.list = list_of(req, &f->all),
		.may_lead = f->all.may_lead,
		.is_open = f->all.is_open,
		.may_ask = f->all.may_ask && f->all.own_party_id != 0,
		.waits = waits(&f->all),
		.name = f->s.name,
		.is_room = rp_text_eq(f->s.source, RP_TEXT("room")),
		.is_remote = rp_text_eq(f->s.source, RP_TEXT("remote")),
		.is_desk = rp_text_eq(f->s.source, RP_TEXT("desk")) };
	struct rp_choices members = { 0 };
	struct rp_web_title title;
	rp_html content;

	RP_TRY(title_of(req, f, &title, &v.number));
	v.title = title.text;
	v.lang = title.lang;
	if (v.may_lead)
		RP_TRY(parties(req, f, &members));
	RP_COPY_CHOICES(req, &v.parties, members);
	RP_COPY_CHOICES(req, &v.classes, classes(req, f, false));
	RP_COPY_CHOICES(req, &v.own_classes, classes(req, f, true));
	show_problem(req, f, &v);
	out->no_store = true;
	RP_TRY(rp_web_render(req, speakers, &v, &content));
	return rp_web_frame(req, &frame, content, out);
}

struct rp_err *
rp_web_speakers(const struct rp_request *req, struct rp_response *out)
{
	struct floor f;

	RP_TRY(load(req, &f));
	return show(req, &f, out);
}

struct rp_err *
rp_web_speakers_screen(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_title title;
	struct v_speakers_screen v;
	struct floor f;

	RP_TRY(load(req, &f));
	for_the_wall(&f);
	v = (struct v_speakers_screen){ .page_lang =
					    rp_lang_tag(req->reader.lang),
		.dir = rp_dir_name(rp_lang_dir(req->reader.lang)),
		.meeting_name = rp_web_meeting_name(req, &f.m),
		.style_url = rp_asset_url(req->arena, RP_TEXT("screen.css")),
		.script_url = rp_asset_url(req->arena, RP_TEXT("live.js")),
		.events_url = text_of(floor_url(req, &f, "/events?wall=1")),
		.list = list_of(req, &f.all) };
	RP_TRY(title_of(req, &f, &title, &v.number));
	v.title = title.text;
	v.lang = title.lang;
	out->no_store = true;
	return rp_web_render(req, speakers_screen, &v, &out->page);
}

/* What is sent. */

static struct rp_err *
ask(const struct rp_request *req, struct floor *f, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	rp_text class;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "class", WORD_MAX, &class));
	RP_TRY(rp_form_line(req, form, "source", WORD_MAX, &f->s.source));
	RP_TRY(rp_form_line(req, form, "name", TYPED_MAX, &f->s.name));
	f->s.party_id = rp_desk_number(req, form, "party");
	if (!rp_speaker_class_from(class, &f->s.class))
		return rp_fail(RP_E_INVALID, "no class of speakers");
	/* A delegate asks for his party, whatever the form says. */
	if (!f->all.may_lead || rp_desk_button(req, "ask")) {
		f->s.party_id = f->all.own_party_id;
		f->s.name = req->who->name;
	}
	RP_TRY(rp_speaker_check(req->who, req->tx, &f->m, req->params.k, &f->s,
	    &f->problem));
	if (f->s.name.n > RP_SPEAKER_NAME_MAX)
		f->problem = RP_SPEAKER_NOBODY;
	if (f->problem != RP_SPEAKER_FINE) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_speaker_ask(req->who, req->tx, &f->m, req->params.k, &f->s,
	    &id));
	return rp_desk_done(out, req, floor_url(req, f, ""), "ask");
}

static struct rp_err *
take_back(const struct rp_request *req, const struct floor *f)
{
	for (size_t i = 0; i < f->all.waiting.n; i++) {
		if (f->all.waiting.v[i].is_own)
			RP_TRY(rp_speaker_withdraw(req->who, req->tx, &f->m,
			    req->params.k, f->all.waiting.v[i].id));
	}
	return NULL;
}

/* The buttons that need nothing else. */
static struct rp_err *
press(const struct rp_request *req, const struct floor *f, bool *out_did)
{
	const struct rp_urlform *form = &req->form;
	int64_t item = req->params.k;

	*out_did = true;
	if (rp_form_has(form, "give"))
		return rp_speaker_give(req->who, req->tx, &f->m, item,
		    rp_desk_number(req, form, "give"));
	if (rp_form_has(form, "strike"))
		return rp_speaker_withdraw(req->who, req->tx, &f->m, item,
		    rp_desk_number(req, form, "strike"));
	if (rp_desk_button(req, "next"))
		return rp_speaker_give(req->who, req->tx, &f->m, item, 0);
	if (rp_desk_button(req, "end"))
		return rp_speaker_end(req->who, req->tx, &f->m, item);
	if (rp_desk_button(req, "more") && f->all.speaking.id != 0)
		return rp_speaker_extend(req->who, req->tx, &f->m, item, 60);
	if (rp_desk_button(req, "open") || rp_desk_button(req, "shut"))
		return rp_speakers_open(req->who, req->tx, &f->m, item,
		    rp_desk_button(req, "open"));
	if (rp_desk_button(req, "take_back"))
		return take_back(req, f);
	*out_did = rp_desk_button(req, "more");
	return NULL;
}

struct rp_err *
rp_web_speakers_post(const struct rp_request *req, struct rp_response *out)
{
	struct floor f;
	bool did;

	RP_TRY(load(req, &f));
	if (rp_desk_button(req, "next") && f.all.may_lead &&
	    f.all.waiting.n == 0) {
		f.bad_next = true;
		out->status = 400;
		return show(req, &f, out);
	}
	RP_TRY(press(req, &f, &did));
	if (did)
		return rp_desk_done(out, req, floor_url(req, &f, ""),
		    "changed");
	return ask(req, &f, out);
}
