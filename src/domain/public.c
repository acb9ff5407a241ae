#include "domain/public.h"

#include "base/err.h"
#include "domain/actor.h"
#include "store/db.h"
#include "store/q_public_version.h"

/* Everybody may know the version: it tells only that something changed. */
struct rp_err *
rp_public_version(const struct rp_actor *who, struct rp_tx *tx, int64_t *out)
{
	struct q_public_version_get_row row;

	RP_ASSERT(who != NULL);
	RP_TRY(q_public_version_get(tx, &row));
	*out = row.version;
	return NULL;
}

struct rp_err *
rp_public_touch(const struct rp_actor *who, struct rp_tx *tx)
{
	RP_ASSERT(who != NULL);
	return q_public_version_touch(tx);
}
