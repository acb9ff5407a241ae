#include "domain/instrument.h"

#include <strings.h>

#include "base/err.h"
#include "domain/event.h"
#include "domain/instrument_private.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/response.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_instrument.h"
#include "text/input.h"
#include "text/lang.h"

const rp_text rp_instrument_kinds[] = { RP_TEXT_INIT("resolution"),
	RP_TEXT_INIT("decision"), RP_TEXT_INIT("recommendation"),
	RP_TEXT_INIT("opinion"), RP_TEXT_INIT("") };

const rp_text rp_version_states[] = { RP_TEXT_INIT("draft"),
	RP_TEXT_INIT("proposed"), RP_TEXT_INIT("first_reading"),
	RP_TEXT_INIT("second_reading"), RP_TEXT_INIT("adopted"),
	RP_TEXT_INIT("in_force"), RP_TEXT_INIT("superseded"),
	RP_TEXT_INIT("") };

/* What may follow what. */
static const struct {
	rp_text from, to;
	bool back;
} ways[] = {
	{ RP_TEXT_INIT("draft"), RP_TEXT_INIT("proposed"), false },
	{ RP_TEXT_INIT("draft"), RP_TEXT_INIT("first_reading"), false },
	{ RP_TEXT_INIT("proposed"), RP_TEXT_INIT("first_reading"), false },
	{ RP_TEXT_INIT("proposed"), RP_TEXT_INIT("draft"), true },
	{ RP_TEXT_INIT("first_reading"), RP_TEXT_INIT("second_reading"),
	    false },
	/* Both readings were taken at once. */
	{ RP_TEXT_INIT("first_reading"), RP_TEXT_INIT("adopted"), false },
	{ RP_TEXT_INIT("first_reading"), RP_TEXT_INIT("proposed"), true },
	{ RP_TEXT_INIT("second_reading"), RP_TEXT_INIT("adopted"), false },
	{ RP_TEXT_INIT("second_reading"), RP_TEXT_INIT("first_reading"), true },
	{ RP_TEXT_INIT("adopted"), RP_TEXT_INIT("in_force"), false },
	{ RP_TEXT_INIT("adopted"), RP_TEXT_INIT("second_reading"), true },
	{ RP_TEXT_INIT("in_force"), RP_TEXT_INIT("superseded"), false },
	{ RP_TEXT_INIT("in_force"), RP_TEXT_INIT("adopted"), true },
	{ RP_TEXT_INIT("superseded"), RP_TEXT_INIT("in_force"), true },
};

static bool
number_ok(rp_text t)
{
	if (t.n == 0 || t.n > RP_INSTRUMENT_NUMBER_MAX || t.p[0] == '.')
		return false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '.')
			return false;
	}
	return true;
}

/* "resolution-com5-1": what is quoted in either case has one address. */
static rp_text
slug_of(struct rp_arena *a, rp_text kind, rp_text number)
{
	char *p = rp_alloc(a, number.n + 1);

	for (size_t i = 0; i < number.n; i++)
		p[i] = number.p[i] >= 'A' && number.p[i] <= 'Z' ?
			   (char)(number.p[i] + 32) :
			   number.p[i];
	return rp_textf(a, "%.*s-%.*s", RP_FMT(kind), (int)number.n, p);
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t instrument_id)
{
	return rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("instrument"),
	    instrument_id);
}

static struct rp_wording
title_in(const struct rp_wordings *all, int64_t id, rp_text lang)
{
	const struct rp_wording *w =
	    rp_wording_pick(all, id, RP_TEXT("title"), lang, RP_TEXT("en"));

	return w ? *w : (struct rp_wording){ .lang = lang };
}

struct rp_err *
rp_instrument_get_by_id(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text lang, struct rp_instrument *out)
{
	struct q_instrument_get_row row;
	struct rp_wordings titles;

	RP_ASSERT(who != NULL); /* instruments are public */
	RP_TRY(q_instrument_get(tx,
	    &(struct q_instrument_get_param){ .id = id }, &row));
	RP_TRY(rp_wording_load(tx, RP_TEXT("instrument"), id, &titles));
	*out = (struct rp_instrument){ .id = row.id,
		.group_id = row.group_id,
		.kind = row.kind,
		.number = row.number,
		.slug = row.slug,
		.title = title_in(&titles, id, lang) };
	return NULL;
}

struct rp_err *
rp_instrument_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text slug, rp_text lang, struct rp_instrument *out)
{
	struct q_instrument_by_slug_row row;

	RP_TRY(q_instrument_by_slug(tx,
	    &(struct q_instrument_by_slug_param){ .group_id = group_id,
		.slug = slug },
	    &row));
	return rp_instrument_get_by_id(who, tx, row.id, lang, out);
}

struct rp_err *
rp_instrument_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_instruments *out)
{
	struct q_instrument_list_rows rows;
	struct rp_wordings titles;

	RP_ASSERT(who != NULL);
	RP_TRY(q_instrument_list(tx,
	    &(struct q_instrument_list_param){ .group_id = group_id }, &rows));
	RP_TRY(rp_wording_load_kind(tx, RP_TEXT("instrument"), &titles));
	*out = (struct rp_instruments){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_instrument one = { .id = rows.v[i].id,
			.group_id = rows.v[i].group_id,
			.kind = rows.v[i].kind,
			.number = rows.v[i].number,
			.slug = rows.v[i].slug,
			.versions = rows.v[i].versions,
			.title = title_in(&titles, rows.v[i].id, lang) };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_instrument_create(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text kind, rp_text number, int64_t *out_id)
{
	struct q_instrument_insert_row row;
	struct q_instrument_count_row count;
	rp_text slug;

	RP_TRY(rp_place_needs(who, tx, RP_MAY_REGISTER, RP_TEXT("group"),
	    group_id));
	if (!rp_text_in(rp_instrument_kinds, kind) || !number_ok(number))
		return rp_fail(RP_E_INVALID, "kind or number");
	RP_TRY(q_instrument_count(tx,
	    &(struct q_instrument_count_param){ .group_id = group_id },
	    &count));
	if (count.n >= RP_INSTRUMENTS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d instruments",
		    RP_INSTRUMENTS_MAX);
	slug = slug_of(rp_tx_arena(tx), kind, number);
	RP_TRY(q_instrument_insert(tx,
	    &(struct q_instrument_insert_param){ .group_id = group_id,
		.kind = kind,
		.number = number,
		.slug = slug,
		.now = who->now },
	    &row));
	*out_id = row.id;
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("instrument.create"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = row.id,
		.group_id = group_id,
		.after = slug });
}

bool
rp_version_is_public(const struct rp_version *v)
{
	return v->text_blob_id != 0 && v->withdrawn_at == 0 &&
	       !rp_text_eq(v->state, RP_TEXT("draft"));
}

struct rp_err *
rp_version_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, struct rp_versions *out)
{
	struct q_version_list_rows rows;
	struct rp_place where;
	bool all;

	RP_TRY(rp_place_of(tx, RP_TEXT("instrument"), instrument_id, &where));
	all = rp_actor_may(who, RP_MAY_REGISTER, where);
	RP_TRY(q_version_list(tx,
	    &(struct q_version_list_param){ .instrument_id = instrument_id },
	    &rows));
	*out = (struct rp_versions){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_version_list_row *r = &rows.v[i];
		struct rp_version one = { .id = r->id,
			.instrument_id = r->instrument_id,
			.number = r->number,
			.name = r->name,
			.state = r->state,
			.lang = r->lang,
			.dated = r->dated,
			.file_name = r->file_name,
			.reading = r->reading,
			.reason = r->reason,
			.format = r->format,
			.blob_id = r->blob_id,
			.text_blob_id = r->text_blob_id,
			.withdrawn_at = r->withdrawn_at,
			.withdrawn_why = r->withdrawn_why,
			.flattened_id = r->flattened_id };

		if (all || rp_version_is_public(&one))
			rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_version_get(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, struct rp_version *out)
{
	struct rp_versions all;

	RP_TRY(rp_version_list(who, tx, instrument_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no version %lld", (long long)number);
}

/* A day of the calendar that we count in. */
static bool
date_ok(rp_text t)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int64_t y, m, d;

	if (t.n != 10 || t.p[4] != '-' || t.p[7] != '-' ||
	    !rp_text_i64(rp_text_sub(t, 0, 4), &y) ||
	    !rp_text_i64(rp_text_sub(t, 5, 7), &m) ||
	    !rp_text_i64(rp_text_sub(t, 8, 10), &d))
		return false;
	if (y < 1800 || m < 1 || m > 12 || d < 1)
		return false;
	return d <= days[m - 1] || (m == 2 && d == 29 && y % 4 == 0 &&
				       (y % 100 != 0 || y % 400 == 0));
}

static bool
ends(rp_text t, const char *with)
{
	size_t n = strlen(with);

	return t.n > n && strncasecmp(t.p + t.n - n, with, n) == 0;
}

/*
 * By the octets, as far as the web role looked; what kind of text a text is
 * only its name says. The parse role has the last word.
 */
static rp_text
format_of(rp_text kind, rp_text name)
{
	if (rp_text_eq(kind, RP_TEXT("docx")) ||
	    rp_text_eq(kind, RP_TEXT("odt")))
		return kind;
	if (!rp_text_eq(kind, RP_TEXT("txt")))
		return RP_TEXT("");
	if (ends(name, ".md") || ends(name, ".markdown"))
		return RP_TEXT("md");
	return ends(name, ".xml") || ends(name, ".akn") ? RP_TEXT("akn") : kind;
}

/* All but the file. */
enum rp_version_problem
rp_version_check_words(struct rp_arena *a, const struct rp_version_in *v)
{
	struct rp_err *e;
	rp_text tag;

	if (rp_text_blank(v->name) || v->name.n > RP_VERSION_NAME_MAX)
		return RP_VERSION_NO_NAME;
	if (!date_ok(v->dated))
		return RP_VERSION_BAD_DATE;
	if (!rp_text_in(rp_version_states, v->state))
		return RP_VERSION_BAD_STATE;
	e = rp_lang_tag_parse(a, v->lang, &tag);
	if (e != NULL) {
		rp_err_free(e);
		return RP_VERSION_BAD_LANG;
	}
	return RP_VERSION_FINE;
}

enum rp_version_problem
rp_version_check(struct rp_arena *a, const struct rp_version_in *v)
{
	enum rp_version_problem p = rp_version_check_words(a, v);

	if (p != RP_VERSION_FINE)
		return p;
	if (v->upload_id == 0 && v->blob_id == 0)
		return RP_VERSION_NO_FILE;
	if (format_of(v->file_kind, v->file_name).n == 0)
		return RP_VERSION_BAD_FILE;
	return RP_VERSION_FINE;
}

static struct rp_err *
ask_to_read(const struct rp_actor *who, struct rp_tx *tx, int64_t version_id)
{
	return q_registry_task_insert(tx,
	    &(struct q_registry_task_insert_param){ .kind =
							RP_TEXT("read_version"),
		.ref_id = version_id,
		.now = who->now });
}

static struct rp_err *
keep_step(const struct rp_actor *who, struct rp_tx *tx, int64_t version_id,
    const struct rp_version_step_in *step)
{
	return q_version_step_insert(tx,
	    &(struct q_version_step_insert_param){ .version_id = version_id,
		.state = step->state,
		.now = who->now,
		.person_id = who->person_id,
		.place = step->place,
		.why = step->why });
}

struct rp_err *
rp_version_insert(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, const struct rp_version_in *v,
    const struct rp_version_file *file, int64_t *out_number)
{
	struct q_version_next_row next;
	struct q_version_insert_row row;
	struct rp_place where;
	rp_text lang;

	RP_TRY(rp_place_of(tx, RP_TEXT("instrument"), instrument_id, &where));
	RP_TRY(q_version_next(tx,
	    &(struct q_version_next_param){ .instrument_id = instrument_id },
	    &next));
	if (next.number > RP_VERSIONS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d versions", RP_VERSIONS_MAX);
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), v->lang, &lang));
	RP_TRY(q_version_insert(tx,
	    &(struct q_version_insert_param){ .instrument_id = instrument_id,
		.number = next.number,
		.name = v->name,
		.state = v->state,
		.lang = lang,
		.dated = v->dated,
		.file_name = rp_text_cut(v->file_name, RP_FILE_NAME_MAX),
		.format = file->format,
		.blob_id = file->blob_id,
		.flattened_id = file->flattened_id,
		.now = who->now },
	    &row));
	RP_TRY(ask_to_read(who, tx, row.id));
	RP_TRY(keep_step(who, tx, row.id,
	    &(struct rp_version_step_in){ .state = v->state }));
	*out_number = next.number;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("version.add"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = instrument_id,
		.group_id = where.group_id,
		.after = rp_textf(rp_tx_arena(tx), "%lld %.*s %.*s",
		    (long long)next.number, RP_FMT(v->lang),
		    RP_FMT(v->name)) });
}

struct rp_err *
rp_version_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, const struct rp_version_in *v, int64_t *out_number)
{
	struct rp_version_file file = { .blob_id = v->blob_id };
	struct rp_digest digest;

	RP_TRY(needs(who, tx, instrument_id));
	if (rp_version_check(rp_tx_arena(tx), v) != RP_VERSION_FINE)
		return rp_fail(RP_E_INVALID, "not a version");
	if (file.blob_id == 0)
		RP_TRY(rp_upload_keep(who, tx, v->upload_id, &file.blob_id,
		    &digest));
	file.format = format_of(v->file_kind, v->file_name);
	return rp_version_insert(who, tx, instrument_id, v, &file, out_number);
}

struct rp_version_nexts
rp_version_next_of(struct rp_arena *a, rp_text state)
{
	struct rp_version_nexts out = { 0 };

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct rp_version_next one = { ways[i].to, ways[i].back };

		if (rp_text_eq(ways[i].from, state))
			rp_vec_push(a, &out, one);
	}
	return out;
}

static struct rp_err *
may_go(struct rp_arena *a, rp_text from, const struct rp_version_step_in *step)
{
	struct rp_version_nexts next = rp_version_next_of(a, from);

	if (step->place.n > RP_VERSION_PLACE_MAX ||
	    step->why.n > RP_VERSION_WHY_MAX)
		return rp_fail(RP_E_INVALID, "too long");
	for (size_t i = 0; i < next.n; i++) {
		if (!rp_text_eq(next.v[i].state, step->state))
			continue;
		return next.v[i].back && rp_text_blank(step->why) ?
			   rp_fail(RP_E_INVALID, "a step back without reason") :
			   NULL;
	}
	return rp_fail(RP_E_INVALID, "from %.*s to %.*s", RP_FMT(from),
	    RP_FMT(step->state));
}

/* The version, if `who` may change it and it stands. */
static struct rp_err *
to_change(const struct rp_actor *who, struct rp_tx *tx, int64_t instrument_id,
    int64_t number, struct rp_version *out, struct rp_place *where)
{
	RP_TRY(needs(who, tx, instrument_id));
	RP_TRY(rp_place_of(tx, RP_TEXT("instrument"), instrument_id, where));
	RP_TRY(rp_version_get(who, tx, instrument_id, number, out));
	return out->withdrawn_at != 0 ?
		   rp_fail(RP_E_CONFLICT, "it was withdrawn") :
		   NULL;
}

struct rp_err *
rp_version_step(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number,
    const struct rp_version_step_in *step)
{
	struct rp_version v;
	struct rp_place where;

	RP_TRY(to_change(who, tx, instrument_id, number, &v, &where));
	if (rp_text_eq(v.state, step->state))
		return NULL;
	RP_TRY(may_go(rp_tx_arena(tx), v.state, step));
	RP_TRY(q_version_set_state(tx,
	    &(struct q_version_set_state_param){ .id = v.id,
		.state = step->state }));
	RP_TRY(keep_step(who, tx, v.id, step));
	RP_TRY(rp_registry_ask_to_index(who, tx, v.id));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("version.state"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = instrument_id,
		.group_id = where.group_id,
		.before = v.state,
		.after = rp_textf(rp_tx_arena(tx), "%lld %.*s %.*s %.*s",
		    (long long)number, RP_FMT(step->state), RP_FMT(step->place),
		    RP_FMT(step->why)) });
}

struct rp_err *
rp_version_steps(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_version *v, struct rp_version_steps *out)
{
	struct q_version_steps_rows rows;
	struct rp_place where;
	bool names;

	RP_TRY(
	    rp_place_of(tx, RP_TEXT("instrument"), v->instrument_id, &where));
	names = rp_actor_may(who, RP_MAY_REGISTER, where);
	RP_TRY(q_version_steps(tx,
	    &(struct q_version_steps_param){ .version_id = v->id }, &rows));
	*out = (struct rp_version_steps){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		struct rp_version_step one = { .state = rows.v[i].state,
			.at = rows.v[i].at,
			.person = names ? rows.v[i].person : RP_TEXT(""),
			.place = rows.v[i].place,
			.why = rows.v[i].why };

		rp_vec_push(rp_tx_arena(tx), out, one);
	}
	return NULL;
}

struct rp_err *
rp_version_withdraw(const struct rp_actor *who, struct rp_tx *tx,
    int64_t instrument_id, int64_t number, rp_text why)
{
	struct rp_version v;
	struct rp_place where;

	RP_TRY(to_change(who, tx, instrument_id, number, &v, &where));
	if (rp_text_blank(why) || why.n > RP_VERSION_WHY_MAX)
		return rp_fail(RP_E_INVALID, "no reason");
	RP_TRY(q_version_withdraw(tx,
	    &(struct q_version_withdraw_param){ .id = v.id,
		.now = who->now,
		.why = why }));
	RP_TRY(rp_registry_ask_to_index(who, tx, v.id));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("version.withdraw"),
		.object_kind = RP_TEXT("instrument"),
		.object_id = instrument_id,
		.group_id = where.group_id,
		.before = rp_textf(rp_tx_arena(tx), "%lld %.*s",
		    (long long)number, RP_FMT(v.name)),
		.after = why });
}

struct rp_err *
rp_registry_ask_to_index(const struct rp_actor *who, struct rp_tx *tx,
    int64_t version_id)
{
	return q_registry_task_insert(tx,
	    &(struct q_registry_task_insert_param){
		.kind = RP_TEXT("index_version"),
		.ref_id = version_id,
		.now = who->now });
}

struct rp_err *
rp_instrument_titles(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    struct rp_wordings *out)
{
	struct rp_wordings all;

	RP_ASSERT(who != NULL); /* titles are public */
	RP_TRY(rp_wording_load(tx, RP_TEXT("instrument"), id, &all));
	*out = (struct rp_wordings){ 0 };
	for (size_t i = 0; i < all.n; i++)
		if (rp_text_eq(all.v[i].field, RP_TEXT("title")))
			rp_vec_push(rp_tx_arena(tx), out, all.v[i]);
	return NULL;
}

struct rp_err *
rp_instrument_set_title(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, rp_text lang, rp_text title)
{
	struct rp_wording_at at = { .owner_kind = RP_TEXT("instrument"),
		.owner_id = id,
		.field = RP_TEXT("title") };
	const struct rp_wording *there;
	struct rp_wordings titles;
	struct rp_versions all;

	RP_TRY(needs(who, tx, id));
	if (title.n > RP_INSTRUMENT_TITLE_MAX)
		return rp_fail(RP_E_LIMIT, "title of %zu octets", title.n);
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), lang, &at.lang));
	RP_TRY(rp_instrument_titles(who, tx, id, &titles));
	there = rp_wording_find(&titles, id, at.field, at.lang);
	if (title.n == 0 && there != NULL && titles.n == 1)
		return rp_fail(RP_E_CONFLICT, "the only title");
	RP_TRY(rp_wording_set(who, tx, &at,
	    there != NULL ? there->status :
	    titles.n == 0 ? RP_WORDING_ORIGINAL :
			    RP_WORDING_OFFICIAL,
	    title));
	RP_TRY(rp_version_list(who, tx, id, &all));
	for (size_t i = 0; i < all.n; i++)
		RP_TRY(rp_registry_ask_to_index(who, tx, all.v[i].id));
	return NULL;
}

static int
closeness(rp_text of, rp_text lang)
{
	if (rp_lang_tag_same_primary(of, lang))
		return 2;
	return rp_lang_tag_same_primary(of, RP_TEXT("en"));
}

struct rp_err *
rp_instrument_in_force(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text lang, struct rp_in_force_list *out)
{
	struct q_instrument_in_force_rows rows;

	RP_ASSERT(who != NULL); /* what is in force is public */
	RP_TRY(q_instrument_in_force(tx,
	    &(struct q_instrument_in_force_param){ .group_id = group_id },
	    &rows));
	*out = (struct rp_in_force_list){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_instrument_in_force_row *r = &rows.v[i];
		struct rp_in_force one = { .instrument = { .id = r->id,
					       .group_id = group_id,
					       .kind = r->kind,
					       .number = r->number,
					       .slug = r->slug },
			.number = r->version,
			.name = r->name,
			.lang = r->lang,
			.dated = r->dated };
		struct rp_in_force *last =
		    out->n > 0 ? &out->v[out->n - 1] : NULL;

		if (last == NULL || last->instrument.id != r->id)
			rp_vec_push(rp_tx_arena(tx), out, one);
		else if (rp_text_eq(one.dated, last->dated) &&
			 closeness(one.lang, lang) >
			     closeness(last->lang, lang))
			*last = one;
	}
	return NULL;
}
