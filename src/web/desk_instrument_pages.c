/*
 * desk_instrument_pages - one instrument at the desk: its versions and their
 * states, new ones, flattened texts, titles.
 */
#include "base/err.h"
#include "domain/flattened.h"
#include "domain/response.h"
#include "render/t_desk_instrument.h"
#include "text/format.h"
#include "web/desk_registry.h"
#include "web/registry.h"

#define WORD_MAX 40

/* What is wrong with what was sent, beside a version's own problems. */
enum trouble {
	TROUBLE_NONE = 0,
	TROUBLE_VERSION,
	TROUBLE_LARGE,
	TROUBLE_STEP,
	TROUBLE_WITHDRAW,
	TROUBLE_TEXT,
	TROUBLE_TITLE,
};

struct editing {
	struct rp_desk_instrument d;
	struct rp_version_in in;
	rp_text title;
	enum trouble trouble;
	enum rp_version_problem problem;
};

struct rp_err *
rp_desk_instrument_load(const struct rp_request *req, int64_t id,
    struct rp_desk_instrument *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(rp_instrument_get_by_id(req->who, req->tx, id, lang, &out->i));
	RP_TRY(rp_group_get_by_id(req->who, req->tx, out->i.group_id, lang,
	    &out->g));
	return rp_actor_needs(req->who, RP_MAY_REGISTER,
	    rp_group_place(&out->g));
}

/* Browsers send an empty file for none. */
const struct rp_upload *
rp_desk_registry_file(const struct rp_request *req)
{
	for (size_t i = 0; i < req->uploads.n; i++)
		if (rp_text_eq(req->uploads.v[i].field, RP_TEXT("file")) &&
		    req->uploads.v[i].size > 0)
			return &req->uploads.v[i];
	return NULL;
}

static struct rp_err *
load(const struct rp_request *req, struct editing *f)
{
	*f = (struct editing){ .in = { .lang = rp_lang_tag(req->reader.lang),
				   .state = RP_TEXT("in_force") } };
	return rp_desk_instrument_load(req, req->params.id, &f->d);
}

static void
add_nexts(const struct rp_request *req, const struct rp_version *one,
    struct v_desk_instrument_versions *row)
{
	struct rp_version_nexts next =
	    rp_version_next_of(req->arena, one->state);

	for (size_t i = 0; i < next.n; i++) {
		rp_text name =
		    rp_web_msg(req, rp_msg_version_state(next.v[i].state));
		const struct rp_msg_arg arg[] = { RP_MSG_TEXT(name) };
		struct v_desk_instrument_versions_states s = {
			.value = next.v[i].state,
			.name = next.v[i].back ?
				    rp_message(req->arena, &req->reader,
					M_desk_instrument_back_to, arg, 1) :
				    name
		};

		rp_vec_push(req->arena, &row->states, s);
	}
	row->can_go = one->withdrawn_at == 0;
}

static void
add_version(const struct rp_request *req, const struct editing *f,
    const struct rp_version *one, struct v_desk_instrument *v)
{
	struct v_desk_instrument_versions row = {
		.number = rp_textf(req->arena, "%lld", (long long)one->number),
		.name = one->name,
		.lang = one->lang,
		.language = rp_web_version_language(req, one),
		.date = rp_web_version_date(req, one),
		.iso = one->dated,
		.reason = one->reason,
		.state = rp_web_version_chip(req, one->state)
	};

	if (one->withdrawn_at != 0) {
		row.withdrawn = one->withdrawn_why;
		row.state = (struct v_chip){ .kind = RP_TEXT("withdrawn"),
			.label = rp_web_msg(req, M_version_withdrawn_chip) };
	}
	if (rp_text_eq(one->reading, RP_TEXT("received")))
		row.reading = M_desk_instrument_being_read;
	else if (rp_text_eq(one->reading, RP_TEXT("not_read")))
		row.reading = M_desk_instrument_not_read;
	else
		row.url = rp_web_instrument_url(req, &f->d.g, &f->d.i,
		    rp_textf(req->arena, "%lld/", (long long)one->number).p);
	if (row.url.n > 0 && one->withdrawn_at == 0)
		row.amend_url =
		    rp_desk_url(req, "instruments/%lld/amendments/%lld",
			(long long)f->d.i.id, (long long)one->number);
	add_nexts(req, one, &row);
	rp_vec_push(req->arena, &v->versions, row);
}

static void
show_problem(const struct rp_request *req, const struct editing *f,
    struct v_desk_instrument *v)
{
	const struct rp_msg_arg large[] = { RP_MSG_TEXT(f->in.file_name),
		RP_MSG_NUM(RP_ATTACHMENT_SIZE_MAX >> 20) };
	const struct rp_msg_arg name[] = { RP_MSG_TEXT(f->in.file_name) };
	const char *id = "file";
	rp_text *to = &v->file_error;

	if (f->trouble == TROUBLE_LARGE) {
		*to = rp_message(req->arena, &req->reader,
		    M_answer_error_attachment_large, large, 2);
	} else if (f->problem == RP_VERSION_NO_NAME) {
		to = &v->name_error;
		id = "name";
		*to = rp_web_msg(req, M_desk_instrument_error_name);
	} else if (f->problem == RP_VERSION_BAD_DATE) {
		to = &v->dated_error;
		id = "dated";
		*to = rp_web_msg(req, M_desk_instrument_error_date);
	} else if (f->problem == RP_VERSION_NO_FILE) {
		*to = rp_web_msg(req, M_desk_instrument_error_no_file);
	} else {
		*to = rp_message(req->arena, &req->reader,
		    M_desk_instrument_error_file, name, 1);
	}
	rp_web_problem_text(req, &v->errors, id, *to, to);
}

/* Of the other forms: one sentence, beside the form. */
static void
show_trouble(const struct rp_request *req, const struct editing *f,
    struct v_desk_instrument *v)
{
	const struct {
		rp_text *to;
		const char *field;
		enum rp_msg msg;
	} of[] = {
		[TROUBLE_STEP] = { &v->step_error, "step-error",
		    M_desk_instrument_error_step },
		[TROUBLE_WITHDRAW] = { &v->withdraw_error, "withdraw-error",
		    M_desk_instrument_error_withdraw },
		[TROUBLE_TEXT] = { &v->text_error, "text",
		    M_desk_instrument_error_text },
		[TROUBLE_TITLE] = { &v->title_error, "title_text",
		    M_desk_instrument_error_title },
	};

	if (f->trouble == TROUBLE_NONE)
		return;
	if (f->trouble < TROUBLE_STEP) {
		show_problem(req, f, v);
		return;
	}
	rp_web_problem(req, &v->errors, of[f->trouble].field,
	    of[f->trouble].msg, of[f->trouble].to);
}

static struct rp_err *
add_flattened(const struct rp_request *req, const struct editing *f,
    struct v_desk_instrument *v)
{
	struct rp_flatteneds all;

	RP_TRY(rp_flattened_list(req->who, req->tx, f->d.i.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_flattened *one = &all.v[i];
		struct v_desk_instrument_flattened row = { .name =
							       one->file_name,
			.url =
			    rp_desk_url(req, "instruments/%lld/flattened/%lld",
				(long long)f->d.i.id, (long long)one->id),
			.reading =
			    rp_text_eq(one->reading, RP_TEXT("received")) ?
				M_desk_instrument_being_read :
			    rp_text_eq(one->reading, RP_TEXT("not_read")) ?
				M_desk_flattened_failed :
			    one->old_number == 0 ? M_desk_flattened_to_settle :
						   M_desk_flattened_settled };

		rp_vec_push(req->arena, &v->flattened, row);
	}
	return NULL;
}

static struct rp_err *
add_titles(const struct rp_request *req, const struct editing *f,
    struct v_desk_instrument *v)
{
	struct rp_wordings all;

	RP_TRY(rp_instrument_titles(req->who, req->tx, f->d.i.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_desk_instrument_titles row = {
			.language = rp_locale_language(req->reader.locale,
			    req->arena, all.v[i].lang),
			.lang = all.v[i].lang,
			.title = all.v[i].body
		};

		rp_vec_push(req->arena, &v->titles, row);
	}
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, const struct editing *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "created", M_desk_instrument_created },
		{ "added", M_desk_instrument_added },
		{ "state", M_desk_instrument_state_set },
		{ "withdrawn", M_desk_instrument_withdrawn },
		{ "title", M_desk_instrument_title_set },
		{ NULL, M_none },
	};
	struct v_desk_instrument v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "instruments"),
		.public_url = rp_web_instrument_url(req, &f->d.g, &f->d.i, ""),
		.name = rp_web_instrument_name(req, &f->d.i),
		.title = f->d.i.title.body,
		.lang = f->d.i.title.lang,
		.action =
		    rp_desk_url(req, "instruments/%lld", (long long)f->d.i.id),
		.done = rp_desk_word(req, done),
		.version_name = f->in.name,
		.dated = f->in.dated,
		.title_text = f->title,
		.size = RP_ATTACHMENT_SIZE_MAX >> 20 };
	struct rp_versions all;
	rp_html content;

	RP_TRY(rp_version_list(req->who, req->tx, f->d.i.id, &all));
	for (size_t i = all.n; i-- > 0;)
		add_version(req, f, &all.v[i], &v);
	RP_COPY_CHOICES(req, &v.states,
	    rp_desk_registry_words(req, rp_version_states, rp_msg_version_state,
		f->in.state));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->in.lang));
	RP_TRY(add_flattened(req, f, &v));
	RP_TRY(add_titles(req, f, &v));
	show_trouble(req, f, &v);
	RP_TRY(rp_web_render(req, desk_instrument, &v, &content));
	return rp_desk_frame(req, v.name, content, out);
}

struct rp_err *
rp_web_desk_instrument(const struct rp_request *req, struct rp_response *out)
{
	struct editing f;

	RP_TRY(load(req, &f));
	return show(req, &f, out);
}

static struct rp_err *
done(const struct rp_request *req, const struct editing *f, const char *word,
    struct rp_response *out)
{
	return rp_desk_done(out, req,
	    rp_desk_url(req, "instruments/%lld", (long long)f->d.i.id), word);
}

/* Shown again if `e` says that what was sent is wrong. Takes `e`. */
static struct rp_err *
again(const struct rp_request *req, struct editing *f, struct rp_err *e,
    enum trouble trouble, struct rp_response *out)
{
	enum rp_ecode code = rp_err_code(e);

	if (code != RP_E_INVALID && code != RP_E_CONFLICT && code != RP_E_LIMIT)
		return e;
	rp_err_free(e);
	f->trouble = trouble;
	out->status = 400;
	return show(req, f, out);
}

static struct rp_err *
set_state(const struct rp_request *req, struct editing *f,
    struct rp_response *out)
{
	int64_t number = rp_desk_number(req, &req->form, "version");
	struct rp_version_step_in step;
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "state", WORD_MAX, &step.state));
	RP_TRY(rp_form_line(req, &req->form, "place", 2 * RP_VERSION_PLACE_MAX,
	    &step.place));
	RP_TRY(rp_form_line(req, &req->form, "why", 2 * RP_VERSION_WHY_MAX,
	    &step.why));
	e = rp_version_step(req->who, req->tx, f->d.i.id, number, &step);
	return e == NULL ? done(req, f, "state", out) :
			   again(req, f, e, TROUBLE_STEP, out);
}

static struct rp_err *
withdraw(const struct rp_request *req, struct editing *f,
    struct rp_response *out)
{
	int64_t number = rp_desk_number(req, &req->form, "version");
	struct rp_err *e;
	rp_text why;

	RP_TRY(
	    rp_form_line(req, &req->form, "why", 2 * RP_VERSION_WHY_MAX, &why));
	e = rp_version_withdraw(req->who, req->tx, f->d.i.id, number, why);
	return e == NULL ? done(req, f, "withdrawn", out) :
			   again(req, f, e, TROUBLE_WITHDRAW, out);
}

static struct rp_err *
set_title(const struct rp_request *req, struct editing *f,
    struct rp_response *out)
{
	struct rp_err *e;

	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &f->in.lang));
	RP_TRY(rp_form_line(req, &req->form, "title",
	    2 * RP_INSTRUMENT_TITLE_MAX, &f->title));
	e = rp_instrument_set_title(req->who, req->tx, f->d.i.id, f->in.lang,
	    f->title);
	return e == NULL ? done(req, f, "title", out) :
			   again(req, f, e, TROUBLE_TITLE, out);
}

static struct rp_err *
flatten(const struct rp_request *req, struct editing *f,
    struct rp_response *out)
{
	const struct rp_upload *u = rp_desk_registry_file(req);
	struct rp_err *e;
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &f->in.lang));
	if (u == NULL || u->size > (size_t)RP_ATTACHMENT_SIZE_MAX)
		return again(req, f, rp_fail(RP_E_INVALID, "no text"),
		    TROUBLE_TEXT, out);
	e = rp_flattened_add(req->who, req->tx, f->d.i.id, f->in.lang,
	    u->upload_id, u->name, u->kind, &id);
	if (e != NULL)
		return again(req, f, e, TROUBLE_TEXT, out);
	return rp_response_see_other(out,
	    rp_desk_url(req, "instruments/%lld/flattened/%lld",
		(long long)f->d.i.id, (long long)id));
}

static struct rp_err *
add(const struct rp_request *req, struct editing *f, struct rp_response *out)
{
	const struct rp_upload *u = rp_desk_registry_file(req);
	int64_t number;

	RP_TRY(rp_form_line(req, &req->form, "name", RP_NAME_MAX, &f->in.name));
	RP_TRY(rp_form_line(req, &req->form, "dated", WORD_MAX, &f->in.dated));
	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &f->in.lang));
	RP_TRY(rp_form_line(req, &req->form, "state", WORD_MAX, &f->in.state));
	if (u != NULL) {
		f->in.upload_id = u->upload_id;
		f->in.file_name = u->name;
		f->in.file_kind = u->kind;
		if (u->size > (size_t)RP_ATTACHMENT_SIZE_MAX)
			f->trouble = TROUBLE_LARGE;
	}
	f->problem = rp_version_check(req->arena, &f->in);
	if (f->problem != RP_VERSION_FINE && f->trouble == TROUBLE_NONE)
		f->trouble = TROUBLE_VERSION;
	if (f->trouble != TROUBLE_NONE) {
		out->status = 400;
		return show(req, f, out);
	}
	RP_TRY(rp_version_add(req->who, req->tx, f->d.i.id, &f->in, &number));
	return done(req, f, "added", out);
}

struct rp_err *
rp_web_desk_instrument_post(const struct rp_request *req,
    struct rp_response *out)
{
	static const struct {
		const char *button;
		struct rp_err *(*act)(const struct rp_request *req,
		    struct editing *f, struct rp_response *out);
	} acts[] = {
		{ "state", set_state },
		{ "withdraw", withdraw },
		{ "title", set_title },
		{ "flatten", flatten },
	};
	struct editing f;

	RP_TRY(load(req, &f));
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (rp_desk_button(req, acts[i].button))
			return acts[i].act(req, &f, out);
	return add(req, &f, out);
}
