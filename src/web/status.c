#include "web/status.h"

#include "render/t_error.h"
#include "text/lang.h"
#include "web/api.h"
#include "web/page.h"
#include "web/server.h"

/* One row per code: the status, and the three sentences of its page. */
static const struct rp_status_words table[] = {
	[RP_E_INVALID] = { 400, "invalid", M_error_invalid_title,
	    M_error_invalid_what, M_error_invalid_next },
	[RP_E_UNKNOWN] = { 401, "unknown", M_error_sign_in_title,
	    M_error_sign_in_what, M_error_sign_in_next },
	[RP_E_DENIED] = { 403, "denied", M_error_denied_title,
	    M_error_denied_what, M_error_denied_next },
	[RP_E_NOTFOUND] = { 404, "not_found", M_error_not_found_title,
	    M_error_not_found_what, M_error_not_found_next },
	[RP_E_CONFLICT] = { 409, "conflict", M_error_conflict_title,
	    M_error_conflict_what, M_error_conflict_next },
	[RP_E_GONE] = { 410, "gone", M_error_gone_title, M_error_gone_what,
	    M_none },
	[RP_E_LIMIT] = { 413, "too_large", M_error_too_large_title,
	    M_error_too_large_what, M_error_too_large_next },
	[RP_E_RATE] = { 429, "too_many", M_error_too_many_title,
	    M_error_too_many_what, M_error_too_many_next },
	[RP_E_UNAVAILABLE] = { 503, "unavailable", M_error_unavailable_title,
	    M_error_unavailable_what, M_error_unavailable_next },
	[RP_E_INTERNAL] = { 500, "internal", M_error_internal_title,
	    M_error_internal_what, M_error_internal_next },
};

#define TYPED_MAX ((size_t)640 * 1024) /* octets of one field shown again */

int
rp_status_of(enum rp_ecode code)
{
	RP_ASSERT(code > 0 && code < sizeof(table) / sizeof(table[0]));
	return table[code].status;
}

struct rp_status_words
rp_status_words(enum rp_ecode code)
{
	RP_ASSERT(code > 0 && code < sizeof(table) / sizeof(table[0]));
	return table[code];
}

/* What somebody typed into a form that could not be taken, to copy. */
static void
add_typed(const struct rp_request *req, struct v_error *v)
{
	for (size_t i = 0; i < req->form.n; i++) {
		const struct rp_urlform_field *f = &req->form.v[i];
		struct v_error_typed typed;
		struct rp_err *e;

		if (f->value.n < 2 ||
		    rp_urlform_find(&req->form, "passphrase") != NULL)
			continue;
		e = rp_text_from(req->arena, f->name, 100, &typed.label);
		if (e == NULL)
			e = rp_text_from(req->arena, f->value, TYPED_MAX,
			    &typed.text);
		if (e == NULL && !rp_text_eq(typed.label, RP_TEXT("token")) &&
		    !rp_text_eq(typed.label, RP_TEXT("csrf")))
			rp_vec_push(req->arena, &v->typed, typed);
		rp_err_free(e);
	}
}

/* To the sign-in page, and back to where the reader wanted to be. */
static struct rp_err *
sign_in(const struct rp_request *req, struct rp_response *out)
{
	rp_text to = rp_percent_encode(req->arena, rp_text_bytes(req->path));

	out->no_store = true;
	return rp_response_see_other(out,
	    rp_urlf(req->arena, "/%s/sign-in?to=%s",
		rp_lang_tag(req->reader.lang).p, to.p));
}

struct rp_err *
rp_web_error_page(const struct rp_request *req, enum rp_ecode code,
    const char *allow, struct rp_response *out)
{
	bool reads = rp_text_eq(req->method, RP_TEXT("GET")) ||
		     rp_text_eq(req->method, RP_TEXT("HEAD"));
	struct v_error v = {
		.status = allow ? 405 : table[code].status,
		.title = table[code].title,
		.what = table[code].what,
		.next = table[code].next,
		.body_url = rp_urlf(req->arena, "/%s/",
		    rp_lang_tag(req->reader.lang).p),
	};
	struct rp_frame f = { .private = true };
	rp_html content;

	out->no_store = true;
	if (rp_api_is(req))
		return rp_api_problem(req, code, allow, out);
	if (code == RP_E_UNKNOWN && reads)
		return sign_in(req, out);
	if (!reads)
		add_typed(req, &v);
	f.title = rp_web_msg(req, v.title);
	RP_TRY(rp_web_render(req, error, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

void
rp_web_choose_language(struct rp_request *req)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	enum rp_lang lang;
	rp_text asked = RP_TEXT("");

	rp_err_free(rp_text_from(req->arena, rp_form_value(&req->query, "lang"),
	    16, &asked));
	if (!rp_lang_find(req->params.lang, &lang) &&
	    !rp_lang_find(asked, &lang))
		lang = rp_lang_accept(rp_text_bytes(req->accept_language),
		    RP_LANG_EN);
	req->reader.lang = lang;
	req->reader.locale = o->locales[lang];
	rp_err_free(rp_text_from(req->arena, rp_form_value(&req->query, "zone"),
	    64, &req->zone));
}

bool
rp_web_language_known(const struct rp_request *req)
{
	enum rp_lang lang;

	return rp_lang_find(req->params.lang, &lang);
}
