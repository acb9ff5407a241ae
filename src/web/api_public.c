/* api_public - what the public pages show, as JSON. */
#include "web/api.h"

#include "web/page.h"
#include "web/server.h"

#define FRESH ((int64_t)30 * 1000)

/*
 * The cache knows the address and nothing of Accept-Language: only what names
 * its language in the address may be kept.
 */
static void
keep(const struct rp_request *req, struct rp_response *out)
{
	if (rp_form_has(&req->query, "lang"))
		out->fresh_ms = FRESH;
}

static void
put_group(struct rp_api *api, const struct rp_group *g)
{
	rp_api_text(api, "slug", g->slug);
	rp_api_text(api, "acronym", g->acronym);
	rp_api_wording(api, "name", &g->name);
	rp_api_text(api, "body", g->body_acronym);
	rp_api_wording(api, "body_name", &g->body_name);
	rp_api_text(api, "zone", g->zone);
	rp_api_url(api, "page", rp_web_group_url(api->req, g));
}

struct rp_err *
rp_web_api_groups(const struct rp_request *req, struct rp_response *out)
{
	struct rp_groups groups;
	struct rp_api api;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	rp_api_begin(&api, req);
	rp_api_key(&api, "groups");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < groups.n; i++) {
		rp_json_object_begin(&api.w);
		put_group(&api, &groups.v[i]);
		rp_json_object_end(&api.w);
	}
	rp_json_array_end(&api.w);
	keep(req, out);
	return rp_api_end(&api, out);
}

struct rp_err *
rp_web_api_group(const struct rp_request *req, struct rp_response *out)
{
	struct rp_group g;
	struct rp_api api;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &g));
	rp_api_begin(&api, req);
	put_group(&api, &g);
	rp_api_wording(&api, "mandate", &g.mandate);
	keep(req, out);
	return rp_api_end(&api, out);
}

static rp_text
state_name(enum rp_consultation_state state)
{
	static const char *const names[] = {
		[RP_CONSULTATION_PLANNED] = "planned",
		[RP_CONSULTATION_COMING] = "coming",
		[RP_CONSULTATION_OPEN] = "open",
		[RP_CONSULTATION_CLOSED] = "closed",
		[RP_CONSULTATION_ARCHIVED] = "archived",
	};

	return rp_text_z(names[state]);
}

static void
put_date(struct rp_api *api, const char *key, rp_text local, rp_text zone,
    int64_t at)
{
	rp_api_key(api, key);
	if (at == 0) {
		rp_json_put_null(&api->w);
		return;
	}
	rp_json_object_begin(&api->w);
	rp_api_text(api, "local", local);
	rp_api_text(api, "zone", zone);
	rp_api_time(api, "instant", at);
	rp_json_object_end(&api->w);
}

/* What lists and the page itself have. */
static void
put_consultation(struct rp_api *api, const struct rp_consultation *c)
{
	rp_api_text(api, "group", c->group.slug);
	rp_api_i64(api, "number", c->number);
	rp_api_text(api, "state", state_name(c->state));
	rp_api_wording(api, "title", &c->title);
	put_date(api, "opens", c->opens_local, c->zone, c->opens_at);
	put_date(api, "deadline", c->deadline_local, c->zone, c->deadline_at);
	rp_api_words(api, "languages", c->languages);
	rp_api_text(api, "publication",
	    c->publication == RP_PUBLISH_AS_CHECKED ?
		RP_TEXT("as_checked") :
		RP_TEXT("after_deadline"));
	rp_api_bool(api, "shows_responses", rp_consultation_shows_responses(c));
	rp_api_i64(api, "published",
	    rp_consultation_shows_responses(c) ? c->published : 0);
	rp_api_url(api, "page", rp_web_consultation_url(api->req, c, ""));
}

struct rp_err *
rp_web_api_consultations(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_consultations all;
	struct rp_group g;
	struct rp_api api;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_consultation_list(req->who, req->tx, g.id, lang, &all));
	rp_api_begin(&api, req);
	rp_api_key(&api, "consultations");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < all.n; i++) {
		rp_json_object_begin(&api.w);
		put_consultation(&api, &all.v[i]);
		rp_json_object_end(&api.w);
	}
	rp_json_array_end(&api.w);
	return rp_api_end(&api, out);
}

static void
put_questions(struct rp_api *api, const struct rp_consultation *c)
{
	rp_api_key(api, "questions");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < c->questions.n; i++) {
		const struct rp_question *q = &c->questions.v[i];

		rp_json_object_begin(&api->w);
		rp_api_i64(api, "position", q->position);
		rp_api_wording(api, "text", &q->text);
		rp_api_wording(api, "help", &q->help);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_history(struct rp_api *api, const struct rp_consultation *c)
{
	rp_api_key(api, "topics");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < c->topics.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "number", c->topics.v[i].number);
		rp_api_wording(api, "title", &c->topics.v[i].title);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
	rp_api_key(api, "extensions");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < c->extensions.n; i++) {
		const struct rp_extension *e = &c->extensions.v[i];

		rp_json_object_begin(&api->w);
		rp_api_text(api, "old_local", e->old_local);
		rp_api_text(api, "new_local", e->new_local);
		rp_api_text(api, "reason", e->reason);
		rp_api_time(api, "at", e->at);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

struct rp_err *
rp_web_api_consultation(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_api api;

	RP_TRY(rp_api_consultation(req, &c));
	rp_api_begin(&api, req);
	put_consultation(&api, &c);
	rp_api_wording(&api, "introduction", &c.introduction);
	rp_api_wording(&api, "guidelines", &c.guidelines);
	rp_api_wording(&api, "moderation", &c.moderation);
	rp_api_text(&api, "decided_by", c.decided_by);
	put_date(&api, "meeting", c.meeting_local, c.meeting_zone,
	    c.meeting_at);
	rp_api_wording(&api, "place", &c.place);
	rp_api_i64(&api, "notice", c.notice_id);
	put_questions(&api, &c);
	put_history(&api, &c);
	/* No keeping: the state follows from the clock. */
	return rp_api_end(&api, out);
}

static void
put_translations(struct rp_api *api, const char *key,
    const struct rp_translations *all)
{
	rp_api_key(api, key);
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < all->n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_text(api, "lang", all->v[i].lang);
		rp_api_text(api, "status",
		    rp_wording_status_name(all->v[i].status));
		rp_api_text(api, "body", all->v[i].body);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_answers(struct rp_api *api, const struct rp_public_response *r)
{
	rp_api_key(api, "answers");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < r->answers.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_i64(api, "position", r->answers.v[i].position);
		rp_api_text(api, "body", r->answers.v[i].body);
		put_translations(api, "translations",
		    &r->answers.v[i].translations);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

static void
put_attachments(struct rp_api *api, const struct rp_public_response *r)
{
	rp_api_key(api, "attachments");
	rp_json_array_begin(&api->w);
	for (size_t i = 0; i < r->attachments.n; i++) {
		rp_json_object_begin(&api->w);
		rp_api_text(api, "name", r->attachments.v[i].name);
		rp_api_text(api, "kind", r->attachments.v[i].kind);
		rp_api_i64(api, "size", r->attachments.v[i].size);
		rp_json_object_end(&api->w);
	}
	rp_json_array_end(&api->w);
}

/* Who it is from and what it says: not of one that was withdrawn. */
static void
put_content(struct rp_api *api, const struct rp_public_response *r)
{
	rp_api_i64(api, "revision", r->n);
	rp_api_i64(api, "newest_revision", r->newest_n);
	rp_api_time(api, "received_at", r->received_at);
	rp_api_bool(api, "late", r->is_late);
	rp_api_text(api, "channel", r->channel);
	rp_api_text(api, "lang", r->lang);
	rp_api_text(api, "capacity", r->capacity);
	rp_api_bool(api, "without_name", r->without_name);
	rp_api_text(api, "name", r->name);
	rp_api_text(api, "organisation", r->organisation);
	rp_api_text(api, "job_title", r->job_title);
	rp_api_text(api, "signatories", r->signatories);
	rp_api_text(api, "category", r->category);
	rp_api_text(api, "country", r->country);
	rp_api_text(api, "summary", r->summary);
	put_translations(api, "summary_translations", &r->summary_translations);
	rp_api_i64(api, "words", r->words);
	rp_api_i64(api, "redacted", r->redacted);
	rp_api_text(api, "sha256", r->digest);
	put_answers(api, r);
	put_attachments(api, r);
}

struct rp_err *
rp_web_api_response(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_public_response r;
	struct rp_api api;
	int64_t n;

	RP_TRY(rp_api_consultation(req, &c));
	RP_TRY(rp_api_query_i64(req, "revision", 1, INT32_MAX, 0, &n));
	if (n == 0)
		RP_TRY(rp_response_public(req->who, req->tx, &c, req->params.k,
		    &r));
	else
		RP_TRY(rp_response_public_revision(req->who, req->tx, &c,
		    req->params.k, n, &r));
	rp_api_begin(&api, req);
	rp_api_i64(&api, "number", r.number);
	rp_api_bool(&api, "withdrawn", r.withdrawn);
	rp_api_time(&api, "withdrawn_at", r.withdrawn_at);
	rp_api_time(&api, "published_at", r.published_at);
	if (!r.withdrawn)
		put_content(&api, &r);
	rp_api_url(&api, "page",
	    rp_web_consultation_url(req, &c,
		rp_textf(req->arena, "responses/%lld", (long long)r.number).p));
	keep(req, out);
	return rp_api_end(&api, out);
}
