#include "domain/entering.h"

#include "base/clock.h"
#include "base/err.h"
#include "domain/event.h"
#include "domain/form_token.h"
#include "domain/place.h"
#include "store/db.h"
#include "text/input.h"

bool
rp_channel_is_entered(rp_text channel)
{
	return rp_text_eq(channel, RP_TEXT("paper")) ||
	       rp_text_eq(channel, RP_TEXT("email")) ||
	       rp_text_eq(channel, RP_TEXT("spoken"));
}

static struct rp_err *
check(const struct rp_actor *who, const struct rp_entering *how)
{
	if (!rp_channel_is_entered(how->channel))
		return rp_fail(RP_E_INVALID, "channel %.*s",
		    RP_FMT(how->channel));
	if (rp_text_blank(how->received_by) ||
	    how->received_by.n > RP_RECEIVED_BY_MAX)
		return rp_fail(RP_E_INVALID, "received by %zu octets",
		    how->received_by.n);
	if (how->received_at <= 0 || how->received_at > who->now)
		return rp_fail(RP_E_INVALID, "received in the future");
	return NULL;
}

struct rp_err *
rp_response_enter(const struct rp_actor *who, struct rp_tx *tx,
    int64_t consultation_id, const struct rp_submission *s,
    const struct rp_entering *how, struct rp_problems *problems,
    struct rp_receipt *out)
{
	struct rp_arena *a = rp_tx_arena(tx);
	struct rp_submission as_sent = *s;
	struct rp_actor then = *who;
	struct rp_consultation c;

	*problems = (struct rp_problems){ 0 };
	RP_TRY(rp_place_needs(who, tx, RP_MAY_ENTER, RP_TEXT("consultation"),
	    consultation_id));
	RP_TRY(check(who, how));
	/* The window is the one of the day on which it came. */
	then.now = how->received_at;
	then.network = RP_TEXT("");
	RP_TRY(rp_consultation_get_by_id(&then, tx, consultation_id,
	    RP_TEXT("en"), &c));
	as_sent.channel = how->channel;
	if (as_sent.token.n == 0)
		as_sent.token = rp_form_token_make(a, who->env, consultation_id,
		    rp_form_id_new(a, who->env, who->now), how->received_at);
	RP_TRY(rp_response_submit(&then, tx, &c, &as_sent, problems, out));
	if (out->again)
		return NULL;
	return rp_event_write(who, tx,
	    &(struct rp_act){ .action = RP_TEXT("response.enter"),
		.object_kind = RP_TEXT("response"),
		.object_id = out->response_id,
		.group_id = c.group.id,
		.after = rp_textf(a, "%.*s, received by %.*s, %s",
		    RP_FMT(how->channel), RP_FMT(how->received_by),
		    rp_clock_rfc3339(a, how->received_at).p) });
}
