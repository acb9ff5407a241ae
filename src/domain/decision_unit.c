/* Acts on passages and answers: see decision.h. */
#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/theme_private.h"
#include "store/db.h"

static bool
starts_char(rp_text t, int64_t at)
{
	return (size_t)at == t.n || ((unsigned char)t.p[at] & 0xc0) != 0x80;
}

/* The answer that a span lies in, and whether it is whole characters of it. */
static struct rp_err *
answer_of(struct rp_tx *tx, const struct rp_codebook *b, struct rp_span span,
    struct q_theme_answer_row *out)
{
	bool found;

	RP_TRY(q_theme_answer(tx,
	    &(struct q_theme_answer_param){ .codebook_id = b->id,
		.answer_id = span.answer_id },
	    out, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no answer %lld",
		    (long long)span.answer_id);
	if (span.from < 0 || span.from >= span.to ||
	    span.to > (int64_t)out->body.n ||
	    !starts_char(out->body, span.from) ||
	    !starts_char(out->body, span.to))
		return rp_fail(RP_E_INVALID, "no place of the answer");
	return NULL;
}

/* That the answer was read as a whole holds no more. */
static struct rp_err *
end_reading(const struct rp_theme_act *d, int64_t response_id)
{
	struct q_person_reading_find_row row;
	bool found;

	RP_TRY(q_person_reading_find(d->tx,
	    &(struct q_person_reading_find_param){ .codebook_id = d->b.id,
		.response_id = response_id },
	    &row, &found));
	return found ? rp_act_stand(d, "reading", row.id, false, false) : NULL;
}

static struct rp_err *
end_codings(const struct rp_theme_act *d, struct rp_span span, int64_t keep_id,
    bool all)
{
	struct q_coding_of_span_rows rows;

	RP_TRY(q_coding_of_span(d->tx,
	    &(struct q_coding_of_span_param){ .codebook_id = d->b.id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		/* "Of no theme" does not stand beside a theme. */
		if (!all && rows.v[i].theme_id != 0 &&
		    rows.v[i].theme_id != keep_id)
			continue;
		RP_TRY(rp_act_stand(d, "coding", rows.v[i].id, false, false));
	}
	return NULL;
}

struct rp_err *
rp_act_code(const struct rp_theme_act *d, struct rp_span span,
    int64_t response_id, int64_t theme_id, bool add)
{
	struct q_coding_insert_row row;

	RP_TRY(end_codings(d, span, theme_id, !add || theme_id == 0));
	RP_TRY(end_reading(d, response_id));
	RP_TRY(q_coding_insert(d->tx,
	    &(struct q_coding_insert_param){ .codebook_id = d->b.id,
		.response_id = response_id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to,
		.theme_id = theme_id,
		.person_id = d->who->person_id,
		.now = d->who->now },
	    &row));
	return rp_act_stand(d, "coding", row.id, true, true);
}

struct rp_err *
rp_act_copies(const struct rp_theme_act *d, const struct rp_coding_act *act,
    int64_t *n)
{
	struct q_theme_copies_rows rows;

	RP_TRY(q_theme_copies(d->tx,
	    &(struct q_theme_copies_param){ .codebook_id = d->b.id,
		.answer_id = act->span.answer_id,
		.from_byte = act->span.from,
		.to_byte = act->span.to },
	    &rows));
	for (size_t i = 0; i < rows.n && *n < RP_DECISION_COPIES; i++) {
		struct rp_span s = { rows.v[i].answer_id, rows.v[i].from_byte,
			rows.v[i].to_byte };

		if (s.answer_id == act->span.answer_id &&
		    s.from == act->span.from)
			continue;
		RP_TRY(rp_act_code(d, s, rows.v[i].response_id, act->theme_id,
		    act->add));
		++*n;
	}
	return NULL;
}

struct rp_err *
rp_coding_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, const struct rp_coding_act *act)
{
	struct q_theme_answer_row answer;
	struct q_theme_get_row theme;
	struct rp_theme_act d;
	int64_t n = 1;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(answer_of(tx, b, act->span, &answer));
	if (act->theme_id != 0)
		RP_TRY(rp_act_standing(tx, b, act->theme_id, &theme));
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "code",
		.theme_id = act->theme_id,
		.response_id = answer.response_id,
		.n = 1,
		.reason = act->reason },
	    &d));
	RP_TRY(rp_act_code(&d, act->span, answer.response_id, act->theme_id,
	    act->add));
	if (act->copies)
		RP_TRY(rp_act_copies(&d, act, &n));
	return n == 1 ? NULL :
			q_decision_set_n(tx,
			    &(struct q_decision_set_n_param){ d.id, n });
}

struct rp_err *
rp_coding_clear(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_span span, rp_text reason)
{
	struct q_theme_answer_row answer;
	struct rp_theme_act d;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(answer_of(tx, b, span, &answer));
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "clear",
		.response_id = answer.response_id,
		.n = 1,
		.reason = reason },
	    &d));
	return end_codings(&d, span, 0, true);
}

struct rp_err *
rp_reading_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t response_id, enum rp_reading state,
    rp_text reason)
{
	struct q_person_reading_insert_row row;
	struct rp_theme_answer answer;
	struct rp_theme_act d;

	RP_TRY(rp_theme_answer_load(who, tx, b, response_id, &answer));
	if (state != RP_READING_NO_THEME && state != RP_READING_EMPTY)
		return rp_fail(RP_E_INVALID, "no state of a reading");
	if (answer.is_withheld)
		return rp_fail(RP_E_CONFLICT, "withheld");
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "read",
		.response_id = response_id,
		.n = 1,
		.reason = reason },
	    &d));
	/* Read as a whole, it has no theme: a person's own words end too. */
	for (size_t i = 0; i < answer.passages.n; i++) {
		const struct rp_theme_passage *p = &answer.passages.v[i];

		if (rp_text_eq(p->by, RP_TEXT("person")))
			RP_TRY(end_codings(&d,
			    (struct rp_span){ p->answer_id, p->from, p->to }, 0,
			    true));
	}
	RP_TRY(end_reading(&d, response_id));
	RP_TRY(q_person_reading_insert(tx,
	    &(struct q_person_reading_insert_param){ .codebook_id = b->id,
		.response_id = response_id,
		.state = rp_reading_name(state),
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	return rp_act_stand(&d, "reading", row.id, true, true);
}

struct rp_err *
rp_passage_mark(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_span span, rp_text kind,
    rp_text reason)
{
	struct q_passage_insert_row row;
	struct q_theme_answer_row answer;
	struct rp_theme_act d;

	RP_TRY(rp_codebook_needs(who, b));
	if (!rp_text_eq(kind, RP_TEXT("practice")) &&
	    !rp_text_eq(kind, RP_TEXT("challenge")))
		return rp_fail(RP_E_INVALID, "neither practice nor challenge");
	RP_TRY(answer_of(tx, b, span, &answer));
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "mark",
		.response_id = answer.response_id,
		.n = 1,
		.reason = reason },
	    &d));
	RP_TRY(q_passage_insert(tx,
	    &(struct q_passage_insert_param){ .codebook_id = b->id,
		.response_id = answer.response_id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to,
		.kind = kind,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	return rp_act_stand(&d, "passage", row.id, true, true);
}

struct rp_err *
rp_theme_quote(const struct rp_actor *who, struct rp_tx *tx, int64_t theme_id,
    struct rp_span span)
{
	struct q_theme_quote_insert_row row;
	struct q_theme_quote_find_row there;
	struct q_theme_answer_row answer;
	struct q_theme_get_row theme;
	struct rp_theme_act d;
	struct rp_codebook b;
	bool found;

	RP_TRY(rp_codebook_of_theme(who, tx, theme_id, &b));
	RP_TRY(rp_act_standing(tx, &b, theme_id, &theme));
	RP_TRY(answer_of(tx, &b, span, &answer));
	if (!answer.is_public)
		return rp_fail(RP_E_CONFLICT, "not public");
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = "quote",
		.theme_id = theme_id,
		.response_id = answer.response_id,
		.n = 1,
		.reason = RP_TEXT("") },
	    &d));
	RP_TRY(q_theme_quote_find(tx,
	    &(struct q_theme_quote_find_param){ .theme_id = theme_id,
		.answer_id = span.answer_id,
		.from_byte = span.from },
	    &there, &found));
	if (found)
		return rp_act_stand(&d, "quote", there.id, false, false);
	RP_TRY(q_theme_quote_insert(tx,
	    &(struct q_theme_quote_insert_param){ .theme_id = theme_id,
		.response_id = answer.response_id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to },
	    &row));
	return rp_act_stand(&d, "quote", row.id, true, true);
}
