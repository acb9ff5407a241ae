/* How two coders agree, and where they differ: see recoding.h. */
#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/recoding.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_recoding.h"
#include "text/input.h"

static bool
has(const struct rp_said *s, int64_t theme_id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->themes[i] == theme_id)
			return true;
	return false;
}

static void
add(struct rp_said *s, int64_t theme_id)
{
	if (theme_id != 0 && !has(s, theme_id) && s->n < RP_RECODING_THEMES)
		s->themes[s->n++] = theme_id;
}

static bool
same(const struct rp_said *x, const struct rp_said *y)
{
	for (size_t i = 0; i < x->n; i++)
		if (!has(y, x->themes[i]))
			return false;
	return x->n == y->n;
}

/* Rows of one passage follow each other: the first coder's, then the second's.
 */
static void
gather(struct rp_arena *a, const struct q_recoding_said_rows *rows,
    struct rp_agreement *out)
{
	struct rp_recoded one = { 0 };
	bool first = false, second = false;

	for (size_t i = 0; i < rows->n; i++) {
		const struct q_recoding_said_row *r = &rows->v[i];
		bool last =
		    i + 1 == rows->n || rows->v[i + 1].unit_id != r->unit_id;

		one.id = r->unit_id;
		one.position = r->position;
		one.response_id = r->response_id;
		one.number = r->number;
		one.is_heard = r->is_heard;
		one.span =
		    (struct rp_span){ r->answer_id, r->from_byte, r->to_byte };
		one.is_settled = r->is_settled;
		add(r->layer < 0 ? &one.first : &one.second, r->theme_id);
		first |= r->layer < 0;
		second |= r->layer > 0;
		if (!last)
			continue;
		one.differ = !same(&one.first, &one.second);
		if (first && second)
			rp_vec_push(a, &out->units, one);
		one = (struct rp_recoded){ 0 };
		first = second = false;
	}
}

static struct rp_theme_agreement *
theme_of(struct rp_arena *a, struct rp_agreement *out, int64_t theme_id)
{
	struct rp_theme_agreement fresh = { .theme_id = theme_id };

	for (size_t i = 0; i < out->themes.n; i++)
		if (out->themes.v[i].theme_id == theme_id)
			return &out->themes.v[i];
	rp_vec_push(a, &out->themes, fresh);
	return &out->themes.v[out->themes.n - 1];
}

static void
count_themes(struct rp_arena *a, struct rp_agreement *out)
{
	for (size_t i = 0; i < out->units.n; i++) {
		const struct rp_recoded *u = &out->units.v[i];

		for (size_t k = 0; k < u->first.n; k++)
			(void)theme_of(a, out, u->first.themes[k]);
		for (size_t k = 0; k < u->second.n; k++)
			(void)theme_of(a, out, u->second.themes[k]);
	}
	for (size_t t = 0; t < out->themes.n; t++) {
		struct rp_theme_agreement *x = &out->themes.v[t];

		for (size_t i = 0; i < out->units.n; i++) {
			const struct rp_recoded *u = &out->units.v[i];
			bool one = has(&u->first, x->theme_id);
			bool two = has(&u->second, x->theme_id);

			x->n.both += one && two;
			x->n.first += one && !two;
			x->n.second += !one && two;
			x->n.neither += !one && !two;
		}
		x->is = rp_coders_agree(&x->n);
	}
}

/* Equal sets of themes have equal numbers. */
static uint32_t
number_of(const struct rp_said **sets, size_t *n, const struct rp_said *s)
{
	for (size_t i = 0; i < *n; i++)
		if (same(sets[i], s))
			return (uint32_t)i;
	sets[*n] = s;
	return (uint32_t)(*n)++;
}

static void
count_all(struct rp_arena *a, struct rp_agreement *out)
{
	size_t n = out->units.n, n_sets = 0;
	uint32_t *one = rp_new_n(a, uint32_t, n + 1);
	uint32_t *two = rp_new_n(a, uint32_t, n + 1);
	const struct rp_said **sets =
	    rp_new_n(a, const struct rp_said *, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct rp_recoded *u = &out->units.v[i];

		one[i] = number_of(sets, &n_sets, &u->first);
		two[i] = number_of(sets, &n_sets, &u->second);
		out->same += !u->differ;
		out->differ += u->differ;
		out->open += u->differ && !u->is_settled;
	}
	out->all = rp_coders_agree_all(one, two, n);
}

struct rp_err *
rp_recoding_agreement(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, struct rp_agreement *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_recoding_said_rows rows;

	RP_TRY(rp_codebook_needs(who, &r->b));
	if (r->coder_id == who->person_id && !rp_recoding_done(r))
		return rp_fail(RP_E_CONFLICT, "the second coder is blind");
	RP_TRY(q_recoding_said(tx,
	    &(struct q_recoding_said_param){ .id = r->id }, &rows));
	*out = (struct rp_agreement){ 0 };
	gather(a, &rows, out);
	count_themes(a, out);
	count_all(a, out);
	return NULL;
}

struct rp_err *
rp_recoding_texts(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, int64_t first, int64_t last,
    struct rp_recoded_texts *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_recoding_texts_rows rows;

	RP_TRY(rp_codebook_needs(who, &r->b));
	RP_TRY(q_recoding_texts(tx,
	    &(struct q_recoding_texts_param){ .id = r->id,
		.first = first,
		.last = last },
	    &rows));
	*out = (struct rp_recoded_texts){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_recoded_text t = { rows.v[i].position,
			rp_theme_octets(a, rows.v[i].octets), rows.v[i].lang };

		rp_vec_push(a, out, t);
	}
	return NULL;
}

static struct rp_said
settled_as(const struct rp_recoded *u, enum rp_settle how, int64_t theme_id)
{
	struct rp_said out = { 0 };

	if (how == RP_SETTLE_OTHER)
		add(&out, theme_id);
	if (how == RP_SETTLE_FIRST || how == RP_SETTLE_BOTH)
		out = u->first;
	if (how == RP_SETTLE_SECOND || how == RP_SETTLE_BOTH)
		for (size_t i = 0; i < u->second.n; i++)
			add(&out, u->second.themes[i]);
	return out;
}

static struct rp_err *
find_open(const struct rp_agreement *all, int64_t unit_id,
    const struct rp_recoded **out)
{
	for (size_t i = 0; i < all->units.n; i++) {
		const struct rp_recoded *u = &all->units.v[i];

		if (u->id != unit_id)
			continue;
		if (!u->differ || u->is_settled)
			return rp_fail(RP_E_CONFLICT, "nothing to settle");
		*out = u;
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no passage %lld", (long long)unit_id);
}

struct rp_err *
rp_recoding_settle(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, int64_t unit_id, enum rp_settle how,
    int64_t theme_id, rp_text reason)
{
	const struct rp_recoded *u;
	struct q_theme_get_row theme;
	struct rp_agreement all;
	struct rp_theme_act d;
	struct rp_said said;
	int64_t n = 1;

	RP_TRY(rp_recoding_agreement(who, tx, r, &all));
	RP_TRY(find_open(&all, unit_id, &u));
	if (rp_text_blank(reason))
		return rp_fail(RP_E_INVALID, "no reason");
	if (how == RP_SETTLE_OTHER && theme_id != 0)
		RP_TRY(rp_act_standing(tx, &r->b, theme_id, &theme));
	said = settled_as(u, how, theme_id);
	RP_TRY(rp_act_begin(who, tx, &r->b,
	    &(struct rp_act_about){ .kind = "settle",
		.theme_id = said.n > 0 ? said.themes[0] : 0,
		.response_id = u->response_id,
		.n = 1,
		.reason = reason },
	    &d));
	for (size_t i = 0; i < (said.n > 0 ? said.n : 1); i++) {
		const struct rp_coding_act act = { .span = u->span,
			.theme_id = said.n > 0 ? said.themes[i] : 0,
			.add = i > 0 };

		n = 1;
		RP_TRY(rp_act_code(&d, u->span, u->response_id, act.theme_id,
		    act.add));
		RP_TRY(rp_act_copies(&d, &act, &n));
	}
	RP_TRY(rp_act_stand(&d, "settled", u->id, true, false));
	return q_decision_set_n(tx,
	    &(struct q_decision_set_n_param){ d.id, n });
}
