/* correspondence_pages - liaison statements, recommendations and referrals: for
 * everybody, and at the desk. */
#include "base/err.h"
#include "domain/correspondence.h"
#include "render/t_correspondence.h"
#include "render/t_desk_correspondence.h"
#include "text/input.h"
#include "web/action.h"
#include "web/correspondence.h"
#include "web/desk.h"
#include "web/staff.h"

#define WORD_MAX 40

static enum rp_msg
msg_of(rp_text word, const rp_text *words, const enum rp_msg *msgs)
{
	for (size_t i = 0; words[i].n > 0; i++)
		if (rp_text_eq(word, words[i]))
			return msgs[i];
	return M_none;
}

enum rp_msg
rp_msg_correspondence_kind(rp_text kind)
{
	static const enum rp_msg of[] = { M_correspondence_liaison_in,
		M_correspondence_liaison_out, M_correspondence_recommendation,
		M_correspondence_referral };

	return msg_of(kind, rp_correspondence_kinds, of);
}

enum rp_msg
rp_msg_correspondence_level(rp_text level)
{
	static const enum rp_msg of[] = { M_correspondence_for_action,
		M_correspondence_for_comment,
		M_correspondence_for_information };

	return msg_of(level, rp_correspondence_levels, of);
}

enum rp_msg
rp_msg_correspondence_state(rp_text state)
{
	static const enum rp_msg of[] = { M_correspondence_draft,
		M_correspondence_received, M_correspondence_sent,
		M_correspondence_answered, M_correspondence_acknowledged,
		M_correspondence_adopted, M_correspondence_noted,
		M_correspondence_declined, M_correspondence_closed };

	return msg_of(state, rp_correspondence_states, of);
}

struct v_chip
rp_web_correspondence_chip(const struct rp_request *req,
    const struct rp_correspondence *c)
{
	bool open = rp_text_eq(c->state, RP_TEXT("sent")) ||
		    rp_text_eq(c->state, RP_TEXT("received"));

	if (c->is_late)
		return (struct v_chip){ .kind = RP_TEXT("late"),
			.label = rp_web_msg(req, M_correspondence_late) };
	return (
	    struct v_chip){ .kind = open ? RP_TEXT("open") : RP_TEXT("closed"),
		.label =
		    rp_web_msg(req, rp_msg_correspondence_state(c->state)) };
}

/* For everybody. */

struct rp_err *
rp_web_correspondence(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct v_correspondence v = { 0 };
	struct rp_correspondences all;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_correspondence_list(req->who, req->tx, g.id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_correspondence *c = &all.v[all.n - 1 - i];
		struct v_correspondence_rows row = { .number = c->number,
			.anchor =
			    rp_textf(req->arena, "c%lld", (long long)c->number),
			.kind = rp_msg_correspondence_kind(c->kind),
			.other = c->other,
			.level = rp_msg_correspondence_level(c->level),
			.title = c->title.body,
			.lang = c->title.lang,
			.text = c->text.body,
			.dated = rp_web_day(req, c->dated),
			.dated_iso = c->dated,
			.due = rp_web_day(req, c->due),
			.due_iso = c->due,
			.state = rp_web_correspondence_chip(req, c),
			.words = c->words,
			.docx_url = rp_urlf(req->arena, "%lld/text.docx",
			    (long long)c->number),
			.pdf_url = rp_urlf(req->arena, "%lld/text.pdf",
			    (long long)c->number) };

		/* A reply to what the reader does not see says so little. */
		for (size_t k = 0; k < all.n; k++) {
			if (c->replies == 0 || all.v[k].number != c->replies)
				continue;
			row.replies = c->replies;
			row.replies_url = rp_urlf(req->arena, "#c%lld",
			    (long long)c->replies);
		}
		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = g.name.body;
	if (rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(&g)))
		v.desk_url =
		    rp_urlf(req->arena, "/%s/desk/groups/%lld/correspondence",
			rp_lang_tag(req->reader.lang).p, (long long)g.id);
	f.title = rp_web_msg(req, M_correspondence_title);
	RP_TRY(rp_web_render(req, correspondence, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

/* At the desk. */

struct adding {
	struct rp_group g;
	struct rp_correspondence c;
	rp_text title, text, lang, replies;
	bool bad_title, bad_replies;
	enum rp_correspondence_problem problem;
};

static void
add_row(const struct rp_request *req, const struct rp_correspondence *c,
    struct v_desk_correspondence *v)
{
	struct v_desk_correspondence_rows row = { .number = c->number,
		.anchor = rp_textf(req->arena, "%lld", (long long)c->number),
		.kind = rp_msg_correspondence_kind(c->kind),
		.other = c->other,
		.title = c->title.body,
		.lang = c->title.lang,
		.due = rp_web_day(req, c->due),
		.due_iso = c->due,
		.state = rp_web_correspondence_chip(req, c),
		.words = c->words,
		.url = rp_desk_url(req, "groups/%lld/correspondence/%lld",
		    (long long)c->group_id, (long long)c->number) };

	for (const rp_text *s = rp_correspondence_states; s->n > 0; s++)
		if (rp_correspondence_may_become(c, *s))
			rp_vec_push(req->arena, &row.steps,
			    ((struct v_desk_correspondence_rows_steps){ *s,
				rp_msg_correspondence_state(*s) }));
	rp_vec_push(req->arena, &v->rows, row);
}

static void
add_problems(const struct rp_request *req, const struct adding *f,
    struct v_desk_correspondence *v)
{
	if (f->problem == RP_CORRESPONDENCE_BAD_OTHER)
		rp_web_problem(req, &v->errors, "other",
		    M_correspondence_error_other, &v->other_error);
	if (f->bad_title)
		rp_web_problem(req, &v->errors, "title",
		    M_desk_meeting_error_title, &v->title_error);
	if (f->problem == RP_CORRESPONDENCE_BAD_DATED)
		rp_web_problem(req, &v->errors, "dated",
		    M_correspondence_error_dated, &v->dated_error);
	if (f->problem == RP_CORRESPONDENCE_BAD_DUE)
		rp_web_problem(req, &v->errors, "due",
		    M_correspondence_error_due, &v->due_error);
	if (f->bad_replies)
		rp_web_problem(req, &v->errors, "replies",
		    M_correspondence_error_replies, &v->replies_error);
}

static void
add_choices(const struct rp_request *req, const struct adding *f,
    struct v_desk_correspondence *v)
{
	for (const rp_text *k = rp_correspondence_kinds; k->n > 0; k++)
		rp_vec_push(req->arena, &v->kinds,
		    ((struct v_desk_correspondence_kinds){ *k,
			rp_web_msg(req, rp_msg_correspondence_kind(*k)),
			rp_text_eq(*k, f->c.kind) }));
	for (const rp_text *l = rp_correspondence_levels; l->n > 0; l++)
		rp_vec_push(req->arena, &v->levels,
		    ((struct v_desk_correspondence_levels){ *l,
			rp_web_msg(req, rp_msg_correspondence_level(*l)),
			rp_text_eq(*l, f->c.level) }));
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, f->lang));
}

static rp_url
desk_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/correspondence", (long long)g->id);
}

static struct rp_err *
show(const struct rp_request *req, const struct adding *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "added", M_correspondence_added },
		{ "stepped", M_desk_action_stepped },
		{ NULL, M_none },
	};
	struct v_desk_correspondence v = { .token = req->csrf,
		.public_url = rp_urlf(req->arena, "/%s/%.*s/correspondence/",
		    rp_lang_tag(req->reader.lang).p, RP_FMT(f->g.slug)),
		.group_name = f->g.name.body,
		.action = desk_url(req, &f->g),
		.done = rp_desk_word(req, done),
		.title = f->title,
		.text = f->text,
		.other = f->c.other,
		.dated = f->c.dated,
		.due = f->c.due,
		.replies = f->replies,
		.is_public = f->c.is_public };
	struct rp_correspondences all;
	rp_html content;

	RP_TRY(rp_correspondence_list(req->who, req->tx, f->g.id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		add_row(req, &all.v[all.n - 1 - i], &v);
	add_choices(req, f, &v);
	add_problems(req, f, &v);
	RP_TRY(rp_web_render(req, desk_correspondence, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_correspondence_title),
	    content, out);
}

static struct rp_err *
load(const struct rp_request *req, struct adding *f)
{
	*f = (struct adding){ .lang = rp_lang_tag(req->reader.lang),
		.c.is_public = true };
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id, f->lang,
	    &f->g));
	f->c.group_id = f->g.id;
	return rp_actor_needs(req->who, RP_MAY_MEET, rp_group_place(&f->g));
}

struct rp_err *
rp_web_desk_correspondence(const struct rp_request *req,
    struct rp_response *out)
{
	struct adding f;

	RP_TRY(load(req, &f));
	return show(req, &f, out);
}

static struct rp_err *
find_replied(const struct rp_request *req, struct adding *f)
{
	struct rp_correspondence other;
	struct rp_err *e;

	if (f->replies.n == 0)
		return NULL;
	f->bad_replies = true;
	if (!rp_text_i64(f->replies, &f->c.replies))
		return NULL;
	e = rp_correspondence_get(req->who, req->tx, f->g.id, f->c.replies,
	    RP_TEXT("en"), &other);
	if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
		rp_err_free(e);
		return NULL;
	}
	f->bad_replies = e != NULL;
	return e;
}

static struct rp_err *
read_one(const struct rp_request *req, struct adding *f)
{
	const struct rp_urlform *form = &req->form;
	rp_text shown;

	RP_TRY(rp_form_line(req, form, "kind", WORD_MAX, &f->c.kind));
	RP_TRY(rp_form_line(req, form, "level", WORD_MAX, &f->c.level));
	RP_TRY(rp_form_line(req, form, "other", RP_CORRESPONDENCE_OTHER_MAX,
	    &f->c.other));
	RP_TRY(rp_form_line(req, form, "title", RP_CORRESPONDENCE_TITLE_MAX,
	    &f->title));
	RP_TRY(rp_form_text(req, form, "text", RP_CORRESPONDENCE_TEXT_MAX,
	    &f->text));
	RP_TRY(rp_form_line(req, form, "lang", WORD_MAX, &f->lang));
	RP_TRY(rp_form_line(req, form, "dated", WORD_MAX, &f->c.dated));
	RP_TRY(rp_form_line(req, form, "due", WORD_MAX, &f->c.due));
	RP_TRY(rp_form_line(req, form, "replies", WORD_MAX, &f->replies));
	RP_TRY(rp_form_line(req, form, "public", WORD_MAX, &shown));
	f->c.is_public = shown.n > 0;
	f->text = rp_text_strip(f->text);
	f->bad_title = f->title.n == 0;
	f->problem = rp_correspondence_check(&f->c);
	return find_replied(req, f);
}

static struct rp_err *
add(const struct rp_request *req, struct adding *f, struct rp_response *out)
{
	struct rp_wording_at at = { .owner_kind = RP_TEXT("correspondence"),
		.field = RP_TEXT("title") };
	int64_t number;

	RP_TRY(read_one(req, f));
	if (f->bad_title || f->bad_replies ||
	    f->problem != RP_CORRESPONDENCE_FINE) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_correspondence_add(req->who, req->tx, &f->c, &at.owner_id,
	    &number));
	at.lang = f->lang;
	RP_TRY(rp_wording_set(req->who, req->tx, &at, RP_WORDING_ORIGINAL,
	    f->title));
	at.field = RP_TEXT("text");
	RP_TRY(rp_wording_set(req->who, req->tx, &at, RP_WORDING_ORIGINAL,
	    f->text));
	return rp_desk_done(out, req, desk_url(req, &f->g), "added");
}

struct rp_err *
rp_web_desk_correspondence_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct rp_correspondence c;
	struct adding f;
	rp_text state, words;

	RP_TRY(load(req, &f));
	if (rp_desk_button(req, "add"))
		return add(req, &f, out);
	RP_TRY(rp_form_line(req, &req->form, "do", WORD_MAX, &state));
	RP_TRY(rp_form_line(req, &req->form, "words",
	    RP_CORRESPONDENCE_WORDS_MAX, &words));
	RP_TRY(rp_correspondence_get(req->who, req->tx, f.g.id,
	    rp_desk_number(req, &req->form, "number"), RP_TEXT("en"), &c));
	RP_TRY(
	    rp_correspondence_set_state(req->who, req->tx, &c, state, words));
	return rp_desk_done(out, req, desk_url(req, &f.g), "stepped");
}
