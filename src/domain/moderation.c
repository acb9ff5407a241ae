#include "domain/moderation.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/listing.h"
#include "domain/place.h"
#include "store/db.h"
#include "store/q_moderation.h"
#include "store/q_response.h"
#include "text/input.h"

const rp_text rp_rejection_grounds[] = { RP_TEXT_INIT("not_relevant"),
	RP_TEXT_INIT("duplicate"), RP_TEXT_INIT("abuse"),
	RP_TEXT_INIT("advertising"), RP_TEXT_INIT("illegible"),
	RP_TEXT_INIT("impersonation"), { NULL, 0 } };

const rp_text rp_hold_reasons[] = { RP_TEXT_INIT("links"), RP_TEXT_INIT("many"),
	RP_TEXT_INIT("identical"), RP_TEXT_INIT("scanner"), { NULL, 0 } };

/* A response that is about to be moved. */
struct moving {
	const struct rp_actor *who;
	struct rp_tx *tx;
	int64_t id, revision_id;
	struct rp_place where;
	struct q_moderation_get_row was;
};

static bool
is(const struct moving *m, const char *state)
{
	return rp_text_eq(m->was.state, rp_text_z(state));
}

/* The right first, then whether the page was up to date. */
static struct rp_err *
take(const struct rp_actor *who, struct rp_tx *tx, int64_t id,
    int64_t revision_id, struct moving *m)
{
	bool found;

	*m = (struct moving){ .who = who,
		.tx = tx,
		.id = id,
		.revision_id = revision_id };
	RP_TRY(rp_place_of(tx, RP_TEXT("response"), id, &m->where));
	RP_TRY(rp_actor_needs(who, RP_MAY_CHECK, m->where));
	RP_TRY(q_moderation_get(tx,
	    &(struct q_moderation_get_param){ .id = id }, &m->was, &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no response %lld",
		    (long long)id);
	if (m->was.standing_revision_id != revision_id)
		return rp_fail(RP_E_CONFLICT, "revision %lld stands, not %lld",
		    (long long)m->was.standing_revision_id,
		    (long long)revision_id);
	if (m->was.erased_at != 0)
		return rp_fail(RP_E_GONE, "erased");
	return NULL;
}

static struct rp_err *
wrong_state(const struct moving *m, const char *act)
{
	return rp_fail(RP_E_CONFLICT, "%s: response %lld is %.*s", act,
	    (long long)m->id, RP_FMT(m->was.state));
}

static struct rp_err *
moved(int64_t n)
{
	return n == 1 ? NULL : rp_fail(RP_E_CONFLICT, "somebody was faster");
}

static struct rp_err *
set_state(const struct moving *m, rp_text state)
{
	int64_t n;

	RP_TRY(q_moderation_set_state(m->tx,
	    &(struct q_moderation_set_state_param){ .id = m->id,
		.revision_id = m->revision_id,
		.from_state = m->was.state,
		.state = state,
		.now = m->who->now },
	    &n));
	return moved(n);
}

static struct rp_err *
note(const struct moving *m, rp_text action, rp_text after)
{
	rp_text before =
	    m->was.hold_reason.n == 0 ?
		m->was.state :
		rp_textf(rp_tx_arena(m->tx), "%.*s: %.*s", RP_FMT(m->was.state),
		    RP_FMT(m->was.hold_reason));

	return rp_event_write(m->who, m->tx,
	    &(struct rp_act){ .action = action,
		.object_kind = RP_TEXT("response"),
		.object_id = m->id,
		.group_id = m->where.group_id,
		.before = before,
		.after = after });
}

static struct rp_err *
tell_author(const struct moving *m, rp_text kind, rp_text text)
{
	if (m->was.email.n == 0)
		return NULL;
	return q_outbox_insert(m->tx,
	    &(struct q_outbox_insert_param){ .kind = kind,
		.recipient = m->was.email,
		.lang = m->was.lang,
		.object_kind = RP_TEXT("response"),
		.object_id = m->id,
		.note = text,
		.now = m->who->now });
}

static struct rp_err *
write_to_author(const struct moving *m, rp_text kind, rp_text reason,
    rp_text text)
{
	RP_TRY(q_message_insert(m->tx,
	    &(struct q_message_insert_param){ .response_id = m->id,
		.kind = kind,
		.reason = reason,
		.body = text,
		.person_id = m->who->person_id,
		.now = m->who->now }));
	return tell_author(m, kind, text);
}

struct rp_err *
rp_moderation_check(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id)
{
	struct moving m;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!is(&m, "received") && !is(&m, "returned") && !is(&m, "rejected"))
		return wrong_state(&m, "check");
	RP_TRY(set_state(&m, RP_TEXT("checked")));
	return note(&m, RP_TEXT("response.check"), RP_TEXT("checked"));
}

static struct rp_err *
number_of(const struct moving *m, int64_t *out)
{
	struct q_moderation_next_number_row next;

	*out = m->was.number;
	if (*out != 0)
		return NULL;
	RP_TRY(q_moderation_lock(m->tx,
	    &(struct q_moderation_lock_param){
		.consultation_id = m->was.consultation_id }));
	RP_TRY(q_moderation_next_number(m->tx,
	    &(struct q_moderation_next_number_param){
		.consultation_id = m->was.consultation_id },
	    &next));
	*out = next.number;
	return NULL;
}

struct rp_err *
rp_moderation_publish(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id, int64_t *out_number)
{
	struct moving m;
	int64_t n, number;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!is(&m, "received") && !is(&m, "checked"))
		return wrong_state(&m, "publish");
	RP_TRY(number_of(&m, &number));
	/* What was public is counted by what it says: out of the lists before
	 * another revision is. */
	if (m.was.public_revision_id != 0)
		RP_TRY(rp_listing_remove(who, tx, response_id));
	RP_TRY(q_moderation_publish(tx,
	    &(struct q_moderation_publish_param){ .id = response_id,
		.revision_id = revision_id,
		.from_state = m.was.state,
		.number = number,
		.now = who->now },
	    &n));
	RP_TRY(moved(n));
	RP_TRY(rp_listing_put(who, tx, response_id));
	RP_TRY(note(&m, RP_TEXT("response.publish"),
	    rp_textf(rp_tx_arena(tx), "published: number %lld, revision %lld",
		(long long)number, (long long)m.was.n)));
	RP_TRY(tell_author(&m, RP_TEXT("published"), RP_TEXT("")));
	*out_number = number;
	return NULL;
}

static struct rp_err *
length(rp_text message)
{
	if (message.n > RP_MESSAGE_MAX)
		return rp_fail(RP_E_LIMIT, "message of %zu octets", message.n);
	return NULL;
}

struct rp_err *
rp_moderation_return(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id, rp_text message)
{
	struct moving m;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (rp_text_blank(message))
		return rp_fail(RP_E_INVALID, "no message to the author");
	RP_TRY(length(message));
	if (!is(&m, "received") && !is(&m, "checked"))
		return wrong_state(&m, "return");
	RP_TRY(set_state(&m, RP_TEXT("returned")));
	RP_TRY(write_to_author(&m, RP_TEXT("returned"), RP_TEXT(""), message));
	return note(&m, RP_TEXT("response.return"),
	    rp_textf(rp_tx_arena(tx), "returned: %.*s", RP_FMT(message)));
}

static bool
among(const rp_text *list, rp_text word)
{
	for (; list->p != NULL; list++)
		if (rp_text_eq(*list, word))
			return true;
	return false;
}

struct rp_err *
rp_moderation_reject(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id, rp_text ground,
    rp_text explanation)
{
	struct moving m;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!among(rp_rejection_grounds, ground))
		return rp_fail(RP_E_INVALID, "no ground of rejection: %.*s",
		    RP_FMT(ground));
	RP_TRY(length(explanation));
	if (is(&m, "withdrawn") || is(&m, "rejected"))
		return wrong_state(&m, "reject");
	if (is(&m, "published")) {
		RP_TRY(rp_listing_remove(who, tx, response_id));
		RP_TRY(q_moderation_unpublish(tx,
		    &(struct q_moderation_unpublish_param){
			.id = response_id }));
	}
	RP_TRY(set_state(&m, RP_TEXT("rejected")));
	RP_TRY(write_to_author(&m, RP_TEXT("rejected"), ground, explanation));
	return note(&m, RP_TEXT("response.reject"),
	    rp_textf(rp_tx_arena(tx), "rejected: %.*s. %.*s", RP_FMT(ground),
		RP_FMT(explanation)));
}

struct rp_err *
rp_moderation_hold(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id, rp_text reason)
{
	struct moving m;
	int64_t n;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!among(rp_hold_reasons, reason))
		return rp_fail(RP_E_INVALID, "no reason to hold: %.*s",
		    RP_FMT(reason));
	if (!is(&m, "received"))
		return wrong_state(&m, "hold");
	RP_TRY(q_moderation_hold(tx,
	    &(struct q_moderation_hold_param){ .id = response_id,
		.revision_id = revision_id,
		.reason = reason,
		.now = who->now },
	    &n));
	RP_TRY(moved(n));
	return note(&m, RP_TEXT("response.hold"),
	    rp_textf(rp_tx_arena(tx), "held: %.*s", RP_FMT(reason)));
}

struct rp_err *
rp_moderation_release(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id)
{
	struct moving m;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!is(&m, "held") || rp_text_eq(m.was.hold_reason, RP_TEXT("late")))
		return wrong_state(&m, "release");
	RP_TRY(set_state(&m, RP_TEXT("received")));
	return note(&m, RP_TEXT("response.release"), RP_TEXT("received"));
}

struct rp_err *
rp_moderation_admit(const struct rp_actor *who, struct rp_tx *tx,
    int64_t response_id, int64_t revision_id)
{
	struct moving m;

	RP_TRY(take(who, tx, response_id, revision_id, &m));
	if (!is(&m, "held") || !rp_text_eq(m.was.hold_reason, RP_TEXT("late")))
		return wrong_state(&m, "admit");
	if (rp_text_eq(m.was.consultation_state, RP_TEXT("archived")))
		return rp_fail(RP_E_CONFLICT, "the consultation is archived");
	RP_TRY(set_state(&m, RP_TEXT("received")));
	return note(&m, RP_TEXT("response.admit"), RP_TEXT("received, late"));
}
