#include "domain/wording.h"

#include "base/check.h"
#include "domain/event.h"
#include "domain/testing/world.h"

static struct rp_wording_at
at(int64_t id, rp_text lang)
{
	return (struct rp_wording_at){ RP_TEXT("consultation"), id,
		RP_TEXT("title"), lang };
}

static void
set(struct world *w, const char *lang, enum rp_wording_status status,
    const char *body)
{
	struct rp_wording_at where = at(w->consultation_id, rp_text_z(lang));

	RP_CHECK_OK(
	    rp_wording_set(&w->system, w->tx, &where, status, rp_text_z(body)));
}

static void
check_pick(const struct world *w, const char *lang, const char *fallback,
    const char *want)
{
	struct rp_wordings all;

	RP_CHECK_OK(rp_wording_load(w->tx, RP_TEXT("consultation"),
	    w->consultation_id, &all));
	RP_CHECK_TEXT(rp_wording_text(&all, w->consultation_id,
			  RP_TEXT("title"), rp_text_z(lang),
			  rp_text_z(fallback)),
	    rp_text_z(want));
}

static void
the_best_language(void)
{
	RP_AUTO(world_close) struct world w;

	world_open(&w);
	check_pick(&w, "fr", "en", "");
	set(&w, "sw", RP_WORDING_COURTESY, "Mtandao");
	check_pick(&w, "fr", "ru", "Mtandao");
	set(&w, "pt", RP_WORDING_ORIGINAL, "A Internet");
	check_pick(&w, "fr", "ru", "A Internet");
	set(&w, "en", RP_WORDING_MACHINE, "The Internet");
	check_pick(&w, "fr", "ru", "The Internet");
	set(&w, "ru", RP_WORDING_OFFICIAL, "Интернет");
	check_pick(&w, "fr", "ru", "Интернет");
	set(&w, "fr-CA", RP_WORDING_COURTESY, "Internet (Québec)");
	check_pick(&w, "fr", "ru", "Internet (Québec)");
	set(&w, "fr", RP_WORDING_MACHINE, "L’Internet");
	check_pick(&w, "fr", "ru", "L’Internet");
	check_pick(&w, "fr-CH", "ru", "L’Internet");
	check_pick(&w, "ar", "xx", "The Internet");
}

static void
set_changed_removed(void)
{
	RP_AUTO(world_close) struct world w;
	const struct rp_wording *got;
	struct rp_wordings all;
	struct rp_events events;

	world_open(&w);
	set(&w, "EN-gb", RP_WORDING_ORIGINAL, "One");
	set(&w, "en-GB", RP_WORDING_ORIGINAL, "One");
	set(&w, "en-GB", RP_WORDING_ORIGINAL, "Two");
	RP_CHECK_OK(rp_wording_load_kind(w.tx, RP_TEXT("consultation"), &all));
	RP_CHECK(all.n == 1);
	got = rp_wording_find(&all, w.consultation_id, RP_TEXT("title"),
	    RP_TEXT("en-GB"));
	RP_CHECK(got != NULL && got->status == RP_WORDING_ORIGINAL);
	RP_CHECK_TEXT(got->body, RP_TEXT("Two"));
	RP_CHECK(got->changed_at == WORLD_NOW);
	set(&w, "en-GB", RP_WORDING_ORIGINAL, "");
	set(&w, "en-GB", RP_WORDING_ORIGINAL, "");
	RP_CHECK_OK(rp_wording_load(w.tx, RP_TEXT("consultation"),
	    w.consultation_id, &all));
	RP_CHECK(all.n == 0);
	/* What changed nothing is no act. */
	RP_CHECK_OK(rp_event_list(&w.system, w.tx,
	    &(struct rp_event_filter){ .group_id = w.group_id }, &events));
	RP_CHECK(events.n == 3);
	RP_CHECK_TEXT(events.v[1].after,
	    RP_TEXT("title [en-GB, original] Two"));
	RP_CHECK_TEXT(events.v[0].after, RP_TEXT(""));
}

static void
many_owners(void)
{
	RP_AUTO(world_close) struct world w;
	struct q_world_question_row q;
	struct rp_wordings all;

	world_open(&w);
	RP_CHECK_OK(q_world_question(w.tx,
	    &(struct q_world_question_param){ .consultation_id =
						  w.consultation_id,
		.position = 2 },
	    &q));
	for (int i = 0; i < 2; i++)
		RP_CHECK_OK(rp_wording_set(&w.system, w.tx,
		    &(struct rp_wording_at){ RP_TEXT("question"),
			i ? w.question_id : q.id, RP_TEXT("text"),
			RP_TEXT("zh") },
		    RP_WORDING_ORIGINAL, i ? RP_TEXT("一") : RP_TEXT("二")));
	RP_CHECK_OK(rp_wording_load_questions(w.tx, w.consultation_id, &all));
	RP_CHECK(all.n == 2);
	RP_CHECK_TEXT(rp_wording_text(&all, w.question_id, RP_TEXT("text"),
			  RP_TEXT("zh"), RP_TEXT("en")),
	    RP_TEXT("一"));
	RP_CHECK_TEXT(rp_wording_text(&all, q.id, RP_TEXT("text"),
			  RP_TEXT("zh"), RP_TEXT("en")),
	    RP_TEXT("二"));
	RP_CHECK(rp_wording_pick(&all, 12345, RP_TEXT("text"), RP_TEXT("zh"),
		     RP_TEXT("en")) == NULL);
	RP_CHECK_OK(
	    rp_wording_load_questions(w.tx, w.consultation_id + 1, &all));
	RP_CHECK(all.n == 0);
}

static void
who_may(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_wording_at en, fr,
	    answer = { RP_TEXT("answer"), 1, RP_TEXT("body"), RP_TEXT("fr") };
	struct rp_actor translator, chair;

	world_open(&w);
	en = at(w.consultation_id, RP_TEXT("en"));
	fr = at(w.consultation_id, RP_TEXT("fr"));
	translator =
	    world_staff(&w, "T", RP_MAY_TRANSLATE, RP_ON_GROUP, w.group_id);
	chair = world_staff(&w, "C", RP_MAY_LAUNCH, RP_ON_GROUP, w.group_id);
	RP_CHECK_FAILS(rp_wording_set(&translator, w.tx, &en,
			   RP_WORDING_ORIGINAL, RP_TEXT("x")),
	    RP_E_DENIED);
	RP_CHECK_FAILS(rp_wording_set(&w.nobody, w.tx, &en, RP_WORDING_ORIGINAL,
			   RP_TEXT("x")),
	    RP_E_UNKNOWN);
	RP_CHECK_OK(rp_wording_set(&chair, w.tx, &en, RP_WORDING_ORIGINAL,
	    RP_TEXT("x")));
	RP_CHECK_OK(rp_wording_set(&translator, w.tx, &fr, RP_WORDING_COURTESY,
	    RP_TEXT("x")));
	/* A translation does not take the original's place. */
	RP_CHECK_FAILS(rp_wording_set(&translator, w.tx, &en,
			   RP_WORDING_COURTESY, RP_TEXT("y")),
	    RP_E_DENIED);
	RP_CHECK_OK(rp_wording_set(&chair, w.tx, &fr, RP_WORDING_OFFICIAL,
	    RP_TEXT("x")));
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &answer,
			   RP_WORDING_ORIGINAL, RP_TEXT("x")),
	    RP_E_INVALID);
}

static void
limits(void)
{
	RP_AUTO(world_close) struct world w;
	struct rp_wording_at bad;
	char *huge;

	world_open(&w);
	huge = rp_alloc(w.a, RP_WORDING_MAX + 2);
	memset(huge, 'x', RP_WORDING_MAX + 1);
	bad = at(w.consultation_id, RP_TEXT("en"));
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &bad,
			   RP_WORDING_OFFICIAL,
			   (rp_text){ huge, RP_WORDING_MAX + 1 }),
	    RP_E_LIMIT);
	RP_CHECK_OK(rp_wording_set(&w.system, w.tx, &bad, RP_WORDING_OFFICIAL,
	    (rp_text){ huge, RP_WORDING_MAX }));
	bad.lang = RP_TEXT("e");
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &bad,
			   RP_WORDING_OFFICIAL, RP_TEXT("x")),
	    RP_E_INVALID);
	bad = at(w.consultation_id, RP_TEXT("en"));
	bad.field = RP_TEXT("Title!");
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &bad,
			   RP_WORDING_OFFICIAL, RP_TEXT("x")),
	    RP_E_INVALID);
	bad = at(w.consultation_id, RP_TEXT("en"));
	bad.owner_kind = RP_TEXT("person");
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &bad,
			   RP_WORDING_OFFICIAL, RP_TEXT("x")),
	    RP_E_INVALID);
	bad = at(w.consultation_id + 1, RP_TEXT("en"));
	RP_CHECK_FAILS(rp_wording_set(&w.system, w.tx, &bad,
			   RP_WORDING_OFFICIAL, RP_TEXT("x")),
	    RP_E_NOTFOUND);
}

RP_CHECK_MAIN({ "the best language", the_best_language },
    { "set, changed, removed", set_changed_removed },
    { "many owners", many_owners }, { "who may", who_may },
    { "limits", limits })
