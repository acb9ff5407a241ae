/*
 * registry_pages - instruments and their versions, for everybody.
 */
#include "base/buf.h"
#include "base/err.h"
#include "codec/html_doc.h"
#include "codec/sink.h"
#include "domain/amendment.h"
#include "domain/flattened.h"
#include "render/t_instrument.h"
#include "render/t_instruments.h"
#include "render/t_origin.h"
#include "render/t_version.h"
#include "web/file.h"
#include "web/registry.h"
#include "web/registry_text.h"

struct rp_err *
rp_web_instruments(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_instruments all;
	struct v_instruments v = { 0 };
	struct rp_shelf s = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s.g));
	RP_TRY(rp_instrument_list(req->who, req->tx, s.g.id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct v_instruments_rows row = {
			.name = rp_web_instrument_name(req, &all.v[i]),
			.title = all.v[i].title.body,
			.lang = all.v[i].title.lang,
			.versions = all.v[i].versions,
			.url = rp_web_instrument_url(req, &s.g, &all.v[i], "")
		};

		rp_vec_push(req->arena, &v.rows, row);
	}
	v.group_name = s.g.name.body;
	out->fresh_ms = RP_REGISTRY_FRESH;
	RP_TRY(rp_web_render(req, instruments, &v, &content));
	return rp_shelf_frame(req, &s, rp_web_msg(req, M_instrument_list),
	    false, content, out);
}

static rp_text
number_text(const struct rp_request *req, int64_t n)
{
	return rp_textf(req->arena, "%lld", (long long)n);
}

/* "Rev. Bucharest, 2022 (English)" */
static rp_text
choice_name(const struct rp_request *req, const struct rp_version *v)
{
	return rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(v->name),
	    RP_FMT(rp_web_version_language(req, v)));
}

/* What is chosen first: the last two in the reader's language, or at all. */
static void
choose(const struct rp_request *req, const struct rp_versions *all,
    struct v_instrument *v)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	bool some = false;
	int64_t old = 0, now = 0;

	for (size_t i = 0; i < all->n; i++)
		some |= rp_text_eq(all->v[i].lang, lang);
	for (size_t i = 0; i < all->n; i++) {
		if (some && !rp_text_eq(all->v[i].lang, lang))
			continue;
		old = now;
		now = all->v[i].number;
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_version *one = &all->v[i];
		struct v_instrument_choices c = { .value = number_text(req,
						      one->number),
			.name = choice_name(req, one),
			.is_old = one->number == old,
			.is_new = one->number == now };

		if (one->text_blob_id != 0 && one->withdrawn_at == 0)
			rp_vec_push(req->arena, &v->choices, c);
	}
	v->can_compare = v->choices.n > 1;
}

struct rp_err *
rp_web_instrument(const struct rp_request *req, struct rp_response *out)
{
	struct v_instrument v = { 0 };
	struct rp_version_numbers amended;
	struct rp_versions all;
	struct rp_shelf s = { 0 };
	rp_html content;

	RP_TRY(rp_shelf_find(req, &s));
	RP_TRY(rp_version_list(req->who, req->tx, s.i.id, &all));
	RP_TRY(rp_amending_list(req->who, req->tx, s.i.id, &amended));
	v.name = rp_web_instrument_name(req, &s.i);
	v.title = s.i.title.body;
	v.lang = s.i.title.lang;
	v.list_url = rp_urlf(req->arena, "/%s/%.*s/instruments/",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(s.g.slug));
	v.compare_url = rp_web_instrument_url(req, &s.g, &s.i, "compare");
	for (size_t i = all.n; i-- > 0;) {
		const struct rp_version *one = &all.v[i];
		struct v_instrument_versions row = { .name = one->name,
			.name_lang = one->lang,
			.date = rp_web_version_date(req, one),
			.iso = one->dated,
			.language = rp_web_version_language(req, one),
			.state = rp_web_version_chip(req, one->state),
			.url = rp_urlf(req->arena, "%lld/",
			    (long long)one->number) };

		for (size_t k = 0; k < amended.n; k++)
			if (amended.v[k] == one->number)
				row.amendments_url = rp_urlf(req->arena,
				    "%lld/amendments/", (long long)one->number);
		if (one->text_blob_id != 0 && one->withdrawn_at == 0)
			rp_vec_push(req->arena, &v.versions, row);
	}
	choose(req, &all, &v);
	v.differ = rp_form_has(&req->query, "differ");
	out->fresh_ms = RP_REGISTRY_FRESH;
	RP_TRY(rp_web_render(req, instrument, &v, &content));
	return rp_shelf_frame(req, &s, v.name, false, content, out);
}

static void
add_step(const struct rp_request *req, const struct rp_version_step *s,
    struct v_version *v)
{
	struct v_version_steps row = { .state = rp_msg_version_state(s->state),
		.date = rp_web_date(req, RP_TEXT("UTC"), s->at),
		.iso = rp_web_iso(req, s->at),
		.place = s->place,
		.why = s->why,
		.person = s->person };

	rp_vec_push(req->arena, &v->steps, row);
}

static rp_url
place_url(const struct rp_request *req, int64_t at)
{
	return rp_urlf(req->arena, "#p-%lld", (long long)at + 1);
}

static void
add_cited(const struct rp_request *req, const struct rp_cited *c,
    struct v_version *v)
{
	rp_url now =
	    rp_web_quoted_url(req, c->group_slug, c->slug, c->now_number);
	struct v_version_older older = { .quoted = c->quoted,
		.href = place_url(req, c->at),
		.now_url = now,
		.now = c->now_name,
		.now_lang = c->now_lang };
	struct v_version_cited other = { .quoted = c->quoted,
		.href = place_url(req, c->at),
		.now_url = now,
		.now = c->now_name,
		.now_lang = c->now_lang };

	if (c->state == RP_CITED_OLDER) {
		older.state = rp_web_version_chip(req, c->now_state);
		rp_vec_push(req->arena, &v->older, older);
	} else {
		rp_vec_push(req->arena, &v->cited, other);
	}
}

static struct rp_err *
add_around(const struct rp_request *req, const struct rp_shelf *s,
    struct v_version *v)
{
	struct rp_version_steps steps;
	struct rp_citeds cited;

	RP_TRY(rp_version_steps(req->who, req->tx, &s->now, &steps));
	for (size_t i = 0; i < steps.n; i++)
		add_step(req, &steps.v[i], v);
	RP_TRY(rp_version_cited(req->who, req->tx, &s->now, &cited));
	for (size_t i = 0; i < cited.n; i++)
		add_cited(req, &cited.v[i], v);
	if (s->now.withdrawn_at != 0)
		v->withdrawn = s->now.withdrawn_why;
	if (s->now.flattened_id != 0)
		v->origin_url = rp_urlf(req->arena, "origin");
	return NULL;
}

static void
add_files(const struct rp_request *req, const struct rp_shelf *s,
    struct v_version *v)
{
	struct rp_arena *a = req->arena;

	v->docx_url = rp_urlf(a, "text.docx");
	v->html_url = rp_urlf(a, "text.html");
	v->markdown_url = rp_urlf(a, "text.md");
	v->text_url = rp_urlf(a, "text.txt");
	v->akn_url = rp_urlf(a, "text.xml");
	v->json_url = rp_urlf(a, "text.json");
	if (s->now.flattened_id == 0 &&
	    !rp_text_eq(s->now.format, RP_TEXT("docx"))) {
		v->original_url = rp_urlf(a, "original");
		v->original = s->now.file_name;
	}
}

struct rp_err *
rp_web_version(const struct rp_request *req, struct rp_response *out)
{
	struct v_version v = { 0 };
	struct rp_shelf s = { 0 };
	rp_html content;

	RP_TRY(rp_shelf_version(req, &s));
	v.instrument_name = rp_web_instrument_name(req, &s.i);
	v.instrument_url = rp_web_instrument_url(req, &s.g, &s.i, "");
	v.name = s.now.name;
	v.lang = s.now.lang;
	v.state = rp_web_version_chip(req, s.now.state);
	v.date = rp_web_version_date(req, &s.now);
	v.iso = s.now.dated;
	v.language = rp_web_version_language(req, &s.now);
	add_files(req, &s, &v);
	RP_TRY(add_around(req, &s, &v));
	RP_TRY(rp_registry_html(req,
	    &(struct rp_registry_html){ .blob_id = s.now.text_blob_id,
		.lang = s.now.lang,
		.view = RP_HTML_DOC_INLINE,
		.original = v.docx_url },
	    NULL, &v.text, &v.is_long));
	out->fresh_ms = RP_REGISTRY_FRESH;
	RP_TRY(rp_web_render(req, version, &v, &content));
	return rp_shelf_frame(req, &s,
	    rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(v.instrument_name),
		RP_FMT(v.name)),
	    false, content, out);
}

/* Out of which flattened text it came, and what was decided on the way. */
struct rp_err *
rp_web_version_origin(const struct rp_request *req, struct rp_response *out)
{
	struct v_origin v = { 0 };
	struct rp_shelf s = { 0 };
	struct rp_flattened f;
	rp_html content;

	RP_TRY(rp_shelf_version(req, &s));
	RP_TRY(rp_flattened_of(req->who, req->tx, &s.now, &f));
	v.instrument_name = rp_web_instrument_name(req, &s.i);
	v.version_url = rp_urlf(req->arena, "./");
	v.name = s.now.name;
	v.lang = s.now.lang;
	v.file_name = f.file_name;
	v.compare_url = rp_urlf(req->arena, "../compare/%lld/%lld/",
	    (long long)f.old_number, (long long)f.new_number);
	v.json_url = rp_urlf(req->arena, "decisions.json");
	RP_TRY(
	    rp_web_decisions(req, f.decisions_blob_id, f.lang, &v.decisions));
	out->fresh_ms = RP_REGISTRY_FRESH;
	RP_TRY(rp_web_render(req, origin, &v, &content));
	return rp_shelf_frame(req, &s, rp_web_msg(req, M_origin_title), false,
	    content, out);
}

struct rp_err *
rp_web_version_decisions(const struct rp_request *req, struct rp_response *out)
{
	struct rp_shelf s = { 0 };
	struct rp_flattened f;

	RP_TRY(rp_shelf_version(req, &s));
	RP_TRY(rp_flattened_of(req->who, req->tx, &s.now, &f));
	return rp_web_file(req, f.decisions_blob_id,
	    rp_shelf_file_name(req, &s, "decisions.json"), RP_TEXT("json"),
	    out);
}
