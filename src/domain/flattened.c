#include "domain/flattened.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/instrument_private.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_instrument.h"
#include "text/input.h"
#include "text/lang.h"

#define RECORD(r)                                        \
	((struct rp_flattened){ .id = (r)->id,           \
	    .instrument_id = (r)->instrument_id,         \
	    .lang = (r)->lang,                           \
	    .file_name = (r)->file_name,                 \
	    .reading = (r)->reading,                     \
	    .reason = (r)->reason,                       \
	    .blob_id = (r)->blob_id,                     \
	    .base_blob_id = (r)->base_blob_id,           \
	    .new_blob_id = (r)->new_blob_id,             \
	    .decisions_blob_id = (r)->decisions_blob_id, \
	    .old_number = (r)->old_number,               \
	    .new_number = (r)->new_number,               \
	    .created_at = (r)->created_at })

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t instrument_id,
    struct rp_place *where)
{
	RP_TRY(rp_place_of(tx, RP_TEXT("instrument"), instrument_id, where));
	return rp_actor_needs(who, RP_MAY_REGISTER, *where);
}

struct rp_err *
rp_flattened_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_flatteneds *out)
{
	struct q_flattened_list_rows rows;
	struct rp_place where;

	RP_TRY(needs(who, tx, instrument_id, &where));
	RP_TRY(q_flattened_list(tx,
	    &(struct q_flattened_list_param){ .instrument_id = instrument_id },
	    &rows));
	*out = (struct rp_flatteneds){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_flattened one = RECORD(&rows.v[i]);

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_flattened_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, rp_text lang, int64_t upload_id, rp_text file_name,
    rp_text file_kind, int64_t *out_id)
{
	struct q_flattened_insert_row row;
	struct rp_flatteneds all;
	struct rp_digest digest;
	struct rp_place where;
	int64_t blob_id;

	RP_TRY(needs(who, tx, instrument_id, &where));
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), lang, &lang));
	if (upload_id == 0 || !rp_text_eq(file_kind, RP_TEXT("txt")))
		return rp_fail(RP_E_INVALID, "not a text");
	RP_TRY(rp_flattened_list(who, tx, instrument_id, &all));
	if (all.n >= RP_FLATTENED_MAX)
		return rp_fail(RP_E_LIMIT, "over %d texts", RP_FLATTENED_MAX);
	RP_TRY(rp_upload_keep(who, tx, upload_id, &blob_id, &digest));
	RP_TRY(q_flattened_insert(tx,
	    &(struct q_flattened_insert_param){ .instrument_id = instrument_id,
		.lang = lang,
		.file_name = rp_text_cut(file_name, RP_FILE_NAME_MAX),
		.blob_id = blob_id,
		.now = who->now },
	    &row));
	*out_id = row.id;
	RP_TRY(q_registry_task_insert(tx,
	    &(struct q_registry_task_insert_param){ .kind = RP_TEXT("salvage"),
		.ref_id = row.id,
		.now = who->now }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("flattened.add"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = instrument_id,
		.group_id = where.group_id,
		.after = file_name });
}

static struct rp_err *
get(struct rp_tx *tx, int64_t instrument_id, int64_t id,
    struct rp_flattened *out)
{
	struct q_flattened_get_row row;
	bool found;

	RP_TRY(q_flattened_get(tx, &(struct q_flattened_get_param){ .id = id },
	    &row, &found));
	if (!found || row.instrument_id != instrument_id)
		return rp_fail(RP_E_NOTFOUND, "no flattened text %lld",
		    (long long)id);
	*out = RECORD(&row);
	return NULL;
}

struct rp_err *
rp_flattened_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t id, struct rp_flattened *out)
{
	struct rp_place where;

	RP_TRY(needs(who, tx, instrument_id, &where));
	return get(tx, instrument_id, id, out);
}

struct rp_err *
rp_flattened_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_flattened *out)
{
	RP_ASSERT(who != NULL); /* whoever was given the version */
	if (v->flattened_id == 0)
		return rp_fail(RP_E_NOTFOUND, "a file of its own");
	return get(tx, v->instrument_id, v->flattened_id, out);
}

static enum rp_version_problem
check(struct rp_arena *a, const struct rp_version_in *old,
    const struct rp_version_in *now, bool *out_newer)
{
	enum rp_version_problem p = rp_version_check_words(a, old);

	*out_newer = p == RP_VERSION_FINE;
	if (p == RP_VERSION_FINE)
		p = rp_version_check_words(a, now);
	if (p == RP_VERSION_FINE && rp_text_cmp(old->dated, now->dated) >= 0)
		p = RP_VERSION_BAD_DATE;
	return p;
}

struct rp_err *
rp_flattened_settle(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t id, const struct rp_version_in *old,
    const struct rp_version_in *now, enum rp_version_problem *out_problem,
    bool *out_newer)
{
	struct rp_version_in x = *old, y = *now;
	struct rp_version_file file = { .format = RP_TEXT("akn"),
		.flattened_id = id };
	struct rp_flattened f;
	struct rp_place where;

	*out_problem = RP_VERSION_FINE;
	RP_TRY(needs(who, tx, instrument_id, &where));
	RP_TRY(get(tx, instrument_id, id, &f));
	if (f.old_number != 0 || !rp_text_eq(f.reading, RP_TEXT("read")))
		return rp_fail(RP_E_CONFLICT, "nothing to make versions of");
	x.lang = y.lang = f.lang;
	x.file_name = y.file_name = f.file_name;
	*out_problem = check(rp_tx_arena(tx), &x, &y, out_newer);
	if (*out_problem != RP_VERSION_FINE)
		return rp_fail(RP_E_INVALID, "not a version");
	file.blob_id = f.base_blob_id;
	RP_TRY(rp_version_insert(who, tx, instrument_id, &x, &file,
	    &f.old_number));
	file.blob_id = f.new_blob_id;
	RP_TRY(rp_version_insert(who, tx, instrument_id, &y, &file,
	    &f.new_number));
	RP_TRY(
	    q_flattened_settle(tx, &(struct q_flattened_settle_param){ .id = id,
				       .old_number = f.old_number,
				       .new_number = f.new_number }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("flattened.settle"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = instrument_id,
		.group_id = where.group_id,
		.before = f.file_name,
		.after = rp_textf(rp_tx_arena(tx), "%lld %lld",
		    (long long)f.old_number, (long long)f.new_number) });
}

struct rp_err *
rp_flattened_day_of(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text name, rp_text *out)
{
	struct q_version_date_of_row row;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    group_id));
	RP_TRY(q_version_date_of(tx,
	    &(struct q_version_date_of_param){ .group_id = group_id,
		.name = name },
	    &row, &found));
	*out = found ? row.dated : RP_TEXT("");
	return NULL;
}
