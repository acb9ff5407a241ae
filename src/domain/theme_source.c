#include "domain/theme_source.h"

#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_theme.h"

struct rp_err *
rp_theme_heard_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_heards *out)
{
	struct q_theme_heard_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_heard(tx,
	    &(struct q_theme_heard_param){ .question_id = b->question_id },
	    &rows));
	*out = (struct rp_theme_heards){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_heard h = { .response_id =
						rows.v[i].response_id,
			.spoken_id = rows.v[i].spoken_id,
			.session = rows.v[i].session_number,
			.at = rows.v[i].at,
			.kind = rows.v[i].kind,
			.category = rows.v[i].speaker_class,
			.zone = rows.v[i].zone };

		rp_vec_push(rp_tx_arena(tx), out, h);
	}
	return NULL;
}

const struct rp_theme_heard *
rp_theme_heard_find(const struct rp_theme_heards *all, int64_t response_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].response_id == response_id)
			return &all->v[i];
	return NULL;
}

struct rp_err *
rp_theme_speaks(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, int64_t response_id, int64_t id, bool speaks,
    rp_text reason)
{
	const struct rp_theme_file *file = NULL;
	struct rp_theme_answer answer;
	struct rp_theme_act d;
	struct rp_codebook b;

	RP_TRY(rp_codebook_make(who, tx, question_id, &b));
	RP_TRY(rp_theme_answer_load(who, tx, &b, response_id, &answer));
	for (size_t i = 0; i < answer.files.n; i++)
		if (answer.files.v[i].id == id)
			file = &answer.files.v[i];
	if (file == NULL)
		return rp_fail(RP_E_NOTFOUND, "no attachment %lld",
		    (long long)id);
	if (file->speaks == speaks)
		return rp_fail(RP_E_CONFLICT, "it is so");
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = speaks ? "speaks" : "silent",
		.response_id = response_id,
		.n = 1,
		.reason = reason },
	    &d));
	return rp_act_stand(&d, "attached", id, speaks, false);
}
