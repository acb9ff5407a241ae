#include "domain/response.h"

#include "base/check.h"
#include "domain/moderation.h"
#include "domain/testing/floor.h"

static struct rp_err *
try_to_send(struct floor *f, const struct rp_submission *s,
    struct rp_problems *problems)
{
	struct rp_receipt r;

	return rp_response_submit(&f->w.nobody, f->w.tx, &f->c, s, problems,
	    &r);
}

static struct rp_receipt
revise(struct floor *f, rp_text secret, const struct rp_submission *s)
{
	struct rp_problems problems;
	struct rp_receipt r = { 0 };

	RP_CHECK_OK(rp_response_revise(&f->w.nobody, f->w.tx, secret, &f->c, s,
	    &problems, &r));
	return r;
}

static struct rp_response_record
own(struct floor *f, rp_text secret)
{
	struct rp_response_record r = { 0 };

	RP_CHECK_OK(rp_response_by_secret(&f->w.nobody, f->w.tx, secret, &r));
	return r;
}

/* The consultation as it is one millisecond after its deadline. */
static void
deadline_passes(struct floor *f)
{
	f->w.nobody.now = f->c.deadline_at;
	f->clerk.now = f->w.nobody.now;
	rp_consultation_advance(&f->c, f->w.nobody.now);
	RP_CHECK(f->c.state == RP_CONSULTATION_CLOSED);
}

static void
what_was_sent_is_stored_as_it_was_sent(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_response_record got;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "Sí.\n\nNo.");
	s.email = RP_TEXT("ana@例え.テスト");
	s.job_title = RP_TEXT("Directora");
	s.present = RP_TEXT("remote");
	s.needs = RP_TEXT("a loop");
	r = floor_send(&f, &s);
	RP_CHECK(!r.again && !r.held && !r.late && r.n == 1);
	RP_CHECK(r.secret.n == 32 && r.digest.n == 64 && r.nonce.n == 32);
	got = own(&f, r.secret);
	RP_CHECK(got.id == r.response_id);
	RP_CHECK_TEXT(got.code, r.code);
	RP_CHECK_TEXT(got.state, RP_TEXT("received"));
	RP_CHECK_TEXT(got.standing.email, RP_TEXT("ana@例え.テスト"));
	RP_CHECK_TEXT(got.standing.job_title, RP_TEXT("Directora"));
	RP_CHECK_TEXT(got.standing.present, RP_TEXT("remote"));
	RP_CHECK_TEXT(got.standing.needs, RP_TEXT("a loop"));
	RP_CHECK_TEXT(got.standing.answers.v[0].body, RP_TEXT("Sí.\n\nNo."));
	RP_CHECK_TEXT(got.standing.digest, r.digest);
	RP_CHECK(got.standing.words == 2);
}

static void
one_form_makes_one_response(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_receipt one, again, other;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	one = floor_send(&f, &s);
	again = floor_send(&f, &s);
	RP_CHECK(again.again && again.response_id == one.response_id);
	RP_CHECK(again.revision_id == one.revision_id);
	RP_CHECK_TEXT(again.secret, one.secret);
	RP_CHECK_TEXT(again.code, one.code);
	RP_CHECK_TEXT(again.digest, one.digest);
	s.answers.v[0].body = RP_TEXT("Two.");
	s.once = true;
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_CONFLICT);
	s.once = false;
	other = floor_send(&f, &s);
	RP_CHECK(!other.again && other.response_id == one.response_id);
	RP_CHECK(other.n == 2);
	RP_CHECK_TEXT(own(&f, one.secret).standing.answers.v[0].body,
	    RP_TEXT("Two."));
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, one.secret));
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_GONE);
}

static void
a_token_of_another_form_is_a_problem(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.token = RP_TEXT("1-0-x-y");
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_INVALID);
	RP_CHECK(problems.n == 1);
	RP_CHECK(problems.v[0].kind == RP_PROBLEM_BAD_TOKEN);
}

static void
every_revision_is_kept_and_the_last_stands(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_receipt one, two, same;
	struct rp_revision old;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	one = floor_send(&f, &s);
	s.answers.v[0].body = RP_TEXT("Two.");
	two = revise(&f, one.secret, &s);
	RP_CHECK(two.n == 2 && !two.again);
	RP_CHECK_TEXT(two.code, one.code);
	same = revise(&f, one.secret, &s);
	RP_CHECK(same.again && same.n == 2);
	RP_CHECK_TEXT(same.digest, two.digest);
	RP_CHECK_OK(
	    rp_response_revision(&f.clerk, f.w.tx, one.response_id, 1, &old));
	RP_CHECK_TEXT(old.answers.v[0].body, RP_TEXT("One."));
	RP_CHECK_TEXT(old.digest, one.digest);
	RP_CHECK_FAILS(rp_response_revision(&f.clerk, f.w.tx, one.response_id,
			   3, &old),
	    RP_E_NOTFOUND);
}

static void
a_secret_is_needed_to_revise_and_withdraw(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_response_record got;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	floor_send(&f, &s);
	RP_CHECK_FAILS(rp_response_revise(&f.w.nobody, f.w.tx, RP_TEXT("no"),
			   &f.c, &s, &problems, &r),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_response_withdraw(&f.w.nobody, f.w.tx, RP_TEXT("")),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_response_by_secret(&f.w.nobody, f.w.tx, RP_TEXT("no"),
			   &got),
	    RP_E_NOTFOUND);
}

static void
withdrawing_before_the_deadline_leaves_nothing_to_see(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_public_response p;
	struct rp_problems problems;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	RP_CHECK(floor_publish(&f, &r) == 1);
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, r.secret));
	RP_CHECK_FAILS(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 1, &p),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_response_withdraw(&f.w.nobody, f.w.tx, r.secret),
	    RP_E_GONE);
	RP_CHECK_FAILS(rp_response_revise(&f.w.nobody, f.w.tx, r.secret, &f.c,
			   &s, &problems, &r),
	    RP_E_GONE);
	RP_CHECK_TEXT(own(&f, r.secret).state, RP_TEXT("withdrawn"));
}

static void
withdrawing_after_the_deadline_leaves_a_mark(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_receipt seen, unseen;
	struct rp_public_response p;
	struct rp_submission s;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	seen = floor_send(&f, &s);
	floor_fill(&f, &s, "Asociación", "Two.");
	unseen = floor_send(&f, &s);
	RP_CHECK(floor_publish(&f, &seen) == 1);
	deadline_passes(&f);
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, seen.secret));
	RP_CHECK_OK(rp_response_withdraw(&f.w.nobody, f.w.tx, unseen.secret));
	RP_CHECK_OK(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 1, &p));
	RP_CHECK(p.withdrawn && p.withdrawn_at == f.c.deadline_at);
	RP_CHECK(p.name.n == 0 && p.answers.n == 0);
	RP_CHECK(own(&f, unseen.secret).number == 0);
}

static void
after_the_deadline_one_may_send_knowingly_late(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	deadline_passes(&f);
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_INVALID);
	RP_CHECK(problems.v[0].field == RP_FIELD_FORM);
	RP_CHECK(problems.v[0].kind == RP_PROBLEM_CLOSED);
	s.late = true;
	r = floor_send(&f, &s);
	RP_CHECK(r.late && r.held);
	RP_CHECK_TEXT(own(&f, r.secret).hold_reason, RP_TEXT("late"));
	f.c.state = RP_CONSULTATION_ARCHIVED;
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_INVALID);
	RP_CHECK(problems.v[0].kind == RP_PROBLEM_CLOSED);
}

static void
late_means_nothing_outside_its_time(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_problems problems;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.late = true;
	r = floor_send(&f, &s);
	RP_CHECK(!r.late && !r.held);
	f.c.state = RP_CONSULTATION_COMING;
	RP_CHECK_FAILS(try_to_send(&f, &s, &problems), RP_E_INVALID);
	RP_CHECK(problems.v[0].kind == RP_PROBLEM_NOT_OPEN);
}

static void
what_looks_wrong_is_held_and_stays_held(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	f.w.env.form_age_min = 120000; /* the form is a minute old */
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	RP_CHECK(r.held);
	RP_CHECK_TEXT(own(&f, r.secret).hold_reason, RP_TEXT("too_fast"));
	f.w.env.form_age_min = 0;
	floor_fill(&f, &s, "Red", "Buy.");
	s.honeypot = RP_TEXT("x");
	r = floor_send(&f, &s);
	RP_CHECK_TEXT(own(&f, r.secret).hold_reason, RP_TEXT("honeypot"));
	/* Neither a revision nor the form once more lets it pass. */
	s.honeypot = RP_TEXT("");
	s.answers.v[0].body = RP_TEXT("Buy now.");
	RP_CHECK(revise(&f, r.secret, &s).held);
	RP_CHECK_TEXT(own(&f, r.secret).state, RP_TEXT("held"));
	s.answers.v[0].body = RP_TEXT("Buy today.");
	RP_CHECK(floor_send(&f, &s).held);
	RP_CHECK_TEXT(own(&f, r.secret).hold_reason, RP_TEXT("honeypot"));
}

static void
staff_without_the_right_see_no_addresses(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_response_record got;
	struct rp_actor other;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	RP_CHECK_OK(rp_response_get(&f.clerk, f.w.tx, r.response_id, &got));
	RP_CHECK_TEXT(got.standing.email, RP_TEXT(""));
	RP_CHECK_OK(rp_response_get(&f.w.system, f.w.tx, r.response_id, &got));
	RP_CHECK_TEXT(got.standing.email, RP_TEXT("ana@example.org"));
	other = world_staff(&f.w, "Other", RP_MAY_EXPORT, RP_ON_GROUP,
	    f.w.group_id);
	RP_CHECK_FAILS(rp_response_get(&other, f.w.tx, r.response_id, &got),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_response_get(&f.w.nobody, f.w.tx, r.response_id,
			   &got),
	    RP_E_UNKNOWN);
}

RP_CHECK_MAIN({ "what was sent is stored as it was sent",
		  what_was_sent_is_stored_as_it_was_sent },
    { "one form makes one response", one_form_makes_one_response },
    { "a token of another form is a problem",
	a_token_of_another_form_is_a_problem },
    { "every revision is kept and the last stands",
	every_revision_is_kept_and_the_last_stands },
    { "a secret is needed to revise and withdraw",
	a_secret_is_needed_to_revise_and_withdraw },
    { "withdrawing before the deadline leaves nothing to see",
	withdrawing_before_the_deadline_leaves_nothing_to_see },
    { "withdrawing after the deadline leaves a mark",
	withdrawing_after_the_deadline_leaves_a_mark },
    { "after the deadline one may send knowingly late",
	after_the_deadline_one_may_send_knowingly_late },
    { "late means nothing outside its time",
	late_means_nothing_outside_its_time },
    { "what looks wrong is held and stays held",
	what_looks_wrong_is_held_and_stays_held },
    { "staff without the right see no addresses",
	staff_without_the_right_see_no_addresses })
