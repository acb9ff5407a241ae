/* contribution_desk - checking, returning, numbering, withdrawing. */
#include "base/err.h"
#include "domain/contribution_merge.h"
#include "domain/contribution_private.h"
#include "domain/document_reading.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_contribution.h"
#include "store/q_meeting.h"
#include "text/input.h"

#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

/* The secretariat, of one in this state. */
static struct rp_err *
decides(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, rp_text state,
    struct rp_contribution *out)
{
	RP_TRY(rp_contribution_now(who, tx, m, c, out));
	if (!out->may_decide)
		return rp_fail(RP_E_DENIED, "the secretariat's");
	if (!rp_text_eq(out->state, state))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(out->state));
	return NULL;
}

struct rp_err *
rp_contribution_accept(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c)
{
	struct rp_contribution now;

	RP_TRY(decides(who, tx, m, c, RP_TEXT("received"), &now));
	return rp_contribution_move(who, tx, m, &now, RP_TEXT("checked"),
	    RP_TEXT(""));
}

struct rp_err *
rp_contribution_return(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, rp_text reason)
{
	struct rp_contribution now;

	if (rp_text_blank(reason) || reason.n > RP_CONTRIBUTION_REASON_MAX)
		return rp_fail(RP_E_INVALID, "no reason");
	RP_TRY(decides(who, tx, m, c, c->state, &now));
	if (!IS(now.state, "received") && !IS(now.state, "checked"))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(now.state));
	return rp_contribution_move(who, tx, m, &now, RP_TEXT("returned"),
	    reason);
}

struct rp_err *
rp_contribution_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c)
{
	struct rp_contribution now;

	RP_TRY(rp_contribution_now(who, tx, m, c, &now));
	if (!now.mine && !now.may_decide)
		return rp_fail(RP_E_DENIED, "acts for another party");
	if (IS(now.state, "withdrawn"))
		return NULL;
	/* A revision goes with its document, by the secretariat. */
	if (now.document_id != 0 && now.revises_id == 0)
		RP_TRY(rp_meeting_document_withdraw_own(who, tx, m,
		    now.document_id));
	return rp_contribution_move(who, tx, m, &now, RP_TEXT("withdrawn"),
	    RP_TEXT(""));
}

static struct rp_document_sources
sources_of(struct rp_arena *a, const struct rp_contribution *c)
{
	struct rp_document_sources out = { 0 };

	rp_vec_push(a, &out, c->in.party_id);
	for (size_t i = 0; i < c->sources.n; i++) {
		if (IS(c->sources.v[i].state, "joined"))
			rp_vec_push(a, &out, c->sources.v[i].party_id);
	}
	return out;
}

/* What the head of the document says, in the contribution's language. */
static struct rp_err *
set_words(const struct rp_actor *who, struct rp_tx *tx, int64_t document_id,
    const struct rp_contribution_in *in)
{
	const struct {
		rp_text field, body;
	} words[] = {
		{ RP_TEXT("title"), in->title },
		{ RP_TEXT("purpose"), in->purpose },
		{ RP_TEXT("action"), in->action },
		{ RP_TEXT("summary"), in->summary },
		{ RP_TEXT("refs"), in->refs },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		RP_TRY(rp_wording_set(who, tx,
		    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
			.owner_id = document_id,
			.field = words[i].field,
			.lang = in->lang },
		    RP_WORDING_ORIGINAL, words[i].body));
	return NULL;
}

/* What was typed becomes a file, as if it had been sent. */
static struct rp_err *
typed(const struct rp_actor *who, struct rp_tx *tx, rp_text body,
    int64_t *out_blob_id)
{
	struct rp_digest digest;
	int64_t id;

	RP_TRY(rp_upload_begin(who, tx, RP_TEXT("contribution.md"), &id));
	RP_TRY(rp_upload_chunk(who, tx, id, 0, rp_text_bytes(body)));
	return rp_upload_keep(who, tx, id, out_blob_id, &digest);
}

static struct rp_err *
add_body(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_contribution *c, int64_t document_id, int64_t revision)
{
	struct q_document_file_insert_param p = { .document_id = document_id,
		.revision = revision,
		.lang = c->in.lang,
		.status = RP_TEXT("original"),
		.file_name = c->in.file_name,
		.file_kind = c->in.file_kind,
		.blob_id = c->blob_id,
		.now = c->received_at };
	struct q_document_file_insert_row row;

	if (p.blob_id == 0) {
		p.file_name = RP_TEXT("contribution.md");
		p.file_kind = RP_TEXT("md");
		RP_TRY(typed(who, tx, c->in.body, &p.blob_id));
	}
	RP_TRY(q_document_file_insert(tx, &p, &row));
	return rp_document_reading_ask(who, tx, row.id);
}

static struct rp_err *
become_new(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, int64_t number,
    rp_text access, bool is_title_public, int64_t *out_id, int64_t *out_number)
{
	const struct rp_document_in in = { .number = number,
		.kind = c->in.kind,
		.access = access,
		.is_for_action = c->in.is_for_action,
		.is_title_public = is_title_public,
		.received_at = c->received_at,
		.sources = sources_of(rp_tx_arena(tx), c) };

	RP_TRY(rp_meeting_document_add(who, tx, m, &in, out_id, out_number));
	RP_TRY(set_words(who, tx, *out_id, &c->in));
	return add_body(who, tx, c, *out_id, 0);
}

static struct rp_err *
become_revision(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    int64_t *out_id, int64_t *out_number)
{
	struct rp_meeting_document d;

	RP_TRY(rp_meeting_document_get(who, tx, m, c->revises, c->in.lang, &d));
	if (d.revision >= RP_DOCUMENT_REVISION_MAX)
		return rp_fail(RP_E_LIMIT, "over %d revisions",
		    RP_DOCUMENT_REVISION_MAX);
	RP_TRY(set_words(who, tx, d.id, &c->in));
	*out_id = d.id;
	*out_number = d.number;
	return add_body(who, tx, c, d.id, d.files.n > 0 ? d.revision + 1 : 0);
}

struct rp_err *
rp_contribution_number(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, int64_t number,
    rp_text access, bool is_title_public, int64_t *out_number)
{
	struct rp_contribution now;
	int64_t id;

	RP_TRY(decides(who, tx, m, c, RP_TEXT("checked"), &now));
	if (now.revises_id != 0)
		RP_TRY(become_revision(who, tx, m, &now, &id, out_number));
	else
		RP_TRY(become_new(who, tx, m, &now, number, access,
		    is_title_public, &id, out_number));
	RP_TRY(q_contribution_set_document(tx,
	    &(struct q_contribution_set_document_param){ .id = c->id,
		.document_id = id }));
	RP_TRY(rp_contribution_merge_now(who, tx, m, &now, id));
	return rp_contribution_move(who, tx, m, &now, RP_TEXT("numbered"),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)*out_number));
}
