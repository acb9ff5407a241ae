/* Passages, the queue, answers, campaigns and the library: see theme.h. */
#include "base/err.h"
#include "domain/place.h"
#include "domain/recoding.h"
#include "domain/response.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_theme.h"
#include "store/q_theme_run.h"

#define QUEUE_LOOK 200 /* rows looked at to find neighbours that differ */
#define OWN_MAX 100    /* senders' own words on one page */

rp_text
rp_theme_octets(struct rp_arena *a, rp_bytes octets)
{
	rp_text t = RP_TEXT("");
	struct rp_err *e = rp_text_from(a, octets, RP_ANSWER_MAX, &t);

	if (e != NULL)
		t = RP_TEXT("");
	rp_err_free(e);
	return t;
}

rp_text
rp_theme_source(rp_text organisation, rp_text name)
{
	return organisation.n > 0 ? organisation : name;
}

struct rp_err *
rp_theme_passages(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, int64_t after_answer,
    int64_t after_from, struct rp_theme_passages *out)
{
	struct q_theme_passages_rows rows;
	struct rp_arena *a = rp_tx_arena(tx);
	bool blind;

	*out = (struct rp_theme_passages){ 0 };
	RP_TRY(rp_recoding_blind(who, tx, b, &blind));
	if (blind)
		return NULL;
	RP_TRY(q_theme_passages(tx,
	    &(struct q_theme_passages_param){ .codebook_id = b->id,
		.theme_id = theme_id,
		.after_answer = after_answer,
		.after_from = after_from,
		.max = RP_THEME_PAGE },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_theme_passages_row *r = &rows.v[i];
		struct rp_theme_passage p = { .response_id = r->response_id,
			.number = r->number,
			.revision_n = r->revision_n,
			.answer_id = r->answer_id,
			.from = r->from_byte,
			.to = r->to_byte,
			.text = rp_theme_octets(a, r->octets),
			.lang = r->lang,
			.category = r->category,
			.country = r->country,
			.by = r->by_whom,
			.score = r->score,
			.theme_id = theme_id,
			.is_shared = r->is_shared,
			.is_public = r->is_public,
			.is_heard = r->is_heard,
			.file_name = r->file_name,
			.is_redacted = r->is_redacted };

		rp_vec_push(a, out, p);
	}
	return NULL;
}

static bool
is_there(const struct rp_theme_passages *all, int64_t response_id,
    int64_t campaign)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].response_id == response_id ||
		    (campaign >= 0 && all->v[i].campaign == campaign))
			return true;
	return false;
}

struct rp_err *
rp_theme_quotable(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t theme_id, size_t max,
    struct rp_theme_passages *out)
{
	struct q_theme_quotations_rows rows;
	struct rp_arena *a = rp_tx_arena(tx);

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_quotations(tx,
	    &(struct q_theme_quotations_param){ .codebook_id = b->id,
		.theme_id = theme_id,
		.max = RP_THEME_QUOTATIONS },
	    &rows));
	*out = (struct rp_theme_passages){ 0 };
	for (size_t i = 0; i < rows.n && out->n < max; i++) {
		const struct q_theme_quotations_row *r = &rows.v[i];
		struct rp_theme_passage p = { .response_id = r->response_id,
			.number = r->number,
			.revision_n = r->revision_n,
			.answer_id = r->answer_id,
			.from = r->from_byte,
			.to = r->to_byte,
			.text = rp_theme_octets(a, r->octets),
			.lang = r->lang,
			.category = r->category,
			.country = r->country,
			.theme_id = theme_id,
			.campaign = r->campaign_n,
			.is_heard = r->is_heard,
			.file_name = r->file_name,
			.is_public = true,
			.is_chosen = r->is_chosen };

		if (p.text.n > 0 &&
		    (p.is_chosen || !is_there(out, p.response_id, p.campaign)))
			rp_vec_push(a, out, p);
	}
	return NULL;
}

static struct rp_theme_passage
queued(struct rp_arena *a, const struct q_theme_queue_row *r)
{
	return (struct rp_theme_passage){ .response_id = r->response_id,
		.answer_id = r->answer_id,
		.from = r->from_byte,
		.to = r->to_byte,
		.text = rp_theme_octets(a, r->octets),
		.lang = r->lang,
		.category = r->category,
		.country = r->country,
		.score = r->score,
		.theme_id = r->theme_id,
		.copies = r->copies,
		.is_heard = r->is_heard,
		.file_name = r->file_name };
}

/*
 * The least certain, and among them what differs most from what was just shown:
 * another theme than the one before, while there is one.
 */
struct rp_err *
rp_theme_queue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, size_t max, struct rp_theme_passages *out,
    int64_t *out_n)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_theme_undecided_row n;
	struct q_theme_queue_rows rows;
	int64_t before = -1;
	bool *taken;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_undecided(tx,
	    &(struct q_theme_undecided_param){ .codebook_id = b->id }, &n));
	RP_TRY(q_theme_queue(tx,
	    &(struct q_theme_queue_param){ .codebook_id = b->id,
		.max = QUEUE_LOOK },
	    &rows));
	*out_n = n.n;
	*out = (struct rp_theme_passages){ 0 };
	taken = rp_alloc(a, (rows.n + 1) * sizeof(*taken));
	while (out->n < max && out->n < rows.n) {
		size_t at = rows.n;

		for (size_t i = 0; i < rows.n; i++) {
			if (taken[i])
				continue;
			if (at == rows.n)
				at = i;
			if (rows.v[i].theme_id != before) {
				at = i;
				break;
			}
		}
		taken[at] = true;
		before = rows.v[at].theme_id;
		rp_vec_push(a, out, queued(a, &rows.v[at]));
	}
	return NULL;
}

struct rp_err *
rp_theme_of_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, enum rp_reading state, int64_t after_id,
    struct rp_theme_passages *out)
{
	struct q_theme_of_state_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_of_state(tx,
	    &(struct q_theme_of_state_param){ .codebook_id = b->id,
		.state = rp_reading_name(state),
		.after_id = after_id,
		.max = RP_THEME_PAGE },
	    &rows));
	*out = (struct rp_theme_passages){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_passage p = { .response_id =
						  rows.v[i].response_id,
			.number = rows.v[i].number,
			.lang = rows.v[i].lang,
			.category = rows.v[i].category,
			.country = rows.v[i].country,
			.is_heard = rows.v[i].is_heard };

		rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}

static struct rp_err *
add_file_questions(struct rp_tx *tx, const struct rp_codebook *b,
    struct rp_theme_answer *out)
{
	struct q_attached_questions_of_response_rows rows;

	RP_TRY(q_attached_questions_of_response(tx,
	    &(struct q_attached_questions_of_response_param){
		.question_id = b->question_id,
		.response_id = out->response_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_file_question q = { rows.v[i].id,
			rows.v[i].question_id, rows.v[i].position,
			rows.v[i].is_standing };

		for (size_t k = 0; k < out->files.n; k++)
			if (out->files.v[k].attachment_id ==
			    rows.v[i].attachment_id)
				rp_vec_push(rp_tx_arena(tx),
				    &out->files.v[k].questions, q);
	}
	return NULL;
}

static struct rp_err *
add_files(struct rp_tx *tx, const struct rp_codebook *b,
    struct rp_theme_answer *out)
{
	struct q_attached_of_response_rows rows;

	RP_TRY(q_attached_of_response(tx,
	    &(struct q_attached_of_response_param){ .question_id =
							b->question_id,
		.response_id = out->response_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_file f = { .id = rows.v[i].id,
			.attachment_id = rows.v[i].attachment_id,
			.answer_id = rows.v[i].answer_id,
			.name = rows.v[i].name,
			.text = rows.v[i].body,
			.speaks = rows.v[i].is_standing,
			.is_public = rows.v[i].is_public };

		rp_vec_push(rp_tx_arena(tx), &out->files, f);
	}
	return rows.n > 0 ? add_file_questions(tx, b, out) : NULL;
}

static struct rp_err *
add_said(struct rp_tx *tx, const struct rp_codebook *b,
    struct rp_theme_answer *out)
{
	struct q_theme_of_response_rows rows;

	RP_TRY(q_theme_of_response(tx,
	    &(struct q_theme_of_response_param){ .codebook_id = b->id,
		.response_id = out->response_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_passage p = { .response_id = out->response_id,
			.answer_id = rows.v[i].answer_id,
			.from = rows.v[i].from_byte,
			.to = rows.v[i].to_byte,
			.theme_id = rows.v[i].theme_id,
			.by = rows.v[i].by_whom,
			.score = rows.v[i].score };

		rp_vec_push(rp_tx_arena(tx), &out->passages, p);
	}
	return NULL;
}

struct rp_err *
rp_theme_answer_load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t response_id,
    struct rp_theme_answer *out)
{
	struct q_theme_reading_get_row reading;
	struct q_theme_input_get_row row;
	bool found, read;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_input_get(tx,
	    &(struct q_theme_input_get_param){ .question_id = b->question_id,
		.response_id = response_id },
	    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no response %lld",
		    (long long)response_id);
	RP_TRY(q_theme_reading_get(tx,
	    &(struct q_theme_reading_get_param){ .codebook_id = b->id,
		.response_id = response_id },
	    &reading, &read));
	*out = (struct rp_theme_answer){ .response_id = response_id,
		.number = row.number,
		.revision_id = row.revision_id,
		.revision_n = row.revision_n,
		.answer_id = row.answer_id,
		.text = row.is_withheld ? RP_TEXT("") : row.body,
		.lang = row.lang,
		.category = row.category,
		.country = row.country,
		.source = rp_theme_source(row.organisation, row.name),
		.is_withheld = row.is_withheld,
		.is_public = row.is_public,
		.is_heard = row.is_heard,
		.state = RP_READING_UNREAD };
	if (read)
		(void)rp_reading_from(reading.state, &out->state);
	if (row.is_withheld)
		return NULL;
	RP_TRY(add_files(tx, b, out));
	RP_TRY(add_said(tx, b, out));
	if (out->passages.n > 0)
		out->state = RP_READING_THEMED;
	return NULL;
}

struct rp_err *
rp_theme_answer_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t response_id,
    struct rp_theme_answer *out)
{
	RP_TRY(rp_theme_answer_load(who, tx, b, response_id, out));
	RP_TRY(rp_recoding_blind(who, tx, b, &out->is_blind));
	if (out->is_blind)
		out->passages.n = 0;
	return NULL;
}

struct rp_err *
rp_theme_campaigns(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_theme_campaigns *out)
{
	struct q_run_campaign_list_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_run_campaign_list(tx,
	    &(struct q_run_campaign_list_param){ .run_id = b->run_id }, &rows));
	*out = (struct rp_theme_campaigns){ 0 };
	for (size_t i = 0; i < rows.n && i < RP_THEME_CAMPAIGNS; i++) {
		struct rp_theme_campaign c = { .n = rows.v[i].n,
			.twin = rows.v[i].twin_n,
			.members = rows.v[i].members,
			.own = rows.v[i].own,
			.text = rows.v[i].template,
			.lang = rows.v[i].lang };

		rp_vec_push(rp_tx_arena(tx), out, c);
	}
	return NULL;
}

static struct rp_err *
add_own(struct rp_tx *tx, const struct rp_codebook *b, int64_t n,
    struct rp_theme_passages *out)
{
	struct q_run_own_list_rows rows;
	struct rp_arena *a = rp_tx_arena(tx);

	RP_TRY(q_run_own_list(tx,
	    &(struct q_run_own_list_param){ .run_id = b->run_id,
		.campaign_n = n,
		.max = OWN_MAX },
	    &rows));
	*out = (struct rp_theme_passages){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_passage p = { .response_id =
						  rows.v[i].response_id,
			.text = rp_theme_octets(a, rows.v[i].octets),
			.lang = rows.v[i].lang };

		rp_vec_push(a, out, p);
	}
	return NULL;
}

struct rp_err *
rp_theme_campaign_members(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t n, int64_t after_id,
    struct rp_theme_members *out, struct rp_theme_passages *out_own)
{
	struct q_run_member_list_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_run_member_list(tx,
	    &(struct q_run_member_list_param){ .run_id = b->run_id,
		.campaign_n = n,
		.after_id = after_id,
		.max = RP_THEME_PAGE },
	    &rows));
	*out = (struct rp_theme_members){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_member m = { .response_id =
						 rows.v[i].response_id,
			.number = rows.v[i].number,
			.source = rp_theme_source(rows.v[i].organisation,
			    rows.v[i].name),
			.level = rows.v[i].level,
			.is_heard = rows.v[i].is_heard };

		rp_vec_push(rp_tx_arena(tx), out, m);
	}
	return add_own(tx, b, n, out_own);
}

struct rp_err *
rp_theme_library(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    rp_text kind, rp_text country, struct rp_library *out)
{
	struct q_passage_list_rows rows;
	struct rp_arena *a = rp_tx_arena(tx);

	RP_TRY(
	    rp_place_needs(who, tx, RP_MAY_THEME, RP_TEXT("group"), group_id));
	RP_TRY(q_passage_list(tx,
	    &(struct q_passage_list_param){ .group_id = group_id,
		.kind = kind,
		.country = country,
		.max = RP_THEME_PASSAGES },
	    &rows));
	*out = (struct rp_library){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_passage_list_row *r = &rows.v[i];
		struct rp_library_item one = { .id = r->id,
			.response_id = r->response_id,
			.question_id = r->question_id,
			.consultation_id = r->consultation_id,
			.consultation_number = r->consultation_number,
			.number = r->number,
			.kind = r->kind,
			.lang = r->lang,
			.country = r->country,
			.category = r->category,
			.text = rp_theme_octets(a, r->octets) };

		rp_vec_push(a, out, one);
	}
	return NULL;
}
