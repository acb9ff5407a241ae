#include "domain/report.h"

#include "base/check.h"
#include "domain/meeting_document.h"
#include "domain/proceedings.h"
#include "domain/testing/meeting_stage.h"
#include "text/words.h"

#define HOUR ((int64_t)3600 * 1000)

static struct rp_report
get(struct meeting_stage *s, const struct rp_actor *who)
{
	struct rp_report r;

	RP_CHECK_OK(rp_report_get(who, s->w.tx, &s->m, &r));
	return r;
}

static struct rp_report_files
files(struct meeting_stage *s, const char *text)
{
	struct rp_report_files out = { 0 };

	rp_vec_push(s->w.a, &out,
	    ((struct rp_report_octets){ RP_TEXT("en"),
		rp_text_bytes(rp_text_z(text)) }));
	return out;
}

static int64_t
statement(struct meeting_stage *s, int64_t item, int64_t document)
{
	struct q_world_statement_row row;

	RP_CHECK_OK(q_world_statement(s->w.tx,
	    &(struct q_world_statement_param){ .item_id = item,
		.document_id = document,
		.words = RP_TEXT("agreed.") },
	    &row));
	return row.id;
}

static void
says(struct meeting_stage *s, int64_t item, int64_t said, int64_t party)
{
	RP_CHECK_OK(q_world_intervention(s->w.tx,
	    &(struct q_world_intervention_param){ .item_id = item,
		.statement_id = said,
		.party_id = party,
		.words = RP_TEXT("Secret words.") }));
}

/* Three interventions of two parties are two voices; one nobody logged is one.
 */
static void
minutes(void)
{
	struct meeting_stage s;
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = RP_TEXT("members") };
	int64_t item, other, document, number, said, bare;
	struct rp_proceedings got;

	meeting_stage_open(&s);
	rp_vec_push(s.w.a, &in.sources, s.parties[1]);
	RP_CHECK_OK(rp_meeting_document_add(&s.who, s.w.tx, &s.m, &in,
	    &document, &number));
	RP_CHECK_OK(rp_wording_set(&s.who, s.w.tx,
	    &(struct rp_wording_at){ .owner_kind = RP_TEXT("document"),
		.owner_id = document,
		.field = RP_TEXT("summary"),
		.lang = RP_TEXT("en") },
	    RP_WORDING_ORIGINAL, RP_TEXT("Wells are deep.")));
	item = meeting_stage_item(&s, &s.m, 1, "contributions");
	other = meeting_stage_item(&s, &s.m, 2, "other");
	RP_CHECK_OK(q_world_item_document(s.w.tx,
	    &(struct q_world_item_document_param){ .item_id = item,
		.document_id = document }));
	said = statement(&s, item, document);
	bare = statement(&s, other, 0);
	says(&s, item, said, s.parties[0]);
	says(&s, item, said, s.parties[0]);
	says(&s, item, said, s.parties[1]);
	RP_CHECK_OK(q_world_outcome(s.w.tx,
	    &(struct q_world_outcome_param){ .item_id = item,
		.document_id = document,
		.verb = RP_TEXT("noted") }));
	RP_CHECK_OK(q_world_outcome(s.w.tx,
	    &(struct q_world_outcome_param){ .item_id = other,
		.statement_id = bare,
		.verb = RP_TEXT("agreed") }));
	RP_CHECK_FAILS(rp_proceedings_load(&s.member, s.w.tx, &s.m,
			   RP_TEXT("en"), &got),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_proceedings_load(&s.w.nobody, s.w.tx, &s.m,
			   RP_TEXT("en"), &got),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(
	    rp_proceedings_load(&s.who, s.w.tx, &s.m, RP_TEXT("fr"), &got));
	RP_CHECK(got.items.n == 2 && got.items.v[0].papers.n == 1);
	RP_CHECK_TEXT(got.items.v[0].papers.v[0].symbol,
	    RP_TEXT("WG-Water-20/1"));
	RP_CHECK_TEXT(got.items.v[0].papers.v[0].summary,
	    RP_TEXT("Wells are deep."));
	RP_CHECK(got.items.v[0].papers.v[0].statements.v[0].voices == 2);
	RP_CHECK(got.items.v[0].papers.v[0].statements.v[0].logged == 3);
	RP_CHECK_TEXT(got.items.v[0].papers.v[0].outcomes.v[0].verb,
	    RP_TEXT("noted"));
	RP_CHECK(got.items.v[1].statements.v[0].voices == 1);
	RP_CHECK_TEXT(got.items.v[1].statements.v[0].outcome.verb,
	    RP_TEXT("agreed"));
	RP_CHECK(got.items.v[1].outcomes.n == 0);
	world_close(&s.w);
}

static void
edits(void)
{
	struct meeting_stage s;
	struct rp_report r;
	struct rp_report_changes all;
	struct rp_report_change c = { .origin = RP_TEXT("item-1-said-1"),
		.op = RP_TEXT("replace"),
		.body = RP_TEXT("Otherwise."),
		.was = RP_TEXT("Thus.") };

	meeting_stage_open(&s);
	r = get(&s, &s.who);
	RP_CHECK_FAILS(rp_report_get(&s.member, s.w.tx, &s.m, &r),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_report_change_set(&s.member, s.w.tx, &r,
			   RP_TEXT("en"), &c),
	    RP_E_DENIED);
	RP_CHECK_OK(
	    rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"), &c));
	c.body = RP_TEXT("Otherwise again.");
	RP_CHECK_OK(
	    rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"), &c));
	RP_CHECK_OK(rp_report_changes(&s.who, s.w.tx, &r, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1);
	RP_CHECK_TEXT(all.v[0].body, RP_TEXT("Otherwise again."));
	c = (struct rp_report_change){ .op = RP_TEXT("add"),
		.after = RP_TEXT("item-1-said-1"),
		.kind = RP_TEXT("paragraph"),
		.body = RP_TEXT("By hand.") };
	RP_CHECK_OK(
	    rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"), &c));
	RP_CHECK_OK(
	    rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"), &c));
	RP_CHECK_OK(rp_report_changes(&s.who, s.w.tx, &r, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 3 && !rp_text_eq(all.v[1].origin, all.v[2].origin));
	RP_CHECK_OK(rp_report_change_undo(&s.who, s.w.tx, &r, RP_TEXT("en"),
	    RP_TEXT("item-1-said-1")));
	RP_CHECK_FAILS(rp_report_change_undo(&s.who, s.w.tx, &r, RP_TEXT("en"),
			   RP_TEXT("item-1-said-1")),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_report_changes(&s.who, s.w.tx, &r, RP_TEXT("fr"), &all));
	RP_CHECK(all.n == 0);
	c.body = RP_TEXT(" ");
	RP_CHECK_FAILS(rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"),
			   &c),
	    RP_E_INVALID);
	c.body = RP_TEXT("X");
	c.after = RP_TEXT("no such thing");
	RP_CHECK_FAILS(rp_report_change_set(&s.who, s.w.tx, &r, RP_TEXT("en"),
			   &c),
	    RP_E_INVALID);
	world_close(&s.w);
}

static struct rp_report
open_round(struct meeting_stage *s, const char *commenters)
{
	struct rp_report r = get(s, &s->who);
	struct rp_report_round round = { .commenters = rp_text_z(commenters),
		.until_at = s->who.now + HOUR,
		.silence_at = s->who.now + 2 * HOUR };
	struct rp_report_files f = files(s, "[]");

	RP_CHECK_OK(rp_report_open(&s->who, s->w.tx, &s->m, &r, &round, &f));
	return get(s, &s->who);
}

/* Who finds it in which state. */
static void
seen(void)
{
	struct meeting_stage s;
	struct rp_report r;
	struct rp_report_versions all;
	struct rp_report_files f;
	struct rp_report_postings p = { 0 };
	struct rp_meeting_documents documents;

	meeting_stage_open(&s);
	f = files(&s, "[1]");
	r = open_round(&s, "members");
	RP_CHECK(get(&s, &s.member).may_comment);
	RP_CHECK(get(&s, &s.member).may_endorse);
	RP_CHECK(!get(&s, &s.reader).may_endorse);
	RP_CHECK_FAILS(rp_report_get(&s.stranger, s.w.tx, &s.m, &r),
	    RP_E_NOTFOUND);
	r = open_round(&s, "public");
	RP_CHECK(r.versions == 2 && get(&s, &s.w.nobody).may_comment);
	/* The round of members stays theirs. */
	r = get(&s, &s.w.nobody);
	RP_CHECK_OK(rp_report_version_list(&s.w.nobody, s.w.tx, &r, &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 2);
	r = get(&s, &s.who);
	RP_CHECK_OK(rp_report_close(&s.who, s.w.tx, &r));
	RP_CHECK(!get(&s, &s.w.nobody).may_comment);
	RP_CHECK_OK(rp_report_approve(&s.who, s.w.tx, &s.m, &r, s.m.id, &f));
	RP_CHECK_FAILS(rp_report_get(&s.w.nobody, s.w.tx, &s.m, &r),
	    RP_E_NOTFOUND);
	r = get(&s, &s.member);
	RP_CHECK(r.is_locked && r.may_read && !r.may_edit);
	r = get(&s, &s.who);
	RP_CHECK_FAILS(rp_report_close(&s.who, s.w.tx, &r), RP_E_CONFLICT);
	rp_vec_push(s.w.a, &p,
	    ((struct rp_report_posting){ RP_TEXT("en"), RP_TEXT("Report"),
		RP_TEXT("report.docx"), RP_BYTES("octets") }));
	RP_CHECK_OK(
	    rp_report_post(&s.who, s.w.tx, &s.m, &r, RP_TEXT("public"), &p));
	r = get(&s, &s.w.nobody);
	RP_CHECK_OK(rp_report_version_list(&s.w.nobody, s.w.tx, &r, &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_OK(rp_meeting_document_list(&s.w.nobody, s.w.tx, &s.m,
	    RP_TEXT("en"), &documents));
	RP_CHECK(documents.n == 1 && documents.v[0].files.n == 1);
	r = get(&s, &s.who);
	RP_CHECK_OK(rp_report_send(&s.who, s.w.tx, &r));
	RP_CHECK_TEXT(get(&s, &s.who).state, RP_TEXT("sent"));
	world_close(&s.w);
}

/* Drafts that only members saw stay theirs after the report is posted. */
static void
drafts_stay_theirs(void)
{
	struct meeting_stage s;
	struct rp_report_versions all;
	struct rp_report_files f;
	struct rp_report_postings p = { 0 };
	struct rp_report_version v;
	struct rp_report r;
	rp_bytes octets;

	meeting_stage_open(&s);
	f = files(&s, "[1]");
	r = open_round(&s, "members");
	RP_CHECK_OK(rp_report_approve(&s.who, s.w.tx, &s.m, &r, s.m.id, &f));
	rp_vec_push(s.w.a, &p,
	    ((struct rp_report_posting){ RP_TEXT("en"), RP_TEXT("Report"),
		RP_TEXT("report.docx"), RP_BYTES("octets") }));
	RP_CHECK_OK(
	    rp_report_post(&s.who, s.w.tx, &s.m, &r, RP_TEXT("public"), &p));
	r = get(&s, &s.w.nobody);
	RP_CHECK_OK(rp_report_version_list(&s.w.nobody, s.w.tx, &r, &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 2);
	RP_CHECK_FAILS(rp_report_version_read(&s.w.nobody, s.w.tx, &r, &all, 1,
			   RP_TEXT("en"), &v, &octets),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_report_version_read(&s.w.nobody, s.w.tx, &r, &all, 2,
	    RP_TEXT("ar"), &v, &octets));
	RP_CHECK(octets.n == 3);
	world_close(&s.w);
}

static void
comments(void)
{
	struct meeting_stage s;
	struct rp_report r;
	struct rp_report_comment c = { .lang = RP_TEXT("en"),
		.body = RP_TEXT("Section 5 is long.") };
	struct rp_report_comments all;
	int64_t id;

	meeting_stage_open(&s);
	open_round(&s, "members");
	r = get(&s, &s.member);
	RP_CHECK_OK(rp_report_comment_add(&s.member, s.w.tx, &r, &c, &id));
	RP_CHECK_FAILS(rp_report_comment_add(&s.stranger, s.w.tx, &r, &c, &id),
	    RP_E_NOTFOUND);
	r = get(&s, &s.reader);
	RP_CHECK_FAILS(rp_report_comment_add(&s.reader, s.w.tx, &r, &c, &id),
	    RP_E_INVALID);
	RP_CHECK_OK(
	    rp_report_comment_list(&s.reader, s.w.tx, &r, RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].party_id == s.parties[0]);
	RP_CHECK_OK(rp_report_comment_list(&s.stranger, s.w.tx, &r,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 0);
	RP_CHECK_FAILS(rp_report_comment_answer(&s.member, s.w.tx, &r, 1,
			   RP_TEXT("taken"), RP_TEXT("")),
	    RP_E_DENIED);
	RP_CHECK_OK(
	    rp_report_comment_list(&s.who, s.w.tx, &r, RP_TEXT("en"), &all));
	RP_CHECK_OK(rp_report_comment_answer(&s.who, s.w.tx, &r, all.v[0].id,
	    RP_TEXT("taken"), RP_TEXT("Shortened.")));
	RP_CHECK_FAILS(rp_report_comment_answer(&s.who, s.w.tx, &r, 9999,
			   RP_TEXT("taken"), RP_TEXT("")),
	    RP_E_NOTFOUND);
	s.member.now = r.until_at;
	r = get(&s, &s.member);
	RP_CHECK_FAILS(rp_report_comment_add(&s.member, s.w.tx, &r, &c, &id),
	    RP_E_GONE);
	world_close(&s.w);
}

/* No objection by the date is endorsement; one objection is not. */
static void
silence(void)
{
	struct meeting_stage s;
	struct rp_report r;
	struct rp_report_standing got;
	struct rp_report_files f;

	meeting_stage_open(&s);
	f = files(&s, "[1]");
	open_round(&s, "members");
	r = get(&s, &s.member);
	RP_CHECK_OK(
	    rp_report_endorse(&s.member, s.w.tx, &r, false, RP_TEXT("")));
	r = get(&s, &s.other_member);
	RP_CHECK_FAILS(rp_report_endorse(&s.other_member, s.w.tx, &r, true,
			   RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_report_endorse(&s.other_member, s.w.tx, &r, true,
	    RP_TEXT("Not so.")));
	RP_CHECK_FAILS(rp_report_standing(&s.stranger, s.w.tx, &r,
			   RP_TEXT("en"), &got),
	    RP_E_NOTFOUND);
	s.who.now = r.silence_at;
	RP_CHECK_OK(
	    rp_report_standing(&s.who, s.w.tx, &r, RP_TEXT("en"), &got));
	RP_CHECK(got.endorsed == 1 && got.objected == 1 && got.silent == 1 &&
		 got.is_over && !got.is_endorsed);
	r = get(&s, &s.who);
	RP_CHECK_FAILS(rp_report_approve(&s.who, s.w.tx, &s.m, &r, 0, &f),
	    RP_E_CONFLICT);
	r = get(&s, &s.other_member);
	RP_CHECK_OK(
	    rp_report_endorse(&s.other_member, s.w.tx, &r, false, RP_TEXT("")));
	r = get(&s, &s.who);
	RP_CHECK_OK(rp_report_approve(&s.who, s.w.tx, &s.m, &r, 0, &f));
	RP_CHECK(r.approved_in == 0 && r.is_locked);
	s.member.now = r.silence_at;
	RP_CHECK_FAILS(rp_report_endorse(&s.member, s.w.tx, &r, false,
			   RP_TEXT("")),
	    RP_E_GONE);
	world_close(&s.w);
}

static size_t
items_of(struct meeting_stage *s, const struct rp_meeting *m, const char *kind)
{
	struct q_world_items_rows rows;
	size_t n = 0;

	RP_CHECK_OK(q_world_items(s->w.tx,
	    &(struct q_world_items_param){ .meeting_id = m->id }, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += rp_text_eq(rows.v[i].kind, rp_text_z(kind));
	return n;
}

static void
carried(void)
{
	struct meeting_stage s;
	struct rp_meeting next, later;
	struct rp_proceedings minutes;
	struct rp_report r;
	struct rp_report_files f;

	meeting_stage_open(&s);
	f = files(&s, "[1]");
	r = get(&s, &s.who);
	RP_CHECK_OK(rp_report_defer(&s.who, s.w.tx, &s.m, &r));
	RP_CHECK(r.item_id == 0);
	later =
	    meeting_stage_add(&s, 22, "2027-10-10T09:30", "2027-10-11T17:30");
	RP_CHECK(items_of(&s, &later, "approval") == 1);
	next =
	    meeting_stage_add(&s, 21, "2027-04-10T09:30", "2027-04-11T17:30");
	RP_CHECK(items_of(&s, &next, "approval") == 0);
	RP_CHECK_OK(rp_proceedings_load(&s.who, s.w.tx, &later, RP_TEXT("en"),
	    &minutes));
	RP_CHECK(minutes.items.v[0].report_ordinal == 20);
	r = get(&s, &s.who);
	RP_CHECK_OK(rp_report_defer(&s.who, s.w.tx, &s.m, &r));
	RP_CHECK(items_of(&s, &next, "approval") == 0);
	RP_CHECK_OK(rp_report_approve(&s.who, s.w.tx, &s.m, &r, later.id, &f));
	world_close(&s.w);
}

static rp_text
compared(struct meeting_stage *s, const char *old, const char *now)
{
	struct rp_report_pieces all;
	rp_text out = RP_TEXT("");

	rp_report_compare(&s->who, s->w.a, rp_text_z(old), rp_text_z(now),
	    &all);
	for (size_t i = 0; i < all.n; i++)
		out = rp_textf(s->w.a, "%.*s%s%.*s%s", RP_FMT(out),
		    all.v[i].kind == RP_PIECE_KEPT     ? "" :
		    all.v[i].kind == RP_PIECE_INSERTED ? "{+" :
							 "{-",
		    RP_FMT(all.v[i].text),
		    all.v[i].kind == RP_PIECE_KEPT ? "" : "}");
	return out;
}

static void
words(void)
{
	struct meeting_stage s;

	meeting_stage_open(&s);
	s.w.env.words = rp_words_new();
	RP_CHECK_TEXT(compared(&s, "A member asked for it.",
			  "Some members asked for it."),
	    RP_TEXT("{-A member}{+Some members} asked for it."));
	RP_CHECK_TEXT(compared(&s, "Same.", "Same."), RP_TEXT("Same."));
	RP_CHECK_TEXT(compared(&s, "", "New."), RP_TEXT("{+New.}"));
	RP_CHECK_TEXT(compared(&s, "One two", "One  two three"),
	    RP_TEXT("One {+ }two{+ three}"));
	rp_words_free(s.w.env.words);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "minutes of a meeting", minutes }, { "edits", edits },
    { "who sees it when", seen },
    { "drafts stay with those who saw them", drafts_stay_theirs },
    { "comments", comments }, { "silence is consent", silence },
    { "carried to the next agenda", carried }, { "words that changed", words })
