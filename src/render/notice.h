/*
 * notice - the words of a notification, to be shown or sent.
 *
 * Tested in notice_test.c.
 */
#ifndef RP_RENDER_NOTICE_H
#define RP_RENDER_NOTICE_H

#include "render/message.h"

struct rp_notice {
	rp_text kind;        /* of outbox.h */
	rp_text code, title; /* what it is about: "RP-7K2M", its title */
	rp_text note, link;  /* may be empty */
};

/* What kind it is, in words; M_none for one that is none. */
enum rp_msg rp_notice_label(rp_text kind);

/* False for a kind that is none. In the reader's language. */
bool rp_notice_write(struct rp_arena *a, const struct rp_reader *reader,
    const struct rp_notice *n, rp_text *out_subject, rp_text *out_text);

#endif
