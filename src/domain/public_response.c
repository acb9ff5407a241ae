#include "domain/public_response.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/wording.h"
#include "store/db.h"
#include "store/q_public_response.h"

#define VERSION 1
#define CONTENT_MAX ((size_t)64 * 1024 * 1024)
#define LIST_MAX 100000

/*
 * Writing and reading go through the same list of fields, so that they cannot
 * disagree: `out` is set when writing, `in` when reading.
 */
struct coder {
	struct rp_arena *arena;
	struct rp_buf *out;
	rp_bytes in;
	size_t at;
	bool bad;
};

static int64_t
read_number(struct coder *k, char end)
{
	size_t from = k->at;
	int64_t v = 0;

	while (k->at < k->in.n && k->in.p[k->at] != (uint8_t)end)
		k->at++;
	if (k->at == k->in.n || k->at - from > 20 ||
	    !rp_text_i64((rp_text){ (const char *)k->in.p + from,
			     k->at - from },
		&v))
		k->bad = true;
	else
		k->at++;
	return v;
}

static void
number(struct coder *k, int64_t *v)
{
	if (k->out != NULL) {
		rp_buf_i64(k->out, *v);
		rp_buf_byte(k->out, ' ');
		return;
	}
	*v = k->bad ? 0 : read_number(k, ' ');
}

static void
flag(struct coder *k, bool *v)
{
	int64_t n = *v;

	number(k, &n);
	*v = n != 0;
}

static void
text(struct coder *k, rp_text *t)
{
	int64_t n;

	if (k->out != NULL) {
		rp_buf_i64(k->out, (int64_t)t->n);
		rp_buf_byte(k->out, ':');
		rp_buf_text(k->out, *t);
		rp_buf_byte(k->out, 0);
		return;
	}
	*t = RP_TEXT("");
	n = k->bad ? 0 : read_number(k, ':');
	if (k->bad || n < 0 || (uint64_t)n >= k->in.n - k->at) {
		k->bad = true;
		return;
	}
	*t = (rp_text){ (const char *)k->in.p + k->at, (size_t)n };
	k->at += (size_t)n + 1;
	k->bad |= k->in.p[k->at - 1] != 0;
}

/* How many elements follow. */
static size_t
count(struct coder *k, size_t n)
{
	int64_t v = (int64_t)n;

	number(k, &v);
	k->bad |= v < 0 || v > LIST_MAX;
	return k->bad ? 0 : (size_t)v;
}

static void
translations(struct coder *k, struct rp_translations *all)
{
	size_t n = count(k, all->n);

	for (size_t i = 0; i < n && !k->bad; i++) {
		struct rp_translation t = { 0 };
		int64_t status;

		if (k->out != NULL)
			t = all->v[i];
		status = t.status;
		text(k, &t.lang);
		number(k, &status);
		text(k, &t.body);
		k->bad |= status < 0 || status >= RP_WORDING_STATUS_COUNT;
		t.status = (enum rp_wording_status)status;
		if (k->out == NULL)
			rp_vec_push(k->arena, all, t);
	}
}

static void
answers(struct coder *k, struct rp_public_answers *all)
{
	size_t n = count(k, all->n);

	for (size_t i = 0; i < n && !k->bad; i++) {
		struct rp_public_answer a = { 0 };

		if (k->out != NULL)
			a = all->v[i];
		number(k, &a.position);
		number(k, &a.question_id);
		number(k, &a.answer_id);
		text(k, &a.body);
		translations(k, &a.translations);
		if (k->out == NULL)
			rp_vec_push(k->arena, all, a);
	}
}

static void
attachments(struct coder *k, struct rp_attachments *all)
{
	size_t n = count(k, all->n);

	for (size_t i = 0; i < n && !k->bad; i++) {
		struct rp_attachment a = { 0 };

		if (k->out != NULL)
			a = all->v[i];
		number(k, &a.id);
		number(k, &a.size);
		number(k, &a.clean_blob_id);
		text(k, &a.name);
		text(k, &a.kind);
		text(k, &a.state);
		if (k->out == NULL)
			rp_vec_push(k->arena, all, a);
	}
}

static void
redactions(struct coder *k, struct rp_redactions *all)
{
	size_t n = count(k, all->n);

	for (size_t i = 0; i < n && !k->bad; i++) {
		struct rp_redaction r = { 0 };

		if (k->out != NULL)
			r = all->v[i];
		number(k, &r.at);
		text(k, &r.reason);
		if (k->out == NULL)
			rp_vec_push(k->arena, all, r);
	}
}

static void
fields(struct coder *k, struct rp_public_response *p)
{
	int64_t *numbers[] = { &p->id, &p->consultation_id, &p->number,
		&p->revision_id, &p->n, &p->received_at, &p->published_at,
		&p->words, &p->redacted };
	rp_text *texts[] = { &p->capacity, &p->name, &p->organisation,
		&p->job_title, &p->signatories, &p->category, &p->country,
		&p->lang, &p->summary, &p->digest, &p->channel };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		number(k, numbers[i]);
	flag(k, &p->without_name);
	flag(k, &p->is_late);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		text(k, texts[i]);
	translations(k, &p->summary_translations);
	redactions(k, &p->redactions);
	answers(k, &p->answers);
	attachments(k, &p->attachments);
}

struct rp_err *
rp_public_response_write(struct rp_arena *a, const struct rp_public_response *p,
    rp_bytes *out)
{
	struct rp_public_response copy = *p;
	struct rp_buf b;
	struct coder k = { .arena = a, .out = &b };

	rp_buf_init(&b, a, CONTENT_MAX);
	rp_buf_byte(&b, VERSION);
	fields(&k, &copy);
	return rp_buf_bytes(&b, out);
}

struct rp_err *
rp_public_response_read(struct rp_arena *a, rp_bytes in,
    struct rp_public_response *out)
{
	struct rp_public_response p = { 0 };
	struct coder k = { .arena = a, .in = in, .at = 1 };

	if (in.n == 0 || in.p[0] != VERSION)
		return rp_fail(RP_E_INTERNAL, "public row of another version");
	fields(&k, &p);
	if (k.bad || k.at != in.n)
		return rp_fail(RP_E_INTERNAL, "public row at octet %zu", k.at);
	p.newest_n = p.n;
	*out = p;
	return NULL;
}

static struct rp_err *
load_translations(struct rp_tx *tx, const char *kind, int64_t id,
    const char *field, struct rp_translations *out)
{
	struct rp_wordings all;

	RP_TRY(rp_wording_load(tx, rp_text_z(kind), id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct rp_translation t = { .lang = all.v[i].lang,
			.status = all.v[i].status,
			.body = all.v[i].body };

		if (field == NULL ||
		    rp_text_eq(all.v[i].field, rp_text_z(field)))
			rp_vec_push(rp_tx_arena(tx), out, t);
	}
	return NULL;
}

static struct rp_err *
load(struct rp_tx *tx, int64_t response_id,
    const struct q_public_response_source_row *s, struct rp_public_response *p)
{
	*p = (struct rp_public_response){ .id = response_id,
		.consultation_id = s->consultation_id,
		.number = s->number,
		.published_at = s->published_at,
		.channel = s->channel,
		.is_late = s->is_late };
	RP_TRY(rp_response_public_view(tx, s->public_revision_id, p));
	RP_TRY(load_translations(tx, "revision", s->public_revision_id,
	    "summary", &p->summary_translations));
	for (size_t i = 0; i < p->answers.n; i++)
		RP_TRY(
		    load_translations(tx, "answer", p->answers.v[i].answer_id,
			NULL, &p->answers.v[i].translations));
	return NULL;
}

struct rp_err *
rp_public_response_put(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id)
{
	struct q_public_response_source_row s;
	struct rp_public_response p;
	rp_bytes content;
	bool found;

	RP_TRY(q_public_response_source(tx,
	    &(struct q_public_response_source_param){
		.response_id = response_id },
	    &s, &found));
	if (!found || s.public_revision_id == 0)
		return rp_fail(RP_E_NOTFOUND, "response is not public");
	RP_TRY(load(tx, response_id, &s, &p));
	RP_TRY(rp_public_response_write(rp_tx_arena(tx), &p, &content));
	RP_TRY(q_public_revision_put(tx,
	    &(struct q_public_revision_put_param){ .revision_id = p.revision_id,
		.response_id = response_id,
		.n = p.n,
		.published_at = who->now }));
	return q_public_response_put(tx,
	    &(struct q_public_response_put_param){ .response_id = response_id,
		.consultation_id = p.consultation_id,
		.number = p.number,
		.revision_n = p.n,
		.size = (int64_t)content.n,
		.content = content });
}

struct rp_err *
rp_public_response_delete(struct rp_tx *tx, int64_t response_id)
{
	return q_public_response_delete(tx,
	    &(struct q_public_response_delete_param){
		.response_id = response_id });
}

struct rp_err *
rp_public_response_translated(const struct rp_actor *who, struct rp_tx *tx,
    rp_text owner_kind, int64_t owner_id)
{
	struct q_public_response_of_revision_row by_revision;
	struct q_public_response_of_answer_row by_answer;
	struct q_public_response_of_row row;
	int64_t id = 0;
	bool found = false;

	if (rp_text_eq(owner_kind, RP_TEXT("answer"))) {
		RP_TRY(q_public_response_of_answer(tx,
		    &(struct q_public_response_of_answer_param){
			.answer_id = owner_id },
		    &by_answer, &found));
		id = found ? by_answer.response_id : 0;
	} else if (rp_text_eq(owner_kind, RP_TEXT("revision"))) {
		RP_TRY(q_public_response_of_revision(tx,
		    &(struct q_public_response_of_revision_param){
			.revision_id = owner_id },
		    &by_revision, &found));
		id = found ? by_revision.response_id : 0;
	}
	if (id == 0)
		return NULL;
	RP_TRY(q_public_response_of(tx,
	    &(struct q_public_response_of_param){ .response_id = id }, &row,
	    &found));
	return found ? rp_public_response_put(who, tx, id) : NULL;
}

struct rp_err *
rp_public_response_find(struct rp_tx *tx, int64_t consultation_id,
    int64_t number, struct rp_public_response *out, bool *out_found)
{
	struct q_public_response_get_row row;

	RP_TRY(q_public_response_get(tx,
	    &(struct q_public_response_get_param){ .consultation_id =
						       consultation_id,
		.number = number },
	    &row, out_found));
	if (!*out_found)
		return NULL;
	RP_TRY(rp_public_response_read(rp_tx_arena(tx), row.content, out));
	out->previous = row.previous;
	out->next = row.next;
	return NULL;
}

struct rp_err *
rp_public_response_batch(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, int64_t after,
    struct rp_public_responses *out)
{
	struct q_public_response_batch_rows rows;

	RP_ASSERT(who != NULL); /* what is published is everybody's */
	if (!rp_consultation_shows_responses(c))
		return rp_fail(RP_E_NOTFOUND, "responses are not shown yet");
	RP_TRY(q_public_response_batch(tx,
	    &(struct q_public_response_batch_param){ .consultation_id = c->id,
		.after = after,
		.rows = RP_PUBLIC_BATCH_ROWS,
		.octets = RP_PUBLIC_BATCH_OCTETS },
	    &rows));
	*out = (struct rp_public_responses){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_public_response p;

		RP_TRY(rp_public_response_read(rp_tx_arena(tx),
		    rows.v[i].content, &p));
		rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}
