#include "domain/contribution_merge.h"

#include "base/check.h"
#include "domain/testing/round.h"

/* A meeting with a document of each of two parties, and the secretariat. */
struct stage {
	struct round r;
	struct rp_actor desk;
	struct rp_meeting m;
};

static void
enter(struct stage *s, size_t party)
{
	struct rp_document_in in = { .kind = RP_TEXT("contribution"),
		.access = RP_TEXT("public") };
	struct rp_meeting_document d;
	int64_t id, number;

	rp_vec_push(s->r.w.a, &in.sources, s->r.parties[party]);
	RP_CHECK_OK(rp_meeting_document_add(&s->desk, s->r.w.tx, &s->m, &in,
	    &id, &number));
	RP_CHECK_OK(rp_meeting_document_get(&s->desk, s->r.w.tx, &s->m, number,
	    RP_TEXT("en"), &d));
	RP_CHECK_OK(rp_meeting_document_set_state(&s->desk, s->r.w.tx, &s->m,
	    &d, RP_TEXT("posted")));
}

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
	enter(s, 0);
	enter(s, 1);
}

static void
stage_close(struct stage *s)
{
	round_close(&s->r);
}

static struct rp_contribution
get(struct stage *s, int64_t id)
{
	struct rp_contribution c;

	RP_CHECK_OK(rp_contribution_get(&s->desk, s->r.w.tx, &s->m, id, &c));
	return c;
}

/* Of the first party, submitted. */
static struct rp_contribution
joint(struct stage *s)
{
	const struct rp_actor *who = &s->r.delegates[0];
	const struct rp_contribution_in in = { .party_id = s->r.parties[0],
		.kind = RP_TEXT("contribution"),
		.lang = RP_TEXT("en"),
		.title = RP_TEXT("Wells and springs"),
		.purpose = RP_TEXT("To propose."),
		.body = RP_TEXT("Both.") };
	struct rp_contribution c;
	int64_t id;

	RP_CHECK_OK(rp_contribution_save(who, s->r.w.tx, &s->m, 0, &in, &id));
	RP_CHECK_OK(rp_contribution_get(who, s->r.w.tx, &s->m, id, &c));
	RP_CHECK_OK(rp_contribution_submit(who, s->r.w.tx, &s->m, &c));
	return get(s, id);
}

static struct rp_contribution_merges
merges(struct stage *s, const struct rp_contribution *c)
{
	struct rp_contribution_merges all;

	RP_CHECK_OK(rp_contribution_merge_list(&s->desk, s->r.w.tx, &s->m, c,
	    RP_TEXT("en"), &all));
	return all;
}

static void
by_consent(void)
{
	RP_AUTO(stage_close) struct stage s;
	const struct rp_actor *one, *two;
	struct rp_meeting_documents all;
	struct rp_contribution c;
	int64_t number;

	stage_open(&s);
	one = &s.r.delegates[0];
	two = &s.r.delegates[1];
	c = joint(&s);
	RP_CHECK_OK(rp_contribution_merge_add(one, s.r.w.tx, &s.m, &c, 1));
	RP_CHECK_OK(rp_contribution_merge_add(one, s.r.w.tx, &s.m, &c, 2));
	RP_CHECK_OK(rp_contribution_merge_add(one, s.r.w.tx, &s.m, &c, 2));
	c = get(&s, c.id);
	RP_CHECK(merges(&s, &c).n == 2);
	RP_CHECK(merges(&s, &c).v[0].missing.n == 0);
	RP_CHECK(merges(&s, &c).v[1].missing.n == 1);
	RP_CHECK(c.sources.n == 1);
	RP_CHECK_TEXT(c.sources.v[0].state, RP_TEXT("asked"));
	RP_CHECK_OK(rp_contribution_accept(&s.desk, s.r.w.tx, &s.m, &c));
	RP_CHECK_OK(rp_contribution_answer(two, s.r.w.tx, &s.m, &c,
	    s.r.parties[1], true));
	c = get(&s, c.id);
	RP_CHECK(merges(&s, &c).v[1].missing.n == 0);
	RP_CHECK_OK(rp_contribution_number(&s.desk, s.r.w.tx, &s.m, &c, 0,
	    RP_TEXT("members"), false, &number));
	RP_CHECK(number == 3);
	RP_CHECK_OK(rp_meeting_document_list(&s.desk, s.r.w.tx, &s.m,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 3);
	for (size_t i = 0; i < 2; i++) {
		RP_CHECK_TEXT(all.v[i].state, RP_TEXT("merged"));
		RP_CHECK(all.v[i].merged_into == 3);
		RP_CHECK(rp_document_is_out(&all.v[i]));
	}
	RP_CHECK(all.v[2].merged_from.n == 2 &&
		 all.v[2].merged_from.v[1] == 2 && all.v[2].sources.n == 2);
	/* It was a mistake: one is what it was, the other is taken back. */
	RP_CHECK_OK(rp_meeting_document_set_state(&s.desk, s.r.w.tx, &s.m,
	    &all.v[0], RP_TEXT("posted")));
	RP_CHECK_OK(rp_meeting_document_set_state(&s.desk, s.r.w.tx, &s.m,
	    &all.v[1], RP_TEXT("withdrawn")));
	RP_CHECK_OK(rp_meeting_document_list(&s.desk, s.r.w.tx, &s.m,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.v[0].merged_into == 0 && all.v[0].posted_at != 0 &&
		 all.v[2].merged_from.n == 0);
	RP_CHECK_FAILS(rp_contribution_merge_add(one, s.r.w.tx, &s.m, &c, 1),
	    RP_E_CONFLICT);
}

static void
not_without(void)
{
	RP_AUTO(stage_close) struct stage s;
	struct rp_contribution c;
	int64_t number;

	stage_open(&s);
	c = joint(&s);
	RP_CHECK_FAILS(rp_contribution_merge_add(&s.r.delegates[1], s.r.w.tx,
			   &s.m, &c, 1),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_contribution_merge_add(&s.r.delegates[0], s.r.w.tx,
			   &s.m, &c, 9),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_contribution_merge_add(&s.r.delegates[0], s.r.w.tx, &s.m,
	    &c, 2));
	c = get(&s, c.id);
	RP_CHECK_OK(rp_contribution_answer(&s.r.delegates[1], s.r.w.tx, &s.m,
	    &c, s.r.parties[1], false));
	RP_CHECK_OK(rp_contribution_accept(&s.desk, s.r.w.tx, &s.m, &c));
	RP_CHECK_FAILS(rp_contribution_merge_now(&s.desk, s.r.w.tx, &s.m, &c,
			   3),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_contribution_merge_remove(&s.r.delegates[0], s.r.w.tx,
	    &s.m, &c, 2));
	RP_CHECK_FAILS(rp_contribution_merge_remove(&s.r.delegates[0], s.r.w.tx,
			   &s.m, &c, 2),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_contribution_number(&s.desk, s.r.w.tx, &s.m, &c, 0,
	    RP_TEXT("members"), false, &number));
	RP_CHECK(number == 3);
}

RP_CHECK_MAIN({ "by consent of the sources", by_consent },
    { "not without it", not_without })
