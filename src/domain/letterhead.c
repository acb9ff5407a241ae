#include "domain/letterhead.h"

#include "base/err.h"
#include "domain/announcement.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_letterhead.h"
#include "text/input.h"
#include "text/lang.h"

const rp_text rp_letterhead_kinds[] = { RP_TEXT_INIT("letter"),
	RP_TEXT_INIT("announcement"), RP_TEXT_INIT("") };

static const rp_text letter_fields[] = { RP_TEXT_INIT("accessibility"),
	RP_TEXT_INIT("address"), RP_TEXT_INIT("chair"), RP_TEXT_INIT("closes"),
	RP_TEXT_INIT("closing"), RP_TEXT_INIT("date"),
	RP_TEXT_INIT("deadlines"), RP_TEXT_INIT("group"),
	RP_TEXT_INIT("language"), RP_TEXT_INIT("meeting"), RP_TEXT_INIT("mode"),
	RP_TEXT_INIT("number"), RP_TEXT_INIT("opens"), RP_TEXT_INIT("ordinal"),
	RP_TEXT_INIT("parts"), RP_TEXT_INIT("place"),
	RP_TEXT_INIT("registration"), RP_TEXT_INIT("salutation"),
	RP_TEXT_INIT("signature"), RP_TEXT_INIT("text"), RP_TEXT_INIT("title"),
	RP_TEXT_INIT("") };

static const rp_text announcement_fields[] = { RP_TEXT_INIT("address"),
	RP_TEXT_INIT("closing"), RP_TEXT_INIT("date"), RP_TEXT_INIT("group"),
	RP_TEXT_INIT("salutation"), RP_TEXT_INIT("text"), RP_TEXT_INIT("title"),
	RP_TEXT_INIT("") };

const rp_text *
rp_letterhead_fields(rp_text kind)
{
	if (rp_text_eq(kind, RP_TEXT("letter")))
		return letter_fields;
	return rp_text_eq(kind, RP_TEXT("announcement")) ? announcement_fields :
							   NULL;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

static void
split(struct rp_arena *a, rp_text lines, struct rp_letterhead *out)
{
	const rp_text *known = rp_letterhead_fields(out->kind);

	for (size_t at = 0; at < lines.n;) {
		size_t end = rp_text_find(lines, '\n', at);
		rp_text name = rp_text_sub(lines, at, end);

		at = end + 1;
		if (name.n == 0)
			continue;
		if (known != NULL && rp_text_in(known, name))
			rp_vec_push(a, &out->known, name);
		else
			rp_vec_push(a, &out->unknown, name);
	}
}

struct rp_err *
rp_letterhead_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_letterheads *out)
{
	struct q_letterheads_rows rows;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_letterheads(tx,
	    &(struct q_letterheads_param){ .group_id = group_id }, &rows));
	*out = (struct rp_letterheads){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_letterheads_row *r = &rows.v[i];
		struct rp_letterhead one = { .id = r->id,
			.version = r->version,
			.blob_id = r->blob_id,
			.uploaded_at = r->uploaded_at,
			.kind = r->kind,
			.file_name = r->file_name,
			.uploaded_by = r->uploaded_by,
			.state = r->state,
			.reason = r->reason,
			.is_in_force = r->is_in_force };

		split(rp_tx_arena(tx), r->fields, &one);
		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_letterhead_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text kind, int64_t upload_id, rp_text file_name,
    int64_t *out_id)
{
	struct q_letterhead_insert_row row;
	struct rp_letterheads all;
	struct rp_digest digest;
	int64_t blob_id;

	RP_TRY(rp_letterhead_list(who, tx, group_id, &all));
	if (rp_letterhead_fields(kind) == NULL || upload_id == 0)
		return rp_fail(RP_E_INVALID, "not a letterhead");
	if (all.n >= RP_LETTERHEAD_VERSIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d letterheads",
		    RP_LETTERHEAD_VERSIONS_MAX);
	RP_TRY(rp_upload_keep(who, tx, upload_id, &blob_id, &digest));
	RP_TRY(q_letterhead_insert(tx,
	    &(struct q_letterhead_insert_param){ .group_id = group_id,
		.kind = kind,
		.file_name = rp_text_cut(file_name, RP_FILE_NAME_MAX),
		.blob_id = blob_id,
		.now = who->now,
		.person_id = who->person_id },
	    &row));
	*out_id = row.id;
	RP_TRY(q_letterhead_task_insert(tx,
	    &(struct q_letterhead_task_insert_param){
		.kind = RP_TEXT("read_letterhead"),
		.ref_id = row.id,
		.now = who->now }));
	return rp_event_of_group(who, tx, group_id, RP_TEXT("letterhead.add"),
	    rp_textf(rp_tx_arena(tx), "%.*s, version %lld", RP_FMT(kind),
		(long long)row.version));
}

struct rp_err *
rp_letterhead_put_in_force(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t id)
{
	const struct rp_letterhead *one = NULL;
	struct rp_letterheads all;

	RP_TRY(rp_letterhead_list(who, tx, group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id == id)
			one = &all.v[i];
	}
	if (one == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such letterhead");
	if (!rp_text_eq(one->state, RP_TEXT("good")) || one->unknown.n > 0)
		return rp_fail(RP_E_CONFLICT, "cannot be filled");
	RP_TRY(q_letterhead_set_in_force(tx,
	    &(struct q_letterhead_set_in_force_param){ .group_id = group_id,
		.kind = one->kind,
		.id = id }));
	return rp_event_of_group(who, tx, group_id,
	    RP_TEXT("letterhead.in_force"),
	    rp_textf(rp_tx_arena(tx), "%.*s, version %lld", RP_FMT(one->kind),
		(long long)one->version));
}

struct rp_err *
rp_letterhead_take_out(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text kind)
{
	RP_TRY(needs(who, tx, group_id));
	if (rp_letterhead_fields(kind) == NULL)
		return rp_fail(RP_E_INVALID, "not a kind");
	RP_TRY(q_letterhead_set_in_force(tx,
	    &(struct q_letterhead_set_in_force_param){ .group_id = group_id,
		.kind = kind,
		.id = 0 }));
	return rp_event_of_group(who, tx, group_id, RP_TEXT("letterhead.out"),
	    kind);
}

/* Letters. */

static bool
is_invitation(rp_text occasion)
{
	return rp_text_eq(occasion, RP_TEXT("invitation"));
}

struct rp_err *
rp_letter_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text occasion, int64_t object_id, struct rp_letters *out)
{
	struct q_letters_rows rows;
	struct rp_place where;
	bool may;

	*out = (struct rp_letters){ 0 };
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	may = is_invitation(occasion) ?
		  rp_actor_may(who, RP_MAY_MEET, where) ||
		      rp_actor_may(who, RP_MAY_READ, where) :
		  rp_actor_may(who, RP_MAY_CONTACT, where);
	if (!may)
		return NULL;
	RP_TRY(q_letters(tx,
	    &(struct q_letters_param){ .occasion = occasion,
		.object_id = object_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_letters_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_letter){ .id = r->id,
			.version = r->version,
			.lang = r->lang,
			.state = r->state,
			.reason = r->reason,
			.blob_id = r->blob_id,
			.asked_at = r->asked_at }));
	}
	return NULL;
}

struct rp_err *
rp_letter_ask(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text occasion, int64_t object_id, rp_text lang, rp_text facts,
    bool *out_asked)
{
	bool invites = is_invitation(occasion);
	struct q_letterhead_in_force_row head;
	struct q_letter_insert_row row;
	enum rp_lang known;

	RP_TRY(rp_place_needs(who, tx, invites ? RP_MAY_MEET : RP_MAY_CONTACT,
	    RP_TEXT("group"), group_id));
	if ((!invites && !rp_text_in(rp_occasions, occasion)) ||
	    !rp_lang_find(lang, &known))
		return rp_fail(RP_E_INVALID, "not an occasion or language");
	if (facts.n > RP_LETTER_FACTS_MAX)
		return rp_fail(RP_E_LIMIT, "facts of %zu octets", facts.n);
	RP_TRY(q_letterhead_in_force(tx,
	    &(struct q_letterhead_in_force_param){ .group_id = group_id,
		.kind = rp_letterhead_kinds[invites ? 0 : 1] },
	    &head, out_asked));
	if (!*out_asked)
		return NULL;
	RP_TRY(q_letter_insert(tx,
	    &(struct q_letter_insert_param){ .letterhead_id = head.id,
		.occasion = occasion,
		.object_id = object_id,
		.lang = lang,
		.facts = facts,
		.now = who->now,
		.person_id = who->person_id },
	    &row));
	RP_TRY(q_letterhead_task_insert(tx,
	    &(struct q_letterhead_task_insert_param){
		.kind = RP_TEXT("fill_letter"),
		.ref_id = row.id,
		.now = who->now }));
	return rp_event_of_group(who, tx, group_id, RP_TEXT("letter.ask"),
	    rp_textf(rp_tx_arena(tx), "%.*s %lld %.*s", RP_FMT(occasion),
		(long long)object_id, RP_FMT(lang)));
}

/* The worker. */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	return who->system ? NULL : rp_fail(RP_E_DENIED, "the worker does it");
}

static struct rp_err *
load_work(struct rp_tx *tx, struct rp_letterhead_work *w, bool *out_found)
{
	struct q_letterhead_get_row head;
	struct q_letter_get_row letter;

	if (w->is_letter) {
		RP_TRY(q_letter_get(tx,
		    &(struct q_letter_get_param){ .id = w->ref_id }, &letter,
		    out_found));
		w->facts = *out_found ? letter.facts : RP_TEXT("");
		w->blob_id = *out_found ? letter.blob_id : 0;
		return NULL;
	}
	RP_TRY(q_letterhead_get(tx,
	    &(struct q_letterhead_get_param){ .id = w->ref_id }, &head,
	    out_found));
	w->blob_id = *out_found ? head.blob_id : 0;
	return NULL;
}

struct rp_err *
rp_letterhead_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_letterhead_work *out)
{
	struct q_letterhead_task_claim_row row;

	RP_TRY(only_worker(who));
	RP_TRY(q_letterhead_task_claim(tx,
	    &(struct q_letterhead_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_LETTERHEAD_CLAIM },
	    &row, out_found));
	if (!*out_found)
		return NULL;
	*out = (struct rp_letterhead_work){ .task_id = row.id,
		.ref_id = row.ref_id,
		.tries = row.tries,
		.is_letter = rp_text_eq(row.kind, RP_TEXT("fill_letter")) };
	return load_work(tx, out, out_found);
}

struct rp_err *
rp_letterhead_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_letterhead_work *work, int64_t wait_ms, rp_text why)
{
	RP_TRY(only_worker(who));
	return q_letterhead_task_later(tx,
	    &(struct q_letterhead_task_later_param){ .id = work->task_id,
		.not_before_at = who->now + wait_ms,
		.error = why });
}

struct rp_err *
rp_letterhead_made(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_letterhead_work *work, rp_text fields, rp_bytes docx,
    rp_text reason)
{
	bool failed = reason.n > 0;
	int64_t blob_id = 0;

	RP_TRY(only_worker(who));
	if (!failed && fields.n > RP_LETTERHEAD_FIELDS_MAX) {
		failed = true;
		reason = RP_TEXT("too many fields");
	}
	RP_TRY(q_letterhead_task_done(tx,
	    &(struct q_letterhead_task_done_param){ .id = work->task_id }));
	if (!work->is_letter)
		return q_letterhead_read(tx,
		    &(struct q_letterhead_read_param){ .id = work->ref_id,
			.state = failed ? RP_TEXT("bad") : RP_TEXT("good"),
			.reason = reason,
			.fields = failed ? RP_TEXT("") : fields });
	if (!failed)
		RP_TRY(rp_blob_put(who, tx, docx, &blob_id));
	return q_letter_made(tx,
	    &(struct q_letter_made_param){ .id = work->ref_id,
		.state = failed ? RP_TEXT("failed") : RP_TEXT("made"),
		.reason = reason,
		.blob_id = blob_id });
}
