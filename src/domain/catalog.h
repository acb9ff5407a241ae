/*
 * catalog - the list of published responses of a consultation.
 *
 * Filtered by category, country, language and words; sorted by the time of
 * receipt, by source in the reader's collation, by country or category in the
 * reader's order; in pages that begin at a place (a cursor), not at a number,
 * so that page 20,000 costs what the first does. Counts come from the tally and
 * are exact; with words they are exact to RP_COUNT_EXACT.
 *
 * How much is read stays within bounds for a million rows: without words a page
 * walks the index that fits the sort, from the most selective filter on, or, if
 * so few are left that this reads less (RP_CATALOG_FEW at most), takes them all
 * and sorts them here. With words the full-text index answers, newest first;
 * other sorts then look at the newest RP_CATALOG_FOUND found.
 *
 * Everything here is public. All functions answer RP_E_NOTFOUND while the
 * consultation does not show its responses.
 */
#ifndef RP_DOMAIN_CATALOG_H
#define RP_DOMAIN_CATALOG_H

#include "domain/consultation.h"
#include "text/lang.h"

#define RP_CATALOG_PAGE 50
#define RP_CATALOG_FEW 4000        /* sorted here at most */
#define RP_CATALOG_FOUND 1200      /* found by words, sorted here at most */
#define RP_CATALOG_WORDS_MAX 1000  /* octets of a query */
#define RP_CATALOG_CURSOR_MAX 3000 /* octets */

enum rp_catalog_sort {
	RP_SORT_NEWEST,
	RP_SORT_OLDEST,
	RP_SORT_SOURCE,
	RP_SORT_COUNTRY,
	RP_SORT_CATEGORY,
	RP_SORT_COUNT
};

/* "newest", "oldest", "source", "country", "category". */
rp_text rp_catalog_sort_name(enum rp_catalog_sort sort);
bool rp_catalog_sort_from(rp_text name, enum rp_catalog_sort *out);

struct rp_catalog_filter {
	rp_text category, country, lang, words; /* empty: all */
	enum rp_lang reader;
	enum rp_catalog_sort sort;
	rp_text cursor; /* from rp_catalog_page; empty: the first page */
	bool back;      /* the page before the cursor */
	size_t max;     /* 0: RP_CATALOG_PAGE */
};

struct rp_catalog_row {
	int64_t id, number, received_at, published_at, words, attachments;
	rp_text source, person, category, country, lang, excerpt;
};

struct rp_catalog_rows RP_VEC(struct rp_catalog_row);

struct rp_catalog_page {
	struct rp_catalog_rows rows;
	int64_t count;
	bool more_than;
	rp_text previous, next; /* cursors; empty: no such page */
};

/* RP_E_INVALID for a cursor that is none. */
struct rp_err *rp_catalog_page(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, const struct rp_catalog_filter *f,
    struct rp_catalog_page *out) RP_MUST_USE;

struct rp_catalog_value {
	rp_text value;
	int64_t responses, words;
};

struct rp_catalog_values RP_VEC(struct rp_catalog_value);

/* Of the tally: category, country, region, lang, day, all, first. Most
 * responses first. */
struct rp_err *rp_catalog_values(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, rp_text dimension,
    struct rp_catalog_values *out) RP_MUST_USE;

/* Public marks of responses that were withdrawn. */
struct rp_err *rp_catalog_withdrawn(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c,
    int64_t *out) RP_MUST_USE;

/* Those with the most words. */
struct rp_err *rp_catalog_longest(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, size_t max,
    struct rp_catalog_rows *out) RP_MUST_USE;

/* How many words the `n` longest have together. */
struct rp_err *rp_catalog_longest_words(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_consultation *c, int64_t n,
    int64_t *out) RP_MUST_USE;

/* Published last, for feeds. */
struct rp_err *rp_catalog_recent(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_consultation *c, size_t max,
    struct rp_catalog_rows *out) RP_MUST_USE;

#endif
