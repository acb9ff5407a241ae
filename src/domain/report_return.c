#include "domain/report_return.h"

#include "base/err.h"
#include "domain/place.h"
#include "domain/report_private.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_report.h"
#include "text/input.h"

struct rp_err *
rp_report_return_add(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r, rp_text lang, int64_t upload_id, rp_text file_name)
{
	struct rp_digest digest;
	int64_t blob_id;

	RP_TRY(rp_report_ensure(who, tx, r));
	if (r->is_locked)
		return rp_fail(RP_E_CONFLICT, "the report is approved");
	if (upload_id == 0)
		return rp_fail(RP_E_INVALID, "no file");
	RP_TRY(rp_upload_keep(who, tx, upload_id, &blob_id, &digest));
	RP_TRY(q_report_return_set(tx,
	    &(struct q_report_return_set_param){ .report_id = r->id,
		.lang = lang,
		.file_name = rp_text_cut(file_name, RP_FILE_NAME_MAX),
		.blob_id = blob_id,
		.person_id = who->person_id,
		.now = who->now }));
	return rp_report_event(who, tx, r, "report.return", RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s", RP_FMT(lang),
		RP_FMT(file_name)));
}

struct rp_err *
rp_report_return_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang, struct rp_report_return *out)
{
	struct q_report_return_get_row row;
	bool found;

	*out = (struct rp_report_return){ 0 };
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    r->group_id));
	if (r->id == 0 || r->is_locked)
		return NULL;
	RP_TRY(q_report_return_get(tx,
	    &(struct q_report_return_get_param){ .report_id = r->id,
		.lang = lang },
	    &row, &found));
	if (!found)
		return NULL;
	*out = (struct rp_report_return){ .there = true,
		.file_name = row.file_name,
		.reading = row.reading,
		.reason = row.reason,
		.at = row.at };
	return row.text_blob_id == 0 ?
		   NULL :
		   rp_report_blob(who, tx, row.text_blob_id, &out->text);
}

struct rp_err *
rp_report_return_forget(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    r->group_id));
	return q_report_return_forget(tx,
	    &(struct q_report_return_forget_param){ .report_id = r->id,
		.lang = lang });
}

struct rp_err *
rp_report_return_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *found, struct rp_report_return_work *out)
{
	struct q_report_return_claim_row row;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker reads files");
	RP_TRY(q_report_return_claim(tx, &row, found));
	if (!*found)
		return NULL;
	*out = (struct rp_report_return_work){ .id = row.id,
		.blob_id = row.blob_id };
	return rp_report_blob(who, tx, row.blob_id, &out->file);
}

struct rp_err *
rp_report_return_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report_return_work *work, rp_bytes text, rp_text reason)
{
	int64_t blob_id = 0;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker reads files");
	if (reason.n == 0)
		RP_TRY(rp_report_keep(who, tx, text, &blob_id));
	return q_report_return_done(tx,
	    &(struct q_report_return_done_param){ .id = work->id,
		.blob_id = work->blob_id,
		.text_blob_id = blob_id,
		.reading =
		    reason.n == 0 ? RP_TEXT("read") : RP_TEXT("not_read"),
		.reason = reason });
}
