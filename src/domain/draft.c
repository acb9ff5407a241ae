#include "domain/draft.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "store/db.h"
#include "store/q_draft.h"

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx, int64_t consultation_id,
    rp_text lang, rp_bytes form, rp_text *out_secret)
{
	rp_text secret = rp_secret_new(rp_tx_arena(tx), who->env);
	struct rp_digest hash = rp_secret_hash(secret);

	RP_TRY(q_draft_insert(tx,
	    &(struct q_draft_insert_param){ .consultation_id = consultation_id,
		.secret_hash = rp_digest_bytes(&hash),
		.lang = lang,
		.form = form,
		.now = who->now }));
	*out_secret = secret;
	return NULL;
}

struct rp_err *
rp_draft_save(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, rp_text secret, rp_text lang, rp_bytes form,
    rp_text *out_secret)
{
	struct rp_digest hash = rp_secret_hash(secret);
	int64_t n;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	if (form.n > RP_DRAFT_MAX)
		return rp_fail(RP_E_LIMIT, "draft of %zu octets", form.n);
	if (secret.n == 0)
		return insert(who, tx, consultation_id, lang, form, out_secret);
	RP_TRY(q_draft_update(tx,
	    &(struct q_draft_update_param){ .secret_hash =
						rp_digest_bytes(&hash),
		.consultation_id = consultation_id,
		.lang = lang,
		.form = form,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no draft has this secret");
	*out_secret = secret;
	return NULL;
}

struct rp_err *
rp_draft_get(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    struct rp_draft *out)
{
	struct rp_digest hash = rp_secret_hash(secret);
	struct q_draft_get_row row;
	bool found;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	RP_TRY(q_draft_get(tx,
	    &(struct q_draft_get_param){
		.secret_hash = rp_digest_bytes(&hash) },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no draft has this secret");
	*out = (struct rp_draft){ .id = row.id,
		.consultation_id = row.consultation_id,
		.saved_at = row.saved_at,
		.lang = row.lang,
		.form = row.form };
	return NULL;
}

struct rp_err *
rp_draft_remove(const struct rp_actor *who, struct rp_tx *tx, rp_text secret)
{
	struct rp_digest hash = rp_secret_hash(secret);

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	return q_draft_delete(tx, &(struct q_draft_delete_param){
				      .secret_hash = rp_digest_bytes(&hash) });
}

struct rp_err *
rp_draft_sweep(const struct rp_actor *who, struct rp_tx *tx)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker sweeps");
	return q_draft_delete_before(tx,
	    &(struct q_draft_delete_before_param){
		.before = who->now - RP_DRAFT_AGE_MAX });
}
