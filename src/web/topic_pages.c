/*
 * topic_pages - one proposed topic: its texts, and what may be done about it.
 */
#include "base/err.h"
#include "domain/cycle.h"
#include "domain/instrument.h"
#include "domain/merging.h"
#include "render/chart.h"
#include "render/prose.h"
#include "render/t_topic.h"
#include "text/question_lint.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/registry.h"
#include "web/topics.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

/* What the page is made from beside the form. */
struct loaded {
	struct rp_proposal_history h;
	const struct rp_proposal_text *text; /* the last one */
	struct rp_wordings parties;
	struct rp_silence silence;
	struct rp_proposal_positions log;
	struct rp_proposal_counts counts;
	struct rp_choices members; /* where somebody enters for another party */
};

struct rp_err *
rp_web_topic_find(const struct rp_request *req, struct rp_web_topic *out)
{
	*out = (struct rp_web_topic){ 0 };
	RP_TRY(rp_web_topics_find(req, &out->s));
	return rp_proposal_get(req->who, req->tx, &out->s.p, req->params.n,
	    &out->m);
}

static struct rp_err *
load(const struct rp_request *req, const struct rp_web_topic *f,
    struct loaded *x)
{
	const struct rp_proposing *p = &f->s.p;

	RP_TRY(rp_proposal_history(req->who, req->tx, p, &f->m, &x->h));
	x->text = &x->h.revisions.v[x->h.revisions.n - 1];
	RP_TRY(rp_proposal_names(req->who, req->tx, &x->parties));
	RP_TRY(rp_silence_get(req->who, req->tx, p, &f->m, &x->silence));
	if ((p->may_meet && x->silence.is_running) ||
	    (p->may_steer && f->m.topic_id == 0))
		RP_TRY(rp_web_member_choices(req, f->s.g.id, &f->party, 1,
		    &x->members));
	return rp_proposal_log(req->who, req->tx, p, &f->m, &x->log,
	    &x->counts);
}

static rp_url
topic_url(const struct rp_request *req, const struct rp_web_topic *f, int64_t n)
{
	return rp_web_topics_url(req, &f->s.g, "%lld/", (long long)n);
}

/* Its text. */

static void
add_questions(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	size_t n = x->text->questions.n;
	rp_text *bodies = rp_new_n(req->arena, rp_text, n + 1);
	unsigned *found = rp_new_n(req->arena, unsigned, n + 1);

	for (size_t i = 0; i < n; i++)
		bodies[i] = x->text->questions.v[i].body;
	if (f->m.mine)
		rp_question_lint(req->arena, req->who->env->words,
		    x->text->lang, bodies, n, found);
	for (size_t i = 0; i < n; i++) {
		const struct rp_proposal_question *q = &x->text->questions.v[i];
		struct rp_web_findings all =
		    rp_web_topic_findings(req, found[i]);
		struct v_topic_questions row = { .n = (int64_t)i + 1,
			.text = rp_prose(req->arena, q->body, RP_TEXT(""),
			    rp_web_linker(req)) };

		for (size_t k = 0; k < all.n; k++)
			rp_vec_push(req->arena, &row.findings,
			    ((struct v_topic_questions_findings){ all.v[k] }));
		for (size_t k = 0; k < q->origins.n && f->s.p.is_member; k++) {
			struct v_topic_questions_origins o = {
				.number = q->origins.v[k].number,
				.position = q->origins.v[k].position,
				.url = topic_url(req, f, q->origins.v[k].number)
			};

			rp_vec_push(req->arena, &row.origins, o);
		}
		rp_vec_push(req->arena, &v->questions, row);
	}
}

static struct rp_err *
add_instruments(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	for (size_t i = 0; i < x->text->instruments.n; i++) {
		struct v_topic_instruments row;
		struct rp_instrument one;

		RP_TRY(rp_instrument_get_by_id(req->who, req->tx,
		    x->text->instruments.v[i], rp_lang_tag(req->reader.lang),
		    &one));
		row.name = rp_web_instrument_name(req, &one);
		row.url = rp_web_instrument_url(req, &f->s.g, &one, "");
		rp_vec_push(req->arena, &v->instruments, row);
	}
	return NULL;
}

static struct rp_err *
add_document(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	struct rp_proposal_documents all;

	if (x->text->document_id == 0)
		return NULL;
	RP_TRY(rp_proposal_documents(req->who, req->tx, &f->s.p, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == x->text->document_id)
			v->document = all.v[i].symbol;
	return NULL;
}

static struct rp_err *
add_consultations(const struct rp_request *req, const struct rp_web_topic *f,
    struct v_topic *v)
{
	struct rp_cycles all;

	if (f->m.topic_id == 0)
		return NULL;
	RP_TRY(rp_cycle_list(req->who, req->tx, &f->s.p, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_topic_consultations one = { .n = all.v[i].number,
			.url = rp_urlf(req->arena, "../../consultations/%lld/",
			    (long long)all.v[i].number) };

		if (all.v[i].topic_id == f->m.topic_id && !all.v[i].is_planned)
			rp_vec_push(req->arena, &v->consultations, one);
	}
	return NULL;
}

/* Merging. */

static void
add_parents(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	for (size_t i = 0; i < f->m.parents.n && f->s.p.is_member; i++) {
		const struct rp_proposal_parent *p = &f->m.parents.v[i];
		bool mine = f->s.p.my_party_id != 0 &&
			    f->s.p.my_party_id == p->party_id;
		struct v_topic_parents row = { .id = rp_textf(req->arena,
						   "%lld", (long long)p->id),
			.number = p->number,
			.title = p->title,
			.lang = x->text->lang,
			.url = topic_url(req, f, p->number),
			.party =
			    rp_web_topic_party(req, &x->parties, p->party_id),
			.state =
			    IS(p->state, "agreed")  ? M_consent_state_agreed :
			    IS(p->state, "refused") ? M_consent_state_refused :
						      M_consent_state_asked,
			.reason = p->reason,
			.changes_url =
			    rp_web_topics_url(req, &f->s.g, "%lld/from/%lld",
				(long long)f->m.number, (long long)p->number),
			.can_consent = mine && IS(f->m.state, "merging") &&
				       !IS(p->state, "agreed") };

		if (f->parent == p->id)
			row.error = rp_web_topic_error(req, &v->errors,
			    rp_textf(req->arena, "reason-%lld",
				(long long)p->id)
				.p,
			    M_topic_error_reason);
		rp_vec_push(req->arena, &v->parents, row);
	}
}

/* Silence. */

static void
add_objecting(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	int64_t mine = f->s.p.my_party_id;

	v->can_object = mine != 0 || f->s.p.may_meet;
	if (!v->can_object)
		return;
	v->has_object_choice = f->s.p.may_meet;
	v->object_party = rp_textf(req->arena, "%lld", (long long)mine);
	v->is_reservation = f->is_reservation;
	v->object_reason = f->reason;
	if (f->bad_object)
		v->object_error = rp_web_topic_error(req, &v->errors,
		    "object-reason", M_topic_error_reason);
	for (size_t i = 0; i < x->silence.objections.n; i++)
		v->can_take_back |=
		    IS(x->silence.objections.v[i].state, "standing") &&
		    (f->s.p.may_meet ||
			x->silence.objections.v[i].party_id == mine);
	if (v->has_object_choice)
		RP_COPY_CHOICES(req, &v->object_parties, x->members);
}

static void
add_silence(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	const struct rp_silence *s = &x->silence;

	if (s->id == 0)
		return;
	v->has_silence = true;
	v->silence_state = IS(s->state, "agreed")   ? M_topic_silence_agreed :
			   IS(s->state, "objected") ? M_topic_silence_objected :
			   IS(s->state, "stopped")  ? M_topic_silence_stopped :
			   s->is_running            ? M_topic_silence_running :
						      M_topic_silence_ending;
	v->deadline = rp_web_deadline(req, s->zone, s->until_at, true);
	for (size_t i = 0; i < s->objections.n; i++) {
		const struct rp_objection *o = &s->objections.v[i];
		struct v_topic_objections row = {
			.party =
			    rp_web_topic_party(req, &x->parties, o->party_id),
			.kind = IS(o->kind, "objection") ? M_topic_objection :
							   M_topic_reservation,
			.reason = o->reason,
			.is_withdrawn = IS(o->state, "withdrawn")
		};

		rp_vec_push(req->arena, &v->objections, row);
	}
	if (!s->is_running)
		return;
	v->can_stop = f->s.p.may_meet || f->s.p.may_steer;
	add_objecting(req, f, x, v);
}

/* Positions. */

static struct rp_err *
add_counts(const struct rp_request *req, const struct loaded *x,
    struct v_topic *v)
{
	const struct v_topic_counts rows[] = {
		{ M_topic_stance_for, x->counts.for_it },
		{ M_topic_stance_neutral, x->counts.neutral },
		{ M_topic_stance_against, x->counts.against },
	};
	static const int colours[] = { 3, 7, 5 };
	struct rp_chart chart = { .id = RP_TEXT("stances"),
		.title = rp_web_msg(req, M_topic_positions) };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_chart_bar bar = { .label =
						rp_web_msg(req, rows[i].label),
			.n = rows[i].n,
			.colour = colours[i] };

		rp_vec_push(req->arena, &v->counts, rows[i]);
		rp_vec_push(req->arena, &chart.bars, bar);
	}
	v->has_counts = true;
	return rp_chart_bars(req->arena, &req->reader, &chart, &v->chart);
}

static void
add_taking(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	static const rp_text stances[] = { RP_TEXT_INIT("for"),
		RP_TEXT_INIT("neutral"), RP_TEXT_INIT("against") };

	v->can_take =
	    (f->s.p.my_party_id != 0 || f->s.p.may_steer) && f->m.topic_id == 0;
	if (!v->can_take)
		return;
	v->is_steer = f->s.p.may_steer;
	v->take_party =
	    rp_textf(req->arena, "%lld", (long long)f->s.p.my_party_id);
	v->words = f->words;
	if (f->bad_take)
		v->take_error = rp_web_topic_error(req, &v->errors, "stance",
		    M_topic_error_stance);
	for (size_t i = 0; i < 3; i++) {
		struct v_topic_stances row = { .value = stances[i],
			.label = rp_msg_topic_stance(stances[i]),
			.checked = rp_text_eq(f->stance, stances[i]) };

		rp_vec_push(req->arena, &v->stances, row);
	}
	if (v->is_steer)
		RP_COPY_CHOICES(req, &v->take_parties, x->members);
}

static struct rp_err *
add_positions(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	for (size_t i = 0; i < x->log.n; i++) {
		const struct rp_proposal_position *p = &x->log.v[i];
		struct v_topic_log row = { .party = rp_web_topic_party(req,
					       &x->parties, p->party_id),
			.stance = rp_msg_topic_stance(p->stance),
			.words = p->words,
			.time = rp_web_time(req, f->s.g.zone, p->at),
			.iso = rp_web_iso(req, p->at),
			.person = p->person,
			.holds = p->holds };

		rp_vec_push(req->arena, &v->log, row);
	}
	add_taking(req, f, x, v);
	return f->s.p.may_meet || f->s.p.may_steer ? add_counts(req, x, v) :
						     NULL;
}

/* Outcomes. */

static void
add_outcomes(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	static const rp_text states[] = { RP_TEXT_INIT("discussed"),
		RP_TEXT_INIT("supported"), RP_TEXT_INIT("agreed"),
		RP_TEXT_INIT("carried_over"), RP_TEXT_INIT("council") };
	bool leads = f->s.p.may_meet || f->s.p.may_steer;

	if (!leads || IS(x->silence.state, "open"))
		return;
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct v_topic_outcomes row = { .value = states[i],
			.label = rp_msg_topic_state(states[i]),
			.checked = rp_text_eq(f->state, states[i]) };

		if (rp_proposal_may_become(&f->m, states[i]))
			rp_vec_push(req->arena, &v->outcomes, row);
	}
	v->note = f->note;
	v->opens_on = f->opens_on;
	v->closes_on = f->closes_on;
	if (f->bad_outcome || f->bad_note)
		v->outcome_error = rp_web_topic_error(req, &v->errors, "note",
		    f->bad_outcome ? M_topic_error_outcome :
				     M_topic_error_note);
	if (f->bad_window)
		v->window_error = rp_web_topic_error(req, &v->errors, "window",
		    M_topic_error_window);
	v->can_silence = rp_proposal_may_become(&f->m, RP_TEXT("agreed")) &&
			 !IS(f->m.state, "council");
	v->zone = f->s.g.zone;
	v->until = f->until;
	v->s_opens_on = f->s_opens_on;
	v->s_closes_on = f->s_closes_on;
	if (f->bad_until)
		v->until_error = rp_web_topic_error(req, &v->errors, "until",
		    M_topic_error_until);
	if (f->bad_silence_window)
		v->s_window_error = rp_web_topic_error(req, &v->errors,
		    "s-window", M_topic_error_window);
}

static void
add_history(const struct rp_request *req, const struct rp_web_topic *f,
    const struct loaded *x, struct v_topic *v)
{
	v->is_member = f->s.p.is_member || f->s.p.is_public;
	for (size_t i = 0; i < x->h.steps.n; i++) {
		const struct rp_proposal_step *s = &x->h.steps.v[i];
		struct v_topic_steps row = { .what = rp_msg_topic_state(s->to),
			.note = s->note,
			.time = rp_web_time(req, f->s.g.zone, s->at),
			.iso = rp_web_iso(req, s->at) };

		rp_vec_push(req->arena, &v->steps, row);
	}
	for (size_t i = 0; i < x->h.revisions.n; i++) {
		const struct rp_proposal_text *t = &x->h.revisions.v[i];
		struct v_topic_revisions row = { .number = t->number,
			.person = f->s.p.is_member ? t->person : RP_TEXT(""),
			.time = rp_web_time(req, f->s.g.zone, t->created_at),
			.iso = rp_web_iso(req, t->created_at) };

		if (i > 0)
			row.url =
			    rp_web_topics_url(req, &f->s.g, "%lld/changes/%lld",
				(long long)f->m.number, (long long)t->number);
		rp_vec_push(req->arena, &v->revisions, row);
	}
}

static void
add_acts(const struct rp_request *req, const struct rp_web_topic *f,
    bool silent, struct v_topic *v)
{
	static const rp_text revised[] = { RP_TEXT_INIT("merging"),
		RP_TEXT_INIT("proposed"), RP_TEXT_INIT("discussed"),
		RP_TEXT_INIT("carried_over") };
	bool over = IS(f->m.state, "agreed") || IS(f->m.state, "merged") ||
		    IS(f->m.state, "withdrawn");

	v->can_withdraw = f->m.mine && !over;
	for (size_t i = 0; i < sizeof(revised) / sizeof(revised[0]); i++)
		if (f->m.mine && !silent && rp_text_eq(f->m.state, revised[i]))
			v->revise_url = rp_web_topics_url(req, &f->s.g,
			    "%lld/revise", (long long)f->m.number);
	if (rp_web_topic_has_guidance(&f->s, &f->m)) {
		v->docx_url = rp_web_topics_url(req, &f->s.g,
		    "%lld/guidance.docx", (long long)f->m.number);
		v->html_url = rp_web_topics_url(req, &f->s.g,
		    "%lld/guidance.html", (long long)f->m.number);
	}
	if (f->m.merged_into > 0) {
		v->merged = f->m.merged_into;
		v->merged_url = topic_url(req, f, f->m.merged_into);
	}
	if (f->changed)
		(void)rp_web_topic_error(req, &v->errors, "history",
		    M_topic_error_changed);
}

struct rp_err *
rp_web_topic_show(const struct rp_request *req, const struct rp_web_topic *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "proposed", M_topic_done_proposed },
		{ "revised", M_topic_done_revised },
		{ "asked", M_topic_done_asked },
		{ "entered", M_topic_done_entered },
		{ NULL, M_none },
	};
	struct loaded x = { 0 };
	struct v_topic v = { .token = req->csrf,
		.list_url = rp_web_topics_url(req, &f->s.g, "%s", ""),
		.action = topic_url(req, f, f->m.number),
		.number = f->m.number,
		.done = rp_desk_word(req, done),
		.state = rp_web_topic_chip(req, &f->m),
		.window = rp_web_topic_window(req, &f->s.g, &f->m) };
	rp_html content;

	RP_TRY(load(req, f, &x));
	v.title = x.text->title;
	v.lang = x.text->lang;
	v.party = rp_web_topic_party(req, &x.parties, f->m.party_id);
	v.issue = x.text->issue;
	v.format = rp_msg_topic_format(x.text->format);
	v.rationale = rp_prose(req->arena, x.text->rationale, RP_TEXT(""),
	    rp_web_linker(req));
	add_questions(req, f, &x, &v);
	RP_TRY(add_instruments(req, f, &x, &v));
	RP_TRY(add_document(req, f, &x, &v));
	RP_TRY(add_consultations(req, f, &v));
	add_parents(req, f, &x, &v);
	add_silence(req, f, &x, &v);
	RP_TRY(add_positions(req, f, &x, &v));
	add_outcomes(req, f, &x, &v);
	add_history(req, f, &x, &v);
	add_acts(req, f, IS(x.silence.state, "open"), &v);
	RP_TRY(rp_web_render(req, topic, &v, &content));
	return rp_web_topics_frame(req, &f->s, x.text->title, false, content,
	    out);
}

struct rp_err *
rp_web_topic(const struct rp_request *req, struct rp_response *out)
{
	struct rp_web_topic f;

	RP_TRY(rp_web_topic_find(req, &f));
	return rp_web_topic_show(req, &f, out);
}
