#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "codec/json.h"
#include "codec/sink.h"
#include "domain/account.h"
#include "domain/officer.h"
#include "domain/one_time.h"
#include "domain/party.h"
#include "domain/person.h"
#include "domain/privacy.h"
#include "domain/right.h"
#include "domain/session.h"
#include "render/t_desk_people.h"
#include "render/t_desk_person.h"
#include "text/lang.h"
#include "text/zone.h"
#include "web/desk.h"
#include "web/page.h"
#include "web/staff.h"

#define FOUND_MAX 100 /* rows of one page */
#define EXPORT_MAX ((size_t)16 * 1024 * 1024)

static enum rp_msg
what_was_done(const struct rp_request *req)
{
	static const struct rp_desk_word words[] = {
		{ "saved", M_account_done_saved },
		{ "added", M_desk_people_done_added },
		{ "sessions", M_desk_people_done_sessions },
		{ "erased", M_desk_person_done_erased },
		{ NULL, M_none },
	};

	return rp_desk_word(req, words);
}

/* The parties of all bodies, to choose one. */
static struct rp_err *
party_choices(const struct rp_request *req, int64_t chosen,
    struct rp_choices *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_bodies bodies;

	*out = (struct rp_choices){ 0 };
	RP_TRY(rp_body_list(req->who, req->tx, lang, &bodies));
	for (size_t i = 0; i < bodies.n; i++) {
		struct rp_parties parties;

		RP_TRY(rp_party_list(req->tx, bodies.v[i].id, lang, &parties));
		for (size_t k = 0; k < parties.n; k++) {
			const struct rp_party *p = &parties.v[k];
			struct rp_choice one = {
				.value = rp_textf(req->arena, "%lld",
				    (long long)p->id),
				.name = p->name.n ? p->name : p->slug,
				.selected = p->id == chosen,
			};

			rp_vec_push(req->arena, out, one);
		}
	}
	return NULL;
}

static rp_text
chosen_name(const struct rp_choices *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].selected)
			return all->v[i].name;
	return RP_TEXT("");
}

/* One-time links are made for who has no passphrase yet, or forgot it. */
static struct rp_err *
new_link(const struct rp_request *req, int64_t id, rp_text *out)
{
	struct rp_person p;
	rp_text secret;
	bool has;

	RP_TRY(rp_person_get(req->who, req->tx, id, &p));
	RP_TRY(rp_account_exists(req->tx, id, &has));
	RP_TRY(rp_one_time_make(req->who, req->tx,
	    has ? RP_ONE_TIME_NEW_PASSPHRASE : RP_ONE_TIME_INVITATION, id,
	    &secret));
	*out = rp_one_time_url(req->arena, req->who->env, p.lang, secret);
	return NULL;
}

static struct rp_err *
end_sessions(const struct rp_request *req, int64_t id)
{
	struct rp_sessions all;

	RP_TRY(rp_session_list(req->who, req->tx, id, &all));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(rp_session_revoke(req->who, req->tx, id, all.v[i].id));
	return NULL;
}

static bool
has(rp_text t, rp_text q)
{
	return q.n > 0 && memmem(t.p, t.n, q.p, q.n) != NULL;
}

static bool
is_asked_for(const struct rp_person *p, rp_text q)
{
	if (q.n == 0 || has(p->name, q) || has(p->name_latin, q))
		return true;
	for (size_t i = 0; i < p->addresses.n; i++)
		if (has(p->addresses.v[i].entered, q))
			return true;
	return false;
}

static struct rp_err *
add_row(const struct rp_request *req, const struct rp_person *p,
    struct v_desk_people *v)
{
	struct v_desk_people_people row = { .id = p->id,
		.name = p->name,
		.name_lang = p->name_lang,
		.latin = p->name_latin,
		.state = M_desk_people_account_closed,
		.url = rp_desk_url(req, "people/%lld", (long long)p->id) };
	bool exists;

	RP_TRY(rp_account_exists(req->tx, p->id, &exists));
	if (rp_text_eq(p->state, RP_TEXT("active")))
		row.state = exists ? M_desk_people_account_active :
				     M_desk_people_account_none;
	for (size_t i = 0; i < p->addresses.n; i++)
		if (p->addresses.v[i].is_primary)
			row.email = p->addresses.v[i].entered;
	if (p->party_id != 0) {
		struct rp_party party;

		RP_TRY(rp_party_get(req->tx, p->party_id,
		    rp_lang_tag(req->reader.lang), &party));
		row.party = party.name.n ? party.name : party.slug;
	}
	rp_vec_push(req->arena, &v->people, row);
	return NULL;
}

/* Addresses are for who may see them; the others stay in the list. */
static struct rp_err *
with_addresses(const struct rp_request *req, struct rp_person *p)
{
	struct rp_person whole;
	struct rp_err *e = rp_person_get(req->who, req->tx, p->id, &whole);

	if (e == NULL)
		*p = whole;
	else if (rp_err_code(e) != RP_E_DENIED)
		return e;
	rp_err_free(e);
	return NULL;
}

static struct rp_err *
add_people(const struct rp_request *req, struct v_desk_people *v)
{
	int64_t at, after;

	rp_desk_after(req, &at, &after);
	for (;;) {
		struct rp_people some;

		RP_TRY(rp_person_list(req->who, req->tx, after, &some));
		for (size_t i = 0; i < some.n; i++) {
			RP_TRY(with_addresses(req, &some.v[i]));
			after = some.v[i].id;
			if (is_asked_for(&some.v[i], v->q))
				RP_TRY(add_row(req, &some.v[i], v));
			if (v->people.n < FOUND_MAX)
				continue;
			v->pager = rp_desk_pager(req,
			    rp_desk_url(req, "people?"), true, 1, after);
			return NULL;
		}
		if (some.n < RP_PERSON_PAGE)
			return NULL;
	}
}

static struct rp_err *
show_list(const struct rp_request *req, struct v_desk_people *v,
    const struct rp_person *typed, struct rp_response *out)
{
	struct rp_choices parties;
	rp_html content;

	v->desk_url = rp_desk_url(req, "%s", "");
	v->action = rp_desk_url(req, "people");
	v->token = req->csrf;
	v->can_invite = true;
	v->name = typed->name;
	v->latin = typed->name_latin;
	RP_TRY(rp_form_line(req, &req->query, "q", RP_PERSON_NAME_MAX, &v->q));
	RP_TRY(add_people(req, v));
	RP_TRY(party_choices(req, typed->party_id, &parties));
	RP_COPY_CHOICES(req, &v->parties, parties);
	RP_COPY_CHOICES(req, &v->languages,
	    rp_web_language_choices(req, typed->lang));
	RP_COPY_CHOICES(req, &v->zones, rp_web_zone_choices(req, typed->zone));
	RP_TRY(rp_web_render(req, desk_people, v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_people_title), content,
	    out);
}

static struct rp_person
nobody(const struct rp_request *req)
{
	return (struct rp_person){ .lang = rp_lang_tag(req->reader.lang),
		.zone = req->who->zone.n ? req->who->zone : RP_TEXT("UTC") };
}

struct rp_err *
rp_web_desk_people(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_people v = { .done = what_was_done(req) };
	struct rp_person typed = nobody(req);

	return show_list(req, &v, &typed, out);
}

static struct rp_err *
again(const struct rp_request *req, const struct rp_person *typed,
    rp_text email, enum rp_msg name_error, enum rp_msg email_error,
    struct rp_response *out)
{
	struct v_desk_people v = { .email = email };

	if (name_error != M_none)
		v.name_error = rp_web_msg(req, name_error);
	if (email_error != M_none)
		v.email_error = rp_web_msg(req, email_error);
	out->status = 400;
	return show_list(req, &v, typed, out);
}

static struct rp_err *
add(const struct rp_request *req, struct rp_response *out)
{
	struct rp_person p = nobody(req);
	struct v_desk_people v = { .done = M_desk_people_done_added };
	struct rp_err *e;
	rp_text email;

	RP_TRY(
	    rp_form_line(req, &req->form, "name", RP_PERSON_NAME_MAX, &p.name));
	RP_TRY(rp_form_line(req, &req->form, "name_latin", RP_PERSON_NAME_MAX,
	    &p.name_latin));
	RP_TRY(rp_form_line(req, &req->form, "email", RP_ADDRESS_FIELD_MAX,
	    &email));
	RP_TRY(rp_form_line(req, &req->form, "lang", 35, &p.lang));
	RP_TRY(rp_form_line(req, &req->form, "zone", RP_ZONE_ID_MAX, &p.zone));
	p.name_lang = p.lang;
	p.party_id = rp_desk_number(req, &req->form, "party");
	if (p.name.n == 0)
		return again(req, &p, email, M_answer_error_name, M_none, out);
	RP_TRY(rp_person_add(req->who, req->tx, &p, &p.id));
	e = rp_person_address_add(req->who, req->tx, p.id, email);
	/* The status undoes the person who was added a moment ago. */
	if (e != NULL && rp_err_code(e) == RP_E_INVALID) {
		rp_err_free(e);
		return again(req, &p, email, M_none, M_answer_error_email, out);
	}
	if (e != NULL && rp_err_code(e) == RP_E_CONFLICT) {
		rp_err_free(e);
		return again(req, &p, email, M_none, M_desk_people_error_known,
		    out);
	}
	RP_TRY(e);
	RP_TRY(new_link(req, p.id, &v.link_text));
	v.link_person = p.name;
	p = nobody(req);
	return show_list(req, &v, &p, out);
}

struct rp_err *
rp_web_desk_people_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t id = rp_desk_number(req, &req->form, "person");
	struct v_desk_people v = { 0 };
	struct rp_person p, none = nobody(req);

	if (rp_desk_button(req, "add"))
		return add(req, out);
	if (rp_desk_button(req, "end_sessions")) {
		RP_TRY(end_sessions(req, id));
		return rp_desk_done(out, req, rp_desk_url(req, "people"),
		    "sessions");
	}
	if (!rp_desk_button(req, "link"))
		return rp_fail(RP_E_INVALID, "no such button");
	RP_TRY(new_link(req, id, &v.link_text));
	RP_TRY(rp_person_get(req->who, req->tx, id, &p));
	v.link_person = p.name;
	return show_list(req, &v, &none, out);
}

static struct rp_err *
add_offices(const struct rp_request *req, int64_t id, struct v_desk_person *v)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_groups groups;

	RP_TRY(rp_group_list(req->who, req->tx, lang, &groups));
	for (size_t i = 0; i < groups.n; i++) {
		const struct rp_group *g = &groups.v[i];
		struct v_desk_person_groups choice = { .value = g->slug,
			.name = g->name.body };
		struct rp_officers all;

		rp_vec_push(req->arena, &v->groups, choice);
		RP_TRY(rp_officer_list(req->tx, g->id, req->now, &all));
		for (size_t k = 0; k < all.n; k++) {
			const struct rp_officer *o = &all.v[k];
			struct v_desk_person_offices row = { .id = o->id,
				.office = rp_msg_office(o->office),
				.group = g->name.body,
				.since =
				    rp_web_time(req, g->zone, o->from_at) };

			if (o->region.n > 0)
				row.region = rp_msg_region(o->region);
			if (o->person_id == id)
				rp_vec_push(req->arena, &v->offices, row);
		}
	}
	for (size_t i = 0; i < RP_OFFICE_COUNT; i++)
		rp_vec_push(req->arena, &v->office_choices,
		    ((struct v_desk_person_office_choices){ rp_offices[i],
			rp_msg_office(rp_offices[i]) }));
	rp_vec_push(req->arena, &v->regions,
	    ((struct v_desk_person_regions){ RP_TEXT(""),
		rp_msg_region(RP_TEXT("")) }));
	for (size_t i = 0; i < RP_PARTY_REGIONS; i++)
		rp_vec_push(req->arena, &v->regions,
		    ((struct v_desk_person_regions){ rp_regions[i],
			rp_msg_region(rp_regions[i]) }));
	return NULL;
}

static struct rp_err *
show_person(const struct rp_request *req, struct v_desk_person *v,
    struct rp_response *out)
{
	rp_text address_error = v->addresses.error;
	int64_t id = req->params.id;
	struct rp_choices parties;
	struct rp_person p;
	rp_html content;
	bool exists;

	RP_TRY(rp_right_may_manage(req->who, req->tx, id));
	RP_TRY(rp_person_get(req->who, req->tx, id, &p));
	RP_TRY(rp_account_exists(req->tx, id, &exists));
	RP_TRY(party_choices(req, p.party_id, &parties));
	v->desk_url = rp_desk_url(req, "%s", "");
	v->people_url = rp_desk_url(req, "people");
	v->action = rp_desk_url(req, "people/%lld", (long long)id);
	v->export_url = rp_desk_url(req, "people/%lld/data", (long long)id);
	v->token = req->csrf;
	v->name = p.name;
	v->name_lang = p.name_lang;
	v->latin = p.name_latin;
	v->party = chosen_name(&parties);
	v->is_closed = !rp_text_eq(p.state, RP_TEXT("active"));
	v->state = v->is_closed ? M_desk_people_account_closed :
		   exists       ? M_desk_people_account_active :
				  M_desk_people_account_none;
	v->addresses = rp_web_addresses(req, &p, v->action);
	v->addresses.error = address_error;
	v->may_erase =
	    rp_actor_may(req->who, RP_MAY_ERASE, (struct rp_place){ 0 });
	RP_COPY_CHOICES(req, &v->parties, parties);
	RP_TRY(add_offices(req, id, v));
	RP_TRY(rp_web_render(req, desk_person, v, &content));
	return rp_desk_frame(req, p.name, content, out);
}

struct rp_err *
rp_web_desk_person(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_person v = { .done = what_was_done(req) };

	return show_person(req, &v, out);
}

static struct rp_err *
appoint(const struct rp_request *req)
{
	struct rp_officer o = { .person_id = req->params.id };
	struct rp_group g;
	rp_text slug;
	int64_t id;

	RP_TRY(rp_form_line(req, &req->form, "group", RP_SLUG_MAX, &slug));
	RP_TRY(rp_form_line(req, &req->form, "office", 40, &o.office));
	RP_TRY(rp_form_line(req, &req->form, "region", 40, &o.region));
	RP_TRY(rp_web_last_minute(req, "until", &o.until_at));
	RP_TRY(rp_group_get(req->who, req->tx, slug,
	    rp_lang_tag(req->reader.lang), &g));
	o.from_at = req->now;
	return rp_officer_appoint(req->who, req->tx, g.id, &o, &id);
}

static struct rp_err *
change_party(const struct rp_request *req)
{
	struct rp_person p;

	RP_TRY(rp_person_get(req->who, req->tx, req->params.id, &p));
	p.party_id = rp_desk_number(req, &req->form, "party");
	return rp_person_change(req->who, req->tx, &p);
}

/* What answers with the page "saved"; `out_known` if it is one of them. */
static struct rp_err *
small_act(const struct rp_request *req, bool *out_known)
{
	int64_t id = req->params.id;

	*out_known = true;
	if (rp_desk_button(req, "appoint"))
		return appoint(req);
	if (rp_desk_button(req, "office_end"))
		return rp_officer_end(req->who, req->tx,
		    rp_desk_number(req, &req->form, "term"));
	if (rp_desk_button(req, "party"))
		return change_party(req);
	if (rp_desk_button(req, "close"))
		return rp_person_close(req->who, req->tx, id, true);
	if (rp_desk_button(req, "open"))
		return rp_person_close(req->who, req->tx, id, false);
	*out_known = false;
	return NULL;
}

static struct rp_err *
erase(const struct rp_request *req, rp_url here, struct rp_response *out)
{
	struct v_desk_person v = { .ask_erase = true };

	if (!rp_form_has(&req->form, "sure"))
		return show_person(req, &v, out);
	RP_TRY(rp_privacy_erase_person(req->who, req->tx, req->params.id));
	return rp_desk_done(out, req, here, "erased");
}

static struct rp_err *
person_addresses(const struct rp_request *req, rp_url here,
    struct rp_response *out)
{
	struct v_desk_person v = { 0 };
	enum rp_msg error;

	RP_TRY(rp_web_addresses_do(req, req->params.id, &error));
	if (error == M_none)
		return rp_desk_done(out, req, here, "saved");
	v.addresses.error = rp_web_msg(req, error);
	out->status = 400;
	return show_person(req, &v, out);
}

struct rp_err *
rp_web_desk_person_post(const struct rp_request *req, struct rp_response *out)
{
	int64_t id = req->params.id;
	rp_url here = rp_desk_url(req, "people/%lld", (long long)id);
	struct v_desk_person v = { 0 };
	bool known;

	if (rp_web_addresses_button(req))
		return person_addresses(req, here, out);
	RP_TRY(small_act(req, &known));
	if (known)
		return rp_desk_done(out, req, here, "saved");
	if (rp_desk_button(req, "end_sessions")) {
		RP_TRY(end_sessions(req, id));
		return rp_desk_done(out, req, here, "sessions");
	}
	if (rp_desk_button(req, "erase"))
		return erase(req, here, out);
	if (rp_desk_button(req, "reset"))
		RP_TRY(rp_account_reset(req->who, req->tx, id));
	else if (!rp_desk_button(req, "link"))
		return rp_fail(RP_E_INVALID, "no such button");
	RP_TRY(new_link(req, id, &v.link_text));
	return show_person(req, &v, out);
}

static struct rp_err *
as_file(const struct rp_request *req, const struct rp_personal_data *data,
    struct rp_response *out)
{
	struct rp_json_writer w;
	struct rp_sink sink;
	struct rp_buf buf;

	rp_buf_init(&buf, req->arena, EXPORT_MAX);
	rp_sink_to_buf(&sink, req->arena, &buf);
	rp_json_init(&w, &sink);
	rp_json_array_begin(&w);
	for (size_t i = 0; i < data->n; i++) {
		const struct rp_personal_datum *d = &data->v[i];

		rp_json_object_begin(&w);
		rp_json_key(&w, RP_TEXT("kind"));
		rp_json_put_text(&w, d->kind);
		rp_json_key(&w, RP_TEXT("id"));
		rp_json_put_i64(&w, d->id);
		rp_json_key(&w, RP_TEXT("field"));
		rp_json_put_text(&w, d->field);
		rp_json_key(&w, RP_TEXT("value"));
		rp_json_put_text(&w, d->value);
		rp_json_object_end(&w);
	}
	rp_json_array_end(&w);
	rp_json_line_end(&w);
	RP_TRY(rp_sink_flush(&sink));
	RP_TRY(rp_buf_bytes(&buf, &out->body));
	out->type = "application/json";
	out->no_store = true;
	rp_response_header(out, "Content-Disposition",
	    RP_TEXT("attachment; filename=\"personal-data.json\""));
	return NULL;
}

struct rp_err *
rp_web_desk_person_data(const struct rp_request *req, struct rp_response *out)
{
	struct rp_personal_data data;

	RP_TRY(rp_privacy_of_person(req->who, req->tx, req->params.id, &data));
	return as_file(req, &data, out);
}

/* The same about an address of a respondent, who has no account. */
struct rp_err *
rp_web_desk_address_data(const struct rp_request *req, struct rp_response *out)
{
	struct rp_personal_data data;
	rp_text address;

	RP_TRY(rp_form_line(req, &req->form, "email", RP_ADDRESS_FIELD_MAX,
	    &address));
	RP_TRY(rp_privacy_of_address(req->who, req->tx, address, &data));
	return as_file(req, &data, out);
}
