#include "domain/mailing.h"

#include "base/err.h"
#include "domain/crypto.h"
#include "domain/event.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_announcement.h"
#include "store/q_mailing.h"
#include "text/email.h"
#include "text/input.h"

static struct rp_err *
needs(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id)
{
	return rp_place_needs(who, tx, RP_MAY_CONTACT, RP_TEXT("group"),
	    group_id);
}

struct rp_err *
rp_recipient_list(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, struct rp_recipient_list *out)
{
	struct q_recipients_rows rows;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_recipients(tx,
	    &(struct q_recipients_param){ .group_id = group_id }, &rows));
	*out = (struct rp_recipient_list){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_recipients_row *r = &rows.v[i];

		rp_vec_push(rp_tx_arena(tx), out,
		    ((struct rp_recipient){ .id = r->id,
			.since_at = r->since_at,
			.name = r->name,
			.address = r->address,
			.key = r->recipient_key,
			.lang = r->lang,
			.class = r->class,
			.is_refused = r->refused > 0 }));
	}
	return NULL;
}

/* Importing. */

/* The same whatever the case of ASCII, as announcement.h has it. */
static rp_text
key_of(struct rp_arena *a, rp_text wire)
{
	char *p = rp_alloc(a, wire.n + 1);

	for (size_t i = 0; i < wire.n; i++)
		p[i] = (char)(wire.p[i] >= 'A' && wire.p[i] <= 'Z' ?
				  wire.p[i] | 0x20 :
				  wire.p[i]);
	return (rp_text){ p, wire.n };
}

struct known {
	rp_text key;
	const struct rp_recipient *now; /* NULL: somebody new */
};
struct knowns RP_VEC(struct known);

struct importing {
	const struct rp_actor *who;
	struct rp_tx *tx;
	int64_t group_id;
	struct rp_recipient_list all;
	struct knowns keys; /* of the rows so far, in their order */
};

static const struct rp_recipient *
find(const struct importing *k, rp_text key)
{
	for (size_t i = 0; i < k->all.n; i++) {
		if (rp_text_eq(k->all.v[i].key, key))
			return &k->all.v[i];
	}
	return NULL;
}

static struct rp_err *
is_refused(struct importing *k, rp_text key, bool *out)
{
	struct q_delivery_refused_row row;

	return q_delivery_refused(k->tx,
	    &(struct q_delivery_refused_param){ .group_id = k->group_id,
		.recipient_key = key },
	    &row, out);
}

static struct rp_err *
judge(struct importing *k, struct rp_recipient_row *r)
{
	struct rp_arena *a = rp_tx_arena(k->tx);
	struct known one = { .key = RP_TEXT("") };
	struct rp_email email;
	enum rp_lang lang;
	bool refused;

	if (rp_text_blank(r->address)) {
		r->problem = RP_ROW_NO_ADDRESS;
	} else if (rp_email_check(a, k->who->env->names, r->address, &email) !=
		   RP_ADDRESS_OK) {
		r->problem = RP_ROW_BAD_ADDRESS;
	} else if (r->name.n > RP_RECIPIENT_MAX ||
		   r->class.n > RP_RECIPIENT_CLASS_MAX) {
		r->problem = RP_ROW_TOO_LONG;
	} else if (!rp_lang_find(r->lang, &lang)) {
		r->problem = RP_ROW_BAD_LANG;
	} else {
		one.key = key_of(a, rp_email_wire(&email));
		one.now = find(k, one.key);
		for (size_t i = 0; i < k->keys.n; i++) {
			if (rp_text_eq(k->keys.v[i].key, one.key))
				r->problem = RP_ROW_TWICE;
		}
		RP_TRY(is_refused(k, one.key, &refused));
		if (refused)
			r->problem = RP_ROW_REFUSED;
	}
	rp_vec_push(a, &k->keys, one);
	return NULL;
}

static void
count(const struct rp_recipient_row *r, const struct rp_recipient *now,
    struct rp_recipient_import *out)
{
	if (now == NULL)
		out->added++;
	else if (rp_text_eq(now->name, r->name) &&
		 rp_text_eq(now->address, r->address) &&
		 rp_text_eq(now->lang, r->lang) &&
		 rp_text_eq(now->class, r->class))
		out->same++;
	else
		out->changed++;
}

static struct rp_err *
put(struct importing *k, const struct rp_recipient_row *r, rp_text key)
{
	return q_recipient_put(k->tx,
	    &(struct q_recipient_put_param){ .group_id = k->group_id,
		.name = r->name,
		.address = r->address,
		.recipient_key = key,
		.lang = r->lang,
		.class = r->class,
		.secret = rp_secret_new(rp_tx_arena(k->tx), k->who->env),
		.now = k->who->now });
}

struct rp_err *
rp_recipient_import(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, const struct rp_recipient_rows *rows, bool is_dry,
    struct rp_recipient_import *out)
{
	struct importing k = { .who = who, .tx = tx, .group_id = group_id };

	*out = (struct rp_recipient_import){ 0 };
	RP_TRY(rp_recipient_list(who, tx, group_id, &k.all));
	if (rows->n > RP_RECIPIENT_ROWS_MAX ||
	    k.all.n + rows->n > RP_GROUP_RECIPIENTS_MAX)
		return rp_fail(RP_E_LIMIT, "%zu recipients", rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		struct rp_recipient_row r = rows->v[i];

		RP_TRY(judge(&k, &r));
		if (r.problem != RP_ROW_FINE)
			rp_vec_push(rp_tx_arena(tx), &out->wrong, r);
		else
			count(&r, k.keys.v[i].now, out);
	}
	if (is_dry || out->wrong.n > 0)
		return NULL;
	for (size_t i = 0; i < rows->n; i++)
		RP_TRY(put(&k, &rows->v[i], k.keys.v[i].key));
	return rp_event_of_group(who, tx, group_id, RP_TEXT("recipient.import"),
	    rp_textf(rp_tx_arena(tx), "%lld added, %lld changed",
		(long long)out->added, (long long)out->changed));
}

struct rp_err *
rp_recipient_remove(const struct rp_actor *who, struct rp_tx *tx,
    int64_t group_id, int64_t id)
{
	int64_t n;

	RP_TRY(needs(who, tx, group_id));
	RP_TRY(q_recipient_forget(tx,
	    &(struct q_recipient_forget_param){ .group_id = group_id,
		.id = id }));
	RP_TRY(q_recipient_remove(tx,
	    &(struct q_recipient_remove_param){ .group_id = group_id,
		.id = id },
	    &n));
	if (n == 0)
		return rp_fail(RP_E_NOTFOUND, "no such recipient");
	return rp_event_of_group(who, tx, group_id, RP_TEXT("recipient.remove"),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)id));
}

/* Personal data. */

struct rp_err *
rp_recipient_of_address(const struct rp_actor *who, struct rp_tx *tx,
    rp_text wire, struct rp_addressed_list *out)
{
	struct q_mailing_of_key_rows rows;

	RP_TRY(q_mailing_of_key(tx,
	    &(struct q_mailing_of_key_param){
		.recipient_key = key_of(rp_tx_arena(tx), wire) },
	    &rows));
	*out = (struct rp_addressed_list){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_mailing_of_key_row *r = &rows.v[i];
		struct rp_place where;

		RP_TRY(rp_place_of(tx, RP_TEXT("group"), r->group_id, &where));
		if (rp_actor_may(who, RP_MAY_ERASE, where))
			rp_vec_push(rp_tx_arena(tx), out,
			    ((struct rp_addressed){ r->group_id, r->id, r->name,
				r->lang, r->class }));
	}
	return NULL;
}

struct rp_err *
rp_recipient_erase(const struct rp_actor *who, struct rp_tx *tx, rp_text wire,
    int64_t *out_n)
{
	rp_text key = key_of(rp_tx_arena(tx), wire);
	struct rp_addressed_list all;
	int64_t n;

	RP_TRY(rp_recipient_of_address(who, tx, wire, &all));
	for (size_t i = 0; i < all.n; i++) {
		int64_t group_id = all.v[i].group_id;

		RP_TRY(q_mailing_erase_outbox(tx,
		    &(struct q_mailing_erase_outbox_param){ .group_id =
								group_id,
			.recipient_key = key }));
		RP_TRY(q_mailing_erase_deliveries(tx,
		    &(struct q_mailing_erase_deliveries_param){ .group_id =
								    group_id,
			.recipient_key = key }));
		RP_TRY(q_recipient_remove(tx,
		    &(struct q_recipient_remove_param){ .group_id = group_id,
			.id = all.v[i].id },
		    &n));
		RP_TRY(rp_event_of_group(who, tx, group_id,
		    RP_TEXT("recipient.erase"), RP_TEXT("")));
	}
	*out_n = (int64_t)all.n;
	return NULL;
}

/* Sending. */

static struct rp_err *
unreached(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text class,
    struct q_mailing_unreached_rows *out)
{
	RP_TRY(needs(who, tx, o->group_id));
	return q_mailing_unreached(tx,
	    &(struct q_mailing_unreached_param){ .group_id = o->group_id,
		.occasion = o->kind,
		.object_id = o->object_id,
		.class = class },
	    out);
}

struct rp_err *
rp_mailing_unreached(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text class, int64_t *out)
{
	struct q_mailing_unreached_rows rows;

	RP_TRY(unreached(who, tx, o, class, &rows));
	*out = (int64_t)rows.n;
	return NULL;
}

/* The text in a language is stored when the first one reads it. */
static struct rp_err *
mailing_in(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, enum rp_lang lang,
    const struct rp_mailing_texts *texts, int64_t *id)
{
	struct q_mailing_insert_row row;

	if (*id != 0)
		return NULL;
	if (rp_text_blank(texts->subject[lang]) ||
	    rp_text_blank(texts->body[lang]))
		return rp_fail(RP_E_INVALID, "no text in a language");
	if (texts->subject[lang].n > RP_MAILING_SUBJECT_MAX ||
	    texts->body[lang].n > RP_ANNOUNCEMENT_MAX)
		return rp_fail(RP_E_LIMIT, "a text that is too long");
	RP_TRY(q_mailing_insert(tx,
	    &(struct q_mailing_insert_param){ .group_id = o->group_id,
		.occasion = o->kind,
		.object_id = o->object_id,
		.lang = rp_lang_tag(lang),
		.subject = texts->subject[lang],
		.body = texts->body[lang],
		.now = who->now,
		.person_id = who->person_id },
	    &row));
	*id = row.id;
	return NULL;
}

static struct rp_err *
send_one(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, const struct q_mailing_unreached_row *r,
    int64_t mailing_id)
{
	struct q_mailing_delivery_row row;

	RP_TRY(q_mailing_delivery(tx,
	    &(struct q_mailing_delivery_param){ .group_id = o->group_id,
		.occasion = o->kind,
		.object_id = o->object_id,
		.lang = r->lang,
		.recipient = r->address,
		.recipient_key = r->recipient_key,
		.now = who->now,
		.person_id = who->person_id,
		.recipient_id = r->id,
		.mailing_id = mailing_id },
	    &row));
	return q_mailing_outbox(tx,
	    &(struct q_mailing_outbox_param){ .recipient = r->address,
		.lang = r->lang,
		.delivery_id = row.id,
		.now = who->now });
}

struct rp_err *
rp_mailing_send(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_occasion *o, rp_text class,
    const struct rp_mailing_texts *texts, int64_t *out_n)
{
	struct q_mailing_unreached_rows rows;
	int64_t ids[RP_LANG_COUNT] = { 0 };

	RP_TRY(unreached(who, tx, o, class, &rows));
	if (!who->env->mail_configured)
		return rp_fail(RP_E_CONFLICT, "no mail server is set");
	for (size_t i = 0; i < rows.n; i++) {
		enum rp_lang lang = RP_LANG_EN;

		(void)rp_lang_find(rows.v[i].lang, &lang);
		RP_TRY(mailing_in(who, tx, o, lang, texts, &ids[lang]));
		RP_TRY(send_one(who, tx, o, &rows.v[i], ids[lang]));
	}
	*out_n = (int64_t)rows.n;
	return rp_event_of_group(who, tx, o->group_id,
	    RP_TEXT("announcement.mailed"),
	    rp_textf(rp_tx_arena(tx), "%.*s %lld: %lld", RP_FMT(o->kind),
		(long long)o->object_id, (long long)*out_n));
}

/* The recipient. */

struct rp_err *
rp_recipient_self(const struct rp_actor *who, struct rp_tx *tx, rp_text secret,
    struct rp_recipient_self *out)
{
	struct q_recipient_by_secret_row row;
	bool found = false;

	RP_ASSERT(who != NULL); /* the secret is the right */
	if (secret.n == RP_SECRET_LEN)
		RP_TRY(q_recipient_by_secret(tx,
		    &(struct q_recipient_by_secret_param){ .secret = secret },
		    &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no such recipient");
	*out = (struct rp_recipient_self){ .id = row.id,
		.group_id = row.group_id,
		.key = row.recipient_key,
		.is_refused = row.refused > 0 };
	return NULL;
}

struct rp_err *
rp_recipient_self_refuse(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret)
{
	struct rp_recipient_self self;

	RP_TRY(rp_recipient_self(who, tx, secret, &self));
	if (self.is_refused)
		return NULL;
	RP_TRY(q_delivery_refuse(tx,
	    &(struct q_delivery_refuse_param){ .group_id = self.group_id,
		.recipient_key = self.key,
		.now = who->now }));
	return rp_event_of_group(who, tx, self.group_id,
	    RP_TEXT("recipient.refused"),
	    rp_textf(rp_tx_arena(tx), "%lld", (long long)self.id));
}

struct rp_err *
rp_recipient_self_acknowledge(const struct rp_actor *who, struct rp_tx *tx,
    rp_text secret)
{
	struct rp_recipient_self self;
	int64_t n;

	RP_TRY(rp_recipient_self(who, tx, secret, &self));
	RP_TRY(q_recipient_acknowledge(tx,
	    &(struct q_recipient_acknowledge_param){ .recipient_id = self.id,
		.now = who->now },
	    &n));
	if (n == 0)
		return NULL;
	return rp_event_of_group(who, tx, self.group_id,
	    RP_TEXT("announcement.acknowledged"),
	    rp_textf(rp_tx_arena(tx), "recipient %lld", (long long)self.id));
}
