#include "domain/theme_tally.h"

#include "base/err.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_theme.h"
#include "store/q_theme_run.h"
#include "store/q_theme_tally.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

/* Count, as the views theme_coding and theme_reading have it. */

static struct rp_err *
count_themes(struct rp_tx *tx, int64_t codebook_id, struct rp_tally_rows *out)
{
	struct q_theme_figures_rows rows;

	RP_TRY(q_theme_figures(tx,
	    &(struct q_theme_figures_param){ .codebook_id = codebook_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_tally_row){ .kind = RP_TEXT("theme"),
			.value = RP_TEXT(""),
			.theme_id = rows.v[i].theme_id,
			.responses = rows.v[i].responses,
			.distinct_texts = rows.v[i].distinct_texts,
			.campaign = rows.v[i].campaign,
			.heard = rows.v[i].heard }));
	return NULL;
}

static struct rp_err *
count_states(struct rp_tx *tx, int64_t codebook_id, int64_t question_id,
    struct rp_tally_rows *out)
{
	struct q_theme_received_row received;
	struct q_theme_balance_rows rows;

	RP_TRY(q_theme_received(tx,
	    &(struct q_theme_received_param){ .question_id = question_id },
	    &received));
	rp_vec_push(rp_tx_arena(tx), out,
	    ((struct rp_tally_row){ .kind = RP_TEXT("received"),
		.value = RP_TEXT(""),
		.responses = received.n,
		.distinct_texts = received.spoken,
		.heard = received.heard }));
	if (codebook_id == 0)
		return NULL;
	RP_TRY(q_theme_balance(tx,
	    &(struct q_theme_balance_param){ .codebook_id = codebook_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_tally_row){ .kind = RP_TEXT("state"),
			.value = rows.v[i].state,
			.responses = rows.v[i].responses,
			.heard = rows.v[i].heard }));
	return NULL;
}

static struct rp_err *
count_new(struct rp_tx *tx, int64_t codebook_id, struct rp_tally_rows *out)
{
	struct q_theme_new_row row;

	RP_TRY(q_theme_new(tx,
	    &(struct q_theme_new_param){ .codebook_id = codebook_id }, &row));
	rp_vec_push(rp_tx_arena(tx), out,
	    ((struct rp_tally_row){ .kind = RP_TEXT("new"),
		.value = RP_TEXT(""),
		.responses = row.n }));
	return NULL;
}

/* What was kept, if it holds. */
static struct rp_err *
kept(struct rp_tx *tx, const struct rp_codebook *b, struct rp_tally_rows *out)
{
	struct q_theme_tally_rows rows;

	*out = (struct rp_tally_rows){ 0 };
	if (!b->is_tallied)
		return NULL;
	RP_TRY(q_theme_tally(tx,
	    &(struct q_theme_tally_param){ .codebook_id = b->id }, &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_tally_row){ .kind = rows.v[i].kind,
			.value = rows.v[i].value,
			.theme_id = rows.v[i].theme_id,
			.responses = rows.v[i].responses,
			.distinct_texts = rows.v[i].distinct_texts,
			.campaign = rows.v[i].campaign,
			.heard = rows.v[i].heard }));
	return NULL;
}

struct rp_err *
rp_tally_of_themes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_tallies *out)
{
	struct rp_tally_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(kept(tx, b, &rows));
	if (rows.n == 0)
		RP_TRY(count_themes(tx, b->id, &rows));
	*out = (struct rp_tallies){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct rp_tally_row *r = &rows.v[i];

		if (is(r->kind, "theme"))
			rp_vec_push(rp_tx_arena(tx), out,
			    ((struct rp_tally){ r->theme_id,
				{ r->responses, r->distinct_texts, r->campaign,
				    .heard = r->heard } }));
	}
	return NULL;
}

struct rp_err *
rp_tally_balance(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_balance *out)
{
	struct rp_tally_rows rows;
	enum rp_reading state;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(kept(tx, b, &rows));
	if (rows.n == 0)
		RP_TRY(count_states(tx, b->id, b->question_id, &rows));
	*out = (struct rp_theme_balance){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct rp_tally_row *r = &rows.v[i];

		if (is(r->kind, "received")) {
			out->received = r->responses;
			out->spoken = r->distinct_texts;
			out->heard = r->heard;
		}
		if (!is(r->kind, "state"))
			continue;
		if (!rp_reading_from(r->value, &state))
			return rp_fail(RP_E_INTERNAL, "state %.*s",
			    RP_FMT(r->value));
		out->of[state] = r->responses;
		out->heard_of[state] = r->heard;
	}
	if (b->id == 0) {
		out->of[RP_READING_UNREAD] = out->received;
		out->heard_of[RP_READING_UNREAD] = out->heard;
	}
	return NULL;
}

struct rp_err *
rp_tally_new(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t *out)
{
	struct rp_tally_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(kept(tx, b, &rows));
	if (rows.n == 0)
		RP_TRY(count_new(tx, b->id, &rows));
	*out = 0;
	for (size_t i = 0; i < rows.n; i++)
		if (is(rows.v[i].kind, "new"))
			*out = rows.v[i].responses;
	return NULL;
}

/* Of the worker. */

struct rp_err *
rp_tally_count(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_counted *out)
{
	struct q_theme_tally_due_row due;
	bool found;

	RP_ASSERT(who->system);
	*out = (struct rp_counted){ 0 };
	RP_TRY(q_theme_tally_due(tx, &due, &found));
	if (!found)
		return NULL;
	out->codebook_id = due.id;
	out->changes = due.changes;
	RP_TRY(count_themes(tx, due.id, &out->rows));
	RP_TRY(count_states(tx, due.id, due.question_id, &out->rows));
	return count_new(tx, due.id, &out->rows);
}

struct rp_err *
rp_tally_keep(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_counted *c)
{
	int64_t n;

	RP_ASSERT(who->system);
	RP_TRY(q_theme_tally_done(tx,
	    &(struct q_theme_tally_done_param){ .codebook_id = c->codebook_id,
		.changes = c->changes },
	    &n));
	if (n == 0)
		return NULL;
	RP_TRY(q_theme_tally_clear(tx, &(struct q_theme_tally_clear_param){
					   .codebook_id = c->codebook_id }));
	for (size_t i = 0; i < c->rows.n; i++) {
		const struct rp_tally_row *r = &c->rows.v[i];

		RP_TRY(q_theme_tally_put(tx,
		    &(struct q_theme_tally_put_param){ .codebook_id =
							   c->codebook_id,
			.kind = r->kind,
			.theme_id = r->theme_id,
			.value = r->value,
			.responses = r->responses,
			.distinct_texts = r->distinct_texts,
			.campaign = r->campaign,
			.heard = r->heard }));
	}
	return NULL;
}
