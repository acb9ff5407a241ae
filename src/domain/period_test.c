#include "domain/period.h"

#include "base/check.h"
#include "domain/testing/meeting_stage.h"

static struct rp_period
period(const struct meeting_stage *s, bool is_public)
{
	return (struct rp_period){ .group_id = s->w.group_id,
		.addressee = RP_TEXT("council"),
		.from = RP_TEXT("2026-01-01"),
		.until = RP_TEXT("2026-12-31"),
		.is_public = is_public };
}

static struct rp_period
add(struct meeting_stage *s, bool is_public)
{
	struct rp_period p = period(s, is_public);
	int64_t number;

	RP_CHECK_OK(rp_period_add(&s->who, s->w.tx, &p, &number));
	RP_CHECK_OK(rp_period_get(&s->who, s->w.tx, s->w.group_id, number, &p));
	return p;
}

static size_t
count(struct meeting_stage *s, const struct rp_actor *who)
{
	struct rp_periods all;

	RP_CHECK_OK(rp_period_list(who, s->w.tx, s->w.group_id, &all));
	return all.n;
}

static void
issued_and_frozen(void)
{
	struct meeting_stage s;
	struct rp_period p, members;
	struct rp_period_files files = { 0 }, got;
	struct rp_period_texts words;
	const struct rp_period_words w = { RP_TEXT("introduction"),
		RP_TEXT("fr"), RP_TEXT("Bonjour") };
	rp_bytes octets;

	meeting_stage_open(&s);
	p = add(&s, true);
	members = add(&s, false);
	RP_CHECK(count(&s, &s.who) == 2 && count(&s, &s.member) == 0);
	RP_CHECK_OK(rp_period_words_set(&s.who, s.w.tx, &p, &w));
	RP_CHECK_OK(rp_period_words(&s.who, s.w.tx, &p, &words));
	RP_CHECK_TEXT(rp_period_words_pick(&words, RP_TEXT("introduction"),
			  RP_TEXT("ar"))
			  .body,
	    RP_TEXT("Bonjour"));
	RP_CHECK_FAILS(rp_period_words(&s.member, s.w.tx, &p, &words),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_period_issue(&s.who, s.w.tx, &p, &files),
	    RP_E_INVALID);
	rp_vec_push(s.w.a, &files,
	    ((struct rp_period_file){ .lang = RP_TEXT("en"),
		.format = RP_TEXT("pdf"),
		.octets = RP_BYTES("%PDF") }));
	RP_CHECK_FAILS(rp_period_issue(&s.member, s.w.tx, &p, &files),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_period_issue(&s.who, s.w.tx, &p, &files));
	RP_CHECK_OK(rp_period_issue(&s.who, s.w.tx, &members, &files));
	RP_CHECK_FAILS(rp_period_issue(&s.who, s.w.tx, &p, &files),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_period_change(&s.who, s.w.tx, &p, &p), RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_period_words_set(&s.who, s.w.tx, &p, &w),
	    RP_E_CONFLICT);
	RP_CHECK(count(&s, &s.member) == 2 && count(&s, &s.stranger) == 1);
	RP_CHECK_OK(rp_period_files(&s.w.nobody, s.w.tx, &p, &got));
	RP_CHECK(got.n == 1);
	RP_CHECK_OK(
	    rp_period_file_read(&s.w.nobody, s.w.tx, &p, &got.v[0], &octets));
	RP_CHECK(octets.n == 4 && memcmp(octets.p, "%PDF", 4) == 0);
	RP_CHECK_FAILS(rp_period_files(&s.stranger, s.w.tx, &members, &got),
	    RP_E_NOTFOUND);
	world_close(&s.w);
}

static void
figures(void)
{
	struct meeting_stage s;
	struct rp_period p;
	struct rp_period_figures f;
	struct rp_actor reader;

	meeting_stage_open(&s);
	meeting_stage_add(&s, 21, "2027-02-10T09:30", "2027-02-11T17:30");
	p = add(&s, true);
	reader = rp_period_reader(&s.who, &p);
	RP_CHECK(reader.person_id == 0 && reader.grants.n == 0);
	RP_CHECK_OK(rp_period_figures(&reader, s.w.tx, &p, &f));
	RP_CHECK(f.meetings.n == 1 && f.meetings.v[0].meeting_id == s.m.id);
	RP_CHECK(f.meetings.v[0].report.n == 0);
	world_close(&s.w);
}

static void
refused(void)
{
	struct meeting_stage s;
	struct rp_period p;
	int64_t number;

	meeting_stage_open(&s);
	p = period(&s, true);
	RP_CHECK_FAILS(rp_period_add(&s.member, s.w.tx, &p, &number),
	    RP_E_DENIED);
	p.until = RP_TEXT("2025-12-31");
	RP_CHECK(rp_period_check(&p) == RP_PERIOD_BAD_UNTIL);
	p.until = RP_TEXT("2036-12-31");
	RP_CHECK(rp_period_check(&p) == RP_PERIOD_BAD_UNTIL);
	p.from = RP_TEXT("2026-02-30");
	RP_CHECK(rp_period_check(&p) == RP_PERIOD_BAD_FROM);
	p.addressee = RP_TEXT("press");
	RP_CHECK(rp_period_check(&p) == RP_PERIOD_BAD_ADDRESSEE);
	RP_CHECK_FAILS(rp_period_add(&s.who, s.w.tx, &p, &number),
	    RP_E_INVALID);
	world_close(&s.w);
}

RP_CHECK_MAIN({ "issued and frozen", issued_and_frozen },
    { "figures", figures }, { "refused", refused })
