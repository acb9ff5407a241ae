#include "domain/installation.h"

#include "base/err.h"
#include "store/db.h"
#include "store/q_installation.h"

#define NAME RP_TEXT("key")

struct rp_err *
rp_installation_key(struct rp_tx *tx, struct rp_env *env)
{
	struct q_installation_find_row row;
	uint8_t fresh[RP_KEY_SIZE];
	bool found;

	RP_TRY(q_installation_find(tx,
	    &(struct q_installation_find_param){ .name = NAME }, &row, &found));
	if (!found) {
		env->rand(fresh, sizeof(fresh));
		/* Another machine may start at the same time: its key stays. */
		RP_TRY(q_installation_add(tx,
		    &(struct q_installation_add_param){ .name = NAME,
			.value = { fresh, sizeof(fresh) } }));
		RP_TRY(q_installation_find(tx,
		    &(struct q_installation_find_param){ .name = NAME }, &row,
		    &found));
	}
	if (!found || row.value.n != RP_KEY_SIZE)
		return rp_fail(RP_E_INTERNAL,
		    "the installation's key is of "
		    "%zu octets",
		    found ? row.value.n : 0);
	memcpy(env->key, row.value.p, RP_KEY_SIZE);
	return NULL;
}
