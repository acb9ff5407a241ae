#include "domain/speakers.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/event.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/right.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_speakers.h"
#include "text/input.h"

static const rp_text class_names[RP_SPEAKER_CLASSES] = {
	[RP_SPEAKS_ON_ORDER] = RP_TEXT_INIT("point_of_order"),
	[RP_SPEAKS_FOR_GROUP] = RP_TEXT_INIT("group"),
	[RP_SPEAKS_AS_MEMBER] = RP_TEXT_INIT("member"),
	[RP_SPEAKS_AS_OBSERVER] = RP_TEXT_INIT("observer"),
	[RP_SPEAKS_AS_SECRETARIAT] = RP_TEXT_INIT("secretariat"),
	[RP_SPEAKS_IN_REPLY] = RP_TEXT_INIT("reply"),
};
static const rp_text turns_names[RP_SPEAKER_TURNS] = {
	[RP_TURNS_ANY] = RP_TEXT_INIT("any"),
	[RP_TURNS_FIRST] = RP_TEXT_INIT("first"),
	[RP_TURNS_ONCE] = RP_TEXT_INIT("once"),
};
static const struct rp_speaker_rule defaults[RP_SPEAKER_CLASSES] = {
	[RP_SPEAKS_ON_ORDER] = { 0, 120 },
	[RP_SPEAKS_FOR_GROUP] = { 1, 300 },
	[RP_SPEAKS_AS_MEMBER] = { 2, 180 },
	[RP_SPEAKS_AS_OBSERVER] = { 3, 120 },
	[RP_SPEAKS_AS_SECRETARIAT] = { 4, 0 },
	[RP_SPEAKS_IN_REPLY] = { 5, 120 },
};

rp_text rp_speaker_class_name(enum rp_speaker_class class)
{
	return class_names[class];
}

bool
rp_speaker_class_from(rp_text name, enum rp_speaker_class *out)
{
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		if (!rp_text_eq(class_names[i], name))
			continue;
		*out = (enum rp_speaker_class)i;
		return true;
	}
	return false;
}

rp_text
rp_speaker_turns_name(enum rp_speaker_turns turns)
{
	return turns_names[turns];
}

bool
rp_speaker_turns_from(rp_text name, enum rp_speaker_turns *out)
{
	for (int i = 0; i < RP_SPEAKER_TURNS; i++) {
		if (!rp_text_eq(turns_names[i], name))
			continue;
		*out = (enum rp_speaker_turns)i;
		return true;
	}
	return false;
}

/* Rules. */

struct rp_err *
rp_speaker_order_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_speaker_order *out)
{
	struct q_speaker_rules_rows rows;
	enum rp_speaker_class class;

	RP_ASSERT(who != NULL); /* rules are public */
	RP_TRY(q_speaker_rules(tx,
	    &(struct q_speaker_rules_param){ .group_id = group_id }, &rows));
	*out = (struct rp_speaker_order){ .turns = RP_TURNS_FIRST,
		.instrument = rows.n > 0 ? rows.v[0].instrument : RP_TEXT("") };
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++)
		out->of[i] = defaults[i];
	if (rows.n > 0 && rows.v[0].is_set &&
	    !rp_speaker_turns_from(rows.v[0].turns, &out->turns))
		return rp_fail(RP_E_INTERNAL, "speaker_order: turns");
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].class.n == 0)
			continue;
		if (!rp_speaker_class_from(rows.v[i].class, &class))
			return rp_fail(RP_E_INTERNAL, "speaker_rule: class");
		out->of[class] = (struct rp_speaker_rule){ rows.v[i].rank,
			rows.v[i].seconds };
	}
	return NULL;
}

static bool
order_ok(const struct rp_speaker_order *o)
{
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++) {
		const struct rp_speaker_rule *r = &o->of[i];

		if (r->rank < 0 || r->rank > RP_SPEAKER_RANK_MAX ||
		    r->seconds < 0 || r->seconds > RP_SPEAKER_SECONDS_MAX)
			return false;
	}
	return o->turns < RP_SPEAKER_TURNS && !rp_text_blank(o->instrument) &&
	       o->instrument.n <= RP_INSTRUMENT_MAX;
}

struct rp_err *
rp_speaker_order_set(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_speaker_order *o)
{
	RP_TRY(
	    rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id));
	if (!order_ok(o))
		return rp_fail(RP_E_INVALID, "not an order of speakers");
	RP_TRY(q_speaker_order_set(tx,
	    &(struct q_speaker_order_set_param){ .group_id = group_id,
		.turns = turns_names[o->turns],
		.instrument = o->instrument }));
	for (int i = 0; i < RP_SPEAKER_CLASSES; i++)
		RP_TRY(q_speaker_rule_set(tx,
		    &(struct q_speaker_rule_set_param){ .group_id = group_id,
			.class = class_names[i],
			.rank = o->of[i].rank,
			.seconds = o->of[i].seconds }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("speakers.order"),
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "%.*s: %.*s",
		    RP_FMT(turns_names[o->turns]), RP_FMT(o->instrument)) });
}

/* Reading. */

/* A turn, as the rules count them. */
static bool is_turn(enum rp_speaker_class class)
{
	return class != RP_SPEAKS_ON_ORDER && class != RP_SPEAKS_IN_REPLY &&
	       class != RP_SPEAKS_AS_SECRETARIAT;
}

static bool
same_speaker(const struct rp_speaker *x, const struct rp_speaker *y)
{
	if (x->party_id != 0 || y->party_id != 0)
		return x->party_id == y->party_id;
	return rp_text_eq(x->name, y->name);
}

static bool
has_spoken(const struct rp_speaker_vec *done, const struct rp_speaker *speaking,
    const struct rp_speaker *s)
{
	for (size_t i = 0; i < done->n; i++) {
		if (is_turn(done->v[i].class) && same_speaker(&done->v[i], s))
			return true;
	}
	return speaking->id != 0 && is_turn(speaking->class) &&
	       same_speaker(speaking, s);
}

/* Is `x` before `y`? Both came in the order in which they asked. */
static bool
is_before(const struct rp_speakers *all, const struct rp_speaker_order *o,
    const struct rp_speaker *x, const struct rp_speaker *y)
{
	bool x_spoke = false, y_spoke = false;

	if (o->of[x->class].rank != o->of[y->class].rank)
		return o->of[x->class].rank < o->of[y->class].rank;
	if (o->turns != RP_TURNS_ANY) {
		x_spoke = is_turn(x->class) &&
			  has_spoken(&all->done, &all->speaking, x);
		y_spoke = is_turn(y->class) &&
			  has_spoken(&all->done, &all->speaking, y);
	}
	return !x_spoke && y_spoke;
}

/* Insertion keeps the order of those that are equal. */
static void
put_in_order(struct rp_speakers *all, const struct rp_speaker_order *o)
{
	struct rp_speaker *v = all->waiting.v;

	for (size_t i = 1; i < all->waiting.n; i++) {
		struct rp_speaker one = v[i];
		size_t k = i;

		for (; k > 0 && is_before(all, o, &one, &v[k - 1]); k--)
			v[k] = v[k - 1];
		v[k] = one;
	}
}

static struct rp_err *
add_requests(struct rp_tx *tx, int64_t item_id, rp_text lang,
    struct rp_speakers *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_speaker_requests_rows rows;
	struct rp_wordings names = { 0 };

	RP_TRY(q_speaker_requests(tx,
	    &(struct q_speaker_requests_param){ .item_id = item_id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_speaker_requests_row *r = &rows.v[i];
		struct rp_speaker s = { .id = r->id,
			.party_id = r->party_id,
			.person_id = r->person_id,
			.name = r->name,
			.source = r->source,
			.state = r->state,
			.seconds = r->seconds,
			.asked_at = r->asked_at,
			.began_at = r->began_at,
			.ended_at = r->ended_at };

		rp_vec_push(a, &names,
		    rp_wording_row(r->wording_id, r->party_id, r->field,
			r->lang, r->status, r->body, 0));
		if (i + 1 < rows.n && rows.v[i + 1].id == r->id)
			continue;
		if (!rp_speaker_class_from(r->class, &s.class))
			return rp_fail(RP_E_INTERNAL, "speaker_request: class");
		s.party = rp_wording_text(&names, r->party_id,
		    RP_TEXT("short_name"), lang, RP_TEXT("en"));
		if (s.party.n == 0)
			s.party = rp_wording_text(&names, r->party_id,
			    RP_TEXT("name"), lang, RP_TEXT("en"));
		names.n = 0;
		s.is_own = s.party_id != 0 && s.party_id == out->own_party_id;
		if (rp_text_eq(r->state, RP_TEXT("waiting")))
			rp_vec_push(a, &out->waiting, s);
		else if (rp_text_eq(r->state, RP_TEXT("speaking")))
			out->speaking = s;
		else
			rp_vec_push(a, &out->done, s);
	}
	return NULL;
}

/* Everything, whoever asks; `order` may be NULL. */
static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    int64_t item_id, rp_text lang, struct rp_speaker_order *order,
    struct rp_speakers *out)
{
	struct q_speaker_item_row item;
	struct rp_place where;
	bool found;

	*out = (struct rp_speakers){ 0 };
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	RP_TRY(q_speaker_item(tx,
	    &(struct q_speaker_item_param){ .meeting_id = m->id,
		.item_id = item_id,
		.person_id = who->person_id },
	    &item, &found));
	out->may_lead = rp_actor_may(who, RP_MAY_MEET, where);
	out->reads = out->may_lead || rp_actor_may(who, RP_MAY_READ, where);
	out->is_guest = !out->reads && rp_actor_is_guest(who, item_id);
	if (!found || (!out->reads && !out->is_guest &&
			  !rp_text_eq(item.access, RP_TEXT("public"))))
		return rp_fail(RP_E_NOTFOUND, "no item %lld",
		    (long long)item_id);
	out->item_state = item.state;
	if (out->reads)
		out->own_party_id = item.party_id;
	out->may_ask = out->may_lead || out->own_party_id != 0;
	out->is_open = item.is_open;
	out->version = item.version;
	RP_TRY(rp_speaker_order_get(who, tx, m->group_id, order));
	RP_TRY(add_requests(tx, item_id, lang, out));
	put_in_order(out, order);
	return NULL;
}

struct rp_err *
rp_speakers_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, rp_text lang,
    struct rp_speakers *out)
{
	struct rp_speaker_order order;

	RP_TRY(load(who, tx, m, item_id, lang, &order, out));
	if (!out->may_lead)
		out->done = (struct rp_speaker_vec){ 0 };
	return NULL;
}

struct rp_err *
rp_speakers_version(const struct rp_actor *who, struct rp_tx *tx,
    int64_t item_id, int64_t *out)
{
	struct q_speaker_list_get_row row = { 0 };
	bool found;

	RP_ASSERT(who != NULL); /* a number that says nothing */
	RP_TRY(q_speaker_list_get(tx,
	    &(struct q_speaker_list_get_param){ .item_id = item_id }, &row,
	    &found));
	*out = found ? row.version : 0;
	return NULL;
}

/* Changing. */

struct led {
	struct rp_speakers all;
	struct rp_speaker_order order;
};

static struct rp_err *
lead(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    int64_t item_id, struct led *out)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	return load(who, tx, m, item_id, RP_TEXT("en"), &out->order, &out->all);
}

static struct rp_err *
changed(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, rp_text action, rp_text after)
{
	RP_TRY(q_speaker_list_changed(tx,
	    &(struct q_speaker_list_changed_param){ .item_id = item_id }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("agenda_item"),
		.object_id = item_id,
		.group_id = m->group_id,
		.after = after });
}

struct rp_err *
rp_speakers_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, bool is_open)
{
	struct led s;

	RP_TRY(lead(who, tx, m, item_id, &s));
	if (s.all.version > 0 && s.all.is_open == is_open)
		return NULL;
	RP_TRY(q_speaker_list_set(tx,
	    &(struct q_speaker_list_set_param){ .item_id = item_id,
		.is_open = is_open }));
	return changed(who, tx, m, item_id, RP_TEXT("speakers.list"),
	    is_open ? RP_TEXT("open") : RP_TEXT("closed"));
}

static enum rp_speaker_problem
check(const struct rp_speakers *all, const struct rp_speaker_order *order,
    const struct rp_speaker *s)
{
	bool urgent = s->class == RP_SPEAKS_ON_ORDER;

	if (s->party_id == 0 && rp_text_blank(s->name))
		return RP_SPEAKER_NOBODY;
	if (!all->is_open && !urgent && !all->may_lead)
		return RP_SPEAKER_SHUT;
	for (size_t i = 0; i < all->waiting.n; i++) {
		if (all->waiting.v[i].class == s->class &&
		    same_speaker(&all->waiting.v[i], s))
			return RP_SPEAKER_TWICE;
	}
	if (order->turns == RP_TURNS_ONCE && is_turn(s->class) &&
	    has_spoken(&all->done, &all->speaking, s))
		return RP_SPEAKER_AGAIN;
	return RP_SPEAKER_FINE;
}

static bool
is_source(rp_text t)
{
	return rp_text_eq(t, RP_TEXT("room")) ||
	       rp_text_eq(t, RP_TEXT("remote")) ||
	       rp_text_eq(t, RP_TEXT("desk"));
}

/* What a delegate may say of himself; who leads says it of anybody. */
static struct rp_err *
own_request(const struct rp_actor *who, const struct rp_speakers *all,
    struct rp_speaker *s)
{
	if (all->may_lead)
		return NULL;
	if (who->person_id == 0)
		return rp_fail(RP_E_UNKNOWN, "nobody is signed in");
	if (!all->may_ask || s->class == RP_SPEAKS_AS_SECRETARIAT ||
	    s->class == RP_SPEAKS_AS_OBSERVER ||
	    rp_text_eq(s->source, RP_TEXT("desk")))
		return rp_fail(RP_E_DENIED, "not for a delegate");
	s->party_id = all->own_party_id;
	s->name = who->name;
	s->person_id = who->person_id;
	return NULL;
}

struct rp_err *
rp_speaker_check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_speaker *in,
    enum rp_speaker_problem *out)
{
	struct rp_speaker s = *in;
	struct led l;

	RP_TRY(load(who, tx, m, item_id, RP_TEXT("en"), &l.order, &l.all));
	RP_TRY(own_request(who, &l.all, &s));
	*out = check(&l.all, &l.order, &s);
	return NULL;
}

struct rp_err *
rp_speaker_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_speaker *in,
    int64_t *out_id)
{
	struct q_speaker_request_insert_row row;
	struct rp_speaker s = *in;
	struct led l;
	struct rp_party p;

	RP_TRY(load(who, tx, m, item_id, RP_TEXT("en"), &l.order, &l.all));
	RP_TRY(own_request(who, &l.all, &s));
	if (s.class >= RP_SPEAKER_CLASSES || !is_source(s.source) ||
	    s.name.n > RP_SPEAKER_NAME_MAX)
		return rp_fail(RP_E_INVALID, "not a request for the floor");
	if (s.party_id != 0)
		RP_TRY(rp_party_get(tx, s.party_id, RP_TEXT("en"), &p));
	if (check(&l.all, &l.order, &s) != RP_SPEAKER_FINE)
		return rp_fail(RP_E_CONFLICT, "a request that is not taken");
	if (l.all.waiting.n + l.all.done.n >= RP_SPEAKERS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d requests", RP_SPEAKERS_MAX);
	if (l.all.version == 0)
		RP_TRY(q_speaker_list_set(tx,
		    &(struct q_speaker_list_set_param){ .item_id = item_id,
			.is_open = false }));
	RP_TRY(q_speaker_request_insert(tx,
	    &(struct q_speaker_request_insert_param){ .item_id = item_id,
		.class = class_names[s.class],
		.party_id = s.party_id,
		.person_id = s.person_id,
		.name = s.name,
		.source = s.source,
		.seconds = l.order.of[s.class].seconds,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return changed(who, tx, m, item_id, RP_TEXT("speakers.ask"),
	    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)row.id));
}

static const struct rp_speaker *
find(const struct rp_speaker_vec *v, int64_t id)
{
	for (size_t i = 0; i < v->n; i++) {
		if (v->v[i].id == id)
			return &v->v[i];
	}
	return NULL;
}

static struct rp_err *
set_state(struct rp_tx *tx, const struct rp_speaker *s, rp_text state,
    int64_t began, int64_t ended)
{
	return q_speaker_request_state(tx,
	    &(struct q_speaker_request_state_param){ .id = s->id,
		.state = state,
		.began_at = began,
		.ended_at = ended,
		.seconds = s->seconds });
}

struct rp_err *
rp_speaker_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	const struct rp_speaker *s;
	struct led l;

	RP_TRY(load(who, tx, m, item_id, RP_TEXT("en"), &l.order, &l.all));
	s = find(&l.all.waiting, id);
	if (s == NULL || (!l.all.may_lead && !s->is_own))
		return rp_fail(RP_E_NOTFOUND, "no such request");
	RP_TRY(set_state(tx, s, RP_TEXT("withdrawn"), 0, who->now));
	return changed(who, tx, m, item_id, RP_TEXT("speakers.withdraw"),
	    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)id));
}

static struct rp_err *
end(const struct rp_actor *who, struct rp_tx *tx, const struct led *l)
{
	const struct rp_speaker *s = &l->all.speaking;

	return s->id == 0 ?
		   NULL :
		   set_state(tx, s, RP_TEXT("done"), s->began_at, who->now);
}

struct rp_err *
rp_speaker_give(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id)
{
	const struct rp_speaker *s;
	struct led l;

	RP_TRY(lead(who, tx, m, item_id, &l));
	s = id != 0             ? find(&l.all.waiting, id) :
	    l.all.waiting.n > 0 ? &l.all.waiting.v[0] :
				  NULL;
	if (s == NULL)
		return rp_fail(RP_E_NOTFOUND, "nobody to give the floor to");
	RP_TRY(end(who, tx, &l));
	RP_TRY(set_state(tx, s, RP_TEXT("speaking"), who->now, 0));
	return changed(who, tx, m, item_id, RP_TEXT("speakers.give"),
	    rp_textf(rp_tx_arena(tx), "no. %lld", (long long)s->id));
}

struct rp_err *
rp_speaker_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id)
{
	struct led l;

	RP_TRY(lead(who, tx, m, item_id, &l));
	if (l.all.speaking.id == 0)
		return NULL;
	RP_TRY(end(who, tx, &l));
	return changed(who, tx, m, item_id, RP_TEXT("speakers.end"),
	    rp_textf(rp_tx_arena(tx), "no. %lld",
		(long long)l.all.speaking.id));
}

struct rp_err *
rp_speaker_extend(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t seconds)
{
	struct rp_speaker s;
	struct led l;

	RP_TRY(lead(who, tx, m, item_id, &l));
	s = l.all.speaking;
	if (s.id == 0)
		return rp_fail(RP_E_CONFLICT, "nobody speaks");
	s.seconds += seconds;
	if (s.seconds < 0 || s.seconds > RP_SPEAKER_SECONDS_MAX)
		return rp_fail(RP_E_INVALID, "%lld seconds",
		    (long long)s.seconds);
	RP_TRY(set_state(tx, &s, s.state, s.began_at, 0));
	return changed(who, tx, m, item_id, RP_TEXT("speakers.extend"),
	    rp_textf(rp_tx_arena(tx), "%lld s", (long long)seconds));
}
