/*
 * edition - what members' pages of editions and the desk's share.
 *
 * Tested in tests/journey/edition_test.py.
 */
#ifndef RP_WEB_EDITION_H
#define RP_WEB_EDITION_H

#include "domain/activity.h"
#include "domain/edition.h"
#include "web/page.h"

/* What comments of a group's editions are on. */
struct rp_web_subjects {
	struct rp_activities activities;
	struct rp_instruments instruments;
};
struct rp_err *rp_web_subjects_load(const struct rp_request *req,
    int64_t group_id, struct rp_web_subjects *out) RP_MUST_USE;

/* "Activity 3: Wells"; "Resolution 102"; "The whole report". */
rp_text rp_web_subject(const struct rp_request *req,
    const struct rp_web_subjects *s, const struct rp_edition_comment *c);

rp_text rp_web_edition_name(const struct rp_request *req,
    const struct rp_edition *e);
struct v_chip rp_web_edition_chip(const struct rp_request *req,
    const struct rp_edition *e);
struct v_chip rp_web_edition_comment_chip(const struct rp_request *req,
    rp_text state);

/* The action that a comment became; empty: none. */
rp_url rp_web_edition_comment_action(const struct rp_request *req,
    const struct rp_group *g, const struct rp_edition_comment *c,
    rp_text *out_name, struct v_chip *out_state);

/* /{lang}/{group}/editions/REST */
rp_url rp_web_editions_url(const struct rp_request *req,
    const struct rp_group *g, const char *rest);

#endif
