/* api_desk - the secretariat's queue, for programs with a token. */
#include "domain/moderation.h"
#include "text/input.h"
#include "web/api.h"

/* A revision as it was sent: for its author and for staff. */
static void
put_revision(struct rp_api *api, const struct rp_revision *v)
{
	rp_api_i64(api, "revision", v->n);
	rp_api_i64(api, "revision_id", v->id);
	rp_api_time(api, "received_at", v->received_at);
	rp_api_text(api, "sha256", v->digest);
	rp_api_text(api, "capacity", v->capacity);
	rp_api_text(api, "name", v->name);
	rp_api_text(api, "organisation", v->organisation);
	rp_api_text(api, "job_title", v->job_title);
	rp_api_text(api, "signatories", v->signatories);
	rp_api_text(api, "category", v->category);
	rp_api_text(api, "country", v->country);
	rp_api_text(api, "email", v->email);
	rp_api_text(api, "lang", v->lang);
	rp_api_text(api, "summary", v->summary);
	rp_api_text(api, "authorisation", v->authorisation);
	rp_api_text(api, "needs", v->needs);
	rp_api_text(api, "wishes_to_present", v->present);
	rp_api_i64(api, "notice", v->notice_id);
	rp_api_i64(api, "words", v->words);
	rp_api_key(api, "answers");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < v->answers.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "position", v->answers.v[i].position);
		rp_api_text(api, "body", v->answers.v[i].body);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
	rp_api_key(api, "attachments");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < v->attachments.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "id", v->attachments.v[i].id);
		rp_api_text(api, "name", v->attachments.v[i].name);
		rp_api_text(api, "kind", v->attachments.v[i].kind);
		rp_api_i64(api, "size", v->attachments.v[i].size);
		rp_api_text(api, "state", v->attachments.v[i].state);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

void
rp_api_record(struct rp_api *api, const struct rp_response_record *r,
    const struct rp_consultation *c)
{
	rp_api_text(api, "group", c->group.slug);
	rp_api_i64(api, "consultation", c->number);
	rp_api_i64(api, "number", r->number);
	rp_api_text(api, "code", r->code);
	rp_api_text(api, "state", r->state);
	rp_api_bool(api, "late", r->is_late);
	rp_api_time(api, "published_at", r->published_at);
	rp_api_time(api, "withdrawn_at", r->withdrawn_at);
	put_revision(api, &r->standing);
	rp_api_key(api, "messages");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < r->messages.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_text(api, "kind", r->messages.v[i].kind);
		rp_api_text(api, "reason", r->messages.v[i].reason);
		rp_api_text(api, "body", r->messages.v[i].body);
		rp_api_time(api, "at", r->messages.v[i].at);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_queued(struct rp_api *api, const struct rp_queued *q)
{
	rp_json_object_begin(&api->w);
	rp_api_i64(api, "id", q->id);
	rp_api_i64(api, "number", q->number);
	rp_api_text(api, "code", q->code);
	rp_api_text(api, "state", q->state);
	rp_api_text(api, "channel", q->channel);
	rp_api_text(api, "hold_reason", q->hold_reason);
	rp_api_bool(api, "late", q->is_late);
	rp_api_time(api, "received_at", q->received_at);
	rp_api_i64(api, "revision", q->n);
	rp_api_i64(api, "revision_id", q->revision_id);
	rp_api_text(api, "name", q->name);
	rp_api_text(api, "organisation", q->organisation);
	rp_api_text(api, "category", q->category);
	rp_api_text(api, "country", q->country);
	rp_api_text(api, "lang", q->lang);
	rp_api_text(api, "authorisation", q->authorisation);
	rp_api_i64(api, "words", q->words);
	rp_api_i64(api, "attachments", q->attachments);
	rp_json_object_end(&api->w);
}

/* "INSTANT-ID", as the page before gave it. */
static struct rp_err *
place_of(const struct rp_request *req, int64_t *at, int64_t *id)
{
	rp_text t;
	size_t dash;

	RP_TRY(rp_form_line(req, &req->query, "after", 48, &t));
	if (t.n == 0)
		return NULL;
	dash = rp_text_find(t, '-', 0);
	if (dash == t.n || !rp_text_i64(rp_text_sub(t, 0, dash), at) ||
	    !rp_text_i64(rp_text_sub(t, dash + 1, t.n), id))
		return rp_fail(RP_E_INVALID, "no such place in the queue");
	return NULL;
}

struct rp_err *
rp_web_api_queue(const struct rp_request *req, struct rp_response *out)
{
	struct rp_queue_filter f = { 0 };
	struct rp_consultation c;
	struct rp_queue rows;
	struct rp_api api;
	rp_text cursor = RP_TEXT("");
	bool more;

	RP_TRY(rp_api_consultation(req, &c));
	f.consultation_id = c.id;
	RP_TRY(rp_form_line(req, &req->query, "state", 20, &f.state));
	RP_TRY(place_of(req, &f.after_at, &f.after_id));
	RP_TRY(rp_queue_list(req->who, req->tx, &f, &rows, &more));
	rp_api_begin(&api, req);
	rp_api_key(&api, "responses");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < rows.n; i++)
		put_queued(&api, &rows.v[i]);
	rp_json_array_end(&api.w);
	if (rows.n > 0)
		cursor = rp_textf(req->arena, "%lld-%lld",
		    (long long)rows.v[rows.n - 1].received_at,
		    (long long)rows.v[rows.n - 1].id);
	rp_api_next(&api, more, cursor);
	out->no_store = true;
	return rp_api_end(&api, out);
}

struct rp_err *
rp_web_api_queued(const struct rp_request *req, struct rp_response *out)
{
	struct rp_response_record r;
	struct rp_consultation c;
	struct rp_api api;

	RP_TRY(rp_response_get(req->who, req->tx, req->params.id, &r));
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx, r.consultation_id,
	    rp_lang_tag(req->reader.lang), &c));
	rp_api_begin(&api, req);
	rp_api_i64(&api, "id", r.id);
	rp_api_record(&api, &r, &c);
	rp_api_text(&api, "channel", r.channel);
	rp_api_text(&api, "hold_reason", r.hold_reason);
	out->no_store = true;
	return rp_api_end(&api, out);
}

/* What an act is told: the revision that was seen, and words for its author. */
struct act {
	int64_t revision_id;
	rp_text message, ground;
};

static struct rp_err *
take_words(const struct rp_request *req, const struct rp_json *object,
    const char *name, rp_text *out)
{
	const struct rp_json *v = rp_json_find(object, name);

	*out = RP_TEXT("");
	if (v == NULL || rp_json_kind(v) == RP_JSON_NULL)
		return NULL;
	if (rp_json_kind(v) != RP_JSON_TEXT)
		return rp_fail(RP_E_INVALID, "%s is no text", name);
	return rp_text_input(req->arena, rp_json_octets(v), RP_MESSAGE_MAX,
	    out);
}

static struct rp_err *
read_act(const struct rp_request *req, struct act *out)
{
	const struct rp_json *object;

	if (!rp_text_eq(req->content_type, RP_TEXT("application/json")))
		return rp_fail(RP_E_INVALID, "the body is not JSON");
	RP_TRY(rp_json_parse(req->arena, req->body, &object));
	RP_TRY(rp_json_i64(object, "revision_id", &out->revision_id));
	RP_TRY(take_words(req, object, "message", &out->message));
	return take_words(req, object, "ground", &out->ground);
}

struct rp_err *
rp_web_api_check(const struct rp_request *req, struct rp_response *out)
{
	struct act act;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_check(req->who, req->tx, req->params.id,
	    act.revision_id));
	return rp_web_api_queued(req, out);
}

struct rp_err *
rp_web_api_publish(const struct rp_request *req, struct rp_response *out)
{
	struct act act;
	int64_t number;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_publish(req->who, req->tx, req->params.id,
	    act.revision_id, &number));
	return rp_web_api_queued(req, out);
}

struct rp_err *
rp_web_api_return(const struct rp_request *req, struct rp_response *out)
{
	struct act act;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_return(req->who, req->tx, req->params.id,
	    act.revision_id, act.message));
	return rp_web_api_queued(req, out);
}

struct rp_err *
rp_web_api_reject(const struct rp_request *req, struct rp_response *out)
{
	struct act act;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_reject(req->who, req->tx, req->params.id,
	    act.revision_id, act.ground, act.message));
	return rp_web_api_queued(req, out);
}

struct rp_err *
rp_web_api_release(const struct rp_request *req, struct rp_response *out)
{
	struct act act;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_release(req->who, req->tx, req->params.id,
	    act.revision_id));
	return rp_web_api_queued(req, out);
}

struct rp_err *
rp_web_api_admit(const struct rp_request *req, struct rp_response *out)
{
	struct act act;

	RP_TRY(read_act(req, &act));
	RP_TRY(rp_moderation_admit(req->who, req->tx, req->params.id,
	    act.revision_id));
	return rp_web_api_queued(req, out);
}
