/*
 * mailer - a message to the mail server that the settings name.
 *
 * The server's name is resolved once, before the sandbox is entered; after that
 * only its port may be connected to. One connection for each message, with a
 * limit of time on every step (codec/smtp.h is the dialogue).
 *
 * Tested in tests/journey/mailing_test.py, and with Postfix in
 * tests/journey/postfix_test.py.
 */
#ifndef RP_PROC_MAILER_H
#define RP_PROC_MAILER_H

#include "codec/smtp.h"

#define RP_MAILER_PORT 25
#define RP_MAILER_WAIT_SECONDS 30
#define RP_MAILER_ADDRESSES_MAX 4

struct rp_mailer;

/* The port of "[2001:db8::25]:587", "mail.body.example:587" or without one. */
uint16_t rp_mailer_port(rp_text smarthost);

/* Addresses are looked up. RP_E_INVALID for what is no host and port,
 * RP_E_UNAVAILABLE for a name that is not found. */
struct rp_err *rp_mailer_open(struct rp_arena *a, rp_text smarthost,
    struct rp_mailer **out) RP_MUST_USE;

/* `out_said`: the server's words, or why there was none. Never RP_SMTP_GOES_ON.
 */
struct rp_err *rp_mailer_send(struct rp_arena *a, const struct rp_mailer *m,
    const struct rp_smtp_message *message, enum rp_smtp_outcome *out,
    rp_text *out_said) RP_MUST_USE;

#endif
