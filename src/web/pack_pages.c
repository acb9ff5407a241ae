/* pack_pages - the documents of a meeting to take away. */
#include <string.h>

#include "base/err.h"
#include "codec/json.h"
#include "render/t_pack.h"
#include "text/format.h"
#include "text/input.h"
#include "web/desk.h"
#include "web/meeting.h"
#include "web/pack.h"
#include "web/query.h"

#define NUMBER_MAX 20
#define FINDINGS_MAX ((size_t)1000)

struct shown {
	struct rp_group g;
	struct rp_meeting m;
	struct rp_pack_asked asked;
	struct rp_pack pack;
	bool both; /* a date and an edition */
	enum rp_msg message;
};

static struct rp_err *
find(const struct rp_request *req, struct shown *s)
{
	RP_TRY(rp_group_get(req->who, req->tx, req->params.group,
	    rp_lang_tag(req->reader.lang), &s->g));
	return rp_meeting_get(req->who, req->tx, s->g.id, req->params.n, &s->m);
}

static struct rp_err *
read_langs(const struct rp_request *req, struct rp_pack_langs *out)
{
	for (size_t i = 0; i < req->query.n; i++) {
		rp_bytes name = req->query.v[i].name;
		rp_text tag;

		if (name.n != 4 || memcmp(name.p, "lang", 4) != 0)
			continue;
		if (out->n == RP_PACK_LANGS_MAX)
			return rp_fail(RP_E_LIMIT, "over %d languages",
			    RP_PACK_LANGS_MAX);
		RP_TRY(rp_text_input_line(req->arena, req->query.v[i].value,
		    RP_LANG_TAG_MAX, &tag));
		if (tag.n > 0)
			rp_vec_push(req->arena, out, tag);
	}
	return NULL;
}

static struct rp_err *
read_asked(const struct rp_request *req, struct rp_pack_asked *a)
{
	rp_text taken;

	RP_TRY(read_langs(req, &a->langs));
	RP_TRY(rp_form_line(req, &req->query, "since", RP_PACK_DATE_MAX,
	    &a->since));
	RP_TRY(rp_form_line(req, &req->query, "edition", RP_PACK_EDITION_MAX,
	    &a->edition));
	RP_TRY(rp_form_line(req, &req->query, "taken", NUMBER_MAX, &taken));
	if (taken.n > 0 &&
	    (!rp_text_i64(taken, &a->taken_at) || a->taken_at <= 0))
		return rp_fail(RP_E_NOTFOUND, "no such download");
	return NULL;
}

static void
add_languages(const struct rp_request *req, const struct shown *s,
    struct v_pack *v)
{
	for (size_t i = 0; i < s->pack.langs.n; i++) {
		struct v_pack_languages one = { .value = s->pack.langs.v[i],
			.name = rp_locale_language(req->reader.locale,
			    req->arena, s->pack.langs.v[i]) };

		for (size_t k = 0; k < s->asked.langs.n; k++)
			one.selected |=
			    rp_text_eq(s->asked.langs.v[k], one.value);
		rp_vec_push(req->arena, &v->languages, one);
	}
}

/* For the secretariat: what the lint queries in the newest files, before the
 * pack goes out. */
static struct rp_err *
add_queries(const struct rp_request *req, const struct shown *s,
    const struct rp_pack *whole, struct v_pack *v)
{
	if (!rp_actor_may(req->who, RP_MAY_MEET, rp_group_place(&s->g)))
		return NULL;
	for (size_t i = 0; i < whole->documents.n; i++) {
		const struct rp_meeting_document *d = &whole->documents.v[i];
		struct v_pack_queries row = {
			.symbol =
			    rp_meeting_document_symbol(req->arena, &s->m, d),
			.url = rp_desk_url(req, "meetings/%lld/documents/%lld",
			    (long long)s->m.id, (long long)d->number)
		};

		for (size_t k = 0; k < d->files.n; k++) {
			const struct rp_document_file *f = &d->files.v[k];
			const struct rp_json *all, *list;

			if (f->revision != d->revision || f->findings.n == 0)
				continue;
			RP_TRY(rp_json_parse(req->arena,
			    rp_text_bytes(f->findings), &all));
			RP_TRY(rp_json_array(all, "findings", FINDINGS_MAX,
			    &list));
			row.n += (int64_t)rp_json_n(list);
		}
		if (row.n > 0)
			rp_vec_push(req->arena, &v->queries, row);
	}
	return NULL;
}

/* `whole`: the pack with everything, which the page counts. */
static struct rp_err *
show(const struct rp_request *req, const struct shown *s,
    const struct rp_pack *whole, struct rp_response *out)
{
	struct rp_frame f = { .group = &s->g,
		.title = rp_web_msg(req, M_pack_title) };
	struct v_pack v = { .meeting_url =
				rp_web_meeting_url(req, &s->g, &s->m, ""),
		.name = rp_web_meeting_name(req, &s->m),
		.action = rp_web_meeting_url(req, &s->g, &s->m, "pack"),
		.download_url =
		    rp_web_meeting_url(req, &s->g, &s->m, "pack.zip"),
		.pdf_url = rp_web_meeting_url(req, &s->g, &s->m, "pack.pdf"),
		.token = req->csrf,
		.can_take = req->who->person_id != 0,
		.message = s->message,
		.files = (int64_t)whole->files.n,
		.kilobytes = (whole->size + 999) / 1000,
		.edition = whole->edition,
		.since = s->asked.since,
		.edition_asked = s->asked.edition };
	rp_html content;

	if (whole->taken_at != 0)
		v.taken = rp_web_time(req, s->m.zone, whole->taken_at);
	add_languages(req, s, &v);
	if (s->both)
		rp_web_problem(req, &v.errors, "edition", M_pack_error_both,
		    &v.edition_error);
	else if (s->pack.problem == RP_PACK_BAD_SINCE)
		rp_web_problem(req, &v.errors, "since", M_pack_error_since,
		    &v.since_error);
	else if (s->pack.problem == RP_PACK_BAD_EDITION)
		rp_web_problem(req, &v.errors, "edition", M_pack_error_edition,
		    &v.edition_error);
	RP_TRY(add_queries(req, s, whole, &v));
	RP_TRY(rp_web_render(req, pack, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

struct rp_err *
rp_web_pack(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { .message = M_none };

	RP_TRY(find(req, &s));
	RP_TRY(rp_pack_make(req->who, req->tx, &s.m, &s.asked, &s.pack));
	return show(req, &s, &s.pack, out);
}

static void
note(const struct rp_request *req, const struct shown *s,
    struct rp_response *out)
{
	for (size_t i = 0; i < s->pack.files.n; i++) {
		const struct rp_pack_file *f = &s->pack.files.v[i];
		const struct rp_document_file file = { .id = f->id };

		rp_access_add(req->who, req->arena, &s->m,
		    &s->pack.documents.v[f->document], &file, RP_ACCESS_PACK,
		    &out->opened);
	}
}

/* What was asked for, as one file or the other; or what is wrong with it. */
static struct rp_err *
send(const struct rp_request *req, bool as_pdf, struct rp_response *out)
{
	struct shown s = { .message = M_none };
	struct rp_pack whole;

	RP_TRY(find(req, &s));
	RP_TRY(read_asked(req, &s.asked));
	s.both = s.asked.since.n > 0 && s.asked.edition.n > 0;
	RP_TRY(rp_pack_make(req->who, req->tx, &s.m, &s.asked, &s.pack));
	if (s.asked.taken_at != 0 && s.pack.files.n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such download");
	if (!s.both && s.pack.problem == RP_PACK_FINE) {
		if (as_pdf)
			RP_TRY(rp_web_pack_pdf_send(req, &s.g, &s.m, &s.pack,
			    out));
		else
			rp_web_pack_send(req, &s.g, &s.m, &s.pack, out);
		note(req, &s, out);
		return NULL;
	}
	RP_TRY(rp_pack_make(req->who, req->tx, &s.m,
	    &(struct rp_pack_asked){ 0 }, &whole));
	out->status = 400;
	return show(req, &s, &whole, out);
}

struct rp_err *
rp_web_pack_zip(const struct rp_request *req, struct rp_response *out)
{
	return send(req, false, out);
}

struct rp_err *
rp_web_pack_pdf(const struct rp_request *req, struct rp_response *out)
{
	return send(req, true, out);
}

/* What is taken is noted, then fetched by its own address, as often as the
 * reader likes. */
struct rp_err *
rp_web_pack_post(const struct rp_request *req, struct rp_response *out)
{
	struct shown s = { .message = M_none };
	struct rp_pack whole;

	RP_TRY(find(req, &s));
	s.asked.is_new = rp_desk_button(req, "new");
	RP_TRY(rp_pack_make(req->who, req->tx, &s.m, &s.asked, &s.pack));
	if (s.pack.files.n > 0) {
		RP_TRY(rp_pack_take(req->who, req->tx, &s.m, &s.pack));
		return rp_response_see_other(out,
		    rp_urlf(req->arena, "%s?taken=%lld",
			rp_web_meeting_url(req, &s.g, &s.m, "pack.zip").p,
			(long long)req->who->now));
	}
	s.message = M_pack_nothing_new;
	RP_TRY(rp_pack_make(req->who, req->tx, &s.m,
	    &(struct rp_pack_asked){ 0 }, &whole));
	return show(req, &s, &whole, out);
}
