/*
 * desk_registry_pages - the registry at the desk: the list, new instruments,
 * and what the sweep for newer versions found.
 */
#include "base/err.h"
#include "domain/response.h"
#include "render/t_desk_instruments.h"
#include "web/desk.h"
#include "web/desk_registry.h"
#include "web/registry.h"
#include "web/staff.h"

#define WORD_MAX 40

struct rp_choices
rp_desk_registry_words(const struct rp_request *req, const rp_text *of,
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

/* The list, and a new one. */

struct creating {
	rp_text group, kind, number, title, lang;
	rp_text number_error, title_error;
};

static void
add_quote(const struct rp_request *req, const struct rp_cited *c,
    struct v_desk_instruments_swept *row)
{
	struct v_desk_instruments_swept_quotes q = { .quoted = c->quoted,
		.now = c->now_name,
		.now_lang = c->now_lang,
		.now_url = rp_web_quoted_url(req, c->group_slug, c->slug,
		    c->now_number) };

	rp_vec_push(req->arena, &row->quotes, q);
}

/* Texts that quote older versions than there are. */
static struct rp_err *
add_swept(const struct rp_request *req, const struct rp_group *g,
    struct v_desk_instruments *v)
{
	struct rp_swepts all;

	RP_TRY(rp_registry_sweep(req->who, req->tx, g->id,
	    rp_lang_tag(req->reader.lang), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_swept *s = &all.v[i];
		struct v_desk_instruments_swept row = {
			.name = rp_web_instrument_name(req, &s->instrument),
			.version = s->version.name,
			.lang = s->version.lang,
			.url = rp_web_quoted_url(req, g->slug,
			    s->instrument.slug, s->version.number)
		};

		for (size_t k = 0; k < s->older.n; k++)
			add_quote(req, &s->older.v[k], &row);
		rp_vec_push(req->arena, &v->swept, row);
	}
	return NULL;
}

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
	return add_swept(req, g, v);
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
	    rp_desk_registry_words(req, rp_instrument_kinds,
		rp_msg_instrument_kind, f->kind));
	RP_COPY_CHOICES(req, &v.languages,
	    rp_web_language_choices(req, f->lang));
	rp_web_problem_text(req, &v.errors, "number", f->number_error,
	    &v.number_error);
	rp_web_problem_text(req, &v.errors, "title", f->title_error,
	    &v.title_error);
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
	return rp_instrument_set_title(req->who, req->tx, *out_id, f->lang,
	    f->title);
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
