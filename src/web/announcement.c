#include "web/announcement.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/theme_version.h"
#include "web/meeting.h"
#include "web/server.h"

/* Room for the link and the dates of a short text. */
#define TEXT_MAX ((size_t)64 << 10)

/* Without the marks that messages put around what people wrote. */
static rp_text
plain(struct rp_arena *a, rp_text t)
{
	rp_text out = RP_TEXT("");
	struct rp_buf b;

	rp_buf_init(&b, a, TEXT_MAX);
	for (size_t i = 0; i < t.n; i++) {
		/* U+2066 to U+2069 */
		if (i + 2 < t.n && (uint8_t)t.p[i] == 0xe2 &&
		    (uint8_t)t.p[i + 1] == 0x81 &&
		    (uint8_t)t.p[i + 2] >= 0xa6 &&
		    (uint8_t)t.p[i + 2] <= 0xa9) {
			i += 2;
			continue;
		}
		rp_buf_byte(&b, (uint8_t)t.p[i]);
	}
	rp_err_free(rp_buf_done(&b, &out));
	return out;
}

static rp_text
say(const struct rp_request *req, enum rp_msg id, const struct rp_msg_arg *args,
    size_t n)
{
	return plain(req->arena,
	    rp_message(req->arena, &req->reader, id, args, n));
}

static rp_text
absolute(const struct rp_request *req, rp_url own)
{
	return rp_textf(req->arena, "%s%s",
	    rp_web_options_of(req->web)->public_url.p, own.p);
}

static void
consultation(const struct rp_request *req, const struct rp_consultation *c,
    struct rp_web_facts_of *f)
{
	rp_text deadline = rp_web_time(req, c->zone, c->deadline_at);
	const struct rp_msg_arg title[] = { RP_MSG_TEXT(c->title.body) };
	const struct rp_msg_arg text[] = { RP_MSG_TEXT(deadline),
		RP_MSG_TEXT(c->group.name.body), RP_MSG_TEXT(c->title.body) };

	f->title = say(req, M_announce_consultation_title, title, 1);
	f->text = say(req, M_announce_consultation_text, text, 3);
	f->brief = say(req, M_announce_consultation_short, text, 1);
	f->url = absolute(req, rp_web_consultation_url(req, c, ""));
}

static struct rp_err *
summary(const struct rp_request *req, const struct rp_consultation *c,
    struct rp_web_facts_of *f)
{
	const struct rp_actor nobody = rp_actor_public(req->who->env, req->now);
	const struct rp_msg_arg title[] = { RP_MSG_TEXT(c->title.body) };
	const struct rp_msg_arg text[] = { RP_MSG_TEXT(c->group.name.body),
		RP_MSG_NUM(c->published), RP_MSG_TEXT(c->title.body) };
	struct rp_theme_versions all;

	RP_TRY(rp_theme_version_list(&nobody, req->tx, c, &all));
	if (all.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no summary is posted");
	f->title = say(req, M_announce_summary_title, title, 1);
	f->text = say(req, M_announce_summary_text, text, 3);
	f->url = absolute(req, rp_web_consultation_url(req, c, "summary"));
	return NULL;
}

static void
meeting(const struct rp_request *req, const struct rp_group *g,
    const struct rp_meeting *m, struct rp_web_facts_of *f)
{
	rp_text name = rp_web_meeting_name(req, m);
	rp_text opens = rp_web_time(req, m->zone, m->opens_at);
	const struct rp_msg_arg title[] = { RP_MSG_TEXT(name) };
	const struct rp_msg_arg text[] = { RP_MSG_TEXT(rp_web_time(req, m->zone,
					       m->closes_at)),
		RP_MSG_TEXT(g->name.body), RP_MSG_TEXT(name),
		RP_MSG_TEXT(opens), RP_MSG_TEXT(m->place) };
	const struct rp_msg_arg brief[] = { RP_MSG_TEXT(opens),
		RP_MSG_TEXT(m->place) };

	f->name = plain(req->arena, name);
	f->name_lang = rp_lang_tag(req->reader.lang);
	f->group = g->name.body;
	f->title = say(req, M_announce_meeting_title, title, 1);
	f->text = say(req, M_announce_meeting_text, text, 5);
	f->brief = say(req, M_announce_meeting_short, brief, 2);
	f->url = absolute(req, rp_web_meeting_url(req, g, m, ""));
	if (m->has_invitation)
		f->letter_url =
		    absolute(req, rp_web_meeting_url(req, g, m, "invitation"));
}

struct rp_err *
rp_web_announce(const struct rp_request *req, const struct rp_occasion *o,
    struct rp_web_facts_of *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultation c;

	*out = (struct rp_web_facts_of){ 0 };
	if (rp_text_eq(o->kind, RP_TEXT("meeting"))) {
		struct rp_meeting m;
		struct rp_group g;

		RP_TRY(
		    rp_meeting_get_by_id(req->who, req->tx, o->object_id, &m));
		RP_TRY(rp_group_get_by_id(req->who, req->tx, m.group_id, lang,
		    &g));
		meeting(req, &g, &m, out);
		return NULL;
	}
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, o->object_id, lang,
	    &c));
	out->name = c.title.body;
	out->name_lang = c.title.lang;
	out->group = c.group.name.body;
	if (rp_text_eq(o->kind, RP_TEXT("summary")))
		return summary(req, &c, out);
	consultation(req, &c, out);
	return NULL;
}

static size_t
characters(rp_text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += ((uint8_t)t.p[i] & 0xc0) != 0x80;
	return n;
}

/* At most `max` characters, the last being "…" where some are missing. */
static rp_text
shorten(struct rp_arena *a, rp_text t, size_t max)
{
	size_t n = 0, i = 0;

	if (characters(t) <= max || max == 0)
		return max == 0 ? RP_TEXT("") : t;
	for (; i < t.n; i++) {
		n += ((uint8_t)t.p[i] & 0xc0) != 0x80;
		if (n == max)
			break;
	}
	return rp_textf(a, "%.*s…", (int)i, t.p);
}

static rp_text
brief(struct rp_arena *a, const struct rp_web_facts_of *f)
{
	rp_text end = rp_textf(a, "%s%.*s\n%.*s", f->brief.n > 0 ? "\n" : "",
	    RP_FMT(f->brief), RP_FMT(f->url));
	size_t taken = characters(end);

	return rp_textf(a, "%.*s%.*s",
	    RP_FMT(shorten(a, f->title,
		taken < RP_SOCIAL_MAX ? RP_SOCIAL_MAX - taken : 0)),
	    RP_FMT(end));
}

/* Where to go on; with the letter of invitation, if there is one. */
static rp_text
addresses(const struct rp_request *req, const struct rp_web_facts_of *f)
{
	const struct rp_msg_arg letter[] = { RP_MSG_TEXT(f->letter_url) };

	if (f->letter_url.n == 0)
		return f->url;
	return rp_textf(req->arena, "%.*s\n%.*s", RP_FMT(f->url),
	    RP_FMT(say(req, M_announce_invitation, letter, 1)));
}

rp_text
rp_web_announcement(const struct rp_request *req,
    const struct rp_web_facts_of *f, rp_text channel)
{
	const struct rp_msg_arg title[] = { RP_MSG_TEXT(f->title) };
	struct rp_arena *a = req->arena;

	if (rp_text_eq(channel, RP_TEXT("social")))
		return brief(a, f);
	if (rp_text_eq(channel, RP_TEXT("letter")))
		return rp_textf(a,
		    "%.*s\n\n%.*s\n\n%.*s\n\n%.*s\n\n%.*s\n\n%.*s",
		    RP_FMT(f->title), RP_FMT(rp_web_msg(req, M_announce_dear)),
		    RP_FMT(f->text), RP_FMT(addresses(req, f)),
		    RP_FMT(rp_web_msg(req, M_announce_faithfully)),
		    RP_FMT(f->group));
	if (rp_text_eq(channel, RP_TEXT("mail")))
		return rp_textf(a, "%.*s\n\n%.*s\n\n%.*s\n\n%.*s\n\n%.*s",
		    RP_FMT(say(req, M_announce_subject, title, 1)),
		    RP_FMT(f->text), RP_FMT(addresses(req, f)),
		    RP_FMT(f->group),
		    RP_FMT(rp_web_msg(req, M_announce_not_again)));
	return rp_textf(a, "%.*s\n\n%.*s\n\n%.*s", RP_FMT(f->title),
	    RP_FMT(f->text), RP_FMT(addresses(req, f)));
}
