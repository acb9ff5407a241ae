#include "domain/place.h"

#include "base/check.h"
#include "domain/testing/world.h"

static void
things_lie_somewhere(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_place p;

	world_open(&w);
	RP_CHECK_OK(rp_place_of(w.tx, RP_TEXT("question"), w.question_id, &p));
	RP_CHECK(p.body_id == w.body_id && p.group_id == w.group_id &&
		 p.consultation_id == w.consultation_id);
	RP_CHECK_OK(rp_place_of(w.tx, RP_TEXT("group"), w.group_id, &p));
	RP_CHECK(p.body_id == w.body_id && p.group_id == w.group_id &&
		 p.consultation_id == 0);
	RP_CHECK_OK(rp_place_of(w.tx, RP_TEXT("body"), w.body_id, &p));
	RP_CHECK(p.body_id == w.body_id && p.group_id == 0);
	RP_CHECK_OK(rp_place_of(w.tx, RP_TEXT("system"), 0, &p));
	RP_CHECK(p.body_id == 0 && p.group_id == 0);
	RP_CHECK_FAILS(rp_place_of(w.tx, RP_TEXT("response"), 99, &p),
	    RP_E_NOTFOUND);
	RP_CHECK_FAILS(rp_place_of(w.tx, RP_TEXT("moon"), 1, &p), RP_E_INVALID);
}

static void
rights_there(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor in, out;

	world_open(&w);
	in = world_staff(&w, "In", RP_MAY_CHECK, RP_ON_BODY, w.body_id);
	out = world_staff(&w, "Out", RP_MAY_CHECK, RP_ON_BODY, w.body_id + 1);
	RP_CHECK_OK(rp_place_needs(&in, w.tx, RP_MAY_CHECK,
	    RP_TEXT("consultation"), w.consultation_id));
	RP_CHECK_FAILS(rp_place_needs(&out, w.tx, RP_MAY_CHECK,
			   RP_TEXT("consultation"), w.consultation_id),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_place_needs(&w.nobody, w.tx, RP_MAY_CHECK,
			   RP_TEXT("consultation"), w.consultation_id),
	    RP_E_UNKNOWN);
}

RP_CHECK_MAIN({ "things lie somewhere", things_lie_somewhere },
    { "rights there", rights_there })
