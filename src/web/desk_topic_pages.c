/*
 * desk_topic_pages - agreed topics at the desk: into consultations.
 */
#include "base/err.h"
#include "domain/cycle.h"
#include "render/t_desk_topics.h"
#include "web/desk.h"
#include "web/topics.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

struct consulting {
	int64_t group_id, into;
	struct rp_proposal_ids topics; /* numbers */
	enum rp_msg error;
};

static void
add_topic(const struct rp_request *req, const struct rp_web_topics *s,
    const struct rp_proposal *m, const struct rp_cycles *cycles,
    const struct consulting *f, struct v_desk_topics_groups *row)
{
	struct v_desk_topics_groups_topics one = {
		.id = rp_textf(req->arena, "%lld", (long long)m->number),
		.title = m->text.title,
		.lang = m->text.lang,
		.url = rp_web_topics_url(req, &s->g, "%lld/",
		    (long long)m->number),
		.window = rp_web_topic_window(req, &s->g, m),
		.state = rp_web_topic_chip(req, m),
		.checked = f->group_id == s->g.id &&
			   rp_web_topic_has(&f->topics, m->number)
	};

	for (size_t i = 0; i < cycles->n; i++) {
		const struct rp_cycle *c = &cycles->v[i];

		if (c->topic_id == m->topic_id)
			rp_vec_push(req->arena, &one.consultations,
			    ((struct v_desk_topics_groups_topics_consultations){
				c->number,
				rp_desk_url(req, "consultations/%lld",
				    (long long)c->consultation_id) }));
	}
	rp_vec_push(req->arena, &row->topics, one);
}

static struct rp_err *
add_planned(const struct rp_request *req, const struct rp_web_topics *s,
    const struct consulting *f, struct v_desk_topics_groups *row)
{
	struct rp_consultations all;

	RP_TRY(rp_consultation_list(req->who, req->tx, s->g.id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].state == RP_CONSULTATION_PLANNED)
			rp_vec_push(req->arena, &row->planned,
			    ((struct v_desk_topics_groups_planned){
				rp_textf(req->arena, "%lld",
				    (long long)all.v[i].id),
				all.v[i].number, all.v[i].id == f->into }));
	return NULL;
}

static struct rp_err *
add_group(const struct rp_request *req, const struct rp_group *g,
    const struct consulting *f, struct v_desk_topics *v)
{
	struct rp_web_topics s = { .g = *g };
	struct v_desk_topics_groups row = { .name = g->name.body,
		.id = rp_textf(req->arena, "%lld", (long long)g->id),
		.url = rp_web_topics_url(req, g, "%s", "") };
	struct rp_proposals all;
	struct rp_cycles cycles;

	RP_TRY(rp_proposing_get(req->who, req->tx, g->id, &s.p));
	if (!s.p.may_meet && !s.p.may_launch)
		return NULL;
	row.is_public = s.p.is_public;
	row.may_meet = s.p.may_meet;
	row.may_launch = s.p.may_launch;
	RP_TRY(rp_proposal_list(req->who, req->tx, &s.p, &all));
	RP_TRY(rp_cycle_list(req->who, req->tx, &s.p, &cycles));
	for (size_t i = 0; i < all.n; i++)
		if (IS(all.v[i].state, "agreed"))
			add_topic(req, &s, &all.v[i], &cycles, f, &row);
	if (s.p.may_launch)
		RP_TRY(add_planned(req, &s, f, &row));
	rp_vec_push(req->arena, &v->groups, row);
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct consulting *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "entered", M_topic_done_entered },
		{ NULL, M_none },
	};
	struct v_desk_topics v = { .token = req->csrf,
		.action = rp_desk_url(req, "topics"),
		.done = rp_desk_word(req, done) };
	struct rp_groups groups;
	rp_html content;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++)
		RP_TRY(add_group(req, &groups.v[i], f, &v));
	if (v.groups.n == 0)
		return rp_fail(RP_E_DENIED, "no group's topics");
	if (f->error != M_none)
		v.error = rp_web_topic_error(req, &v.errors,
		    rp_textf(req->arena, "topics-%lld", (long long)f->group_id)
			.p,
		    f->error);
	RP_TRY(rp_web_render(req, desk_topics, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_topics_desk), content, out);
}

struct rp_err *
rp_web_desk_topics(const struct rp_request *req, struct rp_response *out)
{
	struct consulting f = { .error = M_none };

	return show(req, &f, out);
}

static struct rp_err *
consult(const struct rp_request *req, const struct rp_web_topics *s,
    struct consulting *f, int64_t *out_id)
{
	const struct rp_proposal **chosen;
	struct rp_proposals all;
	struct rp_err *e;
	size_t n = 0;

	RP_TRY(rp_actor_needs(req->who, RP_MAY_LAUNCH, s->p.where));
	RP_TRY(rp_proposal_list(req->who, req->tx, &s->p, &all));
	chosen = rp_new_n(req->arena, const struct rp_proposal *, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number > 0 &&
		    rp_web_topic_has(&f->topics, all.v[i].number))
			chosen[n++] = &all.v[i];
	if (n == 0) {
		f->error = M_desk_topics_error_none;
		return NULL;
	}
	e = rp_cycle_consult(req->who, req->tx, &s->p, chosen, n, s->g.zone,
	    f->into, out_id);
	if (e != NULL &&
	    (rp_err_code(e) == RP_E_CONFLICT || rp_err_code(e) == RP_E_LIMIT ||
		rp_err_code(e) == RP_E_INVALID)) {
		rp_err_free(e);
		f->error = M_desk_topics_error_there;
		return NULL;
	}
	return e;
}

struct rp_err *
rp_web_desk_topics_post(const struct rp_request *req, struct rp_response *out)
{
	struct consulting f = { .group_id =
				    rp_desk_number(req, &req->form, "group"),
		.into = rp_desk_number(req, &req->form, "into"),
		.topics = rp_web_topic_ids(req, &req->form, "topic"),
		.error = M_none };
	struct rp_web_topics s = { 0 };
	int64_t id = 0;

	RP_TRY(rp_group_get_by_id(req->who, req->tx, f.group_id,
	    rp_lang_tag(req->reader.lang), &s.g));
	RP_TRY(rp_proposing_get(req->who, req->tx, f.group_id, &s.p));
	if (rp_desk_button(req, "rule")) {
		RP_TRY(rp_proposing_rule(req->who, req->tx, &s.p,
		    rp_form_has(&req->form, "public")));
		return rp_desk_done(out, req, rp_desk_url(req, "topics"),
		    "entered");
	}
	RP_TRY(consult(req, &s, &f, &id));
	if (f.error != M_none) {
		out->status = 400;
		return show(req, &f, out);
	}
	return rp_desk_done(out, req,
	    rp_desk_url(req, "consultations/%lld", (long long)id), "saved");
}
