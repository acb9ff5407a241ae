#include "web/api.h"

#include <string.h>

#include "base/clock.h"
#include "render/assets.h"
#include "web/answer_form.h"
#include "web/page.h"
#include "web/server.h"
#include "web/status.h"

#define PREFIX RP_TEXT("/api/v1/")

void
rp_api_begin(struct rp_api *api, const struct rp_request *req)
{
	api->req = req;
	rp_buf_init(&api->buf, req->arena, RP_API_MAX);
	rp_sink_to_buf(&api->sink, req->arena, &api->buf);
	rp_json_init(&api->w, &api->sink);
	rp_json_object_begin(&api->w);
}

struct rp_err *
rp_api_end(struct rp_api *api, struct rp_response *out)
{
	rp_json_object_end(&api->w);
	rp_json_line_end(&api->w);
	RP_TRY(rp_sink_flush(&api->sink));
	if (out->type == NULL)
		out->type = "application/json";
	rp_response_header(out, "Content-Language",
	    rp_lang_tag(api->req->reader.lang));
	return rp_buf_bytes(&api->buf, &out->body);
}

void
rp_api_key(struct rp_api *api, const char *key)
{
	rp_json_key(&api->w, rp_text_z(key));
}

void
rp_api_text(struct rp_api *api, const char *key, rp_text value)
{
	rp_api_key(api, key);
	rp_json_put_text(&api->w, value);
}

void
rp_api_i64(struct rp_api *api, const char *key, int64_t value)
{
	rp_api_key(api, key);
	rp_json_put_i64(&api->w, value);
}

void
rp_api_bool(struct rp_api *api, const char *key, bool value)
{
	rp_api_key(api, key);
	rp_json_put_bool(&api->w, value);
}

void
rp_api_time(struct rp_api *api, const char *key, int64_t at)
{
	rp_api_key(api, key);
	if (at == 0)
		rp_json_put_null(&api->w);
	else
		rp_json_put_text(&api->w,
		    rp_clock_rfc3339(api->req->arena, at));
}

void
rp_api_url(struct rp_api *api, const char *key, rp_url own)
{
	const struct rp_web_options *o = rp_web_options_of(api->req->web);

	rp_api_text(api, key,
	    rp_textf(api->req->arena, "%.*s%.*s", RP_FMT(o->public_url),
		RP_FMT(own)));
}

void
rp_api_wording(struct rp_api *api, const char *key, const struct rp_wording *w)
{
	rp_api_key(api, key);
	if (w->body.n == 0) {
		rp_json_put_null(&api->w);
		return;
	}
	rp_json_object_begin(&api->w);
	rp_api_text(api, "lang", w->lang);
	rp_api_text(api, "text", w->body);
	rp_json_object_end(&api->w);
}

void
rp_api_words(struct rp_api *api, const char *key, rp_text spaced)
{
	rp_api_key(api, key);
	rp_json_array_begin(&api->w);
	for (size_t at = 0; at < spaced.n;) {
		size_t end = rp_text_find(spaced, ' ', at);

		if (end > at)
			rp_json_put_text(&api->w, rp_text_sub(spaced, at, end));
		at = end + 1;
	}
	rp_json_array_end(&api->w);
}

struct rp_err *
rp_api_consultation(const struct rp_request *req, struct rp_consultation *out)
{
	return rp_consultation_get(req->who, req->tx, req->params.group,
	    req->params.n, rp_lang_tag(req->reader.lang), out);
}

void
rp_api_next(struct rp_api *api, bool more, rp_text cursor)
{
	rp_api_key(api, "next");
	if (more)
		rp_json_put_text(&api->w, cursor);
	else
		rp_json_put_null(&api->w);
}

struct rp_err *
rp_api_query_i64(const struct rp_request *req, const char *name, int64_t min,
    int64_t max, int64_t absent, int64_t *out)
{
	rp_text given;
	int64_t v;

	RP_TRY(rp_form_line(req, &req->query, name, 20, &given));
	if (given.n == 0) {
		*out = absent;
		return NULL;
	}
	if (!rp_text_i64(given, &v) || v < min || v > max)
		return rp_fail(RP_E_INVALID, "%s is out of range", name);
	*out = v;
	return NULL;
}

bool
rp_api_is(const struct rp_request *req)
{
	return (req->route != NULL && (req->route->flags & RP_API)) ||
	       rp_text_starts(req->path, PREFIX);
}

static void
put_problem(struct rp_api *api, const struct rp_status_words *words, int status)
{
	rp_api_url(api, "type",
	    rp_urlf(api->req->arena, "%.*sproblems/%s", RP_FMT(PREFIX),
		words->name));
	rp_api_text(api, "title", rp_web_msg(api->req, words->title));
	rp_api_i64(api, "status", status);
	rp_api_text(api, "detail", rp_web_msg(api->req, words->what));
}

struct rp_err *
rp_api_problem(const struct rp_request *req, enum rp_ecode code,
    const char *allow, struct rp_response *out)
{
	struct rp_status_words words = rp_status_words(code);
	struct rp_api api;

	rp_api_begin(&api, req);
	put_problem(&api, &words, allow ? 405 : words.status);
	if (code == RP_E_UNKNOWN)
		rp_response_header(out, "WWW-Authenticate",
		    RP_TEXT("Bearer realm=\"rapporteur\""));
	out->type = "application/problem+json";
	return rp_api_end(&api, out);
}

/* Which status a refused submission has: one that came too late or too early
 * is no mistake of form. */
static enum rp_ecode
code_of(const struct rp_problems *problems, const struct rp_api_names *unknown)
{
	bool window = problems->n == 1 && unknown->n == 0 &&
		      problems->v[0].field == RP_FIELD_FORM;

	return window ? RP_E_CONFLICT : RP_E_INVALID;
}

static void
put_field(struct rp_api *api, rp_text field, int64_t position, rp_text code,
    rp_text message)
{
	rp_json_object_begin(&api->w);
	rp_api_text(api, "field", field);
	rp_api_i64(api, "position", position);
	rp_api_text(api, "code", code);
	rp_api_text(api, "message", message);
	rp_json_object_end(&api->w);
}

struct rp_err *
rp_api_refusal(const struct rp_request *req, const struct rp_submission *s,
    const struct rp_problems *problems, const struct rp_api_names *unknown,
    struct rp_response *out)
{
	struct rp_status_words words =
	    rp_status_words(code_of(problems, unknown));
	struct rp_api api;

	rp_api_begin(&api, req);
	put_problem(&api, &words, words.status);
	rp_api_key(&api, "problems");
	rp_json_array_begin(&api.w);
	for (size_t i = 0; i < problems->n; i++) {
		const struct rp_problem *p = &problems->v[i];

		put_field(&api, rp_field_name(p->field), p->position,
		    rp_problem_name(p->kind),
		    rp_answer_form_sentence(req, s, p));
	}
	for (size_t i = 0; i < unknown->n; i++)
		put_field(&api, unknown->v[i], 0, RP_TEXT("unknown_field"),
		    rp_web_msg(req, M_api_unknown_field));
	rp_json_array_end(&api.w);
	out->status = words.status;
	out->type = "application/problem+json";
	return rp_api_end(&api, out);
}

/* What a problem's type means. */
struct rp_err *
rp_web_api_problem(const struct rp_request *req, struct rp_response *out)
{
	struct rp_status_words words;
	struct rp_api api;

	for (int code = RP_E_INVALID; code <= RP_E_INTERNAL; code++) {
		words = rp_status_words((enum rp_ecode)code);
		if (!rp_text_eq(req->params.name, rp_text_z(words.name)))
			continue;
		rp_api_begin(&api, req);
		put_problem(&api, &words, words.status);
		return rp_api_end(&api, out);
	}
	return rp_fail(RP_E_NOTFOUND, "no such problem");
}

struct rp_err *
rp_web_api_description(const struct rp_request *req, struct rp_response *out)
{
	(void)req;
	for (const struct rp_asset *f = rp_assets; f->type != NULL; f++) {
		if (!rp_text_eq(f->file, RP_TEXT("openapi.json")))
			continue;
		out->type = "application/json";
		out->body = f->body;
		out->fresh_ms = RP_HOUR;
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no description in this program");
}
