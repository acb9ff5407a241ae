#include "domain/theme_version.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/public.h"
#include "domain/theme_private.h"
#include "store/db.h"
#include "store/q_theme_version.h"

static bool
may_see(const struct rp_actor *who, const struct rp_consultation *c,
    const struct rp_theme_version *v)
{
	if (rp_actor_may(who, RP_MAY_THEME, rp_consultation_place(c)))
		return true;
	return rp_text_eq(v->state, RP_TEXT("published")) &&
	       rp_consultation_shows_responses(c);
}

struct rp_err *
rp_theme_version_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, struct rp_theme_versions *out)
{
	struct q_theme_version_list_rows rows;

	RP_TRY(q_theme_version_list(tx,
	    &(struct q_theme_version_list_param){ .consultation_id = c->id },
	    &rows));
	*out = (struct rp_theme_versions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_theme_version v = { .id = rows.v[i].id,
			.number = rows.v[i].number,
			.state = rows.v[i].state,
			.note = rows.v[i].note,
			.person = rows.v[i].person,
			.frozen_at = rows.v[i].frozen_at,
			.published_at = rows.v[i].published_at,
			.author = rows.v[i].author };

		if (may_see(who, c, &v))
			rp_vec_push(rp_tx_arena(tx), out, v);
	}
	return NULL;
}

/* 0: the newest that is published. */
struct rp_err *
rp_theme_version_find(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number,
    struct rp_theme_version *out)
{
	struct rp_theme_versions all;

	RP_TRY(rp_theme_version_list(who, tx, c, &all));
	for (size_t i = 0; i < all.n; i++) {
		bool published =
		    rp_text_eq(all.v[i].state, RP_TEXT("published"));

		if (number == 0 ? !published : all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no version %lld of a summary",
	    (long long)number);
}

/* Freezing. */

struct freezing {
	const struct rp_actor *who;
	struct rp_tx *tx;
	int64_t version_id;
	struct rp_codebook b;
	struct rp_theme_items items;
	int64_t *ids; /* of the version's themes, by item; 0: not in it */
};

static struct rp_err *
quote(const struct freezing *f, size_t i, size_t *n)
{
	struct rp_theme_passages all;

	RP_TRY(rp_theme_quotable(f->who, f->tx, &f->b, f->items.v[i].id,
	    RP_VERSION_QUOTATIONS, &all));
	for (size_t k = 0; k < all.n; k++) {
		const struct rp_theme_passage *p = &all.v[k];
		struct rp_digest d = rp_sha256(rp_text_bytes(p->text));

		RP_TRY(q_version_quotation_insert(f->tx,
		    &(struct q_version_quotation_insert_param){
			.version_id = f->version_id,
			.version_theme_id = f->ids[i],
			.response_id = p->response_id,
			.answer_id = p->answer_id,
			.from_byte = p->from,
			.to_byte = p->to,
			.digest = { d.b, sizeof(d.b) } }));
	}
	*n = all.n;
	return NULL;
}

static struct rp_err *
freeze_theme(struct freezing *f, size_t i)
{
	const struct rp_theme_item *t = &f->items.v[i];
	struct q_version_theme_insert_row row;
	int64_t parent_id = 0;

	for (size_t k = 0; k < i; k++)
		if (f->items.v[k].id == t->parent_id)
			parent_id = f->ids[k];
	RP_TRY(q_version_theme_insert(f->tx,
	    &(struct q_version_theme_insert_param){ .version_id = f->version_id,
		.question_id = f->b.question_id,
		.theme_id = t->id,
		.parent_id = parent_id,
		.label = t->name,
		.label_lang = t->lang },
	    &row));
	f->ids[i] = row.id;
	return q_version_wording_copy(f->tx,
	    &(struct q_version_wording_copy_param){ .version_theme_id = row.id,
		.theme_id = t->id,
		.now = f->who->now });
}

static bool
has_child(const struct freezing *f, size_t i)
{
	for (size_t k = 0; k < f->items.n; k++)
		if (f->ids[k] != 0 &&
		    f->items.v[k].parent_id == f->items.v[i].id)
			return true;
	return false;
}

/* Invariant: a theme has a respondent and a quotation; a parent has its
 * children's. */
static struct rp_err *
quote_all(const struct freezing *f, int64_t *out_theme_id)
{
	for (size_t i = 0; i < f->items.n; i++) {
		size_t n;

		if (f->ids[i] == 0)
			continue;
		RP_TRY(quote(f, i, &n));
		if (n > 0 || has_child(f, i))
			continue;
		*out_theme_id = f->items.v[i].id;
		return rp_fail(RP_E_CONFLICT, "nothing to quote for theme %lld",
		    (long long)f->items.v[i].id);
	}
	return NULL;
}

static struct rp_err *
freeze_codebook(struct freezing *f, size_t *n, int64_t *out_theme_id)
{
	struct rp_arena *a = rp_tx_arena(f->tx);

	RP_TRY(rp_theme_items_list(f->who, f->tx, &f->b, RP_TEXT("en"), false,
	    &f->items));
	f->ids = rp_alloc_n(a, f->items.n + 1, sizeof(*f->ids));
	for (size_t i = 0; i < f->items.n; i++) {
		if (!rp_text_eq(f->items.v[i].state, RP_TEXT("confirmed")))
			continue;
		RP_TRY(freeze_theme(f, i));
		++*n;
	}
	RP_TRY(q_version_coding_copy(f->tx,
	    &(struct q_version_coding_copy_param){ f->version_id, f->b.id }));
	RP_TRY(q_version_reading_copy(f->tx,
	    &(struct q_version_reading_copy_param){ f->version_id, f->b.id }));
	RP_TRY(q_version_campaign_copy(f->tx,
	    &(struct q_version_campaign_copy_param){ f->version_id,
		f->b.question_id, f->b.run_id }));
	return quote_all(f, out_theme_id);
}

static struct rp_err *
freeze_all(struct freezing *f, const struct rp_consultation *c,
    int64_t *out_theme_id)
{
	struct q_codebooks_of_consultation_rows books;
	size_t n = 0;

	RP_TRY(q_codebooks_of_consultation(f->tx,
	    &(struct q_codebooks_of_consultation_param){ c->id }, &books));
	for (size_t i = 0; i < books.n; i++) {
		f->b = (struct rp_codebook){ .id = books.v[i].id,
			.question_id = books.v[i].question_id,
			.run_id = books.v[i].run_id,
			.where = rp_consultation_place(c) };
		RP_TRY(freeze_codebook(f, &n, out_theme_id));
	}
	return n > 0 ? NULL : rp_fail(RP_E_INVALID, "no theme is confirmed");
}

static struct rp_err *
note(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const char *action, int64_t number)
{
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("consultation"),
		.object_id = c->id,
		.group_id = c->group.id,
		.after = rp_textf(rp_tx_arena(tx), "version %lld",
		    (long long)number) });
}

struct rp_err *
rp_theme_version_freeze(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text author, rp_text text,
    int64_t *out_number, int64_t *out_theme_id)
{
	struct freezing f = { .who = who, .tx = tx };
	struct q_theme_version_insert_row row;
	struct q_theme_version_next_row next;

	*out_theme_id = 0;
	RP_TRY(rp_actor_needs(who, RP_MAY_THEME, rp_consultation_place(c)));
	if (author.n > RP_VERSION_AUTHOR_MAX)
		return rp_fail(RP_E_LIMIT, "author of %zu octets", author.n);
	if (text.n > RP_VERSION_NOTE_MAX)
		return rp_fail(RP_E_LIMIT, "note of %zu octets", text.n);
	RP_TRY(q_theme_version_next(tx,
	    &(struct q_theme_version_next_param){ c->id }, &next));
	RP_TRY(q_theme_version_insert(tx,
	    &(struct q_theme_version_insert_param){ .consultation_id = c->id,
		.number = next.number,
		.author = author,
		.note = text,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	f.version_id = row.id;
	RP_TRY(freeze_all(&f, c, out_theme_id));
	*out_number = next.number;
	return note(who, tx, c, "summary.freeze", next.number);
}

struct rp_err *
rp_theme_version_publish(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number)
{
	struct rp_theme_version v;
	int64_t n;

	RP_TRY(rp_actor_needs(who, RP_MAY_THEME, rp_consultation_place(c)));
	RP_TRY(rp_theme_version_find(who, tx, c, number, &v));
	RP_TRY(q_theme_version_publish(tx,
	    &(struct q_theme_version_publish_param){ .id = v.id,
		.now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "version %lld is published",
		    (long long)number);
	RP_TRY(rp_public_touch(who, tx));
	return note(who, tx, c, "summary.publish", number);
}

/* Showing. */

struct rp_err *
rp_theme_version_words(struct rp_tx *tx, int64_t version_id,
    struct rp_wordings *out)
{
	struct q_version_wordings_rows rows;

	RP_TRY(q_version_wordings(tx,
	    &(struct q_version_wordings_param){ version_id }, &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_wording w = { .owner_id = rows.v[i].owner_id,
			.field = rows.v[i].field,
			.lang = rows.v[i].lang,
			.status = RP_WORDING_OFFICIAL,
			.body = rows.v[i].body };

		rp_vec_push(rp_tx_arena(tx), out, w);
	}
	return NULL;
}

static struct rp_summary_question *
question_of(struct rp_summary *s, int64_t id)
{
	for (size_t i = 0; i < s->questions.n; i++)
		if (s->questions.v[i].id == id)
			return &s->questions.v[i];
	return NULL;
}

static struct rp_summary_theme *
theme_of(struct rp_summary *s, int64_t id)
{
	for (size_t i = 0; i < s->questions.n; i++)
		for (size_t k = 0; k < s->questions.v[i].themes.n; k++)
			if (s->questions.v[i].themes.v[k].id == id)
				return &s->questions.v[i].themes.v[k];
	return NULL;
}

static struct rp_summary_theme
named(const struct rp_wordings *names, const struct q_version_themes_row *r,
    rp_text lang)
{
	struct rp_summary_theme t = { .id = r->id,
		.parent_id = r->parent_id,
		.theme_id = r->theme_id,
		.name = r->label,
		.lang = r->label_lang };
	const struct rp_wording *w =
	    rp_wording_pick(names, r->id, RP_TEXT("name"), lang, RP_TEXT("en"));

	t.is_label = w == NULL;
	if (w != NULL) {
		t.name = w->body;
		t.lang = w->lang;
	}
	w = rp_wording_pick(names, r->id, RP_TEXT("definition"), lang,
	    RP_TEXT("en"));
	if (w != NULL) {
		t.definition = w->body;
		t.definition_lang = w->lang;
	}
	return t;
}

static struct rp_err *
add_themes(struct rp_tx *tx, const struct rp_consultation *c, rp_text lang,
    struct rp_summary *s)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_version_themes_rows rows;
	struct rp_wordings names;

	RP_TRY(q_version_themes(tx,
	    &(struct q_version_themes_param){ s->version.id }, &rows));
	RP_TRY(rp_theme_version_words(tx, s->version.id, &names));
	for (size_t i = 0; i < c->questions.n; i++) {
		struct rp_summary_question q = { .id = c->questions.v[i].id,
			.position = c->questions.v[i].position,
			.text = c->questions.v[i].text.body,
			.lang = c->questions.v[i].text.lang };

		for (size_t k = 0; k < rows.n; k++)
			if (rows.v[k].question_id == q.id)
				rp_vec_push(a, &q.themes,
				    named(&names, &rows.v[k], lang));
		rp_vec_push(a, &s->questions, q);
	}
	return NULL;
}

static struct rp_err *
add_balances(struct rp_tx *tx, struct rp_summary *s)
{
	struct q_version_spoken_rows spoken;
	struct q_version_balance_rows rows;
	struct rp_summary_question *q;
	enum rp_reading state;

	RP_TRY(q_version_balance(tx,
	    &(struct q_version_balance_param){ s->version.id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		q = question_of(s, rows.v[i].question_id);
		if (q == NULL || !rp_reading_from(rows.v[i].state, &state))
			continue;
		q->balance.of[state] = rows.v[i].responses;
		q->balance.received += rows.v[i].responses;
		q->balance.heard_of[state] = rows.v[i].heard;
		q->balance.heard += rows.v[i].heard;
	}
	RP_TRY(q_version_spoken(tx,
	    &(struct q_version_spoken_param){ s->version.id }, &spoken));
	for (size_t i = 0; i < spoken.n; i++) {
		q = question_of(s, spoken.v[i].question_id);
		if (q != NULL)
			q->balance.spoken = spoken.v[i].n;
	}
	return NULL;
}

static struct rp_err *
add_figures(struct rp_tx *tx, struct rp_summary *s)
{
	struct q_version_by_category_rows by;
	struct q_version_figures_rows rows;
	struct rp_summary_theme *t;

	RP_TRY(q_version_figures(tx,
	    &(struct q_version_figures_param){ s->version.id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		t = theme_of(s, rows.v[i].id);
		if (t != NULL)
			t->f = (struct rp_theme_figures){ rows.v[i].responses,
				rows.v[i].distinct_texts, rows.v[i].campaign,
				rows.v[i].spoken, rows.v[i].heard };
	}
	RP_TRY(q_version_by_category(tx,
	    &(struct q_version_by_category_param){ s->version.id }, &by));
	for (size_t i = 0; i < by.n; i++) {
		t = theme_of(s, by.v[i].id);
		if (t != NULL)
			rp_vec_push(rp_tx_arena(tx), &t->categories,
			    ((struct rp_theme_count){ by.v[i].category,
				by.v[i].responses }));
	}
	return NULL;
}

static void
count_in(struct rp_arena *a, struct rp_theme_counts *to, rp_text value,
    int64_t n, int64_t words)
{
	for (size_t i = 0; i < to->n; i++)
		if (rp_text_eq(to->v[i].value, value)) {
			to->v[i].responses += n;
			to->v[i].words += words;
			return;
		}
	rp_vec_push(a, to, ((struct rp_theme_count){ value, n, words }));
}

static int
most_first(const void *x, const void *y)
{
	const struct rp_theme_count *a = x, *b = y;

	if (a->responses != b->responses)
		return a->responses > b->responses ? -1 : 1;
	return rp_text_cmp(a->value, b->value);
}

static void
sort(struct rp_theme_counts *c)
{
	if (c->n > 1)
		qsort(c->v, c->n, sizeof(*c->v), most_first);
}

static struct rp_err *
add_participation(struct rp_tx *tx, struct rp_summary *s)
{
	struct rp_arena *a = rp_tx_arena(tx);

	for (size_t i = 0; i < s->questions.n; i++) {
		struct rp_summary_question *q = &s->questions.v[i];
		struct q_version_participation_rows rows;
		struct rp_theme_counts countries = { 0 };

		RP_TRY(q_version_participation(tx,
		    &(struct q_version_participation_param){ s->version.id,
			q->id },
		    &rows));
		for (size_t k = 0; k < rows.n; k++) {
			const struct q_version_participation_row *r =
			    &rows.v[k];

			count_in(a, &q->categories, r->category, r->responses,
			    r->words);
			count_in(a, &countries, r->country, r->responses,
			    r->words);
			count_in(a, &q->languages, r->lang, r->responses,
			    r->words);
		}
		q->regions = rp_theme_regions(a, &countries);
		sort(&q->categories);
		sort(&q->regions);
		sort(&q->languages);
	}
	return NULL;
}

static struct rp_err *
add_quotations(struct rp_tx *tx, struct rp_summary *s)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_version_quotations_rows rows;

	RP_TRY(q_version_quotations(tx,
	    &(struct q_version_quotations_param){ s->version.id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_version_quotations_row *r = &rows.v[i];
		struct rp_summary_theme *t = theme_of(s, r->version_theme_id);
		struct rp_digest d = rp_sha256(r->octets);
		struct rp_summary_quotation q = { .number = r->number,
			.revision_n = r->revision_n,
			.position = r->position,
			.text = rp_theme_octets(a, r->octets),
			.lang = r->lang,
			.source = r->source,
			.country = r->country,
			.file_name = r->file_name,
			.is_heard = r->is_heard,
			.heard = { .response_id = r->response_id,
			    .spoken_id = r->spoken_id,
			    .session = r->session_number,
			    .at = r->at,
			    .kind = r->kind,
			    .category = r->category,
			    .zone = r->zone } };

		/* Word for word what was frozen, or nothing. */
		if (t != NULL && q.text.n > 0 && r->digest.n == sizeof(d.b) &&
		    memcmp(d.b, r->digest.p, sizeof(d.b)) == 0)
			rp_vec_push(a, &t->quotations, q);
	}
	return NULL;
}

static struct rp_err *
add_campaigns(struct rp_tx *tx, struct rp_summary *s)
{
	struct q_version_campaigns_rows rows;

	RP_TRY(q_version_campaigns(tx,
	    &(struct q_version_campaigns_param){ s->version.id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_summary_question *q =
		    question_of(s, rows.v[i].question_id);
		struct rp_theme_campaign one = { .members = rows.v[i].members,
			.text = rows.v[i].template,
			.lang = rows.v[i].lang,
			.by_level = { rows.v[i].exact, rows.v[i].near,
			    rows.v[i].with_own } };

		one.by_level[RP_CAMPAIGN_TWIN] = one.members - rows.v[i].exact -
						 rows.v[i].near -
						 rows.v[i].with_own;
		if (q != NULL)
			rp_vec_push(rp_tx_arena(tx), &q->campaigns, one);
	}
	return NULL;
}

struct rp_err *
rp_theme_version_load(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number, rp_text lang,
    struct rp_summary *out)
{
	*out = (struct rp_summary){ 0 };
	RP_TRY(rp_theme_version_find(who, tx, c, number, &out->version));
	RP_TRY(add_themes(tx, c, lang, out));
	RP_TRY(add_balances(tx, out));
	RP_TRY(add_figures(tx, out));
	RP_TRY(add_participation(tx, out));
	RP_TRY(add_quotations(tx, out));
	return add_campaigns(tx, out);
}

static struct rp_err *
add_unthemed(struct rp_tx *tx, int64_t version_id, int64_t response_id,
    struct rp_outcomes *out)
{
	struct q_version_reading_of_rows rows;

	RP_TRY(q_version_reading_of(tx,
	    &(struct q_version_reading_of_param){ version_id, response_id },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_outcome o = { .position = rows.v[i].position };

		if (rp_reading_from(rows.v[i].state, &o.state) &&
		    (o.state == RP_READING_UNREAD ||
			o.state == RP_READING_NO_THEME))
			rp_vec_push(rp_tx_arena(tx), out, o);
	}
	return NULL;
}

static struct rp_err *
add_themed(struct rp_tx *tx, int64_t version_id, int64_t response_id,
    rp_text lang, struct rp_outcomes *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_version_of_response_rows rows;
	struct q_version_themes_rows themes;
	struct rp_wordings names;

	RP_TRY(q_version_of_response(tx,
	    &(struct q_version_of_response_param){ version_id, response_id },
	    &rows));
	if (rows.n == 0)
		return NULL;
	RP_TRY(q_version_themes(tx,
	    &(struct q_version_themes_param){ version_id }, &themes));
	RP_TRY(rp_theme_version_words(tx, version_id, &names));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t id = rows.v[i].version_theme_id;
		struct rp_outcome *o = NULL;

		for (size_t k = 0; k < out->n; k++)
			if (out->v[k].theme_id == id)
				o = &out->v[k];
		for (size_t k = 0; o == NULL && k < themes.n; k++) {
			struct rp_summary_theme t;

			if (themes.v[k].id != id)
				continue;
			t = named(&names, &themes.v[k], lang);
			rp_vec_push(a, out,
			    ((struct rp_outcome){ .position =
						      rows.v[i].position,
				.state = RP_READING_THEMED,
				.theme_id = id,
				.name = t.name,
				.lang = t.lang }));
			o = &out->v[out->n - 1];
		}
		if (o == NULL)
			continue;
		rp_vec_push(a, &o->passages,
		    rp_theme_octets(a, rows.v[i].octets));
		rp_vec_push(a, &o->files, rows.v[i].file_name);
	}
	return NULL;
}

struct rp_err *
rp_theme_version_outcomes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t response_id, rp_text lang,
    int64_t *out_number, struct rp_outcomes *out)
{
	struct rp_theme_version v;
	struct rp_err *e = rp_theme_version_find(who, tx, c, 0, &v);

	*out_number = 0;
	*out = (struct rp_outcomes){ 0 };
	if (e != NULL && rp_err_code(e) == RP_E_NOTFOUND) {
		rp_err_free(e);
		return NULL;
	}
	RP_TRY(e);
	*out_number = v.number;
	RP_TRY(add_themed(tx, v.id, response_id, lang, out));
	return add_unthemed(tx, v.id, response_id, out);
}

struct rp_err *
rp_theme_version_assignments(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t number, int64_t after_id,
    struct rp_assignments *out)
{
	struct q_version_export_rows rows;
	struct rp_theme_version v;

	RP_TRY(rp_theme_version_find(who, tx, c, number, &v));
	RP_TRY(q_version_export(tx,
	    &(struct q_version_export_param){ .version_id = v.id,
		.after_id = after_id,
		.max = RP_VERSION_EXPORT },
	    &rows));
	*out = (struct rp_assignments){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_version_export_row *r = &rows.v[i];
		struct rp_assignment one = { .id = r->id,
			.number = r->number,
			.revision_n = r->revision_n,
			.position = r->position,
			.from = r->from_byte,
			.to = r->to_byte,
			.theme_id = r->version_theme_id,
			.score = r->score,
			.by = r->by_whom,
			.spoken_id = r->spoken_id,
			.attachment = r->attachment_n };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}
