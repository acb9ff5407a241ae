/*
 * desk - what the pages of the secretariat share.
 *
 * The desk lies at /{lang}/desk/. Its pages need a session; what each shows is
 * decided by the domain. A form that was carried out answers 303 to a page with
 * ?done=…, and one that was not shows again what was typed.
 *
 * Tested in tests/journey/desk_test.py.
 */
#ifndef RP_WEB_DESK_H
#define RP_WEB_DESK_H

#include "domain/moderation.h"
#include "domain/response.h"
#include "render/t_chip.h"
#include "render/t_pager.h"
#include "web/page.h"
#include "web/web.h"

/* /{lang}/desk/REST */
rp_url rp_desk_url(const struct rp_request *req, const char *fmt, ...)
    RP_PRINTF(2, 3);

/* Title of the page; NULL group: of none. Renders the frame around it. */
struct rp_err *rp_desk_frame(const struct rp_request *req, rp_text title,
    rp_html content, struct rp_response *out) RP_MUST_USE;

/* The button that was pressed is `name`. */
bool rp_desk_button(const struct rp_request *req, const char *name);

/* A number of the form, 0 if there is none. */
int64_t rp_desk_number(const struct rp_request *req,
    const struct rp_urlform *form, const char *name);

/* 303 to `to` with ?done=WORD. */
struct rp_err *rp_desk_done(struct rp_response *out,
    const struct rp_request *req, rp_url to, const char *word) RP_MUST_USE;

/* The message of the word that `value` is; a NULL word ends a table. M_none. */
struct rp_desk_word {
	const char *word;
	enum rp_msg msg;
};
enum rp_msg rp_desk_word_msg(const struct rp_desk_word *words, rp_text value);
/* The same for ?done=WORD. */
enum rp_msg rp_desk_word(const struct rp_request *req,
    const struct rp_desk_word *words);

/* The group of the address, for somebody who has `needed` there. */
struct rp_group;
struct rp_err *rp_desk_group(const struct rp_request *req,
    enum rp_capability needed, struct rp_group *out) RP_MUST_USE;

/* A whole number of a form that is not negative, or -1. */
int64_t rp_desk_whole(rp_text t);
rp_text rp_desk_digits(const struct rp_request *req, int64_t n);

struct v_chip rp_desk_chip(const struct rp_request *req, rp_text state);

/* Who sent it: the organisation, or the name. */
rp_text rp_desk_source(rp_text organisation, rp_text name);

enum rp_msg rp_desk_hold_msg(rp_text reason);
enum rp_msg rp_desk_ground_msg(rp_text ground);

/*
 * Where a list goes on: the query's `after` is "AT-ID" of the last row. Zeros
 * if there is none or it makes no sense.
 */
void rp_desk_after(const struct rp_request *req, int64_t *out_at,
    int64_t *out_id);

/* Links to the first page and the next one; `base` ends with '?' or '&'. */
struct v_pager rp_desk_pager(const struct rp_request *req, rp_url base,
    bool more, int64_t at, int64_t id);

#endif
