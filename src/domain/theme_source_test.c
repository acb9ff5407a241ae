#include "domain/theme_source.h"

#include "base/check.h"
#include "domain/attachment.h"
#include "domain/hearing.h"
#include "domain/moderation.h"
#include "domain/privacy.h"
#include "domain/testing/themed.h"
#include "domain/transfer.h"
#include "domain/upload.h"
#include "store/db.h"
#include "store/q_world.h"

#define PAPER "In the valleys there is no access at all."

struct hall {
	struct themed t;
	struct rp_actor usher; /* runs the sessions */
	int64_t session_id;
};

static void
hall_open(struct hall *h)
{
	const struct rp_hearing one = { .zone = RP_TEXT("Africa/Nairobi"),
		.opens_local = RP_TEXT("2027-02-10T10:00"),
		.closes_local = RP_TEXT("2027-02-10T13:00"),
		.place = RP_TEXT("Nairobi"),
		.mode = RP_TEXT("hybrid") };

	themed_open(&h->t);
	h->usher = world_staff(&h->t.f.w, "Usher", RP_MAY_MEET, RP_ON_GROUP,
	    h->t.f.w.group_id);
	RP_CHECK_OK(rp_hearing_add(&h->usher, h->t.f.w.tx, &h->t.f.c, &one,
	    &h->session_id));
}

static void
hall_close(struct hall *h)
{
	themed_close(&h->t);
}

static void
publish(struct hall *h, int64_t id, bool yes)
{
	RP_CHECK_OK(
	    rp_spoken_publish(&h->usher, h->t.f.w.tx, &h->t.f.c, id, yes));
}

static int64_t
say(struct hall *h, int64_t question_id, const char *body)
{
	const struct rp_spoken s = { .session_id = h->session_id,
		.question_id = question_id,
		.kind = RP_TEXT("intervention"),
		.speaker_class = RP_TEXT("civil_society"),
		.name = RP_TEXT("Ana"),
		.lang = RP_TEXT("en"),
		.body = rp_text_z(body) };
	int64_t id = 0;

	RP_CHECK_OK(rp_spoken_add(&h->usher, h->t.f.w.tx, &h->t.f.c, &s, &id));
	return id;
}

/* A published response with a paper that was read; `clean`: there is a copy of
 * it for the public. */
static struct rp_receipt
send_paper_as(struct themed *t, const char *answer, const char *paper,
    bool clean, rp_text authorisation)
{
	const struct rp_attachment_result read = { .state = RP_TEXT("read"),
		.kind = RP_TEXT("txt"),
		.body = rp_text_z(paper),
		.original_is_clean = clean };
	struct rp_upload_in file = { .size = (int64_t)strlen(paper),
		.name = RP_TEXT("paper.txt"),
		.kind = RP_TEXT("txt") };
	struct rp_attachment_work work;
	struct rp_submission s = { 0 };
	struct rp_receipt r;
	bool found;

	RP_CHECK_OK(rp_upload_begin(&t->f.w.nobody, t->f.w.tx, file.name,
	    &file.upload_id));
	RP_CHECK_OK(rp_upload_chunk(&t->f.w.nobody, t->f.w.tx, file.upload_id,
	    0, (rp_bytes){ (const uint8_t *)paper, strlen(paper) }));
	floor_fill(&t->f, &s, "Paper", answer);
	s.email = RP_TEXT("paper@example.org");
	s.summary = RP_TEXT("What the paper says.");
	s.authorisation = authorisation;
	rp_vec_push(t->f.w.a, &s.uploads, file);
	r = floor_send(&t->f, &s);
	RP_CHECK_OK(
	    rp_attachment_claim(&t->f.w.system, t->f.w.tx, &found, &work));
	RP_CHECK(found);
	RP_CHECK_OK(
	    rp_attachment_done(&t->f.w.system, t->f.w.tx, &work, &read));
	(void)floor_publish(&t->f, &r);
	return r;
}

static struct rp_receipt
send_paper(struct themed *t, const char *answer, const char *paper, bool clean)
{
	return send_paper_as(t, answer, paper, clean, RP_TEXT("full"));
}

/* Octets of all that hangs on a response, shown or not. */
static int64_t
octets(struct themed *t, int64_t response_id)
{
	struct q_world_octets_row row = { 0 };

	RP_CHECK_OK(q_world_octets(t->f.w.tx,
	    &(struct q_world_octets_param){ response_id }, &row));
	return row.n;
}

static struct rp_theme_item
access_of(struct themed *t)
{
	struct rp_theme_items all = themed_items(t);
	const struct rp_theme_item *one = themed_find(&all, "access, rural");

	RP_CHECK(one != NULL);
	return one != NULL ? *one : (struct rp_theme_item){ 0 };
}

static struct rp_theme_passages
quotable(struct themed *t)
{
	struct rp_theme_passages all = { 0 };

	RP_CHECK_OK(rp_theme_quotable(&t->who, t->f.w.tx, &t->b,
	    access_of(t).id, 10, &all));
	return all;
}

static const struct rp_theme_passage *
quoted(const struct rp_theme_passages *all, const char *text)
{
	for (size_t i = 0; i < all->n; i++)
		if (rp_text_eq(all->v[i].text, rp_text_z(text)))
			return &all->v[i];
	return NULL;
}

static void
heard_is_counted_apart(void)
{
	RP_AUTO(hall_close) struct hall h;
	const struct rp_theme_passage *q;
	const struct rp_theme_heard *cited;
	struct rp_theme_passages quotes;
	struct rp_theme_heards heard;
	struct rp_theme_balance b;
	struct rp_theme_counts by;
	struct rp_theme_item access;
	int64_t id, n;

	hall_open(&h);
	themed_answer(&h.t, "A", "Rural access is what we lack");
	id = say(&h, h.t.question_id, "We have no access in the hills");
	b = themed_balance(&h.t);
	RP_CHECK(b.received == 1 && b.heard == 0); /* it is not published */
	publish(&h, id, true);
	b = themed_balance(&h.t);
	RP_CHECK(b.received == 1 && b.heard == 1 && b.spoken == 0 &&
		 b.heard_of[RP_READING_UNREAD] == 1);
	themed_apply(&h.t, themed_run(&h.t));
	b = themed_balance(&h.t);
	RP_CHECK(
	    b.of[RP_READING_THEMED] == 1 && b.heard_of[RP_READING_THEMED] == 1);
	access = access_of(&h.t);
	RP_CHECK(access.f.responses == 1 && access.f.distinct == 1 &&
		 access.f.heard == 1);
	RP_CHECK_OK(rp_theme_counts(&h.t.who, h.t.f.w.tx, &h.t.b, access.id,
	    RP_TEXT("category"), &by));
	RP_CHECK(by.n == 1 && by.v[0].responses == 1);
	RP_CHECK_OK(rp_theme_counts(&h.t.who, h.t.f.w.tx, &h.t.b, access.id,
	    RP_TEXT("region"), &by));
	RP_CHECK(by.n == 1 && by.v[0].responses == 1);
	RP_CHECK_OK(
	    rp_theme_queue(&h.t.who, h.t.f.w.tx, &h.t.b, 10, &quotes, &n));
	q = quoted(&quotes, "We have no access in the hills");
	RP_CHECK(n == 2 && quotes.n == 2 && q != NULL && q->is_heard);
	quotes = quotable(&h.t);
	q = quoted(&quotes, "We have no access in the hills");
	RP_CHECK(quotes.n == 2 && q != NULL && q->is_heard && q->number == 0);
	RP_CHECK_OK(rp_theme_heard_list(&h.t.who, h.t.f.w.tx, &h.t.b, &heard));
	cited = rp_theme_heard_find(&heard, q->response_id);
	RP_CHECK(heard.n == 1 && cited != NULL && cited->session == 1 &&
		 cited->spoken_id == id);
	RP_CHECK_TEXT(cited->category, RP_TEXT("civil_society"));
}

/* As withdrawal does: gone from what is counted and quoted at once. */
static void
heard_and_hidden(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_theme_passages quotes;
	struct rp_theme_balance b;
	int64_t id, response_id;

	hall_open(&h);
	themed_answer(&h.t, "A", "Rural access is what we lack");
	id = say(&h, 0, "We have no access in the hills");
	publish(&h, id, true);
	themed_apply(&h.t, themed_run(&h.t));
	RP_CHECK(quotable(&h.t).n == 2);
	publish(&h, id, false);
	quotes = quotable(&h.t);
	RP_CHECK(quotes.n == 1 && !quotes.v[0].is_heard);
	b = themed_balance(&h.t);
	RP_CHECK(b.heard == 0 && b.of[RP_READING_THEMED] == 1);
	RP_CHECK(access_of(&h.t).f.heard == 0);
	/* Published again it is there again: nothing was forgotten. */
	publish(&h, id, true);
	quotes = quotable(&h.t);
	RP_CHECK(quotes.n == 2 && quotes.v[1].is_heard);
	response_id = quotes.v[1].response_id;
	RP_CHECK(octets(&h.t, response_id) > 0);
	RP_CHECK_OK(rp_spoken_remove(&h.usher, h.t.f.w.tx, &h.t.f.c, id));
	RP_CHECK(quotable(&h.t).n == 1 && themed_balance(&h.t).heard == 0);
	RP_CHECK(octets(&h.t, response_id) == 0);
}

/* It is in no queue, count or file of responses, and has no page. */
static void
heard_is_no_response(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct rp_theme_passages quotes;
	struct rp_response_record record;
	struct rp_queue_counts counts = { 0 };
	struct rp_transfer_rows rows;
	struct rp_actor clerk;
	int64_t id;

	hall_open(&h);
	id = say(&h, 0, "We have no access in the hills");
	publish(&h, id, true);
	themed_apply(&h.t, themed_run(&h.t));
	quotes = quotable(&h.t);
	RP_CHECK(quotes.n == 1);
	clerk = h.t.f.clerk;
	RP_CHECK_OK(rp_queue_count(&clerk, h.t.f.w.tx, h.t.f.c.id, &counts));
	RP_CHECK(counts.n == 0);
	RP_CHECK_FAILS(rp_response_get(&clerk, h.t.f.w.tx,
			   quotes.v[0].response_id, &record),
	    RP_E_NOTFOUND);
	/* Its name is no secret that opens it. */
	RP_CHECK_FAILS(rp_response_by_secret(&h.t.f.w.nobody, h.t.f.w.tx,
			   rp_textf(h.t.f.w.a, "session %lld", (long long)id),
			   &record),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(
	    rp_transfer_batch(&h.t.f.w.system, h.t.f.w.tx, &h.t.f.c, 0, &rows));
	RP_CHECK(rows.n == 0);
}

static void
attachments_are_themed(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_theme_passage *q;
	struct rp_theme_passages quotes;
	struct rp_response_record record;
	struct rp_theme_answer answer;
	struct rp_theme_balance b;
	struct rp_theme_item access;
	struct rp_receipt r;
	int64_t n;

	themed_open(&t);
	r = send_paper(&t, "The cost is too high", PAPER, true);
	themed_apply(&t, themed_run(&t));
	b = themed_balance(&t);
	RP_CHECK(b.received == 1 && b.of[RP_READING_THEMED] == 1);
	access = access_of(&t);
	RP_CHECK(access.f.responses == 1 && access.f.heard == 0);
	quotes = quotable(&t);
	q = quoted(&quotes, PAPER);
	RP_CHECK(quotes.n == 1 && q != NULL && q->number == 1 &&
		 q->revision_n == 1 && q->response_id == r.response_id);
	RP_CHECK_TEXT(q->file_name, RP_TEXT("paper.txt"));
	RP_CHECK_OK(rp_theme_queue(&t.who, t.f.w.tx, &t.b, 10, &quotes, &n));
	q = quoted(&quotes, PAPER);
	RP_CHECK(n == 2 && q != NULL && !q->is_heard);
	RP_CHECK_TEXT(q->file_name, RP_TEXT("paper.txt"));
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b, r.response_id,
	    &answer));
	RP_CHECK(answer.passages.n == 2 && answer.files.n == 1 &&
		 answer.files.v[0].speaks && answer.files.v[0].is_public);
	RP_CHECK_TEXT(answer.files.v[0].text, RP_TEXT(PAPER));
	/* The response is what it was: one answer, one revision. */
	RP_CHECK_OK(
	    rp_response_get(&t.f.clerk, t.f.w.tx, r.response_id, &record));
	RP_CHECK(record.standing.answers.n == 1 && record.standing.n == 1 &&
		 record.standing.attachments.n == 1);
}

/* Said to be silent on the question: gone, logged, and undone. */
static void
attachment_that_does_not_speak(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_answer answer;
	struct rp_decisions log;
	struct rp_receipt r;
	int64_t id, run_id;

	themed_open(&t);
	r = send_paper(&t, "The cost is too high", PAPER, true);
	themed_answer(&t, "A", "Rural access is what we lack");
	themed_apply(&t, themed_run(&t));
	RP_CHECK(access_of(&t).f.responses == 2);
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b, r.response_id,
	    &answer));
	id = answer.files.v[0].id;
	RP_CHECK_FAILS(rp_theme_speaks(&t.f.clerk, t.f.w.tx, t.question_id,
			   r.response_id, id, false, RP_TEXT("")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_theme_speaks(&t.who, t.f.w.tx, t.question_id,
			   r.response_id, id, true, RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_theme_speaks(&t.who, t.f.w.tx, t.question_id,
			   r.response_id, id + 99, false, RP_TEXT("")),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_theme_speaks(&t.who, t.f.w.tx, t.question_id,
	    r.response_id, id, false, RP_TEXT("of another matter")));
	RP_CHECK(access_of(&t).f.responses == 1 && quotable(&t).n == 1);
	run_id = themed_run(&t);
	themed_apply(&t, run_id);
	RP_CHECK(access_of(&t).f.responses == 1 && quotable(&t).n == 1);
	RP_CHECK_OK(rp_decision_list(&t.who, t.f.w.tx, &t.b, 0, &log));
	RP_CHECK_TEXT(log.v[1].kind, RP_TEXT("silent"));
	RP_CHECK_TEXT(log.v[1].reason, RP_TEXT("of another matter"));
	RP_CHECK_OK(
	    rp_decision_undo(&t.who, t.f.w.tx, log.v[1].id, RP_TEXT("")));
	themed_apply(&t, themed_run(&t));
	RP_CHECK(access_of(&t).f.responses == 2);
}

/* Its author revises and keeps the file: it is themed anew, and speaks to what
 * it spoke to. */
static void
attachment_that_is_kept(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_problems problems = { 0 };
	struct rp_theme_passages quotes;
	struct rp_theme_answer answer;
	struct rp_submission s;
	struct rp_receipt r;

	themed_open(&t);
	r = send_paper(&t, "The cost is too high", PAPER, true);
	themed_apply(&t, themed_run(&t));
	RP_CHECK(access_of(&t).f.responses == 1);
	for (int silent = 0; silent < 2; silent++) {
		RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b,
		    r.response_id, &answer));
		RP_CHECK(answer.files.n == 1);
		if (silent)
			RP_CHECK_OK(rp_theme_speaks(&t.who, t.f.w.tx,
			    t.question_id, r.response_id, answer.files.v[0].id,
			    false, RP_TEXT("")));
		floor_fill(&t.f, &s, "Paper",
		    silent ? "The cost grew" : "The cost is still too high");
		s.email = RP_TEXT("paper@example.org");
		s.summary = RP_TEXT("What the paper says.");
		rp_vec_push(t.f.w.a, &s.keep, answer.files.v[0].attachment_id);
		RP_CHECK_OK(rp_response_revise(&t.f.w.nobody, t.f.w.tx,
		    r.secret, &t.f.c, &s, &problems, &r));
		(void)floor_publish(&t.f, &r);
		themed_apply(&t, themed_run(&t));
		RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b,
		    r.response_id, &answer));
		RP_CHECK(
		    answer.files.n == 1 && answer.files.v[0].speaks == !silent);
		if (silent)
			break;
		quotes = quotable(&t);
		RP_CHECK(quotes.n == 1 && quotes.v[0].revision_n == 2);
		RP_CHECK_TEXT(quotes.v[0].text, RP_TEXT(PAPER));
	}
	/* What was typed alone. */
	RP_CHECK(answer.passages.n == 1 &&
		 answer.passages.v[0].answer_id == answer.answer_id);
}

/* No copy of it for the public: read, and never quoted. */
static void
attachment_that_is_not_public(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages all;
	int64_t number, problem;

	themed_open(&t);
	(void)send_paper(&t, "The cost is too high", PAPER, false);
	themed_apply(&t, themed_run(&t));
	RP_CHECK(access_of(&t).f.responses == 1 && quotable(&t).n == 0);
	RP_CHECK_OK(rp_theme_passages(&t.who, t.f.w.tx, &t.b, access_of(&t).id,
	    0, 0, &all));
	RP_CHECK(all.n == 1 && !all.v[0].is_public);
	RP_CHECK_FAILS(rp_theme_quote(&t.who, t.f.w.tx, access_of(&t).id,
			   (struct rp_span){ all.v[0].answer_id, all.v[0].from,
			       all.v[0].to }),
	    RP_E_CONFLICT);
	RP_CHECK_OK(
	    rp_theme_confirm(&t.who, t.f.w.tx, access_of(&t).id, RP_TEXT("")));
	RP_CHECK_FAILS(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
			   RP_TEXT("Us"), RP_TEXT(""), &number, &problem),
	    RP_E_CONFLICT);
}

/* Nor where the response is published without name: papers name their authors.
 */
static void
attachment_without_name(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_answer answer;
	struct rp_receipt r;

	themed_open(&t);
	r = send_paper_as(&t, "The cost is too high", PAPER, true,
	    RP_TEXT("without_name"));
	themed_apply(&t, themed_run(&t));
	RP_CHECK(access_of(&t).f.responses == 1 && quotable(&t).n == 0);
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b, r.response_id,
	    &answer));
	RP_CHECK(answer.is_public && answer.files.n == 1 &&
		 !answer.files.v[0].is_public);
}

static int64_t
sum(const int64_t *of)
{
	int64_t n = 0;

	for (int i = 0; i < RP_READINGS; i++)
		n += of[i];
	return n;
}

static struct rp_summary
summary(struct themed *t)
{
	struct rp_summary s = { 0 };

	RP_CHECK_OK(rp_theme_version_load(&t->f.w.nobody, t->f.w.tx, &t->f.c, 0,
	    RP_TEXT("en"), &s));
	RP_CHECK(sum(s.questions.v[0].balance.of) ==
		 s.questions.v[0].balance.received);
	RP_CHECK(sum(s.questions.v[0].balance.heard_of) ==
		 s.questions.v[0].balance.heard);
	return s;
}

static const struct rp_summary_theme *
summary_access(const struct rp_summary *s)
{
	for (size_t i = 0; i < s->questions.v[0].themes.n; i++)
		if (rp_text_eq(s->questions.v[0].themes.v[i].name,
			RP_TEXT("access, rural")))
			return &s->questions.v[0].themes.v[i];
	return NULL;
}

/* A version holds both, apart; what goes afterwards goes from it too. */
static void
frozen(void)
{
	RP_AUTO(hall_close) struct hall h;
	struct themed *t = &h.t;
	const struct rp_summary_theme *access;
	const struct rp_summary_quotation *said = NULL, *paper = NULL;
	struct rp_assignments rows;
	struct rp_outcomes outcomes;
	struct rp_summary s;
	struct rp_receipt r;
	int64_t number, problem, id;

	hall_open(&h);
	r = send_paper(t, "The cost is too high", PAPER, true);
	id = say(&h, t->question_id, "We have no access in the hills");
	publish(&h, id, true);
	themed_apply(t, themed_run(t));
	RP_CHECK_OK(
	    rp_theme_confirm(&t->who, t->f.w.tx, access_of(t).id, RP_TEXT("")));
	RP_CHECK_OK(rp_theme_version_freeze(&t->who, t->f.w.tx, &t->f.c,
	    RP_TEXT("Us"), RP_TEXT(""), &number, &problem));
	RP_CHECK_OK(
	    rp_theme_version_publish(&t->who, t->f.w.tx, &t->f.c, number));
	s = summary(t);
	access = summary_access(&s);
	RP_CHECK(access->f.responses == 1 && access->f.heard == 1 &&
		 access->f.distinct == 1 && access->categories.n == 1 &&
		 access->quotations.n == 2);
	RP_CHECK(s.questions.v[0].balance.received == 1 &&
		 s.questions.v[0].balance.heard == 1 &&
		 s.questions.v[0].categories.n == 1);
	for (size_t i = 0; i < 2; i++) {
		const struct rp_summary_quotation *k = &access->quotations.v[i];

		*(k->is_heard ? &said : &paper) = k;
	}
	RP_CHECK(said != NULL && said->number == 0 && said->heard.session == 1);
	RP_CHECK_TEXT(said->text, RP_TEXT("We have no access in the hills"));
	RP_CHECK(paper != NULL && paper->number == 1);
	RP_CHECK_TEXT(paper->text, RP_TEXT(PAPER));
	RP_CHECK_TEXT(paper->file_name, RP_TEXT("paper.txt"));
	RP_CHECK_OK(rp_theme_version_assignments(&t->f.w.nobody, t->f.w.tx,
	    &t->f.c, number, 0, &rows));
	RP_CHECK(rows.n == 2 && rows.v[0].attachment == 1 &&
		 rows.v[0].spoken_id == 0 && rows.v[1].spoken_id == id);
	RP_CHECK_OK(rp_theme_version_outcomes(&t->f.w.nobody, t->f.w.tx,
	    &t->f.c, r.response_id, RP_TEXT("en"), &number, &outcomes));
	RP_CHECK(outcomes.n == 1 && outcomes.v[0].files.n == 1);
	RP_CHECK_TEXT(outcomes.v[0].files.v[0], RP_TEXT("paper.txt"));
	publish(&h, id, false);
	s = summary(t);
	access = summary_access(&s);
	RP_CHECK(access->f.heard == 0 && access->quotations.n == 1 &&
		 s.questions.v[0].balance.heard_of[RP_READING_WITHHELD] == 1);
	t->f.w.nobody.now = t->f.c.deadline_at + 1000;
	RP_CHECK_OK(rp_response_withdraw(&t->f.w.nobody, t->f.w.tx, r.secret));
	s = summary(t);
	RP_CHECK(summary_access(&s)->quotations.n == 0 &&
		 s.questions.v[0].balance.of[RP_READING_WITHHELD] == 1);
}

/* Names are erased: what an attachment says is quoted no more. */
static void
frozen_and_names_erased(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_assignments rows;
	struct rp_actor officer;
	struct rp_summary s;
	struct rp_receipt r;
	int64_t number, problem;

	themed_open(&t);
	r = send_paper(&t, "The cost is too high", PAPER, true);
	themed_apply(&t, themed_run(&t));
	RP_CHECK_OK(
	    rp_theme_confirm(&t.who, t.f.w.tx, access_of(&t).id, RP_TEXT("")));
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("Us"), RP_TEXT(""), &number, &problem));
	RP_CHECK_OK(rp_theme_version_publish(&t.who, t.f.w.tx, &t.f.c, number));
	s = summary(&t);
	RP_CHECK(summary_access(&s)->quotations.n == 1);
	officer =
	    world_staff(&t.f.w, "E", RP_MAY_ERASE, RP_ON_GROUP, t.f.w.group_id);
	RP_CHECK_OK(rp_privacy_erase_response(&officer, t.f.w.tx, r.response_id,
	    RP_ERASE_NAMES));
	s = summary(&t);
	RP_CHECK(summary_access(&s)->quotations.n == 0 &&
		 summary_access(&s)->f.responses == 1);
	RP_CHECK_OK(rp_theme_version_assignments(&t.f.w.nobody, t.f.w.tx,
	    &t.f.c, number, 0, &rows));
	RP_CHECK(rows.n == 0);
}

/* Erased with its response: no octet is left under the themes. */
static void
erased(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages all;
	struct rp_actor officer;
	struct rp_receipt r;

	themed_open(&t);
	themed_answer(&t, "A", "Rural access is what we lack");
	r = send_paper(&t, "The cost is too high", PAPER, true);
	themed_apply(&t, themed_run(&t));
	officer =
	    world_staff(&t.f.w, "E", RP_MAY_ERASE, RP_ON_GROUP, t.f.w.group_id);
	RP_CHECK(octets(&t, r.response_id) > (int64_t)strlen(PAPER));
	RP_CHECK_OK(rp_privacy_erase_response(&officer, t.f.w.tx, r.response_id,
	    RP_ERASE_EVERYTHING));
	RP_CHECK(octets(&t, r.response_id) == 0);
	RP_CHECK_OK(rp_theme_passages(&t.who, t.f.w.tx, &t.b, access_of(&t).id,
	    0, 0, &all));
	RP_CHECK(all.n == 1 && quotable(&t).n == 1);
}

RP_CHECK_MAIN({ "heard is counted apart", heard_is_counted_apart },
    { "heard and hidden", heard_and_hidden },
    { "heard is no response", heard_is_no_response },
    { "attachments are themed", attachments_are_themed },
    { "attachment that does not speak", attachment_that_does_not_speak },
    { "attachment that is kept", attachment_that_is_kept },
    { "attachment that is not public", attachment_that_is_not_public },
    { "attachment without name", attachment_without_name },
    { "frozen", frozen },
    { "frozen and names erased", frozen_and_names_erased },
    { "erased", erased })
