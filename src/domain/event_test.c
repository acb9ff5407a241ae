#include "domain/event.h"

#include "base/check.h"
#include "domain/testing/world.h"

static void
act(struct world *w, const struct rp_actor *who, rp_text action, rp_text after)
{
	RP_CHECK_OK(rp_event_write(who, w->tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("consultation"),
		.object_id = w->consultation_id,
		.group_id = w->group_id,
		.before = RP_TEXT("before"),
		.after = after }));
}

static void
written_and_listed(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_actor ana, auditor;
	struct rp_events got;

	world_open(&w);
	ana = world_staff(&w, "Ana", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	auditor = world_staff(&w, "Au", RP_MAY_AUDIT, RP_ON_GROUP, w.group_id);
	act(&w, &ana, RP_TEXT("consultation.extend"), RP_TEXT("一"));
	act(&w, &w.system, RP_TEXT("consultation.launch"), RP_TEXT(""));
	RP_CHECK_OK(rp_event_list(&auditor, w.tx,
	    &(struct rp_event_filter){ .group_id = w.group_id }, &got));
	RP_CHECK(got.n == 2 && got.v[0].person_id == 0);
	RP_CHECK(got.v[1].person_id == ana.person_id && !got.v[1].erased);
	RP_CHECK_TEXT(got.v[1].person, RP_TEXT("Ana"));
	RP_CHECK_TEXT(got.v[1].before, RP_TEXT("before"));
	RP_CHECK_TEXT(got.v[1].after, RP_TEXT("一"));
	RP_CHECK_OK(rp_event_list(&auditor, w.tx,
	    &(struct rp_event_filter){ .group_id = w.group_id,
		.below_id = got.v[0].id },
	    &got));
	RP_CHECK(got.n == 1);
	RP_CHECK_TEXT(got.v[0].action, RP_TEXT("consultation.extend"));
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ .body_id = w.body_id,
		.person_id = ana.person_id },
	    &got));
	RP_CHECK(got.n == 1);
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ .object_kind = RP_TEXT("body") }, &got));
	RP_CHECK(got.n == 0);
}

static void
refusals(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_filter in_group = { 0 }, all = { 0 };
	struct rp_event_check check;
	struct rp_actor auditor, checker;
	struct rp_events got;
	int64_t n;

	world_open(&w);
	in_group.group_id = w.group_id;
	auditor = world_staff(&w, "Au", RP_MAY_AUDIT, RP_ON_GROUP, w.group_id);
	checker = world_staff(&w, "Ch", RP_MAY_CHECK, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_event_list(&w.nobody, w.tx, &in_group, &got),
	    RP_E_UNKNOWN);
	RP_CHECK_FAILS(rp_event_list(&checker, w.tx, &in_group, &got),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_event_list(&auditor, w.tx, &all, &got), RP_E_DENIED);
	RP_CHECK_FAILS(rp_event_verify(&auditor, w.tx, 0, &check), RP_E_DENIED);
	RP_CHECK_FAILS(rp_event_erase(&auditor, w.tx, RP_TEXT("consultation"),
			   w.consultation_id, &n),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_event_erase(&auditor, w.tx, RP_TEXT("person"), 1, &n),
	    RP_E_DENIED);
}

static void
erased_texts_do_not_break_the_trail(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_check check;
	struct rp_actor eraser;
	struct rp_events got;
	int64_t n;

	world_open(&w);
	eraser = world_staff(&w, "Er", RP_MAY_ERASE, RP_ON_GROUP, w.group_id);
	act(&w, &w.system, RP_TEXT("consultation.extend"), RP_TEXT("a"));
	act(&w, &w.system, RP_TEXT("consultation.extend"), RP_TEXT("b"));
	RP_CHECK_OK(rp_event_verify(&w.system, w.tx, 0, &check));
	RP_CHECK(check.checked == 2 && check.broken.n == 0);
	RP_CHECK_OK(rp_event_erase(&eraser, w.tx, RP_TEXT("consultation"),
	    w.consultation_id, &n));
	RP_CHECK(n == 2);
	RP_CHECK_OK(rp_event_verify(&w.system, w.tx, 0, &check));
	RP_CHECK(check.checked == 1 && check.erased == 2);
	RP_CHECK(check.broken.n == 0);
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ 0 }, &got));
	RP_CHECK(got.n == 3 && got.v[2].erased && got.v[2].after.n == 0);
	RP_CHECK_TEXT(got.v[0].action, RP_TEXT("event.erase"));
}

static void
a_changed_text_is_found(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_event_check check;
	struct rp_events got;
	int64_t n;

	world_open(&w);
	act(&w, &w.system, RP_TEXT("consultation.extend"), RP_TEXT("a"));
	act(&w, &w.system, RP_TEXT("consultation.extend"), RP_TEXT("b"));
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ 0 }, &got));
	RP_CHECK_OK(q_world_event_spoil(w.tx,
	    &(struct q_world_event_spoil_param){ .event_id = got.v[0].id },
	    &n));
	RP_CHECK_OK(rp_event_verify(&w.system, w.tx, 0, &check));
	RP_CHECK(check.broken.n == 1 && check.broken.v[0] == got.v[0].id);
}

RP_CHECK_MAIN({ "written and listed", written_and_listed },
    { "refusals", refusals },
    { "erased texts do not break the trail",
	erased_texts_do_not_break_the_trail },
    { "a changed text is found", a_changed_text_is_found })
