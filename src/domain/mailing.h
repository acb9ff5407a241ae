/*
 * mailing - the addressees of a group, and telling them by mail.
 *
 * A recipient has an address, a language and a class, which is a word of the
 * group's own ("member", "press"). Recipients come as rows of a table; either
 * all rows are taken, or none and each wrong one is told with its line. Two
 * with the same address are one.
 *
 * Sending reaches those of a class, or all, who were not told of the occasion
 * by mail yet, each in his language: again means those whom it did not reach,
 * and those who came since. Who asked not to be written to is passed over, also
 * when the message is waiting. What is sent is kept (one text a language), and
 * each recipient has his row in the log (announcement.h), which the worker
 * keeps (outbox.h).
 *
 * Everything needs RP_MAY_CONTACT on the group, but for what a recipient does
 * by the secret of his link: say that it arrived, or that no more shall come.
 */
#ifndef RP_DOMAIN_MAILING_H
#define RP_DOMAIN_MAILING_H

#include "domain/announcement.h"
#include "text/lang.h"

#define RP_GROUP_RECIPIENTS_MAX 20000
#define RP_RECIPIENT_ROWS_MAX 5000 /* of one import */
#define RP_RECIPIENT_CLASS_MAX 60  /* octets */
#define RP_MAILING_SUBJECT_MAX 600 /* octets */

struct rp_recipient {
	int64_t id, since_at;
	rp_text name, address, key, lang, class;
	bool is_refused; /* asked not to be written to */
};
struct rp_recipient_list RP_VEC(struct rp_recipient);

/* By class, then address. */
struct rp_err *rp_recipient_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_recipient_list *out) RP_MUST_USE;

enum rp_recipient_row_problem {
	RP_ROW_FINE = 0,
	RP_ROW_NO_ADDRESS,
	RP_ROW_BAD_ADDRESS,
	RP_ROW_BAD_LANG, /* none of the six */
	RP_ROW_TOO_LONG, /* a name or a class */
	RP_ROW_TWICE,    /* the address stood in an earlier row */
	RP_ROW_REFUSED,  /* asked not to be written to */
};
struct rp_recipient_row {
	int64_t line;
	rp_text name, address, lang, class;
	enum rp_recipient_row_problem problem; /* out */
};
struct rp_recipient_rows RP_VEC(struct rp_recipient_row);

struct rp_recipient_import {
	int64_t added, changed, same;
	struct rp_recipient_rows wrong;
};

/*
 * `is_dry`: say what would be, and store nothing. Nothing is stored either
 * where a row is wrong. RP_E_LIMIT past the numbers above.
 */
struct rp_err *rp_recipient_import(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_recipient_rows *rows, bool is_dry,
    struct rp_recipient_import *out) RP_MUST_USE;

/* RP_E_NOTFOUND. The log keeps what was sent. */
struct rp_err *rp_recipient_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t id) RP_MUST_USE;

/*
 * For privacy.h: the groups that write to an address, or have (`id` 0: it is in
 * no list now), where `who` has RP_MAY_ERASE; and to forget it in them: the log
 * keeps rows without a name. `wire`: text/email.h. `out_n`: groups.
 */
struct rp_addressed {
	int64_t group_id, id;
	rp_text name, lang, class;
};
struct rp_addressed_list RP_VEC(struct rp_addressed);
struct rp_err *rp_recipient_of_address(const struct rp_actor *who,
    struct rp_tx *tx, rp_text wire, struct rp_addressed_list *out) RP_MUST_USE;
struct rp_err *rp_recipient_erase(const struct rp_actor *who, struct rp_tx *tx,
    rp_text wire, int64_t *out_n) RP_MUST_USE;

/* How many of a class (empty: of all) a mailing would reach now. */
struct rp_err *rp_mailing_unreached(const struct rp_actor *who,
    struct rp_tx *tx, const struct rp_occasion *o, rp_text class,
    int64_t *out) RP_MUST_USE;

struct rp_mailing_texts {
	rp_text subject[RP_LANG_COUNT], body[RP_LANG_COUNT];
};
/*
 * RP_E_CONFLICT where no mail server is set; RP_E_INVALID without a text in a
 * language that somebody reads; RP_E_LIMIT. `out_n`: how many are written to.
 */
struct rp_err *rp_mailing_send(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text class,
    const struct rp_mailing_texts *texts, int64_t *out_n) RP_MUST_USE;

/* By the secret of a link. RP_E_NOTFOUND. */
struct rp_recipient_self {
	int64_t id, group_id;
	rp_text key;
	bool is_refused;
};
struct rp_err *rp_recipient_self(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret, struct rp_recipient_self *out) RP_MUST_USE;
/* No more, of anything of the group. Twice is once. */
struct rp_err *rp_recipient_self_refuse(const struct rp_actor *who,
    struct rp_tx *tx, rp_text secret) RP_MUST_USE;
/* What was sent has arrived. */
struct rp_err *rp_recipient_self_acknowledge(const struct rp_actor *who,
    struct rp_tx *tx, rp_text secret) RP_MUST_USE;

#endif
