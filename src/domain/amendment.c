#include "domain/amendment.h"

#include "base/err.h"
#include "domain/amendment_private.h"
#include "domain/event.h"
#include "domain/instrument.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_amendment.h"
#include "store/q_person.h"
#include "text/input.h"

#define FILE_KIND RP_TEXT("docx")

struct rp_err *
rp_amending_want(const struct rp_actor *who, struct rp_tx *tx,
    int64_t amending_id)
{
	RP_TRY(q_amending_want(tx,
	    &(struct q_amending_want_param){ .id = amending_id }));
	return q_amendment_task_insert(tx,
	    &(struct q_amendment_task_insert_param){ .kind =
							 RP_TEXT("consolidate"),
		.ref_id = amending_id,
		.now = who->now });
}

struct rp_err *
rp_amending_event(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text action, rp_text before, rp_text after)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("instrument"),
		.object_id = a->instrument_id,
		.group_id = a->where.group_id,
		.before = before,
		.after = rp_textf(rp_tx_arena(tx), "version %lld: %.*s",
		    (long long)a->number, RP_FMT(after)) });
}

/* Who may do what. */

static bool
is_member(const struct rp_actor *who, struct rp_place where)
{
	return rp_actor_may(who, RP_MAY_AMEND, where) ||
	       rp_actor_may(who, RP_MAY_REGISTER, where);
}

static struct rp_err *
may_see(const struct rp_actor *who, const struct rp_amending *a)
{
	if (a->is_public || is_member(who, a->where))
		return NULL;
	return rp_actor_needs(who, RP_MAY_READ, a->where);
}

static struct rp_err *
party_of(const struct rp_actor *who, struct rp_tx *tx, int64_t *out)
{
	struct q_person_get_row row;
	bool found;

	*out = 0;
	if (who->person_id == 0)
		return NULL;
	RP_TRY(q_person_get(tx,
	    &(struct q_person_get_param){ .id = who->person_id }, &row,
	    &found));
	*out = found ? row.party_id : 0;
	return NULL;
}

static struct rp_err *
party_is_member(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id, bool *out)
{
	struct q_amending_party_may_row row;

	return q_amending_party_may(tx,
	    &(struct q_amending_party_may_param){ .party_id = party_id,
		.group_id = a->where.group_id,
		.now = who->now },
	    &row, out);
}

/* `a` is as rp_amending_get() gave it to `who`, and its rights are his. */
static struct rp_err *
acts_for(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id)
{
	bool member;

	if (!rp_actor_may(who, RP_MAY_REGISTER, a->where)) {
		int64_t mine;

		RP_TRY(rp_actor_needs(who, RP_MAY_AMEND, a->where));
		RP_TRY(party_of(who, tx, &mine));
		if (mine == 0 || mine != party_id)
			return rp_fail(RP_E_DENIED,
			    "person %lld does not act for party %lld",
			    (long long)who->person_id, (long long)party_id);
	}
	RP_TRY(party_is_member(who, tx, a, party_id, &member));
	return member ?
		   NULL :
		   rp_fail(RP_E_INVALID, "party %lld is no member of the group",
		       (long long)party_id);
}

static struct rp_err *
is_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a)
{
	struct rp_amending now;

	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	return now.open ? NULL :
			  rp_fail(RP_E_GONE, "amending %lld is closed",
			      (long long)a->id);
}

/* Versions that are open. */

static struct rp_err *
find(const struct rp_actor *who, struct rp_tx *tx, int64_t instrument_id,
    int64_t number, struct rp_amending *out, bool *found)
{
	struct q_amending_find_row r;

	*out = (struct rp_amending){ .instrument_id = instrument_id,
		.number = number };
	RP_TRY(
	    rp_place_of(tx, RP_TEXT("instrument"), instrument_id, &out->where));
	RP_TRY(q_amending_find(tx,
	    &(struct q_amending_find_param){ .instrument_id = instrument_id,
		.number = number },
	    &r, found));
	if (!*found)
		return NULL;
	out->id = r.id;
	out->version_id = r.version_id;
	out->version_name = r.version_name;
	out->version_state = r.version_state;
	out->lang = r.lang;
	out->dated = r.dated;
	out->base_blob_id = r.base_blob_id;
	out->base_text_blob_id = r.base_text_blob_id;
	out->state = r.state;
	out->until_at = r.until_at;
	out->open = rp_text_eq(r.state, RP_TEXT("open")) &&
		    (r.until_at == 0 || r.until_at > who->now);
	out->is_public = r.is_public;
	out->is_waiting = r.tried < r.wanted;
	out->is_failed = !out->is_waiting && r.made < r.tried;
	out->reason = r.reason;
	out->made_at = r.made_at;
	out->script_blob_id = r.script_blob_id;
	out->text_blob_id = r.text_blob_id;
	out->tracked_blob_id = r.tracked_blob_id;
	out->clean_blob_id = r.clean_blob_id;
	out->may_register = rp_actor_may(who, RP_MAY_REGISTER, out->where);
	return NULL;
}

/* The party that `who` acts for by himself. */
static struct rp_err *
find_my_party(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_amending *a)
{
	bool member = false;
	int64_t party;

	if (!rp_actor_may(who, RP_MAY_AMEND, a->where))
		return NULL;
	RP_TRY(party_of(who, tx, &party));
	if (party != 0)
		RP_TRY(party_is_member(who, tx, a, party, &member));
	a->my_party_id = member ? party : 0;
	return NULL;
}

struct rp_err *
rp_amending_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, struct rp_amending *out)
{
	bool found;

	RP_TRY(find(who, tx, instrument_id, number, out, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "not open for amendments");
	RP_TRY(may_see(who, out));
	return find_my_party(who, tx, out);
}

struct rp_err *
rp_amending_by_id(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_amending *out)
{
	struct q_amending_where_row row;
	bool found;

	RP_TRY(q_amending_where(tx,
	    &(struct q_amending_where_param){ .id = id }, &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no amending %lld",
		    (long long)id);
	return rp_amending_get(who, tx, row.instrument_id, row.number, out);
}

struct rp_err *
rp_amending_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_version_numbers *out)
{
	struct q_amending_list_rows rows;

	RP_ASSERT(who != NULL);
	RP_TRY(q_amending_list(tx,
	    &(struct q_amending_list_param){ .instrument_id = instrument_id },
	    &rows));
	*out = (struct rp_version_numbers){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out, rows.v[i].number);
	return NULL;
}

static rp_text
described(struct rp_tx *tx, rp_text state, int64_t until_at, bool is_public)
{
	struct rp_arena *a = rp_tx_arena(tx);

	return rp_textf(a, "%.*s until %.*s, seen by %s", RP_FMT(state),
	    RP_FMT(until_at != 0 ? rp_clock_rfc3339(a, until_at) :
				   RP_TEXT("the secretariat closes it")),
	    is_public ? "everybody" : "members");
}

struct rp_err *
rp_amending_open(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, int64_t until_at, bool is_public)
{
	rp_text before = RP_TEXT(""), open = RP_TEXT("open");
	struct q_amending_insert_row row;
	struct rp_amending a;
	struct rp_version v;
	bool found;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("instrument"),
	    instrument_id));
	RP_TRY(rp_version_get(who, tx, instrument_id, number, &v));
	if (v.text_blob_id == 0)
		return rp_fail(RP_E_NOTFOUND, "version %lld was not read",
		    (long long)number);
	if (until_at != 0 && until_at <= who->now)
		return rp_fail(RP_E_INVALID, "an end that is past");
	RP_TRY(find(who, tx, instrument_id, number, &a, &found));
	if (found) {
		before = described(tx, a.state, a.until_at, a.is_public);
		RP_TRY(q_amending_set(tx,
		    &(struct q_amending_set_param){ .id = a.id,
			.state = open,
			.until_at = until_at,
			.is_public = is_public }));
	} else {
		RP_TRY(q_amending_insert(tx,
		    &(struct q_amending_insert_param){ .version_id = v.id,
			.until_at = until_at,
			.is_public = is_public,
			.now = who->now },
		    &row));
		/* The base alone: it has the provisions that can be edited. */
		RP_TRY(rp_amending_want(who, tx, row.id));
	}
	RP_TRY(rp_public_touch(who, tx));
	return rp_amending_event(who, tx, &a, RP_TEXT("amending.open"), before,
	    described(tx, open, until_at, is_public));
}

struct rp_err *
rp_amending_close(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("instrument"),
	    a->instrument_id));
	RP_TRY(q_amending_set(tx, &(struct q_amending_set_param){ .id = a->id,
				      .state = RP_TEXT("closed"),
				      .until_at = a->until_at,
				      .is_public = a->is_public }));
	return rp_amending_event(who, tx, a, RP_TEXT("amending.close"),
	    a->state, RP_TEXT("closed"));
}

/* Amendments. */

static rp_text
name_of(const struct rp_wordings *names, int64_t party_id, rp_text lang)
{
	rp_text t = rp_wording_text(names, party_id, RP_TEXT("short_name"),
	    lang, RP_TEXT("en"));

	return t.n > 0 ? t :
			 rp_wording_text(names, party_id, RP_TEXT("name"), lang,
			     RP_TEXT("en"));
}

static struct rp_party_amendment *
by_id(struct rp_party_amendments *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

static struct rp_err *
add_sponsors(struct rp_tx *tx, int64_t amending_id,
    const struct rp_wordings *names, rp_text lang,
    struct rp_party_amendments *all)
{
	struct q_amendment_sponsor_list_rows rows;

	RP_TRY(q_amendment_sponsor_list(tx,
	    &(struct q_amendment_sponsor_list_param){
		.amending_id = amending_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_party_amendment *m =
		    by_id(all, rows.v[i].amendment_id);
		struct rp_sponsor s = { .party_id = rows.v[i].party_id,
			.state = rows.v[i].state,
			.slug = rows.v[i].slug,
			.country = rows.v[i].country,
			.name = name_of(names, rows.v[i].party_id, lang) };

		if (m != NULL)
			rp_vec_push(rp_tx_arena(tx), &m->sponsors, s);
	}
	return NULL;
}

static struct rp_err *
add_revisions(struct rp_tx *tx, int64_t amending_id,
    struct rp_party_amendments *all)
{
	struct q_amendment_revision_list_rows rows;

	RP_TRY(q_amendment_revision_list(tx,
	    &(struct q_amendment_revision_list_param){
		.amending_id = amending_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_amendment_revision_list_row *r = &rows.v[i];
		struct rp_party_amendment *m = by_id(all, r->amendment_id);
		struct rp_amendment_revision one = { .id = r->id,
			.number = r->number,
			.form = r->form,
			.state = r->state,
			.reason = r->reason,
			.person = r->person,
			.file_name = r->file_name,
			.reasons = r->reasons,
			.submitted_at = r->submitted_at,
			.blob_id = r->blob_id,
			.text_blob_id = r->text_blob_id,
			.script_blob_id = r->script_blob_id,
			.tracked_blob_id = r->tracked_blob_id };

		/* What is not submitted is nobody else's affair. */
		if (m != NULL &&
		    (m->mine || !rp_text_eq(r->state, RP_TEXT("draft"))))
			rp_vec_push(rp_tx_arena(tx), &m->revisions, one);
	}
	return NULL;
}

static void
find_current(struct rp_party_amendment *m)
{
	for (size_t i = 0; i < m->revisions.n; i++) {
		const struct rp_amendment_revision *r = &m->revisions.v[i];

		if (rp_text_eq(r->state, RP_TEXT("read")))
			m->current = r;
		if (rp_text_eq(r->state, RP_TEXT("draft")))
			m->draft = r;
	}
}

static struct rp_err *
add_amendments(struct rp_tx *tx, const struct rp_amending *a,
    const struct rp_wordings *names, rp_text lang,
    struct rp_party_amendments *out)
{
	struct q_amendment_list_rows rows;

	RP_TRY(q_amendment_list(tx,
	    &(struct q_amendment_list_param){ .amending_id = a->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_amendment_list_row *r = &rows.v[i];
		struct rp_party_amendment m = { .id = r->id,
			.number = r->number,
			.party_id = r->party_id,
			.state = r->state,
			.created_at = r->created_at,
			.mine = a->may_register ||
				(a->my_party_id != 0 &&
				    a->my_party_id == r->party_id) };
		struct rp_sponsor first = { .party_id = r->party_id,
			.state = RP_TEXT("submits"),
			.slug = r->slug,
			.country = r->country,
			.name = name_of(names, r->party_id, lang) };

		if (!m.mine && rp_text_eq(m.state, RP_TEXT("draft")))
			continue;
		rp_vec_push(rp_tx_arena(tx), &m.sponsors, first);
		rp_vec_push(rp_tx_arena(tx), out, m);
	}
	return NULL;
}

struct rp_err *
rp_amendment_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text lang, struct rp_party_amendments *out)
{
	struct rp_wordings names;
	struct rp_amending now;

	/* Rights are asked anew: `a` may be anybody's. */
	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &names));
	*out = (struct rp_party_amendments){ 0 };
	RP_TRY(add_amendments(tx, &now, &names, lang, out));
	RP_TRY(add_sponsors(tx, now.id, &names, lang, out));
	RP_TRY(add_revisions(tx, now.id, out));
	for (size_t i = 0; i < out->n; i++)
		find_current(&out->v[i]);
	return NULL;
}

struct rp_err *
rp_amendment_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t number, rp_text lang,
    struct rp_party_amendment *out)
{
	struct rp_party_amendments all;

	RP_TRY(rp_amendment_list(who, tx, a, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no amendment %lld", (long long)number);
}

static bool
stands_behind(const struct rp_party_amendment *m, int64_t party_id)
{
	if (rp_text_eq(m->state, RP_TEXT("withdrawn")))
		return false;
	for (size_t i = 0; i < m->sponsors.n; i++)
		if (m->sponsors.v[i].party_id == party_id &&
		    (rp_text_eq(m->sponsors.v[i].state, RP_TEXT("submits")) ||
			rp_text_eq(m->sponsors.v[i].state, RP_TEXT("joined"))))
			return true;
	return false;
}

/*
 * Drafts of others count: a party that writes one is told before its work is
 * lost that it stands elsewhere.
 */
static struct rp_err *
of_party(struct rp_tx *tx, const struct rp_amending *a, int64_t party_id,
    rp_text lang, struct rp_party_amendment *out)
{
	struct rp_party_amendments all = { 0 };
	struct rp_amending every = *a;
	struct rp_wordings names;

	every.may_register = true;
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &names));
	RP_TRY(add_amendments(tx, &every, &names, lang, &all));
	RP_TRY(add_sponsors(tx, a->id, &names, lang, &all));
	RP_TRY(add_revisions(tx, a->id, &all));
	*out = (struct rp_party_amendment){ 0 };
	for (size_t i = 0; i < all.n; i++) {
		if (!stands_behind(&all.v[i], party_id))
			continue;
		*out = all.v[i];
		find_current(out);
	}
	return NULL;
}

struct rp_err *
rp_amendment_of_party(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id, rp_text lang,
    struct rp_party_amendment *out)
{
	RP_TRY(acts_for(who, tx, a, party_id));
	return of_party(tx, a, party_id, lang, out);
}

struct rp_err *
rp_amending_parties(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, rp_text lang, struct rp_memberships *out)
{
	struct rp_memberships all;
	struct rp_amending now;

	RP_TRY(rp_amending_get(who, tx, a->instrument_id, a->number, &now));
	RP_TRY(
	    rp_membership_list(tx, now.where.group_id, who->now, lang, &all));
	*out = (struct rp_memberships){ 0 };
	for (size_t i = 0; i < all.n; i++)
		if (now.may_register ||
		    (now.my_party_id != 0 &&
			now.my_party_id == all.v[i].party_id))
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	return NULL;
}

/* Submitting. */

enum rp_amendment_problem
rp_amendment_check(const struct rp_amendment_in *in)
{
	if (in->upload_id == 0 && in->n_noc == 0)
		return RP_AMENDMENT_NO_FILE;
	if (in->upload_id != 0 && !rp_text_eq(in->file_kind, FILE_KIND))
		return RP_AMENDMENT_BAD_FILE;
	if (in->size > RP_AMENDMENT_FILE_MAX)
		return RP_AMENDMENT_LARGE_FILE;
	if (rp_text_blank(in->reasons) ||
	    in->reasons.n > RP_AMENDMENT_REASONS_MAX)
		return RP_AMENDMENT_NO_REASONS;
	return in->n_noc > RP_AMENDMENT_NOC_MAX ? RP_AMENDMENT_MANY_NOC :
						  RP_AMENDMENT_FINE;
}

static struct rp_err *
are_not_too_many(struct rp_tx *tx, int64_t amending_id)
{
	struct q_amendment_list_rows rows;
	size_t n = 0;

	RP_TRY(q_amendment_list(tx,
	    &(struct q_amendment_list_param){ .amending_id = amending_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += !rp_text_eq(rows.v[i].state, RP_TEXT("withdrawn"));
	return n < RP_AMENDMENTS_MAX ?
		   NULL :
		   rp_fail(RP_E_LIMIT, "over %d amendments", RP_AMENDMENTS_MAX);
}

/* The party's own amendment, made if there is none. */
static struct rp_err *
own(const struct rp_actor *who, struct rp_tx *tx, const struct rp_amending *a,
    int64_t party_id, struct rp_party_amendment *out)
{
	struct q_amendment_insert_row row;

	RP_TRY(acts_for(who, tx, a, party_id));
	RP_TRY(is_open(who, tx, a));
	RP_TRY(of_party(tx, a, party_id, RP_TEXT("en"), out));
	if (out->id != 0 && out->party_id != party_id)
		return rp_fail(RP_E_CONFLICT,
		    "party %lld stands behind amendment %lld",
		    (long long)party_id, (long long)out->number);
	if (out->revisions.n >= RP_AMENDMENT_REVISIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d revisions",
		    RP_AMENDMENT_REVISIONS_MAX);
	if (out->id != 0)
		return NULL;
	RP_TRY(are_not_too_many(tx, a->id));
	RP_TRY(q_amendment_insert(tx,
	    &(struct q_amendment_insert_param){ .amending_id = a->id,
		.party_id = party_id,
		.state = RP_TEXT("draft"),
		.now = who->now },
	    &row));
	*out = (struct rp_party_amendment){ .id = row.id,
		.number = row.number,
		.party_id = party_id,
		.state = RP_TEXT("draft"),
		.mine = true };
	return NULL;
}

static struct rp_err *
have_read(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t revision_id, int64_t revision_number, rp_text form)
{
	RP_TRY(q_amendment_set_state(tx,
	    &(struct q_amendment_set_state_param){ .id = m->id,
		.state = RP_TEXT("standing") }));
	RP_TRY(
	    q_amendment_task_insert(tx, &(struct q_amendment_task_insert_param){
					    .kind = RP_TEXT("read_amendment"),
					    .ref_id = revision_id,
					    .now = who->now }));
	return rp_amending_event(who, tx, a, RP_TEXT("amendment.submit"),
	    m->revisions.n > 0 ? m->state : RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx),
		"amendment %lld of party %lld, revision %lld (%.*s)",
		(long long)m->number, (long long)m->party_id,
		(long long)revision_number, RP_FMT(form)));
}

static struct rp_err *
keep_file(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amendment_in *in, int64_t *out_blob_id)
{
	struct rp_digest digest;

	*out_blob_id = 0;
	return in->upload_id == 0 ?
		   NULL :
		   rp_upload_keep(who, tx, in->upload_id, out_blob_id, &digest);
}

struct rp_err *
rp_amendment_submit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_amendment_in *in,
    int64_t *out_number)
{
	struct q_amendment_revision_insert_row row;
	struct rp_party_amendment m;
	int64_t blob_id;
	rp_text form = in->upload_id != 0 ? RP_TEXT("file") : RP_TEXT("edits");

	RP_TRY(own(who, tx, a, in->party_id, &m));
	if (rp_amendment_check(in) != RP_AMENDMENT_FINE)
		return rp_fail(RP_E_INVALID, "not an amendment");
	RP_TRY(keep_file(who, tx, in, &blob_id));
	RP_TRY(q_amendment_revision_insert(tx,
	    &(struct q_amendment_revision_insert_param){ .amendment_id = m.id,
		.person_id = who->person_id,
		.form = form,
		.state = RP_TEXT("received"),
		.file_name = rp_text_cut(in->file_name, RP_FILE_NAME_MAX),
		.blob_id = blob_id,
		.reasons = in->reasons,
		.submitted_at = who->now,
		.now = who->now },
	    &row));
	for (size_t i = 0; i < in->n_noc; i++)
		RP_TRY(q_amendment_edit_insert(tx,
		    &(struct q_amendment_edit_insert_param){ .revision_id =
								 row.id,
			.block = in->noc[i],
			.op = RP_TEXT("noc"),
			.body = RP_TEXT(""),
			.reason = RP_TEXT("") }));
	*out_number = m.number;
	return have_read(who, tx, a, &m, row.id, row.number, form);
}

struct rp_err *
rp_amendment_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m)
{
	RP_TRY(acts_for(who, tx, a, m->party_id));
	RP_TRY(is_open(who, tx, a));
	if (rp_text_eq(m->state, RP_TEXT("withdrawn")))
		return rp_fail(RP_E_GONE, "amendment %lld was withdrawn",
		    (long long)m->number);
	RP_TRY(q_amendment_set_state(tx,
	    &(struct q_amendment_set_state_param){ .id = m->id,
		.state = RP_TEXT("withdrawn") }));
	RP_TRY(rp_amending_event(who, tx, a, RP_TEXT("amendment.withdraw"),
	    m->state,
	    rp_textf(rp_tx_arena(tx), "amendment %lld of party %lld",
		(long long)m->number, (long long)m->party_id)));
	return rp_amending_want(who, tx, a->id);
}

/* Editing. */

struct rp_err *
rp_amendment_edit_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amendment_revision *r, struct rp_amendment_edits *out)
{
	struct q_amendment_edit_list_rows rows;

	RP_ASSERT(who != NULL); /* whoever was given the revision */
	RP_TRY(q_amendment_edit_list(tx,
	    &(struct q_amendment_edit_list_param){ .revision_id = r->id },
	    &rows));
	*out = (struct rp_amendment_edits){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_amendment_edit e = { .id = rows.v[i].id,
			.block = rows.v[i].block,
			.op = rows.v[i].op,
			.body = rows.v[i].body,
			.reason = rows.v[i].reason };

		rp_vec_push(rp_tx_arena(tx), out, e);
	}
	return NULL;
}

static struct rp_err *
check_edit(const struct rp_amendment_edit *e)
{
	static const rp_text ops[] = { RP_TEXT_INIT("replace"),
		RP_TEXT_INIT("suppress"), RP_TEXT_INIT("add"),
		RP_TEXT_INIT("noc") };
	bool known = false, has_text = !rp_text_blank(e->body);
	bool needs_text =
	    rp_text_eq(e->op, ops[0]) || rp_text_eq(e->op, ops[2]);

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		known |= rp_text_eq(e->op, ops[i]);
	if (!known || needs_text != has_text || e->block < 0 ||
	    e->block >= RP_AMENDMENT_BLOCK_MAX)
		return rp_fail(RP_E_INVALID, "no edit of provision %lld",
		    (long long)e->block);
	if (e->body.n > RP_AMENDMENT_TEXT_MAX ||
	    e->reason.n > RP_AMENDMENT_REASON_MAX)
		return rp_fail(RP_E_LIMIT, "edit of %zu octets", e->body.n);
	return NULL;
}

/* With this one more. */
static struct rp_err *
check_room(struct rp_tx *tx, int64_t revision_id,
    const struct rp_amendment_edit *e)
{
	struct q_amendment_edit_list_rows rows;
	size_t octets = e->body.n, noc = rp_text_eq(e->op, RP_TEXT("noc"));

	RP_TRY(q_amendment_edit_list(tx,
	    &(struct q_amendment_edit_list_param){ .revision_id = revision_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		octets += rows.v[i].body.n;
		noc += rp_text_eq(rows.v[i].op, RP_TEXT("noc"));
	}
	if (rows.n >= RP_AMENDMENT_EDITS_MAX || noc > RP_AMENDMENT_NOC_MAX ||
	    octets > RP_AMENDMENT_EDITS_OCTETS_MAX)
		return rp_fail(RP_E_LIMIT, "too many edits");
	return NULL;
}

/* The draft of the party's amendment, made if there is none. */
static struct rp_err *
draft_of(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_party_amendment *m, int64_t *out_id)
{
	const struct rp_amendment_revision *last = NULL;
	struct q_amendment_revision_insert_row row;

	if (m->draft != NULL) {
		*out_id = m->draft->id;
		return NULL;
	}
	if (m->revisions.n > 0)
		last = &m->revisions.v[m->revisions.n - 1];
	RP_TRY(q_amendment_revision_insert(tx,
	    &(struct q_amendment_revision_insert_param){ .amendment_id = m->id,
		.person_id = who->person_id,
		.form = RP_TEXT("edits"),
		.state = RP_TEXT("draft"),
		.file_name = RP_TEXT(""),
		.reasons = last != NULL ? last->reasons : RP_TEXT(""),
		.now = who->now },
	    &row));
	*out_id = row.id;
	if (last == NULL || !rp_text_eq(last->form, RP_TEXT("edits")))
		return NULL;
	return q_amendment_edit_copy(tx,
	    &(struct q_amendment_edit_copy_param){ .from_id = last->id,
		.to_id = row.id });
}

struct rp_err *
rp_amendment_edit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id,
    const struct rp_amendment_edit *edit)
{
	struct rp_party_amendment m;
	int64_t revision_id;

	RP_TRY(own(who, tx, a, party_id, &m));
	RP_TRY(check_edit(edit));
	RP_TRY(draft_of(who, tx, &m, &revision_id));
	if (!rp_text_eq(edit->op, RP_TEXT("add")))
		RP_TRY(q_amendment_edit_replace(tx,
		    &(struct q_amendment_edit_replace_param){ .revision_id =
								  revision_id,
			.block = edit->block }));
	RP_TRY(check_room(tx, revision_id, edit));
	return q_amendment_edit_insert(tx,
	    &(struct q_amendment_edit_insert_param){ .revision_id = revision_id,
		.block = edit->block,
		.op = edit->op,
		.body = edit->body,
		.reason = edit->reason });
}

struct rp_err *
rp_amendment_begin_draft(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id)
{
	struct rp_party_amendment m;
	int64_t revision_id;

	RP_TRY(own(who, tx, a, party_id, &m));
	return draft_of(who, tx, &m, &revision_id);
}

struct rp_err *
rp_amendment_edit_drop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id, int64_t edit_id)
{
	struct rp_party_amendment m;
	int64_t revision_id;

	RP_TRY(own(who, tx, a, party_id, &m));
	if (m.draft == NULL)
		return rp_fail(RP_E_NOTFOUND, "no draft");
	RP_TRY(draft_of(who, tx, &m, &revision_id));
	return q_amendment_edit_drop(tx,
	    &(struct q_amendment_edit_drop_param){ .revision_id = revision_id,
		.id = edit_id });
}

struct rp_err *
rp_amendment_submit_draft(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, int64_t party_id, rp_text reasons,
    int64_t *out_number)
{
	struct q_amendment_edit_list_rows rows;
	struct rp_party_amendment m;

	RP_TRY(own(who, tx, a, party_id, &m));
	if (m.draft == NULL)
		return rp_fail(RP_E_NOTFOUND, "no draft");
	RP_TRY(q_amendment_edit_list(tx,
	    &(struct q_amendment_edit_list_param){ .revision_id = m.draft->id },
	    &rows));
	if (rows.n == 0 || rp_text_blank(reasons) ||
	    reasons.n > RP_AMENDMENT_REASONS_MAX)
		return rp_fail(RP_E_INVALID, "no edits, or no reasons");
	RP_TRY(q_amendment_revision_submit(tx,
	    &(struct q_amendment_revision_submit_param){ .id = m.draft->id,
		.person_id = who->person_id,
		.reasons = reasons,
		.now = who->now }));
	*out_number = m.number;
	return have_read(who, tx, a, &m, m.draft->id, m.draft->number,
	    RP_TEXT("edits"));
}

/* Sponsors. */

static struct rp_err *
set_sponsor(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id, rp_text state)
{
	rp_text before = RP_TEXT("");

	for (size_t i = 0; i < m->sponsors.n; i++)
		if (m->sponsors.v[i].party_id == party_id)
			before = m->sponsors.v[i].state;
	RP_TRY(q_amendment_sponsor_set(tx,
	    &(struct q_amendment_sponsor_set_param){ .amendment_id = m->id,
		.party_id = party_id,
		.state = state,
		.now = who->now }));
	RP_TRY(
	    rp_amending_event(who, tx, a, RP_TEXT("amendment.sponsor"), before,
		rp_textf(rp_tx_arena(tx), "amendment %lld, party %lld: %.*s",
		    (long long)m->number, (long long)party_id, RP_FMT(state))));
	/* Being asked, and saying no, changes no text. */
	return rp_text_eq(before, RP_TEXT("joined")) ||
		       rp_text_eq(state, RP_TEXT("joined")) ?
		   rp_amending_want(who, tx, a->id) :
		   NULL;
}

static bool
is_in_state(const struct rp_party_amendment *m, int64_t party_id,
    const char *state)
{
	for (size_t i = 0; i < m->sponsors.n; i++)
		if (m->sponsors.v[i].party_id == party_id &&
		    rp_text_eq(m->sponsors.v[i].state, rp_text_z(state)))
			return true;
	return false;
}

/* It stands behind no other amendment, and this one stands. */
static struct rp_err *
is_free(struct rp_tx *tx, const struct rp_amending *a,
    const struct rp_party_amendment *m, int64_t party_id)
{
	struct rp_party_amendment other;

	if (rp_text_eq(m->state, RP_TEXT("withdrawn")))
		return rp_fail(RP_E_GONE, "amendment %lld was withdrawn",
		    (long long)m->number);
	RP_TRY(of_party(tx, a, party_id, RP_TEXT("en"), &other));
	return other.id == 0 ?
		   NULL :
		   rp_fail(RP_E_CONFLICT,
		       "party %lld stands behind amendment %lld",
		       (long long)party_id, (long long)other.number);
}

struct rp_err *
rp_amendment_ask(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id)
{
	bool member, enters = rp_actor_may(who, RP_MAY_REGISTER, a->where);

	RP_TRY(acts_for(who, tx, a, m->party_id));
	RP_TRY(is_open(who, tx, a));
	RP_TRY(party_is_member(who, tx, a, party_id, &member));
	if (!member)
		return rp_fail(RP_E_INVALID, "party %lld is no member",
		    (long long)party_id);
	RP_TRY(is_free(tx, a, m, party_id));
	if (m->sponsors.n > RP_AMENDMENT_SPONSORS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d sponsors",
		    RP_AMENDMENT_SPONSORS_MAX);
	return set_sponsor(who, tx, a, m, party_id,
	    enters ? RP_TEXT("joined") : RP_TEXT("asked"));
}

struct rp_err *
rp_amendment_join(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id)
{
	RP_TRY(acts_for(who, tx, a, party_id));
	RP_TRY(is_open(who, tx, a));
	if (!is_in_state(m, party_id, "asked"))
		return rp_fail(RP_E_NOTFOUND, "party %lld was not asked",
		    (long long)party_id);
	RP_TRY(is_free(tx, a, m, party_id));
	return set_sponsor(who, tx, a, m, party_id, RP_TEXT("joined"));
}

struct rp_err *
rp_amendment_leave(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_amending *a, const struct rp_party_amendment *m,
    int64_t party_id)
{
	RP_TRY(acts_for(who, tx, a, party_id));
	RP_TRY(is_open(who, tx, a));
	if (!is_in_state(m, party_id, "asked") &&
	    !is_in_state(m, party_id, "joined"))
		return rp_fail(RP_E_NOTFOUND, "party %lld is no sponsor",
		    (long long)party_id);
	return set_sponsor(who, tx, a, m, party_id, RP_TEXT("left"));
}
