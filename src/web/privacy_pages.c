#include "base/err.h"
#include "domain/privacy.h"
#include "domain/wording.h"
#include "render/t_desk_privacy.h"
#include "text/lang.h"
#include "web/desk.h"
#include "web/page.h"
#include "web/staff.h"

/* The texts of the newest notice, or what was typed. */
static struct rp_err *
add_texts(const struct rp_request *req, const struct rp_group *g,
    struct v_desk_privacy *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		struct v_desk_privacy_texts row = {
			.lang = rp_lang_tag((enum rp_lang)l),
			.name = rp_lang_own_name((enum rp_lang)l),
		};
		struct rp_notice n;
		struct rp_err *e =
		    rp_notice_current(req->tx, g->id, row.lang, &n);

		if (e != NULL && rp_err_code(e) != RP_E_NOTFOUND)
			return e;
		if (e == NULL && rp_text_eq(n.lang, row.lang))
			row.text = n.text;
		rp_err_free(e);
		rp_vec_push(req->arena, &v->texts, row);
	}
	return NULL;
}

static struct rp_err *
add_group(const struct rp_request *req, const struct rp_group *g,
    struct v_desk_privacy *v)
{
	v->may_edit = true;
	v->group_name = g->name.body;
	v->group_slug = g->slug;
	v->days = rp_textf(req->arena, "%lld", (long long)g->retention_days);
	return add_texts(req, g, v);
}

static bool
may_erase_somewhere(const struct rp_request *req)
{
	const struct rp_grants *g = &req->who->grants;

	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].capability == RP_MAY_ERASE ||
		    g->v[i].capability == RP_MAY_ADMINISTER)
			return true;
	return false;
}

/* `slug`: of the group whose notice is shown; empty for the first one. */
static struct rp_err *
show(const struct rp_request *req, rp_text slug, struct v_desk_privacy *v,
    struct rp_response *out)
{
	struct rp_groups groups;
	rp_html content;

	v->desk_url = rp_desk_url(req, "%s", "");
	v->action = v->choose_url = rp_desk_url(req, "privacy");
	v->data_url = rp_desk_url(req, "people/data");
	v->token = req->csrf;
	v->may_erase = may_erase_somewhere(req);
	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++) {
		const struct rp_group *g = &groups.v[i];
		struct v_desk_privacy_groups row = { .value = g->slug,
			.name = g->name.body,
			.selected = rp_text_eq(g->slug, slug) };

		if (!rp_actor_may(req->who, RP_MAY_ADMINISTER,
			rp_group_place(g)))
			continue;
		rp_vec_push(req->arena, &v->groups, row);
		if (row.selected || (slug.n == 0 && !v->may_edit))
			RP_TRY(add_group(req, g, v));
	}
	if (!v->may_erase && v->groups.n == 0)
		return rp_fail(RP_E_DENIED, "neither notices nor erasing");
	RP_TRY(rp_web_render(req, desk_privacy, v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_privacy), content,
	    out);
}

struct rp_err *
rp_web_desk_privacy(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "saved", M_account_done_saved },
		{ "erased", M_desk_person_done_erased },
		{ NULL, M_none },
	};
	struct v_desk_privacy v = { .done = rp_desk_word(req, words) };
	rp_text slug;

	RP_TRY(rp_form_line(req, &req->query, "group", RP_SLUG_MAX, &slug));
	return show(req, slug, &v, out);
}

static struct rp_err *
done(const struct rp_request *req, const struct rp_group *g,
    struct rp_response *out)
{
	return rp_desk_done(out, req,
	    rp_desk_url(req, "privacy?group=%s", g->slug.p), "saved");
}

static struct rp_err *
wrong(const struct rp_request *req, const struct rp_group *g, enum rp_msg error,
    struct rp_response *out)
{
	struct v_desk_privacy v = { .error = error };

	out->status = 400;
	return show(req, g->slug, &v, out);
}

/* The group's own language is the original, if it has a text. */
static struct rp_err *
new_notice(const struct rp_request *req, const struct rp_group *g,
    struct rp_response *out)
{
	struct rp_notice_text texts[RP_LANG_COUNT];
	size_t n = 0;
	int64_t id;

	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text tag = rp_lang_tag((enum rp_lang)l);
		rp_text name = rp_textf(req->arena, "text_%s", tag.p), text;

		RP_TRY(rp_form_text(req, &req->form, name.p, RP_WORDING_MAX,
		    &text));
		if (text.n == 0)
			continue;
		texts[n] = (struct rp_notice_text){ tag, text };
		if (n > 0 && rp_text_eq(tag, g->default_lang)) {
			texts[n] = texts[0];
			texts[0] = (struct rp_notice_text){ tag, text };
		}
		n++;
	}
	if (n == 0)
		return wrong(req, g, M_desk_privacy_error_text, out);
	RP_TRY(rp_notice_add(req->who, req->tx, g->id, texts, n, &id));
	return done(req, g, out);
}

static struct rp_err *
new_rule(const struct rp_request *req, const struct rp_group *g,
    struct rp_response *out)
{
	rp_text typed;
	int64_t days;

	RP_TRY(rp_form_line(req, &req->form, "days", 20, &typed));
	if (!rp_text_i64(typed, &days) || days < 0 ||
	    days > RP_RETENTION_DAYS_MAX)
		return wrong(req, g, M_desk_privacy_error_days, out);
	RP_TRY(rp_privacy_set_rule(req->who, req->tx, g->id, days));
	return done(req, g, out);
}

static struct rp_err *
erase(const struct rp_request *req, struct rp_response *out)
{
	bool everything = rp_form_has(&req->form, "what");
	struct v_desk_privacy v = { .ask_erase = true,
		.everything = everything };
	struct rp_err *e;
	int64_t n;

	RP_TRY(rp_form_line(req, &req->form, "email", RP_ADDRESS_FIELD_MAX,
	    &v.email));
	if (!rp_form_has(&req->form, "sure"))
		return show(req, RP_TEXT(""), &v, out);
	e = rp_privacy_erase_address(req->who, req->tx, v.email,
	    everything ? RP_ERASE_EVERYTHING : RP_ERASE_NAMES, &n);
	if (e == NULL)
		return rp_desk_done(out, req, rp_desk_url(req, "privacy"),
		    "erased");
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	v.ask_erase = false;
	v.error = M_answer_error_email;
	out->status = 400;
	return show(req, RP_TEXT(""), &v, out);
}

struct rp_err *
rp_web_desk_privacy_post(const struct rp_request *req, struct rp_response *out)
{
	struct rp_group g;
	rp_text slug;

	if (rp_desk_button(req, "erase"))
		return erase(req, out);
	RP_TRY(rp_form_line(req, &req->form, "group", RP_SLUG_MAX, &slug));
	RP_TRY(rp_group_get(req->who, req->tx, slug,
	    rp_lang_tag(req->reader.lang), &g));
	if (rp_desk_button(req, "notice"))
		return new_notice(req, &g, out);
	if (rp_desk_button(req, "rule"))
		return new_rule(req, &g, out);
	return rp_fail(RP_E_INVALID, "no such button");
}
