#include "base/err.h"
#include "domain/moderation.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_moderation.h"

/* Both queries have rows of this shape. */
#define QUEUED(r)                                          \
	((struct rp_queued){ .id = (r)->id,                \
	    .number = (r)->number,                         \
	    .received_at = (r)->received_at,               \
	    .changed_at = (r)->changed_at,                 \
	    .public_revision_id = (r)->public_revision_id, \
	    .revision_id = (r)->revision_id,               \
	    .n = (r)->n,                                   \
	    .words = (r)->words,                           \
	    .attachments = (r)->attachments,               \
	    .code = (r)->code,                             \
	    .state = (r)->state,                           \
	    .channel = (r)->channel,                       \
	    .hold_reason = (r)->hold_reason,               \
	    .network = (r)->network,                       \
	    .name = (r)->name,                             \
	    .organisation = (r)->organisation,             \
	    .category = (r)->category,                     \
	    .country = (r)->country,                       \
	    .lang = (r)->lang,                             \
	    .authorisation = (r)->authorisation,           \
	    .is_late = (r)->is_late })

static struct rp_err *
list_state(struct rp_tx *tx, const struct rp_queue_filter *f,
    struct rp_queue *out)
{
	struct q_queue_of_state_rows rows;

	RP_TRY(q_queue_of_state(tx,
	    &(struct q_queue_of_state_param){ .consultation_id =
						  f->consultation_id,
		.state = f->state,
		.after_at = f->after_at,
		.after_id = f->after_id,
		.max = RP_QUEUE_PAGE + 1 },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, QUEUED(&rows.v[i]));
	return NULL;
}

static struct rp_err *
list_all(struct rp_tx *tx, const struct rp_queue_filter *f,
    struct rp_queue *out)
{
	struct q_queue_of_all_rows rows;

	RP_TRY(q_queue_of_all(tx,
	    &(struct q_queue_of_all_param){ .consultation_id =
						f->consultation_id,
		.after_at = f->after_at,
		.after_id = f->after_id,
		.max = RP_QUEUE_PAGE + 1 },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, QUEUED(&rows.v[i]));
	return NULL;
}

struct rp_err *
rp_queue_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_queue_filter *f, struct rp_queue *out, bool *out_more)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_CHECK, RP_TEXT("consultation"),
	    f->consultation_id));
	*out = (struct rp_queue){ 0 };
	if (f->state.n > 0)
		RP_TRY(list_state(tx, f, out));
	else
		RP_TRY(list_all(tx, f, out));
	*out_more = out->n > RP_QUEUE_PAGE;
	if (*out_more)
		out->n = RP_QUEUE_PAGE;
	return NULL;
}

struct rp_err *
rp_queue_count(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, struct rp_queue_counts *out)
{
	struct q_queue_count_rows rows;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_CHECK, RP_TEXT("consultation"),
	    consultation_id));
	RP_TRY(q_queue_count(tx,
	    &(struct q_queue_count_param){ .consultation_id = consultation_id },
	    &rows));
	*out = (struct rp_queue_counts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_queue_count c = { rows.v[i].state, rows.v[i].n };

		rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

int64_t
rp_queue_count_of(const struct rp_queue_counts *all, rp_text state)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].state, state))
			return all->v[i].n;
	return 0;
}
