#include "domain/document_reading.h"

#include "base/err.h"
#include "domain/document_comparison.h"
#include "domain/document_task_private.h"
#include "domain/meeting_document.h"
#include "domain/public.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_meeting.h"
#include "text/input.h"

struct rp_err *
rp_document_reading_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t file_id)
{
	RP_TRY(q_document_reading_ask(tx,
	    &(struct q_document_reading_ask_param){ .file_id = file_id }));
	return q_document_task_insert(tx,
	    &(struct q_document_task_insert_param){ .ref_id = file_id,
		.now = who->now });
}

struct rp_err *
rp_document_only_worker(const struct rp_actor *who)
{
	return who->system ? NULL : rp_fail(RP_E_DENIED, "the worker's");
}

struct rp_err *
rp_document_task_later(const struct rp_actor *who, struct rp_tx *tx,
    int64_t task_id, int64_t wait_ms, rp_text why)
{
	RP_TRY(rp_document_only_worker(who));
	return q_document_task_later(tx,
	    &(struct q_document_task_later_param){ .id = task_id,
		.not_before_at = who->now + wait_ms,
		.error = why });
}

static rp_text
sources_of(struct rp_arena *a, const struct rp_meeting_document *d)
{
	rp_text out = RP_TEXT("");

	for (size_t i = 0; i < d->names.n; i++)
		out = rp_textf(a, "%.*s%s%.*s", RP_FMT(out), i ? "\n" : "",
		    RP_FMT(d->names.v[i].name));
	return out;
}

static struct rp_err *
head_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct q_document_file_get_row *f, struct rp_document_work *out)
{
	const struct {
		rp_text field;
		rp_text *to;
	} words[] = {
		{ RP_TEXT("title"), &out->title },
		{ RP_TEXT("purpose"), &out->purpose },
		{ RP_TEXT("action"), &out->action },
		{ RP_TEXT("refs"), &out->refs },
		{ RP_TEXT("letter"), &out->letter },
	};
	struct rp_meeting_document d;
	struct rp_wordings all;
	struct rp_meeting m;

	RP_TRY(rp_meeting_get_by_id(who, tx, f->meeting_id, &m));
	RP_TRY(rp_meeting_document_get_by_id(who, tx, &m, f->document_id,
	    f->lang, &d));
	RP_TRY(rp_wording_load(tx, RP_TEXT("document"), d.id, &all));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		*words[i].to = rp_wording_text(&all, d.id, words[i].field,
		    f->lang, RP_TEXT("en"));
	d.revision = f->revision;
	out->symbol = rp_meeting_document_symbol(rp_tx_arena(tx), &m, &d);
	out->kind = d.kind;
	out->zone = m.zone;
	out->sources = sources_of(rp_tx_arena(tx), &d);
	return NULL;
}

struct rp_err *
rp_document_claim(const struct rp_actor *who, struct rp_tx *tx, bool *out_found,
    struct rp_document_work *out)
{
	struct q_document_task_claim_row task;
	struct q_document_file_get_row f;
	struct q_document_file_before_row before;
	bool there;

	RP_TRY(rp_document_only_worker(who));
	RP_TRY(q_document_task_claim(tx,
	    &(struct q_document_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_DOCUMENT_READING_CLAIM },
	    &task, out_found));
	*out = (struct rp_document_work){ .is_nothing = true };
	if (!*out_found)
		return NULL;
	RP_TRY(q_document_file_get(tx,
	    &(struct q_document_file_get_param){ .id = task.ref_id }, &f,
	    &there));
	if (!there)
		return q_document_task_done(tx,
		    &(struct q_document_task_done_param){ .id = task.id });
	*out = (struct rp_document_work){ .task_id = task.id,
		.file_id = task.ref_id,
		.document_id = f.document_id,
		.tries = task.tries,
		.blob_id = f.blob_id,
		.is_pdf = rp_text_eq(f.file_kind, RP_TEXT("pdf")),
		.is_markdown = rp_text_eq(f.file_kind, RP_TEXT("md")),
		.lang = f.lang,
		.received_at = f.received_at };
	RP_TRY(q_document_file_before(tx,
	    &(struct q_document_file_before_param){ .document_id =
							f.document_id,
		.revision = f.revision,
		.lang = f.lang },
	    &before, &there));
	if (there)
		out->old_blob_id = before.docx_blob_id;
	return head_of(who, tx, &f, out);
}

struct rp_err *
rp_document_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_work *work, int64_t wait_ms, rp_text why)
{
	return rp_document_task_later(who, tx, work->task_id, wait_ms, why);
}

struct rp_err *
rp_document_keep(const struct rp_actor *who, struct rp_tx *tx, rp_bytes octets,
    int64_t *out)
{
	*out = 0;
	return octets.n > 0 ? rp_blob_put(who, tx, octets, out) : NULL;
}

struct rp_err *
rp_document_made(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_document_work *work, const struct rp_document_result *r)
{
	struct q_document_reading_made_param p = { .file_id = work->file_id,
		.state = r->failed ? RP_TEXT("failed") : RP_TEXT("made"),
		.reason = r->reason,
		.paragraphs = r->paragraphs,
		.pages = r->parts.n > 0 ? r->pages : 0,
		.labels = rp_text_cut(r->labels, RP_DOCUMENT_LABELS_MAX),
		.findings = r->findings.n <= RP_DOCUMENT_FINDINGS_MAX ?
				r->findings :
				RP_TEXT(""),
		.now = who->now };

	RP_TRY(rp_document_only_worker(who));
	RP_TRY(
	    rp_document_keep(who, tx, rp_text_bytes(r->text), &p.text_blob_id));
	RP_TRY(rp_document_keep(who, tx, r->docx, &p.docx_blob_id));
	RP_TRY(rp_document_keep(who, tx, r->pdf, &p.pdf_blob_id));
	RP_TRY(rp_document_keep(who, tx, r->tracked, &p.tracked_blob_id));
	RP_TRY(rp_document_keep(who, tx, r->parts, &p.parts_blob_id));
	RP_TRY(q_document_reading_made(tx, &p));
	if (p.docx_blob_id != 0)
		RP_TRY(rp_document_comparison_ask(who, tx, work->file_id));
	RP_TRY(rp_public_touch(who, tx));
	RP_TRY(q_document_index_task(tx,
	    &(struct q_document_index_task_param){ .ref_id = work->document_id,
		.at = who->now }));
	return q_document_task_done(tx,
	    &(struct q_document_task_done_param){ .id = work->task_id });
}
