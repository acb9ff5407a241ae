/* catalog_private - places in an order, which the ways to read share. */
#ifndef RP_DOMAIN_CATALOG_PRIVATE_H
#define RP_DOMAIN_CATALOG_PRIVATE_H

#include "domain/catalog.h"

/* Where a page begins: after (or before) the row with these values. */
struct rp_catalog_place {
	bool given;
	rp_text group; /* the country or category, for these two sorts */
	rp_bytes key;  /* of the source */
	int64_t at, id;
};

struct rp_catalog_walk {
	const struct rp_actor *who;
	struct rp_tx *tx;
	const struct rp_consultation *c;
	const struct rp_catalog_filter *f;
	struct rp_catalog_place place;
	size_t max; /* rows wanted: one more than the page */
	rp_text category, country, lang;
	struct rp_catalog_values order; /* groups in the reader's order */
};

/* Each row with its place. */
struct rp_catalog_step {
	struct rp_catalog_row row;
	rp_bytes key;
};
struct rp_catalog_steps RP_VEC(struct rp_catalog_step);

enum rp_catalog_lead {
	RP_LEAD_NONE,
	RP_LEAD_CATEGORY,
	RP_LEAD_COUNTRY,
	RP_LEAD_LANG
};

/* catalog_walk.c: along an index. */
struct rp_err *rp_catalog_walk_received(const struct rp_catalog_walk *w,
    enum rp_catalog_lead lead, bool up, struct rp_catalog_place from,
    size_t max, struct rp_catalog_steps *out) RP_MUST_USE;
struct rp_err *rp_catalog_walk_source(const struct rp_catalog_walk *w,
    struct rp_catalog_steps *out) RP_MUST_USE;
struct rp_err *rp_catalog_walk_groups(const struct rp_catalog_walk *w,
    struct rp_catalog_steps *out) RP_MUST_USE;

/* catalog_few.c: what is few, or found by words, sorted here. */
struct rp_err *rp_catalog_few(const struct rp_catalog_walk *w,
    enum rp_catalog_lead lead, struct rp_catalog_steps *out) RP_MUST_USE;
struct rp_err *rp_catalog_few_of(const struct rp_catalog_walk *w,
    const int64_t *ids, size_t n, struct rp_catalog_steps *out) RP_MUST_USE;

/* The rows of these, in this order; those that are gone are left out. */
struct rp_err *rp_catalog_by_ids(struct rp_tx *tx, const int64_t *ids, size_t n,
    struct rp_catalog_steps *out) RP_MUST_USE;

#define RP_CATALOG_ROW(r)                                 \
	((struct rp_catalog_row){ .id = (r)->response_id, \
	    .number = (r)->number,                        \
	    .received_at = (r)->received_at,              \
	    .published_at = (r)->published_at,            \
	    .words = (r)->words,                          \
	    .attachments = (r)->attachments,              \
	    .source = (r)->source,                        \
	    .person = (r)->person,                        \
	    .category = (r)->category,                    \
	    .country = (r)->country,                      \
	    .lang = (r)->lang,                            \
	    .excerpt = (r)->excerpt })

#endif
