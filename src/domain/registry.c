#include "domain/registry.h"

#include "base/err.h"
#include "domain/instrument_private.h"
#include "domain/public.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_instrument.h"
#include "text/input.h"

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker reads versions");
	return NULL;
}

bool
rp_version_is_older(const struct rp_version *old, const struct rp_version *now)
{
	int c = memcmp(old->dated.p, now->dated.p,
	    old->dated.n < now->dated.n ? old->dated.n : now->dated.n);

	return c != 0 ? c < 0 : old->number < now->number;
}

struct rp_err *
rp_comparison_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *old, const struct rp_version *now,
    struct rp_comparison *out)
{
	struct q_comparison_find_row row;
	bool found;

	RP_ASSERT(who != NULL); /* whoever was given both versions */
	RP_TRY(q_comparison_find(tx,
	    &(struct q_comparison_find_param){ .old_id = old->id,
		.new_id = now->id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "not compared");
	*out = (struct rp_comparison){ .id = row.id,
		.state = row.state,
		.reason = row.reason,
		.text_blob_id = row.text_blob_id,
		.script_blob_id = row.script_blob_id,
		.tracked_blob_id = row.tracked_blob_id,
		.unchanged = row.unchanged,
		.modified = row.modified,
		.editorial = row.editorial,
		.added = row.added,
		.suppressed = row.suppressed,
		.moved = row.moved,
		.renumbered = row.renumbered };
	return NULL;
}

struct rp_err *
rp_comparison_references(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_comparison *c, struct rp_self_references *out)
{
	struct q_comparison_references_rows rows;

	RP_ASSERT(who != NULL); /* whoever was given the comparison */
	RP_TRY(q_comparison_references(tx,
	    &(struct q_comparison_references_param){ .comparison_id = c->id },
	    &rows));
	*out = (struct rp_self_references){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_self_reference one = { .at = rows.v[i].at,
			.quoted = rows.v[i].quoted,
			.label = rows.v[i].now_label,
			.state = rows.v[i].state,
			.doubtful = rows.v[i].doubtful != 0 };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_registry_octets(const struct rp_actor *who, struct rp_tx *tx,
    int64_t blob_id, size_t max, rp_bytes *out)
{
	return rp_blob_whole(who, tx, blob_id, max, out);
}

static struct rp_err *
forget(struct rp_tx *tx, int64_t task_id)
{
	return q_registry_task_done(tx,
	    &(struct q_registry_task_done_param){ .id = task_id });
}

static struct rp_err *
look_up_file(struct rp_tx *tx, struct rp_registry_work *w)
{
	struct q_version_get_row v;
	bool found;

	RP_TRY(q_version_get(tx,
	    &(struct q_version_get_param){ .id = w->ref_id }, &v, &found));
	if (!found || !rp_text_eq(v.reading, RP_TEXT("received")))
		return NULL;
	w->kind = RP_REGISTRY_READ;
	w->blob_id = v.blob_id;
	w->markdown = rp_text_eq(v.format, RP_TEXT("md"));
	return NULL;
}

static struct rp_err *
look_up_flattened(struct rp_tx *tx, struct rp_registry_work *w)
{
	struct q_flattened_get_row f;
	bool found;

	RP_TRY(q_flattened_get(tx,
	    &(struct q_flattened_get_param){ .id = w->ref_id }, &f, &found));
	if (!found || !rp_text_eq(f.reading, RP_TEXT("received")))
		return NULL;
	w->kind = RP_REGISTRY_SALVAGE;
	w->blob_id = f.blob_id;
	return NULL;
}

static struct rp_err *
look_up(struct rp_tx *tx, rp_text kind, struct rp_registry_work *w)
{
	struct q_comparison_blobs_row c;
	bool found;

	if (rp_text_eq(kind, RP_TEXT("read_version")))
		return look_up_file(tx, w);
	if (rp_text_eq(kind, RP_TEXT("salvage")))
		return look_up_flattened(tx, w);
	RP_TRY(q_comparison_blobs(tx,
	    &(struct q_comparison_blobs_param){ .id = w->ref_id }, &c, &found));
	if (!found || !rp_text_eq(c.state, RP_TEXT("waiting")))
		return NULL;
	w->kind = RP_REGISTRY_COMPARE;
	w->blob_id = c.old_blob_id;
	w->other_blob_id = c.new_blob_id;
	return NULL;
}

struct rp_err *
rp_registry_claim(const struct rp_actor *who, struct rp_tx *tx, bool *out_found,
    struct rp_registry_work *out)
{
	struct q_registry_task_claim_row task;

	RP_TRY(only_worker(who));
	RP_TRY(q_registry_task_claim(tx,
	    &(struct q_registry_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_REGISTRY_CLAIM },
	    &task, out_found));
	*out = (struct rp_registry_work){ 0 };
	if (!*out_found)
		return NULL;
	out->task_id = task.id;
	out->ref_id = task.ref_id;
	out->tries = task.tries;
	RP_TRY(look_up(tx, task.kind, out));
	return out->kind == RP_REGISTRY_NOTHING ? forget(tx, task.id) : NULL;
}

/* The older one first: a version that came later may be of an earlier day. */
static struct rp_err *
ask_to_compare(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *x, const struct rp_version *y)
{
	bool in_order = rp_version_is_older(x, y);
	struct q_comparison_find_row there;
	struct q_comparison_insert_row row;
	int64_t old_id = in_order ? x->id : y->id;
	int64_t new_id = in_order ? y->id : x->id;
	bool found;

	RP_TRY(q_comparison_find(tx,
	    &(struct q_comparison_find_param){ .old_id = old_id,
		.new_id = new_id },
	    &there, &found));
	if (found)
		return NULL;
	RP_TRY(q_comparison_insert(tx,
	    &(struct q_comparison_insert_param){ .old_id = old_id,
		.new_id = new_id },
	    &row));
	return q_registry_task_insert(tx,
	    &(struct q_registry_task_insert_param){ .kind = RP_TEXT("compare"),
		.ref_id = row.id,
		.now = who->now });
}

static struct rp_err *
compare_with_all(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	const struct rp_version *mine = NULL;
	struct q_version_get_row v;
	struct rp_versions all;
	bool found;

	RP_TRY(q_version_get(tx, &(struct q_version_get_param){ .id = id }, &v,
	    &found));
	RP_ASSERT(found);
	RP_TRY(rp_version_list(who, tx, v.instrument_id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id)
			mine = &all.v[i];
	if (mine != NULL && mine->withdrawn_at != 0)
		return NULL;
	for (size_t i = 0; mine != NULL && i < all.n; i++)
		if (all.v[i].id != id && all.v[i].text_blob_id != 0 &&
		    all.v[i].withdrawn_at == 0 &&
		    rp_text_eq(all.v[i].lang, mine->lang))
			RP_TRY(ask_to_compare(who, tx, mine, &all.v[i]));
	return NULL;
}

static struct rp_err *
put(const struct rp_actor *who, struct rp_tx *tx, rp_bytes octets, int64_t *id)
{
	*id = 0;
	return octets.n == 0 ? NULL : rp_blob_put(who, tx, octets, id);
}

static struct rp_err *
keep_citations(struct rp_tx *tx, int64_t version_id,
    const struct rp_citeds *all)
{
	RP_TRY(q_citation_forget(tx,
	    &(struct q_citation_forget_param){ .version_id = version_id }));
	for (size_t i = 0; i < all->n && i < RP_CITATIONS_KEPT; i++)
		RP_TRY(q_citation_insert(tx,
		    &(struct q_citation_insert_param){ .version_id = version_id,
			.position = (int64_t)i,
			.at = all->v[i].at,
			.quoted = all->v[i].quoted,
			.kind = all->v[i].kind,
			.number = all->v[i].number,
			.name = all->v[i].name,
			.year = all->v[i].year }));
	return NULL;
}

static struct rp_err *
read_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, const struct rp_registry_result *r)
{
	int64_t text_blob_id = 0;

	if (!r->failed)
		RP_TRY(put(who, tx, r->text, &text_blob_id));
	RP_TRY(q_version_set_reading(tx,
	    &(struct q_version_set_reading_param){ .id = work->ref_id,
		.reading =
		    text_blob_id != 0 ? RP_TEXT("read") : RP_TEXT("not_read"),
		.reason = r->reason,
		.text_blob_id = text_blob_id,
		.body = rp_text_cut(r->body, RP_REGISTRY_BODY_MAX) }));
	if (text_blob_id == 0)
		return NULL;
	RP_TRY(keep_citations(tx, work->ref_id, &r->citations));
	RP_TRY(rp_registry_ask_to_index(who, tx, work->ref_id));
	return compare_with_all(who, tx, work->ref_id);
}

static struct rp_err *
salvage_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, const struct rp_registry_result *r)
{
	struct q_flattened_set_reading_param p = { .id = work->ref_id,
		.reading = RP_TEXT("not_read"),
		.reason = r->reason };

	if (!r->failed && r->newer.n > 0 &&
	    r->newer.n <= RP_REGISTRY_TEXT_MAX && r->script.n > 0) {
		p.reading = RP_TEXT("read");
		RP_TRY(put(who, tx, r->text, &p.base_blob_id));
		RP_TRY(put(who, tx, r->newer, &p.new_blob_id));
		RP_TRY(put(who, tx, r->script, &p.decisions_blob_id));
	}
	return q_flattened_set_reading(tx, &p);
}

static struct rp_err *
keep_references(struct rp_tx *tx, int64_t comparison_id,
    const struct rp_self_references *all)
{
	RP_TRY(q_comparison_reference_forget(tx,
	    &(struct q_comparison_reference_forget_param){
		.comparison_id = comparison_id }));
	for (size_t i = 0; i < all->n && i < RP_REFERENCES_MAX; i++)
		RP_TRY(q_comparison_reference_insert(tx,
		    &(struct q_comparison_reference_insert_param){
			.comparison_id = comparison_id,
			.position = (int64_t)i,
			.at = all->v[i].at,
			.quoted = all->v[i].quoted,
			.now_label = all->v[i].label,
			.state = all->v[i].state,
			.doubtful = all->v[i].doubtful }));
	return NULL;
}

static struct rp_err *
compare_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, const struct rp_registry_result *r)
{
	struct q_comparison_set_param p = { .id = work->ref_id,
		.state = RP_TEXT("failed"),
		.reason = r->reason };

	if (!r->failed) {
		p.state = RP_TEXT("done");
		RP_TRY(put(who, tx, r->text, &p.text_blob_id));
		RP_TRY(put(who, tx, r->script, &p.script_blob_id));
		RP_TRY(put(who, tx, r->tracked, &p.tracked_blob_id));
		p.unchanged = r->c.unchanged;
		p.modified = r->c.modified;
		p.editorial = r->c.editorial;
		p.added = r->c.added;
		p.suppressed = r->c.suppressed;
		p.moved = r->c.moved;
		p.renumbered = r->c.renumbered;
		RP_TRY(keep_references(tx, work->ref_id, &r->references));
	}
	return q_comparison_set(tx, &p);
}

struct rp_err *
rp_registry_done(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work,
    const struct rp_registry_result *result)
{
	struct rp_registry_result r = *result;

	RP_TRY(only_worker(who));
	if (!r.failed && (r.text.n == 0 || r.text.n > RP_REGISTRY_TEXT_MAX)) {
		r.failed = true;
		r.reason = RP_TEXT("too large");
	}
	if (work->kind == RP_REGISTRY_READ)
		RP_TRY(read_done(who, tx, work, &r));
	else if (work->kind == RP_REGISTRY_SALVAGE)
		RP_TRY(salvage_done(who, tx, work, &r));
	else
		RP_TRY(compare_done(who, tx, work, &r));
	RP_TRY(rp_public_touch(who, tx));
	return forget(tx, work->task_id);
}

struct rp_err *
rp_registry_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_registry_work *work, int64_t delay, rp_text why)
{
	RP_TRY(only_worker(who));
	return q_registry_task_later(tx,
	    &(struct q_registry_task_later_param){ .id = work->task_id,
		.not_before_at = who->now + delay,
		.error = why });
}
