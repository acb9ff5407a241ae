/*
 * floor - a consultation that is being answered: what tests of lists, search
 * and pages stand on. world.h with everything that submitting, publishing and
 * searching need, and a few lines to do it by.
 */
#ifndef RP_DOMAIN_TESTING_FLOOR_H
#define RP_DOMAIN_TESTING_FLOOR_H

#include "domain/response.h"
#include "domain/testing/world.h"

struct floor {
	struct world w;
	struct rp_collation *collation;
	struct rp_countries *countries;
	struct rp_actor clerk; /* may check, redact, translate */
	struct rp_consultation c;
};

/* For `RP_AUTO(floor_close) struct floor f;` and floor_open(&f) at once. */
void floor_open(struct floor *f);
/* The same in the database at `url`, which is new and empty. */
void floor_open_at(struct floor *f, const char *url);
void floor_close(struct floor *f);

/* The form filled in: an organisation of Peru in Spanish, in full. */
void floor_fill(struct floor *f, struct rp_submission *s, const char *source,
    const char *body);
struct rp_receipt floor_send(struct floor *f, struct rp_submission *s);
/* Publish it; returns its number. */
int64_t floor_publish(struct floor *f, const struct rp_receipt *r);

/* All three, by the source's name and country, category, language. */
int64_t floor_answer(struct floor *f, const char *source, const char *country,
    const char *category, const char *lang, const char *body);

/* The consultation anew. */
void floor_again(struct floor *f);

#endif
