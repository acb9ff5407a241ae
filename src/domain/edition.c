#include "domain/edition.h"

#include "base/err.h"
#include "domain/action.h"
#include "domain/activity.h"
#include "domain/day.h"
#include "domain/event.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_edition.h"
#include "text/input.h"
#include "text/zone.h"

const rp_text rp_edition_comment_states[] = { RP_TEXT_INIT("open"),
	RP_TEXT_INIT("answered"), RP_TEXT_INIT("taken"),
	RP_TEXT_INIT("declined"), RP_TEXT_INIT("") };

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

enum rp_edition_problem
rp_edition_check(const struct rp_edition *e)
{
	if (e->year < RP_EDITION_YEAR_MIN || e->year > RP_EDITION_YEAR_MAX)
		return RP_EDITION_BAD_YEAR;
	return rp_zone_is_day(e->closes) ? RP_EDITION_FINE :
					   RP_EDITION_BAD_CLOSES;
}

/* Reading. */

static struct rp_err *
sees(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	if (rp_actor_may(who, RP_MAY_READ, where) ||
	    rp_actor_may(who, RP_MAY_REGISTER, where) ||
	    rp_actor_may(who, RP_MAY_MEET, where))
		return NULL;
	return rp_fail(RP_E_NOTFOUND, "no editions");
}

struct rp_err *
rp_edition_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_editions *out)
{
	struct q_edition_list_rows rows;
	rp_text today;

	RP_TRY(sees(who, tx, group_id));
	RP_TRY(rp_day_at(who, tx, group_id, who->now, &today));
	RP_TRY(q_edition_list(tx,
	    &(struct q_edition_list_param){ .group_id = group_id }, &rows));
	*out = (struct rp_editions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_edition_list_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_edition){ .id = r->id,
			.group_id = group_id,
			.number = r->number,
			.year = r->year,
			.closes = r->closes,
			.is_open = rp_text_cmp(today, r->closes) <= 0,
			.comments = r->comments,
			.open = r->open }));
	}
	return NULL;
}

struct rp_err *
rp_edition_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t number, struct rp_edition *out)
{
	struct rp_editions all;

	RP_TRY(rp_edition_list(who, tx, group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no edition %lld", (long long)number);
}

static rp_text
author_of(const struct rp_wordings *names,
    const struct q_edition_comment_list_row *r, rp_text lang)
{
	rp_text t = rp_wording_text(names, r->party_id, RP_TEXT("short_name"),
	    lang, RP_TEXT("en"));

	if (t.n == 0)
		t = rp_wording_text(names, r->party_id, RP_TEXT("name"), lang,
		    RP_TEXT("en"));
	return t.n > 0 ? t : r->person;
}

struct rp_err *
rp_edition_comments(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, rp_text lang, struct rp_edition_comments *out)
{
	struct q_edition_comment_list_rows rows;
	struct rp_wordings names;

	RP_TRY(sees(who, tx, e->group_id));
	RP_TRY(q_edition_comment_list(tx,
	    &(struct q_edition_comment_list_param){ .edition_id = e->id },
	    &rows));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &names));
	*out = (struct rp_edition_comments){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_edition_comment_list_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_edition_comment){ .id = r->id,
			.activity = r->activity,
			.instrument_id = r->instrument_id,
			.body = r->body,
			.author = author_of(&names, r, lang),
			.state = r->state,
			.answer = r->answer,
			.action = r->action,
			.action_state = r->action_state,
			.at = r->at }));
	}
	return NULL;
}

/* Changing. */

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    group_id);
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_edition *e,
    const char *action, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("edition"),
		.object_id = e->id,
		.group_id = e->group_id,
		.after = after });
}

struct rp_err *
rp_edition_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, int64_t *out_number)
{
	struct q_edition_insert_row row;
	struct rp_edition made = *e;

	RP_TRY(needs(who, tx, e->group_id));
	if (rp_edition_check(e) != RP_EDITION_FINE)
		return rp_fail(RP_E_INVALID, "not an edition");
	RP_TRY(q_edition_insert(tx,
	    &(struct q_edition_insert_param){ .group_id = e->group_id,
		.year = e->year,
		.closes = e->closes,
		.now = who->now },
	    &row));
	if (row.number > RP_EDITIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d editions", RP_EDITIONS_MAX);
	made.id = row.id;
	*out_number = row.number;
	return event(who, tx, &made, "edition.add",
	    rp_textf(rp_tx_arena(tx), "%lld, %.*s", (long long)e->year,
		RP_FMT(e->closes)));
}

/* What it is on must be there, and be seen by its author. */
static struct rp_err *
find_subject(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, const struct rp_edition_comment *c,
    int64_t *out_activity)
{
	struct rp_activity a = { 0 };
	struct rp_instrument in;

	if (c->activity != 0)
		RP_TRY(rp_activity_get(who, tx, e->group_id, c->activity,
		    RP_TEXT("en"), &a));
	*out_activity = a.id;
	if (c->instrument_id == 0)
		return NULL;
	RP_TRY(rp_instrument_get_by_id(who, tx, c->instrument_id, RP_TEXT("en"),
	    &in));
	return in.group_id == e->group_id ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no such resolution");
}

struct rp_err *
rp_edition_comment_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, const struct rp_edition_comment *c)
{
	struct q_edition_comment_insert_row made;
	struct q_edition_party_row author;
	struct rp_edition now;
	int64_t activity_id;

	if (who->person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	RP_TRY(rp_edition_get(who, tx, e->group_id, e->number, &now));
	if (!now.is_open)
		return rp_fail(RP_E_CONFLICT, "the last day is over");
	if (rp_text_blank(c->body) || c->body.n > RP_EDITION_COMMENT_MAX)
		return rp_fail(RP_E_INVALID, "not a comment");
	if (now.comments >= RP_EDITION_COMMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "too many comments");
	RP_TRY(find_subject(who, tx, e, c, &activity_id));
	RP_TRY(q_edition_party(tx,
	    &(struct q_edition_party_param){ .id = who->person_id }, &author));
	RP_TRY(q_edition_comment_insert(tx,
	    &(struct q_edition_comment_insert_param){ .edition_id = e->id,
		.activity_id = activity_id,
		.instrument_id = c->instrument_id,
		.party_id = author.party_id,
		.person_id = who->person_id,
		.body = c->body,
		.now = who->now },
	    &made));
	return event(who, tx, e, "edition.comment",
	    rp_textf(rp_tx_arena(tx), "comment %lld", (long long)made.id));
}

static struct rp_err *
find(const struct rp_actor *who, struct rp_tx *tx, const struct rp_edition *e,
    int64_t id, struct rp_edition_comment *out)
{
	struct rp_edition_comments all;

	RP_TRY(rp_edition_comments(who, tx, e, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != id)
			continue;
		*out = all.v[i];
		return is(out->state, "taken") ?
			   rp_fail(RP_E_CONFLICT, "it was taken") :
			   NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no comment %lld", (long long)id);
}

static struct rp_err *
settle(const struct rp_actor *who, struct rp_tx *tx, const struct rp_edition *e,
    int64_t id, rp_text state, rp_text answer, int64_t action_id)
{
	RP_TRY(q_edition_comment_set(tx,
	    &(struct q_edition_comment_set_param){ .id = id,
		.state = state,
		.answer = answer,
		.action_id = action_id }));
	return event(who, tx, e, "edition.answer",
	    rp_textf(rp_tx_arena(tx), "comment %lld %.*s", (long long)id,
		RP_FMT(state)));
}

struct rp_err *
rp_edition_comment_answer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, int64_t id, rp_text state, rp_text answer)
{
	struct rp_edition_comment c;

	RP_TRY(needs(who, tx, e->group_id));
	if ((!is(state, "answered") && !is(state, "declined")) ||
	    rp_text_blank(answer) || answer.n > RP_EDITION_ANSWER_MAX)
		return rp_fail(RP_E_INVALID, "not an answer");
	RP_TRY(find(who, tx, e, id, &c));
	return settle(who, tx, e, id, state, answer, 0);
}

struct rp_err *
rp_edition_comment_take(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_edition *e, int64_t id, rp_text lang, rp_text due,
    rp_text answer, int64_t *out_action)
{
	struct rp_action a = { .group_id = e->group_id,
		.owner_kind = RP_TEXT("office"),
		.owner = RP_TEXT("secretariat"),
		.due = due };
	struct rp_wording_at at = { .owner_kind = RP_TEXT("action"),
		.field = RP_TEXT("text"),
		.lang = lang };
	struct rp_edition_comment c;

	RP_TRY(needs(who, tx, e->group_id));
	if (answer.n > RP_EDITION_ANSWER_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets", answer.n);
	RP_TRY(find(who, tx, e, id, &c));
	RP_TRY(rp_action_add(who, tx, &a, &at.owner_id, out_action));
	RP_TRY(rp_wording_set(who, tx, &at, RP_WORDING_ORIGINAL, c.body));
	return settle(who, tx, e, id, RP_TEXT("taken"), answer, at.owner_id);
}
