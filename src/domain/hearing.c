#include "domain/hearing.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/meeting.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/response.h"
#include "store/db.h"
#include "store/q_hearing.h"
#include "store/q_response.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("consultation"),
	    c->id);
}

/* Checks. */

static bool
local_ok(const struct rp_actor *who, rp_text local, rp_text zone, int64_t *at)
{
	struct rp_err *e = rp_zone_resolve(who->env->zones, local, zone, at);

	rp_err_free(e);
	return e == NULL;
}

enum rp_hearing_problem
rp_hearing_check(const struct rp_actor *who, const struct rp_hearing *h)
{
	int64_t opens, closes;

	if (rp_zone_find(who->env->zones, h->zone) == NULL)
		return RP_HEARING_BAD_ZONE;
	if (!local_ok(who, h->opens_local, h->zone, &opens))
		return RP_HEARING_BAD_OPENS;
	if (!local_ok(who, h->closes_local, h->zone, &closes) ||
	    closes <= opens)
		return RP_HEARING_BAD_CLOSES;
	if (rp_text_blank(h->place) || h->place.n > RP_HEARING_PLACE_MAX)
		return RP_HEARING_BAD_PLACE;
	return rp_text_in(rp_meeting_modes, h->mode) ? RP_HEARING_FINE :
						       RP_HEARING_BAD_MODE;
}

enum rp_hearing_problem
rp_slot_check(const struct rp_actor *who, const struct rp_slot *s)
{
	if (rp_text_blank(s->name) || s->name.n > RP_HEARING_NAME_MAX)
		return RP_HEARING_BAD_NAME;
	if (!rp_text_in(rp_categories, s->speaker_class))
		return RP_HEARING_BAD_CLASS;
	if (rp_zone_find(who->env->zones, s->zone) == NULL)
		return RP_HEARING_BAD_ZONE;
	return s->minutes >= 1 && s->minutes <= RP_SLOT_MINUTES_MAX ?
		   RP_HEARING_FINE :
		   RP_HEARING_BAD_MINUTES;
}

static bool
lang_ok(rp_text lang)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);
	rp_text out;
	struct rp_err *e = rp_lang_tag_parse(a, lang, &out);

	rp_err_free(e);
	return e == NULL;
}

enum rp_hearing_problem
rp_spoken_check(const struct rp_spoken *s)
{
	if (!rp_text_eq(s->kind, RP_TEXT("presentation")) &&
	    !rp_text_eq(s->kind, RP_TEXT("intervention")))
		return RP_HEARING_BAD_KIND;
	if (!rp_text_in(rp_categories, s->speaker_class))
		return RP_HEARING_BAD_CLASS;
	if (s->name.n > RP_HEARING_NAME_MAX)
		return RP_HEARING_BAD_NAME;
	if (!lang_ok(s->lang))
		return RP_HEARING_BAD_LANG;
	return rp_text_blank(s->body) || s->body.n > RP_SPOKEN_BODY_MAX ?
		   RP_HEARING_BAD_BODY :
		   RP_HEARING_FINE;
}

/* Reading. */

static struct rp_hearing *
find(struct rp_hearings *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].id == id)
			return &all->v[i];
	}
	return NULL;
}

static struct rp_err *
load_sessions(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_hearings *out)
{
	struct rp_zones *zones = who->env->zones;
	struct q_hearings_rows rows;

	RP_TRY(q_hearings(tx,
	    &(struct q_hearings_param){ .consultation_id = c->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_hearings_row *r = &rows.v[i];
		struct rp_hearing h = { .id = r->id,
			.number = r->number,
			.zone = r->zone,
			.opens_local = r->opens_local,
			.closes_local = r->closes_local,
			.place = r->place,
			.mode = r->mode,
			.has_captions = r->has_captions };

		RP_TRY(
		    rp_zone_resolve(zones, h.opens_local, h.zone, &h.opens_at));
		RP_TRY(rp_zone_resolve(zones, h.closes_local, h.zone,
		    &h.closes_at));
		rp_vec_push(rp_tx_arena(tx), out, h);
	}
	return NULL;
}

/* One after another from the opening on. */
static struct rp_err *
load_slots(struct rp_tx *tx, const struct rp_consultation *c,
    struct rp_hearings *out)
{
	struct q_hearing_slots_rows rows;

	RP_TRY(q_hearing_slots(tx,
	    &(struct q_hearing_slots_param){ .consultation_id = c->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_hearing_slots_row *r = &rows.v[i];
		struct rp_hearing *h = find(out, r->session_id);
		const struct rp_slot *last;
		struct rp_slot s = { .id = r->id,
			.session_id = r->session_id,
			.question_id = r->question_id,
			.response_id = r->response_id,
			.response_number = r->response_number,
			.name = r->name,
			.speaker_class = r->speaker_class,
			.zone = r->zone,
			.minutes = r->minutes,
			.is_remote = r->is_remote };

		if (h == NULL)
			continue;
		last = h->slots.n > 0 ? &h->slots.v[h->slots.n - 1] : NULL;
		s.begins_at = last != NULL ?
				  last->begins_at + last->minutes * RP_MINUTE :
				  h->opens_at;
		rp_vec_push(rp_tx_arena(tx), &h->slots, s);
	}
	return NULL;
}

static struct rp_err *
load_texts(struct rp_tx *tx, const struct rp_consultation *c, bool all,
    struct rp_hearings *out)
{
	struct q_spoken_texts_rows rows;

	RP_TRY(q_spoken_texts(tx,
	    &(struct q_spoken_texts_param){ .consultation_id = c->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_spoken_texts_row *r = &rows.v[i];
		struct rp_hearing *h = find(out, r->session_id);
		struct rp_spoken s = { .id = r->id,
			.session_id = r->session_id,
			.slot_id = r->slot_id,
			.question_id = r->question_id,
			.kind = r->kind,
			.speaker_class = r->speaker_class,
			.name = r->name,
			.lang = r->lang,
			.at = r->at,
			.body = r->body,
			.is_published =
			    rp_text_eq(r->state, RP_TEXT("published")) };

		if (h != NULL && (all || s.is_published))
			rp_vec_push(rp_tx_arena(tx), &h->texts, s);
	}
	return NULL;
}

struct rp_err *
rp_hearing_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_hearings *out)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("consultation"), c->id, &where));
	*out = (struct rp_hearings){ 0 };
	RP_TRY(load_sessions(who, tx, c, out));
	if (out->n == 0)
		return NULL;
	RP_TRY(load_slots(tx, c, out));
	return load_texts(tx, c, rp_actor_may(who, RP_MAY_MEET, where), out);
}

struct rp_err *
rp_wish_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_wishes *out)
{
	struct q_hearing_wishes_rows rows;

	RP_TRY(needs(who, tx, c));
	RP_TRY(q_hearing_wishes(tx,
	    &(struct q_hearing_wishes_param){ .consultation_id = c->id },
	    &rows));
	*out = (struct rp_wishes){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_hearing_wishes_row *r = &rows.v[i];
		struct rp_wish w = { .response_id = r->response_id,
			.number = r->number,
			.category = r->category,
			.is_remote =
			    rp_text_eq(r->present, RP_TEXT("remotely")) };

		if (r->is_named)
			w.name =
			    r->organisation.n > 0 ? r->organisation : r->name;
		rp_vec_push(rp_tx_arena(tx), out, w);
	}
	return NULL;
}

/* Changing. */

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text action, int64_t id)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("consultation"),
		.object_id = c->id,
		.group_id = c->group.id,
		.after =
		    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)id) });
}

struct rp_err *
rp_hearing_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_hearing *h,
    int64_t *out_id)
{
	struct q_hearing_insert_row row;
	struct rp_hearings all;

	RP_TRY(needs(who, tx, c));
	if (rp_hearing_check(who, h) != RP_HEARING_FINE)
		return rp_fail(RP_E_INVALID, "not a session");
	RP_TRY(rp_hearing_list(who, tx, c, &all));
	if (all.n >= RP_HEARINGS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d sessions", RP_HEARINGS_MAX);
	RP_TRY(q_hearing_insert(tx,
	    &(struct q_hearing_insert_param){ .consultation_id = c->id,
		.zone = h->zone,
		.opens_local = h->opens_local,
		.closes_local = h->closes_local,
		.place = h->place,
		.mode = h->mode,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return event(who, tx, c, RP_TEXT("hearing.add"), row.id);
}

static bool
has_question(const struct rp_consultation *c, int64_t id)
{
	for (size_t i = 0; i < c->questions.n; i++) {
		if (c->questions.v[i].id == id)
			return true;
	}
	return id == 0;
}

/* A public one of this consultation. */
static struct rp_err *
check_response(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id)
{
	struct rp_wishes all;

	if (id == 0)
		return NULL;
	RP_TRY(rp_wish_list(who, tx, c, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].response_id == id)
			return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "nobody who wishes to present");
}

struct rp_err *
rp_slot_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_slot *s, int64_t *out_id)
{
	struct q_hearing_slot_insert_row row;
	const struct rp_hearing *h;
	struct rp_hearings all;

	RP_TRY(needs(who, tx, c));
	if (rp_slot_check(who, s) != RP_HEARING_FINE)
		return rp_fail(RP_E_INVALID, "not a slot");
	RP_TRY(rp_hearing_list(who, tx, c, &all));
	h = find(&all, s->session_id);
	if (h == NULL || !has_question(c, s->question_id))
		return rp_fail(RP_E_NOTFOUND, "not of this consultation");
	RP_TRY(check_response(who, tx, c, s->response_id));
	if (h->slots.n >= RP_SLOTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d slots", RP_SLOTS_MAX);
	RP_TRY(q_hearing_slot_insert(tx,
	    &(struct q_hearing_slot_insert_param){ .session_id = s->session_id,
		.question_id = s->question_id,
		.response_id = s->response_id,
		.name = s->name,
		.speaker_class = s->speaker_class,
		.zone = s->zone,
		.minutes = s->minutes,
		.is_remote = s->is_remote },
	    &row));
	*out_id = row.id;
	return event(who, tx, c, RP_TEXT("hearing.slot"), row.id);
}

static bool
has_slot(const struct rp_hearing *h, int64_t id)
{
	for (size_t i = 0; i < h->slots.n; i++) {
		if (h->slots.v[i].id == id)
			return true;
	}
	return false;
}

struct rp_err *
rp_slot_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id)
{
	struct rp_hearings all;
	bool found = false;

	RP_TRY(needs(who, tx, c));
	RP_TRY(rp_hearing_list(who, tx, c, &all));
	for (size_t i = 0; i < all.n; i++)
		found |= has_slot(&all.v[i], id);
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such slot");
	RP_TRY(q_hearing_slot_forget(tx,
	    &(struct q_hearing_slot_forget_param){ .id = id }));
	RP_TRY(q_hearing_slot_delete(tx,
	    &(struct q_hearing_slot_delete_param){ .id = id }));
	return event(who, tx, c, RP_TEXT("hearing.slot_remove"), id);
}

struct rp_err *
rp_spoken_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_spoken *s, int64_t *out_id)
{
	struct q_spoken_text_insert_row row;
	const struct rp_hearing *h;
	struct rp_hearings all;
	size_t n = 0;

	RP_TRY(needs(who, tx, c));
	if (rp_spoken_check(s) != RP_HEARING_FINE)
		return rp_fail(RP_E_INVALID, "not a text");
	RP_TRY(rp_hearing_list(who, tx, c, &all));
	h = find(&all, s->session_id);
	if (h == NULL || !has_question(c, s->question_id) ||
	    (s->slot_id != 0 && !has_slot(h, s->slot_id)))
		return rp_fail(RP_E_NOTFOUND, "not of this consultation");
	for (size_t i = 0; i < all.n; i++)
		n += all.v[i].texts.n;
	if (n >= RP_SPOKEN_MAX)
		return rp_fail(RP_E_LIMIT, "over %d texts", RP_SPOKEN_MAX);
	RP_TRY(q_spoken_text_insert(tx,
	    &(struct q_spoken_text_insert_param){ .consultation_id = c->id,
		.session_id = s->session_id,
		.slot_id = s->slot_id,
		.question_id = s->question_id,
		.kind = s->kind,
		.speaker_class = s->speaker_class,
		.name = s->name,
		.lang = s->lang,
		.at = s->at != 0 ? s->at : h->opens_at,
		.body = s->body,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return event(who, tx, c, RP_TEXT("spoken.add"), row.id);
}

static struct rp_err *
find_text(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id, struct rp_spoken *out)
{
	struct rp_hearings all;

	RP_TRY(needs(who, tx, c));
	RP_TRY(rp_hearing_list(who, tx, c, &all));
	for (size_t i = 0; i < all.n; i++) {
		for (size_t k = 0; k < all.v[i].texts.n; k++) {
			if (all.v[i].texts.v[k].id != id)
				continue;
			*out = all.v[i].texts.v[k];
			return NULL;
		}
	}
	return rp_fail(RP_E_NOTFOUND, "no such text");
}

/* Among the themes. */

static struct rp_err *
heard_response(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_spoken *s, int64_t *out_id)
{
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text name = rp_textf(a, "session %lld", (long long)s->id);
	struct q_response_insert_row row;

	/* No hash is so short and no receipt has this code: nobody holds it. */
	RP_TRY(q_response_insert(tx,
	    &(struct q_response_insert_param){ .consultation_id = c->id,
		.form_id = name,
		.secret_hash = rp_text_bytes(name),
		.code = name,
		.state = RP_TEXT("heard"),
		.channel = RP_TEXT("session"),
		.now = who->now,
		.hold_reason = RP_TEXT(""),
		.network = RP_TEXT("") },
	    &row));
	*out_id = row.id;
	return q_spoken_text_set_response(tx,
	    &(struct q_spoken_text_set_response_param){ .id = s->id,
		.response_id = row.id });
}

/* Who spoke is named at the session alone. Counts of words are of responses. */
static struct rp_err *
heard_revision(struct rp_tx *tx, int64_t response_id, const struct rp_spoken *s,
    int64_t *out_id)
{
	struct rp_digest d = rp_sha256(rp_text_bytes(s->body));
	const rp_text none = RP_TEXT("");
	struct q_revision_insert_row row;

	RP_TRY(q_revision_insert(tx,
	    &(struct q_revision_insert_param){ .response_id = response_id,
		.n = 1,
		.now = s->at,
		.capacity = RP_TEXT("individual"),
		.name = none,
		.organisation = none,
		.job_title = none,
		.signatories = none,
		.category = s->speaker_class,
		.country = none,
		.email = none,
		.email_key = none,
		.lang = s->lang,
		.summary = none,
		.authorisation = RP_TEXT("full"),
		.needs = none,
		.wishes_to_present = none,
		.nonce = rp_digest_bytes(&d),
		.digest = rp_digest_bytes(&d) },
	    &row));
	*out_id = row.id;
	return q_response_first_standing(tx,
	    &(struct q_response_first_standing_param){ .id = response_id,
		.revision_id = row.id });
}

/* On all questions: an answer to each. */
static struct rp_err *
hear(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_spoken *s)
{
	int64_t response_id, revision_id;

	RP_TRY(heard_response(who, tx, c, s, &response_id));
	RP_TRY(heard_revision(tx, response_id, s, &revision_id));
	for (size_t i = 0; i < c->questions.n; i++) {
		int64_t id = c->questions.v[i].id;

		if (s->question_id != 0 && s->question_id != id)
			continue;
		RP_TRY(q_answer_insert(tx,
		    &(struct q_answer_insert_param){ .revision_id = revision_id,
			.question_id = id,
			.body = s->body }));
	}
	return NULL;
}

/* The response that stands for the text, 0 for none. */
static struct rp_err *
heard_id(struct rp_tx *tx, int64_t id, int64_t *out)
{
	struct q_spoken_text_response_row row;
	bool found;

	RP_TRY(q_spoken_text_response(tx,
	    &(struct q_spoken_text_response_param){ .id = id }, &row, &found));
	*out = found ? row.response_id : 0;
	return NULL;
}

static struct rp_err *
set_heard(const struct rp_actor *who, struct rp_tx *tx, int64_t response_id,
    bool heard)
{
	return q_spoken_response_state(tx,
	    &(struct q_spoken_response_state_param){ .id = response_id,
		.state = heard ? RP_TEXT("heard") : RP_TEXT("unheard"),
		.now = who->now });
}

struct rp_err *
rp_spoken_publish(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id, bool published)
{
	struct rp_spoken s;
	int64_t response_id;

	RP_TRY(find_text(who, tx, c, id, &s));
	RP_TRY(heard_id(tx, id, &response_id));
	if (response_id != 0)
		RP_TRY(set_heard(who, tx, response_id, published));
	else if (published)
		RP_TRY(hear(who, tx, c, &s));
	RP_TRY(q_spoken_text_state(tx,
	    &(struct q_spoken_text_state_param){ .id = id,
		.state =
		    published ? RP_TEXT("published") : RP_TEXT("entered") }));
	return event(who, tx, c,
	    published ? RP_TEXT("spoken.publish") : RP_TEXT("spoken.hide"), id);
}

struct rp_err *
rp_spoken_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t id)
{
	struct rp_spoken s;
	int64_t response_id;

	RP_TRY(find_text(who, tx, c, id, &s));
	RP_TRY(heard_id(tx, id, &response_id));
	RP_TRY(q_spoken_text_delete(tx,
	    &(struct q_spoken_text_delete_param){ .id = id }));
	if (response_id != 0) {
		RP_TRY(set_heard(who, tx, response_id, false));
		RP_TRY(q_spoken_response_erase(tx,
		    &(struct q_spoken_response_erase_param){
			.id = response_id }));
	}
	return event(who, tx, c, RP_TEXT("spoken.remove"), id);
}
