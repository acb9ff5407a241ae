#include "web/topics.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "text/collate.h"
#include "text/question_lint.h"
#include "text/zone.h"
#include "web/desk.h"

#define URL_MAX 1000
#define IDS_MAX 200

struct rp_err *
rp_web_topics_find(const struct rp_request *req, struct rp_web_topics *out)
{
	*out = (struct rp_web_topics){ 0 };
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &out->g));
	return rp_proposing_get(req->who, req->tx, out->g.id, &out->p);
}

rp_url
rp_web_topics_url(const struct rp_request *req, const struct rp_group *g,
    const char *fmt, ...)
{
	char rest[URL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	return rp_urlf(req->arena, "/%s/%.*s/topics/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), rest);
}

struct rp_err *
rp_web_topics_frame(const struct rp_request *req, const struct rp_web_topics *s,
    rp_text title, bool wide, rp_html content, struct rp_response *out)
{
	struct rp_frame f = { .group = &s->g,
		.title = title,
		.wide = wide,
		.private = s->p.is_member };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}

/* Words. */

enum rp_msg
rp_msg_topic_state(rp_text state)
{
	static const struct rp_desk_word words[] = {
		{ "draft", M_topic_state_draft },
		{ "merging", M_topic_state_merging },
		{ "proposed", M_topic_state_proposed },
		{ "discussed", M_topic_state_discussed },
		{ "supported", M_topic_state_supported },
		{ "merged", M_topic_state_merged },
		{ "withdrawn", M_topic_state_withdrawn },
		{ "carried_over", M_topic_state_carried_over },
		{ "council", M_topic_state_council },
		{ "agreed", M_topic_state_agreed },
		{ "launched", M_topic_state_launched },
		{ "closed", M_topic_state_closed },
		{ NULL, M_none },
	};

	return rp_desk_word_msg(words, state);
}

enum rp_msg
rp_msg_topic_format(rp_text format)
{
	static const struct rp_desk_word words[] = {
		{ "any", M_topic_format_any },
		{ "together", M_topic_format_together },
		{ "apart", M_topic_format_apart },
		{ NULL, M_none },
	};

	return rp_desk_word_msg(words, format);
}

enum rp_msg
rp_msg_topic_stance(rp_text stance)
{
	static const struct rp_desk_word words[] = {
		{ "for", M_topic_stance_for },
		{ "against", M_topic_stance_against },
		{ "neutral", M_topic_stance_neutral },
		{ NULL, M_none },
	};

	return rp_desk_word_msg(words, stance);
}

struct v_chip
rp_web_topic_chip(const struct rp_request *req, const struct rp_proposal *m)
{
	static const struct {
		const char *state, *kind;
	} kinds[] = {
		{ "agreed", "published" },
		{ "launched", "open" },
		{ "merging", "held" },
		{ "council", "held" },
		{ "withdrawn", "withdrawn" },
	};
	struct v_chip v = { .kind = RP_TEXT("closed"),
		.label = rp_web_msg(req, rp_msg_topic_state(m->shown)) };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rp_text_eq(m->shown, rp_text_z(kinds[i].state)))
			v.kind = rp_text_z(kinds[i].kind);
	return v;
}

/* Days. */

int64_t
rp_web_topic_day(const struct rp_request *req, const struct rp_group *g,
    rp_text day)
{
	struct rp_err *e;
	int64_t at = 0;

	if (day.n == 0)
		return 0;
	e = rp_zone_resolve(req->who->env->zones,
	    rp_textf(req->arena, "%.*sT12:00", RP_FMT(day)), g->zone, &at);
	rp_err_free(e);
	return e == NULL ? at : 0;
}

rp_text
rp_web_topic_window(const struct rp_request *req, const struct rp_group *g,
    const struct rp_proposal *m)
{
	int64_t from = rp_web_topic_day(req, g, m->opens_on);
	int64_t until = rp_web_topic_day(req, g, m->closes_on);
	const struct rp_msg_arg args[] = {
		RP_MSG_TEXT(
		    from == 0 ? RP_TEXT("") : rp_web_date(req, g->zone, from)),
		RP_MSG_TEXT(
		    until == 0 ? RP_TEXT("") : rp_web_date(req, g->zone, until))
	};

	return from == 0 || until == 0 ? RP_TEXT("") :
					 rp_message(req->arena, &req->reader,
					     M_topic_window_dates, args, 2);
}

/* Parties. */

rp_text
rp_web_topic_party(const struct rp_request *req,
    const struct rp_wordings *names, int64_t id)
{
	rp_text t = rp_proposal_name(names, id, rp_lang_tag(req->reader.lang));

	return t.n > 0 ? t : RP_TEXT("—");
}

/* Forms. */

struct rp_proposal_ids
rp_web_topic_ids(const struct rp_request *req, const struct rp_urlform *form,
    const char *name)
{
	struct rp_proposal_ids out = { 0 };

	for (size_t i = 0; i < form->n && out.n < IDS_MAX; i++) {
		rp_bytes key = form->v[i].name, value = form->v[i].value;
		int64_t id;

		if (key.n == strlen(name) && memcmp(key.p, name, key.n) == 0 &&
		    value.n < 20 &&
		    rp_text_i64((rp_text){ (const char *)value.p, value.n },
			&id) &&
		    !rp_web_topic_has(&out, id))
			rp_vec_push(req->arena, &out, id);
	}
	return out;
}

bool
rp_web_topic_has(const struct rp_proposal_ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->n; i++)
		if (ids->v[i] == id)
			return true;
	return false;
}

rp_text
rp_web_topic_error(const struct rp_request *req, struct v_error_summary *v,
    const char *at, enum rp_msg msg)
{
	rp_text text = RP_TEXT("");

	rp_web_problem(req, v, at, msg, &text);
	return text;
}

struct rp_web_findings
rp_web_topic_findings(const struct rp_request *req, unsigned found)
{
	static const struct {
		unsigned bit;
		enum rp_msg msg;
	} words[] = {
		{ RP_QUESTION_LONG, M_question_lint_long },
		{ RP_QUESTION_SHORT, M_question_lint_short },
		{ RP_QUESTION_DOUBLE, M_question_lint_double },
		{ RP_QUESTION_LEADING, M_question_lint_leading },
		{ RP_QUESTION_PLACEHOLDER, M_question_lint_placeholder },
		{ RP_QUESTION_NO_MARK, M_question_lint_no_mark },
		{ RP_QUESTION_REPEATED, M_question_lint_repeated },
	};
	struct rp_web_findings out = { 0 };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((found & words[i].bit) != 0)
			rp_vec_push(req->arena, &out, words[i].msg);
	return out;
}

bool
rp_web_topic_has_guidance(const struct rp_web_topics *s,
    const struct rp_proposal *m)
{
	bool asked = rp_text_eq(m->state, RP_TEXT("council"));

	return m->number > 0 && s->p.is_member &&
	       (asked ||
		   ((s->p.may_meet || s->p.may_steer) &&
		       (rp_text_eq(m->state, RP_TEXT("discussed")) ||
			   rp_text_eq(m->state, RP_TEXT("supported")) ||
			   rp_text_eq(m->state, RP_TEXT("carried_over")))));
}
