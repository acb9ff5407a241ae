/*
 * search - finding what one may see, over all groups and consultations.
 *
 * There is one entry per published response, one per launched consultation and
 * language, one per public version of an instrument, one per proposed topic,
 * and one per document of a meeting that was posted, with the words of its
 * files; of one that members alone read there is a second, with its title, if
 * everybody sees that. What members alone see has a token of its group, and
 * searches of others exclude it: it is in no result, no count and no page of
 * theirs. Its tokens are made by text/tokens.h, so both engines find the same.
 * Entries are written by the worker, after the transaction that published: each
 * such act leaves a task, and a task leads to the entry that fits what is
 * public then, or to none. What was redacted is never indexed.
 *
 * An entry's identifier is the second of its time times 2^20 and the lower bits
 * of what it is about (the next one that is free), so that the order of the
 * index is the order of time and results come newest first without sorting.
 *
 * Filters are tokens too, behind letters that no folded word contains: group,
 * language, consultation, category, country. Responses of consultations that
 * show them only after their deadline are excluded by them until then.
 */
#ifndef RP_DOMAIN_SEARCH_H
#define RP_DOMAIN_SEARCH_H

#include "domain/consultation.h"
#include "text/tokens.h"

#define RP_SEARCH_PAGE 20    /* results */
#define RP_COUNT_EXACT 10000 /* found things are counted up to here */
#define RP_SEARCH_BATCH 128  /* tasks prepared at once */
#define RP_SEARCH_OCTETS_MAX                            \
	((size_t)32 * 1024 * 1024) /* of tokens of them \
				    */

struct rp_search_query {
	rp_text words;
	rp_text lang;          /* of what is found; empty: any */
	int64_t group_id;      /* 0: all */
	rp_text kind;          /* of rp_search_kinds; empty: all */
	enum rp_lang reader;   /* decides whose stems a word may have */
	int64_t before, after; /* the place of a page, from rp_search_page */
	size_t max;            /* 0: RP_SEARCH_PAGE */
};

enum rp_search_kind {
	RP_FOUND_RESPONSE,
	RP_FOUND_CONSULTATION,
	RP_FOUND_VERSION,  /* of an instrument */
	RP_FOUND_DOCUMENT, /* of a meeting */
	RP_FOUND_TOPIC,
};

/* response, consultation, instrument, document, report, topic; ended by an
 * empty text. A report is a document, too. */
extern const rp_text rp_search_kinds[];

struct rp_search_hit {
	enum rp_search_kind kind;
	int64_t ref_id, consultation_id, consultation, number, at;
	rp_text group_slug, acronym; /* with them the address */
	rp_text title, excerpt, lang;
	rp_text place; /* of a version: "resolution-102/2"; of a document:
			* "20/documents/3" */
};

struct rp_search_hits RP_VEC(struct rp_search_hit);

struct rp_search_page {
	struct rp_search_hits hits;
	int64_t count; /* at most RP_COUNT_EXACT */
	bool more_than;
	int64_t previous, next; /* for `after`, for `before`; 0: no such page */
	bool asked;             /* there was a word in the query */
};

struct rp_err *rp_search_find(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_query *q, struct rp_search_page *out) RP_MUST_USE;

/* "response", "consultation", "version", "document", "topic". */
rp_text rp_search_kind_name(enum rp_search_kind kind);

/* For domain/catalog.c: responses of a consultation, by the same index. */
struct rp_search_terms {
	rp_text fts, ts; /* for the one engine and the other; empty: no words */
};
struct rp_err *rp_search_terms_of(const struct rp_actor *who, struct rp_tx *tx,
    rp_text words, enum rp_lang reader, int64_t consultation_id,
    rp_text category, rp_text country, rp_text lang,
    struct rp_search_terms *out) RP_MUST_USE;

/* Indexing. Preparing reads and makes tokens; storing writes. */
struct rp_search_entry {
	int64_t task_id; /* 0: of no task */
	rp_text kind;    /* as rp_search_kind_name() */
	int64_t ref_id, group_id, consultation_id, number, at;
	rp_text lang, title, excerpt, place, tokens;
	bool clears; /* the first of its ref: what was there goes */
	bool gone;   /* nothing takes its place */
};

struct rp_search_entries RP_VEC(struct rp_search_entry);

/* What tasks ask for, at most RP_SEARCH_BATCH. For the system only. */
struct rp_err *rp_search_prepare(const struct rp_actor *who, struct rp_tx *tx,
    struct rp_search_entries *out) RP_MUST_USE;

/* Consultations whose texts changed since they were indexed last. */
struct rp_err *rp_search_prepare_consultations(const struct rp_actor *who,
    struct rp_tx *tx, struct rp_search_entries *out) RP_MUST_USE;

/* Write one; and remember that consultations were indexed at who->now. */
struct rp_err *rp_search_store(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_search_entry *e) RP_MUST_USE;
struct rp_err *rp_search_mark(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

/* All of it in this transaction: for commands that nobody waits behind. */
struct rp_err *rp_search_index_all(const struct rp_actor *who,
    struct rp_tx *tx) RP_MUST_USE;

#endif
