#include "domain/place.h"

#include "base/err.h"
#include "store/db.h"
#include "store/q_place.h"

static bool
is_kind(rp_text kind)
{
	static const rp_text kinds[] = {
		RP_TEXT_INIT("action"),
		RP_TEXT_INIT("activity"),
		RP_TEXT_INIT("agenda_item"),
		RP_TEXT_INIT("answer"),
		RP_TEXT_INIT("body"),
		RP_TEXT_INIT("consultation"),
		RP_TEXT_INIT("correspondence"),
		RP_TEXT_INIT("delivery"),
		RP_TEXT_INIT("document"),
		RP_TEXT_INIT("group"),
		RP_TEXT_INIT("instrument"),
		RP_TEXT_INIT("meeting"),
		RP_TEXT_INIT("meeting_part"),
		RP_TEXT_INIT("party"),
		RP_TEXT_INIT("privacy_notice"),
		RP_TEXT_INIT("proposal"),
		RP_TEXT_INIT("question"),
		RP_TEXT_INIT("response"),
		RP_TEXT_INIT("revision"),
		RP_TEXT_INIT("room"),
		RP_TEXT_INIT("theme"),
		RP_TEXT_INIT("topic"),
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rp_text_eq(kind, kinds[i]))
			return true;
	return false;
}

struct rp_err *
rp_place_of(struct rp_tx *tx, rp_text kind, int64_t id, struct rp_place *out)
{
	struct q_place_find_row row;
	bool found;

	if (rp_text_eq(kind, RP_TEXT("system")) && id == 0) {
		*out = (struct rp_place){ 0 };
		return NULL;
	}
	if (!is_kind(kind))
		return rp_fail(RP_E_INVALID, "%.*s lies nowhere", RP_FMT(kind));
	RP_TRY(q_place_find(tx,
	    &(struct q_place_find_param){ .kind = kind, .id = id }, &row,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no %.*s %lld", RP_FMT(kind),
		    (long long)id);
	*out = (struct rp_place){ .body_id = row.body_id,
		.group_id = row.group_id,
		.consultation_id = row.consultation_id };
	return NULL;
}

struct rp_err *
rp_place_needs(const struct rp_actor *who, struct rp_tx *tx,
    enum rp_capability what, rp_text kind, int64_t id)
{
	struct rp_place where;

	RP_TRY(rp_place_of(tx, kind, id, &where));
	return rp_actor_needs(who, what, where);
}
