#include "domain/cycle.h"

#include "base/check.h"
#include "domain/consultation.h"
#include "domain/testing/proposed.h"

static void
consulted(void)
{
	RP_AUTO(proposed_close) struct proposed t;
	const struct rp_proposal *both[2], *second;
	struct rp_proposal one, two, three;
	struct rp_consultation c;
	struct rp_proposing p;
	struct rp_cycles queue;
	int64_t id, again;

	proposed_open(&t);
	for (size_t i = 0; i < 3; i++) {
		int64_t n = proposed_by(&t, i, i == 0 ? "Names" : "Numbers");

		proposed_becomes(&t, n, "discussed");
		if (i < 2)
			proposed_becomes(&t, n, "agreed");
	}
	p = proposed_may(&t, &t.launcher);
	one = proposed_get(&t, &t.launcher, 1);
	two = proposed_get(&t, &t.launcher, 2);
	three = proposed_get(&t, &t.chair, 3);
	both[0] = &one;
	both[1] = &two;
	second = &three;
	RP_CHECK_FAILS(rp_cycle_consult(&t.launcher, t.w.tx, &p, &second, 1,
			   RP_TEXT("Europe/Zurich"), 0, &id),
	    RP_E_CONFLICT);
	RP_CHECK_OK(rp_cycle_consult(&t.launcher, t.w.tx, &p, both, 2,
	    RP_TEXT("Europe/Zurich"), 0, &id));
	RP_CHECK_OK(rp_consultation_get_by_id(&t.launcher, t.w.tx, id,
	    RP_TEXT("en"), &c));
	RP_CHECK(c.state == RP_CONSULTATION_PLANNED && c.topics.n == 2 &&
		 c.questions.n == 4);
	RP_CHECK_TEXT(c.title.body, RP_TEXT("Names; Numbers"));
	RP_CHECK_TEXT(c.questions.v[1].text.body,
	    RP_TEXT("What remains to be done?"));
	RP_CHECK_TEXT(c.opens_local, RP_TEXT("2027-02-01T09:00"));
	RP_CHECK_TEXT(c.decided_by, RP_TEXT("As agreed."));
	RP_CHECK_TEXT(c.topics.v[0].title.body, RP_TEXT("Names"));
	second = &two;
	RP_CHECK_FAILS(rp_cycle_consult(&t.launcher, t.w.tx, &p, &second, 1,
			   RP_TEXT("Europe/Zurich"), id, &again),
	    RP_E_CONFLICT);
	/* One topic over several. */
	RP_CHECK_OK(rp_cycle_consult(&t.launcher, t.w.tx, &p, &second, 1,
	    RP_TEXT("Europe/Zurich"), 0, &again));
	RP_CHECK(again != id);
	RP_CHECK_OK(rp_cycle_list(&t.launcher, t.w.tx, &p, &queue));
	RP_CHECK(queue.n == 3 && queue.v[0].is_planned);
	RP_CHECK_OK(rp_consultation_launch(&t.launcher, t.w.tx, id));
	RP_CHECK_TEXT(proposed_get(&t, &t.w.nobody, 1).shown,
	    RP_TEXT("launched"));
	p = proposed_may(&t, &t.w.nobody);
	RP_CHECK_OK(rp_cycle_list(&t.w.nobody, t.w.tx, &p, &queue));
	RP_CHECK(queue.n == 2 && !queue.v[0].is_planned);
	p = proposed_may(&t, &t.chair);
	RP_CHECK_FAILS(rp_cycle_consult(&t.chair, t.w.tx, &p, both, 2,
			   RP_TEXT("Europe/Zurich"), 0, &id),
	    RP_E_DENIED);
}

RP_CHECK_MAIN({ "consulted", consulted })
