#include "domain/recoding.h"

#include "base/err.h"
#include "domain/decision_private.h"
#include "domain/event.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_recoding.h"
#include "themes/random.h"

bool
rp_recoding_done(const struct rp_recoding *r)
{
	return r->coder_id != 0 && r->coded >= r->units;
}

static struct rp_err *
note(const struct rp_actor *who, struct rp_tx *tx, const struct rp_codebook *b,
    const char *action, int64_t id)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("question"),
		.object_id = b->question_id,
		.group_id = b->where.group_id,
		.after = rp_textf(rp_tx_arena(tx), "recoding %lld",
		    (long long)id) });
}

/* Fisher, Yates: each passage is as likely as any other. */
static void
shuffle(struct q_recoding_candidates_rows *all, uint64_t seed)
{
	struct rp_random r = rp_random_make(seed, 0);

	for (size_t i = all->n; i > 1; i--) {
		size_t k = rp_random_below(&r, (uint32_t)i);
		struct q_recoding_candidates_row one = all->v[i - 1];

		all->v[i - 1] = all->v[k];
		all->v[k] = one;
	}
}

static struct rp_err *
draw(struct rp_tx *tx, const struct rp_codebook *b, rp_text basis, int64_t size,
    uint64_t seed, struct q_recoding_candidates_rows *out)
{
	bool sample = rp_text_eq(basis, RP_TEXT("sample"));

	if (!sample && !rp_text_eq(basis, RP_TEXT("uncertain")))
		return rp_fail(RP_E_INVALID, "basis %.*s", RP_FMT(basis));
	if (size < 1 || size > RP_RECODING_MAX)
		return rp_fail(RP_E_INVALID, "%lld passages", (long long)size);
	RP_TRY(q_recoding_candidates(tx,
	    &(struct q_recoding_candidates_param){ .codebook_id = b->id,
		.max = sample ? RP_RECODING_LOOK : size },
	    out));
	if (out->n == 0)
		return rp_fail(RP_E_INVALID, "nothing was decided");
	if (sample)
		shuffle(out, seed);
	if (out->n > (size_t)size)
		out->n = (size_t)size;
	return NULL;
}

struct rp_err *
rp_recoding_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, rp_text basis, int64_t size, uint64_t seed,
    int64_t *out_id)
{
	struct q_recoding_candidates_rows drawn;
	struct q_recoding_insert_row row;
	struct rp_codebook b;

	RP_TRY(rp_codebook_of(who, tx, question_id, &b));
	RP_TRY(draw(tx, &b, basis, size, seed, &drawn));
	RP_TRY(q_recoding_insert(tx,
	    &(struct q_recoding_insert_param){ .codebook_id = b.id,
		.basis = basis,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	for (size_t i = 0; i < drawn.n; i++)
		RP_TRY(q_recoding_unit_insert(tx,
		    &(struct q_recoding_unit_insert_param){ .recoding_id =
								row.id,
			.position = (int64_t)i + 1,
			.response_id = drawn.v[i].response_id,
			.answer_id = drawn.v[i].answer_id,
			.from_byte = drawn.v[i].from_byte,
			.to_byte = drawn.v[i].to_byte }));
	RP_TRY(q_recoding_keep_first(tx,
	    &(struct q_recoding_keep_first_param){ row.id }));
	*out_id = row.id;
	return note(who, tx, &b, "theme.recode", row.id);
}

struct rp_err *
rp_recoding_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_recodings *out)
{
	struct q_recoding_list_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_recoding_list(tx,
	    &(struct q_recoding_list_param){ .codebook_id = b->id,
		.max = RP_RECODINGS_MAX },
	    &rows));
	*out = (struct rp_recodings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_recoding_list_row *r = &rows.v[i];
		struct rp_recoding one = { .id = r->id,
			.asked_at = r->asked_at,
			.coder_id = r->coder_id,
			.units = r->units,
			.coded = r->coded,
			.settled = r->settled,
			.basis = r->basis,
			.person = r->person,
			.coder = r->coder,
			.b = *b };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_recoding_get(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_recoding *out)
{
	struct q_recoding_get_row row;
	struct rp_recodings all;
	struct rp_codebook b;
	bool found;

	RP_TRY(q_recoding_get(tx, &(struct q_recoding_get_param){ .id = id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no recoding %lld",
		    (long long)id);
	RP_TRY(rp_codebook_of(who, tx, row.question_id, &b));
	RP_TRY(rp_recoding_list(who, tx, &b, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != id)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "recoding %lld is too old",
	    (long long)id);
}

struct rp_err *
rp_recoding_blind(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, bool *out)
{
	struct q_recoding_blind_row row;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_recoding_blind(tx,
	    &(struct q_recoding_blind_param){ .codebook_id = b->id,
		.coder_id = who->person_id },
	    &row));
	*out = row.n > 0;
	return NULL;
}

struct rp_err *
rp_recoding_begin(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	struct rp_recoding r;
	int64_t n;

	RP_TRY(rp_recoding_get(who, tx, id, &r));
	RP_TRY(q_recoding_begin(tx,
	    &(struct q_recoding_begin_param){ .id = id,
		.coder_id = who->person_id },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT,
		    "somebody else codes, or decided on a passage");
	return note(who, tx, &r.b, "theme.recode_begin", id);
}

static struct rp_err *
only_coder(const struct rp_actor *who, const struct rp_recoding *r)
{
	RP_TRY(rp_codebook_needs(who, &r->b));
	if (r->coder_id == 0 || r->coder_id != who->person_id)
		return rp_fail(RP_E_DENIED, "somebody else codes");
	return NULL;
}

struct rp_err *
rp_recoding_next(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, size_t max, struct rp_theme_passages *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_recoding_next_rows rows;

	RP_TRY(only_coder(who, r));
	RP_TRY(q_recoding_next(tx,
	    &(struct q_recoding_next_param){ .id = r->id, .max = (int64_t)max },
	    &rows));
	*out = (struct rp_theme_passages){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_recoding_next_row *u = &rows.v[i];
		struct rp_theme_passage p = { .response_id = u->response_id,
			.answer_id = u->answer_id,
			.from = u->from_byte,
			.to = u->to_byte,
			.text = rp_theme_octets(a, u->octets),
			.lang = u->lang,
			.category = u->category,
			.country = u->country,
			.copies = 1 };

		rp_vec_push(a, out, p);
	}
	return NULL;
}

/* What the second coder said before of the span, as far as it ends now. */
static struct rp_err *
end_before(const struct rp_theme_act *d, int64_t layer, struct rp_span span,
    int64_t theme_id, bool add)
{
	struct q_coding_of_span_rows rows;

	RP_TRY(q_coding_of_span(d->tx,
	    &(struct q_coding_of_span_param){ .codebook_id = d->b.id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to,
		.layer = layer },
	    &rows));
	if (add && rows.n >= RP_RECODING_THEMES)
		return rp_fail(RP_E_LIMIT, "%zu themes of one passage", rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		if (add && theme_id != 0 && rows.v[i].theme_id != 0 &&
		    rows.v[i].theme_id != theme_id)
			continue;
		RP_TRY(rp_act_stand(d, "coding", rows.v[i].id, false, false));
	}
	return NULL;
}

struct rp_err *
rp_recoding_code(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_recoding *r, struct rp_span span, int64_t theme_id,
    bool add)
{
	struct q_recoding_unit_of_row unit;
	struct q_coding_insert_row row;
	struct q_theme_get_row theme;
	struct rp_theme_act d;
	bool found;

	RP_TRY(only_coder(who, r));
	RP_TRY(q_recoding_unit_of(tx,
	    &(struct q_recoding_unit_of_param){ .recoding_id = r->id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to },
	    &unit, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no passage of it");
	/* Who has seen how they agree is not blind any more. */
	if (unit.is_settled)
		return rp_fail(RP_E_CONFLICT, "the passage is settled");
	if (theme_id != 0)
		RP_TRY(rp_act_standing(tx, &r->b, theme_id, &theme));
	RP_TRY(rp_act_begin(who, tx, &r->b,
	    &(struct rp_act_about){ .kind = "recode",
		.theme_id = theme_id,
		.response_id = unit.response_id,
		.n = 1,
		.reason = RP_TEXT("") },
	    &d));
	RP_TRY(end_before(&d, r->id, span, theme_id, add));
	RP_TRY(q_coding_insert(tx,
	    &(struct q_coding_insert_param){ .codebook_id = r->b.id,
		.response_id = unit.response_id,
		.answer_id = span.answer_id,
		.from_byte = span.from,
		.to_byte = span.to,
		.theme_id = theme_id,
		.layer = r->id,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	return rp_act_stand(&d, "coding", row.id, true, true);
}
