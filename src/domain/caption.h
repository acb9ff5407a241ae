/*
 * caption - what is being said in a part of a meeting or in a session of a
 * physical consultation, as lines that somebody writes along.
 *
 * Captions are no verbatim record, and whoever shows them says so. The lines
 * are pasted at the desk, or posted in by whoever has the secret of the feed
 * (the captioner's program); each has the instant at which it came. They stay
 * as the transcript.
 *
 * There is a feed for each language in which somebody writes along, with a
 * secret of its own; the first one is shown to who asks for none of them.
 *
 * Who sees them: of a part whoever sees the part (everybody with the access
 * "public", else RP_MAY_READ or RP_MAY_MEET on the group); of a session
 * everybody who has the consultation. RP_MAY_MEET makes and ends the secret,
 * enters lines and takes them away: a line of a closed discussion may have come
 * to an open part. What somebody does not see is not found.
 */
#ifndef RP_DOMAIN_CAPTION_H
#define RP_DOMAIN_CAPTION_H

#include "domain/consultation.h"
#include "domain/meeting.h"

#define RP_CAPTION_MAX 2000                        /* octets of a line */
#define RP_CAPTIONS_MAX 20000                      /* lines of a feed */
#define RP_CAPTION_FEED_MAX ((int64_t)2048 * 1024) /* octets of a feed */
#define RP_CAPTION_FEEDS_MAX 12                    /* languages */
#define RP_CAPTION_DAYS 14                         /* a secret lasts */
#define RP_CAPTIONS_SHOWN 30                       /* the last ones, live */

/* Of a part of `m`, or, without one, of a session of `c`. */
struct rp_caption_place {
	const struct rp_meeting *m;
	const struct rp_consultation *c;
	int64_t id;   /* of the part or session */
	rp_text lang; /* the feed in this one; else the first */
};

struct rp_caption {
	int64_t id, at;
	rp_text body;
};
struct rp_caption_vec RP_VEC(struct rp_caption);
struct rp_caption_lines RP_VEC(rp_text);
struct rp_caption_langs RP_VEC(rp_text);

struct rp_captions {
	/* 0: there are none; another one after every change in any language */
	int64_t version;
	struct rp_caption_langs langs; /* of all feeds, the first one first */
	rp_text lang;                  /* of the lines, BCP 47 */
	int64_t posts_until;           /* 0: nobody posts; only with may_lead */
	bool may_lead;
	struct rp_caption_vec lines; /* in the order in which they came */
};

/* With the last `max` lines. RP_E_NOTFOUND. */
struct rp_err *rp_captions_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, int64_t max,
    struct rp_captions *out) RP_MUST_USE;

/* The version alone, 0 before there are any: what readers poll. */
struct rp_err *rp_captions_version(const struct rp_actor *who, struct rp_tx *tx,
    bool is_part, int64_t id, int64_t *out) RP_MUST_USE;

/*
 * A new secret, and the only time that it is told; the one before in the same
 * language is worth nothing from then on. `lang`: of the lines. RP_E_INVALID,
 * RP_E_LIMIT, the refusals.
 */
struct rp_err *rp_captions_admit(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, rp_text lang,
    rp_text *out_secret) RP_MUST_USE;
/* Nobody posts to the feed in where->lang any more. */
struct rp_err *rp_captions_end(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where) RP_MUST_USE;

/*
 * Lines entered at the desk, in `lang`. RP_E_INVALID for none or one that is
 * empty or too long, RP_E_LIMIT past what a feed holds, the refusals.
 */
struct rp_err *rp_captions_enter(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, rp_text lang,
    const struct rp_caption_lines *lines) RP_MUST_USE;
/* Is not there any more. */
struct rp_err *rp_caption_remove(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_caption_place *where, int64_t id) RP_MUST_USE;

/* The same by who has the secret. RP_E_NOTFOUND for any other. */
struct rp_err *rp_captions_post(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, const struct rp_caption_lines *lines) RP_MUST_USE;

#endif
