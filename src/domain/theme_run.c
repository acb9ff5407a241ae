#include "domain/theme_run.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/event.h"
#include "domain/theme_private.h"
#include "domain/theme_tally.h"
#include "store/db.h"
#include "store/q_theme.h"
#include "store/q_theme_run.h"

static const rp_text kinds[RP_RUN_KINDS] = {
	[RP_RUN_GROUP] = RP_TEXT_INIT("group"),
	[RP_RUN_MAP] = RP_TEXT_INIT("map"),
	[RP_RUN_MORE] = RP_TEXT_INIT("more"),
};

static enum rp_run_kind
kind_of(rp_text name)
{
	for (int i = 0; i < RP_RUN_KINDS; i++)
		if (rp_text_eq(kinds[i], name))
			return (enum rp_run_kind)i;
	return RP_RUN_GROUP;
}

static struct rp_err *
load(struct rp_tx *tx, int64_t id, struct rp_theme_run *out)
{
	struct q_theme_run_get_row r;
	bool found;

	RP_TRY(q_theme_run_get(tx, &(struct q_theme_run_get_param){ .id = id },
	    &r, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no run %lld", (long long)id);
	*out = (struct rp_theme_run){ .kind = kind_of(r.kind),
		.id = id,
		.codebook_id = r.codebook_id,
		.seed = r.seed,
		.wanted = r.wanted,
		.permille = r.permille,
		.tries = r.tries,
		.claimed_until = r.claimed_until,
		.responses = r.responses,
		.units = r.units,
		.themes = r.themes,
		.campaigns = r.campaigns,
		.asked_at = r.asked_at,
		.started_at = r.started_at,
		.ended_at = r.ended_at,
		.state = r.state,
		.stage = r.stage,
		.reason = r.reason,
		.is_cancelled = r.is_cancelled };
	return NULL;
}

static struct rp_err *
of_codebook(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, struct rp_theme_run *out)
{
	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(load(tx, id, out));
	if (out->codebook_id != b->id)
		return rp_fail(RP_E_NOTFOUND, "no run %lld here",
		    (long long)id);
	return NULL;
}

struct rp_err *
rp_theme_run_last(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_run *out)
{
	struct q_theme_run_last_row row;
	bool found;

	RP_TRY(rp_codebook_needs(who, b));
	*out = (struct rp_theme_run){ 0 };
	RP_TRY(q_theme_run_last(tx,
	    &(struct q_theme_run_last_param){ .codebook_id = b->id }, &row,
	    &found));
	return found ? load(tx, row.id, out) : NULL;
}

static struct rp_err *
note(const struct rp_actor *who, struct rp_tx *tx, const struct rp_codebook *b,
    const char *action, int64_t run_id)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("question"),
		.object_id = b->question_id,
		.group_id = b->where.group_id,
		.after =
		    rp_textf(rp_tx_arena(tx), "run %lld", (long long)run_id) });
}

static bool
is_going_on(const struct rp_theme_run *r)
{
	return rp_text_eq(r->state, RP_TEXT("waiting")) ||
	       rp_text_eq(r->state, RP_TEXT("running"));
}

/* What a run gives themes from has to be there. */
static struct rp_err *
may_begin(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, enum rp_run_kind kind)
{
	struct rp_theme_items all;

	if (kind == RP_RUN_GROUP)
		return NULL;
	if (kind == RP_RUN_MORE && b->run_id == 0)
		return rp_fail(RP_E_CONFLICT, "no run is shown");
	RP_TRY(rp_theme_names_list(who, tx, b, RP_TEXT("en"), false, &all));
	return all.n > 0 ? NULL : rp_fail(RP_E_CONFLICT, "no theme stands");
}

struct rp_err *
rp_theme_run_new(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t *out)
{
	return rp_tally_new(who, tx, b, out);
}

struct rp_err *
rp_theme_run_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, enum rp_run_kind kind, int64_t wanted, int64_t seed,
    int64_t *out_id)
{
	struct q_theme_run_insert_row row;
	struct rp_theme_run last;
	struct rp_codebook b;
	int64_t n;

	RP_TRY(rp_codebook_make(who, tx, question_id, &b));
	if (wanted < 0 || wanted > RP_RUN_WANTED_MAX || seed < 0)
		return rp_fail(RP_E_INVALID, "%lld themes", (long long)wanted);
	RP_TRY(may_begin(who, tx, &b, kind));
	RP_TRY(rp_theme_run_last(who, tx, &b, &last));
	if (last.id != 0 && is_going_on(&last))
		return rp_fail(RP_E_CONFLICT, "run %lld is going on",
		    (long long)last.id);
	/* One proposal at a time. */
	if (last.id != 0)
		RP_TRY(q_theme_run_set_state(tx,
		    &(struct q_theme_run_set_state_param){ .id = last.id,
			.from_state = RP_TEXT("ready"),
			.state = RP_TEXT("dropped"),
			.now = who->now },
		    &n));
	RP_TRY(q_theme_run_insert(tx,
	    &(struct q_theme_run_insert_param){ .codebook_id = b.id,
		.kind = kinds[kind],
		.seed = seed,
		.wanted = wanted,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return note(who, tx, &b, "theme.run", row.id);
}

struct rp_err *
rp_theme_run_cancel(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id)
{
	struct rp_theme_run r;
	int64_t n;

	RP_TRY(of_codebook(who, tx, b, id, &r));
	RP_TRY(q_theme_run_cancel(tx,
	    &(struct q_theme_run_cancel_param){ .id = id }, &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "run %lld is %.*s", (long long)id,
		    RP_FMT(r.state));
	return note(who, tx, b, "theme.cancel", id);
}

struct rp_err *
rp_theme_run_diff(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, struct rp_theme_diff *out)
{
	struct q_run_diff_row row;
	struct rp_theme_run r;

	RP_TRY(of_codebook(who, tx, b, id, &r));
	if (!rp_text_eq(r.state, RP_TEXT("ready")))
		return rp_fail(RP_E_CONFLICT, "run %lld is %.*s", (long long)id,
		    RP_FMT(r.state));
	RP_TRY(q_run_diff(tx,
	    &(struct q_run_diff_param){ .run_id = id, .codebook_id = b->id },
	    &row));
	*out = (struct rp_theme_diff){ row.moved, row.gained, row.lost };
	return NULL;
}

/*
 * A parent has no units of its own. It is the one below which a child stands
 * that is known already; with nothing new below it there is no need of it.
 */
static struct rp_err *
know_parents(struct rp_tx *tx, struct q_run_theme_list_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct q_run_theme_list_row *child = &rows->v[i], *parent;
		struct q_theme_get_row row;
		bool found;

		if (child->parent_n < 0 || (size_t)child->parent_n >= rows->n ||
		    child->theme_id == 0)
			continue;
		parent = &rows->v[child->parent_n];
		if (parent->theme_id != 0)
			continue;
		RP_TRY(q_theme_get(tx,
		    &(struct q_theme_get_param){ .id = child->theme_id }, &row,
		    &found));
		if (found && rp_theme_stands(row.state))
			parent->theme_id = row.parent_id;
	}
	return NULL;
}

static bool
has_new_child(const struct q_run_theme_list_rows *rows, size_t i)
{
	bool child = false, fresh = false;

	for (size_t k = 0; k < rows->n; k++) {
		child |= rows->v[k].parent_n == rows->v[i].n;
		fresh |= rows->v[k].parent_n == rows->v[i].n &&
			 rows->v[k].theme_id == 0;
	}
	return !child || fresh;
}

/* Parents have lower levels below them, so they come first. */
static struct rp_err *
suggest_level(const struct rp_theme_act *d, int64_t run_id,
    struct q_run_theme_list_rows *rows, bool top)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct q_run_theme_list_row *t = &rows->v[i];
		struct rp_theme_to to = { .state = RP_TEXT("suggested") };

		if (t->theme_id != 0 || (t->parent_n < 0) != top ||
		    (top && !has_new_child(rows, i)))
			continue;
		if (t->parent_n >= 0 && (size_t)t->parent_n < rows->n)
			to.parent_id = rows->v[t->parent_n].theme_id;
		RP_TRY(rp_act_new_theme(d, &to, RP_TEXT("machine"), t->label,
		    t->lang, &t->theme_id));
		RP_TRY(q_run_theme_set(d->tx,
		    &(struct q_run_theme_set_param){ .run_id = run_id,
			.n = t->n,
			.theme_id = t->theme_id }));
	}
	return NULL;
}

struct rp_err *
rp_theme_run_apply(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, const struct rp_theme_diff *seen,
    rp_text reason)
{
	struct q_run_theme_list_rows rows;
	struct rp_theme_diff diff;
	struct rp_theme_act d;
	int64_t n;

	RP_TRY(rp_theme_run_diff(who, tx, b, id, &diff));
	if (diff.moved != seen->moved || diff.gained != seen->gained ||
	    diff.lost != seen->lost)
		return rp_fail(RP_E_CONFLICT, "it is another difference now");
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "apply",
		.n = diff.moved + diff.gained + diff.lost,
		.reason = reason },
	    &d));
	RP_TRY(q_run_theme_list(tx,
	    &(struct q_run_theme_list_param){ .run_id = id }, &rows));
	RP_TRY(know_parents(tx, &rows));
	RP_TRY(suggest_level(&d, id, &rows, true));
	RP_TRY(suggest_level(&d, id, &rows, false));
	RP_TRY(rp_act_run(&d, id));
	return q_theme_run_set_state(tx,
	    &(struct q_theme_run_set_state_param){ .id = id,
		.from_state = RP_TEXT("ready"),
		.state = RP_TEXT("applied"),
		.now = who->now },
	    &n);
}

struct rp_err *
rp_theme_run_drop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id)
{
	struct rp_theme_run r;
	int64_t n;

	RP_TRY(of_codebook(who, tx, b, id, &r));
	RP_TRY(q_theme_run_set_state(tx,
	    &(struct q_theme_run_set_state_param){ .id = id,
		.from_state = RP_TEXT("ready"),
		.state = RP_TEXT("dropped"),
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "run %lld is %.*s", (long long)id,
		    RP_FMT(r.state));
	return note(who, tx, b, "theme.drop", id);
}

/* The worker's side. */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker runs the engine");
	return NULL;
}

static struct rp_err *
clear(struct rp_tx *tx, int64_t id)
{
	RP_TRY(q_run_unit_clear(tx, &(struct q_run_unit_clear_param){ id }));
	RP_TRY(q_run_theme_clear(tx, &(struct q_run_theme_clear_param){ id }));
	RP_TRY(
	    q_run_reading_clear(tx, &(struct q_run_reading_clear_param){ id }));
	RP_TRY(q_run_campaign_clear(tx,
	    &(struct q_run_campaign_clear_param){ id }));
	RP_TRY(
	    q_run_member_clear(tx, &(struct q_run_member_clear_param){ id }));
	RP_TRY(q_run_own_clear(tx, &(struct q_run_own_clear_param){ id }));
	return q_run_quotation_clear(tx,
	    &(struct q_run_quotation_clear_param){ id });
}

/* Every language's wording of the question: its words say nothing in answers.
 */
static struct rp_err *
question_of(struct rp_tx *tx, int64_t question_id, rp_text *out)
{
	struct rp_wordings all;
	struct rp_buf b;

	RP_TRY(rp_wording_load(tx, RP_TEXT("question"), question_id, &all));
	rp_buf_init(&b, rp_tx_arena(tx), RP_WORDING_MAX);
	for (size_t i = 0; i < all.n; i++) {
		rp_buf_text(&b, all.v[i].body);
		rp_buf_byte(&b, '\n');
	}
	return rp_buf_done(&b, out);
}

struct rp_err *
rp_theme_run_fail(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, bool cancelled, rp_text why)
{
	int64_t n;

	RP_TRY(only_worker(who));
	return q_theme_run_end(tx,
	    &(struct q_theme_run_end_param){ .id = work->id,
		.tries = work->tries,
		.state = cancelled ? RP_TEXT("cancelled") : RP_TEXT("failed"),
		.reason = why,
		.now = who->now },
	    &n);
}

struct rp_err *
rp_theme_run_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_run_work *out)
{
	struct q_theme_run_claim_row row;
	struct q_codebook_get_row book;
	bool found;

	RP_TRY(only_worker(who));
	*out_found = false;
	RP_TRY(q_theme_run_claim(tx,
	    &(struct q_theme_run_claim_param){ .now = who->now,
		.until_at = who->now + RP_RUN_CLAIM },
	    &row, &found));
	if (!found)
		return NULL;
	RP_TRY(q_codebook_get(tx,
	    &(struct q_codebook_get_param){ row.codebook_id }, &book, &found));
	RP_ASSERT(found);
	*out = (struct rp_run_work){ .kind = kind_of(row.kind),
		.id = row.id,
		.codebook_id = row.codebook_id,
		.question_id = book.question_id,
		.seed = row.seed,
		.wanted = row.wanted,
		.tries = row.tries };
	if (row.tries > 1)
		RP_TRY(clear(tx, row.id));
	if (row.is_cancelled)
		return rp_theme_run_fail(who, tx, out, true, RP_TEXT(""));
	if (row.tries > RP_RUN_TRIES)
		return rp_theme_run_fail(who, tx, out, false,
		    RP_TEXT("interrupted"));
	*out_found = true;
	return question_of(tx, book.question_id, &out->question);
}

size_t
rp_run_input_fields(const struct rp_run_input *in)
{
	if (in->is_withheld)
		return 0;
	return in->files.n + (in->answer_id != 0 ? 1 : 0);
}

rp_text
rp_run_input_field(const struct rp_run_input *in, size_t k, int64_t *out_answer)
{
	RP_ASSERT(k < rp_run_input_fields(in));
	*out_answer = in->answer_id;
	if (in->answer_id != 0 && k-- == 0)
		return in->text;
	*out_answer = in->files.v[k].answer_id;
	return in->files.v[k].text;
}

/* Both lists are by response. */
static struct rp_err *
add_files(struct rp_tx *tx, int64_t question_id, int64_t after_id,
    struct rp_run_inputs *out)
{
	struct q_attached_inputs_rows rows;
	size_t at = 0;

	if (out->n == 0)
		return NULL;
	RP_TRY(q_attached_inputs(tx,
	    &(struct q_attached_inputs_param){ .question_id = question_id,
		.after_id = after_id,
		.last_id = out->v[out->n - 1].response_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_run_file f = { rows.v[i].answer_id, rows.v[i].body };

		while (out->v[at].response_id != rows.v[i].response_id)
			RP_ASSERT(++at < out->n);
		rp_vec_push(rp_tx_arena(tx), &out->v[at].files, f);
	}
	return NULL;
}

struct rp_err *
rp_theme_run_inputs(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, int64_t after_id, struct rp_run_inputs *out)
{
	struct q_theme_inputs_rows rows;

	RP_TRY(only_worker(who));
	RP_TRY(q_theme_inputs(tx,
	    &(struct q_theme_inputs_param){ .question_id = work->question_id,
		.after_id = after_id,
		.max = RP_RUN_BATCH },
	    &rows));
	*out = (struct rp_run_inputs){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_run_input in = { .response_id = rows.v[i].response_id,
			.answer_id = rows.v[i].answer_id,
			.lang = rows.v[i].lang,
			.category = rows.v[i].category,
			.text = rows.v[i].body,
			.is_withheld = rows.v[i].is_withheld };

		rp_vec_push(rp_tx_arena(tx), out, in);
	}
	return add_files(tx, work->question_id, after_id, out);
}

struct rp_err *
rp_theme_run_progress(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_run_work *work, rp_text stage, int64_t permille)
{
	struct q_theme_run_progress_row row;
	bool found;

	RP_TRY(only_worker(who));
	RP_TRY(q_theme_run_progress(tx,
	    &(struct q_theme_run_progress_param){ .id = work->id,
		.tries = work->tries,
		.stage = stage,
		.permille = permille,
		.until_at = who->now + RP_RUN_CLAIM },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_GONE, "run %lld is somebody else's",
		    (long long)work->id);
	if (row.is_cancelled)
		return rp_fail(RP_E_GONE, "run %lld is cancelled",
		    (long long)work->id);
	return NULL;
}
