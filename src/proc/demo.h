/*
 * demo - the demonstration body, loaded from demo/ through the domain.
 *
 * Private to cmd_demo.c and the files beside it. What is in the files is told
 * by demo/README.md; days in them count from the day of loading, so the same
 * files make the same body on any day. Everything happens in one transaction:
 * a file that is wrong leaves an empty database.
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_PROC_DEMO_H
#define RP_PROC_DEMO_H

#include "base/err.h"
#include "base/vec.h"
#include "codec/json.h"
#include "domain/response.h"

#define RP_DEMO_TEXT_MAX ((size_t)200000) /* octets of one text */

/* A person of the secretariat, in whose name responses are worked on. */
struct rp_demo_clerks RP_VEC(int64_t);

struct rp_demo_consultation {
	int64_t id, number;
	int64_t first_day; /* the opening, days from 1970 */
	int64_t responses; /* how many were loaded */
};

struct rp_demo_consultations RP_VEC(struct rp_demo_consultation);

/* Which response an address sent, for the translations. */
struct rp_demo_sent {
	int64_t consultation_number, response_id;
	rp_text email;
};

struct rp_demo_sents RP_VEC(struct rp_demo_sent);

struct rp_demo {
	struct rp_arena *arena; /* lives as long as the loading */
	const struct rp_env *env;
	struct rp_tx *tx;
	int64_t now, today; /* instant; days from 1970 in the body's zone */
	rp_text folder, zone;
	int64_t body_id, group_id;
	struct rp_demo_clerks clerks;
	struct rp_demo_consultations consultations;
	struct rp_demo_sents sent;
	void (*progress)(struct rp_demo *d, const char *what, int64_t done);
};

/* A file of the folder, whole. */
struct rp_err *rp_demo_read(struct rp_arena *a, const struct rp_demo *d,
    const char *name, rp_bytes *out) RP_MUST_USE;

/* The steps, in this order. */
struct rp_err *rp_demo_body(struct rp_demo *d) RP_MUST_USE;
struct rp_err *rp_demo_instruments(struct rp_demo *d) RP_MUST_USE;
struct rp_err *rp_demo_consultations(struct rp_demo *d) RP_MUST_USE;
struct rp_err *rp_demo_responses(struct rp_demo *d, size_t which) RP_MUST_USE;
struct rp_err *rp_demo_translations(struct rp_demo *d) RP_MUST_USE;
/* Only where it is asked for: the sessions and a published summary of a closed
 * one. */
struct rp_err *rp_demo_themes(struct rp_demo *d) RP_MUST_USE;

/* The part of that: "sessions" of `root`. */
struct rp_consultation;
struct rp_err *rp_demo_sessions(struct rp_demo *d,
    const struct rp_consultation *c, const struct rp_json *root) RP_MUST_USE;

/* What the steps share. */

/* The system at an instant. */
struct rp_actor rp_demo_system(const struct rp_demo *d, int64_t at);

/* The member `name`, empty if it is absent or null. */
struct rp_err *rp_demo_text(struct rp_arena *a, const struct rp_json *o,
    const char *name, rp_text *out) RP_MUST_USE;
/* `fallback` if it is absent. */
struct rp_err *rp_demo_i64(const struct rp_json *o, const char *name,
    int64_t fallback, int64_t *out) RP_MUST_USE;

/* Local time of a day and "HH:MM". */
rp_text rp_demo_local(struct rp_arena *a, int64_t day, rp_text time);

/* The same as an instant, in the body's zone. */
struct rp_err *rp_demo_instant(struct rp_arena *a, const struct rp_demo *d,
    int64_t day, rp_text time, int64_t *out) RP_MUST_USE;

/* Set the texts of `o`, an object of language and text: English first, as the
 * original, the others as official. */
struct rp_err *rp_demo_wording(const struct rp_demo *d, struct rp_actor who,
    rp_text owner_kind, int64_t owner_id, rp_text field,
    const struct rp_json *o) RP_MUST_USE;

#endif
