#include "domain/report.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/report_private.h"
#include "domain/upload.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_report.h"
#include "text/input.h"
#include "text/lang.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

/* With the member that `who` acts for. */
static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    struct rp_report *out)
{
	struct q_report_find_row r;
	bool found;

	RP_TRY(q_report_find(tx,
	    &(struct q_report_find_param){ .meeting_id = m->id,
		.person_id = who->person_id,
		.now = who->now },
	    &r, &found));
	*out = (struct rp_report){ .meeting_id = m->id,
		.group_id = m->group_id,
		.state = RP_TEXT("draft"),
		.access = RP_TEXT("members"),
		.commenters = RP_TEXT("members") };
	if (!found)
		return NULL;
	out->id = r.id;
	out->state = r.state;
	out->access = r.access;
	out->commenters = r.commenters;
	out->until_at = r.until_at;
	out->silence_at = r.silence_at;
	out->approved_in = r.approved_in;
	out->item_id = r.item_id;
	out->document_id = r.document_id;
	out->approved_at = r.approved_at;
	out->posted_at = r.posted_at;
	out->sent_at = r.sent_at;
	out->versions = r.versions;
	out->party_id = r.party_id;
	return NULL;
}

static bool
is_posted(const struct rp_report *r)
{
	return is(r->state, "posted") || is(r->state, "sent");
}

struct rp_err *
rp_report_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *out)
{
	struct rp_place where;
	struct rp_report r;
	bool reads, open;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	RP_TRY(load(who, tx, m, &r));
	r.may_edit = rp_actor_may(who, RP_MAY_MEET, where);
	reads = r.may_edit || rp_actor_may(who, RP_MAY_READ, where);
	r.is_locked = is(r.state, "approved") || is_posted(&r);
	open = is(r.state, "comments") && who->now < r.until_at;
	r.may_read = r.versions > 0 &&
		     (reads || (!r.is_locked && is(r.commenters, "public")) ||
			 (is_posted(&r) && is(r.access, "public")));
	r.may_comment = open && (reads || is(r.commenters, "public"));
	if (!r.may_edit && !r.may_read)
		return rp_fail(RP_E_NOTFOUND, "no report");
	if (!reads || !is(r.state, "comments"))
		r.party_id = 0;
	r.may_endorse = r.party_id != 0 && is(r.state, "comments") &&
			who->now < r.silence_at;
	*out = r;
	return NULL;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

struct rp_err *
rp_report_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, const char *action, rp_text before,
    rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("meeting"),
		.object_id = r->meeting_id,
		.group_id = r->group_id,
		.before = before,
		.after = after });
}

struct rp_err *
rp_report_ensure(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r)
{
	struct q_report_insert_row row;

	RP_TRY(needs(who, tx, r->group_id));
	if (r->id != 0)
		return NULL;
	RP_TRY(q_report_insert(tx,
	    &(struct q_report_insert_param){ .meeting_id = r->meeting_id,
		.now = who->now },
	    &row));
	r->id = row.id;
	return NULL;
}

/* What people changed. */

struct rp_err *
rp_report_changes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang, struct rp_report_changes *out)
{
	struct q_report_edits_rows rows;

	RP_TRY(needs(who, tx, r->group_id));
	*out = (struct rp_report_changes){ 0 };
	if (r->id == 0)
		return NULL;
	RP_TRY(q_report_edits(tx,
	    &(struct q_report_edits_param){ .report_id = r->id, .lang = lang },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_edits_row *e = &rows.v[i];
		struct rp_report_change c = { .origin = e->origin,
			.op = e->op,
			.after = e->after_origin,
			.kind = e->kind,
			.level = e->level,
			.body = e->body,
			.was = e->was,
			.at = e->at,
			.person = e->person };

		rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

static bool
origin_ok(rp_text t)
{
	if (t.n == 0 || t.n > RP_REPORT_ORIGIN_MAX)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return true;
}

static bool
change_ok(const struct rp_report_change *c)
{
	bool adds = is(c->op, "add"), removes = is(c->op, "remove");
	bool section = is(c->kind, "section");

	if (c->body.n > RP_REPORT_BODY_MAX || c->was.n > RP_REPORT_BODY_MAX)
		return false;
	if (!removes && rp_text_blank(c->body))
		return false;
	if (!adds)
		return (removes || is(c->op, "replace")) &&
		       origin_ok(c->origin);
	return (c->origin.n == 0 || origin_ok(c->origin)) &&
	       origin_ok(c->after) && !rp_text_eq(c->origin, c->after) &&
	       (section || is(c->kind, "paragraph") || is(c->kind, "text")) &&
	       c->level >= 0 && c->level <= 3 && (!section || c->level > 0);
}

static const struct rp_report_change *
find_change(const struct rp_report_changes *all, rp_text origin)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].origin, origin))
			return &all->v[i];
	return NULL;
}

/* "hand-3": the first number that is free. */
static rp_text
new_origin(struct rp_arena *a, const struct rp_report_changes *all)
{
	for (size_t i = 1;; i++) {
		rp_text t = rp_textf(a, "hand-%zu", i);

		if (find_change(all, t) == NULL)
			return t;
	}
}

struct rp_err *
rp_report_change_set(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r, rp_text lang, const struct rp_report_change *c)
{
	const struct rp_report_change *old;
	struct rp_report_changes all;
	rp_text tag, origin = c->origin;

	RP_TRY(rp_report_ensure(who, tx, r));
	if (r->is_locked)
		return rp_fail(RP_E_CONFLICT, "the report is approved");
	if (!change_ok(c))
		return rp_fail(RP_E_INVALID, "not an edit of a report");
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), lang, &tag));
	RP_TRY(rp_report_changes(who, tx, r, tag, &all));
	if (all.n >= RP_REPORT_EDITS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d edits",
		    RP_REPORT_EDITS_MAX);
	if (origin.n == 0)
		origin = new_origin(rp_tx_arena(tx), &all);
	old = find_change(&all, origin);
	RP_TRY(q_report_edit_set(tx,
	    &(struct q_report_edit_set_param){ .report_id = r->id,
		.lang = tag,
		.origin = origin,
		.op = c->op,
		.after_origin = c->after,
		.kind = c->kind,
		.level = c->level,
		.body = c->body,
		.was = c->was,
		.person_id = who->person_id,
		.now = who->now }));
	return rp_report_event(who, tx, r, "report.edit",
	    old ? old->body : c->was,
	    rp_textf(rp_tx_arena(tx), "%.*s [%.*s] %.*s", RP_FMT(origin),
		RP_FMT(tag), RP_FMT(c->body)));
}

struct rp_err *
rp_report_change_undo(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang, rp_text origin)
{
	const struct rp_report_change *old;
	struct rp_report_changes all;

	RP_TRY(rp_report_changes(who, tx, r, lang, &all));
	if (r->is_locked)
		return rp_fail(RP_E_CONFLICT, "the report is approved");
	old = find_change(&all, origin);
	if (old == NULL)
		return rp_fail(RP_E_NOTFOUND, "no such edit");
	RP_TRY(q_report_edit_remove(tx,
	    &(struct q_report_edit_remove_param){ .report_id = r->id,
		.lang = lang,
		.origin = origin }));
	return rp_report_event(who, tx, r, "report.undo", old->body,
	    rp_textf(rp_tx_arena(tx), "%.*s [%.*s]", RP_FMT(origin),
		RP_FMT(lang)));
}

/* Versions. */

struct rp_err *
rp_report_version_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, struct rp_report_versions *out)
{
	struct q_report_versions_rows rows;
	struct rp_place where;
	bool reads;

	*out = (struct rp_report_versions){ 0 };
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), r->group_id, &where));
	reads = rp_actor_may(who, RP_MAY_MEET, where) ||
		rp_actor_may(who, RP_MAY_READ, where);
	if (r->id == 0 || (!reads && !r->may_read))
		return NULL;
	RP_TRY(q_report_versions(tx,
	    &(struct q_report_versions_param){ .report_id = r->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_versions_row *v = &rows.v[i];
		struct rp_report_version one = { .number = v->number,
			.lang = v->lang,
			.reason = v->reason,
			.blob_id = v->blob_id,
			.at = v->at };

		if (!reads && !v->is_public && !is(v->reason, "approved"))
			continue;
		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_report_blob(const struct rp_actor *who, struct rp_tx *tx, int64_t blob_id,
    rp_bytes *out)
{
	return rp_blob_whole(who, tx, blob_id, RP_REPORT_FILE_MAX, out);
}

struct rp_err *
rp_report_version_read(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, const struct rp_report_versions *all,
    int64_t number, rp_text lang, struct rp_report_version *out,
    rp_bytes *octets)
{
	const struct rp_report_version *best = NULL;

	(void)r; /* `all` is what the reader sees of it */
	for (size_t i = 0; i < all->n; i++) {
		const struct rp_report_version *v = &all->v[i];

		if (v->number != number)
			continue;
		if (best == NULL || rp_text_eq(v->lang, lang) ||
		    (is(v->lang, "en") && !rp_text_eq(best->lang, lang)))
			best = v;
	}
	if (best == NULL)
		return rp_fail(RP_E_NOTFOUND, "no version %lld",
		    (long long)number);
	*out = *best;
	return rp_report_blob(who, tx, best->blob_id, octets);
}

struct rp_err *
rp_report_keep(const struct rp_actor *who, struct rp_tx *tx, rp_bytes octets,
    int64_t *out)
{
	struct rp_actor system = rp_actor_system(who->env, who->now);

	return rp_blob_put(&system, tx, octets, out);
}

struct rp_err *
rp_report_version_add(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r, const char *reason, bool is_public,
    const struct rp_report_files *files)
{
	RP_TRY(rp_report_ensure(who, tx, r));
	if (files->n == 0)
		return rp_fail(RP_E_INVALID, "a version without a text");
	for (size_t i = 0; i < files->n; i++) {
		const struct rp_report_octets *f = &files->v[i];
		int64_t blob_id;
		rp_text tag;

		RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), f->lang, &tag));
		if (f->octets.n > RP_REPORT_OCTETS_MAX)
			return rp_fail(RP_E_LIMIT, "a report of %zu octets",
			    f->octets.n);
		RP_TRY(rp_report_keep(who, tx, f->octets, &blob_id));
		RP_TRY(q_report_version_insert(tx,
		    &(struct q_report_version_insert_param){ .report_id = r->id,
			.number = r->versions + 1,
			.lang = tag,
			.reason = rp_text_z(reason),
			.blob_id = blob_id,
			.is_public = is_public,
			.person_id = who->person_id,
			.now = who->now }));
	}
	r->versions++;
	return NULL;
}
