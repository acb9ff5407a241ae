#include "domain/document_part.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_meeting.h"
#include "text/lang.h"

rp_text
rp_document_part_name(struct rp_arena *a, const struct rp_meeting_document *d)
{
	rp_text out = RP_TEXT("");

	if (d->addendum > 0)
		out = rp_textf(a, "add-%lld", (long long)d->addendum);
	if (d->corrigendum > 0)
		out = rp_textf(a, "%.*s%scorr-%lld", RP_FMT(out),
		    out.n > 0 ? "-" : "", (long long)d->corrigendum);
	return out;
}

struct rp_err *
rp_document_part_of(struct rp_arena *a, const struct rp_meeting_document *d,
    rp_text name, struct rp_meeting_document *out)
{
	for (size_t i = 0; i < d->parts.n; i++) {
		if (!rp_text_eq(name, rp_document_part_name(a, &d->parts.v[i])))
			continue;
		*out = d->parts.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no such part of document %lld",
	    (long long)d->number);
}

struct rp_err *
rp_document_part_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t number, rp_text name, rp_text lang,
    struct rp_meeting_document *out)
{
	struct rp_meeting_document d;

	RP_TRY(rp_meeting_document_get(who, tx, m, number, lang, &d));
	if (name.n > 0)
		return rp_document_part_of(rp_tx_arena(tx), &d, name, out);
	*out = d;
	return NULL;
}

static bool
is_there(const struct rp_meeting_document *d, int64_t addendum,
    int64_t corrigendum)
{
	for (size_t i = 0; i < d->parts.n; i++) {
		if (d->parts.v[i].addendum == addendum &&
		    d->parts.v[i].corrigendum == corrigendum)
			return true;
	}
	return false;
}

int64_t
rp_document_part_next(const struct rp_meeting_document *d, bool is_corrigendum,
    int64_t of_addendum)
{
	int64_t last = 0;

	for (size_t i = 0; i < d->parts.n; i++) {
		const struct rp_meeting_document *p = &d->parts.v[i];

		if (is_corrigendum && p->addendum == of_addendum &&
		    p->corrigendum > last)
			last = p->corrigendum;
		if (!is_corrigendum && p->addendum > last)
			last = p->addendum;
	}
	return last + 1;
}

static struct rp_err *
check(struct rp_arena *a, const struct rp_meeting_document *d,
    const struct rp_document_part_in *in, rp_text *out_lang)
{
	*out_lang = RP_TEXT("");
	if (d->parent_id != 0 || in->number < 0 ||
	    (!in->is_corrigendum && (in->of_addendum != 0 || in->only_lang.n)))
		return rp_fail(RP_E_INVALID, "not a part of a document");
	if (in->only_lang.n > 0)
		RP_TRY(rp_lang_tag_parse(a, in->only_lang, out_lang));
	if (in->of_addendum != 0 && !is_there(d, in->of_addendum, 0))
		return rp_fail(RP_E_NOTFOUND, "no such addendum");
	if (d->parts.n >= RP_DOCUMENT_PARTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d parts",
		    RP_DOCUMENT_PARTS_MAX);
	return NULL;
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting_document *d, struct rp_meeting_document *part)
{
	struct q_document_part_insert_row row;

	RP_TRY(q_document_part_insert(tx,
	    &(struct q_document_part_insert_param){ .parent_id = d->id,
		.kind = d->kind,
		.is_for_action = d->is_for_action,
		.access = d->access,
		.is_title_public = d->is_title_public,
		.received_at = who->now,
		.addendum = part->addendum,
		.corrigendum = part->corrigendum,
		.only_lang = part->only_lang },
	    &row));
	part->id = row.id;
	for (size_t i = 0; i < d->sources.n; i++)
		RP_TRY(q_document_source_insert(tx,
		    &(struct q_document_source_insert_param){ .document_id =
								  row.id,
			.position = (int64_t)i,
			.party_id = d->sources.v[i] }));
	return NULL;
}

struct rp_err *
rp_document_part_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_part_in *in, struct rp_meeting_document *out)
{
	struct rp_meeting_document part = { .meeting_id = m->id,
		.number = d->number,
		.parent_id = d->id };
	int64_t number = in->number;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	RP_TRY(check(rp_tx_arena(tx), d, in, &part.only_lang));
	if (number == 0)
		number = rp_document_part_next(d, in->is_corrigendum,
		    in->of_addendum);
	if (number > RP_DOCUMENT_PART_NUMBER_MAX)
		return rp_fail(RP_E_LIMIT, "over %d parts",
		    RP_DOCUMENT_PART_NUMBER_MAX);
	part.addendum = in->is_corrigendum ? in->of_addendum : number;
	part.corrigendum = in->is_corrigendum ? number : 0;
	if (is_there(d, part.addendum, part.corrigendum))
		return rp_fail(RP_E_CONFLICT, "the number is given");
	RP_TRY(insert(who, tx, d, &part));
	*out = part;
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("document.add"),
		.object_kind = RP_TEXT("document"),
		.object_id = part.id,
		.group_id = m->group_id,
		.after =
		    rp_meeting_document_symbol(rp_tx_arena(tx), m, &part) });
}
