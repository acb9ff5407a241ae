/*
 * desk_part - the form by which an addendum or corrigendum is entered.
 *
 * Tested in tests/journey/paper_test.py.
 */
#ifndef RP_WEB_DESK_PART_H
#define RP_WEB_DESK_PART_H

#include "domain/document_part.h"
#include "render/t_new_part.h"
#include "web/web.h"

struct v_error_summary;

/* As it was typed, and what is wrong with it. */
struct rp_web_new_part {
	rp_text kind, number, title, lang, about;
	struct rp_document_part_in in;
	bool bad_number, is_given, bad_title, bad_lang;
};

/* What the form begins with. */
struct rp_web_new_part rp_web_new_part_begin(const struct rp_request *req);

struct rp_err *rp_web_new_part_read(const struct rp_request *req,
    const struct rp_meeting_document *d,
    struct rp_web_new_part *out) RP_MUST_USE;
bool rp_web_new_part_is_good(const struct rp_web_new_part *p);

/* Of a document of the meeting; no form for what is itself a part. */
void rp_web_new_part_show(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_web_new_part *p, rp_url action, struct v_error_summary *v,
    struct v_new_part *out);

/* Enter it, with its title. */
struct rp_err *rp_web_new_part_add(const struct rp_request *req,
    const struct rp_meeting *m, const struct rp_meeting_document *d,
    const struct rp_web_new_part *p,
    struct rp_meeting_document *out) RP_MUST_USE;

#endif
