#include "domain/contribution.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/contribution_private.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/outbox.h"
#include "domain/place.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_contribution.h"
#include "store/q_person.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"

#define IS(t, word) rp_text_eq((t), RP_TEXT(word))

/* Who acts for whom. */

struct acting {
	struct rp_place where;
	bool registers;
	int64_t party_id; /* of the person who may contribute; 0 */
};

static struct rp_err *
acting_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct acting *out)
{
	struct q_person_get_row row;
	bool found;

	*out = (struct acting){ 0 };
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &out->where));
	out->registers = rp_actor_may(who, RP_MAY_MEET, out->where);
	if (who->person_id == 0 ||
	    !rp_actor_may(who, RP_MAY_CONTRIBUTE, out->where))
		return NULL;
	RP_TRY(q_person_get(tx,
	    &(struct q_person_get_param){ .id = who->person_id }, &row,
	    &found));
	out->party_id = found ? row.party_id : 0;
	return NULL;
}

static bool
acts_for(const struct acting *w, int64_t party_id)
{
	return w->registers || (w->party_id != 0 && w->party_id == party_id);
}

struct rp_err *
rp_contribution_parties(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_memberships *out)
{
	struct rp_memberships all;
	struct acting w;

	RP_TRY(acting_of(who, tx, m, &w));
	RP_TRY(rp_membership_list(tx, m->group_id, who->now, lang, &all));
	*out = (struct rp_memberships){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		if (acts_for(&w, all.v[i].party_id))
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	}
	return NULL;
}

static struct rp_err *
is_member(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t party_id)
{
	struct rp_memberships all;

	RP_TRY(
	    rp_membership_list(tx, m->group_id, who->now, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].party_id == party_id)
			return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no member of the group");
}

struct rp_err *
rp_contribution_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, rp_text action, rp_text before,
    rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("contribution"),
		.object_id = id,
		.group_id = m->group_id,
		.before = before,
		.after = after });
}

/* Reading. */

struct loaded {
	struct acting w;
	struct q_contribution_list_rows rows;
	struct q_contribution_sources_rows sources;
	struct rp_posting_rules rules;
	const struct rp_zone *zone;
};

static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    struct loaded *out)
{
	RP_TRY(acting_of(who, tx, m, &out->w));
	RP_TRY(q_contribution_list(tx,
	    &(struct q_contribution_list_param){ .meeting_id = m->id },
	    &out->rows));
	RP_TRY(q_contribution_sources(tx,
	    &(struct q_contribution_sources_param){ .meeting_id = m->id },
	    &out->sources));
	RP_TRY(rp_posting_list(who, tx, m->group_id, &out->rules));
	return rp_zone_get(who->env->zones, m->zone, &out->zone);
}

static struct rp_contribution
from_row(const struct q_contribution_list_row *r)
{
	return (struct rp_contribution){ .id = r->id,
		.meeting_id = 0,
		.document_id = r->document_id,
		.number = r->number,
		.revises_id = r->revises_id,
		.revises = r->revises,
		.person_id = r->person_id,
		.blob_id = r->blob_id,
		.created_at = r->created_at,
		.received_at = r->received_at,
		.decided_at = r->decided_at,
		.state = r->state,
		.reason = r->reason,
		.in = { .party_id = r->party_id,
		    .revises_id = r->revises_id,
		    .kind = r->kind,
		    .is_for_action = r->is_for_action,
		    .item = r->item,
		    .lang = r->lang,
		    .title = r->title,
		    .purpose = r->purpose,
		    .action = r->action,
		    .summary = r->summary,
		    .refs = r->refs,
		    .body = r->body,
		    .file_name = r->file_name,
		    .file_kind = r->file_kind } };
}

static void
complete(const struct rp_actor *who, struct rp_tx *tx, const struct loaded *all,
    const struct rp_meeting *m, struct rp_contribution *c)
{
	int64_t at = c->received_at != 0 ? c->received_at : who->now;

	c->meeting_id = m->id;
	c->mine = acts_for(&all->w, c->in.party_id);
	c->may_decide = all->w.registers;
	c->posting = rp_posting_judge(&all->rules, c->in.kind,
	    rp_posting_days(all->zone, at, m->opens_at));
	for (size_t i = 0; i < all->sources.n; i++) {
		const struct q_contribution_sources_row *s = &all->sources.v[i];

		if (s->contribution_id != c->id)
			continue;
		rp_vec_push(rp_tx_arena(tx), &c->sources,
		    ((struct rp_contribution_source){ s->party_id, s->state }));
		if (all->w.party_id != 0 && s->party_id == all->w.party_id)
			c->asked = s->party_id;
	}
}

/* A draft is its party's, and of whom it asked; the secretariat has its own. */
static bool
is_seen(const struct rp_actor *who, const struct loaded *all,
    const struct rp_contribution *c)
{
	if (c->asked != 0 ||
	    (all->w.party_id != 0 && all->w.party_id == c->in.party_id))
		return true;
	if (!all->w.registers)
		return false;
	return !IS(c->state, "draft") || who->system ||
	       (who->person_id != 0 && c->person_id == who->person_id);
}

struct rp_err *
rp_contribution_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_contributions *out)
{
	struct loaded all;

	RP_TRY(load(who, tx, m, &all));
	*out = (struct rp_contributions){ 0 };
	for (size_t i = 0; i < all.rows.n; i++) {
		struct rp_contribution c = from_row(&all.rows.v[i]);

		complete(who, tx, &all, m, &c);
		if (is_seen(who, &all, &c))
			rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

struct rp_err *
rp_contribution_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, struct rp_contribution *out)
{
	struct rp_contributions all;

	RP_TRY(rp_contribution_list(who, tx, m, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != id)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no contribution %lld", (long long)id);
}

/* Writing. */

static bool
file_kind_ok(rp_text kind)
{
	return IS(kind, "docx") || IS(kind, "odt") || IS(kind, "txt") ||
	       IS(kind, "md");
}

unsigned
rp_contribution_check(const struct rp_contribution_in *in, bool whole,
    bool has_file)
{
	unsigned bad = 0;
	bool file = in->upload_id != 0 || (has_file && !in->drop_file);

	if (rp_text_blank(in->title) || in->title.n > RP_DOCUMENT_TITLE_MAX)
		bad |= RP_CONTRIBUTION_BAD_TITLE;
	if (in->upload_id != 0 && !file_kind_ok(in->file_kind))
		bad |= RP_CONTRIBUTION_BAD_FILE;
	if (in->upload_id != 0 && in->size > (size_t)RP_ATTACHMENT_SIZE_MAX)
		bad |= RP_CONTRIBUTION_LARGE_FILE;
	if (!whole)
		return bad;
	if (rp_text_blank(in->purpose))
		bad |= RP_CONTRIBUTION_NO_PURPOSE;
	if (in->is_for_action && rp_text_blank(in->action))
		bad |= RP_CONTRIBUTION_NO_ACTION;
	if (!file && rp_text_blank(in->body))
		bad |= RP_CONTRIBUTION_NO_BODY;
	return bad;
}

static bool
fits(const struct rp_contribution_in *in)
{
	return in->item.n <= RP_CONTRIBUTION_LINE_MAX &&
	       in->purpose.n <= RP_CONTRIBUTION_BOX_MAX &&
	       in->action.n <= RP_CONTRIBUTION_BOX_MAX &&
	       in->summary.n <= RP_CONTRIBUTION_SUMMARY_MAX &&
	       in->refs.n <= RP_CONTRIBUTION_BOX_MAX &&
	       in->body.n <= RP_CONTRIBUTION_BODY_MAX;
}

/* A document of this meeting whose first source is the party. */
static struct rp_err *
may_revise(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution_in *in)
{
	struct rp_meeting_documents all;

	if (in->revises_id == 0)
		return NULL;
	RP_TRY(rp_meeting_document_list(who, tx, m, RP_TEXT("en"), &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_meeting_document *d = &all.v[i];

		if (d->id == in->revises_id && d->sources.n > 0 &&
		    d->sources.v[0] == in->party_id)
			return NULL;
	}
	return rp_fail(RP_E_INVALID, "revises no document of its own");
}

static struct rp_err *
begin(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_contribution_in *in, int64_t *out_id)
{
	struct q_contribution_count_row count;
	struct q_contribution_insert_row row;
	struct acting w;

	RP_TRY(acting_of(who, tx, m, &w));
	if (!acts_for(&w, in->party_id))
		return who->person_id == 0 ?
			   rp_fail(RP_E_UNKNOWN, "nobody is signed in") :
			   rp_fail(RP_E_DENIED, "acts for another party");
	RP_TRY(is_member(who, tx, m, in->party_id));
	RP_TRY(may_revise(who, tx, m, in));
	RP_TRY(q_contribution_count(tx,
	    &(struct q_contribution_count_param){ .meeting_id = m->id },
	    &count));
	if (count.n >= RP_CONTRIBUTIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d contributions",
		    RP_CONTRIBUTIONS_MAX);
	RP_TRY(q_contribution_insert(tx,
	    &(struct q_contribution_insert_param){ .meeting_id = m->id,
		.party_id = in->party_id,
		.person_id = who->person_id,
		.revises_id = in->revises_id,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_contribution_event(who, tx, m, row.id,
	    RP_TEXT("contribution.begin"), RP_TEXT(""), RP_TEXT("draft"));
}

static bool
is_open(const struct rp_contribution *c)
{
	return IS(c->state, "draft") || IS(c->state, "returned");
}

static struct rp_err *
set_file(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const struct rp_contribution_in *in)
{
	struct q_contribution_set_file_param p = { .id = id };
	struct rp_digest digest;

	if (in->upload_id == 0 && !in->drop_file)
		return NULL;
	if (in->upload_id != 0) {
		RP_TRY(rp_upload_keep(who, tx, in->upload_id, &p.blob_id,
		    &digest));
		p.file_name = rp_text_cut(in->file_name, RP_FILE_NAME_MAX);
		p.file_kind = in->file_kind;
	}
	return q_contribution_set_file(tx, &p);
}

struct rp_err *
rp_contribution_save(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, const struct rp_contribution_in *in,
    int64_t *out_id)
{
	struct rp_contribution c;
	rp_text lang;

	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), in->lang, &lang));
	if (rp_contribution_check(in, false, false) != 0 ||
	    !rp_document_kind_ok(in->kind))
		return rp_fail(RP_E_INVALID, "not a contribution");
	if (!fits(in))
		return rp_fail(RP_E_LIMIT, "a text is too long");
	*out_id = id;
	if (id == 0)
		RP_TRY(begin(who, tx, m, in, out_id));
	RP_TRY(rp_contribution_get(who, tx, m, *out_id, &c));
	if (!c.mine)
		return rp_fail(RP_E_DENIED, "acts for another party");
	if (!is_open(&c))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(c.state));
	RP_TRY(set_file(who, tx, *out_id, in));
	return q_contribution_set(tx,
	    &(struct q_contribution_set_param){ .id = *out_id,
		.kind = in->kind,
		.is_for_action = in->is_for_action,
		.item = in->item,
		.lang = lang,
		.title = in->title,
		.purpose = in->purpose,
		.action = in->action,
		.summary = in->summary,
		.refs = in->refs,
		.body = in->body });
}

struct rp_err *
rp_contribution_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c, rp_text state,
    rp_text reason)
{
	bool received = IS(state, "received");

	RP_TRY(q_contribution_set_state(tx,
	    &(struct q_contribution_set_state_param){ .id = c->id,
		.state = state,
		.reason = reason,
		.received_at = received ? who->now : c->received_at,
		.decided_at = received ? 0 : who->now,
		.person_id = received ? 0 : who->person_id }));
	return rp_contribution_event(who, tx, m, c->id,
	    rp_textf(rp_tx_arena(tx), "contribution.%.*s", RP_FMT(state)),
	    c->state, reason);
}

/* Again from the database: what the caller has may be old. */
struct rp_err *
rp_contribution_now(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    struct rp_contribution *out)
{
	return rp_contribution_get(who, tx, m, c->id, out);
}

/* What arrived, when, and the hash of the file, or of the text without one. */
static struct rp_err *
receipt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_digest own = rp_sha256(rp_text_bytes(c->in.body));
	rp_bytes digest = rp_digest_bytes(&own);
	struct q_contribution_digest_row row;
	bool found = false;

	if (c->blob_id != 0)
		RP_TRY(q_contribution_digest(tx,
		    &(struct q_contribution_digest_param){
			.blob_id = c->blob_id },
		    &row, &found));
	if (found)
		digest = row.digest;
	return rp_outbox_tell(who, tx, who->person_id, RP_TEXT("contribution"),
	    RP_TEXT("meeting"), m->id,
	    rp_textf(a, "%.*s-%lld\n%.*s\n%.*s\nSHA-256: %.*s",
		RP_FMT(m->series), (long long)m->ordinal, RP_FMT(c->in.title),
		RP_FMT(rp_clock_rfc3339(a, who->now)),
		RP_FMT(rp_hex(a, digest))));
}

struct rp_err *
rp_contribution_submit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c)
{
	struct rp_contribution now;

	RP_TRY(rp_contribution_now(who, tx, m, c, &now));
	if (!now.mine)
		return rp_fail(RP_E_DENIED, "acts for another party");
	if (IS(now.state, "received"))
		return NULL;
	if (!is_open(&now))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(now.state));
	if (rp_contribution_check(&now.in, true, now.blob_id != 0) != 0)
		return rp_fail(RP_E_INVALID, "is not whole");
	RP_TRY(receipt(who, tx, m, &now));
	return rp_contribution_move(who, tx, m, &now, RP_TEXT("received"),
	    RP_TEXT(""));
}

struct rp_err *
rp_contribution_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    int64_t party_id)
{
	struct rp_contribution now;
	rp_text state;

	RP_TRY(rp_contribution_now(who, tx, m, c, &now));
	if (!now.mine)
		return rp_fail(RP_E_DENIED, "acts for another party");
	if (IS(now.state, "numbered") || IS(now.state, "withdrawn"))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(now.state));
	RP_TRY(is_member(who, tx, m, party_id));
	if (party_id == now.in.party_id)
		return rp_fail(RP_E_CONFLICT, "submits it");
	for (size_t i = 0; i < now.sources.n; i++) {
		if (now.sources.v[i].party_id == party_id)
			return rp_fail(RP_E_CONFLICT, "was asked");
	}
	if (now.sources.n + 1 >= RP_DOCUMENT_SOURCES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d sources",
		    RP_DOCUMENT_SOURCES_MAX);
	state = now.may_decide ? RP_TEXT("joined") : RP_TEXT("asked");
	RP_TRY(q_contribution_source_insert(tx,
	    &(struct q_contribution_source_insert_param){ .contribution_id =
							      c->id,
		.party_id = party_id,
		.state = state,
		.now = who->now }));
	return rp_contribution_event(who, tx, m, c->id,
	    RP_TEXT("contribution.ask"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "party %lld %.*s", (long long)party_id,
		RP_FMT(state)));
}

struct rp_err *
rp_contribution_answer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_contribution *c,
    int64_t party_id, bool joins)
{
	struct rp_contribution now;
	rp_text state = joins ? RP_TEXT("joined") : RP_TEXT("refused");
	bool asked = false;

	RP_TRY(rp_contribution_now(who, tx, m, c, &now));
	for (size_t i = 0; i < now.sources.n; i++)
		asked |= now.sources.v[i].party_id == party_id;
	if (!asked || (now.asked != party_id && !now.may_decide))
		return rp_fail(RP_E_NOTFOUND, "was not asked");
	if (IS(now.state, "numbered") || IS(now.state, "withdrawn"))
		return rp_fail(RP_E_CONFLICT, "is %.*s", RP_FMT(now.state));
	RP_TRY(q_contribution_source_set(tx,
	    &(struct q_contribution_source_set_param){ .contribution_id = c->id,
		.party_id = party_id,
		.state = state,
		.person_id = who->person_id,
		.now = who->now }));
	return rp_contribution_event(who, tx, m, c->id,
	    RP_TEXT("contribution.answer"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "party %lld %.*s", (long long)party_id,
		RP_FMT(state)));
}
