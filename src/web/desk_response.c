#include "web/desk_response.h"

#include "base/err.h"
#include "domain/wording.h"
#include "render/prose.h"
#include "render/t_desk_response.h"
#include "text/format.h"

/* One page that is being put together. */
struct made {
	const struct rp_request *req;
	struct rp_response_record r;
	struct rp_revision shown;
	struct rp_consultation c;
	struct rp_place where;
	const struct rp_desk_typed *typed;
	struct v_desk_response v;
};

static rp_text
text_of(const struct made *m, enum rp_msg id)
{
	return id == M_none ? RP_TEXT("") : rp_web_msg(m->req, id);
}

static bool
may(const struct made *m, enum rp_capability what)
{
	return rp_actor_may(m->req->who, what, m->where);
}

static bool
is(const struct made *m, const char *state)
{
	return rp_text_eq(m->r.state, rp_text_z(state));
}

static rp_text
language(const struct made *m, rp_text tag)
{
	return rp_locale_language(m->req->reader.locale, m->req->arena, tag);
}

static rp_text
time_of(const struct made *m, int64_t at)
{
	return rp_web_time(m->req, m->c.zone, at);
}

static const struct rp_question *
question(const struct made *m, int64_t id)
{
	for (size_t i = 0; i < m->c.questions.n; i++)
		if (m->c.questions.v[i].id == id)
			return &m->c.questions.v[i];
	return NULL;
}

static void
add_texts(struct made *m)
{
	struct rp_arena *a = m->req->arena;
	const struct rp_markup_linker *linker = rp_web_linker(m->req);

	m->v.lang = m->shown.lang;
	m->v.summary = rp_prose(a, m->shown.summary, RP_TEXT(""), linker);
	for (size_t i = 0; i < m->shown.answers.n; i++) {
		const struct rp_answer *in = &m->shown.answers.v[i];
		const struct rp_question *q = question(m, in->question_id);
		struct v_desk_response_answers row = { .n = in->position,
			.body = rp_prose(a, in->body, RP_TEXT(""), linker),
			.lang = m->shown.lang };

		if (q != NULL) {
			row.question =
			    rp_prose(a, q->text.body, RP_TEXT(""), NULL);
			row.question_lang = q->text.lang;
		}
		rp_vec_push(a, &m->v.answers, row);
	}
}

static enum rp_msg
attachment_state(rp_text state)
{
	if (rp_text_eq(state, RP_TEXT("received")))
		return M_receipt_attachment_waiting;
	if (rp_text_eq(state, RP_TEXT("read")))
		return M_receipt_attachment_read;
	if (rp_text_eq(state, RP_TEXT("infected")))
		return M_hold_scanner;
	return M_receipt_attachment_not_read;
}

static void
add_files(struct made *m)
{
	for (size_t i = 0; i < m->shown.attachments.n; i++) {
		const struct rp_attachment *f = &m->shown.attachments.v[i];
		struct v_desk_response_attachments row = {
			.id = f->id,
			.name = f->name,
			.url = rp_desk_url(m->req, "responses/%lld/files/%lld",
			    (long long)m->r.id, (long long)f->id),
			.size = rp_format_size(m->req->reader.locale,
			    m->req->arena, f->size),
			.state = attachment_state(f->state),
		};

		if (rp_text_eq(f->state, RP_TEXT("read")))
			row.text_url = rp_desk_url(m->req,
			    "responses/%lld/files/%lld/text",
			    (long long)m->r.id, (long long)f->id);
		rp_vec_push(m->req->arena, &m->v.attachments, row);
	}
}

static enum rp_msg
authorisation(rp_text value)
{
	if (rp_text_eq(value, RP_TEXT("full")))
		return M_authorisation_full;
	if (rp_text_eq(value, RP_TEXT("without_name")))
		return M_authorisation_without_name;
	return M_authorisation_aggregate;
}

static enum rp_msg
presents(rp_text value)
{
	if (rp_text_eq(value, RP_TEXT("in_person")))
		return M_present_in_person;
	return value.n > 0 ? M_present_remotely : M_none;
}

static void
add_signatories(struct made *m)
{
	rp_text all = m->shown.signatories;

	for (size_t at = 0; at < all.n;) {
		size_t end = rp_text_find(all, '\n', at);
		struct v_desk_response_signatories row = {
			.name = rp_text_trim(rp_text_sub(all, at, end)),
		};

		if (row.name.n > 0)
			rp_vec_push(m->req->arena, &m->v.signatories, row);
		at = end + 1;
	}
}

static void
add_facts(struct made *m)
{
	const struct rp_revision *r = &m->shown;
	struct v_desk_response *v = &m->v;

	v->code = m->r.code;
	v->number = m->r.number;
	v->source = rp_desk_source(r->organisation, r->name);
	v->organisation = r->organisation.n > 0 ? r->name : RP_TEXT("");
	v->job_title = r->job_title;
	v->capacity = rp_msg_capacity(r->capacity);
	v->category = rp_msg_category(r->category);
	v->country = rp_web_country(m->req, r->country);
	v->language = language(m, r->lang);
	v->time = time_of(m, r->received_at);
	v->iso = rp_web_iso(m->req, r->received_at);
	v->channel = rp_msg_channel(m->r.channel);
	v->authorisation = authorisation(r->authorisation);
	v->email = r->email;
	v->needs = r->needs;
	v->wishes_to_present = presents(r->present);
	v->revision = r->n;
	v->status = rp_desk_chip(m->req, m->r.state);
	if (m->r.hold_reason.n > 0)
		v->hold_reason = rp_desk_hold_msg(m->r.hold_reason);
	add_signatories(m);
	if (m->r.is_late) {
		struct v_chip late = { .kind = RP_TEXT("late"),
			.label = rp_web_msg(m->req, M_state_late) };

		rp_vec_push(m->req->arena, &v->marks, late);
	}
}

static void
add_addresses(struct made *m)
{
	struct v_desk_response *v = &m->v;

	v->desk_url = rp_desk_url(m->req, "%s", "");
	v->queue_url =
	    rp_desk_url(m->req, "consultations/%lld/queue", (long long)m->c.id);
	v->action = rp_desk_url(m->req, "responses/%lld", (long long)m->r.id);
	v->translate_url =
	    rp_desk_url(m->req, "responses/%lld/translate", (long long)m->r.id);
	v->standing_url = v->action;
	v->is_old_revision = m->shown.id != m->r.standing_revision_id;
	v->token = m->req->csrf;
	v->revision_id = m->r.standing_revision_id;
	if (m->r.public_revision_id != 0 &&
	    rp_consultation_shows_responses(&m->c) &&
	    v->authorisation != M_authorisation_aggregate)
		v->public_url = rp_web_consultation_url(m->req, &m->c,
		    rp_textf(m->req->arena, "responses/%lld",
			(long long)m->r.number)
			.p);
}

static void
add_grounds(struct made *m)
{
	for (const rp_text *g = rp_rejection_grounds; g->p != NULL; g++) {
		struct v_desk_response_reasons row = { .value = *g,
			.label = rp_desk_ground_msg(*g),
			.selected = rp_text_eq(*g, m->typed->ground) };

		rp_vec_push(m->req->arena, &m->v.reasons, row);
	}
}

/* What may be done now, and what was typed for it. */
static void
add_acts(struct made *m)
{
	struct v_desk_response *v = &m->v;
	bool now = !v->is_old_revision && !m->r.is_erased;
	bool check = now && may(m, RP_MAY_CHECK);
	bool late = rp_text_eq(m->r.hold_reason, RP_TEXT("late"));

	v->can_check = check && (is(m, "received") || is(m, "returned") ||
				    is(m, "rejected"));
	v->can_publish = check && (is(m, "received") || is(m, "checked"));
	v->can_return = v->can_publish;
	v->can_reject = check && !is(m, "rejected") && !is(m, "withdrawn");
	v->can_admit = check && is(m, "held") && late;
	v->can_release = check && is(m, "held") && !late;
	v->can_act =
	    v->can_check || v->can_publish || v->can_admit || v->can_release;
	v->can_redact = now && may(m, RP_MAY_REDACT);
	v->can_translate = now && may(m, RP_MAY_TRANSLATE);
	v->can_erase = now && may(m, RP_MAY_ERASE);
	v->return_error = text_of(m, m->typed->return_error);
	v->reject_error = text_of(m, m->typed->reject_error);
	v->redact_error = text_of(m, m->typed->redact_error);
	v->erase_error = text_of(m, m->typed->erase_error);
	v->error = text_of(m, m->typed->error);
	if (m->typed->return_error != M_none)
		v->return_text = m->typed->message;
	if (m->typed->reject_error != M_none)
		v->reject_text = m->typed->message;
	v->redact_passage = m->typed->passage;
	v->redact_reason = m->typed->reason;
	add_grounds(m);
}

static void
add_part(struct made *m, rp_text value, rp_text label, rp_text content)
{
	struct v_desk_response_redact_parts row = { .value = value,
		.label = label,
		.selected = rp_text_eq(value, m->typed->part) };

	if (content.n > 0)
		rp_vec_push(m->req->arena, &m->v.redact_parts, row);
}

static rp_text
answer_label(const struct made *m, int64_t position)
{
	return rp_message(m->req->arena, &m->req->reader, M_response_question,
	    (const struct rp_msg_arg[]){ RP_MSG_NUM(position) }, 1);
}

/* Fields that may hold personal data: name=text, or answer-ID. */
static void
add_parts(struct made *m)
{
	const struct rp_revision *r = &m->shown;

	for (size_t i = 0; i < r->answers.n; i++)
		add_part(m,
		    rp_textf(m->req->arena, "answer-%lld",
			(long long)r->answers.v[i].id),
		    answer_label(m, r->answers.v[i].position),
		    r->answers.v[i].body);
	add_part(m, RP_TEXT("summary"), rp_web_msg(m->req, M_answer_summary),
	    r->summary);
	add_part(m, RP_TEXT("name"), rp_web_msg(m->req, M_answer_name),
	    r->name);
	add_part(m, RP_TEXT("organisation"),
	    rp_web_msg(m->req, M_answer_organisation), r->organisation);
	add_part(m, RP_TEXT("job_title"),
	    rp_web_msg(m->req, M_answer_job_title), r->job_title);
	add_part(m, RP_TEXT("signatories"),
	    rp_web_msg(m->req, M_answer_signatories), r->signatories);
}

/* The field a redaction is of: its label and its text. */
static rp_text
redacted_field(const struct made *m, const struct rp_redaction *d,
    rp_text *out_label)
{
	const struct rp_revision *r = &m->shown;
	const struct {
		const char *field;
		enum rp_msg label;
		rp_text text;
	} fields[] = {
		{ "summary", M_answer_summary, r->summary },
		{ "name", M_answer_name, r->name },
		{ "organisation", M_answer_organisation, r->organisation },
		{ "job_title", M_answer_job_title, r->job_title },
		{ "signatories", M_answer_signatories, r->signatories },
	};

	for (size_t i = 0; i < r->answers.n; i++)
		if (r->answers.v[i].id == d->answer_id) {
			*out_label = answer_label(m, r->answers.v[i].position);
			return r->answers.v[i].body;
		}
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (rp_text_eq(d->field, rp_text_z(fields[i].field))) {
			*out_label = rp_web_msg(m->req, fields[i].label);
			return fields[i].text;
		}
	*out_label = d->field;
	return RP_TEXT("");
}

static void
add_redactions(struct made *m)
{
	for (size_t i = 0; i < m->shown.redactions.n; i++) {
		const struct rp_redaction *d = &m->shown.redactions.v[i];
		struct v_desk_response_redactions row = { .id = d->id,
			.reason = d->reason,
			.time = time_of(m, d->at),
			.who = d->person };
		rp_text text = redacted_field(m, d, &row.where);

		if ((size_t)d->to <= text.n)
			row.passage =
			    rp_text_sub(text, (size_t)d->from, (size_t)d->to);
		rp_vec_push(m->req->arena, &m->v.redactions, row);
	}
}

static bool
listed(const struct v_desk_response *v, rp_text name)
{
	for (size_t i = 0; i < v->translations.n; i++)
		if (rp_text_eq(v->translations.v[i].language, name))
			return true;
	return false;
}

/* One line per language that some part of it is translated into. */
static struct rp_err *
add_translations(struct made *m)
{
	static const enum rp_msg words[RP_WORDING_STATUS_COUNT] = {
		[RP_WORDING_ORIGINAL] = M_translation_original,
		[RP_WORDING_OFFICIAL] = M_translation_official,
		[RP_WORDING_COURTESY] = M_translation_courtesy,
		[RP_WORDING_MACHINE] = M_translation_machine,
	};

	for (size_t i = 0; i < m->shown.answers.n; i++) {
		struct rp_wordings all;

		RP_TRY(rp_wording_load(m->req->tx, RP_TEXT("answer"),
		    m->shown.answers.v[i].id, &all));
		for (size_t k = 0; k < all.n; k++) {
			const struct rp_wording *w = &all.v[k];
			struct v_desk_response_translations row = {
				.language = language(m, w->lang),
				.status = words[w->status],
				.time = time_of(m, w->changed_at),
				.url = rp_urlf(m->req->arena, "%s?to=%s",
				    m->v.translate_url.p, w->lang.p),
			};

			if (!listed(&m->v, row.language))
				rp_vec_push(m->req->arena, &m->v.translations,
				    row);
		}
	}
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		struct v_desk_response_languages row = {
			.value = rp_lang_tag((enum rp_lang)l),
			.name = rp_lang_own_name((enum rp_lang)l),
			.selected = (enum rp_lang)l == m->req->reader.lang,
		};

		if (!rp_text_eq(row.value, m->shown.lang))
			rp_vec_push(m->req->arena, &m->v.languages, row);
	}
	return NULL;
}

static enum rp_msg
act(rp_text action)
{
	static const struct {
		const char *action;
		enum rp_msg msg;
	} words[] = {
		{ "response.admit", M_act_admitted },
		{ "response.check", M_act_checked },
		{ "response.enter", M_act_entered },
		{ "response.erase", M_act_erased },
		{ "response.hold", M_act_held },
		{ "response.publish", M_act_published },
		{ "response.redact", M_act_redacted },
		{ "response.reject", M_act_rejected },
		{ "response.release", M_act_released },
		{ "response.return", M_act_returned },
		{ "response.unredact", M_act_unredacted },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rp_text_eq(action, rp_text_z(words[i].action)))
			return words[i].msg;
	return M_none;
}

static void
add_line(struct made *m, int64_t at, enum rp_msg what, rp_text who,
    rp_text message)
{
	struct v_desk_response_history row = { .time = time_of(m, at),
		.iso = rp_web_iso(m->req, at),
		.what = what,
		.who = who,
		.note = message };

	if (what != M_none)
		rp_vec_push(m->req->arena, &m->v.history, row);
}

/* Events and revisions, newest first, in one list. */
static struct rp_err *
add_history(struct made *m)
{
	struct rp_revisions_at revs;
	struct rp_events events;
	size_t e = 0, left;

	RP_TRY(
	    rp_moderation_history(m->req->who, m->req->tx, m->r.id, &events));
	RP_TRY(
	    rp_moderation_revisions(m->req->who, m->req->tx, m->r.id, &revs));
	if (m->r.withdrawn_at != 0)
		add_line(m, m->r.withdrawn_at, M_act_withdrawn, RP_TEXT(""),
		    RP_TEXT(""));
	for (left = revs.n; left > 0; left--) {
		const struct rp_revision_at *rev = &revs.v[left - 1];
		struct v_desk_response_revisions row = { .n = rev->n,
			.time = time_of(m, rev->received_at),
			.url =
			    rp_desk_url(m->req, "responses/%lld/revisions/%lld",
				(long long)m->r.id, (long long)rev->n),
			.is_public = rev->id == m->r.public_revision_id };

		while (e < events.n && events.v[e].at >= rev->received_at) {
			add_line(m, events.v[e].at, act(events.v[e].action),
			    events.v[e].person, events.v[e].after);
			e++;
		}
		add_line(m, rev->received_at,
		    rev->n == 1 ? M_act_received : M_act_revised, RP_TEXT(""),
		    RP_TEXT(""));
		if (revs.n > 1)
			rp_vec_push(m->req->arena, &m->v.revisions, row);
	}
	return NULL;
}

/* The one that has waited longest, for after an act. */
static struct rp_err *
add_next(struct made *m)
{
	struct rp_queue_filter f = { .consultation_id = m->c.id,
		.state = RP_TEXT("received") };
	struct rp_queue queue;
	bool more;

	if (m->v.done == M_none)
		return NULL;
	RP_TRY(rp_queue_list(m->req->who, m->req->tx, &f, &queue, &more));
	for (size_t i = 0; i < queue.n; i++)
		if (queue.v[i].id != m->r.id) {
			m->v.next_url = rp_desk_url(m->req, "responses/%lld",
			    (long long)queue.v[i].id);
			break;
		}
	return NULL;
}

static enum rp_msg
done(const struct rp_request *req)
{
	static const struct rp_desk_word words[] = {
		{ "published", M_desk_response_done_published },
		{ "checked", M_desk_response_done_checked },
		{ "returned", M_desk_response_done_returned },
		{ "rejected", M_desk_response_done_rejected },
		{ "admitted", M_desk_response_done_admitted },
		{ "released", M_desk_response_done_released },
		{ "redacted", M_desk_response_done_redacted },
		{ "unredacted", M_desk_response_done_unredacted },
		{ "erased", M_desk_response_done_erased },
		{ "entered", M_desk_response_done_entered },
		{ NULL, M_none },
	};

	return rp_desk_word(req, words);
}

static struct rp_err *
load(struct made *m, int64_t id, int64_t n)
{
	const struct rp_request *req = m->req;

	RP_TRY(rp_response_get(req->who, req->tx, id, &m->r));
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx,
	    m->r.consultation_id, rp_lang_tag(req->reader.lang), &m->c));
	m->where = rp_consultation_place(&m->c);
	m->shown = m->r.standing;
	if (n != 0)
		RP_TRY(
		    rp_response_revision(req->who, req->tx, id, n, &m->shown));
	return NULL;
}

struct rp_err *
rp_desk_response_page(const struct rp_request *req, int64_t response_id,
    int64_t n, const struct rp_desk_typed *typed, struct rp_response *out)
{
	struct made *m = rp_new(req->arena, struct made);
	rp_html content;

	m->req = req;
	m->typed = typed;
	RP_TRY(load(m, response_id, n));
	m->v.done = done(req);
	add_facts(m);
	add_addresses(m);
	add_texts(m);
	add_files(m);
	add_acts(m);
	add_parts(m);
	add_redactions(m);
	RP_TRY(add_translations(m));
	RP_TRY(add_history(m));
	RP_TRY(add_next(m));
	RP_TRY(rp_web_render(req, desk_response, &m->v, &content));
	return rp_desk_frame(req, m->v.source, content, out);
}
