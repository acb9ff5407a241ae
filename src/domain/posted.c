#include "domain/posted.h"

#include "base/err.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_meeting.h"

static struct rp_posted
of_row(const struct q_document_recent_row *r, bool reads)
{
	bool open = reads || rp_text_eq(r->access, RP_TEXT("public"));

	return (struct rp_posted){
		.meeting = { .id = r->meeting_id,
		    .series = r->series,
		    .ordinal = r->ordinal,
		    .zone = r->zone },
		.document = { .id = r->id,
		    .meeting_id = r->meeting_id,
		    .number = r->number,
		    .parent_id = r->parent_id,
		    .addendum = r->addendum,
		    .corrigendum = r->corrigendum,
		    .revision = r->revision,
		    .kind = r->kind,
		    .access = r->access,
		    .state = RP_TEXT("posted"),
		    .is_for_action = r->is_for_action,
		    .is_title_public = r->is_title_public,
		    .is_title_only = !open,
		    .posted_at = r->posted_at },
	};
}

/* Titles and sources of all that were posted since the oldest of these. */
static struct rp_err *
add_parts(struct rp_tx *tx, int64_t group_id, rp_text lang,
    struct rp_posted_list *list)
{
	int64_t from = list->v[list->n - 1].document.posted_at;
	struct q_document_recent_sources_rows sources;
	struct rp_wordings titles;

	RP_TRY(rp_wording_load_recent(tx, group_id, from, &titles));
	RP_TRY(q_document_recent_sources(tx,
	    &(struct q_document_recent_sources_param){ .group_id = group_id,
		.from_at = from },
	    &sources));
	for (size_t i = 0; i < list->n; i++) {
		struct rp_meeting_document *d = &list->v[i].document;
		const struct rp_wording *w = rp_wording_pick(&titles, d->id,
		    RP_TEXT("title"), lang, RP_TEXT("en"));

		d->title = w ? *w : (struct rp_wording){ .lang = lang };
		for (size_t k = 0; k < sources.n; k++) {
			if (sources.v[k].document_id == d->id)
				rp_vec_push(rp_tx_arena(tx), &d->sources,
				    sources.v[k].party_id);
		}
	}
	return NULL;
}

struct rp_err *
rp_posted_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text lang, struct rp_posted_list *out)
{
	struct q_document_recent_rows rows;
	struct rp_place where;
	bool reads;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	reads = rp_actor_may(who, RP_MAY_MEET, where) ||
		rp_actor_may(who, RP_MAY_READ, where);
	RP_TRY(q_document_recent(tx,
	    &(struct q_document_recent_param){ .group_id = group_id,
		.reads = reads,
		.max = RP_POSTED_MAX },
	    &rows));
	*out = (struct rp_posted_list){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_posted one = of_row(&rows.v[i], reads);

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return out->n > 0 ? add_parts(tx, group_id, lang, out) : NULL;
}
