/*
 * staff - pieces that the pages behind signing in share.
 *
 * Tested in tests/journey/account_test.py and sign_in_test.py.
 */
#ifndef RP_WEB_STAFF_H
#define RP_WEB_STAFF_H

#include "render/t_addresses.h"
#include "web/web.h"

#define RP_ADDRESS_FIELD_MAX 1000 /* octets typed as an e-mail address */
#define RP_TO_MAX 2000            /* octets of an address to go back to */

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

/* Choices of a list; RP_COPY_CHOICES() takes them into the list of a view. */
struct rp_choice {
	rp_text value, name;
	bool selected;
};
struct rp_choices RP_VEC(struct rp_choice);

struct rp_choices rp_web_zone_choices(const struct rp_request *req,
    rp_text chosen);
struct rp_choices rp_web_language_choices(const struct rp_request *req,
    rp_text chosen);
/* Members of a group by the reader's alphabet; `chosen`: ids of parties. */
struct rp_err *rp_web_member_choices(const struct rp_request *req,
    int64_t group_id, const int64_t *chosen, size_t n,
    struct rp_choices *out) RP_MUST_USE;

#define RP_COPY_CHOICES(req, list, from)                          \
	do {                                                      \
		const struct rp_choices from_ = (from);           \
		for (size_t i_ = 0; i_ < from_.n; i_++) {         \
			__typeof__(*(list)->v) one_ = {           \
				.value = from_.v[i_].value,       \
				.name = from_.v[i_].name,         \
				.selected = from_.v[i_].selected, \
			};                                        \
			rp_vec_push((req)->arena, (list), one_);  \
		}                                                 \
	} while (0)

/* "YYYY-MM-DD" of a date field as the last minute of that day in UTC; 0 if it
 * is empty. RP_E_INVALID. */
struct rp_err *rp_web_last_minute(const struct rp_request *req,
    const char *name, int64_t *out) RP_MUST_USE;

/*
 * The e-mail addresses of a person, on the account's page and on the desk's:
 * the view, and what its buttons do. `out_error` is M_none if it was done.
 */
struct rp_person;
struct v_addresses rp_web_addresses(const struct rp_request *req,
    const struct rp_person *p, rp_url action);
bool rp_web_addresses_button(const struct rp_request *req);
struct rp_err *rp_web_addresses_do(const struct rp_request *req,
    int64_t person_id, enum rp_msg *out_error) RP_MUST_USE;

#endif
