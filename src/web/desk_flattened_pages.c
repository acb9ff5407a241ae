/*
 * desk_flattened_pages - a text with flattened changes: what was decided, and
 * the two versions that are made of it.
 */
#include "base/err.h"
#include "domain/flattened.h"
#include "render/t_desk_flattened.h"
#include "web/desk_registry.h"
#include "web/registry.h"

#define WORD_MAX 40

struct settling {
	struct rp_desk_instrument d;
	struct rp_flattened f;
	struct rp_version_in old, now;
	bool proposed; /* names or days are the program's */
	enum rp_version_problem problem;
	bool newer; /* with the newer one */
};

static struct rp_err *
load(const struct rp_request *req, struct settling *s)
{
	*s = (struct settling){ .old = { .state = RP_TEXT("superseded") },
		.now = { .state = RP_TEXT("in_force") } };
	RP_TRY(rp_desk_instrument_load(req, req->params.id, &s->d));
	return rp_flattened_get(req->who, req->tx, s->d.i.id, req->params.n,
	    &s->f);
}

/* The day is that of other texts with this name, or empty: a year is no day. */
static struct rp_err *
propose(const struct rp_request *req, const struct settling *s, int64_t blob_id,
    struct rp_version_in *out)
{
	RP_TRY(rp_shelf_says(req, &s->d.i, blob_id, &out->name));
	if (out->name.n == 0)
		return NULL;
	return rp_flattened_day_of(req->who, req->tx, s->d.g.id, out->name,
	    &out->dated);
}

static void
show_problem(const struct rp_request *req, const struct settling *s,
    struct v_desk_flattened *v)
{
	bool name = s->problem == RP_VERSION_NO_NAME;
	rp_text text = rp_web_msg(req,
	    name ? M_desk_instrument_error_name :
	    s->newer && s->now.dated.n > 0 && s->old.dated.n > 0 ?
		   M_desk_flattened_error_order :
		   M_desk_instrument_error_date);
	rp_text *to =
	    name ? (s->newer ? &v->new_name_error : &v->old_name_error) :
		   (s->newer ? &v->new_dated_error : &v->old_dated_error);

	if (s->problem == RP_VERSION_FINE)
		return;
	rp_web_problem_text(req, &v->errors,
	    name ? (s->newer ? "new_name" : "old_name") :
		   (s->newer ? "new_dated" : "old_dated"),
	    text, to);
}

static struct rp_err *
add_settled(const struct rp_request *req, const struct settling *s,
    struct v_desk_flattened *v)
{
	struct rp_version old, now;

	RP_TRY(rp_version_get(req->who, req->tx, s->d.i.id, s->f.old_number,
	    &old));
	RP_TRY(rp_version_get(req->who, req->tx, s->d.i.id, s->f.new_number,
	    &now));
	v->old_name = old.name;
	v->new_name = now.name;
	v->old_url =
	    rp_web_quoted_url(req, s->d.g.slug, s->d.i.slug, old.number);
	v->new_url =
	    rp_web_quoted_url(req, s->d.g.slug, s->d.i.slug, now.number);
	v->compare_url = rp_web_instrument_url(req, &s->d.g, &s->d.i,
	    rp_textf(req->arena, "compare/%lld/%lld/", (long long)old.number,
		(long long)now.number)
		.p);
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct settling *s,
    struct rp_response *out)
{
	bool read = rp_text_eq(s->f.reading, RP_TEXT("read"));
	struct v_desk_flattened v = { .token = req->csrf,
		.instrument_url =
		    rp_desk_url(req, "instruments/%lld", (long long)s->d.i.id),
		.name = rp_web_instrument_name(req, &s->d.i),
		.file_name = s->f.file_name,
		.lang = s->f.lang,
		.action = rp_desk_url(req, "instruments/%lld/flattened/%lld",
		    (long long)s->d.i.id, (long long)s->f.id),
		.is_waiting = rp_text_eq(s->f.reading, RP_TEXT("received")),
		.is_open = s->f.old_number == 0,
		.is_proposed = s->proposed,
		.old_name = s->old.name,
		.old_dated = s->old.dated,
		.new_name = s->now.name,
		.new_dated = s->now.dated };
	rp_html content;

	if (v.is_waiting)
		rp_response_header(out, "Refresh", RP_TEXT("3"));
	else if (!read)
		v.failed = s->f.reason.n > 0 ? s->f.reason : RP_TEXT("?");
	RP_COPY_CHOICES(req, &v.old_states,
	    rp_desk_registry_words(req, rp_version_states, rp_msg_version_state,
		s->old.state));
	RP_COPY_CHOICES(req, &v.new_states,
	    rp_desk_registry_words(req, rp_version_states, rp_msg_version_state,
		s->now.state));
	show_problem(req, s, &v);
	if (!v.is_open)
		RP_TRY(add_settled(req, s, &v));
	if (read)
		RP_TRY(rp_web_decisions(req, s->f.decisions_blob_id, s->f.lang,
		    &v.decisions));
	RP_TRY(rp_web_render(req, desk_flattened, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_flattened_title),
	    content, out);
}

struct rp_err *
rp_web_desk_flattened(const struct rp_request *req, struct rp_response *out)
{
	struct settling s;

	RP_TRY(load(req, &s));
	if (rp_text_eq(s.f.reading, RP_TEXT("read")) && s.f.old_number == 0) {
		RP_TRY(propose(req, &s, s.f.base_blob_id, &s.old));
		RP_TRY(propose(req, &s, s.f.new_blob_id, &s.now));
		s.proposed = s.old.name.n > 0 || s.now.name.n > 0;
	}
	return show(req, &s, out);
}

static struct rp_err *
read_one(const struct rp_request *req, const char *const *fields,
    struct rp_version_in *out)
{
	RP_TRY(
	    rp_form_line(req, &req->form, fields[0], RP_NAME_MAX, &out->name));
	RP_TRY(rp_form_line(req, &req->form, fields[1], WORD_MAX, &out->dated));
	return rp_form_line(req, &req->form, fields[2], WORD_MAX, &out->state);
}

struct rp_err *
rp_web_desk_flattened_post(const struct rp_request *req,
    struct rp_response *out)
{
	static const char *const old[] = { "old_name", "old_dated",
		"old_state" };
	static const char *const now[] = { "new_name", "new_dated",
		"new_state" };
	struct settling s;
	struct rp_err *e;

	RP_TRY(load(req, &s));
	RP_TRY(read_one(req, old, &s.old));
	RP_TRY(read_one(req, now, &s.now));
	e = rp_flattened_settle(req->who, req->tx, s.d.i.id, s.f.id, &s.old,
	    &s.now, &s.problem, &s.newer);
	if (e == NULL)
		return rp_response_see_other(out,
		    rp_desk_url(req, "instruments/%lld/flattened/%lld",
			(long long)s.d.i.id, (long long)s.f.id));
	if (rp_err_code(e) != RP_E_INVALID || s.problem == RP_VERSION_FINE)
		return e;
	rp_err_free(e);
	out->status = 400;
	return show(req, &s, out);
}
