#include "domain/wording.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/public_response.h"
#include "store/db.h"
#include "store/q_wording.h"
#include "text/lang.h"

static const rp_text status_names[RP_WORDING_STATUS_COUNT] = {
	[RP_WORDING_ORIGINAL] = RP_TEXT_INIT("original"),
	[RP_WORDING_OFFICIAL] = RP_TEXT_INIT("official"),
	[RP_WORDING_COURTESY] = RP_TEXT_INIT("courtesy"),
	[RP_WORDING_MACHINE] = RP_TEXT_INIT("machine"),
};

/* Which right an owner's texts need; `translated` for all but the original. */
static const struct {
	rp_text kind;
	enum rp_capability original, translated;
} rules[] = {
	{ RP_TEXT_INIT("action"), RP_MAY_MEET, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("activity"), RP_MAY_REGISTER, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("agenda_item"), RP_MAY_MEET, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("answer"), RP_MAY_NOTHING, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("body"), RP_MAY_ADMINISTER, RP_MAY_ADMINISTER },
	{ RP_TEXT_INIT("consultation"), RP_MAY_LAUNCH, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("correspondence"), RP_MAY_MEET, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("document"), RP_MAY_MEET, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("group"), RP_MAY_ADMINISTER, RP_MAY_ADMINISTER },
	{ RP_TEXT_INIT("instrument"), RP_MAY_REGISTER, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("meeting_part"), RP_MAY_MEET, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("party"), RP_MAY_MEMBERS, RP_MAY_MEMBERS },
	{ RP_TEXT_INIT("privacy_notice"), RP_MAY_ADMINISTER,
	    RP_MAY_ADMINISTER },
	{ RP_TEXT_INIT("question"), RP_MAY_LAUNCH, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("response"), RP_MAY_NOTHING, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("revision"), RP_MAY_NOTHING, RP_MAY_TRANSLATE },
	{ RP_TEXT_INIT("theme"), RP_MAY_THEME, RP_MAY_THEME },
	{ RP_TEXT_INIT("topic"), RP_MAY_LAUNCH, RP_MAY_TRANSLATE },
};

rp_text
rp_wording_status_name(enum rp_wording_status status)
{
	RP_ASSERT(status < RP_WORDING_STATUS_COUNT);
	return status_names[status];
}

bool
rp_wording_status_from(rp_text name, enum rp_wording_status *out)
{
	for (size_t i = 0; i < RP_WORDING_STATUS_COUNT; i++) {
		if (!rp_text_eq(name, status_names[i]))
			continue;
		*out = (enum rp_wording_status)i;
		return true;
	}
	return false;
}

static struct rp_err *
may_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_wording_at *at, bool original, struct rp_place *where)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (!rp_text_eq(at->owner_kind, rules[i].kind))
			continue;
		if (original && rules[i].original == RP_MAY_NOTHING)
			return rp_fail(RP_E_INVALID,
			    "the original of a %s is its author's",
			    rules[i].kind.p);
		RP_TRY(rp_place_of(tx, at->owner_kind, at->owner_id, where));
		if (rules[i].original != RP_MAY_NOTHING &&
		    rp_actor_may(who, rules[i].original, *where))
			return NULL;
		return rp_actor_needs(who,
		    original ? rules[i].original : rules[i].translated, *where);
	}
	return rp_fail(RP_E_INVALID, "%.*s has no texts",
	    RP_FMT(at->owner_kind));
}

static struct rp_err *
field_check(rp_text field)
{
	if (field.n == 0 || field.n > RP_WORDING_FIELD_MAX)
		return rp_fail(RP_E_INVALID, "field of %zu octets", field.n);
	for (size_t i = 0; i < field.n; i++) {
		char c = field.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '_')
			return rp_fail(RP_E_INVALID, "not a field: %.*s",
			    RP_FMT(field));
	}
	return NULL;
}

/* What the audit trail shows of a text. */
static rp_text
described(struct rp_arena *a, const struct rp_wording_at *at, rp_text lang,
    rp_text status, rp_text body)
{
	if (body.n == 0)
		return RP_TEXT("");
	return rp_textf(a, "%.*s [%.*s, %.*s] %.*s", RP_FMT(at->field),
	    RP_FMT(lang), RP_FMT(status), RP_FMT(body));
}

static struct rp_err *
store(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_wording_at *at, rp_text lang, rp_text status, rp_text body,
    const struct q_wording_find_row *old, bool found)
{
	if (body.n == 0)
		return !found ? NULL :
				q_wording_delete(tx,
				    &(struct q_wording_delete_param){
					.id = old->id });
	return q_wording_set(tx,
	    &(struct q_wording_set_param){ .owner_kind = at->owner_kind,
		.owner_id = at->owner_id,
		.field = at->field,
		.lang = lang,
		.status = status,
		.body = body,
		.changed_at = who->now });
}

struct rp_err *
rp_wording_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_wording_at *at, enum rp_wording_status status, rp_text body)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_wording_find_row old = { 0 };
	struct rp_place where;
	rp_text lang, name = rp_wording_status_name(status);
	bool found;

	RP_TRY(field_check(at->field));
	RP_TRY(rp_lang_tag_parse(a, at->lang, &lang));
	if (body.n > RP_WORDING_MAX)
		return rp_fail(RP_E_LIMIT, "text of %zu octets", body.n);
	RP_TRY(may_set(who, tx, at, status == RP_WORDING_ORIGINAL, &where));
	RP_TRY(q_wording_find(tx,
	    &(struct q_wording_find_param){ .owner_kind = at->owner_kind,
		.owner_id = at->owner_id,
		.field = at->field,
		.lang = lang },
	    &old, &found));
	if (!found && body.n == 0)
		return NULL;
	if (found && rp_text_eq(old.status, name) && rp_text_eq(old.body, body))
		return NULL;
	/* People agreed to it as it stands: there is a new version instead. */
	if (found && rp_text_eq(at->owner_kind, RP_TEXT("privacy_notice")))
		return rp_fail(RP_E_CONFLICT, "a notice is not changed");
	/* The original is not turned into, or replaced by, a translation. */
	if (found && rp_text_eq(old.status, RP_TEXT("original")))
		RP_TRY(may_set(who, tx, at, true, &where));
	RP_TRY(store(who, tx, at, lang, name, body, &old, found));
	RP_TRY(rp_public_response_translated(who, tx, at->owner_kind,
	    at->owner_id));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("wording.set"),
		.object_kind = at->owner_kind,
		.object_id = at->owner_id,
		.group_id = where.group_id,
		.before = described(a, at, lang, old.status, old.body),
		.after = described(a, at, lang, name, body) });
}

/* The queries have rows of this shape. */
#define WORDING(r)                                                    \
	rp_wording_row((r)->id, (r)->owner_id, (r)->field, (r)->lang, \
	    (r)->status, (r)->body, (r)->changed_at)

struct rp_wording
rp_wording_row(int64_t id, int64_t owner_id, rp_text field, rp_text lang,
    rp_text status, rp_text body, int64_t changed_at)
{
	struct rp_wording w = { .id = id,
		.owner_id = owner_id,
		.field = field,
		.lang = lang,
		.status = RP_WORDING_MACHINE,
		.body = body,
		.changed_at = changed_at };

	(void)rp_wording_status_from(status, &w.status);
	return w;
}

static struct rp_err *
load_range(struct rp_tx *tx, rp_text owner_kind, int64_t from, int64_t to,
    struct rp_wordings *out)
{
	struct q_wording_of_owners_rows rows;

	RP_TRY(q_wording_of_owners(tx,
	    &(struct q_wording_of_owners_param){ .owner_kind = owner_kind,
		.from_id = from,
		.to_id = to },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, WORDING(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_wording_load(struct rp_tx *tx, rp_text owner_kind, int64_t owner_id,
    struct rp_wordings *out)
{
	return load_range(tx, owner_kind, owner_id, owner_id, out);
}

struct rp_err *
rp_wording_load_kind(struct rp_tx *tx, rp_text owner_kind,
    struct rp_wordings *out)
{
	return load_range(tx, owner_kind, 0, INT64_MAX, out);
}

struct rp_err *
rp_wording_load_span(struct rp_tx *tx, rp_text owner_kind, int64_t from,
    int64_t to, struct rp_wordings *out)
{
	*out = (struct rp_wordings){ 0 };
	return from > to ? NULL : load_range(tx, owner_kind, from, to, out);
}

static struct rp_err *
of_meeting(struct rp_tx *tx, int64_t meeting_id, rp_text kind,
    struct rp_wordings *out)
{
	struct q_wording_of_meeting_rows rows;

	RP_TRY(q_wording_of_meeting(tx,
	    &(struct q_wording_of_meeting_param){ .meeting_id = meeting_id },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		if (rp_text_eq(rows.v[i].owner_kind, kind))
			rp_vec_push(rp_tx_arena(tx), out, WORDING(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_wording_load_documents(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out)
{
	return of_meeting(tx, meeting_id, RP_TEXT("document"), out);
}

struct rp_err *
rp_wording_load_sources(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out)
{
	return of_meeting(tx, meeting_id, RP_TEXT("party"), out);
}

struct rp_err *
rp_wording_load_register(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out_documents, struct rp_wordings *out_names,
    struct rp_wording_sources *out_sources)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_wording_of_meeting_rows rows;

	RP_TRY(q_wording_of_meeting(tx,
	    &(struct q_wording_of_meeting_param){ .meeting_id = meeting_id },
	    &rows));
	*out_documents = *out_names = (struct rp_wordings){ 0 };
	*out_sources = (struct rp_wording_sources){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_wording_of_meeting_row *r = &rows.v[i];
		struct rp_wording_source s = { .document_id = r->owner_id,
			.party_id = r->id };

		if (rp_text_eq(r->owner_kind, RP_TEXT("document")))
			rp_vec_push(a, out_documents, WORDING(r));
		else if (rp_text_eq(r->owner_kind, RP_TEXT("party")))
			rp_vec_push(a, out_names, WORDING(r));
		else if (rp_text_eq(r->owner_kind, RP_TEXT("source")))
			rp_vec_push(a, out_sources, s);
	}
	return NULL;
}

struct rp_err *
rp_wording_load_recent(struct rp_tx *tx, int64_t group_id, int64_t from_at,
    struct rp_wordings *out)
{
	struct q_wording_of_recent_rows rows;

	RP_TRY(q_wording_of_recent(tx,
	    &(struct q_wording_of_recent_param){ .group_id = group_id,
		.from_at = from_at },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, WORDING(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_wording_load_consultations(struct rp_tx *tx, int64_t group_id,
    struct rp_wordings *out)
{
	struct q_wording_of_consultations_rows rows;

	RP_TRY(q_wording_of_consultations(tx,
	    &(struct q_wording_of_consultations_param){ .group_id = group_id },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, WORDING(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_wording_load_consultation(struct rp_tx *tx, int64_t consultation_id,
    struct rp_wordings *out_own, struct rp_wordings *out_questions,
    struct rp_wordings *out_topics, struct rp_wording_parts *out_parts)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_wording_of_consultation_rows rows;

	RP_TRY(q_wording_of_consultation(tx,
	    &(struct q_wording_of_consultation_param){
		.consultation_id = consultation_id },
	    &rows));
	*out_own = *out_questions = *out_topics = (struct rp_wordings){ 0 };
	*out_parts = (struct rp_wording_parts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_wording_of_consultation_row *r = &rows.v[i];
		struct rp_wording_part part = { .kind = r->owner_kind,
			.id = r->id,
			.other = r->owner_id,
			.position = r->turn,
			.from = r->field,
			.to = r->lang,
			.reason = r->body };

		if (r->status.n == 0)
			rp_vec_push(a, out_parts, part);
		else
			rp_vec_push(a,
			    rp_text_eq(r->owner_kind, RP_TEXT("topic")) ?
				out_topics :
			    rp_text_eq(r->owner_kind, RP_TEXT("question")) ?
				out_questions :
				out_own,
			    WORDING(r));
	}
	return NULL;
}

struct rp_err *
rp_wording_load_questions(struct rp_tx *tx, int64_t consultation_id,
    struct rp_wordings *out)
{
	struct rp_wordings own, topics;
	struct rp_wording_parts parts;

	return rp_wording_load_consultation(tx, consultation_id, &own, out,
	    &topics, &parts);
}

struct rp_err *
rp_wording_load_agenda(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out_items, struct rp_wordings *out_parts)
{
	RP_TRY(of_meeting(tx, meeting_id, RP_TEXT("agenda_item"), out_items));
	return of_meeting(tx, meeting_id, RP_TEXT("meeting_part"), out_parts);
}

/* The first row of an owner, or of the next one: the set is ordered. */
static size_t
lower_bound(const struct rp_wordings *set, int64_t owner_id)
{
	size_t from = 0, to = set->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (set->v[mid].owner_id < owner_id)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* How far a text is from what the reader asked for; 0 is it. */
static int
distance(const struct rp_wording *w, rp_text lang, rp_text fallback)
{
	if (rp_text_eq(w->lang, lang))
		return 0;
	if (rp_lang_tag_same_primary(w->lang, lang))
		return 1;
	if (rp_text_eq(w->lang, fallback))
		return 2;
	if (rp_lang_tag_same_primary(w->lang, RP_TEXT("en")))
		return 3;
	return w->status == RP_WORDING_ORIGINAL ? 4 : 5;
}

const struct rp_wording *
rp_wording_pick(const struct rp_wordings *set, int64_t owner_id, rp_text field,
    rp_text lang, rp_text fallback)
{
	const struct rp_wording *best = NULL;
	int least = 0;

	for (size_t i = lower_bound(set, owner_id);
	     i < set->n && set->v[i].owner_id == owner_id; i++) {
		const struct rp_wording *w = &set->v[i];
		int d;

		if (!rp_text_eq(w->field, field))
			continue;
		d = distance(w, lang, fallback);
		if (best != NULL && d >= least)
			continue;
		best = w;
		least = d;
	}
	return best;
}

rp_text
rp_wording_text(const struct rp_wordings *set, int64_t owner_id, rp_text field,
    rp_text lang, rp_text fallback)
{
	const struct rp_wording *w =
	    rp_wording_pick(set, owner_id, field, lang, fallback);

	return w != NULL ? w->body : RP_TEXT("");
}

const struct rp_wording *
rp_wording_find(const struct rp_wordings *set, int64_t owner_id, rp_text field,
    rp_text lang)
{
	for (size_t i = lower_bound(set, owner_id);
	     i < set->n && set->v[i].owner_id == owner_id; i++)
		if (rp_text_eq(set->v[i].field, field) &&
		    rp_text_eq(set->v[i].lang, lang))
			return &set->v[i];
	return NULL;
}
