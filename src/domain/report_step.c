/* report_step - from draft to the Council. */
#include "base/err.h"
#include "domain/document_reading.h"
#include "domain/meeting_document.h"
#include "domain/place.h"
#include "domain/report_private.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_action.h"
#include "store/q_meeting.h"
#include "store/q_report.h"
#include "text/input.h"
#include "text/zone.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static struct rp_err *
save(struct rp_tx *tx, const struct rp_report *r)
{
	return q_report_set(tx, &(struct q_report_set_param){ .id = r->id,
				    .state = r->state,
				    .access = r->access,
				    .commenters = r->commenters,
				    .until_at = r->until_at,
				    .silence_at = r->silence_at,
				    .approved_in = r->approved_in,
				    .item_id = r->item_id,
				    .document_id = r->document_id,
				    .approved_at = r->approved_at,
				    .posted_at = r->posted_at,
				    .sent_at = r->sent_at });
}

static struct rp_err *
go(const struct rp_actor *who, struct rp_tx *tx, struct rp_report *r,
    const char *state, rp_text why)
{
	rp_text before = r->state;

	r->state = rp_text_z(state);
	RP_TRY(save(tx, r));
	return rp_report_event(who, tx, r, "report.state", before,
	    why.n == 0 ?
		r->state :
		rp_textf(rp_tx_arena(tx), "%s, %.*s", state, RP_FMT(why)));
}

static struct rp_err *
wrong(const struct rp_report *r)
{
	return rp_fail(RP_E_CONFLICT, "the report is %.*s", RP_FMT(r->state));
}

static struct rp_err *
add_item(const struct rp_actor *who, struct rp_tx *tx, int64_t meeting_id,
    const char *kind, int64_t *out)
{
	struct q_report_item_carry_row row;

	RP_TRY(q_report_item_carry(tx,
	    &(struct q_report_item_carry_param){ .meeting_id = meeting_id,
		.kind = rp_text_z(kind),
		.now = who->now },
	    &row));
	*out = row.id;
	return NULL;
}

/* On the agenda of the next meeting, if there is one and it is not there. */
static struct rp_err *
carry_report(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r)
{
	struct q_report_next_meeting_row next;
	bool found;

	if (r->item_id != 0)
		return NULL;
	RP_TRY(q_report_next_meeting(tx,
	    &(struct q_report_next_meeting_param){ .group_id = m->group_id,
		.opens_local = m->opens_local,
		.meeting_id = m->id },
	    &next, &found));
	return found ? add_item(who, tx, next.id, "approval", &r->item_id) :
		       NULL;
}

struct rp_err *
rp_report_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r,
    const struct rp_report_round *round, const struct rp_report_files *files)
{
	bool again = r->versions > 0;

	RP_TRY(rp_report_ensure(who, tx, r));
	if (r->is_locked)
		return wrong(r);
	if ((!is(round->commenters, "members") &&
		!is(round->commenters, "public")) ||
	    round->until_at <= who->now ||
	    (round->silence_at != 0 && round->silence_at < round->until_at))
		return rp_fail(RP_E_INVALID, "not a round");
	RP_TRY(rp_report_version_add(who, tx, r, again ? "revised" : "comments",
	    is(round->commenters, "public"), files));
	RP_TRY(q_report_endorsements_forget(tx,
	    &(struct q_report_endorsements_forget_param){
		.report_id = r->id }));
	r->commenters = round->commenters;
	r->until_at = round->until_at;
	r->silence_at = round->silence_at;
	RP_TRY(carry_report(who, tx, m, r));
	return go(who, tx, r, "comments", round->commenters);
}

struct rp_err *
rp_report_close(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r)
{
	RP_TRY(rp_report_ensure(who, tx, r));
	if (!is(r->state, "comments"))
		return wrong(r);
	return go(who, tx, r, "revision", RP_TEXT(""));
}

struct rp_err *
rp_report_defer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r)
{
	RP_TRY(rp_report_ensure(who, tx, r));
	if (r->is_locked)
		return wrong(r);
	RP_TRY(carry_report(who, tx, m, r));
	return go(who, tx, r, r->state.p, RP_TEXT("deferred"));
}

static struct rp_err *
check_meeting(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t in)
{
	struct rp_meeting by;

	RP_TRY(rp_meeting_get_by_id(who, tx, in, &by));
	if (by.group_id != m->group_id || by.opens_at < m->opens_at)
		return rp_fail(RP_E_INVALID, "not that meeting or a later one");
	return NULL;
}

struct rp_err *
rp_report_approve(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r, int64_t in,
    const struct rp_report_files *files)
{
	struct rp_report_standing standing;

	RP_TRY(rp_report_ensure(who, tx, r));
	if (r->is_locked)
		return wrong(r);
	if (in != 0) {
		RP_TRY(check_meeting(who, tx, m, in));
	} else {
		RP_TRY(
		    rp_report_standing(who, tx, r, RP_TEXT("en"), &standing));
		if (!standing.is_endorsed)
			return rp_fail(RP_E_CONFLICT, "is not endorsed");
	}
	RP_TRY(rp_report_version_add(who, tx, r, "approved", false, files));
	r->approved_in = in;
	r->approved_at = who->now;
	r->is_locked = true;
	return go(who, tx, r, "approved",
	    in == 0 ? RP_TEXT("by correspondence") : RP_TEXT(""));
}

/* A file of the register, made here. */
static struct rp_err *
add_file(const struct rp_actor *who, struct rp_tx *tx, int64_t document_id,
    const struct rp_report_posting *p, bool first)
{
	struct q_document_file_insert_row file;
	int64_t blob_id;

	RP_TRY(rp_wording_set(who, tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = document_id,
		.field = RP_TEXT("title"),
		.lang = p->lang },
	    first ? RP_WORDING_ORIGINAL : RP_WORDING_OFFICIAL, p->title));
	RP_TRY(rp_report_keep(who, tx, p->docx, &blob_id));
	RP_TRY(q_document_file_insert(tx,
	    &(struct q_document_file_insert_param){ .document_id = document_id,
		.revision = 0,
		.lang = p->lang,
		.status = first ? RP_TEXT("original") : RP_TEXT("official"),
		.file_name = rp_text_cut(p->file_name, RP_FILE_NAME_MAX),
		.file_kind = RP_TEXT("docx"),
		.blob_id = blob_id,
		.now = who->now },
	    &file));
	return rp_document_reading_ask(who, tx, file.id);
}

struct rp_err *
rp_report_post(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_report *r, rp_text access,
    const struct rp_report_postings *files)
{
	struct rp_document_in in = { .kind = RP_TEXT("report"),
		.access = access,
		.is_title_public = is(access, "public") };
	struct rp_meeting_document d;
	int64_t number;

	RP_TRY(rp_report_ensure(who, tx, r));
	if (!is(r->state, "approved"))
		return wrong(r);
	if (files->n == 0)
		return rp_fail(RP_E_INVALID, "nothing to post");
	RP_TRY(
	    rp_meeting_document_add(who, tx, m, &in, &r->document_id, &number));
	for (size_t i = 0; i < files->n; i++)
		RP_TRY(add_file(who, tx, r->document_id, &files->v[i], i == 0));
	RP_TRY(
	    rp_meeting_document_get(who, tx, m, number, files->v[0].lang, &d));
	RP_TRY(
	    rp_meeting_document_set_state(who, tx, m, &d, RP_TEXT("posted")));
	r->access = access;
	r->posted_at = who->now;
	return go(who, tx, r, "posted", access);
}

struct rp_err *
rp_report_send(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_report *r)
{
	RP_TRY(rp_report_ensure(who, tx, r));
	if (!is(r->state, "posted"))
		return wrong(r);
	r->sent_at = who->now;
	return go(who, tx, r, "sent", RP_TEXT(""));
}

/* What is left to a later meeting. */

static struct rp_err *
carry_actions_to(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t meeting_id)
{
	struct q_report_item_count_row there;
	struct q_action_open_count_row open;
	int64_t id;

	RP_TRY(q_action_open_count(tx,
	    &(struct q_action_open_count_param){ .group_id = group_id },
	    &open));
	RP_TRY(q_report_item_count(tx,
	    &(struct q_report_item_count_param){ .meeting_id = meeting_id,
		.kind = RP_TEXT("actions") },
	    &there));
	return open.n == 0 || there.n > 0 ?
		   NULL :
		   add_item(who, tx, meeting_id, "actions", &id);
}

struct rp_err *
rp_report_carry_actions(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t meeting_id)
{
	struct q_report_next_meeting_row next;
	struct rp_meeting m = { 0 };
	const struct rp_zone *utc;
	bool found;

	RP_TRY(
	    rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id));
	RP_TRY(rp_zone_get(who->env->zones, RP_TEXT("UTC"), &utc));
	if (meeting_id != 0)
		RP_TRY(rp_meeting_get_by_id(who, tx, meeting_id, &m));
	else
		m.opens_local = rp_zone_local_write(rp_tx_arena(tx),
		    rp_zone_local(utc, who->now));
	RP_TRY(q_report_next_meeting(tx,
	    &(struct q_report_next_meeting_param){ .group_id = group_id,
		.opens_local = m.opens_local,
		.meeting_id = meeting_id },
	    &next, &found));
	return found ? carry_actions_to(who, tx, group_id, next.id) : NULL;
}

struct rp_err *
rp_report_carry(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m)
{
	struct q_report_waiting_rows rows;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	RP_TRY(q_report_waiting(tx,
	    &(struct q_report_waiting_param){ .group_id = m->group_id,
		.opens_local = m->opens_local },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t id;

		RP_TRY(add_item(who, tx, m->id, "approval", &id));
		RP_TRY(q_report_set_item(tx,
		    &(struct q_report_set_item_param){ .id = rows.v[i].id,
			.item_id = id }));
	}
	return carry_actions_to(who, tx, m->group_id, m->id);
}
