#include "domain/invitation.h"

#include "base/err.h"
#include "domain/event.h"
#include "domain/place.h"
#include "domain/public.h"
#include "store/db.h"
#include "store/q_invitation.h"
#include "text/input.h"

struct rp_err *
rp_invitation_get(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, struct rp_invitation *out)
{
	struct q_invitation_get_row row;
	struct rp_place where;
	bool found;

	RP_TRY(rp_place_of(tx, RP_TEXT("group"), m->group_id, &where));
	RP_TRY(q_invitation_get(tx,
	    &(struct q_invitation_get_param){ .meeting_id = m->id }, &row,
	    &found));
	*out = (struct rp_invitation){ 0 };
	if (found)
		*out = (struct rp_invitation){ row.number, row.signature,
			row.issued_at, row.revision };
	if (!found && !rp_actor_may(who, RP_MAY_MEET, where))
		return rp_fail(RP_E_NOTFOUND, "no invitation was issued");
	return NULL;
}

enum rp_invitation_problem
rp_invitation_check(const struct rp_invitation *in)
{
	if (in->number.n > RP_INVITATION_NUMBER_MAX)
		return RP_INVITATION_BAD_NUMBER;
	if (rp_text_blank(in->signature) ||
	    in->signature.n > RP_INVITATION_SIGNATURE_MAX)
		return RP_INVITATION_BAD_SIGNATURE;
	return RP_INVITATION_FINE;
}

struct rp_err *
rp_invitation_issue(const struct rp_actor *who, struct rp_tx *tx,
    const struct rp_meeting *m, const struct rp_invitation *in)
{
	RP_TRY(rp_place_needs(who, tx, RP_MAY_MEET, RP_TEXT("group"),
	    m->group_id));
	if (rp_invitation_check(in) != RP_INVITATION_FINE)
		return rp_fail(RP_E_INVALID, "not an invitation");
	RP_TRY(q_invitation_issue(tx,
	    &(struct q_invitation_issue_param){ .meeting_id = m->id,
		.number = in->number,
		.signature = in->signature,
		.now = who->now }));
	RP_TRY(rp_public_touch(who, tx));
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("invitation.issue"),
		.object_kind = RP_TEXT("meeting"),
		.object_id = m->id,
		.group_id = m->group_id,
		.after = in->number });
}
