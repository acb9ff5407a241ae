/*
 * registry - what the public pages of instruments and the desk's share.
 *
 * Texts are stored as Akoma Ntoso, made by a parse process; they are read here
 * within the limits of domain/registry.h.
 *
 * Tested in tests/journey/registry_test.py.
 */
#ifndef RP_WEB_REGISTRY_H
#define RP_WEB_REGISTRY_H

#include "domain/registry.h"
#include "web/page.h"

#define RP_REGISTRY_FRESH ((int64_t)60 * 1000)

/* What is made from a text: its tags, and what a fault would make of it. */
#define RP_REGISTRY_MADE_MAX (4 * RP_REGISTRY_TEXT_MAX)

struct rp_document;
struct rp_json_writer;

/* What the path names, as far as it does. */
struct rp_shelf {
	struct rp_group g;
	struct rp_instrument i;
	struct rp_version old, now; /* of one version: `now` */
};

/* RP_E_NOTFOUND: also for a version that has no text. */
struct rp_err *rp_shelf_find(const struct rp_request *req,
    struct rp_shelf *s) RP_MUST_USE;
struct rp_err *rp_shelf_version(const struct rp_request *req,
    struct rp_shelf *s) RP_MUST_USE;
struct rp_err *rp_shelf_pair(const struct rp_request *req, struct rp_shelf *s,
    struct rp_comparison *c) RP_MUST_USE;

/* A stored text of at most `max` octets; RP_E_LIMIT. */
struct rp_err *rp_shelf_text(const struct rp_request *req, int64_t blob_id,
    size_t max, struct rp_document **out) RP_MUST_USE;

/*
 * The members "provisions", the blocks counted from 1 as anchors are, and
 * "notes" of an object that was begun.
 */
void rp_shelf_put_text(const struct rp_request *req, struct rp_json_writer *w,
    const struct rp_document *d);

/*
 * The version that a stored text says it is, at its beginning: "RESOLUTION 102
 * (Rev. Bucharest, 2022)". Empty: it does not say so.
 */
struct rp_err *rp_shelf_says(const struct rp_request *req,
    const struct rp_instrument *i, int64_t blob_id, rp_text *out) RP_MUST_USE;

/* "resolution-102-2022-10-14.md", "resolution-102-2018-...-2022-....docx". */
rp_text rp_shelf_file_name(const struct rp_request *req,
    const struct rp_shelf *s, const char *end);

/* The frame of a page of the registry. */
struct rp_err *rp_shelf_frame(const struct rp_request *req,
    const struct rp_shelf *s, rp_text title, bool wide, rp_html content,
    struct rp_response *out) RP_MUST_USE;

/* "Resolution 102", in the reader's language. */
rp_text rp_web_instrument_name(const struct rp_request *req,
    const struct rp_instrument *i);

/* Where everybody finds it; `rest` is what follows. */
rp_url rp_web_instrument_url(const struct rp_request *req,
    const struct rp_group *g, const struct rp_instrument *i, const char *rest);

/* The same of one that is quoted, with a version; 0: the text itself. */
rp_url rp_web_quoted_url(const struct rp_request *req, rp_text group_slug,
    rp_text slug, int64_t version);

/* "14 October 2022"; "English". */
rp_text rp_web_version_date(const struct rp_request *req,
    const struct rp_version *v);
rp_text rp_web_version_language(const struct rp_request *req,
    const struct rp_version *v);
struct v_chip rp_web_version_chip(const struct rp_request *req, rp_text state);

/* M_none for words that are none. */
enum rp_msg rp_msg_version_state(rp_text state);
enum rp_msg rp_msg_instrument_kind(rp_text kind);

/*
 * What was decided when a flattened text was separated, from its JSON
 * (codec/salvage.h): those that are uncertain first, at most
 * RP_DECISIONS_SHOWN of the others. `lang`: of the text.
 */
#define RP_DECISIONS_SHOWN 500
struct v_decisions;
struct rp_err *rp_web_decisions(const struct rp_request *req, int64_t blob_id,
    rp_text lang, struct v_decisions *out) RP_MUST_USE;

#endif
