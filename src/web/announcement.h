/*
 * announcement - the texts of an occasion, made from its facts.
 *
 * Words come from the catalogue, in the language asked for; names, dates and
 * places from the database. The texts are to be pasted: they have no marks of
 * direction around the facts, and the social one is at most
 * RP_SOCIAL_MAX characters, its title being cut.
 *
 * Tested in tests/journey/announcement_test.py.
 */
#ifndef RP_WEB_ANNOUNCEMENT_H
#define RP_WEB_ANNOUNCEMENT_H

#include "domain/announcement.h"
#include "web/web.h"

#define RP_SOCIAL_MAX 280 /* characters: code points */

struct rp_web_facts_of {
	rp_text name, name_lang; /* of what is announced, in `req`'s language */
	rp_text title, text, brief, group;
	rp_text url;
	rp_text letter_url; /* of a letter of invitation; may be empty */
};

/* `req` reads in the language of the texts. RP_E_NOTFOUND also for a summary
 * that is not posted. */
struct rp_err *rp_web_announce(const struct rp_request *req,
    const struct rp_occasion *o, struct rp_web_facts_of *out) RP_MUST_USE;

/* The text for a channel of announcement.h. */
rp_text rp_web_announcement(const struct rp_request *req,
    const struct rp_web_facts_of *f, rp_text channel);

#endif
