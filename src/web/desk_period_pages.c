/* desk_period_pages - reports of a period at the desk: a new one, the
 * secretariat's words, issuing. */
#include "base/err.h"
#include "render/t_desk_period.h"
#include "render/t_desk_periods.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/period.h"
#include "web/staff.h"

#define WORD_MAX 60

static rp_url
list_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_desk_url(req, "groups/%lld/periods", (long long)g->id);
}

static rp_url
one_url(const struct rp_request *req, const struct rp_group *g, int64_t number)
{
	return rp_desk_url(req, "groups/%lld/periods/%lld", (long long)g->id,
	    (long long)number);
}

/* The list. */

struct adding {
	struct rp_group g;
	struct rp_period p;
	enum rp_period_problem problem;
};

static struct rp_err *
show_list(const struct rp_request *req, const struct adding *f,
    struct rp_response *out)
{
	struct v_desk_periods v = { .token = req->csrf,
		.group_name = f->g.name.body,
		.public_url = rp_web_periods_url(req, &f->g, ""),
		.action = list_url(req, &f->g),
		.from = f->p.from,
		.until = f->p.until,
		.is_public = f->p.is_public };
	struct rp_periods all;
	rp_html content;

	RP_TRY(rp_period_list(req->who, req->tx, f->g.id, &all));
	for (size_t i = 0; i < all.n; i++)
		rp_vec_push(req->arena, &v.rows,
		    ((struct v_desk_periods_rows){
			.url = one_url(req, &f->g, all.v[i].number),
			.name = rp_web_period_name(req, &all.v[i]),
			.state = rp_web_period_chip(req, &all.v[i]) }));
	for (const rp_text *a = rp_period_addressees; a->n > 0; a++)
		rp_vec_push(req->arena, &v.addressees,
		    ((struct v_desk_periods_addressees){ *a,
			rp_web_msg(req, rp_msg_period_addressee(*a)),
			rp_text_eq(*a, f->p.addressee) }));
	if (f->problem == RP_PERIOD_BAD_FROM)
		rp_web_problem_text(req, &v.errors, "from",
		    rp_web_msg(req, M_desk_activity_error_from), &v.from_error);
	if (f->problem == RP_PERIOD_BAD_UNTIL)
		rp_web_problem_text(req, &v.errors, "until",
		    rp_web_msg(req, M_desk_period_error_until), &v.until_error);
	RP_TRY(rp_web_render(req, desk_periods, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_period_title), content,
	    out);
}

struct rp_err *
rp_web_desk_periods(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { .p = { .addressee = RP_TEXT("council"),
				.is_public = true } };

	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &f.g));
	return show_list(req, &f, out);
}

struct rp_err *
rp_web_desk_periods_post(const struct rp_request *req, struct rp_response *out)
{
	struct adding f = { 0 };
	int64_t number;
	rp_text shown;

	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &f.g));
	f.p.group_id = f.g.id;
	RP_TRY(rp_form_line(req, &req->form, "addressee", WORD_MAX,
	    &f.p.addressee));
	RP_TRY(rp_form_line(req, &req->form, "from", WORD_MAX, &f.p.from));
	RP_TRY(rp_form_line(req, &req->form, "until", WORD_MAX, &f.p.until));
	RP_TRY(rp_form_line(req, &req->form, "public", WORD_MAX, &shown));
	f.p.is_public = shown.n > 0;
	f.problem = rp_period_check(&f.p);
	if (f.problem == RP_PERIOD_BAD_FROM ||
	    f.problem == RP_PERIOD_BAD_UNTIL) {
		out->status = 400;
		return show_list(req, &f, out);
	}
	RP_TRY(rp_period_add(req->who, req->tx, &f.p, &number));
	return rp_desk_done(out, req, one_url(req, &f.g, number), "added");
}

/* One, in one language at a time. */

struct one {
	struct rp_group g;
	struct rp_period p;
	struct rp_period_texts texts;
	enum rp_lang lang; /* of the words */
};

static struct rp_err *
load_one(const struct rp_request *req, const struct rp_urlform *where,
    const char *field, struct one *s)
{
	rp_text tag;

	*s = (struct one){ .lang = req->reader.lang };
	RP_TRY(rp_desk_group(req, RP_MAY_MEET, &s->g));
	RP_TRY(rp_period_get(req->who, req->tx, s->g.id, req->params.n, &s->p));
	RP_TRY(rp_period_words(req->who, req->tx, &s->p, &s->texts));
	RP_TRY(rp_form_line(req, where, field, WORD_MAX, &tag));
	(void)rp_lang_find(tag, &s->lang);
	return NULL;
}

/* In exactly this language. */
static rp_text
words_in(const struct one *s, rp_text section, enum rp_lang lang)
{
	struct rp_period_words w =
	    rp_period_words_pick(&s->texts, section, rp_lang_tag(lang));

	return rp_text_eq(w.lang, rp_lang_tag(lang)) ? w.body : RP_TEXT("");
}

static void
add_tabs(const struct rp_request *req, const struct one *s,
    struct v_desk_period *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		enum rp_lang lang = (enum rp_lang)l;
		bool missing = false;

		for (const rp_text *k = rp_period_sections; k->n > 0; k++)
			missing |=
			    words_in(s, *k, lang).n == 0 &&
			    rp_period_words_pick(&s->texts, *k, RP_TEXT("en"))
				    .body.n > 0;
		rp_vec_push(req->arena, &v->tabs.tabs,
		    ((struct v_title_tabs_tabs){ .lang = rp_lang_tag(lang),
			.name = rp_lang_own_name(lang),
			.url = rp_urlf(req->arena, "?text=%s",
			    rp_lang_tag(lang).p),
			.current = lang == s->lang,
			.is_missing = missing }));
	}
}

struct rp_err *
rp_web_desk_period(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "added", M_desk_period_added },
		{ "saved", M_desk_duty_saved },
		{ "issued", M_desk_period_issued },
		{ NULL, M_none },
	};
	struct v_desk_period v = { .token = req->csrf,
		.done = rp_desk_word(req, done) };
	struct one s;
	rp_html content;

	RP_TRY(load_one(req, &req->query, "text", &s));
	v.list_url = list_url(req, &s.g);
	v.public_url = rp_web_periods_url(req, &s.g,
	    rp_textf(req->arena, "%lld/", (long long)s.p.number).p);
	v.heading = rp_web_period_name(req, &s.p);
	v.state = rp_web_period_chip(req, &s.p);
	v.action = one_url(req, &s.g, s.p.number);
	v.is_draft = rp_text_eq(s.p.state, RP_TEXT("draft"));
	v.lang = rp_lang_tag(s.lang);
	add_tabs(req, &s, &v);
	for (const rp_text *k = rp_period_sections; k->n > 0; k++)
		rp_vec_push(req->arena, &v.sections,
		    ((struct v_desk_period_sections){ *k,
			rp_web_msg(req, rp_msg_period_section(*k)),
			words_in(&s, *k, s.lang) }));
	RP_TRY(rp_web_render(req, desk_period, &v, &content));
	return rp_desk_frame(req, v.heading, content, out);
}

static struct rp_err *
save(const struct rp_request *req, const struct one *s, struct rp_response *out)
{
	for (const rp_text *k = rp_period_sections; k->n > 0; k++) {
		struct rp_period_words w = { .section = *k,
			.lang = rp_lang_tag(s->lang) };

		RP_TRY(rp_form_text(req, &req->form, k->p, RP_PERIOD_WORDS_MAX,
		    &w.body));
		w.body = rp_text_strip(w.body);
		if (!rp_text_eq(w.body, words_in(s, *k, s->lang)))
			RP_TRY(
			    rp_period_words_set(req->who, req->tx, &s->p, &w));
	}
	return rp_desk_done(out, req, one_url(req, &s->g, s->p.number),
	    "saved");
}

struct rp_err *
rp_web_desk_period_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_period_files files;
	struct one s;

	RP_TRY(load_one(req, &req->form, "lang", &s));
	if (!rp_desk_button(req, "issue"))
		return save(req, &s, out);
	RP_TRY(rp_web_period_files(req, &s.g, &s.p, &files));
	RP_TRY(rp_period_issue(req->who, req->tx, &s.p, &files));
	return rp_desk_done(out, req, one_url(req, &s.g, s.p.number), "issued");
}
