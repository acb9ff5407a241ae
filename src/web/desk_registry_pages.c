/*
 * desk_registry_pages - the registry at the desk: new instruments and versions.
 */
#include "base/err.h"
#include "domain/response.h"
#include "render/t_desk_instrument.h"
#include "render/t_desk_instruments.h"
#include "web/desk.h"
#include "web/registry.h"
#include "web/staff.h"

#define WORD_MAX 40

static struct rp_choices
words(const struct rp_request *req, const rp_text *of,
    enum rp_msg (*msg)(rp_text), rp_text chosen)
{
	const struct rp_msg_arg dots = RP_MSG_TEXT(RP_TEXT("…"));
	struct rp_choices out = { 0 };

	for (; of->n > 0; of++) {
		struct rp_choice one = { .value = *of,
			.name = rp_message(req->arena, &req->reader, msg(*of),
			    &dots, 1),
			.selected = rp_text_eq(*of, chosen) };

		rp_vec_push(req->arena, &out, one);
	}
	return out;
}

static void
problem(const struct rp_request *req, struct v_error_summary *v,
    const char *href, rp_text text)
{
	struct v_error_summary_errors row = { .href = rp_urlf(req->arena, "#%s",
						  href),
		.text = text };

	rp_vec_push(req->arena, &v->errors, row);
}

/* The list, and a new one. */

struct creating {
	rp_text group, kind, number, title, lang;
	rp_text number_error, title_error;
};

static struct rp_err *
add_group(const struct rp_request *req, const struct rp_group *g,
    const struct creating *f, struct v_desk_instruments *v)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct v_desk_instruments_groups one = { .value = rp_textf(req->arena,
						     "%lld", (long long)g->id),
		.name = g->name.body };
	struct rp_instruments all;

	if (!rp_actor_may(req->who, RP_MAY_REGISTER, rp_group_place(g)))
		return NULL;
	one.selected = rp_text_eq(one.value, f->group);
	rp_vec_push(req->arena, &v->groups, one);
	RP_TRY(rp_instrument_list(req->who, req->tx, g->id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_desk_instruments_rows row = {
			.name = rp_web_instrument_name(req, &all.v[i]),
			.title = all.v[i].title.body,
			.lang = all.v[i].title.lang,
			.group = g->acronym,
			.url = rp_desk_url(req, "instruments/%lld",
			    (long long)all.v[i].id)
		};

		rp_vec_push(req->arena, &v->rows, row);
	}
	return NULL;
}

static struct rp_err *
show_list(const struct rp_request *req, const struct creating *f,
    struct rp_response *out)
{
	struct v_desk_instruments v = { .token = req->csrf,
		.action = rp_desk_url(req, "instruments"),
		.number = f->number,
		.number_error = f->number_error,
		.title = f->title,
		.title_error = f->title_error };
	struct rp_groups groups;
	rp_html content;

	RP_TRY(rp_group_list(req->who, req->tx, rp_lang_tag(req->reader.lang),
	    &groups));
	for (size_t i = 0; i < groups.n; i++)
		RP_TRY(add_group(req, &groups.v[i], f, &v));
	if (v.groups.n == 0)
		return rp_fail(RP_E_DENIED, "may register in no group");
	RP_COPY_CHOICES(req, &v.kinds,
	    words(req, rp_instrument_kinds, rp_msg_instrument_kind, f->kind));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->lang));
	if (f->number_error.n > 0)
		problem(req, &v.errors, "number", f->number_error);
	if (f->title_error.n > 0)
		problem(req, &v.errors, "title", f->title_error);
	RP_TRY(rp_web_render(req, desk_instruments, &v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_instruments_title),
	    content, out);
}

struct rp_err *
rp_web_desk_instruments(const struct rp_request *req, struct rp_response *out)
{
	const struct creating f = { .lang = rp_lang_tag(req->reader.lang) };

	return show_list(req, &f, out);
}

/* One that is there already, in the group: told beside its number. */
static struct rp_err *
is_there(const struct rp_request *req, int64_t group_id,
    const struct creating *f, bool *out)
{
	struct rp_instruments all;

	*out = false;
	RP_TRY(rp_instrument_list(req->who, req->tx, group_id, f->lang, &all));
	for (size_t i = 0; i < all.n; i++)
		*out |= rp_text_eq(all.v[i].kind, f->kind) &&
			rp_text_eq(all.v[i].number, f->number);
	return NULL;
}

static struct rp_err *
read_new(const struct rp_request *req, struct creating *f)
{
	RP_TRY(rp_form_line(req, &req->form, "group", WORD_MAX, &f->group));
	RP_TRY(rp_form_line(req, &req->form, "kind", WORD_MAX, &f->kind));
	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &f->lang));
	RP_TRY(
	    rp_form_line(req, &req->form, "number", RP_NAME_MAX, &f->number));
	return rp_form_line(req, &req->form, "title", RP_INSTRUMENT_TITLE_MAX,
	    &f->title);
}

static struct rp_err *
create(const struct rp_request *req, struct creating *f, int64_t *out_id)
{
	int64_t group_id = rp_desk_number(req, &req->form, "group");

	RP_TRY(rp_instrument_create(req->who, req->tx, group_id, f->kind,
	    f->number, out_id));
	return rp_wording_set(req->who, req->tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("instrument"),
		.owner_id = *out_id,
		.field = RP_TEXT("title"),
		.lang = f->lang },
	    RP_WORDING_ORIGINAL, f->title);
}

struct rp_err *
rp_web_desk_instruments_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct creating f = { 0 };
	struct rp_err *e;
	bool there;
	int64_t id;

	RP_TRY(read_new(req, &f));
	RP_TRY(is_there(req, rp_desk_number(req, &req->form, "group"), &f,
	    &there));
	if (f.title.n == 0)
		f.title_error = rp_web_msg(req, M_desk_instruments_error_title);
	if (there)
		f.number_error =
		    rp_web_msg(req, M_desk_instruments_error_there);
	if (f.title.n > 0 && !there) {
		e = create(req, &f, &id);
		if (e == NULL)
			return rp_desk_done(out, req,
			    rp_desk_url(req, "instruments/%lld", (long long)id),
			    "created");
		if (rp_err_code(e) != RP_E_INVALID)
			return e;
		rp_err_free(e);
		f.number_error =
		    rp_web_msg(req, M_desk_instruments_error_number);
	}
	out->status = 400;
	return show_list(req, &f, out);
}

/* One, with its versions. */

struct editing {
	struct rp_instrument i;
	struct rp_group g;
	struct rp_version_in in;
	enum rp_version_problem problem;
	bool too_large;
};

static struct rp_err *
load(const struct rp_request *req, struct editing *f)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	*f = (struct editing){ .in = { .lang = lang,
				   .state = RP_TEXT("in_force") } };
	RP_TRY(rp_instrument_get_by_id(req->who, req->tx, req->params.id, lang,
	    &f->i));
	RP_TRY(
	    rp_group_get_by_id(req->who, req->tx, f->i.group_id, lang, &f->g));
	return rp_actor_needs(req->who, RP_MAY_REGISTER, rp_group_place(&f->g));
}

static void
add_version(const struct rp_request *req, const struct rp_version *one,
    struct v_desk_instrument *v)
{
	struct v_desk_instrument_versions row = {
		.number = rp_textf(req->arena, "%lld", (long long)one->number),
		.name = one->name,
		.lang = one->lang,
		.language = rp_web_version_language(req, one),
		.date = rp_web_version_date(req, one),
		.iso = one->dated,
		.reason = one->reason
	};

	if (rp_text_eq(one->reading, RP_TEXT("received")))
		row.reading = M_desk_instrument_being_read;
	else if (rp_text_eq(one->reading, RP_TEXT("not_read")))
		row.reading = M_desk_instrument_not_read;
	if (one->text_blob_id != 0)
		row.amend_url =
		    rp_desk_url(req, "instruments/%lld/amendments/%lld",
			(long long)one->instrument_id, (long long)one->number);
	RP_COPY_CHOICES(req, &row.states,
	    words(req, rp_version_states, rp_msg_version_state, one->state));
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

	if (f->too_large) {
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
	problem(req, &v->errors, id, *to);
}

static struct rp_err *
show(const struct rp_request *req, const struct editing *f,
    struct rp_response *out)
{
	static const struct rp_desk_word done[] = {
		{ "created", M_desk_instrument_created },
		{ "added", M_desk_instrument_added },
		{ "state", M_desk_instrument_state_set },
		{ NULL, M_none },
	};
	struct v_desk_instrument v = { .token = req->csrf,
		.list_url = rp_desk_url(req, "instruments"),
		.public_url = rp_web_instrument_url(req, &f->g, &f->i, ""),
		.name = rp_web_instrument_name(req, &f->i),
		.title = f->i.title.body,
		.lang = f->i.title.lang,
		.action =
		    rp_desk_url(req, "instruments/%lld", (long long)f->i.id),
		.done = rp_desk_word(req, done),
		.version_name = f->in.name,
		.dated = f->in.dated,
		.size = RP_ATTACHMENT_SIZE_MAX >> 20 };
	struct rp_versions all;
	rp_html content;

	RP_TRY(rp_version_list(req->who, req->tx, f->i.id, &all));
	for (size_t i = all.n; i-- > 0;)
		add_version(req, &all.v[i], &v);
	RP_COPY_CHOICES(req, &v.states,
	    words(req, rp_version_states, rp_msg_version_state, f->in.state));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->in.lang));
	if (f->problem != RP_VERSION_FINE || f->too_large)
		show_problem(req, f, &v);
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
set_state(const struct rp_request *req, const struct editing *f,
    struct rp_response *out)
{
	rp_text state;

	RP_TRY(rp_form_line(req, &req->form, "state", WORD_MAX, &state));
	RP_TRY(rp_version_set_state(req->who, req->tx, f->i.id,
	    rp_desk_number(req, &req->form, "version"), state));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "instruments/%lld", (long long)f->i.id), "state");
}

/* The first file of the form; browsers send an empty one for none. */
static void
take_file(const struct rp_request *req, struct editing *f)
{
	for (size_t i = 0; i < req->uploads.n; i++) {
		const struct rp_upload *u = &req->uploads.v[i];

		if (!rp_text_eq(u->field, RP_TEXT("file")) || u->size == 0)
			continue;
		f->in.upload_id = u->upload_id;
		f->in.file_name = u->name;
		f->in.file_kind = u->kind;
		f->too_large = u->size > (size_t)RP_ATTACHMENT_SIZE_MAX;
		return;
	}
}

struct rp_err *
rp_web_desk_instrument_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct editing f;
	int64_t number;

	RP_TRY(load(req, &f));
	if (rp_desk_button(req, "state"))
		return set_state(req, &f, out);
	RP_TRY(rp_form_line(req, &req->form, "name", RP_NAME_MAX, &f.in.name));
	RP_TRY(rp_form_line(req, &req->form, "dated", WORD_MAX, &f.in.dated));
	RP_TRY(rp_form_line(req, &req->form, "lang", WORD_MAX, &f.in.lang));
	RP_TRY(rp_form_line(req, &req->form, "state", WORD_MAX, &f.in.state));
	take_file(req, &f);
	f.problem = rp_version_check(req->arena, &f.in);
	if (f.problem != RP_VERSION_FINE || f.too_large) {
		out->status = 400;
		return show(req, &f, out);
	}
	RP_TRY(rp_version_add(req->who, req->tx, f.i.id, &f.in, &number));
	return rp_desk_done(out, req,
	    rp_desk_url(req, "instruments/%lld", (long long)f.i.id), "added");
}
