#include "domain/correspondence.h"

#include "base/check.h"
#include "domain/testing/world.h"

struct stage {
	struct world w;
	struct rp_actor who, member;
};

static void
open_stage(struct stage *s)
{
	world_open(&s->w);
	s->who =
	    world_staff(&s->w, "S", RP_MAY_MEET, RP_ON_GROUP, s->w.group_id);
	s->member =
	    world_staff(&s->w, "M", RP_MAY_READ, RP_ON_GROUP, s->w.group_id);
}

static struct rp_correspondence
letter(struct stage *s, const char *kind)
{
	return (struct rp_correspondence){ .group_id = s->w.group_id,
		.kind = rp_text_z(kind),
		.other = RP_TEXT("CWG-WSIS"),
		.level = RP_TEXT("action"),
		.dated = RP_TEXT("2026-11-01"),
		.due = RP_TEXT("2026-11-20"),
		.is_public = true };
}

static struct rp_correspondence
add(struct stage *s, const struct rp_correspondence *c)
{
	struct rp_correspondence out;
	int64_t id, number;

	RP_CHECK_OK(rp_correspondence_add(&s->who, s->w.tx, c, &id, &number));
	RP_CHECK_OK(rp_correspondence_get(&s->who, s->w.tx, s->w.group_id,
	    number, RP_TEXT("en"), &out));
	return out;
}

static rp_text
state_of(struct stage *s, int64_t number)
{
	struct rp_correspondence c;

	RP_CHECK_OK(rp_correspondence_get(&s->who, s->w.tx, s->w.group_id,
	    number, RP_TEXT("en"), &c));
	return c.state;
}

static void
liaison(void)
{
	struct stage s;
	struct rp_correspondence in, out;

	open_stage(&s);
	in = letter(&s, "liaison_in");
	in = add(&s, &in);
	RP_CHECK(in.is_late);
	RP_CHECK_TEXT(in.state, RP_TEXT("received"));
	out = letter(&s, "liaison_out");
	out.replies = in.number;
	out = add(&s, &out);
	RP_CHECK(!out.is_late && out.replies == in.number);
	RP_CHECK_FAILS(rp_correspondence_set_state(&s.who, s.w.tx, &out,
			   RP_TEXT("adopted"), RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_correspondence_set_state(&s.member, s.w.tx, &out,
			   RP_TEXT("sent"), RP_TEXT("")),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_correspondence_set_state(&s.who, s.w.tx, &out,
	    RP_TEXT("sent"), RP_TEXT("")));
	RP_CHECK_TEXT(state_of(&s, in.number), RP_TEXT("answered"));
	out = letter(&s, "liaison_in");
	out.replies = 2;
	out = add(&s, &out);
	RP_CHECK_TEXT(state_of(&s, 2), RP_TEXT("answered"));
	world_close(&s.w);
}

static void
to_the_council(void)
{
	struct stage s;
	struct rp_correspondence c;

	open_stage(&s);
	c = letter(&s, "recommendation");
	c = add(&s, &c);
	RP_CHECK_OK(rp_correspondence_set_state(&s.who, s.w.tx, &c,
	    RP_TEXT("sent"), RP_TEXT("")));
	RP_CHECK_OK(rp_correspondence_get(&s.who, s.w.tx, s.w.group_id, 1,
	    RP_TEXT("en"), &c));
	RP_CHECK_OK(rp_correspondence_set_state(&s.who, s.w.tx, &c,
	    RP_TEXT("adopted"), RP_TEXT("Decision 9")));
	c = letter(&s, "referral");
	c = add(&s, &c);
	RP_CHECK(!rp_correspondence_may_become(&c, RP_TEXT("acknowledged")));
	RP_CHECK(rp_correspondence_may_become(&c, RP_TEXT("sent")));
	world_close(&s.w);
}

static void
seen(void)
{
	struct stage s;
	struct rp_correspondence c, got;
	struct rp_correspondences all;

	open_stage(&s);
	c = letter(&s, "liaison_out");
	add(&s, &c);
	c = letter(&s, "liaison_in");
	add(&s, &c);
	c.is_public = false;
	add(&s, &c);
	RP_CHECK_OK(rp_correspondence_list(&s.w.nobody, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 1 && all.v[0].number == 2);
	RP_CHECK_FAILS(rp_correspondence_get(&s.w.nobody, s.w.tx, s.w.group_id,
			   3, RP_TEXT("en"), &got),
	    RP_E_NOTFOUND);
	RP_CHECK_OK(rp_correspondence_list(&s.member, s.w.tx, s.w.group_id,
	    RP_TEXT("en"), &all));
	RP_CHECK(all.n == 3);
	c.due = RP_TEXT("2026-10-31");
	RP_CHECK(rp_correspondence_check(&c) == RP_CORRESPONDENCE_BAD_DUE);
	c.dated = RP_TEXT("2026-13-01");
	RP_CHECK(rp_correspondence_check(&c) == RP_CORRESPONDENCE_BAD_DATED);
	c.other = RP_TEXT(" ");
	RP_CHECK(rp_correspondence_check(&c) == RP_CORRESPONDENCE_BAD_OTHER);
	c.kind = RP_TEXT("song");
	RP_CHECK(rp_correspondence_check(&c) == RP_CORRESPONDENCE_BAD_WORDS);
	world_close(&s.w);
}

/* A draft changes; what was sent has only further languages. */
static void
texts(void)
{
	struct stage s;
	struct rp_correspondence c, now;
	struct rp_wordings all;

	open_stage(&s);
	c = letter(&s, "recommendation");
	c = add(&s, &c);
	now = c;
	now.other = RP_TEXT("Council");
	now.due = RP_TEXT("");
	RP_CHECK_OK(rp_correspondence_change(&s.who, s.w.tx, &c, &now));
	RP_CHECK_OK(rp_correspondence_set_text(&s.who, s.w.tx, &c,
	    RP_TEXT("en"), RP_TEXT("Open it"), RP_TEXT("The Council should.")));
	RP_CHECK_OK(rp_correspondence_set_text(&s.who, s.w.tx, &c,
	    RP_TEXT("fr"), RP_TEXT("Ouvrir"), RP_TEXT("Le Conseil devrait.")));
	RP_CHECK_FAILS(rp_correspondence_set_text(&s.who, s.w.tx, &c,
			   RP_TEXT("es"), RP_TEXT(" "), RP_TEXT("x")),
	    RP_E_INVALID);
	RP_CHECK_FAILS(rp_correspondence_texts(&s.member, s.w.tx, &c, &all),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_correspondence_change(&s.member, s.w.tx, &c, &now),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_correspondence_set_state(&s.who, s.w.tx, &c,
	    RP_TEXT("sent"), RP_TEXT("")));
	RP_CHECK_OK(rp_correspondence_get(&s.who, s.w.tx, s.w.group_id,
	    c.number, RP_TEXT("fr"), &c));
	RP_CHECK_TEXT(c.other, RP_TEXT("Council"));
	RP_CHECK_TEXT(c.title.body, RP_TEXT("Ouvrir"));
	RP_CHECK_FAILS(rp_correspondence_change(&s.who, s.w.tx, &c, &now),
	    RP_E_CONFLICT);
	RP_CHECK_FAILS(rp_correspondence_set_text(&s.who, s.w.tx, &c,
			   RP_TEXT("en"), RP_TEXT("Close it"), RP_TEXT("")),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_correspondence_set_text(&s.who, s.w.tx, &c,
	    RP_TEXT("es"), RP_TEXT("Abrir"), RP_TEXT("")));
	world_close(&s.w);
}

RP_CHECK_MAIN({ "texts", texts }, { "liaison statements", liaison },
    { "recommendations and referrals", to_the_council },
    { "who sees which", seen })
