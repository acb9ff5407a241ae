/* report_round - comments on a draft, and its endorsement by correspondence. */
#include "base/err.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/report_private.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_report.h"
#include "text/input.h"

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

static struct rp_err *
reads(const struct rp_actor *who, struct rp_tx *tx, const struct rp_report *r,
    bool *out)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), r->group_id, &where));
	*out = rp_actor_may(who, RP_MAY_MEET, where) ||
	       rp_actor_may(who, RP_MAY_READ, where);
	return NULL;
}

static rp_text
name_of(const struct rp_wordings *names, int64_t id, rp_text lang)
{
	rp_text t = rp_wording_text(names, id, RP_TEXT("short_name"), lang,
	    RP_TEXT("en"));

	return t.n > 0 ? t :
			 rp_wording_text(names, id, RP_TEXT("name"), lang,
			     RP_TEXT("en"));
}

struct rp_err *
rp_report_comment_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang, struct rp_report_comments *out)
{
	struct q_report_comments_rows rows;
	struct rp_wordings names;
	bool may;

	*out = (struct rp_report_comments){ 0 };
	RP_TRY(reads(who, tx, r, &may));
	if (!may || r->id == 0)
		return NULL;
	RP_TRY(q_report_comments(tx,
	    &(struct q_report_comments_param){ .report_id = r->id }, &rows));
	if (rows.n == 0)
		return NULL;
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &names));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_report_comments_row *k = &rows.v[i];
		struct rp_report_comment c = { .id = k->id,
			.number = k->number,
			.lang = k->lang,
			.origin = k->origin,
			.party_id = k->party_id,
			.party = name_of(&names, k->party_id, lang),
			.source = k->source,
			.body = k->body,
			.state = k->state,
			.answer = k->answer,
			.at = k->at };

		rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

struct rp_err *
rp_report_comment_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, const struct rp_report_comment *c,
    int64_t *out_id)
{
	struct q_report_comment_count_row count;
	struct q_report_comment_insert_row row;
	bool may;

	RP_TRY(reads(who, tx, r, &may));
	if (!may && !is(r->commenters, "public"))
		return rp_fail(RP_E_NOTFOUND, "no report");
	if (!is(r->state, "comments") || who->now >= r->until_at)
		return rp_fail(RP_E_GONE, "no round is open");
	if (rp_text_blank(c->body) || c->origin.n > RP_REPORT_ORIGIN_MAX ||
	    (r->party_id == 0 && rp_text_blank(c->source)))
		return rp_fail(RP_E_INVALID, "not a comment");
	RP_TRY(q_report_comment_count(tx,
	    &(struct q_report_comment_count_param){ .report_id = r->id },
	    &count));
	if (c->body.n > RP_REPORT_COMMENT_MAX ||
	    c->source.n > RP_REPORT_SOURCE_MAX ||
	    count.n >= RP_REPORT_COMMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "too much of a comment");
	RP_TRY(q_report_comment_insert(tx,
	    &(struct q_report_comment_insert_param){ .report_id = r->id,
		.number = r->versions,
		.lang = c->lang,
		.origin = c->origin,
		.party_id = r->party_id,
		.person_id = who->person_id,
		.source = r->party_id != 0 ? RP_TEXT("") : c->source,
		.body = c->body,
		.now = who->now },
	    &row));
	*out_id = row.id;
	return rp_report_event(who, tx, r, "report.comment", RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)row.id));
}

struct rp_err *
rp_report_comment_answer(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, int64_t id, rp_text state, rp_text answer)
{
	int64_t n;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    r->group_id));
	if (!is(state, "open") && !is(state, "taken") && !is(state, "declined"))
		return rp_fail(RP_E_INVALID, "not a state of a comment");
	if (answer.n > RP_REPORT_WORDS_MAX)
		return rp_fail(RP_E_LIMIT, "answer of %zu octets", answer.n);
	RP_TRY(q_report_comment_answer(tx,
	    &(struct q_report_comment_answer_param){ .report_id = r->id,
		.id = id,
		.state = state,
		.answer = answer },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such comment");
	return rp_report_event(who, tx, r, "report.answer", RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%lld %.*s", (long long)id,
		RP_FMT(state)));
}

static void
take_stance(const struct q_report_endorsements_rows *rows,
    struct rp_report_stance *s)
{
	s->stance = RP_TEXT("silent");
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->v[i].party_id != s->party_id)
			continue;
		s->stance = rows->v[i].stance;
		s->words = rows->v[i].words;
		s->at = rows->v[i].at;
	}
}

struct rp_err *
rp_report_standing(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, rp_text lang, struct rp_report_standing *out)
{
	struct q_report_endorsements_rows rows = { 0 };
	struct rp_memberships all;
	bool may;

	*out = (struct rp_report_standing){ 0 };
	RP_TRY(reads(who, tx, r, &may));
	if (!may)
		return rp_fail(RP_E_NOTFOUND, "no endorsements");
	RP_TRY(q_report_endorsements(tx,
	    &(struct q_report_endorsements_param){ .report_id = r->id },
	    &rows));
	RP_TRY(rp_membership_list(tx, r->group_id, who->now, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_membership *m = &all.v[i];
		struct rp_report_stance s = { .party_id = m->party_id,
			.party =
			    m->short_name.n > 0 ? m->short_name : m->name };

		take_stance(&rows, &s);
		out->endorsed += is(s.stance, "endorsed");
		out->objected += is(s.stance, "objected");
		out->silent += is(s.stance, "silent");
		rp_vec_push(rp_tx_arena(tx), &out->members, s);
	}
	out->is_over = r->silence_at != 0 && who->now >= r->silence_at;
	out->is_endorsed = out->is_over && out->objected == 0;
	return NULL;
}

struct rp_err *
rp_report_endorse(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_report *r, bool objects, rp_text words)
{
	bool may;

	RP_TRY(reads(who, tx, r, &may));
	if (!may)
		return rp_fail(RP_E_NOTFOUND, "no report");
	if (!is(r->state, "comments") || who->now >= r->silence_at)
		return rp_fail(RP_E_GONE, "no round is open");
	if (r->party_id == 0)
		return rp_fail(RP_E_DENIED, "acts for no member");
	if (objects && rp_text_blank(words))
		return rp_fail(RP_E_INVALID, "an objection without reasons");
	if (words.n > RP_REPORT_WORDS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets", words.n);
	RP_TRY(q_report_endorse(tx,
	    &(struct q_report_endorse_param){ .report_id = r->id,
		.party_id = r->party_id,
		.stance = objects ? RP_TEXT("objected") : RP_TEXT("endorsed"),
		.words = words,
		.person_id = who->person_id,
		.now = who->now }));
	return rp_report_event(who, tx, r, "report.endorse", RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%lld %s", (long long)r->party_id,
		objects ? "objected" : "endorsed"));
}
