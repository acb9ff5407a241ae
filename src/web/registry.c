#include "web/registry.h"

#include "base/err.h"
#include "codec/akn.h"
#include "document/citation.h"
#include "render/t_chip.h"
#include "text/format.h"
#include "text/zone.h"

/* Blocks at the beginning of a text in which it says what it is. */
#define HEAD 12

struct rp_err *
rp_shelf_find(const struct rp_request *req, struct rp_shelf *s)
{
	rp_text lang = rp_lang_tag(req->reader.lang);

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &s->g));
	return rp_instrument_get(req->who, req->tx, s->g.id, req->params.name,
	    lang, &s->i);
}

struct rp_err *
rp_shelf_version(const struct rp_request *req, struct rp_shelf *s)
{
	RP_TRY(rp_shelf_find(req, s));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.n, &s->now));
	/* The desk sees those that have no text yet; pages here do not. */
	return s->now.text_blob_id == 0 ? rp_fail(RP_E_NOTFOUND, "not read") :
					  NULL;
}

struct rp_err *
rp_shelf_pair(const struct rp_request *req, struct rp_shelf *s,
    struct rp_comparison *c)
{
	RP_TRY(rp_shelf_find(req, s));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.n, &s->old));
	RP_TRY(
	    rp_version_get(req->who, req->tx, s->i.id, req->params.k, &s->now));
	return rp_comparison_get(req->who, req->tx, &s->old, &s->now, c);
}

struct rp_err *
rp_shelf_text(const struct rp_request *req, int64_t blob_id, size_t max,
    struct rp_document **out)
{
	rp_bytes octets;

	RP_TRY(rp_registry_octets(req->who, req->tx, blob_id, max, &octets));
	return rp_akn_read(req->arena, octets, out);
}

/* A name is typed by people elsewhere, who have no no-break space. */
static rp_text
plain_spaces(struct rp_arena *a, rp_text t)
{
	const rp_text hard = RP_TEXT("\u00a0");
	char *p = rp_alloc(a, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		bool is = rp_text_starts(rp_text_sub(t, i, t.n), hard);

		p[n++] = is ? ' ' : t.p[i];
		i += is ? hard.n - 1 : 0;
	}
	p[n] = '\0';
	return (rp_text){ p, n };
}

struct rp_err *
rp_shelf_says(const struct rp_request *req, const struct rp_instrument *i,
    int64_t blob_id, rp_text *out)
{
	struct rp_citations found = { 0 };
	struct rp_document *d;

	*out = RP_TEXT("");
	RP_TRY(rp_shelf_text(req, blob_id, RP_REGISTRY_TEXT_MAX, &d));
	for (uint32_t k = 0; k < d->body.blocks.n && k < HEAD; k++)
		rp_citations_add(req->arena,
		    rp_block_text(req->arena, &d->body.blocks.v[k]), k, &found);
	for (size_t k = 0; k < found.n && out->n == 0; k++)
		if (rp_text_eq(found.v[k].kind, i->kind) &&
		    rp_citation_same_name(found.v[k].number, i->number))
			*out = plain_spaces(req->arena, found.v[k].name);
	return NULL;
}

rp_text
rp_shelf_file_name(const struct rp_request *req, const struct rp_shelf *s,
    const char *end)
{
	if (s->old.id == 0)
		return rp_textf(req->arena, "%.*s-%.*s.%s", RP_FMT(s->i.slug),
		    RP_FMT(s->now.dated), end);
	return rp_textf(req->arena, "%.*s-%.*s-%.*s.%s", RP_FMT(s->i.slug),
	    RP_FMT(s->old.dated), RP_FMT(s->now.dated), end);
}

struct rp_err *
rp_shelf_frame(const struct rp_request *req, const struct rp_shelf *s,
    rp_text title, bool wide, rp_html content, struct rp_response *out)
{
	struct rp_frame f = { .group = &s->g, .title = title, .wide = wide };

	return rp_web_frame(req, &f, content, out);
}

enum rp_msg
rp_msg_version_state(rp_text state)
{
	static const struct {
		rp_text state;
		enum rp_msg msg;
	} of[] = {
		{ RP_TEXT_INIT("draft"), M_version_draft },
		{ RP_TEXT_INIT("proposed"), M_version_proposed },
		{ RP_TEXT_INIT("first_reading"), M_version_first_reading },
		{ RP_TEXT_INIT("second_reading"), M_version_second_reading },
		{ RP_TEXT_INIT("adopted"), M_version_adopted },
		{ RP_TEXT_INIT("in_force"), M_version_in_force },
		{ RP_TEXT_INIT("superseded"), M_version_superseded },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (rp_text_eq(of[i].state, state))
			return of[i].msg;
	return M_none;
}

enum rp_msg
rp_msg_instrument_kind(rp_text kind)
{
	return rp_text_eq(kind, RP_TEXT("resolution")) ?
		   M_instrument_resolution :
	       rp_text_eq(kind, RP_TEXT("decision")) ?
		   M_instrument_decision :
	       rp_text_eq(kind, RP_TEXT("recommendation")) ?
		   M_instrument_recommendation :
	       rp_text_eq(kind, RP_TEXT("opinion")) ? M_instrument_opinion :
						      M_none;
}

rp_text
rp_web_instrument_name(const struct rp_request *req,
    const struct rp_instrument *i)
{
	return rp_message(req->arena, &req->reader,
	    rp_msg_instrument_kind(i->kind),
	    (const struct rp_msg_arg[]){ RP_MSG_TEXT(i->number) }, 1);
}

rp_url
rp_web_instrument_url(const struct rp_request *req, const struct rp_group *g,
    const struct rp_instrument *i, const char *rest)
{
	return rp_urlf(req->arena, "/%s/%.*s/instruments/%.*s/%s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(g->slug), RP_FMT(i->slug),
	    rest);
}

rp_text
rp_web_version_date(const struct rp_request *req, const struct rp_version *v)
{
	rp_text noon = rp_textf(req->arena, "%.*sT12:00", RP_FMT(v->dated));
	int64_t at;
	struct rp_err *e =
	    rp_zone_resolve(req->who->env->zones, noon, RP_TEXT("UTC"), &at);

	if (e == NULL)
		return rp_web_date(req, RP_TEXT("UTC"), at);
	rp_err_free(e);
	return v->dated;
}

rp_text
rp_web_version_language(const struct rp_request *req,
    const struct rp_version *v)
{
	return rp_locale_language(req->reader.locale, req->arena, v->lang);
}

rp_url
rp_web_quoted_url(const struct rp_request *req, rp_text group_slug,
    rp_text slug, int64_t version)
{
	rp_text rest = version == 0 ?
			   RP_TEXT("") :
			   rp_textf(req->arena, "%lld/", (long long)version);

	return rp_urlf(req->arena, "/%s/%.*s/instruments/%.*s/%.*s",
	    rp_lang_tag(req->reader.lang).p, RP_FMT(group_slug), RP_FMT(slug),
	    RP_FMT(rest));
}

struct v_chip
rp_web_version_chip(const struct rp_request *req, rp_text state)
{
	bool holds = rp_text_eq(state, RP_TEXT("in_force"));

	return (struct v_chip){ .kind = holds ? RP_TEXT("open") : state,
		.label = rp_web_msg(req, rp_msg_version_state(state)) };
}
