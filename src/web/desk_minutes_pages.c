/* desk_minutes_pages - the record of an item, while the meeting runs. */
#include <string.h>

#include "base/err.h"
#include "domain/minutes.h"
#include "domain/party.h"
#include "render/t_desk_minutes.h"
#include "text/collate.h"
#include "text/format.h"
#include "text/input.h"
#include "web/agenda.h"
#include "web/desk.h"
#include "web/staff.h"

#define WORD_MAX 40
#define TYPED_MAX 4000 /* octets of a line that is told to be too long */

struct record {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_minutes all;
	struct rp_memberships members;
	/* What was typed, of the form that was sent. */
	struct rp_intervention said;
	struct rp_statement sentence;
	struct rp_item_outcome outcome;
	enum rp_minutes_problem bad_said, bad_sentence, bad_outcome;
	bool bad_effect;
};

static rp_url
record_url(const struct rp_request *req, const struct rp_meeting *m, int64_t id)
{
	return rp_desk_url(req, "meetings/%lld/items/%lld/record",
	    (long long)m->id, (long long)id);
}

static struct rp_err *
load(const struct rp_request *req, struct record *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*s = (struct record){ .said = { .role = rp_speaker_roles[0],
				  .lang = lang },
		.sentence.speaker = rp_speaker_roles[0],
		.outcome.verb = RP_OUTCOME_NOTED };
	RP_TRY(rp_meeting_get_by_id(req->who, req->tx, req->params.id, &s->m));
	RP_TRY(
	    rp_group_get_by_id(req->who, req->tx, s->m.group_id, lang, &s->g));
	RP_TRY(rp_minutes_get(req->who, req->tx, &s->m, req->params.k, lang,
	    &s->all));
	return rp_membership_list(req->tx, s->m.group_id, req->now, lang,
	    &s->members);
}

/* Words for values. */

static enum rp_msg
role_msg(rp_text role)
{
	static const enum rp_msg of[] = { M_minutes_role_members,
		M_minutes_role_chair, M_minutes_role_secretariat,
		M_minutes_role_named };

	for (size_t i = 0; rp_speaker_roles[i].n > 0; i++) {
		if (rp_text_eq(rp_speaker_roles[i], role))
			return of[i];
	}
	return M_none;
}

static enum rp_msg
stance_msg(rp_text stance)
{
	static const enum rp_msg of[] = { M_minutes_stance_for,
		M_minutes_stance_against, M_minutes_stance_neutral };

	for (size_t i = 0; rp_stances[i].n > 0; i++) {
		if (rp_text_eq(rp_stances[i], stance))
			return of[i];
	}
	return M_none;
}

static void
push(const struct rp_request *req, struct rp_choices *to, rp_text value,
    rp_text name, rp_text chosen)
{
	struct rp_choice one = { value, name, rp_text_eq(value, chosen) };

	rp_vec_push(req->arena, to, one);
}

static struct rp_choices
words(const struct rp_request *req, const rp_text *of,
    enum rp_msg (*msg)(rp_text), rp_text chosen)
{
	struct rp_choices out = { 0 };

	for (; of->n > 0; of++)
		push(req, &out, *of, rp_web_msg(req, msg(*of)), chosen);
	return out;
}

static rp_text
symbol(const struct rp_request *req, const struct record *s, int64_t id)
{
	const struct rp_agenda_item *i = s->all.item;

	for (size_t k = 0; k < i->documents.n; k++) {
		struct rp_symbol one =
		    rp_meeting_symbol(&s->m, i->numbers.v[k]);

		if (i->documents.v[k] == id)
			return rp_symbol_print(req->arena, &one);
	}
	return RP_TEXT("");
}

static struct rp_choices
documents(const struct rp_request *req, const struct record *s, int64_t chosen)
{
	const struct rp_agenda_item *i = s->all.item;
	rp_text now = rp_desk_digits(req, chosen);
	struct rp_choices out = { 0 };

	push(req, &out, RP_TEXT("0"), rp_web_msg(req, M_minutes_no_document),
	    now);
	for (size_t k = 0; k < i->documents.n; k++)
		push(req, &out, rp_desk_digits(req, i->documents.v[k]),
		    symbol(req, s, i->documents.v[k]), now);
	return out;
}

static rp_text
party_name(const struct record *s, int64_t id)
{
	for (size_t i = 0; i < s->members.n; i++) {
		const struct rp_membership *p = &s->members.v[i];

		if (p->party_id == id)
			return p->short_name.n > 0 ? p->short_name : p->name;
	}
	return RP_TEXT("");
}

/* By the reader's alphabet, so that typing the first letters finds one. */
static struct rp_choices
parties(const struct rp_request *req, const struct record *s)
{
	size_t n = s->members.n, *order;
	rp_text *names = rp_new_n(req->arena, rp_text, n + 1);
	rp_text chosen = rp_desk_digits(req, s->said.party_id);
	struct rp_choices out = { 0 };

	push(req, &out, RP_TEXT("0"), rp_web_msg(req, M_minutes_no_party),
	    chosen);
	for (size_t i = 0; i < n; i++)
		names[i] = party_name(s, s->members.v[i].party_id);
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, n);
	for (size_t i = 0; i < n; i++)
		push(req, &out,
		    rp_desk_digits(req, s->members.v[order[i]].party_id),
		    names[order[i]], chosen);
	return out;
}

static struct rp_choices
stances(const struct rp_request *req, const struct record *s)
{
	struct rp_choices out = { 0 };

	push(req, &out, RP_TEXT(""), rp_web_msg(req, M_minutes_stance_none),
	    s->said.stance);
	for (size_t i = 0; rp_stances[i].n > 0; i++)
		push(req, &out, rp_stances[i],
		    rp_web_msg(req, stance_msg(rp_stances[i])), s->said.stance);
	return out;
}

static struct rp_choices
verbs(const struct rp_request *req, const struct record *s)
{
	struct rp_choices out = { 0 };

	for (int v = RP_OUTCOME_NONE + 1; v < RP_OUTCOMES; v++)
		push(req, &out, rp_outcome_name((enum rp_outcome)v),
		    rp_web_msg(req, rp_msg_outcome((enum rp_outcome)v)),
		    rp_outcome_name(s->outcome.verb));
	return out;
}

/* Showing. */

static int64_t
place_of(const struct record *s, int64_t statement_id)
{
	for (size_t i = 0; i < s->all.statements.n; i++) {
		if (s->all.statements.v[i].id == statement_id)
			return (int64_t)i + 1;
	}
	return 0;
}

static void
add_log(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	for (size_t k = 0; k < s->all.interventions.n; k++) {
		const struct rp_intervention *i = &s->all.interventions.v[k];
		rp_text party = party_name(s, i->party_id);
		struct v_desk_minutes_log row = { .id = i->id,
			.time = rp_web_time(req, s->m.zone, i->at),
			.iso = rp_web_iso(req, i->at),
			.stance = stance_msg(i->stance),
			.document = symbol(req, s, i->document_id),
			.words = i->words,
			.lang = i->lang,
			.is_remote = i->is_remote,
			.statement = place_of(s, i->statement_id) };

		row.who = party.n > 0 && i->speaker.n > 0 ?
			      rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(party),
				  RP_FMT(i->speaker)) :
			  party.n > 0 ? party :
					i->speaker;
		if (!rp_text_eq(i->role, rp_speaker_roles[0]))
			row.role = role_msg(i->role);
		rp_vec_push(req->arena, &v->log, row);
	}
}

static void
add_statements(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	struct rp_choices under = { 0 };

	push(req, &under, RP_TEXT("0"), rp_web_msg(req, M_minutes_under_none),
	    RP_TEXT(""));
	for (size_t i = 0; i < s->all.statements.n; i++) {
		const struct rp_statement *st = &s->all.statements.v[i];
		struct v_desk_minutes_statements row = { .id = st->id,
			.number = (int64_t)i + 1,
			.who = role_msg(st->speaker),
			.name = st->name,
			.voices = st->voices,
			.is_all = st->is_all,
			.words = st->words,
			.document = symbol(req, s, st->document_id) };

		rp_vec_push(req->arena, &v->statements, row);
		push(req, &under, rp_desk_digits(req, st->id),
		    rp_textf(req->arena, "%zu. %.*s", i + 1,
			RP_FMT(rp_text_cut(st->words, 60))),
		    RP_TEXT(""));
	}
	RP_COPY_CHOICES(req, &v->statement_choices, under);
	v->can_group = s->all.statements.n > 0;
}

static void
add_outcomes(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	for (size_t i = 0; i < s->all.outcomes.n; i++) {
		const struct rp_item_outcome *o = &s->all.outcomes.v[i];
		struct v_desk_minutes_outcomes row = { .id = o->id,
			.verb = rp_msg_outcome(o->verb),
			.document = symbol(req, s, o->document_id),
			.object = o->object,
			.reservation = o->reservation };

		rp_vec_push(req->arena, &v->outcomes, row);
	}
}

static void
add_neighbours(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	size_t at = (size_t)(s->all.item - s->all.a.items.v);

	if (at > 0)
		v->previous_url =
		    record_url(req, &s->m, s->all.a.items.v[at - 1].id);
	if (at + 1 < s->all.a.items.n)
		v->next_url =
		    record_url(req, &s->m, s->all.a.items.v[at + 1].id);
}

static rp_text
words_error(const struct rp_request *req, int64_t max)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(max) };

	return rp_message(req->arena, &req->reader, M_minutes_error_words, args,
	    1);
}

static void
show_problems(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	if (s->bad_said == RP_MINUTES_BAD_SPEAKER)
		rp_web_problem_text(req, &v->errors, "name",
		    rp_web_msg(req, M_minutes_error_speaker),
		    &v->speaker_error);
	else if (s->bad_said != RP_MINUTES_FINE)
		rp_web_problem_text(req, &v->errors, "words",
		    words_error(req, RP_INTERVENTION_WORDS_MAX),
		    &v->words_error);
	if (s->bad_sentence == RP_MINUTES_BAD_SPEAKER)
		rp_web_problem_text(req, &v->errors, "statement-words",
		    rp_web_msg(req, M_minutes_error_name), &v->statement_error);
	else if (s->bad_sentence != RP_MINUTES_FINE)
		rp_web_problem_text(req, &v->errors, "statement-words",
		    words_error(req, RP_STATEMENT_WORDS_MAX),
		    &v->statement_error);
	if (s->bad_outcome != RP_MINUTES_FINE || s->bad_effect)
		rp_web_problem_text(req, &v->errors, "verb",
		    rp_web_msg(req, s->bad_effect ? M_minutes_error_effect :
						    M_minutes_error_object),
		    &v->outcome_error);
}

static void
add_choices(const struct rp_request *req, const struct record *s,
    struct v_desk_minutes *v)
{
	RP_COPY_CHOICES(req, &v->parties, parties(req, s));
	RP_COPY_CHOICES(req, &v->roles,
	    words(req, rp_speaker_roles, role_msg, s->said.role));
	RP_COPY_CHOICES(req, &v->stances, stances(req, s));
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, s->said.lang));
	RP_COPY_CHOICES(req, &v->documents,
	    documents(req, s, s->said.document_id));
	RP_COPY_CHOICES(req, &v->statement_roles,
	    words(req, rp_speaker_roles, role_msg, s->sentence.speaker));
	RP_COPY_CHOICES(req, &v->statement_documents,
	    documents(req, s, s->sentence.document_id));
	RP_COPY_CHOICES(req, &v->verbs, verbs(req, s));
	RP_COPY_CHOICES(req, &v->outcome_documents,
	    documents(req, s, s->outcome.document_id));
}

static struct rp_err *
show(const struct rp_request *req, const struct record *s,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "noted", M_minutes_done_noted },
		{ "saved", M_minutes_done_saved },
		{ "outcome", M_minutes_done_outcome },
		{ NULL, M_none },
	};
	const struct rp_agenda_item *i = s->all.item;
	struct rp_web_title title = rp_web_item_title(req, i);
	struct v_desk_minutes v = { .token = req->csrf,
		.agenda_url = rp_desk_url(req, "meetings/%lld/agenda",
		    (long long)s->m.id),
		.item_url = rp_desk_url(req, "meetings/%lld/items/%lld",
		    (long long)s->m.id, (long long)i->id),
		.floor_url = rp_web_meeting_url(req, &s->g, &s->m,
		    rp_textf(req->arena, "items/%lld/floor", (long long)i->id)
			.p),
		.number = i->number,
		.title = title.text,
		.lang = title.lang,
		.state = rp_msg_item_state(i->state),
		.is_open = rp_text_eq(i->state, RP_TEXT("open")),
		.action = record_url(req, &s->m, i->id),
		.done = rp_desk_word(req, done),
		.name = s->said.speaker,
		.words = s->said.words,
		.is_remote = s->said.is_remote,
		.statement_words = s->sentence.words,
		.statement_name = s->sentence.name,
		.statement_all = s->sentence.is_all,
		.object = s->outcome.object,
		.reservation = s->outcome.reservation };
	rp_html content;

	add_neighbours(req, s, &v);
	add_choices(req, s, &v);
	add_log(req, s, &v);
	add_statements(req, s, &v);
	add_outcomes(req, s, &v);
	show_problems(req, s, &v);
	RP_TRY(rp_web_render(req, desk_minutes, &v, &content));
	return rp_desk_frame(req, title.text, content, out);
}

struct rp_err *
rp_web_desk_minutes(const struct rp_request *req, struct rp_response *out)
{
	struct record s;

	RP_TRY(load(req, &s));
	return show(req, &s, out);
}

/* What is sent. */

static struct rp_err *
done(const struct rp_request *req, const struct record *s, const char *word,
    struct rp_response *out)
{
	return rp_desk_done(out, req, record_url(req, &s->m, s->all.item->id),
	    word);
}

static struct rp_err *
again(const struct rp_request *req, const struct record *s,
    struct rp_response *out)
{
	out->status = 400;
	return show(req, s, out);
}

static struct rp_err *
note(const struct rp_request *req, struct record *s, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_intervention *i = &s->said;
	rp_text remote;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "role", WORD_MAX, &i->role));
	RP_TRY(rp_form_line(req, form, "stance", WORD_MAX, &i->stance));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &i->lang));
	RP_TRY(rp_form_line(req, form, "name", TYPED_MAX, &i->speaker));
	RP_TRY(rp_form_text(req, form, "words", RP_WORDING_MAX, &i->words));
	RP_TRY(rp_form_line(req, form, "remote", WORD_MAX, &remote));
	i->party_id = rp_desk_number(req, form, "party");
	i->document_id = rp_desk_number(req, form, "document");
	i->is_remote = remote.n > 0;
	s->bad_said = rp_intervention_check(i);
	if (s->bad_said == RP_MINUTES_BAD_ROLE ||
	    s->bad_said == RP_MINUTES_BAD_STANCE ||
	    s->bad_said == RP_MINUTES_BAD_LANG)
		return rp_fail(RP_E_INVALID, "not of the form");
	if (s->bad_said != RP_MINUTES_FINE)
		return again(req, s, out);
	RP_TRY(rp_intervention_add(req->who, req->tx, &s->m, s->all.item->id, i,
	    &id));
	return done(req, s, "noted", out);
}

static struct rp_err *
state(const struct rp_request *req, struct record *s, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_statement *st = &s->sentence;
	rp_text all;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "role", WORD_MAX, &st->speaker));
	RP_TRY(rp_form_line(req, form, "name", TYPED_MAX, &st->name));
	RP_TRY(rp_form_text(req, form, "words", RP_WORDING_MAX, &st->words));
	RP_TRY(rp_form_line(req, form, "all", WORD_MAX, &all));
	st->document_id = rp_desk_number(req, form, "document");
	st->is_all = all.n > 0;
	s->bad_sentence = rp_statement_check(st);
	if (s->bad_sentence == RP_MINUTES_BAD_ROLE)
		return rp_fail(RP_E_INVALID, "not of the form");
	if (s->bad_sentence != RP_MINUTES_FINE)
		return again(req, s, out);
	RP_TRY(rp_statement_add(req->who, req->tx, &s->m, s->all.item->id, st,
	    &id));
	return done(req, s, "saved", out);
}

/* Told beside the outcome what it cannot do, before it is recorded. */
static struct rp_err *
has_effect(const struct rp_request *req, struct record *s)
{
	struct rp_agenda a;

	if (s->all.item->kind != RP_ITEM_AGENDA ||
	    s->outcome.verb != RP_OUTCOME_ADOPTED)
		return NULL;
	RP_TRY(rp_agenda_get(req->who, req->tx, &s->m, RP_TEXT("en"), &a));
	s->bad_effect = a.document_id != 0 &&
			(s->outcome.document_id == 0 ||
			    s->outcome.document_id == a.document_id) &&
			(a.is_changed || a.adopted_revision == a.revision);
	return NULL;
}

static struct rp_err *
outcome(const struct rp_request *req, struct record *s, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_item_outcome *o = &s->outcome;
	rp_text verb;
	int64_t id;

	RP_TRY(rp_form_line(req, form, "verb", WORD_MAX, &verb));
	RP_TRY(rp_form_line(req, form, "object", TYPED_MAX, &o->object));
	RP_TRY(rp_form_text(req, form, "reservation", RP_WORDING_MAX,
	    &o->reservation));
	o->document_id = rp_desk_number(req, form, "document");
	if (!rp_outcome_from(verb, &o->verb) || o->verb == RP_OUTCOME_NONE)
		return rp_fail(RP_E_INVALID, "no outcome");
	s->bad_outcome = rp_outcome_check(o);
	RP_TRY(has_effect(req, s));
	if (s->bad_outcome != RP_MINUTES_FINE || s->bad_effect)
		return again(req, s, out);
	RP_TRY(
	    rp_outcome_add(req->who, req->tx, &s->m, s->all.item->id, o, &id));
	return done(req, s, "outcome", out);
}

/* All the interventions that were marked. */
static struct rp_err *
group(const struct rp_request *req, const struct record *s,
    struct rp_response *out)
{
	int64_t to = rp_desk_number(req, &req->form, "statement");

	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		rp_text t;
		int64_t id;

		if (f->name.n != 4 || memcmp(f->name.p, "said", 4) != 0)
			continue;
		RP_TRY(rp_text_from(req->arena, f->value, WORD_MAX, &t));
		if (!rp_text_i64(t, &id))
			return rp_fail(RP_E_INVALID, "not of the form");
		RP_TRY(rp_intervention_group(req->who, req->tx, &s->m,
		    s->all.item->id, id, to));
	}
	return done(req, s, "saved", out);
}

/* The buttons whose value is what they are about. */
static struct rp_err *
small(const struct rp_request *req, const struct record *s, bool *out_did)
{
	const struct rp_urlform *form = &req->form;
	int64_t item = s->all.item->id;

	*out_did = true;
	if (rp_form_has(form, "remove_said"))
		return rp_intervention_remove(req->who, req->tx, &s->m, item,
		    rp_desk_number(req, form, "remove_said"));
	if (rp_form_has(form, "statement_up"))
		return rp_statement_move(req->who, req->tx, &s->m, item,
		    rp_desk_number(req, form, "statement_up"), -1);
	if (rp_form_has(form, "statement_down"))
		return rp_statement_move(req->who, req->tx, &s->m, item,
		    rp_desk_number(req, form, "statement_down"), 1);
	if (rp_form_has(form, "remove_statement"))
		return rp_statement_remove(req->who, req->tx, &s->m, item,
		    rp_desk_number(req, form, "remove_statement"));
	if (rp_form_has(form, "remove_outcome"))
		return rp_outcome_remove(req->who, req->tx, &s->m, item,
		    rp_desk_number(req, form, "remove_outcome"));
	if (rp_desk_button(req, "open") || rp_desk_button(req, "close"))
		return rp_agenda_item_set_state(req->who, req->tx, &s->m, item,
		    rp_desk_button(req, "open") ? RP_TEXT("open") :
						  RP_TEXT("closed"));
	*out_did = false;
	return NULL;
}

struct rp_err *
rp_web_desk_minutes_post(const struct rp_request *req, struct rp_response *out)
{
	struct record s;
	bool did;

	RP_TRY(load(req, &s));
	RP_TRY(small(req, &s, &did));
	if (did)
		return done(req, &s, "saved", out);
	if (rp_desk_button(req, "group"))
		return group(req, &s, out);
	if (rp_desk_button(req, "state"))
		return state(req, &s, out);
	if (rp_desk_button(req, "outcome"))
		return outcome(req, &s, out);
	return note(req, &s, out);
}
