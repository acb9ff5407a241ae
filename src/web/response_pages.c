#include "base/err.h"
#include "domain/response.h"
#include "domain/theme_version.h"
#include "domain/wording.h"
#include "render/prose.h"
#include "render/t_response.h"
#include "text/format.h"
#include "web/page.h"
#include "web/server.h"

#define FRESH ((int64_t)30 * 1000)

static const rp_text *
question_of(const struct rp_consultation *c, int64_t id,
    const struct rp_wording **out)
{
	for (size_t i = 0; i < c->questions.n; i++)
		if (c->questions.v[i].id == id) {
			*out = &c->questions.v[i].text;
			return &(*out)->body;
		}
	*out = NULL;
	return NULL;
}

static const enum rp_msg statuses[RP_WORDING_STATUS_COUNT] = {
	[RP_WORDING_ORIGINAL] = M_translation_original,
	[RP_WORDING_OFFICIAL] = M_translation_official,
	[RP_WORDING_COURTESY] = M_translation_courtesy,
	[RP_WORDING_MACHINE] = M_translation_machine,
};

/* Translations that were entered stand beside the original, marked. */
#define ADD_TRANSLATIONS(req, all, type, to)                                   \
	for (size_t i_ = 0; i_ < (all)->n; i_++)                               \
	rp_vec_push((req)->arena, (to),                                        \
	    ((struct type){ .lang = (all)->v[i_].lang,                         \
		.language = rp_locale_language((req)->reader.locale,           \
		    (req)->arena, (all)->v[i_].lang),                          \
		.status = statuses[(all)->v[i_].status],                       \
		.body = rp_prose((req)->arena, (all)->v[i_].body, RP_TEXT(""), \
		    NULL) }))

static void
add_answers(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_public_response *r, struct v_response *v)
{
	for (size_t i = 0; i < r->answers.n; i++) {
		const struct rp_public_answer *a = &r->answers.v[i];
		const struct rp_wording *q;
		const rp_text *text = question_of(c, a->question_id, &q);
		struct v_response_answers row = {
			.n = a->position,
			.lang = r->lang,
			.body = rp_prose(req->arena, a->body,
			    rp_textf(req->arena, "q%lld",
				(long long)a->position),
			    rp_web_linker(req)),
		};

		if (text != NULL) {
			row.question =
			    rp_prose(req->arena, *text, RP_TEXT(""), NULL);
			row.question_lang = q->lang;
		}
		ADD_TRANSLATIONS(req, &a->translations,
		    v_response_answers_translations, &row.translations);
		rp_vec_push(req->arena, &v->answers, row);
	}
}

static void
add_files(const struct rp_request *req, const struct rp_public_response *r,
    struct v_response *v)
{
	for (size_t i = 0; i < r->attachments.n; i++) {
		const struct rp_attachment *a = &r->attachments.v[i];
		struct v_response_attachments row = {
			.name = a->name,
			.url = rp_urlf(req->arena, "%lld/files/%lld",
			    (long long)r->number, (long long)i + 1),
			.size = rp_format_size(req->reader.locale, req->arena,
			    a->size),
			.state = rp_text_eq(a->state, RP_TEXT("read")) ?
				     M_none :
				     M_receipt_attachment_not_read,
		};

		rp_vec_push(req->arena, &v->attachments, row);
	}
}

/* One signatory per line. */
static void
add_signatories(const struct rp_request *req, rp_text all, struct v_response *v)
{
	for (size_t at = 0; at < all.n;) {
		size_t end = rp_text_find(all, '\n', at);
		struct v_response_signatories row = {
			.name = rp_text_trim(rp_text_sub(all, at, end)),
		};

		if (row.name.n > 0)
			rp_vec_push(req->arena, &v->signatories, row);
		at = end + 1;
	}
}

static void
add_person(const struct rp_request *req, const struct rp_public_response *r,
    struct v_response *v)
{
	bool organised = r->organisation.n > 0;

	v->source = organised ? r->organisation : r->name;
	v->organisation = organised ? r->name : RP_TEXT("");
	v->job_title = r->job_title;
	v->without_name = r->without_name;
	v->category = rp_msg_category(r->category);
	v->country = rp_web_country(req, r->country);
	v->language =
	    rp_locale_language(req->reader.locale, req->arena, r->lang);
	v->lang = r->lang;
	add_signatories(req, r->signatories, v);
}

static void
add_addresses(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_public_response *r, struct v_response *v)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	rp_url own = rp_web_consultation_url(req, c,
	    rp_textf(req->arena, "responses/%lld", (long long)r->number).p);

	v->consultation_title = c->title.body;
	v->consultation_lang = c->title.lang;
	v->consultation_url = rp_web_consultation_url(req, c, "");
	v->list_url = rp_web_consultation_url(req, c, "responses/");
	v->cite = rp_textf(req->arena, "%.*s%s?r=%lld", RP_FMT(o->public_url),
	    own.p, (long long)r->n);
}

static rp_url
beside(const struct rp_request *req, int64_t number)
{
	return number > 0 ? rp_urlf(req->arena, "%lld", (long long)number) :
			    (rp_url){ 0 };
}

static void
add_facts(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_public_response *r, struct v_response *v)
{
	v->time = rp_web_time(req, c->zone, r->received_at);
	v->iso = rp_web_iso(req, r->received_at);
	v->channel = rp_msg_channel(r->channel);
	v->is_late = r->is_late;
	v->receipt = r->digest;
	v->revision = r->n;
	v->has_revisions = r->n > 1 || r->newest_n > 1;
	if (r->n != r->newest_n)
		v->newer_url =
		    rp_urlf(req->arena, "%lld", (long long)r->number);
	v->json_url = rp_urlf(req->arena, "%lld.json", (long long)r->number);
	v->summary =
	    rp_prose(req->arena, r->summary, RP_TEXT("s"), rp_web_linker(req));
	ADD_TRANSLATIONS(req, &r->summary_translations,
	    v_response_summary_translations, &v->summary_translations);
	for (size_t i = 0; i < r->redactions.n; i++) {
		struct v_response_redactions row = {
			.reason = r->redactions.v[i].reason,
			.lang = c->group.default_lang,
			.time =
			    rp_web_time(req, c->zone, r->redactions.v[i].at),
		};

		rp_vec_push(req->arena, &v->redactions, row);
	}
}

/* The one that stands, or the revision that an old citation names. */
static struct rp_err *
find(const struct rp_request *req, const struct rp_consultation *c,
    struct rp_public_response *out)
{
	rp_text asked;
	int64_t n;

	RP_TRY(rp_form_line(req, &req->query, "r", 20, &asked));
	if (asked.n == 0)
		return rp_response_public(req->who, req->tx, c, req->params.k,
		    out);
	if (!rp_text_i64(asked, &n))
		return rp_fail(RP_E_NOTFOUND, "no such revision");
	return rp_response_public_revision(req->who, req->tx, c, req->params.k,
	    n, out);
}

/* What became of it, in the newest published summary. */
static struct rp_err *
add_outcomes(const struct rp_request *req, const struct rp_consultation *c,
    const struct rp_public_response *r, struct v_response *v)
{
	const struct rp_actor nobody = rp_actor_public(req->who->env, req->now);
	struct rp_outcomes all;

	RP_TRY(rp_theme_version_outcomes(&nobody, req->tx, c, r->id,
	    rp_lang_tag(req->reader.lang), &v->outcome_number, &all));
	v->outcome_url = rp_web_consultation_url(req, c,
	    rp_textf(req->arena, "summaries/%lld", (long long)v->outcome_number)
		.p);
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_outcome *o = &all.v[i];
		const struct rp_msg_arg n = RP_MSG_NUM(o->position);
		struct v_response_outcomes row = { .n = o->position,
			.theme = o->name,
			.lang = o->lang,
			.url = rp_urlf(req->arena, "%s#t%lld", v->outcome_url.p,
			    (long long)o->theme_id),
			.what = rp_message(req->arena, &req->reader,
			    o->state == RP_READING_NO_THEME ?
				M_outcome_no_theme :
				M_outcome_unread,
			    &n, 1) };

		for (size_t k = 0; k < o->passages.n; k++)
			rp_vec_push(req->arena, &row.passages,
			    ((struct v_response_outcomes_passages){
				o->passages.v[k], o->files.v[k] }));
		rp_vec_push(req->arena, &v->outcomes, row);
	}
	return NULL;
}

struct rp_err *
rp_web_response(const struct rp_request *req, struct rp_response *out)
{
	struct rp_consultation c;
	struct rp_public_response r;
	struct rp_frame f = { .group = &c.group };
	struct v_response v = { 0 };
	rp_html content;

	RP_TRY(rp_web_consultation_load(req, &c));
	RP_TRY(find(req, &c, &r));
	v.number = r.number;
	v.previous_url = beside(req, r.previous);
	v.next_url = beside(req, r.next);
	add_addresses(req, &c, &r, &v);
	v.is_withdrawn = r.withdrawn;
	if (!r.withdrawn) {
		add_person(req, &r, &v);
		add_facts(req, &c, &r, &v);
		add_answers(req, &c, &r, &v);
		add_files(req, &r, &v);
		RP_TRY(add_outcomes(req, &c, &r, &v));
	} else {
		v.withdrawn_time = rp_web_time(req, c.zone, r.withdrawn_at);
	}
	f.title = v.source.n > 0 ? v.source : c.title.body;
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, response, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
