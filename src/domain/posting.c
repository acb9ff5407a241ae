#include "domain/posting.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/meeting_document.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_meeting.h"
#include "text/zone.h"

static const rp_text names[] = { [RP_POSTING_ON_TIME] = RP_TEXT_INIT("on_time"),
	[RP_POSTING_LATE_TRANSLATION] = RP_TEXT_INIT("late_translation"),
	[RP_POSTING_LATE_AGENDA] = RP_TEXT_INIT("late_agenda"),
	[RP_POSTING_HELD_OVER] = RP_TEXT_INIT("held_over"),
	[RP_POSTING_EXEMPT] = RP_TEXT_INIT("exempt") };

rp_text
rp_posting_name(enum rp_posting_effect effect)
{
	return names[effect];
}

bool
rp_posting_from(rp_text name, enum rp_posting_effect *out)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!rp_text_eq(names[i], name))
			continue;
		*out = (enum rp_posting_effect)i;
		return true;
	}
	return false;
}

static int64_t
day_of(const struct rp_zone *zone, int64_t at)
{
	struct rp_local l = rp_zone_local(zone, at);

	return rp_civil_days(l.year, l.month, l.day);
}

int64_t
rp_posting_days(const struct rp_zone *zone, int64_t received, int64_t opens)
{
	return day_of(zone, opens) - day_of(zone, received);
}

int64_t
rp_posting_deadline(const struct rp_zone *zone, int64_t opens, int64_t days)
{
	return rp_zone_instant(zone,
	    rp_civil_from_days(day_of(zone, opens) - days + 1));
}

enum rp_posting_effect
rp_posting_judge(const struct rp_posting_rules *rules, rp_text kind,
    int64_t days_before)
{
	enum rp_posting_effect worst = RP_POSTING_ON_TIME;
	bool own = false;

	for (size_t i = 0; i < rules->n; i++)
		own |= rp_text_eq(rules->v[i].kind, kind);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rp_posting_rule *r = &rules->v[i];

		if (!rp_text_eq(r->kind, own ? kind : RP_TEXT("")))
			continue;
		if (r->effect == RP_POSTING_EXEMPT)
			return RP_POSTING_ON_TIME;
		if (days_before < r->days && r->effect > worst)
			worst = r->effect;
	}
	return worst;
}

const struct rp_posting_rule *
rp_posting_cited(const struct rp_posting_rules *rules, rp_text kind,
    int64_t days_before)
{
	enum rp_posting_effect effect =
	    rp_posting_judge(rules, kind, days_before);
	const struct rp_posting_rule *found = NULL;
	bool own = false;

	for (size_t i = 0; i < rules->n; i++)
		own |= rp_text_eq(rules->v[i].kind, kind);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rp_posting_rule *r = &rules->v[i];

		if (!rp_text_eq(r->kind, own ? kind : RP_TEXT("")))
			continue;
		if (r->effect == RP_POSTING_EXEMPT ||
		    (effect != RP_POSTING_ON_TIME && r->effect == effect))
			return r;
		if (effect == RP_POSTING_ON_TIME &&
		    (found == NULL || r->days > found->days))
			found = r;
	}
	return found;
}

struct rp_err *
rp_posting_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_posting_rules *out)
{
	struct q_posting_rules_rows rows;

	RP_ASSERT(who != NULL); /* rules are public */
	RP_TRY(q_posting_rules(tx,
	    &(struct q_posting_rules_param){ .group_id = group_id }, &rows));
	*out = (struct rp_posting_rules){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_posting_rule r = { .kind = rows.v[i].kind,
			.days = rows.v[i].days,
			.instrument = rows.v[i].instrument };

		if (!rp_posting_from(rows.v[i].effect, &r.effect))
			return rp_fail(RP_E_INTERNAL, "posting_rule: effect");
		rp_vec_push(rp_tx_arena(tx), out, r);
	}
	return NULL;
}

static bool
is_rule(const struct rp_posting_rule *r)
{
	bool exempt = r->effect == RP_POSTING_EXEMPT;

	if (r->kind.n > 0 && !rp_document_kind_ok(r->kind))
		return false;
	if (r->effect == RP_POSTING_ON_TIME || (exempt && r->kind.n == 0))
		return false;
	return r->days <= RP_POSTING_DAYS_MAX &&
	       (exempt ? r->days <= 0 : true) &&
	       (r->days < 0 || (r->instrument.n > 0 &&
				   r->instrument.n <= RP_INSTRUMENT_MAX));
}

static struct rp_err *
store(struct rp_tx *tx, int64_t group_id, const struct rp_posting_rule *r)
{
	struct rp_posting_rules all;
	struct rp_actor nobody = { 0 };

	if (r->days < 0)
		return q_posting_rule_remove(tx,
		    &(struct q_posting_rule_remove_param){ .group_id = group_id,
			.kind = r->kind,
			.effect = rp_posting_name(r->effect) });
	RP_TRY(rp_posting_list(&nobody, tx, group_id, &all));
	if (all.n >= RP_POSTING_RULES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d rules",
		    RP_POSTING_RULES_MAX);
	return q_posting_rule_set(tx,
	    &(struct q_posting_rule_set_param){ .group_id = group_id,
		.kind = r->kind,
		.effect = rp_posting_name(r->effect),
		.days = r->days,
		.instrument = r->instrument });
}

struct rp_err *
rp_posting_set(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    const struct rp_posting_rule *rule)
{
	RP_TRY(
	    rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id));
	if (!is_rule(rule))
		return rp_fail(RP_E_INVALID, "not a rule of posting");
	RP_TRY(store(tx, group_id, rule));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("posting.set"),
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "%.*s %.*s %lld %.*s",
		    RP_FMT(rule->kind), RP_FMT(rp_posting_name(rule->effect)),
		    (long long)rule->days, RP_FMT(rule->instrument)) });
}
