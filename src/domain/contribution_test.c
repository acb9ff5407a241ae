#include "domain/contribution.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/round.h"
#include "domain/upload.h"

struct stage {
	struct round r;
	struct rp_actor desk;
	struct rp_meeting m;
};

static void
stage_open(struct stage *s)
{
	struct rp_meeting m = WORLD_MEETING;
	int64_t id;

	round_open(&s->r);
	s->desk = world_staff(&s->r.w, "Desk", RP_MAY_MEET, RP_ON_GROUP,
	    s->r.w.group_id);
	m.group_id = s->r.w.group_id;
	RP_CHECK_OK(rp_meeting_create(&s->desk, s->r.w.tx, &m, &id));
	RP_CHECK_OK(rp_meeting_get_by_id(&s->desk, s->r.w.tx, id, &s->m));
}

static void
stage_close(struct stage *s)
{
	round_close(&s->r);
}

static struct rp_contribution_in
whole(const struct stage *s, size_t party)
{
	return (struct rp_contribution_in){ .party_id = s->r.parties[party],
		.kind = RP_TEXT("contribution"),
		.is_for_action = true,
		.item = RP_TEXT("Topics"),
		.lang = RP_TEXT("fr"),
		.title = RP_TEXT("Des puits"),
		.purpose = RP_TEXT("Proposer."),
		.action = RP_TEXT("Le groupe est invité à décider."),
		.summary = RP_TEXT("En bref."),
		.body = RP_TEXT("# Introduction\n\nLes puits.\n") };
}

static struct rp_contribution
get(struct stage *s, const struct rp_actor *who, int64_t id)
{
	struct rp_contribution c;

	RP_CHECK_OK(rp_contribution_get(who, s->r.w.tx, &s->m, id, &c));
	return c;
}

static int64_t
draft(struct stage *s, size_t party)
{
	struct rp_contribution_in in = whole(s, party);
	int64_t id;

	RP_CHECK_OK(rp_contribution_save(&s->r.delegates[party], s->r.w.tx,
	    &s->m, 0, &in, &id));
	return id;
}

static int64_t
received(struct stage *s, size_t party)
{
	int64_t id = draft(s, party);
	struct rp_contribution c = get(s, &s->r.delegates[party], id);

	RP_CHECK_OK(rp_contribution_submit(&s->r.delegates[party], s->r.w.tx,
	    &s->m, &c));
	return id;
}

static size_t
seen(struct stage *s, const struct rp_actor *who)
{
	struct rp_contributions all;

	RP_CHECK_OK(rp_contribution_list(who, s->r.w.tx, &s->m, &all));
	return all.n;
}

static void
what_is_wrong(void)
{
	struct rp_contribution_in in = { .is_for_action = true,
		.upload_id = 1,
		.size = SIZE_MAX,
		.file_kind = RP_TEXT("png") };

	RP_CHECK(rp_contribution_check(&in, false, false) ==
		 (RP_CONTRIBUTION_BAD_TITLE | RP_CONTRIBUTION_BAD_FILE |
		     RP_CONTRIBUTION_LARGE_FILE));
	in = (struct rp_contribution_in){ .title = RP_TEXT("T"),
		.is_for_action = true };
	RP_CHECK(rp_contribution_check(&in, false, false) == 0);
	RP_CHECK(rp_contribution_check(&in, true, false) ==
		 (RP_CONTRIBUTION_NO_PURPOSE | RP_CONTRIBUTION_NO_ACTION |
		     RP_CONTRIBUTION_NO_BODY));
	in.is_for_action = false;
	in.purpose = RP_TEXT("P");
	RP_CHECK(rp_contribution_check(&in, true, true) == 0);
	in.drop_file = true;
	RP_CHECK(
	    rp_contribution_check(&in, true, true) == RP_CONTRIBUTION_NO_BODY);
}

static void
who_sees_and_may(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution_in in;
	struct rp_contribution c;
	int64_t id;

	stage_open(&s);
	in = whole(&s, 0);
	RP_CHECK_FAILS(rp_contribution_save(&s.r.w.nobody, s.r.w.tx, &s.m, 0,
			   &in, &id),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_contribution_save(&s.r.delegates[1], s.r.w.tx, &s.m,
			   0, &in, &id),
	    RP_E_DENIED);
	in.kind = RP_TEXT("novel");
	RP_CHECK_FAILS(rp_contribution_save(&s.r.delegates[0], s.r.w.tx, &s.m,
			   0, &in, &id),
	    RP_E_INVALID);
	id = draft(&s, 0);
	RP_CHECK(seen(&s, &s.r.w.nobody) == 0);
	RP_CHECK(seen(&s, &s.r.delegates[0]) == 1);
	RP_CHECK(seen(&s, &s.r.delegates[1]) == 0);
	RP_CHECK_FAILS(rp_contribution_get(&s.r.delegates[1], s.r.w.tx, &s.m,
			   id, &c),
	    RP_E_NOTFOUND);
	c = get(&s, &s.r.delegates[0], id);
	RP_CHECK(c.mine && !c.may_decide && c.asked == 0);
	RP_CHECK_FAILS(rp_contribution_accept(&s.r.delegates[0], s.r.w.tx, &s.m,
			   &c),
	    RP_E_DENIED);
	RP_CHECK_OK(
	    rp_contribution_submit(&s.r.delegates[0], s.r.w.tx, &s.m, &c));
	RP_CHECK(get(&s, &s.desk, id).may_decide);
	/* What was received is not changed any more. */
	in = whole(&s, 0);
	RP_CHECK_FAILS(rp_contribution_save(&s.r.delegates[0], s.r.w.tx, &s.m,
			   id, &in, &id),
	    RP_E_CONFLICT);
}

static void
with_consent(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution c;
	int64_t id;

	stage_open(&s);
	id = received(&s, 0);
	c = get(&s, &s.r.delegates[0], id);
	RP_CHECK_FAILS(rp_contribution_answer(&s.r.delegates[1], s.r.w.tx, &s.m,
			   &c, s.r.parties[1], true),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_contribution_ask(&s.r.delegates[0], s.r.w.tx, &s.m, &c,
	    s.r.parties[1]));
	RP_CHECK_FAILS(rp_contribution_ask(&s.r.delegates[0], s.r.w.tx, &s.m,
			   &c, s.r.parties[1]),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_contribution_ask(&s.r.delegates[0], s.r.w.tx, &s.m, &c,
	    s.r.parties[2]));
	c = get(&s, &s.r.delegates[1], id);
	RP_CHECK(!c.mine && c.asked == s.r.parties[1]);
	/* Nobody answers for another party. */
	RP_CHECK_FAILS(rp_contribution_answer(&s.r.delegates[0], s.r.w.tx, &s.m,
			   &c, s.r.parties[1], true),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_contribution_answer(&s.r.delegates[1], s.r.w.tx, &s.m,
	    &c, s.r.parties[1], true));
	RP_CHECK_OK(rp_contribution_answer(&s.r.delegates[2], s.r.w.tx, &s.m,
	    &c, s.r.parties[2], false));
	c = get(&s, &s.desk, id);
	RP_CHECK(c.sources.n == 2);
	RP_CHECK_TEXT(c.sources.v[0].state, RP_TEXT("joined"));
	RP_CHECK_TEXT(c.sources.v[1].state, RP_TEXT("refused"));
}

static struct rp_meeting_document
numbered(struct stage *s, int64_t id)
{
	struct rp_contribution c = get(s, &s->desk, id);
	struct rp_meeting_document d;
	int64_t number;

	RP_CHECK_OK(rp_contribution_accept(&s->desk, s->r.w.tx, &s->m, &c));
	RP_CHECK_OK(rp_contribution_number(&s->desk, s->r.w.tx, &s->m, &c, 0,
	    RP_TEXT("public"), true, &number));
	RP_CHECK_OK(rp_meeting_document_get(&s->desk, s->r.w.tx, &s->m, number,
	    RP_TEXT("fr"), &d));
	return d;
}

static void
becomes_a_document(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution c;
	struct rp_meeting_document d;
	int64_t id, number;

	stage_open(&s);
	id = received(&s, 0);
	c = get(&s, &s.desk, id);
	RP_CHECK_OK(
	    rp_contribution_ask(&s.desk, s.r.w.tx, &s.m, &c, s.r.parties[2]));
	RP_CHECK_OK(rp_contribution_ask(&s.r.delegates[0], s.r.w.tx, &s.m, &c,
	    s.r.parties[1]));
	RP_CHECK_FAILS(rp_contribution_number(&s.desk, s.r.w.tx, &s.m, &c, 0,
			   RP_TEXT("public"), true, &number),
	    RP_E_CONFLICT);
	d = numbered(&s, id);
	/* Whom only was asked is no source; the day is that of arrival. */
	RP_CHECK(d.sources.n == 2 && d.sources.v[0] == s.r.parties[0] &&
		 d.sources.v[1] == s.r.parties[2]);
	RP_CHECK(d.received_at == WORLD_NOW && d.files.n == 1);
	RP_CHECK_TEXT(d.title.body, RP_TEXT("Des puits"));
	RP_CHECK_TEXT(d.files.v[0].file_kind, RP_TEXT("md"));
	RP_CHECK_TEXT(d.files.v[0].reading, RP_TEXT("waiting"));
	c = get(&s, &s.r.delegates[0], id);
	RP_CHECK(c.number == d.number);
	RP_CHECK_TEXT(c.state, RP_TEXT("numbered"));
	RP_CHECK_OK(
	    rp_contribution_withdraw(&s.r.delegates[0], s.r.w.tx, &s.m, &c));
	RP_CHECK_OK(rp_meeting_document_get(&s.desk, s.r.w.tx, &s.m, d.number,
	    RP_TEXT("fr"), &d));
	RP_CHECK_TEXT(d.state, RP_TEXT("withdrawn"));
}

static void
becomes_a_revision(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution_in in;
	struct rp_contribution c;
	struct rp_meeting_document d, again;
	int64_t id;

	stage_open(&s);
	d = numbered(&s, received(&s, 0));
	RP_CHECK_OK(rp_meeting_document_set_state(&s.desk, s.r.w.tx, &s.m, &d,
	    RP_TEXT("posted")));
	in = whole(&s, 1);
	in.revises_id = d.id;
	RP_CHECK_FAILS(rp_contribution_save(&s.r.delegates[1], s.r.w.tx, &s.m,
			   0, &in, &id),
	    RP_E_INVALID);
	in = whole(&s, 0);
	in.revises_id = d.id;
	in.title = RP_TEXT("Des puits, encore");
	RP_CHECK_OK(rp_contribution_save(&s.r.delegates[0], s.r.w.tx, &s.m, 0,
	    &in, &id));
	c = get(&s, &s.r.delegates[0], id);
	RP_CHECK(c.revises == d.number);
	RP_CHECK_OK(
	    rp_contribution_submit(&s.r.delegates[0], s.r.w.tx, &s.m, &c));
	again = numbered(&s, id);
	RP_CHECK(again.id == d.id && again.revision == 1 && again.files.n == 2);
	RP_CHECK_TEXT(again.title.body, RP_TEXT("Des puits, encore"));
}

static void
goes_back(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution_in in;
	struct rp_contribution c;
	int64_t id;

	stage_open(&s);
	id = received(&s, 0);
	c = get(&s, &s.desk, id);
	RP_CHECK_FAILS(rp_contribution_return(&s.desk, s.r.w.tx, &s.m, &c,
			   RP_TEXT(" ")),
	    RP_E_INVALID);
	RP_CHECK_OK(rp_contribution_return(&s.desk, s.r.w.tx, &s.m, &c,
	    RP_TEXT("Four pages at most.")));
	c = get(&s, &s.r.delegates[0], id);
	RP_CHECK_TEXT(c.reason, RP_TEXT("Four pages at most."));
	in = whole(&s, 0);
	in.title = RP_TEXT("Shorter");
	RP_CHECK_OK(rp_contribution_save(&s.r.delegates[0], s.r.w.tx, &s.m, id,
	    &in, &id));
	RP_CHECK_OK(
	    rp_contribution_submit(&s.r.delegates[0], s.r.w.tx, &s.m, &c));
	RP_CHECK_TEXT(get(&s, &s.desk, id).state, RP_TEXT("received"));
}

RP_CHECK_MAIN({ "what is wrong", what_is_wrong },
    { "who sees and may", who_sees_and_may },
    { "a source joins by its own consent", with_consent },
    { "it becomes a document", becomes_a_document },
    { "it becomes a revision", becomes_a_revision },
    { "it goes back to its author", goes_back })
