/*
 * staff - pieces that the pages behind signing in share.
 *
 * Tested in tests/journey/sign_in_test.py.
 */
#ifndef RP_WEB_STAFF_H
#define RP_WEB_STAFF_H

#include "web/web.h"

#define RP_ADDRESS_FIELD_MAX 1000 /* octets typed as an e-mail address */
#define RP_TO_MAX 2000            /* octets of an address to go back to */

/* The value of the button that sent the form is `name`. */
bool rp_web_button(const struct rp_request *req, const char *name);

/* The frame of a private page around `content`. */
struct rp_err *rp_web_private(const struct rp_request *req, rp_text title,
    bool wide, rp_html content, struct rp_response *out) RP_MUST_USE;

/* A page of a title and a sentence; `link` may be empty. */
struct rp_err *rp_web_say(const struct rp_request *req, enum rp_msg title,
    enum rp_msg text, rp_url link, enum rp_msg label,
    struct rp_response *out) RP_MUST_USE;

/* Set the session's cookie, or delete it. */
void rp_web_cookie_set(const struct rp_request *req, rp_text secret,
    int64_t age_ms, struct rp_response *out);
void rp_web_cookie_drop(const struct rp_request *req, struct rp_response *out);

/*
 * The token for a form of somebody who is not signed in: made from a secret
 * that the browser keeps in the cookie of the session to come, and that opens
 * nothing. So no other site can send the form, and sign its visitors in as
 * somebody else.
 */
rp_text rp_web_stranger_token(const struct rp_request *req,
    struct rp_response *out);

/* The field "token" is the stranger's. */
bool rp_web_stranger_sent(const struct rp_request *req);

/* Sign in, with a new secret, and go on to `to`: the desk if that is empty. */
struct rp_err *rp_web_begin_session(const struct rp_request *req,
    int64_t person_id, bool second_factor, rp_text to,
    struct rp_response *out) RP_MUST_USE;

/* Ask for the second factor. */
struct rp_err *rp_web_ask_code(const struct rp_request *req, rp_text ticket,
    rp_text to, enum rp_msg error, struct rp_response *out) RP_MUST_USE;

/*
 * What of a field may be an address to go back to: a path of ours, else empty.
 */
rp_text rp_web_to(const struct rp_request *req, const struct rp_urlform *form);

/*
 * A new passphrase and its repetition, from the fields of the same names.
 * The errors are M_none if they are good.
 */
struct rp_new_passphrase {
	rp_text value;
	enum rp_msg error, repeat_error;
};
struct rp_err *rp_web_new_passphrase(const struct rp_request *req, rp_text name,
    struct rp_new_passphrase *out) RP_MUST_USE;

/* "At least 12 characters are needed.": for the errors above. */
rp_text rp_web_passphrase_error(const struct rp_request *req, enum rp_msg id);

#endif
