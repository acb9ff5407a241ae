#include "domain/upload.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/response.h"
#include "store/db.h"
#include "store/q_upload.h"

/*
 * Whoever may answer may send a file: the budgets of the engine and the limits
 * here bound it, and the id of an upload stays inside the process.
 */
struct rp_err *
rp_upload_begin(const struct rp_actor *who, struct rp_tx *tx, rp_text name,
    int64_t *out_id)
{
	struct q_upload_insert_row row;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	if (name.n > RP_FILE_NAME_MAX)
		return rp_fail(RP_E_LIMIT, "file name of %zu octets", name.n);
	RP_TRY(q_upload_insert(tx,
	    &(struct q_upload_insert_param){ .name = name,
		.digest = RP_BYTES(""),
		.now = who->now },
	    &row));
	*out_id = row.id;
	return NULL;
}

struct rp_err *
rp_upload_chunk(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t seq, rp_bytes data)
{
	struct q_upload_grow_row row;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	if (data.n > RP_CHUNK_MAX)
		return rp_fail(RP_E_LIMIT, "chunk of %zu octets", data.n);
	RP_TRY(q_upload_grow(tx,
	    &(struct q_upload_grow_param){ .id = id, .n = (int64_t)data.n },
	    &row));
	if (row.size > RP_ATTACHMENT_SIZE_MAX)
		return rp_fail(RP_E_LIMIT, "file of %lld octets",
		    (long long)row.size);
	return q_upload_chunk_insert(tx,
	    &(struct q_upload_chunk_insert_param){ .upload_id = id,
		.seq = seq,
		.data = data });
}

static struct rp_err *
digest_of(struct rp_tx *tx, int64_t id, int64_t chunks, struct rp_digest *out)
{
	struct rp_sha256 *h = rp_sha256_new(rp_tx_arena(tx));

	for (int64_t seq = 0; seq < chunks; seq++) {
		struct q_upload_chunk_get_row row;
		bool found;

		RP_TRY(q_upload_chunk_get(tx,
		    &(struct q_upload_chunk_get_param){ .upload_id = id,
			.seq = seq },
		    &row, &found));
		if (!found)
			return rp_fail(RP_E_INTERNAL, "upload %lld has a gap",
			    (long long)id);
		rp_sha256_add(h, row.data);
	}
	*out = rp_sha256_done(h);
	return NULL;
}

static struct rp_err *
forget(struct rp_tx *tx, int64_t id)
{
	RP_TRY(q_upload_delete_chunks(tx,
	    &(struct q_upload_delete_chunks_param){ .upload_id = id }));
	return q_upload_delete(tx, &(struct q_upload_delete_param){ .id = id });
}

struct rp_err *
rp_upload_keep(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t *out_blob_id, struct rp_digest *out)
{
	struct q_upload_get_row up;
	struct q_blob_find_row old;
	struct q_blob_insert_row blob;
	struct rp_digest d;
	bool found;

	RP_TRY(rp_actor_needs(who, RP_MAY_ANSWER, (struct rp_place){ 0 }));
	RP_TRY(q_upload_get(tx, &(struct q_upload_get_param){ .id = id }, &up));
	RP_TRY(digest_of(tx, id, up.chunks, &d));
	RP_TRY(q_blob_find(tx,
	    &(struct q_blob_find_param){ .digest = rp_digest_bytes(&d) }, &old,
	    &found));
	if (!found) {
		RP_TRY(q_blob_insert(tx,
		    &(struct q_blob_insert_param){ .digest =
						       rp_digest_bytes(&d),
			.size = up.size,
			.chunks = up.chunks,
			.now = who->now },
		    &blob));
		RP_TRY(q_blob_chunks_from_upload(tx,
		    &(struct q_blob_chunks_from_upload_param){ .blob_id =
								   blob.id,
			.upload_id = id }));
		old.id = blob.id;
	}
	RP_TRY(forget(tx, id));
	*out_blob_id = old.id;
	*out = d;
	return NULL;
}

struct rp_err *
rp_upload_sweep(const struct rp_actor *who, struct rp_tx *tx)
{
	struct q_upload_stale_rows rows;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker sweeps");
	RP_TRY(q_upload_stale(tx,
	    &(struct q_upload_stale_param){
		.before = who->now - RP_UPLOAD_AGE_MAX },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		RP_TRY(forget(tx, rows.v[i].id));
	return NULL;
}

struct rp_err *
rp_blob_put(const struct rp_actor *who, struct rp_tx *tx, rp_bytes data,
    int64_t *out_blob_id)
{
	struct rp_digest d = rp_sha256(data);
	int64_t chunks = (int64_t)((data.n + RP_CHUNK_MAX - 1) / RP_CHUNK_MAX);
	struct q_blob_find_row old;
	struct q_blob_insert_row blob;
	bool found;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker makes blobs");
	RP_TRY(q_blob_find(tx,
	    &(struct q_blob_find_param){ .digest = rp_digest_bytes(&d) }, &old,
	    &found));
	if (found) {
		*out_blob_id = old.id;
		return NULL;
	}
	RP_TRY(q_blob_insert(tx,
	    &(struct q_blob_insert_param){ .digest = rp_digest_bytes(&d),
		.size = (int64_t)data.n,
		.chunks = chunks,
		.now = who->now },
	    &blob));
	for (int64_t seq = 0; seq < chunks; seq++) {
		size_t from = (size_t)seq * RP_CHUNK_MAX;
		size_t n =
		    data.n - from < RP_CHUNK_MAX ? data.n - from : RP_CHUNK_MAX;

		RP_TRY(q_blob_chunk_insert(tx,
		    &(struct q_blob_chunk_insert_param){ .blob_id = blob.id,
			.seq = seq,
			.data = { data.p + from, n } }));
	}
	*out_blob_id = blob.id;
	return NULL;
}

struct rp_err *
rp_blob_whole(const struct rp_actor *who, struct rp_tx *tx, int64_t blob_id,
    size_t max, rp_bytes *out)
{
	struct q_blob_chunks_rows rows;
	struct rp_buf b;

	RP_ASSERT(who != NULL);
	RP_TRY(q_blob_chunks(tx,
	    &(struct q_blob_chunks_param){ .blob_id = blob_id }, &rows));
	if (rows.n == 1 && rows.v[0].data.n <= max) {
		*out = rows.v[0].data;
		return NULL;
	}
	rp_buf_init(&b, rp_tx_arena(tx), max);
	for (size_t i = 0; i < rows.n; i++)
		rp_buf_bytes_add(&b, rows.v[i].data);
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_blob_chunk(const struct rp_actor *who, struct rp_tx *tx, int64_t blob_id,
    int64_t seq, bool *out_found, rp_bytes *out)
{
	struct q_blob_chunk_get_row row;

	RP_ASSERT(who != NULL);
	RP_TRY(q_blob_chunk_get(tx,
	    &(struct q_blob_chunk_get_param){ .blob_id = blob_id, .seq = seq },
	    &row, out_found));
	if (*out_found)
		*out = row.data;
	return NULL;
}
