#include "domain/minutes.h"

#include "base/err.h"
#include "domain/agenda_private.h"
#include "store/db.h"
#include "store/q_agenda.h"
#include "store/q_minutes.h"
#include "text/input.h"
#include "text/lang.h"

const rp_text rp_speaker_roles[] = { RP_TEXT_INIT("members"),
	RP_TEXT_INIT("chair"), RP_TEXT_INIT("secretariat"),
	RP_TEXT_INIT("named"), RP_TEXT_INIT("") };
const rp_text rp_stances[] = { RP_TEXT_INIT("for"), RP_TEXT_INIT("against"),
	RP_TEXT_INIT("neutral"), RP_TEXT_INIT("") };

static bool
lang_ok(rp_text lang)
{
	RP_AUTO(rp_arena_freep) struct rp_arena *a = rp_arena_new(1 << 16);
	struct rp_err *e;
	rp_text out;

	if (lang.n == 0)
		return true;
	e = rp_lang_tag_parse(a, lang, &out);
	rp_err_free(e);
	return e == NULL;
}

static bool
words_ok(rp_text words, size_t max)
{
	return !rp_text_blank(words) && words.n <= max;
}

enum rp_minutes_problem
rp_intervention_check(const struct rp_intervention *i)
{
	bool is_member = rp_text_eq(i->role, rp_speaker_roles[0]);
	bool is_named = rp_text_eq(i->role, rp_speaker_roles[3]);

	if (!rp_text_in(rp_speaker_roles, i->role))
		return RP_MINUTES_BAD_ROLE;
	if (i->speaker.n > RP_SPEAKER_NAME_MAX ||
	    (is_named && rp_text_blank(i->speaker)) ||
	    (is_member && i->party_id == 0 && rp_text_blank(i->speaker)))
		return RP_MINUTES_BAD_SPEAKER;
	if (!words_ok(i->words, RP_INTERVENTION_WORDS_MAX))
		return RP_MINUTES_BAD_WORDS;
	if (!lang_ok(i->lang))
		return RP_MINUTES_BAD_LANG;
	if (i->stance.n > 0 && !rp_text_in(rp_stances, i->stance))
		return RP_MINUTES_BAD_STANCE;
	return RP_MINUTES_FINE;
}

enum rp_minutes_problem
rp_statement_check(const struct rp_statement *s)
{
	bool is_named = rp_text_eq(s->speaker, rp_speaker_roles[3]);

	if (!rp_text_in(rp_speaker_roles, s->speaker))
		return RP_MINUTES_BAD_ROLE;
	if (s->name.n > RP_SPEAKER_NAME_MAX ||
	    is_named != !rp_text_blank(s->name))
		return RP_MINUTES_BAD_SPEAKER;
	return words_ok(s->words, RP_STATEMENT_WORDS_MAX) ?
		   RP_MINUTES_FINE :
		   RP_MINUTES_BAD_WORDS;
}

enum rp_minutes_problem
rp_outcome_check(const struct rp_item_outcome *o)
{
	if (o->verb <= RP_OUTCOME_NONE || o->verb >= RP_OUTCOMES)
		return RP_MINUTES_BAD_VERB;
	if (o->object.n > RP_OUTCOME_OBJECT_MAX ||
	    o->reservation.n > RP_OUTCOME_RESERVATION_MAX)
		return RP_MINUTES_BAD_OBJECT;
	return RP_MINUTES_FINE;
}

static struct rp_err *
load_interventions(struct rp_tx *tx, int64_t item_id,
    struct rp_interventions *out)
{
	struct q_interventions_rows rows;

	RP_TRY(q_interventions(tx,
	    &(struct q_interventions_param){ .item_id = item_id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_interventions_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_intervention){ .id = r->id,
			.document_id = r->document_id,
			.statement_id = r->statement_id,
			.party_id = r->party_id,
			.person_id = r->person_id,
			.speaker = r->speaker,
			.role = r->role,
			.lang = r->lang,
			.words = r->words,
			.stance = r->stance,
			.is_remote = r->is_remote,
			.at = r->at }));
	}
	return NULL;
}

static struct rp_err *
load_statements(struct rp_tx *tx, int64_t item_id, struct rp_statements *out)
{
	struct q_statements_rows rows;

	RP_TRY(q_statements(tx,
	    &(struct q_statements_param){ .item_id = item_id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_statements_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_statement){ .id = r->id,
			.position = r->position,
			.document_id = r->document_id,
			.speaker = r->speaker,
			.name = r->name,
			.is_all = r->is_all,
			.words = r->words,
			.voices = r->parties + r->others }));
	}
	return NULL;
}

struct rp_err *
rp_outcome_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda *a,
    struct rp_item_outcomes *out)
{
	struct q_agenda_items_rows rows;

	RP_ASSERT(who != NULL); /* of items that the reader sees */
	RP_TRY(q_agenda_items(tx,
	    &(struct q_agenda_items_param){ .meeting_id = m->id }, &rows));
	*out = (struct rp_item_outcomes){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_agenda_items_row *r = &rows.v[i];
		struct rp_item_outcome o = { .id = r->outcome_id,
			.item_id = r->id,
			.document_id = r->document_id,
			.statement_id = r->statement_id,
			.object = r->object,
			.reservation = r->reservation,
			.at = r->at };

		if (r->outcome_id == 0 || rp_agenda_item_find(a, r->id) == NULL)
			continue;
		if (!rp_outcome_from(r->verb, &o.verb))
			return rp_fail(RP_E_INTERNAL, "outcome: verb");
		rp_vec_push(rp_tx_arena(tx), out, o);
	}
	return NULL;
}

enum rp_outcome
rp_outcome_of_document(const struct rp_item_outcomes *all, int64_t document_id)
{
	const struct rp_item_outcome *last = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_item_outcome *o = &all->v[i];

		if (o->document_id == document_id && o->statement_id == 0 &&
		    (last == NULL || o->at > last->at ||
			(o->at == last->at && o->id > last->id)))
			last = o;
	}
	return last != NULL ? last->verb : RP_OUTCOME_NONE;
}

struct rp_err *
rp_minutes_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, rp_text lang,
    struct rp_minutes *out)
{
	struct rp_item_outcomes all;

	*out = (struct rp_minutes){ 0 };
	RP_TRY(rp_agenda_items(who, tx, m, lang, &out->a));
	out->item = rp_agenda_item_find(&out->a, item_id);
	if (out->item == NULL)
		return rp_fail(RP_E_NOTFOUND, "no item %lld",
		    (long long)item_id);
	RP_TRY(load_interventions(tx, item_id, &out->interventions));
	RP_TRY(load_statements(tx, item_id, &out->statements));
	RP_TRY(rp_outcome_list(who, tx, m, &out->a, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].item_id == item_id)
			rp_vec_push(rp_tx_arena(tx), &out->outcomes, all.v[i]);
	}
	return NULL;
}
