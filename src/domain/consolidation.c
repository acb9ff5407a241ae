#include "domain/consolidation.h"

#include "base/err.h"
#include "domain/amendment_private.h"
#include "domain/instrument.h"
#include "domain/place.h"
#include "domain/registry.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_amendment.h"
#include "store/q_instrument.h"
#include "text/input.h"

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, const struct rp_amending *a)
{
	return rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("instrument"),
	    a->instrument_id);
}

/* Deciding. */

static struct rp_err *
list(struct rp_tx *tx, int64_t amending_id, bool holding,
    struct rp_bracket_decisions *out)
{
	struct q_amending_decision_list_rows rows;

	RP_TRY(q_amending_decision_list(tx,
	    &(struct q_amending_decision_list_param){
		.amending_id = amending_id },
	    &rows));
	*out = (struct rp_bracket_decisions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_amending_decision_list_row *r = &rows.v[i];
		struct rp_bracket_decision d = { .id = r->id,
			.at = r->at,
			.key = r->change_key,
			.kind = r->kind,
			.choice = r->choice,
			.body = r->body,
			.reason = r->reason,
			.before = r->before_text,
			.after = r->after_text,
			.person = r->person,
			.holds = r->holds };

		if (d.holds || !holding)
			rp_vec_push(rp_tx_arena(tx), out, d);
	}
	return NULL;
}

struct rp_err *
rp_bracket_decision_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, struct rp_bracket_decisions *out)
{
	struct rp_amending now;

	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	return list(tx, now.id, false, out);
}

static struct rp_err *
check(const struct rp_bracket_decision *d)
{
	bool is_base = rp_text_eq(d->kind, RP_TEXT("base"));
	bool is_choice = rp_text_eq(d->kind, RP_TEXT("choice"));
	bool is_text = rp_text_eq(d->kind, RP_TEXT("text"));

	if (d->key.n == 0 || d->key.n > RP_CHANGE_KEY_MAX ||
	    d->choice.n > RP_CHANGE_KEY_MAX || (d->choice.n > 0) != is_choice ||
	    !(is_base || is_choice || is_text) || rp_text_blank(d->reason))
		return rp_fail(RP_E_INVALID, "no decision");
	if (d->body.n > RP_DECISION_TEXT_MAX ||
	    d->reason.n > RP_DECISION_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "decision of %zu octets", d->body.n);
	return NULL;
}

static struct rp_err *
write_down(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_bracket_decision *d,
    rp_text action)
{
	RP_TRY(q_amending_decision_insert(tx,
	    &(struct q_amending_decision_insert_param){ .amending_id = a->id,
		.change_key = d->key,
		.kind = d->kind,
		.choice = d->choice,
		.body = d->body,
		.reason = d->reason,
		.before_text = rp_text_cut(d->before, RP_DECISION_TEXT_MAX),
		.after_text = rp_text_cut(d->after, RP_DECISION_TEXT_MAX),
		.person_id = who->person_id,
		.now = who->now }));
	RP_TRY(rp_amending_event(who, tx, a, action,
	    rp_text_cut(d->before, RP_DECISION_TEXT_MAX),
	    rp_textf(rp_tx_arena(tx), "%.*s: %.*s (%.*s)", RP_FMT(d->kind),
		RP_FMT(rp_text_cut(d->after, RP_DECISION_TEXT_MAX)),
		RP_FMT(d->reason))));
	return rp_amending_want(who, tx, a->id);
}

struct rp_err *
rp_bracket_decision_make(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_bracket_decision *d)
{
	struct rp_bracket_decisions all;
	size_t holding = 0;

	RP_TRY(needs(who, tx, a));
	RP_TRY(check(d));
	RP_TRY(list(tx, a->id, false, &all));
	for (size_t i = 0; i < all.n; i++)
		holding += all.v[i].holds && !rp_text_eq(all.v[i].key, d->key);
	if (holding >= RP_DECISIONS_MAX || all.n >= RP_DECISION_HISTORY_MAX)
		return rp_fail(RP_E_LIMIT, "%zu decisions", holding);
	return write_down(who, tx, a, d, RP_TEXT("bracket.decide"));
}

struct rp_err *
rp_bracket_decision_undo(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text key, rp_text reason)
{
	struct rp_bracket_decisions all;

	RP_TRY(needs(who, tx, a));
	RP_TRY(list(tx, a->id, true, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct rp_bracket_decision undone = { .key = key,
			.kind = RP_TEXT("undone"),
			.choice = RP_TEXT(""),
			.body = RP_TEXT(""),
			.reason = rp_text_cut(reason, RP_DECISION_TEXT_MAX),
			.before = all.v[i].after,
			.after = all.v[i].before };

		if (rp_text_eq(all.v[i].key, key))
			return write_down(who, tx, a, &undone,
			    RP_TEXT("bracket.undo"));
	}
	return rp_fail(RP_E_NOTFOUND, "nothing is decided there");
}

struct rp_err *
rp_consolidation_parts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, struct rp_consolidation_parts *out)
{
	struct q_amending_part_list_rows rows;
	struct rp_amending now;

	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	RP_TRY(q_amending_part_list(tx,
	    &(struct q_amending_part_list_param){ .amending_id = now.id },
	    &rows));
	*out = (struct rp_consolidation_parts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_consolidation_part p = { .name = rows.v[i].name,
			.revision_id = rows.v[i].revision_id,
			.amendment_id = rows.v[i].amendment_id,
			.number = rows.v[i].number };

		rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}

struct rp_err *
rp_consolidation_adopt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text name, rp_text dated, rp_text state,
    int64_t *out_number)
{
	struct rp_version_in v = { .name = name,
		.dated = dated,
		.state = state,
		.lang = a->lang,
		.file_name = RP_TEXT("consolidated.docx"),
		.file_kind = RP_TEXT("docx") };
	struct rp_amending now;

	RP_TRY(needs(who, tx, a));
	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	if (now.clean_blob_id == 0 || now.is_waiting || now.is_failed)
		return rp_fail(RP_E_CONFLICT, "no clean text yet");
	if (!rp_text_eq(state, RP_TEXT("draft")) &&
	    !rp_text_eq(state, RP_TEXT("proposed")))
		return rp_fail(RP_E_INVALID, "no state of a new text");
	v.blob_id = now.clean_blob_id;
	RP_TRY(rp_version_add(who, tx, a->instrument_id, &v, out_number));
	return rp_amending_event(who, tx, a, RP_TEXT("amending.adopt"),
	    RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "version %lld", (long long)*out_number));
}

/* The worker's side. */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker consolidates");
	return NULL;
}

static struct rp_err *
forget(struct rp_tx *tx, int64_t task_id)
{
	return q_registry_task_done(tx,
	    &(struct q_registry_task_done_param){ .id = task_id });
}

/* "Kenya, Peru": who stands behind it, as far as there is room. */
static rp_text
authors(struct rp_arena *a, const struct rp_party_amendment *m)
{
	rp_text t = RP_TEXT("");

	for (size_t i = 0; i < m->sponsors.n; i++) {
		const struct rp_sponsor *s = &m->sponsors.v[i];
		rp_text name = s->name.n > 0 ? s->name : s->slug;

		if (!rp_text_eq(s->state, RP_TEXT("submits")) &&
		    !rp_text_eq(s->state, RP_TEXT("joined")))
			continue;
		if (t.n > 0 && t.n + name.n + 8 > RP_CONSOLIDATION_NAME_MAX)
			return rp_textf(a, "%.*s, …", RP_FMT(t));
		t = rp_textf(a, "%.*s%s%.*s", RP_FMT(t), t.n > 0 ? ", " : "",
		    RP_FMT(rp_text_cut(name, RP_CONSOLIDATION_NAME_MAX - 8)));
	}
	return t;
}

/* Two parties of one name are told apart by their amendments' numbers. */
static rp_text
unlike(struct rp_arena *a, const struct rp_consolidation_parties *parties,
    rp_text name, int64_t number)
{
	for (size_t i = 0; i < parties->n; i++)
		if (rp_text_eq(parties->v[i].name, name))
			return rp_textf(a, "%.*s %lld",
			    RP_FMT(rp_text_cut(name,
				RP_CONSOLIDATION_NAME_MAX - 20)),
			    (long long)number);
	return name;
}

static struct rp_err *
add_party(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party_amendment *m, const struct rp_amendment_revision *r,
    struct rp_consolidation_work *w)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_consolidation_party p = { .revision_id = r->id,
		.blob_id = r->blob_id,
		.name = unlike(a, &w->parties, authors(a, m), m->number) };

	RP_TRY(rp_amendment_edit_list(who, tx, r, &p.edits));
	if (r->submitted_at > w->dated_at)
		w->dated_at = r->submitted_at;
	rp_vec_push(a, &w->parties, p);
	return NULL;
}

static struct rp_err *
add_base(struct rp_tx *tx, struct rp_consolidation_work *w)
{
	struct q_amendment_base_row base;
	bool found;

	RP_TRY(q_amendment_base(tx,
	    &(struct q_amendment_base_param){ .amending_id = w->amending_id },
	    &base, &found));
	RP_ASSERT(found);
	w->base_blob_id = base.blob_id;
	w->author = rp_text_cut(base.group_acronym, RP_CONSOLIDATION_NAME_MAX);
	return NULL;
}

static struct rp_err *
all_of(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_consolidation_work *w, struct rp_party_amendments *out)
{
	struct rp_amending a;

	RP_TRY(rp_amending_by_id(who, tx, w->amending_id, &a));
	RP_TRY(add_base(tx, w));
	return rp_amendment_list(who, tx, &a, a.lang, out);
}

static struct rp_err *
look_up_one(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_consolidation_work *w)
{
	struct q_amendment_revision_get_row row;
	struct rp_party_amendments all;
	bool found;

	RP_TRY(q_amendment_revision_get(tx,
	    &(struct q_amendment_revision_get_param){ .id = w->ref_id }, &row,
	    &found));
	if (!found || !rp_text_eq(row.state, RP_TEXT("received")))
		return NULL;
	w->amending_id = row.amending_id;
	RP_TRY(all_of(who, tx, w, &all));
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < all.v[i].revisions.n; k++)
			if (all.v[i].revisions.v[k].id == row.id)
				RP_TRY(add_party(who, tx, &all.v[i],
				    &all.v[i].revisions.v[k], w));
	w->kind = RP_CONSOLIDATION_READ;
	return NULL;
}

static struct rp_err *
look_up_all(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_consolidation_work *w)
{
	struct q_amending_where_row at;
	struct q_amending_find_row row;
	struct rp_party_amendments all;
	bool found;

	w->amending_id = w->ref_id;
	RP_TRY(q_amending_where(tx,
	    &(struct q_amending_where_param){ .id = w->ref_id }, &at, &found));
	if (!found)
		return NULL;
	RP_TRY(q_amending_find(tx,
	    &(struct q_amending_find_param){ .instrument_id = at.instrument_id,
		.number = at.number },
	    &row, &found));
	if (!found || row.tried >= row.wanted)
		return NULL;
	w->wanted = row.wanted;
	RP_TRY(all_of(who, tx, w, &all));
	for (size_t i = 0; i < all.n; i++)
		if (rp_text_eq(all.v[i].state, RP_TEXT("standing")) &&
		    all.v[i].current != NULL)
			RP_TRY(
			    add_party(who, tx, &all.v[i], all.v[i].current, w));
	RP_TRY(list(tx, w->amending_id, true, &w->decisions));
	for (size_t i = 0; i < w->decisions.n; i++)
		if (w->decisions.v[i].at > w->dated_at)
			w->dated_at = w->decisions.v[i].at;
	w->kind = RP_CONSOLIDATION_ALL;
	return NULL;
}

struct rp_err *
rp_consolidation_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_consolidation_work *out)
{
	struct q_amendment_task_claim_row task;

	RP_TRY(only_worker(who));
	RP_TRY(q_amendment_task_claim(tx,
	    &(struct q_amendment_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_CONSOLIDATION_CLAIM },
	    &task, out_found));
	*out = (struct rp_consolidation_work){ 0 };
	if (!*out_found)
		return NULL;
	out->task_id = task.id;
	out->ref_id = task.ref_id;
	out->tries = task.tries;
	if (rp_text_eq(task.kind, RP_TEXT("read_amendment")))
		RP_TRY(look_up_one(who, tx, out));
	else
		RP_TRY(look_up_all(who, tx, out));
	return out->kind == RP_CONSOLIDATION_NOTHING ? forget(tx, task.id) :
						       NULL;
}

static struct rp_err *
put(const struct rp_actor *who, struct rp_tx *tx, rp_bytes octets, int64_t *id)
{
	*id = 0;
	return octets.n == 0 ? NULL : rp_blob_put(who, tx, octets, id);
}

static struct rp_err *
read_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consolidation_work *work,
    const struct rp_consolidation_result *r)
{
	struct q_amendment_revision_set_param p = { .id = work->ref_id,
		.state = r->failed ? RP_TEXT("not_read") : RP_TEXT("read"),
		.reason = r->reason };

	if (!r->failed) {
		RP_TRY(put(who, tx, r->text, &p.text_blob_id));
		RP_TRY(put(who, tx, r->script, &p.script_blob_id));
		RP_TRY(put(who, tx, r->tracked, &p.tracked_blob_id));
	}
	RP_TRY(q_amendment_revision_set(tx, &p));
	return r->failed ? NULL : rp_amending_want(who, tx, work->amending_id);
}

static struct rp_err *
store_parts(struct rp_tx *tx, const struct rp_consolidation_work *work)
{
	RP_TRY(
	    q_amending_part_clear(tx, &(struct q_amending_part_clear_param){
					  .amending_id = work->amending_id }));
	for (size_t i = 0; i < work->parties.n; i++)
		RP_TRY(q_amending_part_insert(tx,
		    &(struct q_amending_part_insert_param){
			.amending_id = work->amending_id,
			.position = (int64_t)i + 1,
			.revision_id = work->parties.v[i].revision_id,
			.name = work->parties.v[i].name }));
	return NULL;
}

static struct rp_err *
all_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consolidation_work *work,
    const struct rp_consolidation_result *r)
{
	struct q_amending_made_param p = { .id = work->amending_id,
		.made = work->wanted,
		.reason = r->reason,
		.now = who->now };

	if (r->failed)
		return q_amending_failed(tx,
		    &(struct q_amending_failed_param){ .id = work->amending_id,
			.tried = work->wanted,
			.reason = r->reason });
	RP_TRY(put(who, tx, r->script, &p.script_blob_id));
	RP_TRY(put(who, tx, r->text, &p.text_blob_id));
	RP_TRY(put(who, tx, r->tracked, &p.tracked_blob_id));
	RP_TRY(put(who, tx, r->clean, &p.clean_blob_id));
	RP_TRY(q_amending_made(tx, &p));
	return store_parts(tx, work);
}

struct rp_err *
rp_consolidation_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consolidation_work *work,
    const struct rp_consolidation_result *result)
{
	struct rp_consolidation_result r = *result;

	RP_TRY(only_worker(who));
	if (!r.failed && (r.text.n == 0 || r.text.n > RP_REGISTRY_TEXT_MAX ||
			     r.script.n == 0)) {
		r.failed = true;
		r.reason = RP_TEXT("too large");
	}
	if (work->kind == RP_CONSOLIDATION_READ)
		RP_TRY(read_done(who, tx, work, &r));
	else
		RP_TRY(all_done(who, tx, work, &r));
	return forget(tx, work->task_id);
}

struct rp_err *
rp_consolidation_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consolidation_work *work, int64_t delay, rp_text why)
{
	RP_TRY(only_worker(who));
	return q_registry_task_later(tx,
	    &(struct q_registry_task_later_param){ .id = work->task_id,
		.not_before_at = who->now + delay,
		.error = why });
}
