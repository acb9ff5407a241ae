/* Acts on themes: see decision.h. */
#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "text/input.h"
#include "text/lang.h"

/* A theme that stands, and its codebook: looked at before an act begins. */
static struct rp_err *
look_up(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_codebook *b, struct q_theme_get_row *row)
{
	RP_TRY(rp_codebook_of_theme(who, tx, id, b));
	return rp_act_standing(tx, b, id, row);
}

static struct rp_err *
name_ok(rp_text name)
{
	if (rp_text_blank(name))
		return rp_fail(RP_E_INVALID, "no name");
	if (name.n > RP_THEME_NAME_MAX)
		return rp_fail(RP_E_LIMIT, "name of %zu octets", name.n);
	return NULL;
}

/* Two levels: a parent has none. 0 is the top. */
static struct rp_err *
parent_ok(struct rp_tx *tx, const struct rp_codebook *b, int64_t parent_id)
{
	struct q_theme_get_row row;

	if (parent_id == 0)
		return NULL;
	RP_TRY(rp_act_standing(tx, b, parent_id, &row));
	if (row.parent_id != 0)
		return rp_fail(RP_E_INVALID, "a third level");
	return NULL;
}

struct rp_err *
rp_theme_create(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, int64_t parent_id, rp_text name, rp_text lang,
    rp_text reason, int64_t *out_id)
{
	struct rp_theme_act d;
	struct rp_codebook b;

	RP_TRY(rp_codebook_make(who, tx, question_id, &b));
	RP_TRY(name_ok(name));
	RP_TRY(parent_ok(tx, &b, parent_id));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = "create",
		.other_id = parent_id,
		.reason = reason },
	    &d));
	RP_TRY(rp_act_new_theme(&d,
	    &(struct rp_theme_to){ .state = RP_TEXT("confirmed"),
		.parent_id = parent_id },
	    RP_TEXT("person"), RP_TEXT(""), lang, out_id));
	return rp_act_wording(&d, *out_id, RP_TEXT("name"), lang, name);
}

static struct rp_err *
set_state(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const char *verb, rp_text state, rp_text reason)
{
	struct q_theme_get_row row;
	struct rp_theme_act d;
	struct rp_codebook b;

	RP_TRY(look_up(who, tx, id, &b, &row));
	if (rp_text_eq(row.state, state))
		return rp_fail(RP_E_CONFLICT, "theme %lld is %.*s",
		    (long long)id, RP_FMT(state));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = verb,
		.theme_id = id,
		.reason = reason },
	    &d));
	return rp_act_theme(&d, id,
	    &(struct rp_theme_to){ .state = state,
		.parent_id = row.parent_id });
}

struct rp_err *
rp_theme_confirm(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text reason)
{
	return set_state(who, tx, id, "confirm", RP_TEXT("confirmed"), reason);
}

struct rp_err *
rp_theme_reject(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text reason)
{
	return set_state(who, tx, id, "reject", RP_TEXT("rejected"), reason);
}

struct rp_err *
rp_theme_retire(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text reason)
{
	return set_state(who, tx, id, "retire", RP_TEXT("retired"), reason);
}

static bool
is_field(rp_text field)
{
	for (size_t i = 0; rp_theme_fields[i].n > 0; i++)
		if (rp_text_eq(rp_theme_fields[i], field))
			return true;
	return false;
}

struct rp_err *
rp_theme_reword(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    rp_text field, rp_text lang, rp_text text, rp_text reason)
{
	bool is_name = rp_text_eq(field, RP_TEXT("name"));
	struct q_theme_get_row row;
	struct rp_theme_act d;
	struct rp_codebook b;
	rp_text tag;

	if (!is_field(field))
		return rp_fail(RP_E_INVALID, "no field %.*s", RP_FMT(field));
	if (is_name)
		RP_TRY(name_ok(text));
	if (text.n > RP_THEME_TEXT_MAX)
		return rp_fail(RP_E_LIMIT, "text of %zu octets", text.n);
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), lang, &tag));
	RP_TRY(look_up(who, tx, id, &b, &row));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = is_name ? "rename" : "define",
		.theme_id = id,
		.reason = reason },
	    &d));
	return rp_act_wording(&d, id, field, tag, text);
}

/* Those below it, and those that were merged into it, follow. */
static struct rp_err *
follow(const struct rp_theme_act *d, int64_t id, int64_t into,
    const struct q_theme_get_row *to)
{
	int64_t parent_id = to->parent_id != 0 ? to->parent_id : into;
	struct q_theme_children_rows children;
	struct q_theme_merged_rows merged;
	struct q_theme_get_row row;
	bool found;

	RP_TRY(q_theme_children(d->tx, &(struct q_theme_children_param){ id },
	    &children));
	for (size_t i = 0; i < children.n; i++) {
		int64_t child = children.v[i].id;

		if (child == into)
			continue;
		RP_TRY(q_theme_get(d->tx, &(struct q_theme_get_param){ child },
		    &row, &found));
		RP_TRY(rp_act_theme(d, child,
		    &(struct rp_theme_to){ row.state, parent_id,
			row.merged_into }));
	}
	RP_TRY(q_theme_merged(d->tx, &(struct q_theme_merged_param){ id },
	    &merged));
	for (size_t i = 0; i < merged.n; i++)
		RP_TRY(rp_act_theme(d, merged.v[i].id,
		    &(struct rp_theme_to){ .state = RP_TEXT("merged"),
			.merged_into = into }));
	return NULL;
}

struct rp_err *
rp_theme_merge(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t into, rp_text reason)
{
	struct q_theme_get_row row, to;
	struct rp_theme_act d;
	struct rp_codebook b;

	if (id == into)
		return rp_fail(RP_E_INVALID, "into itself");
	RP_TRY(look_up(who, tx, id, &b, &row));
	RP_TRY(rp_act_standing(tx, &b, into, &to));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = "merge",
		.theme_id = id,
		.other_id = into,
		.reason = reason },
	    &d));
	/* A parent that goes into its child leaves it at the top. */
	if (to.parent_id == id) {
		to.parent_id = 0;
		RP_TRY(rp_act_theme(&d, into,
		    &(struct rp_theme_to){ .state = to.state }));
	}
	RP_TRY(follow(&d, id, into, &to));
	return rp_act_theme(&d, id,
	    &(struct rp_theme_to){ .state = RP_TEXT("merged"),
		.merged_into = into });
}

struct rp_err *
rp_theme_move(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t parent_id, rp_text reason)
{
	struct q_theme_children_rows children;
	struct q_theme_get_row row;
	struct rp_theme_act d;
	struct rp_codebook b;

	if (id == parent_id)
		return rp_fail(RP_E_INVALID, "under itself");
	RP_TRY(look_up(who, tx, id, &b, &row));
	RP_TRY(parent_ok(tx, &b, parent_id));
	RP_TRY(q_theme_children(tx, &(struct q_theme_children_param){ id },
	    &children));
	if (parent_id != 0 && children.n > 0)
		return rp_fail(RP_E_CONFLICT, "it has themes below it");
	if (row.parent_id == parent_id)
		return rp_fail(RP_E_CONFLICT, "it is there");
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = parent_id ? "move" : "promote",
		.theme_id = id,
		.other_id = parent_id,
		.reason = reason },
	    &d));
	return rp_act_theme(&d, id,
	    &(struct rp_theme_to){ .state = row.state,
		.parent_id = parent_id });
}

static struct rp_err *
move_spans(const struct rp_theme_act *d, const struct rp_spans *spans,
    int64_t to)
{
	for (size_t i = 0; i < spans->n; i++) {
		struct q_theme_answer_row answer;
		bool found;

		RP_TRY(q_theme_answer(d->tx,
		    &(struct q_theme_answer_param){ .codebook_id = d->b.id,
			.answer_id = spans->v[i].answer_id },
		    &answer, &found));
		if (!found)
			return rp_fail(RP_E_NOTFOUND, "no answer %lld",
			    (long long)spans->v[i].answer_id);
		RP_TRY(
		    rp_act_code(d, spans->v[i], answer.response_id, to, false));
	}
	return NULL;
}

struct rp_err *
rp_theme_split(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    const struct rp_spans *spans, rp_text name, rp_text lang, rp_text reason,
    int64_t *out_id)
{
	struct q_theme_get_row row;
	struct rp_theme_act d;
	struct rp_codebook b;

	RP_TRY(name_ok(name));
	if (spans->n == 0)
		return rp_fail(RP_E_INVALID, "no passages");
	if (spans->n > RP_DECISION_SPLIT)
		return rp_fail(RP_E_LIMIT, "%zu passages", spans->n);
	RP_TRY(look_up(who, tx, id, &b, &row));
	RP_TRY(rp_act_begin(who, tx, &b,
	    &(struct rp_act_about){ .kind = "split",
		.theme_id = id,
		.n = (int64_t)spans->n,
		.reason = reason },
	    &d));
	RP_TRY(rp_act_new_theme(&d,
	    &(struct rp_theme_to){ .state = RP_TEXT("confirmed"),
		.parent_id = row.parent_id },
	    RP_TEXT("person"), RP_TEXT(""), lang, out_id));
	RP_TRY(rp_act_wording(&d, *out_id, RP_TEXT("name"), lang, name));
	return move_spans(&d, spans, *out_id);
}
