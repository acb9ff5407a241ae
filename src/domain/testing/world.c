#include "domain/testing/world.h"

#include "base/check.h"
#include "base/rand.h"
#include "store/test_db.h"
#include "text/zone.h"

static bool
on_pg(void)
{
	const char *engine = getenv("RP_TEST_ENGINE");

	return engine != NULL && strcmp(engine, "pg") == 0 && rp_test_has_pg();
}

void
world_open(struct world *w)
{
	char url[RP_TEST_URL_MAX] = ":memory:";

	if (on_pg())
		rp_test_db_pg(url);
	world_open_at(w, url);
}

void
world_open_at(struct world *w, const char *url)
{
	struct q_world_consultation_row c;
	struct q_world_question_row q;
	struct q_world_group_row g;
	struct q_world_body_row b;
	int applied;

	*w = (struct world){ .a = rp_arena_new((size_t)256 << 20) };
	w->env = (struct rp_env){ .rand = rp_rand_fill,
		.zones = rp_zones_new(),
		.public_url = RP_TEXT("http://[::1]:8080"),
		.session_max_age = INT64_C(12) * 3600 * 1000 };
	memset(w->env.key, 5, sizeof(w->env.key));
	RP_CHECK_OK(rp_db_open(url, &w->db));
	RP_CHECK_OK(rp_migrate(w->db, &applied));
	RP_CHECK_OK(rp_tx_begin(w->db, w->a, RP_TX_WRITE, &w->tx));
	RP_CHECK_OK(q_world_body(w->tx,
	    &(struct q_world_body_param){ .slug = RP_TEXT("itu"),
		.acronym = RP_TEXT("ITU"),
		.now = WORLD_NOW },
	    &b));
	RP_CHECK_OK(q_world_group(w->tx,
	    &(struct q_world_group_param){ .body_id = b.id,
		.slug = RP_TEXT("cwg-internet"),
		.now = WORLD_NOW },
	    &g));
	RP_CHECK_OK(q_world_consultation(w->tx,
	    &(struct q_world_consultation_param){ .group_id = g.id,
		.number = 1,
		.now = WORLD_NOW },
	    &c));
	RP_CHECK_OK(q_world_question(w->tx,
	    &(struct q_world_question_param){ .consultation_id = c.id,
		.position = 1 },
	    &q));
	w->body_id = b.id;
	w->group_id = g.id;
	w->consultation_id = c.id;
	w->question_id = q.id;
	w->system = rp_actor_system(&w->env, WORLD_NOW);
	w->nobody = rp_actor_public(&w->env, WORLD_NOW);
}

void
world_close(struct world *w)
{
	rp_arena_free(w->a);
	rp_db_close(w->db);
	rp_zones_free(w->env.zones);
}

void
world_turn(struct world *w)
{
	RP_CHECK_OK(rp_tx_commit(w->tx));
	RP_CHECK_OK(rp_tx_begin(w->db, w->a, RP_TX_WRITE, &w->tx));
}

struct rp_actor
world_staff(struct world *w, const char *name, enum rp_capability what,
    enum rp_object_kind kind, int64_t object_id)
{
	struct rp_actor who = rp_actor_public(&w->env, WORLD_NOW);
	struct q_world_person_row p;

	RP_CHECK_OK(q_world_person(w->tx,
	    &(struct q_world_person_param){ .name = rp_text_z(name),
		.now = WORLD_NOW },
	    &p));
	if (what != RP_MAY_NOTHING)
		RP_CHECK_OK(q_world_right(w->tx,
		    &(struct q_world_right_param){ .person_id = p.id,
			.capability = rp_capability_name(what),
			.object_kind = rp_object_kind_name(kind),
			.object_id = object_id }));
	RP_CHECK_OK(rp_actor_load(w->tx, p.id, &who));
	return who;
}

struct rp_actor
world_again(struct world *w, const struct rp_actor *who)
{
	struct rp_actor again = *who;

	RP_CHECK_OK(rp_actor_load(w->tx, who->person_id, &again));
	return again;
}
