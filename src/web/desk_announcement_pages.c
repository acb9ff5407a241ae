/* desk_announcement_pages - announcements, and who was told. */
#include "base/buf.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/letterhead.h"
#include "domain/mailing.h"
#include "domain/theme_version.h"
#include "render/chart.h"
#include "render/t_desk_announcement.h"
#include "render/t_desk_announcements.h"
#include "text/format.h"
#include "text/input.h"
#include "web/announcement.h"
#include "web/desk.h"
#include "web/file.h"
#include "web/meeting.h"
#include "web/server.h"
#include "web/staff.h"

#define WORD_MAX 40
#define FACTS_MAX ((size_t)256 << 10)
#define RECIPIENTS_OCTETS ((size_t)RP_RECIPIENTS_MAX * (RP_RECIPIENT_MAX + 2))

static enum rp_msg
msg_of_channel(rp_text channel)
{
	static const enum rp_msg of[] = { M_announcement_web,
		M_announcement_letter, M_announcement_mail,
		M_announcement_social };

	for (size_t i = 0; rp_channels[i].n > 0; i++) {
		if (rp_text_eq(rp_channels[i], channel))
			return of[i];
	}
	return M_none;
}

static enum rp_msg
msg_of_kind(rp_text kind)
{
	if (rp_text_eq(kind, RP_TEXT("meeting")))
		return M_announcement_meeting;
	return rp_text_eq(kind, RP_TEXT("summary")) ?
		   M_announcement_summary :
		   M_announcement_consultation;
}

/* The list. */

static void
add_row(const struct rp_request *req, const char *kind, int64_t id,
    rp_text name, rp_text lang, const struct rp_group *g,
    struct v_desk_announcements *v)
{
	struct v_desk_announcements_rows row = {
		.kind = msg_of_kind(rp_text_z(kind)),
		.name = name,
		.lang = lang,
		.group = g->name.body,
		.url = rp_desk_url(req, "announcements/%s/%lld", kind,
		    (long long)id),
	};

	rp_vec_push(req->arena, &v->rows, row);
}

static struct rp_err *
add_group(const struct rp_request *req, const struct rp_group *g,
    struct v_desk_announcements *v)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultations all;
	struct rp_meetings meetings;

	RP_TRY(rp_meeting_list(req->who, req->tx, g->id, &meetings));
	for (size_t i = 0; i < meetings.n; i++) {
		const struct rp_meeting *m = &meetings.v[i];

		if (m->closes_at > req->now)
			add_row(req, "meeting", m->id,
			    rp_web_meeting_name(req, m), lang, g, v);
	}
	RP_TRY(rp_consultation_list_of(req->who, req->tx, g, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_consultation *c = &all.v[i];
		struct rp_theme_versions posted = { 0 };
		const struct rp_actor nobody =
		    rp_actor_public(req->who->env, req->now);

		if (c->state == RP_CONSULTATION_COMING ||
		    c->state == RP_CONSULTATION_OPEN)
			add_row(req, "consultation", c->id, c->title.body,
			    c->title.lang, g, v);
		if (rp_consultation_shows_responses(c))
			RP_TRY(rp_theme_version_list(&nobody, req->tx, c,
			    &posted));
		if (posted.n > 0)
			add_row(req, "summary", c->id, c->title.body,
			    c->title.lang, g, v);
	}
	return NULL;
}

struct rp_err *
rp_web_desk_announcements(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_announcements v = { 0 };
	struct rp_groups groups;
	rp_html content;
	bool any = false;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++) {
		if (!rp_actor_may(req->who, RP_MAY_CONTACT,
			rp_group_place(&groups.v[i])))
			continue;
		any = true;
		rp_vec_push(req->arena, &v.groups,
		    ((struct v_desk_announcements_groups){
			groups.v[i].name.body,
			rp_desk_url(req, "recipients/%lld",
			    (long long)groups.v[i].id) }));
		RP_TRY(add_group(req, &groups.v[i], &v));
	}
	if (!any)
		return rp_fail(RP_E_DENIED, "no group's recipients");
	RP_TRY(rp_web_render(req, desk_announcements, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_announcement_list), content,
	    out);
}

/* One occasion. */

struct one {
	struct rp_occasion o;
	struct rp_request in; /* reads in the language of the texts */
	rp_text lang;
	struct rp_web_facts_of facts;
	/* What was typed, and what is wrong with it. */
	rp_text channel, recipients, text;
	struct rp_recipients_wrong wrong;
	bool no_recipient, bad_text, no_letterhead, no_server;
	rp_text class; /* of recipients; empty: all */
};

static rp_url
url_of(const struct rp_request *req, const struct one *s, rp_text lang)
{
	return rp_desk_url(req, "announcements/%s/%lld?in=%s", s->o.kind.p,
	    (long long)s->o.object_id, lang.p);
}

static struct rp_err *
load(const struct rp_request *req, const struct rp_urlform *from, struct one *s)
{
	enum rp_lang lang = req->reader.lang;
	rp_text in;

	RP_TRY(rp_occasion_find(req->who, req->tx, req->params.name,
	    req->params.id, &s->o));
	RP_TRY(rp_form_line(req, from, "in", RP_LANG_TAG_MAX, &in));
	if (in.n > 0 && !rp_lang_find(in, &lang))
		return rp_fail(RP_E_NOTFOUND, "no texts in this language");
	s->in = *req;
	s->in.reader.lang = lang;
	s->in.reader.locale = rp_web_options_of(req->web)->locales[lang];
	s->lang = rp_lang_tag(lang);
	return rp_web_announce(&s->in, &s->o, &s->facts);
}

static void
add_tabs(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	for (int i = 0; i < RP_LANG_COUNT; i++) {
		rp_text tag = rp_lang_tag((enum rp_lang)i);
		struct v_desk_announcement_tabs one = {
			.name = rp_lang_own_name((enum rp_lang)i),
			.lang = tag,
			.url = url_of(req, s, tag),
			.current = rp_text_eq(tag, s->lang),
		};

		rp_vec_push(req->arena, &v->tabs, one);
	}
}

static struct rp_err *
add_texts(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	struct rp_announcements changed;

	RP_TRY(
	    rp_announcement_list(req->who, req->tx, &s->o, s->lang, &changed));
	for (const rp_text *c = rp_channels; c->n > 0; c++) {
		struct v_desk_announcement_texts one = { .channel = *c,
			.label = msg_of_channel(*c),
			.body = rp_web_announcement(&s->in, &s->facts, *c) };

		for (size_t i = 0; i < changed.n; i++) {
			if (!rp_text_eq(changed.v[i].channel, *c))
				continue;
			one.body = changed.v[i].body;
			one.changed = true;
		}
		if (s->bad_text && rp_text_eq(s->channel, *c)) {
			one.body = s->text;
			rp_web_problem_text(req, &v->errors,
			    rp_textf(req->arena, "text-%s", c->p).p,
			    rp_web_msg(req, M_announcement_error_text),
			    &one.error);
		}
		rp_vec_push(req->arena, &v->texts, one);
	}
	return NULL;
}

static void
show_problems(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	if (s->no_recipient)
		rp_web_problem_text(req, &v->errors, "recipients",
		    rp_web_msg(req, M_announcement_error_none),
		    &v->recipients_error);
	if (s->wrong.n > 0) {
		const struct rp_recipient_wrong *w = &s->wrong.v[0];
		const struct rp_msg_arg args[] = { RP_MSG_NUM(w->line),
			RP_MSG_TEXT(w->recipient) };

		rp_web_problem_text(req, &v->errors, "recipients",
		    rp_message(req->arena, &req->reader,
			w->problem == RP_RECIPIENT_REFUSED ?
			    M_announcement_error_refused :
			    M_announcement_error_long,
			args, 2),
		    &v->recipients_error);
	}
}

static rp_text
language(const struct rp_request *req, rp_text tag)
{
	return rp_locale_language(req->reader.locale, req->arena, tag);
}

static struct rp_err *
add_reach(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	struct rp_chart chart = { .id = RP_TEXT("reach"),
		.title = rp_web_msg(req, M_announcement_reach) };
	struct rp_reaches all;

	RP_TRY(rp_delivery_reach(req->who, req->tx, &s->o, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_reach *r = &all.v[i];
		struct v_desk_announcement_reach row = {
			.channel = msg_of_channel(r->channel),
			.language = language(req, r->lang),
			.sent = r->sent,
			.acknowledged = r->acknowledged,
		};
		struct rp_chart_bar bar = {
			.label = rp_textf(req->arena, "%.*s, %.*s",
			    RP_FMT(rp_web_msg(req, row.channel)),
			    RP_FMT(row.language)),
			.n = r->sent,
			.colour = 1
		};

		rp_vec_push(req->arena, &v->reach, row);
		if (chart.bars.n < RP_CHART_BARS_MAX)
			rp_vec_push(req->arena, &chart.bars, bar);
	}
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

/* Whom a mailing would reach, by class. */
static struct rp_err *
add_sending(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	struct v_desk_announcement_classes all = { .value = RP_TEXT(""),
		.name = rp_web_msg(req, M_mailing_all),
		.selected = s->class.n == 0 };
	struct rp_recipient_list r;

	v->recipients_url =
	    rp_desk_url(req, "recipients/%lld", (long long)s->o.group_id);
	v->can_send = req->who->env->mail_configured;
	RP_TRY(rp_mailing_unreached(req->who, req->tx, &s->o, RP_TEXT(""),
	    &v->unreached));
	RP_TRY(rp_recipient_list(req->who, req->tx, s->o.group_id, &r));
	rp_vec_push(req->arena, &v->classes, all);
	/* They come by class. */
	for (size_t i = 0; i < r.n; i++) {
		rp_text class = r.v[i].class;

		if (class.n > 0 &&
		    (i == 0 || !rp_text_eq(class, r.v[i - 1].class)))
			rp_vec_push(req->arena, &v->classes,
			    ((struct v_desk_announcement_classes){ class, class,
				rp_text_eq(class, s->class) }));
	}
	if (s->no_server)
		rp_web_problem_text(req, &v->errors, "class",
		    rp_web_msg(req, M_mailing_no_server), &v->class_error);
	return NULL;
}

static enum rp_msg
msg_of_delivery(rp_text state)
{
	return rp_text_eq(state, RP_TEXT("waiting")) ? M_desk_outbox_waiting :
	       rp_text_eq(state, RP_TEXT("failed"))  ? M_desk_outbox_failed :
	       rp_text_eq(state, RP_TEXT("sent"))    ? M_desk_outbox_sent :
						       M_none;
}

static struct rp_err *
add_log(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v)
{
	struct rp_deliveries all;
	rp_text zone = req->zone.n > 0 ? req->zone : RP_TEXT("UTC");

	RP_TRY(rp_delivery_list(req->who, req->tx, &s->o, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_delivery *d = &all.v[i];
		struct v_desk_announcement_log row = { .id = d->id,
			.recipient = d->recipient,
			.channel = msg_of_channel(d->channel),
			.language = language(req, d->lang),
			.sent = rp_web_date(req, zone, d->sent_at),
			.sent_iso = rp_web_iso(req, d->sent_at),
			.state = msg_of_delivery(d->state),
			.error = d->error,
			.refused = d->is_refused };

		if (d->acknowledged_at != 0)
			row.acknowledged =
			    rp_web_date(req, zone, d->acknowledged_at);
		rp_vec_push(req->arena, &v->log, row);
	}
	return NULL;
}

/* The letter on the letterhead, in one language. */
static struct rp_err *
letter_of(const struct rp_request *req, const struct one *s,
    struct rp_letter *out)
{
	struct rp_letters all;

	*out = (struct rp_letter){ 0 };
	RP_TRY(rp_letter_list(req->who, req->tx, s->o.group_id, s->o.kind,
	    s->o.object_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (rp_text_eq(all.v[i].lang, s->lang))
			*out = all.v[i];
	}
	return NULL;
}

static struct rp_err *
add_letter(const struct rp_request *req, const struct one *s,
    struct v_desk_announcement *v, struct rp_response *out)
{
	struct rp_letter l;

	RP_TRY(letter_of(req, s, &l));
	if (rp_text_eq(l.state, RP_TEXT("waiting"))) {
		v->letter_state = M_letter_waiting;
		if (!s->bad_text && !s->no_recipient && s->wrong.n == 0)
			rp_response_header(out, "Refresh", RP_TEXT("3"));
	}
	if (rp_text_eq(l.state, RP_TEXT("failed"))) {
		v->letter_state = M_letter_failed;
		v->letter_reason = l.reason;
	}
	if (l.blob_id != 0)
		v->letter_url =
		    rp_desk_url(req, "announcements/%s/%lld/letter.docx?in=%s",
			s->o.kind.p, (long long)s->o.object_id, s->lang.p);
	if (s->no_letterhead)
		rp_web_problem_text(req, &v->errors, "letter",
		    rp_web_msg(req, M_letter_no_letterhead), &v->letter_error);
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct one *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_announcement_saved },
		{ "entered", M_announcement_entered },
		{ "letter", M_letter_asked },
		{ "mailed", M_mailing_done },
		{ NULL, M_none },
	};
	struct v_desk_announcement v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "announcements"),
		.action = rp_desk_url(req, "announcements/%s/%lld", s->o.kind.p,
		    (long long)s->o.object_id),
		.kind = msg_of_kind(s->o.kind),
		.name = s->facts.name,
		.name_lang = s->facts.name_lang,
		.facts_url =
		    rp_desk_url(req, "announcements/%s/%lld/facts.json?in=%s",
			s->o.kind.p, (long long)s->o.object_id, s->lang.p),
		.in = s->lang,
		.in_dir = rp_dir_name(rp_lang_dir(s->in.reader.lang)),
		.language = language(req, s->lang),
		.done = rp_desk_word(req, done),
		.recipients = s->recipients };
	rp_html content;

	add_tabs(req, s, &v);
	RP_TRY(add_texts(req, s, &v));
	for (const rp_text *c = rp_channels; c->n > 0; c++) {
		struct v_desk_announcement_channels one = { .value = *c,
			.name = rp_web_msg(req, msg_of_channel(*c)),
			.selected = rp_text_eq(*c, s->channel) };

		rp_vec_push(req->arena, &v.channels, one);
	}
	show_problems(req, s, &v);
	RP_TRY(add_letter(req, s, &v, out));
	RP_TRY(add_sending(req, s, &v));
	RP_TRY(add_reach(req, s, &v));
	RP_TRY(add_log(req, s, &v));
	RP_TRY(rp_web_render(req, desk_announcement, &v, &content));
	return rp_desk_frame(req, s->facts.title, content, out);
}

struct rp_err *
rp_web_desk_announcement(const struct rp_request *req, struct rp_response *out)
{
	struct one s = { .channel = RP_TEXT("mail") };

	RP_TRY(load(req, &req->query, &s));
	return show(req, &s, out);
}

/* For letterheads, `rapporteur fill`, and other programs that merge letters. */
static struct rp_err *
write_facts(const struct rp_request *req, const struct one *s, rp_bytes *out)
{
	const struct {
		const char *name;
		rp_text value;
	} facts[] = {
		{ "title", s->facts.title },
		{ "salutation", rp_web_msg(&s->in, M_announce_dear) },
		{ "text", s->facts.text },
		{ "address", s->facts.url },
		{ "closing", rp_web_msg(&s->in, M_announce_faithfully) },
		{ "group", s->facts.group },
		{ "date", rp_web_date(&s->in,
			      req->zone.n > 0 ? req->zone : RP_TEXT("UTC"),
			      req->now) },
	};
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf b;

	rp_buf_init(&b, req->arena, FACTS_MAX);
	rp_sink_to_buf(&sink, req->arena, &b);
	rp_json_init(&w, &sink);
	rp_json_object_begin(&w);
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		rp_json_key(&w, rp_text_z(facts[i].name));
		rp_json_put_text(&w, facts[i].value);
	}
	rp_json_object_end(&w);
	rp_json_line_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_web_desk_announcement_facts(const struct rp_request *req,
    struct rp_response *out)
{
	struct one s = { 0 };

	RP_TRY(load(req, &req->query, &s));
	out->type = "application/json";
	out->no_store = true;
	return write_facts(req, &s, &out->body);
}

struct rp_err *
rp_web_desk_announcement_letter(const struct rp_request *req,
    struct rp_response *out)
{
	struct one s = { 0 };
	struct rp_letter l;

	RP_TRY(load(req, &req->query, &s));
	RP_TRY(letter_of(req, &s, &l));
	if (l.blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "no letter was made");
	return rp_web_file(req, l.blob_id,
	    rp_textf(req->arena, "%s-%lld-%s.docx", s.o.kind.p,
		(long long)s.o.object_id, s.lang.p),
	    RP_TEXT("docx"), out);
}

static struct rp_err *
make_letter(const struct rp_request *req, struct one *s,
    struct rp_response *out)
{
	rp_bytes facts;
	bool asked;

	RP_TRY(write_facts(req, s, &facts));
	RP_TRY(rp_letter_ask(req->who, req->tx, s->o.group_id, s->o.kind,
	    s->o.object_id, s->lang, rp_text_trusted(req->arena, facts),
	    &asked));
	if (asked)
		return rp_desk_done(out, req, url_of(req, s, s->lang),
		    "letter");
	s->no_letterhead = true;
	out->status = 409;
	return show(req, s, out);
}

static struct rp_err *
enter(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	int64_t n;

	RP_TRY(rp_form_text(req, &req->form, "recipients", RECIPIENTS_OCTETS,
	    &s->recipients));
	s->no_recipient = rp_text_blank(s->recipients);
	RP_TRY(rp_delivery_add(req->who, req->tx, &s->o, s->channel, s->lang,
	    s->recipients, &s->wrong, &n));
	if (!s->no_recipient && s->wrong.n == 0)
		return rp_desk_done(out, req, url_of(req, s, s->lang),
		    "entered");
	out->status = 400;
	return show(req, s, out);
}

/* The mail as the page shows it: a line with the subject, then the text. */
static struct rp_err *
mail_in(const struct rp_request *req, const struct one *s, enum rp_lang lang,
    struct rp_mailing_texts *out)
{
	const struct rp_msg_arg none[] = { RP_MSG_TEXT(RP_TEXT("")) };
	struct rp_announcements changed;
	struct one in = { .o = s->o, .in = *req, .lang = rp_lang_tag(lang) };
	rp_text text, prefix, line;
	size_t end;

	in.in.reader.lang = lang;
	in.in.reader.locale = rp_web_options_of(req->web)->locales[lang];
	RP_TRY(rp_web_announce(&in.in, &in.o, &in.facts));
	RP_TRY(
	    rp_announcement_list(req->who, req->tx, &s->o, in.lang, &changed));
	text = rp_web_announcement(&in.in, &in.facts, RP_TEXT("mail"));
	for (size_t i = 0; i < changed.n; i++) {
		if (rp_text_eq(changed.v[i].channel, RP_TEXT("mail")))
			text = changed.v[i].body;
	}
	prefix = rp_text_strip(
	    rp_message(req->arena, &in.in.reader, M_announce_subject, none, 1));
	while (prefix.n > 0 && (uint8_t)prefix.p[prefix.n - 1] >= 0x80 &&
	       rp_text_starts(rp_text_sub(prefix, prefix.n - 3, prefix.n),
		   RP_TEXT("\xe2\x81")))
		prefix.n -= 3; /* marks of direction around nothing */
	end = rp_text_find(text, '\n', 0);
	line = rp_text_sub(text, 0, end < text.n ? end : text.n);
	out->subject[lang] = in.facts.title;
	out->body[lang] = text;
	if (prefix.n > 0 && line.n > prefix.n && rp_text_starts(line, prefix)) {
		out->subject[lang] =
		    rp_text_strip(rp_text_sub(line, prefix.n, line.n));
		out->body[lang] =
		    rp_text_strip(rp_text_sub(text, line.n, text.n));
	}
	return NULL;
}

static struct rp_err *
mail(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	struct rp_mailing_texts texts = { 0 };
	struct rp_err *e = NULL;
	int64_t n;

	RP_TRY(rp_form_line(req, &req->form, "class", RP_RECIPIENT_CLASS_MAX,
	    &s->class));
	for (int l = 0; l < RP_LANG_COUNT && e == NULL; l++)
		e = mail_in(req, s, (enum rp_lang)l, &texts);
	RP_TRY(e);
	e = rp_mailing_send(req->who, req->tx, &s->o, s->class, &texts, &n);
	if (e == NULL)
		return rp_desk_done(out, req, url_of(req, s, s->lang),
		    "mailed");
	if (rp_err_code(e) != RP_E_CONFLICT)
		return e;
	rp_err_free(e);
	s->no_server = true;
	out->status = 409;
	return show(req, s, out);
}

static struct rp_err *
save(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	RP_TRY(
	    rp_form_text(req, &req->form, "text", RP_WEB_FORM_MAX, &s->text));
	s->bad_text = s->text.n > RP_ANNOUNCEMENT_MAX;
	if (s->bad_text) {
		out->status = 400;
		return show(req, s, out);
	}
	RP_TRY(rp_announcement_set(req->who, req->tx, &s->o, s->channel,
	    s->lang, s->text));
	return rp_desk_done(out, req, url_of(req, s, s->lang), "saved");
}

struct rp_err *
rp_web_desk_announcement_post(const struct rp_request *req,
    struct rp_response *out)
{
	int64_t delivery = rp_desk_number(req, &req->form, "delivery");
	struct one s = { 0 };

	RP_TRY(load(req, &req->form, &s));
	RP_TRY(rp_form_line(req, &req->form, "channel", WORD_MAX, &s.channel));
	if (rp_desk_button(req, "sent"))
		return enter(req, &s, out);
	if (rp_desk_button(req, "save"))
		return save(req, &s, out);
	if (rp_desk_button(req, "mail"))
		return mail(req, &s, out);
	if (rp_desk_button(req, "letter"))
		return make_letter(req, &s, out);
	if (rp_desk_button(req, "reset"))
		RP_TRY(rp_announcement_set(req->who, req->tx, &s.o, s.channel,
		    s.lang, RP_TEXT("")));
	else if (rp_desk_button(req, "acknowledge"))
		RP_TRY(
		    rp_delivery_acknowledge(req->who, req->tx, &s.o, delivery));
	else if (rp_desk_button(req, "refuse"))
		RP_TRY(rp_delivery_refuse(req->who, req->tx, &s.o, delivery));
	else
		return rp_fail(RP_E_INVALID, "no such button");
	return rp_desk_done(out, req, url_of(req, &s, s.lang), "entered");
}
