#include "web/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "render/t_error_summary.h"

#define URL_MAX 400

rp_url
rp_desk_url(const struct rp_request *req, const char *fmt, ...)
{
	char rest[URL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(rest, sizeof(rest), fmt, ap);
	va_end(ap);
	return rp_urlf(req->arena, "/%s/desk/%s",
	    rp_lang_tag(req->reader.lang).p, rest);
}

struct rp_err *
rp_desk_frame(const struct rp_request *req, rp_text title, rp_html content,
    struct rp_response *out)
{
	struct rp_frame f = { .title = title, .wide = true, .private = true };

	out->no_store = true;
	return rp_web_frame(req, &f, content, out);
}

bool
rp_desk_button(const struct rp_request *req, const char *name)
{
	rp_bytes given = rp_form_value(&req->form, "do");

	return given.n == strlen(name) && memcmp(given.p, name, given.n) == 0;
}

int64_t
rp_desk_number(const struct rp_request *req, const struct rp_urlform *form,
    const char *name)
{
	int64_t n = 0;
	rp_text t;
	struct rp_err *e = rp_form_line(req, form, name, 20, &t);

	if (e == NULL && !rp_text_i64(t, &n))
		n = 0;
	rp_err_free(e);
	return n;
}

struct rp_err *
rp_desk_done(struct rp_response *out, const struct rp_request *req, rp_url to,
    const char *word)
{
	bool more = rp_text_find((rp_text){ to.p, to.n }, '?', 0) < to.n;

	return rp_response_see_other(out,
	    rp_urlf(req->arena, "%s%sdone=%s", to.p, more ? "&" : "?", word));
}

enum rp_msg
rp_desk_word_msg(const struct rp_desk_word *words, rp_text value)
{
	for (; words->word != NULL; words++)
		if (rp_text_eq(value, rp_text_z(words->word)))
			return words->msg;
	return M_none;
}

enum rp_msg
rp_desk_word(const struct rp_request *req, const struct rp_desk_word *words)
{
	rp_bytes given = rp_form_value(&req->query, "done");

	for (; words->word != NULL; words++)
		if (given.n == strlen(words->word) &&
		    memcmp(given.p, words->word, given.n) == 0)
			return words->msg;
	return M_none;
}

struct rp_err *
rp_desk_group(const struct rp_request *req, enum rp_capability needed,
    struct rp_group *out)
{
	RP_TRY(rp_group_get_by_id(req->who, req->tx, req->params.id,
	    rp_lang_tag(req->reader.lang), out));
	return rp_actor_needs(req->who, needed, rp_group_place(out));
}

int64_t
rp_desk_whole(rp_text t)
{
	int64_t n;

	return rp_text_i64(rp_text_trim(t), &n) && n >= 0 ? n : -1;
}

rp_text
rp_desk_digits(const struct rp_request *req, int64_t n)
{
	return rp_textf(req->arena, "%lld", (long long)n);
}

struct v_chip
rp_desk_chip(const struct rp_request *req, rp_text state)
{
	return (struct v_chip){ .kind = state,
		.label = rp_web_msg(req, rp_msg_response_state(state)) };
}

rp_text
rp_desk_source(rp_text organisation, rp_text name)
{
	if (organisation.n > 0)
		return organisation;
	return name.n > 0 ? name : RP_TEXT("—");
}

enum rp_msg
rp_desk_hold_msg(rp_text reason)
{
	static const struct rp_desk_word words[] = {
		{ "too_fast", M_hold_too_fast },
		{ "honeypot", M_hold_honeypot },
		{ "links", M_hold_links },
		{ "many", M_hold_many },
		{ "identical", M_hold_identical },
		{ "late", M_hold_late },
		{ "scanner", M_hold_scanner },
		{ NULL, M_none },
	};

	return rp_desk_word_msg(words, reason);
}

enum rp_msg
rp_desk_ground_msg(rp_text ground)
{
	static const struct rp_desk_word words[] = {
		{ "not_relevant", M_reason_not_relevant },
		{ "duplicate", M_reason_duplicate },
		{ "abuse", M_reason_abuse },
		{ "advertising", M_reason_advertising },
		{ "illegible", M_reason_illegible },
		{ "impersonation", M_reason_impersonation },
		{ NULL, M_none },
	};

	return rp_desk_word_msg(words, ground);
}

void
rp_desk_after(const struct rp_request *req, int64_t *out_at, int64_t *out_id)
{
	rp_text t;
	struct rp_err *e = rp_form_line(req, &req->query, "after", 40, &t);
	size_t dash;

	*out_at = *out_id = 0;
	if (e == NULL) {
		dash = rp_text_find(t, '-', 1);
		if (dash >= t.n ||
		    !rp_text_i64(rp_text_sub(t, 0, dash), out_at) ||
		    !rp_text_i64(rp_text_sub(t, dash + 1, t.n), out_id))
			*out_at = *out_id = 0;
	}
	rp_err_free(e);
}

struct v_pager
rp_desk_pager(const struct rp_request *req, rp_url base, bool more, int64_t at,
    int64_t id)
{
	struct v_pager v = { 0 };

	if (!more && !rp_form_has(&req->query, "after"))
		return v;
	v.first_url = rp_urlf(req->arena, "%.*s", (int)(base.n - 1), base.p);
	if (more)
		v.next_url = rp_urlf(req->arena, "%safter=%lld-%lld", base.p,
		    (long long)at, (long long)id);
	return v;
}
