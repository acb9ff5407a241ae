#include "domain/duty.h"

#include "base/err.h"
#include "document/duty_find.h"
#include "domain/day.h"
#include "domain/event.h"
#include "domain/meeting_document.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_duty.h"
#include "text/input.h"
#include "text/zone.h"

const rp_text rp_duty_times[] = { RP_TEXT_INIT("none"), RP_TEXT_INIT("once"),
	RP_TEXT_INIT("yearly"), RP_TEXT_INIT("four_yearly"),
	RP_TEXT_INIT("meeting"), RP_TEXT_INIT("") };

static const rp_text states[] = { RP_TEXT_INIT("standing"),
	RP_TEXT_INIT("rejected"), RP_TEXT_INIT("ended"), RP_TEXT_INIT("") };

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

enum rp_duty_problem
rp_duty_check(const struct rp_duty *d)
{
	if (d->paragraph.n > RP_DUTY_PARAGRAPH_MAX)
		return RP_DUTY_BAD_PARAGRAPH;
	if (rp_text_blank(d->who) || d->who.n > RP_DUTY_WHO_MAX)
		return RP_DUTY_NO_WHO;
	if (rp_text_blank(d->recipient) || d->recipient.n > RP_DUTY_WHO_MAX)
		return RP_DUTY_NO_RECIPIENT;
	if (rp_text_blank(d->words) || d->words.n > RP_DUTY_TEXT_MAX)
		return RP_DUTY_NO_WORDS;
	if (!rp_text_in(rp_duty_times, d->every))
		return RP_DUTY_BAD_TIME;
	if (d->due.n > 0 && !rp_zone_is_day(d->due))
		return RP_DUTY_BAD_DUE;
	return RP_DUTY_FINE;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    group_id);
}

/* Reading. */

static struct rp_duty
duty_of(const struct q_duty_list_row *r, int64_t group_id)
{
	return (struct rp_duty){ .id = r->id,
		.group_id = group_id,
		.number = r->number,
		.found_id = r->found_id,
		.instrument_id = r->instrument_id,
		.paragraph = r->paragraph,
		.lang = r->lang,
		.who = r->who,
		.recipient = r->recipient,
		.words = r->words,
		.every = r->every,
		.due = r->due,
		.state = r->state,
		.changed_at = r->changed_at };
}

struct rp_err *
rp_duty_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_duties *out)
{
	struct q_duty_report_list_rows reports;
	struct q_duty_outdated_rows outdated;
	struct q_duty_list_rows rows;
	struct rp_place where;
	rp_text today;
	bool all;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	all = rp_actor_may(who, RP_MAY_REGISTER, where);
	RP_TRY(rp_day_at(who, tx, group_id, who->now, &today));
	RP_TRY(q_duty_list(tx,
	    &(struct q_duty_list_param){ .group_id = group_id }, &rows));
	RP_TRY(q_duty_report_list(tx,
	    &(struct q_duty_report_list_param){ .group_id = group_id },
	    &reports));
	RP_TRY(q_duty_outdated(tx,
	    &(struct q_duty_outdated_param){ .group_id = group_id },
	    &outdated));
	*out = (struct rp_duties){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_duty d = duty_of(&rows.v[i], group_id);

		if (!all && !is(d.state, "standing"))
			continue;
		for (size_t k = 0; k < reports.n; k++)
			d.is_reported |= reports.v[k].duty_id == d.id &&
					 rp_text_eq(reports.v[k].due, d.due);
		for (size_t k = 0; k < outdated.n; k++)
			d.is_outdated |= outdated.v[k].id == d.id;
		d.is_overdue = is(d.state, "standing") && !d.is_reported &&
			       d.due.n > 0 && rp_text_cmp(d.due, today) < 0;
		rp_vec_push(rp_tx_arena(tx), out, d);
	}
	return NULL;
}

struct rp_err *
rp_duty_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t number, struct rp_duty *out)
{
	struct rp_duties all;

	RP_TRY(rp_duty_list(who, tx, group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no duty %lld", (long long)number);
}

/* As meeting_document.h has it: the register, what was posted, what is open. */
static bool
is_seen(const struct rp_actor *who, struct rp_place where,
    const struct q_duty_report_list_row *r)
{
	bool open = is(r->access, "public") || r->is_title_public ||
		    (r->public_from_at != 0 && r->public_from_at <= who->now);

	if (r->meeting_id == 0)
		return false;
	if (rp_actor_may(who, RP_MAY_MEET, where))
		return true;
	return !is(r->state, "received") &&
	       (open || rp_actor_may(who, RP_MAY_READ, where));
}

struct rp_err *
rp_duty_reports(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_duty_reports *out)
{
	struct q_duty_report_list_rows rows;
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	RP_TRY(q_duty_report_list(tx,
	    &(struct q_duty_report_list_param){ .group_id = group_id }, &rows));
	*out = (struct rp_duty_reports){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_duty_report_list_row *r = &rows.v[i];
		struct rp_duty_report one = { .duty_id = r->duty_id,
			.at = r->at,
			.due = r->due,
			.words = r->words };

		if (is_seen(who, where, r)) {
			const struct rp_symbol s = { .series = r->series,
				.session = (uint32_t)r->ordinal,
				.number = (uint32_t)r->document };

			one.symbol = rp_symbol_print(rp_tx_arena(tx), &s);
			one.ordinal = r->ordinal;
			one.number = r->document;
		}
		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_duty_suggestions(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_duty_suggestions *out)
{
	struct q_duty_found_list_rows rows;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_duty_found_list(tx,
	    &(struct q_duty_found_list_param){ .group_id = group_id }, &rows));
	*out = (struct rp_duty_suggestions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_duty_found_list_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_duty_suggestion){ .id = r->id,
			.instrument_id = r->instrument_id,
			.version = r->version,
			.block = r->block,
			.version_name = r->version_name,
			.lang = r->lang,
			.paragraph = r->paragraph,
			.who = r->who,
			.recipient = r->recipient,
			.words = r->words,
			.every = r->every,
			.year = r->year }));
	}
	return NULL;
}

struct rp_err *
rp_duty_suggestion_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, struct rp_duty_suggestion *out, bool *out_found)
{
	struct q_duty_found_get_row r;

	RP_TRY(needs(who, tx, d->group_id));
	RP_TRY(q_duty_found_get(tx,
	    &(struct q_duty_found_get_param){ .id = d->found_id }, &r,
	    out_found));
	if (*out_found)
		*out = (struct rp_duty_suggestion){ .id = r.id,
			.instrument_id = r.instrument_id,
			.version = r.version,
			.block = r.block,
			.version_name = r.version_name,
			.lang = r.lang,
			.paragraph = r.paragraph,
			.who = r.who,
			.recipient = r.recipient,
			.words = r.words,
			.every = r.every,
			.year = r.year };
	return NULL;
}

/* Changing. */

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_duty *d,
    const char *action, rp_text before, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("duty"),
		.object_id = d->id,
		.group_id = d->group_id,
		.before = before,
		.after = after });
}

static rp_text
described(struct rp_arena *a, const struct rp_duty *d)
{
	return rp_textf(a, "%.*s, %.*s, %.*s, %.*s", RP_FMT(d->state),
	    RP_FMT(d->paragraph), RP_FMT(d->every), RP_FMT(d->due));
}

/* No longer than a column takes, at the end of a character. */
static rp_text
fit(rp_text t, size_t max)
{
	if (t.n <= max)
		return t;
	while (max > 0 && ((uint8_t)t.p[max] & 0xc0) == 0x80)
		max--;
	return rp_text_sub(t, 0, max);
}

struct rp_err *
rp_duty_keep_found(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_instrument *in, const struct rp_version *v,
    const struct rp_found_duties *found)
{
	RP_TRY(needs(who, tx, in->group_id));
	if (v->instrument_id != in->id)
		return rp_fail(RP_E_NOTFOUND, "not a version of it");
	RP_TRY(q_duty_found_forget(tx,
	    &(struct q_duty_found_forget_param){ .instrument_id = in->id,
		.version_id = v->id }));
	for (size_t i = 0; i < found->n && i < RP_DUTIES_MAX; i++) {
		const struct rp_found_duty *f = &found->v[i];
		static const char *const times[RP_DUTY_TIMES] = { "none",
			"once", "yearly", "meeting" };

		RP_TRY(q_duty_found_insert(tx,
		    &(struct q_duty_found_insert_param){ .instrument_id =
							     in->id,
			.version_id = v->id,
			.dated = v->dated,
			.place = f->place,
			.block = f->at,
			.paragraph = fit(f->paragraph, RP_DUTY_PARAGRAPH_MAX),
			.who = fit(f->who, RP_DUTY_WHO_MAX),
			.recipient = fit(f->recipient, RP_DUTY_WHO_MAX),
			.words = fit(f->words, RP_DUTY_TEXT_MAX),
			.every = rp_text_z(times[f->every]),
			.year = f->year,
			.now = who->now }));
	}
	return NULL;
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx, const struct rp_duty *d,
    int64_t *out_number)
{
	struct q_duty_insert_row row;
	struct rp_duty made = *d;

	RP_TRY(q_duty_insert(tx,
	    &(struct q_duty_insert_param){ .group_id = d->group_id,
		.found_id = d->found_id,
		.instrument_id = d->instrument_id,
		.paragraph = d->paragraph,
		.lang = d->lang,
		.who = d->who,
		.recipient = d->recipient,
		.words = d->words,
		.every = d->every,
		.due = d->due,
		.state = d->state,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	if (row.number > RP_DUTIES_OF_GROUP_MAX)
		return rp_fail(RP_E_LIMIT, "over %d duties",
		    RP_DUTIES_OF_GROUP_MAX);
	made.id = row.id;
	*out_number = row.number;
	return event(who, tx, &made, "duty.add", RP_TEXT(""),
	    described(rp_tx_arena(tx), d));
}

struct rp_err *
rp_duty_decide(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t found_id, bool confirm, int64_t *out_number)
{
	struct rp_duty_suggestions all;
	struct rp_duties decided;
	rp_text day;

	RP_TRY(rp_duty_suggestions(who, tx, group_id, &all));
	RP_TRY(rp_day_at(who, tx, group_id, who->now, &day));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_duty_suggestion *s = &all.v[i];
		int64_t year = s->year;

		if (s->id != found_id)
			continue;
		if (year == 0)
			(void)rp_text_i64(rp_text_sub(day, 0, 4), &year);
		return insert(who, tx,
		    &(struct rp_duty){ .group_id = group_id,
			.found_id = found_id,
			.instrument_id = s->instrument_id,
			.paragraph = s->paragraph,
			.lang = s->lang,
			.who = s->who,
			.recipient = s->recipient,
			.words = s->words,
			.every = s->every,
			.due = is(s->every, "none") || is(s->every, "meeting") ?
				   RP_TEXT("") :
				   rp_textf(rp_tx_arena(tx), "%04lld-12-31",
				       (long long)year),
			.state = confirm ? RP_TEXT("standing") :
					   RP_TEXT("rejected") },
		    out_number);
	}
	RP_TRY(rp_duty_list(who, tx, group_id, &decided));
	for (size_t i = 0; i < decided.n; i++)
		if (decided.v[i].found_id == found_id && found_id != 0)
			return rp_fail(RP_E_CONFLICT, "was decided on");
	return rp_fail(RP_E_NOTFOUND, "no suggestion %lld",
	    (long long)found_id);
}

static struct rp_err *
may_keep(const struct rp_actor *who, struct rp_tx *tx, const struct rp_duty *d)
{
	struct rp_instrument in;

	RP_TRY(needs(who, tx, d->group_id));
	if (rp_duty_check(d) != RP_DUTY_FINE || !rp_text_in(states, d->state))
		return rp_fail(RP_E_INVALID, "not a duty");
	RP_TRY(rp_instrument_get_by_id(who, tx, d->instrument_id, RP_TEXT("en"),
	    &in));
	return in.group_id == d->group_id ?
		   NULL :
		   rp_fail(RP_E_NOTFOUND, "no such resolution");
}

struct rp_err *
rp_duty_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, int64_t *out_number)
{
	struct rp_duty made = *d;

	made.found_id = 0;
	made.state = RP_TEXT("standing");
	RP_TRY(may_keep(who, tx, &made));
	return insert(who, tx, &made, out_number);
}

struct rp_err *
rp_duty_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *was, const struct rp_duty *now)
{
	struct rp_duty next = *now;

	next.id = was->id;
	next.group_id = was->group_id;
	RP_TRY(may_keep(who, tx, &next));
	RP_TRY(q_duty_set(tx, &(struct q_duty_set_param){ .id = was->id,
				  .instrument_id = next.instrument_id,
				  .paragraph = next.paragraph,
				  .lang = next.lang,
				  .who = next.who,
				  .recipient = next.recipient,
				  .words = next.words,
				  .every = next.every,
				  .due = next.due,
				  .state = next.state,
				  .person_id = who->person_id,
				  .now = who->now }));
	return event(who, tx, &next, "duty.change",
	    described(rp_tx_arena(tx), was), described(rp_tx_arena(tx), &next));
}

/* Reporting. */

/* The first meeting that opens after the day; empty where none is known. */
static struct rp_err *
next_meeting(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, rp_text *out)
{
	struct rp_meetings all;

	*out = RP_TEXT("");
	RP_TRY(rp_meeting_list(who, tx, d->group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		rp_text day =
		    rp_text_sub(all.v[i].opens_local, 0, RP_DAY_OCTETS);

		if (rp_text_cmp(day, d->due) > 0 &&
		    (out->n == 0 || rp_text_cmp(day, *out) < 0))
			*out = day;
	}
	return NULL;
}

static struct rp_err *
move_on(const struct rp_actor *who, struct rp_tx *tx, const struct rp_duty *d)
{
	struct rp_duty next = *d;

	if (is(d->every, "once") || is(d->every, "none") || d->due.n == 0)
		return NULL;
	if (is(d->every, "meeting"))
		RP_TRY(next_meeting(who, tx, d, &next.due));
	else
		next.due = rp_day_plus_years(rp_tx_arena(tx), d->due,
		    is(d->every, "yearly") ? 1 : 4);
	return rp_duty_change(who, tx, d, &next);
}

struct rp_err *
rp_duty_report(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_duty *d, const struct rp_meeting *m, int64_t number,
    rp_text words)
{
	struct rp_meeting_document doc = { 0 };

	RP_TRY(needs(who, tx, d->group_id));
	if (!is(d->state, "standing"))
		return rp_fail(RP_E_CONFLICT, "it does not stand");
	if (words.n > RP_DUTY_REPORT_MAX || (m == NULL && rp_text_blank(words)))
		return rp_fail(RP_E_INVALID, "by nothing");
	if (m != NULL && m->group_id != d->group_id)
		return rp_fail(RP_E_NOTFOUND, "a meeting of another group");
	if (m != NULL)
		RP_TRY(rp_meeting_document_get(who, tx, m, number,
		    RP_TEXT("en"), &doc));
	RP_TRY(q_duty_report_insert(tx,
	    &(struct q_duty_report_insert_param){ .duty_id = d->id,
		.due = d->due,
		.document_id = doc.id,
		.words = words,
		.person_id = who->person_id,
		.now = who->now }));
	RP_TRY(event(who, tx, d, "duty.report", d->due, words));
	return move_on(who, tx, d);
}
