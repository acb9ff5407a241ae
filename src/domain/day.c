#include "domain/day.h"

#include "base/err.h"
#include "store/db.h"
#include "store/q_action.h"
#include "text/zone.h"

rp_text
rp_day_plus_years(struct rp_arena *a, rp_text day, int years)
{
	int64_t year = 0;
	rp_text out;

	(void)rp_text_i64(rp_text_sub(day, 0, 4), &year);
	out = rp_textf(a, "%04lld%.*s", (long long)year + years,
	    RP_FMT(rp_text_sub(day, 4, day.n)));
	return rp_zone_is_day(out) ?
		   out :
		   rp_textf(a, "%04lld-02-28", (long long)year + years);
}

struct rp_err *
rp_day_at(const struct rp_actor *who, struct rp_tx *tx, int64_t group_id,
    int64_t at, rp_text *out)
{
	struct q_action_zone_row row;
	const struct rp_zone *zone;

	RP_TRY(q_action_zone(tx,
	    &(struct q_action_zone_param){ .group_id = group_id }, &row));
	RP_TRY(rp_zone_get(who->env->zones, row.zone, &zone));
	*out = rp_text_sub(rp_zone_local_write(rp_tx_arena(tx),
			       rp_zone_local(zone, at)),
	    0, RP_DAY_OCTETS);
	return NULL;
}
