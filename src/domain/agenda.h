/*
 * agenda - the parts of a meeting and the items of its agenda.
 *
 * A part ("the first half") has an access of its own: "public" or "members",
 * times of its own within the meeting, and somebody who presides, or acts. An
 * item lies in one part or in none; those in none have the access of members.
 * Titles are wording (owners "meeting_part" and "agenda_item", field "title");
 * an item without one is called by its kind.
 *
 * Who sees what: everything RP_MAY_READ or RP_MAY_MEET on the group; everybody
 * the parts with access "public" and the items in them; a guest of an item
 * (guest.h) that item too, without its part. What somebody does not see is not
 * there, and the numbers of the items that he sees have no gap.
 *
 * The agenda is issued as a document of the register, again as "(Rev.1)" when
 * it has changed since. What is adopted is a revision: "adopted" is the first,
 * "adopted as revised" a later one.
 *
 * All functions that change something need RP_MAY_MEET on the group and are
 * events.
 */
#ifndef RP_DOMAIN_AGENDA_H
#define RP_DOMAIN_AGENDA_H

#include "domain/meeting_document.h"
#include "text/meeting_words.h"

#define RP_AGENDA_PARTS_MAX 12
#define RP_AGENDA_ITEMS_MAX 100
#define RP_AGENDA_DOCUMENTS_MAX 60 /* under one item */
#define RP_AGENDA_TITLE_MAX 600    /* octets */
#define RP_AGENDA_MINUTES_MAX 600  /* set aside for one item */

struct rp_meeting_part {
	int64_t id, position;
	rp_text access; /* public, members */
	rp_text opens_local, closes_local;
	int64_t opens_at, closes_at; /* read only */
	int64_t chair_id, acting_id; /* 0: nobody of its own */
	rp_text chair, acting;       /* their names; read only */
	bool has_captions;           /* read only */
	struct rp_wording title;     /* read only */
};
struct rp_meeting_parts RP_VEC(struct rp_meeting_part);

struct rp_agenda_documents RP_VEC(int64_t);

struct rp_agenda_item {
	int64_t id, position;
	int64_t part_id; /* 0: none */
	int64_t number;  /* from 1, of what is seen; read only */
	enum rp_report_kind kind;
	int64_t minutes;         /* 0: no time set aside */
	rp_text state;           /* planned, open, closed; read only */
	struct rp_wording title; /* may be empty; read only */
	struct rp_agenda_documents documents; /* in the order of their call */
	struct rp_agenda_documents numbers;   /* theirs; read only */
};
struct rp_agenda_items RP_VEC(struct rp_agenda_item);

struct rp_agenda {
	struct rp_meeting_parts parts;
	struct rp_agenda_items items; /* part by part, those of none first */
	int64_t document_id;          /* 0: was not issued */
	int64_t revision;
	bool is_changed; /* since it was issued, or it was not */
	int64_t issued_at;
	int64_t adopted_revision; /* -1: none */
	int64_t adopted_at;
};

/* Titles in `lang` where they are there. */
struct rp_err *rp_agenda_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text lang,
    struct rp_agenda *out) RP_MUST_USE;

/* The part or item with this id, or NULL. */
const struct rp_meeting_part *rp_agenda_part_find(const struct rp_agenda *a,
    int64_t id);
const struct rp_agenda_item *rp_agenda_item_find(const struct rp_agenda *a,
    int64_t id);

/* All titles that an item or a part has, for who edits them. */
struct rp_err *rp_agenda_titles(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_wordings *out_items,
    struct rp_wordings *out_parts) RP_MUST_USE;

/* What is wrong with a part or an item that is to be stored. */
enum rp_agenda_problem {
	RP_AGENDA_FINE = 0,
	RP_AGENDA_BAD_ACCESS,
	RP_AGENDA_BAD_OPENS,  /* no time, or before the meeting */
	RP_AGENDA_BAD_CLOSES, /* no time, not after it opens, or too late */
	RP_AGENDA_BAD_KIND,
	RP_AGENDA_BAD_MINUTES,
};
enum rp_agenda_problem rp_agenda_part_check(const struct rp_actor *who,
    const struct rp_meeting *m, const struct rp_meeting_part *p);
enum rp_agenda_problem rp_agenda_item_check(const struct rp_agenda_item *i);

/*
 * RP_E_INVALID if the check finds something, RP_E_NOTFOUND for somebody who has
 * no office in the group, RP_E_LIMIT.
 */
struct rp_err *rp_agenda_part_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_part *p,
    int64_t *out_id) RP_MUST_USE;
/* The same of p->id. */
struct rp_err *rp_agenda_part_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_meeting_part *p) RP_MUST_USE;
/* RP_E_CONFLICT while it has items or captions. */
struct rp_err *rp_agenda_part_remove(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id) RP_MUST_USE;

/*
 * RP_E_INVALID if the check finds something, or for a document twice;
 * RP_E_NOTFOUND for a part or document of another meeting; RP_E_LIMIT.
 */
struct rp_err *rp_agenda_item_add(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda_item *i,
    int64_t *out_id) RP_MUST_USE;
struct rp_err *rp_agenda_item_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_agenda_item *i) RP_MUST_USE;
/* RP_E_CONFLICT for one under which something is recorded. */
struct rp_err *rp_agenda_item_remove(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id) RP_MUST_USE;

/* One place up (-1) or down (1) among its like; nothing at the end. */
struct rp_err *rp_agenda_part_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, int by) RP_MUST_USE;
struct rp_err *rp_agenda_item_move(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t id, int by) RP_MUST_USE;

/* planned, open or closed. What was open is closed when another is opened. */
struct rp_err *rp_agenda_item_set_state(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_meeting *m, int64_t id,
    rp_text state) RP_MUST_USE;

/* The title of an item or, by its owner's kind, a part; empty removes it. */
struct rp_err *rp_agenda_title_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, rp_text owner_kind, int64_t id, rp_text lang,
    enum rp_wording_status status, rp_text body) RP_MUST_USE;

/*
 * Issue it: `out` is the document, new or with the revision that the caller
 * adds a file to for each language. The document is for members as soon as an
 * item is. RP_E_CONFLICT if nothing changed, or there is no item.
 */
struct rp_err *rp_agenda_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, int64_t *out_number,
    int64_t *out_revision) RP_MUST_USE;

/* RP_E_CONFLICT if it changed since it was issued, or that is adopted. */
struct rp_err *rp_agenda_adopt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m) RP_MUST_USE;
/* That was recorded by mistake. */
struct rp_err *rp_agenda_unadopt(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m) RP_MUST_USE;

#endif
