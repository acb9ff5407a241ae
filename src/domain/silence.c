#include "domain/silence.h"

#include "base/err.h"
#include "domain/proposal_private.h"
#include "store/db.h"
#include "store/q_proposal.h"
#include "text/input.h"
#include "text/zone.h"

#define IS(t, word) rp_text_eq(t, RP_TEXT(word))

/* Objections that were withdrawn stay on record. */
static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, int64_t proposal_id,
    struct rp_silence *out)
{
	struct q_proposal_silence_last_rows rows;

	*out = (struct rp_silence){ 0 };
	RP_TRY(q_proposal_silence_last(tx,
	    &(struct q_proposal_silence_last_param){
		.proposal_id = proposal_id },
	    &rows));
	if (rows.n == 0)
		return NULL;
	out->id = rows.v[0].id;
	out->zone = rows.v[0].zone;
	out->until_local = rows.v[0].until_local;
	out->opens_on = rows.v[0].opens_on;
	out->closes_on = rows.v[0].closes_on;
	out->state = rows.v[0].state;
	out->created_at = rows.v[0].created_at;
	out->ended_at = rows.v[0].ended_at;
	RP_TRY(rp_zone_resolve(who->env->zones, out->until_local, out->zone,
	    &out->until_at));
	out->is_running = IS(out->state, "open") && who->now < out->until_at;
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_objection o = { .party_id = rows.v[i].party_id,
			.at = rows.v[i].at,
			.kind = rows.v[i].kind,
			.reason = rows.v[i].reason,
			.state = rows.v[i].objection };

		if (o.party_id != 0)
			rp_vec_push(rp_tx_arena(tx), &out->objections, o);
	}
	return NULL;
}

struct rp_err *
rp_silence_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m,
    struct rp_silence *out)
{
	RP_ASSERT(p->person_id == who->person_id);
	*out = (struct rp_silence){ 0 };
	return p->is_member ? load(who, tx, m->id, out) : NULL;
}

struct rp_err *
rp_silence_open(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, rp_text zone,
    rp_text until_local, rp_text opens_on, rp_text closes_on)
{
	struct q_proposal_silence_insert_row row;
	struct rp_proposal now;
	struct rp_silence s;
	int64_t at;

	RP_TRY(rp_proposal_leads(who, p));
	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	RP_TRY(load(who, tx, now.id, &s));
	if (!rp_proposal_may_become(&now, RP_TEXT("agreed")) ||
	    IS(now.state, "council") || IS(s.state, "open"))
		return rp_fail(RP_E_CONFLICT, "no silence on %.*s",
		    RP_FMT(now.state));
	RP_TRY(rp_zone_resolve(who->env->zones, until_local, zone, &at));
	if (at <= who->now || !rp_proposal_window_ok(opens_on, closes_on))
		return rp_fail(RP_E_INVALID, "past, or no window");
	RP_TRY(q_proposal_silence_insert(tx,
	    &(struct q_proposal_silence_insert_param){ .proposal_id = now.id,
		.zone = zone,
		.until_local = until_local,
		.opens_on = opens_on,
		.closes_on = closes_on,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	return rp_proposal_event(who, tx, &now, RP_TEXT("proposal.silence"),
	    RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "until %.*s %.*s", RP_FMT(until_local),
		RP_FMT(zone)));
}

/* One that runs, or RP_E_GONE. */
static struct rp_err *
running(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposal *m, struct rp_silence *out)
{
	RP_TRY(load(who, tx, m->id, out));
	return out->is_running ? NULL :
				 rp_fail(RP_E_GONE, "no silence runs on %lld",
				     (long long)m->number);
}

struct rp_err *
rp_silence_stop(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m)
{
	struct rp_silence s;
	int64_t n;

	RP_TRY(rp_proposal_leads(who, p));
	RP_TRY(running(who, tx, m, &s));
	RP_TRY(q_proposal_silence_end(tx,
	    &(struct q_proposal_silence_end_param){ .id = s.id,
		.state = RP_TEXT("stopped"),
		.now = who->now },
	    &n));
	return rp_proposal_event(who, tx, m, RP_TEXT("proposal.silence"),
	    RP_TEXT("open"), RP_TEXT("stopped"));
}

static struct rp_err *
withdraw(struct rp_tx *tx, const struct rp_silence *s, int64_t party_id,
    int64_t *out_n)
{
	return q_proposal_objection_withdraw(tx,
	    &(struct q_proposal_objection_withdraw_param){ .silence_id = s->id,
		.party_id = party_id },
	    out_n);
}

struct rp_err *
rp_silence_object(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, int64_t party_id,
    rp_text kind, rp_text reason)
{
	struct rp_proposal now;
	struct rp_silence s;
	int64_t n;

	RP_TRY(rp_proposal_acts_for(who, tx, p, party_id));
	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	RP_TRY(running(who, tx, &now, &s));
	if (rp_text_blank(reason) || reason.n > RP_PROPOSAL_NOTE_MAX ||
	    (!IS(kind, "objection") && !IS(kind, "reservation")))
		return rp_fail(RP_E_INVALID, "no objection");
	RP_TRY(withdraw(tx, &s, party_id, &n));
	RP_TRY(q_proposal_objection_insert(tx,
	    &(struct q_proposal_objection_insert_param){ .silence_id = s.id,
		.party_id = party_id,
		.kind = kind,
		.reason = reason,
		.person_id = who->person_id,
		.now = who->now }));
	return rp_proposal_event(who, tx, &now, RP_TEXT("proposal.objection"),
	    RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "party %lld: %.*s", (long long)party_id,
		RP_FMT(kind)));
}

struct rp_err *
rp_silence_take_back(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_proposing *p, const struct rp_proposal *m, int64_t party_id)
{
	struct rp_proposal now;
	struct rp_silence s;
	int64_t n;

	RP_TRY(rp_proposal_acts_for(who, tx, p, party_id));
	RP_TRY(rp_proposal_get(who, tx, p, m->number, &now));
	RP_TRY(running(who, tx, &now, &s));
	RP_TRY(withdraw(tx, &s, party_id, &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "party %lld has none",
		    (long long)party_id);
	return rp_proposal_event(who, tx, &now, RP_TEXT("proposal.objection"),
	    rp_textf(rp_tx_arena(tx), "party %lld", (long long)party_id),
	    RP_TEXT("withdrawn"));
}

/* What is over: agreed, or carried over for who objected. */
static struct rp_err *
end(const struct rp_actor *who, struct rp_tx *tx, int64_t proposal_id,
    bool *out_done)
{
	struct rp_proposal m;
	struct rp_silence s;
	bool objected = false;
	int64_t n;

	RP_TRY(rp_proposal_by_id(tx, proposal_id, &m));
	RP_TRY(load(who, tx, proposal_id, &s));
	for (size_t i = 0; i < s.objections.n; i++)
		objected |= IS(s.objections.v[i].kind, "objection") &&
			    IS(s.objections.v[i].state, "standing");
	/* Withdrawn meanwhile, or merged: there is nothing to agree on. */
	if (!rp_proposal_may_become(&m, RP_TEXT("agreed")))
		objected = true;
	RP_TRY(q_proposal_silence_end(tx,
	    &(struct q_proposal_silence_end_param){ .id = s.id,
		.state = objected ? RP_TEXT("objected") : RP_TEXT("agreed"),
		.now = who->now },
	    &n));
	*out_done = n > 0;
	if (n == 0)
		return NULL;
	if (!objected)
		return rp_proposal_agree(who, tx, &m, RP_TEXT(""), s.opens_on,
		    s.closes_on);
	return rp_proposal_may_become(&m, RP_TEXT("carried_over")) ?
		   rp_proposal_move(who, tx, &m, RP_TEXT("carried_over"),
		       RP_TEXT("")) :
		   NULL;
}

struct rp_err *
rp_silence_is_due(const struct rp_actor *who, struct rp_tx *tx, bool *out)
{
	struct q_proposal_silence_open_rows rows;

	RP_ASSERT(who->system);
	RP_TRY(q_proposal_silence_open(tx, &rows));
	*out = false;
	for (size_t i = 0; i < rows.n; i++) {
		int64_t at;

		RP_TRY(rp_zone_resolve(who->env->zones, rows.v[i].until_local,
		    rows.v[i].zone, &at));
		*out |= at <= who->now;
	}
	return NULL;
}

struct rp_err *
rp_silence_settle(const struct rp_actor *who, struct rp_tx *tx, int64_t *out_n)
{
	struct q_proposal_silence_open_rows rows;

	RP_ASSERT(who->system);
	RP_TRY(q_proposal_silence_open(tx, &rows));
	*out_n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		bool done = false;
		int64_t at;

		RP_TRY(rp_zone_resolve(who->env->zones, rows.v[i].until_local,
		    rows.v[i].zone, &at));
		if (at <= who->now)
			RP_TRY(end(who, tx, rows.v[i].proposal_id, &done));
		*out_n += done;
	}
	return NULL;
}
