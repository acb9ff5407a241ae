#include "base/err.h"
#include "domain/event_private.h"
#include "domain/moderation.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_moderation.h"

struct rp_err *
rp_moderation_history(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, struct rp_events *out)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_CHECK, RP_TEXT("response"),
	    response_id));
	return rp_event_load(tx,
	    &(struct q_event_list_param){ .object_kind = RP_TEXT("response"),
		.object_id = response_id,
		.below_id = INT64_MAX,
		.max = RP_EVENT_PAGE },
	    out);
}

static struct rp_err *
list_revisions(struct rp_tx *tx, int64_t response_id,
    struct rp_revisions_at *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_revision_list_rows rows;

	RP_TRY(q_revision_list(tx,
	    &(struct q_revision_list_param){ .response_id = response_id },
	    &rows));
	*out = (struct rp_revisions_at){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_revision_at r = { rows.v[i].id, rows.v[i].n,
			rows.v[i].received_at, rp_hex(a, rows.v[i].digest) };

		rp_vec_push(a, out, r);
	}
	return NULL;
}

struct rp_err *
rp_moderation_revisions(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, struct rp_revisions_at *out)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_CHECK, RP_TEXT("response"),
	    response_id));
	return list_revisions(tx, response_id, out);
}

struct rp_err *
rp_response_revisions(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, struct rp_revisions_at *out)
{
	struct rp_response_record r;

	RP_TRY(rp_response_by_secret(who, tx, secret, &r));
	return list_revisions(tx, r.id, out);
}

struct rp_err *
rp_moderation_attachment(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t attachment_id, struct rp_attachment *out,
    rp_text *out_text)
{
	struct q_attachment_of_response_row r;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_CHECK, RP_TEXT("response"),
	    response_id));
	RP_TRY(q_attachment_of_response(tx,
	    &(struct q_attachment_of_response_param){ .response_id =
							  response_id,
		.id = attachment_id },
	    &r, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no attachment %lld",
		    (long long)attachment_id);
	*out = (struct rp_attachment){ .id = attachment_id,
		.size = r.size,
		.blob_id = r.blob_id,
		.clean_blob_id = r.clean_blob_id,
		.name = r.name,
		.kind = r.kind,
		.state = r.state,
		.reason = r.reason,
		.digest = r.digest };
	*out_text = r.body;
	return NULL;
}
