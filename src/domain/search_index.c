#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "domain/document_part.h"
#include "domain/public_response.h"
#include "domain/search.h"
#include "domain/search_private.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_search.h"
#include "text/input.h"
#include "text/markup.h"

#define TEXT_MAX ((size_t)8 * 1024 * 1024)
#define EXCERPT_MAX 400  /* octets */
#define FILTERS_MAX 4000 /* octets of their tokens */
#define CHOICES 8        /* of three filters */
#define PROBES_MAX 100000
/* Clocks of two processes may differ a little: look again at the last ones. */
#define OVERLAP RP_MINUTE

static void
line(struct rp_buf *b, rp_text t)
{
	if (t.n == 0)
		return;
	rp_buf_text(b, t);
	rp_buf_byte(b, '\n');
}

static struct rp_err *
tokens(const struct rp_actor *who, struct rp_arena *a, const struct rp_buf *b,
    rp_text lang, const rp_text *filters, size_t n, rp_text *out)
{
	struct rp_buf all;
	rp_text body;

	/* What is over the limit is not found; the rest is. */
	body = (rp_text){ (const char *)b->p, b->n };
	body = rp_text_cut(body, b->n);
	body = rp_tokens_index(who->env->tokens, a, body, lang);
	rp_buf_init(&all, a, body.n + FILTERS_MAX);
	rp_buf_text(&all, body);
	for (size_t i = 0; i < n; i++) {
		if (all.n > 0)
			rp_buf_byte(&all, ' ');
		rp_buf_text(&all, filters[i]);
	}
	return rp_buf_done(&all, out);
}

static void
add_translations(struct rp_buf *b, const struct rp_translations *all)
{
	for (size_t i = 0; i < all->n; i++)
		line(b, all->v[i].body);
}

static struct rp_err *
add_attachments(struct rp_tx *tx, int64_t id,
    const struct rp_public_response *p, struct rp_buf *b)
{
	struct q_search_attachments_rows rows;

	if (p->attachments.n == 0)
		return NULL;
	RP_TRY(q_search_attachments(tx,
	    &(struct q_search_attachments_param){ .response_id = id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		line(b, rows.v[i].name);
		line(b, rows.v[i].body);
	}
	return NULL;
}

static struct rp_err *
response_text(struct rp_tx *tx, const struct q_search_source_row *row,
    int64_t id, struct rp_buf *b)
{
	struct rp_public_response p;

	RP_TRY(rp_public_response_read(rp_tx_arena(tx), row->content, &p));
	line(b, row->source);
	line(b, row->person);
	line(b, p.signatories);
	line(b, p.summary);
	add_translations(b, &p.summary_translations);
	for (size_t i = 0; i < p.answers.n; i++) {
		line(b, p.answers.v[i].body);
		add_translations(b, &p.answers.v[i].translations);
	}
	return add_attachments(tx, id, &p, b);
}

static struct rp_err *
prepare_response(const struct rp_actor *who, struct rp_tx *tx, int64_t task_id,
    int64_t id, struct rp_search_entry *e)
{
	struct rp_arena *a = rp_tx_arena(tx);
	rp_text filters[3 + CHOICES], none = RP_TEXT("");
	struct q_search_source_row row;
	struct rp_buf b;
	bool found;

	*e = (struct rp_search_entry){ .task_id = task_id,
		.kind = RP_TEXT("response"),
		.ref_id = id,
		.clears = true };
	RP_TRY(q_search_source(tx,
	    &(struct q_search_source_param){ .response_id = id }, &row,
	    &found));
	e->gone = !found;
	if (!found)
		return NULL;
	rp_buf_init(&b, a, TEXT_MAX);
	RP_TRY(response_text(tx, &row, id, &b));
	e->group_id = row.group_id;
	e->consultation_id = row.consultation_id;
	e->number = row.number;
	e->at = row.received_at;
	e->lang = row.lang;
	e->title = row.source;
	e->excerpt = row.excerpt;
	filters[0] = rp_search_number_token(a, RP_TOKEN_GROUP, row.group_id);
	filters[1] = rp_search_filter_token(a, RP_TOKEN_LANG, row.lang);
	filters[2] =
	    rp_search_filter_token(a, RP_TOKEN_KIND, RP_TEXT("response"));
	for (unsigned i = 0; i < CHOICES; i++)
		filters[3 + i] = rp_search_list_token(a, row.consultation_id,
		    i & 1 ? row.category : none, i & 2 ? row.country : none,
		    i & 4 ? row.lang : none);
	return tokens(who, a, &b, row.lang, filters, 3 + CHOICES, &e->tokens);
}

/* The titles in all languages, and of one that is open all its words. */
static struct rp_err *
document_words(struct rp_tx *tx, int64_t id, bool is_open, rp_text lang,
    struct rp_search_entry *e, struct rp_buf *b)
{
	struct rp_wordings all;
	const struct rp_wording *best;

	RP_TRY(rp_wording_load(tx, RP_TEXT("document"), id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (is_open || rp_text_eq(all.v[i].field, RP_TEXT("title")))
			line(b, all.v[i].body);
	}
	best = rp_wording_pick(&all, id, RP_TEXT("title"), lang, RP_TEXT("en"));
	if (best != NULL)
		e->title = best->body;
	best =
	    rp_wording_pick(&all, id, RP_TEXT("purpose"), lang, RP_TEXT("en"));
	if (best != NULL && is_open)
		e->excerpt = rp_text_cut(best->body, EXCERPT_MAX);
	return NULL;
}

static struct rp_err *
document_files(const struct rp_actor *who, struct rp_tx *tx,
    const struct q_search_document_texts_rows *files, struct rp_buf *b)
{
	for (size_t i = 0; i < files->n; i++) {
		bool found = true;

		for (int64_t seq = 0; found && !b->over; seq++) {
			rp_bytes chunk;

			RP_TRY(rp_blob_chunk(who, tx, files->v[i].blob_id, seq,
			    &found, &chunk));
			if (found)
				rp_buf_bytes_add(b, chunk);
		}
		rp_buf_byte(b, '\n');
	}
	return NULL;
}

/* Of a document, as its row says: where it is, and what narrows a search. */
struct found_document {
	const struct q_search_document_row *row;
	struct q_search_document_texts_rows files;
	int64_t id;
	rp_text symbol;
	struct rp_search_entry e;
};

static void
locate(struct rp_arena *a, struct found_document *f)
{
	const struct q_search_document_row *row = f->row;
	const struct rp_meeting_document d = { .number = row->number,
		.addendum = row->addendum,
		.corrigendum = row->corrigendum };
	const struct rp_meeting m = { .series = row->series,
		.ordinal = row->ordinal };
	rp_text part = rp_document_part_name(a, &d);

	f->symbol = rp_meeting_document_symbol(a, &m, &d);
	f->e.group_id = row->group_id;
	f->e.number = row->number;
	f->e.at = row->at;
	f->e.lang = f->files.n > 0 ? f->files.v[0].lang : RP_TEXT("en");
	f->e.place =
	    rp_textf(a, "%lld/documents/%lld%s%.*s", (long long)row->ordinal,
		(long long)row->number, part.n > 0 ? "/" : "", RP_FMT(part));
}

/* `whole`: all its words, else its title. `seal`, `all`: who does not find it.
 */
static struct rp_err *
document_entry(const struct rp_actor *who, struct rp_tx *tx,
    const struct found_document *f, bool whole, const char *seal, bool all,
    struct rp_search_entry *e)
{
	struct rp_arena *a = rp_tx_arena(tx);
	bool is_report = rp_text_eq(f->row->kind, RP_TEXT("report"));
	rp_text filters[6];
	struct rp_buf b;
	size_t n = 0;

	rp_buf_init(&b, a, TEXT_MAX);
	line(&b, f->symbol);
	RP_TRY(document_words(tx, f->id, whole, e->lang, e, &b));
	if (whole)
		RP_TRY(document_files(who, tx, &f->files, &b));
	filters[n++] =
	    rp_search_number_token(a, RP_TOKEN_GROUP, f->row->group_id);
	filters[n++] = rp_search_filter_token(a, RP_TOKEN_LANG, e->lang);
	filters[n++] =
	    rp_search_filter_token(a, RP_TOKEN_KIND, RP_TEXT("document"));
	if (is_report)
		filters[n++] =
		    rp_search_filter_token(a, RP_TOKEN_KIND, RP_TEXT("report"));
	if (seal != NULL)
		filters[n++] =
		    rp_search_number_token(a, seal, f->row->group_id);
	if (all)
		filters[n++] = rp_search_number_token(a, seal, 0);
	return tokens(who, a, &b, e->lang, filters, n, &e->tokens);
}

/*
 * Two entries, of which one may be gone: what everybody finds, the whole or its
 * title, and the whole for members of the group.
 */
static struct rp_err *
prepare_document(const struct rp_actor *who, struct rp_tx *tx, int64_t task_id,
    int64_t id, struct rp_search_entries *out)
{
	struct q_search_document_row row;
	struct found_document f = { .row = &row, .id = id };
	struct rp_search_entry open, closed;
	bool found;

	RP_TRY(q_search_document(tx,
	    &(struct q_search_document_param){ .document_id = id,
		.now = who->now },
	    &row, &found));
	if (found) {
		RP_TRY(q_search_document_texts(tx,
		    &(struct q_search_document_texts_param){ .document_id = id,
			.revision = row.revision },
		    &f.files));
		locate(rp_tx_arena(tx), &f);
	}
	f.e.ref_id = id;
	f.e.clears = true;
	open = closed = f.e;
	open.kind = RP_TEXT("document");
	open.gone = !found || !row.is_titled;
	closed.kind = RP_TEXT("closed");
	closed.gone = !found || row.is_open;
	closed.task_id = task_id;
	if (!open.gone)
		RP_TRY(document_entry(who, tx, &f, row.is_open,
		    row.is_open ? NULL : RP_TOKEN_TITLE, false, &open));
	if (!closed.gone)
		RP_TRY(document_entry(who, tx, &f, true, RP_TOKEN_CLOSED, true,
		    &closed));
	rp_vec_push(rp_tx_arena(tx), out, open);
	rp_vec_push(rp_tx_arena(tx), out, closed);
	return NULL;
}

static struct rp_err *
prepare_topic(const struct rp_actor *who, struct rp_tx *tx, int64_t task_id,
    int64_t id, struct rp_search_entries *out)
{
	struct rp_search_entry e = { .task_id = task_id,
		.kind = RP_TEXT("topic"),
		.ref_id = id,
		.clears = true };
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_search_topic_questions_rows questions;
	struct q_search_topic_row row;
	rp_text filters[5];
	struct rp_buf b;
	size_t n = 0;
	bool found;

	RP_TRY(q_search_topic(tx,
	    &(struct q_search_topic_param){ .proposal_id = id }, &row, &found));
	e.gone = !found;
	if (!found) {
		rp_vec_push(a, out, e);
		return NULL;
	}
	RP_TRY(q_search_topic_questions(tx,
	    &(struct q_search_topic_questions_param){
		.revision_id = row.revision_id },
	    &questions));
	rp_buf_init(&b, a, TEXT_MAX);
	line(&b, row.title);
	line(&b, row.rationale);
	for (size_t i = 0; i < questions.n; i++)
		line(&b, questions.v[i].body);
	e.group_id = row.group_id;
	e.number = row.number;
	e.at = row.changed_at;
	e.lang = row.lang;
	e.title = row.title;
	e.excerpt = rp_text_cut(row.rationale, EXCERPT_MAX);
	e.place = rp_textf(a, "%lld", (long long)row.number);
	filters[n++] = rp_search_number_token(a, RP_TOKEN_GROUP, row.group_id);
	filters[n++] = rp_search_filter_token(a, RP_TOKEN_LANG, row.lang);
	filters[n++] =
	    rp_search_filter_token(a, RP_TOKEN_KIND, RP_TEXT("topic"));
	if (!row.is_open) {
		filters[n++] = rp_search_number_token(a, RP_TOKEN_CLOSED_TOPIC,
		    row.group_id);
		filters[n++] =
		    rp_search_number_token(a, RP_TOKEN_CLOSED_TOPIC, 0);
	}
	RP_TRY(tokens(who, a, &b, row.lang, filters, n, &e.tokens));
	rp_vec_push(a, out, e);
	return NULL;
}

/* "2022-10-14" as an instant, in UTC: the order of results. */
static int64_t
day_at(struct rp_arena *a, rp_text day)
{
	int64_t at = 0;

	rp_err_free(
	    rp_clock_parse(rp_textf(a, "%.*sT12:00:00Z", RP_FMT(day)), &at));
	return at;
}

/* How it is quoted in any language: the number, and the version's name. */
static struct rp_err *
version_text(struct rp_tx *tx, const struct q_search_version_row *row,
    struct rp_search_entry *e, struct rp_buf *b)
{
	struct rp_wordings titles;
	const struct rp_wording *best;

	RP_TRY(rp_wording_load(tx, RP_TEXT("instrument"), row->instrument_id,
	    &titles));
	best = rp_wording_pick(&titles, row->instrument_id, RP_TEXT("title"),
	    row->lang, RP_TEXT("en"));
	e->title = rp_textf(rp_tx_arena(tx), "%.*s (%.*s)",
	    RP_FMT(best ? best->body : row->slug), RP_FMT(row->name));
	line(b, row->kind);
	line(b, row->inumber);
	line(b, row->name);
	for (size_t i = 0; i < titles.n; i++)
		line(b, titles.v[i].body);
	line(b, row->body);
	return NULL;
}

static struct rp_err *
prepare_version(const struct rp_actor *who, struct rp_tx *tx, int64_t task_id,
    int64_t id, struct rp_search_entry *e)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_search_version_row row;
	struct rp_buf b;
	bool found;

	*e = (struct rp_search_entry){ .task_id = task_id,
		.kind = RP_TEXT("version"),
		.ref_id = id,
		.clears = true };
	RP_TRY(q_search_version(tx,
	    &(struct q_search_version_param){ .version_id = id }, &row,
	    &found));
	e->gone = !found;
	if (!found)
		return NULL;
	rp_buf_init(&b, a, TEXT_MAX);
	RP_TRY(version_text(tx, &row, e, &b));
	e->group_id = row.group_id;
	e->number = row.number;
	e->at = day_at(a, row.dated);
	e->lang = row.lang;
	e->excerpt = rp_markup_shorten(a, row.body, EXCERPT_MAX);
	e->place =
	    rp_textf(a, "%.*s/%lld", RP_FMT(row.slug), (long long)row.number);
	return tokens(who, a, &b, row.lang,
	    (const rp_text[]){
		rp_search_number_token(a, RP_TOKEN_GROUP, row.group_id),
		rp_search_filter_token(a, RP_TOKEN_LANG, row.lang),
		rp_search_filter_token(a, RP_TOKEN_KIND,
		    RP_TEXT("instrument")) },
	    3, &e->tokens);
}

static struct rp_err *
prepare_one(const struct rp_actor *who, struct rp_tx *tx,
    const struct q_search_tasks_row *task, struct rp_search_entries *out)
{
	struct rp_search_entry e;

	if (rp_text_eq(task->kind, RP_TEXT("index_document")))
		return prepare_document(who, tx, task->id, task->ref_id, out);
	if (rp_text_eq(task->kind, RP_TEXT("index_topic")))
		return prepare_topic(who, tx, task->id, task->ref_id, out);
	if (rp_text_eq(task->kind, RP_TEXT("index_version")))
		RP_TRY(prepare_version(who, tx, task->id, task->ref_id, &e));
	else
		RP_TRY(prepare_response(who, tx, task->id, task->ref_id, &e));
	rp_vec_push(rp_tx_arena(tx), out, e);
	return NULL;
}

struct rp_err *
rp_search_prepare(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_search_entries *out)
{
	struct q_search_tasks_rows tasks;
	size_t octets = 0;

	RP_ASSERT(who->system);
	*out = (struct rp_search_entries){ 0 };
	RP_TRY(q_search_tasks(tx,
	    &(struct q_search_tasks_param){ .now = who->now,
		.max = RP_SEARCH_BATCH },
	    &tasks));
	for (size_t i = 0; i < tasks.n && octets < RP_SEARCH_OCTETS_MAX; i++) {
		size_t from = out->n;

		RP_TRY(prepare_one(who, tx, &tasks.v[i], out));
		for (; from < out->n; from++)
			octets += out->v[from].tokens.n;
	}
	return NULL;
}

static struct rp_err *
prepare_language(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text lang,
    struct rp_search_entries *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_search_entry e = { .kind = RP_TEXT("consultation"),
		.ref_id = c->id,
		.group_id = c->group.id,
		.consultation_id = c->id,
		.number = c->number,
		.at = c->opens_at,
		.lang = lang,
		.title = c->title.body,
		.excerpt =
		    rp_markup_excerpt(a, c->introduction.body, EXCERPT_MAX) };
	struct rp_buf b;

	rp_buf_init(&b, a, TEXT_MAX);
	line(&b, c->title.body);
	line(&b, c->introduction.body);
	line(&b, c->guidelines.body);
	for (size_t i = 0; i < c->questions.n; i++) {
		line(&b, c->questions.v[i].text.body);
		line(&b, c->questions.v[i].help.body);
	}
	RP_TRY(tokens(who, a, &b, lang,
	    (const rp_text[]){
		rp_search_number_token(a, RP_TOKEN_GROUP, c->group.id),
		rp_search_filter_token(a, RP_TOKEN_LANG, lang),
		rp_search_filter_token(a, RP_TOKEN_KIND,
		    RP_TEXT("consultation")) },
	    3, &e.tokens));
	rp_vec_push(a, out, e);
	return NULL;
}

/* In each language of the interface in which it has a title. */
static struct rp_err *
prepare_consultation(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_search_entries *out)
{
	size_t first = out->n;

	for (int l = 0; l < RP_LANG_COUNT; l++) {
		rp_text lang = rp_lang_tag((enum rp_lang)l);
		struct rp_consultation c;

		RP_TRY(rp_consultation_get_by_id(who, tx, id, lang, &c));
		if (rp_text_eq(c.title.lang, lang))
			RP_TRY(prepare_language(who, tx, &c, lang, out));
	}
	if (out->n > first)
		out->v[first].clears = true;
	return NULL;
}

struct rp_err *
rp_search_prepare_consultations(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_search_entries *out)
{
	struct q_search_changed_consultations_rows rows;
	struct q_search_mark_get_row mark;
	int64_t since = 0;
	bool found;

	RP_ASSERT(who->system);
	*out = (struct rp_search_entries){ 0 };
	RP_TRY(q_search_mark_get(tx, &mark, &found));
	if (found &&
	    !rp_text_i64(rp_text_trusted(rp_tx_arena(tx), mark.value), &since))
		since = 0;
	RP_TRY(q_search_changed_consultations(tx,
	    &(struct q_search_changed_consultations_param){ .since = since },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		RP_TRY(prepare_consultation(who, tx, rows.v[i].id, out));
	return NULL;
}

struct rp_err *
rp_search_mark(const struct rp_actor *who, struct rp_tx *tx)
{
	return q_search_mark_set(tx,
	    &(struct q_search_mark_set_param){
		.value = rp_text_bytes(rp_textf(rp_tx_arena(tx), "%lld",
		    (long long)(who->now - OVERLAP))) });
}

/*
 * The place of an entry is its time, or the next one that is free. On
 * PostgreSQL another machine may have stored the same entry since it was
 * deleted here: then that one goes, for it may be made of older rows.
 */
static struct rp_err *
insert(struct rp_tx *tx, const struct rp_search_entry *e)
{
	int64_t id =
	    (int64_t)((uint64_t)(e->at > 0 ? e->at / RP_SECOND : 0) << 20 |
		      ((uint64_t)e->ref_id & 0xfffff));
	int64_t n = 0, others = 0;

	for (int i = 0; i < PROBES_MAX; i++) {
		RP_TRY(q_search_insert(tx,
		    &(struct q_search_insert_param){ .id = id + i,
			.kind = e->kind,
			.ref_id = e->ref_id,
			.lang = e->lang,
			.group_id = e->group_id,
			.consultation_id = e->consultation_id,
			.number = e->number,
			.title = e->title,
			.at = e->at,
			.tokens = e->tokens,
			.excerpt = e->excerpt,
			.place = e->place },
		    &n));
		if (n > 0)
			return NULL;
		RP_TRY(q_search_delete_one(tx,
		    &(struct q_search_delete_one_param){ .kind = e->kind,
			.ref_id = e->ref_id,
			.lang = e->lang },
		    &others));
		if (others > 0)
			i--;
	}
	return rp_fail(RP_E_INTERNAL, "no place in the index");
}

struct rp_err *
rp_search_store(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_entry *e)
{
	RP_ASSERT(who->system);
	if (e->clears)
		RP_TRY(q_search_delete(tx,
		    &(struct q_search_delete_param){ .kind = e->kind,
			.ref_id = e->ref_id }));
	if (!e->gone)
		RP_TRY(insert(tx, e));
	if (e->task_id == 0)
		return NULL;
	return q_search_task_done(tx,
	    &(struct q_search_task_done_param){ .id = e->task_id });
}

static struct rp_err *
store_all(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_entries *all)
{
	for (size_t i = 0; i < all->n; i++)
		RP_TRY(rp_search_store(who, tx, &all->v[i]));
	return NULL;
}

static void
free_arena(void *a)
{
	rp_arena_free(a);
}

struct rp_err *
rp_search_index_all(const struct rp_actor *who, struct rp_tx *tx)
{
	struct rp_arena *outer = rp_tx_arena(tx);
	struct rp_arena *a = rp_arena_new((size_t)1 << 30);
	struct rp_search_entries batch;
	struct rp_err *e;

	rp_arena_defer(outer, free_arena, a);
	rp_tx_use(tx, a);
	e = rp_search_prepare_consultations(who, tx, &batch);
	if (e == NULL)
		e = store_all(who, tx, &batch);
	if (e == NULL)
		e = rp_search_mark(who, tx);
	do {
		rp_arena_reset(a);
		batch.n = 0;
		if (e == NULL)
			e = rp_search_prepare(who, tx, &batch);
		if (e == NULL)
			e = store_all(who, tx, &batch);
	} while (e == NULL && batch.n > 0);
	rp_tx_use(tx, outer);
	return e;
}
