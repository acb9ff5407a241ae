/*
 * minutes - the record of an item: what was said, by whom, and how it ended.
 *
 * An intervention is a row of the private log: which delegation or person, in
 * which role, on which document, its words, language and stance. It is for the
 * secretariat and the Chair alone (RP_MAY_MEET on the group) and is published
 * nowhere. Interventions that said the same are put under one statement, a
 * sentence of the report; how many delegations stand behind it decides the
 * quantifier ("a member", "some members"), and their names are not told.
 *
 * An outcome is from the closed list of meeting_words.h and is of an item, of
 * one document under it, or of one statement. It has an effect on what it is
 * about (outcome_effect.c). Outcomes are seen by who sees the item.
 *
 * Everything here is an event; the audit trail holds no words of the log.
 */
#ifndef RP_DOMAIN_MINUTES_H
#define RP_DOMAIN_MINUTES_H

#include "domain/agenda.h"
#include "domain/speakers.h"

#define RP_INTERVENTION_WORDS_MAX 20000 /* octets */
#define RP_INTERVENTIONS_MAX 2000       /* under one item */
#define RP_STATEMENT_WORDS_MAX 4000     /* octets */
#define RP_STATEMENTS_MAX 400           /* under one item */
#define RP_ITEM_OUTCOMES_MAX 100
#define RP_OUTCOME_OBJECT_MAX 600       /* octets */
#define RP_OUTCOME_RESERVATION_MAX 4000 /* octets */

/* members, chair, secretariat, named; for, against, neutral. Each ended by an
 * empty text. A stance may be empty. */
extern const rp_text rp_speaker_roles[];
extern const rp_text rp_stances[];

struct rp_intervention {
	int64_t id;
	int64_t document_id;  /* under the item; 0: on none */
	int64_t statement_id; /* 0: under none yet */
	int64_t party_id;     /* 0: for nobody */
	int64_t person_id;    /* who has an account; read only */
	rp_text speaker;      /* the name; may be empty with a party */
	rp_text role;
	rp_text lang;  /* BCP 47; may be empty */
	rp_text words; /* as they were noted */
	rp_text stance;
	bool is_remote;
	int64_t at; /* 0: now */
};
struct rp_interventions RP_VEC(struct rp_intervention);

struct rp_statement {
	int64_t id, position;
	int64_t document_id; /* 0: on none */
	rp_text speaker;     /* one of the roles */
	rp_text name;        /* of "named" */
	bool is_all;         /* no member said otherwise */
	rp_text words;
	int64_t voices; /* delegations, and persons without; read only */
};
struct rp_statements RP_VEC(struct rp_statement);

struct rp_item_outcome {
	int64_t id, item_id;
	int64_t document_id, statement_id; /* 0: of the item itself */
	enum rp_outcome verb;
	rp_text object;      /* what it is about; may be empty */
	rp_text reservation; /* that a delegation had recorded */
	int64_t at;
};
struct rp_item_outcomes RP_VEC(struct rp_item_outcome);

struct rp_minutes {
	struct rp_agenda a;                    /* all items, and no parts */
	const struct rp_agenda_item *item;     /* in `a` */
	struct rp_interventions interventions; /* as they were made */
	struct rp_statements statements;       /* in the order of the report */
	struct rp_item_outcomes outcomes;
};

/* Needs RP_MAY_MEET. RP_E_NOTFOUND for an item of another meeting. */
struct rp_err *rp_minutes_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, rp_text lang,
    struct rp_minutes *out) RP_MUST_USE;

/* Of the items in `a`, which the reader has by rp_agenda_get(). */
struct rp_err *rp_outcome_list(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda *a,
    struct rp_item_outcomes *out) RP_MUST_USE;

/* How a document ended that was called several times: the last outcome of it;
 * RP_OUTCOME_NONE. */
enum rp_outcome rp_outcome_of_document(const struct rp_item_outcomes *all,
    int64_t document_id);

/* What is wrong with one that is to be stored. */
enum rp_minutes_problem {
	RP_MINUTES_FINE = 0,
	RP_MINUTES_BAD_WORDS, /* none, or too many */
	RP_MINUTES_BAD_ROLE,
	RP_MINUTES_BAD_SPEAKER, /* a member without party and name, a named one
				 * without name */
	RP_MINUTES_BAD_LANG,
	RP_MINUTES_BAD_STANCE,
	RP_MINUTES_BAD_VERB,
	RP_MINUTES_BAD_OBJECT,
};
enum rp_minutes_problem rp_intervention_check(const struct rp_intervention *i);
enum rp_minutes_problem rp_statement_check(const struct rp_statement *s);
enum rp_minutes_problem rp_outcome_check(const struct rp_item_outcome *o);

/*
 * All of these need RP_MAY_MEET. RP_E_INVALID if the check finds something;
 * RP_E_NOTFOUND for a document that is not under the item, a statement of
 * another item, a party of another body; RP_E_LIMIT.
 */
struct rp_err *rp_intervention_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_intervention *i, int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_intervention_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_intervention *i) RP_MUST_USE;
struct rp_err *rp_intervention_remove(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t item_id,
    int64_t id) RP_MUST_USE;

struct rp_err *rp_statement_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, const struct rp_statement *s,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_statement_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_statement *s) RP_MUST_USE;
/* Its interventions are under none again; outcomes of it go with it. */
struct rp_err *rp_statement_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id) RP_MUST_USE;
/* One place up (-1) or down (1). */
struct rp_err *rp_statement_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id,
    int by) RP_MUST_USE;

/* Put an intervention under a statement, or (0) under none. */
struct rp_err *rp_intervention_group(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t item_id, int64_t id,
    int64_t statement_id) RP_MUST_USE;

/*
 * Record how it ended, with the effect. RP_E_CONFLICT where the effect cannot
 * be: an agenda is adopted that changed since it was issued.
 */
struct rp_err *rp_outcome_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id,
    const struct rp_item_outcome *o, int64_t *out_id) RP_MUST_USE;
/* It was recorded by mistake: the effect is taken back. */
struct rp_err *rp_outcome_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t item_id, int64_t id) RP_MUST_USE;

#endif
