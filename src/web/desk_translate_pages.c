#include "base/err.h"
#include "domain/wording.h"
#include "render/prose.h"
#include "render/t_desk_translate.h"
#include "text/format.h"
#include "web/desk.h"

#define TAG_MAX 40
#define PARTS_MAX (RP_QUESTIONS_MAX + 1)

/* One text that can be translated. */
struct part {
	rp_text name, label, original, owner_kind, field;
	int64_t owner_id;
	rp_text value;
	enum rp_wording_status status;
	bool found;
};

struct translating {
	const struct rp_request *req;
	struct rp_response_record r;
	struct rp_consultation c;
	rp_text to; /* one of the six */
	enum rp_lang lang;
	struct part parts[PARTS_MAX];
	size_t n;
	enum rp_wording_status status;
};

static void
add_part(struct translating *t, struct part p)
{
	if (t->n < PARTS_MAX && p.original.n > 0)
		t->parts[t->n++] = p;
}

/* The summary belongs to the revision, each answer is its own. */
static void
find_parts(struct translating *t)
{
	const struct rp_request *req = t->req;
	const struct rp_revision *r = &t->r.standing;

	add_part(t, (struct part){ .name = RP_TEXT("summary"),
			.label = rp_web_msg(req, M_answer_summary),
			.original = r->summary,
			.owner_kind = RP_TEXT("revision"),
			.field = RP_TEXT("summary"),
			.owner_id = r->id });
	for (size_t i = 0; i < r->answers.n; i++) {
		const struct rp_answer *a = &r->answers.v[i];

		add_part(t, (struct part){ .name = rp_textf(req->arena, "a%lld",
					       (long long)a->position),
				.label = rp_message(req->arena, &req->reader,
				    M_response_question,
				    (const struct rp_msg_arg[]){
					RP_MSG_NUM(a->position) },
				    1),
				.original = a->body,
				.owner_kind = RP_TEXT("answer"),
				.field = RP_TEXT("body"),
				.owner_id = a->id });
	}
}

static struct rp_err *
load(const struct rp_request *req, const struct rp_urlform *form,
    struct translating *t)
{
	t->req = req;
	t->status = RP_WORDING_COURTESY;
	RP_TRY(rp_form_line(req, form, "to", TAG_MAX, &t->to));
	if (!rp_lang_find(t->to, &t->lang))
		return rp_fail(RP_E_INVALID, "into no language of ours");
	t->to = rp_lang_tag(t->lang);
	RP_TRY(rp_response_get(req->who, req->tx, req->params.id, &t->r));
	RP_TRY(rp_consultation_get_by_id(req->who, req->tx,
	    t->r.consultation_id, rp_lang_tag(req->reader.lang), &t->c));
	RP_TRY(rp_actor_needs(req->who, RP_MAY_TRANSLATE,
	    rp_consultation_place(&t->c)));
	find_parts(t);
	for (size_t i = 0; i < t->n; i++) {
		struct part *p = &t->parts[i];
		const struct rp_wording *w;
		struct rp_wordings all;

		RP_TRY(
		    rp_wording_load(req->tx, p->owner_kind, p->owner_id, &all));
		w = rp_wording_find(&all, p->owner_id, p->field, t->to);
		if (w == NULL)
			continue;
		p->found = true;
		p->value = w->body;
		t->status = w->status;
	}
	return NULL;
}

static void
add_statuses(const struct translating *t, struct v_desk_translate *v)
{
	static const struct {
		enum rp_wording_status status;
		enum rp_msg label;
	} all[] = {
		{ RP_WORDING_OFFICIAL, M_translation_official },
		{ RP_WORDING_COURTESY, M_translation_courtesy },
		{ RP_WORDING_MACHINE, M_translation_machine },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct v_desk_translate_statuses row = {
			.value = rp_wording_status_name(all[i].status),
			.label = all[i].label,
			.selected = all[i].status == t->status,
		};

		rp_vec_push(t->req->arena, &v->statuses, row);
	}
}

static struct rp_err *
show(const struct translating *t, enum rp_msg error, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "saved", M_desk_translate_done },
		{ "removed", M_desk_translate_removed },
		{ NULL, M_none },
	};
	const struct rp_request *req = t->req;
	const struct rp_revision *r = &t->r.standing;
	struct v_desk_translate v = {
		.response_url =
		    rp_desk_url(req, "responses/%lld", (long long)t->r.id),
		.action = rp_desk_url(req, "responses/%lld/translate",
		    (long long)t->r.id),
		.source = rp_desk_source(r->organisation, r->name),
		.token = req->csrf,
		.to = t->to,
		.language =
		    rp_locale_language(req->reader.locale, req->arena, t->to),
		.dir = rp_dir_name(rp_lang_dir(t->lang)),
		.done = rp_desk_word(req, words),
		.error = error == M_none ? RP_TEXT("") : rp_web_msg(req, error),
	};
	rp_html content;

	add_statuses(t, &v);
	for (size_t i = 0; i < t->n; i++) {
		const struct part *p = &t->parts[i];
		struct v_desk_translate_parts row = { .name = p->name,
			.label = p->label,
			.original = rp_prose(req->arena, p->original,
			    RP_TEXT(""), NULL),
			.original_lang = r->lang,
			.value = p->value };

		rp_vec_push(req->arena, &v.parts, row);
	}
	RP_TRY(rp_web_render(req, desk_translate, &v, &content));
	return rp_desk_frame(req, v.source, content, out);
}

struct rp_err *
rp_web_desk_translate(const struct rp_request *req, struct rp_response *out)
{
	struct translating *t = rp_new(req->arena, struct translating);

	RP_TRY(load(req, &req->query, t));
	return show(t, M_none, out);
}

/* What was typed replaces what is there; an empty text removes it. */
static struct rp_err *
read_parts(struct translating *t, bool remove)
{
	const struct rp_request *req = t->req;
	rp_text name;

	RP_TRY(rp_form_line(req, &req->form, "status", TAG_MAX, &name));
	if (!rp_wording_status_from(name, &t->status) ||
	    t->status == RP_WORDING_ORIGINAL)
		t->status = RP_WORDING_COURTESY;
	for (size_t i = 0; i < t->n; i++) {
		t->parts[i].value = RP_TEXT("");
		if (!remove)
			RP_TRY(rp_form_text(req, &req->form, t->parts[i].name.p,
			    RP_WORDING_MAX, &t->parts[i].value));
	}
	return NULL;
}

static struct rp_err *
store(struct translating *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct part *p = &t->parts[i];
		struct rp_wording_at at = { p->owner_kind, p->owner_id,
			p->field, t->to };

		RP_TRY(rp_wording_set(t->req->who, t->req->tx, &at, t->status,
		    p->value));
	}
	return NULL;
}

struct rp_err *
rp_web_desk_translate_post(const struct rp_request *req,
    struct rp_response *out)
{
	struct translating *t = rp_new(req->arena, struct translating);
	bool remove = rp_desk_button(req, "remove");
	struct rp_err *e;
	rp_url to;

	RP_TRY(load(req, &req->form, t));
	e = read_parts(t, remove);
	if (e == NULL)
		e = store(t);
	if (e != NULL && rp_err_code(e) == RP_E_LIMIT) {
		rp_err_free(e);
		out->status = 400;
		return show(t, M_desk_consultation_error_too_long, out);
	}
	if (e != NULL)
		return e;
	to = rp_desk_url(req, "responses/%lld/translate?to=%s",
	    (long long)t->r.id, t->to.p);
	return rp_desk_done(out, req, to, remove ? "removed" : "saved");
}
