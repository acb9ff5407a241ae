/*
 * desk_amendment_pages - a version at the desk: opened for amendments, closed,
 * and its clean text taken as a new version.
 */
#include "base/err.h"
#include "render/t_desk_amendments.h"
#include "text/zone.h"
#include "web/amendments.h"
#include "web/desk.h"
#include "web/registry.h"

struct keeping {
	struct rp_web_amending s;
	struct rp_version version;
	bool there;
	rp_text until, name, dated;
	bool is_public;
	enum rp_msg until_error, name_error, dated_error;
};

/* The day in the body's time, as the field has it. */
static rp_text
day_of(const struct rp_request *req, const struct keeping *f)
{
	const struct rp_zone *zone =
	    rp_zone_find(req->who->env->zones, f->s.g.zone);

	return zone == NULL ?
		   RP_TEXT("") :
		   rp_text_sub(rp_zone_local_write(req->arena,
				   rp_zone_local(zone, f->s.a.until_at)),
		       0, 10);
}

/* Its last minute there; 0 for no day. */
static struct rp_err *
end_of_day(const struct rp_request *req, const struct keeping *f, int64_t *out)
{
	*out = 0;
	if (f->until.n == 0)
		return NULL;
	return rp_zone_resolve(req->who->env->zones,
	    rp_textf(req->arena, "%.*sT23:59", RP_FMT(f->until)), f->s.g.zone,
	    out);
}

static struct rp_err *
load(const struct rp_request *req, struct keeping *f)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_err *e;

	*f = (struct keeping){ 0 };
	RP_TRY(rp_instrument_get_by_id(req->who, req->tx, req->params.id, lang,
	    &f->s.i));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, f->s.i.group_id, lang,
	    &f->s.g));
	RP_TRY(
	    rp_actor_needs(req->who, RP_MAY_REGISTER, rp_group_place(&f->s.g)));
	RP_TRY(rp_version_get(req->who, req->tx, f->s.i.id, req->params.n,
	    &f->version));
	e = rp_amending_get(req->who, req->tx, f->s.i.id, req->params.n,
	    &f->s.a);
	f->there = e == NULL;
	if (e != NULL && rp_err_code(e) != RP_E_NOTFOUND)
		return e;
	rp_err_free(e);
	f->s.a.number = req->params.n;
	f->is_public = f->there && f->s.a.is_public;
	if (f->there && f->s.a.until_at != 0)
		f->until = day_of(req, f);
	return NULL;
}

static rp_url
self(const struct rp_request *req, const struct keeping *f)
{
	return rp_desk_url(req, "instruments/%lld/amendments/%lld",
	    (long long)f->s.i.id, (long long)req->params.n);
}

static enum rp_msg
what(rp_text kind)
{
	return rp_text_eq(kind, RP_TEXT("base"))   ? M_decision_base :
	       rp_text_eq(kind, RP_TEXT("choice")) ? M_decision_choice :
	       rp_text_eq(kind, RP_TEXT("text"))   ? M_decision_text :
						     M_decision_undone;
}

/* Also what was decided on questions that are put no more. */
static struct rp_err *
add_consolidation(const struct rp_request *req, const struct keeping *f,
    struct v_desk_amendments *v)
{
	struct rp_web_consolidation c;

	RP_TRY(rp_web_consolidation_load(req, &f->s, &c));
	v->open_brackets = (int64_t)rp_consolidated_open(&c.v);
	v->has_open = v->open_brackets > 0;
	v->can_adopt = f->s.a.clean_blob_id != 0 && !f->s.a.is_waiting &&
		       !f->s.a.is_failed && !v->has_open;
	for (size_t i = c.decisions.n; i-- > 0;) {
		const struct rp_bracket_decision *d = &c.decisions.v[i];
		struct v_desk_amendments_history row = {
			.time = rp_web_time(req, f->s.g.zone, d->at),
			.iso = rp_web_iso(req, d->at),
			.person = d->person,
			.what = what(d->kind),
			.before = d->before,
			.after = d->after.n > 0 ? d->after : RP_TEXT("—"),
			.reason = d->reason,
			.url = rp_web_change_url(req, &f->s, d->key),
			.holds = d->holds
		};

		rp_vec_push(req->arena, &v->history, row);
	}
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct keeping *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "opened", M_desk_amendments_opened },
		{ "closed", M_desk_amendments_closed },
		{ NULL, M_none },
	};
	struct v_desk_amendments v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "instruments"),
		.back_url =
		    rp_desk_url(req, "instruments/%lld", (long long)f->s.i.id),
		.name = rp_web_instrument_name(req, &f->s.i),
		.title = f->s.i.title.body,
		.title_lang = f->s.i.title.lang,
		.version_name = f->version.name,
		.lang = f->version.lang,
		.action = self(req, f),
		.done = rp_desk_word(req, done),
		.is_there = f->there,
		.is_open = f->there && f->s.a.open,
		.state = rp_web_amending_chip(req, &f->s.a),
		.page_url = rp_web_amending_url(req, &f->s, "%s", ""),
		.until = f->until,
		.is_public = f->is_public,
		.is_waiting = f->there && f->s.a.is_waiting,
		.is_failed = f->there && f->s.a.is_failed,
		.reason = f->s.a.reason,
		.adopt_name = f->name,
		.dated = f->dated };
	rp_html content;

	if (f->there)
		RP_TRY(add_consolidation(req, f, &v));
	rp_web_problem(req, &v.errors, "until", f->until_error, &v.until_error);
	rp_web_problem(req, &v.errors, "name", f->name_error, &v.name_error);
	rp_web_problem(req, &v.errors, "dated", f->dated_error, &v.dated_error);
	if (v.is_waiting && v.errors.errors.n == 0)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	RP_TRY(rp_web_render(req, desk_amendments, &v, &content));
	return rp_desk_frame(req,
	    rp_textf(req->arena, "%.*s: %.*s",
		RP_FMT(rp_web_msg(req, M_amendments_title)), RP_FMT(v.name)),
	    content, out);
}

struct rp_err *
rp_web_desk_amendments(const struct rp_request *req, struct rp_response *out)
{
	struct keeping f;

	RP_TRY(load(req, &f));
	return show(req, &f, out);
}

static struct rp_err *
open_it(const struct rp_request *req, struct keeping *f,
    struct rp_response *out)
{
	int64_t until_at = 0;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "until", RP_AMENDMENT_WORD_MAX,
	    &f->until));
	f->is_public = rp_form_has(&req->form, "public");
	e = end_of_day(req, f, &until_at);
	if (e == NULL)
		e = rp_amending_open(req->who, req->tx, f->s.i.id,
		    req->params.n, until_at, f->is_public);
	if (e == NULL)
		return rp_desk_done(out, req, self(req, f), "opened");
	if (rp_err_code(e) != RP_E_INVALID)
		return e;
	rp_err_free(e);
	f->until_error = M_desk_amendments_error_until;
	out->status = 400;
	return show(req, f, out);
}

static struct rp_err *
adopt(const struct rp_request *req, struct keeping *f, struct rp_response *out)
{
	struct rp_version_in v = { .lang = f->version.lang,
		.file_kind = RP_TEXT("docx"),
		.blob_id = f->s.a.clean_blob_id };
	enum rp_version_problem problem;
	int64_t number;

	RP_TRY(rp_form_line(req, &req->form, "name", RP_NAME_MAX, &f->name));
	RP_TRY(rp_form_line(req, &req->form, "dated", RP_AMENDMENT_WORD_MAX,
	    &f->dated));
	RP_TRY(rp_form_line(req, &req->form, "state", RP_AMENDMENT_WORD_MAX,
	    &v.state));
	v.name = f->name;
	v.dated = f->dated;
	problem = rp_version_check(req->arena, &v);
	if (problem == RP_VERSION_NO_NAME)
		f->name_error = M_desk_instrument_error_name;
	else if (problem == RP_VERSION_BAD_DATE)
		f->dated_error = M_desk_instrument_error_date;
	if (f->name_error != M_none || f->dated_error != M_none) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_consolidation_adopt(req->who, req->tx, &f->s.a, f->name,
	    f->dated, v.state, &number));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "instruments/%lld", (long long)f->s.i.id),
	    "added");
}

struct rp_err *
rp_web_desk_amendments_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct keeping f;

	RP_TRY(load(req, &f));
	if (rp_desk_button(req, "open"))
		return open_it(req, &f, out);
	if (!f.there)
		return rp_fail(RP_E_NOTFOUND, "not open for amendments");
	if (rp_desk_button(req, "adopt"))
		return adopt(req, &f, out);
	RP_TRY(rp_amending_close(req->who, req->tx, &f.s.a));
	return rp_desk_done(out, req, self(req, &f), "closed");
}
