#include "web/page.h"

#include "base/clock.h"
#include "base/err.h"
#include "render/assets.h"
#include "render/t_error_summary.h"
#include "render/t_frame.h"
#include "text/country.h"
#include "text/format.h"
#include "text/zone.h"
#include "web/server.h"

rp_text
rp_web_msg(const struct rp_request *req, enum rp_msg id)
{
	return rp_message(req->arena, &req->reader, id, NULL, 0);
}

void
rp_web_problem_text(const struct rp_request *req, struct v_error_summary *v,
    const char *at, rp_text text, rp_text *beside)
{
	struct v_error_summary_errors row = { .href = rp_urlf(req->arena, "#%s",
						  at),
		.text = text };

	if (text.n == 0)
		return;
	*beside = text;
	rp_vec_push(req->arena, &v->errors, row);
}

void
rp_web_problem(const struct rp_request *req, struct v_error_summary *v,
    const char *at, enum rp_msg msg, rp_text *beside)
{
	if (msg != M_none)
		rp_web_problem_text(req, v, at, rp_web_msg(req, msg), beside);
}

rp_url
rp_web_group_url(const struct rp_request *req, const struct rp_group *g)
{
	return rp_urlf(req->arena, "/%s/%s/", rp_lang_tag(req->reader.lang).p,
	    g->slug.p);
}

rp_url
rp_web_consultation_url(const struct rp_request *req,
    const struct rp_consultation *c, const char *rest)
{
	return rp_urlf(req->arena, "/%s/%s/consultations/%lld/%s",
	    rp_lang_tag(req->reader.lang).p, c->group.slug.p,
	    (long long)c->number, rest);
}

rp_text
rp_web_country(const struct rp_request *req, rp_text code)
{
	const struct rp_country *c = rp_country_find(code);

	if (c == NULL)
		return code;
	return rp_country_name(req->who->env->countries, req->reader.lang, c);
}

static const struct rp_zone *
zone_of(const struct rp_request *req, rp_text id)
{
	struct rp_zones *zones = req->who->env->zones;
	const struct rp_zone *z = rp_zone_find(zones, id);

	return z ? z : rp_zone_find(zones, RP_TEXT("UTC"));
}

rp_text
rp_web_time(const struct rp_request *req, rp_text zone, int64_t at)
{
	return rp_format_datetime(req->reader.locale, req->arena,
	    zone_of(req, zone), at);
}

rp_text
rp_web_date(const struct rp_request *req, rp_text zone, int64_t at)
{
	return rp_format_date(req->reader.locale, req->arena, RP_DATE_FULL,
	    zone_of(req, zone), at);
}

rp_text
rp_web_utc(const struct rp_request *req, int64_t at)
{
	return rp_web_time(req, RP_TEXT("UTC"), at);
}

rp_text
rp_web_relative(const struct rp_request *req, int64_t at)
{
	return rp_format_relative(req->reader.locale, req->arena, req->now, at);
}

rp_text
rp_web_iso(const struct rp_request *req, int64_t at)
{
	return rp_clock_rfc3339(req->arena, at);
}

rp_text
rp_web_zone_label(const struct rp_request *req, const struct rp_zone_choice *z)
{
	rp_text offset =
	    rp_format_offset(req->arena, (int64_t)z->offset * RP_MINUTE);

	return rp_textf(req->arena, "%.*s (%.*s)", RP_FMT(z->id),
	    RP_FMT(offset));
}

static void
add_zones(const struct rp_request *req, rp_text chosen, struct v_deadline *v)
{
	size_t n;
	struct rp_zone_choice *all =
	    rp_zone_list(req->who->env->zones, req->arena, req->now, &n);

	for (size_t i = 0; i < n; i++) {
		struct v_deadline_zones z = {
			.value = all[i].id,
			.name = rp_web_zone_label(req, &all[i]),
			.selected = rp_text_eq(all[i].id, chosen),
		};

		rp_vec_push(req->arena, &v->zones, z);
	}
}

struct v_deadline
rp_web_deadline(const struct rp_request *req, rp_text zone, int64_t at,
    bool choose)
{
	struct v_deadline v = {
		.iso = rp_web_iso(req, at),
		.body_time = rp_web_time(req, zone, at),
		.utc_time = rp_web_utc(req, at),
		.relative = rp_web_relative(req, at),
		.action = { req->path.p, req->path.n },
	};

	if (!choose)
		return v;
	v.open_zone = req->zone.n > 0;
	v.reader_time =
	    v.open_zone ? rp_web_time(req, req->zone, at) : v.utc_time;
	add_zones(req, v.open_zone ? req->zone : zone, &v);
	return v;
}

struct v_chip
rp_web_consultation_chip(const struct rp_request *req,
    const struct rp_consultation *c)
{
	static const struct {
		const char *kind;
		enum rp_msg label;
	} of[] = {
		[RP_CONSULTATION_PLANNED] = { "draft", M_state_draft },
		[RP_CONSULTATION_COMING] = { "planned", M_state_planned },
		[RP_CONSULTATION_OPEN] = { "open", M_state_open },
		[RP_CONSULTATION_CLOSED] = { "closed", M_state_closed },
		[RP_CONSULTATION_ARCHIVED] = { "archived", M_state_archived },
	};

	return (struct v_chip){ .kind = rp_text_z(of[c->state].kind),
		.label = rp_web_msg(req, of[c->state].label) };
}

struct v_card
rp_web_card(const struct rp_request *req, const struct rp_consultation *c)
{
	bool planned = c->state <= RP_CONSULTATION_COMING;
	int64_t at = planned ? c->opens_at : c->deadline_at;

	return (struct v_card){
		.number = c->number,
		.title = c->title.body,
		.lang = c->title.lang,
		.url = rp_web_consultation_url(req, c, ""),
		.status = rp_web_consultation_chip(req, c),
		.group_name = c->group.name.body,
		.when = rp_web_time(req, c->zone, at),
		.iso = rp_web_iso(req, at),
		.relative = rp_web_relative(req, at),
		.is_open = c->state == RP_CONSULTATION_OPEN,
		.is_planned = planned,
		.responses = c->published,
	};
}

/* The same address in another language. */
static rp_url
in_language(const struct rp_request *req, enum rp_lang lang)
{
	rp_text rest = req->path;
	size_t slash = rp_text_find(rest, '/', 1);

	if (!(req->route && (req->route->flags & RP_LANG)))
		return rp_urlf(req->arena, "?lang=%s", rp_lang_tag(lang).p);
	rest = rp_text_sub(rest, slash, rest.n);
	return rp_urlf(req->arena, "/%s%.*s%s%.*s", rp_lang_tag(lang).p,
	    RP_FMT(rest), req->query_text.n ? "?" : "",
	    RP_FMT(req->query_text));
}

static void
add_languages(const struct rp_request *req, struct v_frame *v)
{
	for (int l = 0; l < RP_LANG_COUNT; l++) {
		struct v_frame_languages one = {
			.lang = rp_lang_tag((enum rp_lang)l),
			.name = rp_lang_own_name((enum rp_lang)l),
			.url = in_language(req, (enum rp_lang)l),
			.current = (enum rp_lang)l == req->reader.lang,
		};

		rp_vec_push(req->arena, &v->languages, one);
	}
}

static void
add_person(const struct rp_request *req, struct v_frame *v, const char *lang)
{
	if (req->who->person_id == 0) {
		v->sign_in_url = rp_urlf(req->arena, "/%s/sign-in", lang);
		return;
	}
	v->who = req->who->name.n ? req->who->name : RP_TEXT("—");
	v->account_url = rp_urlf(req->arena, "/%s/account", lang);
	v->sign_out_url = rp_urlf(req->arena, "/%s/sign-out", lang);
	v->token = req->csrf;
	if (rp_actor_is_staff(req->who))
		v->desk_url = rp_urlf(req->arena, "/%s/desk/", lang);
}

static void
add_group(const struct rp_request *req, const struct rp_group *g,
    struct v_frame *v)
{
	struct v_frame_feeds feed = { .name = g->acronym };

	v->body_name = g->body_name.body;
	v->group_name = g->name.body;
	v->group_url = rp_web_group_url(req, g);
	feed.url = rp_urlf(req->arena, "%s.atom",
	    rp_urlf(req->arena, "/%s/%s/responses",
		rp_lang_tag(req->reader.lang).p, g->slug.p)
		.p);
	rp_vec_push(req->arena, &v->feeds, feed);
	v->rights_url = rp_urlf(req->arena, "%srights", v->group_url.p);
	v->privacy_url = rp_urlf(req->arena, "%sprivacy", v->group_url.p);
}

struct rp_err *
rp_web_frame(const struct rp_request *req, const struct rp_frame *f,
    rp_html content, struct rp_response *out)
{
	const struct rp_web_options *o = rp_web_options_of(req->web);
	const char *lang = rp_lang_tag(req->reader.lang).p;
	struct v_frame v = {
		.lang = rp_lang_tag(req->reader.lang),
		.dir = rp_dir_name(rp_lang_dir(req->reader.lang)),
		.title = f->title,
		.body_name =
		    f->group == NULL ? rp_web_body_name(req) : RP_TEXT(""),
		.body_url = rp_urlf(req->arena, "/%s/", lang),
		.style_url = rp_asset_url(req->arena, RP_TEXT("style.css")),
		.icon_url = rp_asset_url(req->arena, RP_TEXT("icon.svg")),
		.script_url = f->script.n > 0 ?
				  rp_asset_url(req->arena, f->script) :
				  (rp_url){ 0 },
		.wide = f->wide,
		.private = f->private,
		.refresh = f->refresh,
		.feed_url = f->feed,
		.search_url = rp_urlf(req->arena, "/%s/search", lang),
		.accessibility_url =
		    rp_urlf(req->arena, "/%s/accessibility", lang),
		.version = o->version,
		.content = content,
	};

	add_languages(req, &v);
	add_person(req, &v, lang);
	if (f->group != NULL)
		add_group(req, f->group, &v);
	return rp_web_render(req, frame, &v, &out->page);
}

struct word {
	const char *value;
	enum rp_msg id;
};

static enum rp_msg
look_up(rp_text value, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (rp_text_eq(value, rp_text_z(words[i].value)))
			return words[i].id;
	return M_none;
}

#define LOOK_UP(value, words) \
	look_up((value), (words), sizeof(words) / sizeof((words)[0]))

enum rp_msg
rp_msg_category(rp_text value)
{
	static const struct word words[] = {
		{ "government", M_category_government },
		{ "private_sector", M_category_private_sector },
		{ "civil_society", M_category_civil_society },
		{ "technical_community", M_category_technical_community },
		{ "academia", M_category_academia },
		{ "international_organisation",
		    M_category_international_organisation },
		{ "individual", M_category_individual },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_capacity(rp_text value)
{
	static const struct word words[] = {
		{ "organisation", M_capacity_organisation },
		{ "individual", M_capacity_individual },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_region(rp_text value)
{
	static const struct word words[] = {
		{ "africa", M_region_africa },
		{ "americas", M_region_americas },
		{ "arab_states", M_region_arab_states },
		{ "asia_pacific", M_region_asia_pacific },
		{ "cis", M_region_cis },
		{ "europe", M_region_europe },
		{ "", M_region_none },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_response_state(rp_text value)
{
	static const struct word words[] = {
		{ "received", M_state_received },
		{ "held", M_state_held },
		{ "checked", M_state_checked },
		{ "published", M_state_published },
		{ "returned", M_state_returned },
		{ "rejected", M_state_rejected },
		{ "withdrawn", M_state_withdrawn },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_channel(rp_text value)
{
	static const struct word words[] = {
		{ "web", M_channel_web },
		{ "email", M_channel_email },
		{ "paper", M_channel_paper },
		{ "spoken", M_channel_spoken },
		{ "api", M_channel_api },
		{ "import", M_channel_import },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_office(rp_text value)
{
	static const struct word words[] = {
		{ "chair", M_office_chair },
		{ "vice_chair", M_office_vice_chair },
		{ "acting_chair", M_office_acting_chair },
		{ "secretary", M_office_secretary },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_class(rp_text value)
{
	static const struct word words[] = {
		{ "member_state", M_class_member_state },
		{ "sector_member", M_class_sector_member },
		{ "associate", M_class_associate },
		{ "academia", M_class_academia },
		{ "other", M_class_other },
		{ "public", M_class_public },
	};

	return LOOK_UP(value, words);
}

enum rp_msg
rp_msg_capability(enum rp_capability what)
{
	static const enum rp_msg of[RP_CAPABILITY_COUNT] = {
		[RP_MAY_NOTHING] = M_none,
		[RP_MAY_READ] = M_right_read,
		[RP_MAY_AMEND] = M_right_amend,
		[RP_MAY_PROPOSE] = M_right_propose,
		[RP_MAY_CONTRIBUTE] = M_right_contribute,
		[RP_MAY_ANSWER] = M_right_answer,
		[RP_MAY_CHECK] = M_right_check,
		[RP_MAY_REDACT] = M_right_redact,
		[RP_MAY_TRANSLATE] = M_right_translate,
		[RP_MAY_ENTER] = M_right_enter,
		[RP_MAY_LAUNCH] = M_right_launch,
		[RP_MAY_CONTACT] = M_right_contact,
		[RP_MAY_EXPORT] = M_right_export,
		[RP_MAY_MEMBERS] = M_right_members,
		[RP_MAY_GRANT] = M_right_grant,
		[RP_MAY_ERASE] = M_right_erase,
		[RP_MAY_AUDIT] = M_right_audit,
		[RP_MAY_REGISTER] = M_right_register,
		[RP_MAY_THEME] = M_right_theme,
		[RP_MAY_MEET] = M_right_meet,
		[RP_MAY_STEER] = M_right_steer,
		[RP_MAY_ADMINISTER] = M_right_administer,
	};

	return what < RP_CAPABILITY_COUNT ? of[what] : M_none;
}
