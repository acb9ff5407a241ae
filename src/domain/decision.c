#include "domain/decision.h"

#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/event.h"
#include "domain/recoding.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_attachment.h"
#include "store/q_recoding.h"
#include "store/q_wording.h"

struct rp_err *
rp_act_begin(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, const struct rp_act_about *about,
    struct rp_theme_act *out)
{
	struct q_decision_insert_row row;

	RP_TRY(rp_codebook_needs(who, b));
	if (b->id == 0)
		return rp_fail(RP_E_NOTFOUND, "no codebook");
	if (about->reason.n > RP_DECISION_REASON_MAX)
		return rp_fail(RP_E_LIMIT, "reason of %zu octets",
		    about->reason.n);
	RP_TRY(q_decision_insert(tx,
	    &(struct q_decision_insert_param){ .codebook_id = b->id,
		.now = who->now,
		.person_id = who->person_id,
		.kind = rp_text_z(about->kind),
		.theme_id = about->theme_id,
		.other_id = about->other_id,
		.response_id = about->response_id,
		.n = about->n,
		.reason = about->reason,
		.undoes_id = about->undoes },
	    &row));
	*out = (struct rp_theme_act){ who, tx, *b, row.id };
	return rp_event_write(who, tx,
	    &(struct rp_act){
		.action = rp_textf(rp_tx_arena(tx), "theme.%s", about->kind),
		.object_kind = RP_TEXT("question"),
		.object_id = b->question_id,
		.group_id = b->where.group_id,
		.after = rp_textf(rp_tx_arena(tx),
		    "decision %lld: theme %lld, other %lld, response %lld. "
		    "%.*s",
		    (long long)row.id, (long long)about->theme_id,
		    (long long)about->other_id, (long long)about->response_id,
		    RP_FMT(about->reason)) });
}

static struct rp_err *
keep(const struct rp_theme_act *d, const char *kind, int64_t row_id,
    rp_text field, rp_text lang, rp_text was, rp_text now)
{
	return q_decision_change_insert(d->tx,
	    &(struct q_decision_change_insert_param){ .decision_id = d->id,
		.kind = rp_text_z(kind),
		.row_id = row_id,
		.field = field,
		.lang = lang,
		.was = was,
		.now = now });
}

static struct rp_err *
keep_row(const struct rp_theme_act *d, const char *kind, int64_t row_id,
    rp_text was, rp_text now)
{
	return keep(d, kind, row_id, RP_TEXT(""), RP_TEXT(""), was, now);
}

/* A theme in a line: "confirmed 12 0". */
static rp_text
line_of(struct rp_arena *a, rp_text state, int64_t parent_id,
    int64_t merged_into)
{
	return rp_textf(a, "%.*s %lld %lld", RP_FMT(state),
	    (long long)parent_id, (long long)merged_into);
}

static bool
line_read(rp_text line, struct rp_theme_to *out)
{
	size_t one = rp_text_find(line, ' ', 0);
	size_t two = rp_text_find(line, ' ', one + 1);

	if (two >= line.n)
		return false;
	out->state = rp_text_sub(line, 0, one);
	return rp_text_i64(rp_text_sub(line, one + 1, two), &out->parent_id) &&
	       rp_text_i64(rp_text_sub(line, two + 1, line.n),
		   &out->merged_into);
}

static struct rp_err *
row_of(struct rp_tx *tx, const struct rp_codebook *b, int64_t theme_id,
    struct q_theme_get_row *out)
{
	bool found;

	RP_TRY(q_theme_get(tx, &(struct q_theme_get_param){ .id = theme_id },
	    out, &found));
	if (!found || out->codebook_id != b->id)
		return rp_fail(RP_E_NOTFOUND, "no theme %lld here",
		    (long long)theme_id);
	return NULL;
}

struct rp_err *
rp_act_standing(struct rp_tx *tx, const struct rp_codebook *b, int64_t theme_id,
    struct q_theme_get_row *out)
{
	RP_TRY(row_of(tx, b, theme_id, out));
	if (!rp_theme_stands(out->state))
		return rp_fail(RP_E_CONFLICT, "theme %lld is %.*s",
		    (long long)theme_id, RP_FMT(out->state));
	return NULL;
}

struct rp_err *
rp_act_theme(const struct rp_theme_act *d, int64_t theme_id,
    const struct rp_theme_to *to)
{
	struct rp_arena *a = rp_tx_arena(d->tx);
	struct q_theme_get_row row;

	RP_TRY(row_of(d->tx, &d->b, theme_id, &row));
	RP_TRY(q_theme_set(d->tx, &(struct q_theme_set_param){ .id = theme_id,
				      .state = to->state,
				      .parent_id = to->parent_id,
				      .merged_into = to->merged_into }));
	return keep_row(d, "theme", theme_id,
	    line_of(a, row.state, row.parent_id, row.merged_into),
	    line_of(a, to->state, to->parent_id, to->merged_into));
}

struct rp_err *
rp_act_new_theme(const struct rp_theme_act *d, const struct rp_theme_to *to,
    rp_text made_by, rp_text label, rp_text label_lang, int64_t *out_id)
{
	struct q_theme_insert_row row;
	struct q_theme_count_row n;

	RP_TRY(q_theme_count(d->tx,
	    &(struct q_theme_count_param){ .codebook_id = d->b.id }, &n));
	if (n.n >= RP_THEMES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d themes", RP_THEMES_MAX);
	RP_TRY(q_theme_insert(d->tx,
	    &(struct q_theme_insert_param){ .codebook_id = d->b.id,
		.parent_id = to->parent_id,
		.state = to->state,
		.made_by = made_by,
		.label = label,
		.label_lang = label_lang,
		.now = d->who->now },
	    &row));
	*out_id = row.id;
	/* Undone, it has ended as if retired: rows are never deleted. */
	return keep_row(d, "theme", row.id,
	    line_of(rp_tx_arena(d->tx), RP_TEXT("retired"), to->parent_id, 0),
	    line_of(rp_tx_arena(d->tx), to->state, to->parent_id, 0));
}

static struct rp_err *
set_standing(struct rp_tx *tx, rp_text kind, int64_t id, bool standing)
{
	if (rp_text_eq(kind, RP_TEXT("coding")))
		return q_coding_set(tx,
		    &(struct q_coding_set_param){ id, standing });
	if (rp_text_eq(kind, RP_TEXT("reading")))
		return q_person_reading_set(tx,
		    &(struct q_person_reading_set_param){ id, standing });
	if (rp_text_eq(kind, RP_TEXT("quote")))
		return q_theme_quote_set(tx,
		    &(struct q_theme_quote_set_param){ id, standing });
	if (rp_text_eq(kind, RP_TEXT("settled")))
		return q_recoding_unit_set(tx,
		    &(struct q_recoding_unit_set_param){ id, standing });
	if (rp_text_eq(kind, RP_TEXT("attached")))
		return q_attached_text_set(tx,
		    &(struct q_attached_text_set_param){ id, standing });
	RP_ASSERT(rp_text_eq(kind, RP_TEXT("passage")));
	return q_passage_set(tx, &(struct q_passage_set_param){ id, standing });
}

static struct rp_err *
get_standing(struct rp_tx *tx, rp_text kind, int64_t id, bool *out)
{
	struct q_person_reading_get_row reading;
	struct q_theme_quote_get_row quote;
	struct q_recoding_unit_get_row unit;
	struct q_attached_text_get_row attached;
	struct q_passage_get_row passage;
	struct q_coding_get_row coding;

	if (rp_text_eq(kind, RP_TEXT("coding"))) {
		RP_TRY(q_coding_get(tx, &(struct q_coding_get_param){ id },
		    &coding));
		*out = coding.is_standing;
	} else if (rp_text_eq(kind, RP_TEXT("reading"))) {
		RP_TRY(q_person_reading_get(tx,
		    &(struct q_person_reading_get_param){ id }, &reading));
		*out = reading.is_standing;
	} else if (rp_text_eq(kind, RP_TEXT("quote"))) {
		RP_TRY(q_theme_quote_get(tx,
		    &(struct q_theme_quote_get_param){ id }, &quote));
		*out = quote.is_standing;
	} else if (rp_text_eq(kind, RP_TEXT("settled"))) {
		RP_TRY(q_recoding_unit_get(tx,
		    &(struct q_recoding_unit_get_param){ id }, &unit));
		*out = unit.is_settled;
	} else if (rp_text_eq(kind, RP_TEXT("attached"))) {
		RP_TRY(q_attached_text_get(tx,
		    &(struct q_attached_text_get_param){ id }, &attached));
		*out = attached.is_standing;
	} else {
		RP_TRY(q_passage_get(tx, &(struct q_passage_get_param){ id },
		    &passage));
		*out = passage.is_standing;
	}
	return NULL;
}

static rp_text
flag(bool on)
{
	return on ? RP_TEXT("1") : RP_TEXT("0");
}

struct rp_err *
rp_act_stand(const struct rp_theme_act *d, const char *kind, int64_t row_id,
    bool is_standing, bool is_new)
{
	if (!is_new)
		RP_TRY(
		    set_standing(d->tx, rp_text_z(kind), row_id, is_standing));
	return keep_row(d, kind, row_id, flag(!is_standing), flag(is_standing));
}

static rp_text
number(struct rp_arena *a, int64_t n)
{
	return rp_textf(a, "%lld", (long long)n);
}

struct rp_err *
rp_act_run(const struct rp_theme_act *d, int64_t run_id)
{
	struct rp_arena *a = rp_tx_arena(d->tx);

	RP_TRY(q_codebook_set_run(d->tx,
	    &(struct q_codebook_set_run_param){ d->b.id, run_id }));
	return keep_row(d, "codebook", d->b.id, number(a, d->b.run_id),
	    number(a, run_id));
}

static struct rp_err *
wording_now(struct rp_tx *tx, int64_t theme_id, rp_text field, rp_text lang,
    rp_text *out)
{
	struct q_wording_find_row row;
	bool found;

	RP_TRY(q_wording_find(tx,
	    &(struct q_wording_find_param){ .owner_kind = RP_TEXT("theme"),
		.owner_id = theme_id,
		.field = field,
		.lang = lang },
	    &row, &found));
	*out = found ? row.body : RP_TEXT("");
	return NULL;
}

static struct rp_err *
wording_set(const struct rp_actor *who, struct rp_tx *tx, int64_t theme_id,
    rp_text field, rp_text lang, rp_text text)
{
	return rp_wording_set(who, tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("theme"),
		.owner_id = theme_id,
		.field = field,
		.lang = lang },
	    RP_WORDING_OFFICIAL, text);
}

struct rp_err *
rp_act_wording(const struct rp_theme_act *d, int64_t theme_id, rp_text field,
    rp_text lang, rp_text text)
{
	rp_text was;

	RP_TRY(wording_now(d->tx, theme_id, field, lang, &was));
	RP_TRY(wording_set(d->who, d->tx, theme_id, field, lang, text));
	return keep(d, "wording", theme_id, field, lang, was, text);
}

/* What tells somebody who codes blind what others said of a passage. */
static bool
tells(rp_text kind)
{
	static const char *const kinds[] = { "code", "clear", "split", "settle",
		"recode", "undo", "read", "quote", "mark" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rp_text_eq(kind, rp_text_z(kinds[i])))
			return true;
	return false;
}

struct rp_err *
rp_decision_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t below_id, struct rp_decisions *out)
{
	struct q_decision_list_rows rows;
	bool blind;

	RP_TRY(rp_recoding_blind(who, tx, b, &blind));
	RP_TRY(q_decision_list(tx,
	    &(struct q_decision_list_param){ .codebook_id = b->id,
		.below_id = below_id > 0 ? below_id : INT64_MAX,
		.max = RP_DECISION_PAGE },
	    &rows));
	*out = (struct rp_decisions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_decision_list_row *r = &rows.v[i];
		struct rp_decision one = { .id = r->id,
			.at = r->at,
			.theme_id = r->theme_id,
			.other_id = r->other_id,
			.response_id = r->response_id,
			.n = r->n,
			.undoes = r->undoes_id,
			.undone_by = r->undone_by,
			.person = r->person,
			.kind = r->kind,
			.reason = r->reason };

		/* One's own word may be undone while one is blind. */
		if (blind && tells(r->kind) && r->person_id != who->person_id)
			one = (struct rp_decision){ .id = r->id,
				.at = r->at,
				.person = r->person,
				.is_hidden = true };
		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

/* What a changed row is now, in the words in which changes are kept. */
static struct rp_err *
now_of(const struct rp_theme_act *d, const struct q_decision_changes_row *c,
    rp_text *out)
{
	struct rp_arena *a = rp_tx_arena(d->tx);
	struct q_codebook_get_row book;
	struct q_theme_get_row theme;
	bool standing, found;

	if (rp_text_eq(c->kind, RP_TEXT("theme"))) {
		RP_TRY(row_of(d->tx, &d->b, c->row_id, &theme));
		*out =
		    line_of(a, theme.state, theme.parent_id, theme.merged_into);
		return NULL;
	}
	if (rp_text_eq(c->kind, RP_TEXT("wording")))
		return wording_now(d->tx, c->row_id, c->field, c->lang, out);
	if (rp_text_eq(c->kind, RP_TEXT("codebook"))) {
		RP_TRY(q_codebook_get(d->tx,
		    &(struct q_codebook_get_param){ c->row_id }, &book,
		    &found));
		*out = found ? number(a, book.run_id) : RP_TEXT("");
		return NULL;
	}
	RP_TRY(get_standing(d->tx, c->kind, c->row_id, &standing));
	*out = flag(standing);
	return NULL;
}

static struct rp_err *
put_back(const struct rp_theme_act *d, const struct q_decision_changes_row *c)
{
	struct rp_theme_to to;
	int64_t run_id;

	if (rp_text_eq(c->kind, RP_TEXT("theme"))) {
		if (!line_read(c->was, &to))
			return rp_fail(RP_E_INTERNAL, "change of a theme");
		return rp_act_theme(d, c->row_id, &to);
	}
	if (rp_text_eq(c->kind, RP_TEXT("wording")))
		return rp_act_wording(d, c->row_id, c->field, c->lang, c->was);
	if (rp_text_eq(c->kind, RP_TEXT("codebook"))) {
		if (!rp_text_i64(c->was, &run_id))
			return rp_fail(RP_E_INTERNAL, "change of a run");
		return rp_act_run(d, run_id);
	}
	return rp_act_stand(d, c->kind.p, c->row_id,
	    rp_text_eq(c->was, RP_TEXT("1")), false);
}

/* Every row is what the decision made of it, before any is put back. */
static struct rp_err *
changes_of(const struct rp_theme_act *d, int64_t id,
    struct q_decision_changes_rows *out)
{
	rp_text now;

	RP_TRY(q_decision_changes(d->tx,
	    &(struct q_decision_changes_param){ .decision_id = id }, out));
	for (size_t i = 0; i < out->n; i++) {
		const struct q_decision_changes_row *c = &out->v[i];

		RP_TRY(now_of(d, c, &now));
		if (!rp_text_eq(now, c->now))
			return rp_fail(RP_E_CONFLICT,
			    "a later decision changed %.*s %lld",
			    RP_FMT(c->kind), (long long)c->row_id);
	}
	return NULL;
}

struct rp_err *
rp_decision_undo(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text reason)
{
	struct q_decision_get_row row;
	struct q_codebook_get_row book;
	struct q_decision_changes_rows changes;
	struct rp_theme_act d = { .who = who, .tx = tx };
	struct rp_codebook b;
	int64_t n;
	bool found;

	RP_TRY(q_decision_get(tx, &(struct q_decision_get_param){ .id = id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no decision %lld",
		    (long long)id);
	RP_TRY(q_codebook_get(tx,
	    &(struct q_codebook_get_param){ row.codebook_id }, &book, &found));
	RP_ASSERT(found);
	RP_TRY(rp_codebook_of(who, tx, book.question_id, &b));
	if (row.undone_by != 0)
		return rp_fail(RP_E_CONFLICT, "undone already");
	d.b = b;
	RP_TRY(changes_of(&d, id, &changes));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = "undo",
		.theme_id = row.theme_id,
		.other_id = row.other_id,
		.response_id = row.response_id,
		.undoes = id,
		.reason = reason },
	    &d));
	RP_TRY(q_decision_set_undone(tx,
	    &(struct q_decision_set_undone_param){ .id = id,
		.undone_by = d.id },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "undone already");
	for (size_t i = 0; i < changes.n; i++)
		RP_TRY(put_back(&d, &changes.v[i]));
	return NULL;
}
