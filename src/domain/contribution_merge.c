#include "domain/contribution_merge.h"

#include "base/err.h"
#include "domain/contribution_private.h"
#include "store/db.h"
#include "store/q_contribution.h"

#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

static bool
is_ended(const struct rp_contribution *c)
{
	return IS(c->state, "numbered") || IS(c->state, "withdrawn");
}

static bool
is_with(const struct rp_contribution *c, int64_t party_id)
{
	if (c->in.party_id == party_id)
		return true;
	for (size_t i = 0; i < c->sources.n; i++) {
		if (c->sources.v[i].party_id == party_id)
			return IS(c->sources.v[i].state, "joined");
	}
	return false;
}

static void
add(struct rp_arena *a, const struct rp_contribution *c,
    const struct rp_meeting_document *d, struct rp_contribution_merges *out)
{
	struct rp_contribution_merged one = { .d = *d };

	for (size_t i = 0; i < d->sources.n; i++) {
		if (!is_with(c, d->sources.v[i]))
			rp_vec_push(a, &one.missing, d->sources.v[i]);
	}
	rp_vec_push(a, out, one);
}

struct rp_err *
rp_contribution_merge_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, rp_text lang,
    struct rp_contribution_merges *out)
{
	struct q_contribution_merges_rows rows;
	struct rp_meeting_documents all;

	*out = (struct rp_contribution_merges){ 0 };
	RP_TRY(q_contribution_merges(tx,
	    &(struct q_contribution_merges_param){ .contribution_id = c->id },
	    &rows));
	if (rows.n == 0)
		return NULL;
	RP_TRY(rp_meeting_document_list(who, tx, m, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		for (size_t k = 0; k < rows.n; k++) {
			if (rows.v[k].document_id == all.v[i].id)
				add(rp_tx_arena(tx), c, &all.v[i], out);
		}
	}
	return NULL;
}

struct rp_err *
rp_contribution_merge_choices(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, rp_text lang,
    struct rp_meeting_documents *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_meeting_document_list(who, tx, m, lang, &all));
	*out = (struct rp_meeting_documents){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting_document *d = &all.v[i];

		if (IS(d->kind, "contribution") && IS(d->state, "posted") &&
		    !d->is_title_only && d->id != c->revises_id)
			rp_vec_push(rp_tx_arena(tx), out, *d);
	}
	return NULL;
}

static bool
was_asked(const struct rp_contribution *c, int64_t party_id)
{
	for (size_t i = 0; i < c->sources.n; i++) {
		if (c->sources.v[i].party_id == party_id)
			return true;
	}
	return c->in.party_id == party_id;
}

static struct rp_err *
ask_sources(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_contribution *c, const struct rp_meeting_document *d)
{
	size_t n = c->sources.n + 1;

	for (size_t i = 0; i < d->sources.n; i++) {
		if (was_asked(c, d->sources.v[i]))
			continue;
		if (++n > RP_DOCUMENT_SOURCES_MAX)
			return rp_fail(RP_E_LIMIT, "over %d sources",
			    RP_DOCUMENT_SOURCES_MAX);
		RP_TRY(q_contribution_source_insert(tx,
		    &(struct q_contribution_source_insert_param){
			.contribution_id = c->id,
			.party_id = d->sources.v[i],
			.state = c->may_decide ? RP_TEXT("joined") :
						 RP_TEXT("asked"),
			.now = who->now }));
	}
	return NULL;
}

/* As it is now, by who may change it. */
static struct rp_err *
begin(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution *c, struct rp_contribution *now)
{
	RP_TRY(rp_contribution_now(who, tx, m, c, now));
	if (!now->mine)
		return rp_fail(RP_E_DENIED, "acts for another party");
	if (is_ended(now))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(now->state));
	return NULL;
}

struct rp_err *
rp_contribution_merge_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, int64_t number)
{
	struct rp_contribution_merges there;
	struct rp_meeting_documents all;
	const struct rp_meeting_document *d = NULL;
	struct rp_contribution now;

	RP_TRY(begin(who, tx, m, c, &now));
	RP_TRY(rp_contribution_merge_choices(who, tx, m, &now, RP_TEXT("en"),
	    &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number == number)
			d = &all.v[i];
	}
	if (d == NULL)
		return rp_fail(RP_E_NOTFOUND, "no document to be merged");
	RP_TRY(rp_contribution_merge_list(who, tx, m, &now, RP_TEXT("en"),
	    &there));
	for (size_t i = 0; i < there.n; i++) {
		if (there.v[i].d.id == d->id)
			return NULL;
	}
	if (there.n >= RP_CONTRIBUTION_MERGES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d documents",
		    RP_CONTRIBUTION_MERGES_MAX);
	RP_TRY(q_contribution_merge_insert(tx,
	    &(struct q_contribution_merge_insert_param){ .contribution_id =
							     c->id,
		.document_id = d->id }));
	RP_TRY(ask_sources(who, tx, &now, d));
	return rp_contribution_event(who, tx, m, c->id,
	    RP_TEXT("contribution.merge"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "document %lld", (long long)d->id));
}

struct rp_err *
rp_contribution_merge_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, int64_t number)
{
	struct rp_contribution_merges there;
	struct rp_contribution now;

	RP_TRY(begin(who, tx, m, c, &now));
	RP_TRY(rp_contribution_merge_list(who, tx, m, &now, RP_TEXT("en"),
	    &there));
	for (size_t i = 0; i < there.n; i++) {
		const struct rp_meeting_document *d = &there.v[i].d;

		if (d->number != number)
			continue;
		RP_TRY(q_contribution_merge_delete(tx,
		    &(struct q_contribution_merge_delete_param){
			.contribution_id = c->id,
			.document_id = d->id }));
		return rp_contribution_event(who, tx, m, c->id,
		    RP_TEXT("contribution.unmerge"),
		    rp_textf(rp_tx_arena(tx), "document %lld",
			(long long)d->id),
		    RP_TEXT(""));
	}
	return rp_fail(RP_E_NOTFOUND, "is not merged of it");
}

struct rp_err *
rp_contribution_merge_now(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    int64_t document_id)
{
	struct rp_contribution_merges all;

	RP_TRY(rp_contribution_merge_list(who, tx, m, c, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].missing.n > 0)
			return rp_fail(RP_E_CONFLICT,
			    "a source has not joined");
		RP_TRY(rp_meeting_document_merge(who, tx, m, &all.v[i].d,
		    document_id));
	}
	return NULL;
}
