/*
 * smtp - handing a message to a mail server (RFC 5321, RFC 6531), octet by
 * octet, without a socket.
 *
 * What the server says is untrusted input: lines of at most RP_SMTP_LINE_MAX
 * octets, at most RP_SMTP_LINES_MAX in one reply. The caller connects, feeds
 * what it receives, and sends what rp_smtp_next() gives until the dialogue is
 * over. One message, one recipient, one dialogue:
 *
 *	220, EHLO, MAIL FROM:<>, RCPT TO:<>, DATA, the message, QUIT
 *
 * An address or an address literal that is not ASCII needs a server that offers
 * SMTPUTF8; where it does not, that is a lasting failure of this message. A 4yz
 * reply, a line that makes no sense and an early end are passing failures.
 *
 * The message is written with CRLF, dots stuffed; the envelope's addresses are
 * those of text/email.h on the wire, so that no line end is in them.
 */
#ifndef RP_CODEC_SMTP_H
#define RP_CODEC_SMTP_H

#include "base/str.h"

#define RP_SMTP_LINE_MAX ((size_t)2048)
#define RP_SMTP_LINES_MAX 100
#define RP_SMTP_ADDRESS_MAX ((size_t)1024) /* octets */
#define RP_SMTP_SAID_MAX ((size_t)300)     /* of a reply, for the log */

enum rp_smtp_outcome {
	RP_SMTP_GOES_ON,
	RP_SMTP_SENT,
	RP_SMTP_LATER, /* try again */
	RP_SMTP_NEVER, /* this message or this recipient is refused */
};

struct rp_smtp_message {
	rp_text client;   /* our name for EHLO: a domain, or [IPv6:::1] */
	rp_text from, to; /* addresses on the wire, without <> */
	rp_bytes octets;  /* header and body, lines end in LF or CRLF */
};

struct rp_smtp;

/* RP_E_INVALID for an address with a space, a control or an angle bracket. */
struct rp_err *rp_smtp_new(struct rp_arena *a, const struct rp_smtp_message *m,
    struct rp_smtp **out) RP_MUST_USE;

/* Octets from the server, in pieces of any size. */
void rp_smtp_feed(struct rp_smtp *s, rp_bytes in);

/* The server closed, or does not answer: what was not sent is not sent. */
void rp_smtp_end(struct rp_smtp *s, rp_text why);

/* What is to be sent now; empty: wait for the server. Taken by the call. */
rp_bytes rp_smtp_next(struct rp_smtp *s);

/* How it ended, and the server's last words for the operator: a line of UTF-8
 * (RFC 6531, 3.7.4.2: a reply may name an address in its own script) without
 * controls, at most RP_SMTP_SAID_MAX octets. */
enum rp_smtp_outcome rp_smtp_outcome(const struct rp_smtp *s);
rp_text rp_smtp_said(const struct rp_smtp *s);

#endif
