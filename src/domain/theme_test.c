#include "domain/theme.h"

#include "base/check.h"
#include "domain/moderation.h"
#include "domain/privacy.h"
#include "domain/redaction.h"
#include "domain/testing/themed.h"

static void
fill(struct themed *t)
{
	themed_answer(t, "A", "Rural access is what we lack");
	themed_answer(t, "B", "Rural access is what we lack");
	themed_answer(t, "C", "The cost of spectrum is too high");
	themed_answer(t, "D", "Nothing fits this");
	themed_apply(t, themed_run(t));
}

static void
counts(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_theme_item *access, *top;
	struct rp_theme_counts by;
	struct rp_theme_balance b;
	struct rp_theme_items all;

	themed_open(&t);
	b = themed_balance(&t);
	RP_CHECK(b.received == 0);
	fill(&t);
	all = themed_items(&t);
	RP_CHECK(all.n == 3);
	top = &all.v[0];
	RP_CHECK_TEXT(top->name, RP_TEXT("networks"));
	RP_CHECK(top->f.responses == 3 && top->f.distinct == 2);
	access = &all.v[1];
	RP_CHECK_TEXT(access->name, RP_TEXT("access, rural"));
	RP_CHECK(access->is_label && access->parent_id == top->id);
	RP_CHECK(access->f.responses == 2 && access->f.distinct == 1);
	b = themed_balance(&t);
	RP_CHECK(b.received == 4 && b.of[RP_READING_THEMED] == 3 &&
		 b.of[RP_READING_UNREAD] == 1);
	RP_CHECK_OK(rp_theme_counts(&t.who, t.f.w.tx, &t.b, top->id,
	    RP_TEXT("category"), &by));
	RP_CHECK(by.n == 1 && by.v[0].responses == 3);
	RP_CHECK_OK(rp_theme_counts(&t.who, t.f.w.tx, &t.b, top->id,
	    RP_TEXT("region"), &by));
	RP_CHECK(by.n == 1 && rp_text_eq(by.v[0].value, RP_TEXT("americas")));
}

static void
refused(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_codebook b;
	struct rp_theme_passages p;
	int64_t id;

	themed_open(&t);
	fill(&t);
	RP_CHECK_FAILS(rp_codebook_of(&t.f.w.nobody, t.f.w.tx, t.question_id,
			   &b),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_codebook_of(&t.f.clerk, t.f.w.tx, t.question_id, &b),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_theme_passages(&t.f.clerk, t.f.w.tx, &t.b, 1, 0, 0,
			   &p),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_theme_run_ask(&t.f.clerk, t.f.w.tx, t.question_id,
			   RP_RUN_GROUP, 0, 1, &id),
	    RP_E_DENIED);
}

/* Withdrawn, or for counting only: counted, never read, never quoted. */
static void
withheld(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages quotes;
	struct rp_theme_answer answer;
	const struct rp_theme_item *access;
	struct rp_theme_items all;
	struct rp_theme_balance b;
	struct rp_submission s;
	struct rp_receipt secret, private;

	themed_open(&t);
	floor_fill(&t.f, &s, "W", "No access in our valley");
	secret = floor_send(&t.f, &s);
	floor_publish(&t.f, &secret);
	floor_fill(&t.f, &s, "X", "No access, and do not say so");
	s.authorisation = RP_TEXT("aggregate");
	s.email = RP_TEXT("x@example.org");
	private = floor_send(&t.f, &s);
	RP_CHECK_OK(rp_moderation_check(&t.f.clerk, t.f.w.tx,
	    private.response_id, private.revision_id));
	fill(&t);
	b = themed_balance(&t);
	RP_CHECK(b.received == 6 && b.of[RP_READING_WITHHELD] == 1 &&
		 b.of[RP_READING_THEMED] == 4);
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b,
	    private.response_id, &answer));
	RP_CHECK(answer.is_withheld && answer.text.n == 0);
	all = themed_items(&t);
	access = themed_find(&all, "access, rural");
	RP_CHECK(access->f.responses == 3);
	/* After the deadline a mark stays. */
	t.f.w.nobody.now = t.f.c.deadline_at + 1000;
	RP_CHECK_OK(
	    rp_response_withdraw(&t.f.w.nobody, t.f.w.tx, secret.secret));
	b = themed_balance(&t);
	RP_CHECK(b.received == 6 && b.of[RP_READING_WITHHELD] == 2);
	all = themed_items(&t);
	access = themed_find(&all, "access, rural");
	RP_CHECK(access->f.responses == 2);
	RP_CHECK_OK(
	    rp_theme_quotable(&t.who, t.f.w.tx, &t.b, access->id, 10, &quotes));
	for (size_t i = 0; i < quotes.n; i++)
		RP_CHECK(quotes.v[i].response_id != secret.response_id &&
			 quotes.v[i].response_id != private.response_id);
}

/* What is quoted is the stored octets, and none of them is redacted. */
static void
quoted(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages quotes;
	const struct rp_theme_item *cost;
	struct rp_theme_items all;
	struct rp_theme_answer answer;
	struct rp_actor redactor;
	int64_t id;

	themed_open(&t);
	fill(&t);
	all = themed_items(&t);
	cost = themed_find(&all, "cost, tariffs");
	RP_CHECK_OK(
	    rp_theme_quotable(&t.who, t.f.w.tx, &t.b, cost->id, 10, &quotes));
	RP_CHECK(quotes.n == 1);
	RP_CHECK_TEXT(quotes.v[0].text,
	    RP_TEXT("The cost of spectrum is too high"));
	RP_CHECK_OK(rp_theme_answer_get(&t.who, t.f.w.tx, &t.b,
	    quotes.v[0].response_id, &answer));
	redactor = world_staff(&t.f.w, "R", RP_MAY_REDACT, RP_ON_GROUP,
	    t.f.w.group_id);
	RP_CHECK_OK(rp_redaction_add(&redactor, t.f.w.tx,
	    &(struct rp_redacting){ .response_id = answer.response_id,
		.revision_id = answer.revision_id,
		.field = RP_TEXT("answer"),
		.answer_id = answer.answer_id,
		.from = 4,
		.to = 8,
		.reason = RP_TEXT("a name") },
	    &id));
	RP_CHECK_OK(
	    rp_theme_quotable(&t.who, t.f.w.tx, &t.b, cost->id, 10, &quotes));
	RP_CHECK(quotes.n == 0);
	RP_CHECK_OK(
	    rp_theme_passages(&t.who, t.f.w.tx, &t.b, cost->id, 0, 0, &quotes));
	RP_CHECK(quotes.n == 1 && quotes.v[0].is_redacted);
}

static void
campaigns(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_theme_item *access;
	struct rp_theme_passages quotes, own;
	struct rp_theme_campaigns all;
	struct rp_theme_members members;
	struct rp_theme_items items;

	themed_open(&t);
	themed_answer(&t, "L1", "Dear Union, access matters");
	themed_answer(&t, "L2", "Dear Union, access matters");
	themed_answer(&t, "L3", "Dear Union, access matters. In Cusco too");
	fill(&t);
	RP_CHECK_OK(rp_theme_campaigns(&t.who, t.f.w.tx, &t.b, &all));
	RP_CHECK(all.n == 1 && all.v[0].members == 3 && all.v[0].own == 1);
	RP_CHECK_OK(rp_theme_campaign_members(&t.who, t.f.w.tx, &t.b, 0, 0,
	    &members, &own));
	RP_CHECK(members.n == 3 && own.n == 1);
	RP_CHECK_TEXT(own.v[0].text, RP_TEXT("In Cusco too"));
	items = themed_items(&t);
	access = themed_find(&items, "access, rural");
	/* Counted, and none is dropped. */
	RP_CHECK(access->f.responses == 5 && access->f.campaign == 3 &&
		 access->f.distinct == 3);
	RP_CHECK_OK(
	    rp_theme_quotable(&t.who, t.f.w.tx, &t.b, access->id, 10, &quotes));
	/* Of one campaign once. */
	for (size_t i = 0, n = 0; i < quotes.n; i++) {
		n += quotes.v[i].campaign >= 0;
		RP_CHECK(n <= 1);
	}
}

static void
queue(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_theme_passages q;
	int64_t n;

	themed_open(&t);
	fill(&t);
	RP_CHECK_OK(rp_theme_queue(&t.who, t.f.w.tx, &t.b, 10, &q, &n));
	/* One for each text, the least certain first. */
	RP_CHECK(n == 3 && q.n == 3);
	RP_CHECK_TEXT(q.v[0].text, RP_TEXT("Nothing fits this"));
	RP_CHECK(q.v[0].theme_id == 0 && q.v[1].theme_id != q.v[2].theme_id);
	RP_CHECK(q.v[1].copies + q.v[2].copies == 3);
}

/* Versions: theme_version.h. */

static void
confirm_all(struct themed *t)
{
	struct rp_theme_items all = themed_items(t);

	for (size_t i = 0; i < all.n; i++)
		if (rp_text_eq(all.v[i].state, RP_TEXT("suggested")))
			RP_CHECK_OK(rp_theme_confirm(&t->who, t->f.w.tx,
			    all.v[i].id, RP_TEXT("")));
}

static const struct rp_summary_theme *
summary_theme(const struct rp_summary *s, const char *name)
{
	for (size_t i = 0; i < s->questions.v[0].themes.n; i++)
		if (rp_text_eq(s->questions.v[0].themes.v[i].name,
			rp_text_z(name)))
			return &s->questions.v[0].themes.v[i];
	return NULL;
}

static int64_t
sum(const struct rp_theme_balance *b)
{
	int64_t n = 0;

	for (int i = 0; i < RP_READINGS; i++)
		n += b->of[i];
	return n;
}

static void
frozen(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_summary_theme *access;
	struct rp_theme_versions versions;
	struct rp_assignments rows;
	struct rp_outcomes outcomes;
	struct rp_summary s;
	struct rp_theme_items all;
	int64_t number, problem;

	themed_open(&t);
	fill(&t);
	RP_CHECK_FAILS(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
			   RP_TEXT("Us"), RP_TEXT(""), &number, &problem),
	    RP_E_INVALID);
	confirm_all(&t);
	RP_CHECK_FAILS(rp_theme_version_freeze(&t.f.clerk, t.f.w.tx, &t.f.c,
			   RP_TEXT("Us"), RP_TEXT(""), &number, &problem),
	    RP_E_DENIED);
	world_turn(&t.f.w);
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("Us"), RP_TEXT("first"), &number, &problem));
	/* The public sees nothing of it before it is published. */
	RP_CHECK_OK(
	    rp_theme_version_list(&t.f.w.nobody, t.f.w.tx, &t.f.c, &versions));
	RP_CHECK(versions.n == 0);
	RP_CHECK_FAILS(rp_theme_version_load(&t.f.w.nobody, t.f.w.tx, &t.f.c,
			   number, RP_TEXT("en"), &s),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_theme_version_publish(&t.f.clerk, t.f.w.tx, &t.f.c,
			   number),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_theme_version_publish(&t.who, t.f.w.tx, &t.f.c, number));
	RP_CHECK_FAILS(rp_theme_version_publish(&t.who, t.f.w.tx, &t.f.c,
			   number),
	    RP_E_CONFLICT);
	/* Decisions afterwards do not touch it. */
	all = themed_items(&t);
	RP_CHECK_OK(rp_theme_retire(&t.who, t.f.w.tx,
	    themed_find(&all, "access, rural")->id, RP_TEXT("x")));
	RP_CHECK_OK(rp_theme_version_load(&t.f.w.nobody, t.f.w.tx, &t.f.c, 0,
	    RP_TEXT("en"), &s));
	RP_CHECK(s.version.number == number && s.questions.n == 1);
	RP_CHECK(s.questions.v[0].balance.received == 4 &&
		 sum(&s.questions.v[0].balance) == 4);
	access = summary_theme(&s, "access, rural");
	RP_CHECK(access->f.responses == 2 && access->f.distinct == 1 &&
		 access->quotations.n == 2 && access->categories.n == 1);
	RP_CHECK_TEXT(access->quotations.v[0].text,
	    RP_TEXT("Rural access is what we lack"));
	RP_CHECK_TEXT(access->quotations.v[0].source, RP_TEXT("A"));
	RP_CHECK(summary_theme(&s, "networks")->f.responses == 3);
	RP_CHECK_OK(rp_theme_version_assignments(&t.f.w.nobody, t.f.w.tx,
	    &t.f.c, number, 0, &rows));
	RP_CHECK(rows.n == 3 && rows.v[0].number == 1);
	RP_CHECK_OK(rp_theme_version_outcomes(&t.f.w.nobody, t.f.w.tx, &t.f.c,
	    1, RP_TEXT("en"), &number, &outcomes));
	RP_CHECK(number == s.version.number && outcomes.n == 1 &&
		 outcomes.v[0].passages.n == 1);
}

/* Withdrawn or redacted afterwards: gone from what was frozen, and counted. */
static void
frozen_then_gone(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_summary_theme *access;
	struct rp_submission f;
	struct rp_summary s;
	struct rp_receipt r;
	int64_t number, problem;

	themed_open(&t);
	floor_fill(&t.f, &f, "W", "No access in our valley");
	r = floor_send(&t.f, &f);
	floor_publish(&t.f, &r);
	fill(&t);
	confirm_all(&t);
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("Us"), RP_TEXT(""), &number, &problem));
	RP_CHECK_OK(rp_theme_version_publish(&t.who, t.f.w.tx, &t.f.c, number));
	t.f.w.nobody.now = t.f.c.deadline_at + 1000;
	RP_CHECK_OK(rp_response_withdraw(&t.f.w.nobody, t.f.w.tx, r.secret));
	RP_CHECK_OK(rp_theme_version_load(&t.f.w.nobody, t.f.w.tx, &t.f.c, 0,
	    RP_TEXT("en"), &s));
	RP_CHECK(s.questions.v[0].balance.of[RP_READING_WITHHELD] == 1 &&
		 sum(&s.questions.v[0].balance) == 5);
	access = summary_theme(&s, "access, rural");
	RP_CHECK(access->f.responses == 2 && access->quotations.n == 2);
	for (size_t i = 0; i < access->quotations.n; i++)
		RP_CHECK(access->quotations.v[i].number != 1);
}

/* A theme that is confirmed has what is only suggested below it. */
static void
frozen_from_below(void)
{
	RP_AUTO(themed_close) struct themed t;
	const struct rp_summary_theme *top;
	struct rp_theme_items all;
	struct rp_summary s;
	int64_t number, problem;

	themed_open(&t);
	fill(&t);
	all = themed_items(&t);
	RP_CHECK_OK(rp_theme_confirm(&t.who, t.f.w.tx,
	    themed_find(&all, "networks")->id, RP_TEXT("")));
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("Us"), RP_TEXT(""), &number, &problem));
	RP_CHECK_OK(rp_theme_version_load(&t.who, t.f.w.tx, &t.f.c, number,
	    RP_TEXT("en"), &s));
	RP_CHECK(s.questions.v[0].themes.n == 1);
	top = summary_theme(&s, "networks");
	RP_CHECK(
	    top->is_label && top->f.responses == 3 && top->quotations.n == 3);
	RP_CHECK(s.questions.v[0].balance.of[RP_READING_THEMED] == 3);
}

/* No theme without a quotation. */
static void
nothing_to_quote(void)
{
	RP_AUTO(themed_close) struct themed t;
	int64_t id, number, problem;

	themed_open(&t);
	fill(&t);
	confirm_all(&t);
	RP_CHECK_OK(rp_theme_create(&t.who, t.f.w.tx, t.question_id, 0,
	    RP_TEXT("Empty"), RP_TEXT("en"), RP_TEXT(""), &id));
	RP_CHECK_FAILS(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
			   RP_TEXT("Us"), RP_TEXT(""), &number, &problem),
	    RP_E_CONFLICT);
	RP_CHECK(problem == id);
}

/* What one author made of it beside what another did. */
static void
side_by_side(void)
{
	RP_AUTO(themed_close) struct themed t;
	struct rp_version_comparison x;
	struct rp_theme_items all;
	int64_t n, theme, found = 0;

	themed_open(&t);
	fill(&t);
	all = themed_items(&t);
	for (size_t i = 0; i < all.n; i++)
		RP_CHECK_OK(rp_theme_confirm(&t.who, t.f.w.tx, all.v[i].id,
		    RP_TEXT("")));
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("The Secretariat"), RP_TEXT(""), &n, &theme));
	/* The other takes the second theme out of the first. */
	RP_CHECK_OK(
	    rp_theme_move(&t.who, t.f.w.tx, all.v[2].id, 0, RP_TEXT("")));
	RP_CHECK_OK(rp_theme_version_freeze(&t.who, t.f.w.tx, &t.f.c,
	    RP_TEXT("The Chair"), RP_TEXT(""), &n, &theme));
	RP_CHECK_OK(rp_theme_version_compare(&t.who, t.f.w.tx, &t.f.c, 1, 2,
	    RP_TEXT("en"), &x));
	RP_CHECK_TEXT(x.first.author, RP_TEXT("The Secretariat"));
	RP_CHECK_TEXT(x.second.author, RP_TEXT("The Chair"));
	RP_CHECK(x.first_themes.n == 1 && x.second_themes.n == 2);
	RP_CHECK(x.first_themes.v[0].responses == 3);
	for (size_t i = 0; i < x.questions.n; i++)
		if (x.questions.v[i].question_id == t.question_id) {
			found++;
			RP_CHECK(x.questions.v[i].first == 3 &&
				 x.questions.v[i].second == 3 &&
				 x.questions.v[i].both == 3);
		}
	RP_CHECK(found == 1 && x.overlaps.n == 2);
	RP_CHECK(x.overlaps.v[0].responses + x.overlaps.v[1].responses == 3);
	RP_CHECK_FAILS(rp_theme_version_compare(&t.who, t.f.w.tx, &t.f.c, 1, 1,
			   RP_TEXT("en"), &x),
	    RP_E_INVALID);
	/* Each is published by itself: the other is not there yet. */
	RP_CHECK_OK(rp_theme_version_publish(&t.who, t.f.w.tx, &t.f.c, 2));
	RP_CHECK_FAILS(rp_theme_version_compare(&t.f.w.nobody, t.f.w.tx, &t.f.c,
			   1, 2, RP_TEXT("en"), &x),
	    RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "themes have figures, and states add up", counts },
    { "themes are for those who may theme", refused },
    { "what is withheld is counted and never read", withheld },
    { "quotations are the stored octets", quoted },
    { "members of a campaign are counted, own words kept", campaigns },
    { "the queue shows each text once", queue },
    { "a version is frozen, published, read by all", frozen },
    { "who withdraws is out of what was frozen", frozen_then_gone },
    { "a confirmed theme has what is suggested below", frozen_from_below },
    { "no theme is frozen without a quotation", nothing_to_quote },
    { "two summaries side by side", side_by_side })
