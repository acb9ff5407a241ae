#include "domain/document_languages.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "domain/place.h"
#include "store/db.h"

unsigned
rp_document_missing(const struct rp_meeting_document *d)
{
	unsigned missing = (1U << RP_LANG_COUNT) - 1;
	bool any = false;

	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *f = &d->files.v[i];

		any = true;
		if (f->revision != d->revision ||
		    rp_text_eq(f->status, RP_TEXT("machine")))
			continue;
		for (int l = 0; l < RP_LANG_COUNT; l++) {
			if (rp_lang_tag_same_primary(f->lang,
				rp_lang_tag((enum rp_lang)l)))
				missing &= ~(1U << l);
		}
	}
	return any ? missing : 0;
}

bool
rp_document_is_aligned(const struct rp_meeting_document *d,
    const struct rp_document_file *f)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct rp_document_file *o = &d->files.v[i];

		if (o->id == f->id || o->revision != f->revision ||
		    !rp_text_eq(o->status, RP_TEXT("original")))
			continue;
		if (o->paragraphs > 0 && f->paragraphs > 0)
			return rp_text_eq(o->labels, f->labels);
	}
	return true;
}

static int64_t
days_of(const struct rp_posting_rules *rules, rp_text kind)
{
	const struct rp_posting_rule *r =
	    rp_posting_cited(rules, kind, RP_POSTING_DAYS_MAX);

	return r != NULL ? r->days : 0;
}

static int
by_due(const void *x, const void *y)
{
	const struct rp_document_to_translate *a = x, *b = y;

	if (a->due_at != b->due_at)
		return a->due_at < b->due_at ? -1 : 1;
	return a->d.number < b->d.number ? -1 : 1;
}

struct rp_err *
rp_document_translations(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang,
    struct rp_documents_to_translate *out)
{
	struct rp_meeting_documents all;
	struct rp_posting_rules rules;
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	if (!rp_actor_may(who, RP_MAY_MEET, where))
		RP_TRY(rp_actor_needs(who, RP_MAY_TRANSLATE, where));
	RP_TRY(rp_meeting_document_list(who, tx, m, lang, &all));
	RP_TRY(rp_posting_list(who, tx, m->group_id, &rules));
	*out = (struct rp_documents_to_translate){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		struct rp_document_to_translate t = { .d = all.v[i],
			.missing = rp_document_missing(&all.v[i]) };

		if (t.missing == 0 || !rp_text_eq(t.d.state, RP_TEXT("posted")))
			continue;
		t.due_at = m->opens_at - days_of(&rules, t.d.kind) * RP_DAY;
		rp_vec_push(rp_tx_arena(tx), out, t);
	}
	if (out->n > 0)
		qsort(out->v, out->n, sizeof(*out->v), by_due);
	return NULL;
}
