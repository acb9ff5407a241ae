/* action_pages - what the group decided to do, for members and everybody. */
#include "base/err.h"
#include "render/t_actions.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/action.h"
#include "web/meeting.h"

#define WORD_MAX 20

static enum rp_msg
msg_of(rp_text word, const rp_text *words, const enum rp_msg *msgs)
{
	for (size_t i = 0; words[i].n > 0; i++)
		if (rp_text_eq(word, words[i]))
			return msgs[i];
	return M_none;
}

enum rp_msg
rp_msg_action_state(rp_text state)
{
	static const enum rp_msg of[] = { M_action_open, M_action_progress,
		M_action_done, M_action_superseded };

	return msg_of(state, rp_action_states, of);
}

enum rp_msg
rp_msg_action_office(rp_text office)
{
	static const enum rp_msg of[] = { M_action_secretariat, M_action_chair,
		M_action_vice_chairs, M_action_secretary_general,
		M_action_director_r, M_action_director_t, M_action_director_d };

	return msg_of(office, rp_action_offices, of);
}

struct v_chip
rp_web_action_chip(const struct rp_request *req, const struct rp_action *a)
{
	bool done = rp_text_eq(a->state, RP_TEXT("done"));

	if (a->is_overdue)
		return (struct v_chip){ .kind = RP_TEXT("late"),
			.label = rp_web_msg(req, M_action_overdue) };
	return (struct v_chip){ .kind = done ? RP_TEXT("published") :
					a->closed_at != 0 ? RP_TEXT("closed") :
							    RP_TEXT("open"),
		.label = rp_web_msg(req, rp_msg_action_state(a->state)) };
}

rp_text
rp_web_action_owner(const struct rp_request *req, const struct rp_action *a)
{
	if (rp_text_eq(a->owner_kind, RP_TEXT("party")))
		return a->party;
	if (rp_text_eq(a->owner_kind, RP_TEXT("office")))
		return rp_web_msg(req, rp_msg_action_office(a->owner));
	return a->owner;
}

rp_text
rp_web_day(const struct rp_request *req, rp_text day)
{
	struct rp_local l;
	struct rp_err *e;

	if (day.n == 0)
		return day;
	e = rp_zone_local_parse(rp_textf(req->arena, "%.*sT12:00", RP_FMT(day)),
	    &l);
	rp_err_free(e);
	return e != NULL ? day :
			   rp_format_local(req->reader.locale, req->arena,
			       RP_DATE_FULL, l);
}

rp_url
rp_web_actions_url(const struct rp_request *req, const struct rp_group *g,
    const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/actions/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

/* Which are shown: all, those that are not closed, those overdue. */
enum filter { ALL, OPEN, OVERDUE };

static enum filter
filter_of(const struct rp_request *req)
{
	rp_text t = RP_TEXT("");

	rp_err_free(rp_form_line(req, &req->query, "show", WORD_MAX, &t));
	return rp_text_eq(t, RP_TEXT("open"))    ? OPEN :
	       rp_text_eq(t, RP_TEXT("overdue")) ? OVERDUE :
						   ALL;
}

static struct rp_err *
add_row(const struct rp_request *req, const struct rp_group *g,
    const struct rp_action *a, struct v_actions *v)
{
	struct v_actions_rows row = { .number = a->number,
		.anchor = rp_textf(req->arena, "a%lld", (long long)a->number),
		.text = a->text.body,
		.lang = a->text.lang,
		.owner = rp_web_action_owner(req, a),
		.due = rp_web_day(req, a->due),
		.due_iso = a->due,
		.state = rp_web_action_chip(req, a),
		.follower = a->follower };

	if (a->ordinal != 0) {
		struct rp_meeting m = { .ordinal = a->ordinal,
			.series = a->series };

		row.meeting = rp_web_meeting_name(req, &m);
		row.meeting_url = rp_web_meeting_url(req, g, &m, "");
	}
	if (a->follower != 0)
		row.follower_url =
		    rp_urlf(req->arena, "./#a%lld", (long long)a->follower);
	rp_vec_push(req->arena, &v->rows, row);
	return NULL;
}

struct rp_err *
rp_web_actions(const struct rp_request *req, struct rp_response *out)
{
	static const struct {
		const char *url;
		enum rp_msg name;
	} filters[] = {
		[ALL] = { "./", M_action_all },
		[OPEN] = { "?show=open", M_action_not_closed },
		[OVERDUE] = { "?show=overdue", M_action_overdue },
	};
	enum filter filter = filter_of(req);
	struct rp_actions all;
	struct v_actions v = { 0 };
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	RP_TRY(rp_action_list(req->who, req->tx, g.id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_action *a = &all.v[all.n - 1 - i];

		if ((filter == OPEN && a->closed_at != 0) ||
		    (filter == OVERDUE && !a->is_overdue))
			continue;
		RP_TRY(add_row(req, &g, a, &v));
	}
	for (int i = 0; i < 3; i++)
		rp_vec_push(req->arena, &v.filters,
		    ((struct v_actions_filters){
			rp_urlf(req->arena, "%s", filters[i].url),
			filters[i].name, i == (int)filter }));
	v.n = (int64_t)v.rows.n;
	v.group_name = g.name.body;
	if (rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(&g)))
		v.desk_url = rp_urlf(req->arena, "/%s/desk/groups/%lld/actions",
		    rp_lang_tag(req->reader.lang).p, (long long)g.id);
	f.title = rp_web_msg(req, M_action_title);
	RP_TRY(rp_web_render(req, actions, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
