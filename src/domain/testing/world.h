/*
 * world - what the domain's tests stand on: a migrated database with a body, a
 * group, a consultation with a question, and a transaction that is open. On
 * SQLite in memory; on PostgreSQL if RP_TEST_ENGINE is "pg" and there is one
 * (store/test_db.h).
 */
#ifndef RP_DOMAIN_TESTING_WORLD_H
#define RP_DOMAIN_TESTING_WORLD_H

#include "domain/actor.h"
#include "store/db.h"
#include "store/q_world.h"

#define WORLD_NOW INT64_C(1795248000000) /* 2026-11-21T08:00Z */

/* A meeting as it is typed; without its group. */
#define WORLD_MEETING                                                 \
	{                                                             \
		.series = RP_TEXT("WG-Water"), .ordinal = 20,         \
		.zone = RP_TEXT("UTC"),                               \
		.opens_local = RP_TEXT("2026-12-04T09:30"),           \
		.closes_local = RP_TEXT("2026-12-05T17:30"),          \
		.place = RP_TEXT("Geneva"), .mode = RP_TEXT("hybrid") \
	}

struct world {
	struct rp_arena *a;
	struct rp_db *db;
	struct rp_tx *tx;
	struct rp_env env;
	struct rp_actor system, nobody;
	int64_t body_id, group_id, consultation_id, question_id;
};

/* For `RP_AUTO(world_close) struct world w;` and world_open(&w) at once. */
void world_open(struct world *w);
/* The same in the database at `url`, which is new and empty. */
void world_open_at(struct world *w, const char *url);
void world_close(struct world *w);

/* Commit and begin again. */
void world_turn(struct world *w);

/* A new person with one right (RP_MAY_NOTHING: none), and the actor. */
struct rp_actor world_staff(struct world *w, const char *name,
    enum rp_capability what, enum rp_object_kind kind, int64_t object_id);

/* The actor anew: what was granted since. */
struct rp_actor world_again(struct world *w, const struct rp_actor *who);

#endif
