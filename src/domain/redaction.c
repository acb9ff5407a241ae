#include "domain/redaction.h"

#include <string.h>

#include "base/err.h"
#include "domain/event.h"
#include "domain/listing.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_moderation.h"
#include "store/q_response.h"
#include "text/input.h"

/* The text that a redaction is of; a NULL pointer if there is no such field. */
static rp_text
text_of(const struct rp_redacting *r, const struct q_redaction_field_row *row)
{
	const struct {
		rp_text field, value;
	} fields[] = {
		{ RP_TEXT("name"), row->name },
		{ RP_TEXT("organisation"), row->organisation },
		{ RP_TEXT("job_title"), row->job_title },
		{ RP_TEXT("signatories"), row->signatories },
		{ RP_TEXT("summary"), row->summary },
	};

	if (rp_text_eq(r->field, RP_TEXT("answer")))
		return r->answer_id != 0 ? row->answer : (rp_text){ NULL, 0 };
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (rp_text_eq(r->field, fields[i].field) && r->answer_id == 0)
			return fields[i].value;
	return (rp_text){ NULL, 0 };
}

/* Text is valid UTF-8: a bound is what does not stand before 10xxxxxx. */
static bool
is_bound(rp_text t, int64_t at)
{
	return (size_t)at == t.n || ((uint8_t)t.p[at] & 0xc0) != 0x80;
}

static struct rp_err *
check(const struct rp_redacting *r, rp_text t)
{
	if (t.p == NULL)
		return rp_fail(RP_E_INVALID, "no field %.*s", RP_FMT(r->field));
	if (r->from < 0 || r->to <= r->from || (size_t)r->to > t.n ||
	    !is_bound(t, r->from) || !is_bound(t, r->to))
		return rp_fail(RP_E_INVALID, "range %lld to %lld of %zu",
		    (long long)r->from, (long long)r->to, t.n);
	if (rp_text_blank(r->reason))
		return rp_fail(RP_E_INVALID, "no reason");
	if (r->reason.n > RP_REDACTION_REASON_MAX)
		return rp_fail(RP_E_LIMIT, "reason of %zu octets", r->reason.n);
	return NULL;
}

/* The event, and the lists, if the public sees that revision. */
static struct rp_err *
follow(const struct rp_actor *who, struct rp_tx *tx, int64_t response_id,
    int64_t revision_id, struct rp_act act)
{
	struct q_response_get_row row;
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("response"), response_id, &where));
	act.object_kind = RP_TEXT("response");
	act.object_id = response_id;
	act.group_id = where.group_id;
	RP_TRY(rp_event_write(who, tx, &act));
	RP_TRY(q_response_get(tx,
	    &(struct q_response_get_param){ .id = response_id }, &row));
	if (row.public_revision_id != revision_id)
		return NULL;
	RP_TRY(rp_listing_remove(who, tx, response_id));
	return rp_listing_put(who, tx, response_id);
}

static rp_text
told(struct rp_arena *a, rp_text field, int64_t from, int64_t to,
    rp_text reason)
{
	return rp_textf(a, "%.*s, octets %lld to %lld: %.*s", RP_FMT(field),
	    (long long)from, (long long)to, RP_FMT(reason));
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_redacting *r, int64_t *out_id)
{
	struct q_redaction_overlap_row overlap;
	struct q_redaction_insert_row made;

	RP_TRY(q_redaction_overlap(tx,
	    &(struct q_redaction_overlap_param){ .revision_id = r->revision_id,
		.field = r->field,
		.answer_id = r->answer_id,
		.from_byte = r->from,
		.to_byte = r->to },
	    &overlap));
	if (overlap.n > 0)
		return rp_fail(RP_E_CONFLICT, "redacted already");
	RP_TRY(q_redaction_insert(tx,
	    &(struct q_redaction_insert_param){ .revision_id = r->revision_id,
		.field = r->field,
		.answer_id = r->answer_id,
		.from_byte = r->from,
		.to_byte = r->to,
		.reason = r->reason,
		.person_id = who->person_id,
		.now = who->now },
	    &made));
	*out_id = made.id;
	return NULL;
}

struct rp_err *
rp_redaction_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_redacting *r, int64_t *out_id)
{
	struct q_redaction_field_row row;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REDACT, RP_TEXT("response"),
	    r->response_id));
	RP_TRY(q_redaction_field(tx,
	    &(struct q_redaction_field_param){ .revision_id = r->revision_id,
		.answer_id = r->answer_id },
	    &row, &found));
	if (!found || row.response_id != r->response_id)
		return rp_fail(RP_E_NOTFOUND, "no such revision");
	RP_TRY(check(r, text_of(r, &row)));
	RP_TRY(insert(who, tx, r, out_id));
	return follow(who, tx, r->response_id, r->revision_id,
	    (struct rp_act){ .action = RP_TEXT("response.redact"),
		.after = told(rp_tx_arena(tx), r->field, r->from, r->to,
		    r->reason) });
}

struct rp_err *
rp_redaction_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t redaction_id)
{
	struct q_redaction_get_row row;
	int64_t n;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REDACT, RP_TEXT("response"),
	    response_id));
	RP_TRY(q_redaction_get(tx,
	    &(struct q_redaction_get_param){ .id = redaction_id }, &row,
	    &found));
	if (!found || row.response_id != response_id)
		return rp_fail(RP_E_NOTFOUND, "no redaction %lld",
		    (long long)redaction_id);
	RP_TRY(q_redaction_delete(tx,
	    &(struct q_redaction_delete_param){ .id = redaction_id }, &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "removed meanwhile");
	return follow(who, tx, response_id, row.revision_id,
	    (struct rp_act){ .action = RP_TEXT("response.unredact"),
		.before = told(rp_tx_arena(tx), row.field, row.from_byte,
		    row.to_byte, row.reason) });
}

struct rp_err *
rp_redaction_find(rp_text text, rp_text passage, int64_t *out_from,
    int64_t *out_to)
{
	const char *at = NULL;

	if (passage.n > 0 && passage.n <= text.n)
		at = memmem(text.p, text.n, passage.p, passage.n);
	if (at == NULL)
		return rp_fail(RP_E_NOTFOUND, "the passage is not there");
	*out_from = at - text.p;
	*out_to = *out_from + (int64_t)passage.n;
	at++;
	if (memmem(at, text.n - (size_t)(at - text.p), passage.p, passage.n) !=
	    NULL)
		return rp_fail(RP_E_CONFLICT, "the passage is there twice");
	return NULL;
}
