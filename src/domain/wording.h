/*
 * wording - every text that exists in several languages.
 *
 * Names of bodies, groups and parties, titles, guidelines, questions, privacy
 * notices, and the translations of responses are rows (owner, field, language)
 * -> (status, text). The status says what a reader may rely on: `original` is
 * the one that was written first, `official` is as good as it, `courtesy` is a
 * help, `machine` was made by a program. Pages show the status beside the text.
 *
 * Who may set a text follows from its owner: bodies and groups and their
 * notices need RP_MAY_ADMINISTER; parties RP_MAY_MEMBERS; topics, consultations
 * and questions RP_MAY_LAUNCH, instruments RP_MAY_REGISTER, documents, parts
 * and items of meetings RP_MAY_MEET, or RP_MAY_TRANSLATE if it is not the
 * original; themes RP_MAY_THEME; responses, revisions and answers
 * RP_MAY_TRANSLATE, and never the original, which is the author's and lies
 * elsewhere.
 *
 * The loading functions are for the modules of the domain, which have asked who
 * may see the owner.
 */
#ifndef RP_DOMAIN_WORDING_H
#define RP_DOMAIN_WORDING_H

#include "base/str.h"
#include "base/vec.h"
#include "domain/actor.h"

#define RP_WORDING_MAX 160000   /* octets: 40,000 characters of four */
#define RP_WORDING_FIELD_MAX 40 /* octets, [a-z0-9_] */

enum rp_wording_status {
	RP_WORDING_ORIGINAL,
	RP_WORDING_OFFICIAL,
	RP_WORDING_COURTESY,
	RP_WORDING_MACHINE,
	RP_WORDING_STATUS_COUNT
};

/* "original", "official", "courtesy", "machine". */
rp_text rp_wording_status_name(enum rp_wording_status status);
bool rp_wording_status_from(rp_text name, enum rp_wording_status *out);

struct rp_wording {
	int64_t id, owner_id;
	rp_text field, lang;
	enum rp_wording_status status;
	rp_text body;
	int64_t changed_at;
};

/* Ordered by owner, field, language. */
struct rp_wordings RP_VEC(struct rp_wording);

/* Whose text, and which one. */
struct rp_wording_at {
	rp_text owner_kind; /* one of rp_place_of() that has texts */
	int64_t owner_id;
	rp_text field;
	rp_text lang; /* BCP 47; brought to its usual case */
};

/*
 * Set a text, or remove it by an empty body. Nothing is written when nothing
 * changes. RP_E_INVALID for an owner without texts, a field or language that is
 * not one; RP_E_LIMIT past RP_WORDING_MAX; RP_E_NOTFOUND; RP_E_CONFLICT for the
 * text of a privacy notice that is there already; the refusals.
 */
struct rp_err *rp_wording_set(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_wording_at *at, enum rp_wording_status status,
    rp_text body) RP_MUST_USE;

/* One as its row has it, for who read it together with its owner. A status that
 * a later version wrote becomes the one that promises the least. */
struct rp_wording rp_wording_row(int64_t id, int64_t owner_id, rp_text field,
    rp_text lang, rp_text status, rp_text body, int64_t changed_at);

/* All texts of one owner; of all owners of a kind; of those with these ids. */
struct rp_err *rp_wording_load(struct rp_tx *tx, rp_text owner_kind,
    int64_t owner_id, struct rp_wordings *out) RP_MUST_USE;
struct rp_err *rp_wording_load_kind(struct rp_tx *tx, rp_text owner_kind,
    struct rp_wordings *out) RP_MUST_USE;
struct rp_err *rp_wording_load_span(struct rp_tx *tx, rp_text owner_kind,
    int64_t from, int64_t to, struct rp_wordings *out) RP_MUST_USE;
/* The titles of a meeting's documents. */
struct rp_err *rp_wording_load_documents(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out) RP_MUST_USE;
/* Names of the parties that are sources of a meeting's documents. */
struct rp_err *rp_wording_load_sources(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out) RP_MUST_USE;
/* Both, and the sources of each document in their order. */
struct rp_wording_source {
	int64_t document_id, party_id;
};
struct rp_wording_sources RP_VEC(struct rp_wording_source);
struct rp_err *rp_wording_load_register(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out_documents, struct rp_wordings *out_names,
    struct rp_wording_sources *out_sources) RP_MUST_USE;
/* Titles of the documents of a group that were posted since. */
struct rp_err *rp_wording_load_recent(struct rp_tx *tx, int64_t group_id,
    int64_t from_at, struct rp_wordings *out) RP_MUST_USE;
/* Titles and places of the consultations of a group; 0: of all. */
struct rp_err *rp_wording_load_consultations(struct rp_tx *tx, int64_t group_id,
    struct rp_wordings *out) RP_MUST_USE;
/* What a consultation consists of, in order. */
struct rp_wording_part {
	rp_text kind; /* question, topic, extension */
	int64_t id;
	int64_t other; /* the question's topic, the topic's number, or when */
	int64_t position;
	rp_text from, to, reason; /* of an extension */
};
struct rp_wording_parts RP_VEC(struct rp_wording_part);
/* Of a consultation itself, its questions, its topics, with these; and of its
 * questions alone. */
struct rp_err *rp_wording_load_consultation(struct rp_tx *tx,
    int64_t consultation_id, struct rp_wordings *out_own,
    struct rp_wordings *out_questions, struct rp_wordings *out_topics,
    struct rp_wording_parts *out_parts) RP_MUST_USE;
struct rp_err *rp_wording_load_questions(struct rp_tx *tx,
    int64_t consultation_id, struct rp_wordings *out) RP_MUST_USE;
/* Of the items and the parts of one meeting. */
struct rp_err *rp_wording_load_agenda(struct rp_tx *tx, int64_t meeting_id,
    struct rp_wordings *out_items, struct rp_wordings *out_parts) RP_MUST_USE;

/*
 * The best text for a reader: in `lang`; in another variety of that language;
 * in `fallback` (the body's language); in English; the original; any. NULL if
 * there is none at all. What was picked has its own `lang`, for the page to
 * say.
 */
const struct rp_wording *rp_wording_pick(const struct rp_wordings *set,
    int64_t owner_id, rp_text field, rp_text lang, rp_text fallback);

/* The body of the same, or an empty text. */
rp_text rp_wording_text(const struct rp_wordings *set, int64_t owner_id,
    rp_text field, rp_text lang, rp_text fallback);

/* The text in exactly this language, or NULL. */
const struct rp_wording *rp_wording_find(const struct rp_wordings *set,
    int64_t owner_id, rp_text field, rp_text lang);

#endif
