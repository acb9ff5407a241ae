/*
 * topic_forms - proposing a topic, revising one, and merging several.
 */
#include <string.h>

#include "base/err.h"
#include "domain/instrument.h"
#include "domain/merging.h"
#include "render/t_topic_form.h"
#include "text/input.h"
#include "text/question_lint.h"
#include "web/desk.h"
#include "web/registry.h"
#include "web/topics.h"

#define SLOTS_MAX (RP_PROPOSAL_PARENTS_MAX * RP_PROPOSAL_QUESTIONS_MAX)
#define SLOTS_SHOWN 4 /* fields of a new proposal */
#define SLOTS_MORE 4
#define ORIGINS_OCTETS 400

/* A field for a question; when merging, with those it stands for. */
struct slot {
	rp_text body;
	bool taken;
	rp_text origins; /* "12 34" */
	struct rp_overlap_row row;
};

struct editing {
	struct rp_web_topics s;
	struct rp_proposal_in in;
	int64_t draft_id;
	struct rp_proposal m; /* that is revised, or the draft */
	const struct rp_proposal *parents[RP_PROPOSAL_PARENTS_MAX];
	size_t n_parents;
	struct slot slots[SLOTS_MAX];
	size_t n_slots;
	enum rp_proposal_problem problem;
	bool is_revision, many, conflict, checking;
};

/* Showing. */

static void
add_problem(const struct rp_request *req, const struct editing *f,
    struct v_topic_form *v)
{
	const struct rp_msg_arg many[] = { RP_MSG_NUM(
	    RP_PROPOSAL_QUESTIONS_MAX) };
	const struct rp_msg_arg rules[] = { RP_MSG_NUM(
	    RP_PROPOSAL_INSTRUMENTS_MAX) };
	struct v_error_summary *e = &v->errors;

	if (f->many) {
		v->questions_error = rp_message(req->arena, &req->reader,
		    M_topic_form_error_many, many, 1);
		rp_vec_push(req->arena, &e->errors,
		    ((struct v_error_summary_errors){ RP_URL("#questions"),
			v->questions_error }));
	}
	if (f->conflict)
		v->questions_error = rp_web_topic_error(req, e, "questions",
		    M_topic_form_error_parents);
	switch (f->problem) {
	case RP_PROPOSAL_NO_TITLE:
		v->title_error = rp_web_topic_error(req, e, "title",
		    M_topic_form_error_title);
		break;
	case RP_PROPOSAL_NO_RATIONALE:
		v->rationale_error = rp_web_topic_error(req, e, "rationale",
		    M_topic_form_error_rationale);
		break;
	case RP_PROPOSAL_NO_ISSUE:
		v->issue_error = rp_web_topic_error(req, e, "issue",
		    M_topic_form_error_issue);
		break;
	case RP_PROPOSAL_NO_QUESTION:
		v->questions_error = rp_web_topic_error(req, e, "questions",
		    M_topic_form_error_question);
		break;
	case RP_PROPOSAL_MANY_INSTRUMENTS:
		v->instruments_error = rp_message(req->arena, &req->reader,
		    M_topic_form_error_instruments, rules, 1);
		break;
	case RP_PROPOSAL_FINE:
	case RP_PROPOSAL_BAD_LANG:
	case RP_PROPOSAL_BAD_FORMAT:
	case RP_PROPOSAL_LONG:
		break;
	}
}

static void
add_slot(const struct rp_request *req, const struct editing *f, size_t i,
    unsigned found, struct v_topic_form *v)
{
	const struct slot *k = &f->slots[i];
	struct rp_web_findings all = rp_web_topic_findings(req, found);
	struct v_topic_form_questions row = { .n = (int64_t)i + 1,
		.id = rp_textf(req->arena, "%zu", i + 1),
		.body = k->body,
		.origins = k->origins,
		.taken = k->taken,
		.is_choice = f->n_parents > 0 };

	for (size_t x = 0; x < all.n; x++)
		rp_vec_push(req->arena, &row.findings,
		    ((struct v_topic_form_questions_findings){ all.v[x] }));
	for (size_t p = 0; p < f->n_parents; p++) {
		const struct rp_proposal_text *t = &f->parents[p]->text;
		size_t q = k->row.question[p];

		if (q == RP_OVERLAP_NONE || q >= t->questions.n)
			continue;
		rp_vec_push(req->arena, &row.parents,
		    ((struct v_topic_form_questions_parents){
			f->parents[p]->number, (int64_t)q + 1,
			t->questions.v[q].body, t->lang }));
	}
	rp_vec_push(req->arena, &v->questions, row);
}

static void
add_slots(const struct rp_request *req, const struct editing *f,
    struct v_topic_form *v)
{
	rp_text *bodies = rp_new_n(req->arena, rp_text, f->n_slots + 1);
	unsigned *found = rp_new_n(req->arena, unsigned, f->n_slots + 1);
	size_t asked = 0;

	for (size_t i = 0; i < f->n_slots; i++) {
		const struct slot *k = &f->slots[i];

		bodies[i] =
		    f->n_parents > 0 && !k->taken ? RP_TEXT("") : k->body;
		asked += !rp_text_blank(bodies[i]);
	}
	rp_question_lint(req->arena, req->who->env->words, f->in.lang, bodies,
	    f->n_slots, found);
	for (size_t i = 0; i < f->n_slots; i++)
		add_slot(req, f, i, found[i], v);
	if (asked > RP_QUESTIONS_GOOD)
		rp_vec_push(req->arena, &v->findings,
		    ((struct v_topic_form_findings){ M_question_lint_many }));
}

static struct rp_err *
add_choices(const struct rp_request *req, const struct editing *f,
    struct v_topic_form *v)
{
	static const rp_text formats[] = { RP_TEXT_INIT("any"),
		RP_TEXT_INIT("together"), RP_TEXT_INIT("apart") };
	struct rp_instruments instruments;
	struct rp_proposal_documents documents;

	RP_COPY_CHOICES(req, &v->langs,
	    rp_web_language_choices(req, f->in.lang));
	for (size_t i = 0; i < 3; i++)
		rp_vec_push(req->arena, &v->formats,
		    ((struct v_topic_form_formats){ formats[i],
			rp_msg_topic_format(formats[i]),
			rp_text_eq(f->in.format, formats[i]) }));
	RP_TRY(rp_instrument_list(req->who, req->tx, f->s.g.id,
	    rp_lang_tag(req->reader.lang), &instruments));
	for (size_t i = 0; i < instruments.n; i++)
		rp_vec_push(req->arena, &v->instruments,
		    ((struct v_topic_form_instruments){
			rp_textf(req->arena, "%lld",
			    (long long)instruments.v[i].id),
			rp_web_instrument_name(req, &instruments.v[i]),
			rp_web_topic_has(&f->in.instruments,
			    instruments.v[i].id) }));
	RP_TRY(rp_proposal_documents(req->who, req->tx, &f->s.p, &documents));
	for (size_t i = 0; i < documents.n; i++)
		rp_vec_push(req->arena, &v->documents,
		    ((struct v_topic_form_documents){
			rp_textf(req->arena, "%lld",
			    (long long)documents.v[i].id),
			documents.v[i].symbol,
			documents.v[i].id == f->in.document_id }));
	return NULL;
}

static struct rp_err *
add_parties(const struct rp_request *req, const struct editing *f,
    struct v_topic_form *v)
{
	struct rp_wordings all;

	v->party = rp_textf(req->arena, "%lld", (long long)f->in.party_id);
	/* A revision stays its author's. */
	v->has_choice = f->s.p.may_meet && !f->is_revision && f->draft_id == 0;
	if (v->has_choice) {
		struct rp_choices choices;

		RP_TRY(rp_web_member_choices(req, f->s.g.id, &f->in.party_id, 1,
		    &choices));
		RP_COPY_CHOICES(req, &v->parties, choices);
		return NULL;
	}
	RP_TRY(rp_proposal_names(req->who, req->tx, &all));
	v->party_name = rp_web_topic_party(req, &all, f->in.party_id);
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct editing *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "draft", M_topic_done_draft },
		{ NULL, M_none },
	};
	struct v_topic_form v = { .token = req->csrf,
		.list_url = rp_web_topics_url(req, &f->s.g, "%s", ""),
		.title_msg = f->is_revision   ? M_topic_form_revise :
			     f->n_parents > 0 ? M_topic_form_merge :
						M_topics_new,
		.done = rp_desk_word(req, done),
		.action = f->is_revision ?
			      rp_web_topics_url(req, &f->s.g, "%lld/revise",
				  (long long)f->m.number) :
			      rp_web_topics_url(req, &f->s.g, "%s",
				  f->n_parents > 0 ? "merge" : "new"),
		.draft = rp_textf(req->arena, "%lld", (long long)f->draft_id),
		.title = f->in.title,
		.lang = f->in.lang,
		.rationale = f->in.rationale,
		.issue = f->in.issue,
		.is_draft = f->draft_id != 0,
		.is_merge = f->n_parents > 0,
		.is_revision = f->is_revision };
	rp_html content;

	for (size_t i = 0; i < f->n_parents; i++)
		rp_vec_push(req->arena, &v.parents,
		    ((struct v_topic_form_parents){
			rp_textf(req->arena, "%lld",
			    (long long)f->parents[i]->number),
			f->parents[i]->number, f->parents[i]->text.title,
			f->parents[i]->text.lang,
			rp_web_topics_url(req, &f->s.g, "%lld/",
			    (long long)f->parents[i]->number) }));
	RP_TRY(add_parties(req, f, &v));
	RP_TRY(add_choices(req, f, &v));
	add_slots(req, f, &v);
	add_problem(req, f, &v);
	RP_TRY(rp_web_render(req, topic_form, &v, &content));
	return rp_web_topics_frame(req, &f->s, rp_web_msg(req, v.title_msg),
	    false, content, out);
}

/* Reading. */

static struct rp_err *
read_slots(const struct rp_request *req, struct editing *f)
{
	for (size_t i = 0; i < SLOTS_MAX; i++) {
		const char *body = rp_textf(req->arena, "q-%zu", i + 1).p;
		struct slot *k = &f->slots[i];

		if (!rp_form_has(&req->form, body))
			break;
		f->n_slots = i + 1;
		RP_TRY(rp_form_text(req, &req->form, body,
		    RP_PROPOSAL_QUESTION_MAX, &k->body));
		RP_TRY(rp_form_line(req, &req->form,
		    rp_textf(req->arena, "o-%zu", i + 1).p, ORIGINS_OCTETS,
		    &k->origins));
		k->taken = rp_form_has(&req->form,
		    rp_textf(req->arena, "take-%zu", i + 1).p);
	}
	return NULL;
}

static void
read_origins(const struct rp_request *req, const struct slot *k,
    struct rp_proposal_ids *out)
{
	for (size_t at = 0; at < k->origins.n;) {
		size_t end = rp_text_find(k->origins, ' ', at);
		int64_t id;

		if (rp_text_i64(rp_text_sub(k->origins, at, end), &id) &&
		    !rp_web_topic_has(out, id))
			rp_vec_push(req->arena, out, id);
		at = end + 1;
	}
}

static struct rp_err *
read_form(const struct rp_request *req, struct editing *f)
{
	const struct rp_urlform *form = &req->form;
	struct rp_proposal_in *in = &f->in;
	size_t n = 0;

	in->party_id = rp_desk_number(req, form, "party");
	in->document_id = rp_desk_number(req, form, "document");
	in->instruments = rp_web_topic_ids(req, form, "instrument");
	RP_TRY(rp_form_line(req, form, "title", RP_PROPOSAL_TITLE_MAX,
	    &in->title));
	RP_TRY(
	    rp_form_line(req, form, "lang", RP_PROPOSAL_WORD_MAX, &in->lang));
	RP_TRY(rp_form_text(req, form, "rationale", RP_PROPOSAL_RATIONALE_MAX,
	    &in->rationale));
	RP_TRY(rp_form_line(req, form, "issue", RP_PROPOSAL_TITLE_MAX,
	    &in->issue));
	RP_TRY(rp_form_line(req, form, "format", RP_PROPOSAL_WORD_MAX,
	    &in->format));
	RP_TRY(read_slots(req, f));
	for (size_t i = 0; i < f->n_slots; i++) {
		const struct slot *k = &f->slots[i];

		if (rp_text_blank(k->body) || (f->n_parents > 0 && !k->taken))
			continue;
		f->many = n >= RP_PROPOSAL_QUESTIONS_MAX;
		if (f->many)
			break;
		in->questions[n] = k->body;
		read_origins(req, k, &in->origins[n++]);
	}
	return NULL;
}

static void
more_slots(struct editing *f, size_t n)
{
	f->n_slots = f->n_slots + n < RP_PROPOSAL_QUESTIONS_MAX ?
			 f->n_slots + n :
			 RP_PROPOSAL_QUESTIONS_MAX;
}

/* As the last revision has it. */
static struct rp_err *
fill_in(const struct rp_request *req, struct editing *f)
{
	const struct rp_proposal_text *t;
	struct rp_proposal_history h;

	RP_TRY(rp_proposal_history(req->who, req->tx, &f->s.p, &f->m, &h));
	t = &h.revisions.v[h.revisions.n - 1];
	f->in = (struct rp_proposal_in){ .party_id = f->m.party_id,
		.document_id = t->document_id,
		.lang = t->lang,
		.title = t->title,
		.rationale = t->rationale,
		.issue = t->issue,
		.format = t->format,
		.instruments = t->instruments };
	for (size_t i = 0; i < t->questions.n; i++)
		f->slots[i].body = t->questions.v[i].body;
	f->n_slots = t->questions.n;
	more_slots(f, f->n_slots < SLOTS_SHOWN ? SLOTS_SHOWN - f->n_slots : 1);
	return NULL;
}

/* A new one, or a draft. */

static struct rp_err *
find_new(const struct rp_request *req, const struct rp_urlform *form,
    struct editing *f)
{
	RP_TRY(rp_web_topics_find(req, &f->s));
	if (f->s.p.my_party_id == 0)
		RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, f->s.p.where));
	f->in = (struct rp_proposal_in){ .party_id = f->s.p.my_party_id,
		.lang = rp_lang_tag(req->reader.lang),
		.format = RP_TEXT("any") };
	f->n_slots = SLOTS_SHOWN;
	f->draft_id = rp_desk_number(req, form, "draft");
	return f->draft_id == 0 ? NULL :
				  rp_proposal_draft(req->who, req->tx, &f->s.p,
				      f->draft_id, &f->m);
}

struct rp_err *
rp_web_topic_new(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(find_new(req, &req->query, f));
	if (f->draft_id != 0)
		RP_TRY(fill_in(req, f));
	return show(req, f, out);
}

static struct rp_err *
keep(const struct rp_request *req, struct editing *f, bool is_draft,
    struct rp_response *out)
{
	int64_t id, number;

	f->problem = rp_proposal_check(&f->in, is_draft);
	if (f->problem != RP_PROPOSAL_FINE || f->many) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_proposal_save(req->who, req->tx, &f->s.p, f->draft_id, &f->in,
	    is_draft, &id, &number));
	return is_draft ? rp_desk_done(out, req,
			      rp_web_topics_url(req, &f->s.g, "new?draft=%lld",
				  (long long)id),
			      "draft") :
			  rp_desk_done(out, req,
			      rp_web_topics_url(req, &f->s.g, "%lld/",
				  (long long)number),
			      "proposed");
}

struct rp_err *
rp_web_topic_new_post(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(find_new(req, &req->form, f));
	if (rp_desk_button(req, "drop")) {
		RP_TRY(
		    rp_proposal_drop(req->who, req->tx, &f->s.p, f->draft_id));
		return rp_desk_done(out, req,
		    rp_web_topics_url(req, &f->s.g, "%s", ""), "dropped");
	}
	RP_TRY(read_form(req, f));
	if (rp_desk_button(req, "propose") || rp_desk_button(req, "draft"))
		return keep(req, f, rp_desk_button(req, "draft"), out);
	if (rp_desk_button(req, "more"))
		more_slots(f, SLOTS_MORE);
	return show(req, f, out);
}

/* A revision. */

static struct rp_err *
find_revised(const struct rp_request *req, struct editing *f)
{
	RP_TRY(rp_web_topics_find(req, &f->s));
	RP_TRY(
	    rp_proposal_get(req->who, req->tx, &f->s.p, req->params.n, &f->m));
	if (!f->m.mine)
		return rp_fail(RP_E_DENIED, "not its author");
	f->is_revision = true;
	return NULL;
}

struct rp_err *
rp_web_topic_revise(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(find_revised(req, f));
	RP_TRY(fill_in(req, f));
	return show(req, f, out);
}

struct rp_err *
rp_web_topic_revise_post(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(find_revised(req, f));
	RP_TRY(read_form(req, f));
	f->in.party_id = f->m.party_id;
	if (rp_desk_button(req, "more"))
		more_slots(f, SLOTS_MORE);
	if (!rp_desk_button(req, "revise"))
		return show(req, f, out);
	f->problem = rp_proposal_check(&f->in, false);
	if (f->problem != RP_PROPOSAL_FINE || f->many) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_proposal_revise(req->who, req->tx, &f->s.p, &f->m, &f->in));
	return rp_desk_done(out, req,
	    rp_web_topics_url(req, &f->s.g, "%lld/", (long long)f->m.number),
	    "revised");
}

/* Merging. */

static struct rp_err *
find_parents(const struct rp_request *req, const struct rp_urlform *form,
    struct editing *f)
{
	struct rp_proposal_ids ids = rp_web_topic_ids(req, form, "p");
	struct rp_proposals *all = rp_new(req->arena, struct rp_proposals);

	RP_TRY(rp_web_topics_find(req, &f->s));
	if (f->s.p.my_party_id == 0)
		RP_TRY(rp_actor_needs(req->who, RP_MAY_MEET, f->s.p.where));
	RP_TRY(rp_proposal_list(req->who, req->tx, &f->s.p, all));
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_proposal *m = &all->v[i];

		if (m->number == 0 || !rp_web_topic_has(&ids, m->number))
			continue;
		if (f->n_parents == RP_PROPOSAL_PARENTS_MAX)
			return rp_fail(RP_E_LIMIT, "over %d proposals",
			    RP_PROPOSAL_PARENTS_MAX);
		f->parents[f->n_parents++] = m;
	}
	return f->n_parents >= 2 ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "fewer than two proposals");
}

/* Their questions, the ones that are alike in one field. */
static void
add_rows(const struct rp_request *req, struct editing *f, bool fill)
{
	const struct rp_proposal_text *texts[RP_PROPOSAL_PARENTS_MAX];
	struct rp_overlap rows;

	for (size_t i = 0; i < f->n_parents; i++)
		texts[i] = &f->parents[i]->text;
	rp_overlap_of(req->who, req->arena, texts, f->n_parents, &rows);
	for (size_t i = 0; i < rows.n && i < SLOTS_MAX; i++) {
		struct slot *k = &f->slots[i];
		rp_text origins = RP_TEXT("");

		k->row = rows.v[i];
		for (size_t p = 0; p < f->n_parents; p++) {
			size_t q = rows.v[i].question[p];
			const struct rp_proposal_question *one;

			if (q == RP_OVERLAP_NONE)
				continue;
			one = &texts[p]->questions.v[q];
			if (fill && k->body.n == 0)
				k->body = one->body;
			origins =
			    rp_textf(req->arena, "%.*s%s%lld", RP_FMT(origins),
				origins.n > 0 ? " " : "", (long long)one->id);
		}
		k->origins = origins;
		if (fill)
			k->taken = i < RP_PROPOSAL_QUESTIONS_MAX;
	}
	f->n_slots = rows.n < SLOTS_MAX ? rows.n : SLOTS_MAX;
}

/* What the first one says is what the merged one begins with. */
static void
begin_merge(const struct rp_request *req, struct editing *f)
{
	const struct rp_proposal *first = f->parents[0];
	rp_text why = first->text.rationale;

	for (size_t i = 1; i < f->n_parents; i++)
		why = rp_textf(req->arena, "%.*s\n\n%.*s", RP_FMT(why),
		    RP_FMT(f->parents[i]->text.rationale));
	f->in = (struct rp_proposal_in){ .party_id = f->s.p.my_party_id != 0 ?
							 f->s.p.my_party_id :
							 first->party_id,
		.lang = first->text.lang,
		.title = first->text.title,
		.rationale = rp_text_cut(why, RP_PROPOSAL_RATIONALE_MAX),
		.issue = first->text.issue,
		.format = first->text.format };
	add_rows(req, f, true);
}

struct rp_err *
rp_web_topic_merge(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);

	RP_TRY(find_parents(req, &req->query, f));
	begin_merge(req, f);
	return show(req, f, out);
}

struct rp_err *
rp_web_topic_merge_post(const struct rp_request *req, struct rp_response *out)
{
	struct editing *f = rp_new(req->arena, struct editing);
	struct rp_err *e;
	int64_t number;

	RP_TRY(find_parents(req, &req->form, f));
	RP_TRY(read_form(req, f));
	add_rows(req, f, false);
	if (!rp_desk_button(req, "merge"))
		return show(req, f, out);
	f->problem = rp_proposal_check(&f->in, false);
	if (f->problem != RP_PROPOSAL_FINE || f->many) {
		out->status = 400;
		return show(req, f, out);
	}
	e = rp_merging_ask(req->who, req->tx, &f->s.p, f->parents, f->n_parents,
	    &f->in, &number);
	if (e != NULL && (rp_err_code(e) == RP_E_CONFLICT ||
			     rp_err_code(e) == RP_E_INVALID)) {
		rp_err_free(e);
		f->conflict = true;
		out->status = 409;
		return show(req, f, out);
	}
	if (e != NULL)
		return e;
	return rp_desk_done(out, req,
	    rp_web_topics_url(req, &f->s.g, "%lld/", (long long)number),
	    "asked");
}
