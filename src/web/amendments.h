/*
 * amendments - what the pages of amendments share.
 *
 * They lie at /{lang}/{group}/instruments/{name}/{n}/amendments/. What a reader
 * may see and do is decided by the domain; these pages differ by the reader, so
 * no cache keeps them.
 *
 * Tested in tests/journey/amendment_test.py.
 */
#ifndef RP_WEB_AMENDMENTS_H
#define RP_WEB_AMENDMENTS_H

#include "codec/consolidated.h"
#include "domain/consolidation.h"
#include "domain/instrument.h"
#include "render/t_amendments.h"
#include "web/page.h"

#define RP_AMENDMENT_WORD_MAX 40 /* octets of a word in a form */

/* The version that the path names. */
struct rp_web_amending {
	struct rp_group g;
	struct rp_instrument i;
	struct rp_amending a;
};

struct rp_err *rp_web_amending_find(const struct rp_request *req,
    struct rp_web_amending *out) RP_MUST_USE;

/* …/amendments/REST */
rp_url rp_web_amending_url(const struct rp_request *req,
    const struct rp_web_amending *s, const char *fmt, ...) RP_PRINTF(3, 4);

/* "Amendments: Resolution 102 (Rev. Dubai, 2018)", in the group's frame. */
struct rp_err *rp_web_amending_frame(const struct rp_request *req,
    const struct rp_web_amending *s, enum rp_msg title, bool wide,
    rp_html content, struct rp_response *out) RP_MUST_USE;

struct v_chip rp_web_amending_chip(const struct rp_request *req,
    const struct rp_amending *a);
struct v_chip rp_web_amendment_chip(const struct rp_request *req,
    const struct rp_party_amendment *m);

/* "Kenya, Peru": who submits an amendment and who joined. */
rp_text rp_web_amendment_sponsors(const struct rp_request *req,
    const struct rp_party_amendment *m);

/* The consolidated text as it stands with all that was decided since. */
struct rp_web_consolidation {
	bool there, is_long;
	struct rp_consolidated_view v;
	struct rp_bracket_decisions decisions;
	struct rp_consolidation_parts parts;
	struct rp_party_amendments all;
	/* Of each party of `v`, in its order; edits with reasons and NOC. */
	const struct rp_party_amendment *of[RP_CONSOLIDATED_PARTIES_MAX];
	struct rp_amendment_edits edits[RP_CONSOLIDATED_PARTIES_MAX];
};

struct rp_err *rp_web_consolidation_load(const struct rp_request *req,
    const struct rp_web_amending *s,
    struct rp_web_consolidation *out) RP_MUST_USE;

/* Names of a set of parties of the consolidation, in the reader's language. */
rp_text rp_web_consolidation_names(const struct rp_request *req,
    const struct rp_web_consolidation *c, uint64_t who);

/* The rows of its page; with `changed` those that have something to say. */
void rp_web_consolidation_rows(const struct rp_request *req,
    const struct rp_web_amending *s, const struct rp_web_consolidation *c,
    bool changed, struct v_amendments *v);

/* "to [report] [Alt 1 (A, B): write]": a bracket in characters; and what it
 * comes to when it is decided so. For histories. */
rp_text rp_web_bracket_text(const struct rp_request *req,
    const struct rp_web_consolidation *c,
    const struct rp_consolidated_change *k);
rp_text rp_web_decided_text(const struct rp_request *req,
    const struct rp_consolidated_change *k, int decided, rp_text compromise);

/* "Alt 1 (Kenya): ", as in the documents: in the language of the text. */
rp_text rp_web_alternative(const struct rp_request *req,
    const struct rp_web_consolidation *c,
    const struct rp_consolidated_change *k, size_t choice);

/* A stored text with revisions as a fragment, or `out_long`. */
struct rp_err *rp_web_amendment_html(const struct rp_request *req,
    int64_t blob_id, rp_text lang, rp_url original, rp_html *out,
    bool *out_long) RP_MUST_USE;

/* The same in a format, as a file: "md", "xml", "txt", "html". */
struct rp_err *rp_web_amendment_download(const struct rp_request *req,
    const struct rp_web_amending *s, int64_t blob_id, const char *format,
    struct rp_response *out) RP_MUST_USE;

/* "resolution-102-2018-11-16-amendments.docx" */
rp_text rp_web_amending_file(const struct rp_request *req,
    const struct rp_web_amending *s, const char *end);

/* The address of a change at the chair's team: its key is in the query. */
rp_url rp_web_change_url(const struct rp_request *req,
    const struct rp_web_amending *s, rp_text key);

#endif
