/*
 * topics - what the pages of proposed and agreed topics share.
 *
 * They lie at /{lang}/{group}/topics/. What a reader may see and do is decided
 * by the domain; these pages differ by the reader, so no cache keeps them.
 *
 * Tested in tests/journey/topic_test.py.
 */
#ifndef RP_WEB_TOPICS_H
#define RP_WEB_TOPICS_H

#include "domain/overlap.h"
#include "domain/party.h"
#include "domain/proposal.h"
#include "domain/silence.h"
#include "render/t_error_summary.h"
#include "web/page.h"
#include "web/staff.h"

/* The group that the path names, and what the reader may do there. */
struct rp_web_topics {
	struct rp_group g;
	struct rp_proposing p;
};

struct rp_err *rp_web_topics_find(const struct rp_request *req,
    struct rp_web_topics *out) RP_MUST_USE;

/* …/topics/REST */
rp_url rp_web_topics_url(const struct rp_request *req, const struct rp_group *g,
    const char *fmt, ...) RP_PRINTF(3, 4);

struct rp_err *rp_web_topics_frame(const struct rp_request *req,
    const struct rp_web_topics *s, rp_text title, bool wide, rp_html content,
    struct rp_response *out) RP_MUST_USE;

enum rp_msg rp_msg_topic_state(rp_text state);
enum rp_msg rp_msg_topic_format(rp_text format);
enum rp_msg rp_msg_topic_stance(rp_text stance);
struct v_chip rp_web_topic_chip(const struct rp_request *req,
    const struct rp_proposal *m);

/* "1 February 2027 to 30 April 2027", or empty. */
rp_text rp_web_topic_window(const struct rp_request *req,
    const struct rp_group *g, const struct rp_proposal *m);
/* Noon of a day in the group's zone; 0 for none. */
int64_t rp_web_topic_day(const struct rp_request *req, const struct rp_group *g,
    rp_text day);

/* A party's name among those of rp_proposal_names(). */
rp_text rp_web_topic_party(const struct rp_request *req,
    const struct rp_wordings *names, int64_t id);

/* All numbers that a form has under a name. */
struct rp_proposal_ids rp_web_topic_ids(const struct rp_request *req,
    const struct rp_urlform *form, const char *name);
bool rp_web_topic_has(const struct rp_proposal_ids *ids, int64_t id);

/* An error at the top, which leads to #at; returns its text. */
rp_text rp_web_topic_error(const struct rp_request *req,
    struct v_error_summary *v, const char *at, enum rp_msg msg);

/* Messages of findings on questions, one for each bit. */
struct rp_web_findings RP_VEC(enum rp_msg);
struct rp_web_findings rp_web_topic_findings(const struct rp_request *req,
    unsigned found);

/* What was typed on the page of one topic, and what is wrong with it. */
struct rp_web_topic {
	struct rp_web_topics s;
	struct rp_proposal m;
	int64_t parent; /* whose consent was refused without a reason */
	bool is_reservation, bad_object, bad_take, bad_outcome, bad_note,
	    bad_window, bad_until, bad_silence_window, changed;
	int64_t party;
	rp_text reason, stance, words, state, note, opens_on, closes_on, until,
	    s_opens_on, s_closes_on;
};

struct rp_err *rp_web_topic_find(const struct rp_request *req,
    struct rp_web_topic *out) RP_MUST_USE;
struct rp_err *rp_web_topic_show(const struct rp_request *req,
    const struct rp_web_topic *f, struct rp_response *out) RP_MUST_USE;

/* For files: the guidance pack is for who leads, and for members of the group
 * once the Council was asked. */
bool rp_web_topic_has_guidance(const struct rp_web_topics *s,
    const struct rp_proposal *m);

#endif
