#include "base/err.h"
#include "domain/officer.h"
#include "domain/party.h"
#include "domain/person.h"
#include "domain/right.h"
#include "render/t_desk_rights.h"
#include "text/lang.h"
#include "web/desk.h"
#include "web/page.h"
#include "web/staff.h"

/* What a right can be on, as a value of the list: "group 3". */
struct object {
	enum rp_object_kind kind;
	int64_t id;
	rp_text name;
	struct rp_place place;
};
struct objects RP_VEC(struct object);

static struct rp_err *
all_objects(const struct rp_request *req, struct objects *out)
{
	rp_text lang = rp_lang_tag(req->reader.lang);
	struct rp_bodies bodies;
	struct rp_groups groups;

	*out = (struct objects){ 0 };
	rp_vec_push(req->arena, out,
	    ((struct object){ .kind = RP_ON_SYSTEM,
		.name = rp_web_msg(req, M_desk_rights_everywhere) }));
	RP_TRY(rp_body_list(req->who, req->tx, lang, &bodies));
	for (size_t i = 0; i < bodies.n; i++)
		rp_vec_push(req->arena, out,
		    ((struct object){ .kind = RP_ON_BODY,
			.id = bodies.v[i].id,
			.name = bodies.v[i].name.body,
			.place = { .body_id = bodies.v[i].id } }));
	RP_TRY(rp_group_list(req->who, req->tx, lang, &groups));
	for (size_t i = 0; i < groups.n; i++)
		rp_vec_push(req->arena, out,
		    ((struct object){ .kind = RP_ON_GROUP,
			.id = groups.v[i].id,
			.name = groups.v[i].name.body,
			.place = rp_group_place(&groups.v[i]) }));
	return NULL;
}

static rp_text
value_of(const struct rp_request *req, const struct object *o)
{
	rp_text kind = rp_object_kind_name(o->kind);

	return rp_textf(req->arena, "%.*s %lld", RP_FMT(kind),
	    (long long)o->id);
}

static enum rp_msg
holder_msg(rp_text kind, rp_text holder)
{
	if (rp_text_eq(kind, RP_TEXT("office")))
		return rp_msg_office(holder);
	if (rp_text_eq(kind, RP_TEXT("class")))
		return rp_msg_class(holder);
	if (rp_text_eq(kind, RP_TEXT("public")))
		return M_class_public;
	return M_none;
}

static rp_text
time_of(const struct rp_request *req, int64_t at)
{
	if (at == 0)
		return RP_TEXT("");
	return rp_web_time(req,
	    req->who->zone.n ? req->who->zone : RP_TEXT("UTC"), at);
}

static struct rp_err *
add_rows(const struct rp_request *req, const struct object *o,
    struct v_desk_rights *v)
{
	struct rp_rights all;

	RP_TRY(rp_right_list(req->who, req->tx, o->kind, o->id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_right *r = &all.v[i];
		struct v_desk_rights_rows row = { .id = r->id,
			.who = r->person,
			.who_msg = holder_msg(r->holder_kind, r->holder),
			.may = rp_msg_capability(r->capability),
			.on = o->name,
			.instrument = r->instrument,
			.since = time_of(req, r->from_at),
			.until = time_of(req, r->until_at),
			.is_over =
			    r->until_at != 0 && r->until_at <= req->now };

		rp_vec_push(req->arena, &v->rows, row);
	}
	return NULL;
}

static void
add_holder(const struct rp_request *req, struct v_desk_rights *v, rp_text value,
    rp_text name)
{
	rp_vec_push(req->arena, &v->holders,
	    ((struct v_desk_rights_holders){ .value = value, .name = name }));
}

static struct rp_err *
add_holders(const struct rp_request *req, struct v_desk_rights *v)
{
	struct rp_people people;
	int64_t after = 0;

	do {
		RP_TRY(rp_person_list(req->who, req->tx, after, &people));
		for (size_t i = 0; i < people.n; i++) {
			after = people.v[i].id;
			add_holder(req, v,
			    rp_textf(req->arena, "person %lld",
				(long long)after),
			    people.v[i].name);
		}
	} while (people.n == RP_PERSON_PAGE);
	for (size_t i = 0; i < RP_OFFICE_COUNT; i++)
		add_holder(req, v,
		    rp_textf(req->arena, "office %.*s", RP_FMT(rp_offices[i])),
		    rp_web_msg(req, rp_msg_office(rp_offices[i])));
	for (size_t i = 0; i < RP_MEMBER_CLASS_COUNT; i++)
		add_holder(req, v,
		    rp_textf(req->arena, "class %.*s",
			RP_FMT(rp_member_classes[i])),
		    rp_web_msg(req, rp_msg_class(rp_member_classes[i])));
	return NULL;
}

/* The lists to choose from: only what one may grant oneself. */
static struct rp_err *
add_choices(const struct rp_request *req, const struct objects *objects,
    struct v_desk_rights *v)
{
	struct rp_err *e = add_holders(req, v);

	/* Without the right to see people, offices and classes are left. */
	if (e != NULL && rp_err_code(e) != RP_E_DENIED)
		return e;
	rp_err_free(e);
	for (size_t i = 0; i < objects->n; i++) {
		struct v_desk_rights_objects one = {
			.value = value_of(req, &objects->v[i]),
			.name = objects->v[i].name,
		};

		if (rp_actor_may(req->who, RP_MAY_GRANT, objects->v[i].place))
			rp_vec_push(req->arena, &v->objects, one);
	}
	for (int c = RP_MAY_READ; c < RP_CAPABILITY_COUNT; c++)
		rp_vec_push(req->arena, &v->capabilities,
		    ((struct v_desk_rights_capabilities){
			.value = rp_capability_name((enum rp_capability)c),
			.label = rp_msg_capability((enum rp_capability)c) }));
	v->can_grant = v->objects.n > 0;
	return NULL;
}

static struct rp_err *
show(const struct rp_request *req, struct v_desk_rights *v,
    struct rp_response *out)
{
	struct objects objects;
	rp_html content;
	size_t seen = 0;

	RP_TRY(all_objects(req, &objects));
	v->desk_url = rp_desk_url(req, "%s", "");
	v->action = rp_desk_url(req, "rights");
	v->token = req->csrf;
	for (size_t i = 0; i < objects.n; i++) {
		const struct object *o = &objects.v[i];

		if (!rp_actor_may(req->who, RP_MAY_GRANT, o->place) &&
		    !rp_actor_may(req->who, RP_MAY_AUDIT, o->place))
			continue;
		seen++;
		RP_TRY(add_rows(req, o, v));
	}
	if (seen == 0)
		return rp_fail(RP_E_DENIED, "may see rights nowhere");
	RP_TRY(add_choices(req, &objects, v));
	RP_TRY(rp_web_render(req, desk_rights, v, &content));
	return rp_desk_frame(req, rp_web_msg(req, M_desk_rights_title), content,
	    out);
}

struct rp_err *
rp_web_desk_rights(const struct rp_request *req, struct rp_response *out)
{
	static const struct rp_desk_word words[] = {
		{ "granted", M_desk_rights_done_granted },
		{ "ended", M_desk_rights_done_ended },
		{ NULL, M_none },
	};
	struct v_desk_rights v = { .done = rp_desk_word(req, words) };

	return show(req, &v, out);
}

/* "person 3" into its two words. */
static struct rp_err *
two_words(const struct rp_request *req, const char *name, rp_text *out_one,
    rp_text *out_two)
{
	rp_text t;
	size_t space;

	RP_TRY(rp_form_line(req, &req->form, name, 80, &t));
	space = rp_text_find(t, ' ', 0);
	*out_one = rp_text_dup(req->arena, rp_text_sub(t, 0, space));
	*out_two = space < t.n ?
		       rp_text_dup(req->arena, rp_text_sub(t, space + 1, t.n)) :
		       RP_TEXT("");
	return NULL;
}

static struct rp_err *
read_right(const struct rp_request *req, struct rp_right *r)
{
	rp_text kind, id, capability;

	RP_TRY(two_words(req, "holder", &r->holder_kind, &r->holder));
	if (rp_text_eq(r->holder_kind, RP_TEXT("person"))) {
		if (!rp_text_i64(r->holder, &r->holder_id))
			return rp_fail(RP_E_INVALID, "no such person");
		r->holder = RP_TEXT("");
	}
	RP_TRY(two_words(req, "object", &kind, &id));
	if (!rp_object_kind_from(kind, &r->object_kind) ||
	    !rp_text_i64(id, &r->object_id))
		return rp_fail(RP_E_INVALID, "no such object");
	RP_TRY(rp_form_line(req, &req->form, "capability", 40, &capability));
	r->capability = rp_capability_from(capability);
	RP_TRY(rp_form_line(req, &req->form, "instrument", RP_INSTRUMENT_MAX,
	    &r->instrument));
	return rp_web_last_minute(req, "until", &r->until_at);
}

static struct rp_err *
grant(const struct rp_request *req, struct rp_response *out)
{
	struct rp_right r = { 0 };
	struct v_desk_rights v = { 0 };
	int64_t id;

	RP_TRY(read_right(req, &r));
	if (r.instrument.n > 0) {
		RP_TRY(rp_right_grant(req->who, req->tx, &r, &id));
		return rp_desk_done(out, req, rp_desk_url(req, "rights"),
		    "granted");
	}
	v.error = rp_web_msg(req, M_desk_rights_error_instrument);
	out->status = 400;
	return show(req, &v, out);
}

static struct rp_err *
end(const struct rp_request *req, struct rp_response *out)
{
	struct v_desk_rights v = { 0 };
	struct rp_err *e = rp_right_end(req->who, req->tx,
	    rp_desk_number(req, &req->form, "right"), 0);

	if (e == NULL)
		return rp_desk_done(out, req, rp_desk_url(req, "rights"),
		    "ended");
	if (rp_err_code(e) != RP_E_CONFLICT)
		return e;
	rp_err_free(e);
	v.error = rp_web_msg(req, M_desk_rights_error_last);
	out->status = 409;
	return show(req, &v, out);
}

struct rp_err *
rp_web_desk_rights_post(const struct rp_request *req, struct rp_response *out)
{
	if (rp_desk_button(req, "grant"))
		return grant(req, out);
	if (rp_desk_button(req, "end"))
		return end(req, out);
	return rp_fail(RP_E_INVALID, "no such button");
}
