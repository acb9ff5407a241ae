#include "domain/codebook_import.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/decision_private.h"
#include "domain/event.h"
#include "domain/response.h"
#include "domain/theme_private.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_codebook_import.h"
#include "text/input.h"
#include "text/lang.h"

static bool
is(rp_text state, const char *name)
{
	return rp_text_eq(state, rp_text_z(name));
}

struct rp_err *
rp_codebook_import_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t question_id, int64_t upload_id, rp_text file_name, rp_text lang)
{
	struct q_codebook_import_insert_row row;
	struct rp_digest digest;
	struct rp_codebook b;
	int64_t blob_id;

	RP_TRY(rp_codebook_make(who, tx, question_id, &b));
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), lang, &lang));
	if (upload_id == 0)
		return rp_fail(RP_E_INVALID, "no file");
	RP_TRY(rp_upload_keep(who, tx, upload_id, &blob_id, &digest));
	RP_TRY(q_codebook_import_insert(tx,
	    &(struct q_codebook_import_insert_param){ .codebook_id = b.id,
		.blob_id = blob_id,
		.file_name = rp_text_cut(file_name, RP_FILE_NAME_MAX),
		.lang = lang,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	RP_TRY(q_codebook_task_insert(tx,
	    &(struct q_codebook_task_insert_param){ row.id, who->now }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("theme.file"),
		.object_kind = RP_TEXT("question"),
		.object_id = question_id,
		.group_id = b.where.group_id,
		.after = file_name });
}

struct rp_err *
rp_codebook_import_last(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, struct rp_codebook_import *out)
{
	struct q_codebook_import_last_row row;
	bool found;

	RP_TRY(rp_codebook_needs(who, b));
	*out = (struct rp_codebook_import){ 0 };
	RP_TRY(q_codebook_import_last(tx,
	    &(struct q_codebook_import_last_param){ b->id }, &row, &found));
	if (found)
		*out = (struct rp_codebook_import){ .id = row.id,
			.file_name = row.file_name,
			.lang = row.lang,
			.reason = row.reason,
			.state = row.state };
	return NULL;
}

/* Which code is which theme. */

struct importing {
	const struct rp_actor *who;
	struct rp_tx *tx;
	const struct rp_codebook *b;
	rp_text lang;
	struct q_codebook_import_codes_rows codes;
	struct rp_theme_items items;
	struct q_theme_wordings_rows words;
	struct q_theme_guids_rows guids;
	int64_t *theme; /* by code; 0: not there yet */
	rp_text *was;   /* by code: the name in the language now */
	bool *is_other; /* by code: other texts than now */
};

/* Of the installation and the id, in the form of a UUID (RFC 9562, version 8).
 */
static rp_text
guid_of(const struct rp_actor *who, struct rp_arena *a,
    const struct q_theme_guids_rows *kept, int64_t theme_id)
{
	struct rp_digest d;
	rp_text name;

	for (size_t i = 0; i < kept->n; i++)
		if (kept->v[i].id == theme_id)
			return kept->v[i].guid;
	name = rp_textf(a, "%.*s/theme/%lld", RP_FMT(who->env->public_url),
	    (long long)theme_id);
	d = rp_sha256(rp_text_bytes(name));
	return rp_textf(a,
	    "%02x%02x%02x%02x-%02x%02x-8%x%02x-%02x%02x-%02x%02x%02x%02x%02x"
	    "%02x",
	    d.b[0], d.b[1], d.b[2], d.b[3], d.b[4], d.b[5], d.b[6] & 15, d.b[7],
	    (d.b[8] & 63) | 128, d.b[9], d.b[10], d.b[11], d.b[12], d.b[13],
	    d.b[14], d.b[15]);
}

static rp_text
word_of(const struct importing *x, int64_t theme_id, const char *field)
{
	for (size_t i = 0; i < x->words.n; i++) {
		const struct q_theme_wordings_row *w = &x->words.v[i];

		if (w->owner_id == theme_id && is(w->field, field) &&
		    rp_text_eq(w->lang, x->lang))
			return w->body;
	}
	return RP_TEXT("");
}

static bool
is_named(const struct importing *x, const struct rp_theme_item *t, rp_text name)
{
	if (rp_text_eq(t->name, name))
		return true;
	for (size_t i = 0; i < x->words.n; i++)
		if (x->words.v[i].owner_id == t->id &&
		    is(x->words.v[i].field, "name") &&
		    rp_text_eq(x->words.v[i].body, name))
			return true;
	return false;
}

static bool
is_taken(const struct importing *x, int64_t theme_id)
{
	for (size_t i = 0; i < x->codes.n; i++)
		if (x->theme[i] == theme_id)
			return true;
	return false;
}

static void
match(struct importing *x, bool by_guid)
{
	struct rp_arena *a = rp_tx_arena(x->tx);

	for (size_t i = 0; i < x->codes.n; i++) {
		const struct q_codebook_import_codes_row *c = &x->codes.v[i];

		for (size_t k = 0; k < x->items.n && x->theme[i] == 0; k++) {
			const struct rp_theme_item *t = &x->items.v[k];
			bool same =
			    by_guid ?
				rp_text_eq(c->guid,
				    guid_of(x->who, a, &x->guids, t->id)) :
				is_named(x, t, c->name);

			if (same && !is_taken(x, t->id))
				x->theme[i] = t->id;
		}
	}
}

static bool
other(const struct importing *x, int64_t theme_id, const char *field,
    rp_text text)
{
	return text.n > 0 && !rp_text_eq(text, word_of(x, theme_id, field));
}

static void
compare(struct importing *x, size_t i)
{
	const struct q_codebook_import_codes_row *c = &x->codes.v[i];
	int64_t id = x->theme[i];

	x->was[i] = word_of(x, id, "name");
	for (size_t k = 0; k < x->items.n && x->was[i].n == 0; k++)
		if (x->items.v[k].id == id)
			x->was[i] = x->items.v[k].name;
	x->is_other[i] = other(x, id, "definition", c->definition) ||
			 other(x, id, "include", c->includes) ||
			 other(x, id, "exclude", c->excludes) ||
			 other(x, id, "example", c->examples);
}

static struct rp_err *
open_import(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, struct importing *x)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_codebook_import last;

	*x = (struct importing){ .who = who, .tx = tx, .b = b };
	RP_TRY(rp_codebook_import_last(who, tx, b, &last));
	if (last.id != id || id == 0)
		return rp_fail(RP_E_NOTFOUND, "no import %lld", (long long)id);
	if (!is(last.state, "read"))
		return rp_fail(RP_E_CONFLICT, "import %lld is %.*s",
		    (long long)id, RP_FMT(last.state));
	x->lang = last.lang;
	RP_TRY(rp_theme_names_list(who, tx, b, last.lang, false, &x->items));
	RP_TRY(q_theme_wordings(tx, &(struct q_theme_wordings_param){ b->id },
	    &x->words));
	RP_TRY(q_theme_guids(tx, &(struct q_theme_guids_param){ b->id },
	    &x->guids));
	RP_TRY(q_codebook_import_codes(tx,
	    &(struct q_codebook_import_codes_param){ id }, &x->codes));
	x->theme = rp_new_n(a, int64_t, x->codes.n + 1);
	x->was = rp_new_n(a, rp_text, x->codes.n + 1);
	x->is_other = rp_new_n(a, bool, x->codes.n + 1);
	match(x, true);
	match(x, false);
	for (size_t i = 0; i < x->codes.n; i++)
		if (x->theme[i] != 0)
			compare(x, i);
	return NULL;
}

/* The topmost code above, or the code itself; -1 is none. */
static size_t
top_of(const struct importing *x, size_t i)
{
	while (x->codes.v[i].parent_n >= 0)
		i = (size_t)x->codes.v[i].parent_n;
	return i;
}

static enum rp_import_what
what_of(const struct importing *x, size_t i)
{
	if (x->theme[i] == 0)
		return RP_IMPORT_ADDED;
	if (!rp_text_eq(x->was[i], x->codes.v[i].name))
		return RP_IMPORT_RENAMED;
	return x->is_other[i] ? RP_IMPORT_DEFINED : RP_IMPORT_SAME;
}

struct rp_err *
rp_codebook_import_preview(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id, struct rp_import_preview *out)
{
	struct importing x;

	RP_TRY(open_import(who, tx, b, id, &x));
	*out = (struct rp_import_preview){ 0 };
	for (size_t i = 0; i < x.codes.n; i++) {
		size_t top = top_of(&x, i);
		struct rp_import_line line = { .what = what_of(&x, i),
			.name = x.codes.v[i].name,
			.was = x.was[i],
			.parent = top == i ? RP_TEXT("") : x.codes.v[top].name,
			.theme_id = x.theme[i] };

		out->n[line.what]++;
		rp_vec_push(rp_tx_arena(tx), &out->lines, line);
	}
	return NULL;
}

static struct rp_err *
word(const struct rp_theme_act *d, const struct importing *x, int64_t theme_id,
    const char *field, rp_text text)
{
	if (!other(x, theme_id, field, text))
		return NULL;
	return rp_act_wording(d, theme_id, rp_text_z(field), x->lang, text);
}

/* A theme of the top that may have others below it, or 0. */
static int64_t
parent_for(const struct importing *x, size_t i)
{
	size_t top = top_of(x, i);

	if (top == i)
		return 0;
	for (size_t k = 0; k < x->items.n; k++)
		if (x->items.v[k].id == x->theme[top] &&
		    x->items.v[k].parent_id != 0)
			return x->items.v[k].parent_id;
	return x->theme[top];
}

static struct rp_err *
take(const struct rp_theme_act *d, struct importing *x, size_t i)
{
	const struct q_codebook_import_codes_row *c = &x->codes.v[i];
	bool added = x->theme[i] == 0;
	int64_t id = x->theme[i];

	if (added) {
		RP_TRY(rp_act_new_theme(d,
		    &(struct rp_theme_to){ .state = RP_TEXT("confirmed"),
			.parent_id = parent_for(x, i) },
		    RP_TEXT("person"), RP_TEXT(""), x->lang, &id));
		x->theme[i] = id;
	}
	if (c->guid.n > 0)
		RP_TRY(q_theme_set_guid(x->tx,
		    &(struct q_theme_set_guid_param){ id, c->guid }));
	if (added || !rp_text_eq(x->was[i], c->name))
		RP_TRY(
		    rp_act_wording(d, id, RP_TEXT("name"), x->lang, c->name));
	RP_TRY(word(d, x, id, "definition", c->definition));
	RP_TRY(word(d, x, id, "include", c->includes));
	RP_TRY(word(d, x, id, "exclude", c->excludes));
	return word(d, x, id, "example", c->examples);
}

struct rp_err *
rp_codebook_import_apply(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, int64_t id,
    const int64_t seen[RP_IMPORT_WHATS], rp_text reason)
{
	struct rp_theme_act d;
	struct importing x;
	int64_t n[RP_IMPORT_WHATS] = { 0 }, changed;

	RP_TRY(open_import(who, tx, b, id, &x));
	for (size_t i = 0; i < x.codes.n; i++)
		n[what_of(&x, i)]++;
	for (int w = 0; w < RP_IMPORT_WHATS; w++)
		if (n[w] != seen[w])
			return rp_fail(RP_E_CONFLICT,
			    "it would do something else now");
	RP_TRY(rp_act_begin(who, tx, b,
	    &(struct rp_act_about){ .kind = "import",
		.n = n[RP_IMPORT_ADDED] + n[RP_IMPORT_RENAMED] +
		     n[RP_IMPORT_DEFINED],
		.reason = reason },
	    &d));
	/* Parents stand before their children. */
	for (size_t i = 0; i < x.codes.n; i++)
		if (what_of(&x, i) != RP_IMPORT_SAME)
			RP_TRY(take(&d, &x, i));
	return q_codebook_import_set(tx,
	    &(struct q_codebook_import_set_param){ .id = id,
		.from_state = RP_TEXT("read"),
		.state = RP_TEXT("done"),
		.reason = RP_TEXT("") },
	    &changed);
}

/* The worker's side. */

static struct rp_err *
only_worker(const struct rp_actor *who)
{
	if (!who->system)
		return rp_fail(RP_E_DENIED, "only the worker reads files");
	return NULL;
}

struct rp_err *
rp_codebook_import_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_import_work *out)
{
	struct q_codebook_import_work_row work;
	struct q_codebook_task_claim_row task;
	bool found;

	RP_TRY(only_worker(who));
	*out = (struct rp_import_work){ 0 };
	RP_TRY(q_codebook_task_claim(tx,
	    &(struct q_codebook_task_claim_param){ .now = who->now,
		.until_at = who->now + RP_IMPORT_CLAIM },
	    &task, out_found));
	if (!*out_found)
		return NULL;
	RP_TRY(q_codebook_import_work(tx,
	    &(struct q_codebook_import_work_param){ task.ref_id }, &work,
	    &found));
	*out = (struct rp_import_work){ .id = task.ref_id,
		.task_id = task.id,
		.blob_id =
		    found && is(work.state, "received") ? work.blob_id : 0,
		.tries = task.tries };
	if (out->blob_id != 0)
		return NULL;
	*out_found = false;
	return q_codebook_task_done(tx,
	    &(struct q_codebook_task_done_param){ task.id });
}

static struct rp_err *
keep_code(struct rp_tx *tx, int64_t import_id, size_t i,
    const struct rp_import_code *c)
{
	if (rp_text_blank(c->name) || c->parent >= (int64_t)i || c->parent < -1)
		return rp_fail(RP_E_INVALID, "code %zu", i);
	return q_codebook_import_code_insert(tx,
	    &(struct q_codebook_import_code_insert_param){ .import_id =
							       import_id,
		.n = (int64_t)i,
		.parent_n = c->parent,
		.guid = rp_text_cut(c->guid, RP_THEME_NAME_MAX),
		.name = rp_text_cut(c->name, RP_THEME_NAME_MAX),
		.definition = rp_text_cut(c->definition, RP_THEME_TEXT_MAX),
		.includes = rp_text_cut(c->includes, RP_THEME_TEXT_MAX),
		.excludes = rp_text_cut(c->excludes, RP_THEME_TEXT_MAX),
		.examples = rp_text_cut(c->examples, RP_THEME_TEXT_MAX) });
}

struct rp_err *
rp_codebook_import_read(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_import_work *work, const struct rp_import_codes *codes,
    rp_text reason)
{
	bool ok = codes != NULL && codes->n > 0 && codes->n <= RP_THEMES_MAX;
	int64_t n;

	RP_TRY(only_worker(who));
	for (size_t i = 0; ok && i < codes->n; i++)
		RP_TRY(keep_code(tx, work->id, i, &codes->v[i]));
	if (codes != NULL && !ok)
		reason = rp_textf(rp_tx_arena(tx), "%zu codes", codes->n);
	RP_TRY(q_codebook_import_set(tx,
	    &(struct q_codebook_import_set_param){ .id = work->id,
		.from_state = RP_TEXT("received"),
		.state = ok ? RP_TEXT("read") : RP_TEXT("failed"),
		.reason = reason },
	    &n));
	return q_codebook_task_done(tx,
	    &(struct q_codebook_task_done_param){ work->task_id });
}

struct rp_err *
rp_codebook_import_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_import_work *work, int64_t after, rp_text error)
{
	RP_TRY(only_worker(who));
	return q_codebook_task_later(tx,
	    &(struct q_codebook_task_later_param){ .id = work->task_id,
		.not_before_at = who->now + after,
		.error = error });
}

/* Out. */

static rp_text
text_of(const struct rp_wordings *words, int64_t id, const char *field,
    rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(words, id, rp_text_z(field), lang, RP_TEXT("en"));

	return w != NULL ? w->body : RP_TEXT("");
}

static struct rp_err *
wordings_of(struct rp_tx *tx, const struct rp_codebook *b,
    struct rp_wordings *out)
{
	struct q_theme_wordings_rows rows;

	RP_TRY(q_theme_wordings(tx, &(struct q_theme_wordings_param){ b->id },
	    &rows));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_wording){ .owner_id = rows.v[i].owner_id,
			.field = rows.v[i].field,
			.lang = rows.v[i].lang,
			.status = RP_WORDING_OFFICIAL,
			.body = rows.v[i].body }));
	return NULL;
}

struct rp_err *
rp_codebook_codes(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, rp_text lang, struct rp_import_codes *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct q_theme_guids_rows guids;
	struct rp_theme_items items;
	struct rp_wordings words;

	RP_TRY(rp_theme_names_list(who, tx, b, lang, false, &items));
	RP_TRY(wordings_of(tx, b, &words));
	RP_TRY(
	    q_theme_guids(tx, &(struct q_theme_guids_param){ b->id }, &guids));
	*out = (struct rp_import_codes){ 0 };
	for (size_t i = 0; i < items.n; i++) {
		const struct rp_theme_item *t = &items.v[i];
		struct rp_import_code c = { .parent = -1,
			.guid = guid_of(who, a, &guids, t->id),
			.name = t->name,
			.definition =
			    text_of(&words, t->id, "definition", lang),
			.includes = text_of(&words, t->id, "include", lang),
			.excludes = text_of(&words, t->id, "exclude", lang),
			.examples = text_of(&words, t->id, "example", lang) };

		for (size_t k = 0; k < i; k++)
			if (items.v[k].id == t->parent_id)
				c.parent = (int64_t)k;
		rp_vec_push(a, out, c);
	}
	return NULL;
}

struct rp_err *
rp_theme_assignments(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_codebook *b, const struct rp_theme_assignment *after,
    struct rp_theme_assignments *out)
{
	struct q_theme_assignments_rows rows;

	RP_TRY(rp_codebook_needs(who, b));
	RP_TRY(q_theme_assignments(tx,
	    &(struct q_theme_assignments_param){ .codebook_id = b->id,
		.after_answer = after->answer_id,
		.after_from = after->from,
		.after_theme = after->theme_id,
		.max = RP_ASSIGNMENTS_BATCH },
	    &rows));
	*out = (struct rp_theme_assignments){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_theme_assignments_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_theme_assignment){ r->response_id, r->number,
			r->revision_n, r->answer_id, r->from_byte, r->to_byte,
			r->theme_id, r->score, r->by_whom, r->is_heard,
			r->file_name }));
	}
	return NULL;
}
