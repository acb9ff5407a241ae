/* Erasing and retention: see privacy.h. */
#include "base/clock.h"
#include "base/err.h"
#include "domain/access_log.h"
#include "domain/event.h"
#include "domain/listing.h"
#include "domain/mailing.h"
#include "domain/place.h"
#include "domain/privacy.h"
#include "domain/right.h"
#include "store/db.h"
#include "store/q_access_log.h"
#include "store/q_account.h"
#include "store/q_event.h"
#include "store/q_guest.h"
#include "store/q_installation.h"
#include "store/q_outbox.h"
#include "store/q_pack.h"
#include "store/q_privacy.h"
#include "store/q_session.h"
#include "text/email.h"

#define GONE RP_BYTES("") /* what a nonce becomes */

static struct rp_err *
erase_events(struct rp_tx *tx, rp_text kind, int64_t id)
{
	int64_t n;

	return q_event_text_erase_of_object(tx,
	    &(struct q_event_text_erase_of_object_param){ .object_kind = kind,
		.object_id = id },
	    &n);
}

/* A file that another response also sent stays with that one. */
static struct rp_err *
erase_blob(struct rp_tx *tx, int64_t blob_id)
{
	struct q_privacy_blob_used_row row;
	bool used;

	if (blob_id == 0)
		return NULL;
	RP_TRY(q_privacy_blob_used(tx,
	    &(struct q_privacy_blob_used_param){ .blob_id = blob_id }, &row,
	    &used));
	if (used)
		return NULL;
	RP_TRY(q_privacy_erase_blob_chunks(tx,
	    &(struct q_privacy_erase_blob_chunks_param){ .blob_id = blob_id }));
	return q_privacy_erase_blob(tx,
	    &(struct q_privacy_erase_blob_param){ .blob_id = blob_id });
}

static struct rp_err *
erase_attachments(struct rp_tx *tx, int64_t id)
{
	struct q_privacy_blobs_of_response_rows blobs;

	RP_TRY(q_privacy_blobs_of_response(tx,
	    &(struct q_privacy_blobs_of_response_param){ .response_id = id },
	    &blobs));
	RP_TRY(q_privacy_erase_attachments(tx,
	    &(struct q_privacy_erase_attachments_param){ .response_id = id }));
	for (size_t i = 0; i < blobs.n; i++) {
		RP_TRY(erase_blob(tx, blobs.v[i].blob_id));
		RP_TRY(erase_blob(tx, blobs.v[i].clean_blob_id));
	}
	return NULL;
}

static struct rp_err *
erase_texts(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	RP_TRY(q_privacy_erase_redactions(tx,
	    &(struct q_privacy_erase_redactions_param){ .response_id = id }));
	RP_TRY(q_privacy_erase_translations(tx,
	    &(struct q_privacy_erase_translations_param){ .response_id = id }));
	RP_TRY(q_privacy_erase_answers(tx,
	    &(struct q_privacy_erase_answers_param){ .response_id = id }));
	RP_TRY(q_privacy_erase_texts(tx,
	    &(struct q_privacy_erase_texts_param){ .response_id = id }));
	RP_TRY(erase_attachments(tx, id));
	return q_privacy_mark_withdrawn(tx,
	    &(struct q_privacy_mark_withdrawn_param){ .response_id = id,
		.now = who->now });
}

struct rp_err *
rp_privacy_erase_response(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id, enum rp_erase what)
{
	struct q_privacy_response_get_row row;
	struct rp_place where;
	bool found, everything = what == RP_ERASE_EVERYTHING;

	RP_TRY(rp_place_of(tx, RP_TEXT("response"), id, &where));
	RP_TRY(rp_actor_needs(who, RP_MAY_ERASE, where));
	RP_TRY(q_privacy_response_get(tx,
	    &(struct q_privacy_response_get_param){ .id = id }, &row, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no response %lld",
		    (long long)id);
	/* Out of the lists first: they are counted by what is there now. */
	if (row.public_revision_id != 0)
		RP_TRY(rp_listing_remove(who, tx, id));
	RP_TRY(q_privacy_erase_names(tx,
	    &(struct q_privacy_erase_names_param){ .response_id = id,
		.nonce = GONE }));
	if (everything)
		RP_TRY(erase_texts(who, tx, id));
	RP_TRY(q_privacy_erase_messages(tx,
	    &(struct q_privacy_erase_messages_param){ .response_id = id }));
	RP_TRY(q_privacy_erase_outbox(tx,
	    &(struct q_privacy_erase_outbox_param){ .response_id = id }));
	RP_TRY(q_privacy_mark_erased(tx,
	    &(struct q_privacy_mark_erased_param){ .response_id = id,
		.now = who->now }));
	if (row.public_revision_id != 0 && !everything)
		RP_TRY(rp_listing_put(who, tx, id));
	RP_TRY(erase_events(tx, RP_TEXT("response"), id));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("response.erase"),
		.object_kind = RP_TEXT("response"),
		.object_id = id,
		.group_id = where.group_id,
		.after =
		    everything ? RP_TEXT("everything") : RP_TEXT("names") });
}

struct rp_err *
rp_privacy_erase_address(const struct rp_actor *who, struct rp_tx *tx,
    rp_text address, enum rp_erase what, int64_t *out_n)
{
	struct q_privacy_responses_of_address_rows rows;
	struct rp_email email;
	int64_t groups;

	if (!rp_actor_is_staff(who))
		RP_TRY(
		    rp_actor_needs(who, RP_MAY_ERASE, (struct rp_place){ 0 }));
	RP_TRY(
	    rp_email_parse(rp_tx_arena(tx), who->env->names, address, &email));
	RP_TRY(q_privacy_responses_of_address(tx,
	    &(struct q_privacy_responses_of_address_param){
		.email_key = email.key },
	    &rows));
	for (size_t i = 0; i < rows.n; i++)
		RP_TRY(rp_place_needs(who, tx, RP_MAY_ERASE,
		    RP_TEXT("response"), rows.v[i].id));
	for (size_t i = 0; i < rows.n; i++)
		RP_TRY(rp_privacy_erase_response(who, tx, rows.v[i].id, what));
	RP_TRY(rp_recipient_erase(who, tx, rp_email_wire(&email), &groups));
	*out_n = (int64_t)rows.n + groups;
	return NULL;
}

static struct rp_err *
erase_account(const struct rp_actor *who, struct rp_tx *tx, int64_t id)
{
	RP_TRY(q_privacy_erase_sessions(tx,
	    &(struct q_privacy_erase_sessions_param){ .person_id = id }));
	RP_TRY(q_outbox_erase_of_person(tx,
	    &(struct q_outbox_erase_of_person_param){ .person_id = id }));
	RP_TRY(q_access_erase(tx,
	    &(struct q_access_erase_param){ .person_id = id }));
	RP_TRY(q_guest_end_of_person(tx,
	    &(struct q_guest_end_of_person_param){ .person_id = id,
		.now = who->now }));
	RP_TRY(q_pack_taken_erase(tx,
	    &(struct q_pack_taken_erase_param){ .person_id = id }));
	RP_TRY(q_privacy_erase_tokens(tx,
	    &(struct q_privacy_erase_tokens_param){ .person_id = id }));
	RP_TRY(q_privacy_erase_links(tx,
	    &(struct q_privacy_erase_links_param){ .person_id = id }));
	RP_TRY(q_recovery_code_delete(tx,
	    &(struct q_recovery_code_delete_param){ .person_id = id }));
	RP_TRY(q_privacy_erase_account(tx,
	    &(struct q_privacy_erase_account_param){ .person_id = id }));
	return q_privacy_erase_addresses(tx,
	    &(struct q_privacy_erase_addresses_param){ .person_id = id });
}

struct rp_err *
rp_privacy_erase_person(const struct rp_actor *who, struct rp_tx *tx,
    int64_t id)
{
	RP_TRY(rp_actor_needs(who, RP_MAY_ERASE, (struct rp_place){ 0 }));
	RP_TRY(rp_right_may_manage(who, tx, id));
	RP_TRY(erase_account(who, tx, id));
	RP_TRY(q_privacy_end_rights(tx,
	    &(struct q_privacy_end_rights_param){ .person_id = id,
		.now = who->now }));
	RP_TRY(q_privacy_erase_person(tx,
	    &(struct q_privacy_erase_person_param){ .person_id = id }));
	RP_TRY(erase_events(tx, RP_TEXT("person"), id));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("person.erase"),
		.object_kind = RP_TEXT("person"),
		.object_id = id });
}

/* How far a rule has come: the last response it dealt with. */
static struct rp_err *
mark_get(struct rp_tx *tx, rp_text name, int64_t *out)
{
	struct q_installation_find_row row;
	bool found;

	RP_TRY(q_installation_find(tx,
	    &(struct q_installation_find_param){ .name = name }, &row, &found));
	if (!found ||
	    !rp_text_i64(rp_text_trusted(rp_tx_arena(tx), row.value), out))
		*out = 0;
	return NULL;
}

static struct rp_err *
mark_set(struct rp_tx *tx, rp_text name, int64_t id)
{
	rp_text value = rp_textf(rp_tx_arena(tx), "%lld", (long long)id);

	return q_installation_set(tx,
	    &(struct q_installation_set_param){ .name = name,
		.value = rp_text_bytes(value) });
}

static struct rp_err *
retain_networks(const struct rp_actor *who, struct rp_tx *tx, bool *more)
{
	rp_text name = RP_TEXT("retention networks");
	int64_t after, before = who->now - RP_NETWORK_DAYS * RP_DAY;
	struct q_privacy_due_networks_rows rows;

	RP_TRY(mark_get(tx, name, &after));
	RP_TRY(q_privacy_due_networks(tx,
	    &(struct q_privacy_due_networks_param){ .after_id = after,
		.before = before,
		.max = RP_RETAIN_BATCH },
	    &rows));
	if (rows.n == 0)
		return NULL;
	RP_TRY(q_privacy_erase_networks(tx,
	    &(struct q_privacy_erase_networks_param){ .after_id = after,
		.to_id = rows.v[rows.n - 1].id,
		.before = before }));
	*more = *more || rows.n == RP_RETAIN_BATCH;
	return mark_set(tx, name, rows.v[rows.n - 1].id);
}

static struct rp_err *
retain_group(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t days, bool *more)
{
	rp_text name = rp_textf(rp_tx_arena(tx), "retention group %lld",
	    (long long)group_id);
	struct q_privacy_due_of_group_rows rows;
	int64_t after;

	RP_TRY(mark_get(tx, name, &after));
	RP_TRY(q_privacy_due_of_group(tx,
	    &(struct q_privacy_due_of_group_param){ .group_id = group_id,
		.after_id = after,
		.before = who->now - days * RP_DAY,
		.max = RP_RETAIN_BATCH },
	    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t id = rows.v[i].id;

		RP_TRY(q_privacy_erase_contact(tx,
		    &(struct q_privacy_erase_contact_param){ .response_id = id,
			.nonce = GONE }));
		RP_TRY(q_privacy_erase_outbox(tx,
		    &(struct q_privacy_erase_outbox_param){
			.response_id = id }));
		RP_TRY(erase_events(tx, RP_TEXT("response"), id));
	}
	if (rows.n == 0)
		return NULL;
	RP_TRY(mark_set(tx, name, rows.v[rows.n - 1].id));
	*more = *more || rows.n == RP_RETAIN_BATCH;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("privacy.retain"),
		.object_kind = RP_TEXT("group"),
		.object_id = group_id,
		.group_id = group_id,
		.after = rp_textf(rp_tx_arena(tx), "%zu responses", rows.n) });
}

struct rp_err *
rp_privacy_retain(const struct rp_actor *who, struct rp_tx *tx, bool *out_more)
{
	struct q_privacy_group_rules_rows rules;
	int64_t n, ended = who->now - RP_SESSION_DAYS * RP_DAY;
	bool more = false;

	if (!who->system)
		return rp_fail(RP_E_DENIED, "for the worker");
	RP_TRY(q_session_sweep(tx,
	    &(struct q_session_sweep_param){ .before = ended }, &n));
	RP_TRY(q_one_time_link_sweep(tx,
	    &(struct q_one_time_link_sweep_param){ .before = ended }, &n));
	RP_TRY(rp_access_sweep(who, tx, &more));
	RP_TRY(retain_networks(who, tx, &more));
	RP_TRY(q_privacy_group_rules(tx, &rules));
	for (size_t i = 0; i < rules.n; i++)
		RP_TRY(retain_group(who, tx, rules.v[i].id,
		    rules.v[i].retention_days, &more));
	*out_more = more;
	return NULL;
}
