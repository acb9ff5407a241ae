/*
 * captions_pages - captions of a part of a meeting or a session of a
 * consultation: for everybody who sees it, for who enters them, for the program
 * that posts them.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/cues.h"
#include "domain/caption.h"
#include "domain/hearing.h"
#include "render/t_captions.h"
#include "render/t_captions_list.h"
#include "text/format.h"
#include "web/agenda.h"
#include "web/desk.h"
#include "web/server.h"
#include "web/staff.h"

#define WORD_MAX 80
#define REFRESH 10 /* seconds, without script */
#define TRANSCRIPT_MAX ((size_t)8 * 1024 * 1024)

_Static_assert(RP_CUE_MAX <= RP_CAPTION_MAX, "what is read is stored");

struct page {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_consultation c;
	struct rp_caption_place where;
	struct rp_captions all;
	rp_url up_url, own_url;
	struct rp_web_title up, title;
	/* What was typed. */
	rp_text body, lang;
	bool bad_lines, full;
	rp_text secret; /* new, to be told once */
};

typedef struct rp_err *loader(const struct rp_request *req, int64_t max,
    struct page *p);

/* Where. */

/* "?in=fr": the language that the reader chose. */
static struct rp_err *
chosen(const struct rp_request *req, struct rp_caption_place *where)
{
	return rp_form_line(req, &req->query, "in", WORD_MAX, &where->lang);
}

static struct rp_err *
load_part(const struct rp_request *req, int64_t max, struct page *p)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	const struct rp_meeting_part *part;
	struct rp_agenda a;
	size_t n = 0;

	*p = (struct page){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &p->g));
	RP_TRY(
	    rp_meeting_get(req->who, req->tx, p->g.id, req->params.n, &p->m));
	p->where = (struct rp_caption_place){ .m = &p->m, .id = req->params.k };
	RP_TRY(chosen(req, &p->where));
	RP_TRY(rp_captions_get(req->who, req->tx, &p->where, max, &p->all));
	RP_TRY(rp_agenda_get(req->who, req->tx, &p->m, lang, &a));
	part = rp_agenda_part_find(&a, req->params.k);
	if (part == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such part");
	while (n < a.parts.n && &a.parts.v[n] != part)
		n++;
	p->title = rp_web_part_title(req, part, n + 1);
	p->up = (struct rp_web_title){ rp_web_meeting_name(req, &p->m), lang };
	p->up_url = rp_web_meeting_url(req, &p->g, &p->m, "");
	p->own_url = rp_web_meeting_url(req, &p->g, &p->m,
	    rp_textf(req->arena, "parts/%lld/captions", (long long)part->id).p);
	return NULL;
}

static rp_text
session_title(const struct rp_request *req, const struct rp_hearing *h)
{
	const struct rp_msg_arg n[] = { RP_MSG_NUM(h->number) };
	rp_text which =
	    rp_message(req->arena, &req->reader, M_sessions_session, n, 1);

	return rp_textf(req->arena, "%.*s: %.*s", RP_FMT(which),
	    RP_FMT(h->place));
}

static struct rp_err *
load_session(const struct rp_request *req, int64_t max, struct page *p)
{
	const struct rp_hearing *h = NULL;
	struct rp_hearings all;

	*p = (struct page){ 0 };
	RP_TRY(rp_web_consultation_load(req, &p->c));
	p->g = p->c.group;
	p->where = (struct rp_caption_place){ .c = &p->c, .id = req->params.k };
	RP_TRY(chosen(req, &p->where));
	RP_TRY(rp_captions_get(req->who, req->tx, &p->where, max, &p->all));
	RP_TRY(rp_hearing_list(req->who, req->tx, &p->c, &all));
	for (size_t i = 0; i < all.n; i++)
		h = all.v[i].id == req->params.k ? &all.v[i] : h;
	if (h == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such session");
	p->title = (struct rp_web_title){ session_title(req, h),
		rp_lang_tag(req->reader.lang) };
	p->up = (struct rp_web_title){ p->c.title.body, p->c.title.lang };
	p->up_url = rp_web_consultation_url(req, &p->c, "sessions");
	p->own_url = rp_web_consultation_url(req, &p->c,
	    rp_textf(req->arena, "sessions/%lld/captions", (long long)h->id).p);
	return NULL;
}

/* The last lines, and as they come. */

static struct v_captions_list
list_of(const struct rp_request *req, const struct page *p)
{
	struct v_captions_list v = { .lang = p->all.lang,
		.may_lead = p->all.may_lead };

	for (size_t i = 0; i < p->all.lines.n; i++) {
		struct v_captions_list_lines row = { p->all.lines.v[i].id,
			p->all.lines.v[i].body };

		rp_vec_push(req->arena, &v.lines, row);
	}
	return v;
}

static struct rp_err *
make(const struct rp_request *req, loader *load, bool is_part, int64_t known,
    int64_t *version, rp_html *out)
{
	struct v_captions_list v;
	struct page p;
	int64_t now;

	RP_TRY(rp_captions_version(req->who, req->tx, is_part, req->params.k,
	    &now));
	if (now == known)
		return NULL;
	RP_TRY(load(req, RP_CAPTIONS_SHOWN, &p));
	v = list_of(req, &p);
	RP_TRY(rp_web_render(req, captions_list, &v, out));
	*version = p.all.version;
	return NULL;
}

static struct rp_err *
part_piece(const struct rp_request *req, int64_t known, int64_t *version,
    rp_html *out)
{
	return make(req, load_part, true, known, version, out);
}

static struct rp_err *
session_piece(const struct rp_request *req, int64_t known, int64_t *version,
    rp_html *out)
{
	return make(req, load_session, false, known, version, out);
}

/* Members are not of the kind of everybody: a part may be shut to the latter.
 */
static rp_text
kind_of(const struct rp_request *req, const struct page *p)
{
	const char *kind =
	    p->all.may_lead ? "lead" :
	    rp_actor_may(req->who, RP_MAY_READ, rp_group_place(&p->g)) ?
			      "read" :
			      "all";

	return rp_textf(req->arena, "%s %.*s", kind, RP_FMT(p->all.lang));
}

static struct rp_err *
events(const struct rp_request *req, loader *load, rp_live_fn *piece,
    struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, RP_CAPTIONS_SHOWN, &p));
	out->live.make = piece;
	out->live.kind = kind_of(req, &p);
	return piece(req, -1, &out->live.version, &out->live.first);
}

struct rp_err *
rp_web_part_captions_events(const struct rp_request *req,
    struct rp_response *out)
{
	return events(req, load_part, part_piece, out);
}

struct rp_err *
rp_web_session_captions_events(const struct rp_request *req,
    struct rp_response *out)
{
	return events(req, load_session, session_piece, out);
}

/* The page. */

/* In the language that is shown; the first one is there without a word. */
static rp_url
below(const struct rp_request *req, const struct page *p, const char *rest)
{
	if (p->all.langs.n < 2 || rp_text_eq(p->all.lang, p->all.langs.v[0]))
		return rp_urlf(req->arena, "%.*s%s", (int)p->own_url.n,
		    p->own_url.p, rest);
	return rp_urlf(req->arena, "%.*s%s?in=%.*s", (int)p->own_url.n,
	    p->own_url.p, rest, RP_FMT(p->all.lang));
}

/* More than one: to choose from. */
static void
add_langs(const struct rp_request *req, const struct page *p,
    struct v_captions *v)
{
	for (size_t i = 0; i < p->all.langs.n && p->all.langs.n > 1; i++) {
		rp_text lang = p->all.langs.v[i];

		rp_vec_push(req->arena, &v->langs,
		    ((struct v_captions_langs){
			.name = rp_locale_language(req->reader.locale,
			    req->arena, lang),
			.url = rp_urlf(req->arena, "%.*s?in=%.*s",
			    (int)p->own_url.n, p->own_url.p, RP_FMT(lang)),
			.current = rp_text_eq(lang, p->all.lang) }));
	}
}

static rp_text
lines_error(const struct rp_request *req, const struct page *p)
{
	const struct rp_msg_arg args[] = { RP_MSG_NUM(RP_CUES_MAX),
		RP_MSG_NUM(RP_CUE_MAX) };

	return p->full ? rp_web_msg(req, M_captions_error_full) :
			 rp_message(req->arena, &req->reader,
			     M_captions_error_lines, args, 2);
}

static struct rp_err *
show(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "stored", M_sessions_done },
		{ NULL, M_none },
	};
	rp_url events_url = below(req, p, "/events");
	struct rp_frame f = { .group = &p->g,
		.title = rp_web_msg(req, M_captions_title),
		.script = RP_TEXT("live.js"),
		/* What is being typed is not taken away. */
		.refresh = p->all.may_lead ? 0 : REFRESH };
	struct v_captions v = { .token = req->csrf,
		.up_url = p->up_url,
		.up_name = p->up.text,
		.up_lang = p->up.lang,
		.title = p->title.text,
		.lang = p->title.lang,
		.events_url = (rp_text){ events_url.p, events_url.n },
		.transcript_url = below(req, p, "/transcript.txt"),
		.action = p->own_url,
		.done = rp_desk_word(req, done),
		.list = list_of(req, p),
		.has_lines = p->all.lines.n > 0,
		.may_lead = p->all.may_lead,
		.body = p->body };
	rp_text lang = p->lang.n > 0     ? p->lang :
		       p->all.lang.n > 0 ? p->all.lang :
					   rp_lang_tag(req->reader.lang);
	rp_html content;

	add_langs(req, p, &v);
	RP_COPY_CHOICES(req, &v.languages, rp_web_language_choices(req, lang));
	if (p->all.posts_until != 0)
		v.until = rp_web_utc(req, p->all.posts_until);
	if (p->secret.n > 0)
		v.address = rp_textf(req->arena, "%.*s/api/v1/captions/%.*s",
		    RP_FMT(rp_web_options_of(req->web)->public_url),
		    RP_FMT(p->secret));
	if (p->bad_lines)
		rp_web_problem_text(req, &v.errors, "body", lines_error(req, p),
		    &v.body_error);
	out->no_store = true;
	RP_TRY(rp_web_render(req, captions, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_part_captions(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load_part(req, RP_CAPTIONS_SHOWN, &p));
	return show(req, &p, out);
}

struct rp_err *
rp_web_session_captions(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load_session(req, RP_CAPTIONS_SHOWN, &p));
	return show(req, &p, out);
}

/* The transcript. */

static struct rp_err *
transcript(const struct rp_request *req, const struct page *p,
    struct rp_response *out)
{
	rp_text note = rp_web_msg(req, M_captions_disclaimer);
	struct rp_buf b;

	rp_buf_init(&b, req->arena, TRANSCRIPT_MAX);
	rp_buf_f(&b, "%.*s\n%.*s\n\n%.*s\n\n", RP_FMT(p->up.text),
	    RP_FMT(p->title.text), RP_FMT(note));
	for (size_t i = 0; i < p->all.lines.n; i++)
		rp_buf_f(&b, "%s  %.*s\n",
		    rp_web_iso(req, p->all.lines.v[i].at).p,
		    RP_FMT(p->all.lines.v[i].body));
	rp_response_header(out, "Content-Disposition",
	    RP_TEXT("attachment; filename=\"transcript.txt\""));
	out->type = "text/plain; charset=utf-8";
	out->no_store = true;
	return rp_buf_bytes(&b, &out->body);
}

struct rp_err *
rp_web_part_transcript(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load_part(req, RP_CAPTIONS_MAX, &p));
	return transcript(req, &p, out);
}

struct rp_err *
rp_web_session_transcript(const struct rp_request *req, struct rp_response *out)
{
	struct page p;

	RP_TRY(load_session(req, RP_CAPTIONS_MAX, &p));
	return transcript(req, &p, out);
}

/* What is sent. */

static void
copy(const struct rp_request *req, const struct rp_cues *from,
    struct rp_caption_lines *to)
{
	for (size_t i = 0; i < from->n; i++)
		rp_vec_push(req->arena, to, from->v[i]);
}

/* Limits are told beside the field; what is no text comes from no form. */
static struct rp_err *
enter(const struct rp_request *req, struct page *p)
{
	struct rp_caption_lines lines = { 0 };
	struct rp_cues cues = { 0 };
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &p->lang));
	RP_TRY(rp_form_text(req, &req->form, "body", 4 * RP_CUES_INPUT_MAX,
	    &p->body));
	e = rp_cues_read(req->arena, rp_text_bytes(p->body), &cues);
	p->bad_lines = e != NULL || cues.n == 0;
	rp_err_free(e);
	if (p->bad_lines)
		return NULL;
	copy(req, &cues, &lines);
	e = rp_captions_enter(req->who, req->tx, &p->where, p->lang, &lines);
	if (e == NULL || rp_err_code(e) != RP_E_LIMIT)
		return e;
	rp_err_free(e);
	p->bad_lines = p->full = true;
	return NULL;
}

/* The address is in this answer and in no other. */
static struct rp_err *
admit(const struct rp_request *req, loader *load, struct page *p,
    struct rp_response *out)
{
	rp_text lang, secret;

	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &lang));
	RP_TRY(rp_captions_admit(req->who, req->tx, &p->where, lang, &secret));
	RP_TRY(load(req, RP_CAPTIONS_SHOWN, p));
	p->where.lang = lang;
	RP_TRY(rp_captions_get(req->who, req->tx, &p->where, RP_CAPTIONS_SHOWN,
	    &p->all));
	p->secret = secret;
	return show(req, p, out);
}

static struct rp_err *
post(const struct rp_request *req, loader *load, struct rp_response *out)
{
	struct page p;

	RP_TRY(load(req, RP_CAPTIONS_SHOWN, &p));
	if (rp_desk_button(req, "admit"))
		return admit(req, load, &p, out);
	if (rp_desk_button(req, "end")) {
		RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX,
		    &p.where.lang));
		RP_TRY(rp_captions_end(req->who, req->tx, &p.where));
	} else if (rp_form_has(&req->form, "remove"))
		RP_TRY(rp_caption_remove(req->who, req->tx, &p.where,
		    rp_desk_number(req, &req->form, "remove")));
	else
		RP_TRY(enter(req, &p));
	/* The reader stays with the language that was worked on. */
	if (p.lang.n > 0)
		p.where.lang = p.lang;
	RP_TRY(rp_captions_get(req->who, req->tx, &p.where, RP_CAPTIONS_SHOWN,
	    &p.all));
	if (!p.bad_lines)
		return rp_desk_done(out, req, below(req, &p, ""), "stored");
	out->status = 400;
	return show(req, &p, out);
}

struct rp_err *
rp_web_part_captions_post(const struct rp_request *req, struct rp_response *out)
{
	return post(req, load_part, out);
}

struct rp_err *
rp_web_session_captions_post(const struct rp_request *req,
    struct rp_response *out)
{
	return post(req, load_session, out);
}

/* By the captioner's program: the body as it is, whatever type it says. */
struct rp_err *
rp_web_captions_receive(const struct rp_request *req, struct rp_response *out)
{
	struct rp_caption_lines lines = { 0 };
	struct rp_cues cues = { 0 };

	RP_TRY(rp_cues_read(req->arena, req->body, &cues));
	copy(req, &cues, &lines);
	RP_TRY(rp_captions_post(req->who, req->tx, req->params.secret, &lines));
	out->status = 204;
	out->no_store = true;
	return NULL;
}
