/* desk_duty_pages - duties to report at the desk: what the machine found in the
 * texts in force, what was decided, and one duty with its reports. */
#include "base/err.h"
#include "domain/meeting_document.h"
#include "render/t_desk_duties.h"
#include "render/t_desk_duty.h"
#include "text/input.h"
#include "web/action.h"
#include "web/desk.h"
#include "web/duty.h"
#include "web/registry.h"
#include "web/staff.h"

#define WORD_MAX 60

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static rp_url
list_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/duties", (long long)g->id);
}

static rp_url
one_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	return number == 0 ? rp_desk_url(req, "groups/%lld/duties/new",
				 (long long)g->id) :
			     rp_desk_url(req, "groups/%lld/duties/%lld",
				 (long long)g->id, (long long)number);
}

/* The list. */

static void
add_found(const struct rp_request *req, const struct rp_group *g,
    const struct rp_instruments *instruments,
    const struct rp_duty_suggestions *all, struct v_desk_duties *v)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_duty_suggestion *s = &all->v[i];
		struct v_desk_duties_found row = {
			.id = rp_textf(req->arena, "%lld", (long long)s->id),
			.paragraph = s->paragraph,
			.who = s->who,
			.recipient = s->recipient,
			.lang = s->lang,
			.words = s->words,
			.every = rp_msg_duty_time(s->every)
		};
		rp_url url;

		row.resolution = rp_web_duty_resolution(req, g, instruments,
		    s->instrument_id, &url);
		row.url = rp_urlf(req->arena, "%s%lld/", url.p,
		    (long long)s->version);
		row.label = rp_textf(req->arena, "%.*s, %.*s",
		    RP_FMT(row.resolution), RP_FMT(s->paragraph));
		if (s->year != 0)
			row.year =
			    rp_textf(req->arena, "%lld", (long long)s->year);
		rp_vec_push(req->arena, &v->found, row);
	}
}

static void
add_rows(const struct rp_request *req, const struct rp_group *g,
    const struct rp_instruments *instruments, const struct rp_duties *all,
    struct v_desk_duties *v)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_duty *d = &all->v[i];
		rp_url url;

		rp_vec_push(req->arena, &v->rows,
		    ((struct v_desk_duties_rows){ .number = d->number,
			.url = one_url(req, g, d->number),
			.resolution = rp_web_duty_resolution(req, g,
			    instruments, d->instrument_id, &url),
			.paragraph = d->paragraph,
			.who = d->who,
			.recipient = d->recipient,
			.lang = d->lang,
			.due = rp_web_day(req, d->due),
			.due_iso = d->due,
			.state = rp_web_duty_chip(req, d),
			.is_outdated = d->is_outdated }));
	}
}

struct rp_err *
rp_web_desk_duties(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "looked", M_desk_duty_looked },
		{ "rejected", M_desk_duty_was_rejected },
		{ NULL, M_none },
	};
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_instruments instruments;
	struct rp_duty_suggestions found;
	struct rp_duties all;
	struct v_desk_duties v = { .token = req->csrf };
	struct rp_group g;
	rp_html content;

	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &g));
	RP_TRY(rp_instrument_list(req->who, req->tx, g.id, lang, &instruments));
	RP_TRY(rp_duty_suggestions(req->who, req->tx, g.id, &found));
	RP_TRY(rp_duty_list(req->who, req->tx, g.id, &all));
	v.group_name = g.name.body;
	v.public_url = rp_web_duties_url(req, &g, "");
	v.action = list_url(req, &g);
	v.new_url = one_url(req, &g, 0);
	v.done = rp_desk_word(req, done);
	add_found(req, &g, &instruments, &found, &v);
	add_rows(req, &g, &instruments, &all, &v);
	RP_TRY(rp_web_render(req, desk_duties, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_duty_title), content, out);
}

struct rp_err *
rp_web_desk_duties_post(const struct rp_request *req, struct rp_response *out)
{
	bool confirm = rp_desk_button(req, "confirm");
	struct rp_group g;
	int64_t number;

	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &g));
	if (rp_desk_button(req, "look")) {
		RP_TRY(rp_web_duty_look(req, &g));
		return rp_desk_done(out, req, list_url(req, &g), "looked");
	}
	if (!confirm && !rp_desk_button(req, "reject"))
		return rp_fail(RP_E_INVALID, "no such button");
	RP_TRY(rp_duty_decide(req->who, req->tx, g.id,
	    rp_desk_number(req, &req->form, "found"), confirm, &number));
	return confirm ? rp_desk_done(out, req, one_url(req, &g, number),
			     "confirmed") :
			 rp_desk_done(out, req, list_url(req, &g), "rejected");
}

/* One. */

struct one {
	struct rp_group g;
	struct rp_duty d; /* as stored; number 0: a new one */
	struct rp_duty typed;
	struct rp_instruments instruments;
	enum rp_duty_problem problem;
	rp_text symbol, report_words;
	bool bad_symbol;
};

static struct rp_err *
load_one(const struct rp_request *req, struct one *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*s = (struct one){ 0 };
	RP_TRY(rp_desk_group(req, RP_MAY_REGISTER, &s->g));
	RP_TRY(rp_instrument_list(req->who, req->tx, s->g.id, lang,
	    &s->instruments));
	s->d = (struct rp_duty){ .group_id = s->g.id,
		.lang = lang,
		.every = RP_TEXT("yearly"),
		.state = RP_TEXT("standing") };
	if (req->params.n != 0)
		RP_TRY(rp_duty_get(req->who, req->tx, s->g.id, req->params.n,
		    &s->d));
	s->typed = s->d;
	return NULL;
}

static void
add_choices(const struct rp_request *req, const struct one *s,
    struct v_desk_duty *v)
{
	static const struct {
		const char *value;
		enum rp_msg name;
	} states[] = { { "standing", M_duty_standing },
		{ "rejected", M_duty_rejected }, { "ended", M_duty_ended } };

	for (size_t i = 0; i < s->instruments.n; i++)
		rp_vec_push(req->arena, &v->instruments,
		    ((struct v_desk_duty_instruments){
			rp_textf(req->arena, "%lld",
			    (long long)s->instruments.v[i].id),
			rp_web_instrument_name(req, &s->instruments.v[i]),
			s->instruments.v[i].id == s->typed.instrument_id }));
	for (const rp_text *t = rp_duty_times; t->n > 0; t++)
		rp_vec_push(req->arena, &v->times,
		    ((struct v_desk_duty_times){ *t,
			rp_web_msg(req, rp_msg_duty_time(*t)),
			rp_text_eq(*t, s->typed.every) }));
	for (size_t i = 0; i < 3 && s->d.number != 0; i++)
		rp_vec_push(req->arena, &v->states,
		    ((struct v_desk_duty_states){ rp_text_z(states[i].value),
			rp_web_msg(req, states[i].name),
			is(s->typed.state, states[i].value) }));
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, s->typed.lang));
}

static void
add_problem(const struct rp_request *req, const struct one *s,
    struct v_desk_duty *v)
{
	const struct {
		enum rp_duty_problem p;
		const char *field;
		enum rp_msg msg;
		rp_text *beside;
	} of[] = {
		{ RP_DUTY_BAD_PARAGRAPH, "paragraph",
		    M_desk_duty_error_paragraph, &v->paragraph_error },
		{ RP_DUTY_NO_WHO, "who", M_desk_duty_error_who, &v->who_error },
		{ RP_DUTY_NO_RECIPIENT, "recipient",
		    M_desk_duty_error_recipient, &v->recipient_error },
		{ RP_DUTY_NO_WORDS, "words", M_desk_duty_error_words,
		    &v->words_error },
		{ RP_DUTY_BAD_DUE, "due", M_desk_action_error_due,
		    &v->due_error },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (s->problem == of[i].p)
			rp_web_problem_text(req, &v->errors, of[i].field,
			    rp_web_msg(req, of[i].msg), of[i].beside);
	if (s->bad_symbol)
		rp_web_problem_text(req, &v->errors, "symbol",
		    rp_web_msg(req, M_desk_duty_error_symbol),
		    &v->symbol_error);
}

static struct rp_err *
add_origin(const struct rp_request *req, const struct one *s,
    struct v_desk_duty *v)
{
	struct rp_duty_suggestion f;
	bool found;
	rp_url url;

	RP_TRY(rp_duty_suggestion_of(req->who, req->tx, &s->d, &f, &found));
	if (!found)
		return NULL;
	rp_web_duty_resolution(req, &s->g, &s->instruments, f.instrument_id,
	    &url);
	v->is_found = true;
	v->found_who = f.who;
	v->found_recipient = f.recipient;
	v->found_lang = f.lang;
	v->found_every = rp_msg_duty_time(f.every);
	v->found_version = f.version_name;
	v->found_url =
	    rp_urlf(req->arena, "%s%lld/", url.p, (long long)f.version);
	return NULL;
}

static struct rp_err *
add_reports(const struct rp_request *req, const struct one *s,
    struct v_desk_duty *v)
{
	struct rp_duty_reports all;

	RP_TRY(rp_duty_reports(req->who, req->tx, s->g.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_duty_report *r = &all.v[i];

		if (r->duty_id == s->d.id)
			rp_vec_push(req->arena, &v->reports,
			    ((struct v_desk_duty_reports){
				.due = rp_web_day(req, r->due),
				.due_iso = r->due,
				.symbol = r->symbol,
				.url = rp_web_duty_report_url(req, &s->g, r),
				.words = r->words }));
	}
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct one *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_desk_duty_saved },
		{ "confirmed", M_desk_duty_confirmed },
		{ "reported", M_desk_duty_was_reported },
		{ NULL, M_none },
	};
	rp_text title = s->d.number == 0 ?
			    rp_web_msg(req, M_desk_duty_new) :
			    rp_textf(req->arena, "%.*s %lld",
				RP_FMT(rp_web_msg(req, M_desk_duty_duty)),
				(long long)s->d.number);
	struct v_desk_duty v = { .token = req->csrf,
		.list_url = list_url(req, &s->g),
		.heading = title,
		.action = one_url(req, &s->g, s->d.number),
		.done = rp_desk_word(req, done),
		.state = rp_web_duty_chip(req, &s->d),
		.is_new = s->d.number == 0,
		.can_report = s->d.number != 0 && is(s->d.state, "standing"),
		.paragraph = s->typed.paragraph,
		.who = s->typed.who,
		.recipient = s->typed.recipient,
		.words = s->typed.words,
		.due = s->typed.due,
		.symbol = s->symbol,
		.report_words = s->report_words };
	rp_html content;

	add_choices(req, s, &v);
	add_problem(req, s, &v);
	if (s->d.number != 0) {
		RP_TRY(add_origin(req, s, &v));
		RP_TRY(add_reports(req, s, &v));
	}
	RP_TRY(rp_web_render(req, desk_duty, &v, &content));
	return rp_desk_frame(req, title, content, out);
}

struct rp_err *
rp_web_desk_duty(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	return show(req, &s, out);
}

static struct rp_err *
again(const struct rp_request *req, const struct one *s,
    struct rp_response *out)
{
	out->status = 400;
	return show(req, s, out);
}

static struct rp_err *
save(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_duty *t = &s->typed;
	int64_t number = s->d.number;

	t->instrument_id = rp_desk_number(req, form, "instrument");
	RP_TRY(rp_form_line(req, form, "paragraph", RP_DUTY_PARAGRAPH_MAX,
	    &t->paragraph));
	RP_TRY(rp_form_line(req, form, "who", RP_DUTY_WHO_MAX, &t->who));
	RP_TRY(rp_form_line(req, form, "recipient", RP_DUTY_WHO_MAX,
	    &t->recipient));
	RP_TRY(rp_form_text(req, form, "words", RP_DUTY_TEXT_MAX, &t->words));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &t->lang));
	RP_TRY(rp_form_line(req, form, "every", WORD_MAX, &t->every));
	RP_TRY(rp_form_line(req, form, "due", WORD_MAX, &t->due));
	if (number != 0)
		RP_TRY(rp_form_line(req, form, "state", WORD_MAX, &t->state));
	t->words = rp_text_strip(t->words);
	s->problem = rp_duty_check(t);
	if (s->problem != RP_DUTY_FINE && s->problem != RP_DUTY_BAD_TIME)
		return again(req, s, out);
	if (number == 0)
		RP_TRY(rp_duty_add(req->who, req->tx, t, &number));
	else
		RP_TRY(rp_duty_change(req->who, req->tx, &s->d, t));
	return rp_desk_done(out, req, one_url(req, &s->g, number), "saved");
}

/* The document that a symbol names; `bad_symbol` where there is none. */
static struct rp_err *
find_document(const struct rp_request *req, struct one *s, struct rp_meeting *m,
    int64_t *number)
{
	struct rp_meeting_document d;
	struct rp_symbol symbol;
	struct rp_err *e;

	s->bad_symbol = true;
	if (!rp_symbol_parse(s->symbol, NULL, &symbol))
		return NULL;
	*number = symbol.number;
	e = rp_meeting_get(req->who, req->tx, s->g.id, symbol.session, m);
	if (e == NULL)
		e = rp_meeting_document_get(req->who, req->tx, m, *number,
		    RP_TEXT("en"), &d);
	if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
		rp_err_free(e);
		return NULL;
	}
	s->bad_symbol = e != NULL;
	return e;
}

static struct rp_err *
report(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	struct rp_meeting m;
	int64_t number = 0;

	RP_TRY(
	    rp_form_line(req, &req->form, "symbol", RP_SYMBOL_MAX, &s->symbol));
	RP_TRY(rp_form_line(req, &req->form, "report_words", RP_DUTY_REPORT_MAX,
	    &s->report_words));
	if (s->symbol.n > 0)
		RP_TRY(find_document(req, s, &m, &number));
	else
		s->bad_symbol = rp_text_blank(s->report_words);
	if (s->bad_symbol)
		return again(req, s, out);
	RP_TRY(rp_duty_report(req->who, req->tx, &s->d,
	    s->symbol.n > 0 ? &m : NULL, number, s->report_words));
	return rp_desk_done(out, req, one_url(req, &s->g, s->d.number),
	    "reported");
}

struct rp_err *
rp_web_desk_duty_post(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load_one(req, &s));
	if (rp_desk_button(req, "report") && s.d.number != 0)
		return report(req, &s, out);
	return save(req, &s, out);
}
