/*
 * letterhead - a group's own Word templates, and letters made of them.
 *
 * A letterhead is a Word document with named fields (codec/docx_fill.h), of a
 * kind: "letter" for letters of invitation, "announcement" for those of
 * announcements. Each file that arrives is a version and is kept. A parse
 * process reads which fields it has; one with a field that nothing is known for
 * cannot be put in force, for a letter does not go out with a hole. One version
 * of a kind is in force at most; without one letters are plain.
 *
 * A letter is a letterhead with facts in it, in one language, made by a parse
 * process too. It stands on an occasion ("invitation", or those of
 * announcement.h) and its object; asking again makes a new one, and the newest
 * of each language counts.
 *
 * Everything needs RP_MAY_MEET or, for letters of announcements, RP_MAY_CONTACT
 * on the group; letters of invitation are also read by RP_MAY_READ. Changes are
 * events.
 */
#ifndef RP_DOMAIN_LETTERHEAD_H
#define RP_DOMAIN_LETTERHEAD_H

#include "base/clock.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_LETTERHEAD_VERSIONS_MAX 200           /* of a group */
#define RP_LETTERHEAD_FIELDS_MAX ((size_t)20000) /* octets of all names */
#define RP_LETTER_FACTS_MAX ((size_t)256 << 10)  /* octets of JSON */
#define RP_LETTERHEAD_TRIES 5
#define RP_LETTERHEAD_CLAIM (5 * RP_MINUTE)

/* letter, announcement; ended by an empty text. */
extern const rp_text rp_letterhead_kinds[];

/* The fields that facts are there for; ended by an empty text. NULL for a kind
 * that is none. */
const rp_text *rp_letterhead_fields(rp_text kind);

struct rp_letterhead_names RP_VEC(rp_text);

struct rp_letterhead {
	int64_t id, version, blob_id, uploaded_at;
	rp_text kind, file_name, uploaded_by;
	rp_text state;  /* waiting, good, bad */
	rp_text reason; /* of a bad one, for the operator */
	bool is_in_force;
	struct rp_letterhead_names known, unknown; /* its fields */
};
struct rp_letterheads RP_VEC(struct rp_letterhead);

/* By kind, the newest first. */
struct rp_err *rp_letterhead_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_letterheads *out) RP_MUST_USE;

/* A file that arrived (upload.h). RP_E_INVALID for a kind that is none, or no
 * file; RP_E_LIMIT. */
struct rp_err *rp_letterhead_add(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text kind, int64_t upload_id, rp_text file_name,
    int64_t *out_id) RP_MUST_USE;

/* In the place of the one before. RP_E_CONFLICT for one that was not read, or
 * has unknown fields; RP_E_NOTFOUND. */
struct rp_err *rp_letterhead_put_in_force(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, int64_t id) RP_MUST_USE;

/* None of this kind any more. */
struct rp_err *rp_letterhead_take_out(const struct rp_actor *who,
    struct rp_tx *tx, int64_t group_id, rp_text kind) RP_MUST_USE;

struct rp_letter {
	int64_t id, version; /* of its letterhead */
	rp_text lang, state, reason;
	int64_t blob_id; /* 0: not made */
	int64_t asked_at;
};
struct rp_letters RP_VEC(struct rp_letter);

/* The newest in each language; none for who may not read them. */
struct rp_err *rp_letter_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text occasion, int64_t object_id,
    struct rp_letters *out) RP_MUST_USE;

/*
 * Have the letterhead in force filled with `facts` (JSON, one object of texts).
 * `out_asked` false: there is none, and nothing was done. RP_E_INVALID for an
 * occasion that is none; RP_E_LIMIT.
 */
struct rp_err *rp_letter_ask(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, rp_text occasion, int64_t object_id, rp_text lang,
    rp_text facts, bool *out_asked) RP_MUST_USE;

/* For the worker; RP_E_DENIED for others. */
struct rp_letterhead_work {
	int64_t task_id, ref_id, tries, blob_id;
	bool is_letter; /* or a letterhead that is to be read */
	rp_text facts;  /* of a letter */
};
struct rp_err *rp_letterhead_claim(const struct rp_actor *who, struct rp_tx *tx,
    bool *out_found, struct rp_letterhead_work *out) RP_MUST_USE;
struct rp_err *rp_letterhead_later(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_letterhead_work *work, int64_t wait_ms,
    rp_text why) RP_MUST_USE;
/* `fields`: one a line, of a letterhead. `reason`: empty if all went well. */
struct rp_err *rp_letterhead_made(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_letterhead_work *work, rp_text fields, rp_bytes docx,
    rp_text reason) RP_MUST_USE;

#endif
