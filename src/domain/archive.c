#include "domain/archive.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "domain/document_reading.h"
#include "domain/event.h"
#include "domain/group.h"
#include "domain/party.h"
#include "domain/public.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_archive.h"
#include "store/q_meeting.h"
#include "text/input.h"
#include "text/lang.h"
#include "text/zone.h"

struct rp_archive {
	struct rp_group group;
	struct rp_parties parties;
	struct rp_wordings names;
};

/* A row with what was found of it. */
struct found {
	struct rp_symbol symbol;
	struct rp_meeting meeting; /* id 0: to be made */
	struct rp_document_sources sources;
	rp_text lang;
	int64_t at, document_id;
	bool has_file, has_title;
};

rp_text
rp_archive_problem_name(enum rp_archive_problem p)
{
	static const rp_text names[] = {
		[RP_ARCHIVE_FINE] = RP_TEXT_INIT("nothing"),
		[RP_ARCHIVE_BAD_SYMBOL] =
		    RP_TEXT_INIT("no symbol of a meeting's document"),
		[RP_ARCHIVE_NO_MEETING] =
		    RP_TEXT_INIT("no meeting of this series and number"),
		[RP_ARCHIVE_BAD_MEETING] = RP_TEXT_INIT(
		    "no meeting can be made of its zone, times and place"),
		[RP_ARCHIVE_NO_TITLE] = RP_TEXT_INIT("no title, or too long"),
		[RP_ARCHIVE_BAD_LANG] = RP_TEXT_INIT("no language tag"),
		[RP_ARCHIVE_BAD_STATUS] = RP_TEXT_INIT("no such status"),
		[RP_ARCHIVE_BAD_KIND] = RP_TEXT_INIT("no such kind"),
		[RP_ARCHIVE_BAD_ACCESS] = RP_TEXT_INIT("no such access"),
		[RP_ARCHIVE_BAD_SOURCE] =
		    RP_TEXT_INIT("a source is no party of the body"),
		[RP_ARCHIVE_BAD_DATE] = RP_TEXT_INIT("no date, or one to come"),
		[RP_ARCHIVE_BAD_FILE] =
		    RP_TEXT_INIT("a file that is no DOCX, ODT, PDF or text"),
		[RP_ARCHIVE_OTHER_KIND] =
		    RP_TEXT_INIT("the symbol is there with another kind"),
		[RP_ARCHIVE_OTHER_ACCESS] =
		    RP_TEXT_INIT("the symbol is there with another access"),
		[RP_ARCHIVE_OTHER_TITLE] =
		    RP_TEXT_INIT("the symbol is there with another title"),
		[RP_ARCHIVE_OTHER_FILE] =
		    RP_TEXT_INIT("the symbol is there with another file"),
	};

	RP_ASSERT(p < RP_ARCHIVE_PROBLEM_COUNT);
	return names[p];
}

struct rp_err *
rp_archive_open(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_archive **out)
{
	struct rp_archive *a = rp_new(rp_tx_arena(tx), struct rp_archive);

	RP_TRY(rp_group_get_by_id(who, tx, group_id, RP_TEXT("en"), &a->group));
	RP_TRY(rp_actor_needs(who, RP_MAY_MEET, rp_group_place(&a->group)));
	RP_TRY(rp_party_list(tx, a->group.body_id, RP_TEXT("en"), &a->parties));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("party"), &a->names));
	*out = a;
	return NULL;
}

static bool
symbol_of(const struct rp_archived *row, struct rp_symbol *out)
{
	return rp_symbol_parse(row->symbol, NULL, out) && !out->is_proposal &&
	       out->kind.n == 0 && out->addendum == 0 &&
	       out->corrigendum == 0 && out->session > 0 && out->number > 0 &&
	       out->number <= RP_DOCUMENT_NUMBER_MAX &&
	       out->revision <= RP_DOCUMENT_REVISION_MAX;
}

/* Series are compared without regard to case. */
static rp_text
folded(struct rp_arena *a, rp_text key)
{
	char *p = rp_alloc(a, key.n + 1);

	for (size_t i = 0; i < key.n; i++)
		p[i] = (char)(key.p[i] >= 'A' && key.p[i] <= 'Z' ?
				  key.p[i] | 0x20 :
				  key.p[i]);
	return (rp_text){ p, key.n };
}

rp_text
rp_archive_key(struct rp_arena *a, const struct rp_archived *row)
{
	struct rp_symbol s;

	if (!symbol_of(row, &s))
		return RP_TEXT("");
	s.language = 0;
	return folded(a,
	    rp_textf(a, "%.*s %.*s", RP_FMT(rp_symbol_print(a, &s)),
		RP_FMT(row->lang)));
}

rp_text
rp_archive_document_key(struct rp_arena *a, const struct rp_archived *row)
{
	struct rp_symbol s;

	if (!symbol_of(row, &s))
		return RP_TEXT("");
	s.language = 0;
	s.revision = 0;
	return folded(a, rp_symbol_print(a, &s));
}

static bool
same_name(rp_text a, rp_text b)
{
	return a.n == b.n && a.n > 0 && strncasecmp(a.p, b.p, a.n) == 0;
}

static int64_t
party_of(const struct rp_archive *a, rp_text name)
{
	for (size_t i = 0; i < a->parties.n; i++) {
		const struct rp_party *p = &a->parties.v[i];

		if (same_name(p->slug, name))
			return p->id;
		for (size_t k = 0; k < a->names.n; k++) {
			if (a->names.v[k].owner_id == p->id &&
			    same_name(a->names.v[k].body, name))
				return p->id;
		}
	}
	return 0;
}

static bool
sources_of(struct rp_arena *arena, const struct rp_archive *a, rp_text typed,
    struct rp_document_sources *out)
{
	for (size_t from = 0; from < typed.n;) {
		size_t to = rp_text_find(typed, ';', from);
		rp_text name = rp_text_trim(rp_text_sub(typed, from, to));
		int64_t id = name.n > 0 ? party_of(a, name) : 0;

		from = to + 1;
		if (name.n == 0)
			continue;
		if (id == 0 || out->n == RP_DOCUMENT_SOURCES_MAX)
			return false;
		for (size_t i = 0; i < out->n; i++) {
			if (out->v[i] == id)
				return false;
		}
		rp_vec_push(arena, out, id);
	}
	return true;
}

static bool
lang_of(struct rp_arena *a, rp_text in, rp_text *out)
{
	struct rp_err *e = rp_lang_tag_parse(a, in, out);

	rp_err_free(e);
	return e == NULL;
}

static bool
date_of(const struct rp_actor *who, struct rp_arena *a, rp_text zone,
    rp_text date, int64_t *out)
{
	struct rp_err *e = rp_zone_resolve(who->env->zones,
	    rp_textf(a, "%.*sT00:00", RP_FMT(date)), zone, out);

	rp_err_free(e);
	return e == NULL && date.n == 10 && *out <= who->now;
}

/* What the row alone shows. */
static enum rp_archive_problem
look(const struct rp_actor *who, struct rp_arena *arena,
    const struct rp_archive *a, const struct rp_archived *row, struct found *f)
{
	static const rp_text accesses[] = { RP_TEXT_INIT("public"),
		RP_TEXT_INIT("members"), RP_TEXT_INIT("") };
	static const rp_text files[] = { RP_TEXT_INIT("docx"),
		RP_TEXT_INIT("odt"), RP_TEXT_INIT("pdf"), RP_TEXT_INIT("txt"),
		RP_TEXT_INIT("") };

	if (!symbol_of(row, &f->symbol))
		return RP_ARCHIVE_BAD_SYMBOL;
	if (rp_text_blank(row->title) || row->title.n > RP_DOCUMENT_TITLE_MAX)
		return RP_ARCHIVE_NO_TITLE;
	if (!lang_of(arena, row->lang, &f->lang))
		return RP_ARCHIVE_BAD_LANG;
	if (!rp_text_in(rp_document_statuses, row->status))
		return RP_ARCHIVE_BAD_STATUS;
	if (!rp_document_kind_ok(row->kind))
		return RP_ARCHIVE_BAD_KIND;
	if (!rp_text_in(accesses, row->access))
		return RP_ARCHIVE_BAD_ACCESS;
	if (!sources_of(arena, a, row->sources, &f->sources))
		return RP_ARCHIVE_BAD_SOURCE;
	if (!date_of(who, arena, a->group.zone, row->date, &f->at))
		return RP_ARCHIVE_BAD_DATE;
	return rp_text_in(files, row->file_kind) ? RP_ARCHIVE_FINE :
						   RP_ARCHIVE_BAD_FILE;
}

static struct rp_err *
find_meeting(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row, struct found *f,
    enum rp_archive_problem *out)
{
	struct rp_meetings all;

	RP_TRY(rp_meeting_list(who, tx, a->group.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		struct rp_symbol s = rp_meeting_symbol(&all.v[i], 1);

		if (!rp_symbol_same_series(&s, &f->symbol))
			continue;
		f->meeting = all.v[i];
		return NULL;
	}
	*out = RP_ARCHIVE_NO_MEETING;
	if (row->opens_local.n + row->closes_local.n + row->place.n == 0)
		return NULL;
	f->meeting = (struct rp_meeting){ .group_id = a->group.id,
		.series = f->symbol.series,
		.ordinal = f->symbol.session,
		.zone = row->zone.n > 0 ? row->zone : a->group.zone,
		.opens_local = row->opens_local,
		.closes_local = row->closes_local,
		.place = row->place,
		.mode = RP_TEXT("in_person") };
	*out = rp_meeting_check(who, &f->meeting) == RP_MEETING_FINE ?
		   RP_ARCHIVE_FINE :
		   RP_ARCHIVE_BAD_MEETING;
	return NULL;
}

/* What is there under the symbol. */
static struct rp_err *
compare(struct rp_tx *tx, const struct rp_archived *row,
    const struct rp_digest *file, struct found *f, enum rp_archive_problem *out)
{
	struct q_archive_document_find_row d;
	struct q_archive_file_find_row stored;
	const struct rp_wording *title;
	struct rp_wordings words;
	bool found;

	RP_TRY(q_archive_document_find(tx,
	    &(struct q_archive_document_find_param){ .meeting_id =
							 f->meeting.id,
		.number = f->symbol.number },
	    &d, &found));
	if (!found)
		return NULL;
	f->document_id = d.id;
	RP_TRY(rp_wording_load(tx, RP_TEXT("document"), d.id, &words));
	title = rp_wording_find(&words, d.id, RP_TEXT("title"), f->lang);
	f->has_title = title != NULL;
	RP_TRY(q_archive_file_find(tx,
	    &(struct q_archive_file_find_param){ .document_id = d.id,
		.revision = f->symbol.revision,
		.lang = f->lang },
	    &stored, &f->has_file));
	if (!rp_text_eq(d.kind, row->kind))
		*out = RP_ARCHIVE_OTHER_KIND;
	else if (!rp_text_eq(d.access, row->access))
		*out = RP_ARCHIVE_OTHER_ACCESS;
	else if (title != NULL && !rp_text_eq(title->body, row->title))
		*out = RP_ARCHIVE_OTHER_TITLE;
	else if (f->has_file &&
		 (stored.digest.n != RP_DIGEST_SIZE ||
		     memcmp(stored.digest.p, file->b, RP_DIGEST_SIZE) != 0))
		*out = RP_ARCHIVE_OTHER_FILE;
	return NULL;
}

static struct rp_err *
examine(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row,
    const struct rp_digest *file, struct found *f, enum rp_archive_problem *out)
{
	RP_TRY(rp_actor_needs(who, RP_MAY_MEET, rp_group_place(&a->group)));
	*f = (struct found){ 0 };
	*out = look(who, rp_tx_arena(tx), a, row, f);
	if (*out != RP_ARCHIVE_FINE)
		return NULL;
	RP_TRY(find_meeting(who, tx, a, row, f, out));
	if (*out == RP_ARCHIVE_FINE && f->meeting.id != 0)
		RP_TRY(compare(tx, row, file, f, out));
	return NULL;
}

static enum rp_archive_outcome
outcome_of(const struct found *f)
{
	if (f->document_id == 0)
		return RP_ARCHIVE_NEW;
	return f->has_file ? RP_ARCHIVE_THERE : RP_ARCHIVE_ADDED;
}

struct rp_err *
rp_archive_check(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row,
    const struct rp_digest *file, enum rp_archive_problem *out,
    enum rp_archive_outcome *out_outcome)
{
	struct found f;

	RP_TRY(examine(who, tx, a, row, file, &f, out));
	*out_outcome = outcome_of(&f);
	return NULL;
}

static struct rp_err *
enter(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archived *row, struct found *f)
{
	struct q_archive_insert_row inserted;

	if (f->meeting.id == 0)
		RP_TRY(rp_meeting_create(who, tx, &f->meeting, &f->meeting.id));
	RP_TRY(q_archive_insert(tx,
	    &(struct q_archive_insert_param){ .meeting_id = f->meeting.id,
		.number = f->symbol.number,
		.kind = row->kind,
		.is_for_action = row->is_for_action,
		.access = row->access,
		.is_title_public = row->is_title_public,
		.at = f->at },
	    &inserted));
	f->document_id = inserted.id;
	for (size_t i = 0; i < f->sources.n; i++)
		RP_TRY(q_document_source_insert(tx,
		    &(struct q_document_source_insert_param){
			.document_id = f->document_id,
			.position = (int64_t)i,
			.party_id = f->sources.v[i] }));
	return NULL;
}

static struct rp_err *
add_title(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archived *row, const struct found *f)
{
	enum rp_wording_status status = RP_WORDING_COURTESY;

	(void)rp_wording_status_from(row->status, &status);
	return rp_wording_set(who, tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = f->document_id,
		.field = RP_TEXT("title"),
		.lang = f->lang },
	    status, row->title);
}

struct rp_err *
rp_archive_put(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_archive *a, const struct rp_archived *row, rp_bytes octets,
    enum rp_archive_outcome *out)
{
	struct rp_digest digest = rp_sha256(octets);
	struct q_document_file_insert_row file;
	enum rp_archive_problem problem;
	struct found f;
	int64_t blob_id;

	RP_TRY(examine(who, tx, a, row, &digest, &f, &problem));
	if (problem != RP_ARCHIVE_FINE)
		return rp_fail(RP_E_INVALID, "%s",
		    rp_archive_problem_name(problem).p);
	*out = outcome_of(&f);
	if (*out == RP_ARCHIVE_THERE)
		return NULL;
	if (*out == RP_ARCHIVE_NEW)
		RP_TRY(enter(who, tx, row, &f));
	if (!f.has_title)
		RP_TRY(add_title(who, tx, row, &f));
	RP_TRY(rp_blob_put(who, tx, octets, &blob_id));
	RP_TRY(q_document_file_insert(tx,
	    &(struct q_document_file_insert_param){ .document_id =
							f.document_id,
		.revision = f.symbol.revision,
		.lang = f.lang,
		.status = row->status,
		.file_name = rp_text_cut(row->file_name, RP_FILE_NAME_MAX),
		.file_kind = row->file_kind,
		.blob_id = blob_id,
		.now = f.at },
	    &file));
	RP_TRY(rp_document_reading_ask(who, tx, file.id));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("document.archive"),
		.object_kind = RP_TEXT("document"),
		.object_id = f.document_id,
		.group_id = a->group.id,
		.after = rp_archive_key(rp_tx_arena(tx), row) });
}
