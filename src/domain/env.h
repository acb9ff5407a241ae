/*
 * env - what the rules of the domain are given from outside.
 *
 * One per process, opened by `proc` and handed down in the actor: ICU's
 * contexts, the installation's keys and limits. Nothing in `domain` asks the
 * system for time, randomness or settings by itself. A test fills in what its
 * module uses and owns the randomness.
 */
#ifndef RP_DOMAIN_ENV_H
#define RP_DOMAIN_ENV_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct rp_names;
struct rp_words;
struct rp_collation;
struct rp_countries;
struct rp_tokenizer;
struct rp_zones;

#define RP_KEY_SIZE 32

struct rp_env {
	const struct rp_names *names;         /* domain names, addresses */
	struct rp_words *words;               /* word and sentence bounds */
	struct rp_tokenizer *tokens;          /* search tokens */
	const struct rp_collation *collation; /* sort keys, six languages */
	const struct rp_countries *countries; /* ISO 3166, names by language */
	struct rp_zones *zones;          /* time zones, opened when asked */
	void (*rand)(void *p, size_t n); /* rp_rand_fill, or a test's */
	uint8_t key[RP_KEY_SIZE];        /* from rp_installation_key() */
	rp_text public_url;              /* no slash at the end */
	bool mail_configured;
	int64_t form_age_min;    /* ms; a form sent faster is held */
	int64_t session_max_age; /* ms */
	int64_t access_log_age;  /* ms; rows older than this go */
};

#endif
