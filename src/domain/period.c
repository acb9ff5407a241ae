#include "domain/period.h"

#include "base/buf.h"
#include "base/err.h"
#include "domain/day.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_period.h"
#include "text/lang.h"
#include "text/zone.h"

#define YEARS_MAX 5 /* of one report */

const rp_text rp_period_addressees[] = { RP_TEXT_INIT("council"),
	RP_TEXT_INIT("plenipotentiary"), RP_TEXT_INIT("") };

const rp_text rp_period_sections[] = { RP_TEXT_INIT("introduction"),
	RP_TEXT_INIT("meetings"), RP_TEXT_INIT("consultations"),
	RP_TEXT_INIT("topics"), RP_TEXT_INIT("recommendations"),
	RP_TEXT_INIT("actions"), RP_TEXT_INIT("activities"),
	RP_TEXT_INIT("duties"), RP_TEXT_INIT("conclusion"), RP_TEXT_INIT("") };

static const rp_text formats[] = { RP_TEXT_INIT("docx"), RP_TEXT_INIT("pdf"),
	RP_TEXT_INIT("html"), RP_TEXT_INIT("part"), RP_TEXT_INIT("") };

static bool
is(rp_text t, const char *word)
{
	return rp_text_eq(t, rp_text_z(word));
}

enum rp_period_problem
rp_period_check(const struct rp_period *p)
{
	int64_t from = 0, until = 0;

	if (!rp_text_in(rp_period_addressees, p->addressee))
		return RP_PERIOD_BAD_ADDRESSEE;
	if (!rp_zone_is_day(p->from))
		return RP_PERIOD_BAD_FROM;
	if (!rp_zone_is_day(p->until) || rp_text_cmp(p->until, p->from) < 0)
		return RP_PERIOD_BAD_UNTIL;
	(void)rp_text_i64(rp_text_sub(p->from, 0, 4), &from);
	(void)rp_text_i64(rp_text_sub(p->until, 0, 4), &until);
	return until - from > YEARS_MAX ? RP_PERIOD_BAD_UNTIL : RP_PERIOD_FINE;
}

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"), group_id);
}

/* Reading. */

static bool
is_seen(const struct rp_actor *who, struct rp_place where,
    const struct rp_period *p)
{
	if (rp_actor_may(who, RP_MAY_MEET, where))
		return true;
	return is(p->state, "issued") &&
	       (p->is_public || rp_actor_may(who, RP_MAY_READ, where));
}

struct rp_err *
rp_period_list(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    struct rp_periods *out)
{
	struct q_period_list_rows rows;
	struct rp_place where;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), group_id, &where));
	RP_TRY(q_period_list(tx,
	    &(struct q_period_list_param){ .group_id = group_id }, &rows));
	*out = (struct rp_periods){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_period_list_row *r = &rows.v[i];
		const struct rp_period p = { .id = r->id,
			.group_id = group_id,
			.number = r->number,
			.addressee = r->addressee,
			.from = r->from_day,
			.until = r->until_day,
			.is_public = r->is_public,
			.state = r->state,
			.issued_at = r->issued_at };

		if (is_seen(who, where, &p))
			rp_vec_push(rp_tx_arena(tx), out, p);
	}
	return NULL;
}

struct rp_err *
rp_period_get(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t number, struct rp_period *out)
{
	struct rp_periods all;

	RP_TRY(rp_period_list(who, tx, group_id, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].number != number)
			continue;
		*out = all.v[i];
		return NULL;
	}
	return rp_fail(RP_E_NOTFOUND, "no report %lld", (long long)number);
}

/* That `who` sees it still: what he holds may be older than the rights. */
static struct rp_err *
seen(const struct rp_actor *who, struct rp_tx *tx, const struct rp_period *p)
{
	struct rp_period now;

	return rp_period_get(who, tx, p->group_id, p->number, &now);
}

struct rp_err *
rp_period_words(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, struct rp_period_texts *out)
{
	struct q_period_words_list_rows rows;

	RP_TRY(seen(who, tx, p));
	RP_TRY(q_period_words_list(tx,
	    &(struct q_period_words_list_param){ .period_id = p->id }, &rows));
	*out = (struct rp_period_texts){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_period_words){ rows.v[i].section,
			rows.v[i].lang, rows.v[i].body }));
	return NULL;
}

struct rp_period_words
rp_period_words_pick(const struct rp_period_texts *all, rp_text section,
    rp_text lang)
{
	struct rp_period_words best = { .section = section, .lang = lang };

	for (size_t i = 0; i < all->n; i++) {
		const struct rp_period_words *w = &all->v[i];

		if (!rp_text_eq(w->section, section))
			continue;
		if (best.body.n == 0 || rp_text_eq(w->lang, lang) ||
		    (is(w->lang, "en") && !rp_text_eq(best.lang, lang)))
			best = *w;
	}
	return best;
}

struct rp_actor
rp_period_reader(const struct rp_actor *who, const struct rp_period *p)
{
	return p->is_public ? rp_actor_public(who->env, who->now) : *who;
}

struct rp_err *
rp_period_figures(const struct rp_actor *reader, struct rp_tx *tx,
    const struct rp_period *p, struct rp_period_figures *out)
{
	struct q_period_meetings_rows meetings;
	struct q_period_tally_rows tallies;
	struct q_period_summaries_rows summaries;
	struct rp_place where;
	bool all;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), p->group_id, &where));
	all = rp_actor_may(reader, RP_MAY_MEET, where) ||
	      rp_actor_may(reader, RP_MAY_READ, where);
	RP_TRY(q_period_meetings(tx,
	    &(struct q_period_meetings_param){ .group_id = p->group_id,
		.from_day = p->from,
		.until_day = p->until,
		.all = all },
	    &meetings));
	RP_TRY(q_period_tally(tx,
	    &(struct q_period_tally_param){ .group_id = p->group_id },
	    &tallies));
	RP_TRY(q_period_summaries(tx,
	    &(struct q_period_summaries_param){ .group_id = p->group_id },
	    &summaries));
	*out = (struct rp_period_figures){ 0 };
	for (size_t i = 0; i < meetings.n; i++) {
		const struct q_period_meetings_row *r = &meetings.v[i];
		bool posted = is(r->state, "posted") || is(r->state, "sent");
		/* A report that nobody was shown so far is none. */
		bool told = (all && !is(r->state, "draft")) ||
			    (posted && is(r->access, "public"));

		rp_vec_push(rp_tx_arena(tx), &out->meetings,
		    ((struct rp_period_meeting){ .meeting_id = r->id,
			.approved_at = told ? r->approved_at : 0,
			.documents = r->documents,
			.report = told ? r->state : RP_TEXT("") }));
	}
	for (size_t i = 0; i < tallies.n; i++)
		rp_vec_push(rp_tx_arena(tx), &out->tallies,
		    ((struct rp_period_tally){ tallies.v[i].consultation_id,
			tallies.v[i].responses, tallies.v[i].value }));
	for (size_t i = 0; i < summaries.n; i++)
		rp_vec_push(rp_tx_arena(tx), &out->summaries,
		    ((struct rp_period_summary){ summaries.v[i].consultation_id,
			summaries.v[i].number }));
	return NULL;
}

/* Changing. */

static struct rp_err *
event(const struct rp_actor *who, struct rp_tx *tx, const struct rp_period *p,
    const char *action, rp_text after)
{
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = rp_text_z(action),
		.object_kind = RP_TEXT("period_report"),
		.object_id = p->id,
		.group_id = p->group_id,
		.after = after });
}

static rp_text
described(struct rp_arena *a, const struct rp_period *p)
{
	return rp_textf(a, "%.*s %.*s %.*s%s", RP_FMT(p->addressee),
	    RP_FMT(p->from), RP_FMT(p->until), p->is_public ? " public" : "");
}

struct rp_err *
rp_period_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, int64_t *out_number)
{
	struct q_period_insert_row row;
	struct rp_period made = *p;

	RP_TRY(needs(who, tx, p->group_id));
	if (rp_period_check(p) != RP_PERIOD_FINE)
		return rp_fail(RP_E_INVALID, "not a period");
	RP_TRY(q_period_insert(tx,
	    &(struct q_period_insert_param){ .group_id = p->group_id,
		.addressee = p->addressee,
		.from_day = p->from,
		.until_day = p->until,
		.is_public = p->is_public,
		.person_id = who->person_id,
		.now = who->now },
	    &row));
	if (row.number > RP_PERIODS_MAX)
		return rp_fail(RP_E_LIMIT, "over %d reports", RP_PERIODS_MAX);
	made.id = row.id;
	*out_number = row.number;
	return event(who, tx, &made, "period.add",
	    described(rp_tx_arena(tx), p));
}

struct rp_err *
rp_period_change(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *was, const struct rp_period *now)
{
	int64_t n;

	RP_TRY(needs(who, tx, was->group_id));
	if (rp_period_check(now) != RP_PERIOD_FINE)
		return rp_fail(RP_E_INVALID, "not a period");
	RP_TRY(q_period_set(tx,
	    &(struct q_period_set_param){ .id = was->id,
		.addressee = now->addressee,
		.from_day = now->from,
		.until_day = now->until,
		.is_public = now->is_public },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "it is issued");
	return event(who, tx, was, "period.change",
	    described(rp_tx_arena(tx), now));
}

struct rp_err *
rp_period_words_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_words *w)
{
	struct rp_period now;
	rp_text tag;

	RP_TRY(needs(who, tx, p->group_id));
	RP_TRY(rp_period_get(who, tx, p->group_id, p->number, &now));
	if (!is(now.state, "draft"))
		return rp_fail(RP_E_CONFLICT, "it is issued");
	if (!rp_text_in(rp_period_sections, w->section))
		return rp_fail(RP_E_INVALID, "no such section");
	if (w->body.n > RP_PERIOD_WORDS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets", w->body.n);
	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), w->lang, &tag));
	RP_TRY(q_period_words_set(tx,
	    &(struct q_period_words_set_param){ .period_id = p->id,
		.section = w->section,
		.lang = tag,
		.body = w->body }));
	return event(who, tx, p, "period.words",
	    rp_textf(rp_tx_arena(tx), "%.*s %.*s", RP_FMT(w->section),
		RP_FMT(tag)));
}

/* Files. */

static struct rp_err *
keep(const struct rp_actor *who, struct rp_tx *tx, const struct rp_period *p,
    const struct rp_period_file *f)
{
	struct rp_actor system = rp_actor_system(who->env, who->now);
	int64_t blob_id;
	rp_text tag;

	RP_TRY(rp_lang_tag_parse(rp_tx_arena(tx), f->lang, &tag));
	if (!rp_text_in(formats, f->format))
		return rp_fail(RP_E_INVALID, "no such format");
	if (f->octets.n > RP_PERIOD_FILE_MAX)
		return rp_fail(RP_E_LIMIT, "%zu octets", f->octets.n);
	RP_TRY(rp_blob_put(&system, tx, f->octets, &blob_id));
	return q_period_file_insert(tx,
	    &(struct q_period_file_insert_param){ .period_id = p->id,
		.lang = tag,
		.format = f->format,
		.blob_id = blob_id });
}

struct rp_err *
rp_period_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_files *files)
{
	int64_t n;

	RP_TRY(needs(who, tx, p->group_id));
	if (files->n == 0)
		return rp_fail(RP_E_INVALID, "a report without files");
	RP_TRY(q_period_issue(tx,
	    &(struct q_period_issue_param){ .id = p->id, .now = who->now },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_CONFLICT, "it is issued");
	for (size_t i = 0; i < files->n; i++)
		RP_TRY(keep(who, tx, p, &files->v[i]));
	return event(who, tx, p, "period.issue", described(rp_tx_arena(tx), p));
}

struct rp_err *
rp_period_files(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, struct rp_period_files *out)
{
	struct q_period_file_list_rows rows;

	RP_TRY(seen(who, tx, p));
	RP_TRY(q_period_file_list(tx,
	    &(struct q_period_file_list_param){ .period_id = p->id }, &rows));
	*out = (struct rp_period_files){ 0 };
	for (size_t i = 0; i < rows.n; i++)
		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_period_file){ .lang = rows.v[i].lang,
			.format = rows.v[i].format,
			.blob_id = rows.v[i].blob_id }));
	return NULL;
}

struct rp_err *
rp_period_file_read(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_period *p, const struct rp_period_file *f, rp_bytes *out)
{
	struct rp_buf b;
	bool found = true;

	RP_TRY(seen(who, tx, p));
	rp_buf_init(&b, rp_tx_arena(tx), RP_PERIOD_FILE_MAX);
	for (int64_t seq = 0; found && !b.over; seq++) {
		rp_bytes chunk;

		RP_TRY(rp_blob_chunk(who, tx, f->blob_id, seq, &found, &chunk));
		if (found)
			rp_buf_bytes_add(&b, chunk);
	}
	return rp_buf_bytes(&b, out);
}
