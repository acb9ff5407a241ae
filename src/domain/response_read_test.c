#include "base/check.h"
#include "domain/redaction.h"
#include "domain/testing/floor.h"

static struct rp_public_response
shown(struct floor *f, int64_t number)
{
	struct rp_public_response p = { 0 };

	RP_CHECK_OK(
	    rp_response_public(&f->w.nobody, f->w.tx, &f->c, number, &p));
	return p;
}

static struct rp_public_response
shown_then(struct floor *f, int64_t number, int64_t n)
{
	struct rp_public_response p = { 0 };

	RP_CHECK_OK(rp_response_public_revision(&f->w.nobody, f->w.tx, &f->c,
	    number, n, &p));
	return p;
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

static void
names_are_left_out_where_authorised_without(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_public_response p;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	s.authorisation = RP_TEXT("without_name");
	s.job_title = RP_TEXT("Directora");
	s.signatories = RP_TEXT("Luis");
	r = floor_send(&f, &s);
	floor_publish(&f, &r);
	p = shown(&f, 1);
	RP_CHECK(p.without_name);
	RP_CHECK(p.name.n == 0 && p.organisation.n == 0);
	RP_CHECK(p.job_title.n == 0 && p.signatories.n == 0);
	RP_CHECK_TEXT(p.answers.v[0].body, RP_TEXT("One."));
	RP_CHECK_TEXT(p.country, RP_TEXT("PE"));
}

static void
who_takes_the_name_back_takes_it_from_all_revisions(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_submission s;
	struct rp_receipt r;
	rp_text secret;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	secret = r.secret;
	floor_publish(&f, &r);
	RP_CHECK_TEXT(shown(&f, 1).name, RP_TEXT("Ana Ruiz"));
	s.answers.v[0].body = RP_TEXT("Two.");
	r = revise(&f, secret, &s);
	floor_publish(&f, &r);
	RP_CHECK_TEXT(shown_then(&f, 1, 1).name, RP_TEXT("Ana Ruiz"));
	RP_CHECK_TEXT(shown_then(&f, 1, 1).answers.v[0].body, RP_TEXT("One."));
	RP_CHECK(shown_then(&f, 1, 1).newest_n == 2);
	s.authorisation = RP_TEXT("without_name");
	r = revise(&f, secret, &s);
	floor_publish(&f, &r);
	RP_CHECK_TEXT(shown_then(&f, 1, 3).name, RP_TEXT(""));
	RP_CHECK_TEXT(shown_then(&f, 1, 1).name, RP_TEXT(""));
	RP_CHECK_TEXT(shown_then(&f, 1, 1).organisation, RP_TEXT(""));
}

static void
what_was_never_public_is_not_shown(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_public_response p;
	struct rp_submission s;
	struct rp_receipt r;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "One.");
	r = floor_send(&f, &s);
	RP_CHECK_FAILS(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 0, &p),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 1, &p),
	    RP_E_NOTFOUND);
	floor_publish(&f, &r);
	s.answers.v[0].body = RP_TEXT("Two.");
	revise(&f, r.secret, &s);
	RP_CHECK(shown(&f, 1).n == 1);
	RP_CHECK_FAILS(rp_response_public_revision(&f.w.nobody, f.w.tx, &f.c, 1,
			   2, &p),
	    RP_E_NOTFOUND);
	f.c.publication = RP_PUBLISH_AFTER_DEADLINE;
	RP_CHECK_FAILS(rp_response_public(&f.w.nobody, f.w.tx, &f.c, 1, &p),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_response_public_revision(&f.w.nobody, f.w.tx, &f.c, 1,
			   1, &p),
	    RP_E_NOTFOUND);
	f.c.state = RP_CONSULTATION_CLOSED;
	RP_CHECK(shown(&f, 1).n == 1);
}

static void
hide(struct floor *f, const struct rp_receipt *r, const char *field,
    int64_t answer_id, int64_t from, int64_t to, const char *why)
{
	struct rp_redacting x = { .response_id = r->response_id,
		.revision_id = r->revision_id,
		.field = rp_text_z(field),
		.answer_id = answer_id,
		.from = from,
		.to = to,
		.reason = rp_text_z(why) };
	int64_t id;

	RP_CHECK_OK(rp_redaction_add(&f->w.system, f->w.tx, &x, &id));
}

static void
marks_stand_in_the_order_of_what_is_shown(void)
{
	RP_AUTO(floor_close) struct floor f;
	struct rp_response_record record;
	struct rp_public_response p;
	struct rp_submission s;
	struct rp_receipt r;
	int64_t answer;

	floor_open(&f);
	floor_fill(&f, &s, "Red", "Call Ana at 55.");
	r = floor_send(&f, &s);
	floor_publish(&f, &r);
	RP_CHECK_OK(
	    rp_response_get(&f.w.system, f.w.tx, r.response_id, &record));
	answer = record.standing.answers.v[0].id;
	hide(&f, &r, "answer", answer, 12, 14, "a telephone");
	hide(&f, &r, "answer", answer, 5, 8, "a person");
	hide(&f, &r, "name", 0, 4, 8, "a surname");
	p = shown(&f, 1);
	RP_CHECK_TEXT(p.name, RP_TEXT("Ana \u2588\u2588\u2588"));
	RP_CHECK_TEXT(p.answers.v[0].body,
	    RP_TEXT("Call \u2588\u2588\u2588 at \u2588\u2588\u2588."));
	RP_CHECK(p.redacted == 3 && p.redactions.n == 3);
	RP_CHECK_TEXT(p.redactions.v[0].reason, RP_TEXT("a surname"));
	RP_CHECK_TEXT(p.redactions.v[1].reason, RP_TEXT("a person"));
	RP_CHECK_TEXT(p.redactions.v[2].reason, RP_TEXT("a telephone"));
}

RP_CHECK_MAIN({ "names are left out where authorised without",
		  names_are_left_out_where_authorised_without },
    { "who takes the name back takes it from all revisions",
	who_takes_the_name_back_takes_it_from_all_revisions },
    { "what was never public is not shown",
	what_was_never_public_is_not_shown },
    { "marks stand in the order of what is shown",
	marks_stand_in_the_order_of_what_is_shown })
