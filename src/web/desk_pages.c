#include "base/clock.h"
#include "base/err.h"
#include "render/t_desk.h"
#include "text/format.h"
#include "web/desk.h"

/* Texts that are missing this long before the opening are late. */
#define LANGUAGES_BY (14 * RP_DAY)

/* What the start page is made from, one consultation at a time. */
struct start {
	const struct rp_request *req;
	struct v_desk v;
};

static struct rp_err *
oldest(const struct start *s, int64_t consultation_id, rp_text state,
    rp_text *out)
{
	struct rp_queue_filter f = { .consultation_id = consultation_id,
		.state = state };
	struct rp_queue queue;
	bool more;

	RP_TRY(rp_queue_list(s->req->who, s->req->tx, &f, &queue, &more));
	if (queue.n > 0)
		*out = rp_web_relative(s->req, queue.v[0].received_at);
	return NULL;
}

static struct rp_err *
add_waiting(struct start *s, const struct rp_consultation *c,
    const struct rp_queue_counts *counts)
{
	static const struct {
		const char *name;
		enum rp_msg label;
	} states[] = {
		{ "held", M_desk_held },
		{ "received", M_desk_received },
		{ "checked", M_desk_checked },
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		rp_text state = rp_text_z(states[i].name);
		struct v_desk_waiting row = {
			.label = states[i].label,
			.n = rp_queue_count_of(counts, state),
			.title = c->title.body,
			.lang = c->title.lang,
			.url = rp_desk_url(s->req,
			    "consultations/%lld/queue?state=%s",
			    (long long)c->id, states[i].name),
		};

		if (row.n == 0)
			continue;
		RP_TRY(oldest(s, c->id, state, &row.oldest));
		rp_vec_push(s->req->arena, &s->v.waiting, row);
	}
	return NULL;
}

static void
add_due(struct start *s, const struct rp_consultation *c, int64_t at,
    enum rp_msg what)
{
	struct v_desk_due row = { .time = rp_web_time(s->req, c->zone, at),
		.iso = rp_web_iso(s->req, at),
		.relative = rp_web_relative(s->req, at),
		.what = what,
		.title = c->title.body,
		.lang = c->title.lang,
		.url = rp_desk_url(s->req, "consultations/%lld",
		    (long long)c->id) };

	if (at > s->req->now)
		rp_vec_push(s->req->arena, &s->v.due, row);
}

static void
add_late(struct start *s, const struct rp_consultation *c, int64_t at,
    enum rp_msg what, rp_url url)
{
	struct v_desk_late row = { .time = rp_web_time(s->req, c->zone, at),
		.iso = rp_web_iso(s->req, at),
		.relative = rp_web_relative(s->req, at),
		.what = what,
		.title = c->title.body,
		.lang = c->title.lang,
		.url = url };

	rp_vec_push(s->req->arena, &s->v.late, row);
}

static struct rp_err *
add_dates(struct start *s, const struct rp_consultation *c)
{
	struct rp_langs missing;

	add_due(s, c, c->opens_at, M_desk_due_opens);
	add_due(s, c, c->deadline_at, M_desk_due_deadline);
	add_due(s, c, c->meeting_at, M_desk_due_meeting);
	if (c->state != RP_CONSULTATION_PLANNED)
		return NULL;
	RP_TRY(
	    rp_consultation_missing(s->req->who, s->req->tx, c->id, &missing));
	if (missing.n > 0 && c->opens_at - LANGUAGES_BY < s->req->now)
		add_late(s, c, c->opens_at, M_desk_due_languages,
		    rp_desk_url(s->req, "consultations/%lld",
			(long long)c->id));
	return NULL;
}

static struct rp_err *
add_queue(struct start *s, const struct rp_consultation *c,
    struct v_desk_consultations *row)
{
	struct rp_queue_counts counts;
	int64_t left;

	RP_TRY(rp_queue_count(s->req->who, s->req->tx, c->id, &counts));
	RP_TRY(add_waiting(s, c, &counts));
	for (size_t i = 0; i < counts.n; i++)
		row->responses += counts.v[i].n;
	row->queue_url =
	    rp_desk_url(s->req, "consultations/%lld/queue", (long long)c->id);
	row->statistics_url = rp_web_consultation_url(s->req, c, "statistics");
	left = rp_queue_count_of(&counts, RP_TEXT("received")) +
	       rp_queue_count_of(&counts, RP_TEXT("checked"));
	if (c->state == RP_CONSULTATION_CLOSED && left > 0)
		add_late(s, c, c->deadline_at, M_desk_due_publish,
		    row->queue_url);
	return NULL;
}

static struct rp_err *
add_consultation(struct start *s, const struct rp_consultation *c)
{
	struct rp_place where = rp_consultation_place(c);
	bool check = rp_actor_may(s->req->who, RP_MAY_CHECK, where);
	bool launch = rp_actor_may(s->req->who, RP_MAY_LAUNCH, where);
	bool translate = rp_actor_may(s->req->who, RP_MAY_TRANSLATE, where);
	bool theme = rp_actor_may(s->req->who, RP_MAY_THEME, where);
	struct v_desk_consultations row = { .title = c->title.body,
		.lang = c->title.lang,
		.url = rp_web_consultation_url(s->req, c, ""),
		.status = rp_web_consultation_chip(s->req, c) };

	if (!check && !launch && !translate && !theme)
		return NULL;
	if (theme && c->state != RP_CONSULTATION_PLANNED)
		row.themes_url = rp_desk_url(s->req,
		    "consultations/%lld/themes", (long long)c->id);
	if (launch || translate)
		row.edit_url =
		    rp_desk_url(s->req, "consultations/%lld", (long long)c->id);
	if (check)
		RP_TRY(add_queue(s, c, &row));
	rp_vec_push(s->req->arena, &s->v.consultations, row);
	return launch ? add_dates(s, c) : NULL;
}

/* Whether there is such a right anywhere: the link leads somewhere then. */
static bool
somewhere(const struct rp_request *req, enum rp_capability what)
{
	const struct rp_grants *g = &req->who->grants;

	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].capability == what ||
		    g->v[i].capability == RP_MAY_ADMINISTER)
			return true;
	return false;
}

static void
add_links(struct start *s)
{
	const struct rp_request *req = s->req;

	if (somewhere(req, RP_MAY_LAUNCH))
		s->v.new_url = rp_desk_url(req, "consultations/new");
	if (somewhere(req, RP_MAY_CHECK))
		s->v.held_url = rp_desk_url(req, "held");
	if (somewhere(req, RP_MAY_CONTACT))
		s->v.outbox_url = rp_desk_url(req, "outbox");
	if (somewhere(req, RP_MAY_MEMBERS))
		s->v.people_url = rp_desk_url(req, "people");
	if (somewhere(req, RP_MAY_GRANT))
		s->v.rights_url = rp_desk_url(req, "rights");
	if (somewhere(req, RP_MAY_ERASE))
		s->v.privacy_url = rp_desk_url(req, "privacy");
	if (somewhere(req, RP_MAY_REGISTER))
		s->v.instruments_url = rp_desk_url(req, "instruments");
	if (somewhere(req, RP_MAY_CONTACT))
		s->v.announcements_url = rp_desk_url(req, "announcements");
	if (somewhere(req, RP_MAY_MEET))
		s->v.meetings_url = rp_desk_url(req, "meetings");
	if (somewhere(req, RP_MAY_MEET) || somewhere(req, RP_MAY_LAUNCH))
		s->v.topics_url = rp_desk_url(req, "topics");
	if (somewhere(req, RP_MAY_AUDIT))
		s->v.audit_url = rp_desk_url(req, "audit");
}

struct rp_err *
rp_web_desk(const struct rp_request *req, struct rp_response *out)
{
	struct start s = { .req = req, .v = { .name = req->who->name } };
	struct rp_consultations all;
	rp_html content;

	if (!rp_actor_is_staff(req->who))
		return rp_fail(RP_E_DENIED, "no staff");
	RP_TRY(rp_consultation_list(req->who, req->tx, 0,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(add_consultation(&s, &all.v[i]));
	add_links(&s);
	RP_TRY(rp_web_render(req, desk, &s.v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_frame_desk), content, out);
}
