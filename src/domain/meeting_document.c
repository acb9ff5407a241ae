#include "domain/meeting_document.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/document_reading.h"
#include "domain/event.h"
#include "domain/party.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_agenda.h"
#include "store/q_meeting.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"

const rp_text rp_document_kinds[] = { RP_TEXT_INIT("contribution"),
	RP_TEXT_INIT("agenda"), RP_TEXT_INIT("secretariat"),
	RP_TEXT_INIT("report"), RP_TEXT_INIT("information"), RP_TEXT_INIT("") };

const rp_text rp_document_statuses[] = { RP_TEXT_INIT("original"),
	RP_TEXT_INIT("official"), RP_TEXT_INIT("courtesy"),
	RP_TEXT_INIT("machine"), RP_TEXT_INIT("") };

bool
rp_document_kind_ok(rp_text kind)
{
	return rp_text_in(rp_document_kinds, kind);
}

static bool
access_ok(rp_text t)
{
	return rp_text_eq(t, RP_TEXT("public")) ||
	       rp_text_eq(t, RP_TEXT("members"));
}

rp_text
rp_meeting_document_symbol(struct rp_arena *a, const struct rp_meeting *m,
    const struct rp_meeting_document *d)
{
	struct rp_symbol s = rp_meeting_symbol(m, d->number);

	s.revision = (uint32_t)d->revision;
	s.addendum = (uint32_t)d->addendum;
	s.corrigendum = (uint32_t)d->corrigendum;
	s.is_part_revised = d->parent_id != 0;
	return rp_symbol_print(a, &s);
}

bool
rp_document_is_out(const struct rp_meeting_document *d)
{
	return rp_text_eq(d->state, RP_TEXT("posted")) ||
	       rp_text_eq(d->state, RP_TEXT("merged"));
}

/* What one reader sees of a meeting's documents. */
struct view {
	struct rp_place where;
	bool registers, reads;
	struct RP_VEC(int64_t) guest_of; /* documents */
};

static struct view
view_of(const struct rp_actor *who, const struct rp_meeting *m)
{
	struct view v = { .where = { .body_id = m->body_id,
			      .group_id = m->group_id } };

	RP_ASSERT(m->body_id != 0); /* as it was loaded */
	v.registers = rp_actor_may(who, RP_MAY_MEET, v.where);
	v.reads = v.registers || rp_actor_may(who, RP_MAY_READ, v.where);
	return v;
}

/* For a guest: the documents of his items, from what the agenda is made of. */
static struct rp_err *
view_guest(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct view *v)
{
	struct q_agenda_items_rows rows;

	if (v->reads || who->guest_of.n == 0)
		return NULL;
	RP_TRY(q_agenda_items(tx,
	    &(struct q_agenda_items_param){ .meeting_id = m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].outcome_id == 0 && rows.v[i].document_id != 0 &&
		    rp_actor_is_guest(who, rows.v[i].id))
			rp_vec_push(rp_tx_arena(tx), &v->guest_of,
			    rows.v[i].document_id);
	return NULL;
}

static bool
is_guests(const struct view *v, int64_t document_id)
{
	for (size_t i = 0; i < v->guest_of.n; i++) {
		if (v->guest_of.v[i] == document_id)
			return true;
	}
	return false;
}

static bool
is_seen(const struct view *v, struct rp_meeting_document *d)
{
	bool open = v->reads || rp_text_eq(d->access, RP_TEXT("public")) ||
		    is_guests(v, d->id);
	bool gone = rp_text_eq(d->state, RP_TEXT("withdrawn"));

	if (v->registers)
		return true;
	if (rp_text_eq(d->state, RP_TEXT("received")))
		return false;
	d->is_title_only = gone || !open;
	return open || d->is_title_public;
}

struct loaded {
	struct q_document_list_rows rows;
	struct rp_wording_sources sources;
	struct q_document_files_rows files;
	struct rp_wordings titles, names;
	rp_text lang; /* of names */
	const struct rp_posting_rules *rules;
	const struct rp_zone *zone;
};

static struct rp_err *
load(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    struct loaded *out)
{
	RP_TRY(q_document_list(tx,
	    &(struct q_document_list_param){ .meeting_id = m->id },
	    &out->rows));
	RP_TRY(q_document_files(tx,
	    &(struct q_document_files_param){ .meeting_id = m->id },
	    &out->files));
	RP_TRY(rp_wording_load_register(tx, m->id, &out->titles, &out->names,
	    &out->sources));
	return rp_zone_get(who->env->zones, m->zone, &out->zone);
}

static struct rp_source_name
name_of(const struct loaded *all, int64_t party_id)
{
	struct rp_source_name n = { .name = rp_wording_text(&all->names,
					party_id, RP_TEXT("name"), all->lang,
					RP_TEXT("en")),
		.short_name = rp_wording_text(&all->names, party_id,
		    RP_TEXT("short_name"), all->lang, RP_TEXT("en")) };

	if (n.short_name.n == 0)
		n.short_name = n.name;
	if (n.name.n == 0)
		n.name = n.short_name;
	return n;
}

static void
add_source(struct rp_arena *a, const struct loaded *all, int64_t party_id,
    struct rp_meeting_document *d)
{
	rp_vec_push(a, &d->sources, party_id);
	rp_vec_push(a, &d->names, name_of(all, party_id));
}

static void
add_parts(struct rp_arena *a, const struct loaded *all,
    struct rp_meeting_document *d)
{
	for (size_t i = 0; i < all->sources.n; i++) {
		if (all->sources.v[i].document_id == d->id)
			add_source(a, all, all->sources.v[i].party_id, d);
	}
	for (size_t i = 0; i < all->files.n; i++) {
		const struct q_document_files_row *r = &all->files.v[i];
		struct rp_document_file f = { .id = r->id,
			.document_id = r->document_id,
			.revision = r->revision,
			.blob_id = r->blob_id,
			.lang = r->lang,
			.status = r->status,
			.file_name = r->file_name,
			.file_kind = r->file_kind,
			.received_at = r->received_at,
			.reading = r->reading,
			.reason = r->reason,
			.paragraphs = r->paragraphs,
			.docx_blob_id = r->docx_blob_id,
			.pdf_blob_id = r->pdf_blob_id,
			.text_blob_id = r->text_blob_id,
			.tracked_blob_id = r->tracked_blob_id,
			.parts_blob_id = r->parts_blob_id,
			.pages = r->pages,
			.labels = r->labels,
			.findings = r->findings };

		if (r->document_id != d->id)
			continue;
		if (r->revision > d->revision)
			d->revision = r->revision;
		if (!d->is_title_only)
			rp_vec_push(a, &d->files, f);
	}
}

static struct rp_wording
title_in(const struct rp_wordings *all, int64_t id, rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(all, id, RP_TEXT("title"), lang, RP_TEXT("en"));

	return w ? *w : (struct rp_wording){ .lang = lang };
}

static struct rp_meeting_document
from_row(const struct rp_actor *who, const struct rp_meeting *m,
    const struct loaded *all, const struct q_document_list_row *r)
{
	struct rp_meeting_document d = { .id = r->id,
		.meeting_id = r->meeting_id,
		.number = r->number,
		.parent_id = r->parent_id,
		.addendum = r->addendum,
		.corrigendum = r->corrigendum,
		.only_lang = r->only_lang,
		.merged_into_id = r->merged_into_id,
		.kind = r->kind,
		.access = r->access,
		.state = r->state,
		.is_for_action = r->is_for_action,
		.is_title_public = r->is_title_public,
		.is_summary_public = r->is_summary_public,
		.received_at = r->received_at,
		.posted_at = r->posted_at,
		.admitted_at = r->admitted_at,
		.public_from_at = r->public_from_at,
		.title = title_in(&all->titles, r->id, all->lang) };

	if (d.public_from_at != 0 && d.public_from_at <= who->now)
		d.access = RP_TEXT("public");
	d.posting = rp_posting_judge(all->rules, d.kind,
	    rp_posting_days(all->zone, d.received_at, m->opens_at));
	return d;
}

static struct rp_meeting_document *
by_id(const struct rp_meeting_documents *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].id == id)
			return &all->v[i];
	}
	return NULL;
}

/* To the document that it is a part of, if the reader sees that one. */
static void
add_part(struct rp_arena *a, const struct view *v, const struct loaded *all,
    struct rp_meeting_document *d, const struct rp_meeting_documents *to)
{
	struct rp_meeting_document *of = by_id(to, d->parent_id);

	if (of == NULL || !is_seen(v, d))
		return;
	d->number = of->number;
	d->is_title_only |= of->is_title_only;
	add_parts(a, all, d);
	rp_vec_push(a, &of->parts, *d);
}

struct rp_err *
rp_meeting_document_list_by(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_posting_rules *rules,
    rp_text lang, struct rp_meeting_documents *out)
{
	struct loaded all = { .lang = lang, .rules = rules };
	struct rp_arena *a = rp_tx_arena(tx);
	struct view v = view_of(who, m);
	struct rp_meeting_document d;

	RP_TRY(view_guest(who, tx, m, &v));
	RP_TRY(load(who, tx, m, &all));
	*out = (struct rp_meeting_documents){ 0 };
	for (size_t i = 0; i < all.rows.n; i++) {
		d = from_row(who, m, &all, &all.rows.v[i]);
		if (d.parent_id != 0 || !is_seen(&v, &d))
			continue;
		add_parts(a, &all, &d);
		rp_vec_push(a, out, d);
	}
	for (size_t i = 0; i < all.rows.n; i++) {
		d = from_row(who, m, &all, &all.rows.v[i]);
		if (d.parent_id != 0)
			add_part(a, &v, &all, &d, out);
	}
	for (size_t i = 0; i < out->n; i++) {
		struct rp_meeting_document *to =
		    by_id(out, out->v[i].merged_into_id);

		if (to == NULL)
			continue;
		out->v[i].merged_into = to->number;
		rp_vec_push(a, &to->merged_from, out->v[i].number);
	}
	return NULL;
}

struct rp_err *
rp_meeting_document_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang, struct rp_meeting_documents *out)
{
	struct rp_posting_rules rules;

	RP_TRY(rp_posting_list(who, tx, m->group_id, &rules));
	return rp_meeting_document_list_by(who, tx, m, &rules, lang, out);
}

struct rp_err *
rp_meeting_document_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t number, rp_text lang,
    struct rp_meeting_document *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_meeting_document_list(who, tx, m, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no document %lld", (long long)number);
}

struct rp_err *
rp_meeting_document_get_by_id(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, rp_text lang,
    struct rp_meeting_document *out)
{
	struct rp_meeting_documents all;

	RP_TRY(rp_meeting_document_list(who, tx, m, lang, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct rp_document_parts *parts = &all.v[i].parts;

		*out = all.v[i];
		for (size_t k = 0; k < parts->n && out->id != id; k++)
			*out = parts->v[k];
		if (out->id == id)
			return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no document");
}

struct rp_err *
rp_meeting_document_words(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting_document *d, rp_text lang,
    struct rp_document_words *out)
{
	const struct {
		rp_text field;
		struct rp_wording *to;
	} words[] = {
		{ RP_TEXT("purpose"), &out->purpose },
		{ RP_TEXT("action"), &out->action },
		{ RP_TEXT("summary"), &out->summary },
		{ RP_TEXT("refs"), &out->refs },
		{ RP_TEXT("letter"), &out->letter },
	};
	struct rp_wordings all;

	RP_ASSERT(who != NULL); /* `d` came from the list, which judged him */
	*out = (struct rp_document_words){ 0 };
	if (d->is_title_only &&
	    !(d->is_summary_public && rp_document_is_out(d)))
		return NULL;
	RP_TRY(rp_wording_load_documents(tx, d->meeting_id, &all));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct rp_wording *w = rp_wording_pick(&all, d->id,
		    words[i].field, lang, RP_TEXT("en"));

		if (w != NULL &&
		    (!d->is_title_only || words[i].to == &out->purpose ||
			words[i].to == &out->summary))
			*words[i].to = *w;
	}
	return NULL;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id);
}

struct rp_err *
rp_meeting_document_next(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t *out)
{
	struct q_document_next_row row;

	RP_TRY(needs(who, tx, m));
	RP_TRY(q_document_next(tx,
	    &(struct q_document_next_param){ .meeting_id = m->id }, &row));
	*out = row.number;
	return NULL;
}

/* Parties of the group's body, each once. */
static struct rp_err *
check_sources(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_document_sources *s)
{
	struct rp_place where;

	(void)who;
	if (s->n > RP_DOCUMENT_SOURCES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d sources",
		    RP_DOCUMENT_SOURCES_MAX);
	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	for (size_t i = 0; i < s->n; i++) {
		struct rp_party p;

		RP_TRY(rp_party_get(tx, s->v[i], RP_TEXT("en"), &p));
		if (p.body_id != where.body_id)
			return rp_fail(RP_E_NOTFOUND, "no such party");
		for (size_t k = 0; k < i; k++) {
			if (s->v[k] == s->v[i])
				return rp_fail(RP_E_INVALID, "a source twice");
		}
	}
	return NULL;
}

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    int64_t id, rp_text action, rp_text before, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	RP_TRY(q_document_index_task(tx,
	    &(struct q_document_index_task_param){ .ref_id = id,
		.at = who->now }));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("document"),
		.object_id = id,
		.group_id = m->group_id,
		.before = before,
		.after = after });
}

static struct rp_err *
insert(const struct rp_actor *who, struct rp_tx *tx, const struct rp_meeting *m,
    const struct rp_document_in *in, int64_t number, int64_t *out_id)
{
	struct q_document_insert_row row;

	RP_TRY(q_document_insert(tx,
	    &(struct q_document_insert_param){ .meeting_id = m->id,
		.number = number,
		.kind = in->kind,
		.is_for_action = in->is_for_action,
		.access = in->access,
		.is_title_public = in->is_title_public,
		.received_at = in->received_at ? in->received_at : who->now },
	    &row));
	for (size_t i = 0; i < in->sources.n; i++)
		RP_TRY(q_document_source_insert(tx,
		    &(struct q_document_source_insert_param){ .document_id =
								  row.id,
			.position = (int64_t)i,
			.party_id = in->sources.v[i] }));
	*out_id = row.id;
	return NULL;
}

struct rp_err *
rp_meeting_document_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_document_in *in,
    int64_t *out_id, int64_t *out_number)
{
	struct rp_meeting_document d = { .number = in->number };

	RP_TRY(needs(who, tx, m));
	if (!rp_document_kind_ok(in->kind) || !access_ok(in->access) ||
	    in->number < 0 || in->received_at > who->now)
		return rp_fail(RP_E_INVALID, "not a document");
	RP_TRY(check_sources(who, tx, m, &in->sources));
	if (d.number == 0)
		RP_TRY(rp_meeting_document_next(who, tx, m, &d.number));
	if (d.number > RP_DOCUMENT_NUMBER_MAX)
		return rp_fail(RP_E_LIMIT, "over %d documents",
		    RP_DOCUMENT_NUMBER_MAX);
	RP_TRY(insert(who, tx, m, in, d.number, out_id));
	*out_number = d.number;
	return event(who, tx, m, *out_id, RP_TEXT("document.add"), RP_TEXT(""),
	    rp_meeting_document_symbol(rp_tx_arena(tx), m, &d));
}

/* A file of one of the kinds that can be read as a document. */
static bool
file_kind_ok(rp_text kind)
{
	static const rp_text kinds[] = { RP_TEXT_INIT("docx"),
		RP_TEXT_INIT("odt"), RP_TEXT_INIT("pdf"), RP_TEXT_INIT("txt"),
		RP_TEXT_INIT("md"), RP_TEXT_INIT("") };

	return rp_text_in(kinds, kind);
}

static bool
revision_follows(const struct rp_meeting_document *d, int64_t revision)
{
	int64_t newest = -1;

	for (size_t i = 0; i < d->files.n; i++) {
		if (d->files.v[i].revision > newest)
			newest = d->files.v[i].revision;
	}
	return revision >= 0 && revision <= newest + 1 &&
	       revision <= RP_DOCUMENT_REVISION_MAX;
}

static struct rp_err *
check_file(struct rp_arena *a, const struct rp_meeting_document *d,
    const struct rp_document_file_in *in, rp_text *out_lang)
{
	struct rp_err *e = rp_lang_tag_parse(a, in->lang, out_lang);

	rp_err_free(e);
	if (e != NULL || !rp_text_in(rp_document_statuses, in->status) ||
	    in->upload_id == 0 || !file_kind_ok(in->file_kind) ||
	    !revision_follows(d, in->revision))
		return rp_fail(RP_E_INVALID, "not a file of a document");
	if (d->files.n >= RP_DOCUMENT_FILES_MAX)
		return rp_fail(RP_E_LIMIT, "over %d files",
		    RP_DOCUMENT_FILES_MAX);
	for (size_t i = 0; i < d->files.n; i++) {
		if (d->files.v[i].revision == in->revision &&
		    rp_text_eq(d->files.v[i].lang, *out_lang))
			return rp_fail(RP_E_CONFLICT, "has a file");
	}
	return NULL;
}

struct rp_err *
rp_meeting_document_add_file(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_file_in *in)
{
	struct rp_digest digest;
	struct q_document_file_insert_row row;
	rp_text lang;
	int64_t blob_id;

	RP_TRY(needs(who, tx, m));
	RP_TRY(check_file(rp_tx_arena(tx), d, in, &lang));
	RP_TRY(rp_upload_keep(who, tx, in->upload_id, &blob_id, &digest));
	RP_TRY(q_document_file_insert(tx,
	    &(struct q_document_file_insert_param){ .document_id = d->id,
		.revision = in->revision,
		.lang = lang,
		.status = in->status,
		.file_name = rp_text_cut(in->file_name, RP_FILE_NAME_MAX),
		.file_kind = in->file_kind,
		.blob_id = blob_id,
		.now = who->now },
	    &row));
	RP_TRY(rp_document_reading_ask(who, tx, row.id));
	return event(who, tx, m, d->id, RP_TEXT("document.file"), RP_TEXT(""),
	    rp_textf(rp_tx_arena(tx), "%lld %.*s %.*s", (long long)in->revision,
		RP_FMT(lang), RP_FMT(in->status)));
}

struct rp_err *
rp_meeting_document_set_state(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    rp_text state)
{
	bool post = rp_text_eq(state, RP_TEXT("posted"));
	bool is_merged = rp_text_eq(d->state, RP_TEXT("merged"));

	RP_TRY(needs(who, tx, m));
	if (!post && !rp_text_eq(state, RP_TEXT("withdrawn")))
		return rp_fail(RP_E_INVALID, "not a state");
	if (rp_text_eq(d->state, state))
		return NULL;
	if (!is_merged && post != rp_text_eq(d->state, RP_TEXT("received")))
		return rp_fail(RP_E_CONFLICT, "%.*s to %.*s", RP_FMT(d->state),
		    RP_FMT(state));
	RP_TRY(q_document_set_state(tx,
	    &(struct q_document_set_state_param){ .id = d->id,
		.state = state,
		.posted_at = post && !is_merged ? who->now : d->posted_at }));
	for (size_t i = 0; post && i < d->files.n; i++)
		RP_TRY(rp_document_reading_ask(who, tx, d->files.v[i].id));
	return event(who, tx, m, d->id, RP_TEXT("document.state"), d->state,
	    state);
}

static rp_text
access_text(struct rp_arena *a, const struct rp_document_access *in)
{
	rp_text day = RP_TEXT("");

	if (in->public_from_at != 0)
		day = rp_clock_rfc3339(a, in->public_from_at);
	return rp_textf(a, "%.*s%s%s%s%.*s", RP_FMT(in->access),
	    in->is_title_public ? " title" : "",
	    in->is_summary_public ? " summary" : "",
	    day.n > 0 ? " public from " : "", RP_FMT(day));
}

struct rp_err *
rp_meeting_document_set_access(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_document_access *in)
{
	RP_TRY(needs(who, tx, m));
	if (!access_ok(in->access) || in->public_from_at < 0)
		return rp_fail(RP_E_INVALID, "not an access class");
	RP_TRY(q_document_set_access(tx,
	    &(struct q_document_set_access_param){ .id = d->id,
		.access = in->access,
		.is_title_public = in->is_title_public,
		.is_summary_public = in->is_summary_public,
		.public_from_at = in->public_from_at }));
	if (in->public_from_at > who->now)
		RP_TRY(q_document_index_task(tx,
		    &(struct q_document_index_task_param){ .ref_id = d->id,
			.at = in->public_from_at }));
	return event(who, tx, m, d->id, RP_TEXT("document.access"), d->access,
	    access_text(rp_tx_arena(tx), in));
}

struct rp_err *
rp_meeting_document_withdraw_own(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id)
{
	struct q_document_list_rows rows;

	RP_TRY(q_document_list(tx,
	    &(struct q_document_list_param){ .meeting_id = m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_document_list_row *r = &rows.v[i];

		if (r->id != id || rp_text_eq(r->state, RP_TEXT("withdrawn")))
			continue;
		RP_TRY(q_document_set_state(tx,
		    &(struct q_document_set_state_param){ .id = id,
			.state = RP_TEXT("withdrawn"),
			.posted_at = r->posted_at }));
		return event(who, tx, m, id, RP_TEXT("document.state"),
		    r->state, RP_TEXT("withdrawn"));
	}
	return NULL;
}

struct rp_err *
rp_meeting_document_merge(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    int64_t into_id)
{
	RP_TRY(needs(who, tx, m));
	if (!rp_text_eq(d->state, RP_TEXT("posted")) || d->id == into_id)
		return rp_fail(RP_E_CONFLICT, "%.*s to merged",
		    RP_FMT(d->state));
	RP_TRY(
	    q_document_merge(tx, &(struct q_document_merge_param){ .id = d->id,
				     .into_id = into_id }));
	return event(who, tx, m, d->id, RP_TEXT("document.state"), d->state,
	    RP_TEXT("merged"));
}

struct rp_err *
rp_meeting_document_admit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d)
{
	RP_TRY(needs(who, tx, m));
	if (d->posting == RP_POSTING_ON_TIME || d->admitted_at != 0)
		return rp_fail(RP_E_CONFLICT, "needs no admission");
	RP_TRY(
	    q_document_admit(tx, &(struct q_document_admit_param){ .id = d->id,
				     .person_id = who->person_id,
				     .now = who->now }));
	return event(who, tx, m, d->id, RP_TEXT("document.admit"),
	    rp_posting_name(d->posting), RP_TEXT("admitted"));
}

struct rp_err *
rp_meeting_document_set_letter(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    rp_text lang, rp_text signature)
{
	RP_TRY(needs(who, tx, m));
	if (signature.n > RP_DOCUMENT_LETTER_MAX)
		return rp_fail(RP_E_LIMIT, "signature of %zu octets",
		    signature.n);
	RP_TRY(rp_wording_set(who, tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = d->id,
		.field = RP_TEXT("letter"),
		.lang = lang },
	    RP_WORDING_ORIGINAL, signature));
	for (size_t i = 0; i < d->files.n; i++)
		RP_TRY(rp_document_reading_ask(who, tx, d->files.v[i].id));
	return event(who, tx, m, d->id, RP_TEXT("document.letter"), RP_TEXT(""),
	    signature);
}
