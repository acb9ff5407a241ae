/*
 * theme - what the pages about themes share.
 *
 * Tested in tests/journey/theme_test.py.
 */
#ifndef RP_WEB_THEME_H
#define RP_WEB_THEME_H

#include "domain/decision.h"
#include "domain/theme_run.h"
#include "domain/theme_source.h"
#include "domain/theme_version.h"
#include "render/chart.h"
#include "web/desk.h"

/* A page of one question at the desk. */
struct rp_theme_page {
	struct rp_codebook b;
	struct rp_consultation c;
	const struct rp_question *q;
	rp_text name; /* "Question 2" */
	rp_url url;
	enum rp_msg problem; /* what an act was refused for */
};

/* RP_E_NOTFOUND, the refusals. */
struct rp_err *rp_theme_page(const struct rp_request *req, int64_t question_id,
    struct rp_theme_page *out) RP_MUST_USE;
/* The same of a codebook that was found. */
struct rp_err *rp_theme_page_of(const struct rp_request *req,
    const struct rp_codebook *b, struct rp_theme_page *out) RP_MUST_USE;

/* /{lang}/desk/questions/ID/REST */
rp_url rp_theme_url(const struct rp_request *req, int64_t question_id,
    const char *fmt, ...) RP_PRINTF(3, 4);

enum rp_msg rp_msg_reading(enum rp_reading state);
enum rp_msg rp_msg_said_by(rp_text by);
struct v_chip rp_theme_chip(const struct rp_request *req, rp_text state);

/* "12-0-40": answer, octets. */
rp_text rp_theme_span(const struct rp_request *req, int64_t answer_id,
    int64_t from, int64_t to);
bool rp_theme_span_read(rp_text t, struct rp_span *out);

/* "Session 2, intervention, Civil society, 12 May 2026", and where it stands.
 */
rp_text rp_theme_heard_cite(const struct rp_request *req,
    const struct rp_theme_heard *h);
rp_url rp_theme_heard_url(const struct rp_request *req,
    const struct rp_consultation *c, const struct rp_theme_heard *h);

/*
 * What a passage is of, in words: an answer, an attachment, something heard.
 * What was heard is looked up once for a page, where there is any: `all` begins
 * as { 0 }.
 */
struct rp_theme_labels {
	bool is_loaded;
	struct rp_theme_heards all;
};
struct rp_err *rp_theme_label(const struct rp_request *req,
    const struct rp_codebook *b, const struct rp_theme_passage *p,
    struct rp_theme_labels *all, rp_text *out) RP_MUST_USE;

/* The response's number, or a dash where it has none. */
rp_text rp_theme_number(const struct rp_request *req, int64_t number);

/*
 * A refusal that the page explains: `*problem` and the status are set, and NULL
 * is returned; any other error comes back.
 */
struct rp_err *rp_theme_refused(struct rp_err *e, enum rp_msg *problem,
    struct rp_response *out) RP_MUST_USE;

/* The frame of the desk, with the script for keys. */
struct rp_err *rp_theme_frame(const struct rp_request *req, rp_text title,
    rp_html content, struct rp_response *out) RP_MUST_USE;

/* NULL where there is none. */
const struct rp_theme_item *rp_theme_item_of(const struct rp_theme_items *all,
    int64_t id);

/* After any act. */
enum rp_msg rp_theme_done(const struct rp_request *req);

/* A number of the query, 0 if there is none. */
int64_t rp_theme_asked(const struct rp_request *req, const char *name);

/* Percent, of a score of 0 to 1000. */
rp_text rp_theme_percent(const struct rp_request *req, int64_t permille);

#endif
