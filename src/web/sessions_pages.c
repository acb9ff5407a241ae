/* sessions_pages - the sessions of a physical consultation, for everybody. */
#include "base/err.h"
#include "domain/hearing.h"
#include "render/prose.h"
#include "render/t_sessions.h"
#include "web/meeting.h"
#include "web/page.h"

#define FRESH ((int64_t)60 * 1000)

/* Its place among the questions, from 1; 0 for none. */
static int64_t
question_of(const struct rp_consultation *c, int64_t id)
{
	for (size_t i = 0; i < c->questions.n; i++) {
		if (c->questions.v[i].id == id)
			return c->questions.v[i].position;
	}
	return 0;
}

static rp_url
captions_url(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_hearing *h)
{
	return rp_web_consultation_url(req, c,
	    rp_textf(req->arena, "sessions/%lld/captions", (long long)h->id).p);
}

static void
add_slots(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_hearing *h, struct v_sessions_sessions *to)
{
	for (size_t i = 0; i < h->slots.n; i++) {
		const struct rp_slot *s = &h->slots.v[i];
		struct v_sessions_sessions_slots row = {
			.time = rp_web_time(req, h->zone, s->begins_at),
			.iso = rp_web_iso(req, s->begins_at),
			.own_time = rp_web_time(req, s->zone, s->begins_at),
			.name = s->name,
			.category = rp_msg_category(s->speaker_class),
			.question = question_of(c, s->question_id),
			.is_remote = s->is_remote,
			.response = s->response_number
		};

		if (s->response_number > 0)
			row.response_url = rp_web_consultation_url(req, c,
			    rp_textf(req->arena, "responses/%lld",
				(long long)s->response_number)
				.p);
		rp_vec_push(req->arena, &to->slots, row);
	}
}

static void
add_texts(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_hearing *h, struct v_sessions_sessions *to)
{
	for (size_t i = 0; i < h->texts.n; i++) {
		const struct rp_spoken *s = &h->texts.v[i];
		struct v_sessions_sessions_texts row = {
			.kind = rp_text_eq(s->kind, RP_TEXT("presentation")) ?
				    M_sessions_presentation :
				    M_sessions_intervention,
			.category = rp_msg_category(s->speaker_class),
			.name = s->name,
			.time = rp_web_time(req, h->zone, s->at),
			.iso = rp_web_iso(req, s->at),
			.lang = s->lang,
			.question = question_of(c, s->question_id),
			.anchor =
			    rp_textf(req->arena, "said%lld", (long long)s->id),
			.body = rp_prose(req->arena, s->body,
			    rp_textf(req->arena, "t%lld", (long long)s->id),
			    rp_web_linker(req))
		};

		/* What staff see before it is published is at the desk. */
		if (s->is_published)
			rp_vec_push(req->arena, &to->texts, row);
	}
}

struct rp_err *
rp_web_sessions(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_frame f = { .group = &c.group,
		.title = rp_web_msg(req, M_consultation_meeting) };
	struct v_sessions v = { 0 };
	struct rp_hearings all;
	rp_html content;

	RP_TRY(rp_web_consultation_load(req, &c));
	RP_TRY(rp_hearing_list(req->who, req->tx, &c, &all));
	v.consultation_url = rp_web_consultation_url(req, &c, "");
	v.title = c.title.body;
	v.title_lang = c.title.lang;
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_hearing *h = &all.v[i];
		struct v_sessions_sessions row = { .number = h->number,
			.anchor =
			    rp_textf(req->arena, "s%lld", (long long)h->number),
			.place = h->place,
			.mode = rp_msg_meeting_mode(h->mode),
			.opens =
			    rp_web_deadline(req, h->zone, h->opens_at, i == 0),
			.closes = rp_web_time(req, h->zone, h->closes_at),
			.closes_iso = rp_web_iso(req, h->closes_at) };

		if (h->has_captions)
			row.captions_url = captions_url(req, &c, h);
		add_slots(req, &c, h, &row);
		add_texts(req, &c, h, &row);
		rp_vec_push(req->arena, &v.sessions, row);
	}
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, sessions, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
