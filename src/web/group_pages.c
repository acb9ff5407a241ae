#include "web/group_pages.h"
#include "base/clock.h"
#include "base/err.h"
#include "domain/officer.h"
#include "domain/party.h"
#include "domain/privacy.h"
#include "domain/right.h"
#include "render/prose.h"
#include "render/t_members.h"
#include "render/t_privacy.h"
#include "render/t_rights.h"
#include "text/collate.h"
#include "text/format.h"
#include "web/page.h"

#define FRESH (60 * RP_SECOND)

static rp_text
day(const struct rp_request *req, const struct rp_group *g, int64_t at)
{
	const struct rp_zone *z = rp_zone_find(req->who->env->zones, g->zone);

	if (at <= 0)
		return RP_TEXT("");
	if (z == NULL)
		z = rp_zone_find(req->who->env->zones, RP_TEXT("UTC"));
	return rp_format_date(req->reader.locale, req->arena, RP_DATE_FULL, z,
	    at);
}

struct rp_err *
rp_web_group_people(const struct rp_request *req, const struct rp_group *g,
    struct v_group *v)
{
	int64_t counts[RP_MEMBER_CLASS_COUNT];
	struct rp_officers officers;

	RP_TRY(rp_officer_list(req->tx, g->id, req->now, &officers));
	for (size_t i = 0; i < officers.n; i++) {
		const struct rp_officer *o = &officers.v[i];
		struct v_group_officers row = { .office =
						    rp_msg_office(o->office),
			.name = o->name,
			.name_lang = o->name_lang,
			.country = o->country.n > 0 ?
				       rp_web_country(req, o->country) :
				       RP_TEXT(""),
			.region = o->region.n > 0 ? rp_msg_region(o->region) :
						    M_none };

		rp_vec_push(req->arena, &v->officers, row);
	}
	RP_TRY(rp_membership_counts(req->tx, g->id, req->now, counts));
	for (size_t k = 0; k < RP_MEMBER_CLASS_COUNT; k++) {
		struct v_group_classes row = {
			.class = rp_msg_class(rp_member_classes[k]),
			.n = counts[k],
		};

		if (row.n > 0)
			rp_vec_push(req->arena, &v->classes, row);
	}
	return NULL;
}

static void
add_member(const struct rp_request *req, const struct rp_group *g,
    const struct rp_membership *m, struct v_members *v)
{
	struct v_members_members row = {
		.name = m->short_name.n > 0 ? m->short_name : m->name,
		.official_name = m->short_name.n > 0 ? m->name : RP_TEXT(""),
		.lang = rp_lang_tag(req->reader.lang),
		.class = rp_msg_class(m->class),
		.region = rp_msg_region(m->region),
		.since = day(req, g, m->since_at),
	};

	row.is_ldc = m->is_ldc;
	row.is_lldc = m->is_lldc;
	row.is_sids = m->is_sids;
	rp_vec_push(req->arena, &v->members, row);
}

struct rp_err *
rp_web_members(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_memberships all;
	struct rp_group g;
	struct rp_frame f = { .group = &g, .wide = true };
	struct v_members v = { 0 };
	rp_text *names;
	size_t *order;
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_membership_list(req->tx, g.id, req->now, lang, &all));
	names = rp_new_n(req->arena, rp_text, all.n + 1);
	for (size_t i = 0; i < all.n; i++)
		names[i] = all.v[i].short_name.n > 0 ? all.v[i].short_name :
						       all.v[i].name;
	order = rp_collate_order(req->who->env->collation, req->arena,
	    req->reader.lang, names, all.n);
	for (size_t i = 0; i < all.n; i++)
		add_member(req, &g, &all.v[order[i]], &v);
	v.group_name = g.name.body;
	v.n = (int64_t)all.n;
	f.title = rp_web_msg(req, M_group_members);
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, members, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static void
add_right(const struct rp_request *req, const struct rp_group *g,
    const struct rp_right *r, rp_text on, struct v_rights *v)
{
	struct v_rights_rows row = { .who = r->person,
		.who_msg = M_none,
		.may = rp_msg_capability(r->capability),
		.on = on,
		.instrument = r->instrument,
		.since = day(req, g, r->from_at),
		.until = day(req, g, r->until_at) };

	/* What was, or will be, in force is told by the record. */
	if (r->from_at > req->now ||
	    (r->until_at != 0 && r->until_at <= req->now))
		return;
	if (rp_text_eq(r->holder_kind, RP_TEXT("office")))
		row.who_msg = rp_msg_office(r->holder);
	else if (rp_text_eq(r->holder_kind, RP_TEXT("class")))
		row.who_msg = rp_msg_class(r->holder);
	else if (rp_text_eq(r->holder_kind, RP_TEXT("public")))
		row.who_msg = M_class_public;
	rp_vec_push(req->arena, &v->rows, row);
}

struct rp_err *
rp_web_rights(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_rights of_group, of_body;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	struct v_rights v = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_right_list(req->who, req->tx, RP_ON_GROUP, g.id, &of_group));
	RP_TRY(
	    rp_right_list(req->who, req->tx, RP_ON_BODY, g.body_id, &of_body));
	for (size_t i = 0; i < of_group.n; i++)
		add_right(req, &g, &of_group.v[i], RP_TEXT(""), &v);
	for (size_t i = 0; i < of_body.n; i++)
		add_right(req, &g, &of_body.v[i], g.body_name.body, &v);
	v.group_name = g.name.body;
	f.title = rp_web_msg(req, M_frame_rights);
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, rights, &v, &content));
	return rp_web_frame(req, &f, content, out);
}

static struct rp_err *
pick(const struct rp_request *req, const struct rp_group *g,
    const struct rp_notices *all, struct rp_notice *out)
{
	rp_text asked;
	int64_t n = 0;

	RP_TRY(rp_form_line(req, &req->query, "v", 20, &asked));
	if (asked.n > 0 && !rp_text_i64(asked, &n))
		return rp_fail(RP_E_NOTFOUND, "no such version");
	*out = (struct rp_notice){ .group_id = g->id };
	for (size_t i = 0; i < all->n; i++)
		if (n == 0 || all->v[i].version == n)
			return rp_notice_get(req->tx, all->v[i].id,
			    rp_lang_tag(req->reader.lang), out);
	if (n != 0)
		return rp_fail(RP_E_NOTFOUND, "no such version");
	return NULL;
}

struct rp_err *
rp_web_privacy(const struct rp_request *req, struct rp_response *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_notices all;
	struct rp_notice notice;
	struct rp_group g;
	struct rp_frame f = { .group = &g };
	struct v_privacy v = { 0 };
	rp_html content;

	RP_TRY(rp_group_get(req->who, req->tx, req->params.group, lang, &g));
	RP_TRY(rp_notice_list(req->tx, g.id, &all));
	RP_TRY(pick(req, &g, &all, &notice));
	v.group_name = g.name.body;
	v.days = req->who->env->access_log_age / RP_DAY;
	v.version = notice.version;
	v.since = day(req, &g, notice.created_at);
	v.notice = rp_prose(req->arena, notice.text, RP_TEXT(""), NULL);
	v.lang = notice.lang;
	for (size_t i = 0; i < all.n && all.n > 1; i++) {
		struct v_privacy_versions row = { .n = all.v[i].version,
			.since = day(req, &g, all.v[i].created_at),
			.url = rp_urlf(req->arena, "privacy?v=%lld",
			    (long long)all.v[i].version) };

		rp_vec_push(req->arena, &v.versions, row);
	}
	f.title = rp_web_msg(req, M_frame_privacy);
	out->fresh_ms = FRESH;
	RP_TRY(rp_web_render(req, privacy, &v, &content));
	return rp_web_frame(req, &f, content, out);
}
