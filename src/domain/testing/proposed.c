#include "domain/testing/proposed.h"

#include "base/check.h"
#include "domain/party.h"

static const char *const slugs[] = { "kenya", "peru", "nepal" };

static void
add_party(struct proposed *t, size_t i)
{
	struct world *w = &t->w;
	struct rp_party p = { .body_id = w->body_id,
		.slug = rp_text_z(slugs[i]) };
	struct rp_membership m = { .class = RP_TEXT("member_state") };
	struct q_world_person_row person;

	RP_CHECK_OK(rp_party_add(&w->system, w->tx, &p, &t->parties[i]));
	m.party_id = t->parties[i];
	RP_CHECK_OK(rp_membership_set(&w->system, w->tx, w->group_id, &m));
	RP_CHECK_OK(q_world_person(w->tx,
	    &(struct q_world_person_param){ .name = rp_text_z(slugs[i]),
		.party_id = t->parties[i],
		.now = WORLD_NOW },
	    &person));
	RP_CHECK_OK(q_world_right(w->tx,
	    &(struct q_world_right_param){ .person_id = person.id,
		.capability = rp_capability_name(RP_MAY_PROPOSE),
		.object_kind = rp_object_kind_name(RP_ON_GROUP),
		.object_id = w->group_id }));
	t->delegates[i] = rp_actor_public(&w->env, WORLD_NOW);
	RP_CHECK_OK(rp_actor_load(w->tx, person.id, &t->delegates[i]));
}

void
proposed_open(struct proposed *t)
{
	struct world *w = &t->w;

	world_open(w);
	t->desk = world_staff(w, "Desk", RP_MAY_MEET, RP_ON_GROUP, w->group_id);
	t->chair =
	    world_staff(w, "Chair", RP_MAY_STEER, RP_ON_GROUP, w->group_id);
	t->launcher =
	    world_staff(w, "Launcher", RP_MAY_LAUNCH, RP_ON_GROUP, w->group_id);
	t->reader =
	    world_staff(w, "Reader", RP_MAY_READ, RP_ON_GROUP, w->group_id);
	for (size_t i = 0; i < PROPOSED_PARTIES; i++)
		add_party(t, i);
}

void
proposed_close(struct proposed *t)
{
	world_close(&t->w);
}

struct rp_proposing
proposed_may(struct proposed *t, const struct rp_actor *who)
{
	struct rp_proposing p = { 0 };

	RP_CHECK_OK(rp_proposing_get(who, t->w.tx, t->w.group_id, &p));
	return p;
}

struct rp_proposal
proposed_get(struct proposed *t, const struct rp_actor *who, int64_t number)
{
	struct rp_proposing p = proposed_may(t, who);
	struct rp_proposals all;

	RP_CHECK_OK(rp_proposal_list(who, t->w.tx, &p, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number == number)
			return all.v[i];
	RP_CHECK(!"there is such a proposal");
	return (struct rp_proposal){ 0 };
}

struct rp_proposal_in
proposed_in(struct proposed *t, size_t party, const char *title)
{
	return (struct rp_proposal_in){ .party_id = t->parties[party],
		.lang = RP_TEXT("en"),
		.title = rp_text_z(title),
		.rationale = RP_TEXT("Because names matter."),
		.issue = RP_TEXT("Multilingualism"),
		.format = RP_TEXT("any"),
		.questions = { RP_TEXT("What has been done?"),
		    RP_TEXT("What remains to be done?") } };
}

int64_t
proposed_by(struct proposed *t, size_t party, const char *title)
{
	struct rp_proposal_in in = proposed_in(t, party, title);
	struct rp_proposing p = proposed_may(t, &t->delegates[party]);
	int64_t id, number = 0;

	RP_CHECK_OK(rp_proposal_save(&t->delegates[party], t->w.tx, &p, 0, &in,
	    false, &id, &number));
	return number;
}

void
proposed_becomes(struct proposed *t, int64_t number, const char *state)
{
	struct rp_proposing p = proposed_may(t, &t->chair);
	struct rp_proposal m = proposed_get(t, &t->chair, number);

	RP_CHECK_OK(rp_proposal_outcome(&t->chair, t->w.tx, &p, &m,
	    rp_text_z(state), RP_TEXT("As agreed."), RP_TEXT("2027-02-01"),
	    RP_TEXT("2027-04-30")));
}
