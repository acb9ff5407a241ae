/*
 * mail - a text as a message (RFC 5322, RFC 2045, RFC 2047).
 *
 * Text in UTF-8, plain, in base64, so that every server carries it and no line
 * is too long. Subjects and names that are not ASCII are encoded words. The
 * addresses are on the wire (text/email.h): one that is not ASCII stands as it
 * is, which needs SMTPUTF8 (RFC 6532). The same input gives the same octets.
 *
 * No line end, and nothing else below U+0020, comes from a field into a header.
 */
#ifndef RP_CODEC_MAIL_H
#define RP_CODEC_MAIL_H

#include "base/str.h"

#define RP_MAIL_SUBJECT_MAX ((size_t)1000) /* octets; more is cut */

struct rp_mail {
	rp_text from_name; /* may be empty */
	rp_text from, to;  /* addresses on the wire */
	rp_text subject, text, lang;
	rp_text id;          /* "17.abc@body.example", without <> */
	rp_text date;        /* "Sat, 21 Nov 2026 08:00:00 +0000" */
	rp_text unsubscribe; /* address of one click (RFC 8058); may be empty */
};

/* Lines end in CRLF. RP_E_LIMIT past `max`. */
struct rp_err *rp_mail_write(struct rp_arena *a, const struct rp_mail *m,
    size_t max, rp_bytes *out) RP_MUST_USE;

/* A Date header's value, in UTC. Milliseconds since 1970. */
rp_text rp_mail_date(struct rp_arena *a, int64_t at);

#endif
