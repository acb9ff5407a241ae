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

/* Where things lie was asked for by each function of a page. */
struct known {
	rp_text kind;
	int64_t id;
	struct rp_place where;
};
struct knowns RP_VEC(struct known);

static struct knowns *
knowns_of(struct rp_tx *tx)
{
	static const char key;
	void **memo = rp_tx_memo(tx, &key);

	if (memo != NULL && *memo == NULL)
		*memo = rp_new(rp_tx_arena(tx), struct knowns);
	return memo != NULL ? *memo : NULL;
}

static bool
is_known(const struct knowns *all, rp_text kind, int64_t id,
    struct rp_place *out)
{
	for (size_t i = 0; all != NULL && i < all->n; i++) {
		if (all->v[i].id != id || !rp_text_eq(all->v[i].kind, kind))
			continue;
		*out = all->v[i].where;
		return true;
	}
	return false;
}

void
rp_place_known(struct rp_tx *tx, rp_text kind, int64_t id,
    struct rp_place where)
{
	struct knowns *all = knowns_of(tx);
	struct rp_place was;

	if (all != NULL && !is_known(all, kind, id, &was))
		rp_vec_push(rp_tx_arena(tx), all,
		    ((struct known){ kind, id, where }));
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
	if (is_known(knowns_of(tx), kind, id, out))
		return NULL;
	RP_TRY(q_place_find(tx,
	    &(struct q_place_find_param){ .kind = kind, .id = id }, &row,
	    &found));
	if (!found)
		return rp_fail(RP_E_NOTFOUND, "no %.*s %lld", RP_FMT(kind),
		    (long long)id);
	*out = (struct rp_place){ .body_id = row.body_id,
		.group_id = row.group_id,
		.consultation_id = row.consultation_id };
	rp_place_known(tx, kind, id, *out);
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
