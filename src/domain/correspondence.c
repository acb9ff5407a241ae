#include "domain/correspondence.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_action.h"
#include "store/q_correspondence.h"
#include "text/input.h"
#include "text/zone.h"

const rp_text rp_correspondence_kinds[] = { RP_TEXT_INIT("liaison_in"),
	RP_TEXT_INIT("liaison_out"), RP_TEXT_INIT("recommendation"),
	RP_TEXT_INIT("referral"), RP_TEXT_INIT("") };

const rp_text rp_correspondence_levels[] = { RP_TEXT_INIT("action"),
	RP_TEXT_INIT("comment"), RP_TEXT_INIT("information"),
	RP_TEXT_INIT("") };

const rp_text rp_correspondence_states[] = { RP_TEXT_INIT("draft"),
	RP_TEXT_INIT("received"), RP_TEXT_INIT("sent"),
	RP_TEXT_INIT("answered"), RP_TEXT_INIT("acknowledged"),
	RP_TEXT_INIT("adopted"), RP_TEXT_INIT("noted"),
	RP_TEXT_INIT("declined"), RP_TEXT_INIT("closed"), RP_TEXT_INIT("") };

static const struct {
	rp_text kind, from, to;
} steps[] = {
	{ RP_TEXT_INIT("liaison_in"), RP_TEXT_INIT("received"),
	    RP_TEXT_INIT("answered") },
	{ RP_TEXT_INIT("liaison_in"), RP_TEXT_INIT("received"),
	    RP_TEXT_INIT("closed") },
	{ RP_TEXT_INIT("liaison_out"), RP_TEXT_INIT("draft"),
	    RP_TEXT_INIT("sent") },
	{ RP_TEXT_INIT("liaison_out"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("answered") },
	{ RP_TEXT_INIT("liaison_out"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("closed") },
	{ RP_TEXT_INIT("recommendation"), RP_TEXT_INIT("draft"),
	    RP_TEXT_INIT("sent") },
	{ RP_TEXT_INIT("recommendation"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("adopted") },
	{ RP_TEXT_INIT("recommendation"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("noted") },
	{ RP_TEXT_INIT("recommendation"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("declined") },
	{ RP_TEXT_INIT("referral"), RP_TEXT_INIT("draft"),
	    RP_TEXT_INIT("sent") },
	{ RP_TEXT_INIT("referral"), RP_TEXT_INIT("sent"),
	    RP_TEXT_INIT("acknowledged") },
};

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

enum rp_correspondence_problem
rp_correspondence_check(const struct rp_correspondence *c)
{
	if (!rp_text_in(rp_correspondence_kinds, c->kind) ||
	    !rp_text_in(rp_correspondence_levels, c->level))
		return RP_CORRESPONDENCE_BAD_WORDS;
	if (rp_text_blank(c->other) || c->other.n > RP_CORRESPONDENCE_OTHER_MAX)
		return RP_CORRESPONDENCE_BAD_OTHER;
	if (!rp_zone_is_day(c->dated))
		return RP_CORRESPONDENCE_BAD_DATED;
	if (c->due.n > 0 &&
	    (!rp_zone_is_day(c->due) || rp_text_cmp(c->due, c->dated) < 0))
		return RP_CORRESPONDENCE_BAD_DUE;
	return RP_CORRESPONDENCE_FINE;
}

bool
rp_correspondence_may_become(const struct rp_correspondence *c, rp_text state)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (rp_text_eq(steps[i].kind, c->kind) &&
		    rp_text_eq(steps[i].from, c->state) &&
		    rp_text_eq(steps[i].to, state))
			return true;
	return false;
}

static struct rp_wording
words(const struct rp_wordings *all, int64_t id, const char *field,
    rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(all, id, rp_text_z(field), lang, RP_TEXT("en"));

	return w ? *w : (struct rp_wording){ .lang = lang };
}

static struct rp_err *
today_of(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text *out)
{
	struct q_action_zone_row row;
	const struct rp_zone *zone;

	RP_TRY(q_action_zone(tx,
	    &(struct q_action_zone_param){ .group_id = group_id }, &row));
	RP_TRY(rp_zone_get(who->env->zones, row.zone, &zone));
	*out = rp_text_sub(rp_zone_local_write(rp_tx_arena(tx),
			       rp_zone_local(zone, who->now)),
	    0, 10);
	return NULL;
}

struct rp_err *
rp_correspondence_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_correspondences *out)
{
	struct q_correspondence_list_rows rows;
	struct rp_wordings texts;
	struct rp_place where;
	rp_text today;
	bool all;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	all = rp_actor_may(who, RP_MAY_MEET, where) ||
	      rp_actor_may(who, RP_MAY_READ, where);
	RP_TRY(today_of(who, tx, group_id, &today));
	RP_TRY(q_correspondence_list(tx,
	    &(struct q_correspondence_list_param){ .group_id = group_id },
	    &rows));
	RP_TRY(rp_wording_load_span(tx, RP_TEXT("correspondence"),
	    rows.n > 0 ? rows.v[0].id : 1,
	    rows.n > 0 ? rows.v[rows.n - 1].id : 0, &texts));
	*out = (struct rp_correspondences){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_correspondence_list_row *r = &rows.v[i];
		struct rp_correspondence c = { .id = r->id,
			.group_id = group_id,
			.number = r->number,
			.kind = r->kind,
			.other = r->other,
			.level = r->level,
			.dated = r->dated,
			.due = r->due,
			.state = r->state,
			.words = r->words,
			.replies = r->replies,
			.is_public = r->is_public,
			.changed_at = r->changed_at,
			.title = words(&texts, r->id, "title", lang),
			.text = words(&texts, r->id, "text", lang) };

		if (!all && (!c.is_public || is(c.state, "draft")))
			continue;
		c.is_late = c.due.n > 0 && rp_text_cmp(c.due, today) < 0 &&
			    (is(c.state, "received") || is(c.state, "sent"));
		rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

struct rp_err *
rp_correspondence_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t number, rp_text lang,
    struct rp_correspondence *out)
{
	struct rp_correspondences all;

	RP_TRY(rp_correspondence_list(who, tx, group_id, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no correspondence %lld",
	    (long long)number);
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t id, const char *action, rp_text before, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("correspondence"),
		.object_id = id,
		.group_id = group_id,
		.before = before,
		.after = after });
}

struct rp_err *
rp_correspondence_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *c, int64_t *out_id, int64_t *out_number)
{
	struct q_correspondence_insert_row row;
	struct rp_correspondence to = { 0 };

	RP_TRY(needs(who, tx, c->group_id));
	if (rp_correspondence_check(c) != RP_CORRESPONDENCE_FINE)
		return rp_fail(RP_E_INVALID, "not a correspondence");
	if (c->replies != 0)
		RP_TRY(rp_correspondence_get(who, tx, c->group_id, c->replies,
		    RP_TEXT("en"), &to));
	RP_TRY(q_correspondence_insert(tx,
	    &(struct q_correspondence_insert_param){ .group_id = c->group_id,
		.kind = c->kind,
		.other = c->other,
		.level = c->level,
		.dated = c->dated,
		.due = c->due,
		.state = is(c->kind, "liaison_in") ? RP_TEXT("received") :
						     RP_TEXT("draft"),
		.replies_id = to.id,
		.is_public = c->is_public,
		.now = who->now },
	    &row));
	*out_id = row.id;
	*out_number = row.number;
	/* An answer that came in answers what it replies to. */
	if (to.id != 0 && is(c->kind, "liaison_in") &&
	    rp_correspondence_may_become(&to, RP_TEXT("answered")))
		RP_TRY(rp_correspondence_set_state(who, tx, &to,
		    RP_TEXT("answered"), to.words));
	return event(who, tx, c->group_id, row.id, "correspondence.add",
	    RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s", RP_FMT(c->kind),
		RP_FMT(c->other), RP_FMT(c->dated)));
}

/* What went out as a reply answers what came in. */
static struct rp_err *
answer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *c)
{
	struct rp_correspondence to;

	RP_TRY(rp_correspondence_get(who, tx, c->group_id, c->replies,
	    RP_TEXT("en"), &to));
	if (!rp_correspondence_may_become(&to, RP_TEXT("answered")))
		return NULL;
	return rp_correspondence_set_state(who, tx, &to, RP_TEXT("answered"),
	    to.words);
}

struct rp_err *
rp_correspondence_set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *c, rp_text state, rp_text said)
{
	RP_TRY(needs(who, tx, c->group_id));
	if (said.n > RP_CORRESPONDENCE_WORDS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets", said.n);
	if (!rp_correspondence_may_become(c, state))
		return rp_fail(RP_E_CONFLICT, "%.*s to %.*s", RP_FMT(c->state),
		    RP_FMT(state));
	RP_TRY(q_correspondence_set_state(tx,
	    &(struct q_correspondence_set_state_param){ .id = c->id,
		.state = state,
		.words = said,
		.now = who->now }));
	if (is(state, "sent") && c->replies != 0)
		RP_TRY(answer(who, tx, c));
	return event(who, tx, c->group_id, c->id, "correspondence.state",
	    c->state, state);
}

/* What went out stays as it went. */
static bool
is_fixed(const struct rp_correspondence *c)
{
	return !is(c->state, "draft") && !is(c->kind, "liaison_in");
}

struct rp_err *
rp_correspondence_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *was, const struct rp_correspondence *now)
{
	struct rp_correspondence next = *now;

	next.kind = was->kind;
	RP_TRY(needs(who, tx, was->group_id));
	if (rp_correspondence_check(&next) != RP_CORRESPONDENCE_FINE)
		return rp_fail(RP_E_INVALID, "not a correspondence");
	if (is_fixed(was))
		return rp_fail(RP_E_CONFLICT, "it was sent");
	RP_TRY(q_correspondence_set(tx,
	    &(struct q_correspondence_set_param){ .id = was->id,
		.other = next.other,
		.level = next.level,
		.dated = next.dated,
		.due = next.due,
		.is_public = next.is_public,
		.now = who->now }));
	return event(who, tx, was->group_id, was->id, "correspondence.change",
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s", RP_FMT(was->other),
		RP_FMT(was->dated), RP_FMT(was->due)),
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s %.*s", RP_FMT(next.other),
		RP_FMT(next.dated), RP_FMT(next.due)));
}

struct rp_err *
rp_correspondence_texts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *c, struct rp_wordings *out)
{
	RP_TRY(needs(who, tx, c->group_id));
	return rp_wording_load(tx, RP_TEXT("correspondence"), c->id, out);
}

struct rp_err *
rp_correspondence_set_text(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_correspondence *c, rp_text lang, rp_text title,
    rp_text text)
{
	struct rp_wording_at at = { .owner_kind = RP_TEXT("correspondence"),
		.owner_id = c->id,
		.field = RP_TEXT("title"),
		.lang = lang };
	enum rp_wording_status status = RP_WORDING_ORIGINAL;
	struct rp_wordings all;

	RP_TRY(rp_correspondence_texts(who, tx, c, &all));
	if (rp_text_blank(title))
		return rp_fail(RP_E_INVALID, "no title");
	if (title.n > RP_CORRESPONDENCE_TITLE_MAX ||
	    text.n > RP_CORRESPONDENCE_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "too long");
	for (size_t i = 0; i < all.n; i++)
		if (is(all.v[i].field, "title") &&
		    all.v[i].status == RP_WORDING_ORIGINAL &&
		    !rp_text_eq(all.v[i].lang, lang))
			status = RP_WORDING_OFFICIAL;
	if (status == RP_WORDING_ORIGINAL && is_fixed(c))
		return rp_fail(RP_E_CONFLICT, "it was sent");
	RP_TRY(rp_wording_set(who, tx, &at, status, title));
	at.field = RP_TEXT("text");
	RP_TRY(rp_wording_set(who, tx, &at, status, text));
	return event(who, tx, c->group_id, c->id, "correspondence.text",
	    RP_TEXT(""), lang);
}
