#include "domain/event_private.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/place.h"
#include "store/db.h"

static struct rp_digest
seal(rp_bytes nonce, rp_text text)
{
	const rp_bytes parts[] = { nonce, rp_text_bytes(text) };

	return rp_sha256_of(parts, 2);
}

struct rp_err *
rp_event_write(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_act *act)
{
	rp_bytes nonce = rp_nonce_new(rp_tx_arena(tx), who->env);
	struct rp_digest before = seal(nonce, act->before);
	struct rp_digest after = seal(nonce, act->after);
	struct q_event_insert_row row;

	RP_ASSERT(act->action.n > 0 && act->object_kind.n > 0);
	RP_TRY(q_event_insert(tx,
	    &(struct q_event_insert_param){ .at = who->now,
		.person_id = who->person_id,
		.action = act->action,
		.object_kind = act->object_kind,
		.object_id = act->object_id,
		.group_id = act->group_id,
		.before_hash = rp_digest_bytes(&before),
		.after_hash = rp_digest_bytes(&after) },
	    &row));
	return q_event_text_insert(tx,
	    &(struct q_event_text_insert_param){ .event_id = row.id,
		.nonce = nonce,
		.before_text = act->before,
		.after_text = act->after });
}

struct rp_err *
rp_event_of_group(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text action, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = after });
}

static struct rp_err *
may_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_event_filter *f)
{
	if (f->group_id != 0)
		return rp_place_needs(who, tx, RP_MAY_AUDIT, RP_TEXT("group"),
		    f->group_id);
	if (f->body_id != 0)
		return rp_place_needs(who, tx, RP_MAY_AUDIT, RP_TEXT("body"),
		    f->body_id);
	return rp_actor_needs(who, RP_MAY_AUDIT, (struct rp_place){ 0 });
}

struct rp_err *
rp_event_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_event_filter *f, struct rp_events *out)
{
	struct q_event_list_param param = {
		.body_id = f->group_id != 0 ? 0 : f->body_id,
		.group_id = f->group_id,
		.person_id = f->person_id,
		.object_kind = f->object_kind,
		.object_id = f->object_id,
		.below_id = f->below_id > 0 ? f->below_id : INT64_MAX,
		.max = RP_EVENT_PAGE,
	};

	RP_TRY(may_list(who, tx, f));
	return rp_event_load(tx, &param, out);
}

struct rp_err *
rp_event_load(struct rp_tx *tx, const struct q_event_list_param *param,
    struct rp_events *out)
{
	struct q_event_list_rows rows;

	RP_TRY(q_event_list(tx, param, &rows));
	*out = (struct rp_events){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_event_list_row *r = &rows.v[i];
		struct rp_event ev = {
			.id = r->id,
			.at = r->at,
			.person_id = r->person_id,
			.person = r->person,
			.action = r->action,
			.object_kind = r->object_kind,
			.object_id = r->object_id,
			.group_id = r->group_id,
			.erased = !r->has_text,
			.before = r->before_text,
			.after = r->after_text,
		};

		rp_vec_push(rp_tx_arena(tx), out, ev);
	}
	return NULL;
}

struct verify {
	struct rp_arena *arena;
	struct rp_event_check *out;
};

static struct rp_err *
verify_one(void *ctx, const struct q_event_verify_row *r)
{
	struct verify *v = ctx;
	struct rp_digest before, after;

	if (!r->has_text) {
		v->out->erased++;
		return NULL;
	}
	before = seal(r->nonce, r->before_text);
	after = seal(r->nonce, r->after_text);
	v->out->checked++;
	if (!rp_equal_ct(r->before_hash, rp_digest_bytes(&before)) ||
	    !rp_equal_ct(r->after_hash, rp_digest_bytes(&after)))
		rp_vec_push(v->arena, &v->out->broken, r->id);
	return NULL;
}

struct rp_err *
rp_event_verify(const struct rp_actor *who, struct rp_tx *tx, int64_t after_id,
    struct rp_event_check *out)
{
	struct rp_event_check got = { 0 };
	struct verify v = { rp_tx_arena(tx), &got };

	RP_TRY(rp_actor_needs(who, RP_MAY_AUDIT, (struct rp_place){ 0 }));
	RP_TRY(q_event_verify(tx,
	    &(struct q_event_verify_param){ .after_id = after_id }, verify_one,
	    &v));
	*out = got;
	return NULL;
}

struct rp_err *
rp_event_erase(const struct rp_actor *who, struct rp_tx *tx,
    rp_text object_kind, int64_t object_id, int64_t *out_n)
{
	struct rp_place where = { 0 };
	struct rp_err *e = rp_place_of(tx, object_kind, object_id, &where);

	/* Persons and what is gone lie nowhere: a right on the system. */
	if (e != NULL && rp_err_code(e) != RP_E_INVALID &&
	    rp_err_code(e) != RP_E_NOTFOUND)
		return e;
	rp_err_free(e);
	RP_TRY(rp_actor_needs(who, RP_MAY_ERASE, where));
	RP_TRY(q_event_text_erase_of_object(tx,
	    &(struct q_event_text_erase_of_object_param){ .object_kind =
							      object_kind,
		.object_id = object_id },
	    out_n));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("event.erase"),
		.object_kind = object_kind,
		.object_id = object_id,
		.group_id = where.group_id });
}
