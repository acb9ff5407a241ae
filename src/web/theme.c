#include "web/theme.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "text/format.h"

#define URL_MAX 300

rp_url
rp_theme_url(const struct rp_request *req, int64_t question_id, const char *fmt,
    ...)
{
	char rest[URL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	return rp_desk_url(req, "questions/%lld/%s", (long long)question_id,
	    rest);
}

struct rp_err *
rp_theme_page(const struct rp_request *req, int64_t question_id,
    struct rp_theme_page *out)
{
	struct rp_codebook b;

	RP_TRY(rp_codebook_of(req->who, req->tx, question_id, &b));
	return rp_theme_page_of(req, &b, out);
}

struct rp_err *
rp_theme_page_of(const struct rp_request *req, const struct rp_codebook *b,
    struct rp_theme_page *out)
{
	int64_t question_id = b->question_id;

	*out = (struct rp_theme_page){ .problem = M_none, .b = *b };
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx,
	    out->b.where.consultation_id, rp_lang_tag(req->reader.lang),
	    &out->c));
	for (size_t i = 0; i < out->c.questions.n; i++)
		if (out->c.questions.v[i].id == question_id)
			out->q = &out->c.questions.v[i];
	if (out->q == NULL)
		return rp_fail(RP_E_NOTFOUND, "no question %lld",
		    (long long)question_id);
	out->name = rp_message(req->arena, &req->reader, M_theme_question,
	    &(struct rp_msg_arg)RP_MSG_NUM(out->q->position), 1);
	out->url = rp_theme_url(req, question_id, "themes");
	return NULL;
}

enum rp_msg
rp_msg_reading(enum rp_reading state)
{
	static const enum rp_msg of[RP_READINGS] = {
		[RP_READING_THEMED] = M_theme_state_themed,
		[RP_READING_NO_THEME] = M_theme_state_no_theme,
		[RP_READING_UNREAD] = M_theme_state_unread,
		[RP_READING_EMPTY] = M_theme_state_empty,
		[RP_READING_WITHHELD] = M_theme_state_withheld,
	};

	return state < RP_READINGS ? of[state] : M_none;
}

enum rp_msg
rp_msg_said_by(rp_text by)
{
	if (rp_text_eq(by, RP_TEXT("person")))
		return M_theme_by_person;
	if (rp_text_eq(by, RP_TEXT("campaign")))
		return M_theme_by_campaign;
	return M_theme_by_machine;
}

struct v_chip
rp_theme_chip(const struct rp_request *req, rp_text state)
{
	static const struct {
		rp_text state, kind;
		enum rp_msg label;
	} of[] = {
		{ RP_TEXT_INIT("suggested"), RP_TEXT_INIT("soon"),
		    M_theme_is_suggested },
		{ RP_TEXT_INIT("confirmed"), RP_TEXT_INIT("published"),
		    M_theme_is_confirmed },
		{ RP_TEXT_INIT("rejected"), RP_TEXT_INIT("rejected"),
		    M_theme_is_rejected },
		{ RP_TEXT_INIT("merged"), RP_TEXT_INIT("merged"),
		    M_theme_is_merged },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (rp_text_eq(state, of[i].state))
			return (struct v_chip){ of[i].kind,
				rp_web_msg(req, of[i].label) };
	return (struct v_chip){ RP_TEXT("retired"),
		rp_web_msg(req, M_theme_is_retired) };
}

rp_text
rp_theme_span(const struct rp_request *req, int64_t answer_id, int64_t from,
    int64_t to)
{
	return rp_textf(req->arena, "%lld-%lld-%lld", (long long)answer_id,
	    (long long)from, (long long)to);
}

bool
rp_theme_span_read(rp_text t, struct rp_span *out)
{
	size_t one = rp_text_find(t, '-', 0);
	size_t two = one < t.n ? rp_text_find(t, '-', one + 1) : t.n;

	return two < t.n &&
	       rp_text_i64(rp_text_sub(t, 0, one), &out->answer_id) &&
	       rp_text_i64(rp_text_sub(t, one + 1, two), &out->from) &&
	       rp_text_i64(rp_text_sub(t, two + 1, t.n), &out->to);
}

rp_text
rp_theme_heard_cite(const struct rp_request *req,
    const struct rp_theme_heard *h)
{
	const struct rp_msg_arg args[] = { RP_MSG_MSG(
					       rp_msg_category(h->category)),
		RP_MSG_TEXT(rp_web_date(req, h->zone, h->at)),
		RP_MSG_NUM(h->session) };

	return rp_message(req->arena, &req->reader,
	    rp_text_eq(h->kind, RP_TEXT("presentation")) ?
		M_theme_heard_presentation :
		M_theme_heard_intervention,
	    args, 3);
}

rp_url
rp_theme_heard_url(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_theme_heard *h)
{
	return rp_web_consultation_url(req, c,
	    rp_textf(req->arena, "sessions#said%lld", (long long)h->spoken_id)
		.p);
}

static rp_text
response_label(const struct rp_request *req, const struct rp_theme_passage *p)
{
	const struct rp_msg_arg args[] = { RP_MSG_TEXT(
					       rp_theme_number(req, p->number)),
		RP_MSG_TEXT(p->file_name) };

	return p->file_name.n > 0 ? rp_message(req->arena, &req->reader,
					M_theme_file_of, args, 2) :
				    rp_message(req->arena, &req->reader,
					M_theme_answer, args, 1);
}

struct rp_err *
rp_theme_label(const struct rp_request *req, const struct rp_codebook *b,
    const struct rp_theme_passage *p, struct rp_theme_labels *all, rp_text *out)
{
	const struct rp_theme_heard *h;

	*out = response_label(req, p);
	if (!p->is_heard)
		return NULL;
	if (!all->is_loaded)
		RP_TRY(rp_theme_heard_list(req->who, req->tx, b, &all->all));
	all->is_loaded = true;
	h = rp_theme_heard_find(&all->all, p->response_id);
	if (h != NULL)
		*out = rp_theme_heard_cite(req, h);
	return NULL;
}

rp_text
rp_theme_number(const struct rp_request *req, int64_t number)
{
	return number == 0 ?
		   RP_TEXT("—") :
		   rp_format_i64(req->reader.locale, req->arena, number);
}

struct rp_err *
rp_theme_refused(struct rp_err *e, enum rp_msg *problem,
    struct rp_response *out)
{
	enum rp_ecode code = rp_err_code(e);

	if (code != RP_E_CONFLICT && code != RP_E_INVALID &&
	    code != RP_E_LIMIT && code != RP_E_NOTFOUND)
		return e;
	rp_err_free(e);
	*problem = code == RP_E_CONFLICT ? M_theme_conflict : M_theme_invalid;
	out->status = code == RP_E_CONFLICT ? 409 : 400;
	return NULL;
}

const struct rp_theme_item *
rp_theme_item_of(const struct rp_theme_items *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

enum rp_msg
rp_theme_done(const struct rp_request *req)
{
	static const struct rp_desk_word words[] = {
		{ "act", M_theme_done },
		{ "run", M_theme_done_run },
		{ "frozen", M_theme_done_frozen },
		{ "published", M_theme_done_published },
		{ NULL, M_none },
	};

	return rp_desk_word(req, words);
}

int64_t
rp_theme_asked(const struct rp_request *req, const char *name)
{
	return rp_desk_number(req, &req->query, name);
}

rp_text
rp_theme_percent(const struct rp_request *req, int64_t permille)
{
	return rp_format_percent(req->reader.locale, req->arena,
	    (double)permille / 1000, 0);
}

struct rp_err *
rp_theme_frame(const struct rp_request *req, rp_text title, rp_html content,
    struct rp_response *out)
{
	struct rp_frame f = { .title = title,
		.wide = true,
		.private = true,
		.script = RP_TEXT("coding.js") };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}
