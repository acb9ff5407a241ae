/* demo_response - what people sent, and what became of it. */
#include "base/clock.h"
#include "codec/jsonl.h"
#include "domain/entering.h"
#include "domain/form_token.h"
#include "domain/moderation.h"
#include "domain/redaction.h"
#include "domain/upload.h"
#include "proc/demo.h"
#include "proc/demo_file.h"
#include "store/db.h"

#define TYPING (12 * RP_MINUTE) /* how long a form was open */
#define CHECKED_AFTER (26 * RP_HOUR)
#define WITHDRAWN_AFTER (3 * RP_DAY) /* after the deadline */
#define EARLIER_MAX 20

/* One line that is being loaded. */
struct line {
	struct rp_demo *d;
	struct rp_arena *a;
	struct rp_demo_consultation *in;
	const struct rp_json *o;
	struct rp_submission s;
	rp_text state, channel, campaign;
	struct rp_receipt receipt;
	int64_t received_at;
};

struct reading {
	struct rp_demo *d;
	struct rp_demo_consultation *in;
};

static struct rp_err *
fields(struct line *l)
{
	const struct {
		const char *name;
		rp_text *to;
	} all[] = {
		{ "capacity", &l->s.capacity },
		{ "name", &l->s.name },
		{ "organisation", &l->s.organisation },
		{ "job_title", &l->s.job_title },
		{ "signatories", &l->s.signatories },
		{ "category", &l->s.category },
		{ "country", &l->s.country },
		{ "email", &l->s.email },
		{ "lang", &l->s.lang },
		{ "summary", &l->s.summary },
		{ "authorisation", &l->s.authorisation },
		{ "needs", &l->s.needs },
		{ "present", &l->s.present },
		{ "demo_state", &l->state },
		{ "channel", &l->channel },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		RP_TRY(rp_demo_text(l->a, l->o, all[i].name, all[i].to));
	/* Said in the form's word. */
	if (rp_text_eq(l->s.present, RP_TEXT("remote")))
		l->s.present = RP_TEXT("remotely");
	return NULL;
}

/* The answers of `o`: an object of position and text. */
static struct rp_err *
answers(struct line *l, const struct rp_json *o)
{
	l->s.answers = (struct rp_answers_in){ 0 };
	for (size_t i = 0; i < rp_json_n(o); i++) {
		struct rp_answer_in answer;

		if (!rp_text_i64(rp_json_key_at(o, i), &answer.position))
			return rp_fail(RP_E_INVALID, "no question");
		RP_TRY(rp_json_as_text(l->a, rp_json_at(o, i), RP_ANSWER_MAX,
		    &answer.body));
		rp_vec_push(l->a, &l->s.answers, answer);
	}
	return NULL;
}

static struct rp_err *
received_at(struct line *l, const struct rp_json *o, int64_t *out)
{
	rp_text time;
	int64_t day;

	RP_TRY(rp_json_i64(o, "day", &day));
	RP_TRY(rp_demo_text(l->a, o, "time", &time));
	return rp_demo_instant(l->a, l->d, l->in->first_day + day, time, out);
}

static struct rp_actor
sender(const struct line *l, int64_t at)
{
	struct rp_actor who = rp_actor_public(l->d->env, at);

	who.network = RP_TEXT("2001:db8::/64");
	return who;
}

/* Secretaries take turns. */
static struct rp_err *
clerk(const struct line *l, int64_t at, struct rp_actor *out)
{
	const struct rp_demo *d = l->d;

	*out = rp_actor_system(d->env, at < d->now ? at : d->now);
	if (d->clerks.n == 0)
		return NULL;
	*out = rp_actor_public(d->env, out->now);
	return rp_actor_load(d->tx,
	    d->clerks.v[(size_t)l->in->responses % d->clerks.n], out);
}

static struct rp_err *
attachments(struct line *l, int64_t at)
{
	const struct rp_json *all = rp_json_find(l->o, "attachments");
	struct rp_actor who = sender(l, at);

	l->s.uploads = (struct rp_uploads_in){ 0 };
	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		const struct rp_json *o = rp_json_at(all, i);
		struct rp_upload_in u = { 0 };
		rp_bytes octets;
		rp_text text;

		RP_TRY(rp_demo_text(l->a, o, "name", &u.name));
		RP_TRY(rp_demo_text(l->a, o, "kind", &u.kind));
		RP_TRY(rp_demo_text(l->a, o, "text", &text));
		RP_TRY(rp_demo_file(l->a, u.kind, text, l->s.name, &octets));
		RP_TRY(rp_upload_begin(&who, l->d->tx, u.name, &u.upload_id));
		u.size = (int64_t)octets.n;
		for (size_t from = 0; from < octets.n; from += RP_CHUNK_MAX) {
			size_t n = octets.n - from;
			rp_bytes chunk = { octets.p + from,
				n < RP_CHUNK_MAX ? n : RP_CHUNK_MAX };

			RP_TRY(rp_upload_chunk(&who, l->d->tx, u.upload_id,
			    (int64_t)(from / RP_CHUNK_MAX), chunk));
		}
		rp_vec_push(l->a, &l->s.uploads, u);
	}
	return NULL;
}

/* Say which field was wrong, for whoever edits the files. */
static struct rp_err *
told(struct rp_err *e, const struct rp_problems *problems)
{
	if (e == NULL || problems->n == 0)
		return e;
	return rp_err_wrap(e, "field %d, problem %d", (int)problems->v[0].field,
	    (int)problems->v[0].kind);
}

static struct rp_err *
send(struct line *l, int64_t at)
{
	struct rp_actor who = sender(l, at);
	struct rp_problems problems = { 0 };
	struct rp_consultation c;

	RP_TRY(rp_consultation_get_by_id(&who, l->d->tx, l->in->id,
	    RP_TEXT("en"), &c));
	l->s.agrees = true;
	l->s.notice_id = c.notice_id;
	l->s.channel = RP_TEXT("web");
	if (l->receipt.secret.n > 0)
		return told(rp_response_revise(&who, l->d->tx,
				l->receipt.secret, &c, &l->s, &problems,
				&l->receipt),
		    &problems);
	l->s.token = rp_form_token_make(l->a, l->d->env, l->in->id,
	    rp_form_id_new(l->a, l->d->env, at - TYPING), at - TYPING);
	return told(rp_response_submit(&who, l->d->tx, &c, &l->s, &problems,
			&l->receipt),
	    &problems);
}

static struct rp_err *
enter(struct line *l, int64_t at)
{
	struct rp_entering how = { .channel = l->channel, .received_at = at };
	struct rp_problems problems = { 0 };
	struct rp_consultation c;
	struct rp_actor who;

	RP_TRY(clerk(l, at + CHECKED_AFTER / 2, &who));
	RP_TRY(rp_consultation_get_by_id(&who, l->d->tx, l->in->id,
	    RP_TEXT("en"), &c));
	how.received_by = who.name.n > 0 ? who.name : RP_TEXT("secretariat");
	l->s.agrees = true;
	l->s.notice_id = c.notice_id;
	return told(rp_response_enter(&who, l->d->tx, l->in->id, &l->s, &how,
			&problems, &l->receipt),
	    &problems);
}

/* What came before the line's own revision, oldest first. */
static struct rp_err *
earlier(struct line *l)
{
	const struct rp_json *all = rp_json_find(l->o, "earlier");
	int64_t at;

	for (size_t i = 0; all != NULL && i < rp_json_n(all); i++) {
		const struct rp_json *o = rp_json_at(all, i);

		RP_TRY(answers(l, rp_json_find(o, "answers")));
		RP_TRY(received_at(l, o, &at));
		RP_TRY(send(l, at));
	}
	return NULL;
}

static struct rp_err *
redact(struct line *l, const struct rp_actor *who)
{
	const struct rp_json *all = rp_json_find(l->o, "redaction_hint");
	struct rp_response_record r;
	int64_t id;

	if (all == NULL || rp_json_n(all) == 0)
		return NULL;
	RP_TRY(rp_response_get(who, l->d->tx, l->receipt.response_id, &r));
	for (size_t i = 0; i < rp_json_n(all); i++) {
		const struct rp_json *o = rp_json_at(all, i);
		struct rp_redacting x = { .response_id = r.id,
			.revision_id = l->receipt.revision_id };
		rp_text question, passage;
		int64_t position;

		RP_TRY(rp_demo_text(l->a, o, "field", &x.field));
		RP_TRY(rp_demo_text(l->a, o, "reason", &x.reason));
		RP_TRY(rp_demo_text(l->a, o, "text", &passage));
		RP_TRY(rp_demo_text(l->a, o, "question", &question));
		if (!rp_text_i64(question, &position))
			return rp_fail(RP_E_INVALID, "redaction_hint");
		for (size_t j = 0; j < r.standing.answers.n; j++) {
			const struct rp_answer *in = &r.standing.answers.v[j];

			if (in->position != position)
				continue;
			x.answer_id = in->id;
			RP_TRY(rp_redaction_find(in->body, passage, &x.from,
			    &x.to));
		}
		RP_TRY(rp_redaction_add(who, l->d->tx, &x, &id));
	}
	return NULL;
}

static struct rp_err *
publish(struct line *l, const struct rp_actor *who)
{
	int64_t number;

	RP_TRY(redact(l, who));
	return rp_moderation_publish(who, l->d->tx, l->receipt.response_id,
	    l->receipt.revision_id, &number);
}

/* Published, and after the deadline taken back by its author: a mark stays. */
static struct rp_err *
withdraw(struct line *l, const struct rp_actor *who)
{
	struct rp_actor author = sender(l, l->d->now);
	struct rp_consultation c;

	RP_TRY(publish(l, who));
	RP_TRY(rp_consultation_get_by_id(who, l->d->tx, l->in->id,
	    RP_TEXT("en"), &c));
	if (c.deadline_at + WITHDRAWN_AFTER < author.now)
		author.now = c.deadline_at + WITHDRAWN_AFTER;
	return rp_response_withdraw(&author, l->d->tx, l->receipt.secret);
}

static struct rp_err *
moderate(struct line *l)
{
	const struct rp_receipt *r = &l->receipt;
	struct rp_tx *tx = l->d->tx;
	struct rp_actor who;
	rp_text message, reason, hold;

	RP_TRY(clerk(l, l->received_at + CHECKED_AFTER, &who));
	RP_TRY(rp_demo_text(l->a, l->o, "message", &message));
	RP_TRY(rp_demo_text(l->a, l->o, "reason", &reason));
	RP_TRY(rp_demo_text(l->a, l->o, "hold_reason", &hold));
	if (rp_text_eq(l->state, RP_TEXT("received")))
		return NULL;
	if (rp_text_eq(l->state, RP_TEXT("held")))
		return rp_moderation_hold(&who, tx, r->response_id,
		    r->revision_id, hold);
	if (rp_text_eq(l->state, RP_TEXT("checked")))
		return rp_moderation_check(&who, tx, r->response_id,
		    r->revision_id);
	if (rp_text_eq(l->state, RP_TEXT("published")))
		return publish(l, &who);
	if (rp_text_eq(l->state, RP_TEXT("returned")))
		return rp_moderation_return(&who, tx, r->response_id,
		    r->revision_id, message);
	if (rp_text_eq(l->state, RP_TEXT("rejected")))
		return rp_moderation_reject(&who, tx, r->response_id,
		    r->revision_id, reason, message);
	if (rp_text_eq(l->state, RP_TEXT("withdrawn")))
		return withdraw(l, &who);
	return rp_fail(RP_E_INVALID, "state %.*s", RP_FMT(l->state));
}

static struct rp_err *
response(void *ctx, struct rp_arena *a, int64_t line, const struct rp_json *o)
{
	struct reading *reading = ctx;
	struct line l = { .d = reading->d, .a = a, .in = reading->in, .o = o };
	struct rp_demo_sent sent;

	rp_tx_use(l.d->tx, a);
	RP_TRY(fields(&l));
	RP_TRY(earlier(&l));
	RP_TRY(received_at(&l, o, &l.received_at));
	RP_TRY(answers(&l, rp_json_find(o, "answers")));
	RP_TRY(attachments(&l, l.received_at));
	if (l.channel.n > 0)
		RP_TRY(enter(&l, l.received_at));
	else
		RP_TRY(send(&l, l.received_at));
	RP_TRY(moderate(&l));
	sent = (struct rp_demo_sent){ l.in->number, l.receipt.response_id,
		rp_text_dup(l.d->arena, l.s.email) };
	rp_vec_push(l.d->arena, &l.d->sent, sent);
	l.in->responses++;
	l.d->progress(l.d, "responses", line);
	return NULL;
}

struct rp_err *
rp_demo_responses(struct rp_demo *d, size_t which)
{
	struct reading reading = { d, &d->consultations.v[which] };
	struct rp_jsonl *lines = rp_jsonl_new(d->arena, response, &reading);
	const char *name = rp_textf(d->arena, "responses-%lld.jsonl",
	    (long long)reading.in->number)
			       .p;
	rp_bytes file;

	RP_TRY(rp_demo_read(d->arena, d, name, &file));
	RP_TRY(rp_jsonl_read(lines, file));
	RP_TRY(rp_jsonl_finish(lines));
	rp_tx_use(d->tx, d->arena);
	return NULL;
}
