#include "domain/proposal.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/proposal_private.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_proposal.h"
#include "store/q_search.h"
#include "text/symbol.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

/* Who may do what. */

static struct rp_err *
party_is_member(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t party_id, bool *out)
{
	struct q_proposal_party_may_row row;

	return q_proposal_party_may(tx,
	    &(struct q_proposal_party_may_param){ .party_id = party_id,
		.group_id = p->group_id,
		.now = who->now },
	    &row, out);
}

struct rp_err *
rp_proposing_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_proposing *out)
{
	struct rp_proposing p = { .group_id = group_id,
		.person_id = who->person_id };
	struct q_proposing_find_row row;
	bool found;

	RP_TRY(q_proposing_find(tx,
	    &(struct q_proposing_find_param){ .group_id = group_id,
		.person_id = who->person_id,
		.now = who->now },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no group %lld",
		    (long long)group_id);
	p.where =
	    (struct rp_place){ .body_id = row.body_id, .group_id = group_id };
	p.is_public = row.is_public;
	p.may_meet = rp_actor_may(who, RP_MAY_MEET, p.where);
	p.may_steer = rp_actor_may(who, RP_MAY_STEER, p.where);
	p.may_launch = rp_actor_may(who, RP_MAY_LAUNCH, p.where);
	p.is_member = p.may_meet || p.may_steer ||
		      rp_actor_may(who, RP_MAY_READ, p.where) ||
		      rp_actor_may(who, RP_MAY_PROPOSE, p.where);
	if (rp_actor_may(who, RP_MAY_PROPOSE, p.where))
		p.my_party_id = row.party_id;
	*out = p;
	return NULL;
}

static struct rp_err *
own_party(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t *out)
{
	struct rp_proposing now;

	RP_TRY(rp_proposing_get(who, tx, p->group_id, &now));
	*out = now.my_party_id;
	return NULL;
}

struct rp_err *
rp_proposing_rule(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, bool is_public)
{
	RP_TRY(rp_actor_needs(who, RP_MAY_MEET, p->where));
	RP_TRY(q_proposal_rule_set(tx,
	    &(struct q_proposal_rule_set_param){ .group_id = p->group_id,
		.is_public = is_public }));
	RP_TRY(q_search_topics_task(tx,
	    &(struct q_search_topics_task_param){ .group_id = p->group_id,
		.now = who->now }));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("proposal.rule"),
		.object_kind = RP_TEXT("group"),
		.object_id = p->group_id,
		.group_id = p->group_id,
		.after =
		    is_public ? RP_TEXT("everybody") : RP_TEXT("members") });
}

struct rp_err *
rp_proposal_acts_for(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t party_id)
{
	int64_t mine;
	bool member;

	if (!rp_actor_may(who, RP_MAY_MEET, p->where)) {
		RP_TRY(rp_actor_needs(who, RP_MAY_PROPOSE, p->where));
		RP_TRY(own_party(who, tx, p, &mine));
		if (mine == 0 || mine != party_id)
			return rp_fail(RP_E_DENIED,
			    "person %lld does not act for party %lld",
			    (long long)who->person_id, (long long)party_id);
	}
	RP_TRY(party_is_member(who, tx, p, party_id, &member));
	return member ?
		   NULL :
		   rp_fail(RP_E_INVALID, "party %lld is no member of the group",
		       (long long)party_id);
}

struct rp_err *
rp_proposal_leads(const struct rp_actor *who, const struct rp_proposing *p)
{
	if (rp_actor_may(who, RP_MAY_STEER, p->where))
		return NULL;
	return rp_actor_needs(who, RP_MAY_MEET, p->where);
}

static bool
is_member(const struct rp_actor *who, const struct rp_proposing *p)
{
	return rp_actor_may(who, RP_MAY_READ, p->where) ||
	       rp_actor_may(who, RP_MAY_PROPOSE, p->where) ||
	       rp_actor_may(who, RP_MAY_MEET, p->where) ||
	       rp_actor_may(who, RP_MAY_STEER, p->where);
}

/* `p` is what rp_proposing_get() gave to `who`, and nobody else. */
static bool
sees(const struct rp_actor *who, const struct rp_proposing *p,
    const struct q_proposal_list_row *r)
{
	RP_ASSERT(p->person_id == who->person_id);
	if (who->system)
		return true;
	if (IS(r->state, "draft"))
		return who->person_id != 0 &&
		       (r->person_id == who->person_id ||
			   (p->my_party_id != 0 &&
			       p->my_party_id == r->party_id));
	if (IS(r->state, "agreed") || is_member(who, p))
		return true;
	return p->is_public && !IS(r->state, "merging");
}

/* Reading. */

static struct rp_proposal
proposal_of(const struct q_proposal_list_row *r)
{
	struct rp_proposal m = { .id = r->id,
		.group_id = r->group_id,
		.number = r->number,
		.party_id = r->party_id,
		.changed_at = r->changed_at,
		.topic_id = r->topic_id,
		.state = r->state,
		.shown = r->state,
		.opens_on = r->opens_on,
		.closes_on = r->closes_on,
		.text = { .id = r->revision_id,
		    .number = r->revision,
		    .lang = r->lang,
		    .title = r->title,
		    .rationale = r->rationale,
		    .issue = r->issue,
		    .format = r->format,
		    .document_id = r->document_id } };

	if (IS(r->state, "agreed") && r->launched > 0)
		m.shown =
		    r->unclosed > 0 ? RP_TEXT("launched") : RP_TEXT("closed");
	return m;
}

static struct rp_proposal *
by_id(struct rp_proposals *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

/* Rows are in the order of revisions. */
static size_t
first_of(const struct q_proposal_question_of_group_rows *rows,
    int64_t revision_id)
{
	size_t low = 0, high = rows->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rows->v[mid].revision_id < revision_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct rp_err *
add_questions(struct rp_tx *tx, int64_t group_id, struct rp_proposals *all)
{
	struct q_proposal_question_of_group_rows rows;

	RP_TRY(q_proposal_question_of_group(tx,
	    &(struct q_proposal_question_of_group_param){
		.group_id = group_id },
	    &rows));
	for (size_t k = 0; k < all->n; k++) {
		struct rp_proposal_text *t = &all->v[k].text;

		for (size_t i = first_of(&rows, t->id);
		     i < rows.n && rows.v[i].revision_id == t->id; i++) {
			struct rp_proposal_question q = { .id = rows.v[i].id,
				.body = rows.v[i].body };

			rp_vec_push(rp_tx_arena(tx), &t->questions, q);
		}
	}
	return NULL;
}

/* All have agreed: they went into it. */
static void
find_merged(const struct rp_proposal *m, struct rp_proposals *all)
{
	for (size_t i = 0; i < m->parents.n; i++)
		if (!IS(m->parents.v[i].state, "agreed"))
			return;
	for (size_t i = 0; i < m->parents.n; i++)
		by_id(all, m->parents.v[i].id)->merged_into = m->number;
}

/* A parent that is seen no more to `who` is not there for him either. */
static void
add_parents(struct rp_arena *a, const struct q_proposal_list_rows *rows,
    struct rp_proposals *all)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_proposal_list_row *r = &rows->v[i];
		struct rp_proposal *m = by_id(all, r->id);
		struct rp_proposal *from = by_id(all, r->parent_id);
		struct rp_proposal_parent one = { .id = r->parent_id,
			.revision_id = r->parent_revision_id,
			.changed_at = r->parent_changed_at,
			.state = r->parent_state,
			.reason = r->parent_reason };

		if (m == NULL || from == NULL)
			continue;
		one.number = from->number;
		one.party_id = from->party_id;
		one.title = from->text.title;
		rp_vec_push(a, &m->parents, one);
	}
	for (size_t i = 0; i < all->n; i++)
		find_merged(&all->v[i], all);
}

/* One row for each parent; one at least. */
static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_proposing *p,
    struct rp_proposals *out)
{
	struct q_proposal_list_rows rows;

	RP_TRY(q_proposal_list(tx,
	    &(struct q_proposal_list_param){ .group_id = p->group_id }, &rows));
	*out = (struct rp_proposals){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_proposal m = proposal_of(&rows.v[i]);

		if ((i > 0 && rows.v[i - 1].id == m.id) ||
		    !sees(who, p, &rows.v[i]))
			continue;
		m.mine = rp_actor_may(who, RP_MAY_MEET, p->where) ||
			 (p->my_party_id != 0 && p->my_party_id == m.party_id);
		rp_vec_push(rp_tx_arena(tx), out, m);
	}
	add_parents(rp_tx_arena(tx), &rows, out);
	return NULL;
}

struct rp_err *
rp_proposal_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_proposals *out)
{
	RP_TRY(load(who, tx, p, out));
	return out->n > 0 ? add_questions(tx, p->group_id, out) : NULL;
}

struct rp_err *
rp_proposal_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t number, struct rp_proposal *out)
{
	struct rp_proposals all;

	RP_TRY(load(who, tx, p, &all));
	for (size_t i = 0; i < all.n && number > 0; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no proposal %lld", (long long)number);
}

struct rp_err *
rp_proposal_draft(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, int64_t id, struct rp_proposal *out)
{
	struct rp_proposals all;
	struct rp_proposal *m;

	RP_TRY(load(who, tx, p, &all));
	m = by_id(&all, id);
	if (m == NULL || m->number != 0)
		return rp_fail(RP_E_NOTFOUND, "no draft %lld", (long long)id);
	*out = *m;
	return NULL;
}

struct rp_err *
rp_proposal_by_id(struct rp_tx *tx, int64_t id, struct rp_proposal *out)
{
	struct rp_actor every = rp_actor_system(NULL, 0);
	struct rp_proposing p = { 0 };
	struct q_proposal_where_row row;
	struct rp_proposals all;
	struct rp_proposal *m;
	bool found;

	RP_TRY(q_proposal_where(tx,
	    &(struct q_proposal_where_param){ .id = id }, &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no proposal %lld",
		    (long long)id);
	p.group_id = row.group_id;
	RP_TRY(load(&every, tx, &p, &all));
	m = by_id(&all, id);
	RP_ASSERT(m != NULL);
	*out = *m;
	return NULL;
}

/* History. */

static void
add_past(struct rp_tx *tx, const struct q_proposal_past_list_row *r,
    struct rp_proposal_history *out)
{
	struct rp_proposal_step step = { r->title, r->issue, r->rationale,
		r->at };
	struct rp_proposal_text text = { .id = r->id,
		.number = r->number,
		.created_at = r->at,
		.document_id = r->document_id,
		.person = r->person,
		.lang = r->lang,
		.title = r->title,
		.rationale = r->rationale,
		.issue = r->issue,
		.format = r->format };

	if (r->is_step)
		rp_vec_push(rp_tx_arena(tx), &out->steps, step);
	else
		rp_vec_push(rp_tx_arena(tx), &out->revisions, text);
}

static struct rp_proposal_text *
text_by_id(struct rp_proposal_texts *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return &all->v[i];
	return NULL;
}

/* Rows of one question follow each other. */
static void
add_part(struct rp_tx *tx, const struct q_proposal_part_list_row *r,
    struct rp_proposal_text *t)
{
	struct rp_proposal_origin from = { r->origin_id, r->number,
		r->origin_position };
	struct rp_proposal_question q = { .id = r->id, .body = r->body };

	if (r->id == 0) {
		rp_vec_push(rp_tx_arena(tx), &t->instruments, r->origin_id);
		return;
	}
	if (t->questions.n == 0 ||
	    t->questions.v[t->questions.n - 1].id != r->id)
		rp_vec_push(rp_tx_arena(tx), &t->questions, q);
	if (r->origin_id != 0)
		rp_vec_push(rp_tx_arena(tx),
		    &t->questions.v[t->questions.n - 1].origins, from);
}

static struct rp_err *
load_history(struct rp_tx *tx, int64_t proposal_id,
    struct rp_proposal_history *out)
{
	struct q_proposal_past_list_rows rows;
	struct q_proposal_part_list_rows parts;

	*out = (struct rp_proposal_history){ 0 };
	RP_TRY(q_proposal_past_list(tx,
	    &(struct q_proposal_past_list_param){ .proposal_id = proposal_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		add_past(tx, &rows.v[i], out);
	RP_TRY(q_proposal_part_list(tx,
	    &(struct q_proposal_part_list_param){ .proposal_id = proposal_id },
	    &parts));
	for (size_t i = 0; i < parts.n; i++)
		add_part(tx, &parts.v[i],
		    text_by_id(&out->revisions, parts.v[i].revision_id));
	return NULL;
}

/* Everybody sees an agreed topic, and its members how it came about. */
struct rp_err *
rp_proposal_history(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_proposal_history *out)
{
	struct rp_proposal_texts last = { 0 };

	/* Whoever was given `m` sees its texts, as it is now. */
	RP_TRY(load_history(tx, m->id, out));
	if (is_member(who, p) || p->is_public)
		return NULL;
	if (out->revisions.n > 0)
		rp_vec_push(rp_tx_arena(tx), &last,
		    out->revisions.v[out->revisions.n - 1]);
	out->revisions = last;
	out->steps = (struct rp_proposal_steps){ 0 };
	return NULL;
}

struct rp_err *
rp_proposal_documents(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, struct rp_proposal_documents *out)
{
	struct q_proposal_document_list_rows rows;

	*out = (struct rp_proposal_documents){ 0 };
	if (!is_member(who, p))
		return NULL;
	RP_TRY(q_proposal_document_list(tx,
	    &(struct q_proposal_document_list_param){ .group_id = p->group_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_symbol s = { .series = rows.v[i].series,
			.session = (uint32_t)rows.v[i].ordinal,
			.kind = RP_TEXT(""),
			.number = (uint32_t)rows.v[i].number };
		struct rp_proposal_document d = { rows.v[i].id,
			rp_symbol_print(rp_tx_arena(tx), &s) };

		rp_vec_push(rp_tx_arena(tx), out, d);
	}
	return NULL;
}

struct rp_err *
rp_proposal_names(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_wordings *out)
{
	RP_ASSERT(who != NULL); /* names of parties are public */
	return rp_wording_load_kind(tx, RP_TEXT("party"), out);
}

rp_text
rp_proposal_name(const struct rp_wordings *names, int64_t party_id,
    rp_text lang)
{
	rp_text t = rp_wording_text(names, party_id, RP_TEXT("short_name"),
	    lang, RP_TEXT("en"));

	return t.n > 0 ? t :
			 rp_wording_text(names, party_id, RP_TEXT("name"), lang,
			     RP_TEXT("en"));
}

/* Positions. */

static void
count(struct rp_proposal_positions *all, struct rp_proposal_counts *c)
{
	*c = (struct rp_proposal_counts){ 0 };
	for (size_t i = 0; i < all->n; i++) {
		struct rp_proposal_position *x = &all->v[i];

		x->holds = true;
		for (size_t k = i + 1; k < all->n; k++)
			x->holds &= all->v[k].party_id != x->party_id;
		c->for_it += x->holds && IS(x->stance, "for");
		c->against += x->holds && IS(x->stance, "against");
		c->neutral += x->holds && IS(x->stance, "neutral");
	}
}

struct rp_err *
rp_proposal_log(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_proposal_positions *out, struct rp_proposal_counts *out_counts)
{
	struct rp_proposal_positions all = { 0 };
	struct q_proposal_position_list_rows rows;
	bool all_seen = rp_actor_may(who, RP_MAY_STEER, p->where);
	int64_t mine = p->my_party_id;

	RP_ASSERT(p->person_id == who->person_id);
	*out = (struct rp_proposal_positions){ 0 };
	*out_counts = (struct rp_proposal_counts){ 0 };
	if (!all_seen && mine == 0 && !rp_actor_may(who, RP_MAY_MEET, p->where))
		return NULL;
	RP_TRY(q_proposal_position_list(tx,
	    &(struct q_proposal_position_list_param){ .proposal_id = m->id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_proposal_position x = { .party_id =
						      rows.v[i].party_id,
			.at = rows.v[i].at,
			.stance = rows.v[i].stance,
			.words = rows.v[i].words,
			.person = rows.v[i].person,
			.is_own = rows.v[i].entered_by == rows.v[i].party_id };

		rp_vec_push(rp_tx_arena(tx), &all, x);
	}
	count(&all, out_counts);
	for (size_t i = 0; i < all.n; i++)
		if (all_seen ||
		    (mine != 0 && all.v[i].party_id == mine && all.v[i].is_own))
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	if (!all_seen && !rp_actor_may(who, RP_MAY_MEET, p->where))
		*out_counts = (struct rp_proposal_counts){ 0 };
	return NULL;
}

struct rp_err *
rp_proposal_take(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, int64_t party_id,
    rp_text stance, rp_text words)
{
	bool member;
	int64_t mine;

	if (!rp_actor_may(who, RP_MAY_STEER, p->where)) {
		RP_TRY(rp_actor_needs(who, RP_MAY_PROPOSE, p->where));
		RP_TRY(own_party(who, tx, p, &mine));
		if (mine == 0 || mine != party_id)
			return rp_fail(RP_E_DENIED, "not its own position");
	}
	RP_TRY(party_is_member(who, tx, p, party_id, &member));
	if (!member || words.n > RP_PROPOSAL_NOTE_MAX ||
	    (!IS(stance, "for") && !IS(stance, "against") &&
		!IS(stance, "neutral")))
		return rp_fail(RP_E_INVALID, "no position");
	if (m->number == 0 || m->topic_id != 0)
		return rp_fail(RP_E_GONE, "a draft, or agreed");
	RP_TRY(q_proposal_position_insert(tx,
	    &(struct q_proposal_position_insert_param){ .proposal_id = m->id,
		.party_id = party_id,
		.stance = stance,
		.words = words,
		.person_id = who->person_id,
		.now = who->now }));
	/* Who is for what is not for the audit trail's readers. */
	return rp_proposal_event(who, tx, m, RP_TEXT("proposal.position"),
	    RP_TEXT(""), RP_TEXT("a position was entered"));
}
