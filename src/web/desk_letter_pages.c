/* desk_letter_pages - one liaison statement, recommendation or referral at the
 * desk: its words in each language, and its head while it is a draft. */
#include "base/err.h"
#include "domain/correspondence.h"
#include "render/t_desk_letter.h"
#include "text/input.h"
#include "text/lang.h"
#include "web/correspondence.h"
#include "web/desk.h"

#define WORD_MAX 60

struct one {
	struct rp_group g;
	struct rp_correspondence c; /* as stored */
	struct rp_correspondence typed;
	struct rp_wordings texts;
	enum rp_lang lang; /* of the words */
	rp_text title, text;
	bool bad_title;
	enum rp_correspondence_problem problem;
};

static rp_url
list_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/correspondence", (long long)g->id);
}

static rp_url
one_url(const struct rp_request *req, const struct one *s)
{
	return rp_urlf(req->arena, "%s/%lld", list_url(req, &s->g).p,
	    (long long)s->c.number);
}

static rp_text
words_in(const struct one *s, const char *field, enum rp_lang lang)
{
	const struct rp_wording *w = rp_wording_find(&s->texts, s->c.id,
	    rp_text_z(field), rp_lang_tag(lang));

	return w != NULL ? w->body : RP_TEXT("");
}

static struct rp_err *
load(const struct rp_request *req, const struct rp_urlform *where,
    const char *field, struct one *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang), tag;

	*s = (struct one){ .lang = req->reader.lang };
	RP_TRY(
	    rp_group_get_by_id(req->who, req->tx, req->params.id, lang, &s->g));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&s->g)));
	RP_TRY(rp_correspondence_get(req->who, req->tx, s->g.id, req->params.n,
	    lang, &s->c));
	RP_TRY(rp_correspondence_texts(req->who, req->tx, &s->c, &s->texts));
	RP_TRY(rp_form_line(req, where, field, WORD_MAX, &tag));
	(void)rp_lang_find(tag, &s->lang);
	s->typed = s->c;
	s->title = words_in(s, "title", s->lang);
	s->text = words_in(s, "text", s->lang);
	return NULL;
}

/* What went out keeps its original text and its head. */
static bool
is_sent(const struct one *s)
{
	return !rp_text_eq(s->c.state, RP_TEXT("draft")) &&
	       !rp_text_eq(s->c.kind, RP_TEXT("liaison_in"));
}

static bool
is_original(const struct one *s, enum rp_lang lang)
{
	const struct rp_wording *w = rp_wording_find(&s->texts, s->c.id,
	    RP_TEXT("title"), rp_lang_tag(lang));

	return w != NULL && w->status == RP_WORDING_ORIGINAL;
}

static void
add_tabs(const struct rp_request *req, const struct one *s,
    struct v_desk_letter *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		enum rp_lang lang = (enum rp_lang)l;

		rp_vec_push(req->arena, &v->tabs.tabs,
		    ((struct v_title_tabs_tabs){ .lang = rp_lang_tag(lang),
			.name = rp_lang_own_name(lang),
			.url = rp_urlf(req->arena, "?words=%s",
			    rp_lang_tag(lang).p),
			.current = lang == s->lang,
			.is_missing = words_in(s, "title", lang).n == 0 }));
	}
}

static void
add_head(const struct rp_request *req, const struct one *s,
    struct v_desk_letter *v)
{
	v->can_change = !is_sent(s);
	v->other = s->typed.other;
	v->dated = s->typed.dated;
	v->due = s->typed.due;
	v->is_public = s->typed.is_public;
	for (const rp_text *l = rp_correspondence_levels; l->n > 0; l++)
		rp_vec_push(req->arena, &v->levels,
		    ((struct v_desk_letter_levels){ *l,
			rp_web_msg(req, rp_msg_correspondence_level(*l)),
			rp_text_eq(*l, s->typed.level) }));
	if (s->problem == RP_CORRESPONDENCE_BAD_OTHER)
		rp_web_problem_text(req, &v->errors, "other",
		    rp_web_msg(req, M_correspondence_error_other),
		    &v->other_error);
	if (s->problem == RP_CORRESPONDENCE_BAD_DATED)
		rp_web_problem_text(req, &v->errors, "dated",
		    rp_web_msg(req, M_correspondence_error_dated),
		    &v->dated_error);
	if (s->problem == RP_CORRESPONDENCE_BAD_DUE)
		rp_web_problem_text(req, &v->errors, "due",
		    rp_web_msg(req, M_correspondence_error_due), &v->due_error);
}

static struct rp_err *
show(const struct rp_request *req, const struct one *s, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "saved", M_desk_duty_saved },
		{ NULL, M_none },
	};
	struct v_desk_letter v = { .token = req->csrf,
		.list_url = list_url(req, &s->g),
		.heading = rp_textf(req->arena, "%.*s %lld",
		    RP_FMT(
			rp_web_msg(req, rp_msg_correspondence_kind(s->c.kind))),
		    (long long)s->c.number),
		.title_now = s->c.title.body,
		.title_lang = s->c.title.lang,
		.state = rp_web_correspondence_chip(req, &s->c),
		.action = one_url(req, s),
		.done = rp_desk_word(req, done),
		.lang = rp_lang_tag(s->lang),
		.can_write = !is_sent(s) || !is_original(s, s->lang),
		.title = s->title,
		.text = s->text };
	rp_html content;

	add_tabs(req, s, &v);
	add_head(req, s, &v);
	if (s->bad_title)
		rp_web_problem_text(req, &v.errors, "title",
		    rp_web_msg(req, M_desk_meeting_error_title),
		    &v.title_error);
	RP_TRY(rp_web_render(req, desk_letter, &v, &content));
	return rp_desk_frame(req, v.heading, content, out);
}

struct rp_err *
rp_web_desk_letter(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load(req, &req->query, "words", &s));
	return show(req, &s, out);
}

static struct rp_err *
save_words(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	RP_TRY(rp_form_line(req, &req->form, "title",
	    RP_CORRESPONDENCE_TITLE_MAX, &s->title));
	RP_TRY(rp_form_text(req, &req->form, "text", RP_CORRESPONDENCE_TEXT_MAX,
	    &s->text));
	s->bad_title = rp_text_blank(s->title);
	if (s->bad_title) {
		out->status = 400;
		return show(req, s, out);
	}
	RP_TRY(rp_correspondence_set_text(req->who, req->tx, &s->c,
	    rp_lang_tag(s->lang), s->title, rp_text_strip(s->text)));
	return rp_desk_done(out, req, one_url(req, s), "saved");
}

static struct rp_err *
save_head(const struct rp_request *req, struct one *s, struct rp_response *out)
{
	const struct rp_urlform *form = &req->form;
	struct rp_correspondence *t = &s->typed;
	rp_text shown;

	RP_TRY(rp_form_line(req, form, "other", RP_CORRESPONDENCE_OTHER_MAX,
	    &t->other));
	RP_TRY(rp_form_line(req, form, "level", WORD_MAX, &t->level));
	RP_TRY(rp_form_line(req, form, "dated", WORD_MAX, &t->dated));
	RP_TRY(rp_form_line(req, form, "due", WORD_MAX, &t->due));
	RP_TRY(rp_form_line(req, form, "public", WORD_MAX, &shown));
	t->is_public = shown.n > 0;
	s->problem = rp_correspondence_check(t);
	if (s->problem != RP_CORRESPONDENCE_FINE &&
	    s->problem != RP_CORRESPONDENCE_BAD_WORDS) {
		out->status = 400;
		return show(req, s, out);
	}
	RP_TRY(rp_correspondence_change(req->who, req->tx, &s->c, t));
	return rp_desk_done(out, req, one_url(req, s), "saved");
}

struct rp_err *
rp_web_desk_letter_post(const struct rp_request *req, struct rp_response *out)
{
	struct one s;

	RP_TRY(load(req, &req->form, "lang", &s));
	return rp_desk_button(req, "head") ? save_head(req, &s, out) :
					     save_words(req, &s, out);
}
