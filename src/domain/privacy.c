/* Notices, access, rules. Erasing is in erase.c. */
#include "domain/privacy.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/event.h"
#include "domain/mailing.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/right.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_person.h"
#include "store/q_privacy.h"
#include "text/email.h"

#define KIND RP_TEXT("privacy_notice")
#define FIELD RP_TEXT("text")

struct rp_err *
rp_notice_add(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    const struct rp_notice_text *texts, size_t n, int64_t *out_id)
{
	struct q_privacy_notice_insert_row row;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_ADMINISTER, RP_TEXT("group"),
	    group_id));
	if (n == 0 || texts[0].text.n == 0)
		return rp_fail(RP_E_INVALID, "a notice needs a text");
	RP_TRY(q_privacy_notice_insert(tx,
	    &(struct q_privacy_notice_insert_param){ .group_id = group_id,
		.now = who->now },
	    &row));
	for (size_t i = 0; i < n; i++)
		RP_TRY(rp_wording_set(who, tx,
		    &(struct rp_wording_at){ KIND, row.id, FIELD,
			texts[i].lang },
		    i == 0 ? RP_WORDING_ORIGINAL : RP_WORDING_OFFICIAL,
		    texts[i].text));
	*out_id = row.id;
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("privacy_notice.add"),
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "version %lld",
		    (long long)row.version) });
}

static struct rp_err *
with_text(struct rp_tx *tx, rp_text lang, struct rp_notice *n)
{
	const struct rp_wording *w;
	struct rp_wordings all;

	RP_TRY(rp_wording_load(tx, KIND, n->id, &all));
	w = rp_wording_pick(&all, n->id, FIELD, lang, RP_TEXT("en"));
	n->text = w != NULL ? w->body : RP_TEXT("");
	n->lang = w != NULL ? w->lang : RP_TEXT("");
	return NULL;
}

struct rp_err *
rp_notice_list(struct rp_tx *tx, int64_t group_id, struct rp_notices *out)
{
	struct q_privacy_notice_list_rows rows;

	RP_TRY(q_privacy_notice_list(tx,
	    &(struct q_privacy_notice_list_param){ .group_id = group_id },
	    &rows));
	*out = (struct rp_notices){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_notice n = { .id = rows.v[i].id,
			.group_id = group_id,
			.version = rows.v[i].version,
			.created_at = rows.v[i].created_at };

		rp_vec_push(rp_tx_arena(tx), out, n);
	}
	return NULL;
}

struct rp_err *
rp_notice_current(struct rp_tx *tx, int64_t group_id, rp_text lang,
    struct rp_notice *out)
{
	struct q_privacy_notice_current_row r;
	struct rp_notice n;
	bool found;

	RP_TRY(q_privacy_notice_current(tx,
	    &(struct q_privacy_notice_current_param){ .group_id = group_id },
	    &r, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "group %lld has no notice",
		    (long long)group_id);
	n = (struct rp_notice){ r.id, r.group_id, r.version, r.created_at,
		{ 0 }, { 0 } };
	RP_TRY(with_text(tx, lang, &n));
	*out = n;
	return NULL;
}

struct rp_err *
rp_notice_get(struct rp_tx *tx, int64_t id, rp_text lang, struct rp_notice *out)
{
	struct q_privacy_notice_get_row r;
	struct rp_notice n;
	bool found;

	RP_TRY(q_privacy_notice_get(tx,
	    &(struct q_privacy_notice_get_param){ .id = id }, &r, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no notice %lld", (long long)id);
	n = (struct rp_notice){ r.id, r.group_id, r.version, r.created_at,
		{ 0 }, { 0 } };
	RP_TRY(with_text(tx, lang, &n));
	*out = n;
	return NULL;
}

struct list {
	struct rp_arena *arena;
	struct rp_personal_data *out;
	rp_text kind;
	int64_t id;
};

static void
put(struct list *l, rp_text field, rp_text value)
{
	struct rp_personal_datum d = { l->kind, l->id, field, value };

	if (value.n > 0)
		rp_vec_push(l->arena, l->out, d);
}

static struct rp_err *
put_response(struct rp_tx *tx, int64_t id, struct list *l)
{
	struct q_privacy_parts_of_response_rows parts;
	struct q_privacy_of_response_rows rows;

	RP_TRY(q_privacy_of_response(tx,
	    &(struct q_privacy_of_response_param){ .response_id = id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_privacy_of_response_row *r = &rows.v[i];

		l->kind = r->kind;
		l->id = r->id;
		put(l, RP_TEXT("receipt"), r->code);
		put(l, RP_TEXT("received"),
		    rp_clock_rfc3339(l->arena, r->received_at));
		put(l, RP_TEXT("network"), r->network);
		put(l, RP_TEXT("capacity"), r->capacity);
		put(l, RP_TEXT("name"), r->name);
		put(l, RP_TEXT("organisation"), r->organisation);
		put(l, RP_TEXT("job_title"), r->job_title);
		put(l, RP_TEXT("signatories"), r->signatories);
		put(l, RP_TEXT("category"), r->category);
		put(l, RP_TEXT("country"), r->country);
		put(l, RP_TEXT("email"), r->email);
		put(l, RP_TEXT("language"), r->lang);
		put(l, RP_TEXT("summary"), r->summary);
		put(l, RP_TEXT("authorisation"), r->authorisation);
		put(l, RP_TEXT("needs"), r->needs);
	}
	RP_TRY(q_privacy_parts_of_response(tx,
	    &(struct q_privacy_parts_of_response_param){ .response_id = id },
	    &parts));
	for (size_t i = 0; i < parts.n; i++) {
		l->kind = parts.v[i].kind;
		l->id = parts.v[i].id;
		put(l, parts.v[i].field, parts.v[i].value);
	}
	return NULL;
}

static struct rp_err *
needs_to_erase_somewhere(const struct rp_actor *who)
{
	for (size_t i = 0; i < who->grants.n; i++)
		if (who->grants.v[i].capability == RP_MAY_ERASE ||
		    who->grants.v[i].capability == RP_MAY_ADMINISTER)
			return NULL;
	return rp_actor_needs(who, RP_MAY_ERASE, (struct rp_place){ 0 });
}

/* Where a group writes to the address. */
static struct rp_err *
put_recipient(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_email *email, struct list *l)
{
	struct rp_addressed_list all;

	RP_TRY(rp_recipient_of_address(who, tx, rp_email_wire(email), &all));
	for (size_t i = 0; i < all.n; i++) {
		l->kind = RP_TEXT("recipient");
		l->id = all.v[i].group_id;
		put(l, RP_TEXT("name"), all.v[i].name);
		put(l, RP_TEXT("lang"), all.v[i].lang);
		put(l, RP_TEXT("class"), all.v[i].class);
	}
	return NULL;
}

struct rp_err *
rp_privacy_of_address(const struct rp_actor *who, struct rp_tx *tx,
    rp_text address, struct rp_personal_data *out)
{
	struct rp_personal_data got = { 0 };
	struct list l = { .arena = rp_tx_arena(tx), .out = &got };
	struct q_privacy_responses_of_address_rows rows;
	struct rp_email email;

	RP_TRY(needs_to_erase_somewhere(who));
	RP_TRY(rp_email_parse(l.arena, who->env->names, address, &email));
	RP_TRY(q_privacy_responses_of_address(tx,
	    &(struct q_privacy_responses_of_address_param){
		.email_key = email.key },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_place where;

		RP_TRY(
		    rp_place_of(tx, RP_TEXT("response"), rows.v[i].id, &where));
		if (!rp_actor_may(who, RP_MAY_ERASE, where))
			continue;
		RP_TRY(put_response(tx, rows.v[i].id, &l));
		RP_TRY(rp_event_write(who, tx,
		    &(struct rp_act){ .action = RP_TEXT("privacy.export"),
			.object_kind = RP_TEXT("response"),
			.object_id = rows.v[i].id,
			.group_id = where.group_id }));
	}
	RP_TRY(put_recipient(who, tx, &email, &l));
	*out = got;
	return NULL;
}

struct rp_err *
rp_privacy_of_person(const struct rp_actor *who, struct rp_tx *tx,
    int64_t person_id, struct rp_personal_data *out)
{
	struct rp_personal_data got = { 0 };
	struct list l = { .arena = rp_tx_arena(tx), .out = &got };
	struct q_privacy_parts_of_person_rows parts;
	struct q_person_get_row p;
	bool found;

	if (person_id != who->person_id || who->session_id == 0)
		RP_TRY(rp_right_may_manage(who, tx, person_id));
	RP_TRY(q_person_get(tx, &(struct q_person_get_param){ .id = person_id },
	    &p, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no person %lld",
		    (long long)person_id);
	l.kind = RP_TEXT("person");
	l.id = person_id;
	put(&l, RP_TEXT("name"), p.name);
	put(&l, RP_TEXT("name_latin"), p.name_latin);
	put(&l, RP_TEXT("language"), p.lang);
	put(&l, RP_TEXT("zone"), p.zone);
	put(&l, RP_TEXT("since"), rp_clock_rfc3339(l.arena, p.created_at));
	RP_TRY(q_privacy_parts_of_person(tx,
	    &(struct q_privacy_parts_of_person_param){ .person_id = person_id },
	    &parts));
	for (size_t i = 0; i < parts.n; i++) {
		l.kind = parts.v[i].kind;
		l.id = parts.v[i].id;
		put(&l, parts.v[i].field, parts.v[i].value);
	}
	*out = got;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("privacy.export"),
		.object_kind = RP_TEXT("person"),
		.object_id = person_id });
}

struct rp_err *
rp_privacy_set_rule(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t days)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_ADMINISTER, RP_TEXT("group"),
	    group_id));
	if (days < 0 || days > RP_RETENTION_DAYS_MAX)
		return rp_fail(RP_E_INVALID, "%lld days", (long long)days);
	RP_TRY(q_privacy_group_rule_set(tx,
	    &(struct q_privacy_group_rule_set_param){ .group_id = group_id,
		.retention_days = days }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("privacy.rule"),
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after =
		    rp_textf(rp_tx_arena(tx), "%lld days", (long long)days) });
}
